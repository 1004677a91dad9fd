(** * Runs of the programs are runs of the machine

For page frames, a simulation of the programs of [frame_code.v] by the machine of
[model/slot_model.v], handles included, one step at a time.

[frames_model base γr s γs] says that memory is in the state [s] of the machine: the slots,
in an array at [base] and with the names [γs], have the words of [s] and are in the states
that these stand for, and each live handle of [s] is owned. [op_call_spec]: the call of an
operation ([op_call]), if it returns, returns the answer that the machine gives
([op_answer]), and then memory is in the machine's next state. Where the machine aborts, the
call does not return.

So a program that makes the calls of any sequence of operations, one after the other, gets
the answers of [frame_run] as far as it comes: [slot_runs_client.v] is one. Metadata is a
number ([number_dict.v]), and its value is not compared. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word table rc_count slot_count slot_model slot_model_sig.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr number_dict.
From tally.frame.simulation Require Import slot_bridge_model.
From tally.frame.simulation Require Export slot_calls.
From tally.prelude Require Import options.

Section runs.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ} (N : namespace).
  Implicit Types (γ : slot_names) (γr : gname) (base src : loc) (i h : Z).
  Implicit Types (s : frame_state) (γs : list slot_names) (Φ : val → iProp Σ).

  Definition slot_loc base i : loc := base +ₗ (slot_cells 1 * i).
  Lemma slot_loc_page base i : page_slot 1 base (page_size * i) = slot_loc base i.
  Proof. by rewrite /page_slot /slot_loc (Z.mul_comm page_size) Z.quot_mul. Qed.
  Lemma page_aligned i : ((page_size * i) `rem` page_size = 0)%Z.
  Proof. rewrite Z.mul_comm. by apply Z.rem_mul. Qed.

  (** ** Memory in a state of the machine *)
  (** The slot is in the state that its word stands for. *)
  Definition slot_models base γr i (x : slot) γ : iProp Σ :=
    ∃ st, ⌜slot_word x = state_word st ∧ state_bounded st ∧ slot_pending_name γ = γr⌝ ∗
      open_slot number_dict N γ (slot_loc base i) (page_size * i) ∗ slot_is γ st.
  Definition handle_models base γs (z : option frame_handle) : iProp Σ :=
    match z with
    | Some (HoldsUnique i) => ∃ γ k vl, ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ⌝ ∗
        unique_frame number_dict γ (slot_loc base i) k vl
    | Some (HoldsShared i) => ∃ γ m, ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ⌝ ∗
        shared_frame number_dict γ (slot_loc base i) m
    | Some (HoldsBusy _) => False
    | None => True
    end.
  Definition frames_model base γr s γs : iProp Σ :=
    ([∗ list] k ↦ x;γ ∈ frame_slots s;γs, slot_models base γr k x γ) ∗
    ([∗ list] z ∈ frame_handles s, handle_models base γs z) ∗
    pending_incs γr 1.

  (** One slot. *)
  Lemma slots_acc base γr (slots : table slot) γs i x :
    tbl_get slots i = Some x →
    ([∗ list] k ↦ x;γ ∈ slots;γs, slot_models base γr k x γ) -∗
    ∃ γ, ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ⌝ ∗ slot_models base γr i x γ ∗
      (∀ y, slot_models base γr i y γ -∗
        [∗ list] k ↦ x;γ ∈ tbl_set slots i y;γs, slot_models base γr k x γ).
  Proof.
    iIntros ([Hi Hx]%tbl_get_lookup) "H".
    iDestruct (big_sepL2_length with "H") as %Hlen.
    destruct (lookup_lt_is_Some_2 γs (Z.to_nat i)) as [γ Hγ].
    { rewrite -Hlen. by apply lookup_lt_Some in Hx. }
    iDestruct (big_sepL2_insert_acc with "H") as "[Hx H]"; [done..|].
    rewrite Z2Nat.id //. iExists γ. iFrame "Hx". iSplitR; [done|]. iIntros (y) "Hy".
    iDestruct ("H" $! y γ with "Hy") as "H".
    by rewrite (list_insert_id _ _ _ Hγ) tbl_set_insert.
  Qed.
  Lemma slot_at_name base γr (slots : table slot) γs i γ :
    (0 ≤ i)%Z → γs !! Z.to_nat i = Some γ →
    ([∗ list] k ↦ x;γ ∈ slots;γs, slot_models base γr k x γ) -∗
    ∃ x, ⌜tbl_get slots i = Some x⌝.
  Proof.
    iIntros (Hi Hγ) "H". iDestruct (big_sepL2_length with "H") as %Hlen.
    destruct (lookup_lt_is_Some_2 slots (Z.to_nat i)) as [x Hx].
    { rewrite Hlen. by apply lookup_lt_Some in Hγ. }
    iExists x. iPureIntro. apply lookup_tbl_get in Hx. by rewrite Z2Nat.id in Hx.
  Qed.

  (** One handle. *)
  Lemma handles_acc base γs (hs : table (option frame_handle)) h z :
    tbl_get hs h = Some z →
    ([∗ list] z ∈ hs, handle_models base γs z) -∗
    handle_models base γs z ∗
    (∀ z', handle_models base γs z' -∗
      [∗ list] z ∈ tbl_set hs h z', handle_models base γs z).
  Proof.
    iIntros ([Hh Hz]%tbl_get_lookup) "H".
    iDestruct (big_sepL_insert_acc with "H") as "[$ H]"; [done|].
    iIntros (z') "Hz". rewrite tbl_set_insert //. by iApply "H".
  Qed.
  Lemma handles_push base γs (hs : table (option frame_handle)) z :
    ([∗ list] z ∈ hs, handle_models base γs z) -∗ handle_models base γs z -∗
    [∗ list] z ∈ tbl_push hs z, handle_models base γs z.
  Proof. iIntros "H Hz". rewrite /tbl_push big_sepL_app /=. by iFrame. Qed.

  (** The slot of a handle, and the handle. *)
  Lemma shared_handle_acc base γr s γs h i :
    handle_at s h = Some (HoldsShared i) →
    ([∗ list] k ↦ x;γ ∈ frame_slots s;γs, slot_models base γr k x γ) -∗
    ([∗ list] z ∈ frame_handles s, handle_models base γs z) -∗
    ∃ γ m x, ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ ∧ tbl_get (frame_slots s) i = Some x⌝ ∗
      shared_frame number_dict γ (slot_loc base i) m ∗ slot_models base γr i x γ ∗
      (∀ y, slot_models base γr i y γ -∗
        [∗ list] k ↦ x;γ ∈ tbl_set (frame_slots s) i y;γs, slot_models base γr k x γ) ∗
      (∀ z', handle_models base γs z' -∗
        [∗ list] z ∈ tbl_set (frame_handles s) h z', handle_models base γs z).
  Proof.
    iIntros (Hh%handle_at_get) "Hslots Hhs".
    iDestruct (handles_acc with "Hhs") as "[Hh Hhs]"; [exact Hh|].
    iDestruct "Hh" as (γ m) "[[%Hpos %Hγ] Hh]".
    iDestruct (slot_at_name with "Hslots") as %[x Hx]; [done..|].
    iDestruct (slots_acc with "Hslots") as (γ') "([_ %Hγ'] & Hx & Hslots)"; [exact Hx|].
    rewrite Hγ in Hγ'. injection Hγ' as <-. iExists γ, m, x. by iFrame.
  Qed.
  Lemma unique_handle_acc base γr s γs h i :
    handle_at s h = Some (HoldsUnique i) →
    ([∗ list] k ↦ x;γ ∈ frame_slots s;γs, slot_models base γr k x γ) -∗
    ([∗ list] z ∈ frame_handles s, handle_models base γs z) -∗
    ∃ γ k vl x,
      ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ ∧ tbl_get (frame_slots s) i = Some x⌝ ∗
      unique_frame number_dict γ (slot_loc base i) k vl ∗ slot_models base γr i x γ ∗
      (∀ y, slot_models base γr i y γ -∗
        [∗ list] k ↦ x;γ ∈ tbl_set (frame_slots s) i y;γs, slot_models base γr k x γ) ∗
      (∀ z', handle_models base γs z' -∗
        [∗ list] z ∈ tbl_set (frame_handles s) h z', handle_models base γs z).
  Proof.
    iIntros (Hh%handle_at_get) "Hslots Hhs".
    iDestruct (handles_acc with "Hhs") as "[Hh Hhs]"; [exact Hh|].
    iDestruct "Hh" as (γ k vl) "[[%Hpos %Hγ] Hh]".
    iDestruct (slot_at_name with "Hslots") as %[x Hx]; [done..|].
    iDestruct (slots_acc with "Hslots") as (γ') "([_ %Hγ'] & Hx & Hslots)"; [exact Hx|].
    rewrite Hγ in Hγ'. injection Hγ' as <-. iExists γ, k, vl, x. by iFrame.
  Qed.

  (** ** Each operation *)
  Lemma slot_word_max_bounded n m :
    (Z.pos n < slot_max)%Z → state_bounded (SlotShared (n + 1) m).
  Proof. rewrite /state_bounded /slot_max /slot_unique. lia. Qed.

  (** What remains to be shown of an operation: memory is in the state after the step, and
  the result is the answer. The step is not an abort. *)
  Definition op_post base γr γs src s o Φ : iProp Σ :=
    ∀ s' r v, ⌜frame_step s o = (s', r) ∧ r ≠ FrameAborted⌝ -∗
      frames_model base γr s' γs -∗ src ↦ v -∗ Φ #(op_answer o r).

  Lemma from_unused_call base γr src v s γs k i m Φ :
    word_ok i → word_ok m →
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameFromUnused k i m) Φ -∗
    WP op_call #base #src s (FrameFromUnused k i m) {{ Φ }}.
  Proof.
    iIntros (Hi Hm) "(Hslots & Hhs & Hr) Hsrc HΦ". rewrite /op_call. wp_write. wp_pures.
    iApply (frame_from_unused_at 1 base src _ _ 0 (kind_unique k)).
    rewrite /page_status bool_decide_eq_true_2; [|apply page_aligned].
    case_bool_decide as Hlim.
    { assert (tbl_get (frame_slots s) i = None) as Hx.
      { apply tbl_get_None. rewrite /page_size in Hlim. lia. }
      iNext. iApply ("HΦ" $! s (FrameFailed ErrOutOfBound) with "[%] [$Hslots $Hhs $Hr] Hsrc").
      by rewrite /= /slot_model.frame_from_unused /frame_reserve Hx. }
    destruct (proj2 (tbl_get_is_Some (frame_slots s) i)) as [x Hx].
    { rewrite /page_size in Hlim. rewrite /word_ok in Hi. lia. }
    iDestruct (slots_acc with "Hslots") as (γ) "([%Hpos %Hγ] & Hx & Hslots)"; [exact Hx|].
    iDestruct "Hx" as (st) "((%Hw & %Hb & %Hpend) & #I & Hst)".
    rewrite slot_loc_page. rewrite -(heap_pointsto_vec_singleton src). iNext.
    iApply (get_from_unused_at number_dict N _ γ _ _ 0 src [ #m ]%V with "I Hsrc [] Hst").
    { iApply number_own; [lia|]. split; [apply Hm|]. apply Hm. }
    iIntros "!>" (st' ->) "Hsrc H". rewrite heap_pointsto_vec_singleton.
    pose proof (step_from_unused s k i m x st Hx Hw Hb) as Hstep.
    destruct (claim_error st) as [e|] eqn:He; last first.
    { destruct st; try done. iDestruct "H" as (γm) "[Hst Hh]".
      iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitR "Hh Hhs".
      - iApply "Hslots". iExists _. iFrame "I Hst". iPureIntro. by destruct k.
      - iApply (handles_push with "Hhs"). destruct k; simpl.
        + iExists γ, 0%nat, _. by iFrame "Hh".
        + iExists γ, _. by iFrame "Hh". }
    iAssert (slot_is γ st) with "[H]" as "Hst".
    { destruct st; [done|..]; by iDestruct "H" as "[$ _]". }
    rewrite /=. iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hhs Hr".
    iDestruct ("Hslots" $! x with "[Hst]") as "H"; [iExists st; by iFrame "I Hst"|].
    by rewrite (tbl_set_get _ _ _ Hx).
  Qed.
  Lemma from_in_use_call base γr src v s γs i Φ :
    word_ok i →
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameFromInUse i) Φ -∗
    WP op_call #base #src s (FrameFromInUse i) {{ Φ }}.
  Proof.
    iIntros (Hi) "(Hslots & Hhs & Hr) Hsrc HΦ". rewrite /op_call.
    iApply (frame_from_in_use_at 1 base).
    rewrite /page_status bool_decide_eq_true_2; [|apply page_aligned].
    case_bool_decide as Hlim.
    { assert (tbl_get (frame_slots s) i = None) as Hx.
      { apply tbl_get_None. rewrite /page_size in Hlim. lia. }
      iNext. iApply ("HΦ" $! s (FrameFailed ErrOutOfBound) with "[%] [$Hslots $Hhs $Hr] Hsrc").
      by rewrite /= /slot_model.frame_from_in_use Hx. }
    destruct (proj2 (tbl_get_is_Some (frame_slots s) i)) as [x Hx].
    { rewrite /page_size in Hlim. rewrite /word_ok in Hi. lia. }
    iDestruct (slots_acc with "Hslots") as (γ) "([%Hpos %Hγ] & Hx & Hslots)"; [exact Hx|].
    iDestruct "Hx" as (st) "((%Hw & %Hb & %Hpend) & #I & Hst)". rewrite slot_loc_page. iNext.
    iApply (get_from_in_use_at number_dict N with "I Hst").
    iIntros "!>" (st' ->) "Hst H".
    destruct (from_in_use_error st) as [e|] eqn:He; last first.
    { destruct st as [| | |n m]; try done. iDestruct "H" as "[%Hn Hh]".
      pose proof (step_from_in_use s i x _ Hx Hw Hb (or_introl Hn)) as Hstep.
      iApply ("HΦ" $! _ (FrameHandle (tbl_len (frame_handles s))) with "[%] [-Hsrc] Hsrc");
        [split; [exact Hstep|done]|]. iFrame "Hr". iSplitR "Hh Hhs".
      - iApply "Hslots". iExists _. iFrame "I Hst". iPureIntro.
        split_and!; [done|by apply slot_word_max_bounded|done].
      - iApply (handles_push with "Hhs"). simpl. iExists γ, _. by iFrame "Hh". }
    pose proof (step_from_in_use s i x _ Hx Hw Hb) as Hstep. rewrite He in Hstep.
    assert (from_in_use_state st = st) as Hst by by destruct st.
    iApply ("HΦ" $! _ (FrameFailed e) with "[%] [-Hsrc] Hsrc");
      [split; [by apply Hstep; right|done]|]. iFrame "Hhs Hr".
    iDestruct ("Hslots" $! x with "[Hst]") as "H1".
    { iExists st. rewrite Hst. by iFrame "I Hst". }
    by rewrite (tbl_set_get _ _ _ Hx).
  Qed.

  (** A handle that is not live, or not of the type: there is no call. *)
  Lemma refused_call r base γr src v s γs o Φ :
    frame_step s o = (s, r) → op_answer o r = 0%Z → r ≠ FrameAborted →
    frames_model base γr s γs -∗ src ↦ v -∗ op_post base γr γs src s o Φ -∗
    WP #0 {{ Φ }}.
  Proof.
    iIntros (Hstep Hr Hne) "Hm Hsrc HΦ". iApply wp_value.
    iDestruct ("HΦ" with "[//] Hm Hsrc") as "H". by rewrite Hr.
  Qed.

  Local Ltac refused Hh :=
    rewrite /handle_at in Hh; by repeat case_match; simplify_eq.

  Lemma clone_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameClone h) Φ -∗
    WP op_call #base #src s (FrameClone h) {{ Φ }}.
  Proof.
    iIntros "Hm Hsrc HΦ". rewrite /op_call.
    destruct (handle_at s h) as [[i|i|i]|] eqn:Hh.
    2: { iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (shared_handle_acc with "Hslots Hhs") as (γ m x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (%Hw & %Hb & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i) -Hpend.
      wp_apply (frame_clone_at number_dict N with "I Hh Hr Hst").
      iIntros (n [[_ <-] Hn]) "Hst Hh Hh' Hr". wp_pures.
      pose proof (step_clone s h i x n Hh Hx Hw Hn) as Hstep. rewrite Hpend.
      iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitL "Hslots Hst".
      - iApply "Hslots". iExists _. iFrame "I Hst". iPureIntro.
        split_and!; [done|by apply slot_word_max_bounded|done].
      - iDestruct ("Hhs" $! (Some (HoldsShared i)) with "[Hh]") as "Hhs".
        { iExists γ, _. by iFrame "Hh". }
        rewrite (tbl_set_get _ _ _ (handle_at_get _ _ _ Hh)).
        iApply (handles_push with "Hhs"). iExists γ, _. by iFrame "Hh'". }
    1: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    2: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    3: iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [|done..].
    all: rewrite /= /slot_model.frame_clone /frame_find_shared; refused Hh.
  Qed.
  Lemma from_unique_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameFromUnique h) Φ -∗
    WP op_call #base #src s (FrameFromUnique h) {{ Φ }}.
  Proof.
    iIntros "Hm Hsrc HΦ". rewrite /op_call.
    destruct (handle_at s h) as [[i|i|i]|] eqn:Hh.
    1: { iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (unique_handle_acc with "Hslots Hhs") as (γ k vl x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (_ & _ & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i).
      wp_apply (frame_from_unique_at number_dict N with "I Hh Hst").
      iIntros (γm) "Hst Hh". wp_pures.
      pose proof (step_from_unique s h i x Hh Hx) as Hstep.
      iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitL "Hslots Hst".
      - iApply "Hslots". iExists _. by iFrame "I Hst".
      - iApply "Hhs". iExists γ, _. by iFrame "Hh". }
    1: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    2: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    3: iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [|done..].
    all: rewrite /= /slot_model.frame_from_unique; refused Hh.
  Qed.

  Lemma try_from_shared_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameTryFromShared h) Φ -∗
    WP op_call #base #src s (FrameTryFromShared h) {{ Φ }}.
  Proof.
    iIntros "Hm Hsrc HΦ". rewrite /op_call.
    destruct (handle_at s h) as [[i|i|i]|] eqn:Hh.
    2: { iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (shared_handle_acc with "Hslots Hhs") as (γ m x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (%Hw & %Hb & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i).
      wp_apply (try_from_shared_at number_dict N with "I Hh Hst").
      iIntros (n [_ <-]) "Hst Hh".
      pose proof (step_try_from_shared s h i x _ Hh Hx Hw Hb) as Hstep.
      destruct (decide (n = 1%positive)) as [->|Hn].
      - iDestruct "Hh" as (vl) "[_ Hh]".
        iApply ("HΦ" $! _ (FrameHandle h) with "[%] [-Hsrc] Hsrc");
          [split; [exact Hstep|done]|].
        iFrame "Hr". iSplitL "Hslots Hst".
        + iApply "Hslots". iExists _. by iFrame "I Hst".
        + iApply "Hhs". iExists γ, _, vl. by iFrame "Hh".
      - destruct (shared_not_sole n m) as (Hsole & _ & Htried); [lia|].
        rewrite Hsole in Hstep. rewrite Hsole Htried.
        iApply ("HΦ" $! _ (FrameHandedBack h) with "[%] [-Hsrc] Hsrc");
          [split; [exact Hstep|done]|].
        iFrame "Hr". iDestruct ("Hslots" $! x with "[Hst]") as "Hslots".
        { iExists _. by iFrame "I Hst". }
        iDestruct ("Hhs" $! (Some (HoldsShared i)) with "[Hh]") as "Hhs".
        { iExists γ, _. by iFrame "Hh". }
        rewrite (tbl_set_get _ _ _ (handle_at_get _ _ _ Hh)) (tbl_set_get _ _ _ Hx).
        iFrame. }
    1: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    2: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    3: iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [|done..].
    all: rewrite /= /frame_try_from_shared /frame_find_shared; refused Hh.
  Qed.

  Lemma ref_count_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameRefCount h) Φ -∗
    WP op_call #base #src s (FrameRefCount h) {{ Φ }}.
  Proof.
    iIntros "Hm Hsrc HΦ". rewrite /op_call.
    destruct (handle_at s h) as [[i|i|i]|] eqn:Hh.
    2: { iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (shared_handle_acc with "Hslots Hhs") as (γ m x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (%Hw & %Hb & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i).
      wp_apply (reference_count_at number_dict N with "I Hh Hst").
      iIntros (n [[_ <-] _]) "Hst Hh".
      pose proof (step_ref_count s h i x Hh Hx) as Hstep. rewrite Hw in Hstep.
      iApply ("HΦ" $! _ (FrameCount (Z.pos n)) with "[%] [-Hsrc] Hsrc");
        [split; [exact Hstep|done]|].
      iFrame "Hr". iDestruct ("Hslots" $! x with "[Hst]") as "Hslots".
      { iExists _. by iFrame "I Hst". }
      iDestruct ("Hhs" $! (Some (HoldsShared i)) with "[Hh]") as "Hhs".
      { iExists γ, _. by iFrame "Hh". }
      rewrite (tbl_set_get _ _ _ (handle_at_get _ _ _ Hh)) (tbl_set_get _ _ _ Hx).
      iFrame. }
    1: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    2: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [|done..].
    3: iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [|done..].
    all: rewrite /= /frame_ref_count /frame_find_shared; refused Hh.
  Qed.

  Lemma drop_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameDrop h) Φ -∗
    WP op_call #base #src s (FrameDrop h) {{ Φ }}.
  Proof.
    iIntros "Hm Hsrc HΦ". rewrite /op_call.
    destruct (handle_at s h) as [[i|i|i]|] eqn:Hh.
    3: { iDestruct "Hm" as "(_ & Hhs & _)".
      apply handle_at_get in Hh.
      by iDestruct (handles_acc _ _ _ _ _ Hh with "Hhs") as "[[] _]". }
    3: { iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [|done..].
      rewrite /= /slot_model.frame_drop /frame_let_go. refused Hh. }
    - iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (unique_handle_acc with "Hslots Hhs") as (γ k vl x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (_ & _ & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i).
      wp_apply (unique_drop_at number_dict N with "[] I Hh Hst"); [iApply number_dict_drop|].
      iIntros "_ Hst". wp_rec. wp_pures.
      destruct (step_drop_unique s h i x Hh Hx) as [r Hstep].
      iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitL "Hslots Hst".
      + iApply "Hslots". iExists _. by iFrame "I Hst".
      + by iApply "Hhs".
    - iDestruct "Hm" as "(Hslots & Hhs & Hr)".
      iDestruct (shared_handle_acc with "Hslots Hhs") as (γ m x)
        "((%Hpos & %Hγ & %Hx) & Hh & (%st & (%Hw & %Hb & %Hpend) & #I & Hst) & Hslots & Hhs)"; [exact Hh|].
      rewrite /slot_expr. wp_pures. rewrite -/(slot_loc base i).
      wp_apply (frame_drop_at number_dict N with "[] I Hh Hst"); [iApply number_dict_drop|].
      iIntros (n [_ <-]).
      destruct (step_drop_shared s h i x n m Hh Hx Hw Hb) as (y & r & Hstep & Hy).
      destruct (decide (n = 1%positive)) as [->|Hn].
      + iIntros (vl _) "_ Hst". wp_rec. wp_pures.
        iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitL "Hslots Hst".
        * iApply "Hslots". iExists _. by iFrame "I Hst".
        * by iApply "Hhs".
      + destruct (shared_not_sole n m) as (Hsole & Hdrop & _); [lia|].
        rewrite Hsole Hdrop in Hy. rewrite Hsole Hdrop. iIntros "Hst". wp_pures.
        iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iFrame "Hr". iSplitL "Hslots Hst".
        * iApply "Hslots". iExists _. iFrame "I Hst". iPureIntro. split_and!; [done| |done].
          move: Hb. rewrite /state_bounded. lia.
        * by iApply "Hhs".
  Qed.

  (** The call of any operation of the crate. *)
  Theorem op_call_spec base γr src v s γs o Φ :
    crate_op o → frame_op_ok o →
    frames_model base γr s γs -∗ src ↦ v -∗ op_post base γr γs src s o Φ -∗
    WP op_call #base #src s o {{ Φ }}.
  Proof.
    intros Ho Hok. destruct o as [k i m|i|h|h|h|h|h|h|h n|i|h k m|h|h]; try done.
    - destruct Hok. by apply from_unused_call.
    - by apply from_in_use_call.
    - apply from_unique_call.
    - apply try_from_shared_call.
    - apply clone_call.
    - apply drop_call.
    - apply ref_count_call.
  Qed.
End runs.
