(** * Mutable references to slices

[mut_slice_elements]: from a reference to a slice ([raw_slice.v]) to a reference for each of
its elements, whatever their type. It is [mut_elements] of [mut_elements.v] where the content
is the permission of a slice.

A client is [examples/proph_elements_client.v].

Source: the permissions of Creusot to slices ([Perm::elements_mut]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic.prophecy Require Import prophecy_codes.
From tally.borrow Require Export mut_elements raw_slice.
From tally.prelude Require Import options.

(** A reference to an equivalent content. *)
Lemma mut_known_iff `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}
    (Φ Ψ : proph_type A → iProp Σ) κ i a :
  (∀ b, Φ b ⊣⊢ Ψ b) → mut_known Φ κ i a -∗ mut_known Ψ κ i a.
Proof.
  rewrite /mut_known. iIntros (HΦΨ) "(%v & %Hv & Hr)". iExists v. iSplitR; [done|].
  iApply (mut_iff with "[] Hr"). iIntros "!> !>" (w). rewrite /known.
  iSplit; iIntros "(%b & %Hb & H)"; iExists b; (iSplitR; [done|]); by iApply HΦΨ.
Qed.

Section slice.
  Context `{!lrustGS Σ, !ProphTypes B, !prophGS (data_code B) Σ, !lftG Σ} {A : data_code B}.
  Context (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset) (l : loc) (n k : nat)
    (xs : list (proph_type A)).

  Local Definition elems_code : data_code B := DataList A.
  Local Definition elems_nil : proph_type elems_code := [].
  Local Definition elems_cons (a : proph_type A) (x : proph_type elems_code) :
      proph_type elems_code := @cons (data_type A) a x.
  Local Instance elems_cons_inj : Inj2 (=) (=) (=) elems_cons.
  Proof using Type. intros a x a' x' Hax. by injection Hax. Qed.
  Local Lemma elems_val xs : list_val (L:=elems_code) elems_nil elems_cons xs = xs.
  Proof using Type. induction xs as [|x xs IH]; [done|]. by rewrite /= IH. Qed.

  (** The elements of a slice of [n] from the [k]-th on. *)
  Local Definition elems_from n l k (x : proph_type elems_code) : iProp Σ :=
    ⌜(k + length (x : list (data_type A)))%nat = n⌝ ∗
    [∗ list] m ↦ a ∈ (x : list (data_type A)), acc τ (l +ₗ ((k + m) * raw_size τ)%nat) 1 a.
  Local Instance elems_from_timeless n l k x : Timeless (elems_from n l k x).
  Proof using All. rewrite /elems_from. apply _. Qed.
  Local Lemma elems_from_cons n l k a x :
    elems_from n l k (elems_cons a x) ⊣⊢
    acc τ (l +ₗ (k * raw_size τ)%nat) 1 a ∗ elems_from n l (S k) x.
  Proof using Type.
    rewrite /elems_from /elems_cons big_sepL_cons /= Nat.add_0_r Nat.add_succ_r.
    rewrite (big_sepL_proper (λ m b, acc τ (l +ₗ ((k + S m) * raw_size τ)%nat) 1 b)
      (λ m b, acc τ (l +ₗ ((S k + m) * raw_size τ)%nat) 1 b)); last first.
    { intros m b _. by rewrite Nat.add_succ_comm. }
    iSplit; iIntros "($ & $ & $)".
  Qed.
  Local Lemma elems_from_slice n l (x : proph_type elems_code) :
    acc (slice_raw τ n) l 1 (x : list (proph_type A)) ⊣⊢ elems_from n l 0 x.
  Proof using Type. rewrite acc_slice /elems_from /=. done. Qed.

  (** A reference for each element. *)
  Lemma mut_slice_elements E κ q n l xs i :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    £ (2 * length xs) -∗ proph_ctx -∗
    mut_known (A:=DataList A) (acc (slice_raw τ n) l 1) κ i xs -∗ q.[κ] ={E}=∗
    ∃ js,
      ([∗ list] k ↦ x; j ∈ xs; js, mut_known (acc τ (l +ₗ (k * raw_size τ)%nat) 1) κ j x) ∗
      q.[κ] ∗ ⟨π, fin (DataList A) i π = (λ j, fin A j π) <$> js⟩.
  Proof using All.
    iIntros (??) "H£ #Hctx Hr Hκ".
    iDestruct (mut_known_iff _ (elems_from n l 0) with "Hr") as "Hr";
      [apply elems_from_slice|].
    rewrite -{2}(elems_val xs).
    iMod (mut_elements elems_nil elems_cons (λ k, acc τ (l +ₗ (k * raw_size τ)%nat) 1)
      (elems_from n l) (elems_from_cons n l) with "H£ Hctx Hr Hκ")
      as (js) "(Hjs & $ & #Hobs)"; [done..|].
    iModIntro. iExists js. iFrame "Hjs". iApply (proph_obs_mono with "Hobs").
    intros π Hi. by rewrite Hi elems_val.
  Qed.
End slice.
