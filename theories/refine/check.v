(** * The checker: does each function of a program have its signature?

[check_program] runs over the MIR of functions, their signatures, and a certificate that
nobody trusts; it answers [Ok], or [Err] with the function, the node of the
certificate, the statement or edge, the goal, and a code.

What it accepts is true of the program that [block_compile.v] makes: [check_sound.v],
[check_safe.v].

** How it works. A cell of memory has a symbolic state ([sym]): an integer with its
index, a boolean with its formula, the address of another cell, and so on. The cells of
the frame come first, then those that the arguments point to. A reference is the number
of a cell, so reborrows and two-phase borrows are copies, rustc's borrow checker is not
needed, and what two references to one cell may not do is decided at calls: no cell is
lent twice. (So a call that is given two shared references to one cell is rejected.)

A certificate is a list of nodes. A node is a block with an environment, which says
what holds when control comes to the block; a block may have several nodes, which is how
aliases are joined. The checker runs the block's statements from the environment, and
at each edge it shows that the environment of the node at the other end holds for some
instance of its variables. The variables of the signature's parameters are never
instantiated. Conditions are proved as in [formula.v].

** Modes. In [Strict] no function unwinds: every assertion of the compiler's is proved. In
[StrictUnder] an overflow at the upper end may panic, and at signed types; in [Panics]
any overflow may. An assertion that is about no overflow (a division by zero) is proved
in each mode, in the form in which it stands; a certificate can write its condition in
another form, so this is no part of what is proved about the checker. There is no mode of unbounded integers, since the programs of this library
have machine integers only. *)
From stdpp Require Import list strings numbers.
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From tally.mir Require Import mir block_compile.
From tally.refine Require Export signature.
From tally.prelude Require Import options.

(** ** Answers *)
Inductive res (E A : Type) := Ok (a : A) | Err (e : E).
Global Arguments Ok {_ _} _.
Global Arguments Err {_ _} _.
Notation "'let?' x := e 'in' k" := (match e with Ok x => k | Err r => Err r end)
  (at level 200, x name, e at level 200, k at level 200).

Inductive code :=
  (** this checker does not know the construct *)
  | Unsupported
  (** no cell of the frame, no field, not a reference that is followed here *)
  | NoPlace
  (** the content is not known to be a value of the type that is needed *)
  | NotValue
  (** a write through a shared reference *)
  | ReadOnly
  (** a condition is not proved *)
  | Unproved
  (** what is lent to a call is lent to it twice *)
  | Aliased
  (** an argument, or a result, is not what the signature says *)
  | Mismatch
  (** no signature, or one that mentions unknown variables *)
  | NoSignature
  (** the certificate does not fit the body *)
  | BadCertificate
  (** it may unwind here, which the certificate or mode does not allow *)
  | MayUnwind.
Inductive at_part := AtEntry | AtStmt (i : nat) | AtTerm | AtEdge (i : nat).
Record fault := Fault { ft_at : at_part; ft_goal : nat; ft_code : code }.
Record error := Error { er_fn : nat; er_node : nat; er_at : at_part; er_goal : nat; er_code : code }.
Definition located {A} (a : at_part) (r : res code A) : res fault A :=
  match r with Ok x => Ok x | Err c => Err (Fault a 0 c) end.
Definition demand (b : bool) (c : code) : res code unit := if b then Ok tt else Err c.
Definition get {A} (o : option A) (c : code) : res code A := match o with Some x => Ok x | None => Err c end.

Inductive mode := Panics | StrictUnder | Strict.
Definition unwinds (m : mode) : bool := match m with Strict => false | _ => true end.
(** What must be proved for an assertion. *)
Definition assert_goals (m : mode) (ok : fml) : list fml :=
  match m, ok with
  | StrictUnder, FIn t e => if int_signed t then [] else [FLe (EC (int_min t)) e]
  | Panics, FIn _ _ => []
  (** the quotient of the least integer and -1 *)
  | StrictUnder, FOr _ _ | Panics, FOr _ _ => []
  | _, _ => [ok]
  end.

(** ** Environments *)
Inductive sym :=
  (** anything *)
  | SAny
  (** of that type, and in its range *)
  | SInt (t : int_type) (e : exp)
  | SBool (f : fml)
  (** the wrapped [e]: an integer once [FIn t e] is known *)
  | SWrap (t : int_type) (e : exp)
  (** the address of the cell with that number *)
  | SPtr (k : nat)
  (** some value of that kind *)
  | SSome (k : kind).
Record env := Env { cells : list sym; facts : list fml }.

Definition sym_vars (s : sym) : list positive :=
  match s with
  | SAny | SPtr _ | SSome _ => []
  | SInt _ e | SWrap _ e => exp_vars e
  | SBool f => fml_vars f
  end.
Definition env_vars (E : env) : list positive :=
  flat_map sym_vars (cells E) ++ flat_map fml_vars (facts E).
(** The integers that are in the cells are in their types' ranges. *)
Definition ranges (Γ : list sym) : list fml :=
  flat_map (λ s, match s with SInt t e => [FIn t e] | _ => [] end) Γ.
Definition known (E : env) : list fml := ranges (cells E) ++ facts E.
Definition add_fact (f : fml) (E : env) : env := Env (cells E) (f :: facts E).

(** What a cell is used as. *)
Definition settle (F : list fml) (s : sym) : option sym :=
  match s with
  | SAny | SSome _ => None
  | SWrap t e => if holds F (FIn t e) then Some (SInt t e) else None
  | s => Some s
  end.
Definition kind_eqb (k1 k2 : kind) : bool :=
  match k1, k2 with KInt t, KInt u => int_type_eqb t u | KBool, KBool => true | _, _ => false end.
(** Is it certainly a value of that kind? *)
Definition has_kind (s : sym) (k : kind) : bool :=
  match s with
  | SInt t _ | SWrap t _ => kind_eqb (KInt t) k
  | SBool _ => kind_eqb KBool k
  | SSome k' => kind_eqb k' k
  | SAny | SPtr _ => false
  end.
Definition sym_of (k : kind) (e : exp) : sym :=
  match k with KInt t => SInt t e | KBool => SBool (FNe e (EC 0)) end.
(** Two formulas that are both true, or both false, are the same boolean. *)
Definition same_bool (F : list fml) (f g : fml) : bool :=
  fml_eqb f g || holds F f && holds F g || holds F (neg f) && holds F (neg g).
(** Is the value with that state [k]'s, with the index [e]? *)
Definition sym_is (F : list fml) (s : sym) (k : kind) (e : exp) : bool :=
  match settle F s, k with
  | Some (SInt t e'), KInt u => int_type_eqb t u && exp_eqb e' e
  | Some (SBool f), KBool => same_bool F f (FNe e (EC 0))
  | _, _ => false
  end.
(** What is known of a cell is what an environment, instantiated, says of it. *)
Definition sym_to (F : list fml) (σ : inst) (s s' : sym) : bool :=
  match s' with
  | SAny => true
  | SInt t e => sym_is F s (KInt t) (exp_subst σ e)
  | SBool f => match settle F s with Some (SBool g) => same_bool F g (fml_subst σ f) | _ => false end
  | SWrap t e =>
      match s with SWrap t' e' => int_type_eqb t' t && exp_eqb e' (exp_subst σ e) | _ => false end
  | SPtr k => match s with SPtr k' => Nat.eqb k' k | _ => false end
  | SSome k => has_kind s k
  end.
Fixpoint syms_to (F : list fml) (σ : inst) (Γ Γ' : list sym) : bool :=
  match Γ, Γ' with
  | [], [] => true
  | s :: Γ, s' :: Γ' => sym_to F σ s s' && syms_to F σ Γ Γ'
  | _, _ => false
  end.

(** ** Certificates *)
Inductive edge :=
  | To (node : nat) (σ : inst) (ps : list proof)
  (** control does not come here *)
  | Never (p : proof).
Inductive term_cert :=
  | TGoto (e : edge)
  (** one for each target; what is left *)
  | TSwitch (es : list edge) (d : edge)
  | TAssert (ps : list proof) (e : edge)
  (** what the callee's variables are here; its results' variables, and their new names *)
  | TCall (σ : inst) (new : list (positive * positive)) (ps : list proof) (e : edge)
  | TReturn (σ : inst) (ps : list proof)
  | TNever (p : proof)
  (** the formula holds, or not *)
  | TSplit (f : fml) (w1 w2 : term_cert).
Record node := Node { n_block : nat; n_env : env; n_term : term_cert }.
Record cert := Cert { c_entry : edge; c_nodes : list node }.

(** ** Quotients *)
(** [z] is [a] divided by [c], which is not 0, truncated. *)
Definition quot_facts (z : positive) (a c : exp) : list fml :=
  let r := ESub a (EMul (EV z) c) in
  let less r := FOr (FLt r c) (FLt r (ESub (EC 0) c)) in
  [FOr (FLt a (EC 0)) (FAnd (FLe (EC 0) r) (less r));
   FOr (FLt (EC 0) a) (FAnd (FLe r (EC 0)) (less (ESub (EC 0) r)))].
(** Only one quotient leaves the range. *)
Definition quot_fits (F : list fml) (t : int_type) (a c : exp) : bool :=
  negb (int_signed t) || holds F (FNe c (EC (-1))) || holds F (FNe a (EC (int_min t))) ||
  holds F (FOr (FNe c (EC (-1))) (FNe a (EC (int_min t)))).
Definition fresh (xs : list positive) : positive := Pos.succ (foldr Pos.max xH xs).

(** ** One function *)
Section body.
  Context (p : program) (insts : list instance) (b : body) (s : sig).

  Definition size : nat := frame_cells p [] b.
  (** What the arguments point to: may it be written to? *)
  Definition pointee (q : param) : list (bool * kind) :=
    match q with PVal _ _ => [] | PMut k _ _ => [(true, k)] | PShr k _ => [(false, k)] end.
  Definition pointees : list (bool * kind) := flat_map pointee (s_params s).
  Definition writable (k : nat) : bool :=
    Nat.ltb k size || match pointees !! (k - size) with Some (w, _) => w | None => false end.

  (** *** Places *)
  Record spot := Spot { sp_base : nat; sp_off : nat; sp_ty : ty; sp_fields : list ty }.
  Definition spot_at (k n : nat) (t : ty) : spot := Spot k n t (struct_fields p t).
  (** An offset stays in the frame, or in one cell. *)
  Definition spot_cell (sp : spot) : option nat :=
    if Nat.eqb (sp_off sp) 0 || Nat.ltb (sp_base sp + sp_off sp) size then Some (sp_base sp + sp_off sp) else None.
  Definition spot_step (Γ : list sym) (sp : option spot) (pr : proj) : option spot :=
    match sp, pr with
    | Some sp, Deref t =>
        match spot_cell sp with
        | Some k => match Γ !! k with Some (SPtr k') => Some (spot_at k' 0 t) | _ => None end
        | None => None
        end
    | Some sp, Field i =>
        match nth_error (sp_fields sp) i with
        | Some t =>
            Some (spot_at (sp_base sp)
              (sp_off sp + field_offset (p_adts p) (λ i, tp_cells (world [] i)) (sp_fields sp) i) t)
        | None => None
        end
    | _, _ => None
    end.
  Definition spot_of (Γ : list sym) (q : place) : option spot :=
    foldl (spot_step Γ)
      (Some (spot_at 0 (cells_before p [] b (pl_local q)) (nth (pl_local q) (b_locals b) (TTuple []))))
      (pl_proj q).
  Definition place_cell (Γ : list sym) (q : place) : res code nat :=
    match spot_of Γ q with
    | Some sp => if Nat.eqb (block_cells p [] (sp_ty sp)) 1 then get (spot_cell sp) NoPlace else Err Unsupported
    | None => Err NoPlace
    end.

  (** *** Operands *)
  Definition eval_operand (E : env) (o : operand) : res code sym :=
    match o with
    | Use q =>
        let? k := place_cell (cells E) q in
        let? s := get (cells E !! k) NoPlace in
        get (settle (facts E) s) NotValue
    | Const (CInt t z) =>
        if Z.leb (int_min t) z && Z.leb z (int_max t) then Ok (SInt t (EC z)) else Err NotValue
    | Const (CBool c) => Ok (SBool (if c then FTrue else neg FTrue))
    | Const _ => Err Unsupported
    end.
  Definition eval_int (E : env) (o : operand) : res code (int_type * exp) :=
    let? s := eval_operand E o in
    match s with SInt t e => Ok (t, e) | _ => Err NotValue end.
  Definition eval_int_of (E : env) (t : int_type) (o : operand) : res code exp :=
    let? s := eval_operand E o in
    match s with SInt u e => if int_type_eqb t u then Ok e else Err NotValue | _ => Err NotValue end.
  Definition eval_bool (E : env) (o : operand) : res code fml :=
    let? s := eval_operand E o in
    match s with SBool f => Ok f | _ => Err NotValue end.

  (** *** Right-hand sides of one cell *)
  Definition rel_fml (op : rel) (a c : exp) : fml :=
    match op with
    | REq => FEq a c | RNe => FNe a c | RLt => FLt a c
    | RLe => FLe a c | RGt => FLt c a | RGe => FLe c a
    end.
  Definition arith_exp (op : arith_op) (a c : exp) : option exp :=
    match op with
    | AddOp => Some (EAdd a c) | SubOp => Some (ESub a c) | MulOp => Some (EMul a c) | _ => None
    end.
  Definition eval_arith (E : env) (t : int_type) (op : arith_op) (x y : operand) : res code exp :=
    let? a := eval_int_of E t x in
    let? c := eval_int_of E t y in
    get (arith_exp op a c) Unsupported.
  (** Its state, and new facts. *)
  Definition eval_quot (E : env) (t : int_type) (op : arith_op) (x y : operand) : res code (sym * list fml) :=
    let? a := eval_int_of E t x in
    let? c := eval_int_of E t y in
    if holds (facts E) (FNe c (EC 0)) then
      let z := fresh (env_vars E ++ ins s) in
      match op with
      | QuotOp => Ok (if quot_fits (facts E) t a c then SInt t (EV z) else SWrap t (EV z), quot_facts z a c)
      | _ => Ok (SInt t (ESub a (EMul (EV z) c)), quot_facts z a c)
      end
    else Err Unproved.
  Definition eval_cast (t : int_type) (u : int_type) (e : exp) : sym :=
    if Z.leb (int_min t) (int_min u) && Z.leb (int_max u) (int_max t) then SInt t e else SWrap t e.
  Definition eval_rvalue (E : env) (r : rvalue) : res code (sym * list fml) :=
    match r with
    | RUse o => let? v := eval_operand E o in Ok (v, [])
    | RRef q =>
        match spot_of (cells E) q with
        | Some sp => let? k := get (spot_cell sp) NoPlace in Ok (SPtr k, [])
        | None => Err NoPlace
        end
    | RRel op x y =>
        let? a := eval_int E x in
        let? c := eval_int E y in
        Ok (SBool (rel_fml op (snd a) (snd c)), [])
    | RArith t ((QuotOp | RemOp) as op) x y => eval_quot E t op x y
    | RArith t op x y => let? e := eval_arith E t op x y in Ok (SWrap t e, [])
    | RNot x => let? f := eval_bool E x in Ok (SBool (neg f), [])
    | RIntCast t x => let? a := eval_int E x in Ok (eval_cast t (fst a) (snd a), [])
    | RChecked _ _ _ _ | RDiscriminant _ | RAggregate _ _ => Err Unsupported
    end.

  (** *** Statements *)
  Definition set_cell (E : env) (k : nat) (v : sym) : res code env :=
    if writable k then
      if Nat.ltb k (length (cells E)) then Ok (Env (<[k:=v]> (cells E)) (facts E)) else Err NoPlace
    else Err ReadOnly.
  (** How many cells an operand has, which must be known. *)
  Definition operand_cells (E : env) (o : operand) : res code nat :=
    match o with
    | Use q => match spot_of (cells E) q with Some sp => Ok (block_cells p [] (sp_ty sp)) | None => Err NoPlace end
    | Const c => Ok (block_cells p [] (const_ty p c))
    end.
  Definition exec_one (E : env) (q : place) (r : rvalue) : res code env :=
    match spot_of (cells E) q with
    | Some sp =>
        let? k := get (spot_cell sp) NoPlace in
        let? v := eval_rvalue E r in
        let? E' := set_cell E k (fst v) in
        Ok (Env (cells E') (snd v ++ facts E'))
    | None => Err NoPlace
    end.
  Definition exec (E : env) (st : stmt) : res code env :=
    match st with
    | Assign q (RUse o) =>
        match spot_of (cells E) q with
        | Some _ =>
            let? n := operand_cells E o in
            match n with 0 => Ok E | 1 => exec_one E q (RUse o) | _ => Err Unsupported end
        | None => Err NoPlace
        end
    | Assign q (RChecked t op x y) =>
        let? e := eval_arith E t op x y in
        match spot_of (cells E) q with
        | Some sp =>
            let? k := get (spot_cell sp) NoPlace in
            let? E1 := set_cell E k (SWrap t e) in
            match spot_of (cells E1) q with
            | Some sp =>
                let? k1 := get (spot_cell (Spot (sp_base sp) (S (sp_off sp)) (sp_ty sp) (sp_fields sp))) NoPlace in
                set_cell E1 k1 (SBool (FOut t e))
            | None => Err NoPlace
            end
        | None => Err NoPlace
        end
    | Assign q r => exec_one E q r
    end.
  Fixpoint execs (i : nat) (E : env) (ss : list stmt) : res fault env :=
    match ss with
    | [] => Ok E
    | st :: ss => let? E' := located (AtStmt i) (exec E st) in execs (S i) E' ss
    end.

  (** *** Unwinding *)
  (** What references point to is valid. *)
  Fixpoint lost_ok (Γ : list sym) (ks : list (bool * kind)) : bool :=
    match Γ, ks with
    | [], [] => true
    | s :: Γ, (_, k) :: ks => has_kind s k && lost_ok Γ ks
    | _, _ => false
    end.
  Definition unwind_ok (Γ : list sym) (u : unwind) : bool :=
    match u with
    | UwContinue => lost_ok (drop size Γ) pointees
    | UwTerminate => true
    | UwUnreachable | UwCleanup _ => false
    end.

  (** *** Edges *)
  Context (m : mode) (sigs : nat → option sig) (nodes : list node).
  Definition check_edge (i : nat) (E : env) (bb : nat) (e : edge) : res fault unit :=
    match e with
    | Never q => if refute (known E) q then Ok tt else Err (Fault (AtEdge i) 0 Unproved)
    | To nd σ ps =>
        match nodes !! nd with
        | Some n =>
            if Nat.eqb (n_block n) bb && disjoint (map fst σ) (ins s) then
              if syms_to (facts E) σ (cells E) (cells (n_env n)) then
                match unproved 0 (known E) (map (fml_subst σ) (facts (n_env n))) ps with
                | None => Ok tt
                | Some g => Err (Fault (AtEdge i) g Unproved)
                end
              else Err (Fault (AtEdge i) 0 Mismatch)
            else Err (Fault (AtEdge i) 0 BadCertificate)
        | None => Err (Fault (AtEdge i) 0 BadCertificate)
        end
    end.

  (** *** Branches *)
  (** The value is [z], and is not. *)
  Definition case_facts (v : sym) (z : Z) : option (fml * fml) :=
    match v with
    | SInt _ e => Some (FEq e (EC z), FNe e (EC z))
    | SBool f =>
        if Z.eqb z 0 then Some (neg f, f) else if Z.eqb z 1 then Some (f, neg f) else None
    | _ => None
    end.
  Fixpoint check_cases (i : nat) (E : env) (v : sym) (ts : list (Z * nat)) (d : option nat)
      (es : list edge) (ed : edge) : res fault unit :=
    match ts, es with
    | [], [] =>
        match d, ed with
        | Some bb, _ => check_edge i E bb ed
        | None, Never _ => check_edge i E 0 ed
        | None, To _ _ _ => Err (Fault (AtEdge i) 0 BadCertificate)
        end
    | (z, bb) :: ts, e :: es =>
        match case_facts v z with
        | Some (yes, no) =>
            let? _ := check_edge i (add_fact yes E) bb e in
            check_cases (S i) (add_fact no E) v ts d es ed
        | None => Err (Fault (AtEdge i) 0 NotValue)
        end
    | _, _ => Err (Fault (AtEdge i) 0 BadCertificate)
    end.

  (** *** Calls *)
  Definition new_names (new : list (positive * positive)) : inst := map (λ yz, (fst yz, EV (snd yz))) new.
  (** Cells after the call: if it returns, and if it unwinds. [lent]: those that are lent
  so far. *)
  Fixpoint check_args (σ τ : inst) (E : env) (Γ Γu : list sym) (lent : list nat)
      (ps : list param) (os : list operand) : res code (list sym * list sym) :=
    match ps, os with
    | [], [] => Ok (Γ, Γu)
    | q :: ps, o :: os =>
        let? v := eval_operand E o in
        match q with
        | PVal k x =>
            if sym_is (facts E) v k (look σ x) then check_args σ τ E Γ Γu lent ps os else Err Mismatch
        | PMut k x y =>
            match v with
            | SPtr c =>
                let? w := get (cells E !! c) NoPlace in
                if sym_is (facts E) w k (look σ x) then
                  if existsb (Nat.eqb c) lent then Err Aliased else
                  if writable c then
                    check_args σ τ E (<[c := sym_of k (look τ y)]> Γ) (<[c := SSome k]> Γu)
                      (c :: lent) ps os
                  else Err ReadOnly
                else Err Mismatch
            | _ => Err NotValue
            end
        | PShr k x =>
            match v with
            | SPtr c =>
                let? w := get (cells E !! c) NoPlace in
                if sym_is (facts E) w k (look σ x) then
                  if existsb (Nat.eqb c) lent then Err Aliased else
                  check_args σ τ E Γ (<[c := SSome k]> Γu) (c :: lent) ps os
                else Err Mismatch
            | _ => Err NotValue
            end
        end
    | _, _ => Err Mismatch
    end.
  Definition positives_eqb (xs ys : list positive) : bool := bool_decide (xs = ys).
  Definition no_dup (xs : list positive) : bool := bool_decide (NoDup xs).
  (** The new names are new here, for the caller's parameters, and in the instances. *)
  Definition new_ok (s' : sig) (σ : inst) (new : list (positive * positive)) (E : env) : bool :=
    positives_eqb (map fst new) (outs s') && no_dup (map snd new) &&
    disjoint (map snd new) (env_vars E ++ ins s) &&
    disjoint (flat_map (λ x, exp_vars (look σ x)) (ins s')) (map snd new).
  Definition set_result (E : env) (dst : place) (r : result) (τ : inst) : res code env :=
    match spot_of (cells E) dst, r with
    | Some sp, RUnit => if Nat.eqb (block_cells p [] (sp_ty sp)) 0 then Ok E else Err Mismatch
    | Some sp, RVal k x =>
        let? c := place_cell (cells E) dst in
        set_cell E c (sym_of k (look τ x))
    | None, _ => Err NoPlace
    end.
  Definition plain_abi (a : abi) : bool := negb (abi_out a) && forallb negb (abi_by_address a).
  Definition check_call (E : env) (dst : place) (f : nat) (os : list operand) (ret : option nat)
      (u : unwind) (σ : inst) (new : list (positive * positive)) (ps : list proof) (e : edge) : res fault unit :=
    let τ := new_names new in
    let? s' := located AtTerm (get (sigs f) NoSignature) in
    let? bb := located AtTerm (get ret Unsupported) in
    let? _ := located AtTerm (get (position (IFn f []) insts) Unsupported) in
    let? _ := located AtTerm (demand (plain_abi (fn_abi p f)) Unsupported) in
    let? _ := located AtTerm (demand (sig_ok s') NoSignature) in
    let? _ := located AtTerm (demand (new_ok s' σ new E) BadCertificate) in
    match unproved 0 (known E) (map (fml_subst σ) (s_requires s')) ps with
    | Some g => Err (Fault AtTerm g Unproved)
    | None =>
        let? ΓΓ := located AtTerm (check_args σ τ E (cells E) (cells E) [] (s_params s') os) in
        let? _ := located AtTerm (demand (negb (unwinds m) || unwind_ok (snd ΓΓ) u) MayUnwind) in
        let? E2 := located AtTerm (set_result (Env (fst ΓΓ) (facts E)) dst (s_result s') τ) in
        check_edge 0 (Env (cells E2) (map (fml_subst (τ ++ σ)) (s_ensures s') ++ facts E2)) bb e
    end.

  (** *** Returning *)
  (** What the arguments point to, from cell [k] on. *)
  Fixpoint check_outs (σ : inst) (E : env) (k : nat) (ps : list param) : bool :=
    match ps with
    | [] => true
    | PVal _ _ :: ps => check_outs σ E k ps
    | PMut kd _ y :: ps =>
        match cells E !! k with
        | Some v => sym_is (facts E) v kd (look σ y) && check_outs σ E (S k) ps
        | None => false
        end
    | PShr kd x :: ps =>
        match cells E !! k with
        | Some v => sym_is (facts E) v kd (EV x) && check_outs σ E (S k) ps
        | None => false
        end
    end.
  Local Notation "'local_cells' i" := (block_cells p [] (nth i (b_locals b) (TTuple []))) (at level 10).
  Definition check_result (E : env) (σ : inst) : bool :=
    match s_result s with
    | RUnit => Nat.eqb (local_cells 0) 0
    | RVal k r =>
        Nat.eqb (local_cells 0) 1 && Nat.ltb 1 size &&
        match cells E !! 1 with Some v => sym_is (facts E) v k (look σ r) | None => false end
    end.
  Definition check_return (E : env) (σ : inst) (ps : list proof) : res fault unit :=
    let? _ := located AtTerm (demand (subset (map fst σ) (outs s)) BadCertificate) in
    let? _ := located AtTerm (demand (check_result E σ && check_outs σ E size (s_params s)) Mismatch) in
    match unproved 0 (known E) (map (fml_subst σ) (s_ensures s)) ps with
    | None => Ok tt
    | Some g => Err (Fault AtTerm g Unproved)
    end.

  (** *** Blocks *)
  Fixpoint check_term (E : env) (t : term) (w : term_cert) : res fault unit :=
    match w, t with
    | TNever q, _ => if refute (known E) q then Ok tt else Err (Fault AtTerm 0 Unproved)
    | TSplit f w1 w2, _ =>
        let? _ := check_term (add_fact f E) t w1 in
        check_term (add_fact (neg f) E) t w2
    | TGoto e, Goto bb => check_edge 0 E bb e
    | TSwitch es ed, SwitchInt o ts d =>
        let? v := located AtTerm (eval_operand E o) in
        check_cases 0 E v ts d es ed
    | TAssert ps e, Assert o expected bb u =>
        let? f := located AtTerm (eval_bool E o) in
        let ok := if expected then f else neg f in
        match unproved 0 (known E) (assert_goals m ok) ps with
        | Some g => Err (Fault AtTerm g Unproved)
        | None =>
            let? _ := located AtTerm (demand (negb (unwinds m) || unwind_ok (cells E) u) MayUnwind) in
            check_edge 0 (add_fact ok E) bb e
        end
    | TCall σ new ps e, Call dst (CFn f []) os ret u => check_call E dst f os ret u σ new ps e
    | TReturn σ ps, Return => check_return E σ ps
    | (TGoto _ | TSwitch _ _ | TAssert _ _ | TCall _ _ _ _ | TReturn _ _), _ =>
        Err (Fault AtTerm 0 match t with
          | Drop _ _ _ | Resume | Terminate | Unreachable | Call _ _ _ _ _ => Unsupported
          | _ => BadCertificate end)
    end.
  Definition check_node (n : node) : res fault unit :=
    match b_blocks b !! n_block n with
    | Some bl =>
        let? E := execs 0 (Env (cells (n_env n)) (known (n_env n))) (fst bl) in
        check_term E (snd bl) (n_term n)
    | None => Err (Fault AtTerm 0 BadCertificate)
    end.

  (** *** Entry *)
  Definition param_sym (k : nat) (q : param) : sym :=
    match q with PVal kd x => sym_of kd (EV x) | PMut _ _ _ | PShr _ _ => SPtr k end.
  Fixpoint entry_cells (Γ : list sym) (k i : nat) (ps : list param) : list sym :=
    match ps with
    | [] => Γ
    | q :: ps =>
        entry_cells (<[cells_before p [] b i := param_sym k q]> Γ)
          (match q with PVal _ _ => k | _ => S k end) (S i) ps
    end.
  Definition pointee_syms : list sym :=
    flat_map (λ q, match q with PVal _ _ => [] | PMut k x _ | PShr k x => [sym_of k (EV x)] end) (s_params s).
  Definition entry_env : env :=
    Env (entry_cells (replicate size SAny ++ pointee_syms) size 1 (s_params s)) (s_requires s).
  (** Names of parameters as [block_compile.v] makes them. *)
  Definition names_ok (n : nat) : bool := bool_decide (NoDup (map local_name (seq 1 n))).
  Definition frame_ok : bool :=
    Nat.eqb (b_args b) (length (s_params s)) && names_ok (b_args b) &&
    forallb (λ i, Nat.eqb (local_cells i) 1 && Nat.ltb (cells_before p [] b i) size) (seq 1 (b_args b)).
End body.

(** ** Programs *)
Record checked_fn := Fn { cf_sig : sig; cf_cert : cert }.
Fixpoint check_nodes (p : program) (insts : list instance) (b : body) (s : sig) (m : mode)
    (sigs : nat → option sig) (all : list node) (f i : nat) (ns : list node) : res error unit :=
  match ns with
  | [] => Ok tt
  | n :: ns =>
      match check_node p insts b s m sigs all n with
      | Ok _ => check_nodes p insts b s m sigs all f (S i) ns
      | Err r => Err (Error f i (ft_at r) (ft_goal r) (ft_code r))
      end
  end.
Definition check_fn (m : mode) (p : program) (insts : list instance) (sigs : nat → option sig)
    (f : nat) (c : checked_fn) : res error unit :=
  let s := cf_sig c in
  let nodes := c_nodes (cf_cert c) in
  match nth_error (p_fns p) f with
  | Some b0 =>
      let b := body_subst [] b0 in
      if sig_ok s then
        if plain_abi (body_abi (p_adts p) b0) && frame_ok p b s then
          match check_edge s nodes 0 (entry_env p b s) 0 (c_entry (cf_cert c)) with
          | Ok _ => check_nodes p insts b s m sigs nodes f 0 nodes
          | Err r => Err (Error f 0 AtEntry (ft_goal r) (ft_code r))
          end
        else Err (Error f 0 AtEntry 0 Mismatch)
      else Err (Error f 0 AtEntry 0 NoSignature)
  | None => Err (Error f 0 AtEntry 0 BadCertificate)
  end.
(** Functions have the numbers that they have in the program; those without a
certificate are not called. *)
Definition sigs_of (fs : list (option checked_fn)) (f : nat) : option sig :=
  match fs !! f with Some (Some c) => Some (cf_sig c) | _ => None end.
Fixpoint check_fns (m : mode) (p : program) (insts : list instance) (sigs : nat → option sig)
    (f : nat) (fs : list (option checked_fn)) : res error unit :=
  match fs with
  | [] => Ok tt
  | None :: fs => check_fns m p insts sigs (S f) fs
  | Some c :: fs =>
      let? _ := check_fn m p insts sigs f c in
      check_fns m p insts sigs (S f) fs
  end.
Definition check_program (m : mode) (p : program) (insts : list instance)
    (fs : list (option checked_fn)) : res error unit :=
  check_fns m p insts (sigs_of fs) 0 fs.
