(** * A prophecy is no measure of termination

To show that something ends one shows that a natural number gets smaller with each step.
If the number is known in the logic, this is a proof by induction: [plain_descent]. If it
is a prophecy, such as what a mutable reference will point to in the end, it is not, though
every single step observes that it gets smaller: [law_descent] is that rule, and
[no_descent] refutes it.

The witness is a chain of updates without end. It has the whole token of a variable that says
how long it will take. In each step it makes a new variable for the rest, resolves the old
one to one more than the new one, and goes on ([measure_step]). Every observation is true,
and however many steps one looks at there is a future that satisfies them all
([measure_chain]). But a future for all of them at once would have to be an infinite
descent, and there is none ([no_chain]): no step decides it, each leaves it to the next. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.refuted Require Import proph_causality.
From tally.prelude Require Import options.

Section descent.
  Context `{!ProphTypes C, !invGS Σ, !prophGS C Σ}.

  (** With a measure that is known, a thing that always goes on is impossible. *)
  Lemma plain_descent (I : nat → iProp Σ) :
    (∀ n, I n ={⊤}=∗ ∃ m, I m ∗ ⌜m < n⌝) → ∀ n, I n ={⊤}=∗ False.
  Proof.
    intros Hstep n. assert (∃ k, n < k) as [k Hk] by (exists (S n); lia).
    revert n Hk. induction k as [|k IH]; iIntros (n Hn) "HI"; [lia|].
    iMod (Hstep with "HI") as (m) "[HI %Hm]". iApply (IH m with "HI"). lia.
  Qed.

  Context (A : C) (μ : proph_type A → nat).
  Local Notation "'var' i" := (ProphVar A i) (at level 10).

  (** The same with a measure that is a prophecy. *)
  Definition law_descent : Prop := ∀ I : positive → iProp Σ,
    (∀ i, I i ={⊤}=∗ ∃ j, I j ∗ ⟨π, μ (π (var j)) < μ (π (var i))⟩) →
    ∀ i, I i ={⊤}=∗ False.

  Context (s : proph_type A → proph_type A) (Hs : ∀ x, μ x < μ (s x)).

  (** A step is observed to make the measure smaller, and can be repeated. *)
  Lemma measure_step i :
    proph_ctx -∗ proph_tok 1 (var i) ={⊤}=∗
    ∃ j, proph_tok 1 (var j) ∗ ⟨π, μ (π (var j)) < μ (π (var i))⟩.
  Proof using Hs.
    iIntros "#Hctx Hi". iMod (proph_create ⊤ A with "Hctx") as (j) "Hj"; [done|].
    iMod (proph_resolve _ (var i) (λ π, s (π (var j))) [var j] 1 with "Hctx Hi [Hj]")
      as "[Hobs Hj]"; [done| | |].
    { apply (proph_dep_map s), (proph_dep_var (var j)). }
    { by iFrame. }
    iModIntro. iExists j. iDestruct "Hj" as "[$ _]".
    iApply (proph_obs_mono with "Hobs"). intros π Hπ. by rewrite Hπ.
  Qed.

  (** After [n] steps the first prophecy is observed to be at least [n]: for each [n]. *)
  Lemma measure_chain n i :
    proph_ctx -∗ proph_tok 1 (var i) ={⊤}=∗
    ∃ j, proph_tok 1 (var j) ∗ ⟨π, μ (π (var j)) + n ≤ μ (π (var i))⟩.
  Proof using Hs.
    iIntros "#Hctx Hi". iInduction n as [|n] "IH" forall (i).
    { iModIntro. iExists i. iFrame "Hi". iApply proph_obs_intro. lia. }
    iMod (measure_step with "Hctx Hi") as (j) "[Hj Hobs]".
    iMod ("IH" with "Hj") as (k) "[Hk Hobs']". iModIntro. iExists k. iFrame "Hk".
    iApply (proph_obs_mono_2 with "Hobs Hobs'"). intros π. lia.
  Qed.

  (** No future satisfies the observations of all steps. *)
  Lemma no_chain (j : nat → positive) (π : proph_asn C) :
    ¬ ∀ n, μ (π (var (j (S n)))) < μ (π (var (j n))).
  Proof.
    intros Hlt. assert (∀ n, n + μ (π (var (j n))) ≤ μ (π (var (j 0)))) as Hle.
    { induction n as [|n IH]; [lia|]. specialize (Hlt n). lia. }
    specialize (Hle (S (μ (π (var (j 0)))))). lia.
  Qed.

  Lemma descent_false : law_descent → proph_ctx ={⊤}=∗ False.
  Proof using Hs.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iApply (Hlaw (λ i, proph_ctx ∗ proph_tok 1 (var i))%I _ i with "[$Hctx $Hi]").
    Unshelve. clear i. iIntros (i) "[#Hctx Hi]".
    iMod (measure_step with "Hctx Hi") as (j) "[Hj Hobs]". iModIntro. iExists j.
    by iFrame "Hctx Hj Hobs".
  Qed.
End descent.

(** The rule cannot be had, not even for natural numbers. *)
Local Notation "'codes'" := (data_code Empty_set).
Definition nat_measure : proph_type (DataNat : codes) → nat := λ n, n.
Definition nat_more : proph_type (DataNat : codes) → proph_type (DataNat : codes) := S.
Theorem no_descent Σ `{!invGpreS Σ, !prophGpreS codes Σ} :
  ¬ ∀ `{!invGS Σ, !prophGS codes Σ}, law_descent (Σ:=Σ) DataNat nat_measure.
Proof.
  apply (proph_law_refuted codes Σ). intros Hinv Hproph.
  apply (descent_false DataNat nat_measure nat_more).
  intros n. rewrite /nat_measure /nat_more. lia.
Qed.
