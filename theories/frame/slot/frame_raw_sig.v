(** * Raw page frames: the interface

[into_raw] turns a handle into the address of its page, for a page table, say, and
[from_raw] turns the address into the handle again; statements only, [frame_raw.v] has
them sealed.

[frame_handle D γ s h] is a handle of either kind: a share, or the unique handle.
[frame_raw D γ s pa h] is the token of a raw frame: the address [pa] stands for that
handle. [frame_into_raw_spec] takes the handle and gives one token,
[frame_from_raw_spec] takes the token and gives the handle back.

No law makes two tokens of one. For shares none can be added ([raw_token_not_doubled], in
[refuted/frame_raw_twice.v]); for the unique handle see [frame_raw_unique_exclusive]; with
one drop owed on the whole lease see [frame_raw_exclusive].

The drop of a raw frame is owed on the same lease as before, and the handle that it
takes is in the token. So a program that forgets a raw frame does not get that part of
the lease back ([frame_sig.v]).

While the address is out, the frame is in use: the token is evidence of the state as
the handle is ([tells_raw_shared], [tells_raw_unique]), and the frame may be borrowed
through the address, [FrameRef] in the original ([frame_ref_from_raw_spec]).

** What the statements do not say
- In Rust several [FrameRef] of one raw frame may be alive together. Here one borrower at
  a time has the handle. A handle is one share, which the count protocol does not divide:
  it says that there is at least one share, and half of it would have to say the same. Of
  a lent share, what its type shares of the metadata can be divided
  ([shared_frame_meta_acc], [mt_shr_fractional]); so several may read the metadata, but
  one at a time may clone or count through the address.
- [Frame::increment_reference_count] raises the count for a later [from_raw]. That is
  [inc_ref_count_spec], whose second share is put away by [frame_raw_intro].

Source: [into_raw] and [from_raw] of asterinas' ostd (mm/frame/mod.rs, unique.rs,
frame_ref.rs). There the rule is a safety condition of [from_raw]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Export frame frame_addr.
From tally.prelude Require Import options.

(** A share of the metadata [m], or the unique handle of metadata of the type with
vtable [i], of value [vl]. *)
Inductive handle_kind :=
  | HandleShared (m : meta)
  | HandleUnique (i : nat) (vl : list val).

Definition frame_handle `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (γ : slot_names)
    (s : loc) (h : handle_kind) : iProp Σ :=
  match h with
  | HandleShared m => shared_frame D γ s m
  | HandleUnique i vl => unique_frame D γ s i vl
  end.

Module Type frame_raw_sig.
  (** The token of a raw frame: the address stands for the handle. *)
  Parameter frame_raw : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → Z → handle_kind → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (m : meta) (h : handle_kind) (Cl : slot_state → iProp Σ).
    Implicit Types (Φ : val → iProp Σ).

    (** ** Laws *)
    (** The unique handle as an address excludes every other address of the frame, *)
    Parameter frame_raw_unique_exclusive : ∀ γ s pa pa' i vl h,
      frame_raw D γ s pa (HandleUnique i vl) -∗ frame_raw D γ s pa' h -∗ False.
    (** and every handle on it. *)
    Parameter frame_raw_unique_handle_exclusive : ∀ γ s pa i vl h,
      frame_raw D γ s pa (HandleUnique i vl) -∗ frame_handle D γ s h -∗ False.
    (** If one drop is owed on the whole lease, there is one address at most. *)
    Parameter frame_raw_exclusive : ∀ E γ s pa pa' h h',
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 1 -∗
      frame_raw D γ s pa h -∗ frame_raw D γ s pa' h' ={E}=∗ False.
    (** Shares as addresses are shares of the same metadata. *)
    Parameter frame_raw_agree : ∀ γ s pa m m',
      frame_raw D γ s pa (HandleShared m) -∗ shared_frame D γ s m' -∗ ⌜m = m'⌝.
    (** For other programs that give the address of a page away, such as that of a segment,
    which knows the addresses of its pages. *)
    Parameter frame_raw_intro : ∀ Cl γ s pa h,
      is_slot D N Cl γ s pa -∗ frame_handle D γ s h -∗ frame_raw D γ s pa h.
    (** For other programs that compute the slot from the address, such as that of a
    region of several banks. *)
    Parameter frame_raw_acc : ∀ γ s pa h,
      frame_raw D γ s pa h -∗
      frame_handle D γ s h ∗ (frame_handle D γ s h -∗ frame_raw D γ s pa h).
    (** A token tells the state of the slot, for operations that ask for evidence. *)
    Global Declare Instance tells_raw_shared γ s pa m :
      Tells (slot_state_own D γ s) (frame_raw D γ s pa (HandleShared m))
        (λ st, ∃ n, st = SlotShared n m).
    Global Declare Instance tells_raw_unique γ s pa i vl :
      Tells (slot_state_own D γ s) (frame_raw D γ s pa (HandleUnique i vl))
        (λ st, st = SlotUnique).

    (** ** Giving a handle away as an address, and back *)
    (** Whatever client state is kept of the slot. *)
    Parameter frame_into_raw_hocap : ∀ Cl γ s pa h Φ,
      is_slot D N Cl γ s pa -∗ frame_handle D γ s h -∗
      ▷ (frame_raw D γ s pa h -∗ Φ #pa) -∗
      WP frame_into_raw [ #s ] {{ Φ }}.
    (** The handle becomes a token, and the address of the page is returned. *)
    Parameter frame_into_raw_spec : ∀ γ s pa h,
      {{{ frame_slot D N γ s pa ∗ frame_handle D γ s h }}}
        frame_into_raw [ #s ]
      {{{ RET #pa; frame_raw D γ s pa h }}}.
    (** The token becomes the handle again, and the slot of the address is returned. *)
    Parameter frame_from_raw_spec : ∀ γ base pa h,
      let s := page_slot (dict_size D) base pa in
      {{{ frame_raw D γ s pa h }}}
        frame_from_raw (dict_size D) [ #base; #pa ]
      {{{ RET #s; frame_handle D γ s h }}}.
    (** One borrower at a time: while the handle is lent, the token is away.
    [frame_from_raw_spec] is this statement without the way back. *)
    Parameter frame_ref_from_raw_spec : ∀ γ base pa h,
      let s := page_slot (dict_size D) base pa in
      {{{ frame_raw D γ s pa h }}}
        frame_from_raw (dict_size D) [ #base; #pa ]
      {{{ RET #s; frame_handle D γ s h ∗
          (frame_handle D γ s h -∗ frame_raw D γ s pa h) }}}.
    (** From the handle to the address and back: the same slot, and the same handle. *)
    Parameter frame_raw_round_trip_spec : ∀ γ base pa h,
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ frame_handle D γ s h }}}
        frame_from_raw (dict_size D) [ #base; frame_into_raw [ #s ] ]
      {{{ RET #s; frame_handle D γ s h }}}.
  End laws.
End frame_raw_sig.
