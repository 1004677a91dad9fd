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
  Include frame_list_ghost.
  Include frame_list_links.
  Include frame_list_specs.
  Include frame_list_cursors.
End frame_list.
