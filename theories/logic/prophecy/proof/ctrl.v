(** * Claims, value observers and prophecy controllers

A claim that [u] is [v] holds tokens of variables, each with the value that it is to be
resolved to, so that [u] is [v] once that is done. To carry it out one shows tokens of
what [v] depends on; a claim makes sure that the single values depend on no more. A claim
is data, not a promise of an update, so it is timeless. That is where it differs from the
prophetic equaliser of RustHornBelt, whose laws it has.

The present value of a variable is kept in a ghost variable of the same name. The
observer has one half of it. The controller has the other half and the token, as long as
the prophecy is not resolved; afterwards it has all of it, so that there is no observer,
and a claim about what the prophecy was.

Key results: [proph_claim_use], [val_obs_resolve], [val_obs_preresolve]; they are stated
in [prophecy_sig.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own ghost_var invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy_base.
From tally.logic.prophecy.proof Require Import log ghost.
From tally.prelude Require Import options.

Local Existing Instances prophGpreS_val.

Section ctrl.
  Context `{!ProphTypes C, !prophGS C Σ}.
  Implicit Types (ξ ζ : proph_var C) (ζs : list (proph_var C)) (π : proph_asn C)
    (q : Qp) (L : list (proph_item C)).

  (** ** Claims *)
  Local Definition item_toks L : iProp Σ := [∗ list] i ∈ L, proph_tok 1 (projT1 i).
  Local Definition items_dep L ζs : Prop := Forall (λ i, proph_dep (projT2 i) ζs) L.

  Definition proph_claim {X} (u v : proph_val C X) : iProp Σ :=
    ∃ L, item_toks L ∗ ⌜∀ ζs, proph_dep v ζs → items_dep L ζs⌝ ∗
      proph_obs (λ π, log_sat π L → u π = v π)%type.

  Global Instance proph_claim_timeless {X} (u v : proph_val C X) :
    Timeless (proph_claim u v).
  Proof. apply _. Qed.
  Lemma proph_claim_obs {X} (u v : proph_val C X) :
    proph_obs (λ π, u π = v π) -∗ proph_claim u v.
  Proof.
    iIntros "H". iExists []. rewrite /item_toks /=. iSplitR; [done|]. iSplitR.
    { iPureIntro. by constructor. }
    iApply (proph_obs_mono with "H"). by intros π ? _.
  Qed.
  Lemma proph_claim_tok ξ v : proph_tok 1 ξ -∗ proph_claim (λ π, π ξ) v.
  Proof.
    iIntros "Htok". iExists [item ξ v]. iSplitL "Htok".
    { rewrite /item_toks /=. by iFrame. }
    iSplitR.
    { iPureIntro. intros ζs Hdep. by apply Forall_singleton. }
    iApply proph_obs_intro. intros π. rewrite /log_sat Forall_singleton. done.
  Qed.
  Lemma proph_claim_trans {X} (u v w : proph_val C X) :
    proph_obs (λ π, u π = v π) -∗ proph_claim v w -∗ proph_claim u w.
  Proof.
    iIntros "Huv (%L & HL & %Hdep & Hvw)". iExists L. iFrame "HL". iSplitR; [done|].
    iDestruct (proph_obs_and with "Huv Hvw") as "H".
    iApply (proph_obs_mono with "H"). intros π [Hu Hv] Hsat. rewrite Hu. auto.
  Qed.
  Lemma proph_claim_map {X Y} (f : X → Y) `{!Inj (=) (=) f} (u v : proph_val C X) :
    proph_claim u v -∗ proph_claim (λ π, f (u π)) (λ π, f (v π)).
  Proof.
    iIntros "(%L & HL & %Hdep & H)". iExists L. iFrame "HL". iSplitR.
    { iPureIntro. intros ζs Hfv%(proph_dep_inj f). auto. }
    iApply (proph_obs_mono with "H"). intros π Hπ Hsat. by rewrite Hπ.
  Qed.
  Lemma proph_claim_map2 {X Y Z} (f : X → Y → Z) `{!Inj2 (=) (=) (=) f}
      (u v : proph_val C X) (u' v' : proph_val C Y) :
    proph_claim u v -∗ proph_claim u' v' -∗
    proph_claim (λ π, f (u π) (u' π)) (λ π, f (v π) (v' π)).
  Proof.
    iIntros "(%L & HL & %Hdep & H) (%L' & HL' & %Hdep' & H')". iExists (L ++ L').
    iSplitL "HL HL'".
    { rewrite /item_toks big_sepL_app. iSplitL "HL"; [iExact "HL"|iExact "HL'"]. }
    iSplitR.
    { iPureIntro. intros ζs [Hv Hv']%(proph_dep_inj2 f). apply Forall_app_2; [by apply Hdep|by apply Hdep']. }
    iDestruct (proph_obs_and with "H H'") as "H". iApply (proph_obs_mono with "H").
    intros π [Hu Hu']. rewrite /log_sat Forall_app. intros [Hsat Hsat'].
    by rewrite Hu // Hu'.
  Qed.

  Local Lemma items_resolve `{!invGS_gen hlc Σ} E L ζs q :
    ↑prophN ⊆ E → items_dep L ζs →
    proph_ctx -∗ item_toks L -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    proph_obs (λ π, log_sat π L) ∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ).
  Proof.
    iIntros (? Hdep) "#Hctx HL Hζs".
    iInduction L as [|[ξ v] L] "IH"; rewrite /item_toks /=.
    { iModIntro. iFrame "Hζs". iApply proph_obs_intro. intros π. by constructor. }
    apply Forall_cons in Hdep as [Hv HL]. iDestruct "HL" as "[Hξ HL]".
    iMod (proph_resolve with "Hctx Hξ Hζs") as "[Hobs Hζs]"; [done..|].
    iMod ("IH" with "[//] HL Hζs") as "[Hobs' $]". iModIntro.
    iDestruct (proph_obs_and with "Hobs Hobs'") as "Hobs".
    iApply (proph_obs_mono with "Hobs"). intros π [??]. by constructor.
  Qed.
  Lemma proph_claim_use {hlc} `{!invGS_gen hlc Σ} {X} E (u v : proph_val C X) ζs q :
    ↑prophN ⊆ E → proph_dep v ζs →
    proph_ctx -∗ proph_claim u v -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    proph_obs (λ π, u π = v π) ∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ).
  Proof.
    iIntros (??) "#Hctx (%L & HL & %Hdep & Hobs) Hζs".
    iMod (items_resolve with "Hctx HL Hζs") as "[Hsat $]"; [done|by apply Hdep|].
    iModIntro. iDestruct (proph_obs_and with "Hobs Hsat") as "H".
    iApply (proph_obs_mono with "H"). intros π [Himpl Hsat]. auto.
  Qed.

  (** ** Observers and controllers *)
  Local Definition any ξ (v : proph_val C (proph_type (pv_code ξ))) : proph_any C :=
    existT (pv_code ξ) v.
  Local Lemma any_inj ξ v w : any ξ v = any ξ w → v = w.
  Proof. apply Eqdep_dec.inj_pair2_eq_dec. intros A B. apply decide. apply _. Qed.

  Definition val_obs ξ v : iProp Σ := ghost_var (pv_id ξ) (1/2) (any ξ v).
  Local Definition val_over ξ : iProp Σ := ∃ w : proph_any C, ghost_var (pv_id ξ) 1 w.
  Definition proph_ctrl ξ v : iProp Σ :=
    (val_obs ξ v ∗ proph_tok 1 ξ) ∨ (val_over ξ ∗ proph_claim (λ π, π ξ) v).

  Global Instance val_obs_timeless ξ v : Timeless (val_obs ξ v).
  Proof. apply _. Qed.
  Global Instance proph_ctrl_timeless ξ v : Timeless (proph_ctrl ξ v).
  Proof. apply _. Qed.

  Local Lemma val_obs_over ξ v : val_obs ξ v -∗ val_over ξ -∗ False.
  Proof.
    iIntros "H (%w & H')". iDestruct (ghost_var_valid_2 with "H' H") as %[Hq _].
    by apply Qp.not_add_le_l in Hq.
  Qed.
  Local Lemma val_obs_join ξ v w : val_obs ξ v -∗ val_obs ξ w -∗ val_over ξ.
  Proof.
    iIntros "H H'". iDestruct (ghost_var_agree with "H H'") as %->%any_inj. iExists (any ξ w).
    iSplitL "H"; [iExact "H"|iExact "H'"].
  Qed.
  (** Beside an observer, the prophecy is not resolved. *)
  Local Lemma val_obs_live ξ v w :
    val_obs ξ v -∗ proph_ctrl ξ w -∗ ⌜v = w⌝ ∗ val_obs ξ v ∗ val_obs ξ v ∗ proph_tok 1 ξ.
  Proof.
    iIntros "Hv [[Hw $]|[Hover _]]".
    - iDestruct (ghost_var_agree with "Hv Hw") as %->%any_inj. by iFrame.
    - iDestruct (val_obs_over with "Hv Hover") as "[]".
  Qed.

  Lemma val_obs_agree ξ v w : val_obs ξ v -∗ proph_ctrl ξ w -∗ ⌜v = w⌝.
  Proof. iIntros "Hv Hw". by iDestruct (val_obs_live with "Hv Hw") as "[$ _]". Qed.
  Lemma val_obs_update ξ v w v' :
    val_obs ξ v -∗ proph_ctrl ξ w ==∗ val_obs ξ v' ∗ proph_ctrl ξ v'.
  Proof.
    iIntros "Hv Hw". iDestruct (val_obs_live with "Hv Hw") as "(_ & Hv & Hw & Htok)".
    iMod (ghost_var_update_halves (any ξ v') with "Hv Hw") as "[Hv Hw]". iModIntro.
    iFrame "Hv". iLeft. iFrame.
  Qed.
  Lemma val_obs_tok ξ v w :
    val_obs ξ v -∗ proph_ctrl ξ w -∗
    val_obs ξ v ∗ proph_tok 1 ξ ∗ (proph_tok 1 ξ -∗ proph_ctrl ξ w).
  Proof.
    iIntros "Hv Hw". iDestruct (val_obs_live with "Hv Hw") as "(-> & $ & Hw & $)".
    iIntros "Htok". iLeft. iFrame.
  Qed.
  Lemma proph_ctrl_claim ξ v : proph_ctrl ξ v -∗ proph_claim (λ π, π ξ) v.
  Proof. iIntros "[[_ Htok]|[_ $]]". iApply (proph_claim_tok with "Htok"). Qed.

  Context {hlc} `{!invGS_gen hlc Σ}.

  Lemma val_obs_alloc E (A : C) (v : proph_val C (proph_type A)) :
    ↑prophN ⊆ E → proph_ctx ={E}=∗
    ∃ i, val_obs (ProphVar A i) v ∗ proph_ctrl (ProphVar A i) v.
  Proof.
    iIntros (?) "#Hctx".
    iMod (proph_create_val E A (existT A v) with "Hctx") as (i) "[Htok [Hv Hv']]"; [done|].
    iModIntro. iExists i. iSplitL "Hv"; [iExact "Hv"|]. iLeft. iFrame "Htok". iExact "Hv'".
  Qed.
  Lemma val_obs_preresolve E ξ u v w ζs q :
    ↑prophN ⊆ E → proph_dep u ζs →
    proph_ctx -∗ val_obs ξ v -∗ proph_ctrl ξ w -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    proph_obs (λ π, π ξ = u π) ∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ∗
    (∀ v', proph_claim u v' -∗ proph_ctrl ξ v').
  Proof.
    iIntros (??) "#Hctx Hv Hw Hζs".
    iDestruct (val_obs_live with "Hv Hw") as "(_ & Hv & Hw & Htok)".
    iMod (proph_resolve with "Hctx Htok Hζs") as "[#Hobs $]"; [done..|].
    iModIntro. iSplitR; [iExact "Hobs"|]. iIntros (v') "Hclaim". iRight.
    iSplitL "Hv Hw"; [iApply (val_obs_join with "Hv Hw")|].
    iApply (proph_claim_trans with "Hobs Hclaim").
  Qed.
  Lemma val_obs_resolve E ξ v w ζs q :
    ↑prophN ⊆ E → proph_dep v ζs →
    proph_ctx -∗ val_obs ξ v -∗ proph_ctrl ξ w -∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ={E}=∗
    proph_obs (λ π, π ξ = v π) ∗ ([∗ list] ζ ∈ ζs, proph_tok q ζ) ∗ proph_ctrl ξ v.
  Proof.
    iIntros (??) "#Hctx Hv Hw Hζs".
    iMod (val_obs_preresolve E ξ v with "Hctx Hv Hw Hζs") as "($ & $ & Hctrl)"; [done..|].
    iModIntro. iApply "Hctrl". iApply proph_claim_obs. by iApply proph_obs_intro.
  Qed.
End ctrl.
