(** * A client of page frames that follows any run of the machine

[slot_client n os] is a closed program for any sequence [os] of the operations of the crate
on [n] slots: it makes an array of [n] unused slots and then the calls of [os], one after the
other ([op_call]). It compares each answer with that of the machine ([frame_step]) and, at
the end, the word of each slot with the machine's. It returns [#true] only if all are equal.

[slot_client_adequate]: it is never stuck and returns nothing else. So where the client
returns, each call gave the machine's answer and the words are the machine's. Where the
machine aborts, the client does not return ([op_call_spec]). Not compared: numbers of
handles, metadata, what a drop tells. The calls come one after the other. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import word table slot_count slot_model slot_model_sig.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr number_dict.
From tally.frame.simulation Require Import slot_runs.
From tally.examples Require Import expect frame_client.
From tally.prelude Require Import options.

(** ** The program *)
(** [n] slots from [i] on. *)
Fixpoint init_slots (base : expr) (i : Z) (n : nat) (rest : expr) : expr :=
  match n with
  | O => rest
  | S n =>
      (slot_expr base i +ₗ #slot_paddr) <- #(page_size * i);;
      slot_expr base i <- #slot_unused;;
      init_slots base (i + 1) n rest
  end.
(** The calls, with what is expected of each. *)
Fixpoint follow (base src : expr) (s : frame_state) (os : list frame_op)
    (rest : frame_state → expr) : expr :=
  match os with
  | [] => rest s
  | o :: os =>
      expect (op_call base src s o) (op_answer o (frame_step s o).2)
        (follow base src (frame_step s o).1 os rest)
  end.
(** The words of the slots from [i] on. *)
Fixpoint check_words (base : expr) (i : Z) (slots : list slot) : expr :=
  match slots with
  | [] => #true
  | x :: slots => expect (!ˢᶜ (slot_expr base i)) (slot_word x) (check_words base (i + 1) slots)
  end.
Definition slot_client (n : nat) (os : list frame_op) : expr :=
  let: "base" := Alloc #(5 * n + 1) in
  let: "src" := Alloc #1 in
  init_slots "base" 0 n
    (follow "base" "src" (frame_init n) os (λ s, check_words "base" 0 (frame_slots s))).

(** The client runs: every operation, refused ones too. *)
Definition slot_client_example : list frame_op :=
  ([FrameFromUnused KindUnique 0 7; FrameFromUnused KindShared 0 8; FrameFromInUse 0;
    FrameFromInUse 1; FrameFromInUse 2; FrameFromUnused KindShared 2 8; FrameClone 0;
    FrameFromUnique 0; FrameFromInUse 0; FrameClone 0; FrameRefCount 2;
    FrameTryFromShared 0; FrameFromUnique 0; FrameDrop 1; FrameDrop 1; FrameDrop 2;
    FrameTryFromShared 0; FrameDrop 0; FrameFromUnused KindShared 1 9; FrameClone 3])%Z.
Lemma slot_client_run :
  main_value (run_program choice_reuse [] 30000 (slot_client 2 slot_client_example)) =
    Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Substitution *)
Lemma subst_init_slots x v base i n rest :
  subst x v (init_slots base i n rest) =
    init_slots (subst x v base) i n (subst x v rest).
Proof. revert i. induction n as [|n IH]; intros i; [done|]. by rewrite /= IH. Qed.
Lemma subst_op_call x v base src s o :
  subst x v (op_call base src s o) = op_call (subst x v base) (subst x v src) s o.
Proof.
  destruct o; simpl; try done;
    destruct (slot_bridge_model.handle_at _ _) as [[]|]; done.
Qed.
Lemma subst_check_words x v base i slots :
  subst x v (check_words base i slots) = check_words (subst x v base) i slots.
Proof.
  revert i. induction slots as [|y slots IH]; intros i; [done|]. by rewrite /= IH.
Qed.
Lemma subst_follow x v base src s os rest :
  subst x v (follow base src s os rest) =
    follow (subst x v base) (subst x v src) s os (λ s, subst x v (rest s)).
Proof.
  revert s. induction os as [|o os IH]; intros s; [done|].
  by rewrite /= subst_op_call IH.
Qed.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Implicit Types (γr : gname) (base src : loc) (s : frame_state) (γs : list slot_names).

  Local Lemma expect_spec e (z : Z) rest Φ :
    WP e {{ v, ⌜v = #z⌝ ∗ WP rest {{ Φ }} }} -∗ WP expect e z rest {{ Φ }}.
  Proof.
    iIntros "H". rewrite /expect. wp_bind e. iApply (wp_wand with "H").
    iIntros (v) "[-> H]". wp_op. rewrite bool_decide_eq_true_2 //. by wp_if.
  Qed.

  Local Lemma follow_spec γr base src v s γs os rest :
    Forall crate_op os → Forall frame_op_ok os →
    frames_model N base γr s γs -∗ src ↦ v -∗
    (∀ s, frames_model N base γr s γs -∗ WP rest s {{ w, ⌜w = #true%V⌝ }}) -∗
    WP follow #base #src s os rest {{ w, ⌜w = #true%V⌝ }}.
  Proof using All.
    iIntros (Hos Hok) "Hm Hsrc Hrest".
    iInduction os as [|o os] "IH" forall (s v Hos Hok); simpl; [by iApply "Hrest"|].
    apply Forall_cons in Hos as [Ho Hos], Hok as [Hoo Hok].
    iApply expect_spec. iApply (op_call_spec with "Hm Hsrc"); [done..|].
    iIntros (s' r v' [Hstep _]) "Hm Hsrc". rewrite Hstep. iSplitR; [done|].
    by iApply ("IH" with "[//] [//] Hm Hsrc").
  Qed.

  Local Lemma check_words_spec γr base (i : nat) (slots : list slot) γs :
    ([∗ list] k ↦ x;γ ∈ slots;γs, slot_models N base γr (i + k)%nat x γ) -∗
    WP check_words #base i slots {{ w, ⌜w = #true%V⌝ }}.
  Proof using All.
    iIntros "H". iInduction slots as [|x slots] "IH" forall (i γs).
    { by iApply wp_value. }
    destruct γs as [|γ γs]; [done|]. rewrite big_sepL2_cons. iDestruct "H" as "[Hx H]".
    iDestruct "Hx" as (st) "((%Hw & %Hb & _) & #I & Hst)". simpl. iApply expect_spec.
    rewrite /slot_expr. wp_op. rewrite Nat.add_0_r -/(slot_loc base i).
    iMod (is_slot_acc number_dict N _ ⊤ with "I Hst")
      as (st') "(%HP & Hst & Hs & HL & Hroom & Hclose)"; [done|]. destruct HP as [-> _].
    wp_read. iMod ("Hclose" with "Hs HL Hroom") as "_". iModIntro. rewrite Hw.
    iSplitR; [done|]. replace (i + 1)%Z with (Z.of_nat (S i)) by lia.
    iApply "IH". iApply (big_sepL2_mono with "H"). iIntros (k y γ' _ _) "H".
    by replace (i + S k)%nat with (S i + k)%nat by lia.
  Qed.

  Local Lemma init_slots_spec γr base (i n : nat) rest :
    (base +ₗ (5 * i)) ↦∗ replicate (5 * n) #☠%V -∗
    (∀ γs, ([∗ list] k ↦ x;γ ∈ replicate n slot_fresh;γs,
        slot_models N base γr (i + k)%nat x γ) -∗
      WP rest {{ w, ⌜w = #true%V⌝ }}) -∗
    WP init_slots #base i n rest {{ w, ⌜w = #true%V⌝ }}.
  Proof using All.
    iIntros "H Hrest". iInduction n as [|n] "IH" forall (i).
    { simpl. iApply ("Hrest" $! []). done. }
    replace (replicate (5 * S n) #☠%V) with
      ([ #☠; #☠; #☠; #☠; #☠ ] ++ replicate (5 * n) #☠)%V.
    2: { by replace (5 * S n)%nat with (5 + 5 * n)%nat by lia. }
    remember (base +ₗ 5 * i)%L as l eqn:Hl.
    rewrite heap_pointsto_vec_app !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "H" as "[(Hs & Hs1 & _ & Hs3 & Hs4 & _) H]".
    cbn [init_slots]. rewrite /slot_expr /slot_paddr.
    assert (base +ₗ slot_cells 1 * i = l)%L as Hslot by by rewrite Hl.
    wp_pures. rewrite Hslot. wp_write. wp_pures. rewrite Hslot. wp_write. wp_pures.
    iMod (open_slot_alloc number_dict N ⊤ γr l (page_size * i)
      with "Hs [Hs1 Hs4] Hs3") as (γ) "(%Hγ & #I & Hst)".
    { iExists (#☠)%V, [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    replace (i + 1)%Z with (Z.of_nat (S i)) by lia.
    iApply ("IH" with "[H]").
    { rewrite Hl shift_loc_assoc /=. by replace (5 * i + 5%nat)%Z with (5 * S i)%Z by lia. }
    iIntros (γs) "H". iApply ("Hrest" $! (γ :: γs)). simpl. iSplitL "Hst".
    - iExists SlotUnused. rewrite (Nat.add_0_r i) /slot_loc Hslot. by iFrame "I Hst".
    - iApply (big_sepL2_mono with "H"). iIntros (k y γ' _ _) "H".
      by replace (i + S k)%nat with (S i + k)%nat by lia.
  Qed.

  Lemma slot_client_spec n os :
    Forall crate_op os → Forall frame_op_ok os →
    ⊢ WP slot_client n os {{ v, ⌜v = #true%V⌝ }}.
  Proof using All.
    intros Hos Hok. rewrite /slot_client.
    iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    wp_alloc base as "Hb" "_". wp_pures. wp_alloc src as "Hsrc" "_". wp_pures.
    rewrite !subst_init_slots !subst_follow /= heap_pointsto_vec_singleton.
    assert (replicate (Z.to_nat (5 * n + 1)) #☠ = replicate (5 * n) #☠ ++ [ #☠ ])%V as ->.
    { replace (Z.to_nat (5 * n + 1)) with (S (5 * n)) by lia.
      induction (5 * n)%nat as [|k IH]; [done|]. by rewrite /= -IH. }
    rewrite heap_pointsto_vec_app. iDestruct "Hb" as "[Hb _]".
    iApply (init_slots_spec γr base 0 n with "[Hb]"); [by rewrite shift_loc_0|].
    iIntros (γs) "H". iApply (follow_spec with "[H Hr] Hsrc"); [done..| |].
    - rewrite /frames_model /frame_init /tbl_make /= Nat2Z.id. by iFrame.
    - iIntros (s) "[H _]". rewrite !subst_check_words /=.
      by iApply (check_words_spec γr base 0).
  Qed.
End client.

Theorem slot_client_adequate n os :
  Forall crate_op os → Forall frame_op_ok os →
  adequate NotStuck (slot_client n os) ∅ (λ v _, v = #true%V).
Proof.
  intros Hos Hok. apply (lrust_adequacy frame_clientΣ). intros HΣ Huntracked.
  by apply slot_client_spec.
Qed.
