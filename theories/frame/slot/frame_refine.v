(** * Page frames: what the programs do to the word

The programs of [frame_code.v] access a slot's word a few times, each time
atomically. This file says what each makes of the word, by the pure model
([model/slot_count.v]), and what it returns. Nothing is assumed of the word but that
it is one and, where the program checks it by a [debug_assert!], that it is neither
0 nor [slot_unused]; the proofs of the protocol take it from here.

The statements are in the form in which others may access the word at the same time:
[word_access E s φ next Ψ] gives the word for one atomic step, by opening whatever
has it, takes it back as [next w], and has [Ψ w] then. [word_retry] is the same for
a loop, which looks at the word many times and changes it at most once.

- [claim_unused_refines]: [slot_claim];
- [get_from_in_use_refines]: [slot_from_in_use]; where the model aborts, so does the
  program, and nothing is to be shown;
- [inc_ref_count_refines], [clone_by_cas_refines]: [slot_clone_count]. The first
  increments even where it aborts, the second does not;
- [dec_ref_count_refines]: [slot_drop_count];
- [try_from_shared_refines]: [slot_try_unique].

That is one access. What it does to the slot's state is in [slot_specs_sig.v], and that the
machine of the model ([frame_step]) goes through the same states, with the same answers, in
[slot_bridge_model.v]. For calls made one after the other, [slot_runs.v] has a simulation
with handles: the answers are those of [frame_run], by [op_call_spec]. Left to tests are the
values of the metadata, what is told of a drop, and forgotten shares: [rust/tally-oracle]
runs the programs and the machine side by side, on all short sequences of chosen operations
and on random ones. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.frame.slot Require Import frame_code.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** What the model's functions are *)
Definition slot_claim_next (w : Z) : Z :=
  match slot_claim w with None => slot_busy | Some _ => w end.
Definition slot_try_unique_next (w : Z) : Z :=
  if slot_try_unique w then slot_unique else w.

(** Was that the last share? *)
Definition slot_drop_last (w : Z) : bool :=
  match slot_drop_count w with DropLast => true | DropStored _ => false end.
Lemma slot_drop_is_last w : slot_drop_last w = bool_decide (w = 1%Z).
Proof.
  rewrite /slot_drop_last /slot_drop_count.
  case: (word_eqb_spec w 1)=> Hw.
  - by rewrite bool_decide_eq_true_2.
  - by rewrite bool_decide_eq_false_2.
Qed.

Section refine.
  Context `{!lrustGS Σ}.
  Implicit Types (s : loc) (w : Z) (E : coPset) (Φ : val → iProp Σ) (R : iProp Σ).

  Definition word_access E s (φ : Z → Prop) (next : Z → Z) (Ψ : Z → iProp Σ) : iProp Σ :=
    |={⊤,E}=> ∃ w, ⌜word_ok w ∧ φ w⌝ ∗ ▷ s ↦ #w ∗
      ▷ (s ↦ #(next w) ={E,⊤}=∗ Ψ w).

  Definition word_retry E s R (Ψ : Z → iProp Σ) : iProp Σ :=
    □ (R ={⊤,E}=∗ ∃ w, ⌜word_ok w⌝ ∗ ▷ s ↦ #w ∗
      ▷ ((s ↦ #w ={E,⊤}=∗ R) ∧ Ψ w)).

  Definition word_any (w : Z) : Prop := True.
  (** What the assertions of the original check. *)
  Definition word_live (w : Z) : Prop := w ≠ slot_busy ∧ w ≠ slot_unused.

  Local Lemma u64_wrap_succ w :
    word_ok w →
    bin_op_eval_pure (WrapOp u64 AddOp) w 1 = Some (LitInt (word_wrapping_add w 1)).
  Proof.
    intros Hw. rewrite /= /arith_eval_at decide_True //=.
    by rewrite /word_wrapping_add word_wrap_int_wrap.
  Qed.
  Local Lemma u64_wrap_pred w : int_wrap u64 (w + word_max) = word_wrapping_sub w 1.
  Proof.
    rewrite /word_wrapping_sub word_wrap_int_wrap -(int_wrap_add_modulus u64 (w - 1) 1).
    f_equal. change (int_modulus u64) with word_modulus. rewrite word_modulus_max. lia.
  Qed.

  Lemma debug_assert_spec E : 
    {{{ True }}} debug_assert [ #true ] @ E {{{ RET #☠; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. by iApply "HΦ". Qed.

  (** ** One access *)
  Lemma word_access_mono E s φ next (Ψ Ψ' : Z → iProp Σ) :
    word_access E s φ next Ψ -∗ ▷ (∀ w, Ψ w ={⊤}=∗ Ψ' w) -∗ word_access E s φ next Ψ'.
  Proof.
    iIntros "H HΨ". iMod "H" as (w) "(Hw & Hs & H)". iModIntro. iExists w.
    iFrame "Hw Hs". iIntros "!> Hs". iMod ("H" with "Hs") as "H". by iApply "HΨ".
  Qed.
  (** Less is known of the word. *)
  Lemma word_access_weaken E s (φ φ' : Z → Prop) next (Ψ : Z → iProp Σ) :
    (∀ w, φ w → φ' w) → word_access E s φ next Ψ -∗ word_access E s φ' next Ψ.
  Proof.
    iIntros (Hφ) "H". iMod "H" as (w) "([%Hw %Hφw] & H)". iModIntro. iExists w.
    iFrame "H". iPureIntro. auto.
  Qed.
  Lemma store_refines E s w' Φ :
    word_access E s word_any (λ _, w') (λ _, Φ #☠) -∗ WP #s <-ˢᶜ #w' {{ Φ }}.
  Proof.
    iIntros "H". iMod "H" as (w) "(_ & Hs & Hclose)". wp_write.
    by iMod ("Hclose" with "Hs").
  Qed.

  Lemma claim_unused_refines E s Φ :
    word_access E s word_any slot_claim_next (λ w, Φ #(status_code (slot_claim w))) -∗
    WP claim_unused [ #s ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. wp_bind (Cas _ _ _ _).
    iMod "H" as (w) "([%Hw _] & Hs & Hclose)". rewrite /slot_claim_next /slot_claim.
    wp_cas as Heq | Hne.
    - subst w. iMod ("Hclose" with "Hs") as "HΦ". iModIntro. by wp_pures.
    - destruct (word_eqb_spec w slot_unused); [done|].
      iMod ("Hclose" with "[Hs]") as "HΦ".
      { by repeat case_match. }
      iModIntro. wp_pures. rewrite bool_decide_eq_false_2 //. wp_pures.
      destruct (word_eqb_spec w slot_unique); [|destruct (word_eqb_spec w slot_busy)].
      + rewrite bool_decide_eq_true_2 //. by wp_pures.
      + rewrite bool_decide_eq_false_2 //. wp_pures.
        rewrite bool_decide_eq_true_2 //. by wp_pures.
      + rewrite bool_decide_eq_false_2 //. wp_pures.
        rewrite bool_decide_eq_false_2 //. by wp_pures.
  Qed.

  Lemma inc_ref_count_refines E s Φ :
    word_access E s word_live (λ w, word_wrapping_add w 1)
      (λ w, ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ Φ #☠) -∗
    WP inc_ref_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. wp_bind (Faa _ _ _).
    iMod "H" as (w) "([%Hw [%Hbusy %Hunused]] & Hs & Hclose)". wp_faa.
    rewrite -word_wrap_int_wrap. iMod ("Hclose" with "Hs") as "HΦ". iModIntro.
    wp_pures. rewrite bool_decide_eq_false_2 //. wp_pures.
    rewrite bool_decide_eq_false_2 //. wp_pures.
    wp_apply (debug_assert_spec with "[//]"). iIntros "_". wp_pures.
    case_bool_decide as Hmax; wp_pures; [wp_abort|].
    iModIntro. iApply "HΦ". rewrite /slot_clone_count.
    by destruct (word_leb_spec slot_max w).
  Qed.

  Lemma dec_ref_count_refines E s Φ :
    word_access E s word_live (λ w, word_wrapping_sub w 1)
      (λ w, ▷ Φ #(slot_drop_last w)) -∗
    WP dec_ref_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. wp_bind (Faa _ _ _).
    iMod "H" as (w) "([%Hw [%Hbusy %Hunused]] & Hs & Hclose)". wp_faa.
    rewrite u64_wrap_pred. iMod ("Hclose" with "Hs") as "HΦ". iModIntro.
    wp_pures. rewrite bool_decide_eq_false_2 //. wp_pures.
    rewrite bool_decide_eq_false_2 //. wp_pures.
    wp_apply (debug_assert_spec with "[//]"). iIntros "_". wp_pures.
    by rewrite slot_drop_is_last.
  Qed.

  Lemma try_from_shared_refines E s Φ :
    word_access E s word_any slot_try_unique_next
      (λ w, ▷ Φ #(slot_try_unique w)) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. wp_bind (Cas _ _ _ _).
    iMod "H" as (w) "([%Hw _] & Hs & Hclose)".
    rewrite /slot_try_unique_next /slot_try_unique.
    wp_cas as Heq | Hne.
    - subst w. iMod ("Hclose" with "Hs") as "HΦ". iModIntro. by wp_pures.
    - destruct (word_eqb_spec w 1); [done|].
      iMod ("Hclose" with "Hs") as "HΦ". iModIntro. by wp_pures.
  Qed.

  Lemma reference_count_refines E s Φ :
    word_access E s word_any (λ w, w) (λ w, Φ #w) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "H". wp_rec. iMod "H" as (w) "(_ & Hs & Hclose)". wp_read.
    by iMod ("Hclose" with "Hs").
  Qed.

  (** ** Loops *)
  Local Lemma cas_weak_succ E' s w w' (Φ : val → iProp Σ) :
    ▷ s ↦ #w -∗ ▷ (∀ b : bool, s ↦ (if b then #w' else #w) -∗ Φ #b) -∗
    WP Cas CasWeak #s #w #w' @ E' {{ Φ }}.
  Proof.
    iIntros "Hs HΦ". wp_apply (wp_cas_weak with "Hs").
    { by rewrite /cas_compare bool_decide_eq_true_2. }
    iIntros (b) "Hs". by iApply "HΦ".
  Qed.

  Lemma get_from_in_use_refines E s R Φ :
    word_retry E s R (λ w,
      match slot_from_in_use w with
      | FromInUseStored w' => s ↦ #w' ={E,⊤}=∗ Φ #0
      | FromInUseFailed e => s ↦ #w ={E,⊤}=∗ Φ #(error_code e)
      | FromInUseAborted => True
      end) -∗
    ▷ R -∗ WP get_from_in_use [ #s ] {{ Φ }}.
  Proof.
    iIntros "#H HR". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iMod ("H" with "HR") as (w) "(%Hw & Hs & Hclose)". wp_read.
    pose proof (u64_wrap_succ w Hw) as Hsucc.
    (** The first look decides where it does not find a count. *)
    destruct (slot_from_in_use w) as [w'| |e] eqn:Hacq.
    3: { iDestruct "Hclose" as "[_ Hclose]". iMod ("Hclose" with "Hs") as "HΦ". iModIntro.
      wp_pures. rewrite /slot_from_in_use in Hacq.
      destruct (word_eqb_spec w slot_unused); simplify_eq.
      { rewrite bool_decide_eq_true_2 //. by wp_pures. }
      rewrite bool_decide_eq_false_2 //. wp_pures.
      destruct (word_eqb_spec w slot_unique); simplify_eq.
      { rewrite bool_decide_eq_true_2 //. by wp_pures. }
      rewrite bool_decide_eq_false_2 //. wp_pures.
      destruct (word_eqb_spec w slot_busy); simplify_eq.
      { rewrite bool_decide_eq_true_2 //. by wp_pures. }
      by case_match. }
    all: iDestruct "Hclose" as "[Hclose _]"; iMod ("Hclose" with "Hs") as "HR"; iModIntro.
    all: rewrite /slot_from_in_use in Hacq.
    all: destruct (word_eqb_spec w slot_unused); simplify_eq.
    all: destruct (word_eqb_spec w slot_unique); simplify_eq.
    all: destruct (word_eqb_spec w slot_busy); simplify_eq.
    all: wp_pures; rewrite bool_decide_eq_false_2 //; wp_pures.
    all: rewrite bool_decide_eq_false_2 //; wp_pures.
    all: rewrite bool_decide_eq_false_2 //; wp_pures.
    all: destruct (word_leb_spec slot_max w); simplify_eq.
    2: { rewrite bool_decide_eq_true_2 //. wp_pures. wp_abort. }
    rewrite bool_decide_eq_false_2 //. wp_pures.
    wp_bind (Cas _ _ _ _). iMod ("H" with "HR") as (v) "(%Hv & Hs & Hclose)".
    destruct (decide (v = w)) as [->|Hne].
    - iApply (cas_weak_succ with "Hs"). iNext. iIntros ([]) "Hs".
      + iDestruct "Hclose" as "[_ Hclose]". rewrite /slot_from_in_use.
        destruct (word_eqb_spec w slot_unused); [done|].
        destruct (word_eqb_spec w slot_unique); [done|].
        destruct (word_eqb_spec w slot_busy); [done|].
        destruct (word_leb_spec slot_max w); [done|].
        iMod ("Hclose" with "Hs") as "HΦ". iModIntro. by wp_pures.
      + iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hs") as "HR".
        iModIntro. wp_pures. by iApply "IH".
    - wp_cas_fail. iDestruct "Hclose" as "[Hclose _]".
      iMod ("Hclose" with "Hs") as "HR". iModIntro. wp_pures. by iApply "IH".
  Qed.

  Lemma clone_by_cas_refines E s R Φ :
    word_retry E s R (λ w,
      ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ s ↦ #w' ={E,⊤}=∗ Φ #s) -∗
    ▷ R -∗ WP clone_by_cas [ #s ] {{ Φ }}.
  Proof.
    iIntros "#H HR". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iMod ("H" with "HR") as (w) "(%Hw & Hs & Hclose)". wp_read.
    pose proof (u64_wrap_succ w Hw) as Hsucc.
    iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hs") as "HR". iModIntro.
    wp_pures. case_bool_decide as Hmax; wp_pures; [wp_abort|].
    wp_bind (Cas _ _ _ _). iMod ("H" with "HR") as (v) "(%Hv & Hs & Hclose)".
    destruct (decide (v = w)) as [->|Hne].
    - iApply (cas_weak_succ with "Hs"). iNext. iIntros ([]) "Hs".
      + iDestruct "Hclose" as "[_ Hclose]".
        iMod ("Hclose" with "[%] Hs") as "HΦ".
        { rewrite /slot_clone_count. by destruct (word_leb_spec slot_max w). }
        iModIntro. by wp_pures.
      + iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hs") as "HR".
        iModIntro. wp_pures. by iApply "IH".
    - wp_cas_fail. iDestruct "Hclose" as "[Hclose _]".
      iMod ("Hclose" with "Hs") as "HR". iModIntro. wp_pures. by iApply "IH".
  Qed.
End refine.
