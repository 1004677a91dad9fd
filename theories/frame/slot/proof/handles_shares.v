(** * Page frames: the operations, with a lease

The specifications of [claims.v] and [shares.v], where the caller's evidence is a lease
that need not be whole. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import weighs slot_specs.
From tally.frame.slot.proof Require Import handles.
From tally.prelude Require Import options.

Section handles.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (q : Qp) (k : nat) (m : meta) (dealloc : val).
  Implicit Types (R : nat → list val → Qp → iProp Σ).

  Lemma get_from_unused_spec γ s pa i (src : loc) vl (u : bool) q :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None =>
            (if u then unique_frame D γ s i vl
             else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
            meta_own D i vl ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_at D N with "I Hsrc Hvl L"). iIntros "!>" (st _) "Hsrc H".
    iApply ("HΦ" $! (claim_error st)). iFrame "Hsrc". destruct st as [| | |n m]; simpl.
    - iDestruct "H" as (γm) "[$ Hh]". destruct u; [done|by iExists γm].
    - iDestruct "H" as "[$ $]". iPureIntro. naive_solver.
    - iDestruct "H" as "[$ $]". iPureIntro. naive_solver.
    - iDestruct "H" as "[$ $]". iPureIntro. naive_solver.
  Qed.
  Lemma get_from_in_use_spec γ s pa q :
    {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
      get_from_in_use [ #s ]
    {{{ (e : option frame_error), RET #(status_code e);
        match e with
        | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
        | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Φ) "[#I L] HΦ". iApply (get_from_in_use_at D N with "I L").
    iIntros "!>" (st _) "L H". iApply "HΦ".
    destruct st as [| | |n m]; simpl; [by eauto 10 with iFrame..|].
    iDestruct "H" as "[_ H]". iExists m. iFrame.
  Qed.
  Lemma frame_clone_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
        pending_incs (slot_pending_name γ) 1 }}}
      frame_clone [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L & Hr) HΦ". iApply (frame_clone_at D N with "I Hh Hr L").
    iIntros "!>" (n _) "L Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  Lemma frame_drop_spec γ s pa q m dealloc (R : nat → list val → Qp → iProp Σ) :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
        frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; lease γ q 0 ∨
        (∃ vl, ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl q) }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (frame_drop_at D N with "Hglue I Hh L"). iIntros "!>" (n _).
    destruct (sole_share (SlotShared n m)).
    - iIntros (vl Hvl) "Hdead L". iApply ("Hdealloc" with "[$L $Hdead]"). iIntros "!> HR".
      iApply "HΦ". iRight. iExists vl. by iFrame.
    - iIntros "L". iApply "HΦ". by iLeft.
  Qed.
  Lemma drop_last_in_place_spec γ s pa i vl q :
    {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗ busy_frame D γ s i vl ∗
        lease γ q 1 }}}
      drop_last_in_place (dict_glues D) [ #s ]
    {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh & L) HΦ".
    iApply (drop_last_in_place_at D N with "Hglue I Hh L").
    iIntros "!> Hdead L". iApply "HΦ". iFrame.
  Qed.
  Lemma reference_count_spec γ s pa m q k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q k }}}
      reference_count [ #s ]
    {{{ (n : Z), RET #n; ⌜(1 `max` k ≤ n < slot_unique)%Z⌝ ∗
        shared_frame D γ s m ∗ lease γ q k }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (reference_count_at D N with "I Hh L").
    iIntros "!>" (n [[_ Hk] Hb]) "L Hh". simpl in Hk, Hb. iApply "HΦ". iFrame.
    iPureIntro. lia.
  Qed.
  Lemma frame_from_unique_spec γ s pa i vl q :
    {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
      frame_from_unique [ #s ]
    {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) ∗ lease γ q 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (frame_from_unique_at D N with "I Hh L").
    iIntros "!>" (γm) "L Hh". iApply "HΦ". iFrame.
  Qed.
  Lemma try_from_shared_spec γ s pa m q :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
      try_from_shared [ #s ]
    {{{ (b : bool), RET #b; lease γ q 1 ∗
        if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
        else shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (try_from_shared_at D N with "I Hh L").
    iIntros "!>" (n _) "L Hh". iApply "HΦ". iFrame.
  Qed.
  Lemma unique_drop_spec γ s pa i vl q dealloc (R : nat → list val → Qp → iProp Σ) :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
        frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
      unique_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; R i vl q }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (unique_drop_at D N with "Hglue I Hh L"). iIntros "!> Hdead L".
    iApply ("Hdealloc" with "[$L $Hdead]"). iIntros "!> HR". by iApply "HΦ".
  Qed.
  Lemma reset_as_unused_spec γ s pa i vl q :
    {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗
        unique_frame D γ s i vl ∗ lease γ q 1 }}}
      reset_as_unused (dict_glues D) [ #s ]
    {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh & L) HΦ".
    iApply (reset_as_unused_at D N with "Hglue I Hh L").
    iIntros "!> Hdead L". iApply "HΦ". iFrame.
  Qed.
End handles.
