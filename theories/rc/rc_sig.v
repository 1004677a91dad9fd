(** * [rc τ]: the interface

What is true of the programs of [rc_code.v], statements only; [rc.v] has them sealed.

** The handle
[is_rc SO γ i l wl q k] is the ownership of [k] handles of the [Rc] at [l], which
together hold the share [q] of its content [wl]. A handle of Rust is one with
[k = 1] and whatever share. [γ] is the ghost name of the count, [i] that of the
shared ownership. Shares add up, and so do counts ([is_rc_split]).

- Who holds the whole share holds all the handles there are, so the count is known
  before it is read: it is [k].
- The converse is false: after a clone was dropped, the only handle has less than
  the whole share. The rest lies with the count. It comes out when the last handle
  is dropped ([rc_drop_spec]), or when one reads the count and sees that it is the
  number of the handles one holds: who does has the whole share afterwards
  ([rc_strong_count_spec]).

** The type
[rc_ty SO], the semantic type [⟦rc τ⟧], is defined from this in [rc.v]:
[ty_own (rc_ty SO) [l] := ∃ γ i wl q, is_rc SO γ i l wl q 1].

** What can be shared
- The cells of the content do not change while they are shared: every handle has a
  share of the points-to of the same list [wl]. A content that owns memory elsewhere,
  such as a box, can have that memory written to ([rc_content_acc] in [rc.v]). A
  content that is changed where it lies, such as a [Cell], cannot be expressed yet.
- [rc_contentN N] has no location in it. With the shared ownership [so_na], which
  keeps the content in a non-atomic invariant of that namespace, only one [Rc] of
  those below the same [N] can have its content open at a time. The counts have a
  location in their namespaces and do not have this limit.

** What differs from the note on [Rc]
The note proposes [∃ c q w̄, ℓ ↦{q} c :: w̄ ∗ shared_own(τ, ℓ, w̄, c, q)], which
cannot be ([rc_naive.v]). Its shape is kept: a fraction of the data, a [shared_own]
for any instance of the interface [shared_own_sig.v], and the count beside it. The
deviations are these.

- The count cell is not cut into fractions: it is in a non-atomic invariant, which
  also says that the number in it is the number of handles.
- The triples carry [na_own p F], the right of the current thread to open such
  invariants. This is what makes [Rc] a type that cannot be sent to other threads.
- The two parts of a split do not both have the count [c + 1]: counts add up.
- P1, the law that a full share is the content and the right to deallocate it, is
  an update that may take a step, inside of [rc_drop_spec].

** Masks
[rc_countN N l] is the namespace of the count of the [Rc] at [l], [rc_contentN N]
that of the contents; both are below [N]. To clone and to read the count needs only
the first: one may do so while the content is open. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import count_protocol shared_own_sig.
From tally.types Require Import type.
From tally.rc Require Export rc_code.
From tally.prelude Require Import options.

Definition rc_countN (N : namespace) (l : loc) : namespace := N .@ "count" .@ l.
Definition rc_contentN (N : namespace) : namespace := N .@ "content".

(** The right side of the note's P1, for [x = (ℓ, w̄)]. *)
Definition rc_content `{!lrustGS Σ} (τ : type Σ) (x : loc * list val) : iProp Σ :=
  ty_own τ x.2 ∗ † x.1 … (1 + ty_size τ).

(** What the ownership of the content may be: any shared ownership. *)
Definition rc_shared_own `{!lrustGS Σ, !na_invG Σ}
    (p : na_inv_pool_name) (N : namespace) (τ : type Σ) : Type :=
  shared_own (na_own p) (rc_contentN N) (rc_content τ).

Module Type rc_sig.
  (** ** Definitions *)
  Parameter is_rc : ∀ `{!lrustGS Σ, !na_invG Σ, !countG Σ}
    {p : na_inv_pool_name} {N : namespace} {τ : type Σ} (SO : rc_shared_own p N τ),
    gname → so_id SO → loc → list val → Qp → positive → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !na_invG Σ, !countG Σ}.
    Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
    Context (SO : rc_shared_own p N τ).

    (** ** Laws *)
    Parameter is_rc_size : ∀ γ i l wl q k,
      is_rc SO γ i l wl q k -∗ ⌜length wl = ty_size τ⌝.
    Parameter is_rc_valid : ∀ γ i l wl q k,
      is_rc SO γ i l wl q k -∗ ⌜(q ≤ 1)%Qp⌝.
    Parameter is_rc_exclusive : ∀ γ i l wl wl' q k k',
      is_rc SO γ i l wl 1 k -∗ is_rc SO γ i l wl' q k' -∗ False.
    (** Shares and counts add up: what P2 has become. *)
    Parameter is_rc_split : ∀ γ i l wl q q' k k',
      is_rc SO γ i l wl (q + q') (k + k') ⊣⊢
      is_rc SO γ i l wl q k ∗ is_rc SO γ i l wl q' k'.
    (** A block laid out as an [Rc] becomes one: P1, from right to left. *)
    Parameter is_rc_wrap : ∀ E l wl,
      l ↦ #1 -∗ (l +ₗ 1) ↦∗ wl -∗ rc_content τ (l, wl) ={E}=∗
      ∃ γ i, is_rc SO γ i l wl 1 1.
    (** The data can be read, and the shared ownership be used. *)
    Parameter is_rc_acc : ∀ γ i l wl q k,
      is_rc SO γ i l wl q k -∗
      (l +ₗ 1) ↦∗{q} wl ∗ so_own SO i (l, wl) 1 q ∗
      ((l +ₗ 1) ↦∗{q} wl -∗ so_own SO i (l, wl) 1 q -∗ is_rc SO γ i l wl q k).

    (** ** Specifications *)
    Parameter rc_new_spec : ∀ (src : loc) wl,
      {{{ src ↦∗ wl ∗ ty_own τ wl }}}
        rc_new (ty_size τ) [ #src ]
      {{{ l γ i, RET #l; is_rc SO γ i l wl 1 1 ∗ src ↦∗ wl }}}.

    (** One handle more; to give it away, split it off. *)
    Parameter rc_clone_spec : ∀ F γ i l wl q k,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l wl q k }}}
        rc_clone [ #l ]
      {{{ RET #l; na_own p F ∗ is_rc SO γ i l wl q (k + 1) }}}.

    (** One handle less. The last one runs the destructor of the content, with the
    effect [D wl], and frees the block. Who holds several handles keeps the others;
    who holds one, and the whole share, knows that it is the last. *)
    Parameter rc_drop_spec : ∀ F glue D γ i l wl q k,
      ↑N ⊆ F →
      {{{ ty_drop_spec (na_own p F) τ glue D ∗ na_own p F ∗ is_rc SO γ i l wl q k }}}
        rc_drop (ty_size τ) glue [ #l ]
      {{{ RET #☠; na_own p F ∗
          ((∃ k', ⌜k = (k' + 1)%positive⌝ ∗ is_rc SO γ i l wl q k') ∨
           (⌜k = 1%positive⌝ ∗ (D wl ∨ ⌜q ≠ 1%Qp⌝))) }}}.

    (** The count is exact. If it is the number of the handles held, these are all
    there are, and they get the shares that dropped handles have left behind: from
    here on they hold the whole share, and the last [rc_drop] of them is known to
    run the destructor. Otherwise there are others, which hold some of it. *)
    Parameter rc_strong_count_spec : ∀ F γ i l wl q k,
      ↑rc_countN N l ⊆ F →
      {{{ na_own p F ∗ is_rc SO γ i l wl q k }}}
        rc_strong_count [ #l ]
      {{{ (m : positive), RET #(Z.pos m);
          ⌜in_int_range usize (Z.pos m)⌝ ∗ na_own p F ∗
          ((⌜m = k⌝ ∗ is_rc SO γ i l wl 1 k) ∨
           (⌜(k < m)%positive ∧ q ≠ 1%Qp⌝ ∗ is_rc SO γ i l wl q k)) }}}.
  End laws.
End rc_sig.
