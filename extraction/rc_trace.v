(** * The verified [Rc] programs, driven by the operations of the model

What lets the interpreter answer the same questions as the model of [Rc]: each
operation runs one of the programs of [rc_code.v], those that the specifications
are about, on a memory that lives from operation to operation; the answer is read
off the value and the memory. Nothing is proved here and nothing is proved from
it: this is the driver of a test, compiled with the extraction only.

The content is one cell, which holds the payload. Its destructor counts its runs
and notes the payload in a log of two cells, so that a payload dropped twice, or
never, shows; and since it reads the cell, one that ran after the memory was freed
would be stuck. A box was freed if its first cell is no longer there.

[RcLeak] is no program: the driver writes the count, as forgetting clones would.

[RcRun] is an answer; [RcStuck] (undefined behaviour: the reason is not told) and
[RcOutOfFuel] are what no run of the programs may come to. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import count_machine.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive rc_run_outcome :=
  | RcRun (r : rc_outcome)
  | RcStuck
  | RcOutOfFuel.

Record rc_memory := RcMemory {
  mem_state : state;
  mem_log : loc;
  mem_boxes : table loc;
  mem_handles : table (option word);
}.

(** More steps than any of the programs takes. *)
Definition rc_fuel : N := 10000.

Definition exec (e : expr) (σ : state) : outcome :=
  run (follow choice_reuse) ([], 0%nat) rc_fuel [e] σ.

(** The value and the memory at the end, or what came instead. *)
Definition finish {A} (o : outcome) (ok : val → state → A) (no : rc_run_outcome → A) : A :=
  match run_status_of o with
  | AllFinished =>
      match main_value o with
      | Some v => ok v (run_state o)
      | None => no RcStuck
      end
  | ThreadAborted _ => no (RcRun RcAborted)
  | ThreadStuck _ _ => no RcStuck
  | OutOfFuel => no RcOutOfFuel
  end.

(** ** The programs *)
Definition make_log : expr :=
  let: "log" := Alloc #2 in "log" <- #0;; "log" +ₗ #1 <- #0;; "log".
Definition drop_logged (log : loc) : val :=
  λ: ["x"],
    #(LitLoc log) <- !#(LitLoc log) + #1;;
    #(LitLoc log) +ₗ #1 <- !"x".

Definition new_program (p : Z) : expr :=
  let: "src" := Alloc #1 in
  "src" <- #p;;
  let: "rc" := rc_new 1 ["src"] in
  Free #1 "src";;
  "rc".
Definition clone_program (l : loc) : expr := (rc_clone [ #(LitLoc l)])%E.
Definition drop_program (log l : loc) : expr :=
  (rc_drop 1 (drop_logged log) [ #(LitLoc l)])%E.
Definition count_program (l : loc) : expr := (rc_strong_count [ #(LitLoc l)])%E.
Definition get_program (l : loc) : expr := (!(#(LitLoc l) +ₗ #1))%E.
Definition set_count_program (l : loc) (n : Z) : expr := (#(LitLoc l) <- #n)%E.

(** ** The driver *)
Definition read_int (σ : state) (l : loc) : Z :=
  match σ !! l with Some (_, LitV (LitInt n)) => n | _ => -1 end.

Definition rc_memory_init : option rc_memory :=
  finish (exec make_log ∅)
    (λ v σ, match v with
            | LitV (LitLoc log) => Some (RcMemory σ log tbl_empty tbl_empty)
            | _ => None
            end)
    (λ _, None).

Definition with_state (m : rc_memory) (σ : state) : rc_memory :=
  RcMemory σ (mem_log m) (mem_boxes m) (mem_handles m).

(** A new handle, to the box named [b]. *)
Definition open_handle (m : rc_memory) (b : word) : rc_memory * rc_run_outcome :=
  (RcMemory (mem_state m) (mem_log m) (mem_boxes m)
     (tbl_push (mem_handles m) (Some b)),
   RcRun (RcHandle (tbl_len (mem_handles m)))).

Definition drop_events (m : rc_memory) (σ : state) (b : word) (l : loc)
    : list rc_event :=
  let log := mem_log m in
  let runs := read_int σ log - read_int (mem_state m) log in
  let freed := match σ !! l with Some _ => [] | None => [RcMemoryFreed b] end in
  app (replicate (Z.to_nat runs) (RcPayloadDropped (read_int σ (log +ₗ 1)%L))) freed.

Definition rc_memory_step (m : rc_memory) (o : rc_op) : rc_memory * rc_run_outcome :=
  let σ := mem_state m in
  let refused := (m, RcRun RcBadHandle) in
  (* The box of a live handle: its name and its location. *)
  let on h (k : word → loc → rc_memory * rc_run_outcome) :=
    match tbl_get (mem_handles m) h with
    | Some (Some b) =>
        match tbl_get (mem_boxes m) b with Some l => k b l | None => refused end
    | _ => refused
    end in
  let program e (k : val → state → rc_memory * rc_run_outcome) :=
    finish (exec e σ) k (λ r, (m, r)) in
  match o with
  | RcNew p =>
      program (new_program p) (λ v σ',
        match v with
        | LitV (LitLoc l) =>
            let b := tbl_len (mem_boxes m) in
            open_handle (RcMemory σ' (mem_log m) (tbl_push (mem_boxes m) l)
                           (mem_handles m)) b
        | _ => (m, RcStuck)
        end)
  | RcClone h =>
      on h (λ b l, program (clone_program l) (λ v σ',
        match v with
        | LitV (LitLoc l') =>
            if decide (l = l') then open_handle (with_state m σ') b else (m, RcStuck)
        | _ => (m, RcStuck)
        end))
  | RcDrop h =>
      on h (λ b l, program (drop_program (mem_log m) l) (λ _ σ',
        (RcMemory σ' (mem_log m) (mem_boxes m) (tbl_set (mem_handles m) h None),
         RcRun (RcDropped (drop_events m σ' b l)))))
  | RcStrongCount h =>
      on h (λ _ l, program (count_program l) (λ v σ',
        match v with
        | LitV (LitInt n) => (with_state m σ', RcRun (RcCount n))
        | _ => (m, RcStuck)
        end))
  | RcGet h =>
      on h (λ _ l, program (get_program l) (λ v σ',
        match v with
        | LitV (LitInt n) => (with_state m σ', RcRun (RcPayload n))
        | _ => (m, RcStuck)
        end))
  | RcLeak h n =>
      on h (λ _ l,
        match word_checked_add (read_int σ l) n with
        | None => (m, RcRun RcAborted)
        | Some n' =>
            program (set_count_program l n') (λ _ σ', (with_state m σ', RcRun RcLeaked))
        end)
  end.

Fixpoint rc_memory_run (m : rc_memory) (os : list rc_op) : list rc_run_outcome :=
  match os with
  | [] => []
  | o :: os' =>
      match rc_memory_step m o with
      | (m', RcRun RcAborted) => [RcRun RcAborted]
      | (_, RcStuck) => [RcStuck]
      | (_, RcOutOfFuel) => [RcOutOfFuel]
      | (m', r) => r :: rc_memory_run m' os'
      end
  end.

(** A whole trace, from the empty memory. *)
Definition rc_program_run (os : list rc_op) : list rc_run_outcome :=
  match rc_memory_init with
  | Some m => rc_memory_run m os
  | None => [RcStuck]
  end.

(** The driver drives: one box, two handles, the last drop. *)
Example rc_program_run_example :
  rc_program_run
    [RcNew 7; RcClone 0; RcStrongCount 1; RcDrop 0; RcGet 1; RcDrop 1; RcGet 1;
     RcNew 8; RcLeak 2 (word_max - 1); RcClone 2; RcGet 2] =
    [RcRun (RcHandle 0); RcRun (RcHandle 1); RcRun (RcCount 2); RcRun (RcDropped []);
     RcRun (RcPayload 7);
     RcRun (RcDropped [RcPayloadDropped 7; RcMemoryFreed 0]); RcRun RcBadHandle;
     RcRun (RcHandle 2); RcRun RcLeaked; RcRun RcAborted].
Proof. by vm_compute. Qed.
