(** * Segments of page frames: the programs against the model

What the programs of [segment_code.v] do, by the executable model of segments
([model/segment_model.v]), where their result is determined: with the whole lease
of each page that is concerned, and with a handle of the page that refuses.

A state [s] of the model and the leases agree on some pages ([shares_are]) if on each
lease there are out as many handles as the model has shares of the page. Each lemma
takes one step of the model and one run of the program: what the program returns is
what the model answers ([outcome_code]), and they agree on the pages again. So the
counts that the programs leave in the slots are the model's words
([shares_are_word]). The metadata of claimed pages are the model's too.

A lemma is about one operation, with both sides in agreement before and after. It is not
proved that a whole run of the programs, with its table of handles, is a run of [seg_step].
This is left to tests: [rust/tally-oracle] runs the programs and the machine side by side,
on all short sequences of chosen operations and on random ones.

Nothing is said here of the order in which dropped pages are told, which is a matter of
the allocator's up-calls; [pages_drop] goes upwards, as the model does. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word segment_model_proofs.
From tally.types Require Import type.
From tally.frame.segment Require Import segment.
From tally.prelude Require Import options.

(** ** States and answers *)
Definition shares_are (s : seg_state) (lo : Z) (ks : list nat) : Prop :=
  ∀ (j k : nat), ks !! j = Some k → seg_shares s (lo + j)%Z = k.

Definition seg_error_code (e : seg_error) : option Z :=
  match e with
  | SegNotAligned => Some not_aligned_code
  | SegOutOfBound => Some (error_code ErrOutOfBound)
  | SegPageRefused _ e => Some (error_code e)
  | SegEmpty => None
  end.
(** What the program returns; it does not return from where the model says that it
aborts, nor from an empty range. *)
Definition outcome_code (r : seg_outcome) : option Z :=
  match r with
  | SegHandle _ | SegTwo _ _ => Some 0%Z
  | SegFailed e => seg_error_code e
  | _ => None
  end.

(** The word of a page of which there are [k] shares. *)
Definition count_word (k : Z) : Z := if bool_decide (k = 0)%Z then slot_unused else k.

Lemma page_size_seg : page_size = seg_page_size.
Proof. done. Qed.

Lemma seg_page_shares s i x :
  seg_inv s → tbl_get (seg_pages s) i = Some x → slot_word x = count_word (seg_shares s i).
Proof.
  intros Hs Hx. rewrite /count_word.
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[-> ->]|[? (m&_&->)]].
  - done.
  - rewrite bool_decide_eq_false_2; [done|lia].
Qed.
(** Where they agree, the words are the model's. *)
Lemma shares_are_word s lo ks (j k : nat) :
  seg_inv s → shares_are s lo ks → ks !! j = Some k →
  (0 ≤ lo)%Z → (lo + j < tbl_len (seg_pages s))%Z →
  seg_word_at s (lo + j)%Z = Some (count_word k).
Proof.
  intros Hs Hks Hj ??. rewrite /seg_word_at.
  destruct (tbl_get (seg_pages s) (lo + j)%Z) as [x|] eqn:Hx.
  - by rewrite /= (seg_page_shares s _ x Hs Hx) (Hks _ _ Hj).
  - apply tbl_get_None in Hx. lia.
Qed.
Lemma shares_of_word s i w :
  seg_inv s → seg_word_at s i = Some w → (1 ≤ w ≤ slot_max)%Z → seg_shares s i = w.
Proof.
  intros Hs Hw Hr. rewrite /seg_word_at in Hw.
  destruct (tbl_get (seg_pages s) i) as [x|] eqn:Hx; simplify_eq/=.
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[-> _]|[_ (m&_&->)]]; [|done].
  exfalso. by destruct Hr as [_ Hr]; vm_compute in Hr.
Qed.
Lemma shares_of_fresh s i :
  seg_inv s → tbl_get (seg_pages s) i = Some slot_fresh → seg_shares s i = 0%Z.
Proof.
  intros Hs Hx.
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[_ ?]|[_ (m&_&?)]]; [done|].
  by simplify_eq.
Qed.
Lemma shares_max s i :
  seg_inv s → (0 ≤ i < tbl_len (seg_pages s))%Z → (0 ≤ seg_shares s i ≤ slot_max)%Z.
Proof.
  intros Hs Hi. apply tbl_get_is_Some in Hi as [x Hx].
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[_ ->]|[? _]]; [done|lia].
Qed.

(** Where the pages do not change, nothing is shared or dropped. *)
Lemma shares_are_same s s' lo ks :
  seg_inv s → seg_inv s' → seg_pages s' = seg_pages s →
  (0 ≤ lo)%Z → (lo + length ks ≤ tbl_len (seg_pages s))%Z →
  shares_are s lo ks → shares_are s' lo ks.
Proof.
  intros Hs Hs' Hpages ?? Hks j k Hj. rewrite -(Hks j k Hj).
  apply lookup_lt_Some in Hj. destruct (tbl_get (seg_pages s) (lo + j)%Z) as [x|] eqn:Hx.
  2: { apply tbl_get_None in Hx. lia. }
  assert (tbl_get (seg_pages s') (lo + j)%Z = Some x) as Hx' by by rewrite Hpages.
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[-> ->]|[? (m&_&->)]];
    destruct (seg_page_cases _ _ (seg_inv_page _ Hs' _ _ Hx')) as [[? ->]|[? (m'&_&?)]];
    by simplify_eq.
Qed.
Lemma fresh_of_shares s i :
  seg_inv s → (0 ≤ i < tbl_len (seg_pages s))%Z → seg_shares s i = 0%Z →
  tbl_get (seg_pages s) i = Some slot_fresh.
Proof.
  intros Hs Hi Hsh. apply tbl_get_is_Some in Hi as [x Hx]. rewrite Hx.
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[-> _]|[? _]]; [done|lia].
Qed.

Section refine.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (base l dst src : loc) (s : seg_state) (h lo hi : Z).
  Implicit Types (ps : list segment_page) (ks : list nat) (γs : list slot_names).
  Implicit Types (n : nat) (m : Z) (make dealloc : val) (J : Z → iProp Σ).
  Implicit Types (V : Z → list val → Prop).

  (** The addresses of a range of the model. *)
  Lemma range_fits s h lo hi :
    seg_inv s → seg_handle_at s h = Some (SegRange lo hi) →
    (0 ≤ lo ≤ hi)%Z ∧ (hi ≤ tbl_len (seg_pages s))%Z.
  Proof.
    intros Hs Hh. rewrite /seg_handle_at in Hh.
    destruct (tbl_get (seg_handles s) h) as [[y|]|] eqn:Hy; simplify_eq.
    by apply (seg_inv_handle _ Hs) in Hy as [??].
  Qed.

  Lemma counted_leases_length ps q ks :
    counted_leases ps.*1 q ks -∗ ⌜length ps = length ks⌝.
  Proof.
    iIntros "L". iDestruct (big_sepL2_length with "L") as %Hlen. iPureIntro.
    by rewrite list_length_fmap in Hlen.
  Qed.

  (** ** Sharing *)
  Lemma frame_segment_clone_refines base s h lo hi l ps ks dst γr :
    seg_inv s → word_ok h → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat (length ps) = hi - lo)%Z → shares_are s lo ks →
    (∀ i, lo ≤ i < hi → seg_shares s i < slot_max)%Z →
    Forall (λ p, slot_pending_name p.1 = γr) ps →
    {{{ frame_segment D N base l (lo * page_size) ps ∗ counted_leases ps.*1 1 ks ∗
        pending_incs γr 1 ∗ segment_room dst }}}
      frame_segment_clone (dict_size D) [ #base; #l; #dst ]
    {{{ s' h' ks', RET #☠;
        ⌜seg_step s (SegClone h) = (s', SegHandle h') ∧ shares_are s' lo ks' ∧
         seg_handle_at s' h' = Some (SegRange lo hi)⌝ ∗
        frame_segment D N base l (lo * page_size) ps ∗
        frame_segment D N base dst (lo * page_size) ps ∗
        counted_leases ps.*1 1 ks' ∗ pending_incs γr 1 }}}.
  Proof.
    iIntros (Hs Hw Hh Hlen Hks Hmax Hγr Φ) "(H & L & Hr & Hdst) HΦ".
    iDestruct (counted_leases_length with "L") as %Hks_len.
    wp_apply (frame_segment_clone_spec D N with "[$H $L $Hr $Hdst]"); [done|].
    iIntros "(H & H' & L & Hr)".
    destruct (seg_clone_spec s h lo hi Hs Hh Hmax) as (s' & h' & Hstep & _ & Hh' & Hin & _).
    iApply ("HΦ" $! s' h' (S <$> ks)). iFrame. iPureIntro. split_and!; [done| |done].
    intros j k Hj. rewrite list_lookup_fmap in Hj. apply fmap_Some in Hj as (k0 & Hj & ->).
    apply lookup_lt_Some in Hj as Hlt. pose proof (Hks _ _ Hj) as Hk0.
    pose proof (Hmax (lo + j)%Z ltac:(lia)).
    rewrite (shares_of_word s' _ (seg_shares s (lo + j) + 1)%Z); [lia| |apply Hin; lia|lia].
    pose proof (seg_step_inv s (SegClone h) Hw Hs) as Hs'. by rewrite Hstep in Hs'.
  Qed.

  (** A part of a segment, in pages: [j] pages before it. *)
  Lemma frame_segment_slice_refines base s h lo hi l ps1 ps2 ps3 ks dst γr :
    let j := length ps1 in
    let k := length ps1 + length ps2 in
    let n := length ps1 + (length ps2 + length ps3) in
    seg_inv s → word_ok h → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat n = hi - lo)%Z → shares_are s (lo + j)%Z ks →
    (∀ i, lo + j ≤ i < lo + k → seg_shares s i < slot_max)%Z →
    Forall (λ p, slot_pending_name p.1 = γr) ps2 →
    {{{ frame_segment D N base l (lo * page_size) (ps1 ++ ps2 ++ ps3) ∗
        counted_leases ps2.*1 1 ks ∗ pending_incs γr 1 ∗ segment_room dst }}}
      frame_segment_slice (dict_size D)
        [ #base; #l; #(j * page_size); #(k * page_size); #dst ]
    {{{ s' h' ks' c, RET #c;
        ⌜seg_step s (SegSlice h (j * seg_page_size)%Z (k * seg_page_size)%Z) =
           (s', SegHandle h') ∧ outcome_code (SegHandle h') = Some c ∧
         shares_are s' (lo + j)%Z ks' ∧
         seg_handle_at s' h' = Some (SegRange (lo + j)%Z (lo + k)%Z)⌝ ∗
        frame_segment D N base l (lo * page_size) (ps1 ++ ps2 ++ ps3) ∗
        frame_segment D N base dst ((lo + j) * page_size) ps2 ∗
        counted_leases ps2.*1 1 ks' ∗ pending_incs γr 1 }}}.
  Proof.
    iIntros (j k n Hs Hw Hh Hlen Hks Hmax Hγr Φ) "(H & L & Hr & Hdst) HΦ".
    iDestruct (counted_leases_length with "L") as %Hks_len.
    destruct (range_fits s h lo hi Hs Hh) as [Hlo Hhi].
    pose proof (seg_inv_size _ Hs) as Hsize.
    assert (k * page_size = length ps1 * page_size + length ps2 * page_size)%Z as ->
      by (rewrite /k; lia).
    wp_apply (frame_segment_slice_spec D N with "[$H $L $Hr $Hdst]"); [done|].
    iIntros "(H & H' & L & Hr)".
    destruct (seg_slice_spec s h lo hi j k Hs Hh ltac:(rewrite /j /k; lia)
      ltac:(rewrite /j /k; lia) Hmax) as (s' & h' & Hstep & _ & Hh' & Hin & _).
    rewrite (_ : lo * page_size + length ps1 * page_size = (lo + j) * page_size)%Z;
      [|rewrite /j; lia].
    iApply ("HΦ" $! s' h' (S <$> ks) 0%Z). iFrame. iPureIntro. split_and!; [done..| |done].
    intros i c Hi. rewrite list_lookup_fmap in Hi. apply fmap_Some in Hi as (c0 & Hi & ->).
    apply lookup_lt_Some in Hi as Hlt. pose proof (Hks _ _ Hi) as Hc0.
    assert (lo + j ≤ lo + j + i < lo + k)%Z as Hin_k by (rewrite /j /k; lia).
    pose proof (Hmax _ Hin_k).
    rewrite (shares_of_word s' _ (seg_shares s (lo + j + i) + 1)%Z); [lia| |by apply Hin|].
    - pose proof (seg_step_inv s
        (SegSlice h (j * seg_page_size)%Z (k * seg_page_size)%Z)) as Hs'.
      rewrite Hstep in Hs'. apply Hs'; [|done]. split_and!; [done|..].
      all: rewrite /word_ok /j /k; rewrite /n in Hlen; rewrite /seg_page_size in Hsize *; lia.
    - pose proof (shares_max s (lo + j + i)%Z Hs
        ltac:(rewrite /j /k in Hin_k *; rewrite /n in Hlen; lia)). lia.
  Qed.

  (** ** Dividing *)
  Lemma frame_segment_split_refines base s h lo hi l ps1 ps2 dst :
    let j := length ps1 in
    seg_inv s → word_ok h → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat (j + length ps2) = hi - lo)%Z →
    {{{ frame_segment D N base l (lo * page_size) (ps1 ++ ps2) ∗ segment_room dst }}}
      frame_segment_split [ #l; #(j * page_size); #dst ]
    {{{ s' h' c, RET #c;
        ⌜seg_step s (SegSplit h (j * seg_page_size)%Z) = (s', SegTwo h h') ∧
         outcome_code (SegTwo h h') = Some c ∧ seg_pages s' = seg_pages s ∧
         seg_handle_at s' h = Some (SegRange lo (lo + j)%Z) ∧
         seg_handle_at s' h' = Some (SegRange (lo + j)%Z hi)⌝ ∗
        frame_segment D N base l (lo * page_size) ps1 ∗
        frame_segment D N base dst ((lo + j) * page_size) ps2 }}}.
  Proof.
    iIntros (j Hs Hw Hh Hlen Φ) "[H Hdst] HΦ".
    wp_apply (frame_segment_split_spec D N with "[$H $Hdst]"). iIntros "[H H']".
    destruct (seg_split_spec s h lo hi j Hs Hh ltac:(lia))
      as (s' & h' & Hstep & _ & _ & Hl & Hr & Hpages).
    rewrite (_ : lo * page_size + length ps1 * page_size = (lo + j) * page_size)%Z;
      [|rewrite /j; lia].
    iApply ("HΦ" $! s' h' 0%Z). by iFrame.
  Qed.
  Lemma frame_segment_next_refines base s h lo hi l p ps :
    let slot := page_slot (dict_size D) base (lo * page_size) in
    seg_inv s → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat (S (length ps)) = hi - lo)%Z →
    {{{ frame_segment D N base l (lo * page_size) (p :: ps) }}}
      frame_segment_next (dict_size D) [ #base; #l ]
    {{{ s' h', RET #slot;
        ⌜seg_step s (SegNext h) = (s', SegHandle h') ∧ seg_pages s' = seg_pages s ∧
         seg_handle_at s' h' = Some (SegFrame lo) ∧
         seg_handle_at s' h = Some (SegRange (lo + 1)%Z hi)⌝ ∗
        page_share D N base (lo * page_size) p ∗
        frame_segment D N base l ((lo + 1) * page_size) ps }}}.
  Proof.
    iIntros (slot Hs Hh Hlen Φ) "H HΦ".
    wp_apply (frame_segment_next_spec D N with "H"). iIntros "[Hp H]".
    destruct (seg_next_spec s h lo hi Hs Hh ltac:(lia))
      as (s' & h' & Hstep & _ & _ & Hl & Hr & Hpages).
    rewrite (_ : lo * page_size + page_size = (lo + 1) * page_size)%Z; [|lia].
    iApply ("HΦ" $! s' h'). by iFrame.
  Qed.
  Lemma frame_segment_next_back_refines base s h lo hi l p ps :
    let slot := page_slot (dict_size D) base ((hi - 1) * page_size) in
    seg_inv s → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat (S (length ps)) = hi - lo)%Z →
    {{{ frame_segment D N base l (lo * page_size) (ps ++ [p]) }}}
      frame_segment_next_back (dict_size D) [ #base; #l ]
    {{{ s' h', RET #slot;
        ⌜seg_step s (SegNextBack h) = (s', SegHandle h') ∧ seg_pages s' = seg_pages s ∧
         seg_handle_at s' h' = Some (SegFrame (hi - 1)%Z) ∧
         seg_handle_at s' h = Some (SegRange lo (hi - 1)%Z)⌝ ∗
        page_share D N base ((hi - 1) * page_size) p ∗
        frame_segment D N base l (lo * page_size) ps }}}.
  Proof.
    iIntros (slot Hs Hh Hlen Φ) "H HΦ".
    wp_apply (frame_segment_next_back_spec D N with "H"). iIntros "[Hp H]".
    destruct (seg_next_back_spec s h lo hi Hs Hh ltac:(lia))
      as (s' & h' & Hstep & _ & _ & Hl & Hr & Hpages).
    rewrite (_ : lo * page_size + length ps * page_size = (hi - 1) * page_size)%Z; [|lia].
    iApply ("HΦ" $! s' h'). by iFrame.
  Qed.
  (** [None] of both. *)
  Lemma frame_segment_next_empty_refines base s h lo l :
    seg_handle_at s h = Some (SegRange lo lo) →
    {{{ frame_segment D N base l (lo * page_size) [] }}}
      frame_segment_next (dict_size D) [ #base; #l ]
    {{{ RET #0; ⌜seg_step s (SegNext h) = (s, SegNone)⌝ ∗
        frame_segment D N base l (lo * page_size) [] }}}.
  Proof.
    iIntros (Hh Φ) "H HΦ". destruct (seg_empty_spec s h lo Hh) as (_ & Hnext & _).
    wp_apply (frame_segment_next_empty_spec D N with "H"). iIntros "H". iApply "HΦ".
    by iFrame.
  Qed.

  (** ** Dropping *)
  (** With an allocator that gives the lease back. *)
  Lemma frame_segment_drop_refines base s h lo hi l ps ks dealloc :
    seg_inv s → word_ok h → seg_handle_at s h = Some (SegRange lo hi) →
    (Z.of_nat (length ps) = hi - lo)%Z → shares_are s lo (S <$> ks) →
    {{{ dict_drop_spec D ∗
        segment_dealloc_spec D (lo * page_size) ps.*1 dealloc lease_back ∗
        frame_segment D N base l (lo * page_size) ps ∗ counted_leases ps.*1 1 (S <$> ks) }}}
      frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
    {{{ s' told, RET #☠;
        ⌜seg_step s (SegDrop h) = (s', SegDropped told) ∧ shares_are s' lo ks ∧
         seg_handle_at s' h = None⌝ ∗
        segment_room l ∗ counted_leases ps.*1 1 ks }}}.
  Proof.
    iIntros (Hs Hw Hh Hlen Hks Φ) "(#Hdrop & #Hd & H & L) HΦ".
    iDestruct (counted_leases_length with "L") as %Hks_len.
    rewrite list_length_fmap in Hks_len.
    wp_apply (frame_segment_drop_full_spec D N with "[$Hdrop $Hd $H $L]").
    iIntros "[Hl H]".
    destruct (seg_drop_spec s h lo hi Hs Hh) as (s' & Hstep & Hh' & Hlast & Hother & _).
    iApply ("HΦ" $! s' _). iSplitR.
    - iPureIntro. split_and!; [exact Hstep| |done]. intros j k Hj.
      apply lookup_lt_Some in Hj as Hlt.
      pose proof (Hks j (S k) ltac:(by rewrite list_lookup_fmap Hj)) as Hk.
      pose proof (seg_step_inv s (SegDrop h) Hw Hs) as Hs'. rewrite Hstep /= in Hs'.
      destruct k as [|k].
      + apply shares_of_fresh; [done|]. apply Hlast; [lia|done].
      + destruct (range_fits s h lo hi Hs Hh) as [??].
        pose proof (shares_max s (lo + j)%Z Hs ltac:(lia)).
        rewrite (shares_of_word s' _ (seg_shares s (lo + j) - 1)%Z); [lia|done| |lia].
        apply Hother; lia.
    - iFrame "Hl". rewrite /counted_leases big_sepL2_fmap_l.
      iApply (big_sepL2_impl with "H"). iIntros "!>" (j p k _ _) "H".
      destruct k as [|k]; [|done]. by iDestruct "H" as (vl) "[_ H]".
  Qed.

  (** ** Claiming *)
  (** The metadata that the model makes, of pages from [lo] on. *)
  Definition model_made (lo m : Z) (pa : Z) (vl : list val) : Prop :=
    vl = [ #(word_wrapping_add m (pa / page_size - lo)) ]%V.

  Lemma fresh_pages s lo n :
    seg_inv s → (0 ≤ lo)%Z → (lo + n ≤ tbl_len (seg_pages s))%Z →
    shares_are s lo (replicate n 0%nat) →
    ∀ i, (lo ≤ i < lo + n)%Z → tbl_get (seg_pages s) i = Some slot_fresh.
  Proof.
    intros Hs ?? Hks i Hi. apply fresh_of_shares; [done|lia|].
    rewrite (_ : i = lo + Z.to_nat (i - lo))%Z; [|lia].
    apply (Hks _ 0%nat), lookup_replicate_2. lia.
  Qed.
  Lemma pages_fit_model s lo n :
    seg_inv s → (0 ≤ lo)%Z → (lo + n ≤ tbl_len (seg_pages s))%Z →
    pages_fit (lo * page_size) n.
  Proof.
    intros Hs ??. pose proof (seg_inv_size _ Hs) as Hsize.
    rewrite /pages_fit page_size_seg. rewrite /seg_page_size in Hsize *.
    split_and!; [lia| |lia]. by apply Z.rem_mul.
  Qed.

  Lemma frame_segment_from_unused_refines base s lo m γs (i : nat) make src dst
      dealloc J :
    let n := tbl_len (seg_pages s) in
    let hi := (lo + length γs)%Z in
    seg_inv s → word_ok m → (0 ≤ lo)%Z → γs ≠ [] → (hi ≤ n)%Z →
    shares_are s lo (replicate (length γs) 0%nat) →
    {{{ segment_make_spec D i make J (model_made lo m) ∗
        segment_slots D N base (lo * page_size) γs ∗
        leases γs 1 0 ∗ J (lo * page_size)%Z ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #(n * page_size); #(lo * page_size); #(hi * page_size); #i; make;
          #src; #dst ]
    {{{ s' h ps c, RET #c;
        ⌜seg_step s (SegFromUnused (lo * seg_page_size)%Z (hi * seg_page_size)%Z m) =
           (s', SegHandle h) ∧ outcome_code (SegHandle h) = Some c ∧
         seg_handle_at s' h = Some (SegRange lo hi) ∧
         shares_are s' lo (replicate (length γs) 1%nat) ∧ ps.*1 = γs ∧
         (∀ (k : nat) p, ps !! k = Some p → ∃ w,
            tbl_get (seg_pages s') (lo + k)%Z = Some (Slot 1 0 (Some w)) ∧
            meta_vtable p.2 = i ∧ meta_vals p.2 = [ #w ]%V)⌝ ∗
        frame_segment D N base dst (lo * page_size) ps ∗ leases γs 1 1 ∗
        J (hi * page_size)%Z ∗ segment_buffer D src }}}.
  Proof.
    iIntros (n hi Hs Hm Hlo Hne Hhi Hks Φ) "(#Hmake & Hslots & L & HJ & Hsrc & Hdst) HΦ".
    assert (0 < length γs) as Hpos by (destruct γs; [done|simpl; lia]).
    pose proof (seg_inv_size _ Hs) as Hsize. rewrite -page_size_seg in Hsize.
    pose proof (pages_fit_model s lo (length γs) Hs Hlo Hhi) as Hfit.
    assert (hi * page_size = lo * page_size + length γs * page_size)%Z as Hstop
      by (rewrite /hi; lia).
    iEval (rewrite Hstop).
    wp_apply (frame_segment_from_unused_full_spec D N
      with "[$Hmake $Hslots $L $HJ $Hsrc $Hdst]"); [done|done| |done|].
    { rewrite -Hstop /n /page_size. lia. }
    iIntros (ps) "((%Hps & %Hmade) & H & L & HJ & Hsrc)".
    pose proof (fresh_pages s lo (length γs) Hs Hlo Hhi Hks) as Hfresh.
    destruct (seg_from_unused_spec s lo hi m Hs ltac:(rewrite /hi; lia) Hhi Hfresh)
      as (s' & h & Hstep & _ & Hh & Hin & _).
    iEval (rewrite -Hstop) in "HJ". iApply ("HΦ" $! s' h ps 0%Z). iFrame. iPureIntro.
    split_and!; [exact Hstep|done|exact Hh| |done|].
    - intros j k [-> Hj]%lookup_replicate.
      apply shares_of_word; [|rewrite /seg_word_at Hin //; rewrite /hi; lia|done].
      pose proof (seg_step_inv s
        (SegFromUnused (lo * seg_page_size)%Z (hi * seg_page_size)%Z m)) as Hs'.
      rewrite Hstep in Hs'. apply Hs'; [|done].
      rewrite /page_size in Hsize. rewrite /n in Hhi.
      assert (lo ≤ hi)%Z by (rewrite /hi; lia).
      split_and!; [| |done]; rewrite /word_ok /seg_page_size; lia.
    - intros k p Hk. destruct (Hmade k p Hk) as [Hi HV].
      apply lookup_lt_Some in Hk as Hlt.
      assert (k < length γs) by (rewrite -Hps list_length_fmap; exact Hlt).
      exists (word_wrapping_add m k). split_and!; [|done|].
      + rewrite Hin; [|rewrite /hi; lia]. by replace (lo + k - lo)%Z with (Z.of_nat k) by lia.
      + rewrite HV /model_made. rewrite -Z.mul_add_distr_r Z.div_mul //.
        by replace (lo + k - lo)%Z with (Z.of_nat k) by lia.
  Qed.

  (** A page in use refuses, which somebody has a share of: the state is what it was,
  and so are the leases. *)
  Lemma frame_segment_from_unused_refused_refines base s lo m γs γ n (i : nat) make src
      dst dealloc J V sh :
    let max := tbl_len (seg_pages s) in
    let k := (lo + length γs)%Z in
    let hi := (k + (1 + n))%Z in
    seg_inv s → word_ok m → (0 ≤ lo)%Z → (hi ≤ max)%Z →
    shares_are s lo (replicate (length γs) 0%nat) → seg_shares s k ≠ 0%Z →
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D (lo * page_size) γs dealloc lease_back ∗
        segment_make_spec D i make J V ∗
        segment_slots D N base (lo * page_size) (γs ++ [γ]) ∗ leases γs 1 0 ∗
        shared_frame D γ (page_slot (dict_size D) base (k * page_size)) sh ∗
        J (lo * page_size)%Z ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #(max * page_size); #(lo * page_size); #(hi * page_size); #i; make;
          #src; #dst ]
    {{{ r c vl, RET #c;
        ⌜seg_step s (SegFromUnused (lo * seg_page_size)%Z (hi * seg_page_size)%Z m) =
           (s, r) ∧ outcome_code r = Some c ∧ V (k * page_size)%Z vl⌝ ∗
        leases γs 1 0 ∗
        shared_frame D γ (page_slot (dict_size D) base (k * page_size)) sh ∗
        J (k * page_size + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        segment_room dst }}}.
  Proof.
    iIntros (max k hi Hs Hm Hlo Hhi Hks Hk Φ)
      "(Hdrop & Hd & Hmake & Hslots & L & Hsh & HJ & Hsrc & Hdst) HΦ".
    pose proof (seg_inv_size _ Hs) as Hsize. rewrite -page_size_seg in Hsize.
    pose proof (pages_fit_model s lo (length γs + (1 + n)) Hs Hlo
      ltac:(rewrite /hi /k /max in Hhi; lia)) as Hfit.
    assert (k * page_size = lo * page_size + length γs * page_size)%Z as Hpa
      by (rewrite /k; lia).
    assert (hi * page_size =
      lo * page_size + length γs * page_size + (1 + n) * page_size)%Z as Hstop
      by (rewrite /hi /k; lia).
    iEval (rewrite Hpa) in "Hsh". iEval (rewrite Hstop).
    wp_apply (frame_segment_from_unused_shared_spec D N _ _ _ γs γ n
      with "[$Hdrop $Hd $Hmake $Hslots $L $Hsh $HJ $Hsrc $Hdst]"); [done| |done|].
    { rewrite /max /page_size. lia. }
    iIntros (ps vl) "((%Hps & _ & %HV) & H & Hsh & HJ & Hsrc & Hvl & Hdst)".
    iDestruct (pages_released_back with "H") as "L". rewrite Hps.
    assert (tbl_get (seg_pages s) k ≠ Some slot_fresh) as Hnot.
    { intros Hx. by apply Hk, shares_of_fresh. }
    destruct (tbl_get (seg_pages s) k) as [x|] eqn:Hx.
    2: { apply tbl_get_None in Hx. exfalso. rewrite /hi /max in Hhi. rewrite /k in Hx Hhi. lia. }
    iApply ("HΦ" $! (SegFailed (SegPageRefused k ErrInUse)) (error_code ErrInUse) vl).
    rewrite Hpa. iFrame. iPureIntro. split_and!; [|done|done].
    apply (seg_from_unused_error_spec s lo hi m k x);
      [done|rewrite /hi /k; lia|exact Hhi|rewrite /hi /k; lia| |exact Hx|].
    2: { intros ->. by apply Hnot. }
    intros j Hj. apply (fresh_pages s lo (length γs)); [done..| |done|done].
    rewrite /hi /max /k in Hhi. lia.
  Qed.

  (** Refused for the addresses. *)
  Lemma frame_segment_from_unused_not_aligned_refines base s (max start stop m : Z) i make
      (src dst : loc) dealloc :
    (0 ≤ start)%Z → (0 ≤ stop)%Z →
    (start `mod` page_size ≠ 0 ∨ stop `mod` page_size ≠ 0)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #(Z.of_nat i); make; #src; #dst ]
    {{{ r c, RET #c; ⌜seg_step s (SegFromUnused start stop m) = (s, r) ∧
        outcome_code r = Some c⌝ }}}.
  Proof.
    iIntros (?? Ha Φ) "_ HΦ".
    wp_apply (frame_segment_from_unused_not_aligned_spec D); [|done|].
    { by rewrite !Z.rem_mod_nonneg. }
    iIntros "_". iApply ("HΦ" $! (SegFailed SegNotAligned)). iPureIntro.
    split; [|done]. by apply seg_from_unused_not_aligned_spec.
  Qed.
  Lemma frame_segment_from_unused_out_of_bound_refines base s (start stop m : Z) i make
      (src dst : loc) dealloc :
    let max := (tbl_len (seg_pages s) * page_size)%Z in
    (0 ≤ start)%Z → (start `mod` page_size = 0)%Z → (stop `mod` page_size = 0)%Z →
    (start < stop)%Z → (max < stop)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #(Z.of_nat i); make; #src; #dst ]
    {{{ r c, RET #c; ⌜seg_step s (SegFromUnused start stop m) = (s, r) ∧
        outcome_code r = Some c⌝ }}}.
  Proof.
    iIntros (max ????? Φ) "_ HΦ".
    wp_apply (frame_segment_from_unused_out_of_bound_spec D);
      [rewrite Z.rem_mod_nonneg //; lia|rewrite Z.rem_mod_nonneg //; lia|done|done|].
    iIntros "_". iApply ("HΦ" $! (SegFailed SegOutOfBound)). iPureIntro.
    split; [|done]. by apply seg_from_unused_out_of_bound_spec.
  Qed.
End refine.
