(** * Refutation: a run that violates a signature

[check_refute] decides whether a call of a compiled function, run by the interpreter of
λRust, is one that its signature excludes. A [witness] has a value for each variable of
the signature: the arguments, what references point to, and what is claimed of the
outcome. The arguments must satisfy what the signature demands. The program
[refutation] puts what references point to into one block of memory, calls the
function, and compares the result and the cells with the witness: it ends with 1 if all
of them are as the witness says, with 0 if not, and with 2 if the function unwinds.

The witness refutes the signature in three cases: all is as the witness says, and then a
promise is false; the function unwinds, in a mode that forbids it; or the run is stuck.
What follows from this is in [refute_sound.v].

A boolean's index is 0 for [false] and any other number for [true]. So a promise is only
taken for false if it asks no more of a boolean outcome than whether its index is 0
([plain_fml]).

The three ends of the program are values of their own, so that nothing is said about how
a witness was found. *)
From stdpp Require Import list strings numbers.
From tally.prelude Require Import prelude.
From tally.lang Require Import lang machine_int interp.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Export signature check.
From tally.prelude Require Import options.

(** ** Witnesses *)
(** Values of variables; others are 0. *)
Definition witness := list (positive * Z).
Fixpoint vars_of (w : witness) (x : positive) : Z :=
  match w with
  | [] => 0%Z
  | (y, z) :: w => if Pos.eqb x y then z else vars_of w x
  end.

(** ** The program *)
Section program.
  Context (ρ : valuation).
  Definition cell_at (mem : expr) (i : nat) : expr := BinOp OffsetOp mem (Int (Z.of_nat i)).
  Definition content (k : kind) (x : positive) : expr := Val (kind_val k (ρ x)).
  (** A parameter that is a reference: its kind, and its variables before and after. *)
  Definition pointed (q : param) : option (kind * positive * positive) :=
    match q with PVal _ _ => None | PMut k x y => Some (k, x, y) | PShr k x => Some (k, x, x) end.
  Fixpoint reference_count (ps : list param) : nat :=
    match ps with
    | [] => 0
    | q :: ps => match pointed q with Some _ => S (reference_count ps) | None => reference_count ps end
    end.
  (** The arguments; [i] references came before. *)
  Fixpoint given (mem : expr) (i : nat) (ps : list param) : list expr :=
    match ps with
    | [] => []
    | PVal k x :: ps => content k x :: given mem i ps
    | (PMut _ _ _ | PShr _ _) :: ps => cell_at mem i :: given mem (S i) ps
    end.
  Fixpoint fill_cells (mem : expr) (i : nat) (ps : list param) (k : expr) : expr :=
    match ps with
    | [] => k
    | q :: ps =>
        match pointed q with
        | Some (kd, x, _) => Seq (Write Na1Ord (cell_at mem i) (content kd x)) (fill_cells mem (S i) ps k)
        | None => fill_cells mem i ps k
        end
    end.
  (** Goes on if the two are equal, and ends with 0 if not. *)
  Definition compare_with (e : expr) (k : kind) (x : positive) (go : expr) : expr :=
    Case (BinOp EqOp e (content k x)) [Int 0; go].
  Fixpoint compare_cells (mem : expr) (i : nat) (ps : list param) (k : expr) : expr :=
    match ps with
    | [] => k
    | q :: ps =>
        match pointed q with
        | Some (kd, _, y) => compare_with (Read Na1Ord (cell_at mem i)) kd y (compare_cells mem (S i) ps k)
        | None => compare_cells mem i ps k
        end
    end.
  Definition compare_result (r : result) (k : expr) : expr :=
    match r with RVal kd x => compare_with (Var "r") kd x k | RUnit => k end.
  Definition refutation (pre : list val) (f : val) (s : sig) : expr :=
    Let "m" (Alloc (Int (Z.of_nat (S (reference_count (s_params s))))))
      (fill_cells (Var "m") 0 (s_params s)
        (two_ends (App (Val f) (map Val pre ++ given (Var "m") 0 (s_params s)))
          (compare_result (s_result s) (compare_cells (Var "m") 0 (s_params s) (Int 1)))
          (Int 2))).
End program.

(** ** Outcomes that are booleans *)
Definition bool_outs (s : sig) : list positive :=
  flat_map (λ q, match q with PMut KBool _ y => [y] | _ => [] end) (s_params s) ++
  match s_result s with RVal KBool r => [r] | _ => [] end.
(** An atom that says of a variable only whether it is 0. *)
Definition zero_atom (a b : exp) : bool :=
  match a, b with EV _, EC Z0 | EC Z0, EV _ => true | _, _ => false end.
(** Does the formula ask no more than that of these variables? *)
Fixpoint plain_fml (bs : list positive) (f : fml) : bool :=
  match f with
  | FLe a b | FLt a b => disjoint (exp_vars a ++ exp_vars b) bs
  | FEq a b | FNe a b => zero_atom a b || disjoint (exp_vars a ++ exp_vars b) bs
  | FIn _ a | FOut _ a => disjoint (exp_vars a) bs
  | FAnd f g | FOr f g => plain_fml bs f && plain_fml bs g
  end.

(** ** The check *)
Definition kind_okb (k : kind) (z : Z) : bool :=
  match k with KInt t => Z.leb (int_min t) z && Z.leb z (int_max t) | KBool => true end.
Definition param_okb (ρ : valuation) (q : param) : bool :=
  match q with PVal k x | PMut k x _ | PShr k x => kind_okb k (ρ x) end.
Definition holds_at (ρ : valuation) (f : fml) : bool := bool_decide (evf ρ f).
(** A promise that is false of these values. *)
Definition broken (ρ : valuation) (s : sig) : bool :=
  existsb (λ f, plain_fml (bool_outs s) f && negb (holds_at ρ f)) (s_ensures s).
Definition witness_run (p : program) (insts : list instance) (f : nat) (s : sig) (w : witness)
    (fuel : N) : outcome :=
  run_program choice_reuse [] fuel
    (refutation (vars_of w) [table p [] insts] (instance_fn p [] insts (IFn f [])) s).
Definition refuting_end (m : mode) (s : sig) (w : witness) (o : outcome) : bool :=
  match run_status_of o, main_value o with
  | ThreadStuck _ _, _ => true
  | _, Some (LitV (LitInt 1)) => broken (vars_of w) s
  | _, Some (LitV (LitInt 2)) => negb (unwinds m)
  | _, _ => false
  end.
(** Is this call of the function one that its signature excludes? *)
Definition check_refute (m : mode) (p : program) (insts : list instance) (f : nat) (s : sig)
    (w : witness) (fuel : N) : bool :=
  forallb (param_okb (vars_of w)) (s_params s) &&
  forallb (holds_at (vars_of w)) (s_requires s) &&
  refuting_end m s w (witness_run p insts f s w fuel).
