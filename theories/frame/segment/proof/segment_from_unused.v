(** * Segments of page frames: claiming, with all results

The statements about [frame_segment_from_unused] of [segment_sig.v], from the steps of
its loop ([segment_claim.v]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw.
From tally.frame.segment Require Import segment_code segment_sig.
From tally.frame.segment.proof Require Import segment_pages segment_ops segment_claim.
From tally.prelude Require Import options.

Section segment.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (γs : list slot_names) (base src dst : loc).
  Implicit Types (start stop pa max : Z) (i n : nat) (vl : list val) (q : Qp).
  Implicit Types (ps : list segment_page).
  Implicit Types (dealloc make : val) (J : Z → iProp Σ) (V : Z → list val → Prop).
  Implicit Types (R : slot_names → nat → list val → Qp → iProp Σ).

  Lemma from_unused_enter base max start stop i make src dst dealloc Φ :
    (start `rem` page_size = 0)%Z → (stop `rem` page_size = 0)%Z →
    (stop ≤ max)%Z → (start < stop)%Z →
    segment_room dst -∗
    ▷ (claimed D N base dst start start [] -∗
      WP pages_claim (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ] {{ Φ }}) -∗
    WP frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #start; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros (????) "Hdst HΦ". wp_rec. wp_pures.
    rewrite bool_decide_eq_true_2 //. wp_pures. rewrite bool_decide_eq_true_2 //. wp_pures.
    rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
    rewrite bool_decide_eq_true_2; [|lia]. wp_pures.
    wp_apply (write_range_spec with "Hdst"). iIntros "Hdst". wp_pures. iApply "HΦ".
    rewrite /claimed segment_cells_eq segment_shares_nil /= Z.add_0_r. by iFrame.
  Qed.

  Lemma claimed_segment base dst start pa ps :
    pages_fit start (length ps) →
    claimed D N base dst start pa ps -∗ frame_segment D N base dst start ps.
  Proof. iIntros (Hfit) "(_ & $ & $)". by iPureIntro. Qed.

  (** ** Whatever happens *)
  Lemma claim_any base max pa γ q i src vl :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    {{{ (frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ q 0) ∗
        src ↦∗ vl ∗ meta_own D i vl }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #false ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None => (∃ γm, page_share D N base pa (γ, Meta i vl γm)) ∗ lease γ q 1
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ meta_own D i vl ∗
            frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (?? Φ) "([#Hs L] & Hsrc & Hvl) HΦ".
    iApply frame_from_unused_at. rewrite page_status_slot //.
    iApply (get_from_unused_spec D N with "[$Hs $Hsrc $Hvl $L]").
    iIntros "!> !>" (e) "[Hsrc He]". iApply "HΦ". iFrame "Hsrc". destruct e as [e|].
    - iDestruct "He" as "(%He & $ & $)". by iSplit.
    - iDestruct "He" as "[(%γm & Hp) $]". iExists γm. by iFrame.
  Qed.

  (** What the loop ends with, when it was to claim [γs]; [Got ps] is what it has if it
  claimed them all. *)
  Definition claim_end dst src start stop i q J V R γs (Got : list segment_page → iProp Σ)
      (e : option frame_error) : iProp Σ :=
    match e with
    | None => ∃ ps, ⌜ps.*1 = γs ∧ segment_made i V start ps⌝ ∗
        Got ps ∗ leases γs q 1 ∗ J stop ∗ segment_buffer D src
    | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
        ∃ ps γ γs' vl,
        let pa := (start + length ps * page_size)%Z in
        ⌜γs = ps.*1 ++ γ :: γs' ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
        ([∗ list] p ∈ ps, page_dropped D R q p) ∗ leases (γ :: γs') q 0 ∗
        J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst
    end.

  Lemma pages_claim_spec {base max start stop pa i make src dst dealloc q J V R} ps γs {Φ} :
    pages_fit start (length ps + length γs) → pa = (start + length ps * page_size)%Z →
    stop = (pa + length γs * page_size)%Z →
    (stop ≤ max)%Z → (max ≤ word_max)%Z → segment_made i V start ps →
    dict_drop_spec D -∗ segment_dealloc_spec D start (ps.*1 ++ γs) dealloc R -∗
    segment_make_spec D i make J V -∗ segment_slots D N base pa γs -∗
    leases ps.*1 q 1 -∗ leases γs q 0 -∗ J pa -∗ segment_buffer D src -∗
    claimed D N base dst start pa ps -∗
    (∀ e, claim_end dst src start stop i q J V R (ps.*1 ++ γs)
        (claimed D N base dst start stop) e -∗ Φ #(status_code e)) -∗
    WP pages_claim (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #pa; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros (Hfit Hpa Hstop ?? Hmade)
      "#Hdrop #Hdealloc #Hmake Hs L1 L0 HJ Hsrc Hps HΦ". pose proof page_size_pos.
    iInduction γs as [|γ γs] "IH" forall (pa ps Hfit Hpa Hstop Hmade) "Hdealloc".
    { rewrite /= Z.add_0_r in Hstop. subst stop. rewrite app_nil_r.
      iApply pages_claim_end. iApply ("HΦ" $! None). iExists ps. by iFrame. }
    rewrite /segment_slots pages_cons. iDestruct "Hs" as "[#Hs Hss]".
    iDestruct "L0" as "[L0 Ls]". simpl length in *.
    assert (0 ≤ length γs * page_size)%Z by lia.
    assert (pages_fit pa (S (length γs))) as (?&?&?).
    { rewrite Hpa. by apply pages_fit_skip. }
    iApply (pages_claim_step D N γ
      (frame_slot D N γ (page_slot (dict_size D) base pa) pa ∗ lease γ q 0)
      (λ e, e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique)
      (lease γ q 1) with "Hmake HJ Hsrc Hps [$Hs $L0]"); [lia..|done| |].
    { intros vl. apply claim_any; [done|lia]. }
    iSplit.
    - iIntros (p) "[%Hp %Hmade'] Hps L HJ Hsrc".
      assert ((ps ++ [p]).*1 = ps.*1 ++ [γ]) as Hfst by rewrite fmap_app /= Hp //.
      assert (length (ps ++ [p]) = S (length ps)) as Hlen.
      { rewrite list_length_app /=. lia. }
      iApply ("IH" with "[%] [%] [%] [%] Hss [L1 L] Ls HJ Hsrc Hps [HΦ] []").
      + rewrite Hlen. by replace (S (length ps) + length γs) with (length ps + S (length γs)) by lia.
      + rewrite Hlen. lia.
      + lia.
      + done.
      + rewrite Hfst /leases big_sepL_app. by iFrame.
      + rewrite Hfst -app_assoc. iExact "HΦ".
      + iModIntro. rewrite Hfst -app_assoc. iExact "Hdealloc".
    - iIntros (e vl) "[%He %HV] [_ L] HJ Hsrc Hvl Hps".
      iDestruct (claimed_segment with "Hps") as "Hps".
      { eapply pages_fit_le, Hfit. lia. }
      rewrite /segment_dealloc_spec pages_app. iDestruct "Hdealloc" as "[Hd _]".
      wp_apply (frame_segment_drop_spec with "[$Hdrop $Hd $Hps $L1]").
      iIntros "[Hdst Hps]". iApply ("HΦ" $! (Some e)). iSplit; [done|].
      iExists ps, γ, γs, vl. rewrite -Hpa. by iFrame.
  Qed.

  Lemma frame_segment_from_unused_spec
      base max start γs q i make src dst dealloc J V R :
    pages_fit start (length γs) → γs ≠ [] →
    let stop := (start + length γs * page_size)%Z in
    (stop ≤ max)%Z → (max ≤ word_max)%Z →
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
        segment_make_spec D i make J V ∗ segment_slots D N base start γs ∗
        leases γs q 0 ∗ J start ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ e, RET #(status_code e);
        claim_end dst src start stop i q J V R γs (frame_segment D N base dst start) e }}}.
  Proof.
    iIntros (Hfit Hne stop ?? Φ) "(#Hdrop & #Hd & #Hmake & Hs & L & HJ & Hsrc & Hdst) HΦ".
    pose proof page_size_pos. pose proof Hfit as (?&?&?).
    assert (0 < length γs) by (destruct γs; [done|simpl; lia]).
    iApply (from_unused_enter with "Hdst"); [done|apply rem_pages; [lia..|done]|done|lia|].
    iIntros "!> Hps".
    iApply (pages_claim_spec [] γs
      with "Hdrop Hd Hmake Hs [] L HJ Hsrc Hps");
      [done|simpl; lia|done..|apply segment_made_nil|by rewrite /leases|].
    iIntros (e) "He". iApply "HΦ". destruct e as [e|]; [iExact "He"|].
    iDestruct "He" as (ps) "((%Hps & %Hmade) & H & $ & $ & $)". iExists ps. iSplit; [done|].
    simpl in Hps. iApply (claimed_segment with "H"). by rewrite -Hps list_length_fmap in Hfit.
  Qed.

  (** ** With the whole leases *)
  Lemma leases_counted ps q :
    leases ps.*1 q 1 -∗ counted_leases ps.*1 q (S <$> replicate (length ps) 0).
  Proof.
    iIntros "L". rewrite /counted_leases /leases fmap_replicate.
    rewrite -(list_length_fmap fst ps). by rewrite big_sepL2_replicate_r.
  Qed.
  Lemma frame_segment_from_unused_full_spec
      base max start γs i make src dst dealloc J V :
    pages_fit start (length γs) → γs ≠ [] →
    let stop := (start + length γs * page_size)%Z in
    (stop ≤ max)%Z → (max ≤ word_max)%Z →
    {{{ segment_make_spec D i make J V ∗ segment_slots D N base start γs ∗
        leases γs 1 0 ∗ J start ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ ps, RET #0; ⌜ps.*1 = γs ∧ segment_made i V start ps⌝ ∗
        frame_segment D N base dst start ps ∗ leases γs 1 1 ∗ J stop ∗
        segment_buffer D src }}}.
  Proof.
    iIntros (Hfit Hne stop ?? Φ) "(#Hmake & Hs & L & HJ & Hsrc & Hdst) HΦ".
    pose proof page_size_pos. pose proof Hfit as (?&?&?).
    assert (0 < length γs) by (destruct γs; [done|simpl; lia]).
    iApply (from_unused_enter with "Hdst"); [done|apply rem_pages; [lia..|done]|done|lia|].
    iIntros "!> Hps".
    iApply (pages_claim_prefix with "Hmake Hs L HJ Hsrc Hps");
      [done..|apply segment_made_nil|].
    iIntros (ps) "[%Hps %Hmade] L HJ Hsrc H". iApply pages_claim_end. iApply "HΦ". iFrame.
    iSplit; [done|]. iApply (claimed_segment with "H"). simpl in Hps.
    by rewrite -Hps list_length_fmap in Hfit.
  Qed.

  (** ** With a handle of a page *)
  (** The pages before it are claimed, it refuses, and they are dropped. *)
  Lemma refused_page start k n :
    pages_fit start (k + (1 + n)) →
    ((start + k * page_size) `rem` page_size = 0)%Z ∧
    (start + k * page_size < start + k * page_size + (1 + n) * page_size)%Z.
  Proof.
    intros (_&?&_)%pages_fit_skip. split; [done|]. pose proof page_size_pos. lia.
  Qed.
  Lemma from_unused_refused base max start γs γ n i make src dst dealloc J V R
      (P : iProp Σ) (e : frame_error) Φ :
    let pa := (start + length γs * page_size)%Z in
    let stop := (pa + (1 + n) * page_size)%Z in
    pages_fit start (length γs + (1 + n)) → (stop ≤ max)%Z → (max ≤ word_max)%Z →
    let s := page_slot (dict_size D) base pa in
    (∀ vl, {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ P }}}
       get_from_unused (dict_size D) [ #s; #i; #src; #false ]
     {{{ RET #(error_code e); src ↦∗ vl ∗ meta_own D i vl ∗ P }}}) →
    dict_drop_spec D -∗ segment_dealloc_spec D start γs dealloc R -∗
    segment_make_spec D i make J V -∗ segment_slots D N base start (γs ++ [γ]) -∗
    leases γs 1 0 -∗ P -∗ J start -∗ segment_buffer D src -∗ segment_room dst -∗
    ▷ (∀ ps vl, ⌜ps.*1 = γs ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
        ([∗ list] p ∈ ps, page_released D R p) ∗ P ∗
        J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst -∗
        Φ #(error_code e)) -∗
    WP frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
      [ #base; #max; #start; #stop; #i; make; #src; #dst ] {{ Φ }}.
  Proof.
    iIntros (pa stop Hfit ?? s Hclaim) "#Hdrop #Hd #Hmake Hs L HP HJ Hsrc Hdst HΦ".
    pose proof page_size_pos. pose proof Hfit as (?&?&?).
    destruct (refused_page _ _ _ Hfit) as [??].
    assert (0 ≤ length γs * page_size ∧ 0 ≤ n * page_size)%Z as [??] by lia.
    assert (pages_fit start (length γs)) as Hfit1 by (eapply pages_fit_le, Hfit; lia).
    pose proof (pages_fit_skip _ _ _ Hfit) as Hfit2. fold pa in Hfit2.
    destruct Hfit2 as (?&?&?).
    iApply (from_unused_enter with "Hdst"); [done| |done|rewrite /stop /pa; lia|].
    { apply (rem_pages pa (1 + n)); [lia..|done]. }
    iIntros "!> Hps". rewrite /segment_slots pages_app pages_cons.
    iDestruct "Hs" as "[Hs [#Hsγ _]]".
    iApply (pages_claim_prefix with "Hmake Hs L HJ Hsrc Hps");
      [done|rewrite /stop /pa; lia|done..|apply segment_made_nil|].
    iIntros (ps) "[%Hps %Hmade] L HJ Hsrc Hps". simpl in Hps.
    iApply (pages_claim_step D N γ
      (frame_slot D N γ s pa ∗ P) (λ e', e' = e) False
      with "Hmake HJ Hsrc Hps [$Hsγ $HP]"); [done|rewrite /stop; lia|done..| |].
    { iIntros (vl Ψ) "([#Hs HP] & Hsrc & Hvl) HΨ".
      iApply frame_from_unused_at. rewrite page_status_slot; [|done|rewrite /pa; lia].
      iApply (Hclaim with "[$Hs $HP $Hsrc $Hvl]"). iIntros "!> !> (Hsrc & Hvl & HP)".
      iApply ("HΨ" $! (Some e)). by iFrame "Hsrc Hvl Hs HP". }
    iSplit; [by iIntros (p) "_ _ []"|].
    iIntros (e' vl) "[-> %HV] [_ HP] HJ Hsrc Hvl Hps".
    iDestruct (claimed_segment with "Hps") as "Hps".
    { by rewrite -Hps list_length_fmap in Hfit1. }
    iEval (rewrite -Hps) in "Hd". iEval (rewrite -Hps) in "L".
    wp_apply (frame_segment_drop_full_spec _ _ _ _ _ _ (replicate (length ps) 0)
      with "[$Hdrop $Hd $Hps L]").
    { iApply (leases_counted with "L"). }
    iIntros "[Hdst Hr]". iApply "HΦ". iFrame. iSplit; [done|].
    by rewrite big_sepL2_replicate_r.
  Qed.

  Lemma frame_segment_from_unused_shared_spec
      base max start γs γ n i make src dst dealloc J V R m :
    let pa := (start + length γs * page_size)%Z in
    let stop := (pa + (1 + n) * page_size)%Z in
    pages_fit start (length γs + (1 + n)) → (stop ≤ max)%Z → (max ≤ word_max)%Z →
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
        segment_make_spec D i make J V ∗ segment_slots D N base start (γs ++ [γ]) ∗
        leases γs 1 0 ∗ shared_frame D γ (page_slot (dict_size D) base pa) m ∗
        J start ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ ps vl, RET #(error_code ErrInUse);
        ⌜ps.*1 = γs ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
        ([∗ list] p ∈ ps, page_released D R p) ∗
        shared_frame D γ (page_slot (dict_size D) base pa) m ∗
        J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst }}}.
  Proof.
    iIntros (pa stop Hfit ?? Φ) "(Hdrop & Hd & Hmake & Hs & L & Hm & HJ & Hsrc & Hdst) HΦ".
    iApply (from_unused_refused with "Hdrop Hd Hmake Hs L Hm HJ Hsrc Hdst HΦ"); [done..|].
    iIntros (vl Ψ) "(#Hsγ & Hsrc & Hvl & Hm) HΨ".
    iApply (get_from_unused_at D N with "Hsγ Hsrc Hvl Hm").
    iIntros "!>" (st [k ->]) "Hsrc [Hm Hvl]". iApply "HΨ". iFrame.
  Qed.
  Lemma frame_segment_from_unused_unique_spec
      base max start γs γ n i make src dst dealloc J V R i' vl' :
    let pa := (start + length γs * page_size)%Z in
    let stop := (pa + (1 + n) * page_size)%Z in
    pages_fit start (length γs + (1 + n)) → (stop ≤ max)%Z → (max ≤ word_max)%Z →
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
        segment_make_spec D i make J V ∗ segment_slots D N base start (γs ++ [γ]) ∗
        leases γs 1 0 ∗ unique_frame D γ (page_slot (dict_size D) base pa) i' vl' ∗
        J start ∗ segment_buffer D src ∗ segment_room dst }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ ps vl, RET #(error_code ErrUnique);
        ⌜ps.*1 = γs ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
        ([∗ list] p ∈ ps, page_released D R p) ∗
        unique_frame D γ (page_slot (dict_size D) base pa) i' vl' ∗
        J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst }}}.
  Proof.
    iIntros (pa stop Hfit ?? Φ) "(Hdrop & Hd & Hmake & Hs & L & Hu & HJ & Hsrc & Hdst) HΦ".
    iApply (from_unused_refused with "Hdrop Hd Hmake Hs L Hu HJ Hsrc Hdst HΦ"); [done..|].
    iIntros (vl Ψ) "(#Hsγ & Hsrc & Hvl & Hu) HΨ".
    iApply (get_from_unused_at D N with "Hsγ Hsrc Hvl Hu").
    iIntros "!>" (st ->) "Hsrc [Hu Hvl]". iApply "HΨ". iFrame.
  Qed.
End segment.
