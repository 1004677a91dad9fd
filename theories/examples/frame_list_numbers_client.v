(** * A client with two lists of frames, and what adequacy says of it

A list gets a number with its first frame, and the frames in it are marked with the number.
[frame_list_numbers_client] claims the frames of two pages, puts each into a list of its
own, asserts of each list that its size is a [usize], pops the frames, frees the cells of
the lists, and drops the frames.

[frame_list_numbers_client_adequate]: it is never stuck, and at the end each slot in memory
says that it is unused and in no list.

While both lists have a frame, their numbers are known to differ ([frame_list_id_unique]),
to be below the maximum, and not to be 0 ([frame_list_id_range]): [two_lists_numbers]. The
size of any list is a [usize] ([frame_list_length]): [check_size_spec]. The cells of a list
that is empty are the client's again ([frame_list_cells]): [free_list_spec]. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr_sig number_dict.
From tally.frame.list Require Import frame_list.
From tally.examples Require Import expect frame_list_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition check_size : val :=
  λ: ["list"], debug_assert [frame_list_size ["list"] ≤ #(int_max usize)].
Definition free_list : val := λ: ["list"], Free #4 "list".

Definition frame_list_numbers_client : expr :=
  let: "ids" := Alloc #1 in
  "ids" <- #1;;
  let: "base" := Alloc #14 in
  boot_slot ["base"; #0];;
  boot_slot ["base"; #4096];;
  let: "a" := Alloc #4 in
  frame_list_new ["a"];;
  let: "b" := Alloc #4 in
  frame_list_new ["b"];;
  frame_list_push_back ["ids"; "a"; claim_number ["base"; #0; #5] ];;
  frame_list_push_back ["ids"; "b"; claim_number ["base"; #4096; #7] ];;
  check_size ["a"];;
  check_size ["b"];;
  let: "first" := frame_list_pop_front ["a"] in
  let: "second" := frame_list_pop_back ["b"] in
  free_list ["a"];;
  free_list ["b"];;
  unique_drop list_glues no_dealloc ["first"];;
  unique_drop list_glues no_dealloc ["second"];;
  "base".

Lemma frame_list_numbers_client_run :
  returned_loc (run_program choice_reuse [] 6000 frame_list_numbers_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !frameListG Σ}.
  Let Nf := nroot .@ "frame".
  Let Nl := nroot .@ "list".
  Implicit Types (x : list_slot) (γ : gname) (l a b base : loc) (id : Z).
  Implicit Types (fs : list listed) (e : listed).

  (** Two lists that have frames. *)
  Lemma two_lists_numbers γ a b ida idb e1 fs1 e2 fs2 :
    frame_list list_dict Nl γ 0 a ida (e1 :: fs1) -∗
    frame_list list_dict Nl γ 0 b idb (e2 :: fs2) -∗
    ⌜(0 < ida < fl_id_max)%Z ∧ (0 < idb < fl_id_max)%Z ∧ ida ≠ idb⌝.
  Proof.
    iIntros "Ha Hb".
    iDestruct (frame_list_id_range with "Ha") as %[Ha Ha0].
    iDestruct (frame_list_id_range with "Hb") as %[Hb Hb0].
    assert (ida ≠ 0%Z) as Hna by (intros H; by apply Ha0 in H).
    assert (idb ≠ 0%Z) as Hnb by (intros H; by apply Hb0 in H).
    iDestruct (frame_list_id_unique with "Ha Hb") as %Hne; [done|].
    iPureIntro. split_and!; (done || lia).
  Qed.
  Lemma check_size_spec γ l id fs :
    {{{ frame_list list_dict Nl γ 0 l id fs }}}
      check_size [ #l ]
    {{{ RET #☠; frame_list list_dict Nl γ 0 l id fs }}}.
  Proof.
    iIntros (Φ) "H HΦ". iDestruct (frame_list_length with "H") as %Hlen. wp_rec.
    wp_apply (frame_list_size_spec with "H"). iIntros "H". wp_pures.
    rewrite bool_decide_eq_true_2 //. wp_rec. wp_pures. by iApply "HΦ".
  Qed.
  Lemma free_list_spec γ l id :
    {{{ frame_list list_dict Nl γ 0 l id [] ∗ † l … 4 }}}
      free_list [ #l ]
    {{{ RET #☠; True }}}.
  Proof using All.
    iIntros (Φ) "[H H†] HΦ". iDestruct (frame_list_cells with "H") as (vl) "[%Hvl Hl]".
    wp_rec. wp_free. by iApply "HΦ".
  Qed.

  Local Lemma drop_spec γ x base pa z :
    {{{ page γ x base pa ∗ held x z ∗ lease (ls_names x) 1 1 }}}
      unique_drop list_glues no_dealloc [ #(ls_loc x) ]
    {{{ RET #☠; lease (ls_names x) 1 0 }}}.
  Proof.
    iIntros (Φ) "((_ & #I & _) & Hh & L) HΦ".
    iApply (unique_drop_spec list_dict Nf with "[$I $Hh $L]").
    { iSplit; [iApply list_dict_drop|iApply no_dealloc_spec]. }
    iIntros "!> L". by iApply "HΦ".
  Qed.

  Lemma frame_list_numbers_client_spec :
    ⊢ WP frame_list_numbers_client {{ w, ∃ base γ x0 x1, ⌜w = #base⌝ ∗
        [∗ list] xp ∈ [(x0, 0%Z); (x1, 4096%Z)],
          page γ xp.1 base xp.2 ∗ lease (ls_names xp.1) 1 0 }}.
  Proof using All.
    rewrite /frame_list_numbers_client. wp_alloc ids as "Hids" "_".
    rewrite heap_pointsto_vec_singleton. wp_write.
    iMod (list_ids_alloc Nl with "Hids") as (γ) "#Iids".
    wp_alloc base as "Hb" "_".
    rewrite (heap_pointsto_vec_app base 1 (replicate 7 #☠)%V (replicate 7 #☠)%V).
    iDestruct "Hb" as "(H0 & H1)". wp_pures.
    wp_apply (boot_slot_spec γ base 0 with "[H0]").
    { rewrite /page_slot /= shift_loc_0. iFrame "H0". }
    iIntros (x0) "[#P0 L0]". wp_pures.
    wp_apply (boot_slot_spec γ base 4096 with "H1"). iIntros (x1) "[#P1 L1]". wp_pures.
    wp_alloc a as "Ha" "H†a". wp_pures.
    wp_apply (frame_list_new_spec list_dict Nl γ 0 with "Ha"); [done|]. iIntros "Ha". wp_pures.
    wp_alloc b as "Hb" "H†b". wp_pures.
    wp_apply (frame_list_new_spec list_dict Nl γ 0 with "Hb"); [done|]. iIntros "Hb". wp_pures.
    iPoseProof "P0" as "(%Hx0 & I0 & W0)". iPoseProof "P1" as "(%Hx1 & I1 & W1)".
    wp_apply (claim_number_spec with "[$P0 $L0]"); [done|]. iIntros "[H0 L0]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W0 $H0 $Ha]").
    iIntros (ida) "[_ Ha]". wp_pures.
    wp_apply (claim_number_spec with "[$P1 $L1]"); [done|]. iIntros "[H1 L1]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W1 $H1 $Hb]").
    iIntros (idb) "[_ Hb]". wp_pures.
    wp_apply (check_size_spec with "Ha"). iIntros "Ha". wp_pures.
    wp_apply (check_size_spec with "Hb"). iIntros "Hb". wp_pures.
    wp_apply (frame_list_pop_front_spec list_dict Nl with "Ha"). iIntros "[H0 Ha]". wp_pures.
    wp_apply (frame_list_pop_back_spec list_dict Nl _ _ _ _ _ _ [] with "Hb").
    iIntros "[H1 Hb]". wp_pures.
    wp_apply (free_list_spec with "[$Ha $H†a]"). iIntros "_". wp_pures.
    wp_apply (free_list_spec with "[$Hb $H†b]"). iIntros "_". wp_pures.
    wp_apply (drop_spec with "[$P0 $H0 $L0]"). iIntros "L0". wp_pures.
    wp_apply (drop_spec with "[$P1 $H1 $L1]"). iIntros "L1". wp_pures.
    iModIntro. iExists base, γ, x0, x1. iSplitR; [done|].
    iSplitL "L0"; [by iFrame "P0 L0"|]. iSplitL "L1"; [by iFrame "P1 L1"|done].
  Qed.
End client.

Theorem frame_list_numbers_client_adequate :
  adequate NotStuck frame_list_numbers_client ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ Forall (slot_free σ base) [0; 4096]%Z).
Proof.
  apply (lrust_adequacy_state frame_list_clientΣ). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_list_numbers_client_spec|].
  iIntros (v) "(%base & %γ & %x0 & %x1 & -> & Hs)". iIntros (σ) "Hσ".
  iDestruct "Hs" as "([P0 L0] & [P1 L1] & _)".
  iMod (page_free with "P0 L0 Hσ") as "[%H0 Hσ]".
  iMod (page_free with "P1 L1 Hσ") as "[%H1 Hσ]".
  iApply fupd_mask_intro; [set_solver|]. iIntros "_". iPureIntro. exists base.
  split; [done|]. repeat (apply Forall_cons_2; [done|]). by apply Forall_nil_2.
Qed.
