(** * Each required ordering of [Arc] is necessary

As [necessity] for the slot: one lemma [_needed] for each of [arc_required]'s orderings,
whatever the others are, witnessed by a trace of [arc_traces].

[arc_before_2018_races] is rust-lang/rust#51780. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol arc_protocol arc_traces every.
From tally.prelude Require Import options.

(** The orderings of the configuration [o] by names of their own, for [every]. *)
Local Ltac lacking o :=
  apply races_unless; destruct o as [cn ds df ug pb dg wc wd lk gm ul];
  cbn [arc_drop_sub arc_drop_fence arc_upgrade arc_publish arc_weak_drop arc_lock arc_get_mut
    arc_unlock].

Lemma arc_get_mut_acquire_needed o :
  acquires (arc_get_mut o) = false →
  arc_run o arc_peer_drops_then_get_mut arc_new = Bad Race.
Proof.
  lacking o. every cn; every ds; every lk; every gm; every ul.
  vm_compute; reflexivity.
Qed.

Lemma arc_drop_sub_release_needed o :
  releases (arc_drop_sub o) = false →
  arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
Proof.
  lacking o. every cn; every ds; every df. vm_compute; reflexivity.
Qed.

Lemma arc_last_drop_acquire_needed o :
  arc_drop_fence o || acquires (arc_drop_sub o) = false →
  arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
Proof.
  lacking o. every cn; every ds; every df. vm_compute; reflexivity.
Qed.

Lemma arc_upgrade_acquire_needed o :
  acquires (arc_upgrade o) = false →
  arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
Proof.
  lacking o. every ug; every pb; every wc. vm_compute; reflexivity.
Qed.

Lemma arc_publish_release_needed o :
  releases (arc_publish o) = false →
  arc_run o arc_cyclic_upgrade arc_new_cyclic = Bad Race.
Proof.
  lacking o. every ug; every pb; every wc. vm_compute; reflexivity.
Qed.

Lemma arc_weak_drop_release_needed o :
  releases (arc_weak_drop o) = false →
  arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
Proof.
  lacking o. every ug; every dg; every wd; every lk; every gm; every ul.
  vm_compute; reflexivity.
Qed.

Lemma arc_lock_acquire_needed o :
  acquires (arc_lock o) = false →
  arc_run o arc_peer_upgrades_then_get_mut arc_new = Bad Race.
Proof.
  lacking o. every ug; every dg; every wd; every lk; every gm; every ul.
  vm_compute; reflexivity.
Qed.

Lemma arc_unlock_release_needed o :
  releases (arc_unlock o) = false →
  arc_run o arc_peer_looks_then_get_mut arc_new = Bad Race.
Proof.
  lacking o. every ds; every ug; every dg; every wd; every lk; every gm; every ul.
  vm_compute; reflexivity.
Qed.

(** rust-lang/rust#51780: the peer's read, ordered before its drop's subtraction, is
not ordered before the write through [get_mut], whose load read what the subtraction
left. *)
Lemma arc_before_2018_races :
  arc_run arc_before_2018
    [(0, ArcClone (Shared 0) 1); (0, ArcSend (Shared 1));
     (1, ArcReceive (Shared 1) 0); (1, ArcRead (Shared 1)); (1, ArcDrop 1);
     (0, ArcGetMut 0 0); (0, ArcWrite 0)]
    arc_new = Bad Race.
Proof. vm_compute; reflexivity. Qed.

(** The same steps, today; but for the last two executions, in which the load of an old
count is what today's orderings forbid. *)
Lemma arc_today_executes :
  (∃ σ, arc_run arc_today arc_peer_drops_then_get_mut arc_new = Done σ) ∧
  (∃ σ, arc_run arc_today arc_peer_drops_then_last_drop arc_new = Done σ) ∧
  (∃ σ, arc_run arc_today arc_cyclic_upgrade arc_new_cyclic = Done σ) ∧
  (∃ σ, arc_run arc_today (arc_peer_upgrades ++ [(0, ArcGetMut 0 0)]) arc_new = Done σ) ∧
  arc_run arc_today (arc_peer_upgrades ++ [(0, ArcGetMut 0 1)]) arc_new = Disabled.
Proof. split_and!; [..|done]; eexists; vm_compute; reflexivity. Qed.

Lemma arc_safe_required o : ¬ arc_racy o → arc_required o.
Proof.
  intros Hsafe.
  assert (Hno : ∀ tr, arc_run o tr arc_new ≠ Bad Race).
  { intros tr Htr. destruct Hsafe. exists arc_new, tr. split; [by left|done]. }
  assert (Hno_cyclic : ∀ tr, arc_run o tr arc_new_cyclic ≠ Bad Race).
  { intros tr Htr. destruct Hsafe. exists arc_new_cyclic, tr. split; [by right|done]. }
  split.
  - eapply unless_races; [apply arc_drop_sub_release_needed|done].
  - apply orb_true_iff. eapply unless_races; [apply arc_last_drop_acquire_needed|done].
  - eapply unless_races; [apply arc_upgrade_acquire_needed|done].
  - eapply unless_races; [apply arc_publish_release_needed|done].
  - eapply unless_races; [apply arc_weak_drop_release_needed|done].
  - eapply unless_races; [apply arc_lock_acquire_needed|done].
  - eapply unless_races; [apply arc_get_mut_acquire_needed|done].
  - eapply unless_races; [apply arc_unlock_release_needed|done].
Qed.
