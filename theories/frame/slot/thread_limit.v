(** * Threads that may increment counts: the proofs

The sealed export of the statements in [thread_limit_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.slot Require Export thread_limit_sig.
From tally.prelude Require Import options.

Module Export thread_limit : thread_limit_sig.
  Section definitions.
    Context `{!lrustGS Σ, !frameG Σ} (N : namespace) (Cl : nat → iProp Σ).

    (** The tokens that are not out, when [n] are: there may be none. *)
    Local Definition pending_left (γr : gname) (n : nat) : iProp Σ :=
      if decide (Z.of_nat n < Z.pos pending_max)%Z
      then pending_incs γr (Z.to_pos (Z.pos pending_max - Z.of_nat n)) else emp%I.
    Local Definition limit_inv (γr : gname) (limit : nat) (pool : loc) : iProp Σ :=
      ∃ n : nat, ⌜(n ≤ limit)%nat⌝ ∗ pool ↦ #n ∗ Cl n ∗ pending_left γr n.
    Definition thread_limit (γr : gname) (limit : nat) (pool : loc) : iProp Σ :=
      ⌜(Z.of_nat limit ≤ Z.pos pending_max)%Z⌝ ∗ inv N (limit_inv γr limit pool).
  End definitions.

  Local Lemma u64_count (n : nat) :
    (Z.of_nat n ≤ Z.pos pending_max)%Z → in_int_range u64 n.
  Proof.
    rewrite /in_int_range. change (int_min u64) with 0%Z.
    change (int_max u64) with 18446744073709551615%Z. unfold pending_max. lia.
  Qed.
  Local Lemma u64_pred (n : nat) :
    (Z.of_nat n < Z.pos pending_max)%Z →
    int_wrap u64 (Z.of_nat (S n) + word_max) = Z.of_nat n.
  Proof.
    intros Hn. replace (Z.of_nat (S n) + word_max)%Z with (Z.of_nat n + 1 * int_modulus u64)%Z.
    2: { change (int_modulus u64) with 18446744073709551616%Z. rewrite /word_max. lia. }
    rewrite int_wrap_add_modulus int_wrap_id; [done|]. apply u64_count. lia.
  Qed.
  Local Lemma u64_succ (n : nat) :
    (Z.of_nat n < Z.pos pending_max)%Z →
    bin_op_eval_pure (WrapOp u64 AddOp) n 1 = Some (LitInt (Z.of_nat (S n))).
  Proof.
    intros Hn. assert (in_int_range u64 (Z.of_nat (S n))) as HS by (apply u64_count; lia).
    assert (in_int_range u64 n) as H by (apply u64_count; lia).
    replace (Z.of_nat (S n)) with (Z.of_nat n + 1)%Z in HS |- * by lia.
    rewrite /= /arith_eval_at decide_True //=. by rewrite int_wrap_id.
  Qed.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (N : namespace).
    Context (Cl : nat → iProp Σ) (Led_timeless : ∀ n, Timeless (Cl n)).
    Implicit Types (γr : gname) (limit n : nat) (pool : loc) (f arg : val).

    Global Instance thread_limit_persistent γr limit pool :
      Persistent (thread_limit N Cl γr limit pool).
    Proof. apply _. Qed.
    Local Instance pending_left_timeless γr n : Timeless (pending_left γr n).
    Proof. rewrite /pending_left. case_decide; apply _. Qed.

    Local Lemma pending_left_succ γr n :
      (Z.of_nat n < Z.pos pending_max)%Z →
      pending_left γr n ⊣⊢ pending_incs γr 1 ∗ pending_left γr (S n).
    Proof.
      intros Hn. rewrite /pending_left decide_True //. case_decide as HS.
      - rewrite -pending_incs_split. f_equiv. apply Pos2Z.inj.
        rewrite Pos2Z.inj_add !Z2Pos.id; lia.
      - replace (Z.pos pending_max - Z.of_nat n)%Z with 1%Z by lia. by rewrite right_id.
    Qed.
    Local Lemma pending_left_pos γr n : pending_incs γr 1 -∗ pending_left γr n -∗ ⌜(0 < n)%nat⌝.
    Proof.
      iIntros "Hr Hl". destruct n as [|n]; [|iPureIntro; lia].
      iAssert (pending_incs γr pending_max) with "[Hl]" as "Hl".
      { rewrite /pending_left. by case_decide. }
      iCombine "Hr Hl" as "Hr".
      rewrite -pending_incs_split. iDestruct (pending_incs_bound with "Hr") as %Hb. iPureIntro. lia.
    Qed.

    Lemma thread_limit_alloc E γr limit pool :
      (1 ≤ limit)%nat → (Z.of_nat limit ≤ Z.pos pending_max)%Z →
      pool ↦ #1 -∗ Cl 1 -∗ pending_incs γr pending_max ={E}=∗
      thread_limit N Cl γr limit pool ∗ pending_incs γr 1.
    Proof.
      iIntros (H1 Hlimit) "Hp HL Hr". iDestruct (pending_incs_take with "Hr") as "[$ Hr]"; [done|].
      iMod (inv_alloc N _ (limit_inv Cl γr limit pool) with "[Hp HL Hr]") as "#I".
      { iNext. iExists 1%nat. iFrame "Hp HL". iSplit; [done|].
        rewrite /pending_left. by case_decide. }
      iModIntro. by iFrame "I".
    Qed.
    Lemma limit_init_spec pool v :
      {{{ pool ↦ v }}} limit_init [ #pool ] {{{ RET #☠; pool ↦ #1 }}}.
    Proof. iIntros (Φ) "Hp HΦ". wp_rec. wp_write. by iApply "HΦ". Qed.

    Lemma limit_leave_spec γr limit pool (Q : iProp Σ) :
      {{{ thread_limit N Cl γr limit pool ∗ pending_incs γr 1 ∗
          (∀ n, Cl (S n) ={⊤ ∖ ↑N}=∗ Cl n ∗ Q) }}}
        limit_leave [ #pool ]
      {{{ RET #☠; Q }}}.
    Proof using Led_timeless.
      iIntros (Φ) "([%Hlimit #I] & Hr & Hupd) HΦ". wp_rec. wp_bind (Faa _ _ _).
      iInv "I" as (n) "(>%Hn & >Hp & >HL & >Hl)".
      iDestruct (pending_left_pos with "Hr Hl") as %Hpos. destruct n as [|n]; [lia|].
      assert (in_int_range u64 (Z.of_nat (S n))) by (apply u64_count; lia).
      wp_faa. rewrite u64_pred; [|lia]. iMod ("Hupd" with "HL") as "[HL HQ]".
      iModIntro. iSplitR "HΦ HQ".
      { iNext. iExists n. iFrame "Hp HL". iSplit; [iPureIntro; lia|].
        rewrite (pending_left_succ γr n); [iFrame|lia]. }
      wp_pures. by iApply "HΦ".
    Qed.

    Lemma limited_spawn_spec γr limit pool f arg (P : iProp Σ) (Q : bool → iProp Σ) :
      {{{ thread_limit N Cl γr limit pool ∗
          (∀ n, Cl n ={⊤ ∖ ↑N}=∗
             if decide (n < limit)%nat then Cl (S n) ∗ P ∗ Q true else Cl n ∗ Q false) ∗
          (P -∗ pending_incs γr 1 -∗
             WP App f [Val arg]
               {{ _, pending_incs γr 1 ∗ (∀ n, Cl (S n) ={⊤ ∖ ↑N}=∗ Cl n) }}) }}}
        limited_spawn (Z.of_nat limit) [ #pool; f; arg ]
      {{{ (b : bool), RET #b; Q b }}}.
    Proof using Led_timeless.
      iIntros (Φ) "(#Hl & Hupd & Hrun) HΦ". iDestruct "Hl" as "[%Hlimit #I]".
      iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
      iInv "I" as (n) "(>%Hn & >Hp & >HL & >Hl)". wp_read.
      destruct (decide (n < limit)%nat) as [Hlt|Hge]; last first.
      { iMod ("Hupd" with "HL") as "H". rewrite decide_False //. iDestruct "H" as "[HL HQ]".
        iModIntro. iSplitR "HΦ HQ"; [iNext; iExists n; by iFrame|].
        wp_pures. rewrite bool_decide_eq_true_2; [|lia]. wp_pures.
        by iApply ("HΦ" $! false). }
      iModIntro. iSplitL "Hp HL Hl"; [iNext; iExists n; by iFrame|].
      pose proof (u64_succ n ltac:(lia)) as Hsucc.
      wp_pures. rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
      wp_bind (Cas _ _ _ _). iInv "I" as (n') "(>%Hn' & >Hp & >HL & >Hl)".
      destruct (decide (n' = n)) as [->|Hne]; last first.
      { wp_cas_fail. iModIntro. iSplitL "Hp HL Hl"; [iNext; iExists n'; by iFrame|].
        wp_pures. iApply ("IH" with "Hupd Hrun HΦ"). }
      wp_apply (wp_cas_weak with "Hp"); [by rewrite /cas_compare bool_decide_eq_true_2|].
      iIntros ([]) "Hp"; last first.
      { iModIntro. iSplitL "Hp HL Hl"; [iNext; iExists n; by iFrame|].
        wp_pures. iApply ("IH" with "Hupd Hrun HΦ"). }
      iMod ("Hupd" with "HL") as "H". rewrite decide_True //.
      iDestruct "H" as "(HL & HP & HQ)".
      rewrite (pending_left_succ γr n); [|lia]. iDestruct "Hl" as "[Hr Hl]".
      iModIntro. iSplitL "Hp HL Hl"; [iNext; iExists (S n); by iFrame|].
      wp_pures. wp_apply (wp_fork with "[HP Hr Hrun]").
      { iNext. wp_bind (App f _). iApply (wp_wand with "(Hrun HP Hr)").
        iIntros (v) "[Hr Hupd]". wp_pures.
        iApply (limit_leave_spec γr limit pool True with "[$Hr Hupd]"); [|by iIntros "!> _"].
        iSplit; [by iSplit|]. iIntros (m) "HL". by iMod ("Hupd" with "HL") as "$". }
      iIntros "_". wp_pures. by iApply ("HΦ" $! true).
    Qed.
  End laws.
End thread_limit.
