(** * What the explorer answers

In each scenario of the crate's loom tests, with some changes to its memory orderings and
its protocol ([explored]): nothing goes wrong, or how something does, whether the machine
says the same when it is given the execution once more, and in how many steps. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import orderings explorer explored.
From tally.prelude Require Import options.

Inductive explorer_answer :=
  | AnswerNothing
  | AnswerOutOfFuel
  | AnswerFound (f : fault) (replayed : bool) (steps : Z).

Definition explorer_answers (c : configuration) : list explorer_answer :=
  map (λ '(_, v),
    match v with
    | Nothing => AnswerNothing
    | OutOfFuel => AnswerOutOfFuel
    | Found f tr => AnswerFound f (goes_wrong c f tr) (Z.of_nat (length tr))
    end) (verdicts c).
