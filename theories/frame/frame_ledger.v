(** * Page frames, against any ledger

The sealed export of the statements in [frame_ledger_sig.v].

Source: the frames of asterinas' ostd (mm/frame), and their sequential verification
in vostd. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame Require Export frame_ledger_sig.
From tally.frame.proof Require slot_words slot_ghost slot_inv claims shares accesses.
From tally.prelude Require Import options.

Module Export frame_ledger : frame_ledger_sig.
  Definition state_word_ok := @slot_words.state_word_ok.
  Definition state_claim := @slot_words.state_claim.
  Definition state_acquire := @slot_words.state_acquire.
  Definition state_clone := @slot_words.state_clone.
  Definition state_drop_count := @slot_words.state_drop_count.
  Definition state_try_unique := @slot_words.state_try_unique.
  Definition racers := @slot_ghost.racers.
  Definition unique_token := @slot_inv.unique_token.
  Definition unique_frame := @slot_inv.unique_frame.
  Definition shared_frame := @slot_inv.shared_frame.
  Definition busy_frame := @slot_inv.busy_frame.
  Definition slot_evidence := @slot_inv.slot_evidence.
  Definition ledger_slot := @slot_inv.ledger_slot.
  Definition frame_size_spec := @accesses.frame_size_spec.
  Definition frame_level_spec := @accesses.frame_level_spec.
  Definition frame_borrow_spec := @accesses.frame_borrow_spec.
  Definition frame_transmute_spec := @accesses.frame_transmute_spec.
  Definition frame_meta_spec := @accesses.frame_meta_spec.
  Definition frame_meta_mut_spec := @accesses.frame_meta_mut_spec.
  Definition slot_at_spec := @accesses.slot_at_spec.
  Definition frame_from_raw_spec := @accesses.frame_from_raw_spec.
  Definition get_slot_status_spec := @accesses.get_slot_status_spec.
  Definition racers_timeless := @slot_ghost.racers_timeless.
  Definition unique_token_timeless := @slot_inv.unique_token_timeless.
  Definition racers_alloc := @slot_ghost.racers_alloc.
  Definition racers_split := @slot_ghost.racers_split.
  Definition racers_bound := @slot_ghost.racers_bound.
  Definition unique_frame_exclusive := @accesses.unique_frame_exclusive.
  Definition unique_frame_shared_exclusive := @accesses.unique_frame_shared_exclusive.
  Definition shared_frame_agree := @accesses.shared_frame_agree.
  Definition shared_frame_meta_acc := @accesses.shared_frame_meta_acc.
  Definition unique_frame_meta_acc := @accesses.unique_frame_meta_acc.
  Definition unique_frame_eq := @slot_inv.unique_frame_eq.
  Definition busy_frame_whole_acc := @claims.busy_frame_whole_acc.
  Definition frame_meta_is_spec := @accesses.frame_meta_is_spec.
  Definition write_meta_spec := @claims.write_meta_spec.
  Definition drop_meta_in_place_spec := @claims.drop_meta_in_place_spec.
  Definition frame_repurpose_spec := @claims.frame_repurpose_spec.
  Definition slot_evidence_none := @slot_inv.slot_evidence_none.
  Definition slot_evidence_token := @slot_inv.slot_evidence_token.
  Definition slot_evidence_unique := @slot_inv.slot_evidence_unique.
  Definition slot_evidence_busy := @slot_inv.slot_evidence_busy.
  Definition slot_evidence_shared := @slot_inv.slot_evidence_shared.
  Definition slot_evidence_shared_2 := @slot_inv.slot_evidence_shared_2.
  Definition slot_evidence_frame := @slot_inv.slot_evidence_frame.
  Definition ledger_slot_persistent := @slot_inv.ledger_slot_persistent.
  Definition ledger_slot_alloc := @slot_inv.ledger_slot_alloc.
  Definition ledger_slot_acc := @slot_inv.ledger_slot_acc.
  Definition frame_start_paddr_ledger := @slot_inv.frame_start_paddr_ledger.
  Definition get_from_unused_ledger := @claims.get_from_unused_ledger.
  Definition get_from_in_use_ledger := @shares.get_from_in_use_ledger.
  Definition inc_ref_count_ledger := @shares.inc_ref_count_ledger.
  Definition frame_clone_ledger := @shares.frame_clone_ledger.
  Definition clone_by_cas_ledger := @shares.clone_by_cas_ledger.
  Definition dec_ref_count_ledger := @shares.dec_ref_count_ledger.
  Definition frame_drop_ledger := @shares.frame_drop_ledger.
  Definition reference_count_ledger := @shares.reference_count_ledger.
  Definition frame_from_unique_ledger := @shares.frame_from_unique_ledger.
  Definition try_from_shared_ledger := @shares.try_from_shared_ledger.
  Definition drop_last_in_place_ledger := @claims.drop_last_in_place_ledger.
  Definition frame_release_ledger := @claims.frame_release_ledger.
  Definition reset_as_unused_ledger := @claims.reset_as_unused_ledger.
  Definition unique_drop_ledger := @claims.unique_drop_ledger.
End frame_ledger.

(** One token, and the rest. *)
Lemma racers_take `{!frameG Σ} γr n :
  (1 < n)%positive → racers γr n -∗ racers γr 1 ∗ racers γr (n - 1).
Proof.
  iIntros (Hn) "H". rewrite -racers_split.
  by replace (1 + (n - 1))%positive with n by lia.
Qed.
