(** * Rules that give away the content of a reference, or a reference twice

A mutable reference can be cast to a raw pointer: the content is taken out, and the token
of the lifetime is the pledge, which is returned for the content ([mut_known_take]). So a
lifetime cannot end while its content is out.

- [law_cast] returns the token at once. Then the lifetime can be ended, the lender gets
  the content, and the holder of the pointer has it too: everything is owned twice
  ([cast_twice]). [cast_false] refutes the rule for each content that can be owned only
  once, where there is one. [no_cast] refutes it for all contents at once; for some, such
  as [True], it holds.
- [law_copy] copies a reference. The two copies write different values, and both observe
  theirs as the final one ([copy_false]). [no_copy] refutes copying even for the content
  [True].

The pointee is any assertion in the first, any type of two values in the second. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow.
From tally.refuted Require Import proph_causality.
From tally.prelude Require Import options.

Section laws.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Context (Φ : proph_type A → iProp Σ) {HΦ : ∀ a, Timeless (Φ a)}.

  (** The content of a reference, for nothing. *)
  Definition law_cast : Prop := ∀ κ q i a,
    proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={⊤}=∗ Φ a ∗ q.[κ].
  (** A reference twice. *)
  Definition law_copy : Prop := ∀ κ q i a,
    proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={⊤}=∗
    mut_known Φ κ i a ∗ mut_known Φ κ i a ∗ q.[κ].

  Lemma cast_twice a : law_cast → proph_ctx -∗ Φ a ={⊤}=∗ ∃ b, Φ a ∗ Φ b.
  Proof using HΦ.
    iIntros (Hlaw) "#Hctx HΦ". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow _ _ κ with "Hctx HΦ") as (i) "[Hr Hback]"; [done..|].
    iMod (Hlaw with "Hctx Hr Hκ") as "[HΦ Hκ]". iMod ("Hend" with "Hκ") as "H†".
    iMod ("Hback" with "H†") as (b) "[HΦ' _]". iModIntro. iExists b. iFrame.
  Qed.
  Lemma cast_false a :
    (∀ a b, Φ a -∗ Φ b -∗ False) → law_cast → proph_ctx -∗ Φ a ={⊤}=∗ False.
  Proof using HΦ.
    iIntros (Hexcl Hlaw) "#Hctx HΦ".
    iMod (cast_twice with "Hctx HΦ") as (b) "[Ha Hb]"; [done|].
    iApply (Hexcl with "Ha Hb").
  Qed.

  Lemma copy_false a b :
    a ≠ b → (⊢ Φ a) → (⊢ Φ b) → law_copy → proph_ctx ={⊤}=∗ False.
  Proof using HΦ.
    iIntros (Hab Ha Hb Hlaw) "#Hctx". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow Φ _ κ a with "Hctx []") as (i) "[Hr Hback]"; [done..|iApply Ha|].
    iMod (Hlaw with "Hctx Hr Hκ") as "(Hr & Hr' & Hκ)".
    iMod (mut_known_drop with "Hctx Hr Hκ") as "[#Hobs Hκ]"; [done..|].
    iMod (mut_known_take with "Hctx Hr' Hκ") as "[_ Hgive]"; [done..|].
    iMod ("Hgive" $! b with "[]") as "[#Hobs' _]"; [iApply Hb|].
    iMod (proph_obs_agree with "Hctx Hobs Hobs'") as %Heq; done.
  Qed.
End laws.

(** ** None of them can be had *)
Section refuted.
  Context (C : Type) `{!ProphTypes C} (Σ : gFunctors).
  Context `{!invGpreS Σ, !prophGpreS C Σ, !lftG Σ} (A : C).

  (** With the token of a prophecy as the content. *)
  Theorem no_cast :
    ¬ ∀ `{!invGS Σ, !prophGS C Σ} (Φ : proph_type A → iProp Σ),
      (∀ a, Timeless (Φ a)) → law_cast Φ.
  Proof using All.
    apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    iMod (proph_create ⊤ A with "Hctx") as (i) "Hi"; [done|].
    iApply (cast_false (λ _, proph_tok 1 (ProphVar A i)) inhabitant with "Hctx Hi").
    - iIntros (_ _) "H H'". iApply (proph_tok_exclusive with "H H'").
    - apply Hlaw. apply _.
  Qed.
  Theorem no_copy (a b : proph_type A) :
    a ≠ b → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_copy (Σ:=Σ) (λ _ : proph_type A, True%I).
  Proof using All.
    intros Hab. apply (proph_law_refuted C Σ). intros Hinv Hproph.
    apply (copy_false _ a b); [done|by iStartProof..].
  Qed.
End refuted.
