(** * Counted handles of two kinds

An element [handles r k j b] stands for "[k] handles of the first kind and [j] of the
second, with the share [r]", for instance strong and weak handles of one block. Elements
are added componentwise. The numbers may be 0: a share outlives its handles. [b] is a
flag, which at most one element has.

The camera is [frac × nat × nat × option excl] with a unit adjoined. Who has the whole
share has everything: all the handles, and the flag, if anybody has it.

Key results: [handles_op], [handles_included], and the local updates [handles_recount]
and [handles_flag].

Source: [counted_frac.v], for one kind. *)
From iris.algebra Require Import excl frac numbers local_updates.
(* Newer versions of Iris are generic in the step index; this import fixes [nat]. *)
From iris.si_logic Require Import siprop.
From tally.prelude Require Import options.

Definition flagUR : ucmra := optionUR (exclR unitO).
Definition handlesUR : ucmra :=
  optionUR (prodR fracR (prodR (prodR natR natR) flagUR)).

Definition flag_of (b : bool) : flagUR := if b then Excl' () else None.
Definition handles (r : Qp) (k j : nat) (b : bool) : handlesUR :=
  Some (r, (k, j, flag_of b)).

Section handles.
  Implicit Types (r q : Qp) (k j n w : nat) (b c : bool).

  (** The flag stays with the first. *)
  Lemma handles_op r r' k k' j j' b :
    handles (r + r') (k + k') (j + j') b = handles r k j b ⋅ handles r' k' j' false.
  Proof. by destruct b. Qed.

  Lemma handles_valid r k j b : ✓ handles r k j b ↔ (r ≤ 1)%Qp.
  Proof.
    rewrite /handles Some_valid !pair_valid frac_valid. destruct b; naive_solver.
  Qed.
  Lemma handles_flag_exclusive r r' k k' j j' :
    ¬ ✓ (handles r k j true ⋅ handles r' k' j' true).
  Proof.
    rewrite /handles -Some_op -!pair_op Some_valid !pair_valid. by intros [_ [_ []]].
  Qed.

  (** A part of everything is everything, if it has the whole share. *)
  Lemma handles_included r k j n w b c :
    handles r k j b ≼ handles 1 n w c →
    k ≤ n ∧ j ≤ w ∧ (b → c) ∧ (r = 1%Qp → n = k ∧ w = j ∧ c = b).
  Proof.
    intros [[[r' [[k' j'] e]]|] Hz]; apply leibniz_equiv in Hz.
    - rewrite /handles -Some_op -!pair_op in Hz. injection Hz as Hr Hk Hj He.
      change (k ⋅ k') with (k + k') in *. change (j ⋅ j') with (j + j') in *.
      split_and!; [lia|lia|by destruct b, c, e|]. intros ->.
      destruct (Qp.add_id_free 1 r'). by symmetry.
    - rewrite right_id_L /handles in Hz. injection Hz as <- -> -> He.
      assert (c = b) as -> by by destruct b, c. done.
  Qed.

  (** The numbers change, the share and the flag do not. *)
  Lemma handles_recount r q k k' j j' n n' w w' b c :
    n' + k = n + k' → w' + j = w + j' →
    (handles q n w c, handles r k j b) ~l~> (handles q n' w' c, handles r k' j' b).
  Proof.
    intros ??. apply option_local_update, prod_local_update_2, prod_local_update_1.
    apply prod_local_update.
    - by apply (nat_local_update n k n' k').
    - by apply (nat_local_update w j w' j').
  Qed.
  (** The flag comes into being. *)
  Lemma handles_flag r q k j n w :
    (handles q n w false, handles r k j false) ~l~> (handles q n w true, handles r k j true).
  Proof.
    apply option_local_update, prod_local_update_2, prod_local_update_2.
    by apply alloc_option_local_update.
  Qed.
End handles.
