(** * A region of page frames, as the verified ostd has it: the proofs

The sealed export of the statements in [region_owners_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout.
From tally.frame.kernel_model Require Import page_usage meta_owners.
From tally.frame.slot Require Import frame.
From tally.frame.region Require Import region.
From tally.frame.kernel_model Require Export region_owners_sig.
From tally.frame.region.proof Require Import region_boot.
From tally.prelude Require Import options.

(** ** The owners after boot *)
Local Lemma boot_owner_inv mm base bs (i : nat) pa :
  (meta_end (banked_layout bs) ≤ FRAME_METADATA_END)%Z →
  (i < layout_frames (banked_layout bs))%Z →
  owner_inv (boot_owner mm base i pa).
Proof.
  rewrite /meta_end /=. intros Hend Hi.
  split; rewrite /boot_owner /owner_count /owner_storage /owner_vtable /owner_in_list /=
    /slot_unused /slot_unique /slot_max /word_ok /word_max; try lia; try done.
  - rewrite /FRAME_METADATA_START /FRAME_METADATA_END /META_SLOT_SIZE in Hend |- *. lia.
  - by rewrite Z.mod_add.
Qed.
Local Lemma boot_owners_lookup mm base bs i o :
  banks_ok PAGE_SIZE bs → boot_owners mm base bs !! i = Some o →
  ∃ pa, o = boot_owner mm base i pa ∧
    index_to_frame (banked_layout bs) (Z.of_nat i) = Some pa.
Proof.
  intros Hok. rewrite /boot_owners list_lookup_imap.
  intros (pa & Hpa & ->)%fmap_Some. exists pa. split; [done|]. by apply banks_paddrs_lookup.
Qed.
Local Lemma boot_owners_length mm base bs :
  length (boot_owners mm base bs) = length (banks_paddrs bs).
Proof. by first [apply length_imap|apply imap_length]. Qed.

Local Lemma layout_frames_paddrs bs :
  banks_ok PAGE_SIZE bs →
  layout_frames (banked_layout bs) = Z.of_nat (length (banks_paddrs bs)).
Proof. intros Hbs. by rewrite banks_paddrs_length. Qed.

Section cells.
  Context `{!lrustGS Σ}.
  Implicit Types (s base : loc) (o : meta_slot_owner) (i : nat) (pa : Z).

  (** All of a slot but its address. *)
  Local Definition slot_rest s : iProp Σ :=
    s ↦ #slot_unused ∗
    (∃ v vl, ⌜length vl = owner_cells_size⌝ ∗ (s +ₗ slot_vtable) ↦ v ∗
      (s +ₗ slot_storage) ↦∗ vl) ∗
    (s +ₗ slot_in_list) ↦ #0.

  Local Lemma boot_owner_cells mm base i pa :
    owner_cells (boot_owner mm base i pa) ⊣⊢ slot_rest (owner_slot base i).
  Proof.
    rewrite /owner_cells /inner_own /slot_rest /cell_own /word_own /=. iSplit.
    - iIntros "((%vl & %Hvl & Hst) & [_ Hs] & (%vv & %Hvv & Hv) & [_ Hi])". iFrame "Hs Hi".
      destruct vv as [|v [|]]; simplify_eq/=. rewrite heap_pointsto_vec_singleton.
      iExists v, vl. by iFrame "Hv Hst".
    - iIntros "(Hs & (%v & %vl & %Hvl & Hv & Hst) & Hi)". iFrame "Hs Hi".
      iSplitL "Hst"; [iExists vl; by iFrame|]. iSplitR; [done|]. iSplitL; [|done].
      iExists [v]. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  Local Lemma unused_owner_cells s o :
    owner_wf (meta_slot_at s) o → owner_inv o → owner_count o = slot_unused →
    owner_cells o ⊢ slot_rest s.
  Proof.
    intros (Hst & Hs & Hv & Hi) Hinv Hcount.
    destruct (owner_inv_unused _ Hinv Hcount) as (Hst' & Hv' & Hi' & _).
    destruct o as [[[lst cst] [ls w] [lv cv] [li wi]] ? ? ?].
    rewrite /owner_count /owner_storage /owner_vtable /owner_in_list /= in Hcount Hst' Hv' Hi'.
    simpl in Hst, Hs, Hv, Hi. subst. destruct cst, cv; try done.
    rewrite /owner_cells /inner_own /slot_rest /cell_own /word_own /=.
    iIntros "((%vl & %Hvl & Hst) & [_ $] & (%vv & %Hvv & Hv) & [_ $])".
    destruct vv as [|v [|]]; simplify_eq/=. rewrite heap_pointsto_vec_singleton.
    iExists v, vl. by iFrame "Hv Hst".
  Qed.
  Local Lemma slot_ready_rest s pa :
    slot_ready owner_cells_size s pa ⊣⊢ slot_rest s ∗ (s +ₗ slot_paddr) ↦ #pa.
  Proof.
    rewrite /slot_ready /slot_rest. iSplit.
    - iIntros "($ & $ & $ & $)".
    - iIntros "(($ & $ & $) & $)".
  Qed.
  Local Lemma big_sepL_indices {A B} (l1 : list A) (l2 : list B) (Ψ : nat → iProp Σ) :
    length l1 = length l2 →
    ([∗ list] i ↦ _ ∈ l1, Ψ i) ⊢ [∗ list] i ↦ _ ∈ l2, Ψ i.
  Proof.
    revert l2 Ψ. induction l1 as [|x l1 IH]; intros [|y l2] Ψ Hlen; simplify_eq/=; [done|].
    iIntros "[$ H]". by iApply (IH l2 (λ i, Ψ (S i)) with "H").
  Qed.
  Local Lemma big_sepL_over_imap {A B} (f : nat → A → B) (l : list A)
      (Ψ : nat → B → iProp Σ) :
    ([∗ list] i ↦ x ∈ l, Ψ i (f i x)) ⊢ [∗ list] i ↦ y ∈ imap f l, Ψ i y.
  Proof.
    revert f Ψ. induction l as [|x l IH]; intros f Ψ; simpl; [done|].
    iIntros "[$ H]". by iApply (IH (f ∘ S) (λ i, Ψ (S i)) with "H").
  Qed.
End cells.

Module Export region_owners : region_owners_sig.
  Lemma boot_owners_inv mm base bs :
    layout_ok (banked_layout bs) → (meta_end (banked_layout bs) ≤ FRAME_METADATA_END)%Z →
    region_owners_inv mm bs (boot_owners mm base bs).
  Proof.
    intros Hok Hend. pose proof (layout_banks _ Hok) as Hbs.
    assert (∀ (i : nat) o, boot_owners mm base bs !! i = Some o →
      (i < layout_frames (banked_layout bs))%Z) as Hlt.
    { intros i o Hi%lookup_lt_Some. rewrite boot_owners_length in Hi.
      rewrite layout_frames_paddrs //. lia. }
    split.
    - by rewrite boot_owners_length layout_frames_paddrs.
    - intros i o Hi. pose proof (Hlt _ _ Hi).
      apply boot_owners_lookup in Hi as (pa & -> & _); [|done]. by eapply boot_owner_inv.
    - intros i o Hi. pose proof (Hlt _ _ Hi).
      apply boot_owners_lookup in Hi as (pa & -> & _); [|done].
      rewrite /index_to_meta (proj2 (Z.leb_le 0 i)); [|lia].
      by rewrite (proj2 (Z.ltb_lt i _)).
    - apply mmio_marked_boot. intros i o pa Hi Hpa.
      apply boot_owners_lookup in Hi as (pa' & -> & Hpa'); [|done]. by simplify_eq.
  Qed.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (R : frame_region) (γ : slot_names) (i : nat) (header base : loc).
    Implicit Types (bs : list bank) (mm : mmio_map) (vl : list val).

    Lemma region_boot_owners_spec mm header base bs v vl :
      layout_ok (banked_layout bs) → (meta_end (banked_layout bs) ≤ FRAME_METADATA_END)%Z →
      Z.of_nat (length vl) =
        (slot_cells owner_cells_size * layout_frames (banked_layout bs))%Z →
      {{{ header ↦∗ header_cells v bs ∗ base ↦∗ vl }}}
        frame_region_boot owner_cells_size [ #header; #base ]
      {{{ RET #☠; header ↦∗ header_cells #base bs ∗ region_paddrs base bs ∗
          meta_region_owners base mm bs (boot_owners mm base bs) }}}.
    Proof.
      iIntros (Hok Hend Hlen Φ) "H HΦ".
      iApply (region_boot_cells_spec with "H"); [by apply (layout_banks _ Hok)|done|].
      iIntros "!> [Hh Hslots]". iApply "HΦ". iFrame "Hh".
      iAssert (([∗ list] i ↦ pa ∈ banks_paddrs bs, slot_rest (owner_slot base i)) ∗
        region_paddrs base bs)%I with "[Hslots]" as "[Hslots $]".
      { rewrite /region_paddrs -big_sepL_sep. iApply (big_sepL_impl with "Hslots").
        iIntros "!>" (i pa _) "H". by rewrite slot_ready_rest. }
      iSplitR; [iPureIntro; by apply boot_owners_inv|].
      iApply big_sepL_over_imap. iApply (big_sepL_impl with "Hslots").
      iIntros "!>" (i pa _) "H". iSplitR; [done|]. by rewrite boot_owner_cells.
    Qed.

    Lemma region_of_owners E γr mm header base bs os :
      dict_size D = owner_cells_size → layout_ok (banked_layout bs) →
      Forall (λ o, owner_count o = slot_unused) os →
      header ↦∗ header_cells #base bs -∗ region_paddrs base bs -∗
      meta_region_owners base mm bs os ={E}=∗
      ∃ R, ⌜region_header R = header ∧ region_base R = base ∧ region_banks R = bs ∧
            region_pending R = γr⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R.
    Proof.
      iIntros (HD Hok Hos) "Hh Hpas [%Hinv Hos]". pose proof (layout_banks _ Hok) as Hbs.
      iApply (region_alloc with "Hh"); [done|]. rewrite HD /slots_ready.
      iAssert ([∗ list] i ↦ _ ∈ os, slot_rest (owner_slot base i))%I with "[Hos]" as "Hos".
      { iApply (big_sepL_impl with "Hos"). iIntros "!>" (i o Hi) "[%Hwf H]".
        iApply (unused_owner_cells with "H"); [done| |].
        - by eapply region_owners_inv_owner.
        - exact (Forall_lookup_1 _ _ _ _ Hos Hi). }
      iDestruct (big_sepL_indices os (banks_paddrs bs) with "Hos") as "Hos".
      { apply Nat2Z.inj. rewrite -layout_frames_paddrs //.
        apply (region_owners_length _ _ _ Hinv). }
      iCombine "Hos Hpas" as "H". rewrite -big_sepL_sep.
      iApply (big_sepL_impl with "H"). iIntros "!>" (i pa _) "H". by rewrite slot_ready_rest.
    Qed.

    Lemma region_owner_acc R mm i γ pa :
      dict_size D = owner_cells_size →
      (meta_end (region_layout R) ≤ FRAME_METADATA_END)%Z →
      region_names R !! i = Some γ →
      index_to_frame (region_layout R) (Z.of_nat i) = Some pa →
      is_region D N R -∗ lease γ 1 0 -∗
      (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #0 ={⊤,⊤ ∖ ↑N}=∗
      let o := boot_owner mm (region_base R) i pa in
      ⌜owner_inv o⌝ ∗ owner_cells o ∗
      (owner_cells o ={⊤ ∖ ↑N,⊤}=∗
        lease γ 1 0 ∗ (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #0).
    Proof.
      iIntros (HD Hend Hγ Hpa) "#HR L Hin".
      iDestruct (is_region_wf with "HR") as %(Hok & Hlen & _).
      iDestruct (region_lookup with "HR") as (pa') "(%Hpa' & _ & #Hslot)"; [exact Hγ|].
      simplify_eq.
      iMod (frame_slot_closed_room with "Hslot L") as "(Hs & Hroom & Hclose)"; [done|].
      rewrite /meta_room. iDestruct "Hroom" as ">Hroom". iModIntro. iSplitR.
      { iPureIntro. eapply boot_owner_inv; [exact Hend|]. apply lookup_lt_Some in Hγ.
        rewrite /region_layout in Hlen. lia. }
      rewrite boot_owner_cells /slot_rest /owner_slot -HD -/(region_slot (dict_size D) R i).
      iFrame "Hs Hroom Hin". iIntros "(Hs & Hroom & $)".
      iApply ("Hclose" with "Hs Hroom").
    Qed.

    Local Lemma unique_owner_cells base i t x w u paths :
      word_ok w →
      owner_cells (unique_owner base i t x w u paths) ⊣⊢
      let s := owner_slot base i in
      s ↦ #slot_unique ∗ (s +ₗ slot_vtable) ↦ #t ∗
      (s +ₗ slot_storage) ↦∗ encode_storage x ∗ (s +ₗ slot_in_list) ↦ #w.
    Proof.
      intros Hw. rewrite /owner_cells /inner_own /cell_own /word_own /=.
      rewrite heap_pointsto_vec_singleton. iSplit.
      - iIntros "($ & [_ $] & $ & [_ $])".
      - iIntros "($ & $ & $ & $)". by iSplit.
    Qed.
    Lemma region_unique_owner_acc R i γ t x w u paths :
      dict_size D = owner_cells_size →
      (meta_end (region_layout R) ≤ FRAME_METADATA_END)%Z →
      region_names R !! i = Some γ → word_ok w →
      is_region D N R -∗
      unique_frame D γ (region_slot (dict_size D) R i) t (encode_storage x) -∗
      (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #w ={⊤,⊤ ∖ ↑N}=∗
      let o := unique_owner (region_base R) i t x w u paths in
      ⌜owner_inv o⌝ ∗ owner_cells o ∗
      (owner_cells o ={⊤ ∖ ↑N,⊤}=∗
        unique_frame D γ (region_slot (dict_size D) R i) t (encode_storage x) ∗
        (region_slot (dict_size D) R i +ₗ slot_in_list) ↦ #w).
    Proof.
      iIntros (HD Hend Hγ Hw) "#HR Hh Hin".
      iDestruct (is_region_wf with "HR") as %(Hok & Hlen & _).
      iDestruct (region_lookup with "HR") as (pa) "(_ & _ & #Hslot)"; [exact Hγ|].
      rewrite !unique_frame_eq. iDestruct "Hh" as "(Htok & Hv & Hst & Hm)".
      iMod (is_slot_acc with "Hslot Htok") as "H"; [done|].
      iDestruct "H" as (st) "([-> _] & Htok & Hs & HL & Hroom & Hclose)".
      iModIntro. iSplitR.
      { iPureIntro. apply lookup_lt_Some in Hγ.
        assert (Z.of_nat i < layout_frames (region_layout R))%Z as Hi by lia.
        rewrite /meta_end /= in Hend.
        split; rewrite /unique_owner /owner_count /owner_storage /owner_vtable
          /owner_in_list /= /slot_unused /slot_unique /slot_max /word_ok /word_max;
          try lia; try done.
        - rewrite /FRAME_METADATA_START /FRAME_METADATA_END /META_SLOT_SIZE in Hend |- *. lia.
        - by rewrite Z.mod_add. }
      rewrite unique_owner_cells // /owner_slot -HD -/(region_slot (dict_size D) R i).
      iFrame "Hs Hv Hst Hin". iIntros "(Hs & $ & $ & $)". iFrame "Htok Hm".
      iMod ("Hclose" with "Hs HL Hroom") as "_". done.
    Qed.

    Lemma region_owners_final R mm σ :
      dict_size D = owner_cells_size →
      is_region D N R -∗ region_lease R 1 (λ _, 0%nat) -∗ region_in_list D R -∗
      heap_ctx σ ={⊤}=∗
      ⌜Forall (owner_in σ) (boot_owners mm (region_base R) (region_banks R))⌝ ∗ heap_ctx σ.
    Proof.
      iIntros (HD) "#HR L Hins Hσ". iDestruct (is_region_wf with "HR") as %(Hok & Hlen & _).
      iMod (region_unused with "HR L Hσ") as "([_ %Hs] & _ & Hσ)". rewrite HD in Hs.
      iAssert ⌜∀ i, (i < length (region_names R))%nat →
        σ !! (owner_slot (region_base R) i +ₗ slot_in_list)%L =
          Some (RSt 0, LitV (LitInt 0))⌝%I as %Hi.
      { iIntros (i [γ Hγ]%lookup_lt_is_Some). rewrite /region_in_list HD.
        iDestruct (big_sepL_lookup with "Hins") as "Hi"; [exact Hγ|].
        iApply (heap_read_1 with "Hσ Hi"). }
      iModIntro. iFrame "Hσ". iPureIntro. apply Forall_lookup. intros i o Hlook.
      assert (i < length (region_names R))%nat as Hlt.
      { apply lookup_lt_Some in Hlook. rewrite boot_owners_length in Hlook.
        apply Nat2Z.inj_lt. rewrite Hlen /region_layout layout_frames_paddrs; [lia|].
        apply (layout_banks _ Hok). }
      apply boot_owners_lookup in Hlook as (pa & -> & _); [|apply (layout_banks _ Hok)].
      split; [by apply Hs|by apply Hi].
    Qed.

    Local Lemma slots_words (f : nat → loc) γs σ :
      ([∗ list] i ↦ γ ∈ γs, ∃ pa, frame_slot D N γ (f i) pa) -∗ heap_ctx σ ={⊤}=∗
      ⌜∀ i, (i < length γs)%nat → ∃ st, state_bounded st ∧
        σ !! f i = Some (RSt 0, LitV (LitInt (state_word st)))⌝ ∗ heap_ctx σ.
    Proof.
      iIntros "#Hslots Hσ". iInduction γs as [|γ γs] "IH" forall (f) "Hslots".
      { iModIntro. iFrame. iPureIntro. simpl. lia. }
      rewrite big_sepL_cons. iDestruct "Hslots" as "[(%pa & Hslot) Hslots]".
      iMod ("IH" $! (λ i, f (S i)) with "Hσ Hslots") as "(%Hs & Hσ)".
      iMod (frame_slot_word with "Hslot") as (st) "(%Hb & Hs & Hclose)"; [done|].
      iDestruct (heap_read_1 with "Hσ Hs") as %H0. iMod ("Hclose" with "Hs") as "_".
      iModIntro. iFrame "Hσ". iPureIntro. intros [|i] Hi; [by exists st|].
      apply Hs. simpl in Hi. lia.
    Qed.
    Lemma region_words R σ :
      is_region D N R -∗ heap_ctx σ ={⊤}=∗
      ⌜∀ i, (i < length (region_names R))%nat → ∃ st, state_bounded st ∧
        σ !! region_slot (dict_size D) R i = Some (RSt 0, LitV (LitInt (state_word st)))⌝ ∗
      heap_ctx σ.
    Proof.
      iIntros "(_ & _ & #Hslots) Hσ". iApply (slots_words with "[] Hσ").
      iApply (big_sepL_impl with "Hslots"). iIntros "!>" (i γ _) "(%pa & _ & H)".
      by iExists pa.
    Qed.
  End laws.
End region_owners.
