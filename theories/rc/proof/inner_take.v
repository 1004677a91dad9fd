(** * [rc/inner.rs]: [Share::take]

The content moves out of the block of the only share; weak handles may remain. The result
is of type [Result<T, Share<T>>]: one cell for the variant, and then the content or the
handle, in as many cells as the larger one needs. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.types Require Import type.
From tally.rc Require Import rc_base inner_base.
From tally.rc.proof Require Import handle specs_strong inner_counts inner_share inner_drop.
From tally.prelude Require Import options.

Local Lemma take_length_le n (vl : list val) : n ≤ length vl → length (take n vl) = n.
Proof.
  revert n. induction vl as [|v vl IH]; intros [|n] ?; simpl in *; [done|lia|done|].
  rewrite IH; lia.
Qed.

Section specs.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l out : loc) (a wl vl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j m w : nat) (F : coPset) (T : tparam).

  (** The content, or the handle again. With share 1 it is the content. *)
  Lemma Share_take_spec T F γ i l a r j out v vl q m :
    ↑N ⊆ F → tp_cells T = ty_size τ → length vl = Nat.max (tp_cells T) 1 →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
      Share_take T [ #out; #l ]
    {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
        ((∃ wl, ⌜R a wl ∧ (tp_cells T + length rest)%nat = length vl⌝ ∗
           out ↦∗ (#0 :: wl ++ rest) ∗ ty_own τ wl ∗ rc_last_own SO γ l r j) ∨
         (⌜r ≠ 1%Qp ∧ S (length rest) = length vl⌝ ∗ out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r 1 j)) }}}.
  Proof.
    iIntros (HF HT Hvl Φ) "(Hk & Hna & Hrc & Hout) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)".
    { by apply countN_subseteq. }
    rewrite heap_pointsto_vec_cons. iDestruct "Hout" as "[Hout Hpay]". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_alloc u as "Hu" "Hu†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    mir_new d as "Hd" "Hd†" with "Hk". mir. mir_rec.
    destruct (decide (n = 1%positive)) as [->|Hn1]; last first.
    { rewrite bool_decide_eq_false_2; [|lia].
      destruct vl as [|v1 rest]; [simpl in Hvl; lia|].
      rewrite heap_pointsto_vec_cons. iDestruct "Hpay" as "[Hpay Hrest]". mir.
      iDestruct (lease_eq _ _ (S (S (1 `min` tp_cells T + 1 `min` tp_cells T + m))) with "Hk")
        as "Hk"; [lia|].
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
      iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
      mir_delete "Hc" "Hc†" with "Hk". mir. mir_delete "Hd" "Hd†" with "Hk". mir.
      iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
      { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
      iModIntro. iApply ("HΦ" $! rest). iFrame "Hna". iSplitL "Hk"; [mir_lease "Hk"|].
      iRight. iFrame "Hb Hm". iSplitR.
      { iPureIntro. split; [|done]. intros Hr. destruct Hk as (_ & _ & Hk). by destruct (Hk Hr). }
      rewrite !heap_pointsto_vec_cons. iFrame. }
    rewrite bool_decide_eq_true_2 //.
    iMod (rc_end_sharing with "Hg Hm") as "(Hso & Hregs & Hreg & Hbody & Hun & #Hdead)".
    wp_pure _ credit:"H£". wp_pure _. wp_pure _. wp_bind (Rec _ _ _).
    iApply (wp_step_fupd _ _ ∅ _ (▷ rc_content R τ (l, a) ∗ na_own p (rc_opened (N:=N) F l))
      with "[Hso Hna]"); [set_solver| |].
    { iApply (so_P1_end SO _ _ (rc_opened (N:=N) F l) with "Hso Hna").
      by apply contentN_opened. }
    wp_closure. iIntros "!> [Hcont Hna]".
    iMod (lc_fupd_elim_later with "H£ Hcont") as (wl HR) "(Hv & Hown & H†)".
    iModIntro. iDestruct (ty_size_eq with "Hown") as %Hlen. mir.
    mir_copy "Hc" "Hv". mir.
    iMod ("Hclose" with "[Hl Hw Hregs Hbody $Hna]") as "Hna".
    { iNext. iApply (unique_close with "[Hl Hw] Hregs Hbody [Hdead]"); [by iFrame|by iLeft]. }
    mir_new b as "Hb'" "Hb†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_apply (Hold_drop_implicit_spec with "[$Hna $Hb' $Hb $Hun $Hreg $Hdead Hv H†]").
    { by apply countN_subseteq. }
    { done. }
    { iExists wl. by iFrame. }
    iIntros "(Hna & Hb' & Hlast)". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hb'". mir_delete "Hb'" "Hb†" with "Hk". mir.
    mir_copy "Hd" "Hc". mir.
    rewrite -(take_drop (tp_cells T) vl) heap_pointsto_vec_app.
    iDestruct "Hpay" as "[Hpay Hrest]".
    assert (length (take (tp_cells T) vl) = tp_cells T) as Htake by (apply take_length_le; lia).
    pose proof (f_equal length (take_drop (tp_cells T) vl)) as Hrest.
    rewrite list_length_app Htake in Hrest.
    rewrite Htake. mir_copy "Hpay" "Hd". mir.
    iDestruct (lease_eq _ _ (S (S (1 `min` tp_cells T + 1 `min` tp_cells T + m))) with "Hk")
      as "Hk"; [lia|].
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
    mir_delete "Hc" "Hc†" with "Hk". mir. mir_delete "Hd" "Hd†" with "Hk". mir.
    iModIntro. iApply ("HΦ" $! (drop (tp_cells T) vl)). iFrame "Hna".
    iSplitL "Hk"; [mir_lease "Hk"|]. iLeft. iExists wl.
    iSplitR; [iPureIntro; split; [done|by rewrite take_drop]|]. iFrame "Hown Hlast".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_app Hlen -HT. iFrame.
  Qed.

  (** There is another strong handle: the result is the handle. *)
  Lemma Share_take_other_spec T F γ i l a r k j out v vl q m :
    ↑rc_countN N l ⊆ F → length vl = Nat.max (tp_cells T) 1 →
    {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
      Share_take T [ #out; #l ]
    {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ ⌜S (length rest) = length vl⌝ ∗
        out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r (k + 1) j }}}.
  Proof.
    iIntros (HF Hvl Φ) "(Hk & Hna & Hrc & Hout) HΦ".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(([%Hn %HW] & Hl & Hw) & Hg & Hm & #Hb & %Hk & Hna & Hclose)"; [done|].
    destruct vl as [|v1 rest]; [simpl in Hvl; lia|].
    rewrite !heap_pointsto_vec_cons. iDestruct "Hout" as "(Hout & Hpay & Hrest)". mir_rec.
    wp_alloc s as "Hs" "Hs†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    wp_alloc u as "Hu" "Hu†" with "Hk". rewrite heap_pointsto_vec_singleton. mir.
    mir_new c as "Hc" "Hc†" with "Hk". mir.
    mir_new d as "Hd" "Hd†" with "Hk". mir. mir_rec.
    rewrite bool_decide_eq_false_2; [|lia]. mir.
    iDestruct (lease_eq _ _ (S (S (1 `min` tp_cells T + 1 `min` tp_cells T + m))) with "Hk")
      as "Hk"; [lia|].
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hs". wp_free with "Hk". mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hu". wp_free with "Hk". mir.
    mir_delete "Hc" "Hc†" with "Hk". mir. mir_delete "Hd" "Hd†" with "Hk". mir.
    iMod ("Hclose" with "[Hl Hw Hg $Hna]") as "Hna".
    { iNext. iApply (rc_close with "[Hl Hw] Hg"). by iFrame. }
    iModIntro. iApply ("HΦ" $! rest). iFrame "Hna Hb Hm". iSplitL "Hk"; [mir_lease "Hk"|].
    iSplitR; [done|]. rewrite !heap_pointsto_vec_cons. iFrame.
  Qed.
End specs.
