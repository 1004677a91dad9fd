(** * Page frames: an operation with two updates of the books (a sketch)

[get_from_unused] is seen Busy in between, so that the books move twice, and it is paid
for twice: what the first payment leaves pays for the second. One specification, and
those with leases, with the state and without books follow.

For leases all of it is arithmetic: [Weighs next P k k'] says that [k] drops owed become
[k' st], one small instance for each kind of move. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import slot_specs.
From tally.frame.slot.proof Require Import handles atomic_specs.
From tally.prelude Require Import options.

Section ledger.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s src : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (Cl : slot_state → iProp Σ) (Ev : iProp Σ) (P : slot_state → Prop).

  Definition built γ s (u : bool) i vl γm : iProp Σ :=
    if u then unique_frame D γ s i vl else shared_frame D γ s (Meta i vl γm).

  Lemma get_from_unused_at Cl `{!TimelessClient Cl} γ s pa i src vl (u : bool) Ev P
      (Ev1 : slot_state → iProp Σ) (Ev2 : gname → slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev1 →
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, built_state u i vl γm)
      (λ st, st = SlotBusy ∧ P SlotUnused) (Ev1 SlotUnused) (Ev2 γm)) →
    is_slot D N Cl γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ src ↦∗ vl -∗
       match st with
       | SlotUnused => ∃ γm, built γ s u i vl γm ∗ Ev2 γm SlotBusy
       | _ => meta_own D i vl ∗ Ev1 st
       end -∗ Φ #(status_code (claim_error st))) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof.
    iIntros (? Hp1 Hp2) "#I Hsrc Hvl E HΦ".
    iApply (get_from_unused_hocap with "I Hsrc Hvl E"). iIntros "!>" (st HP) "E HL".
    iMod (Hp1 st HP with "E HL") as "[HL E]". iModIntro.
    destruct st; simpl; iFrame "HL"; last first.
    1-3: iIntros "Hsrc Hvl"; iApply ("HΦ" with "[//] Hsrc [$Hvl $E]").
    iIntros (γm) "HL". iMod (Hp2 γm SlotBusy (conj eq_refl HP) with "E HL") as "[$ E]".
    iIntros "!> Hh Hsrc". iApply ("HΦ" with "[//] Hsrc"). iExists γm. by iFrame.
  Qed.
End ledger.

(** ** Leases: arithmetic *)
Class Weighs (next : slot_state → slot_state) (P : slot_state → Prop)
    (k : nat) (k' : slot_state → nat) : Prop :=
  weighs st : P st → state_weight st + k' st = state_weight (next st) + k.
Global Instance weighs_from_in_use P k :
  Weighs from_in_use_state P k (λ st, match st with SlotShared _ _ => S k | _ => k end).
Proof. intros [] _; simpl; [done..|]. rewrite Pos2Nat.inj_add. lia. Qed.
Global Instance weighs_claim P k :
  Weighs claimed_state P k (λ st, match st with SlotUnused => S k | _ => k end).
Proof. by intros []. Qed.
Global Instance weighs_build u i vl γm (Q : Prop) k :
  Weighs (λ _, built_state u i vl γm) (λ st, st = SlotBusy ∧ Q) k (λ _, k).
Proof. intros st [-> _]. by destruct u. Qed.
Global Instance weighs_drop P k :
  Weighs dropped_state (λ st, P st ∧ ∃ n m, st = SlotShared n m) (S k)
    (λ st, if sole_share st then S k else k).
Proof.
  intros st [_ (n & m & ->)]. destruct (decide (n = 1%positive)) as [->|Hn]; [done|].
  assert (sole_share (SlotShared n m) = false ∧
    dropped_state (SlotShared n m) = SlotShared (n - 1) m) as [-> ->] by by destruct n.
  simpl. lia.
Qed.
Global Instance pays_lease_weighs `{!frameG Σ, !invGS Σ} E γ next P q k k' :
  Weighs next P k k' →
  Pays E (client_lease (slot_lease_name γ)) next P (lease γ q k) (λ st, lease γ q (k' st)).
Proof.
  iIntros (Hk st HP) "L H". iApply (lease_update with "H L"). by apply Hk.
Qed.

Section specs.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s src : loc) (pa : Z) (i : nat) (vl : list val).

  (** With a lease, and with the whole of it, and with a handle that is in the way. *)
  Lemma get_from_unused_lease γ s pa i src vl (u : bool) q :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ st, RET #(status_code (claim_error st)); src ↦∗ vl ∗
        match st with
        | SlotUnused => ∃ γm, built D γ s u i vl γm ∗ lease γ q 1
        | _ => meta_own D i vl ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_at with "I Hsrc Hvl L"). iIntros "!>" (st _) "Hsrc H".
    iApply "HΦ". iFrame "Hsrc". by destruct st.
  Qed.
  Lemma get_from_unused_full γ s pa i src vl (u : bool) :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #0; src ↦∗ vl ∗ ∃ γm, built D γ s u i vl γm ∗ lease γ 1 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_at with "I Hsrc Hvl L"). iIntros "!>" (st Hst) "Hsrc H".
    apply state_weight_0 in Hst as ->. iApply "HΦ". iFrame.
  Qed.
  Lemma get_from_unused_shared γ s pa i src vl (u : bool) m :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrInUse); src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
    iApply (get_from_unused_at with "I Hsrc Hvl Hh"). iIntros "!>" (st) "[%n ->] Hsrc H".
    iApply "HΦ". iFrame.
  Qed.
End specs.
