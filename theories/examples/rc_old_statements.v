(** * [rc τ]: the former statements follow from those that took their place

A test of compatibility: each statement that [rc_sig.v] had and has not any more is
derived from the sealed interface alone. Where the new statement has the old name, the
old one has [old_] before its name.

- Of a content that is unique: from [rc_unshared]. Those of a content that is gone are in
  [rc_steps.v], as clients need them.
- The last drop, with all weak handles at hand: from [rc_drop_lend_spec].
- What needed the thread token and does not any more: [rc_own_agree], [rc_dropped_own_live],
  and that a strong handle excludes [rc_last_own].
- Those that took a second lease: with [o := Some (q, m)].
- [make_mut], where the block stays and where it does not; [new_cyclic], of which the
  annotation was fixed before. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

Section old.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l dst : loc) (a wl vl : list val).
  Implicit Types (q r : Qp) (j m : nat) (F : coPset) (P : iProp Σ).

  (** ** Nothing but a handle, and a token that is not needed any more *)
  Lemma old_rc_own_agree F γ i i' l a a' r r' k k' j j' :
    ↑rc_countN N l ⊆ F →
    rc_own SO γ i l a r k j -∗ rc_own SO γ i' l a' r' k' j' -∗ na_own p F ={⊤}=∗
    ⌜i = i' ∧ a = a'⌝ ∗ rc_own SO γ i l a r k j ∗ rc_own SO γ i' l a' r' k' j' ∗ na_own p F.
  Proof.
    iIntros (_) "H H' $". iDestruct (rc_own_agree with "H H'") as %?. iModIntro. by iFrame.
  Qed.
  Lemma old_rc_dropped_own_live F γ i l a r r' k j j' P :
    ↑rc_countN N l ⊆ F →
    rc_own SO γ i l a r k j -∗ rc_dropped_own SO γ l r' j' P -∗ na_own p F ={⊤}=∗
    rc_own SO γ i l a (r + r') k (j + j') ∗ na_own p F.
  Proof. iIntros (_) "H H' $". iModIntro. iApply (rc_dropped_own_live with "H H'"). Qed.
  Lemma old_rc_own_last F γ i l a r r' k j j' :
    ↑rc_countN N l ⊆ F →
    rc_own SO γ i l a r k j -∗ rc_last_own SO γ l r' j' -∗ na_own p F ={⊤}=∗ False.
  Proof. iIntros (_) "H H' _". iDestruct (rc_own_last_exclusive with "H H'") as %[]. Qed.

  (** ** The content is unique *)
  Lemma weak_upgrade_unique_spec F γ l wl r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ unique_rc_own SO γ l wl r j }}}
      weak_upgrade [ #l ]
    {{{ RET #0; na_own p F ∗ unique_rc_own SO γ l wl r j }}}.
  Proof.
    iIntros (HF Φ) "[Hna H] HΦ".
    iDestruct (unique_rc_own_unshared with "H") as "(H & Hun & Hback)".
    wp_apply (weak_upgrade_unshared_spec SO F with "[$Hna $H $Hun]"); [done|lia|].
    iIntros "(Hna & H & Hun)". iApply "HΦ". iFrame "Hna". by iApply ("Hback" with "H Hun").
  Qed.

  (** ** The last drop *)
  Lemma rc_drop_last_spec F (glue : val) (Q : nat → iProp Σ) γ i l a j :
    ↑N ⊆ F →
    {{{ na_own p F ∗ rc_own SO γ i l a 1 1 j ∗
        (∀ wl, ⌜R a wl⌝ -∗ na_own p F -∗ weak_own SO γ l (1 / 2) j -∗
          (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
          WP glue [ #(l +ₗ 2) ] {{ _, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
            weak_own SO γ l (1 / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ Q j' }}) }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ j', RET #☠; na_own p F ∗ rc_last_own SO γ l 1 j' ∗ Q j' }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hrc & Hglue) HΦ".
    wp_apply (rc_drop_lend_spec SO F glue True Q with "[$Hna $Hrc Hglue]"); [done| |].
    { iSplitR; [done|]. iIntros (wl) "HR _ _". iApply ("Hglue" with "HR"). }
    iIntros "[Hna [[% _]|(%j' & Hlast & HQ)]]"; [done|]. iApply "HΦ". iFrame.
  Qed.

  (** ** With a second lease *)
  Lemma old_rc_is_unique_spec F γ i l a r q m :
    ↑rc_countN N l ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
      rc_is_unique [ #l ]
    {{{ (b : bool), RET #b; na_own p F ∗
        if b then
          ∃ γ', ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i l a 1 1 0 ∗ rc_last_own SO γ l r 0
        else ⌜r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ rc_own SO γ i l a r 1 0 }}}.
  Proof. apply (rc_is_unique_spec SO F γ i l a r (Some (q, m))). Qed.
  Lemma old_rc_get_mut_spec F γ i l a r q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
      rc_get_mut [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((⌜v = #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (q, m) ∗ rc_last_own SO γ l r 0) ∨
         (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ rc_own SO γ i l a r 1 0)) }}}.
  Proof. apply (rc_get_mut_spec SO F γ i l a r (Some (q, m))). Qed.
  Lemma old_rc_try_into_unique_spec F γ i l a r q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
      rc_try_into_unique [ #l ]
    {{{ v, RET v; na_own p F ∗
        ((∃ γ' wl, ⌜v = #l ∧ R a wl ∧ rc_lease_of γ' = (q, m)⌝ ∗
           unique_rc_own SO γ' l wl 1 0 ∗ rc_last_own SO γ l r 0) ∨
         (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ rc_own SO γ i l a r 1 0)) }}}.
  Proof. apply (rc_try_into_unique_spec SO F γ i l a r (Some (q, m))). Qed.
  Lemma old_rc_make_mut_spec F glue D C clone_to γ i l a r j q m :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗
        rc_clone_to_spec SO F i l a C clone_to ∗
        heap_lease q m ∗
        na_own p F ∗ rc_own SO γ i l a r 1 j }}}
      rc_make_mut (ty_size τ) clone_to glue [ #l ]
    {{{ γ' i' l' a', RET #l'; na_own p F ∗
        ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i' l' a' 1 1 0 ∗
        ((⌜a' = a⌝ ∗ rc_last_own SO γ l r j) ∨
         (⌜r ≠ 1%Qp ∧ C a'⌝ ∗ rc_dropped_own SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl))) }}}.
  Proof.
    iIntros (HF Φ) "H HΦ". wp_apply (rc_make_mut_spec SO F with "H"); [done|].
    iIntros (γ' i' l' a') "(Hna & % & Hrc & Hold)". iApply "HΦ". iFrame "Hna Hrc".
    iSplitR; [done|].
    iDestruct "Hold" as "[[(-> & -> & -> & ->) H]|[[(_ & -> & _) H]|[(_ & % & %) H]]]";
      [iLeft|iLeft|iRight]; by iFrame "H".
  Qed.

  (** ** The annotation fixed before the block exists, and no evidence *)
  Lemma old_rc_new_cyclic_spec F a (init : val) (Q : rc_name → loc → Qp → nat → iProp Σ) q m :
    ↑N ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗
        (∀ γ l vl, ⌜rc_lease_of γ = (q, m) ∧ length vl = ty_size τ⌝ -∗
          na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ (l +ₗ 2) ↦∗ vl -∗
          WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ wl r j, na_own p F ∗ rc_ref SO γ l r 1 j ∗
            (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own τ wl ∗ Q γ l r j }}) }}}
      rc_new_cyclic (ty_size τ) [init]
    {{{ γ i l r j, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ na_own p F ∗
        rc_own SO γ i l a r 1 j ∗ Q γ l r j }}}.
  Proof.
    iIntros (HF Φ) "(Hlease & Hna & Hinit) HΦ".
    wp_apply (rc_new_cyclic_spec SO F init (λ γ l a' r j, ⌜a' = a⌝ ∗ Q γ l r j)%I
      with "[$Hlease $Hna Hinit]"); [done| |].
    { iIntros (γ l vl Hγ) "Hna Href Hun Hd".
      iApply (wp_wand with "[Hinit Hna Href Hd]"); [by iApply ("Hinit" with "[//] Hna Href Hd")|].
      iIntros (v) "(%wl & %r & %j & Hna & Href & Hd & % & Hown & HQ)".
      iExists a, wl, r, j. by iFrame. }
    iIntros (γ i l a' r j) "(% & Hna & Hrc & -> & HQ)". iApply "HΦ". by iFrame.
  Qed.
End old.
