(** * An exhaustive explorer

Clients as programs, and a search through all interleavings and all choices of messages
for an execution that goes wrong. It is for the comparison with loom ([loom_scenarios],
[explored]). That nothing goes wrong with the [required] orderings is a theorem and needs
no search.

What is found is an execution of the protocol that goes wrong ([explore_found]). That
nothing is found means that no run of the programs, in any order of their steps, goes wrong
([explore_complete]). *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine slot_protocol.
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
  | S fuel => scan (explore fuel o) o σ (choices 0 [] ps σ)
  end.

(** What is found is an execution that goes wrong. *)
Lemma explore_found fuel o ps σ f tr :
  explore fuel o ps σ = Found f tr → run o tr σ = Bad f.
Proof.
  revert ps σ f tr. induction fuel as [|fuel IH]; intros ps σ f tr; [done|].
  cbn [explore]. generalize (choices 0 [] ps σ). intros cs.
  induction cs as [|[[t a] ps'] cs IHcs]; [done|]. cbn [scan].
  destruct (step o t a σ) as [σ'|x|] eqn:Hstep; [|intros [= <- <-]|exact IHcs].
  - destruct (explore fuel o ps' σ') as [|x tr'|] eqn:Hex; [exact IHcs| |done].
    intros [= <- <-]. cbn [run]. rewrite Hstep. by eapply IH.
  - cbn [run]. by rewrite Hstep.
Qed.

(** ** All runs are searched

A run of programs: each step is one of the choices; it ends anywhere, or where it goes
wrong. *)
Inductive runs (o : orderings) : list prog → slot → option fault → Prop :=
  | RunEnds ps σ : runs o ps σ None
  | RunGoes t a ps ps' σ σ' r :
      In (t, a, ps') (choices 0 [] ps σ) → step o t a σ = Done σ' →
      runs o ps' σ' r → runs o ps σ r
  | RunFails t a ps ps' σ f :
      In (t, a, ps') (choices 0 [] ps σ) → step o t a σ = Bad f → runs o ps σ (Some f).

Lemma scan_nothing {g o σ cs t a ps} :
  scan g o σ cs = Nothing → In (t, a, ps) cs →
  match step o t a σ with Done σ' => g ps σ' = Nothing | Bad _ => False | Disabled => True end.
Proof.
  induction cs as [|[[u b] ps'] cs IH]; cbn [scan]; intros Hscan Hin; [done|].
  destruct Hin as [[= -> -> ->]|Hin].
  - destruct (step o t a σ) as [σ'| |]; [|done..]. by destruct (g ps σ').
  - apply IH; [|done]. destruct (step o u b σ) as [σ'| |]; [|done..]. by destruct (g ps' σ').
Qed.

(** Nothing is found: no run goes wrong. *)
Lemma explore_complete fuel o ps σ f :
  explore fuel o ps σ = Nothing → ¬ runs o ps σ (Some f).
Proof.
  revert ps σ. induction fuel as [|fuel IH]; intros ps σ Hex Hrun; [done|].
  cbn [explore] in Hex. inversion Hrun as [|t a ? ps' ? σ' ? Hin Hstep Hrest|t a ? ps' ? ? Hin Hstep];
    subst; pose proof (scan_nothing Hex Hin) as H; rewrite Hstep in H; [|done].
  by eapply IH.
Qed.
