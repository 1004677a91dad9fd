
type nat =
| O
| S of nat

val app : 'a1 list -> 'a1 list -> 'a1 list

type comparison =
| Eq
| Lt
| Gt

val add : nat -> nat -> nat

module Pos :
 sig
  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val compare_cont :
    comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val iter_op : ('a1 -> 'a1 -> 'a1) -> Big_int_Z.big_int -> 'a1 -> 'a1

  val to_nat : Big_int_Z.big_int -> nat
 end

module Z :
 sig
  val double : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pos_sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val opp : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred : Big_int_Z.big_int -> Big_int_Z.big_int

  val sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val ltb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val to_nat : Big_int_Z.big_int -> nat

  val pos_div_eucl :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val div_eucl :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val modulo : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int
 end

val replicate : nat -> 'a1 -> 'a1 list

type word = Big_int_Z.big_int

val word_max : word

val word_modulus : Big_int_Z.big_int

val word_wrap : Big_int_Z.big_int -> word

val word_wrapping_add : word -> word -> word

val word_wrapping_sub : word -> word -> word

val word_eqb : word -> word -> bool

val word_ltb : word -> word -> bool

val word_leb : word -> word -> bool

val word_checked_add : word -> word -> word option

val word_checked_sub : word -> word -> word option

type 'a table = 'a list

val tbl_empty : 'a1 table

val tbl_len : 'a1 table -> word

val tbl_get : 'a1 table -> word -> 'a1 option

val tbl_set : 'a1 table -> word -> 'a1 -> 'a1 table

val tbl_push : 'a1 table -> 'a1 -> 'a1 table

val tbl_make : word -> 'a1 -> 'a1 table

type clone_count =
| CloneStored of word
| CloneAborted

type drop_count =
| DropStored of word
| DropLast

val rc_clone_count : word -> clone_count

val rc_drop_count : word -> drop_count

type rc_box = { box_strong : word; box_leaked : word; box_payload : word }

type rc_state = { rc_boxes : rc_box option table;
                  rc_handles : word option table }

type rc_op =
| RcNew of word
| RcClone of word
| RcDrop of word
| RcStrongCount of word
| RcGet of word
| RcLeak of word * word

type rc_event =
| RcPayloadDropped of word
| RcMemoryFreed of word

type rc_outcome =
| RcHandle of word
| RcCount of word
| RcPayload of word
| RcDropped of rc_event list
| RcLeaked
| RcBadHandle
| RcAborted

val rc_init : rc_state

val rc_find : rc_state -> word -> (word * rc_box) option

val rc_set_box : rc_state -> word -> rc_box option -> rc_state

val rc_close_handle : rc_state -> word -> rc_state

val rc_new : rc_state -> word -> rc_state * rc_outcome

val rc_clone : rc_state -> word -> rc_state * rc_outcome

val rc_drop : rc_state -> word -> rc_state * rc_outcome

val rc_strong_count : rc_state -> word -> rc_state * rc_outcome

val rc_get : rc_state -> word -> rc_state * rc_outcome

val rc_leak : rc_state -> word -> word -> rc_state * rc_outcome

val rc_step : rc_state -> rc_op -> rc_state * rc_outcome

val rc_run : rc_state -> rc_op list -> rc_state * rc_outcome list

val slot_unused : word

val slot_unique : word

val slot_max : word

val slot_busy : word

type frame_error =
| ErrInUse
| ErrUnused
| ErrUnique
| ErrBusy
| ErrOutOfBound

val slot_claim : word -> frame_error option

type acquire_count =
| AcquireStored of word
| AcquireAborted
| AcquireFailed of frame_error

val slot_acquire : word -> acquire_count

val slot_clone_count : word -> clone_count

val slot_drop_count : word -> drop_count

val slot_try_unique : word -> bool

type slot = { slot_word : word; slot_leaked : word; slot_meta : word option }

type frame_kind =
| KindUnique
| KindShared

type frame_handle =
| HoldsUnique of word
| HoldsShared of word
| HoldsBusy of word

type frame_state = { frame_slots : slot table;
                     frame_handles : frame_handle option table }

type frame_op =
| FrameFromUnused of frame_kind * word * word
| FrameFromInUse of word
| FrameFromUnique of word
| FrameTryFromShared of word
| FrameClone of word
| FrameDrop of word
| FrameRefCount of word
| FrameMeta of word
| FrameLeak of word * word
| FrameReserve of word
| FramePublish of word * frame_kind * word
| FrameRelease of word
| FrameVacate of word

type frame_event =
| EventOnDrop of word * word
| EventMetaDropped of word * word
| EventUnused of word
| EventDealloc of word

type frame_outcome =
| FrameHandle of word
| FrameHandedBack of word
| FrameCount of word
| FrameMetaIs of word
| FrameDropped of frame_event list
| FrameLeaked
| FrameFailed of frame_error
| FrameBadHandle
| FrameWrongHandle
| FrameAborted

val slot_fresh : slot

val frame_init : word -> frame_state

val frame_set_slot : frame_state -> word -> slot -> frame_state

val frame_set_handle :
  frame_state -> word -> frame_handle option -> frame_state

val frame_open :
  frame_state -> word -> slot -> frame_handle -> frame_state * frame_outcome

val frame_reserve : frame_state -> word -> frame_state * frame_outcome

val frame_built : frame_kind -> word -> slot

val frame_holds : frame_kind -> word -> frame_handle

val frame_publish :
  frame_state -> word -> frame_kind -> word -> frame_state * frame_outcome

val frame_from_unused :
  frame_state -> frame_kind -> word -> word -> frame_state * frame_outcome

val frame_from_in_use : frame_state -> word -> frame_state * frame_outcome

val frame_from_unique : frame_state -> word -> frame_state * frame_outcome

type shared_slot =
| SharedSlot of word * slot
| SharedRefused of frame_outcome

val frame_find_shared : frame_state -> word -> shared_slot

val frame_try_from_shared : frame_state -> word -> frame_state * frame_outcome

val frame_clone : frame_state -> word -> frame_state * frame_outcome

val frame_ref_count : frame_state -> word -> frame_state * frame_outcome

val frame_leak : frame_state -> word -> word -> frame_state * frame_outcome

val frame_handle_slot : frame_handle -> word

val frame_meta : frame_state -> word -> frame_state * frame_outcome

type released =
| ReleasedShare
| ReleasedLast of word * word option
| ReleaseRefused of frame_outcome

val frame_let_go : frame_state -> word -> frame_state * released

val frame_give_back : frame_state -> word -> word -> frame_state

val frame_release : frame_state -> word -> frame_state * frame_outcome

val frame_vacate : frame_state -> word -> frame_state * frame_outcome

val frame_drop : frame_state -> word -> frame_state * frame_outcome

val frame_step : frame_state -> frame_op -> frame_state * frame_outcome

val frame_run :
  frame_state -> frame_op list -> frame_state * frame_outcome list
