(** * Asking the future: comparing mutable references in specifications

In specifications a mutable reference is the pair of what it points to now and what it
will point to in the end. It is tempting to treat this as data like any other: to branch on
it, and to take two references for the same if the pairs are equal. Both are unsound.

- [law_decide] answers a question about the future today. Whoever can still resolve the
  variable does the opposite of the answer ([no_decide]).
- [law_compare] answers only whether two references will have the same value in the end,
  while both are alive. That is enough ([no_compare]).
- [law_ext] says that references with equal pairs are the same. Two different ones are
  made equal by writing the same value to both ([no_ext]).

What is sound: to state in an observation that two prophecies are equal or not, which
decides nothing today; and to compare what is known today, such as the variables
themselves, which are the identity of a reference. Two references that are alive are never
the same ([alive_differ]), and whether they end up equal is open ([alive_open]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy.
From tally.refuted Require Import proph_causality.
From tally.prelude Require Import options.

Section laws.
  Context `{!ProphTypes C, !invGS Σ, !prophGS C Σ}.
  Implicit Types (ξ : proph_var C).
  Context (A : C).
  Local Notation "'var' i" := (ProphVar A i) (at level 10).

  (** Every question about the future has an answer today. *)
  Definition law_decide : Prop := ∀ φ : proph_asn C → Prop,
    proph_ctx ={⊤}=∗ ∃ b : bool, ⟨π, b = true ↔ φ π⟩.
  (** Of two references that are alive it is known whether they will be equal. *)
  Definition law_compare : Prop := ∀ i j,
    proph_ctx -∗ proph_tok 1 (var i) -∗ proph_tok 1 (var j) ={⊤}=∗
    ∃ b : bool, ⟨π, b = true ↔ π (var i) = π (var j)⟩ ∗
      proph_tok 1 (var i) ∗ proph_tok 1 (var j).
  (** References that point to the same now and in the end are the same. *)
  Definition law_ext : Prop := ∀ i j (x : proph_type A),
    proph_ctx -∗ ⟨π, (x, π (var i)) = (x, π (var j))⟩ ={⊤}=∗ ⌜i = j⌝.

  (** Two references that are alive are not the same. *)
  Lemma alive_differ i j : proph_tok 1 (var i) -∗ proph_tok 1 (var j) -∗ ⌜i ≠ j⌝.
  Proof.
    iIntros "Hi Hj". iDestruct (proph_tok_ne with "Hi Hj") as %Hne. iPureIntro.
    by intros ->.
  Qed.
  (** Whatever has been observed, they can have any two values in the end. *)
  Lemma alive_open E φ i j x y :
    ↑prophN ⊆ E →
    proph_ctx -∗ proph_obs φ -∗ proph_tok 1 (var i) -∗ proph_tok 1 (var j) ={E}=∗
    proph_tok 1 (var i) ∗ proph_tok 1 (var j) ∗
    ⌜∃ π, φ π ∧ π (var i) = x ∧ π (var j) = y⌝.
  Proof.
    iIntros (?) "#Hctx Hobs Hi Hj". iDestruct (proph_tok_ne with "Hi Hj") as %Hne.
    iMod (proph_obs_free _ _ 1 [var i; var j] with "Hctx Hobs [Hi Hj]") as "[H %Hfree]";
      [done|by iFrame|].
    iModIntro. iDestruct "H" as "($ & $ & _)". iPureIntro.
    destruct (Hfree (asn_insert (var i) x (asn_insert (var j) y inhabitant)))
      as (π & Hφ & Hπ).
    exists π. split_and!; [done|rewrite Hπ; [|set_solver]..].
    - apply (asn_insert_same (var i)).
    - rewrite asn_insert_other; [|done]. apply (asn_insert_same (var j)).
  Qed.

  (** A type of two values. *)
  Context (x y : proph_type A) (Hxy : x ≠ y).

  Lemma decide_false : law_decide → proph_ctx ={⊤}=∗ False.
  Proof using Hxy.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (Hlaw (λ π, π (var i) = x) with "Hctx") as ([]) "Hb".
    - iMod (proph_resolve_const _ (var i) y with "Hctx Hi") as "Hi"; [done|].
      iMod (proph_obs_pure _ False with "Hctx [Hb Hi]") as %[]; [done|].
      iApply (proph_obs_mono_2 _ _ (λ _, False) with "Hb Hi"). intros π Hb Hy.
      apply Hxy. rewrite -Hy. symmetry. by apply Hb.
    - iMod (proph_resolve_const _ (var i) x with "Hctx Hi") as "Hi"; [done|].
      iMod (proph_obs_pure _ False with "Hctx [Hb Hi]") as %[]; [done|].
      iApply (proph_obs_mono_2 _ _ (λ _, False) with "Hb Hi"). intros π Hb Hx.
      by apply Hb in Hx.
  Qed.

  Lemma compare_false : law_compare → proph_ctx ={⊤}=∗ False.
  Proof using Hxy.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (proph_create ⊤ A with "Hctx") as (j) "Hj"; [done|].
    iMod (Hlaw with "Hctx Hi Hj") as (b) "(Hb & Hi & Hj)".
    iMod (proph_resolve_const _ (var i) x with "Hctx Hi") as "Hi"; [done|].
    iMod (proph_resolve_const _ (var j) (if b then y else x) with "Hctx Hj") as "Hj"; [done|].
    iDestruct (proph_obs_and with "Hi Hj") as "H".
    iDestruct (proph_obs_and with "Hb H") as "H".
    iMod (proph_obs_sat with "Hctx H") as %(π & Hb & Hi & Hj); [done|].
    rewrite Hi Hj in Hb. destruct b.
    - destruct Hxy. by apply Hb.
    - assert (false = true) as [=]. by apply Hb.
  Qed.

  Lemma ext_false : law_ext → proph_ctx ={⊤}=∗ False.
  Proof.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (proph_create ⊤ A with "Hctx") as (j) "Hj"; [done|].
    iDestruct (alive_differ with "Hi Hj") as %Hne.
    iMod (proph_resolve_const _ (var i) inhabitant with "Hctx Hi") as "Hi"; [done|].
    iMod (proph_resolve_const _ (var j) inhabitant with "Hctx Hj") as "Hj"; [done|].
    iMod (Hlaw i j inhabitant with "Hctx [Hi Hj]") as %Heq; [|done].
    iApply (proph_obs_mono_2 with "Hi Hj"). intros π Hi Hj. by rewrite Hi Hj.
  Qed.
End laws.

(** ** None of them can be had *)
Section refuted.
  Context (C : Type) `{!ProphTypes C} (Σ : gFunctors) `{!invGpreS Σ, !prophGpreS C Σ}.
  Context (A : C).

  Theorem no_decide (x y : proph_type A) :
    x ≠ y → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_decide (C:=C) (Σ:=Σ).
  Proof using All.
    intros Hxy. apply (proph_law_refuted C Σ). intros Hinv Hproph.
    by apply (decide_false A x y).
  Qed.
  Theorem no_compare (x y : proph_type A) :
    x ≠ y → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_compare (C:=C) (Σ:=Σ) A.
  Proof using All.
    intros Hxy. apply (proph_law_refuted C Σ). intros Hinv Hproph.
    by apply (compare_false A x y).
  Qed.
  Theorem no_ext : ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_ext (C:=C) (Σ:=Σ) A.
  Proof using All.
    apply (proph_law_refuted C Σ). intros Hinv Hproph. by apply (ext_false A).
  Qed.
End refuted.
