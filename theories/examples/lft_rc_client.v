(** * An array of handles, with types: a closed program

<<
  let a = Rc::new(5);
  let b = a.clone();                      // a handle that is in hand
  let weak = Rc::downgrade(&a);
  let handles = [a, b];
  let r = &handles;
  let c = r[1].clone();                   // a handle behind a reference to the array
  let x = *r[0];
  let d = weak.upgrade();                 // a weak handle that is in hand
  drop(handles);  drop(c);  drop(d);
  let e = weak.upgrade();
  drop(e);  drop(weak);
  x
>>
The program of one for [rc_lty], [weak_lty] and [array_lty]. [handles_adequate]: no execution
gets stuck, and what it returns is a number. [handles_run] computes one execution, after which
the memory is empty. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp_correct.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context lft_option.
From tally.prelude Require Import options.

Definition int_drop : val := option_rc_drop 1 drop_nothing.
Definition handles : expr :=
  let: "src" := Alloc #1 in
  "src" <- #5;;
  let: "a" := rc_new 1 ["src"] in
  let: "b" := rc_clone ["a"] in
  let: "weak" := rc_downgrade ["a"] in
  let: "handles" := Alloc #2 in
  "handles" <- "a";;
  "handles" +ₗ #1 <- "b";;
  let: "r" := "handles" in
  let: "c" := rc_clone [ (!("r" +ₗ #1)) ] in
  let: "x" := !(rc_deref [ (!"r") ]) in
  let: "d" := weak_upgrade ["weak"] in
  int_drop [ (!"handles") ];;
  int_drop [ (!("handles" +ₗ #1)) ];;
  int_drop ["c"];;
  int_drop ["d"];;
  let: "e" := weak_upgrade ["weak"] in
  int_drop ["e"];;
  weak_drop 1 ["weak"];;
  Free #2 "handles";;
  Free #1 "src";;
  "x".

(** Pure steps, whose credits are kept. *)
Local Ltac earn := repeat (wp_pure _ credit:"H£1"; iCombine "H£ H£1" as "H£").

Section client.
  Context `{!rcGS Σ, !lftG Σ, !rcG Σ lft, !UntrackedHeap Σ}.
  Implicit Types (b : loc) (v : val).

  Local Definition handleN : namespace := nroot .@ "handles".
  Local Definition handle : lty Σ := rc_lty rc_pool handleN (int_lty i64).
  Local Definition weak : lty Σ := weak_lty rc_pool handleN (int_lty i64).
  Local Definition two : lty Σ := array_lty 2 handle.

  (** So that they stay as they are. *)
  Typeclasses Opaque handle weak two.

  Local Lemma int_drop_spec v :
    {{{ na_own rc_pool ⊤ ∗ lty_own (option_rc_lty rc_pool handleN (int_lty i64)) [v] }}}
      int_drop [v]
    {{{ RET #☠; na_own rc_pool ⊤ }}}.
  Proof using Type.
    iIntros (Φ) "[Hna Hv] HΦ".
    wp_apply (option_rc_lty_drop_spec rc_pool handleN (int_lty i64) ⊤ drop_nothing
      (ty_own (lty_ty (int_lty i64))) with "[$Hna $Hv]"); [done| |done].
    iApply drop_nothing_spec.
  Qed.
  Local Lemma two_own v w :
    lty_own handle [v] -∗ lty_own handle [w] -∗ lty_own two [v; w].
  Proof using Type.
    iIntros "Hv Hw". rewrite /two /=. iExists [v], [w]. iSplit; [done|]. iSplitL "Hv"; [iExact "Hv"|].
    iExists [w], []. iSplit; [done|]. iSplitL "Hw"; [iExact "Hw"|]. by iPureIntro.
  Qed.
  Local Lemma two_own_inv vl :
    lty_own two vl -∗ ∃ v w, ⌜vl = [v; w]⌝ ∗ lty_own handle [v] ∗ lty_own handle [w].
  Proof using Type.
    rewrite /two. iIntros "H". iDestruct (lty_size_eq with "H") as %Hlen. rewrite /=.
    iDestruct "H" as (vl1 vl2) "(-> & Hv & %vl3 & %vl4 & -> & Hw & _)".
    iDestruct (lty_size_eq with "Hv") as %Hv. iDestruct (lty_size_eq with "Hw") as %Hw.
    destruct vl1 as [|v [|]], vl3 as [|w [|]], vl4; try done.
    iExists v, w. iSplit; [done|]. iSplitL "Hv"; [iExact "Hv"|iExact "Hw"].
  Qed.

  Lemma handles_spec : na_own rc_pool ⊤ -∗ WP handles {{ v, ⌜∃ z : Z, v = #z⌝ }}.
  Proof using All.
    iIntros "Hna". rewrite /handles. iMod lc_zero as "H£". earn.
    wp_alloc src as "Hsrc" "Hsrc†". rewrite heap_pointsto_vec_singleton. earn. wp_write. earn.
    iDestruct (lc_weaken (1 `max` 2) with "H£") as "H£"; [simpl; lia|].
    wp_apply (rc_lty_new_spec rc_pool handleN (int_lty i64) ⊤ src [ #5]%V 1 0
      with "[$H£ $Hna Hsrc]"); [done| |].
    { iSplitR; [iApply heap_lease_untracked|]. rewrite heap_pointsto_vec_singleton.
      iFrame "Hsrc". by iApply (int_ty_own_intro i64). }
    iIntros (b) "(Ha & Hna & Hsrc)". rewrite heap_pointsto_vec_singleton.
    iMod lc_zero as "H£". earn.
    wp_apply (rc_lty_clone_spec rc_pool handleN with "[$Hna $Ha]"); [done|].
    iIntros "(Hna & Ha & Hb)". earn.
    wp_apply (rc_lty_downgrade_spec rc_pool handleN with "[$Hna $Ha]"); [done|].
    iIntros "(Hna & Ha & Hw)". earn.
    wp_alloc h as "Hh" "Hh†". rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hh" as "[H0 H1]". earn. wp_write. earn. wp_write. earn.
    (** The array is shared. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create _ κ (h ↦∗: lty_own two) with "[H0 H1 Ha Hb]") as "[Hbor Hback]";
      [done| |].
    { iNext. iExists [ #b; #b]%V. rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iFrame "H0 H1". iApply (two_own with "Ha Hb"). }
    iDestruct (lc_weaken (lty_cost two) with "H£") as "H£"; [rewrite /two /handle /=; lia|].
    iMod (lty_share two with "[$H£ $Hbor $Hκ]") as "[#Hr Hκ]"; [done|].
    iDestruct (array_shr_elem 2 handle κ h 0 with "Hr") as "#Hr0"; [lia|].
    iDestruct (array_shr_elem 2 handle κ h 1 with "Hr") as "#Hr1"; [lia|].
    iEval (rewrite Nat.mul_0_l shift_loc_0) in "Hr0".
    iEval (rewrite Nat.mul_1_l) in "Hr1".
    wp_apply (rc_shr_clone_spec rc_pool handleN (int_lty i64) ⊤ κ (h +ₗ 1) with "[$Hκ $Hna]");
      [done|iExact "Hr1"|].
    iIntros (c) "(Hc & Hκ & Hna)". wp_pures.
    wp_apply (rc_shr_deref_spec rc_pool handleN (int_lty i64) with "[$Hκ]").
    { iExact "Hr0". }
    iIntros (a) "[#Hx Hκ]".
    wp_apply (int_shr_read i64 with "[$Hx $Hκ]"). iIntros (x) "[_ Hκ]". wp_pures.
    wp_apply (weak_lty_upgrade_spec rc_pool handleN with "[$Hna $Hw]"); [done|].
    iIntros (d) "(Hna & Hd & Hw)". wp_pures.
    (** It is over, and the array is back. *)
    iMod ("Hend" with "Hκ") as "H†". iMod ("Hback" with "H†") as "H".
    rewrite /heap_pointsto_pred. iDestruct "H" as (vl) "[>Hh Hvl]".
    iAssert (▷ ∃ v w, ⌜vl = [v; w]⌝ ∗ lty_own handle [v] ∗ lty_own handle [w])%I
      with "[Hvl]" as (v w) "(>-> & Hv & Hw')"; [iNext; by iApply two_own_inv|].
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hh" as "[H0 H1]".
    wp_read. wp_apply (int_drop_spec with "[$Hna Hv]"); [iRight; iExact "Hv"|]. iIntros "Hna". wp_pures.
    wp_read. wp_apply (int_drop_spec with "[$Hna Hw']"); [iRight; iExact "Hw'"|]. iIntros "Hna". wp_pures.
    wp_apply (int_drop_spec with "[$Hna Hc]"); [iRight; iExact "Hc"|]. iIntros "Hna". wp_pures.
    wp_apply (int_drop_spec with "[$Hna $Hd]"). iIntros "Hna". wp_pures.
    wp_apply (weak_lty_upgrade_spec rc_pool handleN with "[$Hna $Hw]"); [done|].
    iIntros (e) "(Hna & He & Hw)". wp_pure _ credit:"H£". wp_pures.
    wp_apply (int_drop_spec with "[$Hna $He]"). iIntros "Hna". wp_pures.
    wp_apply (weak_lty_drop_spec rc_pool handleN (int_lty i64) with "[$H£ $Hna $Hw]"); [done|].
    iIntros "_". wp_pures.
    iAssert (h ↦∗ [v; w])%I with "[H0 H1]" as "Hh".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "H0 H1". }
    wp_free. wp_pures. rewrite -(heap_pointsto_vec_singleton src). wp_free. wp_pures.
    iPureIntro. by exists x.
  Qed.
End client.

(** Never stuck, and a number. *)
Theorem handles_adequate : adequate NotStuck handles ∅ (λ v _, ∃ z : Z, v = #z%V).
Proof.
  apply (rc_adequacy_untracked #[rc_stdΣ; lftΣ; rcΣ lft] _ (λ v, ∃ z : Z, v = #z%V)).
  iIntros (HΣ Huntracked) "Hna". by iApply handles_spec.
Qed.

(** One execution, computed: it gets to the end, and the memory is empty. *)
Lemma handles_run :
  let o := run_program choice_reuse [] 5000 handles in
  main_value o = Some #5%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
