(** * What the explorer finds, configuration by configuration

A configuration is the crate with a set of changes: orderings relaxed, one or several at a
time, and three changes of the protocol itself. The crate's source can make the same changes
under loom, by the same names (rust/tally/src/sync.rs); the two are to agree in every
scenario. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs explorer
  loom_scenarios.
From tally.prelude Require Import options.

(** ** Changes

By the crate's names for the sites. *)
Inductive site :=
  | AtClaimUnused | AtPublishShared | AtFromInUse | AtReleaseShare | AtLastShareFence
  | AtStoreUnused | AtShareUnique | AtTryFromShared.

Definition sites : list site :=
  [AtClaimUnused; AtPublishShared; AtFromInUse; AtReleaseShare; AtLastShareFence;
   AtStoreUnused; AtShareUnique; AtTryFromShared].

Inductive change :=
  | Relaxing (w : site)  (* the ordering at the site is relaxed, the fence left out *)
  | ClaimsUnique         (* a claim goes straight to UNIQUE, which is not stored again *)
  | RetiresUnmarked      (* no store of busy before a unique handle's tear-down *)
  | TestsByLoad.         (* [try_from_shared] loads, and stores UNIQUE if it has read 1 *)

Definition changes : list change :=
  map Relaxing sites ++ [ClaimsUnique; RetiresUnmarked; TestsByLoad].

Definition relaxed_test (u : uniqueness_test) : uniqueness_test :=
  match u with ByCas _ => ByCas Relaxed | ByLoad _ => ByLoad Relaxed end.
Definition test_by_loading (u : uniqueness_test) : uniqueness_test :=
  match u with ByCas c | ByLoad c => ByLoad c end.

Definition changed (x : change) (o : orderings) : orderings :=
  let '(Orderings cl cu ps pu il ir ic cn ds df su ru sh tu) := o in
  match x with
  | Relaxing AtClaimUnused => Orderings Relaxed cu ps pu il ir ic cn ds df su ru sh tu
  | Relaxing AtPublishShared => Orderings cl cu Relaxed pu il ir ic cn ds df su ru sh tu
  | Relaxing AtFromInUse => Orderings cl cu ps pu il ir Relaxed cn ds df su ru sh tu
  | Relaxing AtReleaseShare => Orderings cl cu ps pu il ir ic cn Relaxed df su ru sh tu
  | Relaxing AtLastShareFence => Orderings cl cu ps pu il ir ic cn ds false su ru sh tu
  | Relaxing AtStoreUnused => Orderings cl cu ps pu il ir ic cn ds df Relaxed ru sh tu
  | Relaxing AtShareUnique => Orderings cl cu ps pu il ir ic cn ds df su ru Relaxed tu
  | Relaxing AtTryFromShared =>
      Orderings cl cu ps pu il ir ic cn ds df su ru sh (relaxed_test tu)
  | ClaimsUnique => Orderings cl true ps None il ir ic cn ds df su ru sh tu
  | RetiresUnmarked => Orderings cl cu ps pu il ir ic cn ds df su None sh tu
  | TestsByLoad => Orderings cl cu ps pu il ir ic cn ds df su ru sh (test_by_loading tu)
  end.

Global Instance change_eq_dec : EqDecision change.
Proof. unfold EqDecision, Decision. repeat decide equality. Defined.

Definition configuration := list change.
Definition configured (c : configuration) : orderings := foldr changed crate c.

Definition relaxed_at (w : site) : orderings := configured [Relaxing w].
Definition leaner : configuration := [ClaimsUnique; RetiresUnmarked].

Lemma configured_lean : configured leaner = lean.
Proof. reflexivity. Qed.
Lemma configured_original : configured [Relaxing AtTryFromShared] = original.
Proof. reflexivity. Qed.

Fixpoint pairs {A} (l : list A) : list (list A) :=
  match l with [] => [] | x :: l => map (λ y, [x; y]) l ++ pairs l end.

(** Computed here: no change, each change, the leanest protocol. *)
Definition explored_here : list configuration := [[]] ++ map (λ x, [x]) changes ++ [leaner].

(** Run under loom, and by the extracted explorer in a test: these; each two changes; the
leanest protocol with each other change; all orderings relaxed. *)
Definition combinations : list configuration :=
  List.filter (λ c, negb (bool_decide (c = leaner))) (pairs changes) ++
  map (λ x, leaner ++ [x]) (map Relaxing sites ++ [TestsByLoad]) ++ [map Relaxing sites].
Definition configurations : list configuration := explored_here ++ combinations.

(** ** What is found *)

(** In the crate's protocol, and in the leanest, with one site relaxed. *)
Definition racy_when_relaxed (w : site) : list scenario :=
  match w with
  | AtClaimUnused | AtStoreUnused =>
      [DropThenReuse; UniqueDropThenReuse; LookupAcrossReuse; TwoClaims]
  | AtPublishShared => [PublishThenLookup; UniqueDropThenReuse; LookupAcrossReuse]
  | AtFromInUse =>
      [PublishThenLookup; ShareThenLookup; UniqueDropThenReuse; LookupAcrossReuse]
  | AtReleaseShare | AtLastShareFence =>
      [CloneAndDrop; PublishThenLookup; UniqueWhilePeerDrops; UniqueDropWhilePeerDrops;
       UniqueWhileLookup; ShareThenLookup; UniqueDropThenReuse; LookupAcrossReuse;
       TwoLookups; RoundTripWhileLookup; TwoTryUnique]
  | AtShareUnique => [ShareThenLookup]
  | AtTryFromShared =>
      [UniqueWhilePeerDrops; UniqueDropWhilePeerDrops; UniqueWhileLookup;
       RoundTripWhileLookup; TwoTryUnique]
  end.

Definition racy_when_changed (x : change) : list scenario :=
  match x with
  | Relaxing w => racy_when_relaxed w
  | ClaimsUnique | RetiresUnmarked => []
  | TestsByLoad => [UniqueWhileLookup; RoundTripWhileLookup]
  end.

(** A set of changes goes wrong where one of them does alone, and nowhere else. *)
Definition racy_when (c : configuration) (s : scenario) : bool :=
  existsb (λ x, bool_decide (s ∈ racy_when_changed x)) c.

Definition is_race (v : verdict) : bool :=
  match v with Found Race _ => true | _ => false end.
Definition is_nothing (v : verdict) : bool :=
  match v with Nothing => true | _ => false end.

(** That it is so here is computed; of the combinations it is tested, on the extracted
explorer and on loom. *)
Definition agrees (c : configuration) (s : scenario) : bool :=
  let v := explore_scenario (configured c) s in
  if racy_when c s then is_race v else is_nothing v.

Lemma changes_explored : forallb (λ c, forallb (agrees c) scenarios) explored_here = true.
Proof. vm_compute; reflexivity. Qed.

Lemma agrees_scenario c s : In c explored_here → agrees c s = true.
Proof.
  intros Hc. pose proof changes_explored as H.
  rewrite forallb_forall in H. specialize (H c Hc). rewrite forallb_forall in H.
  apply H. destruct s; simpl; tauto.
Qed.

Lemma explored_nothing c s :
  In c explored_here → racy_when c s = false → explore_scenario (configured c) s = Nothing.
Proof.
  intros Hc Hs. pose proof (agrees_scenario c s Hc) as H. unfold agrees in H.
  rewrite Hs in H. by destruct (explore_scenario _ s).
Qed.
Lemma explored_racy c s :
  In c explored_here → racy_when c s = true →
  ∃ tr, explore_scenario (configured c) s = Found Race tr.
Proof.
  intros Hc Hs. pose proof (agrees_scenario c s Hc) as H. unfold agrees in H.
  rewrite Hs in H. destruct (explore_scenario _ s) as [|[] tr|]; try done. by exists tr.
Qed.

(** Cell by cell: with one site relaxed, the scenarios that are listed have a race, and no
run of the others goes wrong. *)
Lemma relaxed_at_explored w s :
  if bool_decide (s ∈ racy_when_relaxed w)
  then ∃ tr, explore_scenario (relaxed_at w) s = Found Race tr ∧
    run (relaxed_at w) tr unused = Bad Race
  else ∀ f, ¬ runs (relaxed_at w) (client s) unused (Some f).
Proof.
  assert (In [Relaxing w] explored_here) as Hc by (destruct w; simpl; tauto).
  case_bool_decide as Hs.
  - destruct (explored_racy [Relaxing w] s) as [tr Htr]; [done| |].
    { simpl. by rewrite bool_decide_eq_true_2. }
    exists tr. split; [done|]. by eapply explore_found.
  - intros f. eapply explore_complete. apply (explored_nothing [Relaxing w]); [done|].
    simpl. by rewrite bool_decide_eq_false_2.
Qed.

(** With the crate's orderings, and with the leanest, the search ends and finds
nothing. *)
Lemma crate_explored s : explore_scenario crate s = Nothing.
Proof. apply (explored_nothing []); [by left|done]. Qed.
Lemma lean_explored s : explore_scenario lean s = Nothing.
Proof. rewrite -configured_lean. apply explored_nothing; [simpl; tauto|by destruct s]. Qed.

(** The original's, and a uniqueness test by an acquiring load. *)
Lemma original_explored s :
  s ∈ [UniqueWhilePeerDrops; UniqueDropWhilePeerDrops; UniqueWhileLookup;
       RoundTripWhileLookup; TwoTryUnique] →
  ∃ tr, explore_scenario original s = Found Race tr.
Proof.
  intros Hs. rewrite -configured_original. apply explored_racy; [simpl; tauto|].
  unfold racy_when, existsb. by rewrite bool_decide_eq_true_2.
Qed.

Definition test_by_load : orderings := configured [TestsByLoad].

Lemma test_by_load_explored s :
  s ∈ [UniqueWhileLookup; RoundTripWhileLookup] →
  ∃ tr, explore_scenario test_by_load s = Found Race tr.
Proof.
  intros Hs. apply explored_racy; [simpl; tauto|].
  unfold racy_when, existsb. by rewrite bool_decide_eq_true_2.
Qed.

(** ** What leaves the prover *)

(** Of each scenario: what is found, and the execution. *)
Definition verdicts (c : configuration) : list (scenario * verdict) :=
  map (λ s, (s, explore_scenario (configured c) s)) scenarios.

(** Whether an execution goes wrong as it is said to: [explore_found], as a test. *)
Definition goes_wrong (c : configuration) (f : fault) (tr : trace) : bool :=
  match run (configured c) tr unused, f with
  | Bad Race, Race | Bad Lifetime, Lifetime | Bad Stray, Stray => true
  | _, _ => false
  end.
