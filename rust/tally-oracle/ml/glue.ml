(* What the oracle serves: strings of bytes, each the answer to one. A request is

     version (1 byte, 1)   subject (1 byte)   body

   and its body is, but for the subjects without one, a number (8), of slots, pages or frames;
   then the number of operations (4), and the operations. A response is a status (1). 0 is
   followed by the number of outcomes (4) and the outcomes; of those subjects that report
   what is left in the end, by a second number (4) and so many words (8 each). Any other
   status is an error and is followed by the offset (8) in the request at which it was
   found. Operations and outcomes are generated: wire.ml.

   To add a subject: its types in xtask/src/codegen/wire.rs, a line in [subjects], and the
   same number in src/lib.rs. *)

open Model
open Octets
open Wire

(* Traces take time quadratic in their length, because tables are lists here. *)
let max_operations = 8192
let max_slots = 4096

(* A program takes some hundred steps for each operation, each as slow as the memory
   is large. *)
let max_program_operations = 1024

(* The log of a program has room for four events of each. *)
let max_program_pages = 16

(* More calls of user code than operations make. *)
let max_fuse = 4 * max_program_operations

(* A change that is made twice is made once. *)
let max_changes = 32

(* Reads operations, runs them, and writes the outcomes. *)
let outcomes ?(limit = max_operations) least get put run r b =
  put_list put b (run (get_all r ~limit ~least get))

(* As well, and then words: what [run] gives beside the outcomes. *)
let report ?(limit = max_operations) least get put run r b =
  let given, left = run (get_all r ~limit ~least get) in
  put_list put b given;
  put_list put_word b left

let limit = max_program_operations

(* Of so many slots, pages or frames. *)
let of_size limit serve r b =
  let n = get_size r ~limit in
  serve n r b

let subjects =
  [ (1, outcomes least_word_op get_word_op put_word_answer (List.map word_step));
    (* The words of these two: the names of the boxes that were not freed. *)
    (2, report least_rc_op get_rc_op put_rc_outcome rc_report);
    (* The number of this one: which call of user code unwinds. *)
    (4, of_size max_fuse (fun fuse ->
         report ~limit least_rc_op get_rc_op put_rc_run_outcome (rc_program_report fuse)));
    (3, of_size max_slots (fun n ->
         outcomes least_frame_op get_frame_op put_frame_outcome (fun ops ->
             snd (frame_run (frame_init n) ops))));
    (* The words of these: those of all slots, and the numbers of their lists. *)
    (6, of_size max_slots (fun n ->
         report ~limit least_frame_op get_frame_op put_frame_run_outcome
           (frame_program_report n)));
    (7, of_size max_slots (fun n ->
         outcomes least_seg_op get_seg_op put_seg_outcome (fun ops ->
             snd (seg_run (seg_init n) ops))));
    (10, of_size max_program_pages (fun n ->
         report ~limit least_seg_op get_seg_op put_segment_run_outcome
           (segment_program_report n)));
    (8, of_size max_slots (fun n ->
         outcomes least_fl_op get_fl_op put_fl_outcome (fun ops ->
             snd (fl_run (fl_init n) ops))));
    (11, of_size max_program_pages (fun n ->
         report ~limit least_fl_op get_fl_op put_list_run_outcome
           (list_program_report n)));
    (9, outcomes least_region_op get_region_op put_region_outcome (fun ops ->
         snd (region_run region_init ops)));
    (5, outcomes ~limit:max_changes least_change get_change put_explorer_answer
         Explorer.explorer_answers) ]

let refuse status offset =
  let b = Buffer.create 9 in
  put_tag b status;
  Buffer.add_int64_le b (Int64.of_int offset);
  Buffer.contents b

(* Never raises: an exception of the model is an answer, too. A full stack raises none
   here, as the process keeps SIGSEGV for itself (c/shim.c); it ends the process. The
   limits above and the stack that src/runtime.rs gives this thread prevent that. *)
let serve text =
  try
    let r = { text; at = 0 } in
    if get_tag r <> 1 then raise (Malformed (unknown_version, 0));
    match List.assoc_opt (get_tag r) subjects with
    | None -> raise (Malformed (unknown_subject, 1))
    | Some answer ->
      let b = Buffer.create 4096 in
      put_tag b 0;
      answer r b;
      Buffer.contents b
  with
  | Malformed (status, offset) -> refuse status offset
  | _ -> refuse failed 0

let () = Callback.register "tally_oracle_serve" serve
