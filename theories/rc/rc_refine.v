(** * [Rc<T>]: the programs do to the count what the model says

The pure model ([model/rc_count.v]) has two functions on a machine word; the
programs have two functions on the memory cell that holds the count. Each program
does to its cell what the function of the model does to the word, whoever owns the
cell:

- [rc_inc_count_refines]: if [rc_inc_count] returns, then the model stores, and
  the cell holds what the model stores. Hence where the model aborts, the program
  does not return ([rc_inc_count_aborts]);
- [rc_dec_count_refines]: the cell holds the wrapped difference, and the program
  says "last" exactly if the model does.

Nothing is assumed of the number but that it is a machine word: these also hold of
a count of 0, and of one that wraps.

[rc_weak_refine.v] and [rc_unique_refine.v] say the same of the other operations: the
result of each is the model's function of the counts. It is not proved that a whole run of
the programs, with its table of handles, is a run of the machine ([rc_step], in
[model/rc_model.v]). This is left to tests: [rust/tally-oracle] runs the programs and the
machine side by side, on all short sequences of chosen operations and on random ones. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Section refine.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (n : Z) (E : coPset).

  Local Lemma usize_wrap_add n :
    word_ok n →
    bin_op_eval_pure (WrapOp usize AddOp) n 1 = Some (LitInt (word_wrapping_add n 1)).
  Proof.
    intros Hn. rewrite /= /arith_eval_at decide_True //=.
    by rewrite /word_wrapping_add word_wrap_int_wrap.
  Qed.
  Lemma usize_wrap_sub n :
    word_ok n →
    bin_op_eval_pure (WrapOp usize SubOp) n 1 = Some (LitInt (word_wrapping_sub n 1)).
  Proof.
    intros Hn. rewrite /= /arith_eval_at decide_True //=.
    by rewrite /word_wrapping_sub word_wrap_int_wrap.
  Qed.

  Lemma rc_inc_count_refines E l n :
    word_ok n →
    {{{ l ↦ #n }}}
      rc_inc_count [ #l ] @ E
    {{{ (n' : Z), RET #☠; ⌜rc_clone_count n = CloneStored n'⌝ ∗ l ↦ #n' }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". pose proof (usize_wrap_add n Hn) as Hadd.
    wp_rec. wp_read. wp_op. wp_let. wp_write. wp_pures.
    case_bool_decide as Hz; wp_pures.
    - wp_abort.
    - iModIntro. iApply "HΦ". iFrame "Hl". iPureIntro.
      rewrite /rc_clone_count /=. by destruct (word_eqb_spec (word_wrapping_add n 1) 0).
  Qed.

  Lemma rc_inc_count_aborts E l n :
    word_ok n → rc_clone_count n = CloneAborted →
    {{{ l ↦ #n }}} rc_inc_count [ #l ] @ E {{{ RET #☠; False }}}.
  Proof.
    iIntros (Hn Habort Φ) "Hl HΦ".
    iApply (rc_inc_count_refines with "Hl"); [done|].
    iIntros "!>" (n') "[%Hstored _]". congruence.
  Qed.

  Lemma rc_dec_count_refines E l n :
    word_ok n →
    {{{ l ↦ #n }}}
      rc_dec_count [ #l ] @ E
    {{{ (last : bool), RET #last; l ↦ #(word_wrapping_sub n 1) ∗
        ⌜rc_drop_count n =
           if last then DropLast else DropStored (word_wrapping_sub n 1)⌝ }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". pose proof (usize_wrap_sub n Hn) as Hsub.
    wp_rec. wp_read. wp_op. wp_let. wp_write. wp_pures.
    iModIntro. iApply "HΦ". iFrame "Hl". iPureIntro.
    rewrite /rc_drop_count /=.
    by destruct (word_eqb_spec (word_wrapping_sub n 1) 0); case_bool_decide.
  Qed.

  (** ** Of a count that is known to be one *)
  Lemma rc_inc_count_spec E l n :
    in_int_range usize n →
    {{{ l ↦ #n }}}
      rc_inc_count [ #l ] @ E
    {{{ RET #☠; ⌜in_int_range usize (n + 1)⌝ ∗ l ↦ #(n + 1) }}}.
  Proof.
    iIntros (Hn Φ) "Hl HΦ". iApply (rc_inc_count_refines with "Hl"); [done|].
    iIntros "!>" (n') "[%Hn' Hl]". iApply "HΦ".
    assert (0 ≤ n ≤ word_max) as Hword by done.
    rewrite /rc_clone_count in Hn'.
    destruct (word_eqb_spec (word_wrapping_add n 1) 0) as [|Hne]; [done|].
    injection Hn' as <-. destruct (decide (n = word_max)) as [->|].
    - by rewrite word_wrapping_add_max_1 in Hne.
    - rewrite word_wrapping_add_small; [|lia]. iFrame "Hl". iPureIntro.
      change (0 ≤ n + 1 ≤ word_max). lia.
  Qed.

  Lemma rc_dec_count_spec E l n :
    in_int_range usize n → n ≠ 0 →
    {{{ l ↦ #n }}}
      rc_dec_count [ #l ] @ E
    {{{ RET #(bool_decide (n = 1)); ⌜in_int_range usize (n - 1)⌝ ∗ l ↦ #(n - 1) }}}.
  Proof.
    iIntros (Hn Hn0 Φ) "Hl HΦ". assert (0 ≤ n ≤ word_max) as Hword by done.
    iApply (rc_dec_count_refines with "Hl"); [done|].
    iIntros "!>" (last) "[Hl %Hlast]". rewrite /rc_drop_count in Hlast.
    rewrite word_wrapping_sub_small in Hlast |- *; [|lia..].
    assert (last = bool_decide (n = 1)) as ->.
    { destruct (word_eqb_spec (n - 1) 0), last; case_bool_decide; done || lia. }
    iApply "HΦ". iFrame "Hl". iPureIntro. change (0 ≤ n - 1 ≤ word_max). lia.
  Qed.
End refine.
