(** * Causality: rules of resolution that would make the future contradict itself

A prophecy is resolved to a value that may depend on other prophecies. If it could depend
on itself, the future would have to solve any equation, such as [b = negb b]. The rule
[proph_resolve] excludes this in two ways: with the whole token of the variable nobody can
show a part of the token of the same variable, and what was resolved has no token.

Each way is needed. Each law below leaves something out, and lets everybody prove [False]:

- [law_resolve_any]: resolution to any value, as though it were known
  ([no_resolve_any]);
- [law_resolve_others]: to any value that does not mention the variable itself, but without
  tokens of those that it mentions: two variables are resolved to each other
  ([no_resolve_others]);
- [law_resolve_part]: with a part of the token ([no_resolve_part]);
- [law_resolve_keep]: without giving the token away ([no_resolve_keep]).

What is true is that a variable that is a function of itself is a fixed point of it:
[proph_fixpoint].

The refutations are about every set of codes with a type of two values. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy.
From tally.prelude Require Import options.

Section laws.
  Context `{!ProphTypes C, !invGS Σ, !prophGS C Σ}.
  Implicit Types (ξ : proph_var C) (ζs : list (proph_var C)).

  (** Resolution to whatever one likes. *)
  Definition law_resolve_any : Prop := ∀ ξ v,
    proph_ctx -∗ proph_tok 1 ξ ={⊤}=∗ ⟨π, π ξ = v π⟩.
  (** Resolution to whatever depends on other variables, resolved or not. *)
  Definition law_resolve_others : Prop := ∀ ξ v ζs,
    proph_dep v ζs → ξ ∉ ζs → proph_ctx -∗ proph_tok 1 ξ ={⊤}=∗ ⟨π, π ξ = v π⟩.
  (** Resolution by a part of the token. *)
  Definition law_resolve_part : Prop := ∀ ξ x,
    proph_ctx -∗ proph_tok (1/2) ξ ={⊤}=∗ ⟨π, π ξ = x⟩.
  (** Resolution that leaves the token. *)
  Definition law_resolve_keep : Prop := ∀ ξ x,
    proph_ctx -∗ proph_tok 1 ξ ={⊤}=∗ ⟨π, π ξ = x⟩ ∗ proph_tok 1 ξ.

  Lemma proph_fixpoint E ξ f :
    ↑prophN ⊆ E → proph_ctx -∗ ⟨π, π ξ = f (π ξ)⟩ ={E}=∗ ⌜∃ x, x = f x⌝.
  Proof.
    iIntros (?) "#Hctx Hobs". iMod (proph_obs_sat with "Hctx Hobs") as %(π & Hπ); [done|].
    iPureIntro. by exists (π ξ).
  Qed.

  (** A type of two values, by a function without fixed point. *)
  Context (A : C) (f : proph_type A → proph_type A) (Hf : ∀ x, f x ≠ x).

  Lemma resolve_any_false : law_resolve_any → proph_ctx ={⊤}=∗ False.
  Proof using Hf.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (Hlaw (ProphVar A i) (λ π, f (π (ProphVar A i))) with "Hctx Hi") as "Hobs".
    iMod (proph_fixpoint _ (ProphVar A i) with "Hctx Hobs") as %[x Hx]; [done|].
    by destruct (Hf x).
  Qed.

  Lemma resolve_others_false : law_resolve_others → proph_ctx ={⊤}=∗ False.
  Proof using Hf.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (proph_create ⊤ A with "Hctx") as (j) "Hj"; [done|].
    iDestruct (proph_tok_ne with "Hi Hj") as %Hne.
    iMod (Hlaw (ProphVar A i) (λ π, f (π (ProphVar A j))) [ProphVar A j]
      with "Hctx Hi") as "Hi"; [|set_solver|].
    { apply (proph_dep_map f), (proph_dep_var (ProphVar A j)). }
    iMod (Hlaw (ProphVar A j) (λ π, π (ProphVar A i)) [ProphVar A i]
      with "Hctx Hj") as "Hj"; [apply (proph_dep_var (ProphVar A i))|set_solver|].
    iDestruct (proph_obs_and with "Hi Hj") as "H".
    iMod (proph_obs_sat with "Hctx H") as %(π & Hi & Hj); [done|].
    rewrite Hj in Hi. by destruct (Hf (π (ProphVar A i))).
  Qed.

  Lemma resolve_part_false : law_resolve_part → proph_ctx ={⊤}=∗ False.
  Proof using Hf.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "[Hi Hi']"; [done|].
    iMod (Hlaw (ProphVar A i) inhabitant with "Hctx Hi") as "Hi".
    iMod (Hlaw (ProphVar A i) (f inhabitant) with "Hctx Hi'") as "Hi'".
    iMod (proph_obs_agree with "Hctx Hi Hi'") as %Heq; [done|]. by destruct (Hf inhabitant).
  Qed.

  Lemma resolve_keep_false : law_resolve_keep → proph_ctx ={⊤}=∗ False.
  Proof using Hf.
    iIntros (Hlaw) "#Hctx". iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iMod (Hlaw (ProphVar A i) inhabitant with "Hctx Hi") as "[H Hi]".
    iMod (Hlaw (ProphVar A i) (f inhabitant) with "Hctx Hi") as "[H' _]".
    iMod (proph_obs_agree with "Hctx H H'") as %Heq; [done|]. by destruct (Hf inhabitant).
  Qed.
End laws.

(** ** None of them can be had *)

(** A law that lets one prove [False] is not true of all ghost states. *)
Lemma proph_law_refuted (C : Type) `{!ProphTypes C} Σ `{!invGpreS Σ, !prophGpreS C Σ}
    (law : ∀ `{!invGS Σ, !prophGS C Σ}, Prop) :
  (∀ `{!invGS Σ, !prophGS C Σ}, law → proph_ctx ={⊤}=∗ False) →
  ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law.
Proof.
  intros Hfalse Hlaw. destruct (proph_adequacy_ctx C Σ (λ _, False)) as [_ []].
  iIntros (Hinv Hproph) "#Hctx". iMod (Hfalse with "Hctx") as "[]". apply Hlaw.
Qed.

Section refuted.
  Context (C : Type) `{!ProphTypes C} (Σ : gFunctors) `{!invGpreS Σ, !prophGpreS C Σ}.
  Context (A : C) (f : proph_type A → proph_type A) (Hf : ∀ x, f x ≠ x).

  Theorem no_resolve_any : ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_resolve_any (C:=C) (Σ:=Σ).
  Proof using All.
    apply (proph_law_refuted C Σ). intros Hinv Hproph. by apply (resolve_any_false A f).
  Qed.
  Theorem no_resolve_others :
    ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_resolve_others (C:=C) (Σ:=Σ).
  Proof using All.
    apply (proph_law_refuted C Σ). intros Hinv Hproph. by apply (resolve_others_false A f).
  Qed.
  Theorem no_resolve_part : ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_resolve_part (C:=C) (Σ:=Σ).
  Proof using All.
    apply (proph_law_refuted C Σ). intros Hinv Hproph. by apply (resolve_part_false A f).
  Qed.
  Theorem no_resolve_keep : ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_resolve_keep (C:=C) (Σ:=Σ).
  Proof using All.
    apply (proph_law_refuted C Σ). intros Hinv Hproph. by apply (resolve_keep_false A f).
  Qed.
End refuted.
