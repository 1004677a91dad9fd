(** * Configurations of the slot protocol

The orderings of the original kernel, those of the crate, and the leanest ones; and
[required], the conditions on a configuration that the theorems are about: it is
[safe] exactly if it is [required] ([safe_iff_required]). *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
From tally.prelude Require Import options.

(** Those of the original. *)
Definition original : orderings := {|
  claim := Acquire; claim_to_unique := false;
  publish_shared := Release; publish_unique := Some Relaxed;
  in_use_load := Relaxed; in_use_retry := Relaxed; in_use_cas := Acquire;
  clone := Relaxed; drop_sub := Release; drop_fence := true;
  store_unused := Release; retire_unique := Some Relaxed;
  share_unique := Release; try_unique := ByCas Relaxed |}.

(** Those of the crate: the original's, but for [try_unique]. *)
Definition crate : orderings := {|
  claim := Acquire; claim_to_unique := false;
  publish_shared := Release; publish_unique := Some Relaxed;
  in_use_load := Relaxed; in_use_retry := Relaxed; in_use_cas := Acquire;
  clone := Relaxed; drop_sub := Release; drop_fence := true;
  store_unused := Release; retire_unique := Some Relaxed;
  share_unique := Release; try_unique := ByCas Acquire |}.

(** The leanest: no store of UNIQUE after a claim, none of busy before a tear-down. *)
Definition lean : orderings := {|
  claim := Acquire; claim_to_unique := true;
  publish_shared := Release; publish_unique := None;
  in_use_load := Relaxed; in_use_retry := Relaxed; in_use_cas := Acquire;
  clone := Relaxed; drop_sub := Release; drop_fence := true;
  store_unused := Release; retire_unique := None;
  share_unique := Release; try_unique := ByCas Acquire |}.

(** What the theorems are about: sufficient ([required_safe]) and necessary, each
on its own ([safe_required]). *)
Record required (o : orderings) : Prop := Required {
  claim_acquires : acquires (claim o) = true;
  publish_shared_releases : releases (publish_shared o) = true;
  in_use_cas_acquires : acquires (in_use_cas o) = true;
  drop_sub_releases : releases (drop_sub o) = true;
  last_drop_acquires : drop_fence o = true ∨ acquires (drop_sub o) = true;
  store_unused_releases : releases (store_unused o) = true;
  share_unique_releases : releases (share_unique o) = true;
  try_unique_acquires : ∃ c, try_unique o = ByCas c ∧ acquires c = true;
}.
