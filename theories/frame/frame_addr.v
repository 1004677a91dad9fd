(** * Page frames, by address

The sealed export of the statements in [frame_addr_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame Require Export frame frame_addr_sig.
From tally.prelude Require Import options.

Module Export frame_addr : frame_addr_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
    Implicit Types (vl : list val) (q : Qp) (m : meta) (u : bool).

    Lemma frame_from_unused_not_aligned_spec base src max pa i u :
      (pa `rem` page_size ≠ 0)%Z →
      {{{ True }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #not_aligned_code; True }}}.
    Proof.
      iIntros (Ha Φ) "_ HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite bool_decide_eq_false_2 //. wp_pures. by iApply "HΦ".
    Qed.
    Lemma frame_from_unused_out_of_bound_spec base src max pa i u :
      (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
      {{{ True }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrOutOfBound); True }}}.
    Proof.
      iIntros (Ha Hm Φ) "_ HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite !bool_decide_eq_true_2 //. wp_pures. by iApply "HΦ".
    Qed.
    Lemma frame_from_unused_spec γ base src max pa i vl u q :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None =>
              (if u then unique_frame D γ s i vl
               else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
              meta_own D i vl ∗ lease γ q 0
          end }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite bool_decide_eq_true_2 // bool_decide_eq_false_2; [|lia]. wp_pures.
      wp_apply slot_at_spec; [done|]. iIntros "_".
      by iApply (get_from_unused_spec with "H").
    Qed.
    Lemma frame_from_unused_full_spec γ base src max pa i vl u :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #0; src ↦∗ vl ∗
          (if u then unique_frame D γ s i vl
           else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ 1 1 }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite bool_decide_eq_true_2 // bool_decide_eq_false_2; [|lia]. wp_pures.
      wp_apply slot_at_spec; [done|]. iIntros "_".
      by iApply (get_from_unused_full_spec with "H").
    Qed.

    Lemma frame_from_in_use_not_aligned_spec base max pa :
      (pa `rem` page_size ≠ 0)%Z →
      {{{ True }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #not_aligned_code; True }}}.
    Proof.
      iIntros (Ha Φ) "_ HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite bool_decide_eq_false_2 //. wp_pures. by iApply "HΦ".
    Qed.
    Lemma frame_from_in_use_out_of_bound_spec base max pa :
      (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
      {{{ True }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrOutOfBound); True }}}.
    Proof.
      iIntros (Ha Hm Φ) "_ HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite !bool_decide_eq_true_2 //. wp_pures. by iApply "HΦ".
    Qed.
    Lemma frame_from_in_use_spec γ base max pa q :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
          end }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". wp_rec. wp_apply get_slot_status_spec; [done|].
      iIntros "_". rewrite bool_decide_eq_true_2 // bool_decide_eq_false_2; [|lia]. wp_pures.
      wp_apply slot_at_spec; [done|]. iIntros "_".
      by iApply (get_from_in_use_spec with "H").
    Qed.

    Lemma frame_raw_round_trip_spec γ base pa i vl :
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_raw (dict_size D) [ #base; frame_into_raw [ #s ] ]
      {{{ RET #s; unique_frame D γ s i vl }}}.
    Proof.
      iIntros (s Φ) "[#Hslot H] HΦ". wp_apply (frame_into_raw_spec with "Hslot").
      iIntros "_". wp_apply frame_from_raw_spec; [done|]. iIntros "_". by iApply "HΦ".
    Qed.
  End laws.
End frame_addr.
