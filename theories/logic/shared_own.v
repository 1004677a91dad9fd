(** * Four models of shared ownership

Instances of the interface [shared_own] ([shared_own_sig.v]), from the one that
gives the most access to the one that needs the least.

- [so_na], the default for [Rc]: the content is in a _non-atomic_ invariant, from
  which the sum of all shares takes it out. Any one share gives full access to the
  content, over any number of steps, in exchange for the thread token
  ([so_na_acc]). While the content is out, no other handle of it can be opened.
- [so_cinv], for [Arc]: the content is in a cancellable invariant. Any one share
  gives full access around one atomic step, in exchange for a mask
  ([so_cinv_acc]).
- [so_frac]: the content is itself a fractional family [Ψ x q], [Ψ x 1 ⊣⊢ Φ x].
  No ghost state at all; a share _is_ a fraction of the content ([so_frac_own]), so
  several handles can be read at the same time (overlapping [&T]).
- [so_marked]: one marked share owns everything ([marked_share.v]). First-order
  ghost state, for every content, no step; but no access unless all shares are
  together.

Why access has a price (a thread token, a mask, or less than the full content) is
shown in [shared_own_laws.v]: a share that gave access for free would let two of
them duplicate the content.

The identity of an instance is the ghost name of its shares ([unit] for [so_frac]).
All but [so_frac] are [SharedOwnBounded]: their shares never exceed the whole, so
the full share excludes every other.

Source: [so_na] follows the non-atomic persistent borrow of RustBelt, with the
fraction of a cancellable invariant in place of a lifetime token; [so_cinv] is
Iris' [cinv]. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import
  own invariants na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.logic Require Export shared_own_sig.
From tally.logic Require Import marked_share.
From tally.prelude Require Import options.

(** ** In a non-atomic invariant *)

Local Definition na_share_def `{!invGS_gen hlc Σ, !na_invG Σ, !cinvG Σ}
    (p : na_inv_pool_name) (N : namespace) (γ : gname) (O : iProp Σ) (q : Qp) : iProp Σ :=
  na_inv p N (O ∨ cinv_own γ 1) ∗ cinv_own γ q.
Local Definition na_share_aux : seal (@na_share_def). Proof. by eexists. Qed.
Definition na_share := na_share_aux.(unseal).
Local Definition na_share_unseal :
  @na_share = @na_share_def := na_share_aux.(seal_eq).
Global Arguments na_share {_ _ _ _ _} p N γ O q.

Section na.
  Context `{!invGS_gen hlc Σ, !na_invG Σ, !cinvG Σ}.
  Context (p : na_inv_pool_name) (N : namespace).
  Context {X : Type} (Φ : X → iProp Σ).

  Local Ltac unseal := rewrite na_share_unseal /na_share_def.

  Local Lemma na_share_op γ O q q' :
    na_share p N γ O (q + q') ⊣⊢ na_share p N γ O q ∗ na_share p N γ O q'.
  Proof.
    unseal. iSplit.
    - iIntros "[#Hinv [H H']]". by iFrame "#∗".
    - iIntros "[[#Hinv H] [_ H']]". iFrame "Hinv". iCombine "H H'" as "$".
  Qed.

  Local Lemma na_share_alloc O E : O ={E}=∗ ∃ γ, na_share p N γ O 1.
  Proof.
    unseal. iIntros "HO".
    iMod (cinv_alloc_cofinite ∅ E N) as (γ _) "[Hγ _]".
    iMod (na_inv_alloc p E N (O ∨ cinv_own γ 1)%I with "[HO]") as "Hinv"; [by iLeft|].
    iModIntro. iExists γ. by iFrame "Hinv Hγ".
  Qed.

  Local Lemma na_share_end γ O E F :
    ↑N ⊆ E → ↑N ⊆ F → na_share p N γ O 1 -∗ na_own p F ={E}=∗ ▷ O ∗ na_own p F.
  Proof.
    unseal. iIntros (??) "[#Hinv H1] Hna".
    iMod (na_inv_acc with "Hinv Hna") as "([HO|>H1'] & Hna & Hclose)"; [done..| |].
    - iFrame "HO". iApply "Hclose". iFrame.
    - iDestruct (cinv_own_1_l with "H1 H1'") as %[].
  Qed.

  Local Lemma na_share_valid_2 γ O O' q q' :
    na_share p N γ O q -∗ na_share p N γ O' q' -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "[_ H] [_ H']". iApply (cinv_own_valid with "H H'").
  Qed.

  Program Definition so_na : shared_own (na_own p) N Φ := {|
    so_id := gname;
    so_own γ x c q := na_share p N γ (Φ x) q;
  |}.
  Next Obligation. intros γ x c q q'. apply na_share_op. Qed.
  Next Obligation. done. Qed.
  Next Obligation. intros x E. apply na_share_alloc. Qed.
  Next Obligation.
    iIntros (γ x F ?) "H Hna".
    iMod (na_share_end with "H Hna") as "[H $]"; [done..|].
    iApply step_fupd_intro; [set_solver|]. by iNext.
  Qed.

  Global Instance so_na_bounded : SharedOwnBounded so_na.
  Proof. intros γ x x' c c' q q'. apply na_share_valid_2. Qed.

  (** Full access through the thread token, over any number of steps. *)
  Lemma so_na_acc i x c q E F :
    ↑N ⊆ E → ↑N ⊆ F →
    so_own so_na i x c q -∗ na_own p F ={E}=∗
    ▷ Φ x ∗ na_own p (F ∖ ↑N) ∗
    (▷ Φ x -∗ na_own p (F ∖ ↑N) ={E}=∗ so_own so_na i x c q ∗ na_own p F).
  Proof.
    rewrite /so_na /=. unseal. iIntros (??) "[#Hinv Hq] Hna".
    iMod (na_inv_acc with "Hinv Hna") as "([HO|>H1] & $ & Hclose)"; [done..| |].
    - iModIntro. iFrame "HO". iIntros "HO Hna". iFrame "Hinv Hq".
      iApply "Hclose". iFrame.
    - iDestruct (cinv_own_1_l with "H1 Hq") as %[].
  Qed.

  (** The full share ends without a step. *)
  Lemma so_na_end i x c E F :
    ↑N ⊆ E → ↑N ⊆ F →
    so_own so_na i x c 1 -∗ na_own p F ={E}=∗ ▷ Φ x ∗ na_own p F.
  Proof. apply na_share_end. Qed.
End na.

(** ** In a cancellable invariant *)
Section cinv.
  Context `{!invGS_gen hlc Σ, !cinvG Σ} (T : coPset → iProp Σ) (N : namespace).
  Context {X : Type} (Φ : X → iProp Σ).

  Program Definition so_cinv : shared_own T N Φ := {|
    so_id := gname;
    so_own γ x c q := (cinv N γ (Φ x) ∗ cinv_own γ q)%I;
  |}.
  Next Obligation.
    intros γ x c q q'. iSplit.
    - iIntros "[#Hinv [H H']]". by iFrame "#∗".
    - iIntros "[[#Hinv H] [_ H']]". iFrame "Hinv". iCombine "H H'" as "$".
  Qed.
  Next Obligation. done. Qed.
  Next Obligation.
    iIntros (x E) "HO". iMod (cinv_alloc _ N with "HO") as (γ) "H".
    iModIntro. by iExists γ.
  Qed.
  Next Obligation.
    iIntros (γ x F ?) "[#Hinv H] $".
    iMod (cinv_cancel with "Hinv H") as "H"; [done|].
    iApply step_fupd_intro; [set_solver|]. by iNext.
  Qed.

  Global Instance so_cinv_bounded : SharedOwnBounded so_cinv.
  Proof.
    iIntros (γ x x' c c' q q') "[_ H] [_ H']". iApply (cinv_own_valid with "H H'").
  Qed.

  (** Full access through the mask, so around one atomic step. *)
  Lemma so_cinv_acc i x c q E :
    ↑N ⊆ E →
    so_own so_cinv i x c q ={E,E ∖ ↑N}=∗
    ▷ Φ x ∗ so_own so_cinv i x c q ∗ (▷ Φ x ={E ∖ ↑N,E}=∗ True).
  Proof.
    iIntros (?) "[#Hinv H]".
    iMod (cinv_acc with "Hinv H") as "($ & H & $)"; [done|].
    iModIntro. by iFrame "Hinv H".
  Qed.

  (** The full share ends without a step, and without a token. *)
  Lemma so_cinv_end i x c E :
    ↑N ⊆ E → so_own so_cinv i x c 1 ={E}=∗ ▷ Φ x.
  Proof. iIntros (?) "[#Hinv H]". by iApply (cinv_cancel with "Hinv H"). Qed.
End cinv.

(** ** A content that is fractional itself *)
Section frac.
  Context `{!invGS_gen hlc Σ} (T : coPset → iProp Σ) (N : namespace).
  Context {X : Type} (Φ : X → iProp Σ) (Ψ : X → Qp → iProp Σ).
  Context (HΨ_full : ∀ x, Ψ x 1%Qp ⊣⊢ Φ x) (HΨ : ∀ x, Fractional (Ψ x)).

  Program Definition so_frac : shared_own T N Φ := {|
    so_id := unit;
    so_own _ x c q := Ψ x q;
  |}.
  Next Obligation. intros i x c q q'. apply HΨ. Qed.
  Next Obligation. done. Qed.
  Next Obligation. iIntros (x E) "H". rewrite -HΨ_full. iModIntro. by iExists (). Qed.
  Next Obligation.
    iIntros (i x F ?) "H $". rewrite /= HΨ_full.
    iApply step_fupd_intro; [set_solver|]. by iNext.
  Qed.

  (** A share is a fraction of the content, there is nothing to open. *)
  Lemma so_frac_own i x c q : so_own so_frac i x c q ⊣⊢ Ψ x q.
  Proof. done. Qed.
  (** P1 literally. *)
  Lemma so_frac_full i x c : so_own so_frac i x c 1 ⊣⊢ Φ x.
  Proof. apply HΨ_full. Qed.
End frac.

(** ** A marked share *)
Section marked.
  Context `{!invGS_gen hlc Σ, !markedG Σ} (T : coPset → iProp Σ) (N : namespace).
  Context {X : Type} (Φ : X → iProp Σ).

  Program Definition so_marked : shared_own T N Φ := {|
    so_id := gname;
    so_own γ x c q := marked_share γ (Φ x) q;
  |}.
  Next Obligation. intros γ x c q q'. apply marked_share_op. Qed.
  Next Obligation. done. Qed.
  Next Obligation.
    iIntros (x E) "HO". by iMod (marked_share_alloc with "HO") as "$".
  Qed.
  Next Obligation.
    iIntros (γ x F ?) "H $". rewrite /= marked_share_full.
    iDestruct "H" as "[H _]". iApply step_fupd_intro; [set_solver|]. by iNext.
  Qed.

  Global Instance so_marked_bounded : SharedOwnBounded so_marked.
  Proof. intros γ x x' c c' q q'. apply marked_share_valid_2. Qed.

  (** P1 literally, up to the mark, which [so_P1_alloc] makes out of nothing. *)
  Lemma so_marked_full i x c : so_own so_marked i x c 1 ⊣⊢ Φ x ∗ mark_tok i.
  Proof. apply marked_share_full. Qed.
End marked.

Global Typeclasses Opaque na_share.
