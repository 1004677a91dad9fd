(** * Page frames: building metadata and tearing it down, against any ledger

The programs that have the metadata to themselves ([write_meta_spec],
[drop_meta_in_place_spec], [frame_repurpose_spec]), and the operations that take a
slot out of [SlotUnused] and back into it. Both have two visible transitions, as the
slot is seen Busy in between, so the client's ledger is updated twice.

Key results: [get_from_unused_hocap], [drop_last_in_place_hocap],
[unique_drop_hocap], [reset_as_unused_hocap]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From iris.program_logic Require Import lifting.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv.
From tally.prelude Require Import options.

Section exclusive.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (γ : slot_names) (s : loc) (i : nat) (vl : list val).

  Lemma meta_whole_room s i vl :
    (s +ₗ slot_vtable) ↦ #i -∗ (s +ₗ slot_storage) ↦∗ vl -∗ ⌜length vl = dict_size D⌝ -∗
    meta_room D s.
  Proof. iIntros "Ht Hl %Hlen". iExists (#i), vl. by iFrame. Qed.

  Lemma write_meta_spec s i (src : loc) vl :
    {{{ meta_room D s ∗ src ↦∗ vl ∗ meta_own D i vl }}}
      write_meta (dict_size D) [ #s; #i; #src ]
    {{{ RET #☠; meta_whole D s i vl ∗ src ↦∗ vl }}}.
  Proof.
    iIntros (Φ) "((%v & %vl' & %Hlen & Ht & Hl) & Hsrc & Hvl) HΦ".
    iDestruct (meta_own_size with "Hvl") as %Hlen'. rewrite /slot_vtable /slot_storage.
    wp_rec. wp_pures. wp_write. wp_pures.
    wp_apply (memcpy_spec with "[$Hl $Hsrc]"); [by rewrite Hlen|by rewrite Hlen'|].
    iIntros "[Hl Hsrc]". iApply "HΦ". iFrame "Hsrc". iFrame.
  Qed.

  Lemma busy_frame_whole_acc γ s i vl :
    busy_frame D γ s i vl -∗
    meta_whole D s i vl ∗ (∀ i' vl', meta_whole D s i' vl' -∗ busy_frame D γ s i' vl').
  Proof. iIntros "[$ $]" (i' vl') "$". Qed.

  (** The dispatch. *)
  Lemma vtable_drop_dispatch (glues : list val) i (glue : val) (l : loc) (Φ : val → iProp Σ) :
    glues !! i = Some glue →
    ▷ WP glue [ #l ] {{ Φ }} -∗ WP vtable_drop glues [ #i; #l ] {{ Φ }}.
  Proof.
    iIntros (Hi) "H".
    assert (subst_list [BNamed "vtable"; BNamed "storage"] [ #i; #l ]%V
        (Case (Var "vtable") ((λ g : val, App (Val g) [Var "storage"]) <$> glues)) =
      Some (Case #i ((λ g : val, App (Val g) [ #l ]) <$> glues))) as Hsubst.
    { simpl. do 2 f_equal. clear. induction glues as [|g glues IH]; [done|].
      simpl in *. by rewrite IH. }
    rewrite /vtable_drop.
    iApply (wp_pure_step_later _ _ _ _ _ 1); [exact Hsubst|]. iIntros "!> _ /=".
    iApply (wp_pure_step_later _ _ _ (App (Val glue) [ #l ]) _ 1).
    { split; [lia|]. by rewrite Nat2Z.id list_lookup_fmap Hi. }
    by iIntros "!> _".
  Qed.

  Lemma drop_meta_in_place_spec s i vl :
    {{{ dict_drop_spec D ∗ meta_whole D s i vl }}}
      drop_meta_in_place (dict_glues D) [ #s ]
    {{{ RET #☠; meta_room D s ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & Ht & Hl & %τ & %Hτ & Hvl) HΦ".
    rewrite /slot_vtable. wp_rec. wp_pures. wp_read. wp_pures.
    iApply vtable_drop_dispatch.
    { by rewrite /dict_glues list_lookup_fmap Hτ. }
    iNext. iApply ("Hglue" $! i τ Hτ with "[$Hl $Hvl]").
    iIntros "!>" (vl') "(_ & Hl & %Hlen & Hdead)". iApply "HΦ".
    iSplitL "Ht Hl"; [|iExists τ; by iFrame].
    iApply (meta_whole_room with "Ht Hl [%]"). by rewrite Hlen (dict_size_eq D i).
  Qed.

  Lemma frame_repurpose_spec γ s i vl i' (src : loc) vl' :
    {{{ dict_drop_spec D ∗ unique_frame D γ s i vl ∗ src ↦∗ vl' ∗ meta_own D i' vl' }}}
      frame_repurpose (dict_size D) (dict_glues D) [ #s; #i'; #src ]
    {{{ RET #s; unique_frame D γ s i' vl' ∗ src ↦∗ vl' ∗ meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & [Htok Hm] & Hsrc & Hvl) HΦ". wp_rec.
    wp_apply (drop_meta_in_place_spec with "[$Hglue $Hm]"). iIntros "[Hroom Hdead]".
    wp_pures. wp_apply (write_meta_spec with "[$Hroom $Hsrc $Hvl]").
    iIntros "[Hm Hsrc]". wp_pures. wp_rec. iModIntro. iApply "HΦ". by iFrame.
  Qed.
End exclusive.

Section ledger.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (st : slot_state) (m : meta) (Φ : val → iProp Σ) (dealloc : val).

  Lemma get_from_unused_hocap γ s pa i (src : loc) vl (u : bool)
      (Ev : iProp Σ) (P : slot_state → Prop) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot D N Cl γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev -∗ Cl st ={⊤ ∖ ↑N}=∗
       match st with
       | SlotUnused => Cl SlotBusy ∗
           ∀ γm, client_update N Cl SlotBusy (built_state u i vl γm)
             ((if u then unique_frame D γ s i vl
               else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
       | _ => Cl st ∗
           (src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st)))
       end) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof using All.
    iIntros (Hev) "#I Hsrc Hvl E Hvs". wp_rec.
    wp_apply (claim_unused_refines (⊤ ∖ ↑N)). rewrite /word_access.
    iMod (slot_open with "I E") as "H"; [done|].
    iDestruct "H" as (st) "([%HP %Hb] & E & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (state_word st). iFrame "Hs". iSplitR.
    { iPureIntro. split; [by apply state_word_ok|done]. }
    iNext. iIntros "Hs". rewrite /slot_claim_next state_claim //.
    iMod ("Hvs" with "[//] E HL") as "Hvs".
    destruct (decide (claim_error st = None)) as [Hst|Hst]; last first.
    { iAssert (Cl st ∗
        (src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))))%I
        with "[Hvs]" as "[HL HΦ]"; [by destruct st|].
      iMod ("Hclose" $! st with "[Hs] Hown HL") as "_"; [by destruct st|].
      iModIntro. wp_pures. destruct st; [done|..]; simpl; wp_pures;
        iApply ("HΦ" with "Hsrc Hvl"). }
    destruct st as [| | |n m]; [|done..]. simpl. iDestruct "Hvs" as "[HL Hvs]".
    iMod (slot_claim_update with "Hown") as "(Hown & Htok & Hroom)".
    iMod ("Hclose" $! SlotBusy with "Hs Hown HL") as "_". iModIntro. wp_pures.
    wp_apply (write_meta_spec with "[$Hroom $Hsrc $Hvl]"). iIntros "[Hm Hsrc]". wp_pures.
    destruct u; wp_pures.
    - wp_bind (Write _ _ _).
      iApply (store_hocap _ _ _ _ _ _ SlotBusy SlotUnique with "I Htok [] [Hvs Hm Hsrc]").
      { iNext. iIntros "Hown Htok". iApply (slot_publish_update with "Hown Htok"). }
      iNext. iIntros "HL". iMod ("Hvs" $! 1%positive with "HL") as "[$ HΦ]".
      iIntros "!> Htok". wp_pures. iApply ("HΦ" with "[$Htok $Hm] Hsrc").
    - iMod (meta_share with "Hm") as (γm) "Hm". wp_bind (Write _ _ _).
      iCombine "Htok Hm" as "H".
      iApply (store_hocap _ _ _ _ _ _ SlotBusy (SlotShared 1 (Meta i vl γm))
        with "I H [] [Hvs Hsrc]").
      { iNext. iIntros "Hown [Htok Hm]".
        iApply (slot_publish_shared_update with "Hown Htok Hm"). }
      iNext. iIntros "HL". iMod ("Hvs" $! γm with "HL") as "[$ HΦ]".
      iIntros "!> Hh". wp_pures. iApply ("HΦ" with "Hh Hsrc").
  Qed.

  (** From Busy, with the whole of the metadata. *)
  Lemma drop_last_in_place_hocap γ s pa i vl Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗
    ▷ client_update N Cl SlotBusy SlotUnused (meta_dead D i vl -∗ Φ #☠) -∗
    WP drop_last_in_place (dict_glues D) [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#Hglue #I [Htok Hm] Hvs". wp_rec. wp_pures. wp_bind (!ˢᶜ _)%E.
    iMod (slot_open with "I Htok") as "H"; [done|].
    iDestruct "H" as (st) "([-> _] & Htok & Hs & Hown & HL & Hclose)".
    wp_read. iMod ("Hclose" with "Hs Hown HL") as "_". iModIntro. wp_pures.
    wp_apply (debug_assert_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (drop_meta_in_place_spec with "[$Hglue $Hm]"). iIntros "[Hroom Hdead]".
    wp_pures.
    iCombine "Htok Hroom" as "H".
    iApply (store_hocap _ _ _ _ _ _ SlotBusy SlotUnused _ _ True with "I H [] [Hvs Hdead]").
    { iNext. iIntros "Hown [Htok Hroom]".
      iMod (slot_free_update _ _ (slot_pending_name γ) with "Hown Htok Hroom") as "$". done. }
    iNext. iIntros "HL". iMod ("Hvs" with "HL") as "[$ HΦ]". iIntros "!> _".
    iApply ("HΦ" with "Hdead").
  Qed.

  (** The store that both programs on unique handles begin with. *)
  Lemma frame_release_hocap γ s pa i vl Φ :
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy (busy_frame D γ s i vl -∗ Φ #☠) -∗
    WP #s <-ˢᶜ #slot_busy {{ Φ }}.
  Proof using All.
    iIntros "#I [Htok Hm] Hvs".
    iApply (store_hocap _ _ _ _ _ _ SlotUnique SlotBusy with "I Htok [] [Hvs Hm]").
    { iNext. iIntros "Hown Htok". iApply (slot_release_update with "Hown Htok"). }
    iNext. iIntros "HL". iMod ("Hvs" with "HL") as "[$ HΦ]". iIntros "!> Htok".
    iApply "HΦ". iFrame.
  Qed.

  Lemma reset_as_unused_hocap γ s pa i vl Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy
        (client_update N Cl SlotBusy SlotUnused (meta_dead D i vl -∗ Φ #☠)) -∗
    WP reset_as_unused (dict_glues D) [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#Hglue #I Hh Hvs". wp_rec. wp_bind (Write _ _ _).
    iApply (frame_release_hocap with "I Hh"). iIntros "!> HL".
    iMod ("Hvs" with "HL") as "[$ Hvs]". iIntros "!> Hh". wp_pures.
    iApply (drop_last_in_place_hocap with "Hglue I Hh Hvs").
  Qed.

  Lemma unique_drop_hocap γ s pa i vl dealloc Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy
        (client_update N Cl SlotBusy SlotUnused
          (meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})) -∗
    WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#Hglue #I Hh Hvs". wp_rec. wp_bind (Write _ _ _).
    iApply (frame_release_hocap with "I Hh"). iIntros "!> HL".
    iMod ("Hvs" with "HL") as "[$ Hvs]". iIntros "!> Hh". wp_pures.
    wp_apply (drop_last_in_place_hocap with "Hglue I Hh"). iIntros "HL".
    iMod ("Hvs" with "HL") as "[$ Hvs]". iIntros "!> Hdead". wp_pures.
    wp_apply (frame_start_paddr_hocap with "I"). wp_pures. iApply ("Hvs" with "Hdead").
  Qed.
End ledger.
