(** * Calls: cells that the callee may write to are lent to it

[args_give]: what the arguments of a call point to goes to the callee, and comes back
with the callee's results, or, if it unwinds, with some valid content. The callee's
specification is assumed. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code cells.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** New names *)
Fixpoint upd (ρ ρ' : valuation) (new : list (positive * positive)) : valuation :=
  match new with
  | [] => ρ
  | (y, z) :: new => λ x, if Pos.eqb x z then ρ' y else upd ρ ρ' new x
  end.
Lemma upd_in ρ ρ' new y z : NoDup (map snd new) → (y, z) ∈ new → upd ρ ρ' new z = ρ' y.
Proof.
  induction new as [|[y0 z0] new IH]; simpl; [by intros _ ?%elem_of_nil|].
  intros [Hz Hnd]%NoDup_cons [[= -> ->]|Hin]%elem_of_cons; [by rewrite Pos.eqb_refl|].
  rewrite (proj2 (Pos.eqb_neq _ _)); [by apply IH|]. intros ->. apply Hz.
  clear -Hin. induction new as [|[] new IH]; simpl; [by apply elem_of_nil in Hin|].
  apply elem_of_cons in Hin as [[= -> ->]|?]; [by left|right; auto].
Qed.
Lemma upd_notin ρ ρ' new z : z ∉ map snd new → upd ρ ρ' new z = ρ z.
Proof.
  induction new as [|[y0 z0] new IH]; simpl; [done|]. intros Hz.
  rewrite (proj2 (Pos.eqb_neq _ _)); [apply IH|]; set_solver.
Qed.
Lemma look_new new y :
  y ∈ map fst new → ∃ z, (y, z) ∈ new ∧ ∀ σ, look (new_names new ++ σ) y = EV z.
Proof.
  induction new as [|[y0 z0] new IH]; simpl; [by intros ?%elem_of_nil|].
  intros [->|Hin]%elem_of_cons.
  - exists z0. split; [by left|]. intros σ. by rewrite Pos.eqb_refl.
  - destruct (Pos.eqb_spec y y0) as [->|]; [exists z0; split; [by left|done]|].
    destruct (IH Hin) as (z & ? & ?). exists z. split; [by right|done].
Qed.
Lemma look_old new y σ : y ∉ map fst new → look (new_names new ++ σ) y = look σ y.
Proof.
  induction new as [|[y0 z0] new IH]; simpl; [done|]. intros Hy.
  rewrite (proj2 (Pos.eqb_neq _ _)); [apply IH|]; set_solver.
Qed.

Local Set Default Proof Using "All".
Section call.
  Context `{!lrustGS Σ}.
  Context (p : program) (b : body) (s : sig) (A : list loc) (Q : nat → Qp).
  Context (HQ : ∀ k : nat, writable p b s k = true → Q k = 1%Qp).
  Implicit Types (ρ : valuation) (Γ : list sym).

  (** ** All cells but those that are lent *)
  Definition own_ex ρ Γ (lent : list nat) : iProp Σ :=
    [∗ list] k↦l;s ∈ A;Γ, if decide (k ∈ lent) then True else cell_own ρ A (Q k) l s.
  Lemma ex_none ρ Γ : own_ex ρ Γ [] ⊣⊢ own ρ A Q Γ.
  Proof. done. Qed.
  Lemma ex_take ρ Γ lent k l s1 :
    k ∉ lent → A !! k = Some l → Γ !! k = Some s1 →
    own_ex ρ Γ lent -∗ cell_own ρ A (Q k) l s1 ∗ own_ex ρ Γ (k :: lent).
  Proof.
    iIntros (Hk Hl Hs) "H".
    iDestruct (big_set _ (λ j l s, if decide (j ∈ k :: lent) then True else cell_own ρ A (Q j) l s)%I
      _ _ _ _ _ s1 with "H") as "[Hk H]"; [done|done| |].
    { intros j l' s' Hj. destruct (decide (j ∈ k :: lent)) as [|Hn]; [by auto|].
      rewrite decide_False; [done|set_solver]. }
    rewrite decide_False //. iFrame "Hk".
    iSpecialize ("H" with "[]"); [by rewrite decide_True; [|left]|]. rewrite insert_same //.
  Qed.
  Lemma ex_put ρ Γ lent k l s1 :
    k ∉ lent → A !! k = Some l → Γ !! k = Some s1 →
    cell_own ρ A (Q k) l s1 -∗ own_ex ρ Γ (k :: lent) -∗ own_ex ρ Γ lent.
  Proof.
    iIntros (Hk Hl Hs) "Hk H".
    iDestruct (big_set _ (λ j l s, if decide (j ∈ lent) then True else cell_own ρ A (Q j) l s)%I
      _ _ _ _ _ s1 with "H") as "[_ H]"; [done|done| |].
    { intros j l' s' Hj. destruct (decide (j ∈ lent)) as [|Hn]; [by auto|].
      rewrite decide_False; [done|set_solver]. }
    iSpecialize ("H" with "[Hk]"); [by rewrite decide_False|]. rewrite insert_same //.
  Qed.
  Lemma ex_change ρ ρ2 Γ Γ2 lent :
    length Γ = length Γ2 →
    (∀ k s1 s2 v, k ∉ lent → Γ !! k = Some s1 → Γ2 !! k = Some s2 → sat ρ A s1 v → sat ρ2 A s2 v) →
    own_ex ρ Γ lent -∗ own_ex ρ2 Γ2 lent.
  Proof.
    intros Hlen Himpl. apply big_change; [done|]. intros k l s1 s2 H1 H2. iIntros "H".
    case_decide; [done|]. iDestruct "H" as (v) "[Hv %Hsat]". iExists v. iFrame. iPureIntro. by eapply Himpl.
  Qed.

  (** ** Arguments *)
  Context (E : env) (σ τ : inst).
  Lemma lent_false c lent : existsb (Nat.eqb c) lent = false → c ∉ lent.
  Proof.
    intros H Hin. assert (existsb (Nat.eqb c) lent = true); [|congruence].
    eapply existsb_elem_2; [done|]. apply Nat.eqb_refl.
  Qed.
  Lemma args_lent Γ Γu lent ps os Γ1 Γu1 k :
    check_args p b s σ τ E Γ Γu lent ps os = Ok (Γ1, Γu1) → k ∈ lent →
    Γ1 !! k = Γ !! k ∧ Γu1 !! k = Γu !! k.
  Proof.
    revert Γ Γu lent os. induction ps as [|q ps IH]=> Γ Γu lent [|o os] //=.
    { by intros [= -> ->]. }
    destruct (eval_operand p b E o) as [v|]; [|done]. destruct q as [kd x|kd x y|kd x].
    - destruct (sym_is _ _ _ _); [|done]. apply IH.
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _) eqn:Hc; [done|]. apply lent_false in Hc.
      destruct (writable p b s c); [|done]. intros H Hk.
      destruct (IH _ _ _ _ H) as [-> ->]; [by right|].
      rewrite !insert_other_lookup //; by intros ->.
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _) eqn:Hc; [done|]. apply lent_false in Hc.
      intros H Hk. destruct (IH _ _ _ _ H) as [-> ->]; [by right|].
      rewrite insert_other_lookup //; by intros ->.
  Qed.
  Lemma args_length Γ Γu lent ps os Γ1 Γu1 :
    check_args p b s σ τ E Γ Γu lent ps os = Ok (Γ1, Γu1) → length Γ1 = length Γ ∧ length Γu1 = length Γu.
  Proof.
    revert Γ Γu lent os. induction ps as [|q ps IH]=> Γ Γu lent [|o os] //=.
    { by intros [= -> ->]. }
    destruct (eval_operand p b E o) as [v|]; [|done]. destruct q as [kd x|kd x y|kd x].
    - destruct (sym_is _ _ _ _); [|done]. apply IH.
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _); [done|].
      destruct (writable p b s c); [|done]. intros [-> ->]%IH. by rewrite !insert_keeps_length.
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _); [done|].
      intros [-> ->]%IH. by rewrite insert_keeps_length.
  Qed.
  Lemma args_operands Γ Γu lent ps os r :
    check_args p b s σ τ E Γ Γu lent ps os = Ok r → Forall (λ o, ∃ v, eval_operand p b E o = Ok v) os.
  Proof.
    revert Γ Γu lent os. induction ps as [|q ps IH]=> Γ Γu lent [|o os] //=.
    destruct (eval_operand p b E o) as [v|] eqn:Ho; [|done]. destruct q as [kd x|kd x y|kd x].
    - destruct (sym_is _ _ _ _); [|done]. intros H%IH. constructor; [by eexists|done].
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _); [done|].
      destruct (writable p b s c); [|done]. intros H%IH. constructor; [by eexists|done].
    - destruct v as [| | | |c|]; try done. destruct (get _ NoPlace) as [w|]; [|done].
      destruct (sym_is _ _ _ _); [|done]. destruct (existsb _ _); [done|].
      intros H%IH. constructor; [by eexists|done].
  Qed.
  Lemma vars_at Γ k s1 x : Γ !! k = Some s1 → x ∈ sym_vars s1 → x ∈ flat_map sym_vars Γ.
  Proof using Type.
    intros H Hx. revert k H. induction Γ as [|s0 Γ IH]=> -[|k] H; simpl in *; simplify_eq.
    - apply elem_of_app. by left.
    - apply elem_of_app. right. by eapply IH.
  Qed.

  (** [args]: the operands' values, each with the fraction of the cell that is lent. *)
  Lemma args_give ρ Γ Γu lent ps os Γ1 Γu1 ws :
    check_args p b s σ τ E Γ Γu lent ps os = Ok (Γ1, Γu1) →
    Forall2 (λ o w, ∃ v, eval_operand p b E o = Ok v ∧ sat ρ A v w) os ws →
    Forall (evf ρ) (facts E) →
    length Γ = length (cells E) → length Γu = length (cells E) →
    (∀ k, k ∉ lent → Γ !! k = cells E !! k ∧ Γu !! k = cells E !! k) →
    own_ex ρ (cells E) lent -∗ ∃ args, ⌜map fst args = ws⌝ ∗
    ([∗ list] q;a ∈ ps;args, arg_own (at_inst ρ σ) q a) ∗
    ((∀ ρ2 ρ', ⌜∀ x, x ∈ flat_map sym_vars (cells E) → ρ x = ρ2 x⌝ -∗
        ⌜∀ k x y, PMut k x y ∈ ps → ev ρ2 (look τ y) = ρ' y⌝ -∗
        ⌜∀ k x, PShr k x ∈ ps → ρ' x = at_inst ρ σ x⌝ -∗
        ([∗ list] q;a ∈ ps;args, arg_back ρ' q a) -∗ own_ex ρ2 Γ1 lent)
     ∧ (([∗ list] q;a ∈ ps;args, arg_lost q a) -∗ own_ex ρ Γu1 lent)).
  Proof.
    intros Hargs Hos HF. revert Γ Γu lent os ws Hargs Hos.
    induction ps as [|q ps IH]=> Γ Γu lent os ws Hargs Hos HΓ HΓu Hsame; iIntros "H".
    { destruct os; [|done]. simpl in Hargs. simplify_eq. inversion Hos; simplify_eq. iExists [].
      iSplit; [done|]. iSplit; [done|]. iSplit.
      - iIntros (ρ2 ρ' Hvars _ _) "_". iApply (ex_change with "H"); [done|].
        intros k s1 s2 v Hk H1 H2. destruct (Hsame k Hk) as [Hs _]. rewrite Hs H1 in H2. injection H2 as <-.
        apply sat_ext. intros x Hx. apply Hvars. by eapply vars_at.
      - iIntros "_". iApply (ex_change with "H"); [done|].
        intros k s1 s2 v Hk H1 H2. destruct (Hsame k Hk) as [_ Hs]. rewrite Hs H1 in H2. by injection H2 as <-. }
    destruct os as [|o os]; [done|]. inversion Hos as [|? w ? ws' (v & Ho & Hv) Hos']; simplify_eq.
    simpl in Hargs. rewrite Ho in Hargs. destruct q as [kd x|kd x y|kd x].
    - destruct (sym_is (facts E) v kd (look σ x)) eqn:Hsym; [|done].
      destruct (sym_is_sound ρ A _ _ _ _ _ HF Hsym Hv) as [-> Hok].
      iDestruct (IH _ _ _ _ _ Hargs Hos' with "H") as (args <-) "[Hargs H]"; [done..|]. iExists ((_, 1%Qp) :: args).
      iSplit; [done|]. simpl. iSplitL "Hargs".
      + iFrame. iPureIntro. by split.
      + iSplit.
        * iDestruct "H" as "[H _]". iIntros (ρ2 ρ' Hvars Hnew Hold) "[_ Hb]". iApply ("H" with "[//] [] [] Hb").
          { iPureIntro. intros. eapply Hnew. by right. }
          { iPureIntro. intros. eapply Hold. by right. }
        * iDestruct "H" as "[_ H]". iIntros "[_ Hb]". by iApply "H".
    - destruct v as [| | | |c|]; try done. destruct (get (cells E !! c) NoPlace) as [s1|] eqn:Hs1; [|done].
      apply get_ok in Hs1. destruct (sym_is (facts E) s1 kd (look σ x)) eqn:Hsym; [|done].
      destruct (existsb (Nat.eqb c) lent) eqn:Hc; [done|]. apply lent_false in Hc.
      destruct (writable p b s c) eqn:Hw; [|done]. destruct Hv as (l & Hl & ->).
      iDestruct (ex_take with "H") as "[(%v & Hv & %Hsat) H]"; [done..|]. rewrite HQ //.
      destruct (sym_is_sound ρ A _ _ _ _ _ HF Hsym Hsat) as [-> Hok].
      assert (c < length (cells E))%nat as Hlt by by eapply lookup_lt_Some.
      iDestruct (IH _ _ _ _ _ Hargs Hos' with "H") as (args <-) "[Hargs H]"; [by rewrite insert_keeps_length..| |].
      { intros j Hj. rewrite !insert_other_lookup; [apply Hsame|..]; set_solver. }
      destruct (args_lent _ _ (c :: lent) _ _ _ _ c Hargs) as [H1 H2]; [by left|].
      rewrite insert_same_lookup in H1; [|lia]. rewrite insert_same_lookup in H2; [|lia].
      iExists ((_, 1%Qp) :: args). iSplit; [done|]. simpl. iSplitL "Hargs Hv".
      + iSplitL "Hv"; [iExists l; iFrame "Hv"; iPureIntro; by split|iExact "Hargs"].
      + iSplit.
        * iDestruct "H" as "[H _]". iIntros (ρ2 ρ' Hvars Hnew Hold) "[Hl Hb]".
          iDestruct "Hl" as (l') "[[%Heq %Hr'] Hl]". simplify_eq.
          iDestruct ("H" with "[//] [] [] Hb") as "H".
          { iPureIntro. intros. eapply Hnew. by right. }
          { iPureIntro. intros. eapply Hold. by right. }
          iApply (ex_put with "[Hl] H"); [done..|]. rewrite HQ //. iExists _. iFrame. iPureIntro.
          apply sym_of_sat. rewrite (Hnew kd x y) //. by left.
        * iDestruct "H" as "[_ H]". iIntros "[Hl Hb]".
          iDestruct "Hl" as (ρ3 l') "[[%Heq %Hr'] Hl]". simplify_eq.
          iDestruct ("H" with "Hb") as "H".
          iApply (ex_put with "[Hl] H"); [done..|]. rewrite HQ //. iExists _. iFrame. iPureIntro.
          by exists (ρ3 x).
    - destruct v as [| | | |c|]; try done. destruct (get (cells E !! c) NoPlace) as [s1|] eqn:Hs1; [|done].
      apply get_ok in Hs1. destruct (sym_is (facts E) s1 kd (look σ x)) eqn:Hsym; [|done].
      destruct (existsb (Nat.eqb c) lent) eqn:Hc; [done|]. apply lent_false in Hc. destruct Hv as (l & Hl & ->).
      iDestruct (ex_take with "H") as "[(%v & Hv & %Hsat) H]"; [done..|].
      destruct (sym_is_sound ρ A _ _ _ _ _ HF Hsym Hsat) as [-> Hok].
      assert (c < length (cells E))%nat as Hlt by by eapply lookup_lt_Some.
      iDestruct (IH _ _ _ _ _ Hargs Hos' with "H") as (args <-) "[Hargs H]"; [done|by rewrite insert_keeps_length| |].
      { intros j Hj. rewrite insert_other_lookup; [apply Hsame|]; set_solver. }
      destruct (args_lent _ _ (c :: lent) _ _ _ _ c Hargs) as [H1 H2]; [by left|].
      rewrite (proj1 (Hsame c Hc)) Hs1 in H1. rewrite insert_same_lookup in H2; [|lia].
      iExists ((_, Q c) :: args). iSplit; [done|]. simpl. iSplitL "Hargs Hv".
      + iSplitL "Hv"; [iExists l; iFrame "Hv"; iPureIntro; by split|iExact "Hargs"].
      + iSplit.
        * iDestruct "H" as "[H _]". iIntros (ρ2 ρ' Hvars Hnew Hold) "[Hl Hb]".
          iDestruct "Hl" as (l') "[[%Heq %Hr'] Hl]". simplify_eq.
          iDestruct ("H" with "[//] [] [] Hb") as "H".
          { iPureIntro. intros. eapply Hnew. by right. }
          { iPureIntro. intros. eapply Hold. by right. }
          iApply (ex_put with "[Hl] H"); [done..|]. iExists _. iFrame "Hl". iPureIntro.
          rewrite (Hold kd x); [|by left]. apply (sat_ext ρ); [|exact Hsat].
          intros z Hz. apply Hvars. by eapply vars_at.
        * iDestruct "H" as "[_ H]". iIntros "[Hl Hb]".
          iDestruct "Hl" as (ρ3 l') "[[%Heq %Hr'] Hl]". simplify_eq.
          iDestruct ("H" with "Hb") as "H".
          iApply (ex_put with "[Hl] H"); [done..|]. iExists _. iFrame. iPureIntro.
          by exists (ρ3 x).
  Qed.
End call.
