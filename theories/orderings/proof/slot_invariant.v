(** * The invariant of the slot protocol

In words. At any time the slot is in one of three phases, told by the newest
message's value.

- _Unused_: nobody holds anything. The newest message knows of every access to the
  metadata there ever was, so whoever claims the slot with an acquiring
  compare-exchange comes after them all.
- _Shared_, the count being n ≥ 1: there are n shared handles, and references to
  them. Each holder, wherever it is, knows of the last write to the metadata, and
  so does the newest message, hence whoever gets a handle from the message alone.
  Each read is known to a holder that is still there or to the newest message: a
  holder that goes leaves what it knows in the message, by its releasing
  subtraction, and every later side effect is a read-modify-write and keeps it.
- _Owned_, the value being UNIQUE or busy: there is one owner (a unique handle, or
  an operation that builds or tears down), nobody else holds anything, and the owner
  knows of every access. A thread becomes the owner by taking 1 to UNIQUE with
  acquire, or by subtracting the last 1 and fencing; both read the newest message,
  so all that left through it comes before.

[known_by] says what a holder knows: the thread's view, or that which flies with
the handle; for a last drop that has not fenced yet, what the fence will give.

The invariant is apart from the machine: a pool of tokens, four clocks, and who
knows what. [slot_transitions] holds the transitions between phases in these terms. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.prelude Require Import options.

(** ** Tokens *)

(** How many shares and owners a token stands for, and whether it holds
anything. *)
Definition share (k : token) : nat := match k with Shared _ => 1 | _ => 0 end.
Definition owner (k : token) : nat :=
  match k with
  | Claimed | Built | Unique _ | Last | Owned | Dead | Probed _ => 1
  | Shared _ | Ref _ | Guess _ | Note | Weak => 0
  end.
Definition holds (k : token) : bool := match k with Guess _ | Note | Weak => false | _ => true end.

(** The handle that a token is. *)
Definition handle_of (k : token) : option handle :=
  match k with Shared h | Unique h => Some h | _ => None end.

(** Whether the metadata are there while a token is held. A uniqueness test by
load is not part of the sound protocols. *)
Definition token_live (k : token) (lv : bool) : Prop :=
  match k with
  | Claimed | Dead => lv = false
  | Probed _ => False
  | _ => lv = true
  end.

Definition word_shares (v : word) : nat := match v with COUNT n => n | _ => 0 end.
Definition word_owners (v : word) : nat :=
  match v with UNUSED => 0 | UNIQUE => 1 | COUNT 0 => 1 | COUNT (S _) => 0 end.
Definition word_live (v : word) (lv : bool) : Prop :=
  match v with UNUSED => lv = false | COUNT (S _) => lv = true | _ => True end.

Fixpoint total (f : token → nat) (p : list item) : nat :=
  match p with [] => 0 | (k, _) :: p => f k + total f p end.

(** ** The invariant

[v] and [L] are value and clock of the newest message; [W] and [R] the last writes
and reads; [kn] what the holders know. *)
Record inv (v : word) (L W R : clock) (lv : bool) (kn : item → clock) (p : list item) : Prop := {
  (* as many shares and owners as the word says *)
  inv_shares : total share p = word_shares v;
  inv_owners : total owner p = word_owners v;
  (* what is borrowed is there *)
  inv_refs h x : (Ref h, x) ∈ p → ∃ k y, (k, y) ∈ p ∧ handle_of k = Some h;
  (* holders know the last write *)
  inv_writes k x : (k, x) ∈ p → holds k = true → clk_le W (kn (k, x));
  inv_token_live k x : (k, x) ∈ p → holds k = true → token_live k lv;
  (* unless owned, the newest message knows the last write *)
  inv_word : word_owners v = 0 → clk_le W L;
  inv_word_live : word_live v lv;
  (* every read is known to the newest message, unless owned, or to a holder *)
  inv_reads u : (word_owners v = 0 ∧ clk R u ≤ clk L u) ∨
    ∃ k x, (k, x) ∈ p ∧ holds k = true ∧ clk R u ≤ clk (kn (k, x)) u;
}.
Global Arguments inv_shares {v L W R lv kn p}.
Global Arguments inv_owners {v L W R lv kn p}.
Global Arguments inv_refs {v L W R lv kn p}.
Global Arguments inv_writes {v L W R lv kn p}.
Global Arguments inv_token_live {v L W R lv kn p}.
Global Arguments inv_word {v L W R lv kn p}.
Global Arguments inv_word_live {v L W R lv kn p}.
Global Arguments inv_reads {v L W R lv kn p}.

(** [fence]: whether the last drop is going to fence. *)
Definition known_by {A} (fence : bool) (m : machine A) (x : item) : clock :=
  match x with
  | (Last, At t) =>
      if fence then clk_join (cur_clock m t) (acq_clock m t) else cur_clock m t
  | (_, At t) => cur_clock m t
  | (_, Flying V) => known V
  end.

Definition good (o : orderings) (σ : slot) : Prop :=
  inv (last_value (mem σ)) (word_clock (mem σ)) (writes (mem σ)) (reads (mem σ)) (live σ)
    (known_by (drop_fence o) (mem σ)) (pool σ).

(** ** What holders know *)
Section known.
  Context {A : Type} (fence : bool).
  Implicit Types (m : machine A).

  Lemma known_by_at m t k :
    k ≠ Last → known_by fence m (k, At t) = cur_clock m t.
  Proof. by destruct k. Qed.
  Lemma known_by_cur m t k : clk_le (cur_clock m t) (known_by fence m (k, At t)).
  Proof. destruct k; simpl; try apply clk_le_refl. destruct (fence); auto. Qed.

  Lemma known_by_mono m m' x :
    (∀ u, clk_le (cur_clock m u) (cur_clock m' u)) →
    (∀ u, clk_le (acq_clock m u) (acq_clock m' u)) →
    clk_le (known_by fence m x) (known_by fence m' x).
  Proof.
    intros Hc Ha. destruct x as [k [t|V]]; [|destruct k; apply clk_le_refl].
    destruct k; simpl; try apply Hc. destruct (fence); [|apply Hc].
    apply clk_join_le; eapply clk_le_trans; [apply Hc|auto|apply Ha|auto].
  Qed.
End known.

(** ** Pools *)
Lemma total_perm f p q : p ≡ₚ q → total f p = total f q.
Proof.
  induction 1 as [|[k x] p q _ IH|[k x] [l y] p|p q r _ IH1 _ IH2]; simpl; lia.
Qed.
Lemma total_zero f p k x : total f p = 0 → (k, x) ∈ p → f k = 0.
Proof.
  induction p as [|[l y] p IH]; simpl; intros H Hin; [by apply elem_of_nil in Hin|].
  apply elem_of_cons in Hin as [Heq|Hin]; [|apply IH; [lia|done]].
  injection Heq as -> _. lia.
Qed.
Lemma take_item_perm x p q : take_item x p = Some q → p ≡ₚ x :: q.
Proof.
  revert q. induction p as [|y p IH]; intros q; simpl; [done|].
  case_bool_decide as Hx.
  - intros [= ->]. by subst.
  - destruct (take_item x p) as [r|]; [|done]. simpl. intros [= <-].
    rewrite (IH r); [|done]. apply Permutation_swap.
Qed.

Definition no_refs (h : handle) (p : list item) : Prop := ∀ x, (Ref h, x) ∉ p.

Lemma unborrowed_no_refs h p : unborrowed h p = true → no_refs h p.
Proof.
  unfold unborrowed. intros H x Hin. induction p as [|y p IH]; simpl in *.
  - by apply elem_of_nil in Hin.
  - apply andb_true_iff in H as [H1 H2].
    apply elem_of_cons in Hin as [Heq|Hin]; [|by apply IH].
    subst y. simpl in H1. by rewrite bool_decide_eq_true_2 in H1.
Qed.
Lemma no_refs_perm h p q y : p ≡ₚ y :: q → no_refs h p → no_refs h q.
Proof. intros Hp H x Hin. apply (H x). rewrite Hp. by apply elem_of_cons; right. Qed.
