(** * Ghost elements that cannot be halved

In the logic one can only ever _combine_ ownership of ghost state, or split it as
the camera splits. Could there still be some assertion [R] such that [R ∗ R] is
equivalent to [own γ a], although [a] is not a sum of two elements? The rules of
Iris do not say. The model does: an [own γ a] that entails [R1 ∗ R2] cuts the
resource [{γ := a}] into two, and if [a] itself cannot be cut, one of the two
parts is the empty resource. So [R1] or [R2] holds for free.

Key results: [own_indivisible], and [own_no_half]: what is also exclusive is not
[R ∗ R] for any [R]. [excl_no_half] is the instance for the exclusive token. *)
From iris.algebra Require Import cmra excl functions gmap.
From iris.base_logic.lib Require Import iprop own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

(** [a] is not a sum, at any step index. *)
Definition Indivisible {A : cmra} (a : A) : Prop :=
  ∀ n (b1 b2 : A), ¬ (a ≡{n}≡ b1 ⋅ b2).

Lemma excl_indivisible {A : ofe} (x : A) : Indivisible (Excl x).
Proof. intros n [y1|] [y2|] Heq; inversion Heq. Qed.

Section indivisible.
  Context {Σ : gFunctors} {A : cmra} {i : inG Σ A}.
  Implicit Types (γ : gname) (a : A) (x : iResUR Σ).

  (** If the resource [{γ := a}] is cut in two and [a] cannot be cut, one of the
      parts is empty. Iris does not export how [own] is made; the qualified names
      [own.iRes_singleton], [own.inG_fold] and so on are its parts. *)
  Local Lemma iRes_singleton_indivisible γ a n x1 x2 :
    Indivisible a → own.iRes_singleton γ a ≡{n}≡ x1 ⋅ x2 → x1 ≡{n}≡ ε ∨ x2 ≡{n}≡ ε.
  Proof.
    intros Ha Hx.
    (* Elsewhere than at [γ] both are empty. *)
    assert (∀ j γ', (j ≠ inG_id i ∨ γ' ≠ γ) →
              x1 j !! γ' = None ∧ x2 j !! γ' = None) as Hother.
    { intros j γ' Hne. pose proof (Hx j γ') as Hj.
      rewrite discrete_fun_lookup_op lookup_op in Hj.
      assert (own.iRes_singleton γ a j !! γ' = None) as Hnone.
      { rewrite /own.iRes_singleton. destruct (decide (j = inG_id i)) as [->|?].
        - rewrite discrete_fun_lookup_singleton lookup_singleton_ne //.
          intros ?. by destruct Hne.
        - by rewrite discrete_fun_lookup_singleton_ne // lookup_empty. }
      rewrite Hnone in Hj. revert Hj.
      case: (x1 j !! γ')=> [?|]; case: (x2 j !! γ')=> [?|] Hj; by try inversion Hj. }
    assert (∀ x, (∀ j γ', (j ≠ inG_id i ∨ γ' ≠ γ) → x j !! γ' = None) →
              x (inG_id i) !! γ = None → x ≡{n}≡ ε) as Hempty.
    { intros x Hx_other Hx_γ j γ'. rewrite lookup_empty.
      destruct (decide (j = inG_id i)) as [->|?]; [|rewrite Hx_other; by auto].
      destruct (decide (γ' = γ)) as [->|?]; [by rewrite Hx_γ|rewrite Hx_other; by auto]. }
    (* At [γ], two parts would make a sum of [a]. *)
    pose proof (Hx (inG_id i) γ) as Hγ.
    rewrite discrete_fun_lookup_op lookup_op /own.iRes_singleton
      discrete_fun_lookup_singleton in Hγ.
    destruct (x1 (inG_id i) !! γ) as [b1|] eqn:Hb1;
      [|by left; apply Hempty; [intros; by apply Hother|]].
    destruct (x2 (inG_id i) !! γ) as [b2|] eqn:Hb2;
      [|by right; apply Hempty; [intros; by apply Hother|]].
    exfalso.
    set (f := λ b : inG_apply i (iPrePropO Σ),
                cmra_transport (eq_sym inG_prf) (own.inG_fold b)).
    apply (Ha n (f b1) (f b2)).
    assert (∀ c, f (own.inG_unfold (cmra_transport inG_prf c)) ≡ c) as Hf.
    { intros c. rewrite /f own.inG_fold_unfold.
      by rewrite cmra_transport_trans eq_trans_sym_inv_r /=. }
    assert (f (b1 ⋅ b2) ≡ f b1 ⋅ f b2) as <-.
    { by rewrite /f (cmra_morphism_op own.inG_fold) cmra_transport_op. }
    assert (NonExpansive f) as Hf_ne.
    { intros m c1 c2 Hc. rewrite /f. by rewrite Hc. }
    rewrite -{1}(Hf a). apply Hf_ne, (inj Some).
    rewrite Hb1 Hb2 -Some_op in Hγ. rewrite -Hγ.
    assert (∀ y : inG_apply i (iPrePropO Σ), ({[γ := y]} : gmap gname _) !! γ = Some y)
      as Hlookup by (intros y; by simplify_map_eq).
    by rewrite Hlookup.
  Qed.

  Lemma own_indivisible_or γ a (R1 R2 : iProp Σ) :
    ✓ a → Indivisible a → (own γ a ⊢ R1 ∗ R2) → ⊢ R1 ∨ R2.
  Proof.
    intros Hv Ha [HR]. split=> n x Hx _.
    assert (✓{n} own.iRes_singleton γ a) as Hv_res.
    { rewrite /own.iRes_singleton.
      apply discrete_fun_singleton_validN, singleton_validN, own.inG_unfold_validN.
      by apply cmra_transport_validN, cmra_valid_validN. }
    assert (uPred_holds (own γ a) n (own.iRes_singleton γ a)) as Hown.
    { rewrite own.own_eq /own.own_def. uPred.unseal. exists ε. by rewrite right_id. }
    apply HR in Hown; [|done]. revert Hown. uPred.unseal.
    intros (x1 & x2 & Heq & H1 & H2).
    apply (iRes_singleton_indivisible γ a n x1 x2 Ha) in Heq as [Heq|Heq].
    - left. eapply uPred_mono; [exact H1| |done]. rewrite Heq. apply ucmra_unit_leastN.
    - right. eapply uPred_mono; [exact H2| |done]. rewrite Heq. apply ucmra_unit_leastN.
  Qed.

  Lemma own_indivisible γ a (R : iProp Σ) :
    ✓ a → Indivisible a → (own γ a ⊢ R ∗ R) → ⊢ R.
  Proof.
    intros Hv Ha HR. iPoseProof (own_indivisible_or γ a R R Hv Ha HR) as "[$|$]".
  Qed.

  Lemma own_no_half γ a (R : iProp Σ) `{!CmraDiscrete A, !Exclusive a} :
    ✓ a → Indivisible a → ¬ (own γ a ⊣⊢ R ∗ R).
  Proof.
    intros Hv Ha HR. apply (uPred.consistency (M:=iResUR Σ)).
    assert (⊢ R) as HR_free.
    { apply (own_indivisible γ a); [done..|]. by rewrite HR. }
    assert (⊢ own γ a) as Hown. { rewrite HR. iSplitL; iApply HR_free. }
    iPoseProof Hown as "H". iPoseProof Hown as "H'".
    by iDestruct (own_valid_2 with "H H'") as %?%exclusive_l.
  Qed.
End indivisible.

(** The exclusive token has no half. *)
Lemma excl_no_half `{!inG Σ (exclR unitO)} γ (R : iProp Σ) :
  ¬ (own γ (Excl ()) ⊣⊢ R ∗ R).
Proof. apply (own_no_half (A:=exclR unitO)); [apply _..|done|apply excl_indivisible]. Qed.
