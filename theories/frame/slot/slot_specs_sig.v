(** * Page frames, for any client: the interface

The programs of [frame_code.v] that access a slot, each proved once under every
interleaving, whatever the client attaches to the slot's state; statements only,
[slot_specs.v] has them sealed. As λRust has no rule for a data race, every statement
also says that the accesses to the metadata do not race.

** Handles
- [unique_frame D γ s i vl]: the only handle of the frame at slot [s], whose metadata
  is of the type with vtable [i] and has the value [vl]; [unique_token γ] is the right
  alone, without the metadata ([unique_frame_eq]);
- [shared_frame D γ s m]: one of the shares of the metadata [m];
- [busy_frame D γ s i vl]: the right to tear the frame down.

** Slots
[is_slot D N Cl γ s pa]: the slot at [s], of the page at [pa], follows the protocol (a
fact for everybody), and where its state changes from [st] to [st'], [Cl st] changes to
[Cl st'], in the same atomic step. [Cl] is the client state: any timeless assertion about
the state of the slot. This library has three: the drops that are owed and the state
itself ([frame_sig.v]), and none ([frame_plain_sig.v]).

** One specification for each operation
They have the same form, and their names end in [_at]. There was a state of the slot, and
the evidence of the caller holds of it; the result is a function of that state, the one
that the pure model has ([state_claim], [state_from_in_use], [state_clone],
[state_drop_count], [state_try_unique]). So a program that always refuses does not have
them.

The caller gives [Ev], any assertion. What it says of the state ([Evidence]) and how it
pays for the move of the client state ([Pays]) is found by the prover ([evidence.v]). Some
of what may be given:

| [Ev] | says | pays for |
|---|---|---|
| a handle | that the state is the handle's | steps that leave the state as it is |
| [lease γ q k] | drops owed: at least [k]; exactly, if [q = 1] | every step, see below |
| [slot_update N (slot_is γ) next Ψ], an atomic update | – | the step [next] |
| [update_along (⊤ ∖ ↑N) Cl next P Ψ] | – | the step [next] |
| [A ∗ B] | what both say | what one of them does |

A lease pays for every step; for a drop, a drop must be owed on it.

Where a slot is seen Busy in between there are two steps, and two payments: what the
first leaves pays for the second.

** Overflow
[frame_clone] increments first and looks after, as the original does, so it borrows
a token of [pending_incs], of which there are 2⁶³ − 2 ([pending_max]); a program that has
them all from the start gives one to each thread. [clone_by_cas] needs none. Where an
operation aborts it does not return, and its specification says nothing. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export frame_code frame_meta.
From tally.prelude Require Import options.

Module Type slot_specs_sig.
  (** ** What words tell *)
  (** The word of a bounded state is a machine word. *)
  Parameter state_word_ok : ∀ st, state_bounded st → word_ok (state_word st).
  (** The word tells whether a claim succeeds, and its error. *)
  Parameter state_claim : ∀ st,
    state_bounded st → slot_claim (state_word st) = claim_error st.
  (** A look-up does not go past the maximum. *)
  Parameter state_from_in_use : ∀ st,
    state_bounded st →
    slot_from_in_use (state_word st) =
      match from_in_use_error st with
      | Some e => FromInUseFailed e
      | None =>
          if decide (state_word st < slot_max)%Z
          then FromInUseStored (state_word (from_in_use_state st)) else FromInUseAborted
      end.
  (** Below the maximum a clone stores one more; from the maximum on it aborts. *)
  Parameter state_clone : ∀ n,
    slot_clone_count (Z.pos n) =
      if decide (Z.pos n < slot_max)%Z then CloneStored (Z.pos (n + 1)) else CloneAborted.
  (** The drop of the only share is the last one; any other stores one less. *)
  Parameter state_drop_count : ∀ n m,
    state_bounded (SlotShared n m) →
    slot_drop_count (state_word (SlotShared n m)) =
      if sole_share (SlotShared n m) then DropLast
      else DropStored (state_word (dropped_state (SlotShared n m))).
  (** The word tells whether there is exactly one share. *)
  Parameter state_try_unique : ∀ st,
    state_bounded st → slot_try_unique (state_word st) = sole_share st.

  (** ** Definitions *)
  (** [pending_incs γr n]: [n] of the [pending_max] tokens for pending increments. *)
  Parameter pending_incs : ∀ `{!frameG Σ}, gname → positive → iProp Σ.
  (** The right of the unique handle, without the metadata. *)
  Parameter unique_token : ∀ `{!frameG Σ}, slot_names → iProp Σ.
  (** The unique handle, with the metadata: its type and its value. *)
  Parameter unique_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → nat → list val → iProp Σ.
  (** A share of the metadata. *)
  Parameter shared_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → meta → iProp Σ.
  (** The right to tear the frame down, with the metadata. *)
  Parameter busy_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → nat → list val → iProp Σ.
  (** What the invariant of a slot owns in a state, apart from the word and the client
  state. *)
  Parameter slot_state_own : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → slot_state → iProp Σ.
  (** The slot follows the protocol, with this client state. *)
  Parameter is_slot : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → namespace → (slot_state → iProp Σ) → slot_names → loc → Z → iProp Σ.

  (** ** Programs that access no memory *)
  Section programs.
    Context `{!lrustGS Σ}.
    Implicit Types (s : loc) (pa : Z).

    (** The size of a frame is that of a page. *)
    Parameter frame_size_spec : ∀ s,
      {{{ True }}} frame_size [ #s ] {{{ RET #page_size; True }}}.
    (** The level of a frame is 1. *)
    Parameter frame_level_spec : ∀ s,
      {{{ True }}} frame_level [ #s ] {{{ RET #1; True }}}.
    (** A borrowed frame is the same pointer. *)
    Parameter frame_borrow_spec : ∀ s,
      {{{ True }}} frame_borrow [ #s ] {{{ RET #s; True }}}.
    (** A handle of metadata of another type is the same pointer. *)
    Parameter frame_transmute_spec : ∀ s,
      {{{ True }}} frame_transmute [ #s ] {{{ RET #s; True }}}.
    (** The metadata is at the storage of the slot. *)
    Parameter frame_meta_spec : ∀ s,
      {{{ True }}} frame_meta [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
    (** The metadata, to be changed, is at the storage of the slot. *)
    Parameter frame_meta_mut_spec : ∀ s,
      {{{ True }}} frame_meta_mut [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
    (** The slot of the page at [pa], in an array of slots at [base]. *)
    Parameter slot_at_spec : ∀ n (base : loc) pa,
      {{{ True }}}
        slot_at n [ #base; #pa ]
      {{{ RET #(base +ₗ slot_cells n * Z.quot pa page_size); True }}}.
    (** Not aligned comes first. *)
    Parameter get_slot_status_spec : ∀ (max pa : Z),
      {{{ True }}}
        get_slot_status [ #max; #pa ]
      {{{ RET #(if bool_decide (Z.rem pa page_size = 0%Z) then
                  if bool_decide (max ≤ pa)%Z then error_code ErrOutOfBound else 0%Z
                else not_aligned_code); True }}}.
  End programs.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
    Implicit Types (γ : slot_names) (s : loc) (i : nat) (vl : list val) (m : meta).

    Global Declare Instance pending_incs_timeless γr n : Timeless (pending_incs γr n).
    Global Declare Instance unique_token_timeless γ : Timeless (unique_token γ).

    (** ** Handles *)
    (** All [pending_max] tokens, under a new name. *)
    Parameter pending_incs_alloc : ⊢ |==> ∃ γr, pending_incs γr pending_max.
    (** Tokens are split and joined. *)
    Parameter pending_incs_split : ∀ γr n1 n2,
      pending_incs γr (n1 + n2) ⊣⊢ pending_incs γr n1 ∗ pending_incs γr n2.
    (** Of one name there are at most [pending_max] tokens. *)
    Parameter pending_incs_bound : ∀ γr n, pending_incs γr n -∗ ⌜(n ≤ pending_max)%positive⌝.
    (** There are no two unique handles of one frame. *)
    Parameter unique_frame_exclusive : ∀ γ s i vl i' vl',
      unique_frame D γ s i vl -∗ unique_frame D γ s i' vl' -∗ False.
    (** There are no shares of a frame that has a unique handle. *)
    Parameter unique_frame_shared_exclusive : ∀ γ s i vl m,
      unique_frame D γ s i vl -∗ shared_frame D γ s m -∗ False.
    (** The shares of a frame are of the same metadata. *)
    Parameter shared_frame_agree : ∀ γ s m m',
      shared_frame D γ s m -∗ shared_frame D γ s m' -∗ ⌜m = m'⌝.
    (** A share gives its type's share of the metadata ([&M]), the unique handle gives
    the metadata ([&mut M]). *)
    Parameter shared_frame_meta_acc : ∀ γ s m,
      shared_frame D γ s m -∗
      ∃ τ q, ⌜dict_types D !! meta_vtable m = Some τ⌝ ∗
        mt_shr τ (s +ₗ slot_storage) (meta_vals m) (meta_name m) q ∗
        (mt_shr τ (s +ₗ slot_storage) (meta_vals m) (meta_name m) q -∗
          shared_frame D γ s m).
    (** The metadata may be exchanged for another value of its type. *)
    Parameter unique_frame_meta_acc : ∀ γ s i vl,
      unique_frame D γ s i vl -∗
      (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl ∗
      (∀ vl', (s +ₗ slot_storage) ↦∗ vl' -∗ meta_own D i vl' -∗
        unique_frame D γ s i vl').
    (** The unique handle is its token, and the cells of the metadata with a value of its
    type. *)
    Parameter unique_frame_eq : ∀ γ s i vl,
      unique_frame D γ s i vl ⊣⊢ unique_token γ ∗
        (s +ₗ slot_vtable) ↦ #i ∗ (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl.
    (** The right to tear down gives the metadata, which may be exchanged, also for another
    type. *)
    Parameter busy_frame_whole_acc : ∀ γ s i vl,
      busy_frame D γ s i vl -∗
      meta_whole D s i vl ∗
      (∀ i' vl', meta_whole D s i' vl' -∗ busy_frame D γ s i' vl').
    (** Is the metadata of the type with vtable [i]? The downcast of a share of which
    the type is not known. *)
    Parameter frame_meta_is_spec : ∀ γ s m i,
      {{{ shared_frame D γ s m }}}
        frame_meta_is [ #s; #i ]
      {{{ RET #(bool_decide (meta_vtable m = i)); shared_frame D γ s m }}}.

    (** ** The metadata of whoever has it alone *)
    (** A value is moved from [src] into cells without metadata. *)
    Parameter write_meta_spec : ∀ s i (src : loc) vl,
      {{{ meta_room D s ∗ src ↦∗ vl ∗ meta_own D i vl }}}
        write_meta (dict_size D) [ #s; #i; #src ]
      {{{ RET #☠; meta_whole D s i vl ∗ src ↦∗ vl }}}.
    (** The destructor runs, and leaves the cells without metadata. *)
    Parameter drop_meta_in_place_spec : ∀ s i vl,
      {{{ dict_drop_spec D ∗ meta_whole D s i vl }}}
        drop_meta_in_place (dict_glues D) [ #s ]
      {{{ RET #☠; meta_room D s ∗ meta_dead D i vl }}}.
    (** The metadata is destroyed, and a value from [src], of any type, takes its place. *)
    Parameter frame_repurpose_spec : ∀ γ s i vl i' (src : loc) vl',
      {{{ dict_drop_spec D ∗ unique_frame D γ s i vl ∗ src ↦∗ vl' ∗ meta_own D i' vl' }}}
        frame_repurpose (dict_size D) (dict_glues D) [ #s; #i'; #src ]
      {{{ RET #s; unique_frame D γ s i' vl' ∗ src ↦∗ vl' ∗ meta_dead D i vl }}}.

    (** ** Evidence *)
    Global Declare Instance tells_token γ s :
      Tells (slot_state_own D γ s) (unique_token γ) (λ st, st = SlotUnique).
    Global Declare Instance tells_unique γ s i vl :
      Tells (slot_state_own D γ s) (unique_frame D γ s i vl) (λ st, st = SlotUnique).
    Global Declare Instance tells_busy γ s i vl :
      Tells (slot_state_own D γ s) (busy_frame D γ s i vl) (λ st, st = SlotBusy).
    Global Declare Instance tells_shared γ s m :
      Tells (slot_state_own D γ s) (shared_frame D γ s m) (λ st, ∃ n, st = SlotShared n m).
    Global Declare Instance evidence_shared_2 (Cl : slot_state → iProp Σ) γ s m m' :
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ shared_frame D γ s m')
        (λ st, m = m' ∧ ∃ n, st = SlotShared n m ∧ (1 < n)%positive) | 5.
  End laws.

  Section client.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (γm : gname) (s src : loc) (pa : Z) (i : nat).
    Implicit Types (vl : list val) (u : bool) (m : meta) (n : positive) (dealloc : val).
    Implicit Types (Cl : slot_state → iProp Σ) (Φ : val → iProp Σ).
    Implicit Types (Ev : iProp Σ) (P : slot_state → Prop).

    (** ** Slots *)
    Global Declare Instance is_slot_persistent Cl γ s pa :
      Persistent (is_slot D N Cl γ s pa).
    (** From the cells of a slot. The name that leases have, and that of the pending
    increments, are the client's. *)
    Parameter is_slot_alloc : ∀ Cl E γl γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa -∗
      Cl SlotUnused ={E}=∗
      ∃ γ, ⌜slot_lease_name γ = γl ∧ slot_pending_name γ = γr⌝ ∗
        is_slot D N Cl γ s pa.
    (** The invariant, for operations of one's own that do not change the state. *)
    Parameter is_slot_acc : ∀ Cl `{!TimelessClient Cl} E γ s pa Ev P,
      ↑N ⊆ E → Evidence (slot_state_own D γ s) Cl Ev P →
      is_slot D N Cl γ s pa -∗ Ev ={E,E ∖ ↑N}=∗
      ∃ st, ⌜P st ∧ state_bounded st⌝ ∗ Ev ∗
        s ↦ #(state_word st) ∗ Cl st ∗ ▷ state_room D s st ∗
        (s ↦ #(state_word st) -∗ Cl st -∗ ▷ state_room D s st ={E ∖ ↑N,E}=∗ True).
    (** The address of the page. *)
    Parameter frame_start_paddr_spec : ∀ Cl γ s pa,
      {{{ is_slot D N Cl γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.

    (** ** Getting a handle *)
    (** The claim of an unused slot; the metadata is moved in from [src]. *)
    Parameter get_from_unused_at : ∀ Cl `{!TimelessClient Cl} γ s pa i src vl u Ev P
        (Ev1 : slot_state → iProp Σ) (Ev2 : gname → slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl claimed_state P Ev Ev1 →
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (λ _, built_state u i vl γm)
        (λ st, st = SlotBusy ∧ P SlotUnused) (Ev1 SlotUnused) (Ev2 γm)) →
      is_slot D N Cl γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st⌝ -∗ src ↦∗ vl -∗
         match st with
         | SlotUnused => ∃ γm, Ev2 γm SlotBusy ∗
             if u then unique_frame D γ s i vl else shared_frame D γ s (Meta i vl γm)
         | _ => Ev1 st ∗ meta_own D i vl
         end -∗ Φ #(status_code (claim_error st))) -∗
      WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
    (** The look-up of a frame that is shared: one share more. Where it succeeds the count
    was below the maximum, as the model's [slot_from_in_use] has it. *)
    Parameter get_from_in_use_at : ∀ Cl `{!TimelessClient Cl} γ s pa Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl Ev P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ ▷ Ev -∗
      ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
         match st with
         | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ s m
         | _ => True
         end -∗
         Φ #(status_code (from_in_use_error st))) -∗
      WP get_from_in_use [ #s ] {{ Φ }}.

    (** ** Shares *)
    (** One share more. *)
    Parameter inc_ref_count_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
         shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ Φ #☠) -∗
      WP inc_ref_count [ #s ] {{ Φ }}.
    (** [clone]: the increment, and the handle. *)
    Parameter frame_clone_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
         shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ Φ #s) -∗
      WP frame_clone [ #s ] {{ Φ }}.
    (** The increment by compare-and-swap, which looks first. *)
    Parameter clone_by_cas_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl from_in_use_state (λ st, P st ∧ (state_word st < slot_max)%Z) Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗
         shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s) -∗
      WP clone_by_cas [ #s ] {{ Φ }}.
    (** The first half of a drop. Whoever drops the last share has the right to tear down.
    The metadata is a value again, which sharing may have made of the one shared. *)
    Parameter dec_ref_count_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl else True) -∗
         Φ #(sole_share st)) -∗
      WP dec_ref_count [ #s ] {{ Φ }}.
    (** A drop. The last one runs the destructor and gives the page to the allocator. *)
    Parameter frame_drop_at : ∀ Cl `{!TimelessClient Cl} γ s pa m dealloc Ev P
        (Ev1 Ev2 : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev1 →
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 (SlotShared 1 m)) Ev2 →
      dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗
         if sole_share st then
           ∀ vl, ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗ Ev2 SlotBusy -∗
             WP dealloc [ #pa; #page_size ] {{ Φ }}
         else Ev1 st -∗ Φ #☠) -∗
      WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
    (** The number of shares at one moment. *)
    Parameter reference_count_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗ Φ #(Z.pos n)) -∗
      WP reference_count [ #s ] {{ Φ }}.

    (** ** Converting *)
    (** A unique handle becomes the first share. *)
    Parameter frame_from_unique_at : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : gname → slot_state → iProp Σ) Φ,
      (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
        Ev (Ev' γm)) →
      is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ s (Meta i vl γm) -∗ Φ #s) -∗
      WP frame_from_unique [ #s ] {{ Φ }}.
    (** The only share becomes a unique handle; any other is handed back. *)
    Parameter try_from_shared_at : ∀ Cl `{!TimelessClient Cl} γ s pa m Ev P
        (Ev' : slot_state → iProp Σ) Φ,
      Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
      Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
      is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
      ▷ (∀ n, let st := SlotShared n m in
         ⌜P st⌝ -∗ Ev' st -∗
         (if sole_share st
          then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m) -∗
         Φ #(sole_share st)) -∗
      WP try_from_shared [ #s ] {{ Φ }}.

    (** ** Tearing down *)
    (** The second half of a last drop. *)
    Parameter drop_last_in_place_at : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) Ev Ev' →
      dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (meta_dead D i vl -∗ Ev' SlotBusy -∗ Φ #☠) -∗
      WP drop_last_in_place (dict_glues D) [ #s ] {{ Φ }}.
    (** The store with which [unique_drop] and [reset_as_unused] begin. *)
    Parameter frame_release_at : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev' : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev' →
      is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (busy_frame D γ s i vl -∗ Ev' SlotUnique -∗ Φ #☠) -∗
      WP #s <-ˢᶜ #slot_busy {{ Φ }}.
    (** The end of a unique frame, without the allocator. *)
    Parameter reset_as_unused_at : ∀ Cl `{!TimelessClient Cl} γ s pa i vl Ev
        (Ev1 Ev2 : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev1 →
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 SlotUnique) Ev2 →
      dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (meta_dead D i vl -∗ Ev2 SlotBusy -∗ Φ #☠) -∗
      WP reset_as_unused (dict_glues D) [ #s ] {{ Φ }}.
    (** The drop of a unique handle. *)
    Parameter unique_drop_at : ∀ Cl `{!TimelessClient Cl} γ s pa i vl dealloc Ev
        (Ev1 Ev2 : slot_state → iProp Σ) Φ,
      Pays (⊤ ∖ ↑N) Cl retired_state (λ st, st = SlotUnique) Ev Ev1 →
      Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 SlotUnique) Ev2 →
      dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
      ▷ (meta_dead D i vl -∗ Ev2 SlotBusy -∗ WP dealloc [ #pa; #page_size ] {{ Φ }}) -∗
      WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  End client.
End slot_specs_sig.
