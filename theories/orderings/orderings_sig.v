(** * Memory orderings: the statements

Of the slot protocol with its orderings as a parameter ([slot_protocol]), on a
weak-memory machine ([machine]): which orderings it requires ([slot_configs]), that they
suffice, and an execution with a data race for each that is missing ([slot_traces]). The
same for [Arc] ([arc_protocol], [arc_traces]).

Each lemma [_needed] holds whatever the orderings that it does not speak of. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs slot_traces.
From tally.orderings Require Import arc_protocol arc_traces.
From tally.prelude Require Import options.

Module Type orderings_sig.
  (** ** The slot: sufficient and necessary *)

  (** With the required orderings no execution, of any threads and any length, has a
  data race or touches metadata that are not there. *)
  Parameter required_safe : ∀ o, required o → safe o.

  (** No other ordering is required, and none of these can be spared. *)
  Parameter safe_iff_required : ∀ o, safe o ↔ required o.
  (** Orderings are safe exactly if no execution from the unused slot ends in a data
  race. *)
  Parameter safe_iff_race_free : ∀ o, safe o ↔ ¬ racy o.

  (** The crate's orderings are safe. *)
  Parameter crate_safe : safe crate.
  (** The orderings [lean] are safe. *)
  Parameter lean_safe : safe lean.

  (** ** The slot: row by row *)
  (** If the compare-exchange of [from_unused] does not acquire, [drop_then_reuse] ends in a
  data race. *)
  Parameter claim_acquire_needed : ∀ o,
    acquires (claim o) = false → run o drop_then_reuse unused = Bad Race.
  (** If the store of 1 in [from_unused] does not release, [publish_then_lookup] ends in a
  data race. *)
  Parameter publish_shared_release_needed : ∀ o,
    releases (publish_shared o) = false → run o publish_then_lookup unused = Bad Race.
  (** If the compare-exchange of [from_in_use] does not acquire, [lookup_across_reuse] ends
  in a data race. *)
  Parameter in_use_cas_acquire_needed : ∀ o,
    acquires (in_use_cas o) = false → run o lookup_across_reuse unused = Bad Race.
  (** If the subtraction of a drop does not release, [peer_drops_then_last_drop] ends in a
  data race. *)
  Parameter drop_sub_release_needed : ∀ o,
    releases (drop_sub o) = false → run o peer_drops_then_last_drop unused = Bad Race.
  (** If the last drop has no fence and its subtraction does not acquire,
  [peer_drops_then_last_drop] ends in a data race. *)
  Parameter last_drop_acquire_needed : ∀ o,
    drop_fence o || acquires (drop_sub o) = false →
    run o peer_drops_then_last_drop unused = Bad Race.
  (** If the store of UNUSED does not release, [drop_then_reuse] ends in a data race. *)
  Parameter store_unused_release_needed : ∀ o,
    releases (store_unused o) = false → run o drop_then_reuse unused = Bad Race.
  (** If the store of 1 in [from_unique] does not release, [share_then_lookup] ends in a
  data race. *)
  Parameter share_unique_release_needed : ∀ o,
    releases (share_unique o) = false → run o share_then_lookup unused = Bad Race.
  (** If the compare-exchange of [try_from_shared] does not acquire,
  [peer_drops_then_unique] ends in a data race. *)
  Parameter try_unique_acquire_needed : ∀ o c,
    try_unique o = ByCas c → acquires c = false →
    run o peer_drops_then_unique unused = Bad Race.
  (** If [try_from_shared] tests by a load, of whatever ordering, [lookup_beside_probe] ends
  in a data race. *)
  Parameter try_unique_cas_needed : ∀ o c,
    try_unique o = ByLoad c → run o lookup_beside_probe unused = Bad Race.

  (** The original kernel's orderings. *)
  Parameter original_racy : racy original.

  (** ** [Arc], with weak handles *)
  (** Orderings of [Arc] are safe exactly if they satisfy [arc_required]. *)
  Parameter arc_safe_iff_required : ∀ o, arc_safe o ↔ arc_required o.
  (** The standard library's of today. *)
  Parameter arc_today_safe : arc_safe arc_today.
  (** rust-lang/rust#51780. *)
  Parameter arc_before_2018_racy : arc_racy arc_before_2018.

  (** ** [Arc]: row by row *)
  (** If the subtraction of a drop does not release, [arc_peer_drops_then_last_drop] ends in
  a data race. *)
  Parameter arc_drop_sub_release_needed : ∀ o,
    releases (arc_drop_sub o) = false → arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
  (** If the last drop has no fence and its subtraction does not acquire,
  [arc_peer_drops_then_last_drop] ends in a data race. *)
  Parameter arc_last_drop_acquire_needed : ∀ o,
    arc_drop_fence o || acquires (arc_drop_sub o) = false →
    arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
  (** If an upgrade does not acquire, [arc_cyclic_upgrade] ends in a data race. *)
  Parameter arc_upgrade_acquire_needed : ∀ o,
    acquires (arc_upgrade o) = false → arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
  (** If the publication in [new_cyclic] does not release, [arc_cyclic_upgrade] ends in a
  data race. *)
  Parameter arc_publish_release_needed : ∀ o,
    releases (arc_publish o) = false → arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
  (** If the drop of a weak handle does not release, [arc_peer_upgrades_then_get_mut] ends
  in a data race. *)
  Parameter arc_weak_drop_release_needed : ∀ o,
    releases (arc_weak_drop o) = false →
    arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
  (** If the lock of [get_mut] does not acquire, [arc_peer_upgrades_then_get_mut] ends in a
  data race. *)
  Parameter arc_lock_acquire_needed : ∀ o,
    acquires (arc_lock o) = false → arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
  (** If the load of [get_mut] does not acquire, [arc_peer_drops_then_get_mut] ends in a
  data race. *)
  Parameter arc_get_mut_acquire_needed : ∀ o,
    acquires (arc_get_mut o) = false → arc_run o arc_peer_drops_then_get_mut arc_new = Bad Race.
  (** If the unlocking of [get_mut] does not release, [arc_peer_looks_then_get_mut] ends in
  a data race. *)
  Parameter arc_unlock_release_needed : ∀ o,
    releases (arc_unlock o) = false → arc_run o arc_peer_looks_then_get_mut arc_new = Bad Race.
End orderings_sig.
