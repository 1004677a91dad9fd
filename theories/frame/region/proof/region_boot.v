(** * A region of page frames: boot

First what the program does to the cells ([banks_boot_cells_spec]): of raw memory it
makes slots that are ready ([slot_ready]), one for each address in [banks_paddrs].
Then the ghost state: slots that are ready become a region with its whole lease
([region_alloc]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout.
From tally.frame.region Require Import region_code region_base.
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

(** ** The addresses of the pages *)
Lemma bank_paddrs_S start m :
  bank_paddrs start (S m) = start :: bank_paddrs (start + page_size) m.
Proof.
  rewrite /bank_paddrs. change (seq 0 (S m)) with (0%nat :: seq 1 m).
  rewrite fmap_cons -fmap_S_seq -list_fmap_compose. f_equal; [lia|].
  apply list_fmap_ext. intros ? j _. rewrite /=. lia.
Qed.
Lemma bank_paddrs_length start m : length (bank_paddrs start m) = m.
Proof.
  revert start. induction m as [|m IH]; intros start; [done|]. by rewrite bank_paddrs_S /= IH.
Qed.
Lemma bank_paddrs_lookup start m (j : nat) :
  (j < m)%nat → bank_paddrs start m !! j = Some (start + j * page_size)%Z.
Proof. intros Hj. rewrite /bank_paddrs list_lookup_fmap lookup_seq_lt //. Qed.

Local Lemma banks_frames_nonneg bs :
  banks_ok PAGE_SIZE bs → (0 ≤ banks_frames bs)%Z.
Proof. induction bs as [|b bs IH]; simpl; [done|]. intros ((?&?&_)&_&?%IH). lia. Qed.
Lemma banks_paddrs_length bs :
  banks_ok PAGE_SIZE bs → Z.of_nat (length (banks_paddrs bs)) = banks_frames bs.
Proof.
  induction bs as [|b bs IH]; [done|]. intros ((?&?&_)&_&Hbs).
  change (banks_paddrs (b :: bs)) with
    (bank_paddrs (bank_base b) (Z.to_nat (bank_frames b)) ++ banks_paddrs bs).
  rewrite list_length_app bank_paddrs_length /= -IH //. lia.
Qed.
Lemma banks_paddrs_lookup bs (i : nat) pa :
  banks_ok PAGE_SIZE bs → banks_paddrs bs !! i = Some pa →
  banks_frame PAGE_SIZE bs i = Some pa.
Proof.
  revert i. induction bs as [|b bs IH]; intros i; [done|]. intros ((?&?&_)&_&Hbs).
  change (banks_paddrs (b :: bs)) with
    (bank_paddrs (bank_base b) (Z.to_nat (bank_frames b)) ++ banks_paddrs bs).
  simpl. destruct (decide (i < Z.to_nat (bank_frames b))%nat) as [Hi|Hi].
  - rewrite lookup_app_l; [|by rewrite bank_paddrs_length].
    rewrite bank_paddrs_lookup // => -[= <-].
    rewrite (proj2 (Z.leb_le 0 i)); [|lia].
    by rewrite (proj2 (Z.ltb_lt i (bank_frames b))); [|lia].
  - rewrite lookup_app_r; [|rewrite bank_paddrs_length; lia].
    rewrite bank_paddrs_length. intros Hpa%IH; [|done].
    rewrite (proj2 (Z.ltb_ge i (bank_frames b))); [|lia]. rewrite andb_false_r.
    by replace (i - bank_frames b)%Z with (Z.of_nat (i - Z.to_nat (bank_frames b))) by lia.
Qed.

Section boot.
  Context `{!lrustGS Σ}.
  Implicit Types (s base : loc) (pa : Z) (pas : list Z) (vl : list val).

  (** ** The cells *)
  Definition slot_ready (n : nat) s pa : iProp Σ :=
    s ↦ #slot_unused ∗ (s +ₗ slot_paddr) ↦ #pa ∗
    (∃ v vl, ⌜length vl = n⌝ ∗ (s +ₗ slot_vtable) ↦ v ∗ (s +ₗ slot_storage) ↦∗ vl) ∗
    (s +ₗ slot_in_list) ↦ #0.
  Definition slots_ready (n : nat) base pas : iProp Σ :=
    [∗ list] i ↦ pa ∈ pas, slot_ready n (base +ₗ slot_cells n * Z.of_nat i) pa.

  Lemma slots_ready_app n base pas1 pas2 :
    slots_ready n base (pas1 ++ pas2) ⊣⊢
    slots_ready n base pas1 ∗
    slots_ready n (base +ₗ slot_cells n * length pas1) pas2.
  Proof.
    rewrite /slots_ready big_sepL_app. f_equiv. apply big_sepL_proper. intros i pa _.
    rewrite shift_loc_assoc. by rewrite Nat2Z.inj_add Z.mul_add_distr_l.
  Qed.
  Lemma slots_ready_cons n base pa pas :
    slots_ready n base (pa :: pas) ⊣⊢
    slot_ready n base pa ∗ slots_ready n (base +ₗ slot_cells n) pas.
  Proof.
    rewrite -(app_nil_l pas) app_comm_cons slots_ready_app /= /slots_ready /= right_id.
    by rewrite Z.mul_0_r shift_loc_0 Z.mul_1_r.
  Qed.

  Lemma slot_init_spec n s pa vl :
    Z.of_nat (length vl) = slot_cells n →
    {{{ s ↦∗ vl }}} slot_init [ #s; #pa ] {{{ RET #☠; slot_ready n s pa }}}.
  Proof.
    rewrite /slot_cells.
    destruct vl as [|v0 [|v1 [|v2 [|v3 vl]]]]; simpl; [lia..|]. iIntros (Hlen Φ) "Hs HΦ".
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hv & Hi & Hp & Hst)". wp_rec. rewrite /slot_in_list /slot_paddr.
    wp_pures. wp_write. wp_pures. wp_write. wp_pures. wp_write.
    iApply "HΦ". iFrame "Hs Hp Hi". iExists v1, vl. iFrame "Hv Hst". iPureIntro. lia.
  Qed.

  Lemma bank_boot_spec n s pa (m : nat) vl :
    Z.of_nat (length vl) = (slot_cells n * m)%Z →
    {{{ s ↦∗ vl }}}
      bank_boot n [ #s; #pa; #m ]
    {{{ RET #(s +ₗ slot_cells n * m); slots_ready n s (bank_paddrs pa m) }}}.
  Proof.
    iIntros (Hlen Φ) "Hs HΦ". iInduction m as [|m] "IH" forall (s pa vl Hlen).
    { wp_rec. wp_pures. rewrite Z.mul_0_r shift_loc_0. iApply "HΦ".
      by rewrite /slots_ready /bank_paddrs /=. }
    wp_rec. wp_pures. set (c := Z.to_nat (slot_cells n)).
    assert (slot_cells n = c) as Hc by (rewrite /c /slot_cells; lia).
    rewrite -(take_drop c vl) heap_pointsto_vec_app. iDestruct "Hs" as "[Hs Hrest]".
    assert (length (take c vl) = c) as Htake.
    { first [rewrite length_take|rewrite take_length]. lia. }
    assert (length (drop c vl) = (length vl - c)%nat) as Hdrop.
    { by first [rewrite length_drop|rewrite drop_length]. }
    wp_apply (slot_init_spec n with "Hs"); [by rewrite Htake|]. iIntros "Hslot". wp_pures.
    rewrite Htake -Hc. replace (S m - 1)%Z with (Z.of_nat m) by lia.
    iApply ("IH" with "[%] Hrest"); [rewrite Hdrop; lia|]. iIntros "!> Hrest".
    rewrite shift_loc_assoc.
    replace (slot_cells n + slot_cells n * m)%Z with (slot_cells n * S m)%Z by lia.
    iApply "HΦ". rewrite bank_paddrs_S slots_ready_cons. iFrame.
  Qed.

  Lemma banks_boot_cells_spec n (table s : loc) bs vl :
    banks_ok PAGE_SIZE bs →
    Z.of_nat (length vl) = (slot_cells n * banks_frames bs)%Z →
    {{{ table ↦∗ banks_cells bs ∗ s ↦∗ vl }}}
      banks_boot n [ #table; #(length bs); #s ]
    {{{ RET #☠; table ↦∗ banks_cells bs ∗ slots_ready n s (banks_paddrs bs) }}}.
  Proof.
    iIntros (Hbs Hlen Φ) "[Ht Hs] HΦ".
    iInduction bs as [|b bs] "IH" forall (table s vl Hbs Hlen).
    { wp_rec. wp_pures. iApply "HΦ". iFrame "Ht".
      by rewrite /slots_ready /=. }
    destruct Hbs as ((Hb1&Hb2&Hb3)&_&Hbs). pose proof (banks_frames_nonneg bs Hbs).
    rewrite /banks_cells bind_cons -/(banks_cells bs). simpl in Hlen.
    rewrite !heap_pointsto_vec_cons shift_loc_assoc. iDestruct "Ht" as "(Ht1 & Ht2 & Ht)".
    wp_rec. wp_pures. wp_read. wp_read.
    set (m := Z.to_nat (bank_frames b)). set (c := Z.to_nat (slot_cells n * m)).
    assert (0 < slot_cells n)%Z by (rewrite /slot_cells; lia).
    assert (bank_frames b = m) as Hm by lia.
    rewrite -(take_drop c vl) heap_pointsto_vec_app. iDestruct "Hs" as "[Hs Hrest]".
    assert (Z.of_nat (length vl) = slot_cells n * m + slot_cells n * banks_frames bs)%Z
      as Hlen' by (rewrite -Hm; lia).
    assert (0 ≤ slot_cells n * banks_frames bs)%Z by nia.
    assert (Z.of_nat (length (take c vl)) = slot_cells n * m)%Z as Htake.
    { first [rewrite length_take|rewrite take_length]. lia. }
    rewrite Hm. wp_apply (bank_boot_spec n s (bank_base b) m with "Hs"); [exact Htake|].
    iIntros "Hslots".
    wp_pures. replace (S (length bs) - 1)%Z with (Z.of_nat (length bs)) by lia.
    rewrite Htake. iApply ("IH" with "[//] [%] Ht Hrest").
    { first [rewrite length_drop|rewrite drop_length]. lia. }
    iIntros "!> [Ht Hrest]". iApply "HΦ". iFrame "Ht1 Ht2 Ht".
    change (banks_paddrs (b :: bs)) with (bank_paddrs (bank_base b) m ++ banks_paddrs bs).
    rewrite slots_ready_app bank_paddrs_length. iFrame.
  Qed.
  Lemma region_boot_cells_spec n (header base : loc) bs v vl :
    banks_ok PAGE_SIZE bs →
    Z.of_nat (length vl) = (slot_cells n * banks_frames bs)%Z →
    {{{ header ↦∗ header_cells v bs ∗ base ↦∗ vl }}}
      frame_region_boot n [ #header; #base ]
    {{{ RET #☠; header ↦∗ header_cells #base bs ∗ slots_ready n base (banks_paddrs bs) }}}.
  Proof.
    iIntros (Hbs Hlen Φ) "[Hh Hb] HΦ".
    rewrite /header_cells !heap_pointsto_vec_cons shift_loc_assoc.
    iDestruct "Hh" as "(Hh1 & Hh2 & Hh)". wp_rec.
    rewrite /region_slots /region_bank_count /region_bank_table. wp_pures.
    rewrite shift_loc_0. wp_write. wp_pures. wp_read.
    wp_apply (banks_boot_cells_spec with "[$Hh $Hb]"); [done..|]. iIntros "[Hh Hslots]".
    iApply "HΦ". iFrame.
  Qed.
End boot.

Section alloc.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (s base header : loc) (pas : list Z) (bs : list bank) (vl : list val).

  (** ** The ghost state *)
  Lemma slots_alloc E γr base pas :
    slots_ready (dict_size D) base pas ={E}=∗
    ∃ γs, ⌜length γs = length pas ∧ Forall (λ γ, slot_pending_name γ = γr) γs⌝ ∗
      ([∗ list] i ↦ γ ∈ γs, ∃ pa, ⌜pas !! i = Some pa⌝ ∗
        frame_slot D N γ (base +ₗ slot_cells (dict_size D) * Z.of_nat i) pa) ∗
      ([∗ list] γ ∈ γs, lease γ 1 0) ∗
      ([∗ list] i ↦ _ ∈ γs,
        (base +ₗ slot_cells (dict_size D) * Z.of_nat i +ₗ slot_in_list) ↦ #0).
  Proof.
    iIntros "H". iInduction pas as [|pa pas] "IH" forall (base).
    { iModIntro. iExists []. by rewrite /=. }
    rewrite slots_ready_cons. iDestruct "H" as "[(Hs & Hpa & Hroom & Hin) H]".
    iMod (frame_slot_alloc D N E γr with "Hs Hroom Hpa") as (γ) "(%Hγ & Hslot & L)".
    iMod ("IH" with "H") as (γs) "([%Hlen %Hr] & Hslots & Ls & Hins)".
    iModIntro. iExists (γ :: γs). rewrite /= Z.mul_0_r shift_loc_0. iFrame "L Ls Hin".
    iSplitR; [iPureIntro; split; [by rewrite Hlen|by constructor]|].
    assert (∀ i : nat, base +ₗ slot_cells (dict_size D) * S i =
      base +ₗ slot_cells (dict_size D) +ₗ slot_cells (dict_size D) * i)%L as Hshift.
    { intros i. rewrite shift_loc_assoc. f_equal. lia. }
    iSplitL "Hslot Hslots".
    - iSplitL "Hslot"; [iExists pa; by iFrame|].
      iApply (big_sepL_impl with "Hslots"). iIntros "!>" (i γ' _) "H". by rewrite Hshift.
    - iApply (big_sepL_impl with "Hins"). iIntros "!>" (i γ' _) "H". by rewrite Hshift.
  Qed.

  Lemma region_alloc E γr header base bs :
    layout_ok (banked_layout bs) →
    header ↦∗ header_cells #base bs -∗
    slots_ready (dict_size D) base (banks_paddrs bs) ={E}=∗
    ∃ R, ⌜region_header R = header ∧ region_base R = base ∧ region_banks R = bs ∧
          region_pending R = γr⌝ ∗
      is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R.
  Proof.
    iIntros (Hok) "Hh Hslots". pose proof (layout_banks _ Hok) as Hbs.
    iMod (slots_alloc E γr with "Hslots") as (γs) "([%Hlen %Hr] & Hslots & Ls & Hins)".
    iMod (inv_alloc N _ (header ↦∗ header_cells #base bs) with "Hh") as "#Hh".
    iModIntro. iExists (FrameRegion header base bs γs γr). iSplitR; [done|].
    iFrame "Ls Hins Hh". iSplitR.
    { iPureIntro. split; [done|]. split; [|done]. rewrite Hlen.
      by apply banks_paddrs_length. }
    iApply (big_sepL_impl with "Hslots"). iIntros "!>" (i γ _) "(%pa & %Hpa & H)".
    iExists pa. iFrame "H". iPureIntro. by apply banks_paddrs_lookup.
  Qed.

  Lemma frame_region_boot_spec γr header base bs v vl :
    layout_ok (banked_layout bs) →
    Z.of_nat (length vl) = (slot_cells (dict_size D) * layout_frames (banked_layout bs))%Z →
    {{{ header ↦∗ header_cells v bs ∗ base ↦∗ vl }}}
      frame_region_boot (dict_size D) [ #header; #base ]
    {{{ R, RET #☠;
        ⌜region_header R = header ∧ region_base R = base ∧ region_banks R = bs ∧
          region_pending R = γr⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) ∗ region_in_list D R }}}.
  Proof.
    iIntros (Hok Hlen Φ) "H HΦ". iApply wp_fupd.
    iApply (region_boot_cells_spec with "H"); [by apply (layout_banks _ Hok)|done|].
    iIntros "!> [Hh Hslots]".
    iMod (region_alloc ⊤ γr with "Hh Hslots") as (R) "(HR & H)"; [done|].
    iApply "HΦ". by iFrame.
  Qed.
End alloc.
