(** * Page frames, for any client

The sealed export of the statements in [slot_specs_sig.v] and [slot_rules_sig.v].

Source: the frames of asterinas' ostd (mm/frame), and their sequential verification
in vostd. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Export slot_rules_sig.
From tally.frame.slot.proof Require slot_words slot_ghost slot_inv one_access word_rules
  claims shares accesses.
From tally.prelude Require Import options.

Module Export slot_specs : slot_rules_sig.
  Include slot_words.
  Include slot_ghost.
  Include slot_inv.
  Include one_access.
  Include word_rules.
  Include claims.
  Include shares.
  Include accesses.
End slot_specs.

(** One token, and the rest. *)
Lemma pending_incs_take `{!frameG Σ} γr n :
  (1 < n)%positive → pending_incs γr n -∗ pending_incs γr 1 ∗ pending_incs γr (n - 1).
Proof.
  iIntros (Hn) "H". rewrite -pending_incs_split.
  by replace (1 + (n - 1))%positive with n by lia.
Qed.
