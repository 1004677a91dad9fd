(** * A client of page frames without a lease

[plain_client] claims a frame, and if it gets it: looks it up and claims it again while
it has it uniquely (Unique, Unique); shares it; looks it up and claims it again (a share,
InUse); gives a share to another thread, which drops it; clones in all three ways, drops
three; tries to make the last share its own, and resets or drops it accordingly; looks
the frame up and claims it once more, and drops what it gets.

Without a lease nobody knows whether the claims succeed, or which drop is the last; the
client says that the answers in parentheses were so ([true]), or that it did not come
to them, as the first claim failed (2). [plain_client_adequate]: one of the two;
nothing is stuck and nothing races. In [plain_client_run] it is the first. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_plain number_dict.
From tally.examples Require Import expect frame_client frame_old_statements.
From tally.prelude Require Import options.

(** ** The program *)
Definition plain_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  if: get_from_unused 1 ["slot"; #0; "src"; #true] = #0 then
    expect (get_from_in_use ["slot"]) (error_code ErrUnique) (
    expect (get_from_unused 1 ["slot"; #0; "src"; #true]) (error_code ErrUnique) (
    frame_from_unique ["slot"];;
    expect (get_from_in_use ["slot"]) 0 (
    expect (get_from_unused 1 ["slot"; #0; "src"; #true]) (error_code ErrInUse) (
    Fork (number_drop ["slot"]);;
    frame_clone ["slot"];;
    inc_ref_count ["slot"];;
    clone_by_cas ["slot"];;
    reference_count ["slot"];;
    number_drop ["slot"];;
    number_drop ["slot"];;
    number_drop ["slot"];;
    (if: try_from_shared ["slot"] then reset_as_unused number_glues ["slot"]
     else number_drop ["slot"]);;
    (if: get_from_in_use ["slot"] = #0 then number_drop ["slot"] else #☠);;
    (if: get_from_unused 1 ["slot"; #0; "src"; #true] = #0
     then number_unique_drop ["slot"] else #☠);;
    expect (frame_start_paddr ["slot"]) 8192 #true))))
  else #2.

Lemma plain_client_run :
  main_value (run_program choice_reuse [] 3000 plain_client) = Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".

  Local Lemma plain_dealloc_spec (L : Qp → iProp Σ) pa :
    ⊢ dealloc_spec number_dict L pa no_dealloc (λ _ _ _, True).
  Proof. iIntros "!>" (i vl q Φ) "!> _ HΦ". wp_rec. iModIntro. by iApply "HΦ". Qed.
  Local Lemma own_42 : ⊢ meta_own number_dict 0 [ #42 ].
  Proof. apply number_own; [lia|done]. Qed.
  Local Lemma plain_number_drop_spec γ (s : loc) m :
    {{{ plain_slot number_dict N γ s 8192 ∗ shared_frame number_dict γ s m }}}
      number_drop [ #s ]
    {{{ RET #☠; True }}}.
  Proof using All.
    iIntros (Φ) "[#I Hh] HΦ". iApply (plain_drop_spec number_dict N with "[$I $Hh] HΦ").
    iSplit; [iApply number_dict_drop|iApply plain_dealloc_spec].
  Qed.

  (** A result that was expected, and what follows. *)
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).
  (** An error, which the program asks for. *)
  Local Ltac failed := wp_pures; try (rewrite bool_decide_eq_false_2; [wp_pures|done]).

  Lemma plain_client_spec : ⊢ WP plain_client {{ v, ⌜v = #true%V ∨ v = #2%V⌝ }}.
  Proof using All.
    rewrite /plain_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (plain_slot_alloc number_dict N ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3") as (γ) "[%Hγ #I]".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (plain_from_unused_spec number_dict N γ s 8192 0 src [ #42 ] true with "[$I $Hsrc]").
    { iApply own_42. }
    iIntros ([e|]) "[Hsrc Hh]"; [destruct e; failed; by iRight|]. wp_pures.
    wp_apply (plain_from_in_use_unique_spec number_dict N with "[$I $Hh]"). iIntros "Hh". seen.
    wp_apply (plain_from_unused_unique_spec number_dict N γ s 8192 0 src [ #42 ] true
      with "[$I $Hsrc $Hh]"); [iApply own_42|]. iIntros "(Hsrc & _ & Hh)". seen.
    wp_apply (plain_from_unique_spec number_dict N with "[$I $Hh]"). iIntros (γm) "Hh". wp_pures.
    wp_apply (plain_from_in_use_shared_spec number_dict N with "[$I $Hh]").
    iIntros "[Hh H2]". seen.
    wp_apply (plain_from_unused_shared_spec number_dict N γ s 8192 0 src [ #42 ] true
      with "[$I $Hsrc $Hh]"); [iApply own_42|]. iIntros "(Hsrc & _ & Hh)". seen.
    wp_apply (wp_fork with "[H2]").
    { iNext. by iApply (plain_number_drop_spec with "[$I $H2]"). }
    iIntros "_". wp_pures.
    wp_apply (plain_clone_spec number_dict N with "[$I $Hh $Hr]").
    iIntros "(Hh & H2 & Hr)". wp_pures.
    wp_apply (plain_inc_ref_count_spec number_dict N with "[$I $Hh $Hr]").
    iIntros "(Hh & H3 & _)".
    wp_pures. wp_apply (plain_clone_by_cas_spec number_dict N with "[$I $Hh]"). iIntros "[Hh H4]".
    wp_pures. wp_apply (plain_reference_count_spec number_dict N with "[$I $Hh]").
    iIntros (n) "[_ Hh]". wp_pures.
    wp_apply (plain_number_drop_spec with "[$I $H2]"). iIntros "_". wp_pures.
    wp_apply (plain_number_drop_spec with "[$I $H3]"). iIntros "_". wp_pures.
    wp_apply (plain_number_drop_spec with "[$I $H4]"). iIntros "_". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, True%I) with "[Hh]").
    { wp_apply (plain_try_from_shared_spec number_dict N with "[$I $Hh]").
      iIntros ([]) "Hh"; wp_pures.
      - iDestruct "Hh" as (vl) "[_ Hh]".
        iApply (plain_reset_as_unused_spec number_dict N
          with "[$I $Hh]"); [iApply number_dict_drop|].
        by iIntros "!> _".
      - by iApply (plain_number_drop_spec with "[$I $Hh]"). }
    iIntros (v) "_". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, True%I) with "[]").
    { wp_apply (plain_from_in_use_spec number_dict N with "I"). iIntros ([e|]) "Hh".
      - destruct e; by failed.
      - iDestruct "Hh" as (m) "Hh". wp_pures.
        by iApply (plain_number_drop_spec with "[$I $Hh]"). }
    iIntros (v') "_". wp_pures.
    wp_bind (Case _ _). iApply (wp_wand _ _ _ (λ _, True%I) with "[Hsrc]").
    { wp_apply (plain_from_unused_spec number_dict N γ s 8192 0 src [ #42 ] true
        with "[$I $Hsrc]").
      { iApply own_42. }
      iIntros ([e|]) "[Hsrc Hh]"; [destruct e; by failed|]. wp_pures.
      iApply (plain_unique_drop_spec number_dict N with "[$I $Hh]"); [|by iIntros "!> _"].
      iSplit; [iApply number_dict_drop|iApply plain_dealloc_spec]. }
    iIntros (v'') "_". wp_pures.
    wp_apply (plain_start_paddr_spec number_dict N with "I"). iIntros "_". seen.
    by iLeft.
  Qed.
End client.

Theorem plain_client_adequate :
  adequate NotStuck plain_client ∅ (λ v _, v = #true%V ∨ v = #2%V).
Proof.
  apply (lrust_adequacy frame_clientΣ). intros HΣ Huntracked. apply plain_client_spec.
Qed.
