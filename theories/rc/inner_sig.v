(** * [rc/inner.rs]: the interface

What is true of the crate's own functions, as [rust/tally-mir] translates the compiler's MIR
of them ([generated/inner_tree.v]), statements only; [inner.v] has them sealed, together
with those of [rc_sig.v]. The handles and their laws are those of [rc_sig.v].

[rc.v] exports the same handles, so a client may use both kinds of programs; the types of
handles and the proof-mode instances are there.

The type [Share] of Rust is called a strong handle here; a share is a fraction.

- A handle is behind a reference: [h ↦{q} #l], where Rust has [&self]. A handle that is
  passed by value is [#l].
- A weak handle without a block is [#0].
- [T] is the type parameter of a function ([tparam], [mir/value.v]): how many cells a value
  has, and its drop glue. It stands for [τ] if it has as many cells, and the glue is a
  destructor of [τ].
- A function whose result is [ret_val v] does not unwind. One that runs user code returns
  or unwinds ([ends]): then the statement says what holds on both ends, and what on one.
- Functions with locals in memory want a lease, and give it back.

[assume_init] is specified of the only handle, [leave_weak_handles] with all shares.
[Room] is what [new_cyclic] is made of, whose closure is user code; that function of
[strong.rs] is not translated for proofs. [drop_last] is specified of a block whose strong
count is 0, and as part of [Share::drop]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count.
From tally.types Require Import type.
From tally.rc Require Export rc_sig inner_base.
From tally.rc.generated Require Export inner_tree.
From tally.prelude Require Import options.

Module Type inner_sig.
  (** The handles and their laws. *)
  Include rc_sig.rc_sig.

  (** A block without a value, and [j] weak handles: what a [Room] owns. *)
  Parameter room_own : ∀ `{!lrustGS Σ, !na_invG Σ} {p : na_inv_pool_name} {N : namespace}
    {R : list val → list val → Prop} {τ : type Σ} (SO : rc_shared_own p N R τ)
    `{!rcG Σ (so_id SO)},
    rc_name → loc → Qp → nat → iProp Σ.
  Global Arguments room_own {_ _ _ _ _ _ _} SO {_} γ l r j.

  (** What an upgrade answers in a state of the counts. *)
  Definition hold_upgrade_of {I : Type} (st : rc_state I) (l : loc) : val :=
    match st with Shared _ _ => some_val #l | _ => none_val end.

  (** ** Small functions *)
  Section small.
    Context `{!lrustGS Σ}.
    Implicit Types (l h : loc) (v w : val) (q : Qp) (T U : tparam).

    (** The number that is counted. *)
    Parameter Count_get_spec : ∀ l q v,
      {{{ l ↦{q} v }}} Count_get [ #l ] {{{ RET ret_val v; l ↦{q} v }}}.
    (** Another number is counted. *)
    Parameter Count_set_spec : ∀ l v w,
      {{{ l ↦ v }}} Count_set [ #l; w ] {{{ RET ret_val #☠; l ↦ w }}}.
    (** It has no end. *)
    Parameter count_overflow_spec :
      {{{ True }}} count_overflow [] {{{ e, RET e; False }}}.
    (** A block's address, again. *)
    Parameter Block_clone_spec : ∀ T h q v,
      {{{ h ↦{q} v }}} Block_clone T [ #h ] {{{ RET ret_val v; h ↦{q} v }}}.
    (** Both blocks are there, so that the comparison is defined. *)
    Parameter Block_eq_spec : ∀ T h h' q q' (l l' : loc) r r' v v',
      {{{ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ l ↦{r} v ∗ l' ↦{r'} v' }}}
        Block_eq T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          l ↦{r} v ∗ l' ↦{r'} v' }}}.
    (** No block: the last address. *)
    Parameter Block_DANGLING_spec : ∀ T,
      {{{ True }}} Block_DANGLING T [] {{{ RET ret_val #0; True }}}.
    (** The same address, for a value of another type. *)
    Parameter Block_cast_spec : ∀ T U v,
      {{{ True }}} Block_cast T U [ v ] {{{ RET ret_val v; True }}}.
    (** A block is not dangling. *)
    Parameter Block_is_dangling_spec : ∀ T l,
      {{{ True }}} Block_is_dangling T [ #l ] {{{ RET ret_val #false; True }}}.
    (** No block is. *)
    Parameter Block_is_dangling_dangling_spec : ∀ T,
      {{{ True }}} Block_is_dangling T [ #0 ] {{{ RET ret_val #true; True }}}.
    (** The counts are at the block's start. *)
    Parameter Block_counts_spec : ∀ T l,
      {{{ True }}} Block_counts T [ #l ] {{{ RET ret_val #l; True }}}.
    (** The value is behind the counts. *)
    Parameter Block_value_spec : ∀ T l,
      {{{ True }}} Block_value T [ #l ] {{{ RET ret_val #(l +ₗ 2); True }}}.
    (** The block of a value. *)
    Parameter Block_of_value_spec : ∀ T l,
      {{{ True }}} Block_of_value T [ #(l +ₗ 2) ] {{{ RET ret_val #l; True }}}.
    (** A strong handle of a block. *)
    Parameter Share_of_spec : ∀ T l,
      {{{ True }}} Share_of T [ #l ] {{{ RET ret_val #l; True }}}.
    (** The counts of its block. *)
    Parameter Share_counts_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Share_counts T [ #h ] {{{ RET ret_val #l; h ↦{q} #l }}}.
    (** The whole of a block. *)
    Parameter Whole_of_spec : ∀ T l,
      {{{ True }}} Whole_of T [ #l ] {{{ RET ret_val #l; True }}}.
    (** The counts of its block. *)
    Parameter Whole_counts_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Whole_counts T [ #h ] {{{ RET ret_val #l; h ↦{q} #l }}}.
    (** Where its value is. *)
    Parameter Whole_as_ptr_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Whole_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The counts of a weak handle's block. *)
    Parameter Hold_counts_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Hold_counts T [ #h ] {{{ RET ret_val (some_val #l); h ↦{q} #l }}}.
    (** Without a block there are none. *)
    Parameter Hold_counts_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_counts T [ #h ] {{{ RET ret_val none_val; h ↦{q} #0 }}}.
    (** The closure in [strong_count] reads the first of the counts. *)
    Parameter Hold_strong_count_closure_0_spec : ∀ T (l : loc) q v,
      {{{ l ↦{q} v }}}
        Hold_strong_count_closure_0 T [ #☠; #l ]
      {{{ RET ret_val v; l ↦{q} v }}}.
  End small.

  (** ** Counts and blocks, as memory *)
  Section memory.
    Context `{!lrustGS Σ}.
    Implicit Types (l src : loc) (wl vl : list val) (q : Qp) (T : tparam) (E : coPset).

    (** One more, unless it would be more than [usize::MAX]: then it does not return. *)
    Parameter Count_increment_refines : ∀ E l (n : Z),
      word_ok n →
      {{{ l ↦ #n }}}
        Count_increment [ #l ] @ E
      {{{ (n' : Z), RET ret_val #☠; ⌜rc_clone_count n = CloneStored n'⌝ ∗ l ↦ #n' }}}.
    (** Of a number in range: it returns only if the next one is in range. *)
    Parameter Count_increment_spec : ∀ E l (n : Z),
      in_int_range usize n →
      {{{ l ↦ #n }}}
        Count_increment [ #l ] @ E
      {{{ RET ret_val #☠; ⌜in_int_range usize (n + 1)%Z⌝ ∗ l ↦ #(n + 1) }}}.
    (** One less, wrapped. *)
    Parameter Count_decrement_refines : ∀ E l (n : Z),
      word_ok n →
      {{{ l ↦ #n }}}
        Count_decrement [ #l ] @ E
      {{{ RET ret_val #(word_wrapping_sub n 1); l ↦ #(word_wrapping_sub n 1) }}}.
    (** Of a number that is not 0. *)
    Parameter Count_decrement_spec : ∀ E l (n : Z),
      in_int_range usize n → n ≠ 0%Z →
      {{{ l ↦ #n }}}
        Count_decrement [ #l ] @ E
      {{{ RET ret_val #(n - 1); ⌜in_int_range usize (n - 1)%Z⌝ ∗ l ↦ #(n - 1) }}}.
    (** A new block, with the value moved into it; afterwards one block more is counted on
    the lease. *)
    Parameter Block_new_spec : ∀ T (s : Z) src wl q (m : nat),
      length wl = tp_cells T →
      {{{ heap_lease q m ∗ src ↦∗ wl }}}
        Block_new T [ #s; #src ]
      {{{ l, RET ret_val #l; heap_lease q (S m) ∗
          l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ wl ∗ † l … (2 + tp_cells T) ∗ src ↦∗ wl }}}.
    (** A new block with room for a value, of whose cells nothing is known. *)
    Parameter Block_new_uninit_spec : ∀ T (s : Z) q (m : nat),
      {{{ heap_lease q m }}}
        Block_new_uninit T [ #s ]
      {{{ l, RET ret_val #l; heap_lease q (S m) ∗
          l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ replicate (tp_cells T) #☠ ∗
          † l … (2 + tp_cells T) }}}.
    (** The value moves from its box to a new block, and the box is freed. It has a block of
    memory only if the value has cells. *)
    Parameter Block_of_box_spec : ∀ T (s : Z) (b : loc) wl q (m : nat),
      length wl = tp_cells T →
      {{{ heap_lease q (1 `min` tp_cells T + m) ∗ b ↦∗ wl ∗ dealloc_token 1 (tp_cells T) b }}}
        Block_of_box T [ #s; #b ]
      {{{ l, RET ret_val #l; heap_lease q (S m) ∗
          l ↦ #s ∗ (l +ₗ 1) ↦ #1 ∗ (l +ₗ 2) ↦∗ wl ∗ † l … (2 + tp_cells T) }}}.
    (** The block's memory goes; afterwards one block less is counted on the lease. *)
    Parameter Block_free_spec : ∀ T l (s w : val) vl q (k : nat),
      length vl = tp_cells T →
      {{{ heap_lease q (S k) ∗ l ↦ s ∗ (l +ₗ 1) ↦ w ∗ (l +ₗ 2) ↦∗ vl ∗ † l … (2 + tp_cells T) }}}
        Block_free T [ #l ]
      {{{ RET ret_val #☠; heap_lease q k }}}.
  End memory.

  Section specs.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
    Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset) (T : tparam).

    (** ** Strong handles *)
    (** A value moves into a new block. The result is a strong handle with share 1. *)
    Parameter Share_new_spec : ∀ T src wl a q m,
      R a wl → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        Share_new T [ #src ]
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
          src ↦∗ wl }}}.
    (** The value moves from its box into a new block. The box goes, and with it, if the value
    has cells, one block of the lease. *)
    Parameter Share_of_box_spec : ∀ T (b : loc) wl a q m,
      R a wl → tp_cells T = ty_size τ →
      {{{ heap_lease q (1 `min` tp_cells T + m) ∗ b ↦∗ wl ∗ dealloc_token 1 (tp_cells T) b ∗
          ty_own τ wl }}}
        Share_of_box T [ #b ]
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
    (** [Rc::new], which is made of [Share::new]. *)
    Parameter Rc_new_spec : ∀ T src wl a q m,
      R a wl → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        Rc_new T [ #src ]
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
          src ↦∗ wl }}}.
    (** The same handle, pinned. *)
    Parameter pinned_spec : ∀ T src wl a q m,
      R a wl → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        pinned T [ #src ]
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 ∗
          src ↦∗ wl }}}.
    (** A handle on a block whose value is still to be written: its content is cells of which
    nothing is known, which are a value of [MaybeUninit<T>]. *)
    Parameter Share_new_uninit_spec : ∀ T a q m,
      R a (replicate (ty_size τ) #☠) → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ ty_own τ (replicate (ty_size τ) #☠) }}}
        Share_new_uninit T []
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
    (** The clone adds one strong handle; the share stays. *)
    Parameter Share_clone_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** One strong handle goes. If it was the caller's only one, it may have been the last
    one; then the destructor has run, to one of its ends, which is that of [drop]. *)
    Parameter Share_drop_spec : ∀ T h q F D U γ i l a r k j qk m,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
          h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_drop T [ #h ]
      {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗
          ((∃ k', ⌜e = ret_val #☠ ∧ k = (k' + 1)%positive⌝ ∗ rc_own SO γ i l a r k' j) ∨
           (⌜e = ret_val #☠ ∧ k = 1%positive ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r j) ∨
           (⌜k = 1%positive⌝ ∗ rc_last_own SO γ l r j ∗
             ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)) }}}.
    (** One of several strong handles goes: the destructor does not run, whatever it is. *)
    Parameter Share_drop_keep_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}
        Share_drop T [ #h ]
      {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The only strong handle of an owner goes. If it is the last, the destructor runs, with what
    the caller gives it, [P]. It knows that its content is not shared any more, and the weak
    handles of the owner are lent to it, as it may drop some. If it unwinds, the block is
    released all the same, and [drop] unwinds. *)
    Parameter Share_drop_lend_spec : ∀ T h q F (P : iProp Σ) (Q U : nat → iProp Σ) γ i l a r j qk m,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 j ∗ P ∗
          (∀ wl, ⌜R a wl⌝ -∗ rc_dead SO γ -∗ P -∗ na_own p F -∗ weak_own SO γ l (r / 2) j -∗
            (l +ₗ 2) ↦∗ wl -∗ ty_own τ wl -∗
            WP tp_glue T [ #(l +ₗ 2) ] {{ e, ∃ wl' j', ⌜length wl' = ty_size τ⌝ ∗ na_own p F ∗
              weak_own SO γ l (r / 2) j' ∗ (l +ₗ 2) ↦∗ wl' ∗ ends (λ _, Q j') (U j') e }}) }}}
        Share_drop T [ #h ]
      {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗
          ((⌜e = ret_val #☠ ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r j ∗ P) ∨
           ∃ j', rc_last_own SO γ l r j' ∗ ends (λ v, ⌜v = #☠⌝ ∗ Q j') (U j') e) }}}.
    (** The result is at least [k], the caller's number of strong handles; with share 1 it
    is [k]. *)
    Parameter Share_strong_count_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The result is at least [j], the caller's number of weak handles; with share 1 it is
    [j]. *)
    Parameter Share_weak_count_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The result is the address of the content. *)
    Parameter Share_value_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Share_value T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The result is the address of the content. *)
    Parameter Share_as_ptr_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Share_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The downgrade adds one weak handle; the share stays. *)
    Parameter Share_downgrade_spec : ∀ T h q F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k (j + 1) }}}.
    (** Both are live, so that the comparison is defined. *)
    Parameter Share_is_of_same_value_spec : ∀ T h h' q q' F γ i l a r k j γ' i' l' a' r' k' j',
      ↑N ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}
        Share_is_of_same_value T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}.
    (** It reads both counts. If the answer is yes, this handle is the only one: it gets a
    new name with share 1, and the old name is over. If the caller owns share 1, the answer
    is yes. *)
    Parameter Share_is_alone_spec : ∀ T h q F γ i l a r o,
      ↑rc_countN N l ⊆ F →
      {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
        Share_is_alone T [ #h ]
      {{{ (b : bool), RET ret_val #b; na_own p F ∗ h ↦{q} #l ∗
          if b then
            ∃ γ', ⌜rc_lease_of γ' = rc_next_lease γ o⌝ ∗ rc_own SO γ' i l a 1 1 0 ∗
              rc_old_name SO γ l r o
          else ⌜r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0 }}}.
    (** It is not the only one if there is another handle, of whatever kind. *)
    Parameter Share_is_alone_other_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_is_alone T [ #h ]
      {{{ RET ret_val #false; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The result is the address of the content, which the caller then owns, or nothing.
    With share 1 it is the address. *)
    Parameter Share_value_mut_spec : ∀ T h q F γ i l a r o,
      ↑N ⊆ F →
      {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
        Share_value_mut T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = some_val #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (rc_next_lease γ o) ∗
             rc_old_name SO γ l r o) ∨
           (⌜v = none_val ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0)) }}}.
    (** If the caller owns another handle, of any kind, the result is nothing. *)
    Parameter Share_value_mut_other_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Share_value_mut T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** From shared to unique, if it is the only handle of any kind. The result is of type
    [Result<Whole<T>, Share<T>>]: a cell for the variant, and the handle. *)
    Parameter Share_into_whole_spec : ∀ T F γ i l a r o q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ rc_spare_lease o ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
        Share_into_whole T [ #l ]
      {{{ v, RET ret_val v; heap_lease q m ∗ na_own p F ∗
          ((∃ γ' wl, ⌜v = pack_val [ #0; #l]%V ∧ R a wl ∧ rc_lease_of γ' = rc_next_lease γ o⌝ ∗
             unique_rc_own SO γ' l wl 1 0 ∗ rc_old_name SO γ l r o) ∨
           (⌜v = pack_val [ #1; #l]%V ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗
             rc_own SO γ i l a r 1 0)) }}}.
    (** If the caller owns another handle, of any kind, it gets its handle back. *)
    Parameter Share_into_whole_other_spec : ∀ T F γ i l a r k j q m,
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
        Share_into_whole T [ #l ]
      {{{ RET ret_val (pack_val [ #1; #l]%V); heap_lease q m ∗ na_own p F ∗
          rc_own SO γ i l a r k j }}}.
    (** The content moves out, or nothing changes. With share 1 it moves. The result is of
    type [Result<T, Share<T>>]: a cell for the variant, then the content or the handle. *)
    Parameter Share_take_spec : ∀ T F γ i l a r j (out : loc) (v : val) vl q m,
      ↑N ⊆ F → tp_cells T = ty_size τ → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
        Share_take T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          ((∃ wl, ⌜R a wl ∧ (tp_cells T + length rest)%nat = length vl⌝ ∗
             out ↦∗ (#0 :: wl ++ rest) ∗ ty_own τ wl ∗ rc_last_own SO γ l r j) ∨
           (⌜r ≠ 1%Qp ∧ S (length rest) = length vl⌝ ∗ out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r 1 j)) }}}.
    (** There is another strong handle: the result is the handle. *)
    Parameter Share_take_other_spec : ∀ T F γ i l a r k j (out : loc) (v : val) vl q m,
      ↑rc_countN N l ⊆ F → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
        Share_take T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ ⌜S (length rest) = length vl⌝ ∗
          out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** The closure [C] makes a value of the one at [l + 2], which is shared, and writes it
    to its destination; [X] is what is known of it. Or it unwinds. It is consumed: of its
    environment, the cells are left. [P] is what it has. *)
    Definition share_clone_spec F i l a (C : tparam) (el : list val) (P : iProp Σ)
        (X : list val → Prop) (Q U : iProp Σ) : iProp Σ :=
      ∀ q (out e : loc) vl, ⌜length vl = ty_size τ⌝ -∗
        {{{ na_own p F ∗ so_own SO i (l, a) 1 q ∗ out ↦∗ vl ∗ e ↦∗ el ∗ P }}}
          tp_call C [ #out; #e; #(l +ₗ 2) ]
        {{{ c el', RET c; ⌜length el' = tp_cells C⌝ ∗ na_own p F ∗ so_own SO i (l, a) 1 q ∗
            e ↦∗ el' ∗
            ends (λ _, (∃ a' wl, ⌜R a' wl ∧ X a'⌝ ∗ out ↦∗ wl ∗ ty_own τ wl) ∗ Q)
              ((∃ vl', ⌜length vl' = ty_size τ⌝ ∗ out ↦∗ vl') ∗ U) c }}}.
    (** What [make_alone] leaves when it returns [v l'], and when it unwinds. *)
    Definition made_alone γ i l a r k j h (X : list val → Prop) (t : Qp * nat) (v : loc → val)
        (Q : iProp Σ) (w : val) : iProp Σ :=
      ∃ γ' i' l' a', ⌜w = v l' ∧ rc_lease_of γ' = t ∧ X a'⌝ ∗ h ↦ #l' ∗
        rc_own SO γ' i' l' a' 1 1 0 ∗ rc_own SO γ i l a r k j ∗ Q.
    Definition left_alone γ i l a r k j h (t : Qp * nat) (U : iProp Σ) : iProp Σ :=
      heap_lease t.1 t.2 ∗ h ↦ #l ∗ rc_own SO γ i l a r (k + 1) j ∗ U.
    (** With another strong handle at hand the content is cloned to a new block, which the handle
    then has. If the clone function unwinds, nothing has changed. *)
    Parameter Share_make_alone_other_spec : ∀ T C h env F (P : iProp Σ) X (Q U : iProp Σ) γ i l a r k j el q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
      {{{ share_clone_spec F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
          na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r (k + 1) j ∗ P }}}
        Share_make_alone T C [ #h; #env ]
      {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
          ends (made_alone γ i l a r k j h X (q, m) (λ l', #(l' +ₗ 2)) Q)
            (left_alone γ i l a r k j h (q, m) U) e }}}.
    (** The closure [C] is dropped without having been called. *)
    Definition share_unused_spec (C : tparam) (el : list val) (P P' U' : iProp Σ) : iProp Σ :=
      ∀ (e : loc),
        {{{ e ↦∗ el ∗ P }}}
          tp_glue C [ #e ]
        {{{ c el', RET c; ⌜length el' = tp_cells C⌝ ∗ e ↦∗ el' ∗ ends (λ _, P') U' c }}}.
    (** The clone function has unwound. *)
    Definition unchanged_alone γ i l a r j h (t : Qp * nat) (U : iProp Σ) (e : val) : iProp Σ :=
      ⌜e = unw_val⌝ ∗ heap_lease t.1 t.2 ∗ h ↦ #l ∗ rc_own SO γ i l a r 1 j ∗ U.
    (** What is left of the old handle, whose content has been cloned. It was not the last one,
    or its destructor has run, to one of its ends. *)
    Definition left_for_clone γ l a r j (D UD : list val → iProp Σ) (w e : val) : iProp Σ :=
      (⌜e = ret_val w⌝ ∗ weak_own SO γ l r j) ∨
      (rc_last_own SO γ l r j ∗ ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = w⌝ ∗ D wl) (UD wl) e).
    (** Of the caller's only handle, the block stays if there is no other handle of any kind.
    If there are weak handles only, they keep the old block, and the content moves. In both
    cases the closure is dropped, which may unwind. If there are other strong handles, the
    content is cloned. If the clone function unwinds, nothing has changed. If it has dropped
    the others, the old content is destroyed; where that unwinds, the handle is that of the
    clone all the same. *)
    Parameter Share_make_alone_spec : ∀ T C h env F D UD (P P' U' : iProp Σ) X (Q U : iProp Σ)
        γ i l a r j el q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D UD ∗
          share_clone_spec F i l a C el P X Q U ∗ share_unused_spec C el P P' U' ∗
          heap_lease q m ∗ heap_lease qk mk ∗
          na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r 1 j ∗ P }}}
        Share_make_alone T C [ #h; #env ]
      {{{ e el', RET e; heap_lease qk mk ∗ na_own p F ∗ ⌜length el' = tp_cells C⌝ ∗ env ↦∗ el' ∗
          (unchanged_alone γ i l a r j h (q, m) U e ∨
           ∃ γ' i' l' a', ⌜rc_lease_of γ' = (q, m)⌝ ∗ h ↦ #l' ∗ rc_own SO γ' i' l' a' 1 1 0 ∗
             ((⌜a' = a ∧ (l' = l ∧ i' = i ∧ j = 0 ∨ (r = 1%Qp → 0 < j))⌝ ∗
                rc_last_own SO γ l r j ∗ ends (λ v, ⌜v = #(l' +ₗ 2)⌝ ∗ P') U' e) ∨
              (⌜r ≠ 1%Qp ∧ X a'⌝ ∗ Q ∗ left_for_clone γ l a r j D UD #(l' +ₗ 2) e))) }}}.
    (** Its parts. The content of a handle that others share is cloned … *)
    Parameter Share_leave_for_clone_spec : ∀ T C h env F D UD (P : iProp Σ) X (Q U : iProp Σ)
        γ i l a r j el q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D UD ∗
          share_clone_spec F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
          na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r 1 j ∗ P }}}
        Share_leave_for_clone T C [ #h; #env ]
      {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
          (unchanged_alone γ i l a r j h (q, m) U e ∨
           ∃ γ' i' l' a', ⌜rc_lease_of γ' = (q, m) ∧ X a'⌝ ∗ h ↦ #l' ∗
             rc_own SO γ' i' l' a' 1 1 0 ∗ Q ∗ left_for_clone γ l a r j D UD #☠ e) }}}.
    (** … and with another strong handle at hand no destructor runs. *)
    Parameter Share_leave_for_clone_other_spec : ∀ T C h env F (P : iProp Σ) X (Q U : iProp Σ)
        γ i l a r k j el q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
      {{{ share_clone_spec F i l a C el P X Q U ∗ heap_lease q m ∗ heap_lease qk mk ∗
          na_own p F ∗ h ↦ #l ∗ env ↦∗ el ∗ rc_own SO γ i l a r (k + 1) j ∗ P }}}
        Share_leave_for_clone T C [ #h; #env ]
      {{{ e, RET e; heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
          ends (made_alone γ i l a r k j h X (q, m) (λ _, #☠) Q)
            (left_alone γ i l a r k j h (q, m) U) e }}}.
    (** The content of the only strong handle moves to a new block, and the weak handles keep
    the old one. The caller owns all handles. *)
    Parameter Share_leave_weak_handles_spec : ∀ T h F γ i l a j q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ heap_lease qk mk ∗ na_own p F ∗ h ↦ #l ∗ rc_own SO γ i l a 1 1 j }}}
        Share_leave_weak_handles T [ #h ]
      {{{ γ' i' l', RET ret_val #☠; heap_lease qk mk ∗ na_own p F ∗ h ↦ #l' ∗
          ⌜rc_lease_of γ' = (q, m)⌝ ∗ rc_own SO γ' i' l' a 1 1 0 ∗ rc_last_own SO γ l 1 j }}}.
    (** The strong count is 0 already. The destructor runs, to one of its ends, which is that of
    [drop_last]; the block is released on both. *)
    Parameter Share_drop_last_whole_spec : ∀ T h q F D U γ l wl r j qk m,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
          h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
        Share_drop_last T [ #h ]
      {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j ∗
          ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e }}}.
    (** ** Weak handles *)
    (** A weak handle without a block. *)
    Parameter Hold_NOTHING_spec : ∀ T,
      {{{ True }}} Hold_NOTHING T [] {{{ RET ret_val #0; True }}}.
    (** The clone adds one weak handle; the share stays. It takes a handle of any kind. *)
    Parameter Hold_clone_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Hold_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}.
    (** One weak handle goes; the share stays. *)
    Parameter Hold_drop_spec : ∀ T h q F γ l r j,
      ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
      {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r (j + 1) }}}
        Hold_drop T [ #h ]
      {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}.
    (** Of several handles a weak one goes. *)
    Parameter Hold_drop_ref_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}
        Hold_drop T [ #h ]
      {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    (** It may be the last handle of all; then the memory is freed. *)
    Parameter Hold_drop_last_spec : ∀ T h q F γ l r j,
      ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r (j + 1) }}}
        Hold_drop T [ #h ]
      {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j }}}.
    (** The upgrade fails, or adds one strong handle; the share stays. With share 1 it
    fails. *)
    Parameter Hold_upgrade_spec : ∀ T h q F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}
        Hold_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ weak_own SO γ l r j) ∨
           (∃ i a, ⌜v = some_val #l ∧ r ≠ 1%Qp⌝ ∗ rc_own SO γ i l a r 1 j)) }}}.
    (** The upgrade fails, or gives a strong handle with half of the share. It fails if
    share 1 is there with weak handles alone. *)
    Parameter Hold_upgrade_ref_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Hold_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_ref SO γ l r k j) ∨
           (∃ i a, ⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    (** Once the content has been shared, a failure is for ever, and a success gives the
    content that is known. *)
    Parameter Hold_upgrade_known_spec : ∀ T h q F γ i a l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_content_known SO γ i a ∗ rc_ref SO γ l r k j }}}
        Hold_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_dead SO γ ∗ rc_ref SO γ l r k j) ∨
           (⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    (** With a strong handle at hand it works. *)
    Parameter Hold_upgrade_rc_spec : ∀ T h q F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Hold_upgrade T [ #h ]
      {{{ RET ret_val (some_val #l); na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** Without a block the clone has none either. *)
    Parameter Hold_clone_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_clone T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    (** A weak handle without a block can be dropped. *)
    Parameter Hold_drop_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_drop T [ #h ] {{{ RET ret_val #☠; h ↦{q} #0 }}}.
    (** The upgrade of a weak handle without a block fails. *)
    Parameter Hold_upgrade_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_upgrade T [ #h ] {{{ RET ret_val none_val; h ↦{q} #0 }}}.
    (** With share 1 the result is at most [k]. *)
    Parameter Hold_strong_count_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Hold_strong_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m) ∧ (m = 0 ∨ k ≤ m) ∧
            (r = 1%Qp → (m = 0 ∨ m = k) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    (** 0 where the content is not shared. *)
    Parameter Hold_weak_count_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Hold_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → (m = 0 ∨ m = j) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    (** Without a block the strong count that is read is 0. *)
    Parameter Hold_strong_count_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_strong_count T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    (** Without a block the weak count that is read is 0. *)
    Parameter Hold_weak_count_dangling_spec : ∀ T h q qk mk,
      {{{ heap_lease qk mk ∗ h ↦{q} #0 }}}
        Hold_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ h ↦{q} #0 }}}.
    (** With a strong handle at hand both counts are those of [Share_strong_count_spec] and
    [Share_weak_count_spec]. *)
    Parameter Hold_strong_count_rc_spec : ∀ T h q F γ i l a r k j qk mk,
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Hold_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The result is at least [j], the caller's number of weak handles; with share 1 it is
    [j]. *)
    Parameter Hold_weak_count_rc_spec : ∀ T h q F γ i l a r k j qk mk,
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Hold_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The content is not shared: there is nothing to upgrade to, and both counts are 0. *)
    Parameter Hold_upgrade_unshared_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Hold_upgrade T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    (** If the content is not shared, the strong count that is read is 0. *)
    Parameter Hold_strong_count_unshared_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Hold_strong_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    (** If the content is not shared, the weak count that is read is 0. *)
    Parameter Hold_weak_count_unshared_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Hold_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    (** Both blocks are there, so that the comparison is defined; a handle is compared with
    itself by a share of it. *)
    Parameter Hold_is_on_same_block_spec : ∀ T h h' q q' F γ l r (k j : nat) γ' l' r' (k' j' : nat),
      ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ rc_ref SO γ l r k j ∗
          rc_ref SO γ' l' r' k' j' }}}
        Hold_is_on_same_block T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
    (** A handle without a block is equal to another one, and to no handle of a block. *)
    Parameter Hold_is_on_same_block_dangling_spec : ∀ T h h' q q',
      {{{ h ↦{q} #0 ∗ h' ↦{q'} #0 }}}
        Hold_is_on_same_block T [ #h; #h' ]
      {{{ RET ret_val #true; h ↦{q} #0 ∗ h' ↦{q'} #0 }}}.
    (** A handle without a block is not on any block. *)
    Parameter Hold_is_on_same_block_one_dangling_spec : ∀ T h h' q q' l (v v' : val),
      v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
      {{{ h ↦{q} v ∗ h' ↦{q'} v' }}}
        Hold_is_on_same_block T [ #h; #h' ]
      {{{ RET ret_val #false; h ↦{q} v ∗ h' ↦{q'} v' }}}.
    (** The result is the address of the content. *)
    Parameter Hold_as_ptr_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Hold_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** Without a block it is the last address. *)
    Parameter Hold_as_ptr_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Hold_as_ptr T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    (** ** All of a value *)
    (** A value moves into a new block. The result is a whole. *)
    Parameter Whole_new_spec : ∀ T src wl q m,
      tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        Whole_new T [ #src ]
      {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ unique_rc_own SO γ l wl 1 0 ∗
          src ↦∗ wl }}}.
    (** The destructor runs, to one of its ends, which is that of [drop]; the block is
    released on both. *)
    Parameter Whole_drop_spec : ∀ T h q F D U γ l wl r j qk m,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
          h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
        Whole_drop T [ #h ]
      {{{ e, RET e; heap_lease qk m ∗ na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j ∗
          ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e }}}.
    (** The result is the address of the content. *)
    Parameter Whole_value_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Whole_value T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The result is the address of the content. *)
    Parameter Whole_value_mut_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Whole_value_mut T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The downgrade adds one weak handle; the share stays. *)
    Parameter Whole_downgrade_spec : ∀ T h q F γ l wl r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
        Whole_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r (j + 1) }}}.
    (** The whole becomes a strong handle; the share of the handles and the weak ones stay. *)
    Parameter Whole_share_spec : ∀ T F γ l wl a r j q m,
      ↑rc_countN N l ⊆ F → R a wl →
      {{{ heap_lease q m ∗ na_own p F ∗ unique_rc_own SO γ l wl r j }}}
        Whole_share T [ #l ]
      {{{ i, RET ret_val #l; heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j }}}.
    (** ** A block without a value *)
    (** A new block, and the only handle on it, by which it can be filled. *)
    Parameter Room_new_spec : ∀ T q m,
      tp_cells T = ty_size τ →
      {{{ heap_lease q m }}}
        Room_new T []
      {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ room_own SO γ l 1 0 }}}.
    (** The weak handle is where the room is. *)
    Parameter Room_weak_spec : ∀ T h,
      {{{ True }}} Room_weak T [ #h ] {{{ RET ret_val #h; True }}}.
    (** It lends a reference to a weak handle, and shows that it cannot be upgraded. *)
    Parameter room_own_unshared : ∀ γ l r j,
      room_own SO γ l r j -∗
      rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗
      (∀ r' j', rc_ref SO γ l r' 1 j' -∗ rc_unshared SO γ -∗ room_own SO γ l r' j').
    (** The value moves into the block, which is a whole then. *)
    Parameter Room_fill_spec : ∀ T src γ l wl r j q m,
      tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl ∗ room_own SO γ l r j }}}
        Room_fill T [ #l; #src ]
      {{{ RET ret_val #l; heap_lease q m ∗ src ↦∗ wl ∗ unique_rc_own SO γ l wl r j }}}.
    (** A room is dropped as the weak handle in it, as when the closure of [new_cyclic] unwinds:
    no destructor runs. *)
    Parameter Hold_drop_room_spec : ∀ T h q F γ l r j,
      ↑rc_countN N l ⊆ F → tp_cells T = ty_size τ →
      {{{ na_own p F ∗ h ↦{q} #l ∗ room_own SO γ l r j }}}
        Hold_drop T [ #h ]
      {{{ RET ret_val #☠; na_own p F ∗ h ↦{q} #l ∗ rc_last_own SO γ l r j }}}.
    (** ** Raw pointers *)
    (** A strong handle becomes a token of the address of its content. *)
    Parameter Share_into_raw_spec : ∀ T γ i l a r q m,
      {{{ heap_lease q m ∗ rc_own SO γ i l a r 1 0 }}}
        Share_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ rc_raw SO γ i (l +ₗ 2) a r }}}.
    (** A token becomes a strong handle again. *)
    Parameter Share_from_raw_spec : ∀ T γ i (ptr : loc) a r,
      {{{ rc_raw SO γ i ptr a r }}}
        Share_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ rc_own SO γ i l a r 1 0 }}}.
    (** A weak handle becomes a token of the address of the content. *)
    Parameter Hold_into_raw_spec : ∀ T γ l r q m,
      {{{ heap_lease q m ∗ weak_own SO γ l r 1 }}}
        Hold_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ weak_raw SO γ (l +ₗ 2) r }}}.
    (** A token becomes a weak handle again. *)
    Parameter Hold_from_raw_spec : ∀ T γ (ptr : loc) r,
      {{{ weak_raw SO γ ptr r }}}
        Hold_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ weak_own SO γ l r 1 }}}.
    (** A token makes another one. *)
    Parameter Share_add_raw_spec : ∀ T F γ i (ptr : loc) a r q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_raw SO γ i ptr a r }}}
        Share_add_raw T [ #ptr ]
      {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          rc_raw SO γ i ptr a (r / 2) ∗ rc_raw SO γ i ptr a (r / 2) }}}.
    (** A weak handle without a block becomes the last address. *)
    Parameter Hold_into_raw_dangling_spec : ∀ T q m,
      {{{ heap_lease q m }}} Hold_into_raw T [ #0 ] {{{ RET ret_val #0; heap_lease q m }}}.
    (** The last address becomes a weak handle without a block. *)
    Parameter Hold_from_raw_dangling_spec : ∀ T,
      {{{ True }}} Hold_from_raw T [ #0 ] {{{ RET ret_val #0; True }}}.
    (** ** The counts in hand *)
    (** The result is the number of strong handles; 0 if the content is not shared. *)
    Parameter Share_strong_count_at : ∀ T h q γ l st w,
      {{{ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
        Share_strong_count T [ #h ]
      {{{ RET ret_val #(rc_strong_of st); h ↦{q} #l ∗ rc_counts SO γ l st w }}}.
    (** While the content is shared, the result is the number of weak handles. *)
    Parameter Share_weak_count_at : ∀ T h q γ l n x w,
      {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w }}}
        Share_weak_count T [ #h ]
      {{{ RET ret_val #(Z.of_nat w); h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w }}}.
    (** The result is the number of strong handles; 0 if the content is not shared. *)
    Parameter Hold_strong_count_at : ∀ T h q γ l st w qk mk,
      {{{ heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
        Hold_strong_count T [ #h ]
      {{{ RET ret_val #(rc_strong_of st); heap_lease qk mk ∗ h ↦{q} #l ∗
          rc_counts SO γ l st w }}}.
    (** The result is the number of weak handles; 0 if the content is not shared. *)
    Parameter Hold_weak_count_at : ∀ T h q γ l st w qk mk,
      {{{ heap_lease qk mk ∗ h ↦{q} #l ∗ rc_counts SO γ l st w }}}
        Hold_weak_count T [ #h ]
      {{{ RET ret_val #(rc_weak_of st w); heap_lease qk mk ∗ h ↦{q} #l ∗
          rc_counts SO γ l st w }}}.
    (** The clone adds one strong handle; the share stays. *)
    Parameter Share_clone_at : ∀ T h q γ l i a n w r k j,
      {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r k j }}}
        Share_clone T [ #h ]
      {{{ RET ret_val #l; h ↦{q} #l ∗
          rc_counts SO γ l (Shared (n + 1) (i, a)) w ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** The downgrade adds one weak handle; the share stays. *)
    Parameter Share_downgrade_at : ∀ T h q γ l i a n x w r k j,
      {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n x) w ∗ rc_own SO γ i l a r k j }}}
        Share_downgrade T [ #h ]
      {{{ RET ret_val #l; h ↦{q} #l ∗
          rc_counts SO γ l (Shared n x) (w + 1) ∗ rc_own SO γ i l a r k (j + 1) }}}.
    (** If the content is shared, the upgrade gives a strong handle with half of the share.
    If not, it fails. *)
    Parameter Hold_upgrade_at : ∀ T h q γ l st w r (k j : nat),
      {{{ h ↦{q} #l ∗ rc_counts SO γ l st w ∗ rc_ref SO γ l r k j }}}
        Hold_upgrade T [ #h ]
      {{{ RET ret_val (hold_upgrade_of st l); h ↦{q} #l ∗
          match st with
          | Shared n (i, a) => rc_counts SO γ l (Shared (n + 1) (i, a)) w ∗
              rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j
          | _ => rc_counts SO γ l st w ∗ rc_ref SO γ l r k j
          end }}}.
    (** A handle that is not the last one goes: the destructor does not run. *)
    Parameter Share_drop_at : ∀ T h q γ l i a n w r j,
      n ≠ 1%positive →
      {{{ h ↦{q} #l ∗ rc_counts SO γ l (Shared n (i, a)) w ∗ rc_own SO γ i l a r 1 j }}}
        Share_drop T [ #h ]
      {{{ RET ret_val #☠; h ↦{q} #l ∗
          rc_counts SO γ l (Shared (Pos.pred n) (i, a)) w ∗ weak_own SO γ l r j }}}.
  End specs.

  (** ** The value has been written *)
  Section assume.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N N' : namespace}.
    Context {R R' : list val → list val → Prop} {τ τ' : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Context (SO' : rc_shared_own p N' R' τ') `{!rcG Σ (so_id SO')}.
    Implicit Types (γ : rc_name) (l : loc) (a wl : list val).
    Implicit Types (q : Qp) (m : nat) (F : coPset) (T : tparam).

    (** The only handle on cells that the caller knows to be a value of another type becomes a
    handle on that value, with a name of its own, on the lease of the old one. *)
    Parameter Share_assume_init_spec : ∀ T F γ i l a a' q m,
      ↑N ⊆ F → ty_size τ = ty_size τ' →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a 1 1 0 ∗
          (∀ wl, ⌜R a wl⌝ -∗ ty_own τ wl ={⊤}=∗ ⌜R' a' wl⌝ ∗ ty_own τ' wl) }}}
        Share_assume_init T [ #l ]
      {{{ γ' i', RET ret_val #l; heap_lease q m ∗ na_own p F ∗
          ⌜rc_lease_of γ' = rc_lease_of γ⌝ ∗ rc_own SO' γ' i' l a' 1 1 0 }}}.
  End assume.
End inner_sig.
