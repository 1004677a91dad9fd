(** * Page frames: leases and tokens in the proof mode

[iDestruct "H" as "[H1 H2]"], [iSplitL] and [iCombine] on the lease of a slot and on the
tokens of pending increments, as [split.v] has it: a share is halved where it is not
written as a sum, and the handles that are out on a lease stay with the first part. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.lang Require Import proofmode.
From tally.logic Require Export split.
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

Local Ltac apply_parts :=
  unfold SplitShare, SplitNat, SplitPos, JoinShare, JoinNat; intros; subst.

Section instances.
  Context `{!frameG Σ}.
  Implicit Types (γ : slot_names) (q : Qp) (k : nat) (n : positive).

  Global Instance lease_fractional γ : Fractional (λ q, lease γ q 0).
  Proof. intros q q'. apply (lease_split γ q q' 0 0). Qed.
  Global Instance lease_as_fractional γ q :
    AsFractional (lease γ q 0) (λ q, lease γ q 0) q.
  Proof. split; [done|apply _]. Qed.
  Global Instance into_sep_lease γ q q1 q2 k k1 k2 :
    SplitShare q q1 q2 → SplitNat k k1 k2 →
    IntoSep (lease γ q k) (lease γ q1 k1) (lease γ q2 k2) | 10.
  Proof. apply_parts. apply into_sep_equiv, lease_split. Qed.
  Global Instance from_sep_lease γ q q1 q2 k k1 k2 :
    SplitShare q q1 q2 → SplitNat k k1 k2 →
    FromSep (lease γ q k) (lease γ q1 k1) (lease γ q2 k2) | 10.
  Proof. apply_parts. apply from_sep_equiv, lease_split. Qed.
  Global Instance joins_to_lease γ q1 q2 q k1 k2 k :
    JoinShare q1 q2 q → JoinNat k1 k2 k →
    JoinsTo (lease γ q1 k1) (lease γ q2 k2) (lease γ q k) | 10.
  Proof. apply_parts. apply joins_to_equiv, lease_split. Qed.

  Global Instance into_sep_pending_incs γr n n1 n2 :
    SplitPos n n1 n2 →
    IntoSep (pending_incs γr n) (pending_incs γr n1) (pending_incs γr n2) | 10.
  Proof. apply_parts. apply into_sep_equiv, pending_incs_split. Qed.
  Global Instance from_sep_pending_incs γr n n1 n2 :
    SplitPos n n1 n2 →
    FromSep (pending_incs γr n) (pending_incs γr n1) (pending_incs γr n2) | 10.
  Proof. apply_parts. apply from_sep_equiv, pending_incs_split. Qed.
  Global Instance joins_to_pending_incs γr n1 n2 :
    JoinsTo (pending_incs γr n1) (pending_incs γr n2) (pending_incs γr (n1 + n2)) | 10.
  Proof. apply joins_to_equiv, pending_incs_split. Qed.
End instances.
