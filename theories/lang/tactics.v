(** * λRust: decomposing an expression

[reshape_expr e tac] calls [tac K e'] for each way to read [e] as [e'] in the
evaluation context [K], from the outermost one inwards, until [tac] succeeds. *)
From tally.lang Require Export lang.
From tally.prelude Require Import options.

Ltac reshape_expr e tac :=
  (* [K] is in order of application: its head is the innermost item. *)
  let rec go K e :=
    match e with
    | _ => tac K e
    | App (Val ?v) ?el => go_args K v (@nil val) el
    | App ?e ?el => add (AppLCtx el) K e
    | UnOp ?op ?e => add (UnOpCtx op) K e
    | BinOp ?op (Val ?v1) ?e2 => add (BinOpRCtx op v1) K e2
    | BinOp ?op ?e1 ?e2 => add (BinOpLCtx op e2) K e1
    | Case ?e ?el => add (CaseCtx el) K e
    | Alloc ?e => add AllocCtx K e
    | Free (Val ?v1) ?e2 => add (FreeRCtx v1) K e2
    | Free ?e1 ?e2 => add (FreeLCtx e2) K e1
    | Read ?o ?e => add (ReadCtx o) K e
    | Write ?o (Val ?v1) ?e2 => add (WriteRCtx o v1) K e2
    | Write ?o ?e1 ?e2 => add (WriteLCtx o e2) K e1
    | Cas ?m (Val ?v0) (Val ?v1) ?e2 => add (CasRCtx m v0 v1) K e2
    | Cas ?m (Val ?v0) ?e1 ?e2 => add (CasMCtx m v0 e2) K e1
    | Cas ?m ?e0 ?e1 ?e2 => add (CasLCtx m e1 e2) K e0
    | Faa ?t (Val ?v1) ?e2 => add (FaaRCtx t v1) K e2
    | Faa ?t ?e1 ?e2 => add (FaaLCtx t e2) K e1
    end
  (* [vl] are the arguments that are values already, last first *)
  with go_args K v vl el :=
    lazymatch el with
    | Val ?v' :: ?el => go_args K v (v' :: vl) el
    | ?e :: ?el =>
        let vl := eval cbv [reverse rev_append rev] in (reverse vl) in
        add (AppRCtx v vl el) K e
    end
  with add Ki K e := let K := constr:(Ki :: K) in go K e
  in go (@nil ectx_item) e.
