(** * Four programs for rules of references and permissions

<<
  let mut x = 5;  { let r = &mut x;  *r = -3;  *r = *r + 10; }  0 <= x
>>
[invariant_adequate]: the content of the reference is to be at least 0. It is not in between,
and the lender, who knows nothing of the last value but its invariant, gets true
([mut_inv_borrow], [mut_inv_acc]).

<<
  let e = ErasedLifetime::new(&p);  let a = **e;  let b = **e;  let c = e.destruct(|r| *r);
  a + b + c
>>
[looks_adequate]: a reference whose lifetime is erased is looked at twice, stays, and gives the
memory back, which is freed ([erased_look]).

<<
  let x = &raw mut pair;  let y = &raw mut n;
  addr_of_mut!(( *x).1) == y
>>
[disjoint_adequate]: the field of one value is no other value ([acc_disjoint]); it returns
false.

<<
  let mut x = Even(4);  { let r = &mut x as &mut i64;  *r = 5; }  x
>>
[weaker_adequate]: lent at a weaker type, a place comes back at this type, which is enough to
read and to free it ([acc_sub_lend]). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import raw_access mut_entry erased raw_disjoint box variance.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition invariant : expr :=
  let: "x" := Alloc #1 in "x" <- #5;;
  "x" <- #(-3);;
  "x" <- !"x" + #10;;
  let: "ok" := #0 ≤ !"x" in
  Free #1 "x";;
  "ok".

Definition look : val := λ: ["x"], !"x".
Definition looks : expr :=
  let: "p" := Alloc #1 in "p" <- #7;;
  let: "a" := look ["p"] in
  let: "b" := look ["p"] in
  let: "c" := look ["p"] in
  Free #1 "p";;
  "a" + "b" + "c".

Definition disjoint_places : expr :=
  let: "x" := Alloc #2 in "x" <- #1;; "x" +ₗ #1 <- #2;;
  let: "y" := Alloc #1 in "y" <- #3;;
  let: "same" := address_equal [addr_of_snd 1 ["x"]; "y"] in
  Free #2 "x";; Free #1 "y";;
  "same".

Definition weaker : expr :=
  let: "x" := Alloc #1 in "x" <- #4;;
  "x" <- #5;;
  let: "a" := !"x" in
  Free #1 "x";;
  "a".

Local Notation "'codes'" := (data_code Empty_set).

Section clients.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (l p : loc).

  Lemma invariant_spec : proph_ctx -∗ WP invariant {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /invariant.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_inv_borrow (int_at l) (λ a, 0 ≤ (a : Z))%Z ⊤ κ (int_val 5) with "Hctx Hl")
      as (i) "[Hr Hback]"; [done|done|rewrite /int_val; lia|].
    iMod (mut_inv_acc with "Hr Hκ") as "(Hl & _ & Hclose)"; [done|].
    rewrite {1}/int_at. wp_write. wp_pures. wp_read. wp_pures. wp_write.
    iMod ("Hclose" $! (int_val 7) with "[] Hl") as "[Hr Hκ]"; [iPureIntro; rewrite /int_val; lia|].
    iMod ("Hend" with "Hκ") as "#H†κ".
    iMod ("Hback" with "H†κ") as (b) "(Hl & %Hb & _)". rewrite /int_at.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures.
    iPureIntro. by rewrite bool_decide_eq_true_2.
  Qed.

  Definition shared_int p κ (v : val) : iProp Σ := ⌜v = #p⌝ ∗ shr_ref κ int_raw p 1 7%Z.
  Lemma look_spec p κ q v :
    {{{ shared_int p κ v ∗ q.[κ] }}}
      look [v]
    {{{ w, RET w; shared_int p κ v ∗ ⌜w = #7⌝ ∗ q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "[[-> #Hr] Hκ] HΦ". wp_rec.
    iMod (ref_to_ptr with "Hr Hκ") as (q') "[Hp Hexpire]"; [done|]. rewrite (acc_int p q').
    wp_read. iMod ("Hexpire" with "Hp") as "Hκ". iApply "HΦ". by iFrame "Hκ Hr".
  Qed.
  Lemma looks_spec : ⊢ WP looks {{ v, ⌜v = #21⌝ }}.
  Proof using All.
    rewrite /looks. wp_alloc p as "Hp" "Hp†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    iMod (erased_new_shr int_raw p 7%Z with "H£ [Hp]") as "He"; [by rewrite acc_int|].
    iAssert (erased (shared_int p) (acc int_raw p 1 7%Z) #p) with "He" as "He".
    iDestruct (erased_mono _ _ (p ↦ #7) with "[] He") as "He".
    { iIntros "H". by rewrite acc_int. }
    wp_apply (erased_look _ (λ w, ⌜w = #7⌝)%I with "[] He").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (look_spec with "H"). }
    iIntros (a) "[-> He]". wp_pures.
    wp_apply (erased_look _ (λ w, ⌜w = #7⌝)%I with "[] He").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (look_spec with "H"). }
    iIntros (b) "[-> He]". wp_pures.
    wp_apply (erased_destruct _ (λ w, ⌜w = #7⌝)%I with "[] He").
    { iIntros (κ q Φ) "!> H HΦ". wp_apply (look_spec with "H").
      iIntros (w) "(_ & Hw & Hκ)". iApply "HΦ". iFrame. }
    iIntros (c) "[-> Hp]". wp_pures.
    rewrite -(heap_pointsto_vec_singleton p). wp_free. wp_pures. done.
  Qed.

  Lemma disjoint_spec : ⊢ WP disjoint_places {{ v, ⌜v = #false⌝ }}.
  Proof using All.
    rewrite /disjoint_places. wp_alloc x as "Hx" "Hx†".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hx" as "[Hx Hx']".
    wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_alloc y as "Hy" "Hy†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iAssert (acc (pair_raw int_raw int_raw) x 1 (1%Z, 2%Z)) with "[Hx Hx']" as "Hx".
    { rewrite acc_pair !acc_int. iFrame. }
    iAssert (acc int_raw y 1 3%Z) with "[Hy]" as "Hy"; [by rewrite acc_int|].
    iDestruct (acc_disjoint with "Hx Hy") as %Hne.
    rewrite acc_pair. iDestruct "Hx" as "[Hx Hx']".
    wp_apply (addr_of_snd_spec with "[//]") || (wp_rec; wp_pures).
    wp_apply (address_equal_spec with "[$Hx' $Hy]"); [simpl; lia..|]. iIntros "[Hx' Hy]".
    rewrite bool_decide_eq_false_2; last first.
    { intros Heq. apply (Hne 1 0); [simpl; lia..|]. rewrite shift_loc_0. exact Heq. }
    wp_pures. rewrite !acc_int.
    iAssert (x ↦∗ [ #1; #2 ]%V)%I with "[Hx Hx']" as "Hx".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    wp_free. wp_pures. rewrite -(heap_pointsto_vec_singleton y). wp_free. wp_pures. done.
  Qed.

  (** An even number. *)
  Program Definition even_raw : raw_type Σ (proph_type int_code) := {|
    raw_size := 1;
    raw_own x vl _ := ⌜vl = [ #(x : Z)]%V ∧ Z.Even x⌝%I;
  |}.
  Next Obligation. by iIntros (x vl q [-> _]). Qed.
  Definition whole_raw : raw_type Σ (proph_type int_code) := int_raw.
  Lemma acc_known_int (τ : raw_type Σ (proph_type int_code)) l v :
    (∀ x vl, raw_own τ x vl 1 ⊢ ⌜vl = [ #(x : Z)]%V⌝) →
    acc (known_raw (C:=codes) τ) l 1 v -∗ ∃ z : Z, l ↦ #z.
  Proof using Type.
    iIntros (Hτ) "H". rewrite acc_unfold. iDestruct "H" as (vl) "[Hl (%x & _ & H)]".
    rewrite Hτ. iDestruct "H" as %->. iExists x. by rewrite heap_pointsto_vec_singleton.
  Qed.
  Lemma weaker_spec : proph_ctx -∗ WP weaker {{ v, ⌜∃ z : Z, v = #z⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /weaker.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (acc_sub_lend (known_raw even_raw) (known_raw whole_raw) ⊤ κ l (λ _, int_val 4)
      with "Hctx [] [Hl]") as (i) "[Hr Hback]"; [done|done| | |].
    { iSplit; [done|]. iIntros "!>" (v vl q) "(%x & %Hv & %Hx)". iExists x.
      destruct Hx as [-> _]. by iSplit. }
    { rewrite acc_unfold. iExists [ #4]%V. rewrite heap_pointsto_vec_singleton. iFrame "Hl".
      iExists (int_val 4). iPureIntro. split; [done|]. split; [done|]. by exists 2%Z. }
    assert (∀ x vl, raw_own whole_raw x vl 1 ⊢ ⌜vl = [ #(x : Z)]%V⌝) as Hint.
    { by iIntros (x vl) "%". }
    iMod (mut_acc with "Hr Hκ") as "[H Hclose]"; [done|].
    iDestruct (acc_known_int with "H") as (z) ">Hl"; [exact Hint|]. wp_write.
    iMod ("Hclose" $! (λ _, int_val 5) with "[Hl]") as "[_ Hκ]".
    { iNext. rewrite acc_unfold. iExists [ #5]%V. rewrite heap_pointsto_vec_singleton.
      iFrame "Hl". iExists (int_val 5). by iPureIntro. }
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (w) "[H _]".
    iDestruct (acc_known_int with "H") as (a) ">Hl"; [exact Hint|].
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures.
    iPureIntro. by exists a.
  Qed.
End clients.

Local Lemma client_adequate (e : expr) (φ : val → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ},
    proph_ctx -∗ WP e {{ w, ⌜φ w⌝ }}) →
  adequate NotStuck e ∅ (λ w _, φ w).
Proof.
  intros He. apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply He.
Qed.
(** The invariant is all that is known, and enough. *)
Theorem invariant_adequate : adequate NotStuck invariant ∅ (λ v _, v = #true%V).
Proof. apply client_adequate. intros. apply invariant_spec. Qed.
(** Three times 7. *)
Theorem looks_adequate : adequate NotStuck looks ∅ (λ v _, v = #21%V).
Proof. apply client_adequate. intros. iIntros "_". iApply looks_spec. Qed.
(** The two addresses differ. *)
Theorem disjoint_adequate : adequate NotStuck disjoint_places ∅ (λ v _, v = #false%V).
Proof. apply client_adequate. intros. iIntros "_". iApply disjoint_spec. Qed.
(** The place is read and freed. *)
Theorem weaker_adequate : adequate NotStuck weaker ∅ (λ v _, ∃ z : Z, v = #z%V).
Proof. apply (client_adequate _ (λ v, ∃ z : Z, v = #z%V)). intros. apply weaker_spec. Qed.
