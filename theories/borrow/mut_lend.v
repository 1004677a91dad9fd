(** * Lending a part of what one owns

What owns a value often owns more: an [Rc] its counts, a frame the word of its slot. When
the value is lent, the rest lies with the lender, inside the loan: it is the way back from
the value to the owner, for whatever the value has become. So the owner is back when the
lifetime is over, with the final value, and meanwhile nobody can use it.

[mut_known_lend] is this for a value that is known and timeless, [mut_lend] for others.
[Rc::get_mut] and [UniqueFrame::meta_mut] are instances
([examples/lend_client.v], [examples/lend_frame.v]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Export mut_borrow.
From tally.prelude Require Import options.

Section lend.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Implicit Types (κ : lft) (E : coPset).

  (** [Own b]: what is owned when the value is [b]. *)
  Lemma mut_known_lend (Φ Own : proph_type A → iProp Σ) `{!∀ a, Timeless (Φ a)} E κ a :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ Φ a -∗ (∀ b, Φ b ={E}=∗ Own b) ={E}=∗
    ∃ i, mut_known Φ κ i a ∗ ([†κ] ={E}=∗ ∃ b, Own b ∗ ⟨π, fin A i π = b⟩).
  Proof.
    iIntros (??) "#Hctx HΦ Hown".
    iMod (mut_known_borrow Φ _ κ with "Hctx HΦ") as (i) "[Hr Hback]"; [done..|].
    iModIntro. iExists i. iFrame "Hr". iIntros "H†".
    iMod ("Hback" with "H†") as (b) "[HΦ Hobs]". iMod ("Hown" with "HΦ") as "Hown".
    iModIntro. iExists b. iFrame.
  Qed.
  Lemma mut_lend (Φ Own : proph_val C (proph_type A) → iProp Σ) E κ v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ ▷ Φ v -∗ (∀ w, ▷ Φ w ={E}=∗ Own w) ={E}=∗
    ∃ i, mut_ref κ Φ i v ∗ ([†κ] ={E}=∗ ∃ w, Own w ∗ proph_claim (fin A i) w).
  Proof.
    iIntros (??) "#Hctx HΦ Hown".
    iMod (mut_borrow _ κ with "Hctx HΦ") as (i) "[Hr Hback]"; [done..|].
    iModIntro. iExists i. iFrame "Hr". iIntros "H†".
    iMod ("Hback" with "H†") as (w) "[HΦ Hclaim]". iMod ("Hown" with "HΦ") as "Hown".
    iModIntro. iExists w. iFrame.
  Qed.
End lend.
