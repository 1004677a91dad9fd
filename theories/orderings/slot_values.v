(** * The slot protocol, reduced to the values of its word

An execution of [slot_protocol] has threads, views and tokens. What remains of a step
if one looks at the newest value of the word alone is a [transition] of it, or nothing
([action_transition]). [word_step] says which value a transition leads to. It is the
form in which the protocol is compared with the pure model of a slot and with the
states of the verified programs.

- [step_word]: with the required orderings, each step from a state that is reached is
  the transition that its action stands for;
- [word_step_reached]: each transition is a step of an execution of the crate's
  configuration.

The configurations are those that store every state in the word ([stepwise]); the
leaner ones leave out the stores of UNIQUE after a claim and of busy before a
tear-down. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_configs.
From tally.orderings Require Import slot_invariant soundness.
From tally.prelude Require Import options.

(** ** Transitions *)
Inductive transition :=
  | Claim                     (* from_unused: the compare-exchange *)
  | Publish (unique : bool)   (* from_unused: the store at its end *)
  | LookUp                    (* from_in_use *)
  | Increment                 (* clone *)
  | Decrement                 (* drop *)
  | ToUnique                  (* try_from_shared *)
  | ToShared                  (* from_unique *)
  | Retire                    (* drop of a unique handle *)
  | Vacate.                   (* the end of a tear-down *)

Definition word_step (tr : transition) (v : word) : option word :=
  match tr, v with
  | Claim, UNUSED => Some BUSY
  | Publish u, BUSY => Some (if u then UNIQUE else COUNT 1)
  | LookUp, COUNT (S n) | Increment, COUNT (S n) => Some (COUNT (S (S n)))
  | Decrement, COUNT (S n) => Some (COUNT n)
  | ToUnique, COUNT 1 => Some UNIQUE
  | ToShared, UNIQUE => Some (COUNT 1)
  | Retire, UNIQUE => Some BUSY
  | Vacate, BUSY => Some UNUSED
  | _, _ => None
  end.

(** [None]: the action leaves the word as it is. *)
Definition action_transition (a : action) : option transition :=
  match a with
  | ClaimCas => Some Claim
  | PublishShared _ => Some (Publish false)
  | PublishUnique _ => Some (Publish true)
  | LookupCas _ _ => Some LookUp
  | Clone _ _ => Some Increment
  | DropShared _ => Some Decrement
  | DropUnique _ => Some Retire
  | StoreUnused => Some Vacate
  | ShareUnique _ => Some ToShared
  | TryUnique _ | TryUniqueStore _ => Some ToUnique
  | _ => None
  end.

(** Every state of the slot is stored in its word. *)
Record stepwise (o : orderings) : Prop := Stepwise {
  stepwise_claim : claim_to_unique o = false;
  stepwise_publish : is_Some (publish_unique o);
  stepwise_retire : is_Some (retire_unique o);
}.
Lemma crate_stepwise : stepwise crate.
Proof. split; [done|by eexists..]. Qed.

(** ** What the owner's token says of the word *)
Definition held (k : token) : option word :=
  match k with
  | Unique _ => Some UNIQUE
  | Claimed | Built | Last | Owned | Dead => Some BUSY
  | _ => None
  end.
Definition settled (σ : slot) : Prop :=
  word_owners (last_value (mem σ)) = 0 ∨
  ∃ k x, (k, x) ∈ pool σ ∧ held k = Some (last_value (mem σ)).

Lemma held_owner k w : held k = Some w → owner k = 1.
Proof. by destruct k. Qed.
Lemma held_word o σ t k p w :
  good o σ → settled σ → pool σ ≡ₚ (k, At t) :: p → held k = Some w →
  last_value (mem σ) = w.
Proof.
  intros Hgood Hset Hp Hk. pose proof (inv_owners Hgood) as Ho.
  rewrite (total_perm _ _ _ Hp) /= (held_owner _ _ Hk) in Ho.
  destruct Hset as [H0|(k'&x'&Hin&Hk')]; [lia|].
  rewrite Hp in Hin. apply elem_of_cons in Hin as [[= -> ->]|Hin]; [by simplify_eq|].
  assert (total owner p = 0) as H0.
  { destruct (last_value (mem σ)) as [| |[|n]]; simpl in Ho; lia. }
  pose proof (total_zero _ _ _ _ H0 Hin). by rewrite (held_owner _ _ Hk') in H.
Qed.

(** ** Steps that succeed *)
Lemma only_if_Done b r σ : only_if b r = Done σ → b = true ∧ r = Done σ.
Proof. by destruct b. Qed.
Lemma with_token_Done t k σ f σ' :
  with_token t k σ f = Done σ' → ∃ p, pool σ ≡ₚ (k, At t) :: p ∧ f p = Done σ'.
Proof.
  unfold with_token. destruct (take_item _ _) as [p|] eqn:Hp; [|done].
  intros H. exists p. split; [by apply take_item_perm|done].
Qed.
Lemma loading_Done o t age σ f σ' :
  loading o t age σ f = Done σ' →
  ∃ v m, last_value m = last_value (mem σ) ∧ f v m = Done σ'.
Proof.
  unfold loading. destruct (load _ _ _ _) as [[v m]|] eqn:Hl; [|done].
  apply load_grows in Hl as [_ Hn]. intros H. exists v, m. split; [|done].
  by rewrite /last_value Hn.
Qed.
Lemma failing_cas_Done weak v o t age σ f σ' :
  failing_cas weak v o t age σ f = Done σ' →
  ∃ w m, last_value m = last_value (mem σ) ∧ f w m = Done σ'.
Proof.
  intros (w&m&Hm&[_ H]%only_if_Done)%loading_Done. by exists w, m.
Qed.
Lemma reading_Done t σ f σ' :
  reading t σ f = Done σ' → ∃ m, last_value m = last_value (mem σ) ∧ f m = Done σ'.
Proof.
  rewrite /reading /na_read. destruct (clk_leb _ _); [|done].
  destruct (live σ); [|done]. intros H. by eexists (Machine _ _ _ _ _).
Qed.
Lemma writing_Done was t σ f σ' :
  writing was t σ f = Done σ' → ∃ m, last_value m = last_value (mem σ) ∧ f m = Done σ'.
Proof.
  rewrite /writing /na_write. destruct (_ && _); [|done].
  destruct (Bool.eqb _ _); [|done]. intros H. by eexists (Machine _ _ _ _ _).
Qed.

Local Ltac succeed H :=
  repeat match type of H with
  | only_if _ _ = Done _ => apply only_if_Done in H as [? H]
  | with_token _ _ _ _ = Done _ =>
      let p := fresh "p" in let Hp := fresh "Hp" in
      apply with_token_Done in H as (p&Hp&H)
  | loading _ _ _ _ _ = Done _ =>
      let m := fresh "m" in let Hm := fresh "Hm" in
      apply loading_Done in H as (?&m&Hm&H)
  | failing_cas ?weak ?v ?o ?t ?age ?σ ?f = Done _ =>
      let m := fresh "m" in let Hm := fresh "Hm" in
      apply failing_cas_Done in H as (?&m&Hm&H)
  | reading _ _ _ = Done _ =>
      let m := fresh "m" in let Hm := fresh "Hm" in
      apply reading_Done in H as (m&Hm&H)
  | writing _ _ _ _ = Done _ =>
      let m := fresh "m" in let Hm := fresh "Hm" in
      apply writing_Done in H as (m&Hm&H)
  | Done _ = Done _ => injection H as <-
  | match ?x with _ => _ end = Done _ => destruct x eqn:?; try done
  end.

Section values.
  Context (o : orderings) (Ho : required o) (Hs : stepwise o).
  Implicit Types (σ : slot) (t : thread) (a : action).

  Definition follows a (v v' : word) : Prop :=
    match action_transition a with
    | Some tr => word_step tr v = Some v'
    | None => v' = v
    end.

  (** The word stays, and with it the owner's token. *)
  Lemma settled_keep σ m lv p :
    settled σ → last_value m = last_value (mem σ) →
    (∀ k x w, (k, x) ∈ pool σ → held k = Some w →
      ∃ k' x', (k', x') ∈ p ∧ held k' = Some w) →
    settled (Slot m lv p).
  Proof.
    intros [H0|(k&x&Hin&Hk)] Hm Hp; [left|right]; rewrite /= Hm; [done|].
    by eapply Hp.
  Qed.
  Lemma settled_grow σ m lv p :
    settled σ → last_value m = last_value (mem σ) →
    (∀ y, y ∈ pool σ → y ∈ p) → settled (Slot m lv p).
  Proof. intros Hset Hm Hp. eapply settled_keep; [done..|]. intros k x w ??. eauto. Qed.
  Lemma settled_swap σ t k k' x' m lv p :
    settled σ → last_value m = last_value (mem σ) →
    pool σ ≡ₚ (k, At t) :: p → held k = held k' →
    settled (Slot m lv ((k', x') :: p)).
  Proof.
    intros Hset Hm Hp Hk. eapply settled_keep; [done..|].
    intros l y w Hin Hl. rewrite Hp in Hin.
    apply elem_of_cons in Hin as [[= -> ->]|Hin].
    - exists k', x'. rewrite -Hk. split; [apply elem_of_cons; by left|done].
    - exists l, y. split; [apply elem_of_cons; by right|done].
  Qed.
  Lemma settled_drop σ t k m lv p :
    settled σ → last_value m = last_value (mem σ) →
    pool σ ≡ₚ (k, At t) :: p → held k = None → settled (Slot m lv p).
  Proof.
    intros Hset Hm Hp Hk. eapply settled_keep; [done..|].
    intros l y w Hin Hl. rewrite Hp in Hin.
    apply elem_of_cons in Hin as [[= -> ->]|Hin]; [by rewrite Hk in Hl|by exists l, y].
  Qed.
  Lemma settled_new m lv k x p :
    held k = Some (last_value m) → settled (Slot m lv ((k, x) :: p)).
  Proof. intros Hk. right. exists k, x. split; [apply elem_of_cons; by left|done]. Qed.

  Lemma step_settled t a σ σ' :
    good o σ → settled σ → step o t a σ = Done σ' →
    settled σ' ∧ follows a (last_value (mem σ)) (last_value (mem σ')).
  Proof using Ho Hs.
    intros Hgood Hset Hstep. rewrite /follows.
    assert (∀ k p w, pool σ ≡ₚ (k, At t) :: p → held k = Some w → last_value (mem σ) = w)
      as Hheld.
    { intros k p w. by apply held_word with o. }
    assert (∀ y x, y ∈ pool σ → y ∈ x :: pool σ) as Hcons.
    { intros y x ?. apply elem_of_cons. by right. }
    destruct a; simpl in Hstep |- *; succeed Hstep;
      rewrite /= ?store_value ?update_value ?(stepwise_claim _ Hs).
    - (* ClaimCas *)
      apply bool_decide_eq_true in H as ->. split; [|done].
      apply settled_new. by rewrite update_value.
    - split; [eapply settled_grow; [done|done|by auto]|done].
    - (* WriteNew *) split; [by eapply settled_swap|done].
    - (* PublishShared *)
      rewrite (Hheld _ _ _ Hp eq_refl). split; [|done]. by left.
    - (* PublishUnique *)
      rewrite (Hheld _ _ _ Hp eq_refl). destruct (stepwise_publish _ Hs) as [o' ->].
      rewrite store_value. split; [|done]. apply settled_new. by rewrite store_value.
    - (* LookupLoad *)
      split; [|done]. apply (settled_grow σ); [done..|]. intros y ?. apply elem_of_app; by right.
    - (* LookupCas *)
      match goal with H : _ && _ = true |- _ => apply andb_true_iff in H as [Hn Hv] end.
      apply bool_decide_eq_true in Hv as ->. destruct n as [|n]; [done|].
      split; [|done]. by left.
    - (* LookupCasFails *)
      split; [|done]. eapply settled_keep; [done..|]. intros k y w Hin Hk. rewrite Hp in Hin.
      apply elem_of_cons in Hin as [[= -> ->]|Hin]; [done|].
      exists k, y. split; [apply elem_of_app; by right|done].
    - (* Clone *) split; [|done]. by left.
    - split; [eapply settled_grow; [done|done|by auto]|done].
    - split; [eapply settled_grow; [done|done|by auto]|done].
    - (* DropShared *)
      split; [|done]. destruct n0 as [|n0].
      + apply settled_new. by rewrite update_value.
      + by left.
    - (* DropFence *)
      assert (last_value (if drop_fence o then fence_acquire t (mem σ) else mem σ) =
        last_value (mem σ)) as Hm by by destruct (drop_fence o).
      split; [by eapply settled_swap|done].
    - (* DropUnique *)
      rewrite (Hheld _ _ _ Hp eq_refl). destruct (stepwise_retire _ Hs) as [o' ->].
      rewrite store_value. split; [|done]. apply settled_new. by rewrite store_value.
    - (* Destroy *) split; [by eapply settled_swap|done].
    - (* StoreUnused *)
      rewrite (Hheld _ _ _ Hp eq_refl). split; [|done]. by left.
    - (* ShareUnique *)
      rewrite (Hheld _ _ _ Hp eq_refl). split; [|done]. by left.
    - (* TryUnique *)
      match goal with H : bool_decide _ = true |- _ => apply bool_decide_eq_true in H as -> end.
      split; [|done]. apply settled_new. by rewrite update_value.
    - split; [eapply settled_grow; [done|done|by auto]|done].
    - (* TryUniqueLoad *) destruct (try_unique_acquires _ Ho) as (c&Hc&_). congruence.
    - (* TryUniqueStore *)
      exfalso. assert ((Probed h, At t) ∈ pool σ) as Hin by (rewrite Hp; apply elem_of_cons; by left).
      by apply (inv_token_live Hgood _ _ Hin).
    - (* Borrow *) split; [eapply settled_grow; [done|done|by auto]|done].
    - (* EndBorrow *) split; [by eapply settled_drop|done].
    - (* Send *) split; [by eapply settled_swap|done].
    - (* Receive *)
      match goal with H : take_item _ _ = Some _ |- _ => apply take_item_perm in H as Hp end.
      split; [|done]. eapply settled_keep; [done..|]. intros j y w Hin Hj. rewrite Hp in Hin.
      apply elem_of_cons in Hin as [[= -> ->]|Hin].
      + exists k, (At t). split; [apply elem_of_cons; by left|done].
      + exists j, y. split; [apply elem_of_cons; by right|done].
    - (* Notify *) split; [eapply settled_grow; [done|done|by auto]|done].
    - (* ClientFence *) assert (last_value (if acquire then fence_acquire t (mem σ) else fence_release t (mem σ)) =
        last_value (mem σ)) as Hm by by destruct acquire.
      split; [eapply settled_grow; [done|done|by auto]|done].
  Qed.

  Lemma reachable_settled σ : reachable o σ → settled σ.
  Proof using Ho Hs.
    intros [tr Htr]. assert (good o unused ∧ settled unused) as Hinit.
    { split; [apply unused_good|by left]. }
    revert Hinit Htr. generalize unused. induction tr as [|[t a] tr IH]; intros σ0 [Hg Hset].
    { by intros [= ->]. }
    simpl. destruct (step o t a σ0) as [σ1| |] eqn:Hstep; [|done..]. apply IH.
    pose proof (step_fine o t a σ0 Ho Hg) as Hfine. rewrite Hstep in Hfine.
    split; [done|]. by apply (step_settled t a σ0).
  Qed.

  (** A step from a state that is reached is the transition of its action. *)
  Lemma step_word t a σ σ' :
    reachable o σ → step o t a σ = Done σ' →
    follows a (last_value (mem σ)) (last_value (mem σ')).
  Proof using Ho Hs.
    intros Hr Hstep. eapply step_settled; [by apply reachable_good|by apply reachable_settled|].
    exact Hstep.
  Qed.
End values.

(** ** Every transition is a step of the crate's protocol *)
Lemma run_app o tr tr' σ :
  run o (tr ++ tr') σ = match run o tr σ with Done σ' => run o tr' σ' | r => r end.
Proof.
  revert σ. induction tr as [|[t a] tr IH]; intros σ; simpl; [done|].
  by destruct (step o t a σ).
Qed.
Lemma reachable_step o t a σ σ' :
  reachable o σ → step o t a σ = Done σ' → reachable o σ'.
Proof.
  intros [tr Htr] Hstep. exists (tr ++ [(t, a)]). by rewrite run_app Htr /= Hstep.
Qed.

(** Thread 0 has [n] shares, by the names [0] to [n - 1]. *)
Fixpoint shares (n : nat) : list item :=
  match n with O => [] | S n => (Shared n, At 0) :: shares n end.
Lemma shares_unnamed h n : n ≤ h → unnamed h (shares n) = true.
Proof.
  induction n as [|n IH]; intros Hn; simpl; [done|].
  destruct (Nat.eqb_spec h n); [lia|]. apply IH. lia.
Qed.
Lemma shares_unborrowed h n : unborrowed h (shares n) = true.
Proof. induction n as [|n IH]; by simpl. Qed.
Lemma with_token_head t k σ p f :
  pool σ = (k, At t) :: p → with_token t k σ f = f p.
Proof. rewrite /with_token=> -> /=. by rewrite bool_decide_eq_true_2. Qed.

Lemma shares_reachable n :
  ∃ σ, reachable crate σ ∧ last_value (mem σ) = COUNT (S n) ∧ pool σ = shares (S n) ∧
    views (mem σ) 1 = thread_view_bot.
Proof.
  induction n as [|n (σ&Hr&Hv&Hp&H1)].
  - eexists. split; [|split; [|split]].
    + exists [(0, ClaimCas); (0, WriteNew); (0, PublishShared 0)]. done.
    + done.
    + done.
    + done.
  - eexists. split; [|split; [|split]].
    + eapply (reachable_step _ 0 (Clone (Shared n) (S n)) σ); [done|].
      rewrite /= Hp shares_unnamed // (with_token_head _ _ _ _ _ Hp) Hv. done.
    + done.
    + done.
    + exact H1.
Qed.

Theorem word_step_reached tr v v' :
  word_step tr v = Some v' →
  ∃ σ t a σ', reachable crate σ ∧ last_value (mem σ) = v ∧
    action_transition a = Some tr ∧ step crate t a σ = Done σ' ∧ last_value (mem σ') = v'.
Proof.
  assert (∀ tr0 a σ σ', run crate tr0 unused = Done σ → step crate 0 a σ = Done σ' →
    action_transition a = Some tr →
    last_value (mem σ) = v → last_value (mem σ') = v' →
    ∃ σ t a σ', reachable crate σ ∧ last_value (mem σ) = v ∧
      action_transition a = Some tr ∧ step crate t a σ = Done σ' ∧ last_value (mem σ') = v')
    as Hrun.
  { intros tr0 a σ σ' ?????. exists σ, 0, a, σ'. split; [by exists tr0|done]. }
  destruct tr; destruct v as [| |[|n]]; simpl; intros Hv; try done.
  - injection Hv as <-. by eapply (Hrun [] ClaimCas).
  - injection Hv as <-. destruct unique.
    + by eapply (Hrun [(0, ClaimCas); (0, WriteNew)] (PublishUnique 0)).
    + by eapply (Hrun [(0, ClaimCas); (0, WriteNew)] (PublishShared 0)).
  - (* LookUp, by a thread that has nothing yet *)
    injection Hv as <-. destruct (shares_reachable n) as (σ&Hr&Hv&Hp&H1).
    assert (∃ m, last_value m = COUNT (S n) ∧ newest m = newest (mem σ) ∧
      step crate 1 (LookupLoad 0) σ = Done (Slot m (live σ) ((Guess (S n), At 1) :: pool σ)))
      as (m&Hm&_&Hload).
    { eexists. split; [|split]; last first.
      - rewrite /step /loading /load /= H1 /=. rewrite /last_value in Hv. by rewrite Hv.
      - done.
      - done. }
    set (σ1 := Slot m (live σ) ((Guess (S n), At 1) :: pool σ)) in *.
    exists σ1, 1, (LookupCas (S n) (S n)). eexists.
    split; [by eapply reachable_step|]. split; [done|]. split; [done|]. split.
    + rewrite /= Hp shares_unnamed // (with_token_head _ _ _ (shares (S n))); last first.
      { by rewrite /= Hp. }
      by rewrite Hm bool_decide_eq_true_2.
    + done.
  - (* Increment *)
    injection Hv as <-. destruct (shares_reachable n) as (σ&Hr&Hv&Hp&_).
    exists σ, 0, (Clone (Shared n) (S n)). eexists.
    split; [done|]. split; [done|]. split; [done|]. split.
    + by rewrite /= Hp shares_unnamed // (with_token_head _ _ _ _ _ Hp) Hv.
    + done.
  - (* Decrement *)
    injection Hv as <-. destruct (shares_reachable n) as (σ&Hr&Hv&Hp&_).
    exists σ, 0, (DropShared n). eexists.
    split; [done|]. split; [done|]. split; [done|]. split.
    + rewrite /= Hp shares_unborrowed (with_token_head _ _ _ _ _ Hp) Hv. done.
    + done.
  - destruct n as [|n]; [|done]. injection Hv as <-.
    by eapply (Hrun [(0, ClaimCas); (0, WriteNew); (0, PublishShared 0)] (TryUnique 0)).
  - injection Hv as <-.
    by eapply (Hrun [(0, ClaimCas); (0, WriteNew); (0, PublishUnique 0)] (ShareUnique 0)).
  - injection Hv as <-.
    by eapply (Hrun [(0, ClaimCas); (0, WriteNew); (0, PublishUnique 0)] (DropUnique 0)).
  - injection Hv as <-.
    by eapply (Hrun [(0, ClaimCas); (0, WriteNew); (0, PublishUnique 0); (0, DropUnique 0);
      (0, Destroy)] StoreUnused).
Qed.
