(** * [Counter::bump]: what it does

A counter at [l]: the count [n] in its first cell, the limit [m] in its second. The function
counts once more if the limit is not reached, and says whether. It never unwinds: [count + 1]
cannot overflow, since the limit is a number of its type.

[bump_client_adequate] is about a whole program: a counter that is made, counted up twice, and
freed. It is never stuck, it returns what it should, and its memory is empty at its end. *)
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.mir Require Import mirmode.
From foil.generated Require Import counter_tree.
From tally.prelude Require Import options.

(** The block is run where it is reached. *)
Local Instance inline_bb6 : MirInline Counter_bump_bb6 := I.

Local Lemma u64_range x : in_int_range u64 x ↔ (0 ≤ x < 2 ^ 64)%Z.
Proof.
  rewrite /in_int_range. change (int_min u64) with 0%Z. change (int_max u64) with (2 ^ 64 - 1)%Z.
  lia.
Qed.

Section Counter_bump_proof.
  Context `{!lrustGS Σ}.

  Definition counter_own (l : loc) (n m : Z) : iProp Σ :=
    ⌜(0 ≤ n ≤ m)%Z ∧ (m < 2 ^ 64)%Z⌝ ∗ l ↦ #n ∗ (l +ₗ 1) ↦ #m.

  (** One step up, if there is one. *)
  Definition bumped (n m : Z) : Z := if bool_decide (n < m)%Z then (n + 1)%Z else n.

  Lemma Counter_bump_spec (l : loc) (n m : Z) :
    {{{ counter_own l n m }}}
      Counter_bump [ #l ]
    {{{ RET ret_val #(bool_decide (n < m)%Z); counter_own l (bumped n m) m }}}.
  Proof.
    iIntros (Φ) "((%Hn & %Hm) & Hl & Hm) HΦ".
    (* The operations at an integer type: that they are in range. *)
    assert (in_int_range u64 n ∧ in_int_range u64 1) as [Hr H1] by (rewrite !u64_range; lia).
    pose proof (int_wrap_add u64 n 1 Hr H1) as Hadd.
    mir_rec. rewrite /bumped. case_bool_decide as Hlt.
    - assert (in_int_range u64 (n + 1)) as Hs by (rewrite !u64_range; lia).
      assert (bin_op_eval_pure (OverflowOp u64 AddOp) n 1 = Some (lit_of_bool false)).
      { rewrite /= /arith_eval_at decide_True //=. by rewrite bool_decide_eq_true_2. }
      rewrite int_wrap_id // in Hadd.
      mir. iModIntro. iApply "HΦ". iFrame. iPureIntro. lia.
    - mir. iModIntro. iApply "HΦ". iFrame. iPureIntro. lia.
  Qed.

  (** A program: a counter with the limit 2, counted up twice. *)
  Definition bump_client : expr :=
    let: "c" := Alloc #2 in
    "c" <- #0;;
    "c" +ₗ #1 <- #2;;
    two_ends (Counter_bump ["c"])
      (two_ends (Counter_bump ["c"]) (let: "n" := !"c" in Free #2 "c";; "n") Abort) Abort.

  Lemma bump_client_spec : heap_lease 1 0 -∗ WP bump_client {{ v, ⌜v = #2⌝ ∗ heap_lease 1 0 }}.
  Proof.
    iIntros "Hk". rewrite /bump_client. wp_alloc c as "Hc" "Hc†" with "Hk".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hc" as "[Hn Hm]".
    wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_apply (Counter_bump_spec c 0 2 with "[$Hn $Hm]"); [done|].
    iIntros "Hc". mir.
    wp_apply (Counter_bump_spec c 1 2 with "Hc").
    iIntros "(_ & Hn & Hm)". mir.
    iCombine "Hn Hm" as "Hc". rewrite -(heap_pointsto_vec_singleton (c +ₗ 1)) -heap_pointsto_vec_cons.
    wp_free with "Hk". wp_pures. by iFrame "Hk".
  Qed.
End Counter_bump_proof.

Theorem bump_client_adequate :
  adequate NotStuck bump_client ∅ (λ v σ, v = #2%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free lrustΣ bump_client (λ v, v = #2%V)).
  intros HΣ. apply bump_client_spec.
Qed.
