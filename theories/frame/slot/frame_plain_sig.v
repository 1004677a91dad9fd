(** * Page frames, owned plainly: the interface

The programs of [frame_code.v] for clients that keep no books: a handle is all that an
operation asks for, and nothing is owed. [plain_slot D N γ s pa] is a slot whose ledger
is [True]. This is the third set of specifications that follow from
[slot_specs_sig.v]; [frame_sig.v] has the two others.

What is lost: a handle may be forgotten, nobody ever knows that the slot is unused, and
so nobody knows that [plain_from_unused_spec] succeeds, or that a drop is the last one.
What the caller's handle excludes is excluded here, too ([..._shared_spec],
[..._unique_spec]). What the destructor of the metadata left [plain_drop_spec] hides: it
goes to the allocator, of whose answer nothing is said. It is not hidden from who drops
a unique handle ([plain_unique_drop_spec], [plain_reset_as_unused_spec]) or keeps books.

Statements only; [frame_plain.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export slot_specs.
From tally.prelude Require Import options.

Module Type frame_plain_sig.
  Parameter plain_slot : ∀ `{!lrustGS Σ, !frameG Σ},
    meta_dict Σ → namespace → slot_names → loc → Z → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s src : loc) (pa : Z) (i : nat) (vl : list val).
    Implicit Types (u : bool) (m : meta) (n : positive) (dealloc : val).

    Global Declare Instance plain_slot_persistent γ s pa :
      Persistent (plain_slot D N γ s pa).
    Parameter plain_slot_alloc : ∀ E γr s pa,
      s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
      ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ plain_slot D N γ s pa.
    Parameter plain_from_unused_spec : ∀ γ s pa i src vl u,
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
          match e with
          | None => (if u then unique_frame D γ s i vl
             else (∃ γm, shared_frame D γ s (Meta i vl γm))%I)
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ meta_own D i vl
          end }}}.
    Parameter plain_from_unused_shared_spec : ∀ γ s pa i src vl u m,
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          shared_frame D γ s m }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrInUse);
          src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
    Parameter plain_from_unused_unique_spec : ∀ γ s pa i src vl u i' vl',
      {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
          unique_frame D γ s i' vl' }}}
        get_from_unused (dict_size D) [ #s; #i; #src; #u ]
      {{{ RET #(error_code ErrUnique);
          src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
    Parameter plain_from_in_use_spec : ∀ γ s pa,
      {{{ plain_slot D N γ s pa }}}
        get_from_in_use [ #s ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ m, shared_frame D γ s m
          | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝
          end }}}.
    Parameter plain_from_in_use_shared_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        get_from_in_use [ #s ]
      {{{ RET #0; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
    Parameter plain_from_in_use_unique_spec : ∀ γ s pa i vl,
      {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        get_from_in_use [ #s ]
      {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
    Parameter plain_clone_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
        frame_clone [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Parameter plain_inc_ref_count_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
        inc_ref_count [ #s ]
      {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗
          pending_incs (slot_pending_name γ) 1 }}}.
    Parameter plain_clone_by_cas_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        clone_by_cas [ #s ]
      {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
    Parameter plain_reference_count_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        reference_count [ #s ]
      {{{ n, RET #(Z.pos n); ⌜(Z.pos n < slot_unique)%Z⌝ ∗ shared_frame D γ s m }}}.
    Parameter plain_drop_spec : ∀ γ s pa m dealloc,
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc (λ _ _ _, True) ∗
          plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        frame_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; True }}}.
    Parameter plain_from_unique_spec : ∀ γ s pa i vl,
      {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        frame_from_unique [ #s ]
      {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) }}}.
    Parameter plain_try_from_shared_spec : ∀ γ s pa m,
      {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
        try_from_shared [ #s ]
      {{{ (b : bool), RET #b;
          if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
          else shared_frame D γ s m }}}.
    Parameter plain_unique_drop_spec : ∀ γ s pa i vl dealloc
        (R : nat → list val → Qp → iProp Σ),
      {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc R ∗
          plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        unique_drop (dict_glues D) dealloc [ #s ]
      {{{ RET #☠; R i vl 1%Qp }}}.
    Parameter plain_reset_as_unused_spec : ∀ γ s pa i vl,
      {{{ dict_drop_spec D ∗ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
        reset_as_unused (dict_glues D) [ #s ]
      {{{ RET #☠; meta_dead D i vl }}}.
    Parameter plain_start_paddr_spec : ∀ γ s pa,
      {{{ plain_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
  End laws.
End frame_plain_sig.
