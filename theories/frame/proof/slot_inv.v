(** * Page frames: the invariant of a slot

[is_slot Led γ γr s pa]: the slot at [s], of the page at [pa], is in an invariant
that has its word, its ghost state, and a ledger [Led st] of the abstract state [st]
that the client chooses. Each operation is proved once, against any ledger
([claims.v], [shares.v]): it moves the ledger in the step in which it moves the
word, by an update that whoever uses the specification provides ([ledger_update]).

[slot_access] is the invariant as the programs' rules ([frame_refine.v]) want it:
one atomic access to the word. The client's evidence [Ev] about the state (a handle,
say) rules out states before the access. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame Require Import frame_code frame_meta frame_refine.
From tally.frame.proof Require Import slot_ghost.
From tally.prelude Require Import options.

(** ** The model's functions on the words of states *)
Section words.
  Implicit Types (st : slot_state) (n : positive) (m : meta).

  Lemma state_word_ok st : state_bounded st → word_ok (state_word st).
  Proof.
    rewrite /word_ok /word_max. destruct st as [| | |n m]; simpl; [done..|].
    unfold slot_unique. lia.
  Qed.
  Lemma state_claim st :
    state_bounded st → slot_claim (state_word st) = claim_error st.
  Proof.
    destruct st as [| | |n m]; simpl; [done..|]. intros Hn. rewrite /slot_claim.
    case: (word_eqb_spec (Z.pos n) slot_unused)=> Heq; [by unfold slot_unused, slot_unique in *; lia|].
    case: (word_eqb_spec (Z.pos n) slot_unique)=> Heq'; [lia|].
    by case: (word_eqb_spec (Z.pos n) slot_busy).
  Qed.
  Definition acquire_state st : acquire_count :=
    match st with
    | SlotUnused => AcquireFailed ErrUnused
    | SlotBusy => AcquireFailed ErrBusy
    | SlotUnique => AcquireFailed ErrUnique
    | SlotShared n _ =>
        if decide (Z.pos n < slot_max)%Z then AcquireStored (Z.pos (n + 1))
        else AcquireAborted
    end.
  Lemma state_clone n :
    slot_clone_count (Z.pos n) =
      if decide (Z.pos n < slot_max)%Z then CloneStored (Z.pos (n + 1)) else CloneAborted.
  Proof.
    rewrite /slot_clone_count.
    case: (word_leb_spec slot_max (Z.pos n))=> Hle; case_decide; [lia|done| |lia].
    rewrite word_wrapping_add_small; [|unfold slot_max, word_max in *; lia].
    by rewrite Pos2Z.inj_add.
  Qed.
  Lemma state_acquire st :
    state_bounded st → slot_acquire (state_word st) = acquire_state st.
  Proof.
    destruct st as [| | |n m]; simpl; [done..|]. intros Hn.
    pose proof (state_clone n) as Hclone. rewrite /slot_clone_count in Hclone.
    rewrite /slot_acquire.
    case: (word_eqb_spec (Z.pos n) slot_unused)=> Heq; [by unfold slot_unused, slot_unique in *; lia|].
    case: (word_eqb_spec (Z.pos n) slot_unique)=> Heq'; [lia|].
    case: (word_eqb_spec (Z.pos n) slot_busy)=> Heq''; [done|].
    revert Hclone. destruct (word_leb slot_max (Z.pos n)), (decide _); congruence.
  Qed.
  Lemma state_shared_live n m : state_bounded (SlotShared n m) → word_live (Z.pos n).
  Proof.
    rewrite /word_live /slot_busy /slot_unused /= /slot_unique. split; lia.
  Qed.
  Lemma state_succ n m :
    state_bounded (SlotShared n m) → word_wrapping_add (Z.pos n) 1 = Z.pos (n + 1).
  Proof.
    simpl. unfold slot_unique. intros ?.
    rewrite word_wrapping_add_small; [lia|unfold word_max; lia].
  Qed.
  Lemma state_pred n m :
    state_bounded (SlotShared n m) → (1 < n)%positive →
    word_wrapping_sub (Z.pos n) 1 = Z.pos (n - 1).
  Proof.
    simpl. unfold slot_unique. intros ??.
    rewrite word_wrapping_sub_small; [lia|unfold word_max; lia].
  Qed.
End words.

Section inv.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Led : slot_state → iProp Σ) {Led_timeless : ∀ st, Timeless (Led st)}.
  Implicit Types (γ γr : gname) (s : loc) (pa : Z) (st : slot_state).

  Definition slot_inv γ γr s pa : iProp Σ :=
    (s +ₗ slot_paddr) ↦ #pa ∗
    ∃ st, s ↦ #(state_word st) ∗ slot_own D γ γr s st ∗ Led st.

  Definition is_slot γ γr s pa : iProp Σ := inv N (slot_inv γ γr s pa).
  Global Instance is_slot_persistent γ γr s pa : Persistent (is_slot γ γr s pa).
  Proof. apply _. Qed.

  (** From the cells of a slot: the word says unused, and there is room. *)
  Lemma is_slot_alloc E γr s pa :
    s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa -∗
    Led SlotUnused ={E}=∗ ∃ γ, is_slot γ γr s pa.
  Proof.
    iIntros "Hs Hroom Hpa HL".
    iMod (slot_own_alloc D γr s with "Hroom") as (γ) "Hown".
    iExists γ. iApply inv_alloc. iNext. iFrame "Hpa". iExists SlotUnused. iFrame.
  Qed.

  (** What the client does to the ledger when the state goes from [st] to [st']. *)
  Definition ledger_update st st' (Q : iProp Σ) : iProp Σ :=
    Led st ={⊤ ∖ ↑N}=∗ Led st' ∗ Q.

  Lemma slot_open γ γr s pa (Ev : iProp Σ) (P : slot_state → Prop) :
    (∀ st, slot_own D γ γr s st -∗ Ev -∗ ⌜P st⌝) →
    is_slot γ γr s pa -∗ Ev ={⊤,⊤ ∖ ↑N}=∗
    ∃ st, ⌜P st ∧ state_bounded st⌝ ∗ Ev ∗
      ▷ s ↦ #(state_word st) ∗ ▷ slot_own D γ γr s st ∗ Led st ∗
      (∀ st', ▷ s ↦ #(state_word st') -∗ ▷ slot_own D γ γr s st' -∗ Led st'
        ={⊤ ∖ ↑N,⊤}=∗ True).
  Proof using Led_timeless.
    iIntros (Hev) "#I E". iInv "I" as "(>Hpa & %st & >Hs & Hown & >HL)" "Hclose".
    iAssert (▷ ⌜P st⌝)%I as "#>%HP".
    { iIntros "!>". iApply (Hev with "Hown E"). }
    iAssert (▷ ⌜state_bounded st⌝)%I as "#>%Hb".
    { iIntros "!>". iApply (slot_own_bound with "Hown"). }
    iModIntro. iExists st. iSplitR; [done|]. iFrame "E Hs Hown HL".
    iIntros (st') "Hs Hown HL". iApply "Hclose". iNext. iFrame "Hpa".
    iExists st'. iFrame.
  Qed.

  (** ** Operations that do not look at the word *)
  Lemma start_paddr_ledger γ γr s pa Φ :
    is_slot γ γr s pa -∗ ▷ Φ #pa -∗ WP frame_start_paddr [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I HΦ". wp_rec. wp_pures. iInv "I" as "(>Hpa & Hst)".
    wp_read. iModIntro. iSplitR "HΦ"; [|done]. iNext. iFrame.
  Qed.

  (** The word of the state that the client has the token of. *)
  Lemma store_ledger γ γr s pa st st' (Ev R : iProp Σ) Φ :
    (∀ st'', slot_own D γ γr s st'' -∗ Ev -∗ ⌜st'' = st⌝) →
    is_slot γ γr s pa -∗ Ev -∗
    ▷ (slot_own D γ γr s st -∗ Ev ==∗ slot_own D γ γr s st' ∗ R) -∗
    ▷ ledger_update st st' (R -∗ Φ #☠) -∗
    WP #s <-ˢᶜ #(state_word st') {{ Φ }}.
  Proof using Led_timeless.
    iIntros (Hev) "#I E Hupd Hled".
    iMod (slot_open γ γr s pa Ev (λ st'', st'' = st) Hev with "I E")
      as (st'') "([-> _] & E & Hs & Hown & HL & Hclose)".
    wp_write. iMod ("Hupd" with "Hown E") as "[Hown HR]".
    iMod ("Hled" with "HL") as "[HL HΦ]".
    iMod ("Hclose" with "Hs Hown HL") as "_". by iApply "HΦ".
  Qed.
End inv.
