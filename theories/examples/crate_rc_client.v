(** * A client of [Rc], [UniqueRc] and [Weak] as users call them

Three closed drivers of the functions that users call, as the compiler translates them. The
first has no block, and calls what a [Weak] without one answers:

<<
  let mut w = Weak::new();  let v = w.clone();  let none = w.upgrade();
  let strong = w.strong_count();  let weak = w.weak_count();  let same = w.ptr_eq(&v);
  let w = Weak::from_raw(w.into_raw());  let null = w.as_ptr();
  let x = Rc::<u64>::new_uninit();  let d = Rc::downgrade(&x);  let other = w.ptr_eq(&d);
  drop(d);  drop(x);
>>

The content of the second owns memory: its first cell is the address of a block, which its
destructor frees; the second is a number. The driver writes the number through the references
that it gets, and reads it:

<<
  let mut x = UniqueRc::new(noted(7));  let old = x.number;  x.number = 8;
  let w = UniqueRc::downgrade(&x);  let zero = w.weak_count();  drop(w);
  let mut x = UniqueRc::into_rc(x);  let w = Rc::downgrade(&x);
  let strong = w.strong_count();  let weak = w.weak_count();
  let pw = w.as_ptr();  let px = Rc::as_ptr(&x);
  let none = Rc::get_mut(&mut x);  let Err(mut x) = Rc::try_into_unique(x);
  drop(w);
  let y = Rc::get_mut(&mut x).unwrap();  let now = px.read().number;  y.number = 9;
  let d = &*x as *const _;
  let Ok(u) = Rc::try_into_unique(x);  let last = d.read().number;
  let seen = pw.read().number;  let x = UniqueRc::into_rc(u);
  let raw = Rc::into_raw(x);  Rc::increment_strong_count(raw);
  Rc::decrement_strong_count(raw);  Rc::decrement_strong_count(raw);
>>

Every answer is known, the destructor runs once, in the last step, and no memory is left.
The third takes such a content out:

<<
  let x = Rc::new(noted(7));  let y = x.clone();
  let Err(y) = Rc::try_unwrap(y);  let none = Rc::into_inner(y);
  let some = Rc::into_inner(x).unwrap();
>>

The destructor does not run; the driver has the block, and frees it. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc_context.
From tally.rc Require Import crate_rc.
From tally.examples Require Import rc_inner_weak_client.
From tally.prelude Require Import options.

(** ** Without a block *)
Definition dangling_driver : expr :=
  let T := plain 1 in
  (let: "w" := Alloc #1 in let: "v" := Alloc #1 in let: "h" := Alloc #1 in let: "d" := Alloc #1 in
   next (Weak_new T) [] ("w" <- "r";;
   next (Weak_clone T) [Var "w"] ("v" <- "r";;
   next (Weak_upgrade T) [Var "w"] (
   let: "none" := "r" [λ: ["some"; "y"], "some"] in
   next (Weak_strong_count T) [Var "w"] (let: "strong" := "r" in
   next (Weak_weak_count T) [Var "w"] (let: "weak" := "r" in
   next (Weak_ptr_eq T) [Var "w"; Var "v"] (let: "same" := "r" in
   next (Weak_into_raw T) [ (!"w") ] (
   next (Weak_from_raw T) [Var "r"] ("w" <- "r";;
   next (Weak_as_ptr T) [Var "w"] (let: "null" := "r" in
   next (Rc_new_uninit T) [] ("h" <- "r";;
   next (Rc_downgrade T) [Var "h"] ("d" <- "r";;
   next (Weak_ptr_eq T) [Var "w"; Var "d"] (let: "other" := "r" in
   next (Hold_drop T) [Var "d"] (
   next (Share_drop T) [Var "h"] (
   Free #1 "w";; Free #1 "v";; Free #1 "h";; Free #1 "d";;
   "none" + "strong" + "weak" + "null" + "same" * #10 + "other")))))))))))))))%E.

Section dangling.
  Context `{!rcGS Σ}.

  Lemma dangling_driver_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP dangling_driver {{ v, ⌜v = #10⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /dangling_driver /next.
    set (N := nroot .@ "rc").
    set (SO := so_na rc_pool (rc_contentN N) (rc_content (λ _ _, True) (uninit_ty 1))).
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc w as "Hw" "Hw†" with "Hlease". mir.
    wp_alloc v as "Hv" "Hv†" with "Hlease". mir.
    wp_alloc h as "Hh" "Hh†" with "Hlease". mir.
    wp_alloc d as "Hd" "Hd†" with "Hlease". rewrite !heap_pointsto_vec_singleton. mir.
    wp_apply (Weak_new_spec with "[//]"). iIntros "_". mir.
    wp_apply (Weak_clone_dangling_spec with "Hw"). iIntros "Hw". mir.
    wp_apply (Weak_upgrade_dangling_spec with "Hw"). iIntros "Hw". mir.
    wp_apply (Weak_strong_count_dangling_spec with "Hw"). iIntros "Hw". mir.
    wp_apply (Weak_weak_count_dangling_spec with "[$Hlease $Hw]"). iIntros "[Hlease Hw]". mir.
    wp_apply (Weak_ptr_eq_dangling_spec with "[$Hw $Hv]"). iIntros "[Hw Hv]". mir.
    wp_apply (Weak_into_raw_dangling_spec with "Hlease"). iIntros "Hlease". mir.
    wp_apply (Weak_from_raw_dangling_spec with "[//]"). iIntros "_". mir.
    wp_apply (Weak_as_ptr_dangling_spec with "Hw"). iIntros "Hw". mir.
    wp_apply (Rc_new_uninit_spec SO (plain 1) [] with "[$Hlease_rc]"); [done|done|by iPureIntro|].
    iIntros (l γ i) "[%Hγ Hrc]". mir.
    wp_apply (Rc_downgrade_spec SO _ h _ ⊤ with "[$Hna $Hh $Hrc]"); [done|].
    iIntros "(Hna & Hh & Hrc)". mir.
    wp_apply (Weak_ptr_eq_one_dangling_spec _ w d _ _ l #0 #l with "[$Hw $Hd]"); [by left|].
    iIntros "[Hw Hd]". mir.
    iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (Hold_drop_ref_spec SO _ d _ ⊤ _ _ _ _ 0 with "[$Hna $Hd $Href]"); [done|done|].
    iIntros "(Hna & Hd & Href)". iDestruct ("Hrc" with "Href") as "Hrc". mir.
    wp_apply (Share_drop_spec SO (plain 1) h _ ⊤ (ty_own (uninit_ty 1)) (λ _, False)%I
      with "[$Hlease $Hna $Hh $Hrc]"); [done|done|iApply no_glue_unwind_spec|].
    iIntros (e) "(Hlease & Hna & Hh & H)".
    iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl & _ & He)]]";
      [lia|done|].
    iDestruct "He" as "[(%r & -> & -> & _)|[_ []]]".
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|]. rewrite Hγ.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hw"; wp_free with "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hv"; wp_free with "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hh"; wp_free with "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hd"; wp_free with "Hlease".
    mir. iModIntro. iSplitR; [done|]. iExact "Hlease".
  Qed.
End dangling.

(** The answers are right, and the memory is empty. *)
Theorem dangling_driver_adequate :
  adequate NotStuck dangling_driver ∅ (λ v σ, v = #10%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #10%V)). intros HΣ. apply dangling_driver_spec.
Qed.

(** One execution, computed: its answer, and that no memory is left. *)
Lemma dangling_driver_run :
  let o := run_program choice_reuse [] 4000 dangling_driver in
  main_value o = Some #10%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

(** ** With a block *)
(** The destructor frees the block, whose address is the first cell. *)
Definition noted : tparam :=
  TP 2 (λ: ["p"], let: "block" := !"p" in Free #1 "block";; ret_unit)%V stuck_val.

Definition handles_driver : expr :=
  let T := noted in
  (let: "h" := Alloc #1 in let: "w" := Alloc #1 in let: "src" := Alloc #2 in
   let: "block" := Alloc #1 in
   "src" <- "block";; ("src" +ₗ #1) <- #7;;
   next (UniqueRc_new T) [Var "src"] ("h" <- "r";;
   next (UniqueRc_deref T) [Var "h"] (let: "p" := "r" in let: "old" := !("p" +ₗ #1) in
   next (UniqueRc_deref_mut T) [Var "h"] (("r" +ₗ #1) <- #8;;
   next (UniqueRc_downgrade T) [Var "h"] ("w" <- "r";;
   next (Weak_weak_count T) [Var "w"] (let: "zero" := "r" in
   next (Hold_drop T) [Var "w"] (
   next (UniqueRc_into_rc T) [ (!"h") ] ("h" <- "r";;
   next (Rc_downgrade T) [Var "h"] ("w" <- "r";;
   next (Weak_strong_count T) [Var "w"] (let: "strong" := "r" in
   next (Weak_weak_count T) [Var "w"] (let: "weak" := "r" in
   next (Weak_as_ptr T) [Var "w"] (let: "pw" := "r" in
   next (Rc_as_ptr T) [Var "h"] (let: "px" := "r" in
   next (Rc_get_mut T) [Var "h"] (
   let: "none" := "r" [λ: ["some"; "y"], "some"] in
   next (Rc_try_into_unique T) [ (!"h") ] (
   let: "err" := "r" [λ: ["tag"; "x"], "h" <- "x";; "tag"] in
   next (Hold_drop T) [Var "w"] (
   next (Rc_get_mut T) [Var "h"] (
   let: "y" := "r" [λ: ["some"; "y"], "y"] in
   let: "now" := !("px" +ₗ #1) in ("y" +ₗ #1) <- #9;;
   next (Rc_deref T) [Var "h"] (let: "d" := "r" in
   next (Rc_try_into_unique T) [ (!"h") ] (
   let: "ok" := "r" [λ: ["tag"; "u"], "h" <- "u";; "tag"] in
   let: "last" := !("d" +ₗ #1) in let: "seen" := !("pw" +ₗ #1) in
   next (UniqueRc_into_rc T) [ (!"h") ] ("h" <- "r";;
   next (Rc_into_raw T) [ (!"h") ] (let: "raw" := "r" in
   next (Rc_increment_strong_count T) [Var "raw"] (
   next (Rc_decrement_strong_count T) [Var "raw"] (
   next (Rc_decrement_strong_count T) [Var "raw"] (
   Free #1 "h";; Free #1 "w";; Free #2 "src";;
   "old" * #1000000 + "now" * #100000 + "last" * #10000 + "seen" * #1000 + "strong" * #100 +
     "weak" * #10 + "err" + "zero" + "none" + "ok"
   ))))))))))))))))))))))))%E.

Section handles.
  Context `{!rcGS Σ}.

  (** A value is the address of a block, which it owns, with the part [r] of the lease to free
  it, and a number; of which what is shared says the number only. *)
  Program Definition noted_ty (r : Qp) : type Σ := {|
    ty_size := 2;
    ty_own vl := (∃ (b : loc) v, ⌜vl = [ #b; v]%V⌝ ∗ b ↦ #☠ ∗ † b … 1 ∗ heap_lease r 1)%I;
  |}.
  Next Obligation. by iIntros (r vl) "(%b & %v & -> & _)". Qed.
  Definition shows (a vl : list val) : Prop := ∃ b v, a = [v] ∧ vl = [b; v].

  Lemma two_cells l v v' : l ↦∗ [v; v'] ⊣⊢ l ↦ v ∗ (l +ₗ 1) ↦ v'.
  Proof. by rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. Qed.

  Lemma noted_unwind_spec G r :
    ⊢ ty_unwind_spec G (noted_ty r) (tp_glue noted) (λ _, heap_lease r 0) (λ _, False).
  Proof.
    rewrite /ty_unwind_spec. iIntros (l vl) "!> %Φ (HG & Hl & %b & %v & -> & Hb & Hb† & Hlease) HΦ".
    iDestruct (two_cells with "Hl") as "[Hl Hl1]".
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hb".
    mir_rec. wp_free with "Hlease". mir. iModIntro. iApply ("HΦ" $! _ [ #b; v]%V).
    rewrite two_cells. iFrame "HG Hl Hl1".
    iSplitR; [done|]. iApply ends_ret. by iFrame.
  Qed.

  (** Any number will do. *)
  Lemma noted_own_again r b v v' : ty_own (noted_ty r) [b; v] -∗ ty_own (noted_ty r) [b; v'].
  Proof. iIntros "(%b' & %v0 & %Heq & H)". injection Heq as -> ->. iExists b', v'. by iFrame. Qed.

  Lemma handles_driver_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP handles_driver {{ v, ⌜v = #7899111⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /handles_driver /next.
    set (N := nroot .@ "rc").
    set (SO := so_na rc_pool (rc_contentN N) (rc_content shows (noted_ty (1 / 2)))).
    iAssert (ty_unwind_spec (na_own rc_pool ⊤) (noted_ty (1 / 2)) (tp_glue noted)
      (λ _, heap_lease (1 / 2) 0) (λ _, False))%I as "#Hglue"; [iApply noted_unwind_spec|].
    iEval (rewrite -Qp.half_half -(Nat.add_0_r 0) heap_lease_split) in "Hlease".
    iDestruct "Hlease" as "[Hlease_block Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc h as "Hh" "Hh†" with "Hlease". mir.
    wp_alloc w as "Hw" "Hw†" with "Hlease". mir.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc b as "Hb" "Hb†" with "Hlease_block".
    rewrite !heap_pointsto_vec_singleton. iDestruct (two_cells with "Hsrc") as "[Hsrc Hsrc1]". mir.
    iAssert (src ↦∗ [ #b; #7])%I with "[Hsrc Hsrc1]" as "Hsrc".
    { rewrite two_cells. iFrame. }
    wp_apply (UniqueRc_new_spec SO noted src [ #b; #7]%V
      with "[$Hlease_rc $Hsrc Hb Hb† Hlease_block]"); [done|iExists b, _; by iFrame|].
    iIntros (l γ) "(%Hγ & Hu & Hsrc)". mir.
    wp_apply (UniqueRc_deref_spec with "Hh"). iIntros "Hh".
    iDestruct (unique_rc_own_acc with "Hu") as "(Hv & Hown & Hu)".
    iDestruct (two_cells with "Hv") as "[Hv Hv1]". mir.
    wp_apply (UniqueRc_deref_mut_spec with "Hh"). iIntros "Hh". mir.
    iDestruct (noted_own_again (1 / 2) _ _ #8 with "Hown") as "Hown".
    iDestruct ("Hu" $! [ #b; #8]%V with "[Hv Hv1] Hown") as "Hu".
    { rewrite two_cells. iFrame. }
    wp_apply (UniqueRc_downgrade_spec SO _ h _ ⊤ with "[$Hna $Hh $Hu]"); [done|].
    iIntros "(Hna & Hh & Hu)". mir.
    iDestruct (unique_rc_own_unshared with "Hu") as "(Href & Hun & Hu)".
    wp_apply (Weak_weak_count_unshared_spec SO _ w _ ⊤ with "[$Hlease $Hna $Hw $Href $Hun]");
      [done|lia|].
    iIntros "(Hlease & Hna & Hw & Href & Hun)". mir.
    wp_apply (Hold_drop_ref_spec SO _ w _ ⊤ _ _ _ _ 0 with "[$Hna $Hw $Href]"); [done|done|].
    iIntros "(Hna & Hw & Href)". iDestruct ("Hu" with "Href Hun") as "Hu". mir.
    (** The content is shared, as a number. *)
    wp_apply (UniqueRc_into_rc_spec SO _ ⊤ _ _ _ [ #8]%V with "[$Hlease $Hna $Hu]");
      [done|by exists #b%V, #8%V|].
    iIntros (i) "(Hlease & Hna & Hx)". mir.
    wp_apply (Rc_downgrade_spec SO _ h _ ⊤ with "[$Hna $Hh $Hx]"); [done|].
    iIntros "(Hna & Hh & Hx)". mir.
    wp_apply (Weak_strong_count_rc_spec SO _ w _ ⊤ with "[$Hlease $Hna $Hw $Hx]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hlease & Hna & Hw & Hx)". rewrite Hm //. mir.
    wp_apply (Weak_weak_count_rc_spec SO _ w _ ⊤ with "[$Hlease $Hna $Hw $Hx]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hlease & Hna & Hw & Hx)". rewrite Hm' //. mir.
    wp_apply (Weak_as_ptr_spec with "Hw"). iIntros "Hw". mir.
    wp_apply (Rc_as_ptr_spec with "Hh"). iIntros "Hh". mir.
    (** While there is a weak handle there is no reference, and no unique handle. *)
    wp_apply (Rc_get_mut_other_spec SO _ h _ ⊤ with "[$Hna $Hh $Hx]"); [done|right; lia|].
    iIntros "(Hna & Hh & Hx)". mir.
    wp_apply (Rc_try_into_unique_other_spec SO _ ⊤ with "[$Hlease $Hna $Hx]"); [done|right; lia|].
    iIntros "(Hlease & Hna & Hx)". mir.
    iDestruct (rc_own_ref with "Hx") as "[Href Hx]".
    wp_apply (Hold_drop_ref_spec SO _ w _ ⊤ _ _ _ _ 0 with "[$Hna $Hw $Href]"); [done|done|].
    iIntros "(Hna & Hw & Href)". iDestruct ("Hx" with "Href") as "Hx". mir.
    (** The handle is alone now. *)
    wp_apply (Rc_get_mut_spec SO _ h _ ⊤ _ _ _ _ _ None with "[$Hna $Hh $Hx]"); [done|].
    iIntros (v) "(Hna & Hh & [(-> & (%wl & %Hwl & Hv & Hown & Hback) & _)|([_ %Hr] & _)])";
      [|done].
    destruct Hwl as (b' & ? & [= <-] & ->).
    iDestruct (two_cells with "Hv") as "[Hv Hv1]". mir.
    iDestruct (noted_own_again (1 / 2) _ _ #9 with "Hown") as "Hown".
    iMod ("Hback" $! [ #9]%V [b'; #9]%V with "[] [Hv Hv1] Hown") as (γ2 i2) "[%Hγ2 Hx]".
    { iPureIntro. by exists b', #9%V. }
    { rewrite two_cells. iFrame. }
    wp_apply (Rc_deref_spec with "Hh"). iIntros "Hh". mir.
    wp_apply (Rc_try_into_unique_spec SO _ ⊤ _ _ _ _ _ None with "[$Hlease $Hna $Hx]"); [done|].
    iIntros (v) "(Hlease & Hna & [(%γ3 & %wl & (-> & %Hwl & %Hγ3) & Hu & _)|([_ %Hr] & _)])";
      [|done].
    destruct Hwl as (b3 & ? & [= <-] & ->).
    iDestruct (unique_rc_own_acc with "Hu") as "(Hv & Hown & Hu)".
    iDestruct (two_cells with "Hv") as "[Hv Hv1]". wp_pures. mir.
    iDestruct ("Hu" $! [b3; #9]%V with "[Hv Hv1] Hown") as "Hu".
    { rewrite two_cells. iFrame. }
    wp_apply (UniqueRc_into_rc_spec SO _ ⊤ _ _ _ [ #9]%V with "[$Hlease $Hna $Hu]");
      [done|by exists b3, #9%V|].
    iIntros (i3) "(Hlease & Hna & Hx)". mir.
    wp_apply (Rc_into_raw_spec SO with "[$Hlease $Hx]"). iIntros "[Hlease Hraw]". mir.
    wp_apply (Rc_increment_strong_count_spec SO _ ⊤ with "[$Hlease $Hna $Hraw]"); [done|].
    iIntros "(Hlease & Hna & Hraw & Hraw')". mir.
    wp_apply (Rc_decrement_strong_count_spec SO _ ⊤ with "[$Hglue $Hlease $Hna $Hraw']"); [done|done|].
    iIntros (e l') "(%Hl' & Hlease & Hna & H)".
    assert (∀ l', (l +ₗ 2)%L = (l' +ₗ 2)%L → l = l') as Hinj.
    { intros l0 Hl0. destruct l, l0. injection Hl0 as -> ?. f_equal. lia. }
    apply Hinj in Hl' as <-.
    (** The first is not the last one, as the other token is still there. *)
    iDestruct "Hraw" as (l') "[%Hl' Hx]". apply Hinj in Hl' as <-.
    iDestruct "H" as "[[[-> _] Hweak]|[Hlast _]]";
      [|by iDestruct (rc_own_last_exclusive with "Hx Hlast") as %[]].
    iAssert (rc_own SO γ3 i3 l [ #9]%V (1 / 2 + 1 / 2) 1 (0 + 0)) with "[Hx Hweak]" as "Hx";
      [rewrite rc_own_split_weak; iFrame|].
    rewrite Qp.half_half. mir.
    wp_apply (Rc_decrement_strong_count_spec SO _ ⊤ with "[$Hglue $Hlease $Hna Hx]"); [done|done| |].
    { iExists l. by iFrame. }
    iIntros (e l') "(%Hl' & Hlease & Hna & H)". apply Hinj in Hl' as <-.
    iDestruct "H" as "[[[_ %Hr] _]|(Hlast & %wl & _ & He)]"; [done|].
    iDestruct "He" as "[(%r & -> & -> & Hlease_block)|[_ []]]".
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|]. rewrite Hγ3 /= Hγ2 /= Hγ.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hh"; wp_free with "Hlease".
    mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hw"; wp_free with "Hlease".
    mir; wp_free with "Hlease". mir.
    iModIntro. iSplitR; [done|].
    iDestruct (heap_lease_halves with "[$Hlease $Hlease_block]") as "$".
  Qed.
End handles.

(** The answers are right, the destructor has run, and the memory is empty. *)
Theorem handles_driver_adequate :
  adequate NotStuck handles_driver ∅ (λ v σ, v = #7899111%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #7899111%V)). intros HΣ. apply handles_driver_spec.
Qed.

(** One execution, computed: its answer, and that no memory is left. *)
Lemma handles_driver_run :
  let o := run_program choice_reuse [] 4000 handles_driver in
  main_value o = Some #7899111%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

(** ** Out of the block *)
Definition into_driver : expr :=
  let T := noted in
  (let: "h" := Alloc #1 in let: "src" := Alloc #2 in let: "out" := Alloc #3 in
   let: "block" := Alloc #1 in
   "src" <- "block";; ("src" +ₗ #1) <- #7;;
   next (Rc_new T) [Var "src"] ("h" <- "r";;
   next (Rc_clone T) [Var "h"] (let: "y" := "r" in
   next (Rc_try_unwrap T) [Var "out"; Var "y"] (
   let: "err" := !"out" in let: "y" := !("out" +ₗ #1) in
   next (Rc_into_inner T) [Var "out"; Var "y"] (let: "none" := !"out" in
   next (Rc_into_inner T) [Var "out"; !"h"] (let: "some" := !"out" in
   let: "block" := !("out" +ₗ #1) in let: "content" := !("out" +ₗ #1 +ₗ #1) in
   Free #1 "block";; Free #1 "h";; Free #2 "src";; Free #3 "out";;
   "err" * #1000 + "none" * #100 + "some" * #10 + "content"))))))%E.

Section into.
  Context `{!rcGS Σ}.

  Lemma into_driver_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP into_driver {{ v, ⌜v = #1017⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /into_driver /next.
    set (N := nroot .@ "rc").
    set (SO := so_na rc_pool (rc_contentN N) (rc_content shows (noted_ty (1 / 2)))).
    iAssert (ty_unwind_spec (na_own rc_pool ⊤) (noted_ty (1 / 2)) (tp_glue noted)
      (λ _, heap_lease (1 / 2) 0) (λ _, False))%I as "#Hglue"; [iApply noted_unwind_spec|].
    iEval (rewrite -Qp.half_half -(Nat.add_0_r 0) heap_lease_split) in "Hlease".
    iDestruct "Hlease" as "[Hlease_block Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc h as "Hh" "Hh†" with "Hlease". mir.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc out as "Hout" "Hout†" with "Hlease". mir.
    wp_alloc b as "Hb" "Hb†" with "Hlease_block".
    rewrite !heap_pointsto_vec_singleton. iDestruct (two_cells with "Hsrc") as "[Hsrc Hsrc1]". mir.
    iAssert (src ↦∗ [ #b; #7])%I with "[Hsrc Hsrc1]" as "Hsrc".
    { rewrite two_cells. iFrame. }
    wp_apply (Rc_new_spec SO noted src [ #b; #7]%V [ #7]%V
      with "[$Hlease_rc $Hsrc Hb Hb† Hlease_block]"); [by exists #b%V, #7%V|done| |].
    { iExists b, _. by iFrame. }
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". mir.
    wp_apply (Rc_clone_spec SO _ h _ ⊤ with "[$Hna $Hh $Hrc]"); [done|].
    iIntros "(Hna & Hh & Hrc)". mir.
    (** While there is another strong handle, nothing comes out. *)
    wp_apply (Rc_try_unwrap_other_spec SO noted ⊤
      with "[$Hlease $Hna $Hrc $Hout]"); [done|done|].
    iIntros (rest) "(Hlease & Hna & %Hrest & Hout & Hrc)".
    destruct rest as [|v [|v' rest]]; [simpl in *; lia| |simpl in *; lia].
    iEval (rewrite !heap_pointsto_vec_cons) in "Hout". iDestruct "Hout" as "(Hout & Hout1 & Hout2)". mir.
    iAssert (out ↦∗ [ #1; #l; v])%I with "[Hout Hout1 Hout2]" as "Hout".
    { rewrite !heap_pointsto_vec_cons. iFrame. }
    wp_apply (Rc_into_inner_other_spec SO noted ⊤
      with "[$Hlease $Hna $Hrc $Hout]"); [done|done|].
    iIntros "(Hlease & Hna & Hout & Hrc)". iEval (rewrite heap_pointsto_vec_cons) in "Hout".
    iDestruct "Hout" as "[Hout Hout1]". mir.
    iAssert (out ↦∗ [ #0; #l; v])%I with "[Hout Hout1]" as "Hout".
    { iEval (rewrite heap_pointsto_vec_cons). iFrame. }
    wp_apply (Rc_into_inner_spec SO noted ⊤
      with "[$Hglue $Hlease $Hna $Hrc $Hout]"); [done|done|done|].
    iIntros (e) "(Hlease & Hna & [(%wl & [-> %Hwl] & Hout & Hown & Hlast)|[%Hr _]])"; [|done].
    destruct Hwl as (b' & ? & [= <-] & ->).
    iDestruct "Hown" as (b2 v2) "(%Heq & Hb & Hb† & Hlease_block)". injection Heq as -> <-.
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|]. rewrite Hγ.
    iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
    iEval (rewrite !heap_pointsto_vec_cons) in "Hout".
    iDestruct "Hout" as "(Hout & Hout1 & Hout2 & Hout3)". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hb". wp_free with "Hlease_block". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hlease". mir.
    wp_free with "Hlease". mir.
    iAssert (out ↦∗ [ #1; #b2; #7])%I with "[Hout Hout1 Hout2 Hout3]" as "Hout".
    { rewrite !heap_pointsto_vec_cons. iFrame. }
    wp_free with "Hlease". mir.
    iModIntro. iSplitR; [done|].
    iDestruct (heap_lease_halves with "[$Hlease $Hlease_block]") as "$".
  Qed.
End into.

(** The answers are right, and the memory is empty. *)
Theorem into_driver_adequate :
  adequate NotStuck into_driver ∅ (λ v σ, v = #1017%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #1017%V)). intros HΣ. apply into_driver_spec.
Qed.

(** One execution, computed: its answer, and that no memory is left. *)
Lemma into_driver_run :
  let o := run_program choice_reuse [] 4000 into_driver in
  main_value o = Some #1017%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
