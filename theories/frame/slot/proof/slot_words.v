(** * Page frames: what the model's functions make of the words of states

On the word of a state with fewer shares than the sentinels ([state_bounded]), each
function of the pure model ([model/slot_count.v]) gives what [frame_state.v] says of
the state: [state_claim], [state_from_in_use], [state_clone], [state_drop_count],
[state_try_unique]. *)
From tally.prelude Require Import prelude.
From tally.model Require Import word rc_count slot_count.
From tally.frame.slot Require Import frame_state.
From tally.prelude Require Import options.

Section words.
  Implicit Types (st : slot_state) (n : positive) (m : meta).

  Lemma state_word_ok st : state_bounded st → word_ok (state_word st).
  Proof.
    rewrite /word_ok /word_max. destruct st as [| | |n m]; simpl; [done..|].
    unfold slot_unique. lia.
  Qed.
  Lemma state_claim st :
    state_bounded st → slot_claim (state_word st) = claim_error st.
  Proof.
    destruct st as [| | |n m]; simpl; [done..|]. intros Hn. rewrite /slot_claim.
    case: (word_eqb_spec (Z.pos n) slot_unused)=> Heq; [by unfold slot_unused, slot_unique in *; lia|].
    case: (word_eqb_spec (Z.pos n) slot_unique)=> Heq'; [lia|].
    by case: (word_eqb_spec (Z.pos n) slot_busy).
  Qed.
  Lemma state_clone n :
    slot_clone_count (Z.pos n) =
      if decide (Z.pos n < slot_max)%Z then CloneStored (Z.pos (n + 1)) else CloneAborted.
  Proof.
    rewrite /slot_clone_count.
    case: (word_leb_spec slot_max (Z.pos n))=> Hle; case_decide; [lia|done| |lia].
    rewrite word_wrapping_add_small; [|unfold slot_max, word_max in *; lia].
    by rewrite Pos2Z.inj_add.
  Qed.
  (** A look-up does not go past the maximum. *)
  Lemma state_from_in_use st :
    state_bounded st →
    slot_from_in_use (state_word st) =
      match from_in_use_error st with
      | Some e => FromInUseFailed e
      | None =>
          if decide (state_word st < slot_max)%Z
          then FromInUseStored (state_word (from_in_use_state st)) else FromInUseAborted
      end.
  Proof.
    destruct st as [| | |n m]; simpl; [done..|]. intros Hn.
    pose proof (state_clone n) as Hclone. rewrite /slot_clone_count in Hclone.
    rewrite /slot_from_in_use.
    case: (word_eqb_spec (Z.pos n) slot_unused)=> Heq; [by unfold slot_unused, slot_unique in *; lia|].
    case: (word_eqb_spec (Z.pos n) slot_unique)=> Heq'; [lia|].
    case: (word_eqb_spec (Z.pos n) slot_busy)=> Heq''; [done|].
    revert Hclone. destruct (word_leb slot_max (Z.pos n)), (decide _); congruence.
  Qed.
  Lemma state_succ n m :
    state_bounded (SlotShared n m) → word_wrapping_add (Z.pos n) 1 = Z.pos (n + 1).
  Proof.
    simpl. unfold slot_unique. intros ?.
    rewrite word_wrapping_add_small; [lia|unfold word_max; lia].
  Qed.
  Lemma state_pred n m :
    state_bounded (SlotShared n m) → (1 < n)%positive →
    word_wrapping_sub (Z.pos n) 1 = Z.pos (n - 1).
  Proof.
    simpl. unfold slot_unique. intros ??.
    rewrite word_wrapping_sub_small; [lia|unfold word_max; lia].
  Qed.
  Lemma state_drop_count n m :
    state_bounded (SlotShared n m) →
    slot_drop_count (state_word (SlotShared n m)) =
      if sole_share (SlotShared n m) then DropLast
      else DropStored (state_word (dropped_state (SlotShared n m))).
  Proof.
    intros Hn. destruct (decide (n = 1%positive)) as [->|Hn1]; [done|].
    assert (sole_share (SlotShared n m) = false ∧
      dropped_state (SlotShared n m) = SlotShared (n - 1) m) as [-> ->] by by destruct n.
    rewrite /slot_drop_count. case: (word_eqb_spec (state_word _) 1)=> /= ?; [lia|].
    by rewrite (state_pred n m); [|done|lia].
  Qed.
  Lemma state_try_unique st :
    state_bounded st → slot_try_unique (state_word st) = sole_share st.
  Proof. by destruct st as [| | |[n|n|] m]. Qed.
End words.
