(** * Lists of frames: putting in and taking out

[frame_list γ i l id fs]: the list at [l], of number [id], has the frames [fs], of
metadata with vtable [i]. Two lemmas do the work: [link_insert_spec] and
[link_remove_spec], at any place. *)
From iris.base_logic.lib Require Import invariants ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import checked.
From tally.model Require Import word slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.list Require Import frame_list_base.
From tally.frame.list.proof Require Import frame_list_ghost frame_list_words.
From tally.prelude Require Import options.

Section links.
  Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : gname) (x y : list_slot) (i : nat) (id w : Z) (vl : list val).
  Implicit Types (ids l : loc) (p n : val) (fs : list listed) (xs : list list_slot).

  Definition frame_list γ i l id fs : iProp Σ :=
    l ↦ head_link fs ∗ (l +ₗ list_back) ↦ last_link fs ∗
    (l +ₗ list_size) ↦ #(length fs) ∗ (l +ₗ list_id) ↦ #id ∗
    ⌜(length fs ≤ int_max usize)%Z⌝ ∗
    list_number γ id fs.*1 ∗ chain D N γ i id #0 fs #0.

  Definition frame_links γ i id l fs : iProp Σ :=
    l ↦ head_link fs ∗ (l +ₗ list_back) ↦ last_link fs ∗ chain D N γ i id #0 fs #0.

  Local Lemma last_link_cons_eq fs1 e e' fs2 :
    last_link (fs1 ++ e :: e' :: fs2) = last_link (fs1 ++ e' :: fs2).
  Proof. by rewrite /last_link !last_link_of_app. Qed.
  (** A location that one has cells of is equal to itself. *)
  Local Lemma wp_eq_self (l : loc) v :
    {{{ l ↦ v }}} BinOp EqOp #l #l {{{ RET #true; l ↦ v }}}.
  Proof.
    iIntros (Φ) "[H1 H2] HΦ". iApply (wp_eq_loc with "[$H1 $H2]"). iIntros "!> [H1 H2]".
    rewrite bool_decide_eq_true_2 //. iApply "HΦ". iCombine "H1 H2" as "$".
  Qed.
  Local Lemma wp_eq_head γ i id p e fs n :
    {{{ chain D N γ i id p (e :: fs) n }}}
      BinOp EqOp #(ls_link e.1) #(ls_link e.1)
    {{{ RET #true; chain D N γ i id p (e :: fs) n }}}.
  Proof.
    iIntros (Φ) "[(H1 & H2 & H3 & H4 & Hl & H5) H6] HΦ".
    iApply (wp_eq_self with "Hl"). iIntros "!> Hl". iApply "HΦ". iFrame.
  Qed.
  Lemma link_slot_spec x :
    {{{ True }}} link_slot [ #(ls_link x) ] {{{ RET #(ls_loc x); True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. wp_pures. rewrite /ls_link shift_loc_assoc Z.add_opp_diag_r.
    rewrite shift_loc_0. by iApply "HΦ".
  Qed.

  (** ** Putting in *)
  Lemma link_insert_spec γ ids l i id x vl fs1 fs2 :
    {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
        unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_list γ i l id (fs1 ++ fs2) }}}
      link_insert [ #ids; #l; head_link fs2; #(ls_loc x) ]
    {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
        frame_list γ i l id' (fs1 ++ (x, vl) :: fs2) }}}.
  Proof.
    iIntros (Φ) "(#Iids & #Iw & Hx & Hl) HΦ".
    rewrite unique_frame_eq. iDestruct "Hx" as "(Htok & Hv & Hlink & Hown)".
    rewrite -/(ls_link x) !heap_pointsto_vec_cons shift_loc_assoc.
    iDestruct "Hlink" as "(Hn & Hp & Hm)".
    iDestruct "Hl" as "(Hf & Hb & Hs & Hi & %Hlen & Hid & Hc)".
    iDestruct (list_number_0 with "Hid") as %H0.
    wp_rec. wp_apply (frame_meta_mut_spec with "[//]"). iIntros "_".
    rewrite -/(ls_link x). wp_pures. wp_read. wp_pures.
    wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures.
    wp_read. wp_pures.
    wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures.
    wp_apply (in_list_read_unique with "[$Iw $Hv]"). iIntros "Hv". wp_pures.
    wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures.
    wp_apply (list_lazy_id_spec with "[$Iids $Hi $Hid]").
    iIntros (id') "(%Hid' & Hi & Hid)". wp_pures.
    assert (0 < id')%Z as Hpos by apply Hid'.
    iAssert (chain D N γ i id' #0 (fs1 ++ fs2) #0) with "[Hc]" as "Hc".
    { destruct (decide (id = 0%Z)) as [->|Hne].
      - specialize (H0 eq_refl). by destruct fs1, fs2.
      - by rewrite (proj2 Hid' Hne). }
    rewrite chain_app next_link_head. iDestruct "Hc" as "[Hc1 Hc2]".
    wp_apply (in_list_enter with "[$Iw $Hv $Hid $Hc1 $Hc2]"); [lia|]. iIntros "H".
    iDestruct ("H" $! vl) as "(Hv & Hw & Hid & Hc1 & Hc2)". wp_pures.
    wp_bind (Case _ _).
    iApply (wp_wand _ _ _ (λ _, frame_links γ i id' l (fs1 ++ (x, vl) :: fs2))%I
      with "[-HΦ Hs Hi Hid]").
    { destruct fs2 as [|e2 fs2].
      - wp_pures. rewrite app_nil_r. wp_read.
        destruct fs1 as [|e1 fs1 _] using rev_ind.
        + wp_pures. wp_read. wp_pures. wp_apply (debug_assert_true with "[//]").
          iIntros "_". wp_pures. wp_write. wp_write. wp_write.
          iFrame. rewrite /= /list_node. by iFrame "∗#".
        + rewrite /last_link last_link_of_snoc. wp_pures.
          iDestruct (chain_next_acc with "Hc1") as "[He Hc1]".
          wp_read. wp_pures. wp_apply (debug_assert_true with "[//]"). iIntros "_".
          wp_pures. wp_write. wp_write. wp_write.
          iSpecialize ("Hc1" with "He").
          rewrite /frame_links /last_link last_link_of_snoc. iFrame "Hb".
          iSplitL "Hf"; [by destruct fs1|].
          rewrite (chain_app _ _ _ _ _ _ (fs1 ++ [e1])) last_link_of_snoc. iFrame "Hc1".
          rewrite /= /list_node. by iFrame "∗#".
      - rewrite [head_link _]/=. wp_pures.
        iDestruct (chain_prev_acc with "Hc2") as "[He2 Hc2]". wp_read. wp_pures.
        iSpecialize ("Hc2" with "He2").
        rewrite /frame_links (last_link_cons_eq fs1 (x, vl)).
        destruct fs1 as [|e1 fs1 _] using rev_ind.
        + wp_pures. wp_read. wp_pures.
          wp_apply (wp_eq_head with "Hc2"). iIntros "Hc2".
          wp_apply (debug_assert_true with "[//]").
          iIntros "_". wp_pures. wp_write. wp_write. wp_write.
          iDestruct (chain_prev_acc with "Hc2") as "[He2 Hc2]". wp_write.
          iSpecialize ("Hc2" with "He2"). iFrame "Hf Hb".
          iFrame. rewrite /= /list_node. by iFrame "∗#".
        + rewrite last_link_of_snoc. wp_pures.
          iDestruct (chain_next_acc with "Hc1") as "[He1 Hc1]".
          wp_read. wp_pures. wp_apply (wp_eq_head with "Hc2"). iIntros "Hc2".
          wp_apply (debug_assert_true with "[//]"). iIntros "_".
          wp_pures. wp_write. wp_write. wp_write.
          iDestruct (chain_prev_acc with "Hc2") as "[He2 Hc2]". wp_write.
          iSpecialize ("Hc1" with "He1"). iSpecialize ("Hc2" with "He2").
          iFrame "Hb".
          iSplitL "Hf"; [by destruct fs1|].
          rewrite (chain_app _ _ _ _ _ _ (fs1 ++ [e1])) last_link_of_snoc. iFrame "Hc1".
          rewrite /= /list_node. by iFrame "∗#". }
    iIntros (v) "(Hf & Hb & Hc)". wp_pures. wp_read. wp_pures.
    wp_apply (checked_op_spec with "[//]"); [|done|done|].
    { rewrite in_int_range_unsigned //. rewrite /int_max /int_min /= in Hlen. lia. }
    iIntros "%Hsize". wp_pures. wp_write. iModIntro. iApply "HΦ". iSplitR; [done|].
    assert ((length (fs1 ++ fs2) + 1)%Z = length (fs1 ++ (x, vl) :: fs2)) as Heq.
    { rewrite !list_length_app /=. lia. }
    rewrite Heq in Hsize |- *. iFrame. iPureIntro. by destruct Hsize.
  Qed.

  (** ** Taking out *)
  Lemma link_remove_spec γ l i id x vl fs1 fs2 :
    {{{ frame_list γ i l id (fs1 ++ (x, vl) :: fs2) }}}
      link_remove [ #l; #(ls_link x) ]
    {{{ RET head_link fs2;
        unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_list γ i l id (fs1 ++ fs2) }}}.
  Proof.
    iIntros (Φ) "(Hf & Hb & Hs & Hi & %Hlen & Hid & Hc) HΦ".
    rewrite chain_app /=.
    iDestruct "Hc" as "(Hc1 & (#Iw & Hw & Htok & Hv & Hn & Hp & Hm & Hown) & Hc2)".
    rewrite next_link_head. wp_rec. wp_read. wp_pures. wp_read. wp_pures.
    wp_bind (Case _ _).
    iApply (wp_wand _ _ _ (λ _, l ↦ head_link (fs1 ++ fs2) ∗ ls_link x ↦ head_link fs2 ∗
      chain D N γ i id #0 fs1 (head_link fs2))%I with "[Hf Hn Hc1]").
    { destruct fs1 as [|e1 fs1 _] using rev_ind.
      - wp_pures. wp_read. wp_pures. wp_apply (wp_eq_self with "Hn"). iIntros "Hn".
        wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures. wp_write. by iFrame.
      - rewrite last_link_of_snoc. wp_pures.
        iDestruct (chain_next_acc with "Hc1") as "[He1 Hc1]". wp_read.
        wp_apply (wp_eq_self with "Hn"). iIntros "Hn".
        wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures. wp_write.
        iSpecialize ("Hc1" with "He1"). iFrame. by destruct fs1. }
    iIntros (v1) "(Hf & Hn & Hc1)". wp_pures. wp_bind (Case _ _).
    iApply (wp_wand _ _ _ (λ _, (l +ₗ list_back) ↦ last_link (fs1 ++ fs2) ∗
      ls_link x ↦ head_link fs2 ∗
      chain D N γ i id (last_link_of #0 fs1) fs2 #0)%I with "[Hb Hn Hc2]").
    { rewrite /last_link !last_link_of_app /=. destruct fs2 as [|e2 fs2].
      - wp_pures. wp_read. wp_pures. wp_apply (wp_eq_self with "Hn"). iIntros "Hn".
        wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures. wp_write. by iFrame.
      - rewrite [head_link _]/=. wp_pures.
        iDestruct (chain_prev_acc with "Hc2") as "[He2 Hc2]". wp_read. wp_pures.
        wp_apply (wp_eq_self with "Hn"). iIntros "Hn".
        wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures. wp_write.
        iSpecialize ("Hc2" with "He2"). by iFrame. }
    iIntros (v2) "(Hb & Hn & Hc2)". wp_pures. wp_write. wp_write. wp_pures.
    wp_apply (link_slot_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (in_list_leave with "[$Iw $Hv $Hw $Hid $Hc1 $Hc2]").
    iIntros "(Hv & Hid & Hc1 & Hc2)". wp_pures. wp_read.
    assert (bin_op_eval_pure (UncheckedOp usize SubOp) (length (fs1 ++ (x, vl) :: fs2)) 1
      = Some (LitInt (length (fs1 ++ fs2)))) as Hsub.
    { assert (Z.of_nat (length (fs1 ++ (x, vl) :: fs2)) = length (fs1 ++ fs2) + 1)%Z as Heq.
      { rewrite !list_length_app /=. lia. }
      rewrite /int_max /int_min /= in Hlen. rewrite /= /arith_eval_at decide_True /=; last first.
      { rewrite !in_int_range_unsigned //. lia. }
      rewrite Heq decide_True; [by rewrite Z.add_simpl_r|].
      rewrite /arith_fits in_int_range_unsigned //. lia. }
    wp_pures. wp_write. wp_pures. iModIntro. iApply "HΦ". iSplitR "Hf Hb Hs Hi Hid Hc1 Hc2".
    - rewrite unique_frame_eq -/(ls_link x) /link_vals !heap_pointsto_vec_cons shift_loc_assoc.
      by iFrame.
    - iFrame. iSplitR.
      { iPureIntro. revert Hlen. rewrite !list_length_app /=. lia. }
      rewrite chain_app next_link_head. iFrame.
  Qed.
End links.
