(** * What the checks of formulas mean

[refute_sound]: formulas that are refuted do not hold together. [prove_sound],
[unproved_sound]: what is proved follows from the facts. [evf_subst]: an instance of a
formula is the formula at other values. *)
From stdpp Require Import numbers list.
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From tally.refine Require Import formula.
Import EnvRing RingMicromega ZMicromega.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Implicit Types (ρ : valuation) (F : list fml).

(** ** Lists *)
Lemma forallb_elem {A} (f : A → bool) l x : forallb f l = true → x ∈ l → f x = true.
Proof.
  induction l as [|y l IH]; simpl; [by intros _ ?%elem_of_nil|].
  intros [Hy Hl]%andb_true_iff [->|Hx]%elem_of_cons; auto.
Qed.
Lemma existsb_elem {A} (f : A → bool) l : existsb f l = true → ∃ x, x ∈ l ∧ f x = true.
Proof.
  induction l as [|y l IH]; simpl; [done|]. intros [Hy|Hl]%orb_true_iff.
  - exists y. split; [by left|done].
  - destruct (IH Hl) as (x & ? & ?). exists x. split; [by right|done].
Qed.
Lemma existsb_elem_2 {A} (f : A → bool) l x : x ∈ l → f x = true → existsb f l = true.
Proof.
  induction l as [|y l IH]; simpl; [by intros ?%elem_of_nil|].
  intros [->|Hx]%elem_of_cons Hf; apply orb_true_iff; auto.
Qed.
Lemma elem_flat_map {A B} (f : A → list B) l x y : x ∈ l → y ∈ f x → y ∈ flat_map f l.
Proof.
  induction l as [|z l IH]; simpl; [by intros ?%elem_of_nil|].
  intros [->|Hx]%elem_of_cons Hy; apply elem_of_app; auto.
Qed.
Lemma mem_spec x xs : mem x xs = true ↔ x ∈ xs.
Proof.
  split.
  - intros (y & Hy & ->%Pos.eqb_eq)%existsb_elem. done.
  - intros Hx. eapply existsb_elem_2; [done|]. apply Pos.eqb_refl.
Qed.
Lemma mem_false x xs : mem x xs = false ↔ x ∉ xs.
Proof. rewrite -mem_spec. destruct (mem x xs); naive_solver. Qed.
Lemma subset_spec xs ys : subset xs ys = true → ∀ x, x ∈ xs → x ∈ ys.
Proof. intros H x Hx. apply mem_spec. by apply (forallb_elem _ _ _ H). Qed.
Lemma disjoint_spec xs ys : disjoint xs ys = true → ∀ x, x ∈ xs → x ∉ ys.
Proof. intros H x Hx. apply mem_false, negb_true_iff. by apply (forallb_elem _ _ _ H). Qed.

(** ** Formulas and their constraints *)
Lemma evf_neg ρ f : evf ρ (neg f) ↔ ¬ evf ρ f.
Proof.
  induction f; simpl; try lia; try done.
  - destruct (decide (in_int_range t (ev ρ a))); naive_solver.
  - rewrite IHf1 IHf2. destruct (decide (evf ρ f1)), (decide (evf ρ f2)); naive_solver.
  - rewrite IHf1 IHf2. destruct (decide (evf ρ f1)), (decide (evf ρ f2)); naive_solver.
Qed.
Lemma pol_var_eval ρ x : eval_pol ρ (pol_var x) = ρ x.
Proof.
  destruct (decide (x = xH)) as [->|Hx].
  { change (1 * ρ xH + 0 = ρ xH). lia. }
  assert (eval_pol ρ (pol_var x) = 1 * ρ (1 + Pos.pred x)%positive + 0) as ->.
  { destruct x; [reflexivity..|done]. }
  rewrite Pos.add_1_l Pos.succ_pred //. lia.
Qed.
Lemma pol_eval ρ e : eval_pol ρ (pol e) = ev ρ e.
Proof.
  induction e as [z|x|a IHa b IHb|a IHa b IHb|a IHa b IHb]; cbn [pol ev]; [done|apply pol_var_eval|..].
  - by rewrite eval_pol_add IHa IHb.
  - by rewrite eval_pol_sub IHa IHb.
  - by rewrite eval_pol_mul IHa IHb.
Qed.
Lemma constraint_eval ρ e o : eval_nformula ρ (pol e, o) ↔ eval_op1 0 eq Z.le Z.lt o (ev ρ e).
Proof. rewrite -pol_eval. done. Qed.
Lemma constraints_sound ρ f : evf ρ f → Forall (eval_nformula ρ) (constraints f).
Proof.
  induction f; cbn [constraints]; intros Hf;
    repeat (apply Forall_cons_2; [apply constraint_eval; simpl in *; unfold in_int_range in *; lia|]);
    try apply Forall_nil_2.
  destruct Hf. apply Forall_app. auto.
Qed.
Lemma all_constraints_sound ρ F : Forall (evf ρ) F → Forall (eval_nformula ρ) (flat_map constraints F).
Proof.
  induction 1; simpl; [constructor|]. apply Forall_app. split; [by apply constraints_sound|done].
Qed.
Lemma zchecker_sound ρ hs w : ZChecker hs w = true → ¬ Forall (eval_nformula ρ) hs.
Proof.
  intros Hw Hhs. pose proof (ZChecker_sound w hs Hw ρ) as H. clear Hw.
  induction Hhs; simpl in H; auto.
Qed.

(** ** Equality *)
Lemma exp_eqb_sound ρ a c : exp_eqb a c = true → ev ρ a = ev ρ c.
Proof.
  rewrite /exp_eqb. intros H. pose proof (pol_eval ρ (ESub a c)) as He.
  destruct (pol (ESub a c)) as [[]| |]; try done.
  change (eval_pol ρ (Pc 0)) with 0 in He. simpl in He. lia.
Qed.
Lemma int_type_eqb_sound t u : int_type_eqb t u = true → t = u.
Proof. apply bool_decide_eq_true_1. Qed.
Lemma fml_eqb_sound ρ f g : fml_eqb f g = true → evf ρ f ↔ evf ρ g.
Proof.
  revert g. induction f; intros g; destruct g; simpl; try done; intros [H1 H2]%andb_true_iff;
    try (rewrite ?(exp_eqb_sound ρ _ _ H1) ?(exp_eqb_sound ρ _ _ H2) ?(int_type_eqb_sound _ _ H1) //).
  - by rewrite (IHf1 _ H1) (IHf2 _ H2).
  - by rewrite (IHf1 _ H1) (IHf2 _ H2).
Qed.
Lemma holds_sound ρ F f : holds F f = true → Forall (evf ρ) F → evf ρ f.
Proof.
  rewrite /holds. intros [(g & Hg & Heq)%existsb_elem|H]%orb_true_iff HF.
  { rewrite Forall_forall in HF. apply (fml_eqb_sound ρ _ _ Heq). by apply HF. }
  destruct f; try done; simpl.
  - by apply exp_eqb_sound.
  - pose proof (pol_eval ρ (ESub a b)) as He. destruct (pol (ESub a b)) as [[]| |]; try done.
    + change (eval_pol ρ (Pc (Z.pos p))) with (Z.pos p) in He. simpl in He. lia.
    + change (eval_pol ρ (Pc (Z.neg p))) with (Z.neg p) in He. simpl in He. lia.
Qed.

(** ** Proofs *)
Lemma cases_sound ρ f g h : cases f = Some (g, h) → evf ρ f → evf ρ g ∨ evf ρ h.
Proof.
  revert g h. induction f as [| | |a b| |t a|f1 IH1 f2 IH2|f1 _ f2 _]; simpl; intros g h Hc; try done.
  - injection Hc as <- <-. simpl. lia.
  - injection Hc as <- <-. simpl. unfold in_int_range. lia.
  - destruct (cases f1) as [[c d]|]; [|destruct (cases f2) as [[c d]|]; [|done]]; injection Hc as <- <-; simpl.
    + intros [Hf1 Hf2]. destruct (IH1 c d eq_refl Hf1); tauto.
    + intros [Hf1 Hf2]. destruct (IH2 c d eq_refl Hf2); tauto.
  - by injection Hc as <- <-.
Qed.
Lemma refute_sound ρ F p : refute F p = true → ¬ Forall (evf ρ) F.
Proof.
  revert F. induction p as [w|n p IHp q IHq|f p IHp q IHq]; simpl; intros F Hp HF.
  - eapply zchecker_sound; [done|]. by apply all_constraints_sound.
  - destruct (F !! n) as [f|] eqn:Hf; [|done]. destruct (cases f) as [[g h]|] eqn:Hc; [|done].
    apply andb_true_iff in Hp as [Hp Hq].
    assert (evf ρ f) as Hfρ by by eapply Forall_lookup_1.
    destruct (cases_sound _ _ _ _ Hc Hfρ); [eapply IHp|eapply IHq]; try done; by constructor.
  - apply andb_true_iff in Hp as [Hp Hq]. destruct (decide (evf ρ f)) as [|Hf].
    + eapply IHp; [done|by constructor].
    + apply evf_neg in Hf. eapply IHq; [done|by constructor].
Qed.
Lemma prove_sound ρ F f p : prove F f p = true → Forall (evf ρ) F → evf ρ f.
Proof.
  rewrite /prove. intros [H|H]%orb_true_iff HF; [by eapply holds_sound|].
  destruct (decide (evf ρ f)) as [|Hf]; [done|]. apply evf_neg in Hf.
  destruct (refute_sound ρ _ _ H). by constructor.
Qed.
Lemma unproved_sound ρ n F fs ps : unproved n F fs ps = None → Forall (evf ρ) F → Forall (evf ρ) fs.
Proof.
  intros H HF. revert n ps H. induction fs as [|f fs IH]=> n ps /= H; [constructor|].
  destruct (prove F f _) eqn:Hp; [|done]. constructor; [by eapply prove_sound|by eapply IH].
Qed.

(** ** Instances *)
Definition at_inst ρ (σ : inst) : valuation := λ x, ev ρ (look σ x).
Lemma ev_subst ρ σ e : ev ρ (exp_subst σ e) = ev (at_inst ρ σ) e.
Proof. induction e; simpl; try done; congruence. Qed.
Lemma evf_subst ρ σ f : evf ρ (fml_subst σ f) ↔ evf (at_inst ρ σ) f.
Proof. induction f; simpl; rewrite ?ev_subst; tauto. Qed.
Lemma evfs_subst ρ σ F : Forall (evf ρ) (map (fml_subst σ) F) ↔ Forall (evf (at_inst ρ σ)) F.
Proof.
  induction F as [|f F IH]; simpl; [by split; constructor|].
  split; intros H; inversion H; subst; constructor; try (by apply evf_subst); by apply IH.
Qed.
Lemma ev_ext ρ ρ' e : (∀ x, x ∈ exp_vars e → ρ x = ρ' x) → ev ρ e = ev ρ' e.
Proof.
  induction e; simpl; intros H; try done; try (rewrite IHe1 ?IHe2 //; set_solver).
  apply H. set_solver.
Qed.
Lemma evf_ext ρ ρ' f : (∀ x, x ∈ fml_vars f → ρ x = ρ' x) → evf ρ f ↔ evf ρ' f.
Proof.
  induction f as [a b|a b|a b|a b|t a|t a|f IHf g IHg|f IHf g IHg]; simpl; intros H;
    try (rewrite (ev_ext ρ ρ' a) ?(ev_ext ρ ρ' b) //; set_solver).
  - rewrite IHf ?IHg //; set_solver.
  - rewrite IHf ?IHg //; set_solver.
Qed.
Lemma evfs_ext ρ ρ' F : (∀ x, x ∈ flat_map fml_vars F → ρ x = ρ' x) → Forall (evf ρ) F → Forall (evf ρ') F.
Proof.
  induction F as [|f F IH]; simpl; intros Hx H; [constructor|]. inversion H; subst. constructor.
  - eapply evf_ext; [|done]. intros x Hin. symmetry. apply Hx. set_solver.
  - apply IH; [|done]. intros x Hin. apply Hx. set_solver.
Qed.
Lemma look_notin σ x : x ∉ map fst σ → look σ x = EV x.
Proof.
  induction σ as [|[y e] σ IH]; simpl; [done|]. intros Hx.
  rewrite (proj2 (Pos.eqb_neq _ _)); [apply IH|]; set_solver.
Qed.
