(** * A region of page frames

The sealed export of the statements in [region_sig.v], and what follows from them
alone. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.types Require Import type.
From tally.frame.slot Require Export layout frame.
From tally.frame.region Require Export region_sig.
From tally.frame.region.proof Require region_boot region_lookup region_counts.
From tally.prelude Require Import options.

Module Export region : region_sig.
  Definition is_region_wf := @region_lookup.is_region_wf.
  Definition region_lease_split := @region_lookup.region_lease_split.
  Definition region_lease_ext := @region_lookup.region_lease_ext.
  Definition region_lease_acc := @region_lookup.region_lease_acc.
  Definition region_lookup := @region_lookup.region_lookup.
  Definition region_found := @region_lookup.region_found.
  Definition frame_region_boot_spec := @region_boot.frame_region_boot_spec.
  Definition frame_region_get_slot_spec := @region_lookup.frame_region_get_slot_spec.
  Definition frame_region_slot_at_spec := @region_lookup.frame_region_slot_at_spec.
  Definition frame_region_from_unused_refused_spec := @region_lookup.frame_region_from_unused_refused_spec.
  Definition frame_region_from_in_use_refused_spec := @region_lookup.frame_region_from_in_use_refused_spec.
  Definition frame_region_from_unused_at_spec := @region_lookup.frame_region_from_unused_at_spec.
  Definition frame_region_from_in_use_at_spec := @region_lookup.frame_region_from_in_use_at_spec.
  Definition frame_region_from_unused_spec := @region_lookup.frame_region_from_unused_spec.
  Definition frame_region_from_unused_full_spec := @region_lookup.frame_region_from_unused_full_spec.
  Definition frame_region_from_in_use_spec := @region_lookup.frame_region_from_in_use_spec.
  Definition frame_region_from_in_use_unused_spec := @region_lookup.frame_region_from_in_use_unused_spec.
  Definition frame_region_clone_spec := @region_counts.frame_region_clone_spec.
  Definition frame_region_drop_spec := @region_counts.frame_region_drop_spec.
  Definition frame_region_reference_count_spec := @region_counts.frame_region_reference_count_spec.
  Definition frame_region_from_raw_spec := @region_lookup.frame_region_from_raw_spec.
  Definition frame_region_raw_round_trip_spec := @region_lookup.frame_region_raw_round_trip_spec.
  Definition region_unused := @region_lookup.region_unused.
  Definition region_leak_free := @region_lookup.region_leak_free.
End region.

Section derived.
  Context `{!frameG Σ}.
  Implicit Types (R : frame_region) (q : Qp) (k : nat → nat).

  (** A lease that owes nothing, off one that may. *)
  Lemma region_lease_half R q k :
    region_lease R q k ⊣⊢ region_lease R (q / 2) k ∗ region_lease R (q / 2) (λ _, 0%nat).
  Proof.
    rewrite -region_lease_split Qp.div_2. apply region_lease_ext. intros i _. lia.
  Qed.
End derived.
