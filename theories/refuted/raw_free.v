(** * Rules that give permission to a raw pointer for nothing

To read or write a place one needs permission to it ([borrow/raw_access.v]). The executions
of [raw_dangling.v] show that permission cannot be had otherwise.

- [no_free_read]: no assertion that allows a read of any place can be had for nothing, over
  any ghost state. [no_free_access] is the same of permissions, and [no_free_projection]
  of a rule that gives the permission to a field for an address alone.
- [no_zero_exclusive]: that beside the whole permission there is no other one is false of a
  type without cells. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.borrow Require Import raw_access.
From tally.refuted Require Import raw_dangling.
From tally.prelude Require Import options.

Section laws.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp).

  (** [P] lets one read a place. *)
  Definition lets_read (P : loc → iProp Σ) : Prop :=
    ∀ l, {{{ P l }}} !#l {{{ v, RET v; True }}}.
  (** [P] for nothing. *)
  Definition law_free (P : loc → iProp Σ) : Prop := ∀ l, ⊢ |={⊤}=> P l.
  (** The permission to a field, for an address. *)
  Definition law_free_projection : Prop :=
    ∀ l, {{{ True }}} addr_of_fst [ #l ] {{{ v q, RET #l; acc cell_raw l q v }}}.
  (** Beside the whole permission there is no other one, of [n] cells. *)
  Definition law_exclusive (n : nat) : Prop :=
    ∀ l q vl vl', acc (cells_raw n) l 1 vl -∗ acc (cells_raw n) l q vl' -∗ False.

  Lemma lets_read_acc : lets_read (λ l, ∃ q v, acc cell_raw l q v)%I.
  Proof.
    iIntros (l Φ) "(%q & %v & H) HΦ". rewrite acc_cell. wp_read. by iApply "HΦ".
  Qed.
  Local Lemma dangling_spec `{!UntrackedHeap Σ} :
    (∀ l, ⊢ WP !#l {{ _, True }}) → ⊢ WP read_dangling {{ _, True }}.
  Proof.
    iIntros (Hread). rewrite /read_dangling /dangling.
    wp_alloc l as "Hl" "H†". rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[Hl Hl']". wp_pures. wp_write. wp_pures. wp_write.
    iAssert (l ↦∗ [ #7; #7 ]%V)%I with "[Hl Hl']" as "Hl".
    { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. iFrame. }
    wp_free. wp_pures. iApply Hread.
  Qed.

  Lemma zero_exclusive_false : law_exclusive 0 → ⊢@{iPropI Σ} False.
  Proof.
    iIntros (Hlaw). iApply (Hlaw inhabitant 1%Qp [] []); iApply acc_nothing.
  Qed.
End laws.

(** What makes any place readable cannot be had. *)
Lemma no_read_law Σ `{!lrustGpreS Σ} (L : ∀ `{!lrustGS Σ}, Prop) :
  (∀ `{!lrustGS Σ}, L → ∀ l : loc, ⊢ WP !#l {{ _, True }}) → ¬ ∀ `{!lrustGS Σ}, L.
Proof.
  intros HL Hlaw. apply (dangling_refuted read_dangling (λ _ _, True)); [by left|].
  apply (lrust_adequacy Σ). intros HΣ Huntracked.
  iApply (wp_wand with "[]"); [iApply dangling_spec; by apply HL|by iIntros].
Qed.

(** Whatever lets one read is not for nothing. *)
Theorem no_free_read Σ `{!lrustGpreS Σ} (P : ∀ `{!lrustGS Σ}, loc → iProp Σ) :
  (∀ `{!lrustGS Σ}, lets_read P) → ¬ ∀ `{!lrustGS Σ}, law_free P.
Proof.
  intros HP. apply (no_read_law Σ). iIntros (HΣ Hfree l).
  iMod (Hfree l) as "H". by iApply (HP with "H").
Qed.
(** Permissions are not for nothing. *)
Theorem no_free_access :
  ¬ ∀ `{!lrustGS lrustΣ}, law_free (λ l, ∃ q v, acc cell_raw l q v)%I.
Proof. apply (no_free_read lrustΣ). intros HΣ. apply lets_read_acc. Qed.
(** Projection without permission gives none. *)
Theorem no_free_projection : ¬ ∀ `{!lrustGS lrustΣ}, law_free_projection.
Proof.
  intros Hlaw. apply (dangling_refuted (dangling !(addr_of_fst ["x"])) (λ _ _, True)).
  { do 2 right. by left. }
  apply (lrust_adequacy lrustΣ). intros HΣ Huntracked.
  rewrite /dangling. iStartProof.
  wp_alloc l as "Hl" "H†". rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton.
  iDestruct "Hl" as "[Hl Hl']". wp_pures. wp_write. wp_pures. wp_write.
  iAssert (l ↦∗ [ #7; #7 ]%V)%I with "[Hl Hl']" as "Hl".
  { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. iFrame. }
  wp_free. wp_pures. wp_apply (Hlaw HΣ l with "[//]"). iIntros (v q) "H".
  rewrite acc_cell. by wp_read.
Qed.
(** Without cells the whole permission does not exclude others. *)
Theorem no_zero_exclusive : ¬ ∀ `{!lrustGS lrustΣ}, law_exclusive 0.
Proof.
  apply (no_read_law lrustΣ). iIntros (HΣ Hlaw l).
  iDestruct (zero_exclusive_false Hlaw) as "[]".
Qed.
