(** * Access to a state, shared or not

A state [st : S], with what belongs to it, [I st], is in an invariant or is the client's
own. How one gets at it is a discipline of its own, and this is what the disciplines have in
common: [access E E' I Ev Back] is the right to take [I st] out, for some [st], with the
mask [E'] until it is put back, for whatever state it is then; [Back] comes out of that.
[Ev] is what the caller has to show, a handle say, and keeps.

- Atomic, [access_inv]: an ordinary invariant, the mask is smaller meanwhile, so that
  there is room for one atomic step;
- the thread token, [access_na]: the mask is the same before and after, so that there is
  room for any number of steps. A part of the token is out meanwhile, and is [Back];
- the client's own state, [access_own]: it is not shared at all.

[Tells] gives what the caller's resource implies about the state ([access_tells]), whatever
the discipline; that is [evidence.v]. *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.logic Require Export evidence.
From tally.prelude Require Import options.

Section access.
  Context `{!invGS_gen hlc Σ} {S : Type}.
  Implicit Types (I : S → iProp Σ) (P : S → Prop) (Ev Back : iProp Σ) (E F : coPset).

  Definition access E E' I Ev Back : iProp Σ :=
    Ev ={E,E'}=∗ ∃ st, Ev ∗ I st ∗ (∀ st', I st' ={E',E}=∗ Back).

  Lemma access_tells E E' I Ev Back P :
    Tells I Ev P →
    access E E' I Ev Back -∗ Ev ={E,E'}=∗
    ∃ st, ⌜P st⌝ ∗ Ev ∗ I st ∗ (∀ st', I st' ={E',E}=∗ Back).
  Proof.
    iIntros (HI) "Hacc HEv". iMod ("Hacc" with "HEv") as (st) "(HEv & HI & Hclose)".
    iDestruct (HI with "HI HEv") as %HP. iModIntro. iExists st. by iFrame.
  Qed.

  (** ** The disciplines *)
  Lemma access_inv `{!Inhabited S} E N I Ev :
    ↑N ⊆ E → (∀ st, Timeless (I st)) →
    inv N (∃ st, I st) -∗ access E (E ∖ ↑N) I Ev True.
  Proof.
    iIntros (HE HI) "#Hinv HEv". iMod (inv_acc with "Hinv") as "[H Hclose]"; [done|].
    iDestruct "H" as (st) ">HI". iModIntro. iExists st. iFrame "HEv HI".
    iIntros (st') "HI". iApply "Hclose". iNext. by iExists st'.
  Qed.
  Lemma access_na `{!na_invG Σ, !Inhabited S} p E F N I Ev :
    ↑N ⊆ E → ↑N ⊆ F → (∀ st, Timeless (I st)) →
    na_inv p N (∃ st, I st) -∗ na_own p F -∗
    access E E (λ st, I st ∗ na_own p (F ∖ ↑N))%I Ev (na_own p F).
  Proof.
    iIntros (HE HF HI) "#Hinv Hna HEv".
    iMod (na_inv_acc with "Hinv Hna") as "(H & Hna & Hclose)"; [done..|].
    iDestruct "H" as (st) ">HI". iModIntro. iExists st. iFrame "HEv HI Hna".
    iIntros (st') "[HI Hna]". iApply "Hclose". iFrame "Hna". iNext. by iExists st'.
  Qed.
  Lemma access_own E I Ev st : I st -∗ access E E I Ev (∃ st', I st').
  Proof.
    iIntros "HI HEv". iModIntro. iExists st. iFrame "HEv HI". iIntros (st') "HI !>". by iExists st'.
  Qed.
End access.
