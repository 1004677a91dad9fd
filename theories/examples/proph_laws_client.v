(** * Example: the other laws of prophecies

[proph_client.v] shows the laws that everybody needs. [laws_possible] has no program, as
[future_possible] there: two prophecies are resolved, one of them by a claim about a function of
it, the other one by its observer; a third stays open, and can be anything beside what was
observed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).

Definition opposite (a : proph_type int_code) : proph_type int_code := (- (a : Z))%Z.
Global Instance opposite_inj : Inj (=) (=) opposite.
Proof. intros a b Hab. exact (Z.opp_inj _ _ Hab). Qed.

(** The first is 3, the second is 2, and the third, another one, is open. *)
Definition resolved (i k : positive) (π : proph_asn codes) : Prop :=
  (π (ProphVar int_code i) : Z) = 3 ∧ (π (ProphVar int_code k) : Z) = 2.

Theorem laws_possible :
  ∃ π : proph_asn codes, ∃ i j k, resolved i k π ∧ i ≠ j ∧
    ∃ π' : proph_asn codes, resolved i k π' ∧ (π' (ProphVar int_code j) : Z) = 8.
Proof.
  apply (proph_adequacy_ctx codes #[invΣ; prophΣ codes]). iIntros (Hinv Hproph) "#Hctx".
  iMod (proph_create ⊤ int_code with "Hctx") as (i) "Hi"; [done|].
  iMod (proph_create ⊤ int_code with "Hctx") as (j) "Hj"; [done|].
  iDestruct (proph_tok_ne with "Hi Hj") as %Hne.
  (** By a claim about the opposite. *)
  iDestruct (proph_claim_tok (ProphVar int_code i) (λ _, int_val 3) with "Hi") as "Hi".
  iDestruct (proph_claim_map opposite with "Hi") as "Hi".
  iMod (proph_claim_const _ _ (opposite (int_val 3)) with "Hctx Hi") as "#Hi"; [done|].
  (** By the observer, after an update. *)
  iMod (val_obs_alloc ⊤ int_code (λ _, int_val 1) with "Hctx") as (k) "[Hv Hc]"; [done|].
  iDestruct (val_obs_agree_const with "Hv Hc") as %Hsame.
  iMod (val_obs_update (ProphVar int_code k) _ _ (λ _, int_val 2) with "Hv Hc") as "[Hv Hc]".
  iMod (val_obs_resolve_const with "Hctx Hv Hc") as "[#Hk _]"; [done|].
  iAssert ⟨π, opposite (π (ProphVar int_code i)) = opposite (int_val 3) ∧
    π (ProphVar int_code k) = int_val 2⟩%I as "#Hik".
  { rewrite -proph_obs_sep. iSplit; [iExact "Hi"|iExact "Hk"]. }
  iAssert ⟨π, resolved i k π⟩%I as "#Hobs".
  { iApply (proph_obs_mono with "Hik"). intros π [Hi Hk]. split; [|exact Hk].
    exact (opposite_inj _ _ Hi). }
  (** The third can still be anything. *)
  iMod (proph_obs_open _ _ _ (ProphVar int_code j) (int_val 8) with "Hctx Hobs Hj")
    as "[_ %Hopen]"; [done|].
  iModIntro. iApply (proph_obs_mono with "Hobs"). intros π Hπ. exists i, j, k.
  split; [exact Hπ|]. split; [|exact Hopen]. intros ->. by apply Hne.
Qed.
