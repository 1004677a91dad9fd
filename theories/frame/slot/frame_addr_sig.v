(** * Page frames, by address: the interface

What [frame_code.v] does with physical addresses, on top of [frame_sig.v]. The slots
of a memory of [n] cells of metadata per page stand in an array at [base]; that of the
page at [pa] is [page_slot n base pa]. Getting a frame by address refuses what is not
aligned first, then what is behind the end of memory; and no slot is touched then.
Otherwise it does what [get_from_unused] and [get_from_in_use] do at that slot.

** Results
[frame_from_unused_spec] and [frame_from_in_use_spec] name every result, and say what
the caller has after it; they do not say when an error is the one. The statements
after them do: [..._shared_spec], [..._unique_spec], [..._unused_spec] and
[..._full_spec] have one result each, by what the caller knows of the slot; and of the
logically atomic ones, [..._atomic], the result is computed from the state of the slot
at one moment.

** Memory
The programs are those of a memory of one bank, from 0 to [max], without holes: of
the layouts of [layout_map.v], [x86_64_layout]. For it, [page_slot] is the slot whose
number is [frame_to_index] ([page_slot_x86_64]), and the status of looking for it is
that of [get_slot] ([get_slot_status_x86_64_spec]). A layout of more banks has no
programs here.

** Raw and borrowed frames
[frame_borrow] only computes: a borrowed frame is a bare pointer, and the handle, a
resource of the proof, stays with whoever has it. A raw frame has a token
([frame_raw_sig.v]).

Statements only; [frame_addr.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout_map frame.
From tally.prelude Require Import options.

Definition page_slot (n : nat) (base : loc) (pa : Z) : loc :=
  base +ₗ slot_cells n * (pa `quot` page_size).

Module Type frame_addr_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
    Implicit Types (vl : list val) (q : Qp) (m : meta) (u : bool) (Φ : val → iProp Σ).

    (** ** The layout of memory *)
    Parameter page_slot_x86_64 : ∀ n base frames pa k,
      frame_to_index (x86_64_layout frames) pa = Some k →
      page_slot n base pa = (base +ₗ slot_cells n * k)%L.
    Parameter get_slot_status_x86_64_spec : ∀ frames pa,
      (0 ≤ pa)%Z →
      {{{ True }}}
        get_slot_status [ #(frames * page_size); #pa ]
      {{{ RET #(match get_slot (x86_64_layout frames) pa with
                | inl NotAligned => not_aligned_code
                | inl OutOfBound => error_code ErrOutOfBound
                | inr _ => 0
                end); True }}}.

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
    (** With a handle, failure. *)
    Parameter frame_from_unused_shared_spec : ∀ γ base src max pa i vl u m,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrInUse);
          src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
    Parameter frame_from_unused_unique_spec : ∀ γ base src max pa i vl u i' vl',
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          unique_frame D γ s i' vl' }}}
        frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique);
          src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.

    (** What the state of the slot says at one moment. *)
    Parameter frame_from_unused_atomic : ∀ γ base src max pa i vl u Φ,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      open_slot D N γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
      slot_update N (slot_is γ) claimed_state (λ st,
        match st with
        | SlotUnused => ∀ γm,
            slot_update N (slot_is γ) (λ _, built_state u i vl γm)
              (λ _, (if u then unique_frame D γ s i vl
                     else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
        | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
        end) -∗
      WP frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ] {{ Φ }}.

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
    (** With a handle, or the whole lease, one result. *)
    Parameter frame_from_in_use_shared_spec : ∀ γ base max pa q m,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
    Parameter frame_from_in_use_unique_spec : ∀ γ base max pa i vl,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
    Parameter frame_from_in_use_unused_spec : ∀ γ base max pa,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
        frame_from_in_use (dict_size D) [ #base; #max; #pa ]
      {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
    Parameter frame_from_in_use_atomic : ∀ γ base max pa Φ,
      (pa `rem` page_size = 0)%Z → (pa < max)%Z →
      let s := page_slot (dict_size D) base pa in
      open_slot D N γ s pa -∗
      slot_update N (slot_is γ) from_in_use_state (λ st,
        match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
        Φ #(status_code (from_in_use_error st))) -∗
      WP frame_from_in_use (dict_size D) [ #base; #max; #pa ] {{ Φ }}.
  End laws.
End frame_addr_sig.
