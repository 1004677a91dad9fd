(** * Lists of frames: cursors

[frame_cursor γ i c l id fs1 fs2]: the list, and where in it the cursor is. Its
operations are those of links ([frame_list_links.v]) at that place. *)
From iris.base_logic.lib Require Import invariants ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.list Require Import frame_list_base.
From tally.frame.list.proof Require Import frame_list_ghost frame_list_words
  frame_list_links frame_list_specs.
From tally.prelude Require Import options.

Section cursors.
  Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : gname) (x y : list_slot) (i : nat) (id w : Z) (vl : list val).
  Implicit Types (ids c l : loc) (p n : val) (fs : list listed) (xs : list list_slot).

  Definition frame_cursor γ i c l id fs1 fs2 : iProp Σ :=
    c ↦ #l ∗ (c +ₗ cursor_current) ↦ head_link fs2 ∗ frame_list D N γ i l id (fs1 ++ fs2).

  Lemma frame_cursor_end γ i c l id fs1 fs2 :
    frame_cursor γ i c l id fs1 fs2 -∗
    (∃ vl, ⌜length vl = 2⌝ ∗ c ↦∗ vl) ∗ frame_list D N γ i l id (fs1 ++ fs2).
  Proof.
    iIntros "(H0 & H1 & $)". iExists [ #l; head_link fs2]%V. iSplitR; [done|].
    rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil. by iFrame.
  Qed.
  (** [&mut M] of the frame that the cursor is at. *)
  Lemma frame_cursor_meta_acc γ i c l id fs1 x vl fs2 :
    frame_cursor γ i c l id fs1 ((x, vl) :: fs2) -∗
    (ls_link x +ₗ link_meta) ↦∗ vl ∗ meta_own D i (link_vals vl) ∗
    (∀ vl', (ls_link x +ₗ link_meta) ↦∗ vl' -∗ meta_own D i (link_vals vl') -∗
      frame_cursor γ i c l id fs1 ((x, vl') :: fs2)).
  Proof.
    iIntros "(H0 & H1 & H2 & H3 & H4 & H5 & %Hlen & Hid & Hc)".
    rewrite chain_app /=.
    iDestruct "Hc" as "(Hc1 & (Hn1 & Hn2 & Hn3 & Hn4 & Hn5 & Hn6 & $ & $) & Hc2)".
    iIntros (vl') "Hm Hown". rewrite /frame_cursor /frame_list_links.frame_list.
    assert (head_link (fs1 ++ (x, vl') :: fs2) = head_link (fs1 ++ (x, vl) :: fs2)) as ->
      by by destruct fs1.
    assert (last_link (fs1 ++ (x, vl') :: fs2) = last_link (fs1 ++ (x, vl) :: fs2)) as ->
      by by rewrite /last_link !last_link_of_app.
    rewrite (chain_app _ _ _ _ _ _ fs1 ((x, vl') :: fs2)) !fmap_app !fmap_cons.
    assert (length (fs1 ++ (x, vl') :: fs2) = length (fs1 ++ (x, vl) :: fs2)) as ->
      by by rewrite !list_length_app.
    by iFrame.
  Qed.

  (** ** Making one *)
  Local Lemma cursor_new_spec γ i c l id fs1 fs2 vl :
    length vl = 2 →
    {{{ c ↦∗ vl ∗ frame_list D N γ i l id (fs1 ++ fs2) }}}
      cursor_new [ #c; #l; head_link fs2 ]
    {{{ RET #☠; frame_cursor γ i c l id fs1 fs2 }}}.
  Proof.
    iIntros (Hlen Φ) "[Hc Hl] HΦ". destruct vl as [|v1 [|v2 [|]]]; simplify_eq/=.
    rewrite !heap_pointsto_vec_cons. iDestruct "Hc" as "(H0 & H1 & _)".
    wp_rec. wp_write. wp_pures. wp_write. iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_list_cursor_front_spec γ i c l id fs vl :
    length vl = 2 →
    {{{ c ↦∗ vl ∗ frame_list D N γ i l id fs }}}
      frame_list_cursor_front [ #c; #l ]
    {{{ RET #☠; frame_cursor γ i c l id [] fs }}}.
  Proof.
    iIntros (Hlen Φ) "(Hc & H0 & H) HΦ". wp_rec. wp_read.
    iApply (cursor_new_spec _ _ _ _ _ [] fs with "[$Hc $H0 $H] HΦ"). done.
  Qed.
  Lemma frame_list_cursor_back_spec γ i c l id fs e vl :
    length vl = 2 →
    {{{ c ↦∗ vl ∗ frame_list D N γ i l id (fs ++ [e]) }}}
      frame_list_cursor_back [ #c; #l ]
    {{{ RET #☠; frame_cursor γ i c l id fs [e] }}}.
  Proof.
    iIntros (Hlen Φ) "(Hc & H0 & H1 & H) HΦ". wp_rec. wp_read.
    iEval (rewrite /last_link last_link_of_snoc).
    iApply (cursor_new_spec _ _ _ _ _ fs [e] with "[$Hc $H0 $H1 $H] HΦ"). done.
  Qed.
  Lemma frame_list_cursor_back_empty_spec γ i c l id vl :
    length vl = 2 →
    {{{ c ↦∗ vl ∗ frame_list D N γ i l id [] }}}
      frame_list_cursor_back [ #c; #l ]
    {{{ RET #☠; frame_cursor γ i c l id [] [] }}}.
  Proof.
    iIntros (Hlen Φ) "(Hc & H0 & H1 & H) HΦ". wp_rec. wp_read.
    iApply (cursor_new_spec _ _ _ _ _ [] [] with "[$Hc $H0 $H1 $H] HΦ"). done.
  Qed.
  Lemma frame_list_cursor_at_spec γ i c l id fs1 x vl' fs2 vl :
    length vl = 2 →
    {{{ in_list_inv N γ x ∗ c ↦∗ vl ∗ frame_list D N γ i l id (fs1 ++ (x, vl') :: fs2) }}}
      frame_list_cursor_at [ #c; #l; #(ls_loc x) ]
    {{{ RET #true; frame_cursor γ i c l id fs1 ((x, vl') :: fs2) }}}.
  Proof.
    iIntros (Hlen Φ) "(#Iw & Hc & Hl) HΦ". wp_rec.
    wp_apply (frame_list_has_spec with "[$Iw $Hl]"). iIntros "Hl".
    rewrite bool_decide_eq_true_2; last first.
    { rewrite fmap_app fmap_cons elem_of_app elem_of_cons. by right; left. }
    wp_pures. wp_apply (frame_meta_spec with "[//]"). iIntros "_".
    wp_apply (cursor_new_spec _ _ _ _ _ fs1 ((x, vl') :: fs2) with "[$Hc $Hl]"); [done|].
    iIntros "Hc". wp_pures. by iApply "HΦ".
  Qed.
  Lemma frame_list_cursor_at_none_spec γ i c l id fs x :
    x ∉ fs.*1 →
    {{{ in_list_inv N γ x ∗ frame_list D N γ i l id fs }}}
      frame_list_cursor_at [ #c; #l; #(ls_loc x) ]
    {{{ RET #false; frame_list D N γ i l id fs }}}.
  Proof.
    iIntros (Hx Φ) "(#Iw & Hl) HΦ". wp_rec.
    wp_apply (frame_list_has_spec with "[$Iw $Hl]"). iIntros "Hl".
    rewrite bool_decide_eq_false_2 //. wp_pures. by iApply "HΦ".
  Qed.

  (** ** Looking, moving *)
  Lemma frame_cursor_as_list_spec γ i c l id fs1 fs2 :
    {{{ frame_cursor γ i c l id fs1 fs2 }}}
      frame_cursor_as_list [ #c ]
    {{{ RET #l; frame_list D N γ i l id (fs1 ++ fs2) ∗
        (frame_list D N γ i l id (fs1 ++ fs2) -∗ frame_cursor γ i c l id fs1 fs2) }}}.
  Proof.
    iIntros (Φ) "(H0 & H1 & H) HΦ". wp_rec. wp_read. iApply "HΦ".
    iSplitL "H"; [done|]. iIntros "!> H". iFrame.
  Qed.
  Lemma frame_cursor_link_spec γ i c l id fs1 fs2 :
    {{{ frame_cursor γ i c l id fs1 fs2 }}}
      frame_cursor_link [ #c ]
    {{{ RET (head_link fs2); frame_cursor γ i c l id fs1 fs2 }}}.
  Proof.
    iIntros (Φ) "(H0 & H1 & H) HΦ". wp_rec. wp_read. iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_cursor_current_spec γ i c l id fs1 fs2 :
    {{{ frame_cursor γ i c l id fs1 fs2 }}}
      frame_cursor_current [ #c ]
    {{{ RET (match fs2 with [] => #0 | e :: _ => #(ls_loc e.1) end);
        frame_cursor γ i c l id fs1 fs2 }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    iIntros "Hc". destruct fs2 as [|e fs2]; wp_pures; [by iApply "HΦ"|].
    wp_apply (link_slot_spec with "[//]"). iIntros "_". by iApply "HΦ".
  Qed.
  Lemma frame_cursor_current_meta_spec γ i c l id fs1 fs2 :
    {{{ frame_cursor γ i c l id fs1 fs2 }}}
      frame_cursor_current_meta [ #c ]
    {{{ RET (match fs2 with [] => #0 | e :: _ => #(ls_link e.1 +ₗ link_meta) end);
        frame_cursor γ i c l id fs1 fs2 }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    iIntros "Hc". destruct fs2 as [|e fs2]; wp_pures; by iApply "HΦ".
  Qed.

  Lemma frame_cursor_move_next_spec γ i c l id fs1 e fs2 :
    {{{ frame_cursor γ i c l id fs1 (e :: fs2) }}}
      frame_cursor_move_next [ #c ]
    {{{ RET #☠; frame_cursor γ i c l id (fs1 ++ [e]) fs2 }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    iIntros "(H0 & H1 & H2 & H3 & H4 & H5 & H6 & Hid & Hc)". rewrite [head_link _]/=. wp_pures.
    iDestruct (chain_node_acc with "Hc") as "[(Hn1 & Hn2 & Hn3 & Hn4 & Hn5 & Hn6) Hc]".
    wp_read. wp_pures. wp_write. iModIntro. iApply "HΦ".
    iSpecialize ("Hc" with "[$Hn1 $Hn2 $Hn3 $Hn4 $Hn5 $Hn6]").
    rewrite /frame_cursor -app_assoc next_link_head. iFrame.
  Qed.
  Lemma frame_cursor_move_next_end_spec γ i c l id fs :
    {{{ frame_cursor γ i c l id fs [] }}}
      frame_cursor_move_next [ #c ]
    {{{ RET #☠; frame_cursor γ i c l id [] fs }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    rewrite /frame_cursor app_nil_r /=.
    iIntros "(H0 & H1 & H2 & H)". wp_pures. wp_rec. wp_read. wp_read. wp_pures. wp_write.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma frame_cursor_move_prev_spec γ i c l id fs1 e fs2 :
    {{{ frame_cursor γ i c l id (fs1 ++ [e]) fs2 }}}
      frame_cursor_move_prev [ #c ]
    {{{ RET #☠; frame_cursor γ i c l id fs1 (e :: fs2) }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    rewrite /frame_cursor -app_assoc [([e] ++ _)]/=. iIntros "(H0 & H1 & Hl)".
    destruct fs2 as [|e2 fs2]; wp_pures.
    - wp_rec. wp_read. wp_pures. iDestruct "Hl" as "(H2 & H3 & Hl)". wp_read.
      iEval (rewrite /last_link last_link_of_snoc). wp_pures. wp_write.
      iModIntro. iApply "HΦ". iFrame.
    - iDestruct "Hl" as "(H2 & H3 & H4 & H5 & H6 & Hid & Hc)".
      assert (fs1 ++ e :: e2 :: fs2 = (fs1 ++ [e]) ++ e2 :: fs2) as Heq.
      { by rewrite -app_assoc. }
      rewrite Heq.
      iDestruct (chain_node_acc with "Hc") as "[(Hn1 & Hn2 & Hn3 & Hn4 & Hn5 & Hn6 & Hn7) Hc]".
      rewrite {1}last_link_of_snoc. wp_read. wp_pures. wp_write. iModIntro. iApply "HΦ".
      iSpecialize ("Hc" with "[$Hn1 $Hn2 $Hn3 $Hn4 $Hn5 Hn6 $Hn7]").
      { by rewrite last_link_of_snoc. }
      iFrame.
  Qed.
  Lemma frame_cursor_move_prev_end_spec γ i c l id fs :
    {{{ frame_cursor γ i c l id [] fs }}}
      frame_cursor_move_prev [ #c ]
    {{{ RET #☠; frame_cursor γ i c l id fs [] }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    rewrite /frame_cursor app_nil_r /=. iIntros "(H0 & H1 & Hl)".
    destruct fs as [|e fs]; wp_pures.
    - wp_rec. wp_read. wp_pures. iDestruct "Hl" as "(H2 & H3 & Hl)". wp_read.
      wp_pures. wp_write. iModIntro. iApply "HΦ". iFrame.
    - iDestruct "Hl" as "(H2 & H3 & H4 & H5 & H6 & Hid & Hc)".
      iDestruct "Hc" as "[(Hn1 & Hn2 & Hn3 & Hn4 & Hn5 & Hn6 & Hn7) Hc]".
      wp_read. wp_pures. wp_write. iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** ** Putting in and taking out *)
  Lemma frame_cursor_take_current_spec γ i c l id fs1 x vl fs2 :
    {{{ frame_cursor γ i c l id fs1 ((x, vl) :: fs2) }}}
      frame_cursor_take_current [ #c ]
    {{{ RET #(ls_loc x); unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_cursor γ i c l id fs1 fs2 }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    iIntros "(H0 & H1 & Hl)". rewrite [head_link _]/=. wp_pures. wp_rec. wp_read.
    wp_apply (link_remove_spec with "Hl"). iIntros "[Hx Hl]". wp_pures. wp_write. wp_pures.
    wp_apply (link_slot_spec with "[//]"). iIntros "_". iApply "HΦ". iFrame.
  Qed.
  Lemma frame_cursor_take_current_end_spec γ i c l id fs :
    {{{ frame_cursor γ i c l id fs [] }}}
      frame_cursor_take_current [ #c ]
    {{{ RET #0; frame_cursor γ i c l id fs [] }}}.
  Proof.
    iIntros (Φ) "Hc HΦ". wp_rec. wp_apply (frame_cursor_link_spec with "Hc").
    iIntros "Hc". wp_pures. by iApply "HΦ".
  Qed.
  (** The cursor stays where it is, and the frame is before it. *)
  Lemma frame_cursor_insert_before_spec γ ids i c l id x vl fs1 fs2 :
    {{{ list_ids N γ ids ∗ in_list_inv N γ x ∗
        unique_frame D (ls_names x) (ls_loc x) i (link_vals vl) ∗
        frame_cursor γ i c l id fs1 fs2 }}}
      frame_cursor_insert_before [ #ids; #c; #(ls_loc x) ]
    {{{ (id' : Z), RET #☠; ⌜list_number_kept id id'⌝ ∗
        frame_cursor γ i c l id' (fs1 ++ [(x, vl)]) fs2 }}}.
  Proof.
    iIntros (Φ) "(#Iids & #Iw & Hx & Hc) HΦ". wp_rec.
    iDestruct "Hc" as "(H0 & H1 & Hl)". wp_rec. wp_read. wp_rec. wp_read.
    wp_apply (link_insert_spec with "[$Iids $Iw $Hx $Hl]"). iIntros (id') "[%Hid Hl]".
    iApply "HΦ". iSplitR; [done|]. rewrite /frame_cursor -app_assoc. iFrame.
  Qed.
End cursors.
