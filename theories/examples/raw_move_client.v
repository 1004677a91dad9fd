(** * Client of values that are moved into a cell and out of it

<<
  let src = (3, 4);
  let (c, perm) = PermCell::new(src);
  *c.0 = 5;                                   // by the raw pointer, with the permission
  let dst = c.into_inner(perm);
  dst.0 == 5 && dst.1 == 4
>>
[move_adequate]: it returns true; the block of the cell has been freed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.borrow Require Import raw_move.
From tally.prelude Require Import options.

Definition move_client : expr :=
  let: "src" := Alloc #2 in "src" <- #3;; ("src" +ₗ #1) <- #4;;
  let: "c" := raw_cell_new 2 ["src"] in
  "c" <- #5;;
  raw_cell_into_inner 2 ["c"; "src"];;
  let: "a" := !"src" in let: "b" := !("src" +ₗ #1) in
  Free #2 "src";;
  if: "a" = #5 then "b" = #4 else #false.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.

  Local Lemma two_cells l v w : l ↦∗ [v; w] ⊣⊢ l ↦ v ∗ (l +ₗ 1) ↦ w.
  Proof using Type. by rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. Qed.
  Local Definition ints : raw_type Σ (Z * Z) := pair_raw int_raw int_raw.
  Local Lemma acc_ints l (a b : Z) : acc ints l 1 (a, b) ⊣⊢ l ↦ #a ∗ (l +ₗ 1) ↦ #b.
  Proof using Type. by rewrite /ints acc_pair !acc_int. Qed.

  Lemma move_client_spec : ⊢ WP move_client {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    rewrite /move_client. wp_alloc src as "Hs" "Hs†". rewrite two_cells.
    iDestruct "Hs" as "[Hs Hs']". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iDestruct (heap_lease_untracked 1 0) as "Hk".
    wp_apply (raw_cell_new_spec ints src (3, 4)%Z with "[$Hk Hs Hs']").
    { rewrite acc_ints. iFrame. }
    iIntros (c wl) "(_ & Hc & Hs & %Hwl)". rewrite box_own_raw acc_ints.
    iDestruct "Hc" as "[[Hc Hc'] Hc†]". wp_pures. wp_write. wp_pures.
    iDestruct (heap_lease_untracked 1 1) as "Hk'".
    wp_apply (raw_cell_into_inner_spec ints c src (5, 4)%Z wl 1 0
      with "[$Hk' Hc Hc' Hc† $Hs]"); [done| |].
    { rewrite box_own_raw acc_ints. iFrame. }
    iIntros "[_ Hs]". rewrite acc_ints. iDestruct "Hs" as "[Hs Hs']".
    wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (src ↦∗ [ #5; #4 ]%V)%I with "[Hs Hs']" as "Hs".
    { rewrite two_cells. iFrame. }
    wp_free. wp_pures. done.
  Qed.
End client.

(** What was written to the cell has come out of it. *)
Theorem move_adequate : adequate NotStuck move_client ∅ (λ v _, v = #true%V).
Proof. apply (lrust_adequacy lrustΣ). intros HΣ Huntracked. apply move_client_spec. Qed.
