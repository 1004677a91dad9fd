(* Requests and responses of the oracle, as strings of bytes.

   All numbers are little-endian. A request is

     version (1 byte, 1)   subject (1 byte)   body

   and its body depends on the subject:

     1 words   count (4), then count × [operation (1) a (8) b (8)]
     2 rc      count (4), then count × [operation (1) arguments (8 each)]
     3 frames  slots (8), count (4), then count × [operation (1) arguments (8 each)]
     4 program as 2, but run by the verified λRust programs in the interpreter
     5 orders  count (4), then count × [change (1)]: a configuration of memory orderings,
               of which the explorer says what it finds in each scenario
     6 program as 3, but run by the verified λRust programs in the interpreter
     7 segment as 3, of segments of frames
     8 list    as 3, of lists of frames
     9 region  as 2, of a region of frames with holes
     10 program as 7, but run by the verified λRust programs in the interpreter
     11 program as 8, likewise

   A response is a status (1 byte). 0 is followed by count (4) and the outcomes, each
   a tag (1) and its arguments: 8 bytes for a word, 1 for an error, and for a list its
   length (4) and then each element with its own tag. For subjects 2, 4, 6, 10 and
   11 there follows a second count (4) and words (8 each): the names of the boxes that were
   not freed, for 6 and 10 the words of all slots, for 11 the numbers of their lists. Any other status is an error and is followed by the offset (8) in
   the request at which it was found.

   To add a subject: a number below, a function that reads a body and writes its
   outcomes, and a line in [subjects]; the same number in src/lib.rs. *)

(* [Model] has types of these names, too. *)
type text = string

open Model

exception Malformed of int * int (* status, offset *)

let truncated = 1
let unknown_version = 2
let unknown_subject = 3
let unknown_operation = 4
let too_many = 5
let trailing = 6
let failed = 7

(* Traces take time quadratic in their length, because tables are lists here. *)
let max_operations = 8192
let max_slots = 4096

(* A program takes some hundred steps for each operation, each as slow as the memory
   is large. *)
let max_program_operations = 1024

(* The log of a program has room for four events of each. *)
let max_program_pages = 16

(* ---- Reading ---- *)

type reader = { text : text; mutable at : int }

let take r n =
  if String.length r.text - r.at < n then raise (Malformed (truncated, r.at));
  let at = r.at in
  r.at <- at + n;
  at

let byte r = Char.code r.text.[take r 1]

(* [Model] hides zarith's [Z] behind Coq's; [Big_int_Z] is still there. *)
let modulus = Big_int_Z.power_int_positive_int 2 64

let word r =
  let n = Big_int_Z.big_int_of_int64 (String.get_int64_le r.text (take r 8)) in
  if Big_int_Z.sign_big_int n < 0 then Big_int_Z.add_big_int n modulus else n

(* A count that the rest of the request can hold, [least] bytes each. *)
let count r ~limit ~least =
  let at = r.at in
  let n = Int32.to_int (String.get_int32_le r.text (take r 4)) land 0xffff_ffff in
  if n > limit then raise (Malformed (too_many, at));
  if n * least > String.length r.text - r.at then
    raise (Malformed (truncated, String.length r.text));
  n

let operations r ~limit ~least read =
  let n = count r ~limit ~least in
  let rec go n acc = if n = 0 then List.rev acc else go (n - 1) (read r :: acc) in
  let ops = go n [] in
  if r.at < String.length r.text then raise (Malformed (trailing, r.at));
  ops

let unknown r = raise (Malformed (unknown_operation, r.at - 1))

(* ---- Writing ---- *)

let put_byte b n = Buffer.add_char b (Char.chr n)
let put_count b n = Buffer.add_int32_le b (Int32.of_int n)

let put_word b n =
  if Big_int_Z.sign_big_int n < 0 || Big_int_Z.ge_big_int n modulus then
    failwith "a number that is no word";
  let signed =
    if Big_int_Z.lt_big_int n (Big_int_Z.power_int_positive_int 2 63) then n
    else Big_int_Z.sub_big_int n modulus
  in
  Buffer.add_int64_le b (Big_int_Z.int64_of_big_int signed)

let put_list b put items =
  put_count b (List.length items);
  List.iter (put b) items

(* ---- Words ---- *)

type answer = Word of Big_int_Z.big_int option | Bool of bool

let word_operation r =
  let tag = byte r in
  if tag > 6 then unknown r;
  let x = word r in
  let y = word r in
  match tag with
  | 0 -> Word (Some (word_wrapping_add x y))
  | 1 -> Word (Some (word_wrapping_sub x y))
  | 2 -> Word (word_checked_add x y)
  | 3 -> Word (word_checked_sub x y)
  | 4 -> Bool (word_eqb x y)
  | 5 -> Bool (word_ltb x y)
  | _ -> Bool (word_leb x y)

let put_answer b = function
  | Word None -> put_byte b 0
  | Word (Some n) -> put_byte b 1; put_word b n
  | Bool false -> put_byte b 2
  | Bool true -> put_byte b 3

let serve_words r b =
  put_list b put_answer (operations r ~limit:max_operations ~least:17 word_operation)

(* ---- Rc ---- *)

let rc_operation r =
  let with_word f = let h = word r in f h (word r) in
  match byte r with
  | 0 -> RcNew (word r)
  | 1 -> RcClone (word r)
  | 2 -> RcDrop (word r)
  | 3 -> RcStrongCount (word r)
  | 4 -> RcWeakCount (word r)
  | 5 -> RcGet (word r)
  | 6 -> with_word (fun h p -> RcSet (h, p))
  | 7 -> with_word (fun h p -> RcMakeMut (h, p))
  | 8 -> with_word (fun h other -> RcPtrEq (h, other))
  | 9 -> RcTryUnwrap (word r)
  | 10 -> RcIntoInner (word r)
  | 11 -> RcUnwrapOrClone (word r)
  | 12 -> RcDowngrade (word r)
  | 13 -> RcUpgrade (word r)
  | 14 -> RcWeakNew
  | 15 -> RcIntoRaw (word r)
  | 16 -> RcFromRaw (word r)
  | 17 -> RcIncrement (word r)
  | 18 -> RcDecrement (word r)
  | 19 -> RcNewCyclic (word r)
  | 20 -> RcUniqueNew (word r)
  | 21 -> RcUniqueIntoRc (word r)
  | 22 -> RcTryIntoUnique (word r)
  | 23 -> with_word (fun h n -> RcLeak (h, n))
  | _ -> unknown r

let put_rc_event b = function
  | RcPayloadCloned p -> put_byte b 0; put_word b p
  | RcPayloadDropped p -> put_byte b 1; put_word b p
  | RcMemoryFreed i -> put_byte b 2; put_word b i

let put_rc_outcome b = function
  | RcHandle h -> put_byte b 0; put_word b h
  | RcHandles (h, w) -> put_byte b 1; put_word b h; put_word b w
  | RcHandedBack h -> put_byte b 2; put_word b h
  | RcNone -> put_byte b 3
  | RcCount n -> put_byte b 4; put_word b n
  | RcTruth t -> put_byte b 5; put_byte b (Bool.to_int t)
  | RcPayload p -> put_byte b 6; put_word b p
  | RcChanged es -> put_byte b 7; put_list b put_rc_event es
  | RcTaken (p, es) -> put_byte b 8; put_word b p; put_list b put_rc_event es
  | RcDropped es -> put_byte b 9; put_list b put_rc_event es
  | RcLeaked -> put_byte b 10
  | RcBadHandle -> put_byte b 11
  | RcWrongHandle -> put_byte b 12
  | RcAborted -> put_byte b 13

(* The outcomes, and then words: the boxes that were not freed, or those of all slots. *)
let put_report b put (outcomes, leaks) =
  put_list b put outcomes;
  put_list b put_word leaks

let serve_rc r b =
  let ops = operations r ~limit:max_operations ~least:1 rc_operation in
  put_report b put_rc_outcome (rc_report ops)

(* ---- The verified programs of Rc ---- *)

let put_rc_run_outcome b = function
  | RcRun r -> put_rc_outcome b r
  | RcStuck -> put_byte b 14
  | RcOutOfFuel -> put_byte b 15

let serve_rc_programs r b =
  let ops = operations r ~limit:max_program_operations ~least:1 rc_operation in
  put_report b put_rc_run_outcome (rc_program_report ops)

(* ---- Frames ---- *)

let kind r =
  match byte r with 0 -> KindUnique | 1 -> KindShared | _ -> unknown r

let frame_operation r =
  match byte r with
  | 0 ->
    let k = kind r in
    let i = word r in
    FrameFromUnused (k, i, word r)
  | 1 -> FrameFromInUse (word r)
  | 2 -> FrameFromUnique (word r)
  | 3 -> FrameTryFromShared (word r)
  | 4 -> FrameClone (word r)
  | 5 -> FrameDrop (word r)
  | 6 -> FrameRefCount (word r)
  | 7 -> FrameMeta (word r)
  | 8 -> let h = word r in FrameLeak (h, word r)
  | 9 -> FrameReserve (word r)
  | 10 ->
    let h = word r in
    let k = kind r in
    FramePublish (h, k, word r)
  | 11 -> FrameRelease (word r)
  | 12 -> FrameVacate (word r)
  | _ -> unknown r

let put_error b e =
  put_byte b
    (match e with
     | ErrInUse -> 0 | ErrUnused -> 1 | ErrUnique -> 2 | ErrBusy -> 3
     | ErrOutOfBound -> 4)

let put_frame_event b = function
  | EventOnDrop (i, m) -> put_byte b 0; put_word b i; put_word b m
  | EventMetaDropped (i, m) -> put_byte b 1; put_word b i; put_word b m
  | EventUnused i -> put_byte b 2; put_word b i
  | EventDealloc i -> put_byte b 3; put_word b i

let put_frame_outcome b = function
  | FrameHandle h -> put_byte b 0; put_word b h
  | FrameHandedBack h -> put_byte b 1; put_word b h
  | FrameCount n -> put_byte b 2; put_word b n
  | FrameMetaIs m -> put_byte b 3; put_word b m
  | FrameDropped es -> put_byte b 4; put_list b put_frame_event es
  | FrameLeaked -> put_byte b 5
  | FrameFailed e -> put_byte b 6; put_error b e
  | FrameBadHandle -> put_byte b 7
  | FrameWrongHandle -> put_byte b 8
  | FrameAborted -> put_byte b 9

let slots r =
  let at = r.at in
  let slots = word r in
  if Big_int_Z.gt_big_int slots (Big_int_Z.big_int_of_int max_slots) then
    raise (Malformed (too_many, at));
  slots

let serve_frames r b =
  let slots = slots r in
  let ops = operations r ~limit:max_operations ~least:9 frame_operation in
  put_list b put_frame_outcome (snd (frame_run (frame_init slots) ops))

let put_frame_run_outcome b = function
  | FrameRun outcome -> put_frame_outcome b outcome
  | FrameProgramStuck -> put_byte b 10
  | FrameProgramOutOfFuel -> put_byte b 11

let serve_frame_programs r b =
  let slots = slots r in
  let ops = operations r ~limit:max_program_operations ~least:9 frame_operation in
  put_report b put_frame_run_outcome (frame_program_report slots ops)

(* ---- Segments ---- *)

let segment_operation r =
  let tag = byte r in
  let x = word r in
  match tag with
  | 0 -> let stop = word r in SegFromUnused (x, stop, word r)
  | 1 -> SegFromInUse x
  | 2 -> SegSplit (x, word r)
  | 3 -> let lo = word r in SegSlice (x, lo, word r)
  | 4 -> SegClone x
  | 5 -> SegNext x
  | 6 -> SegNextBack x
  | 7 -> SegIntoRaw x
  | 8 -> SegFromRaw x
  | 9 -> SegDrop x
  | _ -> raise (Malformed (unknown_operation, r.at - 9))

let put_segment_error b = function
  | SegNotAligned -> put_byte b 0
  | SegEmpty -> put_byte b 1
  | SegOutOfBound -> put_byte b 2
  | SegPageRefused (page, e) -> put_byte b 3; put_word b page; put_error b e

let put_segment_outcome b = function
  | SegHandle h -> put_byte b 0; put_word b h
  | SegTwo (left, right) -> put_byte b 1; put_word b left; put_word b right
  | SegNone -> put_byte b 2
  | SegRaw (start, stop) -> put_byte b 3; put_word b start; put_word b stop
  | SegDropped es -> put_byte b 4; put_list b put_frame_event es
  | SegFailed e -> put_byte b 5; put_segment_error b e
  | SegBadHandle -> put_byte b 6
  | SegWrongHandle -> put_byte b 7
  | SegAborted -> put_byte b 8

let serve_segments r b =
  let slots = slots r in
  let ops = operations r ~limit:max_operations ~least:9 segment_operation in
  put_list b put_segment_outcome (snd (seg_run (seg_init slots) ops))

let put_segment_run_outcome b = function
  | SegmentRun outcome -> put_segment_outcome b outcome
  | SegmentProgramStuck -> put_byte b 9
  | SegmentProgramOutOfFuel -> put_byte b 10

let program_pages r =
  let at = r.at in
  let n = slots r in
  if Big_int_Z.gt_big_int n (Big_int_Z.big_int_of_int max_program_pages) then
    raise (Malformed (too_many, at));
  n

let serve_segment_programs r b =
  let slots = program_pages r in
  let ops = operations r ~limit:max_program_operations ~least:9 segment_operation in
  put_report b put_segment_run_outcome (segment_program_report slots ops)

(* ---- Lists ---- *)

let list_operation r =
  let tag = byte r in
  if tag = 0 then FlNew
  else
    let l = word r in
    match tag with
    | 1 -> FlPushFront (l, word r)
    | 2 -> FlPushBack (l, word r)
    | 3 -> FlPopFront l
    | 4 -> FlPopBack l
    | 5 -> FlContains (l, word r)
    | 6 -> FlSize l
    | 7 -> FlId l
    | 8 -> FlDrop l
    | 9 -> FlCursorFront l
    | 10 -> FlCursorBack l
    | 11 -> FlCursorNext l
    | 12 -> FlCursorPrev l
    | 13 -> FlCursorCurrent l
    | 14 -> FlCursorTake l
    | 15 -> FlCursorInsert (l, word r)
    | _ -> raise (Malformed (unknown_operation, r.at - 9))

let put_list_outcome b = function
  | FlList l -> put_byte b 0; put_word b l
  | FlDone -> put_byte b 1
  | FlFrame f -> put_byte b 2; put_word b f
  | FlNone -> put_byte b 3
  | FlBool t -> put_byte b 4; put_byte b (Bool.to_int t)
  | FlNumber n -> put_byte b 5; put_word b n
  | FlDropped fs -> put_byte b 6; put_list b put_word fs
  | FlBadList -> put_byte b 7
  | FlBadFrame -> put_byte b 8
  | FlAborted -> put_byte b 9

let serve_lists r b =
  let frames = slots r in
  let ops = operations r ~limit:max_operations ~least:1 list_operation in
  put_list b put_list_outcome (snd (fl_run (fl_init frames) ops))

let put_list_run_outcome b = function
  | ListRun outcome -> put_list_outcome b outcome
  | ListProgramStuck -> put_byte b 10
  | ListProgramOutOfFuel -> put_byte b 11

let serve_list_programs r b =
  let frames = program_pages r in
  let ops = operations r ~limit:max_program_operations ~least:1 list_operation in
  put_report b put_list_run_outcome (list_program_report frames ops)

(* ---- Regions ---- *)

let region_operation r =
  match byte r with
  | 0 -> RegionTrack
  | 1 -> RegionSkip
  | 2 -> RegionGetSlot (word r)
  | 3 ->
    let k = kind r in
    let pa = word r in
    RegionFromUnused (k, pa, word r)
  | 4 -> RegionFromInUse (word r)
  | 5 -> RegionStartPaddr (word r)
  | 6 -> RegionFrame (frame_operation r)
  | _ -> unknown r

let put_region_error b e =
  put_byte b (match e with RegionNotAligned -> 0 | RegionOutOfBound -> 1)

let put_region_outcome b = function
  | RegionTracked i -> put_byte b 0; put_word b i
  | RegionSkipped -> put_byte b 1
  | RegionFull -> put_byte b 2
  | RegionSlot i -> put_byte b 3; put_word b i
  | RegionStart pa -> put_byte b 4; put_word b pa
  | RegionFailed e -> put_byte b 5; put_region_error b e
  | RegionDid outcome -> put_byte b 6; put_frame_outcome b outcome

let serve_regions r b =
  let ops = operations r ~limit:max_operations ~least:1 region_operation in
  put_list b put_region_outcome (snd (region_run region_init ops))

(* ---- Memory orderings ---- *)

(* A change that is made twice is made once. *)
let max_changes = 32

let change r : Explorer.change =
  match byte r with
  | 0 -> Relaxing AtClaimUnused
  | 1 -> Relaxing AtPublishShared
  | 2 -> Relaxing AtFromInUse
  | 3 -> Relaxing AtReleaseShare
  | 4 -> Relaxing AtLastShareFence
  | 5 -> Relaxing AtStoreUnused
  | 6 -> Relaxing AtShareUnique
  | 7 -> Relaxing AtTryFromShared
  | 8 -> ClaimsUnique
  | 9 -> RetiresUnmarked
  | 10 -> TestsByLoad
  | _ -> unknown r

(* With an execution, the machine is asked again whether it goes wrong so. *)
let put_verdict c b (_, v) =
  match (v : Explorer.verdict) with
  | Nothing -> put_byte b 0
  | OutOfFuel -> put_byte b 1
  | Found (f, trace) ->
    put_byte b (match f with Race -> 2 | Lifetime -> 3 | Stray -> 4);
    put_byte b (if Explorer.goes_wrong c f trace then 1 else 0);
    put_count b (List.length trace)

let serve_orderings r b =
  let c = operations r ~limit:max_changes ~least:1 change in
  put_list b (put_verdict c) (Explorer.verdicts c)

(* ---- Serving ---- *)

let subjects =
  [ (1, serve_words); (2, serve_rc); (3, serve_frames); (4, serve_rc_programs);
    (5, serve_orderings); (6, serve_frame_programs); (7, serve_segments);
    (8, serve_lists); (9, serve_regions); (10, serve_segment_programs);
    (11, serve_list_programs) ]

let refuse status offset =
  let b = Buffer.create 9 in
  put_byte b status;
  Buffer.add_int64_le b (Int64.of_int offset);
  Buffer.contents b

(* Never raises: an exception of the model is an answer, too. A full stack raises none
   here, as the process keeps SIGSEGV for itself (c/shim.c); it ends the process. The
   limits above and the stack that src/runtime.rs gives this thread prevent that. *)
let serve text =
  try
    let r = { text; at = 0 } in
    if byte r <> 1 then raise (Malformed (unknown_version, 0));
    match List.assoc_opt (byte r) subjects with
    | None -> raise (Malformed (unknown_subject, 1))
    | Some answer ->
      let b = Buffer.create 4096 in
      put_byte b 0;
      answer r b;
      Buffer.contents b
  with
  | Malformed (status, offset) -> refuse status offset
  | _ -> refuse failed 0

let () = Callback.register "tally_oracle_serve" serve
