(** * Executions that tell orderings apart

Each is a list of steps, "thread, action"; threads are 1 and 2. Under the crate's
orderings they are possible and free of races ([crate_executes]), but for the last,
which is not for the crate; without the one ordering that an execution is about, it ends
in a race. By the access that races:

- [drop_then_reuse]: a new owner writes metadata that the last is destroying;
- [publish_then_lookup], [share_then_lookup], [lookup_across_reuse]: a thread that
  found the frame by its address reads metadata that are being written;
- [peer_drops_then_last_drop]: the last owner destroys what a peer is reading;
- [peer_drops_then_unique], the original's bug: a relaxed compare-exchange 1 to UNIQUE,
  and the write races with a read of a peer that has dropped its handle;
- [lookup_beside_probe]: uniqueness is tested by a load, of whatever ordering, and a
  lookup turns 1 into 2 thereafter. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
From tally.prelude Require Import options.

(** Thread [t] takes the slot and has the handle [h]. *)
Definition takes_shared (t : thread) (h : handle) : trace :=
  [(t, ClaimCas); (t, WriteNew); (t, PublishShared h)].
Definition takes_unique (t : thread) (h : handle) : trace :=
  [(t, ClaimCas); (t, WriteNew); (t, PublishUnique h)].

Definition drop_then_reuse : trace :=
  takes_shared 1 0 ++
  [(1, DropShared 0); (1, DropFence); (1, Destroy); (1, StoreUnused);
   (2, ClaimCas); (2, WriteNew)].

Definition publish_then_lookup : trace :=
  takes_shared 1 0 ++
  [(2, LookupLoad 0); (2, LookupCas 1 1); (2, Read (Shared 1))].

Definition lookup_across_reuse : trace :=
  takes_shared 1 0 ++
  [(2, LookupLoad 0);
   (1, DropShared 0); (1, DropFence); (1, Destroy); (1, StoreUnused)] ++
  takes_shared 1 0 ++
  [(2, LookupCas 1 1); (2, Read (Shared 1))].

Definition share_then_lookup : trace :=
  takes_unique 1 0 ++
  [(1, Write (Unique 0)); (1, ShareUnique 0);
   (2, LookupLoad 0); (2, LookupCas 1 1); (2, Read (Shared 1))].

(** Thread 2 gets the clone of thread 1's handle, reads, and drops it. *)
Definition peer_drops : trace :=
  takes_shared 1 0 ++
  [(1, Clone (Shared 0) 1); (1, Send (Shared 1));
   (2, Receive (Shared 1) 0); (2, Read (Shared 1)); (2, DropShared 1)].

Definition peer_drops_then_last_drop : trace :=
  peer_drops ++ [(1, DropShared 0); (1, DropFence); (1, Destroy)].

Definition peer_drops_then_unique : trace :=
  peer_drops ++ [(1, TryUnique 0); (1, Write (Unique 0))].

Definition peer_drops_then_unique_drop : trace :=
  peer_drops ++ [(1, TryUnique 0); (1, DropUnique 0); (1, Destroy)].

Definition lookup_beside_probe : trace :=
  takes_shared 1 0 ++
  [(1, TryUniqueLoad 0 0);
   (2, LookupLoad 0); (2, LookupCas 1 1);
   (1, TryUniqueStore 0); (1, Write (Unique 0));
   (2, Read (Shared 1))].
