(** * The verified [Rc] programs, driven by the operations of the model

What lets the interpreter answer the same questions as the model of [Rc]: each
operation runs one of the programs of [rc_code.v], those that the specifications
are about, on a memory that lives from operation to operation; the answer is read
off the value and the memory. Nothing is proved here and nothing is proved from
it: this is the driver of a test, compiled with the extraction only.

The driver remembers of each handle its kind, the name of its box and the value that
the programs gave for it, and passes that value on. Which box a value points to is
found by its location.

The content is one cell, which holds the payload. Its destructor and its clone
function write what they did to a log, so that a payload dropped twice, or never, or
too late shows; and since they read the cell, one that ran after the memory was freed
would be stuck. A box was freed if its first cell is no longer there.

The model has no raw pointers that stand for weak handles. So a clone of a weak handle
goes through one, there and back, and an upgrade checks that the address which the weak
handle has of the content is that of the strong one.

[RcLeak] is no program: the driver writes the count, as forgetting clones would.

[RcRun] is an answer; [RcStuck] (undefined behaviour, or a result that is none: the
reason is not told) and [RcOutOfFuel] are what no run of the programs may come to. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import rc_model.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive rc_run_outcome :=
  | RcRun (r : rc_outcome)
  | RcStuck
  | RcOutOfFuel.

(** [mem_log] is the log, [mem_out] a cell for results that are moved out. *)
Record rc_memory := RcMemory {
  mem_state : state;
  mem_log : loc;
  mem_out : loc;
  mem_boxes : table (option loc);
  mem_handles : table (option (rc_handle * val));
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

(** ** The log: the place of the next entry, then entries of two cells, what was done
and to which payload. It is emptied before each operation. *)
Definition log_cells : nat := 9.
Definition make_log : expr :=
  let: "log" := Alloc #log_cells in "log" <- #1;; "log".
Definition make_out : expr := Alloc #1.
Definition log_entry (log : loc) (tag : Z) : val :=
  λ: ["x"],
    #(LitLoc log) +ₗ !#(LitLoc log) <- #tag;;
    #(LitLoc log) +ₗ (!#(LitLoc log) + #1) <- !"x";;
    #(LitLoc log) <- !#(LitLoc log) + #2.
Definition drop_logged (log : loc) : val := log_entry log 1.
Definition clone_logged (log : loc) : val :=
  λ: ["src"; "dst"], (log_entry log 0) ["src"];; "dst" <- !"src".

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

(** ** Programs that need more than a call *)
Definition make_content (p : Z) (f : val) : expr :=
  let: "src" := Alloc #1 in
  "src" <- #p;;
  let: "rc" := f ["src"] in
  Free #1 "src";;
  "rc".
(** The closure keeps a clone of its [Weak] in [out]; it is stuck if it can be upgraded. *)
Definition cyclic_content (out : loc) (p : Z) : val :=
  λ: ["weak"; "dst"],
    if: weak_upgrade ["weak"] = #0 then
      #(LitLoc out) <- weak_clone ["weak"];;
      "dst" <- #p
    else Free #1 #0.
(** A clone of a weak handle, which has been a raw pointer. *)
Definition clone_through_raw : val :=
  λ: ["weak"], weak_from_raw [weak_into_raw [weak_clone ["weak"] ] ].
(** [upgrade]; stuck if the two handles have not the content at the same address. *)
Definition upgrade_in_place : val :=
  λ: ["weak"],
    let: "rc" := weak_upgrade ["weak"] in
    if: "rc" = #0 then #0
    else if: weak_as_ptr ["weak"] = rc_deref ["rc"] then "rc" else Free #1 #0.
(** [get_mut], and the store; a unique handle always gives access. *)
Definition set_content (access : val) (v : val) (p : Z) : expr :=
  let: "ptr" := access [Val v] in
  if: "ptr" = #0 then #false else "ptr" <- #p;; #true.

(** ** The driver *)
Definition rc_memory_init : option rc_memory :=
  finish (exec make_log ∅)
    (λ v σ,
      match v with
      | LitV (LitLoc log) =>
          finish (exec make_out σ)
            (λ v' σ',
              match v' with
              | LitV (LitLoc out) => Some (RcMemory σ' log out tbl_empty tbl_empty)
              | _ => None
              end)
            (λ _, None)
      | _ => None
      end)
    (λ _, None).

Definition with_state (m : rc_memory) (σ : state) : rc_memory :=
  RcMemory σ (mem_log m) (mem_out m) (mem_boxes m) (mem_handles m).
Definition with_box (m : rc_memory) (l : loc) : rc_memory :=
  RcMemory (mem_state m) (mem_log m) (mem_out m)
    (tbl_push (mem_boxes m) (Some l)) (mem_handles m).
Definition with_handle (m : rc_memory) (h : word) (k : option (rc_handle * val))
    : rc_memory :=
  RcMemory (mem_state m) (mem_log m) (mem_out m) (mem_boxes m)
    (tbl_set (mem_handles m) h k).
Definition open_handle (m : rc_memory) (k : rc_handle) (v : val)
    : rc_memory * rc_run_outcome :=
  (RcMemory (mem_state m) (mem_log m) (mem_out m) (mem_boxes m)
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
          (RcMemory (mem_state m) (mem_log m) (mem_out m)
             (tbl_set (mem_boxes m) b None) (mem_handles m),
           app es [RcMemoryFreed b])
      end
  | _ => (m, es)
  end.

(** The box at [l]. *)
Definition box_at (boxes : table (option loc)) (l : loc) (b : word) : bool :=
  match tbl_get boxes b with Some (Some l') => bool_decide (l = l') | _ => false end.

Definition handle_of (m : rc_memory) (h : word) : option (rc_handle * val) :=
  match tbl_get (mem_handles m) h with Some (Some kv) => Some kv | _ => None end.

Definition rc_memory_step (m : rc_memory) (o : rc_op) : rc_memory * rc_run_outcome :=
  let log := mem_log m in
  let out := mem_out m in
  let bad := (m, RcRun RcBadHandle) in
  let wrong := (m, RcRun RcWrongHandle) in
  let stuck := (m, RcStuck) in
  let on h (k : rc_handle → val → rc_memory * rc_run_outcome) :=
    match handle_of m h with Some (kind, v) => k kind v | None => bad end in
  let program (e : expr) (k : val → rc_memory → rc_memory * rc_run_outcome) :=
    finish (exec (#(LitLoc log) <- #1;; e)%E (mem_state m))
      (λ v σ, k v (with_state m σ)) (λ r, (m, r)) in
  let call (f : val) (v : val) := program (f [Val v])%E in
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
  let taken h b m' :=
    let p := read_int (mem_state m') out in
    let (m2, es) := settle (with_handle m' h None) b in
    (m2, RcRun (RcTaken p es)) in
  match o with
  | RcNew p => program (make_content p (rc_new 1)) (made HandleStrong)
  | RcUniqueNew p => program (make_content p (unique_rc_new 1)) (made HandleUnique)
  | RcNewCyclic p =>
      program (rc_new_cyclic 1 [Val (cyclic_content out p)])%E (λ v m',
        match made HandleStrong v m', mem_state m' !! out with
        | (m2, RcRun (RcHandle h)), Some (_, w) =>
            match opened (HandleWeak (tbl_len (mem_boxes m'))) (tbl_len (mem_boxes m'))
                    0 w m2 with
            | (m3, RcRun (RcHandle h')) => (m3, RcRun (RcHandles h h'))
            | _ => stuck
            end
        | _, _ => stuck
        end)
  | RcWeakNew => program (weak_new [])%E (λ v m', open_handle m' HandleDangling v)
  | RcClone h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b => call rc_clone v (opened kind b 0)
        | HandleWeak b => call clone_through_raw v (opened kind b 0)
        | HandleDangling => call clone_through_raw v (λ v' m', open_handle m' kind v')
        | _ => wrong
        end)
  | RcDrop h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b =>
            call (rc_drop 1 (drop_logged log)) v (λ _ m', dropped h b m')
        | HandleUnique b =>
            call (unique_rc_drop 1 (drop_logged log)) v (λ _ m', dropped h b m')
        | HandleWeak b => call (weak_drop 1) v (λ _ m', dropped h b m')
        | HandleDangling =>
            call (weak_drop 1) v (λ _ m', (with_handle m' h None, RcRun (RcDropped [])))
        | _ => wrong
        end)
  | RcStrongCount h =>
      on h (λ kind v,
        match kind with
        | HandleStrong _ => call rc_strong_count v counted
        | HandleWeak _ | HandleDangling => call weak_strong_count v counted
        | _ => wrong
        end)
  | RcWeakCount h =>
      on h (λ kind v,
        match kind with
        | HandleStrong _ => call rc_weak_count v counted
        | HandleWeak _ | HandleDangling => call weak_weak_count v counted
        | _ => wrong
        end)
  | RcGet h =>
      on h (λ kind v,
        let get f :=
          program (!(f [Val v]))%E (λ v' m',
            match v' with
            | LitV (LitInt n) => (m', RcRun (RcPayload n))
            | _ => stuck
            end) in
        match kind with
        | HandleStrong _ => get (Val rc_deref)
        | HandleUnique _ => get (Val unique_rc_deref)
        | _ => wrong
        end)
  | RcSet h q =>
      on h (λ kind v,
        let set f :=
          program (set_content f v q) (λ v' m',
            match v' with
            | LitV (LitInt 1) => (m', RcRun (RcChanged []))
            | LitV (LitInt 0) => (m', RcRun RcNone)
            | _ => stuck
            end) in
        match kind with
        | HandleStrong _ => set rc_get_mut
        | HandleUnique _ => set unique_rc_deref
        | _ => wrong
        end)
  | RcMakeMut h q =>
      on h (λ kind v,
        match kind with
        | HandleStrong b =>
            program (let: "rc" := rc_make_mut 1 (clone_logged log) (drop_logged log)
                                    [Val v] in
                     rc_deref ["rc"] <- #q;; "rc")%E (λ v' m',
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
      let eq (ptr_eq : val) v v' :=
        program (ptr_eq [Val v; Val v'])%E (λ r m',
          match r with
          | LitV (LitInt n) => (m', RcRun (RcTruth (negb (n =? 0))))
          | _ => stuck
          end) in
      on h (λ kind v,
        match kind with
        | HandleStrong _ =>
            on h' (λ kind' v', match kind' with HandleStrong _ => eq rc_ptr_eq v v' | _ => wrong end)
        | HandleWeak _ | HandleDangling =>
            on h' (λ kind' v',
              match kind' with
              | HandleWeak _ | HandleDangling => eq weak_ptr_eq v v' | _ => wrong end)
        | _ => wrong
        end)
  | RcTryUnwrap h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b =>
            program (rc_try_unwrap 1 [Val v; #(LitLoc out)])%E (λ r m',
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
            program (rc_into_inner 1 (drop_logged log) [Val v; #(LitLoc out)])%E (λ r m',
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
            program (rc_unwrap_or_clone 1 (clone_logged log) (drop_logged log)
                       [Val v; #(LitLoc out)])%E (λ _ m', taken h b m')
        | _ => wrong
        end)
  | RcDowngrade h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b => call rc_downgrade v (opened (HandleWeak b) b 0)
        | HandleUnique b => call unique_rc_downgrade v (opened (HandleWeak b) b 0)
        | _ => wrong
        end)
  | RcUpgrade h =>
      on h (λ kind v,
        let none v' m' := match v' with
          | LitV (LitInt 0) => (m', RcRun RcNone) | _ => stuck end in
        match kind with
        | HandleWeak b =>
            call upgrade_in_place v (λ v' m',
              match v' with
              | LitV (LitLoc _) => opened (HandleStrong b) b 0 v' m'
              | _ => none v' m'
              end)
        | HandleDangling => call upgrade_in_place v none
        | _ => wrong
        end)
  | RcIntoRaw h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b => call rc_into_raw v (retagged h (HandleRaw b) b 2)
        | _ => wrong
        end)
  | RcFromRaw h =>
      on h (λ kind v,
        match kind with
        | HandleRaw b => call rc_from_raw v (retagged h (HandleStrong b) b 0)
        | _ => wrong
        end)
  | RcIncrement h =>
      on h (λ kind v,
        match kind with
        | HandleRaw b =>
            call rc_increment_strong_count v (λ _ m', open_handle m' kind v)
        | _ => wrong
        end)
  | RcDecrement h =>
      on h (λ kind v,
        match kind with
        | HandleRaw b =>
            call (rc_decrement_strong_count 1 (drop_logged log)) v
              (λ _ m', dropped h b m')
        | _ => wrong
        end)
  | RcUniqueIntoRc h =>
      on h (λ kind v,
        match kind with
        | HandleUnique b => call unique_rc_into_rc v (retagged h (HandleStrong b) b 0)
        | _ => wrong
        end)
  | RcTryIntoUnique h =>
      on h (λ kind v,
        match kind with
        | HandleStrong b =>
            call rc_try_into_unique v (λ v' m',
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

Fixpoint rc_memory_run (m : rc_memory) (os : list rc_op)
    : list rc_run_outcome * list word :=
  match os with
  | [] => ([], boxes_left (mem_state m) 0 (mem_boxes m))
  | o :: os' =>
      match rc_memory_step m o with
      | (_, RcRun RcAborted) =>
          ([RcRun RcAborted], boxes_left (mem_state m) 0 (mem_boxes m))
      | (_, RcStuck) => ([RcStuck], [])
      | (_, RcOutOfFuel) => ([RcOutOfFuel], [])
      | (m', r) => let (rs, leaks) := rc_memory_run m' os' in (r :: rs, leaks)
      end
  end.

(** A whole trace, from the empty memory: the outcomes, and what was not freed. *)
Definition rc_program_report (os : list rc_op) : list rc_run_outcome * list word :=
  match rc_memory_init with
  | Some m => rc_memory_run m os
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
  rc_program_report rc_example =
    (let (rs, leaks) := rc_report rc_example in (map RcRun rs, leaks)).
Proof. by vm_compute. Qed.
