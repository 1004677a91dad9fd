(** * Mutable references to the elements of a list

[mut_elements]: from a reference to several values in a row to a reference for each of them
([iter_mut] of a slice). The reference is used up. Its final value is the list of the final
values of the new ones.

The code [L] of lists over [A] is the client's: it has a [nil] and an injective [cons]. [Φ k]
is the content of a list that starts at index [k], and [Ψ k] that of the element there.

A client is [examples/proph_elements_client.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Export mut_borrow.
From tally.prelude Require Import options.

Section elements.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A L : C}.
  Context (nil : proph_type L) (cons : proph_type A → proph_type L → proph_type L).
  Context `{!Inj2 (=) (=) (=) cons}.
  Context (Ψ : nat → proph_type A → iProp Σ) (Φ : nat → proph_type L → iProp Σ).
  Context {HΦ : ∀ k x, Timeless (Φ k x)}.
  Context (HΦΨ : ∀ k a x, Φ k (cons a x) ⊣⊢ Ψ k a ∗ Φ (S k) x).
  Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset) (xs : list (proph_type A)).

  (** The list as a value of [L]. *)
  Definition list_val xs : proph_type L := foldr cons nil xs.

  (** A reference for each element. *)
  Lemma mut_elements E κ q xs k i :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    £ (2 * length xs) -∗ proph_ctx -∗ mut_known (Φ k) κ i (list_val xs) -∗ q.[κ] ={E}=∗
    ∃ js, ([∗ list] n ↦ x; j ∈ xs; js, mut_known (Ψ (k + n)) κ j x) ∗ q.[κ] ∗
      ⟨π, fin L i π = list_val ((λ j, fin A j π) <$> js)⟩.
  Proof using All.
    iIntros (??) "H£ #Hctx Hr Hκ".
    iInduction xs as [|x xs] "IH" forall (k i); simpl.
    - iMod (mut_known_drop with "Hctx Hr Hκ") as "[Hobs $]"; [done..|].
      iModIntro. iExists []. by iFrame "Hobs".
    - replace (S (length xs + S (length xs + 0))) with (2 + 2 * length xs) by lia.
      iDestruct "H£" as "[H£ H£']".
      iMod (mut_known_split cons (Φ k) (Ψ k) (Φ (S k)) with "H£ Hctx Hr Hκ")
        as (j i') "(Hj & Hi' & Hκ & #Hobs)"; [done..|].
      iMod ("IH" with "H£' Hi' Hκ") as (js) "(Hjs & $ & #Hobs')".
      iModIntro. iExists (j :: js). iSplitL "Hj Hjs".
      + iApply big_sepL2_cons. iSplitL "Hj"; [by rewrite (Nat.add_0_r k)|].
        iApply (big_sepL2_mono with "Hjs"). iIntros (n y j' _ _) "H".
        by rewrite -Nat.add_succ_comm.
      + iApply (proph_obs_mono_2 with "Hobs Hobs'"). intros π Hi Hi'. by rewrite /= Hi Hi'.
  Qed.
End elements.
