(** * Page frames: the interface

What is true of the programs of [frame_code.v], under every interleaving; statements
only. [frame.v] has them sealed. As λRust has no rule for a data race, every triple
also says that the accesses to the metadata do not race.

** Handles
- [unique_frame D γ s i vl]: the only handle of the frame at slot [s], whose metadata
  is of the type with vtable [i] and has the value [vl];
- [shared_frame D γ s m]: one of the shares of the metadata [m];
- [frame_slot D N γ s pa]: the slot follows the protocol (a fact for everybody);
- [lease γ q k]: a part of the right to have the frame in use, on which [k] handles
  are out. Every handle is taken on a lease and is owed a drop.

Handles do not go with their lease automatically, so that several handles on one
lease and one handle on a large lease are both expressible. An operation that needs
only to know that a handle exists asks for the handle alone.

** Leaks
To forget a handle is to never see its part of the lease at [k = 0] again. With the
whole lease at 0 the slot is unused ([frame_slot_closed]): a program that ends with
it has leaked nothing.

** Results
The general triples name every result, and say what the caller has after it; of an
error they do not say when it is the one, so a program that always refuses has the
general triple of a look-up too. What a result means is in the others. Some pin it
down by what the caller has: [get_from_unused_full_spec] must succeed,
[get_from_unused_shared_spec] must fail, with that error, and so on. The logically
atomic ones, [..._atomic], have it computed from the state of the slot at one moment.

** Overflow
[frame_clone] increments first and looks after, as the original does, so it borrows
a token of [racers], of which there are 2⁶³ − 2 ([racers_max]); a program that has
them all from the start gives one to each thread. [clone_by_cas] needs none. Where an
operation aborts it does not return, and its triple says nothing.

** Two ledgers
The handles above keep books of drops. [open_slot] and what goes with it are the same
protocol with other books: [slot_is γ st] is knowledge of the abstract state, which
operations update in one atomic step ([slot_update]). These are logically atomic
specifications for the operations that reveal a state that others may change. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame Require Export frame_code frame_meta.
From tally.prelude Require Import options.

Module Type frame_sig.
  (** ** Definitions *)
  Parameter racers : ∀ `{!frameG Σ}, gname → positive → iProp Σ.
  Parameter lease : ∀ `{!frameG Σ}, slot_names → Qp → nat → iProp Σ.
  Parameter frame_slot : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → namespace → slot_names → loc → Z → iProp Σ.
  Parameter unique_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → nat → list val → iProp Σ.
  Parameter shared_frame : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → slot_names → loc → meta → iProp Σ.
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
    Global Declare Instance lease_timeless γ q k : Timeless (lease γ q k).
    Global Declare Instance racers_timeless γr n : Timeless (racers γr n).
    Global Declare Instance slot_is_timeless γ st : Timeless (slot_is γ st).

    (** ** Laws *)
    Parameter racers_alloc : ⊢ |==> ∃ γr, racers γr racers_max.
    Parameter racers_split : ∀ γr n1 n2,
      racers γr (n1 + n2) ⊣⊢ racers γr n1 ∗ racers γr n2.
    Parameter racers_bound : ∀ γr n, racers γr n -∗ ⌜(n ≤ racers_max)%positive⌝.
    Parameter lease_split : ∀ γ q1 q2 k1 k2,
      lease γ (q1 + q2) (k1 + k2) ⊣⊢ lease γ q1 k1 ∗ lease γ q2 k2.
    Parameter lease_valid : ∀ γ q k, lease γ q k -∗ ⌜(q ≤ 1)%Qp⌝.
    Parameter unique_frame_exclusive : ∀ γ s i vl i' vl',
      unique_frame D γ s i vl -∗ unique_frame D γ s i' vl' -∗ False.
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
    Parameter unique_frame_meta_acc : ∀ γ s i vl,
      unique_frame D γ s i vl -∗
      (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl ∗
      (∀ vl', (s +ₗ slot_storage) ↦∗ vl' -∗ meta_own D i vl' -∗
        unique_frame D γ s i vl').
    (** A slot is made, with the whole lease, from its cells. *)
    Parameter frame_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_racers_name γ = γr⌝ ∗ frame_slot D N γ s pa ∗ lease γ 1 0.
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
    Parameter get_from_in_use_unused_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.

    (** ** Shares *)
    Parameter frame_clone_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
          racers (slot_racers_name γ) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
          racers (slot_racers_name γ) 1 }}}.
    Parameter clone_by_cas_spec : ∀ γ s pa q m,
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 }}}
        clone_by_cas [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 }}}.
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
    Parameter frame_repurpose_spec : ∀ γ s i vl i' (src : loc) vl',
      {{{ dict_drop_spec D ∗ unique_frame D γ s i vl ∗ src ↦∗ vl' ∗ meta_own D i' vl' }}}
        frame_repurpose (dict_size D) (dict_glues D) [ #s; #i'; #src ]
      {{{ RET #s; unique_frame D γ s i' vl' ∗ src ↦∗ vl' ∗ meta_dead D i vl }}}.

    (** ** Addresses, sizes, the metadata *)
    Parameter frame_start_paddr_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
    Parameter frame_into_raw_spec : ∀ γ s pa,
      {{{ frame_slot D N γ s pa }}} frame_into_raw [ #s ] {{{ RET #pa; True }}}.
    Parameter frame_size_spec : ∀ s,
      {{{ True }}} frame_size [ #s ] {{{ RET #page_size; True }}}.
    Parameter frame_level_spec : ∀ s,
      {{{ True }}} frame_level [ #s ] {{{ RET #1; True }}}.
    Parameter frame_borrow_spec : ∀ s,
      {{{ True }}} frame_borrow [ #s ] {{{ RET #s; True }}}.
    Parameter frame_transmute_spec : ∀ s,
      {{{ True }}} frame_transmute [ #s ] {{{ RET #s; True }}}.
    Parameter frame_meta_spec : ∀ s,
      {{{ True }}} frame_meta [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
    Parameter frame_meta_mut_spec : ∀ s,
      {{{ True }}} frame_meta_mut [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
    Parameter slot_at_spec : ∀ n (base : loc) pa,
      {{{ True }}}
        slot_at n [ #base; #pa ]
      {{{ RET #(base +ₗ slot_cells n * Z.quot pa page_size); True }}}.
    Parameter frame_from_raw_spec : ∀ n (base : loc) pa,
      {{{ True }}}
        frame_from_raw n [ #base; #pa ]
      {{{ RET #(base +ₗ slot_cells n * Z.quot pa page_size); True }}}.
    (** Not aligned comes first. *)
    Parameter get_slot_status_spec : ∀ (max pa : Z),
      {{{ True }}}
        get_slot_status [ #max; #pa ]
      {{{ RET #(if bool_decide (Z.rem pa page_size = 0%Z) then
                  if bool_decide (max ≤ pa)%Z then error_code ErrOutOfBound else 0%Z
                else not_aligned_code); True }}}.
    (** Is the metadata of the type with vtable [i]? The downcast of a share of which
    the type is not known. *)
    Parameter frame_meta_is_spec : ∀ γ s m i,
      {{{ shared_frame D γ s m }}}
        frame_meta_is [ #s; #i ]
      {{{ RET #(bool_decide (meta_vtable m = i)); shared_frame D γ s m }}}.

    (** ** Logically atomic *)
    Parameter open_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_racers_name γ = γr⌝ ∗ open_slot D N γ s pa ∗ slot_is γ SlotUnused.
    Parameter slot_is_agree : ∀ γ st st', slot_is γ st -∗ slot_is γ st' -∗ ⌜st = st'⌝.
    Parameter get_from_in_use_atomic : ∀ γ s pa Φ,
      open_slot D N γ s pa -∗
      slot_update N (slot_is γ) acquired_state (λ st,
        match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
        Φ #(status_code (acquire_error st))) -∗
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
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗ racers (slot_racers_name γ) 1 -∗
      slot_update N (slot_is γ) acquired_state (λ st,
        ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
        racers (slot_racers_name γ) 1 -∗ Φ #s) -∗
      WP frame_clone [ #s ] {{ Φ }}.
    Parameter clone_by_cas_atomic : ∀ γ s pa m Φ,
      open_slot D N γ s pa -∗ shared_frame D γ s m -∗
      slot_update N (slot_is γ) acquired_state (λ st,
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
