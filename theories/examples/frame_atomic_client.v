(** * A client of page frames that keeps the state of a slot itself

[atomic_client] has the slot of [frame_all_ops_client.v], and its proof the slot's state.
First it is alone, and each operation's result is computed from the state: Unused,
claimed, Unique, shared, InUse, cloned in both ways, 3 shares, not to be made unique, two
drops, made unique, dropped. Then a second thread looks the frame up by its address while
the main thread claims it, shared, and both drop what they got.

Now nobody knows the state. What both know is that it is never unique, as neither makes
it so: that is in an invariant of the client, and so the look-up and the claim never
answer Unique, which the program asserts. No handle and no lease could tell them that.

[atomic_client_adequate]: no assertion fails, nothing races, and the results were exact. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.bi.lib Require Import atomic.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr number_dict.
From tally.examples Require Import expect second_page frame_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition never_unique : val :=
  λ: ["status"], debug_assert [~ ("status" = #(error_code ErrUnique))].

Definition atomic_look_up : expr :=
  let: "r" := frame_from_in_use 1 ["base"; #8192; #4096] in
  never_unique ["r"];;
  if: "r" = #0 then number_drop ["slot"] else #☠.
Definition atomic_claim : expr :=
  let: "r" := frame_from_unused 1 ["base"; #8192; #4096; #0; "src"; #false] in
  never_unique ["r"];;
  if: "r" = #0 then number_drop ["slot"] else #☠.

Definition atomic_client : expr :=
  let: "base" := second_page [] in
  let: "slot" := "base" +ₗ #5 in
  let: "src" := Alloc #1 in
  "src" <- #42;;
  expect (get_from_in_use ["slot"]) (error_code ErrUnused) (
  expect (get_from_unused 1 ["slot"; #0; "src"; #true]) 0 (
  expect (frame_from_in_use 1 ["base"; #8192; #4096]) (error_code ErrUnique) (
  frame_from_unique ["slot"];;
  expect (frame_from_unused 1 ["base"; #8192; #4096; #0; "src"; #true])
    (error_code ErrInUse) (
  frame_clone ["slot"];;
  clone_by_cas ["slot"];;
  expect (reference_count ["slot"]) 3 (
  expect (try_from_shared ["slot"]) 0 (
  number_drop ["slot"];;
  number_drop ["slot"];;
  expect (try_from_shared ["slot"]) 1 (
  number_unique_drop ["slot"];;
  Fork atomic_look_up;;
  atomic_claim;;
  #true))))))).

Lemma atomic_client_run :
  main_value (run_program choice_reuse [] 3000 atomic_client) = Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nstate := nroot .@ "state".
  Implicit Types (γ : slot_names) (s base src : loc) (st : slot_state) (m : meta).
  Implicit Types (next : slot_state → slot_state) (Ψ : slot_state → iProp Σ).

  (** An update of the state that is in an invariant. *)
  Local Definition not_unique_inv γ : iProp Σ := ∃ st, slot_is γ st ∗ ⌜st ≠ SlotUnique⌝.
  Local Lemma slot_update_not_unique γ next Ψ :
    (∀ st, st ≠ SlotUnique → next st ≠ SlotUnique) →
    inv Nstate (not_unique_inv γ) -∗ (∀ st, ⌜st ≠ SlotUnique⌝ -∗ Ψ st) -∗
    slot_update N (slot_is γ) next Ψ.
  Proof.
    iIntros (Hnext) "#I HΨ". rewrite /slot_update. iAuIntro.
    iInv "I" as (st) ">[Hst %Hst]". iAaccIntro with "Hst".
    - iIntros "Hst !>". iFrame "HΨ". iExists st. by iFrame.
    - iIntros "Hst !>". iSplitL "Hst"; [|by iApply "HΨ"].
      iExists (next st). iFrame. iPureIntro. by apply Hnext.
  Qed.

  (** A drop where the state is not known. *)
  Local Lemma not_unique_drop γ s m :
    open_slot number_dict N γ s 4096 -∗ inv Nstate (not_unique_inv γ) -∗
    shared_frame number_dict γ s m -∗
    WP number_drop [ #s ] {{ v, ⌜v = #☠%V⌝ }}.
  Proof using All.
    iIntros "#I #Ist Hh".
    iApply (frame_drop_at number_dict N _ _ _ _ _ _ (slot_update N (slot_is γ) dropped_state
      (λ _, slot_update N (slot_is γ) vacated_state (λ _, True)))%I with "[] I Hh []").
    { iApply number_dict_drop. }
    { iApply (slot_update_not_unique with "Ist"); [by intros [| | |[]]|]. iIntros (st _).
      iApply (slot_update_not_unique with "Ist"); [by intros []|]. by iIntros (st' _). }
    iIntros "!>" (n _). destruct (sole_share _); [|by iIntros "_"].
    iIntros (vl _) "_ _". by wp_rec.
  Qed.

  Local Lemma atomic_look_up_safe γ base :
    let s := page_slot 1 base 4096 in
    open_slot number_dict N γ s 4096 -∗ inv Nstate (not_unique_inv γ) -∗
    WP let: "r" := frame_from_in_use 1 [ #base; #8192; #4096 ] in
       never_unique ["r"];;
       if: "r" = #0 then number_drop [ #s ] else #☠
    {{ v, ⌜v = #☠%V⌝ }}.
  Proof using All.
    iIntros (s) "#I #Ist".
    wp_apply (frame_from_in_use_at 1 base 8192%Z 4096%Z).
    iApply (get_from_in_use_at number_dict N _ _ _ _ (slot_update N (slot_is γ)
      from_in_use_state (λ st, ⌜st ≠ SlotUnique⌝))%I with "I []").
    { iApply (slot_update_not_unique with "Ist"); [by intros [| | |]|]. by iIntros (st ?). }
    iIntros "!>" (st _ Hst) "Hh". wp_pures.
    destruct st as [| | |n m]; [| |done|]; simpl; wp_rec; wp_pures; wp_rec; wp_pures.
    1-2: done.
    iDestruct "Hh" as "[_ Hh]".
    iApply (not_unique_drop with "I Ist Hh").
  Qed.

  Local Lemma atomic_claim_safe γ base src :
    let s := page_slot 1 base 4096 in
    open_slot number_dict N γ s 4096 -∗ inv Nstate (not_unique_inv γ) -∗ src ↦∗ [ #42 ] -∗
    WP let: "r" := frame_from_unused 1 [ #base; #8192; #4096; #0; #src; #false ] in
       never_unique ["r"];;
       if: "r" = #0 then number_drop [ #s ] else #☠
    {{ v, ⌜v = #☠%V⌝ }}.
  Proof using All.
    iIntros (s) "#I #Ist Hsrc".
    wp_apply (frame_from_unused_at 1 base src 8192%Z 4096%Z 0 false).
    iApply (get_from_unused_at number_dict N _ _ _ _ 0 src [ #42 ] false (slot_update N
      (slot_is γ) claimed_state (λ st, ⌜st ≠ SlotUnique⌝ ∗ ∀ γm, slot_update N (slot_is γ)
        (λ _, built_state false 0 [ #42 ] γm) (λ _, True)))%I with "I Hsrc [] []").
    { by iApply number_own; [lia|]. }
    { iApply (slot_update_not_unique with "Ist"); [by intros [| | |]|].
      iIntros (st Hst). iSplitR; [done|]. iIntros (γm).
      iApply (slot_update_not_unique with "Ist"); [done|]. by iIntros (st' _). }
    iIntros "!>" (st _) "_ H". destruct st as [| | |n m]; simpl.
    - iDestruct "H" as (γm) "[_ Hh]". wp_pures. wp_rec. wp_pures. wp_rec. wp_pures.
      iApply (not_unique_drop with "I Ist Hh").
    - wp_pures. wp_rec. wp_pures. wp_rec. by wp_pures.
    - by iDestruct "H" as "[[%Hst _] _]".
    - wp_pures. wp_rec. wp_pures. wp_rec. by wp_pures.
  Qed.

  Local Lemma open_second_page γr s :
    s ↦∗ [ #slot_unused; #☠; #☠; #4096; #☠ ]%V ={⊤}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot number_dict N γ s 4096 ∗ slot_is γ SlotUnused.
  Proof.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iIntros "(Hs & Hs1 & _ & Hs3 & Hs4 & _)".
    iApply (open_slot_alloc number_dict N ⊤ γr s 4096 with "Hs [Hs1 Hs4] Hs3").
    iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.

  (** A result that was expected, and what follows. *)
  Local Ltac seen := wp_pures; try (rewrite bool_decide_eq_true_2 //; wp_pures).

  Lemma atomic_client_spec : ⊢ WP atomic_client {{ v, ⌜v = #true%V⌝ }}.
  Proof using All.
    rewrite /atomic_client.
    wp_apply second_page_spec; [done|]. iIntros (base) "Hs". wp_pures.
    assert (base +ₗ 5 = page_slot 1 base 4096)%L as -> by done.
    set (s := page_slot 1 base 4096).
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (open_second_page γr s with "Hs") as (γ) "(%Hγ & #I & Hst)".
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_in_use_at number_dict N with "I Hst"). iIntros (st ->) "Hst _". seen.
    wp_apply (get_from_unused_at number_dict N _ γ s 4096%Z 0 src [ #42 ] true
      with "I Hsrc [] Hst"); [by iApply number_own; [lia|]|].
    iIntros (st ->) "Hsrc H". iDestruct "H" as (γm0) "[Hst Hh]". seen.
    wp_apply (frame_from_in_use_at 1 base 8192%Z 4096%Z).
    iApply (get_from_in_use_at number_dict N with "I Hst").
    iIntros "!>" (st ->) "Hst _". seen.
    wp_apply (frame_from_unique_at number_dict N with "I Hh Hst").
    iIntros (γm) "Hst Hh". wp_pures.
    wp_apply (frame_from_unused_at 1 base src 8192%Z 4096%Z 0 true).
    iApply (get_from_unused_at number_dict N _ γ s 4096%Z 0 src [ #42 ] true
      with "I Hsrc [] Hst"); [by iApply number_own; [lia|]|].
    iIntros "!>" (st ->) "Hsrc [Hst _]". seen.
    wp_apply (frame_clone_at number_dict N with "I Hh Hr Hst").
    iIntros (n [[_ [= ->]] _]) "Hst Hh H2 _". wp_pures.
    wp_apply (clone_by_cas_at number_dict N with "I Hh Hst").
    iIntros (n [[_ [= ->]] _]) "Hst Hh H3". wp_pures.
    wp_apply (reference_count_at number_dict N with "I Hh Hst").
    iIntros (n [[_ [= ->]] _]) "Hst Hh". seen.
    wp_apply (try_from_shared_at number_dict N with "I Hh Hst").
    iIntros (n [_ [= ->]]) "Hst Hh". seen.
    wp_apply (frame_drop_at number_dict N with "[] I H2 Hst"); [iApply number_dict_drop|].
    iIntros (n [_ [= ->]]) "Hst /=". wp_pures.
    wp_apply (frame_drop_at number_dict N with "[] I H3 Hst"); [iApply number_dict_drop|].
    iIntros (n [_ [= ->]]) "Hst /=". wp_pures.
    wp_apply (try_from_shared_at number_dict N with "I Hh Hst").
    iIntros (n [_ [= ->]]) "Hst (%vl & _ & Hh)". seen.
    wp_apply (unique_drop_at number_dict N with "[] I Hh Hst"); [iApply number_dict_drop|].
    iIntros "_ Hst". wp_rec. wp_pures.
    (** From here on nobody knows the state. *)
    iMod (inv_alloc Nstate _ (not_unique_inv γ) with "[Hst]") as "#Ist".
    { iNext. iExists _. by iFrame. }
    wp_apply wp_fork.
    { iApply wp_wand; [iApply (atomic_look_up_safe with "I Ist")|by iIntros]. }
    iIntros "_". wp_seq. wp_closure. wp_bind (App (Rec _ [BNamed "r"] _) _).
    iApply (wp_wand with "[Hsrc]"); [iApply (atomic_claim_safe with "I Ist Hsrc")|].
    iIntros (v) "_". by wp_pures.
  Qed.
End client.

Theorem atomic_client_adequate :
  adequate NotStuck atomic_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy frame_clientΣ). intros HΣ Huntracked. apply atomic_client_spec.
Qed.
