(** * Page frames

The sealed export of the statements in [frame_sig.v], and what follows from them
alone: the laws of leases that clients use ([lease_half], [lease_split_handle]).

Source: the frames of asterinas' ostd (mm/frame), and their sequential verification
in vostd. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame Require Export frame_sig.
From tally.frame.proof Require handles handles_shares atomic_specs.
From tally.prelude Require Import options.

Module Export frame : frame_sig.
  Definition lease := @handles.lease.
  Definition lease_ledger := @handles.lease_ledger.
  Definition frame_slot := @handles.frame_slot.
  Definition slot_is := @atomic_specs.slot_is.
  Definition open_slot := @atomic_specs.open_slot.
  Definition frame_slot_persistent := @handles.frame_slot_persistent.
  Definition open_slot_persistent := @atomic_specs.open_slot_persistent.
  Definition lease_ledger_timeless := @handles.lease_ledger_timeless.
  Definition lease_timeless := @handles.lease_timeless.
  Definition slot_is_timeless := @atomic_specs.slot_is_timeless.
  Definition lease_split := @handles.lease_split.
  Definition lease_valid := @handles.lease_valid.
  Definition frame_slot_ledger := @handles.frame_slot_ledger.
  Definition lease_le := @handles.lease_le.
  Definition lease_full := @handles.lease_full.
  Definition lease_update := @handles.lease_update.
  Definition frame_slot_alloc := @handles.frame_slot_alloc.
  Definition frame_slot_word := @handles.frame_slot_word.
  Definition frame_slot_closed_room := @handles.frame_slot_closed_room.
  Definition frame_slot_closed := @handles.frame_slot_closed.
  Definition get_from_unused_spec := @handles.get_from_unused_spec.
  Definition get_from_unused_full_spec := @handles.get_from_unused_full_spec.
  Definition get_from_unused_shared_spec := @handles.get_from_unused_shared_spec.
  Definition get_from_unused_unique_spec := @handles.get_from_unused_unique_spec.
  Definition get_from_unused_token_spec := @handles.get_from_unused_token_spec.
  Definition get_from_unused_busy_spec := @handles.get_from_unused_busy_spec.
  Definition get_from_in_use_spec := @handles.get_from_in_use_spec.
  Definition get_from_in_use_shared_spec := @handles.get_from_in_use_shared_spec.
  Definition get_from_in_use_unique_spec := @handles.get_from_in_use_unique_spec.
  Definition get_from_in_use_token_spec := @handles.get_from_in_use_token_spec.
  Definition get_from_in_use_busy_spec := @handles.get_from_in_use_busy_spec.
  Definition get_from_in_use_unused_spec := @handles.get_from_in_use_unused_spec.
  Definition frame_clone_spec := @handles_shares.frame_clone_spec.
  Definition inc_ref_count_spec := @handles_shares.inc_ref_count_spec.
  Definition clone_by_cas_spec := @handles_shares.clone_by_cas_spec.
  Definition dec_ref_count_spec := @handles_shares.dec_ref_count_spec.
  Definition drop_last_in_place_spec := @handles_shares.drop_last_in_place_spec.
  Definition frame_drop_spec := @handles_shares.frame_drop_spec.
  Definition frame_drop_last_spec := @handles_shares.frame_drop_last_spec.
  Definition frame_drop_other_spec := @handles_shares.frame_drop_other_spec.
  Definition reference_count_spec := @handles_shares.reference_count_spec.
  Definition reference_count_exact_spec := @handles_shares.reference_count_exact_spec.
  Definition frame_from_unique_spec := @handles_shares.frame_from_unique_spec.
  Definition try_from_shared_spec := @handles_shares.try_from_shared_spec.
  Definition try_from_shared_full_spec := @handles_shares.try_from_shared_full_spec.
  Definition try_from_shared_other_spec := @handles_shares.try_from_shared_other_spec.
  Definition unique_drop_spec := @handles_shares.unique_drop_spec.
  Definition reset_as_unused_spec := @handles_shares.reset_as_unused_spec.
  Definition frame_start_paddr_spec := @handles_shares.frame_start_paddr_spec.
  Definition frame_into_raw_spec := @handles_shares.frame_into_raw_spec.
  Definition open_slot_alloc := @atomic_specs.open_slot_alloc.
  Definition slot_is_agree := @atomic_specs.slot_is_agree.
  Definition get_from_in_use_atomic := @atomic_specs.get_from_in_use_atomic.
  Definition try_from_shared_atomic := @atomic_specs.try_from_shared_atomic.
  Definition reference_count_atomic := @atomic_specs.reference_count_atomic.
  Definition get_from_unused_atomic := @atomic_specs.get_from_unused_atomic.
  Definition frame_clone_atomic := @atomic_specs.frame_clone_atomic.
  Definition clone_by_cas_atomic := @atomic_specs.clone_by_cas_atomic.
  Definition frame_drop_atomic := @atomic_specs.frame_drop_atomic.
  Definition frame_from_unique_atomic := @atomic_specs.frame_from_unique_atomic.
  Definition unique_drop_atomic := @atomic_specs.unique_drop_atomic.
End frame.

Section derived.
  Context `{!lrustGS Σ, !frameG Σ}.
  Implicit Types (γ : slot_names) (q : Qp) (k : nat).

  (** A lease that owes nothing, off one that may. *)
  Lemma lease_split_handle γ q1 q2 k :
    lease γ (q1 + q2) k ⊣⊢ lease γ q1 k ∗ lease γ q2 0.
  Proof. by rewrite -lease_split Nat.add_0_r. Qed.
  Lemma lease_half γ q k : lease γ q k ⊣⊢ lease γ (q / 2) k ∗ lease γ (q / 2) 0.
  Proof. by rewrite -lease_split_handle Qp.div_2. Qed.
End derived.
