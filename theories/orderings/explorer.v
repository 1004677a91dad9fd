(** * An exhaustive explorer, and the crate's loom scenarios

Clients as programs, and a search through all interleavings and all choices of
messages for an execution that goes wrong. It is for the comparison with loom, which
runs the same scenarios over the crate's source, each ordering weakened in turn: the
two are to agree cell by cell. That nothing goes wrong with the [required] orderings
is a theorem and needs no search; what the search finds is an execution
([explore_found]).

The search takes a step on the data or of the client first, where a thread is at
one: such steps commute with those of other threads, and whether two accesses are
ordered does not depend on which is taken first. This saves most of the
interleavings; that it loses no race is not proved. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol slot_configs.
From tally.prelude Require Import options.

(** ** Programs *)

(** [Alt a p q]: the thread does [a] and goes on as [p], or does as [q] says, whichever
is possible. [IfHolds]: goes on by whether it holds a token. A thread with no possible
action waits, for ever if need be: so ends a lookup or claim that fails. *)
Inductive prog :=
  | Stop
  | Alt (a : action) (p q : prog)
  | IfHolds (k : token) (yes no : prog).

Definition act (a : action) (p : prog) : prog := Alt a p Stop.
Definition one_of (l : list (action * prog)) : prog :=
  foldr (λ x, Alt x.1 x.2) Stop l.
Fixpoint acts (l : list action) (p : prog) : prog :=
  match l with [] => p | a :: l => act a (acts l p) end.

Definition holds_token (t : thread) (k : token) (σ : slot) : bool :=
  existsb (λ x, bool_decide (x = (k, At t))) (pool σ).

Fixpoint resolve (t : thread) (σ : slot) (p : prog) : list (action * prog) :=
  match p with
  | Stop => []
  | Alt a p q => (a, p) :: resolve t σ q
  | IfHolds k yes no => if holds_token t k σ then resolve t σ yes else resolve t σ no
  end.

(** ** The search *)
Inductive verdict := Nothing | Found (f : fault) (tr : trace) | OutOfFuel.

Definition choice : Type := thread * action * list prog.

(** What the threads from number [t] on may do; [before] holds the earlier ones in
reverse order. *)
Fixpoint choices (t : thread) (before ps : list prog) (σ : slot) : list choice :=
  match ps with
  | [] => []
  | p :: ps =>
      map (λ x, (t, x.1, rev_append before (x.2 :: ps))) (resolve t σ p) ++
      choices (S t) (p :: before) ps σ
  end.

Definition invisible (a : action) : bool :=
  match a with
  | WriteNew | Destroy | Read _ | Write _ | DropFence | Borrow _ | EndBorrow _
  | Send _ | Receive _ _ | Notify => true
  | _ => false
  end.

Definition possible (o : orderings) (σ : slot) (c : choice) : bool :=
  match step o c.1.1 c.1.2 σ with Disabled => false | _ => true end.

(** All choices, or a single invisible one. *)
Definition scheduled (o : orderings) (ps : list prog) (σ : slot) : list choice :=
  let cs := choices 0 [] ps σ in
  match List.filter (λ c, invisible c.1.2 && possible o σ c) cs with
  | c :: _ => [c]
  | [] => cs
  end.

Fixpoint scan (f : list prog → slot → verdict) (o : orderings) (σ : slot)
    (cs : list choice) : verdict :=
  match cs with
  | [] => Nothing
  | (t, a, ps) :: cs =>
      match step o t a σ with
      | Done σ' =>
          match f ps σ' with
          | Found x tr => Found x ((t, a) :: tr)
          | OutOfFuel => OutOfFuel
          | Nothing => scan f o σ cs
          end
      | Bad x => Found x [(t, a)]
      | Disabled => scan f o σ cs
      end
  end.

Fixpoint explore (fuel : nat) (o : orderings) (ps : list prog) (σ : slot) : verdict :=
  match fuel with
  | O => OutOfFuel
  | S fuel => scan (explore fuel o) o σ (scheduled o ps σ)
  end.

(** What is found is an execution. *)
Lemma explore_found fuel o ps σ f tr :
  explore fuel o ps σ = Found f tr → run o tr σ = Bad f.
Proof.
  revert ps σ f tr. induction fuel as [|fuel IH]; intros ps σ f tr; [done|].
  cbn [explore]. generalize (scheduled o ps σ). intros cs.
  induction cs as [|[[t a] ps'] cs IHcs]; [done|]. cbn [scan].
  destruct (step o t a σ) as [σ'|x|] eqn:Hstep; [|intros [= <- <-]|exact IHcs].
  - destruct (explore fuel o ps' σ') as [|x tr'|] eqn:Hex; [exact IHcs| |done].
    intros [= <- <-]. cbn [run]. rewrite Hstep. by eapply IH.
  - cbn [run]. by rewrite Hstep.
Qed.

(** ** The operations as programs *)

(** The messages that a load may choose among. *)
Local Definition ages : list nat := seq 0 12.

Definition tear_down (p : prog) : prog := acts [Destroy; StoreUnused] p.
Definition new_shared (h : handle) (p : prog) : prog :=
  acts [ClaimCas; WriteNew; PublishShared h] p.
Definition new_unique (h : handle) (p : prog) : prog :=
  acts [ClaimCas; WriteNew; PublishUnique h] p.
Definition lookup (h : handle) (p : prog) : prog :=
  one_of (map (λ age, (LookupLoad age, one_of (map (λ n, (LookupCas n h, p)) (seq 1 4)))) ages).
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

(** ** The crate with one site relaxed, by the crate's names for the sites *)
Inductive site :=
  | AtClaimUnused | AtPublishShared | AtAcquireInUse | AtReleaseShare | AtLastShareFence
  | AtStoreUnused | AtShareUnique | AtTryFromShared.

Definition sites : list site :=
  [AtClaimUnused; AtPublishShared; AtAcquireInUse; AtReleaseShare; AtLastShareFence;
   AtStoreUnused; AtShareUnique; AtTryFromShared].

Definition relaxed_at (s : site) : orderings :=
  let '(Orderings cl cu ps pu il ir ic cn ds df su ru sh tu) := crate in
  match s with
  | AtClaimUnused => Orderings Relaxed cu ps pu il ir ic cn ds df su ru sh tu
  | AtPublishShared => Orderings cl cu Relaxed pu il ir ic cn ds df su ru sh tu
  | AtAcquireInUse => Orderings cl cu ps pu il ir Relaxed cn ds df su ru sh tu
  | AtReleaseShare => Orderings cl cu ps pu il ir ic cn Relaxed df su ru sh tu
  | AtLastShareFence => Orderings cl cu ps pu il ir ic cn ds false su ru sh tu
  | AtStoreUnused => Orderings cl cu ps pu il ir ic cn ds df Relaxed ru sh tu
  | AtShareUnique => Orderings cl cu ps pu il ir ic cn ds df su ru Relaxed tu
  | AtTryFromShared => Orderings cl cu ps pu il ir ic cn ds df su ru sh (ByCas Relaxed)
  end.

Definition explore_scenario (o : orderings) (s : scenario) : verdict :=
  explore 60 o (client s) unused.

(** The scenarios in which a race is found. *)
Definition racy_scenarios (o : orderings) : list scenario :=
  List.filter (λ s, match explore_scenario o s with Found Race _ => true | _ => false end)
    scenarios.

(** ** The table

What the search finds, cell by cell; the lists are those of the crate's loom tests
([tests/loom.rs], [mod weakened]), where the scenarios that are not listed pass. *)
Definition racy_when_relaxed (w : site) : list scenario :=
  match w with
  | AtClaimUnused | AtStoreUnused =>
      [DropThenReuse; UniqueDropThenReuse; LookupAcrossReuse; TwoClaims]
  | AtPublishShared => [PublishThenLookup; UniqueDropThenReuse; LookupAcrossReuse]
  | AtAcquireInUse =>
      [PublishThenLookup; ShareThenLookup; UniqueDropThenReuse; LookupAcrossReuse]
  | AtReleaseShare | AtLastShareFence =>
      [CloneAndDrop; PublishThenLookup; UniqueWhilePeerDrops; UniqueDropWhilePeerDrops;
       UniqueWhileLookup; ShareThenLookup; UniqueDropThenReuse; LookupAcrossReuse;
       TwoLookups; RoundTripWhileLookup; TwoTryUnique]
  | AtShareUnique => [ShareThenLookup]
  | AtTryFromShared =>
      [UniqueWhilePeerDrops; UniqueDropWhilePeerDrops; UniqueWhileLookup;
       RoundTripWhileLookup; TwoTryUnique]
  end.

Lemma relaxed_at_explored w : racy_scenarios (relaxed_at w) = racy_when_relaxed w.
Proof. destruct w; vm_compute; reflexivity. Qed.

(** With the crate's orderings, and with the leanest, the search ends and finds
nothing. *)
Lemma crate_explored s : explore_scenario crate s = Nothing.
Proof. destruct s; vm_compute; reflexivity. Qed.
Lemma lean_explored s : explore_scenario lean s = Nothing.
Proof. destruct s; vm_compute; reflexivity. Qed.

(** The original's, and a uniqueness test by an acquiring load. *)
Lemma original_explored :
  racy_scenarios original =
    [UniqueWhilePeerDrops; UniqueDropWhilePeerDrops; UniqueWhileLookup;
     RoundTripWhileLookup; TwoTryUnique].
Proof. vm_compute; reflexivity. Qed.

Definition test_by_load : orderings :=
  let '(Orderings cl cu ps pu il ir ic cn ds df su ru sh tu) := crate in
  Orderings cl cu ps pu il ir ic cn ds df su ru sh (ByLoad Acquire).

Lemma test_by_load_explored :
  racy_scenarios test_by_load = [UniqueWhileLookup; RoundTripWhileLookup].
Proof. vm_compute; reflexivity. Qed.
