(** * Example: lifetimes

Closed programs that use the lifetime logic, [tally.lifetime], with what they return
by adequacy.

- [lend_on]: a cell is lent, changed through the borrow; the borrow is lent on for a
  shorter time and changed there; changed once more after that time is over; and read by
  its owner when the first time is over, too.
- [through_two]: a reference to the cell lies in another cell, which is lent as well: a
  borrow of a borrow, opened at once ([bor_unnest]).
- [read_by_two]: a cell is lent for ever and read by two threads, without a lock
  ([bor_fracture]).
- [pair_lent]: a pair is lent, cut, changed at both ends, put together ([bor_combine]),
  and, as a whole, taken away and replaced by another content from which the pair can be
  had back ([bor_acc_strong]).
- [cell_of_one_thread]: a cell to which there are two references, in one thread
  ([bor_na]).

A borrow says nothing of what is in the cell at the end. Who wants to know it shares a
ghost variable with the content ([counted]): the other half stays outside of the borrow. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.prelude Require Import options.

Definition lend_on : expr :=
  let: "x" := Alloc #1 in
  "x" <- #1;;
  "x" <- !"x" + #1;;
  "x" <- !"x" + #2;;
  "x" <- !"x" + #3;;
  !"x".
Definition through_two : expr :=
  let: "x" := Alloc #1 in
  let: "y" := Alloc #1 in
  "x" <- #1;;
  "y" <- "x";;
  (λ: [], #0) [];; (λ: [], #0) [];;
  !"y" <- #7;;
  !"x".
Definition read_by_two : expr :=
  let: "x" := Alloc #1 in
  "x" <- #7;;
  Fork (!"x");;
  !"x".
Definition pair_lent : expr :=
  let: "x" := Alloc #2 in
  "x" <- #1;;
  "x" +ₗ #1 <- #1;;
  "x" <- #3;;
  "x" +ₗ #1 <- #4;;
  (λ: [], #0) [];;
  !"x" + !("x" +ₗ #1).
Definition cell_of_one_thread : expr :=
  let: "x" := Alloc #1 in
  "x" <- #0;;
  let: "y" := "x" in
  "x" <- !"x" + #1;;
  "y" <- !"y" + #1;;
  #7.

Section proof.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !na_invG Σ, !lftG Σ, !ghost_varG Σ Z}.

  Definition counted (γ : gname) (x : loc) : iProp Σ :=
    ∃ n : Z, x ↦ #n ∗ ghost_var γ (1/2) n.

  (** One addition through a borrow. *)
  Lemma add_borrowed κ γ q (x : loc) (n m : Z) :
    {{{ &{κ} (counted γ x) ∗ ghost_var γ (1/2) n ∗ q.[κ] }}}
      #x <- !#x + #m
    {{{ RET #☠; &{κ} (counted γ x) ∗ ghost_var γ (1/2) (n + m)%Z ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "(Hx & Hn & Hκ) HΦ".
    iMod (bor_acc with "Hx Hκ") as "[>(%n' & Hx & Hn') Hclose]"; [done|].
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-.
    wp_read. wp_op. wp_write.
    iMod (ghost_var_update_halves (n + m)%Z with "Hn Hn'") as "[Hn Hn']".
    iMod ("Hclose" with "[Hx Hn']") as "[Hx Hκ]".
    { iNext. iExists (n + m)%Z. by iFrame. }
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma lend_on_spec : ⊢ WP lend_on {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /lend_on. wp_alloc x as "Hx" "_". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pure _ credit:"H£".
    iMod (ghost_var_alloc 1%Z) as (γ) "[Hn Hn']".
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (bor_create ⊤ κ (counted γ x) with "[Hx Hn']") as "[Hx Hinherit]"; [done| |].
    { iNext. iExists 1%Z. by iFrame. }
    wp_apply (add_borrowed with "[$Hx $Hn $Hκ]"). iIntros "(Hx & Hn & Hκ)". wp_pures.
    iMod (rebor _ κ (κ ⊓ κ') with "H£ [] Hx") as "[Hx Hback]"; [done| |].
    { iApply lft_intersect_incl_l. }
    iDestruct "Hκ" as "[Hκ1 Hκ2]".
    iDestruct (lft_intersect_acc with "Hκ1 Hκ'") as (q) "[Hq Htoks]".
    wp_apply (add_borrowed with "[$Hx $Hn $Hq]"). iIntros "(_ & Hn & Hq)". wp_pures.
    iDestruct ("Htoks" with "Hq") as "[Hκ1 Hκ']".
    iMod ("Hend'" with "Hκ'") as "Hdead".
    iMod ("Hback" with "[Hdead]") as "Hx"; [iApply lft_dead_or; by iRight|].
    iAssert (1.[κ])%I with "[Hκ1 Hκ2]" as "Hκ"; [by iSplitL "Hκ1"|].
    wp_apply (add_borrowed with "[$Hx $Hn $Hκ]"). iIntros "(_ & Hn & Hκ)". wp_pures.
    iMod ("Hend" with "Hκ") as "Hdead".
    iMod ("Hinherit" with "Hdead") as ">(%n & Hx & Hn')".
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-. by wp_read.
  Qed.

  Lemma through_two_spec : ⊢ WP through_two {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /through_two. wp_alloc x as "Hx" "_". wp_pures. wp_alloc y as "Hy" "_".
    rewrite !heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pure _ credit:"H£1".
    wp_write. wp_pure _ credit:"H£2". wp_pure _ credit:"H£3". wp_pure _ credit:"H£4".
    wp_pure _ credit:"H£5". wp_pures.
    iMod (ghost_var_alloc 1%Z) as (γ) "[Hn Hn']".
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (bor_create ⊤ κ (counted γ x) with "[Hx Hn']") as "[Hx Hinherit]"; [done| |].
    { iNext. iExists 1%Z. by iFrame. }
    iMod (bor_create ⊤ κ' (y ↦ #x ∗ &{κ} (counted γ x)) with "[Hx Hy]") as "[H _]";
      [done| |].
    { iNext. by iFrame. }
    iMod (bor_sep with "H£1 H") as "[Hy Hx]"; [done|].
    iCombine "H£2 H£3 H£4 H£5" as "H£".
    iMod (bor_unnest with "H£ Hx") as "Hx"; [done|].
    iMod (bor_acc with "Hy Hκ'") as "[>Hy Hclose]"; [done|]. wp_read.
    iMod ("Hclose" with "Hy") as "[_ Hκ']".
    iDestruct (lft_intersect_acc with "Hκ Hκ'") as (q) "[Hq Htoks]".
    iMod (bor_acc with "Hx Hq") as "[>(%n & Hx & Hn') Hclose]"; [done|]. wp_write.
    iMod (ghost_var_update_halves 7%Z with "Hn Hn'") as "[Hn Hn']".
    iMod ("Hclose" with "[Hx Hn']") as "[_ Hq]"; [iNext; iExists 7%Z; by iFrame|].
    iDestruct ("Htoks" with "Hq") as "[Hκ _]".
    iMod ("Hend" with "Hκ") as "Hdead". wp_pures.
    iMod ("Hinherit" with "Hdead") as ">(%n' & Hx & Hn')".
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-. by wp_read.
  Qed.

  Lemma read_borrowed κ q (x : loc) (n : Z) :
    {{{ &frac{κ} (λ q, x ↦{q} #n) ∗ q.[κ] }}} !#x {{{ RET #n; q.[κ] }}}.
  Proof.
    iIntros (Φ) "[#Hfrac Hκ] HΦ".
    iMod (frac_bor_acc with "Hfrac Hκ") as (q') "[>Hx Hclose]"; [done|].
    wp_read. iMod ("Hclose" with "Hx") as "Hκ". iModIntro. by iApply "HΦ".
  Qed.
  Lemma read_by_two_spec : ⊢ WP read_by_two {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /read_by_two. wp_alloc x as "Hx" "_". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pure _ credit:"H£".
    iMod (bor_create ⊤ static (x ↦ #7) with "[Hx]") as "[Hx _]"; [done|by iNext|].
    iMod (bor_fracture _ _ (λ q, x ↦{q} #7)%I with "H£ Hx") as "#Hfrac"; [done|].
    wp_apply (wp_fork with "[]").
    - iNext. iDestruct (lft_tok_static 1) as "Hq".
      wp_apply (read_borrowed with "[$Hfrac $Hq]"). by iIntros "_".
    - iIntros "_". wp_pures. iDestruct (lft_tok_static 1) as "Hq".
      wp_apply (read_borrowed with "[$Hfrac $Hq]"). by iIntros "_".
  Qed.

  Lemma pair_lent_spec : ⊢ WP pair_lent {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /pair_lent. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hx" as "[Hx Hy]". wp_pures. wp_write. wp_pures. wp_write.
    wp_pure _ credit:"H£1".
    iMod (ghost_var_alloc 1%Z) as (γ) "[Hn Hn']".
    iMod (ghost_var_alloc 1%Z) as (γ') "[Hm Hm']".
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create ⊤ κ (counted γ x ∗ counted γ' (x +ₗ 1)) with "[Hx Hy Hn' Hm']")
      as "[H Hinherit]"; [done| |].
    { iNext. iSplitL "Hx Hn'"; iExists 1%Z; iFrame. }
    iMod (bor_sep with "H£1 H") as "[Hx Hy]"; [done|].
    iMod (bor_acc with "Hx Hκ") as "[>(%n & Hx & Hn') Hclose]"; [done|].
    iMod (ghost_var_update_halves 3%Z with "Hn Hn'") as "[Hn Hn']". wp_write.
    iMod ("Hclose" with "[Hx Hn']") as "[Hx Hκ]"; [iNext; iExists 3%Z; by iFrame|].
    wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    iMod (bor_acc with "Hy Hκ") as "[>(%m & Hy & Hm') Hclose]"; [done|].
    iMod (ghost_var_update_halves 4%Z with "Hm Hm'") as "[Hm Hm']". wp_write.
    iMod ("Hclose" with "[Hy Hm']") as "[Hy Hκ]"; [iNext; iExists 4%Z; by iFrame|].
    iCombine "H£2 H£3" as "H£".
    iMod (bor_combine with "H£ Hx Hy") as "H"; [done|].
    wp_pure _ credit:"H£4".
    iMod (bor_acc_strong with "H Hκ") as "[H Hclose]"; [done|].
    iMod ("Hclose" $! (∃ n m : Z, x ↦ #n ∗ (x +ₗ 1) ↦ #m ∗ ghost_var γ (1/2) n ∗
      ghost_var γ' (1/2) m)%I with "H£4 [] [H]") as "[_ Hκ]".
    { iIntros "!> >(%n' & %m' & Hx & Hy & Hn & Hm) _ !> !>".
      iSplitL "Hx Hn"; [iExists n'|iExists m']; iFrame. }
    { iNext. iDestruct "H" as "[(%n' & Hx & Hn) (%m' & Hy & Hm)]".
      iExists n', m'. iFrame. }
    iMod ("Hend" with "Hκ") as "Hdead". wp_pures.
    iMod ("Hinherit" with "Hdead") as "[>(%n' & Hx & Hn') >(%m' & Hy & Hm')]".
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-.
    iDestruct (ghost_var_agree with "Hm Hm'") as %<-.
    wp_read. wp_pures. wp_read. by wp_pures.
  Qed.

  Lemma cell_of_one_thread_spec : ⊢ WP cell_of_one_thread {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /cell_of_one_thread. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod na_alloc as (p) "Hp". set (N := nroot .@ "cell").
    iMod lft_create as (κ) "[Hκ _]".
    iMod (bor_create ⊤ κ (∃ n : Z, x ↦ #n) with "[Hx]") as "[H _]"; [done| |].
    { iNext. by iExists 0%Z. }
    iMod (bor_na _ _ p N with "H") as "#H"; [done|].
    iMod (na_bor_acc with "H Hκ Hp") as "(>(%n & Hx) & Hp & Hclose)"; [done..|].
    wp_read. wp_op. wp_write.
    iMod ("Hclose" with "[Hx] Hp") as "[Hκ Hp]"; [iNext; by iExists (n + 1)%Z|].
    wp_pures.
    iMod (na_bor_acc with "H Hκ Hp") as "(>(%m & Hx) & Hp & Hclose)"; [done..|].
    wp_read. wp_op. wp_write.
    iMod ("Hclose" with "[Hx] Hp") as "_"; [iNext; by iExists (m + 1)%Z|].
    by wp_pures.
  Qed.
End proof.

(** ** Closed statements *)
Definition lifetime_clientΣ : gFunctors := #[lrustΣ; na_invΣ; lftΣ; ghost_varΣ Z].

Theorem lend_on_adequate : adequate NotStuck lend_on ∅ (λ v _, v = #7).
Proof. apply (lrust_adequacy lifetime_clientΣ). intros. apply lend_on_spec. Qed.
Theorem through_two_adequate : adequate NotStuck through_two ∅ (λ v _, v = #7).
Proof. apply (lrust_adequacy lifetime_clientΣ). intros. apply through_two_spec. Qed.
Theorem read_by_two_adequate : adequate NotStuck read_by_two ∅ (λ v _, v = #7).
Proof. apply (lrust_adequacy lifetime_clientΣ). intros. apply read_by_two_spec. Qed.
Theorem pair_lent_adequate : adequate NotStuck pair_lent ∅ (λ v _, v = #7).
Proof. apply (lrust_adequacy lifetime_clientΣ). intros. apply pair_lent_spec. Qed.
Theorem cell_of_one_thread_adequate :
  adequate NotStuck cell_of_one_thread ∅ (λ v _, v = #7).
Proof. apply (lrust_adequacy lifetime_clientΣ). intros. apply cell_of_one_thread_spec. Qed.
