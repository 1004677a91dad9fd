(** * The same for [Arc]: clone, drop, and [get_mut] by a load of the count

The atomic sibling of [Rc], on the same machine: the word is the count of strong
handles, the data are the value. An [Arc] has no address to be looked up by, so its
count can be tested for uniqueness by a load, which the slot's cannot
([try_unique_cas_needed]): whoever reads 1 while holding the only name of a handle
cannot have read an old message, since a clone or drop after it would have been made
through this handle, or through a reference to it that has come back.

What is left out: weak handles. [upgrade] is [from_in_use] of the slot protocol, with
the same need of acquire; and beside it the load is no longer enough. The standard
library locks the weak count, a second atomic word, around the load, which this
machine cannot express. This is thus [triomphe::Arc], or [std]'s as long as no [Weak]
exists.

Tokens, clients and faults are the slot protocol's; [Unique h] is here the [&mut] that
[get_mut] gives through the handle [h]. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
From tally.prelude Require Import options.

Record arc_orderings := ArcOrderings {
  arc_clone : ordering;
  arc_drop_sub : ordering;
  arc_drop_fence : bool;
  arc_get_mut : ordering;
}.

Record arc := Arc {
  arc_mem : machine nat;
  arc_live : bool;       (* whether the value is there *)
  arc_pool : list item;
}.

(** [Arc::new] by thread 0: it has written the value, and has the handle 0. *)
Definition arc_new : arc :=
  let m := boot 1%nat in
  Arc (match na_write 0 m with Some m => m | None => m end) true [(Shared 0, At 0)].

Inductive arc_action :=
  | ArcClone (k : token) (h : handle) | ArcRead (k : token) | ArcWrite (h : handle)
  | ArcDrop (h : handle) | ArcFence | ArcDestroy
  | ArcGetMut (h : handle) (age : nat) | ArcEndMut (h : handle)
  | ArcBorrow (k : token) | ArcEndBorrow (h : handle)
  | ArcSend (k : token) | ArcReceive (k : token) (i : nat)
  | ArcNotify | ArcClientFence (acquire : bool).

Definition arc_if (b : bool) (r : result arc) : result arc := if b then r else Disabled.

Definition arc_with (t : thread) (k : token) (σ : arc) (f : list item → result arc) : result arc :=
  match take_item (k, At t) (arc_pool σ) with Some p => f p | None => Disabled end.

(** Accesses to the value, which has to be there. *)
Definition arc_reading (t : thread) (σ : arc) (f : machine nat → result arc) : result arc :=
  match na_read t (arc_mem σ) with
  | Some m => if arc_live σ then f m else Bad Lifetime
  | None => Bad Race
  end.
Definition arc_writing (t : thread) (σ : arc) (f : machine nat → result arc) : result arc :=
  match na_write t (arc_mem σ) with
  | Some m => if arc_live σ then f m else Bad Lifetime
  | None => Bad Race
  end.

Definition arc_step (o : arc_orderings) (t : thread) (a : arc_action) (σ : arc) : result arc :=
  let m := arc_mem σ in
  let lv := arc_live σ in
  let p := arc_pool σ in
  match a with
  | ArcClone k h =>
      arc_if (may_clone k p && unnamed h p) $ arc_with t k σ $ λ _,
      match last_value m with
      | S n => Done (Arc (update (arc_clone o) t (S (S n)) m) lv ((Shared h, At t) :: p))
      | O => Bad Stray
      end
  | ArcRead k =>
      arc_if (may_read k) $ arc_with t k σ $ λ _,
      arc_reading t σ $ λ m, Done (Arc m lv p)
  | ArcWrite h =>
      arc_if (unborrowed h p) $ arc_with t (Unique h) σ $ λ _,
      arc_writing t σ $ λ m, Done (Arc m lv p)
  | ArcDrop h =>
      arc_if (unborrowed h p) $ arc_with t (Shared h) σ $ λ p,
      match last_value m with
      | S n =>
          let p := match n with O => (Last, At t) :: p | S _ => p end in
          Done (Arc (update (arc_drop_sub o) t n m) lv p)
      | O => Bad Stray
      end
  | ArcFence =>
      arc_with t Last σ $ λ p,
      Done (Arc (if arc_drop_fence o then fence_acquire t m else m) lv ((Owned, At t) :: p))
  | ArcDestroy =>
      arc_with t Owned σ $ λ p, arc_writing t σ $ λ m, Done (Arc m false ((Dead, At t) :: p))
  | ArcGetMut h age =>
      arc_if (unborrowed h p) $ arc_with t (Shared h) σ $ λ p',
      match load (arc_get_mut o) t age m with
      | Some (1, m) => Done (Arc m lv ((Unique h, At t) :: p'))
      | Some (_, m) => Done (Arc m lv p)
      | None => Disabled
      end
  | ArcEndMut h =>
      arc_if (unborrowed h p) $ arc_with t (Unique h) σ $ λ p,
      Done (Arc m lv ((Shared h, At t) :: p))
  | ArcBorrow k =>
      arc_with t k σ $ λ _,
      match handle_used k with
      | Some h => Done (Arc m lv ((Ref h, At t) :: p))
      | None => Disabled
      end
  | ArcEndBorrow h =>
      arc_with t (Ref h) σ $ λ p,
      arc_if (bool_decide ((Shared h, At t) ∈ p ∨ (Unique h, At t) ∈ p)) $ Done (Arc m lv p)
  | ArcSend k =>
      arc_if (may_send k) $ arc_with t k σ $ λ p,
      Done (Arc m lv ((k, Flying (cur (views m t))) :: p))
  | ArcReceive k i =>
      match flying k p !! i with
      | Some V =>
          match take_item (k, Flying V) p with
          | Some p => Done (Arc (learn t V m) lv ((k, At t) :: p))
          | None => Disabled
          end
      | None => Disabled
      end
  | ArcNotify => Done (Arc m lv ((Note, Flying (cur (views m t))) :: p))
  | ArcClientFence acquire =>
      Done (Arc (if acquire then fence_acquire t m else fence_release t m) lv p)
  end.

Definition arc_trace := list (thread * arc_action).

Fixpoint arc_run (o : arc_orderings) (tr : arc_trace) (σ : arc) : result arc :=
  match tr with
  | [] => Done σ
  | (t, a) :: tr => match arc_step o t a σ with Done σ => arc_run o tr σ | r => r end
  end.

Definition arc_racy (o : arc_orderings) : Prop := ∃ tr, arc_run o tr arc_new = Bad Race.
Definition arc_safe (o : arc_orderings) : Prop := ∀ tr f, arc_run o tr arc_new ≠ Bad f.

Record arc_required (o : arc_orderings) : Prop := ArcRequired {
  arc_drop_sub_releases : releases (arc_drop_sub o) = true;
  arc_last_drop_acquires : arc_drop_fence o = true ∨ acquires (arc_drop_sub o) = true;
  arc_get_mut_acquires : acquires (arc_get_mut o) = true;
}.

(** That the value is gone is noticed: in a state, which no execution reaches, where
the value has several owners, whatever accesses it after one has destroyed it goes wrong. *)
Lemma arc_use_after_destroy o :
  Forall (λ a,
      arc_run o [(0, ArcDestroy); (0, a)]
        (Arc (boot 1%nat) true
          [(Owned, At 0); (Owned, At 0); (Shared 0, At 0); (Unique 1, At 0)])
      = Bad Lifetime)
    [ArcRead (Shared 0); ArcWrite 1; ArcDestroy].
Proof.
  repeat (apply Forall_cons_2; [vm_compute; reflexivity|]). apply Forall_nil_2.
Qed.

(** ** Configurations *)

(** Today's standard library without [Weak], and [triomphe]. *)
Definition arc_today : arc_orderings := {|
  arc_clone := Relaxed; arc_drop_sub := Release; arc_drop_fence := true;
  arc_get_mut := Acquire |}.

(** The standard library until 2018 (rust-lang/rust#51780), without [Weak]: [get_mut]
reads the count relaxed. *)
Definition arc_before_2018 : arc_orderings := {|
  arc_clone := Relaxed; arc_drop_sub := Release; arc_drop_fence := true;
  arc_get_mut := Relaxed |}.

(** ** Necessity *)

(** Thread 1 gets a clone, reads, and drops it. *)
Definition arc_peer_drops : arc_trace :=
  [(0, ArcClone (Shared 0) 1); (0, ArcSend (Shared 1));
   (1, ArcReceive (Shared 1) 0); (1, ArcRead (Shared 1)); (1, ArcDrop 1)].

Definition arc_peer_drops_then_get_mut : arc_trace :=
  arc_peer_drops ++ [(0, ArcGetMut 0 0); (0, ArcWrite 0)].

Definition arc_peer_drops_then_last_drop : arc_trace :=
  arc_peer_drops ++ [(0, ArcDrop 0); (0, ArcFence); (0, ArcDestroy)].

Lemma arc_get_mut_acquire_needed o :
  acquires (arc_get_mut o) = false →
  arc_run o arc_peer_drops_then_get_mut arc_new = Bad Race.
Proof.
  destruct o as [cn ds df gm]; simpl. intros H.
  destruct gm; try discriminate; destruct cn, ds; vm_compute; reflexivity.
Qed.

Lemma arc_drop_sub_release_needed o :
  releases (arc_drop_sub o) = false →
  arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
Proof.
  destruct o as [cn ds df gm]; simpl. intros H.
  destruct ds; try discriminate; destruct cn, df; vm_compute; reflexivity.
Qed.

Lemma arc_last_drop_acquire_needed o :
  arc_drop_fence o || acquires (arc_drop_sub o) = false →
  arc_run o arc_peer_drops_then_last_drop arc_new = Bad Race.
Proof.
  destruct o as [cn ds df gm]; simpl. intros H.
  destruct ds, df; try discriminate; destruct cn; vm_compute; reflexivity.
Qed.

(** rust-lang/rust#51780: the peer's read, ordered before its drop's subtraction, is
not ordered before the write through [get_mut], whose load read what the subtraction
left. *)
Lemma arc_before_2018_races :
  arc_run arc_before_2018
    [(0, ArcClone (Shared 0) 1); (0, ArcSend (Shared 1));
     (1, ArcReceive (Shared 1) 0); (1, ArcRead (Shared 1)); (1, ArcDrop 1);
     (0, ArcGetMut 0 0); (0, ArcWrite 0)]
    arc_new = Bad Race.
Proof. vm_compute; reflexivity. Qed.

(** The same steps, today. *)
Lemma arc_today_executes :
  Forall (λ tr, ∃ σ, arc_run arc_today tr arc_new = Done σ)
    [arc_peer_drops_then_get_mut; arc_peer_drops_then_last_drop].
Proof.
  repeat (apply Forall_cons_2; [eexists; vm_compute; reflexivity|]). apply Forall_nil_2.
Qed.

Lemma arc_safe_required o : ¬ arc_racy o → arc_required o.
Proof.
  intros Hsafe.
  assert (Hcase : ∀ (b : bool) tr,
    (b = false → arc_run o tr arc_new = Bad Race) → b = true).
  { intros [] tr Htr; [done|]. destruct Hsafe. exists tr. auto. }
  split.
  - eapply Hcase, arc_drop_sub_release_needed.
  - apply orb_true_iff. eapply Hcase, arc_last_drop_acquire_needed.
  - eapply Hcase, arc_get_mut_acquire_needed.
Qed.
