(** * Lists of frames: the programs

A list of unique frames whose links are in the metadata of the frames themselves. The
metadata of such a frame is a [Link<M>], at the storage of its slot:

<<
  link       the next link, or null
  link + 1   the previous link, or null
  link + 2 … the metadata, an M
>>

A link is known by where it is, [slot +ₗ slot_storage]; null is the number 0. A list is
four cells at a place that its owner provides, and a cursor, which borrows a list, two:

<<
  list       the first link, or null            cursor       the list
  list + 1   the last link, or null             cursor + 1   the link that it is at, or null
  list + 2   how many there are, a usize
  list + 3   the list's number, a u64; 0 until the first frame comes
>>

The word [slot + 2] of a slot says in which list its frame is, and 0 if in none. It is
accessed atomically: anybody may look at it at any time. Numbers come from one counter
for all lists, at [ids], which starts at 1 and counts up to [fl_id_max]; there it stays,
and a request for another number aborts.

** How the original is rendered
- [Option<NonNull<Link<M>>>] is a pointer that may be null. So is
  [Option<UniqueFrame<Link<M>>>], a pointer to the slot.
- The kernel compiled with its [debug_assert!]s, and sums that are checked: a failed
  assertion is stuck, the size aborts where it overflows, and a size that went below 0
  would be stuck.
- A new number is taken by compare-and-swap, as the crate does; the original adds
  first and aborts after. As in the crate, [contains] does not give the list a number.
- The caller has made room for what a call returns by value: [frame_list_new],
  [frame_list_cursor_front] and the like write it there.
- [contains] and [cursor_mut_at] by address are those of a memory of one bank, as
  [frame_from_in_use].

Source: [ostd/src/mm/frame/linked_list.rs] of asterinas. *)
From tally.lang Require Import notation.
From tally.lang.lib Require Import checked.
From tally.model Require Import slot_count frame_list_model.
From tally.frame.slot Require Import frame_code.
From tally.prelude Require Import options.

Definition link_prev : Z := 1.
Definition link_meta : Z := 2.
Definition list_back : Z := 1.
Definition list_size : Z := 2.
Definition list_id : Z := 3.
Definition cursor_current : Z := 1.

(** The slot that a link is in. *)
Definition link_slot : val := λ: ["link"], "link" +ₗ #(- slot_storage).

(** [Link<M>]'s destructor is that of its [M]. *)
Definition link_drop (glue : val) : val := λ: ["link"], glue ["link" +ₗ #link_meta].

(** ** Numbers *)
Definition new_list_id : val :=
  rec: "loop" ["ids"] :=
    let: "id" := !ˢᶜ "ids" in
    if: "id" = #fl_id_max then Abort
    else if: Cas CasWeak "ids" "id" ("id" +⟨u64⟩ #1) then "id"
    else "loop" ["ids"].

(** The list's number, a new one if it has none. *)
Definition list_lazy_id : val :=
  λ: ["ids"; "list"],
    let: "id" := !("list" +ₗ #list_id) in
    if: "id" = #0 then
      let: "new" := new_list_id ["ids"] in
      "list" +ₗ #list_id <- "new";;
      "new"
    else "id".

(** ** Putting in and taking out *)
(** Puts the frame of [slot] before the link [current], or at the back if that is null. *)
Definition link_insert : val :=
  λ: ["ids"; "list"; "current"; "slot"],
    let: "link" := frame_meta_mut ["slot"] in
    debug_assert [ #0 = !"link"];;
    debug_assert [ #0 = !("link" +ₗ #link_prev)];;
    debug_assert [ #0 = !ˢᶜ ("slot" +ₗ #slot_in_list)];;
    let: "id" := list_lazy_id ["ids"; "list"] in
    "slot" +ₗ #slot_in_list <-ˢᶜ "id";;
    (if: "current" = #0 then
       let: "back" := !("list" +ₗ #list_back) in
       (if: "back" = #0 then
          debug_assert [ #0 = !"list"];;
          "list" <- "link"
        else
          debug_assert [ #0 = !"back"];;
          "back" <- "link");;
       "link" +ₗ #link_prev <- "back";;
       "list" +ₗ #list_back <- "link"
     else
       let: "prev" := !("current" +ₗ #link_prev) in
       (if: "prev" = #0 then
          debug_assert ["current" = !"list"];;
          "list" <- "link"
        else
          debug_assert ["current" = !"prev"];;
          "prev" <- "link");;
       "link" +ₗ #link_prev <- "prev";;
       "link" <- "current";;
       "current" +ₗ #link_prev <- "link");;
    let: "old" := !("list" +ₗ #list_size) in
    let: "size" := checked_op usize AddOp ["old"; #1] in
    "list" +ₗ #list_size <- "size".

(** Takes the frame of [link], which is in the list, out. Returns the link after it. *)
Definition link_remove : val :=
  λ: ["list"; "link"],
    let: "next" := !"link" in
    let: "prev" := !("link" +ₗ #link_prev) in
    (if: "prev" = #0 then
       debug_assert ["link" = !"list"];;
       "list" <- "next"
     else
       debug_assert ["link" = !"prev"];;
       "prev" <- "next");;
    (if: "next" = #0 then
       debug_assert ["link" = !("list" +ₗ #list_back)];;
       "list" +ₗ #list_back <- "prev"
     else
       debug_assert ["link" = !("next" +ₗ #link_prev)];;
       "next" +ₗ #link_prev <- "prev");;
    "link" <- #0;;
    "link" +ₗ #link_prev <- #0;;
    link_slot ["link"] +ₗ #slot_in_list <-ˢᶜ #0;;
    let: "size" := BinOp (UncheckedOp usize SubOp) !("list" +ₗ #list_size) #1 in
    "list" +ₗ #list_size <- "size";;
    "next".

(** The frame of the link, if there is one, is taken out. *)
Definition link_take : val :=
  λ: ["list"; "link"],
    if: "link" = #0 then #0
    else
      link_remove ["list"; "link"];;
      link_slot ["link"].

(** ** Lists *)
Definition frame_list_new : val :=
  λ: ["list"],
    "list" <- #0;;
    "list" +ₗ #list_back <- #0;;
    "list" +ₗ #list_size <- #0;;
    "list" +ₗ #list_id <- #0.

Definition frame_list_size : val := λ: ["list"], !("list" +ₗ #list_size).
Definition frame_list_is_empty : val :=
  λ: ["list"],
    let: "empty" := frame_list_size ["list"] = #0 in
    debug_assert ["empty" = (!"list" = #0)];;
    debug_assert ["empty" = (!("list" +ₗ #list_back) = #0)];;
    "empty".

Definition frame_list_push_front : val :=
  λ: ["ids"; "list"; "slot"], link_insert ["ids"; "list"; !"list"; "slot"].
Definition frame_list_push_back : val :=
  λ: ["ids"; "list"; "slot"], link_insert ["ids"; "list"; #0; "slot"].
Definition frame_list_pop_front : val :=
  λ: ["list"], link_take ["list"; !"list"].
Definition frame_list_pop_back : val :=
  λ: ["list"], link_take ["list"; !("list" +ₗ #list_back)].

(** Is the frame of [slot] in the list? *)
Definition frame_list_has : val :=
  λ: ["list"; "slot"],
    let: "id" := !("list" +ₗ #list_id) in
    if: "id" = #0 then #false
    else !ˢᶜ ("slot" +ₗ #slot_in_list) = "id".
Definition frame_list_contains (n : nat) : val :=
  λ: ["base"; "max"; "list"; "pa"],
    if: get_slot_status ["max"; "pa"] = #0 then
      frame_list_has ["list"; slot_at n ["base"; "pa"]]
    else #false.

(** From the front. *)
Definition frame_list_drop (glues : list val) (dealloc : val) : val :=
  rec: "loop" ["list"] :=
    let: "slot" := frame_list_pop_front ["list"] in
    if: "slot" = #0 then #☠
    else
      unique_drop glues dealloc ["slot"];;
      "loop" ["list"].

(** ** Cursors *)
Definition cursor_new : val :=
  λ: ["cursor"; "list"; "link"],
    "cursor" <- "list";;
    "cursor" +ₗ #cursor_current <- "link".
Definition frame_list_cursor_front : val :=
  λ: ["cursor"; "list"], cursor_new ["cursor"; "list"; !"list"].
Definition frame_list_cursor_back : val :=
  λ: ["cursor"; "list"], cursor_new ["cursor"; "list"; !("list" +ₗ #list_back)].
(** At the frame of [slot]; [#false] if it is not in the list. *)
Definition frame_list_cursor_at : val :=
  λ: ["cursor"; "list"; "slot"],
    if: frame_list_has ["list"; "slot"] then
      cursor_new ["cursor"; "list"; frame_meta ["slot"]];;
      #true
    else #false.

(** The borrowed list. *)
Definition frame_cursor_as_list : val := λ: ["cursor"], !"cursor".
Definition frame_cursor_link : val := λ: ["cursor"], !("cursor" +ₗ #cursor_current).
Definition frame_cursor_move_next : val :=
  λ: ["cursor"],
    let: "link" := frame_cursor_link ["cursor"] in
    let: "next" :=
      if: "link" = #0 then !(frame_cursor_as_list ["cursor"]) else !"link" in
    "cursor" +ₗ #cursor_current <- "next".
Definition frame_cursor_move_prev : val :=
  λ: ["cursor"],
    let: "link" := frame_cursor_link ["cursor"] in
    let: "prev" :=
      if: "link" = #0 then !(frame_cursor_as_list ["cursor"] +ₗ #list_back)
      else !("link" +ₗ #link_prev) in
    "cursor" +ₗ #cursor_current <- "prev".

(** The slot of the frame that the cursor is at, or null; where its metadata is, or
null. *)
Definition frame_cursor_current : val :=
  λ: ["cursor"],
    let: "link" := frame_cursor_link ["cursor"] in
    if: "link" = #0 then #0 else link_slot ["link"].
Definition frame_cursor_current_meta : val :=
  λ: ["cursor"],
    let: "link" := frame_cursor_link ["cursor"] in
    if: "link" = #0 then #0 else "link" +ₗ #link_meta.

(** Takes the frame out that the cursor is at, which goes on to the next. *)
Definition frame_cursor_take_current : val :=
  λ: ["cursor"],
    let: "link" := frame_cursor_link ["cursor"] in
    if: "link" = #0 then #0
    else
      let: "next" := link_remove [frame_cursor_as_list ["cursor"]; "link"] in
      "cursor" +ₗ #cursor_current <- "next";;
      link_slot ["link"].
Definition frame_cursor_insert_before : val :=
  λ: ["ids"; "cursor"; "slot"],
    link_insert
      ["ids"; frame_cursor_as_list ["cursor"]; frame_cursor_link ["cursor"]; "slot"].
