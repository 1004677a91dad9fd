(** * The log of resolutions

A list of items [ξ := v]. An assignment satisfies the list if it satisfies each item as
an equation. A list of equations need not have a solution ([ξ := ¬ ξ] has none), and a
solution is not enough to go on: what is not resolved yet must still be _free_. So the
invariant of the log says both at once, [log_open]: whatever is chosen for the variables
that are not resolved, the others can be chosen so that all items hold.

[log_open_snoc] is the step: a variable that is not resolved may be resolved to a value
whose variables are not resolved either, and of which it is none. To find the solution,
first move the choice of [ξ] to what [v] is under the choice of the others.

Key results: [log_open_nil], [log_open_snoc]. *)
From stdpp Require Import gmap.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy_base.
From tally.prelude Require Import options.

Section log.
  Context `{!ProphTypes C}.
  Implicit Types (ξ ζ : proph_var C) (ζs : list (proph_var C)) (π : proph_asn C)
    (L : list (proph_item C)).

  Definition item (ξ : proph_var C) (v : proph_val C (proph_type (pv_code ξ))) :
    proph_item C := existT ξ v.
  Definition sat_item π (i : proph_item C) : Prop := π (projT1 i) = projT2 i π.
  Definition log_sat π L : Prop := Forall (sat_item π) L.
  Definition log_vars L : list (proph_var C) := (λ i, projT1 i) <$> L.

  Definition log_open L : Prop :=
    ∀ π, ∃ π', log_sat π' L ∧ ∀ ζ, ζ ∉ log_vars L → π' ζ = π ζ.

  Lemma log_sat_prefix π L L' : L `prefix_of` L' → log_sat π L' → log_sat π L.
  Proof. intros [K ->]. rewrite /log_sat Forall_app. by intros [??]. Qed.
  Lemma log_sat_last π L ξ v : log_sat π (L ++ [item ξ v]) → π ξ = v π.
  Proof. rewrite /log_sat Forall_app Forall_singleton. by intros [_ ?]. Qed.
  Lemma log_vars_snoc L ξ v ζ :
    ζ ∈ log_vars (L ++ [item ξ v]) ↔ ζ ∈ log_vars L ∨ ζ = ξ.
  Proof. rewrite /log_vars fmap_app /=. set_solver. Qed.

  Lemma log_open_nil : log_open [].
  Proof. intros π. exists π. split; [by constructor|done]. Qed.
  Lemma log_open_snoc L ξ v ζs :
    log_open L → proph_dep v ζs →
    ξ ∉ log_vars L → ξ ∉ ζs → (∀ ζ, ζ ∈ ζs → ζ ∉ log_vars L) →
    log_open (L ++ [item ξ v]).
  Proof.
    intros HL Hv Hξ Hξζs Hζs π.
    destruct (HL (asn_insert ξ (v π) π)) as (π' & Hsat & Hfree). exists π'. split.
    - apply Forall_app_2; [done|]. apply Forall_singleton.
      rewrite /sat_item /= Hfree // asn_insert_same. apply Hv. intros ζ Hζ.
      rewrite Hfree; [|by apply Hζs]. by rewrite asn_insert_other; [|set_solver].
    - intros ζ Hζ. rewrite log_vars_snoc in Hζ.
      rewrite Hfree; [|tauto]. apply asn_insert_other. intros ->. tauto.
  Qed.
End log.
