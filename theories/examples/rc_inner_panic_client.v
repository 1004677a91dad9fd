(** * A client of [rc/inner.rs]: the clone function panics, or the destructor

A closed driver of the crate's own functions, as the compiler translates them. The content owns
memory, as in [rc_inner_client.v]. With another handle at hand, [make_alone] clones it, or the
clone function panics; then both handles are dropped, where the destructors return or panic:

<<
  let mut x = Share::new(boxed);  let y = x.clone();
  let cloned = catch_unwind(|| x.make_alone(clone)).is_ok();
  let x_returned = catch_unwind(|| drop(x)).is_ok();
  let y_returned = catch_unwind(|| drop(y)).is_ok();
>>

If the clone function panics, [x] is as it was: it is dropped as one of two handles, and no
destructor runs. In all four cases the answers are known, and no memory is left. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc_context.
From tally.rc Require Import crate_rc.
From tally.examples Require Import rc_inner_client.
From tally.prelude Require Import options.

(** The clone function makes a new block, or unwinds. *)
Definition box_clone (cloned : bool) : tparam :=
  TP 0 no_glue
    (λ: ["out"; "env"; "p"],
      if cloned then (let: "block" := Alloc #1 in "block" <- #7;; "out" <- "block";; ret_unit)
      else Val unw_val)%V.

(** 9 at the end says that a call has unwound that should not; and 1 or 0 how a call ended. *)
Definition call (f : val) (args : list expr) (k : expr) : expr := two_ends (App (Val f) args) k #9.
Definition caught (f : val) (args : list expr) : expr := two_ends (App (Val f) args) #1 #0.
Definition panic_driver (cloned ok : bool) : expr :=
  let T := boxed ok in
  (let: "x" := Alloc #1 in let: "y" := Alloc #1 in let: "src" := Alloc #1 in
   let: "block" := Alloc #1 in
   "block" <- #7;; "src" <- "block";;
   call (Rc_new T) [Var "src"] ("x" <- "r";; Free #1 "src";;
   call (Rc_clone T) [Var "x"] ("y" <- "r";;
   let: "cloned" := caught (Share_make_alone T (box_clone cloned)) [Var "x"; Var "x"] in
   let: "x_returned" := caught (Share_drop T) [Var "x"] in
   let: "y_returned" := caught (Share_drop T) [Var "y"] in
   Free #1 "x";; Free #1 "y";;
   "cloned" * #100 + "x_returned" * #10 + "y_returned")))%E.
Definition panic_answer (cloned ok : bool) : Z :=
  if cloned then (if ok then 111 else 100) else (if ok then 11 else 10).

Section client.
  Context `{!rcGS Σ}.

  (** The content owns a block, as there, with a quarter of the lease. *)
  Let owned_box : type Σ := boxed_ty (1 / 2 / 2).
  Let N : namespace := nroot .@ "rc".
  Let SO := so_na rc_pool (rc_contentN N) (rc_content (λ _ _, True) owned_box).

  Lemma box_clone_spec cloned i l a :
    ⊢ share_clone_spec SO ⊤ i l a (box_clone cloned) [] (heap_lease (1 / 2 / 2) 0)
      (λ _, True%type) (⌜cloned = true⌝) (⌜cloned = false⌝ ∗ heap_lease (1 / 2 / 2) 0).
  Proof.
    rewrite /share_clone_spec. iIntros (q out e vl Hvl) "!> %Φ (Hna & Hso & Hout & He & Hlease) HΦ".
    destruct vl as [|v [|]]; [done| |done]. destruct cloned; mir_rec.
    - wp_alloc b as "Hb" "Hb†" with "Hlease". rewrite !heap_pointsto_vec_singleton. mir.
      iModIntro. iApply ("HΦ" $! _ []). iFrame "Hna Hso He". iSplitR; [done|]. iApply ends_ret.
      iSplitL; [|done]. iExists [], [ #b]%V. iSplitR; [done|].
      rewrite heap_pointsto_vec_singleton. iFrame "Hout". iExists b. by iFrame.
    - iModIntro. iApply ("HΦ" $! _ []). iFrame "Hna Hso He". iSplitR; [done|]. iApply ends_unw.
      iFrame "Hlease". iSplitL; [|done]. iExists [v]. by iFrame.
  Qed.

  Lemma panic_driver_spec cloned ok :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP panic_driver cloned ok {{ v, ⌜v = #(panic_answer cloned ok)⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /panic_driver /call /caught.
    iPoseProof (boxed_unwind_spec (na_own rc_pool ⊤) (1 / 2 / 2) ok) as "#Hglue".
    iDestruct (heap_lease_halves with "Hlease") as "[Hboxes Hlease]".
    iDestruct (heap_lease_halves with "Hboxes") as "[Hbox Hbox']".
    iDestruct (heap_lease_halves with "Hlease") as "[Hrcs Hlease]".
    iDestruct (heap_lease_halves with "Hrcs") as "[Hlease_x Hlease_y]".
    wp_alloc x as "Hx" "Hx†" with "Hlease". mir.
    wp_alloc y as "Hy" "Hy†" with "Hlease". mir.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc b as "Hb" "Hb†" with "Hbox". rewrite !heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc".
    wp_apply (Rc_new_spec SO (boxed ok) src [ #b]%V [] with "[$Hlease_y $Hsrc Hb Hb† Hbox]");
      [done|done|by iExists b; iFrame|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". mir. wp_free with "Hlease". mir.
    wp_apply (Rc_clone_spec SO _ x _ ⊤ with "[$Hna $Hx $Hrc]"); [done|].
    iIntros "(Hna & Hx & Hrc)". mir.
    wp_apply (Share_make_alone_other_spec SO _ (box_clone cloned) x x ⊤ (heap_lease (1 / 2 / 2) 0)
      (λ _, True%type) (⌜cloned = true⌝) (⌜cloned = false⌝ ∗ heap_lease (1 / 2 / 2) 0) γ i l [] 1 1 0 []
      with "[$Hlease_x $Hlease $Hna $Hx $Hrc $Hbox']"); [done..| |].
    { iSplitR; [iApply box_clone_spec|]. by rewrite heap_pointsto_vec_nil. }
    iIntros (e) "(Hlease & Hna & _ & He)".
    iDestruct "He" as "[(%v & -> & %γ' & %i' & %l' & %a' & (-> & %Hγ' & _) & Hx & Hrc' & Hrc & ->)|[-> (Hlease_x & Hx & Hrc & -> & Hbox')]]";
      mir.
    - wp_apply (Share_drop_spec SO _ x _ ⊤ with "[$Hglue $Hlease $Hna $Hx $Hrc']"); [done..|].
      iIntros (e) "(Hlease & Hna & Hx & H)".
      iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl & _ & He)]]";
        [lia|done|].
      iAssert (⌜e = if ok then ret_val #☠ else unw_val⌝ ∗ heap_lease (1 / 2 / 2) 0)%I
        with "[He]" as "[-> Hbox']".
      { by iDestruct "He" as "[(%v & -> & -> & -> & $)|[-> [-> $]]]". }
      iMod (rc_reclaim with "Hlast Hna") as "[Hlease_x Hna]"; [done|].
      iEval (rewrite Hγ' /=) in "Hlease_x".
      destruct ok; mir.
      all: wp_apply (Share_drop_spec SO _ y _ ⊤ with "[$Hglue $Hlease $Hna $Hy $Hrc]"); [done..|].
      all: iIntros (e) "(Hlease & Hna & Hy & H)".
      all: iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl' & _ & He)]]";
        [lia|done|].
      all: iMod (rc_reclaim with "Hlast Hna") as "[Hlease_y Hna]"; [done|];
        iEval (rewrite Hγ /=) in "Hlease_y".
      all: iDestruct "He" as "[(%v & -> & -> & %Hok & Hbox)|[-> [%Hok Hbox]]]"; [|].
      all: try discriminate Hok.
      all: iDestruct (heap_lease_halves with "[$Hlease_x $Hlease_y]") as "Hrcs".
      all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hx"; wp_free with "Hlease".
      all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hy"; wp_free with "Hlease".
      all: mir; iModIntro; iSplitR; [done|].
      all: iDestruct (heap_lease_halves with "[$Hrcs $Hlease]") as "Hlease".
      all: iDestruct (heap_lease_halves with "[$Hbox $Hbox']") as "Hboxes".
      all: iDestruct (heap_lease_halves with "[$Hboxes $Hlease]") as "$".
    - wp_apply (Share_drop_keep_spec SO _ x _ ⊤ _ _ _ _ _ 1 with "[$Hna $Hx $Hrc]"); [done|].
      iIntros "(Hna & Hx & Hrc)". mir.
      wp_apply (Share_drop_spec SO _ y _ ⊤ with "[$Hglue $Hlease $Hna $Hy $Hrc]"); [done..|].
      iIntros (e) "(Hlease & Hna & Hy & H)".
      iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl' & _ & He)]]";
        [lia|done|].
      iMod (rc_reclaim with "Hlast Hna") as "[Hlease_y Hna]"; [done|].
      iEval (rewrite Hγ /=) in "Hlease_y".
      iDestruct (heap_lease_halves with "[$Hlease_x $Hlease_y]") as "Hrcs".
      iDestruct "He" as "[(%v & -> & -> & -> & Hbox)|[-> [-> Hbox]]]".
      all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hx"; wp_free with "Hlease".
      all: mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hy"; wp_free with "Hlease".
      all: mir; iModIntro; iSplitR; [done|].
      all: iDestruct (heap_lease_halves with "[$Hrcs $Hlease]") as "Hlease".
      all: iDestruct (heap_lease_halves with "[$Hbox $Hbox']") as "Hboxes".
      all: iDestruct (heap_lease_halves with "[$Hboxes $Hlease]") as "$".
  Qed.
End client.

(** Whatever panics: the answers are right, and the memory is empty. *)
Theorem panic_driver_adequate cloned ok :
  adequate NotStuck (panic_driver cloned ok) ∅
    (λ v σ, v = #(panic_answer cloned ok)%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #(panic_answer cloned ok)%V)). intros HΣ.
  apply panic_driver_spec.
Qed.

(** One execution of each, computed: its answer, and that no memory is left. *)
Lemma panic_driver_run cloned ok :
  let o := run_program choice_reuse [] 4000 (panic_driver cloned ok) in
  main_value o = Some #(panic_answer cloned ok)%V ∧ map_to_list (run_state o) = [].
Proof. destruct cloned, ok; by vm_compute. Qed.
