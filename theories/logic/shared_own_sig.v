(** * The interface of shared ownership

The note on [Rc] describes the ownership of the content of an [Rc<T>] by an
unspecified predicate [shared_own(τ, ℓ, w̄, c, q)], "a handle with share [q] of the
value [w̄] at [ℓ], seen when the count was [c]", and asks two laws of it:

- P1: [shared_own(τ, ℓ, w̄, 1, 1) ∗-∗ ⟦τ⟧.own(w̄) ∗ Dealloc(ℓ, 1 + ⟦τ⟧.size)];
- P2: if [q + q' ≤ 1], then [shared_own(τ, ℓ, w̄, c, q + q') ∗-∗
      shared_own(τ, ℓ, w̄, c + 1, q) ∗ shared_own(τ, ℓ, w̄, c + 1, q')].

[shared_own_laws.v] shows that as bare equivalences these two ask too much of an
ordinary [Dealloc]. This file states what can be had for _every_ content:

- P2 literally, without update, later or side condition ([so_P2]). The condition
  [q + q' ≤ 1] says that [q + q'] is a share; there is no need for it;
- P1 from right to left by a view shift, which chooses a ghost identity
  ([so_P1_alloc]);
- P1 from left to right by a view shift that takes a step of the program
  ([so_P1_end]): the content may have been stored in an invariant,
  or lent for a lifetime. So it takes the whole mask;
- [c] is documentation ([so_phantom]): a clone must leave the _other_ handles'
  view of the count valid, so a share cannot depend on it. Counting is the
  business of the count protocol ([count_protocol.v]).

** Parameters

- [X]: what a share is a share of. For [Rc] it is [(ℓ, w̄)].
- [Φ x]: the right side of P1, "all of [x]". For [Rc]:
  [⟦τ⟧.own(w̄) ∗ Dealloc(ℓ, 1 + ⟦τ⟧.size)].
- [T F]: the thread token for the mask [F] that ending may borrow: [na_own p] for
  [Rc], [λ _, True] for [Arc] and page frames.
- [N]: the namespace in which the content may be stored.

** What is not in the interface

Two full shares need not be contradictory: for a content without ghost state, such
as [True], they are not. The instances where they are declare it by
[SharedOwnBounded]. How a share gives access to the content depends on the
instance too; see [shared_own.v]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

Record shared_own `{!invGS_gen hlc Σ} (T : coPset → iProp Σ) (N : namespace)
    {X : Type} (Φ : X → iProp Σ) := SharedOwn {
  so_id : Type;
  so_own : so_id → X → positive → Qp → iProp Σ;
  so_P2 i x c q q' :
    so_own i x c (q + q') ⊣⊢ so_own i x (c + 1) q ∗ so_own i x (c + 1) q';
  so_phantom i x c c' q :
    so_own i x c q ⊣⊢ so_own i x c' q;
  so_P1_alloc x E :
    Φ x ={E}=∗ ∃ i, so_own i x 1 1;
  so_P1_end i x F :
    ↑N ⊆ F → so_own i x 1 1 -∗ T F ={⊤}[∅]▷=∗ ▷ Φ x ∗ T F;
}.
Global Arguments SharedOwn {_ _ _ _ _ _ _} _ _ _ _ _ _.
Global Arguments so_id {_ _ _ _ _ _ _} _.
Global Arguments so_own {_ _ _ _ _ _ _} _ _ _ _ _.
Global Arguments so_P2 {_ _ _ _ _ _ _} _ _ _ _ _ _.
Global Arguments so_phantom {_ _ _ _ _ _ _} _ _ _ _ _ _.
Global Arguments so_P1_alloc {_ _ _ _ _ _ _} _ _ _.
Global Arguments so_P1_end {_ _ _ _ _ _ _} s i x F _.

(** Shares of one identity never exceed the whole. *)
Class SharedOwnBounded `{!invGS_gen hlc Σ} {T : coPset → iProp Σ} {N : namespace}
    {X : Type} {Φ : X → iProp Σ} (SO : shared_own T N Φ) :=
  so_bounded i x x' c c' q q' :
    so_own SO i x c q -∗ so_own SO i x' c' q' -∗ ⌜(q + q' ≤ 1)%Qp⌝.
Global Hint Mode SharedOwnBounded - - - - - - - ! : typeclass_instances.

(** ** Derived laws *)
Section derived.
  Context `{!invGS_gen hlc Σ} {T : coPset → iProp Σ} {N : namespace}.
  Context {X : Type} {Φ : X → iProp Σ} (SO : shared_own T N Φ).

  (** Splitting and joining, whatever counts the shares carry. *)
  Lemma so_join i x c c1 c2 q q' :
    so_own SO i x c (q + q') ⊣⊢ so_own SO i x c1 q ∗ so_own SO i x c2 q'.
  Proof.
    by rewrite so_P2 (so_phantom SO i x _ c1 q) (so_phantom SO i x _ c2 q').
  Qed.

  Global Instance so_own_fractional i x c : Fractional (so_own SO i x c).
  Proof. intros q q'. apply so_join. Qed.
  Global Instance so_own_as_fractional i x c q :
    AsFractional (so_own SO i x c q) (so_own SO i x c) q.
  Proof. split; [done|apply _]. Qed.

  (** The full share, whatever count it carries. *)
  Lemma so_end i x c F :
    ↑N ⊆ F → so_own SO i x c 1 -∗ T F ={⊤}[∅]▷=∗ ▷ Φ x ∗ T F.
  Proof. rewrite (so_phantom SO i x c 1). apply so_P1_end. Qed.
  Lemma so_alloc x c E : Φ x ={E}=∗ ∃ i, so_own SO i x c 1.
  Proof.
    iIntros "HΦ". iMod (so_P1_alloc SO with "HΦ") as (i) "H". iModIntro. iExists i.
    by rewrite (so_phantom SO i x 1 c).
  Qed.

  Lemma so_valid `{!SharedOwnBounded SO} i x c q : so_own SO i x c q -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof.
    iIntros "H". rewrite -{1}(Qp.div_2 q) (so_join i x c c c).
    iDestruct "H" as "[H H']". iDestruct (so_bounded with "H H'") as %Hq.
    by rewrite Qp.div_2 in Hq.
  Qed.
  Lemma so_exclusive `{!SharedOwnBounded SO} i x x' c c' q :
    so_own SO i x c 1 -∗ so_own SO i x' c' q -∗ False.
  Proof.
    iIntros "H H'". iDestruct (so_bounded with "H H'") as %[]%Qp.not_add_le_l.
  Qed.
End derived.
