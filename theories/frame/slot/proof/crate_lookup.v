(** * The crate's slot: a look-up

[MetaSlot::get_from_in_use] goes on with the word that its failed compare-exchange has found,
where the program in [frame_code.v] looks again; and it has one test for all words that are no
count. The state of its loop is a word that was seen: if that is not a count the function fails,
and this was decided when it was seen. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.model Require Import word rc_count slot_count.
From tally.frame.slot Require Import frame_refine crate_slot_base.
From tally.frame.slot.proof Require Import crate_words.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** What the model says of a word *)
Local Lemma from_in_use_stored w w' :
  word_ok w →
  slot_from_in_use w = FromInUseStored w' ↔ 1 ≤ w < slot_max ∧ w' = word_wrapping_add w 1.
Proof.
  intros [H0 Hm]. rewrite /slot_from_in_use.
  destruct (word_eqb_spec w slot_unused);
    [naive_solver (unfold slot_unused, slot_max in *; lia)|].
  destruct (word_eqb_spec w slot_unique);
    [naive_solver (unfold slot_unique, slot_max in *; lia)|].
  destruct (word_eqb_spec w slot_busy);
    [naive_solver (unfold slot_busy, slot_max in *; lia)|].
  destruct (word_leb_spec slot_max w); [naive_solver lia|].
  assert (1 ≤ w) by (unfold slot_busy in *; lia). naive_solver lia.
Qed.
Local Lemma from_in_use_aborted w :
  slot_from_in_use w = FromInUseAborted →
  w ≠ slot_unused ∧ w ≠ slot_unique ∧ w ≠ slot_busy ∧ slot_max ≤ w.
Proof.
  rewrite /slot_from_in_use. destruct (word_eqb_spec w slot_unused); [naive_solver|].
  destruct (word_eqb_spec w slot_unique); [naive_solver|].
  destruct (word_eqb_spec w slot_busy); [naive_solver|].
  destruct (word_leb_spec slot_max w); naive_solver.
Qed.
Local Lemma from_in_use_failed w e :
  slot_from_in_use w = FromInUseFailed e →
  w = slot_unused ∧ e = ErrUnused ∨ w = slot_unique ∧ e = ErrUnique ∨
  w = slot_busy ∧ e = ErrBusy.
Proof.
  rewrite /slot_from_in_use. destruct (word_eqb_spec w slot_unused); [naive_solver|].
  destruct (word_eqb_spec w slot_unique); [naive_solver|].
  destruct (word_eqb_spec w slot_busy); [naive_solver|].
  destruct (word_leb_spec slot_max w); naive_solver.
Qed.
(** The one test. *)
Local Lemma in_range w :
  word_ok w →
  bool_decide (word_wrapping_sub w 1 < 9223372036854775806) =
    match slot_from_in_use w with FromInUseStored _ => true | _ => false end.
Proof.
  intros Hw. destruct (slot_from_in_use w) eqn:Hacq.
  - apply from_in_use_stored in Hacq as [? _]; [|done]. unfold slot_max in *.
    rewrite word_wrapping_sub_small; [|unfold word_max; lia].
    rewrite bool_decide_eq_true_2 //. lia.
  - apply from_in_use_aborted in Hacq as (_ & _ & _ & ?). destruct Hw.
    unfold slot_max, word_max in *.
    rewrite word_wrapping_sub_small; [|unfold word_max; lia].
    rewrite bool_decide_eq_false_2 //. lia.
  - by apply from_in_use_failed in Hacq as [[-> _]|[[-> _]|[-> _]]].
Qed.

Section lookup.
  Context `{!lrustGS Σ}.
  Implicit Types (l s : loc) (w : Z) (E : coPset) (Φ : val → iProp Σ) (R : iProp Σ).

  (** What is to be shown where the look at [w] is the one that decides. *)
  Local Definition commit E s Φ w : iProp Σ :=
    match slot_from_in_use w with
    | FromInUseStored w' => s ↦ #w' ={E,⊤}=∗ Φ ok_unit
    | FromInUseFailed e => s ↦ #w ={E,⊤}=∗ Φ (err_of e)
    | FromInUseAborted => True
    end.
  Local Definition seen R Φ w : iProp Σ :=
    match slot_from_in_use w with FromInUseFailed e => Φ (err_of e) | _ => R end.
  Local Lemma look E s R Φ w :
    ((s ↦ #w ={E,⊤}=∗ R) ∧ commit E s Φ w) -∗ s ↦ #w ={E,⊤}=∗ seen R Φ w.
  Proof.
    iIntros "H Hs". rewrite /seen /commit. destruct (slot_from_in_use w).
    - iDestruct "H" as "[H _]". by iMod ("H" with "Hs").
    - iDestruct "H" as "[H _]". by iMod ("H" with "Hs").
    - iDestruct "H" as "[_ H]". by iMod ("H" with "Hs").
  Qed.

  Lemma MetaSlot_get_from_in_use_refines E l R Φ :
    word_retry E (l +ₗ crate_word) R (λ w,
      match slot_from_in_use w with
      | FromInUseStored w' => (l +ₗ crate_word) ↦ #w' ={E,⊤}=∗ Φ ok_unit
      | FromInUseFailed e => (l +ₗ crate_word) ↦ #w ={E,⊤}=∗ Φ (err_of e)
      | FromInUseAborted => True
      end) -∗
    ▷ R -∗ WP MetaSlot_get_from_in_use [ #l ] {{ Φ }}.
  Proof.
    iIntros "#H HR". mir_rec. wp_bind (Read _ _).
    iMod ("H" with "HR") as (w) "(%Hw & Hs & Hclose)". wp_read.
    iMod (look with "Hclose Hs") as "Hseen". iModIntro. mir. mir_rec.
    (** Now the loop stands there, up to where its first step wants to know of the word. *)
    iLöb as "IH" forall (w Hw).
    assert (bin_op_eval_pure (WrapOp u64 SubOp) w 1 = Some (LitInt (word_wrapping_sub w 1))).
    { by rewrite int_wrap_sub // /word_wrapping_sub word_wrap_int_wrap. }
    assert (bin_op_eval_pure (WrapOp u64 AddOp) w 1 = Some (LitInt (word_wrapping_add w 1))).
    { by rewrite int_wrap_add // /word_wrapping_add word_wrap_int_wrap. }
    mir. mir_call with "[//]". iIntros "_". mir.
    rewrite bool_decide_eq_true_2 //=. mir.
    change (int_wrap u64 (slot_max - 1)) with 9223372036854775806. rewrite in_range //.
    iEval (rewrite /seen) in "Hseen". destruct (slot_from_in_use w) as [w'| |e] eqn:Hacq.
    - (* a count *)
      apply from_in_use_stored in Hacq as [Hcount ->]; [|done].
      assert (bin_op_eval_pure (OverflowOp u64 AddOp) w 1 = Some (lit_of_bool false)).
      { assert (in_int_range u64 (w + 1)).
        { change (0 ≤ w + 1 ≤ word_max). unfold slot_max, word_max in *. lia. }
        rewrite /= /arith_eval_at decide_True //=. by rewrite bool_decide_eq_true_2. }
      mir. wp_bind (Cas _ _ _ _). iMod ("H" with "Hseen") as (v) "(%Hv & Hs & Hclose)".
      destruct (decide (v = w)) as [->|Hne].
      + wp_apply (wp_cas_weak with "Hs").
        { by rewrite /cas_compare bool_decide_eq_true_2. }
        iIntros ([]) "Hs".
        * iDestruct "Hclose" as "[_ Hclose]".
          rewrite (proj2 (from_in_use_stored w _ Hv) (conj Hcount eq_refl)).
          iMod ("Hclose" with "Hs") as "HΦ". iModIntro. mir. iModIntro. iApply "HΦ".
        * iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hs") as "HR". iModIntro. mir.
          wp_bind (Read _ _). iMod ("H" with "HR") as (v) "(%Hv' & Hs & Hclose)". wp_read.
          iMod (look with "Hclose Hs") as "Hseen". iModIntro. mir.
          by iApply ("IH" with "[%] Hseen").
      + wp_cas_fail. iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hs") as "HR".
        iModIntro. mir.
        wp_bind (Read _ _). iMod ("H" with "HR") as (v') "(%Hv' & Hs & Hclose)". wp_read.
        iMod (look with "Hclose Hs") as "Hseen". iModIntro. mir.
        by iApply ("IH" with "[%] Hseen").
    - (* the count is too great *)
      apply from_in_use_aborted in Hacq as (H1 & H2 & H3 & _). mir.
      rewrite bool_decide_eq_false_2 //. mir. rewrite bool_decide_eq_false_2 //. mir.
      rewrite bool_decide_eq_false_2 //. mir. wp_abort.
    - (* no count *)
      apply from_in_use_failed in Hacq as [[-> ->]|[[-> ->]|[-> ->]]]; mir;
        repeat first [rewrite bool_decide_eq_true_2; [mir|done]
                     |rewrite bool_decide_eq_false_2; [mir|done]];
        iModIntro; iApply "Hseen".
  Qed.
End lookup.
