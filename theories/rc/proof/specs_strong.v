(** * [rc τ]: proofs of the specifications of strong handles

Each takes the counts out of the invariants ([rc_open]), lets the program do to them
what the model says ([rc_refine.v]), moves the ghost state likewise ([block.v]), and
puts them back. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.types Require Import type.
From tally.rc Require Import rc_base rc_code rc_refine.
From tally.rc.proof Require Import handle.
From tally.prelude Require Import options.

(** What a destructor or a clone function may borrow is [na_own p F]. *)
Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (s W : Z) (E F : coPset).

  Lemma countN_subseteq F l : ↑N ⊆ F → ↑rc_countN N l ⊆ F.
  Proof. rewrite /rc_countN. solve_ndisj. Qed.
  Lemma contentN_subseteq F : ↑N ⊆ F → ↑rc_contentN N ⊆ F.
  Proof. rewrite /rc_contentN. solve_ndisj. Qed.
  Lemma contentN_opened F l : ↑N ⊆ F → ↑rc_contentN N ⊆ rc_opened (N:=N) F l.
  Proof. rewrite /rc_opened /rc_countN /rc_contentN. intros. solve_ndisj. Qed.

  Lemma usize_range z : in_int_range usize z ↔ (0 ≤ z ≤ int_max usize)%Z.
  Proof. done. Qed.

  (** ** Blocks *)
  Lemma rc_alloc_block_spec s (src : loc) wl q m :
    length wl = ty_size τ →
    {{{ heap_lease q m ∗ src ↦∗ wl }}}
      rc_alloc_block (ty_size τ) [ #s; #src ]
    {{{ l, RET #l; heap_lease q (S m) ∗
        l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ wl ∗ rc_dealloc τ l ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (Hlen Φ) "[Hlease Hsrc] HΦ". wp_rec. wp_alloc l as "Hl" "H†" with "Hlease".
    rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
    iDestruct "Hl" as "(Hc & Hw & Hd)". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_smart_apply (memcpy_spec with "[$Hd $Hsrc]");
      [by rewrite list_length_replicate|by rewrite Hlen|].
    iIntros "[Hd Hsrc]". wp_pures. iApply "HΦ". by iFrame.
  Qed.

  (** The strong side goes, and with it the implicit weak handle. *)
  Lemma rc_release_strong_spec F γ l r j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ unique_rc_at SO γ l r j ∗ block_memory (τ:=τ) l }}}
      rc_release_weak (ty_size τ) [ #l ]
    {{{ RET #☠; na_own p F ∗ is_last SO γ l r j }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hu & Hmem) HΦ".
    iMod (unique_open with "Hu Hna")
      as (w) "(([_ %HW] & Hl & Hw) & Hregs & Hh & _ & Hreg & #Hb & [% %] & Hna & Hclose)";
      [done|].
    wp_rec. wp_smart_apply (rc_dec_count_spec with "Hw"); [done|lia|].
    iIntros "[%HW' Hw]". rewrite Z.add_simpl_r. rewrite Z.add_simpl_r in HW'.
    case_bool_decide as Hw0; wp_if.
    - assert (w = 0) as -> by lia. assert (j = 0) as -> by lia.
      iMod (regs_free with "Hregs Hreg") as "(Hlease & Hlast & Hfreed)".
      iDestruct "Hmem" as (vl) "(%Hlen & Hd & H†)". iApply wp_fupd.
      wp_apply (wp_free _ _ _ (#0 :: #0%nat :: vl) with "[$Hlease Hl Hw Hd H†]").
      { by rewrite /= Hlen. }
      { rewrite !heap_pointsto_vec_cons shift_loc_assoc /= Hlen. iFrame. }
      iIntros "Hlease". iMod ("Hclose" with "[$Hna Hfreed Hlease]") as "Hna".
      { iNext. iRight. iApply "Hfreed". by iLeft. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hb Hlast".
    - iMod (regs_end with "Hregs Hreg") as "[Hregs Hlast]"; [lia..|].
      iMod ("Hclose" with "[$Hna Hl Hw Hregs Hmem]") as "Hna".
      { iNext. iApply (ref_close with "[Hl Hw] Hregs [Hmem]"); [by iFrame|].
        iRight. by iFrame. }
      iModIntro. iApply "HΦ". by iFrame "Hna Hb Hlast".
  Qed.

  (** ** New, clone, counts *)
  Lemma rc_new_spec (src : loc) wl a q m :
    R a wl →
    {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
      rc_new (ty_size τ) [ #src ]
    {{{ l γ i, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ is_rc SO γ i l a 1 1 0 ∗ src ↦∗ wl }}}.
  Proof.
    iIntros (HR Φ) "(Hlease & Hsrc & Hwl) HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    wp_rec. iApply wp_fupd. wp_apply (rc_alloc_block_spec with "[$Hlease $Hsrc]"); [done|].
    iIntros (l) "(Hlease & Hl & Hw & Hd & H† & Hsrc)".
    iMod (is_rc_wrap SO with "Hlease Hl Hw [Hd Hwl H†]") as (γ i) "[% Hrc]".
    { iExists wl. by iFrame. }
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma rc_clone_spec F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      rc_clone [ #l ]
    {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & _ & Hna & Hclose)"; [done|].
    wp_rec. wp_smart_apply (rc_inc_count_spec with "Hl"); [done|]. iIntros "[%Hn' Hl]".
    iMod (rc_ghost_clone with "Hg Hm") as "[Hg Hm]".
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg").
      rewrite Pos2Z.inj_add. by iFrame. }
    wp_pures. iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm".
  Qed.

  Lemma rc_strong_count_spec F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      rc_strong_count [ #l ]
    {{{ (m : positive), RET #(Z.pos m);
        ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
        na_own p F ∗ is_rc SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    wp_rec. wp_read.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm". iPureIntro. naive_solver.
  Qed.

  Lemma usize_weak_handles (w : nat) :
    in_int_range usize (Z.of_nat w + 1) →
    bin_op_eval_pure (WrapOp usize SubOp) (Z.of_nat w + 1)%Z 1 = Some (LitInt (Z.of_nat w)).
  Proof.
    intros HW. assert (in_int_range usize (Z.of_nat w)).
    { revert HW. rewrite !usize_range. lia. }
    rewrite /= /arith_eval_at decide_True //=. rewrite Z.add_simpl_r int_wrap_id //.
  Qed.

  Lemma rc_weak_count_spec F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
      rc_weak_count [ #l ]
    {{{ (m : nat), RET #(Z.of_nat m);
        ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
        na_own p F ∗ is_rc SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    pose proof (usize_weak_handles w HW) as Hsub.
    wp_rec. wp_op. wp_read. wp_op.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm". iPureIntro. naive_solver.
  Qed.

  (** Both counts at a time: who has all the handles has the whole share of a new name,
  on another account. The old name is over. *)
  Lemma rc_is_unique_spec F γ i l a r q m :
    ↑rc_countN N l ⊆ F →
    {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
      rc_is_unique [ #l ]
    {{{ (b : bool), RET #b; na_own p F ∗
        if b then
          ∃ γ', ⌜rc_account γ' = (q, m)⌝ ∗ is_rc SO γ' i l a 1 1 0 ∗ is_last SO γ l r 0
        else ⌜r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ is_rc SO γ i l a r 1 0 }}}.
  Proof.
    iIntros (HF Φ) "(Hlease & Hna & Hrc) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    pose proof (usize_weak_handles w HW) as Hsub.
    wp_rec. rewrite /rc_weak_count /rc_strong_count. wp_pures. wp_read. wp_op. wp_op.
    case_bool_decide as Hw0; wp_if; [wp_rec; wp_read; wp_op; case_bool_decide as Hn1|].
    { assert (w = 0) as -> by lia. assert (n = 1%positive) as -> by lia.
      iMod (is_rc_rename with "Hp Hl Hw Hg Hm Hlease") as "(Hbi & Hpi & Hlast & Hrc)"; [done|].
      iMod ("Hclose" with "[$Hbi $Hpi $Hna]") as "Hna".
      iModIntro. iApply ("HΦ" $! true). iFrame "Hna". iDestruct "Hrc" as (γ') "[% Hrc]".
      iExists γ'. by iFrame "Hrc Hb Hlast". }
    all: iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna";
      [iApply bi.later_sep; iNext; iApply (rc_close with "Hp [Hl Hw] Hg"); by iFrame|].
    all: iModIntro; iApply ("HΦ" $! false); iFrame "Hlease Hna Hb Hp Hm"; iPureIntro.
    all: destruct Hk as (_ & _ & Hk); intros Hr; destruct (Hk Hr); subst; done.
  Qed.

  (** ** The last strong handle *)

  (** The sharing ends, the block is as that of a [UniqueRc]. *)
  Lemma rc_close_unique F γ i l a w r j :
    in_int_range usize (Z.of_nat w + 1) →
    is_block SO γ l -∗ l ↦ #0 -∗ (l +ₗ 1) ↦ #(Z.of_nat w + 1) -∗
    rc_ghost SO γ l i a 1 w -∗ rc_mine SO γ l i a r 1 j -∗
    na_own p (rc_opened (N:=N) F l) -∗
    (▷ block_inv SO γ l ∗ ▷ phase_inv SO γ l i a ∗ na_own p (rc_opened (N:=N) F l)
      ={⊤}=∗ na_own p F) ={⊤}=∗
    na_own p F ∗ unique_rc_at SO γ l r j ∗ so_own SO i.2 (l, a) 1 1.
  Proof.
    iIntros (HW) "Hb Hl Hw Hg Hm Hna Hclose".
    iMod (rc_end_sharing with "Hg Hm") as "(Hp & $ & Hregs & Hreg & Hh & Hh')".
    iMod ("Hclose" with "[Hl Hw Hregs Hh Hp $Hna]") as "$".
    { iSplitR "Hp"; [|done]. iNext. iApply (unique_close with "[Hl Hw] Hregs Hh").
      by iFrame. }
    iModIntro. rewrite /unique_rc_at. iFrame.
  Qed.

  (** One of several handles goes: the destructor does not run, whatever it is. *)
  Lemma rc_drop_keep_spec F (glue : val) γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; na_own p F ∗ is_rc SO γ i l a r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)"; [done|].
    wp_rec. wp_smart_apply (rc_dec_count_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]".
    rewrite bool_decide_eq_false_2; [|lia]. wp_if.
    iMod (rc_ghost_drop_keep with "Hg Hm") as (n' ->) "[Hg Hm]".
    rewrite Pos2Z.inj_add Z.add_simpl_r. rewrite Pos2Z.inj_add Z.add_simpl_r in Hn'.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply "HΦ". iFrame "Hna Hb Hp Hm".
  Qed.

  (** The only handle of an owner goes. If it is the last, then the destructor runs; the
  weak handles of the owner are lent to it, as it may drop some. *)
  Lemma rc_drop_lend_spec F (glue : val) (Q : nat → iProp Σ) γ i l a r j :
    ↑N ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a r 1 j ∗
        (∀ wl, ⌜R a wl⌝ -∗ na_own p F -∗ is_weak SO γ l (r / 2) j -∗
          (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
          WP glue [ #(l +ₗ 2) ] {{ _, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
            is_weak SO γ l (r / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ Q j' }}) }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; na_own p F ∗
        ((⌜r ≠ 1%Qp⌝ ∗ is_weak SO γ l r j) ∨ ∃ j', is_last SO γ l r j' ∗ Q j') }}}.
  Proof.
    iIntros (HF Φ) "(Hna & Hrc & Hglue) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & #Hp & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    wp_rec. wp_smart_apply (rc_dec_count_spec with "Hl"); [done..|]. iIntros "[%Hn' Hl]".
    case_bool_decide as Hn1; wp_if.
    - (** The last handle: the sharing ends, and all of the content comes out. *)
      assert (n = 1%positive) as -> by lia.
      iMod (rc_close_unique with "Hb Hl Hw Hg Hm Hna Hclose") as "(Hna & Hu & Hso)"; [done|].
      wp_bind (Rec _ _ _).
      iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p F)
        with "[Hso Hna]"); [set_solver| |].
      { iApply (so_P1_end SO _ _ ⊤ F with "Hso Hna"); [done|by apply contentN_subseteq]. }
      wp_closure. iIntros "!> [Hcontent Hna] !>". wp_op.
      iDestruct "Hcontent" as (wl) "(%HR & Hd & Hwl & H†)".
      iDestruct "Hu" as "(_ & Hh & Hreg)".
      iAssert (reg SO γ (r / 2) 1 0 ∗ reg SO γ (r / 2) 0 j)%I with "[Hreg]"
        as "[Hreg Hreg']"; [by rewrite -reg_tok_op Qp.div_2|].
      wp_bind (glue _).
      iApply (wp_wand with "[Hglue Hna Hreg' Hd Hwl]").
      { iApply ("Hglue" with "[//] Hna [Hreg'] Hd Hwl"). by iFrame "Hb Hreg'". }
      iIntros (v) "(%wl' & %j' & %Hlen & Hna & [_ Hreg'] & Hd & HQ)".
      iCombine "Hreg Hreg'" as "Hreg". rewrite -reg_tok_op Qp.div_2.
      wp_pures. wp_apply (rc_release_strong_spec with "[$Hna $Hb $Hh $Hreg Hd H†]").
      { by apply countN_subseteq. }
      { iExists wl'. by iFrame. }
      iIntros "[Hna Hlast]". iApply "HΦ". iFrame "Hna". iRight. iExists j'. iFrame.
    - (** Others remain. *)
      iMod (rc_ghost_drop with "Hg Hm") as (n' ->) "[Hg Hreg]"; [lia|].
      rewrite Pos2Z.inj_add Z.add_simpl_r. rewrite Pos2Z.inj_add Z.add_simpl_r in Hn'.
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iApply bi.later_sep. iNext. iApply (rc_close with "Hp [Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply "HΦ". iFrame "Hna". iLeft. iFrame "Hb Hreg".
      iPureIntro. intros ->. destruct Hk as (_ & _ & Hk). destruct (Hk eq_refl). lia.
  Qed.

  Lemma rc_drop_spec F glue D γ i l a r k j :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l a r k j }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ RET #☠; na_own p F ∗
        ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ is_rc SO γ i l a r k' j) ∨
         (⌜k = 1%positive⌝ ∗ rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl))) }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & Hna & Hrc) HΦ".
    destruct (decide (k = 1%positive)) as [->|Hk1]; last first.
    { assert (∃ k', k = (k' + 1)%positive) as [k' ->] by (exists (Pos.pred k); lia).
      wp_apply (rc_drop_keep_spec with "[$Hna $Hrc]"); [by apply countN_subseteq|].
      iIntros "[Hna Hrc]". iApply "HΦ". iFrame "Hna". iLeft. iExists k'. by iFrame. }
    wp_apply (rc_drop_lend_spec _ _ (λ j', ⌜j' = j⌝ ∗ ∃ wl, ⌜R a wl⌝ ∗ D wl)%I
      with "[$Hna $Hrc]"); [done| |].
    { iIntros (wl) "%HR Hna Hweak Hd Hwl". iApply ("Hglue" with "[$Hna $Hd $Hwl]").
      iIntros "!>" (wl') "(Hna & Hd & %Hlen & HD)". iExists wl', j.
      iFrame "Hna Hweak Hd". do 2 (iSplitR; [done|]). iExists wl. by iFrame. }
    iIntros "[Hna H]". iApply "HΦ". iFrame "Hna". iRight. iSplitR; [done|].
    iDestruct "H" as "[[_ H]|(%j' & H & -> & HD)]"; [by iLeft|iRight; iFrame].
  Qed.
  (** The last one goes, and all the weak ones are at hand. *)
  Lemma rc_drop_last_spec F (glue : val) (Q : nat → iProp Σ) γ i l a j :
    ↑N ⊆ F →
    {{{ na_own p F ∗ is_rc SO γ i l a 1 1 j ∗
        (∀ wl, ⌜R a wl⌝ -∗ na_own p F -∗ is_weak SO γ l (1 / 2) j -∗
          (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
          WP glue [ #(l +ₗ 2) ] {{ _, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
            is_weak SO γ l (1 / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ Q j' }}) }}}
      rc_drop (ty_size τ) glue [ #l ]
    {{{ j', RET #☠; na_own p F ∗ is_last SO γ l 1 j' ∗ Q j' }}}.
  Proof.
    iIntros (HF Φ) "H HΦ". wp_apply (rc_drop_lend_spec with "H"); [done|].
    iIntros "[Hna [[% _]|(%j' & Hlast & HQ)]]"; [done|]. iApply "HΦ". iFrame.
  Qed.
End specs.
