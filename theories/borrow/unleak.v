(** * A leaked box that is taken back

[Box::leak] gives a reference for ever. In safe code its block is never freed, since nobody
has the right to. But the lifetime is no obstacle: everybody has tokens of [static]. Whoever
has kept the right to free, and has the reference, can make a box of it again, as Rust's
documentation of [Box::leak] says. The reference is used up.

- [box_leak_keep_spec]: [leak], with the right to free kept.
- [box_unleak]: the box again.

A client is [examples/proph_unleak_client.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export box.
From tally.prelude Require Import options.

Section unleak.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ} {A : C}.
  Context (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ}.
  Implicit Types (l : loc) (i : positive) (E : coPset).

  (** A reference for ever, beside the right to free. *)
  Lemma box_leak_keep_spec l x :
    {{{ proph_ctx ∗ box_own τ l x }}}
      box_leak [ #l ]
    {{{ i, RET #l; mut_known (acc τ l 1) static i x ∗ dealloc_token 1 (raw_size τ) l }}}.
  Proof using All.
    iIntros (Φ) "[#Hctx H] HΦ". wp_rec. iApply wp_fupd.
    wp_apply (box_into_raw_spec with "H"). iIntros "[H H†]".
    iMod (ptr_to_mut _ _ static with "Hctx H") as (i) "[Hr _]"; [done..|].
    iApply "HΦ". by iFrame "Hr H†".
  Qed.
  (** The reference becomes a box. *)
  Lemma box_unleak E l i x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_known (acc τ l 1) static i x -∗ dealloc_token 1 (raw_size τ) l ={E}=∗
    box_own τ l x.
  Proof using All.
    iIntros (??) "#Hctx Hr H†". iDestruct (lft_tok_static 1) as "Hs".
    iMod (mut_to_ptr with "Hctx Hr Hs") as "[H _]"; [done..|].
    iModIntro. rewrite box_own_raw. by iFrame "H H†".
  Qed.
End unleak.
