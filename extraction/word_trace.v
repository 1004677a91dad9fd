(** * Operations on machine words, one by one

The models take the operations of [u64] in the place of those on words ([word.v],
[word_div.v]). Here each is an operation of a machine without state, so that the two
extractions of it can be compared like those of the models. *)
From tally.model Require Import word word_div.
From tally.prelude Require Import options.

Inductive word_op :=
  | WordWrappingAdd (a b : word)
  | WordWrappingSub (a b : word)
  | WordCheckedAdd (a b : word)
  | WordCheckedSub (a b : word)
  | WordDiv (a b : word)
  | WordRem (a b : word)
  | WordEq (a b : word)
  | WordLt (a b : word)
  | WordLe (a b : word).

Inductive word_answer :=
  | WordValue (w : word)
  | WordNone
  | WordTruth (t : bool).

Definition word_step (o : word_op) : word_answer :=
  match o with
  | WordWrappingAdd a b => WordValue (word_wrapping_add a b)
  | WordWrappingSub a b => WordValue (word_wrapping_sub a b)
  | WordCheckedAdd a b =>
      match word_checked_add a b with Some w => WordValue w | None => WordNone end
  | WordCheckedSub a b =>
      match word_checked_sub a b with Some w => WordValue w | None => WordNone end
  | WordDiv a b => WordValue (word_div a b)
  | WordRem a b => WordValue (word_rem a b)
  | WordEq a b => WordTruth (word_eqb a b)
  | WordLt a b => WordTruth (word_ltb a b)
  | WordLe a b => WordTruth (word_leb a b)
  end.
