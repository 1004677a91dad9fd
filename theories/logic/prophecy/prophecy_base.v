(** * Prophecies: variables, and values that depend on them

A prophecy variable [ξ] stands for a value that is decided later. An assignment [π]
says for every variable what it turns out to be. A _prophetic value_ is a function of
the assignment: [λ π, π ξ] is what [ξ] turns out to be, [λ _, a] is a value that is
known today, and [λ π, (π ξ, π ζ)] is a pair of which neither half is known yet.

A variable has a type of values. To keep variables comparable, the type is given by a
_code_, and the user chooses the codes ([ProphTypes]): any type whose equality can be
decided, with a type of values for each code. [prophecy_codes.v] has codes that are
closed under pairs, sums, options and lists over any basic types.

[proph_dep v ζs] says that [v] depends on no other variables than [ζs]. It is what the
rule of resolution asks about: a variable may be resolved to a value that mentions
variables which are not resolved yet, but never to one that mentions itself.

Key results: [proph_dep_map2], [proph_dep_inj2]; the classes of ghost state [prophGS].

Source: RustHornBelt (Matsushita, Denis, Jourdan, Dreyer, PLDI 2022). It picks an
assignment by functional extensionality and choice; with codes neither is needed. *)
From stdpp Require Import countable gmap.
From iris.algebra.lib Require Import mono_list.
From iris.base_logic.lib Require Import own ghost_map ghost_var invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

(** The codes of the types that prophecies may have. *)
Class ProphTypes (C : Type) := {
  proph_code_eq_dec : EqDecision C;
  proph_type : C → Type;
  proph_type_inhabited (A : C) : Inhabited (proph_type A);
}.
Global Existing Instances proph_code_eq_dec proph_type_inhabited.
Global Hint Mode ProphTypes ! : typeclass_instances.

(** A variable: the code of its type, and a name. *)
Record proph_var (C : Type) := ProphVar { pv_code : C; pv_id : positive }.
Global Arguments ProphVar {_} _ _.
Global Arguments pv_code {_} _.
Global Arguments pv_id {_} _.

Global Instance proph_var_eq_dec `{!ProphTypes C} : EqDecision (proph_var C).
Proof. solve_decision. Defined.

(** What each variable turns out to be. *)
Definition proph_asn (C : Type) `{!ProphTypes C} : Type :=
  ∀ ξ : proph_var C, proph_type (pv_code ξ).
Global Instance proph_asn_inhabited `{!ProphTypes C} : Inhabited (proph_asn C) :=
  populate (λ ξ, inhabitant).
(** A value that may depend on what they turn out to be. *)
Notation "'proph_val' C X" := (proph_asn C → X)
  (at level 10, C at level 9, X at level 9, only parsing) : type_scope.

(** A prophetic value with its code. *)
Definition proph_any (C : Type) `{!ProphTypes C} : Type :=
  { A : C & proph_val C (proph_type A) }.

Section dep.
  Context `{!ProphTypes C}.
  Implicit Types (ξ ζ : proph_var C) (ζs : list (proph_var C)) (π : proph_asn C).

  (** [v] depends on no other variables than [ζs]. *)
  Definition proph_dep {X} (v : proph_val C X) ζs : Prop :=
    ∀ π π', (∀ ζ, ζ ∈ ζs → π ζ = π' ζ) → v π = v π'.

  (** A value that is known depends on nothing. *)
  Lemma proph_dep_const {X} (x : X) : proph_dep (λ _, x) [].
  Proof. done. Qed.
  (** A variable depends on itself. *)
  Lemma proph_dep_var ξ : proph_dep (λ π, π ξ) [ξ].
  Proof. intros π π' Hπ. apply Hπ. set_solver. Qed.
  (** More variables do no harm. *)
  Lemma proph_dep_mono {X} (v : proph_val C X) ζs ζs' :
    ζs ⊆ ζs' → proph_dep v ζs → proph_dep v ζs'.
  Proof. intros Hsub Hv π π' Hπ. apply Hv. auto. Qed.
  (** A function of a prophetic value. *)
  Lemma proph_dep_map {X Y} (f : X → Y) (v : proph_val C X) ζs :
    proph_dep v ζs → proph_dep (λ π, f (v π)) ζs.
  Proof. intros Hv π π' Hπ. by rewrite (Hv π π' Hπ). Qed.
  (** A function of two prophetic values. *)
  Lemma proph_dep_map2 {X Y Z} (f : X → Y → Z) (u : proph_val C X) (v : proph_val C Y) ζs ζs' :
    proph_dep u ζs → proph_dep v ζs' → proph_dep (λ π, f (u π) (v π)) (ζs ++ ζs').
  Proof.
    intros Hu Hv π π' Hπ.
    rewrite (Hu π π'); [rewrite (Hv π π'); [done|]|]; intros ζ Hζ; apply Hπ; set_solver.
  Qed.
  (** What a constructor is applied to depends on no more than the result. *)
  Lemma proph_dep_inj {X Y} (f : X → Y) `{!Inj (=) (=) f} (v : proph_val C X) ζs :
    proph_dep (λ π, f (v π)) ζs → proph_dep v ζs.
  Proof. intros Hfv π π' Hπ. apply (inj f), (Hfv π π' Hπ). Qed.
  Lemma proph_dep_inj2 {X Y Z} (f : X → Y → Z) `{!Inj2 (=) (=) (=) f}
      (u : proph_val C X) (v : proph_val C Y) ζs :
    proph_dep (λ π, f (u π) (v π)) ζs → proph_dep u ζs ∧ proph_dep v ζs.
  Proof.
    intros Hfuv. split; intros π π' Hπ;
      by destruct (inj2 f _ _ _ _ (Hfuv π π' Hπ)).
  Qed.

  (** The assignment [π], changed at [ξ]. The equation of variables is decided, so it
  has only one proof. *)
  Definition asn_insert ξ (x : proph_type (pv_code ξ)) π : proph_asn C := λ ζ,
    match decide (ξ = ζ) with
    | left Heq => eq_rect ξ (λ ζ, proph_type (pv_code ζ)) x ζ Heq
    | right _ => π ζ
    end.
  (** There it is [x]. *)
  Lemma asn_insert_same ξ x π : asn_insert ξ x π ξ = x.
  Proof.
    rewrite /asn_insert. destruct (decide (ξ = ξ)) as [Heq|]; [|done].
    by rewrite (proof_irrel Heq eq_refl).
  Qed.
  (** Elsewhere it is as before. *)
  Lemma asn_insert_other ξ x π ζ : ξ ≠ ζ → asn_insert ξ x π ζ = π ζ.
  Proof. intros ?. rewrite /asn_insert. by destruct (decide (ξ = ζ)). Qed.
End dep.

(** ** Ghost state: names of variables not yet resolved, with their codes; the log of
resolutions ([proof/log.v]); for each variable, the present value of what it foretells. *)
Definition prophN : namespace := nroot .@ "prophecy".

(** One resolution: a variable and the value it is resolved to. *)
Definition proph_item (C : Type) `{!ProphTypes C} : Type :=
  { ξ : proph_var C & proph_val C (proph_type (pv_code ξ)) }.

Class prophGpreS (C : Type) `{!ProphTypes C} (Σ : gFunctors) := ProphGpreS {
  prophGpreS_live : ghost_mapG Σ positive C;
  prophGpreS_log : inG Σ (mono_listR (leibnizO (proph_item C)));
  prophGpreS_val : ghost_varG Σ (proph_any C);
}.
Local Existing Instances prophGpreS_live prophGpreS_log prophGpreS_val.

Class prophGS (C : Type) `{!ProphTypes C} (Σ : gFunctors) := ProphGS {
  prophGS_preS : prophGpreS C Σ;
  prophGS_live_name : gname;
  prophGS_log_name : gname;
}.
Global Existing Instance prophGS_preS.
Global Arguments ProphGS {_ _ _} _ _ _.

Definition prophΣ (C : Type) `{!ProphTypes C} : gFunctors :=
  #[ghost_mapΣ positive C; GFunctor (mono_listR (leibnizO (proph_item C)));
    ghost_varΣ (proph_any C)].
Global Instance subG_prophΣ `{!ProphTypes C} {Σ} : subG (prophΣ C) Σ → prophGpreS C Σ.
Proof. solve_inG. Qed.
