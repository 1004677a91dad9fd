(** * Each required ordering is necessary

A configuration that lacks one of [required]'s orderings has a data race, whatever its
other orderings are, however strong: one lemma [_needed] for each row, witnessed by a
[trace] of [slot_traces] that the machine runs.

[in_use_cas_acquire_needed] also answers a question of economy: an acquiring first load
in [from_in_use] does not stand in for the compare-exchange, since the slot may have
come back to the same count.

[original_try_from_races] is the original's bug in the original's configuration. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs slot_traces every.
From tally.prelude Require Import options.

(** ** One lemma for each row *)

(** The orderings of the configuration [o] by names of their own, for [every]. *)
Local Ltac lacking o :=
  apply races_unless; destruct o as [cl cu ps pu il ir ic cn ds df su ru sh tu];
  cbn [claim publish_shared in_use_cas drop_sub drop_fence store_unused].

(** [from_unused]'s compare-exchange has to acquire. *)
Lemma claim_acquire_needed o :
  acquires (claim o) = false → run o drop_then_reuse unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every ds; every df; every su.
  vm_compute; reflexivity.
Qed.

(** Its store of 1 has to release. *)
Lemma publish_shared_release_needed o :
  releases (publish_shared o) = false → run o publish_then_lookup unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every il; every ic.
  vm_compute; reflexivity.
Qed.

(** [from_in_use]'s compare-exchange has to acquire, whatever its load does. *)
Lemma in_use_cas_acquire_needed o :
  acquires (in_use_cas o) = false → run o lookup_across_reuse unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every il; every ic; every ds; every df; every su.
  vm_compute; reflexivity.
Qed.

(** Drop's subtraction has to release. *)
Lemma drop_sub_release_needed o :
  releases (drop_sub o) = false → run o peer_drops_then_last_drop unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every cn; every ds; every df.
  vm_compute; reflexivity.
Qed.

(** Without the fence, the last subtraction has to acquire. *)
Lemma last_drop_acquire_needed o :
  drop_fence o || acquires (drop_sub o) = false →
  run o peer_drops_then_last_drop unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every cn; every ds; every df.
  vm_compute; reflexivity.
Qed.

(** The store of UNUSED has to release. *)
Lemma store_unused_release_needed o :
  releases (store_unused o) = false → run o drop_then_reuse unused = Bad Race.
Proof.
  lacking o. every cl; every cu; every ps; every ds; every df; every su.
  vm_compute; reflexivity.
Qed.

(** [from_unique]'s store of 1 has to release. *)
Lemma share_unique_release_needed o :
  releases (share_unique o) = false → run o share_then_lookup unused = Bad Race.
Proof.
  apply races_unless. destruct o as [cl cu ps [pu|] il ir ic cn ds df su ru sh tu];
    cbn [share_unique].
  - every cl; every cu; every pu; every il; every ic; every sh. vm_compute; reflexivity.
  - every cl; every cu; every il; every ic; every sh. vm_compute; reflexivity.
Qed.

(** [try_from_shared]'s compare-exchange has to acquire. *)
Lemma try_unique_acquire_needed o c :
  try_unique o = ByCas c → acquires c = false →
  run o peer_drops_then_unique unused = Bad Race.
Proof.
  destruct o as [cl cu ps pu il ir ic cn ds df su ru sh tu]; cbn [try_unique]; intros ->.
  apply races_unless.
  every cl; every cu; every ps; every cn; every ds; every c. vm_compute; reflexivity.
Qed.

(** It does so even if the unique handle is only dropped. *)
Lemma try_unique_acquire_needed_for_drop o c :
  try_unique o = ByCas c → acquires c = false →
  run o peer_drops_then_unique_drop unused = Bad Race.
Proof.
  destruct o as [cl cu ps pu il ir ic cn ds df su [ru|] sh tu]; cbn [try_unique]; intros ->;
    apply races_unless.
  - every cl; every cu; every ps; every cn; every ds; every c; every ru. vm_compute; reflexivity.
  - every cl; every cu; every ps; every cn; every ds; every c. vm_compute; reflexivity.
Qed.

(** And it has to be a compare-exchange: no load will do. *)
Lemma try_unique_cas_needed o c :
  try_unique o = ByLoad c → run o lookup_beside_probe unused = Bad Race.
Proof.
  destruct o as [cl cu ps pu il ir ic cn ds df su ru sh tu]; cbn [try_unique]; intros ->.
  apply (races_unless false); [|done].
  every cl; every cu; every ps; every il; every ic; every c. vm_compute; reflexivity.
Qed.

(** ** Together *)

(** A configuration without a race has every ordering that is [required]. *)
Lemma safe_required o : ¬ racy o → required o.
Proof.
  intros Hsafe.
  assert (Hno : ∀ tr, run o tr unused ≠ Bad Race).
  { intros tr Htr. destruct Hsafe. by exists tr. }
  split.
  - eapply unless_races; [apply claim_acquire_needed|done].
  - eapply unless_races; [apply publish_shared_release_needed|done].
  - eapply unless_races; [apply in_use_cas_acquire_needed|done].
  - eapply unless_races; [apply drop_sub_release_needed|done].
  - apply orb_true_iff. eapply unless_races; [apply last_drop_acquire_needed|done].
  - eapply unless_races; [apply store_unused_release_needed|done].
  - eapply unless_races; [apply share_unique_release_needed|done].
  - destruct (try_unique o) as [c|c] eqn:Hc.
    + exists c. split; [done|].
      eapply unless_races; [by apply try_unique_acquire_needed|done].
    + destruct Hsafe. eexists. by eapply try_unique_cas_needed.
Qed.

(** ** The original's conversion

The compare-exchange 1 to UNIQUE is relaxed. Two handles, one sent to thread 2,
which reads and drops it; thread 1 then converts its own and writes. *)
Lemma original_try_from_races :
  run original
    [(1, ClaimCas); (1, WriteNew); (1, PublishShared 0);
     (1, Clone (Shared 0) 1); (1, Send (Shared 1));
     (2, Receive (Shared 1) 0); (2, Read (Shared 1)); (2, DropShared 1);
     (1, TryUnique 0); (1, Write (Unique 0))]
    unused = Bad Race.
Proof. vm_compute; reflexivity. Qed.

(** Under the crate's orderings the same steps are possible and fine, in this
execution and in the others, so it is the orderings that decide. (The last, on
[lookup_beside_probe], is not for the crate: it has no uniqueness test by load.) *)
Lemma crate_executes :
  Forall (λ tr, ∃ σ, run crate tr unused = Done σ)
    [drop_then_reuse; publish_then_lookup; lookup_across_reuse; share_then_lookup;
     peer_drops_then_last_drop; peer_drops_then_unique; peer_drops_then_unique_drop].
Proof.
  repeat (apply Forall_cons_2; [eexists; vm_compute; reflexivity|]). apply Forall_nil_2.
Qed.
