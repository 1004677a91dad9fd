(** * [Option<Rc<T>>], and destructors of recursive types

A handle or nothing: what a list has for its tail and a tree for its children. As in
Rust, [None] is the null pointer [#0].

The destructor of a recursive type calls itself. Inside of [rec: "drop" ["x"] := …] it
is not a value yet, but the name ["drop"]; so the drop is also given as a function of an
expression, [option_rc_drop_expr n "drop"]. Once the name stands for the destructor
[glue], and the function is evaluated, this is [option_rc_drop n glue].

The lemmas say which operation on the handle is reached; nothing here is about
ownership. Clients: [rc_list.v] and [rc_tree.v] in [theories/examples]. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.

Definition option_rc_clone : val :=
  λ: ["rc"], if: "rc" = #0 then #0 else rc_clone ["rc"].
Definition option_rc_drop_expr (n : nat) (drop_in_place : expr) : expr :=
  λ: ["rc"], if: "rc" = #0 then #☠ else (rc_drop_expr n drop_in_place) ["rc"].
Definition option_rc_drop (n : nat) (drop_in_place : val) : val :=
  λ: ["rc"], if: "rc" = #0 then #☠ else (rc_drop_expr n drop_in_place) ["rc"].

Section specs.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (glue v : val) (Φ : val → iProp Σ).

  Lemma rc_drop_expr_spec n glue v Φ :
    ▷ WP rc_drop n glue [v] {{ Φ }} -∗ WP (rc_drop_expr n glue) [Val v] {{ Φ }}.
  Proof. iIntros "H". wp_bind (rc_drop_expr _ _). wp_closure. iApply "H". Qed.

  Lemma option_rc_clone_none Φ :
    ▷ Φ #0 -∗ WP option_rc_clone [ #0 ] {{ Φ }}.
  Proof. iIntros "H". wp_rec. by wp_pures. Qed.
  Lemma option_rc_clone_some l Φ :
    ▷ WP rc_clone [ #l ] {{ Φ }} -∗ WP option_rc_clone [ #l ] {{ Φ }}.
  Proof. iIntros "H". wp_rec. wp_op. wp_if. iApply "H". Qed.

  Lemma option_rc_drop_none n glue Φ :
    ▷ Φ #☠ -∗ WP option_rc_drop n glue [ #0 ] {{ Φ }}.
  Proof. iIntros "H". wp_rec. by wp_pures. Qed.
  Lemma option_rc_drop_some n glue l Φ :
    ▷ WP rc_drop n glue [ #l ] {{ Φ }} -∗ WP option_rc_drop n glue [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. wp_op. wp_if. by iApply rc_drop_expr_spec.
  Qed.
End specs.
