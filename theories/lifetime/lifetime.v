(** * A lifetime logic

The sealed export of the statements in [lifetime_sig.v], and what follows from them
alone: monotonicity of [⊓], and borrows of a token.

The proofs are in [proof/]: [lifetimes.v] (tokens and inclusion), [borrow.v] (the model of
full borrows), [borrow_laws.v], [reborrow.v], [frac_borrow.v], [shared_borrows.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime Require Export lifetime_sig.
From tally.lifetime.proof Require lifetimes borrow borrow_laws reborrow frac_borrow
  shared_borrows.
From tally.prelude Require Import options.

Module Export lifetime : lifetime_sig.
  Include lifetimes.
  Include borrow.
  Include borrow_laws.
  Include reborrow.
  Include frac_borrow.
  Include shared_borrows.
End lifetime.

Section derived.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ).

  Global Instance lft_inhabited : Inhabited lft := populate static.

  (** [⊓] is monotone. *)
  Lemma lft_intersect_mono κ1 κ1' κ2 κ2' :
    κ1 ⊑ κ1' -∗ κ2 ⊑ κ2' -∗ κ1 ⊓ κ2 ⊑ κ1' ⊓ κ2'.
  Proof.
    iIntros "#H1 #H2". iApply lft_incl_glb.
    - iApply (lft_incl_trans with "[] H1"). iApply lft_intersect_incl_l.
    - iApply (lft_incl_trans with "[] H2"). iApply lft_intersect_incl_r.
  Qed.
  (** Lending for as long as somebody else's borrow lasts: tokens can be lent as anything
  else can, and then include the lifetime of the borrow. *)
  Lemma bor_lft_incl E κ κ' : ↑lftN ⊆ E →
    £ 1 -∗ &{κ} (1.[κ']) ={E}=∗ κ ⊑ κ'.
  Proof.
    iIntros (?) "H£ H". iMod (bor_fracture _ _ (λ q, q.[κ'])%I with "H£ H") as "H"; [done|].
    iModIntro. by iApply frac_bor_lft_incl.
  Qed.
  (** The persistent part of what is borrowed. *)
  Lemma bor_sep_persistent E q κ P Q : Persistent P → ↑lftN ⊆ E →
    &{κ} (P ∗ Q) -∗ q.[κ] ={E}=∗ ▷ P ∗ &{κ} (P ∗ Q) ∗ q.[κ].
  Proof.
    iIntros (??) "H Hq". iMod (bor_acc with "H Hq") as "[[#HP HQ] Hclose]"; [done|].
    iMod ("Hclose" with "[$HP $HQ]") as "[$ $]". by iFrame "HP".
  Qed.
End derived.
