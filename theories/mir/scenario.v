(** * A scenario: a program that is run as a whole

A function without arguments, and the statics of the program: each is allocated first,
so that its address is known before ([static_loc]), and then gets what its initialiser
returns. The program ends with 0 if the function returns, and with 1 if it unwinds. *)
From tally.lang Require Export notation interp.
From tally.mir Require Export mir value block_compile.
From tally.prelude Require Import options.

(** The [n]th static, if statics are allocated before all else and each block is put at
the lowest number that is free. *)
Definition static_loc (n : nat) : loc := Loc (Pos.of_succ_nat n) 0.

Section scenario.
  Context (p : program) (insts : list instance).
  Definition static_cells (f : nat) : nat := block_cells p [] (fn_result p f []).
  Definition static_name : nat → string := numbered "static".

  (** The statics from the [n]th on, and then [k]. *)
  Fixpoint init_statics (n : nat) (fs : list nat) (k : expr) : expr :=
    match fs with
    | [] => k
    | f :: fs =>
        two_ends (call_instance insts (IFn f []) [])
          (Seq (store (static_cells f) (Var (static_name n)) (Var "r"))
            (init_statics (S n) fs k)) (Int 1)
    end.
  Fixpoint alloc_statics (n : nat) (fs : list nat) (k : expr) : expr :=
    match fs with
    | [] => k
    | f :: fs => Let (static_name n) (Alloc (Cells (S (static_cells f)))) (alloc_statics (S n) fs k)
    end.
  Definition scenario_code (statics : list nat) (main : nat) : expr :=
    alloc_statics 0 statics
      (Let "pr" (Val (table p [] insts))
        (init_statics 0 statics
          (two_ends (call_instance insts (IFn main []) []) (Int 0) (Int 1)))).
End scenario.

Definition scenario_instances (p : program) (statics : list nat) (main : nat) : list instance :=
  instances p (IFn main [] :: map (λ f, IFn f []) statics).
(** The program of a scenario, and the functions in it. *)
Definition scenario_program (p : program) (statics : list nat) (main : nat) : list instance * expr :=
  let insts := scenario_instances p statics main in
  (insts, scenario_code p insts statics main).

(** The scenario run for at most so many steps; the [k]th is one of the [k]th thread of the
schedule, and behind its end the threads take turns. *)
Definition scenario_run (p : program) (statics : list nat) (main : nat) (schedule : list nat)
    (fuel : N) : outcome :=
  run_program choice_reuse schedule fuel (snd (scenario_program p statics main)).
