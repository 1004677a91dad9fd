(** * A pair of [Rc]s in an [Rc]

The program makes an [Rc] of a box with the number [m], a [Weak] of it, and an [Rc] of the
number [n]. Both [Rc]s move into a pair, and the pair into a third, outer [Rc]. It reads
both numbers through the outer handle, the last strong one, and drops it: the pair's
destructor drops both inner [Rc]s. Then it upgrades the [Weak], and drops it. The result is
the sum of the two numbers and of what the upgrade returned, which is 0, the null pointer.

The theorem: for all [m] and [n], the program never gets stuck; if it returns, it returns
[m + n], and then the memory is empty. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

(** ** The program *)
Definition drop_box : val := box_drop_in_place 1 drop_nothing.
Definition drop_pair : val :=
  prod_drop_in_place 1 (rc_drop_in_place 1 drop_box) (rc_drop_in_place 1 drop_nothing).

Definition pair_rcs (m n : Z) : expr :=
  let: "src" := Alloc #1 in
  let: "box" := new [ #1 ] in
  "box" <- #m;;
  "src" <- "box";;
  let: "a" := rc_new 1 ["src"] in
  "src" <- #n;;
  let: "b" := rc_new 1 ["src"] in
  Free #1 "src";;
  let: "w" := rc_downgrade ["a"] in
  let: "pair" := Alloc #2 in
  "pair" <- "a";;
  "pair" +ₗ #1 <- "b";;
  let: "o" := rc_new 2 ["pair"] in
  Free #2 "pair";;
  let: "x" := ! !(rc_deref [ (!(rc_deref ["o"])) ]) in
  let: "y" := !(rc_deref [ (!(rc_deref ["o"] +ₗ #1)) ]) in
  rc_drop 2 drop_pair ["o"];;
  let: "u" := weak_upgrade ["w"] in
  weak_drop 1 ["w"];;
  ("x" + "y") + "u".

Section pair.
  Context `{!rcGS Σ}.
  Definition boxN : namespace := nroot .@ "box".
  Definition numN : namespace := nroot .@ "num".
  Definition outerN : namespace := nroot .@ "outer".

  (** ** The types *)
  Definition num_ty (n : Z) : type Σ := pure_ty (λ v, v = #n)%V.
  Definition num_box_ty (m : Z) : type Σ := box_ty (1/2/2) (num_ty m).
  (** A handle of the first [Rc] lends the box, a handle of the second reads. *)
  Definition box_so m : rc_shared_own rc_pool boxN eq (num_box_ty m) :=
    so_na rc_pool (rc_contentN boxN) (rc_content eq (num_box_ty m)).
  Definition num_so n : rc_shared_own rc_pool numN eq (num_ty n) :=
    rc_so_fixed (so_na rc_pool (rc_contentN numN) (rc_fixed_content (num_ty n))).

  (** Two handles that are known, so there is one such type for each pair of blocks. The
  other half of the first handle's share is for the [Weak]. *)
  Definition pair_ty m γa ia la b n γb ib lb : type Σ :=
    prod_ty (rc_at (box_so m) γa ia la [ #(b : loc)]%V (1/2))
      (rc_at (num_so n) γb ib lb [ #n]%V 1).
  Definition pair_so τ : rc_shared_own rc_pool outerN eq τ :=
    so_na rc_pool (rc_contentN outerN) (rc_content eq τ).

  (** ** The destructors *)
  Lemma drop_box_spec m :
    ⊢ ty_drop_spec (na_own rc_pool ⊤) (num_box_ty m) drop_box (λ _, heap_lease (1/2/2) 0).
  Proof.
    iIntros (l vl) "!> %Φ H HΦ".
    wp_apply (box_drop_in_place_spec _ _ (num_ty m) with "[] H"); [iApply drop_nothing_spec|].
    iIntros (vl') "(Hna & Hl & Hlen & L & _)". iApply "HΦ". iFrame.
  Qed.
  Lemma drop_pair_spec m γa ia la b n γb ib lb :
    ⊢ ty_drop_spec (na_own rc_pool ⊤) (pair_ty m γa ia la b n γb ib lb) drop_pair
        (λ vl, ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗
          rc_dropped_own (box_so m) γa la (1/2) 0
            (∃ wl, ⌜[ #b]%V = wl⌝ ∗ heap_lease (1/2/2) 0) ∗
          rc_dropped_own (num_so n) γb lb 1 0 (∃ wl, ⌜[ #n]%V = wl⌝ ∗ ty_own (num_ty n) wl))%I.
  Proof.
    iApply (prod_drop_in_place_spec _ (rc_at (box_so m) γa ia la [ #b]%V (1/2))
      (rc_at (num_so n) γb ib lb [ #n]%V 1)).
    - iApply (rc_at_drop_spec (box_so m) ⊤); [done|]. iApply drop_box_spec.
    - iApply (rc_at_drop_spec (num_so n) ⊤); [done|]. iApply drop_nothing_spec.
  Qed.

  (** ** The proof *)
  Lemma pair_rcs_spec m n :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP pair_rcs m n {{ v, ⌜v = #(m + n)⌝ ∗ heap_lease 1 0 }}.
  Proof.
    iIntros "Hna [L [Lx [La [Lb Lo]]]]". rewrite /pair_rcs.
    wp_alloc src as "Hsrc" "H†" with "L". wp_pures.
    rewrite heap_pointsto_vec_singleton.
    (* The two inner Rcs. *)
    wp_apply (box_new_spec _ _ (num_ty m) with "Lx"). iIntros (b) "[Hb H†b]". wp_pures.
    rewrite heap_pointsto_vec_singleton. wp_write. wp_pures. wp_write. wp_pures.
    wp_apply (rc_new_spec (box_so m) src [ #b]%V [ #b]%V with "[$La Hsrc Hb H†b]"); [done| |].
    { rewrite heap_pointsto_vec_singleton. iFrame "Hsrc".
      iApply (box_ty_intro _ _ b [ #m]%V with "[Hb] [] H†b").
      - by rewrite heap_pointsto_vec_singleton.
      - by iExists _. }
    iIntros (la γa ia) "(%Hγa & Ha & Hsrc)". wp_pures.
    rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    wp_apply (rc_new_spec (num_so n) src [ #n]%V [ #n]%V with "[$Lb Hsrc]"); [done| |].
    { rewrite heap_pointsto_vec_singleton. iFrame. by iExists _. }
    iIntros (lb γb ib) "(%Hγb & Hb & Hsrc)". wp_pures.
    wp_free with "L". wp_pures.
    wp_apply (rc_downgrade_spec (box_so m) ⊤ with "[$Hna $Ha]"); [done|].
    iIntros "[Hna [Ha Hw]]". wp_pures.
    (* The outer one. *)
    wp_alloc pr as "Hpr" "H†" with "L". wp_pures.
    rewrite (heap_pointsto_vec_cons pr) heap_pointsto_vec_singleton.
    iDestruct "Hpr" as "[Hp1 Hp2]". wp_write. wp_pures. wp_write. wp_pures.
    set (τ := pair_ty m γa ia la b n γb ib lb).
    wp_apply (rc_new_spec (pair_so τ) pr [ #la; #lb]%V [ #la; #lb]%V
      with "[$Lo Hp1 Hp2 Ha Hb]"); [done| |].
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame.
      iExists [ #la]%V, [ #lb]%V. by iFrame. }
    iIntros (lo γo io) "(%Hγo & Ho & Hpr)". wp_pures.
    wp_free with "L". wp_pures.
    (* The outer handle lends the pair, and its first handle lends the box. *)
    iMod (rc_content_acc ⊤ with "Ho Hna") as "(Hc & Hna & Hclose)"; [done|].
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct "Hc" as (wl) "(_ & Hp & (%vl1 & %vl2 & -> & [-> Ha] & [-> Hb]) & H†)".
    iEval (rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hp".
    iDestruct "Hp" as "[Hp1 Hp2]". wp_read. wp_pures.
    iMod (rc_content_acc (⊤ ∖ ↑rc_contentN outerN) with "Ha Hna")
      as "(Hbox & Hna & Hclosebox)".
    { rewrite /rc_contentN. solve_ndisj. }
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct "Hbox" as (wl) "(%Hwl & Hd & (%b' & %wl' & -> & Hm & (%v & -> & ->) & H†b) & H†a)".
    simpl in Hwl. simplify_eq.
    rewrite !heap_pointsto_vec_singleton. wp_read. wp_read.
    iMod ("Hclosebox" with "[Hd Hm H†b H†a] Hna") as "[Ha Hna]".
    { iNext. iExists [ #b']%V. rewrite heap_pointsto_vec_singleton. iFrame "Hd H†a".
      iSplitR; [done|]. iApply (box_ty_intro _ _ b' [ #m]%V with "[Hm] [] H†b").
      - by rewrite heap_pointsto_vec_singleton.
      - by iExists _. }
    wp_pures.
    (* The other number. *)
    wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_pures. wp_read. wp_pures.
    wp_apply (rc_deref_read_spec with "Hb"). iIntros "Hb". wp_pures.
    iMod ("Hclose" with "[Hp1 Hp2 Ha Hb H†] Hna") as "[Ho Hna]".
    { iNext. iExists [ #la; #lb]%V. rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iFrame. iSplitR; [done|]. iExists [ #la]%V, [ #lb]%V. by iFrame. }
    (* The last strong handle. *)
    wp_apply (rc_drop_alone_spec (pair_so τ) ⊤ with "[$Hna $Ho]"); [done| |].
    { iApply drop_pair_spec. }
    iIntros (wl) "(Hna & Lo & _ & %vl1 & %vl2 & _ & Ha & Hb)". rewrite Hγo. wp_pures.
    iMod (rc_dropped_own_whole with "Hb Hna") as "(Hb & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hb Hna") as "[Lb Hna]"; [done|]. rewrite Hγb.
    (* With the share of the Weak it is known that the box has gone too. *)
    iCombine "Ha Hw" as "Ha".
    iMod (rc_dropped_own_whole with "Ha Hna") as "(Ha & (% & _ & Lx) & Hna)"; [done|].
    wp_apply (weak_upgrade_last_spec (box_so m) ⊤ with "[$Hna $Ha]"); [done|lia|].
    iIntros "[Hna Ha]". wp_pures.
    wp_apply (weak_drop_last_spec (box_so m) ⊤ _ _ _ 0 with "[$Hna $Ha]"); [done|].
    iIntros "[Hna Ha]". wp_pures.
    iMod (rc_reclaim with "Ha Hna") as "[La _]"; [done|]. rewrite Hγa.
    iCombine "Lb Lo" as "Lo". iCombine "La Lo" as "Lo". iCombine "Lx Lo" as "Lo".
    iCombine "L Lo" as "L". iModIntro. iFrame "L". by rewrite Z.add_0_r.
  Qed.
End pair.

Theorem pair_rcs_adequate m n :
  adequate NotStuck (pair_rcs m n) ∅ (λ v σ, v = #(m + n)%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #(m + n)%V)). intros HΣ. apply pair_rcs_spec.
Qed.

Print Assumptions pair_rcs_adequate.
