(** * [rc τ]: proofs about the addresses of weak handles

Comparison, and raw pointers. A weak handle keeps the block and not the content, so
there are always two cells to compare by; its raw pointer is the address of the
content all the same, whether there is one or not. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code.
From tally.rc.proof Require Import handle specs_strong.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (l ptr : loc) (r : Qp) (k j : nat) (F : coPset).

  (** ** Comparison *)

  (** A handle of whatever kind shows that its block is there. *)
  Local Lemma rc_ref_cell F γ l r k j :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    rc_ref SO γ l r k j -∗ na_own p F ={⊤}=∗
    ∃ v, l ↦ v ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ∗
      (l ↦ v -∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ={⊤}=∗
        na_own p F ∗ rc_ref SO γ l r k j).
  Proof.
    iIntros (HF Hpos) "[#Hb Hreg] Hna".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "((%HsW & Hl & Hw) & Hregs & Hreg & _ & Hst & Hna & Hclose)"; [done..|].
    iModIntro. iExists _. iFrame "Hl Hna". iIntros "Hl Hna".
    iMod ("Hclose" with "[$Hna Hl Hw Hregs Hst]") as "$".
    { iNext. iApply (ref_close with "[Hl Hw] Hregs Hst"). by iFrame. }
    iModIntro. by iFrame "Hb Hreg".
  Qed.

  (** Both blocks are there, so that the comparison is defined; a handle is compared with
  itself by a share of it. *)
  Lemma weak_ptr_eq_spec F γ l r k j γ' l' r' k' j' :
    ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
    {{{ na_own p F ∗ rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}
      weak_ptr_eq [ #l; #l' ]
    {{{ RET #(bool_decide (l = l')); na_own p F ∗
        rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
  Proof.
    iIntros (HF Hpos Hpos' Φ) "(Hna & Href & Href') HΦ". wp_rec. iApply wp_fupd.
    iMod (rc_ref_cell with "Href Hna") as (v) "(Hl & Hna & Hclose)";
      [by apply countN_subseteq|done|].
    destruct (decide (l = l')) as [<-|Hne].
    - iDestruct "Hl" as "[Hl Hl']". wp_apply (wp_eq_loc with "[$Hl $Hl']").
      iIntros "[Hl Hl']". iCombine "Hl Hl'" as "Hl".
      iMod ("Hclose" with "Hl Hna") as "[Hna Href]".
      iModIntro. iApply "HΦ". iFrame.
    - iMod (rc_ref_cell with "Href' Hna") as (v') "(Hl' & Hna & Hclose')"; [|by apply Hpos'|].
      { rewrite /rc_countN. solve_ndisj. }
      wp_apply (wp_eq_loc with "[$Hl $Hl']"). iIntros "[Hl Hl']".
      iMod ("Hclose'" with "Hl' Hna") as "[Hna Href']".
      iMod ("Hclose" with "Hl Hna") as "[Hna Href]".
      iModIntro. iApply "HΦ". iFrame.
  Qed.

  Lemma weak_ptr_eq_dangling_spec :
    {{{ True }}} weak_ptr_eq [ #0; #0 ] {{{ RET #true; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_ptr_eq_one_dangling_spec l (v v' : val) :
    v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
    {{{ True }}} weak_ptr_eq [v; v'] {{{ RET #false; True }}}.
  Proof.
    iIntros ([[-> ->]|[-> ->]] Φ) "_ HΦ"; wp_rec; wp_pures; iModIntro; by iApply "HΦ".
  Qed.

  (** ** Raw pointers *)

  (** What the address stands for, after [weak_into_raw]. *)
  Definition weak_raw γ ptr r : iProp Σ :=
    ∃ l, ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_weak SO γ l r 1.

  Lemma weak_raw_exclusive γ ptr ptr' r :
    weak_raw γ ptr 1 -∗ weak_raw γ ptr' r -∗ False.
  Proof.
    iIntros "(%l & _ & H) (%l' & _ & H')". iApply (rc_ref_exclusive with "H H'"); lia.
  Qed.
  Lemma weak_raw_valid_2 γ ptr r r' :
    weak_raw γ ptr r -∗ weak_raw γ ptr r' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
  Proof.
    iIntros "(%l & -> & H) (%l' & %Hl & H')".
    assert (l = l') as <- by (destruct l, l'; injection Hl as -> ?; f_equal; lia).
    iApply (rc_ref_valid SO γ l _ (0 + 0) (1 + 1)). rewrite rc_ref_split; [|lia..]. iFrame.
  Qed.

  Lemma weak_as_ptr_spec l :
    {{{ True }}} weak_as_ptr [ #l ] {{{ RET #(l +ₗ 2); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
  Lemma weak_as_ptr_dangling_spec :
    {{{ True }}} weak_as_ptr [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.

  Lemma weak_into_raw_spec γ l r :
    {{{ is_weak SO γ l r 1 }}}
      weak_into_raw [ #l ]
    {{{ RET #(l +ₗ 2); weak_raw γ (l +ₗ 2) r }}}.
  Proof.
    iIntros (Φ) "Hweak HΦ". wp_rec. wp_apply (weak_as_ptr_spec with "[//]").
    iIntros "_". iApply "HΦ". iExists l. by iFrame.
  Qed.
  Lemma weak_from_raw_spec γ ptr r :
    {{{ weak_raw γ ptr r }}}
      weak_from_raw [ #ptr ]
    {{{ l, RET #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_weak SO γ l r 1 }}}.
  Proof.
    iIntros (Φ) "(%l & -> & Hweak) HΦ". wp_rec. wp_pures.
    rewrite shift_loc_assoc shift_loc_0. iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma weak_into_raw_dangling_spec :
    {{{ True }}} weak_into_raw [ #0 ] {{{ RET #0; True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. by wp_apply (weak_as_ptr_dangling_spec with "[//]").
  Qed.
  Lemma weak_from_raw_dangling_spec :
    {{{ True }}} weak_from_raw [ #0 ] {{{ RET #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. iModIntro. by iApply "HΦ". Qed.
End specs.
