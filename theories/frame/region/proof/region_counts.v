(** * A region of page frames: handles, on the lease of the region

Clone, drop and count, with the lease of a region in the place of that of one slot:
what changes is the count of that slot. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Import layout.
From tally.frame.region Require Import region_code region_base.
From tally.frame.slot Require Import frame_raw.
From tally.frame.region.proof Require Import region_lookup.
From tally.prelude Require Import options.

Section counts.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (R : frame_region) (j n : nat) (γ : slot_names) (m : meta).
  Implicit Types (q : Qp) (k : nat → nat) (dealloc : val).

  Lemma frame_region_clone_spec R j γ m q k :
    region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ shared_frame D γ s m ∗ region_lease R q k ∗
        pending_incs (region_pending R) 1 }}}
      frame_clone [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗
        region_lease R q (count_set k j (S (k j))) ∗ pending_incs (region_pending R) 1 }}}.
  Proof.
    iIntros (Hγ s Φ) "(#HR & Hh & L & Hr) HΦ".
    iDestruct (region_lookup with "HR") as (pa) "(_ & <- & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    iDestruct (lease_half with "L") as "[L L']".
    iApply (frame_clone_spec D N with "[$Hslot $Hh $L' $Hr]").
    iIntros "!> (Hh & Hh' & L' & Hr)". iApply "HΦ". iFrame "Hh Hh' Hr". iApply "Hback".
    iAssert (lease γ (q / 2 + q / 2) (1 + k j)) with "[L L']" as "L"; [|by rewrite Qp.div_2].
    rewrite lease_split. iFrame.
  Qed.

  Lemma frame_region_drop_spec R j γ m q k n dealloc :
    region_names R !! j = Some γ → k j = S n →
    let s := region_slot (dict_size D) R j in
    {{{ dict_drop_spec D ∗ region_dealloc_spec D R dealloc ∗
        is_region D N R ∗ shared_frame D γ s m ∗ region_lease R q k }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; region_lease R q (count_set k j n) }}}.
  Proof.
    iIntros (Hγ Hk s Φ) "(#HD & #Hdealloc & #HR & Hh & L) HΦ".
    iDestruct (region_lookup with "HR") as (pa) "(_ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    rewrite Hk -Nat.add_1_r.
    iAssert (lease γ (q / 2 + q / 2) (n + 1)) with "[L]" as "L"; [by rewrite Qp.div_2|].
    rewrite lease_split. iDestruct "L" as "[L L']".
    iApply (frame_drop_spec D N _ _ _ _ _ _ (λ _ _ q, lease γ q 0) with "[$Hslot $Hh $L']").
    { iSplit; [done|]. by iApply "Hdealloc". }
    iIntros "!> L'". iApply "HΦ". iApply "Hback".
    iAssert (lease γ (q / 2) 0) with "[L']" as "L'".
    { iDestruct "L'" as "[$|(%vl & _ & $)]". }
    rewrite (lease_half γ q n). iFrame.
  Qed.

  Lemma frame_region_reference_count_spec R j γ m k :
    region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ shared_frame D γ s m ∗ region_lease R 1 k }}}
      reference_count [ #s ]
    {{{ RET #(Z.of_nat (k j)); shared_frame D γ s m ∗ region_lease R 1 k }}}.
  Proof.
    iIntros (Hγ s Φ) "(#HR & Hh & L) HΦ".
    iDestruct (region_lookup with "HR") as (pa) "(_ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    iApply (reference_count_at D N with "Hslot Hh L").
    iIntros "!>" (n [[_ Hn] _]) "L Hh". simpl in Hn. rewrite -positive_nat_Z Hn.
    iApply "HΦ". iFrame "Hh". iDestruct ("Hback" with "L") as "L".
    rewrite region_lease_ext; [iFrame|].
    intros i _. rewrite /count_set. by case_decide; subst.
  Qed.
End counts.
