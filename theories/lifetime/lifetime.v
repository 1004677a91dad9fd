(** * A lifetime logic

The sealed export of the statements in [lifetime_sig.v], and what follows from them
alone: monotonicity of [⊓], and that a lent token includes one lifetime in another.

The proofs are in [proof/]; the model of full borrows is explained in [borrow.v]. *)
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
  Implicit Types (κ : lft).
  Global Instance lft_inhabited : Inhabited lft := populate static.

  (** [⊓] is monotone. *)
  Lemma lft_intersect_mono κ1 κ1' κ2 κ2' :
    κ1 ⊑ κ1' -∗ κ2 ⊑ κ2' -∗ κ1 ⊓ κ2 ⊑ κ1' ⊓ κ2'.
  Proof.
    iIntros "#H1 #H2". iApply lft_incl_glb.
    - iApply (lft_incl_trans with "[] H1"). iApply lft_intersect_incl_l.
    - iApply (lft_incl_trans with "[] H2"). iApply lft_intersect_incl_r.
  Qed.
  (** Who has lent the token of [κ'] for [κ] cannot end [κ'] before [κ] is over. *)
  Lemma bor_lft_incl E κ κ' : ↑lftN ⊆ E →
    £ 1 -∗ &{κ} (1.[κ']) ={E}=∗ κ ⊑ κ'.
  Proof.
    iIntros (?) "H£ H". iMod (bor_fracture _ _ (λ q, q.[κ'])%I with "H£ H") as "H"; [done|].
    iModIntro. by iApply frac_bor_lft_incl.
  Qed.
End derived.
