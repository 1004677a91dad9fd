(** * A client of [Rc::new_cyclic]

A closed driver of the crate's own functions, as the compiler translates them. Its closure makes
a weak handle of its own, which it keeps in the caller's cell, and then it returns, or it panics:

<<
  let mut kept = Weak::new();
  let made = catch_unwind(|| Rc::new_cyclic(|w| {
    let none = w.upgrade();  kept = w.clone();
    if ok { 7 } else { panic!() }
  }));
  let upgraded = kept.upgrade();
>>

If the closure returns, the weak handle that it kept can be upgraded, and the content is taken
out. If it unwinds, the handle is there all the same; it cannot be upgraded, and the block goes
with it. In both cases every answer is known, and no memory is left. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc_context.
From tally.rc Require Import crate_rc.
From tally.examples Require Import rc_inner_weak_client.
From tally.prelude Require Import options.

(** The closure: its one captured cell is the address of [kept]. *)
Definition keeper (ok : bool) : tparam :=
  TP 1 no_glue
    (λ: ["out"; "env"; "w"],
      let: "kept" := !"env" in
      App (Val (Weak_upgrade (plain 1))) ["w"] [λ: ["r"],
        let: "none" := "r" [λ: ["some"; "y"], "some"] in
        App (Val (Weak_clone (plain 1))) ["w"] [λ: ["r"],
          "kept" <- "r";;
          if: #ok then "out" <- "none" + #7;; ret_unit else Val unw_val;
        λ: [], #9];
      λ: [], #9])%V.

Definition cyclic_driver (ok : bool) : expr :=
  let T := plain 1 in
  (let: "h" := Alloc #1 in let: "y" := Alloc #1 in let: "kept" := Alloc #1 in
   let: "env" := Alloc #1 in let: "out" := Alloc #2 in
   "env" <- "kept";;
   let: "answer" :=
     two_ends (App (Val (Rc_new_cyclic T (keeper ok))) ["env"])
       ("h" <- "r";;
        next (Weak_upgrade T) [Var "kept"] (
        let: "some" := "r" [λ: ["some"; "y0"], "y" <- "y0";; "some"] in
        next (Share_drop T) [Var "y"] (
        next (Rc_try_unwrap T) [Var "out"; !"h"] (
        next (Hold_drop T) [Var "kept"] ("some" * #10 + !("out" +ₗ #1))))))
       (next (Weak_upgrade T) [Var "kept"] (
        let: "some" := "r" [λ: ["some"; "y0"], "some"] in
        next (Hold_drop T) [Var "kept"] ("some" + #5))) in
   Free #1 "h";; Free #1 "y";; Free #1 "kept";; Free #1 "env";; Free #2 "out";;
   "answer")%E.
Definition answer (ok : bool) : Z := if ok then 17 else 5.

Section client.
  Context `{!rcGS Σ}.
  Let N := nroot .@ "rc".
  Let SO := so_na rc_pool (rc_contentN N) (rc_content eq (uninit_ty 1)).

  (** What the closure leaves: the handle that it kept, and how it has ended. *)
  Definition left (ok : bool) (kept : loc) (l : loc) (r : Qp) (j : nat) : iProp Σ :=
    ⌜r = 1%Qp ∧ j = 1⌝ ∗ kept ↦ #l.

  Lemma keeper_spec ok (kept : loc) t :
    ⊢ rc_cyclic_closure_spec SO ⊤ (keeper ok) [ #kept]%V (kept ↦ #☠)
      (λ _ l a r j, ⌜ok = true ∧ a = [ #7]%V⌝ ∗ left ok kept l r j)
      (λ _ l r j, ⌜ok = false⌝ ∗ left ok kept l r j) t.
  Proof.
    iIntros (γ l out e h vl [_ Hvl] Φ) "!> (Hna & Hh & Href & Hun & Hout & He & Hkept) HΦ".
    destruct vl as [|v [|v' vl]]; [done| |done]. rewrite !heap_pointsto_vec_singleton.
    destruct ok; mir_rec.
    all: wp_apply (Weak_upgrade_unshared_spec SO with "[$Hna $Hh $Href $Hun]"); [done|lia|].
    all: iIntros "(Hna & Hh & Href & Hun)"; mir.
    all: wp_apply (Weak_clone_spec SO with "[$Hna $Hh $Href]"); [done|lia|].
    all: iIntros "(Hna & Hh & Href)"; mir.
    all: iModIntro; iApply ("HΦ" $! _ [ #kept]%V 1%Qp 1).
    all: rewrite heap_pointsto_vec_singleton; iFrame "Hna Hh Href Hun He"; iSplitR; [done|].
    - iApply ends_ret. iExists [ #7]%V, [ #7]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
    - iApply ends_unw. iFrame "Hkept". iSplitL; [|done]. iExists [v].
      rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.

  Lemma cyclic_driver_spec ok :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP cyclic_driver ok {{ v, ⌜v = #(answer ok)⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /cyclic_driver /next.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease_rc Hlease]".
    wp_alloc h as "Hh" "Hh†" with "Hlease". mir.
    wp_alloc y as "Hy" "Hy†" with "Hlease". mir.
    wp_alloc kept as "Hkept" "Hkept†" with "Hlease". mir.
    wp_alloc env as "Henv" "Henv†" with "Hlease". mir.
    wp_alloc out as "Hout" "Hout†" with "Hlease". rewrite !heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Henv".
    iDestruct (keeper_spec ok kept (1 / 2, 0)%Qp) as "#Hkeeper".
    wp_apply (Rc_new_cyclic_spec SO (plain 1) with "[$Hkeeper $Hlease_rc $Hlease $Hna $Henv $Hkept]");
      [done|done|done|].
    iIntros (e γ l r j) "(%Hγ & Hlease & Hna & Henv & He)". rewrite heap_pointsto_vec_singleton.
    iDestruct "He" as "[(%v & -> & %i & %a & -> & Hrc & [-> ->] & [-> ->] & Hkept)|[-> (Hlast & -> & [-> ->] & Hkept)]]"; mir.
    - wp_apply (Weak_upgrade_rc_spec SO _ kept with "[$Hna $Hkept $Hrc]"); [done|].
      iIntros "(Hna & Hkept & Hrc)". mir.
      wp_apply (Share_drop_keep_spec SO _ y _ ⊤ with "[$Hna $Hy $Hrc]"); [done|].
      iIntros "(Hna & Hy & Hrc)". mir.
      wp_apply (Rc_try_unwrap_spec SO (plain 1) ⊤ with "[$Hlease $Hna $Hrc $Hout]"); [done..|].
      iIntros (rest) "(Hlease & Hna & [(%wl & [<- %Hrest] & Hout & _ & Hlast)|([%Hr _] & _)])"; [|done].
      destruct rest; [|done]. mir.
      wp_apply (Hold_drop_last_spec SO _ kept _ ⊤ _ _ _ 0 with "[$Hna $Hkept $Hlast]"); [done|done|].
      iIntros "(Hna & Hkept & Hlast)". iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|].
      rewrite Hγ. iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease".
      rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iDestruct "Hout" as "[Hout Hout1]". mir.
      iAssert (out ↦∗ [ #0; #7])%I with "[Hout Hout1]" as "Hout".
      { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hy". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hkept". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Henv". wp_free with "Hlease". mir.
      wp_free with "Hlease". mir. iModIntro. iSplitR; [done|]. iExact "Hlease".
    - (** It has unwound: the handle cannot be upgraded, and the block goes with it. *)
      iDestruct (rc_last_own_dead with "Hlast") as "#Hdead".
      iDestruct (rc_dead_unshared with "Hdead") as "Hun".
      iAssert (rc_last_own SO γ l (1 / 2 + 1 / 2) (0 + 1)) with "[Hlast]" as "Hlast";
        [by rewrite Qp.half_half|].
      rewrite rc_last_own_split. iDestruct "Hlast" as "[Hlast Hweak]".
      wp_apply (Weak_upgrade_unshared_spec SO _ kept with "[$Hna $Hkept $Hweak $Hun]"); [done|lia|].
      iIntros "(Hna & Hkept & Hweak & _)". mir.
      iDestruct (rc_last_own_split SO γ l (1 / 2) (1 / 2) 0 1 with "[$Hlast $Hweak]") as "Hlast".
      rewrite Qp.half_half.
      wp_apply (Hold_drop_last_spec SO _ kept _ ⊤ _ _ _ 0 with "[$Hna $Hkept $Hlast]"); [done|done|].
      iIntros "(Hna & Hkept & Hlast)". iMod (rc_reclaim with "Hlast Hna") as "[Hlease_rc _]"; [done|].
      rewrite Hγ. iDestruct (heap_lease_halves with "[$Hlease $Hlease_rc]") as "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hy". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hkept". wp_free with "Hlease". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Henv". wp_free with "Hlease". mir.
      wp_free with "Hlease". mir. iModIntro. iSplitR; [done|]. iExact "Hlease".
  Qed.
End client.

(** On both ends: the answer is right, and the memory is empty. *)
Theorem cyclic_driver_adequate ok :
  adequate NotStuck (cyclic_driver ok) ∅ (λ v σ, v = #(answer ok)%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #(answer ok)%V)). intros HΣ. apply cyclic_driver_spec.
Qed.

(** One execution of each, computed: its answer, and that no memory is left. *)
Lemma cyclic_driver_run ok :
  let o := run_program choice_reuse [] 4000 (cyclic_driver ok) in
  main_value o = Some #(answer ok)%V ∧ map_to_list (run_state o) = [].
Proof. destruct ok; by vm_compute. Qed.
