(** * Lists of frames: the operations of a list

Each is [link_insert_spec] or [link_remove_spec] at an end, or a look. *)
From iris.base_logic.lib Require Import invariants ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr_sig.
From tally.frame.list Require Import frame_list_base.
From tally.frame.list.proof Require Import frame_list_ghost frame_list_words
  frame_list_links.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : gname) (x y : list_slot) (i : nat) (id w : Z) (vl : list val).
  Implicit Types (ids l : loc) (p n : val) (fs : list listed) (xs : list list_slot).

  (** ** Laws *)
  Lemma frame_list_id_range γ i l id fs :
    frame_list D N γ i l id fs -∗ ⌜(0 ≤ id < fl_id_max)%Z ∧ (id = 0%Z → fs = [])⌝.
  Proof.
    iIntros "(_ & _ & _ & _ & _ & Hid & _)".
    iDestruct "Hid" as "[[-> %Hnil]|(%γm & %M & [% _] & _)]"; iPureIntro; [|lia].
    split; [done|]. intros _. by destruct fs.
  Qed.
  Lemma frame_list_length γ i l id fs :
    frame_list D N γ i l id fs -∗ ⌜(length fs ≤ int_max usize)%Z⌝.
  Proof. by iIntros "(_ & _ & _ & _ & $ & _)". Qed.
  Lemma frame_list_id_unique γ i l id fs i' l' id' fs' :
    id ≠ 0%Z → frame_list D N γ i l id fs -∗ frame_list D N γ i' l' id' fs' -∗ ⌜id ≠ id'⌝.
  Proof.
    iIntros (Hid) "(_ & _ & _ & _ & _ & H & _) (_ & _ & _ & _ & _ & H' & _)".
    iIntros (<-). iApply (list_number_exclusive with "H H'"). done.
  Qed.
  (** What of a frame in the list is in reach: the token that says that it is unique. *)
  Lemma frame_list_token_acc γ i l id fs x :
    x ∈ fs.*1 →
    frame_list D N γ i l id fs -∗
    unique_token (ls_names x) ∗ (unique_token (ls_names x) -∗ frame_list D N γ i l id fs).
  Proof.
    iIntros (Hx) "($ & $ & $ & $ & $ & $ & Hc)". by iApply chain_token_acc.
  Qed.
  Lemma frame_list_not_held γ i l id fs x i' vl :
    frame_list D N γ i l id fs -∗ unique_frame D (ls_names x) (ls_loc x) i' vl -∗
    ⌜x ∉ fs.*1⌝.
  Proof.
    iIntros "(_ & _ & _ & _ & _ & _ & Hc) Hx" (Hx).
    iDestruct (chain_vtable_acc with "Hc") as "[Hv _]"; [done|].
    rewrite unique_frame_eq. iDestruct "Hx" as "(_ & Hv' & _)".
    by iDestruct (heap_pointsto_exclusive with "Hv' Hv") as %[].
  Qed.
  (** Where the slot is unused, the word is 0. *)
  Lemma in_list_closed E Nf γ x pa :
    ↑Nf ⊆ E → ↑N ⊆ E → Nf ## N →
    frame_slot D Nf (ls_names x) (ls_loc x) pa -∗ in_list_inv N γ x -∗
    lease (ls_names x) 1 0 ={E,E ∖ ↑Nf ∖ ↑N}=∗
      ls_loc x ↦ #slot_unused ∗ (ls_loc x +ₗ slot_in_list) ↦ #0 ∗
      (ls_loc x ↦ #slot_unused -∗ (ls_loc x +ₗ slot_in_list) ↦ #0
        ={E ∖ ↑Nf ∖ ↑N,E}=∗ lease (ls_names x) 1 0).
  Proof.
    iIntros (HNf HN Hdisj) "#I #Iw L".
    iMod (frame_slot_closed_room with "I L") as "(Hs & Hroom & Hclose)"; [done|].
    assert (↑N.@"slot" ⊆ (↑N : coPset)) as Hsub by apply nclose_subseteq.
    assert (↑N.@"slot" ⊆ E ∖ ↑Nf) as HNs by set_solver.
    iInv "Iw" as (w) "(>Hw & >Hg & >Hc)" "Hclosew".
    rewrite {1}/in_list_content. case_decide as H0; last first.
    { iDestruct "Hc" as "[_ [%i Hv]]". iDestruct "Hroom" as (v vl) "(_ & >Hv' & _)".
      by iDestruct (heap_pointsto_exclusive with "Hv' Hv") as %[]. }
    subst w. iApply fupd_mask_intro; [set_solver|]. iIntros "Hmask". iFrame "Hs Hw".
    iIntros "Hs Hw". iMod "Hmask" as "_". iMod ("Hclosew" with "[Hw Hg Hc]") as "_".
    { iNext. iExists 0%Z. iFrame "Hw Hg". rewrite /in_list_content. by case_decide. }
    by iApply ("Hclose" with "Hs Hroom").
  Qed.

  (** ** Making, looking *)
  Lemma frame_list_new_spec γ i l vl :
    length vl = 4 →
    {{{ l ↦∗ vl }}} frame_list_new [ #l ] {{{ RET #☠; frame_list D N γ i l 0 [] }}}.
  Proof.
    iIntros (Hlen Φ) "Hl HΦ". destruct vl as [|v1 [|v2 [|v3 [|v4 [|]]]]]; simplify_eq/=.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hl" as "(H0 & H1 & H2 & H3 & _)".
    wp_rec. wp_write. wp_write. wp_write. wp_write. iApply "HΦ".
    iFrame. iSplitR; [iPureIntro; by compute|]. iSplitL; [|done]. by iLeft.
  Qed.
  (** What is left when a list goes out of scope. *)
  Lemma frame_list_cells γ i l id :
    frame_list D N γ i l id [] -∗ ∃ vl, ⌜length vl = 4⌝ ∗ l ↦∗ vl.
  Proof.
    iIntros "(H0 & H1 & H2 & H3 & _)". iExists [ #0; #0; #0; #id]%V. iSplitR; [done|].
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil. iFrame.
  Qed.

  Lemma frame_list_size_spec γ i l id fs :
    {{{ frame_list D N γ i l id fs }}}
      frame_list_size [ #l ]
    {{{ RET #(length fs); frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Φ) "(H0 & H1 & H2 & H3) HΦ". wp_rec. wp_read. iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_list_is_empty_spec γ i l id fs :
    {{{ frame_list D N γ i l id fs }}}
      frame_list_is_empty [ #l ]
    {{{ RET #(bool_decide (fs = [])); frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Φ) "Hl HΦ". wp_rec. wp_apply (frame_list_size_spec with "Hl").
    iIntros "(H0 & H1 & H2)". wp_pures.
    destruct fs as [|e fs _] using rev_ind.
    - wp_pures. wp_read. wp_pures. wp_apply (debug_assert_true with "[//]"). iIntros "_".
      wp_pures. wp_read. wp_pures. wp_apply (debug_assert_true with "[//]"). iIntros "_".
      wp_pures. iModIntro. iApply "HΦ". by iFrame.
    - assert (bool_decide (Z.of_nat (length (fs ++ [e])) = 0%Z) = false) as ->.
      { rewrite list_length_app /=. apply bool_decide_eq_false. lia. }
      assert (∃ l : loc, head_link (fs ++ [e]) = #l) as [hl Hl] by (destruct fs; by eexists).
      wp_pures. wp_read. rewrite Hl. wp_pures.
      wp_apply (debug_assert_true with "[//]"). iIntros "_".
      wp_pures. wp_read. rewrite /last_link last_link_of_snoc. wp_pures.
      wp_apply (debug_assert_true with "[//]"). iIntros "_". wp_pures.
      rewrite bool_decide_eq_false_2; [|by destruct fs]. iModIntro. iApply "HΦ".
      rewrite /frame_list_links.frame_list /last_link last_link_of_snoc Hl. iFrame.
  Qed.

  (** ** At the ends *)
  Lemma frame_list_push_front_spec γ ids l i id x vl fs :
    {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
        unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗ frame_list D N γ i l id fs }}}
      frame_list_push_front [ #ids; #l; #(ls_loc x) ]
    {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
        frame_list D N γ i l id' ((x, vl) :: fs) }}}.
  Proof.
    iIntros (Φ) "(#Iids & #Iw & Hx & H0 & H) HΦ". wp_rec. wp_read.
    iApply (link_insert_spec D N γ ids l i id x vl [] fs with "[$Iids $Iw $Hx $H0 $H] HΦ").
  Qed.
  Lemma frame_list_push_back_spec γ ids l i id x vl fs :
    {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
        unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗ frame_list D N γ i l id fs }}}
      frame_list_push_back [ #ids; #l; #(ls_loc x) ]
    {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
        frame_list D N γ i l id' (fs ++ [(x, vl)]) }}}.
  Proof.
    iIntros (Φ) "(#Iids & #Iw & Hx & H) HΦ". wp_rec. rewrite -{1}(app_nil_r fs).
    iApply (link_insert_spec D N γ ids l i id x vl fs [] with "[$Iids $Iw $Hx $H] HΦ").
  Qed.
  Lemma link_take_spec γ l i id x vl fs1 fs2 :
    {{{ frame_list D N γ i l id (fs1 ++ (x, vl) :: fs2) }}}
      link_take [ #l; #(ls_link x) ]
    {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_list D N γ i l id (fs1 ++ fs2) }}}.
  Proof.
    iIntros (Φ) "Hl HΦ". wp_rec. wp_pures.
    wp_apply (link_remove_spec with "Hl"). iIntros "H". wp_pures.
    wp_apply (link_slot_spec with "[//]"). iIntros "_". by iApply "HΦ".
  Qed.
  Lemma frame_list_pop_front_spec γ i l id x vl fs :
    {{{ frame_list D N γ i l id ((x, vl) :: fs) }}}
      frame_list_pop_front [ #l ]
    {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Φ) "[H0 H] HΦ". wp_rec. wp_read.
    iApply (link_take_spec γ l i id x vl [] fs with "[$H0 $H] HΦ").
  Qed.
  Lemma frame_list_pop_back_spec γ i l id x vl fs :
    {{{ frame_list D N γ i l id (fs ++ [(x, vl)]) }}}
      frame_list_pop_back [ #l ]
    {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Φ) "(H0 & H1 & H) HΦ". wp_rec. wp_read. iEval (rewrite /last_link last_link_of_snoc).
    iApply (link_take_spec γ l i id x vl fs [] with "[$H0 $H1 $H]"). by rewrite app_nil_r.
  Qed.
  Lemma frame_list_pop_front_empty_spec γ i l id :
    {{{ frame_list D N γ i l id [] }}}
      frame_list_pop_front [ #l ]
    {{{ RET #0; frame_list D N γ i l id [] }}}.
  Proof.
    iIntros (Φ) "[H0 H] HΦ". wp_rec. wp_read. wp_rec. wp_pures. iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_list_pop_back_empty_spec γ i l id :
    {{{ frame_list D N γ i l id [] }}}
      frame_list_pop_back [ #l ]
    {{{ RET #0; frame_list D N γ i l id [] }}}.
  Proof.
    iIntros (Φ) "(H0 & H1 & H) HΦ". wp_rec. wp_read. wp_rec. wp_pures. iApply "HΦ".
    by iFrame.
  Qed.

  (** ** Membership *)
  Lemma frame_list_has_spec γ i l id fs x :
    {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
      frame_list_has [ #l; #(ls_loc x) ]
    {{{ RET #(bool_decide (x ∈ fs.*1)); frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Φ) "(#Iw & Hl) HΦ". iDestruct (frame_list_id_range with "Hl") as %[_ Hnil].
    iDestruct "Hl" as "(H0 & H1 & H2 & H3 & H4 & Hid & Hc)". wp_rec. wp_read. wp_pures.
    destruct (decide (id = 0%Z)) as [Hid|Hid].
    { rewrite (bool_decide_eq_true_2 (id = 0%Z)) //. wp_pures.
      rewrite (Hnil Hid) bool_decide_eq_false_2; [|by intros ?%elem_of_nil].
      iModIntro. iApply "HΦ". by iFrame. }
    rewrite (bool_decide_eq_false_2 (id = 0%Z)) //. wp_pures.
    wp_apply (in_list_read with "[$Iw $Hid $Hc]"); [done|]. iIntros (w) "(%Hw & Hid & Hc)".
    wp_pures. rewrite (bool_decide_ext _ _ Hw). iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_list_contains_spec γ i l id fs x (n : nat) (base : loc) (max pa : Z) :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z → ls_loc x = page_slot n base pa →
    {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
      frame_list_contains n [ #base; #max; #l; #pa ]
    {{{ RET #(bool_decide (x ∈ fs.*1)); frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Hpa Hmax Hx Φ) "H HΦ". wp_rec. wp_apply (get_slot_status_spec with "[//]").
    iIntros "_". rewrite (bool_decide_eq_true_2 (_ = 0%Z)) //.
    rewrite (bool_decide_eq_false_2 (max ≤ pa)%Z); [|lia]. wp_pures.
    wp_apply (slot_at_spec with "[//]"). iIntros "_". rewrite -/(page_slot n base pa) -Hx.
    iApply (frame_list_has_spec with "H HΦ").
  Qed.
  Lemma frame_list_contains_outside_spec (n : nat) (base l : loc) (max pa : Z) :
    (pa `rem` page_size ≠ 0 ∨ max ≤ pa)%Z →
    {{{ True }}} frame_list_contains n [ #base; #max; #l; #pa ] {{{ RET #false; True }}}.
  Proof.
    iIntros (Hpa Φ) "_ HΦ". wp_rec. wp_apply (get_slot_status_spec with "[//]").
    iIntros "_". destruct (decide (pa `rem` page_size = 0)%Z) as [H0|H0].
    - rewrite (bool_decide_eq_true_2 (_ = 0%Z)) //.
      rewrite (bool_decide_eq_true_2 (max ≤ pa)%Z); [|by destruct Hpa].
      wp_pures. by iApply "HΦ".
    - rewrite (bool_decide_eq_false_2 (_ = 0%Z)) //. wp_pures. by iApply "HΦ".
  Qed.

  (** ** Dropping *)
  Lemma frame_list_drop_spec Nf γ i l id fs dealloc (pa : list_slot → Z)
      (q : list_slot → Qp) (R : list_slot → nat → list val → Qp → iProp Σ) :
    {{{ dict_drop_spec D ∗ frame_list D N γ i l id fs ∗
        [∗ list] e ∈ fs,
          frame_slot D Nf (ls_names e.1) (ls_loc e.1) (pa e.1) ∗
          lease (ls_names e.1) (q e.1) 1 ∗
          dealloc_spec D (λ q, lease (ls_names e.1) q 0) (pa e.1) dealloc (R e.1) }}}
      frame_list_drop (dict_glues D) dealloc [ #l ]
    {{{ RET #☠; frame_list D N γ i l id [] ∗
        [∗ list] e ∈ fs, R e.1 i (link_vals e.2) (q e.1) }}}.
  Proof.
    iIntros (Φ) "(#HD & Hl & Hfs) HΦ". iInduction fs as [|[x vl] fs] "IH".
    - wp_rec. wp_apply (frame_list_pop_front_empty_spec with "Hl"). iIntros "Hl". wp_pures.
      iApply "HΦ". by iFrame.
    - iDestruct "Hfs" as "[(#I & L & #Hdealloc) Hfs]". wp_rec.
      wp_apply (frame_list_pop_front_spec with "Hl"). iIntros "[Hx Hl]". wp_pures.
      wp_apply (unique_drop_spec D Nf with "[$HD $Hdealloc $I $Hx $L]"). iIntros "HR".
      wp_pures. iApply ("IH" with "Hl Hfs"). iIntros "!> [Hl Hfs]". iApply "HΦ". iFrame.
  Qed.
End specs.
