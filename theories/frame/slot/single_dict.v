(** * Metadata of one type

The dictionary of a program whose frames all have metadata of the same type τ: its only
vtable is 0 ([single_dict]). [single_dict_drop], [single_own], [single_dead] and
[single_change] replace a fact about the dictionary by the fact about τ.

For any dictionary, [no_dealloc_keep_spec]: the allocator that has nothing to do hands on
what it gets, the lease of the slot and what the destructor has left, to whoever drops the
last share. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict.
From tally.prelude Require Import options.

Section single.
  Context `{!lrustGS Σ} (τ : meta_type Σ).
  Implicit Types (vl : list val) (m : meta).

  Local Lemma single_sizes :
    Forall (λ τ', ty_size (mt_ty τ') = ty_size (mt_ty τ)) [τ].
  Proof. by repeat constructor. Qed.
  Definition single_dict : meta_dict Σ := MetaDict Σ _ (ty_size (mt_ty τ)) [τ] single_sizes.

  (** The destructor of τ is all that is to be proved. *)
  Lemma single_dict_drop :
    ty_drop_spec True (mt_ty τ) (mt_glue τ) (mt_dead τ) -∗ dict_drop_spec single_dict.
  Proof. iIntros "#H !>" (i τ' Hi). destruct i as [|i]; simplify_eq/=. iApply "H". Qed.
  (** Metadata is a value of τ. *)
  Lemma single_own vl : meta_own single_dict 0 vl ⊣⊢ ty_own (mt_ty τ) vl.
  Proof. by apply meta_own_intro. Qed.
  (** What is left of it is what τ's destructor leaves. *)
  Lemma single_dead vl : meta_dead single_dict 0 vl ⊣⊢ mt_dead τ vl.
  Proof. by apply meta_dead_intro. Qed.
  (** Sharing makes of it what τ says. *)
  Lemma single_change vl γm vl' :
    meta_change single_dict (Meta 0 vl γm) vl' ↔ mt_change τ vl vl'.
  Proof.
    split; [|intros H; by exists τ]. intros (τ' & Hτ & H). by injection Hτ as <-.
  Qed.
End single.

(** Whoever drops the last share gets the lease, and what the metadata have left. *)
Lemma no_dealloc_keep_spec `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (γ : slot_names) pa :
  ⊢ dealloc_spec D (λ q, lease γ q 0) pa no_dealloc
      (λ i vl q, lease γ q 0 ∗ meta_dead D i vl)%I.
Proof. iIntros "!>" (i vl q Φ) "!> H HΦ". wp_rec. iModIntro. by iApply "HΦ". Qed.
