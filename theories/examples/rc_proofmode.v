(** * The proof mode on handles, shares and leases

Each use of the instances of [split.v], [heap_split.v] and [rc_instances.v], in its
smallest form: splitting after a clone and after a downgrade, in halves and as written,
framing, putting together, and the notation of [rc_context.v]. A change of the instances
that changes what the tactics do breaks this file. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type rust_type.
From tally.rc Require Import rc rc_types rc_context.
From tally.prelude Require Import options.

Section handles.
  Context `{!rcGS Σ} {N : namespace} {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own rc_pool N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (l : loc) (a : list val).
  Implicit Types (r : Qp) (j : nat) (P : iProp Σ).
  Local Open Scope rc_scope.

  (** The clone is the second part … *)
  Lemma split_clone γ i l a r k j :
    l ↦rc{r} a ⟨k + 1, j⟩ @ (SO, γ, i) -∗
    l ↦rc{r / 2} a ⟨k, j⟩ @ (SO, γ, i) ∗ l ↦rc{r / 2} a @ (SO, γ, i).
  Proof. iIntros "H". iDestruct "H" as "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  (** … the weak handle that was made, too. *)
  Lemma split_downgrade γ i l a j :
    l ↦rc{1} a ⟨1, j + 1⟩ @ (SO, γ, i) -∗
    l ↦rc{1 / 2} a ⟨1, j⟩ @ (SO, γ, i) ∗ l ↦weak{1 / 2} ⟨1⟩ @ (SO, γ).
  Proof. iIntros "H". iDestruct "H" as "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  (** Without another handle, the second part is a share. *)
  Lemma split_share γ i l a r :
    l ↦rc{r} a @ (SO, γ, i) -∗ l ↦rc{r / 2} a @ (SO, γ, i) ∗ l ↦weak{r / 2} ⟨0⟩ @ (SO, γ).
  Proof. iIntros "H". iDestruct "H" as "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  (** As it is written. *)
  Lemma split_sum γ i l a r r' k k' j j' :
    l ↦rc{r + r'} a ⟨k + k', j + j'⟩ @ (SO, γ, i) -∗
    l ↦rc{r} a ⟨k, j⟩ @ (SO, γ, i) ∗ l ↦rc{r'} a ⟨k', j'⟩ @ (SO, γ, i).
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_number γ i l a :
    l ↦rc{1} a ⟨2, 2⟩ @ (SO, γ, i) -∗ ∃ r,
    l ↦rc{r} a ⟨1, 1⟩ @ (SO, γ, i) ∗ l ↦weak{r} ⟨1⟩ @ (SO, γ) ∗ l ↦rc{1 / 2} a @ (SO, γ, i).
  Proof.
    iIntros "[[H1 Hs] H2]". iExists (1 / 2 / 2)%Qp. iDestruct "H1" as "H1".
    iSplitL "H1"; [iExact "H1"|]. iSplitL "Hs"; [iExact "Hs"|iExact "H2"].
  Qed.

  (** A goal is split in the same way. *)
  Lemma split_goal γ i l a r r' k k' j j' :
    l ↦rc{r} a ⟨k, j⟩ @ (SO, γ, i) -∗ l ↦rc{r'} a ⟨k', j'⟩ @ (SO, γ, i) -∗
    l ↦rc{r + r'} a ⟨k + k', j + j'⟩ @ (SO, γ, i).
  Proof. iIntros "H1 H2". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.

  (** Two halves are the whole, and 0 adds nothing. *)
  Lemma combine_rc γ i l a k j :
    l ↦rc{1 / 2} a ⟨k, j⟩ @ (SO, γ, i) -∗ l ↦rc{1 / 2} a @ (SO, γ, i) -∗
    l ↦rc{1} a ⟨k + 1, j⟩ @ (SO, γ, i).
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
  Lemma combine_weak γ i l a r r' k j j' :
    l ↦rc{r} a ⟨k, j⟩ @ (SO, γ, i) -∗ l ↦weak{r'} ⟨j'⟩ @ (SO, γ) -∗
    l ↦rc{r + r'} a ⟨k, j + j'⟩ @ (SO, γ, i).
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
  Lemma combine_last γ l r j :
    l ↦last{r / 2} ⟨j⟩ @ (SO, γ) -∗ l ↦weak{r / 2} ⟨1⟩ @ (SO, γ) -∗
    l ↦last{r} ⟨j + 1⟩ @ (SO, γ).
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
  Lemma combine_dropped γ l P :
    rc_dropped_own SO γ l (1 / 2) 0 P -∗ rc_dropped_own SO γ l (1 / 2 / 2) 0 P -∗
    l ↦weak{1 / 2 / 2} ⟨1⟩ @ (SO, γ) -∗ rc_dropped_own SO γ l 1 1 P.
  Proof.
    iIntros "H1 H2 H3". iCombine "H2 H3" as "H". iCombine "H1 H" as "H". iExact "H".
  Qed.
  Lemma split_last γ l r j :
    l ↦last{r} ⟨S j⟩ @ (SO, γ) -∗
    l ↦last{r / 2} ⟨j⟩ @ (SO, γ) ∗ l ↦weak{r / 2} ⟨1⟩ @ (SO, γ).
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_weak γ l r j :
    l ↦weak{r} ⟨S j⟩ @ (SO, γ) -∗ l ↦weak{r / 2} ⟨j⟩ @ (SO, γ) ∗ l ↦weak{r / 2} ⟨1⟩ @ (SO, γ).
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_ref γ l r (k k' j : nat) :
    rc_ref SO γ l r (k + k') j -∗ rc_ref SO γ l (r / 2) k j ∗ rc_ref SO γ l (r / 2) k' 0.
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma combine_ref γ l r (k k' j : nat) :
    rc_ref SO γ l (r / 2) k j -∗ rc_ref SO γ l (r / 2) k' 0 -∗ rc_ref SO γ l r (k + k') j.
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.

  (** Shares without handles are fractional. *)
  Lemma weak_thirds γ l r r' r'' :
    l ↦weak{r + r' + r''} ⟨0⟩ @ (SO, γ) -∗
    l ↦weak{r} ⟨0⟩ @ (SO, γ) ∗ l ↦weak{r'} ⟨0⟩ @ (SO, γ) ∗ l ↦weak{r''} ⟨0⟩ @ (SO, γ).
  Proof.
    rewrite (fractional (Φ:=λ r, weak_own SO γ l r 0)). iIntros "[[H1 H2] H3]".
    iSplitL "H1"; [iExact "H1"|]. iSplitL "H2"; [iExact "H2"|iExact "H3"].
  Qed.
End handles.

Section leases.
  Context `{!lrustGS Σ}.

  Lemma split_lease q n : heap_lease q n -∗ heap_lease (q / 2) n ∗ heap_lease (q / 2) 0.
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma split_lease_sum q q' n n' :
    heap_lease (q + q') (n + n') -∗ heap_lease q n ∗ heap_lease q' n'.
  Proof. iIntros "[H1 H2]". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
  Lemma combine_lease n : heap_lease (1 / 2) n -∗ heap_lease (1 / 2) 0 -∗ heap_lease 1 n.
  Proof. iIntros "H1 H2". iCombine "H1 H2" as "H". iExact "H". Qed.
  Lemma goal_lease n : heap_lease (1 / 2) n -∗ heap_lease (1 / 2) 0 -∗ heap_lease 1 n.
  Proof. iIntros "H1 H2". iSplitL "H1"; [iExact "H1"|iExact "H2"]. Qed.
End leases.

(** The functors of a content that is shared in its own way, without naming its identities. *)
Section functors.
  Local Definition pair_so Σ (H : rcGS Σ) :=
    rc_so_ref (p:=rc_pool) (N:=nroot) (prod_shr _ _ (int_shr i32) (int_shr u8)).
  Local Definition pairΣ : gFunctors := #[rc_stdΣ; rcΣ_of (λ Σ H, pair_so Σ H)].
  Lemma pair_rcG (H : rcGS pairΣ) : rcG pairΣ (so_id (pair_so pairΣ H)).
  Proof. apply _. Qed.
  Lemma pair_rcGpreS : rcGpreS pairΣ.
  Proof. apply _. Qed.
End functors.
