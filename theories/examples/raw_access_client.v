(** * Client of raw pointers: a pair that is written through a pointer to its field

The programs are
<<
  fn test(x: *mut (i64, i64)) -> ( *mut i64, *mut i64) {
      (addr_of_mut!(( *x).0), addr_of_mut!(( *x).1))
  }

  unsafe fn test1(x: *mut (i64, i64)) {
      let y = addr_of_mut!(( *x).0);
      *x = (1, 1);
      *y = 5;
  }

  let mut x = (7, 7);
  { let r = &mut x;  unsafe { test1(r as *mut _) } }
  { let s = &x;  let p = s as *const _;
    unsafe { *addr_of!(( *p).0) == 5 && *addr_of!(( *p).1) == 1 } }
>>
The pointer [y] is made before the pair is written and used after it: both use the
permission of [test1], of which [y] is a part. The mutable reference is cast to a pointer,
and the permission that is given back on expiry makes [(5, 1)] the final value. So the
lender, who saw none of the writes, knows what is there ([test1_adequate]). Then the same
place is read through a shared reference that is cast to a pointer.

[test] needs no more than a share of the permission, and gives that share of both fields
([test_spec]). A program with the whole permission writes through both pointers
([test_adequate]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import raw_access.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).
Local Definition pair_code : codes := DataPair DataInt DataInt.
Local Definition pair_val (a b : Z) : proph_type pair_code := (a, b).

Definition test1 : val := λ: ["x"],
  let: "y" := addr_of_fst ["x"] in
  "x" <- #1;; "x" +ₗ #1 <- #1;;
  "y" <- #5.
(** The pair that is returned lies in a new block. *)
Definition test : val := λ: ["x"],
  let: "r" := Alloc #2 in
  "r" <- addr_of_fst ["x"];; "r" +ₗ #1 <- addr_of_snd 1 ["x"];;
  "r".
Definition test_client : expr :=
  let: "x" := Alloc #2 in
  "x" <- #7;; "x" +ₗ #1 <- #7;;
  let: "r" := test ["x"] in
  !"r" <- #3;; !("r" +ₗ #1) <- #4;;
  let: "a" := !"x" in let: "b" := !("x" +ₗ #1) in
  Free #2 "r";; Free #2 "x";;
  if: "a" = #3 then "b" = #4 else #false.
Definition test1_client : expr :=
  let: "x" := Alloc #2 in
  "x" <- #7;; "x" +ₗ #1 <- #7;;
  test1 ["x"];;
  let: "a" := !(addr_of_fst ["x"]) in
  let: "b" := !(addr_of_snd 1 ["x"]) in
  Free #2 "x";;
  if: "a" = #5 then "b" = #1 else #false.

Section client.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l : loc) (a b : Z).

  Local Definition pair_ty : raw_type Σ (proph_type pair_code) := pair_raw int_raw int_raw.
  Local Instance pair_ty_timeless : RawTimeless pair_ty.
  Proof. apply pair_raw_timeless; apply _. Qed.
  Local Lemma acc_ints l q a b :
    acc pair_ty l q (pair_val a b) ⊣⊢ l ↦{q} #a ∗ (l +ₗ 1) ↦{q} #b.
  Proof. rewrite /pair_ty /pair_val acc_pair !acc_int. done. Qed.

  Local Lemma two_cells l v w : l ↦∗ [v; w] ⊣⊢ l ↦ v ∗ (l +ₗ 1) ↦ w.
  Proof using Type. by rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. Qed.

  (** Projection, with any share of the permission. *)
  Lemma test_spec `{!UntrackedHeap Σ} l q a b :
    {{{ acc pair_ty l q (pair_val a b) }}}
      test [ #l ]
    {{{ r, RET #r; acc (pair_raw ptr_raw ptr_raw) r 1 (l, (l +ₗ 1)%L) ∗ † r … 2 ∗
        acc int_raw l q a ∗ acc int_raw (l +ₗ 1) q b }}}.
  Proof using Type.
    iIntros (Φ) "H HΦ". wp_rec. wp_alloc r as "Hr" "H†". rewrite two_cells.
    iDestruct "Hr" as "[Hr Hr']". wp_pures.
    wp_apply (addr_of_fst_spec with "H"). iIntros "H". wp_write. wp_pures.
    wp_apply (addr_of_snd_spec int_raw int_raw l q a b with "[H]").
    { rewrite acc_pair. iFrame. }
    iIntros "[H H']". wp_write. wp_pures. iApply "HΦ".
    rewrite acc_pair !acc_ptr. by iFrame.
  Qed.
  Lemma test_client_spec `{!UntrackedHeap Σ} : ⊢ WP test_client {{ v, ⌜v = #true⌝ }}.
  Proof using Type.
    rewrite /test_client. wp_alloc l as "Hl" "H†". rewrite two_cells.
    iDestruct "Hl" as "[Hl Hl']". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_apply (test_spec l 1 7 7 with "[Hl Hl']"); [rewrite acc_ints; iFrame|].
    iIntros (r) "(Hr & Hr† & Hl & Hl')". rewrite acc_pair !acc_ptr !acc_int.
    iDestruct "Hr" as "[Hr Hr']". wp_pures. wp_read. wp_write. wp_pures. wp_read. wp_write.
    wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (r ↦∗ [ #l; #(l +ₗ 1) ]%V)%I with "[Hr Hr']" as "Hr".
    { rewrite two_cells. iFrame. }
    wp_free. wp_pures.
    iAssert (l ↦∗ [ #3; #4 ]%V)%I with "[Hl Hl']" as "Hl"; [rewrite two_cells; iFrame|].
    wp_free. wp_pures. done.
  Qed.

  (** With the permission for the pair. *)
  Lemma test1_spec l a b :
    {{{ acc pair_ty l 1 (pair_val a b) }}}
      test1 [ #l ]
    {{{ RET #☠; acc pair_ty l 1 (pair_val 5 1) }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_rec. wp_apply (addr_of_fst_spec with "H"). iIntros "[H0 H1]".
    rewrite !acc_int. wp_pures. wp_write. wp_pures. wp_write. wp_write.
    iApply "HΦ". rewrite acc_ints. by iFrame.
  Qed.

  (** With a mutable reference: it is cast, and ends. *)
  Lemma test1_ref_spec κ q i l a b :
    {{{ proph_ctx ∗ mut_known (acc pair_ty l 1) κ i (pair_val a b) ∗ q.[κ] }}}
      test1 [ #l ]
    {{{ RET #☠; ⟨π, fin pair_code i π = pair_val 5 1⟩ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "(#Hctx & Hr & Hκ) HΦ".
    iMod (mut_to_ptr with "Hctx Hr Hκ") as "[H Hexpire]"; [done..|].
    iApply wp_fupd. wp_apply (test1_spec with "H"). iIntros "H".
    iMod ("Hexpire" with "H") as "H". by iApply "HΦ".
  Qed.

  Lemma test1_client_spec `{!UntrackedHeap Σ} :
    proph_ctx -∗ WP test1_client {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /test1_client.
    wp_alloc l as "Hl" "H†". rewrite two_cells.
    iDestruct "Hl" as "[Hl Hl']".
    wp_pure _ credit:"H£". wp_write. wp_pures. wp_write.
    (* Lent to [test1]. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (ptr_to_mut pair_ty _ κ l (pair_val 7 7) with "Hctx [Hl Hl']")
      as (i) "[Hr Hback]"; [done..|rewrite acc_ints; by iFrame|].
    wp_smart_apply (test1_ref_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (p) "[H #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|].
    (* Shared. *)
    iMod lft_create as (κ') "[Hκ #Hend']".
    iMod (ptr_to_ref _ _ κ' with "H£ H") as "[#Hs Hback]"; [done|].
    iMod (ref_to_ptr with "Hs Hκ") as (q) "[H Hexpire]"; [done|].
    wp_smart_apply (addr_of_fst_spec int_raw int_raw with "H"). iIntros "[H0 H1]".
    rewrite !acc_int. wp_read. wp_pures.
    wp_apply (addr_of_snd_spec int_raw int_raw l q 5 1 with "[H0 H1]").
    { rewrite acc_pair !acc_int. iFrame. }
    iIntros "[H0 H1]". rewrite !acc_int. wp_read. wp_pures.
    iMod ("Hexpire" with "[H0 H1]") as "Hκ"; [rewrite acc_ints; by iFrame|].
    iMod ("Hend'" with "Hκ") as "#H†κ'". iMod ("Hback" with "H†κ'") as "H".
    rewrite acc_ints. iDestruct "H" as "[Hl Hl']".
    iAssert (l ↦∗ [ #5; #1 ]%V)%I with "[Hl Hl']" as "Hl".
    { rewrite two_cells. iFrame. }
    wp_free. wp_pures. done.
  Qed.
End client.

Theorem test_adequate : adequate NotStuck test_client ∅ (λ v _, v = #true%V).
Proof. apply (lrust_adequacy lrustΣ). intros HΣ Huntracked. apply test_client_spec. Qed.
(** The program runs, and what was foretold is there. *)
Theorem test1_adequate : adequate NotStuck test1_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply test1_client_spec.
Qed.
