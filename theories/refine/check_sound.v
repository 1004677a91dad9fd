(** * An accepted program satisfies its signatures

[check_sound]: if [check_program] accepts, each function that has a certificate has the
meaning of its signature ([fn_spec]): called with arguments that satisfy what is
demanded, it never gets stuck, and where it ends the promises hold. Functions may call
each other and themselves: the proof is an induction over steps of execution. So nothing
is said about termination.

It is about the program that [block_compile.v] makes of the MIR. A function unwinds only
in a mode that allows it. In the strict mode nothing unwinds, so no assertion fails whose
failure unwinds. A failure that aborts diverges here, and [fn_spec] is silent about it; the
checker demands its condition all the same. Nor is it said that memory is given back.

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023). *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Export check.
From tally.refine.proof Require Import term_sound fn_sound.
From tally.prelude Require Import options.

(** Each function of an accepted program that has a certificate satisfies its signature. *)
Theorem check_sound `{!lrustGS Σ, !UntrackedHeap Σ} m p insts fs f c u :
  check_program m p insts fs = Ok u → fs !! f = Some (Some c) →
  ⊢ fn_spec (unwinds m) [table p [] insts] (instance_fn p [] insts (IFn f [])) (cf_sig c).
Proof.
  rewrite /check_program. iIntros (Hfs). iLöb as "IH" forall (f c). iIntros (Hf).
  destruct (check_fns_ok p insts m (sigs_of fs) 0 fs u f c Hfs Hf) as [x Hx].
  iApply (check_fn_ok p insts m (sigs_of fs) f c x Hx). iIntros "!>" (f' s' Hs').
  rewrite /sigs_of in Hs'. destruct (fs !! f') as [[c'|]|] eqn:Hf'; try done. injection Hs' as <-.
  by iApply "IH".
Qed.
