(** * The invariant of a reference count

The body of the count protocol ([count_protocol.v]) lives in an invariant, next to
the memory that stores the count. The client chooses what that memory is: [cell z]
is the exclusive ownership of "the count cell, holding the number [z]", for
instance [λ z, ℓ ↦ #z]. The invariant is

<<
  count_inv γ cell P  :=  (∃ n, cell n ∗ count_body γ P n)  ∨  count_dead γ
>>

- _alive_: the cell holds the exact number [n ≥ 1] of handles;
- _dead_: the last handle has taken the cell out, to free it or to use it
  otherwise; nothing is known of the cell any more. No token exists in this state
  ([count_dead_tok_false]), so whoever holds a token finds the invariant alive.

The cell need not mention a language: [cell] is any predicate on [Z], timeless so
that it can be had at once when the invariant is opened. The invariant can be kept
in a non-atomic invariant, opened for several steps with the thread token
([na_inv]: [Rc]), or in an atomic one, opened around one atomic step ([inv]:
[Arc], page frames).

Key results: [count_inv_open], [count_inv_close], [count_inv_close_dead],
[count_inv_alloc]; [count_na_inv_acc] and [count_inv_acc], the two ways to keep
it. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.logic Require Export count_protocol.
From tally.prelude Require Import options.

Definition count_inv `{!countG Σ}
    (γ : gname) (cell : Z → iProp Σ) (P : Qp → iProp Σ) : iProp Σ :=
  (∃ n : positive, cell (Z.pos n) ∗ count_body γ P n) ∨ count_dead γ.

Section count_inv.
  Context `{!countG Σ}.
  Implicit Types (γ : gname) (q : Qp) (k n : positive).
  Implicit Types (cell : Z → iProp Σ) (P : Qp → iProp Σ).

  Global Instance count_inv_ne γ m :
    Proper (pointwise_relation _ (dist m) ==> pointwise_relation _ (dist m) ==> dist m)
      (count_inv γ).
  Proof. rewrite /count_inv. solve_proper. Qed.
  Global Instance count_inv_proper γ :
    Proper (pointwise_relation _ (≡) ==> pointwise_relation _ (≡) ==> (≡)) (count_inv γ).
  Proof. rewrite /count_inv. solve_proper. Qed.

  (** ** Closing *)

  Lemma count_inv_close γ cell P n :
    cell (Z.pos n) -∗ count_body γ P n -∗ count_inv γ cell P.
  Proof. iIntros "Hc Hb". iLeft. iExists n. iFrame. Qed.

  Lemma count_inv_close_dead γ cell P : count_dead γ -∗ count_inv γ cell P.
  Proof. iIntros "Hd". by iRight. Qed.

  (** ** Opening *)

  (** Who has a token finds the count alive, the cell at once, and the body after
      one step (or by [count_body_later]). *)
  Lemma count_inv_open γ cell P q k `{!∀ z, Timeless (cell z)} :
    ▷ count_inv γ cell P -∗ count_tok γ q k -∗
    ◇ ∃ n, cell (Z.pos n) ∗ ▷ count_body γ P n ∗ count_tok γ q k.
  Proof.
    iIntros "[(%n & >Hc & Hb)|>Hd] Htok".
    - iModIntro. iExists n. iFrame.
    - iDestruct (count_dead_tok_false with "Hd Htok") as %[].
  Qed.

  (** A first handle, and the invariant around a cell that holds [1]. *)
  Lemma count_inv_alloc cell P :
    cell 1%Z ==∗ ∃ γ, count_inv γ cell P ∗ count_tok γ 1 1.
  Proof.
    iIntros "Hc". iMod (count_body_alloc P) as (γ) "[Hb Htok]". iModIntro.
    iExists γ. iFrame "Htok". iApply (count_inv_close with "Hc Hb").
  Qed.
End count_inv.

(** ** Kept in an atomic invariant *)
Section atomic.
  Context `{!invGS_gen hlc Σ, !countG Σ}.
  Implicit Types (γ : gname) (cell : Z → iProp Σ) (P : Qp → iProp Σ).

  Lemma count_inv_acc N E γ cell P q k `{!∀ z, Timeless (cell z)} :
    ↑N ⊆ E →
    inv N (count_inv γ cell P) -∗ count_tok γ q k ={E,E ∖ ↑N}=∗
    ∃ n, cell (Z.pos n) ∗ ▷ count_body γ P n ∗ count_tok γ q k ∗
      (▷ count_inv γ cell P ={E ∖ ↑N,E}=∗ True).
  Proof.
    iIntros (?) "Hinv Htok". iMod (inv_acc with "Hinv") as "[Hin Hclose]"; [done|].
    iMod (count_inv_open with "Hin Htok") as (n) "(Hc & Hb & Htok)".
    iModIntro. iExists n. iFrame.
  Qed.
End atomic.

(** ** Kept in a non-atomic invariant *)
Section nonatomic.
  Context `{!invGS_gen hlc Σ, !na_invG Σ, !countG Σ}.
  Implicit Types (γ : gname) (cell : Z → iProp Σ) (P : Qp → iProp Σ).

  Lemma count_na_inv_acc p N E F γ cell P q k `{!∀ z, Timeless (cell z)} :
    ↑N ⊆ E → ↑N ⊆ F →
    na_inv p N (count_inv γ cell P) -∗ na_own p F -∗ count_tok γ q k ={E}=∗
    ∃ n, cell (Z.pos n) ∗ ▷ count_body γ P n ∗ count_tok γ q k ∗
      na_own p (F ∖ ↑N) ∗
      (▷ count_inv γ cell P ∗ na_own p (F ∖ ↑N) ={E}=∗ na_own p F).
  Proof.
    iIntros (??) "Hinv Hna Htok".
    iMod (na_inv_acc with "Hinv Hna") as "(Hin & Hna & Hclose)"; [done..|].
    iMod (count_inv_open with "Hin Htok") as (n) "(Hc & Hb & Htok)".
    iModIntro. iExists n. iFrame.
  Qed.
End nonatomic.
