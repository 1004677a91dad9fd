(** * One step of the interpreter is one step of the relation

Soundness: what [step_expr] computes is a step ([step_expr_next]); where it says
that the thread is stuck, the thread is stuck, and the reason given is true
([step_expr_stuck]). Completeness: a stuck thread is reported as stuck, whatever
the choice ([step_expr_stuck_iff]), and every step of the relation is computed
for some choice ([step_expr_complete]).

An aborting thread is the one case in which the interpreter does not follow the
relation: there it makes a step to itself, here it is reported
([step_expr_abort]). *)
From tally.prelude Require Import prelude.
From tally.lang Require Export interp_reason interp_decompose.
From tally.prelude Require Import options.

(** ** Soundness, at a redex *)
Definition result_ok (σ : state) (r : redex) (res : step_result) : Prop :=
  match res with
  | StepNext e' σ' efs => lrust_step (of_redex r) σ [] e' σ' efs
  | StepDone _ => False
  | StepAbort => r = AbortR
  | StepStuck reason => stuck_because σ r reason
  end.

Section step_redex.
  Implicit Types (σ : state) (r : redex) (c : choice).

  Lemma wrong_kind_ok σ r k v :
    uses σ r k v → ¬ has_kind k v → stuck_because σ r (wrong_kind k v).
  Proof.
    intros Hu Hk. destruct v as [[]|]; simpl;
      by first [apply because_poison|apply because_kind].
  Qed.

  Lemma expect_int_ok σ r v k :
    uses σ r IntKind v → (∀ z, v = LitV (LitInt z) → result_ok σ r (k z)) →
    result_ok σ r (expect_int v k).
  Proof.
    intros Hu Hk. destruct v as [[]|]; simpl; try by apply Hk.
    all: by apply (wrong_kind_ok _ _ IntKind) in Hu; [|tauto].
  Qed.
  Lemma expect_loc_ok σ r v k :
    uses σ r LocKind v → (∀ l, v = LitV (LitLoc l) → result_ok σ r (k l)) →
    result_ok σ r (expect_loc v k).
  Proof.
    intros Hu Hk. destruct v as [[]|]; simpl; try by apply Hk.
    all: by apply (wrong_kind_ok _ _ LocKind) in Hu; [|tauto].
  Qed.
  Lemma expect_cell_ok σ r l k :
    (∀ st v, σ !! l = Some (st, v) → result_ok σ r (k st v)) →
    (σ !! l = None → ∃ a o, accesses σ r a o l) →
    result_ok σ r (expect_cell σ l k).
  Proof.
    rewrite /expect_cell=> Hk Ha. destruct (σ !! l) as [[st v]|] eqn:Hl; [by apply Hk|].
    destruct Ha as (a & o & Ha); [done|]. by eapply because_not_allocated.
  Qed.

  Lemma is_data_true v : is_data v = true ↔ has_kind DataKind v.
  Proof. by destruct v as [[]|]. Qed.
  Lemma compare_reason_ok σ r v1 v2 :
    uses σ r DataKind v1 → uses σ r DataKind v2 → compares σ r v1 v2 →
    compare_vals v1 v2 = None → stuck_because σ r (compare_reason v1 v2).
  Proof.
    intros H1 H2 Hc Hno. rewrite /compare_reason.
    destruct (is_data v1) eqn:Hv1; [destruct (is_data v2) eqn:Hv2|].
    - rewrite ->is_data_true in Hv1, Hv2. by apply because_incomparable.
    - apply wrong_kind_ok; [done|]. by rewrite -is_data_true Hv2.
    - apply wrong_kind_ok; [done|]. by rewrite -is_data_true Hv1.
  Qed.

  Lemma arith_eval_None a z1 z2 :
    arith_eval a z1 z2 = None ↔ (a = QuotOp ∨ a = RemOp) ∧ z2 = 0%Z.
  Proof. destruct a; simpl; try case_decide; naive_solver. Qed.

  Lemma int_op_reason_ok σ op z1 z2 :
    match op with EqOp | OffsetOp => False | _ => True end →
    bin_op_eval_pure op (LitInt z1) (LitInt z2) = None →
    stuck_because σ (BinOpR op (LitV (LitInt z1)) (LitV (LitInt z2)))
      (int_op_reason op z1 z2).
  Proof.
    intros Hop Hno.
    set (r := BinOpR op (LitV (LitInt z1)) (LitV (LitInt z2))).
    assert (∀ a, int_op_arith op = Some a → arith_eval a z1 z2 = None →
      stuck_because σ r DivisionByZero) as Hdiv.
    { intros a ? [Ha ->]%arith_eval_None. by eapply because_division. }
    (* At a type, there is a third possibility: the result is out of range. *)
    assert (∀ t a, int_op_type op = Some t → int_op_arith op = Some a →
      (∀ z, arith_eval_at t a z1 z2 = Some z → stuck_because σ r (Overflow t z)) →
      stuck_because σ r (int_op_reason (WrapOp t a) z1 z2)) as Hat.
    { intros t a Ht Ha Hover. simpl.
      destruct (decide (in_int_range t z1)) as [H1|H1]; last first.
      { apply because_range; [|done]. constructor; eauto. }
      destruct (decide (in_int_range t z2)) as [H2|H2]; last first.
      { apply because_range; [|done]. constructor; eauto. }
      destruct (arith_eval a z1 z2) as [z|] eqn:Hz; [|by eapply Hdiv].
      by apply Hover, arith_eval_at_Some. }
    destruct op as [a|t a|t a|t a| | | |]; simpl in Hno; try done.
    - apply (Hdiv a); [done|]. by destruct (arith_eval a z1 z2).
    - apply Hat; [done..|]. intros z Hz. by rewrite Hz in Hno.
    - apply Hat; [done..|]. intros z Hz. by rewrite Hz in Hno.
    - apply Hat; [done..|]. intros z Hz. rewrite Hz /= in Hno. case_decide; [done|].
      apply arith_eval_at_Some in Hz as (_ & _ & Hz). by apply because_overflow.
  Qed.

  Lemma step_bin_op_ok c σ op v1 v2 :
    result_ok σ (BinOpR op v1 v2) (step_bin_op c σ op v1 v2).
  Proof.
    assert (match op with EqOp | OffsetOp => False | _ => True end →
      result_ok σ (BinOpR op v1 v2)
        (expect_int v1 (λ z1, expect_int v2 (λ z2,
          match bin_op_eval_pure op (LitInt z1) (LitInt z2) with
          | Some l => StepNext (Val (LitV l)) σ []
          | None => StepStuck (int_op_reason op z1 z2)
          end)))) as Hint.
    { intros Hop.
      apply expect_int_ok; [by constructor; destruct op; simpl; auto|]. intros z1 ->.
      apply expect_int_ok; [by constructor; destruct op; simpl; auto|]. intros z2 ->.
      destruct (bin_op_eval_pure op (LitInt z1) (LitInt z2)) as [l|] eqn:Hl.
      - by constructor; constructor.
      - by apply int_op_reason_ok. }
    destruct op as [a|t a|t a|t a| | | |]; try by apply Hint.
    - assert (compare_vals v1 v2 = None → stuck_because σ (BinOpR EqOp v1 v2)
        (compare_reason v1 v2)) as Hno.
      { apply compare_reason_ok; constructor; simpl; auto. }
      destruct v1 as [l1|], v2 as [l2|]; simpl in *; try by apply Hno.
      destruct (cas_compare l1 l2) as [b|] eqn:Hb; simpl; [|by apply Hno].
      constructor.
      assert (bin_op_eval_pure EqOp l1 l2 = Some (lit_of_bool b)) as Hpure.
      { by destruct l1, l2; simpl in *; repeat case_match; simplify_eq/=. }
      rewrite /eq_answer. repeat case_match; try (by constructor);
        apply BinOpDangling; by auto.
    - apply expect_loc_ok; [by constructor; simpl; auto|]. intros l ->.
      apply expect_int_ok; [by constructor; simpl; auto|]. intros z ->.
      by constructor; constructor.
  Qed.

  Lemma step_read_ok σ o l :
    result_ok σ (ReadR o (LitV (LitLoc l))) (step_read σ o l).
  Proof.
    apply expect_cell_ok; [|by eauto using accesses]. intros st v Hl.
    assert (accesses σ (ReadR o (LitV (LitLoc l))) ReadAcc o l) as Ha by constructor.
    destruct o, st as [|[|n]]; simpl;
      first [by eapply because_race; eauto | by eapply because_not_reserved; naive_solver
        | by econstructor].
  Qed.

  Lemma step_write_ok σ o l w :
    result_ok σ (WriteR o (LitV (LitLoc l)) w) (step_write σ o l w).
  Proof.
    apply expect_cell_ok; [|by eauto using accesses]. intros st v Hl.
    assert (accesses σ (WriteR o (LitV (LitLoc l)) w) WriteAcc o l) as Ha by constructor.
    destruct o, st as [|[|n]]; simpl;
      first [by eapply because_race; eauto | by eapply because_not_reserved; naive_solver
        | by econstructor].
  Qed.

  Lemma step_cas_ok c σ m l v1 v2 :
    result_ok σ (CasR m (LitV (LitLoc l)) v1 v2) (step_cas c σ m l v1 v2).
  Proof.
    set (r := CasR m (LitV (LitLoc l)) v1 v2).
    apply expect_cell_ok; last first.
    { intros Hl. exists WriteAcc, ScOrd. constructor. intros (? & ? & ? & ?). congruence. }
    intros st v Hl.
    assert (compare_vals v v1 ≠ Some false → accesses σ r WriteAcc ScOrd l) as Hw.
    { intros Hv. constructor. intros (? & ? & ? & ?). congruence. }
    assert (compare_vals v v1 = Some false → accesses σ r ReadAcc ScOrd l) as Hr.
    { intros Hv. constructor. rewrite /cas_fails. eauto. }
    assert (∀ b, compare_vals v v1 = Some b →
      ∃ lit lit1, v = LitV lit ∧ v1 = LitV lit1 ∧ cas_compare lit lit1 = Some b) as Hlit.
    { intros b. destruct v, v1; simpl; naive_solver. }
    destruct (compare_vals v v1) as [[]|] eqn:Hv.
    - destruct (Hlit _ eq_refl) as (lit & lit1 & -> & -> & Hcmp).
      destruct st as [|[|n]]; simpl; [by eapply because_race; eauto| |by eapply because_race; eauto].
      destruct (fails_spuriously c m) eqn:Hf.
      + destruct m; try done. by econstructor.
      + assert (cas_value m true (LitV lit) = LitV (cas_result m true lit)) as ->
          by by destruct m.
        by econstructor.
    - destruct (Hlit _ eq_refl) as (lit & lit1 & -> & -> & Hcmp).
      destruct st as [|n]; simpl; [by eapply because_race; eauto|].
      assert (cas_value m false (LitV lit) = LitV (cas_result m false lit)) as ->
        by by destruct m.
      by econstructor.
    - destruct st as [|n]; simpl; [by eapply because_race; eauto|].
      apply compare_reason_ok; [by eapply uses_cas_cell|constructor; simpl; auto
        |by eapply compares_cas|done].
  Qed.

  Lemma step_faa_ok σ t l d :
    result_ok σ (FaaR t (LitV (LitLoc l)) (LitV (LitInt d))) (step_faa σ t l d).
  Proof.
    apply expect_cell_ok; [|by eauto using accesses]. intros st v Hl.
    destruct st as [|[|n]]; [by eapply because_race; eauto using accesses|
      |by eapply because_race; eauto using accesses].
    apply expect_int_ok; [by eapply uses_faa_cell|]. intros z ->.
    case_decide; [case_decide|].
    - by econstructor.
    - apply because_range; [|done]. constructor.
    - apply because_range; [|done]. by eapply uses_at_faa_cell.
  Qed.

  Theorem step_redex_ok c r σ : result_ok σ r (step_redex c r σ).
  Proof.
    destruct r as [x|f xl e|v vl|op v|op v1 v2|v el|e| |v|v1 v2|o v|o v1 v2
      |m v0 v1 v2|t v1 v2]; simpl.
    - constructor.
    - constructor.
    - destruct v as [l|f xl e].
      { apply wrong_kind_ok; [apply uses_operand; by left|by destruct l; intros []]. }
      destruct (subst_list xl vl e) as [e'|] eqn:He; [by constructor|].
      apply because_arity. intros Hlen.
      destruct (subst_list_is_Some xl vl e Hlen). congruence.
    - destruct op as [|t].
      + assert (¬ has_kind BoolKind v →
          stuck_because σ (UnOpR NegOp v) (wrong_kind BoolKind v)) as Hno.
        { apply wrong_kind_ok, uses_operand. by left. }
        destruct v as [[| |z]|]; simpl in *; try (apply Hno; tauto).
        destruct z as [|[]|]; simpl;
          first [by apply UnOpS | by apply Hno; intros [|]].
      + apply expect_int_ok; [apply uses_operand; by left|]. intros z ->.
        by constructor.
    - apply step_bin_op_ok.
    - apply expect_int_ok; [apply uses_operand; by left|]. intros i ->.
      destruct (Z.leb 0 i && Z.ltb i (length el)) eqn:Hi.
      + apply andb_prop in Hi as [Hi1%Z.leb_le Hi2%Z.ltb_lt].
        destruct (el !! Z.to_nat i) as [e|] eqn:He; [by constructor|].
        apply lookup_ge_None in He. lia.
      + apply because_case. intros [Hi1%Z.leb_le Hi2%Z.ltb_lt]. by rewrite Hi1 Hi2 in Hi.
    - constructor.
    - done.
    - apply expect_int_ok; [apply uses_operand; by left|]. intros n ->.
      destruct (Z.ltb 0 n) eqn:Hn.
      + apply Z.ltb_lt in Hn. constructor; [done|]. apply place_block_fresh.
      + apply Z.ltb_ge in Hn. by constructor.
    - apply expect_int_ok; [apply uses_operand; by left|]. intros n ->.
      apply expect_loc_ok; [apply uses_operand; by right; left|]. intros l ->.
      destruct (Z.ltb 0 n) eqn:Hn; [destruct (block_isb σ l n) eqn:Hb|].
      + apply Z.ltb_lt in Hn. apply block_isb_true in Hb. by constructor.
      + constructor. intros [_ Hb']. apply block_isb_true in Hb'. congruence.
      + constructor. intros [Hn' _]. apply Z.ltb_lt in Hn'. congruence.
    - apply expect_loc_ok; [apply uses_operand; by left|]. intros l ->. apply step_read_ok.
    - apply expect_loc_ok; [apply uses_operand; by left|]. intros l ->. apply step_write_ok.
    - apply expect_loc_ok; [apply uses_operand; by left|]. intros l ->. apply step_cas_ok.
    - apply expect_loc_ok; [apply uses_operand; by left|]. intros l ->.
      apply expect_int_ok; [apply uses_operand; by right; left|]. intros d ->.
      apply step_faa_ok.
  Qed.

  Corollary step_redex_stuck c r σ reason :
    step_redex c r σ = StepStuck reason → stuck_because σ r reason.
  Proof. intros Hs. pose proof (step_redex_ok c r σ) as Hok. by rewrite Hs in Hok. Qed.
End step_redex.

(** ** Completeness, at a redex *)
Lemma redex_abort_dec r : r = AbortR ∨ r ≠ AbortR.
Proof. destruct r; by auto. Qed.

Local Ltac at_cell :=
  match goal with
  | H : _ !! _ = Some _ |- _ =>
      rewrite /step_read /step_write /step_cas /step_faa /expect_cell H /=
  end.

Lemma step_redex_complete r σ κs e' σ' efs :
  lrust_step (of_redex r) σ κs e' σ' efs → r ≠ AbortR →
  κs = [] ∧ ∃ c, step_redex c r σ = StepNext e' σ' efs.
Proof.
  intros Hstep Hr. pose (d := choice_fresh 0).
  destruct r as [x|f xl e|v vl|op v|op v1 v2|v el|e| |v|v1 v2|o v|o v1 v2
    |m v0 v1 v2|t v1 v2]; inversion Hstep; simplify_eq/=; (split; [done|]).
  - by exists d.
  - exists d.
    match goal with H : subst_list _ _ _ = _ |- _ => by rewrite H end.
  - exists d. match goal with H : un_op_eval ?op ?l = Some _ |- _ =>
      by destruct op, l as [| |[|[]|]]; simplify_eq/= end.
  - match goal with H : bin_op_eval _ _ _ _ _ |- _ =>
      inversion H as [op' l1' l2' l' Hl|l1' l2' b Hl]; clear H; simplify_eq/= end.
    + exists d.
      match goal with H : bin_op_eval_pure ?op ?l1 ?l2 = Some _ |- _ =>
        destruct op, l1, l2; simplify_eq/=; rewrite ?H; try done end.
      all: try by repeat case_match; simplify_eq/=.
    + exists (Choice false (Some b) (choice_alloc d)).
      rewrite /= /eq_answer /=. by repeat case_match; destruct_or?; simplify_eq/=.
  - exists d.
    match goal with H : el !! Z.to_nat ?i = Some _ |- _ =>
      pose proof (lookup_lt_Some _ _ _ H);
      rewrite H (_ : (Z.leb 0 i && Z.ltb i (length el)) = true) //
    end.
    apply andb_true_intro. rewrite Z.leb_le Z.ltb_lt. lia.
  - by exists d.
  - match goal with Hn : (0 < ?n)%Z, Hl : block_fresh _ ?l |- _ =>
      exists (Choice false None (λ _, l)); rewrite (proj2 (Z.ltb_lt 0 n)) //
    end.
    rewrite place_block_proposed //.
  - exists d.
    match goal with Hn : (0 < ?n)%Z, Hb : block_is _ _ ?n |- _ =>
      rewrite (proj2 (Z.ltb_lt 0 n)) // (proj2 (block_isb_true _ _ _) Hb) //
    end.
  - exists d. by at_cell.
  - exists d. by at_cell.
  - exists d. by at_cell.
  - exists d. by at_cell.
  - exists d. by at_cell.
  - exists d. by at_cell.
  - exists d. at_cell.
    match goal with H : cas_compare _ _ = _ |- _ => rewrite H end. by destruct m.
  - exists d. at_cell.
    match goal with H : cas_compare _ _ = _ |- _ => rewrite H end. by destruct m.
  - exists (Choice true None (choice_alloc d)). at_cell.
    by match goal with H : cas_compare _ _ = _ |- _ => rewrite H end.
  - exists d. at_cell. rewrite !decide_True //.
Qed.

(** ** One step of a thread *)
Section step_expr.
  Implicit Types (e : expr) (σ : state) (c : choice).

  Theorem step_expr_next c e σ e' σ' efs :
    step_expr c e σ = StepNext e' σ' efs → prim_step e σ [] e' σ' efs.
  Proof.
    rewrite /step_expr. destruct (decompose [] e) as [v|K r] eqn:He; [done|].
    apply decompose_redex in He as ->. pose proof (step_redex_ok c r σ) as Hok.
    destruct (step_redex c r σ); intros ?; simplify_eq/=.
    apply prim_step_fill_redex. eauto.
  Qed.

  Theorem step_expr_done c e σ v : step_expr c e σ = StepDone v ↔ e = Val v.
  Proof.
    split; [|by intros ->].
    rewrite /step_expr. destruct (decompose [] e) as [v'|K r] eqn:He.
    - apply decompose_val in He as ->. naive_solver.
    - pose proof (step_redex_ok c r σ) as Hok. by destruct (step_redex c r σ).
  Qed.

  (** A thread aborts if [Abort] is its next redex. *)
  Theorem step_expr_abort c e σ :
    step_expr c e σ = StepAbort ↔ ∃ K, e = fill_items K Abort.
  Proof.
    rewrite /step_expr. split.
    - destruct (decompose [] e) as [v|K r] eqn:He; [done|].
      apply decompose_redex in He as ->. pose proof (step_redex_ok c r σ) as Hok.
      destruct (step_redex c r σ); intros ?; simplify_eq/=. by exists K.
    - intros [K ->]. by rewrite (decompose_fill_redex K AbortR).
  Qed.

  (** A reported reason is true of the redex, and the thread is stuck. *)
  Theorem step_expr_stuck c e σ reason :
    step_expr c e σ = StepStuck reason →
    ∃ K r, e = fill_items K (of_redex r) ∧ stuck_because σ r reason.
  Proof.
    rewrite /step_expr. destruct (decompose [] e) as [v|K r] eqn:He; [done|].
    apply decompose_redex in He as ->. intros Hs. exists K, r. split; [done|].
    apply (step_redex_stuck c). by destruct (step_redex c r σ).
  Qed.

  Theorem stuck_because_stuck K r σ reason :
    stuck_because σ r reason → stuck (fill_items K (of_redex r)) σ.
  Proof.
    intros Hb. apply stuck_fill. split; [apply of_redex_not_val|].
    intros κs e' σ' efs Hstep. apply prim_step_redex in Hstep.
    by eapply stuck_because_irreducible.
  Qed.

  (** Every step of the relation is computed, by some choice. *)
  Theorem step_expr_complete e σ κs e' σ' efs :
    prim_step e σ κs e' σ' efs →
    κs = [] ∧
    ((∃ c, step_expr c e σ = StepNext e' σ' efs) ∨
     (∀ c, step_expr c e σ = StepAbort) ∧ e' = e ∧ σ' = σ ∧ efs = []).
  Proof.
    intros Hstep. destruct (decompose [] e) as [v|K r] eqn:He.
    { apply decompose_val in He as ->. by apply language.val_stuck in Hstep. }
    pose proof (decompose_redex _ _ _ He) as ->.
    apply prim_step_fill_redex in Hstep as (r' & -> & Hstep).
    destruct (redex_abort_dec r) as [->|Hr].
    - inversion Hstep; simplify_eq. split; [done|]. right. split; [|done].
      intros c. apply step_expr_abort. by exists K.
    - apply step_redex_complete in Hstep as [-> [c Hc]]; [|done].
      split; [done|]. left. exists c. by rewrite /step_expr He Hc.
  Qed.

  (** An expression is stuck iff the interpreter says so, by whatever choice. *)
  Theorem step_expr_stuck_iff c e σ :
    (∃ reason, step_expr c e σ = StepStuck reason) ↔ stuck e σ.
  Proof.
    split.
    - intros [reason (K & r & -> & Hb)%step_expr_stuck]. by eapply stuck_because_stuck.
    - intros [Hv Hirr]. destruct (step_expr c e σ) as [e' σ' efs|v| |reason] eqn:Hs.
      + apply step_expr_next in Hs. by destruct (Hirr _ _ _ _ Hs).
      + by apply step_expr_done in Hs as ->.
      + apply step_expr_abort in Hs as [K ->]. destruct (Hirr [] (fill_items K Abort) σ []).
        apply (prim_step_fill_redex K AbortR). eauto using lrust_step.
      + by exists reason.
  Qed.

  (** So it makes a step iff there is one, or reports the one of [Abort]. *)
  Theorem step_expr_reducible_iff c e σ :
    (∃ e' σ' efs, step_expr c e σ = StepNext e' σ' efs) ∨ step_expr c e σ = StepAbort
    ↔ reducible e σ.
  Proof.
    split.
    - intros [(e' & σ' & efs & Hs)|[K ->]%step_expr_abort].
      + do 4 eexists. by apply step_expr_next in Hs.
      + do 4 eexists. apply (prim_step_fill_redex K AbortR). eauto using lrust_step.
    - intros Hred. destruct (step_expr c e σ) as [e' σ' efs|v| |reason] eqn:Hs; eauto.
      + apply step_expr_done in Hs as ->. apply reducible_not_val in Hred. done.
      + destruct (proj1 (step_expr_stuck_iff c e σ)) as [_ Hirr]; [by eauto|].
        by apply not_reducible in Hirr.
  Qed.
End step_expr.
