(** * A client of raw page frames, and what adequacy says of it

[frame_raw_client] has a memory of one page, at address 0, and gives handles away as
addresses:

<<
  main     claims the frame, shared; makes an address of a clone; borrows through the
           address and counts the shares (2); spawns other, which gets the address alone;
  other    makes a handle of the address, and drops it;
  main     drops its share; waits for other; claims the frame again, uniquely; makes an
           address of the handle; looks the frame up (Unique), although there is no
           handle now; makes a handle of the address, and drops it
>>

and returns the slot if the sum of the results in parentheses, weighted by powers of
ten, is right.

[frame_raw_client_adequate]: no interleaving is ever stuck, the sum of the results is
exact, and the slot is unused at the end: each address gave its handle back.
[refuted/frame_raw_twice.v] has the programs that use an address twice. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_cases frame_raw number_dict frame_adequacy.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition drop_raw : val :=
  λ: ["slots"; "pa"; "flag"],
    number_drop [frame_from_raw 1 ["slots"; "pa"] ];;
    flag_raise ["flag"].

Definition frame_raw_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #0;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "flag" := flag_new [] in
  get_from_unused 1 ["slot"; #0; "src"; #false];;
  let: "pa" := frame_into_raw [clone_by_cas ["slot"] ] in
  let: "r1" := reference_count [frame_from_raw 1 ["slot"; "pa"] ] in
  Fork (drop_raw ["slot"; "pa"; "flag"]);;
  number_drop ["slot"];;
  flag_wait ["flag"];;
  let: "r2" := get_from_unused 1 ["slot"; #0; "src"; #true] in
  let: "pa" := frame_into_raw ["slot"] in
  let: "r3" := get_from_in_use ["slot"] in
  number_unique_drop [frame_from_raw 1 ["slot"; "pa"] ];;
  if: "r1" + "r2" * #10 + "r3" * #100 = #302 then "slot" else #0.

Lemma frame_raw_client_run :
  returned_loc (run_program choice_reuse [] 3000 frame_raw_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nflag := nroot .@ "flag".

  (** Of the only page. *)
  Local Lemma from_raw_spec γ s h :
    {{{ frame_raw number_dict γ s 0 h }}}
      frame_from_raw 1 [ #s; #0 ]
    {{{ RET #s; frame_handle number_dict γ s h ∗
        (frame_handle number_dict γ s h -∗ frame_raw number_dict γ s 0 h) }}}.
  Proof.
    pose proof (frame_ref_from_raw_spec number_dict γ s 0 h) as Hspec. cbv zeta in Hspec.
    rewrite page_slot_first in Hspec. exact Hspec.
  Qed.

  Local Lemma drop_raw_spec γ s q m f :
    frame_slot number_dict N γ s 0 -∗ flag Nflag f (lease γ q 0) -∗
    frame_raw number_dict γ s 0 (HandleShared m) -∗ lease γ q 1 -∗
    WP drop_raw [ #s; #0; #f ] {{ _, True }}.
  Proof.
    iIntros "#I #If Hraw L". wp_rec. wp_apply (from_raw_spec with "Hraw"). iIntros "[Hh _]".
    wp_apply (number_drop_spec N with "[$I $Hh $L]"). iIntros "L". wp_pures.
    by wp_apply (flag_raise_spec with "[$If $L]").
  Qed.

  Lemma frame_raw_client_spec :
    ⊢ WP frame_raw_client {{ v, ∃ (s : loc) γ, ⌜v = #s⌝ ∗
        frame_slot number_dict N γ s 0 ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /frame_raw_client /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & Hs2 & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    iMod (number_slot_alloc N ⊤ 1%positive s 0 with "[Hs Hs1 Hs2 Hs3 Hs4]")
      as (γ) "(_ & #I & L)".
    { rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil. iFrame. }
    wp_pures. wp_apply flag_new_spec; [done|]. iIntros (f) "[Hf Ht]". wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    wp_apply (get_from_unused_full_spec number_dict N γ s 0 0 src [ #42 ] false
      with "[$I $Hsrc $L]"); [by iApply number_own; [lia|]|].
    iIntros "(Hsrc & (%γm & Hh) & L)". wp_pures.
    iDestruct (lease_half with "L") as "[L L']".
    wp_apply (clone_by_cas_spec number_dict N with "[$I $Hh $L']"). iIntros "(Hh & Hh' & L')".
    wp_apply (frame_into_raw_spec number_dict N γ s 0 (HandleShared _) with "[$I $Hh']").
    iIntros "Hraw". wp_pures.
    wp_apply (from_raw_spec with "Hraw"). iIntros "[Hh' Hraw]".
    iAssert (lease γ (1/2 + 1/2) (1 + 1)) with "[L L']" as "L".
    { rewrite lease_split. iFrame. }
    rewrite Qp.div_2.
    wp_apply (reference_count_exact_spec number_dict N with "[$I $Hh' $L]").
    iIntros "[Hh' L]". iDestruct ("Hraw" with "Hh'") as "Hraw". wp_pures.
    iAssert (lease γ (1/2) 1 ∗ lease γ (1/2) 1)%I with "[L]" as "[L L']".
    { rewrite -lease_split Qp.div_2. iFrame. }
    iMod (flag_alloc Nflag _ _ (lease γ (1/2) 0) with "Hf") as "#If".
    wp_apply (wp_fork with "[Hraw L']").
    { iNext. iApply (drop_raw_spec with "I If Hraw L'"). }
    iIntros "_". wp_pures.
    wp_apply (number_drop_spec N with "[$I $Hh $L]"). iIntros "L". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]"). iIntros "L'". wp_pures.
    iAssert (lease γ (1/2 + 1/2) 0) with "[L L']" as "L".
    { rewrite lease_split_handle. iFrame. }
    rewrite Qp.div_2.
    wp_apply (get_from_unused_full_spec number_dict N γ s 0 0 src [ #42 ] true
      with "[$I $Hsrc $L]"); [by iApply number_own; [lia|]|].
    iIntros "(_ & Hh & L)". wp_pures.
    wp_apply (frame_into_raw_spec number_dict N γ s 0 (HandleUnique _ _) with "[$I $Hh]").
    iIntros "Hraw". wp_pures.
    (** The token of the address is evidence enough. *)
    wp_apply (get_from_in_use_at with "I Hraw"). iIntros (st ->) "Hraw _". wp_pures.
    wp_apply (from_raw_spec with "Hraw"). iIntros "[Hh _]".
    wp_apply (number_unique_drop_spec N with "[$I $Hh $L]"). iIntros "L". wp_pures.
    iModIntro. iExists s, γ. by iFrame "I L".
  Qed.
End client.

Definition frame_raw_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem frame_raw_client_adequate :
  adequate NotStuck frame_raw_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ slot_unused_in σ s).
Proof.
  apply (slot_leak_free frame_raw_clientΣ _ (λ v s, v = #s%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_raw_client_spec|]. iIntros (v) "(%s & %γ & -> & I & L)".
  iExists number_dict, (nroot .@ "frame"), γ, s, 0%Z. by iFrame.
Qed.
