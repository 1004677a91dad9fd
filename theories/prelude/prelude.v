(** * General lemmas with one statement on every supported prover

stdpp renames lemmas and, in 1.13, changes what some of them say; what the
library needs of those is stated here once, in one form. Nothing here is about
Rust or about separation logic. *)
From stdpp Require Export gmap list numbers.
From iris.prelude Require Export prelude.
From tally.prelude Require Import options.

Section gmap.
  Context {K} `{Countable K} {A : Type}.
  Implicit Types (m : gmap K A) (k : K) (x y : A).

  Lemma lookup_insert_same m k x : <[k:=x]> m !! k = Some x.
  Proof. by simplify_map_eq. Qed.
  Lemma lookup_delete_same m k : delete k m !! k = None.
  Proof. by simplify_map_eq. Qed.
  Lemma insert_insert_same m k x y : <[k:=x]> (<[k:=y]> m) = <[k:=x]> m.
  Proof. apply map_eq; intros j; destruct (decide (k = j)); by simplify_map_eq. Qed.
  Lemma delete_insert_none m k x : m !! k = None → delete k (<[k:=x]> m) = m.
  Proof. intros Hm. apply map_eq; intros j; destruct (decide (k = j)); by simplify_map_eq. Qed.
  Lemma insert_delete_same m k x : <[k:=x]> (delete k m) = <[k:=x]> m.
  Proof. apply map_eq; intros j; destruct (decide (k = j)); by simplify_map_eq. Qed.
End gmap.

Section list.
  Context {A : Type}.
  Implicit Types (l k : list A).

  Lemma list_length_app l k : length (l ++ k) = (length l + length k)%nat.
  Proof. induction l as [|x l IH]; [done|]. rewrite /= IH //. Qed.
  Lemma list_length_fmap {B} (f : A → B) l : length (f <$> l) = length l.
  Proof. induction l as [|x l IH]; [done|]. rewrite /= IH //. Qed.
  Lemma list_length_replicate n (x : A) : length (replicate n x) = n.
  Proof. induction n as [|n IH]; [done|]. rewrite /= IH //. Qed.
End list.
