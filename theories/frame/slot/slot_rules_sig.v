(** * Page frames: rules for programs of one's own

What an access to a slot's word does by the protocol, whatever program makes it, and
whatever it answers; statements only, [slot_specs.v] has them sealed, with those of
[slot_specs_sig.v].

A rule ends in a [word_access] or a [word_retry] ([frame_refine.v]). These are the
hypotheses under which a program is proved to access the word, once one knows which function
of the word it stores. [Φ] is the postcondition, of the answer that the pure model gives; [R],
where there is only one answer. So each rule is proved once, and has two instances: the programs of [frame_code.v], and the crate's
own functions ([crate_frame_sig.v]).

| rule | what the access makes of the word |
|---|---|
| [slot_look_up] | [slot_from_in_use], after looking many times |
| [slot_clone_share] | one more; the program goes on where [slot_clone_count] stores |
| [slot_release_share] | one less |
| [slot_try_unique_share] | [slot_try_unique_next] |
| [slot_count_shares] | the same |
| [slot_share_unique], [slot_retire_unique] | 1, and [slot_busy], from a unique handle |
| [slot_publish_unique], [slot_publish_shared] | [slot_unique], and 1, from the right to tear down |
| [slot_claim_busy] | [slot_claim_next] |
| [slot_vacate] | [slot_unused], from a busy slot without metadata |

[vacant_frame D γ s] is the right of whoever has claimed a slot, or has destroyed its metadata:
it is busy, and its cells have no metadata. Metadata make it the right to tear down
([vacant_frame_build], [busy_frame_vacate]).

The evidence is as in [slot_specs_sig.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export slot_specs_sig frame_refine.
From tally.prelude Require Import options.

Module Type slot_rules_sig.
  Include slot_specs_sig.slot_specs_sig.

  (** The right to build, or to leave unused. *)
  Parameter vacant_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → iProp Σ.

  Section rules.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (Cl : slot_state → iProp Σ) (γ : slot_names) (γm : gname) (s : loc).
    Implicit Types (pa : Z) (i : nat) (vl : list val) (n : positive) (m : meta).
    Implicit Types (Ev R : iProp Σ) (P : slot_state → Prop).

    (** A share by address alone. *)
    Parameter slot_look_up : ∀ Cl `{!TimelessClient Cl} γ s pa Ev P
        (Ev' : slot_state → iProp Σ) (Φ : option frame_error → iProp Σ),
      Evidence (slot_state_own D γ s) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗
      word_retry (⊤ ∖ ↑N) s
        (Ev ∗ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
           match st with
           | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ s m
           | _ => True
           end -∗ Φ (from_in_use_error st)))
        (λ w, match slot_from_in_use w with
         | FromInUseStored w' => s ↦ #w' ={⊤ ∖ ↑N,⊤}=∗ Φ None
         | FromInUseFailed e => s ↦ #w ={⊤ ∖ ↑N,⊤}=∗ Φ (Some e)
         | FromInUseAborted => True
         end).
    (** One share more. *)
    Parameter slot_clone_share : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) R,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
         shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_live (λ w, word_wrapping_add w 1)
        (λ w, ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ R).
    (** One share less. Whoever drops the last one has the right to tear down. *)
    Parameter slot_release_share : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) (Φ : bool → iProp Σ),
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl else True) -∗
         Φ (sole_share st)) -∗
      word_access (⊤ ∖ ↑N) s word_live (λ w, word_wrapping_sub w 1)
        (λ w, ▷ Φ (slot_drop_last w)).
    (** The only share becomes a unique handle; any other is handed back. *)
    Parameter slot_try_unique_share : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) (Φ : bool → iProp Σ),
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m) -∗
         Φ (sole_share st)) -∗
      word_access (⊤ ∖ ↑N) s word_any slot_try_unique_next (λ w, ▷ Φ (slot_try_unique w)).
    (** The number of shares at one moment. *)
    Parameter slot_count_shares : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) (Φ : Z → iProp Σ),
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗ Φ (Z.pos n)) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ w, w) Φ.
    (** What the word was at one moment, with nothing in hand. *)
    Parameter slot_look : ∀ Cl `{!TimelessClient Cl} γ s pa Ev P
        (Ev' : slot_state → iProp Σ) (Φ : Z → iProp Σ),
      Evidence (slot_state_own D γ s) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
      is_slot D N Cl γ s pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ Φ (state_word st)) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ w, w) Φ.
    (** A unique handle becomes the first share. *)
    Parameter slot_share_unique : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : gname → slot_state → iProp Σ) R,
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
        Ev (Ev' γm)) →
      is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ s (Meta i vl γm) -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ _, 1%Z) (λ _, R).
    (** A unique handle is given up for the right to tear down. *)
    Parameter slot_retire_unique : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : slot_state → iProp Σ) R,
      Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
      is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (busy_frame D γ s i vl -∗ Ev' SlotUnique -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ _, slot_busy) (λ _, R).
    (** The metadata is built: a unique handle. *)
    Parameter slot_publish_unique : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : slot_state → iProp Σ) R,
      Pays (⊤ ∖ ↑N) Cl (λ _, SlotUnique) (λ st, st = SlotBusy) Ev Ev' →
      is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (unique_frame D γ s i vl -∗ Ev' SlotBusy -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ _, slot_unique) (λ _, R).
    (** The metadata is built: the first share. *)
    Parameter slot_publish_shared : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : gname → slot_state → iProp Σ) R,
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, SlotShared 1 (Meta i vl γm)) (λ st, st = SlotBusy)
        Ev (Ev' γm)) →
      is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (∀ γm, shared_frame D γ s (Meta i vl γm) -∗ Ev' γm SlotBusy -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ _, 1%Z) (λ _, R).
    (** The claim: whoever finds the slot unused has the right to build. *)
    Parameter slot_claim_busy : ∀ Cl `{!TimelessClient Cl} γ s pa Ev P
        (Ev' : slot_state → iProp Σ) (Φ : option frame_error → iProp Σ),
      Evidence (slot_state_own D γ s) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
         match st with SlotUnused => vacant_frame D γ s | _ => True end -∗
         Φ (claim_error st)) -∗
      word_access (⊤ ∖ ↑N) s word_any slot_claim_next (λ w, Φ (slot_claim w)).
    (** The end of a tear-down, or of a claim that is given up. *)
    Parameter slot_vacate : ∀ Cl `{!TimelessClient Cl} γ s pa Ev
        (Ev' : slot_state → iProp Σ) R,
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
      is_slot D N Cl γ s pa -∗ vacant_frame D γ s -∗ ▷ Ev -∗
      ▷ (Ev' SlotBusy -∗ R) -∗
      word_access (⊤ ∖ ↑N) s word_any (λ _, slot_unused) (λ _, R).
    (** The right to build gives the cells, and with metadata it is that to tear down. *)
    Parameter vacant_frame_build : ∀ γ s,
      vacant_frame D γ s -∗
      meta_room D s ∗ (∀ i vl, meta_whole D s i vl -∗ busy_frame D γ s i vl).
    (** The right to tear down gives the metadata, and without them it is that to leave. *)
    Parameter busy_frame_vacate : ∀ γ s i vl,
      busy_frame D γ s i vl -∗
      meta_whole D s i vl ∗ (meta_room D s -∗ vacant_frame D γ s).
  End rules.
End slot_rules_sig.
