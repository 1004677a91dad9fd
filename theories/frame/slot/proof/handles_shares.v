(** * Page frames: cloning, dropping and converting handles with obligations

The specifications of [handles.v] continued. Where the caller's share of the lease
says how many handles there are, the result is determined: the drop is the last one,
the conversion succeeds, the count is exactly so. *)
From iris.base_logic.lib Require Import own invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import slot_specs.
From tally.frame.slot.proof Require Import handles.
From tally.prelude Require Import options.

Section handles.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (q : Qp) (k : nat) (m : meta) (dealloc : val).
  Implicit Types (R : nat → list val → Qp → iProp Σ).

  Lemma frame_clone_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
        pending_incs (slot_pending_name γ) 1 }}}
      frame_clone [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L & Hr) HΦ".
    iApply (frame_clone_hocap D N with "I Hh Hr"). iIntros "!>" (n) "HL".
    iMod (lease_update _ _ 0 1 _ (SlotShared (n + 1) m) with "HL L") as "[$ L]".
    { rewrite /= Pos2Nat.inj_add. lia. }
    iIntros "!> _ Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  Lemma inc_ref_count_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
        pending_incs (slot_pending_name γ) 1 }}}
      inc_ref_count [ #s ]
    {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L & Hr) HΦ".
    iApply (inc_ref_count_hocap D N with "I Hh Hr"). iIntros "!>" (n) "HL".
    iMod (lease_update _ _ 0 1 _ (SlotShared (n + 1) m) with "HL L") as "[$ L]".
    { rewrite /= Pos2Nat.inj_add. lia. }
    iIntros "!> _ Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  Lemma clone_by_cas_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 }}}
      clone_by_cas [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (clone_by_cas_hocap D N with "I Hh"). iIntros "!>" (n Hn) "HL".
    iMod (lease_update _ _ 0 1 _ (SlotShared (n + 1) m) with "HL L") as "[$ L]".
    { rewrite /= Pos2Nat.inj_add. lia. }
    iIntros "!> Hh Hh'". iApply "HΦ". iFrame.
  Qed.

  (** A drop by its halves. The first returns whether the second is to follow. *)
  Lemma dec_ref_count_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
      dec_ref_count [ #s ]
    {{{ (b : bool), RET #b;
        if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl ∗
          lease γ q 1
        else lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (dec_ref_count_hocap D N with "I Hh"). iNext. iSplit.
    - iIntros (n Hn) "HL".
      iMod (lease_update _ _ 1 0 _ (SlotShared (n - 1) m) with "HL L") as "[$ L]".
      { simpl. lia. }
      iModIntro. by iApply ("HΦ" $! false).
    - iIntros "HL". iDestruct (client_lease_eq _ _ SlotBusy with "HL") as "$"; [done|].
      iIntros "!>" (vl Hvl) "Hh". iApply ("HΦ" $! true). iExists vl. by iFrame.
  Qed.
  Lemma drop_last_in_place_spec γ s pa i vl q :
    {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗ busy_frame D γ s i vl ∗ lease γ q 1 }}}
      drop_last_in_place (dict_glues D) [ #s ]
    {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh & L) HΦ".
    iApply (drop_last_in_place_hocap D N with "Hglue I Hh"). iIntros "!> HL".
    iMod (lease_update _ _ 1 0 _ SlotUnused with "HL L") as "[$ L]"; [done|].
    iIntros "!> Hdead". iApply "HΦ". iFrame.
  Qed.

  (** The last share goes: the common end. *)
  Local Lemma last_drop_update γ pa q m dealloc R Φ :
    dealloc_spec D (λ q, lease γ q 0) pa dealloc R -∗ lease γ q 1 -∗
    (∀ vl, ⌜meta_change D m vl⌝ -∗ R (meta_vtable m) vl q -∗ Φ #☠) -∗
    client_update N (client_lease (slot_lease_name γ)) (SlotShared 1 m) SlotBusy
      (client_update N (client_lease (slot_lease_name γ)) SlotBusy SlotUnused
        (∀ vl, ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
          WP dealloc [ #pa; #page_size ] {{ Φ }})).
  Proof.
    iIntros "#Hdealloc L HΦ HL".
    iDestruct (client_lease_eq _ _ SlotBusy with "HL") as "$"; [done|].
    iIntros "!> HL".
    iMod (lease_update _ _ 1 0 _ SlotUnused with "HL L") as "[$ L]"; [done|].
    iIntros "!>" (vl Hvl) "Hdead". iApply ("Hdealloc" with "[$L $Hdead]").
    iIntros "!> HR". by iApply ("HΦ" with "[//] HR").
  Qed.

  Lemma frame_drop_spec γ s pa q m dealloc R :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗ frame_slot D N γ s pa ∗
        shared_frame D γ s m ∗ lease γ q 1 }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; lease γ q 0 ∨
        (∃ vl, ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl q) }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (frame_drop_hocap D N with "Hglue I Hh"). iNext. iSplit.
    - iIntros (n Hn) "HL".
      iMod (lease_update _ _ 1 0 _ (SlotShared (n - 1) m) with "HL L") as "[$ L]".
      { simpl. lia. }
      iModIntro. iApply "HΦ". by iLeft.
    - iApply (last_drop_update with "Hdealloc L"). iIntros (vl Hvl) "HR".
      iApply "HΦ". iRight. iExists vl. by iFrame.
  Qed.
  (** Who has the whole lease, with one drop owed, has the last share. *)
  Lemma frame_drop_last_spec γ s pa m dealloc R :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗ frame_slot D N γ s pa ∗
        shared_frame D γ s m ∗ lease γ 1 1 }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ vl, RET #☠; ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl 1%Qp }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (frame_drop_hocap D N with "Hglue I Hh"). iNext. iSplit.
    - iIntros (n Hn) "HL". iDestruct (lease_full with "HL L") as %Hw. simpl in Hw. lia.
    - iApply (last_drop_update with "Hdealloc L"). iIntros (vl Hvl) "HR".
      iApply "HΦ". by iFrame.
  Qed.
  (** Who has two shares drops one that is not the last. *)
  Lemma frame_drop_other_spec γ s pa q k m dealloc :
    {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗
        shared_frame D γ s m ∗ lease γ q (2 + k) }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; lease γ q (1 + k) }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh & L) HΦ".
    iApply (frame_drop_hocap D N with "Hglue I Hh"). iNext. iSplit.
    - iIntros (n Hn) "HL".
      iMod (lease_update _ _ (2 + k) (1 + k) _ (SlotShared (n - 1) m) with "HL L")
        as "[$ L]".
      { simpl. lia. }
      iModIntro. by iApply "HΦ".
    - iIntros "HL". iDestruct (lease_le with "HL L") as %Hw. simpl in Hw. lia.
  Qed.

  (** ** Converting *)
  Lemma frame_from_unique_spec γ s pa i vl q :
    {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
      frame_from_unique [ #s ]
    {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) ∗ lease γ q 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (frame_from_unique_hocap D N with "I Hh"). iIntros "!>" (γm) "HL".
    iDestruct (client_lease_eq _ _ (SlotShared 1 (Meta i vl γm)) with "HL") as "$"; [done|].
    iIntros "!> Hh". iApply "HΦ". iFrame.
  Qed.
  Lemma try_from_shared_spec γ s pa m q :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
      try_from_shared [ #s ]
    {{{ (b : bool), RET #b; lease γ q 1 ∗
        if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
        else shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (try_from_shared_hocap D N with "I Hh"). iNext. iSplit.
    - iIntros "HL". iDestruct (client_lease_eq _ _ SlotUnique with "HL") as "$"; [done|].
      iIntros "!>" (vl Hvl) "Hh". iApply ("HΦ" $! true). iFrame "L". iExists vl. by iFrame.
    - iIntros (n Hn) "$ !> Hh". iApply ("HΦ" $! false). iFrame.
  Qed.
  Lemma try_from_shared_full_spec γ s pa m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 1 }}}
      try_from_shared [ #s ]
    {{{ vl, RET #true; ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl ∗
        lease γ 1 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (try_from_shared_hocap D N with "I Hh"). iNext. iSplit.
    - iIntros "HL". iDestruct (client_lease_eq _ _ SlotUnique with "HL") as "$"; [done|].
      iIntros "!>" (vl Hvl) "Hh". iApply "HΦ". by iFrame.
    - iIntros (n Hn) "HL". iDestruct (lease_full with "HL L") as %Hw. simpl in Hw. lia.
  Qed.
  (** Who has another share fails. *)
  Lemma try_from_shared_other_spec γ s pa m q k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q (2 + k) }}}
      try_from_shared [ #s ]
    {{{ RET #false; shared_frame D γ s m ∗ lease γ q (2 + k) }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (try_from_shared_hocap D N with "I Hh"). iNext. iSplit.
    - iIntros "HL". iDestruct (lease_le with "HL L") as %Hw. simpl in Hw. lia.
    - iIntros (n Hn) "$ !> Hh". iApply "HΦ". iFrame.
  Qed.

  (** ** Counting *)
  Lemma reference_count_spec γ s pa m q k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q k }}}
      reference_count [ #s ]
    {{{ (n : Z), RET #n; ⌜(1 `max` k ≤ n < slot_unique)%Z⌝ ∗
        shared_frame D γ s m ∗ lease γ q k }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (reference_count_hocap D N with "I Hh"). iIntros "!>" (n Hn) "HL".
    iDestruct (lease_le with "HL L") as %Hw. simpl in Hw. iFrame "HL".
    iIntros "!> Hh". iApply "HΦ". iFrame. iPureIntro. lia.
  Qed.
  Lemma reference_count_exact_spec γ s pa m k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 k }}}
      reference_count [ #s ]
    {{{ RET #(Z.of_nat k); shared_frame D γ s m ∗ lease γ 1 k }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (reference_count_hocap D N with "I Hh"). iIntros "!>" (n Hn) "HL".
    iDestruct (lease_full with "HL L") as %Hw. simpl in Hw. iFrame "HL".
    iIntros "!> Hh". rewrite -positive_nat_Z Hw. iApply "HΦ". iFrame.
  Qed.

  (** ** Unique handles *)
  Lemma unique_drop_spec γ s pa i vl q dealloc R :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗ frame_slot D N γ s pa ∗
        unique_frame D γ s i vl ∗ lease γ q 1 }}}
      unique_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; R i vl q }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (unique_drop_hocap D N with "Hglue I Hh"). iIntros "!> HL".
    iDestruct (client_lease_eq _ _ SlotBusy with "HL") as "$"; [done|].
    iIntros "!> HL".
    iMod (lease_update _ _ 1 0 _ SlotUnused with "HL L") as "[$ L]"; [done|].
    iIntros "!> Hdead". iApply ("Hdealloc" with "[$L $Hdead]").
    iIntros "!> HR". by iApply "HΦ".
  Qed.
  Lemma reset_as_unused_spec γ s pa i vl q :
    {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
      reset_as_unused (dict_glues D) [ #s ]
    {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh & L) HΦ".
    iApply (reset_as_unused_hocap D N with "Hglue I Hh"). iIntros "!> HL".
    iDestruct (client_lease_eq _ _ SlotBusy with "HL") as "$"; [done|].
    iIntros "!> HL".
    iMod (lease_update _ _ 1 0 _ SlotUnused with "HL L") as "[$ L]"; [done|].
    iIntros "!> Hdead". iApply "HΦ". iFrame.
  Qed.

  (** ** Addresses *)
  Lemma frame_start_paddr_spec γ s pa :
    {{{ frame_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
  Proof.
    iIntros (Φ) "#I HΦ". iApply (frame_start_paddr_hocap with "I"). by iApply "HΦ".
  Qed.
End handles.
