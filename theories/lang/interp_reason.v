(** * What the reasons mean for which the interpreter calls a thread stuck

[stuck_because σ r reason] says that [reason] is the true reason why the redex
[r] cannot step in the memory [σ]. It is stated without the interpreter, to be
read. The interpreter reports only reasons in this relation
([step_redex_stuck] in [interp_step.v]).

Key result: [stuck_because_irreducible], a redex to which a reason applies has no
step; so no reason is a mere complaint. A redex may have several reasons (say, a
compare-and-swap of poison at a cell that is not allocated); the interpreter
reports one. *)
From tally.prelude Require Import prelude.
From tally.lang Require Export interp.
From tally.prelude Require Import options.

(** ** Operands *)
Definition has_kind (k : kind) (v : val) : Prop :=
  match k, v with
  | IntKind, LitV (LitInt _) => True
  | LocKind, LitV (LitLoc _) => True
  | BoolKind, LitV (LitInt z) => z = 0%Z ∨ z = 1%Z
  | DataKind, LitV (LitInt _) => True
  | DataKind, LitV (LitLoc _) => True
  | FunKind, RecV _ _ _ => True
  | _, _ => False
  end.

(** The kinds that a redex requires of its operands. *)
Definition operands (r : redex) : list (kind * val) :=
  match r with
  | VarR _ | RecR _ _ _ | ForkR _ | AbortR => []
  | AppR v _ => [(FunKind, v)]
  | UnOpR NegOp v => [(BoolKind, v)]
  | UnOpR (CastOp _) v => [(IntKind, v)]
  | BinOpR EqOp v1 v2 => [(DataKind, v1); (DataKind, v2)]
  | BinOpR OffsetOp v1 v2 => [(LocKind, v1); (IntKind, v2)]
  | BinOpR _ v1 v2 => [(IntKind, v1); (IntKind, v2)]
  | CaseR v _ => [(IntKind, v)]
  | AllocR v => [(IntKind, v)]
  | FreeR v1 v2 => [(IntKind, v1); (LocKind, v2)]
  | ReadR _ v => [(LocKind, v)]
  | WriteR _ v _ => [(LocKind, v)]
  | CasR _ v0 v1 _ => [(LocKind, v0); (DataKind, v1)]
  | FaaR _ v1 v2 => [(LocKind, v1); (IntKind, v2)]
  end.

(** The redex needs [v] to be a [k]: it is an operand, or what the cell holds
    that a read-modify-write operation works on. *)
Inductive uses (σ : state) : redex → kind → val → Prop :=
  | uses_operand r k v :
      In (k, v) (operands r) → uses σ r k v
  | uses_cas_cell m l v1 v2 st v :
      σ !! l = Some (st, v) → uses σ (CasR m (LitV (LitLoc l)) v1 v2) DataKind v
  | uses_faa_cell t l v2 st v :
      σ !! l = Some (st, v) → uses σ (FaaR t (LitV (LitLoc l)) v2) IntKind v.

(** The redex compares [v1] with [v2]. *)
Inductive compares (σ : state) : redex → val → val → Prop :=
  | compares_eq v1 v2 : compares σ (BinOpR EqOp v1 v2) v1 v2
  | compares_cas m l v1 v2 st v :
      σ !! l = Some (st, v) → compares σ (CasR m (LitV (LitLoc l)) v1 v2) v v1.

Definition int_op_type (op : bin_op) : option int_type :=
  match op with
  | WrapOp t _ | OverflowOp t _ | UncheckedOp t _ => Some t
  | _ => None
  end.
Definition int_op_arith (op : bin_op) : option arith_op :=
  match op with
  | ArithOp a | WrapOp _ a | OverflowOp _ a | UncheckedOp _ a => Some a
  | _ => None
  end.

(** The redex takes [z] to be an integer of type [t]. *)
Inductive uses_at (σ : state) : redex → int_type → Z → Prop :=
  | uses_at_op op t z1 z2 z :
      int_op_type op = Some t → z = z1 ∨ z = z2 →
      uses_at σ (BinOpR op (LitV (LitInt z1)) (LitV (LitInt z2))) t z
  | uses_at_faa t v d :
      uses_at σ (FaaR t v (LitV (LitInt d))) t d
  | uses_at_faa_cell t l v st z :
      σ !! l = Some (st, LitV (LitInt z)) →
      uses_at σ (FaaR t (LitV (LitLoc l)) v) t z.

(** ** Accesses *)
(** A compare-and-swap that finds a value other than the expected one. *)
Definition cas_fails (σ : state) (l : loc) (v1 : val) : Prop :=
  ∃ st v, σ !! l = Some (st, v) ∧ compare_vals v v1 = Some false.

(** The redex is an access to [l], but for freeing; a compare-and-swap that
    fails is a read. *)
Inductive accesses (σ : state) : redex → access_kind → order → loc → Prop :=
  | accesses_read o l :
      accesses σ (ReadR o (LitV (LitLoc l))) ReadAcc o l
  | accesses_write o l v :
      accesses σ (WriteR o (LitV (LitLoc l)) v) WriteAcc o l
  | accesses_cas_fail m l v1 v2 :
      cas_fails σ l v1 → accesses σ (CasR m (LitV (LitLoc l)) v1 v2) ReadAcc ScOrd l
  | accesses_cas m l v1 v2 :
      ¬ cas_fails σ l v1 → accesses σ (CasR m (LitV (LitLoc l)) v1 v2) WriteAcc ScOrd l
  | accesses_faa t l v :
      accesses σ (FaaR t (LitV (LitLoc l)) v) WriteAcc ScOrd l.

(** The lock state of the cell says that a non-atomic access is under way with
    which an access of kind [a] would conflict. *)
Definition conflicts (a : access_kind) (st : lock_state) : Prop :=
  match a with
  | ReadAcc => st = WSt
  | WriteAcc => st ≠ RSt 0
  end.

(** The lock state allows the second step of a non-atomic access. *)
Definition reserved (a : access_kind) (st : lock_state) : Prop :=
  match a with
  | ReadAcc => ∃ n, st = RSt (S n)
  | WriteAcc => st = WSt
  end.

(** ** The reasons *)
Inductive stuck_because (σ : state) : redex → stuck_reason → Prop :=
  | because_unbound x :
      stuck_because σ (VarR x) (UnboundVar x)
  | because_poison r k :
      uses σ r k (LitV LitPoison) → stuck_because σ r (PoisonUsed k)
  | because_kind r k v :
      uses σ r k v → ¬ has_kind k v → stuck_because σ r (WrongKind k v)
  | because_incomparable r v1 v2 :
      compares σ r v1 v2 → has_kind DataKind v1 → has_kind DataKind v2 →
      compare_vals v1 v2 = None →
      stuck_because σ r (Incomparable v1 v2)
  | because_arity f xl e vl :
      length xl ≠ length vl →
      stuck_because σ (AppR (RecV f xl e) vl) (WrongArity (length xl) (length vl))
  | because_case i el :
      ¬ (0 ≤ i < length el)%Z →
      stuck_because σ (CaseR (LitV (LitInt i)) el) (BadCaseIndex i (length el))
  | because_range r t z :
      uses_at σ r t z → ¬ in_int_range t z → stuck_because σ r (OutOfRange t z)
  | because_overflow t a z1 z2 z :
      arith_eval a z1 z2 = Some z → ¬ arith_fits t a z1 z2 z →
      stuck_because σ (BinOpR (UncheckedOp t a) (LitV (LitInt z1)) (LitV (LitInt z2)))
        (Overflow t z)
  | because_division op a z1 :
      int_op_arith op = Some a → a = QuotOp ∨ a = RemOp →
      stuck_because σ (BinOpR op (LitV (LitInt z1)) (LitV (LitInt 0))) DivisionByZero
  | because_not_allocated r a o l :
      accesses σ r a o l → σ !! l = None → stuck_because σ r (NotAllocated l)
  | because_race r a o l st v :
      accesses σ r a o l → o ≠ Na2Ord →
      σ !! l = Some (st, v) → conflicts a st →
      stuck_because σ r (DataRace l a o st)
  | because_not_reserved r a l st v :
      accesses σ r a Na2Ord l → σ !! l = Some (st, v) → ¬ reserved a st →
      stuck_because σ r (NotReserved l a st)
  | because_alloc_size n :
      (n ≤ 0)%Z → stuck_because σ (AllocR (LitV (LitInt n))) (BadAllocSize n)
  | because_free n l :
      ¬ ((0 < n)%Z ∧ block_is σ l n) →
      stuck_because σ (FreeR (LitV (LitInt n)) (LitV (LitLoc l))) (BadFree l n).

(** ** A redex to which a reason applies has no step *)
Lemma subst_list_length xl vl e e' :
  subst_list xl vl e = Some e' → length xl = length vl.
Proof.
  revert vl e'. induction xl as [|x xl IH]; intros [|v vl] e' Hs; simplify_option_eq;
    eauto with f_equal.
Qed.
Lemma subst_list_is_Some xl vl e :
  length xl = length vl → is_Some (subst_list xl vl e).
Proof.
  revert vl. induction xl as [|x xl IH]; intros [|v vl] Hl; simplify_eq/=; [by eauto|].
  destruct (IH vl Hl) as [e' ->]. simpl. eauto.
Qed.

Lemma compare_vals_kind v1 v2 b :
  compare_vals v1 v2 = Some b → has_kind DataKind v1 ∧ has_kind DataKind v2.
Proof. destruct v1 as [[]|], v2 as [[]|]; simpl; try done; by case_match. Qed.

Local Ltac invert_step :=
  match goal with
  | H : lrust_step _ _ _ _ _ _ |- _ => inversion H; clear H; simplify_eq/=
  end.

Lemma uses_kind σ r k v κs e' σ' efs :
  uses σ r k v → lrust_step (of_redex r) σ κs e' σ' efs → has_kind k v.
Proof.
  intros Huse Hstep. destruct Huse as [r k v Hin|m l v1 v2 st v Hl|t l v2 st v Hl].
  - destruct r; invert_step;
      repeat (simplify_eq/=; match goal with
      | H : bin_op_eval _ _ _ _ _ |- _ => inversion H; clear H
      | H : bin_op_eval_pure ?op ?l1 ?l2 = _ |- _ => destruct op
      | H : un_op_eval ?op ?l = _ |- _ => destruct op
      | H : _ ∨ _ |- _ => destruct H
      | H : cas_compare ?l1 ?l2 = Some _ |- _ =>
          apply (compare_vals_kind (LitV l1) (LitV l2)) in H as [??]
      end); try done.
    all: try by repeat case_match; simplify_eq/=; eauto.
  - invert_step.
    all: match goal with
      H : cas_compare ?l1 ?l2 = Some _ |- _ =>
          by destruct (compare_vals_kind (LitV l1) (LitV l2) _ H)
      end.
  - by invert_step.
Qed.

Lemma uses_at_range σ r t z κs e' σ' efs :
  uses_at σ r t z → lrust_step (of_redex r) σ κs e' σ' efs → in_int_range t z.
Proof.
  intros Huse Hstep. destruct Huse as [op t z1 z2 z Hop Hz|t v d|t l v st z Hl].
  - invert_step.
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; clear H; simplify_eq/= end.
    destruct op; simplify_option_eq;
      repeat match goal with
      | H : arith_eval_at _ _ _ _ = Some _ |- _ => apply arith_eval_at_Some in H as (?&?&?)
      end; naive_solver.
  - by invert_step.
  - by invert_step.
Qed.

(** What a step that accesses [l] needs of the cell. *)
Lemma accesses_cell σ r a o l κs e' σ' efs :
  accesses σ r a o l → lrust_step (of_redex r) σ κs e' σ' efs →
  ∃ st v, σ !! l = Some (st, v) ∧
    if decide (o = Na2Ord) then reserved a st else ¬ conflicts a st.
Proof.
  intros Hacc Hstep. destruct Hacc as [o l|o l v|m l v1 v2 Hf|m l v1 v2 Hf|t l v].
  - invert_step; naive_solver.
  - invert_step; naive_solver.
  - destruct Hf as (st & v & Hl & Hcmp). invert_step; naive_solver.
  - invert_step; try naive_solver. destruct Hf. by eexists _, (LitV _).
  - invert_step; naive_solver.
Qed.

Theorem stuck_because_irreducible σ r reason κs e' σ' efs :
  stuck_because σ r reason → ¬ lrust_step (of_redex r) σ κs e' σ' efs.
Proof.
  intros Hb Hstep. destruct Hb as [x|r k Huse|r k v Huse Hk|r v1 v2 Hcmp H1 H2 Hno
    |f xl e vl Hlen|i el Hi|r t z Huse Hz|t a z1 z2 z Ha Hz|op a z1 Hop Ha|r a o l Hacc Hl
    |r a o l st v Hacc Ho Hl Hc|r a l st v Hacc Hl Hr|n Hn|n l Hn].
  - invert_step.
  - eapply uses_kind in Hstep; [|exact Huse]. by destruct k.
  - by destruct Hk; eapply uses_kind.
  - destruct Hcmp as [v1 v2|m l v1 v2 st v Hl]; invert_step.
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; clear H; simplify_eq/= end.
    by repeat (case_match; simplify_eq/=).
  - invert_step.
    by eapply Hlen, subst_list_length.
  - invert_step.
    match goal with H : el !! _ = Some _ |- _ => apply lookup_lt_Some in H end. lia.
  - by destruct Hz; eapply uses_at_range.
  - invert_step.
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; clear H; simplify_eq/= end.
    simplify_option_eq.
    match goal with H : arith_eval_at _ _ _ _ = Some _ |- _ =>
      apply arith_eval_at_Some in H as (?&?&?) end.
    naive_solver.
  - invert_step.
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; clear H; simplify_eq/= end.
    destruct op; simplify_option_eq;
      repeat match goal with
      | H : arith_eval_at _ _ _ _ = Some _ |- _ => apply arith_eval_at_Some in H as (?&?&?)
      end; by destruct Ha as [->| ->].
  - edestruct accesses_cell as (st & v & ? & _); [exact Hacc|exact Hstep|]. congruence.
  - edestruct accesses_cell as (st' & v' & ? & Hst); [exact Hacc|exact Hstep|].
    rewrite decide_False // in Hst. congruence.
  - edestruct accesses_cell as (st' & v' & ? & Hst); [exact Hacc|exact Hstep|].
    simpl in Hst. congruence.
  - invert_step. lia.
  - invert_step. naive_solver.
Qed.
