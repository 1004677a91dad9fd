(** * Example: message passing

A thread writes a cell with an ordinary, non-atomic write and then raises a flag;
the main thread waits for the flag and reads the cell. With the flag's accesses
sequentially consistent there is no data race: [message_passing_adequate] says
that no interleaving gets stuck and that the result is always 42.

The protocol. An invariant owns the flag. While it is down the writer owns the
cell; when it goes up the cell moves into the invariant, from where the reader
takes it once, leaving a token behind. *)
From iris.algebra Require Import excl.
From iris.base_logic.lib Require Import invariants.
From tally.lang Require Import proofmode adequacy.
From tally.prelude Require Import options.

Definition wait_and_read : val :=
  rec: "wait" ["x"] := if: !ˢᶜ "x" = #1 then !("x" +ₗ #1) else "wait" ["x"].

Definition message_passing : expr :=
  let: "x" := Alloc #2 in
  "x" <- #0;;
  Fork ("x" +ₗ #1 <- #42;; "x" <-ˢᶜ #1);;
  wait_and_read ["x"].

Class mpG Σ := MpG { mp_inG : inG Σ (exclR unitO) }.
Local Existing Instances mp_inG.
Definition mpΣ : gFunctors := #[GFunctor (exclR unitO)].
Global Instance subG_mpΣ {Σ} : subG mpΣ Σ → mpG Σ.
Proof. solve_inG. Qed.

Section proof.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !mpG Σ}.
  Let N := nroot .@ "mp".

  Definition mp_inv (γ : gname) (x : loc) : iProp Σ :=
    ∃ b : bool, x ↦ #b ∗ if b then (x +ₗ 1) ↦ #42 ∨ own γ (Excl ()) else True.

  Global Instance mp_inv_timeless γ x : Timeless (mp_inv γ x).
  Proof. apply bi.exist_timeless. intros []; apply _. Qed.

  Lemma message_passing_spec : ⊢ WP message_passing {{ v, ⌜v = #42⌝ }}.
  Proof using All.
    rewrite /message_passing. wp_alloc x as "Hx" "_".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hx" as "[Hx Hd]". wp_write.
    iMod (own_alloc (Excl ())) as (γ) "Hγ"; [done|].
    iMod (inv_alloc N _ (mp_inv γ x) with "[Hx]") as "#Hinv".
    { iNext. iExists false. by iFrame. }
    wp_pures. wp_apply (wp_fork with "[Hd]").
    { iNext. wp_write. wp_pures. iInv N as ">Hmp". iDestruct "Hmp" as (b) "[Hx _]".
      wp_write. iModIntro. iSplit; [|done]. iNext. iExists true. iFrame "Hx". by iLeft. }
    iIntros "_". wp_pures. iLöb as "IH". wp_rec.
    wp_bind (!ˢᶜ _)%E. iInv N as ">Hmp".
    iDestruct "Hmp" as ([]) "[Hx Hd]".
    - iDestruct "Hd" as "[Hd|Hγ']"; last first.
      { wp_read. by iDestruct (own_valid_2 with "Hγ Hγ'") as %?. }
      wp_read. iModIntro. iSplitL "Hx Hγ".
      { iNext. iExists true. iFrame "Hx". by iRight. }
      wp_pures. by wp_read.
    - wp_read. iModIntro. iSplitL "Hx".
      { iNext. iExists false. by iFrame "Hx". }
      wp_pures. by iApply ("IH" with "Hγ").
  Qed.
End proof.

Theorem message_passing_adequate : adequate NotStuck message_passing ∅ (λ v _, v = #42).
Proof. apply (lrust_adequacy #[lrustΣ; mpΣ]). intros. apply message_passing_spec. Qed.
