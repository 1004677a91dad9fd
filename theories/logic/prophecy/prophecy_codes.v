(** * Codes of types for prophecies

Codes for many data types of Rust: over any basic codes [B], the unit type, booleans,
natural numbers, integers, pairs, sums, options and lists. Of recursive types there are
none but lists, and a basic code cannot mention [data_code B] itself. [data_mut A] is
the code of what a mutable reference is in specifications: the pair of what it points to
now and in the end, so that references to references have codes as well.

A development that needs other types has its own codes for them as [B]. One that needs no
other takes [data_code Empty_set]. *)
From stdpp Require Import countable.
From iris.prelude Require Import prelude.
From tally.logic.prophecy Require Import prophecy_base.
From tally.prelude Require Import options.

Inductive data_code (B : Type) :=
| DataBase (A : B)
| DataUnit
| DataBool
| DataNat
| DataInt
| DataPair (A A' : data_code B)
| DataSum (A A' : data_code B)
| DataOption (A : data_code B)
| DataList (A : data_code B).
Global Arguments DataBase {_} _.
Global Arguments DataUnit {_}.
Global Arguments DataBool {_}.
Global Arguments DataNat {_}.
Global Arguments DataInt {_}.
Global Arguments DataPair {_} _ _.
Global Arguments DataSum {_} _ _.
Global Arguments DataOption {_} _.
Global Arguments DataList {_} _.

Global Instance data_code_eq_dec `{!EqDecision B} : EqDecision (data_code B).
Proof. solve_decision. Defined.

Section codes.
  Context `{!ProphTypes B}.

  Fixpoint data_type (A : data_code B) : Type :=
    match A with
    | DataBase A => proph_type A
    | DataUnit => unit
    | DataBool => bool
    | DataNat => nat
    | DataInt => Z
    | DataPair A A' => data_type A * data_type A'
    | DataSum A A' => data_type A + data_type A'
    | DataOption A => option (data_type A)
    | DataList A => list (data_type A)
    end.
  Global Instance data_type_inhabited A : Inhabited (data_type A).
  Proof. induction A; simpl; apply _. Defined.

  Global Instance data_proph_types : ProphTypes (data_code B) := {|
    proph_type := data_type;
  |}.
End codes.

(** What a mutable reference points to, now and in the end. *)
Definition data_mut {B} (A : data_code B) : data_code B := DataPair A A.

(** No basic codes. *)
Global Instance empty_proph_types : ProphTypes Empty_set.
Proof. exists (λ _, unit); apply _. Defined.
