(** * Extraction of the table of memory orderings to JSON

The verdicts on the crate's loom scenarios for each configuration that is run under loom
([explored]); the orderings of the crate and of the leanest protocol ([slot_configs]); and
for each load-bearing ordering the lemma that says it is needed, with its execution. [cargo
xtask orderings] makes docs/orderings.md and the expectations of the loom tests from it, and
compares the crate's source. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import orderings explorer loom_scenarios explored.
Require Coq.extraction.Extraction.
From tally.prelude Require Import options.

(** ** What the explorer says

Each configuration with the scenarios that race, in the order of [scenarios]; in the others
nothing goes wrong. Of [explored_here] that is what the prover's explorer finds; of
[combinations] it is for the tests to find. *)
Definition row (c : configuration) : configuration * list scenario :=
  (c, List.filter (racy_when c) scenarios).

Definition rows_explored := Eval vm_compute in map row explored_here.
Definition rows_combined := Eval vm_compute in map row combinations.

Definition rows_are_explored :
  forallb (λ c, forallb (agrees c) scenarios) explored_here = true := changes_explored.

(** ** The configurations, step by step *)
Inductive step_at :=
  | Bearing (w : site)
  | FailedClaim | PublishingUnique | FirstLoad | FailedAcquire | Cloning | RetiringUnique
  | FailedTryFrom.
Inductive use := Absent | Uses (o : ordering) | UsesLoad (o : ordering).

Definition maybe (o : option ordering) : use :=
  match o with Some o => Uses o | None => Absent end.

Definition uses (o : orderings) : list (step_at * use) :=
  [(Bearing AtClaimUnused, Uses (claim o));
   (FailedClaim, Uses on_failure);
   (Bearing AtPublishShared, Uses (publish_shared o));
   (PublishingUnique, maybe (publish_unique o));
   (FirstLoad, Uses (in_use_load o));
   (FailedAcquire, Uses (in_use_retry o));
   (Bearing AtFromInUse, Uses (in_use_cas o));
   (Cloning, Uses (clone o));
   (Bearing AtReleaseShare, Uses (drop_sub o));
   (Bearing AtLastShareFence, if drop_fence o then Uses Acquire else Absent);
   (RetiringUnique, maybe (retire_unique o));
   (Bearing AtStoreUnused, Uses (store_unused o));
   (Bearing AtShareUnique, Uses (share_unique o));
   (Bearing AtTryFromShared,
      match try_unique o with ByCas c => Uses c | ByLoad c => UsesLoad c end);
   (FailedTryFrom, Uses on_failure)].

Definition uses_crate := Eval vm_compute in uses crate.
Definition uses_lean := Eval vm_compute in uses lean.

(** ** Why each is needed

The constructors are named like the lemmas; that a lemma is about the site at which it
stands is what the type of [evidence] says. *)
Module named.
  Inductive lemma :=
    | claim_acquire_needed | publish_shared_release_needed | in_use_cas_acquire_needed
    | drop_sub_release_needed | last_drop_acquire_needed | store_unused_release_needed
    | share_unique_release_needed | try_unique_acquire_needed
    | arc_drop_sub_release_needed | arc_last_drop_acquire_needed | arc_upgrade_acquire_needed
    | arc_publish_release_needed | arc_weak_drop_release_needed | arc_lock_acquire_needed
    | arc_get_mut_acquire_needed | arc_unlock_release_needed.
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
  | AtFromInUse =>
      let o := relaxed_at AtFromInUse in
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
Definition original_is_relaxed : configured [Relaxing AtTryFromShared] = original := eq_refl.
Definition lean_is_leaner : configured leaner = lean := eq_refl.

(** ** [Arc]

As above: each ordering of today's standard library that is required, with the lemma and
the execution; and those that are not. *)
Inductive arc_site :=
  | DroppingStrong | DroppingLast | Upgrading | PublishingCycle | DroppingWeak | LockingWeak
  | TestingStrong | UnlockingWeak | CloningStrong | Downgrading | CloningWeak.
Inductive arc_origin := New | NewCyclic.

Definition arc_state (n : arc_origin) : arc :=
  match n with New => arc_new | NewCyclic => arc_new_cyclic end.

Record arc_needed := ArcNeeded {
  arc_use : use;
  arc_relaxed : arc_orderings;
  arc_by_lemma : named.lemma;
  arc_origin_of : arc_origin;
  arc_execution : arc_trace;
  arc_races_there : arc_run arc_relaxed arc_execution (arc_state arc_origin_of) = Bad Race;
}.

(** Today's, with one of them relaxed. *)
Definition arc_without (w : arc_site) : arc_orderings :=
  let '(ArcOrderings cn ds df ug pb dg wc wd lk gm ul) := arc_today in
  match w with
  | DroppingStrong => ArcOrderings cn Relaxed df ug pb dg wc wd lk gm ul
  | DroppingLast => ArcOrderings cn ds false ug pb dg wc wd lk gm ul
  | Upgrading => ArcOrderings cn ds df Relaxed pb dg wc wd lk gm ul
  | PublishingCycle => ArcOrderings cn ds df ug Relaxed dg wc wd lk gm ul
  | DroppingWeak => ArcOrderings cn ds df ug pb dg wc Relaxed lk gm ul
  | LockingWeak => ArcOrderings cn ds df ug pb dg wc wd Relaxed gm ul
  | TestingStrong => ArcOrderings cn ds df ug pb dg wc wd lk Relaxed ul
  | UnlockingWeak => ArcOrderings cn ds df ug pb dg wc wd lk gm Relaxed
  | CloningStrong | CloningWeak => arc_today
  | Downgrading => ArcOrderings cn ds df ug pb Relaxed wc wd lk gm ul
  end.

Definition arc_evidence : list (arc_site * arc_needed) :=
  [(DroppingStrong,
     ArcNeeded (Uses (arc_drop_sub arc_today)) (arc_without DroppingStrong)
       named.arc_drop_sub_release_needed New _ (arc_drop_sub_release_needed
         (arc_without DroppingStrong) eq_refl));
   (DroppingLast,
     ArcNeeded (if arc_drop_fence arc_today then Uses Acquire else Absent)
       (arc_without DroppingLast)
       named.arc_last_drop_acquire_needed New _ (arc_last_drop_acquire_needed
         (arc_without DroppingLast) eq_refl));
   (Upgrading,
     ArcNeeded (Uses (arc_upgrade arc_today)) (arc_without Upgrading)
       named.arc_upgrade_acquire_needed NewCyclic _ (arc_upgrade_acquire_needed
         (arc_without Upgrading) eq_refl));
   (PublishingCycle,
     ArcNeeded (Uses (arc_publish arc_today)) (arc_without PublishingCycle)
       named.arc_publish_release_needed NewCyclic _ (arc_publish_release_needed
         (arc_without PublishingCycle) eq_refl));
   (DroppingWeak,
     ArcNeeded (Uses (arc_weak_drop arc_today)) (arc_without DroppingWeak)
       named.arc_weak_drop_release_needed New _ (arc_weak_drop_release_needed
         (arc_without DroppingWeak) eq_refl));
   (LockingWeak,
     ArcNeeded (Uses (arc_lock arc_today)) (arc_without LockingWeak)
       named.arc_lock_acquire_needed New _ (arc_lock_acquire_needed
         (arc_without LockingWeak) eq_refl));
   (TestingStrong,
     ArcNeeded (Uses (arc_get_mut arc_today)) (arc_without TestingStrong)
       named.arc_get_mut_acquire_needed New _ (arc_get_mut_acquire_needed
         (arc_without TestingStrong) eq_refl));
   (UnlockingWeak,
     ArcNeeded (Uses (arc_unlock arc_today)) (arc_without UnlockingWeak)
       named.arc_unlock_release_needed New _ (arc_unlock_release_needed
         (arc_without UnlockingWeak) eq_refl))].

Definition arc_reasons : list (arc_site * (use * (named.lemma * (arc_origin * arc_trace)))) :=
  Eval vm_compute in
    map (λ x, (x.1, (arc_use x.2,
      (arc_by_lemma x.2, (arc_origin_of x.2, arc_execution x.2))))) arc_evidence.

(** Each goes well up to its last step. *)
Definition arc_executions_end_in_the_race :
  forallb (λ x,
    match arc_run (arc_relaxed x.2) (removelast (arc_execution x.2))
        (arc_state (arc_origin_of x.2)) with
    | Done _ => true | _ => false
    end) arc_evidence = true := eq_refl.

(** Not required: safe without. *)
Definition arc_free : list (arc_site * use) :=
  Eval vm_compute in
    [(CloningStrong, Uses (arc_clone arc_today)); (Downgrading, Uses (arc_downgrade arc_today));
     (CloningWeak, Uses (arc_weak_clone arc_today))].
Definition arc_downgrading_is_free : arc_safe (arc_without Downgrading) :=
  proj2 (arc_safe_iff_required (arc_without Downgrading))
    (ArcRequired (arc_without Downgrading) eq_refl (or_introl eq_refl) eq_refl eq_refl eq_refl eq_refl eq_refl eq_refl).

Extraction Language JSON.
Extraction "orderings.json"
  scenarios rows_explored rows_combined
  uses_crate uses_lean reasons trace_by_load arc_reasons arc_free.
