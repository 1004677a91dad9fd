(** * The crate's own [Rc], driven by the operations of the model

What lets the interpreter answer the same questions as the model of [Rc]: each operation
calls functions of [rc/inner.rs], as [rust/tally-mir] translates them from the compiler's
MIR, on a memory that lives from operation to operation; the answer is read off the value
and the memory. Nothing is proved here and nothing is proved from it: this is the driver of
a test, compiled with the extraction only.

The functions are run as both compilations make them: those that the theorems are about
([inner_tree.v]), and those of [block_compile.v]. [RcCompilationsDiffer] says that they do
not give the same.

What [strong.rs], [weak.rs] and [unique.rs] make of these functions is written here, as far
as it is more than a call: [new_cyclic], [into_inner], [unwrap_or_clone],
[decrement_strong_count].

The driver remembers of each handle its kind, the name of its box and the value that
the functions gave for it, and passes that value on, in a cell where Rust has a reference
to the handle. Which box a value points to is found by its location.

The content is one cell, which holds the payload. Its destructor and its clone
function write what they did to a log, so that a payload dropped twice, or never, or
too late shows; and since they read the cell, one that ran after the memory was freed
would be stuck. A box was freed if its first cell is no longer there.

** Panics
The destructor, the clone function and the closure of [new_cyclic] are user code. A fuse
counts their calls: the [n]th unwinds, after it has written to the log. Where an operation
unwinds the answer is [RcPanicked]; what it was given by value is gone.

The model has no raw pointers that stand for weak handles. So a clone of a weak handle
goes through one, there and back, and an upgrade checks that the address which the weak
handle has of the content is that of the strong one.

[RcLeak] is no function: the driver writes the count, as forgetting clones would.

[RcRun] is an answer, and so is [RcPanicked]; [RcStuck] (undefined behaviour, a call that
unwinds and must not, or a result that is none: the reason is not told) and [RcOutOfFuel] are
what no run may come to. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import rc_model.
From tally.mir Require Import value mir.
From tally.mir Require block_compile.
From tally.rc.generated Require Import inner_mir inner_tree.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive rc_run_outcome :=
  | RcRun (r : rc_outcome)
  | RcPanicked (es : list rc_event)
  | RcStuck
  | RcOutOfFuel
  | RcCompilationsDiffer.
Local Instance rc_event_eq_dec : EqDecision rc_event.
Proof. solve_decision. Defined.
Local Instance rc_outcome_eq_dec : EqDecision rc_outcome.
Proof. solve_decision. Defined.
Local Instance rc_run_outcome_eq_dec : EqDecision rc_run_outcome.
Proof. solve_decision. Defined.

(** [mem_log] is the log; the cells behind it are the driver's own ([fuse] and so on). *)
Record rc_memory := RcMemory {
  mem_state : state;
  mem_log : loc;
  mem_boxes : table (option loc);
  mem_handles : table (option (rc_handle * val));
}.

(** More steps than any of the functions takes. *)
Definition rc_fuel : N := 20000.

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

(** ** The cells of the driver *)
(** The log: the place of the next entry, then entries of two cells, what was done
and to which payload. It is emptied before each operation. *)
(** How many calls of user code are left until one unwinds; none does from 0 on. *)
Definition fuse_cell : Z := 9.
(** Has the operation unwound? *)
Definition unwound_cell : Z := 10.
(** For results that are moved out, and handles behind references. *)
Definition out_cell : Z := 11.
Definition hand_cell : Z := 14.
Definition other_cell : Z := 15.
Definition kept_cell : Z := 16.
Definition room_cell : Z := 17.
Definition content_cell : Z := 18.
Definition make_log (fuse : word) : expr :=
  let: "log" := Alloc #19 in "log" <- #1;; "log" +ₗ #fuse_cell <- #fuse;; "log".

Definition at_cell (log : loc) (c : Z) : expr := Val (LitV (LitLoc (log +ₗ c)%L)).
Definition log_entry (log : loc) (tag : Z) : val :=
  λ: ["x"],
    #(LitLoc log) +ₗ !#(LitLoc log) <- #tag;;
    #(LitLoc log) +ₗ (!#(LitLoc log) + #1) <- !"x";;
    #(LitLoc log) <- !#(LitLoc log) + #2.

(** ** User code *)
(** A call of user code is over: it unwinds, or ends as it says. *)
Definition tick (log : loc) (ok : expr) : expr :=
  let: "left" := !(at_cell log fuse_cell) in
  at_cell log fuse_cell <- "left" - #1;;
  if: "left" = #1 then Val unw_val else ok.
Definition content (log : loc) : tparam :=
  TP 1 (λ: ["p"], (log_entry log 1) ["p"];; tick log ret_unit)%V stuck_val.
Definition cloning (log : loc) : tparam :=
  TP 0 no_glue
    (λ: ["out"; "env"; "x"],
      (log_entry log 0) ["x"];; tick log ("out" <- !"x";; ret_unit))%V.

(** ** The functions *)
Definition functions := nat → val.
Definition function_count : nat := length (p_fns inner_program).
Definition takes_closure (n : nat) : bool := Nat.eqb n inner_fn.Share_make_alone.
(** Where the log is: it is allocated first. So each function is compiled once and for all,
which the extracted program does as it starts. *)
Definition log_loc : loc := Loc 1%positive 0.
Definition tree_functions : list val :=
  map (λ n, inner_fns n
    (if takes_closure n then [content log_loc; cloning log_loc] else [content log_loc]))
    (seq 0 function_count).
Definition block_functions : list val :=
  map (λ n, block_compile.block_compile inner_program [content log_loc; cloning log_loc] n
    (if takes_closure n then [TParam 0; TParam 1] else [TParam 0]))
    (seq 0 function_count).
Definition by_tree : functions := λ n, nth n tree_functions stuck_val.
Definition by_blocks : functions := λ n, nth n block_functions stuck_val.

Definition read_int (σ : state) (l : loc) : Z :=
  match σ !! l with Some (_, LitV (LitInt n)) => n | _ => -1 end.
Fixpoint read_log (σ : state) (l : loc) (n : nat) : list rc_event :=
  match n with
  | O => []
  | S n' =>
      let p := read_int σ (l +ₗ 1)%L in
      (if read_int σ l =? 0 then RcPayloadCloned p else RcPayloadDropped p)
        :: read_log σ (l +ₗ 2)%L n'
  end.
Definition log_events (σ : state) (log : loc) : list rc_event :=
  read_log σ (log +ₗ 1)%L (Z.to_nat (read_int σ log `div` 2)).

(** ** The driver *)
Definition rc_memory_init (fuse : word) : option rc_memory :=
  finish (exec (make_log fuse) ∅)
    (λ v σ,
      match v with
      | LitV (LitLoc log) =>
          if bool_decide (log = log_loc) then Some (RcMemory σ log tbl_empty tbl_empty)
          else None
      | _ => None
      end)
    (λ _, None).

Definition with_state (m : rc_memory) (σ : state) : rc_memory :=
  RcMemory σ (mem_log m) (mem_boxes m) (mem_handles m).
Definition with_box (m : rc_memory) (l : loc) : rc_memory :=
  RcMemory (mem_state m) (mem_log m) (tbl_push (mem_boxes m) (Some l)) (mem_handles m).
Definition with_handle (m : rc_memory) (h : word) (k : option (rc_handle * val))
    : rc_memory :=
  RcMemory (mem_state m) (mem_log m) (mem_boxes m) (tbl_set (mem_handles m) h k).
Definition open_handle (m : rc_memory) (k : rc_handle) (v : val)
    : rc_memory * rc_run_outcome :=
  (RcMemory (mem_state m) (mem_log m) (mem_boxes m)
     (tbl_push (mem_handles m) (Some (k, v))),
   RcRun (RcHandle (tbl_len (mem_handles m)))).

(** What happened to box [b], and the memory that knows it. *)
Definition settle (m : rc_memory) (b : word) : rc_memory * list rc_event :=
  let es := log_events (mem_state m) (mem_log m) in
  match tbl_get (mem_boxes m) b with
  | Some (Some l) =>
      match mem_state m !! l with
      | Some _ => (m, es)
      | None =>
          (RcMemory (mem_state m) (mem_log m) (tbl_set (mem_boxes m) b None)
             (mem_handles m),
           app es [RcMemoryFreed b])
      end
  | _ => (m, es)
  end.

(** The box at [l]. *)
Definition box_at (boxes : table (option loc)) (l : loc) (b : word) : bool :=
  match tbl_get boxes b with Some (Some l') => bool_decide (l = l') | _ => false end.

Definition handle_of (m : rc_memory) (h : word) : option (rc_handle * val) :=
  match tbl_get (mem_handles m) h with Some (Some kv) => Some kv | _ => None end.

Import inner_fn.
Section step.
  Context (m : rc_memory) (f : functions).
  Let log : loc := mem_log m.
  Local Notation cell := (at_cell log).

  (** *** Calls *)
  Definition unwound : expr := cell unwound_cell <- #1.
  (** The result of a call under the name [x]; if it unwinds, [k'] is done. *)
  Definition call_or (n : nat) (args : list expr) (x : string) (k k' : expr) : expr :=
    App (App (Val (f n)) args) [Rec BAnon [BNamed x] k; Rec BAnon [] k'].
  Definition calling (n : nat) (args : list expr) (x : string) (k : expr) : expr :=
    call_or n args x k unwound.
  (** Its two cells. *)
  Definition calling_pair (n : nat) (args : list expr) (x y : string) (k : expr) : expr :=
    calling n args "pair" (App (Var "pair") [Rec BAnon [BNamed x; BNamed y] k]).
  Local Set Warnings "-argument-scope-delimiter".
  Local Arguments call_or _ _%E _ _%E _%E.
  Local Arguments calling _ _%E _ _%E.
  Local Arguments calling_pair _ _%E _ _ _%E.
  (** The result of a function of this handle, by value or by reference. *)
  Definition of_value (n : nat) (v : val) : expr := calling n [Val v] "r" "r".
  Definition of_ref (n : nat) (v : val) : expr :=
    cell hand_cell <- Val v;; calling n [cell hand_cell] "r" "r".
  Definition of_refs (n : nat) (v w : val) : expr :=
    cell hand_cell <- Val v;; cell other_cell <- Val w;;
    calling n [cell hand_cell; cell other_cell] "r" "r".

  (** *** Operations that are more than a call *)
  Definition make_content (n : nat) (p : word) : expr :=
    (cell content_cell <- #p;; calling n [cell content_cell] "r" "r")%E.
  (** A clone of a weak handle, which has been a raw pointer. *)
  Definition clone_through_raw (v : val) : expr :=
    (cell hand_cell <- Val v;;
     calling Hold_clone [cell hand_cell] "w" $
     calling Hold_into_raw ["w"] "raw" $
     calling Hold_from_raw ["raw"] "r" "r")%E.
  (** [Free #1 #0] is stuck. *)
  Definition stuck_here : expr := Free #1 #0.
  Definition upgrade_in_place (v : val) : expr :=
    (cell hand_cell <- Val v;;
     calling_pair Hold_upgrade [cell hand_cell] "some" "p" $
     if: "some" = #0 then #0
     else
       cell other_cell <- "p";;
       calling Hold_as_ptr [cell hand_cell] "a" $
       calling Share_as_ptr [cell other_cell] "b" $
       if: "a" = "b" then "p" else stuck_here)%E.
  (** [new_cyclic]. The closure of an odd payload keeps a clone of its [Weak] before it may
  unwind, that of an even one after. It is stuck if the [Weak] can be upgraded. *)
  Definition keep_weak (k : expr) : expr :=
    (calling Hold_clone ["lent"] "kept" (cell kept_cell <- "kept";; k))%E.
  Definition cyclic_content (p : word) : expr :=
    (calling_pair Hold_upgrade ["lent"] "some" "p" $
     if: "some" = #0 then
       cell content_cell <- #p;;
       (if Z.odd p then keep_weak (tick log ret_unit)
        else tick log (keep_weak ret_unit))
     else stuck_here)%E.
  Definition new_cyclic (p : word) : expr :=
    (cell kept_cell <- #0;;
     calling Room_new [] "room" (
     cell room_cell <- "room";;
     calling Room_weak [cell room_cell] "lent" $
     App (cyclic_content p)
       [Rec BAnon [BAnon]
          (calling Room_fill ["room"; cell content_cell] "whole" $
           calling Whole_share ["whole"] "r" "r");
        Rec BAnon []
          (call_or Hold_drop [cell room_cell] "_" unwound stuck_here)]))%E.
  Definition take (v : val) (ok err : expr) : expr :=
    (calling Share_take [cell out_cell; Val v] "_" $
     if: !(cell out_cell) = #0 then ok
     else cell hand_cell <- !(cell (out_cell + 1));; err)%E.
  (** Moves the clone into the place of what [take] gives. *)
  Definition clone_and_drop : expr :=
    (calling Share_value [cell hand_cell] "v" $
     App (App (Val (tp_call (cloning log))) [cell (out_cell + 1); #☠; Var "v"])
       [Rec BAnon [BAnon]
          (call_or Share_drop [cell hand_cell] "_" #1
             (App (App (Val (tp_glue (content log))) [cell (out_cell + 1)])
                [Rec BAnon [BAnon] unwound; Rec BAnon [] stuck_here]));
        Rec BAnon []
          (call_or Share_drop [cell hand_cell] "_" unwound stuck_here)])%E.

  Definition rc_memory_step (o : rc_op) : rc_memory * rc_run_outcome :=
    let bad := (m, RcRun RcBadHandle) in
    let wrong := (m, RcRun RcWrongHandle) in
    let stuck := (m, RcStuck) in
    let on h (k : rc_handle → val → rc_memory * rc_run_outcome) :=
      match handle_of m h with Some (kind, v) => k kind v | None => bad end in
    (* [no] is for a run that has unwound. *)
    let program_or (e : expr) (no : rc_memory → rc_memory * rc_run_outcome)
        (k : val → rc_memory → rc_memory * rc_run_outcome) :=
      finish (exec (#(LitLoc log) <- #1;; cell unwound_cell <- #0;; e)%E (mem_state m))
        (λ v σ,
          if read_int σ (log +ₗ unwound_cell)%L =? 1 then no (with_state m σ)
          else k v (with_state m σ))
        (λ r, (m, r)) in
    let program (e : expr) := program_or e (λ _, stuck) in
    (* A handle to box [b] of which the program gave the value; its address must be that
    of the box, [δ] cells further. *)
    let opened kind b δ v m' :=
      match v with
      | LitV (LitLoc l) =>
          if box_at (mem_boxes m') (l +ₗ (-δ))%L b then open_handle m' kind v else stuck
      | _ => stuck
      end in
    let retagged h kind b δ v m' :=
      match v with
      | LitV (LitLoc l) =>
          if box_at (mem_boxes m') (l +ₗ (-δ))%L b
          then (with_handle m' h (Some (kind, v)), RcRun (RcHandle h)) else stuck
      | _ => stuck
      end in
    let made (kind : word → rc_handle) v m' :=
      match v with
      | LitV (LitLoc l) =>
          open_handle (with_box m' l) (kind (tbl_len (mem_boxes m'))) v
      | _ => stuck
      end in
    let counted v m' :=
      match v with
      | LitV (LitInt n) => (m', RcRun (RcCount n))
      | _ => stuck
      end in
    let dropped h b m' :=
      let (m2, es) := settle (with_handle m' h None) b in (m2, RcRun (RcDropped es)) in
    let panicked h b m' :=
      let (m2, es) := settle (with_handle m' h None) b in (m2, RcPanicked es) in
    let taken h b m' :=
      let p := read_int (mem_state m') (log +ₗ (out_cell + 1))%L in
      let (m2, es) := settle (with_handle m' h None) b in
      (m2, RcRun (RcTaken p es)) in
    (* What [new_cyclic]'s closure has kept, if anything. *)
    let keeping b m' :=
      match mem_state m' !! (log +ₗ kept_cell)%L with
      | Some (_, LitV (LitInt 0)) => (m', RcRun RcNone)
      | Some (_, w) => opened (HandleWeak b) b 0 w m'
      | None => stuck
      end in
    match o with
    | RcNew p => program (make_content Share_new p) (made HandleStrong)
    | RcUniqueNew p => program (make_content Whole_new p) (made HandleUnique)
    | RcNewCyclic p =>
        let b := tbl_len (mem_boxes m) in
        program_or (new_cyclic p)
          (λ m',
            match mem_state m' !! (log +ₗ room_cell)%L with
            | Some (_, LitV (LitLoc l)) =>
                let (m2, es) := settle (with_box m' l) b in
                match log_events (mem_state m') log, keeping b m2 with
                | [], (m3, RcRun (RcHandle _ | RcNone)) => (m3, RcPanicked es)
                | _, _ => stuck
                end
            | _ => stuck
            end)
          (λ v m',
            match made HandleStrong v m' with
            | (m2, RcRun (RcHandle h)) =>
                match keeping b m2 with
                | (m3, RcRun (RcHandle h')) => (m3, RcRun (RcHandles h h'))
                | _ => stuck
                end
            | _ => stuck
            end)
    | RcWeakNew =>
        program (calling Hold_NOTHING [] "r" "r") (λ v m', open_handle m' HandleDangling v)
    | RcClone h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b => program (of_ref Share_clone v) (opened kind b 0)
          | HandleWeak b => program (clone_through_raw v) (opened kind b 0)
          | HandleDangling =>
              program (clone_through_raw v) (λ v' m', open_handle m' kind v')
          | _ => wrong
          end)
    | RcDrop h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program_or (of_ref Share_drop v) (panicked h b) (λ _, dropped h b)
          | HandleUnique b =>
              program_or (of_ref Whole_drop v) (panicked h b) (λ _, dropped h b)
          | HandleWeak b => program (of_ref Hold_drop v) (λ _, dropped h b)
          | HandleDangling =>
              program (of_ref Hold_drop v)
                (λ _ m', (with_handle m' h None, RcRun (RcDropped [])))
          | _ => wrong
          end)
    | RcStrongCount h =>
        on h (λ kind v,
          match kind with
          | HandleStrong _ => program (of_ref Share_strong_count v) counted
          | HandleWeak _ | HandleDangling => program (of_ref Hold_strong_count v) counted
          | _ => wrong
          end)
    | RcWeakCount h =>
        on h (λ kind v,
          match kind with
          | HandleStrong _ => program (of_ref Share_weak_count v) counted
          | HandleWeak _ | HandleDangling => program (of_ref Hold_weak_count v) counted
          | _ => wrong
          end)
    | RcGet h =>
        on h (λ kind v,
          let get n :=
            program (cell hand_cell <- Val v;; calling n [cell hand_cell] "p" (!"p"))%E
              (λ v' m',
                match v' with
                | LitV (LitInt n) => (m', RcRun (RcPayload n))
                | _ => stuck
                end) in
          match kind with
          | HandleStrong _ => get Share_value
          | HandleUnique _ => get Whole_value
          | _ => wrong
          end)
    | RcSet h q =>
        on h (λ kind v,
          let set e :=
            program (cell hand_cell <- Val v;; e)%E (λ v' m',
              match v' with
              | LitV (LitInt 1) => (m', RcRun (RcChanged []))
              | LitV (LitInt 0) => (m', RcRun RcNone)
              | _ => stuck
              end) in
          match kind with
          | HandleStrong _ =>
              set (calling_pair Share_value_mut [cell hand_cell] "some" "p"
                (if: "some" = #0 then #0 else "p" <- #q;; #1))%E
          | HandleUnique _ =>
              set (calling Whole_value_mut [cell hand_cell] "p" ("p" <- #q;; #1))%E
          | _ => wrong
          end)
    | RcMakeMut h q =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program_or
                (cell hand_cell <- Val v;;
                 calling Share_make_alone [cell hand_cell; cell other_cell] "p"
                   ("p" <- #q;; !(cell hand_cell)))%E
                (λ m',
                  (* The handle is as it was. *)
                  match mem_state m' !! (log +ₗ hand_cell)%L, v with
                  | Some (_, LitV (LitLoc l)), LitV (LitLoc l') =>
                      if bool_decide (l = l') then
                        let (m2, es) := settle m' b in (m2, RcPanicked es)
                      else stuck
                  | _, _ => stuck
                  end)
                (λ v' m',
                  let (m2, es) := settle m' b in
                  match v' with
                  | LitV (LitLoc l) =>
                      if box_at (mem_boxes m2) l b
                      then (with_handle m2 h (Some (kind, v')), RcRun (RcChanged es))
                      else
                        let k := HandleStrong (tbl_len (mem_boxes m2)) in
                        (with_handle (with_box m2 l) h (Some (k, v')),
                         RcRun (RcChanged es))
                  | _ => stuck
                  end)
          | _ => wrong
          end)
    | RcPtrEq h h' =>
        let eq n v v' :=
          program (of_refs n v v') (λ r m',
            match r with
            | LitV (LitInt n) => (m', RcRun (RcTruth (negb (n =? 0))))
            | _ => stuck
            end) in
        on h (λ kind v,
          match kind with
          | HandleStrong _ =>
              on h' (λ kind' v',
                match kind' with
                | HandleStrong _ => eq Share_is_of_same_value v v' | _ => wrong end)
          | HandleWeak _ | HandleDangling =>
              on h' (λ kind' v',
                match kind' with
                | HandleWeak _ | HandleDangling => eq Hold_is_on_same_block v v'
                | _ => wrong end)
          | _ => wrong
          end)
    | RcTryUnwrap h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program (take v #1 (if: !(cell hand_cell) = Val v then #0 else stuck_here))%E
                (λ r m',
                  match r with
                  | LitV (LitInt 1) => taken h b m'
                  | LitV (LitInt 0) => (m', RcRun (RcHandedBack h))
                  | _ => stuck
                  end)
          | _ => wrong
          end)
    | RcIntoInner h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program_or (take v #1 (calling Share_drop [cell hand_cell] "_" #0))%E
                (panicked h b) (λ r m',
                  match r with
                  | LitV (LitInt 1) => taken h b m'
                  | LitV (LitInt 0) => (with_handle m' h None, RcRun RcNone)
                  | _ => stuck
                  end)
          | _ => wrong
          end)
    | RcUnwrapOrClone h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program_or (take v #1 clone_and_drop) (panicked h b) (λ _, taken h b)
          | _ => wrong
          end)
    | RcDowngrade h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b => program (of_ref Share_downgrade v) (opened (HandleWeak b) b 0)
          | HandleUnique b => program (of_ref Whole_downgrade v) (opened (HandleWeak b) b 0)
          | _ => wrong
          end)
    | RcUpgrade h =>
        on h (λ kind v,
          let none v' m' := match v' with
            | LitV (LitInt 0) => (m', RcRun RcNone) | _ => stuck end in
          match kind with
          | HandleWeak b =>
              program (upgrade_in_place v) (λ v' m',
                match v' with
                | LitV (LitLoc _) => opened (HandleStrong b) b 0 v' m'
                | _ => none v' m'
                end)
          | HandleDangling => program (upgrade_in_place v) none
          | _ => wrong
          end)
    | RcIntoRaw h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b => program (of_value Share_into_raw v) (retagged h (HandleRaw b) b 2)
          | _ => wrong
          end)
    | RcFromRaw h =>
        on h (λ kind v,
          match kind with
          | HandleRaw b => program (of_value Share_from_raw v) (retagged h (HandleStrong b) b 0)
          | _ => wrong
          end)
    | RcIncrement h =>
        on h (λ kind v,
          match kind with
          | HandleRaw b =>
              program (of_value Share_add_raw v) (λ _ m', open_handle m' kind v)
          | _ => wrong
          end)
    | RcDecrement h =>
        on h (λ kind v,
          match kind with
          | HandleRaw b =>
              program_or
                (calling Share_from_raw [Val v] "share"
                   (cell hand_cell <- "share";; calling Share_drop [cell hand_cell] "r" "r"))%E
                (panicked h b) (λ _, dropped h b)
          | _ => wrong
          end)
    | RcUniqueIntoRc h =>
        on h (λ kind v,
          match kind with
          | HandleUnique b => program (of_value Whole_share v) (retagged h (HandleStrong b) b 0)
          | _ => wrong
          end)
    | RcTryIntoUnique h =>
        on h (λ kind v,
          match kind with
          | HandleStrong b =>
              program (calling_pair Share_into_whole [Val v] "tag" "p"
                         (if: "tag" = #0 then "p"
                          else if: "p" = Val v then #0 else stuck_here))%E
                (λ v' m',
                  match v' with
                  | LitV (LitInt 0) => (m', RcRun (RcHandedBack h))
                  | _ => retagged h (HandleUnique b) b 0 v' m'
                  end)
          | _ => wrong
          end)
    | RcLeak h n =>
        on h (λ kind v,
          let leak l :=
            match word_checked_add (read_int (mem_state m) l) n with
            | None => (m, RcRun RcAborted)
            | Some n' =>
                program (#(LitLoc l) <- #n')%E (λ _ m', (m', RcRun RcLeaked))
            end in
          match kind, v with
          | HandleStrong _, LitV (LitLoc l) => leak l
          | HandleWeak _, LitV (LitLoc l) => leak (l +ₗ 1)%L
          | HandleDangling, _ => (m, RcRun RcLeaked)
          | _, _ => wrong
          end)
    end.
End step.

(** The boxes whose memory is there, from name [b] on. *)
Fixpoint boxes_left (σ : state) (b : word) (boxes : table (option loc)) : list word :=
  match boxes with
  | [] => []
  | Some l :: boxes' =>
      match σ !! l with
      | Some _ => b :: boxes_left σ (Z.succ b) boxes'
      | None => boxes_left σ (Z.succ b) boxes'
      end
  | None :: boxes' => boxes_left σ (Z.succ b) boxes'
  end.

Fixpoint rc_memory_run (f : functions) (m : rc_memory) (os : list rc_op)
    : list rc_run_outcome * list word :=
  match os with
  | [] => ([], boxes_left (mem_state m) 0 (mem_boxes m))
  | o :: os' =>
      match rc_memory_step m f o with
      | (_, RcRun RcAborted) =>
          ([RcRun RcAborted], boxes_left (mem_state m) 0 (mem_boxes m))
      | (_, RcStuck) => ([RcStuck], [])
      | (_, RcOutOfFuel) => ([RcOutOfFuel], [])
      | (m', r) => let (rs, leaks) := rc_memory_run f m' os' in (r :: rs, leaks)
      end
  end.

(** A whole trace, from the empty memory: the outcomes, and what was not freed. The
[fuse]th call of user code unwinds. *)
Definition rc_program_report (fuse : word) (os : list rc_op)
    : list rc_run_outcome * list word :=
  match rc_memory_init fuse with
  | Some m =>
      let tree := rc_memory_run by_tree m os in
      let blocks := rc_memory_run by_blocks m os in
      if bool_decide (tree = blocks) then tree else ([RcCompilationsDiffer], [])
  | None => ([RcStuck], [])
  end.

(** The driver drives: every operation, and the programs answer what the model does. *)
Definition rc_example : list rc_op :=
  [RcNew 7; RcClone 0; RcStrongCount 1; RcDowngrade 0; RcWeakCount 0; RcMakeMut 0 8;
   RcGet 0; RcUpgrade 2; RcDrop 1; RcIntoInner 3; RcUpgrade 2; RcDrop 2; RcSet 0 9;
   RcTryIntoUnique 0; RcDowngrade 0; RcUpgrade 4; RcUniqueIntoRc 0; RcUpgrade 4;
   RcIntoRaw 0; RcIncrement 0; RcDecrement 0; RcFromRaw 6; RcPtrEq 6 5; RcWeakNew;
   RcPtrEq 7 4; RcNewCyclic 3; RcUnwrapOrClone 8; RcTryUnwrap 8; RcUniqueNew 4;
   RcDrop 10; RcLeak 5 (word_max - 2); RcClone 5; RcClone 5; RcGet 5].
Example rc_program_report_example :
  rc_program_report 0 rc_example =
    (let (rs, leaks) := rc_report rc_example in (map RcRun rs, leaks)).
Proof. by vm_compute. Qed.
