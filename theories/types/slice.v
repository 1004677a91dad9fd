(** * Slices: values of one type, one after the other

How many there are is known when the program runs: the programs take it as an argument,
[n], beside the address, as a wide pointer has it.

- [slice_ty τ n], [n] values of type [τ]; for each [n] it is a type like any other.
- [slice_drop_in_place s glue], called with an address and [n], destroys them from the first
  one on; [s] is the size of one, and [glue] its destructor. [slice_glue s glue n] is what
  that is with [n] captured, a destructor of [slice_ty τ n] ([slice_glue_spec]). What is left
  of each is [slice_effect].

The arithmetic on sizes is exact here: that the size of a slice does not overflow is not
spoken of.

- [slice_clone_to s clone] makes clones of [n] values in other cells, by [clone], of which
  [ty_clone_spec] must hold.

Key results: [slice_ty_size], [slice_drop_in_place_spec], [slice_glue_spec],
[slice_clone_to_spec].

Source: [core::ptr::drop_in_place] of slices, and [RcFromSlice], in Rust's standard library. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.prelude Require Import options.

Section types.
  Context {Σ : gFunctors}.

  Fixpoint slice_ty (τ : type Σ) (n : nat) : type Σ :=
    match n with 0 => unit_ty | S n => prod_ty τ (slice_ty τ n) end.
  (** [D] of each of the values. *)
  Fixpoint slice_effect (D : list val → iProp Σ) (n : nat) (vl : list val) : iProp Σ :=
    match n with
    | 0 => ⌜vl = []⌝
    | S n => ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ D vl1 ∗ slice_effect D n vl2
    end%I.

  (** So many values. *)
  Lemma slice_ty_size τ n : ty_size (slice_ty τ n) = n * ty_size τ.
  Proof. induction n as [|n IH]; [done|]. by rewrite /= IH. Qed.
  (** As Coq's integers, as which programs compute it. *)
  Lemma slice_ty_size_Z τ n :
    (Z.of_nat n * Z.of_nat (ty_size τ))%Z = Z.of_nat (ty_size (slice_ty τ n)).
  Proof. by rewrite slice_ty_size Nat2Z.inj_mul. Qed.
End types.

(** ** Destructors *)
Definition slice_drop_in_place (s : nat) (glue : val) : val :=
  rec: "drop" ["x"; "n"] :=
    if: "n" ≤ #0 then #☠
    else
      glue ["x"];;
      "drop" ["x" +ₗ #s; "n" - #1].
Definition slice_glue (s : nat) (glue : val) (n : nat) : val :=
  λ: ["x"], slice_drop_in_place s glue ["x"; #n].

Section drop.
  Context `{!lrustGS Σ}.
  Implicit Types (T : iProp Σ) (τ : type Σ) (D : list val → iProp Σ).

  (** Each value's destructor runs. *)
  Lemma slice_drop_in_place_spec T τ glue D n (l : loc) vl :
    ty_drop_spec T τ glue D -∗
    {{{ T ∗ l ↦∗ vl ∗ ty_own (slice_ty τ n) vl }}}
      slice_drop_in_place (ty_size τ) glue [ #l; #n ]
    {{{ vl', RET #☠; T ∗ l ↦∗ vl' ∗ ⌜length vl' = ty_size (slice_ty τ n)⌝ ∗
        slice_effect D n vl }}}.
  Proof.
    rewrite {1}/ty_drop_spec. iIntros "#Hglue !> %Φ (HT & Hl & Hvl) HΦ".
    iInduction n as [|n] "IH" forall (l vl Φ); wp_rec; wp_op.
    - wp_if. iDestruct "Hvl" as %Hvl. iApply ("HΦ" $! vl). iFrame "HT Hl".
      rewrite /= Hvl. iPureIntro. split; [done|]. by apply nil_length_inv.
    - wp_if. iDestruct "Hvl" as (vl1 vl2) "(-> & Hvl1 & Hvl2)".
      iDestruct (ty_size_eq with "Hvl1") as %Hlen1.
      rewrite heap_pointsto_vec_app Hlen1. iDestruct "Hl" as "[Hl1 Hl2]".
      wp_smart_apply ("Hglue" with "[$HT $Hl1 $Hvl1]").
      iIntros (vl1') "(HT & Hl1 & %Hlen1' & HD1)". wp_pures.
      replace (Z.of_nat (S n) - 1)%Z with (Z.of_nat n) by lia.
      wp_apply ("IH" with "HT Hl2 Hvl2"). iIntros (vl2') "(HT & Hl2 & %Hlen2' & HD2)".
      iApply ("HΦ" $! (vl1' ++ vl2')). rewrite heap_pointsto_vec_app Hlen1'.
      iFrame "HT Hl1 Hl2". iSplitR.
      { iPureIntro. by rewrite list_length_app Hlen1' Hlen2'. }
      iExists vl1, vl2. by iFrame "HD1 HD2".
  Qed.
  (** As a destructor of one type. *)
  Lemma slice_glue_spec T τ glue D n :
    ty_drop_spec T τ glue D -∗
    ty_drop_spec T (slice_ty τ n) (slice_glue (ty_size τ) glue n) (slice_effect D n).
  Proof.
    iIntros "#Hglue" (l vl) "!> %Φ H HΦ". rewrite /slice_glue. wp_rec.
    wp_apply (slice_drop_in_place_spec with "Hglue H"). iIntros (vl') "H". by iApply "HΦ".
  Qed.
End drop.

(** ** Clones *)
Definition slice_clone_to (s : nat) (clone : val) : val :=
  rec: "clone" ["src"; "dst"; "n"] :=
    if: "n" ≤ #0 then #☠
    else
      clone ["src"; "dst"];;
      "clone" ["src" +ₗ #s; "dst" +ₗ #s; "n" - #1].

Section clone.
  Context `{!lrustGS Σ}.
  Implicit Types (T : iProp Σ) (τ : type Σ) (S : list val → iProp Σ).

  (** [clone [src; dst]] writes a value of type [τ] to [dst]. From [src] it reads, of what is
  owned of the value there, [S vl]. *)
  Definition ty_clone_spec T τ S q (clone : val) : iProp Σ :=
    ∀ (src dst : loc) vl vl',
      {{{ ⌜length vl' = ty_size τ⌝ ∗ T ∗ src ↦∗{q} vl ∗ S vl ∗ dst ↦∗ vl' }}}
        clone [ #src; #dst ]
      {{{ wl, RET #☠; T ∗ src ↦∗{q} vl ∗ S vl ∗ dst ↦∗ wl ∗ ty_own τ wl }}}.

  (** Each of the values is cloned. *)
  Lemma slice_clone_to_spec T τ S q clone n (src dst : loc) vl vl' :
    (∀ wl, S wl ⊢ ⌜length wl = ty_size τ⌝) → length vl' = ty_size (slice_ty τ n) →
    ty_clone_spec T τ S q clone -∗
    {{{ T ∗ src ↦∗{q} vl ∗ slice_effect S n vl ∗ dst ↦∗ vl' }}}
      slice_clone_to (ty_size τ) clone [ #src; #dst; #n ]
    {{{ wl, RET #☠; T ∗ src ↦∗{q} vl ∗ slice_effect S n vl ∗ dst ↦∗ wl ∗
        ty_own (slice_ty τ n) wl }}}.
  Proof.
    iIntros (HS Hlen) "#Hclone !> %Φ (HT & Hs & HS & Hd) HΦ". rewrite /ty_clone_spec.
    iInduction n as [|n] "IH" forall (src dst vl vl' Hlen Φ); wp_rec; wp_op.
    - wp_if. iApply ("HΦ" $! vl'). iFrame. iPureIntro. exact Hlen.
    - wp_if. iDestruct "HS" as (vl1 vl2) "(-> & HS1 & HS2)".
      iDestruct (HS with "HS1") as %Hlen1.
      assert (∃ d1 d2, vl' = d1 ++ d2 ∧ length d1 = ty_size τ ∧
        length d2 = ty_size (slice_ty τ n)) as (d1 & d2 & -> & Hd1 & Hd2).
      { exists (take (ty_size τ) vl'), (drop (ty_size τ) vl'). rewrite take_drop.
        first [rewrite length_take length_drop | rewrite take_length drop_length].
        rewrite Hlen /=. split_and!; [done|lia..]. }
      iEval (rewrite heap_pointsto_vec_app Hlen1) in "Hs". iDestruct "Hs" as "[Hs1 Hs2]".
      iEval (rewrite heap_pointsto_vec_app Hd1) in "Hd". iDestruct "Hd" as "[Hd1 Hd2]".
      wp_smart_apply ("Hclone" with "[$HT $Hs1 $HS1 $Hd1]"); [done|].
      iIntros (wl1) "(HT & Hs1 & HS1 & Hd1 & Hwl1)". wp_pures.
      iDestruct (ty_size_eq with "Hwl1") as %Hwl1.
      replace (Z.of_nat (Datatypes.S n) - 1)%Z with (Z.of_nat n) by lia.
      wp_apply ("IH" with "[//] HT Hs2 HS2 Hd2"). iIntros (wl2) "(HT & Hs2 & HS2 & Hd2 & Hwl2)".
      iApply ("HΦ" $! (wl1 ++ wl2)). rewrite !heap_pointsto_vec_app Hlen1 Hwl1.
      iFrame "HT Hs1 Hs2 Hd1 Hd2". iSplitL "HS1 HS2".
      + iExists vl1, vl2. by iFrame.
      + iExists wl1, wl2. by iFrame.
  Qed.
End clone.
