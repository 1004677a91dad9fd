(** * Page frames, owned plainly: the interface

The slot for clients that attach nothing to its state: a handle is all that an operation
asks for, and nothing is owed. [plain_slot D N γ s pa] is a slot whose client state is
[True]. Any evidence pays for any step then, so that the specifications of
[slot_specs_sig.v] are specifications of plain frames as they are: with [True] as
evidence, or with the handle that the caller has.

What is lost: a handle may be forgotten, nobody ever knows that the slot is unused, and
so nobody knows that a claim succeeds, or that a drop is the last one. What the caller's
handle excludes is excluded here, too.

Statements only; [frame_plain.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export slot_specs.
From tally.prelude Require Import options.

Module Type frame_plain_sig.
  Definition client_none {Σ} (st : slot_state) : iProp Σ := True.
  Global Declare Instance client_none_timeless {Σ} : TimelessClient (client_none (Σ := Σ)).
  Definition plain_slot `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace)
      (γ : slot_names) (s : loc) (pa : Z) : iProp Σ :=
    is_slot D N client_none γ s pa.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s : loc) (pa : Z).

    Global Declare Instance plain_slot_persistent γ s pa :
      Persistent (plain_slot D N γ s pa).
    (** From the cells of a slot. *)
    Parameter plain_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ plain_slot D N γ s pa.
  End laws.
End frame_plain_sig.
