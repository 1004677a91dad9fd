(** * [Rc<T>] and [Weak<T>] as types that are shared for a lifetime

[rc_lty p N τ] and [weak_lty p N τ] are types in the sense of [lft_type.v]. So [&'κ Rc<T>] can
be cloned and dereferenced, and as both are contractive, an [Option<Rc<Node>>] and a
[Weak<Node>] inside of a [Node] are types.

** The content is lent for a lifetime of its own
All references into a block are for one lifetime [ν], the identity of the sharing: a share
[q] of the content is the part [q] of the token of [ν] ([rc_lend_so]). While a handle is
there [ν] cannot end; when all shares are together it is ended, and the content comes
back, for the destructor.

<<
        Rc::new            the content is lent (costs credits)        the last handle goes
    content      ───▶   [lent ν]: &'ν T, and what comes back   ───▶   [†ν], the content
>>

A handle [lty_own (rc_lty p N τ) [ #l]] knows the reference [&'ν T] into its block, and that can
be copied. A reference [&'κ Rc<T>] lends the part of the token of its handle for [κ], so that
[κ ⊑ ν]: the content is shared for [κ], too ([rc_shr_deref_spec]). What is left of the handle
([rc_lent]) is shared in the thread, and can still be cloned ([rc_shr_clone_spec]).

** The type of the content is known up to a later
A handle is one of a block whose content is of _some_ type [υ], and it is known, later, that
[υ] and [τ] are equivalent. That is what makes [rc_lty] contractive.

Key results: [rc_lty], [weak_lty], [rc_lty_contractive], [weak_lty_contractive],
[rc_lty_new_spec], [rc_lty_clone_spec], [rc_shr_clone_spec], [rc_shr_deref_spec], [rc_shr_acc],
[rc_lty_drop_spec], [rc_lty_downgrade_spec], [weak_lty_upgrade_spec], [weak_lty_drop_spec].

Source: [Rc] in RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL 2018), [typing/lib/rc/rc.v] of
lambda-rust. *)
From iris.algebra Require Import ofe.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.types Require Export lft_type lft_compound lft_pointer.
From tally.rc Require Import rc rc_option.
From tally.prelude Require Import options.

(** ** A content that is lent for a lifetime *)
Section lend.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ} (p : na_inv_pool_name) (N : namespace).
  Implicit Types (τ υ : lty Σ) (ν κ : lft) (l : loc) (x : loc * list val) (q : Qp).

  Definition rc_any (_ _ : list val) : Prop := True.
  Definition lend_content τ x : iProp Σ := rc_content rc_any (lty_ty τ) x.
  Definition lend_state τ ν x : iProp Σ :=
    lend_content τ x ∨
    (lty_shr τ ν (x.1 +ₗ 2) ∗ ([†ν] ={⊤}=∗ ▷ lend_content τ x)) ∨
    [†ν].
  Definition lend_inv τ ν x : iProp Σ :=
    □ (1.[ν] ==∗ [†ν]) ∗ na_inv p (rc_contentN N) (lend_state τ ν x).

  Program Definition rc_lend_so τ : rc_shared_own p N rc_any (lty_ty τ) := {|
    so_id := lft;
    so_own ν x _ q := (q.[ν] ∗ lend_inv τ ν x)%I;
  |}.
  Next Obligation.
    intros τ ν x c q q'. rewrite /= lft_tok_fractional. iSplit.
    - iIntros "[[$ $] #$]".
    - iIntros "[[$ #$] [$ _]]".
  Qed.
  Next Obligation. done. Qed.
  Next Obligation.
    iIntros (τ x E) "Hx". iMod lft_create as (ν) "[Hν #Hend]".
    iMod (na_inv_alloc p E (rc_contentN N) (lend_state τ ν x) with "[Hx]") as "#I".
    { iNext. by iLeft. }
    iModIntro. iExists ν. by iFrame "Hν Hend I".
  Qed.
  Next Obligation.
    iIntros (τ ν x F HF) "[Hν #[Hend I]] Hna".
    iMod (na_inv_acc with "I Hna") as "(H & Hna & Hclose)"; [done..|].
    iAssert (|={⊤}=> ▷ (lend_content τ x ∨ ([†ν] ={⊤}=∗ ▷ lend_content τ x)) ∗ 1.[ν])%I
      with "[H Hν]" as ">[H Hν]".
    { iDestruct "H" as "[H|[[_ H]|>Hdead]]".
      - iModIntro. iFrame "Hν". iNext. by iLeft.
      - iModIntro. iFrame "Hν". iNext. by iRight.
      - iDestruct (lft_tok_dead with "Hν Hdead") as %[]. }
    iMod ("Hend" with "Hν") as "#Hdead".
    iMod ("Hclose" with "[$Hna]") as "$"; [iNext; iRight; by iRight|].
    iApply fupd_mask_intro; [set_solver|]. iIntros "Hmask !>".
    iMod "Hmask" as "_". iDestruct "H" as "[$|H]"; [done|]. by iApply "H".
  Qed.

  Lemma lft_tok_halves q κ : q.[κ] ⊣⊢ (q / 2).[κ] ∗ (q / 2).[κ].
  Proof. by rewrite -lft_tok_fractional Qp.div_2. Qed.

  (** The content is lent, if it has not been. *)
  Lemma lend_begin τ ν l a q F :
    ↑rc_contentN N ⊆ F →
    £ (1 `max` lty_cost τ) -∗ lend_inv τ ν (l, a) -∗ q.[ν] -∗ na_own p F ={⊤}=∗
    lty_shr τ ν (l +ₗ 2) ∗ q.[ν] ∗ na_own p F.
  Proof.
    iIntros (HF) "H£ #[Hend I] Hν Hna".
    iMod (na_inv_acc with "I Hna") as "([H|[H|>Hdead]] & Hna & Hclose)"; [done..| | |].
    - iDestruct "H" as (wl) "(_ & Hl & Hwl & H†)".
      iMod (bor_create _ ν ((l +ₗ 2) ↦∗: lty_own τ) with "[Hl Hwl]") as "[Hbor Hback]";
        [done|iNext; iExists wl; iFrame|].
      iDestruct (lc_weaken (lty_cost τ) with "H£") as "H£"; [lia|].
      iMod (lty_share with "[$H£ $Hbor $Hν]") as "[#Hshr $]"; [done|]. iFrame "Hshr".
      iApply "Hclose". iFrame "Hna". iNext. iRight. iLeft. iFrame "Hshr".
      iIntros "Hdead". iMod ("Hback" with "Hdead") as "H". iModIntro. iNext.
      rewrite /heap_pointsto_pred. iDestruct "H" as (wl') "[Hl Hwl]". iExists wl'. by iFrame.
    - iDestruct (lc_weaken 1 with "H£") as "H£"; [lia|].
      iMod (lc_fupd_elim_later with "H£ H") as "[#Hshr H]".
      iFrame "Hshr Hν". iApply "Hclose". iFrame "Hna". iNext. iRight. iLeft. by iFrame.
    - iDestruct (lft_tok_dead with "Hν Hdead") as %[].
  Qed.
End lend.

(** ** [Rc<T>] *)
Section rc_lty.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, HrcG : !rcG Σ lft}.
  Context (p : na_inv_pool_name) (N : namespace).
  Implicit Types (τ υ : lty Σ) (ν κ : lft) (l b : loc) (q r s : Qp) (γ : rc_name).
  Implicit Types (E F : coPset).

  Global Instance rc_lend_rcG τ : rcG Σ (so_id (rc_lend_so p N τ)) := HrcG.

  (** What every handle knows of the block, and can copy: what type the content is of, later,
  and the reference to it. *)
  Definition rc_pointee τ υ ν b : iProp Σ :=
    ▷ lty_eqv υ τ ∗ lend_inv p N υ ν (b, []) ∗ lty_shr υ ν (b +ₗ 2).
  Global Instance rc_pointee_persistent τ υ ν b : Persistent (rc_pointee τ υ ν b) := _.
  Global Instance rc_pointee_contractive υ ν b :
    Contractive (λ τ : ltyO Σ, rc_pointee τ υ ν b).
  Proof. solve_contractive. Qed.
  Lemma rc_pointee_eqv τ υ ν b : rc_pointee τ υ ν b -∗ ▷ lty_eqv υ τ.
  Proof. iIntros "($ & _)". Qed.
  Lemma rc_pointee_inv τ υ ν b : rc_pointee τ υ ν b -∗ lend_inv p N υ ν (b, []).
  Proof. iIntros "(_ & $ & _)". Qed.
  Lemma rc_pointee_intro τ ν b :
    lend_inv p N τ ν (b, []) -∗ lty_shr τ ν (b +ₗ 2) -∗ rc_pointee τ τ ν b.
  Proof. iIntros "#H #H'". iFrame "H H'". iNext. iApply lty_eqv_refl. Qed.
  Lemma rc_pointee_shr τ υ ν κ b :
    κ ⊑ ν -∗ rc_pointee τ υ ν b -∗ ▷ lty_shr τ κ (b +ₗ 2).
  Proof.
    iIntros "#Hincl (#Heqv & _ & #Hshr)". iNext. iApply (lty_shr_mono with "[$Hincl]").
    iApply (lty_eqv_shr with "Heqv Hshr").
  Qed.

  Typeclasses Opaque rc_pointee.

  Definition rc_at_lty τ b : iProp Σ :=
    ∃ υ γ ν r, rc_pointee τ υ ν b ∗ rc_own (rc_lend_so p N υ) γ ν b [] r 1 0.
  (** A handle that is lent: its part of the token is lent for [κ], the rest is shared in
  the thread. *)
  Definition rc_at_shr τ κ b : iProp Σ :=
    ∃ υ γ ν s, rc_pointee τ υ ν b ∗ κ ⊑ ν ∗
      &na{κ, p, N .@ "shr"} (∃ r, rc_lent (rc_lend_so p N υ) γ ν b [] r s).

  Lemma rc_at_share τ E κ l q :
    ↑lftN ⊆ E →
    £ 6 -∗ &{κ} (l ↦∗: ptr_own (rc_at_lty τ)) -∗ q.[κ] ={E}=∗
    (∃ b, &frac{κ} (λ q, l ↦{q} #b) ∗ rc_at_shr τ κ b) ∗ q.[κ].
  Proof.
    iIntros (HE) "(H£1 & H£2 & H£3 & H£4 & H£5 & H£6) Hbor Hq". rewrite ptr_cells.
    iMod (bor_acc_cons with "Hbor Hq") as "[H Hclose]"; [done|].
    iMod (lc_fupd_elim_later with "H£1 H") as (b) "(Hl & %υ & %γ & %ν & %r & #Hp & Hrc)".
    rewrite rc_own_lend. iDestruct "Hrc" as (s) "[[Hν _] Hlent]".
    iMod ("Hclose" $! (l ↦ #b ∗ s.[ν] ∗ ∃ r, rc_lent (rc_lend_so p N υ) γ ν b [] r s)%I
      with "H£2 [] [Hl Hν Hlent]") as "[Hbor $]".
    { iIntros "!> (Hl & Hν & Hlent) !> !>". iDestruct "Hlent" as (r') "Hlent".
      iExists b. iFrame "Hl". iExists υ, γ, ν, r'. iFrame "Hp". rewrite rc_own_lend.
      iExists s. iFrame "Hν Hlent". iApply (rc_pointee_inv with "Hp"). }
    { iNext. iFrame "Hl Hν". by iExists r. }
    iMod (bor_sep with "H£3 Hbor") as "[Hl Hbor]"; [done|].
    iMod (bor_sep with "H£4 Hbor") as "[Hν Hlent]"; [done|].
    iMod (bor_fracture _ _ (λ q, l ↦{q} #b)%I with "H£5 Hl") as "Hl"; [done|].
    iMod (bor_fracture _ _ (λ q, (q * s).[ν])%I with "H£6 [Hν]") as "Hν"; [done| |].
    { by rewrite Qp.mul_1_l. }
    iMod (bor_na with "Hlent") as "Hlent"; [done|]. iModIntro. iExists b. iFrame "Hl".
    iExists υ, γ, ν, s. iFrame "Hp Hlent". by iApply frac_bor_lft_incl_part.
  Qed.

  (** A reference to the content, from the bits of a handle that is shared for [κ]. *)
  Lemma rc_at_shr_deref τ κ b : rc_at_shr τ κ b -∗ ▷ lty_shr τ κ (b +ₗ 2).
  Proof.
    iIntros "(%υ & %γ & %ν & %s & Hp & Hν & _)". iApply (rc_pointee_shr with "Hν Hp").
  Qed.
  Global Instance rc_at_shr_persistent τ κ b : Persistent (rc_at_shr τ κ b) := _.

  Program Definition rc_lty τ : lty Σ := {|
    lty_size := 1;
    lty_cost := 6;
    lty_own := ptr_own (rc_at_lty τ);
    lty_shr κ l := (∃ b, &frac{κ} (λ q, l ↦{q} #b) ∗ rc_at_shr τ κ b)%I;
  |}.
  Next Obligation. by iIntros (τ vl) "(%b & -> & _)". Qed.
  Next Obligation.
    iIntros (τ E κ l q HE) "(H£ & Hbor & Hq)". by iApply (rc_at_share with "H£ Hbor Hq").
  Qed.
  Next Obligation.
    iIntros (τ κ κ' l) "[#Hincl (%b & Hl & %υ & %γ & %ν & %s & Hp & Hν & Hlent)]".
    iExists b. iSplitL "Hl"; [by iApply (frac_bor_shorten with "Hincl Hl")|].
    iExists υ, γ, ν, s. iFrame "Hp". iSplitL "Hν"; [by iApply (lft_incl_trans with "Hincl Hν")|].
    by iApply (na_bor_shorten with "Hincl Hlent").
  Qed.
  Global Instance rc_lty_contractive : Contractive (rc_lty : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ.
    assert (∀ υ ν b, rc_pointee τ υ ν b ≡{n}≡ rc_pointee τ' υ ν b) as Hp.
    { intros υ ν b. by apply rc_pointee_contractive. }
    split_and!; [done|done| |].
    - intros vl. rewrite /= /ptr_own /rc_at_lty.
      repeat (apply Hp || f_equiv || intros ?).
    - intros κ l. rewrite /= /rc_at_shr. repeat (apply Hp || f_equiv || intros ?).
  Qed.

  (** ** Programs with a handle in hand *)

  (** A value moves into a new block, and is lent at once. *)
  Lemma rc_lty_new_spec τ F (src : loc) wl q m :
    ↑N ⊆ F →
    {{{ £ (1 `max` lty_cost τ) ∗ heap_lease q m ∗ na_own p F ∗ src ↦∗ wl ∗ lty_own τ wl }}}
      rc_new (lty_size τ) [ #src ]
    {{{ b, RET #b; lty_own (rc_lty τ) [ #b] ∗ na_own p F ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (HF Φ) "(H£ & Hlease & Hna & Hsrc & Hwl) HΦ". iApply wp_fupd.
    wp_apply (rc_new_spec (rc_lend_so p N τ) src wl [] q m with "[$Hlease $Hsrc $Hwl]"); [done|].
    iIntros (b γ ν) "(_ & Hrc & Hsrc)".
    iDestruct (rc_own_acc with "Hrc") as (s) "[[Hν #Hinv] Hback]".
    iMod (lend_begin with "H£ Hinv Hν Hna") as "(#Hshr & Hν & Hna)".
    { rewrite /rc_contentN. solve_ndisj. }
    iDestruct ("Hback" with "[$Hν $Hinv]") as "Hrc".
    iModIntro. iApply "HΦ". iFrame "Hna Hsrc". iExists b. iSplit; [done|].
    iExists τ, γ, ν, 1%Qp. iFrame "Hrc". iApply (rc_pointee_intro with "Hinv Hshr").
  Qed.
  Lemma rc_own_apart υ γ ν b r k j :
    rc_own (rc_lend_so p N υ) γ ν b [] r (k + 1) j -∗
    rc_own (rc_lend_so p N υ) γ ν b [] (r / 2) k j ∗ rc_own (rc_lend_so p N υ) γ ν b [] (r / 2) 1 0.
  Proof.
    iIntros "H". rewrite -(rc_own_split (rc_lend_so p N υ)). by rewrite Qp.div_2 Nat.add_0_r.
  Qed.
  Lemma rc_lty_clone_spec τ F b :
    ↑N ⊆ F →
    {{{ na_own p F ∗ lty_own (rc_lty τ) [ #b] }}}
      rc_clone [ #b ]
    {{{ RET #b; na_own p F ∗ lty_own (rc_lty τ) [ #b] ∗ lty_own (rc_lty τ) [ #b] }}}.
  Proof.
    iIntros (HF Φ) "[Hna (%b' & %Heq & %υ & %γ & %ν & %r & #Hp & Hrc)] HΦ".
    assert (b' = b) as -> by by simplify_eq.
    wp_apply (rc_clone_spec (rc_lend_so p N υ) F with "[$Hna $Hrc]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "[Hna Hrc]". iDestruct (rc_own_apart with "Hrc") as "[H1 H2]".
    iApply "HΦ". iFrame "Hna".
    iSplitL "H1"; iExists b; (iSplit; [done|]); iExists υ, γ, ν, (r / 2)%Qp; by iFrame.
  Qed.
  (** The handle goes, and the content with it if it was the last. *)
  Lemma rc_lty_drop_spec τ F glue D b :
    ↑N ⊆ F →
    {{{ £ 1 ∗ ty_drop_spec (na_own p F) (lty_ty τ) glue D ∗ na_own p F ∗
        lty_own (rc_lty τ) [ #b] }}}
      rc_drop (lty_size τ) glue [ #b ]
    {{{ RET #☠; na_own p F }}}.
  Proof.
    iIntros (HF Φ) "(H£ & #Hglue & Hna & %b' & %Heq & %υ & %γ & %ν & %r & #Hp & Hrc) HΦ".
    assert (b' = b) as -> by by simplify_eq. iDestruct (rc_pointee_eqv with "Hp") as "Heqv".
    iMod (lc_fupd_elim_later with "H£ Heqv") as "#Heqv'".
    iDestruct (lty_eqv_size with "Heqv'") as %Hs.
    iDestruct (lty_eqv_drop with "Heqv' Hglue") as "#Hglue'".
    pose proof (rc_drop_spec (rc_lend_so p N υ) F glue D γ ν b [] r 1 0 HF) as Hdrop.
    rewrite /= Hs in Hdrop. wp_apply (Hdrop with "[$Hglue' $Hna $Hrc]").
    iIntros "[Hna _]". by iApply "HΦ".
  Qed.

  (** ** Programs with a reference to a handle *)
  Lemma rc_shr_acc τ E κ l q :
    ↑lftN ⊆ E →
    lty_shr (rc_lty τ) κ l -∗ q.[κ] ={E}=∗
    ∃ b q', l ↦{q'} #b ∗ ▷ lty_shr τ κ (b +ₗ 2) ∗ (l ↦{q'} #b ={E}=∗ q.[κ]).
  Proof.
    iIntros (HE) "(%b & #Hl & %υ & %γ & %ν & %s & #Hp & #Hν & _) Hq".
    iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
    iModIntro. iExists b, q'. iFrame "Hb".
    iSplitR; [by iApply (rc_pointee_shr with "Hν Hp")|]. iIntros "Hb". by iApply "Hclose".
  Qed.
  (** [&'κ Rc<T>] gives [&'κ T]. *)
  Lemma rc_shr_deref_spec τ κ l q :
    {{{ lty_shr (rc_lty τ) κ l ∗ q.[κ] }}}
      rc_deref [ (!#l) ]
    {{{ b, RET #(b +ₗ 2); lty_shr τ κ (b +ₗ 2) ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[Hl Hq] HΦ".
    iMod (rc_shr_acc with "Hl Hq") as (b q') "(Hb & Hshr & Hclose)"; [done|].
    wp_read. iMod ("Hclose" with "Hb") as "Hq".
    wp_apply (rc_deref_spec with "[//]"). iIntros "_". iApply "HΦ". by iFrame.
  Qed.
  (** It can be cloned: the copy of the pointer is turned into a handle by the count. *)
  Lemma rc_shr_clone_acc τ F κ l q :
    ↑N ⊆ F →
    lty_shr (rc_lty τ) κ l -∗ q.[κ] -∗ na_own p F ={⊤}=∗
    ∃ b q', l ↦{q'} #b ∗ (l ↦{q'} #b ={⊤}=∗ (q / 2).[κ]) ∗
      ▷ ∀ Φ, (lty_own (rc_lty τ) [ #b] -∗ (q / 2).[κ] -∗ na_own p F -∗ Φ #b) -∗
        WP rc_clone [ #b ] {{ Φ }}.
  Proof.
    iIntros (HF) "(%b & #Hl & %υ & %γ & %ν & %s & #Hp & #Hν & #Hlent) Hq Hna".
    iDestruct (lft_tok_halves with "Hq") as "[Hq Hq']".
    iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
    iMod (na_bor_acc with "Hlent Hq' Hna") as "(H & Hna & Hclose')"; [done|done|solve_ndisj|].
    iModIntro. iExists b, q'. iFrame "Hb". iSplitL "Hclose".
    { iIntros "Hb". by iApply "Hclose". }
    iNext. iDestruct "H" as (r) "H". iIntros (Φ) "HΦ". iApply wp_fupd.
    wp_apply (rc_clone_lent_spec (rc_lend_so p N υ) with "[$Hna $H]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "(Hna & Hlent' & Hrc)".
    iMod ("Hclose'" with "[Hlent'] Hna") as "[Hq Hna]"; [by iExists (r / 2)%Qp|].
    iModIntro. iApply ("HΦ" with "[Hrc] Hq Hna"). iExists b. iSplit; [done|].
    iExists υ, γ, ν, (r / 2)%Qp. by iFrame.
  Qed.
  Lemma rc_shr_clone_spec τ F κ l q :
    ↑N ⊆ F →
    {{{ lty_shr (rc_lty τ) κ l ∗ q.[κ] ∗ na_own p F }}}
      rc_clone [ (!#l) ]
    {{{ b, RET #b; lty_own (rc_lty τ) [ #b] ∗ q.[κ] ∗ na_own p F }}}.
  Proof.
    iIntros (HF Φ) "(Hl & Hq & Hna) HΦ".
    iMod (rc_shr_clone_acc with "Hl Hq Hna") as (b q') "(Hb & Hclose & Hclone)"; [done|].
    wp_read. iMod ("Hclose" with "Hb") as "Hq". iApply "Hclone".
    iIntros "Hrc Hq' Hna". iApply "HΦ". iFrame "Hrc Hna".
    iApply lft_tok_halves. iFrame.
  Qed.
End rc_lty.
Global Typeclasses Opaque rc_pointee.

(** ** [Weak<T>] *)
Section weak_lty.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, HrcG : !rcG Σ lft}.
  Context (p : na_inv_pool_name) (N : namespace).
  Implicit Types (τ υ : lty Σ) (ν κ : lft) (l b : loc) (q r s : Qp) (γ : rc_name).
  Implicit Types (E F : coPset).

  (** A weak handle knows how the content is shared, or was. *)
  Definition weak_at_lty τ b : iProp Σ :=
    ∃ υ γ ν r, rc_pointee p N τ υ ν b ∗ rc_content_known (rc_lend_so p N υ) γ ν [] ∗
      weak_own (rc_lend_so p N υ) γ b r 1.
  Definition weak_at_shr τ κ b : iProp Σ :=
    ∃ υ γ ν, rc_pointee p N τ υ ν b ∗ rc_content_known (rc_lend_so p N υ) γ ν [] ∗
      &na{κ, p, N .@ "shr"} (∃ r, weak_own (rc_lend_so p N υ) γ b r 1).

  Lemma weak_at_share τ E κ l q :
    ↑lftN ⊆ E →
    £ 4 -∗ &{κ} (l ↦∗: ptr_own (weak_at_lty τ)) -∗ q.[κ] ={E}=∗
    (∃ b, &frac{κ} (λ q, l ↦{q} #b) ∗ weak_at_shr τ κ b) ∗ q.[κ].
  Proof.
    iIntros (HE) "(H£1 & H£2 & H£3 & H£4) Hbor Hq". rewrite ptr_cells.
    iMod (bor_acc_cons with "Hbor Hq") as "[H Hclose]"; [done|].
    iMod (lc_fupd_elim_later with "H£1 H")
      as (b) "(Hl & %υ & %γ & %ν & %r & #Hp & #Hknown & Hweak)".
    iMod ("Hclose" $! (l ↦ #b ∗ ∃ r, weak_own (rc_lend_so p N υ) γ b r 1)%I with "H£2 [] [Hl Hweak]")
      as "[Hbor $]".
    { iIntros "!> [Hl Hweak] !> !>". iDestruct "Hweak" as (r') "Hweak".
      iExists b. iFrame "Hl". iExists υ, γ, ν, r'. by iFrame "Hp Hknown Hweak". }
    { iNext. iFrame "Hl". by iExists r. }
    iMod (bor_sep with "H£3 Hbor") as "[Hl Hbor]"; [done|].
    iMod (bor_fracture _ _ (λ q, l ↦{q} #b)%I with "H£4 Hl") as "Hl"; [done|].
    iMod (bor_na with "Hbor") as "Hweak"; [done|]. iModIntro. iExists b. iFrame "Hl".
    iExists υ, γ, ν. by iFrame "Hp Hknown Hweak".
  Qed.

  (** One that has a block; [Weak::new] makes one that has none. *)
  Program Definition weak_block_lty τ : lty Σ := {|
    lty_size := 1;
    lty_cost := 4;
    lty_own := ptr_own (weak_at_lty τ);
    lty_shr κ l := (∃ b, &frac{κ} (λ q, l ↦{q} #b) ∗ weak_at_shr τ κ b)%I;
  |}.
  Next Obligation. by iIntros (τ vl) "(%b & -> & _)". Qed.
  Next Obligation.
    iIntros (τ E κ l q HE) "(H£ & Hbor & Hq)". by iApply (weak_at_share with "H£ Hbor Hq").
  Qed.
  Next Obligation.
    iIntros (τ κ κ' l) "[#Hincl (%b & Hl & %υ & %γ & %ν & Hp & Hknown & Hweak)]".
    iExists b. iSplitL "Hl"; [by iApply (frac_bor_shorten with "Hincl Hl")|].
    iExists υ, γ, ν. iFrame "Hp Hknown". by iApply (na_bor_shorten with "Hincl Hweak").
  Qed.
  Global Instance weak_block_lty_contractive :
    Contractive (weak_block_lty : ltyO Σ → ltyO Σ).
  Proof.
    intros n τ τ' Hτ.
    assert (∀ υ ν b, rc_pointee p N τ υ ν b ≡{n}≡ rc_pointee p N τ' υ ν b) as Hp.
    { intros υ ν b. by apply rc_pointee_contractive. }
    split_and!; [done|done| |].
    - intros vl. rewrite /= /ptr_own /weak_at_lty.
      repeat (apply Hp || f_equiv || intros ?).
    - intros κ l. rewrite /= /weak_at_shr. repeat (apply Hp || f_equiv || intros ?).
  Qed.
  Definition weak_lty τ : lty Σ := option_lty (weak_block_lty τ).
  Global Instance weak_lty_contractive : Contractive (weak_lty : ltyO Σ → ltyO Σ).
  Proof. intros n τ τ' Hτ. apply option_lty_ne. by apply weak_block_lty_contractive. Qed.

  (** [Rc::downgrade]. *)
  Lemma rc_lty_downgrade_spec τ F b :
    ↑N ⊆ F →
    {{{ na_own p F ∗ lty_own (rc_lty p N τ) [ #b] }}}
      rc_downgrade [ #b ]
    {{{ RET #b; na_own p F ∗ lty_own (rc_lty p N τ) [ #b] ∗ lty_own (weak_lty τ) [ #b] }}}.
  Proof.
    iIntros (HF Φ) "[Hna (%b' & %Heq & %υ & %γ & %ν & %r & #Hp & Hrc)] HΦ".
    assert (b' = b) as -> by by simplify_eq.
    wp_apply (rc_downgrade_spec (rc_lend_so p N υ) F with "[$Hna $Hrc]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "[Hna Hrc]". iDestruct (rc_own_known with "Hrc") as "#Hknown".
    iAssert (rc_own (rc_lend_so p N υ) γ ν b [] (r / 2) 1 0 ∗ weak_own (rc_lend_so p N υ) γ b (r / 2) 1)%I
      with "[Hrc]" as "[Hrc Hweak]".
    { rewrite -(rc_own_split_weak (rc_lend_so p N υ)). by rewrite Qp.div_2. }
    iApply "HΦ". iFrame "Hna". iSplitL "Hrc".
    - iExists b. iSplit; [done|]. iExists υ, γ, ν, (r / 2)%Qp. by iFrame.
    - iRight. iExists b. iSplit; [done|]. iExists υ, γ, ν, (r / 2)%Qp. by iFrame "Hp Hknown Hweak".
  Qed.
  (** The upgrade of a weak handle that is in hand. *)
  Lemma weak_block_upgrade_spec τ υ F γ ν b r :
    ↑N ⊆ F →
    {{{ na_own p F ∗ rc_pointee p N τ υ ν b ∗ rc_content_known (rc_lend_so p N υ) γ ν [] ∗
        weak_own (rc_lend_so p N υ) γ b r 1 }}}
      weak_upgrade [ #b ]
    {{{ v, RET v; na_own p F ∗ lty_own (option_lty (rc_lty p N τ)) [v] ∗
        ∃ r, weak_own (rc_lend_so p N υ) γ b r 1 }}}.
  Proof.
    iIntros (HF Φ) "(Hna & #Hp & #Hknown & Hweak) HΦ".
    wp_apply (weak_upgrade_known_spec (rc_lend_so p N υ) F γ ν [] b r 0 1 with "[$Hna $Hknown $Hweak]").
    { rewrite /rc_countN. solve_ndisj. }
    { lia. }
    iIntros (v) "[Hna [(-> & _ & Hweak)|([-> _] & Hrc & Hweak)]]"; iApply "HΦ"; iFrame "Hna".
    - iSplitR; [by iLeft|]. by iExists r.
    - iSplitL "Hrc"; [|by iExists (r / 2)%Qp]. iRight. iExists b. iSplit; [done|].
      iExists υ, γ, ν, (r / 2)%Qp. by iFrame "Hp Hrc".
  Qed.
  (** [Weak::upgrade] of a handle … *)
  Lemma weak_lty_upgrade_spec τ F v :
    ↑N ⊆ F →
    {{{ na_own p F ∗ lty_own (weak_lty τ) [v] }}}
      weak_upgrade [v]
    {{{ w, RET w; na_own p F ∗ lty_own (option_lty (rc_lty p N τ)) [w] ∗
        lty_own (weak_lty τ) [v] }}}.
  Proof.
    iIntros (HF Φ) "[Hna [[%Heq _]|(%b & %Heq & %υ & %γ & %ν & %r & #Hp & #Hknown & Hweak)]] HΦ".
    - assert (v = #0) as -> by by simplify_eq.
      wp_apply weak_upgrade_dangling_spec; [done|]. iIntros "_". iApply "HΦ". iFrame "Hna".
      iSplitR; by iLeft.
    - assert (v = #b) as -> by by simplify_eq.
      wp_apply (weak_block_upgrade_spec with "[$Hna $Hp $Hknown $Hweak]"); [done|].
      iIntros (w) "(Hna & Hw & %r' & Hweak)". iApply "HΦ". iFrame "Hna Hw". iRight.
      iExists b. iSplit; [done|]. iExists υ, γ, ν, r'. by iFrame "Hp Hknown Hweak".
  Qed.
  (** … and through a reference to one. *)
  Lemma weak_shr_upgrade_spec τ F κ l q :
    ↑N ⊆ F →
    {{{ lty_shr (weak_lty τ) κ l ∗ q.[κ] ∗ na_own p F }}}
      weak_upgrade [ (!#l) ]
    {{{ w, RET w; lty_own (option_lty (rc_lty p N τ)) [w] ∗ q.[κ] ∗ na_own p F }}}.
  Proof.
    iIntros (HF Φ) "([#Hl|(%b & #Hl & %υ & %γ & %ν & #Hp & #Hknown & #Hweak)] & Hq & Hna) HΦ".
    - iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
      wp_read. iMod ("Hclose" with "Hb") as "Hq".
      wp_apply weak_upgrade_dangling_spec; [done|]. iIntros "_". iApply "HΦ".
      iFrame "Hna Hq". by iLeft.
    - iDestruct (lft_tok_halves with "Hq") as "[Hq Hq']".
      iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hb Hclose]"; [done|].
      iMod (na_bor_acc with "Hweak Hq' Hna") as "(H & Hna & Hclose')"; [done|done|solve_ndisj|].
      wp_read. iMod ("Hclose" with "Hb") as "Hq". iDestruct "H" as (r) "H".
      iApply wp_fupd.
      wp_apply (weak_upgrade_known_spec (rc_lend_so p N υ) _ γ ν [] b r 0 1 with "[$Hna $Hknown $H]").
      { rewrite /rc_countN. solve_ndisj. }
      { lia. }
      iIntros (w) "[Hna H]".
      iAssert (lty_own (option_lty (rc_lty p N τ)) [w] ∗ ∃ r, weak_own (rc_lend_so p N υ) γ b r 1)%I
        with "[H]" as "[Hw Hweak']".
      { iDestruct "H" as "[(-> & _ & Hweak')|([-> _] & Hrc & Hweak')]".
        - iSplitR; [by iLeft|]. by iExists r.
        - iSplitL "Hrc"; [|by iExists (r / 2)%Qp]. iRight. iExists b. iSplit; [done|].
          iExists υ, γ, ν, (r / 2)%Qp. by iFrame "Hp Hrc". }
      iMod ("Hclose'" with "[$Hweak'] Hna") as "[Hq' Hna]".
      iModIntro. iApply "HΦ". iFrame "Hw Hna". iApply lft_tok_halves. iFrame.
  Qed.
  (** The handle goes. *)
  Lemma weak_lty_drop_spec τ F v :
    ↑N ⊆ F →
    {{{ £ 1 ∗ na_own p F ∗ lty_own (weak_lty τ) [v] }}}
      weak_drop (lty_size τ) [v]
    {{{ RET #☠; na_own p F }}}.
  Proof.
    iIntros (HF Φ) "(H£ & Hna & [[%Heq _]|(%b & %Heq & %υ & %γ & %ν & %r & #Hp & _ & Hweak)]) HΦ".
    - assert (v = #0) as -> by by simplify_eq.
      wp_apply weak_drop_dangling_spec; [done|]. iIntros "_". by iApply "HΦ".
    - assert (v = #b) as -> by by simplify_eq. iDestruct (rc_pointee_eqv with "Hp") as "Heqv".
      iMod (lc_fupd_elim_later with "H£ Heqv") as "#Heqv'".
      iDestruct (lty_eqv_size with "Heqv'") as %Hs.
      pose proof (weak_drop_spec (rc_lend_so p N υ) F γ b r 0) as Hdrop.
      rewrite /= Hs in Hdrop. wp_apply (Hdrop with "[$Hna $Hweak]").
      { rewrite /rc_countN. solve_ndisj. }
      iIntros "[Hna _]". by iApply "HΦ".
  Qed.
End weak_lty.
