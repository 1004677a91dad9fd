(** * Formulas over integers, and proofs of them that are checked by computation

What is known of a program's integers is a list of formulas: polynomial constraints over
integer variables, with "and" and "or". A proof is data, found by a program that nobody
trusts. [refute] checks that formulas contradict each other: it splits cases as the proof
says, and at a leaf asks [ZChecker] of the standard library, which adds up the
constraints as a certificate says. To prove a formula is to refute its negation.

Three things that [ZChecker] does not do by itself are splits here: "or"; [a ≠ b], which
is [a < b] or [b < a]; and "not in the range of a type". Strict inequalities are given
to it as [b - a - 1 ≥ 0].

Expressions are our own type, since the standard library's has other constructors on
each prover. Certificates use [RatProof], [CutProof], [SplitProof] and [DoneProof] only:
the others are not on every prover.

Source: Frédéric Besson, "Fast reflexive arithmetic tactics: the linear case and
beyond" (TYPES 2006). *)
From stdpp Require Import numbers list.
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
Import EnvRing RingMicromega ZMicromega.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Expressions and formulas *)
Inductive exp :=
  | EC (z : Z)
  | EV (x : positive)
  | EAdd (a b : exp)
  | ESub (a b : exp)
  | EMul (a b : exp).
Inductive fml :=
  | FLe (a b : exp)
  | FLt (a b : exp)
  | FEq (a b : exp)
  | FNe (a b : exp)
  (** in the range of a type, or not *)
  | FIn (t : int_type) (a : exp)
  | FOut (t : int_type) (a : exp)
  | FAnd (f g : fml)
  | FOr (f g : fml).
Definition FTrue : fml := FEq (EC 0) (EC 0).
Fixpoint neg (f : fml) : fml :=
  match f with
  | FLe a b => FLt b a
  | FLt a b => FLe b a
  | FEq a b => FNe a b
  | FNe a b => FEq a b
  | FIn t a => FOut t a
  | FOut t a => FIn t a
  | FAnd f g => FOr (neg f) (neg g)
  | FOr f g => FAnd (neg f) (neg g)
  end.

(** ** What they mean *)
Definition valuation := positive → Z.
Fixpoint ev (ρ : valuation) (e : exp) : Z :=
  match e with
  | EC z => z
  | EV x => ρ x
  | EAdd a b => ev ρ a + ev ρ b
  | ESub a b => ev ρ a - ev ρ b
  | EMul a b => ev ρ a * ev ρ b
  end.
Fixpoint evf (ρ : valuation) (f : fml) : Prop :=
  match f with
  | FLe a b => ev ρ a ≤ ev ρ b
  | FLt a b => ev ρ a < ev ρ b
  | FEq a b => ev ρ a = ev ρ b
  | FNe a b => ev ρ a ≠ ev ρ b
  | FIn t a => in_int_range t (ev ρ a)
  | FOut t a => ¬ in_int_range t (ev ρ a)
  | FAnd f g => evf ρ f ∧ evf ρ g
  | FOr f g => evf ρ f ∨ evf ρ g
  end.
Global Instance evf_dec ρ f : Decision (evf ρ f).
Proof. induction f; simpl; apply _. Defined.

(** ** The polynomial of an expression, the constraints of a formula *)
Definition pol_var (x : positive) : Pol Z :=
  match x with
  | xH => PX (Pc 1) 1 (Pc 0)
  | _ => Pinj (Pos.pred x) (PX (Pc 1) 1 (Pc 0))
  end.
Fixpoint pol (e : exp) : Pol Z :=
  match e with
  | EC z => Pc z
  | EV x => pol_var x
  | EAdd a b => padd (pol a) (pol b)
  | ESub a b => psub (pol a) (pol b)
  | EMul a b => pmul (pol a) (pol b)
  end.
(** What is left out here is for splits. *)
Fixpoint constraints (f : fml) : list (NFormula Z) :=
  match f with
  | FLe a b => [(pol (ESub b a), NonStrict)]
  | FLt a b => [(pol (ESub (ESub b a) (EC 1)), NonStrict)]
  | FEq a b => [(pol (ESub a b), Equal)]
  | FIn t a => [(pol (ESub a (EC (int_min t))), NonStrict); (pol (ESub (EC (int_max t)) a), NonStrict)]
  | FAnd f g => constraints f ++ constraints g
  | FNe _ _ | FOut _ _ | FOr _ _ => []
  end.

(** ** Equality, as far as it is seen by computation *)
Definition exp_eqb (a b : exp) : bool :=
  match pol (ESub a b) with Pc 0 => true | _ => false end.
Definition int_type_eqb (t u : int_type) : bool := bool_decide (t = u).
Fixpoint fml_eqb (f g : fml) : bool :=
  match f, g with
  | FLe a b, FLe c d | FLt a b, FLt c d | FEq a b, FEq c d | FNe a b, FNe c d =>
      exp_eqb a c && exp_eqb b d
  | FIn t a, FIn u b | FOut t a, FOut u b => int_type_eqb t u && exp_eqb a b
  | FAnd f1 f2, FAnd g1 g2 | FOr f1 f2, FOr g1 g2 => fml_eqb f1 g1 && fml_eqb f2 g2
  | _, _ => false
  end.
(** Is it among the facts, or plainly true? *)
Definition holds (F : list fml) (f : fml) : bool :=
  existsb (fml_eqb f) F ||
  match f with
  | FEq a b => exp_eqb a b
  | FNe a b => match pol (ESub a b) with Pc (Zpos _) | Pc (Zneg _) => true | _ => false end
  | _ => false
  end.

(** ** Proofs *)
Inductive proof :=
  | PLeaf (w : ZArithProof)
  (** the cases of the fact with this number *)
  | PCases (n : nat) (p q : proof)
  (** a formula, or its negation *)
  | PCut (f : fml) (p q : proof).
Fixpoint cases (f : fml) : option (fml * fml) :=
  match f with
  | FOr f g => Some (f, g)
  | FNe a b => Some (FLt a b, FLt b a)
  | FOut t a => Some (FLt a (EC (int_min t)), FLt (EC (int_max t)) a)
  (** of the first part that has cases *)
  | FAnd f g =>
      match cases f with
      | Some (f1, f2) => Some (FAnd f1 g, FAnd f2 g)
      | None => match cases g with Some (g1, g2) => Some (FAnd f g1, FAnd f g2) | None => None end
      end
  | _ => None
  end.
Fixpoint refute (F : list fml) (p : proof) : bool :=
  match p with
  | PLeaf w => ZChecker (flat_map constraints F) w
  | PCases n p q =>
      match F !! n with
      | Some f =>
          match cases f with
          | Some (g, h) => refute (g :: F) p && refute (h :: F) q
          | None => false
          end
      | None => false
      end
  | PCut f p q => refute (f :: F) p && refute (neg f :: F) q
  end.
(** A goal that is among the facts needs no proof; whatever stands there is ignored. *)
Definition prove (F : list fml) (f : fml) (p : proof) : bool :=
  holds F f || refute (neg f :: F) p.
(** The first goal that is not proved. *)
Fixpoint unproved (n : nat) (F : list fml) (fs : list fml) (ps : list proof) : option nat :=
  match fs with
  | [] => None
  | f :: fs =>
      if prove F f (match ps with p :: _ => p | [] => PLeaf DoneProof end)
      then unproved (S n) F fs (tail ps) else Some n
  end.

(** ** Instances *)
Definition inst := list (positive * exp).
Fixpoint look (σ : inst) (x : positive) : exp :=
  match σ with
  | [] => EV x
  | (y, e) :: σ => if Pos.eqb x y then e else look σ x
  end.
Fixpoint exp_subst (σ : inst) (e : exp) : exp :=
  match e with
  | EC z => EC z
  | EV x => look σ x
  | EAdd a b => EAdd (exp_subst σ a) (exp_subst σ b)
  | ESub a b => ESub (exp_subst σ a) (exp_subst σ b)
  | EMul a b => EMul (exp_subst σ a) (exp_subst σ b)
  end.
Fixpoint fml_subst (σ : inst) (f : fml) : fml :=
  match f with
  | FLe a b => FLe (exp_subst σ a) (exp_subst σ b)
  | FLt a b => FLt (exp_subst σ a) (exp_subst σ b)
  | FEq a b => FEq (exp_subst σ a) (exp_subst σ b)
  | FNe a b => FNe (exp_subst σ a) (exp_subst σ b)
  | FIn t a => FIn t (exp_subst σ a)
  | FOut t a => FOut t (exp_subst σ a)
  | FAnd f g => FAnd (fml_subst σ f) (fml_subst σ g)
  | FOr f g => FOr (fml_subst σ f) (fml_subst σ g)
  end.

(** ** Variables *)
Fixpoint exp_vars (e : exp) : list positive :=
  match e with
  | EC _ => []
  | EV x => [x]
  | EAdd a b | ESub a b | EMul a b => exp_vars a ++ exp_vars b
  end.
Fixpoint fml_vars (f : fml) : list positive :=
  match f with
  | FLe a b | FLt a b | FEq a b | FNe a b => exp_vars a ++ exp_vars b
  | FIn _ a | FOut _ a => exp_vars a
  | FAnd f g | FOr f g => fml_vars f ++ fml_vars g
  end.
Definition mem (x : positive) (xs : list positive) : bool := existsb (Pos.eqb x) xs.
Definition subset (xs ys : list positive) : bool := forallb (λ x, mem x ys) xs.
Definition disjoint (xs ys : list positive) : bool := forallb (λ x, negb (mem x ys)) xs.
