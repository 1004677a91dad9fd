(** * Memory orderings: the sealed export

See [orderings_sig] for the statements; proved in [soundness], [necessity],
[arc_soundness] and [arc_necessity]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Export machine slot_protocol slot_configs slot_traces.
From tally.orderings Require Export arc_protocol arc_traces.
From tally.orderings Require Import orderings_sig necessity soundness arc_necessity
  arc_soundness.
From tally.prelude Require Import options.

Module Export orderings : orderings_sig.
  Definition required_safe := soundness.required_safe.
  Definition safe_iff_required := soundness.safe_iff_required.
  Definition safe_iff_race_free := soundness.safe_iff_race_free.
  Definition crate_safe := soundness.crate_safe.
  Definition lean_safe := soundness.lean_safe.
  Definition claim_acquire_needed := necessity.claim_acquire_needed.
  Definition publish_shared_release_needed := necessity.publish_shared_release_needed.
  Definition in_use_cas_acquire_needed := necessity.in_use_cas_acquire_needed.
  Definition drop_sub_release_needed := necessity.drop_sub_release_needed.
  Definition last_drop_acquire_needed := necessity.last_drop_acquire_needed.
  Definition store_unused_release_needed := necessity.store_unused_release_needed.
  Definition share_unique_release_needed := necessity.share_unique_release_needed.
  Definition try_unique_acquire_needed := necessity.try_unique_acquire_needed.
  Definition try_unique_cas_needed := necessity.try_unique_cas_needed.
  Definition original_racy := soundness.original_racy.
  Definition arc_safe_iff_required := arc_soundness.arc_safe_iff_required.
  Definition arc_today_safe := arc_soundness.arc_today_safe.
  Definition arc_before_2018_racy := arc_soundness.arc_before_2018_racy.
  Definition arc_drop_sub_release_needed := arc_necessity.arc_drop_sub_release_needed.
  Definition arc_last_drop_acquire_needed := arc_necessity.arc_last_drop_acquire_needed.
  Definition arc_upgrade_acquire_needed := arc_necessity.arc_upgrade_acquire_needed.
  Definition arc_publish_release_needed := arc_necessity.arc_publish_release_needed.
  Definition arc_weak_drop_release_needed := arc_necessity.arc_weak_drop_release_needed.
  Definition arc_lock_acquire_needed := arc_necessity.arc_lock_acquire_needed.
  Definition arc_get_mut_acquire_needed := arc_necessity.arc_get_mut_acquire_needed.
  Definition arc_unlock_release_needed := arc_necessity.arc_unlock_release_needed.
End orderings.
