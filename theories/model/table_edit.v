(** * Tables: putting in and taking out

[tbl_insert t i x] moves what was at [i] and behind it one place on, [tbl_remove t i]
moves it back; out of range both do nothing. [tbl_append t l] puts a list that is written out
behind the end. Named operations as those of [table.v]: [Vec::insert] and [Vec::remove] in
Rust, where the index is in range, and [Vec::append].

Key results: [tbl_get_insert], [tbl_get_remove], [tbl_count_insert],
[tbl_count_remove]. *)
From tally.model Require Import word.
From tally.model Require Export table.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition tbl_append {A} (t : table A) (l : list A) : table A := t ++ l.
Fixpoint tbl_insert {A} (t : table A) (i : word) (x : A) : table A :=
  match t with
  | [] => if i =? 0 then [x] else []
  | y :: t' => if i =? 0 then x :: y :: t' else y :: tbl_insert t' (Z.pred i) x
  end.
Fixpoint tbl_remove {A} (t : table A) (i : word) : table A :=
  match t with
  | [] => []
  | y :: t' => if i =? 0 then t' else y :: tbl_remove t' (Z.pred i)
  end.

Section table_edit.
  Context {A : Type}.
  Implicit Types (t : table A) (i j : word) (x y : A) (f : A → bool).

  Lemma tbl_len_insert t i x : 0 ≤ i ≤ tbl_len t →
    tbl_len (tbl_insert t i x) = tbl_len t + 1.
  Proof.
    revert i. induction t as [|y t IH]; intros i Hi; simpl in *.
    { by replace i with 0 by lia. }
    case: Z.eqb_spec=> ?; simpl; [lia|]. rewrite IH; lia.
  Qed.
  Lemma tbl_len_remove t i : 0 ≤ i < tbl_len t →
    tbl_len (tbl_remove t i) = tbl_len t - 1.
  Proof.
    revert i. induction t as [|y t IH]; intros i Hi; simpl in *; [lia|].
    case: Z.eqb_spec=> ?; simpl; [lia|]. rewrite IH; lia.
  Qed.
  Lemma tbl_count_insert f t i x : 0 ≤ i ≤ tbl_len t →
    tbl_count f (tbl_insert t i x) = tbl_count f t + Z.b2z (f x).
  Proof.
    revert i. induction t as [|y t IH]; intros i Hi; simpl in *.
    { replace i with 0 by lia. simpl. lia. }
    case: Z.eqb_spec=> ?; simpl; [lia|]. rewrite IH; lia.
  Qed.
  Lemma tbl_count_remove f t i x : tbl_get t i = Some x →
    tbl_count f (tbl_remove t i) = tbl_count f t - Z.b2z (f x).
  Proof.
    revert i. induction t as [|y t IH]; intros i; simpl; [done|].
    case: Z.eqb_spec=> ?; simpl; [intros [= ->]; lia|]. intros Hi. rewrite (IH _ Hi). lia.
  Qed.
  Lemma tbl_get_insert t i x j : 0 ≤ i ≤ tbl_len t →
    tbl_get (tbl_insert t i x) j =
      if j <? i then tbl_get t j else if j =? i then Some x else tbl_get t (j - 1).
  Proof.
    revert i j. induction t as [|y t IH]; intros i j Hi; simpl in *.
    { replace i with 0 by lia. simpl.
      case: Z.ltb_spec=> ?; case: Z.eqb_spec=> ?; by [|lia]. }
    destruct (Z.eqb_spec i 0) as [->|Hi0]; simpl.
    { destruct (Z.ltb_spec j 0), (Z.eqb_spec j 0); try lia; [|done|].
      - destruct (Z.eqb_spec (Z.pred j) 0); [lia|].
        rewrite !(proj2 (tbl_get_None t _)); [done|lia..].
      - by rewrite Z.sub_1_r. }
    rewrite IH; [|lia].
    destruct (Z.eqb_spec j 0) as [->|Hj]; [by destruct (Z.ltb_spec 0 i); [|lia]|].
    destruct (Z.ltb_spec (Z.pred j) (Z.pred i)), (Z.ltb_spec j i); try lia; [done|].
    destruct (Z.eqb_spec (Z.pred j) (Z.pred i)), (Z.eqb_spec j i); try lia; [done|].
    destruct (Z.eqb_spec (j - 1) 0); [lia|]. f_equal; lia.
  Qed.
  Lemma tbl_get_remove t i j : 0 ≤ i → 0 ≤ j →
    tbl_get (tbl_remove t i) j = if j <? i then tbl_get t j else tbl_get t (j + 1).
  Proof.
    revert i j. induction t as [|y t IH]; intros i j Hi Hj; simpl.
    { by case: Z.ltb_spec. }
    destruct (Z.eqb_spec (j + 1) 0); [lia|].
    destruct (Z.eqb_spec i 0) as [->|Hi0]; simpl.
    { destruct (Z.ltb_spec j 0); [lia|]. f_equal. lia. }
    destruct (Z.eqb_spec j 0) as [->|Hj0]; [by destruct (Z.ltb_spec 0 i); [|lia]|].
    rewrite IH; [|lia..].
    destruct (Z.ltb_spec (Z.pred j) (Z.pred i)), (Z.ltb_spec j i); try lia; [done|].
    f_equal. lia.
  Qed.
End table_edit.
