(** * Extraction of the executable models to JSON

The generator ([cargo xtask codegen]) turns the JSON into Rust, and the types of
operations and outcomes, those of the programs' runs and of the explorer too, into the
wire format of the oracle. It puts the native
operations of [u64] and of vectors in the place of those on words and tables, whose
bodies it does not look at, and a word in the place of a [nat], which only counts a
recursion down. The projections are listed because the JSON does not otherwise tell
the names of a record's fields. *)
From tally.model Require Import rc_model slot_model segment_model frame_list_model
  region_model.
Require Import word_trace rc_trace frame_trace segment_trace list_trace.
From tally.orderings Require explored.
Require explorer_trace.
Require Coq.extraction.Extraction.
Extraction Language JSON.
Extraction "model.json"
  word_step rc_run_outcome frame_run_outcome segment_run_outcome list_run_outcome
  explored.change explorer_trace.explorer_answer
  box_strong box_weak box_leaked box_weak_leaked box_content rc_boxes rc_handles
  rc_init rc_step
  slot_word slot_leaked slot_meta frame_slots frame_handles frame_init frame_step
  seg_pages seg_handles seg_init seg_step
  lf_live lf_in_list fl_id fl_items fl_cursor fl_frames fl_lists fl_next_id
  fl_init fl_step
  region_end region_pages region_starts region_frames region_init region_step.
