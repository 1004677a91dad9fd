(** * λRust: a memory that holds some blocks and nothing else

A program whose static memory is never freed cannot give the whole lease of the heap
back with no block on it, as [lrust_adequacy_leak_free] asks. What holds of it is said
here: if a proof owns the whole lease at the end, and the right to free each block that is
counted on it, then memory holds these blocks and nothing else.

Key results: [heap_lease_blocks] and [lrust_adequacy_blocks]. *)
From iris.algebra Require Import auth gmap frac numbers.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import heap adequacy.
From tally.prelude Require Import options.

(** The cells of [σ] are the cells of the blocks of [ls], each given by its place and its
size. *)
Definition only_blocks (σ : state) (ls : list (loc * nat)) : Prop :=
  ∀ l, is_Some (σ !! l) ↔ ∃ k x, ls !! k = Some x ∧ loc_in_range x.1 x.2 l.

(** No blocks: the memory is empty. *)
Lemma only_blocks_nil σ : only_blocks σ [] ↔ σ = ∅.
Proof.
  split.
  - intros Hσ. apply map_empty. intros l. apply eq_None_not_Some.
    by intros (k & x & Hx & _)%Hσ.
  - intros -> l. rewrite lookup_empty. split; [by intros [? ?]|by intros (k & x & Hx & _)].
Qed.
(** One block: its cells, and no others. *)
Lemma only_blocks_singleton σ l n :
  only_blocks σ [(l, n)] ↔ ∀ l', is_Some (σ !! l') ↔ loc_in_range l n l'.
Proof.
  assert (∀ l', (∃ k x, [(l, n)] !! k = Some x ∧ loc_in_range x.1 x.2 l') ↔
    loc_in_range l n l') as H.
  { intros l'. split; [|intros Hl'; by exists 0%nat, (l, n)].
    intros ([|k] & x & Hx & Hl'); [|done]. by injection Hx as <-. }
  split; intros Hσ l'; by rewrite Hσ H.
Qed.

Section blocks.
  Context `{!heapGS Σ}.
  Implicit Types (σ : state) (ls : list (loc * nat)).

  (** As many rights as there are blocks: they are rights on all blocks. *)
  Local Lemma freeable_auth_blocks hF ls :
    size hF = length ls →
    heap.freeable_auth hF -∗ ([∗ list] x ∈ ls, † x.1 … x.2) ==∗
    ⌜∀ b qs, hF !! b = Some qs ↔ ∃ k x, ls !! k = Some x ∧
      loc_block x.1 = b ∧ qs = (1%Qp, heap.offsets (loc_offset x.1) x.2)⌝.
  Proof.
    iIntros (Hsize) "HhF H†". iInduction ls as [|[l n] ls] "IH" forall (hF Hsize); simpl.
    { apply map_size_empty_inv in Hsize as ->. iIntros "!> !%" (b qs). rewrite lookup_empty.
      split; [done|]. by intros (k & x & Hx & _). }
    iDestruct "H†" as "[Hl H†]".
    iMod (heap.freeable_auth_free with "HhF Hl") as "[%Hl HhF]".
    rewrite (heap.size_delete_Some _ _ _ Hl) in Hsize. injection Hsize as Hsize.
    iMod ("IH" with "[//] HhF H†") as %Hls. iIntros "!> !%" (b qs). split.
    - intros Hb. destruct (decide (loc_block l = b)) as [<-|Hne].
      + exists 0%nat, (l, n). rewrite Hl in Hb. by injection Hb as <-.
      + rewrite -(lookup_delete_ne hF (loc_block l)) // in Hb.
        apply Hls in Hb as (k & x & Hk & Hx). by exists (S k), x.
    - intros ([|k] & x & Hk & Hx).
      + injection Hk as <-. by destruct Hx as [<- ->].
      + assert (delete (loc_block l) hF !! b = Some qs) as Hb by (apply Hls; by exists k, x).
        destruct (decide (loc_block l = b)) as [<-|Hne].
        * by rewrite lookup_delete_same in Hb.
        * by rewrite lookup_delete_ne in Hb.
  Qed.

  Lemma heap_lease_blocks σ ls :
    is_Some heap_lease_name →
    heap_ctx σ -∗ heap_lease 1 (length ls) -∗ ([∗ list] x ∈ ls, † x.1 … x.2) ==∗
    ⌜only_blocks σ ls⌝.
  Proof.
    iIntros (Hname) "(%hF & _ & [HhF Hl] & %Hrel & %Hblocks) Hlease H†".
    iDestruct (heap.heap_lease_auth_full with "Hl Hlease") as %Hsize.
    iMod (freeable_auth_blocks with "HhF H†") as %Hls; [by apply Hsize|].
    iIntros "!> !%" ([b i]). split.
    - intros Hi. destruct (Hblocks _ Hi) as [qs Hqs]. simpl in Hqs.
      destruct (Hrel _ _ Hqs) as [_ Hcells]. apply Hcells in Hi.
      apply Hls in Hqs as (k & x & Hk & Hb & ->). exists k, x. split; [done|].
      split; [done|]. by apply heap.offsets_lookup.
    - intros (k & x & Hk & Hb & Hi). simpl in Hb, Hi.
      assert (hF !! b = Some (1%Qp, heap.offsets (loc_offset x.1) x.2)) as Hqs.
      { apply Hls. by exists k, x. }
      destruct (Hrel _ _ Hqs) as [_ Hcells]. apply Hcells. by apply heap.offsets_lookup.
  Qed.
End blocks.

(** A program that starts with the whole lease of the memory, and ends with it and with
the rights to free the blocks that are out on it, has freed every other block when its main
thread returns. *)
Theorem lrust_adequacy_blocks Σ `{!lrustGpreS Σ} (e : expr)
    (φ : val → list (loc * nat) → state → Prop) :
  (∀ `{!lrustGS Σ}, heap_lease 1 0 -∗ WP e {{ v, ∃ ls, heap_lease 1 (length ls) ∗
    ([∗ list] x ∈ ls, † x.1 … x.2) ∗
    ∀ σ, heap_ctx σ ={⊤}=∗ ⌜φ v ls σ⌝ ∗ heap_ctx σ }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ ls, φ v ls σ ∧ only_blocks σ ls).
Proof.
  intros Hwp. apply (adequacy.lrust_adequacy_init Σ e _
    (λ _, ⌜is_Some heap_lease_name⌝ ∗ heap_lease 1 0)%I).
  - iMod heap_init_tracked as (Hheap Hname) "[Hσ Hlease]". iModIntro. iExists Hheap.
    by iFrame.
  - iIntros (H) "[%Hname Hlease]". iApply (wp_wand with "[Hlease]"); [by iApply Hwp|].
    iIntros (v) "(%ls & Hlease & H† & Hφ)". iIntros (σ) "Hσ".
    iMod ("Hφ" with "Hσ") as "[%Hφ Hσ]".
    iMod (heap_lease_blocks with "Hσ Hlease H†") as %Hσ; [done|].
    iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%". by exists ls.
Qed.
