(** * Page frames: building metadata and tearing it down

The programs that have the metadata to themselves ([write_meta_spec],
[drop_meta_in_place_spec], [frame_repurpose_spec]), and the operations that take a
slot out of [SlotUnused] and back into it, against any client state. Both have two
visible transitions, as the slot is seen Busy in between, so that the client state moves
twice, and it is paid for twice: what the first payment leaves pays for the second.

Key results: [get_from_unused_at], [drop_last_in_place_at], [unique_drop_at],
[reset_as_unused_at]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From iris.program_logic Require Import lifting.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv one_access word_rules.
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

Section client.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s src : loc) (pa : Z) (i : nat).
  Implicit Types (vl : list val) (u : bool) (Φ : val → iProp Σ) (dealloc : val).
  Implicit Types (Ev : iProp Σ) (P : slot_state → Prop).

  Lemma claim_unused_at γ s pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with SlotUnused => vacant_frame D γ s | _ => True end -∗
       Φ #(status_code (claim_error st))) -∗
    WP claim_unused [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpay) "#I E HΦ". iApply (claim_unused_refines (⊤ ∖ ↑N)).
    iApply (slot_claim_busy D N Cl γ s pa Ev P Ev' (λ e, Φ #(status_code e)) with "I E HΦ").
  Qed.
  Lemma get_from_unused_at γ s pa i src vl u Ev P
      (Ev1 : slot_state → iProp Σ) (Ev2 : gname → slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev1 →
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, built_state u i vl γm)
      (λ st, st = SlotBusy ∧ P SlotUnused) (Ev1 SlotUnused) (Ev2 γm)) →
    is_slot D N Cl γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ src ↦∗ vl -∗
       match st with
       | SlotUnused => ∃ γm, Ev2 γm SlotBusy ∗
           if u then unique_frame D γ s i vl else shared_frame D γ s (Meta i vl γm)
       | _ => Ev1 st ∗ meta_own D i vl
       end -∗ Φ #(status_code (claim_error st))) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpay1 Hpay2) "#I Hsrc Hvl E HΦ". wp_rec.
    wp_apply (claim_unused_at with "I E"); [done..|].
    iIntros (st HP) "E Hout". iSpecialize ("HΦ" $! st with "[//]").
    destruct st as [| | |n m]; simpl; wp_pures; [|iApply ("HΦ" with "Hsrc [$E $Hvl]")..].
    iDestruct "Hout" as "[Htok Hroom]".
    assert (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, built_state u i vl γm) (λ st, st = SlotBusy)
      (Ev1 SlotUnused) (Ev2 γm)) as Hpay by (intros γm st Hst; by apply Hpay2).
    wp_apply (write_meta_spec with "[$Hroom $Hsrc $Hvl]"). iIntros "[Hm Hsrc]". wp_pures.
    destruct u; wp_pures; wp_bind (Write _ _ _).
    - iApply (slot_store D N Cl _ _ _ SlotBusy (λ _, SlotUnique) _ _ (Ev1 SlotUnused)
        (Ev2 1%positive) with "I Htok E"); [apply slot_publish_update|].
      iIntros "!> Htok E". wp_pures. iApply ("HΦ" with "Hsrc"). iExists 1%positive. by iFrame.
    - iMod (meta_share with "Hm") as (γm) "Hm". iCombine "Htok Hm" as "H".
      iApply (slot_store D N Cl _ _ _ SlotBusy (λ _, SlotShared 1 (Meta i vl γm)) _ _
        (Ev1 SlotUnused) (Ev2 γm) with "I H E");
        [by apply tells_sep_l, tells_busy_tok| |].
      { iIntros "Hown [Htok Hm]". iApply (slot_publish_shared_update with "Hown Htok Hm"). }
      iIntros "!> Hh E". wp_pures. iApply ("HΦ" with "Hsrc"). iExists γm. by iFrame.
  Qed.

  (** From Busy, with the whole of the metadata. *)
  Lemma drop_last_in_place_at γ s pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (meta_dead D i vl -∗ Ev' SlotBusy -∗ Φ #☠) -∗
    WP drop_last_in_place (dict_glues D) [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#Hglue #I [Htok Hm] E HΦ". wp_rec. wp_pures. wp_bind (!ˢᶜ _)%E.
    iMod (slot_open D N Cl _ _ _ _ _ (busy_tok (slot_state_name γ)) with "I Htok") as "H";
      [done|apply bi.later_intro|].
    iDestruct "H" as (st) "([-> _] & Htok & Hs & Hown & HL & Hclose)".
    wp_read. iMod ("Hclose" with "Hs Hown HL") as "_". iModIntro. wp_pures.
    wp_apply (debug_assert_spec with "[//]"). iIntros "_". wp_pures.
    wp_apply (drop_meta_in_place_spec with "[$Hglue $Hm]"). iIntros "[Hroom Hdead]".
    wp_pures. iCombine "Htok Hroom" as "H".
    iApply (slot_store D N Cl _ _ _ SlotBusy vacated_state _ True with "I H E");
      [by apply tells_sep_l, tells_busy_tok| |].
    { iIntros "Hown [Htok Hroom]".
      iMod (slot_free_update _ _ (slot_pending_name γ) with "Hown Htok Hroom") as "$". done. }
    iIntros "!> _". iApply ("HΦ" with "Hdead").
  Qed.

  (** The store that both programs on unique handles begin with. *)
  Lemma frame_release_at γ s pa i vl Ev (Ev' : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (busy_frame D γ s i vl -∗ Ev' SlotUnique -∗ Φ #☠) -∗
    WP #s <-ˢᶜ #slot_busy {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I [Htok Hm] E HΦ".
    iApply (slot_store D N Cl _ _ _ SlotUnique retired_state with "I Htok E").
    { apply slot_release_update. }
    iIntros "!> Htok". iApply "HΦ". iFrame.
  Qed.

  Lemma reset_as_unused_at γ s pa i vl Ev (Ev1 Ev2 : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev1 →
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 SlotUnique) Ev2 →
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (meta_dead D i vl -∗ Ev2 SlotBusy -∗ Φ #☠) -∗
    WP reset_as_unused (dict_glues D) [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay1 Hpay2) "#Hglue #I Hh E HΦ". wp_rec. wp_bind (Write _ _ _).
    iApply (frame_release_at with "I Hh E"). iIntros "!> Hh E". wp_pures.
    iApply (drop_last_in_place_at with "Hglue I Hh E HΦ").
  Qed.

  Lemma unique_drop_at γ s pa i vl dealloc Ev (Ev1 Ev2 : slot_state → iProp Σ) Φ :
    Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev1 →
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 SlotUnique) Ev2 →
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (meta_dead D i vl -∗ Ev2 SlotBusy -∗ WP dealloc [ #pa; #page_size ] {{ Φ }}) -∗
    WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay1 Hpay2) "#Hglue #I Hh E HΦ". wp_rec. wp_bind (Write _ _ _).
    iApply (frame_release_at with "I Hh E"). iIntros "!> Hh E". wp_pures.
    wp_apply (drop_last_in_place_at with "Hglue I Hh E"). iIntros "Hdead E". wp_pures.
    wp_apply (frame_start_paddr_spec with "I"). iIntros "_". wp_pures.
    iApply ("HΦ" with "Hdead E").
  Qed.
End client.
