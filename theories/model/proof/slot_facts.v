(** * Page frames, the proofs: what the invariant gives

Counting handles, the view that a handle has of its slot, and what follows from
[frame_inv] for the holder of each kind of handle. Every transition writes one slot
and either opens one handle or changes one, so two lemmas carry the invariant
([frame_inv_push], [frame_inv_set]) and two the views of all others
([view_recount], [view_other]). *)
From tally.model Require Export slot_model slot_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Ltac words :=
  unfold slot_unused, slot_unique, slot_max, slot_busy, word_ok, word_max in *; lia.

(** ** Counting handles *)
Lemma frame_is_Some y z : frame_is y (Some z) = bool_decide (z = y).
Proof. rewrite /frame_is. apply bool_decide_ext. naive_solver. Qed.
Lemma frame_count_push t y z :
  tbl_count (frame_is y) (tbl_push t (Some z)) =
    tbl_count (frame_is y) t + Z.b2z (bool_decide (z = y)).
Proof. by rewrite tbl_count_push frame_is_Some. Qed.
Lemma frame_count_set t h y z z' :
  tbl_get t h = Some (Some z) →
  tbl_count (frame_is y) (tbl_set t h z') =
    tbl_count (frame_is y) t - Z.b2z (bool_decide (z = y)) + Z.b2z (frame_is y z').
Proof. intros Hh. by rewrite (tbl_count_set _ _ _ _ _ Hh) frame_is_Some. Qed.

(** All handles on slot [i], of whatever kind. *)
Definition frame_on (i : word) (z : option frame_handle) : bool :=
  match z with Some y => frame_handle_slot y =? i | None => false end.
Lemma frame_on_count i (t : table (option frame_handle)) :
  tbl_count (frame_on i) t =
    tbl_count (frame_is (HoldsShared i)) t +
    tbl_count (frame_is (HoldsUnique i)) t +
    tbl_count (frame_is (HoldsBusy i)) t.
Proof.
  induction t as [|[y|] t IH]; simpl; [done|..|done].
  rewrite !frame_is_Some IH.
  destruct y; simpl; case: Z.eqb_spec; intros; repeat case_bool_decide;
    simplify_eq/=; lia.
Qed.

(** ** What a handle sees *)
Definition view_of (slots : table slot) (z : option (option frame_handle))
    : option (frame_handle * slot) :=
  match z with
  | Some (Some y) =>
      match tbl_get slots (frame_handle_slot y) with
      | Some x => Some (y, x)
      | None => None
      end
  | _ => None
  end.
Lemma frame_find_Some s h y x :
  frame_find s h = Some (y, x) ↔
    tbl_get (frame_handles s) h = Some (Some y) ∧
    tbl_get (frame_slots s) (frame_handle_slot y) = Some x.
Proof.
  rewrite /frame_find. split.
  - repeat case_match; naive_solver.
  - by intros [-> ->].
Qed.
Lemma view_recount slots i x n z : tbl_get slots i = Some x →
  view_of (tbl_set slots i (Slot n (slot_leaked x) (slot_meta x))) z =
    frame_recount i n <$> view_of slots z.
Proof.
  intros Hi. destruct z as [[y|]|]; simpl; [|done..].
  rewrite tbl_get_set. case: Z.eqb_spec=> [Hy|Hne].
  - by rewrite Hy Hi /= /frame_recount /= Hy Z.eqb_refl.
  - destruct (tbl_get slots (frame_handle_slot y)) as [x'|]; simpl; [|done].
    rewrite /frame_recount /=. by case: Z.eqb_spec.
Qed.
Lemma view_other slots i x z :
  (∀ y x', view_of slots z = Some (y, x') → frame_handle_slot y ≠ i) →
  view_of (tbl_set slots i x) z = view_of slots z.
Proof.
  intros Hz. destruct z as [[y|]|]; simpl in *; [|done..].
  rewrite tbl_get_set. case: Z.eqb_spec=> [Hy|//].
  destruct (tbl_get slots (frame_handle_slot y)) as [x'|] eqn:Hx.
  - exfalso. by apply (Hz y x').
  - by rewrite -Hy Hx.
Qed.
Lemma frame_find_new s : frame_find s (tbl_len (frame_handles s)) = None.
Proof. rewrite /frame_find (proj2 (tbl_get_None _ _)); [done|lia]. Qed.
Lemma frame_find_push slots (t : table (option frame_handle)) z k :
  k ≠ tbl_len t →
  frame_find (FrameState slots (tbl_push t z)) k = view_of slots (tbl_get t k).
Proof. intros Hk. rewrite /frame_find /= tbl_get_push. by case: Z.eqb_spec. Qed.
Lemma frame_find_push_new slots (t : table (option frame_handle)) z :
  frame_find (FrameState slots (tbl_push t z)) (tbl_len t) = view_of slots (Some z).
Proof. by rewrite /frame_find /= tbl_get_push_len. Qed.
Lemma frame_find_set slots (t : table (option frame_handle)) h z k : k ≠ h →
  frame_find (FrameState slots (tbl_set t h z)) k = view_of slots (tbl_get t k).
Proof. intros Hk. by rewrite /frame_find /= tbl_get_set_other. Qed.
Lemma frame_find_set_same slots (t : table (option frame_handle)) h y z :
  tbl_get t h = Some y →
  frame_find (FrameState slots (tbl_set t h z)) h = view_of slots (Some z).
Proof. intros Hh. by rewrite /frame_find /= (tbl_get_set_same _ _ _ _ Hh). Qed.

(** ** The invariant *)
Lemma frame_inv_update s i x x' hs :
  frame_inv s → tbl_get (frame_slots s) i = Some x →
  slot_ok (tbl_count (frame_is (HoldsShared i)) hs)
    (tbl_count (frame_is (HoldsUnique i)) hs)
    (tbl_count (frame_is (HoldsBusy i)) hs) x' →
  (∀ y, frame_handle_slot y ≠ i → tbl_count (frame_is y) hs = frame_count s y) →
  (∀ h y, tbl_get hs h = Some (Some y) →
     frame_handle_slot y = i ∨
     ∃ h', tbl_get (frame_handles s) h' = Some (Some y)) →
  frame_inv (FrameState (tbl_set (frame_slots s) i x') hs).
Proof.
  intros [Hslot Hlive] Hi Hok Hcnt Hhs. split; simpl.
  - intros i' z. rewrite tbl_get_set Hi. case: Z.eqb_spec=> [->|Hne].
    { by intros [= <-]. }
    intros Hz. rewrite /frame_slot_ok /frame_count /= !Hcnt //. by apply Hslot.
  - intros h y Hy. rewrite tbl_get_set Hi. case: Z.eqb_spec=> [_|Hne].
    { by eexists. }
    destruct (Hhs _ _ Hy) as [|[h' Hh']]; [done|by eapply Hlive].
Qed.
Lemma frame_inv_push s i x x' y :
  frame_inv s → tbl_get (frame_slots s) i = Some x → frame_handle_slot y = i →
  slot_ok
    (frame_count s (HoldsShared i) + Z.b2z (bool_decide (y = HoldsShared i)))
    (frame_count s (HoldsUnique i) + Z.b2z (bool_decide (y = HoldsUnique i)))
    (frame_count s (HoldsBusy i) + Z.b2z (bool_decide (y = HoldsBusy i))) x' →
  frame_inv (FrameState (tbl_set (frame_slots s) i x')
                        (tbl_push (frame_handles s) (Some y))).
Proof.
  intros Hinv Hi Hy Hok. eapply frame_inv_update; [done..|by rewrite !frame_count_push| |].
  - intros z Hz. rewrite frame_count_push bool_decide_eq_false_2; [|naive_solver].
    by rewrite Z.add_0_r.
  - intros h z. rewrite tbl_get_push. case: Z.eqb_spec=> ?; [naive_solver|].
    intros Hz. right. by eexists.
Qed.
Lemma frame_inv_set s h i x x' y z :
  frame_inv s → tbl_get (frame_handles s) h = Some (Some y) →
  tbl_get (frame_slots s) i = Some x →
  frame_handle_slot y = i → (∀ y', z = Some y' → frame_handle_slot y' = i) →
  slot_ok
    (frame_count s (HoldsShared i) - Z.b2z (bool_decide (y = HoldsShared i))
       + Z.b2z (frame_is (HoldsShared i) z))
    (frame_count s (HoldsUnique i) - Z.b2z (bool_decide (y = HoldsUnique i))
       + Z.b2z (frame_is (HoldsUnique i) z))
    (frame_count s (HoldsBusy i) - Z.b2z (bool_decide (y = HoldsBusy i))
       + Z.b2z (frame_is (HoldsBusy i) z)) x' →
  frame_inv (FrameState (tbl_set (frame_slots s) i x')
                        (tbl_set (frame_handles s) h z)).
Proof.
  intros Hinv Hh Hi Hy Hz Hok.
  eapply frame_inv_update; [done..|by rewrite !(frame_count_set _ _ _ _ _ Hh)| |].
  - intros y' Hy'. rewrite (frame_count_set _ _ _ _ _ Hh).
    rewrite bool_decide_eq_false_2; [|naive_solver].
    rewrite /frame_is bool_decide_eq_false_2; [by rewrite Z.sub_0_r Z.add_0_r|].
    intros ->. by destruct Hy'; apply Hz.
  - intros h' y'. rewrite tbl_get_set Hh. case: Z.eqb_spec=> ?.
    + intros [= ->]. left. by apply Hz.
    + intros ?. right. by eexists.
Qed.

(** What follows from having a handle of each kind. *)
Lemma frame_find_counted s h y x :
  frame_find s h = Some (y, x) → 1 ≤ frame_count s y.
Proof.
  intros [Hh _]%frame_find_Some. pose proof (tbl_count_get (frame_is y) _ _ _ Hh) as Hc.
  by rewrite frame_is_Some bool_decide_eq_true_2 in Hc.
Qed.
Lemma frame_find_ok s h y x : frame_inv s → frame_find s h = Some (y, x) →
  frame_slot_ok s (frame_handle_slot y) x.
Proof. intros [Hslot _] [_ Hx]%frame_find_Some. by apply Hslot. Qed.

Lemma frame_shared_facts s h i x :
  frame_inv s → frame_find s h = Some (HoldsShared i, x) →
  (slot_word x = frame_count s (HoldsShared i) + slot_leaked x ∧
   1 ≤ slot_word x ≤ slot_max ∧ 0 ≤ slot_leaked x) ∧
  1 ≤ frame_count s (HoldsShared i) ∧
  frame_count s (HoldsUnique i) = 0 ∧ frame_count s (HoldsBusy i) = 0 ∧
  (∃ m, slot_meta x = Some m ∧ word_ok m).
Proof.
  intros Hinv Hf. pose proof (frame_find_ok _ _ _ _ Hinv Hf) as Hok.
  apply frame_find_counted in Hf as Hc. simpl in Hok. destruct Hok; naive_solver lia.
Qed.
Lemma frame_unique_facts s h i x :
  frame_inv s → frame_find s h = Some (HoldsUnique i, x) →
  (slot_word x = slot_unique ∧ slot_leaked x = 0) ∧
  frame_count s (HoldsShared i) = 0 ∧
  frame_count s (HoldsUnique i) = 1 ∧ frame_count s (HoldsBusy i) = 0 ∧
  (∃ m, slot_meta x = Some m ∧ word_ok m).
Proof.
  intros Hinv Hf. pose proof (frame_find_ok _ _ _ _ Hinv Hf) as Hok.
  apply frame_find_counted in Hf as Hc. simpl in Hok. destruct Hok; naive_solver lia.
Qed.
Lemma frame_busy_facts s h i x :
  frame_inv s → frame_find s h = Some (HoldsBusy i, x) →
  (slot_word x = slot_busy ∧ slot_leaked x = 0 ∧ slot_meta x = None) ∧
  frame_count s (HoldsShared i) = 0 ∧
  frame_count s (HoldsUnique i) = 0 ∧ frame_count s (HoldsBusy i) = 1.
Proof.
  intros Hinv Hf. pose proof (frame_find_ok _ _ _ _ Hinv Hf) as Hok.
  apply frame_find_counted in Hf as Hc. simpl in Hok. destruct Hok; naive_solver lia.
Qed.
Lemma frame_word_facts s i x : frame_inv s →
  tbl_get (frame_slots s) i = Some x →
  frame_slot_ok s i x ∧ 0 ≤ frame_count s (HoldsShared i) ∧ 0 ≤ slot_leaked x.
Proof.
  intros [Hslot _] Hi. pose proof (Hslot _ _ Hi) as Hok. split; [done|].
  split; [by apply tbl_count_nonneg|]. destruct Hok; lia.
Qed.

(** Where one handle is all there is on a slot, the others are elsewhere. *)
Lemma frame_only s h y x : frame_find s h = Some (y, x) →
  let i := frame_handle_slot y in
  frame_count s (HoldsShared i) + frame_count s (HoldsUnique i) +
    frame_count s (HoldsBusy i) = 1 →
  ∀ k, k ≠ h → ∀ y' x', frame_find s k = Some (y', x') → frame_handle_slot y' ≠ i.
Proof.
  intros [Hh _]%frame_find_Some i Hone k Hk y' x' [Hk' _]%frame_find_Some Hy'.
  pose proof (tbl_count_get_2 (frame_on i) _ _ _ _ _ Hk Hk' Hh) as H2.
  rewrite frame_on_count in H2. rewrite /frame_count in Hone.
  rewrite /= Hy' /i !Z.eqb_refl /= in H2. rewrite /i in Hone. lia.
Qed.
