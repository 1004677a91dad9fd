(** * The crate's own functions at the types [rc_ty], [weak_ty]

[inner.v] says what the functions of [rc/inner.rs] do to handles; here the handles are
values of the types of [rc.v]. A handle is a value like any other: it may be the content of
a block itself, and its destructor is the crate's [drop], which may unwind, as the
destructor of the content may ([ty_unwind_spec]).

Key results:

- [Share_new_ty] and [Share_clone_ty], the note's triples, of the crate's functions;
- [rc_ty_unwind_spec], [weak_ty_unwind_spec]: the crate's [drop] is a destructor of these
  types; they say what is left when it returns, and when it unwinds;
- [rc_sole_unwind_spec]: the only handle of a block gives the lease of the block back at
  both ends;
- [leased_ty]: the crate's [drop] has locals, and wants a lease for their memory. A type
  whose destructor wants one may own it.

Source: the crate's [rc/inner.rs]; the note on [Rc]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.rc Require Import inner.
From tally.prelude Require Import options.

(** A strong handle, and a weak one, as type parameters: one cell, and the crate's [drop]. *)
Definition Share_tparam (T : tparam) : tparam := TP 1 (Share_drop T) stuck_val.
Definition Hold_tparam (T : tparam) : tparam := TP 1 (Hold_drop T) stuck_val.

(** ** A value with a lease for its destructor *)
Section leased.
  Context `{!lrustGS Σ}.

  Program Definition leased_ty (τ : type Σ) (q : Qp) (m : nat) : type Σ := {|
    ty_size := ty_size τ;
    ty_own vl := (heap_lease q m ∗ ty_own τ vl)%I;
  |}.
  Next Obligation. iIntros (τ q m vl) "[_ H]". by iApply ty_size_eq. Qed.

  (** What is left may be weakened. *)
  Lemma ty_unwind_spec_mono G τ glue D D' U U' :
    (∀ vl, (D vl ⊢ D' vl) ∧ (U vl ⊢ U' vl)) →
    ty_unwind_spec G τ glue D U -∗ ty_unwind_spec G τ glue D' U'.
  Proof.
    iIntros (Hmono) "#Hglue". rewrite {2}/ty_unwind_spec. iIntros (h vl) "!> %Φ H HΦ".
    iApply ("Hglue" with "H"). iIntros "!>" (e vl') "(HG & Hh & Hlen & He)". iApply "HΦ".
    iFrame "HG Hh Hlen". destruct (Hmono vl) as [HD HU]. iApply (ends_mono with "[] He").
    iSplit; [iIntros (_)|]; [iApply HD|iApply HU].
  Qed.

  Lemma leased_unwind_spec G τ q m glue D U :
    ty_unwind_spec (heap_lease q m ∗ G) τ glue D U -∗
    ty_unwind_spec G (leased_ty τ q m) glue
      (λ vl, heap_lease q m ∗ D vl)%I (λ vl, heap_lease q m ∗ U vl)%I.
  Proof.
    iIntros "#Hglue". rewrite {2}/ty_unwind_spec.
    iIntros (h vl) "!> %Φ (HG & Hh & Hlease & Hvl) HΦ".
    iApply ("Hglue" with "[$HG $Hh $Hlease $Hvl]").
    iIntros "!>" (e vl') "([Hlease HG] & Hh & %Hlen & He)". iApply "HΦ".
    iFrame "HG Hh". iSplitR; [done|]. iApply (ends_frame with "Hlease He").
  Qed.
End leased.

(** ** The types of handles *)
Section inner_types.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (T : tparam) (F : coPset) (q : Qp) (m : nat) (t : Qp * nat) (h src : loc).

  (** What [drop] leaves of a strong handle when it unwinds: the content's destructor has
  unwound, so this handle was the last. *)
  Definition rc_ty_unwound (U : list val → iProp Σ) (vl : list val) : iProp Σ :=
    ∃ (l : loc) γ a wl r, ⌜vl = [ #l] ∧ R a wl⌝ ∗ rc_last_own SO γ l r 0 ∗ U wl.

  (** The note's triple of [new]. The lease is not followed: with the type alone it cannot be
  got back. *)
  Lemma Share_new_ty T src wl a q m :
    R a wl → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      Share_new T [ #src ]
    {{{ v, RET ret_val v; ty_own (rc_ty SO) [v] ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (HR HT Φ) "H HΦ". iApply (Share_new_spec SO with "H"); [done..|].
    iIntros "!>" (l γ i) "(_ & Hrc & Hsrc)". iApply "HΦ". iFrame "Hsrc".
    iExists l, γ, i, a, 1%Qp. by iFrame "Hrc".
  Qed.

  (** The note's triple of [clone], with the thread token; the handle is behind a reference. *)
  Lemma Share_clone_ty T h q F v :
    ↑N ⊆ F →
    {{{ na_own p F ∗ h ↦{q} v ∗ ty_own (rc_ty SO) [v] }}}
      Share_clone T [ #h ]
    {{{ v', RET ret_val v';
        na_own p F ∗ h ↦{q} v ∗ ty_own (rc_ty SO) [v] ∗ ty_own (rc_ty SO) [v'] }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hh & %l & %γ & %i & %a & %r & %Hv & Hrc) HΦ". simplify_eq/=.
    iApply (Share_clone_spec SO T h q F with "[$Hna $Hh $Hrc]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "!> (Hna & Hh & Hrc)". iApply "HΦ". iFrame "Hna Hh".
    iAssert (rc_own SO γ i l a (r / 2 + r / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.div_2. }
    rewrite rc_own_split. iDestruct "Hrc" as "[Hrc1 Hrc2]".
    iSplitL "Hrc1"; iExists l, γ, i, a, (r / 2)%Qp; by iFrame.
  Qed.

  (** The crate's [drop] is a destructor of strong handles. It leaves the handle's share,
  and, if it was the last, what the content's destructor leaves. *)
  Lemma rc_ty_unwind_spec F T D U q m :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    ty_unwind_spec (na_own p F) τ (tp_glue T) D U -∗
    ty_unwind_spec (heap_lease q m ∗ na_own p F) (rc_ty SO) (tp_glue (Share_tparam T))
      (rc_ty_dropped SO D) (rc_ty_unwound U).
  Proof.
    iIntros (HF HT) "#Hglue". rewrite {2}/ty_unwind_spec.
    iIntros (h vl) "!> %Φ ([Hlease Hna] & Hh & %l & %γ & %i & %a & %r & -> & Hrc) HΦ".
    rewrite heap_pointsto_vec_singleton.
    iApply (Share_drop_spec SO T h 1 F with "[$Hglue $Hlease $Hna $Hh $Hrc]"); [done..|].
    iIntros "!>" (e) "(Hlease & Hna & Hh & H)". iApply ("HΦ" $! e [ #l]%V).
    rewrite heap_pointsto_vec_singleton. iFrame "Hlease Hna Hh". iSplitR; [done|].
    iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([-> [_ %Hr]] & Hweak)|(_ & Hlast & %wl & %HR & He)]]".
    - lia.
    - iApply ends_ret. iExists l, γ, a, r. iSplitR; [done|]. by iLeft; iFrame.
    - iDestruct "He" as "[(%v & -> & _ & HD)|[-> HU]]".
      + iApply ends_ret. iExists l, γ, a, r. iSplitR; [done|]. iRight. iFrame "Hlast".
        iExists wl. by iFrame "HD".
      + iApply ends_unw. iExists l, γ, a, wl, r. by iFrame.
  Qed.

  (** The crate's [drop] of weak handles is a destructor that does not unwind. *)
  Lemma weak_ty_unwind_spec F T U :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    ⊢ ty_unwind_spec (na_own p F) (weak_ty SO) (tp_glue (Hold_tparam T)) (weak_ty_dropped SO) U.
  Proof.
    iIntros (HF HT). rewrite /ty_unwind_spec.
    iIntros (h vl) "!> %Φ (Hna & Hh & [->|(%l & %γ & %r & -> & Hweak)]) HΦ";
      rewrite heap_pointsto_vec_singleton.
    - iApply (Hold_drop_dangling_spec with "Hh"). iIntros "!> Hh".
      iApply ("HΦ" $! _ [ #0]%V). rewrite heap_pointsto_vec_singleton. iFrame "Hna Hh".
      iSplitR; [done|]. iApply ends_ret. by iLeft.
    - iApply (Hold_drop_spec SO T h 1 F γ l r 0 with "[$Hna $Hh $Hweak]"); [|done|].
      { rewrite /rc_countN. solve_ndisj. }
      iIntros "!> (Hna & Hh & Hweak)". iApply ("HΦ" $! _ [ #l]%V).
      rewrite heap_pointsto_vec_singleton. iFrame "Hna Hh". iSplitR; [done|].
      iApply ends_ret. iRight. iExists l, γ, r. by iFrame.
  Qed.

  (** The only handle of a block: the content's destructor runs, and at both of its ends the
  lease of the block comes back. *)
  Lemma rc_sole_unwind_spec F T D U q m t :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    ty_unwind_spec (na_own p F) τ (tp_glue T) D U -∗
    ty_unwind_spec (heap_lease q m ∗ na_own p F) (rc_sole SO t) (tp_glue (Share_tparam T))
      (λ _, heap_lease t.1 t.2 ∗ ∃ a wl, ⌜R a wl⌝ ∗ D wl)%I
      (λ _, heap_lease t.1 t.2 ∗ ∃ a wl, ⌜R a wl⌝ ∗ U wl)%I.
  Proof.
    iIntros (HF HT) "#Hglue". rewrite {2}/ty_unwind_spec.
    iIntros (h vl) "!> %Φ ([Hlease Hna] & Hh & %l & %γ & %i & %a & [-> %Hγ] & Hrc) HΦ".
    assert (↑rc_countN N l ⊆ F) as HFl by (rewrite /rc_countN; solve_ndisj).
    rewrite heap_pointsto_vec_singleton. iApply wp_fupd.
    iApply (Share_drop_spec SO T h 1 F with "[$Hglue $Hlease $Hna $Hh $Hrc]"); [done..|].
    iIntros "!>" (e) "(Hlease & Hna & Hh & H)".
    iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl & %HR & He)]]";
      [lia|done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Ht Hna]"; [done|]. rewrite Hγ.
    iModIntro. iApply ("HΦ" $! e [ #l]%V).
    rewrite heap_pointsto_vec_singleton. iFrame "Hlease Hna Hh". iSplitR; [done|].
    iDestruct "He" as "[(%v & -> & _ & HD)|[-> HU]]";
      [iApply ends_ret|iApply ends_unw]; iFrame "Ht"; iExists a, wl; by iFrame.
  Qed.
End inner_types.
