(** * From MIR to λRust, for proofs

A body becomes a λRust function that reads like a program: a local is a variable
(assigning binds the name again), control flow is a tree of [if]s, and what can be
reached in more than one way has a name.

** Locals. One whose address is taken, and one whose layout depends on a type
parameter, is a block of memory from the function's entry to both of its ends. All
others are variables.

** Blocks. A block is put where control goes to it. Three kinds are instead functions of
their own, of the variables that are live there and of the blocks of memory: heads of
loops, blocks that are entered over more than one edge, and blocks that are entered by
unwinding. So each block is compiled once, and the size of the result is linear in that
of the body. A block inside a loop takes the loop's head as a parameter too, to go back
to. These functions are values ([tree_block]), and a program that is proved gives each
a constant, so a specification can be proved for each.

A body that cannot be compiled is a stuck program. *)
From tally.lang Require Export notation.
From tally.lang.lib Require Import new_delete.
From tally.mir Require Export mir value lib glue.
From tally.prelude Require Import options.

Definition mem (x : nat) (xs : list nat) : bool := existsb (Nat.eqb x) xs.
Definition keep (xs ys : list nat) : list nat := List.filter (λ i, mem i ys) xs.

(** ** What a body's flow says *)
(** It does not depend on what the type parameters stand for: a local whose layout depends
on one is in memory in any case. *)
Record flow := Flow {
  fl_memory : list nat;
  (** the variables that are live at the beginning of each block *)
  fl_live : list (list nat);
  (** the heads of loops *)
  fl_heads : list nat;
  (** the blocks that are functions of their own, each after those that it calls *)
  fl_named : list nat;
  (** the heads of the loops around each block *)
  fl_loops : list (list nat);
  (** enough rounds have been made to know what is live *)
  fl_stable : bool;
}.

Section flow.
  Context (p : program) (b : body).
  Definition has_param : ty → bool := ty_has_param (p_adts p).
  (** Of a type without parameters. *)
  Definition has_cells (t : ty) : bool := Nat.ltb 0 (ty_cells (p_adts p) (λ _, 1) t).
  Definition local_ty (i : nat) : ty := nth i (b_locals b) (TTuple []).
  Definition blocks : list nat := seq 0 (length (b_blocks b)).
  Definition all_locals : list nat := seq 0 (length (b_locals b)).

  Definition callee_abi (f : callee) : abi :=
    match f with
    | CFn f _ => fn_abi p f
    | CLib name ts =>
        match lib_entry name with
        | None => Abi false []
        | Some e =>
            let by_address o :=
              match o with Some i => ta_by_address (nth_targ i (map (λ t, TArg 0 (has_param t)) ts)) | None => false end in
            Abi (by_address (le_ret e)) (map by_address (le_args e))
        end
    end.

  (** ** Which locals are in memory *)
  Definition taken_in_place (i : nat) (q : place) : bool :=
    Nat.eqb (pl_local q) i &&
    negb (existsb (λ pr, match pr with Deref _ => true | _ => false end) (pl_proj q)).
  Definition operand_taken (i : nat) (o : operand) : bool :=
    match o with Use q => taken_in_place i q | Const _ => false end.
  Definition taken (i : nat) : bool :=
    existsb (λ '(ss, t),
      existsb (λ '(Assign _ r), match r with RRef q => taken_in_place i q | _ => false end) ss ||
      match t with
      | Drop q _ _ => taken_in_place i q
      | Call dst f args _ _ =>
          let a := callee_abi f in
          (abi_out a && taken_in_place i dst) ||
          existsb (λ '(by_address, o), by_address && operand_taken i o) (zip (abi_by_address a) args)
      | _ => false
      end) (b_blocks b).
  Definition memory_locals : list nat := List.filter (λ i,
    has_param (local_ty i) || taken i && has_cells (local_ty i)) all_locals.
  Definition variables (memory : list nat) : list nat := List.filter (λ i,
    negb (mem i memory) && has_cells (local_ty i)) all_locals.


  (** ** Which variables are live *)
  Definition operand_uses (o : operand) : list nat :=
    match o with Use q => [pl_local q] | Const _ => [] end.
  Definition rvalue_uses (r : rvalue) : list nat :=
    match r with
    | RUse o | RNot o | RIntCast _ o => operand_uses o
    | RRef q | RDiscriminant q => [pl_local q]
    | RRel _ x y | RArith _ _ x y | RChecked _ _ x y => operand_uses x ++ operand_uses y
    | RAggregate _ os => flat_map operand_uses os
    end.
  Definition write_live (q : place) (live : list nat) : list nat :=
    match pl_proj q with
    | [] => List.filter (λ i, negb (Nat.eqb i (pl_local q))) live
    | _ => pl_local q :: live
    end.
  Definition term_live (at_block : nat → list nat) (t : term) : list nat :=
    let uses :=
      match t with
      | SwitchInt o _ _ | Assert o _ _ _ => operand_uses o
      | Call _ _ args _ _ => flat_map operand_uses args
      | Drop q _ _ => [pl_local q]
      | Return => [0]
      | Goto _ | Resume | Terminate | Unreachable => []
      end in
    let next := flat_map at_block (term_next t) in
    uses ++ match t with Call dst _ _ _ _ => write_live dst next | _ => next end ++
    flat_map at_block (term_cleanup t).
  Definition live_round (vars : list nat) (live : list (list nat)) : list (list nat) :=
    map (λ '(ss, t),
      let l := foldr (λ '(Assign q r) l, rvalue_uses r ++ write_live q l)
        (term_live (λ bb, nth bb live []) t) ss in
      keep vars l) (b_blocks b).
  (** [fl_stable] says whether there were enough of them. *)
  Fixpoint live_rounds (vars : list nat) (n : nat) (live : list (list nat)) : list (list nat) :=
    match n with
    | O => live
    | S n => let next := live_round vars live in
        if bool_decide (next = live) then live else live_rounds vars n next
    end.
  Definition live_blocks (vars : list nat) : list (list nat) :=
    live_rounds vars (S (length (b_blocks b))) (map (λ _, []) (b_blocks b)).

  (** ** Which blocks are functions of their own *)
  Definition next (bb : nat) : list nat :=
    match nth_error (b_blocks b) bb with
    | Some (_, t) => term_next t ++ term_cleanup t
    | None => []
    end.
  (** A walk in depth: the blocks that are reached, the last one to be left first; and
      the heads of loops, where it comes to a block that it is on the way from. *)
  Fixpoint walk (fuel : nat) (path : list nat) (st : list nat * list nat) (bb : nat) : list nat * list nat :=
    match fuel with
    | O => st
    | S fuel =>
        if mem bb path then (fst st, if mem bb (snd st) then snd st else bb :: snd st)
        else if mem bb (fst st) then st
        else
          let '(done, heads) := foldl (walk fuel (bb :: path)) st (next bb) in
          (bb :: done, heads)
    end.
  Definition walked : list nat * list nat := walk (S (length (b_blocks b))) [] ([], []) 0.
  Definition unwound_to (reached : list nat) : list nat :=
    flat_map (λ bb, match nth_error (b_blocks b) bb with Some (_, t) => term_cleanup t | None => [] end)
      reached.
  (** What calls come first: a function's callees, but for the heads of its loops. *)
  Definition named_blocks (reached heads : list nat) : list nat :=
    let edges := flat_map next reached in
    let unwound := unwound_to reached in
    List.filter (λ bb, mem bb heads || mem bb unwound ||
      Nat.ltb 1 (length (List.filter (Nat.eqb bb) edges))) (rev reached).

  (** The loops around a block: their heads. *)
  Fixpoint closure (n : nat) (xs : list nat) : list nat :=
    match n with
    | O => xs
    | S n => let ys := keep blocks (xs ++ flat_map next xs) in
        if Nat.eqb (length ys) (length xs) then xs else closure n ys
    end.
  Definition reach (bb : nat) : list nat := closure (length (b_blocks b)) (keep blocks (next bb)).
  Definition in_loops (heads : list nat) (bb : nat) : list nat :=
    List.filter (λ h, negb (Nat.eqb h bb) && mem bb (reach h) && mem h (reach bb)) heads.

  Definition flow_of : flow :=
    let memory := memory_locals in
    let vars := variables memory in
    let live := live_blocks vars in
    let '(reached, heads) := walked in
    Flow memory live heads (named_blocks reached heads) (map (in_loops heads) blocks)
      (bool_decide (live_round vars live = live)).
End flow.

Section tree.
  Context (p : program).
  (** The function with a number, at what is known of the type arguments. *)
  Context (fns : nat → list tparam → val).
  (** What is known of the type parameters of the body. *)
  Context (E : list tparam).

  Definition param (i : nat) : tparam := nth i E no_param.
  Definition tree_cells : ty → nat := ty_cells (p_adts p) (λ i, tp_cells (param i)).

  (** ** Types, as type arguments *)
  Fixpoint tparam_of (depth : nat) (t : ty) : tparam :=
    match depth with
    | O => no_param
    | S depth =>
        match t with
        | TParam i => param i
        | _ =>
            TP (tree_cells t)
              (if ty_needs_drop (p_adts p) t then
                 RecV BAnon [BNamed "p"]
                   (glue_body (p_adts p) (λ i, tp_cells (param i))
                     (λ f ts a, App (Val (fns f (map (tparam_of depth) ts))) [a])
                     (λ t a, App (Val (tp_glue (tparam_of depth t))) [a]) t)
               else no_glue)
              match t, adt_of (p_adts p) t with
              | TAdt _ ts, Some (Adt _ _ (Some f)) =>
                  RecV BAnon [BNamed "out"; BNamed "env"; BNamed "args"]
                    (closure_body p tree_cells t f ts
                      (App (Val (fns f (map (tparam_of depth) ts)))))
              | _, _ => stuck_val
              end
        end
    end.
  Definition tree_tparam : ty → tparam := tparam_of ty_depth.
  (** The glue of a type that has no more of it than its [Drop::drop] is that. *)
  Definition tree_glue (t : ty) : val :=
    match t, adt_of (p_adts p) t with
    | TAdt _ ts, Some (Adt s (Some f) _) =>
        if match s with
           | Struct fs => existsb (ty_needs_drop (p_adts p)) fs
           | Enum vs => existsb (existsb (ty_needs_drop (p_adts p))) vs
           end
        then tp_glue (tree_tparam t) else fns f (map tree_tparam ts)
    | _, _ => tp_glue (tree_tparam t)
    end.
  Definition tree_targ (t : ty) : targ := TArg (tree_cells t) (has_param p t).

  (** ** The body *)
  Context (b : body) (fl : flow).
  Definition in_memory (i : nat) : bool := mem i (fl_memory fl).
  (** Those that are passed by address: the result, and arguments. *)
  Definition given (i : nat) : bool := has_param p (local_ty b i) && Nat.leb i (b_args b).
  Definition own_locals : list nat := List.filter (λ i, negb (given i)) (fl_memory fl).

  (** ** Places *)
  (** A slice of a variable, or an address, with the type. [fields]: those of the struct
      or variant there. *)
  Inductive pstate :=
    | PVar (e : expr) (total off : nat) (t : ty) (fields : list ty)
    | PMem (e : expr) (off : nat) (t : ty) (fields : list ty)
    | PBad.
  Definition fields_of (t : ty) : list ty :=
    match ty_shape (p_adts p) t with Some (Struct fs) => fs | _ => [] end.
  Definition place_load (s : pstate) : expr :=
    match s with
    | PVar e total off t _ => slice total off (tree_cells t) e
    | PMem e off t _ => load (tree_cells t) (at_off e off)
    | PBad => Stuck
    end.
  Definition offset_of (fs : list ty) (i : nat) : nat :=
    field_offset (p_adts p) (λ i, tp_cells (param i)) fs i.
  Definition place_step (s : pstate) (pr : proj) : pstate :=
    match pr, s with
    | _, PBad => PBad
    | Deref t, _ => PMem (place_load s) 0 t (fields_of t)
    | Field i, PVar e n off _ fs =>
        match nth_error fs i with
        | Some t => PVar e n (off + offset_of fs i) t (fields_of t)
        | None => PBad
        end
    | Field i, PMem e off _ fs =>
        match nth_error fs i with
        | Some t => PMem e (off + offset_of fs i) t (fields_of t)
        | None => PBad
        end
    | Variant v, PVar e n off t _ =>
        match ty_shape (p_adts p) t with
        | Some (Enum vs) => PVar e n (S off) t (nth v vs [])
        | _ => PBad
        end
    | Variant v, PMem e off t _ =>
        match ty_shape (p_adts p) t with
        | Some (Enum vs) => PMem e (S off) t (nth v vs [])
        | _ => PBad
        end
    end.
  Definition place_state (q : place) : pstate :=
    let i := pl_local q in
    let t := local_ty b i in
    foldl place_step
      (if in_memory i then PMem (Var (local_name i)) 0 t (fields_of t)
       else PVar (Var (local_name i)) (tree_cells t) 0 t (fields_of t))
      (pl_proj q).
  Definition place_addr (q : place) : expr :=
    match place_state q with
    | PMem e off _ _ => at_off e off
    | PVar _ _ _ t _ => if Nat.eqb (tree_cells t) 0 then Poison else Stuck
    | PBad => Stuck
    end.
  Definition place_ty (q : place) : ty :=
    match place_state q with PVar _ _ _ t _ | PMem _ _ t _ => t | PBad => TTuple [] end.
  (** The value of a variable; none of a type without cells is bound. *)
  Definition place_read (q : place) : expr :=
    match place_state q with
    | PVar _ _ _ t _ as s => if Nat.eqb (tree_cells t) 0 then Poison else place_load s
    | s => place_load s
    end.
  (** [q := e], and then [k]. *)
  Definition place_write (q : place) (e k : expr) : expr :=
    match place_state q with
    | PMem a off t _ => Seq (store (tree_cells t) (at_off a off) e) k
    | PVar x total off t _ =>
        let n := tree_cells t in
        let bind e := Let (local_name (pl_local q)) e k in
        if Nat.eqb n 0 then Seq e k
        else if Nat.eqb n total then bind e
        else bind (join_cells 0 [(off, slice total 0 off x); (n, e);
               (total - (off + n), slice total (off + n) (total - (off + n)) x)])
    | PBad => Stuck
    end.

  (** ** Right-hand sides *)
  Definition operand_ty (o : operand) : ty :=
    match o with Use q => place_ty q | Const c => const_ty p c end.
  Definition const_expr (c : constant) : expr :=
    match c with
    | CInt _ z => Int z
    | CBool c => Val (LitV (lit_of_bool c))
    | COpaque t => opaque (tree_cells t)
    | CVariant t v => variant (tree_cells t) v []
    | CItem f ts =>
        if abi_out (fn_abi p f) then Stuck
        else two_ends (App (Val (fns f (map tree_tparam ts))) []) (Var "r") Stuck
    | COffset t i => Int (Z.of_nat (offset_of (fields_of t) i))
    end.
  Definition operand_expr (o : operand) : expr :=
    match o with Use q => place_read q | Const c => const_expr c end.
  Definition rel_expr (op : rel) (a b : expr) : expr :=
    match op with
    | REq => BinOp EqOp a b
    | RNe => UnOp NegOp (BinOp EqOp a b)
    | RLt => BinOp LtOp a b
    | RLe => BinOp LeOp a b
    | RGt => UnOp NegOp (BinOp LeOp a b)
    | RGe => UnOp NegOp (BinOp LtOp a b)
    end.
  Definition rvalue_expr (t : ty) (r : rvalue) : expr :=
    match r with
    | RUse o => operand_expr o
    | RRef q => place_addr q
    | RRel op x y => rel_expr op (operand_expr x) (operand_expr y)
    | RArith t op x y => BinOp (WrapOp t op) (operand_expr x) (operand_expr y)
    | RChecked t op x y =>
        App (Rec BAnon [BNamed "x"; BNamed "y"]
            (join_cells 0 [(1, BinOp (WrapOp t op) (Var "x") (Var "y"));
                       (1, BinOp (OverflowOp t op) (Var "x") (Var "y"))]))
          [operand_expr x; operand_expr y]
    | RNot x => UnOp NegOp (operand_expr x)
    | RIntCast t x => UnOp (CastOp t) (operand_expr x)
    | RDiscriminant q =>
        match place_state q with
        | PVar e n off _ _ => slice n off 1 e
        | PMem e off _ _ => Read Na1Ord (at_off e off)
        | PBad => Stuck
        end
    | RAggregate v os =>
        let fields := map (λ o, (tree_cells (operand_ty o), operand_expr o)) os in
        match v with
        | None => aggregate fields
        | Some v => variant (tree_cells t) v fields
        end
    end.
  (** Of a value whose layout depends on a parameter: from memory to memory. *)
  Definition put (a : expr) (off : nat) (o : operand) : expr :=
    let t := operand_ty o in
    if has_param p t then
      match o with Use q => copy (tree_cells t) (at_off a off) (place_addr q) | Const _ => Stuck end
    else store (tree_cells t) (at_off a off) (operand_expr o).
  Fixpoint put_fields (a : expr) (off : nat) (os : list operand) (k : expr) : expr :=
    match os with
    | [] => k
    | o :: os =>
        let n := tree_cells (operand_ty o) in
        let rest := put_fields a (off + n) os k in
        if negb (has_param p (operand_ty o)) && Nat.eqb n 0 then rest
        else Seq (put a off o) rest
    end.
  Definition stmt_expr (s : stmt) (k : expr) : expr :=
    match s with
    | Assign q r =>
        let t := place_ty q in
        if has_param p t then
          match place_state q, r with
          | PMem a off _ _, RUse o => Seq (put a off o) k
          | PMem a off _ _, RAggregate None os => put_fields a off os k
          | PMem a off _ _, RAggregate (Some v) os =>
              Seq (Write Na1Ord (at_off a off) (Int (Z.of_nat v))) (put_fields a (S off) os k)
          | _, _ => Stuck
          end
        else place_write q (rvalue_expr t r) k
    end.

  (** ** Both ends *)
  Definition free_local (i : nat) (k : expr) : expr :=
    let n := tree_cells (local_ty b i) in
    Seq (if has_param p (local_ty b i) then App (Val new_delete.delete) [Cells n; Var (local_name i)]
         else Free (Int (Z.of_nat n)) (Var (local_name i))) k.
  Definition free_locals (k : expr) : expr := foldr free_local k own_locals.
  Definition return_expr : expr :=
    if given 0 then free_locals ret_unit
    else if in_memory 0 then
      Let (local_name 0) (place_read (Place 0 [])) (free_locals (ret_expr (Var (local_name 0))))
    else if Nat.eqb (tree_cells (local_ty b 0)) 0 then free_locals ret_unit
    else free_locals (ret_expr (Var (local_name 0))).
  Definition resume_expr : expr := free_locals (Val unw_val).

  (** ** Blocks *)
  Definition is_named (bb : nat) : bool := mem bb (fl_named fl).
  Definition block_vars (bb : nat) : list string :=
    map local_name (nth bb (fl_live fl) [] ++ fl_memory fl).
  Definition block_params (bb : nat) : list string := map block_name (nth bb (fl_loops fl) []) ++ block_vars bb.


  (** ** Control flow *)
  Definition unwind_expr (go : nat → expr) (u : unwind) : expr :=
    match u with
    | UwContinue => resume_expr
    | UwUnreachable => Stuck
    | UwTerminate => Abort
    | UwCleanup bb => go bb
    end.
  Definition option_go (go : nat → expr) (o : option nat) : expr :=
    match o with Some bb => go bb | None => Stuck end.
  Definition arg_expr (by_address : bool) (o : operand) : expr :=
    if by_address then
      match o with
      | Use q => place_addr q
      | Const c => if Nat.eqb (tree_cells (const_ty p c)) 0 then Poison else Stuck
      end
    else operand_expr o.
  Definition call_args (dst : place) (a : abi) (args : list operand) : list expr :=
    (if abi_out a then [place_addr dst] else []) ++
    imap (λ i o, arg_expr (nth i (abi_by_address a) false) o) args.
  Definition dict_expr (ts : list ty) (d : dict) : expr :=
    match d with
    | DictGlue i => Val (tree_glue (nth i ts (TTuple [])))
    | DictCall i => Val (tp_call (tree_tparam (nth i ts (TTuple []))))
    end.
  Definition is_bool (o : operand) : bool := match operand_ty o with TBool => true | _ => false end.
  Definition switch_expr (go : nat → expr) (o : operand) (ts : list (Z * nat)) (d : option nat) : expr :=
    match ts, d with
    | [(0%Z, bb0)], Some bb1 =>
        if is_bool o then Case (operand_expr o) [go bb0; go bb1]
        else Case (BinOp EqOp (operand_expr o) (Int 0)) [go bb1; go bb0]
    | _, _ =>
        Let "switch" (operand_expr o)
          (foldr (λ '(z, bb) k, Case (BinOp EqOp (Var "switch") (Int z)) [k; go bb]) (option_go go d) ts)
    end.
  (** After a call that has returned ["r"]. *)
  Definition returned (go : nat → expr) (a : abi) (dst : place) (ret : option nat) (r : expr) : expr :=
    match ret with
    | Some bb => if abi_out a then go bb else place_write dst r (go bb)
    | None => Stuck
    end.
  Definition term_expr (go : nat → expr) (t : term) : expr :=
    match t with
    | Goto bb => go bb
    | SwitchInt o ts d => switch_expr go o ts d
    | Call dst (CFn f ts as c) args ret u =>
        let a := callee_abi p c in
        two_ends (App (Val (fns f (map tree_tparam ts))) (call_args dst a args))
          (returned go a dst ret (Var "r")) (unwind_expr go u)
    | Call dst (CLib name ts as c) args ret u =>
        match lib_entry name with
        | None => Stuck
        | Some e =>
            let a := callee_abi p c in
            let call := App (Val (le_code e (map tree_targ ts)))
              (map (dict_expr ts) (le_dict e) ++ call_args dst a args) in
            if le_unwinds e then two_ends call (returned go a dst ret (Var "r")) (unwind_expr go u)
            else
              match ret with
              | Some bb => if abi_out a then Seq call (go bb) else place_write dst call (go bb)
              | None => Seq call Stuck
              end
        end
    | Drop q ret u =>
        if ty_needs_drop (p_adts p) (place_ty q) then
          two_ends (App (Val (tree_glue (place_ty q))) [place_addr q]) (go ret) (unwind_expr go u)
        else go ret
    | Assert o expected ret u =>
        let ok := go ret in let panic := unwind_expr go u in
        Case (operand_expr o) (if expected then [panic; ok] else [ok; panic])
    | Return => return_expr
    | Resume => resume_expr
    | Terminate => Abort
    | Unreachable => Stuck
    end.

  (** The blocks that have been compiled; the heads of loops that are parameters here. *)
  Context (done : list (nat * val)) (bound : list nat).
  Definition done_val (bb : nat) : option val :=
    snd <$> List.find (λ '(bb', _), Nat.eqb bb bb') done.
  Fixpoint block_expr (fuel : nat) (bb : nat) : expr :=
    match fuel with
    | O => Stuck
    | S fuel =>
        match nth_error (b_blocks b) bb with
        | None => Stuck
        | Some (ss, t) =>
            foldr stmt_expr (term_expr (λ bb,
              if is_named bb then
                let args := map Var (block_params bb) in
                if mem bb bound then App (Var (block_name bb)) args
                else match done_val bb with Some v => App (Val v) args | None => Stuck end
              else block_expr fuel bb) t) ss
        end
    end.
End tree.

(** The block as a function. *)
Definition tree_block p fns E b fl (done : list (nat * val)) (bb : nat) : val :=
  let is_head := mem bb (fl_heads fl) in
  let bound := nth bb (fl_loops fl) [] ++ (if is_head then [bb] else []) in
  RecV (if is_head then BNamed (block_name bb) else BAnon)
    (map BNamed (block_params fl bb))
    (block_expr p fns E b fl done bound (length (b_blocks b)) bb).

(** Memory for the locals that want it, arguments among them. *)
Definition enter_local p E b (i : nat) (k : expr) : expr :=
  let n := tree_cells p E (local_ty b i) in
  let x := local_name i in
  if has_param p (local_ty b i) then Let x (App (Val new) [Cells n]) k
  else if Nat.leb 1 i && Nat.leb i (b_args b) then
    Let "slot" (Alloc (Int (Z.of_nat n))) (Seq (store n (Var "slot") (Var x)) (Let x (Var "slot") k))
  else Let x (Alloc (Int (Z.of_nat n))) k.
(** Variables that may be passed on before they are assigned. *)
Definition unassigned b fl : list nat :=
  List.filter (λ i, negb (Nat.leb 1 i && Nat.leb i (b_args b))) (nth 0 (fl_live fl) []).
(** The function. *)
Definition tree_fn p fns E b fl (done : list (nat * val)) : val :=
  RecV BAnon
    (map (λ i, BNamed (local_name i)) (if given p b 0 then seq 0 (S (b_args b)) else seq 1 (b_args b)))
    (if fl_stable fl then
       foldr (enter_local p E b)
         (foldr (λ i k, Let (local_name i) (opaque (tree_cells p E (local_ty b i))) k)
           (if is_named fl 0 then
              match done_val done 0 with
              | Some v => App (Val v) (map Var (block_params fl 0))
              | None => Stuck
              end
            else block_expr p fns E b fl done [] (S (length (b_blocks b))) 0)
           (unassigned b fl))
         (own_locals p b fl)
     else Stuck).

(** All blocks that are functions, each after those that it calls; and the function. *)
Definition tree_blocks p fns E b fl : list (nat * val) :=
  foldl (λ done bb, done ++ [(bb, tree_block p fns E b fl done bb)]) [] (fl_named fl).
Definition tree_compile p fns E b : val :=
  let fl := flow_of p b in tree_fn p fns E b fl (tree_blocks p fns E b fl).
