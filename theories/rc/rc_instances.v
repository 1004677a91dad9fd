(** * [rc τ]: handles in the proof mode

What [split.v] says of shares and numbers, for the handles of [rc_sig.v]:

<<
  rc_own SO γ i l a r (k + k') j   "[H1 H2]"   rc_own … (r/2) k j  ∗  rc_own … (r/2) k' 0
  rc_own SO γ i l a r 1 (j + 1)    "[H1 H2]"   rc_own … (r/2) 1 j  ∗  weak_own … (r/2) 1
  weak_own SO γ l r j, rc_ref SO γ l r k j, rc_last_own SO γ l r j likewise
>>

A share that is written as a sum, and a number of weak handles that is, go in these parts.
So after [rc_clone_spec] and [rc_downgrade_spec] the new handle is the second part. With
one strong handle and no weak one, the second part is a share without a handle.
[iCombine] goes the other way; [rc_dropped_own], what a drop leaves, is put together with
its like, and with the shares of weak handles.

Of [rc_own] itself nothing is [Fractional], as there is no strong handle that is none. The
shares without handles are: [weak_own SO γ l r 0]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang Require Export heap_split.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

(** Unfolding the classes first is what makes this quick. *)
Local Ltac apply_parts :=
  unfold SplitShare, SplitNat, SplitHandles, SplitPos, JoinShare, JoinNat; intros; subst.

Section instances.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (r : Qp) (j : nat) (P : iProp Σ).

  (** ** Shares without handles *)
  Global Instance rc_ref_fractional γ l : Fractional (λ r, rc_ref SO γ l r 0 0).
  Proof. intros r r'. apply (rc_ref_split SO γ l r r' 0 0 0 0). Qed.
  Global Instance rc_ref_as_fractional γ l r :
    AsFractional (rc_ref SO γ l r 0 0) (λ r, rc_ref SO γ l r 0 0) r.
  Proof. split; [done|apply _]. Qed.
  Global Instance weak_own_fractional γ l : Fractional (λ r, weak_own SO γ l r 0).
  Proof. intros r r'. apply (weak_own_split SO γ l r r' 0 0). Qed.
  Global Instance weak_own_as_fractional γ l r :
    AsFractional (weak_own SO γ l r 0) (λ r, weak_own SO γ l r 0) r.
  Proof. split; [done|apply _]. Qed.

  (** ** Apart *)

  (** Both parts have a strong handle … *)
  Global Instance into_sep_rc_own γ i l a r r1 r2 k k1 k2 j j1 j2 :
    SplitPos k k1 k2 → SplitShare r r1 r2 → SplitNat j j1 j2 →
    IntoSep (rc_own SO γ i l a r k j)
      (rc_own SO γ i l a r1 k1 j1) (rc_own SO γ i l a r2 k2 j2) | 10.
  Proof. apply_parts. apply into_sep_equiv, rc_own_split. Qed.
  Global Instance from_sep_rc_own γ i l a r r1 r2 k k1 k2 j j1 j2 :
    SplitPos k k1 k2 → SplitShare r r1 r2 → SplitNat j j1 j2 →
    FromSep (rc_own SO γ i l a r k j)
      (rc_own SO γ i l a r1 k1 j1) (rc_own SO γ i l a r2 k2 j2) | 10.
  Proof. apply_parts. apply from_sep_equiv, rc_own_split. Qed.
  (** … or the first alone. *)
  Global Instance into_sep_rc_own_weak γ i l a r r1 r2 k j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    IntoSep (rc_own SO γ i l a r k j) (rc_own SO γ i l a r1 k j1) (weak_own SO γ l r2 j2) | 20.
  Proof. apply_parts. apply into_sep_equiv, rc_own_split_weak. Qed.
  Global Instance from_sep_rc_own_weak γ i l a r r1 r2 k j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    FromSep (rc_own SO γ i l a r k j) (rc_own SO γ i l a r1 k j1) (weak_own SO γ l r2 j2) | 20.
  Proof. apply_parts. apply from_sep_equiv, rc_own_split_weak. Qed.

  Global Instance into_sep_weak_own γ l r r1 r2 j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    IntoSep (weak_own SO γ l r j) (weak_own SO γ l r1 j1) (weak_own SO γ l r2 j2) | 10.
  Proof. apply_parts. apply into_sep_equiv, weak_own_split. Qed.
  Global Instance from_sep_weak_own γ l r r1 r2 j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    FromSep (weak_own SO γ l r j) (weak_own SO γ l r1 j1) (weak_own SO γ l r2 j2) | 10.
  Proof. apply_parts. apply from_sep_equiv, weak_own_split. Qed.

  Global Instance into_sep_rc_ref γ l r r1 r2 k k1 k2 j j1 j2 :
    SplitShare r r1 r2 → SplitNat k k1 k2 → SplitNat j j1 j2 →
    IntoSep (rc_ref SO γ l r k j) (rc_ref SO γ l r1 k1 j1) (rc_ref SO γ l r2 k2 j2) | 20.
  Proof. apply_parts. apply into_sep_equiv, rc_ref_split. Qed.
  Global Instance from_sep_rc_ref γ l r r1 r2 k k1 k2 j j1 j2 :
    SplitShare r r1 r2 → SplitNat k k1 k2 → SplitNat j j1 j2 →
    FromSep (rc_ref SO γ l r k j) (rc_ref SO γ l r1 k1 j1) (rc_ref SO γ l r2 k2 j2) | 20.
  Proof. apply_parts. apply from_sep_equiv, rc_ref_split. Qed.

  Global Instance into_sep_rc_last_own γ l r r1 r2 j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    IntoSep (rc_last_own SO γ l r j) (rc_last_own SO γ l r1 j1) (weak_own SO γ l r2 j2) | 10.
  Proof. apply_parts. apply into_sep_equiv, rc_last_own_split. Qed.
  Global Instance from_sep_rc_last_own γ l r r1 r2 j j1 j2 :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    FromSep (rc_last_own SO γ l r j) (rc_last_own SO γ l r1 j1) (weak_own SO γ l r2 j2) | 10.
  Proof. apply_parts. apply from_sep_equiv, rc_last_own_split. Qed.

  (** Of what a drop left, the weak handles go to the second part. *)
  Global Instance into_sep_rc_dropped_own γ l r r1 r2 j j1 j2 P :
    SplitShare r r1 r2 → SplitHandles j j1 j2 →
    IntoSep (rc_dropped_own SO γ l r j P)
      (rc_dropped_own SO γ l r1 j1 P) (weak_own SO γ l r2 j2) | 10.
  Proof.
    apply_parts. rewrite /IntoSep /rc_dropped_own weak_own_split rc_last_own_split.
    iIntros "[[H $]|[[H $] HP]]"; [by iLeft|]. iRight. iFrame.
  Qed.

  (** ** Together *)
  Global Instance joins_to_rc_own γ i l a r1 r2 r k1 k2 j1 j2 j :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (rc_own SO γ i l a r1 k1 j1) (rc_own SO γ i l a r2 k2 j2)
      (rc_own SO γ i l a r (k1 + k2) j) | 10.
  Proof. apply_parts. apply joins_to_equiv, rc_own_split. Qed.
  Global Instance joins_to_rc_own_weak γ i l a r1 r2 r k j1 j2 j :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (rc_own SO γ i l a r1 k j1) (weak_own SO γ l r2 j2) (rc_own SO γ i l a r k j) | 10.
  Proof. apply_parts. apply joins_to_equiv, rc_own_split_weak. Qed.
  Global Instance joins_to_weak_own γ l r1 r2 r j1 j2 j :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (weak_own SO γ l r1 j1) (weak_own SO γ l r2 j2) (weak_own SO γ l r j) | 10.
  Proof. apply_parts. apply joins_to_equiv, weak_own_split. Qed.
  Global Instance joins_to_rc_ref γ l r1 r2 r k1 k2 k j1 j2 j :
    JoinShare r1 r2 r → JoinNat k1 k2 k → JoinNat j1 j2 j →
    JoinsTo (rc_ref SO γ l r1 k1 j1) (rc_ref SO γ l r2 k2 j2) (rc_ref SO γ l r k j) | 20.
  Proof. apply_parts. apply joins_to_equiv, rc_ref_split. Qed.
  Global Instance joins_to_rc_last_own γ l r1 r2 r j1 j2 j :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (rc_last_own SO γ l r1 j1) (weak_own SO γ l r2 j2) (rc_last_own SO γ l r j) | 10.
  Proof. apply_parts. apply joins_to_equiv, rc_last_own_split. Qed.
  Global Instance joins_to_rc_dropped_own γ l r1 r2 r j1 j2 j P :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (rc_dropped_own SO γ l r1 j1 P) (rc_dropped_own SO γ l r2 j2 P)
      (rc_dropped_own SO γ l r j P) | 10.
  Proof.
    apply_parts. rewrite /JoinsTo. iIntros "[H H']".
    iApply (rc_dropped_own_join with "H H'").
  Qed.
  Global Instance joins_to_rc_dropped_own_weak γ l r1 r2 r j1 j2 j P :
    JoinShare r1 r2 r → JoinNat j1 j2 j →
    JoinsTo (rc_dropped_own SO γ l r1 j1 P) (weak_own SO γ l r2 j2)
      (rc_dropped_own SO γ l r j P) | 11.
  Proof.
    apply_parts. rewrite /JoinsTo. iIntros "[H H']".
    iApply (rc_dropped_own_weak with "H H'").
  Qed.
End instances.
