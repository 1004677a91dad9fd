(** * λRust: proof mode tactics

Symbolic execution of a goal [WP e {{ Φ }}]:

- [wp_pure], [wp_pures]: pure steps, of the given shape or as many as there are;
  [wp_rec] also unfolds a function that is hidden in a definition; [wp_let],
  [wp_seq], [wp_op], [wp_if], [wp_case], [wp_closure]: steps of one shape;
- [wp_alloc l as "Hl" "H†"] (two introduction patterns), [wp_free], [wp_read],
  [wp_write], [wp_cas_succ], [wp_cas_fail], [wp_cas as Heq | Hne] (two cases, for
  integers), [wp_faa]: the memory operations, with the points-to assertion taken
  from the context. [wp_alloc] and [wp_free] are for a heap that is not tracked;
  [wp_alloc l as "Hl" "H†" with "Hlease"] and [wp_free with "Hlease"] write on the lease of
  the lease "Hlease". A weak compare-and-swap that may succeed wants
  [wp_apply wp_cas_weak]; [wp_abort] ends a goal;
- [wp_bind e]: focus on a subexpression; [wp_apply lem]: use a specification of a
  subexpression; [wp_smart_apply lem]: likewise, after any pure steps needed.

A tactic that fails names what it did not find: the redex, or the assertion.

Source: the tactics of Iris' heap_lang and of RustBelt's λRust, whose names
these keep. *)
From iris.proofmode Require Import coq_tactics reduction spec_patterns.
From iris.proofmode Require Export proofmode.
From iris.program_logic Require Import lifting.
From tally.prelude Require Import prelude.
From tally.lang Require Export lifting atomic notation tactics.
From tally.prelude Require Import options.

(** [iSolveTC] and [tc_solve] are the names of this in older and newer Iris. *)
Local Ltac solve_tc := solve [once (typeclasses eauto)].

(** ** Evaluation, values, binding *)
Section basic.
  Context `{!lrustGS Σ}.
  Implicit Types (Δ : envs (iPropI Σ)) (Φ : val → iProp Σ).

  Lemma tac_wp_expr_eval Δ E Φ e e' :
    (∀ (e'' := e'), e = e'') →
    envs_entails Δ (WP e' @ E {{ Φ }}) → envs_entails Δ (WP e @ E {{ Φ }}).
  Proof. by intros ->. Qed.

  Lemma tac_wp_pure Δ Δ' E K e1 e2 φ n Φ :
    PureExec φ n e1 e2 → φ → MaybeIntoLaterNEnvs n Δ Δ' →
    envs_entails Δ' (WP (fill K e2) @ E {{ Φ }}) →
    envs_entails Δ (WP (fill K e1) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hpure Hφ ? HΔ'. rewrite into_laterN_env_sound HΔ'.
    pose proof @pure_exec_fill. iIntros "H". iApply wp_pure_step_later; [done|].
    by iIntros "!> _".
  Qed.

  Lemma tac_wp_pure_credit Δ Δ' E j K e1 e2 φ Φ :
    PureExec φ 1 e1 e2 → φ → MaybeIntoLaterNEnvs 1 Δ Δ' →
    match envs_app false (Esnoc Enil j (£ 1)) Δ' with
    | Some Δ'' => envs_entails Δ'' (WP fill K e2 @ E {{ Φ }})
    | None => False
    end →
    envs_entails Δ (WP (fill K e1) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hpure Hφ ? HΔ'.
    destruct (envs_app _ _ _) as [Δ''|] eqn:Happ; [|done].
    rewrite into_laterN_env_sound /=.
    pose proof @pure_exec_fill. iIntros "H". iApply wp_pure_step_later; [done|].
    iIntros "!> H£". iApply HΔ'. iApply (envs_app_sound with "H"); [done|]. simpl. by iFrame.
  Qed.

  Lemma tac_wp_value_nofupd Δ E Φ v :
    envs_entails Δ (Φ v) → envs_entails Δ (WP (Val v) @ E {{ Φ }}).
  Proof. rewrite envs_entails_unseal=> ->. by apply wp_value. Qed.
  Lemma tac_wp_value Δ E Φ v :
    envs_entails Δ (|={E}=> Φ v) → envs_entails Δ (WP (Val v) @ E {{ Φ }}).
  Proof. rewrite envs_entails_unseal=> ->. by rewrite wp_value_fupd. Qed.

  Lemma tac_wp_bind K Δ E Φ e (f : expr → expr) :
    f = (λ e, fill K e) →
    envs_entails Δ (WP e @ E {{ v, WP f (Val v) @ E {{ Φ }} }})%I →
    envs_entails Δ (WP fill K e @ E {{ Φ }}).
  Proof. rewrite envs_entails_unseal=> -> ->. iIntros "H". by iApply wp_bind. Qed.
End basic.

Tactic Notation "wp_expr_eval" tactic3(t) :=
  iStartProof;
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
    notypeclasses refine (tac_wp_expr_eval _ _ _ e _ _ _);
      [let x := fresh in intros x; t; unfold x; notypeclasses refine eq_refl|]
  | _ => fail "wp_expr_eval: the goal is not a weakest precondition"
  end.
Ltac wp_expr_simpl := wp_expr_eval simpl.

(** A value is done; an update is added unless the postcondition has one. *)
Ltac wp_value_head :=
  lazymatch goal with
  | |- envs_entails _ (wp _ ?E (Val _) (λ _, fupd ?E _ _)) =>
      eapply tac_wp_value_nofupd
  | |- envs_entails _ (wp _ ?E (Val _) (λ _, wp _ ?E _ _)) =>
      eapply tac_wp_value_nofupd
  | |- envs_entails _ (wp _ _ (Val _) _) => eapply tac_wp_value
  end.
Ltac wp_finish := wp_expr_simpl; try wp_value_head; pm_prettify.

(** ** Pure steps *)
(** The conditions of pure steps: by computation, or from the context. For an
    operation whose result does not compute, as one at an integer type on variables,
    put [bin_op_eval_pure op lit1 lit2 = Some lit] into the context. *)
Ltac solve_pure_side_condition :=
  lazymatch goal with
  | |- True => exact I
  | |- un_op_eval _ _ = Some _ => simpl; reflexivity
  | |- bin_op_eval_pure _ _ _ = Some _ ∧ _ =>
      split;
      [first [reflexivity | eassumption]
      |let Heq := fresh in
       intros Heq; exfalso; first [discriminate (proj1 Heq)|exact (proj1 (proj2 Heq))|exact (proj2 (proj2 Heq))]]
  | |- (0 ≤ ?i)%Z ∧ ?el !! Z.to_nat ?i = Some _ =>
      split; [first [done|lia]|simpl; reflexivity]
  | |- subst_list _ _ _ = Some _ => simpl; reflexivity
  | |- _ => fast_done
  end.

Tactic Notation "wp_pure" open_constr(efoc) :=
  iStartProof;
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
    let e := eval simpl in e in
    first
      [ reshape_expr e ltac:(fun K e' =>
          unify e' efoc;
          eapply (tac_wp_pure _ _ _ K e');
          [solve_tc                      (* PureExec *)
          |solve_pure_side_condition
          |solve_tc                      (* MaybeIntoLaterNEnvs *)
          |wp_finish])
      | fail 1 "wp_pure: no redex of the form" efoc "in" e ]
  | _ => fail "wp_pure: the goal is not a weakest precondition"
  end.
Tactic Notation "wp_pure" := wp_pure _.

Tactic Notation "wp_pure" open_constr(efoc) "credit:" constr(H) :=
  iStartProof;
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
    let e := eval simpl in e in
    first
      [ reshape_expr e ltac:(fun K e' =>
          unify e' efoc;
          eapply (tac_wp_pure_credit _ _ _ H K e');
          [solve_tc
          |solve_pure_side_condition
          |solve_tc
          |pm_reduce;
           lazymatch goal with
           | |- False => fail 2 "wp_pure:" H "is not fresh"
           | _ => wp_finish
           end])
      | fail 1 "wp_pure: no redex of the form" efoc "in" e ]
  | _ => fail "wp_pure: the goal is not a weakest precondition"
  end.
Tactic Notation "wp_pure" "credit:" constr(H) := wp_pure _ credit: H.

Ltac wp_pures :=
  iStartProof;
  first [progress repeat (wp_pure _; []) | wp_finish].

(** [AsRecV_recv] as a hypothesis makes the instance search look through the
    definition of the function. *)
Tactic Notation "wp_rec" :=
  let H := fresh in
  assert (H := AsRecV_recv);
  wp_pure (App _ _);
  clear H.
Tactic Notation "wp_lam" := wp_rec.
Tactic Notation "wp_closure" := wp_pure (Rec _ _ _).
(** The function of a [let:] or a [;;] may be a closure already. *)
Tactic Notation "wp_let" := try wp_pure (Rec BAnon [BNamed _] _); wp_pure (App _ _).
Tactic Notation "wp_seq" := try wp_pure (Rec BAnon [BAnon] _); wp_pure (App _ _).
Tactic Notation "wp_op" := first [wp_pure (BinOp _ _ _) | wp_pure (UnOp _ _)].
Tactic Notation "wp_case" := wp_pure (Case _ _).
Tactic Notation "wp_if" := wp_case.

(** ** Binding and application *)
Ltac wp_bind_core K :=
  lazymatch eval hnf in K with
  | [] => idtac
  | _ => eapply (tac_wp_bind K); [simpl; reflexivity|pm_prettify]
  end.

(** The function of a [let:] is evaluated before its argument. It is an abstraction
    that has yet to become a closure; the tactics of this section take that step
    by themselves where the redex they want is behind it. *)
Ltac wp_closures := progress repeat (wp_pure (Rec _ _ _); []).

Local Ltac wp_bind_search efoc :=
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
    first [ reshape_expr e ltac:(fun K e' => unify e' efoc; wp_bind_core K)
          | wp_closures; wp_bind_search efoc
          | fail 1 "wp_bind: cannot find" efoc "in" e ]
  | _ => fail "wp_bind: the goal is not a weakest precondition"
  end.
Tactic Notation "wp_bind" open_constr(efoc) := iStartProof; wp_bind_search efoc.

(** [tac_fail] is called after each attempt that fails, with what tries again:
    [wp_apply] takes the steps that make closures, [wp_smart_apply] any pure one. *)
Ltac wp_apply_core lem tac_suc tac_fail :=
  first
    [iPoseProofCore lem as false (fun H =>
       lazymatch goal with
       | |- envs_entails _ (wp _ _ ?e _) =>
         reshape_expr e ltac:(fun K e' => wp_bind_core K; tac_suc H)
       | _ => fail 1 "wp_apply: the goal is not a weakest precondition"
       end)
    |tac_fail ltac:(fun _ => wp_apply_core lem tac_suc tac_fail)
    |let P := type of lem in
     fail "wp_apply: cannot apply" lem ":" P ].

Tactic Notation "wp_apply" open_constr(lem) :=
  wp_apply_core lem ltac:(fun H => iApplyHyp H; try iNext; try wp_expr_simpl; pm_prettify)
                    ltac:(fun cont => wp_closures; cont ()).
Tactic Notation "wp_smart_apply" open_constr(lem) :=
  wp_apply_core lem ltac:(fun H => iApplyHyp H; try iNext; try wp_expr_simpl; pm_prettify)
                    ltac:(fun cont => wp_pure _; []; cont ()).

(** To use a logically atomic triple [lem]: the goal becomes the atomic update. *)
Tactic Notation "awp_apply" open_constr(lem) :=
  wp_apply_core lem ltac:(fun H => iApplyHyp H; pm_prettify)
                    ltac:(fun cont => wp_closures; cont ());
  try (iAuIntro).

(** ** Memory *)
Section heap.
  Context `{!lrustGS Σ}.
  Implicit Types (Δ : envs (iPropI Σ)) (Φ : val → iProp Σ) (E : coPset).

  Lemma tac_wp_alloc `{!UntrackedHeap Σ} K Δ Δ' E j1 j2 (n : Z) Φ :
    (0 < n)%Z →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    (∀ l : loc,
      match envs_app false (Esnoc (Esnoc Enil j1
          (l ↦∗ replicate (Z.to_nat n) (LitV LitPoison))) j2 († l … Z.to_nat n)) Δ' with
      | Some Δ'' => envs_entails Δ'' (WP fill K (Val (LitV (LitLoc l))) @ E {{ Φ }})
      | None => False
      end) →
    envs_entails Δ (WP fill K (Alloc (Val (LitV (LitInt n)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hn ? HΔ. rewrite into_laterN_env_sound /=.
    iIntros "HΔ". iApply wp_bind. iApply (wp_alloc_untracked with "[//]"); [done|].
    iIntros "!>" (l) "[H† Hl]". specialize (HΔ l).
    destruct (envs_app _ _ _) as [Δ''|] eqn:Happ; [|done].
    iApply HΔ. iApply (envs_app_sound with "HΔ"); [done|]. simpl. by iFrame.
  Qed.
  Lemma tac_wp_alloc_lease K Δ Δ' E i j1 j2 (n : Z) q k Φ :
    (0 < n)%Z →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, heap_lease q k)%I →
    (∀ l : loc,
      match envs_simple_replace i false (Esnoc (Esnoc (Esnoc Enil i (heap_lease q (S k))) j1
          (l ↦∗ replicate (Z.to_nat n) (LitV LitPoison))) j2 († l … Z.to_nat n)) Δ' with
      | Some Δ'' => envs_entails Δ'' (WP fill K (Val (LitV (LitLoc l))) @ E {{ Φ }})
      | None => False
      end) →
    envs_entails Δ (WP fill K (Alloc (Val (LitV (LitInt n)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hn ? Hi HΔ.
    rewrite into_laterN_env_sound /= (envs_lookup_sound _ _ _ _ Hi).
    rewrite bi.intuitionistically_if_elim. iIntros "[Hk HΔ]". iApply wp_bind.
    iApply (wp_alloc with "Hk"); [done|].
    iIntros "!>" (l) "(Hk & H† & Hl)". specialize (HΔ l).
    destruct (envs_simple_replace _ _ _ _) as [Δ''|] eqn:Happ; [|done].
    iApply HΔ. iApply (envs_simple_replace_sound' _ _ _ _ _ Happ with "HΔ").
    simpl. by iFrame.
  Qed.

  Lemma tac_wp_free `{!UntrackedHeap Σ} K Δ Δ' Δ'' Δ''' E i1 i2 (n : Z) m vl (l : loc) Φ :
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i1 Δ' = Some (false, l ↦∗ vl)%I →
    envs_delete false i1 false Δ' = Δ'' →
    envs_lookup i2 Δ'' = Some (false, † l … m)%I →
    envs_delete false i2 false Δ'' = Δ''' →
    n = length vl → m = length vl →
    envs_entails Δ''' (WP fill K (Val (LitV LitPoison)) @ E {{ Φ }}) →
    envs_entails Δ
      (WP fill K (Free (Val (LitV (LitInt n))) (Val (LitV (LitLoc l)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> ? Hi1 <- Hi2 <- Hn Hm HΔ. subst n m.
    rewrite into_laterN_env_sound /= (envs_lookup_sound _ _ _ _ Hi1) /=.
    rewrite (envs_lookup_sound _ _ _ _ Hi2) HΔ /=.
    iIntros "(Hl & H† & HΔ)". iApply wp_bind.
    iApply (wp_free_untracked with "[$Hl $H†]"); [done|]. by iIntros "!> _".
  Qed.
  Lemma tac_wp_free_lease K Δ Δ' Δ'' Δ''' Δ'''' E i i1 i2 (n : Z) m q k vl (l : loc) Φ :
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i1 Δ' = Some (false, l ↦∗ vl)%I →
    envs_delete false i1 false Δ' = Δ'' →
    envs_lookup i2 Δ'' = Some (false, † l … m)%I →
    envs_delete false i2 false Δ'' = Δ''' →
    envs_lookup i Δ''' = Some (false, heap_lease q (S k))%I →
    envs_simple_replace i false (Esnoc Enil i (heap_lease q k)) Δ''' = Some Δ'''' →
    n = length vl → m = length vl →
    envs_entails Δ'''' (WP fill K (Val (LitV LitPoison)) @ E {{ Φ }}) →
    envs_entails Δ
      (WP fill K (Free (Val (LitV (LitInt n))) (Val (LitV (LitLoc l)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> ? Hi1 <- Hi2 <- Hi Hr Hn Hm HΔ. subst n m.
    rewrite into_laterN_env_sound /= (envs_lookup_sound _ _ _ _ Hi1) /=.
    rewrite (envs_lookup_sound _ _ _ _ Hi2) /=.
    rewrite envs_simple_replace_singleton_sound // HΔ /=.
    iIntros "(Hl & H† & Hk & HΔ)". iApply wp_bind.
    iApply (wp_free with "[$Hk $Hl $H†]"); [done|]. iIntros "!> Hk". by iApply "HΔ".
  Qed.

  Lemma tac_wp_read K Δ Δ' E i o (l : loc) q v Φ :
    o = ScOrd ∨ o = Na1Ord →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦{q} v)%I →
    envs_entails Δ' (WP fill K (Val v) @ E {{ Φ }}) →
    envs_entails Δ (WP fill K (Read o (Val (LitV (LitLoc l)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Ho ? Hi HΔ. rewrite into_laterN_env_sound /=.
    rewrite envs_lookup_split // HΔ /=. iIntros "[Hl HΔ]". iApply wp_bind.
    destruct Ho as [-> | ->].
    - iApply (wp_read_sc with "Hl"). iIntros "!> Hl". by iApply "HΔ".
    - iApply (wp_read_na with "Hl"). iIntros "!> Hl". by iApply "HΔ".
  Qed.

  Lemma tac_wp_write K Δ Δ' Δ'' E i o (l : loc) v v' Φ :
    o = ScOrd ∨ o = Na1Ord →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦ v)%I →
    envs_simple_replace i false (Esnoc Enil i (l ↦ v')) Δ' = Some Δ'' →
    envs_entails Δ'' (WP fill K (Val (LitV LitPoison)) @ E {{ Φ }}) →
    envs_entails Δ (WP fill K (Write o (Val (LitV (LitLoc l))) (Val v')) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Ho ? Hi Hr HΔ. rewrite into_laterN_env_sound /=.
    rewrite envs_simple_replace_sound // HΔ /=.
    iIntros "[Hl HΔ]". iApply wp_bind. destruct Ho as [-> | ->].
    - iApply (wp_write_sc with "Hl"). iIntros "!> Hl". iApply "HΔ". by iFrame.
    - iApply (wp_write_na with "Hl"). iIntros "!> Hl". iApply "HΔ". by iFrame.
  Qed.

  Lemma tac_wp_cas_fail K Δ Δ' E i m (l : loc) q lit lit1 v2 Φ :
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦{q} LitV lit)%I →
    cas_compare lit lit1 = Some false →
    envs_entails Δ' (WP fill K (Val (LitV (cas_result m false lit))) @ E {{ Φ }}) →
    envs_entails Δ
      (WP fill K (Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2)) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> ? Hi Hcmp HΔ. rewrite into_laterN_env_sound /=.
    rewrite envs_lookup_split // HΔ /=. iIntros "[Hl HΔ]". iApply wp_bind.
    iApply (wp_cas_fail with "Hl"); [done|]. iIntros "!> Hl". by iApply "HΔ".
  Qed.

  Lemma tac_wp_cas_succ K Δ Δ' Δ'' E i m (l : loc) lit lit1 v2 Φ :
    m ≠ CasWeak →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦ LitV lit)%I →
    envs_simple_replace i false (Esnoc Enil i (l ↦ v2)) Δ' = Some Δ'' →
    cas_compare lit lit1 = Some true →
    envs_entails Δ'' (WP fill K (Val (LitV (cas_result m true lit))) @ E {{ Φ }}) →
    envs_entails Δ
      (WP fill K (Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2)) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hm ? Hi Hr Hcmp HΔ. rewrite into_laterN_env_sound /=.
    rewrite envs_simple_replace_sound // HΔ /=.
    iIntros "[Hl HΔ]". iApply wp_bind.
    iApply (wp_cas_succ with "Hl"); [done..|]. iIntros "!> Hl". iApply "HΔ". by iFrame.
  Qed.

  Lemma tac_wp_cas_int K Δ Δ' Δ'' E i m (l : loc) (z z1 : Z) v2 Φ :
    m ≠ CasWeak →
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦ LitV (LitInt z))%I →
    envs_simple_replace i false (Esnoc Enil i (l ↦ v2)) Δ' = Some Δ'' →
    (z = z1 → envs_entails Δ'' (WP fill K (Val (LitV (cas_result m true z))) @ E {{ Φ }})) →
    (z ≠ z1 → envs_entails Δ' (WP fill K (Val (LitV (cas_result m false z))) @ E {{ Φ }})) →
    envs_entails Δ
      (WP fill K (Cas m (Val (LitV (LitLoc l))) (Val (LitV z1)) (Val v2)) @ E {{ Φ }}).
  Proof.
    intros Hm ? Hi Hr Hsucc Hfail. destruct (decide (z = z1)) as [Hz|Hz].
    - eapply (tac_wp_cas_succ K Δ Δ' Δ''); [done..| |by auto].
      by rewrite /cas_compare bool_decide_eq_true_2.
    - eapply (tac_wp_cas_fail K Δ Δ'); [done..| |by auto].
      by rewrite /cas_compare bool_decide_eq_false_2.
  Qed.

  Lemma tac_wp_faa K Δ Δ' Δ'' E i t (l : loc) z d Φ :
    MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_lookup i Δ' = Some (false, l ↦ LitV (LitInt z))%I →
    envs_simple_replace i false
      (Esnoc Enil i (l ↦ LitV (LitInt (int_wrap t (z + d))))) Δ' = Some Δ'' →
    in_int_range t z → in_int_range t d →
    envs_entails Δ'' (WP fill K (Val (LitV (LitInt z))) @ E {{ Φ }}) →
    envs_entails Δ
      (WP fill K (Faa t (Val (LitV (LitLoc l))) (Val (LitV (LitInt d)))) @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> ? Hi Hr Hz Hd HΔ. rewrite into_laterN_env_sound /=.
    rewrite envs_simple_replace_sound // HΔ /=.
    iIntros "[Hl HΔ]". iApply wp_bind.
    iApply (wp_faa with "Hl"); [done..|]. iIntros "!> Hl". iApply "HΔ". by iFrame.
  Qed.
End heap.

(** Applies [lem K] at the redex [efoc], or says that there is none. *)
Local Ltac wp_heap_op name efoc lem :=
  wp_pures;
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
    first [ reshape_expr e ltac:(fun K e' => unify e' efoc; lem K)
          | fail 1 name "found no" efoc "in" e ]
  | _ => fail name ": the goal is not a weakest precondition"
  end.
(** Finds the assertion [assertion] in the context, or says that it is missing. *)
Local Ltac find_hyp name :=
  lazymatch goal with
  | |- envs_lookup _ _ = Some (_, ?P) =>
    first [iAssumptionCore | fail 1 name "found no assertion" P]
  end.

Tactic Notation "wp_alloc" ident(l) "as" constr(H) constr(Hf) :=
  let Htmp := iFresh in
  let Hftmp := iFresh in
  wp_heap_op "wp_alloc" open_constr:(Alloc _) ltac:(fun K =>
    eapply (tac_wp_alloc K _ _ _ Htmp Hftmp));
  [try (done || lia)
  |solve_tc
  |intros l; pm_reduce;
   (iDestructHyp Htmp as H || fail 1 "wp_alloc:" H "is not fresh");
   (iDestructHyp Hftmp as Hf || fail 1 "wp_alloc:" Hf "is not fresh");
   wp_finish].
Tactic Notation "wp_alloc" ident(l) "as" constr(H) constr(Hf) "with" constr(Hlease) :=
  let Htmp := iFresh in
  let Hftmp := iFresh in
  wp_heap_op "wp_alloc" open_constr:(Alloc _) ltac:(fun K =>
    eapply (tac_wp_alloc_lease K _ _ _ Hlease Htmp Hftmp));
  [try (done || lia)
  |solve_tc
  |pm_reflexivity || fail "wp_alloc:" Hlease "is not a lease"
  |intros l; pm_reduce;
   (iDestructHyp Htmp as H || fail 1 "wp_alloc:" H "is not fresh");
   (iDestructHyp Hftmp as Hf || fail 1 "wp_alloc:" Hf "is not fresh");
   wp_finish].
Tactic Notation "wp_alloc" ident(l) :=
  let H := iFresh in let Hf := iFresh in wp_alloc l as H Hf.

Tactic Notation "wp_free" :=
  wp_heap_op "wp_free" open_constr:(Free _ _) ltac:(fun K => eapply (tac_wp_free K));
  [solve_tc
  |find_hyp "wp_free"
  |pm_reflexivity
  |find_hyp "wp_free"
  |pm_reflexivity
  |try (simpl; done || lia)
  |try (simpl; done || lia)
  |pm_reduce; wp_finish].

Tactic Notation "wp_free" "with" constr(Hlease) :=
  wp_heap_op "wp_free" open_constr:(Free _ _) ltac:(fun K =>
    eapply (tac_wp_free_lease K _ _ _ _ _ _ Hlease));
  [solve_tc
  |find_hyp "wp_free"
  |pm_reflexivity
  |find_hyp "wp_free"
  |pm_reflexivity
  |pm_reflexivity || fail "wp_free:" Hlease "is not a lease with a block on it"
  |pm_reflexivity
  |try (simpl; done || lia)
  |try (simpl; done || lia)
  |pm_reduce; wp_finish].

Tactic Notation "wp_read" :=
  wp_heap_op "wp_read" open_constr:(Read _ _) ltac:(fun K => eapply (tac_wp_read K));
  [first [left; reflexivity | right; reflexivity]
  |solve_tc
  |find_hyp "wp_read"
  |wp_finish].

Tactic Notation "wp_write" :=
  wp_heap_op "wp_write" open_constr:(Write _ _ _) ltac:(fun K => eapply (tac_wp_write K));
  [first [left; reflexivity | right; reflexivity]
  |solve_tc
  |find_hyp "wp_write"
  |pm_reflexivity
  |wp_finish].

(** Whether the values agree, where it is plain from the context. *)
Local Ltac solve_cas_compare :=
  try (simpl; first [reflexivity
    |rewrite bool_decide_eq_true_2; [reflexivity|first [done|congruence|lia]]
    |rewrite bool_decide_eq_false_2; [reflexivity|first [done|congruence|lia]]]).

Tactic Notation "wp_cas_fail" :=
  wp_heap_op "wp_cas_fail" open_constr:(Cas _ _ _ _) ltac:(fun K =>
    eapply (tac_wp_cas_fail K));
  [solve_tc|find_hyp "wp_cas_fail"|solve_cas_compare|wp_finish].
Tactic Notation "wp_cas_succ" :=
  wp_heap_op "wp_cas_succ" open_constr:(Cas _ _ _ _) ltac:(fun K =>
    eapply (tac_wp_cas_succ K));
  [done|solve_tc|find_hyp "wp_cas_succ"|pm_reflexivity|solve_cas_compare|wp_finish].

Tactic Notation "wp_cas" "as" simple_intropattern(H1) "|" simple_intropattern(H2) :=
  wp_heap_op "wp_cas" open_constr:(Cas _ _ _ _) ltac:(fun K =>
    eapply (tac_wp_cas_int K));
  [done|solve_tc|find_hyp "wp_cas"|pm_reflexivity
  |intros H1; wp_finish|intros H2; wp_finish].

Tactic Notation "wp_faa" :=
  wp_heap_op "wp_faa" open_constr:(Faa _ _ _) ltac:(fun K => eapply (tac_wp_faa K));
  [solve_tc|find_hyp "wp_faa"|pm_reflexivity|try done|try done|wp_finish].

Tactic Notation "wp_abort" :=
  wp_heap_op "wp_abort" open_constr:(Abort) ltac:(fun K =>
    wp_bind_core K; iApply wp_abort).
