(** * [Rc], the proofs: new boxes, and shares of their content

What [new], [clone], [drop], the counts and the look-ups do. The parts they are made
of are in [rc_facts.v]. *)
From tally.model.proof Require Export rc_facts.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The counts alone *)
Lemma weak_upgrade_count_spec n : 0 ≤ n ≤ word_max →
  weak_upgrade_count n =
    if decide (n = 0) then UpgradeNone
    else if decide (n = word_max) then UpgradeAborted else UpgradeStored (n + 1).
Proof.
  intros Hn. rewrite /weak_upgrade_count.
  destruct (word_eqb_spec n 0); case_decide; try done.
  rewrite rc_clone_count_spec; [|lia]. by repeat case_decide.
Qed.
Lemma rc_make_mut_count_spec strong weak :
  0 < strong ≤ word_max → 0 < weak ≤ word_max →
  rc_make_mut_count strong weak =
    if decide (strong = 1) then
      if decide (weak = 1) then MakeMutInPlace else MakeMutMoved (weak - 1)
    else MakeMutCloned (strong - 1).
Proof.
  intros ??. rewrite /rc_make_mut_count !word_wrapping_sub_small; [|lia..].
  destruct (word_eqb_spec strong 1), (word_eqb_spec weak 1);
    by repeat case_decide.
Qed.
Lemma rc_counts_unique_spec strong weak :
  rc_counts_unique strong weak = true ↔ strong = 1 ∧ weak = 1.
Proof. by rewrite counts_unique_eq bool_decide_eq_true. Qed.
Lemma rc_weak_handles_spec strong weak : 0 < weak ≤ word_max →
  rc_weak_handles strong weak = if decide (strong = 0) then 0 else weak - 1.
Proof.
  intros ?. rewrite /rc_weak_handles word_wrapping_sub_small; [|lia].
  by destruct (word_eqb_spec strong 0); case_decide.
Qed.

(** ** New boxes *)
Lemma fresh_box s : tbl_get (rc_boxes s) (tbl_len (rc_boxes s)) = None.
Proof. apply tbl_get_None. lia. Qed.
Lemma view_pushed boxes x p :
  box_content x = Some p →
  rc_open_content (tbl_push boxes (Some x)) (tbl_len boxes) = Some (x, p).
Proof. rewrite /rc_open_content /rc_open_box tbl_get_push_len. by intros ->. Qed.

Lemma new_ok s p : rc_inv s → word_ok p →
  let s' := rc_push_handle (rc_push_box s (box_fresh 1 p))
              (HandleStrong (tbl_len (rc_boxes s))) in
  rc_inv s'.
Proof.
  intros Hinv Hp. apply (push_created_ok s (box_fresh 1 p)); [done|done|].
  rewrite /rc_box_ok /box_implicit /= Z.eqb_refl /= /word_max. intuition lia.
Qed.
Lemma unique_new_ok s p : rc_inv s → word_ok p →
  let s' := rc_push_handle (rc_push_box s (box_fresh 0 p))
              (HandleUnique (tbl_len (rc_boxes s))) in
  rc_inv s'.
Proof.
  intros Hinv Hp. apply (push_created_ok s (box_fresh 0 p)); [done|done|].
  rewrite /rc_box_ok /box_implicit /= Z.eqb_refl /= /word_max. intuition lia.
Qed.
(** Nothing of this is about whether the payload is a word. *)
Lemma created_views s x k j : rc_inv s →
  j ≠ tbl_len (rc_handles s) →
  rc_find (rc_push_handle (rc_push_box s x) k) j = rc_find s j.
Proof.
  intros Hinv Hj. apply (rc_find_created s x); [done|].
  by rewrite tbl_get_push (proj2 (Z.eqb_neq _ _) Hj).
Qed.
Lemma rc_model_new_spec s p : rc_inv s →
  ∃ s' h b, rc_step s (RcNew p) = (s', RcHandle h) ∧
    rc_find s h = ViewClosed ∧ tbl_get (rc_boxes s) b = None ∧
    rc_find s' h = ViewStrong b (box_fresh 1 p) p ∧ rc_same_but s s' h.
Proof.
  intros Hinv. eexists _, _, _. split; [done|]. split; [apply rc_find_next|].
  split; [apply fresh_box|]. split; [|intros j Hj; by apply created_views].
  by rewrite /rc_find /= tbl_get_push_len /= (view_pushed _ _ p).
Qed.
Lemma rc_model_unique_new_spec s p : rc_inv s →
  ∃ s' h b, rc_step s (RcUniqueNew p) = (s', RcHandle h) ∧
    rc_find s h = ViewClosed ∧ tbl_get (rc_boxes s) b = None ∧
    rc_find s' h = ViewUnique b (box_fresh 0 p) p ∧ rc_same_but s s' h.
Proof.
  intros Hinv. eexists _, _, _. split; [done|]. split; [apply rc_find_next|].
  split; [apply fresh_box|]. split; [|intros j Hj; by apply created_views].
  by rewrite /rc_find /= tbl_get_push_len /= (view_pushed _ _ p).
Qed.
Lemma rc_model_new_cyclic_spec s p : rc_inv s →
  let x := RcBox 1 2 0 0 (Some p) in
  ∃ s' h w b, rc_step s (RcNewCyclic p) = (s', RcHandles h w) ∧
    rc_find s h = ViewClosed ∧ rc_find s w = ViewClosed ∧
    tbl_get (rc_boxes s) b = None ∧
    rc_find s' h = ViewStrong b x p ∧ rc_find s' w = ViewWeak b x ∧
    ∀ j, j ≠ h → j ≠ w → rc_find s' j = rc_find s j.
Proof.
  intros Hinv x. eexists _, _, _, _. split; [done|]. split; [apply rc_find_next|].
  split.
  { apply rc_find_None, tbl_get_None. rewrite /= tbl_len_push. lia. }
  split; [apply fresh_box|].
  assert ((tbl_len (rc_handles s) =? tbl_len (tbl_push (rc_handles s)
    (Some (HandleStrong (tbl_len (rc_boxes s)))))) = false) as Hne.
  { rewrite tbl_len_push. apply Z.eqb_neq. lia. }
  split; [|split].
  - rewrite /rc_find /= tbl_get_push Hne tbl_get_push_len /=.
    by rewrite (view_pushed _ _ p).
  - by rewrite /rc_find /= tbl_get_push_len /= /rc_open_box tbl_get_push_len.
  - intros j Hj Hw. apply (rc_find_created s x); [done|].
    rewrite tbl_get_push (proj2 (Z.eqb_neq _ _) Hw).
    by rewrite tbl_get_push (proj2 (Z.eqb_neq _ _) Hj).
Qed.
Lemma rc_model_weak_new_spec s :
  ∃ s' h, rc_step s RcWeakNew = (s', RcHandle h) ∧
    rc_find s h = ViewClosed ∧ rc_find s' h = ViewDangling ∧ rc_same_but s s' h.
Proof.
  eexists _, _. split; [done|]. split; [apply rc_find_next|]. split.
  - by rewrite /rc_find /= tbl_get_push_len.
  - intros j Hj. by rewrite /rc_find /= tbl_get_push (proj2 (Z.eqb_neq _ _) Hj).
Qed.
Lemma new_cyclic_ok s p : rc_inv s → word_ok p →
  rc_inv (rc_new_cyclic s p).1.
Proof.
  intros Hinv Hp. set (b := tbl_len (rc_boxes s)).
  destruct (rc_no_handle_next s Hinv) as (Hs&Hw&Hu). rewrite -/b in Hs Hw Hu.
  apply (rc_create_ok s (RcBox 1 2 0 0 (Some p))
    (tbl_push (tbl_push (rc_handles s) (Some (HandleStrong b)))
       (Some (HandleWeak b)))); [done|..].
  - intros b' Hne.
    rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
    rewrite !tbl_count_push /= (proj2 (Z.eqb_neq b b')) //. cbn [Z.b2z]. lia.
  - rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles in Hs Hw Hu |- *.
    rewrite /= !tbl_count_push /= -/b Hs Hw Hu Z.eqb_refl /=.
    rewrite /rc_box_ok /box_implicit /= /word_max. intuition lia.
  - intros j k. rewrite !tbl_get_push.
    repeat case: Z.eqb_spec; naive_solver.
Qed.
Lemma weak_new_ok s : rc_inv s → rc_inv (rc_weak_new s).1.
Proof.
  intros Hinv. apply (rc_inv_dangling s (tbl_push _ _)); [done|..].
  - intros b. rewrite !tbl_count_push /=.
    rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles. lia.
  - intros j k. rewrite tbl_get_push. case: Z.eqb_spec; naive_solver.
Qed.

(** ** Shares *)
Lemma open_content_set boxes b x x' p :
  tbl_get boxes b = Some (Some x) → box_content x' = Some p →
  rc_open_content (tbl_set boxes b (Some x')) b = Some (x', p).
Proof.
  intros Hb Hc. by rewrite /rc_open_content /rc_open_box
    (tbl_get_set_same _ _ _ _ Hb) Hc.
Qed.
Lemma share_eq s b x k : 1 ≤ box_strong x < word_max →
  rc_share s b x k =
    (rc_extend s b (Some (box_with_strong x (box_strong x + 1))) k,
     RcHandle (tbl_len (rc_handles s))).
Proof.
  intros ?. rewrite /rc_share rc_clone_count_spec; [|lia]. rewrite decide_False //. lia.
Qed.
Lemma share_abort s b x k : 1 ≤ box_strong x ≤ word_max →
  (rc_share s b x k).2 = RcAborted ↔ box_strong x = word_max.
Proof. intros ?. rewrite /rc_share rc_clone_count_spec; [|lia]. by case_decide. Qed.
Lemma watch_eq s b x : 1 ≤ box_weak x < word_max →
  rc_watch s b x =
    (rc_extend s b (Some (box_with_weak x (box_weak x + 1))) (HandleWeak b),
     RcHandle (tbl_len (rc_handles s))).
Proof.
  intros ?. rewrite /rc_watch /weak_clone_count rc_clone_count_spec; [|lia].
  rewrite decide_False //. lia.
Qed.
Lemma watch_abort s b x : 1 ≤ box_weak x ≤ word_max →
  (rc_watch s b x).2 = RcAborted ↔ box_weak x = word_max.
Proof.
  intros ?. rewrite /rc_watch /weak_clone_count rc_clone_count_spec; [|lia].
  by case_decide.
Qed.
Lemma share_step_inv s b x p k : rc_inv s →
  tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
  box_state_ok s b x → 1 ≤ box_strong x →
  k = HandleStrong b ∨ k = HandleRaw b → rc_inv (rc_share s b x k).1.
Proof.
  intros Hinv Hb Hc Hok Hpos Hk. destruct (decide (box_strong x < word_max)).
  - rewrite share_eq //. by apply (share_ok s b x p k).
  - rewrite /rc_share rc_clone_count_spec; [|destruct Hok as (?&?&?&?&?&?); lia].
    case_decide; [done|]. destruct Hok as (?&?&?&?&?&?). lia.
Qed.
Lemma watch_step_inv s b x : rc_inv s →
  tbl_get (rc_boxes s) b = Some (Some x) → box_state_ok s b x →
  rc_inv (rc_watch s b x).1.
Proof.
  intros Hinv Hb Hok. pose proof Hok as (?&?&?&?&?&?&?).
  destruct (decide (box_weak x < word_max)).
  - rewrite watch_eq; [|lia]. by apply watch_ok.
  - rewrite /rc_watch /weak_clone_count rc_clone_count_spec; [|lia].
    case_decide; [done|]. lia.
Qed.

Lemma rc_model_clone_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p → box_strong x < word_max →
  let x' := box_with_strong x (box_strong x + 1) in
  ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
    rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewStrong b x' p ∧
    rc_after s s' h' b (Some x').
Proof.
  intros Hinv Hfind Hlt x'. rewrite /= /rc_clone Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  rewrite share_eq; [|lia]. eexists _, _. split; [done|].
  split; [apply rc_find_next|].
  destruct (share_ok s b x p (HandleStrong b)) as (_&?&Hview); [by auto..|].
  split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.
Lemma rc_model_clone_abort_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  (rc_step s (RcClone h)).2 = RcAborted ↔ box_strong x = word_max.
Proof.
  intros Hinv Hfind. rewrite /= /rc_clone Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&(?&?&?&?&?&?)&?&?&?).
  apply share_abort. lia.
Qed.
Lemma rc_model_increment_spec s h b x p : rc_inv s →
  rc_find s h = ViewRaw b x p → box_strong x < word_max →
  let x' := box_with_strong x (box_strong x + 1) in
  ∃ s' h', rc_step s (RcIncrement h) = (s', RcHandle h') ∧
    rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewRaw b x' p ∧
    rc_after s s' h' b (Some x').
Proof.
  intros Hinv Hfind Hlt x'. rewrite /= /rc_increment Hfind.
  destruct (raw_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  rewrite share_eq; [|lia]. eexists _, _. split; [done|].
  split; [apply rc_find_next|].
  destruct (share_ok s b x p (HandleRaw b)) as (_&?&Hview); [by auto..|].
  split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.

Lemma unshare_eq s h b x p : 1 ≤ box_strong x ≤ word_max →
  box_end x = box_left x →
  rc_unshare s h b x p =
    if decide (box_strong x = 1) then
      (rc_update s b (box_left x) h None, RcDropped (rc_dropped p b (box_left x)))
    else (rc_update s b (Some (box_with_strong x (box_strong x - 1))) h None,
          RcDropped []).
Proof.
  intros ? Hend. rewrite /rc_unshare rc_drop_count_spec; [|lia].
  rewrite Hend. by repeat case_decide.
Qed.
Lemma box_state_le s b x : box_state_ok s b x →
  box_strong x ≤ word_max ∧ 1 ≤ box_weak x ≤ word_max ∧ box_end x = box_left x.
Proof. intros Hok. pose proof (box_end_eq _ _ _ Hok). by destruct Hok as (?&?&?&?&?&?&_). Qed.
Lemma unshare_step_inv s h b x p k : rc_inv s →
  tbl_get (rc_handles s) h = Some (Some k) →
  k = HandleStrong b ∨ k = HandleRaw b →
  tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
  rc_inv (rc_unshare s h b x p).1.
Proof.
  intros Hinv Hh Hk Hb Hc.
  destruct (shared_facts s h b x p k Hinv Hh Hk Hb Hc) as (Hok&?&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&Hend).
  rewrite unshare_eq //. case_decide.
  - apply (end_ok s h b x p k); by auto.
  - by apply (unshare_ok s h b x p k).
Qed.
Lemma rc_model_drop_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p → box_strong x ≠ 1 →
  ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
    rc_find s' h = ViewClosed ∧
    rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
Proof.
  intros Hinv Hfind Hne. rewrite /= /rc_drop Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&Hend).
  rewrite unshare_eq // decide_False //. eexists. split; [done|].
  destruct (unshare_ok s h b x p (HandleStrong b)) as (_&?&?); by auto.
Qed.
Lemma rc_model_drop_last_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p → box_strong x = 1 →
  ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_dropped p b (box_left x))) ∧
    rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x).
Proof.
  intros Hinv Hfind H1. rewrite /= /rc_drop Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&Hend).
  rewrite unshare_eq // decide_True //. eexists. split; [done|].
  destruct (end_ok s h b x p (HandleStrong b)) as (_&?&?); by auto.
Qed.

Lemma rc_model_strong_count_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  rc_step s (RcStrongCount h) =
    (s, RcCount (rc_strong_handles s b + box_leaked x)).
Proof.
  intros Hinv Hfind. rewrite /= /rc_strong_count Hfind.
  by destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (_&_&_&(<-&_)&_).
Qed.
Lemma rc_model_weak_count_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  rc_step s (RcWeakCount h) =
    (s, RcCount (rc_weak_handles_of s b + box_weak_leaked x)).
Proof.
  intros Hinv Hfind. rewrite /= /rc_weak_count Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (_&_&Hc&Hok&?&_).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite rc_weak_handles_spec; [|lia]. rewrite decide_False; [|lia].
  destruct Hok as (_&Hw&_). rewrite /box_implicit Hc in Hw.
  do 2 f_equal. lia.
Qed.
Lemma rc_model_weak_strong_count_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x →
  rc_step s (RcStrongCount h) =
    (s, RcCount (rc_strong_handles s b + box_leaked x)).
Proof.
  intros Hinv Hfind. rewrite /= /rc_strong_count Hfind.
  by destruct (weak_facts _ _ _ _ Hinv Hfind) as (_&_&(<-&_)&_).
Qed.
Lemma rc_model_weak_weak_count_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x →
  rc_step s (RcWeakCount h) =
    (s, RcCount (if decide (box_strong x = 0) then 0
                 else rc_weak_handles_of s b + box_weak_leaked x)).
Proof.
  intros Hinv Hfind. rewrite /= /rc_weak_count Hfind.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (_&_&Hok&?&_).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite rc_weak_handles_spec; [|lia]. case_decide; [done|].
  destruct Hok as (_&Hw&_&_&_&_&Hc). rewrite /box_implicit in Hw.
  destruct (box_content x); [|lia]. do 2 f_equal. lia.
Qed.
Lemma rc_model_get_spec s h b x p :
  rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
  rc_step s (RcGet h) = (s, RcPayload p).
Proof. by rewrite /= /rc_get; intros [->| ->]. Qed.
Lemma rc_model_ptr_eq_spec s h h' b b' x x' p p' :
  rc_find s h = ViewStrong b x p → rc_find s h' = ViewStrong b' x' p' →
  rc_step s (RcPtrEq h h') = (s, RcTruth (bool_decide (b = b'))).
Proof.
  rewrite /= /rc_ptr_eq=> -> ->. by destruct (word_eqb_spec b b'); case_bool_decide.
Qed.
