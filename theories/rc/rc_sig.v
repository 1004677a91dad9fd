(** * [rc τ]: the interface

What is true of the programs of [rc_code.v], statements only; [rc.v] has them sealed.

** The handles
- [is_rc SO γ i l a r k j]: [k] strong handles of the block at [l], and [j] weak ones,
  which together hold the share [r] of the register of the block's handles. A handle
  of Rust is one with [k = 1] and [j = 0]. [γ] names the block, [i] the sharing of its
  content, [a] is what all know of the content ([rc_base.v]).
- [is_weak SO γ l r j]: [j] weak handles alone.
- [is_unique_rc SO γ l wl r j]: a [UniqueRc] with content [wl], and [j] weak handles.
- [rc_ref SO γ l r k j]: handles of the block of whatever kind, without the content. It
  is what a reference to a [Weak] gives.
- [is_last SO γ l r j]: [j] weak handles, like [is_weak], and the knowledge that the
  strong side is gone, and went with the owner of this. There is one for each name of a block.
- [rc_raw SO γ i ptr a r]: the token of a raw pointer, made by [into_raw]. It holds the
  share [r] of the register, and shares add up to no more than 1 ([rc_raw_valid_2]):
  a token is not had twice, so [from_raw] is not called twice with one. That no
  specification of these programs could hand out two is proved in [rc_raw_twice.v].
- [weak_raw SO γ ptr r]: the token of a raw pointer that stands for a weak handle, made
  by [Weak::into_raw]; as [rc_raw], it is not had twice ([weak_raw_valid_2]).

Shares add up, and so do the numbers of handles ([is_rc_split], [is_rc_split_weak],
[is_weak_split], [is_last_split]). The numbers may be 0: [is_weak SO γ l r 0] is a
_receipt_, the share of handles that are gone. Who drops a handle keeps its share.

- Who holds the whole share holds all the handles there are, of both kinds: both
  counts are known before they are read, the last drop is known to be the last, and
  [get_mut] is known to succeed.
- Who finds that his handle is the only one holds the whole share of a new name of the
  block, and keeps a receipt of the old one ([rc_is_unique_spec]).
- Who drops a strong handle need not know whether it is the last. He gets
  [rc_receipt SO γ l r j P], the share back, and [P], what the destructor leaves, if it
  was the last. When all shares are together one of the receipts is that of the last
  drop, and [P] is there for sure, whoever dropped when ([rc_receipt_whole]).

** Memory
To make a block takes a lease of the memory, [heap_lease q n] (theories/lang/heap.v),
and [rc_account γ] says of which. The block owes it a [Free]. The lease comes back to who
has the whole share without a handle ([rc_settle]): by then the block is off this account.
It is freed, or it is on that of its new name, for which another lease was taken
([rc_is_unique_spec] and its like). A program that gets all of its leases back leaves an
empty memory ([lrust_adequacy_leak_free]). Who does not want that works in an
[UntrackedHeap], where leases are had for nothing.

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
- [weak_upgrade_spec], [weak_upgrade_ref_spec], [weak_strong_count_spec] and
  [weak_weak_count_spec] name all results, and what the caller has after each; they do
  not say which is due, so that a program that always returns 0 has these triples, too.
  What is due where an [Rc], the receipt of the last or a [UniqueRc] is at hand is in
  those with [_rc_], [_last_] and [_unique_] in their names; of counts, the bound from
  below, and with the whole share the number.
- That inside the closure of [new_cyclic] an upgrade fails and the strong count is 0, as
  in the original and in the crate, is not in [rc_new_cyclic_spec]: the closure has but
  the first four of these triples.
- A handle that is forgotten, or is part of a cycle of strong handles, keeps its share:
  the lease of its block never comes back.
- Which of several drops was the last is known when all shares are together, and not
  before. Where a part of the share lies in the content itself, as with a parent whose
  child has a weak handle to it, that is too late; [rc_drop_last_spec] is for that.
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
  Parameter is_last : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → loc → Qp → nat → iProp Σ.
  Parameter is_unique_rc : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → loc → list val → Qp → nat → iProp Σ.
  Global Arguments is_rc {_ _ _ _ _ _ _} SO {_} γ i l a r k j.
  Global Arguments rc_ref {_ _ _ _ _ _ _} SO {_} γ l r k j.
  Global Arguments is_last {_ _ _ _ _ _ _} SO {_} γ l r j.
  Global Arguments is_unique_rc {_ _ _ _ _ _ _} SO {_} γ l wl r j.

  Section sig.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
    Implicit Types (q r : Qp) (j m w : nat) (E F : coPset) (P : iProp Σ).

    Definition is_weak γ l r j : iProp Σ := rc_ref SO γ l r 0 j.
    (** What the drop of a strong handle leaves: its share, beside which there may be
    weak handles; and [P], if it was the last. *)
    Definition rc_receipt γ l r j (P : iProp Σ) : iProp Σ :=
      is_weak γ l r j ∨ (is_last SO γ l r j ∗ P).
    Definition rc_raw γ i (ptr : loc) a r : iProp Σ :=
      ∃ l, ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_rc SO γ i l a r 1 0.
    Definition weak_raw γ (ptr : loc) r : iProp Σ :=
      ∃ l, ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_weak γ l r 1.
    (** The content of an [Rc] that is alone, and the way back. *)
    Definition rc_block_open l a (t : Qp * nat) : iProp Σ :=
      ∃ wl, ⌜R a wl⌝ ∗ (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
      (∀ a' wl', ⌜R a' wl'⌝ -∗ (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' ={⊤}=∗
        ∃ γ i, ⌜rc_account γ = t⌝ ∗ is_rc SO γ i l a' 1 1 0).
    (** [clone_to] makes a value out of one that is shared. [C] is what is known of it. *)
    Definition rc_clone_to_spec F i l a (C : list val → Prop) (clone_to : val) : iProp Σ :=
      ∀ q dst vl, ⌜length vl = ty_size τ⌝ -∗
        {{{ na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗ dst ↦∗ vl }}}
          clone_to [ #(l +ₗ 2); #dst ]
        {{{ a' wl, RET #☠; na_own p F ∗ so_own SO i.2 (l, a) 1 q ∗
            ⌜R a' wl ∧ C a'⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl }}}.
  End sig.
  Global Arguments is_weak {_ _ _ _ _ _ _} SO {_} γ l r j.
  Global Arguments rc_receipt {_ _ _ _ _ _ _} SO {_} γ l r j P.
  Global Arguments rc_raw {_ _ _ _ _ _ _} SO {_} γ i ptr a r.
  Global Arguments weak_raw {_ _ _ _ _ _ _} SO {_} γ ptr r.
  Global Arguments rc_block_open {_ _ _ _ _ _ _} SO {_} l a t.
  Global Arguments rc_clone_to_spec {_ _ _ _ _ _ _} SO F i l a C clone_to.

  Section specs.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : gname * so_id SO) (l dst : loc) (a wl vl : list val).
    Implicit Types (q r : Qp) (j m w : nat) (E F : coPset) (P : iProp Σ).

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
    Parameter is_rc_wrap : ∀ E l a q m,
      heap_lease q (S m) -∗ l ↦ #1 -∗ (l +ₗ 1) ↦ #1 -∗ rc_content R τ (l, a) ={E}=∗
      ∃ γ i, ⌜rc_account γ = (q, m)⌝ ∗ is_rc SO γ i l a 1 1 0.
    (** All handles are in one hand: the block is no more an [Rc]. *)
    Parameter is_rc_unwrap : ∀ F γ i l a,
      ↑N ⊆ F →
      is_rc SO γ i l a 1 1 0 -∗ na_own p F ={⊤}=∗
      ▷ (|={⊤}=> heap_lease (rc_account γ).1 (S (rc_account γ).2) ∗
        l ↦ #1 ∗ (l +ₗ 1) ↦ #1 ∗ so_own SO i.2 (l, a) 1 1 ∗ na_own p F).
    Parameter rc_ref_split : ∀ γ l r r' (k k' j j' : nat),
      rc_ref SO γ l (r + r') (k + k') (j + j') ⊣⊢ rc_ref SO γ l r k j ∗ rc_ref SO γ l r' k' j'.
    Parameter rc_ref_valid : ∀ γ l r (k j : nat),
      rc_ref SO γ l r k j -∗ ⌜(r ≤ 1)%Qp⌝.
    Parameter rc_ref_exclusive : ∀ γ l l' r (k k' j j' : nat),
      rc_ref SO γ l 1 k j -∗ rc_ref SO γ l' r k' j' -∗ False.
    Parameter is_weak_split : ∀ γ l r r' j j',
      is_weak SO γ l (r + r') (j + j') ⊣⊢ is_weak SO γ l r j ∗ is_weak SO γ l r' j'.
    Parameter is_last_split : ∀ γ l r r' j j',
      is_last SO γ l (r + r') (j + j') ⊣⊢ is_last SO γ l r j ∗ is_weak SO γ l r' j'.
    Parameter is_last_exclusive : ∀ γ l l' r r' j j',
      is_last SO γ l r j -∗ is_last SO γ l' r' j' -∗ False.
    Parameter is_last_valid : ∀ γ l r j,
      is_last SO γ l r j -∗ ⌜(r ≤ 1)%Qp⌝.
    (** Receipts of one block are put together; [P] is that of the last drop. *)
    Parameter rc_receipt_join : ∀ γ l r r' j j' P,
      rc_receipt SO γ l r j P -∗ rc_receipt SO γ l r' j' P -∗
      rc_receipt SO γ l (r + r') (j + j') P.
    Parameter rc_receipt_weak : ∀ γ l r r' j j' P,
      rc_receipt SO γ l r j P -∗ is_weak SO γ l r' j' -∗
      rc_receipt SO γ l (r + r') (j + j') P.
    (** The whole share without a strong handle: the strong side is gone, and [P] is
    among the receipts. Without the [P] of anybody it cannot be. *)
    Parameter rc_receipt_whole : ∀ F γ l j P,
      ↑rc_countN N l ⊆ F →
      rc_receipt SO γ l 1 j P -∗ na_own p F ={⊤}=∗ is_last SO γ l 1 j ∗ P ∗ na_own p F.
    (** While there is a strong handle, the last is not among the receipts. *)
    Parameter rc_receipt_live : ∀ F γ i l a r r' k j j' P,
      ↑rc_countN N l ⊆ F →
      is_rc SO γ i l a r k j -∗ rc_receipt SO γ l r' j' P -∗ na_own p F ={⊤}=∗
      is_rc SO γ i l a (r + r') k (j + j') ∗ na_own p F.
    (** The whole share without a handle: the block is off this account, freed, or on that
    of its new name ([rc_is_unique_spec] and its like). *)
    Parameter rc_settle : ∀ F γ l,
      ↑rc_countN N l ⊆ F →
      is_last SO γ l 1 0 -∗ na_own p F ={⊤}=∗
      heap_lease (rc_account γ).1 (rc_account γ).2 ∗ na_own p F.
    (** The content is there to be read and written. *)
    Parameter is_unique_rc_acc : ∀ γ l wl r j,
      is_unique_rc SO γ l wl r j -∗
      (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗
      (∀ wl', (l +ₗ 2) ↦∗ wl' -∗ ty_own τ wl' -∗ is_unique_rc SO γ l wl' r j).
    Parameter rc_raw_exclusive : ∀ γ i ptr a i' ptr' a' r,
      rc_raw SO γ i ptr a 1 -∗ rc_raw SO γ i' ptr' a' r -∗ False.
    Parameter rc_raw_valid_2 : ∀ γ i ptr a r r',
      rc_raw SO γ i ptr a r -∗ rc_raw SO γ i ptr a r' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
    Parameter weak_raw_exclusive : ∀ γ ptr ptr' r,
      weak_raw SO γ ptr 1 -∗ weak_raw SO γ ptr' r -∗ False.
    Parameter weak_raw_valid_2 : ∀ γ ptr r r',
      weak_raw SO γ ptr r -∗ weak_raw SO γ ptr r' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
    (** ** Strong handles *)
    Parameter rc_new_spec : ∀ (src : loc) wl a q m,
      R a wl →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        rc_new (ty_size τ) [ #src ]
      {{{ l γ i, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ is_rc SO γ i l a 1 1 0 ∗ src ↦∗ wl }}}.
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
           (⌜k = 1%positive⌝ ∗ rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl))) }}}.
    (** One of several handles goes: the destructor does not run, whatever it is. *)
    Parameter rc_drop_keep_spec : ∀ F glue γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r (k + 1) j }}}
        rc_drop (ty_size τ) glue [ #l ]
      {{{ RET #☠; na_own p F ∗ is_rc SO γ i l a r k j }}}.
    (** The last one goes, and all the weak ones are at hand: the destructor runs. The
    weak handles are lent to it, as it may drop some. *)
    Parameter rc_drop_last_spec : ∀ F (glue : val) (Q : nat → iProp Σ) γ i l a j,
      ↑N ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a 1 1 j ∗
          (∀ wl, ⌜R a wl⌝ -∗ na_own p F -∗ is_weak SO γ l (1 / 2) j -∗
            (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
            WP glue [ #(l +ₗ 2) ] {{ _, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
              is_weak SO γ l (1 / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ Q j' }}) }}}
        rc_drop (ty_size τ) glue [ #l ]
      {{{ j', RET #☠; na_own p F ∗ is_last SO γ l 1 j' ∗ Q j' }}}.
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
      {{{ l, RET #☠; ⌜ptr = (l +ₗ 2)%L⌝ ∗ na_own p F ∗
          rc_receipt SO γ l r 0 (∃ wl, ⌜R a wl⌝ ∗ D wl) }}}.
    (** ** Weak handles *)
    Parameter rc_downgrade_spec : ∀ F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l a r k j }}}
        rc_downgrade [ #l ]
      {{{ RET #l; na_own p F ∗ is_rc SO γ i l a r k (j + 1) }}}.
    Parameter weak_new_spec :
      {{{ True }}} weak_new [] {{{ RET #0; True }}}.
    Parameter weak_clone_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_clone [ #l ]
      {{{ RET #l; na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}.
    Parameter weak_drop_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_weak SO γ l r (j + 1) }}}
        weak_drop (ty_size τ) [ #l ]
      {{{ RET #☠; na_own p F ∗ is_weak SO γ l r j }}}.
    (** Of several handles a weak one goes. *)
    Parameter weak_drop_ref_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ rc_ref SO γ l r k (j + 1) }}}
        weak_drop (ty_size τ) [ #l ]
      {{{ RET #☠; na_own p F ∗ rc_ref SO γ l r k j }}}.
    (** It may be the last handle of all; then the memory is freed. *)
    Parameter weak_drop_last_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_last SO γ l r (j + 1) }}}
        weak_drop (ty_size τ) [ #l ]
      {{{ RET #☠; na_own p F ∗ is_last SO γ l r j }}}.
    Parameter weak_upgrade_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ is_weak SO γ l r j }}}
        weak_upgrade [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((⌜v = #0⌝ ∗ is_weak SO γ l r j) ∨
           (∃ i a, ⌜v = #l ∧ r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j)) }}}.
    (** The content is gone for sure. *)
    Parameter weak_upgrade_last_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ is_last SO γ l r j }}}
        weak_upgrade [ #l ]
      {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
    Parameter weak_upgrade_ref_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
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
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_strong_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m) ∧ (r = 1%Qp → m ≤ k)⌝ ∗
          na_own p F ∗ rc_ref SO γ l r k j }}}.
    (** 0 where the content is not shared. *)
    Parameter weak_weak_count_spec : ∀ F γ l r k j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ rc_ref SO γ l r k j }}}
        weak_weak_count [ #l ]
      {{{ (m : nat), RET #(Z.of_nat m);
          ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → m = 0 ∨ m = j ∧ 0 < k)⌝ ∗
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
    (** Of a content that is gone both are 0. *)
    Parameter weak_strong_count_last_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ is_last SO γ l r j }}}
        weak_strong_count [ #l ]
      {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
    Parameter weak_weak_count_last_spec : ∀ F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ is_last SO γ l r j }}}
        weak_weak_count [ #l ]
      {{{ RET #0; na_own p F ∗ is_last SO γ l r j }}}.
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
    (** Both blocks are there, so that the comparison is defined; a handle is compared
    with itself by a share of it. *)
    Parameter weak_ptr_eq_spec : ∀ F γ l r (k j : nat) γ' l' r' (k' j' : nat),
      ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
      {{{ na_own p F ∗ rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}
        weak_ptr_eq [ #l; #l' ]
      {{{ RET #(bool_decide (l = l')); na_own p F ∗
          rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
    (** A handle without a block is equal to another one, and to no handle of a block. *)
    Parameter weak_ptr_eq_dangling_spec :
      {{{ True }}} weak_ptr_eq [ #0; #0 ] {{{ RET #true; True }}}.
    Parameter weak_ptr_eq_one_dangling_spec : ∀ (l : loc) (v v' : val),
      v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
      {{{ True }}} weak_ptr_eq [v; v'] {{{ RET #false; True }}}.
    (** ** Raw pointers that stand for weak handles *)
    Parameter weak_as_ptr_spec : ∀ (l : loc),
      {{{ True }}} weak_as_ptr [ #l ] {{{ RET #(l +ₗ 2); True }}}.
    Parameter weak_as_ptr_dangling_spec :
      {{{ True }}} weak_as_ptr [ #0 ] {{{ RET #0; True }}}.
    Parameter weak_into_raw_spec : ∀ γ l r,
      {{{ is_weak SO γ l r 1 }}}
        weak_into_raw [ #l ]
      {{{ RET #(l +ₗ 2); weak_raw SO γ (l +ₗ 2) r }}}.
    Parameter weak_from_raw_spec : ∀ γ ptr r,
      {{{ weak_raw SO γ ptr r }}}
        weak_from_raw [ #ptr ]
      {{{ l, RET #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ is_weak SO γ l r 1 }}}.
    Parameter weak_into_raw_dangling_spec :
      {{{ True }}} weak_into_raw [ #0 ] {{{ RET #0; True }}}.
    Parameter weak_from_raw_dangling_spec :
      {{{ True }}} weak_from_raw [ #0 ] {{{ RET #0; True }}}.
    (** ** The only handle *)
    (** Both counts at a time: who has all the handles has the whole share of a new name,
    on another account. The old name is over. *)
    Parameter rc_is_unique_spec : ∀ F γ i l a r q m,
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_is_unique [ #l ]
      {{{ (b : bool), RET #b; na_own p F ∗
          if b then
            ∃ γ', ⌜rc_account γ' = (q, m)⌝ ∗ is_rc SO γ' i l a 1 1 0 ∗ is_last SO γ l r 0
          else ⌜r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ is_rc SO γ i l a r 1 0 }}}.
    Parameter rc_get_mut_spec : ∀ F γ i l a r q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_get_mut [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((⌜v = #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (q, m) ∗ is_last SO γ l r 0) ∨
           (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ is_rc SO γ i l a r 1 0)) }}}.
    Parameter rc_try_unwrap_spec : ∀ F γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
        rc_try_unwrap (ty_size τ) [ #l; #dst ]
      {{{ (b : bool), RET #b; na_own p F ∗
          if b then
            ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ is_last SO γ l r j
          else ⌜r ≠ 1%Qp⌝ ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}.
    Parameter rc_into_inner_spec : ∀ F glue D γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l a r 1 j ∗
          dst ↦∗ vl }}}
        rc_into_inner (ty_size τ) glue [ #l; #dst ]
      {{{ (b : bool), RET #b; na_own p F ∗
          if b then ∃ wl, ⌜R a wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗ is_last SO γ l r j
          else ⌜r ≠ 1%Qp⌝ ∗ dst ↦∗ vl ∗
            rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl) }}}.
    Parameter rc_unwrap_or_clone_spec : ∀ F glue D C clone_to γ i l a r j dst vl,
      ↑N ⊆ F → length vl = ty_size τ →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec SO F i l a C clone_to ∗
          na_own p F ∗ is_rc SO γ i l a r 1 j ∗ dst ↦∗ vl }}}
        rc_unwrap_or_clone (ty_size τ) clone_to glue [ #l; #dst ]
      {{{ a' wl, RET #☠; na_own p F ∗ ⌜R a' wl⌝ ∗ dst ↦∗ wl ∗ ty_own τ wl ∗
          ((⌜a' = a⌝ ∗ is_last SO γ l r j) ∨
           (⌜r ≠ 1%Qp ∧ C a'⌝ ∗ rc_receipt SO γ l r j (∃ wl', ⌜R a wl'⌝ ∗ D wl'))) }}}.
    (** A handle whose content is its own alone. The old handle's weak handles keep the
    old block. When the block stays the same is not said here: [rc_make_mut_refines] in
    [rc_unique_refine.v] has it. *)
    Parameter rc_make_mut_spec : ∀ F glue D C clone_to γ i l a r j q m,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ rc_clone_to_spec SO F i l a C clone_to ∗
          heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 j }}}
        rc_make_mut (ty_size τ) clone_to glue [ #l ]
      {{{ γ' i' l' a', RET #l'; na_own p F ∗
          ⌜rc_account γ' = (q, m)⌝ ∗ is_rc SO γ' i' l' a' 1 1 0 ∗
          ((⌜a' = a⌝ ∗ is_last SO γ l r j) ∨
           (⌜r ≠ 1%Qp ∧ C a'⌝ ∗ rc_receipt SO γ l r j (∃ wl, ⌜R a wl⌝ ∗ D wl))) }}}.
    (** ** Unique, to be shared later *)
    Parameter unique_rc_new_spec : ∀ (src : loc) wl q m,
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        unique_rc_new (ty_size τ) [ #src ]
      {{{ l γ, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ is_unique_rc SO γ l wl 1 0 ∗ src ↦∗ wl }}}.
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
      {{{ RET #☠; na_own p F ∗ is_last SO γ l r j ∗ D wl }}}.
    (** From shared to unique, if it is the only handle of any kind. *)
    Parameter rc_try_into_unique_spec : ∀ F γ i l a r q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ is_rc SO γ i l a r 1 0 }}}
        rc_try_into_unique [ #l ]
      {{{ v, RET v; na_own p F ∗
          ((∃ γ' wl, ⌜v = #l ∧ R a wl ∧ rc_account γ' = (q, m)⌝ ∗
             is_unique_rc SO γ' l wl 1 0 ∗ is_last SO γ l r 0) ∨
           (⌜v = #0 ∧ r ≠ 1%Qp⌝ ∗ heap_lease q m ∗ is_rc SO γ i l a r 1 0)) }}}.
    (** [init] gets the cells of the content to fill, and a reference to a weak handle
    from which it may make others; some share of the block must be left. *)
    Parameter rc_new_cyclic_spec : ∀ F a (init : val) (Q : rc_name → loc → Qp → nat → iProp Σ)
        q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗
          (∀ γ l vl, ⌜rc_account γ = (q, m) ∧ length vl = ty_size τ⌝ -∗
            na_own p F -∗ rc_ref SO γ l 1 1 0 -∗ (l +ₗ 2) ↦∗ vl -∗
            WP init [ #l; #(l +ₗ 2) ] {{ _, ∃ wl r j, na_own p F ∗ rc_ref SO γ l r 1 j ∗
              (l +ₗ 2) ↦∗ wl ∗ ⌜R a wl⌝ ∗ ty_own τ wl ∗ Q γ l r j }}) }}}
        rc_new_cyclic (ty_size τ) [init]
      {{{ γ i l r j, RET #l; ⌜rc_account γ = (q, m)⌝ ∗ na_own p F ∗
          is_rc SO γ i l a r 1 j ∗ Q γ l r j }}}.
  End specs.
End rc_sig.
