(** * Page frames, by address

The sealed export of the statements in [frame_addr_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export layout frame frame_addr_sig.
From tally.prelude Require Import options.

Module Export frame_addr : frame_addr_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
    Implicit Types (vl : list val) (q : Qp) (m : meta) (u : bool).

    (** Of an address in bounds, up to what is done at its slot. *)
    Local Ltac look_up Ha :=
      wp_rec; (wp_apply get_slot_status_spec; [done|]); iIntros "_";
      rewrite (bool_decide_eq_true_2 _ Ha);
      (rewrite bool_decide_eq_false_2; [|lia]); wp_pures;
      (wp_apply slot_at_spec; [done|]); iIntros "_".

    Lemma page_slot_x86_64 n base frames pa k :
      frame_to_index (x86_64_layout frames) pa = Some k →
      page_slot n base pa = (base +ₗ slot_cells n * k)%L.
    Proof.
      intros Hk. assert (0 ≤ pa < frames * PAGE_SIZE)%Z as Hpa.
      { by apply x86_64_tracked, frame_to_index_is_Some; exists k. }
      move: Hk. rewrite (x86_64_frame_to_index_spec _ _ Hpa)=> -[<-].
      by rewrite /page_slot Z.quot_div_nonneg; [|lia|done].
    Qed.
    Lemma get_slot_status_x86_64_spec frames pa :
      (0 ≤ pa)%Z →
      {{{ True }}}
        get_slot_status [ #(frames * page_size); #pa ]
      {{{ RET #(match get_slot (x86_64_layout frames) pa with
                | inl NotAligned => not_aligned_code
                | inl OutOfBound => error_code ErrOutOfBound
                | inr _ => 0
                end); True }}}.
    Proof.
      iIntros (Hpa Φ) "_ HΦ". wp_apply get_slot_status_spec; [done|]. iIntros "_".
      rewrite Z.rem_mod_nonneg //. rewrite /get_slot /=.
      change page_size with PAGE_SIZE.
      case: Z.eqb_spec=> Ha /=.
      2: { rewrite bool_decide_eq_false_2 //. by iApply "HΦ". }
      rewrite bool_decide_eq_true_2 //. case_bool_decide as Hb.
      - destruct (frame_to_index _ pa) as [k|] eqn:Hk.
        + assert (tracked (x86_64_layout frames) pa) as Ht%x86_64_tracked.
          { apply frame_to_index_is_Some. by exists k. }
          lia.
        + by iApply "HΦ".
      - rewrite x86_64_frame_to_index_spec; [|lia]. by iApply "HΦ".
    Qed.

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
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
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
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_unused_full_spec with "H").
    Qed.
    Lemma frame_from_unused_shared_spec γ base src max pa i vl u m :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrInUse);
          src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_unused_shared_spec with "H").
    Qed.
    Lemma frame_from_unused_unique_spec γ base src max pa i vl u i' vl' :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          unique_frame D γ s i' vl' }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique);
          src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_unused_unique_spec with "H").
    Qed.
    Lemma frame_from_unused_atomic γ base src max pa i vl u Φ :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      open_slot D N γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
      slot_update N (slot_is γ) claimed_state (λ st,
        match st with
        | SlotUnused => ∀ γm,
            slot_update N (slot_is γ) (λ _, built_state u i vl γm)
              (λ _, (if u then unique_frame D γ s i vl
                     else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
        | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
        end) -∗
      WP frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ] {{ Φ }}.
    Proof.
      iIntros (Ha Hm s) "I Hsrc Hvl AU". look_up Ha. iApply (get_from_unused_atomic with "I Hsrc Hvl AU").
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
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_in_use_spec with "H").
    Qed.
    Lemma frame_from_in_use_shared_spec γ base max pa q m :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_in_use_shared_spec with "H").
    Qed.
    Lemma frame_from_in_use_unique_spec γ base max pa i vl :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_in_use_unique_spec with "H").
    Qed.
    Lemma frame_from_in_use_unused_spec γ base max pa :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
    Proof.
      iIntros (Ha Hm s Φ) "H HΦ". look_up Ha.
      by iApply (get_from_in_use_unused_spec with "H").
    Qed.
    Lemma frame_from_in_use_atomic γ base max pa Φ :
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      open_slot D N γ s pa -∗
      slot_update N (slot_is γ) from_in_use_state (λ st,
        match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
        Φ #(status_code (from_in_use_error st))) -∗
      WP frame_from_in_use (dict_size D) [ #base; #max; #pa ] {{ Φ }}.
    Proof.
      iIntros (Ha Hm s) "I AU". look_up Ha. iApply (get_from_in_use_atomic with "I AU").
    Qed.
  End laws.
End frame_addr.
