(** * [rc/inner.rs]: [Share::make_alone], where the clone function may unwind

With another share at hand the content is cloned to a new block. If the clone function
unwinds, nothing has changed: the handle is as it was, and so are the counts and the memory. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts inner_new inner_share
  inner_drop.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h env : loc) (a wl el : list val).
  Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset) (T C : tparam).
  Implicit Types (P Q U : iProp Σ) (X : list val → Prop).

  (** The closure [C] makes a value of the one at [l + 2], which is shared, and writes it to
  its destination; [X] is what is known of it. Or it unwinds. It is consumed: of its
  environment, the cells are left. [P] is what it has. *)
  Definition share_clone_spec F i l a C el P X Q U : iProp Σ :=
    ∀ q (out e : loc) vl, ⌜length vl = ty_size τ⌝ -∗
      {{{ na_own p F ∗ so_own SO i (l, a) 1 q ∗ out ↦∗ vl ∗ e ↦∗ el ∗ P }}}
        tp_call C [ #out; #e; #(l +ₗ 2) ]
      {{{ c el', RET c; ⌜length el' = tp_cells C⌝ ∗ na_own p F ∗ so_own SO i (l, a) 1 q ∗
          e ↦∗ el' ∗
          ends (λ _, (∃ a' wl, ⌜R a' wl ∧ X a'⌝ ∗ out ↦∗ wl ∗ ty_own τ wl) ∗ Q)
            ((∃ vl', ⌜length vl' = ty_size τ⌝ ∗ out ↦∗ vl') ∗ U) c }}}.

  (** What the caller has, on both ends. *)
  Definition made_alone γ i l a r k j h X (t : Qp * nat) (v : loc → val) Q w : iProp Σ :=
    ∃ γ' i' l' a', ⌜w = v l' ∧ rc_lease_of γ' = t ∧ X a'⌝ ∗ h ↦ #l' ∗
      rc_own SO γ' i' l' a' 1 1 0 ∗ rc_own SO γ i l a r k j ∗ Q.
  Definition left_alone γ i l a r k j h (t : Qp * nat) U : iProp Σ :=
    heap_lease t.1 t.2 ∗ h ↦ #l ∗ rc_own SO γ i l a r (k + 1) j ∗ U.

  Lemma Share_leave_for_clone_other_spec T C h env F P X Q U γ i l a r k j el q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
    {{{ share_clone_spec F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
        na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r (k + 1) j ∗ P }}}
      Share_leave_for_clone T C [ #h; #env ]
    {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
        ends (made_alone γ i l a r k j h X (q, m) (λ _, #☠) Q)
          (left_alone γ i l a r k j h (q, m) U) e }}}.
  Proof.
    iIntros (HF HT Hel Φ) "(#Hclone & Hlease & Hk & Hna & Hh & Henv & Hrc & HP) HΦ". mir_rec.
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
      wp_apply (Share_drop_keep_spec SO T with "[$Hna $Hh $Hrc]"); [by apply countN_subseteq|].
      iIntros "(Hna & Hh & Hrc)". mir.
      mir_delete "Ho" "Ho†" with "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_ret. iExists γ', i', l', a'. by iFrame.
    - mir_delete "Ho" "Ho†" with "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_unw. iFrame.
  Qed.

  Lemma Share_make_alone_other_spec T C h env F P X Q U γ i l a r k j el q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
    {{{ share_clone_spec F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
        na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r (k + 1) j ∗ P }}}
      Share_make_alone T C [ #h; #env ]
    {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
        ends (made_alone γ i l a r k j h X (q, m) (λ l', #(l' +ₗ 2)) Q)
          (left_alone γ i l a r k j h (q, m) U) e }}}.
  Proof.
    iIntros (HF HT Hel Φ) "(#Hclone & Hlease & Hk & Hna & Hh & Henv & Hrc & HP) HΦ". mir_rec.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    wp_apply (Share_strong_count_spec SO T with "[$Hna $Hh $Hrc]"); [by apply countN_subseteq|].
    iIntros (n) "((_ & %Hn & _) & Hna & Hh & Hrc)". mir.
    rewrite bool_decide_eq_false_2; [|intros ?; lia]. mir.
    mir_copy "Hc" "Henv". mir.
    wp_apply (Share_leave_for_clone_other_spec
      with "[$Hclone $Hlease $Hk $Hna $Hh $Hc $Hrc $HP]"); [done..|].
    iIntros (e) "(Hk & Hna & Hc & He)".
    iDestruct "He" as "[(%v & -> & %γ' & %i' & %l' & %a' & (-> & %Hγ' & %HX) & Hh & Hrc' & Hrc & HQ)|[-> (Hlease & Hh & Hrc & HU)]]"; mir.
    - mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_ret. iExists γ', i', l', a'. by iFrame.
    - mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_unw. iFrame.
  Qed.
End specs.
