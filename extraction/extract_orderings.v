(** * Extraction of the table of memory orderings to JSON

The verdicts of the explorer on the crate's loom scenarios ([explorer]), computed here,
the configurations ([slot_configs]), and for each load-bearing ordering the lemma that
says it is needed, with its execution. [cargo xtask orderings] makes docs/orderings.md
and the expectations of the loom tests from it, and compares the crate's source. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import orderings explorer.
Require Coq.extraction.Extraction.
From tally.prelude Require Import options.

(** ** What the explorer says, cell by cell *)
Inductive cell := Silent | Wrong (f : fault) | Unfinished.

Definition row (o : orderings) : list (scenario * cell) :=
  map (λ s, (s, match explore_scenario o s with
                | Nothing => Silent
                | Found f _ => Wrong f
                | OutOfFuel => Unfinished
                end)) scenarios.

Definition rows_relaxed : list (site * list (scenario * cell)) :=
  Eval vm_compute in map (λ w, (w, row (relaxed_at w))) sites.
Definition row_crate := Eval vm_compute in row crate.
Definition row_lean := Eval vm_compute in row lean.
Definition row_original := Eval vm_compute in row original.
Definition row_by_load := Eval vm_compute in row test_by_load.

(** The two roads to the lists agree: this fails to compile where they do not. *)
Definition races (r : list (scenario * cell)) : list scenario :=
  map fst (List.filter (λ x, match x.2 with Wrong Race => true | _ => false end) r).
Definition rows_are_proved :
  map (λ x, (x.1, races x.2)) rows_relaxed = map (λ w, (w, racy_when_relaxed w)) sites :=
  eq_refl.

(** ** The configurations, step by step *)
Inductive step_at :=
  | Bearing (w : site)
  | PublishingUnique | FirstLoad | FailedAcquire | Cloning | RetiringUnique.
Inductive use := Absent | Uses (o : ordering) | UsesLoad (o : ordering).

Definition maybe (o : option ordering) : use :=
  match o with Some o => Uses o | None => Absent end.

Definition uses (o : orderings) : list (step_at * use) :=
  [(Bearing AtClaimUnused, Uses (claim o));
   (Bearing AtPublishShared, Uses (publish_shared o));
   (PublishingUnique, maybe (publish_unique o));
   (FirstLoad, Uses (in_use_load o));
   (FailedAcquire, Uses (in_use_retry o));
   (Bearing AtAcquireInUse, Uses (in_use_cas o));
   (Cloning, Uses (clone o));
   (Bearing AtReleaseShare, Uses (drop_sub o));
   (Bearing AtLastShareFence, if drop_fence o then Uses Acquire else Absent);
   (RetiringUnique, maybe (retire_unique o));
   (Bearing AtStoreUnused, Uses (store_unused o));
   (Bearing AtShareUnique, Uses (share_unique o));
   (Bearing AtTryFromShared,
      match try_unique o with ByCas c => Uses c | ByLoad c => UsesLoad c end)].

Definition uses_crate := Eval vm_compute in uses crate.
Definition uses_lean := Eval vm_compute in uses lean.

(** ** Why each is needed

The constructors are named like the lemmas; that a lemma is about the site at which it
stands is what the type of [evidence] says. *)
Module named.
  Inductive lemma :=
    | claim_acquire_needed | publish_shared_release_needed | in_use_cas_acquire_needed
    | drop_sub_release_needed | last_drop_acquire_needed | store_unused_release_needed
    | share_unique_release_needed | try_unique_acquire_needed.
End named.

Record needed (o : orderings) := Needed {
  by_lemma : named.lemma;
  execution : trace;
  races_there : run o execution unused = Bad Race;
}.

Definition evidence (w : site) : needed (relaxed_at w) :=
  match w with
  | AtClaimUnused =>
      let o := relaxed_at AtClaimUnused in
      Needed o named.claim_acquire_needed _ (claim_acquire_needed o eq_refl)
  | AtPublishShared =>
      let o := relaxed_at AtPublishShared in
      Needed o named.publish_shared_release_needed _ (publish_shared_release_needed o eq_refl)
  | AtAcquireInUse =>
      let o := relaxed_at AtAcquireInUse in
      Needed o named.in_use_cas_acquire_needed _ (in_use_cas_acquire_needed o eq_refl)
  | AtReleaseShare =>
      let o := relaxed_at AtReleaseShare in
      Needed o named.drop_sub_release_needed _ (drop_sub_release_needed o eq_refl)
  | AtLastShareFence =>
      let o := relaxed_at AtLastShareFence in
      Needed o named.last_drop_acquire_needed _ (last_drop_acquire_needed o eq_refl)
  | AtStoreUnused =>
      let o := relaxed_at AtStoreUnused in
      Needed o named.store_unused_release_needed _ (store_unused_release_needed o eq_refl)
  | AtShareUnique =>
      let o := relaxed_at AtShareUnique in
      Needed o named.share_unique_release_needed _ (share_unique_release_needed o eq_refl)
  | AtTryFromShared =>
      let o := relaxed_at AtTryFromShared in
      Needed o named.try_unique_acquire_needed _ (try_unique_acquire_needed o Relaxed eq_refl eq_refl)
  end.

Definition reasons : list (site * (named.lemma * trace)) :=
  Eval vm_compute in
    map (λ w, (w, (by_lemma _ (evidence w), execution _ (evidence w)))) sites.

(** Each goes well up to its last step. *)
Definition fine (o : orderings) (tr : trace) : bool :=
  match run o (removelast tr) unused with Done _ => true | _ => false end.
Definition executions_end_in_the_race :
  forallb (λ w, fine (relaxed_at w) (execution _ (evidence w))) sites &&
  fine test_by_load lookup_beside_probe = true := eq_refl.

(** The uniqueness test by a load, and the original, which is the crate with one site
relaxed: so the loom tests of that site run the original's orderings. *)
Definition by_load_races : run test_by_load lookup_beside_probe unused = Bad Race :=
  try_unique_cas_needed test_by_load Acquire eq_refl.
Definition trace_by_load : trace := Eval vm_compute in lookup_beside_probe.
Definition original_is_relaxed : original = relaxed_at AtTryFromShared := eq_refl.

Extraction Language JSON.
Extraction "orderings.json"
  scenarios rows_relaxed row_crate row_lean row_original row_by_load
  uses_crate uses_lean reasons trace_by_load.
