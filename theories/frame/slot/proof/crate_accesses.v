(** * Page frames: the crate's own functions

The specifications of [shares.v] and [claims.v], of the functions of [frame/slot.rs] as they
are translated from the MIR. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import value.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine crate_slot_base.
From tally.frame.slot.generated Require Import slot_tree.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv one_access.
From tally.frame.slot.proof Require Import crate_words crate_lookup.
From tally.frame.slot.proof Require shares.
From tally.prelude Require Import options.

Section client.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s l : loc) (pa : Z) (i : nat).
  Implicit Types (vl : list val) (st : slot_state) (n : positive) (m : meta).
  Implicit Types (q : Qp) (k : nat) (Φ : val → iProp Σ) (Ev : iProp Σ) (P : slot_state → Prop).

  (** [slot_store], of a store that is inside a function. *)
  Local Lemma store_access γ s pa st next Tok (Out R : iProp Σ) Ev
      (Ev' : slot_state → iProp Σ) (w' : Z) :
    Tells (slot_state_own D γ s) Tok (λ x, x = st) →
    state_word (next st) = w' →
    Pays (⊤ ∖ ↑N) Cl next (λ x, x = st) Ev Ev' →
    (slot_state_own D γ s st -∗ Tok ==∗ slot_state_own D γ s (next st) ∗ Out) →
    is_slot D N Cl γ s pa -∗ ▷ Tok -∗ ▷ Ev -∗ ▷ (Out -∗ Ev' st -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, w') (λ _, R).
  Proof using All.
    iIntros (Htok Hw Hpays Hmoves) "#I T E HR".
    iApply (word_access_mono with "[T E] [HR]").
    { iApply (slot_access D N Cl _ _ _ Tok (λ x, x = st) _ (λ x, x = st) next Ev'
        (λ _, Out) with "I T E").
      - by apply tells_evidence.
      - by intros ? ->.
      - by intros ? -> _. }
    iIntros "!>" (w) "(%x & _ & [-> _] & HO & E)". iApply ("HR" with "HO E").
  Qed.

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
    iApply (MetaSlot_get_from_in_use_refines (⊤ ∖ ↑N) l (Ev ∗ _) with "[] [E HΦ]");
      [|iNext; iFrame "E"; iExact "HΦ"].
    iIntros "!> [E HΦ]".
    iMod (slot_open D N Cl _ _ _ _ Ev Ev with "I E") as "H"; [done|apply bi.later_intro|].
    iDestruct "H" as (st) "([%HP %Hb] & E & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (state_word st). iFrame "Hs".
    iSplitR; [iPureIntro; by apply state_word_ok|]. iNext. iSplit.
    { iIntros "Hs". iMod ("Hclose" with "Hs Hown HL") as "_". by iFrame. }
    rewrite state_from_in_use //. iSpecialize ("HΦ" $! st with "[//]").
    destruct (from_in_use_error st) as [e|] eqn:He.
    - iIntros "Hs". iMod (Hpays st HP with "E HL") as "[HL E]".
      assert (from_in_use_state st = st) as -> by by destruct st.
      iMod ("Hclose" with "Hs Hown HL") as "_". iApply ("HΦ" with "E"). by destruct st.
    - destruct st as [| | |n m]; [done..|]. case_decide as Hn; [|done]. iIntros "Hs".
      iMod (Hpays _ HP with "E HL") as "[HL E]".
      iMod (slot_clone_update with "Hown []") as "[Hown Hh]"; [by iLeft|].
      iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
      iApply ("HΦ" with "E [$Hh //]").
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
    iApply (shares.shared_access D N Cl _ _ _ _ _ Ev P from_in_use_state Ev' (λ st,
      shared_frame D γ (l +ₗ crate_word) m ∗ shared_frame D γ (l +ₗ crate_word) m ∗
      if decide (state_word st < slot_max)%Z then pending_incs (slot_pending_name γ) 1
      else True)%I with "I Hh Hr E [HΦ]").
    - iIntros (n) "Hown $ Hr /=". case_decide as Hn.
      + iFrame "Hr". iApply (slot_clone_update with "Hown"). by iLeft.
      + rewrite right_id. iApply (slot_clone_update with "Hown"). by iRight.
    - intros n Hb. split; [by eapply state_shared_live|by rewrite (state_succ n m)].
    - iIntros "!>" (n [HP Hb]) "E (Hh & Hh' & Hr) !>". iIntros (w'). rewrite state_clone /=.
      case_decide; [|by iIntros "%"]. iIntros "_". iApply ("HΦ" with "[//] E Hh Hh' Hr").
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
    iApply (shares.shared_access D N Cl _ _ _ _ True Ev P dropped_state Ev' (λ st,
      if sole_share st
      then busy_tok (slot_state_name γ) ∗ meta_part D (l +ₗ crate_word) 1 m else True)%I
      with "I Hh [//] E [HΦ]").
    - iIntros (n) "Hown Hh _". destruct (decide (n = 1%positive)) as [->|Hn].
      + iApply (slot_last_update with "Hown Hh").
      + destruct (shared_not_sole n m) as (-> & -> & _); [lia|]. rewrite right_id.
        iApply (slot_drop_update with "Hown Hh"). lia.
    - intros n Hb. split; [done|].
      destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
      destruct (shared_not_sole n m) as (_ & -> & _); [lia|]. rewrite (state_pred n m) //. lia.
    - iIntros "!>" (n [HP Hb]) "E HO". iSpecialize ("HΦ" $! n with "[//] E").
      rewrite /slot_drop_last (state_drop_count n m) //.
      destruct (sole_share (SlotShared n m)); [|by iApply "HΦ"].
      iDestruct "HO" as "[Htok Hm]". iMod (meta_unshare with "Hm") as "Hm".
      iIntros "!> !>". iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply "HΦ". iExists vl.
      by iFrame.
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
    iApply (shares.shared_access D N Cl _ _ _ _ True Ev P tried_state Ev' (λ st,
      if sole_share st
      then unique_tok (slot_state_name γ) ∗ meta_part D (l +ₗ crate_word) 1 m
      else shared_frame D γ (l +ₗ crate_word) m)%I with "I Hh [//] E [HΦ]").
    - iIntros (n) "Hown Hh _". destruct (decide (n = 1%positive)) as [->|Hn].
      + iMod (slot_last_update with "Hown Hh") as "(Hown & Htok & $)".
        iApply (slot_publish_update with "Hown Htok").
      + destruct (shared_not_sole n m) as (-> & _ & ->); [lia|]. by iFrame.
    - intros n Hb. split; [done|]. rewrite /slot_try_unique_next.
      rewrite (state_try_unique (SlotShared n m)) //.
      destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
      by destruct (shared_not_sole n m) as (-> & _ & ->); [lia|].
    - iIntros "!>" (n [HP Hb]) "E HO". iSpecialize ("HΦ" $! n with "[//] E").
      rewrite (state_try_unique (SlotShared n m)) //.
      destruct (sole_share (SlotShared n m)).
      + iDestruct "HO" as "[Htok Hm]". iMod (meta_unshare with "Hm") as "Hm".
        iIntros "!> !> Hk". iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply ("HΦ" with "Hk").
        iExists vl. by iFrame.
      + iIntros "!> !> Hk". iApply ("HΦ" with "Hk HO").
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
    apply evidence_bounded in Hev.
    iApply (shares.shared_access D N Cl _ _ _ _ True Ev (λ st, P st ∧ state_bounded st)
      (λ st, st) Ev' (λ _, shared_frame D γ (l +ₗ crate_word) m) with "I Hh [//] E [HΦ]").
    - by iIntros (n) "$ $ _".
    - done.
    - iIntros "!>" (n [HP _]) "E Hh !>". iApply ("HΦ" with "[//] E Hh").
  Qed.
  Lemma MetaSlot_share_unique_at γ l pa i vl Ev (Ev' : gname → slot_state → iProp Σ) Φ :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
      Ev (Ev' γm)) →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗
       Φ (ret_val #☠)) -∗
    WP MetaSlot_share_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HΦ". iMod (meta_share with "Hm") as (γm) "Hm".
    iCombine "Htok Hm" as "H". iApply (MetaSlot_share_unique_refines (⊤ ∖ ↑N)).
    iApply (store_access _ _ _ SlotUnique (to_shared_state (Meta i vl γm)) with "I H E");
      [apply tells_sep_l, tells_token|done| |].
    { iIntros "Hown [Htok Hm]". iApply (slot_share_update with "Hown Htok Hm"). }
    iIntros "!> Hh E". by iApply ("HΦ" with "E Hh").
  Qed.
  Lemma MetaSlot_retire_unique_at γ l pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (busy_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotUnique -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_retire_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HΦ". iApply (MetaSlot_retire_unique_refines (⊤ ∖ ↑N)).
    iApply (store_access _ _ _ SlotUnique retired_state with "I Htok E");
      [done|apply slot_release_update|].
    iIntros "!> Htok". iApply "HΦ". iFrame.
  Qed.
  Lemma MetaSlot_publish_unique_at γ l pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl (λ _, SlotUnique) (λ st, st = SlotBusy) Ev Ev' →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (unique_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotBusy -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_unique [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HΦ". iApply (MetaSlot_publish_unique_refines (⊤ ∖ ↑N)).
    iApply (store_access _ _ _ SlotBusy (λ _, SlotUnique) with "I Htok E");
      [done|apply slot_publish_update|].
    iIntros "!> Htok". iApply "HΦ". iFrame.
  Qed.
  Lemma MetaSlot_publish_shared_at γ l pa i vl Ev (Ev' : gname → slot_state → iProp Σ) Φ :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, SlotShared 1 (Meta i vl γm)) (λ st, st = SlotBusy)
      Ev (Ev' γm)) →
    is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗ Ev' γm SlotBusy -∗
       Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_shared [ #l ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HΦ". iMod (meta_share with "Hm") as (γm) "Hm".
    iCombine "Htok Hm" as "H". iApply (MetaSlot_publish_shared_refines (⊤ ∖ ↑N)).
    iApply (store_access _ _ _ SlotBusy (λ _, SlotShared 1 (Meta i vl γm)) with "I H E");
      [by apply tells_sep_l, tells_busy_tok|done| |].
    { iIntros "Hown [Htok Hm]". iApply (slot_publish_shared_update with "Hown Htok Hm"). }
    iIntros "!> Hh E". iApply ("HΦ" with "Hh E").
  Qed.
End client.
