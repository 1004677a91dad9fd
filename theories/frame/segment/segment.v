(** * Segments of page frames

The sealed export of the statements in [segment_sig.v], and what follows from them
alone: leases of many pages divided and joined ([leases_split], [leases_counted]), and
what an allocator leaves that gives each lease back ([pages_dropped_back],
[pages_released_back]).

Source: [Segment] of asterinas' ostd (mm/frame/segment.rs). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.segment Require Export segment_sig.
From tally.frame.segment.proof Require segment_ops segment_parts segment_claim
  segment_from_unused.
From tally.prelude Require Import options.

Module Export segment : segment_sig.
  Include segment_ops.
  Include segment_parts.
  Include segment_claim.
  Include segment_from_unused.
End segment.

Section derived.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (γs : list slot_names) (ps : list segment_page) (q : Qp) (k : nat).

  Lemma leases_split γs q1 q2 k1 k2 :
    leases γs (q1 + q2) (k1 + k2) ⊣⊢ leases γs q1 k1 ∗ leases γs q2 k2.
  Proof.
    rewrite /leases -big_sepL_sep. apply big_sepL_proper=> j γ _. apply lease_split.
  Qed.
  Lemma leases_counted γs q k :
    leases γs q k ⊣⊢ counted_leases γs q (replicate (length γs) k).
  Proof. by rewrite /counted_leases /leases big_sepL2_replicate_r. Qed.

  (** The allocator gives back the lease that it gets. *)
  Definition lease_back (γ : slot_names) (i : nat) (vl : list val) q : iProp Σ :=
    lease γ q 0.
  Lemma pages_dropped_back ps q :
    ([∗ list] p ∈ ps, page_dropped D lease_back q p) -∗ leases ps.*1 q 0.
  Proof.
    rewrite /leases big_sepL_fmap. iIntros "H". iApply (big_sepL_impl with "H").
    iIntros "!>" (k p _) "[$|(%vl & _ & $)]".
  Qed.
  Lemma pages_released_back ps :
    ([∗ list] p ∈ ps, page_released D lease_back p) -∗ leases ps.*1 1 0.
  Proof.
    rewrite /leases big_sepL_fmap. iIntros "H". iApply (big_sepL_impl with "H").
    iIntros "!>" (k p _) "(%vl & _ & $)".
  Qed.
End derived.

(** ** Ranges that are refused *)
Section ranges.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (base src dst : loc) (max start stop : Z) (i : nat) (make dealloc : val).

  (** A range that does not begin and end at pages is refused. *)
  Lemma frame_segment_from_unused_not_aligned_spec
      base max start stop i make src dst dealloc :
    (start `rem` page_size ≠ 0)%Z ∨ (stop `rem` page_size ≠ 0)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ RET #not_aligned_code; True }}}.
  Proof.
    iIntros (Ha Φ) "_ HΦ".
    assert (segment_range_status max start stop = Some not_aligned_code) as Hs.
    { rewrite /segment_range_status bool_decide_eq_false_2 //. naive_solver. }
    iApply (frame_segment_from_unused_range_spec D with "[//]"); [by left; rewrite Hs|].
    iIntros "!>" (c Hc). rewrite Hs in Hc. injection Hc as <-. by iApply "HΦ".
  Qed.
  (** So is one that ends above the maximum. *)
  Lemma frame_segment_from_unused_out_of_bound_spec
      base max start stop i make src dst dealloc :
    (start `rem` page_size = 0)%Z → (stop `rem` page_size = 0)%Z → (max < stop)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ RET #(error_code ErrOutOfBound); True }}}.
  Proof.
    iIntros (??? Φ) "_ HΦ".
    assert (segment_range_status max start stop = Some (error_code ErrOutOfBound)) as Hs.
    { by rewrite /segment_range_status !bool_decide_eq_true_2. }
    iApply (frame_segment_from_unused_range_spec D with "[//]"); [by left; rewrite Hs|].
    iIntros "!>" (c Hc). rewrite Hs in Hc. injection Hc as <-. by iApply "HΦ".
  Qed.
  (** An empty range aborts. *)
  Lemma frame_segment_from_unused_empty_spec
      base max start stop i make src dst dealloc :
    (start `rem` page_size = 0)%Z → (stop `rem` page_size = 0)%Z →
    (stop ≤ max)%Z → (stop ≤ start)%Z →
    {{{ True }}}
      frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
        [ #base; #max; #start; #stop; #i; make; #src; #dst ]
    {{{ v, RET v; False }}}.
  Proof.
    iIntros (???? Φ) "_ _".
    iApply (frame_segment_from_unused_range_spec D with "[//]"); [by right|].
    iIntros "!>" (c Hc). exfalso. move: Hc. rewrite /segment_range_status.
    rewrite bool_decide_eq_true_2 // bool_decide_eq_false_2 //. lia.
  Qed.
End ranges.
