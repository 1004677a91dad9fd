(** * Access to a state, shared or not

A state [st : S], with what belongs to it, [I st], is in an invariant or is the client's
own. How one gets at it is a discipline of its own, and this is what the disciplines have in
common: [access E E' I Ev Back] is the right to take [I st] out, for some [st], with the
mask [E'] until it is put back, for whatever state it is then; [Back] comes out of that.
[Ev] is what the caller has to show, a handle say, and keeps. What [Ev] implies about the
state is known as long as the state is out ([access_tells]); type classes find what that is
([evidence.v]).

The instances:

- Rc, the thread token ([rc_counts_access], in [rc/proof/specs_counts.v] and, for clients,
  in [rc_access.v]): the mask is the same before and after, so there is room for any number
  of steps. The token is exchanged for the state ([access_token]), and is [Back];
- slots of page frames, an ordinary invariant ([slot_inv_access], in
  [frame/slot/proof/slot_inv.v]): the mask is smaller meanwhile, so there is room for one
  atomic step. The client's state is part of [I], and moves in the same step. *)
From iris.base_logic.lib Require Import fancy_updates.
From iris.proofmode Require Import proofmode.
From tally.logic Require Export evidence.
From tally.prelude Require Import options.

Section access.
  Context `{!invGS_gen hlc Σ} {S : Type}.
  Implicit Types (I : S → iProp Σ) (P : S → Prop) (Ev T Back : iProp Σ) (E : coPset).

  Definition access E E' I Ev Back : iProp Σ :=
    Ev ={E,E'}=∗ ∃ st, Ev ∗ I st ∗ (∀ st', I st' ={E',E}=∗ Back).

  (** What the caller shows tells which states are possible. *)
  Lemma access_tells E E' I Ev Back P :
    (∀ st, I st -∗ Ev -∗ ◇ ⌜P st⌝) →
    access E E' I Ev Back -∗ Ev ={E,E'}=∗
    ∃ st, ⌜P st⌝ ∗ Ev ∗ I st ∗ (∀ st', I st' ={E',E}=∗ Back).
  Proof.
    iIntros (HI) "Hacc HEv". iMod ("Hacc" with "HEv") as (st) "(HEv & HI & Hclose)".
    iAssert (◇ ⌜P st⌝)%I as "#>%HP"; [iApply (HI with "HI HEv")|].
    iModIntro. iExists st. by iFrame.
  Qed.
  Lemma access_mono E E' I Ev Back Back' :
    access E E' I Ev Back -∗ (Back -∗ Back') -∗ access E E' I Ev Back'.
  Proof.
    iIntros "Hacc HBack HEv". iMod ("Hacc" with "HEv") as (st) "(HEv & HI & Hclose)".
    iModIntro. iExists st. iFrame "HEv HI". iIntros (st') "HI".
    iMod ("Hclose" with "HI") as "H". iModIntro. by iApply "HBack".
  Qed.
  (** A token that can be exchanged for the state, and back, is access to it. *)
  Lemma access_token E I Ev T :
    (Ev -∗ T ={E}=∗ ∃ st, I st ∗ Ev) → (∀ st, I st ={E}=∗ T) → T -∗ access E E I Ev T.
  Proof.
    iIntros (Hopen Hclose) "HT HEv". iMod (Hopen with "HEv HT") as (st) "[HI HEv]".
    iModIntro. iExists st. iFrame "HEv HI". iIntros (st') "HI". iApply (Hclose with "HI").
  Qed.
End access.
