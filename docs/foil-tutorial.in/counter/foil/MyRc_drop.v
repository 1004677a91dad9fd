(** * [MyRc]: a small [Rc] of one's own

A block at [l] has the count in its first cell and the value behind it. A handle is [#l];
behind a reference it is [h ↦ #l].

- [MyRc_another_spec]: one handle more, whatever the type of the value.
- [MyRc_drop_spec]: a handle that is not the last, whatever the type of the value.
- [MyRc_drop_last_spec]: the last handle of a value of one cell without destructor: the block is
  freed, and the right to allocate it is back.

[rc_client_adequate] is about a whole program: made, shared, dropped twice. Its memory is
empty at its end. *)
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.mir Require Import mirmode.
From foil.generated Require Import counter_tree.
From tally.prelude Require Import options.

Local Instance inline_shared T : MirInline (MyRc_shared T) := I.
Local Instance inline_drop_bb8 T : MirInline (MyRc_drop_bb8 T) := I.

Local Lemma u64_range x : in_int_range u64 x ↔ (0 ≤ x < 2 ^ 64)%Z.
Proof.
  rewrite /in_int_range. change (int_min u64) with 0%Z. change (int_max u64) with (2 ^ 64 - 1)%Z.
  lia.
Qed.

Section MyRc_proof.
  Context `{!lrustGS Σ}.

  (** A block with the count [n] and a value of one cell. *)
  Definition shared_own (l : loc) (n : Z) (v : val) : iProp Σ :=
    l ↦ #n ∗ (l +ₗ 1) ↦ v ∗ dealloc_token 1 2 l.

  Lemma MyRc_another_spec T (h l : loc) q (n : Z) :
    (0 ≤ n)%Z → (n + 1 < 2 ^ 64)%Z →
    {{{ h ↦{q} #l ∗ l ↦ #n }}}
      MyRc_another T [ #h ]
    {{{ RET ret_val #l; h ↦{q} #l ∗ l ↦ #(n + 1) }}}.
  Proof.
    iIntros (H0 Hm Φ) "[Hh Hl] HΦ".
    assert (in_int_range u64 n ∧ in_int_range u64 1 ∧ in_int_range u64 (n + 1)) as (Hr & H1 & Hs)
      by (rewrite !u64_range; lia).
    pose proof (int_wrap_add u64 n 1 Hr H1) as Hadd. rewrite int_wrap_id // in Hadd.
    assert (bin_op_eval_pure (OverflowOp u64 AddOp) n 1 = Some (lit_of_bool false)).
    { rewrite /= /arith_eval_at decide_True //=. by rewrite bool_decide_eq_true_2. }
    mir_rec. iModIntro. iApply "HΦ". iFrame.
  Qed.

  Lemma MyRc_drop_spec T (h l : loc) (n : Z) :
    (1 < n < 2 ^ 64)%Z →
    {{{ h ↦ #l ∗ l ↦ #n }}}
      MyRc_drop T [ #h ]
    {{{ RET ret_val #☠; h ↦ #l ∗ l ↦ #(n - 1) }}}.
  Proof.
    iIntros (H0 Φ) "[Hh Hl] HΦ".
    assert (in_int_range u64 n ∧ in_int_range u64 1 ∧ in_int_range u64 (n - 1)) as (Hr & H1 & Hs)
      by (rewrite !u64_range; lia).
    pose proof (int_no_wrap_sub u64 n 1 Hr H1 Hs). pose proof (int_no_overflow_sub u64 n 1 Hr H1 Hs).
    mir_rec. case_bool_decide; [lia|]. mir. iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** The last handle: the block is freed. *)
  Lemma MyRc_drop_last_spec (h l : loc) (n : Z) (v : val) k :
    n = 1%Z →
    {{{ h ↦ #l ∗ shared_own l n v ∗ heap_lease 1 (S k) }}}
      MyRc_drop (plain 1) [ #h ]
    {{{ RET ret_val #☠; h ↦ #l ∗ heap_lease 1 k }}}.
  Proof.
    iIntros (Hn Φ) "(Hh & (Hl & Hv & H†) & Hk) HΦ". mir_rec. case_bool_decide; [|lia]. mir.
    mir_new s as "Hs" "Hs†" with "Hk". rewrite /= heap_pointsto_vec_singleton. mir.
    iAssert (l ↦∗ [ #n; v])%I with "[Hl Hv]" as "Hl".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    mir_delete "Hl" "H†" with "Hk". mir.
    iAssert (s ↦∗ [ #l])%I with "[Hs]" as "Hs". { by rewrite heap_pointsto_vec_singleton. }
    mir_delete "Hs" "Hs†" with "Hk". mir.
    iModIntro. iApply "HΦ". iFrame "Hh". mir_lease "Hk".
  Qed.

  (** A program: a handle on a block with the value 7, another, and both dropped. *)
  Definition rc_client : expr :=
    let: "l" := Alloc #2 in
    "l" <- #1;;
    "l" +ₗ #1 <- #7;;
    let: "h" := Alloc #1 in
    "h" <- "l";;
    two_ends (MyRc_another (plain 1) ["h"])
      (two_ends (MyRc_drop (plain 1) ["h"])
        (let: "v" := !("l" +ₗ #1) in
         two_ends (MyRc_drop (plain 1) ["h"]) (Free #1 "h";; "v") Abort) Abort) Abort.

  Lemma rc_client_spec : heap_lease 1 0 -∗ WP rc_client {{ v, ⌜v = #7⌝ ∗ heap_lease 1 0 }}.
  Proof.
    iIntros "Hk". rewrite /rc_client. wp_alloc l as "Hl" "Hl†" with "Hk".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hl" as "[Hn Hv]".
    wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_alloc h as "Hh" "Hh†" with "Hk". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    wp_pures. wp_apply (MyRc_another_spec with "[$Hh $Hn]"); [done|done|].
    iIntros "[Hh Hn]". mir.
    wp_apply (MyRc_drop_spec with "[$Hh $Hn]"); [done|].
    iIntros "[Hh Hn]". mir.
    wp_apply (MyRc_drop_last_spec h l _ _ 1 with "[$Hh $Hn $Hv $Hl† $Hk]"); [done|].
    iIntros "[Hh Hk]". mir. rewrite -heap_pointsto_vec_singleton.
    wp_free with "Hk". wp_pures. by iFrame "Hk".
  Qed.
End MyRc_proof.

Theorem rc_client_adequate :
  adequate NotStuck rc_client ∅ (λ v σ, v = #7%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free lrustΣ rc_client (λ v, v = #7%V)).
  intros HΣ. apply rc_client_spec.
Qed.
