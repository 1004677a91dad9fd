(** * Boxes as raw pointers, and the addresses of references

[box_own τ l x]: a [Box] at [l] of the value [x]. It is the whole permission to the value,
and the right to give the memory back. The right is what a box has and a raw pointer has
not, and so:
- [into_raw] gives the permission and the right ([box_into_raw_spec]),
- [from_raw] asks for both ([box_from_raw_spec]); the permission alone is not enough
  ([refuted/box_raw.v]),
- [leak] gives up the right. What is left is a mutable reference for ever
  ([box_leak_spec]).

A type without cells has no memory, and its right is free ([lang/lib/new_delete.v]).

** Addresses
[address_equal] compares two references. While both are alive each has some permission to
its place, so that equal addresses are one place, and the values are the same
([address_equal_spec], [address_equal_ref_spec]). For this the type must have a size: of
zero-sized values neither this holds nor that one place has one address, nor do addresses
name places over time ([refuted/address.v]).

Source: the raw pointers of the Prusti project. Its [from_raw] asks for permission only. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Export new_delete.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

Definition box_into_raw : val := λ: ["b"], "b".
Definition box_from_raw : val := λ: ["p"], "p".
Definition box_leak : val := λ: ["b"], box_into_raw ["b"].
(** [n] is the size of the content, which has no destructor. *)
Definition box_drop (n : nat) : val := λ: ["b"], delete [ #n; "b"].
Definition address_equal : val := λ: ["x1"; "x2"], "x1" = "x2".

Section box.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (X : Type).

  Definition box_own {X} (τ : raw_type Σ X) l (x : X) : iProp Σ :=
    acc τ l 1 x ∗ dealloc_token 1 (raw_size τ) l.
  Global Instance box_own_timeless {X} (τ : raw_type Σ X) l x :
    RawTimeless τ → Timeless (box_own τ l x).
  Proof. apply _. Qed.

  (** A box is the permission with the right. *)
  Lemma box_own_raw {X} (τ : raw_type Σ X) l x :
    box_own τ l x ⊣⊢ acc τ l 1 x ∗ dealloc_token 1 (raw_size τ) l.
  Proof. done. Qed.

  Lemma box_into_raw_spec {X} (τ : raw_type Σ X) l x :
    {{{ box_own τ l x }}}
      box_into_raw [ #l ]
    {{{ RET #l; acc τ l 1 x ∗ dealloc_token 1 (raw_size τ) l }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. by iApply "HΦ". Qed.
  Lemma box_from_raw_spec {X} (τ : raw_type Σ X) l x :
    {{{ acc τ l 1 x ∗ dealloc_token 1 (raw_size τ) l }}}
      box_from_raw [ #l ]
    {{{ RET #l; box_own τ l x }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. by iApply "HΦ". Qed.
  (** Dropping a box frees its block. *)
  Lemma box_drop_spec {X} (τ : raw_type Σ X) l x q k :
    {{{ heap_lease q (1 `min` raw_size τ + k) ∗ box_own τ l x }}}
      box_drop (raw_size τ) [ #l ]
    {{{ RET #☠; heap_lease q k }}}.
  Proof.
    iIntros (Φ) "[Hk [H H†]] HΦ". rewrite acc_unfold. iDestruct "H" as (vl) "[Hl H]".
    iDestruct (raw_own_size with "H") as %Hlen. iClear "H". rewrite -Hlen. wp_rec.
    wp_apply (delete_spec _ _ _ vl with "[$Hk $Hl $H†]"); [done|]. done.
  Qed.
End box.

Section leak.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ} {A : C}.

  (** [Box::leak]: a reference for ever, and the block is never freed. *)
  Lemma box_leak_spec (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} l x :
    {{{ proph_ctx ∗ box_own τ l x }}}
      box_leak [ #l ]
    {{{ i, RET #l; mut_known (acc τ l 1) static i x }}}.
  Proof.
    iIntros (Φ) "[#Hctx H] HΦ". wp_rec. iApply wp_fupd.
    wp_apply (box_into_raw_spec with "H"). iIntros "[H _]".
    iMod (ptr_to_mut _ _ static with "Hctx H") as (i) "[Hr _]"; [done..|].
    by iApply "HΦ".
  Qed.
End leak.

Section address.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (X Y : Type).

  (** With permissions to both places the answer is right. *)
  Lemma address_equal_spec {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l1 l2 q1 q2 x y :
    0 < raw_size τ → 0 < raw_size υ →
    {{{ acc τ l1 q1 x ∗ acc υ l2 q2 y }}}
      address_equal [ #l1; #l2 ]
    {{{ RET #(bool_decide (l1 = l2)); acc τ l1 q1 x ∗ acc υ l2 q2 y }}}.
  Proof.
    iIntros (Hτ Hυ Φ) "[H1 H2] HΦ". rewrite !acc_unfold.
    iDestruct "H1" as (vl1) "[Hl1 H1]". iDestruct "H2" as (vl2) "[Hl2 H2]".
    iDestruct (raw_own_size with "H1") as %Hlen1.
    iDestruct (raw_own_size with "H2") as %Hlen2.
    destruct vl1 as [|v1 vl1]; simpl in *; [lia|]. destruct vl2 as [|v2 vl2]; simpl in *; [lia|].
    rewrite !heap_pointsto_vec_cons.
    iDestruct "Hl1" as "[Hl1 Hl1']". iDestruct "Hl2" as "[Hl2 Hl2']". wp_rec.
    wp_apply (wp_eq_loc with "[$Hl1 $Hl2]"). iIntros "[Hl1 Hl2]". iApply "HΦ".
    iSplitL "Hl1 Hl1' H1".
    - iExists (v1 :: vl1). rewrite heap_pointsto_vec_cons. iFrame.
    - iExists (v2 :: vl2). rewrite heap_pointsto_vec_cons. iFrame.
  Qed.

  Context `{!lftG Σ}.
  (** The same of two shared references: if the answer is yes, both are to one place, and
  have the same value. *)
  Lemma address_equal_ref_spec {X} (τ : raw_type Σ X) `{!RawTimeless τ, !RawAgree τ}
      κ1 κ2 r1 r2 l1 l2 q1 q2 x1 x2 :
    0 < raw_size τ →
    {{{ shr_ref κ1 τ l1 q1 x1 ∗ shr_ref κ2 τ l2 q2 x2 ∗ r1.[κ1] ∗ r2.[κ2] }}}
      address_equal [ #l1; #l2 ]
    {{{ (b : bool), RET #b; ⌜b = bool_decide (l1 = l2)⌝ ∗ ⌜b = true → l1 = l2 ∧ x1 = x2⌝ ∗
        r1.[κ1] ∗ r2.[κ2] }}}.
  Proof.
    iIntros (Hτ Φ) "(#Hr1 & #Hr2 & Hκ1 & Hκ2) HΦ".
    iMod (ref_to_ptr with "Hr1 Hκ1") as (q1') "[H1 Hclose1]"; [done|].
    iMod (ref_to_ptr with "Hr2 Hκ2") as (q2') "[H2 Hclose2]"; [done|].
    iAssert (⌜l1 = l2 → x1 = x2⌝)%I as %Heq.
    { iIntros (->). iApply (acc_agree with "H1 H2"). }
    iApply wp_fupd. wp_apply (address_equal_spec with "[$H1 $H2]"); [done..|].
    iIntros "[H1 H2]". iMod ("Hclose1" with "H1") as "Hκ1". iMod ("Hclose2" with "H2") as "Hκ2".
    iApply "HΦ". iFrame. iPureIntro. split; [done|].
    intros Hl%bool_decide_eq_true_1. auto.
  Qed.
End address.
Global Typeclasses Opaque box_own.
