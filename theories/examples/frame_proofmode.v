(** * The proof mode on the leases of page frames

Each use of the instances of [frame_instances.v], in its smallest form. A change of the
instances that changes what the tactics do breaks this file. *)
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.lang Require Import proofmode.
From tally.frame.slot Require Import frame frame_instances.
From tally.prelude Require Import options.

Section leases.
  Context `{!frameG Σ}.

  Lemma split_frame_lease γ q k : lease γ q k -∗ lease γ (q / 2) k ∗ lease γ (q / 2) 0.
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_frame_lease_sum γ q q' k k' :
    lease γ (q + q') (k + k') -∗ lease γ q k ∗ lease γ q' k'.
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma combine_frame_lease γ k : lease γ (1 / 2) k -∗ lease γ (1 / 2) 0 -∗ lease γ 1 k.
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
  Lemma goal_frame_lease γ k : lease γ (1 / 2) k -∗ lease γ (1 / 2) 0 -∗ lease γ 1 k.
  Proof. iIntros "H1 H2". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_pending γr n :
    pending_incs γr (n + 2) -∗ pending_incs γr n ∗ pending_incs γr 1 ∗ pending_incs γr 1.
  Proof. iIntros "[H1 [H2 H3]]". iFrame "H1". iSplitL "H2"; [iExact "H2"|iExact "H3"]. Qed.
  Lemma combine_pending γr n n' :
    pending_incs γr n -∗ pending_incs γr n' -∗ pending_incs γr (n + n').
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
End leases.
