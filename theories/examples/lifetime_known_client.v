(** * Example: lifetimes, with the values known

Three programs of [lifetime_laws_client.v], of which there it is only stated that they
return an integer. Here it is which one. A borrow says nothing of what is in the cell at
the end; whoever wants to know it shares ghost variables with the content.

- [token_lent] and [indexed] return 7 ([token_lent_known], [indexed_known]): the number is
  half of a ghost variable ([counted]).
- [count_twice] returns 1 or 2 ([count_twice_known]): each of the two threads has half of a
  variable that says whether it has counted ([counted_by_two]), and knows this of itself
  only. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.examples Require Import lifetime_client lifetime_laws_client.
From tally.prelude Require Import options.

Section proof.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !lftG Σ, !ghost_varG Σ Z, !ghost_varG Σ bool}.
  Implicit Types (κ : lft) (x : loc) (q : Qp).

  Lemma token_lent_known_spec : ⊢ WP token_lent {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /token_lent /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£". wp_pures. wp_write.
    iMod (ghost_var_alloc 1%Z) as (γ) "[Hn Hn']".
    iMod lft_create as (κ') "[Hκ' #Hend']". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create ⊤ κ' (counted γ x) with "[Hx Hn']") as "[Hx Hinherit]"; [done| |].
    { iNext. iExists 1%Z. by iFrame. }
    iMod (bor_create ⊤ κ (1.[κ']) with "[$Hκ']") as "[Htok Hback]"; [done|].
    iMod (bor_lft_incl with "H£ Htok") as "#Hincl"; [done|].
    iDestruct (bor_shorten with "Hincl Hx") as "Hx". wp_pures.
    iMod (bor_acc with "Hx Hκ") as "[>(%n & Hx & Hn') Hclose]"; [done|]. wp_write.
    iMod (ghost_var_update_halves 7%Z with "Hn Hn'") as "[Hn Hn']".
    iMod ("Hclose" with "[Hx Hn']") as "[_ Hκ]"; [iNext; iExists 7%Z; by iFrame|]. wp_pures.
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as ">Hκ'".
    iMod ("Hend'" with "Hκ'") as "#H†'".
    iMod ("Hinherit" with "H†'") as ">(%m & Hx & Hn')".
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-. by wp_read.
  Qed.

  Lemma indexed_known_spec : ⊢ WP indexed {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    rewrite /indexed /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (ghost_var_alloc 1%Z) as (γ) "[Hn Hn']".
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create ⊤ κ (counted γ x) with "[Hx Hn']") as "[H Hinherit]"; [done| |].
    { iNext. iExists 1%Z. by iFrame. }
    rewrite bor_unfold_idx. iDestruct "H" as (i) "[#Hi Hown]".
    iMod (idx_bor_acc with "Hi Hown Hκ") as "[>(%n & Hx & Hn') Hclose]"; [done|]. wp_write.
    iMod (ghost_var_update_halves 6%Z with "Hn Hn'") as "[Hn Hn']".
    iMod ("Hclose" with "[Hx Hn']") as "[Hown Hκ]"; [iNext; iExists 6%Z; by iFrame|].
    wp_pures.
    iMod (idx_bor_acc with "Hi Hown Hκ") as "[>(%m & Hx & Hn') Hclose]"; [done|]. wp_write.
    iMod (ghost_var_update_halves 7%Z with "Hn Hn'") as "[Hn Hn']".
    iMod ("Hclose" with "[Hx Hn']") as "[_ Hκ]"; [iNext; iExists 7%Z; by iFrame|].
    iMod ("Hend" with "Hκ") as "#H†". wp_pures.
    iMod ("Hinherit" with "H†") as ">(%k & Hx & Hn')".
    iDestruct (ghost_var_agree with "Hn Hn'") as %<-. by wp_read.
  Qed.

  (** ** Two threads *)
  (** The number is how often it was counted, and one more. *)
  Definition counted_by_two (γ γ' : gname) x : iProp Σ :=
    ∃ b b' : bool, x ↦ #(1 + Z.b2z b + Z.b2z b') ∗ ghost_var γ (1/2) b ∗ ghost_var γ' (1/2) b'.

  (** A thread that has not counted yet, by its own variable [γ]. *)
  Lemma count_known_spec κ q γ γ' x :
    {{{ &at{κ, nroot .@ "cell"} (counted_by_two γ γ' x) ∗ q.[κ] ∗ ghost_var γ (1/2) false }}}
      Faa u64 #x #1
    {{{ (n : Z), RET #n; ⌜n = 1 ∨ n = 2⌝ }}}.
  Proof using Type.
    iIntros (Φ) "(#H & Hκ & Hb) HΦ".
    iMod (at_bor_acc with "H Hκ") as "[>(%b & %b' & Hx & Hγ & Hγ') Hclose]"; [done..|].
    iDestruct (ghost_var_agree with "Hb Hγ") as %<-.
    assert (in_int_range u64 (1 + Z.b2z false + Z.b2z b')) by (by destruct b').
    wp_faa. iMod (ghost_var_update_halves true with "Hb Hγ") as "[_ Hγ]".
    iMod ("Hclose" with "[Hx Hγ Hγ']") as "_".
    { iNext. iExists true, b'. iFrame "Hγ Hγ'". by destruct b'. }
    iModIntro. iApply "HΦ". iPureIntro. destruct b'; [by right|by left].
  Qed.
  Lemma count_twice_known_spec : ⊢ WP count_twice {{ v, ⌜v = #1 ∨ v = #2⌝ }}.
  Proof using All.
    rewrite /count_twice /one_cell. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (ghost_var_alloc false) as (γ) "[Hb Hγ]".
    iMod (ghost_var_alloc false) as (γ') "[Hb' Hγ']".
    iMod (bor_create ⊤ static (counted_by_two γ γ' x) with "[Hx Hγ Hγ']") as "[H _]";
      [done| |].
    { iNext. iExists false, false. by iFrame. }
    iMod (bor_at _ _ (nroot .@ "cell") with "H") as "#H"; [solve_ndisj|done|].
    iAssert (&at{static, nroot .@ "cell"} (counted_by_two γ' γ x))%I as "#H'".
    { iApply (at_bor_iff with "[] H"). iIntros "!> !>".
      iSplit; iIntros "(%b & %b' & Hx & Hγ & Hγ')"; iExists b', b; iFrame "Hγ Hγ'";
        destruct b, b'; done. }
    iDestruct (lft_tok_static 1) as "Hs".
    wp_apply (wp_fork with "[Hb']").
    - iNext. wp_apply (count_known_spec with "[$H' $Hs $Hb']"). by iIntros (n) "_".
    - iIntros "_". wp_pures. wp_apply (count_known_spec with "[$H $Hs $Hb]").
      iIntros (n) "[-> | ->]"; [by iLeft|by iRight].
  Qed.
End proof.

(** What was written through the borrow is there. *)
Theorem token_lent_known : adequate NotStuck token_lent ∅ (λ v _, v = #7%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ; ghost_varΣ Z; ghost_varΣ bool]).
  intros HΣ Huntracked. apply token_lent_known_spec.
Qed.
(** The last write is there. *)
Theorem indexed_known : adequate NotStuck indexed ∅ (λ v _, v = #7%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ; ghost_varΣ Z; ghost_varΣ bool]).
  intros HΣ Huntracked. apply indexed_known_spec.
Qed.
(** The main thread has counted first, or second. *)
Theorem count_twice_known : adequate NotStuck count_twice ∅ (λ v _, v = #1%V ∨ v = #2%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ; ghost_varΣ Z; ghost_varΣ bool]).
  intros HΣ Huntracked. apply count_twice_known_spec.
Qed.
