(** * Which resources at a ghost name satisfy an assertion

For proofs about what the logic can _not_ express it is of use to look at the model:
[trace γ P n o] says that [P] holds, at step index [n], of the resource that has [o]
at the ghost name [γ] and nothing elsewhere. Separating conjunction of assertions is
then composition of elements of the camera:

- [trace_sep]: [P ∗ Q] holds of [o] iff [o] is a sum of parts of which [P] and [Q]
  hold;
- [trace_own]: [own γ a] holds of what includes [a];
- [trace_entails]: an entailment is an inclusion on what is valid;
- [trace_None]: what holds of nothing is true.

Used in [indivisible.v], where an element that is no sum has no halves, and in
[theories/refuted/rc_dealloc.v]. Iris does not export how [own] is made; the qualified
names [own.iRes_singleton], [own.inG_fold] and so on are its parts. *)
From iris.algebra Require Import cmra functions gmap.
From iris.base_logic.lib Require Import iprop own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

Section trace.
  Context {Σ : gFunctors} {A : cmra} {i : inG Σ A}.
  Implicit Types (γ : gname) (a : A) (o : option A) (x : iResUR Σ) (P Q : iProp Σ).

  (** [o] at [γ], and nothing elsewhere. *)
  Local Definition resource γ o : iResUR Σ :=
    match o with Some a => own.iRes_singleton γ a | None => ε end.

  Definition trace γ P (n : nat) o : Prop := uPred_holds P n (resource γ o).

  Local Instance resource_ne γ : NonExpansive (resource γ).
  Proof.
    intros n o1 o2 Ho. inversion Ho as [a1 a2 Ha|]; subst; simpl; [|done].
    by apply own.iRes_singleton_ne.
  Qed.
  Local Lemma resource_op γ o1 o2 : resource γ (o1 ⋅ o2) ≡ resource γ o1 ⋅ resource γ o2.
  Proof.
    destruct o1 as [a1|], o2 as [a2|]; simpl.
    - apply own.iRes_singleton_op.
    - by rewrite right_id.
    - by rewrite left_id.
    - by rewrite left_id.
  Qed.
  Local Lemma resource_validN γ n o : ✓{n} o → ✓{n} resource γ o.
  Proof.
    destruct o as [a|]; [|intros _; apply ucmra_unit_validN]. intros Ha.
    rewrite /= /own.iRes_singleton.
    apply discrete_fun_singleton_validN, singleton_validN, own.inG_unfold_validN.
    by apply cmra_transport_validN.
  Qed.

  (** The element of [A] in the cell of a resource. *)
  Local Definition cell_elem (b : inG_apply i (iPrePropO Σ)) : A :=
    cmra_transport (eq_sym inG_prf) (own.inG_fold b).
  Local Instance cell_elem_ne : NonExpansive cell_elem.
  Proof. intros m b1 b2 Hb. rewrite /cell_elem. by rewrite Hb. Qed.
  Local Lemma cell_elem_op b1 b2 : cell_elem (b1 ⋅ b2) ≡ cell_elem b1 ⋅ cell_elem b2.
  Proof. by rewrite /cell_elem (cmra_morphism_op own.inG_fold) cmra_transport_op. Qed.
  Local Lemma cell_elem_unfold a :
    cell_elem (own.inG_unfold (cmra_transport inG_prf a)) ≡ a.
  Proof.
    rewrite /cell_elem own.inG_fold_unfold.
    by rewrite cmra_transport_trans eq_trans_sym_inv_r /=.
  Qed.
  Local Lemma unfold_cell_elem b :
    own.inG_unfold (cmra_transport inG_prf (cell_elem b)) ≡ b.
  Proof.
    rewrite /cell_elem cmra_transport_trans eq_trans_sym_inv_l /=.
    apply own.inG_unfold_fold.
  Qed.

  Local Definition elem_of_resource γ x : option A := cell_elem <$> x (inG_id i) !! γ.
  Local Lemma elem_of_resource_ne γ n x1 x2 :
    x1 ≡{n}≡ x2 → elem_of_resource γ x1 ≡{n}≡ elem_of_resource γ x2.
  Proof.
    intros Hx. apply option_fmap_ne; [apply cell_elem_ne|]. apply (Hx (inG_id i) γ).
  Qed.
  Local Lemma elem_of_resource_op γ x1 x2 :
    elem_of_resource γ (x1 ⋅ x2) ≡ elem_of_resource γ x1 ⋅ elem_of_resource γ x2.
  Proof.
    rewrite /elem_of_resource discrete_fun_lookup_op lookup_op.
    case: (x1 (inG_id i) !! γ)=> [b1|]; case: (x2 (inG_id i) !! γ)=> [b2|];
      [|done..].
    rewrite -!Some_op /=. apply Some_proper, cell_elem_op.
  Qed.
  Local Lemma elem_of_resource_resource γ o : elem_of_resource γ (resource γ o) ≡ o.
  Proof.
    rewrite /elem_of_resource. destruct o as [a|]; simpl.
    - rewrite /own.iRes_singleton discrete_fun_lookup_singleton.
      assert (∀ b : inG_apply i (iPrePropO Σ), ({[γ := b]} : gmap gname _) !! γ = Some b)
        as Hlookup by (intros b; by simplify_map_eq).
      by rewrite Hlookup /= cell_elem_unfold.
    - by rewrite lookup_empty.
  Qed.

  (** The parts of such a resource are such resources. *)
  Local Lemma resource_cut γ o n x1 x2 :
    resource γ o ≡{n}≡ x1 ⋅ x2 →
    x1 ≡{n}≡ resource γ (elem_of_resource γ x1) ∧
    x2 ≡{n}≡ resource γ (elem_of_resource γ x2).
  Proof.
    intros Hx.
    assert (∀ j γ', (j ≠ inG_id i ∨ γ' ≠ γ) → x1 j !! γ' = None ∧ x2 j !! γ' = None)
      as Hother.
    { intros j γ' Hne. pose proof (Hx j γ') as Hj.
      rewrite discrete_fun_lookup_op lookup_op in Hj.
      assert (resource γ o j !! γ' = None) as Hnone.
      { destruct o as [a|]; simpl; [|by rewrite lookup_empty].
        rewrite /own.iRes_singleton. destruct (decide (j = inG_id i)) as [->|?].
        - rewrite discrete_fun_lookup_singleton lookup_singleton_ne //.
          intros ?. by destruct Hne.
        - by rewrite discrete_fun_lookup_singleton_ne // lookup_empty. }
      rewrite Hnone in Hj. revert Hj.
      case: (x1 j !! γ')=> [?|]; case: (x2 j !! γ')=> [?|] Hj; by try inversion Hj. }
    assert (∀ x, (∀ j γ', (j ≠ inG_id i ∨ γ' ≠ γ) → x j !! γ' = None) →
              x ≡ resource γ (elem_of_resource γ x)) as Hres.
    { intros x Hnone j γ'. rewrite /elem_of_resource.
      destruct (decide (j = inG_id i ∧ γ' = γ)) as [[-> ->]|Hne].
      - destruct (x (inG_id i) !! γ) as [b|] eqn:Hb; rewrite Hb /=.
        + rewrite /own.iRes_singleton discrete_fun_lookup_singleton.
          assert (∀ b : inG_apply i (iPrePropO Σ), ({[γ := b]} : gmap gname _) !! γ = Some b)
            as Hlookup by (intros b'; by simplify_map_eq).
          by rewrite Hlookup unfold_cell_elem.
        + by rewrite lookup_empty.
      - assert (j ≠ inG_id i ∨ γ' ≠ γ) as Hne'.
        { destruct (decide (j = inG_id i)) as [?|?]; [right|by left].
          intros ?. by apply Hne. }
        rewrite Hnone //.
        destruct (x (inG_id i) !! γ) as [b|]; simpl; [|by rewrite lookup_empty].
        rewrite /own.iRes_singleton. destruct (decide (j = inG_id i)) as [->|?].
        + rewrite discrete_fun_lookup_singleton lookup_singleton_ne //.
          intros ?. by apply Hne.
        + by rewrite discrete_fun_lookup_singleton_ne // lookup_empty. }
    split; apply equiv_dist, Hres; intros; by apply Hother.
  Qed.

  (** ** Laws *)
  Lemma trace_sep γ P Q n o :
    trace γ (P ∗ Q) n o ↔ ∃ o1 o2, o ≡{n}≡ o1 ⋅ o2 ∧ trace γ P n o1 ∧ trace γ Q n o2.
  Proof.
    rewrite /trace. split.
    - uPred.unseal. intros (x1 & x2 & Hx & HP & HQ).
      destruct (resource_cut _ _ _ _ _ Hx) as [Hx1 Hx2].
      exists (elem_of_resource γ x1), (elem_of_resource γ x2). split_and!.
      + rewrite -elem_of_resource_op. apply elem_of_resource_ne with (γ:=γ) in Hx.
        by rewrite -Hx elem_of_resource_resource.
      + eapply uPred_mono; [exact HP| |done]. by rewrite {1}Hx1.
      + eapply uPred_mono; [exact HQ| |done]. by rewrite {1}Hx2.
    - uPred.unseal. intros (o1 & o2 & Ho & HP & HQ). exists (resource γ o1), (resource γ o2).
      split_and!; [|done|done]. by rewrite Ho resource_op.
  Qed.

  Lemma trace_entails γ P Q n o : ✓{n} o → (P ⊢ Q) → trace γ P n o → trace γ Q n o.
  Proof. intros Ho [HPQ]. rewrite /trace. by apply HPQ, resource_validN. Qed.

  Lemma trace_mono γ P n o1 o2 : o1 ≼{n} o2 → trace γ P n o1 → trace γ P n o2.
  Proof.
    rewrite /trace. intros [o Ho] HP. eapply uPred_mono; [exact HP| |done].
    rewrite Ho resource_op. apply cmra_includedN_l.
  Qed.

  Lemma trace_own γ a n o : trace γ (own γ a) n o ↔ Some a ≼{n} o.
  Proof.
    rewrite /trace own.own_eq /own.own_def. split.
    - uPred.unseal. intros [x Hx]. change (own.iRes_singleton γ a) with (resource γ (Some a)) in Hx.
      exists (elem_of_resource γ x). apply elem_of_resource_ne with (γ:=γ) in Hx.
      by rewrite -(elem_of_resource_resource γ o) Hx elem_of_resource_op
        elem_of_resource_resource.
    - uPred.unseal. intros [o' Ho]. exists (resource γ o').
      by rewrite Ho resource_op.
  Qed.

  Lemma trace_None γ P : (∀ n, trace γ P n None) → ⊢ P.
  Proof.
    intros H. split=> n x Hx _. eapply uPred_mono; [apply (H n)| |done].
    apply ucmra_unit_leastN.
  Qed.
End trace.
