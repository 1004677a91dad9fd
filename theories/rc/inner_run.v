(** * The functions of [rc/inner.rs], run

Closed drivers call the crate's functions on small blocks, in the verified interpreter.
Each is run twice, with the functions as [tree_compile.v] and as [block_compile.v] makes
them: they end in the same way, with the same value and as many cells left over
([compilations_agree]). What they end with is stated as well, so that two wrong answers
do not agree unseen: with a destructor and a clone function that panic, and with those
that do not ([drivers_end], [panics_are_unwound]); and beside the programs written by
hand ([upgrade_as_by_hand], [drop_as_by_hand]).

The content has two cells. A count, a block and a handle are made by the driver. *)
From stdpp Require Import strings.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation interp.
From tally.mir Require Import value mir.
From tally.mir Require block_compile tree_compile.
From tally.rc Require Import rc_code.
From tally.rc.generated Require Import inner_mir inner_tree.
From tally.prelude Require Import options.

(** ** What is not the crate's: a content and its clone function, which may panic *)
Definition ends_if (ok : bool) : val := if ok then ret_val (LitV LitPoison) else unw_val.
Definition content (ok : bool) : tparam :=
  TP 2 (λ: ["p"], "p" <- #☠;; ends_if ok)%V stuck_val.
(** Adds 1 to the first cell. *)
Definition cloning (ok : bool) : tparam :=
  TP 1 no_glue
    (if ok then λ: ["out"; "env"; "x"],
       "out" <- !"x" + #1;; "out" +ₗ #1 <- !("x" +ₗ #1);; ends_if true
     else λ: ["out"; "env"; "x"], ends_if false)%V.
Record setting := Setting { drop_returns : bool; clone_returns : bool }.
Definition world (s : setting) : list tparam := [content (drop_returns s); cloning (clone_returns s)].

(** ** Drivers: expressions over the functions, by number and type arguments *)
Definition functions := nat → list ty → val.
Definition by_tree (s : setting) : functions := λ f ts,
  inner_fns f (map (tree_compile.tree_tparam inner_program inner_fns (world s)) ts).
Definition T : list ty := [TParam 0].
Definition TF : list ty := [TParam 0; TParam 1].

(** Goes on with ["r"], or with -1 if the call has unwound. *)
Definition then_ (call k : expr) : expr := two_ends call k #(-1).
Definition with_count (n : Z) (k : expr) : expr := (let: "c" := Alloc #1 in "c" <- #n;; k)%E.
(** A block with these counts and the content (7, 8), and a handle on it, ["h"]. *)
Definition with_block (strong weak : Z) (k : expr) : expr :=
  (let: "b" := Alloc #4 in
   "b" <- #strong;; "b" +ₗ #1 <- #weak;; "b" +ₗ #2 <- #7;; "b" +ₗ #3 <- #8;;
   let: "h" := Alloc #1 in "h" <- "b";; k)%E.
Definition counts : expr := (!"b" * #100 + !("b" +ₗ #1))%E.
Definition shown : expr := (counts * #100 + !("b" +ₗ #2) * #10 + !("b" +ₗ #3))%E.
Definition with_source (k : expr) : expr :=
  (let: "s" := Alloc #2 in "s" <- #7;; "s" +ₗ #1 <- #8;; k)%E.
Definition with_out (n : Z) (k : expr) : expr := (let: "out" := Alloc #n in k)%E.
(** Of no block. *)
Definition with_nothing (k : expr) : expr := (let: "h" := Alloc #1 in "h" <- #0;; k)%E.

Local Open Scope expr_scope.
Import inner_fn.
Definition driver := (string * (functions → expr))%type.
(** What reads and counts. *)
Definition counting (s w : Z) : list driver := ([
  ("strong_count"%string, λ f, (with_block s w (then_ (f Share_strong_count T ["h"]) "r"))%E);
  ("weak_count"%string, λ f, (with_block s w (then_ (f Share_weak_count T ["h"]) "r"))%E);
  ("is_alone"%string, λ f, (with_block s w (then_ (f Share_is_alone T ["h"]) "r"))%E);
  ("value"%string, λ f, (with_block s w (then_ (f Share_value T ["h"]) (!"r")))%E);
  ("value_mut"%string, λ f, (with_block s w (then_ (f Share_value_mut T ["h"])
    ("r" [λ: ["tag"; "p"], if: "tag" = #0 then #0 else !"p"])))%E);
  ("clone"%string, λ f, (with_block s w (then_ (f Share_clone T ["h"]) (("r" = "b") * #1000000 + shown)))%E);
  ("downgrade"%string, λ f, (with_block s w (then_ (f Share_downgrade T ["h"]) (("r" = "b") * #1000000 + shown)))%E);
  ("as_ptr"%string, λ f, (with_block s w (then_ (f Share_as_ptr T ["h"]) (!("r" +ₗ #1))))%E);
  ("raw"%string, λ f, (with_block s w (then_ (f Share_into_raw T ["b"])
    (let: "p" := "r" in then_ (f Share_from_raw T ["p"]) (!"p" * #10 + ("r" = "b")))))%E);
  ("add_raw"%string, λ f, (with_block s w (then_ (f Share_add_raw T ["b" +ₗ #2]) shown))%E);
  ("hold strong_count"%string, λ f, (with_block s w (then_ (f Hold_strong_count T ["h"]) "r"))%E);
  ("hold weak_count"%string, λ f, (with_block s w (then_ (f Hold_weak_count T ["h"]) "r"))%E);
  ("upgrade"%string, λ f, (with_block s w (then_ (f Hold_upgrade T ["h"])
    ("r" [λ: ["tag"; "p"], "tag" * #10000000 + (if: "tag" = #0 then #0 else "p" = "b") * #1000000 + shown])))%E);
  ("hold clone"%string, λ f, (with_block s w (then_ (f Hold_clone T ["h"]) (("r" = "b") * #1000000 + shown)))%E);
  ("hold raw"%string, λ f, (with_block s w (then_ (f Hold_into_raw T ["b"])
    (let: "p" := "r" in then_ (f Hold_from_raw T ["p"]) (!"p" * #10 + ("r" = "b")))))%E);
  ("hold is_on_same_block"%string, λ f, (with_block s w (then_ (f Hold_is_on_same_block T ["h"; "h"]) "r"))%E)
])%list.
(** What moves and frees. *)
Definition moving (s w : Z) : list driver := ([
  ("drop"%string, λ f, (with_block s w (then_ (f Share_drop T ["h"]) #1))%E);
  ("hold drop"%string, λ f, (with_block s w (then_ (f Hold_drop T ["h"]) #1))%E);
  ("whole drop"%string, λ f, (with_block s w (then_ (f Whole_drop T ["h"]) #1))%E);
  ("take"%string, λ f, (with_block s w (with_out 3 (then_ (f Share_take T ["out"; "b"])
    (if: !"out" = #0 then !("out" +ₗ #1) * #10 + !("out" +ₗ #2) else !("out" +ₗ #1) = "b"))))%E);
  ("into_whole"%string, λ f, (with_block s w (then_ (f Share_into_whole T ["b"])
    ("r" [λ: ["tag"; "p"], "tag" * #1000000 + shown])))%E);
  ("share"%string, λ f, (with_block s w (then_ (f Whole_share T ["b"]) (("r" = "b") * #1000000 + shown)))%E);
  ("leave_weak_handles"%string, λ f, (with_block s w (then_ (f Share_leave_weak_handles T ["h"])
    (let: "b" := !"h" in shown)))%E);
  ("make_alone"%string, λ f, (with_block s w (let: "env" := Alloc #1 in "env" <- #☠;;
    two_ends (f Share_make_alone TF ["h"; "env"])
      (let: "old" := (if: "r" = "b" +ₗ #2 then #0 else counts) in
       let: "b" := !"h" in "old" * #1000000 + shown)
      (#0 - shown)))%E)
])%list.
(** What makes blocks. *)
Definition making : list driver := ([
  ("new"%string, λ f, (with_source (then_ (f Share_new T ["s"]) (let: "b" := "r" in shown)))%E);
  ("whole new"%string, λ f, (with_source (then_ (f Whole_new T ["s"]) (let: "b" := "r" in shown)))%E);
  ("new_uninit"%string, λ f, (then_ (f Share_new_uninit T []) (let: "b" := "r" in
     then_ (f Share_assume_init T ["b"]) (let: "b" := "r" in counts)))%E);
  ("room"%string, λ f, (with_source (then_ (f Room_new T []) (let: "room" := "r" in
     then_ (f Room_fill T ["room"; "s"]) (let: "b" := "r" in shown))))%E);
  ("nothing"%string, λ f, (then_ (f Hold_NOTHING T []) ("r" = #0))%E);
  ("nothing, counted"%string, λ f, (with_nothing (then_ (f Hold_strong_count T ["h"])
     (let: "n" := "r" in then_ (f Hold_weak_count T ["h"]) ("n" + "r"))))%E);
  ("nothing, upgraded"%string, λ f, (with_nothing (then_ (f Hold_upgrade T ["h"]) ("r" [λ: ["tag"; "p"], "tag"])))%E);
  ("nothing, cloned and dropped"%string, λ f, (with_nothing (then_ (f Hold_clone T ["h"])
     (then_ (f Hold_drop T ["h"]) (!"h" = #0))))%E);
  ("nothing, raw"%string, λ f, (then_ (f Hold_into_raw T [ #0]) (let: "p" := "r" in
     then_ (f Hold_from_raw T ["p"]) ("r" = #0)))%E)
])%list.
(** A count alone, up to the one that cannot be incremented. *)
Definition a_count (n : Z) : list driver := ([
  ("increment"%string, λ f, (with_count n (then_ (f Count_increment [] ["c"]) (!"c")))%E);
  ("decrement"%string, λ f, (with_count n (then_ (f Count_decrement [] ["c"]) (!"c")))%E)
])%list.
Definition some_counts : list (Z * Z) := [(1, 1); (1, 2); (2, 1); (3, 4); (0, 1); (0, 2)]%Z%list.
Definition drivers : list driver := (
  flat_map (λ '(s, w), counting s w ++ moving s w) some_counts ++ making ++
  flat_map a_count [1; 17; 18446744073709551614; 18446744073709551615]%Z)%list.

(** ** Runs *)
Definition by_blocks (s : setting) : functions :=
  let roots := map (λ f, block_compile.IFn f (match nth_error (p_fns inner_program) f with
    | Some _ => if Nat.eqb f Share_make_alone then TF
                else if Nat.eqb f Count_increment || Nat.eqb f Count_decrement then [] else T
    | None => [] end)%list)
    [Share_strong_count; Share_weak_count; Share_is_alone; Share_value; Share_value_mut; Share_clone;
     Share_downgrade; Share_as_ptr; Share_into_raw; Share_from_raw; Share_add_raw; Hold_strong_count;
     Hold_weak_count; Hold_upgrade; Hold_clone; Hold_into_raw; Hold_from_raw; Hold_is_on_same_block;
     Share_drop; Hold_drop; Whole_drop; Share_take; Share_into_whole; Whole_share;
     Share_leave_weak_handles; Share_make_alone; Share_new; Whole_new; Share_new_uninit;
     Share_assume_init; Room_new; Room_fill; Hold_NOTHING; Count_increment; Count_decrement]%list in
  block_compile.block_fn inner_program (world s) (block_compile.instances inner_program roots).
(** How a run ends, with which value, and how many cells are left. *)
Inductive end_of_run := Value (z : Z) (cells : nat) | Other (st : run_status) (v : option val).
Definition observe (e : expr) : end_of_run :=
  let o := run_program choice_fresh [] 20000 e in
  match run_status_of o, main_value o with
  | AllFinished, Some (LitV (LitInt z)) => Value z (size (run_state o))
  | st, v => Other st v
  end.
Definition ends_of (fs : functions) (ds : list driver) : list end_of_run :=
  map (λ d, observe (d.2 fs)) ds.
Definition settings : list setting :=
  [Setting true true; Setting false true; Setting true false; Setting false false]%list.

(** ** The two compilations agree *)
Lemma compilations_agree :
  map (λ s, ends_of (by_tree s) drivers) settings =
  map (λ s, ends_of (by_blocks s) drivers) settings.
Proof. vm_compute. reflexivity. Qed.
