(** * Page frames, owned plainly

The sealed export of the statements in [frame_plain_sig.v], from those of
[slot_specs_sig.v] alone. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export frame_plain_sig.
From tally.prelude Require Import options.

Module Export frame_plain : frame_plain_sig.
  Definition client_none {Σ} (st : slot_state) : iProp Σ := True.
  Local Instance client_none_timeless {Σ} : TimelessClient (client_none (Σ := Σ)).
  Proof. intros st. apply _. Qed.
  Definition plain_slot `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace)
      (γ : slot_names) (s : loc) (pa : Z) : iProp Σ :=
    is_slot D N client_none γ s pa.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s src : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (u : bool) (m : meta) (n : positive) (dealloc : val).

    Global Instance plain_slot_persistent γ s pa :
      Persistent (plain_slot D N γ s pa).
    Proof. apply _. Qed.
    Lemma plain_slot_alloc E γr s pa :
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ plain_slot D N γ s pa.
    Proof.
      iIntros "Hs Hroom Hpa".
      iMod (is_slot_alloc D N client_none E γr γr with "Hs Hroom Hpa [//]")
        as (γ) "[[_ %Hγr] #I]".
      iModIntro. iExists γ. by iSplit.
    Qed.
    Lemma plain_from_unused_spec γ s pa i src vl u :
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None => (if u then unique_frame D γ s i vl
             else (∃ γm, shared_frame D γ s (Meta i vl γm))%I)
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ meta_own D i vl
          end }}}.
    Proof.
      iIntros (Φ) "(#I & Hsrc & Hvl) HΦ".
      iApply (get_from_unused_hocap _ _ _ _ _ _ _ _ _ _ True with "I Hsrc Hvl [//]").
      iIntros "!>" (st) "_ _ _". destruct st as [| | |n m].
      - iIntros "!>". iSplitR; [done|]. iIntros (γm) "_ !>". iSplitR; [done|].
        iIntros "Hh Hsrc". iApply ("HΦ" $! None). iFrame "Hsrc".
        destruct u; [done|]. by iExists γm.
      - iIntros "!>". iSplitR; [done|]. iIntros "Hsrc Hvl".
        iApply ("HΦ" $! (Some ErrBusy)). iFrame. iPureIntro. naive_solver.
      - iIntros "!>". iSplitR; [done|]. iIntros "Hsrc Hvl".
        iApply ("HΦ" $! (Some ErrUnique)). iFrame. iPureIntro. naive_solver.
      - iIntros "!>". iSplitR; [done|]. iIntros "Hsrc Hvl".
        iApply ("HΦ" $! (Some ErrInUse)). iFrame. iPureIntro. naive_solver.
    Qed.
    Lemma plain_from_unused_shared_spec γ s pa i src vl u m :
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          shared_frame D γ s m }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrInUse);
          src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
      iApply (get_from_unused_hocap with "I Hsrc Hvl Hh").
      iIntros "!>" (st) "[%n ->] Hh _ !>". iSplitR; [done|]. iIntros "Hsrc Hvl".
      iApply "HΦ". iFrame.
    Qed.
    Lemma plain_from_unused_unique_spec γ s pa i src vl u i' vl' :
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          unique_frame D γ s i' vl' }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique);
          src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
    Proof.
      iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
      iApply (get_from_unused_hocap with "I Hsrc Hvl Hh").
      iIntros "!>" (st) "-> Hh _ !>". iSplitR; [done|]. iIntros "Hsrc Hvl".
      iApply "HΦ". iFrame.
    Qed.
    Lemma plain_from_in_use_spec γ s pa :
      {{{ plain_slot D N γ s pa }}}
        get_from_in_use [ #s ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝
          end }}}.
    Proof.
      iIntros (Φ) "#I HΦ".
      iApply (get_from_in_use_at _ _ _ _ _ _ True with "I [//]").
      iIntros "!>" (st) "_ _ H". iApply "HΦ". destruct st; simpl; eauto.
    Qed.
    Lemma plain_from_in_use_shared_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        get_from_in_use [ #s ]
      {{{ RET #0; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Φ) "[#I Hh] HΦ".
      iApply (get_from_in_use_at with "I Hh"). iIntros "!>" (st) "[%n ->] Hh Hh'".
      iApply "HΦ". iFrame.
    Qed.
    Lemma plain_from_in_use_unique_spec γ s pa i vl :
      {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
    Proof.
      iIntros (Φ) "[#I Hh] HΦ".
      iApply (get_from_in_use_at with "I Hh"). iIntros "!>" (st) "-> Hh _".
      by iApply "HΦ".
    Qed.
    Lemma plain_clone_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Proof.
      iIntros (Φ) "(#I & Hh & Hr) HΦ".
      iApply (frame_clone_hocap D N with "I Hh Hr"). iIntros "!>" (n) "_ !>".
      iSplitR; [done|]. iIntros "_ Hh Hh' Hr". iApply "HΦ". iFrame.
    Qed.
    Lemma plain_inc_ref_count_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
        inc_ref_count [ #s ]
      {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Proof.
      iIntros (Φ) "(#I & Hh & Hr) HΦ".
      iApply (inc_ref_count_hocap D N with "I Hh Hr"). iIntros "!>" (n) "_ !>".
      iSplitR; [done|]. iIntros "_ Hh Hh' Hr". iApply "HΦ". iFrame.
    Qed.
    Lemma plain_clone_by_cas_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        clone_by_cas [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Φ) "(#I & Hh) HΦ".
      iApply (clone_by_cas_hocap D N with "I Hh"). iIntros "!>" (n _) "_ !>".
      iSplitR; [done|]. iIntros "Hh Hh'". iApply "HΦ". iFrame.
    Qed.
    Lemma plain_reference_count_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        reference_count [ #s ]
      {{{ n, RET #(Z.pos n); ⌜(Z.pos n < slot_unique)%Z⌝ ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Φ) "(#I & Hh) HΦ".
      iApply (reference_count_hocap D N with "I Hh"). iIntros "!>" (n Hn) "_ !>".
      iSplitR; [done|]. iIntros "Hh". iApply "HΦ". by iFrame.
    Qed.
    Lemma plain_drop_spec γ s pa m dealloc :
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc (λ _ _ _, True) ∗
          plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; True }}}.
    Proof.
      iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh) HΦ".
      iApply (frame_drop_hocap D N with "Hglue I Hh"). iNext. iSplit.
      - iIntros (n _) "_ !>". iSplitR; [done|]. by iApply "HΦ".
      - iIntros "_ !>". iSplitR; [done|]. iIntros "_ !>". iSplitR; [done|].
        iIntros (vl _) "Hdead". by iApply ("Hdealloc" $! _ _ 1%Qp with "[$Hdead]").
    Qed.
    Lemma plain_from_unique_spec γ s pa i vl :
      {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_unique [ #s ]
      {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) }}}.
    Proof.
      iIntros (Φ) "(#I & Hh) HΦ".
      iApply (frame_from_unique_hocap D N with "I Hh"). iIntros "!>" (γm) "_ !>".
      iSplitR; [done|]. iApply "HΦ".
    Qed.
    Lemma plain_try_from_shared_spec γ s pa m :
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        try_from_shared [ #s ]
      {{{ (b : bool), RET #b;
          if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m }}}.
    Proof.
      iIntros (Φ) "(#I & Hh) HΦ".
      iApply (try_from_shared_hocap D N with "I Hh"). iNext. iSplit.
      - iIntros "_ !>". iSplitR; [done|]. iIntros (vl Hvl) "Hh".
        iApply ("HΦ" $! true). iExists vl. by iFrame.
      - iIntros (n _) "_ !>". iSplitR; [done|]. iApply ("HΦ" $! false).
    Qed.
    Lemma plain_unique_drop_spec γ s pa i vl dealloc
        (R : nat → list val → Qp → iProp Σ) :
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc R ∗
          plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        unique_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; R i vl 1%Qp }}}.
    Proof.
      iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh) HΦ".
      iApply (unique_drop_hocap D N with "Hglue I Hh").
      iIntros "!> _ !>". iSplitR; [done|]. iIntros "_ !>". iSplitR; [done|].
      iIntros "Hdead". by iApply ("Hdealloc" $! _ _ 1%Qp with "[$Hdead]").
    Qed.
    Lemma plain_reset_as_unused_spec γ s pa i vl :
      {{{ dict_drop_spec D ∗ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        reset_as_unused (dict_glues D) [ #s ]
      {{{ RET #☠; meta_dead D i vl }}}.
    Proof.
      iIntros (Φ) "(#Hglue & #I & Hh) HΦ".
      iApply (reset_as_unused_hocap D N with "Hglue I Hh").
      iIntros "!> _ !>". iSplitR; [done|]. iIntros "_ !>". iSplitR; [done|].
      iIntros "Hdead". by iApply "HΦ".
    Qed.
    Lemma plain_start_paddr_spec γ s pa :
      {{{ plain_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
    Proof.
      iIntros (Φ) "#I HΦ". iApply (frame_start_paddr_hocap with "I"). by iApply "HΦ".
    Qed.
  End laws.
End frame_plain.
