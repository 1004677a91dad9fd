(** * What no certificate proves

[refine_chapter.v] shows that the checker rejects some certificates. Here it is a theorem
about all of them: the function does not have the signature. An execution ends otherwise
than the signature says, and a program that the checker accepts has no such execution
([check_safe.v], and [check_cell_safe] for a function that takes a reference).

- [decr_unguarded_never]: [decr] without the test leaves -1 where it found 0, so in no
  mode does it keep what it points to from becoming negative;
- [mk_three_never_four];
- in the strict mode, where nothing may unwind: [factorial_never_strict] (the argument 13),
  [abs_never_strict] (the least integer), [incr_never_strict] (the greatest), each with
  the signature that it has in the other modes;
- [test_abs_weak_never] and [test_incr_weak_never]: beside other bodies of [abs] and [incr],
  which have the weak signatures ([other_accepted]), the assertions of [test_abs] and
  [test_incr] fail, so neither is accepted there. A caller sees the signature only, so
  this is why neither can be accepted in the chapter.

Source: Flux's book, "Ownership in Flux". *)
From tally.prelude Require Import prelude.
From tally.lang Require Import notation adequacy interp interp_correct.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check check_safe.
From tally.examples Require Import refine_finder refine_chapter.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** The chapter *)
Local Notation run_value e := (main_value (run_program choice_reuse [] 100000 e)).
(** What a function of an accepted program returns. *)
Lemma never_value m fs f c u n ρ (ws : list val) (r : val) :
  run_value (run f ws) = Some r →
  check_program m chapter functions fs = Ok u → fs !! f = Some (Some c) →
  position (IFn f []) functions = Some n →
  Forall2 (value_arg ρ) (s_params (cf_sig c)) ws → Forall (evf ρ) (s_requires (cf_sig c)) →
  good_end m (cf_sig c) ρ r.
Proof. intros Hrun Hfs Hf Hn Hws Hreq. by eapply run_program_value_adequate in Hrun; [|by eapply check_safe]. Qed.
Lemma never_content m fs f c u n ρ q k x y (v : val) :
  run_value (with_cell (block_fn chapter [] functions f []) (kind_val k (ρ x))) = Some v →
  check_program m chapter functions fs = Ok u → fs !! f = Some (Some c) →
  position (IFn f []) functions = Some n →
  s_params (cf_sig c) = [q] → pointee_of q = Some (k, x, y) → kind_ok k (ρ x) →
  Forall (evf ρ) (s_requires (cf_sig c)) →
  good_content m (cf_sig c) ρ k y v.
Proof.
  intros Hrun Hfs Hf Hn Hq Hp Hx Hreq.
  by eapply run_program_value_adequate in Hrun; [|by eapply check_cell_safe].
Qed.
Definition all_are (z : Z) : valuation := λ _, z.

(** In no mode. *)
Theorem decr_unguarded_never m fs c u :
  check_program m chapter functions fs = Ok u → fs !! 9%nat = Some (Some c) → cf_sig c ≠ nat_sig.
Proof.
  intros Hfs Hf Hc.
  assert (run_value (with_cell (block_fn chapter [] functions 9 []) (LitV (LitInt 0))) = Some (LitV (LitInt (-1))))
    as Hrun by (vm_compute; reflexivity).
  pose proof (never_content m fs 9 c u 9 (all_are 0) (PMut (KInt i32) 1 2) (KInt i32) 1 2 _ Hrun Hfs Hf) as H.
  rewrite Hc in H. destruct H as [(ρ & _ & [= Hv] & He)|[? _]]; [done..|vm_compute; by split|by repeat constructor| |done].
  apply Forall_cons in He as [He _]. cbn in He. lia.
Qed.
Theorem mk_three_never_four m fs c u :
  check_program m chapter functions fs = Ok u → fs !! 1%nat = Some (Some c) → cf_sig c ≠ mk_three_sig 4.
Proof.
  intros Hfs Hf Hc.
  assert (run_value (run 1 []) = Some (ret_val (LitV (LitInt 3)))) as Hrun by (vm_compute; reflexivity).
  pose proof (never_value m fs 1 c u 1 (all_are 0) [] _ Hrun Hfs Hf) as H.
  rewrite Hc in H. destruct H as [(ρ & v & Hv & _ & [Hr _] & He)|[? _]]; [done|constructor..| |done].
  apply Forall_cons in He as [He _]. cbn in Hv, Hr, He. rewrite Hr in Hv. injection Hv. lia.
Qed.

(** In the strict mode: an overflow unwinds. *)
Theorem factorial_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 2%nat = Some (Some c) → cf_sig c ≠ factorial_sig.
Proof.
  intros Hfs Hf Hc.
  assert (run_value (run 2 [LitV (LitInt 13)]) = Some unw_val) as Hrun by (vm_compute; reflexivity).
  pose proof (never_value Strict fs 2 c u 2 (all_are 13) [LitV (LitInt 13)] _ Hrun Hfs Hf) as H.
  rewrite Hc in H. destruct H as [(ρ & v & Hv & _)|[_ ?]]; [done| |by repeat constructor|done..].
  constructor; [|constructor]. split; [done|vm_compute; by split].
Qed.
Theorem abs_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 3%nat = Some (Some c) → cf_sig c ≠ abs_sig [].
Proof.
  intros Hfs Hf Hc.
  assert (run_value (with_cell (block_fn chapter [] functions 3 []) (LitV (LitInt (int_min i32)))) =
    Some (LitV LitPoison)) as Hrun by (vm_compute; reflexivity).
  pose proof (never_content Strict fs 3 c u 3 (all_are (int_min i32)) (PShr (KInt i32) 1) (KInt i32) 1 1 _
    Hrun Hfs Hf) as H.
  rewrite Hc in H. by destruct H as [(ρ & _ & ? & _)|[_ ?]]; [..|vm_compute; split|constructor| |].
Qed.
Theorem incr_never_strict fs c u :
  check_program Strict chapter functions fs = Ok u → fs !! 7%nat = Some (Some c) → cf_sig c ≠ incr_sig [].
Proof.
  intros Hfs Hf Hc.
  assert (run_value (with_cell (block_fn chapter [] functions 7 []) (LitV (LitInt (int_max i32)))) =
    Some (LitV LitPoison)) as Hrun by (vm_compute; reflexivity).
  pose proof (never_content Strict fs 7 c u 7 (all_are (int_max i32)) (PMut (KInt i32) 1 2) (KInt i32) 1 2 _
    Hrun Hfs Hf) as H.
  rewrite Hc in H. by destruct H as [(ρ & _ & ? & _)|[_ ?]]; [..|vm_compute; split|constructor| |].
Qed.

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
Definition is_stuck (st : run_status) : bool := match st with ThreadStuck _ _ => true | _ => false end.
(** These bodies have the signatures. *)
Lemma other_accepted m : check_program m other_chapter functions (other_certificates m) = Ok tt.
Proof. destruct m; vm_compute; reflexivity. Qed.

Lemma other_never m fs f c u n :
  is_stuck (run_status_of (run_program choice_reuse [] 100000
    (App (Val (block_fn other_chapter [] functions f [])) []))) = true →
  check_program m other_chapter functions fs = Ok u → fs !! f = Some (Some c) →
  position (IFn f []) functions = Some n → cf_sig c ≠ test_sig.
Proof.
  intros Hrun Hfs Hf Hn Hc. destruct (run_status_of _) as [|i reason|i|] eqn:Hstuck; try done.
  eapply run_program_stuck_not_adequate; [exact Hstuck|].
  eapply (check_safe m other_chapter functions fs f c u n (all_are 0) []); [done..| |]; rewrite Hc; constructor.
Qed.
(** So beside these, no certificate of the callers is accepted: their assertions fail. *)
Theorem test_abs_weak_never m fs c u :
  check_program m other_chapter functions fs = Ok u → fs !! 4%nat = Some (Some c) → cf_sig c ≠ test_sig.
Proof. intros Hfs Hf. eapply (other_never m fs 4 c u 4); [vm_compute; reflexivity|done..]. Qed.
Theorem test_incr_weak_never m fs c u :
  check_program m other_chapter functions fs = Ok u → fs !! 8%nat = Some (Some c) → cf_sig c ≠ test_sig.
Proof. intros Hfs Hf. eapply (other_never m fs 8 c u 8); [vm_compute; reflexivity|done..]. Qed.
