(** * Page frames: what a client begins with

One file to import, one context, one list of functors, and adequacy for both, for programs
that use slots with leases:

- [From tally.frame.slot Require Import frame_context] gives the programs, the constants
  of the model ([slot_unused], [frame_error]), the statements of [frame_sig.v], those for
  common cases ([frame_cases.v]), leases in the proof mode, [single_dict], [kept_meta],
  [number_dict] and the adequacy theorems. Slots in an array, the client state [plain_slot] and handles
  given away as addresses have files of their own: [frame_addr.v], [frame_plain.v],
  [frame_raw.v];
- [Context `{!frameGS Σ}] is all that a section of a client needs: the ghost state of
  λRust and of slots, and that of the invariants in which shared metadata is kept;
- [frame_stdΣ] is the list of functors to prove it with;
- [frame_adequacy] starts a proof with the whole lease of the heap. It wants back the whole
  lease of the slot with no drop owed, and the lease of the heap with one block out on it,
  the slot's. Then the slot is unused at the end, and memory has no other cell than the
  slot's. [frames_adequacy] is the same for many slots, in any blocks. For programs that
  may leak other memory than slots: [slot_leak_free] and [slots_leak_free]. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang Require Export adequacy heap_split.
From tally.model Require Export slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export frame frame_cases frame_instances frame_adequacy
  single_dict kept_meta number_dict.
From tally.prelude Require Import options.

(** ** The context *)
Class frameGpreS Σ := FrameGpreS {
  frameGpreS_lrustGpreS : lrustGpreS Σ;
  frameGpreS_cinvG : cinvG Σ;
  frameGpreS_frameG : frameG Σ;
}.
#[export] Existing Instances frameGpreS_lrustGpreS frameGpreS_cinvG frameGpreS_frameG.

Class frameGS Σ := FrameGS {
  frameGS_lrustGS : lrustGS Σ;
  frameGS_cinvG : cinvG Σ;
  frameGS_frameG : frameG Σ;
}.
#[export] Existing Instances frameGS_lrustGS frameGS_cinvG frameGS_frameG.

Definition frame_stdΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].
Global Instance subG_frame_stdΣ {Σ} : subG frame_stdΣ Σ → frameGpreS Σ.
Proof. solve_inG. Qed.

(** ** Adequacy *)
(** For one slot, at [s], which is a block of [n] cells. *)
Theorem frame_adequacy Σ `{!frameGpreS Σ} (e : expr) (n : nat) (φ : val → loc → Prop) :
  (∀ `{!frameGS Σ}, heap_lease 1 0 -∗
    WP e {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜φ v s⌝ ∗
      frame_slot D N γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … n }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ s, φ v s ∧ slot_unused_in σ s ∧
    ∀ l, is_Some (σ !! l) ↔ loc_in_range s n l).
Proof.
  intros He. apply (slot_leak_free_tracked Σ). intros HΣ. apply (He (FrameGS _ _ _ _)).
Qed.
(** For [n] slots, the [i]th at [f i], and the blocks [ls]. That they are different slots,
that they are all, and that [ls] are their blocks is for [φ] to say. *)
Theorem frames_adequacy Σ `{!frameGpreS Σ} (e : expr) (n : nat)
    (φ : val → (nat → loc) → list (loc * nat) → Prop) :
  (∀ `{!frameGS Σ}, heap_lease 1 0 -∗
    WP e {{ v, ∃ (D : meta_dict Σ) N f γs ls, ⌜φ v f ls ∧ length γs = n⌝ ∗
      ([∗ list] i ↦ γ ∈ γs, ∃ pa, frame_slot D N γ (f i) pa) ∗
      ([∗ list] γ ∈ γs, lease γ 1 0) ∗
      heap_lease 1 (length ls) ∗ ([∗ list] x ∈ ls, † x.1 … x.2) }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ f ls, φ v f ls ∧
    (∀ i, (i < n)%nat → slot_unused_in σ (f i)) ∧ only_blocks σ ls).
Proof.
  intros He. apply (slots_leak_free_tracked Σ). intros HΣ. apply (He (FrameGS _ _ _ _)).
Qed.
