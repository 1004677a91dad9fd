(** * Page frames: the interface

What is true of the programs of [frame_code.v], under every interleaving; statements
only. [frame.v] has them sealed. As λRust has no rule for a data race, every triple
also says that the accesses to the metadata do not race.

The handles are those of [slot_specs_sig.v]: [unique_frame], [shared_frame],
[busy_frame]. This file keeps two sets of books on them.

** Leases
[frame_slot D N γ s pa]: the slot follows the protocol (a fact for everybody), and the
books are the drops that are owed. [lease γ q k] is a part of the right to have the
frame in use, on which [k] handles are out. Every handle is taken on a lease and is
owed a drop.

Handles do not go with their lease automatically, so that several handles on one
lease and one handle on a large lease are both expressible. An operation that needs
only to know that a handle exists asks for the handle alone.

To forget a handle is to never see its part of the lease at [k = 0] again. With the
whole lease at 0 the slot is unused ([frame_slot_closed]): a program that ends with
it has leaked no frame (blocks of memory are another matter).

** The state
[open_slot D N γ s pa]: the same protocol, and the book is the abstract state itself.
[slot_is γ st] is knowledge of it, which operations update in one atomic step
([slot_update]). These are logically atomic specifications for the operations that
reveal a state that others may change.

** Results
The general triples name every result, and say what the caller has after it; of an
error they do not say when it is the one, so a program that always refuses has the
general triple of a look-up too. What a result means is in the others. Some pin it
down by what the caller has: [get_from_unused_full_spec] must succeed,
[get_from_unused_shared_spec] must fail, with that error, and so on. The logically
atomic ones, [..._atomic], have it computed from the state of the slot at one moment. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export slot_specs.
From tally.prelude Require Import options.

Module Type frame_sig.
  (** ** Definitions *)
  Parameter lease : ∀ `{!frameG Σ}, slot_names → Qp → nat → iProp Σ.
  Parameter client_lease : ∀ `{!frameG Σ}, gname → slot_state → iProp Σ.
  Parameter frame_slot : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → namespace → slot_names → loc → Z → iProp Σ.
  Parameter slot_is : ∀ `{!frameG Σ}, slot_names → slot_state → iProp Σ.
  Parameter open_slot : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → namespace → slot_names → loc → Z → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (q : Qp) (k : nat) (m : meta) (dealloc : val) (Φ : val → iProp Σ).

    (** ** Instances *)
    Global Declare Instance frame_slot_persistent γ s pa :
      Persistent (frame_slot D N γ s pa).
    Global Declare Instance open_slot_persistent γ s pa :
      Persistent (open_slot D N γ s pa).
    Global Declare Instance client_lease_timeless γl : TimelessClient (client_lease γl).
    Global Declare Instance lease_timeless γ q k : Timeless (lease γ q k).
    Global Declare Instance slot_is_timeless γ st : Timeless (slot_is γ st).

    (** ** Laws *)
    Parameter lease_split : ∀ γ q1 q2 k1 k2,
      lease γ (q1 + q2) (k1 + k2) ⊣⊢ lease γ q1 k1 ∗ lease γ q2 k2.
    Parameter lease_valid : ∀ γ q k, lease γ q k -∗ ⌜(q ≤ 1)%Qp⌝.
    (** The ledger of drops that are owed, for operations of one's own. *)
    Parameter frame_slot_client : ∀ γ s pa,
      frame_slot D N γ s pa ⊣⊢
      is_slot D N (client_lease (slot_lease_name γ)) γ s pa.
    Parameter lease_le : ∀ γ q k st,
      client_lease (slot_lease_name γ) st -∗ lease γ q k -∗ ⌜(k ≤ state_weight st)%nat⌝.
    Parameter lease_full : ∀ γ k st,
      client_lease (slot_lease_name γ) st -∗ lease γ 1 k -∗ ⌜state_weight st = k⌝.
    Parameter lease_update : ∀ γ q k k' st st',
      (state_weight st + k' = state_weight st' + k)%nat →
      client_lease (slot_lease_name γ) st -∗ lease γ q k ==∗
      client_lease (slot_lease_name γ) st' ∗ lease γ q k'.
    (** A slot is made, with the whole lease, from its cells. *)
    Parameter frame_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ frame_slot D N γ s pa ∗ lease γ 1 0.
    Parameter frame_slot_word : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa ={E,E ∖ ↑N}=∗
        ∃ st, ⌜state_bounded st⌝ ∗ s ↦ #(state_word st) ∗
          (s ↦ #(state_word st) ={E ∖ ↑N,E}=∗ True).
    (** Who has all of the lease and owes nothing finds the slot unused, with room. *)
    Parameter frame_slot_closed_room : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
        s ↦ #slot_unused ∗ ▷ meta_room D s ∗
        (s ↦ #slot_unused -∗ ▷ meta_room D s ={E ∖ ↑N,E}=∗ lease γ 1 0).
    Parameter frame_slot_closed : ∀ E γ s pa,
      ↑N ⊆ E →
      frame_slot D N γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
        s ↦ #slot_unused ∗ (s ↦ #slot_unused ={E ∖ ↑N,E}=∗ lease γ 1 0).

    (** ** From unused *)
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
    Parameter get_from_unused_full_spec : ∀ γ s pa i (src : loc) vl (u : bool),
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #0; src ↦∗ vl ∗
          (if u then unique_frame D γ s i vl
           else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ 1 1 }}}.
    Parameter get_from_unused_shared_spec : ∀ γ s pa i (src : loc) vl (u : bool) m,
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrInUse);
          src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
    Parameter get_from_unused_unique_spec : ∀ γ s pa i (src : loc) vl (u : bool) i' vl',
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          unique_frame D γ s i' vl' }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique);
          src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
    Parameter get_from_unused_token_spec : ∀ γ s pa i (src : loc) vl (u : bool),
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique); src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}.
    (** Who tears a frame down, and a destructor that looks at its own frame. *)
    Parameter get_from_unused_busy_spec : ∀ γ s pa i (src : loc) vl (u : bool) i' vl',
      {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          busy_frame D γ s i' vl' }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrBusy);
          src ↦∗ vl ∗ meta_own D i vl ∗ busy_frame D γ s i' vl' }}}.

    (** ** From in use *)
    Parameter get_from_in_use_spec : ∀ γ s pa q,
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
        get_from_in_use [ #s ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
          end }}}.
    Parameter get_from_in_use_shared_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
        get_from_in_use [ #s ]
      {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
    Parameter get_from_in_use_unique_spec : ∀ γ s pa i vl,
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
    Parameter get_from_in_use_token_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa ∗ unique_token γ }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnique); unique_token γ }}}.
    Parameter get_from_in_use_busy_spec : ∀ γ s pa i vl,
      {{{ frame_slot D N γ s pa ∗ busy_frame D γ s i vl }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrBusy); busy_frame D γ s i vl }}}.
    Parameter get_from_in_use_unused_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.

    (** ** Shares *)
    Parameter frame_clone_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
          pending_incs (slot_pending_name γ) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Parameter inc_ref_count_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
          pending_incs (slot_pending_name γ) 1 }}}
        inc_ref_count [ #s ]
      {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Parameter clone_by_cas_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 }}}
        clone_by_cas [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 }}}.
    (** A drop by its halves. The first returns whether the second is to follow. *)
    Parameter dec_ref_count_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
        dec_ref_count [ #s ]
      {{{ (b : bool), RET #b;
          if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl ∗
            lease γ q 1
          else lease γ q 0 }}}.
    Parameter drop_last_in_place_spec : ∀ γ s pa i vl q,
      {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗ busy_frame D γ s i vl ∗
          lease γ q 1 }}}
        drop_last_in_place (dict_glues D) [ #s ]
      {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.
    (** The last share runs the destructor and gives the page to the allocator, which
    makes of the lease and the remains what it does, [R]. *)
    Parameter frame_drop_spec : ∀ γ s pa q m dealloc (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
          frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; lease γ q 0 ∨
          (∃ vl, ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl q) }}}.
    Parameter frame_drop_last_spec : ∀ γ s pa m dealloc
        (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
          frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 1 }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ vl, RET #☠; ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl 1%Qp }}}.
    Parameter frame_drop_other_spec : ∀ γ s pa q k m dealloc,
      {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗
          shared_frame D γ s m ∗ lease γ q (2 + k) }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; lease γ q (1 + k) }}}.
    Parameter reference_count_spec : ∀ γ s pa m q k,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q k }}}
        reference_count [ #s ]
      {{{ (n : Z), RET #n; ⌜(1 `max` k ≤ n < slot_unique)%Z⌝ ∗
          shared_frame D γ s m ∗ lease γ q k }}}.
    Parameter reference_count_exact_spec : ∀ γ s pa m k,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 k }}}
        reference_count [ #s ]
      {{{ RET #(Z.of_nat k); shared_frame D γ s m ∗ lease γ 1 k }}}.

    (** ** Converting *)
    Parameter frame_from_unique_spec : ∀ γ s pa i vl q,
      {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
        frame_from_unique [ #s ]
      {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) ∗ lease γ q 1 }}}.
    Parameter try_from_shared_spec : ∀ γ s pa m q,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
        try_from_shared [ #s ]
      {{{ (b : bool), RET #b; lease γ q 1 ∗
          if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m }}}.
    Parameter try_from_shared_full_spec : ∀ γ s pa m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 1 }}}
        try_from_shared [ #s ]
      {{{ vl, RET #true; ⌜meta_change D m vl⌝ ∗
          unique_frame D γ s (meta_vtable m) vl ∗ lease γ 1 1 }}}.
    Parameter try_from_shared_other_spec : ∀ γ s pa m q k,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q (2 + k) }}}
        try_from_shared [ #s ]
      {{{ RET #false; shared_frame D γ s m ∗ lease γ q (2 + k) }}}.

    (** ** Unique handles *)
    Parameter unique_drop_spec : ∀ γ s pa i vl q dealloc
        (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
          frame_slot D N γ s pa ∗ unique_frame D γ s i vl ∗ lease γ q 1 }}}
        unique_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; R i vl q }}}.
    Parameter reset_as_unused_spec : ∀ γ s pa i vl q,
      {{{ dict_drop_spec D ∗ frame_slot D N γ s pa ∗
          unique_frame D γ s i vl ∗ lease γ q 1 }}}
        reset_as_unused (dict_glues D) [ #s ]
      {{{ RET #☠; lease γ q 0 ∗ meta_dead D i vl }}}.

    (** ** Addresses *)
    Parameter frame_start_paddr_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.

    (** ** Logically atomic *)
    Parameter open_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot D N γ s pa ∗ slot_is γ SlotUnused.
    Parameter slot_is_agree : ∀ γ st st', slot_is γ st -∗ slot_is γ st' -∗ ⌜st = st'⌝.
    Parameter get_from_in_use_atomic : ∀ γ s pa Φ,
      open_slot D N γ s pa -∗
      slot_update N (slot_is γ) from_in_use_state (λ st,
        match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
        Φ #(status_code (from_in_use_error st))) -∗
      WP get_from_in_use [ #s ] {{ Φ }}.
    Parameter try_from_shared_atomic : ∀ γ s pa m Φ,
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗
      slot_update N (slot_is γ) tried_state (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗
        (if sole_share st
         then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
         else shared_frame D γ s m) -∗
        Φ #(sole_share st)) -∗
      WP try_from_shared [ #s ] {{ Φ }}.
    Parameter reference_count_atomic : ∀ γ s pa m Φ,
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗
      slot_update N (slot_is γ) (λ st, st) (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ Φ #(state_word st)) -∗
      WP reference_count [ #s ] {{ Φ }}.
    Parameter get_from_unused_atomic : ∀ γ s pa i (src : loc) vl (u : bool) Φ,
      open_slot D N γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
      slot_update N (slot_is γ) claimed_state (λ st,
        match st with
        | SlotUnused => ∀ γm,
            slot_update N (slot_is γ)
              (λ _, if u then SlotUnique else SlotShared 1 (Meta i vl γm))
              (λ _, (if u then unique_frame D γ s i vl
                     else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
        | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
        end) -∗
      WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
    Parameter frame_clone_atomic : ∀ γ s pa m Φ,
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
      slot_update N (slot_is γ) from_in_use_state (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
        pending_incs (slot_pending_name γ) 1 -∗ Φ #s) -∗
      WP frame_clone [ #s ] {{ Φ }}.
    Parameter clone_by_cas_atomic : ∀ γ s pa m Φ,
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗
      slot_update N (slot_is γ) from_in_use_state (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
        Φ #s) -∗
      WP clone_by_cas [ #s ] {{ Φ }}.
    Parameter frame_drop_atomic : ∀ γ s pa m dealloc Φ,
      dict_drop_spec D -∗ open_slot D N γ s pa -∗ shared_frame D γ s m -∗
      slot_update N (slot_is γ) dropped_state (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗
        if sole_share st then
          slot_update N (slot_is γ) (λ _, SlotUnused) (λ _, ∀ vl,
            ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
            WP dealloc [ #pa; #page_size ] {{ Φ }})
        else Φ #☠) -∗
      WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
    Parameter frame_from_unique_atomic : ∀ γ s pa i vl Φ,
      open_slot D N γ s pa -∗ unique_frame D γ s i vl -∗
      (∀ γm, slot_update N (slot_is γ) (λ _, SlotShared 1 (Meta i vl γm))
        (λ _, shared_frame D γ s (Meta i vl γm) -∗ Φ #s)) -∗
      WP frame_from_unique [ #s ] {{ Φ }}.
    Parameter unique_drop_atomic : ∀ γ s pa i vl dealloc Φ,
      dict_drop_spec D -∗ open_slot D N γ s pa -∗ unique_frame D γ s i vl -∗
      slot_update N (slot_is γ) (λ _, SlotBusy) (λ _,
        slot_update N (slot_is γ) (λ _, SlotUnused) (λ _,
          meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})) -∗
      WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  End laws.
End frame_sig.
