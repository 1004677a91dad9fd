(** * [Arc]: the required orderings suffice

[arc_required] lists eight: a releasing subtraction in drop and an acquire by the last one;
acquire in [upgrade], release where [new_cyclic] publishes; release where a weak handle is
dropped; and in [get_mut] acquire by the lock, acquire by the load, release by the unlocking.
With them no execution has a data race, touches a value that is not there or counts below
zero, whatever the number of threads, handles, weak handles and references, and whichever
messages the loads read; without any one of them there is a race ([arc_safe_iff_required]).
The orderings of [clone], of a weak handle's [clone] and of [downgrade] do not matter.

The proof is by [arc_good] of [arc_invariant]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_invariant.
From tally.orderings Require Import arc_protocol arc_necessity arc_invariant arc_steps.
From tally.orderings Require Import arc_handles arc_actions.
From tally.prelude Require Import options.

Section arc.
  Context (o : arc_orderings).
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  (** ** Every step keeps the invariant, and none goes wrong *)
  Lemma arc_step_fine t a σ : arc_required o → arc_good o σ → arc_fine o (arc_step o t a σ).
  Proof.
    intros Ho Hgood. destruct a.
    - by apply arc_init_fine.
    - by apply arc_publish_fine.
    - by apply arc_clone_fine.
    - by apply arc_read_fine.
    - by apply arc_write_fine.
    - by apply arc_drop_fine.
    - by apply arc_fence_fine.
    - by apply arc_destroy_fine.
    - by apply arc_downgrade_fine.
    - by apply arc_weak_clone_fine.
    - by apply arc_weak_drop_fine.
    - by apply arc_upgrade_fine.
    - by apply arc_look_fine.
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
    - left. intros h k x Hin%elem_of_singleton_list Hh. simplify_eq/=.
      exists (Shared 0), (At 0). split_and!; [by apply elem_of_cons; left|done|lia].
    - intros x Hin%elem_of_singleton_list. by simplify_eq.
  Qed.

  Lemma arc_new_cyclic_good : arc_good o arc_new_cyclic.
  Proof.
    assert (Hin : ∀ k x, (k, x) ∈ arc_pool arc_new_cyclic →
      (k, x) = (Claimed, At 0) ∨ (k, x) = (Weak, At 0)).
    { intros k x [?|?%elem_of_singleton_list]%elem_of_cons; auto. }
    exists (COUNT 0), 0. split_and!.
    - left. split; [done|]. intros h x [?|?]%Hin; by simplify_eq.
    - split.
      + done.
      + done.
      + intros h x [?|?]%Hin; by simplify_eq.
      + intros k x _ _. apply clk_le_nil.
      + intros k x [?|?]%Hin ?; by simplify_eq.
      + done.
      + done.
      + intros u. right. exists Claimed, (At 0).
        split_and!; [by apply elem_of_cons; left|done|]. apply (clk_le_nil _ u).
    - intros h. vm_compute. lia.
    - split; [done|]. intros age x Hx. done.
    - left. intros h k x [?|?]%Hin ?; by simplify_eq.
    - done.
  Qed.
End arc.

(** ** The theorems *)

Lemma arc_required_safe o : arc_required o → arc_safe o.
Proof.
  intros Ho σ tr f Hσ Hrun.
  assert (arc_good o σ) as Hgood.
  { destruct Hσ as [->| ->]; [apply arc_new_good|apply arc_new_cyclic_good]. }
  pose proof (arc_run_fine o tr σ Ho Hgood) as H. by rewrite Hrun in H.
Qed.

(** These orderings, and no others, are required. *)
Lemma arc_safe_iff_required o : arc_safe o ↔ arc_required o.
Proof.
  split; [|apply arc_required_safe].
  intros Hsafe. apply arc_safe_required. intros (σ&tr&Hσ&Htr). by apply (Hsafe σ tr Race).
Qed.

Lemma arc_today_safe : arc_safe arc_today.
Proof. apply arc_required_safe. split; try done. by left. Qed.

(** rust-lang/rust#51780. *)
Lemma arc_before_2018_racy : arc_racy arc_before_2018.
Proof. eexists _, _. split; [by left|exact arc_before_2018_races]. Qed.
