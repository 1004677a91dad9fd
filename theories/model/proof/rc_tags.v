(** * [Rc], the proofs: raw and unique handles, and forgotten ones

What the conversions from one kind of handle to another do, and what is refused. *)
From tally.model.proof Require Export rc_moves.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Raw pointers *)
Lemma retag_ok s h b x p k k' : rc_inv s →
  tbl_get (rc_handles s) h = Some (Some k) →
  k = HandleStrong b ∨ k = HandleRaw b → k' = HandleStrong b ∨ k' = HandleRaw b →
  tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
  let s' := rc_set_handle s h (Some k') in
  rc_inv s' ∧ rc_same_but s s' h ∧
  rc_find s' h = rc_view_of (rc_boxes s) (Some k').
Proof.
  intros Hinv Hh Hk Hk' Hb Hc s'.
  rewrite /s' (set_handle_update _ _ b (Some x)) //.
  destruct (change_ok s h b x x k k') as (?&[? Hviews]&Hview); [try done..|].
  - by destruct Hk as [->| ->].
  - by destruct Hk' as [->| ->].
  - assert (Z.b2z (rc_is_strong b (Some k)) = Z.b2z (rc_is_strong b (Some k')) ∧
      rc_is_weak b (Some k) = rc_is_weak b (Some k') ∧
      rc_is_unique b (Some k) = rc_is_unique b (Some k')) as (->&->&->).
    { by destruct Hk as [->| ->], Hk' as [->| ->]. }
    rewrite !Z.sub_add. by apply (proj1 Hinv).
  - split; [done|]. rewrite (tbl_set_get (rc_boxes s)) // in Hview. split; [|done].
    intros j Hj. by rewrite /rc_find /= (tbl_set_get (rc_boxes s)) // tbl_get_set_other.
Qed.
Lemma open_content_get boxes b x p :
  tbl_get boxes b = Some (Some x) → box_content x = Some p →
  rc_open_content boxes b = Some (x, p).
Proof. by rewrite /rc_open_content /rc_open_box=> -> ->. Qed.
Lemma rc_model_from_raw_spec s h b x p : rc_inv s →
  rc_find s h = ViewRaw b x p →
  ∃ s', rc_step s (RcFromRaw h) = (s', RcHandle h) ∧
    rc_find s' h = ViewStrong b x p ∧ rc_same_but s s' h.
Proof.
  intros Hinv Hfind. rewrite /= /rc_from_raw Hfind.
  destruct (raw_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (retag_ok s h b x p (HandleRaw b) (HandleStrong b)) as (_&?&Hview);
    [by auto..|].
  eexists. split; [done|]. split; [|done].
  by rewrite Hview /= (open_content_get _ _ x p).
Qed.
Lemma rc_model_into_raw_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  ∃ s', rc_step s (RcIntoRaw h) = (s', RcHandle h) ∧
    rc_find s' h = ViewRaw b x p ∧ rc_same_but s s' h ∧
    rc_step s' (RcFromRaw h) = (s, RcHandle h).
Proof.
  intros Hinv Hfind. rewrite /= /rc_into_raw Hfind.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  destruct (retag_ok s h b x p (HandleStrong b) (HandleRaw b)) as (_&?&Hview);
    [by auto..|].
  rewrite /= (open_content_get _ _ x p) // in Hview.
  eexists. split; [done|]. do 2 (split; [done|]).
  rewrite /rc_from_raw Hview /rc_set_handle /= tbl_set_set.
  rewrite (tbl_set_get (rc_handles s)) //. by destruct s.
Qed.
Lemma rc_model_decrement_spec s h b x p : rc_inv s →
  rc_find s h = ViewRaw b x p →
  rc_step s (RcDecrement h) = rc_step (rc_step s (RcFromRaw h)).1 (RcDrop h).
Proof.
  intros Hinv Hfind.
  destruct (rc_model_from_raw_spec _ _ _ _ _ Hinv Hfind) as (s'&Heq&Hview&_).
  rewrite Heq /= /rc_drop Hview /rc_decrement Hfind.
  rewrite /= /rc_from_raw Hfind in Heq. simplify_eq.
  rewrite /rc_unshare /rc_update /rc_set_handle /= !tbl_set_set //.
Qed.

(** ** Unique handles *)
Lemma rc_model_unique_into_rc_spec s h b x p : rc_inv s →
  rc_find s h = ViewUnique b x p →
  let x' := box_with_strong x 1 in
  ∃ s', rc_step s (RcUniqueIntoRc h) = (s', RcHandle h) ∧
    rc_find s' h = ViewStrong b x' p ∧ rc_after s s' h b (Some x').
Proof.
  intros Hinv Hfind x'. rewrite /= /rc_unique_into_rc Hfind.
  destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  eexists. split; [done|].
  destruct (change_ok s h b x x' (HandleUnique b) (HandleStrong b))
    as (?&?&Hview); [try done..|].
  - rewrite /= !Z.eqb_refl /= /x'. unfold box_state_ok, rc_box_ok, box_implicit in *.
    rewrite /= Hc in Hok |- *. unfold word_max in *. intuition lia.
  - split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.
Lemma rc_model_unique_drop_spec s h b x p : rc_inv s →
  rc_find s h = ViewUnique b x p →
  ∃ s', rc_step s (RcDrop h) = (s', RcDropped (rc_dropped p b (box_left x))) ∧
    rc_find s' h = ViewClosed ∧ rc_after s s' h b (box_left x).
Proof.
  intros Hinv Hfind. rewrite /= /rc_drop Hfind.
  destruct (unique_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  rewrite (box_end_eq _ _ _ Hok). eexists. split; [done|].
  destruct (end_ok s h b x p (HandleUnique b)) as (_&?&?); by auto.
Qed.
Lemma rc_model_try_into_unique_spec s h b x p : rc_inv s →
  rc_find s h = ViewStrong b x p →
  if decide (box_strong x = 1 ∧ box_weak x = 1) then
    let x' := box_with_strong x 0 in
    ∃ s', rc_step s (RcTryIntoUnique h) = (s', RcHandle h) ∧
      rc_find s' h = ViewUnique b x' p ∧ rc_after s s' h b (Some x')
  else rc_step s (RcTryIntoUnique h) = (s, RcHandedBack h).
Proof.
  intros Hinv Hfind. rewrite /= /rc_try_into_unique Hfind counts_unique_eq.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  case_decide as Hone; [|by rewrite bool_decide_false].
  rewrite bool_decide_true //. eexists. split; [done|].
  destruct (change_ok s h b x (box_with_strong x 0) (HandleStrong b)
    (HandleUnique b)) as (?&?&Hview); [try done..|].
  - rewrite /= !Z.eqb_refl /=. unfold box_state_ok, rc_box_ok, box_implicit in *.
    rewrite /= Hc in Hok |- *. unfold word_max in *. intuition lia.
  - split; [|done]. by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.

(** ** Forgotten handles, and bad input *)
Lemma leak_ok s h b x p n : rc_inv s →
  rc_find s h = ViewStrong b x p → 0 ≤ n → box_strong x + n ≤ word_max →
  let x' := RcBox (box_strong x + n) (box_weak x) (box_leaked x + n)
              (box_weak_leaked x) (Some p) in
  rc_step s (RcLeak h n) = (rc_set_box s b (Some x'), RcLeaked) ∧
  rc_inv (rc_set_box s b (Some x')) ∧
  rc_find (rc_set_box s b (Some x')) h = ViewStrong b x' p ∧
  rc_after s (rc_set_box s b (Some x')) h b (Some x').
Proof.
  intros Hinv Hfind ?? x'.
  destruct (strong_facts _ _ _ _ _ Hinv Hfind) as (Hh&Hb&Hc&Hok&?&?&?).
  assert (word_wrapping_add (box_leaked x) n = box_leaked x + n) as Hleaked.
  { apply word_wrapping_add_small. destruct Hok as (?&?&?&?&?&?). lia. }
  split.
  { rewrite /= /rc_leak Hfind (proj2 (word_checked_add_Some _ _ (box_strong x + n))) //.
    by rewrite Hleaked /x' Hc. }
  destruct (change_ok s h b x x' (HandleStrong b) (HandleStrong b)) as (?&?&Hview);
    [try done..|].
  - rewrite !Z.sub_add /x'. unfold box_state_ok, rc_box_ok, box_implicit in *.
    rewrite /= Hc in Hok |- *. unfold word_max in *. intuition lia.
  - rewrite (set_box_update s h _ _ _ Hh). split; [done|]. split; [|done].
    by rewrite Hview /= (open_content_set _ _ x _ p).
Qed.
Lemma weak_leak_ok s h b x n : rc_inv s →
  rc_find s h = ViewWeak b x → 0 ≤ n → box_weak x + n ≤ word_max →
  let x' := RcBox (box_strong x) (box_weak x + n) (box_leaked x)
              (box_weak_leaked x + n) (box_content x) in
  rc_step s (RcLeak h n) = (rc_set_box s b (Some x'), RcLeaked) ∧
  rc_inv (rc_set_box s b (Some x')) ∧
  rc_find (rc_set_box s b (Some x')) h = ViewWeak b x' ∧
  rc_after s (rc_set_box s b (Some x')) h b (Some x').
Proof.
  intros Hinv Hfind ?? x'.
  destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
  assert (word_wrapping_add (box_weak_leaked x) n = box_weak_leaked x + n) as Hleaked.
  { apply word_wrapping_add_small. destruct Hok as (?&Hw&?&?&?&?&_).
    rewrite /box_implicit in Hw. destruct (box_content x); lia. }
  split.
  { rewrite /= /rc_leak Hfind (proj2 (word_checked_add_Some _ _ (box_weak x + n))) //.
    by rewrite Hleaked. }
  destruct (change_ok s h b x x' (HandleWeak b) (HandleWeak b)) as (?&?&Hview);
    [try done..|].
  - rewrite !Z.sub_add /x'. unfold box_state_ok, rc_box_ok, box_implicit in *.
    simpl. destruct (box_content x); intuition lia.
  - rewrite (set_box_update s h _ _ _ Hh). split; [done|]. split; [|done].
    by rewrite Hview /= /rc_open_box (tbl_get_set_same _ _ _ _ Hb).
Qed.
Lemma rc_model_leak_spec s h b x p n : rc_inv s →
  rc_find s h = ViewStrong b x p → 0 ≤ n → box_strong x + n ≤ word_max →
  let x' := RcBox (box_strong x + n) (box_weak x) (box_leaked x + n)
              (box_weak_leaked x) (Some p) in
  ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
    rc_find s' h = ViewStrong b x' p ∧ rc_after s s' h b (Some x').
Proof.
  intros Hinv Hfind ?? x'. eexists.
  by destruct (leak_ok s h b x p n) as (?&_&?&?).
Qed.
Lemma rc_model_weak_leak_spec s h b x n : rc_inv s →
  rc_find s h = ViewWeak b x → 0 ≤ n → box_weak x + n ≤ word_max →
  let x' := RcBox (box_strong x) (box_weak x + n) (box_leaked x)
              (box_weak_leaked x + n) (box_content x) in
  ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
    rc_find s' h = ViewWeak b x' ∧ rc_after s s' h b (Some x').
Proof.
  intros Hinv Hfind ?? x'. eexists.
  by destruct (weak_leak_ok s h b x n) as (?&_&?&?).
Qed.
Lemma rc_model_bad_handle_spec s o h :
  rc_op_handle o = Some h → rc_find s h = ViewClosed →
  rc_step s o = (s, RcBadHandle).
Proof.
  intros Ho Hfind. destruct o; simpl in *; simplify_eq;
    rewrite /rc_clone /rc_drop /rc_strong_count /rc_weak_count /rc_get /rc_set
      /rc_make_mut /rc_ptr_eq /rc_try_unwrap /rc_into_inner /rc_unwrap_or_clone
      /rc_downgrade /rc_upgrade /rc_into_raw /rc_from_raw /rc_increment
      /rc_decrement /rc_unique_into_rc /rc_try_into_unique /rc_leak Hfind //.
Qed.
