(** * From MIR to λRust, block by block

All locals of a body are in one block of memory, the frame, and all of its basic blocks
are the branches of one recursive function of the frame's address and the block's
number. Nothing is unfolded, nothing is named, no liveness is needed, and a block is
compiled by itself: so a theorem about all bodies is an induction over one block.

** Instances. A program is a table of functions: the instances of its generic functions,
as rustc makes them, and the drop glue and calls of closures that they need. A call
looks the callee up by its number in the table, which every function gets as its first
argument, so recursion needs no knot. [block_program] makes the table for the functions
that are asked for and all that these call.

** Values are passed as [abi] says, here as in [tree_compile.v]: a function compiled in
one way can stand where one compiled in the other is expected, and the two watch each
other. An argument that is passed by address is copied to the frame. The first cell of
the frame holds the address where a result goes that is returned by address.

Storage statements are not in a body, so a local's cells live as long as the frame. *)
From tally.lang Require Export notation.
From tally.mir Require Export mir value lib glue.
From tally.prelude Require Import options.

Inductive instance :=
  | IFn (f : nat) (targs : list ty)
  (** the drop glue of a type *)
  | IGlue (t : ty)
  (** how a closure of the type is called *)
  | ICall (t : ty).
Fixpoint tys_eqb (ts1 ts2 : list ty) : bool :=
  match ts1, ts2 with
  | [], [] => true
  | t1 :: ts1, t2 :: ts2 => ty_eqb t1 t2 && tys_eqb ts1 ts2
  | _, _ => false
  end.
Definition instance_eqb (i1 i2 : instance) : bool :=
  match i1, i2 with
  | IFn f1 ts1, IFn f2 ts2 => Nat.eqb f1 f2 && tys_eqb ts1 ts2
  | IGlue t1, IGlue t2 | ICall t1, ICall t2 => ty_eqb t1 t2
  | _, _ => false
  end.
Fixpoint position (i : instance) (l : list instance) : option nat :=
  match l with
  | [] => None
  | j :: l => if instance_eqb i j then Some 0 else S <$> position i l
  end.

Section blocks.
  Context (p : program).
  (** What is known of the type parameters that types of the instances mention. *)
  Context (W : list tparam).
  Context (insts : list instance).

  Definition world (i : nat) : tparam := nth i W no_param.
  Definition block_cells : ty → nat := ty_cells (p_adts p) (λ i, tp_cells (world i)).
  Definition block_targ (t : ty) : targ := TArg (block_cells t) (ty_has_param (p_adts p) t).
  Definition needs_drop : ty → bool := ty_needs_drop (p_adts p).

  (** ** Calls: in the scope of ["pr"], the table *)
  Definition call_instance (i : instance) (args : list expr) : expr :=
    match position i insts with
    | Some n => App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: args)
    | None => Stuck
    end.
  Definition call_glue (t : ty) (a : expr) : expr :=
    match t with
    | TParam i => App (Val (tp_glue (world i))) [a]
    | _ => if needs_drop t then call_instance (IGlue t) [a] else App (Val no_glue) [a]
    end.
  Definition dict_value (ts : list ty) (d : dict) : expr :=
    match d with
    | DictGlue i =>
        match nth i ts (TTuple []) with
        | TParam i => Val (tp_glue (world i))
        | t => Rec BAnon [BNamed "p"] (call_glue t (Var "p"))
        end
    | DictCall i =>
        match nth i ts (TTuple []) with
        | TParam i => Val (tp_call (world i))
        | t => Rec BAnon [BNamed "out"; BNamed "env"; BNamed "args"]
                 (call_instance (ICall t) [Var "out"; Var "env"; Var "args"])
        end
    end.

  (** ** One body, with its type arguments put in *)
  Section body.
    Context (b : body).
    Definition cells_before (i : nat) : nat := S (list_sum (map block_cells (take i (b_locals b)))).
    Definition frame_cells : nat := cells_before (length (b_locals b)).
    Definition fp : expr := Var "fp".

    (** An address, an offset from it, the type, and the fields of the struct or variant. *)
    Record location := At { at_base : expr; at_offset : nat; at_ty : ty; at_fields : list ty }.
    Definition struct_fields (t : ty) : list ty :=
      match ty_shape (p_adts p) t with Some (Struct fs) => fs | _ => [] end.
    Definition at_type (e : expr) (n : nat) (t : ty) : location := At e n t (struct_fields t).
    Definition local (i : nat) : location := at_type fp (cells_before i) (nth i (b_locals b) (TTuple [])).
    Definition location_addr (l : location) : expr := at_off (at_base l) (at_offset l).
    Definition location_step (l : option location) (pr : proj) : option location :=
      match l, pr with
      | None, _ => None
      | Some l, Deref t => Some (at_type (Read Na1Ord (location_addr l)) 0 t)
      | Some l, Field i =>
          match nth_error (at_fields l) i with
          | Some t => Some (at_type (at_base l) (at_offset l +
                        field_offset (p_adts p) (λ i, tp_cells (world i)) (at_fields l) i) t)
          | None => None
          end
      | Some l, Variant v =>
          match ty_shape (p_adts p) (at_ty l) with
          | Some (Enum vs) => Some (At (at_base l) (S (at_offset l)) (at_ty l) (nth v vs []))
          | _ => None
          end
      end.
    Definition locate (q : place) : option location := foldl location_step (Some (local (pl_local q))) (pl_proj q).
    Definition addr (q : place) : expr := match locate q with Some l => location_addr l | None => Stuck end.
    Definition type_at (q : place) : ty := match locate q with Some l => at_ty l | None => TTuple [] end.

    (** ** Operands *)
    Definition type_of (o : operand) : ty :=
      match o with Use q => type_at q | Const c => const_ty p c end.
    Definition const_value (c : constant) : expr :=
      match c with
      | CInt _ z => Int z
      | CBool c => Val (LitV (lit_of_bool c))
      | COpaque t => opaque (block_cells t)
      | CVariant t v => variant (block_cells t) v []
      | CItem f ts =>
          if abi_out (fn_abi p f) then Stuck
          else two_ends (call_instance (IFn f ts) []) (Var "r") Stuck
      | COffset t i => Cells (field_offset (p_adts p) (λ i, tp_cells (world i)) (struct_fields t) i)
      end.
    Definition value (o : operand) : expr :=
      match o with Use q => load (block_cells (type_at q)) (addr q) | Const c => const_value c end.
    (** From memory to memory, without a tuple on the way. *)
    Definition assign (a : expr) (o : operand) : expr :=
      let n := block_cells (type_of o) in
      match o, n with
      | _, 0 => Poison
      | Use q, 1 => Write Na1Ord a (Read Na1Ord (addr q))
      | Use q, _ => copy n a (addr q)
      | Const c, _ => store n a (const_value c)
      end.

    (** ** Statements *)
    Definition compare (op : rel) (x y : expr) : expr :=
      match op with
      | REq => BinOp EqOp x y
      | RNe => UnOp NegOp (BinOp EqOp x y)
      | RLt => BinOp LtOp x y
      | RLe => BinOp LeOp x y
      | RGt => UnOp NegOp (BinOp LeOp x y)
      | RGe => UnOp NegOp (BinOp LtOp x y)
      end.
    Fixpoint assign_fields (e : expr) (n : nat) (os : list operand) : expr :=
      match os with
      | [] => Poison
      | o :: os => Seq (assign (at_off e n) o) (assign_fields e (n + block_cells (type_of o)) os)
      end.
    Definition statement (s : stmt) : expr :=
      match s with
      | Assign q r =>
          match locate q with
          | None => Stuck
          | Some l =>
              let a := location_addr l in
              let set e := Write Na1Ord a e in
              match r with
              | RUse o => assign a o
              | RRef q => set (addr q)
              | RRel op x y => set (compare op (value x) (value y))
              | RArith t op x y => set (BinOp (WrapOp t op) (value x) (value y))
              | RChecked t op x y =>
                  Let "x" (value x) (Let "y" (value y)
                    (Seq (set (BinOp (WrapOp t op) (Var "x") (Var "y")))
                      (Write Na1Ord (at_off (at_base l) (S (at_offset l)))
                        (BinOp (OverflowOp t op) (Var "x") (Var "y")))))
              | RNot x => set (UnOp NegOp (value x))
              | RIntCast t x => set (UnOp (CastOp t) (value x))
              | RDiscriminant q => set (Read Na1Ord (addr q))
              | RAggregate None os => assign_fields (at_base l) (at_offset l) os
              | RAggregate (Some v) os =>
                  Seq (set (Int (Z.of_nat v))) (assign_fields (at_base l) (S (at_offset l)) os)
              end
          end
      end.

    (** ** Terminators *)
    Context (a : abi).
    Definition goto (bb : nat) : expr := App (Var "go") [Var "pr"; fp; Int (Z.of_nat bb)].
    Definition goto_option (o : option nat) : expr := match o with Some bb => goto bb | None => Stuck end.
    Definition leave (k : expr) : expr := Seq (Free (Cells frame_cells) fp) k.
    Definition unwinding (u : unwind) : expr :=
      match u with
      | UwContinue => leave (Val unw_val)
      | UwUnreachable => Stuck
      | UwTerminate => Abort
      | UwCleanup bb => goto bb
      end.
    Definition argument (by_address : bool) (o : operand) : expr :=
      if by_address then
        match o with
        | Use q => addr q
        | Const c => if Nat.eqb (block_cells (const_ty p c)) 0 then Poison else Stuck
        end
      else value o.
    Definition arguments (dst : place) (a : abi) (args : list operand) : list expr :=
      (if abi_out a then [addr dst] else []) ++
      imap (λ i o, argument (nth i (abi_by_address a) false) o) args.
    Definition received (a : abi) (dst : place) (ret : option nat) : expr :=
      match ret with
      | None => Stuck
      | Some bb =>
          if abi_out a then goto bb
          else Seq (store (block_cells (type_at dst)) (addr dst) (Var "r")) (goto bb)
      end.
    (** The result lies in the frame; the address where it goes, if it does, as well. *)
    Definition return_frame : expr :=
      let n := block_cells (at_ty (local 0)) in
      let l := location_addr (local 0) in
      if abi_out a then Seq (copy n (Read Na1Ord fp) l) (leave ret_unit)
      else if Nat.eqb n 0 then leave ret_unit
      else Let "r" (load n l) (leave (ret_expr (Var "r"))).
    Definition terminator (t : term) : expr :=
      match t with
      | Goto bb => goto bb
      | SwitchInt o ts d =>
          Let "switch" (value o)
            (foldr (λ '(z, bb) k, Case (BinOp EqOp (Var "switch") (Int z)) [k; goto bb]) (goto_option d) ts)
      | Call dst (CFn f ts) args ret u =>
          let a := fn_abi p f in
          two_ends (call_instance (IFn f ts) (arguments dst a args)) (received a dst ret) (unwinding u)
      | Call dst (CLib name ts) args ret u =>
          match lib_entry name with
          | None => Stuck
          | Some e =>
              let targs := map block_targ ts in
              let by_address o := match o with Some i => ta_by_address (nth_targ i targs) | None => false end in
              let a := Abi (by_address (le_ret e)) (map by_address (le_args e)) in
              let call := App (Val (le_code e targs)) (map (dict_value ts) (le_dict e) ++ arguments dst a args) in
              if le_unwinds e then two_ends call (received a dst ret) (unwinding u)
              else Let "r" call (received a dst ret)
          end
      | Drop q ret u =>
          if needs_drop (type_at q) then two_ends (call_glue (type_at q) (addr q)) (goto ret) (unwinding u)
          else goto ret
      | Assert o expected ret u =>
          Case (value o) (if expected then [unwinding u; goto ret] else [goto ret; unwinding u])
      | Return => return_frame
      | Resume => leave (Val unw_val)
      | Terminate => Abort
      | Unreachable => Stuck
      end.
    Definition block_code (bl : list stmt * term) : expr :=
      foldr (λ s k, Seq (statement s) k) (terminator (snd bl)) (fst bl).
    Definition go_fn : val :=
      RecV (BNamed "go") [BNamed "pr"; BNamed "fp"; BNamed "pc"] (Case (Var "pc") (map block_code (b_blocks b))).

    (** The arguments go to the frame. *)
    Definition enter_args (k : expr) : expr :=
      foldr (λ i k,
        let l := local i in
        let n := block_cells (at_ty l) in
        let x := Var (local_name i) in
        Seq (if nth (i - 1) (abi_by_address a) false then copy n (location_addr l) x
             else store n (location_addr l) x) k) k (seq 1 (b_args b)).
    Definition params : list string := (if abi_out a then ["out"] else []) ++ map local_name (seq 1 (b_args b)).
    Definition body_fn : val :=
      RecV BAnon (map BNamed ("pr" :: params))
        (Let "fp" (Alloc (Cells frame_cells))
          (Seq (if abi_out a then Write Na1Ord fp (Var "out") else Poison)
            (enter_args (App (Val go_fn) [Var "pr"; fp; Int 0])))).
  End body.

  (** ** The table *)
  Definition instance_fn (i : instance) : val :=
    match i with
    | IFn f ts =>
        match nth_error (p_fns p) f with
        | Some b => body_fn (body_subst ts b) (body_abi (p_adts p) b)
        | None => stuck_val
        end
    | IGlue t =>
        RecV BAnon [BNamed "pr"; BNamed "p"]
          (glue_body (p_adts p) (λ i, tp_cells (world i)) (λ f ts a, call_instance (IFn f ts) [a]) call_glue t)
    | ICall t =>
        RecV BAnon [BNamed "pr"; BNamed "out"; BNamed "env"; BNamed "args"]
          match t, adt_of (p_adts p) t with
          | TAdt _ ts, Some (Adt _ _ (Some f)) =>
              closure_body p block_cells t f ts (call_instance (IFn f ts))
          | _, _ => Stuck
          end
    end.
  Definition table : val := RecV BAnon [BNamed "f"] (Case (Var "f") (map (λ i, Val (instance_fn i)) insts)).
  (** The function of the table, called as one of [tree_compile.v] is. *)
  Definition block_fn (f : nat) (ts : list ty) : val :=
    match nth_error (p_fns p) f with
    | None => stuck_val
    | Some b =>
        let xs := params b (body_abi (p_adts p) b) in
        RecV BAnon (map BNamed xs) (Let "pr" (Val table) (call_instance (IFn f ts) (map Var xs)))
    end.
End blocks.

(** ** Which instances an instance needs *)
Section instances.
  Context (p : program).
  Definition glue_needs (t : ty) : list instance :=
    match t with
    | TParam _ => []
    | _ => if ty_needs_drop (p_adts p) t then [IGlue t] else []
    end.
  Definition operand_needs (o : operand) : list instance :=
    match o with Const (CItem f ts) => [IFn f ts] | _ => [] end.
  Definition rvalue_needs (r : rvalue) : list instance :=
    match r with
    | RUse o | RNot o | RIntCast _ o => operand_needs o
    | RRel _ x y | RArith _ _ x y | RChecked _ _ x y => operand_needs x ++ operand_needs y
    | RAggregate _ os => flat_map operand_needs os
    | RRef _ | RDiscriminant _ => []
    end.
  Definition dict_needs (ts : list ty) (d : dict) : list instance :=
    match d with
    | DictGlue i => glue_needs (nth i ts (TTuple []))
    | DictCall i => match nth i ts (TTuple []) with TParam _ => [] | t => [ICall t] end
    end.
  Definition term_needs (b : body) (t : term) : list instance :=
    match t with
    | SwitchInt o _ _ | Assert o _ _ _ => operand_needs o
    | Call _ f args _ _ =>
        flat_map operand_needs args ++
        match f with
        | CFn f ts => [IFn f ts]
        | CLib name ts =>
            match lib_entry name with Some e => flat_map (dict_needs ts) (le_dict e) | None => [] end
        end
    | Drop q _ _ => glue_needs (type_at p [] b q)
    | Goto _ | Return | Resume | Terminate | Unreachable => []
    end.
  Definition instance_needs (i : instance) : list instance :=
    match i with
    | IFn f ts =>
        match nth_error (p_fns p) f with
        | None => []
        | Some b =>
            let b := body_subst ts b in
            flat_map (λ '(ss, t), flat_map (λ '(Assign _ r), rvalue_needs r) ss ++ term_needs b t) (b_blocks b)
        end
    | ICall t =>
        match t, adt_of (p_adts p) t with TAdt _ ts, Some (Adt _ _ (Some f)) => [IFn f ts] | _, _ => [] end
    | IGlue (TBox t) => glue_needs t
    | IGlue t =>
        match t, adt_of (p_adts p) t with TAdt _ ts, Some (Adt _ (Some f) _) => [IFn f ts] | _, _ => [] end ++
        match ty_shape (p_adts p) t with
        | Some (Struct fs) => flat_map glue_needs fs
        | Some (Enum vs) => flat_map (flat_map glue_needs) vs
        | None => []
        end
    end.
  (** What is to be looked at, and what has been found; the first is found last. *)
  Fixpoint collect (fuel : nat) (todo found : list instance) : list instance :=
    match fuel, todo with
    | S fuel, i :: todo =>
        match position i found with
        | Some _ => collect fuel todo found
        | None => collect fuel (instance_needs i ++ todo) (found ++ [i])
        end
    | _, _ => found
    end.
End instances.
(** So many instances, at most, are looked at; one that is left out is a stuck call. *)
Definition instance_fuel : nat := 2000.
Definition instances (p : program) (roots : list instance) : list instance :=
  collect p instance_fuel roots [].
(** A function of a program, compiled with all that it needs. *)
Definition block_compile (p : program) (W : list tparam) (f : nat) (ts : list ty) : val :=
  block_fn p W (instances p [IFn f ts]) f ts.
