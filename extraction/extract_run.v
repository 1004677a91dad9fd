(** * Extraction of the interpreter for [cargo foil run]

The data of a translated program, the library's table, the compilation block by block and
the interpreter of λRust, as JSON; [cargo xtask codegen] makes of it what the command
evaluates. *)
From tally.mir Require Import scenario.
Require Coq.extraction.Extraction.
Extraction Language JSON.
Extraction "run.json" scenario_program scenario_run.
