(** * Prophecy variables: tokens and observations

The invariant holds the log of resolutions ([log.v]), which only grows, and the names of
the variables that are not resolved. A token is a fraction of such a name. An observation
is a beginning of the log that implies it, so it lasts.

Key results: [proph_obs_free], [proph_resolve]; they are stated in [prophecy_sig.v]. *)
From iris.algebra.lib Require Import mono_list.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own ghost_map ghost_var invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.logic Require Import update_soundness.
From tally.logic.prophecy Require Import prophecy_base.
From tally.logic.prophecy.proof Require Import log.
From tally.prelude Require Import options.

Local Existing Instances prophGpreS_live prophGpreS_log prophGpreS_val.

Section ghost.
  Context `{!ProphTypes C, !prophGS C Σ}.
  Implicit Types (ξ ζ : proph_var C) (ζs : list (proph_var C)) (π : proph_asn C)
    (φ ψ : proph_asn C → Prop) (q : Qp) (L : list (proph_item C)).

  Definition proph_tok q ξ : iProp Σ := pv_id ξ ↪[prophGS_live_name]{#q} pv_code ξ.

  Local Definition log_auth L : iProp Σ :=
    own prophGS_log_name (●ML (L : list (leibnizO (proph_item C)))).
  Local Definition log_lb L : iProp Σ :=
    own prophGS_log_name (◯ML (L : list (leibnizO (proph_item C)))).
  Definition proph_obs φ : iProp Σ :=
    ⌜∀ π, φ π⌝ ∨ ∃ L, log_lb L ∗ ⌜∀ π, log_sat π L → φ π⌝.

  Definition proph_state : iProp Σ :=
    ∃ (M : gmap positive C) L, ghost_map_auth prophGS_live_name 1 M ∗ log_auth L ∗
      ⌜log_open L ∧ ∀ ζ, ζ ∈ log_vars L → M !! pv_id ζ = None⌝.

  Local Lemma log_lb_prefix L L' :
    log_lb L -∗ log_lb L' -∗ ⌜L `prefix_of` L' ∨ L' `prefix_of` L⌝.
  Proof.
    iIntros "H H'". iDestruct (own_valid_2 with "H H'") as %Hv. iPureIntro.
    by apply mono_list_lb_op_valid_1_L in Hv.
  Qed.
  Local Lemma log_auth_prefix L L' : log_auth L -∗ log_lb L' -∗ ⌜L' `prefix_of` L⌝.
  Proof.
    iIntros "H H'". iDestruct (own_valid_2 with "H H'") as %Hv. iPureIntro.
    by apply mono_list_both_valid_L in Hv.
  Qed.
  Local Lemma log_extend L i : log_auth L ==∗ log_auth (L ++ [i]) ∗ log_lb (L ++ [i]).
  Proof.
    iIntros "H". rewrite /log_auth /log_lb -own_op -mono_list_auth_lb_op.
    iApply (own_update with "H"). apply mono_list_update. by eexists.
  Qed.

  (** ** Tokens *)
  Global Instance proph_tok_timeless q ξ : Timeless (proph_tok q ξ).
  Proof. apply _. Qed.
  Global Instance proph_tok_fractional ξ : Fractional (λ q, proph_tok q ξ).
  Proof. apply _. Qed.
  Global Instance proph_tok_as_fractional q ξ :
    AsFractional (proph_tok q ξ) (λ q, proph_tok q ξ) q.
  Proof. split; [done|apply _]. Qed.
  Lemma proph_tok_valid_2 q q' ξ : proph_tok q ξ -∗ proph_tok q' ξ -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    iIntros "H H'". iDestruct (ghost_map_elem_valid_2 with "H H'") as %[Hv _].
    iPureIntro. by rewrite dfrac_op_own dfrac_valid_own in Hv.
  Qed.
  Lemma proph_tok_exclusive q ξ : proph_tok 1 ξ -∗ proph_tok q ξ -∗ False.
  Proof.
    iIntros "H H'". by iDestruct (proph_tok_valid_2 with "H H'") as %[]%Qp.not_add_le_l.
  Qed.

  (** ** Observations *)
  Global Instance proph_obs_timeless φ : Timeless (proph_obs φ).
  Proof. apply _. Qed.
  Global Instance proph_obs_persistent φ : Persistent (proph_obs φ).
  Proof. apply _. Qed.
  Lemma proph_obs_intro φ : (∀ π, φ π) → ⊢ proph_obs φ.
  Proof. iIntros (Hφ). by iLeft. Qed.
  Lemma proph_obs_mono φ ψ : (∀ π, φ π → ψ π) → proph_obs φ -∗ proph_obs ψ.
  Proof.
    iIntros (Hi) "[%Hφ|(%L & HL & %Hφ)]"; [iLeft; by auto|].
    iRight. iExists L. iFrame. iPureIntro. auto.
  Qed.
  Local Lemma log_lb_and L L' : log_lb L -∗ log_lb L' -∗
    ∃ L'', log_lb L'' ∗ ⌜∀ π, log_sat π L'' → log_sat π L ∧ log_sat π L'⌝.
  Proof.
    iIntros "#H #H'". iDestruct (log_lb_prefix with "H H'") as %[Hp|Hp].
    - iExists L'. iFrame "H'". iPureIntro. intros π Hs. split; [|done].
      by apply (log_sat_prefix _ _ _ Hp).
    - iExists L. iFrame "H". iPureIntro. intros π Hs. split; [done|].
      by apply (log_sat_prefix _ _ _ Hp).
  Qed.
  Lemma proph_obs_and φ ψ :
    proph_obs φ -∗ proph_obs ψ -∗ proph_obs (λ π, φ π ∧ ψ π)%type.
  Proof.
    iIntros "[%Hφ|(%L & #H & %Hφ)] Hψ".
    { iApply (proph_obs_mono with "Hψ"). auto. }
    iDestruct "Hψ" as "[%Hψ|(%L' & #H' & %Hψ)]".
    { iRight. iExists L. iFrame "H". iPureIntro. auto. }
    iDestruct (log_lb_and with "H H'") as (L'') "[H'' %Hs]".
    iRight. iExists L''. iFrame "H''". iPureIntro. intros π [??]%Hs. auto.
  Qed.

  (** ** The invariant *)
  Context {hlc} `{!invGS_gen hlc Σ}.

  Definition proph_ctx : iProp Σ := inv prophN proph_state.
  Global Instance proph_ctx_persistent : Persistent proph_ctx.
  Proof. apply _. Qed.

  Lemma proph_create_val E (A : C) (v : proph_any C) :
    ↑prophN ⊆ E → proph_ctx ={E}=∗ ∃ i, proph_tok 1 (ProphVar A i) ∗ ghost_var i 1 v.
  Proof.
    iIntros (?) "#Hctx". iInv prophN as ">(%M & %L & HM & HL & %Hopen & %Hdead)".
    set (used := dom M ∪ list_to_set (pv_id <$> log_vars L) : gset positive).
    iMod (ghost_var_alloc_strong v (λ i, i ∉ used)) as (i Hi) "Hv".
    { apply (pred_infinite_set (C:=gset positive)). intros X.
      exists (fresh (used ∪ X)). pose proof (is_fresh (used ∪ X)). set_solver. }
    assert (M !! i = None) as HM. { apply not_elem_of_dom. set_solver. }
    iMod (ghost_map_insert i A with "HM") as "[HM Htok]"; [done|].
    iModIntro. iSplitR "Htok Hv"; [|iModIntro; iExists i; by iFrame].
    iExists (<[i:=A]> M), L. iFrame. iPureIntro. split; [done|]. intros ζ Hζ.
    destruct (decide (i = pv_id ζ)) as [->|]; [|by rewrite lookup_insert_ne; auto].
    exfalso. apply Hi. rewrite /used. set_solver.
  Qed.
  Lemma proph_create E (A : C) :
    ↑prophN ⊆ E → proph_ctx ={E}=∗ ∃ i, proph_tok 1 (ProphVar A i).
  Proof.
    iIntros (?) "#Hctx".
    iMod (proph_create_val E A (existT A inhabitant) with "Hctx") as (i) "[Htok _]"; [done|].
    iModIntro. by iExists i.
  Qed.

  Local Lemma proph_toks_live q ζs (M : gmap positive C) :
    ghost_map_auth prophGS_live_name 1 M -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) -∗
    ⌜∀ ζ, ζ ∈ ζs → M !! pv_id ζ = Some (pv_code ζ)⌝.
  Proof.
    iIntros "HM Hζs" (ζ Hζ). iDestruct (big_sepL_elem_of with "Hζs") as "Hζ"; [done|].
    by iDestruct (ghost_map_lookup with "HM Hζ") as %?.
  Qed.

  Lemma proph_obs_free E φ q ζs :
    ↑prophN ⊆ E →
    proph_ctx -∗ proph_obs φ -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    ([∗ list] ζ ∈ ζs, proph_tok q ζ) ∗
    ⌜∀ π, ∃ π', φ π' ∧ ∀ ζ, ζ ∈ ζs → π' ζ = π ζ⌝.
  Proof.
    iIntros (?) "#Hctx [%Hφ|(%L' & HL' & %Hφ)] Hζs".
    { iModIntro. iFrame. iPureIntro. intros π. exists π. auto. }
    iInv prophN as ">(%M & %L & HM & HL & %Hopen & %Hdead)".
    iDestruct (log_auth_prefix with "HL HL'") as %Hprefix.
    iDestruct (proph_toks_live with "HM Hζs") as %Hlive.
    iModIntro. iSplitL "HM HL"; [iNext; iExists M, L; by iFrame|].
    iModIntro. iFrame. iPureIntro. intros π. destruct (Hopen π) as (π' & Hsat & Hfree).
    exists π'. split; [by apply Hφ, (log_sat_prefix _ _ _ Hprefix)|]. intros ζ Hζ.
    apply Hfree. intros Hin. apply Hdead in Hin. by rewrite Hlive in Hin.
  Qed.

  Lemma proph_resolve E ξ v ζs q :
    ↑prophN ⊆ E → proph_dep v ζs →
    proph_ctx -∗ proph_tok 1 ξ -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    proph_obs (λ π, π ξ = v π) ∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ).
  Proof.
    iIntros (? Hdep) "#Hctx Hξ Hζs".
    iAssert ⌜ξ ∉ ζs⌝%I as %Hne.
    { iIntros (Hin). iDestruct (big_sepL_elem_of with "Hζs") as "Hξ'"; [done|].
      iApply (proph_tok_exclusive with "Hξ Hξ'"). }
    iInv prophN as ">(%M & %L & HM & HL & %Hopen & %Hdead)".
    iDestruct (ghost_map_lookup with "HM Hξ") as %Hξ.
    iDestruct (proph_toks_live with "HM Hζs") as %Hlive.
    iMod (ghost_map_delete with "HM Hξ") as "HM".
    iMod (log_extend _ (item ξ v) with "HL") as "[HL #HL']".
    iModIntro. iFrame "Hζs". iSplitL "HM HL".
    - iNext. iExists (delete (pv_id ξ) M), (L ++ [item ξ v]). iFrame. iPureIntro. split.
      + apply (log_open_snoc _ _ _ ζs); [done..| |done|].
        * intros Hin. apply Hdead in Hin. congruence.
        * intros ζ Hζ Hin. apply Hdead in Hin. apply Hlive in Hζ. congruence.
      + intros ζ [Hin| ->]%log_vars_snoc; [|by rewrite lookup_delete_same].
        rewrite lookup_delete_None. auto.
    - iModIntro. iRight. iExists (L ++ [item ξ v]). iFrame "HL'". iPureIntro.
      intros π. apply log_sat_last.
  Qed.
End ghost.

(** ** The beginning, and the end *)
Lemma proph_alloc `{!ProphTypes C, !prophGpreS C Σ} {hlc} `{!invGS_gen hlc Σ} E :
  ⊢ |={E}=> ∃ _ : prophGS C Σ, proph_ctx.
Proof.
  iMod (ghost_map_alloc_empty (K:=positive) (V:=C)) as (γlive) "HM".
  iMod (own_alloc (●ML ([] : list (leibnizO (proph_item C))))) as (γlog) "HL".
  { apply mono_list_auth_valid. }
  pose (HS := ProphGS _ γlive γlog). iExists HS.
  iApply inv_alloc. iNext. iExists ∅, []. iFrame. iPureIntro.
  split; [apply log_open_nil|]. intros ζ. set_solver.
Qed.

Lemma proph_adequacy (C : Type) `{!ProphTypes C} Σ `{!invGpreS Σ}
    (φ : proph_asn C → Prop) :
  (∀ `{!invGS Σ}, ⊢ |={⊤}=> ∃ _ : prophGS C Σ, proph_ctx ∗ proph_obs φ) → ∃ π, φ π.
Proof.
  intros Hφ. apply (update_soundness Σ). iIntros (Hinv).
  iMod (Hφ Hinv) as (Hproph) "[#Hctx #Hobs]".
  iMod (proph_obs_free _ _ 1 [] with "Hctx Hobs []") as "[_ %Hfree]"; [done|done|].
  iPureIntro. destruct (Hfree inhabitant) as (π & Hπ & _). by exists π.
Qed.
