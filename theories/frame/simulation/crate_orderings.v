(** * The crate's orderings, read off its MIR

In the verified programs orderings are erased; which ones are enough is proved of the slot
protocol on a weak memory machine ([theories/orderings]). The MIR of the crate still has
them: each access to a slot's words is a call of a function of [AtomicU64], or of [fence], and
each ordering that it passes is a result of [at], which was given a [Site] and an
[Ordering]. [accesses] reads them from a body.

- [crate_orderings_read]: the functions that are translated have these accesses, with these
  orderings, at these sites, and no other;
- [crate_orderings_agree]: they are those of the configuration [crate] that is proved safe
  ([crate_safe]);
- [weak_failures]: a compare-exchange that fails is relaxed, as the machine has it.

The flow of control is not looked at: each of these locals is assigned in one place
([crate_locals_once]). *)
From stdpp Require Import strings.
From tally.prelude Require Import prelude.
From tally.mir Require Import mir.
From tally.orderings Require Import machine slot_protocol slot_configs orderings.
From tally.frame.slot.generated Require Import slot_mir.
From tally.prelude Require Import options.

(** ** Reading a body *)
Definition local_is {A : Type} (x : nat) (known : list (nat * A)) : option A :=
  snd <$> List.find (λ p, Nat.eqb x (fst p)) known.
Definition whole_local (o : operand) : option nat :=
  match o with Use (Place x []) => Some x | _ => None end.

(** The locals that are assigned a variant without fields, and its number. *)
Definition variants (b : body) : list (nat * nat) :=
  flat_map (λ '(ss, _), flat_map (λ '(Assign q r),
    match q, r with Place x [], RAggregate (Some v) [] => [(x, v)] | _, _ => [] end) ss)
    (b_blocks b).
(** What [at] is called with: by the local that its result goes to, the numbers of the site and
of the ordering. *)
Definition sites_of (b : body) : list (nat * (nat * nat)) :=
  flat_map (λ '(_, t),
    match t with
    | Call (Place x []) (CFn f []) [s; o] _ _ =>
        if Nat.eqb f slot_fn.at_fn then
          match whole_local s ≫= (λ s, local_is s (variants b)),
                whole_local o ≫= (λ o, local_is o (variants b)) with
          | Some s, Some o => [(x, (s, o))]
          | _, _ => []
          end
        else []
    | _ => []
    end) (b_blocks b).

(** An access: the library's function, and the sites and orderings that it gets. *)
Definition access := (string * list (nat * nat))%type.
Definition accesses (b : body) : list access :=
  let given := omap (λ o, whole_local o ≫= (λ x, local_is x (sites_of b))) in
  flat_map (λ '(_, t),
    match t with
    | Call _ (CLib name _) args _ _ =>
        if String.prefix "AtomicU64::" name then [(name, given args)] else []
    | Call _ (CFn f []) args _ _ =>
        if Nat.eqb f slot_fn.imp_fence then [("fence"%string, given args)] else []
    | _ => []
    end) (b_blocks b).
Definition body_of (f : nat) : body := nth f (p_fns slot_program) (Body 0 [] []).

(** ** The crate's functions *)
(** The numbers of sites, as [sync.rs] has them in order. *)
Definition site_names : list string := [
  "ClaimUnused"; "FailedClaim"; "PublishShared"; "PublishingUnique"; "FirstLoad"; "FromInUse";
  "FailedAcquire"; "Cloning"; "ReleaseShare"; "LastShareFence"; "RetiringUnique";
  "StoreUnused"; "ShareUnique"; "TryFromShared"; "FailedTryFrom"; "LookingAtCount";
  "LookingAtList"; "EnteringList"; "LeavingList"; "NumberingLists"; "PretendingCount";
  "StoringUnique"]%string.
Definition ordering_names : list string :=
  ["Relaxed"; "Release"; "Acquire"; "AcqRel"; "SeqCst"]%string.
Definition named (a : access) : string * list (string * string) :=
  (a.1, map (λ '(s, o), (nth s site_names "?", nth o ordering_names "?"))%string a.2).

Import slot_fn.
Definition slot_functions : list nat := [
  MetaSlot_claim_word; MetaSlot_publish_shared; MetaSlot_publish_unique; MetaSlot_get_from_in_use;
  MetaSlot_clone_share; MetaSlot_release_share; MetaSlot_share_unique; MetaSlot_try_unique;
  MetaSlot_retire_unique; MetaSlot_count; MetaSlot_list_id; MetaSlot_enter_list;
  MetaSlot_leave_list; MetaSlot_mark_unused].

(** Every access of these functions, function by function. *)
Lemma crate_orderings_read :
  map (λ f, map named (accesses (body_of f))) slot_functions = [
    [("AtomicU64::compare_exchange",
       [("ClaimUnused", "Acquire"); ("FailedClaim", "Relaxed")])];
    [("AtomicU64::store", [("PublishShared", "Release")])];
    [("AtomicU64::store", [("PublishingUnique", "Relaxed")])];
    [("AtomicU64::load", [("FirstLoad", "Relaxed")]);
     ("AtomicU64::compare_exchange_weak",
       [("FromInUse", "Acquire"); ("FailedAcquire", "Relaxed")])];
    [("AtomicU64::fetch_add", [("Cloning", "Relaxed")])];
    [("AtomicU64::fetch_sub", [("ReleaseShare", "Release")]);
     ("fence", [("LastShareFence", "Acquire")])];
    [("AtomicU64::store", [("ShareUnique", "Release")])];
    [("AtomicU64::compare_exchange",
       [("TryFromShared", "Acquire"); ("FailedTryFrom", "Relaxed")])];
    [("AtomicU64::store", [("RetiringUnique", "Relaxed")])];
    [("AtomicU64::load", [("LookingAtCount", "Relaxed")])];
    [("AtomicU64::load", [("LookingAtList", "Relaxed")])];
    [("AtomicU64::store", [("EnteringList", "Relaxed")])];
    [("AtomicU64::store", [("LeavingList", "Relaxed")])];
    [("AtomicU64::store", [("StoreUnused", "Release")])]]%string.
Proof. vm_compute. reflexivity. Qed.

(** What [at] gets is assigned in one place, and so is what it returns. *)
Definition given_to_at (b : body) : list nat :=
  flat_map (λ '(_, t),
    match t with
    | Call _ (CFn f []) args _ _ =>
        if Nat.eqb f slot_fn.at_fn then omap whole_local args else []
    | _ => []
    end) (b_blocks b).
Definition assigned_once (b : body) : bool :=
  forallb (λ x, Nat.eqb 1 (length (List.filter (Nat.eqb x) (map fst (variants b)))))
    (given_to_at b) &&
  bool_decide (NoDup (map fst (sites_of b))).
Lemma crate_locals_once : forallb (λ f, assigned_once (body_of f)) slot_functions = true.
Proof. vm_compute. reflexivity. Qed.

(** ** The configuration *)
Definition machine_ordering (o : nat) : option ordering :=
  match o with
  | 0 => Some Relaxed | 1 => Some Release | 2 => Some Acquire | 3 => Some AcqRel
  | 4 => Some SeqCst | _ => None
  end.
(** The [i]th ordering of the [n]th access of a function. *)
Definition ordering_of (f n i : nat) : option ordering :=
  a ← nth_error (accesses (body_of f)) n;
  so ← nth_error (snd a) i;
  machine_ordering (snd so).

(** The configuration that the source says. *)
Definition source_orderings : option orderings :=
  claimed ← ordering_of MetaSlot_claim_word 0 0;
  ps ← ordering_of MetaSlot_publish_shared 0 0;
  pu ← ordering_of MetaSlot_publish_unique 0 0;
  load ← ordering_of MetaSlot_get_from_in_use 0 0;
  cas ← ordering_of MetaSlot_get_from_in_use 1 0;
  retry ← ordering_of MetaSlot_get_from_in_use 1 1;
  cl ← ordering_of MetaSlot_clone_share 0 0;
  sub ← ordering_of MetaSlot_release_share 0 0;
  fence ← ordering_of MetaSlot_release_share 1 0;
  unused ← ordering_of MetaSlot_mark_unused 0 0;
  retire ← ordering_of MetaSlot_retire_unique 0 0;
  share ← ordering_of MetaSlot_share_unique 0 0;
  try ← ordering_of MetaSlot_try_unique 0 0;
  Some {|
    claim := claimed; claim_to_unique := false;
    publish_shared := ps; publish_unique := Some pu;
    in_use_load := load; in_use_retry := retry; in_use_cas := cas;
    clone := cl; drop_sub := sub; drop_fence := acquires fence;
    store_unused := unused; retire_unique := Some retire;
    share_unique := share; try_unique := ByCas try |}.

(** They are those of the configuration that is proved safe. *)
Lemma crate_orderings_agree : source_orderings = Some crate.
Proof. vm_compute. reflexivity. Qed.
Lemma crate_source_safe : ∃ o, source_orderings = Some o ∧ safe o.
Proof. exists crate. split; [exact crate_orderings_agree|exact crate_safe]. Qed.
Lemma weak_failures :
  ordering_of MetaSlot_try_unique 0 1 = Some on_failure ∧
  ordering_of MetaSlot_claim_word 0 1 = Some on_failure.
Proof. split; vm_compute; reflexivity. Qed.
