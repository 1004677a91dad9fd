(** * [rc τ], [weak τ], [unique_rc τ]

The sealed export of the statements in [rc_sig.v], and what follows from them alone:

- [rc_ty SO], [weak_ty SO] and [unique_rc_ty SO], the semantic types, with their
  destructors ([rc_ty_drop_spec] and its like). They are types like any other, so
  that [rc (rc τ)] is one;
- [rc_at SO γ i l a r] and [weak_at SO γ l r], the types of one handle each, whose name
  and share are known. Their destructors leave a receipt: these are the types for
  handles in contents, where it is to be proved that no memory is leaked;
- [rc_ty_new] and [rc_ty_clone], the triples of the note on [Rc] in its own words, but
  for the thread token;
- [rc_deref_acc], reading a fixed content through a handle, and [rc_content_acc], full
  access to the content through any one handle, where it is in a non-atomic invariant;
  [rc_unique_acc], the content of the only handle, to be changed and given back.

Source: the note on [Rc]; RustBelt's [rc] (Jung, Jourdan, Krebbers, Dreyer, POPL
2018), which shows that such programs are safe, where this says what they do. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import shared_own.
From tally.types Require Import type.
From tally.rc Require Export rc_sig.
From tally.rc.proof Require handle specs_strong specs_weak specs_weak_known specs_raw
  specs_weak_raw specs_unique specs_unique_rc.
From tally.prelude Require Import options.

Module Export rc : rc_sig.
  Definition is_rc := @handle.is_rc.
  Definition rc_ref := @handle.rc_ref.
  Definition is_last := @handle.is_last.
  Definition is_unique_rc := @handle.is_unique_rc.
  Definition is_weak := @handle.is_weak.
  Definition rc_receipt := @handle.rc_receipt.
  Definition rc_raw := @specs_raw.rc_raw.
  Definition weak_raw := @specs_weak_raw.weak_raw.
  Definition rc_block_open := @specs_unique.rc_block_open.
  Definition rc_clone_to_spec := @specs_unique.rc_clone_to_spec.

  Definition is_rc_ref := @handle.is_rc_ref.
  Definition is_rc_split := @handle.is_rc_split.
  Definition is_rc_split_weak := @handle.is_rc_split_weak.
  Definition is_rc_valid := @handle.is_rc_valid.
  Definition is_rc_exclusive := @handle.is_rc_exclusive.
  Definition is_rc_weak_exclusive := @handle.is_rc_weak_exclusive.
  Definition is_rc_agree := @specs_weak_known.is_rc_agree.
  Definition is_rc_acc := @handle.is_rc_acc.
  Definition is_rc_wrap := @handle.is_rc_wrap.
  Definition is_rc_unwrap := @handle.is_rc_unwrap.
  Definition rc_ref_split := @handle.rc_ref_split.
  Definition rc_ref_valid := @handle.rc_ref_valid.
  Definition rc_ref_exclusive := @handle.rc_ref_exclusive.
  Definition is_weak_split := @handle.is_weak_split.
  Definition is_last_split := @handle.is_last_split.
  Definition is_last_valid := @handle.is_last_valid.
  Definition is_last_exclusive := @handle.is_last_exclusive.
  Definition rc_receipt_join := @handle.rc_receipt_join.
  Definition rc_receipt_weak := @handle.rc_receipt_weak.
  Definition rc_receipt_whole := @handle.rc_receipt_whole.
  Definition rc_receipt_live := @handle.rc_receipt_live.
  Definition rc_settle := @handle.rc_settle.
  Definition is_unique_rc_acc := @specs_unique_rc.is_unique_rc_acc.
  Definition rc_raw_exclusive := @specs_raw.rc_raw_exclusive.
  Definition rc_raw_valid_2 := @specs_raw.rc_raw_valid_2.
  Definition weak_raw_exclusive := @specs_weak_raw.weak_raw_exclusive.
  Definition weak_raw_valid_2 := @specs_weak_raw.weak_raw_valid_2.

  Definition rc_new_spec := @specs_strong.rc_new_spec.
  Definition rc_clone_spec := @specs_strong.rc_clone_spec.
  Definition rc_drop_spec := @specs_strong.rc_drop_spec.
  Definition rc_drop_keep_spec := @specs_strong.rc_drop_keep_spec.
  Definition rc_drop_last_spec := @specs_strong.rc_drop_last_spec.
  Definition rc_strong_count_spec := @specs_strong.rc_strong_count_spec.
  Definition rc_weak_count_spec := @specs_strong.rc_weak_count_spec.
  Definition rc_deref_spec := @specs_raw.rc_deref_spec.
  Definition rc_ptr_eq_spec := @specs_raw.rc_ptr_eq_spec.

  Definition rc_into_raw_spec := @specs_raw.rc_into_raw_spec.
  Definition rc_from_raw_spec := @specs_raw.rc_from_raw_spec.
  Definition rc_increment_strong_count_spec := @specs_raw.rc_increment_strong_count_spec.
  Definition rc_decrement_strong_count_spec := @specs_raw.rc_decrement_strong_count_spec.

  Definition rc_downgrade_spec := @specs_weak.rc_downgrade_spec.
  Definition weak_new_spec := @specs_weak.weak_new_spec.
  Definition weak_clone_spec := @specs_weak.weak_clone_spec.
  Definition weak_drop_spec := @specs_weak.weak_drop_spec.
  Definition weak_drop_ref_spec := @specs_weak.weak_drop_ref_spec.
  Definition weak_drop_last_spec := @specs_weak.weak_drop_last_spec.
  Definition weak_upgrade_spec := @specs_weak.weak_upgrade_spec.
  Definition weak_upgrade_last_spec := @specs_weak.weak_upgrade_last_spec.
  Definition weak_upgrade_ref_spec := @specs_weak.weak_upgrade_ref_spec.
  Definition weak_upgrade_rc_spec := @specs_weak.weak_upgrade_rc_spec.
  Definition weak_strong_count_spec := @specs_weak.weak_strong_count_spec.
  Definition weak_weak_count_spec := @specs_weak.weak_weak_count_spec.
  Definition weak_strong_count_rc_spec := @specs_weak_known.weak_strong_count_rc_spec.
  Definition weak_weak_count_rc_spec := @specs_weak_known.weak_weak_count_rc_spec.
  Definition weak_strong_count_last_spec := @specs_weak_known.weak_strong_count_last_spec.
  Definition weak_weak_count_last_spec := @specs_weak_known.weak_weak_count_last_spec.
  Definition weak_upgrade_unique_spec := @specs_weak_known.weak_upgrade_unique_spec.
  Definition weak_clone_dangling_spec := @specs_weak_known.weak_clone_dangling_spec.
  Definition weak_drop_dangling_spec := @specs_weak_known.weak_drop_dangling_spec.
  Definition weak_upgrade_dangling_spec := @specs_weak_known.weak_upgrade_dangling_spec.
  Definition weak_strong_count_dangling_spec :=
    @specs_weak_known.weak_strong_count_dangling_spec.
  Definition weak_weak_count_dangling_spec := @specs_weak_known.weak_weak_count_dangling_spec.

  Definition weak_ptr_eq_spec := @specs_weak_raw.weak_ptr_eq_spec.
  Definition weak_ptr_eq_dangling_spec := @specs_weak_raw.weak_ptr_eq_dangling_spec.
  Definition weak_ptr_eq_one_dangling_spec := @specs_weak_raw.weak_ptr_eq_one_dangling_spec.
  Definition weak_as_ptr_spec := @specs_weak_raw.weak_as_ptr_spec.
  Definition weak_as_ptr_dangling_spec := @specs_weak_raw.weak_as_ptr_dangling_spec.
  Definition weak_into_raw_spec := @specs_weak_raw.weak_into_raw_spec.
  Definition weak_from_raw_spec := @specs_weak_raw.weak_from_raw_spec.
  Definition weak_into_raw_dangling_spec := @specs_weak_raw.weak_into_raw_dangling_spec.
  Definition weak_from_raw_dangling_spec := @specs_weak_raw.weak_from_raw_dangling_spec.

  Definition rc_is_unique_spec := @specs_strong.rc_is_unique_spec.
  Definition rc_get_mut_spec := @specs_unique.rc_get_mut_spec.
  Definition rc_try_unwrap_spec := @specs_unique.rc_try_unwrap_spec.
  Definition rc_into_inner_spec := @specs_unique.rc_into_inner_spec.
  Definition rc_unwrap_or_clone_spec := @specs_unique.rc_unwrap_or_clone_spec.
  Definition rc_make_mut_spec := @specs_unique_rc.rc_make_mut_spec.

  Definition unique_rc_new_spec := @specs_unique_rc.unique_rc_new_spec.
  Definition unique_rc_deref_spec := @specs_unique_rc.unique_rc_deref_spec.
  Definition unique_rc_downgrade_spec := @specs_unique_rc.unique_rc_downgrade_spec.
  Definition unique_rc_into_rc_spec := @specs_unique_rc.unique_rc_into_rc_spec.
  Definition unique_rc_drop_spec := @specs_unique_rc.unique_rc_drop_spec.
  Definition rc_try_into_unique_spec := @specs_unique_rc.rc_try_into_unique_spec.
  Definition rc_new_cyclic_spec := @specs_unique_rc.rc_new_cyclic_spec.
End rc.
Global Arguments is_rc {_ _ _ _ _ _ _} SO {_} γ i l a r k j.
Global Arguments rc_ref {_ _ _ _ _ _ _} SO {_} γ l r k j.
Global Arguments is_last {_ _ _ _ _ _ _} SO {_} γ l r j.
Global Arguments is_unique_rc {_ _ _ _ _ _ _} SO {_} γ l wl r j.
Global Arguments is_weak {_ _ _ _ _ _ _} SO {_} γ l r j.
Global Arguments rc_receipt {_ _ _ _ _ _ _} SO {_} γ l r j P.
Global Arguments rc_raw {_ _ _ _ _ _ _} SO {_} γ i ptr a r.
Global Arguments weak_raw {_ _ _ _ _ _ _} SO {_} γ ptr r.
Global Arguments rc_block_open {_ _ _ _ _ _ _} SO {_} l a t.
Global Arguments rc_clone_to_spec {_ _ _ _ _ _ _} SO F i l a C clone_to.

(** ** The types *)
Section type.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.

  Program Definition rc_ty : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ (l : loc) γ i a r, ⌜vl = [ #l]⌝ ∗ is_rc SO γ i l a r 1 0)%I;
  |}.
  Next Obligation. by iIntros (vl) "(%l & %γ & %i & %a & %r & -> & _)". Qed.
  Program Definition weak_ty : type Σ := {|
    ty_size := 1;
    ty_own vl := (⌜vl = [ #0]⌝ ∨
      ∃ (l : loc) γ r, ⌜vl = [ #l]⌝ ∗ is_weak SO γ l r 1)%I;
  |}.
  Next Obligation. by iIntros (vl) "[->|(%l & %γ & %r & -> & _)]". Qed.
  Program Definition unique_rc_ty : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ (l : loc) γ wl r, ⌜vl = [ #l]⌝ ∗ is_unique_rc SO γ l wl r 0)%I;
  |}.
  Next Obligation. by iIntros (vl) "(%l & %γ & %wl & %r & -> & _)". Qed.
  (** One handle, of which all is known. *)
  Program Definition rc_at (γ : rc_name) i (l : loc) a r : type Σ := {|
    ty_size := 1;
    ty_own vl := (⌜vl = [ #l]⌝ ∗ is_rc SO γ i l a r 1 0)%I;
  |}.
  Next Obligation. by iIntros (γ i l a r vl) "[-> _]". Qed.
  Program Definition weak_at (γ : rc_name) (l : loc) r : type Σ := {|
    ty_size := 1;
    ty_own vl := (⌜vl = [ #l]⌝ ∗ is_weak SO γ l r 1)%I;
  |}.
  Next Obligation. by iIntros (γ l r vl) "[-> _]". Qed.

  Lemma rc_ty_own vl :
    ty_own rc_ty vl ⊣⊢ ∃ (l : loc) γ i a r, ⌜vl = [ #l]⌝ ∗ is_rc SO γ i l a r 1 0.
  Proof. done. Qed.
  Lemma weak_ty_own vl :
    ty_own weak_ty vl ⊣⊢
    ⌜vl = [ #0]⌝ ∨ ∃ (l : loc) γ r, ⌜vl = [ #l]⌝ ∗ is_weak SO γ l r 1.
  Proof. done. Qed.

  (** The note's triple of [new]. *)
  Lemma rc_ty_new (src : loc) wl a q m :
    R a wl →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      rc_new (ty_size τ) [ #src ]
    {{{ v, RET v; ty_own rc_ty [v] ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (HR Φ) "H HΦ". iApply (rc_new_spec SO with "H"); [done|].
    iIntros "!>" (l γ i) "(_ & Hrc & Hsrc)". iApply "HΦ". iFrame "Hsrc".
    iExists l, γ, i, a, 1%Qp. by iFrame "Hrc".
  Qed.

  (** The note's triple of [clone], with the thread token. *)
  Lemma rc_ty_clone F v :
    ↑N ⊆ F →
    {{{ na_own p F ∗ ty_own rc_ty [v] }}}
      rc_clone [v]
    {{{ v', RET v'; na_own p F ∗ ty_own rc_ty [v] ∗ ty_own rc_ty [v'] }}}.
  Proof.
    iIntros (HF Φ) "[Hna (%l & %γ & %i & %a & %r & %Hv & Hrc)] HΦ". simplify_eq/=.
    iApply (rc_clone_spec SO F with "[$Hna $Hrc]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "!> [Hna Hrc]". iApply "HΦ". iFrame "Hna".
    iAssert (is_rc SO γ i l a (r / 2 + r / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.div_2. }
    rewrite is_rc_split. iDestruct "Hrc" as "[Hrc1 Hrc2]".
    iSplitL "Hrc1"; iExists l, γ, i, a, (r / 2)%Qp; by iFrame.
  Qed.

  Lemma rc_ty_drop_spec F glue D :
    ↑N ⊆ F →
    ty_drop_spec (na_own p F) τ glue D -∗
    ty_drop_spec (na_own p F) rc_ty (rc_drop_in_place (ty_size τ) glue) (λ _, True).
  Proof.
    iIntros (HF) "#Hglue". rewrite {2}/ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & %l & %γ & %i & %a & %r & -> & Hrc) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    iApply (rc_drop_spec SO F with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "!> [Hna _]". iApply ("HΦ" $! [ #l]%V).
    rewrite heap_pointsto_vec_singleton. iFrame "Hna Hx". done.
  Qed.
  Lemma weak_ty_drop_spec F :
    ↑N ⊆ F →
    ⊢ ty_drop_spec (na_own p F) weak_ty (weak_drop_in_place (ty_size τ)) (λ _, True).
  Proof.
    iIntros (HF). rewrite /ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & [->|(%l & %γ & %r & -> & Hweak)]) HΦ";
      rewrite heap_pointsto_vec_singleton; wp_rec; wp_read; wp_pures.
    - wp_rec. wp_pures. iModIntro. iApply ("HΦ" $! [ #0]%V).
      rewrite heap_pointsto_vec_singleton. iFrame "Hna Hx". done.
    - iApply (weak_drop_spec SO F _ _ _ 0 with "[$Hna $Hweak]").
      { rewrite /rc_countN. solve_ndisj. }
      iIntros "!> [Hna _]". iApply ("HΦ" $! [ #l]%V).
      rewrite heap_pointsto_vec_singleton. iFrame "Hna Hx". done.
  Qed.
  (** A handle that is known leaves its share, and what the content leaves if it was the
  last. *)
  Lemma rc_at_drop_spec F glue D γ i l a r :
    ↑N ⊆ F →
    ty_drop_spec (na_own p F) τ glue D -∗
    ty_drop_spec (na_own p F) (rc_at γ i l a r) (rc_drop_in_place (ty_size τ) glue)
      (λ _, rc_receipt SO γ l r 0 (∃ wl, ⌜R a wl⌝ ∗ D wl)).
  Proof.
    iIntros (HF) "#Hglue". rewrite {2}/ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & -> & Hrc) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    iApply (rc_drop_spec SO F with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "!> [Hna [(%k' & % & _)|[_ Hreceipt]]]"; [lia|]. iApply ("HΦ" $! [ #l]%V).
    rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  Lemma weak_at_drop_spec F γ l r :
    ↑N ⊆ F →
    ⊢ ty_drop_spec (na_own p F) (weak_at γ l r) (weak_drop_in_place (ty_size τ))
        (λ _, is_weak SO γ l r 0).
  Proof.
    iIntros (HF). rewrite /ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & -> & Hweak) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    iApply (weak_drop_spec SO F _ _ _ 0 with "[$Hna $Hweak]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "!> [Hna Hweak]". iApply ("HΦ" $! [ #l]%V).
    rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  (** The content is destroyed for sure, whatever weak handles there are. *)
  Lemma unique_rc_ty_drop_spec F glue D :
    ↑N ⊆ F →
    ty_drop_spec (na_own p F) τ glue D -∗
    ty_drop_spec (na_own p F) unique_rc_ty (unique_rc_drop_in_place (ty_size τ) glue)
      (λ _, ∃ wl, D wl)%I.
  Proof.
    iIntros (HF) "#Hglue". rewrite {2}/ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & %l & %γ & %wl & %r & -> & Hu) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    iApply (unique_rc_drop_spec SO F with "[$Hglue $Hna $Hu]"); [done|].
    iIntros "!> (Hna & _ & HD)". iApply ("HΦ" $! [ #l]%V).
    rewrite heap_pointsto_vec_singleton. iFrame "Hna Hx". iSplitR; [done|]. by iExists wl.
  Qed.
End type.

(** ** Access *)
Section access.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.

  (** Any handle reads a content that is fixed. *)
  Lemma rc_deref_acc (SO : shared_own (na_own p) (rc_contentN N) (rc_fixed_content τ))
      `{!rcG Σ (so_id SO)} γ i l wl r k j :
    is_rc (rc_so_fixed SO) γ i l wl r k j -∗
    ∃ q, (l +ₗ 2) ↦∗{q} wl ∗
      ((l +ₗ 2) ↦∗{q} wl -∗ is_rc (rc_so_fixed SO) γ i l wl r k j).
  Proof.
    iIntros "Hrc". iDestruct (is_rc_acc with "Hrc") as (q) "[[Hwl Hso] Hclose]".
    iExists q. iFrame "Hwl". iIntros "Hwl". iApply "Hclose". iFrame.
  Qed.

  (** Where the content is in a non-atomic invariant, any handle has all of it, cells
  included, for as long as the thread token below [rc_contentN N] is lent. *)
  Lemma rc_content_acc `{!cinvG Σ} {R : list val → list val → Prop} F
      (SO := so_na p (rc_contentN N) (rc_content R τ)) `{!rcG Σ (so_id SO)} γ i l a r k j :
    ↑rc_contentN N ⊆ F →
    is_rc SO γ i l a r k j -∗ na_own p F ={⊤}=∗
    ▷ rc_content R τ (l, a) ∗ na_own p (F ∖ ↑rc_contentN N) ∗
    (▷ rc_content R τ (l, a) -∗ na_own p (F ∖ ↑rc_contentN N) ={⊤}=∗
      is_rc SO γ i l a r k j ∗ na_own p F).
  Proof.
    iIntros (HF) "Hrc Hna". iDestruct (is_rc_acc with "Hrc") as (q) "[Hso Hback]".
    iMod (so_na_acc with "Hso Hna") as "($ & $ & Hclose)"; [done..|].
    iIntros "!> Hcontent Hna". iMod ("Hclose" with "Hcontent Hna") as "[Hso $]".
    iModIntro. iApply ("Hback" with "Hso").
  Qed.

  (** The only handle has the content to itself, as after [rc_make_mut_spec]: what
  [rc_get_mut_spec] gives, without a call, and on the same account. *)
  Lemma rc_unique_acc {R : list val → list val → Prop} (SO : rc_shared_own p N R τ)
      `{!rcG Σ (so_id SO)} F γ i l a :
    ↑N ⊆ F →
    is_rc SO γ i l a 1 1 0 -∗ na_own p F -∗ £ 3 ={⊤}=∗
    rc_block_open SO l a (rc_account γ) ∗ na_own p F.
  Proof.
    iIntros (HF) "Hrc Hna (H£ & H£' & H£'')".
    iMod (is_rc_unwrap with "Hrc Hna") as "H"; [done|].
    iMod (lc_fupd_elim_later with "H£ H") as ">(Hlease & Hl & Hw & Hso & Hna)".
    destruct (rc_account γ) as [t m].
    iMod (so_P1_end SO _ _ ⊤ F with "Hso Hna") as "H"; [done| |].
    { rewrite /rc_contentN. solve_ndisj. }
    iMod (lc_fupd_add_later with "H£' H") as "[Hc $]".
    iMod (lc_fupd_elim_later with "H£'' Hc") as (wl HR) "(Hd & Hown & H†)".
    iModIntro. iExists wl. iFrame "Hd Hown". iSplitR; [done|].
    iIntros (a' wl' HR') "Hd Hown".
    iApply (is_rc_wrap SO with "Hlease Hl Hw"). iExists wl'. by iFrame.
  Qed.

  (** One can clone while the content is open. *)
  Lemma rc_countN_open (F : coPset) (l : loc) :
    ↑N ⊆ F → ↑rc_countN N l ⊆ F ∖ ↑rc_contentN N.
  Proof. rewrite /rc_countN /rc_contentN. intros HF. solve_ndisj. Qed.
End access.
