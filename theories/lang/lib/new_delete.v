(** * λRust library: allocation of blocks of any size

[Alloc] and [Free] want a positive size; a zero-sized type has no memory. [new [n]]
returns a dangling location for [n = 0] and a fresh block otherwise, and [delete
[n; l]] undoes it, as Rust's allocation interface does behind [Box].

[dealloc_token q n l] is the right to give the block back: [†{q} l … n], or nothing
where there is no block.

Source: [lang/lib/new_delete.v] of RustBelt's λRust. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.prelude Require Import options.

(** What [new] returns for size 0: never allocated by it, never accessed. *)
Definition dangling_loc : loc := Loc 1%positive 0%Z.

Definition new : val :=
  λ: ["n"], if: "n" ≤ #0 then #dangling_loc else Alloc "n".
Definition delete : val :=
  λ: ["n"; "l"], if: "n" ≤ #0 then #☠ else Free "n" "l".

Definition dealloc_token `{!lrustGS Σ} (q : Qp) (n : nat) (l : loc) : iProp Σ :=
  ⌜n = O⌝ ∨ †{q}l…n.

Section specs.
  Context `{!lrustGS Σ}.

  Global Instance dealloc_token_timeless q n l : Timeless (dealloc_token q n l).
  Proof. apply _. Qed.

  (** No block is made for no cells. *)
  Lemma new_spec E (n : Z) q k :
    (0 ≤ n)%Z →
    {{{ heap_lease q k }}} new [ #n ] @ E
    {{{ l, RET #l; heap_lease q (1 `min` Z.to_nat n + k) ∗ dealloc_token 1 (Z.to_nat n) l ∗
                   l ↦∗ replicate (Z.to_nat n) #☠ }}}.
  Proof.
    iIntros (Hn Φ) "Hk HΦ". wp_rec. wp_op. case_bool_decide as Hle; wp_if.
    - assert (n = 0)%Z as -> by lia. iModIntro. iApply "HΦ". iFrame "Hk".
      iSplitR; [by iLeft|]. by rewrite heap_pointsto_vec_nil.
    - wp_alloc l as "Hl" "H†" with "Hk". iModIntro. iApply "HΦ". iFrame "Hl".
      replace (1 `min` Z.to_nat n) with 1 by lia. iFrame "Hk". by iRight.
  Qed.

  Lemma delete_spec E (n : Z) l vl q k :
    n = length vl →
    {{{ heap_lease q (1 `min` length vl + k) ∗ l ↦∗ vl ∗ dealloc_token 1 (length vl) l }}}
      delete [ #n; #l ] @ E
    {{{ RET #☠; heap_lease q k }}}.
  Proof.
    iIntros (-> Φ) "(Hk & Hl & H†) HΦ". wp_rec. wp_op. case_bool_decide as Hle; wp_if.
    - replace (length vl) with 0 by lia. by iApply "HΦ".
    - iDestruct "H†" as "[%Hlen|H†]"; [lia|].
      replace (1 `min` length vl) with 1 by lia. wp_free with "Hk". by iApply "HΦ".
  Qed.
End specs.
