(** * Page frames: no frame has leaked, by adequacy

What a client has to prove in order to know that slots are unused in memory when its
main thread returns: that it has the whole lease of each, with nothing owed.

Key results: [slots_unused], inside a proof; [slots_leak_free] and [slot_leak_free],
about the final memory of a closed program. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

(** The word at [s] says that the slot is unused. *)
Definition slot_unused_in (σ : state) (s : loc) : Prop :=
  σ !! s = Some (RSt 0, LitV (LitInt slot_unused)).

Section unused.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γs : list slot_names) (f : nat → loc) (σ : state).

  (** The slots with these names, the [i]th of which is at [f i]. *)
  Lemma slots_unused f γs σ :
    ([∗ list] i ↦ γ ∈ γs, ∃ pa, frame_slot D N γ (f i) pa) -∗
    ([∗ list] γ ∈ γs, lease γ 1 0) -∗ heap_ctx σ ={⊤}=∗
    ⌜∀ i, (i < length γs)%nat → slot_unused_in σ (f i)⌝ ∗
    ([∗ list] γ ∈ γs, lease γ 1 0) ∗ heap_ctx σ.
  Proof.
    iIntros "#Hslots Ls Hσ". iInduction γs as [|γ γs] "IH" forall (f) "Hslots".
    { iModIntro. iFrame. iPureIntro. simpl. lia. }
    rewrite !big_sepL_cons. iDestruct "Hslots" as "[(%pa & Hslot) Hslots]".
    iDestruct "Ls" as "[L Ls]".
    iMod ("IH" $! (λ i, f (S i)) with "Ls Hσ Hslots") as "(%Hs & $ & Hσ)".
    iMod (frame_slot_closed with "Hslot L") as "[Hs Hclose]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H0. iMod ("Hclose" with "Hs") as "$".
    iModIntro. iFrame "Hσ". iPureIntro. intros [|i] Hi; [done|]. apply Hs. simpl in Hi. lia.
  Qed.
End unused.

Lemma slots_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
    (φ : val → (nat → loc) → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∃ (D : meta_dict Σ) N f γs, ⌜φ v f ∧ length γs = n⌝ ∗
        ([∗ list] i ↦ γ ∈ γs, ∃ pa, frame_slot D N γ (f i) pa) ∗
        ([∗ list] γ ∈ γs, lease γ 1 0) }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ f, φ v f ∧
    ∀ i, (i < n)%nat → slot_unused_in σ (f i)).
Proof.
  intros Hwp. apply (lrust_adequacy_state Σ). intros HΣ Hheap.
  iApply wp_wand; [iApply Hwp|].
  iIntros (v) "(%D & %N & %f & %γs & [%Hφ <-] & Hslots & Ls)". iIntros (σ) "Hσ".
  iMod (slots_unused with "Hslots Ls Hσ") as "(%Hσ & _)".
  iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%". by exists f.
Qed.
Lemma slot_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (φ : val → loc → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜φ v s⌝ ∗
        frame_slot D N γ s pa ∗ lease γ 1 0 }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ s, φ v s ∧ slot_unused_in σ s).
Proof.
  intros Hwp.
  assert (adequate NotStuck e ∅ (λ v σ, ∃ f, φ v (f 0%nat) ∧
    ∀ i, (i < 1)%nat → slot_unused_in σ (f i))) as [Hresult Hsafe].
  { apply (slots_leak_free Σ e 1 (λ v f, φ v (f 0%nat))). intros HΣ Hheap.
    iApply wp_wand; [iApply Hwp|].
    iIntros (v) "(%D & %N & %γ & %s & %pa & %Hφ & I & L)".
    iExists D, N, (λ _, s), [γ]. simpl. iSplitR; [done|]. iSplitL "I"; [|by iFrame].
    iSplit; [|done]. by iExists pa. }
  split; [|done]. intros t2 σ2 v2 Hsteps.
  destruct (Hresult _ _ _ Hsteps) as (f & Hφ & Hσ). exists (f 0%nat). split; [done|]. by apply Hσ; lia.
Qed.
