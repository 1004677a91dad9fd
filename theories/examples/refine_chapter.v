(** * The chapter on ownership of Flux's book, checked

The functions of the chapter, as rustc 1.95 prints their MIR with overflow checks and
without optimisations; storage statements are left out, and so is the text of a panic.
[assert] is a function whose signature demands [true]. The environments of the
certificates are written by hand, the proofs in them found ([refine_finder.v]).

Each example that the chapter accepts is accepted, in the mode in which overflow panics
([accepted]). All but [factorial] are accepted in the strict mode as well, where nothing
may panic, if [abs] and [incr] demand that nothing overflows ([accepted_strict]). So by
[check_sound] each of these functions satisfies its signature. What that says of
executions is spelled out for some of them ([factorial_safe], [mk_three_safe],
[test_abs_safe], [test_alias_safe], [test_incr_safe]). Each example that the chapter
rejects is rejected, with its place and reason. That is the checker's answer to these
certificates; [refine_rejected.v] has theorems about all certificates.

Source: Flux's book, "Ownership in Flux". *)
From stdpp Require Import list strings numbers.
From tally.prelude Require Import prelude.
From tally.lang Require Import lang machine_int adequacy.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check check_safe.
From tally.examples Require Import refine_finder.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Short forms *)
Definition i32_ty : ty := TInt i32.
Definition unit_ty : ty := TTuple [].
Definition int_bool : ty := TTuple [i32_ty; TBool].
Definition l (i : nat) : place := Place i [].
Definition at_ref (i : nat) : place := Place i [Deref i32_ty].
Definition use (i : nat) : operand := Use (l i).
Definition fst_of (i : nat) : operand := Use (Place i [Field 0]).
Definition overflows (i : nat) : operand := Use (Place i [Field 1]).
Definition lit (z : Z) : operand := Const (CInt i32 z).
Definition no_value : rvalue := RUse (Const (COpaque unit_ty)).
Definition call (dst f : nat) (os : list operand) (ret : nat) : term :=
  Call (l dst) (CFn f []) os (Some ret) UwContinue.
Definition x (i : positive) : exp := EV i.
Definition int_of (e : exp) : sym := SInt i32 e.
(** [n] cells, of which these are known, and facts. *)
Definition known_cells (n : nat) (cs : list (nat * sym)) (F : list fml) : env :=
  Env (foldr (λ kc Γ, <[kc.1 := kc.2]> Γ) (replicate n SAny) cs) F.

(** ** Bodies and signatures *)
(** [fn assert(b: bool[true]) { if !b { panic!() } }] *)
Definition assert_mir : body :=
  Body 1 [unit_ty; TBool; TBool; unit_ty; unit_ty] [
    ([Assign (l 2) (RUse (use 1))], SwitchInt (use 2) [(0, 1%nat)] (Some 2%nat));
    ([], Call (l 4) (CLib "panicking::panic_fmt" []) [Const (COpaque unit_ty)] None UwContinue);
    ([Assign (l 0) no_value], Return)].
Definition assert_sig : sig := Sig [PVal KBool 1] [FNe (x 1) (EC 0)] RUnit [].
Definition assert_nodes : list (nat * env) :=
  [(0%nat, known_cells 3 [(1%nat, SBool (FNe (x 1) (EC 0)))] [FNe (x 1) (EC 0)]);
   (2%nat, known_cells 3 [] [])].
Definition assert_hints : list hint := [HSwitch [None] (Some (1%nat, [])); HReturn []].

(** [fn mk_three() -> i32[3]] *)
Definition mk_three_mir : body :=
  let step p c v f r bb := ([Assign (l 1) (RUse (fst_of p)); Assign (l f) (RUse (use 1));
    Assign (l c) (RRel REq (use f) (lit v))], call r 0 [use c] bb) in
  Body 0 [i32_ty; i32_ty; int_bool; unit_ty; TBool; i32_ty; int_bool; unit_ty; TBool; i32_ty; int_bool;
      unit_ty; TBool; i32_ty] [
    ([Assign (l 1) (RUse (lit 0)); Assign (l 2) (RChecked i32 AddOp (use 1) (lit 1))],
      Assert (overflows 2) false 1 UwContinue);
    step 2%nat 4%nat 1 5%nat 3%nat 2%nat;
    ([Assign (l 6) (RChecked i32 AddOp (use 1) (lit 1))], Assert (overflows 6) false 3 UwContinue);
    step 6%nat 8%nat 2 9%nat 7%nat 4%nat;
    ([Assign (l 10) (RChecked i32 AddOp (use 1) (lit 1))], Assert (overflows 10) false 5 UwContinue);
    step 10%nat 12%nat 3 13%nat 11%nat 6%nat;
    ([Assign (l 0) (RUse (use 1))], Return)].
Definition mk_three_sig (z : Z) : sig := Sig [] [] (RVal (KInt i32) 1) [FEq (x 1) (EC z)].
Definition mk_three_nodes : list (nat * env) :=
  imap pair [known_cells 15 [] []; known_cells 15 [(3%nat, int_of (EC 1))] [];
    known_cells 15 [(2%nat, int_of (EC 1))] []; known_cells 15 [(7%nat, int_of (EC 2))] [];
    known_cells 15 [(2%nat, int_of (EC 2))] []; known_cells 15 [(11%nat, int_of (EC 3))] [];
    known_cells 15 [(2%nat, int_of (EC 3))] []].
Definition mk_three_hints : list hint :=
  [HTo 1 []; HCall [(1%positive, EC 1)] [] 2 []; HTo 3 []; HCall [(1%positive, EC 1)] [] 4 []; HTo 5 [];
   HCall [(1%positive, EC 1)] [] 6 []; HReturn [(1%positive, EC 3)]].

(** [fn factorial(n: i32{0 <= n}) -> i32{v: n <= v}] *)
Definition factorial_mir : body :=
  Body 1 [i32_ty; i32_ty; i32_ty; i32_ty; unit_ty; unit_ty; TBool; i32_ty; i32_ty; int_bool; i32_ty; i32_ty;
      int_bool; unit_ty; unit_ty; unit_ty] [
    ([Assign (l 2) (RUse (lit 0)); Assign (l 3) (RUse (lit 1))], Goto 1);
    ([Assign (l 7) (RUse (use 2)); Assign (l 8) (RUse (use 1)); Assign (l 6) (RRel RLt (use 7) (use 8))],
      SwitchInt (use 6) [(0, 5%nat)] (Some 2%nat));
    ([Assign (l 9) (RChecked i32 AddOp (use 2) (lit 1))], Assert (overflows 9) false 3 UwContinue);
    ([Assign (l 2) (RUse (fst_of 9)); Assign (l 10) (RUse (use 3)); Assign (l 11) (RUse (use 2));
      Assign (l 12) (RChecked i32 MulOp (use 10) (use 11))], Assert (overflows 12) false 4 UwContinue);
    ([Assign (l 3) (RUse (fst_of 12)); Assign (l 5) no_value], Goto 1);
    ([Assign (l 4) no_value; Assign (l 0) (RUse (use 3))], Return)].
Definition factorial_sig : sig :=
  Sig [PVal (KInt i32) 1] [FLe (EC 0) (x 1)] (RVal (KInt i32) 2) [FLe (x 1) (x 2)].
(** [i] is [x 3], and [r] is [x 4]. *)
Definition factorial_nodes : list (nat * env) :=
  let n := (2%nat, int_of (x 1)) in let i := (3%nat, int_of (x 3)) in let r := (4%nat, int_of (x 4)) in
  let i1 := EAdd (x 3) (EC 1) in
  let inv := [FLe (EC 0) (x 3); FLe (x 3) (x 1); FLe (EC 1) (x 4); FLe (x 3) (x 4)] in
  imap pair [known_cells 14 [n] [FLe (EC 0) (x 1)]; known_cells 14 [n; i; r] inv;
    known_cells 14 [n; i; r] (FLt (x 3) (x 1) :: inv);
    known_cells 14 [n; i; r; (8%nat, int_of i1)] (FLt (x 3) (x 1) :: inv);
    known_cells 14 [n; (3%nat, int_of i1); (12%nat, int_of (EMul (x 4) i1))] (FLt (x 3) (x 1) :: inv);
    known_cells 14 [n; i; r] (FLe (x 1) (x 3) :: inv)].
Definition factorial_hints : list hint :=
  let i1 := EAdd (x 3) (EC 1) in
  [HTo 1 [(3%positive, EC 0); (4%positive, EC 1)]; HSwitch [Some (5%nat, [])] (Some (2%nat, [])); HTo 3 []; HTo 4 [];
   HTo 1 [(3%positive, i1); (4%positive, EMul (x 4) i1)]; HReturn [(2%positive, x 4)]].

(** [fn abs(p: &i32[@n]) -> i32{v: 0 <= v && n <= v}], and without [n <= v] *)
Definition abs_mir : body :=
  Body 1 [i32_ty; TPtr; i32_ty; TBool; i32_ty; i32_ty; int_bool] [
    ([Assign (l 2) (RUse (Use (at_ref 1))); Assign (l 4) (RUse (use 2)); Assign (l 3) (RRel RLe (lit 0) (use 4))],
      SwitchInt (use 3) [(0, 2%nat)] (Some 1%nat));
    ([Assign (l 0) (RUse (use 2))], Goto 4);
    ([Assign (l 5) (RUse (use 2)); Assign (l 6) (RChecked i32 SubOp (lit 0) (use 5))],
      Assert (overflows 6) false 3 UwContinue);
    ([Assign (l 0) (RUse (fst_of 6))], Goto 4);
    ([], Return)].
Definition abs_weak_sig : sig := Sig [PShr (KInt i32) 1] [] (RVal (KInt i32) 2) [FLe (EC 0) (x 2)].
Definition abs_sig (F : list fml) : sig :=
  Sig [PShr (KInt i32) 1] F (RVal (KInt i32) 2) [FLe (EC 0) (x 2); FLe (x 1) (x 2)].
Definition abs_nodes (F : list fml) : list (nat * env) :=
  let p := (9%nat, int_of (x 1)) in let n := (3%nat, int_of (x 1)) in
  imap pair [known_cells 10 [(2%nat, SPtr 9); p] F; known_cells 10 [n; p] [FLe (EC 0) (x 1)];
    known_cells 10 [n; p] (FLt (x 1) (EC 0) :: F);
    known_cells 10 [(7%nat, int_of (ESub (EC 0) (x 1))); p] [FLt (x 1) (EC 0)];
    known_cells 10 [(1%nat, int_of (x 5)); p] [FLe (EC 0) (x 5); FLe (x 1) (x 5)]].
Definition abs_hints : list hint :=
  [HSwitch [Some (2%nat, [])] (Some (1%nat, [])); HTo 4 [(5%positive, x 1)]; HTo 3 [];
   HTo 4 [(5%positive, ESub (EC 0) (x 1))]; HReturn [(2%positive, x 5)]].

(** [fn test_abs()] *)
Definition test_abs_mir : body :=
  Body 0 [unit_ty; i32_ty; unit_ty; TBool; i32_ty; TPtr; TPtr; unit_ty; TBool; i32_ty; TPtr; TPtr] [
    ([Assign (l 1) (RUse (lit 10)); Assign (l 6) (RRef (l 1)); Assign (l 5) (RRef (at_ref 6))], call 4 3 [use 5] 1);
    ([Assign (l 3) (RRel RLe (lit 0) (use 4))], call 2 0 [use 3] 2);
    ([Assign (l 11) (RRef (l 1)); Assign (l 10) (RRef (at_ref 11))], call 9 3 [use 10] 3);
    ([Assign (l 8) (RRel RLe (lit 10) (use 9))], call 7 0 [use 8] 4);
    ([Assign (l 0) no_value], Return)].
Definition test_sig : sig := Sig [] [] RUnit [].
Definition test_abs_nodes (F : list fml) : list (nat * env) :=
  imap pair [known_cells 10 [] []; known_cells 10 [(1%nat, int_of (EC 10)); (3%nat, int_of (x 5))] [FLe (EC 0) (x 5)];
    known_cells 10 [(1%nat, int_of (EC 10))] []; known_cells 10 [(7%nat, int_of (x 5))] F; known_cells 10 [] []].
Definition test_abs_hints : list hint :=
  [HCall [(1%positive, EC 10)] [(2, 5)%positive] 1 []; HCall [(1%positive, EC 1)] [] 2 [];
   HCall [(1%positive, EC 10)] [(2, 5)%positive] 3 []; HCall [(1%positive, EC 1)] [] 4 []; HReturn []].

(** [fn decr(p: &mut i32{v: 0 <= v})], guarded *)
Definition decr_mir : body :=
  Body 1 [unit_ty; TPtr; i32_ty; TBool; i32_ty; i32_ty; int_bool] [
    ([Assign (l 2) (RUse (Use (at_ref 1))); Assign (l 4) (RUse (use 2)); Assign (l 3) (RRel RNe (use 4) (lit 0))],
      SwitchInt (use 3) [(0, 3%nat)] (Some 1%nat));
    ([Assign (l 5) (RUse (use 2)); Assign (l 6) (RChecked i32 SubOp (use 5) (lit 1))],
      Assert (overflows 6) false 2 UwContinue);
    ([Assign (at_ref 1) (RUse (fst_of 6)); Assign (l 0) no_value], Goto 4);
    ([Assign (l 0) no_value], Goto 4);
    ([], Return)].
Definition nat_sig : sig :=
  Sig [PMut (KInt i32) 1 2] [FLe (EC 0) (x 1)] RUnit [FLe (EC 0) (x 2)].
Definition decr_nodes : list (nat * env) :=
  let p := (1%nat, SPtr 8) in let n := (8%nat, int_of (x 1)) in
  imap pair [known_cells 9 [p; n] [FLe (EC 0) (x 1)];
    known_cells 9 [p; (2%nat, int_of (x 1)); n] [FNe (x 1) (EC 0); FLe (EC 0) (x 1)];
    known_cells 9 [p; (6%nat, int_of (ESub (x 1) (EC 1))); n] [FLe (EC 1) (x 1)];
    known_cells 9 [n] [FLe (EC 0) (x 1)]; known_cells 9 [(8%nat, int_of (x 5))] [FLe (EC 0) (x 5)]].
Definition decr_hints : list hint :=
  [HSwitch [Some (3%nat, [])] (Some (1%nat, [])); HTo 2 []; HTo 4 [(5%positive, ESub (x 1) (EC 1))];
   HTo 4 [(5%positive, x 1)]; HReturn [(2%positive, x 5)]].

(** [fn test_alias(bool) -> i32{v: 0 <= v}]. After the join there are two nodes for a
block, one for each place that [r] may point to. *)
Definition test_alias_mir : body :=
  Body 1 [i32_ty; TBool; i32_ty; i32_ty; TPtr; TBool; TPtr; unit_ty; TPtr] [
    ([Assign (l 2) (RUse (lit 1)); Assign (l 3) (RUse (lit 2)); Assign (l 5) (RUse (use 1))],
      SwitchInt (use 5) [(0, 2%nat)] (Some 1%nat));
    ([Assign (l 4) (RRef (l 2))], Goto 3);
    ([Assign (l 6) (RRef (l 3)); Assign (l 4) (RRef (at_ref 6))], Goto 3);
    ([Assign (l 8) (RRef (at_ref 4))], call 7 5 [use 8] 4);
    ([Assign (l 0) (RUse (Use (at_ref 4)))], Return)].
Definition test_alias_sig : sig := Sig [PVal KBool 1] [] (RVal (KInt i32) 2) [FLe (EC 0) (x 2)].
Definition test_alias_nodes : list (nat * env) :=
  let xy := [(3%nat, int_of (EC 1)); (4%nat, int_of (EC 2))] in
  [(0%nat, known_cells 9 [(2%nat, SBool (FNe (x 1) (EC 0)))] []);
   (1%nat, known_cells 9 xy []); (2%nat, known_cells 9 xy []);
   (3%nat, known_cells 9 ((5%nat, SPtr 3) :: xy) []); (3%nat, known_cells 9 ((5%nat, SPtr 4) :: xy) []);
   (4%nat, known_cells 9 [(5%nat, SPtr 3); (3%nat, int_of (x 5))] [FLe (EC 0) (x 5)]);
   (4%nat, known_cells 9 [(5%nat, SPtr 4); (4%nat, int_of (x 5))] [FLe (EC 0) (x 5)])].
Definition test_alias_hints : list hint :=
  [HSwitch [Some (2%nat, [])] (Some (1%nat, [])); HTo 3 []; HTo 4 [];
   HCall [(1%positive, EC 1)] [(2, 5)%positive] 5 []; HCall [(1%positive, EC 2)] [(2, 5)%positive] 6 [];
   HReturn [(2%positive, x 5)]; HReturn [(2%positive, x 5)]].

(** [fn incr(p: &strg i32[@n]) ensures p: i32[n + 1]], and with the signature of [decr] *)
Definition incr_mir : body :=
  Body 1 [unit_ty; TPtr; int_bool] [
    ([Assign (l 2) (RChecked i32 AddOp (Use (at_ref 1)) (lit 1))], Assert (overflows 2) false 1 UwContinue);
    ([Assign (at_ref 1) (RUse (fst_of 2)); Assign (l 0) no_value], Return)].
Definition incr_sig (F : list fml) : sig :=
  Sig [PMut (KInt i32) 1 2] F RUnit [FEq (x 2) (EAdd (x 1) (EC 1))].
Definition incr_nodes (F : list fml) : list (nat * env) :=
  let n1 := (2%nat, int_of (EAdd (x 1) (EC 1))) in
  imap pair [known_cells 5 [(1%nat, SPtr 4); (4%nat, int_of (x 1))] F;
    known_cells 5 [(1%nat, SPtr 4); n1; (4%nat, int_of (x 1))] F].
Definition incr_hints : list hint := [HTo 1 []; HReturn [(2%positive, EAdd (x 1) (EC 1))]].

(** [fn test_incr()] *)
Definition test_incr_mir : body :=
  Body 0 [unit_ty; i32_ty; unit_ty; TPtr; TPtr; unit_ty; TBool; i32_ty] [
    ([Assign (l 1) (RUse (lit 10)); Assign (l 4) (RRef (l 1)); Assign (l 3) (RRef (at_ref 4))], call 2 7 [use 3] 1);
    ([Assign (l 7) (RUse (use 1)); Assign (l 6) (RRel REq (use 7) (lit 11))], call 5 0 [use 6] 2);
    ([Assign (l 0) no_value], Return)].
Definition test_incr_nodes (F : list fml) : list (nat * env) :=
  imap pair [known_cells 6 [] []; known_cells 6 [(1%nat, int_of (x 5))] F; known_cells 6 [] []].
Definition test_incr_hints : list hint :=
  [HCall [(1%positive, EC 10)] [(2, 5)%positive] 1 []; HCall [(1%positive, EC 1)] [] 2 []; HReturn []].

(** [decr] without the guard *)
Definition decr_unguarded_mir : body :=
  Body 1 [unit_ty; TPtr; i32_ty; int_bool] [
    ([Assign (l 2) (RUse (Use (at_ref 1))); Assign (l 3) (RChecked i32 SubOp (use 2) (lit 1))],
      Assert (overflows 3) false 1 UwContinue);
    ([Assign (at_ref 1) (RUse (fst_of 3)); Assign (l 0) no_value], Return)].
Definition decr_unguarded_nodes : list (nat * env) :=
  let p := (1%nat, SPtr 5) in let n := (5%nat, int_of (x 1)) in
  imap pair [known_cells 6 [p; n] [FLe (EC 0) (x 1)];
    known_cells 6 [p; (3%nat, int_of (ESub (x 1) (EC 1))); n] [FLe (EC 0) (x 1)]].
Definition decr_unguarded_hints : list hint := [HTo 1 []; HReturn [(2%positive, ESub (x 1) (EC 1))]].

(** ** The program *)
Definition bodies : list body :=
  [assert_mir; mk_three_mir; factorial_mir; abs_mir; test_abs_mir; decr_mir; test_alias_mir; incr_mir;
   test_incr_mir; decr_unguarded_mir].
Definition chapter : program := Program [] bodies.
Definition functions : list instance := map (λ f, IFn f []) (seq 0 10).
(** Signatures and hints of some of the functions; the others are not checked. *)
Definition outline : Type := option (sig * list (nat * env) * list hint).
Definition certify (m : mode) (os : list outline) : list (option checked_fn) :=
  let sigs f := match os !! f with Some (Some (s, _, _)) => Some s | _ => None end in
  imap (λ f o, match o with
    | Some (s, nodes, hs) => Some (Fn s (find_cert m chapter (nth f bodies assert_mir) s sigs nodes hs))
    | None => None end) os.
Definition a_assert : outline := Some (assert_sig, assert_nodes, assert_hints).
Definition a_mk_three : outline := Some (mk_three_sig 3, mk_three_nodes, mk_three_hints).
Definition a_factorial : outline := Some (factorial_sig, factorial_nodes, factorial_hints).
Definition an_abs : outline := Some (abs_sig [], abs_nodes [], abs_hints).
Definition a_test_abs : outline := Some (test_sig, test_abs_nodes [FLe (EC 10) (x 5)], test_abs_hints).
Definition a_decr : outline := Some (nat_sig, decr_nodes, decr_hints).
Definition a_test_alias : outline := Some (test_alias_sig, test_alias_nodes, test_alias_hints).
Definition an_incr : outline := Some (incr_sig [], incr_nodes [], incr_hints).
Definition a_test_incr : outline := Some (test_sig, test_incr_nodes [FEq (x 5) (EC 11)], test_incr_hints).

Definition certificates : list (option checked_fn) := Eval vm_compute in
  certify Panics [a_assert; a_mk_three; a_factorial; an_abs; a_test_abs; a_decr; a_test_alias; an_incr;
    a_test_incr; None].
(** All that is in [certificates] is accepted, where overflow panics. *)
Lemma accepted : check_program Panics chapter functions certificates = Ok tt.
Proof. vm_compute. reflexivity. Qed.

(** Where overflow must be excluded, three functions are not accepted with the chapter's
signatures; two of them are when these demand a little more. *)
Definition not_least : list fml := [FLt (EC (int_min i32)) (x 1)].
Definition not_greatest : list fml := [FLt (x 1) (EC (int_max i32))].
Definition a_strict_abs : outline := Some (abs_sig not_least, abs_nodes not_least, abs_hints).
Definition a_strict_incr : outline := Some (incr_sig not_greatest, incr_nodes not_greatest, incr_hints).
Definition strict_certificates : list (option checked_fn) := Eval vm_compute in
  certify Strict [a_assert; a_mk_three; None; a_strict_abs; a_test_abs; a_decr; a_test_alias; a_strict_incr;
    a_test_incr; None].
Lemma accepted_strict : check_program Strict chapter functions strict_certificates = Ok tt.
Proof. vm_compute. reflexivity. Qed.

(** ** What is rejected *)
Definition answer (m : mode) (os : list outline) : res error unit :=
  check_program m chapter functions (certify m os).
(** [decr] without the guard: at the end of its last block, the promise. *)
Lemma decr_unguarded_rejected :
  answer Panics [None; None; None; None; None; None; None; None; None;
    Some (nat_sig, decr_unguarded_nodes, decr_unguarded_hints)] = Err (Error 9 1 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
(** [test_abs], if [abs] does not promise that its result is at least its argument: the
second assertion. *)
Lemma test_abs_weak_rejected :
  answer Panics [a_assert; None; None; Some (abs_weak_sig, abs_nodes [], abs_hints);
    Some (test_sig, test_abs_nodes [], test_abs_hints)] = Err (Error 4 3 AtTerm 0 Mismatch).
Proof. vm_compute. reflexivity. Qed.
(** [test_incr], if [incr] promises no more than [decr]: the assertion. [incr] itself has
that signature. *)
Lemma test_incr_weak_rejected :
  answer Panics [a_assert; None; None; None; None; None; None;
    Some (nat_sig, incr_nodes [FLe (EC 0) (x 1)], incr_hints);
    Some (test_sig, test_incr_nodes [FLe (EC 0) (x 5)], test_incr_hints)] = Err (Error 8 1 AtTerm 0 Mismatch).
Proof. vm_compute. reflexivity. Qed.
(** Another result of [mk_three]. *)
Lemma mk_three_not_four :
  answer Panics [a_assert; Some (mk_three_sig 4, mk_three_nodes, mk_three_hints)] = Err (Error 1 6 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
(** Overflow is not excluded: [i + 1] is in the range, [r * i] is not; [0 - n]; [n + 1]. *)
Lemma factorial_not_strict : answer Strict [None; None; a_factorial] = Err (Error 2 3 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
Lemma abs_not_strict : answer Strict [None; None; None; an_abs] = Err (Error 3 2 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.
Lemma incr_not_strict :
  answer Strict [None; None; None; None; None; None; None; an_incr] = Err (Error 7 0 AtTerm 0 Unproved).
Proof. vm_compute. reflexivity. Qed.

(** With their weak signatures [abs] and [incr] are accepted by themselves. *)
Lemma abs_weak_accepted :
  answer Panics [None; None; None; Some (abs_weak_sig, abs_nodes [], abs_hints)] = Ok tt.
Proof. vm_compute. reflexivity. Qed.
Lemma incr_weak_accepted :
  answer Panics [None; None; None; None; None; None; None;
    Some (nat_sig, incr_nodes [FLe (EC 0) (x 1)], incr_hints)] = Ok tt.
Proof. vm_compute. reflexivity. Qed.

(** ** What it says of executions *)
Definition run (f : nat) (args : list val) : expr := App (Val (block_fn chapter [] functions f [])) (Val <$> args).
Definition no_values : valuation := λ _, 0.
(** Where it ends, it has unwound or returned at least [n]; it never gets stuck. *)
Theorem factorial_safe (n : Z) :
  0 ≤ n ≤ int_max i32 →
  adequate NotStuck (run 2 [LitV (LitInt n)]) ∅
    (λ r _, r = unw_val ∨ ∃ z, r = ret_val (LitV (LitInt z)) ∧ n ≤ z).
Proof.
  intros Hn. eapply adequate_weaken.
  - eapply check_safe with (m := Panics) (fs := certificates) (f := 2%nat) (ρ := λ _, n); [exact accepted|reflexivity|reflexivity| |].
    + constructor; [|constructor]. split; [reflexivity|]. pose proof (int_range_0 i32).
      change (in_int_range i32 n). rewrite /in_int_range. lia.
    + constructor; [|constructor]. apply Hn.
  - intros r _ [(ρ & v & -> & Hρ & [-> _] & Hens)|[-> _]]; [right|by left]. exists (ρ 2%positive).
    split; [done|]. apply Forall_cons in Hens as [Hle _]. simpl in Hle. rewrite (Hρ 1%positive) in Hle; [done|]. cbn. set_solver.
Qed.
(** Where it ends, it has returned 3. *)
Theorem mk_three_safe : adequate NotStuck (run 1 []) ∅ (λ r _, r = ret_val (LitV (LitInt 3))).
Proof.
  eapply adequate_weaken.
  - eapply check_safe with (m := Strict) (fs := strict_certificates) (f := 1%nat) (ρ := no_values);
      [exact accepted_strict|reflexivity|reflexivity|constructor|constructor].
  - intros r _ [(ρ & v & -> & _ & [-> _] & Hens)|[_ ?]]; [|done].
    apply Forall_cons in Hens as [Heq _]. simpl in Heq |- *. by rewrite Heq.
Qed.
(** Where it ends, it has returned a number that is not negative. *)
Theorem test_alias_safe (c : bool) :
  adequate NotStuck (run 6 [LitV (lit_of_bool c)]) ∅ (λ r _, ∃ z, r = ret_val (LitV (LitInt z)) ∧ 0 ≤ z).
Proof.
  eapply adequate_weaken.
  - eapply check_safe with (m := Strict) (fs := strict_certificates) (f := 6%nat) (ρ := λ _, Z.b2z c);
      [exact accepted_strict|reflexivity|reflexivity| |constructor].
    constructor; [|constructor]. split; [by destruct c|done].
  - intros r _ [(ρ & v & -> & _ & [-> _] & Hens)|[_ ?]]; [|done]. exists (ρ 2%positive).
    split; [done|]. by apply Forall_cons in Hens as [Hle _].
Qed.
(** Where these two end, they have returned: no assertion has failed, and nothing has
overflowed. *)
Theorem test_abs_safe : adequate NotStuck (run 4 []) ∅ (λ r _, ∃ v, r = ret_val v).
Proof.
  eapply adequate_weaken.
  - eapply check_safe with (m := Strict) (fs := strict_certificates) (f := 4%nat) (ρ := no_values);
      [exact accepted_strict|reflexivity|reflexivity|constructor|constructor].
  - intros r _ [(ρ & v & -> & _)|[_ ?]]; [by exists v|done].
Qed.
Theorem test_incr_safe : adequate NotStuck (run 8 []) ∅ (λ r _, ∃ v, r = ret_val v).
Proof.
  eapply adequate_weaken.
  - eapply check_safe with (m := Strict) (fs := strict_certificates) (f := 8%nat) (ρ := no_values);
      [exact accepted_strict|reflexivity|reflexivity|constructor|constructor].
  - intros r _ [(ρ & v & -> & _)|[_ ?]]; [by exists v|done].
Qed.
