(** * Page frames: one access to the word, once and for all

[slot_access]: the program has a token [Tok], which moves the slot's ghost state, and the
caller has [Ev], which pays for the move of the client state. Both say which states are
possible. What is left to be shown for an operation is pure: what its word function makes
of the word of a state. [slot_store] is the case of a store. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv.
From tally.prelude Require Import options.

Section access.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (st : slot_state).
  Implicit Types (Ev Tok : iProp Σ) (P Q : slot_state → Prop) (Φ : val → iProp Σ).
  Implicit Types (next : slot_state → slot_state).

  Lemma slot_access γ s pa Tok Q Ev P next (Ev' Out : slot_state → iProp Σ)
      (φ : Z → Prop) (nw : Z → Z) :
    Evidence (slot_state_own D γ s) Cl (Tok ∗ Ev) P →
    Tells (slot_state_own D γ s) Tok Q →
    Pays (⊤ ∖ ↑N) Cl next P Ev Ev' →
    (∀ st, Q st →
      slot_state_own D γ s st -∗ Tok ==∗ slot_state_own D γ s (next st) ∗ Out st) →
    (∀ st, Q st → state_bounded st →
      φ (state_word st) ∧ nw (state_word st) = state_word (next st)) →
    is_slot D N Cl γ s pa -∗ ▷ Tok -∗ ▷ Ev -∗
    word_access (⊤ ∖ ↑N) s φ nw (λ w, ∃ st,
      ⌜w = state_word st ∧ state_bounded st⌝ ∗ ⌜Q st ∧ P st⌝ ∗ Out st ∗ Ev' st).
  Proof using All.
    iIntros (Hev Htok Hpays Hmoves Hw) "#I T E".
    assert (Evidence (slot_state_own D γ s) Cl (Tok ∗ Ev) (λ st, Q st ∧ P st)) as Hev'.
    { apply evidence_and; [by apply tells_evidence|done]. }
    iMod (slot_open D N Cl _ _ _ _ (▷ Tok ∗ ▷ Ev)%I (Tok ∗ Ev)%I with "I [$T $E]") as "H";
      [done|by iIntros "[$ $]"|].
    iDestruct "H" as (st) "([%HP %Hb] & [T E] & Hs & Hown & HL & Hclose)".
    destruct (Hw st (proj1 HP) Hb) as [Hφ Hnext].
    iModIntro. iExists (state_word st). iFrame "Hs".
    iSplitR; [iPureIntro; split; [by apply state_word_ok|done]|].
    iIntros "!> Hs". rewrite Hnext.
    iMod (Hmoves st (proj1 HP) with "Hown T") as "[Hown HO]".
    iMod (Hpays st (proj2 HP) with "E HL") as "[HL E]".
    iMod ("Hclose" with "Hs Hown HL") as "_". iModIntro. iExists st. by iFrame.
  Qed.

  (** From the state that the token is for. *)
  Lemma slot_store γ s pa st next Tok (Out : iProp Σ) Ev (Ev' : slot_state → iProp Σ) Φ :
    Tells (slot_state_own D γ s) Tok (λ x, x = st) →
    Pays (⊤ ∖ ↑N) Cl next (λ x, x = st) Ev Ev' →
    (slot_state_own D γ s st -∗ Tok ==∗ slot_state_own D γ s (next st) ∗ Out) →
    is_slot D N Cl γ s pa -∗ ▷ Tok -∗ ▷ Ev -∗ ▷ (Out -∗ Ev' st -∗ Φ #☠) -∗
    WP #s <-ˢᶜ #(state_word (next st)) {{ Φ }}.
  Proof using All.
    iIntros (Htok Hpays Hmoves) "#I T E HΦ". iApply (store_refines (⊤ ∖ ↑N)).
    iApply (word_access_mono with "[T E] [HΦ]").
    { iApply (slot_access _ _ _ Tok (λ x, x = st) _ (λ x, x = st) next Ev'
        (λ _, Out) with "I T E").
      - by apply tells_evidence.
      - by intros ? ->.
      - by intros ? -> _. }
    iIntros "!>" (w) "(%x & _ & [-> _] & HO & E)". iApply ("HΦ" with "HO E").
  Qed.
End access.
