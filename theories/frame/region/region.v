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
  Include region_boot.
  Include region_lookup.
  Include region_counts.
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
