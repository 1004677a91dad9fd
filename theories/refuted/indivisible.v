(** * Ghost elements that cannot be halved

In the logic one can only ever _combine_ ownership of ghost state, or split it as
the camera splits. Could there still be some assertion [R] such that [R ∗ R] is
equivalent to [own γ a], although [a] is not a sum of two elements? The rules of
Iris do not say. The model does: an [own γ a] that entails [R1 ∗ R2] cuts the
resource [{γ := a}] into two, and if [a] itself cannot be cut, one of the two
parts is the empty resource ([resource_trace.v]). So [R1] or [R2] holds for free.

Key results: [own_indivisible], and [own_no_half]: what is also exclusive is not
[R ∗ R] for any [R]. [excl_no_half] is the instance for the exclusive token. *)
From iris.algebra Require Import cmra excl.
From iris.base_logic.lib Require Import iprop own.
From iris.proofmode Require Import proofmode.
From tally.refuted Require Import resource_trace.
From tally.prelude Require Import options.

(** [a] is not a sum, at any step index. *)
Definition Indivisible {A : cmra} (a : A) : Prop :=
  ∀ n (b1 b2 : A), ¬ (a ≡{n}≡ b1 ⋅ b2).

Lemma excl_indivisible {A : ofe} (x : A) : Indivisible (Excl x).
Proof. intros n [y1|] [y2|] Heq; inversion Heq. Qed.

Section indivisible.
  Context {Σ : gFunctors} {A : cmra} {i : inG Σ A}.
  Implicit Types (γ : gname) (a : A).

  Lemma own_indivisible_or γ a (R1 R2 : iProp Σ) :
    ✓ a → Indivisible a → (own γ a ⊢ R1 ∗ R2) → ⊢ R1 ∨ R2.
  Proof.
    intros Hv Ha HR. apply (trace_None (A:=A) γ)=> n.
    assert (trace γ (R1 ∗ R2) n (Some a)) as (o1 & o2 & Ho & H1 & H2)%trace_sep.
    { eapply trace_entails; [|exact HR|by apply trace_own].
      apply Some_validN. by apply cmra_valid_validN. }
    revert H1 H2. rewrite /trace. uPred.unseal. intros H1 H2.
    destruct o1 as [b1|]; [|by left]. destruct o2 as [b2|]; [|by right].
    exfalso. apply (Ha n b1 b2). rewrite -Some_op in Ho. by apply (inj Some) in Ho.
  Qed.

  Lemma own_indivisible γ a (R : iProp Σ) :
    ✓ a → Indivisible a → (own γ a ⊢ R ∗ R) → ⊢ R.
  Proof.
    intros Hv Ha HR. iPoseProof (own_indivisible_or γ a R R Hv Ha HR) as "[$|$]".
  Qed.

  Lemma own_no_half γ a (R : iProp Σ) `{!CmraDiscrete A, !Exclusive a} :
    ✓ a → Indivisible a → ¬ (own γ a ⊣⊢ R ∗ R).
  Proof.
    intros Hv Ha HR. apply (uPred.consistency (M:=iResUR Σ)).
    assert (⊢ R) as HR_free.
    { apply (own_indivisible γ a); [done..|]. by rewrite HR. }
    assert (⊢ own γ a) as Hown. { rewrite HR. iSplitL; iApply HR_free. }
    iPoseProof Hown as "H". iPoseProof Hown as "H'".
    by iDestruct (own_valid_2 with "H H'") as %?%exclusive_l.
  Qed.
End indivisible.

(** The exclusive token has no half. *)
Lemma excl_no_half `{!inG Σ (exclR unitO)} γ (R : iProp Σ) :
  ¬ (own γ (Excl ()) ⊣⊢ R ∗ R).
Proof. apply (own_no_half (A:=exclR unitO)); [apply _..|done|apply excl_indivisible]. Qed.
