(** * One house: page frames with a state as the index of their type

As [one_house.v] is for [Rc]. The type of the handles of a frame says in which state it
is: [Sole i], a unique handle to metadata of the type [i]; [Shares i n], so many shares.
[strong_frame e t t' r] says that [e] changes the type from [t] to [t'] and returns [r].

- [repurpose_rule] gives the frame metadata of any other type: the index before and after
  need have nothing in common, which is why it takes the unique handle;
- [share_frame_rule] and [sole_rule] go from one kind of handle to the other and back;
  back from one share; [sole_refused] says what happens if there are more;
- [clone_frame_rule] and [drop_frame_rule] count.

[frame_house] is a closed program proved with these rules ([frame_house_safe]).

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023), on strong references. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict frame_adequacy.
From tally.prelude Require Import options.

(** A unique handle, or so many shares; and the type of the metadata. *)
Inductive frame_handles := Sole (i : nat) | Shares (i n : nat).

Section rules.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Implicit Types (γ : slot_names) (s : loc).

  Definition of_frame γ s (pa : Z) (h : frame_handles) : iProp Σ :=
    frame_slot number_dict N γ s pa ∗
    match h with
    | Sole i => (∃ vl, unique_frame number_dict γ s i vl) ∗ lease γ 1 1
    | Shares i n => ∃ m, ⌜meta_vtable m = i⌝ ∗ lease γ 1 n ∗
        [∗ list] _ ∈ replicate n (), shared_frame number_dict γ s m
    end.
  (** [e] changes the type, and returns [r]; it has the use of [R]. *)
  Definition strong_frame γ s pa (R : iProp Σ) (e : expr) (h h' : frame_handles) (r : val) : iProp Σ :=
    □ ∀ Φ, of_frame γ s pa h -∗ R -∗ ▷ (of_frame γ s pa h' -∗ R -∗ Φ r) -∗ WP e {{ Φ }}.

  Lemma repurpose_rule γ s pa i i' (src : loc) (z : Z) :
    i' < 2 → in_int_range u64 z →
    ⊢ strong_frame γ s pa (src ↦∗ [ #z]%V) (frame_repurpose 1 number_glues [ #s; #i'; #src])%E
        (Sole i) (Sole i') #s.
  Proof.
    iIntros (Hi' Hz) "!>". iIntros (Φ) "(#I & [%vl Hh] & L) Hsrc HΦ".
    wp_apply (frame_repurpose_spec number_dict γ s i vl i' src [ #z ] with "[$Hh $Hsrc]").
    { iSplit; [iApply number_dict_drop|iApply number_own; done]. }
    iIntros "(Hh & Hsrc & _)". iApply ("HΦ" with "[$I $L Hh] Hsrc"). by iExists _.
  Qed.
  Lemma share_frame_rule γ s pa i :
    ⊢ strong_frame γ s pa True (frame_from_unique [ #s])%E (Sole i) (Shares i 1) #s.
  Proof.
    iIntros "!>" (Φ) "(#I & [%vl Hh] & L) _ HΦ".
    wp_apply (frame_from_unique_spec number_dict N with "[$I $Hh $L]"). iIntros (γm) "[Hh L]".
    iApply ("HΦ" with "[$I Hh L] [//]"). iExists (Meta i vl γm). iSplit; [done|]. by iFrame.
  Qed.
  Lemma clone_frame_rule γ s pa i n :
    ⊢ strong_frame γ s pa (pending_incs (slot_pending_name γ) 1) (frame_clone [ #s])%E
        (Shares i (S n)) (Shares i (S (S n))) #s.
  Proof.
    iIntros "!>" (Φ) "(#I & %m & %Hm & L & Hh & Hhs) Hp HΦ".
    iEval (rewrite -(Nat.add_0_r (S n)) -Qp.half_half lease_split) in "L". iDestruct "L" as "[L L']".
    wp_apply (frame_clone_spec number_dict N with "[$I $Hh $L' $Hp]"). iIntros "(Hh & Hh' & L' & Hp)".
    iAssert (lease γ (1/2 + 1/2) (S n + 1)) with "[L L']" as "L"; [rewrite lease_split; iFrame|].
    rewrite Qp.half_half Nat.add_1_r. iApply ("HΦ" with "[$I Hh Hh' Hhs L] Hp").
    iExists m. iSplit; [done|]. iFrame "L". cbn [replicate]. rewrite !big_sepL_cons. iFrame "Hh Hh'". iFrame "Hhs".
  Qed.
  Lemma drop_frame_rule γ s pa i n :
    ⊢ strong_frame γ s pa True (number_drop [ #s])%E (Shares i (S (S n))) (Shares i (S n)) #☠.
  Proof.
    iIntros "!>" (Φ) "(#I & %m & %Hm & L & Hh & Hhs) _ HΦ".
    iEval (rewrite -(Nat.add_1_r (S n)) -Qp.half_half lease_split) in "L". iDestruct "L" as "[L L']".
    wp_apply (number_drop_spec with "[$I $Hh $L']"). iIntros "L'".
    iAssert (lease γ (1/2 + 1/2) (S n + 0)) with "[L L']" as "L"; [rewrite lease_split; iFrame|].
    rewrite Qp.half_half Nat.add_0_r. iApply ("HΦ" with "[$I Hhs L] [//]").
    iExists m. iSplit; [done|]. iFrame "L". iFrame "Hhs".
  Qed.
  (** Back to the unique handle: there is one share. *)
  Lemma sole_rule γ s pa i :
    ⊢ strong_frame γ s pa True (try_from_shared [ #s])%E (Shares i 1) (Sole i) #true.
  Proof.
    iIntros "!>" (Φ) "(#I & %m & %Hm & L & Hh & _) _ HΦ".
    wp_apply (try_from_shared_at number_dict N with "I Hh L"). iIntros (n [_ Hn]) "L H". simpl in Hn.
    assert (n = 1%positive) as -> by lia. simpl. iDestruct "H" as (vl) "[_ Hh]". rewrite Hm.
    iApply ("HΦ" with "[$I Hh L] [//]"). iFrame "L". by iExists vl.
  Qed.
  (** With more shares nothing changes. *)
  Lemma sole_refused γ s pa i n :
    ⊢ strong_frame γ s pa True (try_from_shared [ #s])%E (Shares i (S (S n))) (Shares i (S (S n))) #false.
  Proof.
    iIntros "!>" (Φ) "(#I & %m & %Hm & L & Hh & Hhs) _ HΦ".
    wp_apply (try_from_shared_at number_dict N with "I Hh L"). iIntros (k [_ Hk]) "L H". simpl in Hk.
    assert (sole_share (SlotShared k m) = false) as Hsole by (destruct k; simpl; [done..|lia]).
    rewrite Hsole. iApply ("HΦ" with "[$I Hhs L H] [//]"). iExists m. iSplit; [done|]. iFrame "L".
    cbn [replicate]. rewrite big_sepL_cons. iFrame "H". iFrame "Hhs".
  Qed.
  (** A frame that nobody has is claimed; and the unique handle goes. *)
  Lemma claim_rule γ s pa i (src : loc) (z : Z) :
    i < 2 → in_int_range u64 z →
    ⊢ ∀ Φ, frame_slot number_dict N γ s pa -∗ lease γ 1 0 -∗ src ↦∗ [ #z]%V -∗
      ▷ (of_frame γ s pa (Sole i) -∗ src ↦∗ [ #z]%V -∗ Φ #0) -∗
      WP get_from_unused 1 [ #s; #i; #src; #true] {{ Φ }}.
  Proof.
    iIntros (Hi Hz Φ) "#I L Hsrc HΦ".
    wp_apply (get_from_unused_at number_dict N _ γ s pa i src [ #z ] true with "I Hsrc [] L").
    { by iApply number_own. }
    iIntros (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm) "[L Hh]".
    iApply ("HΦ" with "[$I $L Hh] Hsrc"). by iExists _.
  Qed.
  Lemma release_rule γ s pa i :
    ⊢ ∀ Φ, of_frame γ s pa (Sole i) -∗ ▷ (lease γ 1 0 -∗ Φ #☠) -∗ WP number_unique_drop [ #s] {{ Φ }}.
  Proof.
    iIntros (Φ) "(#I & [%vl Hh] & L) HΦ".
    by iApply (number_unique_drop_spec with "[$I $Hh $L]").
  Qed.
End rules.

(** ** A program, proved with the rules *)
Definition frame_house : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  get_from_unused 1 ["slot"; #0; "src"; #true];;
  frame_repurpose 1 number_glues ["slot"; #1; "src"];;
  frame_from_unique ["slot"];;
  frame_clone ["slot"];;
  let: "no" := try_from_shared ["slot"] in
  number_drop ["slot"];;
  let: "yes" := try_from_shared ["slot"] in
  number_unique_drop ["slot"];;
  if: "no" then #0 else if: "yes" then "slot" else #0.

Lemma frame_house_spec `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ} :
  ⊢ WP frame_house {{ v, ∃ (s : loc) γ pa, ⌜v = #s⌝ ∗
      frame_slot number_dict (nroot .@ "frame") γ s pa ∗ lease γ 1 0 }}.
Proof.
  rewrite /frame_house /slot_paddr.
  wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
  iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
  wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
  iMod pending_incs_alloc as (γr) "Hr". iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
  iMod (frame_slot_alloc number_dict (nroot .@ "frame") ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3")
    as (γ) "(%Hγ & #I & L)".
  { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
  rewrite -Hγ -(heap_pointsto_vec_singleton src).
  wp_apply (claim_rule γ s 8192 0 src 42 with "I L Hsrc"); [lia|done|]. iIntros "H Hsrc". wp_pures.
  wp_apply (repurpose_rule γ s 8192 0 1 src 42 with "H Hsrc"); [lia|done|]. iIntros "H Hsrc". wp_pures.
  wp_apply (share_frame_rule with "H [//]"). iIntros "H _". wp_pures.
  wp_apply (clone_frame_rule with "H Hr"). iIntros "H Hr". wp_pures.
  wp_apply (sole_refused with "H [//]"). iIntros "H _". wp_pures.
  wp_apply (drop_frame_rule with "H [//]"). iIntros "H _". wp_pures.
  wp_apply (sole_rule with "H [//]"). iIntros "H _". wp_pures.
  wp_apply (release_rule with "H"). iIntros "L". wp_pures.
  iExists s, γ, 8192%Z. by iFrame "I L".
Qed.

Definition frame_houseΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].
(** No run gets stuck; at the end the frame is unused, and both answers were right. *)
Theorem frame_house_safe :
  adequate NotStuck frame_house ∅ (λ v σ, ∃ s : loc, v = #s%V ∧ slot_unused_in σ s).
Proof.
  apply (slot_leak_free frame_houseΣ _ (λ v s, v = #s%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_house_spec|].
  iIntros (v) "(%s & %γ & %pa & -> & I & L)".
  iExists number_dict, (nroot .@ "frame"), γ, s, pa. by iFrame.
Qed.
