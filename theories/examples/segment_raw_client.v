(** * A client of a range of raw frames, and what adequacy says of it

[segment_raw_client] has the memory of four pages of [segment_client_parts.v], and treats a
segment that was given away as a range of addresses as a kernel treats it in a page table:
it takes single pages out, and cuts the range by writing other ends:

<<
  main     claims pages 0 to 2 as segment a; clones it as b; makes a range of b; spawns,
           giving away the range:
  other    makes a segment of the range and a range again, and gives it back
  main     waits; finds page 2 in use, as a has it, reads its metadata (2) and drops the
           share; borrows page 1 through its address, reads its metadata (1); makes a
           handle of the address, and drops it; makes a segment of the range 0..0, and
           drops it; makes one of the range 2..2, and drops it;
           makes a segment of the empty range 3..2, takes its first frame (none); writes
           equal ends to the cells of b, and takes the last frame of that (none); drops a
>>

and returns where the slots are if the results in parentheses are right.

Other does not say which metadata the pages of its range have. They are those of a, which
has the same pages ([segment_shares_agree]), so main knows the number that it reads through
the address. The range is cut by [segment_raws_cons] and [segment_raws_shares]; that page 2
is a slot is [segment_shares_slots]; the empty segments are [segment_shares_nil] and
[frame_segment_empty].

[segment_raw_client_adequate]: no interleaving is ever stuck, the results are exact, and
all slots are unused at the end. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw number_dict.
From tally.frame.segment Require Import segment.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect segment_client_parts.
From tally.prelude Require Import options.

(** ** The program *)
Definition remake_range : val :=
  λ: ["range"; "b"; "flag"],
    frame_segment_from_raw ["range"; "b"];;
    frame_segment_into_raw ["b"; "range"];;
    flag_raise ["flag"].
(** The metadata of the page at [pa], which is in use. *)
Definition look_up_number : val :=
  λ: ["base"; "pa"],
    let: "slot" := slot_at 1 ["base"; "pa"] in
    if: get_from_in_use ["slot"] = #0 then
      let: "number" := !(frame_meta ["slot"]) in
      number_drop ["slot"];;
      "number"
    else #0.
(** The ends of a range, or of a segment, are these. *)
Definition write_ends : val :=
  λ: ["range"; "start"; "end"], "range" <- "start";; "range" +ₗ #1 <- "end".

Definition segment_raw_client : expr :=
  let: "base" := four_pages [] in
  let: "src" := cell_with [ #7 ] in
  let: "calls" := cell_with [ #0 ] in
  let: "make" := number_calls ["calls"] in
  let: "a" := Alloc #2 in
  let: "b" := Alloc #2 in
  let: "range" := Alloc #2 in
  let: "flag" := flag_new [] in
  client_claim ["base"; #0; #12288; "make"; "src"; "a"];;
  frame_segment_clone 1 ["base"; "a"; "b"];;
  frame_segment_into_raw ["b"; "range"];;
  Fork (remake_range ["range"; "b"; "flag"]);;
  flag_wait ["flag"];;
  let: "r1" := look_up_number ["base"; #8192] in
  let: "r2" := !(frame_meta [frame_from_raw 1 ["base"; #4096] ]) in
  number_drop [frame_from_raw 1 ["base"; #4096] ];;
  write_ends ["range"; #0; #4096];;
  frame_segment_from_raw ["range"; "b"];;
  client_drop_segment ["base"; "b"];;
  write_ends ["range"; #8192; #12288];;
  frame_segment_from_raw ["range"; "b"];;
  client_drop_segment ["base"; "b"];;
  write_ends ["range"; #12288; #12288];;
  frame_segment_from_raw ["range"; "b"];;
  let: "r3" := frame_segment_next 1 ["base"; "b"] in
  write_ends ["b"; #4096; #4096];;
  let: "r4" := frame_segment_next_back 1 ["base"; "b"] in
  client_drop_segment ["base"; "a"];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 = #12 then "base" else #0.

Lemma segment_raw_client_run :
  returned_loc (run_program choice_reuse [] 20000 segment_raw_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Local Notation D := number_dict.
  Local Notation N := client_frameN.
  Implicit Types (γ : slot_names) (γs : list slot_names) (base l range b : loc).
  Implicit Types (p : segment_page) (ps : list segment_page) (start stop pa z : Z).

  Local Lemma read_number_spec γ (s : loc) m z :
    meta_vtable m = 0%nat → meta_vals m = [ #z ]%V →
    {{{ shared_frame D γ s m }}}
      ! #(s +ₗ slot_storage)
    {{{ RET #z; shared_frame D γ s m }}}.
  Proof.
    iIntros (Hi Hz Φ) "Hh HΦ".
    iDestruct (shared_frame_meta_acc with "Hh") as (τ q) "(%Hτ & Hm & Hback)".
    rewrite Hi in Hτ. injection Hτ as <-. iDestruct "Hm" as "[Hm Hown]".
    rewrite Hz heap_pointsto_vec_singleton. wp_read.
    rewrite -heap_pointsto_vec_singleton -Hz. iApply "HΦ".
    iApply ("Hback" with "[$Hm $Hown]").
  Qed.
  Local Lemma write_ends_spec l start n stop :
    stop = (start + Z.of_nat n * page_size)%Z →
    {{{ segment_room l }}}
      write_ends [ #l; #start; #stop ]
    {{{ RET #☠; segment_cells l start n }}}.
  Proof.
    iIntros (-> Φ) "(%v1 & %v2 & Hl) HΦ".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hl" as "[H1 H2]".
    wp_rec. wp_write. wp_pures. wp_write. iApply "HΦ".
    rewrite /segment_cells heap_pointsto_vec_cons heap_pointsto_vec_singleton. by iFrame.
  Qed.
  Local Lemma cells_room l start n : segment_cells l start n -∗ segment_room l.
  Proof. iIntros "H". by iExists _, _. Qed.

  (** A range of these pages, with metadata that is not known. *)
  Local Definition some_range base range b γs : iProp Σ :=
    ∃ ps, ⌜ps.*1 = γs⌝ ∗ segment_cells range 0 (length ps) ∗
      segment_raws D N base 0 ps ∗ segment_room b.
  Local Lemma remake_range_spec base range b f γs :
    pages_fit 0 (length γs) →
    flag client_flagN f (some_range base range b γs) -∗ some_range base range b γs -∗
    WP remake_range [ #range; #b; #f ] {{ _, True }}.
  Proof.
    iIntros (Hfit) "#If (%ps & %Hps & Hrange & H & Hb)".
    assert (length ps = length γs) as Hlen.
    { rewrite -Hps. first [by rewrite length_fmap|by rewrite fmap_length]. }
    wp_rec. wp_apply (frame_segment_from_raw_spec D N base range with "[$Hrange $H $Hb]");
      [by rewrite Hlen|].
    iIntros "[Hrange H]". wp_pures.
    iDestruct (cells_room with "Hrange") as "Hrange".
    wp_apply (frame_segment_into_raw_spec D N with "[$H $Hrange]").
    iIntros "(Hb & _ & Hrange & H)". wp_pures.
    wp_apply (flag_raise_spec with "[$If Hb Hrange H]"); [|done].
    iExists ps. by iFrame.
  Qed.

  (** A page of a segment is found, on a part of its lease. *)
  Local Lemma look_up_number_spec base l start ps (k : nat) p q z :
    ps !! k = Some p → meta_vtable p.2 = 0%nat → meta_vals p.2 = [ #z ]%V →
    let pa := (start + k * page_size)%Z in
    {{{ frame_segment D N base l start ps ∗ lease p.1 q 0 }}}
      look_up_number [ #base; #pa ]
    {{{ RET #z; frame_segment D N base l start ps ∗ lease p.1 q 0 }}}.
  Proof.
    iIntros (Hk Hi Hz pa Φ) "[(%Hfit & Hl & H) L] HΦ".
    iDestruct (segment_shares_slots with "H") as "#Hslots".
    iDestruct (big_sepL_lookup _ _ k p.1 with "Hslots") as "Hslot".
    { by rewrite list_lookup_fmap Hk. }
    rewrite /segment_shares /pages.
    iDestruct (big_sepL_lookup_acc with "H") as "[[_ Hh] Hback]"; [exact Hk|].
    wp_rec. wp_apply slot_at_spec; [done|]. iIntros "_". wp_pures.
    iCombine "L Hh" as "Hev". wp_apply (get_from_in_use_at D N with "Hslot Hev").
    iIntros (st [_ [n ->]]) "[L Hh] [_ Hh']". wp_pures.
    wp_apply frame_meta_spec; [done|]. iIntros "_".
    wp_apply (read_number_spec with "Hh'"); [done..|]. iIntros "Hh'". wp_pures.
    wp_apply (number_drop_spec N with "[$Hslot $Hh' $L]"). iIntros "L". wp_pures.
    iApply "HΦ". iFrame "L Hl". iSplitR; [done|]. iApply "Hback". by iFrame "Hslot Hh".
  Qed.

  (** One page is taken out of a range. *)
  Local Lemma from_raw_page_spec base pa p :
    let s := page_slot 1 base pa in
    {{{ page_raw D N base pa p }}}
      frame_from_raw 1 [ #base; #pa ]
    {{{ RET #s; shared_frame D p.1 s p.2 ∗
        (shared_frame D p.1 s p.2 -∗ page_raw D N base pa p) }}}.
  Proof.
    iIntros (s Φ) "[#Hs Hraw] HΦ". iApply (frame_ref_from_raw_spec D with "Hraw").
    iIntros "!> [Hh Hback]". iApply "HΦ". iFrame "Hh". iIntros "Hh". iFrame "Hs".
    by iApply "Hback".
  Qed.

  Lemma segment_raw_client_spec :
    ⊢ WP segment_raw_client {{ v, ∃ (base : loc) (γs : list slot_names),
        ⌜v = #base ∧ length γs = 4%nat⌝ ∗ segment_slots D N base 0 γs ∗ leases γs 1 0 }}.
  Proof using All.
    rewrite /segment_raw_client. iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    wp_apply (four_pages_spec γr); [done|]. iIntros (base γs) "([%Hlen %Hγr] & #I & L)".
    wp_pures. wp_apply cell_with_spec; [done|]. iIntros (src) "Hsrc". wp_pures.
    wp_apply cell_with_spec; [done|]. iIntros (calls) "Hcalls".
    wp_pures. wp_rec. wp_pures. rewrite -/(number_make calls).
    wp_alloc a as "Ha" "_". wp_pures. wp_alloc b as "Hb" "_". wp_pures.
    wp_alloc range as "Hrange" "_". wp_pures.
    iAssert (segment_room a ∗ segment_room b ∗ segment_room range)%I
      with "[Ha Hb Hrange]" as "(Ha & Hb & Hrange)".
    { rewrite /segment_room. iSplitL "Ha"; [by iExists _, _; iFrame|].
      iSplitL "Hb"; by iExists _, _; iFrame. }
    wp_apply flag_new_spec; [done|]. iIntros (f) "[Hf Ht]". wp_pures.
    destruct γs as [|γ0 [|γ1 [|γ2 [|γ3 [|]]]]]; simplify_eq/=.
    iDestruct (segment_slots_3 with "I") as "[I3 _]".
    iDestruct "L" as "(L0 & L1 & L2 & L3 & _)".
    wp_rec. wp_apply (frame_segment_from_unused_full_spec D N base 16384 0
      [γ0; γ1; γ2] 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page with "[$I3 $Ha Hsrc L0 L1 L2 Hcalls]"); [done..| |].
    { iSplitR; [iApply number_make_spec|]. rewrite /leases /=. iFrame "L0 L1 L2".
      iSplitL "Hcalls"; [by iFrame|]. iExists [ #7 ]%V.
      rewrite heap_pointsto_vec_singleton. by iFrame. }
    iIntros (ps) "([%Hps %Hmade] & Ha & L & _ & _)".
    destruct ps as [|[g0 m0] [|[g1 m1] [|[g2 m2] [|]]]]; simplify_eq/=.
    destruct (Hmade 1%nat _ eq_refl) as [Hi1 Hm1].
    destruct (Hmade 2%nat _ eq_refl) as [Hi2 Hm2]. clear Hmade.
    simpl in Hi1, Hm1, Hi2, Hm2. wp_pures. rewrite leases_counted.
    wp_apply (frame_segment_clone_spec D N base a 0 [(γ0, m0); (γ1, m1); (γ2, m2)]
      with "[$Ha $L $Hr $Hb]").
    { by decompose_Forall; repeat constructor. }
    iIntros "(Ha & Hb & (L0 & L1 & L2 & _) & _)". wp_pures.
    wp_apply (frame_segment_into_raw_spec D N base b 0 with "[$Hb $Hrange]").
    iIntros "(Hb & _ & Hrange & Hraws)". wp_pures.
    iMod (flag_alloc client_flagN _ f (some_range base range b [γ0; γ1; γ2]) with "Hf")
      as "#If".
    wp_apply (wp_fork with "[Hb Hrange Hraws]").
    { iNext. iApply (remake_range_spec with "If"); [done|]. iExists _. by iFrame. }
    iIntros "_". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]").
    iIntros "(%ps & %Hps & Hrange & Hraws & Hb)". wp_pures.
    (** The pages of the range are those of a. *)
    iAssert ⌜ps = [(γ0, m0); (γ1, m1); (γ2, m2)]⌝%I as %->.
    { iDestruct "Ha" as "(_ & _ & Ha)". rewrite segment_raws_shares.
      iApply (segment_shares_agree with "Hraws Ha"). by rewrite Hps. }
    iDestruct (lease_take with "L0") as "[L0 L0']".
    iDestruct (lease_take with "L1") as "[L1 L1']".
    iDestruct (lease_take with "L2") as "[L2 L2']".
    iDestruct (lease_half with "L2'") as "[L2' L2'']".
    wp_apply (look_up_number_spec base a 0 _ 2 (γ2, m2) with "[$Ha $L2'']"); [done..|].
    iIntros "[Ha L2'']". wp_pures.
    iDestruct (lease_half with "[$L2' $L2'']") as "L2'".
    rewrite !segment_raws_cons. iDestruct "Hraws" as "(Hraw0 & Hraw1 & Hraw2 & Hraw3)".
    (** Page 1 by its address, borrowed and for good *)
    wp_apply (from_raw_page_spec base 4096 (γ1, m1) with "Hraw1"). iIntros "[Hh Hraw1]".
    wp_apply frame_meta_spec; [done|]. iIntros "_".
    wp_apply (read_number_spec with "Hh"); [done..|]. iIntros "Hh". wp_pures.
    iDestruct ("Hraw1" with "Hh") as "Hraw1".
    iAssert (frame_slot D N γ1 (page_slot 1 base 4096) 4096) with "[Hraw1]" as "#I1".
    { by iDestruct "Hraw1" as "[$ _]". }
    wp_apply (from_raw_page_spec base 4096 (γ1, m1) with "Hraw1"). iIntros "[Hh _]".
    wp_apply (number_drop_spec N with "[$I1 $Hh $L1']"). iIntros "L1'". wp_pures.
    iDestruct (cells_room with "Hrange") as "Hrange".
    wp_apply (write_ends_spec _ _ 1 with "Hrange"); [done|]. iIntros "Hrange". wp_pures.
    wp_apply (frame_segment_from_raw_spec D N base range 0 [(γ0, m0)]
      with "[$Hrange $Hb Hraw0]"); [done| |].
    { rewrite segment_raws_cons segment_raws_shares segment_shares_nil. by iFrame. }
    iIntros "[Hrange Hb]". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [(γ0, m0)] with "[$Hb L0']").
    { rewrite /leases /=. by iFrame. }
    iIntros "[Hb [L0' _]]". wp_pures.
    iDestruct (cells_room with "Hrange") as "Hrange".
    wp_apply (write_ends_spec _ _ 1 with "Hrange"); [done|]. iIntros "Hrange". wp_pures.
    wp_apply (frame_segment_from_raw_spec D N base range 8192 [(γ2, m2)]
      with "[$Hrange $Hb Hraw2]"); [done| |].
    { rewrite segment_raws_cons segment_raws_shares segment_shares_nil. by iFrame. }
    iIntros "[Hrange Hb]". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [(γ2, m2)] with "[$Hb L2']").
    { rewrite /leases /=. by iFrame. }
    iIntros "[Hb [L2' _]]". wp_pures.
    (** Nothing *)
    iDestruct (cells_room with "Hrange") as "Hrange".
    wp_apply (write_ends_spec _ _ 0 with "Hrange"); [done|]. iIntros "Hrange". wp_pures.
    wp_apply (frame_segment_from_raw_spec D N base range 12288 []
      with "[$Hrange $Hb $Hraw3]"); [done|].
    iIntros "[_ Hb]". wp_pures.
    wp_apply (frame_segment_next_empty_spec D N with "Hb"). iIntros "Hb". wp_pures.
    rewrite frame_segment_empty. iDestruct "Hb" as "[_ Hb]".
    iDestruct (cells_room with "Hb") as "Hb".
    wp_apply (write_ends_spec _ _ 0 with "Hb"); [done|]. iIntros "Hb". wp_pures.
    wp_apply (frame_segment_next_back_empty_spec D N _ base b 4096 with "[Hb]").
    { rewrite frame_segment_empty. by iFrame. }
    iIntros "_". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [(γ0, m0); (γ1, m1); (γ2, m2)]
      with "[$Ha L0 L1 L2]").
    { rewrite /leases /=. by iFrame. }
    iIntros "[_ (L0 & L1 & L2 & _)]". wp_pures.
    iDestruct (lease_join with "L0 L0'") as "L0".
    iDestruct (lease_join with "L1 L1'") as "L1".
    iDestruct (lease_join with "L2 L2'") as "L2".
    iModIntro. iExists base, [γ0; γ1; γ2; γ3]. iSplitR; [done|]. iFrame "I".
    rewrite /leases /=. by iFrame.
  Qed.
End client.

Definition segment_raw_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem segment_raw_client_adequate :
  adequate NotStuck segment_raw_client ∅ (λ v σ, ∃ base : loc,
    v = #base%V ∧ slots_unused base σ).
Proof.
  apply (lrust_adequacy_state segment_raw_clientΣ). intros HΣ Huntracked.
  iApply wp_wand; [iApply segment_raw_client_spec|].
  iIntros (v) "(%base & %γs & [-> %Hlen] & #I & L)". iIntros (σ) "Hσ".
  iMod (all_unused with "Hσ I L") as %Hσ; [done|]. iPureIntro. by exists base.
Qed.
