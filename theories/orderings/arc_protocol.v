(** * The same for [Arc]: strong and weak handles, [get_mut] by a load of the count

The atomic sibling of [Rc], on the same machine: the machine's word is the count of strong
handles, the data are the value. Beside [clone] and [drop] there are

- weak handles, made by [downgrade] and [clone], which [upgrade] turns into strong ones: a
  compare-exchange n to n+1, from n ≥ 1 only;
- [new_cyclic]: there is a weak handle before there is a value; the strong count is 0 until
  the value is written ([ArcInit]) and published ([ArcPublish]);
- [get_mut]: lock the weak count, which succeeds if there is no weak handle; load the strong
  count; unlock. If it has read 1, the caller may write.

A load can test for uniqueness here, and cannot for the slot ([try_unique_cas_needed]),
since an [Arc] has no address to be looked up by: an upgrade needs a weak handle, a clone a
strong one. Whoever reads 1 under the lock, as the only holder of its handle, cannot have
read an old message. If a clone came after it, it was made through this handle, or through
a reference to it that has come back; if an upgrade did, the weak handle has been dropped
since, and the lock has acquired what it left.

_The second word._ The weak count is changed by read-modify-writes only, but for the store
that unlocks, which comes right after the compare-exchange that locked. So it needs no
history: [arc_weak] is the view of its newest message, the value is the number of weak tokens.
Its loads, which only [downgrade]'s loop has, decide nothing and are relaxed; they are left
out. The header of [machine] says why its order of steps loses no execution for one word.
It loses none here: of this second word, too, each side effect reads the one before it, or is
the unlocking store of the thread that wrote it, and so comes later in any order that agrees
with reads-from and sequenced-before. Locking, load and unlocking are one action: between
them the weak count is nobody else's, and what others do to the strong count could as well be
done before the lock or after the unlocking.

_Left out._ The memory, which goes when the last weak handle and the last strong one have
gone: that freeing it comes after every access to the counts is not said here, since the
machine's races are those on the data. (The value's accesses are: its destruction.)
References to a weak handle, which let other threads clone and upgrade it until they are
back. Overflow. And as everywhere on this machine: no cycles of reads-from and
sequenced-before; so that [downgrade]'s acquire is not required is a statement about a memory
model without them.

Tokens, clients and faults are the slot protocol's, with [Weak] for a weak handle; [Unique h]
is here the [&mut] that [get_mut] gives through the handle [h], [Claimed] and [Built] are
[new_cyclic] before and after it has written the value. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
From tally.prelude Require Import options.

Record arc_orderings := ArcOrderings {
  arc_clone : ordering;       (* fetch_add of the strong count *)
  arc_drop_sub : ordering;    (* fetch_sub of the strong count *)
  arc_drop_fence : bool;      (* fence(Acquire) if it was the last *)
  arc_upgrade : ordering;     (* compare-exchange n to n+1 of the strong count *)
  arc_publish : ordering;     (* new_cyclic: fetch_add 0 to 1 of the strong count *)
  arc_downgrade : ordering;   (* compare-exchange n to n+1 of the weak count *)
  arc_weak_clone : ordering;  (* fetch_add of the weak count *)
  arc_weak_drop : ordering;   (* fetch_sub of the weak count *)
  arc_lock : ordering;        (* get_mut: compare-exchange of the weak count *)
  arc_get_mut : ordering;     (* get_mut: load of the strong count *)
  arc_unlock : ordering;      (* get_mut: store of the weak count *)
}.

Record arc := Arc {
  arc_mem : machine nat;
  arc_weak : view;       (* the view of the weak count's newest message *)
  arc_live : bool;       (* whether the value is there *)
  arc_pool : list item;
}.

(** [Arc::new] by thread 0: it has written the value, and has the handle 0. *)
Definition arc_new : arc :=
  let m := boot 1%nat in
  Arc (match na_write 0 m with Some m => m | None => m end) view_bot true [(Shared 0, At 0)].

(** [Arc::new_cyclic] by thread 0: there is no value yet, but a weak handle. *)
Definition arc_new_cyclic : arc :=
  Arc (boot 0%nat) view_bot false [(Claimed, At 0); (Weak, At 0)].

Inductive arc_action :=
  | ArcInit | ArcPublish (h : handle)
  | ArcClone (k : token) (h : handle) | ArcRead (k : token) | ArcWrite (h : handle)
  | ArcDrop (h : handle) | ArcFence | ArcDestroy
  | ArcDowngrade (k : token) | ArcWeakClone | ArcWeakDrop | ArcUpgrade (h : handle)
  | ArcLook (age : nat)
  | ArcGetMut (h : handle) (age : nat) | ArcEndMut (h : handle)
  | ArcBorrow (k : token) | ArcEndBorrow (h : handle)
  | ArcSend (k : token) | ArcReceive (k : token) (i : nat)
  | ArcNotify | ArcClientFence (acquire : bool).

Definition arc_if (b : bool) (r : result arc) : result arc := if b then r else Disabled.

Definition arc_with (t : thread) (k : token) (σ : arc) (f : list item → result arc) : result arc :=
  match take_item (k, At t) (arc_pool σ) with Some p => f p | None => Disabled end.

(** Accesses to the value; [was] says whether it has to be there. *)
Definition arc_reading (t : thread) (σ : arc) (f : machine nat → result arc) : result arc :=
  match na_read t (arc_mem σ) with
  | Some m => if arc_live σ then f m else Bad Lifetime
  | None => Bad Race
  end.
Definition arc_writing (was : bool) (t : thread) (σ : arc)
    (f : machine nat → result arc) : result arc :=
  match na_write t (arc_mem σ) with
  | Some m => if Bool.eqb (arc_live σ) was then f m else Bad Lifetime
  | None => Bad Race
  end.

(** The weak count: a read-modify-write and a store, as [update] and [store] of the
machine have it, but without the history, which nothing reads. *)
Definition weak_got (o : ordering) (t : thread) (V : view) (m : machine nat) : machine nat :=
  let T := views m t in
  set_view t
    (ThreadView (if acquires o then view_join (cur T) V else cur T)
      (view_join (acq T) V) (rel T)) m.
Definition weak_given (o : ordering) (t : thread) (m : machine nat) : view :=
  released o (views m t).

Definition weak_update (o : ordering) (t : thread) (σ : arc) : arc :=
  let m := weak_got o t (arc_weak σ) (arc_mem σ) in
  Arc m (view_join (arc_weak σ) (weak_given o t m)) (arc_live σ) (arc_pool σ).

Definition no_weak (p : list item) : bool := forallb (λ x, negb (bool_decide (x.1 = Weak))) p.

Definition arc_set_pool (p : list item) (σ : arc) : arc :=
  Arc (arc_mem σ) (arc_weak σ) (arc_live σ) p.
Definition arc_set_mem (m : machine nat) (σ : arc) : arc :=
  Arc m (arc_weak σ) (arc_live σ) (arc_pool σ).

Definition arc_step (o : arc_orderings) (t : thread) (a : arc_action) (σ : arc) : result arc :=
  let m := arc_mem σ in
  let w := arc_weak σ in
  let lv := arc_live σ in
  let p := arc_pool σ in
  match a with
  | ArcInit =>
      arc_with t Claimed σ $ λ p, arc_writing false t σ $ λ m,
      Done (Arc m w true ((Built, At t) :: p))
  | ArcPublish h =>
      arc_if (unnamed h p) $ arc_with t Weak σ $ λ p,
      match take_item (Built, At t) p, last_value m with
      | Some p, O => Done (Arc (update (arc_publish o) t 1%nat m) w lv ((Shared h, At t) :: p))
      | Some _, S _ => Bad Stray
      | None, _ => Disabled
      end
  | ArcClone k h =>
      arc_if (may_clone k p && unnamed h p) $ arc_with t k σ $ λ _,
      match last_value m with
      | S n => Done (Arc (update (arc_clone o) t (S (S n)) m) w lv ((Shared h, At t) :: p))
      | O => Bad Stray
      end
  | ArcRead k =>
      arc_if (may_read k) $ arc_with t k σ $ λ _,
      arc_reading t σ $ λ m, Done (Arc m w lv p)
  | ArcWrite h =>
      arc_if (unborrowed h p) $ arc_with t (Unique h) σ $ λ _,
      arc_writing true t σ $ λ m, Done (Arc m w lv p)
  | ArcDrop h =>
      arc_if (unborrowed h p) $ arc_with t (Shared h) σ $ λ p,
      match last_value m with
      | S n =>
          let p := match n with O => (Last, At t) :: p | S _ => p end in
          Done (Arc (update (arc_drop_sub o) t n m) w lv p)
      | O => Bad Stray
      end
  | ArcFence =>
      arc_with t Last σ $ λ p,
      Done (Arc (if arc_drop_fence o then fence_acquire t m else m) w lv ((Owned, At t) :: p))
  | ArcDestroy =>
      arc_with t Owned σ $ λ p, arc_writing true t σ $ λ m,
      Done (Arc m w false ((Dead, At t) :: p))
  | ArcDowngrade k =>
      arc_if (may_clone k p) $ arc_with t k σ $ λ _,
      let σ := weak_update (arc_downgrade o) t σ in
      Done (arc_set_pool ((Weak, At t) :: p) σ)
  | ArcWeakClone =>
      arc_with t Weak σ $ λ _,
      let σ := weak_update (arc_weak_clone o) t σ in
      Done (arc_set_pool ((Weak, At t) :: p) σ)
  | ArcWeakDrop =>
      arc_with t Weak σ $ λ p,
      let σ := weak_update (arc_weak_drop o) t σ in
      Done (arc_set_pool p σ)
  | ArcUpgrade h =>
      arc_if (unnamed h p) $ arc_with t Weak σ $ λ _,
      match last_value m with
      | S n => Done (Arc (update (arc_upgrade o) t (S (S n)) m) w lv ((Shared h, At t) :: p))
      | O => Disabled
      end
  | ArcLook age =>
      match load Relaxed t age m with
      | Some (_, m) => Done (Arc m w lv p)
      | None => Disabled
      end
  | ArcGetMut h age =>
      arc_if (unborrowed h p && no_weak p) $ arc_with t (Shared h) σ $ λ p',
      let σ := weak_update (arc_lock o) t σ in
      match load (arc_get_mut o) t age (arc_mem σ) with
      | Some (v, m) =>
          Done (Arc m (weak_given (arc_unlock o) t m) lv
            (if Nat.eqb v 1 then (Unique h, At t) :: p' else p))
      | None => Disabled
      end
  | ArcEndMut h =>
      arc_if (unborrowed h p) $ arc_with t (Unique h) σ $ λ p,
      Done (Arc m w lv ((Shared h, At t) :: p))
  | ArcBorrow k =>
      arc_with t k σ $ λ _,
      match handle_used k with
      | Some h => Done (Arc m w lv ((Ref h, At t) :: p))
      | None => Disabled
      end
  | ArcEndBorrow h =>
      arc_with t (Ref h) σ $ λ p,
      arc_if (bool_decide ((Shared h, At t) ∈ p ∨ (Unique h, At t) ∈ p)) $ Done (Arc m w lv p)
  | ArcSend k =>
      arc_if (may_send k) $ arc_with t k σ $ λ p,
      Done (Arc m w lv ((k, Flying (cur (views m t))) :: p))
  | ArcReceive k i =>
      match flying k p !! i with
      | Some V =>
          match take_item (k, Flying V) p with
          | Some p => Done (Arc (learn t V m) w lv ((k, At t) :: p))
          | None => Disabled
          end
      | None => Disabled
      end
  | ArcNotify => Done (Arc m w lv ((Note, Flying (cur (views m t))) :: p))
  | ArcClientFence acquire =>
      Done (Arc (if acquire then fence_acquire t m else fence_release t m) w lv p)
  end.

Definition arc_trace := list (thread * arc_action).

Fixpoint arc_run (o : arc_orderings) (tr : arc_trace) (σ : arc) : result arc :=
  match tr with
  | [] => Done σ
  | (t, a) :: tr => match arc_step o t a σ with Done σ => arc_run o tr σ | r => r end
  end.

Definition arc_start (σ : arc) : Prop := σ = arc_new ∨ σ = arc_new_cyclic.
Definition arc_racy (o : arc_orderings) : Prop :=
  ∃ σ tr, arc_start σ ∧ arc_run o tr σ = Bad Race.
Definition arc_safe (o : arc_orderings) : Prop :=
  ∀ σ tr f, arc_start σ → arc_run o tr σ ≠ Bad f.

Record arc_required (o : arc_orderings) : Prop := ArcRequired {
  arc_drop_sub_releases : releases (arc_drop_sub o) = true;
  arc_last_drop_acquires : arc_drop_fence o = true ∨ acquires (arc_drop_sub o) = true;
  arc_upgrade_acquires : acquires (arc_upgrade o) = true;
  arc_publish_releases : releases (arc_publish o) = true;
  arc_weak_drop_releases : releases (arc_weak_drop o) = true;
  arc_lock_acquires : acquires (arc_lock o) = true;
  arc_get_mut_acquires : acquires (arc_get_mut o) = true;
  arc_unlock_releases : releases (arc_unlock o) = true;
}.

(** That the value is gone is noticed: in a state, which no execution reaches, where
the value has several owners, whatever accesses it after one has destroyed it goes wrong. *)
Lemma arc_use_after_destroy o :
  Forall (λ a,
      arc_run o [(0, ArcDestroy); (0, a)]
        (Arc (boot 1%nat) view_bot true
          [(Owned, At 0); (Owned, At 0); (Shared 0, At 0); (Unique 1, At 0)])
      = Bad Lifetime)
    [ArcRead (Shared 0); ArcWrite 1; ArcDestroy].
Proof.
  repeat (apply Forall_cons_2; [vm_compute; reflexivity|]). apply Forall_nil_2.
Qed.

(** ** Configurations *)

(** Today's standard library. *)
Definition arc_today : arc_orderings := {|
  arc_clone := Relaxed; arc_drop_sub := Release; arc_drop_fence := true;
  arc_upgrade := Acquire; arc_publish := Release;
  arc_downgrade := Acquire; arc_weak_clone := Relaxed; arc_weak_drop := Release;
  arc_lock := Acquire; arc_get_mut := Acquire; arc_unlock := Release |}.

(** As the standard library was until 2018 (rust-lang/rust#51780): [get_mut] reads the
strong count relaxed. *)
Definition arc_before_2018 : arc_orderings := {|
  arc_clone := Relaxed; arc_drop_sub := Release; arc_drop_fence := true;
  arc_upgrade := Acquire; arc_publish := Release;
  arc_downgrade := Acquire; arc_weak_clone := Relaxed; arc_weak_drop := Release;
  arc_lock := Acquire; arc_get_mut := Relaxed; arc_unlock := Release |}.
