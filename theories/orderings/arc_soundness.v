(** * [Arc]: the required orderings suffice

[arc_required] lists three: a releasing subtraction in drop, an acquire by the last
drop, an acquiring load in [get_mut]. With them no execution has a data race, touches a
value that is gone or counts below zero, whatever the number of threads, handles and references, and whichever
messages the loads read; without any one of them there is a race
([arc_safe_iff_required]).

The proof is by [arc_good] of [arc_invariant]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_invariant.
From tally.orderings Require Import arc_protocol arc_invariant arc_steps arc_actions.
From tally.prelude Require Import options.

Section arc.
  Context (o : arc_orderings).
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  (** ** Every step keeps the invariant, and none goes wrong *)
  Lemma arc_step_fine t a σ : arc_required o → arc_good o σ → arc_fine o (arc_step o t a σ).
  Proof.
    intros Ho Hgood. destruct a.
    - by apply arc_clone_fine.
    - by apply arc_read_fine.
    - by apply arc_write_fine.
    - by apply arc_drop_fine.
    - by apply arc_fence_fine.
    - by apply arc_destroy_fine.
    - by apply arc_get_mut_fine.
    - by apply arc_end_mut_fine.
    - by apply arc_borrow_fine.
    - by apply arc_end_borrow_fine.
    - by apply arc_send_fine.
    - by apply arc_receive_fine.
    - by apply arc_notify_fine.
    - by apply arc_client_fence_fine.
  Qed.

  Lemma arc_run_fine tr σ : arc_required o → arc_good o σ → arc_fine o (arc_run o tr σ).
  Proof.
    intros Ho. revert σ. induction tr as [|[t a] tr IH]; intros σ Hgood; [done|].
    pose proof (arc_step_fine t a σ Ho Hgood) as Hstep.
    change (arc_fine o (match arc_step o t a σ with Done σ' => arc_run o tr σ' | r => r end)).
    destruct (arc_step o t a σ) as [σ'| |]; [by apply IH|done..].
  Qed.

  Lemma arc_new_good : arc_good o arc_new.
  Proof.
    exists (COUNT 1), 0. split_and!.
    - left. split; [done|]. intros h x Hin%elem_of_singleton_list. by simplify_eq.
    - split.
      + done.
      + done.
      + intros h x Hin%elem_of_singleton_list. by simplify_eq.
      + intros k x Hin%elem_of_singleton_list _. simplify_eq. vm_compute. intros [|[]]; auto.
      + intros k x Hin%elem_of_singleton_list _. by simplify_eq.
      + intros _. apply clk_le_join_r.
      + done.
      + intros u. left. split; [done|]. apply (clk_le_nil _ u).
    - intros [|h]; vm_compute; lia.
    - split; [done|]. intros age x Hx. done.
    - intros h k x Hin%elem_of_singleton_list Hh. simplify_eq/=.
      exists (Shared 0), (At 0). split_and!; [by apply elem_of_cons; left|done|lia].
  Qed.
End arc.

(** ** The theorems *)

Lemma arc_required_safe o : arc_required o → arc_safe o.
Proof.
  intros Ho tr f Hrun. pose proof (arc_run_fine o tr arc_new Ho (arc_new_good o)) as H.
  by rewrite Hrun in H.
Qed.

(** The three orderings, and no others, are required. *)
Lemma arc_safe_iff_required o : arc_safe o ↔ arc_required o.
Proof.
  split; [|apply arc_required_safe].
  intros Hsafe. apply arc_safe_required. intros [tr Htr]. by apply (Hsafe tr Race).
Qed.

Lemma arc_today_safe : arc_safe arc_today.
Proof. apply arc_required_safe. split; [done|by left|done]. Qed.

(** rust-lang/rust#51780. *)
Lemma arc_before_2018_racy : arc_racy arc_before_2018.
Proof. eexists. exact arc_before_2018_races. Qed.
