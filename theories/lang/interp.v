(** * An interpreter for λRust

An executable, total version of the step relation of [lang.v]: definitions only,
nothing here depends on a program logic. What they mean is proved in
[interp_correct.v].

An expression that is not a value is decomposed into an evaluation context and a
redex ([decompose]); a step of the redex ([step_redex]) is the next expression,
or the reason why there is none. The relation leaves some freedom: where a block
is put, whether a weak compare-and-swap fails spuriously, what comparing a
dangling pointer answers. A [choice] decides it for one step. A location that is
proposed for a new block is checked, and replaced if its block is in use, so that
every choice is admissible.

A program is run ([run]) by a [strategy], which says at each step which thread
moves, and by which choice. Runs are deterministic, and bounded by fuel. A run
ends when all threads have finished, when the thread that is to move is stuck,
and when it aborts ([Abort] diverges in the relation; a runner had better say
so than loop).

Strategies given here: [follow] plays a list of thread numbers and then takes
turns; [replay] plays a list of threads and choices. Choices given here: a block
never used before ([choice_fresh]) or the lowest unused one ([choice_reuse]), so
that a block that was freed is used again.

Cost: a step is linear in the depth of the redex plus the substitution; allocating
or freeing is linear in the number of allocated cells plus that of the cells
concerned. Fuel and step numbers are binary.

Three ends: extraction, examples by [vm_compute], and refutation of wrong
specifications by running a program that violates them. The shape follows the
interpreter for HeapLang that Iris ships; the definitions are our own. *)
From tally.prelude Require Import prelude.
From tally.lang Require Export lang.
From tally.prelude Require Import options.

(** ** Redexes *)
(** The expressions that are no value and whose operands are values. *)
Inductive redex :=
  | VarR (x : string)
  | RecR (f : binder) (xl : list binder) (e : expr)
  | AppR (v : val) (vl : list val)
  | UnOpR (op : un_op) (v : val)
  | BinOpR (op : bin_op) (v1 v2 : val)
  | CaseR (v : val) (el : list expr)
  | ForkR (e : expr)
  | AbortR
  | AllocR (v : val)
  | FreeR (v1 v2 : val)
  | ReadR (o : order) (v : val)
  | WriteR (o : order) (v1 v2 : val)
  | CasR (m : cas_mode) (v0 v1 v2 : val)
  | FaaR (t : int_type) (v1 v2 : val).

Definition of_redex (r : redex) : expr :=
  match r with
  | VarR x => Var x
  | RecR f xl e => Rec f xl e
  | AppR v vl => App (Val v) (Val <$> vl)
  | UnOpR op v => UnOp op (Val v)
  | BinOpR op v1 v2 => BinOp op (Val v1) (Val v2)
  | CaseR v el => Case (Val v) el
  | ForkR e => Fork e
  | AbortR => Abort
  | AllocR v => Alloc (Val v)
  | FreeR v1 v2 => Free (Val v1) (Val v2)
  | ReadR o v => Read o (Val v)
  | WriteR o v1 v2 => Write o (Val v1) (Val v2)
  | CasR m v0 v1 v2 => Cas m (Val v0) (Val v1) (Val v2)
  | FaaR t v1 v2 => Faa t (Val v1) (Val v2)
  end.

Inductive decomposition :=
  | DecVal (v : val)
  | DecRedex (K : list ectx_item) (r : redex).

(** [decompose K e] decomposes [e], which stands in the context [K]; the
    innermost item of a context comes first. *)
Fixpoint decompose (K : list ectx_item) (e : expr) {struct e} : decomposition :=
  match e with
  | Val v => DecVal v
  | Var x => DecRedex K (VarR x)
  | Rec f xl e => DecRedex K (RecR f xl e)
  | App e el =>
      match to_val e with
      | None => decompose (AppLCtx el :: K) e
      | Some v =>
          (fix args (vl : list val) (el : list expr) {struct el} : decomposition :=
            match el with
            | [] => DecRedex K (AppR v (reverse vl))
            | e' :: el' =>
                match to_val e' with
                | Some v' => args (v' :: vl) el'
                | None => decompose (AppRCtx v (reverse vl) el' :: K) e'
                end
            end) [] el
      end
  | UnOp op e =>
      match to_val e with
      | Some v => DecRedex K (UnOpR op v)
      | None => decompose (UnOpCtx op :: K) e
      end
  | BinOp op e1 e2 =>
      match to_val e1, to_val e2 with
      | None, _ => decompose (BinOpLCtx op e2 :: K) e1
      | Some v1, None => decompose (BinOpRCtx op v1 :: K) e2
      | Some v1, Some v2 => DecRedex K (BinOpR op v1 v2)
      end
  | Case e el =>
      match to_val e with
      | Some v => DecRedex K (CaseR v el)
      | None => decompose (CaseCtx el :: K) e
      end
  | Fork e => DecRedex K (ForkR e)
  | Abort => DecRedex K AbortR
  | Alloc e =>
      match to_val e with
      | Some v => DecRedex K (AllocR v)
      | None => decompose (AllocCtx :: K) e
      end
  | Free e1 e2 =>
      match to_val e1, to_val e2 with
      | None, _ => decompose (FreeLCtx e2 :: K) e1
      | Some v1, None => decompose (FreeRCtx v1 :: K) e2
      | Some v1, Some v2 => DecRedex K (FreeR v1 v2)
      end
  | Read o e =>
      match to_val e with
      | Some v => DecRedex K (ReadR o v)
      | None => decompose (ReadCtx o :: K) e
      end
  | Write o e1 e2 =>
      match to_val e1, to_val e2 with
      | None, _ => decompose (WriteLCtx o e2 :: K) e1
      | Some v1, None => decompose (WriteRCtx o v1 :: K) e2
      | Some v1, Some v2 => DecRedex K (WriteR o v1 v2)
      end
  | Cas m e0 e1 e2 =>
      match to_val e0, to_val e1, to_val e2 with
      | None, _, _ => decompose (CasLCtx m e1 e2 :: K) e0
      | Some v0, None, _ => decompose (CasMCtx m v0 e2 :: K) e1
      | Some v0, Some v1, None => decompose (CasRCtx m v0 v1 :: K) e2
      | Some v0, Some v1, Some v2 => DecRedex K (CasR m v0 v1 v2)
      end
  | Faa t e1 e2 =>
      match to_val e1, to_val e2 with
      | None, _ => decompose (FaaLCtx t e2 :: K) e1
      | Some v1, None => decompose (FaaRCtx t v1 :: K) e2
      | Some v1, Some v2 => DecRedex K (FaaR t v1 v2)
      end
  end.

Fixpoint fill_items (K : list ectx_item) (e : expr) : expr :=
  match K with
  | [] => e
  | Ki :: K => fill_items K (fill_item Ki e)
  end.

(** ** Why a redex is stuck *)
(** What an operand is expected to be. *)
Inductive kind :=
  | IntKind
  | LocKind
  (** the integer 0 or 1 *)
  | BoolKind
  (** an integer or a location *)
  | DataKind
  | FunKind.

Inductive access_kind := ReadAcc | WriteAcc.

(** What each reason means is stated by [stuck_because] in [interp_correct.v]. *)
Inductive stuck_reason :=
  | UnboundVar (x : string)
  (** a poisoned operand *)
  | PoisonUsed (expected : kind)
  (** an operand of the wrong kind *)
  | WrongKind (expected : kind) (v : val)
  (** a comparison of a location with an integer other than 0 *)
  | Incomparable (v1 v2 : val)
  | WrongArity (expected actual : nat)
  | BadCaseIndex (i : Z) (branches : nat)
  (** an operand out of the range of the type of the operation *)
  | OutOfRange (t : int_type) (z : Z)
  (** the result of an unchecked operation is out of range *)
  | Overflow (t : int_type) (z : Z)
  | DivisionByZero
  (** an access to a cell that is not allocated (any more) *)
  | NotAllocated (l : loc)
  (** an access to a cell at which a conflicting non-atomic access is under way *)
  | DataRace (l : loc) (a : access_kind) (o : order) (st : lock_state)
  (** the second step of a non-atomic access of which there was no first one *)
  | NotReserved (l : loc) (a : access_kind) (st : lock_state)
  | BadAllocSize (n : Z)
  (** what is freed is not exactly one allocated block *)
  | BadFree (l : loc) (n : Z).

Inductive step_result :=
  | StepNext (e : expr) (σ : state) (forks : list expr)
  | StepDone (v : val)
  | StepAbort
  | StepStuck (reason : stuck_reason).

Definition wrong_kind (k : kind) (v : val) : stuck_reason :=
  match v with LitV LitPoison => PoisonUsed k | _ => WrongKind k v end.

Definition is_data (v : val) : bool :=
  match v with LitV (LitInt _) | LitV (LitLoc _) => true | _ => false end.
Definition compare_reason (v1 v2 : val) : stuck_reason :=
  if is_data v1 then
    if is_data v2 then Incomparable v1 v2 else wrong_kind DataKind v2
  else wrong_kind DataKind v1.

(** Why an operation on two integers has no result. *)
Definition int_op_reason (op : bin_op) (z1 z2 : Z) : stuck_reason :=
  match op with
  | WrapOp t a | OverflowOp t a | UncheckedOp t a =>
      if decide (in_int_range t z1) then
        if decide (in_int_range t z2) then
          match arith_eval a z1 z2 with
          | Some z => Overflow t z
          | None => DivisionByZero
          end
        else OutOfRange t z2
      else OutOfRange t z1
  | _ => DivisionByZero
  end.

Definition expect_int (v : val) (k : Z → step_result) : step_result :=
  match v with LitV (LitInt z) => k z | _ => StepStuck (wrong_kind IntKind v) end.
Definition expect_loc (v : val) (k : loc → step_result) : step_result :=
  match v with LitV (LitLoc l) => k l | _ => StepStuck (wrong_kind LocKind v) end.
Definition expect_cell (σ : state) (l : loc)
    (k : lock_state → val → step_result) : step_result :=
  match σ !! l with Some (st, v) => k st v | None => StepStuck (NotAllocated l) end.

(** ** Blocks *)
Definition block_freshb (σ : state) (l : loc) : bool :=
  forallb (λ c, negb (Pos.eqb (loc_block (fst c)) (loc_block l))) (map_to_list σ).

Fixpoint cells_allocated (σ : state) (l : loc) (n : nat) : bool :=
  match n with
  | O => true
  | S n =>
      match σ !! l with Some _ => cells_allocated σ (l +ₗ 1)%L n | None => false end
  end.
Definition in_block (l : loc) (c : loc * (lock_state * val)) : bool :=
  Pos.eqb (loc_block (fst c)) (loc_block l).
(** The comparison of [n] with the number of cells, implied by the other two
    conditions, keeps an absurd [n] from being turned into a [nat]. *)
Definition block_isb (σ : state) (l : loc) (n : Z) : bool :=
  let cells := List.filter (in_block l) (map_to_list σ) in
  if forallb (λ c, let i := (loc_offset (fst c) - loc_offset l)%Z in
                   Z.leb 0 i && Z.ltb i n) cells
  then if Z.leb n (Z.of_nat (length cells))
       then cells_allocated σ l (Z.to_nat n)
       else false
  else false.

(** A block after all those in use. *)
Definition unused_block (σ : state) : block :=
  Pos.succ (foldr (λ c b, Pos.max (loc_block (fst c)) b) 1%positive (map_to_list σ)).

(** The lowest block not in use. *)
Definition used_blocks (σ : state) : gmap block () :=
  foldr (λ c B, <[loc_block (fst c) := tt]> B) ∅ (map_to_list σ).
Fixpoint lowest_from (B : gmap block ()) (b : block) (fuel : nat) : block :=
  match fuel with
  | O => b
  | S fuel =>
      match B !! b with Some _ => lowest_from B (Pos.succ b) fuel | None => b end
  end.
Definition lowest_block (σ : state) : block :=
  lowest_from (used_blocks σ) 1%positive (S (length (map_to_list σ))).

(** ** One step *)
(** What the step relation leaves open. *)
Record choice := Choice {
  (** does a weak compare-and-swap fail although the values agree? *)
  choice_spurious : bool;
  (** the answer to a comparison with a dangling pointer; [None]: by address *)
  choice_dangling : option bool;
  (** where a new block is put *)
  choice_alloc : state → loc;
}.

Definition place_block (c : choice) (σ : state) : loc :=
  let l := choice_alloc c σ in
  if block_freshb σ l then l else Loc (unused_block σ) 0.

Definition eq_answer (c : choice) (σ : state) (l1 l2 : base_lit) (b : bool) : bool :=
  match choice_dangling c, l1, l2 with
  | Some b', LitLoc l1, LitLoc l2 =>
      match σ !! l1, σ !! l2 with Some _, Some _ => b | _, _ => b' end
  | _, _, _ => b
  end.

Definition fails_spuriously (c : choice) (m : cas_mode) : bool :=
  match m with CasWeak => choice_spurious c | CasStrong | CasFetch => false end.

Definition step_bin_op (c : choice) (σ : state) (op : bin_op) (v1 v2 : val) : step_result :=
  match op with
  | EqOp =>
      match v1, v2 with
      | LitV l1, LitV l2 =>
          match cas_compare l1 l2 with
          | Some b => StepNext (Val (LitV (lit_of_bool (eq_answer c σ l1 l2 b)))) σ []
          | None => StepStuck (compare_reason v1 v2)
          end
      | _, _ => StepStuck (compare_reason v1 v2)
      end
  | OffsetOp =>
      expect_loc v1 (λ l, expect_int v2 (λ z,
        StepNext (Val (LitV (LitLoc (l +ₗ z)%L))) σ []))
  | _ =>
      expect_int v1 (λ z1, expect_int v2 (λ z2,
        match bin_op_eval_pure op (LitInt z1) (LitInt z2) with
        | Some l => StepNext (Val (LitV l)) σ []
        | None => StepStuck (int_op_reason op z1 z2)
        end))
  end.

Definition step_read (σ : state) (o : order) (l : loc) : step_result :=
  expect_cell σ l (λ st v,
    match o, st with
    | ScOrd, RSt _ => StepNext (Val v) σ []
    | Na1Ord, RSt n =>
        StepNext (Read Na2Ord (Val (LitV (LitLoc l)))) (<[l := (RSt (S n), v)]> σ) []
    | Na2Ord, RSt (S n) => StepNext (Val v) (<[l := (RSt n, v)]> σ) []
    | Na2Ord, _ => StepStuck (NotReserved l ReadAcc st)
    | _, WSt => StepStuck (DataRace l ReadAcc o st)
    end).

Definition step_write (σ : state) (o : order) (l : loc) (w : val) : step_result :=
  expect_cell σ l (λ st v,
    match o, st with
    | ScOrd, RSt O => StepNext (Val (LitV LitPoison)) (<[l := (RSt 0, w)]> σ) []
    | Na1Ord, RSt O =>
        StepNext (Write Na2Ord (Val (LitV (LitLoc l))) (Val w)) (<[l := (WSt, v)]> σ) []
    | Na2Ord, WSt => StepNext (Val (LitV LitPoison)) (<[l := (RSt 0, w)]> σ) []
    | Na2Ord, RSt _ => StepStuck (NotReserved l WriteAcc st)
    | _, _ => StepStuck (DataRace l WriteAcc o st)
    end).

(** Do the value in the cell and the expected value agree? *)
Definition compare_vals (v1 v2 : val) : option bool :=
  match v1, v2 with LitV l1, LitV l2 => cas_compare l1 l2 | _, _ => None end.
(** The result of a compare-and-swap that found [v]. *)
Definition cas_value (m : cas_mode) (b : bool) (v : val) : val :=
  match m with CasStrong | CasWeak => LitV (lit_of_bool b) | CasFetch => v end.

(** A compare-and-swap that finds another value than expected is a read. *)
Definition step_cas (c : choice) (σ : state) (m : cas_mode)
    (l : loc) (v1 v2 : val) : step_result :=
  expect_cell σ l (λ st v,
    match compare_vals v v1, st with
    | Some false, RSt _ => StepNext (Val (cas_value m false v)) σ []
    | Some false, WSt => StepStuck (DataRace l ReadAcc ScOrd st)
    | Some true, RSt O =>
        if fails_spuriously c m then StepNext (Val (LitV (lit_of_bool false))) σ []
        else StepNext (Val (cas_value m true v)) (<[l := (RSt 0, v2)]> σ) []
    | None, RSt _ => StepStuck (compare_reason v v1)
    | _, _ => StepStuck (DataRace l WriteAcc ScOrd st)
    end).

Definition step_faa (σ : state) (t : int_type) (l : loc) (d : Z) : step_result :=
  expect_cell σ l (λ st v,
    match st with
    | RSt O =>
        expect_int v (λ z,
          if decide (in_int_range t z) then
            if decide (in_int_range t d) then
              StepNext (Val (LitV (LitInt z)))
                (<[l := (RSt 0, LitV (LitInt (int_wrap t (z + d))))]> σ) []
            else StepStuck (OutOfRange t d)
          else StepStuck (OutOfRange t z))
    | _ => StepStuck (DataRace l WriteAcc ScOrd st)
    end).

Definition step_redex (c : choice) (r : redex) (σ : state) : step_result :=
  match r with
  | VarR x => StepStuck (UnboundVar x)
  | RecR f xl e => StepNext (Val (RecV f xl e)) σ []
  | AppR (RecV f xl e) vl =>
      match subst_list xl vl e with
      | Some e' => StepNext (subst' f (RecV f xl e) e') σ []
      | None => StepStuck (WrongArity (length xl) (length vl))
      end
  | AppR v _ => StepStuck (wrong_kind FunKind v)
  | UnOpR NegOp v =>
      match v with
      | LitV (LitInt 0) => StepNext (Val (LitV (LitInt 1))) σ []
      | LitV (LitInt 1) => StepNext (Val (LitV (LitInt 0))) σ []
      | _ => StepStuck (wrong_kind BoolKind v)
      end
  | UnOpR (CastOp t) v =>
      expect_int v (λ z, StepNext (Val (LitV (LitInt (int_wrap t z)))) σ [])
  | BinOpR op v1 v2 => step_bin_op c σ op v1 v2
  | CaseR v el =>
      expect_int v (λ i,
        if Z.leb 0 i && Z.ltb i (Z.of_nat (length el)) then
          match el !! Z.to_nat i with
          | Some e => StepNext e σ []
          | None => StepStuck (BadCaseIndex i (length el))
          end
        else StepStuck (BadCaseIndex i (length el)))
  | ForkR e => StepNext (Val (LitV LitPoison)) σ [e]
  | AbortR => StepAbort
  | AllocR v =>
      expect_int v (λ n,
        if Z.ltb 0 n then
          let l := place_block c σ in
          StepNext (Val (LitV (LitLoc l))) (init_mem l (Z.to_nat n) σ) []
        else StepStuck (BadAllocSize n))
  | FreeR v1 v2 =>
      expect_int v1 (λ n, expect_loc v2 (λ l,
        if Z.ltb 0 n then
          if block_isb σ l n then
            StepNext (Val (LitV LitPoison)) (free_mem l (Z.to_nat n) σ) []
          else StepStuck (BadFree l n)
        else StepStuck (BadFree l n)))
  | ReadR o v => expect_loc v (λ l, step_read σ o l)
  | WriteR o v1 v2 => expect_loc v1 (λ l, step_write σ o l v2)
  | CasR m v0 v1 v2 => expect_loc v0 (λ l, step_cas c σ m l v1 v2)
  | FaaR t v1 v2 => expect_loc v1 (λ l, expect_int v2 (λ d, step_faa σ t l d))
  end.

(** A step of one thread. *)
Definition step_expr (c : choice) (e : expr) (σ : state) : step_result :=
  match decompose [] e with
  | DecVal v => StepDone v
  | DecRedex K r =>
      match step_redex c r σ with
      | StepNext e' σ' forks => StepNext (fill_items K e') σ' forks
      | res => res
      end
  end.

(** ** Runs *)
(** Given the number of the step, the number of threads and its own state, a
    strategy says which thread moves and how. If that thread has finished, the
    next one that has not moves in its place. *)
Definition strategy (A : Type) : Type := N → nat → A → nat * choice * A.

Inductive run_status :=
  | AllFinished
  | ThreadStuck (i : nat) (reason : stuck_reason)
  | ThreadAborted (i : nat)
  | OutOfFuel.

(** How a run ended, after how many steps, and the threads and the memory then. *)
Record outcome := Outcome {
  run_status_of : run_status;
  run_steps : N;
  run_pool : list expr;
  run_state : state;
}.

(** The value of the main thread at the end of a run. *)
Definition main_value (o : outcome) : option val :=
  match run_pool o with Val v :: _ => Some v | _ => None end.

(** The first thread from the [i]th on that is not a value; the first thread of
    [tp] has the number [j]. *)
Fixpoint find_thread (i j : nat) (tp : list expr) :
    option (nat * (list ectx_item * redex)) :=
  match tp with
  | [] => None
  | e :: tp =>
      match i with
      | S i => find_thread i (S j) tp
      | O =>
          match decompose [] e with
          | DecVal _ => find_thread O (S j) tp
          | DecRedex K r => Some (j, (K, r))
          end
      end
  end.
Definition pick_thread (i : nat) (tp : list expr) :
    option (nat * (list ectx_item * redex)) :=
  match find_thread i 0 tp with
  | Some x => Some x
  | None => find_thread 0 0 tp
  end.

Section run.
  Context {A : Type} (s : strategy A).

  Record machine := Machine {
    machine_strategy : A;
    machine_steps : N;
    machine_pool : list expr;
    machine_state : state;
  }.
  Inductive progress := Running (m : machine) | Halted (o : outcome).

  Definition halt (m : machine) (st : run_status) : outcome :=
    Outcome st (machine_steps m) (machine_pool m) (machine_state m).

  Definition machine_step (m : machine) : progress :=
    let '(Machine a k tp σ) := m in
    let '(i, c, a') := s k (length tp) a in
    match pick_thread i tp with
    | None => Halted (halt m AllFinished)
    | Some (i, (K, r)) =>
        match step_redex c r σ with
        | StepNext e σ' forks =>
            let tp' := <[i := fill_items K e]> tp in
            let tp' := match forks with [] => tp' | _ => tp' ++ forks end in
            Running (Machine a' (N.succ k) tp' σ')
        | StepDone _ => Halted (halt m AllFinished)
        | StepAbort => Halted (halt m (ThreadAborted i))
        | StepStuck reason => Halted (halt m (ThreadStuck i reason))
        end
    end.

  (** [n] steps, or fewer if the run ends before. *)
  Fixpoint machine_iter (n : positive) (p : progress) : progress :=
    match p with
    | Halted _ => p
    | Running m =>
        match n with
        | xH => machine_step m
        | xO n => machine_iter n (machine_iter n p)
        | xI n => machine_iter n (machine_iter n (machine_step m))
        end
    end.

  Definition run (a : A) (fuel : N) (tp : list expr) (σ : state) : outcome :=
    let p := Running (Machine a 0 tp σ) in
    match match fuel with N0 => p | Npos n => machine_iter n p end with
    | Halted o => o
    | Running m => halt m OutOfFuel
    end.
End run.

(** ** Choices and strategies *)
(** The block of the number of the step: no block is used twice. *)
Definition choice_fresh (k : N) : choice :=
  Choice false None (λ _, Loc (N.succ_pos k) 0).
(** The lowest unused block: one that was freed is used again. *)
Definition choice_reuse (k : N) : choice :=
  Choice false None (λ σ, Loc (lowest_block σ) 0).

(** Threads as listed, and then in turns from the given one on. *)
Definition follow (choose : N → choice) : strategy (list nat * nat) := λ k n a,
  match a with
  | (i :: l, j) => (i, choose k, (l, j))
  | ([], j) => (j, choose k, ([], if Nat.ltb (S j) n then S j else 0))
  end.

(** Threads and choices as listed, and then the main thread. *)
Definition replay : strategy (list (nat * choice)) := λ k n a,
  match a with
  | x :: a => (x, a)
  | [] => (0, choice_fresh k, [])
  end.

(** Run a closed program from the empty memory. *)
Definition run_program (choose : N → choice) (schedule : list nat)
    (fuel : N) (e : expr) : outcome :=
  run (follow choose) (schedule, 0) fuel [e] ∅.
