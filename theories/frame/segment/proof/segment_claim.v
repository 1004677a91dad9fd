(** * Segments of page frames: the proofs about claiming

The loop of [frame_segment_from_unused] has, at each page, the segment of the pages
before it ([claimed]); where a page refuses, that segment is dropped. The prefix of
which the whole leases are there is claimed for sure ([pages_claim_prefix]), and that
gives the statements that have one result. *)
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

Section segment.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (γs : list slot_names) (base src l dst : loc).
  Implicit Types (start stop pa max : Z) (i n : nat) (vl : list val) (q : Qp).
  Implicit Types (p : segment_page) (ps : list segment_page).
  Implicit Types (dealloc make : val) (J : Z → iProp Σ) (V : Z → list val → Prop).
  Implicit Types (R : slot_names → nat → list val → Qp → iProp Σ).

  Lemma frame_segment_from_unused_range_spec
      base max start stop i make src dst dealloc :
    segment_range_status max start stop ≠ None ∨ (stop ≤ start)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ c, RET #c; ⌜segment_range_status max start stop = Some c⌝ }}}.
  Proof.
    iIntros (Hr Φ) "_ HΦ". wp_rec. wp_pures.
    case_bool_decide as H1; wp_pures; last first.
    { iApply "HΦ". iPureIntro.
      rewrite /segment_range_status bool_decide_eq_false_2 //. naive_solver. }
    case_bool_decide as H2; wp_pures; last first.
    { iApply "HΦ". iPureIntro.
      rewrite /segment_range_status bool_decide_eq_false_2 //. naive_solver. }
    case_bool_decide as H3; wp_pures.
    { iApply "HΦ". iPureIntro. by rewrite /segment_range_status !bool_decide_eq_true_2. }
    assert (stop ≤ start)%Z as Hle.
    { destruct Hr as [Hr|Hr]; [|done]. exfalso. apply Hr.
      by rewrite /segment_range_status bool_decide_eq_true_2 // bool_decide_eq_false_2. }
    rewrite bool_decide_eq_false_2; [|lia]. wp_pures. wp_abort.
  Qed.

  (** ** The loop *)
  Lemma segment_made_nil i V start : segment_made i V start [].
  Proof. by intros k p. Qed.
  Lemma segment_made_snoc i V start ps p :
    segment_made i V start ps →
    meta_vtable p.2 = i → V (start + length ps * page_size)%Z (meta_vals p.2) →
    segment_made i V start (ps ++ [p]).
  Proof.
    intros Hps Hi HV k p' [Hk|[Hk Hp]]%lookup_app_Some; [by apply Hps|].
    apply list_lookup_singleton_Some in Hp as [Hk' <-].
    by replace k with (length ps) by lia.
  Qed.

  (** What the loop has before the page at [pa]: the pages before. *)
  Definition claimed base dst start pa ps : iProp Σ :=
    ⌜pa = (start + length ps * page_size)%Z⌝ ∗ segment_cells dst start (length ps) ∗
    segment_shares D N base start ps.

  (** One more. *)
  Lemma claimed_snoc base dst start pa ps p :
    claimed base dst start pa ps -∗ page_share D N base pa p -∗
    (dst +ₗ segment_end) ↦ #pa ∗ dst ↦ #start ∗ ⌜pa = (start + length ps * page_size)%Z⌝ ∗
    ((dst +ₗ segment_end) ↦ #(pa + page_size) -∗ dst ↦ #start -∗
      claimed base dst start (pa + page_size) (ps ++ [p])).
  Proof.
    iIntros "(-> & Hl & H) Hp". rewrite segment_cells_eq. iDestruct "Hl" as "[$ $]".
    iSplit; [done|]. iIntros "H1 H0". rewrite /claimed segment_cells_eq list_length_app /=.
    rewrite (_ : start + (length ps + 1)%nat * page_size =
      start + length ps * page_size + page_size)%Z; [|lia].
    rewrite segment_shares_app segment_shares_cons segment_shares_nil. by iFrame.
  Qed.

  (** A claim that succeeds, in any loop. *)
  Lemma pages_claim_step {base max stop pa i make src dst start dealloc J V ps} γ
      (P : iProp Σ) (E : frame_error → Prop) (Got : iProp Σ) {Φ} :
    (0 ≤ pa)%Z → (pa + page_size ≤ stop)%Z → (pa `rem` page_size = 0)%Z →
    (stop ≤ max)%Z → (max ≤ word_max)%Z →
    segment_made i V start ps →
    (∀ vl, {{{ P ∗ src ↦∗ vl ∗ meta_own D i vl }}}
       frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #false ]
     {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
         match e with
         | None => (∃ γm, page_share D N base pa (γ, Meta i vl γm)) ∗ Got
         | Some e => ⌜E e⌝ ∗ meta_own D i vl ∗ P
         end }}}) →
    segment_make_spec D i make J V -∗ J pa -∗ segment_buffer D src -∗
    claimed base dst start pa ps -∗ P -∗
    ((∀ p, ⌜p.1 = γ ∧ segment_made i V start (ps ++ [p])⌝ -∗
        claimed base dst start (pa + page_size) (ps ++ [p]) -∗ Got -∗
        J (pa + page_size)%Z -∗ segment_buffer D src -∗
        WP pages_claim (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #(pa + page_size); #stop; #i; make; #src; #dst ] {{ Φ }}) ∧
     (∀ e vl, ⌜E e ∧ V pa vl⌝ -∗ P -∗ J (pa + page_size)%Z -∗ src ↦∗ vl -∗
        meta_own D i vl -∗ claimed base dst start pa ps -∗
        WP frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #dst ]
          {{ _, Φ #(error_code e) }})) -∗
    WP pages_claim (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #pa; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros (?? Ha ?? Hmade Hclaim) "#Hmake HJ (%vl0 & %Hvl0 & Hsrc) Hps HP HΦ".
    pose proof page_size_pos. wp_rec. wp_pures.
    rewrite bool_decide_eq_true_2; [|lia]. wp_pures.
    wp_apply ("Hmake" with "[$HJ $Hsrc //]"). iIntros (vl) "(%HV & Hsrc & Hvl & HJ)". wp_pures.
    iDestruct (meta_own_size with "Hvl") as %Hlen.
    wp_apply (Hclaim with "[$HP $Hsrc $Hvl]"). iIntros (e) "[Hsrc He]".
    destruct e as [e|].
    - iDestruct "He" as "(%He & Hvl & HP)". wp_pures.
      rewrite bool_decide_eq_false_2; [|by destruct e]. wp_pures.
      iDestruct "HΦ" as "[_ HΦ]".
      wp_apply (wp_wand with "(HΦ [//] HP HJ Hsrc Hvl Hps)"). iIntros (v) "HΦ". by wp_pures.
    - iDestruct "He" as "[(%γm & Hp) HGot]". wp_pures.
      pose proof (usize_add pa page_size ltac:(lia) ltac:(done) ltac:(lia)) as Hop.
      wp_op. wp_pures.
      iDestruct (claimed_snoc with "Hps Hp") as "(H1 & H0 & -> & Hps)". wp_write. wp_pures.
      iDestruct "HΦ" as "[HΦ _]".
      iApply ("HΦ" $! (γ, Meta i vl γm) with "[%] (Hps H1 H0) HGot HJ").
      + split; [done|]. by apply segment_made_snoc.
      + iExists vl. by iFrame.
  Qed.

  Lemma pages_claim_end base max stop make src dst dealloc i Φ :
    Φ #0 -∗
    WP pages_claim (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #stop; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros "HΦ". wp_rec. wp_pures. rewrite bool_decide_eq_false_2; [|lia]. by wp_pures.
  Qed.

  (** With the whole leases. *)
  Lemma claim_full base max pa γ i src vl :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    {{{ (frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ 1 0) ∗
        src ↦∗ vl ∗ meta_own D i vl }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #false ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None => (∃ γm, page_share D N base pa (γ, Meta i vl γm)) ∗ lease γ 1 1
        | Some e => ⌜False⌝ ∗ meta_own D i vl ∗
            frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ 1 0
        end }}}.
  Proof.
    iIntros (?? Φ) "([#Hs L] & Hsrc & Hvl) HΦ".
    iApply frame_from_unused_at. rewrite page_status_slot //.
    iApply (get_from_unused_at D N with "Hs Hsrc Hvl L").
    iIntros "!> !>" (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm) "[L Hp]".
    iApply ("HΦ" $! None). iFrame "Hsrc L". iExists γm. by iFrame.
  Qed.

  Lemma pages_claim_prefix base max start stop pa i make src dst dealloc J V ps γs Φ :
    pages_fit pa (length γs) → (pa + length γs * page_size ≤ stop)%Z →
    (stop ≤ max)%Z → (max ≤ word_max)%Z → segment_made i V start ps →
    segment_make_spec D i make J V -∗ segment_slots D N base pa γs -∗ leases γs 1 0 -∗
    J pa -∗ segment_buffer D src -∗ claimed base dst start pa ps -∗
    (∀ ps', let pa' := (pa + length γs * page_size)%Z in
      ⌜ps'.*1 = ps.*1 ++ γs ∧ segment_made i V start ps'⌝ -∗ leases γs 1 1 -∗
      J pa' -∗ segment_buffer D src -∗ claimed base dst start pa' ps' -∗
      WP pages_claim (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #pa'; #stop; #i; make; #src; #dst ] {{ Φ }}) -∗
    WP pages_claim (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #pa; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros (Hfit Hstop ?? Hmade) "#Hmake Hs L HJ Hsrc Hps HΦ". pose proof page_size_pos.
    iInduction γs as [|γ γs] "IH" forall (pa ps Hfit Hstop Hmade).
    { simpl. rewrite Z.add_0_r. iApply ("HΦ" with "[%] L HJ Hsrc Hps"). by rewrite app_nil_r. }
    rewrite /segment_slots pages_cons. iDestruct "Hs" as "[#Hs Hss]".
    iDestruct "L" as "[L Ls]". pose proof Hfit as (?&?&?). simpl length in *.
    assert (0 ≤ length γs * page_size)%Z by lia.
    iApply (pages_claim_step γ
      (frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ 1 0) (λ _, False)
      (lease γ 1 1) with "Hmake HJ Hsrc Hps [$Hs $L]"); [lia..|done| |].
    { intros vl. apply claim_full; [done|lia]. }
    iSplit; [|by iIntros (e vl) "[[] _]"].
    iIntros (p) "[%Hp %Hmade'] Hps L HJ Hsrc".
    iApply ("IH" with "[%] [%] [%] Hss Ls HJ Hsrc Hps"); [by apply pages_fit_next|lia|done|].
    iIntros (ps') "[%Hps' %Hmade''] Ls HJ Hsrc Hps".
    replace (pa + S (length γs) * page_size)%Z
      with (pa + page_size + length γs * page_size)%Z by lia.
    iApply ("HΦ" with "[%] [$L $Ls] HJ Hsrc Hps"). split; [|done].
    by rewrite Hps' fmap_app /= Hp -app_assoc.
  Qed.
End segment.
