(** * [rc/inner.rs]: [Share::make_alone] of a caller's only handle

If there is no other handle of any kind, the block stays. If there are weak handles only, they
keep the old block, and the content moves. If there are other strong handles, the content is
cloned. The clone function may drop these others, so that the old content is destroyed when the
handle leaves it; then the destructor may unwind, too, and the handle is that of the clone. If the
clone function unwinds, nothing has changed. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts inner_new inner_share
  inner_drop inner_make inner_leave.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h env : loc) (a wl el : list val).
  Implicit Types (q r : Qp) (j m : nat) (F : coPset) (T C : tparam).
  Implicit Types (P Q U : iProp Σ) (X : list val → Prop) (D UD : list val → iProp Σ).

  (** The closure is dropped without having been called. *)
  Definition share_unused_spec C el P (P' U' : iProp Σ) : iProp Σ :=
    ∀ (e : loc),
      {{{ e ↦∗ el ∗ P }}}
        tp_glue C [ #e ]
      {{{ c el', RET c; ⌜length el' = tp_cells C⌝ ∗ e ↦∗ el' ∗ ends (λ _, P') U' c }}}.

  (** The clone function has unwound. *)
  Definition unchanged_alone γ i l a r j h (t : Qp * nat) U e : iProp Σ :=
    ⌜e = unw_val⌝ ∗ heap_lease t.1 t.2 ∗ h ↦ #l ∗ rc_own SO γ i l a r 1 j ∗ U.
  (** What is left of the old handle, whose content has been cloned. It was not the last one, or
  its destructor has run, to one of its ends. *)
  Definition left_for_clone γ l a r j D UD (w e : val) : iProp Σ :=
    (⌜e = ret_val w⌝ ∗ weak_own SO γ l r j) ∨
    (rc_last_own SO γ l r j ∗ ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = w⌝ ∗ D wl) (UD wl) e).

  Lemma Share_leave_for_clone_spec T C h env F D UD P X Q U γ i l a r j el q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
    {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D UD ∗
        share_clone_spec SO F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
        na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r 1 j ∗ P }}}
      Share_leave_for_clone T C [ #h; #env ]
    {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
        (unchanged_alone γ i l a r j h (q, m) U e ∨
         ∃ γ' i' l' a', ⌜rc_lease_of γ' = (q, m) ∧ X a'⌝ ∗ h ↦ #l' ∗
           rc_own SO γ' i' l' a' 1 1 0 ∗ Q ∗ left_for_clone γ l a r j D UD #☠ e) }}}.
  Proof.
    iIntros (HF HT Hel Φ) "(#Hglue & #Hclone & Hlease & Hk & Hna & Hh & Henv & Hrc & HP) HΦ". mir_rec.
    mir_new o as "Ho" "Ho†" with "Hk". mir.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    mir_copy "Hc" "Henv". mir.
    iDestruct (rc_own_acc with "Hrc") as (q') "[Hso Hrc]".
    wp_apply ("Hclone" with "[%] [$Hna $Hso $Ho $Hc $HP]").
    { by rewrite list_length_replicate. }
    iIntros (e el') "(%Hel' & Hna & Hso & Hc & He)". iDestruct ("Hrc" with "Hso") as "Hrc".
    iDestruct "He" as "[(%v & -> & (%a' & %wl & [%HR %HX] & Ho & Hwl) & HQ)|[-> [(%vl' & %Hvl' & Ho) HU]]]"; mir.
    - iDestruct (ty_size_eq with "Hwl") as %Hlen.
      wp_apply (Share_new_spec SO T with "[$Hlease $Ho $Hwl]"); [done..|].
      iIntros (l' γ' i') "(%Hγ' & Hrc' & Ho)". mir.
      wp_apply (Share_drop_spec SO T with "[$Hglue $Hk $Hna $Hh $Hrc]"); [done..|].
      iIntros (e) "(Hk & Hna & Hh & He)".
      iDestruct "He" as "[(%k' & [_ %Hk'] & _)|He]"; [lia|].
      iAssert (left_for_clone γ l a r j D UD #☠ e ∗ ⌜e = ret_val #☠ ∨ e = unw_val⌝)%I
        with "[He]" as "[He %Hends]".
      { iDestruct "He" as "[([-> _] & Hweak)|(_ & Hlast & %wl' & %HR' & He)]".
        - iSplit; [|by iLeft]. iLeft. by iFrame.
        - iDestruct "He" as "[(%v' & -> & -> & HD)|[-> HUD]]".
          + iSplit; [|by iLeft]. iRight. iFrame "Hlast". iExists wl'. iSplitR; [done|].
            iApply ends_ret. by iFrame.
          + iSplit; [|by iRight]. iRight. iFrame "Hlast". iExists wl'. iSplitR; [done|].
            by iApply ends_unw. }
      destruct Hends as [-> | ->]; mir.
      all: mir_delete "Ho" "Ho†" with "Hk"; mir; mir_delete "Hc" "Hc†" with "Hk"; mir.
      all: iModIntro; iApply "HΦ"; iFrame "Hna Henv"; (iSplitL "Hk"; [mir_lease "Hk"|]).
      all: iRight; iExists γ', i', l', a'; by iFrame.
    - mir_delete "Ho" "Ho†" with "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|].
      iLeft. by iFrame.
  Qed.

  Lemma Share_make_alone_spec T C h env F D UD P (P' U' : iProp Σ) X Q U γ i l a r j el q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
    {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D UD ∗
        share_clone_spec SO F i l a C el P X Q U ∗ share_unused_spec C el P P' U' ∗
        heap_lease q m ∗ heap_lease qk mk ∗
        na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r 1 j ∗ P }}}
      Share_make_alone T C [ #h; #env ]
    {{{ e el', RET e; heap_lease qk mk ∗ na_own p F ∗ ⌜length el' = tp_cells C⌝ ∗ env ↦∗ el' ∗
        (unchanged_alone γ i l a r j h (q, m) U e ∨
         ∃ γ' i' l' a', ⌜rc_lease_of γ' = (q, m)⌝ ∗ h ↦ #l' ∗ rc_own SO γ' i' l' a' 1 1 0 ∗
           ((⌜a' = a ∧ (l' = l ∧ i' = i ∧ j = 0 ∨ (r = 1%Qp → 0 < j))⌝ ∗
              rc_last_own SO γ l r j ∗ ends (λ v, ⌜v = #(l' +ₗ 2)⌝ ∗ P') U' e) ∨
            (⌜r ≠ 1%Qp ∧ X a'⌝ ∗ Q ∗ left_for_clone γ l a r j D UD #(l' +ₗ 2) e))) }}}.
  Proof.
    iIntros (HF HT Hel Φ) "(#Hglue & #Hclone & #Hunused & Hlease & Hk & Hna & Hh & Henv & Hrc & HP) HΦ".
    mir_rec. mir_new c as "Hc" "Hc†" with "Hk". mir.
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    mir_rec. destruct (decide (n = 1%positive)) as [->|Hn1]; last first.
    { rewrite bool_decide_eq_false_2; [|lia].
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
      iAssert (rc_own SO γ i l a r 1 j) with "[Hm]" as "Hrc"; [iFrame "Hb Hm"|].
      mir. mir_copy "Hc" "Henv". mir.
      wp_apply (Share_leave_for_clone_spec
        with "[$Hglue $Hclone $Hlease $Hk $Hna $Hh $Hc $Hrc $HP]"); [done..|].
      iIntros (e) "(Hk & Hna & Hc & He)".
      iDestruct "He" as "[(-> & Hlease & Hh & Hrc & HU)|(%γ' & %i' & %l' & %a' & [%Hγ' %HX] & Hh & Hrc & HQ & He)]".
      { mir. mir_delete "Hc" "Hc†" with "Hk". mir. iModIntro. iApply ("HΦ" $! _ el).
        iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|]. iSplitR; [done|]. iLeft. by iFrame. }
      assert (r ≠ 1%Qp) as Hr.
      { intros Hr. destruct Hk as (_ & _ & Hk). by destruct (Hk Hr). }
      iAssert (∃ e', ⌜e = ret_val #☠ ∧ e' = ret_val #(l' +ₗ 2) ∨ e = unw_val ∧ e' = unw_val⌝ ∗
        left_for_clone γ l a r j D UD #(l' +ₗ 2) e')%I with "[He]" as (e' He) "He".
      { iDestruct "He" as "[[-> Hweak]|(Hlast & %wl & %HR & [(%v & -> & -> & HD)|[-> HUD]])]".
        - iExists _. iSplitR; [by iLeft|]. iLeft. by iFrame.
        - iExists _. iSplitR; [by iLeft|]. iRight. iFrame "Hlast". iExists wl.
          iSplitR; [done|]. iApply ends_ret. by iFrame.
        - iExists _. iSplitR; [by iRight|]. iRight. iFrame "Hlast". iExists wl.
          iSplitR; [done|]. by iApply ends_unw. }
      destruct He as [[-> ->]|[-> ->]]; mir.
      all: mir_delete "Hc" "Hc†" with "Hk"; mir; iModIntro; iApply ("HΦ" $! _ el).
      all: iFrame "Hna Henv"; (iSplitL "Hk"; [mir_lease "Hk"|]); (iSplitR; [done|]).
      all: iRight; iExists γ', i', l', a'; (iSplitR; [done|]); iFrame "Hh Hrc".
      all: iRight; by iFrame. }
    rewrite bool_decide_eq_true_2 //. destruct (usize_weak_sub w HW) as [Hsub Hover].
    mir. mir_rec. destruct (decide (w = 0)) as [->|Hw0].
    - rewrite bool_decide_eq_true_2 //. assert (j = 0) as -> by lia.
      iMod (rc_own_rename SO _ γ i l a r (Some (q, m)) with "Hb Hl Hw Hg Hm Hlease")
        as "(Hbi & Hlast & Hrc)"; [done|].
      iMod ("Hclose" with "[$Hbi $Hna]") as "Hna". iDestruct "Hrc" as (γ') "[%Hγ' Hrc]".
      mir. wp_apply ("Hunused" with "[$Henv $HP]"). iIntros (e el') "(%Hel' & Henv & He)".
      mir_ends "He" as "HP" | "HU"; mir; mir_delete "Hc" "Hc†" with "Hk"; mir; iModIntro.
      all: iApply ("HΦ" $! _ el'); iFrame "Hna Henv"; (iSplitL "Hk"; [mir_lease "Hk"|]).
      all: (iSplitR; [done|]); iRight; iExists γ', i, l, a; (iSplitR; [done|]); iFrame "Hh Hrc".
      all: iLeft; (iSplitR; [iPureIntro; split; [done|by left]|]); iFrame "Hlast".
      + iApply ends_ret. by iFrame.
      + by iApply ends_unw.
    - rewrite bool_decide_eq_false_2; [|lia]. mir.
      wp_apply (Share_leave_weak_handles_opened SO T h F
        with "[$Hlease $Hk $Hh $Hb $Hl $Hw $Hg $Hm $Hna $Hclose]"); [done..|].
      iIntros (γ' i' l') "(Hk & Hna & Hh & %Hγ' & Hrc & Hlast)".
      assert (r = 1%Qp → 0 < j) as Hj.
      { intros Hr. destruct Hk as (_ & _ & Hk). destruct (Hk Hr) as [_ <-]. lia. }
      mir. wp_apply ("Hunused" with "[$Henv $HP]"). iIntros (e el') "(%Hel' & Henv & He)".
      mir_ends "He" as "HP" | "HU"; mir; mir_delete "Hc" "Hc†" with "Hk"; mir; iModIntro.
      all: iApply ("HΦ" $! _ el'); iFrame "Hna Henv"; (iSplitL "Hk"; [mir_lease "Hk"|]).
      all: (iSplitR; [done|]); iRight; iExists γ', i', l', a; (iSplitR; [done|]); iFrame "Hh Hrc".
      all: iLeft; (iSplitR; [iPureIntro; split; [done|by right]|]); iFrame "Hlast".
      + iApply ends_ret. by iFrame.
      + by iApply ends_unw.
  Qed.
End specs.
