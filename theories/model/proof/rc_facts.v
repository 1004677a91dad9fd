(** * [Rc], the proofs: what the parts of the operations do

The operations are made of few parts: one more share, one share less, the end of the
content, one more weak handle, a change of what a box holds. Each is shown here to
keep the invariant, and what everybody sees afterwards; the files that follow put
them together. *)
From tally.model Require Export rc_model rc_invariant rc_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The counts alone *)
Lemma rc_clone_count_spec n : 0 < n ≤ word_max →
  rc_clone_count n =
    if decide (n = word_max) then CloneAborted else CloneStored (n + 1).
Proof.
  intros Hn. rewrite /rc_clone_count. case_decide as Hmax.
  - by rewrite Hmax.
  - rewrite word_wrapping_add_small; [|lia].
    by destruct (word_eqb_spec (n + 1) 0); [lia|].
Qed.
Lemma rc_drop_count_spec n : 0 < n ≤ word_max →
  rc_drop_count n = if decide (n = 1) then DropLast else DropStored (n - 1).
Proof.
  intros Hn. rewrite /rc_drop_count word_wrapping_sub_small; [|lia].
  destruct (word_eqb_spec (n - 1) 0); case_decide; (done || lia).
Qed.
Lemma counts_unique_eq strong weak :
  rc_counts_unique strong weak = bool_decide (strong = 1 ∧ weak = 1).
Proof.
  rewrite /rc_counts_unique.
  destruct (word_eqb_spec weak 1), (word_eqb_spec strong 1); simpl;
    case_bool_decide; naive_solver.
Qed.
Lemma count_last_eq strong : rc_count_last strong = bool_decide (strong = 1).
Proof.
  rewrite /rc_count_last. destruct (word_eqb_spec strong 1); by case_bool_decide.
Qed.

Section parts.
  Implicit Types (s : rc_state) (h b : word) (x : rc_box) (p q n : word).

  Definition box_state_ok s b x : Prop :=
    rc_box_ok (rc_strong_handles s b) (rc_weak_handles_of s b)
      (rc_unique_handles s b) x.

  Lemma handle_count s h k b :
    tbl_get (rc_handles s) h = Some k →
    Z.b2z (rc_is_strong b k) ≤ rc_strong_handles s b ∧
    Z.b2z (rc_is_weak b k) ≤ rc_weak_handles_of s b ∧
    Z.b2z (rc_is_unique b k) ≤ rc_unique_handles s b.
  Proof. intros Hh. repeat split; by eapply tbl_count_get. Qed.

  (** What is known of the box of a handle. *)
  Lemma shared_facts s h b x p k : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    k = HandleStrong b ∨ k = HandleRaw b →
    tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
    box_state_ok s b x ∧ 1 ≤ box_strong x ∧ 1 ≤ rc_strong_handles s b ∧
    rc_unique_handles s b = 0.
  Proof.
    intros [Hbox _] Hh Hk Hb Hc. pose proof (Hbox _ _ Hb) as Hok.
    assert (1 ≤ rc_strong_handles s b) as Hpos.
    { destruct (handle_count s h (Some k) b Hh) as [Hs _].
      by destruct Hk; subst k; rewrite /= Z.eqb_refl /= in Hs. }
    split; [done|]. rewrite /rc_box_ok Hc in Hok. lia.
  Qed.
  Lemma strong_facts s h b x p : rc_inv s → rc_find s h = ViewStrong b x p →
    tbl_get (rc_handles s) h = Some (Some (HandleStrong b)) ∧
    tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p ∧
    box_state_ok s b x ∧ 1 ≤ box_strong x ∧ 1 ≤ rc_strong_handles s b ∧
    rc_unique_handles s b = 0.
  Proof.
    intros Hinv (Hh&Hb&Hc)%rc_find_strong. do 3 (split; [done|]).
    by apply (shared_facts s h b x p (HandleStrong b)); [..|left| |].
  Qed.
  Lemma raw_facts s h b x p : rc_inv s → rc_find s h = ViewRaw b x p →
    tbl_get (rc_handles s) h = Some (Some (HandleRaw b)) ∧
    tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p ∧
    box_state_ok s b x ∧ 1 ≤ box_strong x ∧ 1 ≤ rc_strong_handles s b ∧
    rc_unique_handles s b = 0.
  Proof.
    intros Hinv (Hh&Hb&Hc)%rc_find_raw. do 3 (split; [done|]).
    by apply (shared_facts s h b x p (HandleRaw b)); [..|right| |].
  Qed.
  Lemma unique_facts s h b x p : rc_inv s → rc_find s h = ViewUnique b x p →
    tbl_get (rc_handles s) h = Some (Some (HandleUnique b)) ∧
    tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p ∧
    box_state_ok s b x ∧ box_strong x = 0 ∧ rc_strong_handles s b = 0 ∧
    rc_unique_handles s b = 1.
  Proof.
    intros [Hbox Hlive] (Hh&Hb&Hc)%rc_find_unique. do 3 (split; [done|]).
    pose proof (Hbox _ _ Hb) as Hok. split; [done|].
    destruct (handle_count s h _ b Hh) as (_&_&Hu).
    rewrite /= Z.eqb_refl /= in Hu. pose proof (rc_census_nonneg s b).
    rewrite /rc_box_ok Hc in Hok. lia.
  Qed.
  Lemma weak_facts s h b x : rc_inv s → rc_find s h = ViewWeak b x →
    tbl_get (rc_handles s) h = Some (Some (HandleWeak b)) ∧
    tbl_get (rc_boxes s) b = Some (Some x) ∧
    box_state_ok s b x ∧ 1 ≤ rc_weak_handles_of s b ∧ 0 ≤ box_strong x.
  Proof.
    intros [Hbox Hlive] (Hh&Hb)%rc_find_weak. do 2 (split; [done|]).
    pose proof (Hbox _ _ Hb) as Hok. split; [done|].
    destruct (handle_count s h _ b Hh) as (_&Hw&_).
    rewrite /= Z.eqb_refl /= in Hw. pose proof (rc_census_nonneg s b).
    rewrite /rc_box_ok in Hok. lia.
  Qed.

  Local Ltac box_arith x :=
    destruct x as [st wk lk wl [p0|]];
    unfold box_state_ok, rc_box_ok, box_implicit in *; simpl in *;
    rewrite ?Z.eqb_refl; simplify_eq/=; intuition lia.

  (** *** One more share *)
  Lemma share_ok s b x p k : rc_inv s →
    tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
    box_state_ok s b x → 1 ≤ box_strong x < word_max →
    k = HandleStrong b ∨ k = HandleRaw b →
    let x' := box_with_strong x (box_strong x + 1) in
    let s' := rc_extend s b (Some x') k in
    let h := tbl_len (rc_handles s) in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧
    rc_find s' h = rc_view_of (tbl_set (rc_boxes s) b (Some x')) (Some k).
  Proof.
    intros Hinv Hb Hc Hok Hlt Hk. apply (rc_extend_ok s b x); [done|done|..].
    - by destruct Hk as [->| ->].
    - destruct Hk as [->| ->]; clear Hb; box_arith x.
    - done.
  Qed.
  (** *** One more weak handle *)
  Lemma watch_ok s b x : rc_inv s →
    tbl_get (rc_boxes s) b = Some (Some x) → box_state_ok s b x →
    box_weak x < word_max →
    let x' := box_with_weak x (box_weak x + 1) in
    let s' := rc_extend s b (Some x') (HandleWeak b) in
    let h := tbl_len (rc_handles s) in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧ rc_find s' h = ViewWeak b x'.
  Proof.
    intros Hinv Hb Hok Hlt x' s' h.
    destruct (rc_extend_ok s b x x' (HandleWeak b) Hinv Hb) as (?&?&Hview).
    - done.
    - rewrite /x'. clear Hb. box_arith x.
    - done.
    - do 2 (split; [done|]).
      rewrite /s' /h Hview /= /rc_open_box (tbl_get_set_same _ _ _ _ Hb) //.
  Qed.
  (** *** A share less, but not the last *)
  Lemma unshare_ok s h b x p k : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    k = HandleStrong b ∨ k = HandleRaw b →
    tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
    box_strong x ≠ 1 →
    let x' := box_with_strong x (box_strong x - 1) in
    let s' := rc_update s b (Some x') h None in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧ rc_find s' h = ViewClosed.
  Proof.
    intros Hinv Hh Hk Hb Hc Hne.
    destruct (shared_facts s h b x p k Hinv Hh Hk Hb Hc) as (Hok&?&?&?).
    apply (rc_update_ok s b x _ h (Some k) None Hinv Hb Hh); [|done|].
    - destruct Hk as [->| ->]; naive_solver.
    - split; [|done]. destruct Hk as [->| ->]; clear Hb Hh; box_arith x.
  Qed.
  (** *** The end of the content *)
  Lemma box_end_eq s b x : box_state_ok s b x → box_end x = box_left x.
  Proof.
    rewrite /box_state_ok /rc_box_ok=> Hok.
    rewrite /box_end /box_left /weak_drop_count rc_drop_count_spec; [|lia].
    by repeat case_decide.
  Qed.
  Lemma end_ok s h b x p k : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    (k = HandleStrong b ∨ k = HandleRaw b) ∧ box_strong x = 1 ∨ k = HandleUnique b →
    tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
    let s' := rc_update s b (box_left x) h None in
    rc_inv s' ∧ rc_after s s' h b (box_left x) ∧ rc_find s' h = ViewClosed.
  Proof.
    intros Hinv Hh Hk Hb Hc. pose proof (proj1 Hinv _ _ Hb) as Hok.
    pose proof (rc_census_nonneg s b).
    destruct (handle_count s h _ b Hh) as (Hs&_&Hu).
    apply (rc_update_ok s b x _ h (Some k) None Hinv Hb Hh); [|done|].
    - destruct Hk as [[[->| ->] _]| ->]; naive_solver.
    - rewrite /box_left. case_decide.
      + destruct Hk as [[[->| ->] ?]| ->]; clear Hb Hh;
          rewrite /= Z.eqb_refl /= in Hs Hu |- *;
          rewrite /rc_box_ok /box_implicit Hc in Hok; lia.
      + split; [|by intros []].
        destruct Hk as [[[->| ->] ?]| ->]; clear Hb Hh;
          rewrite /= ?Z.eqb_refl /= in Hs Hu |- *;
          rewrite /rc_box_ok /box_implicit Hc in Hok;
          rewrite /rc_box_ok /box_implicit /=; lia.
  Qed.
  (** *** A weak handle less *)
  Lemma unwatch_ok s h b x : rc_inv s → rc_find s h = ViewWeak b x →
    let y := if decide (box_weak x = 1) then None
             else Some (box_with_weak x (box_weak x - 1)) in
    let s' := rc_update s b y h None in
    rc_inv s' ∧ rc_after s s' h b y ∧ rc_find s' h = ViewClosed.
  Proof.
    intros Hinv Hfind. destruct (weak_facts _ _ _ _ Hinv Hfind) as (Hh&Hb&Hok&?&?).
    pose proof (rc_census_nonneg s b).
    apply (rc_update_ok s b x _ h _ None Hinv Hb Hh); [by naive_solver|done|].
    rewrite /= Z.eqb_refl /=. case_decide.
    - rewrite /box_state_ok /rc_box_ok /box_implicit in Hok.
      destruct (box_content x); lia.
    - split; [|done]. clear Hb Hh Hfind. box_arith x.
  Qed.
  (** *** The box changes, and the handle keeps pointing to it *)
  Lemma change_ok s h b x x' k k' : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    tbl_get (rc_boxes s) b = Some (Some x) →
    rc_points_to (Some k) = Some b → rc_points_to (Some k') = Some b →
    rc_box_ok
      (rc_strong_handles s b - Z.b2z (rc_is_strong b (Some k))
       + Z.b2z (rc_is_strong b (Some k')))
      (rc_weak_handles_of s b - Z.b2z (rc_is_weak b (Some k))
       + Z.b2z (rc_is_weak b (Some k')))
      (rc_unique_handles s b - Z.b2z (rc_is_unique b (Some k))
       + Z.b2z (rc_is_unique b (Some k'))) x' →
    (is_Some (box_content x') → is_Some (box_content x)) →
    let s' := rc_update s b (Some x') h (Some k') in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧
    rc_find s' h = rc_view_of (tbl_set (rc_boxes s) b (Some x')) (Some k').
  Proof.
    intros Hinv Hh Hb Hk Hk' Hok Hc.
    apply (rc_update_ok s b x _ h (Some k) (Some k') Hinv Hb Hh); naive_solver.
  Qed.
  Lemma set_box_update s h b y k :
    tbl_get (rc_handles s) h = Some k → rc_set_box s b y = rc_update s b y h k.
  Proof. intros Hh. by rewrite /rc_update /rc_set_box (tbl_set_get (rc_handles s)). Qed.
  Lemma set_handle_update s h b y k :
    tbl_get (rc_boxes s) b = Some y → rc_set_handle s h k = rc_update s b y h k.
  Proof. intros Hb. by rewrite /rc_update /rc_set_handle (tbl_set_get (rc_boxes s)). Qed.

  Lemma set_content_ok s h b x p q k : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some k) →
    tbl_get (rc_boxes s) b = Some (Some x) → box_content x = Some p →
    rc_points_to (Some k) = Some b → word_ok q →
    let x' := box_with_content x q in
    let s' := rc_set_box s b (Some x') in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧
    rc_find s' h = rc_view_of (tbl_set (rc_boxes s) b (Some x')) (Some k).
  Proof.
    intros Hinv Hh Hb Hc Hk Hq x' s'.
    rewrite /s' (set_box_update _ h _ _ (Some k)) //.
    apply (change_ok s h b x x' k k); try (rewrite Hc; by eexists); try done.
    rewrite !Z.sub_add.
    pose proof (proj1 Hinv _ _ Hb) as Hok. rewrite /x'. clear Hb.
    rewrite /rc_box_ok /box_implicit Hc in Hok. rewrite /rc_box_ok /box_implicit /=.
    intuition lia.
  Qed.

  (** *** New boxes *)
  Lemma push_created_ok s x k : rc_inv s →
    let b := tbl_len (rc_boxes s) in
    rc_points_to (Some k) = Some b →
    rc_box_ok (Z.b2z (rc_is_strong b (Some k))) (Z.b2z (rc_is_weak b (Some k)))
      (Z.b2z (rc_is_unique b (Some k))) x →
    let s' := rc_push_handle (rc_push_box s x) k in
    let h := tbl_len (rc_handles s) in
    rc_inv s' ∧ rc_same_but s s' h ∧
    tbl_get (rc_boxes s') b = Some (Some x) ∧
    rc_find s' h = rc_view_of (tbl_push (rc_boxes s) (Some x)) (Some k).
  Proof.
    intros Hinv b Hk Hx s' h. destruct (rc_no_handle_next s Hinv) as (Hs&Hw&Hu).
    split.
    { apply (rc_create_ok s x (tbl_push (rc_handles s) (Some k))); [done|..].
      - intros b' Hne.
        rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
        rewrite !tbl_count_push.
        destruct (rc_points_to_count_ne b b' (Some k) Hne) as (->&->&->);
          [naive_solver|]. cbn [Z.b2z]. lia.
      - rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles in Hs Hw Hu |- *.
        by rewrite /= !tbl_count_push Hs Hw Hu !Z.add_0_l.
      - intros j k0. rewrite tbl_get_push. case: Z.eqb_spec; naive_solver. }
    split.
    { intros j Hj. apply (rc_find_created s x); [done|].
      by rewrite tbl_get_push (proj2 (Z.eqb_neq _ _) Hj). }
    split; [apply tbl_get_push_len|].
    apply (rc_find_view s' _ (Some k)). apply tbl_get_push_len.
  Qed.
  (** A closed handle gets a new box of its own. *)
  Lemma set_created_ok s x h b : rc_inv s →
    tbl_get (rc_handles s) h = Some None →
    b = tbl_len (rc_boxes s) → rc_box_ok 1 0 0 x →
    let s' := rc_set_handle (rc_push_box s x) h (Some (HandleStrong b)) in
    rc_inv s' ∧ rc_same_but s s' h ∧
    rc_find s' h = rc_view_of (tbl_push (rc_boxes s) (Some x)) (Some (HandleStrong b)).
  Proof.
    intros Hinv Hh -> Hx s'. destruct (rc_no_handle_next s Hinv) as (Hs&Hw&Hu).
    set (b := tbl_len (rc_boxes s)) in *.
    split.
    { apply (rc_create_ok s x (tbl_set (rc_handles s) h (Some (HandleStrong b))));
        [done|..].
      - intros b' Hne.
        rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
        rewrite !(tbl_count_set _ _ _ _ _ Hh) /=.
        rewrite (proj2 (Z.eqb_neq b b')) //. cbn [Z.b2z]. lia.
      - rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles in Hs Hw Hu |- *.
        by rewrite /= !(tbl_count_set _ _ _ _ _ Hh) -/b Hs Hw Hu /= Z.eqb_refl.
      - intros j k0. rewrite tbl_get_set Hh.
        case: Z.eqb_spec; naive_solver. }
    split.
    { intros j Hj. apply (rc_find_created s x); [done|].
      by rewrite tbl_get_set (proj2 (Z.eqb_neq _ _) Hj). }
    apply (rc_find_view s' _ (Some (HandleStrong b))).
    by eapply tbl_get_set_same.
  Qed.
End parts.
