(** * Extraction to OCaml

The machines of [Rc], of page frames and of segments, lists and regions of them, by the
other road, and the verified programs of [Rc], of page frames, of segments and of lists
in the interpreter of λRust. Nothing is replaced but the numbers, which become
zarith's big integers, right at 2⁶⁴ − 1 and beyond. (Coq's maps of [Z] to OCaml's own
63-bit [int] would not be.) Words and tables run as they are defined.
[rust/tally-oracle] links the result behind a C boundary. *)
From tally.model Require Import rc_model slot_model segment_model frame_list_model
  region_model.
Require Import word_trace rc_trace frame_trace segment_trace list_trace.
Require Coq.extraction.Extraction.
Require Import Coq.extraction.ExtrOcamlBasic Coq.extraction.ExtrOcamlZBigInt.
Extraction Language OCaml.
Extraction "model.ml"
  word_step
  rc_report frame_init frame_run rc_program_report frame_program_report
  segment_program_report list_program_report seg_init seg_run fl_init fl_run region_init region_run.

(** The weak-memory machine, the slot protocol on it and the explorer: a module of its own,
since names such as [word] and [step] mean other things there. *)
Require explorer_trace.
Extraction "explorer.ml" explorer_trace.explorer_answers.
