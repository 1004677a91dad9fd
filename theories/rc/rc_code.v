(** * [Rc<T>]: the programs

[Rc] as λRust programs, for a content of [n] cells. A handle is the location [ℓ] of
a block of [1 + n] cells:

<<
  ℓ          the count: how many handles there are, a usize
  ℓ + 1 …    the content, n cells
>>

- [rc_new n [src]] moves the content from [src] into a new block with count 1;
- [rc_clone [rc]] increments the count and returns the same location;
- [rc_drop n drop_in_place [rc]] decrements the count; the last handle runs the
  destructor of the content where it lies, [drop_in_place [ℓ + 1]], and then frees
  the block;
- [rc_strong_count [rc]] reads the count.

The count is a machine word. Handles can be forgotten without being dropped, so it
can be driven to its maximum; the increment wraps, and a clone that finds that it
has wrapped to 0 aborts the process. It does so after the store, as the original
does: nothing runs afterwards that could see the 0.

As in Rust, where generic code is compiled once for each type, the size of the
content and its destructor are known when the program is made: they are parameters
of the program, not arguments of the call. The argument [rc] is the handle itself,
where Rust's [clone] gets a reference to it.

Source: [alloc/src/rc.rs] of Rust's standard library: [Rc::new], [Clone::clone],
[Drop::drop], [Rc::strong_count], and [RcInnerPtr::inc_strong] and [dec_strong],
without weak references. What the programs do to the count is the pure model
[rc_count.v]; see [rc_inc_strong_refines] and [rc_dec_strong_refines]. *)
From tally.lang Require Import notation.
From tally.lang.lib Require Import memcpy.
From tally.prelude Require Import options.

Definition rc_inc_strong : val :=
  λ: ["rc"],
    let: "strong" := !"rc" +⟨usize⟩ #1 in
    "rc" <- "strong";;
    if: "strong" = #0 then Abort else #☠.

(** Returns whether the handle was the last one. *)
Definition rc_dec_strong : val :=
  λ: ["rc"],
    let: "strong" := !"rc" -⟨usize⟩ #1 in
    "rc" <- "strong";;
    "strong" = #0.

Definition rc_new (n : nat) : val :=
  λ: ["src"],
    let: "rc" := Alloc #(S n) in
    "rc" <- #1;;
    "rc" +ₗ #1 <-{n} !"src";;
    "rc".

Definition rc_clone : val :=
  λ: ["rc"], rc_inc_strong ["rc"];; "rc".

Definition rc_drop (n : nat) (drop_in_place : val) : val :=
  λ: ["rc"],
    if: rc_dec_strong ["rc"] then
      drop_in_place ["rc" +ₗ #1];;
      Free #(S n) "rc"
    else #☠.

Definition rc_strong_count : val :=
  λ: ["rc"], !"rc".

(** The destructor of the type [rc τ], whose values are one cell: the handle in it
is dropped. [n] and [drop_in_place] are those of [τ]. *)
Definition rc_drop_in_place (n : nat) (drop_in_place : val) : val :=
  λ: ["x"],
    let: "rc" := !"x" in
    rc_drop n drop_in_place ["rc"].
