(** * How MIR's values, functions and panics appear in λRust

What both compilations agree on, so that a function compiled by one can be called where
one compiled by the other is expected.

** Functions have two ends. A result is [ret_val v], or [unw_val] if the function
unwinds; it is called with two continuations, [e [ret; unw]], and calls one of them.
So both edges of a call are in the program, and [RET ret_val v] in a specification says
that the function does not unwind. What is not supported is [Stuck]: a program of which
nothing can be proved.

** Values. A value without cells is poison; one of one cell is that cell's content; one
of several cells is a tuple, which gives its cells to the function that it is called
with ([pack]). One whose layout depends on a type parameter is in memory and is passed
by its address ([mir.v], [abi]).

** Type parameters. [tparam] is what a compiled function knows of one: how many cells
a value takes, how it is dropped, and, of a closure, how it is called. *)
From tally.lang Require Export notation.
From tally.lang.lib Require Import memcpy.
From tally.prelude Require Import options.

(** ** Names *)
Fixpoint digits (fuel n : nat) (acc : string) : string :=
  match fuel with
  | O => acc
  | S fuel =>
      let d := String (Ascii.ascii_of_nat (48 + Nat.modulo n 10)) acc in
      if Nat.leb 10 n then digits fuel (Nat.div n 10) d else d
  end.
Definition numbered (x : string) (n : nat) : string := String.append x (digits 6 n "").
Definition local_name : nat → string := numbered "_".
Definition block_name : nat → string := numbered "bb".
Definition cell_name : nat → string := numbered "c".

(** ** Small programs *)
Definition Poison : expr := Val (LitV LitPoison).
(** Calling what is no function. *)
Definition Stuck : expr := App Poison [].
Definition stuck_val : val := LitV LitPoison.
Definition Let (x : string) (e1 e2 : expr) : expr := App (Rec BAnon [BNamed x] e2) [e1].
Definition Seq (e1 e2 : expr) : expr := App (Rec BAnon [BAnon] e2) [e1].
Definition Int (z : Z) : expr := Val (LitV (LitInt z)).
(** A number of cells, as a value; where it does not compute it stays folded. *)
Definition cells_lit (n : nat) : base_lit := LitInt (Z.of_nat n).
Definition Cells (n : nat) : expr := Val (LitV (cells_lit n)).

(** ** Functions' ends *)
Definition ret_val (v : val) : val :=
  RecV BAnon [BNamed "ret"; BNamed "unw"] (App (Var "ret") [Val v]).
Definition unw_val : val :=
  RecV BAnon [BNamed "ret"; BNamed "unw"] (App (Var "unw") []).
Definition ret_unit : expr := Val (ret_val (LitV LitPoison)).
Definition ret_expr (e : expr) : expr :=
  Rec BAnon [BNamed "ret"; BNamed "unw"] (App (Var "ret") [e]).
(** What is to be done when the call has returned ["r"], and when it has unwound. *)
Definition two_ends (call on_ret on_unw : expr) : expr :=
  App call [Rec BAnon [BNamed "r"] on_ret; Rec BAnon [] on_unw].

(** ** Values of several cells *)
Definition pack (es : list expr) : expr :=
  match es with
  | [] => Poison
  | [e] => e
  | _ => Rec BAnon [BNamed "k"] (App (Var "k") es)
  end.
Definition pack_val (vs : list val) : val :=
  match vs with
  | [] => LitV LitPoison
  | [v] => v
  | _ => RecV BAnon [BNamed "k"] (App (Var "k") (map Val vs))
  end.
(** [n] names, from the [i]th on. *)
Definition cell_names (i n : nat) : list string := map cell_name (seq i n).
(** The [n] cells of [e] under the names from the [i]th on, in [body]. *)
Definition spread (i n : nat) (e body : expr) : expr :=
  match n with
  | 0 => Seq e body
  | 1 => Let (cell_name i) e body
  | _ => App e [Rec BAnon (map BNamed (cell_names i n)) body]
  end.
(** [len] of the [n] cells of [e], from [off] on. *)
Definition slice (n off len : nat) (e : expr) : expr :=
  if Nat.eqb off 0 && Nat.eqb len n then e
  else spread 0 n e (pack (map Var (cell_names off len))).
Fixpoint join_cells (i : nat) (es : list (nat * expr)) : expr :=
  match es with
  | [] => pack (map Var (cell_names 0 i))
  | (n, e) :: es => spread i n e (join_cells (i + n) es)
  end.
(** The value made of values with these numbers of cells, in this order. *)
Definition aggregate (es : list (nat * expr)) : expr :=
  match List.filter (λ '(n, _), negb (Nat.eqb n 0)) es with
  | [] => Poison
  | [(_, e)] => e
  | es => join_cells 0 es
  end.
Definition poisons (n : nat) : list (nat * expr) := map (λ _, (1, Poison)) (seq 0 n).
(** A value of which no cell is read. *)
Definition opaque (n : nat) : expr := aggregate (poisons n).
(** The [v]th variant of an enum of [n] cells, with these fields. *)
Definition variant (n v : nat) (fields : list (nat * expr)) : expr :=
  aggregate ((1, Int (Z.of_nat v)) :: fields ++ poisons (n - S (list_sum (map fst fields)))).

(** ** Memory *)
Definition at_off (e : expr) (n : nat) : expr :=
  match n with 0 => e | _ => BinOp OffsetOp e (Int (Z.of_nat n)) end.
Definition load (n : nat) (e : expr) : expr :=
  match n with
  | 0 => Poison
  | 1 => Read Na1Ord e
  | _ =>
      Let "p" e (App (Rec BAnon (map BNamed (cell_names 0 n)) (pack (map Var (cell_names 0 n))))
        (map (λ i, Read Na1Ord (at_off (Var "p") i)) (seq 0 n)))
  end.
Definition store (n : nat) (e v : expr) : expr :=
  match n with
  | 0 => Seq v Poison
  | 1 => Write Na1Ord e v
  | _ =>
      Let "p" e (spread 0 n v (foldr (λ i k,
        Seq (Write Na1Ord (at_off (Var "p") i) (Var (cell_name i))) k) Poison (seq 0 n)))
  end.
(** From memory to memory. *)
Definition copy (n : nat) (dst src : expr) : expr := App (Val memcpy) [dst; Cells n; src].

(** ** Type parameters *)
Record tparam := TP {
  tp_cells : nat;
  (** the drop glue: [glue [address]], with two ends *)
  tp_glue : val;
  (** of a closure: [call [out; env; args]], with two ends; [out] is where the result
      goes, [env] the closure's address, [args] the tuple of the arguments *)
  tp_call : val;
}.
(** Drop glue that does nothing. *)
Definition no_glue : val := RecV BAnon [BNamed "p"] ret_unit.
(** Of values that are no more than their cells. *)
Definition plain (n : nat) : tparam := TP n no_glue stuck_val.
Definition no_param : tparam := TP 0 stuck_val stuck_val.
