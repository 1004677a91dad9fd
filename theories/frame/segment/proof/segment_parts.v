(** * Segments of page frames: the proofs about parts of them

Clones and slices, halves, single frames, and ranges of addresses: what of
[segment_sig.v] does not touch a count, or only increments it. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw.
From tally.frame.segment Require Import segment_code segment_sig.
From tally.frame.segment.proof Require Import segment_pages segment_ops.
From tally.prelude Require Import options.

(** The status of looking for a part. *)
Definition segment_part_code (from to size : Z) : Z :=
  if bool_decide (from `rem` page_size = 0)%Z then
    if bool_decide (to `rem` page_size = 0)%Z then
      if bool_decide (from ≤ to)%Z then
        if bool_decide (to ≤ size)%Z then 0%Z else error_code ErrOutOfBound
      else error_code ErrOutOfBound
    else not_aligned_code
  else not_aligned_code.
Lemma segment_part_code_ok (from to size : Z) :
  (from `rem` page_size = 0)%Z → (to `rem` page_size = 0)%Z → (from ≤ to ≤ size)%Z →
  segment_part_code from to size = 0%Z.
Proof. intros ???. by rewrite /segment_part_code !bool_decide_eq_true_2; [|lia..]. Qed.
Lemma segment_part_code_not_aligned (from to size : Z) :
  (from `rem` page_size ≠ 0)%Z ∨ (to `rem` page_size ≠ 0)%Z →
  segment_part_code from to size = not_aligned_code.
Proof.
  intros H. rewrite /segment_part_code. repeat case_bool_decide; naive_solver.
Qed.
Lemma segment_part_code_out_of_bound (from to size : Z) :
  (from `rem` page_size = 0)%Z → (to `rem` page_size = 0)%Z →
  (to < from)%Z ∨ (size < to)%Z →
  segment_part_code from to size = error_code ErrOutOfBound.
Proof.
  intros ???. rewrite /segment_part_code.
  repeat case_bool_decide; first [done|lia].
Qed.
Lemma rem_page_size (n : nat) : ((n * page_size) `rem` page_size = 0)%Z.
Proof. by apply Z.rem_mul. Qed.

Section segment.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (base l dst : loc) (start pa : Z) (n : nat) (q : Qp).
  Implicit Types (p : segment_page) (ps : list segment_page) (ks : list nat).
  Implicit Types (γr : gname).

  Lemma segment_part_status_spec (from to size : Z) :
    {{{ True }}}
      segment_part_status [ #from; #to; #size ]
    {{{ RET #(segment_part_code from to size); True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". rewrite /segment_part_code. wp_rec. wp_pures.
    case_bool_decide; wp_pures; [|by iApply "HΦ"].
    case_bool_decide; wp_pures; [|by iApply "HΦ"].
    case_bool_decide; wp_pures; [|by iApply "HΦ"].
    case_bool_decide; wp_pures; by iApply "HΦ".
  Qed.

  (** ** Addresses and sizes *)
  Lemma frame_segment_start_paddr_spec base l start ps :
    {{{ frame_segment D N base l start ps }}}
      frame_segment_start_paddr [ #l ]
    {{{ RET #start; frame_segment D N base l start ps }}}.
  Proof.
    iIntros (Φ) "(%Hfit & Hl & H) HΦ". wp_apply (start_paddr_cells_spec with "Hl").
    iIntros "Hl". iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_segment_end_paddr_spec base l start ps :
    {{{ frame_segment D N base l start ps }}}
      frame_segment_end_paddr [ #l ]
    {{{ RET #(start + length ps * page_size); frame_segment D N base l start ps }}}.
  Proof.
    iIntros (Φ) "(%Hfit & Hl & H) HΦ". wp_apply (end_paddr_cells_spec with "Hl").
    iIntros "Hl". iApply "HΦ". by iFrame.
  Qed.
  Lemma frame_segment_size_spec base l start ps :
    {{{ frame_segment D N base l start ps }}}
      frame_segment_size [ #l ]
    {{{ RET #(length ps * page_size); frame_segment D N base l start ps }}}.
  Proof.
    iIntros (Φ) "(%Hfit & Hl & H) HΦ". wp_apply (size_cells_spec with "Hl"); [done|].
    iIntros "Hl". iApply "HΦ". by iFrame.
  Qed.

  (** ** Sharing *)
  Lemma frame_segment_clone_spec base l start ps q ks dst γr :
    Forall (λ p, slot_pending_name p.1 = γr) ps →
    {{{ frame_segment D N base l start ps ∗ counted_leases ps.*1 q ks ∗
        pending_incs γr 1 ∗ segment_room dst }}}
      frame_segment_clone (dict_size D) [ #base; #l; #dst ]
    {{{ RET #☠; frame_segment D N base l start ps ∗ frame_segment D N base dst start ps ∗
        counted_leases ps.*1 q (S <$> ks) ∗ pending_incs γr 1 }}}.
  Proof.
    iIntros (Hγr Φ) "((%Hfit & Hl & H) & L & Hr & Hdst) HΦ". wp_rec.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (pages_clone_spec with "[$H $L $Hr]"); [done..|].
    iIntros "(H & H' & L & Hr)". wp_pures.
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". iApply "HΦ".
    rewrite /frame_segment (segment_cells_eq dst). by iFrame.
  Qed.
  Lemma frame_segment_slice_spec base l start ps1 ps2 ps3 q ks dst γr :
    Forall (λ p, slot_pending_name p.1 = γr) ps2 →
    let from := (length ps1 * page_size)%Z in
    let to := (from + length ps2 * page_size)%Z in
    {{{ frame_segment D N base l start (ps1 ++ ps2 ++ ps3) ∗
        counted_leases ps2.*1 q ks ∗ pending_incs γr 1 ∗ segment_room dst }}}
      frame_segment_slice (dict_size D) [ #base; #l; #from; #to; #dst ]
    {{{ RET #0; frame_segment D N base l start (ps1 ++ ps2 ++ ps3) ∗
        frame_segment D N base dst (start + from) ps2 ∗
        counted_leases ps2.*1 q (S <$> ks) ∗ pending_incs γr 1 }}}.
  Proof.
    iIntros (Hγr from to Φ) "((%Hfit & Hl & H) & L & Hr & Hdst) HΦ".
    set (n := length (ps1 ++ ps2 ++ ps3)) in *.
    assert (n = length ps1 + (length ps2 + length ps3)) as Hn.
    { rewrite /n !list_length_app. lia. }
    assert (0 ≤ from ∧ from ≤ to ∧ to ≤ n * page_size)%Z as (?&?&?).
    { rewrite /to /from /page_size. lia. }
    assert (pages_fit (start + from) (length ps2)) as Hfit2.
    { rewrite Hn in Hfit. apply pages_fit_skip in Hfit. by apply (pages_fit_le _ _ _ (Nat.le_add_r _ _) Hfit). }
    pose proof Hfit as (?&_&?). wp_rec.
    wp_apply (size_cells_spec with "Hl"); [done|]. iIntros "Hl".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_ok; [|apply rem_page_size|apply rem_pages; [lia..|apply rem_page_size]|done].
    wp_pures. wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    pose proof (usize_add start from ltac:(lia) ltac:(lia) ltac:(lia)) as Hfrom.
    wp_op. wp_pures. wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    pose proof (usize_add start to ltac:(lia) ltac:(lia) ltac:(lia)) as Hto.
    wp_op. wp_pures. rewrite !segment_shares_app. iDestruct "H" as "(H1 & H2 & H3)".
    wp_apply (pages_clone_spec with "[$H2 $L $Hr]"); [done|rewrite /to; lia|done|].
    iIntros "(H2 & H2' & L & Hr)". wp_pures.
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". wp_pures. iApply "HΦ".
    rewrite /frame_segment (segment_cells_eq dst) !segment_shares_app.
    rewrite (_ : start + from + length ps2 * page_size = start + to)%Z; [|rewrite /to; lia].
    by iFrame.
  Qed.
  Lemma frame_segment_slice_not_aligned_spec n base l start ps (from to : Z) dst :
    (from `rem` page_size ≠ 0)%Z ∨ (to `rem` page_size ≠ 0)%Z →
    {{{ frame_segment D N base l start ps }}}
      frame_segment_slice n [ #base; #l; #from; #to; #dst ]
    {{{ RET #not_aligned_code; frame_segment D N base l start ps }}}.
  Proof.
    iIntros (? Φ) "H HΦ". wp_rec. wp_apply (frame_segment_size_spec with "H"). iIntros "H".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_not_aligned //. wp_pures. by iApply "HΦ".
  Qed.
  Lemma frame_segment_slice_out_of_bound_spec n base l start ps (from to : Z) dst :
    (from `rem` page_size = 0)%Z → (to `rem` page_size = 0)%Z →
    (to < from)%Z ∨ (length ps * page_size < to)%Z →
    {{{ frame_segment D N base l start ps }}}
      frame_segment_slice n [ #base; #l; #from; #to; #dst ]
    {{{ RET #(error_code ErrOutOfBound); frame_segment D N base l start ps }}}.
  Proof.
    iIntros (??? Φ) "H HΦ". wp_rec. wp_apply (frame_segment_size_spec with "H"). iIntros "H".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_out_of_bound //. wp_pures. by iApply "HΦ".
  Qed.

  (** ** Dividing *)
  Lemma frame_segment_split_spec base l start ps1 ps2 dst :
    let offset := (length ps1 * page_size)%Z in
    {{{ frame_segment D N base l start (ps1 ++ ps2) ∗ segment_room dst }}}
      frame_segment_split [ #l; #offset; #dst ]
    {{{ RET #0; frame_segment D N base l start ps1 ∗
        frame_segment D N base dst (start + offset) ps2 }}}.
  Proof.
    iIntros (offset Φ) "((%Hfit & Hl & H) & Hdst) HΦ".
    set (n := length (ps1 ++ ps2)) in *.
    assert (n = length ps1 + length ps2) as Hn by apply list_length_app.
    assert (0 ≤ offset ∧ offset ≤ n * page_size)%Z as (?&?).
    { rewrite /offset /page_size. lia. }
    pose proof Hfit as (?&_&?). wp_rec.
    wp_apply (size_cells_spec with "Hl"); [done|]. iIntros "Hl".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_ok; [|done|apply rem_page_size|done].
    wp_pures. wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    pose proof (usize_add start offset ltac:(lia) ltac:(lia) ltac:(lia)) as Hop.
    wp_op. wp_pures. wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl".
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". wp_pures.
    rewrite segment_cells_eq. iDestruct "Hl" as "[Hl Hl1]". wp_write. wp_pures.
    iApply "HΦ". rewrite segment_shares_app. iDestruct "H" as "[H1 H2]".
    rewrite /frame_segment !segment_cells_eq.
    rewrite (_ : start + offset + length ps2 * page_size = start + n * page_size)%Z;
      [|rewrite /offset; lia].
    iFrame. iPureIntro. rewrite Hn in Hfit.
    split; [by apply (pages_fit_le _ _ _ (Nat.le_add_r _ _) Hfit)|by apply pages_fit_skip].
  Qed.
  Lemma frame_segment_split_not_aligned_spec base l start ps (offset : Z) dst :
    (offset `rem` page_size ≠ 0)%Z →
    {{{ frame_segment D N base l start ps }}}
      frame_segment_split [ #l; #offset; #dst ]
    {{{ RET #not_aligned_code; frame_segment D N base l start ps }}}.
  Proof.
    iIntros (? Φ) "H HΦ". wp_rec. wp_apply (frame_segment_size_spec with "H"). iIntros "H".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_not_aligned; [|by right]. wp_pures. by iApply "HΦ".
  Qed.
  Lemma frame_segment_split_out_of_bound_spec base l start ps (offset : Z) dst :
    (offset `rem` page_size = 0)%Z → (offset < 0)%Z ∨ (length ps * page_size < offset)%Z →
    {{{ frame_segment D N base l start ps }}}
      frame_segment_split [ #l; #offset; #dst ]
    {{{ RET #(error_code ErrOutOfBound); frame_segment D N base l start ps }}}.
  Proof.
    iIntros (?? Φ) "H HΦ". wp_rec. wp_apply (frame_segment_size_spec with "H"). iIntros "H".
    wp_apply segment_part_status_spec; [done|]. iIntros "_".
    rewrite segment_part_code_out_of_bound //. wp_pures. by iApply "HΦ".
  Qed.

  (** The first or the last frame of a segment that has none. *)
  Local Ltac none_left :=
    let Φ := fresh "Φ" in iIntros (Φ) "H HΦ"; wp_rec;
    wp_apply (frame_segment_start_paddr_spec with "H"); iIntros "H"; wp_pures;
    wp_apply (frame_segment_end_paddr_spec with "H"); iIntros "H"; wp_pures;
    rewrite bool_decide_eq_false_2; [|simpl; lia]; wp_pures; by iApply "HΦ".

  Lemma frame_segment_next_spec base l start p ps :
    let s := page_slot (dict_size D) base start in
    {{{ frame_segment D N base l start (p :: ps) }}}
      frame_segment_next (dict_size D) [ #base; #l ]
    {{{ RET #s; page_share D N base start p ∗
        frame_segment D N base l (start + page_size) ps }}}.
  Proof.
    iIntros (s Φ) "(%Hfit & Hl & H) HΦ". pose proof page_size_pos.
    pose proof Hfit as (?&_&Hend). simpl length in *.
    assert (start + S (length ps) * page_size =
      start + page_size + length ps * page_size)%Z as Heq by lia.
    rewrite segment_shares_cons. iDestruct "H" as "[Hp H]". wp_rec.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures.
    rewrite bool_decide_eq_true_2; [|lia]. wp_pures.
    wp_apply frame_from_raw_page_spec; [done|]. iIntros "_". wp_pures.
    pose proof (usize_add start page_size ltac:(lia) ltac:(lia) ltac:(lia)) as Hop.
    wp_op. rewrite (segment_cells_eq l start). iDestruct "Hl" as "[Hl Hl1]". wp_write. wp_pures.
    rewrite Heq. wp_apply (start_paddr_cells_spec l _ (length ps) with "[Hl Hl1]").
    { rewrite segment_cells_eq. iFrame. }
    iIntros "Hl". wp_pures. rewrite bool_decide_eq_true_2; [|lia]. wp_rec. wp_pures.
    iApply "HΦ". iFrame. iPureIntro. by apply pages_fit_next.
  Qed.
  Lemma frame_segment_next_empty_spec n base l start :
    {{{ frame_segment D N base l start [] }}}
      frame_segment_next n [ #base; #l ]
    {{{ RET #0; frame_segment D N base l start [] }}}.
  Proof. none_left. Qed.
  Lemma frame_segment_next_back_spec base l start ps p :
    let pa := (start + length ps * page_size)%Z in
    let s := page_slot (dict_size D) base pa in
    {{{ frame_segment D N base l start (ps ++ [p]) }}}
      frame_segment_next_back (dict_size D) [ #base; #l ]
    {{{ RET #s; page_share D N base pa p ∗ frame_segment D N base l start ps }}}.
  Proof.
    iIntros (pa s Φ) "(%Hfit & Hl & H) HΦ". pose proof page_size_pos.
    assert (length (ps ++ [p]) = S (length ps)) as Hn by (rewrite list_length_app /=; lia).
    rewrite Hn in Hfit *. pose proof Hfit as (?&_&Hend).
    assert (start + S (length ps) * page_size = pa + page_size)%Z as Heq by (rewrite /pa; lia).
    assert (0 ≤ length ps * page_size)%Z by lia.
    rewrite segment_shares_app segment_shares_cons. iDestruct "H" as "[H [Hp _]]". wp_rec.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl". wp_pures. rewrite Heq.
    rewrite bool_decide_eq_true_2; [|rewrite /pa; lia]. wp_pures.
    pose proof (usize_sub (pa + page_size) page_size) as Hop.
    rewrite Z.add_simpl_r in Hop. specialize (Hop ltac:(rewrite /pa; lia) ltac:(lia)).
    wp_op. wp_pures. rewrite segment_cells_eq. iDestruct "Hl" as "[Hl Hl1]". wp_write. wp_pures.
    wp_apply frame_from_raw_page_spec; [done|]. iIntros "_". iApply "HΦ".
    rewrite /frame_segment segment_cells_eq. iFrame. iPureIntro.
    apply (pages_fit_le _ (S (length ps))); [lia|done].
  Qed.
  Lemma frame_segment_next_back_empty_spec n base l start :
    {{{ frame_segment D N base l start [] }}}
      frame_segment_next_back n [ #base; #l ]
    {{{ RET #0; frame_segment D N base l start [] }}}.
  Proof. none_left. Qed.

  Lemma frame_segment_get_spec base l start ps (k : nat) p :
    ps !! k = Some p →
    let pa := (start + k * page_size)%Z in
    let s := page_slot (dict_size D) base pa in
    {{{ frame_segment D N base l start ps }}}
      frame_segment_get (dict_size D) [ #base; #l; #k ]
    {{{ RET #s; page_share D N base pa p ∗
        (page_share D N base pa p -∗ frame_segment D N base l start ps) }}}.
  Proof.
    iIntros (Hk pa s Φ) "(%Hfit & Hl & H) HΦ". pose proof page_size_pos.
    pose proof Hfit as (?&_&Hend). apply lookup_lt_Some in Hk as Hlt.
    assert (0 ≤ k * page_size ≤ length ps * page_size)%Z by (rewrite /page_size; lia).
    wp_rec. wp_apply (size_cells_spec with "Hl"); [done|]. iIntros "Hl". wp_pures.
    rewrite Z.quot_mul //. rewrite bool_decide_eq_true_2; [|lia]. wp_pures.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    pose proof (usize_mul k page_size) as Hmul.
    specialize (Hmul ltac:(rewrite /page_size in Hend; lia) ltac:(done) ltac:(lia)).
    pose proof (usize_add start (k * page_size) ltac:(lia) ltac:(lia) ltac:(lia)) as Hop.
    wp_op. wp_op. wp_apply frame_from_raw_page_spec; [done|]. iIntros "_". iApply "HΦ".
    iDestruct (pages_lookup_acc with "H") as "[$ H]"; [done|]. iIntros "Hp".
    iSplit; [done|]. iFrame "Hl". by iApply "H".
  Qed.
  Lemma frame_segment_get_none_spec n base l start ps (index : Z) :
    (length ps ≤ index)%Z →
    {{{ frame_segment D N base l start ps }}}
      frame_segment_get n [ #base; #l; #index ]
    {{{ RET #0; frame_segment D N base l start ps }}}.
  Proof.
    iIntros (? Φ) "H HΦ". wp_rec. wp_apply (frame_segment_size_spec with "H"). iIntros "H".
    wp_pures. rewrite Z.quot_mul //. rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
    by iApply "HΦ".
  Qed.
  Lemma frame_segment_count_spec base l start ps ks (k c : nat) p :
    ps !! k = Some p → ks !! k = Some c →
    {{{ frame_segment D N base l start ps ∗ counted_leases ps.*1 1 ks }}}
      reference_count [frame_segment_get (dict_size D) [ #base; #l; #k ]]
    {{{ RET #c; frame_segment D N base l start ps ∗ counted_leases ps.*1 1 ks }}}.
  Proof.
    iIntros (Hp Hc Φ) "[H L] HΦ". wp_apply (frame_segment_get_spec with "H"); [done|].
    iIntros "[[#Hs Hp] Hback]". rewrite /counted_leases big_sepL2_fmap_l.
    iDestruct (big_sepL2_lookup_acc with "L") as "[L Lback]"; [done..|].
    wp_apply (reference_count_at D N with "Hs Hp L"). iIntros (n [[_ Hn] _]) "L Hp".
    simpl in Hn. rewrite -positive_nat_Z Hn. iApply "HΦ". iDestruct ("Lback" with "L") as "$". iApply "Hback". by iFrame.
  Qed.

  (** ** Ranges of addresses *)
  Lemma frame_segment_into_raw_spec base l start ps dst :
    {{{ frame_segment D N base l start ps ∗ segment_room dst }}}
      frame_segment_into_raw [ #l; #dst ]
    {{{ RET #☠; segment_room l ∗ ⌜pages_fit start (length ps)⌝ ∗
        segment_cells dst start (length ps) ∗ segment_raws D N base start ps }}}.
  Proof.
    iIntros (Φ) "[(%Hfit & Hl & H) Hdst] HΦ". wp_rec. rewrite segment_raws_shares.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl".
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". iApply "HΦ".
    iDestruct (segment_cells_room with "Hl") as "Hl". rewrite (segment_cells_eq dst).
    by iFrame.
  Qed.
  Lemma frame_segment_from_raw_spec base l start ps dst :
    pages_fit start (length ps) →
    {{{ segment_cells l start (length ps) ∗ segment_raws D N base start ps ∗
        segment_room dst }}}
      frame_segment_from_raw [ #l; #dst ]
    {{{ RET #☠; segment_cells l start (length ps) ∗
        frame_segment D N base dst start ps }}}.
  Proof.
    iIntros (Hfit Φ) "(Hl & H & Hdst) HΦ". wp_rec.
    rewrite segment_raws_shares segment_cells_eq. iDestruct "Hl" as "[Hl Hl1]". wp_read. wp_pures. wp_read.
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". iApply "HΦ".
    rewrite /frame_segment (segment_cells_eq dst). by iFrame.
  Qed.
  Lemma frame_segment_from_raw_empty_spec base l start dst :
    pages_fit start 0 →
    {{{ segment_cells l start 0 ∗ segment_room dst }}}
      frame_segment_from_raw [ #l; #dst ]
    {{{ RET #☠; segment_cells l start 0 ∗ frame_segment D N base dst start [] }}}.
  Proof.
    iIntros (Hfit Φ) "[Hl Hdst] HΦ".
    iApply (frame_segment_from_raw_spec base l start [] with "[$Hl $Hdst]"); [done| |done].
    by rewrite segment_raws_shares segment_shares_nil.
  Qed.
  Lemma frame_segment_from_frame_spec base pa γ m dst :
    pages_fit pa 1 →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ segment_room dst }}}
      frame_segment_from_frame [ #s; #dst ]
    {{{ RET #☠; frame_segment D N base dst pa [(γ, m)] }}}.
  Proof.
    iIntros (Hfit s Φ) "(#Hs & Hp & Hdst) HΦ". pose proof Hfit as (?&_&?).
    wp_rec. rewrite /frame_into_raw. wp_pures.
    wp_apply (frame_start_paddr_spec with "Hs"). iIntros "_". wp_pures.
    pose proof (usize_add pa page_size ltac:(lia) ltac:(done) ltac:(lia)) as Hop. wp_op.
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". iApply "HΦ".
    rewrite /frame_segment segment_cells_eq segment_shares_cons segment_shares_nil.
    rewrite Z.mul_1_l. iFrame "Hdst Hp Hs". done.
  Qed.
End segment.
