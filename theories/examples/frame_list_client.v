(** * A client of lists of frames, and what adequacy says of it

[frame_list_client] makes four slots and a counter of lists' numbers, and two threads
have a list each:

<<
  main     claims the frames of pages 0, 1, 2 uniquely, with metadata 5, 7, 9; puts 0 at
           the back of its list, 1 at the front, 2 at the back: it has 1, 0, 2;
           spawns second; asks for the size (3), whether the frame at address 4096 is in
           the list (yes), whether that of page 3 is (no, whatever second does with it
           meanwhile); looks the frame of page 0 up (Unique);
           pops the front, which is 1; asks whether it is in the list (no), puts it at
           the back: 0, 2, 1;
           lets a cursor at the front write 6 to the metadata there, go on, take 2 out,
           put it back before 1, go back and read the metadata there (9);
           drops the list; asks for the size (0); waits for second
  second   claims the frame of page 3, puts it into a list of its own, pops it, drops it
>>

and returns the slots if the sum of the results in parentheses, weighted by powers of
ten, is right.

[frame_list_client_adequate]: no interleaving is ever stuck (no assertion of the programs
fails, no access races), the sum of the results is exact, and at the end each of the four
slots in memory says that it is unused and in no list. The proof uses the sealed
specifications alone. [frame_list_client_run] computes one execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr_sig number_dict.
From tally.frame.list Require Import frame_list.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition list_glues : list val := [link_drop drop_nothing].

Definition boot_slot : val :=
  λ: ["base"; "pa"],
    let: "slot" := slot_at 3 ["base"; "pa"] in
    "slot" <- #slot_unused;;
    "slot" +ₗ #slot_in_list <- #0;;
    "slot" +ₗ #slot_paddr <- "pa".
(** The frame of page [pa], uniquely, with the number [v]. *)
Definition claim_number : val :=
  λ: ["base"; "pa"; "v"],
    let: "src" := Alloc #3 in
    "src" <- #0;;
    "src" +ₗ #link_prev <- #0;;
    "src" +ₗ #link_meta <- "v";;
    let: "slot" := slot_at 3 ["base"; "pa"] in
    get_from_unused 3 ["slot"; #0; "src"; #true];;
    "slot".

Definition second_list : val :=
  λ: ["base"; "ids"; "flag"],
    let: "list" := Alloc #4 in
    frame_list_new ["list"];;
    frame_list_push_back ["ids"; "list"; claim_number ["base"; #12288; #11]];;
    unique_drop list_glues no_dealloc [frame_list_pop_front ["list"]];;
    flag_raise ["flag"].

Definition frame_list_client : expr :=
  let: "ids" := Alloc #1 in
  "ids" <- #1;;
  let: "base" := Alloc #28 in
  boot_slot ["base"; #0];;
  boot_slot ["base"; #4096];;
  boot_slot ["base"; #8192];;
  boot_slot ["base"; #12288];;
  let: "flag" := flag_new [] in
  let: "list" := Alloc #4 in
  frame_list_new ["list"];;
  frame_list_push_back ["ids"; "list"; claim_number ["base"; #0; #5]];;
  frame_list_push_front ["ids"; "list"; claim_number ["base"; #4096; #7]];;
  frame_list_push_back ["ids"; "list"; claim_number ["base"; #8192; #9]];;
  Fork (second_list ["base"; "ids"; "flag"]);;
  let: "r1" := frame_list_size ["list"] in
  let: "r2" := frame_list_contains 3 ["base"; #16384; "list"; #4096] in
  let: "r3" := frame_list_contains 3 ["base"; #16384; "list"; #12288] in
  let: "r4" := get_from_in_use [slot_at 3 ["base"; #0]] in
  let: "front" := frame_list_pop_front ["list"] in
  let: "r5" := frame_list_has ["list"; "front"] in
  frame_list_push_back ["ids"; "list"; "front"];;
  let: "cursor" := Alloc #2 in
  frame_list_cursor_front ["cursor"; "list"];;
  frame_cursor_current_meta ["cursor"] <- #6;;
  frame_cursor_move_next ["cursor"];;
  let: "taken" := frame_cursor_take_current ["cursor"] in
  frame_cursor_insert_before ["ids"; "cursor"; "taken"];;
  frame_cursor_move_prev ["cursor"];;
  let: "r6" := !(frame_cursor_current_meta ["cursor"]) in
  frame_list_drop list_glues no_dealloc ["list"];;
  let: "r7" := frame_list_size ["list"] in
  flag_wait ["flag"];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000 + "r6" * #100000
    + "r7" * #1000000 = #903013 then "base" else #0.

(** A slot of the four that is unused and in no list. *)
Definition slot_free (σ : state) (base : loc) (pa : Z) : Prop :=
  σ !! page_slot 3 base pa = Some (RSt 0, #slot_unused%V) ∧
  σ !! (page_slot 3 base pa +ₗ slot_in_list)%L = Some (RSt 0, #0%V).

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !frameListG Σ}.
  Let Nf := nroot .@ "frame".
  Let Nl := nroot .@ "list".
  Let Nmeta := nroot .@ "meta".
  Let Nflag := nroot .@ "flag".
  Implicit Types (x : list_slot) (γ : gname) (s base : loc) (pa v : Z).

  Definition number_dead (vl : list val) : iProp Σ :=
    ∃ vl', ⌜vl = link_vals vl'⌝ ∗ ty_own (int_ty u64) vl'.
  Definition linked_number : meta_type Σ :=
    frozen_meta Nmeta (link_ty (int_ty u64)) (link_drop drop_nothing) number_dead.
  Local Lemma client_sizes :
    Forall (λ τ : meta_type Σ, ty_size (mt_ty τ) = 3%nat) [linked_number].
  Proof. by repeat constructor. Qed.
  Definition list_dict : meta_dict Σ := MetaDict Σ _ 3 [linked_number] client_sizes.

  Lemma list_dict_drop : ⊢ dict_drop_spec list_dict.
  Proof.
    iIntros "!>" (i τ Hi). destruct i as [|i]; simplify_eq/=.
    iApply link_drop_spec. iApply drop_nothing_spec.
  Qed.
  Local Lemma linked_own v :
    in_int_range u64 v → ⊢ meta_own list_dict 0 (link_vals [ #v ]).
  Proof.
    intros Hv. rewrite (meta_own_intro list_dict 0 linked_number) //.
    iApply link_ty_own. by iApply int_ty_own_intro.
  Qed.

  (** A slot that follows the protocol, and may be in lists. *)
  Definition page γ x base pa : iProp Σ :=
    ⌜ls_loc x = page_slot 3 base pa⌝ ∗
    frame_slot list_dict Nf (ls_names x) (ls_loc x) pa ∗ in_list_inv Nl γ x.
  Definition held x v : iProp Σ :=
    unique_frame list_dict (ls_names x) (ls_loc x) 0 (link_vals [ #v ]).

  Lemma boot_slot_spec γ base pa :
    {{{ page_slot 3 base pa ↦∗ replicate 7 #☠ }}}
      boot_slot [ #base; #pa ]
    {{{ x, RET #☠; page γ x base pa ∗ lease (ls_names x) 1 0 }}}.
  Proof.
    iIntros (Φ) "Hs HΦ". rewrite /boot_slot /slot_in_list /slot_paddr. wp_rec.
    wp_apply (slot_at_spec with "[//]"). iIntros "_".
    rewrite -/(page_slot 3 base pa). remember (page_slot 3 base pa) as s eqn:Hs.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(H0 & H1 & H2 & H3 & H4)". wp_pures.
    wp_write. wp_write. wp_pures. wp_write.
    iMod (frame_slot_alloc list_dict Nf ⊤ 1%positive s pa with "H0 [H1 H4] H3")
      as (γs) "(_ & #I & L)".
    { iExists #☠, (replicate 3 #☠)%V. iFrame "H1". iSplitR; [done|].
      rewrite !heap_pointsto_vec_cons !shift_loc_assoc. iFrame. }
    iMod (in_list_inv_alloc Nl ⊤ γ s γs with "H2") as (γw) "#Iw".
    iModIntro. iApply ("HΦ" $! (ListSlot s γs γw)). iFrame "L". iSplit; [done|]. by iSplit.
  Qed.

  Lemma claim_number_spec γ x base pa v :
    in_int_range u64 v →
    {{{ page γ x base pa ∗ lease (ls_names x) 1 0 }}}
      claim_number [ #base; #pa; #v ]
    {{{ RET #(ls_loc x); held x v ∗ lease (ls_names x) 1 1 }}}.
  Proof using Type*.
    iIntros (Hv Φ) "[(%Hx & #I & #Iw) L] HΦ".
    rewrite /claim_number /link_prev /link_meta. wp_rec.
    wp_alloc src as "Hsrc" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hsrc" as "(H0 & H1 & H2 & _)". wp_write. wp_write. wp_pures. wp_write. wp_pures.
    wp_apply (slot_at_spec with "[//]"). iIntros "_".
    rewrite -/(page_slot 3 base pa) -Hx. wp_pures.
    wp_apply (get_from_unused_at list_dict Nf _ _ _ pa 0 src (link_vals [ #v ]) true
      with "I [H0 H1 H2] [] L").
    { rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil. iFrame. }
    { by iApply linked_own. }
    iIntros (st ->%state_weight_0) "_ H". iDestruct "H" as (γm) "[L Hh]". wp_pures. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Local Lemma second_list_spec γ x base ids f :
    page γ x base 12288 -∗ list_ids Nl γ ids -∗
    flag Nflag f (lease (ls_names x) 1 0) -∗ lease (ls_names x) 1 0 -∗
    WP second_list [ #base; #ids; #f ] {{ _, True }}.
  Proof using Type*.
    iIntros "#Ix #Iids #If L". wp_rec. wp_alloc l as "Hl" "_". wp_pures.
    wp_apply (frame_list_new_spec list_dict Nl γ 0 with "Hl"); [done|]. iIntros "Hl". wp_pures.
    wp_apply (claim_number_spec with "[$Ix $L]"); [done|]. iIntros "[Hx L]".
    iDestruct "Ix" as "(_ & I & Iw)".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $Iw $Hx $Hl]").
    iIntros (id) "[_ Hl]". wp_pures.
    wp_apply (frame_list_pop_front_spec list_dict Nl with "Hl"). iIntros "[Hx Hl]".
    wp_apply (unique_drop_spec list_dict Nf with "[$I $Hx $L]").
    { iSplit; [iApply list_dict_drop|iApply no_dealloc_spec]. }
    iIntros "L". wp_pures. by wp_apply (flag_raise_spec with "[$If $L]").
  Qed.

  (** Pages of different addresses are different slots. *)
  Local Lemma page_ne γ γ' x x' base pa pa' :
    (pa `quot` page_size ≠ pa' `quot` page_size)%Z →
    page γ x base pa -∗ page γ' x' base pa' -∗ ⌜x ≠ x'⌝.
  Proof.
    iIntros (Hne) "[%Hx _] [%Hx' _] %". subst x'. exfalso. apply Hne.
    rewrite Hx in Hx'. injection Hx' as Hx'. unfold slot_cells in *. lia.
  Qed.

  Lemma frame_list_client_spec :
    ⊢ WP frame_list_client {{ w, ∃ base γ x0 x1 x2 x3, ⌜w = #base⌝ ∗
        [∗ list] xp ∈ [(x0, 0%Z); (x1, 4096%Z); (x2, 8192%Z); (x3, 12288%Z)],
          page γ xp.1 base xp.2 ∗ lease (ls_names xp.1) 1 0 }}.
  Proof using All.
    rewrite /frame_list_client. wp_alloc ids as "Hids" "_".
    rewrite heap_pointsto_vec_singleton. wp_write.
    iMod (list_ids_alloc Nl with "Hids") as (γ) "#Iids".
    wp_alloc base as "Hb" "_".
    rewrite (heap_pointsto_vec_app base 1 (replicate 7 #☠)%V (replicate 21 #☠)%V).
    rewrite (heap_pointsto_vec_app _ 1 (replicate 7 #☠)%V (replicate 14 #☠)%V).
    rewrite (heap_pointsto_vec_app _ 1 (replicate 7 #☠)%V (replicate 7 #☠)%V).
    rewrite !shift_loc_assoc. iDestruct "Hb" as "(H0 & H1 & H2 & H3)". wp_pures.
    wp_apply (boot_slot_spec γ base 0 with "[H0]").
    { rewrite /page_slot /= shift_loc_0. iFrame "H0". }
    iIntros (x0) "[#P0 L0]". wp_pures.
    wp_apply (boot_slot_spec γ base 4096 with "H1"). iIntros (x1) "[#P1 L1]". wp_pures.
    wp_apply (boot_slot_spec γ base 8192 with "H2"). iIntros (x2) "[#P2 L2]". wp_pures.
    wp_apply (boot_slot_spec γ base 12288 with "H3"). iIntros (x3) "[#P3 L3]". wp_pures.
    wp_apply flag_new_spec; [done|]. iIntros (f) "[Hf Ht]". wp_pures. wp_alloc l as "Hl" "_". wp_pures.
    wp_apply (frame_list_new_spec list_dict Nl γ 0 with "Hl"); [done|]. iIntros "Hl". wp_pures.
    iPoseProof "P0" as "(%Hx0 & I0 & W0)". iPoseProof "P1" as "(%Hx1 & I1 & W1)".
    iPoseProof "P2" as "(%Hx2 & I2 & W2)". iPoseProof "P3" as "(%Hx3 & I3 & W3)".
    wp_apply (claim_number_spec with "[$P0 $L0]"); [done|]. iIntros "[H0 L0]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W0 $H0 $Hl]").
    iIntros (id) "[%Hid Hl]". wp_pures.
    wp_apply (claim_number_spec with "[$P1 $L1]"); [done|]. iIntros "[H1 L1]".
    wp_apply (frame_list_push_front_spec list_dict Nl with "[$Iids $W1 $H1 $Hl]").
    iIntros (id1) "[%Hid1 Hl]". wp_pures.
    wp_apply (claim_number_spec with "[$P2 $L2]"); [done|]. iIntros "[H2 L2]".
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W2 $H2 $Hl]").
    iIntros (id2) "[%Hid2 Hl]". wp_pures.
    iMod (flag_alloc Nflag _ f (lease (ls_names x3) 1 0) with "Hf") as "#If".
    wp_apply (wp_fork with "[L3]").
    { iNext. iApply (second_list_spec with "P3 Iids If L3"). }
    iIntros "_". wp_pures.
    iDestruct (page_ne _ _ x0 x1 with "P0 P1") as %H01; [done|].
    iDestruct (page_ne _ _ x0 x2 with "P0 P2") as %H02; [done|].
    iDestruct (page_ne _ _ x0 x3 with "P0 P3") as %H03; [done|].
    iDestruct (page_ne _ _ x1 x2 with "P1 P2") as %H12; [done|].
    iDestruct (page_ne _ _ x1 x3 with "P1 P3") as %H13; [done|].
    iDestruct (page_ne _ _ x2 x3 with "P2 P3") as %H23; [done|].
    wp_apply (frame_list_size_spec with "Hl"). iIntros "Hl". wp_pures.
    wp_apply (frame_list_contains_spec list_dict Nl _ _ _ _ _ x1 with "[$W1 $Hl]"); [done..|].
    iIntros "Hl". rewrite (bool_decide_eq_true_2 (x1 ∈ _)); [|set_solver]. wp_pures.
    wp_apply (frame_list_contains_spec list_dict Nl _ _ _ _ _ x3 with "[$W3 $Hl]"); [done..|].
    iIntros "Hl". rewrite (bool_decide_eq_false_2 (x3 ∈ _)); [|set_solver]. wp_pures.
    wp_apply (slot_at_spec with "[//]"). iIntros "_".
    rewrite -/(page_slot 3 base 0) -Hx0.
    iDestruct (frame_list_token_acc list_dict Nl γ _ l _ _ x0 with "Hl") as "[Htok Hl]"; [set_solver|].
    wp_apply (get_from_in_use_at with "I0 Htok"). iIntros (st ->) "Htok _".
    iSpecialize ("Hl" with "Htok"). wp_pures.
    wp_apply (frame_list_pop_front_spec list_dict Nl with "Hl"). iIntros "[H1 Hl]". wp_pures.
    wp_apply (frame_list_has_spec list_dict Nl _ _ _ _ _ x1 with "[$W1 $Hl]").
    iIntros "Hl". rewrite (bool_decide_eq_false_2 (x1 ∈ _)); [|set_solver]. wp_pures.
    wp_apply (frame_list_push_back_spec list_dict Nl with "[$Iids $W1 $H1 $Hl]").
    iIntros (id3) "[_ Hl]". wp_pures.
    wp_alloc c as "Hc" "_". wp_pures.
    wp_apply (frame_list_cursor_front_spec list_dict Nl with "[$Hc $Hl]"); [done|].
    iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc". wp_pures.
    iDestruct (frame_cursor_meta_acc with "Hc") as "(Hm & _ & Hc)".
    rewrite (heap_pointsto_vec_singleton (ls_link x0 +ₗ link_meta)). wp_write.
    rewrite -(heap_pointsto_vec_singleton (ls_link x0 +ₗ link_meta)).
    iSpecialize ("Hc" with "Hm []"); [by iApply linked_own|]. wp_pures.
    wp_apply (frame_cursor_move_next_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_take_current_spec with "Hc"). iIntros "[H2 Hc]". wp_pures.
    wp_apply (frame_cursor_insert_before_spec list_dict Nl with "[$Iids $W2 $H2 $Hc]").
    iIntros (id4) "[_ Hc]". wp_pures.
    wp_apply (frame_cursor_move_prev_spec with "Hc"). iIntros "Hc". wp_pures.
    wp_apply (frame_cursor_current_meta_spec with "Hc"). iIntros "Hc".
    iDestruct (frame_cursor_meta_acc with "Hc") as "(Hm & _ & Hc)".
    rewrite (heap_pointsto_vec_singleton (ls_link x2 +ₗ link_meta)). wp_read.
    rewrite -(heap_pointsto_vec_singleton (ls_link x2 +ₗ link_meta)).
    iSpecialize ("Hc" with "Hm []"); [by iApply linked_own|]. wp_pures.
    iDestruct (frame_cursor_end with "Hc") as "[_ Hl]".
    wp_apply (frame_list_drop_spec list_dict Nl Nf _ _ _ _ _ _
      (λ x, if decide (x = x0) then 0 else if decide (x = x1) then 4096 else 8192)%Z
      (λ _, 1%Qp) (λ x _ _ q, lease (ls_names x) q 0) with "[$Hl L0 L1 L2]").
    { iSplit; [iApply list_dict_drop|]. rewrite /=.
      rewrite !(decide_False (P := x2 = _)) // (decide_False (P := x1 = x0)) //.
      rewrite !(decide_True (P := x1 = x1)) //. iFrame "L0 L1 L2".
      rewrite ?(decide_True (P := x0 = x0)) //.
      repeat iSplit; first [done|iApply no_dealloc_spec]. }
    iIntros "[Hl HL]". iEval (rewrite /=) in "HL".
    iDestruct "HL" as "(L0 & L2 & L1 & _)". wp_pures.
    wp_apply (frame_list_size_spec with "Hl"). iIntros "_". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]"). iIntros "L3". wp_pures.
    iModIntro. iExists base, γ, x0, x1, x2, x3. iSplitR; [done|].
    iSplitL "L0"; [by iFrame "P0 L0"|]. iSplitL "L1"; [by iFrame "P1 L1"|].
    iSplitL "L2"; [by iFrame "P2 L2"|]. iSplitL "L3"; [by iFrame "P3 L3"|done].
  Qed.

  Lemma page_free γ x base pa σ :
    page γ x base pa -∗ lease (ls_names x) 1 0 -∗ heap_ctx σ ={⊤}=∗
    ⌜slot_free σ base pa⌝ ∗ heap_ctx σ.
  Proof.
    iIntros "(%Hx & #I & #Iw) L Hσ".
    iMod (in_list_closed with "I Iw L") as "(Hs & Hw & Hclose)"; [done|done|solve_ndisj|].
    iDestruct (heap_read_1 with "Hσ Hs") as %Hs.
    iDestruct (heap_read_1 with "Hσ Hw") as %Hw.
    iMod ("Hclose" with "Hs Hw") as "_". iModIntro. iFrame "Hσ".
    iPureIntro. by rewrite /slot_free -Hx.
  Qed.
End client.

Definition frame_list_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ; frameListΣ].

Theorem frame_list_client_adequate :
  adequate NotStuck frame_list_client ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ Forall (slot_free σ base) [0; 4096; 8192; 12288]%Z).
Proof.
  apply (lrust_adequacy_state frame_list_clientΣ). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_list_client_spec|].
  iIntros (v) "(%base & %γ & %x0 & %x1 & %x2 & %x3 & -> & Hs)". iIntros (σ) "Hσ".
  iDestruct "Hs" as "([P0 L0] & [P1 L1] & [P2 L2] & [P3 L3] & _)".
  iMod (page_free with "P0 L0 Hσ") as "[%H0 Hσ]".
  iMod (page_free with "P1 L1 Hσ") as "[%H1 Hσ]".
  iMod (page_free with "P2 L2 Hσ") as "[%H2 Hσ]".
  iMod (page_free with "P3 L3 Hσ") as "[%H3 Hσ]".
  iApply fupd_mask_intro; [set_solver|]. iIntros "_". iPureIntro. exists base.
  split; [done|]. repeat (apply Forall_cons_2; [done|]). by apply Forall_nil_2.
Qed.

Lemma frame_list_client_run :
  returned_loc (run_program choice_reuse [] 6000 frame_list_client) = true.
Proof. by vm_compute. Qed.
