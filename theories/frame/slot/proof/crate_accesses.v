(** * The crate's slot, with the frames' handles

What the crate's functions make of the word ([crate_slot.v]), by the rules for accesses to
the word ([slot_rules_sig.v]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import value.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import slot_specs crate_slot.
From tally.prelude Require Import options.

Section client.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (l : loc) (pa : Z) (i : nat).
  Implicit Types (vl : list val) (n : positive) (m : meta) (q : Qp) (k : nat).
  Implicit Types (Φ : val → iProp Σ) (Ev : iProp Σ) (P : slot_state → Prop).

  Lemma MetaSlot_get_from_in_use_at γ l pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with
       | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ (l +ₗ crate_word) m
       | _ => True
       end -∗
       Φ (look_up_of (from_in_use_error st))) -∗
    WP MetaSlot_get_from_in_use [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I E HΦ".
    iApply (MetaSlot_get_from_in_use_refines (⊤ ∖ ↑N) with "[] [E HΦ]").
    { iApply (slot_look_up D N Cl _ _ _ Ev P Ev' (λ r, Φ (look_up_of r)) with "I"). }
    iNext. iFrame "E". iExact "HΦ".
  Qed.
  Lemma MetaSlot_clone_share_at γ l pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
      (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗
    pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ (l +ₗ crate_word) m -∗
       shared_frame D γ (l +ₗ crate_word) m -∗ pending_incs (slot_pending_name γ) 1 -∗
       Φ (ret_val #☠)) -∗
    WP MetaSlot_clone_share [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh Hr E HΦ". iApply (MetaSlot_clone_share_refines (⊤ ∖ ↑N)).
    iApply (slot_clone_share D N Cl with "I Hh Hr E HΦ").
  Qed.
  Lemma MetaSlot_release_share_at γ l pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
      (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ (l +ₗ crate_word) (meta_vtable m) vl
        else True) -∗
       Φ (ret_val #(sole_share st))) -∗
    WP MetaSlot_release_share [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". iApply (MetaSlot_release_share_refines (⊤ ∖ ↑N)).
    iApply (word_access_weaken _ _ word_live); [done|].
    iApply (slot_release_share D N Cl γ _ pa m Ev P Ev' (λ b, Φ (ret_val #b)) with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_try_unique_at γ l pa m q k Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
      (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗
    heap_lease q k -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗ heap_lease q k -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ (l +ₗ crate_word) (meta_vtable m) vl
        else shared_frame D γ (l +ₗ crate_word) m) -∗
       Φ (ret_val #(sole_share st))) -∗
    WP MetaSlot_try_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh Hk E HΦ".
    iApply (MetaSlot_try_unique_refines (⊤ ∖ ↑N) with "Hk").
    iApply (slot_try_unique_share D N Cl γ _ pa m Ev P Ev'
      (λ b, heap_lease q k -∗ Φ (ret_val #b))%I with "I Hh E").
    iIntros "!>" (n) "HP E H Hk". iApply ("HΦ" with "HP E Hk H").
  Qed.
  Lemma MetaSlot_count_at γ l pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
      (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ (l +ₗ crate_word) m -∗
       Φ (ret_val #(Z.pos n))) -∗
    WP MetaSlot_count [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". iApply (MetaSlot_count_refines (⊤ ∖ ↑N)).
    iApply (slot_count_shares D N Cl γ _ pa m Ev P Ev' (λ w, Φ (ret_val #w)) with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_status_at γ l pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗
       Φ (ret_val (crate_status (state_word st)))) -∗
    WP MetaSlot_status [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I E HΦ". iApply (MetaSlot_status_refines (⊤ ∖ ↑N)).
    iApply (slot_look D N Cl γ _ pa Ev P Ev' (λ w, ▷ Φ (ret_val (crate_status w)))%I with "I E").
    iIntros "!>" (st HP) "E !>". by iApply ("HΦ" with "[//] E").
  Qed.
  Lemma MetaSlot_share_unique_at γ l pa i vl Ev (Ev' : gname → slot_state → iProp Σ) Φ :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
      Ev (Ev' γm)) →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗
       Φ (ret_val #☠)) -∗
    WP MetaSlot_share_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I Hh E HΦ". iApply (MetaSlot_share_unique_refines (⊤ ∖ ↑N)).
    iApply (slot_share_unique D N Cl with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_retire_unique_at γ l pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (busy_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotUnique -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_retire_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I Hh E HΦ". iApply (MetaSlot_retire_unique_refines (⊤ ∖ ↑N)).
    iApply (slot_retire_unique D N Cl with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_publish_unique_at γ l pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl (λ _, SlotUnique) (λ st, st = SlotBusy) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (unique_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotBusy -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I Hh E HΦ". iApply (MetaSlot_publish_unique_refines (⊤ ∖ ↑N)).
    iApply (slot_publish_unique D N Cl with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_publish_shared_at γ l pa i vl Ev (Ev' : gname → slot_state → iProp Σ) Φ :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, SlotShared 1 (Meta i vl γm)) (λ st, st = SlotBusy)
      Ev (Ev' γm)) →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗ Ev' γm SlotBusy -∗
       Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_shared [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I Hh E HΦ". iApply (MetaSlot_publish_shared_refines (⊤ ∖ ↑N)).
    iApply (slot_publish_shared D N Cl with "I Hh E HΦ").
  Qed.
  Lemma MetaSlot_claim_word_at γ l pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with SlotUnused => vacant_frame D γ (l +ₗ crate_word) | _ => True end -∗
       Φ (look_up_of (claim_error st))) -∗
    WP MetaSlot_claim_word [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpay) "#I E HΦ". iApply (MetaSlot_claim_word_refines (⊤ ∖ ↑N)).
    iApply (slot_claim_busy D N Cl γ _ pa Ev P Ev' (λ r, ▷ Φ (look_up_of r))%I with "I E").
    iIntros "!>" (st) "HP E H !>". iApply ("HΦ" with "HP E H").
  Qed.
  Lemma MetaSlot_mark_unused_at γ l pa Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ vacant_frame D γ (l +ₗ crate_word) -∗ ▷ Ev -∗
    ▷ (Ev' SlotBusy -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_mark_unused [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I H E HΦ". iApply (MetaSlot_mark_unused_refines (⊤ ∖ ↑N)).
    iApply (slot_vacate D N Cl with "I H E HΦ").
  Qed.
End client.
