(** * A client of [rc/inner.rs], and what adequacy says of it

A closed driver calls the crate's own functions, as the compiler translates them, with a
content that owns memory: its one cell is the address of a block, which its destructor
frees. The destructor then returns, or it panics:

<<
  let x = Share::new(boxed);  let y = x.clone();  let w = x.downgrade();
  drop(x);  let returned = catch_unwind(|| drop(y)).is_ok();
  let none = w.upgrade();  drop(w);
  returned
>>

In both cases the driver never gets stuck, knows how the destructor ended, and leaves no
memory: the value is gone, and so is the block, although the second [drop] unwinds. The
first one does not, as the destructor does not run there. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc_context.
From tally.rc Require Import crate_rc.
From tally.prelude Require Import options.

(** The destructor frees the block, and returns, or unwinds. *)
Definition boxed (ok : bool) : tparam :=
  TP 1
    (λ: ["p"],
      let: "block" := !"p" in
      Free #1 "block";; (if ok then ret_unit else Val unw_val))%V
    stuck_val.

(** 9 at the end says that a call has unwound that should not. *)
Definition returns (call : expr) (x : string) (k : expr) : expr := two_ends call (Let x "r" k) #9.
Definition driver (ok : bool) : expr :=
  let T := boxed ok in
  (let: "x" := Alloc #1 in let: "y" := Alloc #1 in let: "w" := Alloc #1 in
   let: "src" := Alloc #1 in
   let: "block" := Alloc #1 in
   "block" <- #7;; "src" <- "block";;
   App (Val (Rc_new T)) ["src"] [λ: ["r"],
     "x" <- "r";; Free #1 "src";;
     App (Val (Rc_clone T)) ["x"] [λ: ["r"],
       "y" <- "r";;
       App (Val (Rc_downgrade T)) ["x"] [λ: ["r"],
         "w" <- "r";;
         App (Val (Share_drop T)) ["x"] [λ: ["r"],
           let: "returned" := App (Val (Share_drop T)) ["y"] [λ: ["r"], #true; λ: [], #false] in
           App (Val (Weak_upgrade T)) ["w"] [λ: ["r"],
             let: "some" := "r" [λ: ["some"; "u"], "some"] in
             App (Val (Hold_drop T)) ["w"] [λ: ["r"],
               Free #1 "x";; Free #1 "y";; Free #1 "w";;
               if: "some" = #0 then "returned" else #9;
             λ: [], #9];
           λ: [], #9];
         λ: [], #9];
       λ: [], #9];
     λ: [], #9];
   λ: [], #9])%E.

Section client.
  Context `{!rcGS Σ}.

  (** A value is the address of a block, which it owns, with the part [r] of the lease to free it. *)
  Program Definition boxed_ty (r : Qp) : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ b : loc, ⌜vl = [ #b]⌝ ∗ b ↦ #7 ∗ † b … 1 ∗ heap_lease r 1)%I;
  |}.
  Next Obligation. by iIntros (r vl) "(%b & -> & _)". Qed.

  Lemma boxed_unwind_spec G r ok :
    ⊢ ty_unwind_spec G (boxed_ty r) (tp_glue (boxed ok))
      (λ _, ⌜ok = true⌝ ∗ heap_lease r 0) (λ _, ⌜ok = false⌝ ∗ heap_lease r 0).
  Proof.
    rewrite /ty_unwind_spec. iIntros (l vl) "!> %Φ (HG & Hl & %b & -> & Hb & Hb† & Hlease) HΦ".
    rewrite heap_pointsto_vec_singleton. iEval (rewrite -heap_pointsto_vec_singleton) in "Hb".
    iAssert (∀ v, v ↦ #b -∗ v ↦∗ [ #b])%I as "Hback"; [iIntros (v) "H"; by rewrite heap_pointsto_vec_singleton|].
    destruct ok; mir_rec; wp_free with "Hlease"; mir; iModIntro;
      iDestruct ("Hback" with "Hl") as "Hl"; iApply ("HΦ" $! _ [ #b]%V); iFrame "HG Hl";
      (iSplitR; [done|]); [iApply ends_ret|iApply ends_unw]; by iFrame.
  Qed.

  Lemma driver_spec ok :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP driver ok {{ v, ⌜v = #ok⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /driver.
    set (N := nroot .@ "rc").
    set (SO := so_na rc_pool (rc_contentN N) (rc_content (λ _ _, True) (boxed_ty (1 / 2)))).
    iAssert (ty_unwind_spec (na_own rc_pool ⊤) (boxed_ty (1 / 2)) (tp_glue (boxed ok))
      (λ _, ⌜ok = true⌝ ∗ heap_lease (1 / 2) 0) (λ _, ⌜ok = false⌝ ∗ heap_lease (1 / 2) 0))%I
      as "#Hglue"; [iApply boxed_unwind_spec|].
    iEval (rewrite -Qp.half_half -(Nat.add_0_r 0) heap_lease_split) in "Hlease".
    iDestruct "Hlease" as "[Hlease_block Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc x as "Hx" "Hx†" with "Hlease". mir.
    wp_alloc y as "Hy" "Hy†" with "Hlease". mir.
    wp_alloc w as "Hw" "Hw†" with "Hlease". mir.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc b as "Hb" "Hb†" with "Hlease_block".
    rewrite !heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc".
    wp_apply (Rc_new_spec SO (boxed ok) src [ #b]%V [] with "[$Hlease_rc $Hsrc Hb Hb† Hlease_block]");
      [done|done|by iExists b; iFrame|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". mir. wp_free with "Hlease". mir.
    wp_apply (Rc_clone_spec SO _ x _ ⊤ with "[$Hna $Hx $Hrc]"); [done|].
    iIntros "(Hna & Hx & Hrc)". mir.
    wp_apply (Rc_downgrade_spec SO _ x _ ⊤ with "[$Hna $Hx $Hrc]"); [done|].
    iIntros "(Hna & Hx & Hrc)". mir.
    iDestruct (rc_own_known with "Hrc") as "#Hknown".
    (** The first drop is not the last one, and does not unwind. *)
    wp_apply (Share_drop_keep_spec SO _ x _ ⊤ _ _ _ _ _ 1 with "[$Hna $Hx $Hrc]"); [done|].
    iIntros "(Hna & Hx & Hrc)". mir.
    wp_apply (Share_drop_spec SO (boxed ok) y _ ⊤ with "[$Hglue $Hlease $Hna $Hy $Hrc]"); [done..|].
    iIntros (e) "(Hlease & Hna & Hy & H)".
    iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl & _ & He)]]";
      [lia|done|].
    iAssert (⌜e = if ok then ret_val #☠ else unw_val⌝ ∗ heap_lease (1 / 2) 0)%I
      with "[He]" as "[-> Hlease_block]".
    { by iDestruct "He" as "[(%v & -> & -> & -> & $)|[-> [-> $]]]". }
    iAssert (rc_last_own SO γ l (1 / 2 + 1 / 2) (0 + 1)) with "[Hlast]" as "Hlast".
    { by rewrite Qp.half_half. }
    rewrite rc_last_own_split. iDestruct "Hlast" as "[Hlast Hweak]".
    destruct ok; mir.
    all: wp_apply (Weak_upgrade_known_spec SO _ w _ ⊤ with "[$Hna $Hw $Hknown $Hweak]"); [done|lia|].
    all: iIntros (v) "(Hna & Hw & [(-> & _ & Hweak)|(_ & Hrc & _)])";
      [|iDestruct (rc_own_last_exclusive with "Hrc Hlast") as %[]].
    all: iDestruct (rc_last_own_split SO γ l (1 / 2) (1 / 2) 0 1 with "[$Hlast $Hweak]") as "Hlast".
    all: mir; wp_apply (Hold_drop_last_spec SO _ w _ ⊤ _ _ _ 0 with "[$Hna $Hw $Hlast]"); [done..|].
    all: rewrite Qp.half_half; iIntros "(Hna & Hw & Hlast)".
    all: iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|]; rewrite Hγ.
    all: iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
    all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hx"; wp_free with "Hlease".
    all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hy"; wp_free with "Hlease".
    all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hw"; wp_free with "Hlease".
    all: mir; iModIntro; iSplitR; [done|].
    all: iDestruct (heap_lease_halves with "[$Hlease $Hlease_block]") as "$".
  Qed.
End client.

(** On both ends: the answer is right, and the memory is empty. *)
Theorem driver_adequate ok :
  adequate NotStuck (driver ok) ∅ (λ v σ, v = #ok%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #ok%V)). intros HΣ. apply driver_spec.
Qed.

(** One execution of each, computed: its answer, and that no memory is left. *)
Lemma driver_run ok :
  let o := run_program choice_reuse [] 4000 (driver ok) in
  main_value o = Some #ok%V ∧ map_to_list (run_state o) = [].
Proof. destruct ok; by vm_compute. Qed.
