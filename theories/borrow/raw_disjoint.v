(** * Permissions do not overlap

Beside the whole permission to a value there is no permission to any of its cells, whatever
the type ([acc_disjoint]). [acc_ne] says it of the first cell; here it is all of them. Of types
without cells nothing is said. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

Section disjoint.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (n : nat) (X Y : Type).

  (** One cell of a value. *)
  Lemma acc_cell_at {X} (τ : raw_type Σ X) l q x n :
    n < raw_size τ → acc τ l q x -∗ ∃ v, (l +ₗ n) ↦{q} v.
  Proof.
    iIntros (Hn) "H". rewrite acc_unfold. iDestruct "H" as (vl) "[Hl H]".
    iDestruct (raw_own_size with "H") as %Hlen.
    destruct (lookup_lt_is_Some_2 vl n) as [v Hv]; [by rewrite Hlen|].
    iDestruct (heap_pointsto_vec_lookup_acc with "Hl") as "[Hv _]"; [exact Hv|]. by iExists v.
  Qed.
  (** No cell of one value is a cell of the other. *)
  Lemma acc_disjoint {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l l' q x y :
    acc τ l 1 x -∗ acc υ l' q y -∗
    ⌜∀ n n', n < raw_size τ → n' < raw_size υ → (l +ₗ n)%L ≠ (l' +ₗ n')%L⌝.
  Proof.
    iIntros "H H'" (n n' Hn Hn' Heq).
    iDestruct (acc_cell_at with "H") as (v) "Hv"; [exact Hn|].
    iDestruct (acc_cell_at with "H'") as (v') "Hv'"; [exact Hn'|]. rewrite Heq.
    iDestruct (heap_pointsto_valid_2 with "Hv Hv'") as %[Hq _].
    by apply Qp.not_add_le_l in Hq.
  Qed.
End disjoint.
