(** * What the two laws of [shared_own] imply when taken literally

The note on [Rc] asks two laws of the predicate [shared_own(τ, ℓ, w̄, c, q)], both
as equivalences of the logic: no update, no step, no mask. Fix [τ], [ℓ] and [w̄],
and write [S c q] for [shared_own(τ, ℓ, w̄, c, q)], [O] for the content
[⟦τ⟧.own(w̄)], and [D] for [Dealloc(ℓ, 1 + ⟦τ⟧.size)]. The laws are

- P1: [S 1 1 ⊣⊢ O ∗ D];
- P2: if [q + q' ≤ 1], then [S c (q + q') ⊣⊢ S (c + 1) q ∗ S (c + 1) q'].

Is there such an [S]? It depends on what [Dealloc] is.

- _If [Dealloc] is nothing_ ([True], as where memory is garbage collected), there is
  none: by P1 and P2 the content would be two equal halves, [O ⊣⊢ H ∗ H] with
  [H := S 2 (1/2)]. There are contents without halves, such as an exclusive token
  ([P1_P2_unsat_True]). More generally there is none if [O ∗ D] is exclusive
  ownership of something indivisible ([P1_P2_unsat_indivisible]).
- _If [Dealloc] carries a marked fraction_, there is one, for every content
  ([P1_P2_sat]): [Dealloc] can be split without end, exactly one of the parts has the
  mark, and the part with the mark has the content. Such a [Dealloc] exists: it is
  whatever token one likes, next to a mark that is made out of nothing.

So the laws do not fail, and they do not hold: they are a demand on [Dealloc]. The
interface of [shared_own_sig.v] makes no such demand: it keeps P2, and makes P1 a
view shift.

A second question is what a share is good for while there are others. The most one
could wish for is that each gives access to the content, and takes it back later:
[S c q ⊢ O ∗ (O -∗ S c q)]. But two shares would then give [O ∗ O] at once, so the
content could be duplicated ([no_pure_accessor]), and updates do not help
([no_bupd_accessor], [no_fupd_accessor]). This is also true of every instance of the
repaired interface ([so_no_free_accessor]). Hence access must cost something that
two handles cannot pay at the same time: a thread token ([so_na_acc]), a mask
([so_cinv_acc]); or must give less than [O] ([so_frac_own]).

Each result against something is accompanied by what can be had instead: P1 alone
and P2 alone ([P1_sat_True], [P2_sat_True]), both laws with another [Dealloc] for
the very content that refutes them ([P1_P2_sat_exclusive]), and an [S] with both
laws, realisable, for which the accessor fails ([marked_share_no_accessor]). *)
From iris.algebra Require Import excl.
From iris.base_logic.lib Require Import iprop own invariants.
From iris.proofmode Require Import proofmode.
From tally.refuted Require Import indivisible.
From tally.logic Require Import marked_share shared_own_sig.
From tally.prelude Require Import options.

Definition law_P1 {PROP : bi} (S : positive → Qp → PROP) (O D : PROP) : Prop :=
  S 1%positive 1%Qp ⊣⊢ O ∗ D.
Definition law_P2 {PROP : bi} (S : positive → Qp → PROP) : Prop :=
  ∀ c q q', (q + q' ≤ 1)%Qp →
    S c (q + q')%Qp ⊣⊢ S (c + 1)%positive q ∗ S (c + 1)%positive q'.

(** ** The laws halve the content *)

Lemma P1_P2_halves {PROP : bi} (S : positive → Qp → PROP) (O D : PROP) :
  law_P1 S O D → law_P2 S →
  O ∗ D ⊣⊢ S 2%positive (1/2)%Qp ∗ S 2%positive (1/2)%Qp.
Proof.
  intros HP1 HP2.
  rewrite -HP1 -{1}Qp.half_half (HP2 1%positive); [done|by rewrite Qp.half_half].
Qed.

(** ** Where they cannot hold *)

Theorem P1_P2_unsat_indivisible {Σ} {A : cmra} `{!inG Σ A, !CmraDiscrete A}
    γ (a : A) `{!Exclusive a} (O D : iProp Σ) :
  ✓ a → Indivisible a → (O ∗ D ⊣⊢ own γ a) →
  ¬ ∃ S : positive → Qp → iProp Σ, law_P1 S O D ∧ law_P2 S.
Proof.
  intros Hv Ha HOD (S & HP1 & HP2).
  apply (own_no_half γ a (S 2%positive (1/2)%Qp) Hv Ha).
  by rewrite -HOD (P1_P2_halves S O D HP1 HP2).
Qed.

Theorem P1_P2_unsat_True {Σ} `{!inG Σ (exclR unitO)} γ :
  ¬ ∃ S : positive → Qp → iProp Σ, law_P1 S (own γ (Excl ())) True ∧ law_P2 S.
Proof.
  apply (P1_P2_unsat_indivisible γ (Excl () : exclR unitO));
    [done|apply excl_indivisible|by rewrite right_id].
Qed.

(** The refuted content is not absurd in itself, nor is either law alone. *)
Lemma exclusive_content_alloc {Σ} `{!inG Σ (exclR unitO)} :
  ⊢@{iPropI Σ} |==> ∃ γ, own γ (Excl () : exclR unitO).
Proof. by iApply own_alloc. Qed.
Lemma P1_sat_True {PROP : bi} (O : PROP) :
  ∃ S : positive → Qp → PROP, law_P1 S O True.
Proof. exists (λ _ _, O ∗ True)%I. by rewrite /law_P1. Qed.
Lemma P2_sat_True {PROP : bi} : ∃ S : positive → Qp → PROP, law_P2 S.
Proof. exists (λ _ _, True)%I. intros c q q' _. iSplit; by auto. Qed.

(** ** Where they hold *)

(** For every content [O] and every physical deallocation token [D], if [D] is
    accompanied by the mark. *)
Theorem P1_P2_sat `{!markedG Σ} γ (O D : iProp Σ) :
  ∃ S : positive → Qp → iProp Σ, law_P1 S O (D ∗ mark_tok γ) ∧ law_P2 S.
Proof.
  exists (λ _, marked_share γ (O ∗ D)). split.
  - by rewrite /law_P1 marked_share_full assoc.
  - intros c q q' _. apply marked_share_op.
Qed.

(** The same with the mark out of sight: there is a [Dealloc], and it can be made. *)
Theorem P1_P2_sat_Dealloc `{!markedG Σ} (D : iProp Σ) :
  ∃ Dealloc : gname → iProp Σ,
    (D ⊢ |==> ∃ γ, Dealloc γ) ∧ (∀ γ, Dealloc γ ⊢ D) ∧
    ∀ γ (O : iProp Σ), ∃ S : positive → Qp → iProp Σ,
      law_P1 S O (Dealloc γ) ∧ law_P2 S.
Proof.
  exists (λ γ, D ∗ mark_tok γ)%I. split_and!.
  - iIntros "HD". iMod mark_tok_alloc as (γ) "H". iModIntro. iExists γ. iFrame.
  - by iIntros (γ) "[HD _]".
  - intros γ O. apply P1_P2_sat.
Qed.

(** In particular for the content that refutes them when [Dealloc] is [True]. *)
Corollary P1_P2_sat_exclusive `{!markedG Σ, !inG Σ (exclR unitO)} γ γm :
  ∃ S : positive → Qp → iProp Σ,
    law_P1 S (own γ (Excl ())) (True ∗ mark_tok γm) ∧ law_P2 S.
Proof. apply P1_P2_sat. Qed.

(** ** No access for free *)

(** Without updates. *)
Theorem no_pure_accessor {PROP : bi} `{!BiAffine PROP}
    (S : positive → Qp → PROP) (O D : PROP) :
  law_P1 S O D → law_P2 S →
  (∀ c q, S c q ⊢ O ∗ (O -∗ S c q)) →
  O ∗ D ⊢ O ∗ O.
Proof.
  intros HP1 HP2 Hacc. rewrite (P1_P2_halves S O D HP1 HP2).
  rewrite {1 2}(Hacc 2%positive (1/2)%Qp). by iIntros "[[$ _] [$ _]]".
Qed.

(** With basic updates. *)
Theorem no_bupd_accessor {Σ} (S : positive → Qp → iProp Σ) (O D : iProp Σ) :
  law_P1 S O D → law_P2 S →
  (∀ c q, S c q ==∗ O ∗ (O ==∗ S c q)) →
  O ∗ D ==∗ O ∗ O.
Proof.
  intros HP1 HP2 Hacc. rewrite (P1_P2_halves S O D HP1 HP2). iIntros "[H H']".
  iMod (Hacc with "H") as "[$ _]". by iMod (Hacc with "H'") as "[$ _]".
Qed.

(** With fancy updates that keep the mask, even if P1 and P2 are such updates too. *)
Theorem no_fupd_accessor `{!invGS_gen hlc Σ}
    (S : positive → Qp → iProp Σ) (O D : iProp Σ) E :
  (O ∗ D ={E}=∗ S 1%positive 1%Qp) →
  (∀ c q q', S c (q + q')%Qp ={E}=∗ S (c + 1)%positive q ∗ S (c + 1)%positive q') →
  (∀ c q, S c q ={E}=∗ O ∗ (O ={E}=∗ S c q)) →
  O ∗ D ={E}=∗ O ∗ O.
Proof.
  intros HP1 HP2 Hacc. iIntros "H". iMod (HP1 with "H") as "H".
  rewrite -{1}Qp.half_half. iMod (HP2 with "H") as "[H H']".
  iMod (Hacc with "H") as "[$ _]". by iMod (Hacc with "H'") as "[$ _]".
Qed.

(** So for an exclusive content that can be had at all, there is no such accessor. *)
Corollary no_bupd_accessor_exclusive {Σ}
    (S : positive → Qp → iProp Σ) (O D : iProp Σ) :
  law_P1 S O D → law_P2 S →
  (⊢ |==> O ∗ D) → (O ∗ O ⊢ False) →
  ¬ (∀ c q, S c q ==∗ O ∗ (O ==∗ S c q)).
Proof.
  intros HP1 HP2 Halloc Hexcl Hacc. apply (uPred.consistency (M:=iResUR Σ)).
  iMod Halloc as "H". iMod (no_bupd_accessor S O D HP1 HP2 Hacc with "H") as "H".
  iApply (Hexcl with "H").
Qed.

(** The laws P1 and P2 hold of marked shares, and the accessor does not. *)
Corollary marked_share_no_accessor `{!markedG Σ} (O : iProp Σ) :
  (⊢ |==> O) → (O ∗ O ⊢ False) →
  ¬ (∀ γ q, marked_share γ O q ==∗ O ∗ (O ==∗ marked_share γ O q)).
Proof.
  intros Halloc Hexcl Hacc. apply (uPred.consistency (M:=iResUR Σ)).
  iMod Halloc as "HO". iMod (marked_share_alloc with "HO") as (γ) "H".
  rewrite -{1}Qp.half_half marked_share_op. iDestruct "H" as "[H H']".
  iMod (Hacc with "H") as "[HO _]". iMod (Hacc with "H'") as "[HO' _]".
  iApply (Hexcl with "[$HO $HO']").
Qed.

(** Nor does it hold of any instance of the repaired interface, even if the accessor
    only promises the content later. *)
Theorem so_no_free_accessor `{!invGS_gen hlc Σ} {T : coPset → iProp Σ} {N : namespace}
    {X : Type} {Φ : X → iProp Σ} (SO : shared_own T N Φ) x E :
  (∀ i c q, so_own SO i x c q ={E}=∗ ▷ Φ x ∗ (▷ Φ x ={E}=∗ so_own SO i x c q)) →
  Φ x ={E}=∗ ▷ (Φ x ∗ Φ x).
Proof.
  intros Hacc. iIntros "H". iMod (so_P1_alloc SO with "H") as (i) "H".
  rewrite -{1}Qp.half_half so_P2. iDestruct "H" as "[H H']".
  iMod (Hacc with "H") as "[$ _]". by iMod (Hacc with "H'") as "[$ _]".
Qed.
