(** * Page frames: rules for accesses to the word

One proof for each kind of access, whatever program makes it: what the statements in
[slot_rules_sig.v] say. [shares.v] has the instances for the programs of [frame_code.v],
[crate_accesses.v] those for the crate's own functions.

A clone borrows a token of [pending_incs]: if the count was at its maximum, the increment
has happened when the program finds out and aborts, and the token stays with the
slot for ever. So the count is at most the maximum plus the number of tokens, which
is below the sentinels. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv one_access.
From tally.prelude Require Import options.

(** A busy slot without metadata. *)
Definition vacant_frame `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (γ : slot_names) (s : loc)
    : iProp Σ :=
  busy_tok (slot_state_name γ) ∗ meta_room D s.

Section rules.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (st : slot_state) (n : positive) (m : meta).
  Implicit Types (Ev R : iProp Σ) (P : slot_state → Prop).

  (** ** A loop: the word is looked at many times and changed at most once *)
  (** A share by address alone. *)
  Lemma slot_look_up γ s pa Ev P
      (Ev' : slot_state → iProp Σ) (Φ : option frame_error → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗
    word_retry (⊤ ∖ ↑N) s
      (Ev ∗ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
         match st with
         | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ s m
         | _ => True
         end -∗ Φ (from_in_use_error st)))
      (λ w, match slot_from_in_use w with
       | FromInUseStored w' => s ↦ #w' ={⊤ ∖ ↑N,⊤}=∗ Φ None
       | FromInUseFailed e => s ↦ #w ={⊤ ∖ ↑N,⊤}=∗ Φ (Some e)
       | FromInUseAborted => True
       end).
  Proof using All.
    iIntros (Hev Hpays) "#I !> [E HΦ]".
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

  (** ** One access, with a share *)
  Local Lemma shared_access γ s pa m (Tok : iProp Σ) Ev P next (Ev' Out : slot_state → iProp Σ)
      (φ : Z → Prop) (nw : Z → Z) (Ψ : Z → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl next P Ev Ev' →
    (∀ n, slot_state_own D γ s (SlotShared n m) -∗ shared_frame D γ s m -∗ Tok ==∗
      slot_state_own D γ s (next (SlotShared n m)) ∗ Out (SlotShared n m)) →
    (∀ n, let st := SlotShared n m in
      state_bounded st → φ (Z.pos n) ∧ nw (Z.pos n) = state_word (next st)) →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ Tok -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ Out st ={⊤}=∗ Ψ (Z.pos n)) -∗
    word_access (⊤ ∖ ↑N) s φ nw Ψ.
  Proof using All.
    iIntros (Hev Hpays Hmoves Hw) "#I Hh T E HΨ".
    iApply (word_access_mono with "[Hh T E]").
    { iApply (slot_access D N Cl _ _ _ (shared_frame D γ s m ∗ Tok)
        (λ st, ∃ n, st = SlotShared n m) Ev P next Ev' Out with "I [$Hh $T] E").
      - iIntros (st) "Hown HL [[Hh _] E]". iApply (Hev with "Hown HL [$Hh $E]").
      - apply tells_sep_l, tells_shared.
      - iIntros (? [n ->]) "Hown [Hh T]". iApply (Hmoves with "Hown Hh T").
      - intros ? [n ->] Hb. by apply Hw. }
    iIntros "!>" (w) "(%st & [-> %Hb] & [[%n ->] %HP] & HO & E)".
    iApply ("HΨ" with "[//] E HO").
  Qed.

  (** One share more. *)
  Lemma slot_clone_share γ s pa m Ev P
      (Ev' : slot_state → iProp Σ) R :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
       shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_live (λ w, word_wrapping_add w 1)
      (λ w, ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ R).
  Proof using All.
    iIntros (Hev Hpays) "#I Hh Hr E HR".
    iApply (shared_access _ _ _ _ _ Ev P from_in_use_state Ev' (λ st,
      shared_frame D γ s m ∗ shared_frame D γ s m ∗
      if decide (state_word st < slot_max)%Z then pending_incs (slot_pending_name γ) 1
      else True)%I with "I Hh Hr E [HR]").
    - iIntros (n) "Hown $ Hr /=". case_decide as Hn.
      + iFrame "Hr". iApply (slot_clone_update with "Hown"). by iLeft.
      + rewrite right_id. iApply (slot_clone_update with "Hown"). by iRight.
    - intros n Hb. split; [by eapply state_shared_live|by rewrite (state_succ n m)].
    - iIntros "!>" (n [HP Hb]) "E (Hh & Hh' & Hr) !>". iIntros (w'). rewrite state_clone /=.
      case_decide; [|by iIntros "%"]. iIntros "_". iApply ("HR" with "[//] E Hh Hh' Hr").
  Qed.
  (** One share less. Whoever drops the last one has the right to tear down. *)
  Lemma slot_release_share γ s pa m Ev P
      (Ev' : slot_state → iProp Σ) (Φ : bool → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl else True) -∗
       Φ (sole_share st)) -∗
    word_access (⊤ ∖ ↑N) s word_live (λ w, word_wrapping_sub w 1)
      (λ w, ▷ Φ (slot_drop_last w)).
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ".
    iApply (shared_access _ _ _ _ True Ev P dropped_state Ev' (λ st,
      if sole_share st then busy_tok (slot_state_name γ) ∗ meta_part D s 1 m else True)%I
      with "I Hh [//] E [HΦ]").
    - iIntros (n) "Hown Hh _". destruct (decide (n = 1%positive)) as [->|Hn].
      + iApply (slot_last_update with "Hown Hh").
      + destruct (shared_not_sole n m) as (-> & -> & _); [lia|]. rewrite right_id.
        iApply (slot_drop_update with "Hown Hh"). lia.
    - intros n Hb. split; [by eapply state_shared_live|].
      destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
      destruct (shared_not_sole n m) as (_ & -> & _); [lia|]. rewrite (state_pred n m) //. lia.
    - iIntros "!>" (n [HP Hb]) "E HO". iSpecialize ("HΦ" $! n with "[//] E").
      rewrite /slot_drop_last (state_drop_count n m) //.
      destruct (sole_share (SlotShared n m)); [|by iApply "HΦ"].
      iDestruct "HO" as "[Htok Hm]". iMod (meta_unshare with "Hm") as "Hm". iIntros "!> !>".
      iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply "HΦ". iExists vl. by iFrame.
  Qed.
  (** The only share becomes a unique handle; any other is handed back. *)
  Lemma slot_try_unique_share γ s pa m Ev P
      (Ev' : slot_state → iProp Σ) (Φ : bool → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
        else shared_frame D γ s m) -∗
       Φ (sole_share st)) -∗
    word_access (⊤ ∖ ↑N) s word_any slot_try_unique_next (λ w, ▷ Φ (slot_try_unique w)).
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ".
    iApply (shared_access _ _ _ _ True Ev P tried_state Ev' (λ st,
      if sole_share st then unique_tok (slot_state_name γ) ∗ meta_part D s 1 m
      else shared_frame D γ s m)%I with "I Hh [//] E [HΦ]").
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
      destruct (sole_share (SlotShared n m)); [|by iApply "HΦ"].
      iDestruct "HO" as "[Htok Hm]". iMod (meta_unshare with "Hm") as "Hm". iIntros "!> !>".
      iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply "HΦ". iExists vl. by iFrame.
  Qed.
  (** The number of shares at one moment. *)
  Lemma slot_count_shares γ s pa m Ev P
      (Ev' : slot_state → iProp Σ) (Φ : Z → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗ Φ (Z.pos n)) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ w, w) Φ.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". apply evidence_bounded in Hev.
    iApply (shared_access _ _ _ _ True Ev (λ st, P st ∧ state_bounded st) (λ st, st) Ev'
      (λ _, shared_frame D γ s m) with "I Hh [//] E [HΦ]").
    - by iIntros (n) "$ $ _".
    - done.
    - iIntros "!>" (n [HP _]) "E Hh !>". iApply ("HΦ" with "[//] E Hh").
  Qed.

  (** ** One load, with nothing in hand *)
  (** What the word was at one moment. *)
  Lemma slot_look γ s pa Ev P (Ev' : slot_state → iProp Σ) (Φ : Z → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
    is_slot D N Cl γ s pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ Φ (state_word st)) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ w, w) Φ.
  Proof using All.
    iIntros (Hev Hpays) "#I E HΦ". apply evidence_bounded in Hev.
    iApply (word_access_mono with "[E]").
    { iApply (slot_access D N Cl _ _ _ True (λ _, True) _ (λ st, P st ∧ state_bounded st)
        (λ st, st) Ev' (λ _, True)%I with "I [//] E").
      - iIntros (st) "Hown HL [_ E]". iApply (Hev with "Hown HL E").
      - by iIntros (st) "_ _".
      - by iIntros (st _) "$ _".
      - done. }
    iIntros "!>" (w) "(%st & [-> _] & [_ %HP] & _ & E) !>". by iApply ("HΦ" with "[//] E").
  Qed.

  (** ** A store *)
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

  (** A unique handle becomes the first share. *)
  Lemma slot_share_unique γ s pa i vl Ev
      (Ev' : gname → slot_state → iProp Σ) R :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
      Ev (Ev' γm)) →
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ s (Meta i vl γm) -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, 1%Z) (λ _, R).
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HR". iEval (rewrite /word_access).
    iMod (meta_share with "Hm") as (γm) "Hm". iCombine "Htok Hm" as "H".
    iApply (store_access _ _ _ SlotUnique (to_shared_state (Meta i vl γm)) with "I H E");
      [apply tells_sep_l, tells_token|done| |].
    { iIntros "Hown [Htok Hm]". iApply (slot_share_update with "Hown Htok Hm"). }
    iIntros "!> Hh E". by iApply ("HR" with "E Hh").
  Qed.
  (** A unique handle is given up for the right to tear down. *)
  Lemma slot_retire_unique γ s pa i vl Ev
      (Ev' : slot_state → iProp Σ) R :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (busy_frame D γ s i vl -∗ Ev' SlotUnique -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, slot_busy) (λ _, R).
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HR".
    iApply (store_access _ _ _ SlotUnique retired_state with "I Htok E");
      [done|apply slot_release_update|].
    iIntros "!> Htok". iApply "HR". iFrame.
  Qed.
  (** The metadata is built: a unique handle. *)
  Lemma slot_publish_unique γ s pa i vl Ev
      (Ev' : slot_state → iProp Σ) R :
    Pays (⊤ ∖ ↑N) Cl (λ _, SlotUnique) (λ st, st = SlotBusy) Ev Ev' →
    is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (unique_frame D γ s i vl -∗ Ev' SlotBusy -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, slot_unique) (λ _, R).
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HR".
    iApply (store_access _ _ _ SlotBusy (λ _, SlotUnique) with "I Htok E");
      [done|apply slot_publish_update|].
    iIntros "!> Htok". iApply "HR". iFrame.
  Qed.
  (** The metadata is built: the first share. *)
  Lemma slot_publish_shared γ s pa i vl Ev
      (Ev' : gname → slot_state → iProp Σ) R :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, SlotShared 1 (Meta i vl γm)) (λ st, st = SlotBusy)
      Ev (Ev' γm)) →
    is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, shared_frame D γ s (Meta i vl γm) -∗ Ev' γm SlotBusy -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, 1%Z) (λ _, R).
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HR". iEval (rewrite /word_access).
    iMod (meta_share with "Hm") as (γm) "Hm". iCombine "Htok Hm" as "H".
    iApply (store_access _ _ _ SlotBusy (λ _, SlotShared 1 (Meta i vl γm)) with "I H E");
      [by apply tells_sep_l, tells_busy_tok|done| |].
    { iIntros "Hown [Htok Hm]". iApply (slot_publish_shared_update with "Hown Htok Hm"). }
    iIntros "!> Hh E". iApply ("HR" with "Hh E").
  Qed.

  (** ** The claim, and the end *)
  (** The claim: whoever finds the slot unused has the right to build. *)
  Lemma slot_claim_busy γ s pa Ev P (Ev' : slot_state → iProp Σ)
      (Φ : option frame_error → iProp Σ) :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with SlotUnused => vacant_frame D γ s | _ => True end -∗
       Φ (claim_error st)) -∗
    word_access (⊤ ∖ ↑N) s word_any slot_claim_next (λ w, Φ (slot_claim w)).
  Proof using All.
    iIntros (Hev Hpay) "#I E HΦ". iApply (word_access_mono with "[E]").
    { iApply (slot_access D N Cl _ _ _ True (λ _, True) _ P claimed_state Ev'
        (λ st, match st with SlotUnused => vacant_frame D γ s | _ => True end)%I
        with "I [//] E").
      - iIntros (st) "Hown HL [_ E]". iApply (Hev with "Hown HL E").
      - by iIntros (st) "_ _".
      - iIntros (st _) "Hown _". destruct st as [| | |n m]; [|by iFrame..].
        by iMod (slot_claim_update with "Hown") as "($ & $ & $)".
      - intros st _ Hb. split; [done|]. rewrite /slot_claim_next state_claim //.
        by destruct st. }
    iIntros "!>" (w) "(%st & [-> %Hb] & [_ %HP] & Hout & E) !>". rewrite state_claim //.
    iApply ("HΦ" with "[//] E Hout").
  Qed.
  (** The end of a tear-down, or of a claim that is given up. *)
  Lemma slot_vacate γ s pa Ev (Ev' : slot_state → iProp Σ) R :
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
    is_slot D N Cl γ s pa -∗ vacant_frame D γ s -∗ ▷ Ev -∗
    ▷ (Ev' SlotBusy -∗ R) -∗
    word_access (⊤ ∖ ↑N) s word_any (λ _, slot_unused) (λ _, R).
  Proof using All.
    iIntros (Hpay) "#I H E HR".
    iApply (store_access _ _ _ SlotBusy vacated_state _ True with "I H E");
      [by apply tells_sep_l, tells_busy_tok|done| |].
    { iIntros "Hown [Htok Hroom]".
      iMod (slot_free_update _ _ (slot_pending_name γ) with "Hown Htok Hroom") as "$". done. }
    iIntros "!> _". iApply "HR".
  Qed.
  Lemma vacant_frame_build γ s :
    vacant_frame D γ s -∗
    meta_room D s ∗ (∀ i vl, meta_whole D s i vl -∗ busy_frame D γ s i vl).
  Proof using Type. iIntros "[$ $]" (i vl) "$". Qed.
  Lemma busy_frame_vacate γ s i vl :
    busy_frame D γ s i vl -∗
    meta_whole D s i vl ∗ (meta_room D s -∗ vacant_frame D γ s).
  Proof using Type. iIntros "[$ $] $". Qed.
End rules.
