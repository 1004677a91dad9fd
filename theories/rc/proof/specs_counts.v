(** * [rc τ]: proofs of the specifications with the counts in hand

[rc_counts] is the invariant of a block, opened, with what it takes to close it: the part
of the thread token that belongs to the block has been traded for it. Below it the shares
of the content are behind a later, so that opening takes no step and what handles tell of
the counts is known at once.

Here each operation on counts is proved once, as a function of the state. The
specifications with the thread token follow in [specs_strong.v] and [specs_weak.v], through
[rc_counts_access]: take the counts, run the operation, give the counts back. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import access.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle.
From tally.prelude Require Import options.

Lemma usize_range z : in_int_range usize z ↔ (0 ≤ z ≤ int_max usize)%Z.
Proof. done. Qed.
Lemma usize_weak_handles (w : nat) :
  in_int_range usize (Z.of_nat w + 1) →
  bin_op_eval_pure (WrapOp usize SubOp) (Z.of_nat w + 1)%Z 1 = Some (LitInt (Z.of_nat w)).
Proof.
  intros HW. assert (in_int_range usize (Z.of_nat w)).
  { revert HW. rewrite !usize_range. lia. }
  rewrite /= /arith_eval_at decide_True //=. rewrite Z.add_simpl_r int_wrap_id //.
Qed.

Section counts.
  Context `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ).
  Context `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (st : rc_state (so_id SO)).

  Local Definition counts_rest γ l st : iProp Σ :=
    match st with
    | Idle => block_memory (τ:=τ) l ∗ rc_over SO γ
    | Exclusive _ => rc_phase SO γ
    | Shared _ _ => True
    end.
  Local Definition counts_payload γ l (x : so_id SO * list val) q : iProp Σ :=
    ▷ so_own SO x.1 (l, x.2) 1 q ∗ rc_live SO γ q ∗ rc_known SO γ x.
  Local Definition counts_state γ l st : iProp Σ :=
    count_body (T:=unit) (rc_state_name γ) (counts_payload γ l) st ∗ counts_rest γ l st.
  Local Definition counts_close γ l : iProp Σ :=
    na_own p (rc_opened (N:=N) (↑rc_countN N l) l) ∗
    (▷ block_inv SO γ l ∗ na_own p (rc_opened (N:=N) (↑rc_countN N l) l) ={⊤}=∗
      na_own p (↑rc_countN N l)).
  Definition rc_counts γ l st w : iProp Σ :=
    is_block SO γ l ∗ block_cells l (state_word st) (state_weak st w) ∗
    regs SO γ (state_strong st) w ∗ counts_state γ l st ∗ counts_close γ l.

  Local Lemma counts_strip γ l st : counts_state γ l st -∗ ▷ block_state SO γ l st.
  Proof.
    iIntros "[Hbody Hmem]".
    iDestruct (count_body_mono _ _ (λ x q, ▷ rc_payload SO γ l x q)%I with "Hbody") as "Hbody".
    { iIntros (x q) "($ & $ & $)". }
    iDestruct (count_body_later_intro with "Hbody") as "Hbody".
    iNext. iSplitL "Hbody"; [iExact "Hbody"|iExact "Hmem"].
  Qed.
  Local Lemma counts_keep γ l st : block_state SO γ l st -∗ counts_state γ l st.
  Proof.
    iIntros "[Hbody Hmem]". iSplitL "Hbody"; [|iExact "Hmem"].
    iApply (count_body_mono with "Hbody"). iIntros (x q) "($ & $ & $)".
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
    iAssert (|={⊤}=> count_body (rc_state_name γ) (counts_payload γ l) st)%I
      with "[Hbody]" as ">Hbody".
    { destruct st as [| |n x]; iEval (rewrite /=) in "Hbody"; [by iModIntro..|].
      iDestruct "Hbody" as (q q' Hq) "(Hown & Hso & >Hlive & >Hknown)".
      iModIntro. iExists q, q'. by iFrame. }
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

  (** No handle is needed to know these. *)
  Global Instance tells_rc_unshared γ l :
    Tells (λ s, rc_counts γ l s.1 s.2) (rc_unshared SO γ) (λ s, rc_strong_of s.1 = 0%Z).
  Proof.
    iIntros ([[| |n x] w]) "(_ & _ & _ & [Hbody _] & _) Hun"; [done..|].
    iDestruct "Hun" as "[Hdead|Hu]".
    - iEval (rewrite /=) in "Hbody". iDestruct "Hbody" as (q q') "(_ & _ & _ & Hlive & _)".
      iDestruct (one_shot_pending_chosen with "Hlive Hdead") as %[].
    - by iDestruct (count_body_excl_agree with "Hbody Hu") as %[=].
  Qed.
  Global Instance tells_rc_content_known γ l i a :
    Tells (λ s, rc_counts γ l s.1 s.2) (rc_content_known SO γ i a)
      (λ s, ∀ n x, s.1 = Shared n x → x = (i, a)).
  Proof.
    iIntros ([[| |n x] w]) "(_ & _ & _ & [Hbody _] & _) Hknown"; [by iIntros "!%" (??)..|].
    iEval (rewrite /=) in "Hbody". iDestruct "Hbody" as (q q') "(_ & _ & _ & _ & Hknown')".
    iDestruct (one_shot_chosen_agree with "Hknown' Hknown") as %->.
    iIntros "!%" (n' x'). by intros [= _ <-].
  Qed.
  (** What has been shared and is not any more is gone for ever. *)
  Lemma rc_counts_dead γ l st w i a :
    rc_strong_of st = 0%Z →
    rc_counts γ l st w -∗ rc_content_known SO γ i a -∗ rc_dead SO γ.
  Proof.
    iIntros (Hst) "(_ & _ & _ & [_ Hst] & _) Hknown". destruct st as [| |]; [| |done].
    - iDestruct "Hst" as "[_ $]".
    - iDestruct "Hst" as "[$|Hunborn]".
      iDestruct (one_shot_pending_chosen with "Hunborn Hknown") as %[].
  Qed.
  Lemma rc_counts_range γ l st w :
    rc_counts γ l st w -∗
    ⌜in_int_range usize (state_word st) ∧ in_int_range usize (state_weak st w)⌝.
  Proof. by iIntros "(_ & (% & _) & _)". Qed.

  (** ** Access through the thread token *)
  Lemma rc_counts_access F γ l r (k j : nat) Ev :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    (Ev -∗ rc_ref SO γ l r k j ∗ (rc_ref SO γ l r k j -∗ Ev)) →
    na_own p F -∗ access ⊤ ⊤ (λ s, rc_counts γ l s.1 s.2) Ev (na_own p F).
  Proof.
    iIntros (HF Hkj HEv) "Hna".
    iDestruct (na_own_acc (↑rc_countN N l) with "Hna") as "[Hc Hna]"; [done|].
    iApply (access_mono with "[Hc] Hna"). iApply (access_token with "Hc").
    - iIntros "HEv Hc". iDestruct (HEv with "HEv") as "[Href HEv]".
      iMod (rc_counts_open with "Href Hc") as (st w) "[Hcounts Href]"; [done|].
      iModIntro. iExists (st, w). iFrame "Hcounts". by iApply "HEv".
    - iIntros ([st w]) "Hcounts". iApply (rc_counts_close with "Hcounts").
  Qed.
  (** The counts, with what a strong handle tells of them … *)
  Lemma rc_own_counts F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    rc_own SO γ i l a r k j -∗ na_own p F ={⊤}=∗
    ∃ n w, ⌜in_int_range usize (Z.pos n) ∧ in_int_range usize (Z.of_nat w + 1)⌝ ∗
      ⌜(k ≤ n)%positive ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝ ∗
      rc_own SO γ i l a r k j ∗ rc_counts γ l (Shared n (i, a)) w ∗
      (∀ st w, rc_counts γ l st w ={⊤}=∗ na_own p F).
  Proof.
    iIntros (HF) "Hrc Hna".
    iDestruct (rc_counts_access F γ l r (Pos.to_nat k) j (rc_own SO γ i l a r k j)
      with "Hna") as "Hacc"; [done|lia| |].
    { iIntros "Hrc". iDestruct (rc_own_ref with "Hrc") as "[$ Hrc]". iIntros "H".
      by iApply "Hrc". }
    iMod (access_tells with "Hacc Hrc") as ([st w]) "(%Htells & Hrc & Hcounts & Hclose)".
    { iIntros (s) "Hc Hrc". iDestruct (tells_rc_own with "Hc Hrc") as %Hs.
      iPureIntro. exact Hs. }
    destruct Htells as (n & Hst & Hn). simpl in Hst, Hn. subst st.
    iDestruct (rc_counts_range with "Hcounts") as %Hrange. iModIntro. iExists n, w.
    iFrame "Hrc Hcounts". iSplitR; [done|]. iSplitR; [done|]. iIntros (st' w') "Hcounts".
    iApply ("Hclose" $! (st', w') with "Hcounts").
  Qed.
  (** … and with what any handle tells, and [X] beside it. *)
  Lemma rc_ref_counts F γ l r (k j : nat) X P :
    ↑rc_countN N l ⊆ F → 0 < k + j → Tells (λ s, rc_counts γ l s.1 s.2) X P →
    rc_ref SO γ l r k j -∗ X -∗ na_own p F ={⊤}=∗
    ∃ st w, ⌜in_int_range usize (state_word st) ∧ in_int_range usize (state_weak st w)⌝ ∗
      ⌜k ≤ rc_handles_of st ∧ j ≤ w ∧ (r = 1%Qp → rc_handles_of st = k ∧ w = j ∧ 0 < k)⌝ ∗
      ⌜P (st, w)⌝ ∗ rc_ref SO γ l r k j ∗ X ∗ rc_counts γ l st w ∗
      (∀ st w, rc_counts γ l st w ={⊤}=∗ na_own p F).
  Proof.
    iIntros (HF Hkj HX) "Href HX Hna". iCombine "Href HX" as "HEv".
    iDestruct (rc_counts_access F γ l r k j (rc_ref SO γ l r k j ∗ X) with "Hna")
      as "Hacc"; [done..|iIntros "[$ $] $"|].
    iMod (access_tells with "Hacc HEv") as ([st w]) "(%Htells & [Href HX] & Hcounts & Hclose)".
    { iIntros (s) "Hc [Href HX]". iDestruct (tells_rc_ref with "Hc Href") as %Hs.
      iDestruct (HX with "Hc HX") as %HP. iPureIntro. exact (conj Hs HP). }
    destruct Htells as [Hk HP].
    iDestruct (rc_counts_range with "Hcounts") as %Hrange. iModIntro. iExists st, w.
    iFrame "Href HX Hcounts". do 3 (iSplitR; [done|]). iIntros (st' w') "Hcounts".
    iApply ("Hclose" $! (st', w') with "Hcounts").
  Qed.

  Lemma rc_ref_counts_only F γ l r (k j : nat) :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    rc_ref SO γ l r k j -∗ na_own p F ={⊤}=∗
    ∃ st w, ⌜in_int_range usize (state_word st) ∧ in_int_range usize (state_weak st w)⌝ ∗
      ⌜k ≤ rc_handles_of st ∧ j ≤ w ∧ (r = 1%Qp → rc_handles_of st = k ∧ w = j ∧ 0 < k)⌝ ∗
      rc_ref SO γ l r k j ∗ rc_counts γ l st w ∗ (∀ st w, rc_counts γ l st w ={⊤}=∗ na_own p F).
  Proof.
    iIntros (HF Hkj) "Href Hna".
    iMod (rc_ref_counts F γ l r k j True (λ _, True) with "Href [//] Hna")
      as (st w) "(Hrange & Hk & _ & Href & _ & Hcounts & Hclose)"; [done..|by iIntros (s) "_ _"|].
    iModIntro. iExists st, w. iFrame.
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
  (** A handle whose share of the content is lent makes another one, which has a share of
  its own. *)
  Lemma rc_clone_lent_spec F γ i l a r q :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ rc_lent SO γ i l a r q }}}
      rc_clone [ #l ]
    {{{ RET #l; na_own p F ∗ rc_lent SO γ i l a (r / 2) q ∗ rc_own SO γ i l a (r / 2) 1 0 }}}.
  Proof.
    iIntros (HF Φ) "[Hna (#Hb & Hreg & Htok & Hlive & #Hknown)] HΦ". iApply wp_fupd.
    iMod (rc_ref_counts F γ l r 1 0 (count_tok (rc_state_name γ) q 1 (i, a))
      (λ s, ∃ n, s.1 = Shared n (i, a)) with "[$Hb $Hreg] Htok Hna")
      as (st w) "(_ & _ & %Hst & [_ Hreg] & Htok & Hcounts & Hclose)"; [done|lia| |].
    { iIntros ([st w]) "(_ & _ & _ & [Hbody _] & _) Htok".
      iDestruct (count_body_tok_agree with "Hbody Htok") as %(n & -> & _). by iExists n. }
    destruct Hst as [n Hst]. simpl in Hst. subst st.
    iDestruct "Hcounts" as "(_ & ([%Hn %HW] & Hl & Hw) & Hregs & Hst & Hopen)".
    iDestruct (counts_strip with "Hst") as "[Hbody _]".
    wp_rec. wp_smart_apply (rc_inc_count_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_upgrade with "[$Hregs $Hbody] Hreg") as "([Hregs Hbody] & Hreg & Htok')".
    wp_pures.
    iAssert (reg SO γ (r / 2 + r / 2) (1 + 1) (0 + 0)) with "[Hreg]" as "Hreg".
    { by rewrite Qp.div_2. }
    rewrite /reg reg_tok_op. iDestruct "Hreg" as "[Hreg1 Hreg2]".
    iMod ("Hclose" $! (Shared (n + 1) (i, a)) w with "[Hl Hw Hregs Hbody Hopen]") as "Hna".
    { iApply (rc_counts_make _ _ (Shared (n + 1) (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hopen"); [|by iFrame].
      rewrite /block_cells /= Pos2Z.inj_add. by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna". iSplitR "Htok' Hreg2"; [|by iFrame "Hb Hreg2 Htok'"].
    by iFrame "Hb Hreg1 Htok Hlive Hknown".
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
    iMod (rc_ghost_drop SO 0 with "[$Hregs $Hbody] Hreg Htok")
      as (n' ->) "[[Hregs Hbody] Hreg]"; [done|].
    rewrite Pos.add_1_r Pos.pred_succ. iModIntro. iApply "HΦ".
    iSplitR "Hreg"; [|by iFrame "Hb Hreg"].
    assert (Z.pos (n' + 1) - 1 = Z.pos n')%Z as Heq by lia. rewrite /= Heq in Hn'.
    iEval (rewrite /= -Pos.add_1_r Heq) in "Hl".
    iApply (rc_counts_make _ _ (Shared n' (i, a)) with "Hb [Hl Hw] Hregs [Hbody] Hclose"); by iFrame.
  Qed.

  (** Both counts at a time. The steps that it takes leave later credits. *)
  Lemma rc_is_unique_at γ l n x w :
    {{{ rc_counts γ l (Shared n x) w }}}
      rc_is_unique [ #l ]
    {{{ RET #(bool_decide (n = 1%positive ∧ w = 0%nat)); rc_counts γ l (Shared n x) w ∗
        if bool_decide (n = 1%positive ∧ w = 0) then £ 4 else True }}}.
  Proof.
    iIntros (Φ) "Hcounts HΦ". rewrite /rc_is_unique. wp_pure _ credit:"H£1".
    wp_apply (rc_weak_count_at with "Hcounts"). iIntros "Hcounts". wp_pure _ credit:"H£2".
    destruct (decide (w = 0)) as [->|Hw]; last first.
    { rewrite (bool_decide_eq_false_2 (Z.of_nat w = 0)%Z); [|lia]. wp_if. iModIntro.
      rewrite bool_decide_eq_false_2; [|lia]. iApply "HΦ". by iFrame "Hcounts". }
    rewrite (bool_decide_eq_true_2 (Z.of_nat 0 = 0)%Z) //. wp_pure _ credit:"H£3".
    wp_apply (rc_strong_count_at with "Hcounts"). iIntros "Hcounts". wp_pure _ credit:"H£4".
    iModIntro. iCombine "H£1 H£2 H£3 H£4" as "H£". simpl.
    destruct (decide (n = 1%positive)) as [->|Hn].
    - rewrite !bool_decide_eq_true_2 //. iApply "HΦ". iFrame "Hcounts". iExact "H£".
    - rewrite !bool_decide_eq_false_2; [|naive_solver lia..]. iApply "HΦ".
      by iFrame "Hcounts".
  Qed.

  (** An operation that reads the counts, with the thread token and a strong handle. *)
  Lemma rc_own_read_spec F (e : expr) (f : positive → nat → Z) γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    (∀ n w, {{{ rc_counts γ l (Shared n (i, a)) w }}}
      e
    {{{ RET #(f n w); rc_counts γ l (Shared n (i, a)) w }}}) →
    {{{ na_own p F ∗ rc_own SO γ i l a r k j }}}
      e
    {{{ n w, RET #(f n w);
        ⌜in_int_range usize (Z.pos n) ∧ in_int_range usize (Z.of_nat w + 1)⌝ ∗
        ⌜(k ≤ n)%positive ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝ ∗
        na_own p F ∗ rc_own SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Hread Φ) "[Hna Hrc] HΦ". iApply wp_fupd.
    iMod (rc_own_counts with "Hrc Hna") as (n w) "(% & % & Hrc & Hcounts & Hclose)"; [done|].
    wp_apply (Hread with "Hcounts"). iIntros "Hcounts".
    iMod ("Hclose" with "Hcounts") as "Hna". iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** The counts say that a handle is the only one of either kind. It takes a new name, of
  which it has the whole share, on a lease that the caller gives, or on the old one. *)
  Lemma rc_counts_rename γ i l a r o :
    rc_counts γ l (Shared 1 (i, a)) 0 -∗ rc_own SO γ i l a r 1 0 -∗ rc_spare_lease o -∗
    £ 1 ={⊤}=∗
    na_own p (↑rc_countN N l) ∗ rc_old_name SO γ l r o ∗
    ∃ γ', ⌜rc_lease_of γ' = rc_next_lease γ o⌝ ∗ rc_own SO γ' i l a 1 1 0.
  Proof.
    iIntros "(#Hb & (_ & Hl & Hw) & Hregs & Hst & Hna & Hclose) (_ & Hm) Hlease H£".
    iDestruct (counts_strip with "Hst") as "[Hbody _]".
    iMod (lc_fupd_elim_later with "H£ Hbody") as "Hbody".
    iMod (rc_own_rename SO _ γ i l a r o with "Hb Hl Hw [$Hregs $Hbody] Hm Hlease")
      as "(Hbi & $ & $)"; [done|].
    iApply ("Hclose" with "[$Hbi $Hna]").
  Qed.
  Lemma rc_counts_sole γ i l a r q m :
    rc_counts γ l (Shared 1 (i, a)) 0 -∗ rc_own SO γ i l a r 1 0 -∗ heap_lease q m -∗
    £ 1 ={⊤}=∗
    ∃ γ', ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i l a 1 1 0 ∗ rc_last_own SO γ l r 0 ∗
      na_own p (↑rc_countN N l).
  Proof.
    iIntros "Hcounts Hrc Hlease H£".
    iMod (rc_counts_rename _ _ _ _ _ (Some (q, m)) with "Hcounts Hrc Hlease H£")
      as "($ & $ & $)". done.
  Qed.
End counts.
