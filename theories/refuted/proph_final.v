(** * What must not be assumed of a final value

The final value of a mutable reference is known when the reference ends. Rules that let one
know more of it before, or more than was promised, are unsound. Each of them was a fault of
a tool.

- [law_assume_final]: an invariant may be assumed of the final value, though it was not
  asked for when the reference was made. A reference to a value without the invariant is
  ended at once ([no_assume_final]). In the rule that holds the invariant is part of the
  content, and is asked for both on creation and when the content is put back
  ([mut_inv_borrow], [mut_inv_acc] of [borrow/mut_entry.v]).
- [law_no_content]: a reference is made of nothing ([no_no_content]).
- [law_early]: the final value is known to be the present one while the reference is still
  there. The reference is used after that ([no_early]). So a lender that reads the place
  of a two-phase borrow before it is activated must not be given its final value, and a call
  of a closure does not end the reference that the closure has captured.
- [law_keep_name]: a reborrow has the name of the reference, which is used again afterwards
  ([no_keep_name]): the first end would decide the second one. A reborrow for good may have
  it, since the old reference is gone ([mut_shorten]).
- [law_guess]: something is observed of the final value of each new reference, that depends
  on nothing but what is lent. Only what is true of all values can be ([guess_trivial],
  [no_guess]).
- [law_entry_same]: when one entry of several was lent, all of them are as before
  ([no_entry_same]). In the rule that holds it is the other entries ([mut_entry_lend]).

All are stated for references to any content, and refuted for the content [True], which is
free: what is wrong is what they say of values. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow.
From tally.refuted Require Import proph_causality.
From tally.prelude Require Import options.

Section laws.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Context (Φ : proph_type A → iProp Σ) {HΦ : ∀ a, Timeless (Φ a)}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (a b : proph_type A)
    (I : proph_type A → Prop).

  (** The final value satisfies [I], though the first value need not. *)
  Definition law_assume_final I : Prop := ∀ κ a,
    proph_ctx -∗ Φ a ={⊤}=∗
    ∃ i, mut_known Φ κ i a ∗ ([†κ] ={⊤}=∗ ∃ b, Φ b ∗ ⌜I b⌝ ∗ ⟨π, fin A i π = b⟩).
  (** A reference to a content that is not there. *)
  Definition law_no_content : Prop := ∀ κ a,
    proph_ctx ={⊤}=∗
    ∃ i, mut_known Φ κ i a ∗ ([†κ] ={⊤}=∗ ∃ b, Φ b ∗ ⟨π, fin A i π = b⟩).
  (** The present value is the final one, and the reference is still there. *)
  Definition law_early : Prop := ∀ κ q i a,
    proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={⊤}=∗
    ⟨π, fin A i π = a⟩ ∗ mut_known Φ κ i a ∗ q.[κ].
  (** A reborrow of the same name, and the reference back afterwards. *)
  Definition law_keep_name : Prop := ∀ κ κ' q i a,
    proph_ctx -∗ κ' ⊑ κ -∗ mut_known Φ κ i a -∗ q.[κ'] ={⊤}=∗
    mut_known Φ κ' i a ∗ q.[κ'] ∗ ([†κ'] ={⊤}=∗ ∃ b, mut_known Φ κ i b).
  (** The final value is known to satisfy [I] when the reference is made. *)
  Definition law_guess I : Prop := ∀ κ a,
    proph_ctx -∗ Φ a ={⊤}=∗ ∃ i, mut_known Φ κ i a ∗ ⟨π, I (fin A i π)⟩.
  (** One of two entries is lent, and both are as before. *)
  Definition law_entry_same : Prop := ∀ κ a a',
    proph_ctx -∗ Φ a -∗ Φ a' ={⊤}=∗
    ∃ i, mut_known Φ κ i a ∗ ([†κ] ={⊤}=∗ Φ a ∗ Φ a' ∗ ⟨π, fin A i π = a⟩).

  (** The first value, without the invariant, is the final one. *)
  Lemma assume_final_false I a :
    ¬ I a → law_assume_final I → proph_ctx -∗ Φ a ={⊤}=∗ False.
  Proof using Type.
    iIntros (HI Hlaw) "#Hctx H". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (Hlaw κ with "Hctx H") as (i) "[Hr Hback]".
    iMod (mut_known_drop with "Hctx Hr Hκ") as "[#Ha Hκ]"; [done..|].
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as (b) "(_ & %Hb & #Hb)".
    by iMod (proph_obs_agree with "Hctx Ha Hb") as %->.
  Qed.
  (** The content comes back, though it was never given. *)
  Lemma no_content_false a : law_no_content → proph_ctx ={⊤}=∗ ∃ b, Φ b.
  Proof using Type.
    iIntros (Hlaw) "#Hctx". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (Hlaw κ a with "Hctx") as (i) "[_ Hback]".
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as (b) "[H _]".
    by iExists b.
  Qed.
  (** The reference is used, and ends with another value. *)
  Lemma early_false a b :
    a ≠ b → (⊢ Φ b) → law_early → proph_ctx -∗ Φ a ={⊤}=∗ False.
  Proof using HΦ.
    iIntros (Hab HΦb Hlaw) "#Hctx H". iMod lft_create as (κ) "[Hκ _]".
    iMod (mut_known_borrow Φ _ κ with "Hctx H") as (i) "[Hr _]"; [done..|].
    iMod (Hlaw with "Hctx Hr Hκ") as "(#Ha & Hr & Hκ)".
    iMod (mut_known_take with "Hctx Hr Hκ") as "[_ Hgive]"; [done..|].
    iMod ("Hgive" $! b with "[]") as "[#Hb _]"; [iApply HΦb|].
    by iMod (proph_obs_agree with "Hctx Ha Hb") as %?.
  Qed.
  (** The reborrow ends with one value, the reference with another. *)
  Lemma keep_name_false a b :
    a ≠ b → (⊢ Φ b) → law_keep_name → proph_ctx -∗ Φ a ={⊤}=∗ False.
  Proof using HΦ.
    iIntros (Hab HΦb Hlaw) "#Hctx H". iMod lft_create as (κ) "[Hκ _]".
    iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (mut_known_borrow Φ _ κ with "Hctx H") as (i) "[Hr _]"; [done..|].
    iMod (Hlaw κ (κ' ⊓ κ) 1%Qp with "Hctx [] Hr [Hκ Hκ']") as "(Hr & Hκ & Hback)".
    { iApply lft_intersect_incl_r. }
    { rewrite lft_tok_sep. by iFrame. }
    iMod (mut_known_drop with "Hctx Hr Hκ") as "[#Ha Hκ]"; [done..|].
    rewrite lft_tok_sep. iDestruct "Hκ" as "[Hκ' Hκ]". iMod ("Hend'" with "Hκ'") as "#H†".
    iMod ("Hback" with "[]") as (c) "Hr"; [rewrite lft_dead_or; by iLeft|].
    iMod (mut_known_take with "Hctx Hr Hκ") as "[_ Hgive]"; [done..|].
    iMod ("Hgive" $! b with "[]") as "[#Hb _]"; [iApply HΦb|].
    by iMod (proph_obs_agree with "Hctx Ha Hb") as %?.
  Qed.
  (** What can be guessed of a new reference is true of every value. *)
  Lemma guess_trivial I a b :
    (⊢ Φ b) → law_guess I → proph_ctx -∗ Φ a ={⊤}=∗ ⌜I b⌝.
  Proof using HΦ.
    iIntros (HΦb Hlaw) "#Hctx H". iMod lft_create as (κ) "[Hκ _]".
    iMod (Hlaw κ with "Hctx H") as (i) "[Hr #HI]".
    iMod (mut_known_take with "Hctx Hr Hκ") as "[_ Hgive]"; [done..|].
    iMod ("Hgive" $! b with "[]") as "[#Hb _]"; [iApply HΦb|].
    iApply (proph_obs_pure with "Hctx"); [done|].
    iApply (proph_obs_mono_2 with "HI Hb"). by intros π HI <-.
  Qed.
  (** The entry that was lent is changed. *)
  Lemma entry_same_false a b :
    a ≠ b → (⊢ Φ a) → (⊢ Φ b) → law_entry_same → proph_ctx ={⊤}=∗ False.
  Proof using HΦ.
    iIntros (Hab HΦa HΦb Hlaw) "#Hctx". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (Hlaw κ a a with "Hctx [] []") as (i) "[Hr Hback]"; [iApply HΦa..|].
    iMod (mut_known_take with "Hctx Hr Hκ") as "[_ Hgive]"; [done..|].
    iMod ("Hgive" $! b with "[]") as "[#Hb Hκ]"; [iApply HΦb|].
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as "(_ & _ & #Ha)".
    by iMod (proph_obs_agree with "Hctx Ha Hb") as %?.
  Qed.
End laws.

(** ** None of them can be had *)
Section refuted.
  Context (C : Type) `{!ProphTypes C} (Σ : gFunctors).
  Context `{!invGpreS Σ, !prophGpreS C Σ, !lftG Σ} (A : C).
  Local Notation "'free'" := (λ _ : proph_type A, True%I : iProp Σ).

  (** The invariant of the final value is not for nothing. *)
  Theorem no_assume_final (I : proph_type A → Prop) (a : proph_type A) :
    ¬ I a → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_assume_final free I.
  Proof using All.
    intros HI. apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    by iApply (assume_final_false free I a HI Hlaw with "Hctx").
  Qed.
  (** Nor is the content. *)
  Theorem no_no_content :
    ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_no_content (λ _ : proph_type A, False%I : iProp Σ).
  Proof using All.
    apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    by iMod (no_content_false _ inhabitant Hlaw with "Hctx") as (b) "[]".
  Qed.
  (** The final value is not known before the reference has ended. *)
  Theorem no_early (a b : proph_type A) :
    a ≠ b → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_early free.
  Proof using All.
    intros Hab. apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    iApply (early_false free a b Hab with "Hctx"); [by iStartProof|done|done].
  Qed.
  (** A reference that is used again does not give its name away. *)
  Theorem no_keep_name (a b : proph_type A) :
    a ≠ b → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_keep_name free.
  Proof using All.
    intros Hab. apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    iApply (keep_name_false free a b Hab with "Hctx"); [by iStartProof|done|done].
  Qed.
  (** Nothing is known of it that is not true of all values. *)
  Theorem no_guess (I : proph_type A → Prop) (b : proph_type A) :
    ¬ I b → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_guess free I.
  Proof using All.
    intros HI. apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    iMod (guess_trivial free I b b with "Hctx []") as %?; [by iStartProof|done|done|done].
  Qed.
  (** The entry that was lent need not be as before. *)
  Theorem no_entry_same (a b : proph_type A) :
    a ≠ b → ¬ ∀ `{!invGS Σ, !prophGS C Σ}, law_entry_same free.
  Proof using All.
    intros Hab. apply (proph_law_refuted C Σ). iIntros (Hinv Hproph Hlaw) "#Hctx".
    iApply (entry_same_false free a b Hab with "Hctx"); [by iStartProof..|done].
  Qed.
End refuted.
