(** * The crate's own slot, driven by the operations of the model of frames

As [rc_trace.v] does for [Rc]: each operation of the model of page frames runs on a memory
that lives from operation to operation, and the answer is read off the value and the memory.
It is the driver of a test; nothing is proved here.

The steps of the slot's protocol are functions of [frame/slot.rs], as [rust/tally-mir]
translates them from the compiler's MIR: the claim of the word, the look-up, one share more
and less, whether a share is the only one, sharing and giving up a unique handle, publishing,
the end of a tear-down, the count. They are run as both compilations make them
([slot_tree.v], [block_compile.v]); [FrameCompilationsDiffer] says that they do not give the
same. What is between the steps, the metadata, is of [frame_code.v]: [write_meta],
[drop_meta_in_place], [frame_start_paddr], and which slot an address has.

** The memory
The slots stand in an array, as at boot, and frames are got by address. A slot is laid out
as in [frame_code.v]; where the crate's functions have it in memory is [crate_word] cells
before, as they find the word there. The driver remembers of each handle its kind,
the number of its slot and the location that the programs gave for it.

** Metadata of two types
A number is of type 0 or 1, as it is even or odd. The types keep the same two things, the
number and the slot, in cells of opposite order; so a destructor that is called through
the wrong vtable, or a read at the wrong type, is seen, and stuck. Before a look at the
metadata the driver asks [frame_meta_is].

** Destructors and the allocator
A destructor writes to the log that [on_drop] ran and that the metadata are gone. Before
that it looks its own frame up, both ways, and is stuck unless the answer is Busy. The
allocator looks the frame up, and writes to the log that it is unused if that is the
answer, and then that it has the page.

[FrameLeak] is no program: the driver writes the count, as forgetting clones would. The
halves of a construction and of a drop ([FrameReserve] and so on) are no programs either;
the driver refuses them ([FrameProgramStuck]), and the traces do without.

At the end the words of all slots are told. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import slot_model.
From tally.mir Require Import value mir.
From tally.mir Require block_compile.
From tally.frame.slot Require frame_code.
From tally.frame.slot Require Import crate_slot_base.
From tally.frame.slot.generated Require Import slot_mir slot_tree.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive frame_run_outcome :=
  | FrameRun (r : frame_outcome)
  | FrameProgramStuck
  | FrameProgramOutOfFuel
  | FrameCompilationsDiffer.
Local Instance frame_event_eq_dec : EqDecision frame_event.
Proof. solve_decision. Defined.
Local Instance frame_error_eq_dec : EqDecision frame_error.
Proof. solve_decision. Defined.
Local Instance frame_outcome_eq_dec : EqDecision frame_outcome.
Proof. solve_decision. Defined.
Local Instance frame_run_outcome_eq_dec : EqDecision frame_run_outcome.
Proof. solve_decision. Defined.

(** [fm_base] is the first of [fm_slots] slots, [fm_log] the log. *)
Record frame_memory := FrameMemory {
  fm_state : state;
  fm_log : loc;
  fm_base : loc;
  fm_slots : word;
  fm_handles : table (option (frame_handle * loc));
}.

(** More steps than any of the programs takes. *)
Definition frame_fuel : N := 20000.
Definition frame_exec (e : expr) (σ : state) : outcome :=
  run (follow choice_reuse) ([], 0%nat) frame_fuel [e] σ.

Definition frame_finish {A} (o : outcome) (ok : val → state → A)
    (no : frame_run_outcome → A) : A :=
  match run_status_of o with
  | AllFinished =>
      match main_value o with
      | Some v => ok v (run_state o)
      | None => no FrameProgramStuck
      end
  | ThreadAborted _ => no (FrameRun FrameAborted)
  | ThreadStuck _ _ => no FrameProgramStuck
  | OutOfFuel => no FrameProgramOutOfFuel
  end.

(** ** The memory at boot *)
Definition meta_cells : nat := 2.
Definition cells_per_slot : Z := frame_code.slot_cells meta_cells.

(** The log: the place of the next entry, then entries of three cells: what happened, to
which slot, and to which metadata. It is emptied before each operation, which makes four
entries for each frame that goes. *)
Definition log_entries : Z := 64.
Definition log_size : Z := 1 + 3 * log_entries.
Definition boot_slots (cells : Z) : val :=
  rec: "boot" ["base"; "n"; "i"] :=
    if: "n" ≤ "i" then #☠
    else
      let: "slot" := "base" +ₗ #cells * "i" in
      "slot" <-ˢᶜ #slot_unused;;
      "slot" +ₗ #frame_code.slot_in_list <-ˢᶜ #0;;
      "slot" +ₗ #frame_code.slot_paddr <-ˢᶜ #frame_code.page_size * "i";;
      "boot" ["base"; "n"; "i" + #1].
Definition boot (cells : Z) (n : word) : expr :=
  let: "base" := Alloc #(1 + cells * n) in
  boot_slots cells ["base"; #n; #0];;
  "base".
Definition boot_log : expr :=
  let: "log" := Alloc #log_size in "log" <- #1;; "log".

Definition frame_memory_init (n : word) : option frame_memory :=
  frame_finish (run (follow choice_reuse) ([], 0%nat) (1000 + 100 * Z.to_N n)%N [boot cells_per_slot n] ∅)
    (λ v σ,
      match v with
      | LitV (LitLoc base) =>
          frame_finish (frame_exec boot_log σ)
            (λ v' σ',
              match v' with
              | LitV (LitLoc log) => Some (FrameMemory σ' log base n tbl_empty)
              | _ => None
              end)
            (λ _, None)
      | _ => None
      end)
    (λ _, None).

(** ** The functions *)
Definition slot_functions := nat → val.
Definition slot_function_count : nat := length (p_fns slot_program).
(** Each is compiled once and for all, which the extracted program does as it starts. *)
Definition slot_tree_functions : list val := map (λ n, slot_fns n []) (seq 0 slot_function_count).
Definition slot_block_functions : list val :=
  map (λ n, block_compile.block_compile slot_program [] n []) (seq 0 slot_function_count).
Definition slot_by_tree : slot_functions := λ n, nth n slot_tree_functions stuck_val.
Definition slot_by_blocks : slot_functions := λ n, nth n slot_block_functions stuck_val.

Section driver.
  Context (m : frame_memory) (f : slot_functions).
  Let log : loc := fm_log m.
  Let base : loc := fm_base m.
  Let limit : Z := frame_code.page_size * fm_slots m.
  Let address (i : word) : Z := frame_code.page_size * i.
  Let slot_loc (i : word) : loc := (base +ₗ cells_per_slot * i)%L.

  (** ** Metadata: number and slot, or slot and number *)
  Definition vtable_of (number : word) : nat := if Z.even number then O else S O.
  Definition number_cell (vtable : nat) : Z := vtable.
  Definition slot_cell (vtable : nat) : Z := 1 - vtable.
  Definition make_meta (number i : word) : expr :=
    let: "src" := Alloc #2 in
    "src" +ₗ #(number_cell (vtable_of number)) <- #number;;
    "src" +ₗ #(slot_cell (vtable_of number)) <- #i;;
    "src".

  Definition log_entry : val :=
    λ: ["tag"; "slot"; "number"],
      let: "at" := !#(LitLoc log) in
      #(LitLoc log) +ₗ "at" <- "tag";;
      #(LitLoc log) +ₗ ("at" + #1) <- "slot";;
      #(LitLoc log) +ₗ ("at" + #2) <- "number";;
      #(LitLoc log) <- "at" + #3.

  Definition stuck_here : expr := Free #1 #0.

  (** ** Calls of the crate's functions, on ["slot"]; none may unwind. *)
  Definition in_slot (n : nat) (x : string) (k : expr) : expr :=
    App (App (Val (f n)) [BinOp OffsetOp (Var "slot") (Int (- crate_word))])
      [Rec BAnon [BNamed x] k; Rec BAnon [] stuck_here].
  Local Arguments in_slot _ _ _%E.
  (** What the crate's number of an error is here. *)
  Definition code_of : val :=
    λ: ["e"],
      (if: "e" = #(crate_error ErrInUse) then #(frame_code.error_code ErrInUse)
       else if: "e" = #(crate_error ErrUnused) then #(frame_code.error_code ErrUnused)
       else if: "e" = #(crate_error ErrBusy) then #(frame_code.error_code ErrBusy)
       else if: "e" = #(crate_error ErrUnique) then #(frame_code.error_code ErrUnique)
       else stuck_here).
  (** The status of a function that returns [Result<(), GetFrameError>]. *)
  Definition in_slot_status (n : nat) (k : expr) : expr :=
    in_slot n "pair"
      (App (Var "pair") [Rec BAnon [BNamed "tag"; BNamed "e"]
         (Let "status" (if: "tag" = #0 then #0 else code_of ["e"])%E k)]).

  Definition from_in_use : val :=
    λ: ["base"; "max"; "pa"],
      let: "status" := frame_code.get_slot_status ["max"; "pa"] in
      if: "status" = #0 then
        let: "slot" := frame_code.slot_at meta_cells ["base"; "pa"] in
        in_slot_status slot_fn.MetaSlot_get_from_in_use "status"
      else "status".
  Definition from_unused : val :=
    λ: ["base"; "max"; "pa"; "vtable"; "src"; "as_unique"],
      let: "status" := frame_code.get_slot_status ["max"; "pa"] in
      if: "status" = #0 then
        let: "slot" := frame_code.slot_at meta_cells ["base"; "pa"] in
        in_slot_status slot_fn.MetaSlot_claim_word
          (if: "status" = #0 then
             frame_code.write_meta meta_cells ["slot"; "vtable"; "src"];;
             (if: "as_unique" then in_slot slot_fn.MetaSlot_publish_unique "r" #0
              else in_slot slot_fn.MetaSlot_publish_shared "r" #0)
           else "status")%E
      else "status".
  Definition busy : Z := frame_code.error_code ErrBusy.

  Definition destroy (vtable : nat) : val :=
    λ: ["storage"],
      let: "number" := !("storage" +ₗ #(number_cell vtable)) in
      let: "slot" := !("storage" +ₗ #(slot_cell vtable)) in
      if: from_in_use [ #(LitLoc base); #limit; #frame_code.page_size * "slot"] = #busy then
        if: from_unused [ #(LitLoc base); #limit; #frame_code.page_size * "slot"; #vtable;
                          "storage"; #true] = #busy then
          log_entry [ #0; "slot"; "number"];;
          log_entry [ #1; "slot"; "number"]
        else stuck_here
      else stuck_here.
  Definition glues : list val := [destroy 0; destroy 1].
  Definition allocator : val :=
    λ: ["start"; "size"],
      let: "slot" := BinOp (ArithOp QuotOp) "start" "size" in
      (if: from_in_use [ #(LitLoc base); #limit; "start"]
           = #(frame_code.error_code ErrUnused)
       then log_entry [ #2; "slot"; #0] else #☠);;
      log_entry [ #3; "slot"; #0].

  Definition tear_down : expr :=
    (frame_code.drop_meta_in_place glues ["slot"];;
     in_slot slot_fn.MetaSlot_mark_unused "r"
       (allocator [frame_code.frame_start_paddr ["slot"]; #frame_code.page_size]))%E.
  Definition frame_drop : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_release_share "last" (if: "last" then tear_down else #☠).
  Definition unique_drop : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_retire_unique "r" tear_down.
  Definition frame_clone : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_clone_share "r" "slot".
  Definition frame_from_unique : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_share_unique "r" "slot".
  Definition try_from_shared : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_try_unique "r" "r".
  Definition reference_count : val :=
    λ: ["slot"], in_slot slot_fn.MetaSlot_count "r" "r".

  Definition frame_read_int (σ : state) (l : loc) : Z :=
    match σ !! l with Some (_, LitV (LitInt n)) => n | _ => -1 end.
  Fixpoint frame_read_log (σ : state) (l : loc) (n : nat) : list frame_event :=
    match n with
    | O => []
    | S n' =>
        let i := frame_read_int σ (l +ₗ 1)%L in
        let number := frame_read_int σ (l +ₗ 2)%L in
        (match frame_read_int σ l with
         | 0 => EventOnDrop i number
         | 1 => EventMetaDropped i number
         | 2 => EventUnused i
         | _ => EventDealloc i
         end) :: frame_read_log σ (l +ₗ 3)%L n'
    end.
  Definition frame_log_events (σ : state) : list frame_event :=
    frame_read_log σ (log +ₗ 1)%L (Z.to_nat (frame_read_int σ log `div` 3)).

  (** ** One operation *)
  Definition with_frame_state (σ : state) : frame_memory :=
    FrameMemory σ log base (fm_slots m) (fm_handles m).
  Definition with_frame_handle (m' : frame_memory) (h : word)
      (k : option (frame_handle * loc)) : frame_memory :=
    FrameMemory (fm_state m') log base (fm_slots m) (tbl_set (fm_handles m') h k).
  Definition frame_opened (m' : frame_memory) (k : frame_handle) (l : loc)
      : frame_memory * frame_run_outcome :=
    (FrameMemory (fm_state m') log base (fm_slots m)
       (tbl_push (fm_handles m') (Some (k, l))),
     FrameRun (FrameHandle (tbl_len (fm_handles m')))).

  Definition frame_error_of (code : Z) : option frame_run_outcome :=
    match code with
    | 1 => Some (FrameRun (FrameFailed ErrInUse))
    | 2 => Some (FrameRun (FrameFailed ErrUnused))
    | 3 => Some (FrameRun (FrameFailed ErrUnique))
    | 4 => Some (FrameRun (FrameFailed ErrBusy))
    | 5 => Some (FrameRun (FrameFailed ErrOutOfBound))
    | _ => None
    end.

  Definition frame_memory_step (o : frame_op) : frame_memory * frame_run_outcome :=
    let bad := (m, FrameRun FrameBadHandle) in
    let wrong := (m, FrameRun FrameWrongHandle) in
    let stuck := (m, FrameProgramStuck) in
    let on h (k : frame_handle → loc → frame_memory * frame_run_outcome) :=
      match tbl_get (fm_handles m) h with
      | Some (Some (kind, l)) => k kind l
      | _ => bad
      end in
    let program (e : expr) (k : val → frame_memory → frame_memory * frame_run_outcome) :=
      frame_finish (frame_exec (#(LitLoc log) <- #1;; e)%E (fm_state m))
        (λ v σ, k v (with_frame_state σ)) (λ r, (m, r)) in
    let call (f : val) (l : loc) := program (f [ #(LitLoc l)])%E in
    (* A status: the new handle, or the error. *)
    let got (kind : frame_handle) i v m' :=
      match v with
      | LitV (LitInt 0) => frame_opened m' kind (slot_loc i)
      | LitV (LitInt code) =>
          match frame_error_of code with Some r => (m', r) | None => stuck end
      | _ => stuck
      end in
    (* A handle of which the program gave the value, which must be that of its slot. *)
    let same kind h i v m' :=
      match v with
      | LitV (LitLoc l) =>
          if bool_decide (l = slot_loc i)
          then (with_frame_handle m' h (Some (kind, l)), FrameRun (FrameHandle h))
          else stuck
      | _ => stuck
      end in
    let dropped h m' :=
      (with_frame_handle m' h None,
       FrameRun (FrameDropped (frame_log_events (fm_state m')))) in
    match o with
    | FrameFromUnused kind i number =>
        let unique := match kind with KindUnique => true | KindShared => false end in
        program (let: "src" := make_meta number i in
                 let: "status" := from_unused
                   [ #(LitLoc base); #limit; #(address i); #(vtable_of number); "src";
                     #unique] in
                 Free #2 "src";;
                 "status")%E
          (got (frame_holds kind i) i)
    | FrameFromInUse i =>
        program (from_in_use [ #(LitLoc base); #limit; #(address i)])%E
          (got (HoldsShared i) i)
    | FrameFromUnique h =>
        on h (λ kind l,
          match kind with
          | HoldsUnique i => call frame_from_unique l (same (HoldsShared i) h i)
          | _ => wrong
          end)
    | FrameTryFromShared h =>
        on h (λ kind l,
          match kind with
          | HoldsShared i =>
              call try_from_shared l (λ v m',
                match v with
                | LitV (LitInt 1) => same (HoldsUnique i) h i (LitV (LitLoc l)) m'
                | LitV (LitInt 0) => (m', FrameRun (FrameHandedBack h))
                | _ => stuck
                end)
          | _ => wrong
          end)
    | FrameClone h =>
        on h (λ kind l,
          match kind with
          | HoldsShared i =>
              call frame_clone l (λ v m',
                match v with
                | LitV (LitLoc l') =>
                    if bool_decide (l' = slot_loc i) then frame_opened m' kind l' else stuck
                | _ => stuck
                end)
          | _ => wrong
          end)
    | FrameDrop h =>
        on h (λ kind l,
          match kind with
          | HoldsShared _ =>
              call frame_drop l (λ _ m', dropped h m')
          | HoldsUnique _ =>
              call unique_drop l (λ _ m', dropped h m')
          | HoldsBusy _ => wrong
          end)
    | FrameRefCount h =>
        on h (λ kind l,
          match kind with
          | HoldsShared _ =>
              call reference_count l (λ v m',
                match v with
                | LitV (LitInt n) => (m', FrameRun (FrameCount n))
                | _ => stuck
                end)
          | _ => wrong
          end)
    | FrameMeta h =>
        on h (λ kind l,
          program (let: "meta" := frame_code.frame_meta [ #(LitLoc l)] in
                   if: frame_code.frame_meta_is [ #(LitLoc l); #0] then
                     !("meta" +ₗ #(number_cell 0))
                   else if: frame_code.frame_meta_is [ #(LitLoc l); #1] then
                     !("meta" +ₗ #(number_cell 1))
                   else stuck_here)%E (λ v m',
            match v with
            | LitV (LitInt n) => (m', FrameRun (FrameMetaIs n))
            | _ => stuck
            end))
    | FrameLeak h n =>
        on h (λ kind l,
          match kind with
          | HoldsShared _ =>
              match word_checked_add (frame_read_int (fm_state m) l) n with
              | None => (m, FrameRun FrameAborted)
              | Some w =>
                  if word_ltb slot_max w then (m, FrameRun FrameAborted)
                  else program (#(LitLoc l) <-ˢᶜ #w)%E (λ _ m', (m', FrameRun FrameLeaked))
              end
          | _ => wrong
          end)
    | FrameReserve _ | FramePublish _ _ _ | FrameRelease _ | FrameVacate _ => stuck
    end.
End driver.

(** The words of [n] slots. *)
Fixpoint words_of (σ : state) (l : loc) (n : nat) : list word :=
  match n with
  | O => []
  | S n' => frame_read_int σ l :: words_of σ (l +ₗ cells_per_slot)%L n'
  end.
Definition frame_memory_words (m : frame_memory) : list word :=
  words_of (fm_state m) (fm_base m) (Z.to_nat (fm_slots m)).

Fixpoint frame_memory_run (f : slot_functions) (m : frame_memory) (os : list frame_op)
    : list frame_run_outcome * list word :=
  match os with
  | [] => ([], frame_memory_words m)
  | o :: os' =>
      match frame_memory_step m f o with
      | (_, FrameRun FrameAborted) => ([FrameRun FrameAborted], frame_memory_words m)
      | (_, FrameProgramStuck) => ([FrameProgramStuck], [])
      | (_, FrameProgramOutOfFuel) => ([FrameProgramOutOfFuel], [])
      | (m', r) => let (rs, ws) := frame_memory_run f m' os' in (r :: rs, ws)
      end
  end.

(** A whole trace, from [n] unused slots: the outcomes, and the words at the end. *)
Definition frame_program_report (n : word) (os : list frame_op)
    : list frame_run_outcome * list word :=
  match frame_memory_init n with
  | Some m =>
      let tree := frame_memory_run slot_by_tree m os in
      if bool_decide (tree = frame_memory_run slot_by_blocks m os) then tree
      else ([FrameCompilationsDiffer], [])
  | None => ([FrameProgramStuck], [])
  end.
Definition frame_report (n : word) (os : list frame_op) : list frame_outcome * list word :=
  let (s, rs) := frame_run (frame_init n) os in (rs, slot_word <$> frame_slots s).

(** The driver drives: every operation, and the programs answer what the model does. *)
Definition frame_example : list frame_op :=
  [FrameFromUnused KindUnique 0 7; FrameMeta 0; FrameFromInUse 0; FrameFromUnique 0;
   FrameFromInUse 0; FrameClone 1; FrameRefCount 2; FrameTryFromShared 0; FrameDrop 1;
   FrameDrop 2; FrameTryFromShared 0; FrameFromUnused KindShared 0 8;
   FrameFromUnused KindShared 2 8; FrameFromUnused KindShared 3 8; FrameMeta 3;
   FrameDrop 0; FrameDrop 0; FrameFromInUse 0; FrameFromUnused KindShared 2 9;
   FrameFromUnused KindShared 1 word_max; FrameClone 4; FrameDrop 4; FrameMeta 5; FrameDrop 3;
   FrameLeak 5 (slot_max - 3); FrameClone 5; FrameClone 5; FrameRefCount 5; FrameClone 5].
Example frame_program_report_example :
  frame_program_report 3 frame_example =
    (let (rs, ws) := frame_report 3 frame_example in (map FrameRun rs, ws)).
Proof. by vm_compute. Qed.
