(** * What is proved by an update is true

[update_soundness]: a fact that can be reached by a fancy update from nothing is a fact.

Iris has theorems of this kind, and has stated them differently from version to version.
The adequacy theorem of programs is the same in all of them, so it is used here, for a
language with one program that does nothing. *)
From iris.base_logic.lib Require Import own invariants.
From iris.program_logic Require Import language weakestpre adequacy.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import options.

Local Definition idle_step (_ : unit) (_ : unit) (_ : list unit) (_ : unit) (_ : unit)
  (_ : list unit) : Prop := False.
Local Lemma idle_mixin : LanguageMixin (λ v : unit, v) Some idle_step.
Proof. split; [done|intros ?? [= ->]; done|intros ?????? []]. Qed.
Local Definition idle_lang : language := Language idle_mixin.

Lemma update_soundness Σ `{!invGpreS Σ} (φ : Prop) :
  (∀ `{!invGS Σ}, ⊢@{iPropI Σ} |={⊤}=> ⌜φ⌝) → φ.
Proof.
  intros Hφ.
  assert (adequate NotStuck (tt : expr idle_lang) (tt : state idle_lang) (λ _ _, φ))
    as Hadequate.
  { apply (wp_adequacy Σ idle_lang). iIntros (Hinv κs).
    iMod (Hφ Hinv) as %H. iModIntro. iExists (λ _ _, True%I), (λ _, True%I).
    iSplit; [done|]. by iApply (wp_value' _ _ _ (tt : val idle_lang)). }
  apply (adequate_result _ _ _ _ Hadequate [] tt tt). apply rtc_refl.
Qed.
