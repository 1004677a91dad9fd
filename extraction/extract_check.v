(** * Extraction of the checker of refinements to JSON

[cargo xtask codegen] turns the JSON into the Rust of [cargo foil check]: [check_program]
and all that it needs, with numbers and lists of Rust in the place of Coq's. The
projections are listed because the JSON does not otherwise tell the names of a record's
fields.

The examples of the chapter come along as data, with the answers that Coq gives, so that
a test compares the Rust's answers with these. A certificate that is rejected is as the
finder leaves it. *)
From stdpp Require Import list strings numbers.
From tally.mir Require Import mir block_compile.
From tally.refine Require Import check.
From tally.examples Require Import refine_finder refine_chapter.
Require Coq.extraction.Extraction.

(** Mode, certificates, the checker's answer. *)
Definition example : Type := mode * list (option checked_fn) * res error unit.
Definition example_of (m : mode) (fs : list (option checked_fn)) : example :=
  (m, fs, check_program m chapter functions fs).
Definition before (n : nat) (os : list outline) : list outline := replicate n None ++ os.
Definition outlined (m : mode) (os : list outline) : example := example_of m (certify m os).
Definition chapter_program : program := Eval vm_compute in chapter.
Definition chapter_functions : list instance := Eval vm_compute in functions.
Definition chapter_examples : list example := Eval vm_compute in
  [example_of Panics certificates;
   example_of Strict strict_certificates;
   example_of Strict certificates;
   example_of StrictUnder certificates;
   outlined Panics (before 9 [Some (nat_sig, decr_unguarded_nodes, decr_unguarded_hints)]);
   outlined Panics [a_assert; None; None; Some (abs_weak_sig, abs_nodes [], abs_hints);
     Some (test_sig, test_abs_nodes [], test_abs_hints)];
   outlined Panics (a_assert :: before 6
     [Some (nat_sig, incr_nodes [FLe (EC 0) (x 1)], incr_hints);
      Some (test_sig, test_incr_nodes [FLe (EC 0) (x 5)], test_incr_hints)]);
   outlined Panics [a_assert; Some (mk_three_sig 4, mk_three_nodes, mk_three_hints)];
   outlined Strict (before 2 [a_factorial]);
   outlined Strict (before 3 [an_abs]);
   outlined Strict (before 7 [an_incr]);
   outlined Panics (before 3 [Some (abs_weak_sig, abs_nodes [], abs_hints)]);
   outlined Panics (before 7 [Some (nat_sig, incr_nodes [FLe (EC 0) (x 1)], incr_hints)])].

Extraction Language JSON.
Extraction "check.json"
  check_program chapter_program chapter_functions chapter_examples
  int_width int_signed adt_shape adt_drop adt_call pl_local pl_proj b_args b_locals b_blocks
  p_adts p_fns abi_out abi_by_address s_params s_requires s_result s_ensures
  ft_at ft_goal ft_code er_fn er_node er_at er_goal er_code check.cells check.facts
  n_block n_env n_term c_entry c_nodes sp_base sp_off sp_ty sp_fields cf_sig cf_cert.
