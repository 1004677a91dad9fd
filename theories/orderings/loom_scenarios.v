(** * The crate's loom scenarios, as programs of the explorer

Each is what the loom test of the same name does (rust/tally/tests/loom.rs), operation by
operation. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol explorer.
From tally.prelude Require Import options.

(** ** The operations as programs *)

(** The messages that a load may choose among, and the counts that a lookup may expect. No
scenario has more messages or a higher count, so these bounds leave nothing out. What is left
out is that a lookup whose compare-exchange fails tries again: it stops. A second attempt is
like a first one that starts later, its guess being a relaxed load, too. *)
Definition bound_ages : nat := 13.
Definition bound_count : nat := 4.
Local Definition ages : list nat := seq 0 bound_ages.

Definition tear_down (p : prog) : prog := acts [Destroy; StoreUnused] p.
Definition new_shared (h : handle) (p : prog) : prog :=
  acts [ClaimCas; WriteNew; PublishShared h] p.
Definition new_unique (h : handle) (p : prog) : prog :=
  acts [ClaimCas; WriteNew; PublishUnique h] p.
Definition lookup (h : handle) (p : prog) : prog :=
  one_of (map (λ age, (LookupLoad age, one_of (map (λ n, (LookupCas n h, p)) (seq 1 bound_count)))) ages).
Definition drop_shared (h : handle) (p : prog) : prog :=
  act (DropShared h) (IfHolds Last (act DropFence (tear_down p)) p).
Definition drop_unique (h : handle) (p : prog) : prog := act (DropUnique h) (tear_down p).
Definition try_from (h : handle) (ok fails : prog) : prog :=
  one_of ((TryUnique h, ok) ::
    map (λ age, (TryUniqueLoad h age, act (TryUniqueStore h) ok)) ages ++
    map (λ age, (TryUniqueFails h age, fails)) ages).
Definition read_and_drop (h : handle) : prog := act (Read (Shared h)) (drop_shared h Stop).
Definition write_and_drop (h : handle) : prog :=
  acts [Write (Unique h); Read (Unique h)] (drop_unique h Stop).

(** Starting a thread and joining it. *)
Definition spawned (p : prog) : prog := act (Receive Note 0) p.

(** ** The scenarios of the crate's loom tests, by the same names

Thread 0 is the test's own. *)
Inductive scenario :=
  | CloneAndDrop | PublishThenLookup | UniqueWhilePeerDrops | UniqueDropWhilePeerDrops
  | UniqueWhileLookup | ShareThenLookup | DropThenReuse | UniqueDropThenReuse
  | LookupAcrossReuse | TwoLookups | RoundTripWhileLookup | TwoClaims | TwoTryUnique.

Definition scenarios : list scenario :=
  [CloneAndDrop; PublishThenLookup; UniqueWhilePeerDrops; UniqueDropWhilePeerDrops;
   UniqueWhileLookup; ShareThenLookup; DropThenReuse; UniqueDropThenReuse;
   LookupAcrossReuse; TwoLookups; RoundTripWhileLookup; TwoClaims; TwoTryUnique].

Global Instance scenario_eq_dec : EqDecision scenario.
Proof. solve_decision. Defined.

Definition client (s : scenario) : list prog :=
  match s with
  | CloneAndDrop =>
      [new_shared 0 $ acts [Clone (Shared 0) 1; Send (Shared 1); Read (Shared 0)] $
         drop_shared 0 $ act (Receive Note 0) $ new_unique 4 $ drop_unique 4 Stop;
       acts [Receive (Shared 1) 0; Read (Shared 1); Clone (Shared 1) 2] $
         drop_shared 1 $ act (Read (Shared 2)) $ drop_shared 2 $ act Notify Stop]
  | PublishThenLookup =>
      [new_shared 0 $ read_and_drop 0; lookup 1 $ read_and_drop 1]
  | UniqueWhilePeerDrops =>
      [new_shared 0 $ acts [Clone (Shared 0) 1; Send (Shared 1)] $
         try_from 0 (write_and_drop 0) (read_and_drop 0);
       act (Receive (Shared 1) 0) $ read_and_drop 1]
  | UniqueDropWhilePeerDrops =>
      [new_shared 0 $ acts [Clone (Shared 0) 1; Send (Shared 1)] $
         try_from 0 (drop_unique 0 Stop) (drop_shared 0 Stop);
       act (Receive (Shared 1) 0) $ read_and_drop 1]
  | UniqueWhileLookup =>
      [new_shared 0 $ act Notify $ try_from 0 (write_and_drop 0) (read_and_drop 0);
       spawned $ lookup 1 $ read_and_drop 1]
  | ShareThenLookup =>
      [new_unique 0 $ acts [Notify; Write (Unique 0); ShareUnique 0] $ read_and_drop 0;
       spawned $ lookup 1 $ read_and_drop 1]
  | DropThenReuse =>
      [new_shared 0 $ act Notify $ drop_shared 0 Stop;
       spawned $ new_shared 1 $ read_and_drop 1]
  | UniqueDropThenReuse =>
      [new_unique 0 $ acts [Notify; Notify] $ drop_unique 0 Stop;
       spawned $ new_shared 1 $ read_and_drop 1;
       spawned $ lookup 2 $ read_and_drop 2]
  | LookupAcrossReuse =>
      [new_shared 0 $ act Notify $ drop_shared 0 $ new_shared 3 $ read_and_drop 3;
       spawned $ lookup 1 $ acts [Read (Shared 1); Clone (Shared 1) 2] $
         drop_shared 1 $ read_and_drop 2]
  | TwoLookups =>
      [new_shared 0 $ acts [Notify; Notify] $ drop_shared 0 Stop;
       spawned $ lookup 1 $ read_and_drop 1;
       spawned $ lookup 2 $ read_and_drop 2]
  | RoundTripWhileLookup =>
      [new_unique 0 $ acts [Write (Unique 0); ShareUnique 0; Notify] $
         try_from 0 (acts [Write (Unique 0); ShareUnique 0] $ read_and_drop 0) (read_and_drop 0);
       spawned $ lookup 1 $ try_from 1 (write_and_drop 1) (drop_shared 1 Stop)]
  | TwoClaims =>
      [new_unique 0 $ write_and_drop 0; new_shared 1 $ read_and_drop 1]
  | TwoTryUnique =>
      [new_shared 0 $ acts [Clone (Shared 0) 1; Send (Shared 1)] $
         try_from 0 (acts [Write (Unique 0)] $ drop_unique 0 $ act (Receive Note 0) $
             new_unique 4 $ drop_unique 4 Stop)
           (act (Read (Shared 0)) $ drop_shared 0 $ act (Receive Note 0) $
             new_unique 4 $ drop_unique 4 Stop);
       act (Receive (Shared 1) 0) $
         try_from 1 (act (Write (Unique 1)) $ drop_unique 1 $ act Notify Stop)
           (act (Read (Shared 1)) $ drop_shared 1 $ act Notify Stop)]
  end.

(** More steps than any scenario has; running out of them would be a verdict of its own. *)
Definition explore_scenario (o : orderings) (s : scenario) : verdict :=
  explore 60 o (client s) unused.

(** A race that is found is one of the configuration. *)
Lemma explore_scenario_racy o s tr :
  explore_scenario o s = Found Race tr → racy o.
Proof. intros H. exists tr. by eapply explore_found. Qed.
