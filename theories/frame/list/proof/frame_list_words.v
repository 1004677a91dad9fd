(** * Lists of frames: numbers, and the words that say which list a frame is in

The programs that touch the counter of numbers and the [in_list] words, all of them
one atomic access at a time:

- [new_list_id_spec]: a number that no list has;
- [in_list_read_unique]: of a frame of which one has the unique handle, the word is 0;
- [in_list_enter], [in_list_leave]: the list's number is stored when the frame comes,
  and 0 when it goes, and the members change with it;
- [in_list_read]: whoever has a list finds its number in the word exactly if the slot is
  in it. *)
From iris.base_logic.lib Require Import invariants ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.list Require Import frame_list_base frame_list_refine.
From tally.frame.list.proof Require Import frame_list_ghost.
From tally.prelude Require Import options.

Lemma debug_assert_true `{!lrustGS Σ} :
  {{{ True }}} debug_assert [ #true ] {{{ RET #☠; True }}}.
Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. by iApply "HΦ". Qed.

Section words.
  Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : gname) (x y : list_slot) (i : nat) (id w : Z) (vl : list val).
  Implicit Types (ids l : loc) (p n : val) (fs : list listed) (xs : list list_slot).

  Lemma new_list_id_spec γ ids :
    {{{ list_ids N γ ids }}}
      new_list_id [ #ids ]
    {{{ (id : Z), RET #id; ⌜(0 < id < fl_id_max)%Z⌝ ∗ list_number γ id [] }}}.
  Proof.
    iIntros (Φ) "#I HΦ".
    iApply (new_list_id_refines (⊤ ∖ ↑N.@"ids") ids
      (∀ id : Z, ⌜(0 < id < fl_id_max)%Z⌝ ∗ list_number γ id [] -∗ Φ #id) with "[] [HΦ]");
      [|done].
    iIntros "!> HΦ". iInv "I" as (next m) "(>Hids & >%Hnext & >Hm & >%Hm)" "Hclose".
    iModIntro. iExists next. iSplitR.
    { iPureIntro. unfold word_ok, word_max, fl_id_max in *. lia. }
    iFrame "Hids". iNext. iSplit.
    { iIntros "Hids". iMod ("Hclose" with "[Hids Hm]") as "_"; [|done].
      iNext. iExists next, m. by iFrame. }
    iIntros (id next' Hnum) "Hids". rewrite /fl_counted /fl_number /= in Hnum.
    destruct (word_eqb_spec next fl_id_max) as [|Hmax]; simplify_eq.
    iMod (ghost_map_alloc_empty (K := gname) (V := list_slot)) as (γm) "HM".
    iMod (ghost_map_insert_persist id γm with "Hm") as "[Hm #Hid]".
    { destruct (m !! id) eqn:He; [|done]. destruct (Hm id); [by eexists|lia]. }
    iMod ("Hclose" with "[Hids Hm]") as "_".
    { iNext. iExists (id + 1)%Z, _.
      rewrite word_wrapping_add_small; [|unfold word_max, fl_id_max in *; lia].
      iFrame "Hids Hm". iPureIntro. split; [lia|].
      intros id'. destruct (decide (id' = id)) as [->|Hne]; [lia|].
      rewrite lookup_insert_ne //. intros ?%Hm. lia. }
    iModIntro. iApply "HΦ". iSplitR; [iPureIntro; lia|].
    iRight. iExists γm, ∅. iFrame "Hid HM". iPureIntro. split; [lia|].
    intros γw x. rewrite lookup_empty. split; [done|]. by intros [_ ?%elem_of_nil].
  Qed.

  Lemma list_lazy_id_spec γ ids (l : loc) id xs :
    {{{ list_ids N γ ids ∗ (l +ₗ list_id) ↦ #id ∗ list_number γ id xs }}}
      list_lazy_id [ #ids; #l ]
    {{{ (id' : Z), RET #id'; ⌜list_number_kept id id'⌝ ∗
        (l +ₗ list_id) ↦ #id' ∗ list_number γ id' xs }}}.
  Proof.
    iIntros (Φ) "(#I & Hl & Hid) HΦ". wp_rec. wp_read. wp_pures.
    case_bool_decide as H0; wp_pures.
    - iDestruct "Hid" as "[[_ ->]|(%γm & %M & [% _] & _)]"; [|lia].
      wp_apply (new_list_id_spec with "I"). iIntros (id') "[%Hid' Hid]". wp_pures.
      wp_write. wp_pures. iModIntro. iApply "HΦ". by iFrame.
    - iDestruct "Hid" as "[[-> _]|(%γm & %M & [%Hr %] & Hid)]"; [done|].
      iModIntro. iApply "HΦ". iFrame "Hl". iSplitR; [done|].
      iRight. iExists γm, M. by iFrame.
  Qed.

  (** ** The word of a slot *)
  Lemma in_list_read_unique γ x i :
    {{{ in_list_inv N γ x ∗ (ls_loc x +ₗ slot_vtable) ↦ #i }}}
      !ˢᶜ #(ls_loc x +ₗ slot_in_list)
    {{{ RET #0; (ls_loc x +ₗ slot_vtable) ↦ #i }}}.
  Proof.
    iIntros (Φ) "[#I Hv] HΦ". iInv "I" as (w) "(>Hw & >Hg & >Hc)".
    rewrite {1}/in_list_content. case_decide as H0; last first.
    { iDestruct "Hc" as "[_ [%i' Hv']]".
      by iDestruct (heap_pointsto_exclusive with "Hv Hv'") as %[]. }
    subst w. wp_read. iModIntro. iSplitR "HΦ Hv"; [|by iApply "HΦ"].
    iNext. iExists 0%Z. iFrame "Hw Hg". rewrite /in_list_content. by case_decide.
  Qed.

  Lemma in_list_enter γ x i id p1 fs1 n1 p2 fs2 n2 :
    id ≠ 0%Z →
    {{{ in_list_inv N γ x ∗ (ls_loc x +ₗ slot_vtable) ↦ #i ∗
        list_number γ id (fs1 ++ fs2).*1 ∗
        chain D N γ i id p1 fs1 n1 ∗ chain D N γ i id p2 fs2 n2 }}}
      #(ls_loc x +ₗ slot_in_list) <-ˢᶜ #id
    {{{ RET #☠; ∀ vl, (ls_loc x +ₗ slot_vtable) ↦{1/2} #i ∗
        ghost_var (ls_word x) (1/2) id ∗
        list_number γ id (fs1 ++ (x, vl) :: fs2).*1 ∗
        chain D N γ i id p1 fs1 n1 ∗ chain D N γ i id p2 fs2 n2 }}}.
  Proof.
    iIntros (Hid Φ) "(#I & Hv & Hid & Hc1 & Hc2) HΦ".
    iInv "I" as (w) "(>Hw & >Hg & >Hc)".
    rewrite {1}/in_list_content. case_decide as H0; last first.
    { iDestruct "Hc" as "[_ [%i' Hv']]".
      by iDestruct (heap_pointsto_exclusive with "Hv Hv'") as %[]. }
    subst w. iCombine "Hg Hc" as "Hg".
    iDestruct (chain_word_fresh with "Hg Hc1") as %Hf1.
    iDestruct (chain_word_fresh with "Hg Hc2") as %Hf2.
    iMod (ghost_var_update id with "Hg") as "[Hg1 Hg2]".
    assert (∀ y, y ∈ (fs1 ++ fs2).*1 → ls_word y ≠ ls_word x) as Hf.
    { intros y. rewrite fmap_app. intros [?|?]%elem_of_app; auto. }
    iMod (list_number_insert γ id _ (x :: (fs1 ++ fs2).*1) x with "Hid") as "[Hid Hm]";
      [done|done|by intros y; rewrite elem_of_cons|].
    wp_write. iDestruct "Hv" as "[Hv1 Hv2]". iModIntro. iSplitL "Hw Hg1 Hm Hv1".
    { iNext. iExists id. iFrame "Hw Hg1". rewrite /in_list_content decide_False //.
      iFrame "Hm". by iExists i. }
    iApply "HΦ". iIntros (vl). iFrame "Hv2 Hg2 Hc1 Hc2".
    iApply (list_number_perm with "Hid"); [done|]. intros y.
    rewrite !fmap_app fmap_cons /= !elem_of_cons !elem_of_app elem_of_cons. naive_solver.
  Qed.

  Lemma in_list_leave γ x vl i id p1 fs1 n1 p2 fs2 n2 :
    {{{ in_list_inv N γ x ∗ (ls_loc x +ₗ slot_vtable) ↦{1/2} #i ∗
        ghost_var (ls_word x) (1/2) id ∗
        list_number γ id (fs1 ++ (x, vl) :: fs2).*1 ∗
        chain D N γ i id p1 fs1 n1 ∗ chain D N γ i id p2 fs2 n2 }}}
      #(ls_loc x +ₗ slot_in_list) <-ˢᶜ #0
    {{{ RET #☠; (ls_loc x +ₗ slot_vtable) ↦ #i ∗
        list_number γ id (fs1 ++ fs2).*1 ∗
        chain D N γ i id p1 fs1 n1 ∗ chain D N γ i id p2 fs2 n2 }}}.
  Proof.
    iIntros (Φ) "(#I & Hv & Hg & Hid & Hc1 & Hc2) HΦ".
    iInv "I" as (w) "(>Hw & >Hg' & >Hc)".
    iDestruct (ghost_var_agree with "Hg Hg'") as %<-.
    rewrite {1}/in_list_content. case_decide as H0.
    { iCombine "Hg Hg'" as "Hg". by iDestruct (word_whole with "Hg Hc") as %[]. }
    iDestruct "Hc" as "[Hm [%i' Hv']]".
    iDestruct (heap_pointsto_agree with "Hv Hv'") as %[= Hi].
    iCombine "Hg Hg'" as "Hg".
    iDestruct (chain_word_fresh with "Hg Hc1") as %Hf1.
    iDestruct (chain_word_fresh with "Hg Hc2") as %Hf2.
    iMod (ghost_var_update 0%Z with "Hg") as "[Hg1 Hg2]".
    iMod (list_number_delete γ id _ (fs1 ++ fs2).*1 x with "Hid Hm") as "Hid".
    { intros y. rewrite fmap_app. intros [?|?]%elem_of_app; auto. }
    { intros y. rewrite !fmap_app fmap_cons /= !elem_of_app elem_of_cons. naive_solver. }
    wp_write. iModIntro. iSplitL "Hw Hg1 Hg2".
    { iNext. iExists 0%Z. iFrame "Hw Hg1". rewrite /in_list_content. by case_decide. }
    iApply "HΦ". iFrame "Hid Hc1 Hc2". rewrite -Hi. iCombine "Hv Hv'" as "$".
  Qed.

  Lemma in_list_read γ x i id fs :
    id ≠ 0%Z →
    {{{ in_list_inv N γ x ∗ list_number γ id fs.*1 ∗ chain D N γ i id #0 fs #0 }}}
      !ˢᶜ #(ls_loc x +ₗ slot_in_list)
    {{{ (w : Z), RET #w; ⌜w = id ↔ x ∈ fs.*1⌝ ∗
        list_number γ id fs.*1 ∗ chain D N γ i id #0 fs #0 }}}.
  Proof.
    iIntros (Hid Φ) "(#I & Hid & Hc) HΦ".
    iInv "I" as (w) "(>Hw & >Hg & >Hct)". wp_read.
    iAssert ⌜x ∈ fs.*1 → w = id⌝%I as %H1.
    { iIntros (Hx). iDestruct (chain_word_agree with "Hg Hc") as %Hc. iPureIntro. by apply Hc. }
    iAssert ⌜w = id → x ∈ fs.*1⌝%I as %H2.
    { iIntros (->). rewrite /in_list_content decide_False //. iDestruct "Hct" as "[Hm _]".
      iApply (list_number_member with "Hid Hm"). done. }
    iModIntro. iSplitL "Hw Hg Hct"; [iNext; iExists w; iFrame|].
    iApply "HΦ". iFrame. by iPureIntro.
  Qed.
End words.
