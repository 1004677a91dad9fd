(** * Cells and what is known of them; places and operands

[own ρ A Q Γ]: each cell of [A] is owned, the [k]th with fraction [Q k], and holds what
[Γ] says of it for the values [ρ] of the variables. That the places and operands which
the checker follows are addresses and contents of these cells is in [stmt_sound.v]. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code.
From tally.prelude Require Import options.
Local Open Scope Z_scope.
Local Open Scope loc_scope.

(** ** Lists, as each prover has them *)
Section lists.
  Context {A : Type}.
  Implicit Types l : list A.
  Lemma insert_same_lookup l k x : (k < length l)%nat → <[k:=x]> l !! k = Some x.
  Proof. revert k. induction l as [|y l IH]=> -[|k] /= Hk; [lia..|done|]. apply IH. lia. Qed.
  Lemma insert_other_lookup l k j x : k ≠ j → <[k:=x]> l !! j = l !! j.
  Proof. revert k j. induction l as [|y l IH]=> -[|k] [|j] /= Hk; try done. apply IH. lia. Qed.
  Lemma insert_keeps_length l k x : length (<[k:=x]> l) = length l.
  Proof. revert k. induction l as [|y l IH]=> -[|k] //=. by rewrite IH. Qed.
  Lemma insert_same l k x : l !! k = Some x → <[k:=x]> l = l.
  Proof. revert k. induction l as [|y l IH]=> -[|k] //= Hk; [by simplify_eq|]. by rewrite IH. Qed.
  Lemma take_first l l' n : n = length l → take n (l ++ l') = l.
  Proof. intros ->. induction l as [|y l IH]; simpl; [by destruct l'|]. by rewrite IH. Qed.
  Lemma drop_first l l' n : n = length l → drop n (l ++ l') = l'.
  Proof. intros ->. by induction l. Qed.
  Lemma map_keeps_length {B} (f : A → B) l : length (map f l) = length l.
  Proof. induction l; simpl; congruence. Qed.
End lists.

Lemma get_ok {A} (o : option A) c x : get o c = Ok x → o = Some x.
Proof. destruct o; simpl; congruence. Qed.
Lemma demand_ok (t : bool) c u : demand t c = Ok u → t = true.
Proof. by destruct t. Qed.
Lemma located_ok {A} a (r : res code A) x : located a r = Ok x → r = Ok x.
Proof. destruct r; simpl; congruence. Qed.

Section cells.
  Context `{!lrustGS Σ}.
  Implicit Types (ρ : valuation) (A : list loc) (Q : nat → Qp) (Γ : list sym) (l : loc).

  Definition sat ρ A (s : sym) (v : val) : Prop :=
    match s with
    | SAny => True
    | SInt t e => v = LitV (LitInt (ev ρ e)) ∧ in_int_range t (ev ρ e)
    | SBool f => v = LitV (lit_of_bool (bool_decide (evf ρ f)))
    | SWrap t e => v = LitV (LitInt (int_wrap t (ev ρ e)))
    | SPtr k => ∃ l, A !! k = Some l ∧ v = LitV (LitLoc l)
    | SSome k => ∃ z, kind_ok k z ∧ v = kind_val k z
    end.
  Definition cell_own ρ A (q : Qp) l (s : sym) : iProp Σ := ∃ v, l ↦{q} v ∗ ⌜sat ρ A s v⌝.
  Definition own ρ A Q Γ : iProp Σ := [∗ list] k↦l;s ∈ A;Γ, cell_own ρ A (Q k) l s.

  Lemma own_get ρ A Q Γ k l s :
    A !! k = Some l → Γ !! k = Some s →
    own ρ A Q Γ -∗ ∃ v, l ↦{Q k} v ∗ ⌜sat ρ A s v⌝ ∗ (l ↦{Q k} v -∗ own ρ A Q Γ).
  Proof.
    iIntros (Hl Hs) "H". iDestruct (big_sepL2_lookup_acc with "H") as "[(%v & Hv & %Hsat) H]"; [done..|].
    iExists v. iFrame. iSplit; [done|]. iIntros "Hv". iApply "H". iExists v. by iFrame.
  Qed.
  Lemma own_length ρ A Q Γ : own ρ A Q Γ -∗ ⌜length A = length Γ⌝.
  Proof. iIntros "H". iApply (big_sepL2_length with "H"). Qed.
  Lemma big_set (P P' : nat → loc → sym → iProp Σ) A Γ k l s s' :
    A !! k = Some l → Γ !! k = Some s →
    (∀ j l s, j ≠ k → P j l s ⊢ P' j l s) →
    ([∗ list] j↦l;s ∈ A;Γ, P j l s) -∗
    P k l s ∗ (P' k l s' -∗ [∗ list] j↦l;s ∈ A;<[k:=s']> Γ, P' j l s).
  Proof.
    revert P P' A Γ. induction k as [|k IH]; intros P P' [|l0 A] [|s0 Γ] Hl Hs HP; try done.
    - simpl in *. simplify_eq. iIntros "[$ H] $".
      iApply (big_sepL2_impl with "H"). iIntros "!>" (j ????) "H". by iApply HP.
    - simpl in *. iIntros "[H0 H]".
      iDestruct (IH (λ j, P (S j)) (λ j, P' (S j)) with "H") as "[$ H]"; [done..| |].
      { intros j ???. apply HP. lia. }
      iIntros "Hk". iSplitL "H0"; [|by iApply "H"]. by iApply HP.
  Qed.
  Lemma own_set ρ A Q Γ k l s s' :
    A !! k = Some l → Γ !! k = Some s →
    own ρ A Q Γ -∗ ∃ v, l ↦{Q k} v ∗
      (∀ v', l ↦{Q k} v' -∗ ⌜sat ρ A s' v'⌝ -∗ own ρ A Q (<[k:=s']> Γ)).
  Proof.
    iIntros (Hl Hs) "H".
    iDestruct (big_set _ (λ k l s, cell_own ρ A (Q k) l s) _ _ _ _ _ s' with "H") as "[(%v & Hv & _) H]"; [done..|].
    iExists v. iFrame "Hv". iIntros (v') "Hv %Hsat". iApply "H". iExists v'. by iFrame.
  Qed.
  Lemma own_lookup ρ A Q Γ k s : Γ !! k = Some s → own ρ A Q Γ -∗ ⌜is_Some (A !! k)⌝.
  Proof.
    iIntros (Hs) "H". iDestruct (own_length with "H") as %Hlen. iPureIntro.
    apply lookup_lt_is_Some. rewrite Hlen. by eapply lookup_lt_Some.
  Qed.
  Lemma big_change (P P' : nat → loc → sym → iProp Σ) A Γ Γ2 :
    length Γ = length Γ2 →
    (∀ k l s1 s2, Γ !! k = Some s1 → Γ2 !! k = Some s2 → P k l s1 -∗ P' k l s2) →
    ([∗ list] k↦l;s ∈ A;Γ, P k l s) -∗ [∗ list] k↦l;s ∈ A;Γ2, P' k l s.
  Proof.
    revert P P' A Γ2. induction Γ as [|s1 Γ IH]; intros P P' A Γ2 Hlen HP; destruct Γ2 as [|s2 Γ2]; try done.
    { destruct A; simpl; by auto. }
    destruct A as [|l A]; simpl; [by auto|]. iIntros "[H1 H]". iSplitL "H1".
    { iApply (HP 0%nat l s1 s2 eq_refl eq_refl with "H1"). }
    iApply (IH (λ k, P (S k)) (λ k, P' (S k)) with "H"); [by simpl in Hlen; lia|].
    intros k. apply (HP (S k)).
  Qed.
  Lemma own_weaken ρ ρ' A Q Γ Γ' :
    length Γ = length Γ' →
    (∀ k s s' v, Γ !! k = Some s → Γ' !! k = Some s' → sat ρ A s v → sat ρ' A s' v) →
    own ρ A Q Γ -∗ own ρ' A Q Γ'.
  Proof.
    intros Hlen Hsat. apply big_change; [done|]. intros k l s1 s2 H1 H2. iIntros "(%v & Hv & %Hv)".
    iExists v. iFrame. iPureIntro. by eapply Hsat.
  Qed.
  Lemma own_ranges ρ A Q Γ : own ρ A Q Γ -∗ ⌜Forall (evf ρ) (ranges Γ)⌝.
  Proof.
    assert (∀ A', ([∗ list] k↦l;s ∈ A';Γ, cell_own ρ A (Q k) l s) -∗ ⌜Forall (evf ρ) (ranges Γ)⌝) as H; [|apply H].
    iIntros (A') "H". iInduction Γ as [|s Γ] "IH" forall (A' Q); simpl; [by auto|].
    destruct A' as [|l A']; simpl; [done|]. iDestruct "H" as "[(%v & Hv & %Hs) H]".
    iDestruct ("IH" $! A' (λ k, Q (S k)) with "H") as %HΓ. iPureIntro. apply Forall_app. split; [|done].
    destruct s; constructor; [|done]. by destruct Hs.
  Qed.
  Lemma known_sound ρ A Q E :
    Forall (evf ρ) (facts E) → own ρ A Q (cells E) -∗ ⌜Forall (evf ρ) (known E)⌝.
  Proof. iIntros (HF) "H". iDestruct (own_ranges with "H") as %HR. iPureIntro. by apply Forall_app. Qed.
  Lemma sat_ext ρ ρ' A s v : (∀ x, x ∈ sym_vars s → ρ x = ρ' x) → sat ρ A s v → sat ρ' A s v.
  Proof.
    destruct s as [|t e|f|t e|k|k]; simpl; intros H; try done.
    - by rewrite (ev_ext ρ ρ').
    - intros ->. do 2 f_equal. apply bool_decide_ext. by apply evf_ext.
    - by rewrite (ev_ext ρ ρ').
  Qed.
  Lemma own_ext ρ ρ' A Q Γ :
    (∀ x, x ∈ flat_map sym_vars Γ → ρ x = ρ' x) → own ρ A Q Γ -∗ own ρ' A Q Γ.
  Proof.
    intros H. apply own_weaken; [done|]. intros k s s' v Hk Hk'. rewrite Hk in Hk'. injection Hk' as <-.
    apply sat_ext. intros x Hx. apply H. clear -Hx Hk. revert k Hk.
    induction Γ as [|s0 Γ IH]=> -[|k] Hk; simpl in *; simplify_eq; [set_solver|].
    apply elem_of_app. right. by eapply IH.
  Qed.

  (** ** What states say of each other *)
  Lemma settle_sound ρ A F s s' v :
    Forall (evf ρ) F → settle F s = Some s' → sat ρ A s v → sat ρ A s' v.
  Proof.
    intros HF Hs Hsat. destruct s as [|t e|f|t e|k|k]; simpl in Hs; simplify_eq; try done.
    destruct (holds F (FIn t e)) eqn:Hin; simplify_eq. apply (holds_sound ρ) in Hin; [|done]. simpl in *.
    split; [|done]. by rewrite int_wrap_id in Hsat.
  Qed.
  Lemma same_bool_sound ρ F f g : Forall (evf ρ) F → same_bool F f g = true → evf ρ f ↔ evf ρ g.
  Proof.
    intros HF [[H|[H1 H2]%andb_true_iff]%orb_true_iff|[H1 H2]%andb_true_iff]%orb_true_iff.
    - by apply fml_eqb_sound.
    - apply (holds_sound ρ) in H1, H2; done.
    - apply (holds_sound ρ) in H1, H2; [|done..]. rewrite !evf_neg in H1, H2. done.
  Qed.
  Lemma sym_is_sound ρ A F s k e v :
    Forall (evf ρ) F → sym_is F s k e = true → sat ρ A s v → v = kind_val k (ev ρ e) ∧ kind_ok k (ev ρ e).
  Proof.
    rewrite /sym_is. intros HF H Hsat. destruct (settle F s) as [s'|] eqn:Hs; [|done].
    apply (settle_sound _ A _ _ _ v HF Hs) in Hsat. destruct s' as [|t e'|f|t e'|c|k']; try done.
    - destruct k as [u|]; [|done]. apply andb_true_iff in H as [<-%int_type_eqb_sound He].
      rewrite -(exp_eqb_sound ρ _ _ He). done.
    - destruct k as [u|]; [done|]. split; [|done]. simpl in Hsat. rewrite Hsat /=. do 2 f_equal.
      apply bool_decide_ext. by rewrite (same_bool_sound ρ F f) //.
  Qed.
  Lemma sym_of_sat ρ A k e v :
    v = kind_val k (ev ρ e) ∧ kind_ok k (ev ρ e) → sat ρ A (sym_of k e) v.
  Proof. intros [-> Hok]. by destruct k. Qed.
  Lemma kind_eqb_sound k1 k2 : kind_eqb k1 k2 = true → k1 = k2.
  Proof. destruct k1, k2; simpl; try done. by intros ->%int_type_eqb_sound. Qed.
  Lemma has_kind_sound ρ A s k v :
    has_kind s k = true → sat ρ A s v → ∃ z, kind_ok k z ∧ v = kind_val k z.
  Proof.
    destruct s as [|t e|f|t e|c|k']; cbn [has_kind sat]; try done.
    - intros <-%kind_eqb_sound [-> Hr]. by exists (ev ρ e).
    - intros Hk. destruct k; [done|]. intros ->. exists (Z.b2z (bool_decide (evf ρ f))). split; [done|].
      by destruct (bool_decide (evf ρ f)).
    - intros <-%kind_eqb_sound ->. exists (int_wrap t (ev ρ e)). split; [|done]. apply int_wrap_in_range.
    - intros <-%kind_eqb_sound H. done.
  Qed.
  Lemma sym_to_sound ρ A F σ s s' v :
    Forall (evf ρ) F → sym_to F σ s s' = true → sat ρ A s v → sat (at_inst ρ σ) A s' v.
  Proof.
    intros HF. destruct s' as [|t e|f|t e|c|k]; cbn [sym_to]; intros H Hsat.
    - done.
    - eapply (sym_is_sound ρ A _ _ _ _ v) in H as [-> Hr]; [|done..]. simpl in *. by rewrite ev_subst in Hr |- *.
    - destruct (settle F s) as [[| |g| | |]|] eqn:Hs; try done.
      apply (settle_sound _ A _ _ _ v HF Hs) in Hsat as ->. simpl. do 2 f_equal. apply bool_decide_ext.
      by rewrite (same_bool_sound ρ F g) // evf_subst.
    - destruct s; try done. apply andb_true_iff in H as [->%int_type_eqb_sound He]. simpl in *.
      by rewrite Hsat (exp_eqb_sound ρ _ _ He) ev_subst.
    - destruct s; try done. apply Nat.eqb_eq in H as ->. done.
    - by eapply has_kind_sound.
  Qed.
  Lemma syms_to_sound ρ A Q F σ Γ Γ' :
    Forall (evf ρ) F → syms_to F σ Γ Γ' = true → own ρ A Q Γ -∗ own (at_inst ρ σ) A Q Γ'.
  Proof.
    intros HF Hto. apply own_weaken.
    - revert Γ' Hto. induction Γ as [|s Γ IH]=> -[|s' Γ'] //= /andb_true_iff [_ H]. f_equal. by apply IH.
    - intros k s s' v Hk Hk'. eapply sym_to_sound; [done|]. revert k Γ' Hto Hk Hk'. induction Γ as [|s0 Γ IH]; [done|].
      intros [|k] [|s0' Γ'] Hto; try done; simpl in Hto |- *; apply andb_true_iff in Hto as [H1 H2].
      + intros. by simplify_eq.
      + intros. by eapply IH.
  Qed.
End cells.
