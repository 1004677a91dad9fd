(** * A value that is moved from one place to another

To move a value is to copy its cells; what the value owns goes with it. Afterwards the old
place has cells of which nothing is known. This is how a value gets into a cell that is
given out as a raw pointer, and out of it.

- [acc_move_spec]: from place to place.
- [raw_cell_new_spec]: into a new block; the result is a raw pointer with its permission and
  the right to free it, that is, a box.
- [raw_cell_into_inner_spec]: out of it, and the block is freed.

A client is [examples/raw_move_client.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.borrow Require Export box.
From tally.prelude Require Import options.

(** [n] is the size of the content. *)
Definition raw_cell_new (n : nat) : val := λ: ["src"],
  let: "c" := new [ #n ] in
  memcpy ["c"; #n; "src"];;
  "c".
Definition raw_cell_into_inner (n : nat) : val := λ: ["c"; "dst"],
  memcpy ["dst"; #n; "c"];;
  delete [ #n; "c" ].

Section move.
  Context `{!lrustGS Σ}.
  Implicit Types (l src dst : loc) (q : Qp) (k : nat) (vl : list val) (X : Type).

  (** From place to place. *)
  Lemma acc_move_spec {X} (τ : raw_type Σ X) src dst x vl :
    length vl = raw_size τ →
    {{{ acc τ src 1 x ∗ dst ↦∗ vl }}}
      memcpy [ #dst; #(raw_size τ); #src ]
    {{{ wl, RET #☠; acc τ dst 1 x ∗ src ↦∗ wl ∗ ⌜length wl = raw_size τ⌝ }}}.
  Proof.
    iIntros (Hvl Φ) "[H Hdst] HΦ". rewrite (acc_unfold τ src).
    iDestruct "H" as (wl) "[Hsrc H]".
    iDestruct (raw_own_size with "H") as %Hwl.
    wp_apply (memcpy_spec _ dst src 1 _ vl wl with "[$Hdst $Hsrc]"); [by rewrite Hvl|by rewrite Hwl|].
    iIntros "[Hdst Hsrc]". iApply ("HΦ" $! wl). iFrame "Hsrc". iSplitL; [|done].
    rewrite acc_unfold. iExists wl. by iFrame.
  Qed.
  (** Into a new block. *)
  Lemma raw_cell_new_spec {X} (τ : raw_type Σ X) src x q k :
    {{{ heap_lease q k ∗ acc τ src 1 x }}}
      raw_cell_new (raw_size τ) [ #src ]
    {{{ l wl, RET #l; heap_lease q (1 `min` raw_size τ + k) ∗ box_own τ l x ∗
        src ↦∗ wl ∗ ⌜length wl = raw_size τ⌝ }}}.
  Proof.
    iIntros (Φ) "[Hk H] HΦ". wp_rec.
    wp_apply (new_spec with "Hk"); [lia|]. rewrite Nat2Z.id.
    iIntros (l) "(Hk & H† & Hl)". wp_pures.
    wp_apply (acc_move_spec with "[$H $Hl]"); [by rewrite list_length_replicate|].
    iIntros (wl) "(H & Hsrc & %Hwl)". wp_pures. iApply "HΦ". rewrite box_own_raw.
    by iFrame.
  Qed.
  (** Out of it. *)
  Lemma raw_cell_into_inner_spec {X} (τ : raw_type Σ X) l dst x vl q k :
    length vl = raw_size τ →
    {{{ heap_lease q (1 `min` raw_size τ + k) ∗ box_own τ l x ∗ dst ↦∗ vl }}}
      raw_cell_into_inner (raw_size τ) [ #l; #dst ]
    {{{ RET #☠; heap_lease q k ∗ acc τ dst 1 x }}}.
  Proof.
    iIntros (Hvl Φ) "(Hk & Hb & Hdst) HΦ". rewrite box_own_raw. iDestruct "Hb" as "[H H†]".
    wp_rec. wp_apply (acc_move_spec with "[$H $Hdst]"); [done|].
    iIntros (wl) "(H & Hl & %Hwl)". wp_pures. rewrite -Hwl.
    wp_apply (delete_spec _ _ _ wl with "[$Hk $Hl $H†]"); [done|].
    iIntros "Hk". iApply "HΦ". by iFrame.
  Qed.
End move.
