(** * A weak-memory machine for one atomic word and the data it guards

The release/acquire/relaxed fragment of the C++20 memory model, which is Rust's,
for programs whose threads meet at one atomic word and at one piece of
non-atomic data. The machine is executable. What the memory model leaves open is
a parameter: which thread goes next, and which message a load reads.

A _message_ is one side effect on the word; the history of messages, newest
first, is the word's modification order. A message carries the _view_ that an
acquiring reader gets. A view says how far in the history one has seen, and, as
a vector clock, which non-atomic accesses of which thread happen before. Each
thread has three: [cur], what happens before its next action; [acq], what an
acquire fence would add; [rel], what happens before its last release fence.

Correspondence, by the names of the C++ standard's clauses:

- [intro.races] on modification order and the four coherence rules: [load] may
  read any message not older than the newest one in [cur]; [store] and [update]
  go at the end.
- [atomics.order], "read-modify-write operations shall always read the last
  value": [update] is given no choice. A failed compare-exchange is a [load] and
  may read an old message.
- [intro.races], release sequence: the message of [update] keeps the view of the
  message it replaces; that of [store] does not, whichever thread stores (C++20;
  before, a store by the releasing thread continued the sequence).
- [atomics.order], synchronizes with: [releases] puts [cur] into the message,
  [acquires] takes the message's view into [cur].
- [atomics.fences]: [fence_acquire] takes [acq] into [cur]; after
  [fence_release] also a relaxed store gives what [cur] was at the fence.
- [intro.races], data race: [na_read] and [na_write] fail unless each earlier
  conflicting access happens before.

Why one word. Steps run in an order that agrees with sequenced-before, with
synchronisation, with reads-from and with the modification order. For a single word
every execution has such an order: by coherence each of these leads from a message or
its readers to the same message or a later one, never back. (So there are no values
out of thin air either.) With two words the modification orders can contradict one
another, as in the outcome of "2+2W", which a machine that adds side effects at the
end would miss; unless, as with the second word of [arc_protocol], each side effect reads
the one before it. Other atomics of the program come in by the synchronisation that they
bring about, which is [learn]; where they bring about none, threads are not held up by
one another, which allows all the more.

Left out. Sequentially consistent operations: [SeqCst] is here no more than
[AcqRel], so what is proved safe is safe, and a race shown with relaxed, acquire and
release alone is a race. Consume; mixed sizes; the width of the word.

Source: the view machines of Kang, Hur, Lahav, Vafeiadis and Dreyer (POPL 2017)
without promises; vector clocks for races as in FastTrack (Flanagan and Freund,
PLDI 2009). *)
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.

(** ** Orderings *)
Inductive ordering := Relaxed | Acquire | Release | AcqRel.

(** No stronger here; see the header. *)
Definition SeqCst : ordering := AcqRel.

Definition acquires (o : ordering) : bool :=
  match o with Acquire | AcqRel => true | _ => false end.
Definition releases (o : ordering) : bool :=
  match o with Release | AcqRel => true | _ => false end.

(** ** Vector clocks

[clk c u] is the number of accesses of thread [u] that [c] knows of. *)
Definition thread := nat.
Definition clock := list nat.

Definition clk (c : clock) (u : thread) : nat := nth u c 0%nat.

Fixpoint clk_join (c d : clock) : clock :=
  match c, d with
  | [], _ => d
  | _, [] => c
  | x :: c, y :: d => Nat.max x y :: clk_join c d
  end.

(** [c] with [k] in the place of [u]. *)
Fixpoint clk_put (u : thread) (k : nat) (c : clock) : clock :=
  match u, c with
  | O, [] => [k]
  | O, _ :: c => k :: c
  | S u, [] => 0%nat :: clk_put u k []
  | S u, x :: c => x :: clk_put u k c
  end.

Definition clk_le (c d : clock) : Prop := ∀ u, (clk c u ≤ clk d u)%nat.

Fixpoint clk_leb (c d : clock) : bool :=
  match c, d with
  | [], _ => true
  | x :: c, [] => Nat.leb x 0 && clk_leb c []
  | x :: c, y :: d => Nat.leb x y && clk_leb c d
  end.

(** ** Views, messages, threads *)

(** [seen] counts messages from the oldest, which is 0. *)
Record view := View { seen : nat; known : clock }.

Definition view_bot : view := View 0 [].
Definition view_join (V U : view) : view :=
  View (Nat.max (seen V) (seen U)) (clk_join (known V) (known U)).

Global Instance view_eq_dec : EqDecision view.
Proof. solve_decision. Defined.

Record thread_view := ThreadView { cur : view; acq : view; rel : view }.

Definition thread_view_bot : thread_view := ThreadView view_bot view_bot view_bot.

Record message (A : Type) := Message { msg_value : A; msg_view : view }.
Global Arguments Message {A} _ _.
Global Arguments msg_value {A} _.
Global Arguments msg_view {A} _.

(** ** The machine

[writes] and [reads] hold, for each thread, when it last wrote and read the
data, on that thread's own clock. *)
Record machine (A : Type) := Machine {
  newest : message A;
  older : list (message A);
  views : thread → thread_view;
  writes : clock;
  reads : clock;
}.
Global Arguments Machine {A} _ _ _ _ _.
Global Arguments newest {A} _.
Global Arguments older {A} _.
Global Arguments views {A} _ _.
Global Arguments writes {A} _.
Global Arguments reads {A} _.

Section machine.
  Context {A : Type}.
  Implicit Types (m : machine A) (t u : thread) (o : ordering) (v : A).

  (** Initialisation happens before everything. *)
  Definition boot (v : A) : machine A :=
    Machine (Message v view_bot) [] (λ _, thread_view_bot) [] [].

  Definition last_value m : A := msg_value (newest m).

  Definition set_view t (T : thread_view) m : machine A :=
    Machine (newest m) (older m) (λ u, if Nat.eqb t u then T else views m u)
      (writes m) (reads m).

  (** What a thread knows after it has read, with ordering [o], the message [x]
  that is number [pos]. *)
  Definition after_read o (pos : nat) (x : message A) (T : thread_view) : thread_view :=
    let at_pos := View pos [] in
    let got := view_join at_pos (msg_view x) in
    ThreadView (view_join (cur T) (if acquires o then got else at_pos))
      (view_join (acq T) got) (rel T).

  (** What a side effect with ordering [o] gives to the message. *)
  Definition released o (T : thread_view) : view := if releases o then cur T else rel T.

  Definition push t (x : message A) (T : thread_view) m : machine A :=
    set_view t
      (ThreadView (view_join (cur T) (View (S (length (older m))) [])) (acq T) (rel T))
      (Machine x (newest m :: older m) (views m) (writes m) (reads m)).

  (** A load of the message of age [age], 0 being the newest. [None]: there is
  none, or coherence forbids it. *)
  Definition load o t (age : nat) m : option (A * machine A) :=
    match (newest m :: older m) !! age with
    | Some x =>
        let pos := (length (older m) - age)%nat in
        if Nat.leb (seen (cur (views m t))) pos then
          Some (msg_value x, set_view t (after_read o pos x (views m t)) m)
        else None
    | None => None
    end.

  Definition store o t v m : machine A :=
    let T := views m t in push t (Message v (released o T)) T m.

  (** A read-modify-write that replaces [last_value m] by [v]. *)
  Definition update o t v m : machine A :=
    let T := after_read o (length (older m)) (newest m) (views m t) in
    push t (Message v (view_join (msg_view (newest m)) (released o T))) T m.

  Definition fence_acquire t m : machine A :=
    let T := views m t in
    set_view t (ThreadView (view_join (cur T) (acq T)) (acq T) (rel T)) m.

  Definition fence_release t m : machine A :=
    let T := views m t in
    set_view t (ThreadView (cur T) (acq T) (view_join (rel T) (cur T))) m.

  (** The thread takes note of [V]: the receiving end of some synchronisation
  other than through the word. *)
  Definition learn t (V : view) m : machine A :=
    let T := views m t in
    set_view t (ThreadView (view_join (cur T) V) (acq T) (rel T)) m.

  (** The thread's clock advances with each of its accesses. *)
  Definition tick t m : machine A :=
    let T := views m t in
    let C := known (cur T) in
    set_view t (ThreadView (View (seen (cur T)) (clk_put t (S (clk C t)) C)) (acq T) (rel T)) m.

  (** A non-atomic read; [None] is a data race. *)
  Definition na_read t m : option (machine A) :=
    if clk_leb (writes m) (known (cur (views m t))) then
      let m := tick t m in
      let k := clk (known (cur (views m t))) t in
      Some (Machine (newest m) (older m) (views m) (writes m) (clk_put t k (reads m)))
    else None.

  (** A non-atomic write; [None] is a data race. *)
  Definition na_write t m : option (machine A) :=
    let C := known (cur (views m t)) in
    if clk_leb (writes m) C && clk_leb (reads m) C then
      let m := tick t m in
      let k := clk (known (cur (views m t))) t in
      Some (Machine (newest m) (older m) (views m) (clk_put t k (writes m)) (reads m))
    else None.

  (** Everything that a thread can do, as an event with its choices ([ELoad o age v]
  reads the message of age [age], and its value is [v]; [EUpdate o v w] finds [v]
  and leaves [w]), and as a relation. *)
  Inductive event :=
    | ELoad (o : ordering) (age : nat) (v : A) | EStore (o : ordering) (v : A)
    | EUpdate (o : ordering) (v w : A)
    | EFenceAcquire | EFenceRelease | ELearn (V : view) | ERead | EWrite.

  Inductive outcome := Next (m : machine A) | DataRace | Impossible.

  Definition perform `{!EqDecision A} t (e : event) m : outcome :=
    match e with
    | ELoad o age v =>
        match load o t age m with
        | Some (w, m') => if decide (v = w) then Next m' else Impossible
        | None => Impossible
        end
    | EStore o v => Next (store o t v m)
    | EUpdate o v w => if decide (v = last_value m) then Next (update o t w m) else Impossible
    | EFenceAcquire => Next (fence_acquire t m)
    | EFenceRelease => Next (fence_release t m)
    | ELearn V => Next (learn t V m)
    | ERead => match na_read t m with Some m' => Next m' | None => DataRace end
    | EWrite => match na_write t m with Some m' => Next m' | None => DataRace end
    end.

  Fixpoint perform_all `{!EqDecision A} (es : list (thread * event)) m : outcome :=
    match es with
    | [] => Next m
    | (t, e) :: es => match perform t e m with Next m' => perform_all es m' | r => r end
    end.

  Definition machine_step `{!EqDecision A} m m' : Prop := ∃ t e, perform t e m = Next m'.
End machine.
Global Arguments event : clear implicits.
Global Arguments outcome : clear implicits.
Global Arguments Next {A} _.
Global Arguments DataRace {A}.
Global Arguments Impossible {A}.
Global Arguments ELoad {A} _ _ _.
Global Arguments EStore {A} _ _.
Global Arguments EUpdate {A} _ _ _.
Global Arguments EFenceAcquire {A}.
Global Arguments EFenceRelease {A}.
Global Arguments ELearn {A} _.
Global Arguments ERead {A}.
Global Arguments EWrite {A}.
