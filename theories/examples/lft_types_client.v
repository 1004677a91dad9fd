(** * References into a pair with a box, a cell and a sum; to a reference; to a mutable one

<<
  let boxed = Box::new(5);
  let s = (boxed, Cell::new(7), Either::Left(9));
  let r = &s;
  let x = **r.0;                          // through the box
  r.1.set(x);  let y = r.1.get();         // through the cell
  let z = match r.2 { Either::Left(n) => n, Either::Right(()) => 0 };
  let rr = &r;
  let x' = **rr.0;                        // through a reference to the reference
  let mut n = 1;
  let mut m = &mut n;  *m = 3;
  let rm = &m;
  let w = **rm;                           // through a reference to a mutable one
  (x + y) + z + x' + w
>>
One program for the types of [lft_compound.v] and [lft_pointer.v]. [types_adequate]: no
execution gets stuck, and what it returns is a number. The types do not say which.
[types_run] computes one execution. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp_correct.
From tally.types Require Import type lft_type lft_compound lft_pointer.
From tally.prelude Require Import options.

Definition types_program : expr :=
  let: "box" := Alloc #1 in
  "box" <- #5;;
  let: "s" := Alloc #4 in
  "s" <- "box";;
  "s" +ₗ #1 <- #7;;
  "s" +ₗ #2 <- #0;;
  "s" +ₗ #3 <- #9;;
  let: "r" := "s" in
  let: "x" := !(!"r") in
  "r" +ₗ #1 <- "x";;
  let: "y" := !("r" +ₗ #1) in
  let: "z" := (if: !("r" +ₗ #2) = #0 then !("r" +ₗ #3) else #0) in
  let: "p" := Alloc #1 in
  "p" <- "r";;
  let: "x'" := !(!(!"p")) in
  let: "n" := Alloc #1 in
  "n" <- #1;;
  let: "m" := Alloc #1 in
  "m" <- "n";;
  !"m" <- #3;;
  let: "w" := !(!"m") in
  "x" + "y" + "z" + "x'" + "w".

(** Pure steps, whose credits are kept. *)
Local Ltac earn := repeat (wp_pure _ credit:"H£1"; iCombine "H£ H£1" as "H£").

Section client.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, !UntrackedHeap Σ} (p : na_inv_pool_name).
  Implicit Types (l : loc) (κ : lft) (q : Qp).

  Local Definition cellN : namespace := nroot .@ "cell".
  Local Definition rest : lty Σ :=
    pair_lty (cell_lty p cellN (int_lty i64)) (sum_lty (int_lty i64) (uninit_lty 0)).
  Local Definition triple : lty Σ := pair_lty (box_lty 1 (int_lty i64)) rest.

  (** So that it stays as it is. *)
  Typeclasses Opaque triple.

  (** An integer behind a shared pointer. *)
  Lemma delayed_int_read κ l q :
    {{{ £ 3 ∗ shr_delayed (int_lty i64) κ l ∗ q.[κ] }}}
      !#l
    {{{ (z : Z), RET #z; ⌜in_int_range i64 z⌝ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "(H£ & #H & Hq) HΦ". rewrite /shr_delayed.
    iMod ("H" with "[] H£ Hq") as "[Hl Hq]"; [done|].
    iApply (int_shr_read with "[$Hl $Hq] HΦ").
  Qed.
  Lemma box_int_read κ l q :
    {{{ £ 3 ∗ lty_shr (box_lty 1 (int_lty i64)) κ l ∗ q.[κ] }}}
      !(!#l)
    {{{ (z : Z), RET #z; ⌜in_int_range i64 z⌝ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "(H£ & Hl & Hq) HΦ".
    iAssert (ptr_shr (shr_delayed (int_lty i64) κ) κ l) with "Hl" as "Hl".
    wp_apply (ptr_shr_read with "[$Hl $Hq]"). iIntros (b) "[Hb Hq]".
    iApply (delayed_int_read with "[$H£ $Hb $Hq] HΦ").
  Qed.
  Lemma cell_int_cells l :
    l ↦∗: lty_own (int_lty i64) ⊣⊢ ∃ z : Z, ⌜in_int_range i64 z⌝ ∗ l ↦ #z.
  Proof.
    rewrite /heap_pointsto_pred. iSplit.
    - iIntros "(%vl & Hl & Hvl)". iAssert (ty_own (int_ty i64) vl) with "Hvl" as "Hvl".
      rewrite int_ty_own. iDestruct "Hvl" as (z) "[-> %Hz]". iExists z.
      rewrite heap_pointsto_vec_singleton. by iFrame.
    - iIntros "(%z & %Hz & Hl)". iExists [ #z]%V. rewrite heap_pointsto_vec_singleton.
      iFrame "Hl". by iApply int_ty_own_intro.
  Qed.
  Lemma cell_int_get κ l q :
    {{{ lty_shr (cell_lty p cellN (int_lty i64)) κ l ∗ q.[κ] ∗ na_own p ⊤ }}}
      !#l
    {{{ (z : Z), RET #z; ⌜in_int_range i64 z⌝ ∗ q.[κ] ∗ na_own p ⊤ }}}.
  Proof.
    iIntros (Φ) "(Hl & Hq & Hna) HΦ".
    iMod (cell_shr_acc with "Hl Hq Hna") as "(H & Hna & Hclose)"; [done..|].
    rewrite cell_int_cells. iDestruct "H" as (z) "[>%Hz >Hl]". wp_read.
    iMod ("Hclose" with "[Hl] Hna") as "[Hq Hna]"; [iNext; iExists z; by iFrame|].
    iApply "HΦ". by iFrame.
  Qed.
  Lemma cell_int_set κ l q (w : Z) :
    in_int_range i64 w →
    {{{ lty_shr (cell_lty p cellN (int_lty i64)) κ l ∗ q.[κ] ∗ na_own p ⊤ }}}
      #l <- #w
    {{{ RET #☠; q.[κ] ∗ na_own p ⊤ }}}.
  Proof.
    iIntros (Hw Φ) "(Hl & Hq & Hna) HΦ".
    iMod (cell_shr_acc with "Hl Hq Hna") as "(H & Hna & Hclose)"; [done..|].
    rewrite cell_int_cells. iDestruct "H" as (z) "[_ >Hl]". wp_write.
    iMod ("Hclose" with "[Hl] Hna") as "[Hq Hna]"; [iNext; iExists w; by iFrame|].
    iApply "HΦ". by iFrame.
  Qed.

  Lemma types_spec : na_own p ⊤ -∗ WP types_program {{ v, ⌜∃ z : Z, v = #z⌝ }}.
  Proof using All.
    iIntros "Hna". rewrite /types_program. iMod lc_zero as "H£".
    earn. wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton.
    earn. wp_write. earn.
    wp_alloc s as "Hs" "Hs†". rewrite /= !heap_pointsto_vec_cons heap_pointsto_vec_nil.
    rewrite !shift_loc_assoc. iDestruct "Hs" as "(Hs0 & Hs1 & Hs2 & Hs3 & _)".
    earn. wp_write. earn. wp_write. earn. wp_write. earn. wp_write. earn.
    (** The triple is shared. *)
    iMod lft_create as (κ) "[Hκ _]".
    iMod (bor_create _ κ (s ↦∗: lty_own triple) with "[Hb Hb† Hs0 Hs1 Hs2 Hs3]")
      as "[Hbor _]"; [done| |].
    { iNext. rewrite /triple pair_cells /rest pair_cells. iSplitL "Hb Hb† Hs0"; [|iSplitL "Hs1"].
      - rewrite ptr_cells. iExists b. iFrame "Hs0". iSplitL "Hb".
        + iNext. rewrite cell_int_cells. iExists 5%Z. by iFrame.
        + iNext. rewrite /box_block. iSplitL "Hb†"; [by iRight|]. iApply heap_lease_untracked.
      - rewrite cell_int_cells. iExists 7%Z. by iFrame.
      - rewrite sum_cells. iExists false. rewrite /= !shift_loc_assoc. iFrame "Hs2".
        iSplitL "Hs3"; [rewrite cell_int_cells; iExists 9%Z; by iFrame|].
        iExists []. rewrite heap_pointsto_vec_nil. by iSplit. }
    iDestruct (lc_weaken (lty_cost triple + 3) with "H£") as "[H£ H£']"; [simpl; lia|].
    iMod (lty_share triple with "[$H£ $Hbor $Hκ]") as "[#Hr Hκ]"; [done|].
    iPoseProof "Hr" as "Hparts". iEval (rewrite /triple /rest !pair_shr_fields) in "Hparts".
    iDestruct "Hparts" as "(Hbox & Hcell & Hsum)". iEval (rewrite /= shift_loc_assoc) in "Hsum".
    (** Through the box, the cell and the sum. *)
    wp_apply (box_int_read with "[$H£' $Hbox $Hκ]"). iIntros (x) "[%Hx Hκ]".
    iMod lc_zero as "H£". earn.
    wp_apply (cell_int_set with "[$Hcell $Hκ $Hna]"); [done|]. iIntros "[Hκ Hna]". earn.
    wp_apply (cell_int_get with "[$Hcell $Hκ $Hna]"). iIntros (y) "(_ & Hκ & Hna)". earn.
    wp_apply (sum_shr_read with "[$Hsum $Hκ]"). iIntros (t) "[#Hcase Hκ]".
    iEval (rewrite shift_loc_assoc) in "Hcase".
    wp_bind (if: _ then _ else _)%E.
    iApply (wp_wand _ _ _ (λ v, ∃ z : Z, ⌜v = #z⌝ ∗ 1.[κ])%I with "[Hκ]").
    { destruct t; rewrite /sum_tag; wp_pures; [iExists 0%Z; by iFrame|].
      iAssert (lty_shr (int_lty i64) κ (s +ₗ 3)) as "#Hint".
      { iDestruct "Hcase" as (vl) "[H1 H2]". iExists vl. iFrame "H1". by iNext. }
      wp_apply (int_shr_read with "[$Hint $Hκ]"). iIntros (z) "[_ Hκ]". iExists z. by iFrame. }
    iIntros (v) "(%z & -> & Hκ)".
    earn. wp_alloc c as "Hc" "Hc†". rewrite heap_pointsto_vec_singleton. earn. wp_write. earn.
    (** Through a reference to the reference. *)
    iMod lft_create as (κ') "[Hκ' _]".
    iMod (bor_create _ κ' (c ↦∗: lty_own (shr_lty κ triple)) with "[Hc]")
      as "[Hbor _]"; [done| |].
    { iNext. iExists [ #s]%V. rewrite heap_pointsto_vec_singleton. iFrame "Hc".
      iExists s. iSplit; [done|]. iNext. iExact "Hr". }
    iDestruct (lc_weaken (2 + (3 + 1)) with "H£") as "[H£ [H£3 H£1]]"; [simpl; lia|].
    iMod (lty_share (shr_lty κ triple) with "[$H£ $Hbor $Hκ']") as "[#Hrr Hκ']"; [done|].
    wp_apply (shr_shr_read with "[$Hrr $Hκ']"). iIntros (s') "[#Hs' Hκ']".
    iMod (lc_fupd_elim_later with "H£1 Hs'") as "#Hparts'".
    iEval (rewrite /triple) in "Hparts'". iDestruct "Hparts'" as "[Hbox' _]". iMod lc_zero as "H£".
    wp_apply (box_int_read with "[$H£3 $Hbox' $Hκ]"). iIntros (x') "[_ Hκ]". earn.
    (** A mutable reference is written through, and then shared. *)
    wp_alloc n as "Hn" "Hn†". rewrite heap_pointsto_vec_singleton. earn. wp_write. earn.
    wp_alloc m as "Hm" "Hm†". rewrite heap_pointsto_vec_singleton. earn. wp_write. earn.
    iMod lft_create as (α) "[Hα _]".
    iMod (bor_create _ α (n ↦∗: lty_own (int_lty i64)) with "[Hn]") as "[Hbor _]"; [done| |].
    { iNext. rewrite cell_int_cells. iExists 1%Z. by iFrame. }
    iAssert (lty_own (mut_lty α (int_lty i64)) [ #n]) with "[Hbor]" as "Hmut".
    { iExists n. by iFrame. }
    wp_read. iMod (mut_own_acc with "Hmut Hα") as "[H Hclose]"; [done|].
    rewrite cell_int_cells. iDestruct "H" as (old) "[_ >Hn]". wp_write.
    iMod ("Hclose" with "[Hn]") as "[Hmut Hα]"; [iNext; iExists 3%Z; by iFrame|]. earn.
    iMod lft_create as (α') "[Hα' _]".
    iMod (bor_create _ α' (m ↦∗: lty_own (mut_lty α (int_lty i64))) with "[Hm Hmut]")
      as "[Hbor _]"; [done| |].
    { iNext. iExists [ #n]%V. rewrite heap_pointsto_vec_singleton. iFrame. }
    iDestruct (lc_weaken (7 + 3) with "H£") as "[H£ H£3]"; [simpl; lia|].
    iMod (lty_share (mut_lty α (int_lty i64)) with "[$H£ $Hbor $Hα']") as "[#Hrm Hα']"; [done|].
    iAssert (ptr_shr (shr_delayed (int_lty i64) (α ⊓ α')) α' m) with "Hrm" as "#Hrm'".
    wp_apply (ptr_shr_read with "[$Hrm' $Hα']"). iIntros (n') "[#Hn' Hα']".
    iDestruct (lft_intersect_acc with "Hα Hα'") as (q) "[Hq _]".
    wp_apply (delayed_int_read with "[$H£3 $Hn' $Hq]"). iIntros (w) "_".
    wp_pures. iPureIntro. by eexists.
  Qed.
End client.

Definition lft_typesΣ : gFunctors := #[lrustΣ; lftΣ; na_invΣ].

(** Never stuck, and a number. *)
Theorem types_adequate :
  adequate NotStuck types_program ∅ (λ v _, ∃ z : Z, v = #z%V).
Proof.
  apply (lrust_adequacy lft_typesΣ). intros HΣ Huntracked.
  iMod na_alloc as (p) "Hna". iApply (types_spec with "Hna").
Qed.

(** One execution, computed. *)
Lemma types_run :
  main_value (run_program choice_reuse [] 1000 types_program) = Some #27%V.
Proof. by vm_compute. Qed.
