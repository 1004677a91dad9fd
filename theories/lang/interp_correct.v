(** * Runs of the interpreter are executions, and find every stuck one

Soundness ([run_sound]): the threads and the memory at the end of a run are
reachable in the relation, and the status says the truth about them.
Completeness ([run_stuck_iff]): a program can reach a configuration with a stuck
thread iff some run ([replay] of some list of threads and choices) ends by
reporting it. Fuel only bounds the length of a run ([run_fuel_mono]).

Refutation by computation: a run that ends in a stuck thread contradicts every
adequacy statement about the program ([run_program_stuck_not_adequate]), and the
value of a run must satisfy every postcondition that is claimed
([run_program_value_adequate]). With these, a wrong specification is refuted by
[vm_compute]. Compute the projections [run_status_of] and [main_value] of a run
only: the normal form of a memory is big.

In HeapLang this part is played by total weakest preconditions; here the
interpreter does it. *)
From iris.program_logic Require Import adequacy.
From tally.prelude Require Import prelude.
From tally.lang Require Export interp_step.
From tally.prelude Require Import options.

Implicit Types (tp : list expr) (e : expr) (σ : state).

(** ** Threads *)
Lemma pool_split (tp : list expr) i e :
  tp !! i = Some e →
  ∃ tp1 tp2, tp = tp1 ++ e :: tp2 ∧ ∀ e', <[i := e']> tp = tp1 ++ e' :: tp2.
Proof.
  revert i. induction tp as [|e1 tp IH]; intros [|i] Hi; simplify_eq/=.
  - by exists [], tp.
  - destruct (IH i Hi) as (tp1 & tp2 & -> & Hins). exists (e1 :: tp1), tp2.
    split; [done|]. intros e'. by rewrite Hins.
Qed.

Lemma pool_middle tp1 e tp2 : (tp1 ++ e :: tp2) !! length tp1 = Some e.
Proof. by induction tp1. Qed.

Lemma pool_insert_middle tp1 e e' tp2 :
  <[length tp1 := e']> (tp1 ++ e :: tp2) = tp1 ++ e' :: tp2.
Proof. induction tp1 as [|e1 tp1 IH]; [done|]. by rewrite /= IH. Qed.

Lemma pool_step tp i e σ e' σ' efs :
  tp !! i = Some e → prim_step e σ [] e' σ' efs →
  erased_step (tp, σ) (<[i := e']> tp ++ efs, σ').
Proof.
  intros (tp1 & tp2 & Htp & Hins)%pool_split Hstep. rewrite Hins Htp.
  exists []. eapply (step_atomic e σ e' σ' efs tp1 tp2); [done| |done].
  by rewrite /= -(assoc (++)).
Qed.

Lemma elem_of_pool tp i e : tp !! i = Some e → e ∈ tp.
Proof. first [by apply list_elem_of_lookup_2|by apply elem_of_list_lookup_2]. Qed.

Lemma find_thread_Some i j tp k K r :
  find_thread i j tp = Some (k, (K, r)) →
  ∃ n, k = j + n ∧ tp !! n = Some (fill_items K (of_redex r)).
Proof.
  revert i j. induction tp as [|e tp IH]=> i j /=; [done|].
  assert (∀ i, find_thread i (S j) tp = Some (k, (K, r)) →
    ∃ n, k = j + n ∧ (e :: tp) !! n = Some (fill_items K (of_redex r))) as Hnext.
  { intros i' (n & -> & Hn)%IH. exists (S n). split; [lia|done]. }
  destruct i as [|i]; [|apply Hnext].
  destruct (decompose [] e) as [v|K' r'] eqn:He; [apply Hnext|].
  intros ?; simplify_eq. exists 0. split; [lia|]. by rewrite (decompose_redex _ _ _ He).
Qed.
Lemma find_thread_None j tp :
  find_thread 0 j tp = None → Forall (λ e, is_Some (to_val e)) tp.
Proof.
  revert j. induction tp as [|e tp IH]=> j /=; [by constructor|].
  destruct (decompose [] e) as [v|K r] eqn:He; [|done].
  apply decompose_val in He as ->. constructor; eauto.
Qed.
Lemma find_thread_redex i j tp K r :
  tp !! i = Some (fill_items K (of_redex r)) → find_thread i j tp = Some (j + i, (K, r)).
Proof.
  revert i j. induction tp as [|e tp IH]; intros [|i] j Hi; simplify_eq/=.
  - by rewrite decompose_fill_redex Nat.add_0_r.
  - rewrite IH //. do 2 f_equal. lia.
Qed.

Lemma pick_thread_Some i tp k K r :
  pick_thread i tp = Some (k, (K, r)) → tp !! k = Some (fill_items K (of_redex r)).
Proof.
  rewrite /pick_thread. destruct (find_thread i 0 tp) as [x|] eqn:Hf; intros Hk;
    simplify_eq; by apply find_thread_Some in Hf as (n & -> & ?) ||
                       apply find_thread_Some in Hk as (n & -> & ?).
Qed.
Lemma pick_thread_None i tp :
  pick_thread i tp = None → Forall (λ e, is_Some (to_val e)) tp.
Proof.
  rewrite /pick_thread. destruct (find_thread i 0 tp); [done|]. apply find_thread_None.
Qed.
(** A thread that can move and is asked to, moves. *)
Lemma pick_thread_redex i tp K r :
  tp !! i = Some (fill_items K (of_redex r)) → pick_thread i tp = Some (i, (K, r)).
Proof. intros Hi. by rewrite /pick_thread (find_thread_redex _ _ _ _ _ Hi). Qed.

(** ** Soundness of runs *)
(** The status is true of the threads and the memory. *)
Definition outcome_ok (o : outcome) : Prop :=
  match run_status_of o with
  | AllFinished => Forall (λ e, is_Some (to_val e)) (run_pool o)
  | ThreadStuck i reason => ∃ K r,
      run_pool o !! i = Some (fill_items K (of_redex r)) ∧
      stuck_because (run_state o) r reason
  | ThreadAborted i => ∃ K, run_pool o !! i = Some (fill_items K Abort)
  | OutOfFuel => True
  end.

Section run.
  Context {A : Type} (s : strategy A).
  Implicit Types (m : @machine A) (p : @progress A).

  Definition advance p : @progress A :=
    match p with Running m => machine_step s m | Halted _ => p end.
  Definition finish p : outcome :=
    match p with Running m => halt m OutOfFuel | Halted o => o end.

  Definition progress_ok (tp : list expr) (σ : state) p : Prop :=
    match p with
    | Running m => rtc erased_step (tp, σ) (machine_pool m, machine_state m)
    | Halted o =>
        rtc erased_step (tp, σ) (run_pool o, run_state o) ∧ outcome_ok o ∧
        run_status_of o ≠ OutOfFuel
    end.

  Lemma advance_ok tp σ p : progress_ok tp σ p → progress_ok tp σ (advance p).
  Proof.
    destruct p as [[a k tp1 σ1]|o]; [|done]. simpl. intros Hr.
    destruct (s k (length tp1) a) as [[i c] a'].
    destruct (pick_thread i tp1) as [[j [K r]]|] eqn:Hp; last first.
    { by apply pick_thread_None in Hp. }
    apply pick_thread_Some in Hp. pose proof (step_redex_ok c r σ1) as Hok.
    destruct (step_redex c r σ1) as [e' σ' efs|v| |reason]; simpl in *.
    - eapply rtc_r; [done|].
      assert (erased_step (tp1, σ1) (<[j := fill_items K e']> tp1 ++ efs, σ')) as Hstep.
      { eapply pool_step; [done|]. apply prim_step_fill_redex. eauto. }
      destruct efs; [|done]. by rewrite app_nil_r in Hstep.
    - done.
    - split_and!; [done| |done]. subst r. by exists K.
    - split_and!; [done| |done]. by exists K, r.
  Qed.

  Lemma iter_advance_ok tp σ n p :
    progress_ok tp σ p → progress_ok tp σ (Nat.iter n advance p).
  Proof. intros Hp. induction n as [|n IH]; simpl; [done|]. by apply advance_ok. Qed.
  Lemma iter_advance_add n1 n2 p :
    Nat.iter (n1 + n2) advance p = Nat.iter n1 advance (Nat.iter n2 advance p).
  Proof. induction n1 as [|n1 IH]; simpl; [done|]. by rewrite IH. Qed.
  Lemma iter_advance_halted n o : Nat.iter n advance (Halted o) = Halted o.
  Proof. induction n as [|n IH]; simpl; [done|]. by rewrite IH. Qed.

  Lemma machine_iter_advance n p :
    machine_iter s n p = Nat.iter (Pos.to_nat n) advance p.
  Proof.
    revert p. induction n as [n IH|n IH|]=> p.
    - destruct p as [m|o]; [|by rewrite iter_advance_halted].
      change (machine_iter s n~1 (Running m))
        with (machine_iter s n (machine_iter s n (Nat.iter 1 advance (Running m)))).
      rewrite !IH -!iter_advance_add Pos2Nat.inj_xI. f_equal. lia.
    - destruct p as [m|o]; [|by rewrite iter_advance_halted].
      change (machine_iter s n~0 (Running m))
        with (machine_iter s n (machine_iter s n (Running m))).
      rewrite !IH -!iter_advance_add Pos2Nat.inj_xO. f_equal. lia.
    - by destruct p.
  Qed.
  Lemma run_advance a fuel tp σ :
    run s a fuel tp σ =
    finish (Nat.iter (N.to_nat fuel) advance (Running (Machine a 0 tp σ))).
  Proof. destruct fuel as [|n]; [done|]. by rewrite /run machine_iter_advance. Qed.

  Theorem run_sound a fuel tp σ :
    rtc erased_step (tp, σ)
      (run_pool (run s a fuel tp σ), run_state (run s a fuel tp σ)) ∧
    outcome_ok (run s a fuel tp σ).
  Proof.
    rewrite run_advance.
    pose proof (iter_advance_ok tp σ (N.to_nat fuel) (Running (Machine a 0 tp σ))
      (rtc_refl _ _)) as Hok.
    destruct (Nat.iter _ _ _) as [m|o]; simpl in *; [done|]. by destruct Hok as (?&?&?).
  Qed.

  Theorem run_fuel_mono a fuel fuel' tp σ :
    (fuel ≤ fuel')%N → run_status_of (run s a fuel tp σ) ≠ OutOfFuel →
    run s a fuel' tp σ = run s a fuel tp σ.
  Proof.
    intros Hle. rewrite !run_advance.
    rewrite (_ : N.to_nat fuel' = N.to_nat (fuel' - fuel) + N.to_nat fuel); [|lia].
    rewrite iter_advance_add. destruct (Nat.iter (N.to_nat fuel) _ _) as [m|o]; [done|].
    by rewrite iter_advance_halted.
  Qed.
End run.

(** A run that reports a stuck thread has reached one. *)
Corollary run_reaches_stuck {A} (s : strategy A) a fuel tp σ i reason :
  run_status_of (run s a fuel tp σ) = ThreadStuck i reason →
  ∃ tp' σ' e, rtc erased_step (tp, σ) (tp', σ') ∧ tp' !! i = Some e ∧ stuck e σ'.
Proof.
  intros Hs. destruct (run_sound s a fuel tp σ) as [Hr Hok].
  rewrite /outcome_ok Hs in Hok. destruct Hok as (K & r & Hi & Hb).
  do 3 eexists. split_and!; [done..|]. by eapply stuck_because_stuck.
Qed.

(** ** Completeness for stuckness *)
Lemma replay_step i c a k tp σ e e' σ' efs :
  tp !! i = Some e → step_expr c e σ = StepNext e' σ' efs →
  machine_step replay (Machine ((i, c) :: a) k tp σ) =
    Running (Machine a (N.succ k) (<[i := e']> tp ++ efs) σ').
Proof.
  rewrite /step_expr=> Hi Hs.
  destruct (decompose [] e) as [v|K r] eqn:He; [done|].
  apply decompose_redex in He as ->.
  rewrite /= (pick_thread_redex _ _ _ _ Hi).
  destruct (step_redex c r σ) as [e1 σ1 efs1| | |]; simplify_eq.
  destruct efs; [|done]. by rewrite app_nil_r.
Qed.

Lemma replay_complete tp σ tp' σ' i e k :
  rtc erased_step (tp, σ) (tp', σ') → tp' !! i = Some e → stuck e σ' →
  ∃ a n o reason,
    Nat.iter n (advance replay) (Running (Machine a k tp σ)) = Halted o ∧
    run_status_of o = ThreadStuck i reason.
Proof.
  intros Hr Hi Hstuck. remember (tp, σ) as cfg eqn:Hcfg. remember (tp', σ') as cfg' eqn:Hcfg'.
  revert tp σ k Hcfg.
  induction Hr as [cfg|cfg [tp1 σ1] cfg' [κs Hstep] _ IH]; intros tp σ k ->; simplify_eq.
  - destruct (proj2 (step_expr_stuck_iff (choice_fresh k) e σ') Hstuck) as [reason Hs].
    exists [(i, choice_fresh k)], 1, (Outcome (ThreadStuck i reason) k tp' σ'), reason.
    split; [|done]. rewrite /step_expr in Hs.
    destruct (decompose [] e) as [v|K r] eqn:He; [done|]. apply decompose_redex in He as ->.
    rewrite /= (pick_thread_redex _ _ _ _ Hi).
    by destruct (step_redex _ r σ'); simplify_eq.
  - inversion Hstep as [e1 σ2 e2 σ3 efs t1 t2 ?? Hprim]; simplify_eq.
    apply step_expr_complete in Hprim as [-> [[c Hc]|(_ & -> & -> & ->)]].
    + destruct (IH eq_refl _ _ (N.succ k) eq_refl) as (a & n & o & reason & Hn & Ho).
      exists ((length t1, c) :: a), (n + 1), o, reason. split; [|done].
      rewrite iter_advance_add -Hn. f_equal.
      etrans; [by eapply replay_step, Hc; apply (pool_middle t1 e1 t2)|].
      by rewrite pool_insert_middle -(assoc (++)).
    + destruct (IH eq_refl _ _ k eq_refl) as (a & n & o & reason & Hn & Ho).
      exists a, n, o, reason. by rewrite app_nil_r in Hn.
Qed.

Theorem run_stuck_iff tp σ i :
  (∃ tp' σ' e, rtc erased_step (tp, σ) (tp', σ') ∧ tp' !! i = Some e ∧ stuck e σ') ↔
  (∃ a fuel reason, run_status_of (run replay a fuel tp σ) = ThreadStuck i reason).
Proof.
  split.
  - intros (tp' & σ' & e & Hr & Hi & Hs).
    destruct (replay_complete _ _ _ _ _ _ 0 Hr Hi Hs) as (a & n & o & reason & Hn & Ho).
    exists a, (N.of_nat n), reason. by rewrite run_advance Nnat.Nat2N.id Hn.
  - intros (a & fuel & reason & Hs). by eapply run_reaches_stuck.
Qed.

(** ** Refutation *)
Theorem run_stuck_not_adequate {A} (s : strategy A) a fuel e σ φ i reason :
  run_status_of (run s a fuel [e] σ) = ThreadStuck i reason →
  ¬ adequate NotStuck e σ φ.
Proof.
  intros (tp & σ' & e' & Hr & Hi & Hv & Hirr)%run_reaches_stuck [_ Had].
  destruct (Had tp σ' e') as [[v ?]|Hred]; [done|done| |congruence|].
  - by eapply elem_of_pool.
  - by apply not_reducible in Hirr.
Qed.

Theorem run_value_adequate {A} (s : strategy A) a fuel e σ b φ v :
  main_value (run s a fuel [e] σ) = Some v →
  adequate b e σ φ → φ v (run_state (run s a fuel [e] σ)).
Proof.
  intros Hv [Had _]. destruct (run_sound s a fuel [e] σ) as [Hr _].
  rewrite /main_value in Hv.
  destruct (run_pool (run s a fuel [e] σ)) as [|[v'| | | | | | | | | | | | | |] tp] eqn:Htp;
    simplify_eq.
  by eapply Had.
Qed.

Corollary run_program_stuck_not_adequate choose schedule fuel e φ i reason :
  run_status_of (run_program choose schedule fuel e) = ThreadStuck i reason →
  ¬ adequate NotStuck e ∅ φ.
Proof. apply run_stuck_not_adequate. Qed.

Corollary run_program_value_adequate choose schedule fuel e b φ v :
  main_value (run_program choose schedule fuel e) = Some v →
  adequate b e ∅ φ → φ v (run_state (run_program choose schedule fuel e)).
Proof. apply run_value_adequate. Qed.

(** The form to use when the postcondition does not mention the memory. *)
Corollary run_program_value_refutes choose schedule fuel e b (φ : val → Prop) v :
  main_value (run_program choose schedule fuel e) = Some v →
  ¬ φ v → ¬ adequate b e ∅ (λ v _, φ v).
Proof. intros Hv Hφ Had. eapply run_program_value_adequate in Had; [by apply Hφ|exact Hv]. Qed.
