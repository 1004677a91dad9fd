(** * [rc/inner.rs]: the small functions

They are run where they are called ([inner_counts.v]); here is what each does. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle inner_counts inner_drop.
From tally.prelude Require Import options.

Section small.
  Context `{!lrustGS Σ}.
  Implicit Types (l h : loc) (v w : val) (q : Qp) (T U : tparam).

  (** ** Counts *)
  Lemma Count_get_spec l q v :
    {{{ l ↦{q} v }}} Count_get [ #l ] {{{ RET ret_val v; l ↦{q} v }}}.
  Proof. iIntros (Φ) "Hl HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Count_set_spec l v w :
    {{{ l ↦ v }}} Count_set [ #l; w ] {{{ RET ret_val #☠; l ↦ w }}}.
  Proof. iIntros (Φ) "Hl HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma count_overflow_spec :
    {{{ True }}} count_overflow [] {{{ e, RET e; False }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. wp_abort. Qed.

  (** ** Blocks *)
  Lemma Block_clone_spec T h q v :
    {{{ h ↦{q} v }}} Block_clone T [ #h ] {{{ RET ret_val v; h ↦{q} v }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_eq_spec T h h' q q' l l' r r' v v' :
    {{{ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ l ↦{r} v ∗ l' ↦{r'} v' }}}
      Block_eq T [ #h; #h' ]
    {{{ RET ret_val #(bool_decide (l = l')); h ↦{q} #l ∗ h' ↦{q'} #l' ∗
        l ↦{r} v ∗ l' ↦{r'} v' }}}.
  Proof.
    iIntros (Φ) "(Hh & Hh' & Hl & Hl') HΦ". mir_rec. wp_apply (wp_eq_loc with "[$Hl $Hl']").
    iIntros "[Hl Hl']". mir. iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma Block_DANGLING_spec T :
    {{{ True }}} Block_DANGLING T [] {{{ RET ret_val #0; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_cast_spec T U v :
    {{{ True }}} Block_cast T U [ v ] {{{ RET ret_val v; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_is_dangling_spec T l :
    {{{ True }}} Block_is_dangling T [ #l ] {{{ RET ret_val #false; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_is_dangling_dangling_spec T :
    {{{ True }}} Block_is_dangling T [ #0 ] {{{ RET ret_val #true; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_counts_spec T l :
    {{{ True }}} Block_counts T [ #l ] {{{ RET ret_val #l; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_value_spec T l :
    {{{ True }}} Block_value T [ #l ] {{{ RET ret_val #(l +ₗ 2); True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Block_of_value_spec T l :
    {{{ True }}} Block_of_value T [ #(l +ₗ 2) ] {{{ RET ret_val #l; True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". mir_rec. rewrite shift_loc_assoc shift_loc_0. iModIntro. by iApply "HΦ".
  Qed.

  (** ** Handles *)
  Lemma Share_of_spec T l :
    {{{ True }}} Share_of T [ #l ] {{{ RET ret_val #l; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Share_counts_spec T h q l :
    {{{ h ↦{q} #l }}} Share_counts T [ #h ] {{{ RET ret_val #l; h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Whole_of_spec T l :
    {{{ True }}} Whole_of T [ #l ] {{{ RET ret_val #l; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Whole_counts_spec T h q l :
    {{{ h ↦{q} #l }}} Whole_counts T [ #h ] {{{ RET ret_val #l; h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Whole_as_ptr_spec T h q l :
    {{{ h ↦{q} #l }}} Whole_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Hold_counts_spec T h q l :
    {{{ h ↦{q} #l }}} Hold_counts T [ #h ] {{{ RET ret_val (some_val #l); h ↦{q} #l }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Hold_counts_dangling_spec T h q :
    {{{ h ↦{q} #0 }}} Hold_counts T [ #h ] {{{ RET ret_val none_val; h ↦{q} #0 }}}.
  Proof. iIntros (Φ) "Hh HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  Lemma Hold_strong_count_closure_0_spec T (l : loc) q v :
    {{{ l ↦{q} v }}}
      Hold_strong_count_closure_0 T [ #☠; #l ]
    {{{ RET ret_val v; l ↦{q} v }}}.
  Proof. iIntros (Φ) "Hl HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
End small.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (l h : loc) (wl : list val).
  Implicit Types (q r : Qp) (j m : nat) (F : coPset) (T : tparam).

  (** The strong count is 0 already: the block is that of a whole. *)
  Lemma Share_drop_last_whole_spec T h q F D U γ l wl r j qk m :
    ↑N ⊆ F → tp_cells T = ty_size τ →
    {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
        h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
      Share_drop_last T [ #h ]
    {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j ∗
        ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e }}}.
  Proof.
    iIntros (HF HT Φ) "(#Hglue & Hk & Hna & Hh & Hu & [Hlive _] & Hd & Hwl & H†) HΦ".
    iMod (one_shot_choose with "Hlive") as "#Hdead".
    wp_apply (Share_drop_last_spec SO T h q F (λ j', ⌜j' = j⌝ ∗ D wl)%I (λ j', ⌜j' = j⌝ ∗ U wl)%I γ l r j
      with "[$Hk $Hh $Hdead Hna Hu Hd Hwl H†]"); [by apply countN_subseteq|done| |].
    { iApply ("Hglue" with "[$Hna $Hd $Hwl]"). iIntros "!>" (e wl') "(Hna & Hd & %Hlen & He)".
      iExists wl', j. iFrame "Hna Hu Hd H†". iSplitR; [done|]. iApply (ends_mono with "[] He").
      iSplit; [iIntros (v) "H"|iIntros "H"]; by iFrame. }
    iIntros (e) "(Hk & Hna & Hh & %j' & Hlast & He)". iApply "HΦ". iFrame "Hk Hna Hh".
    iDestruct "He" as "[(%v & -> & -> & -> & HD)|[-> [-> HU]]]"; iFrame "Hlast".
    - iApply ends_ret. by iFrame.
    - by iApply ends_unw.
  Qed.
End specs.
