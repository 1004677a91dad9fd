(** * The crate's slot, with the frames' handles: the interface

The statements of [slot_specs_sig.v], of the functions of [frame/slot.rs] as they are
translated from the MIR ([crate_slot_sig.v]); statements only, [crate_frame.v] has them
sealed. None of these functions unwinds.

A slot of the crate is at [l], and its word is at [l +ₗ crate_word]. The invariant is that of
[frame_code.v] for a slot that begins at this word: the page's address and the metadata lie
behind it, outside of the crate's cells, which has them before the word. The functions here
touch the word only, so this is enough for the protocol; it is not the crate's layout. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.mir Require Import value.
From tally.types Require Import type.
From tally.frame.slot Require Import crate_slot_base.
From tally.frame.slot.generated Require Import slot_tree.
From tally.frame.slot Require Import slot_specs.
From tally.prelude Require Import options.

Module Type crate_frame_sig.
  Section client.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (γm : gname) (l : loc) (pa : Z) (i : nat).
    Implicit Types (vl : list val) (m : meta) (n : positive) (q : Qp) (k : nat).
    Implicit Types (Cl : slot_state → iProp Σ) (Φ : val → iProp Σ).
    Implicit Types (Ev : iProp Σ) (P : slot_state → Prop).

    (** The look-up of a frame that is shared: one share more. *)
    Parameter MetaSlot_get_from_in_use_at : ∀ Cl `{!TimelessClient Cl} γ l pa Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
         match st with
         | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ (l +ₗ crate_word) m
         | _ => True
         end -∗
         Φ (look_up_of (from_in_use_error st))) -∗
      WP MetaSlot_get_from_in_use [ #l ] {{ Φ }}.
    (** One share more. *)
    Parameter MetaSlot_clone_share_at : ∀ Cl `{!TimelessClient Cl} γ l pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
        (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗
      pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ (l +ₗ crate_word) m -∗
         shared_frame D γ (l +ₗ crate_word) m -∗ pending_incs (slot_pending_name γ) 1 -∗
         Φ (ret_val #☠)) -∗
      WP MetaSlot_clone_share [ #l ] {{ Φ }}.
    (** The first half of a drop. Whoever drops the last share has the right to tear down. *)
    Parameter MetaSlot_release_share_at : ∀ Cl `{!TimelessClient Cl} γ l pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
        (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ (l +ₗ crate_word) (meta_vtable m) vl
          else True) -∗
         Φ (ret_val #(sole_share st))) -∗
      WP MetaSlot_release_share [ #l ] {{ Φ }}.
    (** The only share becomes a unique handle; any other is handed back. *)
    Parameter MetaSlot_try_unique_at : ∀ Cl `{!TimelessClient Cl} γ l pa m q k Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
        (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗
      heap_lease q k -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗ heap_lease q k -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ (l +ₗ crate_word) (meta_vtable m) vl
          else shared_frame D γ (l +ₗ crate_word) m) -∗
         Φ (ret_val #(sole_share st))) -∗
      WP MetaSlot_try_unique [ #l ] {{ Φ }}.
    (** The number of shares at one moment. *)
    Parameter MetaSlot_count_at : ∀ Cl `{!TimelessClient Cl} γ l pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl
        (shared_frame D γ (l +ₗ crate_word) m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ shared_frame D γ (l +ₗ crate_word) m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ (l +ₗ crate_word) m -∗
         Φ (ret_val #(Z.pos n))) -∗
      WP MetaSlot_count [ #l ] {{ Φ }}.
    (** What the word said at one moment, with nothing in hand. *)
    Parameter MetaSlot_status_at : ∀ Cl `{!TimelessClient Cl} γ l pa Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗
         Φ (ret_val (crate_status (state_word st)))) -∗
      WP MetaSlot_status [ #l ] {{ Φ }}.
    (** A unique handle becomes the first share. *)
    Parameter MetaSlot_share_unique_at : ∀ Cl `{!TimelessClient Cl} γ l pa i vl Ev
        (Ev' : gname → slot_state → iProp Σ) Φ,
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
        Ev (Ev' γm)) →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
      ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗
         Φ (ret_val #☠)) -∗
      WP MetaSlot_share_unique [ #l ] {{ Φ }}.
    (** A unique handle is given up for the right to tear down. *)
    Parameter MetaSlot_retire_unique_at : ∀ Cl `{!TimelessClient Cl} γ l pa i vl Ev
        (Ev' : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ unique_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
      ▷ (busy_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotUnique -∗ Φ (ret_val #☠)) -∗
      WP MetaSlot_retire_unique [ #l ] {{ Φ }}.
    (** The metadata is built: a unique handle. *)
    Parameter MetaSlot_publish_unique_at : ∀ Cl `{!TimelessClient Cl} γ l pa i vl Ev
        (Ev' : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl (λ _, SlotUnique) (λ st, st = SlotBusy) Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
      ▷ (unique_frame D γ (l +ₗ crate_word) i vl -∗ Ev' SlotBusy -∗ Φ (ret_val #☠)) -∗
      WP MetaSlot_publish_unique [ #l ] {{ Φ }}.
    (** The metadata is built: the first share. *)
    Parameter MetaSlot_publish_shared_at : ∀ Cl `{!TimelessClient Cl} γ l pa i vl Ev
        (Ev' : gname → slot_state → iProp Σ) Φ,
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, SlotShared 1 (Meta i vl γm)) (λ st, st = SlotBusy)
        Ev (Ev' γm)) →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ busy_frame D γ (l +ₗ crate_word) i vl -∗ ▷ Ev -∗
      ▷ (∀ γm, shared_frame D γ (l +ₗ crate_word) (Meta i vl γm) -∗ Ev' γm SlotBusy -∗
         Φ (ret_val #☠)) -∗
      WP MetaSlot_publish_shared [ #l ] {{ Φ }}.
    (** The claim of an unused slot: the right to build. *)
    Parameter MetaSlot_claim_word_at : ∀ Cl `{!TimelessClient Cl} γ l pa Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ (l +ₗ crate_word)) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
         match st with SlotUnused => vacant_frame D γ (l +ₗ crate_word) | _ => True end -∗
         Φ (look_up_of (claim_error st))) -∗
      WP MetaSlot_claim_word [ #l ] {{ Φ }}.
    (** The end of a tear-down. *)
    Parameter MetaSlot_mark_unused_at : ∀ Cl `{!TimelessClient Cl} γ l pa Ev
        (Ev' : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
      is_slot D N Cl γ (l +ₗ crate_word) pa -∗ vacant_frame D γ (l +ₗ crate_word) -∗ ▷ Ev -∗
      ▷ (Ev' SlotBusy -∗ Φ (ret_val #☠)) -∗
      WP MetaSlot_mark_unused [ #l ] {{ Φ }}.
  End client.
End crate_frame_sig.
