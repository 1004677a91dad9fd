(** * What a client has seen is what was expected

[expect e z rest]: [e] is the integer [z], and the [rest] holds; the client's answer is
[#false] otherwise. With the theorem that a client returns nothing but [#true] go the
numbers [z]: they are exact.

Other clients return a location if all was as expected, and a number otherwise:
[returned_loc] is for their runs. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.prelude Require Import options.

Definition expect (e : expr) (z : Z) (rest : expr) : expr :=
  if: e = #z then rest else #false.

Lemma expect_eq `{!lrustGS Σ} (z : Z) rest Φ :
  WP rest {{ Φ }} -∗ WP expect #z z rest {{ Φ }}.
Proof. iIntros "H". rewrite /expect. wp_op. rewrite bool_decide_eq_true_2 //. by wp_if. Qed.

(** The main thread has returned a location. *)
Definition returned_loc (o : outcome) : bool :=
  match main_value o with Some (LitV (LitLoc _)) => true | _ => false end.
