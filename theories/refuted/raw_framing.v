(** * An invariant that owns memory, under a shared reference

The note of [borrow/framing.v] has a program [bad] in which a function that is called pure
changes its value. Here is what must not be had.

- [framing_bad_stuck]: [bad] with [AccPtr::impure] fails its assertion, from 5, as in the
  note, and from 4. The invariant forbids 5 to begin with ([five_not_even]), so that the
  note's program is wrong before it calls [test].
- [no_shared_whole]: that a shared reference gives the whole permission of the invariant, for
  a while, cannot be had: there would be two of it.
- [no_impure]: [impure] does not meet the specification that [test] asks of it.
- [impure2_note_false]: whatever meets the specification that the note gives to [impure2]
  never returns. The post-condition says that the number has grown by 1, and the invariant
  says that it is even, before and after. With 2 it holds ([acc_ptr_impure2_spec]).
- [no_impure2_note]: so [impure2] of the note, corrected or not, does not meet it. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import framing.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** ** Executions *)

(** From 4, and from 5. *)
Lemma framing_bad_stuck :
  Forall (λ n, main_stuck (run_program choice_fresh [] 1000 (framing_main acc_ptr_impure n))
    = true) [4; 5]%Z.
Proof. repeat constructor; by vm_compute. Qed.
(** Nothing is true of the program. *)
Theorem framing_bad_refuted n φ :
  n ∈ [4; 5]%Z → ¬ adequate NotStuck (framing_main acc_ptr_impure n) ∅ φ.
Proof.
  intros Hn. eapply main_stuck_not_adequate.
  by apply (proj1 (Forall_forall _ _) framing_bad_stuck).
Qed.
(** The first value of the note is none that the invariant allows. *)
Lemma five_not_even : ¬ Z.Even 5.
Proof. intros [k Hk]. lia. Qed.

(** ** Laws *)
Section laws.
  Context `{!lrustGS Σ, !lftG Σ}.

  (** A shared reference gives the whole permission of the invariant. *)
  Definition law_shared_whole : Prop := ∀ κ r l q x,
    shr_ref κ acc_ptr_raw l q x -∗ r.[κ] ={⊤}=∗
    acc acc_ptr_raw l 1 x ∗ (acc acc_ptr_raw l 1 x ={⊤}=∗ r.[κ]).
  (** [impure2] of the note: the number is one more. *)
  Definition law_impure2 (impure2 : val) : Prop := ∀ l p n,
    {{{ acc acc_ptr_raw l 1 (p, n) }}}
      impure2 [ #l ]
    {{{ v, RET v; acc acc_ptr_raw l 1 (p, (n + 1)%Z) }}}.

  (** Two parts of the token would give the permission twice. *)
  Lemma shared_whole_false l p n :
    law_shared_whole → £ 1 -∗ acc acc_ptr_raw l 1 (p, n) ={⊤}=∗ False.
  Proof.
    iIntros (Hlaw) "H£ H". iMod lft_create as (κ) "[[Hκ Hκ'] _]".
    iMod (ptr_to_ref acc_ptr_raw _ κ with "H£ H") as "[#Hr _]"; [done|].
    iMod (Hlaw with "Hr Hκ") as "[H _]". iMod (Hlaw with "Hr Hκ'") as "[H' _]".
    iDestruct (acc_exclusive with "H H'") as "[]"; simpl; lia.
  Qed.
  (** Whatever has this specification never returns. *)
  Lemma impure2_note_false impure2 l p n :
    law_impure2 impure2 →
    {{{ acc acc_ptr_raw l 1 (p, n) }}} impure2 [ #l ] {{{ v, RET v; False }}}.
  Proof.
    iIntros (Hlaw Φ) "H HΦ". iDestruct (acc_ptr_even with "H") as %[k ->].
    wp_apply (Hlaw with "H"). iIntros (v) "H".
    iDestruct (acc_ptr_even with "H") as %[k' Hk']. lia.
  Qed.
End laws.

(** ** None of them can be had *)

(** Here an [AccPtr] is made, and [impure2] is called. *)
Definition impure2_main : expr :=
  let: "x" := Alloc #1 in
  "x" <- #4;;
  let: "y" := acc_ptr_new ["x"] in
  acc_ptr_impure2 ["y"];;
  acc_ptr_pure ["y"].
(** The program returns 6. *)
Lemma impure2_main_runs :
  main_value (run_program choice_fresh [] 1000 impure2_main) = Some #6%V.
Proof. by vm_compute. Qed.

Section refuted.
  Context (Σ : gFunctors) `{!lrustGpreS Σ, !lftG Σ}.

  (** It would let [False] be proved of a program that returns. *)
  Local Lemma impure2_main_refuted :
    ¬ (∀ `{!lrustGS Σ} l p n, £ 1 -∗ acc acc_ptr_raw l 1 (p, n) -∗
      WP acc_ptr_impure2 [ #l ] {{ _, False }}).
  Proof using All.
    intros Hfalse.
    apply (run_program_value_refutes _ _ _ _ NotStuck (λ _, False) _ impure2_main_runs);
      [by intros []|].
    apply (lrust_adequacy Σ). intros HΣ Huntracked. rewrite /impure2_main.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_apply (acc_ptr_new_spec x 4 with "Hx"); [by exists 2%Z|]. iIntros (y) "[Hy _]".
    wp_pures. wp_bind (acc_ptr_impure2 _).
    iApply (wp_wand with "[H£ Hy]"); [by iApply (Hfalse with "H£ Hy")|].
    by iIntros (v) "[]".
  Qed.

  (** A shared reference does not give the whole permission. *)
  Theorem no_shared_whole : ¬ ∀ `{!lrustGS Σ}, law_shared_whole (Σ:=Σ).
  Proof using All.
    intros Hlaw. apply impure2_main_refuted. iIntros (HΣ l p n) "H£ H".
    by iMod (shared_whole_false with "H£ H") as "[]".
  Qed.
  (** [impure], which writes through a shared reference. *)
  Theorem no_impure : ¬ ∀ `{!lrustGS Σ}, ⊢ impure_spec acc_ptr_raw acc_ptr_impure.
  Proof using All.
    intros Hlaw. apply (framing_bad_refuted 4 (λ v _, v = #4%V)); [by left|].
    apply (lrust_adequacy Σ). intros HΣ Huntracked.
    iApply framing_main_spec; [by exists 2%Z|]. iApply Hlaw.
  Qed.
  (** [impure2] does not add 1. *)
  Theorem no_impure2_note : ¬ ∀ `{!lrustGS Σ}, law_impure2 (Σ:=Σ) acc_ptr_impure2.
  Proof using All.
    intros Hlaw. apply impure2_main_refuted. iIntros (HΣ l p n) "_ H".
    iApply (impure2_note_false with "H"); [done|]. by iIntros "!>" (v).
  Qed.
End refuted.
