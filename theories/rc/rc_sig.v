(** * [rc τ]: the interface

What is true of the programs of [rc_code.v], statements only; [rc.v] has them sealed.

** The handles
- [is_rc SO γ i l a r k j]: [k] strong handles of the block at [l], and [j] weak ones,
  which together hold the share [r] of the register of the block's handles. A handle
  of Rust is one with [k = 1] and [j = 0]. [γ] names the block, [i] the sharing of its
  content, [a] is what all know of the content ([rc_base.v]).
- [is_weak SO γ l r j]: [j ≥ 1] weak handles alone.
- [is_unique_rc SO γ l wl r j]: a [UniqueRc] with content [wl], and [j] weak handles.
- [rc_ref SO γ l r k j]: handles of the block of whatever kind, without the content. It
  is what a reference to a [Weak] gives.
- [rc_raw SO γ i ptr a r]: the token of a raw pointer, made by [into_raw]. It holds the
  share [r] of the register, and shares add up to no more than 1 ([rc_raw_valid_2]):
  a token is not had twice, so [from_raw] is not called twice with one.

Shares add up, and so do the numbers of handles ([is_rc_split], [is_rc_split_weak],
[is_weak_split]).

- Who holds the whole share holds all the handles there are, of both kinds: both
  counts are known before they are read, the last drop is known to be the last, and
  [get_mut] is known to succeed.
- The converse is false: when a handle goes its share goes to the block. It comes
  back to one who finds that his handle is the only one ([rc_is_unique_spec]).

** The content
The content is shared through any instance [SO] of [shared_own_sig.v]. It may be fixed
while it is shared, or may change in place; see [rc_base.v], and [rc_deref_acc] and
[rc_content_acc] in [rc.v]. [is_rc_wrap] and [is_rc_unwrap] are the two directions of
the note's P1.

** What differs from the note on [Rc]
The note proposes [∃ c q w̄, ℓ ↦{q} c :: w̄ ∗ shared_own(τ, ℓ, w̄, c, q)], which
cannot be ([rc_naive.v]). Its shape is kept: a fraction of the data, a [shared_own],
and the count beside it. The deviations are these.

- The count cells are not cut into fractions: they are in a non-atomic invariant,
  which also says that the numbers in them are those of the handles.
- The triples carry [na_own p F], the right of the current thread to open such
  invariants. This is what makes [Rc] a type that cannot be sent to other threads.
- The two parts of a split do not both have the count [c + 1]: counts add up.
- P1 is an update that may take a step.

** What the statements do not say
- They are about partial correctness: an operation that aborts, or runs for ever, has
  every triple. That the operations return is seen in the executions that the clients
  compute ([observed_run], [nested_run], [programs_run] in [theories/examples/]).
- That the memory of a block is freed is seen in those executions too, and is not
  proved: a program that leaks the block would have the triples as well.
- [Abort] of λRust runs for ever. There is no unwinding: no destructor, clone function
  or closure panics and is caught. An allocation never fails.

** Masks
[rc_countN N l] is the namespace of the counts of the block at [l], [rc_contentN N]
that of the contents; both are below [N]. To make handles and to read the counts needs
only the first: one may do so while the content is open. The second does not have [l]:
where contents are in non-atomic invariants ([so_na]), two contents of the same [N] are
never open together. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Export rc_base rc_code.
From tally.prelude Require Import options.

Module Type rc_sig.
  (** ** Definitions *)
  Parameter is_rc : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → gname * so_id SO → loc → list val → Qp → positive → nat → iProp Σ.
  Parameter rc_ref : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → loc → Qp → nat → nat → iProp Σ.
  Parameter is_unique_rc : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → loc → list val → Qp → nat → iProp Σ.
  Global Arguments is_rc {_ _ _ _ _ _ _} SO {_} γ i l a r k j.
  Global Arguments rc_ref {_ _ _ _ _ _ _} SO {_} γ l r k j.
  Global Arguments is_unique_rc {_ _ _ _ _ _ _} SO {_} γ l wl r j.

  Section sig.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
    Implicit Types (q r : Qp) (j w : nat) (E F : coPset).

    Definition is_weak γ l r j : iProp Σ := rc_ref SO γ l r 0 j.
    (** Weak handles that may be none at all. *)
    Definition weak_rest γ l r j : iProp Σ := ⌜j = 0%nat⌝ ∨ is_weak γ l r j.
    Definition rc_raw γ i (ptr : loc) a r : iProp Σ :=
      ∃ l, ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_rc SO γ i l a r 1 0.
    (** The content of an [Rc] that is alone, and the way back. *)
    Definition rc_block_open l a : iProp Σ :=
      ∃ wl, ⌜R a wl⌝ ∗ (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
      (∀ a' wl', ⌜R a' wl'⌝ -∗ (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' ={⊤}=∗
        ∃ γ i, is_rc SO γ i l a' 1 1 0).
    (** [clone_to] makes a value out of one that is shared. [C] is what is known of it. *)
    Definition rc_clone_to_spec F i l a (C : list val → Prop) (clone_to : val) : iProp Σ :=
      ∀ q dst vl, ⌜length vl = ty_size τ⌝ -∗
        {{{ na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗ dst ↦∗ vl }}}
          clone_to [ #(l +ₗ 2); #dst ]
        {{{ a' wl, RET #☠; na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗
            ⌜R a' wl ∧ C a'⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl }}}.
  End sig.
  Global Arguments is_weak {_ _ _ _ _ _ _} SO {_} γ l r j.
  Global Arguments weak_rest {_ _ _ _ _ _ _} SO {_} γ l r j.
  Global Arguments rc_raw {_ _ _ _ _ _ _} SO {_} γ i ptr a r.
  Global Arguments rc_block_open {_ _ _ _ _ _ _} SO {_} l a.
  Global Arguments rc_clone_to_spec {_ _ _ _ _ _ _} SO F i l a C clone_to.

  Section specs.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
    Implicit Types (q r : Qp) (j w : nat) (E F : coPset).

    (** ** Handles *)
    (** A strong handle, but for its share of the content. *)
    Parameter is_rc_ref : ∀ γ i l a r k j,
      is_rc SO γ i l a r k j -∗
      rc_ref SO γ l r (Pos.to_nat k) j ∗
      (∀ r' j', rc_ref SO γ l r' (Pos.to_nat k) j' -∗ is_rc SO γ i l a r' k j').
    Parameter is_rc_split : ∀ γ i l a r r' k k' j j',
      is_rc SO γ i l a (r + r') (k + k') (j + j') ⊣⊢
      is_rc SO γ i l a r k j ∗ is_rc SO γ i l a r' k' j'.
    Parameter is_rc_split_weak : ∀ γ i l a r r' k j j',
      0 < j' →
      is_rc SO γ i l a (r + r') k (j + j') ⊣⊢ is_rc SO γ i l a r k j ∗ is_weak SO γ l r' j'.
    Parameter is_rc_valid : ∀ γ i l a r k j,
      is_rc SO γ i l a r k j -∗ ⌜(r ≤ 1)%Qp⌝.
    Parameter is_rc_exclusive : ∀ γ i l a i' l' a' r k k' j j',
      is_rc SO γ i l a 1 k j -∗ is_rc SO γ i' l' a' r k' j' -∗ False.
    Parameter is_rc_weak_exclusive : ∀ γ i l a l' r k j j',
      is_rc SO γ i l a 1 k j -∗ is_weak SO γ l' r j' -∗ False.
    (** All strong handles of a block agree on its sharing and its content. *)
    Parameter is_rc_agree : ∀ F γ i i' l a a' r r' k k' j j',
      ↑rc_countN N l ⊆ F →
      is_rc SO γ i l a r k j -∗ is_rc SO γ i' l a' r' k' j' -∗ na_own p F ={⊤}=∗
      ⌜i = i' ∧ a = a'⌝ ∗ is_rc SO γ i l a r k j ∗ is_rc SO γ i' l a' r' k' j' ∗ na_own p F.
    Parameter is_rc_acc : ∀ γ i l a r k j,
      is_rc SO γ i l a r k j -∗ ∃ q, so_own SO i.2 (l, a) 1 q ∗
      (so_own SO i.2 (l, a) 1 q -∗ is_rc SO γ i l a r k j).
    (** A block laid out as an [Rc] becomes one … *)
    Parameter is_rc_wrap : ∀ E l a,
      l ↦ #1 -∗ (l +ₗ 1) ↦ #1 -∗ rc_content R τ (l, a) ={E}=∗
      ∃ γ i, is_rc SO γ i l a 1 1 0.
    (** All handles are in one hand: the block is no more an [Rc]. *)
    Parameter is_rc_unwrap : ∀ F γ i l a,
      ↑N ⊆ F →
      is_rc SO γ i l a 1 1 0 -∗ na_own p F ={⊤}=∗
      ▷ (|={⊤}=> l ↦ #1 ∗ (l +ₗ 1) ↦ #1 ∗ so_own SO i.2 (l, a) 1 1 ∗ na_own p F).
    Parameter rc_ref_pos : ∀ γ l r (k j : nat),
      rc_ref SO γ l r k j -∗ ⌜0 < k + j⌝.
    Parameter rc_ref_split : ∀ γ l r r' (k k' j j' : nat),
      0 < k + j → 0 < k' + j' →
      rc_ref SO γ l (r + r') (k + k') (j + j') ⊣⊢ rc_ref SO γ l r k j ∗ rc_ref SO γ l r' k' j'.
    Parameter rc_ref_valid : ∀ γ l r (k j : nat),
      rc_ref SO γ l r k j -∗ ⌜(r ≤ 1)%Qp⌝.
    Parameter rc_ref_exclusive : ∀ γ l l' r (k k' j j' : nat),
      rc_ref SO γ l 1 k j -∗ rc_ref SO γ l' r k' j' -∗ False.
    Parameter is_weak_split : ∀ γ l r r' j j',
      0 < j → 0 < j' →
      is_weak SO γ l (r + r') (j + j') ⊣⊢ is_weak SO γ l r j ∗ is_weak SO γ l r' j'.
    (** The content is there to be read and written. *)
    Parameter is_unique_rc_acc : ∀ γ l wl r j,
      is_unique_rc SO γ l wl r j -∗
      (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
      (∀ wl', (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' -∗ is_unique_rc SO γ l wl' r j).
    Parameter rc_raw_exclusive : ∀ γ i ptr a i' ptr' a' r,
      rc_raw SO γ i ptr a 1 -∗ rc_raw SO γ i' ptr' a' r -∗ False.
    Parameter rc_raw_valid_2 : ∀ γ i ptr a r r',
      rc_raw SO γ i ptr a r -∗ rc_raw SO γ i ptr a r' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
    (** ** Strong handles *)
    Parameter rc_new_spec : ∀ (src : loc) wl a,
      R a wl →
      {{{ src ↦∗ wl ∗ ty_own τ wl }}}
        rc_new (ty_size τ) [ #src ]
      {{{ l γ i, RET #l; is_rc SO γ i l a 1 1 0 ∗ src ↦∗ wl }}}.
    Parameter rc_clone_spec : ∀ F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_clone [ #l ]
      {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}.
    Parameter rc_drop_spec : ∀ F glue D γ i l a r k j,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_drop (ty_size τ) glue [ #l ]
      {{{ RET #☠; na_own p F ∗
          ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ is_rc SO γ i l a r k' j) ∨
           (⌜k = 1%positive⌝ ∗ weak_rest SO γ l r j ∗
             ((∃ wl, ⌜R a wl⌝ ∗ D wl) ∨ ⌜r ≠ 1%Qp⌝))) }}}.
    Parameter rc_strong_count_spec : ∀ F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_strong_count [ #l ]
      {{{ (m : positive), RET #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          na_own p F ∗ is_rc SO γ i l a r k j }}}.
    Parameter rc_weak_count_spec : ∀ F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_weak_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          na_own p F ∗ is_rc SO γ i l a r k j }}}.
    Parameter rc_deref_spec : ∀ l,
      {{{ True }}} rc_deref [ #l ] {{{ RET #(l +ₗ 2); True }}}.
    (** Both are live, so that the comparison is defined. *)
    Parameter rc_ptr_eq_spec : ∀ F γ i l a r k j γ' i' l' a' r' k' j',
      ↑N ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j ∗ is_rc SO γ' i' l' a' r' k' j' }}}
        rc_ptr_eq [ #l; #l' ]
      {{{ RET #(bool_decide (l = l')); na_own p F ∗
          is_rc SO γ i l a r k j ∗ is_rc SO γ' i' l' a' r' k' j' }}}.
    (** ** Raw pointers *)
    Parameter rc_into_raw_spec : ∀ γ i l a r,
      {{{ is_rc SO γ i l a r 1 0 }}}
        rc_into_raw [ #l ]
      {{{ RET #(l +ₗ 2); rc_raw SO γ i (l +ₗ 2) a r }}}.
    Parameter rc_from_raw_spec : ∀ γ i ptr a r,
      {{{ rc_raw SO γ i ptr a r }}}
        rc_from_raw [ #ptr ]
      {{{ l, RET #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_rc SO γ i l a r 1 0 }}}.
    (** A token makes another one … *)
    Parameter rc_increment_strong_count_spec : ∀ F γ i ptr a r,
      ↑N ⊆ F →
      {{{ na_own p F ∗ rc_raw SO γ i ptr a r }}}
        rc_increment_strong_count [ #ptr ]
      {{{ RET #☠; na_own p F ∗ rc_raw SO γ i ptr a (r / 2) ∗ rc_raw SO γ i ptr a (r / 2) }}}.
    (** … and goes like a handle. *)
    Parameter rc_decrement_strong_count_spec : ∀ F glue D γ i ptr a r,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ rc_raw SO γ i ptr a r }}}
        rc_decrement_strong_count (ty_size τ) glue [ #ptr ]
      {{{ RET #☠; na_own p F ∗ ((∃ wl, ⌜R a wl⌝ ∗ D wl) ∨ ⌜r ≠ 1%Qp⌝) }}}.
    (** ** Weak handles *)
    Parameter rc_downgrade_spec : ∀ F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_downgrade [ #l ]
      {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r k (j + 1) }}}.
    Parameter weak_new_spec :
      {{{ True }}} weak_new [] {{{ RET #0; True }}}.
    Parameter weak_clone_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_clone [ #l ]
      {{{ RET #l; na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}.
    Parameter weak_drop_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_weak SO γ l r (j + 1) }}}
        weak_drop (ty_size τ) [ #l ]
      {{{ RET #☠; na_own p F ∗ weak_rest SO γ l r j }}}.
    (** Of several handles a weak one goes. *)
    Parameter weak_drop_ref_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}
        weak_drop (ty_size τ) [ #l ]
      {{{ RET #☠; na_own p F ∗ (⌜k = 0 ∧ j = 0⌝%nat ∨ rc_ref SO γ l r k j) }}}.
    Parameter weak_upgrade_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_weak SO γ l r j }}}
        weak_upgrade [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((⌜v = #0⌝ ∗ is_weak SO γ l r j) ∨
           (∃ i a, ⌜v = #l ∧ r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j)) }}}.
    Parameter weak_upgrade_ref_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_upgrade [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((⌜v = #0⌝ ∗ rc_ref SO γ l r k j) ∨
           (∃ i a, ⌜v = #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             is_rc SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    (** With an [Rc] at hand it works. *)
    Parameter weak_upgrade_rc_spec : ∀ F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        weak_upgrade [ #l ]
      {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}.
    Parameter weak_strong_count_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_strong_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m) ∧ (r = 1%Qp → m ≤ k)⌝ ∗
          na_own p F ∗ rc_ref SO γ l r k j }}}.
    (** 0 where the content is not shared. *)
    Parameter weak_weak_count_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_weak_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → m = 0 ∨ m = j)⌝ ∗
          na_own p F ∗ rc_ref SO γ l r k j }}}.
    (** With an [Rc] at hand both counts are those of [rc_strong_count_spec]
    and [rc_weak_count_spec]. *)
    Parameter weak_strong_count_rc_spec : ∀ F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        weak_strong_count [ #l ]
      {{{ (m : positive), RET #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          na_own p F ∗ is_rc SO γ i l a r k j }}}.
    Parameter weak_weak_count_rc_spec : ∀ F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        weak_weak_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          na_own p F ∗ is_rc SO γ i l a r k j }}}.
    (** The content is unique: it has no [Rc]. *)
    Parameter weak_upgrade_unique_spec : ∀ F γ l wl r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
        weak_upgrade [ #l ]
      {{{ RET #0; na_own p F ∗ is_unique_rc SO γ l wl r j }}}.
    (** What [weak_new] makes has no block. *)
    Parameter weak_clone_dangling_spec :
      {{{ True }}} weak_clone [ #0 ] {{{ RET #0; True }}}.
    Parameter weak_drop_dangling_spec : ∀ (n : nat),
      {{{ True }}} weak_drop n [ #0 ] {{{ RET #☠; True }}}.
    Parameter weak_upgrade_dangling_spec :
      {{{ True }}} weak_upgrade [ #0 ] {{{ RET #0; True }}}.
    Parameter weak_strong_count_dangling_spec :
      {{{ True }}} weak_strong_count [ #0 ] {{{ RET #0; True }}}.
    Parameter weak_weak_count_dangling_spec :
      {{{ True }}} weak_weak_count [ #0 ] {{{ RET #0; True }}}.
    (** ** The only handle *)
    (** Both counts at a time: who has all the handles gets the whole share. *)
    Parameter rc_is_unique_spec : ∀ F γ i l a r,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_is_unique [ #l ]
      {{{ (b : bool), RET #b; na_own p F ∗
          if b then is_rc SO γ i l a 1 1 0 else ⌜r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 0 }}}.
    Parameter rc_get_mut_spec : ∀ F γ i l a r,
      ↑N ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_get_mut [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((⌜v = #(l +ₗ 2)⌝ ∗ rc_block_open SO l a) ∨
           (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 0)) }}}.
    Parameter rc_try_unwrap_spec : ∀ F γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
        rc_try_unwrap (ty_size τ) [ #l; #dst ]
      {{{ (b : bool), RET #b; na_own p F ∗
          if b then
            ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ weak_rest SO γ l r j
          else ⌜r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}.
    Parameter rc_into_inner_spec : ∀ F glue D γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l a r 1 j ∗
          dst ↦∗ vl }}}
        rc_into_inner (ty_size τ) glue [ #l; #dst ]
      {{{ (b : bool), RET #b; na_own p F ∗ weak_rest SO γ l r j ∗
          if b then ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl
          else ⌜r ≠ 1%Qp⌝ ∗ dst ↦∗ vl }}}.
    Parameter rc_unwrap_or_clone_spec : ∀ F glue D C clone_to γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec SO F i l a C clone_to ∗
          na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
        rc_unwrap_or_clone (ty_size τ) clone_to glue [ #l; #dst ]
      {{{ a' wl, RET #☠; na_own p F ∗ weak_rest SO γ l r j ∗
          ⌜R a' wl ∧ (a' = a ∨ r ≠ 1%Qp ∧ C a')⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl }}}.
    (** A handle whose content is its own alone. The old handle's weak handles keep the
    old block. *)
    Parameter rc_make_mut_spec : ∀ F glue D C clone_to γ i l a r j,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec SO F i l a C clone_to ∗
          na_own p F ∗ is_rc SO γ i l a r 1 j }}}
        rc_make_mut (ty_size τ) clone_to glue [ #l ]
      {{{ γ' i' l' a', RET #l'; na_own p F ∗ is_rc SO γ' i' l' a' 1 1 0 ∗
          ⌜a' = a ∨ r ≠ 1%Qp ∧ C a'⌝ ∗ (⌜l' = l⌝ ∨ weak_rest SO γ l r j) }}}.
    (** ** Unique, to be shared later *)
    Parameter unique_rc_new_spec : ∀ (src : loc) wl,
      {{{ src ↦∗ wl ∗ ty_own τ wl }}}
        unique_rc_new (ty_size τ) [ #src ]
      {{{ l γ, RET #l; is_unique_rc SO γ l wl 1 0 ∗ src ↦∗ wl }}}.
    Parameter unique_rc_deref_spec : ∀ l,
      {{{ True }}} unique_rc_deref [ #l ] {{{ RET #(l +ₗ 2); True }}}.
    Parameter unique_rc_downgrade_spec : ∀ F γ l wl r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
        unique_rc_downgrade [ #l ]
      {{{ RET #l; na_own p F ∗ is_unique_rc SO γ l wl r (j + 1) }}}.
    Parameter unique_rc_into_rc_spec : ∀ F γ l wl a r j,
      ↑rc_countN N l ⊆ F → R a wl →
      {{{ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
        unique_rc_into_rc [ #l ]
      {{{ i, RET #l; na_own p F ∗ is_rc SO γ i l a r 1 j }}}.
    Parameter unique_rc_drop_spec : ∀ F glue D γ l wl r j,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_unique_rc SO γ l wl r j }}}
        unique_rc_drop (ty_size τ) glue [ #l ]
      {{{ RET #☠; na_own p F ∗ weak_rest SO γ l r j ∗ D wl }}}.
    (** From shared to unique, if it is the only handle of any kind. *)
    Parameter rc_try_into_unique_spec : ∀ F γ i l a r,
      ↑N ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_try_into_unique [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((∃ γ' wl, ⌜v = #l ∧ R a wl⌝ ∗ is_unique_rc SO γ' l wl 1 0) ∨
           (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 0)) }}}.
    (** [init] gets the cells of the content to fill, and a reference to a weak handle
    from which it may make others; some share of the block must be left. *)
    Parameter rc_new_cyclic_spec : ∀ F a (init : val) (Q : rc_name → loc → Qp → nat → iProp Σ),
      ↑N ⊆ F →
      {{{ na_own p F ∗
          (∀ γ l vl, ⌜length vl = ty_size τ⌝ -∗
            na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ (l +ₗ 2) ↦∗ vl -∗
            WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ wl r j, na_own p F ∗ rc_ref SO γ l r 1 j ∗
              (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own τ wl ∗ Q γ l r j }}) }}}
        rc_new_cyclic (ty_size τ) [init]
      {{{ γ i l r j, RET #l; na_own p F ∗ is_rc SO γ i l a r 1 j ∗ Q γ l r j }}}.
  End specs.
End rc_sig.
