(** * One house: handles with an index, and strong updates of it

The types of [Rc] handles and of page frames as in the refinement types of [refine/]: a
type has an index, and an operation is a strong reference to it: it has the index before
and after the call. The index of an [Rc] is the number of handles; the type of the only
handle of [UniqueRc] is another one. So "converted back only when the count is one" is a
rule whose left side is [Shared 1]; that with [Shared 2] is false ([no_other_rule]).

[strong e t t' r] says that [e] changes the type from [t] to [t'] and returns [r]. All
rules are about the sealed operations of [rc.v]:

- [share_rule], [give_back_rule], [count_rule] change or read the number;
- [into_unique_rule] needs the number 1; [into_unique_refused] says what happens with
  another one; [no_other_rule] that the rule is false for the number 2: there is a run
  that it excludes;
- [into_rc_rule] is the way back.

[house] is a closed program proved with the rules alone ([house_spec]); [house_safe] says
of its executions that none gets stuck and that no memory is left.

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023), on strong references. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp interp_correct.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

(** ** Types and strong updates *)
(** All handles of one block: so many of [Rc], or one of [UniqueRc]. *)
Inductive handles := Shared (n : positive) | Unique.

(** Values whose cell may change while they are shared. *)
Definition any_content (a wl : list val) : Prop := True.

Section rules.
  Context `{!rcGS Σ}.
  Let τ : type Σ := int_ty i32.
  Let N : namespace := nroot .@ "rc".
  Let SO : rc_shared_own rc_pool N any_content τ :=
    so_na rc_pool (rc_contentN N) (rc_content any_content τ).

  (** The handles of the block at [l], and the lease [t] that comes back at the end. *)
  Definition of_handles (l : loc) (t : Qp * nat) (h : handles) : iProp Σ :=
    na_own rc_pool ⊤ ∗ ∃ γ, ⌜rc_lease_of γ = t⌝ ∗
    match h with
    | Shared n => ∃ i, rc_own SO γ i l [] 1 n 0
    | Unique => ∃ wl, unique_rc_own SO γ l wl 1 0
    end.
  (** [e] changes the type, and returns [r]. *)
  Definition strong (l : loc) (t : Qp * nat) (e : expr) (h h' : handles) (r : val) : iProp Σ :=
    □ ∀ Φ, of_handles l t h -∗ ▷ (of_handles l t h' -∗ Φ r) -∗ WP e {{ Φ }}.

  Lemma share_rule l t n : ⊢ strong l t (rc_clone [ #l])%E (Shared n) (Shared (n + 1)) #l.
  Proof.
    iIntros "!>" (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    iApply "HΦ". iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  Lemma give_back_rule l t n :
    ⊢ strong l t (rc_drop 1 drop_nothing [ #l])%E (Shared (n + 1)) (Shared n) #☠.
  Proof.
    iIntros "!>" (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    wp_apply (rc_drop_keep_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    iApply "HΦ". iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  Lemma count_rule l t n : ⊢ strong l t (rc_strong_count [ #l])%E (Shared n) (Shared n) #(Z.pos n).
  Proof.
    iIntros "!>" (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl).
    iApply "HΦ". iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  (** Back to the only handle: the number is 1. *)
  Lemma into_unique_rule l t : ⊢ strong l t (rc_try_into_unique [ #l])%E (Shared 1) Unique #l.
  Proof.
    iIntros "!>" (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_try_into_unique_spec SO ⊤ with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros (v) "[Hna [(%γ' & %wl & (-> & _ & %Hγ') & Hu & _)|[[_ %] _]]]"; [|done].
    iApply "HΦ". iFrame "Hna". iExists γ'. iSplit; [by rewrite Hγ'|]. by iExists wl.
  Qed.
  (** With another number nothing changes, and the result is the null pointer. *)
  Lemma into_unique_refused l t n :
    n ≠ 1%positive → ⊢ strong l t (rc_try_into_unique [ #l])%E (Shared n) (Shared n) #0.
  Proof.
    iIntros (Hn) "!>". iIntros (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    wp_apply (rc_try_into_unique_other_spec SO ⊤ with "[$Hna $Hrc]"); [done|by left|]. iIntros "[Hna Hrc]".
    iApply "HΦ". iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  Lemma into_rc_rule l t : ⊢ strong l t (unique_rc_into_rc [ #l])%E Unique (Shared 1) #l.
  Proof.
    iIntros "!>" (Φ) "(Hna & %γ & %Ht & %wl & Hu) HΦ".
    wp_apply (unique_rc_into_rc_spec SO ⊤ _ _ _ [] with "[$Hna $Hu]"); [done..|]. iIntros (i) "[Hna Hrc]".
    iApply "HΦ". iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  (** A new handle, and the end of the last. *)
  Lemma new_rule (src : loc) (z : Z) q m :
    in_int_range i32 z →
    ⊢ ∀ Φ, na_own rc_pool ⊤ -∗ heap_lease q m -∗ src ↦∗ [ #z]%V -∗
      ▷ (∀ l, of_handles l (q, m) (Shared 1) -∗ src ↦∗ [ #z]%V -∗ Φ #l) -∗ WP rc_new 1 [ #src] {{ Φ }}.
  Proof.
    iIntros (Hz Φ) "Hna Hlease Hsrc HΦ".
    wp_apply (rc_new_spec SO src [ #z]%V [] with "[$Hlease $Hsrc]"); [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". iApply ("HΦ" with "[Hna Hrc]"); [|done].
    iFrame "Hna". iExists γ. iSplit; [done|]. by iExists i.
  Qed.
  Lemma end_rule l q m :
    ⊢ ∀ Φ, of_handles l (q, m) (Shared 1) -∗ ▷ (na_own rc_pool ⊤ -∗ heap_lease q m -∗ Φ #☠) -∗
      WP rc_drop 1 drop_nothing [ #l] {{ Φ }}.
  Proof.
    iIntros (Φ) "(Hna & %γ & %Ht & %i & Hrc) HΦ".
    iAssert (ty_drop_spec (na_own rc_pool ⊤) τ drop_nothing (ty_own τ)) as "#Hglue"; [iApply drop_nothing_spec|].
    iApply wp_fupd. wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & _)|[_ Hd]]]"; [exfalso; lia|].
    iMod (rc_dropped_own_whole SO ⊤ with "Hd Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim SO ⊤ with "Hlast Hna") as "[Hlease Hna]"; [done|]. rewrite Ht.
    iModIntro. iApply ("HΦ" with "Hna Hlease").
  Qed.
End rules.

(** ** A program, proved with the rules *)
Definition house : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  rc_clone ["x"];;
  let: "two" := rc_strong_count ["x"] in
  let: "no" := rc_try_into_unique ["x"] in
  rc_drop 1 drop_nothing ["x"];;
  let: "u" := rc_try_into_unique ["x"] in
  let: "y" := unique_rc_into_rc ["u"] in
  let: "one" := rc_strong_count ["y"] in
  rc_drop 1 drop_nothing ["y"];;
  Free #1 "cell";;
  if: "no" = #0 then "two" + "one" else #0.

Lemma house_spec `{!rcGS Σ} :
  na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP house {{ v, ⌜v = #3⌝ ∗ heap_lease 1 0 }}.
Proof.
  iIntros "Hna Hlease". rewrite /house.
  wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
  wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
  iEval (rewrite heap_lease_halves) in "Hlease". iDestruct "Hlease" as "[Hlease Hlease1]".
  wp_apply (new_rule with "Hna Hlease1 Hc"); [done|]. iIntros (l) "H Hc". wp_pures.
  wp_apply (share_rule with "H"). iIntros "H". wp_pures.
  wp_apply (count_rule with "H"). iIntros "H". wp_pures.
  wp_apply (into_unique_refused with "H"); [done|]. iIntros "H". wp_pures.
  wp_apply (give_back_rule _ _ 1 with "H"). iIntros "H". wp_pures.
  wp_apply (into_unique_rule with "H"). iIntros "H". wp_pures.
  wp_apply (into_rc_rule with "H"). iIntros "H". wp_pures.
  wp_apply (count_rule with "H"). iIntros "H". wp_pures.
  wp_apply (end_rule with "H"). iIntros "_ Hlease1".
  iDestruct (heap_lease_halves with "[$Hlease $Hlease1]") as "Hlease". wp_pures.
  wp_free with "Hlease". wp_pures. by iFrame "Hlease".
Qed.
Theorem house_safe : adequate NotStuck house ∅ (λ v σ, v = #3 ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros. apply house_spec. Qed.

(** ** The rule with another number is false *)
Definition taken_while_shared : expr :=
  let: "cell" := Alloc #1 in
  "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  rc_clone ["x"];;
  let: "u" := rc_try_into_unique ["x"] in
  "u" = #0.
Theorem no_other_rule :
  ¬ (∀ Σ `{!rcGS Σ} l t, ⊢ strong l t (rc_try_into_unique [ #l])%E (Shared 2) Unique #l).
Proof.
  intros Hrule.
  assert (main_value (run_program choice_reuse [] 5000 taken_while_shared) = Some #true%V) as Hrun
    by (vm_compute; reflexivity).
  eapply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v ≠ #true%V)) in Hrun; [|naive_solver].
  apply Hrun. clear Hrun. apply (rc_adequacy_untracked rc_stdΣ). iIntros (HΣ Huntracked) "Hna". rewrite /taken_while_shared.
  wp_alloc cell as "Hc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
  wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
  iDestruct (heap_lease_untracked 1 0) as "Hlease".
  wp_apply (new_rule with "Hna Hlease Hc"); [done|]. iIntros (l) "H Hc". wp_pures.
  wp_apply (share_rule with "H"). iIntros "H". wp_pures.
  wp_apply (Hrule with "H"). iIntros "H". wp_pures.
  iModIntro. iPureIntro. discriminate.
Qed.
