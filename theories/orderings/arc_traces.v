(** * Executions of [Arc] that tell orderings apart

As [slot_traces]: without the one ordering that an execution is about, it ends in a race. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol arc_protocol.
From tally.prelude Require Import options.

(** Thread 1 gets a clone, reads, and drops it. *)
Definition arc_peer_drops : arc_trace :=
  [(0, ArcClone (Shared 0) 1); (0, ArcSend (Shared 1));
   (1, ArcReceive (Shared 1) 0); (1, ArcRead (Shared 1)); (1, ArcDrop 1)].

Definition arc_peer_drops_then_get_mut : arc_trace :=
  arc_peer_drops ++ [(0, ArcGetMut 0 0); (0, ArcWrite 0)].

Definition arc_peer_drops_then_last_drop : arc_trace :=
  arc_peer_drops ++ [(0, ArcDrop 0); (0, ArcFence); (0, ArcDestroy)].

(** Thread 1 gets a weak handle before there is a value, and upgrades it. *)
Definition arc_cyclic_upgrade : arc_trace :=
  [(0, ArcWeakClone); (0, ArcSend Weak); (1, ArcReceive Weak 0);
   (0, ArcInit); (0, ArcPublish 0); (1, ArcUpgrade 1); (1, ArcRead (Shared 1))].

(** Thread 1 gets a weak handle, upgrades it, and drops it. *)
Definition arc_peer_upgrades : arc_trace :=
  [(0, ArcDowngrade (Shared 0)); (0, ArcSend Weak);
   (1, ArcReceive Weak 0); (1, ArcUpgrade 1); (1, ArcWeakDrop)].

(** Thread 0 reads a count from before the upgrade, and writes beside a peer that reads. *)
Definition arc_peer_upgrades_then_get_mut : arc_trace :=
  arc_peer_upgrades ++ [(1, ArcRead (Shared 1)); (0, ArcGetMut 0 1); (0, ArcWrite 0)].

(** The same after the peer has called [get_mut], in vain, and dropped its handle. *)
Definition arc_peer_looks_then_get_mut : arc_trace :=
  arc_peer_upgrades ++
  [(1, ArcGetMut 1 0); (1, ArcRead (Shared 1)); (1, ArcDrop 1);
   (0, ArcGetMut 0 2); (0, ArcWrite 0)].
