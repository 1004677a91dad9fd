(** * Semantic types: boxes, made and destroyed

[box_ty r τ] ([type.v]) owns the cells of a block, a value of [τ] in them, and
[box_block r (ty_size τ) b], the right to free the block. A client makes one in two steps:

- [box_new_spec]: [new] takes the lease of the box and gives cells and [box_block]. Where
  a program says [Alloc], [box_block_intro] makes [box_block] of what [Alloc] gives;
- [box_ty_intro]: the cells with a value in them are a box.

The way back is the destructor, [box_drop_in_place_spec]: it leaves the lease.
[ty_drop_spec_mono], for any type: what a destructor leaves may be weakened. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.prelude Require Import options.

Section box.
  Context `{!lrustGS Σ}.
  Implicit Types (τ : type Σ) (b : loc) (r : Qp) (n : nat) (wl : list val).

  (** A new block for a value of [τ], paid for by the lease that the box will own. *)
  Lemma box_new_spec E r τ :
    {{{ heap_lease r 0 }}}
      new [ #(ty_size τ) ] @ E
    {{{ b, RET #b; b ↦∗ replicate (ty_size τ) #☠ ∗ box_block r (ty_size τ) b }}}.
  Proof.
    iIntros (Φ) "Hlease HΦ". wp_apply (new_spec with "Hlease"); [lia|].
    rewrite Nat2Z.id Nat.add_0_r. iIntros (b) "(Hlease & H† & Hb)".
    iApply "HΦ". iFrame.
  Qed.

  (** What [Alloc] gives for a block that is not empty, with its part of the lease. *)
  Lemma box_block_intro r n b :
    0 < n → († b … n) -∗ heap_lease r 1 -∗ box_block r n b.
  Proof.
    iIntros (Hn) "H† Hlease". rewrite /box_block /dealloc_token.
    replace (1 `min` n) with 1 by lia. iFrame "Hlease". by iRight.
  Qed.

  (** Cells with a value in them, and the right to free them, are a box. *)
  Lemma box_ty_intro r τ b wl :
    b ↦∗ wl -∗ ty_own τ wl -∗ box_block r (ty_size τ) b -∗ ty_own (box_ty r τ) [ #b].
  Proof. iIntros "Hb Hwl Hblock". iExists b, wl. by iFrame. Qed.

  (** What a destructor leaves may be weakened. *)
  Lemma ty_drop_spec_mono T τ glue (D D' : list val → iProp Σ) :
    (∀ vl, D vl ⊢ D' vl) → ty_drop_spec T τ glue D -∗ ty_drop_spec T τ glue D'.
  Proof.
    iIntros (HD) "#H". rewrite {2}/ty_drop_spec. iIntros (l vl) "!> %Φ Hpre HΦ".
    iApply ("H" with "Hpre"). iIntros "!>" (vl') "(HT & Hl & Hlen & HDvl)". iApply "HΦ".
    iFrame "HT Hl Hlen". by iApply HD.
  Qed.
End box.
