(** * [rc τ]: proofs of the specifications with the counts in hand

[rc_counts] is the invariant of a block, opened, with what it takes to close it: the part
of the thread token that belongs to the block has been traded for it. Below it the shares
of the content are behind a later, so that opening takes no step and what handles tell of
the counts is known at once. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import evidence.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle specs_strong.
From tally.prelude Require Import options.

Section counts.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (st : rc_state (so_id SO)).

  Local Definition counts_rest γ l st : iProp Σ :=
    match st with
    | Idle => block_memory (τ:=τ) l ∗ rc_over SO γ
    | Exclusive _ => rc_phase SO γ
    | Shared _ _ => True
    end.
  Local Definition counts_state γ l st : iProp Σ :=
    count_body (T:=unit) (rc_state_name γ) (λ x q, ▷ rc_payload SO γ l x q)%I st ∗
    counts_rest γ l st.
  Local Definition counts_close γ l : iProp Σ :=
    na_own p (rc_opened (N:=N) (↑rc_countN N l) l) ∗
    (▷ block_inv SO γ l ∗ na_own p (rc_opened (N:=N) (↑rc_countN N l) l) ={⊤}=∗
      na_own p (↑rc_countN N l)).
  Definition rc_counts γ l st w : iProp Σ :=
    is_block SO γ l ∗ block_cells l (state_word st) (state_weak st w) ∗
    regs SO γ (state_strong st) w ∗ counts_state γ l st ∗ counts_close γ l.

  Local Lemma counts_strip γ l st : counts_state γ l st -∗ ▷ block_state SO γ l st.
  Proof.
    iIntros "[Hbody Hmem]". iDestruct (count_body_later_intro with "Hbody") as "Hbody".
    iNext. iSplitL "Hbody"; [iExact "Hbody"|iExact "Hmem"].
  Qed.
  Local Lemma counts_keep γ l st : block_state SO γ l st -∗ counts_state γ l st.
  Proof.
    iIntros "[Hbody Hmem]". iSplitL "Hbody"; [|iExact "Hmem"].
    iApply (count_body_mono with "Hbody"). iIntros (x q) "H !>". iExact "H".
  Qed.
  Local Lemma rc_counts_make γ l st w :
    is_block SO γ l -∗ block_cells l (state_word st) (state_weak st w) -∗
    regs SO γ (state_strong st) w -∗ block_state SO γ l st -∗ counts_close γ l -∗
    rc_counts γ l st w.
  Proof.
    iIntros "Hb Hcells Hregs Hst Hclose". iDestruct (counts_keep with "Hst") as "Hst".
    rewrite /rc_counts. iFrame.
  Qed.

  (** ** In and out *)
  Lemma rc_counts_open γ l r (k j : nat) :
    0 < k + j →
    rc_ref SO γ l r k j -∗ na_own p (↑rc_countN N l) ={⊤}=∗
    ∃ st w, rc_counts γ l st w ∗ rc_ref SO γ l r k j.
  Proof.
    iIntros (Hkj) "[#Hb Hreg] Hna".
    iMod (ref_open with "Hb Hreg Hna")
      as (st w) "(Hcells & Hregs & Hreg & _ & [Hbody Hmem] & Hna & Hclose)"; [done..|].
    iMod (count_body_later with "Hbody") as "Hbody".
    iAssert (|={⊤}=> counts_rest γ l st)%I with "[Hmem]" as ">Hmem".
    { destruct st; iMod "Hmem" as "Hmem"; iModIntro; iExact "Hmem". }
    iModIntro. iExists st, w. iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
    rewrite /rc_counts /counts_state /counts_close. iFrame "Hb Hcells Hregs Hmem Hna Hclose".
    iExact "Hbody".
  Qed.
  Lemma rc_counts_close γ l st w : rc_counts γ l st w ={⊤}=∗ na_own p (↑rc_countN N l).
  Proof.
    iIntros "(_ & Hcells & Hregs & Hst & Hna & Hclose)". iApply "Hclose". iFrame "Hna".
    iDestruct (counts_strip with "Hst") as "Hst". iNext.
    iApply (ref_close with "Hcells Hregs Hst").
  Qed.

  (** ** What handles tell of the counts *)
  Global Instance tells_rc_own γ i l a r k j :
    Tells (λ s, rc_counts γ l s.1 s.2) (rc_own SO γ i l a r k j)
      (λ s, ∃ n, s.1 = Shared n (i, a) ∧ (k ≤ n)%positive ∧ j ≤ s.2 ∧
        (r = 1%Qp → n = k ∧ s.2 = j)).
  Proof.
    iIntros ([st w]) "(_ & _ & Hregs & [Hbody _] & _) (_ & Hreg & Htok)".
    iDestruct (count_body_share_agree with "Hbody Htok") as %(n & -> & Hn).
    iDestruct (regs_agree with "Hregs Hreg") as %(_ & _ & Hj & Hr).
    iPureIntro. exists n. split_and!; [done..|]. intros Hr1.
    destruct (Hr Hr1) as (?%Pos2Nat.inj & ? & _). done.
  Qed.
  Global Instance tells_rc_ref γ l r (k j : nat) :
    Tells (λ s, rc_counts γ l s.1 s.2) (rc_ref SO γ l r k j)
      (λ s, k ≤ rc_handles_of s.1 ∧ j ≤ s.2 ∧
        (r = 1%Qp → rc_handles_of s.1 = k ∧ s.2 = j ∧ 0 < k)).
  Proof.
    iIntros ([st w]) "(_ & _ & Hregs & _) (_ & Hreg)".
    by iDestruct (regs_agree with "Hregs Hreg") as %(_ & Hk).
  Qed.
  Global Instance tells_rc_last_own γ l r j :
    Tells (λ s, rc_counts γ l s.1 s.2) (rc_last_own SO γ l r j)
      (λ s, s.1 = Idle ∧ j ≤ s.2 ∧ (r = 1%Qp → s.2 = j)).
  Proof.
    iIntros ([st w]) "(_ & _ & Hregs & _) (_ & Hlast & _)".
    iDestruct (regs_ended_agree with "Hregs Hlast") as %(Hn & _ & Hj & Hr).
    iPureIntro. split_and!; [|done..]. destruct st as [| |n ?]; simpl in Hn; [done|lia..].
  Qed.
  Global Instance tells_unique_rc_own γ l wl r j :
    Tells (λ s, rc_counts γ l s.1 s.2) (unique_rc_own SO γ l wl r j)
      (λ s, s.1 = Exclusive () ∧ j ≤ s.2 ∧ (r = 1%Qp → s.2 = j)).
  Proof.
    iIntros ([st w]) "(_ & _ & Hregs & [Hbody _] & _) ((_ & Hu & Hreg) & _)".
    iDestruct (count_body_excl_agree with "Hbody Hu") as %->.
    iDestruct (regs_agree with "Hregs Hreg") as %(_ & _ & Hj & Hr).
    iPureIntro. split_and!; [done..|]. intros Hr1. by destruct (Hr Hr1) as (_ & ? & _).
  Qed.

  (** ** Operations *)
  Lemma rc_strong_count_at γ l st w :
    {{{ rc_counts γ l st w }}}
      rc_strong_count [ #l ]
    {{{ RET #(rc_strong_of st); rc_counts γ l st w }}}.
  Proof.
    iIntros (Φ) "(Hb & (% & Hl & Hw) & Hrest) HΦ". wp_rec. wp_read. iModIntro.
    iApply "HΦ". rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma weak_strong_count_at γ l st w :
    {{{ rc_counts γ l st w }}}
      weak_strong_count [ #l ]
    {{{ RET #(rc_strong_of st); rc_counts γ l st w }}}.
  Proof.
    iIntros (Φ) "(Hb & (% & Hl & Hw) & Hrest) HΦ". wp_rec. wp_op. wp_if. wp_read. iModIntro.
    iApply "HΦ". rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma rc_weak_count_at γ l n x w :
    {{{ rc_counts γ l (Shared n x) w }}}
      rc_weak_count [ #l ]
    {{{ RET #(Z.of_nat w); rc_counts γ l (Shared n x) w }}}.
  Proof.
    iIntros (Φ) "(Hb & ([%Hn %HW] & Hl & Hw) & Hrest) HΦ".
    pose proof (usize_weak_handles w HW) as Hsub.
    wp_rec. wp_op. wp_read. wp_op. iModIntro.
    iApply "HΦ". rewrite /rc_counts /block_cells. by iFrame.
  Qed.
  Lemma weak_weak_count_at γ l st w :
    {{{ rc_counts γ l st w }}}
      weak_weak_count [ #l ]
    {{{ RET #(rc_weak_of st w); rc_counts γ l st w }}}.
  Proof.
    iIntros (Φ) "(Hb & ([%Hn %HW] & Hl & Hw) & Hrest) HΦ". wp_rec. wp_op. wp_if.
    wp_read. wp_op. destruct st as [| |n x]; simpl.
    1,2: wp_if; iModIntro; iApply "HΦ"; rewrite /rc_counts /block_cells; by iFrame.
    pose proof (usize_weak_handles w HW) as Hsub.
    wp_if. wp_op. wp_read. wp_op. iModIntro.
    iApply "HΦ". rewrite /rc_counts /block_cells. by iFrame.
  Qed.

  Lemma rc_clone_at γ i l a n w r k j :
    {{{ rc_counts γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r k j }}}
      rc_clone [ #l ]
    {{{ RET #l; rc_counts γ l (Shared (n + 1) (i, a)) w ∗ rc_own SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (Φ) "[(#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) (_ & Hm)] HΦ".
    iDestruct (counts_strip with "Hst") as "[Hbody _]".
    wp_rec. wp_smart_apply (rc_inc_count_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "[$Hregs $Hbody] Hm") as "[[Hregs Hbody] Hm]".
    wp_pures. iModIntro. iApply "HΦ". iSplitR "Hm"; [|by iFrame "Hb Hm"].
    iApply (rc_counts_make _ _ (Shared (n + 1) (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
    rewrite /block_cells /= Pos2Z.inj_add. by iFrame.
  Qed.
  Lemma rc_downgrade_at γ i l a n x w r k j :
    {{{ rc_counts γ l (Shared n x) w ∗ rc_own SO γ i l a r k j }}}
      rc_downgrade [ #l ]
    {{{ RET #l; rc_counts γ l (Shared n x) (w + 1) ∗ rc_own SO γ i l a r k (j + 1) }}}.
  Proof.
    iIntros (Φ) "[(#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) (_ & Hreg & Htok)] HΦ".
    iDestruct (counts_strip with "Hst") as "[Hbody _]".
    wp_rec. wp_smart_apply (rc_inc_count_spec with "Hw"); [done|]. iIntros "[%HW' Hw]".
    iMod (regs_recount _ _ (Pos.to_nat n) (Pos.to_nat n) w (w + 1) _
      (Pos.to_nat k) (Pos.to_nat k) j (j + 1) with "Hregs Hreg") as "[Hregs Hreg]"; [lia..|].
    wp_pures. iModIntro. iApply "HΦ". iSplitR "Hreg Htok"; [|by iFrame "Hb Hreg Htok"].
    iApply (rc_counts_make _ _ (Shared n x) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
    assert (state_weak (Shared n x) (w + 1) = state_weak (Shared n x) w + 1)%Z as ->.
    { rewrite /state_weak. lia. }
    by iFrame.
  Qed.
  Lemma weak_upgrade_at γ l st w r (k j : nat) :
    {{{ rc_counts γ l st w ∗ rc_ref SO γ l r k j }}}
      weak_upgrade [ #l ]
    {{{ RET (rc_upgrade_of st l);
        match st with
        | Shared n (i, a) => rc_counts γ l (Shared (n + 1) (i, a)) w ∗
            rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j
        | _ => rc_counts γ l st w ∗ rc_ref SO γ l r k j
        end }}}.
  Proof.
    iIntros (Φ) "[(#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) (_ & Hreg)] HΦ".
    iDestruct (counts_strip with "Hst") as "Hst". wp_rec. wp_op. wp_if. wp_read. wp_op.
    destruct st as [|t|n [i a]]; simpl.
    { wp_if. iModIntro. iApply "HΦ". iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
      iApply (rc_counts_make _ _ Idle with "Hb [Hl Hw] Hregs Hst Hclose"). by iFrame. }
    { wp_if. iModIntro. iApply "HΦ". iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
      iApply (rc_counts_make _ _ (Exclusive t) with "Hb [Hl Hw] Hregs Hst Hclose"). by iFrame. }
    iDestruct "Hst" as "[Hbody _]". wp_if.
    wp_apply (rc_inc_count_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_upgrade with "[$Hregs $Hbody] Hreg") as "([Hregs Hbody] & Hreg & Htok)".
    wp_pures. iModIntro. iApply "HΦ".
    iAssert (reg SO γ (r / 2 + r / 2) (1 + k) (0 + j)) with "[Hreg]" as "Hreg".
    { by rewrite Qp.div_2 Nat.add_comm. }
    rewrite /reg reg_tok_op. iDestruct "Hreg" as "[Hreg1 Hreg2]".
    iSplitR "Htok Hreg1 Hreg2".
    { iApply (rc_counts_make _ _ (Shared (n + 1) (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); [|by iFrame].
      rewrite /block_cells /= Pos2Z.inj_add. by iFrame. }
    iSplitR "Hreg2"; [by iFrame "Hb Hreg1 Htok"|by iFrame "Hb Hreg2"].
  Qed.
  (** A handle that is not the last one goes: the destructor does not run. *)
  Lemma rc_drop_at (glue : val) γ i l a n w r j :
    n ≠ 1%positive →
    {{{ rc_counts γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r 1 j }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; rc_counts γ l (Shared (Pos.pred n) (i, a)) w ∗ weak_own SO γ l r j }}}.
  Proof.
    iIntros (Hn1 Φ) "[(#Hb & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hclose) (_ & Hreg & Htok)] HΦ".
    iDestruct (counts_strip with "Hst") as "[Hbody _]". simpl in Hn.
    wp_rec. wp_smart_apply (rc_dec_count_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]".
    rewrite bool_decide_eq_false_2; [|simpl; lia]. wp_if.
    iMod (rc_ghost_drop _ _ _ _ _ _ _ _ 0 with "[$Hregs $Hbody] Hreg Htok")
      as (n' ->) "[[Hregs Hbody] Hreg]"; [done|].
    rewrite Pos.add_1_r Pos.pred_succ. iModIntro. iApply "HΦ".
    iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
    assert (Z.pos (n' + 1) - 1 = Z.pos n')%Z as Heq by lia. rewrite /= Heq in Hn'.
    iEval (rewrite /= -Pos.add_1_r Heq) in "Hl".
    iApply (rc_counts_make _ _ (Shared n' (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); by iFrame.
  Qed.

  (** The counts say that a handle is the only one of either kind. It takes a new name, of
  which it has the whole share. *)
  Lemma rc_counts_sole γ i l a r q m :
    rc_counts γ l (Shared 1 (i, a)) 0 -∗ rc_own SO γ i l a r 1 0 -∗ heap_lease q m -∗
    £ 1 ={⊤}=∗
    ∃ γ', ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i l a 1 1 0 ∗ rc_last_own SO γ l r 0 ∗
      na_own p (↑rc_countN N l).
  Proof.
    iIntros "(#Hb & (_ & Hl & Hw) & Hregs & Hst & Hna & Hclose) (_ & Hm) Hlease H£".
    iDestruct (counts_strip with "Hst") as "[Hbody _]".
    iMod (lc_fupd_elim_later with "H£ Hbody") as "Hbody".
    iMod (rc_own_rename SO _ γ i l a r (Some (q, m)) with "Hb Hl Hw [$Hregs $Hbody] Hm Hlease")
      as "(Hbi & Hlast & Hrc)"; [done|].
    iMod ("Hclose" with "[$Hbi $Hna]") as "Hna". iModIntro.
    iDestruct "Hrc" as (γ' Hγ') "Hrc". iExists γ'. by iFrame "Hrc Hna Hlast".
  Qed.
End counts.
