(** * Lists of frames: the interface

What is true of the programs of [frame_list_code.v]; statements only. [frame_list.v]
has them sealed.

- [list_ids N γ ids]: at [ids] is the counter of lists' numbers;
- [in_list_inv N γ x]: the word of slot [x] that says which list its frame is in, for
  everybody to look at;
- [frame_list D N γ i l id fs]: the list at [l]. It owns the unique handles of the frames
  [fs], in this order, whose metadata is of the type with vtable [i]. Its number is [id],
  and 0 as long as no frame ever came;
- [frame_cursor D N γ i c l id fs1 fs2]: the cursor at [c] has borrowed the list at [l],
  of the frames [fs1 ++ fs2], and is at the first of [fs2]; where [fs2] is empty it is
  at the place behind the last, which is before the first.

An entry of a list is a slot and the metadata there without its links
([frame_list_base.v]). A frame comes with its unique handle, links null, and goes with
it; the leases stay with the client.

** Contents
After each operation the frames are exactly those that the statement says. A list whose
operations do nothing does not have these specifications; but a few of them, such as
[frame_list_pop_front_empty_spec] and [frame_list_contains_outside_spec], hold of programs
that do nothing, too.

** Membership
[frame_list_has_spec]: the answer is exact for every slot, whoever has its frame, as the
list is in hand: yes if and only if the frame is in this list. Nothing need be known of
the frame. It is exact because numbers are unique ([frame_list_id_unique]), and stays so
until the list is changed. A frame of which one has the unique handle is in no list
([frame_list_not_held]); a frame in a list is found to be unique by whoever looks it up
([frame_list_token_acc] with [get_from_in_use_at]).

** Overflow
Where numbers run out, or a list would have more frames than a [usize] can count, the
program aborts: it does not return, and the triple says nothing.

** The model
[model/frame_list_model.v] has the same operations on tables. [frame_list_refine.v]
says of the model's steps what the triples here say of the programs; that they agree is
seen by reading the two side by side. *)
From iris.base_logic.lib Require Import invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr_sig.
From tally.frame.list Require Export frame_list_base.
From tally.prelude Require Import options.

Module Type frame_list_sig.
  (** ** Definitions *)
  (** The counter of the numbers of lists is at this location. *)
  Parameter list_ids : ∀ `{!lrustGS Σ, !frameListG Σ},
    namespace → gname → loc → iProp Σ.
  (** The invariant on the in-list word of a slot. *)
  Parameter in_list_inv : ∀ `{!lrustGS Σ, !frameListG Σ},
    namespace → gname → list_slot → iProp Σ.
  (** The list at a location, with its number, and its frames in order. *)
  Parameter frame_list : ∀ `{!lrustGS Σ, !frameG Σ, !frameListG Σ},
    meta_dict Σ → namespace → gname → nat → loc → Z → list listed → iProp Σ.
  (** A cursor on a borrowed list: the frames before it, and those from it on. *)
  Parameter frame_cursor : ∀ `{!lrustGS Σ, !frameG Σ, !frameListG Σ},
    meta_dict Σ → namespace → gname → nat → loc → loc → Z →
    list listed → list listed → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : gname) (x : list_slot) (i : nat) (id : Z) (vl : list val).
    Implicit Types (ids c l : loc) (fs : list listed) (e : listed).

    (** ** Instances *)
    Global Declare Instance list_ids_persistent γ ids : Persistent (list_ids N γ ids).
    Global Declare Instance in_list_inv_persistent γ x : Persistent (in_list_inv N γ x).

    (** ** Laws *)
    (** A cell that holds 1 becomes the counter of numbers. *)
    Parameter list_ids_alloc : ∀ E ids, ids ↦ #1 ={E}=∗ ∃ γ, list_ids N γ ids.
    (** An in-list word that holds 0 is put into its invariant. *)
    Parameter in_list_inv_alloc : ∀ E γ s γs,
      (s +ₗ slot_in_list) ↦ #0 ={E}=∗ ∃ γw, in_list_inv N γ (ListSlot s γs γw).
    (** No slot that is unused is in a list. *)
    Parameter in_list_closed : ∀ E Nf γ x pa,
      ↑Nf ⊆ E → ↑N ⊆ E → Nf ## N →
      frame_slot D Nf (ls_names x) (ls_loc x) pa -∗ in_list_inv N γ x -∗
      lease (ls_names x) 1 0 ={E,E ∖ ↑Nf ∖ ↑N}=∗
        ls_loc x ↦ #slot_unused ∗ (ls_loc x +ₗ slot_in_list) ↦ #0 ∗
        (ls_loc x ↦ #slot_unused -∗ (ls_loc x +ₗ slot_in_list) ↦ #0
          ={E ∖ ↑Nf ∖ ↑N,E}=∗ lease (ls_names x) 1 0).
    (** A list's number is below [fl_id_max]; a list with number 0 is empty. *)
    Parameter frame_list_id_range : ∀ γ i l id fs,
      frame_list D N γ i l id fs -∗ ⌜(0 ≤ id < fl_id_max)%Z ∧ (id = 0%Z → fs = [])⌝.
    (** The number of frames in a list is a [usize]. *)
    Parameter frame_list_length : ∀ γ i l id fs,
      frame_list D N γ i l id fs -∗ ⌜(length fs ≤ int_max usize)%Z⌝.
    (** Two lists do not have the same number, unless it is 0. *)
    Parameter frame_list_id_unique : ∀ γ i l id fs i' l' id' fs',
      id ≠ 0%Z →
      frame_list D N γ i l id fs -∗ frame_list D N γ i' l' id' fs' -∗ ⌜id ≠ id'⌝.
    (** The token of the unique handle of a frame in the list, to be put back. *)
    Parameter frame_list_token_acc : ∀ γ i l id fs x,
      x ∈ fs.*1 →
      frame_list D N γ i l id fs -∗
      unique_token (ls_names x) ∗
      (unique_token (ls_names x) -∗ frame_list D N γ i l id fs).
    (** A frame that has a unique handle outside of the list is not in the list. *)
    Parameter frame_list_not_held : ∀ γ i l id fs x i' vl,
      frame_list D N γ i l id fs -∗
      unique_frame D (ls_names x) (ls_loc x) i' vl -∗ ⌜x ∉ fs.*1⌝.

    (** ** Making, looking *)
    (** Four cells become an empty list, with number 0. *)
    Parameter frame_list_new_spec : ∀ γ i l vl,
      length vl = 4 →
      {{{ l ↦∗ vl }}} frame_list_new [ #l ] {{{ RET #☠; frame_list D N γ i l 0 [] }}}.
    (** Without frames there is nothing to drop: the cells are the client's again. *)
    Parameter frame_list_cells : ∀ γ i l id,
      frame_list D N γ i l id [] -∗ ∃ vl, ⌜length vl = 4⌝ ∗ l ↦∗ vl.
    (** The number of frames in the list. *)
    Parameter frame_list_size_spec : ∀ γ i l id fs,
      {{{ frame_list D N γ i l id fs }}}
        frame_list_size [ #l ]
      {{{ RET #(length fs); frame_list D N γ i l id fs }}}.
    (** The answer is true exactly if the list has no frames. *)
    Parameter frame_list_is_empty_spec : ∀ γ i l id fs,
      {{{ frame_list D N γ i l id fs }}}
        frame_list_is_empty [ #l ]
      {{{ RET #(bool_decide (fs = [])); frame_list D N γ i l id fs }}}.
    (** The answer is true exactly if the frame of slot [x] is in the list. *)
    Parameter frame_list_has_spec : ∀ γ i l id fs x,
      {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
        frame_list_has [ #l; #(ls_loc x) ]
      {{{ RET #(bool_decide (x ∈ fs.*1)); frame_list D N γ i l id fs }}}.
    (** The same by address, if that is aligned and before the end of memory. *)
    Parameter frame_list_contains_spec : ∀ γ i l id fs x (n : nat) (base : loc)
        (max pa : Z),
      (pa `rem` page_size = 0)%Z → (pa < max)%Z → ls_loc x = page_slot n base pa →
      {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
        frame_list_contains n [ #base; #max; #l; #pa ]
      {{{ RET #(bool_decide (x ∈ fs.*1)); frame_list D N γ i l id fs }}}.
    (** Where there is no frame. *)
    Parameter frame_list_contains_outside_spec : ∀ (n : nat) (base l : loc) (max pa : Z),
      (pa `rem` page_size ≠ 0 ∨ max ≤ pa)%Z →
      {{{ True }}} frame_list_contains n [ #base; #max; #l; #pa ] {{{ RET #false; True }}}.

    (** ** At the ends *)
    (** A frame goes in at the front, with its unique handle; the list keeps its number, or
    gets one. *)
    Parameter frame_list_push_front_spec : ∀ γ ids l i id x vl fs,
      {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
          unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_list D N γ i l id fs }}}
        frame_list_push_front [ #ids; #l; #(ls_loc x) ]
      {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
          frame_list D N γ i l id' ((x, vl) :: fs) }}}.
    (** A frame goes in at the back, with its unique handle; the list keeps its number, or
    gets one. *)
    Parameter frame_list_push_back_spec : ∀ γ ids l i id x vl fs,
      {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
          unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_list D N γ i l id fs }}}
        frame_list_push_back [ #ids; #l; #(ls_loc x) ]
      {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
          frame_list D N γ i l id' (fs ++ [(x, vl)]) }}}.
    (** The first frame goes out, with its unique handle. *)
    Parameter frame_list_pop_front_spec : ∀ γ i l id x vl fs,
      {{{ frame_list D N γ i l id ((x, vl) :: fs) }}}
        frame_list_pop_front [ #l ]
      {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_list D N γ i l id fs }}}.
    (** The last frame goes out, with its unique handle. *)
    Parameter frame_list_pop_back_spec : ∀ γ i l id x vl fs,
      {{{ frame_list D N γ i l id (fs ++ [(x, vl)]) }}}
        frame_list_pop_back [ #l ]
      {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_list D N γ i l id fs }}}.
    (** Of an empty list, a pop at the front returns null. *)
    Parameter frame_list_pop_front_empty_spec : ∀ γ i l id,
      {{{ frame_list D N γ i l id [] }}}
        frame_list_pop_front [ #l ]
      {{{ RET #0; frame_list D N γ i l id [] }}}.
    (** Of an empty list, a pop at the back returns null. *)
    Parameter frame_list_pop_back_empty_spec : ∀ γ i l id,
      {{{ frame_list D N γ i l id [] }}}
        frame_list_pop_back [ #l ]
      {{{ RET #0; frame_list D N γ i l id [] }}}.

    (** ** Dropping *)
    (** All its frames are dropped. Of each the client says on which lease it was held,
    and what the allocator makes of that and of the remains. *)
    Parameter frame_list_drop_spec : ∀ Nf γ i l id fs dealloc (pa : list_slot → Z)
        (q : list_slot → Qp) (R : list_slot → nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ frame_list D N γ i l id fs ∗
          [∗ list] e ∈ fs,
            frame_slot D Nf (ls_names e.1) (ls_loc e.1) (pa e.1) ∗
            lease (ls_names e.1) (q e.1) 1 ∗
            dealloc_spec D (λ q, lease (ls_names e.1) q 0) (pa e.1) dealloc (R e.1) }}}
        frame_list_drop (dict_glues D) dealloc [ #l ]
      {{{ RET #☠; frame_list D N γ i l id [] ∗
          [∗ list] e ∈ fs, R e.1 i (link_vals e.2) (q e.1) }}}.

    (** ** Cursors *)
    (** The list again, when the borrow ends. *)
    Parameter frame_cursor_end : ∀ γ i c l id fs1 fs2,
      frame_cursor D N γ i c l id fs1 fs2 -∗
      (∃ vl, ⌜length vl = 2⌝ ∗ c ↦∗ vl) ∗ frame_list D N γ i l id (fs1 ++ fs2).
    (** [&mut M] of the frame that the cursor is at. *)
    Parameter frame_cursor_meta_acc : ∀ γ i c l id fs1 x vl fs2,
      frame_cursor D N γ i c l id fs1 ((x, vl) :: fs2) -∗
      (ls_link x +ₗ link_meta) ↦∗ vl ∗ meta_own D i (link_vals vl) ∗
      (∀ vl', (ls_link x +ₗ link_meta) ↦∗ vl' -∗ meta_own D i (link_vals vl') -∗
        frame_cursor D N γ i c l id fs1 ((x, vl') :: fs2)).
    (** A new cursor at the first frame; on an empty list, at the place behind the last. *)
    Parameter frame_list_cursor_front_spec : ∀ γ i c l id fs vl,
      length vl = 2 →
      {{{ c ↦∗ vl ∗ frame_list D N γ i l id fs }}}
        frame_list_cursor_front [ #c; #l ]
      {{{ RET #☠; frame_cursor D N γ i c l id [] fs }}}.
    (** A new cursor at the last frame. *)
    Parameter frame_list_cursor_back_spec : ∀ γ i c l id fs e vl,
      length vl = 2 →
      {{{ c ↦∗ vl ∗ frame_list D N γ i l id (fs ++ [e]) }}}
        frame_list_cursor_back [ #c; #l ]
      {{{ RET #☠; frame_cursor D N γ i c l id fs [e] }}}.
    (** On an empty list it is at the place behind the last. *)
    Parameter frame_list_cursor_back_empty_spec : ∀ γ i c l id vl,
      length vl = 2 →
      {{{ c ↦∗ vl ∗ frame_list D N γ i l id [] }}}
        frame_list_cursor_back [ #c; #l ]
      {{{ RET #☠; frame_cursor D N γ i c l id [] [] }}}.
    (** A new cursor at the frame of slot [x], if that is in the list. *)
    Parameter frame_list_cursor_at_spec : ∀ γ i c l id fs1 x vl' fs2 vl,
      length vl = 2 →
      {{{ in_list_inv N γ x ∗ c ↦∗ vl ∗
          frame_list D N γ i l id (fs1 ++ (x, vl') :: fs2) }}}
        frame_list_cursor_at [ #c; #l; #(ls_loc x) ]
      {{{ RET #true; frame_cursor D N γ i c l id fs1 ((x, vl') :: fs2) }}}.
    (** For a frame that is not in the list there is no cursor; the list stays with the
    caller. *)
    Parameter frame_list_cursor_at_none_spec : ∀ γ i c l id fs x,
      x ∉ fs.*1 →
      {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
        frame_list_cursor_at [ #c; #l; #(ls_loc x) ]
      {{{ RET #false; frame_list D N γ i l id fs }}}.
    (** The list that the cursor has borrowed, to be given back with the same frames. *)
    Parameter frame_cursor_as_list_spec : ∀ γ i c l id fs1 fs2,
      {{{ frame_cursor D N γ i c l id fs1 fs2 }}}
        frame_cursor_as_list [ #c ]
      {{{ RET #l; frame_list D N γ i l id (fs1 ++ fs2) ∗
          (frame_list D N γ i l id (fs1 ++ fs2) -∗ frame_cursor D N γ i c l id fs1 fs2) }}}.
    (** The slot of the frame that the cursor is at, or null behind the last. *)
    Parameter frame_cursor_current_spec : ∀ γ i c l id fs1 fs2,
      {{{ frame_cursor D N γ i c l id fs1 fs2 }}}
        frame_cursor_current [ #c ]
      {{{ RET (match fs2 with [] => #0 | e :: _ => #(ls_loc e.1) end);
          frame_cursor D N γ i c l id fs1 fs2 }}}.
    (** The location of the metadata of that frame, or null behind the last. *)
    Parameter frame_cursor_current_meta_spec : ∀ γ i c l id fs1 fs2,
      {{{ frame_cursor D N γ i c l id fs1 fs2 }}}
        frame_cursor_current_meta [ #c ]
      {{{ RET (match fs2 with [] => #0 | e :: _ => #(ls_link e.1 +ₗ link_meta) end);
          frame_cursor D N γ i c l id fs1 fs2 }}}.
    (** To the next frame; from the last one to the place behind it, from there to the
    first. And back. *)
    Parameter frame_cursor_move_next_spec : ∀ γ i c l id fs1 e fs2,
      {{{ frame_cursor D N γ i c l id fs1 (e :: fs2) }}}
        frame_cursor_move_next [ #c ]
      {{{ RET #☠; frame_cursor D N γ i c l id (fs1 ++ [e]) fs2 }}}.
    (** From the place behind the last frame, next is the first one. *)
    Parameter frame_cursor_move_next_end_spec : ∀ γ i c l id fs,
      {{{ frame_cursor D N γ i c l id fs [] }}}
        frame_cursor_move_next [ #c ]
      {{{ RET #☠; frame_cursor D N γ i c l id [] fs }}}.
    (** To the previous frame. *)
    Parameter frame_cursor_move_prev_spec : ∀ γ i c l id fs1 e fs2,
      {{{ frame_cursor D N γ i c l id (fs1 ++ [e]) fs2 }}}
        frame_cursor_move_prev [ #c ]
      {{{ RET #☠; frame_cursor D N γ i c l id fs1 (e :: fs2) }}}.
    (** From the first frame, previous is the place behind the last. *)
    Parameter frame_cursor_move_prev_end_spec : ∀ γ i c l id fs,
      {{{ frame_cursor D N γ i c l id [] fs }}}
        frame_cursor_move_prev [ #c ]
      {{{ RET #☠; frame_cursor D N γ i c l id fs [] }}}.
    (** The frame goes out, and the cursor on to the next. *)
    Parameter frame_cursor_take_current_spec : ∀ γ i c l id fs1 x vl fs2,
      {{{ frame_cursor D N γ i c l id fs1 ((x, vl) :: fs2) }}}
        frame_cursor_take_current [ #c ]
      {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_cursor D N γ i c l id fs1 fs2 }}}.
    (** At the place behind the last frame nothing is taken, and null is returned. *)
    Parameter frame_cursor_take_current_end_spec : ∀ γ i c l id fs,
      {{{ frame_cursor D N γ i c l id fs [] }}}
        frame_cursor_take_current [ #c ]
      {{{ RET #0; frame_cursor D N γ i c l id fs [] }}}.
    (** The cursor stays where it is, and the frame is before it. *)
    Parameter frame_cursor_insert_before_spec : ∀ γ ids i c l id x vl fs1 fs2,
      {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
          unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
          frame_cursor D N γ i c l id fs1 fs2 }}}
        frame_cursor_insert_before [ #ids; #c; #(ls_loc x) ]
      {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
          frame_cursor D N γ i c l id' (fs1 ++ [(x, vl)]) fs2 }}}.
  End laws.
End frame_list_sig.
