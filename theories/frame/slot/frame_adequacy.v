(** * Page frames: no frame has leaked, by adequacy

What a client has to prove in order to know that slots are unused in memory when its
main thread returns: that it has the whole lease of each, with nothing owed.

That says nothing of other memory, such as the boxes that metadata own. So there is a
second form, for a client that starts with the whole lease of the heap. It ends with it,
and with the rights to free some blocks. Then the slots are unused and memory holds those
blocks only. A client says in [φ] that they are the blocks of its slots, which are
static, and that these are all its slots: then no frame has leaked, and no block that
metadata owned.

Key results: [slots_unused], inside a proof; [slots_leak_free] and [slot_leak_free],
about the final memory of a closed program; [slots_leak_free_tracked] and
[slot_leak_free_tracked], about all of the final memory. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lang Require Export heap_blocks.
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

Theorem slots_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
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
Theorem slot_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (φ : val → loc → Prop) :
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

(** ** All of memory *)
(** The client starts with the whole lease of the heap. At the end it has the leases of
the slots, and the lease of the heap, which still counts the blocks [ls]. That the [n]
slots are different ones, that they are all, that [ls] are their blocks, and what was done
with them, is for [φ] to say. *)
Theorem slots_leak_free_tracked Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
    (φ : val → (nat → loc) → list (loc * nat) → Prop) :
  (∀ `{!lrustGS Σ}, heap_lease 1 0 -∗
    WP e {{ v, ∃ (D : meta_dict Σ) N f γs ls, ⌜φ v f ls ∧ length γs = n⌝ ∗
      ([∗ list] i ↦ γ ∈ γs, ∃ pa, frame_slot D N γ (f i) pa) ∗
      ([∗ list] γ ∈ γs, lease γ 1 0) ∗
      heap_lease 1 (length ls) ∗ ([∗ list] x ∈ ls, † x.1 … x.2) }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ f ls, φ v f ls ∧
    (∀ i, (i < n)%nat → slot_unused_in σ (f i)) ∧ only_blocks σ ls).
Proof.
  intros Hwp.
  assert (adequate NotStuck e ∅ (λ v σ, ∃ ls, (∃ f, φ v f ls ∧
    ∀ i, (i < n)%nat → slot_unused_in σ (f i)) ∧ only_blocks σ ls)) as [Hresult Hsafe].
  { apply (lrust_adequacy_blocks Σ e (λ v ls σ, ∃ f, φ v f ls ∧
      ∀ i, (i < n)%nat → slot_unused_in σ (f i))).
    iIntros (HΣ) "Hlease". iApply (wp_wand with "[Hlease]"); [by iApply Hwp|].
    iIntros (v) "(%D & %N & %f & %γs & %ls & [%Hφ <-] & Hslots & Ls & Hlease & H†)".
    iExists ls. iFrame "Hlease H†". iIntros (σ) "Hσ".
    iMod (slots_unused with "Hslots Ls Hσ") as "(%Hσ & _ & $)".
    iIntros "!> !%". by exists f. }
  split; [|done]. intros t2 σ2 v2 Hsteps.
  destruct (Hresult _ _ _ Hsteps) as (ls & (f & Hφ & Hunused) & Hσ). by exists f, ls.
Qed.
(** One slot, which is a block of [n] cells: they are all that is in memory. *)
Theorem slot_leak_free_tracked Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
    (φ : val → loc → Prop) :
  (∀ `{!lrustGS Σ}, heap_lease 1 0 -∗
    WP e {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜φ v s⌝ ∗
      frame_slot D N γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … n }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ s, φ v s ∧ slot_unused_in σ s ∧
    ∀ l, is_Some (σ !! l) ↔ loc_in_range s n l).
Proof.
  intros Hwp.
  assert (adequate NotStuck e ∅ (λ v σ, ∃ f ls, (φ v (f 0%nat) ∧ ls = [(f 0%nat, n)]) ∧
    (∀ i, (i < 1)%nat → slot_unused_in σ (f i)) ∧ only_blocks σ ls)) as [Hresult Hsafe].
  { apply (slots_leak_free_tracked Σ e 1 (λ v f ls, φ v (f 0%nat) ∧ ls = [(f 0%nat, n)])).
    iIntros (HΣ) "Hlease". iApply (wp_wand with "[Hlease]"); [by iApply Hwp|].
    iIntros (v) "(%D & %N & %γ & %s & %pa & %Hφ & I & L & Hlease & H†)".
    iExists D, N, (λ _, s), [γ], [(s, n)]. simpl. iFrame "Hlease". iSplitR; [done|].
    iSplitL "I"; [|by iFrame "L H†"]. iSplit; [|done]. by iExists pa. }
  split; [|done]. intros t2 σ2 v2 Hsteps.
  destruct (Hresult _ _ _ Hsteps) as (f & ls & (Hφ & ->) & Hunused & Hσ).
  exists (f 0%nat). split; [done|]. split; [by apply Hunused; lia|].
  by apply only_blocks_singleton.
Qed.
