(** * The verified programs of lists of frames, driven by the operations of the model

Each operation of the model of lists runs a program of [frame_list_code.v], on a memory
that lives from operation to operation. At the start every page has a unique frame, whose
metadata are a link and the number of the slot. A frame that is in a list, or gone, cannot
be put into one: in Rust nobody has it; here the driver sees it in the memory and refuses,
where the program's [debug_assert!]s would be stuck.

A list has one cursor, two cells. In Rust a cursor borrows the list, so none outlives an
operation on the list itself; the driver sets it to where there is no frame then.

The destructor writes to the log which slot's metadata are gone, and the allocator which
page it got; they have to be the same. At the end is told in which list each frame is. *)
From stdpp Require Import gmap.
From tally.lang Require Import notation interp.
From tally.model Require Import frame_list_model.
From tally.frame.list Require frame_list_code.
Require Import frame_trace.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive list_run_outcome :=
  | ListRun (r : fl_outcome)
  | ListProgramStuck
  | ListProgramOutOfFuel.

(** Of a list, its four cells and the two of its cursor; of a frame, whether it is there. *)
Record list_memory := ListMemory {
  lm_state : state;
  lm_base : loc;
  lm_ids : loc;
  lm_log : loc;
  lm_live : table bool;
  lm_lists : table (option (loc * loc));
}.

Definition link_cells : nat := 3.
Definition link_slot_cells : Z := frame_code.slot_cells link_cells.
Definition list_fuel : N := 100000.

Definition list_exec (e : expr) (σ : state) : outcome :=
  run (follow choice_reuse) ([], 0%nat) list_fuel [e] σ.
Definition list_finish {A} (o : outcome) (ok : val → state → A)
    (no : list_run_outcome → A) : A :=
  match run_status_of o with
  | AllFinished =>
      match main_value o with
      | Some v => ok v (run_state o)
      | None => no ListProgramStuck
      end
  | ThreadAborted _ => no (ListRun FlAborted)
  | ThreadStuck _ _ => no ListProgramStuck
  | OutOfFuel => no ListProgramOutOfFuel
  end.

(** ** The start *)
Definition list_log_size : Z := 1 + 2 * log_entries.
Definition boot_links (n : word) : val :=
  rec: "boot" ["base"; "i"] :=
    if: #n ≤ "i" then #☠
    else
      let: "src" := Alloc #link_cells in
      "src" <- #0;; "src" +ₗ #1 <- #0;; "src" +ₗ #2 <- "i";;
      frame_code.frame_from_unused link_cells
        ["base"; #(frame_code.page_size * n); #frame_code.page_size * "i"; #0; "src"; #true];;
      Free #link_cells "src";;
      "boot" ["base"; "i" + #1].
(** One block: the counter of numbers, the log, the slots. *)
Definition boot_lists (n : word) : expr :=
  let: "ids" := Alloc #(1 + list_log_size + link_slot_cells * n) in
  "ids" <-ˢᶜ #1;;
  let: "base" := "ids" +ₗ #(1 + list_log_size) in
  boot_slots link_slot_cells ["base"; #n; #0];;
  boot_links n ["base"; #0];;
  "ids".

Definition list_memory_init (n : word) : option list_memory :=
  list_finish (run (follow choice_reuse) ([], 0%nat) (1000 + 1000 * Z.to_N n)%N
                 [boot_lists n] ∅)
    (λ v σ,
      match v with
      | LitV (LitLoc ids) =>
          Some (ListMemory σ (ids +ₗ (1 + list_log_size))%L ids (ids +ₗ 1)%L
                  (tbl_make n true) tbl_empty)
      | _ => None
      end)
    (λ _, None).

Section driver.
  Context (m : list_memory).
  Let base : loc := lm_base m.
  Let log : loc := lm_log m.
  Let frames : word := tbl_len (lm_live m).
  Let slot_loc (f : word) : loc := (base +ₗ link_slot_cells * f)%L.

  Definition list_log_entry : val :=
    λ: ["slot"],
      let: "at" := !#(LitLoc log) in
      #(LitLoc log) +ₗ "at" <- "slot";;
      #(LitLoc log) <- "at" + #1.
  Definition list_glues : list val :=
    [frame_list_code.link_drop (λ: ["meta"], list_log_entry [ !"meta"])%V].
  Definition list_allocator : val :=
    λ: ["start"; "size"], list_log_entry [BinOp (ArithOp QuotOp) "start" "size"].

  (** The frames that went; [None] if a page went to the allocator without them. *)
  Fixpoint gone (σ : state) (l : loc) (n : nat) : option (list word) :=
    match n with
    | O => Some []
    | S n' =>
        let f := frame_read_int σ l in
        if f =? frame_read_int σ (l +ₗ 1)%L then
          match gone σ (l +ₗ 2)%L n' with Some fs => Some (f :: fs) | None => None end
        else None
    end.

  Definition with_list_state (σ : state) : list_memory :=
    ListMemory σ base (lm_ids m) log (lm_live m) (lm_lists m).
  Definition with_list (m' : list_memory) (l : word) (x : option (loc * loc))
      : list_memory :=
    ListMemory (lm_state m') base (lm_ids m) log (lm_live m') (tbl_set (lm_lists m') l x).
  Definition without_frames (m' : list_memory) (fs : list word) : list_memory :=
    ListMemory (lm_state m') base (lm_ids m) log
      (foldl (λ live f, tbl_set live f false) (lm_live m') fs) (lm_lists m').

  (** The frame at a slot that a program gave; 0 is none. *)
  Definition frame_there (v : val) : option fl_outcome :=
    match v with
    | LitV (LitInt 0) => Some FlNone
    | LitV (LitLoc l) =>
        let f := (loc_offset l - loc_offset base) `div` link_slot_cells in
        if bool_decide (l = slot_loc f) && (0 <=? f) && (f <? frames)
        then Some (FlFrame f) else None
    | _ => None
    end.

  Definition list_memory_step (o : fl_op) : list_memory * list_run_outcome :=
    let stuck := (m, ListProgramStuck) in
    let program (e : expr) (k : val → list_memory → list_memory * list_run_outcome) :=
      list_finish (list_exec (#(LitLoc log) <- #1;; e)%E (lm_state m))
        (λ v σ, k v (with_list_state σ)) (λ r, (m, r)) in
    let on l (k : loc → loc → list_memory * list_run_outcome) :=
      match tbl_get (lm_lists m) l with
      | Some (Some (list, cursor)) => k list cursor
      | _ => (m, ListRun FlBadList)
      end in
    (* The list is borrowed from its cursor no more. *)
    let alone (cursor : loc) (e : expr) : expr :=
      (let: "r" := e in #(LitLoc (cursor +ₗ 1)%L) <- #0;; "r")%E in
    let done (_ : val) m' := (m', ListRun FlDone) in
    let number v m' :=
      match v with LitV (LitInt n) => (m', ListRun (FlNumber n)) | _ => stuck end in
    let frame v m' :=
      match frame_there v with Some r => (m', ListRun r) | None => stuck end in
    let free_frame f (k : list_memory * list_run_outcome) :=
      match tbl_get (lm_live m) f with
      | Some true =>
          if frame_read_int (lm_state m) (slot_loc f +ₗ frame_code.slot_in_list)%L =? 0
          then k else (m, ListRun FlBadFrame)
      | _ => (m, ListRun FlBadFrame)
      end in
    let insert l f (e : loc → loc → expr) :=
      on l (λ list cursor, free_frame f (program (e list cursor) done)) in
    let ids : expr := #(LitLoc (lm_ids m)) in
    match o with
    | FlNew =>
        program (let: "list" := Alloc #6 in
                 frame_list_code.frame_list_new ["list"];;
                 frame_list_code.cursor_new ["list" +ₗ #4; "list"; #0];;
                 "list")%E (λ v m',
          match v with
          | LitV (LitLoc l) =>
              (ListMemory (lm_state m') base (lm_ids m) log (lm_live m')
                 (tbl_push (lm_lists m') (Some (l, l +ₗ 4)%L)),
               ListRun (FlList (tbl_len (lm_lists m'))))
          | _ => stuck
          end)
    | FlPushFront l f =>
        insert l f (λ list cursor,
          alone cursor (frame_list_code.frame_list_push_front
                          [ids; #(LitLoc list); #(LitLoc (slot_loc f))])%E)
    | FlPushBack l f =>
        insert l f (λ list cursor,
          alone cursor (frame_list_code.frame_list_push_back
                          [ids; #(LitLoc list); #(LitLoc (slot_loc f))])%E)
    | FlCursorInsert l f =>
        insert l f (λ _ cursor,
          frame_list_code.frame_cursor_insert_before
            [ids; #(LitLoc cursor); #(LitLoc (slot_loc f))]%E)
    | FlPopFront l =>
        on l (λ list cursor,
          program (alone cursor (frame_list_code.frame_list_pop_front [ #(LitLoc list)])%E) frame)
    | FlPopBack l =>
        on l (λ list cursor,
          program (alone cursor (frame_list_code.frame_list_pop_back [ #(LitLoc list)])%E) frame)
    | FlCursorTake l =>
        on l (λ _ cursor,
          program (frame_list_code.frame_cursor_take_current [ #(LitLoc cursor)])%E frame)
    | FlCursorCurrent l =>
        on l (λ _ cursor,
          program (frame_list_code.frame_cursor_current [ #(LitLoc cursor)])%E frame)
    | FlContains l f =>
        on l (λ list _,
          program (frame_list_code.frame_list_contains link_cells
                     [ #(LitLoc base); #(frame_code.page_size * frames); #(LitLoc list);
                       #(frame_code.page_size * f)])%E (λ v m',
            match v with
            | LitV (LitInt b) => (m', ListRun (FlBool (negb (b =? 0))))
            | _ => stuck
            end))
    | FlSize l =>
        on l (λ list _, program (frame_list_code.frame_list_size [ #(LitLoc list)])%E number)
    | FlId l => on l (λ list _, program (!(#(LitLoc list) +ₗ #frame_list_code.list_id))%E number)
    | FlDrop l =>
        on l (λ list _,
          program (frame_list_code.frame_list_drop list_glues list_allocator [ #(LitLoc list)];;
                   Free #6 #(LitLoc list))%E (λ _ m',
            match gone (lm_state m') (log +ₗ 1)%L
                    (Z.to_nat (frame_read_int (lm_state m') log `div` 2)) with
            | Some fs => (without_frames (with_list m' l None) fs, ListRun (FlDropped fs))
            | None => stuck
            end))
    | FlCursorFront l =>
        on l (λ list cursor,
          program (frame_list_code.frame_list_cursor_front
                     [ #(LitLoc cursor); #(LitLoc list)])%E done)
    | FlCursorBack l =>
        on l (λ list cursor,
          program (frame_list_code.frame_list_cursor_back
                     [ #(LitLoc cursor); #(LitLoc list)])%E done)
    | FlCursorNext l =>
        on l (λ _ cursor,
          program (frame_list_code.frame_cursor_move_next [ #(LitLoc cursor)])%E done)
    | FlCursorPrev l =>
        on l (λ _ cursor,
          program (frame_list_code.frame_cursor_move_prev [ #(LitLoc cursor)])%E done)
    end.
End driver.

Fixpoint lists_of (σ : state) (l : loc) (n : nat) : list word :=
  match n with
  | O => []
  | S n' =>
      frame_read_int σ (l +ₗ frame_code.slot_in_list)%L
        :: lists_of σ (l +ₗ link_slot_cells)%L n'
  end.
Definition list_memory_lists (m : list_memory) : list word :=
  lists_of (lm_state m) (lm_base m) (Z.to_nat (tbl_len (lm_live m))).

Fixpoint list_memory_run (m : list_memory) (os : list fl_op)
    : list list_run_outcome * list word :=
  match os with
  | [] => ([], list_memory_lists m)
  | o :: os' =>
      match list_memory_step m o with
      | (_, ListRun FlAborted) => ([ListRun FlAborted], list_memory_lists m)
      | (_, ListProgramStuck) => ([ListProgramStuck], [])
      | (_, ListProgramOutOfFuel) => ([ListProgramOutOfFuel], [])
      | (m', r) => let (rs, ls) := list_memory_run m' os' in (r :: rs, ls)
      end
  end.

(** A whole trace, from [n] unique frames: the outcomes, and the number of the list that
each frame is in at the end. *)
Definition list_program_report (n : word) (os : list fl_op)
    : list list_run_outcome * list word :=
  match list_memory_init n with
  | Some m => list_memory_run m os
  | None => ([ListProgramStuck], [])
  end.
Definition list_report (n : word) (os : list fl_op) : list fl_outcome * list word :=
  let (s, rs) := fl_run (fl_init n) os in (rs, lf_in_list <$> fl_frames s).

(** The driver drives: every operation, and the programs answer what the model does. *)
Definition list_example : list fl_op :=
  [FlNew; FlPopFront 0; FlContains 0 1; FlId 0; FlPushBack 0 1; FlPushFront 0 0; FlNew;
   FlPushBack 1 1; FlPushBack 1 3; FlContains 0 1; FlContains 1 1; FlContains 1 9; FlId 1;
   FlSize 0; FlCursorFront 0; FlCursorNext 0; FlCursorCurrent 0; FlCursorInsert 0 2;
   FlCursorPrev 0; FlCursorCurrent 0; FlCursorTake 0; FlCursorCurrent 0; FlCursorNext 0;
   FlCursorCurrent 0; FlCursorTake 0; FlCursorBack 0; FlCursorTake 0; FlSize 0;
   FlPushFront 0 2; FlPushBack 0 4; FlPushBack 0 1; FlPopBack 0; FlDrop 0; FlDrop 0;
   FlPushBack 1 2; FlPushBack 1 1; FlSize 1].
Example list_program_report_example :
  list_program_report 5 list_example =
    (let (rs, ls) := list_report 5 list_example in (map ListRun rs, ls)).
Proof. by vm_compute. Qed.
