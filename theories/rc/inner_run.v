(** * The functions of [rc/inner.rs], run

Closed drivers call functions of the crate in the verified interpreter, and it is stated
how each of them ends: with which number, and with how many cells of memory left over.
Every driver is run with the functions as [tree_compile.v] makes them ([tree_ends]) and
as [block_compile.v] does ([block_ends]). These are runs, not proofs about all inputs.

The content has two cells: the address of a log, and a number. Its destructor writes
the number behind what is in the log, in decimal; it may unwind then. The clone of a
content has a number greater by 1; making one may unwind instead. The number that a
driver ends with is what [show] makes of what was seen, digit by digit, and then two
digits for the log. So [7] at the end says that the destructor of a content with the
number 7 ran once, and [87] that one with the number 8 ran before it.

With 0 cells left over, all that a driver and the functions took is freed: each driver
frees what it allocates itself. *)
From stdpp Require Import strings.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation interp.
From tally.mir Require Import value mir.
From tally.mir Require block_compile tree_compile.
From tally.rc.generated Require Import inner_mir inner_tree.
From tally.prelude Require Import options.

(** ** What is not the crate's: a content and its clone function *)
Record setting := Setting { drop_returns : bool; clone_returns : bool }.
Definition ends_if (ok : bool) : expr := if ok then ret_unit else Val unw_val.
Definition content (ok : bool) : tparam :=
  TP 2
    (λ: ["p"],
      let: "log" := !"p" in
      "log" <- !"log" * #10 + !("p" +ₗ #1);;
      ends_if ok)%V
    stuck_val.
Definition cloning (ok : bool) : tparam :=
  TP 1 no_glue
    (if ok then
       λ: ["out"; "env"; "x"],
         "out" <- !"x";; "out" +ₗ #1 <- !("x" +ₗ #1) + #1;; ends_if true
     else λ: ["out"; "env"; "x"], ends_if false)%V.
Definition world (s : setting) : list tparam :=
  [content (drop_returns s); cloning (clone_returns s)].

(** ** The functions, at the types that the drivers want *)
Definition functions := nat → val.
Definition type_args (f : nat) : list ty :=
  if Nat.eqb f inner_fn.Count_increment || Nat.eqb f inner_fn.Count_decrement then []
  else if Nat.eqb f inner_fn.Share_make_alone then [TParam 0; TParam 1]
  else [TParam 0].
Definition by_tree (s : setting) : functions := λ f,
  inner_fns f (map (tree_compile.tree_tparam inner_program inner_fns (world s)) (type_args f)).
Definition by_blocks (s : setting) : functions := λ f,
  block_compile.block_compile inner_program (world s) f (type_args f).

(** ** Drivers *)
Definition call (f : functions) (n : nat) (args : list expr) : expr := App (Val (f n)) args.
(** Newer provers prefer [%_E], which older ones cannot read. *)
Local Set Warnings "-argument-scope-delimiter".
Global Arguments call _ _ _%E.
(** The number 9 says that a call has unwound that should not. *)
Local Notation "'ret:' x := e 'in' k" :=
  (App e%E (@cons expr (Rec BAnon (@cons binder x%binder (@nil binder)) k%E)
    (@cons expr (Rec BAnon (@nil binder) (Val (LitV (LitInt 9)))) (@nil expr))))
  (at level 200, x at level 1, e, k at level 200) : expr_scope.
(** ... or returned. *)
Local Notation "'unw:' e 'in' k" :=
  (App e%E (@cons expr (Rec BAnon (@cons binder BAnon (@nil binder)) (Val (LitV (LitInt 9))))
    (@cons expr (Rec BAnon (@nil binder) k%E) (@nil expr))))
  (at level 200, e, k at level 200) : expr_scope.
Definition show (digits : list expr) : expr :=
  foldl (λ e d, e * #10 + d)%E (#0)%E digits.
Global Arguments show _%E.
(** In the scope of ["log"]; of ["s"], where a content with the number 7 is; of ["h"] and
["w"], cells for a strong and a weak handle. *)
Definition driven (body : expr) : expr :=
  (let: "log" := Alloc #1 in
   "log" <- #0;;
   let: "s" := Alloc #2 in
   "s" <- "log";; "s" +ₗ #1 <- #7;;
   let: "h" := Alloc #1 in
   let: "w" := Alloc #1 in
   let: "r" := body in
   let: "shown" := "r" * #100 + !"log" in
   Free #1 "log";; Free #2 "s";; Free #1 "h";; Free #1 "w";;
   "shown")%E.
(** A new share, ["b"], in ["h"] as well. *)
Definition with_share (f : functions) (k : expr) : expr :=
  (ret: "b" := call f inner_fn.Share_new ["s"] in "h" <- "b";; k)%E.
Definition with_weak (f : functions) (k : expr) : expr :=
  with_share f (ret: "hold" := call f inner_fn.Share_downgrade ["h"] in "w" <- "hold";; k)%E.
(** The two cells of the result. *)
Definition two (e : expr) (x y : string) (k : expr) : expr :=
  App e [Rec BAnon [BNamed x; BNamed y] k]%E.
Definition pair (e : expr) (x y : string) (k : expr) : expr :=
  (ret: "pair" := e in two "pair" x y k)%E.

Inductive end_of_run := Finished (z : Z) (cells : nat) | Aborted | Stuck | Other.
Record driver := Driver {
  driver_setting : setting;
  driver_program : functions → expr;
  driver_end : end_of_run;
}.
Definition quiet : setting := Setting true true.
Definition drop_unwinds : setting := Setting false true.
Definition clone_unwinds : setting := Setting true false.

Import inner_fn.

(** *** Counts *)
Definition count_drivers : list driver := [
  (* up and down again *)
  Driver quiet (λ f,
    let: "c" := Alloc #1 in "c" <- #3;;
    ret: <> := call f Count_increment ["c"] in
    let: "n" := !"c" in
    ret: "m" := call f Count_decrement ["c"] in
    let: "k" := !"c" in Free #1 "c";;
    show ["n"; "m"; "k"])%E (Finished 43300 0);
  (* to the greatest *)
  Driver quiet (λ f,
    let: "c" := Alloc #1 in "c" <- #(int_max usize - 1);;
    ret: <> := call f Count_increment ["c"] in
    let: "n" := !"c" = #(int_max usize) in Free #1 "c";;
    show ["n"])%E (Finished 100 0);
  (* beyond it *)
  Driver quiet (λ f,
    let: "c" := Alloc #1 in "c" <- #(int_max usize);;
    ret: <> := call f Count_increment ["c"] in #1)%E Aborted;
  Driver quiet (λ f, with_share f (
    "b" <- #(int_max usize);;
    ret: <> := call f Share_clone ["h"] in #1))%E Aborted
].

(** *** Shares *)
Definition share_drivers : list driver := [
  (* one share: both counts, alone, the number; then the last drop *)
  Driver quiet (λ f, with_share f (
    ret: "strong" := call f Share_strong_count ["h"] in
    ret: "weak" := call f Share_weak_count ["h"] in
    ret: "alone" := call f Share_is_alone ["h"] in
    ret: "v" := call f Share_value ["h"] in
    let: "n" := !("v" +ₗ #1) in
    ret: <> := call f Share_drop ["h"] in
    show ["strong"; "weak"; "alone"; "n"]))%E (Finished 101707 0);
  (* a clone: the first drop does not drop the content *)
  Driver quiet (λ f, with_share f (
    ret: "c" := call f Share_clone ["h"] in
    "w" <- "c";;
    ret: "same" := call f Share_is_of_same_value ["h"; "w"] in
    ret: "strong" := call f Share_strong_count ["h"] in
    ret: <> := call f Share_drop ["h"] in
    let: "log1" := !"log" in
    ret: <> := call f Share_drop ["w"] in
    show ["same"; "strong"; "log1"]))%E (Finished 12007 0);
  (* a drop after the last one is stuck *)
  Driver quiet (λ f, with_share f (
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in #1))%E Stuck;
  (* changed while alone, not while shared *)
  Driver quiet (λ f, with_share f (
    pair (call f Share_value_mut ["h"]) "some" "p" (
    "p" +ₗ #1 <- #6;;
    ret: <> := call f Share_clone ["h"] in
    pair (call f Share_value_mut ["h"]) "some'" "p'" (
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    show ["some"; "some'"]))))%E (Finished 1006 0);
  (* raw pointers; one share more by [add_raw] *)
  Driver quiet (λ f, with_share f (
    ret: "p" := call f Share_as_ptr ["h"] in
    ret: "raw" := call f Share_into_raw ["b"] in
    ret: <> := call f Share_add_raw ["raw"] in
    ret: "b'" := call f Share_from_raw ["raw"] in
    ret: "strong" := call f Share_strong_count ["h"] in
    let: "eqs" := show ["p" = "b" +ₗ #2; "raw" = "p"; "b'" = "b"; "strong"] in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    "eqs"))%E (Finished 111207 0);
  (* made without a content, which is written later *)
  Driver quiet (λ f,
    ret: "b" := call f Share_new_uninit [] in
    "b" +ₗ #2 <- "log";; "b" +ₗ #3 <- #4;;
    ret: "b'" := call f Share_assume_init ["b"] in
    "h" <- "b'";;
    let: "eqs" := show ["b'" = "b"; !"b"; !("b" +ₗ #1)] in
    ret: <> := call f Share_drop ["h"] in
    "eqs")%E (Finished 11104 0);
  (* of a box, which is freed *)
  Driver quiet (λ f,
    let: "box" := Alloc #2 in "box" <- "log";; "box" +ₗ #1 <- #5;;
    ret: "b" := call f Share_of_box ["box"] in
    "h" <- "b";;
    let: "cells" := show [(!"b"); !("b" +ₗ #1); !("b" +ₗ #3)] in
    ret: <> := call f Share_drop ["h"] in
    "cells")%E (Finished 11505 0);
  Driver quiet (λ f,
    ret: "b" := call f pinned ["s"] in
    "h" <- "b";;
    let: "cells" := show [(!"b"); !("b" +ₗ #1); !("b" +ₗ #3)] in
    ret: <> := call f Share_drop ["h"] in
    "cells")%E (Finished 11707 0)
].

(** *** Taking the content out, and changing it *)
Definition take (f : functions) (k : expr) : expr :=
  (let: "out" := Alloc #3 in
   ret: <> := call f Share_take ["out"; "b"] in
   k)%E.
Definition make_alone (f : functions) (k : expr) : expr :=
  (let: "env" := Alloc #1 in
   ret: "p" := call f Share_make_alone ["h"; "env"] in
   Free #1 "env";; k)%E.
Definition moving_drivers : list driver := [
  (* alone: taken, and the destructor does not run *)
  Driver quiet (λ f, with_share f (take f (
    let: "got" := show [(!"out"); !("out" +ₗ #2)] in Free #3 "out";; "got")))%E
    (Finished 700 0);
  (* with a weak handle, which finds nothing then *)
  Driver quiet (λ f, with_weak f (take f (
    let: "tag" := !"out" in let: "n" := !("out" +ₗ #2) in Free #3 "out";;
    pair (call f Hold_upgrade ["w"]) "some" "p" (
    ret: <> := call f Hold_drop ["w"] in
    show [ #1; "tag"; "n"; "some"]))))%E (Finished 107000 0);
  (* shared: given back *)
  Driver quiet (λ f, with_share f (
    ret: <> := call f Share_clone ["h"] in
    take f (
    let: "got" := show [(!"out"); !("out" +ₗ #1) = "b"] in Free #3 "out";;
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    "got")))%E (Finished 1107 0);
  (* alone already: nothing changes *)
  Driver quiet (λ f, with_share f (make_alone f (
    let: "eqs" := show ["p" = "b" +ₗ #2; !"h" = "b"] in
    ret: <> := call f Share_drop ["h"] in "eqs")))%E (Finished 1107 0);
  (* shared: a clone, in a new block; the other share has the old one *)
  Driver quiet (λ f, with_share f (
    ret: <> := call f Share_clone ["h"] in
    make_alone f (
    let: "seen" := show [(!("p" +ₗ #1)); !"b"; !"h" = "b"] in
    ret: <> := call f Share_drop ["h"] in
    "h" <- "b";;
    ret: <> := call f Share_drop ["h"] in
    "seen")))%E (Finished 81087 0);
  (* with a weak handle: moved to a new block *)
  Driver quiet (λ f, with_weak f (make_alone f (
    let: "seen" := show [(!("p" +ₗ #1)); !"b"; !"h" = "b"] in
    pair (call f Hold_upgrade ["w"]) "some" "q" (
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Hold_drop ["w"] in
    show ["seen"; "some"]))))%E (Finished 700007 0);
  (* the clone function unwinds: nothing has changed *)
  Driver clone_unwinds (λ f, with_share f (
    ret: <> := call f Share_clone ["h"] in
    let: "env" := Alloc #1 in
    unw: call f Share_make_alone ["h"; "env"] in
    Free #1 "env";;
    let: "seen" := show [(!"b"); !("b" +ₗ #1); !"h" = "b"] in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    "seen"))%E (Finished 21107 0)
].

(** *** Weak handles *)
Definition weak_drivers : list driver := [
  (* upgraded while there is a share, and not after; the block stays as long *)
  Driver quiet (λ f, with_weak f (
    ret: "weak" := call f Share_weak_count ["h"] in
    ret: "alone" := call f Share_is_alone ["h"] in
    pair (call f Hold_upgrade ["w"]) "some" "p" (
    let: "eq" := "p" = "b" in
    ret: "strong" := call f Hold_strong_count ["w"] in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    ret: "strong'" := call f Hold_strong_count ["w"] in
    ret: "weak'" := call f Hold_weak_count ["w"] in
    pair (call f Hold_upgrade ["w"]) "some'" "p'" (
    let: "kept" := !("b" +ₗ #1) in
    ret: <> := call f Hold_drop ["w"] in
    show ["weak"; "alone"; "some"; "eq"; "strong"; "strong'"; "weak'"; "some'"; "kept"]))))%E
    (Finished 10112000107 0);
  (* two of them, dropped before the share *)
  Driver quiet (λ f, with_weak f (
    ret: <> := call f Hold_clone ["w"] in
    ret: "weak" := call f Hold_weak_count ["w"] in
    ret: "same" := call f Hold_is_on_same_block ["w"; "w"] in
    ret: <> := call f Hold_drop ["w"] in
    ret: <> := call f Hold_drop ["w"] in
    ret: "alone" := call f Share_is_alone ["h"] in
    ret: <> := call f Share_drop ["h"] in
    show ["weak"; "same"; "alone"]))%E (Finished 21107 0);
  (* raw pointers *)
  Driver quiet (λ f, with_weak f (
    ret: "p" := call f Hold_as_ptr ["w"] in
    ret: "raw" := call f Hold_into_raw [(!"w")] in
    ret: "hold'" := call f Hold_from_raw ["raw"] in
    let: "eqs" := show ["p" = "b" +ₗ #2; "raw" = "p"; "hold'" = "b"] in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Hold_drop ["w"] in
    "eqs"))%E (Finished 11107 0);
  (* of no block *)
  Driver quiet (λ f,
    ret: "hold" := call f Hold_NOTHING [] in
    "w" <- "hold";;
    ret: "strong" := call f Hold_strong_count ["w"] in
    ret: "weak" := call f Hold_weak_count ["w"] in
    pair (call f Hold_upgrade ["w"]) "some" "p" (
    ret: "c" := call f Hold_clone ["w"] in
    ret: "raw" := call f Hold_into_raw ["c"] in
    ret: "c'" := call f Hold_from_raw ["raw"] in
    "h" <- "c'";;
    ret: "same" := call f Hold_is_on_same_block ["w"; "h"] in
    ret: <> := call f Hold_drop ["h"] in
    ret: <> := call f Hold_drop ["w"] in
    show [ #1; "strong"; "weak"; "some"; "same"; "c'" = #0]))%E (Finished 10001100 0);
  (* no block is not that of a share *)
  Driver quiet (λ f, with_weak f (
    ret: "hold'" := call f Hold_NOTHING [] in
    let: "x" := Alloc #1 in "x" <- "hold'";;
    ret: "same" := call f Hold_is_on_same_block ["w"; "x"] in
    Free #1 "x";;
    ret: <> := call f Hold_drop ["w"] in
    ret: <> := call f Share_drop ["h"] in
    show [ #1; "same"]))%E (Finished 1007 0)
].

(** *** Wholes and rooms *)
Definition whole_drivers : list driver := [
  (* a share that is alone becomes a whole, and a share again *)
  Driver quiet (λ f, with_share f (
    pair (call f Share_into_whole ["b"]) "tag" "q" (
    let: "eq" := "q" = "b" in
    let: "strong" := !"b" in
    ret: "v" := call f Whole_value ["h"] in
    let: "n" := !("v" +ₗ #1) in
    ret: "hold" := call f Whole_downgrade ["h"] in
    "w" <- "hold";;
    pair (call f Hold_upgrade ["w"]) "some" "p" (
    ret: <> := call f Whole_share ["q"] in
    pair (call f Hold_upgrade ["w"]) "some'" "p'" (
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Hold_drop ["w"] in
    show [ #1; "tag"; "eq"; "strong"; "n"; "some"; "some'"])))))%E (Finished 101070107 0);
  (* not while there is a weak handle *)
  Driver quiet (λ f, with_weak f (
    pair (call f Share_into_whole ["b"]) "tag" "q" (
    let: "eq" := "q" = "b" in
    ret: <> := call f Share_drop ["h"] in
    ret: <> := call f Hold_drop ["w"] in
    show ["tag"; "eq"])))%E (Finished 1107 0);
  (* a new one, changed; a weak handle stays *)
  Driver quiet (λ f,
    ret: "b" := call f Whole_new ["s"] in
    "h" <- "b";;
    ret: "p" := call f Whole_value_mut ["h"] in
    "p" +ₗ #1 <- #5;;
    ret: "hold" := call f Whole_downgrade ["h"] in
    "w" <- "hold";;
    ret: <> := call f Whole_drop ["h"] in
    let: "log1" := !"log" in
    ret: "strong" := call f Hold_strong_count ["w"] in
    ret: <> := call f Hold_drop ["w"] in
    show ["log1"; "strong"])%E (Finished 5005 0);
  (* a room: nothing to be found in it until it is filled and shared *)
  Driver quiet (λ f,
    ret: "room" := call f Room_new [] in
    "w" <- "room";;
    ret: "lent" := call f Room_weak ["w"] in
    pair (call f Hold_upgrade ["lent"]) "some" "p" (
    ret: "b" := call f Room_fill ["room"; "s"] in
    "h" <- "b";;
    let: "cells" := show [(!"b"); !("b" +ₗ #1); !("b" +ₗ #3)] in
    ret: <> := call f Whole_drop ["h"] in
    show [ #1; "some"] * #1000 + "cells"))%E (Finished 1001707 0)
].

(** *** The destructor unwinds: the memory is given back all the same *)
Definition panic_drivers : list driver := [
  Driver drop_unwinds (λ f, with_share f (
    unw: call f Share_drop ["h"] in #1))%E (Finished 107 0);
  Driver drop_unwinds (λ f, with_weak f (
    unw: call f Share_drop ["h"] in
    ret: "strong" := call f Hold_strong_count ["w"] in
    pair (call f Hold_upgrade ["w"]) "some" "p" (
    ret: <> := call f Hold_drop ["w"] in
    show [ #1; "strong"; "some"])))%E (Finished 10007 0);
  Driver drop_unwinds (λ f,
    ret: "b" := call f Whole_new ["s"] in
    "h" <- "b";;
    unw: call f Whole_drop ["h"] in #1)%E (Finished 107 0)
].

Definition drivers : list driver :=
  count_drivers ++ share_drivers ++ moving_drivers ++ weak_drivers ++ whole_drivers ++ panic_drivers.

(** ** Runs *)
Definition observe (e : expr) : end_of_run :=
  let o := run_program choice_fresh [] 20000 e in
  match run_status_of o, main_value o with
  | AllFinished, Some (LitV (LitInt z)) => Finished z (size (run_state o))
  | ThreadAborted _, _ => Aborted
  | ThreadStuck _ _, _ => Stuck
  | _, _ => Other
  end.
Definition ends (compiled : setting → functions) : list end_of_run :=
  map (λ d, observe (driven (driver_program d (compiled (driver_setting d))))) drivers.

Lemma tree_ends : ends by_tree = map driver_end drivers.
Proof. vm_compute. reflexivity. Qed.
Lemma block_ends : ends by_blocks = map driver_end drivers.
Proof. vm_compute. reflexivity. Qed.
