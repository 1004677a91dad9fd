(** * Client of raw slices, wide pointers and null

<<
  let xs = [1, 2, 3];
  let w = ptr::slice_from_raw_parts(&raw mut xs, 3);
  let p = w as *mut i64;                       // the address
  if p.is_null() || !ptr::null().is_null() { return 0 }
  *p.add(1) = 7;
  w.len() + *p + *p.add(1) + *p.add(2)
>>
[slices_adequate]: it returns 14. The permission of the slice is cut after the first element
([acc_slice_app]); of what is behind, the first element is written, and put back
([acc_slice_lookup]). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.borrow Require Import raw_slice.
From tally.prelude Require Import options.

Definition slices : expr :=
  let: "xs" := Alloc #3 in
  "xs" <- #1;; ("xs" +ₗ #1) <- #2;; ("xs" +ₗ #2) <- #3;;
  let: "w" := Alloc #2 in
  slice_from_raw_parts ["w"; "xs"; #3];;
  let: "p" := slice_data ["w"] in
  let: "n" := slice_len ["w"] in
  let: "null" := is_null ["p"] in
  let: "null'" := is_null [null] in
  "p" +ₗ #1 <- #7;;
  let: "a" := !"p" in let: "b" := !("p" +ₗ #1) in let: "c" := !("p" +ₗ #2) in
  Free #2 "w";; Free #3 "xs";;
  if: "null" then #0 else if: "null'" then "n" + "a" + "b" + "c" else #0.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Implicit Types (l : loc).

  Local Lemma acc_ints l (a b c : Z) :
    acc (slice_raw int_raw 3) l 1 [a; b; c] ⊣⊢ l ↦∗ [ #a; #b; #c]%V.
  Proof using Type.
    rewrite acc_slice /= !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    rewrite !acc_int shift_loc_0. iSplit.
    - iIntros "(_ & $ & $ & $ & _)".
    - iIntros "($ & $ & $ & _)". done.
  Qed.
  Lemma slices_spec : ⊢ WP slices {{ v, ⌜v = #14⌝ }}.
  Proof using All.
    rewrite /slices. iStartProof. wp_alloc l as "Hl" "Hl†".
    rewrite /= !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hl" as "(H0 & H1 & H2 & _)".
    wp_pures. wp_write. wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iAssert (acc (slice_raw int_raw 3) l 1 [1; 2; 3]%Z) with "[H0 H1 H2]" as "Hl".
    { rewrite acc_ints !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
      by iFrame "H0 H1 H2". }
    wp_alloc w as "Hw" "Hw†". wp_pures.
    wp_apply (slice_from_raw_parts_spec with "Hw"). iIntros "Hw". wp_pures.
    wp_apply (slice_data_spec with "Hw"). iIntros "Hw". wp_pures.
    wp_apply (slice_len_spec with "Hw"). iIntros "Hw". wp_pures.
    wp_apply is_null_place_spec; [done|]. iIntros "_". wp_pures.
    wp_apply is_null_null_spec; [done|]. iIntros "_". wp_pures.
    (** Cut, written, and put together. *)
    iDestruct (acc_slice_app int_raw 1 2 l 1 [1%Z] [2; 3]%Z with "Hl") as "[Ha Hb]"; [done..|].
    iDestruct (acc_slice_lookup _ _ _ _ _ 0 2%Z with "Hb") as "[H Hb]"; [done|].
    iEval (rewrite shift_loc_assoc acc_int /=) in "H". wp_write.
    iDestruct ("Hb" $! 7%Z with "[H]") as "Hb"; [by rewrite shift_loc_assoc acc_int|].
    iDestruct (acc_slice_app int_raw 1 2 l 1 [1%Z] [7; 3]%Z with "[$Ha $Hb]") as "Hl";
      [done..|].
    rewrite acc_ints. rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
    iDestruct "Hl" as "(H0 & H1 & H2 & _)". wp_pures.
    wp_read. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (w ↦∗ [ #l; #3]%V)%I with "[Hw]" as "Hw".
    { rewrite /slice_ptr_raw acc_pair acc_ptr acc_int heap_pointsto_vec_cons.
      by rewrite heap_pointsto_vec_singleton. }
    wp_free. wp_pures.
    iAssert (l ↦∗ [ #1; #7; #3]%V)%I with "[H0 H1 H2]" as "Hl".
    { rewrite !heap_pointsto_vec_cons heap_pointsto_vec_nil !shift_loc_assoc.
      by iFrame "H0 H1 H2". }
    wp_free. wp_pures. done.
  Qed.
End client.

(** The length and the three elements, of which one was written. *)
Theorem slices_adequate : adequate NotStuck slices ∅ (λ v _, v = #14%V).
Proof. apply (lrust_adequacy lrustΣ). intros HΣ Huntracked. iApply slices_spec. Qed.
