(** * [Rc], the proofs: the content changes or moves, and weak handles

What [get_mut], [make_mut], [try_unwrap], [into_inner], [unwrap_or_clone] do, and the
operations of [Weak]. *)
From tally.model.proof Require Export rc_shares.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The content of a block with one handle *)
Lemma rc_model_set_spec s h b x p q : rc_inv s →
  rc_find s h = ViewStrong b x p → word_ok q →
  if decide (box_strong x = 1 ∧ box_weak x = 1) then
    let x' := box_with_content x q in
    ∃ s', rc_step s (RcSet h q) = (s', RcChanged []) ∧
      rc_find s' h = ViewStrong b x' q ∧ rc_after s s' h b (Some x')
  else rc_step s (RcSet h q) = (s, RcNone).
Proof.
  intros Hinv Hfind Hq. rewrite /= /rc_set Hfind counts_unique_eq.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  case_decide as Hone; [|by rewrite bool_decide_false].
  rewrite bool_decide_true //.
  eexists. split; [done|].
  destruct (set_content_ok s h b x p q (HandleStrong b)) as (_&?&Hview); [done..|].
  split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ q).
Qed.
Lemma rc_model_unique_set_spec s h b x p q : rc_inv s →
  rc_find s h = ViewUnique b x p → word_ok q →
  let x' := box_with_content x q in
  ∃ s', rc_step s (RcSet h q) = (s', RcChanged []) ∧
    rc_find s' h = ViewUnique b x' q ∧ rc_after s s' h b (Some x').
Proof.
  intros Hinv Hfind Hq x'. rewrite /= /rc_set Hfind.
  destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  eexists. split; [done|].
  destruct (set_content_ok s h b x p q (HandleUnique b)) as (_&?&Hview); [done..|].
  split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ q).
Qed.

Lemma fresh_ok q : word_ok q → rc_box_ok 1 0 0 (box_fresh 1 q).
Proof. intros ?. rewrite /rc_box_ok /box_implicit /= /word_max. intuition lia. Qed.
(** The old box is left, and a new one made. *)
Lemma move_ok s h b y q :
  rc_inv (rc_update s b y h None) →
  rc_after s (rc_update s b y h None) h b y →
  tbl_get (rc_handles s) h ≠ None → word_ok q →
  rc_inv (rc_move s h b y q) ∧ rc_after s (rc_move s h b y q) h b y ∧
  rc_find (rc_move s h b y q) h =
    ViewStrong (tbl_len (rc_boxes s)) (box_fresh 1 q) q.
Proof.
  intros Hinv [Hb Hviews] [k Hh]%not_eq_None_Some Hq.
  destruct (set_created_ok (rc_update s b y h None) (box_fresh 1 q) h
    (tbl_len (rc_boxes s))) as (?&Hsame&Hview).
  - done.
  - by eapply tbl_get_set_same.
  - by rewrite /= tbl_len_set.
  - by apply fresh_ok.
  - split; [done|]. split; last first.
    { rewrite Hview -(tbl_len_set (rc_boxes s) b y) /=.
      by rewrite (view_pushed _ _ q). }
    split.
    { rewrite /rc_move /=. by apply tbl_get_push_old. }
    intros j Hj. rewrite Hsame //. by apply Hviews.
Qed.
Lemma hollow_ok s h b x p : rc_inv s → rc_find s h = ViewStrong b x p →
  box_strong x = 1 → box_weak x ≠ 1 →
  let y := Some (box_hollow x (box_weak x - 1)) in
  rc_inv (rc_update s b y h None) ∧ rc_after s (rc_update s b y h None) h b y.
Proof.
  intros Hinv Hfind ??.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (end_ok s h b x p (HandleStrong b)) as (Hi&Ha&_); [by auto..|].
  rewrite /box_left decide_False // in Hi Ha.
Qed.
Lemma rc_model_make_mut_spec s h b x p q : rc_inv s →
  rc_find s h = ViewStrong b x p → word_ok q →
  ∃ s' b' x' es, rc_step s (RcMakeMut h q) = (s', RcChanged es) ∧
    rc_find s' h = ViewStrong b' x' q ∧
    if decide (box_strong x = 1) then
      es = [] ∧
      if decide (box_weak x = 1) then
        b' = b ∧ x' = box_with_content x q ∧ rc_after s s' h b (Some x')
      else
        tbl_get (rc_boxes s) b' = None ∧ x' = box_fresh 1 q ∧
        rc_after s s' h b (Some (box_hollow x (box_weak x - 1)))
    else
      es = [RcPayloadCloned p] ∧
      tbl_get (rc_boxes s) b' = None ∧ x' = box_fresh 1 q ∧
      rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
Proof.
  intros Hinv Hfind Hq. rewrite /= /rc_make_mut Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite rc_make_mut_count_spec; [|lia..].
  repeat case_decide; try lia.
  - destruct (set_content_ok s h b x p q (HandleStrong b)) as (_&?&Hview); [done..|].
    eexists _, b, (box_with_content x q), []. split; [done|].
    split; [by rewrite Hview /= (open_content_set _ _ x _ q)|]. done.
  - destruct (hollow_ok s h b x p) as [Hi Ha]; [done..|].
    destruct (move_ok s h b _ q Hi Ha) as (_&?&?); [by rewrite Hh|done|].
    eexists _, (tbl_len (rc_boxes s)), (box_fresh 1 q), []. split; [done|]. split; [done|].
    split; [done|]. split; [apply fresh_box|]. done.
  - destruct (unshare_ok s h b x p (HandleStrong b)) as (Hi&Ha&_); [by auto..|].
    destruct (move_ok s h b _ q Hi Ha) as (_&?&?); [by rewrite Hh|done|].
    eexists _, (tbl_len (rc_boxes s)), (box_fresh 1 q), [RcPayloadCloned p]. split; [done|]. split; [done|].
    split; [done|]. split; [apply fresh_box|]. done.
Qed.
Lemma make_mut_step_inv s h q : rc_inv s → word_ok q →
  rc_inv (rc_make_mut s h q).1.
Proof.
  intros Hinv Hq. rewrite /rc_make_mut.
  destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind; try done.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite rc_make_mut_count_spec; [|lia..].
  repeat case_decide; simpl.
  - by apply (set_content_ok s h b x p q (HandleStrong b)).
  - destruct (hollow_ok s h b x p) as [Hi Ha]; [done..|].
    apply (move_ok s h b _ q Hi Ha); [by rewrite Hh|done].
  - destruct (unshare_ok s h b x p (HandleStrong b)) as (Hi&Ha&_); [by auto..|].
    apply (move_ok s h b _ q Hi Ha); [by rewrite Hh|done].
Qed.
Lemma rc_model_try_unwrap_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  if decide (box_strong x = 1) then
    ∃ s', rc_step s (RcTryUnwrap h) = (s', RcTaken p (rc_freed b (box_left x))) ∧
      rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x)
  else rc_step s (RcTryUnwrap h) = (s, RcHandedBack h).
Proof.
  intros Hinv Hfind. rewrite /= /rc_try_unwrap Hfind count_last_eq.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  case_decide; [|by rewrite bool_decide_false].
  rewrite bool_decide_true // /rc_take (box_end_eq _ _ _ Hok).
  eexists. split; [done|].
  destruct (end_ok s h b x p (HandleStrong b)) as (_&?&?); by auto.
Qed.
(** A strong handle goes: with the content if it is the last, and else without. *)
Local Ltac strong_goes s h b x p Hinv Hfind :=
  let Hok := fresh "Hok" in let Hend := fresh "Hend" in
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (?&?&?&Hok&?&?&?);
  destruct (box_state_le _ _ _ Hok) as (?&?&Hend);
  rewrite rc_drop_count_spec; [|lia]; rewrite /rc_take Hend;
  repeat case_decide; try lia; eexists _, _; (split; [done|]);
  [destruct (end_ok s h b x p (HandleStrong b)) as (_&?&?); by auto
  |destruct (unshare_ok s h b x p (HandleStrong b)) as (_&?&?); by auto].
Lemma rc_model_into_inner_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  ∃ s' r, rc_step s (RcIntoInner h) = (s', r) ∧ rc_find s' h = ViewClosed ∧
    if decide (box_strong x = 1) then
      r = RcTaken p (rc_freed b (box_left x)) ∧ rc_after s s' h b (box_left x)
    else
      r = RcNone ∧
      rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
Proof.
  intros Hinv Hfind. rewrite /= /rc_into_inner Hfind.
  strong_goes s h b x p Hinv Hfind.
Qed.
Lemma rc_model_unwrap_or_clone_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  ∃ s' es, rc_step s (RcUnwrapOrClone h) = (s', RcTaken p es) ∧
    rc_find s' h = ViewClosed ∧
    if decide (box_strong x = 1) then
      es = rc_freed b (box_left x) ∧ rc_after s s' h b (box_left x)
    else
      es = [RcPayloadCloned p] ∧
      rc_after s s' h b (Some (box_with_strong x (box_strong x - 1))).
Proof.
  intros Hinv Hfind. rewrite /= /rc_unwrap_or_clone Hfind.
  strong_goes s h b x p Hinv Hfind.
Qed.

(** ** Weak handles *)
Lemma watched_facts s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
  tbl_get (rc_boxes s) b = Some (Some x) ∧ box_state_ok s b x ∧
  rc_step s (RcDowngrade h) = rc_watch s b x.
Proof.
  intros Hinv [Hfind|Hfind]; rewrite /= /rc_downgrade Hfind.
  - by destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (_&?&_&?&_).
  - by destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (_&?&_&?&_).
Qed.
Lemma rc_model_downgrade_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
  box_weak x < word_max →
  let x' := box_with_weak x (box_weak x + 1) in
  ∃ s' h', rc_step s (RcDowngrade h) = (s', RcHandle h') ∧
    rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewWeak b x' ∧
    rc_after s s' h' b (Some x').
Proof.
  intros Hinv Hfind ? x'. destruct (watched_facts _ _ _ _ _ Hinv Hfind) as (?&Hok&->).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite watch_eq; [|lia]. eexists _, _. split; [done|].
  split; [apply rc_find_next|]. by destruct (watch_ok s b x) as (_&?&?).
Qed.
Lemma rc_model_downgrade_abort_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p ∨ rc_find s h = ViewUnique b x p →
  (rc_step s (RcDowngrade h)).2 = RcAborted ↔ box_weak x = word_max.
Proof.
  intros Hinv Hfind. destruct (watched_facts _ _ _ _ _ Hinv Hfind) as (?&Hok&->).
  destruct (box_state_le _ _ _ Hok) as (?&?&_). by apply watch_abort.
Qed.
Lemma rc_model_weak_clone_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x → box_weak x < word_max →
  let x' := box_with_weak x (box_weak x + 1) in
  ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
    rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewWeak b x' ∧
    rc_after s s' h' b (Some x').
Proof.
  intros Hinv Hfind ? x'. rewrite /= /rc_clone Hfind.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  rewrite watch_eq; [|lia]. eexists _, _. split; [done|].
  split; [apply rc_find_next|]. by destruct (watch_ok s b x) as (_&?&?).
Qed.
Lemma rc_model_weak_drop_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x →
  let y := if decide (box_weak x = 1) then None
           else Some (box_with_weak x (box_weak x - 1)) in
  ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_freed b y)) ∧
    rc_find s' h = ViewClosed ∧ rc_after s s' h b y.
Proof.
  intros Hinv Hfind y. rewrite /= /rc_drop Hfind.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&?&_).
  destruct (unwatch_ok s h b x Hinv Hfind) as (_&?&?).
  rewrite /weak_drop_count rc_drop_count_spec; [|lia]. rewrite /y.
  repeat case_decide; try lia; by eexists.
Qed.
Lemma rc_model_upgrade_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x → 0 < box_strong x < word_max →
  let x' := box_with_strong x (box_strong x + 1) in
  ∃ s' h' p, rc_step s (RcUpgrade h) = (s', RcHandle h') ∧
    rc_find s h' = ViewClosed ∧ rc_find s' h' = ViewStrong b x' p ∧
    rc_after s s' h' b (Some x').
Proof.
  intros Hinv Hfind ? x'. rewrite /= /rc_upgrade Hfind.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
  rewrite weak_upgrade_count_spec; [|lia]. rewrite !decide_False; [|lia..].
  destruct (box_content x) as [p|] eqn:Hc; last first.
  { destruct Hok as (_&_&_&_&_&_&Hok). rewrite Hc in Hok. lia. }
  eexists _, _, p. split; [done|]. split; [apply rc_find_next|].
  destruct (share_ok s b x p (HandleStrong b)) as (_&?&Hview); [by auto with lia..|].
  split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.
Lemma rc_model_upgrade_none_spec s h b x :
  rc_find s h = ViewWeak b x → box_strong x = 0 →
  rc_step s (RcUpgrade h) = (s, RcNone).
Proof. by rewrite /= /rc_upgrade=> -> ->. Qed.
Lemma rc_model_upgrade_abort_spec s h b x : rc_inv s →
  rc_find s h = ViewWeak b x →
  (rc_step s (RcUpgrade h)).2 = RcAborted ↔ box_strong x = word_max.
Proof.
  intros Hinv Hfind. rewrite /= /rc_upgrade Hfind.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
  destruct (box_state_le _ _ _ Hok) as (?&_&_).
  rewrite weak_upgrade_count_spec; [|lia].
  repeat case_decide; simpl; unfold word_max in *; naive_solver lia.
Qed.
Lemma close_dangling s h : rc_find s h = ViewDangling →
  rc_same_but s (rc_set_handle s h None) h ∧
  rc_find (rc_set_handle s h None) h = ViewClosed ∧
  (rc_inv s → rc_inv (rc_set_handle s h None)).
Proof.
  intros Hh%rc_find_dangling. split; [|split].
  - intros j Hj. by rewrite /rc_find /= tbl_get_set_other.
  - by rewrite /rc_find /= (tbl_get_set_same _ _ _ _ Hh).
  - intros Hinv. apply (rc_inv_dangling s (tbl_set _ _ _)); [done|..].
    + intros b. rewrite !(tbl_count_set _ _ _ _ _ Hh) /=.
      rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles. lia.
    + intros j k. rewrite tbl_get_set Hh. case: Z.eqb_spec; naive_solver.
Qed.
Lemma rc_model_dangling_spec s h : rc_find s h = ViewDangling →
  rc_step s (RcUpgrade h) = (s, RcNone) ∧
  rc_step s (RcStrongCount h) = (s, RcCount 0) ∧
  rc_step s (RcWeakCount h) = (s, RcCount 0) ∧
  rc_step s (RcClone h) = rc_step s RcWeakNew ∧
  ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
    rc_find s' h = ViewClosed ∧ rc_same_but s s' h.
Proof.
  intros Hfind. destruct (close_dangling _ _ Hfind) as (?&?&_).
  rewrite /= /rc_upgrade /rc_strong_count /rc_weak_count /rc_clone /rc_drop Hfind.
  do 4 (split; [done|]). by eexists.
Qed.
