(** * Page frames, by address: the interface

What [frame_code.v] does with physical addresses, on top of [frame_sig.v]. The slots
of a memory of [n] cells of metadata per page stand in an array at [base]; that of the
page at [pa] is [page_slot n base pa]. Getting a frame by address refuses what is not
aligned first, then what is behind the end of memory; and no slot is touched then.
Otherwise it does what [get_from_unused] and [get_from_in_use] do at that slot.

[frame_into_raw] and [frame_from_raw] only compute; the handle stays with whoever has
it, and no other can have it ([unique_frame_exclusive]).

Statements only; [frame_addr.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame Require Import frame.
From tally.prelude Require Import options.

Definition page_slot (n : nat) (base : loc) (pa : Z) : loc :=
  base +ₗ slot_cells n * (pa `quot` page_size).

Module Type frame_addr_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
    Implicit Types (vl : list val) (q : Qp) (m : meta) (u : bool) (w : val).

    (** ** From unused *)
    Parameter frame_from_unused_not_aligned_spec : ∀ base src max pa i u,
      (pa `rem` page_size ≠ 0)%Z →
      {{{ True }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #not_aligned_code; True }}}.
    Parameter frame_from_unused_out_of_bound_spec : ∀ base src max pa i u,
      (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
      {{{ True }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrOutOfBound); True }}}.
    Parameter frame_from_unused_spec : ∀ γ base src max pa i vl u q,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None =>
              (if u then unique_frame D γ s i vl
               else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
              meta_own D i vl ∗ lease γ q 0
          end }}}.
    (** With the whole lease, success is due. *)
    Parameter frame_from_unused_full_spec : ∀ γ base src max pa i vl u,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #0; src ↦∗ vl ∗
          (if u then unique_frame D γ s i vl
           else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ 1 1 }}}.

    (** ** From in use *)
    Parameter frame_from_in_use_not_aligned_spec : ∀ base max pa,
      (pa `rem` page_size ≠ 0)%Z →
      {{{ True }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #not_aligned_code; True }}}.
    Parameter frame_from_in_use_out_of_bound_spec : ∀ base max pa,
      (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
      {{{ True }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrOutOfBound); True }}}.
    Parameter frame_from_in_use_spec : ∀ γ base max pa q,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
          end }}}.

    (** ** Giving a handle away as an address, and back *)
    Parameter frame_raw_round_trip_spec : ∀ γ base pa i vl,
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_raw (dict_size D) [ #base; frame_into_raw [ #s ] ]
      {{{ RET #s; unique_frame D γ s i vl }}}.
  End laws.
End frame_addr_sig.
