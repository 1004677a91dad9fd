(** * Lists of frames

The sealed export of the statements in [frame_list_sig.v].

Source: [LinkedList] and [CursorMut] of asterinas' ostd (mm/frame/linked_list.rs). *)
From iris.base_logic.lib Require Import invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.list Require Export frame_list_sig.
From tally.frame.list.proof Require frame_list_ghost frame_list_links frame_list_specs
  frame_list_cursors.
From tally.prelude Require Import options.

Module Export frame_list : frame_list_sig.
  Definition list_ids := @frame_list_ghost.list_ids.
  Definition in_list_inv := @frame_list_ghost.in_list_inv.
  Definition frame_list := @frame_list_links.frame_list.
  Definition frame_cursor := @frame_list_cursors.frame_cursor.
  Definition list_ids_persistent := @frame_list_ghost.list_ids_persistent.
  Definition in_list_inv_persistent := @frame_list_ghost.in_list_inv_persistent.
  Definition list_ids_alloc := @frame_list_ghost.list_ids_alloc.
  Definition in_list_inv_alloc := @frame_list_ghost.in_list_inv_alloc.
  Definition in_list_closed := @frame_list_specs.in_list_closed.
  Definition frame_list_id_range := @frame_list_specs.frame_list_id_range.
  Definition frame_list_length := @frame_list_specs.frame_list_length.
  Definition frame_list_id_unique := @frame_list_specs.frame_list_id_unique.
  Definition frame_list_token_acc := @frame_list_specs.frame_list_token_acc.
  Definition frame_list_not_held := @frame_list_specs.frame_list_not_held.
  Definition frame_list_new_spec := @frame_list_specs.frame_list_new_spec.
  Definition frame_list_cells := @frame_list_specs.frame_list_cells.
  Definition frame_list_size_spec := @frame_list_specs.frame_list_size_spec.
  Definition frame_list_is_empty_spec := @frame_list_specs.frame_list_is_empty_spec.
  Definition frame_list_has_spec := @frame_list_specs.frame_list_has_spec.
  Definition frame_list_contains_spec := @frame_list_specs.frame_list_contains_spec.
  Definition frame_list_contains_outside_spec :=
    @frame_list_specs.frame_list_contains_outside_spec.
  Definition frame_list_push_front_spec := @frame_list_specs.frame_list_push_front_spec.
  Definition frame_list_push_back_spec := @frame_list_specs.frame_list_push_back_spec.
  Definition frame_list_pop_front_spec := @frame_list_specs.frame_list_pop_front_spec.
  Definition frame_list_pop_back_spec := @frame_list_specs.frame_list_pop_back_spec.
  Definition frame_list_pop_front_empty_spec :=
    @frame_list_specs.frame_list_pop_front_empty_spec.
  Definition frame_list_pop_back_empty_spec :=
    @frame_list_specs.frame_list_pop_back_empty_spec.
  Definition frame_list_drop_spec := @frame_list_specs.frame_list_drop_spec.
  Definition frame_cursor_end := @frame_list_cursors.frame_cursor_end.
  Definition frame_cursor_meta_acc := @frame_list_cursors.frame_cursor_meta_acc.
  Definition frame_list_cursor_front_spec :=
    @frame_list_cursors.frame_list_cursor_front_spec.
  Definition frame_list_cursor_back_spec :=
    @frame_list_cursors.frame_list_cursor_back_spec.
  Definition frame_list_cursor_back_empty_spec :=
    @frame_list_cursors.frame_list_cursor_back_empty_spec.
  Definition frame_list_cursor_at_spec := @frame_list_cursors.frame_list_cursor_at_spec.
  Definition frame_list_cursor_at_none_spec :=
    @frame_list_cursors.frame_list_cursor_at_none_spec.
  Definition frame_cursor_as_list_spec := @frame_list_cursors.frame_cursor_as_list_spec.
  Definition frame_cursor_current_spec := @frame_list_cursors.frame_cursor_current_spec.
  Definition frame_cursor_current_meta_spec :=
    @frame_list_cursors.frame_cursor_current_meta_spec.
  Definition frame_cursor_move_next_spec :=
    @frame_list_cursors.frame_cursor_move_next_spec.
  Definition frame_cursor_move_next_end_spec :=
    @frame_list_cursors.frame_cursor_move_next_end_spec.
  Definition frame_cursor_move_prev_spec :=
    @frame_list_cursors.frame_cursor_move_prev_spec.
  Definition frame_cursor_move_prev_end_spec :=
    @frame_list_cursors.frame_cursor_move_prev_end_spec.
  Definition frame_cursor_take_current_spec :=
    @frame_list_cursors.frame_cursor_take_current_spec.
  Definition frame_cursor_take_current_end_spec :=
    @frame_list_cursors.frame_cursor_take_current_end_spec.
  Definition frame_cursor_insert_before_spec :=
    @frame_list_cursors.frame_cursor_insert_before_spec.
End frame_list.
