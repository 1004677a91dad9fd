(** * Prophecies in programs: adequacy

What a proof means that uses prophecies, later credits and borrows on the way: the program
does not get stuck, and when it returns, what has been observed by then can come true
([proph_adequate]). [proph_adequacy] of [prophecy_sig.v] is the same of one update without
credits.

The observation may be about the value that is returned. Where it is about the value only,
and no prophecy, it is true of the value ([proph_adequate_val]): nothing needs to be decided
before the end.

[proph_adequate_leak_free] says in addition that the program has freed its memory. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy.
From tally.prelude Require Import options.

Section adequacy.
  Context (C : Type) `{!ProphTypes C} Σ `{!lrustGpreS Σ, !prophGpreS C Σ}.
  Implicit Types (e : expr) (φ : val → proph_asn C → Prop).

  Local Lemma proph_end `{!lrustGS Σ, !prophGS C Σ} φ (v : val) :
    proph_ctx -∗ ⟨π, φ v π⟩ ={⊤}=∗ ⌜∃ π, φ v π⌝.
  Proof using Type. iIntros "#Hctx Hφ". by iApply (proph_obs_sat with "Hctx Hφ"). Qed.

  (** What was observed at the end can come true. *)
  Theorem proph_adequate e φ :
    (∀ `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS C Σ},
      proph_ctx -∗ WP e {{ v, ⟨π, φ v π⟩ }}) →
    adequate NotStuck e ∅ (λ v _, ∃ π, φ v π).
  Proof using Type*.
    intros Hwp. apply (lrust_adequacy Σ). intros HΣ Huntracked.
    iMod (proph_alloc (C:=C) ⊤) as (Hproph) "#Hctx".
    iApply wp_fupd. iApply (wp_wand with "[]"); [by iApply Hwp|].
    iIntros (v) "Hφ". by iApply (proph_end φ with "Hctx Hφ").
  Qed.
  (** An observation about the value alone. *)
  Corollary proph_adequate_val e (φ : val → Prop) :
    (∀ `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS C Σ},
      proph_ctx -∗ WP e {{ v, ⟨π, φ v⟩ }}) →
    adequate NotStuck e ∅ (λ v _, φ v).
  Proof using Type*.
    intros Hwp. destruct (proph_adequate e (λ v _, φ v)) as [Hval Hsafe]; [done|].
    split; [|done]. intros t σ v Hsteps. by destruct (Hval t σ v Hsteps) as [_ ?].
  Qed.
  (** The same of a program that frees its memory. *)
  Theorem proph_adequate_leak_free e φ :
    (∀ `{!lrustGS Σ, !prophGS C Σ},
      proph_ctx -∗ heap_lease 1 0 -∗ WP e {{ v, ⟨π, φ v π⟩ ∗ heap_lease 1 0 }}) →
    adequate NotStuck e ∅ (λ v σ, (∃ π, φ v π) ∧ σ = ∅).
  Proof using Type*.
    intros Hwp. apply (lrust_adequacy_leak_free Σ e (λ v, ∃ π, φ v π)). iIntros (HΣ) "Hlease".
    iMod (proph_alloc (C:=C) ⊤) as (Hproph) "#Hctx".
    iApply wp_fupd. iApply (wp_wand with "[Hlease]"); [by iApply (Hwp with "Hctx Hlease")|].
    iIntros (v) "[Hφ $]". by iApply (proph_end φ with "Hctx Hφ").
  Qed.
End adequacy.
