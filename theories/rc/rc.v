(** * [rc τ]

The sealed export of the statements in [rc_sig.v], and what follows from them alone:

- [rc_ty SO], the semantic type [⟦rc τ⟧]. It is a type like any other, so that
  [rc (rc τ)] is one;
- [rc_ty_clone], [rc_ty_new] and [rc_ty_drop_spec], the triples of the note on [Rc]:
  those of [new] and [clone] in its own words, but for the thread token, and the
  destructor of [rc τ];
- [rc_deref_acc], reading through a handle, and [rc_content_acc], full access to the
  content through any one handle, where the content is in a non-atomic invariant.

Source: the note on [Rc]; RustBelt's [rc] (Jung, Jourdan, Krebbers, Dreyer, POPL
2018), which shows that such programs are safe, where this says what they do. *)
From iris.base_logic.lib Require Import own invariants na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import count_protocol shared_own.
From tally.types Require Import type.
From tally.rc Require Export rc_sig.
From tally.rc.proof Require handle specs.
From tally.prelude Require Import options.

Module Export rc : rc_sig.
  Definition is_rc := @handle.is_rc.

  Definition is_rc_size := @handle.is_rc_size.
  Definition is_rc_valid := @handle.is_rc_valid.
  Definition is_rc_exclusive := @handle.is_rc_exclusive.
  Definition is_rc_split := @handle.is_rc_split.
  Definition is_rc_wrap := @handle.is_rc_wrap.
  Definition is_rc_acc := @handle.is_rc_acc.

  Definition rc_new_spec := @specs.rc_new_spec.
  Definition rc_clone_spec := @specs.rc_clone_spec.
  Definition rc_drop_spec := @specs.rc_drop_spec.
  Definition rc_strong_count_spec := @specs.rc_strong_count_spec.
End rc.
Global Arguments is_rc {_ _ _ _ _ _ _} SO γ i l wl q k.

(** ** The type *)
Section type.
  Context `{!lrustGS Σ, !na_invG Σ, !countG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : rc_shared_own p N τ).

  Program Definition rc_ty : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ (l : loc) γ i wl q, ⌜vl = [ #l]⌝ ∗ is_rc SO γ i l wl q 1)%I;
  |}.
  Next Obligation. by iIntros (vl) "(%l & %γ & %i & %wl & %q & -> & _)". Qed.

  Lemma rc_ty_own vl :
    ty_own rc_ty vl ⊣⊢ ∃ (l : loc) γ i wl q, ⌜vl = [ #l]⌝ ∗ is_rc SO γ i l wl q 1.
  Proof. done. Qed.

  (** The note's triple of [new]. *)
  Lemma rc_ty_new (src : loc) wl :
    {{{ src ↦∗ wl ∗ ty_own τ wl }}}
      rc_new (ty_size τ) [ #src ]
    {{{ v, RET v; ty_own rc_ty [v] ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (rc_new_spec SO with "H").
    iIntros "!>" (l γ i) "[Hrc Hsrc]". iApply "HΦ". iFrame "Hsrc".
    iExists l, γ, i, wl, 1%Qp. by iFrame "Hrc".
  Qed.

  (** The note's triple of [clone], with the thread token. *)
  Lemma rc_ty_clone F v :
    ↑N ⊆ F →
    {{{ na_own p F ∗ ty_own rc_ty [v] }}}
      rc_clone [v]
    {{{ v', RET v'; na_own p F ∗ ty_own rc_ty [v] ∗ ty_own rc_ty [v'] }}}.
  Proof.
    iIntros (HF Φ) "[Hna (%l & %γ & %i & %wl & %q & %Hv & Hrc)] HΦ". simplify_eq/=.
    iApply (rc_clone_spec SO F with "[$Hna $Hrc]").
    { rewrite /rc_countN. solve_ndisj. }
    iIntros "!> [Hna Hrc]". iApply "HΦ". iFrame "Hna".
    rewrite -{1}(Qp.div_2 q) is_rc_split. iDestruct "Hrc" as "[Hrc1 Hrc2]".
    iSplitL "Hrc1"; iExists l, γ, i, wl, (q / 2)%Qp; by iFrame.
  Qed.

  (** [rc τ] has a destructor if [τ] has. *)
  Lemma rc_ty_drop_spec F glue D :
    ↑N ⊆ F →
    ty_drop_spec (na_own p F) τ glue D -∗
    ty_drop_spec (na_own p F) rc_ty (rc_drop_in_place (ty_size τ) glue) (λ _, True).
  Proof.
    iIntros (HF) "#Hglue". rewrite {2}/ty_drop_spec.
    iIntros (x vl) "!> %Φ (Hna & Hx & %l & %γ & %i & %wl & %q & -> & Hrc) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    iApply (rc_drop_spec SO F with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "!> [Hna _]". iApply ("HΦ" $! [ #l]%V).
    rewrite heap_pointsto_vec_singleton. iFrame "Hna Hx". done.
  Qed.
End type.

(** ** Access *)
Section access.
  Context `{!lrustGS Σ, !na_invG Σ, !countG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.

  (** Any handle reads the data. *)
  Lemma rc_deref_acc (SO : rc_shared_own p N τ) γ i l wl q k :
    is_rc SO γ i l wl q k -∗
    (l +ₗ 1) ↦∗{q} wl ∗ ((l +ₗ 1) ↦∗{q} wl -∗ is_rc SO γ i l wl q k).
  Proof.
    iIntros "Hrc". iDestruct (is_rc_acc with "Hrc") as "($ & Hso & Hclose)".
    iIntros "Hwl". iApply ("Hclose" with "Hwl Hso").
  Qed.

  (** Where the content is in a non-atomic invariant, any handle has all that the
  content owns, for as long as the thread token below [rc_contentN N] is lent. *)
  Lemma rc_content_acc `{!cinvG Σ} F γ i l wl q k :
    let SO := so_na p (rc_contentN N) (rc_content τ) in
    ↑rc_contentN N ⊆ F →
    is_rc SO γ i l wl q k -∗ na_own p F ={⊤}=∗
    ▷ rc_content τ (l, wl) ∗ na_own p (F ∖ ↑rc_contentN N) ∗
    (▷ rc_content τ (l, wl) -∗ na_own p (F ∖ ↑rc_contentN N) ={⊤}=∗
      is_rc SO γ i l wl q k ∗ na_own p F).
  Proof.
    iIntros (SO HF) "Hrc Hna". iDestruct (is_rc_acc with "Hrc") as "(Hwl & Hso & Hback)".
    iMod (so_na_acc with "Hso Hna") as "($ & $ & Hclose)"; [done..|].
    iIntros "!> Hcontent Hna". iMod ("Hclose" with "Hcontent Hna") as "[Hso $]".
    iModIntro. iApply ("Hback" with "Hwl Hso").
  Qed.

  (** One can clone while the content is open. *)
  Lemma rc_countN_open (F : coPset) (l : loc) :
    ↑N ⊆ F → ↑rc_countN N l ⊆ F ∖ ↑rc_contentN N.
  Proof. rewrite /rc_countN /rc_contentN. intros HF. solve_ndisj. Qed.
End access.
