(** * A region of page frames

The sealed export of the statements in [region_sig.v], and what follows from them
alone. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export layout frame_raw.
From tally.frame.region Require Export region_sig.
From tally.frame.region.proof Require region_boot region_lookup region_counts.
From tally.prelude Require Import options.

Module Export region : region_sig.
  Include region_boot.
  Include region_lookup.
  Include region_counts.
End region.

Section derived.
  Context `{!frameG Σ}.
  Implicit Types (R : frame_region) (q : Qp) (k : nat → nat).

  (** A lease that owes nothing, off one that may. *)
  Lemma region_lease_half R q k :
    region_lease R q k ⊣⊢ region_lease R (q / 2) k ∗ region_lease R (q / 2) (λ _, 0%nat).
  Proof.
    rewrite -region_lease_split Qp.div_2. apply region_lease_ext. intros i _. lia.
  Qed.
End derived.

(** ** The slot of an address *)
Section slot_of.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).

  (** For programs that have a handle already, from a claim say, and need its slot. *)
  Lemma frame_region_slot_of_spec R pa j :
    get_slot (region_layout R) pa = inr (Z.of_nat j) →
    {{{ is_region D N R }}}
      frame_region_slot_of (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #(region_slot (dict_size D) R j); True }}}.
  Proof.
    iIntros (Hj Φ) "#HR HΦ". wp_rec. wp_apply (frame_region_get_slot_spec with "HR").
    iIntros "_". rewrite Hj. by wp_apply (frame_region_slot_at_spec with "HR").
  Qed.
End slot_of.

(** ** Results that are known beforehand *)
Section results.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (R : frame_region) (pa : Z) (i j : nat) (u : bool) (src : loc).
  Implicit Types (vl : list val) (k : nat → nat) (e : address_error).

  (** A claim of an address that has no slot is refused. *)
  Lemma frame_region_from_unused_refused_spec R pa i src u e :
    get_slot (region_layout R) pa = inl e →
    {{{ is_region D N R }}}
      frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
    {{{ RET #(address_code e); True }}}.
  Proof.
    iIntros (He Φ) "HR HΦ". iApply (frame_region_from_unused_at_spec D N _ _ (inl e) with "HR");
      [done|]. by iApply "HΦ".
  Qed.
  (** So is a look-up. *)
  Lemma frame_region_from_in_use_refused_spec R pa e :
    get_slot (region_layout R) pa = inl e →
    {{{ is_region D N R }}}
      frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #(address_code e); True }}}.
  Proof.
    iIntros (He Φ) "HR HΦ". iApply (frame_region_from_in_use_at_spec D N _ _ (inl e) with "HR");
      [done|]. by iApply "HΦ".
  Qed.
  (** With the whole lease, and nothing owed for the page, the claim succeeds. *)
  Lemma frame_region_from_unused_full_spec R pa j i src vl u k :
    get_slot (region_layout R) pa = inr (Z.of_nat j) → k j = 0%nat →
    {{{ is_region D N R ∗ src ↦∗ vl ∗ meta_own D i vl ∗ region_lease R 1 k }}}
      frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
    {{{ γ, RET #0; src ↦∗ vl ∗ ⌜region_names R !! j = Some γ⌝ ∗
        (let s := region_slot (dict_size D) R j in
         if u then unique_frame D γ s i vl
         else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗
        region_lease R 1 (count_set k j 1) }}}.
  Proof.
    iIntros (Hj Hk Φ) "(#HR & Hsrc & Hm & L) HΦ".
    iDestruct (region_found with "HR") as (γ) "(%Hγ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|]. rewrite Hk.
    iApply (frame_region_from_unused_at_spec D N _ _ (inr j) with "HR"); [done|]. iNext.
    iApply (get_from_unused_at D N with "Hslot Hsrc Hm L").
    iIntros "!>" (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm) "[L Hh]".
    iApply ("HΦ" $! γ). iFrame "Hsrc". iSplitR; [done|].
    iSplitL "Hh"; [destruct u; [done|by iExists γm]|]. by iApply "Hback".
  Qed.
  (** And the look-up fails. *)
  Lemma frame_region_from_in_use_unused_spec R pa j k :
    get_slot (region_layout R) pa = inr (Z.of_nat j) → k j = 0%nat →
    {{{ is_region D N R ∗ region_lease R 1 k }}}
      frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #(error_code ErrUnused); region_lease R 1 k }}}.
  Proof.
    iIntros (Hj Hk Φ) "(#HR & L) HΦ".
    iDestruct (region_found with "HR") as (γ) "(%Hγ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|]. rewrite Hk.
    iApply (frame_region_from_in_use_at_spec D N _ _ (inr j) with "HR"); [done|]. iNext.
    iApply (get_from_in_use_at D N with "Hslot L").
    iIntros "!>" (st ->%state_weight_0) "L _". iApply "HΦ". iDestruct ("Hback" with "L") as "L".
    rewrite region_lease_ext; [iFrame|].
    intros x _. rewrite /count_set. by case_decide; subst.
  Qed.
End results.
