(** * A refuted signature is false, and no certificate for it is accepted

[check_refute_sound]: if [check_refute] ([refute.v]) accepts a witness, the compiled
function does not have the signature ([fn_spec]).

[check_refute_never]: so no program with this function and this signature is accepted by
the checker, whatever the certificates are.

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023). *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation proofmode adequacy interp interp_correct.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Export refute check_sound.
From tally.refine.proof Require Import refute_wp.
From tally.prelude Require Import options.

Lemma params_okb ρ ps :
  forallb (param_okb ρ) ps = true →
  Forall (λ q, match q with PVal k x | PMut k x _ | PShr k x => kind_ok k (ρ x) end) ps.
Proof.
  intros H. apply Forall_forall. intros q Hq.
  rewrite forallb_forall in H. specialize (H q). rewrite -elem_of_In in H. specialize (H Hq).
  assert (∀ k z, kind_okb k z = true → kind_ok k z) as Hk.
  { intros [t|] z; cbn; [|done]. rewrite andb_true_iff !Z.leb_le. by intros [??]. }
  destruct q; by apply Hk.
Qed.
Lemma holds_all ρ fs : forallb (holds_at ρ) fs = true → Forall (evf ρ) fs.
Proof.
  intros H. apply Forall_forall. intros f Hf. rewrite forallb_forall in H.
  specialize (H f). rewrite -elem_of_In in H. by apply bool_decide_eq_true in H.
Qed.

(** What the witness says of the outcome is what the promises are about. *)
Lemma honest_agree s ρ ρ' :
  (∀ x, x ∉ outs s → ρ' x = ρ x) → Forall (same_param ρ ρ') (s_params s) → same_result ρ ρ' (s_result s) →
  agree_but (bool_outs s) ρ ρ'.
Proof.
  intros Hout Hp Hr x. destruct (decide (x ∈ outs s)) as [Hx|Hx]; [|left; by rewrite Hout].
  assert (∀ k, same_content k (ρ' x) (ρ x) → (k = KBool → x ∈ bool_outs s) →
    ρ x = ρ' x ∨ mem x (bool_outs s) = true ∧ (ρ x = 0%Z ↔ ρ' x = 0%Z)) as Hk.
  { intros [t|] Hs Hb; [left; by apply same_int in Hs|]. right. rewrite mem_elem. split; [by apply Hb|].
    apply same_bool in Hs. naive_solver. }
  rewrite /outs elem_of_app in Hx. destruct Hx as [Hx|Hx].
  - rewrite elem_of_In in_flat_map in Hx. destruct Hx as (q & Hq & Hx). rewrite -elem_of_In in Hq. rewrite Forall_forall in Hp.
    specialize (Hp q Hq). destruct q as [|k y z|]; try done. destruct Hx as [->|[]].
    apply (Hk k); [exact Hp|]. intros ->. rewrite /bool_outs elem_of_app. left.
    rewrite elem_of_In in_flat_map. exists (PMut KBool y x). rewrite -elem_of_In. split; [done|by left].
  - destruct (s_result s) as [k r|] eqn:Hs; [|by apply elem_of_nil in Hx].
    apply elem_of_singleton_list in Hx as ->. apply (Hk k); [exact Hr|]. intros ->.
    rewrite /bool_outs elem_of_app Hs. right. by apply elem_of_singleton_list.
Qed.

(** Each function that has the signature passes. *)
Lemma check_refute_adequate m p insts f s w fuel :
  check_refute m p insts f s w fuel = true →
  ¬ adequate NotStuck (refutation (vars_of w) [table p [] insts] (instance_fn p [] insts (IFn f [])) s) ∅
      (λ v _, honest_end (unwinds m) s (vars_of w) v).
Proof.
  rewrite /check_refute !andb_true_iff. intros [_ Hend] Had. revert Hend.
  rewrite /refuting_end /witness_run. set (e := refutation _ _ _ _) in *.
  destruct (run_status_of (run_program choice_reuse [] fuel e)) as [|i reason| |] eqn:Hst;
    [|intros _; by eapply run_program_stuck_not_adequate|..].
  all: destruct (main_value (run_program choice_reuse [] fuel e)) as [v|] eqn:Hv; [|done].
  all: pose proof (run_program_value_adequate choice_reuse [] fuel e NotStuck _ v Hv Had) as Hh; cbn in Hh.
  all: destruct Hh as [->|[[-> (ρ' & Hout & Hp & Hr & He)]|[-> Hu]]]; [done|..|by rewrite Hu].
  all: rewrite /broken existsb_exists; intros (g & Hg & [Hplain Hfalse]%andb_true_iff).
  all: apply negb_true_iff, bool_decide_eq_false in Hfalse; apply Hfalse.
  all: apply (evf_plain (bool_outs s) _ ρ'); [by apply honest_agree|done|].
  all: rewrite Forall_forall in He; by apply He, elem_of_In.
Qed.

(** A refuted function does not have its signature. *)
Theorem check_refute_sound m p insts f s w fuel :
  check_refute m p insts f s w fuel = true →
  ¬ (∀ Σ `{!lrustGS Σ, !UntrackedHeap Σ},
      ⊢ fn_spec (unwinds m) [table p [] insts] (instance_fn p [] insts (IFn f [])) s).
Proof.
  intros Hw Hspec. apply (check_refute_adequate m p insts f s w fuel Hw). apply (lrust_adequacy lrustΣ).
  intros HΣ Huntracked. rewrite /check_refute !andb_true_iff in Hw. destruct Hw as [[Hok Hreq] _].
  iApply wp_refutation; [by apply params_okb|by apply holds_all|]. iApply Hspec.
Qed.

(** No certificate for it is accepted. *)
Theorem check_refute_never m p insts fs f c u w fuel :
  check_refute m p insts f (cf_sig c) w fuel = true → fs !! f = Some (Some c) →
  check_program m p insts fs ≠ Ok u.
Proof.
  intros Hw Hf Hfs. apply (check_refute_sound m p insts f (cf_sig c) w fuel Hw). intros Σ ??.
  by apply (check_sound m p insts fs f c u).
Qed.
