(** * [rc τ]: what a client begins with

One context, one list of functors, and adequacy for both, for programs that share their
contents in one of the standard ways:

- [Context `{!rcGS Σ}] is all that a section of a client needs. It has the ghost state of
  λRust and of [Rc], and a pool of non-atomic invariants, [rc_pool]: the thread token is
  [na_own rc_pool ⊤]. With it [so_na], [so_cinv] and [so_marked] are shared ownerships of
  an [Rc], and so is [rc_so_fixed] of any of them;
- an import of this file also gives the proof mode on handles and leases
  ([rc_instances.v], [heap_split.v]), what takes a client several statements in one
  ([rc_steps.v]), and what makes a box ([box.v]);
- [rc_stdΣ] is the list of functors to prove it with;
- [rc_adequacy] starts a proof with the thread token and the whole lease of the memory. It
  wants the lease back, and then no memory is leaked. [rc_adequacy_untracked] is for
  programs that leak.

Contents that are shared in another way have other identities, [so_id SO], and take ghost
state of their own: [Context `{!rcGS Σ, !rcG Σ (so_id SO)}], and the functors [rcΣ_of SO],
where [SO] is given as a function of [Σ] and of the context. What that type is, say a
product of a name with all that the pointers of a content agree on, need not be known.

[rc_scope] has notation for the handles, to be opened where one likes it:

<<
  l ↦rc{r} a @ (SO, γ, i)          one Rc                      rc_own SO γ i l a r 1 0
  l ↦rc{r} a ⟨k, j⟩ @ (SO, γ, i)   k of them, and j Weaks      rc_own SO γ i l a r k j
  l ↦weak{r} ⟨j⟩ @ (SO, γ)         j Weaks                     weak_own SO γ l r j
  l ↦last{r} ⟨j⟩ @ (SO, γ)         the same, after the last    rc_last_own SO γ l r j
>> *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang Require Export adequacy.
From tally.logic Require Export marked_share shared_own shared_own_kept.
From tally.types Require Import type.
From tally.types Require Export box.
From tally.rc Require Export rc rc_steps rc_instances.
From tally.prelude Require Import options.

(** ** The context *)
Class rcGpreS Σ := RcGpreS {
  rcGpreS_lrustGpreS : lrustGpreS Σ;
  rcGpreS_na_invG : na_invG Σ;
  rcGpreS_cinvG : cinvG Σ;
  rcGpreS_markedG : markedG Σ;
  rcGpreS_rcG : rcG Σ gname;
}.
#[export] Existing Instances rcGpreS_lrustGpreS rcGpreS_na_invG rcGpreS_cinvG
  rcGpreS_markedG rcGpreS_rcG.

Class rcGS Σ := RcGS {
  rcGS_lrustGS : lrustGS Σ;
  rcGS_na_invG : na_invG Σ;
  rcGS_cinvG : cinvG Σ;
  rcGS_markedG : markedG Σ;
  rcGS_rcG : rcG Σ gname;
  rc_pool : na_inv_pool_name;
}.
#[export] Existing Instances rcGS_lrustGS rcGS_na_invG rcGS_cinvG rcGS_markedG rcGS_rcG.

Definition rc_stdΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; markedΣ; rcΣ gname].
Global Instance subG_rc_stdΣ {Σ} : subG rc_stdΣ Σ → rcGpreS Σ.
Proof. solve_inG. Qed.

(** The functors of a content that is not shared in a standard way. *)
Notation "'rcΣ_of' SO" :=
  (ltac:(let I := eval lazy in (λ (Σ : gFunctors) (H : rcGS Σ), so_id (SO Σ H)) in
         match I with (λ _ _, ?A) => exact (rcΣ A) end))
  (at level 9, SO at level 8, only parsing).

(** ** Adequacy *)
Theorem rc_adequacy Σ `{!rcGpreS Σ} (e : expr) (φ : val → Prop) :
  (∀ `{!rcGS Σ},
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP e {{ v, ⌜φ v⌝ ∗ heap_lease 1 0 }}) →
  adequate NotStuck e ∅ (λ v σ, φ v ∧ σ = ∅).
Proof.
  intros He. apply (lrust_adequacy_leak_free Σ). iIntros (H) "Hlease".
  iMod na_alloc as (p) "Hna". iApply (He (RcGS _ H _ _ _ _ p) with "Hna Hlease").
Qed.
Theorem rc_adequacy_untracked Σ `{!rcGpreS Σ} (e : expr) (φ : val → Prop) :
  (∀ `{!rcGS Σ, !UntrackedHeap Σ}, na_own rc_pool ⊤ -∗ WP e {{ v, ⌜φ v⌝ }}) →
  adequate NotStuck e ∅ (λ v _, φ v).
Proof.
  intros He. apply (lrust_adequacy Σ). iIntros (H Huntracked).
  iMod na_alloc as (p) "Hna". iApply (He (RcGS _ H _ _ _ _ p) with "Hna").
Qed.

(** ** Notation *)
Declare Scope rc_scope.
Notation "l ↦rc{ r } a @ ( SO , γ , i )" := (rc_own SO γ i l a r 1 0)
  (at level 1, r at level 50, a at level 19, SO, γ, i at level 200,
   format "l  ↦rc{ r }  a  @  ( SO ,  γ ,  i )") : rc_scope.
Notation "l ↦rc{ r } a ⟨ k , j ⟩ @ ( SO , γ , i )" := (rc_own SO γ i l a r k j)
  (at level 1, r at level 50, a at level 19, k, j at level 60, SO, γ, i at level 200,
   format "l  ↦rc{ r }  a  ⟨ k ,  j ⟩  @  ( SO ,  γ ,  i )") : rc_scope.
Notation "l ↦weak{ r } ⟨ j ⟩ @ ( SO , γ )" := (weak_own SO γ l r j)
  (at level 1, r at level 50, j at level 60, SO, γ at level 200,
   format "l  ↦weak{ r }  ⟨ j ⟩  @  ( SO ,  γ )") : rc_scope.
Notation "l ↦last{ r } ⟨ j ⟩ @ ( SO , γ )" := (rc_last_own SO γ l r j)
  (at level 1, r at level 50, j at level 60, SO, γ at level 200,
   format "l  ↦last{ r }  ⟨ j ⟩  @  ( SO ,  γ )") : rc_scope.
