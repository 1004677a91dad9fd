(** * Runs of the programs are runs of the machine

For page frames, a simulation of the programs of [frame_code.v] by the machine of
[model/slot_model.v], handles included, one step at a time.

[frames_model base γr s γs] says that memory is in the state [s] of the machine: the slots,
in an array at [base] and with the names [γs], have the words of [s] and are in the states
that these stand for, and each live handle of [s] is owned. [op_call_spec]: the call of an
operation ([op_call]), if it returns, returns the answer that the machine gives
([op_answer]), and then memory is in the machine's next state. The addresses in a call are
computed from the machine's state, not from what an earlier call has returned. Not
compared: numbers of handles, metadata, what a drop tells. Where the machine aborts the
call does not return.

An operation with a handle is called with the kinds of handle that it takes; the machine
refuses the others ([handle_call]). One lemma gives access to a live handle and its slot, whatever
its kind ([live_handle_acc]).

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
  (** A live handle, by its kind. *)
  Definition handle_index (z : frame_handle) : word :=
    match z with HoldsUnique i | HoldsShared i | HoldsBusy i => i end.
  Definition handle_owns base γ (z : frame_handle) : iProp Σ :=
    match z with
    | HoldsUnique i => ∃ k vl, unique_frame number_dict γ (slot_loc base i) k vl
    | HoldsShared i => ∃ m, shared_frame number_dict γ (slot_loc base i) m
    | HoldsBusy _ => False
    end.
  Definition handle_models base γs (z : option frame_handle) : iProp Σ :=
    match z with
    | Some z => ∃ γ, ⌜(0 ≤ handle_index z)%Z ∧ γs !! Z.to_nat (handle_index z) = Some γ⌝ ∗
        handle_owns base γ z
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

  (** A live handle, of any kind, and its slot: both may be exchanged. *)
  Lemma live_handle_acc base γr s γs h z :
    handle_at s h = Some z →
    let i := handle_index z in
    frames_model base γr s γs -∗
    ∃ γ x st,
      ⌜tbl_get (frame_slots s) i = Some x ∧ slot_word x = state_word st ∧
        state_bounded st ∧ slot_pending_name γ = γr⌝ ∗
      open_slot number_dict N γ (slot_loc base i) (page_size * i) ∗ slot_is γ st ∗
      handle_owns base γ z ∗ pending_incs γr 1 ∗
      (∀ y st' z', ⌜slot_word y = state_word st' ∧ state_bounded st'⌝ -∗ slot_is γ st' -∗
        match z' with
        | Some z' => ⌜handle_index z' = i⌝ ∗ handle_owns base γ z'
        | None => True
        end -∗ pending_incs γr 1 -∗
        frames_model base γr (FrameState (tbl_set (frame_slots s) i y)
          (tbl_set (frame_handles s) h z')) γs) ∗
      ⌜(0 ≤ i)%Z ∧ γs !! Z.to_nat i = Some γ⌝.
  Proof.
    intros Hh%handle_at_get. cbv zeta. iIntros "(Hslots & Hhs & $)".
    iDestruct (handles_acc with "Hhs") as "[Hh Hhs]"; [exact Hh|].
    iDestruct "Hh" as (γ) "[[%Hpos %Hγ] Hh]".
    iDestruct (slot_at_name with "Hslots") as %[x Hx]; [done..|].
    iDestruct (slots_acc with "Hslots") as (γ') "([_ %Hγ'] & Hx & Hslots)"; [exact Hx|].
    rewrite Hγ in Hγ'. injection Hγ' as <-.
    iDestruct "Hx" as (st) "((%Hw & %Hb & %Hpend) & #I & Hst)".
    iExists γ, x, st. iFrame "I Hst Hh". iSplitR; [done|]. iSplitL; [|done].
    iIntros (y st' z') "[%Hw' %Hb'] Hst Hz Hr". iFrame "Hr". iSplitL "Hslots Hst".
    - iApply "Hslots". iExists st'. by iFrame "I Hst".
    - iApply "Hhs". destruct z' as [z'|]; [|done].
      iDestruct "Hz" as "[%Hz Hz]". iExists γ. rewrite Hz. by iFrame "Hz".
  Qed.
  (** One handle more. *)
  Lemma frames_push base γr slots hs γs z :
    frames_model base γr (FrameState slots hs) γs -∗ handle_models base γs z -∗
    frames_model base γr (FrameState slots (tbl_push hs z)) γs.
  Proof.
    iIntros "($ & Hhs & $) Hz". iApply (handles_push with "Hhs Hz").
  Qed.
  (** Nothing is exchanged. *)
  Lemma live_handle_same s h z x :
    handle_at s h = Some z → tbl_get (frame_slots s) (handle_index z) = Some x →
    FrameState (tbl_set (frame_slots s) (handle_index z) x)
      (tbl_set (frame_handles s) h (Some z)) = s.
  Proof.
    intros Hh%handle_at_get Hx. rewrite (tbl_set_get _ _ _ Hx) (tbl_set_get _ _ _ Hh).
    by destruct s.
  Qed.

  (** ** Each operation *)
  Lemma slot_word_max_bounded n m :
    (Z.pos n < slot_max)%Z → state_bounded (SlotShared (n + 1) m).
  Proof. rewrite /state_bounded /slot_max /slot_unique. lia. Qed.

  (** What remains to be shown of an operation: the machine does not abort, memory is in
  the state after the step, and the result is the answer. *)
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
      split; [|done]. by rewrite /= /slot_model.frame_from_unused /frame_reserve Hx. }
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
      - iApply (handles_push with "Hhs"). iExists γ.
        destruct k; (iSplitR; [done|]); [iExists 0%nat, _|iExists _]; iExact "Hh". }
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
      split; [|done]. by rewrite /= /slot_model.frame_from_in_use Hx. }
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
        [by split; [exact Hstep|]|]. iFrame "Hr". iSplitR "Hh Hhs".
      - iApply "Hslots". iExists _. iFrame "I Hst". iPureIntro.
        split_and!; [done|by apply slot_word_max_bounded|done].
      - iApply (handles_push with "Hhs"). iExists γ. iSplitR; [done|]. by iExists m. }
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
    iIntros (Hstep Hr Ha) "Hm Hsrc HΦ". iApply wp_value.
    iDestruct ("HΦ" with "[//] Hm Hsrc") as "H". by rewrite Hr.
  Qed.
  (** So an operation with a handle is to be called with the kinds that it takes only. *)
  Lemma handle_call base γr src v s γs o h Φ :
    op_handle o = Some h →
    (∀ z, handle_at s h = Some z → op_takes o z = true →
      frames_model base γr s γs -∗ src ↦ v -∗ op_post base γr γs src s o Φ -∗
      WP op_call #base #src s o {{ Φ }}) →
    frames_model base γr s γs -∗ src ↦ v -∗ op_post base γr γs src s o Φ -∗
    WP op_call #base #src s o {{ Φ }}.
  Proof.
    iIntros (Ho Hcall) "Hm Hsrc HΦ". pose proof (step_handle_refused s o h Ho) as Hstep.
    destruct (handle_at s h) as [z|] eqn:Hh.
    - destruct (op_takes o z) eqn:Hz; [by iApply (Hcall z with "Hm Hsrc HΦ")|].
      destruct z as [i|i|i].
      3: { iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st) "H".
        iDestruct "H" as "(_ & _ & _ & [] & _)". }
      all: assert (op_call #base #src s o = #0) as ->
        by (destruct o; simplify_eq/=; by rewrite ?Hh).
      all: iApply (refused_call FrameWrongHandle with "Hm Hsrc HΦ"); [by apply Hstep| |done].
      all: by destruct o.
    - assert (op_call #base #src s o = #0) as ->
        by (destruct o; simplify_eq/=; by rewrite Hh).
      iApply (refused_call FrameBadHandle with "Hm Hsrc HΦ"); [done| |done].
      by destruct o.
  Qed.

  Lemma clone_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameClone h) Φ -∗
    WP op_call #base #src s (FrameClone h) {{ Φ }}.
  Proof.
    apply (handle_call base γr src v s γs _ h); [done|]. intros [i|i|i] Hh; try done. intros _.
    iIntros "Hm Hsrc HΦ". rewrite /op_call Hh /slot_expr. wp_pures. rewrite -/(slot_loc base i).
    iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st)
      "((%Hx & %Hw & %Hb & %Hpend) & #I & Hst & [%m Hh] & Hr & Hm & %Hγ)".
    simpl in *. rewrite -Hpend. wp_apply (frame_clone_at number_dict N with "I Hh Hr Hst").
    iIntros (n [[_ <-] Hn]) "Hst Hh Hh' Hr". wp_pures.
    pose proof (step_clone s h i x n Hh Hx Hw Hn) as Hstep. rewrite Hpend.
    iDestruct ("Hm" $! (Slot _ _ _) _ (Some (HoldsShared i)) with "[%] Hst [Hh] Hr") as "Hm".
    { split; [done|by apply slot_word_max_bounded]. }
    { iSplitR; [done|]. by iExists m. }
    iApply ("HΦ" with "[//] [Hm Hh'] Hsrc").
    rewrite (tbl_set_get _ _ _ (handle_at_get _ _ _ Hh)).
    iApply (frames_push with "Hm"). iExists γ. iSplitR; [done|]. by iExists m.
  Qed.
  Lemma from_unique_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameFromUnique h) Φ -∗
    WP op_call #base #src s (FrameFromUnique h) {{ Φ }}.
  Proof.
    apply (handle_call base γr src v s γs _ h); [done|]. intros [i|i|i] Hh; try done. intros _.
    iIntros "Hm Hsrc HΦ". rewrite /op_call Hh /slot_expr. wp_pures. rewrite -/(slot_loc base i).
    iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st)
      "((%Hx & _ & _ & _) & #I & Hst & (%k & %vl & Hh) & Hr & Hm & _)". simpl in *.
    wp_apply (frame_from_unique_at number_dict N with "I Hh Hst"). iIntros (γm) "Hst Hh".
    wp_pures. pose proof (step_from_unique s h i x Hh Hx) as Hstep.
    iApply ("HΦ" with "[//] [-Hsrc] Hsrc").
    iApply ("Hm" with "[%] Hst [Hh] Hr"); [done|]. iSplitR; [done|]. by iExists _.
  Qed.
  Lemma try_from_shared_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameTryFromShared h) Φ -∗
    WP op_call #base #src s (FrameTryFromShared h) {{ Φ }}.
  Proof.
    apply (handle_call base γr src v s γs _ h); [done|]. intros [i|i|i] Hh; try done. intros _.
    iIntros "Hm Hsrc HΦ". rewrite /op_call Hh /slot_expr. wp_pures. rewrite -/(slot_loc base i).
    iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st)
      "((%Hx & %Hw & %Hb & _) & #I & Hst & [%m Hh] & Hr & Hm & _)". simpl in *.
    wp_apply (try_from_shared_at number_dict N with "I Hh Hst"). iIntros (n [_ <-]) "Hst Hh".
    pose proof (step_try_from_shared s h i x _ Hh Hx Hw Hb) as Hstep.
    destruct (decide (n = 1%positive)) as [->|Hn].
    - iDestruct "Hh" as (vl) "[_ Hh]".
      iApply ("HΦ" $! _ (FrameHandle h) with "[%] [-Hsrc] Hsrc"); [by split; [exact Hstep|]|].
      iApply ("Hm" $! _ _ (Some (HoldsUnique i)) with "[%] Hst [Hh] Hr"); [done|].
      iSplitR; [done|]. by iExists _, vl.
    - destruct (shared_not_sole n m) as (Hsole & _ & Htried); [lia|].
      rewrite Hsole in Hstep. rewrite Hsole Htried.
      iApply ("HΦ" $! _ (FrameHandedBack h) with "[%] [-Hsrc] Hsrc"); [by split; [exact Hstep|]|].
      iDestruct ("Hm" $! x _ (Some (HoldsShared i)) with "[%] Hst [Hh] Hr") as "Hm"; [done| |].
      { iSplitR; [done|]. by iExists m. }
      by rewrite (live_handle_same s h (HoldsShared i) x Hh Hx).
  Qed.
  Lemma ref_count_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameRefCount h) Φ -∗
    WP op_call #base #src s (FrameRefCount h) {{ Φ }}.
  Proof.
    apply (handle_call base γr src v s γs _ h); [done|]. intros [i|i|i] Hh; try done. intros _.
    iIntros "Hm Hsrc HΦ". rewrite /op_call Hh /slot_expr. wp_pures. rewrite -/(slot_loc base i).
    iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st)
      "((%Hx & %Hw & %Hb & _) & #I & Hst & [%m Hh] & Hr & Hm & _)". simpl in *.
    wp_apply (reference_count_at number_dict N with "I Hh Hst").
    iIntros (n [[_ <-] _]) "Hst Hh".
    pose proof (step_ref_count s h i x Hh Hx) as Hstep. rewrite Hw in Hstep.
    iApply ("HΦ" $! _ (FrameCount (Z.pos n)) with "[%] [-Hsrc] Hsrc"); [by split; [exact Hstep|]|].
    iDestruct ("Hm" $! x _ (Some (HoldsShared i)) with "[%] Hst [Hh] Hr") as "Hm"; [done| |].
    { iSplitR; [done|]. by iExists m. }
    by rewrite (live_handle_same s h (HoldsShared i) x Hh Hx).
  Qed.
  Lemma drop_call base γr src v s γs h Φ :
    frames_model base γr s γs -∗ src ↦ v -∗
    op_post base γr γs src s (FrameDrop h) Φ -∗
    WP op_call #base #src s (FrameDrop h) {{ Φ }}.
  Proof.
    apply (handle_call base γr src v s γs _ h); [done|]. intros [i|i|i] Hh; try done; intros _;
      iIntros "Hm Hsrc HΦ"; rewrite /op_call Hh /slot_expr; wp_pures;
      rewrite -/(slot_loc base i);
      iDestruct (live_handle_acc _ _ _ _ _ _ Hh with "Hm") as (γ x st)
        "((%Hx & %Hw & %Hb & _) & #I & Hst & Hh & Hr & Hm & _)"; simpl in *.
    - iDestruct "Hh" as (k vl) "Hh".
      wp_apply (unique_drop_at number_dict N with "[] I Hh Hst"); [iApply number_dict_drop|].
      iIntros "_ Hst". wp_rec. wp_pures.
      destruct (step_drop_unique s h i x Hh Hx) as [r Hstep].
      iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). by iApply ("Hm" $! _ _ None with "[%] Hst [//] Hr").
    - iDestruct "Hh" as (m) "Hh".
      wp_apply (frame_drop_at number_dict N with "[] I Hh Hst"); [iApply number_dict_drop|].
      iIntros (n [_ <-]).
      destruct (step_drop_shared s h i x n m Hh Hx Hw Hb) as (y & r & Hstep & Hy).
      destruct (decide (n = 1%positive)) as [->|Hn].
      + iIntros (vl _) "_ Hst". wp_rec. wp_pures.
        iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). by iApply ("Hm" $! _ _ None with "[%] Hst [//] Hr").
      + destruct (shared_not_sole n m) as (Hsole & Hdrop & _); [lia|].
        rewrite Hsole Hdrop in Hy. rewrite Hsole Hdrop. iIntros "Hst". wp_pures.
        iApply ("HΦ" with "[//] [-Hsrc] Hsrc"). iApply ("Hm" $! _ _ None with "[%] Hst [//] Hr").
        split; [done|]. move: Hb. rewrite /state_bounded. lia.
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
