(** * Example: the other laws of lifetimes

[lifetime_client.v] shows the laws that everybody needs. The proofs of these closed programs use
others. Of [token_lent], [indexed], [count_twice] and [either] it is only stated that they
return an integer.

- [token_lent]: a cell is lent for [κ'], and the token of [κ'] itself is lent for [κ]. So [κ]
  is shorter, by the reason that its borrower has the token ([frac_bor_lft_incl]), and the
  cell is used with the token of [κ].
- [witness]: a cell is lent of which nothing is said but that there is a value in it; the
  value is fixed ([bor_exists]), and two reads agree. [bor_or_fact] is the same of one of
  two contents ([bor_or]), beside a fact that can be taken out ([bor_persistent]).
- [indexed]: the borrow lies apart from the right to open it ([bor_unfold_idx]), is
  shortened, said in another way, opened, and put together again.
- [count_twice]: two threads count in a cell that is lent for ever ([bor_at]).
- [either]: a cell is lent of which one knows that it holds 1 or 2, beside a fact; the fact is
  taken out ([bor_or_fact]), and the cell is shared and read around
  one atomic step ([frac_bor_acc_atomic]), also where the content is said in another way
  ([na_bor_iff]).
- [after_death]: of a lifetime that is over one has every borrow ([bor_fake] and its
  like), and no way to open it: what comes out is that the lifetime is over. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.prelude Require Import options.

Definition one_cell (rest : expr) : expr :=
  let: "x" := Alloc #1 in "x" <- #1;; rest.
Definition token_lent : expr := one_cell ("x" <- #7;; !"x").
Definition witness : expr :=
  one_cell (let: "a" := !"x" in let: "b" := !"x" in "a" = "b").
Definition indexed : expr := one_cell ("x" <- #6;; "x" <- #7;; !"x").
Definition count_twice : expr := one_cell (Fork (Faa u64 "x" #1);; Faa u64 "x" #1).
Definition after_death : expr := one_cell !ˢᶜ"x".
Definition either : expr :=
  one_cell (let: "y" := #1 + #1 in "x" <- "y";; let: "a" := !ˢᶜ"x" in !ˢᶜ"x").

Section proof.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !na_invG Σ, !lftG Σ}.
  Implicit Types (κ : lft) (x : loc).

  Definition some_int x : iProp Σ := ∃ n : Z, x ↦ #n.

  (** ** A reason of one's own *)
  Lemma token_lent_spec : ⊢ WP token_lent {{ v, ⌜∃ n : Z, v = #n⌝ }}.
  Proof using All.
    rewrite /token_lent /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£". wp_pures. wp_write.
    iMod lft_create as (κ') "[Hκ' #Hend']". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create ⊤ κ' (some_int x) with "[Hx]") as "[Hx Hinherit]"; [done| |].
    { iNext. by iExists 1%Z. }
    iMod (bor_create ⊤ κ (1.[κ']) with "[$Hκ']") as "[Htok Hback]"; [done|].
    iMod (bor_fracture _ _ (λ q, q.[κ'])%I with "H£ Htok") as "#Htok"; [done|].
    iDestruct (frac_bor_lft_incl with "Htok") as "#Hincl".
    (* The laws of inclusion. *)
    iAssert (κ ⊑ κ' ⊓ static)%I as "#Hincl'".
    { iApply lft_incl_glb; [iExact "Hincl"|iApply lft_incl_static]. }
    iAssert (κ ⊑ κ')%I as "#Hincl''".
    { iApply (lft_incl_trans with "Hincl'"). iApply lft_intersect_incl_l. }
    iDestruct (bor_shorten with "Hincl'' Hx") as "Hx". wp_pures.
    iMod (bor_acc with "Hx Hκ") as "[>(%n & Hx) Hclose]"; [done|]. wp_write.
    iMod ("Hclose" with "[Hx]") as "[_ Hκ]"; [iNext; by iExists 7%Z|]. wp_pures.
    (* The token of the longer one by way of the shorter one. *)
    iMod (lft_incl_acc with "Hincl Hκ") as (q) "[Hq Hclose]"; [done|].
    iAssert (⌜κ' = static⌝ ∨ ⌜(q ≤ 1)%Qp⌝)%I as "%Hvalid".
    { iDestruct (lft_tok_valid with "Hq") as %[?|?]; auto. }
    iMod ("Hclose" with "Hq") as "Hκ".
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as ">Hκ'".
    iMod ("Hend'" with "Hκ'") as "#H†'". iMod ("Hinherit" with "H†'") as ">(%m & Hx)".
    wp_read. eauto.
  Qed.

  (** ** What is in a borrow *)
  Lemma witness_spec : ⊢ WP witness {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    rewrite /witness /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£1". wp_pures. wp_write.
    iMod lft_create as (κ) "[Hκ _]". wp_pure _ credit:"H£2".
    iMod (bor_create ⊤ κ (∃ n : Z, x ↦ #n) with "[Hx]") as "[Hx _]"; [done| |].
    { iNext. by iExists 1%Z. }
    iMod (bor_exists with "H£1 Hx") as (n) "Hx"; [done|].
    iMod (bor_acc with "Hx Hκ") as "[>Hx Hclose]"; [done|]. wp_read.
    iMod ("Hclose" with "Hx") as "[Hx Hκ]". wp_pures.
    iMod (bor_acc with "Hx Hκ") as "[>Hx Hclose]"; [done|]. wp_read.
    iMod ("Hclose" with "Hx") as "[Hx Hκ]". wp_pures. by rewrite bool_decide_eq_true_2.
  Qed.

  (** A borrow of one of two, beside a fact: the fact is for ever, and one knows which. *)
  Lemma bor_or_fact κ q (P Q : iProp Σ) (R : iProp Σ) `{!Persistent R, !Timeless R} :
    £ 1 -∗ £ 1 -∗ £ 2 -∗ &{κ} (▷ (P ∨ Q) ∗ R) -∗ q.[κ] ={⊤}=∗ R ∗ q.[κ] ∗ (&{κ} P ∨ &{κ} Q).
  Proof using Type.
    iIntros "H£1 H£2 H£3 H Hκ". iMod (bor_sep with "H£1 H") as "[H HR]"; [done|].
    iMod (bor_persistent with "HR Hκ") as "(>#$ & HR & $)"; [done|].
    iMod (bor_persistent_notok with "HR") as "_"; [done|].
    iMod (bor_later with "H£3 H") as "H"; [done|].
    by iMod (bor_or with "H£2 H") as "$".
  Qed.

  (** ** Borrows with an index *)
  Lemma indexed_spec : ⊢ WP indexed {{ v, ⌜∃ n : Z, v = #n⌝ }}.
  Proof using All.
    rewrite /indexed /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pure _ credit:"H£".
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' _]".
    iMod (bor_create ⊤ κ (some_int x) with "[Hx]") as "[H Hinherit]"; [done| |].
    { iNext. by iExists 1%Z. }
    rewrite bor_unfold_idx. iDestruct "H" as (i) "[#Hi Hown]".
    iAssert (&{κ ⊓ κ', i} (some_int x ∗ True))%I as "#Hi'".
    { iApply idx_bor_shorten; [iApply lft_intersect_incl_l|].
      iApply (idx_bor_iff with "[] Hi"). iIntros "!> !>". iSplit; [by iIntros "$"|].
      by iIntros "[$ _]". }
    iDestruct (lft_intersect_acc with "Hκ Hκ'") as (q) "[Hq Htoks]".
    iMod (idx_bor_acc with "Hi' Hown Hq") as "[[>(%n & Hx) _] Hclose]"; [done|]. wp_write.
    iMod ("Hclose" with "[Hx]") as "[Hown Hq]".
    { iNext. iSplit; [|done]. by iExists 6%Z. }
    iDestruct ("Htoks" with "Hq") as "[Hκ _]". wp_pures.
    (* Put together again, and another content for the last write. *)
    iAssert (&{κ} (some_int x))%I with "[Hown]" as "H".
    { rewrite bor_unfold_idx. iExists i. by iFrame. }
    iMod (bor_acc_cons with "H Hκ") as "[>(%m & Hx) Hclose]"; [done|]. wp_write.
    iMod ("Hclose" $! (x ↦ #7)%I with "H£ [] Hx") as "[H Hκ]".
    { iIntros "!> >Hx !> !>". by iExists 7%Z. }
    iMod ("Hend" with "Hκ") as "#H†". wp_pures.
    iMod ("Hinherit" with "H†") as ">(%k & Hx)". wp_read. eauto.
  Qed.

  (** ** Around one atomic step *)
  Definition counter x : iProp Σ := ∃ n : Z, ⌜in_int_range u64 n⌝ ∗ x ↦ #n.
  Lemma count_spec κ q x :
    {{{ &at{κ, nroot .@ "cell"} (counter x) ∗ q.[κ] }}}
      Faa u64 #x #1
    {{{ (n : Z), RET #n; q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "[#H Hκ] HΦ".
    iMod (at_bor_acc with "H Hκ") as "[>(%n & %Hn & Hx) Hclose]"; [done..|].
    wp_faa. iMod ("Hclose" with "[Hx]") as "Hκ".
    { iNext. iExists (int_wrap u64 (n + 1)). iFrame "Hx". iPureIntro.
      apply int_wrap_in_range. }
    iModIntro. by iApply "HΦ".
  Qed.
  Lemma count_twice_spec : ⊢ WP count_twice {{ v, ⌜∃ n : Z, v = #n⌝ }}.
  Proof using All.
    rewrite /count_twice /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (bor_create ⊤ static (counter x ∗ True) with "[Hx]") as "[H _]"; [done| |].
    { iNext. iSplit; [|done]. iExists 1%Z. by iFrame. }
    iMod (bor_at _ _ (nroot .@ "cell") with "H") as "#H"; [solve_ndisj|done|].
    iMod lft_create as (κ) "[Hκ _]".
    iAssert (&at{κ, nroot .@ "cell"} (counter x))%I as "#H'".
    { iApply at_bor_shorten; [iApply lft_incl_static|].
      iApply (at_bor_iff with "[] H"). iIntros "!> !>". iSplit; [by iIntros "[$ _]"|].
      by iIntros "$". }
    iDestruct "Hκ" as "[Hκ Hκ']".
    wp_apply (wp_fork with "[Hκ']").
    - iNext. wp_apply (count_spec with "[$H' $Hκ']"). by iIntros (n) "_".
    - iIntros "_". wp_pures. wp_apply (count_spec with "[$H' $Hκ]"). iIntros (n) "_". eauto.
  Qed.

  (** ** A fact beside one of two *)
  Lemma either_read κ x z :
    {{{ &frac{κ} (λ q, x ↦{q} #z) ∗ 1.[κ] }}} !ˢᶜ#x {{{ RET #z; 1.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "[#Hx Hκ] HΦ".
    iMod (frac_bor_acc_atomic with "Hx") as "[(%q & >Hl & Hclose)|[H† _]]"; [done| |].
    - wp_read. iMod ("Hclose" with "Hl") as "_". iModIntro. by iApply "HΦ".
    - by iDestruct (lft_tok_dead with "Hκ H†") as "[]".
  Qed.
  Lemma either_spec : ⊢ WP either {{ v, ⌜∃ n : Z, v = #n⌝ }}.
  Proof using All.
    rewrite /either /one_cell. wp_alloc x as "Hx" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£1". wp_write. wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    wp_pure _ credit:"H£4". wp_write. wp_pure _ credit:"H£5". iCombine "H£3 H£4" as "H£3".
    iMod lft_create as (κ) "[Hκ _]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod ("Hend'" with "Hκ'") as "#H†'".
    iMod (bor_create ⊤ κ (▷ (x ↦ #1 ∨ x ↦ #2) ∗ [†κ'])%I with "[Hx]") as "[H _]"; [done| |].
    { iNext. iFrame "H†'". iNext. by iRight. }
    iMod (bor_or_fact with "H£1 H£2 H£3 H Hκ") as "(#Hfact & Hκ & H)".
    iAssert (|={⊤}=> ∃ z : Z, &frac{κ} (λ q, x ↦{q} #z))%I with "[H H£5]" as ">(%z & #Hz)".
    { iDestruct "H" as "[H|H]"; [iExists 1%Z|iExists 2%Z];
        by iApply (bor_fracture _ _ (λ q, x ↦{q} _)%I with "H£5 H"). }
    wp_apply (either_read with "[$Hz $Hκ]"). iIntros "Hκ". wp_pures.
    (* The fact, for one thread, and said in another way. *)
    iMod (bor_create ⊤ κ [†κ'] with "[$Hfact]") as "[H _]"; [done|].
    iMod na_alloc as (p) "Hp".
    iMod (bor_na _ κ p (nroot .@ "cell") with "H") as "#Hna"; [done|].
    iAssert (&na{κ, p, nroot .@ "cell"} ([†κ'] ∗ True))%I as "#Hna'".
    { iApply (na_bor_iff with "[] Hna"). iIntros "!> !>". iSplit; [by iIntros "$"|].
      by iIntros "[$ _]". }
    iMod (na_bor_acc with "Hna' Hκ Hp") as "([>#H† _] & Hp & Hclose)"; [done..|].
    iMod ("Hclose" with "[] Hp") as "[Hκ _]"; [by iFrame "H†"|].
    wp_apply (either_read with "[$Hz $Hκ]"). iIntros "_". eauto.
  Qed.

  (** ** After death *)
  Lemma after_death_spec : ⊢ WP after_death {{ v, ⌜v = #1⌝ }}.
  Proof using All.
    rewrite /after_death /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' _]".
    iMod ("Hend" with "Hκ") as "#H†".
    (* Whatever is shorter is over, too; [κ'] is not. *)
    iMod (lft_incl_dead _ (κ ⊓ κ') κ with "[] H†") as "#H†'"; [done|iApply lft_intersect_incl_l|].
    iAssert (¬ [†κ'])%I with "[Hκ']" as "_". { iIntros "H". by iApply (lft_tok_dead with "Hκ' H"). }
    iAssert (¬ [†static])%I as "_". { iIntros "H". by iApply lft_dead_static. }
    iMod (bor_fake ⊤ κ False%I with "H†") as "Hbor"; [done|].
    iMod (frac_bor_fake ⊤ κ (λ _, False)%I with "H†") as "#Hfrac"; [done|].
    iMod (at_bor_fake ⊤ κ (nroot .@ "cell") False%I with "H†") as "#Hat"; [solve_ndisj|done|].
    iMod na_alloc as (p) "Hp".
    iMod (na_bor_fake ⊤ κ p (nroot .@ "cell") False%I with "H†") as "#Hna"; [done|].
    (* There is no token to open one of them. Around one step it is found to be over. *)
    iMod (bor_acc_atomic with "Hbor") as "[[>[] _]|[_ Hclose]]"; [done|].
    wp_read. by iMod "Hclose" as "_".
  Qed.
End proof.

(** ** Closed statements *)
Local Definition clientΣ : gFunctors := #[lrustΣ; na_invΣ; lftΣ].

Theorem token_lent_adequate : adequate NotStuck token_lent ∅ (λ v _, ∃ n : Z, v = #n%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply token_lent_spec. Qed.
Theorem witness_adequate : adequate NotStuck witness ∅ (λ v _, v = #true%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply witness_spec. Qed.
Theorem indexed_adequate : adequate NotStuck indexed ∅ (λ v _, ∃ n : Z, v = #n%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply indexed_spec. Qed.
Theorem count_twice_adequate : adequate NotStuck count_twice ∅ (λ v _, ∃ n : Z, v = #n%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply count_twice_spec. Qed.
Theorem either_adequate : adequate NotStuck either ∅ (λ v _, ∃ n : Z, v = #n%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply either_spec. Qed.
Theorem after_death_adequate : adequate NotStuck after_death ∅ (λ v _, v = #1%V).
Proof. apply (lrust_adequacy clientΣ). intros. apply after_death_spec. Qed.
