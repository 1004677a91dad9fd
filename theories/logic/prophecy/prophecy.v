(** * Prophecies

The sealed export of the statements in [prophecy_sig.v], and what follows from them alone:

- [proph_obs_sat], [proph_obs_pure], [proph_obs_agree]: what observations say today;
- [proph_obs_open]: an observation cannot fix a variable that is not resolved;
- [proph_resolve_const], [proph_claim_const], [val_obs_resolve_const]: the rules for values
  that are known;
- [proph_tok_ne]: whole tokens are of different variables;
- [proph_adequacy_ctx], adequacy for a proof that does not set up the logic.

Source: RustHornBelt (Matsushita, Denis, Jourdan, Dreyer, PLDI 2022). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Export prophecy_sig.
From tally.logic.prophecy.proof Require ghost ctrl.
From tally.prelude Require Import options.

Module Export prophecy : prophecy_sig.
  Include ghost.
  Include ctrl.
End prophecy.

Section derived.
  Context `{!ProphTypes C, !prophGS C Σ}.
  Implicit Types (ξ : proph_var C) (ζs : list (proph_var C))
    (φ ψ χ : proph_asn C → Prop) (q : Qp) (E : coPset).

  (** Whole tokens are of different variables. *)
  Lemma proph_tok_ne q ξ ζ : proph_tok 1 ξ -∗ proph_tok q ζ -∗ ⌜ξ ≠ ζ⌝.
  Proof.
    iIntros "Hξ Hζ" (->). iApply (proph_tok_exclusive with "Hξ Hζ").
  Qed.
  (** No tokens are needed for no variables. *)
  Lemma proph_toks_nil q : ⊢@{iPropI Σ} proph_toks q (@nil (proph_var C)).
  Proof. done. Qed.

  (** Observing two things is observing both. *)
  Lemma proph_obs_sep φ ψ : proph_obs φ ∗ proph_obs ψ ⊣⊢ ⟨π, φ π ∧ ψ π⟩.
  Proof.
    iSplit.
    - iIntros "[Hφ Hψ]". iApply (proph_obs_and with "Hφ Hψ").
    - iIntros "#H". iSplitL; iApply (proph_obs_mono with "H"); naive_solver.
  Qed.
  (** What follows from two observations. *)
  Lemma proph_obs_mono_2 φ ψ χ :
    (∀ π, φ π → ψ π → χ π) → proph_obs φ -∗ proph_obs ψ -∗ proph_obs χ.
  Proof.
    iIntros (Hi) "Hφ Hψ". iDestruct (proph_obs_and with "Hφ Hψ") as "H".
    iApply (proph_obs_mono with "H"). naive_solver.
  Qed.

  Context {hlc} `{!invGS_gen hlc Σ}.

  (** What was observed can come true. *)
  Lemma proph_obs_sat E φ :
    ↑prophN ⊆ E → proph_ctx -∗ proph_obs φ ={E}=∗ ⌜∃ π, φ π⌝.
  Proof.
    iIntros (?) "#Hctx Hφ".
    iMod (proph_obs_free _ _ 1 [] with "Hctx Hφ []") as "[_ %Hfree]"; [done..|].
    iPureIntro. destruct (Hfree inhabitant) as (π & ? & _). by exists π.
  Qed.
  (** An observation that does not mention the future is a fact. *)
  Lemma proph_obs_pure E (P : Prop) :
    ↑prophN ⊆ E → proph_ctx -∗ ⟨π, P⟩ ={E}=∗ ⌜P⌝.
  Proof.
    iIntros (?) "#Hctx HP". by iMod (proph_obs_sat with "Hctx HP") as %[_ HP].
  Qed.
  (** Two observations of one value. *)
  Lemma proph_obs_agree E {X} (u : proph_val C X) (x y : X) :
    ↑prophN ⊆ E → proph_ctx -∗ ⟨π, u π = x⟩ -∗ ⟨π, u π = y⟩ ={E}=∗ ⌜x = y⌝.
  Proof.
    iIntros (?) "#Hctx Hx Hy". iApply (proph_obs_pure with "Hctx"); [done|].
    iApply (proph_obs_mono_2 with "Hx Hy"). by intros π -> ->.
  Qed.
  (** Whatever is observed, a variable that is not resolved can still be anything. *)
  Lemma proph_obs_open E φ q ξ x :
    ↑prophN ⊆ E → proph_ctx -∗ proph_obs φ -∗ proph_tok q ξ ={E}=∗
    proph_tok q ξ ∗ ⌜∃ π, φ π ∧ π ξ = x⌝.
  Proof.
    iIntros (?) "#Hctx Hφ Hξ".
    iMod (proph_obs_free _ _ q [ξ] with "Hctx Hφ [Hξ]") as "[Hξ %Hfree]"; [done| |].
    { by iFrame. }
    iDestruct "Hξ" as "[$ _]". iPureIntro.
    destruct (Hfree (asn_insert ξ x inhabitant)) as (π & Hφ & Hπ). exists π.
    split; [done|]. rewrite Hπ; [apply asn_insert_same|set_solver].
  Qed.

  (** A variable is resolved to a value that is known. *)
  Lemma proph_resolve_const E ξ x :
    ↑prophN ⊆ E → proph_ctx -∗ proph_tok 1 ξ ={E}=∗ ⟨π, π ξ = x⟩.
  Proof.
    iIntros (?) "#Hctx Hξ".
    by iMod (proph_resolve _ ξ (λ _, x) [] 1 with "Hctx Hξ []") as "[$ _]".
  Qed.
  (** A claim of a value that is known is carried out at once. *)
  Lemma proph_claim_const E {X} (u : proph_val C X) (x : X) :
    ↑prophN ⊆ E → proph_ctx -∗ proph_claim u (λ _, x) ={E}=∗ ⟨π, u π = x⟩.
  Proof.
    iIntros (?) "#Hctx Hu".
    by iMod (proph_claim_use _ u (λ _, x) [] 1 with "Hctx Hu []") as "[$ _]".
  Qed.
  (** The observer of a value that is known is given up. *)
  Lemma val_obs_resolve_const E ξ x w :
    ↑prophN ⊆ E → proph_ctx -∗ val_obs ξ (λ _, x) -∗ proph_ctrl ξ w ={E}=∗
    ⟨π, π ξ = x⟩ ∗ proph_ctrl ξ (λ _, x).
  Proof.
    iIntros (?) "#Hctx Hv Hw".
    by iMod (val_obs_resolve _ ξ (λ _, x) w [] 1 with "Hctx Hv Hw []") as "($ & _ & $)".
  Qed.
  (** The present value, where it is known, is the same for both. *)
  Lemma val_obs_agree_const ξ x y :
    val_obs ξ (λ _, x) -∗ proph_ctrl ξ (λ _, y) -∗ ⌜x = y⌝.
  Proof.
    iIntros "Hv Hw". iDestruct (val_obs_agree with "Hv Hw") as %Heq. iPureIntro.
    exact (f_equal (λ v, v inhabitant) Heq).
  Qed.
End derived.

(** Adequacy, for a proof that finds the logic set up. *)
Lemma proph_adequacy_ctx (C : Type) `{!ProphTypes C} Σ `{!invGpreS Σ, !prophGpreS C Σ}
    (φ : proph_asn C → Prop) :
  (∀ `{!invGS Σ, !prophGS C Σ}, proph_ctx ={⊤}=∗ proph_obs φ) → ∃ π, φ π.
Proof.
  intros Hφ. apply (proph_adequacy C Σ). iIntros (Hinv).
  iMod (proph_alloc (C:=C) ⊤) as (Hproph) "#Hctx". iExists Hproph.
  iMod (Hφ with "Hctx") as "$". done.
Qed.
