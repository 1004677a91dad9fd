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

  Lemma new_spec E (n : Z) :
    (0 ≤ n)%Z →
    {{{ True }}} new [ #n ] @ E
    {{{ l, RET #l; dealloc_token 1 (Z.to_nat n) l ∗
                   l ↦∗ replicate (Z.to_nat n) #☠ }}}.
  Proof.
    iIntros (Hn Φ) "_ HΦ". wp_rec. wp_op. case_bool_decide as Hle; wp_if.
    - assert (n = 0)%Z as -> by lia. iModIntro. iApply "HΦ". iSplitR; [by iLeft|].
      by rewrite heap_pointsto_vec_nil.
    - wp_alloc l as "Hl" "H†". iModIntro. iApply "HΦ". iFrame "Hl". by iRight.
  Qed.

  Lemma delete_spec E (n : Z) l vl :
    n = length vl →
    {{{ l ↦∗ vl ∗ dealloc_token 1 (length vl) l }}} delete [ #n; #l ] @ E
    {{{ RET #☠; True }}}.
  Proof.
    iIntros (-> Φ) "[Hl H†] HΦ". wp_rec. wp_op. case_bool_decide as Hle; wp_if.
    - by iApply "HΦ".
    - iDestruct "H†" as "[%Hlen|H†]"; [lia|]. wp_free. by iApply "HΦ".
  Qed.
End specs.
