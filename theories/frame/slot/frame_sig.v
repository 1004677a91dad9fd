(** * Page frames: the interface

What is true of the programs of [frame_code.v], under every interleaving of
sequentially consistent steps; statements
only. [frame.v] has them sealed. As λRust has no rule for a data race, every triple
also says that the accesses to the metadata do not race.

The handles, and the one specification of each operation, [..._at], are in
[slot_specs_sig.v]. They hold for any client state. This file has two of these, and says
what is evidence of them and what pays.

** Leases
[frame_slot D N γ s pa]: the slot follows the protocol (a fact for everybody), and the
client state is the number of drops that are owed. [lease γ q k] is a part of the right to
have the frame in use, on which [k] handles are out. Every handle is taken on a lease and
is owed a drop.

Handles do not go with their lease automatically, so that several handles on one
lease and one handle on a large lease are both expressible. An operation that needs
only to know that a handle exists asks for the handle alone.

To forget a handle is to never see its part of the lease at [k = 0] again. With the
whole lease at 0 the slot is unused ([frame_slot_closed]): a program that ends with
it has leaked no frame (blocks of memory are another matter).

** The state
[open_slot D N γ s pa]: the same protocol, and the client state is the abstract state
itself. [slot_is γ st] is knowledge of it. An atomic update of it ([slot_update]) pays
for the step of an operation ([pays_slot_update]); with that as evidence the
specifications are logically atomic.

** Results
The triples of this file are the specifications of [slot_specs_sig.v] with a lease of any
share. They name every result, and say what the caller has after it; of an error they
do not say when it is the one. What a result means is said by better evidence, given to
the same specification: with the whole lease and nothing owed a claim must succeed, with a
share it must fail, and with that error. [frame_cases.v] has the statements of such
cases. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export weighs slot_specs.
From tally.prelude Require Import options.

Module Type frame_sig.
  (** ** Definitions *)
  (** [lease γ q k]: the share [q] of the lease, on which [k] drops are owed. *)
  Parameter lease : ∀ `{!frameG Σ}, slot_names → Qp → nat → iProp Σ.
  (** The client state of [frame_slot]: the number of drops that are owed. *)
  Parameter client_lease : ∀ `{!frameG Σ}, gname → slot_state → iProp Σ.
  (** [slot_is γ st]: knowledge that the state of the slot is [st]. *)
  Parameter slot_is : ∀ `{!frameG Σ}, slot_names → slot_state → iProp Σ.
  (** The client state of [open_slot]: the state of the slot itself. *)
  Parameter client_var : ∀ `{!frameG Σ}, gname → slot_state → iProp Σ.
  Definition frame_slot `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace)
      (γ : slot_names) (s : loc) (pa : Z) : iProp Σ :=
    is_slot D N (client_lease (slot_lease_name γ)) γ s pa.
  Definition open_slot `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace)
      (γ : slot_names) (s : loc) (pa : Z) : iProp Σ :=
    is_slot D N (client_var (slot_lease_name γ)) γ s pa.

  (** A lease pays for every step; for a drop, a drop must be owed on it. *)
  Global Declare Instance pays_lease `{!frameG Σ, !invGS Σ} (E : coPset) (γ : slot_names)
      next P (q : Qp) (k : nat) (k' : slot_state → nat) :
    Weighs next P k k' →
    Pays E (client_lease (slot_lease_name γ)) next P
      (lease γ q k) (λ st, lease γ q (k' st)).

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (q : Qp) (k : nat) (m : meta) (dealloc : val) (st : slot_state).
    Implicit Types (next : slot_state → slot_state) (P : slot_state → Prop).

    (** ** Instances *)
    Global Declare Instance frame_slot_persistent γ s pa :
      Persistent (frame_slot D N γ s pa).
    Global Declare Instance open_slot_persistent γ s pa :
      Persistent (open_slot D N γ s pa).
    Global Declare Instance client_lease_timeless γl : TimelessClient (client_lease γl).
    Global Declare Instance client_var_timeless γl : TimelessClient (client_var γl).
    Global Declare Instance lease_timeless γ q k : Timeless (lease γ q k).
    Global Declare Instance slot_is_timeless γ st : Timeless (slot_is γ st).

    (** ** Evidence and payment *)
    (** The drops that are owed on a lease are owed; on the whole lease, all of them. *)
    Global Declare Instance tells_lease_full γ k :
      Tells (client_lease (slot_lease_name γ)) (lease γ 1 k)
        (λ st, state_weight st = k) | 1.
    Global Declare Instance tells_lease γ q k :
      Tells (client_lease (slot_lease_name γ)) (lease γ q k)
        (λ st, (k ≤ state_weight st)%nat) | 2.
    (** Knowledge of the state is evidence of it, and pays for every step. *)
    Global Declare Instance tells_slot_is γ st' :
      Tells (client_var (slot_lease_name γ)) (slot_is γ st') (λ st, st = st').
    Global Declare Instance pays_slot_is E γ next P st' :
      Pays E (client_var (slot_lease_name γ)) next P
        (slot_is γ st') (λ st, slot_is γ (next st)) | 1.
    (** An atomic update of it, wherever it is, pays for its own step. *)
    Global Declare Instance pays_slot_update γ next P (Ψ : slot_state → iProp Σ) :
      Pays (⊤ ∖ ↑N) (client_var (slot_lease_name γ)) next P
        (slot_update N (slot_is γ) next Ψ) Ψ | 1.
    (** So does one with another step, that is the same in the states that are possible. *)
    Global Declare Instance pays_slot_update_agrees γ next next' P (Ψ : slot_state → iProp Σ) :
      Agrees next next' P →
      Pays (⊤ ∖ ↑N) (client_var (slot_lease_name γ)) next' P
        (slot_update N (slot_is γ) next Ψ) Ψ | 2.

    (** ** Laws *)
    (** Leases are split and joined; shares add up, and so do drops that are owed. *)
    Parameter lease_split : ∀ γ q1 q2 k1 k2,
      lease γ (q1 + q2) (k1 + k2) ⊣⊢ lease γ q1 k1 ∗ lease γ q2 k2.
    (** A lease is at most the whole. *)
    Parameter lease_valid : ∀ γ q k, lease γ q k -∗ ⌜(q ≤ 1)%Qp⌝.
    (** The drops that are owed, for operations of one's own. *)
    Parameter lease_le : ∀ γ q k st,
      client_lease (slot_lease_name γ) st -∗ lease γ q k -∗ ⌜(k ≤ state_weight st)%nat⌝.
    (** The drops owed on the whole lease are all those that are still to come. *)
    Parameter lease_full : ∀ γ k st,
      client_lease (slot_lease_name γ) st -∗ lease γ 1 k -∗ ⌜state_weight st = k⌝.
    (** The client state and a lease change together, if both change by as many drops. *)
    Parameter lease_update : ∀ γ q k k' st st',
      (state_weight st + k' = state_weight st' + k)%nat →
      client_lease (slot_lease_name γ) st -∗ lease γ q k ==∗
      client_lease (slot_lease_name γ) st' ∗ lease γ q k'.
    (** A slot is made, with the whole lease, from its cells. *)
    Parameter frame_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ frame_slot D N γ s pa ∗ lease γ 1 0.
    (** At any moment the word of the slot is that of a bounded state. *)
    Parameter frame_slot_word : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa ={E,E ∖ ↑N}=∗
        ∃ st, ⌜state_bounded st⌝ ∗ s ↦ #(state_word st) ∗
          (s ↦ #(state_word st) ={E ∖ ↑N,E}=∗ True).
    (** Whoever has the whole lease and owes nothing finds the slot unused, with room. *)
    Parameter frame_slot_closed_room : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
        s ↦ #slot_unused ∗ ▷ meta_room D s ∗
        (s ↦ #slot_unused -∗ ▷ meta_room D s ={E ∖ ↑N,E}=∗ lease γ 1 0).
    (** The same without the room. *)
    Parameter frame_slot_closed : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
        s ↦ #slot_unused ∗ (s ↦ #slot_unused ={E ∖ ↑N,E}=∗ lease γ 1 0).

    (** The same for the state. *)
    Parameter open_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot D N γ s pa ∗ slot_is γ SlotUnused.
    (** Knowledge of the state is of one state. *)
    Parameter slot_is_agree : ∀ γ st st', slot_is γ st -∗ slot_is γ st' -∗ ⌜st = st'⌝.

    (** ** With a lease *)
    (** The claim of an unused slot. *)
    Parameter get_from_unused_spec : ∀ γ s pa i (src : loc) vl (u : bool) q,
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None =>
              (if u then unique_frame D γ s i vl
               else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
              meta_own D i vl ∗ lease γ q 0
          end }}}.
    (** The look-up of a frame that is shared. *)
    Parameter get_from_in_use_spec : ∀ γ s pa q,
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
        get_from_in_use [ #s ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
          end }}}.
    (** One share more. *)
    Parameter frame_clone_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
          pending_incs (slot_pending_name γ) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    (** The last share runs the destructor and gives the page to the allocator, which
    makes of the lease and the remains what it does, [R]. *)
    Parameter frame_drop_spec : ∀ γ s pa q m dealloc (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
          frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; lease γ q 0 ∨
          (∃ vl, ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl q) }}}.
    (** The second half of a last drop. *)
    Parameter drop_last_in_place_spec : ∀ γ s pa i vl q,
      {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗ busy_frame D γ s i vl ∗
          lease γ q 1 }}}
        drop_last_in_place (dict_glues D) [ #s ]
      {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
    (** The number of shares, at least those on the caller's lease. *)
    Parameter reference_count_spec : ∀ γ s pa m q k,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q k }}}
        reference_count [ #s ]
      {{{ (n : Z), RET #n; ⌜(1 `max` k ≤ n < slot_unique)%Z⌝ ∗
          shared_frame D γ s m ∗ lease γ q k }}}.
    (** A unique handle becomes the first share. *)
    Parameter frame_from_unique_spec : ∀ γ s pa i vl q,
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
        frame_from_unique [ #s ]
      {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) ∗ lease γ q 1 }}}.
    (** The only share becomes a unique handle; any other is handed back. *)
    Parameter try_from_shared_spec : ∀ γ s pa m q,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
        try_from_shared [ #s ]
      {{{ (b : bool), RET #b; lease γ q 1 ∗
          if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m }}}.
    (** The drop of a unique handle. *)
    Parameter unique_drop_spec : ∀ γ s pa i vl q dealloc
        (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
          frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
        unique_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; R i vl q }}}.
    (** The end of a unique frame, without the allocator. *)
    Parameter reset_as_unused_spec : ∀ γ s pa i vl q,
      {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗
          unique_frame D γ s i vl ∗ lease γ q 1 }}}
        reset_as_unused (dict_glues D) [ #s ]
      {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
  End laws.
End frame_sig.
