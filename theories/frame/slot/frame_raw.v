(** * Raw page frames

The sealed export of the statements in [frame_raw_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Export frame_raw_sig.
From tally.prelude Require Import options.

Module Export frame_raw : frame_raw_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (m : meta) (h : handle_kind) (Cl : slot_state → iProp Σ).
    Implicit Types (Φ : val → iProp Σ).

    (** The handle, put away until [from_raw]. *)
    Definition frame_raw γ s pa h : iProp Σ := frame_handle D γ s h.

    Lemma frame_raw_unique_handle_exclusive γ s pa i vl h :
      frame_raw γ s pa (HandleUnique i vl) -∗ frame_handle D γ s h -∗ False.
    Proof.
      iIntros "H H'". destruct h as [m|i' vl'].
      - iApply (unique_frame_shared_exclusive with "H H'").
      - iApply (unique_frame_exclusive with "H H'").
    Qed.
    Lemma frame_raw_unique_exclusive γ s pa pa' i vl h :
      frame_raw γ s pa (HandleUnique i vl) -∗ frame_raw γ s pa' h -∗ False.
    Proof. apply frame_raw_unique_handle_exclusive. Qed.
    Lemma frame_raw_exclusive E γ s pa pa' h h' :
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 1 -∗
      frame_raw γ s pa h -∗ frame_raw γ s pa' h' ={E}=∗ False.
    Proof.
      iIntros (HE) "#I L H H'". destruct h as [m|i vl]; last first.
      { by iDestruct (frame_raw_unique_exclusive with "H H'") as %[]. }
      destruct h' as [m'|i' vl']; last first.
      { by iDestruct (frame_raw_unique_exclusive with "H' H") as %[]. }
      rewrite /frame_raw /=.
      iMod (is_slot_acc D N _ E γ s pa (shared_frame D γ s m ∗ shared_frame D γ s m')
        with "I [$H $H']") as (st) "(%Hst & _ & _ & HL & _)"; [done|].
      destruct Hst as [(_ & n & -> & Hn) _].
      iDestruct (lease_full with "HL L") as %Hw. simpl in Hw. lia.
    Qed.
    Lemma frame_raw_agree γ s pa m m' :
      frame_raw γ s pa (HandleShared m) -∗ shared_frame D γ s m' -∗ ⌜m = m'⌝.
    Proof. iIntros "H H'". iApply (shared_frame_agree with "H H'"). Qed.
    Lemma frame_raw_intro Cl γ s pa h :
      is_slot D N Cl γ s pa -∗ frame_handle D γ s h -∗ frame_raw γ s pa h.
    Proof. by iIntros "_ $". Qed.
    Lemma frame_raw_acc γ s pa h :
      frame_raw γ s pa h -∗
      frame_handle D γ s h ∗ (frame_handle D γ s h -∗ frame_raw γ s pa h).
    Proof. iIntros "$". by iIntros "$". Qed.
    Global Instance tells_raw_shared γ s pa m :
      Tells (slot_state_own D γ s) (frame_raw γ s pa (HandleShared m))
        (λ st, ∃ n, st = SlotShared n m).
    Proof. apply (tells_shared D). Qed.
    Global Instance tells_raw_unique γ s pa i vl :
      Tells (slot_state_own D γ s) (frame_raw γ s pa (HandleUnique i vl))
        (λ st, st = SlotUnique).
    Proof. apply (tells_unique D). Qed.

    Lemma frame_into_raw_hocap Cl γ s pa h Φ :
      is_slot D N Cl γ s pa -∗ frame_handle D γ s h -∗
      ▷ (frame_raw γ s pa h -∗ Φ #pa) -∗
      WP frame_into_raw [ #s ] {{ Φ }}.
    Proof.
      iIntros "#I H HΦ". wp_rec. iApply (frame_start_paddr_spec with "I").
      iIntros "!> _". iApply ("HΦ" with "H").
    Qed.
    Lemma frame_into_raw_spec γ s pa h :
      {{{ frame_slot D N γ s pa ∗ frame_handle D γ s h }}}
        frame_into_raw [ #s ]
      {{{ RET #pa; frame_raw γ s pa h }}}.
    Proof.
      iIntros (Φ) "[#I H] HΦ". iApply (frame_into_raw_hocap with "I H HΦ").
    Qed.
    Lemma frame_ref_from_raw_spec γ base pa h :
      let s := page_slot (dict_size D) base pa in
      {{{ frame_raw γ s pa h }}}
        frame_from_raw (dict_size D) [ #base; #pa ]
      {{{ RET #s; frame_handle D γ s h ∗ (frame_handle D γ s h -∗ frame_raw γ s pa h) }}}.
    Proof.
      iIntros (s Φ) "H HΦ". wp_rec. wp_apply slot_at_spec; [done|]. iIntros "_".
      iApply "HΦ". iApply (frame_raw_acc with "H").
    Qed.
    Lemma frame_from_raw_spec γ base pa h :
      let s := page_slot (dict_size D) base pa in
      {{{ frame_raw γ s pa h }}}
        frame_from_raw (dict_size D) [ #base; #pa ]
      {{{ RET #s; frame_handle D γ s h }}}.
    Proof.
      iIntros (s Φ) "H HΦ". iApply (frame_ref_from_raw_spec with "H").
      iIntros "!> [H _]". by iApply "HΦ".
    Qed.
    Lemma frame_raw_round_trip_spec γ base pa h :
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ frame_handle D γ s h }}}
        frame_from_raw (dict_size D) [ #base; frame_into_raw [ #s ] ]
      {{{ RET #s; frame_handle D γ s h }}}.
    Proof.
      iIntros (s Φ) "H HΦ". wp_apply (frame_into_raw_spec with "H"). iIntros "H".
      by iApply (frame_from_raw_spec with "H").
    Qed.
  End laws.
End frame_raw.

(** The slot of the page at address 0 is where the slots begin. *)
Lemma page_slot_first n base : page_slot n base 0 = base.
Proof. by rewrite /page_slot Z.quot_0_l // Z.mul_0_r shift_loc_0. Qed.
