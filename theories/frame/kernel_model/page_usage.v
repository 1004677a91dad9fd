(** * What a page is used for, and how a slot stands

[page_usage] and [page_state] as the kernel numbers them; [meta_slot_status], what a
slot's word tells ([status_of]). Which word means what is in
[tally.model.slot_count].

Laws: in [meta_owners_sig.v].

Source: the verified ostd (vostd), specs/mm/frame/meta_owners.rs. *)
From tally.model Require Import word slot_count.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive page_state := StateUnused | StateTyped | StateUntyped.

(** [UsageMmio]: not counted, like a page that is unused, but never to be handed
out. *)
Inductive page_usage :=
  | UsageUnused
  | UsageReserved
  | UsageFrame
  | UsagePageTable
  | UsageMeta
  | UsageKernel
  | UsageMmio.
Global Instance page_usage_eq_dec : EqDecision page_usage.
Proof. solve_decision. Defined.

(** The discriminant, a [u8]. *)
Definition as_u8 (u : page_usage) : Z :=
  match u with
  | UsageUnused => 0
  | UsageReserved => 1
  | UsageFrame => 32
  | UsagePageTable => 64
  | UsageMeta => 65
  | UsageKernel => 66
  | UsageMmio => 67
  end.
(** The way back; the original has none. *)
Definition from_u8 (n : Z) : option page_usage :=
  if n =? 0 then Some UsageUnused
  else if n =? 1 then Some UsageReserved
  else if n =? 32 then Some UsageFrame
  else if n =? 64 then Some UsagePageTable
  else if n =? 65 then Some UsageMeta
  else if n =? 66 then Some UsageKernel
  else if n =? 67 then Some UsageMmio
  else None.

Definition as_state (u : page_usage) : page_state :=
  match u with
  | UsageUnused => StateUnused
  | UsageFrame => StateUntyped
  | _ => StateTyped
  end.

Inductive meta_slot_status :=
  | StatusUnused
  | StatusUnique
  | StatusShared
  | StatusOverflow
  | StatusUnderConstruction.

Definition status_of (w : word) : meta_slot_status :=
  if word_eqb w slot_unused then StatusUnused
  else if word_eqb w slot_unique then StatusUnique
  else if word_eqb w slot_busy then StatusUnderConstruction
  else if word_leb w slot_max then StatusShared
  else StatusOverflow.
