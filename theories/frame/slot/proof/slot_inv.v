(** * Page frames: the invariant of a slot

[is_slot Cl γ s pa]: the slot at [s], of the page at [pa], is in an invariant
that has its word, its ghost state, and the client state [Cl st], an assertion about the
abstract state [st] that the client chooses. Each operation is proved once, against any
client state ([claims.v], [shares.v]): it moves the client state in the step in which it
moves the word, and the caller pays for that ([evidence.v]).

[slot_open] is the invariant as the programs' rules ([frame_refine.v]) want it: one
atomic access to the word. What the caller has, a handle or a lease, say, excludes
states before the access. It is the access discipline of a slot ([slot_inv_access]) with
what the caller shows. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.logic Require Import access.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost.
From tally.prelude Require Import options.

Lemma state_shared_live n m : state_bounded (SlotShared n m) → word_live (Z.pos n).
Proof. rewrite /word_live /slot_busy /slot_unused /= /slot_unique. split; lia. Qed.

(** ** Handles *)
Section handles.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (γ : slot_names) (s : loc) (i : nat) (vl : list val) (m : meta).

  Definition unique_frame γ s i vl : iProp Σ :=
    unique_handle D (slot_state_name γ) s i vl.
  (** The unique handle without the metadata. *)
  Definition unique_token γ : iProp Σ := unique_tok (slot_state_name γ).
  Global Instance unique_token_timeless γ : Timeless (unique_token γ).
  Proof. apply _. Qed.
  Definition shared_frame γ s m : iProp Σ :=
    shared_handle D (slot_state_name γ) s m.
  (** The right to tear the frame down. *)
  Definition busy_frame γ s i vl : iProp Σ :=
    busy_tok (slot_state_name γ) ∗ meta_whole D s i vl.

  Definition slot_state_own γ s st : iProp Σ :=
    slot_own D (slot_state_name γ) (slot_pending_name γ) s st.

  (** What handles tell of the state. *)
  Global Instance tells_busy_tok γ s :
    Tells (slot_state_own γ s) (busy_tok (slot_state_name γ)) (λ st, st = SlotBusy).
  Proof. iIntros (st) "H T". iApply (busy_tok_agree with "H T"). Qed.
  Global Instance tells_token γ s :
    Tells (slot_state_own γ s) (unique_token γ) (λ st, st = SlotUnique).
  Proof. iIntros (st) "H T". iApply (unique_tok_agree with "H T"). Qed.
  Global Instance tells_unique γ s i vl :
    Tells (slot_state_own γ s) (unique_frame γ s i vl) (λ st, st = SlotUnique).
  Proof. iIntros (st) "H [T _]". iApply (unique_tok_agree with "H T"). Qed.
  Global Instance tells_busy γ s i vl :
    Tells (slot_state_own γ s) (busy_frame γ s i vl) (λ st, st = SlotBusy).
  Proof. iIntros (st) "H [T _]". iApply (busy_tok_agree with "H T"). Qed.
  Global Instance tells_shared γ s m :
    Tells (slot_state_own γ s) (shared_frame γ s m) (λ st, ∃ n, st = SlotShared n m).
  Proof. iIntros (st) "H Hh". iApply (shared_handle_agree with "H Hh"). Qed.
  Global Instance evidence_shared_2 Cl γ s m m' :
    Evidence (slot_state_own γ s) Cl (shared_frame γ s m ∗ shared_frame γ s m')
      (λ st, m = m' ∧ ∃ n, st = SlotShared n m ∧ (1 < n)%positive) | 5.
  Proof.
    iIntros (st) "H _ [(%q & T & _) (%q' & T' & _)]".
    iApply (share_tok_combine with "H T T'").
  Qed.
  Lemma unique_frame_eq γ s i vl :
    unique_frame γ s i vl ⊣⊢ unique_token γ ∗
      (s +ₗ slot_vtable) ↦ #i ∗ (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl.
  Proof. done. Qed.
End handles.

Section inv.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (st : slot_state).
  Implicit Types (Ev : iProp Σ) (P : slot_state → Prop).

  Definition slot_inv γ s pa : iProp Σ :=
    (s +ₗ slot_paddr) ↦ #pa ∗
    ∃ st, s ↦ #(state_word st) ∗ slot_state_own D γ s st ∗ Cl st.

  Definition is_slot γ s pa : iProp Σ := inv N (slot_inv γ s pa).
  Global Instance is_slot_persistent γ s pa : Persistent (is_slot γ s pa).
  Proof. apply _. Qed.

  (** From the cells of a slot: the word says unused, and there is room. The name that
  leases have is the client's. *)
  Lemma is_slot_alloc E γl γr s pa :
    s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa -∗
    Cl SlotUnused ={E}=∗
    ∃ γ, ⌜slot_lease_name γ = γl ∧ slot_pending_name γ = γr⌝ ∗ is_slot γ s pa.
  Proof.
    iIntros "Hs Hroom Hpa HL".
    iMod (slot_own_alloc D γr s with "Hroom") as (γ) "Hown".
    iExists (SlotNames γ γl γr). iSplitR; [done|].
    iApply inv_alloc. iNext. iFrame "Hpa". iExists SlotUnused. iFrame.
  Qed.

  (** The slot as an access discipline ([access.v]): what is out is the word, the ghost
  state and the client state, for one step. *)
  Definition slot_opened γ s st : iProp Σ :=
    ▷ s ↦ #(state_word st) ∗ ▷ slot_state_own D γ s st ∗ Cl st.
  Lemma slot_inv_access E γ s pa X :
    ↑N ⊆ E → is_slot γ s pa -∗ access E (E ∖ ↑N) (slot_opened γ s) X True.
  Proof using All.
    iIntros (HE) "#I X". iInv "I" as "(>Hpa & %st & >Hs & Hown & >HL)" "Hclose".
    iModIntro. iExists st. iFrame "X Hs Hown HL". iIntros (st') "(Hs & Hown & HL)".
    iApply "Hclose". iNext. iFrame "Hpa". iExists st'. iFrame.
  Qed.

  (** [X] is evidence now, or after the step. *)
  Lemma slot_open E γ s pa X Ev P :
    ↑N ⊆ E → (X ⊢ ▷ Ev) → Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot γ s pa -∗ X ={E,E ∖ ↑N}=∗
    ∃ st, ⌜P st ∧ state_bounded st⌝ ∗ X ∗
      ▷ s ↦ #(state_word st) ∗ ▷ slot_state_own D γ s st ∗ Cl st ∗
      (∀ st', ▷ s ↦ #(state_word st') -∗ ▷ slot_state_own D γ s st' -∗ Cl st'
        ={E ∖ ↑N,E}=∗ True).
  Proof using All.
    iIntros (HE HX Hev) "#I X". iDestruct (slot_inv_access E γ s pa X with "I") as "Hacc"; [done|].
    iMod (access_tells _ _ _ _ _ (λ st, P st ∧ state_bounded st) with "Hacc X")
      as (st) "(HP & X & (Hs & Hown & HL) & Hclose)".
    { iIntros (st) "(_ & Hown & HL) X". iDestruct (HX with "X") as "E".
      iAssert (▷ ⌜P st ∧ state_bounded st⌝)%I as "#>%H"; [|done]. iNext.
      iDestruct (Hev with "Hown HL E") as %HP. iDestruct (slot_own_bound with "Hown") as %Hb.
      done. }
    iModIntro. iExists st. iFrame "HP X Hs Hown HL". iIntros (st') "Hs Hown HL".
    iApply ("Hclose" $! st'). iFrame.
  Qed.
  (** The same where the ghost state is not known: the state stays. *)
  Lemma is_slot_acc E γ s pa Ev P :
    ↑N ⊆ E → Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot γ s pa -∗ Ev ={E,E ∖ ↑N}=∗
    ∃ st, ⌜P st ∧ state_bounded st⌝ ∗ Ev ∗
      s ↦ #(state_word st) ∗ Cl st ∗ ▷ state_room D s st ∗
      (s ↦ #(state_word st) -∗ Cl st -∗ ▷ state_room D s st ={E ∖ ↑N,E}=∗ True).
  Proof using All.
    iIntros (HE Hev) "I E".
    iMod (slot_open _ _ _ _ Ev Ev with "I E") as "H"; [done|apply bi.later_intro|].
    iDestruct "H" as (st) "(HP & E & >Hs & Hown & HL & Hclose)".
    iDestruct "Hown" as "(Hb & Hroom & Hr)". iModIntro. iExists st.
    iFrame "HP E Hs HL Hroom". iIntros "Hs HL Hroom".
    iApply ("Hclose" with "Hs [$Hb $Hr $Hroom] HL").
  Qed.
  (** A count below the sentinels is evidence that everybody has. *)
  Lemma evidence_bounded γ s Ev P :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Evidence (slot_state_own D γ s) Cl Ev (λ st, P st ∧ state_bounded st).
  Proof using Type.
    intros Hev. apply evidence_and; [exact Hev|]. iIntros (st) "H _ _".
    iApply (slot_own_bound with "H").
  Qed.

  (** ** Addresses: the word is not looked at *)
  Lemma frame_start_paddr_spec γ s pa :
    {{{ is_slot γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
  Proof using Type.
    iIntros (Φ) "#I HΦ". wp_rec. wp_pures. iInv "I" as "(>Hpa & Hst)".
    wp_read. iModIntro. iSplitR "HΦ"; [|by iApply "HΦ"]. iNext. iFrame.
  Qed.
End inv.
