(** * λRust: a memory that holds one block

A program whose static memory is never freed cannot give the whole lease of the heap
back with no block on it, as [lrust_adequacy_leak_free] asks. What holds of it is said
here: if one block is on the whole lease, and the right to free that block is known,
then every cell of the memory is of that block.

Key results: [heap_lease_one_block]; [lrust_adequacy_one_block]. *)
From iris.algebra Require Import auth gmap frac numbers.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import heap adequacy.
From tally.prelude Require Import options.

(** Every cell of [σ] is of the block of [l]. *)
Definition one_block (σ : state) (l : loc) : Prop :=
  ∀ l', is_Some (σ !! l') → loc_block l' = loc_block l.

Lemma heap_lease_one_block `{!heapGS Σ} (σ : state) l n :
  is_Some heap_lease_name →
  heap_ctx σ -∗ heap_lease 1 1 -∗ † l … n ==∗ ⌜one_block σ l⌝.
Proof.
  iIntros (Hname) "(%hF & _ & [HhF Hl] & %Hrel & %Hblocks) Hlease H†".
  iDestruct (heap.heap_lease_auth_full with "Hl Hlease") as %Hsize.
  iMod (heap.freeable_auth_free with "HhF H†") as "[%Hb _]". iPureIntro.
  intros l' Hl'%Hblocks. specialize (Hsize Hname).
  rewrite (heap.size_delete_Some _ _ _ Hb) in Hsize. injection Hsize as Hsize.
  apply map_size_empty_inv in Hsize.
  destruct (decide (loc_block l' = loc_block l)) as [|Hne]; [done|].
  rewrite -(lookup_delete_ne hF (loc_block l)) // Hsize lookup_empty in Hl'.
  by destruct Hl'.
Qed.

(** A program that starts with the whole lease of the memory and ends with it, one block
being on it, has freed every other block when its main thread returns. *)
Theorem lrust_adequacy_one_block Σ `{!lrustGpreS Σ} (e : expr) (φ : val → loc → state → Prop) :
  (∀ `{!lrustGS Σ}, heap_lease 1 0 -∗ WP e {{ v, ∃ l n, heap_lease 1 1 ∗ † l … n ∗
    ∀ σ, heap_ctx σ ={⊤}=∗ ⌜φ v l σ⌝ ∗ heap_ctx σ }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ l, φ v l σ ∧ one_block σ l).
Proof.
  intros Hwp. apply (adequacy.lrust_adequacy_init Σ e _
    (λ _, ⌜is_Some heap_lease_name⌝ ∗ heap_lease 1 0)%I).
  - iMod heap_init_tracked as (Hheap Hname) "[Hσ Hlease]". iModIntro. iExists Hheap.
    by iFrame.
  - iIntros (H) "[%Hname Hlease]". iApply (wp_wand with "[Hlease]"); [by iApply Hwp|].
    iIntros (v) "(%l & %n & Hlease & H† & Hφ)". iIntros (σ) "Hσ".
    iMod ("Hφ" with "Hσ") as "[%Hφ Hσ]".
    iMod (heap_lease_one_block with "Hσ Hlease H†") as %Hσ; [done|].
    iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%". by exists l.
Qed.
