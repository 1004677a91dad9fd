(** * [Rc], [UniqueRc] and [Weak] as users call them, verified

The sealed export of the statements in [crate_rc_sig.v]. A proof runs the function up to its
call of a function of [rc/inner.rs], and uses what [inner.v] says of that. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.rc Require Export crate_rc_sig.
From tally.rc.proof Require crate_cyclic.
From tally.prelude Require Import options.

Local Lemma take_length_le n (vl : list val) : n ≤ length vl → length (take n vl) = n.
Proof.
  revert n. induction vl as [|v vl IH]; intros [|n] ?; simpl in *; [done|lia|done|].
  rewrite IH; lia.
Qed.

Module Export crate_rc : crate_rc_sig.
  Include crate_cyclic.
  Section cells.
    Context `{!lrustGS Σ}.
    Implicit Types (l h : loc) (v : val) (q : Qp) (T : tparam).

    Lemma Rc_as_ptr_spec T h q l :
      {{{ h ↦{q} #l }}} Rc_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec. iModIntro. by iApply ("HΦ" with "H").
    Qed.
    Lemma Rc_deref_spec T h q l :
      {{{ h ↦{q} #l }}} Rc_deref T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec. iModIntro. by iApply ("HΦ" with "H").
    Qed.
    Lemma UniqueRc_deref_spec T h q l :
      {{{ h ↦{q} #l }}} UniqueRc_deref T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Whole_value_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma UniqueRc_deref_mut_spec T h q l :
      {{{ h ↦{q} #l }}} UniqueRc_deref_mut T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Whole_value_mut_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_new_spec T :
      {{{ True }}} Weak_new T [] {{{ RET ret_val #0; True }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_NOTHING_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_upgrade_dangling_spec T h q :
      {{{ h ↦{q} #0 }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val none_val; h ↦{q} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. iApply "HΦ". by iFrame.
    Qed.
    Lemma Weak_strong_count_dangling_spec T h q :
      {{{ h ↦{q} #0 }}} Weak_strong_count T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_strong_count_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_weak_count_dangling_spec T h q qk mk :
      {{{ heap_lease qk mk ∗ h ↦{q} #0 }}}
        Weak_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ h ↦{q} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_weak_count_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_ptr_eq_dangling_spec T h h' q q' :
      {{{ h ↦{q} #0 ∗ h' ↦{q'} #0 }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #true; h ↦{q} #0 ∗ h' ↦{q'} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_is_on_same_block_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_ptr_eq_one_dangling_spec T h h' q q' l (v v' : val) :
      v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
      {{{ h ↦{q} v ∗ h' ↦{q'} v' }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #false; h ↦{q} v ∗ h' ↦{q'} v' }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_is_on_same_block_one_dangling_spec T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_as_ptr_spec T h q l :
      {{{ h ↦{q} #l }}} Weak_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec. iModIntro. by iApply ("HΦ" with "H").
    Qed.
    Lemma Weak_as_ptr_dangling_spec T h q :
      {{{ h ↦{q} #0 }}} Weak_as_ptr T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec. iModIntro. by iApply ("HΦ" with "H").
    Qed.
    Lemma Weak_into_raw_dangling_spec T q m :
      {{{ heap_lease q m }}} Weak_into_raw T [ #0 ] {{{ RET ret_val #0; heap_lease q m }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_into_raw_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_from_raw_dangling_spec T :
      {{{ True }}} Weak_from_raw T [ #0 ] {{{ RET ret_val #0; True }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_from_raw_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_clone_dangling_spec T h q :
      {{{ h ↦{q} #0 }}} Weak_clone T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_clone_dangling_spec T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
  End cells.

  Section handles.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
    Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset) (T : tparam).

    Lemma Rc_new_uninit_spec T a q m :
      R a (replicate (ty_size τ) #☠) → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ ty_own τ (replicate (ty_size τ) #☠) }}}
        Rc_new_uninit T []
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Share_new_uninit_spec SO T with "H"); [done..|].
      iIntros (l γ i) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_strong_count_spec T h q F γ i l a r k j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_strong_count_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_weak_count_spec T h q F γ i l a r k j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_weak_count_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_ptr_eq_spec T h h' q q' F γ i l a r k j γ' i' l' a' r' k' j' :
      ↑N ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}
        Rc_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_is_of_same_value_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_get_mut_spec T h q F γ i l a r o :
      ↑N ⊆ F →
      {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_get_mut T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = some_val #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (rc_next_lease γ o) ∗
             rc_old_name SO γ l r o) ∨
           (⌜v = none_val ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0)) }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_value_mut_spec SO T with "H"); [done..|].
      iIntros (v) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_get_mut_other_spec T h q F γ i l a r k j :
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_get_mut T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Share_value_mut_other_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_downgrade_spec T h q F γ i l a r (k : positive) j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k (j + 1) }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_downgrade_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_try_into_unique_spec T F γ i l a r o q m :
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ rc_spare_lease o ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_try_into_unique T [ #l ]
      {{{ v, RET ret_val v; heap_lease q m ∗ na_own p F ∗
          ((∃ γ' wl, ⌜v = pack_val [ #0; #l]%V ∧ R a wl ∧ rc_lease_of γ' = rc_next_lease γ o⌝ ∗
             unique_rc_own SO γ' l wl 1 0 ∗ rc_old_name SO γ l r o) ∨
           (⌜v = pack_val [ #1; #l]%V ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗
             rc_own SO γ i l a r 1 0)) }}}.
    Proof.
      iIntros (HF Φ) "H HΦ". mir_rec.
      wp_apply (Share_into_whole_spec SO T with "H"); [done|].
      iIntros (v) "(Hk & Hna & [(%γ' & %wl & (-> & %HR & %Hγ) & H)|([-> %Hr] & H)])".
      - wp_pures. mir. iModIntro. iApply "HΦ". iFrame "Hk Hna". iLeft. iExists γ', wl.
        iSplitR; [done|]. iExact "H".
      - mir. iModIntro. iApply "HΦ". iFrame "Hk Hna". iRight. iSplitR; [done|]. iExact "H".
    Qed.
    Lemma Rc_try_into_unique_other_spec T F γ i l a r k j q m :
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
        Rc_try_into_unique T [ #l ]
      {{{ RET ret_val (pack_val [ #1; #l]%V); heap_lease q m ∗ na_own p F ∗
          rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Share_into_whole_other_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_try_unwrap_spec T F γ i l a r j (out : loc) (v : val) vl q m :
      ↑N ⊆ F → tp_cells T = ty_size τ → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
        Rc_try_unwrap T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          ((∃ wl, ⌜R a wl ∧ (tp_cells T + length rest)%nat = length vl⌝ ∗
             out ↦∗ (#0 :: wl ++ rest) ∗ ty_own τ wl ∗ rc_last_own SO γ l r j) ∨
           (⌜r ≠ 1%Qp ∧ S (length rest) = length vl⌝ ∗ out ↦∗ (#1 :: #l :: rest) ∗
             rc_own SO γ i l a r 1 j)) }}}.
    Proof.
      iIntros (H1 H2 H3 Φ) "H HΦ". mir_rec.
      iDestruct "H" as "(Hk & Hna & Hrc & Hout)".
      mir_new u as "Hu" "Hu†" with "Hk". mir.
      iAssert (u ↦∗ (#☠ :: replicate (Nat.max (tp_cells T) 1) #☠))%I with "Hu" as "Hu".
      iAssert (dealloc_token 1 (S (Nat.max (tp_cells T) 1)) u)%I with "Hu†" as "Hu†".
      mir_new c as "Hc" "Hc†" with "Hk". mir.
      wp_apply (Share_take_spec SO T F with "[$Hk $Hna $Hrc $Hu]");
        [done|done|by rewrite list_length_replicate|].
      rewrite list_length_replicate.
      iIntros (rest) "(Hk & Hna & [(%wl & [%HR %Hrest] & Hu & Hown & Hlast)|([%Hr %Hrest] & Hu & Hrc)])".
      - iDestruct (ty_size_eq with "Hown") as %Hlen.
        rewrite !heap_pointsto_vec_cons heap_pointsto_vec_app.
        iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "[Hout Hout1]". mir.
        mir_copy "Hc" "Hu1". mir.
        rewrite -(take_drop (tp_cells T) vl) heap_pointsto_vec_app.
        iDestruct "Hout1" as "[Hout1 Hout2]".
        assert (length (take (tp_cells T) vl) = tp_cells T) as Htake by (apply take_length_le; lia).
        pose proof (f_equal length (take_drop (tp_cells T) vl)) as Hvl.
        rewrite list_length_app Htake in Hvl. rewrite Htake.
        mir_copy "Hout1" "Hc". mir. mir_rec.
        iAssert (u ↦∗ (#0 :: wl ++ rest))%I with "[Hu Hu1 Hu2]" as "Hu".
        { rewrite heap_pointsto_vec_cons heap_pointsto_vec_app. iFrame. }
        wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; rewrite ?list_length_app; lia|lia|].
        iIntros "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
        iModIntro. iApply ("HΦ" $! (drop (tp_cells T) vl)). iFrame "Hna".
        iSplitL "Hk"; [mir_lease "Hk"|]. iLeft. iExists wl.
        iSplitR; [iPureIntro; split; [done|by rewrite take_drop]|]. iFrame "Hown Hlast".
        rewrite heap_pointsto_vec_cons heap_pointsto_vec_app Hlen -H2. iFrame.
      - destruct vl as [|v1 vl]; [simpl in *; lia|].
        rewrite !heap_pointsto_vec_cons.
        iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "(Hout & Hout1 & Hout2)". mir. mir_rec.
        iAssert (u ↦∗ (#1 :: #l :: rest))%I with "[Hu Hu1 Hu2]" as "Hu".
        { rewrite !heap_pointsto_vec_cons. iFrame. }
        wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; rewrite ?list_length_app; lia|lia|].
        iIntros "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
        iModIntro. iApply ("HΦ" $! vl). iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|].
        iRight. iFrame "Hrc". iSplitR; [done|]. rewrite !heap_pointsto_vec_cons. iFrame.
    Qed.
    Lemma Rc_try_unwrap_other_spec T F γ i l a r k j (out : loc) (v : val) vl q m :
      ↑rc_countN N l ⊆ F → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
        Rc_try_unwrap T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ ⌜S (length rest) = length vl⌝ ∗
          out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r (k + 1) j }}}.
    Proof.
      iIntros (H1 H2 Φ) "(Hk & Hna & Hrc & Hout) HΦ". mir_rec.
      mir_new u as "Hu" "Hu†" with "Hk". mir.
      iAssert (u ↦∗ (#☠ :: replicate (Nat.max (tp_cells T) 1) #☠))%I with "Hu" as "Hu".
      iAssert (dealloc_token 1 (S (Nat.max (tp_cells T) 1)) u)%I with "Hu†" as "Hu†".
      mir_new c as "Hc" "Hc†" with "Hk". mir.
      wp_apply (Share_take_other_spec SO T F with "[$Hk $Hna $Hrc $Hu]");
        [done|by rewrite list_length_replicate|].
      rewrite list_length_replicate. iIntros (rest) "(Hk & Hna & %Hrest & Hu & Hrc)".
      destruct vl as [|v1 vl]; [simpl in *; lia|].
      iEval (rewrite !heap_pointsto_vec_cons) in "Hu Hout".
      iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "(Hout & Hout1 & Hout2)". mir. mir_rec.
      iAssert (u ↦∗ (#1 :: #l :: rest))%I with "[Hu Hu1 Hu2]" as "Hu".
      { rewrite !heap_pointsto_vec_cons. iFrame. }
      wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; lia|lia|]. iIntros "Hk". mir.
      mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply ("HΦ" $! vl). iFrame "Hna Hrc". iSplitL "Hk"; [mir_lease "Hk"|].
      iSplitR; [done|]. rewrite !heap_pointsto_vec_cons. iFrame.
    Qed.
    Lemma Rc_into_inner_spec T F D U γ i l a r j (out : loc) (v : val) vl q m :
      ↑N ⊆ F → tp_cells T = ty_size τ → length vl = tp_cells T →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease q m ∗ na_own p F ∗
          rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
        Rc_into_inner T [ #out; #l ]
      {{{ e, RET e; heap_lease q m ∗ na_own p F ∗
          ((∃ wl, ⌜e = ret_val #☠ ∧ R a wl⌝ ∗ out ↦∗ (#1 :: wl) ∗ ty_own τ wl ∗
             rc_last_own SO γ l r j) ∨
           (⌜r ≠ 1%Qp⌝ ∗ out ↦∗ (#0 :: vl) ∗
             ((⌜e = ret_val #☠⌝ ∗ weak_own SO γ l r j) ∨
              (rc_last_own SO γ l r j ∗
                ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)))) }}}.
    Proof.
      iIntros (H1 H2 H3 Φ) "(#Hglue & Hk & Hna & Hrc & Hout) HΦ". mir_rec.
      mir_new u as "Hu" "Hu†" with "Hk". mir.
      iAssert (u ↦∗ (#☠ :: replicate (Nat.max (tp_cells T) 1) #☠))%I with "Hu" as "Hu".
      iAssert (dealloc_token 1 (S (Nat.max (tp_cells T) 1)) u)%I with "Hu†" as "Hu†".
      mir_new c as "Hc" "Hc†" with "Hk". mir.
      wp_apply (Rc_try_unwrap_spec T F with "[$Hk $Hna $Hrc $Hu]");
        [done|done|by rewrite list_length_replicate|].
      rewrite list_length_replicate.
      iIntros (rest) "(Hk & Hna & [(%wl & [%HR %Hrest] & Hu & Hown & Hlast)|([%Hr %Hrest] & Hu & Hrc)])".
      - iDestruct (ty_size_eq with "Hown") as %Hlen.
        iEval (rewrite heap_pointsto_vec_cons heap_pointsto_vec_app) in "Hu".
        iEval (rewrite heap_pointsto_vec_cons) in "Hout".
        iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "[Hout Hout1]". mir.
        mir_copy "Hc" "Hu1". mir. mir_copy "Hout1" "Hc". mir. mir_rec. mir_rec.
        iAssert (u ↦∗ (#0 :: wl ++ rest))%I with "[Hu Hu1 Hu2]" as "Hu".
        { rewrite heap_pointsto_vec_cons heap_pointsto_vec_app. iFrame. }
        wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; rewrite ?list_length_app; lia|lia|].
        iIntros "Hk". mir. mir_delete "Hc" "Hc†" with "Hk". mir.
        iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|]. iLeft.
        iExists wl. iSplitR; [done|]. iFrame "Hown Hlast". rewrite heap_pointsto_vec_cons. iFrame.
      - iEval (rewrite !heap_pointsto_vec_cons) in "Hu".
        iEval (rewrite heap_pointsto_vec_cons) in "Hout".
        iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "[Hout Hout1]". mir. mir_rec.
        wp_apply (Share_drop_spec SO T (u +ₗ 1) with "[$Hglue $Hk $Hna $Hu1 $Hrc]"); [done|done|].
        iIntros (e) "(Hk & Hna & Hu1 & H)".
        iAssert (u ↦∗ (#1 :: #l :: rest))%I with "[Hu Hu1 Hu2]" as "Hu".
        { rewrite !heap_pointsto_vec_cons. iFrame. }
        iAssert (out ↦∗ (#0 :: vl))%I with "[Hout Hout1]" as "Hout".
        { rewrite heap_pointsto_vec_cons. iFrame. }
        iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([-> _] & Hweak)|(_ & Hlast & %wl & %HR & He)]]";
          [lia| |iDestruct "He" as "[(%v' & -> & -> & HD)|[-> HU]]"].
        + mir. mir_rec.
          wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; lia|lia|]. iIntros "Hk". mir.
          mir_delete "Hc" "Hc†" with "Hk". mir.
          iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|]. iRight.
          iSplitR; [done|]. iFrame "Hout". iLeft. by iFrame.
        + mir. mir_rec.
          wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; lia|lia|]. iIntros "Hk". mir.
          mir_delete "Hc" "Hc†" with "Hk". mir.
          iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|]. iRight.
          iSplitR; [done|]. iFrame "Hout". iRight. iFrame "Hlast". iExists wl. iSplitR; [done|].
          iApply ends_ret. by iFrame.
        + mir.
          wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; lia|lia|]. iIntros "Hk". mir.
          mir_delete "Hc" "Hc†" with "Hk". mir.
          iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|]. iRight.
          iSplitR; [done|]. iFrame "Hout". iRight. iFrame "Hlast". iExists wl. iSplitR; [done|].
          iApply ends_unw. by iFrame.
    Qed.
    Lemma Rc_into_inner_other_spec T F γ i l a r k j (out : loc) (v : val) vl q m :
      ↑rc_countN N l ⊆ F → length vl = tp_cells T →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
        Rc_into_inner T [ #out; #l ]
      {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ out ↦∗ (#0 :: vl) ∗
          rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 H2 Φ) "(Hk & Hna & Hrc & Hout) HΦ". mir_rec.
      mir_new u as "Hu" "Hu†" with "Hk". mir.
      iAssert (u ↦∗ (#☠ :: replicate (Nat.max (tp_cells T) 1) #☠))%I with "Hu" as "Hu".
      iAssert (dealloc_token 1 (S (Nat.max (tp_cells T) 1)) u)%I with "Hu†" as "Hu†".
      mir_new c as "Hc" "Hc†" with "Hk". mir.
      wp_apply (Rc_try_unwrap_other_spec T F with "[$Hk $Hna $Hrc $Hu]");
        [done|by rewrite list_length_replicate|].
      rewrite list_length_replicate. iIntros (rest) "(Hk & Hna & %Hrest & Hu & Hrc)".
      iEval (rewrite !heap_pointsto_vec_cons) in "Hu". iEval (rewrite heap_pointsto_vec_cons) in "Hout".
      iDestruct "Hu" as "(Hu & Hu1 & Hu2)". iDestruct "Hout" as "[Hout Hout1]". mir. mir_rec.
      wp_apply (Share_drop_keep_spec SO T (u +ₗ 1) with "[$Hna $Hu1 $Hrc]"); [done|].
      iIntros "(Hna & Hu1 & Hrc)". mir. mir_rec.
      iAssert (u ↦∗ (#1 :: #l :: rest))%I with "[Hu Hu1 Hu2]" as "Hu".
      { rewrite !heap_pointsto_vec_cons. iFrame. }
      wp_apply (mir_delete_spec with "[$Hk $Hu $Hu†]"); [simpl; lia|lia|]. iIntros "Hk". mir.
      mir_delete "Hc" "Hc†" with "Hk". mir.
      iModIntro. iApply "HΦ". iFrame "Hna Hrc". iSplitL "Hk"; [mir_lease "Hk"|].
      rewrite heap_pointsto_vec_cons. iFrame.
    Qed.
    Lemma Rc_into_raw_spec T γ i l a r q m :
      {{{ heap_lease q m ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ rc_raw SO γ i (l +ₗ 2) a r }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Share_into_raw_spec SO T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_from_raw_spec T γ i (ptr : loc) a r :
      {{{ rc_raw SO γ i ptr a r }}}
        Rc_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ rc_own SO γ i l a r 1 0 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Share_from_raw_spec SO T with "H").
      iIntros (l) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_increment_strong_count_spec T F γ i (ptr : loc) a r q m :
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_raw SO γ i ptr a r }}}
        Rc_increment_strong_count T [ #ptr ]
      {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          rc_raw SO γ i ptr a (r / 2) ∗ rc_raw SO γ i ptr a (r / 2) }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_add_raw_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Rc_decrement_strong_count_spec T F D U γ i (ptr : loc) a r qk m :
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
          rc_raw SO γ i ptr a r }}}
        Rc_decrement_strong_count T [ #ptr ]
      {{{ e l, RET e; ⌜ptr = (l +ₗ 2)%L⌝ ∗ heap_lease qk m ∗ na_own p F ∗
          ((⌜e = ret_val #☠ ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r 0) ∨
           (rc_last_own SO γ l r 0 ∗
             ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)) }}}.
    Proof.
      iIntros (HF HT Φ) "(#Hglue & Hk & Hna & Hraw) HΦ". mir_rec.
      wp_apply (Rc_from_raw_spec T with "Hraw"). iIntros (l) "[-> Hrc]". mir.
      mir_new x as "Hx" "Hx†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
      wp_apply (Share_drop_spec SO T with "[$Hglue $Hk $Hna $Hx $Hrc]"); [done..|].
      iIntros (e) "(Hk & Hna & Hx & H)".
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hx".
      iDestruct "H" as "[(%k' & [_ %] & _)|[((-> & _ & %) & Hw)|(_ & Hlast & %wl & % & He)]]";
        [lia| |].
      - mir. mir_delete "Hx" "Hx†" with "Hk". mir. iModIntro. iApply ("HΦ" $! _ l).
        iSplitR; [done|]. iSplitL "Hk"; [mir_lease "Hk"|]. iFrame "Hna". iLeft. by iFrame.
      - mir_ends "He" as "[-> HD]" | "HU"; mir; mir_delete "Hx" "Hx†" with "Hk"; mir; iModIntro;
          iApply ("HΦ" $! _ l); (iSplitR; [done|]); (iSplitL "Hk"; [mir_lease "Hk"|]);
          iFrame "Hna"; iRight; iFrame "Hlast"; iExists wl; (iSplitR; [done|]).
        + iApply ends_ret. by iFrame.
        + by iApply ends_unw.
    Qed.
    Lemma Rc_clone_spec T h q F γ i l a r k j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Share_clone_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma UniqueRc_new_spec T src wl q m :
      tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        UniqueRc_new T [ #src ]
      {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ unique_rc_own SO γ l wl 1 0 ∗
          src ↦∗ wl }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Whole_new_spec SO T with "H"); [done..|].
      iIntros (l γ) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma UniqueRc_into_rc_spec T F γ l wl a r j q m :
      ↑rc_countN N l ⊆ F → R a wl →
      {{{ heap_lease q m ∗ na_own p F ∗ unique_rc_own SO γ l wl r j }}}
        UniqueRc_into_rc T [ #l ]
      {{{ i, RET ret_val #l; heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Whole_share_spec SO T with "H"); [done..|].
      iIntros (i) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma UniqueRc_downgrade_spec T h q F γ l wl r j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
        UniqueRc_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r (j + 1) }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Whole_downgrade_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_upgrade_spec T h q F γ l r j :
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ weak_own SO γ l r j) ∨
           (∃ i a, ⌜v = some_val #l ∧ r ≠ 1%Qp⌝ ∗ rc_own SO γ i l a r 1 j)) }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_spec SO T with "H"); [done..|].
      iIntros (v) "(Hna & Hh & [[-> H]|(%i & %a & [-> %Hr] & H)])"; mir; iModIntro; iApply "HΦ"; iFrame.
      - iLeft. by iFrame.
      - iRight. iExists i, a. by iFrame.
    Qed.
    Lemma Weak_upgrade_ref_spec T h q F γ l r (k : nat) j :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_ref SO γ l r k j) ∨
           (∃ i a, ⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_ref_spec SO T with "H"); [done..|].
      iIntros (v) "(Hna & Hh & [[-> H]|(%i & %a & [-> %Hr] & H)])"; mir; iModIntro; iApply "HΦ"; iFrame.
      - iLeft. by iFrame.
      - iRight. iExists i, a. by iFrame.
    Qed.
    Lemma Weak_upgrade_known_spec T h q F γ i a l r (k : nat) j :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_content_known SO γ i a ∗
          rc_ref SO γ l r k j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_dead SO γ ∗ rc_ref SO γ l r k j) ∨
           (⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_known_spec SO T with "H"); [done..|].
      iIntros (v) "(Hna & Hh & [[-> H]|[[-> %Hr] H]])"; mir; iModIntro; iApply "HΦ"; iFrame.
      - iLeft. by iFrame.
      - iRight. by iFrame.
    Qed.
    Lemma Weak_upgrade_rc_spec T h q F γ i l a r (k : positive) j :
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val (some_val #l); na_own p F ∗ h ↦{q} #l ∗
          rc_own SO γ i l a r (k + 1) j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_rc_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. iApply "HΦ". by iFrame.
    Qed.
    Lemma Weak_upgrade_unshared_spec T h q F γ l r (k : nat) j :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗
          rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_upgrade_unshared_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. iApply "HΦ". by iFrame.
    Qed.
    Lemma Weak_strong_count_spec T h q F γ l r (k : nat) j qk mk :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_strong_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m) ∧ (m = 0 ∨ k ≤ m) ∧
            (r = 1%Qp → (m = 0 ∨ m = k) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_strong_count_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_strong_count_rc_spec T h q F γ i l a r k j qk mk :
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_strong_count_rc_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_strong_count_unshared_spec T h q F γ l r (k : nat) j qk mk :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_strong_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_strong_count_unshared_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_weak_count_spec T h q F γ l r (k : nat) j qk mk :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → (m = 0 ∨ m = j) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_weak_count_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_weak_count_rc_spec T h q F γ i l a r k j qk mk :
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    Proof.
      iIntros (H1 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_weak_count_rc_spec SO T with "H"); [done..|].
      iIntros (m) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_weak_count_unshared_spec T h q F γ l r (k : nat) j qk mk :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_weak_count_unshared_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_ptr_eq_spec T h h' q q' F γ l r (k j : nat) γ' l' r' (k' j' : nat) :
      ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ rc_ref SO γ l r k j ∗
          rc_ref SO γ' l' r' k' j' }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
    Proof.
      iIntros (H1 H2 H3 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_is_on_same_block_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_into_raw_spec T γ l r q m :
      {{{ heap_lease q m ∗ weak_own SO γ l r 1 }}}
        Weak_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ weak_raw SO γ (l +ₗ 2) r }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_into_raw_spec SO T with "H").
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_from_raw_spec T γ (ptr : loc) r :
      {{{ weak_raw SO γ ptr r }}}
        Weak_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ weak_own SO γ l r 1 }}}.
    Proof.
      iIntros (Φ) "H HΦ". mir_rec.
      wp_apply (Hold_from_raw_spec SO T with "H").
      iIntros (l) "H". mir. iModIntro. by iApply "HΦ".
    Qed.
    Lemma Weak_clone_spec T h q F γ l r (k : nat) j :
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}.
    Proof.
      iIntros (H1 H2 Φ) "H HΦ". mir_rec.
      wp_apply (Hold_clone_spec SO T with "H"); [done..|].
      iIntros "H". mir. iModIntro. by iApply "HΦ".
    Qed.
  End handles.
End crate_rc.
