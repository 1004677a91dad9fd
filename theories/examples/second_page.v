(** * A memory of two pages, of which the second is used

[second_page] allocates the slots of two pages and prepares that of the second one, at
address 4096, as a boot loader would leave it: the word says that it is unused, and the
address is there. [frame_all_ops_client.v] and [frame_atomic_client.v] begin with it; with
what it leaves ([second_page_spec]) they make a slot whose client state is a lease, or
one whose state they keep themselves. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.frame.slot Require Import frame_addr.
From tally.prelude Require Import options.

Definition second_page : val :=
  λ: [],
    let: "base" := Alloc #10 in
    let: "slot" := "base" +ₗ #5 in
    "slot" +ₗ #slot_paddr <- #4096;;
    "slot" <- #slot_unused;;
    "base".

Lemma second_page_spec `{!lrustGS Σ, !UntrackedHeap Σ} :
  {{{ True }}}
    second_page []
  {{{ (base : loc), RET #base;
      page_slot 1 base 4096 ↦∗ [ #slot_unused; #☠; #☠; #4096; #☠ ]%V }}}.
Proof.
  iIntros (Φ) "_ HΦ". wp_rec. rewrite /slot_paddr. wp_alloc base as "Hb" "_".
  rewrite (heap_pointsto_vec_app _ _ [ #☠; #☠; #☠; #☠; #☠ ]%V).
  iDestruct "Hb" as "[_ Hs]". rewrite (_ : base +ₗ length _ = page_slot 1 base 4096)%L //.
  wp_pures. rewrite (_ : base +ₗ 5 = page_slot 1 base 4096)%L //.
  rewrite !heap_pointsto_vec_cons. iDestruct "Hs" as "(Hs & Hs1 & Hs2 & Hs3 & Hs4 & _)".
  rewrite !shift_loc_assoc. wp_write. wp_write. wp_pures. iApply "HΦ".
  rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil. by iFrame.
Qed.
