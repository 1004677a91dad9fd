(** * Division of machine words

Quotient and remainder by a word that is not 0, as [u64]'s [/] and [%]. As the
operations in [word.v], each is a constant of its own. *)
From tally.model Require Import word.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition word_div (a b : word) : word := a / b.
Definition word_rem (a b : word) : word := a `mod` b.

Lemma word_div_ok a b : word_ok a → 0 < b → word_ok (word_div a b).
Proof.
  rewrite /word_ok /word_div=> ??. split; [apply Z.div_pos; lia|].
  trans a; [|lia]. apply Z.div_le_upper_bound; nia.
Qed.
Lemma word_rem_ok a b : word_ok a → 0 < b → word_ok (word_rem a b).
Proof.
  rewrite /word_ok /word_rem=> ??. pose proof (Z.mod_pos_bound a b).
  pose proof (Z.mod_le a b). lia.
Qed.
Lemma word_rem_0 a b : 0 < b → word_rem a b = 0 ↔ a = word_div a b * b.
Proof. rewrite /word_rem /word_div=> ?. pose proof (Z.div_mod a b). lia. Qed.
