(** * MIR as data

The part of rustc's mid-level representation (MIR) that Tally translates: basic
blocks over numbered locals, where every call says which block it returns to and which
it unwinds to. All of it is first-order data: a constant carries its type, an operation
its integer type, functions and types of the program have numbers, library functions
have names. No λRust program occurs here, so a body can be compiled in more than one
way ([tree_compile.v], [block_compile.v]), run, compared, and printed.

Generic functions are kept generic: [TParam i] is the [i]th type parameter of the
function around it, and a call carries the callee's type arguments.

** Layout. A type takes a number of cells of λRust's memory, not of bytes: an integer, a
boolean, a thin pointer take one, a fat pointer two; a struct or a tuple its fields one
after the other; an enum one cell for the variant's number, then the fields of the
variant, and as many cells as the largest variant needs. [Box] is a pointer that owns.
[TNoDrop] is what has no drop glue whatever it holds ([ManuallyDrop], [MaybeUninit]).
Types nest; [ty_depth] bounds how deep the functions here look into one. The
translator refuses a type that is nested deeper.

Source: the documentation of [rustc_middle::mir] ([syntax.rs]); The Rust Reference,
"Type layout" (here all fields are laid out as with [repr(C)] and without padding). *)
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From stdpp Require Import strings.
From tally.prelude Require Import options.

(** Coq's own induction principles are useless for types that are nested in lists. *)
Local Unset Elimination Schemes.

(** ** Types, as far as layout and drop glue depend on them *)
Inductive ty :=
  | TInt (t : int_type)
  | TBool
  (** a reference, a raw or non-null pointer, to something of known size *)
  | TPtr
  (** a pointer to a slice, to [str], to [dyn] *)
  | TFat
  (** the [i]th type parameter *)
  | TParam (i : nat)
  (** a tuple, an array, a struct of the library *)
  | TTuple (ts : list ty)
  (** an enum of the library: the fields of each variant *)
  | TEnum (vs : list (list ty))
  (** the [n]th struct, enum or closure of the program *)
  | TAdt (n : nat) (targs : list ty)
  | TBox (t : ty)
  | TNoDrop (t : ty).

Inductive shape := Struct (fs : list ty) | Enum (vs : list (list ty)).
(** Fields are over the type's own parameters. *)
Record adt := Adt {
  adt_shape : shape;
  (** the function [Drop::drop] of the type *)
  adt_drop : option nat;
  (** of a closure: its body *)
  adt_call : option nat;
}.

(** ** Places, operands, right-hand sides *)
Inductive proj :=
  (** what the pointer points to, of this type *)
  | Deref (t : ty)
  | Field (i : nat)
  | Variant (v : nat).
Record place := Place { pl_local : nat; pl_proj : list proj }.

Inductive constant :=
  | CInt (t : int_type) (z : Z)
  | CBool (b : bool)
  (** a value of which no cell is read: of a type without cells, or a text *)
  | COpaque (t : ty)
  (** a variant without fields *)
  | CVariant (t : ty) (v : nat)
  (** a constant item: its body is a function without arguments *)
  | CItem (f : nat) (targs : list ty)
  (** [offset_of!], of a field of a struct *)
  | COffset (t : ty) (i : nat).

Inductive operand :=
  (** a copy or a move *)
  | Use (p : place)
  | Const (c : constant).

Inductive rel := REq | RNe | RLt | RLe | RGt | RGe.
Inductive rvalue :=
  | RUse (o : operand)
  (** [&], [&mut], [&raw]: an address *)
  | RRef (p : place)
  | RRel (op : rel) (a b : operand)
  (** wrapping, as where overflow is not checked *)
  | RArith (t : int_type) (op : arith_op) (a b : operand)
  (** [AddWithOverflow] and its like: the wrapped result, and whether it wrapped *)
  | RChecked (t : int_type) (op : arith_op) (a b : operand)
  (** of a boolean *)
  | RNot (a : operand)
  | RIntCast (t : int_type) (a : operand)
  | RDiscriminant (p : place)
  (** a struct, a tuple, a closure; or a variant of an enum *)
  | RAggregate (v : option nat) (os : list operand).

Inductive stmt := Assign (p : place) (r : rvalue).

(** ** Terminators *)
Inductive unwind :=
  (** the caller goes on unwinding *)
  | UwContinue
  | UwUnreachable
  (** the program ends *)
  | UwTerminate
  | UwCleanup (bb : nat).

Inductive callee :=
  | CFn (f : nat) (targs : list ty)
  | CLib (name : string) (targs : list ty).

Inductive term :=
  | Goto (bb : nat)
  | SwitchInt (o : operand) (targets : list (Z * nat)) (otherwise : option nat)
  | Call (dst : place) (f : callee) (args : list operand) (ret : option nat) (uw : unwind)
  (** runs the drop glue of the place's type *)
  | Drop (p : place) (ret : nat) (uw : unwind)
  (** goes on if the operand is as expected, and panics if not *)
  | Assert (o : operand) (expected : bool) (ret : nat) (uw : unwind)
  | Return
  (** goes on unwinding, at the end of a cleanup *)
  | Resume
  | Terminate
  | Unreachable.

(** Local 0 is the result, then come the arguments. The blocks that are entered by
unwinding need no mark: they are those that [UwCleanup] names. *)
Record body := Body {
  b_args : nat;
  b_locals : list ty;
  b_blocks : list (list stmt * term);
}.
Record program := Program { p_adts : list adt; p_fns : list body }.

Local Set Elimination Schemes.

(** ** Type arguments *)
Fixpoint ty_eqb (t1 t2 : ty) {struct t1} : bool :=
  let fix list_eqb (ts1 ts2 : list ty) {struct ts1} : bool :=
    match ts1, ts2 with
    | [], [] => true
    | t1 :: ts1, t2 :: ts2 => ty_eqb t1 t2 && list_eqb ts1 ts2
    | _, _ => false
    end in
  let fix lists_eqb (vs1 vs2 : list (list ty)) {struct vs1} : bool :=
    match vs1, vs2 with
    | [], [] => true
    | ts1 :: vs1, ts2 :: vs2 => list_eqb ts1 ts2 && lists_eqb vs1 vs2
    | _, _ => false
    end in
  match t1, t2 with
  | TInt t1, TInt t2 => bool_decide (t1 = t2)
  | TBool, TBool | TPtr, TPtr | TFat, TFat => true
  | TParam i1, TParam i2 => Nat.eqb i1 i2
  | TTuple ts1, TTuple ts2 => list_eqb ts1 ts2
  | TEnum vs1, TEnum vs2 => lists_eqb vs1 vs2
  | TAdt n1 ts1, TAdt n2 ts2 => Nat.eqb n1 n2 && list_eqb ts1 ts2
  | TBox t1, TBox t2 | TNoDrop t1, TNoDrop t2 => ty_eqb t1 t2
  | _, _ => false
  end.
Fixpoint ty_subst (σ : list ty) (t : ty) : ty :=
  match t with
  | TInt _ | TBool | TPtr | TFat => t
  | TParam i => nth i σ t
  | TTuple ts => TTuple (map (ty_subst σ) ts)
  | TEnum vs => TEnum (map (map (ty_subst σ)) vs)
  | TAdt n ts => TAdt n (map (ty_subst σ) ts)
  | TBox t => TBox (ty_subst σ t)
  | TNoDrop t => TNoDrop (ty_subst σ t)
  end.
Definition shape_subst (σ : list ty) (s : shape) : shape :=
  match s with
  | Struct fs => Struct (map (ty_subst σ) fs)
  | Enum vs => Enum (map (map (ty_subst σ)) vs)
  end.

Definition proj_subst (σ : list ty) (pr : proj) : proj :=
  match pr with Deref t => Deref (ty_subst σ t) | _ => pr end.
Definition place_subst (σ : list ty) (p : place) : place :=
  Place (pl_local p) (map (proj_subst σ) (pl_proj p)).
Definition const_subst (σ : list ty) (c : constant) : constant :=
  match c with
  | CInt _ _ | CBool _ => c
  | COpaque t => COpaque (ty_subst σ t)
  | CVariant t v => CVariant (ty_subst σ t) v
  | CItem f ts => CItem f (map (ty_subst σ) ts)
  | COffset t i => COffset (ty_subst σ t) i
  end.
Definition operand_subst (σ : list ty) (o : operand) : operand :=
  match o with Use p => Use (place_subst σ p) | Const c => Const (const_subst σ c) end.
Definition rvalue_subst (σ : list ty) (r : rvalue) : rvalue :=
  let o := operand_subst σ in
  match r with
  | RUse a => RUse (o a)
  | RRef p => RRef (place_subst σ p)
  | RRel op a b => RRel op (o a) (o b)
  | RArith t op a b => RArith t op (o a) (o b)
  | RChecked t op a b => RChecked t op (o a) (o b)
  | RNot a => RNot (o a)
  | RIntCast t a => RIntCast t (o a)
  | RDiscriminant p => RDiscriminant (place_subst σ p)
  | RAggregate v os => RAggregate v (map o os)
  end.
Definition stmt_subst (σ : list ty) (s : stmt) : stmt :=
  match s with Assign p r => Assign (place_subst σ p) (rvalue_subst σ r) end.
Definition callee_subst (σ : list ty) (c : callee) : callee :=
  match c with
  | CFn f ts => CFn f (map (ty_subst σ) ts)
  | CLib n ts => CLib n (map (ty_subst σ) ts)
  end.
Definition term_subst (σ : list ty) (t : term) : term :=
  let o := operand_subst σ in
  match t with
  | SwitchInt a ts d => SwitchInt (o a) ts d
  | Call dst f args ret uw => Call (place_subst σ dst) (callee_subst σ f) (map o args) ret uw
  | Drop p ret uw => Drop (place_subst σ p) ret uw
  | Assert a e ret uw => Assert (o a) e ret uw
  | Goto _ | Return | Resume | Terminate | Unreachable => t
  end.
Definition body_subst (σ : list ty) (b : body) : body :=
  Body (b_args b) (map (ty_subst σ) (b_locals b))
    (map (λ '(ss, t), (map (stmt_subst σ) ss, term_subst σ t)) (b_blocks b)).

(** ** Layout *)
(** Known to the translator as well. *)
Definition ty_depth : nat := 24.

(** Without a last [+ 0], which would stay where a size is a variable. *)
Fixpoint sum_cells (ns : list nat) : nat :=
  match ns with [] => 0 | [n] => n | n :: ns => n + sum_cells ns end.

Section layout.
  (** The program's types; the cells of each type parameter. *)
  Context (adts : list adt) (pc : nat → nat).

  Definition adt_of (t : ty) : option adt :=
    match t with TAdt n _ => nth_error adts n | _ => None end.
  Definition ty_shape (t : ty) : option shape :=
    match t with
    | TTuple ts => Some (Struct ts)
    | TEnum vs => Some (Enum vs)
    | TAdt n ts =>
        match nth_error adts n with
        | Some a => Some (shape_subst ts (adt_shape a))
        | None => None
        end
    | _ => None
    end.

  Fixpoint cells_of (depth : nat) (t : ty) : nat :=
    match depth with
    | O => 0
    | S depth =>
        match t with
        | TInt _ | TBool | TPtr | TBox _ => 1
        | TFat => 2
        | TParam i => pc i
        | TNoDrop t => cells_of depth t
        | TTuple _ | TEnum _ | TAdt _ _ =>
            match ty_shape t with
            | Some (Struct fs) => sum_cells (map (cells_of depth) fs)
            | Some (Enum vs) =>
                S (foldr Nat.max 0 (map (λ fs, sum_cells (map (cells_of depth) fs)) vs))
            | None => 0
            end
        end
    end.
  Definition ty_cells : ty → nat := cells_of ty_depth.

  (** Does the layout depend on a type parameter? *)
  Fixpoint has_param_of (depth : nat) (t : ty) : bool :=
    match depth with
    | O => false
    | S depth =>
        match t with
        | TInt _ | TBool | TPtr | TBox _ | TFat => false
        | TParam _ => true
        | TNoDrop t => has_param_of depth t
        | TTuple _ | TEnum _ | TAdt _ _ =>
            match ty_shape t with
            | Some (Struct fs) => existsb (has_param_of depth) fs
            | Some (Enum vs) => existsb (existsb (has_param_of depth)) vs
            | None => false
            end
        end
    end.
  Definition ty_has_param : ty → bool := has_param_of ty_depth.

  (** Does the drop glue do something? *)
  Fixpoint needs_drop_of (depth : nat) (t : ty) : bool :=
    match depth with
    | O => false
    | S depth =>
        match t with
        | TInt _ | TBool | TPtr | TFat | TNoDrop _ => false
        | TParam _ | TBox _ => true
        | TTuple _ | TEnum _ | TAdt _ _ =>
            match adt_of t with
            | Some (Adt _ (Some _) _) => true
            | _ =>
                match ty_shape t with
                | Some (Struct fs) => existsb (needs_drop_of depth) fs
                | Some (Enum vs) => existsb (existsb (needs_drop_of depth)) vs
                | None => false
                end
            end
        end
    end.
  Definition ty_needs_drop : ty → bool := needs_drop_of ty_depth.

  (** Where the [i]th of these fields begins. *)
  Definition field_offset (fs : list ty) (i : nat) : nat := sum_cells (map ty_cells (take i fs)).
End layout.

(** ** How values are passed *)
(** One whose layout depends on a type parameter of the function that is called is
passed by its address, and returned to an address that comes before the arguments. All
others are passed as they are. *)
Record abi := Abi { abi_out : bool; abi_by_address : list bool }.
Definition body_abi (adts : list adt) (b : body) : abi :=
  let by_address i := ty_has_param adts (nth i (b_locals b) (TTuple [])) in
  Abi (by_address 0) (map by_address (seq 1 (b_args b))).
Definition fn_abi (p : program) (f : nat) : abi :=
  match nth_error (p_fns p) f with Some b => body_abi (p_adts p) b | None => Abi false [] end.
(** The type of a function's result, with these type arguments. *)
Definition fn_result (p : program) (f : nat) (targs : list ty) : ty :=
  match nth_error (p_fns p) f with
  | Some b => ty_subst targs (nth 0 (b_locals b) (TTuple []))
  | None => TTuple []
  end.

Definition const_ty (p : program) (c : constant) : ty :=
  match c with
  | CInt t _ => TInt t
  | CBool _ => TBool
  | COpaque t | CVariant t _ => t
  | CItem f ts => fn_result p f ts
  | COffset _ _ => TInt usize
  end.

(** ** Edges between blocks *)
Definition unwind_targets (u : unwind) : list nat :=
  match u with UwCleanup bb => [bb] | _ => [] end.
Definition option_targets (o : option nat) : list nat :=
  match o with Some bb => [bb] | None => [] end.
(** Where a terminator goes to without unwinding, and by unwinding. *)
Definition term_next (t : term) : list nat :=
  match t with
  | Goto bb => [bb]
  | SwitchInt _ ts d => map snd ts ++ option_targets d
  | Call _ _ _ ret _ => option_targets ret
  | Drop _ ret _ | Assert _ _ ret _ => [ret]
  | Return | Resume | Terminate | Unreachable => []
  end.
Definition term_cleanup (t : term) : list nat :=
  match t with
  | Call _ _ _ _ u | Drop _ _ u | Assert _ _ _ u => unwind_targets u
  | _ => []
  end.
