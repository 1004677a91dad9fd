(** * Page frames, owned plainly

The sealed export of the statements in [frame_plain_sig.v], from those of
[slot_specs_sig.v] alone. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export frame_plain_sig.
From tally.prelude Require Import options.

Module Export frame_plain : frame_plain_sig.
  Definition client_none {Σ} (st : slot_state) : iProp Σ := True.
  Global Instance client_none_timeless {Σ} : TimelessClient (client_none (Σ := Σ)).
  Proof. intros st. apply _. Qed.
  Definition plain_slot `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace)
      (γ : slot_names) (s : loc) (pa : Z) : iProp Σ :=
    is_slot D N client_none γ s pa.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s : loc) (pa : Z).

    Global Instance plain_slot_persistent γ s pa :
      Persistent (plain_slot D N γ s pa).
    Proof. apply _. Qed.
    Lemma plain_slot_alloc E γr s pa :
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ plain_slot D N γ s pa.
    Proof.
      iIntros "Hs Hroom Hpa".
      iMod (is_slot_alloc D N client_none E γr γr with "Hs Hroom Hpa [//]")
        as (γ) "[[_ %Hγr] #I]".
      iModIntro. iExists γ. by iSplit.
    Qed.
  End laws.
End frame_plain.
