(** * What no certificate proves

[refine_chapter.v] shows that the checker rejects some certificates. Here it is a theorem
about all of them: the function does not have the signature. A run of the interpreter ends
otherwise than the signature says: the input and what comes of it are a witness that
[check_refute] accepts ([refute_sound.v]).

- [decr_unguarded_never]: [decr] without the test leaves -1 where it found 0, so in no
  mode does it keep what it points to from becoming negative;
- [mk_three_never_four];
- in the strict mode, where nothing may unwind: [factorial_never_strict] (the argument 13),
  [abs_never_strict] (the least integer), [incr_never_strict] (the greatest), each with
  the signature that it has in the other modes;
- [test_abs_weak_never] and [test_incr_weak_never]: beside other bodies of [abs] and [incr],
  which have the weak signatures ([other_accepted]), the assertions of [test_abs] and
  [test_incr] fail, so neither is accepted there. A caller sees the signature only. In the
  chapter itself it is shown for one certificate that it is rejected ([refine_chapter.v]).

Each theorem is about one signature, as it is written.

Source: Flux's book, "Ownership in Flux". *)
From tally.prelude Require Import prelude.
From tally.lang Require Import lang machine_int.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check refute_sound.
From tally.examples Require Import refine_finder refine_chapter.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The chapter *)
Local Open Scope positive_scope.
(** No certificate is accepted if the witness is one, in this mode. *)
Lemma never m p fs f c u s (w : witness) :
  check_refute m p functions f s w 100000 = true →
  check_program m p functions fs = Ok u → fs !! f = Some (Some c) → cf_sig c ≠ s.
Proof. intros Hw Hfs Hf <-. by eapply check_refute_never. Qed.

(** In no mode. *)
Theorem decr_unguarded_never m fs c u :
  check_program m chapter functions fs = Ok u → fs !! 9%nat = Some (Some c) → cf_sig c ≠ nat_sig.
Proof. apply (never m) with [(1, 0%Z); (2, (-1)%Z)]; destruct m; vm_compute; reflexivity. Qed.
Theorem mk_three_never_four m fs c u :
  check_program m chapter functions fs = Ok u → fs !! 1%nat = Some (Some c) → cf_sig c ≠ mk_three_sig 4.
Proof. apply (never m) with [(1, 3%Z)]; destruct m; vm_compute; reflexivity. Qed.

(** In the strict mode: an overflow unwinds. *)
Theorem factorial_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 2%nat = Some (Some c) → cf_sig c ≠ factorial_sig.
Proof. apply never with [(1, 13%Z)]; vm_compute; reflexivity. Qed.
Theorem abs_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 3%nat = Some (Some c) → cf_sig c ≠ abs_sig [].
Proof. apply never with [(1, int_min i32)]; vm_compute; reflexivity. Qed.
Theorem incr_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 7%nat = Some (Some c) → cf_sig c ≠ incr_sig [].
Proof. apply never with [(1, int_max i32)]; vm_compute; reflexivity. Qed.
Local Close Scope positive_scope.

(** ** A caller knows the signature only *)
(** The chapter with other bodies: [assert] is stuck if its argument is false; [abs] returns
0, and [incr] writes 0, which is all that their weak signatures promise. *)
Definition stuck_assert_mir : body :=
  Body 1 [unit_ty; TBool; TBool; unit_ty; unit_ty] [
    ([Assign (l 2) (RUse (use 1))], SwitchInt (use 2) [(0, 1%nat)] (Some 2%nat));
    ([], Unreachable);
    ([Assign (l 0) no_value], Return)].
Definition zero_abs_mir : body := Body 1 [i32_ty; TPtr] [([Assign (l 0) (RUse (lit 0))], Return)].
Definition zero_incr_mir : body :=
  Body 1 [unit_ty; TPtr] [([Assign (at_ref 1) (RUse (lit 0)); Assign (l 0) no_value], Return)].
Definition other_bodies : list body :=
  [stuck_assert_mir; mk_three_mir; factorial_mir; zero_abs_mir; test_abs_mir; decr_mir; test_alias_mir;
   zero_incr_mir; test_incr_mir; decr_unguarded_mir].
Definition other_chapter : program := Program [] other_bodies.
Definition other_certificates (m : mode) : list (option checked_fn) :=
  let fn b s nodes hs := Some (Fn s (find_cert m other_chapter b s (λ _, None) nodes hs)) in
  [fn stuck_assert_mir assert_sig assert_nodes assert_hints; None; None;
   fn zero_abs_mir abs_weak_sig [(0%nat, known_cells 4 [(2%nat, SPtr 3); (3%nat, int_of (x 1))] [])]
     [HReturn [(2%positive, EC 0)]]; None; None; None;
   fn zero_incr_mir nat_sig [(0%nat, known_cells 3 [(1%nat, SPtr 2); (2%nat, int_of (x 1))] [FLe (EC 0) (x 1)])]
     [HReturn [(2%positive, EC 0)]]].
(** These bodies have the signatures. *)
Lemma other_accepted m : check_program m other_chapter functions (other_certificates m) = Ok tt.
Proof. destruct m; vm_compute; reflexivity. Qed.

(** So beside these, no certificate of the callers is accepted: their assertions fail. *)
Theorem test_abs_weak_never m fs c u :
  check_program m other_chapter functions fs = Ok u → fs !! 4%nat = Some (Some c) → cf_sig c ≠ test_sig.
Proof. apply (never m) with []; destruct m; vm_compute; reflexivity. Qed.
Theorem test_incr_weak_never m fs c u :
  check_program m other_chapter functions fs = Ok u → fs !! 8%nat = Some (Some c) → cf_sig c ≠ test_sig.
Proof. apply (never m) with []; destruct m; vm_compute; reflexivity. Qed.
