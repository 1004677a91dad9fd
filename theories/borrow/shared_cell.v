(** * Cells: what is under a shared reference and still changes

[cell_ref κ p N φ l]: a reference [&'κ Cell<T>] to the place at [l]; [φ] is what is known of
each value that is ever there. It can be copied, and all copies read and write
([cell_get_spec], [cell_set_spec]), one at a time, since the token of the thread [p] is shown
for each access.

The value of such a reference is its address. What the place holds is no part of it, and
cannot be: no two reads need give the same ([refuted/raw_cell.v]).

A client is [examples/raw_cell_client.v].

Source: [Cell] in RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL 2018). *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lifetime Require Export lifetime.
From tally.prelude Require Import options.

Section cell.
  Context `{!lrustGS Σ, !na_invG Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (l : loc) (v w : val) (φ : val → Prop).
  Implicit Types (p : na_inv_pool_name) (N : namespace) (E F : coPset).

  Definition cell_ref κ p N φ l : iProp Σ := &na{κ, p, N} (∃ v, l ↦ v ∗ ⌜φ v⌝).
  Global Instance cell_ref_persistent κ p N φ l : Persistent (cell_ref κ p N φ l).
  Proof. apply _. Qed.

  (** For a shorter lifetime. *)
  Lemma cell_ref_shorten κ κ' p N φ l :
    κ' ⊑ κ -∗ cell_ref κ p N φ l -∗ cell_ref κ' p N φ l.
  Proof. iIntros "Hincl H". iApply (na_bor_shorten with "Hincl H"). Qed.
  (** A place is shared, and comes back with some value. *)
  Lemma cell_share E κ p N φ l v :
    ↑lftN ⊆ E → φ v →
    l ↦ v ={E}=∗ cell_ref κ p N φ l ∗ ([†κ] ={E}=∗ ∃ w, l ↦ w ∗ ⌜φ w⌝).
  Proof.
    iIntros (? Hv) "Hl".
    iMod (bor_create _ κ (∃ v, l ↦ v ∗ ⌜φ v⌝)%I with "[Hl]") as "[Hbor Hback]";
      [done|iNext; iExists v; by iFrame|].
    iMod (bor_na with "Hbor") as "$"; [done|].
    iIntros "!> H†". by iMod ("Hback" with "H†") as ">$".
  Qed.
  (** Reading gives some value. *)
  Lemma cell_get_spec F κ q p N φ l :
    ↑N ⊆ F →
    {{{ cell_ref κ p N φ l ∗ q.[κ] ∗ na_own p F }}}
      !#l
    {{{ v, RET v; ⌜φ v⌝ ∗ q.[κ] ∗ na_own p F }}}.
  Proof.
    iIntros (? Φ) "(#H & Hκ & Hna) HΦ".
    iMod (na_bor_acc with "H Hκ Hna") as "(>(%v & Hl & %Hv) & Hna & Hclose)"; [done..|].
    wp_read. iMod ("Hclose" with "[Hl] Hna") as "[Hκ Hna]"; [iExists v; by iFrame|].
    iApply "HΦ". by iFrame.
  Qed.
  (** Any value of the type may be written. *)
  Lemma cell_set_spec F κ q p N φ l w :
    ↑N ⊆ F → φ w →
    {{{ cell_ref κ p N φ l ∗ q.[κ] ∗ na_own p F }}}
      #l <- w
    {{{ RET #☠; q.[κ] ∗ na_own p F }}}.
  Proof.
    iIntros (? Hw Φ) "(#H & Hκ & Hna) HΦ".
    iMod (na_bor_acc with "H Hκ Hna") as "(>(%v & Hl & _) & Hna & Hclose)"; [done..|].
    wp_write. iMod ("Hclose" with "[Hl] Hna") as "[Hκ Hna]"; [iExists w; by iFrame|].
    iApply "HΦ". by iFrame.
  Qed.
End cell.
Global Typeclasses Opaque cell_ref.
