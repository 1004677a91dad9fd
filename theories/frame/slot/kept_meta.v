(** * Metadata that a share can read

With [frozen_meta] ([frame_meta.v]) a share can read the cells. What else the metadata own
is in an invariant. Where a part of the rest is fractional, such as the cell of a box,
every share may have its fraction of it: [kept_meta], with [Part vl q] for that part, and
[Rest vl] for what goes into the invariant.

[single_shared_meta_acc]: a share of a frame whose metadata are of one type lends what the
type says. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Import frame single_dict.
From tally.prelude Require Import options.

Section kept.
  Context `{!lrustGS Σ, !cinvG Σ}.
  Context (N : namespace) (τ : type Σ) (glue : val) (dead : list val → iProp Σ).
  Context (Part : list val → Qp → iProp Σ) (Rest : list val → iProp Σ).
  Context (HPart : ∀ vl, Fractional (Part vl)).
  Context (Hown : ∀ vl, ty_own τ vl ⊣⊢ Part vl 1 ∗ Rest vl).

  (** Neither the cells nor the part change while they are shared. *)
  Definition kept_shr (l : loc) (vl : list val) (γ : gname) (q : Qp) : iProp Σ :=
    l ↦∗{q} vl ∗ Part vl q ∗ cinv_own γ q ∗ cinv N γ (Rest vl).

  Local Lemma kept_shr_fractional l vl γ : Fractional (kept_shr l vl γ).
  Proof using HPart.
    intros q1 q2. rewrite /kept_shr heap_pointsto_vec_fractional HPart cinv_own_fractional.
    iSplit.
    - iIntros "([$ $] & [$ $] & [$ $] & #$)".
    - iIntros "[($ & $ & $ & #$) ($ & $ & $ & _)]".
  Qed.
  Local Lemma kept_share l vl : l ↦∗ vl -∗ ty_own τ vl ={⊤}=∗ ∃ γ, kept_shr l vl γ 1.
  Proof using Hown.
    rewrite Hown. iIntros "Hl [HP HR]".
    iMod (cinv_alloc _ N (Rest vl) with "HR") as (γ) "[#Hc Hγ]".
    iModIntro. iExists γ. by iFrame "Hl HP Hγ Hc".
  Qed.
  Local Lemma kept_unshare l vl γ :
    kept_shr l vl γ 1 ={⊤}=∗ ▷ ∃ vl', ⌜vl' = vl⌝ ∗ l ↦∗ vl' ∗ ty_own τ vl'.
  Proof using Hown.
    iIntros "(Hl & HP & Hγ & #Hc)". iMod (cinv_cancel with "Hc Hγ") as "HR"; [done|].
    iIntros "!> !>". iExists vl. rewrite Hown. by iFrame.
  Qed.
  (** The metadata of type τ, of which a share reads the cells and the part. *)
  Definition kept_meta : meta_type Σ :=
    MetaType Σ _ τ glue dead kept_shr (λ vl vl', vl' = vl)
      kept_shr_fractional kept_share kept_unshare.
End kept.

(** Where all metadata are of type τ, a share lends its fraction of a shared τ. *)
Lemma single_shared_meta_acc `{!lrustGS Σ, !frameG Σ} (τ : meta_type Σ) γ s i vl γm :
  shared_frame (single_dict τ) γ s (Meta i vl γm) -∗
  ∃ q, mt_shr τ (s +ₗ slot_storage) vl γm q ∗
    (mt_shr τ (s +ₗ slot_storage) vl γm q -∗ shared_frame (single_dict τ) γ s (Meta i vl γm)).
Proof.
  iIntros "H". iDestruct (shared_frame_meta_acc with "H") as (τ' q) "(%Hτ & Hs & H)".
  destruct i as [|i]; simplify_eq/=. iExists q. iFrame.
Qed.
