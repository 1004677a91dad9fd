(** * [Rc], [UniqueRc] and [Weak] as users call them: the interface

The functions of [rc/strong.rs], [rc/unique.rs] and [rc/weak.rs] that are translated from the
compiler's MIR for proofs, statements only; [crate_rc.v] has them sealed. Each has a handle of
[rc/inner.rs] as its only field, in the same cell, and calls a function of it; so the
statements are those of [inner_sig.v], of other functions, and about the same handles.

Not here: [Rc::new], which is in [inner_sig.v], as [Rc::pin] is made of it; and what is not
translated for proofs ([docs/source.md] says why): [unwrap_or_clone], [make_mut]. What these call is specified in [inner_sig.v]. The destructor of [Rc] is that of its field, [Share_drop_spec]. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.rc Require Export inner.
From tally.prelude Require Import options.

Module Type crate_rc_sig.
  (** ** What needs no handle *)
  Section cells.
    Context `{!lrustGS Σ}.
    Implicit Types (l h : loc) (v : val) (q : Qp) (T : tparam).

    (** The result is the address of the content. *)
    Parameter Rc_as_ptr_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Rc_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The result is the address of the content. *)
    Parameter Rc_deref_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Rc_deref T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The result is the address of the content. *)
    Parameter UniqueRc_deref_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} UniqueRc_deref T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** The result is the address of the content. *)
    Parameter UniqueRc_deref_mut_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} UniqueRc_deref_mut T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** A weak handle without a block. *)
    Parameter Weak_new_spec : ∀ T,
      {{{ True }}} Weak_new T [] {{{ RET ret_val #0; True }}}.
    (** The upgrade of a weak handle without a block fails. *)
    Parameter Weak_upgrade_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val none_val; h ↦{q} #0 }}}.
    (** Without a block the strong count that is read is 0. *)
    Parameter Weak_strong_count_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Weak_strong_count T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    (** Without a block the weak count that is read is 0. *)
    Parameter Weak_weak_count_dangling_spec : ∀ T h q qk mk,
      {{{ heap_lease qk mk ∗ h ↦{q} #0 }}}
        Weak_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ h ↦{q} #0 }}}.
    (** A handle without a block is equal to another one, and to no handle of a block. *)
    Parameter Weak_ptr_eq_dangling_spec : ∀ T h h' q q',
      {{{ h ↦{q} #0 ∗ h' ↦{q'} #0 }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #true; h ↦{q} #0 ∗ h' ↦{q'} #0 }}}.
    (** A handle without a block is not on any block. *)
    Parameter Weak_ptr_eq_one_dangling_spec : ∀ T h h' q q' l (v v' : val),
      v = #0 ∧ v' = #l ∨ v = #l ∧ v' = #0 →
      {{{ h ↦{q} v ∗ h' ↦{q'} v' }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #false; h ↦{q} v ∗ h' ↦{q'} v' }}}.
    (** The result is the address of the content. *)
    Parameter Weak_as_ptr_spec : ∀ T h q l,
      {{{ h ↦{q} #l }}} Weak_as_ptr T [ #h ] {{{ RET ret_val #(l +ₗ 2); h ↦{q} #l }}}.
    (** Without a block it is the last address. *)
    Parameter Weak_as_ptr_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Weak_as_ptr T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
    (** A weak handle without a block becomes the last address. *)
    Parameter Weak_into_raw_dangling_spec : ∀ T q m,
      {{{ heap_lease q m }}} Weak_into_raw T [ #0 ] {{{ RET ret_val #0; heap_lease q m }}}.
    (** The last address becomes a weak handle without a block. *)
    Parameter Weak_from_raw_dangling_spec : ∀ T,
      {{{ True }}} Weak_from_raw T [ #0 ] {{{ RET ret_val #0; True }}}.
    (** Without a block the clone has none either. *)
    Parameter Weak_clone_dangling_spec : ∀ T h q,
      {{{ h ↦{q} #0 }}} Weak_clone T [ #h ] {{{ RET ret_val #0; h ↦{q} #0 }}}.
  End cells.

  (** ** Handles *)
  Section handles.
    Context `{!lrustGS Σ, !na_invG Σ}.
    Context {p : na_inv_pool_name} {N : namespace}.
    Context {R : list val → list val → Prop} {τ : type Σ}.
    Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
    Implicit Types (γ : rc_name) (i : so_id SO) (l h src : loc) (a wl : list val).
    Implicit Types (q r : Qp) (k : positive) (j m : nat) (F : coPset) (T C : tparam).

    (** A handle on a block whose value is still to be written: its content is cells of which
    nothing is known, which are a value of [MaybeUninit<T>]. *)
    Parameter Rc_new_uninit_spec : ∀ T a q m,
      R a (replicate (ty_size τ) #☠) → tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ ty_own τ (replicate (ty_size τ) #☠) }}}
        Rc_new_uninit T []
      {{{ l γ i, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ rc_own SO γ i l a 1 1 0 }}}.
    (** The closure [C] gets the address of a weak handle, from which it may make others; it
    knows that it cannot be upgraded yet. It makes a value, or unwinds. It is consumed: of its
    environment, the cells are left. [P] is what it has. *)
    Definition rc_cyclic_closure_spec F C (el : list val) (P : iProp Σ)
        (Q : rc_name → loc → list val → Qp → nat → iProp Σ) (U : rc_name → loc → Qp → nat → iProp Σ)
        (t : Qp * nat) : iProp Σ :=
      ∀ γ l (out e h : loc) vl, ⌜rc_lease_of γ = t ∧ length vl = ty_size τ⌝ -∗
        {{{ na_own p F ∗ h ↦ #l ∗ rc_ref SO γ l 1 1 0 ∗ rc_unshared SO γ ∗ out ↦∗ vl ∗ e ↦∗ el ∗ P }}}
          tp_call C [ #out; #e; #h ]
        {{{ c el' r j, RET c; ⌜length el' = tp_cells C⌝ ∗ na_own p F ∗ h ↦ #l ∗
            rc_ref SO γ l r 1 j ∗ rc_unshared SO γ ∗ e ↦∗ el' ∗
            ends (λ _, ∃ a wl, ⌜R a wl⌝ ∗ out ↦∗ wl ∗ ty_own τ wl ∗ Q γ l a r j)
              ((∃ vl', ⌜length vl' = ty_size τ⌝ ∗ out ↦∗ vl') ∗ U γ l r j) c }}}.
    (** A handle on a block whose content the closure makes, which gets a weak handle on it. If
    the closure unwinds, the block is left to the weak handles that it has made; no destructor
    runs. *)
    Parameter Rc_new_cyclic_spec : ∀ T C env F P Q U el q m qk mk,
      ↑N ⊆ F → tp_cells T = ty_size τ → length el = tp_cells C →
      {{{ rc_cyclic_closure_spec F C el P Q U (q, m) ∗ heap_lease q m ∗ heap_lease qk mk ∗
          na_own p F ∗ env ↦∗ el ∗ P }}}
        Rc_new_cyclic T C [ #env ]
      {{{ e γ l r j, RET e; ⌜rc_lease_of γ = (q, m)⌝ ∗ heap_lease qk mk ∗ na_own p F ∗ env ↦∗ el ∗
          ends (λ v, ∃ i a, ⌜v = #l⌝ ∗ rc_own SO γ i l a r 1 j ∗ Q γ l a r j)
            (rc_last_own SO γ l r j ∗ U γ l r j) e }}}.
    (** The result is at least [k], the caller's number of strong handles; with share 1 it
    is [k]. *)
    Parameter Rc_strong_count_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The result is at least [j], the caller's number of weak handles; with share 1 it is
    [j]. *)
    Parameter Rc_weak_count_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** Both are live, so that the comparison is defined. *)
    Parameter Rc_ptr_eq_spec : ∀ T h h' q q' F γ i l a r k j γ' i' l' a' r' k' j',
      ↑N ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}
        Rc_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_own SO γ i l a r k j ∗ rc_own SO γ' i' l' a' r' k' j' }}}.
    (** The result is the address of the content, which the caller then owns, or nothing.
    With share 1 it is the address. *)
    Parameter Rc_get_mut_spec : ∀ T h q F γ i l a r o,
      ↑N ⊆ F →
      {{{ rc_spare_lease o ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_get_mut T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = some_val #(l +ₗ 2)⌝ ∗ rc_block_open SO l a (rc_next_lease γ o) ∗
             rc_old_name SO γ l r o) ∨
           (⌜v = none_val ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗ rc_own SO γ i l a r 1 0)) }}}.
    (** If the caller owns another handle, of any kind, the result is nothing. *)
    Parameter Rc_get_mut_other_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_get_mut T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** The downgrade adds one weak handle; the share stays. *)
    Parameter Rc_downgrade_spec : ∀ T h q F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k (j + 1) }}}.
    (** From shared to unique, if it is the only handle of any kind. The result is of type
    [Result<UniqueRc<T>, Rc<T>>]: a cell for the variant, and the handle. *)
    Parameter Rc_try_into_unique_spec : ∀ T F γ i l a r o q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ rc_spare_lease o ∗ na_own p F ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_try_into_unique T [ #l ]
      {{{ v, RET ret_val v; heap_lease q m ∗ na_own p F ∗
          ((∃ γ' wl, ⌜v = pack_val [ #0; #l]%V ∧ R a wl ∧ rc_lease_of γ' = rc_next_lease γ o⌝ ∗
             unique_rc_own SO γ' l wl 1 0 ∗ rc_old_name SO γ l r o) ∨
           (⌜v = pack_val [ #1; #l]%V ∧ r ≠ 1%Qp⌝ ∗ rc_spare_lease o ∗
             rc_own SO γ i l a r 1 0)) }}}.
    (** If the caller owns another handle, of any kind, it gets its handle back. *)
    Parameter Rc_try_into_unique_other_spec : ∀ T F γ i l a r k j q m,
      ↑rc_countN N l ⊆ F → k ≠ 1%positive ∨ 0 < j →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r k j }}}
        Rc_try_into_unique T [ #l ]
      {{{ RET ret_val (pack_val [ #1; #l]%V); heap_lease q m ∗ na_own p F ∗
          rc_own SO γ i l a r k j }}}.
    (** The content moves out, or nothing changes. With share 1 it moves. The result is of
    type [Result<T, Rc<T>>]: a cell for the variant, then the content or the handle. *)
    Parameter Rc_try_unwrap_spec : ∀ T F γ i l a r j (out : loc) (v : val) vl q m,
      ↑N ⊆ F → tp_cells T = ty_size τ → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
        Rc_try_unwrap T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          ((∃ wl, ⌜R a wl ∧ (tp_cells T + length rest)%nat = length vl⌝ ∗
             out ↦∗ (#0 :: wl ++ rest) ∗ ty_own τ wl ∗ rc_last_own SO γ l r j) ∨
           (⌜r ≠ 1%Qp ∧ S (length rest) = length vl⌝ ∗ out ↦∗ (#1 :: #l :: rest) ∗
             rc_own SO γ i l a r 1 j)) }}}.
    (** There is another strong handle: the result is the handle. *)
    Parameter Rc_try_unwrap_other_spec : ∀ T F γ i l a r k j (out : loc) (v : val) vl q m,
      ↑rc_countN N l ⊆ F → length vl = Nat.max (tp_cells T) 1 →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
        Rc_try_unwrap T [ #out; #l ]
      {{{ rest, RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ ⌜S (length rest) = length vl⌝ ∗
          out ↦∗ (#1 :: #l :: rest) ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** The content moves out, or the handle is dropped, which is what [drop] does. With share
    1 it moves. The result is of type [Option<T>]: a cell for the variant, then the content. *)
    Parameter Rc_into_inner_spec : ∀ T F D U γ i l a r j (out : loc) (v : val) vl q m,
      ↑N ⊆ F → tp_cells T = ty_size τ → length vl = tp_cells T →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease q m ∗ na_own p F ∗
          rc_own SO γ i l a r 1 j ∗ out ↦∗ (v :: vl) }}}
        Rc_into_inner T [ #out; #l ]
      {{{ e, RET e; heap_lease q m ∗ na_own p F ∗
          ((∃ wl, ⌜e = ret_val #☠ ∧ R a wl⌝ ∗ out ↦∗ (#1 :: wl) ∗ ty_own τ wl ∗
             rc_last_own SO γ l r j) ∨
           (⌜r ≠ 1%Qp⌝ ∗ out ↦∗ (#0 :: vl) ∗
             ((⌜e = ret_val #☠⌝ ∗ weak_own SO γ l r j) ∨
              (rc_last_own SO γ l r j ∗
                ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)))) }}}.
    (** There is another strong handle: this one is dropped, and the destructor does not run,
    whatever it is. *)
    Parameter Rc_into_inner_other_spec : ∀ T F γ i l a r k j (out : loc) (v : val) vl q m,
      ↑rc_countN N l ⊆ F → length vl = tp_cells T →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r (k + 1) j ∗ out ↦∗ (v :: vl) }}}
        Rc_into_inner T [ #out; #l ]
      {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗ out ↦∗ (#0 :: vl) ∗
          rc_own SO γ i l a r k j }}}.
    (** A strong handle becomes a token of the address of its content. *)
    Parameter Rc_into_raw_spec : ∀ T γ i l a r q m,
      {{{ heap_lease q m ∗ rc_own SO γ i l a r 1 0 }}}
        Rc_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ rc_raw SO γ i (l +ₗ 2) a r }}}.
    (** A token becomes a strong handle again. *)
    Parameter Rc_from_raw_spec : ∀ T γ i (ptr : loc) a r,
      {{{ rc_raw SO γ i ptr a r }}}
        Rc_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ rc_own SO γ i l a r 1 0 }}}.
    (** A token makes another one. *)
    Parameter Rc_increment_strong_count_spec : ∀ T F γ i (ptr : loc) a r q m,
      ↑N ⊆ F →
      {{{ heap_lease q m ∗ na_own p F ∗ rc_raw SO γ i ptr a r }}}
        Rc_increment_strong_count T [ #ptr ]
      {{{ RET ret_val #☠; heap_lease q m ∗ na_own p F ∗
          rc_raw SO γ i ptr a (r / 2) ∗ rc_raw SO γ i ptr a (r / 2) }}}.
    (** The handle of a token goes, and what [drop] does comes to pass: if it may have been
    the last one, the destructor has run, to one of its ends. *)
    Parameter Rc_decrement_strong_count_spec : ∀ T F D U γ i (ptr : loc) a r qk m,
      ↑N ⊆ F → tp_cells T = ty_size τ →
      {{{ ty_unwind_spec (na_own p F) τ (tp_glue T) D U ∗ heap_lease qk m ∗ na_own p F ∗
          rc_raw SO γ i ptr a r }}}
        Rc_decrement_strong_count T [ #ptr ]
      {{{ e l, RET e; ⌜ptr = (l +ₗ 2)%L⌝ ∗ heap_lease qk m ∗ na_own p F ∗
          ((⌜e = ret_val #☠ ∧ r ≠ 1%Qp⌝ ∗ weak_own SO γ l r 0) ∨
           (rc_last_own SO γ l r 0 ∗
             ∃ wl, ⌜R a wl⌝ ∗ ends (λ v, ⌜v = #☠⌝ ∗ D wl) (U wl) e)) }}}.
    (** The clone adds one strong handle; the share stays. *)
    Parameter Rc_clone_spec : ∀ T h q F γ i l a r k j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Rc_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r (k + 1) j }}}.
    (** A value moves into a new block. The result is a [UniqueRc]. *)
    Parameter UniqueRc_new_spec : ∀ T src wl q m,
      tp_cells T = ty_size τ →
      {{{ heap_lease q m ∗ src ↦∗ wl ∗ ty_own τ wl }}}
        UniqueRc_new T [ #src ]
      {{{ l γ, RET ret_val #l; ⌜rc_lease_of γ = (q, m)⌝ ∗ unique_rc_own SO γ l wl 1 0 ∗
          src ↦∗ wl }}}.
    (** The [UniqueRc] becomes a strong handle; the share of the handles and the weak ones stay. *)
    Parameter UniqueRc_into_rc_spec : ∀ T F γ l wl a r j q m,
      ↑rc_countN N l ⊆ F → R a wl →
      {{{ heap_lease q m ∗ na_own p F ∗ unique_rc_own SO γ l wl r j }}}
        UniqueRc_into_rc T [ #l ]
      {{{ i, RET ret_val #l; heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l a r 1 j }}}.
    (** The downgrade adds one weak handle; the share stays. *)
    Parameter UniqueRc_downgrade_spec : ∀ T h q F γ l wl r j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r j }}}
        UniqueRc_downgrade T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ unique_rc_own SO γ l wl r (j + 1) }}}.
    (** The upgrade fails, or gives a strong handle with the share. With share 1 it fails. *)
    Parameter Weak_upgrade_spec : ∀ T h q F γ l r j,
      ↑rc_countN N l ⊆ F → 0 < j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ weak_own SO γ l r j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ weak_own SO γ l r j) ∨
           (∃ i a, ⌜v = some_val #l ∧ r ≠ 1%Qp⌝ ∗ rc_own SO γ i l a r 1 j)) }}}.
    (** The upgrade fails, or gives a strong handle with half of the share. It fails if
    share 1 is there with weak handles alone. *)
    Parameter Weak_upgrade_ref_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_ref SO γ l r k j) ∨
           (∃ i a, ⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    (** Once the content has been shared, a failure is for ever, and a success gives the
    content that is known. *)
    Parameter Weak_upgrade_known_spec : ∀ T h q F γ i a l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_content_known SO γ i a ∗
          rc_ref SO γ l r k j }}}
        Weak_upgrade T [ #h ]
      {{{ v, RET ret_val v; na_own p F ∗ h ↦{q} #l ∗
          ((⌜v = none_val⌝ ∗ rc_dead SO γ ∗ rc_ref SO γ l r k j) ∨
           (⌜v = some_val #l ∧ (r = 1%Qp → 0 < k)⌝ ∗
             rc_own SO γ i l a (r / 2) 1 0 ∗ rc_ref SO γ l (r / 2) k j)) }}}.
    (** With a strong handle at hand it works. *)
    Parameter Weak_upgrade_rc_spec : ∀ T h q F γ i l a r (k : positive) j,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val (some_val #l); na_own p F ∗ h ↦{q} #l ∗
          rc_own SO γ i l a r (k + 1) j }}}.
    (** If the content is not shared, it fails. *)
    Parameter Weak_upgrade_unshared_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_upgrade T [ #h ]
      {{{ RET ret_val none_val; na_own p F ∗ h ↦{q} #l ∗
          rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}.
    (** With share 1 the result is at most [k]. *)
    Parameter Weak_strong_count_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_strong_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m) ∧ (m = 0 ∨ k ≤ m) ∧
            (r = 1%Qp → (m = 0 ∨ m = k) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    (** With a strong handle at hand both counts are those of [Rc_strong_count_spec] and
    [Rc_weak_count_spec]. *)
    Parameter Weak_strong_count_rc_spec : ∀ T h q F γ i l a r k j qk mk,
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_strong_count T [ #h ]
      {{{ (m : positive), RET ret_val #(Z.pos m);
          ⌜in_int_range usize (Z.pos m) ∧ (k ≤ m)%positive ∧ (r = 1%Qp → m = k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** If the content is not shared, the strong count that is read is 0. *)
    Parameter Weak_strong_count_unshared_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_strong_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    (** 0 where the content is not shared. *)
    Parameter Weak_weak_count_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜(m = 0 ∨ j ≤ m) ∧ (r = 1%Qp → (m = 0 ∨ m = j) ∧ 0 < k)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}.
    (** The result is at least [j], the caller's number of weak handles; with share 1 it is
    [j]. *)
    Parameter Weak_weak_count_rc_spec : ∀ T h q F γ i l a r k j qk mk,
      ↑rc_countN N l ⊆ F →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}
        Weak_weak_count T [ #h ]
      {{{ (m : nat), RET ret_val #(Z.of_nat m);
          ⌜in_int_range usize (Z.of_nat m + 1) ∧ j ≤ m ∧ (r = 1%Qp → m = j)⌝ ∗
          heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_own SO γ i l a r k j }}}.
    (** If the content is not shared, the weak count that is read is 0. *)
    Parameter Weak_weak_count_unshared_spec : ∀ T h q F γ l r (k : nat) j qk mk,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗ rc_unshared SO γ }}}
        Weak_weak_count T [ #h ]
      {{{ RET ret_val #0; heap_lease qk mk ∗ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j ∗
          rc_unshared SO γ }}}.
    (** Both blocks are there, so that the comparison is defined; a handle is compared with
    itself by a share of it. *)
    Parameter Weak_ptr_eq_spec : ∀ T h h' q q' F γ l r (k j : nat) γ' l' r' (k' j' : nat),
      ↑N ⊆ F → 0 < k + j → (l ≠ l' → 0 < k' + j') →
      {{{ na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗ rc_ref SO γ l r k j ∗
          rc_ref SO γ' l' r' k' j' }}}
        Weak_ptr_eq T [ #h; #h' ]
      {{{ RET ret_val #(bool_decide (l = l')); na_own p F ∗ h ↦{q} #l ∗ h' ↦{q'} #l' ∗
          rc_ref SO γ l r k j ∗ rc_ref SO γ' l' r' k' j' }}}.
    (** A weak handle becomes a token of the address of the content. *)
    Parameter Weak_into_raw_spec : ∀ T γ l r q m,
      {{{ heap_lease q m ∗ weak_own SO γ l r 1 }}}
        Weak_into_raw T [ #l ]
      {{{ RET ret_val #(l +ₗ 2); heap_lease q m ∗ weak_raw SO γ (l +ₗ 2) r }}}.
    (** A token becomes a weak handle again. *)
    Parameter Weak_from_raw_spec : ∀ T γ (ptr : loc) r,
      {{{ weak_raw SO γ ptr r }}}
        Weak_from_raw T [ #ptr ]
      {{{ l, RET ret_val #l; ⌜ptr = (l +ₗ 2)%L⌝ ∗ weak_own SO γ l r 1 }}}.
    (** The clone adds one weak handle; the share stays. It takes a handle of any kind. *)
    Parameter Weak_clone_spec : ∀ T h q F γ l r (k : nat) j,
      ↑rc_countN N l ⊆ F → 0 < k + j →
      {{{ na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k j }}}
        Weak_clone T [ #h ]
      {{{ RET ret_val #l; na_own p F ∗ h ↦{q} #l ∗ rc_ref SO γ l r k (j + 1) }}}.
  End handles.
End crate_rc_sig.
