(** * [rc/inner.rs]: proofs about blocks that are made without their content

[Block::new_uninit] makes a block with room for a value; [Block::of_box] moves a value there
from its box, which is freed; [Room] is such a block, whose one weak handle is the implicit
one, until [fill] writes the value. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base.
From tally.rc.proof Require Import handle specs_strong specs_unique specs_unique_rc inner_counts
  inner_new inner_drop.
From tally.prelude Require Import options.

Section blocks.
  Context `{!lrustGS Σ}.
  Implicit Types (l src : loc) (wl : list val) (q : Qp) (m : nat) (s : Z) (T : tparam).

  Lemma Block_new_uninit_spec T s q m :
    {{{ heap_lease q m }}}
      Block_new_uninit T [ #s ]
    {{{ l, RET ret_val #l; heap_lease q (S m) ∗
        l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ replicate (tp_cells T) #☠ ∗
        † l … (2 + tp_cells T) }}}.
  Proof.
    iIntros (Φ) "Hk HΦ". mir_rec.
    mir_new l as "Hl" "Hl†" with "Hk".
    iEval (rewrite /= !heap_pointsto_vec_cons shift_loc_assoc) in "Hl".
    iDestruct "Hl" as "(Hl0 & Hl1 & Hl2)". mir.
    iModIntro. iApply "HΦ". iFrame "Hl0 Hl1 Hl2". iSplitL "Hk"; [mir_lease "Hk"|].
    iDestruct "Hl†" as "[%|$]". lia.
  Qed.
  (** The box is freed, the value is not dropped: afterwards as many blocks are counted on the
  lease as before, unless the value has no cells. *)
  Lemma Block_of_box_spec T s (b : loc) wl q m :
    length wl = tp_cells T →
    {{{ heap_lease q (1 `min` tp_cells T + m) ∗ b ↦∗ wl ∗ dealloc_token 1 (tp_cells T) b }}}
      Block_of_box T [ #s; #b ]
    {{{ l, RET ret_val #l; heap_lease q (S m) ∗
        l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ wl ∗ † l … (2 + tp_cells T) }}}.
  Proof.
    iIntros (Hlen Φ) "(Hk & Hb & Hb†) HΦ". mir_rec.
    wp_alloc c as "Hc" "Hc†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (Block_new_uninit_spec with "Hk").
    iIntros (l) "(Hk & Hl & Hw & Hv & H†)". mir. rewrite Z.mul_1_l.
    mir_copy "Hv" "Hb". mir.
    mir_new d as "Hd" "Hd†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_delete "Hb" "Hb†" with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hd". mir_delete "Hd" "Hd†" with "Hk". mir.
    iDestruct (lease_eq _ _ (S (S m)) with "Hk") as "Hk"; [lia|].
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hc". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
End blocks.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
  Implicit Types (q r : Qp) (j m : nat) (F : coPset) (T : tparam).

  (** ** From a box, and pinned *)
  Lemma Share_of_box_spec T (b : loc) wl a q m :
    R a wl → tp_cells T = ty_size τ →
    {{{ heap_lease q (1 `min` tp_cells T + m) ∗ b ↦∗ wl ∗ dealloc_token 1 (tp_cells T) b ∗
        ty_own τ wl }}}
      Share_of_box T [ #b ]
    {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
  Proof.
    iIntros (HR HT Φ) "(Hlease & Hb & Hb† & Hwl) HΦ".
    iDestruct (ty_size_eq with "Hwl") as %Hlen. mir_rec. iApply wp_fupd.
    wp_apply (Block_of_box_spec with "[$Hlease $Hb $Hb†]"); [by rewrite HT|].
    iIntros (l) "(Hlease & Hl & Hw & Hd & H†)".
    iMod (rc_own_wrap SO with "Hlease Hl Hw [Hd Hwl H†]") as (γ i) "[% Hrc]".
    { iExists wl. rewrite /rc_dealloc -HT. by iFrame. }
    iModIntro. mir. iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma Rc_new_spec T src wl a q m :
    R a wl → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      Rc_new T [ #src ]
    {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
        src ↦∗ wl }}}.
  Proof.
    iIntros (HR HT Φ) "H HΦ". mir_rec. wp_apply (Share_new_spec SO T with "H"); [done..|].
    iIntros (l γ i) "H". mir. iModIntro. by iApply "HΦ".
  Qed.
  Lemma pinned_spec T src wl a q m :
    R a wl → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      pinned T [ #src ]
    {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
        src ↦∗ wl }}}.
  Proof.
    iIntros (HR HT Φ) "H HΦ". mir_rec. wp_apply (Rc_new_spec T with "H"); [done..|].
    iIntros (l γ i) "H". mir. iModIntro. by iApply "HΦ".
  Qed.

  (** ** Without a value *)
  Lemma Share_new_uninit_spec T a q m :
    R a (replicate (ty_size τ) #☠) → tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ ty_own τ (replicate (ty_size τ) #☠) }}}
      Share_new_uninit T []
    {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
  Proof.
    iIntros (HR HT Φ) "[Hlease Hwl] HΦ". mir_rec. iApply wp_fupd.
    wp_apply (Block_new_uninit_spec with "Hlease"). iIntros (l) "(Hlease & Hl & Hw & Hd & H†)".
    iEval (rewrite HT) in "Hd". iEval (rewrite HT) in "H†".
    iMod (rc_own_wrap SO with "Hlease Hl Hw [Hd Hwl H†]") as (γ i) "[% Hrc]".
    { iExists _. iFrame "Hd Hwl H†". done. }
    iModIntro. mir. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** The only handle gives its block and content, for two later credits. *)
  Lemma rc_own_apart F γ i l a :
    ↑N ⊆ F →
    £ 1 -∗ £ 1 -∗ £ 1 -∗ rc_own SO γ i l a 1 1 0 -∗ na_own p F ={⊤}=∗
    heap_lease (rc_lease_of γ).1 (S (rc_lease_of γ).2) ∗ l ↦ #1 ∗ (l +ₗ 1) ↦ #1 ∗
    rc_content R τ (l, a) ∗ na_own p F.
  Proof.
    iIntros (HF) "H£1 H£2 H£3 Hrc Hna".
    iMod (rc_own_unwrap with "Hrc Hna") as "H"; [done|].
    iMod (lc_fupd_elim_later with "H£1 H") as "H". iMod "H" as "($ & $ & $ & Hso & Hna)".
    iMod (so_P1_end SO _ _ F with "Hso Hna") as "H"; [by apply contentN_subseteq|].
    iMod (lc_fupd_elim_later with "H£2 H") as "H". iMod "H" as "[Hcontent $]".
    by iMod (lc_fupd_elim_later with "H£3 Hcontent") as "$".
  Qed.
End specs.

Section room.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
  Implicit Types (q r : Qp) (j m : nat) (F : coPset) (T : tparam).

  (** A unique block without its content. *)
  Definition room_own γ l r j : iProp Σ :=
    unique_rc_at SO γ l r j ∗ unique_rc_life SO γ ∗
    ∃ vl, ⌜length vl = ty_size τ⌝ ∗ (l +ₗ 2) ↦∗ vl ∗ rc_dealloc τ l.

  (** It lends a reference to a weak handle, which cannot be upgraded. *)
  Lemma room_own_unshared γ l r j :
    room_own γ l r j -∗
    rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗
    (∀ r' j', rc_ref SO γ l r' 1 j' -∗ rc_unshared SO γ -∗ room_own γ l r' j').
  Proof.
    iIntros "(Hu & Hlife & Hvl)".
    iDestruct (unique_rc_at_unshared with "Hu Hlife") as "($ & $ & Hback)".
    iIntros (r' j') "Href Hun". iDestruct ("Hback" with "Href Hun") as "[Hu Hlife]".
    iFrame.
  Qed.

  Lemma Room_new_spec T q m :
    tp_cells T = ty_size τ →
    {{{ heap_lease q m }}}
      Room_new T []
    {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ room_own γ l 1 0 }}}.
  Proof.
    iIntros (HT Φ) "Hk HΦ". mir_rec. iApply wp_fupd.
    wp_apply (Block_new_uninit_spec with "Hk"). iIntros (l) "(Hlease & Hl & Hw & Hd & H†)".
    iMod (unique_rc_alloc SO with "Hlease Hl Hw") as (γ) "(% & Hu & Hlife)".
    iModIntro. mir. iModIntro. iApply "HΦ". iSplitR; [done|]. iFrame "Hu Hlife".
    iExists _. rewrite /rc_dealloc -HT. iFrame "Hd H†". by rewrite list_length_replicate.
  Qed.
  Lemma Room_weak_spec T h :
    {{{ True }}} Room_weak T [ #h ] {{{ RET ret_val #h; True }}}.
  Proof. iIntros (Φ) "_ HΦ". mir_rec. iModIntro. by iApply "HΦ". Qed.
  (** It is dropped as the weak handle in it. *)
  Lemma Hold_drop_room_spec T h q F γ l r j :
    ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
    {{{ na_own p F ∗ h ↦{q} #l ∗ room_own γ l r j }}}
      Hold_drop T [ #h ]
    {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j }}}.
  Proof.
    iIntros (HF HT Φ) "(Hna & Hh & Hu & [Hlive _] & Hvl) HΦ".
    iMod (one_shot_choose with "Hlive") as "#Hdead".
    iApply (Hold_drop_implicit_spec SO T with "[$Hna $Hh $Hu $Hdead $Hvl]"); done.
  Qed.
  Lemma Room_fill_spec T src γ l wl r j q m :
    tp_cells T = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl ∗ room_own γ l r j }}}
      Room_fill T [ #l; #src ]
    {{{ RET ret_val #l; heap_lease q m ∗ src ↦∗ wl ∗ unique_rc_own SO γ l wl r j }}}.
  Proof.
    iIntros (HT Φ) "(Hk & Hsrc & Hwl & Hu & Hlife & %vl & %Hvl & Hl & H†) HΦ".
    iDestruct (ty_size_eq with "Hwl") as %Hlen. mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    mir_copy "Hc" "Hsrc". mir. mir_copy "Hl" "Hc". mir.
    iDestruct (lease_eq _ _ (S (1 `min` tp_cells T + m)) with "Hk") as "Hk"; [lia|].
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    mir_delete "Hc" "Hc†" with "Hk". mir. iModIntro. iApply "HΦ". iFrame.
    mir_lease "Hk".
  Qed.
End room.

(** The only handle on a value that was not yet written becomes one of the value. *)
Section assume.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N N' : namespace}.
  Context {R R' : list val → list val → Prop} {τ τ' : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Context (SO' : rc_shared_own p N' R' τ') `{!rcG Σ (so_id SO')}.
  Implicit Types (γ : rc_name) (l : loc) (a wl : list val).
  Implicit Types (q : Qp) (m : nat) (F : coPset) (T : tparam).

  Lemma Share_assume_init_spec T F γ i l a a' q m :
    ↑N ⊆ F → ty_size τ = ty_size τ' →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a 1 1 0 ∗
        (∀ wl, ⌜R a wl⌝ -∗ ty_own τ wl ={⊤}=∗ ⌜R' a' wl⌝ ∗ ty_own τ' wl) }}}
      Share_assume_init T [ #l ]
    {{{ γ' i', RET ret_val #l; heap_lease q m ∗ na_own p F ∗
        ⌜rc_lease_of γ' = rc_lease_of γ⌝ ∗ rc_own SO' γ' i' l a' 1 1 0 }}}.
  Proof.
    iIntros (HF Hsize Φ) "(Hk & Hna & Hrc & Hinit) HΦ".
    wp_rec. wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£1". cbn [identity_fn ta_by_address]. wp_pure _ credit:"H£2". wp_write. wp_pure _ credit:"H£3".
    iMod (rc_own_apart SO with "H£1 H£2 H£3 Hrc Hna") as "(Hlease & Hl & Hw & Hcontent & Hna)"; [done|].
    iDestruct "Hcontent" as (wl) "(%HR & Hd & Hwl & H†)".
    iMod ("Hinit" with "[//] Hwl") as "[%HR' Hwl]".
    iMod (rc_own_wrap SO' _ _ a' with "Hlease Hl Hw [Hd Hwl H†]") as (γ' i') "[% Hrc]".
    { iExists wl. iEval (rewrite /rc_dealloc Hsize) in "H†". by iFrame. }
    mir. iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame. iPureIntro. by destruct (rc_lease_of γ).
  Qed.
End assume.
