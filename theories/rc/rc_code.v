(** * [Rc<T>], [Weak<T>], [UniqueRc<T>]: the programs

As λRust programs, for a content of [n] cells. A handle is the location [ℓ] of a
block of [2 + n] cells:

<<
  ℓ          the strong count: how many [Rc]s there are, a usize
  ℓ + 1      the weak count: how many [Weak]s there are, and one more for as long as
             there is an [Rc] or a [UniqueRc] (the implicit weak handle)
  ℓ + 2 …    the content, n cells
>>

While the strong count is not 0 there is a content that may be shared. When the last
[Rc] goes, the destructor of the content runs where the content lies; the block is
freed when the weak count gets to 0. A strong count of 0 under a content is the mark
of a [UniqueRc]: its [Weak]s cannot be upgraded.

** What stands for what
- [Option] of a pointer: the null pointer [#0] is [None], as in Rust.
- [Weak::new()], a [Weak] without a block: [#0] too. (In Rust it is the address
  [usize::MAX], for which there is no location here; what matters is that it is none,
  and that it can be compared with one: [ℓ = #0] has the answer "no".)
- A result that is moved out goes to a destination, which the caller provides; the
  program returns whether it went there.
- Generic code is compiled once for each type. So the size of the content, its
  destructor [drop_in_place [ptr]] and its clone function [clone_to [src; dst]] are
  known when the program is made: they are parameters of the program, not arguments
  of the call. The closure of [rc_new_cyclic] is an argument, as it captures values.
- Handles are passed as they are where Rust passes a reference to one.

** Counts are machine words
Handles can be forgotten without being dropped, so a count can be driven to its
maximum; the increment wraps, and whoever finds that it has wrapped to 0 aborts the
process. It does so after the store, as the original does: nothing runs afterwards
that could see the 0.

Source: [alloc/src/rc.rs] of Rust's standard library, function by function. Beyond
it: [rc_try_into_unique], the way back from [Rc] to [UniqueRc], if the [Rc] is alone
and has no [Weak]s ([get_mut]'s condition). What the programs do to a count is the
pure model ([rc_refine.v]). *)
From tally.lang Require Import notation.
From tally.lang.lib Require Import memcpy.
From tally.prelude Require Import options.

(** ** Counts, in a cell *)
Definition rc_inc_count : val :=
  λ: ["count"],
    let: "n" := !"count" +⟨usize⟩ #1 in
    "count" <- "n";;
    if: "n" = #0 then Abort else #☠.

(** Returns whether this was the last one. *)
Definition rc_dec_count : val :=
  λ: ["count"],
    let: "n" := !"count" -⟨usize⟩ #1 in
    "count" <- "n";;
    "n" = #0.

(** A block with these counts, and the content moved there from [src]. *)
Definition rc_alloc_block (n : nat) : val :=
  λ: ["strong"; "src"],
    let: "rc" := Alloc #(S (S n)) in
    "rc" <- "strong";;
    "rc" +ₗ #1 <- #1;;
    "rc" +ₗ #2 <-{n} !"src";;
    "rc".

(** A weak handle goes, the implicit one too; the last one frees the block. *)
Definition rc_release_weak (n : nat) : val :=
  λ: ["rc"],
    if: rc_dec_count ["rc" +ₗ #1] then Free #(S (S n)) "rc" else #☠.

(** ** Strong handles *)
Definition rc_new (n : nat) : val :=
  λ: ["src"], rc_alloc_block n [ #1; "src"].

Definition rc_clone : val :=
  λ: ["rc"], rc_inc_count ["rc"];; "rc".

(** The destructor of a recursive type drops handles, and so calls itself. Hence the
body, as a function of an expression: the name of a destructor that is bound around. *)
Definition rc_drop_body (n : nat) (drop_in_place : expr) : expr :=
  if: rc_dec_count ["rc"] then
    drop_in_place ["rc" +ₗ #2];;
    rc_release_weak n ["rc"]
  else #☠.
Definition rc_drop_expr (n : nat) (drop_in_place : expr) : expr :=
  λ: ["rc"], rc_drop_body n drop_in_place.
Definition rc_drop (n : nat) (drop_in_place : val) : val :=
  λ: ["rc"], rc_drop_body n drop_in_place.

Definition rc_strong_count : val :=
  λ: ["rc"], !"rc".
Definition rc_weak_count : val :=
  λ: ["rc"], !("rc" +ₗ #1) -⟨usize⟩ #1.

(** The address of the content: [Deref::deref] and [Rc::as_ptr]. *)
Definition rc_deref : val :=
  λ: ["rc"], "rc" +ₗ #2.
Definition rc_ptr_eq : val :=
  λ: ["rc1"; "rc2"], "rc1" = "rc2".

(** ** Raw pointers: the address of the content stands for the handle *)
Definition rc_into_raw : val :=
  λ: ["rc"], "rc" +ₗ #2.
Definition rc_from_raw : val :=
  λ: ["ptr"], "ptr" +ₗ #(-2).
Definition rc_increment_strong_count : val :=
  λ: ["ptr"], rc_clone [rc_from_raw ["ptr"] ];; #☠.
Definition rc_decrement_strong_count (n : nat) (drop_in_place : val) : val :=
  λ: ["ptr"], rc_drop n drop_in_place [rc_from_raw ["ptr"] ].

(** ** Weak handles *)
Definition rc_downgrade : val :=
  λ: ["rc"], rc_inc_count ["rc" +ₗ #1];; "rc".

Definition weak_new : val :=
  λ: [], #0.
Definition weak_clone : val :=
  λ: ["weak"],
    if: "weak" = #0 then #0
    else rc_inc_count ["weak" +ₗ #1];; "weak".
Definition weak_drop (n : nat) : val :=
  λ: ["weak"],
    if: "weak" = #0 then #☠ else rc_release_weak n ["weak"].

(** A strong handle, or [#0] if the content is gone or not shared. *)
Definition weak_upgrade : val :=
  λ: ["weak"],
    if: "weak" = #0 then #0
    else if: !"weak" = #0 then #0
    else rc_inc_count ["weak"];; "weak".

Definition weak_strong_count : val :=
  λ: ["weak"], if: "weak" = #0 then #0 else !"weak".
Definition weak_weak_count : val :=
  λ: ["weak"],
    if: "weak" = #0 then #0
    else if: !"weak" = #0 then #0
    else !("weak" +ₗ #1) -⟨usize⟩ #1.

Definition weak_ptr_eq : val :=
  λ: ["weak1"; "weak2"], "weak1" = "weak2".

(** ** Raw pointers that stand for weak handles: the address of the content, which may
be gone. *)
Definition weak_as_ptr : val :=
  λ: ["weak"], if: "weak" = #0 then #0 else "weak" +ₗ #2.
Definition weak_into_raw : val :=
  λ: ["weak"], weak_as_ptr ["weak"].
Definition weak_from_raw : val :=
  λ: ["ptr"], if: "ptr" = #0 then #0 else "ptr" +ₗ #(-2).

(** ** The only handle *)

(** [Rc::is_unique]: there is no other [Rc], and no [Weak]. *)
Definition rc_is_unique : val :=
  λ: ["rc"],
    if: rc_weak_count ["rc"] = #0 then rc_strong_count ["rc"] = #1 else #false.

(** The address of the content, or [#0]. *)
Definition rc_get_mut : val :=
  λ: ["rc"], if: rc_is_unique ["rc"] then "rc" +ₗ #2 else #0.

(** The content leaves the block, whose only [Rc] this is; its [Weak]s keep it. *)
Definition rc_move_out (n : nat) : val :=
  λ: ["rc"; "dst"],
    "dst" <-{n} !("rc" +ₗ #2);;
    rc_dec_count ["rc"];;
    rc_release_weak n ["rc"].

(** If there is no other [Rc], the content goes to [dst]. If not, nothing happens. *)
Definition rc_try_unwrap (n : nat) : val :=
  λ: ["rc"; "dst"],
    if: rc_strong_count ["rc"] = #1 then rc_move_out n ["rc"; "dst"];; #true
    else #false.
(** Likewise, but the handle is gone in any case. *)
Definition rc_into_inner (n : nat) (drop_in_place : val) : val :=
  λ: ["rc"; "dst"],
    if: rc_try_unwrap n ["rc"; "dst"] then #true
    else rc_drop n drop_in_place ["rc"];; #false.
(** The content, or a clone of it, goes to [dst]. *)
Definition rc_unwrap_or_clone (n : nat) (clone_to drop_in_place : val) : val :=
  λ: ["rc"; "dst"],
    if: rc_try_unwrap n ["rc"; "dst"] then #☠
    else
      clone_to ["rc" +ₗ #2; "dst"];;
      rc_drop n drop_in_place ["rc"].

(** A handle whose content is its own alone, and which replaces [rc]: [rc] itself, or
one to a new block, with a clone if other [Rc]s share the content, and with the
content itself if only [Weak]s look at it. *)
Definition rc_make_mut (n : nat) (clone_to drop_in_place : val) : val :=
  λ: ["rc"],
    if: rc_strong_count ["rc"] = #1 then
      if: rc_weak_count ["rc"] = #0 then "rc"
      else
        let: "new" := Alloc #(S (S n)) in
        "new" <- #1;;
        "new" +ₗ #1 <- #1;;
        rc_move_out n ["rc"; "new" +ₗ #2];;
        "new"
    else
      let: "new" := Alloc #(S (S n)) in
      "new" <- #1;;
      "new" +ₗ #1 <- #1;;
      clone_to ["rc" +ₗ #2; "new" +ₗ #2];;
      rc_drop n drop_in_place ["rc"];;
      "new".

(** ** Unique, to be shared later *)
Definition unique_rc_new (n : nat) : val :=
  λ: ["src"], rc_alloc_block n [ #0; "src"].
Definition unique_rc_deref : val :=
  λ: ["unique"], "unique" +ₗ #2.
Definition unique_rc_downgrade : val :=
  λ: ["unique"], rc_inc_count ["unique" +ₗ #1];; "unique".
Definition unique_rc_into_rc : val :=
  λ: ["unique"], "unique" <- #1;; "unique".
Definition unique_rc_drop (n : nat) (drop_in_place : val) : val :=
  λ: ["unique"],
    drop_in_place ["unique" +ₗ #2];;
    rc_release_weak n ["unique"].

(** The way back, or [#0]. That there be no [Weak]s is asked because Rust's [Weak<T>]
is covariant: one made before could be upgraded after [T] was made narrower. *)
Definition rc_try_into_unique : val :=
  λ: ["rc"],
    if: rc_is_unique ["rc"] then "rc" <- #0;; "rc" else #0.

(** The content is made by [init [weak; dst]], which writes it to [dst] and may use
[weak], a weak handle to the block that is being made, which is lent to it. *)
Definition rc_new_cyclic (n : nat) : val :=
  λ: ["init"],
    let: "rc" := Alloc #(S (S n)) in
    "rc" <- #0;;
    "rc" +ₗ #1 <- #1;;
    "init" ["rc"; "rc" +ₗ #2];;
    "rc" <- #1;;
    "rc".

(** ** Destructors of the types [rc τ], [weak τ] and [unique_rc τ], whose values are
one cell. [n] and [drop_in_place] are those of [τ]. *)
Definition rc_drop_in_place (n : nat) (drop_in_place : val) : val :=
  λ: ["x"],
    let: "rc" := !"x" in
    rc_drop n drop_in_place ["rc"].
Definition weak_drop_in_place (n : nat) : val :=
  λ: ["x"],
    let: "weak" := !"x" in
    weak_drop n ["weak"].
Definition unique_rc_drop_in_place (n : nat) (drop_in_place : val) : val :=
  λ: ["x"],
    let: "unique" := !"x" in
    unique_rc_drop n drop_in_place ["unique"].
