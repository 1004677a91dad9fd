(** * [Rc<[T]>]: lengths that are known when the program runs

What is true of the programs of [rc_slice_code.v], statements only; [rc_slice.v] has them
sealed. They are those of [rc_sig.v] at the type [slice_ty τ n] ([slice.v]), for all [n], and
the handles are the same. The functions that do not ask for the size, as [rc_clone], are
those of [rc_code.v] themselves.

What is not said: that the size of a block can overflow (arithmetic is exact here), that
handles carry [n] (the caller passes it), and what a text is beyond its bytes. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import new_delete.
From tally.types Require Export type slice.
From tally.rc Require Export rc_slice_code.
From tally.rc Require Import rc_base rc.
From tally.prelude Require Import options.

Module Type rc_slice_sig.
  Section slice.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ} {n : nat}.
    Context (SO : rc_shared_own p N R (slice_ty τ n)) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : so_id SO) (l src : loc) (a wl : list val).
    Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset).

    (** As [rc_new_spec]. *)
    Parameter rc_slice_new_spec : ∀ src wl a q m,
      R a wl →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own (slice_ty τ n) wl }}}
        rc_slice_new (ty_size τ) [ #src; #n ]
      {{{ l γ i, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗ src ↦∗ wl }}}.
    (** The box's memory comes back to the lease, of which it was a part. *)
    Parameter rc_slice_from_box_spec : ∀ src wl a q m q' m',
      R a wl →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own (slice_ty τ n) wl ∗
          dealloc_token 1 (ty_size (slice_ty τ n)) src ∗
          heap_lease q' (1 `min` ty_size (slice_ty τ n) + m') }}}
        rc_slice_from_box (ty_size τ) [ #src; #n ]
      {{{ l γ i, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗ heap_lease q' m' }}}.
    (** As [rc_new_cyclic_spec]. *)
    Parameter rc_slice_init_spec : ∀ F (init : val)
      (Q : rc_name → loc → list val → Qp → nat → iProp Σ) q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗
          (∀ γ l vl, ⌜rc_lease_of γ = (q, m) ∧ length vl = ty_size (slice_ty τ n)⌝ -∗
            na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ rc_unshared SO γ -∗ (l +ₗ 2) ↦∗ vl -∗
            WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ a wl r j, na_own p F ∗
              rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗
              (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own (slice_ty τ n) wl ∗ Q γ l a r j }}) }}}
        rc_slice_init (ty_size τ) [init; #n]
      {{{ γ i l a r j, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ na_own p F ∗
          rc_own SO γ i l a r 1 j ∗ Q γ l a r j }}}.
    (** Of values that [clone] makes from those at [src], which stay. Which values these are
    is not said. *)
    Parameter rc_slice_from_clones_spec : ∀ F S (clone : val) qs src vl q m,
      ↑N ⊆ F → (∀ wl, ∃ a, R a wl) → (∀ wl, S wl ⊢ ⌜length wl = ty_size τ⌝) →
      {{{ ty_clone_spec (na_own p F) τ S qs clone ∗
          heap_lease q m ∗ na_own p F ∗ src ↦∗{qs} vl ∗ slice_effect S n vl }}}
        rc_slice_from_clones (ty_size τ) clone [ #src; #n ]
      {{{ γ i l a, RET #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ na_own p F ∗ rc_own SO γ i l a 1 1 0 ∗
          src ↦∗{qs} vl ∗ slice_effect S n vl }}}.
    (** The same handle, at the type of an array, if there are as many values. *)
    Parameter rc_slice_into_array_spec : ∀ m γ i l a r k j,
      {{{ rc_own SO γ i l a r k j }}}
        rc_slice_into_array m [ #l; #n ]
      {{{ v, RET v; ⌜v = if decide (n = m) then #l else #0⌝ ∗ rc_own SO γ i l a r k j }}}.
    (** As [rc_drop_spec]; the last one destroys each of the values. *)
    Parameter rc_slice_drop_spec : ∀ F glue D γ i l a r k j,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
        rc_slice_drop (ty_size τ) glue [ #l; #n ]
      {{{ RET #☠; na_own p F ∗
          ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ rc_own SO γ i l a r k' j) ∨
           (⌜k = 1%positive⌝ ∗
             rc_dropped_own SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ slice_effect D n wl))) }}}.
    (** As [weak_drop_spec]. *)
    Parameter weak_slice_drop_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ weak_own SO γ l r (j + 1) }}}
        weak_slice_drop (ty_size τ) [ #l; #n ]
      {{{ RET #☠; na_own p F ∗ weak_own SO γ l r j }}}.
    (** The last handle of all frees the block. *)
    Parameter weak_slice_drop_last_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_last_own SO γ l r (j + 1) }}}
        weak_slice_drop (ty_size τ) [ #l; #n ]
      {{{ RET #☠; na_own p F ∗ rc_last_own SO γ l r j }}}.
  End slice.
End rc_slice_sig.
