(** * The invariant of [Arc]'s count

The slot protocol's invariant [inv], used with two changes, and an invariant of
coherence.

- While [get_mut]'s reference is there, the word is 1, but the phase is _owned_: the
  state [v] given to [inv] is then UNIQUE.
- Nobody gets a handle from the word alone, so the newest message need not know of the
  writes through [get_mut], and does not: they come after it. What holders and newest
  message know _together_ is what counts, so [inv] gets the join of the message's clock
  and of the last writes, which every holder knows.
- A load of the count by a thread that holds a handle, without references to it, can
  read 1 only from the newest message. [stale b]: messages with the value 1 that are
  not the newest are older than number [b]; [caught_up b]: for every handle, its holder
  or one of a reference to it has seen that far, since whoever made the count 1 into
  another did it through this handle, or made this handle. Or it was an upgrade: then
  [weak_seen b], a weak handle or the weak count has seen that far, and whoever locks it
  has.
- [weak_good]: whoever upgrades learns of the last write, and while [get_mut]'s reference is
  there, there are no weak handles. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.orderings Require Import slot_invariant slot_transitions arc_protocol.
From tally.prelude Require Import options.

(** ** How far holders have seen *)
Definition seen_by {A} (m : machine A) (y : place) : nat :=
  match y with At t => seen (cur (views m t)) | Flying V => seen V end.

(** The history is the same, and nobody has seen less. *)
Definition sees {A} (m m' : machine A) : Prop :=
  newest m' = newest m ∧ older m' = older m ∧
  ∀ u, seen (cur (views m u)) ≤ seen (cur (views m' u)).

Section sees.
  Context {A : Type}.
  Implicit Types (m : machine A) (t : thread).

  Lemma sees_refl m : sees m m.
  Proof. done. Qed.
  Lemma sees_set_view t T m :
    seen (cur (views m t)) ≤ seen (cur T) → sees m (set_view t T m).
  Proof.
    intros H. split_and!; [done..|]. intros u. rewrite views_set_view. by case_decide; subst.
  Qed.
  Lemma sees_fence_acquire t m : sees m (fence_acquire t m).
  Proof. apply sees_set_view; simpl; lia. Qed.
  Lemma sees_fence_release t m : sees m (fence_release t m).
  Proof. apply sees_set_view; simpl; lia. Qed.
  Lemma sees_learn t V m : sees m (learn t V m).
  Proof. apply sees_set_view; simpl; lia. Qed.
  Lemma sees_tick t m : sees m (tick t m).
  Proof. by apply sees_set_view. Qed.
  Lemma sees_na_read t m m' : na_read t m = Some m' → sees m m'.
  Proof.
    unfold na_read. destruct (clk_leb _ _); [|done]. intros [= <-]. apply (sees_tick t m).
  Qed.
  Lemma sees_na_write t m m' : na_write t m = Some m' → sees m m'.
  Proof.
    unfold na_write. destruct (_ && _); [|done]. intros [= <-]. apply (sees_tick t m).
  Qed.
  Lemma sees_load o t age m v m' : load o t age m = Some (v, m') → sees m m'.
  Proof.
    unfold load. destruct (_ !! age); [|done]. destruct (Nat.leb _ _); [|done].
    intros [= _ <-]. apply sees_set_view. simpl. destruct (acquires o); simpl; lia.
  Qed.

  Lemma learn_seen t V m : seen V ≤ seen (cur (views (learn t V m) t)).
  Proof. unfold learn. rewrite views_set_view. case_decide; simpl; lia || done. Qed.
  Lemma update_older o t v m : older (update o t v m) = newest m :: older m.
  Proof. done. Qed.
  Lemma update_seen o t v m :
    S (length (older m)) ≤ seen (cur (views (update o t v m) t)).
  Proof. unfold update, push. rewrite views_set_view. case_decide; simpl; lia || done. Qed.
  Lemma update_seen_mono o t v m u :
    seen (cur (views m u)) ≤ seen (cur (views (update o t v m) u)).
  Proof.
    unfold update, push. rewrite views_set_view. case_decide; [subst u|done].
    simpl. destruct (acquires o); simpl; lia.
  Qed.

  (** What a load reads; and coherence. *)
  Lemma load_inv o t age m v m' :
    load o t age m = Some (v, m') →
    ∃ x, (newest m :: older m) !! age = Some x ∧ v = msg_value x ∧
      seen (cur (views m t)) ≤ length (older m) - age ∧
      (acquires o = true → clk_le (known (msg_view x)) (cur_clock m' t)).
  Proof.
    unfold load. destruct (_ !! age) as [x|]; [|done].
    destruct (Nat.leb _ _) eqn:Hseen; [|done]. intros [= <- <-].
    exists x. split_and!; [done..|by apply Nat.leb_le|]. intros Ho.
    rewrite cur_clock_set_view; simpl. rewrite Ho.
    eapply clk_le_trans; [|apply clk_le_join_r]. apply clk_le_refl.
  Qed.
End sees.

(** ** The invariant *)
Definition is_handle (h : handle) (k : token) : nat :=
  match handle_of k with Some i => if Nat.eqb h i then 1 else 0 | None => 0 end.

Definition stale (b : nat) (m : machine nat) : Prop :=
  b ≤ length (older m) ∧
  ∀ age x, older m !! age = Some x → msg_value x = 1 → length (older m) - S age < b.

Definition caught_up (b : nat) (m : machine nat) (p : list item) : Prop :=
  ∀ h k x, (k, x) ∈ p → handle_of k = Some h →
    ∃ l y, (l, y) ∈ p ∧ names h l = true ∧ b ≤ seen_by m y.

(** A weak handle, or the weak count, has seen so far. *)
Definition weak_seen (b : nat) (w : view) (m : machine nat) (p : list item) : Prop :=
  (∃ x, (Weak, x) ∈ p ∧ b ≤ seen_by m x) ∨ b ≤ seen w.

(** While there are strong handles, whoever holds a weak one and reads the count with
acquire knows of the last write; while there is an [&mut], there are none. *)
Definition weak_good (v : word) (m : machine nat) (p : list item) : Prop :=
  match v with
  | UNIQUE => ∀ x, (Weak, x) ∉ p
  | COUNT (S _) => ∀ x, (Weak, x) ∈ p →
      clk_le (writes m) (clk_join (known_by false m (Weak, x)) (word_clock m))
  | _ => True
  end.

Definition arc_inv (o : arc_orderings) (v : word) (lv : bool) (m : machine nat)
    (p : list item) : Prop :=
  inv v (clk_join (word_clock m) (writes m)) (writes m) (reads m) lv
    (known_by (arc_drop_fence o) m) p.

Definition arc_phase (v : word) (m : machine nat) (p : list item) : Prop :=
  (v = COUNT (last_value m) ∧ ∀ h x, (Unique h, x) ∉ p) ∨ (v = UNIQUE ∧ last_value m = 1).

Definition arc_good (o : arc_orderings) (σ : arc) : Prop :=
  ∃ v b,
    arc_phase v (arc_mem σ) (arc_pool σ) ∧
    arc_inv o v (arc_live σ) (arc_mem σ) (arc_pool σ) ∧
    (∀ h, total (is_handle h) (arc_pool σ) ≤ 1) ∧
    stale b (arc_mem σ) ∧
    (caught_up b (arc_mem σ) (arc_pool σ) ∨ weak_seen b (arc_weak σ) (arc_mem σ) (arc_pool σ)) ∧
    weak_good v (arc_mem σ) (arc_pool σ).

(** ** Laws *)
Lemma elem_of_singleton_list {A} (x y : A) : x ∈ [y] → x = y.
Proof. intros [?|H]%elem_of_cons; [done|]. by apply elem_of_nil in H. Qed.

Lemma arc_phase_mono v m m' p p' :
  last_value m' = last_value m →
  (∀ h x, (Unique h, x) ∈ p' → ∃ y, (Unique h, y) ∈ p) →
  arc_phase v m p → arc_phase v m' p'.
Proof.
  intros Hl Hp [[-> HU]|[-> ?]]; [left|right]; rewrite Hl; [|done].
  split; [done|]. intros h x Hin. destruct (Hp h x Hin) as [y Hy]. by destruct (HU h y).
Qed.

Lemma stale_sees b m m' : sees m m' → stale b m → stale b m'.
Proof. intros (_&Ho&_). unfold stale. by rewrite Ho. Qed.

Lemma seen_by_sees (m m' : machine nat) y : sees m m' → seen_by m y ≤ seen_by m' y.
Proof. intros (_&_&H). destruct y; simpl; [apply H|done]. Qed.

Lemma caught_up_perm b m p q : p ≡ₚ q → caught_up b m p → caught_up b m q.
Proof.
  intros Hp H h k x Hin Hh. rewrite -Hp in Hin.
  destruct (H h k x Hin Hh) as (l&y&?&?&?). exists l, y. by rewrite -Hp.
Qed.

Lemma caught_up_mono b m m' p :
  (∀ y, seen_by m y ≤ seen_by m' y) → caught_up b m p → caught_up b m' p.
Proof.
  intros Hm H h k x Hin Hh. destruct (H h k x Hin Hh) as (l&y&?&?&?).
  exists l, y. split_and!; [done..|]. specialize (Hm y). lia.
Qed.

Lemma caught_up_add b m p k x :
  handle_of k = None → caught_up b m p → caught_up b m ((k, x) :: p).
Proof.
  intros Hk H h l y [Heq|Hin]%elem_of_cons Hh; [congruence|].
  destruct (H h l y Hin Hh) as (l'&y'&?&?&?). exists l', y'.
  split_and!; [by apply elem_of_cons; right|done..].
Qed.

(** A token is replaced by one of the same name, that has seen as much. *)
Lemma caught_up_replace b m p k k' x x' :
  handle_of k' = handle_of k → (∀ h, names h k = true → names h k' = true) →
  seen_by m x ≤ seen_by m x' →
  caught_up b m ((k, x) :: p) → caught_up b m ((k', x') :: p).
Proof.
  intros Hk Hnames Hx H h l y Hin Hh.
  assert (∃ l y, (l, y) ∈ (k, x) :: p ∧ handle_of l = Some h) as (l'&y'&Hin'&Hh').
  { apply elem_of_cons in Hin as [Heq|Hin].
    - exists k, x. split; [by apply elem_of_cons; left|]. congruence.
    - exists l, y. split; [by apply elem_of_cons; right|done]. }
  destruct (H h l' y' Hin' Hh') as (l''&y''&Hin''&Hn&?).
  apply elem_of_cons in Hin'' as [Heq|Hin''].
  - simplify_eq. exists k', x'. split_and!; [by apply elem_of_cons; left|by apply Hnames|lia].
  - exists l'', y''. split_and!; [by apply elem_of_cons; right|done..].
Qed.

(** A token goes, and another of the same name has seen as much. *)
Lemma caught_up_remove b m p k x :
  (∀ h l y, (l, y) ∈ p → handle_of l = Some h → names h k = true →
    ∃ l' y', (l', y') ∈ p ∧ names h l' = true ∧ seen_by m x ≤ seen_by m y') →
  caught_up b m ((k, x) :: p) → caught_up b m p.
Proof.
  intros Hk H h l y Hin Hh.
  destruct (H h l y) as (l'&y'&Hin'&Hn&?); [by apply elem_of_cons; right|done|].
  apply elem_of_cons in Hin' as [Heq|Hin']; [|by exists l', y'].
  simplify_eq. destruct (Hk h l y Hin Hh Hn) as (l'&y'&?&?&?).
  exists l', y'. split_and!; [done..|lia].
Qed.

Lemma weak_seen_mono b w w' m m' p p' :
  seen w ≤ seen w' → (∀ y, seen_by m y ≤ seen_by m' y) →
  (∀ x, (Weak, x) ∈ p → ∃ x', (Weak, x') ∈ p' ∧ seen_by m x ≤ seen_by m' x') →
  weak_seen b w m p → weak_seen b w' m' p'.
Proof.
  intros Hw Hm Hp [(x&Hx&Hb)|?]; [left|right; lia].
  destruct (Hp x Hx) as (x'&?&?). exists x'. split; [done|lia].
Qed.

Lemma weak_good_mono v m m' p p' :
  writes m' = writes m → clk_le (word_clock m) (word_clock m') →
  (∀ x, clk_le (known_by false m x) (known_by false m' x)) →
  (∀ x, (Weak, x) ∈ p' → ∃ y, (Weak, y) ∈ p ∧
    clk_le (known_by false m (Weak, y)) (known_by false m (Weak, x))) →
  weak_good v m p → weak_good v m' p'.
Proof.
  intros HW HL Hm Hp H. destruct v as [| |[|n]]; simpl in *; try done.
  - intros x Hx. destruct (Hp x Hx) as (y&Hy&_). by destruct (H y).
  - intros x Hx. destruct (Hp x Hx) as (y&Hy&Hle). rewrite HW.
    eapply clk_le_trans; [by apply (H y)|]. apply clk_join_le.
    + eapply clk_le_trans; [apply Hle|]. eapply clk_le_trans; [apply (Hm (Weak, x))|].
      apply clk_le_join_l.
    + eapply clk_le_trans; [done|apply clk_le_join_r].
Qed.

(** ** The weak count *)
Lemma weak_got_grows o t V m : grows m (weak_got o t V m).
Proof. apply set_view_grows; simpl; [destruct (acquires o); simpl|]; auto. Qed.
Lemma weak_got_sees o t V m : sees m (weak_got o t V m).
Proof. apply sees_set_view; simpl. destruct (acquires o); simpl; lia. Qed.
Lemma weak_got_acquires o t V m :
  acquires o = true → seen V ≤ seen (cur (views (weak_got o t V m) t)).
Proof.
  intros Ho. unfold weak_got. rewrite views_set_view. case_decide; [|done].
  simpl. rewrite Ho. simpl. lia.
Qed.
Lemma weak_given_releases o t m :
  releases o = true → weak_given o t m = cur (views m t).
Proof. intros Ho. unfold weak_given, released. by rewrite Ho. Qed.

Lemma names_handle h k : handle_of k = Some h → names h k = true.
Proof. destruct k; simpl; intros ?; simplify_eq; apply Nat.eqb_refl. Qed.

Lemma total_in f p k x : (k, x) ∈ p → f k ≤ total f p.
Proof.
  induction p as [|[l y] p IH]; intros Hin; [by apply elem_of_nil in Hin|].
  apply elem_of_cons in Hin as [Heq|Hin]; simpl; [simplify_eq; lia|].
  specialize (IH Hin). lia.
Qed.

(** Handles' names are unique. *)
Lemma handle_unique h k x p l y :
  total (is_handle h) ((k, x) :: p) ≤ 1 → handle_of k = Some h → (l, y) ∈ p →
  handle_of l ≠ Some h.
Proof.
  intros Ht Hk Hin Hl. apply (total_in (is_handle h)) in Hin.
  simpl in Ht. unfold is_handle in Ht at 1. unfold is_handle in Hin at 1.
  rewrite Hk Nat.eqb_refl in Ht. rewrite Hl Nat.eqb_refl in Hin. lia.
Qed.

Lemma unnamed_total h p : unnamed h p = true → total (is_handle h) p = 0.
Proof.
  unfold unnamed. induction p as [|[k x] p IH]; simpl; [done|].
  intros [Hk Hp]%andb_true_iff. rewrite (IH Hp).
  assert (is_handle h k = 0); [|lia].
  unfold is_handle. destruct k; simpl in *; try done; by destruct (Nat.eqb h _).
Qed.
