(** * [Rc<[T]>]: the programs

The programs of [rc_code.v] are made for one type of content each, whose size they contain.
Those here take the number [n] of values as an argument beside the handle, as a wide pointer
has it, and compute sizes from it; one program serves all lengths. [s] is the size of one
value.

Each makes, of its argument, the program of [rc_code.v] for that length, by capturing sizes
in functions, and calls it. So what is known of those programs is known of these: the
statements are those of [rc_sig.v] at the type [slice_ty τ n] ([slice.v]), for all [n], and
the handles are the same. The functions that do not ask for the size, as [rc_clone], are
those of [rc_code.v] themselves.

What is not said: that the size of a block can overflow (arithmetic is exact here), that
handles carry [n] (the caller passes it), and what a text is beyond its bytes.

Source: [RcFromSlice], [UniqueRcUninit], [Rc::into_array] in [alloc/src/rc.rs] of Rust's
standard library. *)
From tally.lang Require Import notation.
From tally.lang.lib Require Import memcpy new_delete.
From tally.types Require Import slice.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.

(** The values are moved from [src]: from a vector, or copied from a slice of what may be
copied. *)
Definition rc_slice_new (s : nat) : val :=
  λ: ["src"; "n"],
    let: "len" := "n" * #s in
    let: "size" := "len" + #2 in
    let: "block" := (λ: ["strong"; "src"],
      let: "rc" := Alloc "size" in
      "rc" <- "strong";;
      "rc" +ₗ #1 <- #1;;
      memcpy ["rc" +ₗ #2; "len"; "src"];;
      "rc") in
    let: "new" := (λ: ["src"], "block" [ #1; "src"]) in
    "new" ["src"].
(** They come from a box, which is freed. *)
Definition rc_slice_from_box (s : nat) : val :=
  λ: ["box"; "n"],
    let: "rc" := rc_slice_new s ["box"; "n"] in
    delete ["n" * #s; "box"];;
    "rc".
(** They are made in the block, one after the other, by [init [weak; dst]]. *)
Definition rc_slice_init (s : nat) : val :=
  λ: ["init"; "n"],
    let: "size" := "n" * #s + #2 in
    let: "cyclic" := (λ: ["init"],
      let: "rc" := Alloc "size" in
      "rc" <- #0;;
      "rc" +ₗ #1 <- #1;;
      "init" ["rc"; "rc" +ₗ #2];;
      "rc" <- #1;;
      "rc") in
    "cyclic" ["init"].
(** They are clones of those at [src], made by [clone]. *)
Definition rc_slice_from_clones (s : nat) (clone : val) : val :=
  λ: ["src"; "n"],
    let: "init" := (λ: ["weak"; "dst"], slice_clone_to s clone ["src"; "dst"; "n"]) in
    rc_slice_init s ["init"; "n"].
(** A handle on as many values as an array has, or the null pointer. *)
Definition rc_slice_into_array (m : nat) : val :=
  λ: ["rc"; "n"], if: "n" = #m then "rc" else #0.

Definition rc_slice_drop (s : nat) (glue : val) : val :=
  λ: ["rc"; "n"],
    let: "size" := "n" * #s + #2 in
    let: "glue" := (λ: ["x"], slice_drop_in_place s glue ["x"; "n"]) in
    let: "release" := (λ: ["rc"],
      if: rc_dec_count ["rc" +ₗ #1] then Free "size" "rc" else #☠) in
    let: "drop" := (λ: ["rc"],
      if: rc_dec_count ["rc"] then
        "glue" ["rc" +ₗ #2];;
        "release" ["rc"]
      else #☠) in
    "drop" ["rc"].
Definition weak_slice_drop (s : nat) : val :=
  λ: ["weak"; "n"],
    let: "size" := "n" * #s + #2 in
    let: "release" := (λ: ["rc"],
      if: rc_dec_count ["rc" +ₗ #1] then Free "size" "rc" else #☠) in
    let: "drop" := (λ: ["weak"],
      if: "weak" = #0 then #☠ else "release" ["weak"]) in
    "drop" ["weak"].
