(** * The count protocol of a frame's slot, with every ordering a parameter

One slot: its reference count is the machine's atomic word, its metadata are the
machine's data. Any number of threads run, in any interleaving, any number of
the operations

- [from_unused]: compare-exchange UNUSED to busy, write the metadata, store 1 or
  UNIQUE;
- [from_in_use]: load a count, compare-exchange it to one more, repeat on failure;
- [clone], through a handle or through a reference to one; reading the metadata;
- drop of a shared handle: subtract 1; the last one fences, uses and destroys the
  metadata, stores UNUSED;
- [try_from_shared]: compare-exchange 1 to UNIQUE, or, as a variant, by a load;
- of a unique handle: reading and writing the metadata, [from_unique] (store 1),
  and drop;

so that the slot is used again and again without a bound. An operation is several
steps, with steps of others in between.

_Clients._ What a client can hold, and each intermediate state of an operation, is
a [token]; the state is a pool of tokens, each with a thread or in flight. That
threads interleave operations of their own at will is more than a program can do,
so it is on the safe side.

- A handle is [Send]. Safe Rust moves a value between threads only through
  something that synchronises (spawn, join, a channel, a lock): the receiver's
  view takes in what the sender's was ([Send], later [Receive]), and nothing more.
  Code that moves a handle without any such edge, such as a pointer in a relaxed
  atomic, is [unsafe] and breaks its contract, as it would for a [Box].
- A handle is [Sync]. References to it ([Borrow]) can be copied, sent and used by
  other threads; at the end of the borrow all are back with the owner, each by
  a chain of [Send] and [Receive] ([EndBorrow]), and until then the handle is not
  consumed or written through.
- [from_in_use] needs no handle: a thread gets one by the address alone, without
  synchronisation other than the word's.
- Threads may synchronise for reasons of their own ([Notify], [ClientFence]).

_Numbers._ Counts are unbounded here. The crate's are not: it aborts on overflow, after
the addition. That is enough as long as fewer than 2⁶³ − 2 increments are under way
between an addition that overflowed and its abort. This is not proved here.

_Left out._ [reference_count] is no action: a relaxed load that decides nothing.

Three things can go wrong: [Race], a data race; [Lifetime], access to metadata
that are not there, or overwriting ones that are; [Stray], an addition to or
subtraction from a word that is not a count of at least one. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine.
From tally.prelude Require Import options.

(** ** The word, and the parameters *)
Inductive word := UNUSED | UNIQUE | COUNT (n : nat).
Notation "'BUSY'" := (COUNT 0).

Global Instance word_eq_dec : EqDecision word.
Proof. solve_decision. Defined.

(** How [try_from_shared] finds out that no other handle exists. *)
Inductive uniqueness_test := ByCas (o : ordering) | ByLoad (o : ordering).

Record orderings := Orderings {
  claim : ordering;                 (* from_unused: compare-exchange UNUSED *)
  claim_to_unique : bool;           (* … straight to UNIQUE rather than busy *)
  publish_shared : ordering;        (* from_unused: store 1 *)
  publish_unique : option ordering; (* from_unused: store UNIQUE, if at all *)
  in_use_load : ordering;           (* from_in_use: first load *)
  in_use_retry : ordering;          (* from_in_use: failed compare-exchange *)
  in_use_cas : ordering;            (* from_in_use: compare-exchange n to n+1 *)
  clone : ordering;                 (* fetch_add *)
  drop_sub : ordering;              (* fetch_sub *)
  drop_fence : bool;                (* fence(Acquire) if it was the last *)
  store_unused : ordering;          (* end of the tear-down *)
  retire_unique : option ordering;  (* drop of a unique handle: store busy, if at all *)
  share_unique : ordering;          (* from_unique: store 1 *)
  try_unique : uniqueness_test;     (* try_from_shared *)
}.

(** A strong compare-exchange that fails, in [from_unused] and [try_from_shared], is
relaxed: the weakest there is, so it is no parameter. *)
Definition on_failure : ordering := Relaxed.

(** ** Tokens and the pool *)
Definition handle := nat.

Inductive token :=
  | Guess (n : nat)      (* from_in_use: has seen the count n *)
  | Note                 (* a message of the client's own *)
  | Shared (h : handle)  (* a shared handle *)
  | Unique (h : handle)  (* a unique handle *)
  | Ref (h : handle)     (* a reference to the handle h *)
  | Claimed              (* from_unused: won the slot *)
  | Built                (* from_unused: has written the metadata *)
  | Last                 (* drop: its subtraction was the last *)
  | Owned                (* drop: may tear down *)
  | Dead                 (* drop: has destroyed the metadata *)
  | Probed (h : handle)  (* try_from_shared by load: has read 1 *)
  | Weak.                (* a weak handle; only [arc_protocol] has them *)

Inductive place := At (t : thread) | Flying (V : view).

Global Instance token_eq_dec : EqDecision token.
Proof. solve_decision. Defined.
Global Instance place_eq_dec : EqDecision place.
Proof. solve_decision. Defined.

Definition item : Type := token * place.

Record slot := Slot {
  mem : machine word;
  live : bool;           (* whether the metadata are there *)
  pool : list item;
}.

(** An unused slot, as initialised at boot. *)
Definition unused : slot := Slot (boot UNUSED) false [].

(** ** Actions

[h] in [PublishShared], [PublishUnique], [LookupCas] and [Clone] is the name of the
new handle, any that is not in use. [age] is the message that a load reads, 0 being
the newest. [Receive k i] takes the i-th of the tokens [k] in flight. *)
Inductive action :=
  (* from_unused *)
  | ClaimCas | ClaimCasFails (age : nat) | WriteNew
  | PublishShared (h : handle) | PublishUnique (h : handle)
  (* from_in_use *)
  | LookupLoad (age : nat) | LookupCas (n : nat) (h : handle) | LookupCasFails (n age : nat)
  (* through a handle or a reference *)
  | Clone (k : token) (h : handle) | Read (k : token) | Write (k : token)
  (* drop *)
  | DropShared (h : handle) | DropFence | DropUnique (h : handle) | Destroy | StoreUnused
  (* conversions *)
  | ShareUnique (h : handle)
  | TryUnique (h : handle) | TryUniqueFails (h : handle) (age : nat)
  | TryUniqueLoad (h : handle) (age : nat) | TryUniqueStore (h : handle)
  (* of the client *)
  | Borrow (k : token) | EndBorrow (h : handle)
  | Send (k : token) | Receive (k : token) (i : nat) | Notify | ClientFence (acquire : bool).

Inductive fault := Race | Lifetime | Stray.

Inductive result (A : Type) := Done (a : A) | Bad (f : fault) | Disabled.
Global Arguments Done {A} _.
Global Arguments Bad {A} _.
Global Arguments Disabled {A}.

(** The handle that a token gives the use of. *)
Definition handle_used (k : token) : option handle :=
  match k with Shared h | Unique h | Ref h => Some h | _ => None end.

(** Tokens that allow to read the metadata: [Owned] is for [on_drop]. *)
Definition may_read (k : token) : bool :=
  match k with Shared _ | Unique _ | Ref _ | Owned => true | _ => false end.
Definition may_write (k : token) : bool :=
  match k with Unique _ | Owned => true | _ => false end.
(** A reference to a unique handle does not allow to clone. *)
Definition may_clone (k : token) (p : list item) : bool :=
  match k with
  | Shared _ => true
  | Ref h => existsb (λ x, bool_decide (x.1 = Shared h)) p
  | _ => false
  end.
Definition may_send (k : token) : bool :=
  match k with Shared _ | Unique _ | Ref _ | Weak => true | _ => false end.

(** No reference to the handle is left. *)
Definition unborrowed (h : handle) (p : list item) : bool :=
  forallb (λ x, negb (bool_decide (x.1 = Ref h))) p.
Definition token_unborrowed (k : token) (p : list item) : bool :=
  match k with Unique h => unborrowed h p | _ => true end.

(** The name is free. *)
Definition names (h : handle) (k : token) : bool :=
  match k with Shared i | Unique i | Ref i | Probed i => Nat.eqb h i | _ => false end.
Definition unnamed (h : handle) (p : list item) : bool :=
  forallb (λ x, negb (names h x.1)) p.

(** The tokens [k] in flight, by what flies with them. *)
Fixpoint flying (k : token) (p : list item) : list view :=
  match p with
  | [] => []
  | (l, Flying V) :: p => if bool_decide (k = l) then V :: flying k p else flying k p
  | _ :: p => flying k p
  end.

Fixpoint take_item (x : item) (p : list item) : option (list item) :=
  match p with
  | [] => None
  | y :: p => if bool_decide (x = y) then Some p else cons y <$> take_item x p
  end.

Definition set_mem (m : machine word) (σ : slot) : slot :=
  Slot m (live σ) (pool σ).

(** [k], if [t] holds the token, on the rest of the pool. *)
Definition with_token (t : thread) (k : token) (σ : slot)
    (f : list item → result slot) : result slot :=
  match take_item (k, At t) (pool σ) with Some p => f p | None => Disabled end.

Definition only_if (b : bool) (r : result slot) : result slot := if b then r else Disabled.

(** A load of a message of the thread's choice. *)
Definition loading (o : ordering) (t : thread) (age : nat) (σ : slot)
    (f : word → machine word → result slot) : result slot :=
  match load o t age (mem σ) with Some (v, m) => f v m | None => Disabled end.

(** Of a weak or strong compare-exchange that expects [v], as it fails: a load,
by a strong one of another value. A weak one may fail for no reason. *)
Definition failing_cas (weak : bool) (v : word) (o : ordering) (t : thread) (age : nat)
    (σ : slot) (f : word → machine word → result slot) : result slot :=
  loading o t age σ (λ w m, only_if (weak || negb (bool_decide (w = v))) (f w m)).

(** Metadata accesses; [was] says whether the metadata have to be there. *)
Definition reading (t : thread) (σ : slot) (f : machine word → result slot) : result slot :=
  match na_read t (mem σ) with
  | Some m => if live σ then f m else Bad Lifetime
  | None => Bad Race
  end.
Definition writing (was : bool) (t : thread) (σ : slot)
    (f : machine word → result slot) : result slot :=
  match na_write t (mem σ) with
  | Some m => if Bool.eqb (live σ) was then f m else Bad Lifetime
  | None => Bad Race
  end.

(** What [from_in_use] makes of a word it has seen. *)
Definition guess (v : word) : list token :=
  match v with COUNT (S n) => [Guess (S n)] | _ => [] end.

(** ** One step *)
Definition step (o : orderings) (t : thread) (a : action) (σ : slot) : result slot :=
  let m := mem σ in
  match a with
  | ClaimCas =>
      only_if (bool_decide (last_value m = UNUSED)) $
      Done (Slot (update (claim o) t (if claim_to_unique o then UNIQUE else BUSY) m)
        (live σ) ((Claimed, At t) :: pool σ))
  | ClaimCasFails age =>
      failing_cas false UNUSED on_failure t age σ $ λ _ m, Done (set_mem m σ)
  | WriteNew =>
      with_token t Claimed σ $ λ p, writing false t σ $ λ m,
      Done (Slot m true ((Built, At t) :: p))
  | PublishShared h =>
      only_if (unnamed h (pool σ)) $
      with_token t Built σ $ λ p,
      Done (Slot (store (publish_shared o) t (COUNT 1) m) (live σ) ((Shared h, At t) :: p))
  | PublishUnique h =>
      only_if (unnamed h (pool σ)) $
      with_token t Built σ $ λ p,
      let m := match publish_unique o with Some o => store o t UNIQUE m | None => m end in
      Done (Slot m (live σ) ((Unique h, At t) :: p))

  | LookupLoad age =>
      loading (in_use_load o) t age σ $ λ v m,
      Done (Slot m (live σ) (((λ k, (k, At t)) <$> guess v) ++ pool σ))
  | LookupCas n h =>
      only_if (unnamed h (pool σ)) $
      with_token t (Guess n) σ $ λ p,
      only_if (Nat.leb 1 n && bool_decide (last_value m = COUNT n)) $
      Done (Slot (update (in_use_cas o) t (COUNT (S n)) m) (live σ) ((Shared h, At t) :: p))
  | LookupCasFails n age =>
      with_token t (Guess n) σ $ λ p,
      failing_cas true (COUNT n) (in_use_retry o) t age σ $ λ v m,
      Done (Slot m (live σ) (((λ k, (k, At t)) <$> guess v) ++ p))

  | Clone k h =>
      only_if (may_clone k (pool σ) && unnamed h (pool σ)) $ with_token t k σ $ λ _,
      match last_value m with
      | COUNT (S n) =>
          Done (Slot (update (clone o) t (COUNT (S (S n))) m) (live σ)
            ((Shared h, At t) :: pool σ))
      | _ => Bad Stray
      end
  | Read k =>
      only_if (may_read k) $ with_token t k σ $ λ _, reading t σ $ λ m, Done (set_mem m σ)
  | Write k =>
      only_if (may_write k && token_unborrowed k (pool σ)) $
      with_token t k σ $ λ _, writing true t σ $ λ m, Done (set_mem m σ)

  | DropShared h =>
      only_if (unborrowed h (pool σ)) $ with_token t (Shared h) σ $ λ p,
      match last_value m with
      | COUNT (S n) =>
          let p := match n with O => (Last, At t) :: p | S _ => p end in
          Done (Slot (update (drop_sub o) t (COUNT n) m) (live σ) p)
      | _ => Bad Stray
      end
  | DropFence =>
      with_token t Last σ $ λ p,
      Done (Slot (if drop_fence o then fence_acquire t m else m) (live σ) ((Owned, At t) :: p))
  | DropUnique h =>
      only_if (unborrowed h (pool σ)) $ with_token t (Unique h) σ $ λ p,
      let m := match retire_unique o with Some o => store o t BUSY m | None => m end in
      Done (Slot m (live σ) ((Owned, At t) :: p))
  | Destroy =>
      with_token t Owned σ $ λ p, writing true t σ $ λ m,
      Done (Slot m false ((Dead, At t) :: p))
  | StoreUnused =>
      with_token t Dead σ $ λ p,
      Done (Slot (store (store_unused o) t UNUSED m) (live σ) p)

  | ShareUnique h =>
      only_if (unborrowed h (pool σ)) $ with_token t (Unique h) σ $ λ p,
      Done (Slot (store (share_unique o) t (COUNT 1) m) (live σ) ((Shared h, At t) :: p))
  | TryUnique h =>
      match try_unique o with
      | ByCas o =>
          only_if (unborrowed h (pool σ)) $ with_token t (Shared h) σ $ λ p,
          only_if (bool_decide (last_value m = COUNT 1)) $
          Done (Slot (update o t UNIQUE m) (live σ) ((Unique h, At t) :: p))
      | ByLoad _ => Disabled
      end
  | TryUniqueLoad h age =>
      match try_unique o with
      | ByCas _ => Disabled
      | ByLoad o =>
          only_if (unborrowed h (pool σ)) $ with_token t (Shared h) σ $ λ p,
          loading o t age σ $ λ v m,
          only_if (bool_decide (v = COUNT 1)) $ Done (Slot m (live σ) ((Probed h, At t) :: p))
      end
  | TryUniqueFails h age =>
      with_token t (Shared h) σ $ λ _,
      failing_cas false (COUNT 1) (match try_unique o with ByCas _ => on_failure | ByLoad o => o end)
        t age σ $ λ _ m, Done (set_mem m σ)
  | TryUniqueStore h =>
      (* Relaxed: this variant races whatever the ordering, by a lookup between load and
      store ([try_unique_cas_needed]) *)
      with_token t (Probed h) σ $ λ p,
      Done (Slot (store Relaxed t UNIQUE m) (live σ) ((Unique h, At t) :: p))

  | Borrow k =>
      with_token t k σ $ λ _,
      match handle_used k with
      | Some h => Done (Slot m (live σ) ((Ref h, At t) :: pool σ))
      | None => Disabled
      end
  | EndBorrow h =>
      with_token t (Ref h) σ $ λ p,
      only_if (bool_decide ((Shared h, At t) ∈ p ∨ (Unique h, At t) ∈ p)) $
      Done (Slot m (live σ) p)
  | Send k =>
      only_if (may_send k) $ with_token t k σ $ λ p,
      Done (Slot m (live σ) ((k, Flying (cur (views m t))) :: p))
  | Receive k i =>
      match flying k (pool σ) !! i with
      | Some V =>
          match take_item (k, Flying V) (pool σ) with
          | Some p => Done (Slot (learn t V m) (live σ) ((k, At t) :: p))
          | None => Disabled
          end
      | None => Disabled
      end
  | Notify => Done (Slot m (live σ) ((Note, Flying (cur (views m t))) :: pool σ))
  | ClientFence acquire =>
      Done (set_mem (if acquire then fence_acquire t m else fence_release t m) σ)
  end.

(** ** Executions

A trace says which thread does what. [run] stops at the first step that goes
wrong or is not possible. *)
Definition trace := list (thread * action).

Fixpoint run (o : orderings) (tr : trace) (σ : slot) : result slot :=
  match tr with
  | [] => Done σ
  | (t, a) :: tr => match step o t a σ with Done σ => run o tr σ | r => r end
  end.

Definition reachable (o : orderings) (σ : slot) : Prop := ∃ tr, run o tr unused = Done σ.

(** An execution from the unused slot that ends in a data race. *)
Definition racy (o : orderings) : Prop := ∃ tr, run o tr unused = Bad Race.

(** No execution, of whichever threads and length, goes wrong. *)
Definition safe (o : orderings) : Prop := ∀ tr f, run o tr unused ≠ Bad f.
