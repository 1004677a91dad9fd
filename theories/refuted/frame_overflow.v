(** * Page frames: one pending increment too many

[frame_clone] increments first and looks after: a thread that finds that all shares
were out aborts, but its increment has happened, and until it aborts others run on.
The specification of [slot_specs_sig.v] takes a token for it, of which there are
[pending_max], 2⁶³ − 2. This file has the executions that show that this is the bound.

[racing_client n after], from the empty memory, makes a frame, shares it, clones the
share 2⁶³ − 2 times by the program itself and forgets the clones, so that the count is
at its maximum; spawns [n] threads that clone once more; and calls [after] with the
slot. In the executions below each of the [n] threads has incremented and none has
looked yet at what it found ([pending_waiting]): all of them are to abort.

- [overflow_unique]: with [pending_max + 1] threads, a look-up says that the frame has a
  unique handle. It has 2⁶³ − 1 shares.
- [overflow_claimed]: with one thread more, the frame is claimed as if it were unused,
  while it is shared. Its metadata is overwritten: what was shared as 42 is 7.
- [overflow_no_spec], [overflow_no_spec_claimed]: so nothing that rules these results
  out is true of the clients.

These are theorems about the step relation. Nobody can compute that many steps: the
loops are induction, what is before and behind them is computed.

The ends of such executions can be computed entirely. [boundary_client w n after] starts
with [w] in the word: the clones and the threads that took it there are not in the run.
With 2⁶³ − 1 + r in the word, which stands for [r] pending increments, and [n] more threads,
[boundary_unique] is at r + n = [pending_max] + 1, and [boundary_claimed] and
[boundary_race] are at [pending_max] + 2; the last is a data race, undefined behaviour.
At r + n = [pending_max] the look-up aborts, as it should ([boundary_aborts]).

That the bound is enough is the specification of [frame_clone]. The other way of
cloning, [clone_by_cas], has no bound. *)
From iris.program_logic Require Import adequacy.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation interp interp_correct.
From tally.model Require Import word slot_count.
From tally.frame.slot Require Import frame_code frame_state.
From tally.prelude Require Import options.

(** ** What is done at the end *)
Definition look_up : val := get_from_in_use.
(** Claims the frame for metadata 7 and reads it. *)
Definition claim_and_read : val :=
  λ: ["slot"],
    let: "src" := Alloc #1 in
    "src" <- #7;;
    if: get_from_unused 1 ["slot"; #0; "src"; #true] = #0
    then !(frame_meta ["slot"]) else #42.
(** While another thread reads the metadata, as any share may. *)
Definition claim_and_share : val :=
  λ: ["slot"], Fork (!(frame_meta ["slot"]));; claim_and_read ["slot"].

(** ** Computed, from the boundary *)
Fixpoint fork_clones (n : nat) (after : val) : expr :=
  match n with
  | O => (after ["slot"])%E
  | S n => (Fork (frame_clone ["slot"]);; fork_clones n after)%E
  end.
Definition boundary_client (w : Z) (n : nat) (after : val) : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_vtable <- #0;;
  "slot" +ₗ #slot_storage <- #42;;
  "slot" <- #w;;
  fork_clones n after.

(** The main thread spawns the others, each of which takes five steps, the last of them
its increment; then as listed, and then in turns. *)
Definition boundary_run (r : Z) (n : nat) (after : val) (schedule : list nat) : outcome :=
  run_program choice_fresh
    (replicate (19 + 3 * n) 0 ++ (i ← seq 1 n; replicate 5 i) ++ schedule) 1000
    (boundary_client (slot_max + r) n after).

Lemma boundary_aborts :
  run_status_of (boundary_run (Z.pos pending_max - 3) 3 look_up (replicate 100 0)) =
    ThreadAborted 0.
Proof. vm_compute. reflexivity. Qed.
Lemma boundary_unique :
  main_value (boundary_run (Z.pos pending_max - 2) 3 look_up (replicate 100 0)) =
    Some #(error_code ErrUnique)%V.
Proof. vm_compute. reflexivity. Qed.
Lemma boundary_claimed :
  main_value (boundary_run (Z.pos pending_max - 1) 3 claim_and_read (replicate 200 0)) =
    Some #7%V.
Proof. vm_compute. reflexivity. Qed.

Lemma boundary_race :
  run_status_of (boundary_run (Z.pos pending_max - 1) 3 claim_and_share
    (replicate 3 0 ++ replicate 3 4 ++ replicate 200 0)) =
  ThreadStuck 0 (DataRace (Loc 2%positive 4) WriteAcc Na1Ord (RSt 1)).
Proof. vm_compute. reflexivity. Qed.
Lemma boundary_refuted {r n after schedule i reason} φ :
  run_status_of (boundary_run r n after schedule) = ThreadStuck i reason →
  ¬ adequate NotStuck (boundary_client (slot_max + r) n after) ∅ φ.
Proof. apply run_program_stuck_not_adequate. Qed.
Theorem boundary_race_refuted φ :
  ¬ adequate NotStuck
      (boundary_client (slot_max + (Z.pos pending_max - 1)) 3 claim_and_share) ∅ φ.
Proof. exact (boundary_refuted φ boundary_race). Qed.

(** ** From the empty memory *)
Definition forget_clones : val :=
  rec: "forget" ["slot"; "n"] :=
    if: "n" ≤ #0 then #☠ else frame_clone ["slot"];; "forget" ["slot"; "n" - #1].
Definition spawn_clones : val :=
  rec: "spawn" ["slot"; "n"] :=
    if: "n" ≤ #0 then #☠ else Fork (frame_clone ["slot"]);; "spawn" ["slot"; "n" - #1].

Definition racing_client (n : Z) (after : val) : expr :=
  let: "slot" := Alloc #5 in
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  get_from_unused 1 ["slot"; #0; "src"; #false];;
  forget_clones ["slot"; #(slot_max - 1)];;
  spawn_clones ["slot"; #n];;
  after ["slot"].

(** *** Steps of one thread *)
Section steps.
  Implicit Types (e : expr) (σ : state) (K : list ectx_item) (l : loc).

  (** [k] steps of a thread that spawns nothing. *)
  Fixpoint steps (k : nat) e σ : option (expr * state) :=
    match k with
    | O => Some (e, σ)
    | S k =>
        match step_expr (choice_fresh 0) e σ with
        | StepNext e' σ' [] => steps k e' σ'
        | _ => None
        end
    end.
  Definition runs e σ e' σ' : Prop := ∃ k, steps k e σ = Some (e', σ').

  Lemma runs_trans e σ e1 σ1 e2 σ2 :
    runs e σ e1 σ1 → runs e1 σ1 e2 σ2 → runs e σ e2 σ2.
  Proof.
    intros [k1 Hk1] [k2 Hk2]. exists (k1 + k2). revert e σ Hk1.
    induction k1 as [|k1 IH]=> e σ /=; [by intros [= -> ->]|].
    destruct (step_expr _ e σ) as [e' σ' []| | |]; naive_solver.
  Qed.
  Lemma runs_step e σ e1 σ1 e2 σ2 :
    step_expr (choice_fresh 0) e σ = StepNext e1 σ1 [] →
    runs e1 σ1 e2 σ2 → runs e σ e2 σ2.
  Proof. intros Hs. apply runs_trans. exists 1. by rewrite /= Hs. Qed.

  Lemma fill_items_app K K' e : fill_items (K ++ K') e = fill_items K' (fill_items K e).
  Proof. revert e. by induction K=> e /=. Qed.
  Lemma step_expr_fill c K e σ e' σ' efs :
    step_expr c e σ = StepNext e' σ' efs →
    step_expr c (fill_items K e) σ = StepNext (fill_items K e') σ' efs.
  Proof.
    rewrite /step_expr. destruct (decompose [] e) as [|K' r] eqn:He; [done|].
    apply decompose_redex in He as ->. rewrite -fill_items_app decompose_fill_redex.
    destruct (step_redex c r σ) as [e1 σ1 efs1| | |]; intros; simplify_eq.
    by rewrite fill_items_app.
  Qed.
  Lemma runs_fill K e σ e' σ' :
    runs e σ e' σ' → runs (fill_items K e) σ (fill_items K e') σ'.
  Proof.
    intros [k Hk]. exists k. revert e σ Hk.
    induction k as [|k IH]=> e σ /=; [by intros [= -> ->]|].
    destruct (step_expr _ e σ) as [e1 σ1 []| | |] eqn:Hs; try done.
    rewrite (step_expr_fill _ K _ _ _ _ _ Hs). apply IH.
  Qed.

  (** ... among others. *)
  Lemma runs_pool e σ e' σ' tp1 tp2 :
    runs e σ e' σ' → rtc erased_step (tp1 ++ e :: tp2, σ) (tp1 ++ e' :: tp2, σ').
  Proof.
    intros [k Hk]. revert e σ Hk.
    induction k as [|k IH]=> e σ /=; [by intros [= -> ->]|].
    destruct (step_expr _ e σ) as [e1 σ1 []| | |] eqn:Hs; try done. intros Hk.
    eapply rtc_l; [|by apply IH]. apply step_expr_next in Hs.
    eapply pool_step in Hs as Hstep; [|apply (pool_middle tp1 e tp2)].
    by rewrite pool_insert_middle app_nil_r in Hstep.
  Qed.
  Lemma fork_pool K e σ tp1 tp2 :
    rtc erased_step (tp1 ++ fill_items K (Fork e) :: tp2, σ)
      (tp1 ++ fill_items K #☠ :: tp2 ++ [e], σ).
  Proof.
    apply rtc_once.
    assert (step_expr (choice_fresh 0) (fill_items K (Fork e)) σ =
      StepNext (fill_items K #☠) σ [e]) as Hs%step_expr_next.
    { by apply (step_expr_fill _ K (Fork e) σ #☠). }
    eapply pool_step in Hs as Hstep; [|apply (pool_middle tp1 _ tp2)].
    by rewrite pool_insert_middle -(assoc (++)) in Hstep.
  Qed.

  (** *** The clone *)
  Definition inc_tail : val :=
    λ: ["last"],
      debug_assert [if: "last" = #0 then #false else ~ ("last" = #slot_unused)];;
      if: #slot_max ≤ "last" then Abort else #☠.
  Definition clone_ctx l : list ectx_item :=
    [AppRCtx inc_tail [] []; AppRCtx (λ: [<>], #l)%V [] []].
  (** A thread that has incremented a count of [w] and has not looked at the old value yet. *)
  Definition pending_inc l (w : Z) : expr := fill_items (clone_ctx l) #w.

  Lemma clone_increments l (w : Z) σ :
    σ !! l = Some (RSt 0, (#w)%V) → (0 ≤ w < word_max)%Z →
    runs (frame_clone [ #l ])%E σ (pending_inc l w) (<[l := (RSt 0, (#(w + 1))%V)]> σ).
  Proof.
    intros Hl Hw. assert (int_wrap u64 (w + 1) = w + 1)%Z as Hwrap.
    { rewrite -word_wrap_int_wrap word_wrap_id // /word_ok. lia. }
    apply (runs_trans _ _ (fill_items (clone_ctx l) (Faa u64 #l #1)) σ).
    { by exists 4. }
    apply runs_fill. exists 1. rewrite /= /step_expr /= /step_faa /expect_cell Hl /=.
    rewrite decide_True; [|apply (proj1 (word_ok_in_int_range w)); rewrite /word_ok; lia].
    by rewrite Hwrap.
  Qed.

  Lemma clone_returns l (w : Z) σ :
    (0 < w < slot_max)%Z → runs (pending_inc l w) σ (#l)%E σ.
  Proof.
    intros Hw.
    assert (bool_decide (w = 0) = false) as H0 by (apply bool_decide_eq_false_2; lia).
    assert (bool_decide (w = slot_unused) = false) as H1.
    { apply bool_decide_eq_false_2. unfold slot_max, slot_unused in *. lia. }
    assert (bool_decide (slot_max ≤ w)%Z = false) as H2.
    { apply bool_decide_eq_false_2. lia. }
    do 8 (eapply runs_step; [reflexivity|]; rewrite /= ?H0 ?H1 ?H2 /=).
    do 4 (eapply runs_step; [reflexivity|]; rewrite /= ?H2 /=). by exists 0.
  Qed.

  (** *** The loops *)
  Lemma forget_runs l (k : nat) (w : Z) σ :
    σ !! l = Some (RSt 0, (#w)%V) → (0 < w)%Z → (w + k ≤ slot_max)%Z →
    runs (forget_clones [ #l; #k ])%E σ (#☠)%E (<[l := (RSt 0, (#(w + k))%V)]> σ).
  Proof.
    revert w σ. induction k as [|k IH]=> w σ Hl Hw Hk.
    - rewrite Z.add_0_r insert_id //. by exists 3.
    - remember (Z.of_nat (S k)) as z eqn:Hz.
      assert (bool_decide (z ≤ 0)%Z = false) as H0 by (apply bool_decide_eq_false_2; lia).
      do 4 (eapply runs_step; [reflexivity|]; rewrite /= ?H0 /=).
      eapply runs_trans.
      { apply (runs_fill [AppRCtx (λ: [<>], forget_clones [ #l; #z - #1 ])%V [] []]).
        eapply runs_trans; [apply clone_increments; [exact Hl|]|apply clone_returns].
        - unfold slot_max, word_max in *. lia.
        - lia. }
      do 2 (eapply runs_step; [reflexivity|]; rewrite /=).
      assert (z - 1 = k)%Z as -> by lia.
      assert (w + z = w + 1 + k)%Z as -> by lia.
      rewrite -(insert_insert_same σ l (RSt 0, (#(w + 1 + k))%V) (RSt 0, (#(w + 1))%V)).
      apply IH; [by rewrite lookup_insert_same|lia..].
  Qed.

  Lemma spawn_pool l K (k : nat) (w : Z) σ tp :
    σ !! l = Some (RSt 0, (#w)%V) → (0 ≤ w)%Z → (w + k ≤ word_max)%Z →
    rtc erased_step (fill_items K (spawn_clones [ #l; #k ])%E :: tp, σ)
      (fill_items K (#☠)%E :: tp ++ (pending_inc l <$> seqZ w k),
       <[l := (RSt 0, (#(w + k))%V)]> σ).
  Proof.
    revert w σ tp. induction k as [|k IH]=> w σ tp Hl Hw Hk.
    - rewrite Z.add_0_r insert_id // app_nil_r.
      apply (runs_pool _ _ _ _ [] tp), runs_fill. by exists 3.
    - remember (Z.of_nat (S k)) as z eqn:Hz.
      assert (bool_decide (z ≤ 0)%Z = false) as H0 by (apply bool_decide_eq_false_2; lia).
      set (K' := AppRCtx (λ: [<>], spawn_clones [ #l; #z - #1 ])%V [] [] :: K).
      etrans; [apply (runs_pool _ _ (fill_items K' (Fork (frame_clone [ #l ]))%E) σ [] tp)|].
      { apply (runs_fill K _ _ (App (λ: [<>], spawn_clones [ #l; #z - #1 ])%V
          [Fork (frame_clone [ #l ])])%E).
        do 4 (eapply runs_step; [reflexivity|]; rewrite /= ?H0 /=). by exists 0. }
      etrans; [apply (fork_pool K' _ _ [] tp)|]. simpl.
      set (σ1 := <[l := (RSt 0, (#(w + 1))%V)]> σ).
      etrans; [apply (runs_pool (frame_clone [ #l ])%E σ (pending_inc l w) σ1
        (fill_items K' (#☠)%E :: tp) []), clone_increments; [exact Hl|lia]|]. simpl.
      etrans; [apply (runs_pool (fill_items K' (#☠)%E) σ1
        (fill_items K (spawn_clones [ #l; #k ])%E) σ1 [])|].
      { apply (runs_fill K (App (λ: [<>], spawn_clones [ #l; #z - #1 ])%V [ #☠ ])%E).
        do 2 (eapply runs_step; [reflexivity|]; rewrite /=).
        assert (z - 1 = k)%Z as -> by lia. by exists 0. }
      assert (w + z = w + 1 + k)%Z as -> by lia.
      rewrite -(insert_insert_same σ l (RSt 0, (#(w + 1 + k))%V) (RSt 0, (#(w + 1))%V)).
      rewrite seqZ_cons; [|lia]. rewrite (_ : Z.succ w = w + 1)%Z; [|lia].
      rewrite (_ : Z.pred z = k); [|lia].
      assert (∀ tp', tp ++ (pending_inc l <$> w :: tp') = (tp ++ [pending_inc l w]) ++ (pending_inc l <$> tp'))
        as -> by (intros tp'; by rewrite -(assoc (++))).
      apply IH; [by rewrite lookup_insert_same|lia..].
  Qed.
End steps.

(** ** From the empty memory: the execution *)
Definition racing_slot : loc := Loc 1%positive 0.
Definition setup_state : state :=
  match steps 56 (racing_client 0 look_up) ∅ with Some (_, σ) => σ | None => ∅ end.
Definition pending_waiting (n : Z) : list expr := pending_inc racing_slot <$> seqZ slot_max n.

Definition setup_ctx (n : Z) (after : val) : list ectx_item :=
  [AppRCtx (λ: [<>],
     spawn_clones [ #racing_slot; #n ];; after [ #racing_slot ])%V [] []].
Local Lemma setup_runs (n : Z) (after : val) :
  runs (racing_client n after) ∅
    (fill_items (setup_ctx n after) (forget_clones [ #racing_slot; #(slot_max - 1) ])%E)
    setup_state.
Proof. exists 56. vm_compute. reflexivity. Qed.
Local Lemma setup_word : setup_state !! racing_slot = Some (RSt 0, (#1)%V).
Proof. vm_compute. reflexivity. Qed.

(** The main thread gets to [after] with all shares out and all increments pending. *)
Lemma racing_client_races (n : nat) (after : val) :
  (slot_max + n ≤ word_max)%Z →
  rtc erased_step ([racing_client n after], ∅)
    ((after [ #racing_slot ])%E :: pending_waiting n,
     <[racing_slot := (RSt 0, (#(slot_max + n))%V)]> setup_state).
Proof.
  intros Hn. set (σ1 := <[racing_slot := (RSt 0, (#slot_max)%V)]> setup_state).
  etrans; [exact (runs_pool _ _ _ _ [] [] (setup_runs n after))|].
  etrans; [apply (runs_pool _ setup_state (fill_items (setup_ctx n after) (#☠)%E) σ1
    [] []), runs_fill|].
  { assert (slot_max - 1 = Z.of_nat (Z.to_nat (slot_max - 1)))%Z as Hk.
    { by rewrite Z2Nat.id. }
    pose proof (forget_runs racing_slot (Z.to_nat (slot_max - 1)) 1 setup_state
      setup_word) as Hf.
    rewrite -Hk in Hf. by apply Hf. }
  set (K := [AppRCtx (λ: [<>], after [ #racing_slot ])%V [] []]).
  etrans; [apply (runs_pool _ _ (fill_items K (spawn_clones [ #racing_slot; #n ])%E) σ1 [] [])|].
  { do 2 (eapply runs_step; [reflexivity|]; rewrite /=). by exists 0. }
  etrans; [apply (spawn_pool racing_slot K n slot_max σ1 []); [|done..]|].
  { by rewrite lookup_insert_same. }
  rewrite /σ1 insert_insert_same.
  set (σ2 := <[racing_slot := (RSt 0, (#(slot_max + n))%V)]> setup_state).
  apply (runs_pool _ σ2 (after [ #racing_slot ])%E σ2 [] _).
  eapply runs_step; [reflexivity|]. by exists 0.
Qed.

(** Then [after] runs alone. *)
Local Lemma racing_client_ends (n : nat) (after v : val) k :
  (slot_max + n ≤ word_max)%Z →
  fst <$> steps k (after [ #racing_slot ])%E
    (<[racing_slot := (RSt 0, (#(slot_max + n))%V)]> setup_state) = Some (Val v) →
  ∃ σ, rtc erased_step ([racing_client n after], ∅) (Val v :: pending_waiting n, σ).
Proof.
  intros Hn Hk. destruct (steps k _ _) as [[e σ]|] eqn:Hs; simplify_eq/=.
  exists σ. etrans; [by apply racing_client_races|].
  exact (runs_pool _ _ _ _ [] _ (ex_intro _ k Hs)).
Qed.

Theorem overflow_unique :
  ∃ σ, rtc erased_step ([racing_client (Z.pos pending_max + 1) look_up], ∅)
    (#(error_code ErrUnique) :: pending_waiting (Z.pos pending_max + 1), σ)%E.
Proof.
  assert (Z.pos pending_max + 1 = Z.of_nat (Pos.to_nat (pending_max + 1)))%Z as Hn by lia.
  rewrite Hn. apply (racing_client_ends _ _ _ 8); rewrite -Hn; [done|].
  vm_compute. reflexivity.
Qed.
Theorem overflow_claimed :
  ∃ σ, rtc erased_step ([racing_client (Z.pos pending_max + 2) claim_and_read], ∅)
    (#7 :: pending_waiting (Z.pos pending_max + 2), σ)%E.
Proof.
  assert (Z.pos pending_max + 2 = Z.of_nat (Pos.to_nat (pending_max + 2)))%Z as Hn by lia.
  rewrite Hn. apply (racing_client_ends _ _ _ 53); rewrite -Hn; [done|].
  vm_compute. reflexivity.
Qed.

(** So nothing that rules the results out is true of the clients. *)
Local Lemma value_refutes e tp σ v s (φ : val → Prop) :
  rtc erased_step ([e], ∅) (Val v :: tp, σ) → ¬ φ v → ¬ adequate s e ∅ (λ v _, φ v).
Proof. intros Hr Hv [Had _]. by eapply Hv, Had. Qed.
Corollary overflow_no_spec s (φ : val → Prop) :
  ¬ φ #(error_code ErrUnique)%V →
  ¬ adequate s (racing_client (Z.pos pending_max + 1) look_up) ∅ (λ v _, φ v).
Proof. destruct overflow_unique as [σ Hr]. by eapply value_refutes. Qed.
Corollary overflow_no_spec_claimed s (φ : val → Prop) :
  ¬ φ #7%V →
  ¬ adequate s (racing_client (Z.pos pending_max + 2) claim_and_read) ∅ (λ v _, φ v).
Proof. destruct overflow_claimed as [σ Hr]. by eapply value_refutes. Qed.
