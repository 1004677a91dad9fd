(** * A mutable reference that is shared for a while

[&*r]: from a mutable reference one for a shorter lifetime that is shared. It can be copied,
and several read at once. Meanwhile the mutable one is not there, and a part of the token of
its lifetime is out. It comes back with the value that it had ([mut_share_later]; [mut_share]
is the same of a value that is known, in which nothing is under a later).

Clients are [examples/proph_share_client.v] and [examples/borrow_later_client.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

Section share.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ} {A : C}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset) (l : loc).

  (** Sharing for [κ'], and the reference back afterwards. *)
  Lemma mut_share (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ κ' q l i x :
    ↑lftN ⊆ E →
    £ 1 -∗ mut_known (acc τ l 1) κ i x -∗ q.[κ] ={E}=∗
    shr_ref κ' τ l 1 x ∗ ([†κ'] ={E}=∗ mut_known (acc τ l 1) κ i x ∗ q.[κ]).
  Proof.
    iIntros (?) "H£ Hr Hκ".
    iMod (mut_as_ptr with "Hr Hκ") as "[H Hclose]"; [done|].
    iMod (ptr_to_ref τ _ κ' with "H£ H") as "[$ Hback]"; [done|].
    iIntros "!> H†". iMod ("Hback" with "H†") as "H". by iApply "Hclose".
  Qed.
  (** The same of any snapshot, such as one in which there are prophecies. *)
  Lemma mut_share_later (τ : raw_type Σ (proph_val C (proph_type A))) E κ κ' q l i v :
    ↑lftN ⊆ E →
    £ 1 -∗ mut_ref κ (acc τ l 1) i v -∗ q.[κ] ={E}=∗
    shr_ref κ' τ l 1 v ∗ ([†κ'] ={E}=∗ mut_ref κ (acc τ l 1) i v ∗ q.[κ]).
  Proof.
    iIntros (?) "H£ Hr Hκ".
    iMod (mut_acc with "Hr Hκ") as "[H Hclose]"; [done|].
    iMod (ptr_to_ref_later τ _ κ' with "H£ H") as "[$ Hback]"; [done|].
    iIntros "!> H†". iMod ("Hback" with "H†") as "H". by iApply "Hclose".
  Qed.
End share.
