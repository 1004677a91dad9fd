(** * The required orderings suffice

With the orderings that [required] lists, no execution of the slot protocol has a
data race, reads metadata that are not there, overwrites ones that are, or counts on
a word that is not a count: for any number of threads, handles and references, any
interleaving, any length, any choice of the messages that loads read, and whatever
the orderings that are not listed. This covers the crate's configuration and the
leaner one ([crate_safe], [lean_safe]).

With [safe_required] the list is exact: [safe_iff_required].

The proof is by the invariant [good] of [slot_invariant]: every step keeps it, and
under it no step goes wrong ([step_fine]). *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs slot_traces.
From tally.orderings Require Import slot_invariant slot_steps slot_actions necessity.
From tally.prelude Require Import options.

Section soundness.
  Context (o : orderings).
  Implicit Types (σ : slot) (m : machine word) (t : thread) (k : token) (p : list item).

  Lemma unused_good : good o unused.
  Proof.
    split; simpl; try done.
    - intros h x Hin. by apply elem_of_nil in Hin.
    - intros k x Hin. by apply elem_of_nil in Hin.
    - intros k x Hin. by apply elem_of_nil in Hin.
    - intros u. by left.
  Qed.

  (** ** Every step keeps the invariant, and none goes wrong *)
  Lemma step_fine t a σ : required o → good o σ → fine o (step o t a σ).
  Proof.
    intros Ho Hgood. destruct a.
    - by apply claim_cas_fine.
    - apply fine_failing_cas. intros v m ??. by apply good_grows.
    - by apply write_new_fine.
    - by apply publish_shared_fine.
    - by apply publish_unique_fine.
    - by apply lookup_load_fine.
    - by apply lookup_cas_fine.
    - by apply lookup_cas_fails_fine.
    - by apply clone_fine.
    - by apply read_fine.
    - by apply write_fine.
    - by apply drop_shared_fine.
    - by apply drop_fence_fine.
    - by apply drop_unique_fine.
    - by apply destroy_fine.
    - by apply store_unused_fine.
    - by apply share_unique_fine.
    - by apply try_unique_fine.
    - by apply try_unique_fails_fine.
    - by apply try_unique_load_fine.
    - by apply try_unique_store_fine.
    - by apply borrow_fine.
    - by apply end_borrow_fine.
    - by apply send_fine.
    - by apply receive_fine.
    - by apply notify_fine.
    - by apply client_fence_fine.
  Qed.

  Lemma run_fine tr σ : required o → good o σ → fine o (run o tr σ).
  Proof.
    intros Ho. revert σ. induction tr as [|[t a] tr IH]; intros σ Hgood; [done|].
    pose proof (step_fine t a σ Ho Hgood) as Hstep.
    change (fine o (match step o t a σ with Done σ' => run o tr σ' | r => r end)).
    destruct (step o t a σ) as [σ'| |]; [by apply IH|done..].
  Qed.
End soundness.

(** ** The theorems *)

(** The required orderings suffice. *)
Lemma required_safe o : required o → safe o.
Proof.
  intros Ho tr f Hrun. pose proof (run_fine o tr unused Ho (unused_good o)) as H.
  by rewrite Hrun in H.
Qed.

(** They are exactly those: nothing else is required, and nothing can be spared. *)
Lemma safe_iff_required o : safe o ↔ required o.
Proof.
  split; [|apply required_safe].
  intros Hsafe. apply safe_required. intros [tr Htr]. by apply (Hsafe tr Race).
Qed.

(** What can go wrong at all goes wrong as a data race. *)
Lemma safe_iff_race_free o : safe o ↔ ¬ racy o.
Proof.
  split.
  - intros Hsafe [tr Htr]. by apply (Hsafe tr Race).
  - intros H. by apply required_safe, safe_required.
Qed.

(** In a state that is reached, a holder can read, whichever thread it is. *)
Lemma reachable_good o σ : required o → reachable o σ → good o σ.
Proof.
  intros Ho [tr Htr]. pose proof (run_fine o tr unused Ho (unused_good o)) as H.
  by rewrite Htr in H.
Qed.

Lemma crate_required : required crate.
Proof. split; try done; [by left|by eexists]. Qed.
Lemma lean_required : required lean.
Proof. split; try done; [by left|by eexists]. Qed.

Lemma crate_safe : safe crate.
Proof. apply required_safe, crate_required. Qed.
Lemma lean_safe : safe lean.
Proof. apply required_safe, lean_required. Qed.

(** The original differs in [try_unique] alone, and races. *)
Lemma original_racy : racy original.
Proof. eexists. exact original_try_from_races. Qed.
