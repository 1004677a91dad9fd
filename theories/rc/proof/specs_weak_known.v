(** * [rc τ]: weak handles of which more is known

The triples of [specs_weak.v] are about [rc_ref], of which one does not know whether
the content is there. Here it is known: there is a strong handle, the content is
unique, the strong side is gone, or there is no block at all. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle specs_strong.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (r : Qp) (k : positive) (j : nat) (F : coPset).

  (** ** A strong handle at hand *)
  Lemma weak_strong_count_rc_spec F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      weak_strong_count [ #l ]
    {{{ (m : positive), RET #(Z.pos m);
        ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
        na_own p F ∗ is_rc SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ". wp_rec. wp_op. wp_if.
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    wp_read.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply ("HΦ" $! n). iFrame "Hna Hb Hp Hm". iPureIntro. naive_solver.
  Qed.

  Lemma weak_weak_count_rc_spec F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      weak_weak_count [ #l ]
    {{{ (m : nat), RET #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
        na_own p F ∗ is_rc SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ". wp_rec. wp_op. wp_if.
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    wp_read. wp_op. wp_if. wp_op. wp_read. pose proof (usize_weak_handles w HW) as Hop. wp_op.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply ("HΦ" $! w). iFrame "Hna Hb Hp Hm". iPureIntro. naive_solver.
  Qed.

  (** ** Unique *)

  (** No upgrade while the content is unique. *)
  Lemma weak_upgrade_unique_spec F γ l wl r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
      weak_upgrade [ #l ]
    {{{ RET #0; na_own p F ∗ is_unique_rc SO γ l wl r j }}}.
  Proof.
    iIntros (HF Φ) "[Hna [Hu Hc]] HΦ". wp_rec. wp_op. wp_if.
    iMod (unique_open with "Hu Hna")
      as (w) "((%HsW & Hl & Hw) & Hregs & Hh & Hh' & Hreg & #Hb & _ & Hna & Hclose)"; [done|].
    wp_read. wp_op. wp_if.
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hh]") as "Hna".
    { iNext. iApply (unique_close with "[Hl Hw] Hregs Hh"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hc". by iFrame.
  Qed.

  (** ** The strong side is gone *)

  (** What a weak handle reads then. *)
  Local Lemma last_open F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    is_last SO γ l r j -∗ na_own p F ={⊤}=∗
    l ↦ #0 ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ∗
      (l ↦ #0 -∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ={⊤}=∗
        na_own p F ∗ is_last SO γ l r j).
  Proof.
    iIntros (HF Hj) "Hlast Hna". rewrite is_last_halves.
    iDestruct "Hlast" as "[[_ Hlast] [#Hb Hreg]]".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done..|].
    iDestruct (regs_ended_agree with "Hregs Hlast") as %(-> & _).
    iAssert (◇ ⌜s = 0%Z⌝)%I as "#>->".
    { iDestruct "Hst" as "[(%x & [_ >%] & _)|(>% & _)]"; iPureIntro; lia. }
    iModIntro. iFrame "Hl Hna". iIntros "Hl Hna".
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "$".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    iModIntro. by iFrame "Hb Hlast Hreg".
  Qed.
  Lemma weak_strong_count_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ is_last SO γ l r j }}}
      weak_strong_count [ #l ]
    {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna Hlast] HΦ". wp_rec. wp_op. wp_if.
    iMod (last_open with "Hlast Hna") as "(Hl & Hna & Hclose)"; [done..|]. wp_read.
    iMod ("Hclose" with "Hl Hna") as "H". iModIntro. by iApply "HΦ".
  Qed.
  Lemma weak_weak_count_last_spec F γ l r j :
    ↑rc_countN N l ⊆ F → 0 < j →
    {{{ na_own p F ∗ is_last SO γ l r j }}}
      weak_weak_count [ #l ]
    {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Hj Φ) "[Hna Hlast] HΦ". wp_rec. wp_op. wp_if.
    iMod (last_open with "Hlast Hna") as "(Hl & Hna & Hclose)"; [done..|]. wp_read. wp_op.
    wp_if. iMod ("Hclose" with "Hl Hna") as "H". iModIntro. by iApply "HΦ".
  Qed.

  (** ** No block *)
  Lemma weak_clone_dangling_spec :
    {{{ True }}} weak_clone [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_drop_dangling_spec (n : nat) :
    {{{ True }}} weak_drop n [ #0 ] {{{ RET #☠; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_upgrade_dangling_spec :
    {{{ True }}} weak_upgrade [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_strong_count_dangling_spec :
    {{{ True }}} weak_strong_count [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_weak_count_dangling_spec :
    {{{ True }}} weak_weak_count [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.

  (** ** Agreement *)

  (** All handles of a block agree on its content. *)
  Lemma is_rc_agree F γ i i' l a a' r r' k k' j j' :
    ↑rc_countN N l ⊆ F →
    is_rc SO γ i l a r k j -∗ is_rc SO γ i' l a' r' k' j' -∗ na_own p F ={⊤}=∗
    ⌜i = i' ∧ a = a'⌝ ∗ is_rc SO γ i l a r k j ∗ is_rc SO γ i' l a' r' k' j' ∗ na_own p F.
  Proof.
    iIntros (HF) "(#Hb & #Hp & Hreg & %q & Htok & HP) (_ & #Hp' & Hreg' & %q' & Htok' & HP') Hna".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "(Hcells & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done|lia|].
    iMod (na_inv_acc with "Hp Hna") as "(Hin & Hna & Hclose1)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%n1 & >Hh & Hsh)|>Hdead]"; last first.
    { iDestruct (count_dead_tok_false with "Hdead Htok") as %[]. }
    iDestruct "Hst" as "[(%x & (>Hh' & >%Hst) & Hx)|(>% & _)]"; [|lia].
    iDestruct (rc_half_agree with "Hh Hh'") as %[<- <-].
    iMod ("Hclose1" with "[Hh Hsh $Hna]") as "Hna".
    { iNext. iLeft. iExists n1. iFrame. }
    iMod (na_inv_acc with "Hp' Hna") as "(Hin & Hna & Hclose1)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%n2 & >Hh & Hsh)|>Hdead]"; last first.
    { iDestruct (count_dead_tok_false with "Hdead Htok'") as %[]. }
    iDestruct (rc_half_agree with "Hh Hh'") as %[Hn2 Heq].
    iMod ("Hclose1" with "[Hh Hsh $Hna]") as "Hna".
    { iNext. iLeft. iExists n2. iFrame. }
    iMod ("Hclose" with "[$Hna Hcells Hregs Hh' Hx]") as "$".
    { iNext. iApply (ref_close with "Hcells Hregs"). iLeft. iExists _. by iFrame "Hh' Hx". }
    iModIntro. iSplitR; [iPureIntro; naive_solver|].
    iSplitL "Hreg Htok HP"; [iFrame "Hb Hp Hreg"; iExists q|iFrame "Hb Hp' Hreg'"; iExists q']; iFrame.
  Qed.
End specs.
