(** * Extraction of the interpreter for [cargo foil run] and refutations

The data of a translated program, the library's table, the compilation block by block and
the interpreter of λRust, and the check of a witness that refutes a signature, as JSON;
[cargo xtask codegen] makes of it what the command evaluates. *)
From tally.mir Require Import scenario.
From tally.refine Require Import refute.
Require Coq.extraction.Extraction.
Extraction Language JSON.
Extraction "run.json" scenario_program scenario_run check_refute.
