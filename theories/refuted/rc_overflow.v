(** * What happens when a count overflows, and nobody aborts

A handle can be forgotten: it is gone, and the count does not know. So a program can
drive the count of an [Rc] to the maximum of its machine type with one handle in its
hands, and [clone] once more. This file runs what would follow if [clone] did not
abort then. The counts are those of the machine type [t], a parameter, so that the
executions can be computed from the start: with [u8] it takes 255 clones to get to
the end of the numbers, where it takes 2⁶⁴ - 1 with [usize].

- [wrap_clone t] increments and lets the count wrap around. After the wrap the count
  says 0 where there are 2ⁿ handles; two more moves, and the block is freed under a
  handle: [wrap_stuck].
- [panic_clone t] stores the incremented count, sees that it has wrapped, and panics;
  the panic is caught. No handle was made, but the count has moved, and stays: the
  next [clone] finds nothing wrong. [panic_stuck].
- [abort_clone t], as in [rc_code.v], aborts at the wrap: [abort_run]. And a clone
  that checks _before_ it stores may panic as it likes: [early_panic_run]; it leaves
  the count where it was.

That the runs get stuck says more than that something goes wrong: no specification,
in this logic or in another that is adequate, holds of these clients
([wrap_refuted], [panic_refuted]). That the abort is enough is a theorem about all
clients, that is, the specifications of [rc_sig.v], which bound no number of handles;
[theories/examples/rc_forget.v] has a client that forgets handles for ever.

The block is that of an [Rc] without weak handles: the count at [ℓ], the content at
[ℓ + 1]. *)
From iris.program_logic Require Import adequacy.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation interp interp_correct.
From tally.prelude Require Import options.

(** ** Four ways to clone *)

(** Returns whether there is a handle more; [false] is a panic that was caught. *)
Definition wrap_clone (t : int_type) : val :=
  λ: ["rc"],
    "rc" <- !"rc" +⟨t⟩ #1;;
    #true.
Definition panic_clone (t : int_type) : val :=
  λ: ["rc"],
    let: "strong" := !"rc" +⟨t⟩ #1 in
    "rc" <- "strong";;
    if: "strong" = #0 then #false else #true.
Definition abort_clone (t : int_type) : val :=
  λ: ["rc"],
    let: "strong" := !"rc" +⟨t⟩ #1 in
    "rc" <- "strong";;
    if: "strong" = #0 then Abort else #true.
Definition early_panic_clone (t : int_type) : val :=
  λ: ["rc"],
    let: "strong" := !"rc" +⟨t⟩ #1 in
    if: "strong" = #0 then #false else "rc" <- "strong";; #true.

Definition plain_drop (t : int_type) : val :=
  λ: ["rc"],
    let: "strong" := !"rc" -⟨t⟩ #1 in
    "rc" <- "strong";;
    if: "strong" = #0 then Free #2 "rc" else #☠.

(** ** The client
An [Rc] of 7. As many clones as it takes to get past the last number of [t], each
forgotten. So far nothing is wrong: there is one handle in scope, to a live block.
Then a clone that is dropped, if there is one. The handle is still in scope, and is
read through. *)
Definition forget_clones (clone : val) : val :=
  rec: "forget" ["rc"; "n"] :=
    if: "n" ≤ #0 then #☠ else clone ["rc"];; "forget" ["rc"; "n" - #1].

Definition overflow_client (t : int_type) (clone : val) : expr :=
  let: "rc" := Alloc #2 in
  "rc" <- #1;;
  "rc" +ₗ #1 <- #7;;
  forget_clones clone ["rc"; #(int_max t)];;
  (if: clone ["rc"] then plain_drop t ["rc"] else #☠);;
  !("rc" +ₗ #1).

(** The main thread reads or writes a cell that is not allocated any more. *)
Definition use_after_free (o : outcome) : bool :=
  match run_status_of o with ThreadStuck 0 (NotAllocated _) => true | _ => false end.

Lemma use_after_free_not_adequate choose schedule fuel e φ :
  use_after_free (run_program choose schedule fuel e) = true →
  ¬ adequate NotStuck e ∅ φ.
Proof.
  rewrite /use_after_free.
  destruct (run_status_of _) as [|i reason|i|] eqn:Hstuck; try done.
  destruct i; [|done]. destruct reason; try done. intros _.
  by eapply run_program_stuck_not_adequate, Hstuck.
Qed.

(** Without any check: the count says 0, then 1, and the drop frees the block, under
the handle that is in scope and the 255 that are not. *)
Lemma wrap_stuck :
  use_after_free (run_program choice_fresh [] 100000
    (overflow_client u8 (wrap_clone u8))) = true.
Proof. vm_compute. reflexivity. Qed.
Theorem wrap_refuted φ : ¬ adequate NotStuck (overflow_client u8 (wrap_clone u8)) ∅ φ.
Proof. exact (use_after_free_not_adequate _ _ _ _ _ wrap_stuck). Qed.

(** With a panic after the store, which is caught: the same, one handle fewer. *)
Lemma panic_stuck :
  use_after_free (run_program choice_fresh [] 100000
    (overflow_client u8 (panic_clone u8))) = true.
Proof. vm_compute. reflexivity. Qed.
Theorem panic_refuted φ : ¬ adequate NotStuck (overflow_client u8 (panic_clone u8)) ∅ φ.
Proof. exact (use_after_free_not_adequate _ _ _ _ _ panic_stuck). Qed.

(** With an abort after the store, nothing runs that could see the 0. *)
Lemma abort_run :
  run_status_of (run_program choice_fresh [] 100000
    (overflow_client u8 (abort_clone u8))) = ThreadAborted 0.
Proof. vm_compute. reflexivity. Qed.

(** With a panic before the store, the two clones that come too late leave the count at
its maximum, and the client reads its 7. *)
Lemma early_panic_run :
  main_value (run_program choice_fresh [] 100000
    (overflow_client u8 (early_panic_clone u8))) = Some #7%V.
Proof. vm_compute. reflexivity. Qed.

(** ** At the machine word of [Rc]
The end of the same execution with [usize], from a count that stands at the maximum:
it says that 2⁶⁴ - 1 handles were made. All of them but one have been forgotten, and
the one has been cloned once more. *)
Definition usize_client (clone : val) : expr :=
  let: "rc" := Alloc #2 in
  "rc" <- #(int_max usize);;
  "rc" +ₗ #1 <- #7;;
  clone ["rc"];;
  (if: clone ["rc"] then plain_drop usize ["rc"] else #☠);;
  !("rc" +ₗ #1).

Lemma usize_wrap_stuck :
  use_after_free (run_program choice_fresh [] 1000
    (usize_client (wrap_clone usize))) = true.
Proof. vm_compute. reflexivity. Qed.
Lemma usize_panic_stuck :
  use_after_free (run_program choice_fresh [] 1000
    (usize_client (panic_clone usize))) = true.
Proof. vm_compute. reflexivity. Qed.
Lemma usize_abort_run :
  run_status_of (run_program choice_fresh [] 1000
    (usize_client (abort_clone usize))) = ThreadAborted 0.
Proof. vm_compute. reflexivity. Qed.
