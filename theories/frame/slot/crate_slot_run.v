(** * The crate's slot, run

Closed drivers call the functions of [frame/slot.rs] in the verified interpreter, and it is
stated how each of them ends. Every driver is run with the functions as [tree_compile.v]
makes them ([slot_tree_ends]) and as [block_compile.v] does ([slot_block_ends]). These are
runs of one thread, not proofs about all inputs.

A driver ends with a number whose digits are what was seen, after a first [1]; with 0 cells
left over. *)
From stdpp Require Import strings.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation interp.
From tally.model Require Import word slot_count.
From tally.mir Require Import value mir.
From tally.mir Require block_compile.
From tally.frame.slot Require Import crate_slot_base.
From tally.frame.slot.generated Require Import slot_mir slot_tree.
From tally.prelude Require Import options.

Definition functions := nat → val.
Definition by_tree : functions := λ f, slot_fns f [].
Definition by_blocks : functions := λ f, block_compile.block_compile slot_program [] f [].

(** ** Drivers *)
(** The number 9 says that a call has unwound that should not. *)
Definition calling (f : functions) (n : nat) (args : list expr) (x : string) (k : expr) : expr :=
  App (App (Val (f n)) args) [Rec BAnon [BNamed x] k; Rec BAnon [] (Val (LitV (LitInt 9)))].
(** On the slot, in the scope of ["slot"], without a result. *)
Definition doing (f : functions) (n : nat) (k : expr) : expr :=
  calling f n [Var "slot"] "nothing" k.
Definition asking (f : functions) (n : nat) (x : string) (k : expr) : expr :=
  calling f n [Var "slot"] x k.
(** A result of two cells. *)
Definition asking_two (f : functions) (n : nat) (x y : string) (k : expr) : expr :=
  calling f n [Var "slot"] "pair" (App (Var "pair") [Rec BAnon [BNamed x; BNamed y] k]).
(** A look-up: is it [Err], and which. *)
Definition looking (f : functions) : string → string → expr → expr :=
  asking_two f slot_fn.MetaSlot_get_from_in_use.
Definition show (digits : list string) : expr :=
  foldl (λ e d, BinOp (ArithOp AddOp) (BinOp (ArithOp MulOp) e (Int 10)) (Var d)) (Int 1) digits.
(** In a slot whose word is [w]. *)
Definition on_slot (w : Z) (k : expr) : expr :=
  (let: "slot" := Alloc #8 in
   "slot" +ₗ #crate_word <- #w;;
   "slot" +ₗ #crate_list <- #0;;
   let: "shown" := k in
   Free #8 "slot";;
   "shown")%E.
Definition word_is (w : Z) (x : string) (k : expr) : expr :=
  (let: x := !("slot" +ₗ #crate_word) = #w in k)%E.

Inductive end_of_run := Finished (z : Z) (cells : nat) | Aborted | Other.
Record driver := Driver {
  driver_word : Z;
  driver_program : functions → expr;
  driver_end : end_of_run;
}.

Import slot_fn.

Definition drivers : list driver := [
  (* a frame's life: built, looked up, cloned; not unique while it is shared; shares go, and
     the last one is unique; shared again, torn down; then the look-up finds it unused *)
  Driver slot_busy (λ f,
    doing f MetaSlot_publish_shared $
    looking f "e1" "_" $
    doing f MetaSlot_clone_share $
    asking f MetaSlot_count "n1" $
    asking f MetaSlot_try_unique "u1" $
    asking f MetaSlot_release_share "l1" $
    asking f MetaSlot_release_share "l2" $
    asking f MetaSlot_try_unique "u2" $
    word_is slot_unique "w1" $
    doing f MetaSlot_share_unique $
    asking f MetaSlot_count "n2" $
    asking f MetaSlot_release_share "l3" $
    word_is slot_busy "w2" $
    doing f MetaSlot_mark_unused $
    looking f "e2" "c2" $
    show ["e1"; "n1"; "u1"; "l1"; "l2"; "u2"; "w1"; "n2"; "l3"; "w2"; "e2"; "c2"])
    (Finished 1030001111113 0);
  (* unique, and given up: what a look-up says *)
  Driver slot_busy (λ f,
    looking f "e1" "c1" $
    doing f MetaSlot_publish_unique $
    looking f "e2" "c2" $
    asking f MetaSlot_try_unique "u" $
    doing f MetaSlot_retire_unique $
    word_is slot_busy "w" $
    show ["e1"; "c1"; "e2"; "c2"; "u"; "w"])
    (Finished 1141501 0);
  (* claimed, which nobody else can then; what the word says meanwhile *)
  Driver slot_unused (λ f,
    asking_two f MetaSlot_status "s1" "_" $
    asking_two f MetaSlot_claim_word "e1" "_" $
    asking_two f MetaSlot_status "s2" "_" $
    asking_two f MetaSlot_claim_word "e2" "c2" $
    doing f MetaSlot_publish_unique $
    asking_two f MetaSlot_status "s3" "_" $
    asking_two f MetaSlot_claim_word "e3" "c3" $
    doing f MetaSlot_share_unique $
    asking_two f MetaSlot_status "s4" "n4" $
    asking_two f MetaSlot_claim_word "e4" "c4" $
    show ["s1"; "e1"; "s2"; "e2"; "c2"; "s3"; "e3"; "c3"; "s4"; "n4"; "e4"; "c4"])
    (Finished 1003141152112 0);
  (* in a list, and out of it *)
  Driver slot_unique (λ f,
    asking f MetaSlot_list_id "i1" $
    calling f MetaSlot_enter_list [Var "slot"; Int 7] "nothing" $
    asking f MetaSlot_list_id "i2" $
    doing f MetaSlot_leave_list $
    asking f MetaSlot_list_id "i3" $
    word_is slot_unique "w" $
    show ["i1"; "i2"; "i3"; "w"])
    (Finished 10701 0);
  (* up to the greatest count *)
  Driver (slot_max - 1) (λ f,
    looking f "e" "_" $ word_is slot_max "w" $ show ["e"; "w"])
    (Finished 101 0);
  Driver (slot_max - 1) (λ f,
    doing f MetaSlot_clone_share $ word_is slot_max "w" $ show ["w"])
    (Finished 11 0);
  (* and no further *)
  Driver slot_max (λ f, looking f "e" "_" $ show ["e"]) Aborted;
  Driver slot_max (λ f, doing f MetaSlot_clone_share $ show []) Aborted
].

(** ** Runs *)
Definition observe (e : expr) : end_of_run :=
  let o := run_program choice_fresh [] 20000 e in
  match run_status_of o, main_value o with
  | AllFinished, Some (LitV (LitInt z)) => Finished z (size (run_state o))
  | ThreadAborted _, _ => Aborted
  | _, _ => Other
  end.
Definition ends (f : functions) : list end_of_run :=
  map (λ d, observe (on_slot (driver_word d) (driver_program d f))) drivers.

Lemma slot_tree_ends : ends by_tree = map driver_end drivers.
Proof. vm_compute. reflexivity. Qed.
Lemma slot_block_ends : ends by_blocks = map driver_end drivers.
Proof. vm_compute. reflexivity. Qed.
