(** * [rc/inner.rs]: which functions are run, and the counts

The small functions of the crate, and the blocks that are functions of their own, are run
where they are called ([MirInline], [mirmode.v]); the others have specifications. Those of
[Count::increment] and [Count::decrement] are the pure model's functions, as those of the
programs in [rc_refine.v] are.

Key results: [Count_increment_refines], [Count_increment_spec], [Count_decrement_refines],
[Count_decrement_spec], [Block_free_spec]. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.model Require Import word rc_count.
From tally.rc.generated Require Export inner_tree.
From tally.prelude Require Import options.

(** ** What is run *)
Section inline.
  Implicit Types (T U F : tparam).
  Global Instance inline_Count_get : MirInline Count_get := I.
  Global Instance inline_Count_set : MirInline Count_set := I.
  Global Instance inline_count_overflow : MirInline count_overflow := I.
  Global Instance inline_Block_clone T : MirInline (Block_clone T) := I.
  Global Instance inline_Block_eq T : MirInline (Block_eq T) := I.
  Global Instance inline_Block_DANGLING T : MirInline (Block_DANGLING T) := I.
  Global Instance inline_Block_new_bb6 T : MirInline (Block_new_bb6 T) := I.
  Global Instance inline_Block_new_bb8 T : MirInline (Block_new_bb8 T) := I.
  Global Instance inline_Block_cast T U : MirInline (Block_cast T U) := I.
  Global Instance inline_Block_value T : MirInline (Block_value T) := I.
  Global Instance inline_Block_is_dangling T : MirInline (Block_is_dangling T) := I.
  Global Instance inline_Block_counts T : MirInline (Block_counts T) := I.
  Global Instance inline_Block_of_value T : MirInline (Block_of_value T) := I.
  Global Instance inline_Share_of T : MirInline (Share_of T) := I.
  Global Instance inline_Share_counts T : MirInline (Share_counts T) := I.
  Global Instance inline_Share_value T : MirInline (Share_value T) := I.
  Global Instance inline_Share_is_alone_bb5 T : MirInline (Share_is_alone_bb5 T) := I.
  Global Instance inline_Share_value_mut_bb6 T : MirInline (Share_value_mut_bb6 T) := I.
  Global Instance inline_Share_drop_bb4 T : MirInline (Share_drop_bb4 T) := I.
  Global Instance inline_Share_drop_last_bb5 T : MirInline (Share_drop_last_bb5 T) := I.
  Global Instance inline_Share_leave_for_clone_bb5 T F : MirInline (Share_leave_for_clone_bb5 T F) := I.
  Global Instance inline_Share_leave_for_clone_bb6 T F : MirInline (Share_leave_for_clone_bb6 T F) := I.
  Global Instance inline_Share_leave_for_clone_bb8 T F : MirInline (Share_leave_for_clone_bb8 T F) := I.
  Global Instance inline_Share_make_alone_bb6 T F : MirInline (Share_make_alone_bb6 T F) := I.
  Global Instance inline_Share_make_alone_bb10 T F : MirInline (Share_make_alone_bb10 T F) := I.
  Global Instance inline_Share_make_alone_bb9 T F : MirInline (Share_make_alone_bb9 T F) := I.
  Global Instance inline_Share_make_alone_bb13 T F : MirInline (Share_make_alone_bb13 T F) := I.
  Global Instance inline_Share_take_bb13 T : MirInline (Share_take_bb13 T) := I.
  Global Instance inline_Share_take_bb14 T : MirInline (Share_take_bb14 T) := I.
  Global Instance inline_Share_take_bb15 T : MirInline (Share_take_bb15 T) := I.
  Global Instance inline_Share_take_bb17 T : MirInline (Share_take_bb17 T) := I.
  Global Instance inline_Share_into_whole_bb10 T : MirInline (Share_into_whole_bb10 T) := I.
  Global Instance inline_Share_into_whole_bb11 T : MirInline (Share_into_whole_bb11 T) := I.
  Global Instance inline_Share_into_whole_bb13 T : MirInline (Share_into_whole_bb13 T) := I.
  Global Instance inline_Share_as_ptr T : MirInline (Share_as_ptr T) := I.
  Global Instance inline_Whole_of T : MirInline (Whole_of T) := I.
  Global Instance inline_Whole_counts T : MirInline (Whole_counts T) := I.
  Global Instance inline_Whole_as_ptr T : MirInline (Whole_as_ptr T) := I.
  Global Instance inline_Whole_drop_bb4 T : MirInline (Whole_drop_bb4 T) := I.
  Global Instance inline_Room_fill_bb6 T : MirInline (Room_fill_bb6 T) := I.
  Global Instance inline_Room_fill_bb8 T : MirInline (Room_fill_bb8 T) := I.
  Global Instance inline_Hold_counts T : MirInline (Hold_counts T) := I.
  Global Instance inline_Hold_counts_bb5 T : MirInline (Hold_counts_bb5 T) := I.
  Global Instance inline_Hold_drop_bb5 T : MirInline (Hold_drop_bb5 T) := I.
  Global Instance inline_Hold_upgrade_bb11 T : MirInline (Hold_upgrade_bb11 T) := I.
  Global Instance inline_Hold_clone_bb3 T : MirInline (Hold_clone_bb3 T) := I.
  Global Instance inline_Hold_weak_count_bb2 T : MirInline (Hold_weak_count_bb2 T) := I.
  Global Instance inline_Hold_weak_count_bb8 T : MirInline (Hold_weak_count_bb8 T) := I.
  Global Instance inline_Hold_strong_count_closure_0 T : MirInline (Hold_strong_count_closure_0 T) := I.
  Global Instance inline_Hold_as_ptr T : MirInline (Hold_as_ptr T) := I.
  Global Instance inline_Hold_as_ptr_bb6 T : MirInline (Hold_as_ptr_bb6 T) := I.
  Global Instance inline_Hold_from_raw_bb7 T : MirInline (Hold_from_raw_bb7 T) := I.
End inline.

(** ** Counts, as machine words *)
Section counts.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (n : Z) (E : coPset).
  Local Open Scope Z_scope.

  Local Lemma word_add_1 n :
    word_ok n →
    bin_op_eval_pure (WrapOp usize AddOp) n 1 = Some (LitInt (word_wrapping_add n 1)).
  Proof. intros Hn. by rewrite int_wrap_add // /word_wrapping_add word_wrap_int_wrap. Qed.
  Local Lemma word_sub_1 n :
    word_ok n →
    bin_op_eval_pure (WrapOp usize SubOp) n 1 = Some (LitInt (word_wrapping_sub n 1)).
  Proof. intros Hn. by rewrite int_wrap_sub // /word_wrapping_sub word_wrap_int_wrap. Qed.

  (** Where the model aborts, the program does not return. *)
  Lemma Count_increment_refines E l n :
    word_ok n →
    {{{ l ↦ #n }}}
      Count_increment [ #l ] @ E
    {{{ n', RET ret_val #☠; ⌜rc_clone_count n = CloneStored n'⌝ ∗ l ↦ #n' }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". pose proof (word_add_1 n Hn). mir_rec.
    case_bool_decide as Hz; mir.
    - wp_abort.
    - iModIntro. iApply "HΦ". iFrame "Hl". iPureIntro.
      rewrite /rc_clone_count /=. by destruct (word_eqb_spec (word_wrapping_add n 1) 0).
  Qed.
  Lemma Count_decrement_refines E l n :
    word_ok n →
    {{{ l ↦ #n }}}
      Count_decrement [ #l ] @ E
    {{{ RET ret_val #(word_wrapping_sub n 1); l ↦ #(word_wrapping_sub n 1) }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". pose proof (word_sub_1 n Hn). mir_rec.
    iModIntro. by iApply "HΦ".
  Qed.

  (** ** Of a count that is known to be one *)
  Lemma Count_increment_spec E l n :
    in_int_range usize n →
    {{{ l ↦ #n }}}
      Count_increment [ #l ] @ E
    {{{ RET ret_val #☠; ⌜in_int_range usize (n + 1)⌝ ∗ l ↦ #(n + 1) }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". iApply (Count_increment_refines with "Hl"); [done|].
    iIntros "!>" (n') "[%Hn' Hl]". iApply "HΦ".
    assert (0 ≤ n ≤ word_max) as Hword by done.
    rewrite /rc_clone_count in Hn'.
    destruct (word_eqb_spec (word_wrapping_add n 1) 0) as [|Hne]; [done|].
    injection Hn' as <-. destruct (decide (n = word_max)) as [->|].
    - by rewrite word_wrapping_add_max_1 in Hne.
    - rewrite word_wrapping_add_small; [|lia]. iFrame "Hl". iPureIntro.
      change (0 ≤ n + 1 ≤ word_max). lia.
  Qed.
  Lemma Count_decrement_spec E l n :
    in_int_range usize n → n ≠ 0 →
    {{{ l ↦ #n }}}
      Count_decrement [ #l ] @ E
    {{{ RET ret_val #(n - 1); ⌜in_int_range usize (n - 1)⌝ ∗ l ↦ #(n - 1) }}}.
  Proof.
    iIntros (Hn Hn0 Φ) "Hl HΦ". assert (0 ≤ n ≤ word_max) as Hword by done.
    iApply (Count_decrement_refines with "Hl"); [done|].
    rewrite word_wrapping_sub_small; [|lia..]. iIntros "!> Hl". iApply "HΦ".
    iFrame "Hl". iPureIntro. change (0 ≤ n - 1 ≤ word_max). lia.
  Qed.
  Global Instance spec_Count_increment : MirSpec Count_increment Count_increment_spec := I.
  Global Instance spec_Count_decrement : MirSpec Count_decrement Count_decrement_spec := I.
End counts.

(** ** Blocks, as memory *)
Section blocks.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (vl : list val) (q : Qp) (k : nat).

  Lemma Block_free_spec T l (s w : val) vl q k :
    length vl = tp_cells T →
    {{{ heap_lease q (S k) ∗ l ↦ s ∗ (l +ₗ 1) ↦ w ∗ (l +ₗ 2) ↦∗ vl ∗ † l … (2 + tp_cells T) }}}
      Block_free T [ #l ]
    {{{ RET ret_val #☠; heap_lease q k }}}.
  Proof.
    iIntros (Hlen Φ) "(Hk & Hs & Hw & Hvl & H†) HΦ". mir_rec.
    iAssert (l ↦∗ (s :: w :: vl))%I with "[Hs Hw Hvl]" as "Hl".
    { rewrite !heap_pointsto_vec_cons shift_loc_assoc. by iFrame. }
    iAssert (dealloc_token 1 (S (S (tp_cells T))) l) with "[H†]" as "H†"; [by iRight|].
    mir_delete "Hl" "H†" with "Hk". mir. iModIntro. iApply "HΦ". mir_lease "Hk".
  Qed.
  Global Instance spec_Block_free T : MirSpec (Block_free T) (Block_free_spec T) := I.
End blocks.
