(** * Mutable references: an invariant of the content, and one entry of several

- [mut_inv_borrow], [mut_inv_acc]: a reference whose content has an invariant. The invariant
  is asked for when the reference is made, and whenever the content is put back; so it
  holds of the final value. A rule that does not ask for it is refuted
  ([refuted/proph_final.v]).
- [mut_entry_lend]: [&mut owners[n]] of a slice of owners. What comes back is the slice with
  the final value in that place. All the other entries are as before, and of this one
  nothing is said but that.

Both follow from [mut_known_lend]. Clients are in [examples/proph_entry_client.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Export mut_lend.
From tally.prelude Require Import options.

Section inv.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Context (Φ : proph_type A → iProp Σ) {HΦ : ∀ a, Timeless (Φ a)}.
  Context (I : proph_type A → Prop).
  Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset).

  (** The content with its invariant. *)
  Definition mut_inv (a : proph_type A) : iProp Σ := Φ a ∗ ⌜I a⌝.
  Global Instance mut_inv_timeless a : Timeless (mut_inv a).
  Proof using HΦ. apply _. Qed.

  (** It is asked for here, and holds in the end. *)
  Lemma mut_inv_borrow E κ a :
    ↑lftN ⊆ E → ↑prophN ⊆ E → I a →
    proph_ctx -∗ Φ a ={E}=∗
    ∃ i, mut_known mut_inv κ i a ∗
      ([†κ] ={E}=∗ ∃ b, Φ b ∗ ⌜I b⌝ ∗ ⟨π, fin A i π = b⟩).
  Proof using HΦ.
    iIntros (?? Ha) "#Hctx H".
    iMod (mut_known_borrow mut_inv _ κ a with "Hctx [H]") as (i) "[Hr Hback]";
      [done|done|by iFrame|].
    iModIntro. iExists i. iFrame "Hr". iIntros "H†".
    iMod ("Hback" with "H†") as (b) "[[H %Hb] Hobs]". iModIntro. iExists b. by iFrame.
  Qed.
  (** Meanwhile it may be broken. *)
  Lemma mut_inv_acc E κ q i a :
    ↑lftN ⊆ E →
    mut_known mut_inv κ i a -∗ q.[κ] ={E}=∗
    Φ a ∗ ⌜I a⌝ ∗ (∀ b, ⌜I b⌝ -∗ Φ b ={E}=∗ mut_known mut_inv κ i b ∗ q.[κ]).
  Proof using HΦ.
    iIntros (?) "Hr Hκ".
    iMod (mut_known_acc with "Hr Hκ") as "[[$ $] Hclose]"; [done|].
    iIntros "!>" (b) "%Hb H". iApply "Hclose". by iFrame.
  Qed.
End inv.

Section entry.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Context (Ψ : nat → proph_type A → iProp Σ) {HΨ : ∀ n a, Timeless (Ψ n a)}.
  Implicit Types (κ : lft) (E : coPset) (xs : list (proph_type A)).

  (** Several owners, of which the one at [n] is lent. *)
  Lemma mut_entry_lend E κ xs n a :
    ↑lftN ⊆ E → ↑prophN ⊆ E → xs !! n = Some a →
    proph_ctx -∗ ([∗ list] k ↦ x ∈ xs, Ψ k x) ={E}=∗
    ∃ i, mut_known (Ψ n) κ i a ∗
      ([†κ] ={E}=∗ ∃ b, ([∗ list] k ↦ x ∈ <[n := b]> xs, Ψ k x) ∗ ⟨π, fin A i π = b⟩).
  Proof using HΨ.
    iIntros (?? Hn) "#Hctx H".
    iDestruct (big_sepL_insert_acc with "H") as "[H Hrest]"; [done|].
    iApply (mut_known_lend (Ψ n) (λ b, [∗ list] k ↦ x ∈ <[n := b]> xs, Ψ k x)%I
      with "Hctx H"); [done..|].
    iIntros (b) "H". by iApply "Hrest".
  Qed.
End entry.
Global Typeclasses Opaque mut_inv.
