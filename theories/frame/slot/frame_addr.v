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
    Implicit Types (vl : list val) (m : meta) (u : bool) (Φ : val → iProp Σ).

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

    (** The status, and then the slot. *)
    Local Ltac look_up :=
      iIntros "HΦ"; wp_rec; (wp_apply get_slot_status_spec; [done|]); iIntros "_";
      rewrite /page_status; repeat case_bool_decide; wp_pures; try done;
      (wp_apply slot_at_spec; [done|]); by iIntros "_".
    Lemma frame_from_unused_at n base src max pa i u Φ :
      match page_status max pa with
      | Some e => ▷ Φ #e
      | None => ▷ WP get_from_unused n [ #(page_slot n base pa); #i; #src; #u ] {{ Φ }}
      end -∗
      WP frame_from_unused n [ #base; #max; #pa; #i; #src; #u ] {{ Φ }}.
    Proof. look_up. Qed.
    Lemma frame_from_in_use_at n base max pa Φ :
      match page_status max pa with
      | Some e => ▷ Φ #e
      | None => ▷ WP get_from_in_use [ #(page_slot n base pa) ] {{ Φ }}
      end -∗
      WP frame_from_in_use n [ #base; #max; #pa ] {{ Φ }}.
    Proof. look_up. Qed.
  End laws.
End frame_addr.
