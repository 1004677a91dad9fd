(** * Raw pointers: definition and proofs

A permission is a share of the cells, with what the type says of the share. A shared
reference is a fractional borrow of it.

Key results: [acc_valid_2], [acc_pair], [ptr_to_ref], [ref_to_ptr]; they are stated in
[raw_access_sig.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Import raw_access_base.
From tally.prelude Require Import options.

Section acc.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (vl : list val) (X Y : Type).

  Definition acc {X} (τ : raw_type Σ X) (l : loc) (q : Qp) (x : X) : iProp Σ :=
    ∃ vl, l ↦∗{q} vl ∗ raw_own τ x vl q.

  Lemma acc_unfold {X} (τ : raw_type Σ X) l q x :
    acc τ l q x ⊣⊢ ∃ vl, l ↦∗{q} vl ∗ raw_own τ x vl q.
  Proof. done. Qed.

  Global Instance acc_timeless {X} (τ : raw_type Σ X) l q x :
    RawTimeless τ → Timeless (acc τ l q x).
  Proof. apply _. Qed.

  (** Splitting and joining. *)
  Global Instance acc_fractional {X} (τ : raw_type Σ X) l x :
    Fractional (λ q, acc τ l q x).
  Proof.
    intros q q'. iSplit.
    - iIntros "(%vl & [Hl Hl'] & H)". rewrite (raw_own_fractional τ x vl q q').
      iDestruct "H" as "[H H']". iSplitL "Hl H"; iExists vl; iFrame.
    - iIntros "[(%vl & Hl & H) (%vl' & Hl' & H')]".
      iDestruct (raw_own_size with "H") as %Hlen.
      iDestruct (raw_own_size with "H'") as %Hlen'.
      iDestruct (heap_pointsto_vec_agree with "Hl Hl'") as %<-; [by rewrite Hlen Hlen'|].
      iCombine "Hl Hl'" as "Hl". iExists vl. iFrame "Hl".
      rewrite (raw_own_fractional τ x vl q q'). iFrame.
  Qed.
  Global Instance acc_as_fractional {X} (τ : raw_type Σ X) l q x :
    AsFractional (acc τ l q x) (λ q, acc τ l q x) q.
  Proof. split; [done|apply _]. Qed.

  (** Shares agree on the value. *)
  Lemma acc_agree {X} (τ : raw_type Σ X) `{!RawAgree τ} l q q' x x' :
    acc τ l q x -∗ acc τ l q' x' -∗ ⌜x = x'⌝.
  Proof.
    iIntros "(%vl & Hl & H) (%vl' & Hl' & H')".
    iDestruct (raw_own_size with "H") as %Hlen.
    iDestruct (raw_own_size with "H'") as %Hlen'.
    iDestruct (heap_pointsto_vec_agree with "Hl Hl'") as %<-; [by rewrite Hlen Hlen'|].
    iApply (raw_own_agree with "H H'").
  Qed.

  (** The shares at an address are no more than the whole, whatever the types, if both have
  cells. *)
  Lemma acc_valid_2 {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q q' x y :
    0 < raw_size τ → 0 < raw_size υ →
    acc τ l q x -∗ acc υ l q' y -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    iIntros (Hτ Hυ) "(%vl & Hl & H) (%wl & Hl' & H')".
    iDestruct (raw_own_size with "H") as %Hlen.
    iDestruct (raw_own_size with "H'") as %Hlen'.
    destruct vl as [|v vl]; simpl in *; [lia|]. destruct wl as [|w wl]; simpl in *; [lia|].
    rewrite !heap_pointsto_vec_cons. iDestruct "Hl" as "[Hl _]". iDestruct "Hl'" as "[Hl' _]".
    iDestruct (heap_pointsto_valid_2 with "Hl Hl'") as %[? _]. done.
  Qed.
  (** The permission of a pair is that of both parts, at any share. *)
  Lemma acc_pair {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    acc (pair_raw τ υ) l q (x, y) ⊣⊢ acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y.
  Proof.
    iSplit.
    - iIntros "(%vl & Hl & %vl1 & %vl2 & -> & H1 & H2)".
      iDestruct (raw_own_size with "H1") as %<-. rewrite heap_pointsto_vec_app.
      iDestruct "Hl" as "[Hl1 Hl2]". iSplitL "Hl1 H1"; [iExists vl1|iExists vl2]; iFrame.
    - iIntros "[(%vl1 & Hl1 & H1) (%vl2 & Hl2 & H2)]".
      iDestruct (raw_own_size with "H1") as %<-. iExists (vl1 ++ vl2).
      rewrite heap_pointsto_vec_app. iFrame "Hl1 Hl2". iExists vl1, vl2. by iFrame.
  Qed.
End acc.

Section shr_ref.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q r : Qp) (E : coPset) (l : loc).

  (** A shared reference that was made of the share [q]. *)
  Definition shr_ref {X} κ (τ : raw_type Σ X) l q (x : X) : iProp Σ :=
    &frac{κ} (λ r, acc τ l (q * r) x).
  Global Instance shr_ref_persistent {X} κ (τ : raw_type Σ X) l q x :
    Persistent (shr_ref κ τ l q x).
  Proof. apply _. Qed.
  Lemma shr_ref_shorten {X} κ κ' (τ : raw_type Σ X) l q x :
    κ' ⊑ κ -∗ shr_ref κ τ l q x -∗ shr_ref κ' τ l q x.
  Proof. iIntros "Hincl H". iApply (frac_bor_shorten with "Hincl H"). Qed.

  (** [*const -> &], of a value in which something may be under a later. *)
  Lemma ptr_to_ref_later {X} (τ : raw_type Σ X) E κ l q x :
    ↑lftN ⊆ E →
    £ 1 -∗ ▷ acc τ l q x ={E}=∗ shr_ref κ τ l q x ∗ ([†κ] ={E}=∗ ▷ acc τ l q x).
  Proof.
    iIntros (?) "H£ H".
    iMod (bor_create _ κ (acc τ l (q * 1) x) with "[H]") as "[Hbor Hback]"; [done| |].
    { by rewrite Qp.mul_1_r. }
    iMod (bor_fracture _ _ (λ r, acc τ l (q * r) x) with "H£ Hbor") as "Href"; [done|].
    iModIntro. iSplitL "Href"; [iExact "Href"|]. iIntros "H†".
    iMod ("Hback" with "H†") as "H". by rewrite Qp.mul_1_r.
  Qed.
  (** [& -> *const], of a value in which something may be under a later. *)
  Lemma ref_to_ptr_later {X} (τ : raw_type Σ X) E κ l q r x :
    ↑lftN ⊆ E →
    shr_ref κ τ l q x -∗ r.[κ] ={E}=∗
    ∃ q', ▷ acc τ l q' x ∗ (▷ acc τ l q' x ={E}=∗ r.[κ]).
  Proof.
    iIntros (?) "#Href Hκ".
    assert (Fractional (λ r, acc τ l (q * r) x)).
    { intros q1 q2. rewrite Qp.mul_add_distr_l. apply acc_fractional. }
    iMod (frac_bor_acc with "Href Hκ") as (q') "[H Hclose]"; [done|].
    iModIntro. iExists (q * q')%Qp. iFrame "H". iIntros "H". by iApply "Hclose".
  Qed.
  (** [*const -> &]: of any share; after the lifetime it is back, unchanged. *)
  Lemma ptr_to_ref {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q x :
    ↑lftN ⊆ E →
    £ 1 -∗ acc τ l q x ={E}=∗ shr_ref κ τ l q x ∗ ([†κ] ={E}=∗ acc τ l q x).
  Proof using Type*.
    iIntros (?) "H£ H".
    iMod (ptr_to_ref_later with "H£ [$H]") as "[$ Hback]"; [done|].
    iIntros "!> H†". by iMod ("Hback" with "H†") as ">$".
  Qed.
  (** [& -> *const]: some share; on expiry it is given up, and the token is back. *)
  Lemma ref_to_ptr {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q r x :
    ↑lftN ⊆ E →
    shr_ref κ τ l q x -∗ r.[κ] ={E}=∗
    ∃ q', acc τ l q' x ∗ (acc τ l q' x ={E}=∗ r.[κ]).
  Proof using Type*.
    iIntros (?) "#Href Hκ".
    iMod (ref_to_ptr_later with "Href Hκ") as (q') "[>H Hclose]"; [done|].
    iModIntro. iExists q'. iFrame "H". iIntros "H". by iApply "Hclose".
  Qed.
End shr_ref.
