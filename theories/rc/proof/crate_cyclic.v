(** * [Rc::new_cyclic]

The closure gets a reference to a weak handle on a block that has no value yet, makes the value
and may keep clones of the handle, or unwinds. The block becomes a strong handle, or it is
released when the last weak handle goes: the closure's unwinding drops the one of the function. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.rc Require Import inner.
From tally.prelude Require Import options.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset) (T C : tparam).

  (** The closure [C] gets the address of a weak handle, from which it may make others; it knows
  that it cannot be upgraded yet. It makes a value, or unwinds. It is consumed: of its environment,
  the cells are left. [P] is what it has. *)
  Definition rc_cyclic_closure_spec F C (el : list val) (P : iProp Σ)
      (Q : rc_name → loc → list val → Qp → nat → iProp Σ) (U : rc_name → loc → Qp → nat → iProp Σ)
      (t : Qp * nat) : iProp Σ :=
    ∀ γ l (out e h : loc) vl, ⌜rc_lease_of γ = t ∧ length vl = ty_size τ⌝ -∗
      {{{ na_own p F ∗ h ↦ #l ∗ rc_ref SO γ l 1 1 0 ∗ rc_unshared SO γ ∗ out ↦∗ vl ∗ e ↦∗ el ∗ P }}}
        tp_call C [ #out; #e; #h ]
      {{{ c el' r j, RET c; ⌜length el' = tp_cells C⌝ ∗ na_own p F ∗ h ↦ #l ∗
          rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗ e ↦∗ el' ∗
          ends (λ _, ∃ a wl, ⌜R a wl⌝ ∗ out ↦∗ wl ∗ ty_own τ wl ∗ Q γ l a r j)
            ((∃ vl', ⌜length vl' = ty_size τ⌝ ∗ out ↦∗ vl') ∗ U γ l r j) c }}}.

  Lemma Rc_new_cyclic_spec T C env F P Q U el q m qk mk :
    ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
    {{{ rc_cyclic_closure_spec F C el P Q U (q, m) ∗ heap_lease q m ∗ heap_lease qk mk ∗
        na_own p F ∗ env ↦∗ el ∗ P }}}
      Rc_new_cyclic T C [ #env ]
    {{{ e γ l r j, RET e; ⌜rc_lease_of γ = (q, m)⌝ ∗ heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
        ends (λ v, ∃ i a, ⌜v = #l⌝ ∗ rc_own SO γ i l a r 1 j ∗ Q γ l a r j)
          (rc_last_own SO γ l r j ∗ U γ l r j) e }}}.
  Proof.
    iIntros (HF HT Hel Φ) "(#Hclosure & Hlease & Hk & Hna & Henv & HP) HΦ". mir_rec.
    wp_alloc h as "Hh" "Hh†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_new o as "Ho" "Ho†" with "Hk". mir.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    wp_apply (Room_new_spec SO T with "Hlease"); [done|].
    iIntros (l γ) "[%Hγ Hroom]". mir.
    mir_copy "Hc" "Henv". mir.
    iDestruct (room_own_unshared with "Hroom") as "(Href & Hun & Hroom)".
    wp_apply ("Hclosure" with "[%] [$Hna $Hh $Href $Hun $Ho $Hc $HP]").
    { by rewrite list_length_replicate. }
    iIntros (e el' r j) "(%Hel' & Hna & Hh & Href & Hun & Hc & He)".
    iDestruct ("Hroom" with "Href Hun") as "Hroom".
    iDestruct "He" as "[(%v & -> & %a & %wl & %HR & Ho & Hwl & HQ)|[-> [(%vl' & %Hvl' & Ho) HU]]]"; mir.
    - iDestruct (ty_size_eq with "Hwl") as %Hlen.
      wp_apply (Room_fill_spec SO T with "[$Hk $Ho $Hwl $Hroom]"); [done|].
      iIntros "(Hk & Ho & Hu)". mir.
      wp_apply (Whole_share_spec SO T with "[$Hk $Hna $Hu]"); [rewrite /rc_countN; solve_ndisj|done|].
      iIntros (i) "(Hk & Hna & Hrc)". mir.
      iDestruct (lease_eq _ _ (S (1 `min` tp_cells C + 1 `min` tp_cells T + mk)) with "Hk") as "Hk"; [lia|].
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hk". mir.
      mir_delete "Ho" "Ho†" with "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitR; [done|]. iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_ret. iExists i, a. by iFrame.
    - (** The closure has unwound: the function's own weak handle goes. *)
      mir_rec. mir_rec.
      wp_apply (Hold_drop_room_spec SO T h with "[$Hna $Hh $Hroom]");
        [rewrite /rc_countN; solve_ndisj|done|].
      iIntros "(Hna & Hh & Hlast)". mir. mir_rec. mir_rec.
      iDestruct (lease_eq _ _ (S (1 `min` tp_cells C + 1 `min` tp_cells T + mk)) with "Hk") as "Hk"; [lia|].
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hh". wp_free with "Hk". mir.
      mir_delete "Ho" "Ho†" with "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Henv". iSplitR; [done|]. iSplitL "Hk"; [mir_lease "Hk"|].
      iApply ends_unw. iFrame.
  Qed.
End specs.
