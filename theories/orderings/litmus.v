(** * Litmus tests of the weak-memory machine

Small programs whose verdict follows from the C++ standard, each computed by the machine.
They say that the machine's rules are the ones meant: for each that must hold there
is one, next to it, that must not, and that a slip in the rule would turn. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine.
From tally.prelude Require Import options.

(** From a word that holds 0. *)
Definition litmus (es : list (thread * event nat)) : outcome nat := perform_all es (boot 0%nat).

Definition allowed (es : list (thread * event nat)) : Prop := ∃ m, litmus es = Next m.
(** The last event is a data race, none before it is. *)
Definition races (es : list (thread * event nat)) : Prop :=
  allowed (removelast es) ∧ litmus es = DataRace.
(** The last event is impossible, none before it is. *)
Definition forbidden (es : list (thread * event nat)) : Prop :=
  allowed (removelast es) ∧ litmus es = Impossible.

Local Ltac by_machine := first
  [split; [eexists; vm_compute; reflexivity | vm_compute; reflexivity]
  |eexists; vm_compute; reflexivity
  |vm_compute; reflexivity].

(** ** Message passing *)
Definition passing (release acquire : ordering) : list (thread * event nat) :=
  [(1, EWrite); (1, EStore release 1); (2, ELoad acquire 0 1); (2, ERead)].

Lemma passing_release_acquire : allowed (passing Release Acquire).
Proof. by_machine. Qed.
Lemma passing_relaxed_acquire : races (passing Relaxed Acquire).
Proof. by_machine. Qed.
Lemma passing_release_relaxed : races (passing Release Relaxed).
Proof. by_machine. Qed.

(** ** Fences *)
Definition fenced (release acquire : list (thread * event nat)) : list (thread * event nat) :=
  [(1, EWrite)] ++ release ++ [(1, EStore Relaxed 1); (2, ELoad Relaxed 0 1)] ++
  acquire ++ [(2, ERead)].

Lemma fences : allowed (fenced [(1, EFenceRelease)] [(2, EFenceAcquire)]).
Proof. by_machine. Qed.
Lemma no_release_fence : races (fenced [] [(2, EFenceAcquire)]).
Proof. by_machine. Qed.
Lemma no_acquire_fence : races (fenced [(1, EFenceRelease)] []).
Proof. by_machine. Qed.
(** An acquire fence before the load is too early, a release fence before the write
is too. *)
Lemma early_acquire_fence :
  races [(1, EWrite); (1, EStore Release 1);
         (2, EFenceAcquire); (2, ELoad Relaxed 0 1); (2, ERead)].
Proof. by_machine. Qed.
Lemma early_release_fence :
  races [(1, EFenceRelease); (1, EWrite); (1, EStore Relaxed 1);
         (2, ELoad Acquire 0 1); (2, ERead)].
Proof. by_machine. Qed.

(** ** Release sequences *)
Definition passing_by (e : thread * event nat) : list (thread * event nat) :=
  [(1, EWrite); (1, EStore Release 1); e; (2, ELoad Acquire 0 2); (2, ERead)].

(** A read-modify-write of any thread continues it, even a relaxed one; *)
Lemma sequence_update : allowed (passing_by (3, EUpdate Relaxed 1 2)).
Proof. by_machine. Qed.
(** a store does not, another thread's nor, since C++20, the same thread's. *)
Lemma sequence_store : races (passing_by (3, EStore Release 2)).
Proof. by_machine. Qed.
Lemma sequence_store_same : races (passing_by (1, EStore Relaxed 2)).
Proof. by_machine. Qed.
(** The read-modify-write in between learns nothing itself, if relaxed. *)
Lemma sequence_no_acquire :
  races [(1, EWrite); (1, EStore Release 1); (3, EUpdate Release 1 2); (3, ERead)].
Proof. by_machine. Qed.

(** ** Coherence *)

(** A load may read an old message, but none older than one it has read, written,
or heard of by synchronisation. *)
Lemma stale_load : allowed [(1, EStore Relaxed 1); (2, ELoad Relaxed 1 0)].
Proof. by_machine. Qed.
Lemma coherent_reads :
  forbidden [(1, EStore Relaxed 1); (2, ELoad Relaxed 0 1); (2, ELoad Relaxed 1 0)].
Proof. by_machine. Qed.
Lemma coherent_write_read : forbidden [(1, EStore Relaxed 1); (1, ELoad Relaxed 1 0)].
Proof. by_machine. Qed.
Lemma coherent_after_synchronisation :
  forbidden [(1, EStore Relaxed 1); (2, ELearn (View 1 [])); (2, ELoad Relaxed 1 0)].
Proof. by_machine. Qed.
(** A read-modify-write reads the newest: only one of two finds 0. *)
Lemma updates_are_atomic : forbidden [(1, EUpdate Relaxed 0 1); (2, EUpdate Relaxed 0 1)].
Proof. by_machine. Qed.

(** ** Races *)
Lemma two_reads : allowed [(1, ERead); (2, ERead)].
Proof. by_machine. Qed.
Lemma read_write : races [(1, ERead); (2, EWrite)].
Proof. by_machine. Qed.
Lemma write_read : races [(1, EWrite); (2, ERead)].
Proof. by_machine. Qed.
Lemma write_write : races [(1, EWrite); (2, EWrite)].
Proof. by_machine. Qed.
Lemma own_write : allowed [(1, EWrite); (1, ERead); (1, EWrite)].
Proof. by_machine. Qed.
(** What is released does not include what comes after. *)
Lemma read_after_release :
  races [(1, EUpdate Release 0 1); (1, ERead); (2, EUpdate Acquire 1 2); (2, EWrite)].
Proof. by_machine. Qed.
Lemma read_before_release :
  allowed [(1, ERead); (1, EUpdate Release 0 1); (2, EUpdate Acquire 1 2); (2, EWrite)].
Proof. by_machine. Qed.
