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
From tally.frame.slot Require Export frame_sig.
From tally.frame.slot.proof Require handles handles_shares atomic_specs.
From tally.prelude Require Import options.

Module Export frame : frame_sig.
  Include handles.
  Include handles_shares.
  Include atomic_specs.
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
