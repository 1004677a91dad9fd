(** * Raw pointers to slices, wide pointers, null

[slice_raw n τ]: [n] values of [τ] in a row, with the list of them as the value. The
permission of a slice is that of each element ([acc_slice]), at any share. So it is cut
anywhere ([acc_slice_app]), and any element is taken out and put back ([acc_slice_lookup]).

A pointer to a slice is wide: the address and the number of elements, in two cells
([slice_ptr_raw]). As in Rust the number is no permission, and may be wrong.

The null pointer is [#0], as in [rc_option.v]. No place is at it ([is_null_place_spec]).

A client is [examples/raw_slice_client.v].

Source: the permissions of Creusot ([ghost::perm]) and Verus ([vstd::raw_ptr]) to slices. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

(** ** Values in a row *)
Section slice_raw.
  Context {Σ : gFunctors} {X : Type} (τ : raw_type Σ X).
  Implicit Types (vl : list val) (q : Qp) (x : X) (xs : list X).

  Fixpoint slice_own xs vl q : iProp Σ :=
    match xs with
    | [] => ⌜vl = []⌝
    | x :: xs => ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ raw_own τ x vl1 q ∗ slice_own xs vl2 q
    end.
  Local Lemma slice_own_size xs vl q :
    slice_own xs vl q ⊢ ⌜length vl = (length xs * raw_size τ)%nat⌝.
  Proof.
    revert vl. induction xs as [|x xs IH]; intros vl; simpl; [by iIntros (->)|].
    iIntros "(%vl1 & %vl2 & -> & H1 & H2)". iDestruct (raw_own_size with "H1") as %H1.
    iDestruct (IH with "H2") as %H2. iPureIntro. by rewrite list_length_app H1 H2.
  Qed.
  Local Instance slice_own_fractional xs vl : Fractional (slice_own xs vl).
  Proof.
    revert vl. induction xs as [|x xs IH]; intros vl q q'; simpl.
    - iSplit; [iIntros "%Hvl"; by iSplit|by iIntros "[% _]"].
    - iSplit.
      + iIntros "(%vl1 & %vl2 & -> & H1 & H2)".
        rewrite (raw_own_fractional τ x vl1 q q') (IH vl2 q q').
        iDestruct "H1" as "[H1 H1']". iDestruct "H2" as "[H2 H2']".
        iSplitL "H1 H2"; iExists vl1, vl2; by iFrame.
      + iIntros "[(%vl1 & %vl2 & -> & H1 & H2) (%vl1' & %vl2' & %Heq & H1' & H2')]".
        iDestruct (raw_own_size with "H1") as %Hlen.
        iDestruct (raw_own_size with "H1'") as %Hlen'.
        apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hlen Hlen'].
        iExists vl1, vl2. iSplitR; [done|].
        rewrite (raw_own_fractional τ x vl1 q q') (IH vl2 q q'). iFrame.
  Qed.
  Local Instance slice_own_timeless `{!RawTimeless τ} xs vl q : Timeless (slice_own xs vl q).
  Proof. revert vl. induction xs as [|x xs IH]; intros vl; simpl; apply _. Qed.

  (** [n] values in a row. *)
  Program Definition slice_raw (n : nat) : raw_type Σ (list X) := {|
    raw_size := n * raw_size τ;
    raw_own xs vl q := (⌜length xs = n⌝ ∗ slice_own xs vl q)%I;
  |}.
  Next Obligation. iIntros (n xs vl q) "[<- H]". by iApply slice_own_size. Qed.
  Global Instance slice_raw_timeless n : RawTimeless τ → RawTimeless (slice_raw n).
  Proof. intros Hτ xs vl q. apply _. Qed.
  Global Instance slice_raw_agree n : RawAgree τ → RawAgree (slice_raw n).
  Proof.
    intros Hτ xs xs' vl q q'. revert n xs' vl.
    induction xs as [|x xs IH]; intros [|n] [|x' xs'] vl; simpl;
      try (by iIntros "[%Hlen H] [%Hlen' H']"; simplify_eq).
    iIntros "[%Hlen (%vl1 & %vl2 & -> & H1 & H2)]".
    iIntros "[%Hlen' (%vl1' & %vl2' & %Heq & H1' & H2')]".
    iDestruct (raw_own_size with "H1") as %Hs. iDestruct (raw_own_size with "H1'") as %Hs'.
    apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hs Hs'].
    iDestruct (Hτ with "H1 H1'") as %->.
    iDestruct (IH n xs' vl2 with "[H2] [H2']") as %->; [| |done].
    - iFrame "H2". iPureIntro. lia.
    - iFrame "H2'". iPureIntro. lia.
  Qed.
End slice_raw.

(** ** Permissions *)
Section acc.
  Context `{!lrustGS Σ} {X : Type} (τ : raw_type Σ X).
  Implicit Types (l : loc) (q : Qp) (x : X) (xs ys : list X) (n m i : nat).

  Local Lemma acc_slice_cons n l q x xs :
    acc (slice_raw τ (S n)) l q (x :: xs) ⊣⊢
    acc τ l q x ∗ acc (slice_raw τ n) (l +ₗ raw_size τ) q xs.
  Proof.
    rewrite !acc_unfold /=. iSplit.
    - iIntros "(%vl & Hl & %Hn & %vl1 & %vl2 & -> & H1 & H2)".
      iDestruct (raw_own_size with "H1") as %Hlen.
      rewrite heap_pointsto_vec_app Hlen. iDestruct "Hl" as "[Hl1 Hl2]".
      iSplitL "Hl1 H1"; [iExists vl1; by iFrame|]. iExists vl2. iFrame. iPureIntro. lia.
    - iIntros "[(%vl1 & Hl1 & H1) (%vl2 & Hl2 & %Hn & H2)]".
      iDestruct (raw_own_size with "H1") as %Hlen. iExists (vl1 ++ vl2).
      rewrite heap_pointsto_vec_app Hlen. iFrame "Hl1 Hl2". iSplit; [by rewrite Hn|].
      iExists vl1, vl2. by iFrame.
  Qed.
  (** The permission of a slice is that of each element. *)
  Lemma acc_slice n l q xs :
    acc (slice_raw τ n) l q xs ⊣⊢
    ⌜length xs = n⌝ ∗ [∗ list] k ↦ x ∈ xs, acc τ (l +ₗ (k * raw_size τ)%nat) q x.
  Proof.
    revert n l. induction xs as [|x xs IH]; intros [|n] l.
    - rewrite acc_unfold /=. iSplit; [by iIntros "_"|].
      iIntros "_". iExists []. rewrite heap_pointsto_vec_nil. by iPureIntro.
    - rewrite acc_unfold /=. iSplit; [by iIntros "(%vl & _ & % & _)"|by iIntros "[% _]"].
    - rewrite acc_unfold /=. iSplit; [by iIntros "(%vl & _ & % & _)"|by iIntros "[% _]"].
    - rewrite acc_slice_cons IH big_sepL_cons /= shift_loc_0.
      rewrite (big_sepL_proper (λ k x, acc τ (l +ₗ raw_size τ +ₗ (k * raw_size τ)%nat) q x)
        (λ k x, acc τ (l +ₗ (S k * raw_size τ)%nat) q x)); last first.
      { intros k y _. rewrite shift_loc_assoc -Nat2Z.inj_add. done. }
      iSplit.
      + iIntros "($ & %Hn & $)". iPureIntro. lia.
      + iIntros "(%Hn & $ & $)". iPureIntro. lia.
  Qed.
  (** It is cut anywhere. *)
  Lemma acc_slice_app n m l q xs ys :
    length xs = n → length ys = m →
    acc (slice_raw τ (n + m)) l q (xs ++ ys) ⊣⊢
    acc (slice_raw τ n) l q xs ∗ acc (slice_raw τ m) (l +ₗ (n * raw_size τ)%nat) q ys.
  Proof.
    intros Hn Hm. rewrite !acc_slice big_sepL_app.
    rewrite (big_sepL_proper (λ k x, acc τ (l +ₗ (n * raw_size τ)%nat +ₗ (k * raw_size τ)%nat) q x)
      (λ k x, acc τ (l +ₗ ((length xs + k) * raw_size τ)%nat) q x)); last first.
    { intros k y _. by rewrite shift_loc_assoc -Nat2Z.inj_add Hn Nat.mul_add_distr_r. }
    iSplit.
    - by iIntros "(_ & $ & $)".
    - iIntros "[[_ $] [_ $]]". iPureIntro. by rewrite list_length_app Hn Hm.
  Qed.
  (** One element, and the slice with another value in its place. *)
  Lemma acc_slice_lookup n l q xs i x :
    xs !! i = Some x →
    acc (slice_raw τ n) l q xs -∗
    acc τ (l +ₗ (i * raw_size τ)%nat) q x ∗
    (∀ y, acc τ (l +ₗ (i * raw_size τ)%nat) q y -∗ acc (slice_raw τ n) l q (<[i := y]> xs)).
  Proof.
    iIntros (Hi) "H". rewrite acc_slice. iDestruct "H" as "[%Hn H]".
    iDestruct (big_sepL_insert_acc with "H") as "[$ H]"; [done|].
    iIntros (y) "Hy". rewrite acc_slice. iSplit; [|by iApply "H"].
    iPureIntro. rewrite -Hn. first [apply length_insert|apply insert_length].
  Qed.
End acc.

(** ** Wide pointers *)
Section wide.
  Context {Σ : gFunctors}.

  (** The address, and the number of elements. *)
  Definition slice_ptr_raw : raw_type Σ (loc * Z) := pair_raw ptr_raw int_raw.
  (** Two wide pointers of the same cells have the same parts. *)
  Global Instance slice_ptr_raw_agree : RawAgree slice_ptr_raw.
  Proof. apply _. Qed.
End wide.

Definition slice_from_raw_parts : val :=
  λ: ["dst"; "data"; "len"], "dst" <- "data";; "dst" +ₗ #1 <- "len".
Definition slice_data : val := λ: ["p"], !"p".
Definition slice_len : val := λ: ["p"], !("p" +ₗ #1).
(** The null pointer. *)
Definition null : val := #0.
Definition is_null : val := λ: ["p"], "p" = #0.

Section programs.
  Context `{!lrustGS Σ}.
  Implicit Types (l p : loc) (q : Qp) (n : Z).

  Local Lemma slice_ptr_cells l q p n :
    acc slice_ptr_raw l q (p, n) ⊣⊢ l ↦{q} #p ∗ (l +ₗ 1) ↦{q} #n.
  Proof. by rewrite /slice_ptr_raw acc_pair acc_ptr acc_int. Qed.
  (** [slice_from_raw_parts]: of any two parts. *)
  Lemma slice_from_raw_parts_spec l v w p n :
    {{{ l ↦∗ [v; w] }}}
      slice_from_raw_parts [ #l; #p; #n ]
    {{{ RET #☠; acc slice_ptr_raw l 1 (p, n) }}}.
  Proof.
    iIntros (Φ) "Hl HΦ". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[H0 H1]". wp_rec. wp_pures. wp_write. wp_pures. wp_write.
    iApply "HΦ". rewrite slice_ptr_cells. by iFrame "H0 H1".
  Qed.
  (** Its address, … *)
  Lemma slice_data_spec l q p n :
    {{{ acc slice_ptr_raw l q (p, n) }}}
      slice_data [ #l ]
    {{{ RET #p; acc slice_ptr_raw l q (p, n) }}}.
  Proof.
    iIntros (Φ) "H HΦ". rewrite slice_ptr_cells.
    iDestruct "H" as "[H0 H1]". wp_rec. wp_read. iApply "HΦ".
    by iFrame "H0 H1".
  Qed.
  (** … and its length. *)
  Lemma slice_len_spec l q p n :
    {{{ acc slice_ptr_raw l q (p, n) }}}
      slice_len [ #l ]
    {{{ RET #n; acc slice_ptr_raw l q (p, n) }}}.
  Proof.
    iIntros (Φ) "H HΦ". rewrite slice_ptr_cells.
    iDestruct "H" as "[H0 H1]". wp_rec. wp_pures. wp_read. iApply "HΦ".
    by iFrame "H0 H1".
  Qed.
  (** No place is at the null pointer, … *)
  Lemma is_null_place_spec l :
    {{{ True }}} is_null [ #l ] {{{ RET #false; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_op. by iApply "HΦ". Qed.
  (** … which is itself null. *)
  Lemma is_null_null_spec :
    {{{ True }}} is_null [null] {{{ RET #true; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_op. by iApply "HΦ". Qed.
End programs.
