(** * A client of [rc/inner.rs]: weak handles, a whole and raw pointers

A closed driver of the crate's own functions, as the compiler translates them, with an integer
as the content:

<<
  let mut x = Whole::new(7);  let w = x.downgrade();
  let none = w.upgrade();  let zero = w.strong_count();
  *x.value_mut() = 8;  let x = x.share();
  let y = w.upgrade().unwrap();  let same = x.is_of_same_value(&y);
  let v = w.clone();  let on_same = w.is_on_same_block(&v);
  let raw = y.into_raw();  add_raw(raw);  let y = from_raw(raw);  let z = from_raw(raw);
  let strong = x.strong_count();  drop(z);  drop(y);
  let weak = x.weak_count();  drop(v);
  let w = Hold::from_raw(w.into_raw());
  let content = x.take();  drop(w);
>>

Every answer is known, and no memory is left. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc_context.
From tally.rc Require Import crate_rc.
From tally.prelude Require Import options.

(** 9 at the end says that a call has unwound, which none does. *)
Definition next (f : val) (args : list expr) (k : expr) : expr := two_ends (App (Val f) args) k #9.
Definition weak_driver : expr :=
  let T := plain 1 in
  (let: "h" := Alloc #1 in let: "g" := Alloc #1 in let: "w" := Alloc #1 in
   let: "u" := Alloc #1 in let: "src" := Alloc #1 in let: "out" := Alloc #2 in
   "src" <- #7;;
   next (UniqueRc_new T) [Var "src"] ("h" <- "r";;
   next (UniqueRc_downgrade T) [Var "h"] ("w" <- "r";;
   next (Weak_upgrade T) [Var "w"] (
   let: "none" := "r" [λ: ["some"; "y"], "some"] in
   next (Weak_strong_count T) [Var "w"] (let: "zero" := "r" in
   next (UniqueRc_deref_mut T) [Var "h"] ("r" <- #8;;
   next (UniqueRc_into_rc T) [ (!"h") ] ("h" <- "r";;
   next (Weak_upgrade T) [Var "w"] (
   "g" <- "r" [λ: ["some"; "y"], "y"];;
   next (Rc_ptr_eq T) [Var "h"; Var "g"] (let: "same" := "r" in
   next (Weak_clone T) [Var "w"] ("u" <- "r";;
   next (Weak_ptr_eq T) [Var "w"; Var "u"] (let: "on_same" := "r" in
   next (Rc_into_raw T) [ (!"g") ] (let: "raw" := "r" in
   next (Rc_increment_strong_count T) [Var "raw"] (
   next (Rc_from_raw T) [Var "raw"] ("g" <- "r";;
   next (Rc_from_raw T) [Var "raw"] ("src" <- "r";;
   next (Rc_strong_count T) [Var "h"] (let: "strong" := "r" in
   next (Share_drop T) [Var "src"] (
   next (Share_drop T) [Var "g"] (
   next (Rc_weak_count T) [Var "h"] (let: "weak" := "r" in
   next (Hold_drop T) [Var "u"] (
   next (Weak_into_raw T) [ (!"w") ] (
   next (Weak_from_raw T) [Var "r"] ("w" <- "r";;
   next (Rc_try_unwrap T) [Var "out"; !"h"] (
   next (Hold_drop T) [Var "w"] (
   let: "tag" := !"out" in let: "content" := !("out" +ₗ #1) in
   Free #1 "h";; Free #1 "g";; Free #1 "w";; Free #1 "u";; Free #1 "src";; Free #2 "out";;
   "none" + "zero" + "tag" + "same" * #10000 + "on_same" * #1000 + "strong" * #100 +
     "weak" * #10 + "content"))))))))))))))))))))))))%E.

Section client.
  Context `{!rcGS Σ}.

  Lemma weak_driver_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP weak_driver {{ v, ⌜v = #11328⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /weak_driver /next.
    set (N := nroot .@ "rc").
    set (SO := so_na rc_pool (rc_contentN N) (rc_content eq (uninit_ty 1))).
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc h as "Hh" "Hh†" with "Hlease". mir.
    wp_alloc g as "Hg" "Hg†" with "Hlease". mir.
    wp_alloc w as "Hw" "Hw†" with "Hlease". mir.
    wp_alloc u as "Hu" "Hu†" with "Hlease". mir.
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc out as "Hout" "Hout†" with "Hlease". rewrite !heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc".
    wp_apply (UniqueRc_new_spec SO (plain 1) src [ #7]%V with "[$Hlease_rc $Hsrc]"); [done|done|].
    iIntros (l γ) "(%Hγ & Hx & Hsrc)". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (UniqueRc_downgrade_spec SO _ h _ ⊤ with "[$Hna $Hh $Hx]"); [done|].
    iIntros "(Hna & Hh & Hx)". mir.
    (** The content is not shared yet. *)
    iDestruct (unique_rc_own_unshared with "Hx") as "(Href & Hun & Hx)".
    wp_apply (Weak_upgrade_unshared_spec SO _ w _ ⊤ with "[$Hna $Hw $Href $Hun]"); [done|lia|].
    iIntros "(Hna & Hw & Href & Hun)". mir.
    wp_apply (Weak_strong_count_unshared_spec SO _ w _ ⊤ with "[$Hlease $Hna $Hw $Href $Hun]");
      [done|lia|].
    iIntros "(Hlease & Hna & Hw & Href & Hun)". iDestruct ("Hx" with "Href Hun") as "Hx".
    iDestruct (unique_rc_own_acc with "Hx") as "(Hv & _ & Hx)".
    rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (UniqueRc_deref_mut_spec with "Hh"). iIntros "Hh". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hv".
    iDestruct ("Hx" $! [ #8]%V with "Hv [//]") as "Hx".
    (** It is shared from now on. *)
    wp_apply (UniqueRc_into_rc_spec SO _ ⊤ _ _ _ [ #8]%V with "[$Hlease $Hna $Hx]"); [done|done|].
    iIntros (i) "(Hlease & Hna & Hx)". mir.
    wp_apply (Weak_upgrade_rc_spec SO _ w _ ⊤ with "[$Hna $Hw $Hx]"); [done|].
    iIntros "(Hna & Hw & Hx)". mir.
    iEval (rewrite -(Qp.div_2 1) -(Nat.add_0_r (0 + 1)) rc_own_split) in "Hx".
    iDestruct "Hx" as "[Hx Hy]".
    wp_apply (Rc_ptr_eq_spec SO _ h g _ _ ⊤ with "[$Hna $Hh $Hg $Hx $Hy]"); [done|].
    rewrite bool_decide_eq_true_2 //. iIntros "(Hna & Hh & Hg & Hx & Hy)". mir.
    iDestruct (rc_own_ref with "Hx") as "[Href Hx]".
    wp_apply (Weak_clone_spec SO _ w _ ⊤ with "[$Hna $Hw $Href]"); [done|lia|].
    iIntros "(Hna & Hw & Href)". mir.
    iDestruct (rc_own_ref with "Hy") as "[Href' Hy]".
    wp_apply (Weak_ptr_eq_spec SO _ w u _ _ ⊤ with "[$Hna $Hw $Hu $Href $Href']");
      [done|lia|lia|].
    rewrite bool_decide_eq_true_2 //. iIntros "(Hna & Hw & Hu & Href & Href')".
    iDestruct ("Hx" with "Href") as "Hx". iDestruct ("Hy" with "Href'") as "Hy". mir.
    (** One of the handles becomes a raw pointer, and that two handles. *)
    wp_apply (Rc_into_raw_spec SO with "[$Hlease $Hy]"). iIntros "[Hlease Hraw]". mir.
    wp_apply (Rc_increment_strong_count_spec SO _ ⊤ with "[$Hlease $Hna $Hraw]"); [done|].
    iIntros "(Hlease & Hna & Hraw & Hraw')". mir.
    assert (∀ l', (l +ₗ 2)%L = (l' +ₗ 2)%L → l = l') as Hinj.
    { intros l' Hl. destruct l, l'. injection Hl as -> ?. f_equal. lia. }
    wp_apply (Rc_from_raw_spec SO with "Hraw"). iIntros (l') "[%Hl' Hy]".
    apply Hinj in Hl' as <-. mir.
    wp_apply (Rc_from_raw_spec SO with "Hraw'"). iIntros (l') "[%Hl' Hz]".
    apply Hinj in Hl' as <-. mir.
    iAssert (rc_own SO γ i l [ #8]%V (1 / 2 + (1 / 2 / 2 + 1 / 2 / 2)) (1 + (1 + 1)) (2 + (0 + 0)))
      with "[Hx Hy Hz]" as "Hx"; [rewrite !rc_own_split; iFrame|].
    rewrite !Qp.div_2 /=.
    wp_apply (Rc_strong_count_spec SO _ h _ ⊤ with "[$Hna $Hh $Hx]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hh & Hx)". rewrite Hm //. mir.
    wp_apply (Share_drop_keep_spec SO _ src _ ⊤ _ _ _ _ _ 2 with "[$Hna $Hsrc $Hx]"); [done|].
    iIntros "(Hna & Hsrc & Hx)". mir.
    wp_apply (Share_drop_keep_spec SO _ g _ ⊤ _ _ _ _ _ 1 with "[$Hna $Hg $Hx]"); [done|].
    iIntros "(Hna & Hg & Hx)". mir.
    wp_apply (Rc_weak_count_spec SO _ h _ ⊤ with "[$Hna $Hh $Hx]"); [done|].
    iIntros (m') "((_ & _ & %Hm') & Hna & Hh & Hx)". rewrite Hm' //. mir.
    iDestruct (rc_own_ref with "Hx") as "[Href Hx]".
    wp_apply (Hold_drop_ref_spec SO _ u _ ⊤ _ _ _ _ 1 with "[$Hna $Hu $Href]"); [done|done|].
    iIntros "(Hna & Hu & Href)". iDestruct ("Hx" with "Href") as "Hx". mir.
    (** So does the weak handle. *)
    iAssert (rc_own SO γ i l [ #8]%V (1 / 2 + 1 / 2) 1 (0 + 1)) with "[Hx]" as "Hx";
      [by rewrite Qp.div_2|].
    iDestruct (rc_own_split_weak with "Hx") as "[Hx Hweak]".
    wp_apply (Weak_into_raw_spec SO with "[$Hlease $Hweak]"). iIntros "[Hlease Hraw]". mir.
    wp_apply (Weak_from_raw_spec SO with "Hraw"). iIntros (l') "[%Hl' Hweak]".
    apply Hinj in Hl' as <-. mir.
    iAssert (rc_own SO γ i l [ #8]%V (1 / 2 + 1 / 2) 1 (0 + 1)) with "[Hx Hweak]" as "Hx";
      [rewrite rc_own_split_weak; iFrame|]. rewrite Qp.div_2.
    (** The content comes out. *)
    wp_apply (Rc_try_unwrap_spec SO (plain 1) ⊤ _ _ _ _ _ _ out #☠ [ #☠]%V
      with "[$Hlease $Hna $Hx $Hout]"); [done..|].
    iIntros (rest) "(Hlease & Hna & [(%wl & [<- %Hrest] & Hout & _ & Hlast)|([%Hr _] & _)])"; [|done].
    destruct rest; [|done].
    mir. wp_apply (Hold_drop_last_spec SO _ w _ ⊤ _ _ _ 0 with "[$Hna $Hw $Hlast]"); [done|done|].
    iIntros "(Hna & Hw & Hlast)". iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|].
    rewrite Hγ. iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hout" as "[Hout Hout1]". mir.
    iAssert (out ↦∗ [ #0; #8])%I with "[Hout Hout1]" as "Hout".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hlease". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hg". wp_free with "Hlease". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hw". wp_free with "Hlease". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hlease". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc". wp_free with "Hlease". mir.
    wp_free with "Hlease". mir.
    iModIntro. iSplitR; [done|]. iExact "Hlease".
  Qed.
End client.

(** The answers are right, and the memory is empty. *)
Theorem weak_driver_adequate :
  adequate NotStuck weak_driver ∅ (λ v σ, v = #11328%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #11328%V)). intros HΣ. apply weak_driver_spec.
Qed.

(** One execution, computed: its answer, and that no memory is left. *)
Lemma weak_driver_run :
  let o := run_program choice_reuse [] 4000 weak_driver in
  main_value o = Some #11328%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
