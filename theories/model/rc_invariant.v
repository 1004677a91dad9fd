(** * The executable model of [Rc]: the invariant

[rc_inv]: the counts are exact, and no handle dangles. For each box that is not
freed ([rc_box_ok]):
- the strong count is the number of strong and raw handles, and of shares that were
  forgotten;
- the weak count is the number of weak handles, and of those forgotten, and 1 more
  as long as the content is there (the implicit weak handle);
- the content is there exactly as long as somebody owns it: there is a share
  (the strong count is not 0), or a unique handle, and never both;
- the weak count is not 0.
And every handle that points to a box points to one that is not freed.

An operation changes one box and one handle, or makes a new one. What that does to
the invariant and to what everybody sees is said once, for all operations:
[rc_update_ok], [rc_extend_ok], [rc_create_ok].

[rc_after s s' h b y]: box [b] has become [y] ([None]: freed), and the handles other
than [h] see that, and no other change. *)
From tally.model Require Import rc_model.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Who points where *)
Definition rc_points_to (k : option rc_handle) : option word :=
  match k with
  | Some (HandleStrong b) | Some (HandleRaw b) | Some (HandleUnique b)
  | Some (HandleWeak b) => Some b
  | _ => None
  end.
Definition rc_is_strong (b : word) (k : option rc_handle) : bool :=
  match k with
  | Some (HandleStrong b') | Some (HandleRaw b') => b' =? b
  | _ => false
  end.
Definition rc_is_weak (b : word) (k : option rc_handle) : bool :=
  match k with Some (HandleWeak b') => b' =? b | _ => false end.
Definition rc_is_unique (b : word) (k : option rc_handle) : bool :=
  match k with Some (HandleUnique b') => b' =? b | _ => false end.

(** How many handles box [b] has: strong and raw, weak, unique. *)
Definition rc_strong_handles (s : rc_state) (b : word) : Z :=
  tbl_count (rc_is_strong b) (rc_handles s).
Definition rc_weak_handles_of (s : rc_state) (b : word) : Z :=
  tbl_count (rc_is_weak b) (rc_handles s).
Definition rc_unique_handles (s : rc_state) (b : word) : Z :=
  tbl_count (rc_is_unique b) (rc_handles s).

(** The implicit weak handle. *)
Definition box_implicit (x : rc_box) : Z :=
  match box_content x with Some _ => 1 | None => 0 end.

Definition rc_box_ok (strong weak unique : Z) (x : rc_box) : Prop :=
  box_strong x = strong + box_leaked x ∧
  box_weak x = weak + box_weak_leaked x + box_implicit x ∧
  0 ≤ box_leaked x ∧ 0 ≤ box_weak_leaked x ∧
  box_strong x ≤ word_max ∧ 1 ≤ box_weak x ≤ word_max ∧
  match box_content x with
  | Some p => word_ok p ∧ (1 ≤ box_strong x ∧ unique = 0 ∨ box_strong x = 0 ∧ unique = 1)
  | None => box_strong x = 0 ∧ unique = 0
  end.

Definition rc_inv (s : rc_state) : Prop :=
  (∀ b x, tbl_get (rc_boxes s) b = Some (Some x) →
     rc_box_ok (rc_strong_handles s b) (rc_weak_handles_of s b)
       (rc_unique_handles s b) x) ∧
  (∀ h k b, tbl_get (rc_handles s) h = Some k → rc_points_to k = Some b →
     ∃ x, tbl_get (rc_boxes s) b = Some (Some x)).

(** ** What everybody sees *)

(** The view of a handle after box [b] became [x]. *)
Definition rc_refresh (b : word) (x : rc_box) (v : rc_view) : rc_view :=
  match v with
  | ViewStrong b' _ _ =>
      if b' =? b
      then match box_content x with Some p => ViewStrong b x p | None => ViewClosed end
      else v
  | ViewRaw b' _ _ =>
      if b' =? b
      then match box_content x with Some p => ViewRaw b x p | None => ViewClosed end
      else v
  | ViewUnique b' _ _ =>
      if b' =? b
      then match box_content x with Some p => ViewUnique b x p | None => ViewClosed end
      else v
  | ViewWeak b' _ => if b' =? b then ViewWeak b x else v
  | ViewDangling | ViewClosed => v
  end.
Definition rc_after (s s' : rc_state) (h b : word) (y : option rc_box) : Prop :=
  tbl_get (rc_boxes s') b = Some y ∧
  ∀ j, j ≠ h → rc_find s' j =
    match y with Some x => rc_refresh b x (rc_find s j) | None => rc_find s j end.
(** The handles other than [h] see no change. *)
Definition rc_same_but (s s' : rc_state) (h : word) : Prop :=
  ∀ j, j ≠ h → rc_find s' j = rc_find s j.

Section invariant.
  Implicit Types (s : rc_state) (h b : word) (x : rc_box) (p : word)
    (k : option rc_handle) (boxes : table (option rc_box)).

  Lemma rc_census_nonneg s b :
    0 ≤ rc_strong_handles s b ∧ 0 ≤ rc_weak_handles_of s b ∧
    0 ≤ rc_unique_handles s b.
  Proof. repeat split; apply tbl_count_nonneg. Qed.

  (** A handle is counted where it points, and nowhere else. *)
  Lemma rc_points_to_count b k :
    Z.b2z (rc_is_strong b k) + Z.b2z (rc_is_weak b k) + Z.b2z (rc_is_unique b k) =
      match rc_points_to k with Some b' => Z.b2z (b' =? b) | None => 0 end.
  Proof. destruct k as [[]|]; simpl; lia. Qed.
  Lemma rc_points_to_count_ne b b' k : b' ≠ b →
    (∀ b0, rc_points_to k = Some b0 → b0 = b) →
    rc_is_strong b' k = false ∧ rc_is_weak b' k = false ∧ rc_is_unique b' k = false.
  Proof.
    intros Hne Hk. pose proof (rc_points_to_count b' k) as Hcount.
    destruct (rc_points_to k) as [b0|].
    - rewrite (Hk b0) // in Hcount. destruct (Z.eqb_spec b b'); [done|].
      destruct (rc_is_strong b' k), (rc_is_weak b' k), (rc_is_unique b' k);
        simpl in *; lia || done.
    - destruct (rc_is_strong b' k), (rc_is_weak b' k), (rc_is_unique b' k);
        simpl in *; lia || done.
  Qed.
  Lemma rc_points_to_pos s h k b :
    tbl_get (rc_handles s) h = Some k → rc_points_to k = Some b →
    1 ≤ rc_strong_handles s b + rc_weak_handles_of s b + rc_unique_handles s b.
  Proof.
    intros Hh Hk. pose proof (rc_points_to_count b k) as Hcount.
    rewrite Hk Z.eqb_refl /= in Hcount.
    pose proof (tbl_count_get (rc_is_strong b) _ _ _ Hh).
    pose proof (tbl_count_get (rc_is_weak b) _ _ _ Hh).
    pose proof (tbl_count_get (rc_is_unique b) _ _ _ Hh).
    rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles. lia.
  Qed.

  (** ** The invariant, after box [b] has become [y] and handles have changed that
  point to [b] only *)
  Lemma rc_inv_intro s s' b y :
    rc_inv s →
    (∀ b', b' ≠ b → tbl_get (rc_boxes s') b' = tbl_get (rc_boxes s) b') →
    tbl_get (rc_boxes s') b = Some y →
    (∀ b', b' ≠ b → rc_strong_handles s' b' = rc_strong_handles s b' ∧
       rc_weak_handles_of s' b' = rc_weak_handles_of s b' ∧
       rc_unique_handles s' b' = rc_unique_handles s b') →
    match y with
    | Some x =>
        rc_box_ok (rc_strong_handles s' b) (rc_weak_handles_of s' b)
          (rc_unique_handles s' b) x
    | None =>
        rc_strong_handles s' b + rc_weak_handles_of s' b + rc_unique_handles s' b = 0
    end →
    (∀ h k b', tbl_get (rc_handles s') h = Some k → rc_points_to k = Some b' →
       b' ≠ b → ∃ h' k', tbl_get (rc_handles s) h' = Some k' ∧
         rc_points_to k' = Some b') →
    rc_inv s'.
  Proof.
    intros [Hbox Hh] Hother Hb Hcensus Hy Hfrom. split.
    - intros b' x' Hb'. destruct (decide (b' = b)) as [->|Hne].
      + rewrite Hb in Hb'. simplify_eq. done.
      + rewrite Hother // in Hb'. destruct (Hcensus _ Hne) as (->&->&->). by apply Hbox.
    - intros h k b' Hget Hk. destruct (decide (b' = b)) as [->|Hne].
      + pose proof (rc_points_to_pos _ _ _ _ Hget Hk).
        destruct y as [x|]; [by eexists|lia].
      + rewrite Hother //. destruct (Hfrom _ _ _ Hget Hk Hne) as (h'&k'&?&?).
        by eapply Hh.
  Qed.

  (** ** Views *)
  Lemma rc_view_of_refresh boxes b x x' k :
    tbl_get boxes b = Some (Some x) →
    (is_Some (box_content x') → is_Some (box_content x)) →
    rc_view_of (tbl_set boxes b (Some x')) k = rc_refresh b x' (rc_view_of boxes k).
  Proof.
    intros Hb Hc. destruct k as [[b'|b'|b'|b'|]|]; simpl; [..|done|done];
      rewrite /rc_open_content /rc_open_box tbl_get_set;
      (case: (Z.eqb_spec b' b)=> [->|Hne];
       [rewrite Hb
       |destruct (tbl_get boxes b') as [[x0|]|]; simpl; [|done..];
        try (destruct (box_content x0); simpl; [|done]);
        by rewrite (proj2 (Z.eqb_neq _ _) Hne)]); simpl.
    1-3: (destruct (box_content x') eqn:Hx', (box_content x) eqn:Hx;
          rewrite /= ?Z.eqb_refl ?Hx' //;
          by destruct (Hc ltac:(by eexists))).
    by rewrite Z.eqb_refl.
  Qed.
  Lemma rc_view_of_other boxes b y k :
    rc_points_to k ≠ Some b → rc_view_of (tbl_set boxes b y) k = rc_view_of boxes k.
  Proof.
    intros Hk. destruct k as [[b'|b'|b'|b'|]|]; simpl; [..|done|done];
      rewrite /rc_open_content /rc_open_box tbl_get_set_other //; naive_solver.
  Qed.
  Lemma rc_view_of_push boxes (y : option rc_box) k :
    rc_points_to k ≠ Some (tbl_len boxes) →
    rc_view_of (tbl_push boxes y) k = rc_view_of boxes k.
  Proof.
    intros Hk. destruct k as [[b'|b'|b'|b'|]|]; simpl; [..|done|done];
      rewrite /rc_open_content /rc_open_box tbl_get_push;
      (case: Z.eqb_spec=> ?; [simplify_eq/=; done|done]).
  Qed.

  (** A view is nothing but what the tables have. *)
  Local Ltac find_content :=
    rewrite /rc_find /rc_view_of /rc_open_content /rc_open_box; split;
    [repeat case_match; naive_solver
    |intros; destruct_and?; repeat match goal with H : _ = _ |- _ => rewrite H; clear H end; done].
  Lemma rc_find_strong s h b x p :
    rc_find s h = ViewStrong b x p ↔
      tbl_get (rc_handles s) h = Some (Some (HandleStrong b)) ∧
      tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p.
  Proof. find_content. Qed.
  Lemma rc_find_raw s h b x p :
    rc_find s h = ViewRaw b x p ↔
      tbl_get (rc_handles s) h = Some (Some (HandleRaw b)) ∧
      tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p.
  Proof. find_content. Qed.
  Lemma rc_find_unique s h b x p :
    rc_find s h = ViewUnique b x p ↔
      tbl_get (rc_handles s) h = Some (Some (HandleUnique b)) ∧
      tbl_get (rc_boxes s) b = Some (Some x) ∧ box_content x = Some p.
  Proof. find_content. Qed.
  Lemma rc_find_weak s h b x :
    rc_find s h = ViewWeak b x ↔
      tbl_get (rc_handles s) h = Some (Some (HandleWeak b)) ∧
      tbl_get (rc_boxes s) b = Some (Some x).
  Proof. find_content. Qed.
  Lemma rc_find_dangling s h :
    rc_find s h = ViewDangling ↔
      tbl_get (rc_handles s) h = Some (Some HandleDangling).
  Proof. find_content. Qed.
  Lemma rc_find_view s h k :
    tbl_get (rc_handles s) h = Some k → rc_find s h = rc_view_of (rc_boxes s) k.
  Proof. by rewrite /rc_find=> ->. Qed.
  Lemma rc_find_None s h : tbl_get (rc_handles s) h = None → rc_find s h = ViewClosed.
  Proof. by rewrite /rc_find=> ->. Qed.
  Lemma rc_find_next s : rc_find s (tbl_len (rc_handles s)) = ViewClosed.
  Proof. apply rc_find_None, tbl_get_None. lia. Qed.

  (** ** One box and one handle change *)
  Lemma rc_update_ok s b x y h k k' :
    rc_inv s →
    tbl_get (rc_boxes s) b = Some (Some x) →
    tbl_get (rc_handles s) h = Some k →
    (∀ b', rc_points_to k = Some b' → b' = b) →
    (∀ b', rc_points_to k' = Some b' → b' = b) →
    let ns := rc_strong_handles s b - Z.b2z (rc_is_strong b k)
              + Z.b2z (rc_is_strong b k') in
    let nw := rc_weak_handles_of s b - Z.b2z (rc_is_weak b k)
              + Z.b2z (rc_is_weak b k') in
    let nu := rc_unique_handles s b - Z.b2z (rc_is_unique b k)
              + Z.b2z (rc_is_unique b k') in
    match y with
    | Some x' =>
        rc_box_ok ns nw nu x' ∧ (is_Some (box_content x') → is_Some (box_content x))
    | None => ns + nw + nu = 0
    end →
    rc_inv (rc_update s b y h k') ∧ rc_after s (rc_update s b y h k') h b y ∧
    rc_find (rc_update s b y h k') h = rc_view_of (tbl_set (rc_boxes s) b y) k'.
  Proof.
    intros Hinv Hb Hh Hk Hk' ns nw nu Hy.
    assert (rc_inv (rc_update s b y h k')) as Hinv'.
    { apply (rc_inv_intro s _ b y); [done|..].
      - intros b' Hne. by rewrite /= tbl_get_set_other.
      - by eapply tbl_get_set_same.
      - intros b' Hne.
        rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
        rewrite !(tbl_count_set _ _ _ _ _ Hh).
        destruct (rc_points_to_count_ne b b' k Hne Hk) as (->&->&->).
        destruct (rc_points_to_count_ne b b' k' Hne Hk') as (->&->&->).
        simpl. lia.
      - rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
        rewrite !(tbl_count_set _ _ _ _ _ Hh). destruct y; [by destruct Hy|done].
      - intros j k0 b' Hj Hk0 Hne. simpl in Hj. rewrite tbl_get_set Hh in Hj.
        destruct (j =? h); [|by eexists _, _].
        simplify_eq. by destruct Hne; apply Hk'. }
    split; [done|]. split; last first.
    { apply (rc_find_view (rc_update s b y h k')). by eapply tbl_get_set_same. }
    split; [by eapply tbl_get_set_same|].
    intros j Hj. rewrite /rc_find /= tbl_get_set_other //.
    destruct (tbl_get (rc_handles s) j) as [k0|] eqn:Hk0; [|by destruct y].
    destruct y as [x'|].
    - apply (rc_view_of_refresh _ _ x); [done|]. by destruct Hy.
    - apply rc_view_of_other. intros Hp.
      destruct Hinv' as [_ Hlive].
      destruct (Hlive j k0 b) as [x' Hx']; [by rewrite /= tbl_get_set_other|done|].
      simpl in Hx'. by rewrite (tbl_get_set_same _ _ _ _ Hb) in Hx'.
  Qed.

  (** ** One box changes, and there is a further handle to it *)
  Lemma rc_extend_ok s b x x' (k : rc_handle) :
    rc_inv s →
    tbl_get (rc_boxes s) b = Some (Some x) →
    rc_points_to (Some k) = Some b →
    rc_box_ok (rc_strong_handles s b + Z.b2z (rc_is_strong b (Some k)))
      (rc_weak_handles_of s b + Z.b2z (rc_is_weak b (Some k)))
      (rc_unique_handles s b + Z.b2z (rc_is_unique b (Some k))) x' →
    (is_Some (box_content x') → is_Some (box_content x)) →
    let s' := rc_extend s b (Some x') k in
    let h := tbl_len (rc_handles s) in
    rc_inv s' ∧ rc_after s s' h b (Some x') ∧
    rc_find s' h = rc_view_of (tbl_set (rc_boxes s) b (Some x')) (Some k).
  Proof.
    intros Hinv Hb Hk Hx' Hc s' h.
    assert (∀ b', rc_points_to (Some k) = Some b' → b' = b) as Hk' by naive_solver.
    split.
    { apply (rc_inv_intro s _ b (Some x')); [done|..].
      - intros b' Hne. by rewrite /= tbl_get_set_other.
      - by eapply tbl_get_set_same.
      - intros b' Hne.
        rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /s'.
        rewrite /rc_extend /rc_handles -/(rc_handles s) !tbl_count_push.
        destruct (rc_points_to_count_ne b b' (Some k) Hne Hk') as (->&->&->).
        cbn [Z.b2z]. lia.
      - rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /s'.
        by rewrite /rc_extend /rc_handles -/(rc_handles s) !tbl_count_push.
      - intros j k0 b' Hj Hk0 Hne. rewrite /s' /= tbl_get_push in Hj.
        destruct (j =? _); [|by eexists _, _].
        naive_solver. }
    split; last first.
    { apply (rc_find_view s' _ (Some k)). apply tbl_get_push_len. }
    split; [by eapply tbl_get_set_same|].
    intros j Hj. rewrite /rc_find /= tbl_get_push (proj2 (Z.eqb_neq _ _) Hj).
    destruct (tbl_get (rc_handles s) j) as [k0|]; [|done].
    by eapply rc_view_of_refresh.
  Qed.

  (** ** A new box, to which the handles of [hs] point that were not there before *)
  Lemma rc_no_handle_next s : rc_inv s →
    let b := tbl_len (rc_boxes s) in
    rc_strong_handles s b = 0 ∧ rc_weak_handles_of s b = 0 ∧ rc_unique_handles s b = 0.
  Proof.
    intros [_ Hh] b.
    assert (∀ j k, tbl_get (rc_handles s) j = Some k → rc_points_to k ≠ Some b) as Hno.
    { intros j k Hj Hk. destruct (Hh _ _ _ Hj Hk) as [x Hx%tbl_get_range].
      rewrite /b in Hx. lia. }
    repeat split; apply tbl_count_0; intros j k Hj; specialize (Hno _ _ Hj);
      destruct k as [[]|]; simpl in *; try done; apply Z.eqb_neq; naive_solver.
  Qed.
  Lemma rc_create_ok s x hs :
    rc_inv s →
    let b := tbl_len (rc_boxes s) in
    let s' := RcState (tbl_push (rc_boxes s) (Some x)) hs in
    (∀ b', b' ≠ b → rc_strong_handles s' b' = rc_strong_handles s b' ∧
       rc_weak_handles_of s' b' = rc_weak_handles_of s b' ∧
       rc_unique_handles s' b' = rc_unique_handles s b') →
    rc_box_ok (rc_strong_handles s' b) (rc_weak_handles_of s' b)
      (rc_unique_handles s' b) x →
    (∀ h k, tbl_get hs h = Some k → rc_points_to k = Some b ∨
       tbl_get (rc_handles s) h = Some k ∨ rc_points_to k = None) →
    rc_inv s'.
  Proof.
    intros Hinv b s' Hcensus Hx Hhs. apply (rc_inv_intro s _ b (Some x)); [done|..].
    - intros b' Hne. by rewrite /= tbl_get_push (proj2 (Z.eqb_neq _ _) Hne).
    - apply tbl_get_push_len.
    - done.
    - done.
    - intros h k b' Hh Hk Hne. destruct (Hhs _ _ Hh) as [?|[?|?]];
        [naive_solver|by eexists _, _|naive_solver].
  Qed.
  Lemma rc_find_created s x hs j : rc_inv s →
    tbl_get hs j = tbl_get (rc_handles s) j →
    rc_find (RcState (tbl_push (rc_boxes s) (Some x)) hs) j = rc_find s j.
  Proof.
    intros [_ Hlive] Hj. rewrite /rc_find /= Hj.
    destruct (tbl_get (rc_handles s) j) as [k|] eqn:Hk; [|done].
    apply rc_view_of_push. intros Hp. destruct (Hlive _ _ _ Hk Hp) as [x0 Hx0%tbl_get_range].
    lia.
  Qed.

  (** ** A handle that points nowhere *)
  Lemma rc_inv_dangling s hs :
    rc_inv s →
    (∀ b, tbl_count (rc_is_strong b) hs = rc_strong_handles s b ∧
       tbl_count (rc_is_weak b) hs = rc_weak_handles_of s b ∧
       tbl_count (rc_is_unique b) hs = rc_unique_handles s b) →
    (∀ h k, tbl_get hs h = Some k →
       tbl_get (rc_handles s) h = Some k ∨ rc_points_to k = None) →
    rc_inv (RcState (rc_boxes s) hs).
  Proof.
    intros [Hbox Hh] Hcensus Hhs. split.
    - intros b x Hb. rewrite /rc_strong_handles /rc_weak_handles_of /rc_unique_handles /=.
      destruct (Hcensus b) as (->&->&->). by apply Hbox.
    - intros h k b Hget Hk. destruct (Hhs _ _ Hget); [by eapply Hh|naive_solver].
  Qed.
End invariant.
