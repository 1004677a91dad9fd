(** * Laws of the weak-memory machine

What an action does to the views, from below: the proofs of race freedom need
only that a thread knows at least so much. Everything grows ([grows]); an
acquiring read takes in the message, a releasing side effect gives away [cur],
an update keeps what the message had. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine.
From tally.prelude Require Import options.

(** ** Vector clocks *)
Lemma clk_nil u : clk [] u = 0%nat.
Proof. by destruct u. Qed.

Lemma clk_clk_join c d u : clk (clk_join c d) u = Nat.max (clk c u) (clk d u).
Proof.
  revert d u. induction c as [|x c IH]; intros [|y d] u; simpl.
  - by rewrite !clk_nil.
  - by rewrite clk_nil.
  - rewrite clk_nil. lia.
  - destruct u as [|u]; [done|]. apply (IH d u).
Qed.

Lemma clk_clk_put u k c v : clk (clk_put u k c) v = if decide (u = v) then k else clk c v.
Proof.
  revert c v. induction u as [|u IH]; intros [|x c] [|v]; simpl; try done.
  - unfold clk; simpl. by destruct v.
  - unfold clk in *; simpl. rewrite IH. destruct v; repeat case_decide; simpl; congruence || lia.
  - unfold clk in *; simpl. rewrite IH. repeat case_decide; congruence || lia.
Qed.

Lemma clk_le_refl c : clk_le c c.
Proof. by intros u. Qed.
Lemma clk_le_trans c d e : clk_le c d → clk_le d e → clk_le c e.
Proof. intros H1 H2 u. specialize (H1 u). specialize (H2 u). lia. Qed.
Lemma clk_le_join_l c d : clk_le c (clk_join c d).
Proof. intros u. rewrite clk_clk_join. lia. Qed.
Lemma clk_le_join_r c d : clk_le d (clk_join c d).
Proof. intros u. rewrite clk_clk_join. lia. Qed.
Lemma clk_join_le c d e : clk_le c e → clk_le d e → clk_le (clk_join c d) e.
Proof. intros H1 H2 u. rewrite clk_clk_join. specialize (H1 u). specialize (H2 u). lia. Qed.
Lemma clk_le_nil c : clk_le [] c.
Proof. intros u. rewrite clk_nil. lia. Qed.

Lemma clk_leb_complete c d : clk_le c d → clk_leb c d = true.
Proof.
  revert d. induction c as [|x c IH]; intros d H; [done|].
  assert (∀ u, (clk c u ≤ clk (tail d) u)%nat) as Htl.
  { intros u. specialize (H (S u)). by destruct d; destruct u. }
  destruct d as [|y d]; simpl; apply andb_true_iff; (split; [|by apply IH]).
  - apply Nat.leb_le. apply (H 0%nat).
  - apply Nat.leb_le. apply (H 0%nat).
Qed.

Global Hint Resolve clk_le_refl clk_le_join_l clk_le_join_r : core.

(** ** What a thread and a message know *)
Section laws.
  Context {A : Type}.
  Implicit Types (m : machine A) (t u : thread) (o : ordering) (v : A).

  Definition cur_clock m t : clock := known (cur (views m t)).
  Definition acq_clock m t : clock := known (acq (views m t)).
  Definition word_clock m : clock := known (msg_view (newest m)).

  (** No thread forgets, and the data are as they were. *)
  Record grows m m' : Prop := Grows {
    grows_cur u : clk_le (cur_clock m u) (cur_clock m' u);
    grows_acq u : clk_le (acq_clock m u) (acq_clock m' u);
    grows_writes : writes m' = writes m;
    grows_reads : reads m' = reads m;
  }.

  Lemma grows_refl m : grows m m.
  Proof. split; done || (intros; apply clk_le_refl). Qed.

  Lemma views_set_view t T m u :
    views (set_view t T m) u = if decide (t = u) then T else views m u.
  Proof.
    simpl. case_decide as H.
    - by rewrite (proj2 (Nat.eqb_eq t u) H).
    - by rewrite (proj2 (Nat.eqb_neq t u) H).
  Qed.

  Lemma set_view_grows t T m :
    clk_le (cur_clock m t) (known (cur T)) → clk_le (acq_clock m t) (known (acq T)) →
    grows m (set_view t T m).
  Proof.
    intros Hc Ha. split; try done; intros u; unfold cur_clock, acq_clock;
      rewrite views_set_view; case_decide; subst; done.
  Qed.
  Lemma cur_clock_set_view t T m : cur_clock (set_view t T m) t = known (cur T).
  Proof. unfold cur_clock. rewrite views_set_view. by case_decide. Qed.
  Lemma acq_clock_set_view t T m : acq_clock (set_view t T m) t = known (acq T).
  Proof. unfold acq_clock. rewrite views_set_view. by case_decide. Qed.

  (** Loads *)
  Lemma load_grows o t age m v m' :
    load o t age m = Some (v, m') → grows m m' ∧ newest m' = newest m.
  Proof.
    unfold load. intros H. destruct (_ !! age) as [x|]; [|done].
    destruct (Nat.leb _ _); [|done]. injection H as <- <-. split; [|done].
    apply set_view_grows; simpl; apply clk_le_join_l.
  Qed.

  (** Plain stores *)
  Lemma store_grows o t v m : grows m (store o t v m).
  Proof.
    destruct (set_view_grows t (ThreadView
      (view_join (cur (views m t)) (View (S (length (older m))) []))
      (acq (views m t)) (rel (views m t))) m); simpl; auto.
    by split.
  Qed.
  Lemma store_value o t v m : last_value (store o t v m) = v.
  Proof. done. Qed.
  Lemma store_releases o t v m :
    releases o = true → word_clock (store o t v m) = cur_clock m t.
  Proof. intros Ho. unfold word_clock; simpl. unfold released. by rewrite Ho. Qed.

  (** Read-modify-writes *)
  Lemma update_grows o t v m : grows m (update o t v m).
  Proof.
    destruct (set_view_grows t (ThreadView
      (view_join (cur (after_read o (length (older m)) (newest m) (views m t)))
        (View (S (length (older m))) []))
      (acq (after_read o (length (older m)) (newest m) (views m t)))
      (rel (views m t))) m); simpl.
    - eapply clk_le_trans; apply clk_le_join_l.
    - apply clk_le_join_l.
    - by split.
  Qed.
  Lemma update_value o t v m : last_value (update o t v m) = v.
  Proof. done. Qed.
  Lemma update_keeps o t v m : clk_le (word_clock m) (word_clock (update o t v m)).
  Proof. apply clk_le_join_l. Qed.
  Lemma update_releases o t v m :
    releases o = true → clk_le (cur_clock m t) (word_clock (update o t v m)).
  Proof.
    intros Ho. unfold word_clock; simpl. unfold released. rewrite Ho.
    eapply clk_le_trans; [|apply clk_le_join_r]. apply clk_le_join_l.
  Qed.
  Lemma update_acquires o t v m :
    acquires o = true → clk_le (word_clock m) (cur_clock (update o t v m) t).
  Proof.
    intros Ho. unfold update, push. rewrite cur_clock_set_view; simpl. rewrite Ho.
    eapply clk_le_trans; [|apply clk_le_join_l].
    eapply clk_le_trans; [|apply clk_le_join_r]. apply clk_le_refl.
  Qed.
  Lemma update_acq o t v m : clk_le (word_clock m) (acq_clock (update o t v m) t).
  Proof.
    unfold update, push. rewrite acq_clock_set_view; simpl.
    eapply clk_le_trans; [|apply clk_le_join_r]. apply clk_le_refl.
  Qed.

  (** Fences and other synchronisation *)
  Lemma fence_acquire_grows t m : grows m (fence_acquire t m).
  Proof. apply set_view_grows; simpl; auto. Qed.
  Lemma fence_acquire_cur t m :
    cur_clock (fence_acquire t m) t = clk_join (cur_clock m t) (acq_clock m t).
  Proof. unfold fence_acquire. by rewrite cur_clock_set_view. Qed.
  Lemma fence_release_grows t m : grows m (fence_release t m).
  Proof. apply set_view_grows; simpl; apply clk_le_refl. Qed.
  Lemma learn_grows t V m : grows m (learn t V m).
  Proof. apply set_view_grows; simpl; auto. Qed.
  Lemma learn_cur t V m : clk_le (known V) (cur_clock (learn t V m) t).
  Proof. unfold learn. rewrite cur_clock_set_view. apply clk_le_join_r. Qed.

  (** Data *)
  Lemma clk_le_tick t c : clk_le c (clk_put t (S (clk c t)) c).
  Proof. intros u. rewrite clk_clk_put. case_decide; subst; lia. Qed.

  (** Ordered after every write, a read succeeds; the data remember it, and so
  does the reader. *)
  Lemma na_read_spec t m :
    clk_le (writes m) (cur_clock m t) →
    ∃ m', na_read t m = Some m' ∧ newest m' = newest m ∧ writes m' = writes m ∧
      (∀ u, clk_le (cur_clock m u) (cur_clock m' u)) ∧
      (∀ u, clk_le (acq_clock m u) (acq_clock m' u)) ∧
      (∀ u, (clk (reads m') u ≤ clk (reads m) u)%nat ∨
            (clk (reads m') u ≤ clk (cur_clock m' t) u)%nat).
  Proof.
    intros H. unfold na_read. rewrite (clk_leb_complete _ _ H). eexists. split; [done|].
    destruct (set_view_grows t (ThreadView
      (View (seen (cur (views m t))) (clk_put t (S (clk (cur_clock m t) t)) (cur_clock m t)))
      (acq (views m t)) (rel (views m t))) m) as [Hc Ha _ _].
    { apply clk_le_tick. } { apply clk_le_refl. }
    split_and!; try done.
    intros u. simpl. rewrite clk_clk_put. case_decide as Hu; [subst u; right|by left].
    unfold cur_clock; simpl. done.
  Qed.

  (** Ordered after every read and write, a write succeeds; from then on only the
  writer is sure to be ordered after every write. *)
  Lemma na_write_spec t m :
    clk_le (writes m) (cur_clock m t) → clk_le (reads m) (cur_clock m t) →
    ∃ m', na_write t m = Some m' ∧ newest m' = newest m ∧ reads m' = reads m ∧
      (∀ u, clk_le (cur_clock m u) (cur_clock m' u)) ∧
      (∀ u, clk_le (acq_clock m u) (acq_clock m' u)) ∧
      clk_le (writes m') (cur_clock m' t).
  Proof.
    intros H1 H2. unfold na_write.
    rewrite (clk_leb_complete _ _ H1) (clk_leb_complete _ _ H2). simpl.
    eexists. split; [done|].
    destruct (set_view_grows t (ThreadView
      (View (seen (cur (views m t))) (clk_put t (S (clk (cur_clock m t) t)) (cur_clock m t)))
      (acq (views m t)) (rel (views m t))) m) as [Hc Ha _ _].
    { apply clk_le_tick. } { apply clk_le_refl. }
    split_and!; try done.
    intros u. simpl. rewrite clk_clk_put. case_decide as Hu; [by subst u|].
    etrans; [apply H1|]. apply Hc.
  Qed.
End laws.
