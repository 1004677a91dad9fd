(** * [Rc<[T]>], verified

The sealed export of the statements in [rc_slice_sig.v]. Each program makes, of its argument,
the program of [rc_code.v] for that length, by capturing sizes in functions, and calls it; a
proof runs it so far and applies what [rc_sig.v] says of that one. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import new_delete.
From tally.rc Require Export rc_slice_sig.
From tally.rc Require Import rc_base rc.
From tally.prelude Require Import options.

Module Export rc_slice : rc_slice_sig.
  Section slice.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ} {n : nat}.
    Context (SO : rc_shared_own p N R (slice_ty τ n)) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : so_id SO) (l src : loc) (a wl : list val).
    Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset).

    (** The size of a block, as the programs compute it and as those of [rc_code.v] have it. *)
    Local Lemma block_size :
      (Z.of_nat (ty_size (slice_ty τ n)) + 2)%Z = Z.of_nat (S (S (ty_size (slice_ty τ n)))).
    Proof. lia. Qed.

    Lemma rc_slice_new_spec src wl a q m :
      R a wl →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own (slice_ty τ n) wl }}}
        rc_slice_new (ty_size τ) [ #src; #n ]
      {{{ l γ i, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗ src ↦∗ wl }}}.
    Proof.
      iIntros (HR Φ) "H HΦ". wp_rec. wp_closure. wp_op. rewrite slice_ty_size_Z. wp_let.
      wp_closure. wp_op. rewrite block_size. wp_let. do 2 (wp_closure; wp_closure; wp_let).
      by wp_apply (rc_new_spec SO with "H").
    Qed.

    Lemma rc_slice_from_box_spec src wl a q m q' m' :
      R a wl →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own (slice_ty τ n) wl ∗
          dealloc_token 1 (ty_size (slice_ty τ n)) src ∗
          heap_lease q' (1 `min` ty_size (slice_ty τ n) + m') }}}
        rc_slice_from_box (ty_size τ) [ #src; #n ]
      {{{ l γ i, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗ heap_lease q' m' }}}.
    Proof.
      iIntros (HR Φ) "(Hk & Hsrc & Hwl & H† & Hk') HΦ".
      iDestruct (ty_size_eq with "Hwl") as %Hlen. rewrite -Hlen. wp_rec. wp_closure.
      wp_apply (rc_slice_new_spec with "[$Hk $Hsrc $Hwl]"); [done|].
      iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_let. wp_closure. wp_op.
      rewrite slice_ty_size_Z -Hlen.
      wp_apply (delete_spec with "[$Hk' $Hsrc $H†]"); [done|]. iIntros "Hk'". wp_seq.
      iApply "HΦ". by iFrame.
    Qed.

    Lemma rc_slice_init_spec F (init : val)
        (Q : rc_name → loc → list val → Qp → nat → iProp Σ) q m :
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗
          (∀ γ l vl, ⌜rc_lease_of γ = (q, m) ∧ length vl = ty_size (slice_ty τ n)⌝ -∗
            na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ rc_unshared SO γ -∗ (l +ₗ 2) ↦∗ vl -∗
            WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ a wl r j, na_own p F ∗
              rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗
              (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own (slice_ty τ n) wl ∗ Q γ l a r j }}) }}}
        rc_slice_init (ty_size τ) [init; #n]
      {{{ γ i l a r j, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ na_own p F ∗
          rc_own SO γ i l a r 1 j ∗ Q γ l a r j }}}.
    Proof.
      iIntros (HF Φ) "H HΦ". wp_rec. wp_closure. wp_op. rewrite slice_ty_size_Z. wp_op.
      rewrite block_size. wp_let. wp_closure. wp_closure. wp_let.
      by wp_apply (rc_new_cyclic_spec SO with "H").
    Qed.

    Lemma rc_slice_from_clones_spec F S (clone : val) qs src vl q m :
      ↑N ⊆ F → (∀ wl, ∃ a, R a wl) → (∀ wl, S wl ⊢ ⌜length wl = ty_size τ⌝) →
      {{{ ty_clone_spec (na_own p F) τ S qs clone ∗
          heap_lease q m ∗ na_own p F ∗ src ↦∗{qs} vl ∗ slice_effect S n vl }}}
        rc_slice_from_clones (ty_size τ) clone [ #src; #n ]
      {{{ γ i l a, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ na_own p F ∗ rc_own SO γ i l a 1 1 0 ∗
          src ↦∗{qs} vl ∗ slice_effect S n vl }}}.
    Proof.
      iIntros (HF HR HS Φ) "(#Hclone & Hk & Hna & Hsrc & HS) HΦ".
      wp_rec. wp_closure. wp_closure. wp_let.
      wp_apply (rc_slice_init_spec F _
        (λ _ _ _ r j, ⌜r = 1%Qp ∧ j = 0⌝ ∗ src ↦∗{qs} vl ∗ slice_effect S n vl)%I
        with "[$Hk $Hna Hsrc HS]"); [done| |].
      { iIntros (γ l vl') "[_ %Hlen] Hna Href Hun Hd". wp_rec.
        wp_apply (slice_clone_to_spec with "Hclone [$Hna $Hsrc $HS $Hd]"); [done|done|].
        iIntros (wl) "(Hna & Hsrc & HS & Hd & Hwl)". destruct (HR wl) as [a Ha].
        iExists a, wl, 1%Qp, 0. by iFrame. }
      iIntros (γ i l a r j) "(%Hγ & Hna & Hrc & [-> ->] & Hsrc & HS)". iApply "HΦ". by iFrame.
    Qed.

    Lemma rc_slice_into_array_spec m γ i l a r k j :
      {{{ rc_own SO γ i l a r k j }}}
        rc_slice_into_array m [ #l; #n ]
      {{{ v, RET v; ⌜v = if decide (n = m) then #l else #0⌝ ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (Φ) "Hrc HΦ". wp_rec. wp_op. case_bool_decide as Hn; wp_if; iApply "HΦ".
      - rewrite decide_True; [by iFrame|lia].
      - rewrite decide_False; [by iFrame|lia].
    Qed.

    Lemma rc_slice_drop_spec F glue D γ i l a r k j :
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
        rc_slice_drop (ty_size τ) glue [ #l; #n ]
      {{{ RET #☠; na_own p F ∗
          ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ rc_own SO γ i l a r k' j) ∨
           (⌜k = 1%positive⌝ ∗
             rc_dropped_own SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ slice_effect D n wl))) }}}.
    Proof.
      iIntros (HF Φ) "(#Hglue & H) HΦ". wp_rec. wp_closure. wp_op. rewrite slice_ty_size_Z.
      wp_op. rewrite block_size. wp_let. do 3 (wp_closure; wp_closure; wp_let).
      iPoseProof (slice_glue_spec _ _ _ _ n with "Hglue") as "Hslice".
      by wp_apply (rc_drop_spec SO with "[$Hslice $H]").
    Qed.

    Lemma weak_slice_drop_spec F γ l r j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ weak_own SO γ l r (j + 1) }}}
        weak_slice_drop (ty_size τ) [ #l; #n ]
      {{{ RET #☠; na_own p F ∗ weak_own SO γ l r j }}}.
    Proof.
      iIntros (HF Φ) "H HΦ". wp_rec. wp_closure. wp_op. rewrite slice_ty_size_Z.
      wp_op. rewrite block_size. wp_let. do 2 (wp_closure; wp_closure; wp_let).
      by wp_apply (weak_drop_spec SO with "H").
    Qed.
    Lemma weak_slice_drop_last_spec F γ l r j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_last_own SO γ l r (j + 1) }}}
        weak_slice_drop (ty_size τ) [ #l; #n ]
      {{{ RET #☠; na_own p F ∗ rc_last_own SO γ l r j }}}.
    Proof.
      iIntros (HF Φ) "H HΦ". wp_rec. wp_closure. wp_op. rewrite slice_ty_size_Z.
      wp_op. rewrite block_size. wp_let. do 2 (wp_closure; wp_closure; wp_let).
      by wp_apply (weak_drop_last_spec SO with "H").
    Qed.
  End slice.
End rc_slice.
