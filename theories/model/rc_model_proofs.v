(** * The executable model of [Rc], [Weak] and [UniqueRc]: the proofs

The sealed export of the statements in [rc_model_sig.v], all of which are proved in
[proof/rc_*.v]. *)
From tally.model Require Export rc_model rc_model_sig.
From tally.model.proof Require Import rc_step_inv.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.

Module Export rc_model_proofs : rc_model_sig.
  Definition rc_clone_count_spec := rc_clone_count_spec.
  Definition rc_drop_count_spec := rc_drop_count_spec.
  Definition weak_upgrade_count_spec := weak_upgrade_count_spec.
  Definition rc_make_mut_count_spec := rc_make_mut_count_spec.
  Definition rc_counts_unique_spec := rc_counts_unique_spec.
  Definition rc_weak_handles_spec := rc_weak_handles_spec.
  Definition rc_model_init_inv := rc_model_init_inv.
  Definition rc_model_step_inv := rc_model_step_inv.
  Definition rc_model_run_inv := rc_model_run_inv.
  Definition rc_model_live_spec := rc_model_live_spec.
  Definition rc_model_last_spec := rc_model_last_spec.
  Definition rc_model_alone_spec := rc_model_alone_spec.
  Definition rc_model_leaks_spec := rc_model_leaks_spec.
  Definition rc_model_freed_once_spec := rc_model_freed_once_spec.
  Definition rc_model_new_spec := rc_model_new_spec.
  Definition rc_model_unique_new_spec := rc_model_unique_new_spec.
  Definition rc_model_new_cyclic_spec := rc_model_new_cyclic_spec.
  Definition rc_model_weak_new_spec := rc_model_weak_new_spec.
  Definition rc_model_clone_spec := rc_model_clone_spec.
  Definition rc_model_clone_abort_spec := rc_model_clone_abort_spec.
  Definition rc_model_drop_spec := rc_model_drop_spec.
  Definition rc_model_drop_last_spec := rc_model_drop_last_spec.
  Definition rc_model_strong_count_spec := rc_model_strong_count_spec.
  Definition rc_model_weak_count_spec := rc_model_weak_count_spec.
  Definition rc_model_get_spec := rc_model_get_spec.
  Definition rc_model_ptr_eq_spec := rc_model_ptr_eq_spec.
  Definition rc_model_set_spec := rc_model_set_spec.
  Definition rc_model_make_mut_spec := rc_model_make_mut_spec.
  Definition rc_model_try_unwrap_spec := rc_model_try_unwrap_spec.
  Definition rc_model_into_inner_spec := rc_model_into_inner_spec.
  Definition rc_model_unwrap_or_clone_spec := rc_model_unwrap_or_clone_spec.
  Definition rc_model_downgrade_spec := rc_model_downgrade_spec.
  Definition rc_model_downgrade_abort_spec := rc_model_downgrade_abort_spec.
  Definition rc_model_weak_clone_spec := rc_model_weak_clone_spec.
  Definition rc_model_weak_drop_spec := rc_model_weak_drop_spec.
  Definition rc_model_upgrade_spec := rc_model_upgrade_spec.
  Definition rc_model_upgrade_none_spec := rc_model_upgrade_none_spec.
  Definition rc_model_upgrade_abort_spec := rc_model_upgrade_abort_spec.
  Definition rc_model_weak_strong_count_spec := rc_model_weak_strong_count_spec.
  Definition rc_model_weak_weak_count_spec := rc_model_weak_weak_count_spec.
  Definition rc_model_dangling_spec := rc_model_dangling_spec.
  Definition rc_model_into_raw_spec := rc_model_into_raw_spec.
  Definition rc_model_from_raw_spec := rc_model_from_raw_spec.
  Definition rc_model_increment_spec := rc_model_increment_spec.
  Definition rc_model_decrement_spec := rc_model_decrement_spec.
  Definition rc_model_unique_set_spec := rc_model_unique_set_spec.
  Definition rc_model_unique_into_rc_spec := rc_model_unique_into_rc_spec.
  Definition rc_model_unique_drop_spec := rc_model_unique_drop_spec.
  Definition rc_model_try_into_unique_spec := rc_model_try_into_unique_spec.
  Definition rc_model_leak_spec := rc_model_leak_spec.
  Definition rc_model_weak_leak_spec := rc_model_weak_leak_spec.
  Definition rc_model_bad_handle_spec := rc_model_bad_handle_spec.
End rc_model_proofs.
