(** * Page frames: one access to the word, once and for all (a sketch)

[slot_access]: who uses a slot gives [Tok], which moves its account, and [Ev], which pays
for the move of the books. Both say what states are possible. What is left to be shown
for an operation is pure: what its word function makes of the word of a state. Here for
[dec_ref_count]; its specifications with leases, with the state, and without books are
instances. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv shares.
From tally.prelude Require Import options.

(** [Tok] moves the account from [st] to [next st]. *)
Class Moves {Σ} {S : Type} (I : S → iProp Σ) (next : S → S) (P : S → Prop)
    (Tok : iProp Σ) (Out : S → iProp Σ) : Prop :=
  moves st : P st → I st -∗ Tok ==∗ I (next st) ∗ Out st.

Section access.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (st : slot_state) (m : meta).
  Implicit Types (Ev Tok : iProp Σ) (P : slot_state → Prop) (next : slot_state → slot_state).

  Lemma slot_access γ s pa Ev P next (Ev' : slot_state → iProp Σ) Tok Out φ (nw : Z → Z) :
    Evidence (slot_state_own D γ s) Cl (Tok ∗ Ev) P →
    Moves (slot_state_own D γ s) next P Tok Out →
    Pays (⊤ ∖ ↑N) Cl next P Ev Ev' →
    (∀ st, P st → state_bounded st →
      φ (state_word st) ∧ nw (state_word st) = state_word (next st)) →
    is_slot D N Cl γ s pa -∗ Tok -∗ Ev -∗
    word_access (⊤ ∖ ↑N) s φ nw
      (λ w, ∃ st, ⌜w = state_word st ∧ P st ∧ state_bounded st⌝ ∗ Out st ∗ Ev' st).
  Proof using All.
    iIntros (Hev Hmoves Hpays Hw) "#I T E". iCombine "T E" as "TE".
    iMod (slot_open with "I TE") as "H"; [done|].
    iDestruct "H" as (st) "([%HP %Hb] & [T E] & Hs & Hown & HL & Hclose)".
    destruct (Hw st HP Hb) as [Hφ Hnext].
    iModIntro. iExists (state_word st). iFrame "Hs".
    iSplitR; [iPureIntro; split; [by apply state_word_ok|done]|].
    iIntros "!> Hs". rewrite Hnext. iMod (Hmoves st HP with "Hown T") as "[Hown HO]".
    iMod (Hpays st HP with "E HL") as "[HL E]".
    iMod ("Hclose" with "Hs Hown HL") as "_". iModIntro. iExists st. by iFrame.
  Qed.

  Lemma word_access_mono E s φ nw (Ψ Ψ' : Z → iProp Σ) :
    word_access E s φ nw Ψ -∗ ▷ (∀ w, Ψ w ={⊤}=∗ Ψ' w) -∗ word_access E s φ nw Ψ'.
  Proof using Type.
    iIntros "H HΨ". iMod "H" as (w) "(Hw & Hs & H)". iModIntro. iExists w.
    iFrame "Hw Hs". iIntros "!> Hs". iMod ("H" with "Hs") as "H". by iApply "HΨ".
  Qed.

  (** ** Dropping a share *)
  Definition dropped γ s m st : iProp Σ :=
    (if sole_share st then busy_tok (slot_state_name γ) ∗ meta_part D s 1 m else True)%I.
  Global Instance moves_drop γ s m P :
    (∀ st, P st → ∃ n, st = SlotShared n m) →
    Moves (slot_state_own D γ s) dropped_state P (shared_frame D γ s m) (dropped γ s m).
  Proof using Type.
    iIntros (HP st Hst) "Hown Hh". destruct (HP st Hst) as [n ->]. rewrite /dropped.
    destruct (decide (n = 1%positive)) as [->|Hn]; simpl.
    - iMod (slot_last_update with "Hown Hh") as "($ & $ & $)". done.
    - iMod (slot_drop_update with "Hown Hh") as "H"; [lia|].
      by destruct n; iFrame.
  Qed.
  Definition torn γ s m st : iProp Σ :=
    (if sole_share st
     then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl else True)%I.

  Lemma dec_ref_count_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
    (∀ st, P st → ∃ n, st = SlotShared n m) →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ torn γ s m st -∗ Ev' st -∗ Φ #(sole_share st)) -∗
    WP dec_ref_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (?? HP) "#I Hh E HΦ". iApply (dec_ref_count_refines (⊤ ∖ ↑N)).
    iApply (word_access_mono with "[Hh E] [HΦ]").
    { iApply (slot_access _ _ _ _ _ dropped_state with "I Hh E");
        [by apply moves_drop|].
      intros st Hst Hb. destruct (HP st Hst) as [n ->]. split.
      - by eapply state_shared_live.
      - destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
        rewrite /= (state_pred n m) //; [by destruct n|lia]. }
    iIntros "!>" (w) "(%st & (-> & %Hst & %Hb) & Hout & E)".
    iSpecialize ("HΦ" with "[//]"). destruct (HP st Hst) as [n ->].
    rewrite /slot_drop_last state_drop_count // /dropped /torn.
    destruct (sole_share (SlotShared n m)); [|by iApply ("HΦ" with "[//] E")].
    iDestruct "Hout" as "[Htok Hm]". iMod (meta_unshare with "Hm") as "Hm".
    iIntros "!> !>". iDestruct "Hm" as (vl) "[%Hvl Hm]".
    iApply ("HΦ" with "[Htok Hm] E"). iExists vl. by iFrame.
  Qed.
End access.
