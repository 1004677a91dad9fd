(** * [Rc], the proofs: every step keeps the invariant, and what that says

That no handle dangles, what a count of 1 tells, what is not freed in the end, and
that nothing is freed twice. *)
From tally.model.proof Require Export rc_tags.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The invariant *)
Lemma rc_model_init_inv : rc_inv rc_init.
Proof. by split. Qed.

Lemma take_step_inv s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p → box_strong x = 1 →
  rc_inv (rc_take s h b x p).1.
Proof.
  intros Hinv Hfind ?.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  rewrite /rc_take (box_end_eq _ _ _ Hok) /=.
  apply (end_ok s h b x p (HandleStrong b)); by auto.
Qed.
Lemma less_step_inv s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p → box_strong x ≠ 1 →
  rc_inv (rc_update s b (Some (box_with_strong x (box_strong x - 1))) h None).
Proof.
  intros Hinv Hfind ?.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  apply (unshare_ok s h b x p (HandleStrong b)); by auto.
Qed.
(** What a step does to the invariant is what its parts do. *)
Lemma rc_model_step_inv s o : rc_op_ok o → rc_inv s → rc_inv (rc_step s o).1.
Proof.
  intros Ho Hinv. destruct o as [p|h|h|h|h|h|h q|h q|h h'|h|h|h|h|h| |h|h|h|h|p|p|h|h|h n];
    simpl in *.
  - by apply new_ok.
  - rewrite /rc_clone. destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind;
      try done.
    + by apply weak_new_ok.
    + destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      apply (share_step_inv s b x p); by auto.
    + destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
      by apply watch_step_inv.
  - rewrite /rc_drop. destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind;
      try done.
    + by apply close_dangling.
    + destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      apply (unshare_step_inv s h b x p (HandleStrong b)); by auto.
    + destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      rewrite (box_end_eq _ _ _ Hok) /=.
      apply (end_ok s h b x p (HandleUnique b)); by auto.
    + destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
      destruct (box_state_le _ _ _ Hok) as (?&?&_).
      destruct (unwatch_ok s h b x Hinv Hfind) as (Hi&_&_).
      rewrite /weak_drop_count rc_drop_count_spec; [|lia].
      repeat case_decide; (done || lia).
  - rewrite /rc_strong_count. by destruct (rc_find s h).
  - rewrite /rc_weak_count. by destruct (rc_find s h).
  - rewrite /rc_get. by destruct (rc_find s h).
  - rewrite /rc_set. destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind;
      try done.
    + destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      destruct (rc_counts_unique _ _); [|done].
      by apply (set_content_ok s h b x p q (HandleStrong b)).
    + destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      by apply (set_content_ok s h b x p q (HandleUnique b)).
  - by apply make_mut_step_inv.
  - rewrite /rc_ptr_eq. destruct (rc_find s h); try done; by destruct (rc_find s h').
  - rewrite /rc_try_unwrap. destruct (rc_find s h) eqn:Hfind; try done.
    rewrite count_last_eq. case_bool_decide; [|done]. by apply take_step_inv.
  - rewrite /rc_into_inner.
    destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind; try done.
    destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    destruct (box_state_le _ _ _ Hok) as (?&_&_).
    rewrite rc_drop_count_spec; [|lia]. case_decide; [by apply take_step_inv|].
    by apply (less_step_inv s h b x p).
  - rewrite /rc_unwrap_or_clone.
    destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind; try done.
    destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    destruct (box_state_le _ _ _ Hok) as (?&_&_).
    rewrite rc_drop_count_spec; [|lia]. case_decide; [by apply take_step_inv|].
    by apply (less_step_inv s h b x p).
  - rewrite /rc_downgrade.
    destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind; try done.
    + destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      by apply watch_step_inv.
    + destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
      by apply watch_step_inv.
  - destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind;
      rewrite /rc_upgrade Hfind //.
    destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
    destruct (box_state_le _ _ _ Hok) as (?&_&_).
    rewrite weak_upgrade_count_spec; [|lia]. repeat case_decide; try done.
    destruct (box_content x) as [p|] eqn:Hc; last first.
    { destruct Hok as (_&_&_&_&_&_&Hok). rewrite Hc in Hok. lia. }
    apply (share_ok s b x p (HandleStrong b)); auto with lia.
  - by apply weak_new_ok.
  - rewrite /rc_into_raw. destruct (rc_find s h) as [| |b x p| | |] eqn:Hfind; try done.
    destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    apply (retag_ok s h b x p (HandleStrong b) (HandleRaw b)); by auto.
  - rewrite /rc_from_raw. destruct (rc_find s h) as [| | |b x p| |] eqn:Hfind; try done.
    destruct (raw_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    apply (retag_ok s h b x p (HandleRaw b) (HandleStrong b)); by auto.
  - rewrite /rc_increment. destruct (rc_find s h) as [| | |b x p| |] eqn:Hfind; try done.
    destruct (raw_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    apply (share_step_inv s b x p); by auto.
  - rewrite /rc_decrement. destruct (rc_find s h) as [| | |b x p| |] eqn:Hfind; try done.
    destruct (raw_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    apply (unshare_step_inv s h b x p (HandleRaw b)); by auto.
  - by apply new_cyclic_ok.
  - by apply unique_new_ok.
  - rewrite /rc_unique_into_rc.
    destruct (rc_find s h) as [| | | |b x p|] eqn:Hfind; try done.
    destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    apply (change_ok s h b x _ (HandleUnique b) (HandleStrong b)); try done.
    rewrite /= !Z.eqb_refl /=. unfold box_state_ok, rc_box_ok, box_implicit in *.
    rewrite /= Hc in Hok |- *. unfold word_max in *. intuition lia.
  - rewrite /rc_try_into_unique.
    destruct (rc_find s h) as [| |b x p| | |] eqn:Hfind; try done.
    destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
    rewrite counts_unique_eq. case_bool_decide; [|done].
    apply (change_ok s h b x _ (HandleStrong b) (HandleUnique b)); try done.
    rewrite /= !Z.eqb_refl /=. unfold box_state_ok, rc_box_ok, box_implicit in *.
    rewrite /= Hc in Hok |- *. unfold word_max in *. intuition lia.
  - destruct (rc_find s h) as [| |b x p|b x p|b x p|b x] eqn:Hfind;
      rewrite /rc_leak Hfind //.
    + destruct (word_checked_add (box_strong x) n) as [m|] eqn:Hm; [|done].
      pose proof Hm as [? ->]%word_checked_add_Some. destruct Ho.
      destruct (leak_ok s h b x p n) as (Heq&Hi&_); [done..|].
      rewrite /= /rc_leak Hfind Hm in Heq. apply (f_equal fst) in Heq.
      by rewrite Heq.
    + destruct (word_checked_add (box_weak x) n) as [m|] eqn:Hm; [|done].
      pose proof Hm as [? ->]%word_checked_add_Some. destruct Ho.
      destruct (weak_leak_ok s h b x n) as (Heq&Hi&_); [done..|].
      rewrite /= /rc_leak Hfind Hm in Heq. apply (f_equal fst) in Heq.
      by rewrite Heq.
Qed.
Lemma rc_model_run_inv s os :
  Forall rc_op_ok os → rc_inv s → rc_inv (rc_run s os).1.
Proof.
  intros Hos. revert s. induction Hos as [|o os Ho _ IH]; intros s Hinv; [done|].
  pose proof (rc_model_step_inv _ _ Ho Hinv) as Hstep. simpl.
  destruct (rc_step s o) as [s' r]. specialize (IH s' Hstep).
  destruct (rc_run s' os) as [s'' rs]. by destruct r.
Qed.

(** ** What the invariant says *)
Lemma rc_model_live_spec s h k : rc_inv s →
  tbl_get (rc_handles s) h = Some (Some k) →
  rc_find s h ≠ ViewClosed ∧ rc_seen_box (rc_find s h) = rc_points_to (Some k).
Proof.
  intros [Hbox Hlive] Hh. rewrite (rc_find_view _ _ _ Hh).
  destruct k as [b|b|b|b|]; simpl; [..|done];
    destruct (Hlive _ _ b Hh) as [x Hb]; try done;
    pose proof (Hbox _ _ Hb) as Hok;
    destruct (handle_count _ _ _ b Hh) as (Hs&_&Hu);
    rewrite /= ?Z.eqb_refl /= in Hs Hu;
    rewrite /rc_open_content /rc_open_box Hb //;
    destruct Hok as (?&?&?&?&?&?&Hc);
    destruct (box_content x); (done || lia).
Qed.
Lemma seen_points s j b : rc_seen_box (rc_find s j) = Some b →
  ∃ k, tbl_get (rc_handles s) j = Some k ∧ rc_points_to k = Some b.
Proof.
  destruct (rc_find s j) eqn:Hj; simpl; intros ?; simplify_eq.
  - apply rc_find_strong in Hj as [? _]. by eexists.
  - apply rc_find_raw in Hj as [? _]. by eexists.
  - apply rc_find_unique in Hj as [? _]. by eexists.
  - apply rc_find_weak in Hj as [? _]. by eexists.
Qed.
Lemma sees_strong s j b :
  rc_sees_content (rc_find s j) = Some b → rc_unique_handles s b = 0 →
  ∃ k, tbl_get (rc_handles s) j = Some k ∧ rc_is_strong b k = true.
Proof.
  destruct (rc_find s j) eqn:Hj; simpl; intros ? Hu; simplify_eq.
  - apply rc_find_strong in Hj as [? _]. eexists. split; [done|]. apply Z.eqb_refl.
  - apply rc_find_raw in Hj as [? _]. eexists. split; [done|]. apply Z.eqb_refl.
  - apply rc_find_unique in Hj as [Hj _].
    destruct (handle_count _ _ _ b Hj) as (_&_&Hpos).
    rewrite /= Z.eqb_refl /= in Hpos. lia.
Qed.
Lemma strong_sees s j b k : rc_inv s →
  tbl_get (rc_handles s) j = Some k → rc_is_strong b k = true →
  rc_sees_content (rc_find s j) = Some b.
Proof.
  intros Hinv Hj Hk. destruct k as [k|]; [|done].
  destruct (rc_model_live_spec _ _ _ Hinv Hj) as [Hv _].
  rewrite (rc_find_view _ _ _ Hj) in Hv |- *.
  destruct k; simpl in *; try done; apply Z.eqb_eq in Hk; subst;
    by destruct (rc_open_content (rc_boxes s) b) as [[]|].
Qed.
Lemma rc_model_last_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  box_strong x = 1 ↔
    box_leaked x = 0 ∧ ∀ j, rc_sees_content (rc_find s j) = Some b → j = h.
Proof.
  intros Hinv Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct Hok as (Heq&?&?&_). split.
  - intros Hone. split; [lia|]. intros j Hj.
    destruct (sees_strong _ _ _ Hj) as (k&Hk&Hs); [done|].
    destruct (decide (j = h)) as [|Hne]; [done|].
    pose proof (tbl_count_get_2 (rc_is_strong b) _ _ _ _ _ Hne Hk Hh) as Htwo.
    rewrite Hs /= Z.eqb_refl /= in Htwo. rewrite /rc_strong_handles in Heq. lia.
  - intros [Hl Honly]. rewrite Heq Hl /rc_strong_handles.
    rewrite (tbl_count_1 _ _ h _ Hh) //=; [by apply Z.eqb_refl|].
    intros j k Hj Hk. apply Honly. by eapply strong_sees.
Qed.
Lemma rc_model_alone_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  box_strong x = 1 ∧ box_weak x = 1 ↔
    box_leaked x = 0 ∧ box_weak_leaked x = 0 ∧
    ∀ j, rc_seen_box (rc_find s j) = Some b → j = h.
Proof.
  intros Hinv Hfind. pose proof (rc_model_last_spec _ _ _ _ _ Hinv Hfind) as Hlast.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&Hu).
  destruct Hok as (Heq&Hweq&?&?&?&?&_). rewrite /box_implicit Hc in Hweq.
  pose proof (rc_census_nonneg s b). split.
  - intros [Hone Hw1]. apply Hlast in Hone as [Hl Honly]. split; [done|]. split; [lia|].
    intros j Hj. destruct (rc_find s j) eqn:Hview; simpl in Hj; simplify_eq;
      try (apply Honly; by rewrite Hview).
    destruct (weak_facts _ _ _ _ Hinv Hview) as (_&_&_&?&_). lia.
  - intros (Hl&Hwl&Honly). split.
    { apply Hlast. split; [done|]. intros j Hj. apply Honly.
      by destruct (rc_find s j). }
    assert (rc_weak_handles_of s b = 0); [|lia].
    apply tbl_count_0. intros j k Hj. destruct (rc_is_weak b k) eqn:Hk; [|done].
    destruct k as [[| | |b'|]|]; simpl in Hk; try done. apply Z.eqb_eq in Hk as ->.
    destruct (rc_model_live_spec _ _ _ Hinv Hj) as [_ Hseen].
    apply Honly in Hseen as ->. congruence.
Qed.

Lemma unfreed_elem b boxes n :
  b ∈ rc_unfreed n boxes ↔ ∃ x, tbl_get boxes (b - n) = Some (Some x).
Proof.
  revert n. induction boxes as [|[x|] boxes IH]; intros n; simpl.
  - split; [by intros ?%elem_of_nil|by intros []].
  - rewrite elem_of_cons IH. case: Z.eqb_spec=> Hb.
    + split; [by eexists|]. intros _. left. lia.
    + replace (b - Z.succ n) with (Z.pred (b - n)) by lia.
      split; [intros [->|?]; [lia|done]|by right].
  - rewrite IH. case: Z.eqb_spec=> Hb.
    + split; [|naive_solver]. intros [x ?%tbl_get_range]. lia.
    + by replace (b - Z.succ n) with (Z.pred (b - n)) by lia.
Qed.
Lemma rc_model_leaks_spec s b : rc_inv s →
  (∀ h, rc_find s h = ViewClosed) →
  b ∈ rc_leaks s ↔ ∃ x, tbl_get (rc_boxes s) b = Some (Some x) ∧
    (box_leaked x ≠ 0 ∨ box_weak_leaked x ≠ 0).
Proof.
  intros Hinv Hclosed. rewrite /rc_leaks unfreed_elem Z.sub_0_r.
  split; [|naive_solver]. intros [x Hb]. exists x. split; [done|].
  pose proof (proj1 Hinv _ _ Hb) as (Hs&Hw&_&_&_&?&Hc).
  assert (∀ j k, tbl_get (rc_handles s) j = Some k → k = None) as Hnone.
  { intros j [k|] Hj; [|done].
    by destruct (rc_model_live_spec _ _ _ Hinv Hj) as [[] _]. }
  assert (rc_strong_handles s b = 0 ∧ rc_weak_handles_of s b = 0 ∧
    rc_unique_handles s b = 0) as (Hs0&Hw0&Hu0).
  { repeat split; apply tbl_count_0; intros j k Hj; by rewrite (Hnone _ _ Hj). }
  rewrite /box_implicit in Hw. destruct (box_content x); lia.
Qed.

Lemma open_other s h b0 b : tbl_get (rc_boxes s) b = Some None →
  rc_seen_box (rc_find s h) = Some b0 → b ≠ b0.
Proof.
  intros Hb Hseen ->. destruct (rc_find s h) eqn:Hv; simpl in Hseen; simplify_eq.
  - apply rc_find_strong in Hv. naive_solver.
  - apply rc_find_raw in Hv. naive_solver.
  - apply rc_find_unique in Hv. naive_solver.
  - apply rc_find_weak in Hv. naive_solver.
Qed.
Lemma rc_model_freed_once_spec s o b :
  tbl_get (rc_boxes s) b = Some None →
  tbl_get (rc_boxes (rc_step s o).1) b = Some None ∧
  RcMemoryFreed b ∉ rc_events (rc_step s o).2.
Proof.
  intros Hb.
  assert (∀ h b0, rc_seen_box (rc_find s h) = Some b0 → b ≠ b0) as Hne.
  { intros h b0. by apply open_other. }
  destruct o as [p|h|h|h|h|h|h q|h q|h h'|h|h|h|h|h| |h|h|h|h|p|p|h|h|h n]; simpl;
    rewrite /rc_clone /rc_drop /rc_strong_count /rc_weak_count /rc_get /rc_set
      /rc_make_mut /rc_ptr_eq /rc_try_unwrap /rc_into_inner /rc_unwrap_or_clone
      /rc_downgrade /rc_upgrade /rc_into_raw /rc_from_raw /rc_increment
      /rc_decrement /rc_unique_into_rc /rc_try_into_unique /rc_leak /rc_share
      /rc_watch /rc_unshare /rc_take /rc_move /rc_dropped /rc_freed;
    try (pose proof (Hne h) as Hh; destruct (rc_find s h); simpl in Hh;
         try (specialize (Hh _ eq_refl)));
    repeat case_match; simpl;
    (split;
     [repeat first [done|apply tbl_get_push_old|rewrite tbl_get_set_other //]
     |set_solver]).
Qed.
