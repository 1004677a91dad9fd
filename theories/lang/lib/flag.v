(** * A flag that a thread raises when it is done

What the clients join threads with. A flag is two cells: the first is 0 until it is
raised, the second is never accessed: whoever has it may take what the thread left,
once. [flag N l P] is the fact that the flag at [l] stands for [P].

Key results: [flag_alloc], [flag_raise_spec], [flag_wait_spec]. *)
From iris.base_logic.lib Require Import invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.prelude Require Import options.

Definition flag_new : val := λ: [], let: "flag" := Alloc #2 in "flag" <- #0;; "flag".
Definition flag_raise : val := λ: ["flag"], "flag" <-ˢᶜ #1.
Definition flag_wait : val :=
  rec: "wait" ["flag"] := if: !ˢᶜ "flag" = #1 then #☠ else "wait" ["flag"].

Section flag.
  Context `{!lrustGS Σ} (N : namespace).
  Implicit Types (l : loc) (P : iProp Σ).

  Definition flag_inv l P : iProp Σ :=
    ∃ b : bool, l ↦ #b ∗ if b then P ∨ (l +ₗ 1) ↦ #☠ else True.
  Definition flag l P : iProp Σ := inv N (flag_inv l P).
  Definition flag_token l : iProp Σ := (l +ₗ 1) ↦ #☠.

  Lemma flag_new_spec `{!UntrackedHeap Σ} :
    {{{ True }}} flag_new [] {{{ l, RET #l; l ↦ #0 ∗ flag_token l }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. wp_alloc l as "Hl" "_".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[Hl Ht]". wp_pures. wp_write. wp_pures. iApply "HΦ". by iFrame.
  Qed.
  Lemma flag_alloc E l P : l ↦ #0 ={E}=∗ flag l P.
  Proof. iIntros "Hl". iApply inv_alloc. iNext. iExists false. by iFrame. Qed.
  Lemma flag_raise_spec l P :
    {{{ flag l P ∗ P }}} flag_raise [ #l ] {{{ RET #☠; True }}}.
  Proof.
    iIntros (Φ) "[#I HP] HΦ". wp_rec. iInv "I" as (b) "[>Hl _]". wp_write. iModIntro.
    iSplitR "HΦ"; [|by iApply "HΦ"]. iNext. iExists true. iFrame "Hl". by iLeft.
  Qed.
  Lemma flag_wait_spec l P :
    {{{ flag l P ∗ flag_token l }}} flag_wait [ #l ] {{{ RET #☠; P }}}.
  Proof.
    iIntros (Φ) "[#I Htok] HΦ". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iInv "I" as (b) "[>Hl HP]". wp_read. destruct b.
    - iDestruct "HP" as "[HP|Htok']"; last first.
      { by iDestruct (heap_pointsto_exclusive with "Htok Htok'") as %[]. }
      iModIntro. iSplitL "Hl Htok".
      { iNext. iExists true. iFrame "Hl". by iRight. }
      wp_pures. by iApply "HΦ".
    - iModIntro. iSplitL "Hl"; [iNext; iExists false; by iFrame|].
      wp_pures. iApply ("IH" with "Htok HΦ").
  Qed.
End flag.
