(** * Example: the other laws of references, permissions and types

[borrow_rules_client.v] and its neighbours show the rules that have programs of their own. The
proofs of these closed programs use others.

- [leaked]: a place is lent for ever ([mut_leak]); the reference is shortened, and what it
  points to is fixed ([mut_exists]), so that two reads agree.
- [negated]: a number is lent with the right to free it left inside the loan ([mut_lend]), and
  the reference is one to its opposite ([mut_map]). The lender learns what it is now, and
  frees it.
- [permitted]: a cell is written and read with its permission alone, goes through a reference
  whose snapshot could mention prophecies ([mut_to_ptr_proph]), and is freed when nothing is
  known of it but its size ([acc_forget]).
- [owners]: a pointer that owns an even number, beside a number, is weakened to one that owns a
  number ([own_sub], [pair_sub]).
- [leak_free]: what a program returns is observed, and its memory is empty
  ([proph_adequate_leak_free]). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lang.lib Require Import new_delete.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import raw_access mut_lend variance proph_adequacy.
From tally.examples Require Import proph_client proph_laws_client.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).

Definition leaked : expr :=
  let: "x" := Alloc #1 in "x" <- #5;;
  let: "a" := !"x" in let: "b" := !"x" in
  "a" = "b".
Definition negated : expr :=
  let: "x" := Alloc #1 in "x" <- #1;;
  add_one ["x"];;
  let: "a" := !"x" in
  Free #1 "x";;
  "a".
Definition permitted : expr :=
  let: "x" := Alloc #1 in "x" <- #1;;
  "x" <- !"x" + #1;;
  "x" <- #4;;
  let: "a" := !"x" in
  Free #1 "x";;
  "a".
Definition owners : expr :=
  let: "p" := Alloc #1 in "p" <- #4;;
  let: "x" := Alloc #2 in "x" <- "p";; "x" +ₗ #1 <- #7;;
  !"x" <- #5;;
  let: "a" := !(!"x") in let: "b" := !("x" +ₗ #1) in
  Free #2 "x";; Free #1 "p";;
  "a" + "b".
Definition leak_free : expr :=
  let: "x" := new [ #1] in "x" <- #1;;
  add_one ["x"];;
  let: "a" := !"x" in
  delete [ #1; "x"];;
  "a".

Section clients.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (l p : loc) (z : Z).

  (** A value that is the same for all futures. *)
  Local Lemma dep_const {X} (w : proph_val codes X) a : (∀ π, w π = a) → proph_dep w [].
  Proof using Type. intros Hw π π' _. by rewrite !Hw. Qed.

  (** ** For ever *)
  Local Definition fixed_at l (z : proph_type int_code)
      (w : proph_val codes (proph_type int_code)) : iProp Σ :=
    ⌜∀ π, w π = z⌝ ∗ int_at l z.
  Lemma leaked_spec `{!UntrackedHeap Σ} : proph_ctx -∗ WP leaked {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /leaked. wp_alloc l as "Hl" "_".
    rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£". wp_write. wp_pures.
    iMod (mut_leak ⊤ (λ w, ∃ z, fixed_at l z w)%I (λ _, int_val 5) with "Hctx [Hl]")
      as (i) "Hr"; [done..| |].
    { iNext. iExists (int_val 5). by iFrame "Hl". }
    iMod (mut_exists with "H£ Hr") as (z) "Hr"; [done|].
    iMod lft_create as (κ) "[Hκ _]".
    iDestruct (mut_shorten _ κ with "[] Hr") as "Hr"; [iApply lft_incl_static|].
    iMod (mut_acc with "Hr Hκ") as "[[Hw >Hl] Hclose]"; [done|]. rewrite {1}/int_at.
    wp_read. iMod ("Hclose" with "[Hw Hl]") as "[Hr Hκ]"; [iNext; iFrame "Hw Hl"|]. wp_pures.
    iMod (mut_acc with "Hr Hκ") as "[[Hw >Hl] Hclose]"; [done|]. rewrite {1}/int_at.
    wp_read. wp_pures. by rewrite bool_decide_eq_true_2.
  Qed.

  (** ** The opposite *)
  Local Definition opposite_at l (a : proph_type int_code) : iProp Σ := int_at l (opposite a).
  Local Instance opposite_at_timeless l a : Timeless (opposite_at l a) := _.
  Local Lemma opposite_known l w :
    known (opposite_at l) (λ π, opposite (w π)) ⊣⊢ known (A:=int_code) (int_at l) w.
  Proof using Type.
    rewrite /known /opposite_at /opposite. iSplit.
    - iIntros "(%a & %Ha & Hl)". iExists (- (a : Z))%Z. iFrame "Hl". iPureIntro.
      intros π. by rewrite -(Ha π) Z.opp_involutive.
    - iIntros "(%a & %Ha & Hl)". iExists (- (a : Z))%Z. rewrite Z.opp_involutive.
      iFrame "Hl". iPureIntro. intros π. by rewrite Ha.
  Qed.
  Lemma negated_spec `{!UntrackedHeap Σ} : proph_ctx -∗ WP negated {{ v, ⌜v = #2⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /negated. wp_alloc l as "Hl" "H†".
    rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£". wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_lend (known (opposite_at l))
      (λ w, ∃ a, ⌜∀ π, w π = a⌝ ∗ opposite_at l a ∗ † l … 1)%I ⊤ κ
      (λ _, opposite (int_val 1)) with "Hctx [Hl] [H†]") as (i) "[Hr Hback]"; [done..| | |].
    { iNext. iExists (opposite (int_val 1)). by iFrame "Hl". }
    { iIntros (w) "H". rewrite /known. iDestruct "H" as ">(%a & %Ha & Hl)".
      iModIntro. iExists a. by iFrame. }
    iMod (mut_map opposite (known (opposite_at l)) (known (int_at l)) with "H£ Hctx Hr Hκ")
      as (j) "(Hr & Hκ & #Hi)"; [done..|exact (opposite_known l)|].
    iAssert (mut_known (int_at l) κ j (int_val 1)) with "[Hr]" as "Hr".
    { iExists (λ _, int_val 1). by iFrame "Hr". }
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hj Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ".
    iMod ("Hback" with "H†κ") as (w) "[(%a & %Ha & Hl & H†) Hclaim]".
    iMod (proph_claim_use _ _ _ [] 1 with "Hctx Hclaim []") as "[#Hw _]";
      [done|by eapply dep_const|iApply proph_toks_nil|].
    iAssert ⟨π, a = opposite (int_val 2)⟩%I as "#Heq".
    { iDestruct (proph_obs_and with "Hi Hj") as "H".
      iApply (proph_obs_mono_2 with "H Hw"). intros π [Hi Hj] Hw.
      rewrite Hi Hj Ha in Hw. by rewrite -Hw. }
    iMod (proph_obs_pure with "Hctx Heq") as %->; [done|].
    rewrite /opposite_at /int_at /opposite Z.opp_involutive. wp_pures. wp_read. wp_pures.
    rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures. done.
  Qed.

  (** ** Permissions *)
  Local Definition num_raw : raw_type Σ (proph_type int_code) := int_raw.
  Local Lemma acc_num l q (a : proph_type int_code) :
    acc (known_raw (C:=codes) num_raw) l q (λ _, a) ⊣⊢ l ↦{q} #(a : Z).
  Proof using Type. rewrite acc_known. exact (acc_int l q a). Qed.
  Local Instance num_raw_timeless : RawTimeless num_raw := int_raw_timeless.
  Lemma permitted_spec `{!UntrackedHeap Σ} : proph_ctx -∗ WP permitted {{ v, ⌜v = #4⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /permitted. wp_alloc l as "Hl" "H†".
    rewrite heap_pointsto_vec_singleton -acc_cell. wp_pures.
    wp_apply (raw_write_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (raw_read_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (raw_write_spec with "Hl"). iIntros "Hl". wp_pures.
    (** Through a reference. *)
    iAssert (acc (known_raw (C:=codes) num_raw) l 1 (λ _, int_val 2)) with "[Hl]" as "Hl".
    { by rewrite acc_num -acc_cell. }
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (ptr_to_mut_proph with "Hctx Hl") as (i) "[Hr Hback]"; [done..|].
    iMod (mut_to_ptr_proph with "Hctx Hr Hκ") as "[>Hl Hgive]"; [done..|].
    rewrite acc_num. wp_write.
    iMod ("Hgive" $! (λ _, int_val 4) [] 1%Qp with "[] [Hl] []") as "(#Hi & _ & Hκ)".
    { iPureIntro. apply proph_dep_const. }
    { iNext. by rewrite acc_num. }
    { done. }
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (w) "[>Hl Hclaim]".
    rewrite acc_unfold. iDestruct "Hl" as (vl) "[Hl (%a & %Ha & Hvl)]".
    iMod (proph_claim_use _ _ _ [] 1 with "Hctx Hclaim []") as "[#Hw _]";
      [done|by eapply dep_const|iApply proph_toks_nil|].
    iAssert ⟨π, a = int_val 4⟩%I as "#Heq".
    { iApply (proph_obs_mono_2 with "Hi Hw"). intros π Hi Hw. by rewrite Hi Ha in Hw. }
    iMod (proph_obs_pure with "Hctx Heq") as %->; [done|].
    iAssert (acc int_raw l 1 4%Z) with "[Hl Hvl]" as "Hl".
    { rewrite acc_unfold. iExists vl. by iFrame. }
    rewrite acc_int. wp_pures. wp_read. wp_pures.
    (** Of the content nothing is needed any more. *)
    iDestruct (acc_forget (int_raw) l 1 4%Z with "[Hl]") as (vl') "Hl"; [by rewrite acc_int|].
    rewrite acc_unfold. iDestruct "Hl" as (wl) "[Hl [-> %Hlen]]".
    destruct vl' as [|v [|]]; try done. wp_free. wp_pures. done.
  Qed.

  (** ** Owners *)
  Local Program Definition even_at_raw : raw_type Σ Z := {|
    raw_size := 1;
    raw_own z vl _ := ⌜vl = [ #z]%V ∧ Z.Even z⌝%I;
  |}.
  Next Obligation. by iIntros (z vl q [-> _]). Qed.
  Local Lemma even_int_sub : ⊢ raw_sub even_at_raw int_raw.
  Proof using Type. iSplit; [done|]. iIntros "!>" (z vl q) "[-> _]". done. Qed.
  Lemma owners_spec `{!UntrackedHeap Σ} : ⊢ WP owners {{ v, ⌜v = #12⌝ }}.
  Proof using All.
    rewrite /owners. iStartProof. wp_alloc p as "Hp" "Hp†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. wp_alloc x as "Hx" "Hx†".
    rewrite /= (heap_pointsto_vec_cons x) heap_pointsto_vec_singleton.
    iDestruct "Hx" as "[Hx Hx']". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iAssert (acc (pair_raw (own_raw even_at_raw) int_raw) x 1 ((p, 4%Z), 7%Z))
      with "[Hp Hx Hx']" as "H".
    { rewrite acc_pair own_acc acc_int. iFrame "Hx Hx'". rewrite acc_unfold.
      iExists [ #4]%V. rewrite heap_pointsto_vec_singleton. iFrame "Hp". iPureIntro.
      split; [done|]. by exists 2%Z. }
    iDestruct (acc_sub _ (pair_raw (own_raw int_raw) int_raw) with "[] H") as "H".
    { iApply pair_sub; [|iApply raw_sub_refl]. iApply own_sub.
      iApply raw_sub_trans; [iApply even_int_sub|iApply raw_sub_refl]. }
    rewrite acc_pair own_acc !acc_int. iDestruct "H" as "[[Hx Hp] Hx']".
    wp_read. wp_write. wp_pures. wp_read. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (x ↦∗ [ #p; #7]%V)%I with "[Hx Hx']" as "Hx".
    { rewrite (heap_pointsto_vec_cons x) heap_pointsto_vec_singleton. iFrame "Hx Hx'". }
    wp_free. wp_pures. rewrite -(heap_pointsto_vec_singleton p). wp_free. wp_pures. done.
  Qed.

  (** ** Without a leak *)
  Lemma leak_free_spec :
    proph_ctx -∗ heap_lease 1 0 -∗ WP leak_free {{ v, ⟨π, v = #2⟩ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "#Hctx Hlease". rewrite /leak_free.
    wp_apply (new_spec with "Hlease"); [done|]. iIntros (l) "(Hlease & H† & Hl)".
    rewrite /= heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (int_at l) _ κ (int_val 1) with "Hctx Hl") as (i) "[Hr Hback]";
      [done..|].
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hl #Hi']".
    rewrite /int_at. wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l).
    wp_apply (delete_spec ⊤ 1 l [ #(b : Z)]%V 1 0 with "[Hlease $Hl $H†]"); [done|iExact "Hlease"|].
    iIntros "Hlease". wp_pures.
    iFrame "Hlease". iApply (proph_obs_mono_2 with "Hi Hi'"). intros π Hi Hi'.
    rewrite Hi in Hi'. by rewrite -Hi'.
  Qed.
End clients.

(** ** Closed statements *)
Local Lemma client_adequate (e : expr) (v : val) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ},
    proph_ctx -∗ WP e {{ w, ⌜w = v⌝ }}) →
  adequate NotStuck e ∅ (λ w _, w = v).
Proof.
  intros He. apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply He.
Qed.
Theorem leaked_adequate : adequate NotStuck leaked ∅ (λ v _, v = #true%V).
Proof. apply client_adequate. intros. apply leaked_spec. Qed.
Theorem negated_adequate : adequate NotStuck negated ∅ (λ v _, v = #2%V).
Proof. apply client_adequate. intros. apply negated_spec. Qed.
Theorem permitted_adequate : adequate NotStuck permitted ∅ (λ v _, v = #4%V).
Proof. apply client_adequate. intros. apply permitted_spec. Qed.
Theorem owners_adequate : adequate NotStuck owners ∅ (λ v _, v = #12%V).
Proof. apply client_adequate. intros. iIntros "_". iApply owners_spec. Qed.
(** The memory is empty at the end. *)
Theorem leak_free_adequate : adequate NotStuck leak_free ∅ (λ v σ, v = #2%V ∧ σ = ∅).
Proof.
  assert (adequate NotStuck leak_free ∅ (λ v σ, (∃ _ : proph_asn codes, v = #2%V) ∧ σ = ∅))
    as [Hval Hsafe].
  { apply (proph_adequate_leak_free codes #[lrustΣ; prophΣ codes; lftΣ] leak_free
      (λ v _, v = #2%V)). intros. apply leak_free_spec. }
  split; [|exact Hsafe]. intros t σ v Hsteps.
  by destruct (Hval t σ v Hsteps) as [[_ ->] ->].
Qed.
