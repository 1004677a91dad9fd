(** * [Weak<T>]: the programs do to the counts what the model says

As [rc_refine.v], for the operations that look at the weak count, or at both. The pure
model is [model/rc_count.v]; [l] is the strong cell, [l + 1] the weak one, and nothing
is assumed of the numbers but that they are machine words. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count.
From tally.rc Require Import rc_code rc_refine.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Section refine.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (n w : Z) (E : coPset).

  (** [rc_downgrade] of [Rc] and, with another name, of [UniqueRc]. *)
  Lemma rc_downgrade_refines E l w :
    word_ok w →
    {{{ (l +ₗ 1) ↦ #w }}}
      rc_downgrade [ #l ] @ E
    {{{ (w' : Z), RET #l; ⌜weak_clone_count w = CloneStored w'⌝ ∗ (l +ₗ 1) ↦ #w' }}}.
  Proof.
    iIntros (Hw Φ) "Hw HΦ". wp_rec. wp_smart_apply (rc_inc_count_refines with "Hw"); [done|].
    iIntros (w') "[%Hw' Hw]". wp_pures. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma weak_clone_refines E l w :
    word_ok w →
    {{{ (l +ₗ 1) ↦ #w }}}
      weak_clone [ #l ] @ E
    {{{ (w' : Z), RET #l; ⌜weak_clone_count w = CloneStored w'⌝ ∗ (l +ₗ 1) ↦ #w' }}}.
  Proof.
    iIntros (Hw Φ) "Hw HΦ". wp_rec. wp_op. wp_if.
    wp_smart_apply (rc_inc_count_refines with "Hw"); [done|].
    iIntros (w') "[%Hw' Hw]". wp_pures. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** [None] or the stored count; where the model aborts, it does not return. *)
  Lemma weak_upgrade_refines E l n :
    word_ok n →
    {{{ l ↦ #n }}}
      weak_upgrade [ #l ] @ E
    {{{ v, RET v;
        (⌜weak_upgrade_count n = UpgradeNone ∧ v = #0⌝ ∗ l ↦ #n) ∨
        (∃ n', ⌜weak_upgrade_count n = UpgradeStored n' ∧ v = #l⌝ ∗ l ↦ #n') }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". wp_rec. wp_op. wp_if. wp_read. wp_op. rewrite /weak_upgrade_count.
    destruct (word_eqb_spec n 0) as [->|Hn0].
    - wp_if. iModIntro. iApply "HΦ". iLeft. by iFrame.
    - rewrite bool_decide_eq_false_2 //. wp_if.
      wp_smart_apply (rc_inc_count_refines with "Hl"); [done|].
      iIntros (n') "[%Hn' Hl]". wp_pures. iModIntro. iApply "HΦ". iRight. iExists n'.
      rewrite Hn'. by iFrame.
  Qed.

  (** The weak handle that is not the last; or the last, which frees the block: afterwards one
  block less is counted on the lease on which it was taken. *)
  Lemma rc_release_weak_refines E l w (n : nat) vl s q m :
    word_ok w → length vl = n →
    {{{ heap_lease q (S m) ∗ l ↦ #s ∗ (l +ₗ 1) ↦ #w ∗ (l +ₗ 2) ↦∗ vl ∗ † l … (2 + n) }}}
      rc_release_weak n [ #l ] @ E
    {{{ RET #☠;
        (⌜weak_drop_count w = DropLast⌝ ∗ heap_lease q m) ∨
        (∃ w', ⌜weak_drop_count w = DropStored w'⌝ ∗ heap_lease q (S m) ∗
          l ↦ #s ∗ (l +ₗ 1) ↦ #w' ∗ (l +ₗ 2) ↦∗ vl ∗ † l … (2 + n)) }}}.
  Proof.
    iIntros (Hw Hlen Φ) "(Hlease & Hl & Hw & Hd & H†) HΦ". wp_rec.
    wp_smart_apply (rc_dec_count_refines with "Hw"); [done|].
    iIntros (last) "[Hw %Hlast]". rewrite /weak_drop_count Hlast. destruct last; wp_if.
    - wp_apply (wp_free _ _ _ (#s :: #(word_wrapping_sub w 1) :: vl)
        with "[$Hlease Hl Hw Hd H†]").
      { by rewrite /= Hlen. }
      { rewrite !heap_pointsto_vec_cons shift_loc_assoc /= Hlen. iFrame. }
      iIntros "Hlease". iApply "HΦ". iLeft. by iFrame.
    - iModIntro. iApply "HΦ". iRight. iExists _. by iFrame.
  Qed.

  Lemma rc_is_unique_refines E l n w :
    word_ok n → word_ok w →
    {{{ l ↦ #n ∗ (l +ₗ 1) ↦ #w }}}
      rc_is_unique [ #l ] @ E
    {{{ RET #(rc_counts_unique n w); l ↦ #n ∗ (l +ₗ 1) ↦ #w }}}.
  Proof.
    iIntros (Hn Hw Φ) "[Hl Hw] HΦ". pose proof (usize_wrap_sub w Hw) as Hsub.
    assert (word_wrapping_sub w 1 = 0 ↔ w = 1) as Hw1.
    { destruct (decide (w = 0)) as [->|]; [done|].
      rewrite /word_ok in Hw. rewrite word_wrapping_sub_small; lia. }
    wp_rec. rewrite /rc_weak_count /rc_strong_count. wp_pures. wp_read. wp_op. wp_op.
    rewrite /rc_counts_unique. destruct (word_eqb_spec w 1) as [->|Hne].
    - rewrite bool_decide_eq_true_2; [|by apply Hw1]. wp_if. wp_rec. wp_read. wp_op.
      iModIntro. destruct (word_eqb_spec n 1) as [->|?].
      + iApply "HΦ". iFrame.
      + rewrite bool_decide_eq_false_2 //. iApply "HΦ". iFrame.
    - rewrite bool_decide_eq_false_2; [|by rewrite Hw1]. wp_if. iModIntro.
      iApply "HΦ". iFrame.
  Qed.

  Lemma rc_weak_count_refines E l n w :
    word_ok w → n ≠ 0 →
    {{{ (l +ₗ 1) ↦ #w }}}
      rc_weak_count [ #l ] @ E
    {{{ RET #(rc_weak_handles n w); (l +ₗ 1) ↦ #w }}}.
  Proof.
    iIntros (Hw Hn Φ) "Hw HΦ". pose proof (usize_wrap_sub w Hw) as Hsub.
    wp_rec. wp_op. wp_read. wp_op. iModIntro.
    rewrite /rc_weak_handles. destruct (word_eqb_spec n 0); [done|]. iApply "HΦ". iFrame.
  Qed.
End refine.
