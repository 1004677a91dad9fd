(** * Examples computed by the interpreter

Small programs, each with what the interpreter says of it: a value, or the reason
why a thread is stuck. Every statement is checked by computation. The last section
draws the consequences: a stuck run refutes every adequacy statement about its
program, and an unexpected value the one that excludes it. *)
From iris.program_logic Require Import adequacy.
From tally.lang Require Import interp_correct races notation.
From tally.prelude Require Import options.

(* Unfolding these in a proof would make the kernel run the program by other means
   than [vm_compute], and slowly: proofs below that need a run compute it. *)
Local Definition status_of (choose : N → choice) (schedule : list nat) (e : expr) :=
  run_status_of (run_program choose schedule 1000 e).
Local Definition value_of (choose : N → choice) (schedule : list nat) (e : expr) :=
  main_value (run_program choose schedule 1000 e).

(** ** Programs that end well *)
Definition factorial : val :=
  rec: "fact" ["n"] :=
    if: "n" ≤ #0 then #1 else "n" * "fact" ["n" - #1].

Lemma factorial_20 :
  value_of choice_fresh [] (factorial [ #20])%E =
  Some #2432902008176640000.
Proof. by vm_compute. Qed.

(** At a machine type the result wraps, or its overflow is noticed. *)
Lemma wrapping_max :
  value_of choice_fresh [] (#(int_max u64) +⟨u64⟩ #1)%E = Some #0.
Proof. by vm_compute. Qed.
Lemma overflow_max :
  value_of choice_fresh [] (BinOp (OverflowOp i32 AddOp) #(int_max i32) #1)%E =
  Some #true.
Proof. by vm_compute. Qed.

(** Two threads count with fetch-and-add; the main thread waits for the other. *)
Definition wait_for : val :=
  rec: "wait" ["x"; "n"] := if: !ˢᶜ "x" = "n" then !"x" else "wait" ["x"; "n"].
Definition count_to_two : expr :=
  let: "x" := Alloc #1 in
  "x" <- #0;;
  Fork (Faa usize "x" #1);;
  Faa usize "x" #1;;
  wait_for ["x"; #2].

Lemma count_to_two_status : status_of choice_fresh [] count_to_two = AllFinished.
Proof. by vm_compute. Qed.
Lemma count_to_two_value :
  value_of choice_fresh [] count_to_two = Some #2.
Proof. by vm_compute. Qed.
(** If the other thread never moves, the fuel runs out: but it is asked to move when
    the listed schedule ends. *)
Lemma count_to_two_starved :
  status_of choice_fresh (replicate 1000 0) count_to_two = OutOfFuel.
Proof. by vm_compute. Qed.

(** A freed block is used again, or not, as the choice says. *)
Definition free_and_alloc : expr :=
  let: "x" := Alloc #2 in Free #2 "x";; let: "y" := Alloc #3 in "x" = "y".
Lemma free_and_alloc_fresh :
  value_of choice_fresh [] free_and_alloc = Some #false.
Proof. by vm_compute. Qed.
Lemma free_and_alloc_reuse :
  value_of choice_reuse [] free_and_alloc = Some #true.
Proof. by vm_compute. Qed.

(** A weak compare-and-swap that fails spuriously, by choice. *)
Definition weak_cas : expr :=
  let: "x" := Alloc #1 in "x" <- #0;; Cas CasWeak "x" #0 #1.
Lemma weak_cas_succeeds :
  value_of choice_fresh [] weak_cas = Some #true.
Proof. by vm_compute. Qed.
Lemma weak_cas_fails :
  value_of (λ k, Choice true None (choice_alloc (choice_fresh k))) [] weak_cas =
  Some #false.
Proof. by vm_compute. Qed.

Definition abort_unless : val := λ: ["b"], if: "b" then #☠ else Abort.
Lemma abort_unless_aborts :
  status_of choice_fresh [] (abort_unless [ #1 = #2])%E = ThreadAborted 0.
Proof. by vm_compute. Qed.

(** ** Programs that get stuck, and why *)
(** The cells of the one block that these programs allocate, in step 1. *)
Local Definition cell (i : Z) : loc := Loc 2%positive i.

(** Another thread writes the cell while the main thread reads it: a race, if
    the reader comes between the two steps of the write. *)
Definition racy : expr :=
  let: "x" := Alloc #1 in "x" <- #0;; Fork ("x" <- #1);; !"x".
Lemma racy_in_turns :
  status_of choice_fresh [] racy =
  ThreadStuck 0 (DataRace (cell 0) ReadAcc Na1Ord WSt).
Proof. by vm_compute. Qed.
(** Under another schedule the run ends well: one run shows no absence of races. *)
Lemma racy_one_after_the_other :
  status_of choice_fresh (replicate 100 0) racy = AllFinished.
Proof. by vm_compute. Qed.

Definition use_after_free : expr := let: "x" := Alloc #2 in Free #2 "x";; !("x" +ₗ #1).
Lemma use_after_free_stuck :
  status_of choice_fresh [] use_after_free = ThreadStuck 0 (NotAllocated (cell 1)).
Proof. by vm_compute. Qed.

Definition double_free : expr := let: "x" := Alloc #2 in Free #2 "x";; Free #2 "x".
Lemma double_free_stuck :
  status_of choice_fresh [] double_free = ThreadStuck 0 (BadFree (cell 0) 2).
Proof. by vm_compute. Qed.

Definition partial_free : expr := let: "x" := Alloc #2 in Free #1 "x".
Lemma partial_free_stuck :
  status_of choice_fresh [] partial_free = ThreadStuck 0 (BadFree (cell 0) 1).
Proof. by vm_compute. Qed.
(** No size is too absurd to be refused. *)
Lemma huge_free_stuck :
  status_of choice_fresh [] (let: "x" := Alloc #2 in Free #(int_max u128) "x")%E =
  ThreadStuck 0 (BadFree (cell 0) (int_max u128)).
Proof. by vm_compute. Qed.

Lemma out_of_bounds_stuck :
  status_of choice_fresh [] (let: "x" := Alloc #2 in "x" +ₗ #2 <- #0)%E =
  ThreadStuck 0 (NotAllocated (cell 2)).
Proof. by vm_compute. Qed.
Lemma bad_case_stuck :
  status_of choice_fresh [] (match: #3 of [ #10; #11; #12])%E =
  ThreadStuck 0 (BadCaseIndex 3 3).
Proof. by vm_compute. Qed.
Lemma poison_stuck :
  status_of choice_fresh [] (let: "x" := Alloc #1 in !"x" + #1)%E =
  ThreadStuck 0 (PoisonUsed IntKind).
Proof. by vm_compute. Qed.
Lemma wrong_kind_stuck :
  status_of choice_fresh [] (! #7)%E = ThreadStuck 0 (WrongKind LocKind #7).
Proof. by vm_compute. Qed.
Lemma wrong_arity_stuck :
  status_of choice_fresh [] (wait_for [ #1])%E = ThreadStuck 0 (WrongArity 2 1).
Proof. by vm_compute. Qed.
Lemma unbound_stuck :
  status_of choice_fresh [] ("x" + #1)%E = ThreadStuck 0 (UnboundVar "x").
Proof. by vm_compute. Qed.
Lemma overflow_stuck :
  status_of choice_fresh [] (BinOp (UncheckedOp i32 AddOp) #(int_max i32) #1)%E =
  ThreadStuck 0 (Overflow i32 (2 ^ 31)).
Proof. by vm_compute. Qed.
(** The remainder is 0, but its quotient overflows. *)
Lemma remainder_overflow_stuck :
  status_of choice_fresh [] (BinOp (UncheckedOp i32 RemOp) #(int_min i32) #(-1))%E =
  ThreadStuck 0 (Overflow i32 0).
Proof. by vm_compute. Qed.
Lemma out_of_range_stuck :
  status_of choice_fresh [] (#(-1) +⟨u8⟩ #1)%E = ThreadStuck 0 (OutOfRange u8 (-1)).
Proof. by vm_compute. Qed.
Lemma division_stuck :
  status_of choice_fresh [] (BinOp (ArithOp QuotOp) #1 #0)%E = ThreadStuck 0 DivisionByZero.
Proof. by vm_compute. Qed.
Lemma incomparable_stuck :
  status_of choice_fresh [] (let: "x" := Alloc #1 in "x" = #1)%E =
  ThreadStuck 0 (Incomparable #(cell 0) #1).
Proof. by vm_compute. Qed.
Lemma bad_alloc_stuck :
  status_of choice_fresh [] (Alloc #0)%E = ThreadStuck 0 (BadAllocSize 0).
Proof. by vm_compute. Qed.

(** ** Refutation by computation *)
(** No postcondition makes a weakest precondition of these provable. *)
Lemma racy_not_adequate φ : ¬ adequate NotStuck racy ∅ φ.
Proof. eapply (run_program_stuck_not_adequate choice_fresh [] 1000). by vm_compute. Qed.
Lemma double_free_not_adequate φ : ¬ adequate NotStuck double_free ∅ φ.
Proof. eapply (run_program_stuck_not_adequate choice_fresh [] 1000). by vm_compute. Qed.

(** An allocator may use a freed block again: a specification that denies it is
    refuted, even one that tolerates stuck threads. *)
Lemma free_and_alloc_not_always_false s :
  ¬ adequate s free_and_alloc ∅ (λ v _, v = #false).
Proof.
  by eapply (run_program_value_refutes choice_reuse [] 1000); [by vm_compute|].
Qed.

(** ** Data races *)
(** The definition of a data race is met: two threads about to write one cell. *)
Lemma two_writes_race (l : loc) v1 v2 σ :
  data_race [(#l <- Val v1)%E; (#l <- Val v2)%E] σ l.
Proof.
  exists 0, 1. do 2 eexists. exists WriteAcc, WriteAcc, false, false.
  split_and!; [done..| | |by left|by left].
  - exists [], (WriteR Na1Ord #l v1). split; [done|].
    apply (touches_access _ _ _ Na1Ord). constructor.
  - exists [], (WriteR Na1Ord #l v2). split; [done|].
    apply (touches_access _ _ _ Na1Ord). constructor.
Qed.
