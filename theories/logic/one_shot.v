(** * One shot: a value that is chosen once

A ghost name [γ] stands for a choice that is made at most once.

- [one_shot_pending γ q]: the share [q] of the right to choose. While there is a share
  of it, nothing has been chosen;
- [one_shot_chosen γ a]: [a] has been chosen. This is persistent.

Whoever owns the whole right can choose ([one_shot_choose]). Everybody agrees on what was
chosen.

Key results: [one_shot_choose], [one_shot_chosen_agree], [one_shot_pending_chosen].

Source: the one-shot camera of Jung, Krebbers, Jourdan, Bizjak, Birkedal, Dreyer, JFP 2018,
with fractions of the right. *)
From iris.algebra Require Import agree csum frac.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

Class one_shotG Σ (A : Type) := OneShotG {
  one_shot_inG : inG Σ (csumR fracR (agreeR (leibnizO A)));
}.
Local Existing Instance one_shot_inG.
Definition one_shotΣ (A : Type) : gFunctors :=
  #[GFunctor (csumR fracR (agreeR (leibnizO A)))].
Global Instance subG_one_shotΣ {Σ A} : subG (one_shotΣ A) Σ → one_shotG Σ A.
Proof. solve_inG. Qed.

Section one_shot.
  Context {Σ} {A : Type} `{!one_shotG Σ A}.
  Implicit Types (γ : gname) (q : Qp) (a : A).

  Local Notation "'camera'" := (csumR fracR (agreeR (leibnizO A))).
  Definition one_shot_pending γ q : iProp Σ := own γ (Cinl q : camera).
  Definition one_shot_chosen γ a : iProp Σ := own γ (Cinr (to_agree (a : leibnizO A)) : camera).

  Global Instance one_shot_pending_timeless γ q : Timeless (one_shot_pending γ q).
  Proof. apply _. Qed.
  Global Instance one_shot_chosen_timeless γ a : Timeless (one_shot_chosen γ a).
  Proof. apply _. Qed.
  Global Instance one_shot_chosen_persistent γ a : Persistent (one_shot_chosen γ a).
  Proof. apply _. Qed.
  Global Instance one_shot_pending_fractional γ : Fractional (one_shot_pending γ).
  Proof. intros q q'. by rewrite /one_shot_pending -own_op -Cinl_op. Qed.

  Lemma one_shot_alloc : ⊢ |==> ∃ γ, one_shot_pending γ 1.
  Proof. by iApply own_alloc. Qed.
  Lemma one_shot_choose γ a : one_shot_pending γ 1 ==∗ one_shot_chosen γ a.
  Proof. iApply own_update. by apply cmra_update_exclusive. Qed.
  Lemma one_shot_chosen_agree γ a a' :
    one_shot_chosen γ a -∗ one_shot_chosen γ a' -∗ ⌜a = a'⌝.
  Proof.
    iIntros "H H'". iDestruct (own_valid_2 with "H H'") as %Hv. iPureIntro.
    rewrite -Cinr_op in Hv. by apply to_agree_op_inv_L in Hv.
  Qed.
  Lemma one_shot_pending_chosen γ q a :
    one_shot_pending γ q -∗ one_shot_chosen γ a -∗ False.
  Proof. iIntros "H H'". by iDestruct (own_valid_2 with "H H'") as %[]. Qed.
End one_shot.
Global Typeclasses Opaque one_shot_pending one_shot_chosen.
