(** * Closures that have captured a mutable reference

[fn_mut Φ step out f]: what a closure [f] does to what it has captured, when it is called with
[x]: the content [Φ a] becomes [Φ (step a x)], and it returns [out a x]. Of this one fact
follows what is known of the closure when what it captured is a reference:

- [fn_mut_call]: a call leads from the reference to [a] to the reference to [step a x]. So the
  state is known between the calls, and a call does not touch the final value.
- [fn_mut_calls]: a program that calls it with all [xs], one after the other ([for_each]), knows
  nothing of what it captured. Afterwards the state is [foldl step a xs].
- [fn_mut_over]: when the closure is over its last state is the final value.
- [fn_mut_once]: a closure that is called once ([FnOnce]) ends the reference in this call.

Tools have taken the final value as decided by a call; this is refuted
([refuted/proph_final.v]). A client is [examples/proph_closure_client.v].

Source: the closures of Creusot (Denis, Jourdan, Marché, ICFEM 2022). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export mut_borrow.
From tally.prelude Require Import options.

(** [for_each f x n]: calls [f] with [x], …, [x + n - 1]. *)
Definition for_each : val :=
  rec: "loop" ["f"; "x"; "n"] :=
    if: "n" = #0 then #☠
    else "f" ["x"];; "loop" ["f"; "x" + #1; "n" - #1].

Section closure.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ} {A : C}.
  Context (Φ : proph_type A → iProp Σ) {HΦ : ∀ a, Timeless (Φ a)}.
  Context (step : proph_type A → Z → proph_type A) (out : proph_type A → Z → val).
  Implicit Types (κ : lft) (q : Qp) (i : positive) (f : val) (x : Z) (a : proph_type A).

  (** What a call does to the content. *)
  Definition fn_mut f : iProp Σ :=
    □ ∀ a x, {{{ Φ a }}} f [ #x ] {{{ RET (out a x); Φ (step a x) }}}.
  Global Instance fn_mut_persistent f : Persistent (fn_mut f) := _.

  (** What it does to the reference that was captured. *)
  Lemma fn_mut_call f κ q i a x :
    fn_mut f -∗
    {{{ mut_known Φ κ i a ∗ q.[κ] }}}
      f [ #x ]
    {{{ RET (out a x); mut_known Φ κ i (step a x) ∗ q.[κ] }}}.
  Proof using HΦ.
    iIntros "#Hf !>" (Ψ) "[Hr Hκ] HΨ".
    iMod (mut_known_acc with "Hr Hκ") as "[H Hclose]"; [done|]. iApply wp_fupd.
    wp_apply ("Hf" with "H"). iIntros "H". iMod ("Hclose" with "H") as "[Hr Hκ]".
    iModIntro. iApply "HΨ". iFrame "Hr Hκ".
  Qed.
  (** A program that knows nothing of what it captured. *)
  Lemma fn_mut_calls f κ q i a x (n : nat) :
    fn_mut f -∗
    {{{ mut_known Φ κ i a ∗ q.[κ] }}}
      for_each [f; #x; #n]
    {{{ RET #☠; mut_known Φ κ i (foldl step a (seqZ x n)) ∗ q.[κ] }}}.
  Proof using HΦ.
    iIntros "#Hf !>" (Ψ) "[Hr Hκ] HΨ". iInduction n as [|n] "IH" forall (x a).
    { wp_rec. wp_pures. rewrite seqZ_nil; [|done]. iApply "HΨ". by iFrame "Hr Hκ". }
    wp_rec. wp_pures. wp_apply (fn_mut_call with "Hf [$Hr $Hκ]"). iIntros "[Hr Hκ]". wp_pures.
    assert (Z.of_nat (S n) - 1 = Z.of_nat n)%Z as -> by lia.
    iApply ("IH" with "Hr Hκ"). iIntros "!> H".
    rewrite (seqZ_cons x); [|lia]. rewrite /= /Z.succ.
    replace (Z.pred (S n)) with (Z.of_nat n) by lia. by iApply "HΨ".
  Qed.
  (** It is over: its state is final. *)
  Lemma fn_mut_over E κ q i a :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={E}=∗ ⟨π, fin A i π = a⟩ ∗ q.[κ].
  Proof using Type. iIntros (??) "#Hctx Hr Hκ". by iApply (mut_known_drop with "Hctx Hr Hκ"). Qed.
  (** One that is called once. *)
  Lemma fn_mut_once f κ q i a x :
    fn_mut f -∗
    {{{ proph_ctx ∗ mut_known Φ κ i a ∗ q.[κ] }}}
      f [ #x ]
    {{{ RET (out a x); ⟨π, fin A i π = step a x⟩ ∗ q.[κ] }}}.
  Proof using HΦ.
    iIntros "#Hf !>" (Ψ) "(#Hctx & Hr & Hκ) HΨ". iApply wp_fupd.
    wp_apply (fn_mut_call with "Hf [$Hr $Hκ]"). iIntros "[Hr Hκ]".
    iMod (fn_mut_over with "Hctx Hr Hκ") as "H"; [done..|]. iModIntro. by iApply "HΨ".
  Qed.
End closure.
Global Typeclasses Opaque fn_mut.
