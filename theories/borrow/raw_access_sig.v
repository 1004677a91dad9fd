(** * Raw pointers: the interface

[acc τ l q x]: at [l] there is the value [x] of the type [τ], and here is the share [q] of
the permission to it. With any share one may read and project, with the whole one may
write. [*mut T] and [*const T] are both an address without any permission: it is the share
that tells them apart. Types are in [raw_access_base.v].

[shr_ref κ τ l q x]: a shared reference for [κ], made of the share [q] of the permission.

** Laws
- [acc_fractional], [acc_agree]: shares are split and joined, and agree on the value
  if its bits say what it is ([RawAgree]).
- [acc_valid_2]: of types that have a size, the shares of two permissions at one address
  add up to at most 1. A type without cells asks for nothing of the memory ([acc_zero] of
  [raw_access.v]).
- [acc_pair]: [addr_of_mut!] of a field. A permission of a pair, of any share, is one of
  each field. Without one, use of the field gets stuck ([refuted/raw_dangling.v]).
- [ptr_to_ref], [ref_to_ptr]: the casts between [*const T] and [&T]. Those between [*mut T]
  and [&mut T] follow from the laws of mutable references ([raw_access.v]). Values need not
  be timeless, such as those that hold references; for these there are [ptr_to_ref_later],
  [ref_to_ptr_later].

** What is paid
[ptr_to_ref] costs a later credit, as [bor_fracture] does.

Source: the raw pointers of the Prusti project. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access_base.
From tally.prelude Require Import options.

Module Type raw_access_sig.
  (** The share [q] of the permission to [x], which is at [l]. *)
  Parameter acc : ∀ `{!lrustGS Σ} {X : Type} (τ : raw_type Σ X) (l : loc) (q : Qp) (x : X),
    iProp Σ.
  (** A shared reference that was made of the share [q]. *)
  Parameter shr_ref : ∀ `{!lrustGS Σ, !lftG Σ} {X : Type} (κ : lft) (τ : raw_type Σ X)
    (l : loc) (q : Qp) (x : X), iProp Σ.

  Section acc.
    Context `{!lrustGS Σ}.
    Implicit Types (l : loc) (q : Qp).

    (** What a permission is. *)
    Parameter acc_unfold : ∀ {X} (τ : raw_type Σ X) l q x,
      acc τ l q x ⊣⊢ ∃ vl, l ↦∗{q} vl ∗ raw_own τ x vl q.
    Global Declare Instance acc_timeless {X} (τ : raw_type Σ X) l q x :
      RawTimeless τ → Timeless (acc τ l q x).
    (** Splitting and joining. *)
    Global Declare Instance acc_fractional {X} (τ : raw_type Σ X) l x :
      Fractional (λ q, acc τ l q x).
    Global Declare Instance acc_as_fractional {X} (τ : raw_type Σ X) l q x :
      AsFractional (acc τ l q x) (λ q, acc τ l q x) q.
    (** Shares agree on the value. *)
    Parameter acc_agree : ∀ {X} (τ : raw_type Σ X) `{!RawAgree τ} l q q' x x',
      acc τ l q x -∗ acc τ l q' x' -∗ ⌜x = x'⌝.
    (** The shares at an address are no more than the whole, whatever the types, if both
    have cells. *)
    Parameter acc_valid_2 : ∀ {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q q' x y,
      0 < raw_size τ → 0 < raw_size υ →
      acc τ l q x -∗ acc υ l q' y -∗ ⌜(q + q' ≤ 1)%Qp⌝.
    (** The permission of a pair is that of both parts, at any share. *)
    Parameter acc_pair : ∀ {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y,
      acc (pair_raw τ υ) l q (x, y) ⊣⊢ acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y.
  End acc.

  Section shr_ref.
    Context `{!lrustGS Σ, !lftG Σ}.
    Implicit Types (κ : lft) (q r : Qp) (E : coPset) (l : loc).

    Global Declare Instance shr_ref_persistent {X} κ (τ : raw_type Σ X) l q x :
      Persistent (shr_ref κ τ l q x).
    (** For a shorter lifetime. *)
    Parameter shr_ref_shorten : ∀ {X} κ κ' (τ : raw_type Σ X) l q x,
      κ' ⊑ κ -∗ shr_ref κ τ l q x -∗ shr_ref κ' τ l q x.
    (** [*const -> &], of a value in which something may be under a later. *)
    Parameter ptr_to_ref_later : ∀ {X} (τ : raw_type Σ X) E κ l q x,
      ↑lftN ⊆ E →
      £ 1 -∗ ▷ acc τ l q x ={E}=∗ shr_ref κ τ l q x ∗ ([†κ] ={E}=∗ ▷ acc τ l q x).
    (** [& -> *const], of a value in which something may be under a later. *)
    Parameter ref_to_ptr_later : ∀ {X} (τ : raw_type Σ X) E κ l q r x,
      ↑lftN ⊆ E →
      shr_ref κ τ l q x -∗ r.[κ] ={E}=∗
      ∃ q', ▷ acc τ l q' x ∗ (▷ acc τ l q' x ={E}=∗ r.[κ]).
    (** [*const -> &]: of any share; after the lifetime it is back, unchanged. *)
    Parameter ptr_to_ref : ∀ {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q x,
      ↑lftN ⊆ E →
      £ 1 -∗ acc τ l q x ={E}=∗ shr_ref κ τ l q x ∗ ([†κ] ={E}=∗ acc τ l q x).
    (** [& -> *const]: some share; on expiry it is given up, and the token is back. *)
    Parameter ref_to_ptr : ∀ {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q r x,
      ↑lftN ⊆ E →
      shr_ref κ τ l q x -∗ r.[κ] ={E}=∗
      ∃ q', acc τ l q' x ∗ (acc τ l q' x ={E}=∗ r.[κ]).
  End shr_ref.
End raw_access_sig.
