(** * The chapter on ownership of Flux's book: what the checker says

Bodies are as rustc prints them, with its numbering of locals; certificates by hand. Two
functions of the chapter so far. The checker's answers are computed here; that an
accepted program has its specification is not proved yet ([refine/check.v]). *)
From stdpp Require Import strings numbers.
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From tally.mir Require Import mir block_compile.
From tally.refine Require Import check.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** [fn mk_three() -> i32[3]] *)
Definition mk_three_mir : body :=
  Body 0 [TInt i32] [
    ([Assign (Place 0 []) (RUse (Const (CInt i32 1)));
      Assign (Place 0 []) (RUse (Const (CInt i32 3)))], Return)].
Definition returns (z : Z) : sig := Sig [] [] (RVal (KInt i32) 1) [FEq (EV 1) (EC z)].
Definition mk_three_cert : cert :=
  Cert (To 0 [] []) [Node 0 (Env [SAny; SAny] []) (TReturn [(1%positive, EC 3)] [])].
(** [fn incr(p: &mut i32[@n]) ensures p: i32[n + 1]] *)
Definition incr_mir : body :=
  Body 1 [TTuple []; TPtr; TTuple [TInt i32; TBool]] [
    ([Assign (Place 2 []) (RChecked i32 AddOp (Use (Place 1 [Deref (TInt i32)])) (Const (CInt i32 1)))],
      Assert (Use (Place 2 [Field 1])) false 1 UwContinue);
    ([Assign (Place 1 [Deref (TInt i32)]) (RUse (Use (Place 2 [Field 0])))], Return)].
Definition incr_sig : sig := Sig [PMut (KInt i32) 1 2] [] RUnit [FEq (EV 2) (EAdd (EV 1) (EC 1))].
Definition incr_cert : cert :=
  Cert (To 0 [] []) [
    Node 0 (Env [SAny; SPtr 4; SAny; SAny; SInt i32 (EV 1)] []) (TAssert [] (To 1 [] []));
    Node 1 (Env [SAny; SPtr 4; SInt i32 (EAdd (EV 1) (EC 1)); SAny; SInt i32 (EV 1)] [])
      (TReturn [(2%positive, EAdd (EV 1) (EC 1))] [])].

Definition chapter : program := Program [] [mk_three_mir; incr_mir].
Definition table_of : list instance := [IFn 0 []; IFn 1 []].
Lemma accepted : check_program Panics chapter table_of
  [Some (Fn (returns 3) mk_three_cert); Some (Fn incr_sig incr_cert)] = Ok tt.
Proof. vm_compute. reflexivity. Qed.
(** Another result is not proved: in function 0, at node 0, at its end, the first promise. *)
Lemma mk_three_not_four : check_program Panics chapter table_of
  [Some (Fn (returns 4) mk_three_cert); None] = Err (Error 0 0 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
(** Where no overflow may panic, [incr] is not accepted. *)
Lemma incr_strict : check_program Strict chapter table_of
  [None; Some (Fn incr_sig incr_cert)] = Err (Error 1 0 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
