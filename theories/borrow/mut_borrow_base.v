(** * Mutable borrows: what statements and proofs both speak of

[fin A i] is what the mutable reference [i], to a value with the code [A], will point to in
the end. The names of references are those of prophecy variables. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Export prophecy.
From tally.lifetime Require Export lifetime.
From tally.prelude Require Import options.

(** The final value of the reference [i]. *)
Definition fin `{!ProphTypes C} (A : C) (i : positive) : proph_val C (proph_type A) :=
  λ π, π (ProphVar A i).
