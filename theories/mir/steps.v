(** * Pure steps, computed

The tactics of [lang/proofmode.v] try each context for each step. The bodies of translated
functions are long, so [mirmode.v] computes where the next redex is, by the interpreter's
[decompose], and takes as many pure steps as there are at once: [expr_steps n e] is the
expression after [n] of them. What is not computed: comparisons of two locations, whose
answer may depend on the memory, and operations at an integer type, whose result stands in
the context of a proof.

Key results: [expr_steps_pure]. *)
From iris.program_logic Require Import lifting.
From tally.prelude Require Import prelude.
From tally.lang Require Import lifting interp interp_decompose.
From tally.prelude Require Import options.

Definition lit_step (op : bin_op) (l1 l2 : base_lit) : option base_lit :=
  match op, l1, l2 with
  | LeOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 ≤ z2)%Z))
  | LtOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 < z2)%Z))
  | EqOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 = z2)))
  | EqOp, LitLoc _, LitInt 0 | EqOp, LitInt 0, LitLoc _ => Some (lit_of_bool false)
  | OffsetOp, LitLoc l, LitInt z => Some (LitLoc (l +ₗ z))
  | _, _, _ => None
  end.
(** [o]: what is called or tested, if it does not stand there as a value. *)
Definition redex_step (o : option val) (r : redex) : option expr :=
  match r with
  | RecR f xl e => Some (Val (RecV f xl e))
  | AppR v vl =>
      match (match o with Some v' => v' | None => v end) with
      | RecV f xl e =>
          match subst_list xl vl e with
          | Some e' => Some (subst' f (RecV f xl e) e')
          | None => None
          end
      | _ => None
      end
  | CaseR v el =>
      match (match o with Some v' => v' | None => v end), el with
      | LitV (LitInt 0), e :: _ => Some e
      | LitV (LitInt 1), _ :: e :: _ => Some e
      | _, _ => None
      end
  | UnOpR NegOp v =>
      match (match o with Some v' => v' | None => v end) with
      | LitV (LitInt 0) => Some (Val (LitV (LitInt 1)))
      | LitV (LitInt 1) => Some (Val (LitV (LitInt 0)))
      | _ => None
      end
  | BinOpR op (LitV l1) (LitV l2) =>
      match lit_step op l1 l2 with Some l => Some (Val (LitV l)) | None => None end
  | _ => None
  end.
Definition expr_step (o : option val) (e : expr) : option expr :=
  match decompose [] e with
  | DecRedex K r =>
      match redex_step o r with Some e' => Some (fill_items K e') | None => None end
  | DecVal _ => None
  end.
Fixpoint expr_steps (n : nat) (e : expr) : option expr :=
  match n with
  | O => Some e
  | S n => match expr_step None e with Some e' => expr_steps n e' | None => None end
  end.

Lemma lit_step_pure op l1 l2 l :
  lit_step op l1 l2 = Some l →
  bin_op_eval_pure op l1 l2 = Some l ∧ ¬ (op = EqOp ∧ lit_is_loc l1 ∧ lit_is_loc l2).
Proof.
  intros Hl. destruct op, l1 as [| |[]], l2 as [| |[]]; simplify_eq/=; (split; [done|]);
    intros (? & ? & ?); done.
Qed.
Lemma redex_step_pure r e : redex_step None r = Some e → pure_step (of_redex r) e.
Proof.
  assert (∀ φ (e1 e2 : expr), PureExec φ 1 e1 e2 → φ → pure_step e1 e2) as Hpure.
  { intros φ e1 e2 Hexec Hφ. apply Hexec in Hφ. by apply nsteps_once_inv. }
  destruct r as [|f xl e'|v vl|op v|op v1 v2|v el| | | | | | | |]; intros Hr; simplify_eq/=.
  - by apply (Hpure _ _ _ (pure_rec f xl e')).
  - destruct v as [l|f xl e']; [done|]. destruct (subst_list xl vl e') as [e''|] eqn:Hs; [|done].
    simplify_eq.
    by apply (Hpure _ _ _ (@pure_beta _ f xl e' _ vl e'' (AsRecV_recv f xl e') (as_vals_fmap vl))).
  - destruct op, v as [[| |[|[]|]]|]; simplify_eq/=; by apply (Hpure _ _ _ (pure_unop _ _ _)).
  - destruct v1 as [l1|], v2 as [l2|]; simplify_eq.
    destruct (lit_step op l1 l2) as [l|] eqn:Hl; [|done]. simplify_eq.
    apply lit_step_pure in Hl. by apply (Hpure _ _ _ (pure_binop op l1 l2 l)).
  - destruct v as [[| |[|[]|]]|], el as [|e1 [|e2 el]]; simplify_eq/=;
      by apply (Hpure _ _ _ (pure_case _ _ _)).
Qed.
Lemma expr_step_pure e e' : expr_step None e = Some e' → pure_step e e'.
Proof.
  rewrite /expr_step. destruct (decompose [] e) as [|K r] eqn:He; [done|].
  destruct (redex_step None r) as [e''|] eqn:Hr; [|done]. intros [= <-].
  apply decompose_redex in He as ->. apply redex_step_pure in Hr.
  by apply (pure_step_ctx (fill_items K)).
Qed.
Lemma expr_steps_pure n e e' : expr_steps n e = Some e' → nsteps pure_step n e e'.
Proof.
  revert e. induction n as [|n IH]; intros e H; simplify_eq/=; [constructor|].
  destruct (expr_step None e) as [e1|] eqn:He; [|done].
  econstructor; [by apply expr_step_pure|by apply IH].
Qed.
