(** * Segments of page frames: the proofs of what segments do

The statements of [segment_sig.v] but those on claiming ([segment_claim.v]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw.
From tally.frame.segment Require Import segment_code segment_sig.
From tally.frame.segment.proof Require Import segment_pages.
From tally.prelude Require Import options.

Section segment.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (γs : list slot_names) (base src l dst : loc).
  Implicit Types (start stop pa max : Z) (i n : nat) (vl : list val) (q : Qp).
  Implicit Types (p : segment_page) (ps : list segment_page) (ks : list nat).
  Implicit Types (dealloc : val) (γr : gname).
  Implicit Types (R : slot_names → nat → list val → Qp → iProp Σ).

  (** ** Laws *)
  Lemma segment_shares_nil base start : segment_shares D N base start [] ⊣⊢ emp.
  Proof. apply pages_nil. Qed.
  Lemma segment_shares_cons base start p ps :
    segment_shares D N base start (p :: ps) ⊣⊢
      page_share D N base start p ∗ segment_shares D N base (start + page_size) ps.
  Proof. apply pages_cons. Qed.
  Lemma segment_shares_app base start ps ps' :
    segment_shares D N base start (ps ++ ps') ⊣⊢
      segment_shares D N base start ps ∗
      segment_shares D N base (start + length ps * page_size) ps'.
  Proof. apply pages_app. Qed.
  Lemma segment_shares_slots base start ps :
    segment_shares D N base start ps -∗ segment_slots D N base start ps.*1.
  Proof.
    iIntros "H". rewrite /segment_slots pages_fmap. iApply (pages_mono with "H").
    iIntros (pa p) "[$ _]".
  Qed.
  Lemma segment_shares_agree base start ps ps' :
    ps.*1 = ps'.*1 →
    segment_shares D N base start ps -∗ segment_shares D N base start ps' -∗
    ⌜ps = ps'⌝.
  Proof.
    iIntros (Hps) "H H'".
    iInduction ps as [|p ps] "IH" forall (start ps' Hps).
    { destruct ps'; [by iPureIntro|done]. }
    destruct ps' as [|p' ps']; [done|]. destruct p as [γ m], p' as [γ' m']. simplify_eq/=.
    rewrite !segment_shares_cons. iDestruct "H" as "[[_ Hm] H]".
    iDestruct "H'" as "[[_ Hm'] H']".
    iDestruct (shared_frame_agree with "Hm Hm'") as %Hm.
    iDestruct ("IH" with "[%] H H'") as %Heq; [done|]. iPureIntro. simpl in Hm. by subst.
  Qed.
  Lemma segment_raws_shares base start ps :
    segment_raws D N base start ps ⊣⊢ segment_shares D N base start ps.
  Proof.
    iSplit; iIntros "H"; iApply (pages_mono with "H").
    - iIntros (pa p) "[$ H]". by iDestruct (frame_raw_acc with "H") as "[$ _]".
    - iIntros (pa p) "[#Hs H]". iFrame "Hs".
      iApply (frame_raw_intro D N (client_lease _) _ _ _ (HandleShared p.2) with "Hs H").
  Qed.
  Lemma segment_raws_cons base start p ps :
    segment_raws D N base start (p :: ps) ⊣⊢
      page_raw D N base start p ∗ segment_raws D N base (start + page_size) ps.
  Proof. apply pages_cons. Qed.
  Lemma frame_segment_empty base l start :
    frame_segment D N base l start [] ⊣⊢ ⌜pages_fit start 0⌝ ∗ segment_cells l start 0.
  Proof. by rewrite /frame_segment segment_shares_nil right_id. Qed.

  Lemma frame_segment_split_at base l start ps ps' :
    frame_segment D N base l start (ps ++ ps') ⊣⊢
      ⌜pages_fit start (length ps + length ps')⌝ ∗
      segment_cells l start (length ps + length ps') ∗
      segment_shares D N base start ps ∗
      segment_shares D N base (start + length ps * page_size) ps'.
  Proof. by rewrite /frame_segment segment_shares_app list_length_app. Qed.

  (** ** Dropping *)
  Lemma frame_segment_drop_each {base l start n glues dealloc A} {xs : list A}
      {P : Z → A → iProp Σ} (Q : Z → A → iProp Σ) :
    pages_fit start (length xs) →
    □ (∀ pa x, {{{ P pa x }}}
                 frame_drop glues dealloc [ #(page_slot n base pa) ]
               {{{ RET #☠; Q pa x }}}) -∗
    {{{ segment_cells l start (length xs) ∗ pages start xs P }}}
      frame_segment_drop n glues dealloc [ #base; #l ]
    {{{ RET #☠; segment_cells l start (length xs) ∗ pages start xs Q }}}.
  Proof.
    iIntros (Hfit) "#Hf %Φ !> [Hl H] HΦ". wp_rec.
    wp_apply (start_paddr_cells_spec with "Hl"). iIntros "Hl".
    wp_apply (end_paddr_cells_spec with "Hl"). iIntros "Hl".
    wp_apply (pages_drop_each with "Hf H"); [done..|]. iIntros "H". iApply "HΦ". iFrame.
  Qed.

  Lemma frame_segment_drop_spec base l start ps q dealloc R :
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D start ps.*1 dealloc R ∗
        frame_segment D N base l start ps ∗ leases ps.*1 q 1 }}}
      frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
    {{{ RET #☠; segment_room l ∗ [∗ list] p ∈ ps, page_dropped D R q p }}}.
  Proof.
    iIntros (Φ) "(#Hdrop & #Hdealloc & (%Hfit & Hl & H) & L) HΦ".
    rewrite /leases big_sepL_fmap /segment_dealloc_spec pages_fmap.
    iDestruct (pages_sep start ps _ (page_share D N base) with "[$Hdealloc $H]") as "H".
    iDestruct (pages_sep start ps _ (λ _ p, lease p.1 q 1) with "[$H $L]") as "H".
    wp_apply (frame_segment_drop_each (λ _ p, page_dropped D R q p)
      with "[] [$Hl $H]"); [done|..].
    { iIntros "!>" (pa p Ψ) "!> ([#Hd [#Hs Hp]] & L) HΨ".
      iApply (frame_drop_spec D N with "[$Hdrop $Hd $Hs $Hp $L]").
      iIntros "!> H". by iApply "HΨ". }
    iIntros "[Hl H]". iApply "HΦ". iFrame "H". by iApply segment_cells_room.
  Qed.
  (** With two drops owed, a share is not the last. *)
  Local Lemma drop_other γ s pa q k m dealloc Φ :
    dict_drop_spec D -∗ frame_slot D N γ s pa -∗ shared_frame D γ s m -∗
    lease γ q (2 + k) -∗ ▷ (lease γ q (1 + k) -∗ Φ #☠) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "Hdrop Hs Hp L HΦ". iApply (frame_drop_at D N with "Hdrop Hs Hp L").
    iIntros "!>" (n [_ Hn]). simpl in Hn.
    destruct (shared_not_sole n m) as [-> _]; [lia|]. iApply "HΦ".
  Qed.
  Lemma frame_segment_drop_full_spec base l start ps ks dealloc R :
    {{{ dict_drop_spec D ∗ segment_dealloc_spec D start ps.*1 dealloc R ∗
        frame_segment D N base l start ps ∗ counted_leases ps.*1 1 (S <$> ks) }}}
      frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
    {{{ RET #☠; segment_room l ∗ [∗ list] p; k ∈ ps; ks,
          match k with O => page_released D R p | S _ => lease p.1 1 k end }}}.
  Proof.
    iIntros (Φ) "(#Hdrop & #Hdealloc & (%Hfit & Hl & H) & L) HΦ".
    rewrite /counted_leases big_sepL2_fmap_l big_sepL2_fmap_r.
    rewrite /segment_dealloc_spec pages_fmap.
    iDestruct (pages_sep start ps _ (page_share D N base) with "[$Hdealloc $H]") as "H".
    iDestruct (pages_zip start ps ks (λ pa p,
      dealloc_spec D (λ q, lease p.1 q 0) pa dealloc (R p.1) ∗ page_share D N base pa p)%I
      (λ p k, lease p.1 1 (S k)) with "H L")
      as "[%Hlen H]".
    assert (length (zip ps ks) = length ps) as Hzip by by apply list_length_zip.
    rewrite -Hzip in Hfit *.
    wp_apply (frame_segment_drop_each
      (λ _ pk, match pk.2 with O => page_released D R pk.1 | S _ => lease pk.1.1 1 pk.2 end)
      with "[] [$Hl $H]"); [done|..].
    { iIntros "!>" (pa [p k] Ψ) "!> [[#Hd [#Hs Hp]] L] HΨ". simpl. destruct k as [|k].
      - iApply (frame_drop_at D N with "Hdrop Hs Hp L"). iIntros "!>" (n [_ Hn]).
        simpl in Hn. rewrite (_ : n = 1%positive) /=; [|lia]. iIntros (vl Hvl) "Hdead L".
        iApply ("Hd" with "[$L $Hdead]"). iIntros "!> H". iApply "HΨ". iExists vl.
        by iFrame.
      - iApply (drop_other with "Hdrop Hs Hp L HΨ"). }
    iIntros "[Hl H]". iApply "HΦ". iSplitL "Hl"; [by iApply segment_cells_room|].
    rewrite big_sepL2_alt. by iFrame "H".
  Qed.
  Lemma frame_segment_drop_other_spec base l start ps q ks dealloc :
    {{{ dict_drop_spec D ∗ frame_segment D N base l start ps ∗
        counted_leases ps.*1 q ((S ∘ S) <$> ks) }}}
      frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
    {{{ RET #☠; segment_room l ∗ counted_leases ps.*1 q (S <$> ks) }}}.
  Proof.
    iIntros (Φ) "(#Hdrop & (%Hfit & Hl & H) & L) HΦ".
    rewrite /counted_leases !big_sepL2_fmap_l !big_sepL2_fmap_r.
    iDestruct (pages_zip start ps ks (page_share D N base) (λ p k, lease p.1 q (2 + k))
      with "H L")
      as "[%Hlen H]".
    assert (length (zip ps ks) = length ps) as Hzip by by apply list_length_zip.
    rewrite -Hzip in Hfit *.
    wp_apply (frame_segment_drop_each
      (λ _ pk, lease pk.1.1 q (1 + pk.2)) with "[] [$Hl $H]"); [done|..].
    { iIntros "!>" (pa [p k] Ψ) "!> [[#Hs Hp] L] HΨ". simpl.
      iApply (drop_other with "Hdrop Hs Hp L HΨ"). }
    iIntros "[Hl H]". iApply "HΦ". iSplitL "Hl"; [by iApply segment_cells_room|].
    rewrite big_sepL2_alt. by iFrame "H".
  Qed.
  Lemma frame_segment_drop_empty_spec n base l start glues dealloc :
    {{{ frame_segment D N base l start [] }}}
      frame_segment_drop n glues dealloc [ #base; #l ]
    {{{ RET #☠; segment_cells l start 0 }}}.
  Proof.
    iIntros (Φ) "(%Hfit & Hl & _) HΦ".
    wp_apply (frame_segment_drop_each (xs := [] : list segment_page)
      (P := (λ _ _, False)%I) (λ _ _, True)%I with "[] [$Hl]"); [done|..].
    { by iIntros "!>" (pa p Ψ) "!> []". }
    { done. }
    iIntros "[Hl _]". by iApply "HΦ".
  Qed.

  (** ** Sharing *)
  (** One more of each page, for a range that is in the caller's hands. *)
  Lemma pages_clone_spec base start stop ps q ks γr :
    pages_fit start (length ps) → stop = (start + length ps * page_size)%Z →
    Forall (λ p, slot_pending_name p.1 = γr) ps →
    {{{ segment_shares D N base start ps ∗ counted_leases ps.*1 q ks ∗ pending_incs γr 1 }}}
      pages_clone (dict_size D) [ #base; #start; #stop ]
    {{{ RET #☠; segment_shares D N base start ps ∗ segment_shares D N base start ps ∗
        counted_leases ps.*1 q (S <$> ks) ∗ pending_incs γr 1 }}}.
  Proof.
    iIntros (Hfit Hstop Hγr Φ) "(H & L & Hr) HΦ".
    rewrite /counted_leases !big_sepL2_fmap_l.
    iDestruct (pages_pure start _ _ Hγr) as "Hpure".
    iDestruct (pages_sep start ps _ (page_share D N base) with "[$Hpure $H]") as "H".
    iDestruct (pages_zip start ps ks
      (λ pa p, ⌜slot_pending_name p.1 = γr⌝ ∗ page_share D N base pa p)%I
      (λ p k, lease p.1 q k) with "H L")
      as "[%Hlen H]".
    assert (length (zip ps ks) = length ps) as Hzip by by apply list_length_zip.
    rewrite -Hzip in Hfit Hstop.
    wp_apply (pages_clone_each _ _ _ _ _ (pending_incs γr 1) _ (λ pa pk,
        (page_share D N base pa pk.1 ∗ page_share D N base pa pk.1) ∗
        lease pk.1.1 q (S pk.2))%I with "[] [$Hr $H]"); [done..| |].
    { iIntros "!>" (pa [p k] Ψ) "!> (Hr & (%Hp & #Hs & Hp) & L) HΨ". simpl.
      rewrite -Hp. iDestruct (lease_half with "L") as "[L L0]".
      wp_apply (frame_clone_spec D N with "[$Hs $Hp $L0 $Hr]").
      iIntros "(Hp & Hp' & L0 & Hr)". iApply "HΨ". iFrame "Hr Hp Hp' Hs".
      iDestruct (lease_split with "[$L $L0]") as "L". by rewrite Qp.div_2 Nat.add_1_r. }
    iIntros "[Hr H]".
    iDestruct (pages_unzip start ps ks (λ pa p,
      page_share D N base pa p ∗ page_share D N base pa p)%I
      (λ p k, lease p.1 q (S k)) with "H") as "[H L]"; [done|].
    iDestruct (pages_sep start ps (page_share D N base) with "H") as "[H H']". iApply "HΦ". iFrame "H H' Hr".
    by rewrite big_sepL2_fmap_r.
  Qed.
End segment.
