(** * Shared references to shared references

[&'κ' &'κ T] is a shared reference to a place with a reference ([ref_raw] of [variance.v]).
A reference in a value is under a later, and so the casts are those for values that are not
timeless ([ptr_to_ref_later], [ref_to_ptr_later]).

- [nested_ref_new]: a place with a reference is shared, and is back afterwards.
- [nested_ref_acc]: the place is at hand for a while, so that the inner address can be read,
  and the inner reference is there for good, since it can be copied.
- [nested_deref_spec]: [**r], for the tokens of both lifetimes.

A client is [examples/raw_nested_client.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export variance.
From tally.prelude Require Import options.

Section nested.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q r : Qp) (l p : loc) (E : coPset).

  (** Sharing a place with a reference. *)
  Lemma nested_ref_new {X} (τ : raw_type Σ X) E κ κ' l p x :
    ↑lftN ⊆ E →
    £ 1 -∗ l ↦ #p -∗ ref_val κ τ p x ={E}=∗
    shr_ref κ' (ref_raw κ τ) l 1 (p, x) ∗ ([†κ'] ={E}=∗ l ↦ #p).
  Proof.
    iIntros (?) "H£ Hl #Hp".
    iMod (ptr_to_ref_later (ref_raw κ τ) E κ' l 1 (p, x) with "H£ [Hl]") as "[$ Hback]";
      [done| |].
    { iNext. rewrite ref_acc. by iFrame "Hl Hp". }
    iIntros "!> H†". iMod ("Hback" with "H†") as "H". rewrite ref_acc.
    by iDestruct "H" as "[>$ _]".
  Qed.
  (** The place for a while, and the reference that is there. *)
  Lemma nested_ref_acc {X} (τ : raw_type Σ X) E κ κ' l q r p x :
    ↑lftN ⊆ E →
    shr_ref κ' (ref_raw κ τ) l q (p, x) -∗ r.[κ'] ={E}=∗
    ∃ q', l ↦{q'} #p ∗ ▷ ref_val κ τ p x ∗ (l ↦{q'} #p ={E}=∗ r.[κ']).
  Proof.
    iIntros (?) "#Hr Hκ".
    iMod (ref_to_ptr_later with "Hr Hκ") as (q') "[H Hclose]"; [done|].
    rewrite ref_acc. iDestruct "H" as "[>Hl #Hp]". iModIntro. iExists q'. iFrame "Hl Hp".
    iIntros "Hl". iApply "Hclose". iNext. by iFrame "Hl Hp".
  Qed.
  (** Reading through both. *)
  Lemma nested_deref_spec κ κ' l q r r' p (n : Z) :
    {{{ shr_ref κ' (ref_raw κ int_raw) l q (p, n) ∗ r.[κ] ∗ r'.[κ'] }}}
      !(!#l)
    {{{ RET #n; r.[κ] ∗ r'.[κ'] }}}.
  Proof.
    iIntros (Φ) "(#Hr & Hκ & Hκ') HΦ".
    iMod (nested_ref_acc with "Hr Hκ'") as (q') "(Hl & #Hp & Hclose)"; [done|].
    wp_read. iMod ("Hclose" with "Hl") as "Hκ'".
    iMod (ref_val_acc int_raw with "Hp Hκ") as (q'') "[H Hclose]"; [done|].
    rewrite (acc_int p q''). wp_read. iMod ("Hclose" with "H") as "Hκ".
    iApply "HΦ". by iFrame.
  Qed.
End nested.
