(** * What addresses do not say

Two references to values that have a size are to one place if their addresses are equal
([borrow/box.v]). Here are the limits.

- Zero-sized values: [law_address 0] says of them what [address_equal_spec] says of others.
  [zero_sized] compares two places whose permission is nothing. The answer may be yes though
  they are two ([zero_sized_equal]), and so the law cannot be had ([no_zero_address]).
- Over time: [reused] frees a block, allocates another one and compares the two addresses.
  Both answers are possible ([reused_both]): an address is not a name of a place, and
  "not equal" is as little to be had as "equal" ([address_not_injective]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.borrow Require Import box.
From tally.prelude Require Import options.

(** ** Zero-sized values *)

(** Two places at one time, of which none is kept. *)
Definition zero_sized : expr :=
  let: "x" := Alloc #1 in let: "y" := Alloc #1 in
  Free #1 "x";; Free #1 "y";;
  address_equal ["x"; "y"].
(** Of two places without memory the comparison may answer yes, though they are two. *)
Local Definition choice_equal (k : N) : choice :=
  Choice false (Some true) (λ _, Loc (N.succ_pos k) 0).
Lemma zero_sized_equal :
  main_value (run_program choice_equal [] 1000 zero_sized) = Some #true%V.
Proof. by vm_compute. Qed.

(** And the address of one such place may not be equal to itself. *)
Definition zero_sized_self : expr :=
  let: "x" := Alloc #1 in Free #1 "x";; address_equal ["x"; "x"].
Local Definition choice_unequal (k : N) : choice :=
  Choice false (Some false) (λ _, Loc (N.succ_pos k) 0).
Lemma zero_sized_unequal :
  main_value (run_program choice_unequal [] 1000 zero_sized_self) = Some #false%V.
Proof. by vm_compute. Qed.

Section law.
  Context `{!lrustGS Σ}.

  (** The answer is right, of values of [n] cells. *)
  Definition law_address (n : nat) : Prop := ∀ l1 l2 q1 q2 vl1 vl2,
    {{{ acc (cells_raw n) l1 q1 vl1 ∗ acc (cells_raw n) l2 q2 vl2 }}}
      address_equal [ #l1; #l2 ]
    {{{ RET #(bool_decide (l1 = l2)); True }}}.
  (** It is, if there are any. *)
  Lemma address_sized n : 0 < n → law_address n.
  Proof.
    iIntros (Hn l1 l2 q1 q2 vl1 vl2 Φ) "H HΦ".
    wp_apply (address_equal_spec (cells_raw n) (cells_raw n) with "H"); [done..|].
    iIntros "_". by iApply "HΦ".
  Qed.

  Local Lemma zero_sized_spec `{!UntrackedHeap Σ} :
    law_address 0 → ⊢ WP zero_sized {{ v, ⌜v = #false⌝ }}.
  Proof.
    iIntros (Hlaw). rewrite /zero_sized.
    wp_alloc x as "Hx" "Hx†". wp_pures. wp_alloc y as "Hy" "Hy†". wp_pures.
    iAssert ⌜x ≠ y⌝%I as %Hxy.
    { iIntros (->). rewrite !heap_pointsto_vec_singleton.
      iDestruct (heap_pointsto_valid_2 with "Hx Hy") as %[Hq _].
      by apply Qp.not_add_le_l in Hq. }
    wp_free. wp_pures. wp_free. wp_pures.
    wp_apply (Hlaw x y 1%Qp 1%Qp [] []).
    { iSplitL; iApply acc_nothing. }
    iIntros "_". by rewrite bool_decide_eq_false_2.
  Qed.
End law.

(** Two zero-sized values at two places may have one address. *)
Theorem no_zero_address : ¬ ∀ `{!lrustGS lrustΣ}, law_address 0.
Proof.
  intros Hlaw.
  apply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v = #false%V) _ zero_sized_equal);
    [done|].
  apply (lrust_adequacy lrustΣ). intros HΣ Huntracked. by apply zero_sized_spec.
Qed.

(** ** Over time *)
Definition reused : expr :=
  let: "x" := Alloc #1 in Free #1 "x";;
  let: "y" := Alloc #1 in
  let: "b" := address_equal ["x"; "y"] in
  Free #1 "y";; "b".
(** The block may be the same one, or another. *)
Lemma reused_both :
  main_value (run_program choice_reuse [] 1000 reused) = Some #true%V ∧
  main_value (run_program choice_fresh [] 1000 reused) = Some #false%V.
Proof. split; by vm_compute. Qed.
(** So neither answer can be relied on. *)
Theorem address_not_injective (b : bool) :
  ¬ adequate NotStuck reused ∅ (λ v _, v = #b%V).
Proof.
  destruct reused_both as [Htrue Hfalse]. destruct b.
  - by apply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v = #true%V) _ Hfalse).
  - by apply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v = #false%V) _ Htrue).
Qed.
