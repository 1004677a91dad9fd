(** * [rc τ]: proofs of the specifications

Each takes the count out of its invariant ([is_rc_open]), lets the program do to it
what the model says ([rc_refine.v]), moves the ghost count likewise
([count_protocol.v]), and puts it back. The model's functions are never unfolded:
what is used of them is [rc_clone_count_spec] and [rc_drop_count_spec]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.logic Require Import count_protocol count_inv shared_own_sig.
From tally.model Require Import word rc_count count_model.
From tally.types Require Import type.
From tally.rc Require Import rc_sig rc_refine.
From tally.rc.proof Require Import handle.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ, !countG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : rc_shared_own p N τ).
  Implicit Types (γ : gname) (i : so_id SO) (l : loc) (wl : list val).
  Implicit Types (q : Qp) (k : positive) (E F : coPset).

  Local Lemma countN_subseteq F l : ↑N ⊆ F → ↑rc_countN N l ⊆ F.
  Proof. rewrite /rc_countN. solve_ndisj. Qed.
  Local Lemma contentN_subseteq F : ↑N ⊆ F → ↑rc_contentN N ⊆ F.
  Proof. rewrite /rc_contentN. solve_ndisj. Qed.

  Local Lemma usize_range z : in_int_range usize z → (0 ≤ z ≤ word_max)%Z.
  Proof. done. Qed.
  Local Lemma usize_range_intro z : (0 ≤ z ≤ word_max)%Z → in_int_range usize z.
  Proof. done. Qed.

  Lemma rc_new_spec (src : loc) wl :
    {{{ src ↦∗ wl ∗ ty_own τ wl }}}
      rc_new (ty_size τ) [ #src ]
    {{{ l γ i, RET #l; is_rc SO γ i l wl 1 1 ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (Φ) "[Hsrc Hwl] HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    wp_rec. wp_alloc l as "Hl" "H†". rewrite Nat2Z.id /= heap_pointsto_vec_cons.
    iDestruct "Hl" as "[Hc Hd]". wp_pures. wp_write. wp_pures.
    wp_smart_apply (memcpy_spec with "[$Hd $Hsrc]");
      [by rewrite list_length_replicate|by rewrite Hlen|].
    iIntros "[Hd Hsrc]". wp_pures.
    iMod (is_rc_wrap SO with "Hc Hd [$Hwl $H†]") as (γ i) "Hrc".
    iModIntro. iApply "HΦ". iFrame.
  Qed.

  Lemma rc_clone_spec F γ i l wl q k :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l wl q k }}}
      rc_clone [ #l ]
    {{{ RET #l; na_own p F ∗ is_rc SO γ i l wl q (k + 1) }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (is_rc_open with "Hrc Hna")
      as (n) "(_ & %Hn & Hl & Hb & Htok & Hpay & Hrc & Hclose)"; [done|].
    wp_rec. wp_smart_apply (rc_inc_strong_refines with "Hl"); [done|].
    iIntros (n') "[%Hn' Hl]".
    pose proof (usize_range _ Hn) as Hword.
    rewrite rc_clone_count_spec in Hn'; [|lia]. case_decide as Hmax; simplify_eq/=.
    iMod (count_body_clone with "Hb Htok") as "[Hb Htok]".
    iMod ("Hclose" with "[Hl Hb]") as "Hna".
    { iNext. iApply (count_inv_close _ _ _ (n + 1) with "[Hl] Hb").
      rewrite /rc_cell Pos2Z.inj_add. iFrame "Hl". iPureIntro.
      apply usize_range_intro. lia. }
    wp_pures. iModIntro. iApply "HΦ". iFrame "Hna". iApply ("Hrc" with "Htok Hpay").
  Qed.

  Lemma rc_strong_count_spec F γ i l wl q k :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l wl q k }}}
      rc_strong_count [ #l ]
    {{{ (m : positive), RET #(Z.pos m);
        ⌜in_int_range usize (Z.pos m)⌝ ∗ na_own p F ∗
        ((⌜m = k⌝ ∗ is_rc SO γ i l wl 1 k) ∨
         (⌜(k < m)%positive ∧ q ≠ 1%Qp⌝ ∗ is_rc SO γ i l wl q k)) }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (is_rc_open with "Hrc Hna")
      as (n) "(_ & %Hn & Hl & Hb & Htok & Hpay & Hrc & Hclose)"; [done|].
    wp_rec. iDestruct (count_body_tok_agree with "Hb Htok") as %[Hle Hq].
    destruct (decide (n = k)) as [->|Hne].
    - (** There are no others: what lies in the pool is reclaimed. *)
      iMod (count_body_reclaim with "Hb Htok Hpay") as "(Hb & Htok & Hpay)". wp_read.
      iMod ("Hclose" with "[Hl Hb]") as "Hna".
      { iNext. iApply (count_inv_close with "[Hl] Hb"). by iFrame "Hl". }
      iModIntro. iApply "HΦ". iFrame "Hna". iSplitR; [done|]. iLeft. iSplitR; [done|].
      iApply ("Hrc" with "Htok Hpay").
    - (** There are others. *)
      wp_read. iMod ("Hclose" with "[Hl Hb]") as "Hna".
      { iNext. iApply (count_inv_close with "[Hl] Hb"). by iFrame "Hl". }
      iModIntro. iApply "HΦ". iFrame "Hna". iSplitR; [done|]. iRight. iSplitR.
      { iPureIntro. split; [lia|]. intros ?. by apply Hne, Hq. }
      iApply ("Hrc" with "Htok Hpay").
  Qed.

  Lemma rc_drop_spec F glue D γ i l wl q k :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l wl q k }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; na_own p F ∗
        ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ is_rc SO γ i l wl q k') ∨
         (⌜k = 1%positive⌝ ∗ (D wl ∨ ⌜q ≠ 1%Qp⌝))) }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & Hna & Hrc) HΦ".
    iMod (is_rc_open with "Hrc Hna")
      as (n) "(%Hlen & %Hn & Hl & Hb & Htok & Hpay & Hrc & Hclose)".
    { by apply countN_subseteq. }
    wp_rec. wp_smart_apply (rc_dec_strong_refines with "Hl"); [done|].
    iIntros (last) "[Hl %Hlast]".
    pose proof (usize_range _ Hn) as Hword.
    rewrite rc_drop_count_spec in Hlast; [|lia].
    iDestruct (count_body_tok_agree with "Hb Htok") as %[Hkn Hq].
    case_decide as Hn1; destruct last; simplify_eq/=.
    - (** The last handle: the count dies, the whole payload comes out. *)
      assert (k = 1%positive) as -> by lia.
      iMod (count_body_last with "Hb Htok Hpay") as "[Hdead [Hd Hso]]".
      iMod ("Hclose" with "[Hdead]") as "Hna".
      { iNext. by iApply count_inv_close_dead. }
      wp_if. wp_bind (Rec _ _ _).
      iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content τ (l, wl) ∗ na_own p F)
        with "[Hso Hna]"); [set_solver| |].
      { iApply (so_P1_end SO _ _ ⊤ F with "Hso Hna"); [done|by apply contentN_subseteq]. }
      wp_closure. iIntros "!> [[Hwl H†] Hna] !>". wp_op.
      wp_apply ("Hglue" with "[$Hna $Hd $Hwl]").
      iIntros (wl') "(Hna & Hd & %Hlen' & HD)". wp_pures.
      wp_apply (wp_free _ _ _ (#0 :: wl') with "[Hl Hd H†]").
      { by rewrite /= Hlen'. }
      { rewrite heap_pointsto_vec_cons /= Hlen'. iFrame. }
      iIntros "_". iApply "HΦ". iFrame "Hna". iRight. iSplitR; [done|]. by iLeft.
    - (** Others remain. *)
      wp_if. rewrite word_wrapping_sub_small; [|lia].
      assert (∀ n', n = (n' + 1)%positive → Z.pos n - 1 = Z.pos n' ∧
        in_int_range usize (Z.pos n'))%Z as Hn'.
      { intros n' ->. split; [lia|]. apply usize_range_intro. lia. }
      destruct (decide (k = 1%positive)) as [->|Hk1].
      + iMod (count_body_drop with "Hb Htok Hpay") as (n' Heq) "Hb"; [congruence|].
        destruct (Hn' n' Heq) as [-> Hr].
        iMod ("Hclose" with "[Hl Hb]") as "Hna".
        { iNext. iApply (count_inv_close with "[Hl] Hb"). by iFrame "Hl". }
        iModIntro. iApply "HΦ". iFrame "Hna". iRight. iSplitR; [done|]. iRight.
        iPureIntro. intros ->. by rewrite (Hq eq_refl) in Hn1.
      + assert (∃ k', k = (k' + 1)%positive) as [k' ->].
        { exists (Pos.pred k). lia. }
        iMod (count_body_drop_keep with "Hb Htok") as (n' Heq) "[Hb Htok]".
        destruct (Hn' n' Heq) as [-> Hr].
        iMod ("Hclose" with "[Hl Hb]") as "Hna".
        { iNext. iApply (count_inv_close with "[Hl] Hb"). by iFrame "Hl". }
        iModIntro. iApply "HΦ". iFrame "Hna". iLeft. iExists k'. iSplitR; [done|].
        iApply ("Hrc" with "Htok Hpay").
  Qed.
End specs.
