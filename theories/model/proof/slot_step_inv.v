(** * Page frames, the proofs: every operation keeps the invariant *)
From tally.model.proof Require Export slot_moves.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Lemma frame_publish_inv s h k m :
  word_ok m → frame_inv s → frame_inv (frame_publish s h k m).1.
Proof.
  intros Hm Hinv. rewrite /frame_publish.
  destruct (tbl_get (frame_handles s) h) as [[[i|i|i]|]|] eqn:Hh; try done.
  destruct ((proj2 Hinv) _ _ Hh) as [x Hi].
  pose proof (frame_busy_facts s h i x Hinv) as Hf.
  destruct Hf as (?&?&?&?); [by apply frame_find_Some|].
  rewrite /frame_set_handle /=.
  eapply frame_inv_set; [done..|by destruct k; naive_solver|].
  rewrite !frame_is_Some. destruct k; [eapply slot_ok_unique|eapply slot_ok_shared];
    try done; repeat case_bool_decide; simplify_eq/=; words.
Qed.

(** ** Every step keeps the invariant *)
Lemma frame_reserve_inv s i : frame_inv s → frame_inv (frame_reserve s i).1.
Proof.
  intros Hinv. destruct (tbl_get (frame_slots s) i) as [x|] eqn:Hi.
  - destruct (decide (slot_word x = slot_unused)) as [Hw|Hw].
    + pose proof (frame_reserve_ok _ _ _ Hinv Hi Hw) as (->&?&_). done.
    + destruct (slot_claim_error _ _ _ Hinv Hi Hw) as (e&He&_).
      by rewrite /frame_reserve Hi He.
  - by rewrite /frame_reserve Hi.
Qed.
Lemma frame_from_unused_inv s k i m :
  word_ok m → frame_inv s → frame_inv (frame_from_unused s k i m).1.
Proof.
  intros Hm Hinv. apply (frame_reserve_inv s i) in Hinv. rewrite /frame_from_unused.
  destruct (frame_reserve s i) as [s' r]. destruct r; try done.
  by apply frame_publish_inv.
Qed.
(** One share more, on a slot that has at least one. *)
Lemma frame_share_inv s i x n : frame_inv s →
  tbl_get (frame_slots s) i = Some x → 1 ≤ slot_word x < slot_max →
  n = slot_word x + 1 →
  frame_inv (FrameState
    (tbl_set (frame_slots s) i (Slot n (slot_leaked x) (slot_meta x)))
    (tbl_push (frame_handles s) (Some (HoldsShared i)))).
Proof.
  intros Hinv Hi Hw ->. pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&?&?).
  eapply frame_inv_push; [done..|].
  rewrite bool_decide_eq_true_2 // !bool_decide_eq_false_2 //= !Z.add_0_r.
  destruct Hok as [?|?|?|m]; try words.
  eapply (slot_ok_shared _ _ _ _ m); simpl; (done || lia).
Qed.
Lemma frame_from_in_use_inv s i :
  frame_inv s → frame_inv (frame_from_in_use s i).1.
Proof.
  intros Hinv. rewrite /frame_from_in_use.
  destruct (tbl_get (frame_slots s) i) as [x|] eqn:Hi; [|done].
  pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&?&?).
  destruct (decide (1 ≤ slot_word x < slot_max)) as [Hw|Hw].
  - rewrite slot_from_in_use_shared //=. by eapply frame_share_inv.
  - destruct Hok as [Hx|Hx|m Hx|m ? ? ? ?]; try by rewrite Hx.
    assert (slot_word x = slot_max) as -> by lia. done.
Qed.
Lemma frame_clone_inv s h : frame_inv s → frame_inv (frame_clone s h).1.
Proof.
  intros Hinv. rewrite /frame_clone.
  destruct (frame_find_shared_cases s h) as [(i&x&Hf&->)|[r ->]]; [|done].
  pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&_).
  apply frame_find_Some in Hf as [_ Hi].
  destruct (decide (slot_word x < slot_max)) as [Hw|Hw].
  - rewrite slot_clone_stored /=; [|lia].
    eapply frame_share_inv; [done|done|lia|done].
  - rewrite /slot_clone_count. by destruct (word_leb_spec slot_max (slot_word x)); [|lia].
Qed.
Lemma frame_leak_inv s h n :
  word_ok n → frame_inv s → frame_inv (frame_leak s h n).1.
Proof.
  intros Hn Hinv.
  destruct (frame_find_shared_cases s h) as [(i&x&Hf&He)|[r He]];
    [|by rewrite /frame_leak He].
  destruct (decide (slot_word x + n ≤ slot_max)) as [Hle|Hgt].
  - rewrite (frame_leak_eq _ _ _ _ _ Hinv Hf) //; [|by destruct Hn]. simpl.
    pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&m&?&?).
    apply frame_find_Some in Hf as [Hh Hi]. destruct Hn as [Hn _].
    eapply frame_inv_update; [done|done| |done|by eauto].
    eapply (slot_ok_shared _ _ _ _ m); simpl; try done; [|lia..].
    change (tbl_count _ _) with (frame_count s (HoldsShared i)). lia.
  - rewrite /frame_leak He. destruct (word_checked_add _ _) as [w|] eqn:Hw; [|done].
    apply word_checked_add_Some in Hw as [_ ->].
    by destruct (word_ltb_spec slot_max (slot_word x + n)); [|lia].
Qed.
Lemma frame_from_unique_inv s h :
  frame_inv s → frame_inv (frame_from_unique s h).1.
Proof.
  intros Hinv. destruct (tbl_get (frame_handles s) h) as [[[i|i|i]|]|] eqn:Hh;
    try by rewrite /frame_from_unique Hh.
  destruct ((proj2 Hinv) _ _ Hh) as [x Hi].
  assert (frame_find s h = Some (HoldsUnique i, x)) as Hf by by apply frame_find_Some.
  rewrite (frame_from_unique_eq _ _ _ _ Hf) /=.
  pose proof (frame_unique_facts _ _ _ _ Hinv Hf) as (?&?&?&?&m&?&?).
  eapply frame_inv_set; [done..|naive_solver|]. rewrite !frame_is_Some.
  eapply (slot_ok_shared _ _ _ _ m); try done;
    repeat case_bool_decide; simplify_eq/=; words.
Qed.
Lemma frame_try_from_shared_inv s h :
  frame_inv s → frame_inv (frame_try_from_shared s h).1.
Proof.
  intros Hinv.
  destruct (frame_find_shared_cases s h) as [(i&x&Hf&He)|[r He]];
    [|by rewrite /frame_try_from_shared He].
  destruct (decide (slot_word x = 1)) as [Hw|Hw].
  - rewrite (frame_try_from_shared_eq _ _ _ _ Hf Hw) /=.
    pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&m&?&?).
    apply frame_find_Some in Hf as [Hh Hi].
    eapply frame_inv_set; [done..|naive_solver|]. rewrite !frame_is_Some.
    eapply (slot_ok_unique _ _ _ _ m); try done;
      repeat case_bool_decide; simplify_eq/=; words.
  - rewrite /frame_try_from_shared He /slot_try_unique.
    by destruct (word_eqb_spec (slot_word x) 1).
Qed.

(** The last handle of a slot becomes the right to vacate it. *)
Lemma frame_let_go_inv s h : frame_inv s →
  frame_inv (frame_let_go s h).1 ∧
  ∀ i m, (frame_let_go s h).2 = ReleasedLast i m →
    ∃ x, frame_find (frame_let_go s h).1 h = Some (HoldsBusy i, x).
Proof.
  intros Hinv. destruct (frame_find s h) as [[y x]|] eqn:Hf; last first.
  { rewrite /frame_find in Hf. rewrite /frame_let_go.
    by repeat case_match; simplify_eq/=. }
  destruct (decide (slot_word x = 1 ∨ slot_word x = slot_unique)) as [Hw|Hw].
  - destruct (frame_let_go_last _ _ _ _ Hinv Hf Hw) as [-> Hone]. simpl.
    apply frame_find_Some in Hf as [Hh Hi]. split.
    + eapply frame_inv_set; [done..|naive_solver|]. rewrite !frame_is_Some.
      apply (tbl_count_get (frame_is y)) in Hh as Hc.
      rewrite frame_is_Some bool_decide_eq_true_2 //= in Hc.
      pose proof (tbl_count_nonneg (frame_is (HoldsShared (frame_handle_slot y)))
        (frame_handles s)).
      pose proof (tbl_count_nonneg (frame_is (HoldsUnique (frame_handle_slot y)))
        (frame_handles s)).
      pose proof (tbl_count_nonneg (frame_is (HoldsBusy (frame_handle_slot y)))
        (frame_handles s)).
      rewrite /frame_count in Hone |- *.
      apply slot_ok_busy; try done; destruct y; simpl in *;
        repeat case_bool_decide; simplify_eq/=; lia.
    + intros i m [= <- _]. exists (Slot slot_busy 0 None).
      erewrite frame_find_set_same; [|done]. simpl.
      by rewrite (tbl_get_set_same _ _ _ _ Hi).
  - destruct y as [i|i|i].
    + pose proof (frame_unique_facts _ _ _ _ Hinv Hf). naive_solver.
    + pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&m&?&?).
      rewrite (frame_let_go_share _ _ _ _ Hf); [|lia]. split; [|done]. simpl.
      apply frame_find_Some in Hf as [Hh Hi].
      eapply frame_inv_set; [done..|]. simpl.
      eapply (slot_ok_shared _ _ _ _ m); try done; rewrite /frame_is;
        repeat case_bool_decide; simplify_eq/=; lia.
    + apply frame_find_Some in Hf as [Hh Hi]. simpl in Hi.
      by rewrite /frame_let_go Hh /= Hi.
Qed.
Lemma frame_give_back_inv s h i x : frame_inv s →
  frame_find s h = Some (HoldsBusy i, x) → frame_inv (frame_give_back s h i).
Proof.
  intros Hinv Hf. pose proof (frame_busy_facts _ _ _ _ Hinv Hf) as (?&?&?&?).
  apply frame_find_Some in Hf as [Hh Hi].
  rewrite /frame_give_back /frame_set_handle /=.
  eapply frame_inv_set; [done..|].
  apply slot_ok_unused; try done; rewrite /frame_is;
    repeat case_bool_decide; simplify_eq/=; lia.
Qed.
Lemma frame_release_inv s h : frame_inv s → frame_inv (frame_release s h).1.
Proof.
  intros Hinv. destruct (frame_let_go_inv s h Hinv) as [Hs' _].
  rewrite /frame_release. by destruct (frame_let_go s h) as [s' [|i [m|]|r]].
Qed.
Lemma frame_drop_inv s h : frame_inv s → frame_inv (frame_drop s h).1.
Proof.
  intros Hinv. destruct (frame_let_go_inv s h Hinv) as [Hs' Hlast].
  rewrite /frame_drop. destruct (frame_let_go s h) as [s' [|i m|r]]; simpl in *;
    [done| |done].
  destruct (Hlast _ _ eq_refl) as [x Hf].
  destruct m; simpl; by eapply frame_give_back_inv.
Qed.
Lemma frame_vacate_inv s h : frame_inv s → frame_inv (frame_vacate s h).1.
Proof.
  intros Hinv. rewrite /frame_vacate.
  destruct (tbl_get (frame_handles s) h) as [[[i|i|i]|]|] eqn:Hh; try done.
  destruct ((proj2 Hinv) _ _ Hh) as [x Hi].
  eapply frame_give_back_inv; [done|]. by apply frame_find_Some.
Qed.
