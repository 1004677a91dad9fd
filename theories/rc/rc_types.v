(** * Shared references into an [Rc], and [rc τ] as a Rust type

An [Rc<T>] is there to be dereferenced, and several handles of one content are
dereferenced at the same time: overlapping [&T]. With the shared ownership [so_na],
which keeps the content in an invariant, that takes the thread token, of which there
is one. Here the content is shared as its type says ([sharing] in
[theories/types/sharing.v]):

- [rc_so_ref S], a shared ownership of the content of an [Rc] in which every handle
  has its fraction of the content itself; the right to free the block, and whatever
  else of the content is not read, lies aside until all handles are together
  ([so_kept]);
- [rc_borrow_ref]: [&Rc<T>] gives [&T], without a token, a mask or a step. Two
  handles, two references, at the same time ([rc_borrow_ref_twice]): they see the
  same bits.

[rc_rt τ] is [rc τ] as a [rust_type], with its destructor, so that it can be the
content of a box, a pair, or of another [Rc]; [weak_rt] and [unique_rc_rt] likewise.
[rc_at_rt] and [weak_at_rt] are those of one handle, whose destructors give its share
back: where no memory is to be leaked. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import marked_share.
From tally.types Require Import rust_type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

Section reference.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ} (S : sharing τ).

  Definition rc_so_ref : rc_shared_own p N eq τ :=
    rc_so_fixed (so_shr (na_own p) (rc_contentN N) S (rc_fixed_content τ) snd
      (λ x, rc_dealloc τ x.1) (λ x, reflexivity _)).

  Context `{!rcG Σ (so_id rc_so_ref)}.

  (** The fraction is that of the handle, which need not be known. *)
  Lemma rc_borrow_ref γ i l wl r k j :
    is_rc rc_so_ref γ i l wl r k j -∗ ∃ q,
      ty_shr S i.2.2 (l +ₗ 2) wl q ∗
      (ty_shr S i.2.2 (l +ₗ 2) wl q -∗ is_rc rc_so_ref γ i l wl r k j).
  Proof.
    iIntros "Hrc". iDestruct (is_rc_acc with "Hrc") as (q) "[[Hl Hso] Hclose]".
    iDestruct (so_shr_acc with "Hso") as "[Hshr Hback]". iExists q. iFrame "Hl Hshr".
    iIntros "[Hl Hshr]". iApply "Hclose". iFrame "Hl". by iApply "Hback".
  Qed.

  Lemma rc_borrow_ref_twice γ i l wl wl' r r' k k' j j' :
    is_rc rc_so_ref γ i l wl r k j -∗ is_rc rc_so_ref γ i l wl' r' k' j' -∗
    ∃ q q', ⌜wl = wl'⌝ ∗ ty_shr S i.2.2 (l +ₗ 2) wl q ∗ ty_shr S i.2.2 (l +ₗ 2) wl' q' ∗
      (ty_shr S i.2.2 (l +ₗ 2) wl q -∗ ty_shr S i.2.2 (l +ₗ 2) wl' q' -∗
       is_rc rc_so_ref γ i l wl r k j ∗ is_rc rc_so_ref γ i l wl' r' k' j').
  Proof.
    iIntros "H H'". iDestruct (rc_borrow_ref with "H") as (q) "[H Hclose]".
    iDestruct (rc_borrow_ref with "H'") as (q') "[H' Hclose']". iExists q, q'.
    iDestruct (ty_shr_agree with "H H'") as %<-. iSplitR; [done|]. iFrame "H H'".
    iIntros "H H'". iSplitL "H Hclose"; [by iApply "Hclose"|by iApply "Hclose'"].
  Qed.
End reference.

(** ** As Rust types
What the destructors of [rc τ] and its like lend while they run is the thread token,
and so those of [τ] may borrow it too. Shared, a handle is its bits. *)
Section rust_type.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {F : coPset} (HF : ↑N ⊆ F).
  Context {R : list val → list val → Prop} (τ : rust_type (na_own p F)).
  Context (SO : rc_shared_own p N R (rt_ty τ)) `{!rcG Σ (so_id SO)}.

  Program Definition rc_rt : rust_type (na_own p F) :=
    opaque_rt (rc_ty SO) (rc_drop_in_place (rt_size τ) (rt_glue τ)) (λ _, True)%I _.
  Next Obligation. iApply rc_ty_drop_spec; [done|]. iApply rt_drop. Qed.

  Program Definition weak_rt : rust_type (na_own p F) :=
    opaque_rt (weak_ty SO) (weak_drop_in_place (rt_size τ)) (λ _, True)%I _.
  Next Obligation. by iApply weak_ty_drop_spec. Qed.

  Program Definition rc_at_rt γ i l a r : rust_type (na_own p F) :=
    opaque_rt (rc_at SO γ i l a r) (rc_drop_in_place (rt_size τ) (rt_glue τ))
      (λ _, rc_receipt SO γ l r 0 (∃ wl, ⌜R a wl⌝ ∗ rt_effect τ wl))%I _.
  Next Obligation. intros. iApply rc_at_drop_spec; [done|]. iApply rt_drop. Qed.

  Program Definition weak_at_rt γ l r : rust_type (na_own p F) :=
    opaque_rt (weak_at SO γ l r) (weak_drop_in_place (rt_size τ))
      (λ _, is_weak SO γ l r 0)%I _.
  Next Obligation. intros. by iApply weak_at_drop_spec. Qed.

  Program Definition unique_rc_rt : rust_type (na_own p F) :=
    opaque_rt (unique_rc_ty SO) (unique_rc_drop_in_place (rt_size τ) (rt_glue τ))
      (λ _, ∃ wl, rt_effect τ wl)%I _.
  Next Obligation. iApply unique_rc_ty_drop_spec; [done|]. iApply rt_drop. Qed.
End rust_type.
