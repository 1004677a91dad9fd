(** * What the compilation to a tree has a meaning for

Where a body asks for something that has no meaning, [tree_compile.v] puts [Stuck] into the
program: a field that the type does not have, a constant whose layout depends on a type
parameter, a library function without an entry. [accepted] says that it does so nowhere in a
body but where the MIR itself says so: at [Unreachable], where unwinding is unreachable, where
a call does not return, and where no case of a switch is left. The translator's own test
([rust/tally-mir/src/accept.rs]) is to say the same; [ci/foil-coverage --coq] compares them on
every function that it counts.

Functions that are called, drop glue and the library's programs are values here, and are not
looked into: the first are tested by themselves, the others are written by hand. *)
From tally.lang Require Export notation.
From tally.mir Require Export tree_compile.
From tally.prelude Require Import options.

(** How often a program is [Stuck], values left out. *)
Fixpoint stucks (e : expr) : nat :=
  match e with
  | Val _ | Var _ | Abort => 0
  | App (Val (LitV LitPoison)) nil => 1
  (** Where a constant item unwinds: it does not, or the program would not compile. *)
  | Rec BAnon nil (App (Val (LitV LitPoison)) nil) => 0
  | Rec _ _ e | UnOp _ e | Fork e | Alloc e | Read _ e => stucks e
  | App e el | Case e el => stucks e + list_sum (map stucks el)
  | BinOp _ a b | Free a b | Write _ a b | Faa _ a b => stucks a + stucks b
  | Cas _ a b c => stucks a + stucks b + stucks c
  end.

(** How often the MIR says so. *)
Definition unwind_stucks (u : unwind) : nat := match u with UwUnreachable => 1 | _ => 0 end.
Definition option_stucks (o : option nat) : nat := match o with Some _ => 0 | None => 1 end.
Definition term_stucks (t : term) : nat :=
  match t with
  | SwitchInt _ _ d => option_stucks d
  | Call _ _ _ ret u => option_stucks ret + unwind_stucks u
  | Drop _ _ u | Assert _ _ _ u => unwind_stucks u
  | Unreachable => 1
  | Goto _ | Return | Resume | Terminate => 0
  end.

(** A body of a program with [n] type parameters. *)
Definition accepted (p : program) (n : nat) (b : body) : bool :=
  let E := repeat (TP 3 no_glue no_glue) n in
  let fns (_ : nat) (_ : list tparam) := no_glue in
  let fl := Flow (memory_locals p b) [] [] [] [] true in
  let there := Val no_glue in
  forallb (λ '(ss, t),
    forallb (λ s, Nat.eqb (stucks (stmt_expr p fns E b fl s there)) 0) ss &&
    Nat.leb (stucks (term_expr p fns E b fl (λ _, there) t)) (term_stucks t)) (b_blocks b).

(** It tells what has a meaning from what has not: a parameter's value from a place, and as a
constant. *)
Lemma accepted_tells :
  accepted (Program [] []) 1 (Body 1 [TParam 0; TParam 0] [([Assign (Place 0 []) (RUse (Use (Place 1 [])))], Return)]) = true ∧
  accepted (Program [] []) 1 (Body 1 [TParam 0; TParam 0] [([Assign (Place 0 []) (RUse (Const (COpaque (TParam 0))))], Return)]) = false ∧
  accepted (Program [] []) 0 (Body 1 [TPtr; TPtr] [([Assign (Place 0 []) (RUse (Use (Place 1 [Field 0])))], Return)]) = false.
Proof. vm_compute. by split_and!. Qed.
