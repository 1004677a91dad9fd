(** * Page frames, the proofs: what each operation does to the state

One equation for each transition that goes through, under the condition on the
slot's word under which it does. *)
From tally.model.proof Require Export slot_facts.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Getting a handle by address *)
Lemma slot_claim_unused w : w = slot_unused → slot_claim w = None.
Proof. by intros ->. Qed.
Lemma slot_claim_error s i x : frame_inv s →
  tbl_get (frame_slots s) i = Some x → slot_word x ≠ slot_unused →
  ∃ e, slot_claim (slot_word x) = Some e ∧ e ≠ ErrUnused ∧ frame_error_means s i e.
Proof.
  intros Hinv Hi Hne. pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&?&?).
  rewrite /slot_claim. destruct (word_eqb_spec (slot_word x) slot_unused); [done|].
  destruct (word_eqb_spec (slot_word x) slot_unique);
    [|destruct (word_eqb_spec (slot_word x) slot_busy)].
  all: eexists; split; [done|]; split; [done|]; exists x; split; [done|].
  all: destruct Hok; simplify_eq; words.
Qed.

Lemma frame_reserve_ok s i x : frame_inv s →
  tbl_get (frame_slots s) i = Some x → slot_word x = slot_unused →
  let s' := FrameState (tbl_set (frame_slots s) i (Slot slot_busy 0 None))
              (tbl_push (frame_handles s) (Some (HoldsBusy i))) in
  frame_reserve s i = (s', FrameHandle (tbl_len (frame_handles s))) ∧ frame_inv s' ∧
  frame_find s' (tbl_len (frame_handles s)) =
    Some (HoldsBusy i, Slot slot_busy 0 None).
Proof.
  intros Hinv Hi Hw. simpl. rewrite /frame_reserve Hi slot_claim_unused //.
  split; [done|]. split.
  - eapply frame_inv_push; [done..|].
    pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&?&?).
    apply slot_ok_busy; try done; repeat case_bool_decide; simplify_eq/=;
      destruct Hok; words.
  - rewrite frame_find_push_new /= (tbl_get_set_same _ _ _ _ Hi) //.
Qed.

Lemma frame_publish_ok s h i x k m :
  frame_find s h = Some (HoldsBusy i, x) →
  frame_publish s h k m =
    (FrameState (tbl_set (frame_slots s) i (frame_built k m))
       (tbl_set (frame_handles s) h (Some (frame_holds k i))), FrameHandle h).
Proof. intros [Hh _]%frame_find_Some. by rewrite /frame_publish Hh. Qed.

Lemma slot_from_in_use_shared w : 1 ≤ w < slot_max →
  slot_from_in_use w = FromInUseStored (w + 1).
Proof.
  intros Hw. rewrite /slot_from_in_use.
  destruct (word_eqb_spec w slot_unused); [words|].
  destruct (word_eqb_spec w slot_unique); [words|].
  destruct (word_eqb_spec w slot_busy); [words|].
  destruct (word_leb_spec slot_max w); [words|].
  rewrite word_wrapping_add_small; [done|words].
Qed.

(** ** Converting *)
Lemma frame_from_unique_eq s h i x :
  frame_find s h = Some (HoldsUnique i, x) →
  frame_from_unique s h =
    (FrameState (tbl_set (frame_slots s) i (Slot 1 0 (slot_meta x)))
       (tbl_set (frame_handles s) h (Some (HoldsShared i))), FrameHandle h).
Proof. intros [Hh Hi]%frame_find_Some. by rewrite /frame_from_unique Hh Hi. Qed.
Lemma frame_find_shared_eq s h i x :
  frame_find s h = Some (HoldsShared i, x) → frame_find_shared s h = SharedSlot i x.
Proof. intros [Hh Hi]%frame_find_Some. by rewrite /frame_find_shared Hh Hi. Qed.
Lemma frame_try_from_shared_eq s h i x :
  frame_find s h = Some (HoldsShared i, x) → slot_word x = 1 →
  frame_try_from_shared s h =
    (FrameState (tbl_set (frame_slots s) i (Slot slot_unique 0 (slot_meta x)))
       (tbl_set (frame_handles s) h (Some (HoldsUnique i))), FrameHandle h).
Proof.
  intros Hf Hw. by rewrite /frame_try_from_shared (frame_find_shared_eq _ _ _ _ Hf) Hw.
Qed.

(** A handle that is alone on its slot is replaced, and the slot is written. *)
Lemma frame_replace_find s h y y' x x' : frame_find s h = Some (y, x) →
  let i := frame_handle_slot y in
  frame_count s (HoldsShared i) + frame_count s (HoldsUnique i) +
    frame_count s (HoldsBusy i) = 1 →
  let s' := FrameState (tbl_set (frame_slots s) i x')
              (tbl_set (frame_handles s) h y') in
  frame_find s' h = view_of (tbl_set (frame_slots s) i x') (Some y') ∧
  (∀ k, k ≠ h → frame_find s' k = frame_find s k).
Proof.
  intros Hf i Hone. pose proof (frame_only _ _ _ _ Hf Hone) as Honly.
  apply frame_find_Some in Hf as [Hh Hi]. split.
  - by erewrite frame_find_set_same.
  - intros k Hk. rewrite frame_find_set //. apply view_other. by apply Honly.
Qed.

(** Writing back what was there restores the state. *)
Lemma frame_restore s h y i x x' y' :
  tbl_get (frame_handles s) h = Some y → tbl_get (frame_slots s) i = Some x →
  FrameState (tbl_set (tbl_set (frame_slots s) i x') i x)
    (tbl_set (tbl_set (frame_handles s) h y') h y) = s.
Proof. intros Hh Hi. rewrite !tbl_set_set !tbl_set_get //. by destruct s. Qed.

(** ** Sharing and dropping *)
Lemma slot_clone_stored w : 1 ≤ w < slot_max →
  slot_clone_count w = CloneStored (w + 1).
Proof.
  intros Hw. rewrite /slot_clone_count. destruct (word_leb_spec slot_max w); [lia|].
  rewrite word_wrapping_add_small; [done|words].
Qed.
Lemma slot_drop_stored w : 1 < w ≤ slot_max →
  slot_drop_count w = DropStored (w - 1).
Proof.
  intros Hw. rewrite /slot_drop_count. destruct (word_eqb_spec w 1); [lia|].
  rewrite word_wrapping_sub_small; [done|words].
Qed.

Lemma frame_let_go_share s h i x :
  frame_find s h = Some (HoldsShared i, x) → 1 < slot_word x ≤ slot_max →
  frame_let_go s h =
    (FrameState
       (tbl_set (frame_slots s) i
          (Slot (slot_word x - 1) (slot_leaked x) (slot_meta x)))
       (tbl_set (frame_handles s) h None), ReleasedShare).
Proof.
  intros [Hh Hi]%frame_find_Some Hw. simpl in Hi.
  by rewrite /frame_let_go Hh /= Hi slot_drop_stored.
Qed.
Lemma frame_let_go_last s h y x :
  frame_inv s → frame_find s h = Some (y, x) →
  (slot_word x = 1 ∨ slot_word x = slot_unique) →
  let i := frame_handle_slot y in
  let s' := FrameState (tbl_set (frame_slots s) i (Slot slot_busy 0 None))
              (tbl_set (frame_handles s) h (Some (HoldsBusy i))) in
  frame_let_go s h = (s', ReleasedLast i (slot_meta x)) ∧
  frame_count s (HoldsShared i) + frame_count s (HoldsUnique i) +
    frame_count s (HoldsBusy i) = 1.
Proof.
  intros Hinv Hf Hw i s'. rewrite /frame_let_go.
  apply frame_find_Some in Hf as Hg. destruct Hg as [-> ->].
  destruct y as [j|j|j].
  - pose proof (frame_unique_facts _ _ _ _ Hinv Hf) as (_&?&?&?&_).
    split; [done|]. simpl in i. rewrite /i. lia.
  - pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&_).
    destruct Hw as [Hw|Hw]; [|words]. rewrite Hw. split; [done|].
    simpl in i. rewrite /i. lia.
  - pose proof (frame_busy_facts _ _ _ _ Hinv Hf) as ((?&_)&_). words.
Qed.

Lemma frame_leak_eq s h i x n : frame_inv s →
  frame_find s h = Some (HoldsShared i, x) → 0 ≤ n → slot_word x + n ≤ slot_max →
  frame_leak s h n =
    (FrameState (tbl_set (frame_slots s) i
       (Slot (slot_word x + n) (slot_leaked x + n) (slot_meta x)))
       (frame_handles s), FrameLeaked).
Proof.
  intros Hinv Hf Hn Hle. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&_).
  rewrite /frame_leak (frame_find_shared_eq _ _ _ _ Hf).
  rewrite (proj2 (word_checked_add_Some _ _ (slot_word x + n))); [|words].
  destruct (word_ltb_spec slot_max (slot_word x + n)); [lia|].
  rewrite word_wrapping_add_small; [done|words].
Qed.
Lemma frame_find_shared_cases s h :
  (∃ i x, frame_find s h = Some (HoldsShared i, x) ∧
          frame_find_shared s h = SharedSlot i x) ∨
  ∃ r, frame_find_shared s h = SharedRefused r.
Proof.
  destruct (frame_find_shared s h) as [i x|r] eqn:Hs; [|by eauto].
  left. exists i, x. split; [|done]. apply frame_find_Some.
  rewrite /frame_find_shared in Hs. repeat case_match; naive_solver.
Qed.
