(** * A client with shared entries of raw frames, and what adequacy says of it

An entry is a cell that any thread reads and writes: it holds 0, or the address of a raw
frame with the lowest bit set. [frame_entry_client] has a memory of one page, at address
0, whose metadata are notes ([frame_owner_client.v]): a note is a pointer to a cell, and
its destructor writes 1 there. It has two entries, there and back:

<<
  main     claims the frame, shared, with the first note; makes a raw frame of a clone,
           and puts it there; spawns other; takes it back;        back is empty (1)
           reads the note through the raw frame (0); drops its own share;
                                                                  there is empty (2)
           makes a handle of the address; makes it unique;        there is empty (3)
           makes a raw frame of that;                             there is empty (4)
           makes a handle again; reads the word (unique); shares it; drops the share in
           two steps: after the first it reads the word (busy), destroys the note and puts
           the second note in its place, which the second step destroys;
           reads the word (unused), and both notes (1 and 1)
  other    takes the raw frame from there, makes a handle of it and a raw frame again, and
           puts it back
>>

and returns the slot if what is in parentheses is right. That an entry is empty is
asserted: the program is stuck if it is not.

Other may write to the entries at any time, as far as the proof knows. It is what main has
that excludes a raw frame in an entry:

- (1) the whole lease, as a raw frame in back comes with a part of it ([lease_valid]);
- (2) a raw frame, and the whole lease with one drop owed ([frame_raw_exclusive]);
- (3) the unique handle ([frame_raw_acc], with [unique_frame_exclusive] and
  [unique_frame_shared_exclusive]);
- (4) a raw frame of the unique handle ([frame_raw_unique_exclusive]).

An entry does not tell what kind of handle is in it. As main has a share, it is a share
([frame_raw_unique_handle_exclusive]) of the same note ([frame_raw_agree]); so main knows
which cell says 1 in the end.

The word is read by an operation of the client's own, [slot_word]: [is_slot_acc], with what
main has as evidence. The exchange of the note is [busy_frame_whole_acc], with
[drop_meta_in_place_spec] and [write_meta_spec].

[frame_entry_client_adequate]: no interleaving is ever stuck, the result is the slot, and
it is unused at the end. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_cases frame_raw frame_adequacy.
From tally.examples Require Import expect frame_owner_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition entry_put : val := λ: ["entry"; "pa"], "entry" <-ˢᶜ "pa" + #1.
Definition entry_take : val :=
  rec: "take" ["entry"] :=
    let: "found" := !ˢᶜ "entry" in
    if: "found" = #0 then "take" ["entry"]
    else if: Cas CasStrong "entry" "found" #0 then "found" - #1 else "take" ["entry"].
Definition entry_is_empty : val := λ: ["entry"], debug_assert [ !ˢᶜ "entry" = #0 ].
Definition entry_pass_on : val :=
  λ: ["slots"; "there"; "back"],
    let: "frame" := frame_from_raw 1 ["slots"; entry_take ["there"] ] in
    entry_put ["back"; frame_into_raw ["frame"] ].
(** The word of a slot. *)
Definition slot_word : val := λ: ["slot"], !ˢᶜ "slot".

Definition frame_entry_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #0;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  let: "note1" := Alloc #1 in
  "note1" <- #0;;
  let: "note2" := Alloc #1 in
  "note2" <- #0;;
  let: "there" := Alloc #1 in
  "there" <- #0;;
  let: "back" := Alloc #1 in
  "back" <- #0;;
  "src" <- "note1";;
  get_from_unused 1 ["slot"; #1; "src"; #false];;
  entry_put ["there"; frame_into_raw [clone_by_cas ["slot"] ] ];;
  Fork (entry_pass_on ["slot"; "there"; "back"]);;
  let: "pa" := entry_take ["back"] in
  entry_is_empty ["back"];;
  let: "r1" := !ˢᶜ (!(frame_meta [frame_from_raw 1 ["slot"; "pa"] ])) in
  owner_drop ["slot"];;
  entry_is_empty ["there"];;
  let: "frame" := frame_from_raw 1 ["slot"; "pa"] in
  debug_assert [try_from_shared ["frame"] ];;
  entry_is_empty ["there"];;
  let: "pa" := frame_into_raw ["frame"] in
  entry_is_empty ["there"];;
  let: "frame" := frame_from_raw 1 ["slot"; "pa"] in
  let: "w1" := slot_word ["frame"] in
  frame_from_unique ["frame"];;
  debug_assert [dec_ref_count ["frame"] ];;
  let: "w2" := slot_word ["frame"] in
  drop_meta_in_place owner_glues ["frame"];;
  "src" <- "note2";;
  write_meta 1 ["frame"; #1; "src"];;
  drop_last_in_place owner_glues ["frame"];;
  let: "w3" := slot_word ["frame"] in
  debug_assert ["w1" = #slot_unique];;
  debug_assert ["w2" = #slot_busy];;
  debug_assert ["w3" = #slot_unused];;
  if: "r1" + !"note1" * #10 + !"note2" * #100 = #110 then "slot" else #0.

Lemma frame_entry_client_run :
  returned_loc (run_program choice_reuse [] 3000 frame_entry_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nentry := nroot .@ "entry".
  Local Notation "'D'" := owner_dict.
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (h : handle_kind) (m : meta).
  Implicit Types (Cl : slot_state → iProp Σ) (Ev R : iProp Σ) (Q : Z → iProp Σ).

  (** *** Entries *)
  (** [Q pa] comes with the address [pa]. *)
  Local Definition entry_inv (e : loc) Q : iProp Σ :=
    ∃ z : Z, e ↦ #z ∗ if decide (z = 0) then True else Q (z - 1)%Z.
  Local Definition entry (e : loc) Q : iProp Σ := inv Nentry (entry_inv e Q).

  Local Lemma entry_alloc e Q : e ↦ #0 ={⊤}=∗ entry e Q.
  Proof. iIntros "He". iApply inv_alloc. iNext. iExists 0%Z. by iFrame. Qed.
  Local Lemma entry_put_spec e Q pa :
    (0 ≤ pa)%Z →
    {{{ entry e Q ∗ Q pa }}} entry_put [ #e; #pa ] {{{ RET #☠; True }}}.
  Proof.
    iIntros (Hpa Φ) "[#I HQ] HΦ". wp_rec. wp_pures. iInv "I" as (z) "[>He _]". wp_write.
    iModIntro. iSplitR "HΦ"; [|by iApply "HΦ"]. iNext. iExists (pa + 1)%Z. iFrame "He".
    rewrite decide_False; [|lia]. by rewrite Z.add_simpl_r.
  Qed.
  Local Lemma entry_take_spec e Q :
    {{{ entry e Q }}} entry_take [ #e ] {{{ pa, RET #pa; Q pa }}}.
  Proof.
    iIntros (Φ) "#I HΦ". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iInv "I" as (z) "[>He HQ]". wp_read. iModIntro.
    iSplitL "He HQ"; [iNext; iExists z; by iFrame|]. wp_pures.
    case_bool_decide as Hz; wp_pures; [iApply ("IH" with "HΦ")|].
    wp_bind (Cas _ _ _ _). iInv "I" as (z') "[>He HQ]". wp_cas as -> | Hne.
    - iModIntro. iSplitL "He"; [iNext; iExists 0%Z; by iFrame|]. wp_pures.
      rewrite decide_False //. by iApply "HΦ".
    - iModIntro. iSplitL "He HQ"; [iNext; iExists z'; by iFrame|]. wp_pures.
      iApply ("IH" with "HΦ").
  Qed.
  (** What excludes [Q] proves that the entry is empty. *)
  Local Lemma entry_is_empty_spec e Q R :
    (∀ pa, Q pa -∗ R ={⊤ ∖ ↑Nentry}=∗ False) →
    {{{ entry e Q ∗ R }}} entry_is_empty [ #e ] {{{ RET #☠; R }}}.
  Proof.
    iIntros (Hno Φ) "[#I HR] HΦ". wp_rec. wp_bind (!ˢᶜ _)%E.
    iInv "I" as (z) "[>He HQ]". wp_read. destruct (decide (z = 0)) as [->|Hz].
    - iModIntro. iSplitL "He"; [iNext; iExists 0%Z; by iFrame|].
      wp_pures. wp_rec. wp_pures. by iApply "HΦ".
    - by iMod (Hno with "HQ HR").
  Qed.

  (** *** Slots *)
  (** The operation of the client's own, for any client state. *)
  Local Lemma slot_word_spec Cl `{!TimelessClient Cl} γ s pa Ev P :
    Evidence (slot_state_own D γ s) Cl Ev P →
    {{{ is_slot D N Cl γ s pa ∗ Ev }}}
      slot_word [ #s ]
    {{{ st, RET #(state_word st); ⌜P st⌝ ∗ Ev }}}.
  Proof.
    iIntros (HEv Φ) "[#I HEv] HΦ". wp_rec.
    iMod (is_slot_acc D N Cl _ _ _ _ Ev P with "I HEv") as (st)
      "([%HP _] & HEv & Hs & HL & Hroom & Hclose)"; [done|].
    wp_read. iMod ("Hclose" with "Hs HL Hroom") as "_". iModIntro.
    iApply "HΦ". by iFrame.
  Qed.

  (** The only page. *)
  Local Lemma ref_spec γ s h :
    {{{ frame_raw D γ s 0 h }}}
      frame_from_raw 1 [ #s; #0 ]
    {{{ RET #s; frame_handle D γ s h ∗ (frame_handle D γ s h -∗ frame_raw D γ s 0 h) }}}.
  Proof.
    pose proof (frame_ref_from_raw_spec D γ s 0 h) as Hspec. cbv zeta in Hspec.
    rewrite page_slot_first in Hspec. exact Hspec.
  Qed.
  (** A raw frame of any kind; and one with the drop that is owed. *)
  Local Definition raw γ s pa : iProp Σ := ⌜pa = 0%Z⌝ ∗ ∃ h, frame_raw D γ s 0 h.
  Local Definition raw_owed γ s pa : iProp Σ := raw γ s pa ∗ lease γ (1/2) 1.

  Local Lemma entry_pass_on_spec γ s there back :
    frame_slot D N γ s 0 -∗ entry there (raw γ s) -∗ entry back (raw_owed γ s) -∗
    lease γ (1/2) 1 -∗ WP entry_pass_on [ #s; #there; #back ] {{ _, True }}.
  Proof.
    iIntros "#I #Ithere #Iback L". wp_rec.
    wp_apply (entry_take_spec with "Ithere"). iIntros (pa) "(-> & %h & Hraw)".
    wp_apply (ref_spec with "Hraw"). iIntros "[Hh _]". wp_pures.
    wp_apply (frame_into_raw_hocap D N with "I Hh"). iIntros "Hraw".
    wp_apply (entry_put_spec with "[$Iback Hraw $L]"); [done| |by iIntros "_"].
    iSplitR; [done|]. by iExists h.
  Qed.

  (** What is in an entry is a share of the same metadata, if somebody has a share. *)
  Local Lemma raw_is_share γ s pa m :
    raw γ s pa -∗ shared_frame D γ s m -∗
    ⌜pa = 0%Z⌝ ∗ frame_raw D γ s 0 (HandleShared m) ∗ shared_frame D γ s m.
  Proof.
    iIntros "(-> & %h & Hraw) Hh". iSplitR; [done|]. destruct h as [m'|i vl].
    - iDestruct (frame_raw_agree with "Hraw Hh") as %->. by iFrame.
    - iDestruct (frame_raw_unique_handle_exclusive D γ s 0 i vl (HandleShared m)
        with "Hraw Hh") as %[].
  Qed.
  Local Lemma raw_not_unique γ s pa i vl :
    raw γ s pa -∗ unique_frame D γ s i vl -∗ False.
  Proof.
    iIntros "(-> & %h & Hraw) Hh". iDestruct (frame_raw_acc with "Hraw") as "[Hh' _]".
    destruct h as [m|i' vl']; simpl.
    - iApply (unique_frame_shared_exclusive with "Hh Hh'").
    - iApply (unique_frame_exclusive with "Hh Hh'").
  Qed.

  (** The cell of a note that is shared. *)
  Local Lemma read_note_spec γ s γm (l : loc) :
    {{{ shared_frame D γ s (Meta 1 [ #l ] γm) }}}
      !ˢᶜ (! #(s +ₗ slot_storage))
    {{{ RET #0; shared_frame D γ s (Meta 1 [ #l ] γm) }}}.
  Proof.
    iIntros (Φ) "Hh HΦ".
    iDestruct (shared_frame_meta_acc with "Hh") as (τ q) "(%Hτ & Hm & Hback)".
    injection Hτ as <-. iDestruct "Hm" as "(Hl & Hq & #Hc)". simpl.
    rewrite heap_pointsto_vec_singleton. wp_read.
    iMod (cinv_acc with "Hc Hq") as "((%c & >%Hl & >Hcell) & Hq & Hclose)"; [done|].
    injection Hl as <-. wp_read. iMod ("Hclose" with "[Hcell]") as "_".
    { iNext. iExists l. by iFrame. }
    iModIntro. iApply "HΦ". iApply "Hback".
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hl". by iFrame "Hl Hq Hc".
  Qed.

  Lemma frame_entry_client_spec :
    ⊢ WP frame_entry_client {{ v, ∃ (s : loc) γ, ⌜v = #s⌝ ∗
        frame_slot D N γ s 0 ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /frame_entry_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    iMod (frame_slot_alloc D N ⊤ 1%positive s 0 with "Hs [Hs1 Hs4] Hs3")
      as (γ) "(_ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    wp_alloc src as "Hsrc" "_".
    wp_alloc note1 as "Hnote1" "_".
    rewrite (heap_pointsto_vec_singleton note1). wp_write.
    wp_alloc note2 as "Hnote2" "_".
    rewrite (heap_pointsto_vec_singleton note2). wp_write.
    wp_alloc there as "Hthere" "_".
    rewrite (heap_pointsto_vec_singleton there). wp_write.
    wp_alloc back as "Hback" "_".
    rewrite (heap_pointsto_vec_singleton back) (heap_pointsto_vec_singleton src).
    wp_write. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iMod (entry_alloc there (raw γ s) with "Hthere") as "#Ithere".
    iMod (entry_alloc back (raw_owed γ s) with "Hback") as "#Iback".
    (** Two shares, one of which goes there *)
    wp_pures. wp_apply (get_from_unused_full_spec D N γ s 0 1 src [ #note1 ] false
      with "[$I $Hsrc $L Hnote1]").
    { iApply (meta_own_intro D 1 note_meta); [done|]. iExists note1. by iFrame. }
    iIntros "(Hsrc & (%γm & Hh) & L)". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (clone_by_cas_spec D N with "[$I $Hh $L']"). iIntros "(Hh & Hh' & L')".
    wp_apply (frame_into_raw_spec D N γ s 0 (HandleShared _) with "[$I $Hh']").
    iIntros "Hraw".
    wp_apply (entry_put_spec with "[$Ithere Hraw]"); [done| |].
    { iSplitR; [done|]. by iExists _. }
    iIntros "_". wp_pures. wp_apply (wp_fork with "[L']").
    { iNext. iApply (entry_pass_on_spec with "I Ithere Iback L'"). }
    iIntros "_". wp_pures.
    wp_apply (entry_take_spec with "Iback"). iIntros (pa) "[Hraw L']". wp_pures.
    iDestruct (raw_is_share with "Hraw Hh") as "(-> & Hraw & Hh)".
    iAssert (lease γ (1/2 + 1/2) (1 + 1)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2.
    (** (1) *)
    wp_apply (entry_is_empty_spec _ _ (lease γ 1 2) with "[$Iback $L]").
    { iIntros (pa) "[_ L'] L". iDestruct (lease_split γ 1 (1/2) 2 1 with "[$L $L']") as "L".
      by iDestruct (lease_valid with "L") as %[]%Qp.not_add_le_l. }
    iIntros "L". wp_pures.
    (** The raw frame is borrowed. *)
    wp_apply (ref_spec with "Hraw"). iIntros "[Hh' Hraw]".
    wp_apply frame_meta_spec; [done|]. iIntros "_".
    wp_apply (read_note_spec with "Hh'"). iIntros "Hh'".
    iDestruct ("Hraw" with "Hh'") as "Hraw". wp_pures.
    wp_apply (frame_drop_other_spec D N _ _ _ _ 0 with "[$I $Hh $L]").
    iIntros "L". wp_pures.
    (** (2) *)
    wp_apply (entry_is_empty_spec _ _ (frame_slot D N γ s 0 ∗
      frame_raw D γ s 0 (HandleShared _) ∗ lease γ 1 1)%I with "[$I $Ithere $Hraw $L]").
    { iIntros (pa) "(-> & %h & Hraw') (#I & Hraw & L)".
      iApply (frame_raw_exclusive D N with "I L Hraw Hraw'"). solve_ndisj. }
    iIntros "(_ & Hraw & L)". wp_pures.
    wp_apply (ref_spec with "Hraw"). iIntros "[Hh _]". wp_pures.
    wp_apply (try_from_shared_full_spec D N with "[$I $Hh $L]").
    iIntros (vl) "((%τ & %Hτ & %Hvl) & Hh & L)". injection Hτ as <-.
    change (vl = [ #note1]%V) in Hvl. subst vl. iEval (simpl) in "Hh".
    wp_rec. wp_pures.
    (** (3) *)
    wp_apply (entry_is_empty_spec _ _ (unique_frame D γ s 1 [ #note1 ])
      with "[$Ithere $Hh]").
    { iIntros (pa) "Hraw Hh". by iDestruct (raw_not_unique with "Hraw Hh") as %[]. }
    iIntros "Hh". wp_pures.
    wp_apply (frame_into_raw_spec D N γ s 0 (HandleUnique _ _) with "[$I $Hh]").
    iIntros "Hraw". wp_pures.
    (** (4) *)
    wp_apply (entry_is_empty_spec _ _ (frame_raw D γ s 0 (HandleUnique 1 [ #note1 ]))
      with "[$Ithere $Hraw]").
    { iIntros (pa) "(-> & %h & Hraw') Hraw".
      by iDestruct (frame_raw_unique_exclusive with "Hraw Hraw'") as %[]. }
    iIntros "Hraw". wp_pures.
    wp_apply (ref_spec with "Hraw"). iIntros "[Hh _]". wp_pures.
    (** The word, in three states *)
    wp_apply (slot_word_spec (client_lease (slot_lease_name γ)) γ s 0
      (unique_frame D γ s 1 [ #note1 ]) with "[$I $Hh]").
    iIntros (st) "[-> Hh]". wp_pures.
    wp_apply (frame_from_unique_spec D N with "[$I $Hh $L]").
    iIntros (γm') "[Hh L]". wp_pures.
    wp_apply (dec_ref_count_at D N with "I Hh L").
    iIntros (n [_ Hn]). simpl in Hn. rewrite (_ : n = 1%positive) /=; [|lia].
    iIntros "L (%vl & (%τ & %Hτ & %Hvl) & Hh)". injection Hτ as <-.
    change (vl = [ #note1]%V) in Hvl. subst vl. wp_rec. wp_pures.
    wp_apply (slot_word_spec (client_lease (slot_lease_name γ)) γ s 0
      (busy_frame D γ s 1 [ #note1 ]) with "[$I $Hh]").
    iIntros (st) "[-> Hh]". wp_pures.
    iDestruct (busy_frame_whole_acc with "Hh") as "[Hwhole Hback]".
    wp_apply (drop_meta_in_place_spec D with "[$Hwhole]"); [iApply owner_dict_drop|].
    iIntros "[Hroom Hdead]". rewrite (meta_dead_intro D 1 note_meta) //.
    iDestruct "Hdead" as (c) "[%Hc Hnote1]". injection Hc as <-. wp_pures.
    rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    wp_apply (write_meta_spec D s 1 src [ #note2 ] with "[$Hroom $Hsrc Hnote2]").
    { iApply (meta_own_intro D 1 note_meta); [done|]. iExists note2. by iFrame. }
    iIntros "[Hwhole _]". iDestruct ("Hback" with "Hwhole") as "Hh". wp_pures.
    wp_apply (drop_last_in_place_spec D N with "[$I $Hh $L]"); [iApply owner_dict_drop|].
    iIntros "[L Hdead]". rewrite (meta_dead_intro D 1 note_meta) //.
    iDestruct "Hdead" as (c) "[%Hc Hnote2]". injection Hc as <-. wp_pures.
    wp_apply (slot_word_spec (client_lease (slot_lease_name γ)) γ s 0 (lease γ 1 0)
      with "[$I $L]").
    iIntros (st) "[%Hst L]". apply state_weight_0 in Hst as ->.
    wp_pures. wp_rec. wp_pures. wp_rec. wp_pures. wp_rec. wp_pures.
    wp_read. wp_pures. wp_read. wp_pures.
    iModIntro. iExists s, γ. by iFrame "I L".
  Qed.
End client.

Definition frame_entry_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem frame_entry_client_adequate :
  adequate NotStuck frame_entry_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ slot_unused_in σ s).
Proof.
  apply (slot_leak_free frame_entry_clientΣ _ (λ v s, v = #s%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_entry_client_spec|]. iIntros (v) "(%s & %γ & -> & I & L)".
  iExists owner_dict, (nroot .@ "frame"), γ, s, 0%Z. by iFrame.
Qed.
