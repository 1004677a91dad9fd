(** * λRust: syntax and operational semantics

λRust is the core language of RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL
2018): a call-by-value functional language over a memory of blocks, in which a
data race is undefined behaviour. This file is our own mechanisation of it.

** Memory. A location is a block and an offset. A cell holds a value and a lock
state: [RSt n] while [n] non-atomic reads are under way, [WSt] while a
non-atomic write is. A non-atomic access takes two steps; between them the cell
is marked, and any access that conflicts with the mark has no rule. So a program
with a data race has a stuck execution, and a program that is never stuck has no
race ([races.v]). Fresh cells hold poison. A freed block may be allocated again.

** What is stuck. Using poison or a value of the wrong kind, an access to a cell
that is not allocated, a racing access, freeing anything but a whole block, an
operation whose operands are out of range at its integer type, a call with the
wrong number of arguments.

** What differs from RustBelt's λRust:
- values occur in expressions ([Val v]), so that substitution stops at values
  and closedness needs no side conditions;
- operations at machine integer types beside the unbounded ones ([machine_int.v]);
- fetch-and-add, at an integer type, wrapping;
- compare-and-swap comes as strong, as weak (it may fail spuriously), and in a
  form that returns the value it found; a null pointer is the integer 0. It compares
  locations for equality as block and offset: that a dangling pointer could have the
  address of another block is not modelled here, though it is for [=]. No program of
  this library compares and swaps pointers;
- [Abort] diverges: a run that is cut short is a prefix of one that goes on, and
  on real machines other threads run on for a while after one aborts, so that
  divergence is the safe over-approximation.

Functions take all their arguments at once, as in RustBelt's λRust and as in
Rust: a call with the wrong number of arguments is stuck rather than a closure.

Comparing ([=]) a dangling pointer with another one may give either answer. *)
From stdpp Require Export strings binders.
From iris.program_logic Require Export language ectx_language ectxi_language.
From tally.prelude Require Import prelude.
From tally.lang Require Export machine_int.
From tally.prelude Require Import options.

Declare Scope loc_scope.
Delimit Scope loc_scope with L.
Declare Scope expr_scope.
Declare Scope val_scope.
Delimit Scope expr_scope with E.
Delimit Scope val_scope with V.

(** ** Locations *)
Definition block : Set := positive.
Record loc := Loc { loc_block : block; loc_offset : Z }.
Add Printing Constructor loc.
Bind Scope loc_scope with loc.

Global Instance loc_eq_dec : EqDecision loc.
Proof. solve_decision. Defined.
Global Instance loc_inhabited : Inhabited loc := populate (Loc 1%positive 0%Z).
Global Instance loc_countable : Countable loc.
Proof.
  apply (inj_countable' (λ l, (loc_block l, loc_offset l)) (λ x, Loc x.1 x.2)).
  by intros [].
Defined.

Definition shift_loc (l : loc) (z : Z) : loc := Loc (loc_block l) (loc_offset l + z)%Z.
Notation "l +ₗ z" := (shift_loc l%L z%Z)
  (at level 50, left associativity) : loc_scope.

(** ** Syntax *)
Inductive base_lit :=
  | LitPoison
  | LitLoc (l : loc)
  | LitInt (n : Z).

Inductive bin_op :=
  (** the exact result, at no type *)
  | ArithOp (a : arith_op)
  (** the result at an integer type, wrapped into its range *)
  | WrapOp (t : int_type) (a : arith_op)
  (** does the result leave the range of the type? *)
  | OverflowOp (t : int_type) (a : arith_op)
  (** the result at an integer type, stuck if out of range *)
  | UncheckedOp (t : int_type) (a : arith_op)
  | LeOp | LtOp | EqOp
  | OffsetOp.

Inductive un_op :=
  (** negation of a boolean *)
  | NegOp
  (** conversion to an integer type, wrapping *)
  | CastOp (t : int_type).

(** Sequentially consistent, or one of the two steps of a non-atomic access. *)
Inductive order := ScOrd | Na1Ord | Na2Ord.

(** What a compare-and-swap does with its outcome. *)
Inductive cas_mode :=
  (** returns whether it succeeded *)
  | CasStrong
  (** likewise; may fail although the values agree *)
  | CasWeak
  (** returns the value that it found *)
  | CasFetch.

(** Coq's own induction principles are useless for a type nested in lists:
[expr_ind] below replaces them. *)
Local Unset Elimination Schemes.
Inductive expr :=
  | Val (v : val)
  | Var (x : string)
  | Rec (f : binder) (xl : list binder) (e : expr)
  | App (e : expr) (el : list expr)
  | UnOp (op : un_op) (e : expr)
  | BinOp (op : bin_op) (e1 e2 : expr)
  | Case (e : expr) (el : list expr)
  | Fork (e : expr)
  | Abort
  | Alloc (e : expr)
  | Free (e1 e2 : expr)
  | Read (o : order) (e : expr)
  | Write (o : order) (e1 e2 : expr)
  | Cas (m : cas_mode) (e0 e1 e2 : expr)
  | Faa (t : int_type) (e1 e2 : expr)
with val :=
  | LitV (l : base_lit)
  | RecV (f : binder) (xl : list binder) (e : expr).
Local Set Elimination Schemes.

(** Induction on the structure of an expression that stops at values. *)
Lemma expr_ind (P : expr → Prop) :
  (∀ v, P (Val v)) →
  (∀ x, P (Var x)) →
  (∀ f xl e, P e → P (Rec f xl e)) →
  (∀ e el, P e → Forall P el → P (App e el)) →
  (∀ op e, P e → P (UnOp op e)) →
  (∀ op e1 e2, P e1 → P e2 → P (BinOp op e1 e2)) →
  (∀ e el, P e → Forall P el → P (Case e el)) →
  (∀ e, P e → P (Fork e)) →
  P Abort →
  (∀ e, P e → P (Alloc e)) →
  (∀ e1 e2, P e1 → P e2 → P (Free e1 e2)) →
  (∀ o e, P e → P (Read o e)) →
  (∀ o e1 e2, P e1 → P e2 → P (Write o e1 e2)) →
  (∀ m e0 e1 e2, P e0 → P e1 → P e2 → P (Cas m e0 e1 e2)) →
  (∀ t e1 e2, P e1 → P e2 → P (Faa t e1 e2)) →
  ∀ e, P e.
Proof.
  intros HVal HVar HRec HApp HUnOp HBinOp HCase HFork HAbort HAlloc HFree HRead
    HWrite HCas HFaa.
  fix IH 1=> e. destruct e as [v|x|f xl e|e el|op e|op e1 e2|e el|e| |e|e1 e2|o e
    |o e1 e2|m e0 e1 e2|t e1 e2].
  - apply HVal.
  - apply HVar.
  - apply HRec, IH.
  - apply HApp; [apply IH|]. by induction el; constructor.
  - apply HUnOp, IH.
  - by apply HBinOp.
  - apply HCase; [apply IH|]. by induction el; constructor.
  - apply HFork, IH.
  - apply HAbort.
  - apply HAlloc, IH.
  - by apply HFree.
  - apply HRead, IH.
  - by apply HWrite.
  - by apply HCas.
  - by apply HFaa.
Qed.

Bind Scope expr_scope with expr.
Bind Scope val_scope with val.

Definition lit_of_bool (b : bool) : base_lit := LitInt (Z.b2z b).

Global Instance base_lit_eq_dec : EqDecision base_lit.
Proof. solve_decision. Defined.
Global Instance bin_op_eq_dec : EqDecision bin_op.
Proof. solve_decision. Defined.
Global Instance un_op_eq_dec : EqDecision un_op.
Proof. solve_decision. Defined.
Global Instance order_eq_dec : EqDecision order.
Proof. solve_decision. Defined.
Global Instance cas_mode_eq_dec : EqDecision cas_mode.
Proof. solve_decision. Defined.
Global Instance expr_inhabited : Inhabited expr := populate (Val (LitV LitPoison)).
Global Instance val_inhabited : Inhabited val := populate (LitV LitPoison).

Module lrust_lang.
Definition of_val : val → expr := Val.
Definition to_val (e : expr) : option val :=
  match e with Val v => Some v | _ => None end.

(** ** Substitution *)
(** By booleans, so that it computes on closed programs with [simpl]. *)
Fixpoint binder_in (x : string) (xl : list binder) : bool :=
  match xl with
  | [] => false
  | BAnon :: xl => binder_in x xl
  | BNamed y :: xl => if String.eqb x y then true else binder_in x xl
  end.

Fixpoint subst (x : string) (v : val) (e : expr) : expr :=
  match e with
  | Val _ => e
  | Var y => if String.eqb x y then Val v else Var y
  | Rec f xl e =>
      Rec f xl (if binder_in x (f :: xl) then e else subst x v e)
  | App e el => App (subst x v e) (map (subst x v) el)
  | UnOp op e => UnOp op (subst x v e)
  | BinOp op e1 e2 => BinOp op (subst x v e1) (subst x v e2)
  | Case e el => Case (subst x v e) (map (subst x v) el)
  | Fork e => Fork (subst x v e)
  | Abort => Abort
  | Alloc e => Alloc (subst x v e)
  | Free e1 e2 => Free (subst x v e1) (subst x v e2)
  | Read o e => Read o (subst x v e)
  | Write o e1 e2 => Write o (subst x v e1) (subst x v e2)
  | Cas m e0 e1 e2 => Cas m (subst x v e0) (subst x v e1) (subst x v e2)
  | Faa t e1 e2 => Faa t (subst x v e1) (subst x v e2)
  end.

Definition subst' (x : binder) (v : val) (e : expr) : expr :=
  match x with BNamed x => subst x v e | BAnon => e end.

(** All parameters; [None] if the number of arguments is wrong. *)
Fixpoint subst_list (xl : list binder) (vl : list val) (e : expr) : option expr :=
  match xl, vl with
  | [], [] => Some e
  | x :: xl, v :: vl => subst' x v <$> subst_list xl vl e
  | _, _ => None
  end.

(** ** State *)
Inductive lock_state := WSt | RSt (n : nat).
Definition state : Type := gmap loc (lock_state * val).

(** The state after the allocation of [n] cells from [l] on. *)
Fixpoint init_mem (l : loc) (n : nat) (σ : state) : state :=
  match n with
  | O => σ
  | S n => <[l := (RSt 0, LitV LitPoison)]> (init_mem (l +ₗ 1) n σ)
  end.
Fixpoint free_mem (l : loc) (n : nat) (σ : state) : state :=
  match n with
  | O => σ
  | S n => delete l (free_mem (l +ₗ 1) n σ)
  end.

(** The block of [l] has no allocated cell. *)
Definition block_fresh (σ : state) (l : loc) : Prop := ∀ i, σ !! (l +ₗ i)%L = None.
(** The allocated cells of the block of [l] are the [n] ones from [l] on. *)
Definition block_is (σ : state) (l : loc) (n : Z) : Prop :=
  ∀ i, is_Some (σ !! (l +ₗ i)%L) ↔ (0 ≤ i < n)%Z.

(** ** Operations *)
Definition un_op_eval (op : un_op) (l : base_lit) : option base_lit :=
  match op, l with
  | NegOp, LitInt 0 => Some (LitInt 1)
  | NegOp, LitInt 1 => Some (LitInt 0)
  | CastOp t, LitInt z => Some (LitInt (int_wrap t z))
  | _, _ => None
  end.

(** The operations but for the comparison of dangling pointers. *)
Definition bin_op_eval_pure (op : bin_op) (l1 l2 : base_lit) : option base_lit :=
  match op, l1, l2 with
  | ArithOp a, LitInt z1, LitInt z2 => LitInt <$> arith_eval a z1 z2
  | WrapOp t a, LitInt z1, LitInt z2 =>
      (λ z, LitInt (int_wrap t z)) <$> arith_eval_at t a z1 z2
  | OverflowOp t a, LitInt z1, LitInt z2 =>
      (λ z, lit_of_bool (negb (bool_decide (arith_fits t a z1 z2 z)))) <$> arith_eval_at t a z1 z2
  | UncheckedOp t a, LitInt z1, LitInt z2 =>
      z ← arith_eval_at t a z1 z2;
      if decide (arith_fits t a z1 z2 z) then Some (LitInt z) else None
  | LeOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 ≤ z2)%Z))
  | LtOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 < z2)%Z))
  | EqOp, LitInt z1, LitInt z2 => Some (lit_of_bool (bool_decide (z1 = z2)))
  | EqOp, LitLoc l1, LitLoc l2 => Some (lit_of_bool (bool_decide (l1 = l2)))
  | EqOp, LitLoc _, LitInt z => if (z =? 0)%Z then Some (lit_of_bool false) else None
  | EqOp, LitInt z, LitLoc _ => if (z =? 0)%Z then Some (lit_of_bool false) else None
  | OffsetOp, LitLoc l, LitInt z => Some (LitLoc (l +ₗ z))
  | _, _, _ => None
  end.

Inductive bin_op_eval (σ : state) : bin_op → base_lit → base_lit → base_lit → Prop :=
  | BinOpPure op l1 l2 l :
      bin_op_eval_pure op l1 l2 = Some l → bin_op_eval σ op l1 l2 l
  | BinOpDangling l1 l2 (b : bool) :
      σ !! l1 = None ∨ σ !! l2 = None →
      bin_op_eval σ EqOp (LitLoc l1) (LitLoc l2) (lit_of_bool b).

(** Do the value found and the value expected agree? [None] if they cannot be
    compared. *)
Definition cas_compare (l1 l2 : base_lit) : option bool :=
  match l1, l2 with
  | LitInt z1, LitInt z2 => Some (bool_decide (z1 = z2))
  | LitLoc l1, LitLoc l2 => Some (bool_decide (l1 = l2))
  | LitLoc _, LitInt z => if (z =? 0)%Z then Some false else None
  | LitInt z, LitLoc _ => if (z =? 0)%Z then Some false else None
  | _, _ => None
  end.

(** The result of a compare-and-swap that found [l] and did ([b]) or did not
    write. *)
Definition cas_result (m : cas_mode) (b : bool) (l : base_lit) : base_lit :=
  match m with
  | CasStrong | CasWeak => lit_of_bool b
  | CasFetch => l
  end.

(** ** Evaluation contexts: from left to right *)
Inductive ectx_item :=
  | AppLCtx (el : list expr)
  | AppRCtx (v : val) (vl : list val) (el : list expr)
  | UnOpCtx (op : un_op)
  | BinOpLCtx (op : bin_op) (e2 : expr)
  | BinOpRCtx (op : bin_op) (v1 : val)
  | CaseCtx (el : list expr)
  | AllocCtx
  | FreeLCtx (e2 : expr)
  | FreeRCtx (v1 : val)
  | ReadCtx (o : order)
  | WriteLCtx (o : order) (e2 : expr)
  | WriteRCtx (o : order) (v1 : val)
  | CasLCtx (m : cas_mode) (e1 e2 : expr)
  | CasMCtx (m : cas_mode) (v0 : val) (e2 : expr)
  | CasRCtx (m : cas_mode) (v0 v1 : val)
  | FaaLCtx (t : int_type) (e2 : expr)
  | FaaRCtx (t : int_type) (v1 : val).

Definition fill_item (Ki : ectx_item) (e : expr) : expr :=
  match Ki with
  | AppLCtx el => App e el
  | AppRCtx v vl el => App (Val v) ((Val <$> vl) ++ e :: el)
  | UnOpCtx op => UnOp op e
  | BinOpLCtx op e2 => BinOp op e e2
  | BinOpRCtx op v1 => BinOp op (Val v1) e
  | CaseCtx el => Case e el
  | AllocCtx => Alloc e
  | FreeLCtx e2 => Free e e2
  | FreeRCtx v1 => Free (Val v1) e
  | ReadCtx o => Read o e
  | WriteLCtx o e2 => Write o e e2
  | WriteRCtx o v1 => Write o (Val v1) e
  | CasLCtx m e1 e2 => Cas m e e1 e2
  | CasMCtx m v0 e2 => Cas m (Val v0) e e2
  | CasRCtx m v0 v1 => Cas m (Val v0) (Val v1) e
  | FaaLCtx t e2 => Faa t e e2
  | FaaRCtx t v1 => Faa t (Val v1) e
  end.

(** ** The step relation, at a redex *)
Inductive lrust_step :
    expr → state → list Empty_set → expr → state → list expr → Prop :=
  | RecS f xl e σ :
      lrust_step (Rec f xl e) σ [] (Val (RecV f xl e)) σ []
  | BetaS f xl e vl e' σ :
      subst_list xl vl e = Some e' →
      lrust_step (App (Val (RecV f xl e)) (Val <$> vl)) σ []
                 (subst' f (RecV f xl e) e') σ []
  | UnOpS op l l' σ :
      un_op_eval op l = Some l' →
      lrust_step (UnOp op (Val (LitV l))) σ [] (Val (LitV l')) σ []
  | BinOpS op l1 l2 l σ :
      bin_op_eval σ op l1 l2 l →
      lrust_step (BinOp op (Val (LitV l1)) (Val (LitV l2))) σ [] (Val (LitV l)) σ []
  | CaseS i el e σ :
      (0 ≤ i)%Z → el !! Z.to_nat i = Some e →
      lrust_step (Case (Val (LitV (LitInt i))) el) σ [] e σ []
  | ForkS e σ :
      lrust_step (Fork e) σ [] (Val (LitV LitPoison)) σ [e]
  | AbortS σ :
      lrust_step Abort σ [] Abort σ []
  | AllocS n l σ :
      (0 < n)%Z → block_fresh σ l →
      lrust_step (Alloc (Val (LitV (LitInt n)))) σ []
                 (Val (LitV (LitLoc l))) (init_mem l (Z.to_nat n) σ) []
  | FreeS n l σ :
      (0 < n)%Z → block_is σ l n →
      lrust_step (Free (Val (LitV (LitInt n))) (Val (LitV (LitLoc l)))) σ []
                 (Val (LitV LitPoison)) (free_mem l (Z.to_nat n) σ) []
  | ReadScS l n v σ :
      σ !! l = Some (RSt n, v) →
      lrust_step (Read ScOrd (Val (LitV (LitLoc l)))) σ [] (Val v) σ []
  | ReadNa1S l n v σ :
      σ !! l = Some (RSt n, v) →
      lrust_step (Read Na1Ord (Val (LitV (LitLoc l)))) σ []
                 (Read Na2Ord (Val (LitV (LitLoc l)))) (<[l := (RSt (S n), v)]> σ) []
  | ReadNa2S l n v σ :
      σ !! l = Some (RSt (S n), v) →
      lrust_step (Read Na2Ord (Val (LitV (LitLoc l)))) σ []
                 (Val v) (<[l := (RSt n, v)]> σ) []
  | WriteScS l v v' σ :
      σ !! l = Some (RSt 0, v') →
      lrust_step (Write ScOrd (Val (LitV (LitLoc l))) (Val v)) σ []
                 (Val (LitV LitPoison)) (<[l := (RSt 0, v)]> σ) []
  | WriteNa1S l v v' σ :
      σ !! l = Some (RSt 0, v') →
      lrust_step (Write Na1Ord (Val (LitV (LitLoc l))) (Val v)) σ []
                 (Write Na2Ord (Val (LitV (LitLoc l))) (Val v)) (<[l := (WSt, v')]> σ) []
  | WriteNa2S l v v' σ :
      σ !! l = Some (WSt, v') →
      lrust_step (Write Na2Ord (Val (LitV (LitLoc l))) (Val v)) σ []
                 (Val (LitV LitPoison)) (<[l := (RSt 0, v)]> σ) []
  | CasFailS m l n lit lit1 v2 σ :
      σ !! l = Some (RSt n, LitV lit) → cas_compare lit lit1 = Some false →
      lrust_step (Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2)) σ []
                 (Val (LitV (cas_result m false lit))) σ []
  | CasSuccS m l lit lit1 v2 σ :
      σ !! l = Some (RSt 0, LitV lit) → cas_compare lit lit1 = Some true →
      lrust_step (Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2)) σ []
                 (Val (LitV (cas_result m true lit))) (<[l := (RSt 0, v2)]> σ) []
  | CasSpuriousS l lit lit1 v2 σ :
      σ !! l = Some (RSt 0, LitV lit) → cas_compare lit lit1 = Some true →
      lrust_step (Cas CasWeak (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2)) σ []
                 (Val (LitV (lit_of_bool false))) σ []
  | FaaS t l z d σ :
      σ !! l = Some (RSt 0, LitV (LitInt z)) → in_int_range t z → in_int_range t d →
      lrust_step (Faa t (Val (LitV (LitLoc l))) (Val (LitV (LitInt d)))) σ []
                 (Val (LitV (LitInt z))) (<[l := (RSt 0, LitV (LitInt (int_wrap t (z + d))))]> σ) [].

(** ** The language *)
Global Instance of_val_inj : Inj (=) (=) of_val.
Proof. by intros ?? [=]. Qed.
Lemma to_of_val v : to_val (of_val v) = Some v.
Proof. done. Qed.
Lemma of_to_val e v : to_val e = Some v → of_val v = e.
Proof. destruct e; naive_solver. Qed.

Lemma val_stuck e1 σ1 κs e2 σ2 efs :
  lrust_step e1 σ1 κs e2 σ2 efs → to_val e1 = None.
Proof. by destruct 1. Qed.

Global Instance fill_item_inj Ki : Inj (=) (=) (fill_item Ki).
Proof. destruct Ki; intros ???; simplify_eq/=; auto with f_equal. Qed.

Lemma fill_item_val Ki e : is_Some (to_val (fill_item Ki e)) → is_Some (to_val e).
Proof. intros [v Hv]. destruct Ki; simplify_eq/=; eauto. Qed.

(** The arguments before the first one that is not a value are determined. *)
Lemma app_args_no_val_inj vl1 vl2 e1 e2 el1 el2 :
  to_val e1 = None → to_val e2 = None →
  (Val <$> vl1) ++ e1 :: el1 = (Val <$> vl2) ++ e2 :: el2 →
  vl1 = vl2 ∧ el1 = el2.
Proof.
  revert vl2; induction vl1 as [|v1 vl1 IH]; intros [|v2 vl2] H1 H2 Heq;
    simplify_eq/=; naive_solver.
Qed.

Lemma fill_item_no_val_inj Ki1 Ki2 e1 e2 :
  to_val e1 = None → to_val e2 = None →
  fill_item Ki1 e1 = fill_item Ki2 e2 → Ki1 = Ki2.
Proof.
  destruct Ki1, Ki2; intros H1 H2 Heq; try (by simplify_eq/=).
  simpl in Heq. injection Heq as -> Heq.
  by destruct (app_args_no_val_inj _ _ _ _ _ _ H1 H2 Heq) as [-> ->].
Qed.

Lemma app_args_val vl' vl e el :
  Val <$> vl' = (Val <$> vl) ++ e :: el → is_Some (to_val e).
Proof.
  revert vl'; induction vl as [|v vl IH]; intros [|v' vl'] Heq;
    simplify_eq/=; eauto.
Qed.

Lemma lrust_step_fill_item_val Ki e σ1 κs e2 σ2 efs :
  lrust_step (fill_item Ki e) σ1 κs e2 σ2 efs → is_Some (to_val e).
Proof.
  intros Hstep. destruct Ki as [|v vl el| | | | | | | | | | | | | | |];
    inversion Hstep; simplify_eq/=; eauto.
  match goal with H : Val <$> ?vl' = _ |- _ => by apply app_args_val in H end.
Qed.

Lemma lrust_lang_mixin : EctxiLanguageMixin of_val to_val fill_item lrust_step.
Proof.
  split; eauto using to_of_val, of_to_val, val_stuck, fill_item_val,
    fill_item_no_val_inj, lrust_step_fill_item_val with typeclass_instances.
Qed.
End lrust_lang.

Canonical Structure lrust_ectxi_lang := EctxiLanguage lrust_lang.lrust_lang_mixin.
Canonical Structure lrust_ectx_lang := EctxLanguageOfEctxi lrust_ectxi_lang.
Canonical Structure lrust_lang := LanguageOfEctx lrust_ectx_lang.

Export lrust_lang.

(** ** Locations: laws *)
Section loc.
  Local Open Scope loc_scope.
  Implicit Types (l : loc) (i j : Z).

  Lemma shift_loc_assoc l i j : l +ₗ i +ₗ j = l +ₗ (i + j).
  Proof. by rewrite /shift_loc /= Z.add_assoc. Qed.
  Lemma shift_loc_0 l : l +ₗ 0 = l.
  Proof. destruct l. by rewrite /shift_loc /= Z.add_0_r. Qed.
  Lemma shift_loc_succ l (n : nat) : l +ₗ S n = l +ₗ 1 +ₗ n.
  Proof. rewrite shift_loc_assoc. f_equal. lia. Qed.
  Global Instance shift_loc_inj l : Inj (=) (=) (shift_loc l).
  Proof. intros i j [= ?]. lia. Qed.
  Lemma shift_loc_block l i : loc_block (l +ₗ i) = loc_block l.
  Proof. done. Qed.
End loc.

(** ** Memory: laws *)
(** [l'] is one of the [n] locations from [l] on. *)
Definition loc_in_range (l : loc) (n : nat) (l' : loc) : Prop :=
  loc_block l' = loc_block l ∧ (loc_offset l ≤ loc_offset l' < loc_offset l + n)%Z.
Global Instance loc_in_range_dec l n l' : Decision (loc_in_range l n l').
Proof. apply _. Defined.

Section mem.
  Implicit Types (σ : state) (l : loc) (n : nat).

  Lemma loc_in_range_shift l n i : loc_in_range l n (l +ₗ i) ↔ (0 ≤ i < n)%Z.
  Proof. rewrite /loc_in_range /=. split; [lia|]. by split; [|lia]. Qed.

  Lemma loc_in_range_succ l n l' :
    loc_in_range l (S n) l' ↔ l = l' ∨ loc_in_range (l +ₗ 1) n l'.
  Proof.
    destruct l as [b o], l' as [b' o']; rewrite /loc_in_range /=. split.
    - intros [-> ?]. destruct (decide (o = o')) as [->|]; [by left|right].
      split; [done|lia].
    - intros [[= -> ->]|[-> ?]]; (split; [done|lia]).
  Qed.

  Lemma lookup_init_mem σ l l' n :
    init_mem l n σ !! l' =
      if decide (loc_in_range l n l') then Some (RSt 0, LitV LitPoison) else σ !! l'.
  Proof.
    revert l; induction n as [|n IH]=> l /=.
    { rewrite decide_False //. intros [_ ?]. lia. }
    destruct (decide (l = l')) as [->|Hne].
    - rewrite lookup_insert_same decide_True //. apply loc_in_range_succ. by left.
    - rewrite lookup_insert_ne // IH. apply decide_ext. rewrite loc_in_range_succ. naive_solver.
  Qed.

  Lemma lookup_free_mem σ l l' n :
    free_mem l n σ !! l' = if decide (loc_in_range l n l') then None else σ !! l'.
  Proof.
    revert l; induction n as [|n IH]=> l /=.
    { rewrite decide_False //. intros [_ ?]. lia. }
    destruct (decide (l = l')) as [->|Hne].
    - rewrite lookup_delete_same decide_True //. apply loc_in_range_succ. by left.
    - rewrite lookup_delete_ne // IH. apply decide_ext. rewrite loc_in_range_succ. naive_solver.
  Qed.
End mem.
