(** * Signatures: what a function takes, demands, gives and promises

A signature is over integer variables. A value has a variable that is its index; a
mutable reference has two, for what it points to at the call and at the end, so that
[&mut T] with an invariant and strong references are one form; a shared reference has
one, and comes with a fraction of the cell. A boolean's index is 0 for [false], and
anything else for [true]. [s_requires] is about the variables of the parameters,
[s_ensures] about those of the results as well.

[fn_spec] is what a signature means in separation logic, of a compiled function: it has
two ends ([mir/value.v]). If it returns, the results satisfy what is promised, and the
references are given back. If it unwinds, which it may only where [unwinds] says so, the
references are given back with some valid content. A program that the checker accepts
has these specifications ([check_sound.v]).

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023). *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import lifting notation.
From tally.mir Require Import value.
From tally.refine Require Export formula.
From tally.prelude Require Import options.

(** ** Syntax *)
Inductive kind := KInt (t : int_type) | KBool.
Inductive param :=
  | PVal (k : kind) (x : positive)
  (** what it points to is [x] at the call and [y] at the end *)
  | PMut (k : kind) (x y : positive)
  | PShr (k : kind) (x : positive).
Inductive result := RVal (k : kind) (r : positive) | RUnit.
Record sig := Sig {
  s_params : list param;
  s_requires : list fml;
  s_result : result;
  s_ensures : list fml;
}.

Definition param_in (p : param) : positive := match p with PVal _ x | PMut _ x _ | PShr _ x => x end.
Definition param_out (p : param) : list positive := match p with PMut _ _ y => [y] | _ => [] end.
Definition result_out (r : result) : list positive := match r with RVal _ r => [r] | RUnit => [] end.
(** The variables of the parameters, and those of the results. *)
Definition ins (s : sig) : list positive := map param_in (s_params s).
Definition outs (s : sig) : list positive := flat_map param_out (s_params s) ++ result_out (s_result s).
(** A promise is about these variables; a result is no parameter. *)
Definition sig_ok (s : sig) : bool :=
  subset (flat_map fml_vars (s_ensures s)) (ins s ++ outs s) && disjoint (outs s) (ins s).

(** ** Meaning *)
Definition kind_val (k : kind) (z : Z) : val :=
  match k with KInt _ => LitV (LitInt z) | KBool => LitV (lit_of_bool (bool_decide (z ≠ 0%Z))) end.
Definition kind_ok (k : kind) (z : Z) : Prop :=
  match k with KInt t => in_int_range t z | KBool => True end.
(** An argument, and the fraction that comes with it if it is a shared reference. *)
Definition arg : Type := val * Qp.

Section meaning.
  Context `{!lrustGS Σ}.
  Implicit Types (ρ : valuation) (p : param) (a : arg) (args : list arg) (Φ : val → iProp Σ).

  Definition points ρ (q : Qp) (k : kind) (x : positive) (v : val) : iProp Σ :=
    ∃ l : loc, ⌜v = LitV (LitLoc l) ∧ kind_ok k (ρ x)⌝ ∗ l ↦{q} kind_val k (ρ x).
  Definition arg_own ρ p a : iProp Σ :=
    match p with
    | PVal k x => ⌜a.1 = kind_val k (ρ x) ∧ kind_ok k (ρ x)⌝
    | PMut k x _ => points ρ 1 k x a.1
    | PShr k x => points ρ a.2 k x a.1
    end.
  Definition arg_back ρ p a : iProp Σ :=
    match p with
    | PVal _ _ => True
    | PMut k _ y => points ρ 1 k y a.1
    | PShr k x => points ρ a.2 k x a.1
    end.
  (** Given back with some content that is valid. *)
  Definition arg_lost p a : iProp Σ :=
    match p with
    | PVal _ _ => True
    | PMut k x _ => ∃ ρ, points ρ 1 k x a.1
    | PShr k x => ∃ ρ, points ρ a.2 k x a.1
    end.
  Definition result_ok ρ (r : result) (v : val) : Prop :=
    match r with RVal k r => v = kind_val k (ρ r) ∧ kind_ok k (ρ r) | RUnit => True end.
  Definition fn_ends (unwinds : bool) (s : sig) ρ args (r : val) : iProp Σ :=
    (∃ ρ' v, ⌜r = ret_val v⌝ ∗ ⌜∀ x, x ∉ outs s → ρ' x = ρ x⌝ ∗
       ⌜result_ok ρ' (s_result s) v⌝ ∗ ⌜Forall (evf ρ') (s_ensures s)⌝ ∗
       [∗ list] p;a ∈ s_params s;args, arg_back ρ' p a)
    ∨ (⌜r = unw_val⌝ ∗ ⌜unwinds = true⌝ ∗ [∗ list] p;a ∈ s_params s;args, arg_lost p a).
  (** [pre]: arguments that come first and belong to the compilation. *)
  Definition fn_spec (unwinds : bool) (pre : list val) (f : val) (s : sig) : iProp Σ :=
    □ ∀ ρ args Φ, ⌜Forall (evf ρ) (s_requires s)⌝ -∗
      ([∗ list] p;a ∈ s_params s;args, arg_own ρ p a) -∗
      (∀ r, fn_ends unwinds s ρ args r -∗ Φ r) -∗
      WP App (Val f) (Val <$> (pre ++ map fst args)) {{ Φ }}.
  Global Instance fn_spec_persistent unwinds pre f s : Persistent (fn_spec unwinds pre f s).
  Proof. apply _. Qed.
End meaning.
