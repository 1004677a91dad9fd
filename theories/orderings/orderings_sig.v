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
  Parameter safe_iff_race_free : ∀ o, safe o ↔ ¬ racy o.

  Parameter crate_safe : safe crate.
  Parameter lean_safe : safe lean.

  (** ** The slot: row by row *)
  Parameter claim_acquire_needed : ∀ o,
    acquires (claim o) = false → run o drop_then_reuse unused = Bad Race.
  Parameter publish_shared_release_needed : ∀ o,
    releases (publish_shared o) = false → run o publish_then_lookup unused = Bad Race.
  Parameter in_use_cas_acquire_needed : ∀ o,
    acquires (in_use_cas o) = false → run o lookup_across_reuse unused = Bad Race.
  Parameter drop_sub_release_needed : ∀ o,
    releases (drop_sub o) = false → run o peer_drops_then_last_drop unused = Bad Race.
  Parameter last_drop_acquire_needed : ∀ o,
    drop_fence o || acquires (drop_sub o) = false →
    run o peer_drops_then_last_drop unused = Bad Race.
  Parameter store_unused_release_needed : ∀ o,
    releases (store_unused o) = false → run o drop_then_reuse unused = Bad Race.
  Parameter share_unique_release_needed : ∀ o,
    releases (share_unique o) = false → run o share_then_lookup unused = Bad Race.
  Parameter try_unique_acquire_needed : ∀ o c,
    try_unique o = ByCas c → acquires c = false →
    run o peer_drops_then_unique unused = Bad Race.
  Parameter try_unique_cas_needed : ∀ o c,
    try_unique o = ByLoad c → run o lookup_beside_probe unused = Bad Race.

  (** The original kernel's orderings. *)
  Parameter original_racy : racy original.

  (** ** [Arc], with weak handles *)
  Parameter arc_safe_iff_required : ∀ o, arc_safe o ↔ arc_required o.
  (** The standard library's of today. *)
  Parameter arc_today_safe : arc_safe arc_today.
  (** rust-lang/rust#51780. *)
  Parameter arc_before_2018_racy : arc_racy arc_before_2018.

  (** ** [Arc]: row by row *)
  Parameter arc_drop_sub_release_needed : ∀ o,
    releases (arc_drop_sub o) = false → arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
  Parameter arc_last_drop_acquire_needed : ∀ o,
    arc_drop_fence o || acquires (arc_drop_sub o) = false →
    arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
  Parameter arc_upgrade_acquire_needed : ∀ o,
    acquires (arc_upgrade o) = false → arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
  Parameter arc_publish_release_needed : ∀ o,
    releases (arc_publish o) = false → arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
  Parameter arc_weak_drop_release_needed : ∀ o,
    releases (arc_weak_drop o) = false →
    arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
  Parameter arc_lock_acquire_needed : ∀ o,
    acquires (arc_lock o) = false → arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
  Parameter arc_get_mut_acquire_needed : ∀ o,
    acquires (arc_get_mut o) = false → arc_run o arc_peer_drops_then_get_mut arc_new = Bad Race.
  Parameter arc_unlock_release_needed : ∀ o,
    releases (arc_unlock o) = false → arc_run o arc_peer_looks_then_get_mut arc_new = Bad Race.
End orderings_sig.
