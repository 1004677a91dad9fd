(** * A client of lists of frames: the empty list, the ends, and looking

[frame_list_all_ops_client] has slots for the pages 0, 1 and 2, a list and the cells of a
cursor, and does one thing after the other:

<<
  empty        the list is empty (yes); pops at both ends (null, null); a cursor at the
               back: no frame (null), no metadata (null)
  0 1 2        frames with metadata 5, 7, 9 go in at the back; the list is empty (no)
  0 1          the back is popped; a cursor at its frame (no: it is not in the list);
               is the frame of an address in the list that is inside a page, or behind
               the end of the memory (no, no)?
               a cursor at the back: metadata (7); on, behind the last: no frame (null),
               nothing to take out (null); on, to the front: metadata (5); back twice:
               metadata (7); the list's size, by the cursor (2)
  2 0 1        what was popped goes in at the front; a cursor at it (yes), and the
               metadata of the frame that is there (9)
>>

It returns [#true] if every answer was that in parentheses, and
[frame_list_all_ops_client_adequate] is that it returns nothing else and is never stuck.
The frames stay in the list; what a drop leaves is in [frame_list_client.v]. The proof
uses the sealed specifications alone. [frame_list_all_ops_client_run] computes the one
execution. *)
From iris.base_logic.lib Require Import cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.frame.slot Require Import frame frame_addr_sig.
From tally.frame.list Require Import frame_list.
From tally.examples Require Import expect frame_list_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition frame_list_all_ops_client : expr :=
  let: "ids" := Alloc #1 in
  "ids" <- #1;;
  let: "base" := Alloc #21 in
  boot_slot ["base"; #0];;
  boot_slot ["base"; #4096];;
  boot_slot ["base"; #8192];;
  let: "cursor" := Alloc #2 in
  let: "list" := Alloc #4 in
  frame_list_new ["list"];;
  expect (frame_list_is_empty ["list"]) 1 (
  expect (frame_list_pop_front ["list"]) 0 (
  expect (frame_list_pop_back ["list"]) 0 (
  frame_list_cursor_back ["cursor"; "list"];;
  expect (frame_cursor_current ["cursor"]) 0 (
  expect (frame_cursor_current_meta ["cursor"]) 0 (
  frame_list_push_back ["ids"; "list"; claim_number ["base"; #0; #5]];;
  frame_list_push_back ["ids"; "list"; claim_number ["base"; #4096; #7]];;
  frame_list_push_back ["ids"; "list"; claim_number ["base"; #8192; #9]];;
  expect (frame_list_is_empty ["list"]) 0 (
  let: "popped" := frame_list_pop_back ["list"] in
  expect (frame_list_cursor_at ["cursor"; "list"; "popped"]) 0 (
  expect (frame_list_contains 3 ["base"; #12288; "list"; #4097]) 0 (
  expect (frame_list_contains 3 ["base"; #12288; "list"; #12288]) 0 (
  frame_list_cursor_back ["cursor"; "list"];;
  expect !(frame_cursor_current_meta ["cursor"]) 7 (
  frame_cursor_move_next ["cursor"];;
  expect (frame_cursor_current ["cursor"]) 0 (
  expect (frame_cursor_take_current ["cursor"]) 0 (
  frame_cursor_move_next ["cursor"];;
  expect !(frame_cursor_current_meta ["cursor"]) 5 (
  frame_cursor_move_prev ["cursor"];;
  frame_cursor_move_prev ["cursor"];;
  expect !(frame_cursor_current_meta ["cursor"]) 7 (
  expect (frame_list_size [frame_cursor_as_list ["cursor"]]) 2 (
  frame_list_push_front ["ids"; "list"; "popped"];;
  expect (frame_list_cursor_at ["cursor"; "list"; "popped"]) 1 (
  expect !(frame_cursor_current ["cursor"] +ₗ #slot_storage +ₗ #link_meta) 9
  #true)))))))))))))))).

Lemma frame_list_all_ops_client_run :
  main_value (run_program choice_reuse [] 3000 frame_list_all_ops_client) = Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !frameListG Σ}.
  Let Nl := nroot .@ "list".
  Implicit Types (x : list_slot) (γ : gname) (c l : loc) (v id : Z).

  (** What the metadata says of the frame that the cursor is at. *)
  Local Lemma cursor_number_spec γ c l id fs1 x v fs2 :
    {{{ frame_cursor list_dict Nl γ 0 c l id fs1 ((x, [ #v ]) :: fs2) }}}
      !#(ls_link x +ₗ link_meta)
    {{{ RET #v; frame_cursor list_dict Nl γ 0 c l id fs1 ((x, [ #v ]) :: fs2) }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". iDestruct (frame_cursor_meta_acc with "Hc") as "(Hm & Hv & Hc)".
    rewrite heap_pointsto_vec_singleton. wp_read. rewrite -heap_pointsto_vec_singleton.
    iApply "HΦ". iApply ("Hc" with "Hm Hv").
  Qed.

  (** A result that was expected, and what follows. *)
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).

  Lemma frame_list_all_ops_client_spec :
    ⊢ WP frame_list_all_ops_client {{ w, ⌜w = #true%V⌝ }}.
  Proof using All.
    rewrite /frame_list_all_ops_client. wp_alloc ids as "Hids" "_".
    rewrite heap_pointsto_vec_singleton. wp_write.
    iMod (list_ids_alloc Nl with "Hids") as (γ) "#Iids".
    wp_alloc base as "Hb" "_".
    rewrite (heap_pointsto_vec_app base 1 (replicate 7 #☠)%V (replicate 14 #☠)%V).
    rewrite (heap_pointsto_vec_app _ 1 (replicate 7 #☠)%V (replicate 7 #☠)%V).
    rewrite !shift_loc_assoc. iDestruct "Hb" as "(H0 & H1 & H2)". wp_pures.
    wp_apply (frame_list_client.boot_slot_spec γ base 0 with "[H0]").
    { rewrite /page_slot /= shift_loc_0. iFrame "H0". }
    iIntros (x0) "[#P0 L0]". wp_pures.
    wp_apply (frame_list_client.boot_slot_spec γ base 4096 with "H1").
    iIntros (x1) "[#P1 L1]". wp_pures.
    wp_apply (frame_list_client.boot_slot_spec γ base 8192 with "H2").
    iIntros (x2) "[#P2 L2]". wp_pures.
    iPoseProof "P0" as "(_ & _ & W0)". iPoseProof "P1" as "(_ & _ & W1)".
    iPoseProof "P2" as "(_ & _ & W2)".
    wp_alloc c as "Hc" "_". wp_pures. wp_alloc l as "Hl" "_". wp_pures.
    wp_apply (frame_list_new_spec list_dict Nl γ 0 with "Hl"); [done|]. iIntros "Hl". wp_pures.
    (** Empty. *)
    wp_apply (frame_list_is_empty_spec with "Hl"). iIntros "Hl". seen.
    wp_apply (frame_list_pop_front_empty_spec with "Hl"). iIntros "Hl". seen.
    wp_apply (frame_list_pop_back_empty_spec with "Hl"). iIntros "Hl". seen.
    wp_apply (frame_list_cursor_back_empty_spec with "[$Hc $Hl]"); [done|].
    iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc". seen.
    iDestruct (frame_cursor_end with "Hc") as "[(%vc & %Hvc & Hc) Hl]".
    (** 0 1 2 *)
    wp_apply (frame_list_client.claim_number_spec with "[$P0 $L0]"); [done|]. iIntros "[H0 _]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W0 $H0 $Hl]").
    iIntros (id0) "[_ Hl]". wp_pures.
    wp_apply (frame_list_client.claim_number_spec with "[$P1 $L1]"); [done|]. iIntros "[H1 _]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W1 $H1 $Hl]").
    iIntros (id1) "[_ Hl]". wp_pures.
    wp_apply (frame_list_client.claim_number_spec with "[$P2 $L2]"); [done|]. iIntros "[H2 _]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W2 $H2 $Hl]").
    iIntros (id2) "[_ Hl]". wp_pures.
    wp_apply (frame_list_is_empty_spec with "Hl"). iIntros "Hl". seen.
    (** 0 1 *)
    wp_apply (frame_list_pop_back_spec list_dict Nl with "Hl"). iIntros "[H2 Hl]". wp_pures.
    iDestruct (frame_list_not_held with "Hl H2") as %Hx2.
    wp_apply (frame_list_cursor_at_none_spec list_dict Nl with "[$W2 $Hl]"); [done|].
    iIntros "Hl". seen.
    wp_apply (frame_list_contains_outside_spec with "[//]"); [by left|]. iIntros "_". seen.
    wp_apply (frame_list_contains_outside_spec with "[//]"); [by right|]. iIntros "_". seen.
    wp_apply (frame_list_cursor_back_spec list_dict Nl γ _ c l _ [(x0, [ #5 ])] (x1, [ #7 ])
      with "[$Hc $Hl]"); [done|].
    iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc".
    wp_apply (cursor_number_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_move_next_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_take_current_end_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_move_next_end_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc".
    wp_apply (cursor_number_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_move_prev_end_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_move_prev_spec list_dict Nl γ _ c l _ [(x0, [ #5 ])] (x1, [ #7 ])
      with "Hc").
    iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc".
    wp_apply (cursor_number_spec with "Hc"). iIntros "Hc". seen.
    wp_apply (frame_cursor_as_list_spec with "Hc"). iIntros "[Hl Hc]".
    wp_apply (frame_list_size_spec with "Hl"). iIntros "Hl". iSpecialize ("Hc" with "Hl"). seen.
    iDestruct (frame_cursor_end with "Hc") as "[(%vc' & %Hvc' & Hc) Hl]".
    (** 2 0 1 *)
    wp_apply (frame_list_push_front_spec list_dict Nl with "[$Iids $W2 $H2 $Hl]").
    iIntros (id3) "[_ Hl]". wp_pures.
    wp_apply (frame_list_cursor_at_spec list_dict Nl γ _ c l _ [] with "[$W2 $Hc $Hl]"); [done|].
    iIntros "Hc". seen.
    wp_apply (frame_cursor_current_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (cursor_number_spec with "Hc"). iIntros "_". seen. done.
  Qed.
End client.

Theorem frame_list_all_ops_client_adequate :
  adequate NotStuck frame_list_all_ops_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy frame_list_clientΣ). intros HΣ Huntracked.
  apply frame_list_all_ops_client_spec.
Qed.
