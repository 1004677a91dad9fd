(** * A client of segments: its parts

The functions of which [segment_client.v] is made, and what is true of them: a memory
of four slots is made; claims are refused; one segment is divided and shared out;
two threads drop what they are given.

Metadata is a number here, which does not change while it is shared, and the allocator
has nothing to do ([number_dict.v]), so that whoever drops a page gets its lease back. At the end the
whole leases say that the slots are unused ([all_unused]). *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import number_dict.
From tally.frame.segment Require Import segment.
From tally.lang.lib Require Import flag.
From tally.prelude Require Import options.

(** ** The programs *)
Definition boot_slot : val :=
  λ: ["base"; "page"],
    let: "slot" := "base" +ₗ "page" * #5 in
    "slot" +ₗ #slot_paddr <- "page" * #page_size;;
    "slot" <- #slot_unused.

(** A closure that counts its calls: page by page, the metadata is how many calls
there were before. *)
Definition number_calls : val :=
  λ: ["calls"],
    λ: ["pa"; "src"],
      "src" <- !"calls";;
      "calls" <- !"calls" +⟨u64⟩ #1.

Definition client_claim : val :=
  λ: ["base"; "start"; "end"; "make"; "src"; "dst"],
    frame_segment_from_unused 1 number_glues no_dealloc
      ["base"; #16384; "start"; "end"; #0; "make"; "src"; "dst"].
Definition client_drop_segment : val := frame_segment_drop 1 number_glues no_dealloc.

Definition first_thread : val :=
  λ: ["base"; "range"; "b"; "flag"],
    frame_segment_from_raw ["range"; "b"];;
    number_drop [frame_segment_next 1 ["base"; "b"]];;
    client_drop_segment ["base"; "b"];;
    flag_raise ["flag"].
Definition second_thread : val :=
  λ: ["base"; "c"; "flag"],
    number_drop [frame_segment_next_back 1 ["base"; "c"]];;
    client_drop_segment ["base"; "c"];;
    flag_raise ["flag"].

(** Claims that must fail; what is claimed on the way is given back. *)
Definition try_claims : val :=
  λ: ["base"; "make"; "src"; "a"],
    let: "r1" := client_claim ["base"; #100; #8192; "make"; "src"; "a"] in
    let: "r2" := client_claim ["base"; #0; #20480; "make"; "src"; "a"] in
    let: "r3" := frame_from_unused 1 ["base"; #16384; #8192; #0; "src"; #false] in
    let: "r4" := client_claim ["base"; #0; #16384; "make"; "src"; "a"] in
    number_drop [slot_at 1 ["base"; #8192]];;
    "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000.

(** Of a = 1..3 makes a = 1..1, b = 1..3, c = 2..3, d = 2..2. *)
Definition divide : val :=
  λ: ["base"; "a"; "b"; "c"; "d"],
    frame_segment_clone 1 ["base"; "a"; "b"];;
    let: "r1" := reference_count [frame_segment_get 1 ["base"; "a"; #1]] in
    let: "r2" := frame_segment_split ["a"; #4096; "c"] in
    let: "r3" := frame_segment_slice 1 ["base"; "c"; #0; #4096; "d"] in
    let: "r4" := reference_count [frame_segment_get 1 ["base"; "d"; #0]] in
    let: "r5" := !(frame_meta [frame_segment_get 1 ["base"; "d"; #0]]) in
    "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000.

Definition boot : val :=
  λ: ["base"],
    boot_slot ["base"; #0];;
    boot_slot ["base"; #1];;
    boot_slot ["base"; #2];;
    boot_slot ["base"; #3].
Definition four_pages : val := λ: [], let: "base" := Alloc #20 in boot ["base"];; "base".

(** A cell with [v] in it. *)
Definition cell_with : val := λ: ["v"], let: "cell" := Alloc #1 in "cell" <- "v";; "cell".

(** ** The proofs *)
Definition client_frameN : namespace := nroot .@ "frame".
Definition client_flagN : namespace := nroot .@ "flag".

(** The words of the four slots say that they are unused. *)
Definition slots_unused (base : loc) (σ : state) : Prop :=
  ∀ page : nat, (page < 4)%nat →
    σ !! (base +ₗ 5 * page)%L = Some (RSt 0, #slot_unused%V).

Section client.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.

  (** ** The closure *)
  Definition calls_made (calls : loc) (pa : Z) : iProp Σ :=
    ⌜(0 ≤ pa)%Z⌝ ∗ calls ↦ #(int_wrap u64 (pa `quot` page_size)).
  Definition number_of_page (pa : Z) (vl : list val) : Prop :=
    vl = [ #(int_wrap u64 (pa `quot` page_size)) ]%V.
  Definition number_make (calls : loc) : val :=
    λ: ["pa"; "src"], "src" <- !#calls;; #calls <- !#calls +⟨u64⟩ #1.

  Lemma number_make_spec calls :
    ⊢ segment_make_spec number_dict 0 (number_make calls) (calls_made calls) number_of_page.
  Proof.
    iIntros "!>" (pa src vl Φ) "!> (%Hlen & Hsrc & %Hpa & Hc) HΦ".
    destruct vl as [|v [|]]; simplify_eq/=. rewrite heap_pointsto_vec_singleton.
    wp_rec. wp_read. wp_write. wp_read.
    assert (bin_op_eval_pure (WrapOp u64 AddOp) (int_wrap u64 (pa `quot` page_size)) 1 =
      Some (LitInt (int_wrap u64 ((pa + page_size) `quot` page_size)))) as Hop.
    { rewrite /= /arith_eval_at decide_True /=; [|split; [apply int_wrap_in_range|done]].
      do 2 f_equal. rewrite Z.add_comm int_wrap_add_wrap_r. f_equal.
      rewrite !Z.quot_div_nonneg //; [|rewrite /page_size; lia].
      rewrite -{2}(Z.mul_1_l page_size) Z.div_add //. lia. }
    wp_op. wp_write. iModIntro. iApply "HΦ". rewrite -heap_pointsto_vec_singleton. iFrame "Hsrc".
    iSplitR; [done|]. iSplitR; [iApply number_own; [lia|apply int_wrap_in_range]|].
    iFrame. iPureIntro. rewrite /page_size. lia.
  Qed.

  (** ** Dropping *)
  Lemma drop_segment_spec base l start ps q :
    {{{ frame_segment number_dict client_frameN base l start ps ∗ leases ps.*1 q 1 }}}
      client_drop_segment [ #base; #l ]
    {{{ RET #☠; segment_room l ∗ leases ps.*1 q 0 }}}.
  Proof.
    iIntros (Φ) "[H L] HΦ".
    iApply (frame_segment_drop_spec number_dict client_frameN _ _ _ _ _ _ lease_back with "[$H $L]").
    { iSplit; [iApply number_dict_drop|]. iApply big_sepL_intro. iIntros "!>" (k γ _).
      iApply no_dealloc_spec. }
    iIntros "!> [Hl H]". iApply "HΦ". iFrame "Hl". by iApply pages_dropped_back.
  Qed.
  Lemma drop_page_spec base pa γ m q :
    {{{ page_share number_dict client_frameN base pa (γ, m) ∗ lease γ q 1 }}}
      number_drop [ #(page_slot 1 base pa) ]
    {{{ RET #☠; lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "[[#Hs H] L] HΦ".
    by iApply (number_drop_spec client_frameN with "[$Hs $H $L]").
  Qed.

  Lemma lease_take γ q k : lease γ q (S k) ⊣⊢ lease γ (q / 2) k ∗ lease γ (q / 2) 1.
  Proof. by rewrite -lease_split Qp.div_2 Nat.add_1_r. Qed.
  Lemma lease_join γ q : lease γ (q / 2) 0 -∗ lease γ (q / 2) 0 -∗ lease γ q 0.
  Proof. iIntros "L L'". rewrite (lease_half γ q). iFrame. Qed.

  Lemma first_thread_spec base range b flag1 p1 p2 p3 :
    flag client_flagN flag1 (leases [p1.1; p2.1; p3.1] (1/2) 0) -∗
    segment_cells range 4096 3 -∗ segment_raws number_dict client_frameN base 4096 [p1; p2; p3] -∗
    segment_room b -∗ leases [p1.1; p2.1; p3.1] (1/2) 1 -∗
    WP first_thread [ #base; #range; #b; #flag1 ] {{ _, True }}.
  Proof.
    iIntros "#If Hrange H Hb (L1 & L)". destruct p1 as [γ1 m1]. wp_rec.
    wp_apply (frame_segment_from_raw_spec number_dict client_frameN base range 4096
      [(γ1, m1); p2; p3] with "[$Hrange $H $Hb]"); [done|]. iIntros "[_ H]". wp_pures.
    wp_apply (frame_segment_next_spec number_dict client_frameN with "H"). iIntros "[Hp H]".
    wp_apply (drop_page_spec with "[$Hp $L1]"). iIntros "L1". wp_pures.
    wp_apply (drop_segment_spec with "[$H $L]"). iIntros "[_ L]". wp_pures.
    wp_apply (flag_raise_spec with "[$If L1 L]"); [|done]. iFrame.
  Qed.
  Lemma second_thread_spec base c flag2 p2 p3 q2 q3 :
    flag client_flagN flag2 (lease p2.1 q2 0 ∗ lease p3.1 q3 0) -∗
    frame_segment number_dict client_frameN base c 8192 [p2; p3] -∗
    lease p2.1 q2 1 -∗ lease p3.1 q3 1 -∗
    WP second_thread [ #base; #c; #flag2 ] {{ _, True }}.
  Proof.
    iIntros "#If H L2 L3". destruct p3 as [γ3 m3]. wp_rec.
    wp_apply (frame_segment_next_back_spec number_dict client_frameN base c 8192 [p2] (γ3, m3) with "H").
    iIntros "[Hp H]".
    wp_apply (drop_page_spec with "[$Hp $L3]"). iIntros "L3". wp_pures.
    wp_apply (drop_segment_spec _ _ _ [p2] q2 with "[$H $L2]"); [done|].
    iIntros "[_ [L2 _]]". wp_pures.
    wp_apply (flag_raise_spec with "[$If L2 L3]"); [|done]. iFrame.
  Qed.

  (** ** The slots *)
  Lemma boot_slot_spec γr base (k : Z) :
    {{{ (base +ₗ k * 5) ↦∗ replicate 5 #☠ }}}
      boot_slot [ #base; #k ]
    {{{ γ, RET #☠; ⌜slot_pending_name γ = γr⌝ ∗ lease γ 1 0 ∗
        frame_slot number_dict client_frameN γ (base +ₗ k * 5) (k * page_size) }}}.
  Proof.
    iIntros (Φ) "Hs HΦ". wp_rec. wp_pures. generalize (base +ₗ k * 5)%L=> s.
    rewrite /= !heap_pointsto_vec_cons !shift_loc_assoc /slot_paddr.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_write. wp_pures. wp_write.
    iMod (frame_slot_alloc number_dict client_frameN ⊤ γr s (k * page_size) with "Hs [Hs1 Hs4] Hs3")
      as (γ) "(%Hγ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    iModIntro. iApply "HΦ". by iFrame "L I".
  Qed.

  Lemma boot_spec γr base :
    {{{ base ↦∗ replicate 20 #☠ }}}
      boot [ #base ]
    {{{ γs, RET #☠; ⌜length γs = 4%nat ∧ Forall (λ γ, slot_pending_name γ = γr) γs⌝ ∗
        segment_slots number_dict client_frameN base 0 γs ∗ leases γs 1 0 }}}.
  Proof.
    iIntros (Φ) "Hb HΦ".
    iAssert ((base +ₗ 0 * 5) ↦∗ replicate 5 #☠ ∗ (base +ₗ 1 * 5) ↦∗ replicate 5 #☠ ∗
      (base +ₗ 2 * 5) ↦∗ replicate 5 #☠ ∗ (base +ₗ 3 * 5) ↦∗ replicate 5 #☠)%I
      with "[Hb]" as "(Hb0 & Hb1 & Hb2 & Hb3)".
    { replace (replicate 20 #☠%V) with (replicate 5 #☠%V ++ replicate 5 #☠%V ++
        replicate 5 #☠%V ++ replicate 5 #☠%V) by done.
      rewrite !heap_pointsto_vec_app !shift_loc_assoc shift_loc_0. iFrame. }
    wp_rec. wp_apply (boot_slot_spec γr with "Hb0"). iIntros (γ0) "(% & L0 & #I0)". wp_pures.
    wp_apply (boot_slot_spec γr with "Hb1"). iIntros (γ1) "(% & L1 & #I1)". wp_pures.
    wp_apply (boot_slot_spec γr with "Hb2"). iIntros (γ2) "(% & L2 & #I2)". wp_pures.
    wp_apply (boot_slot_spec γr with "Hb3"). iIntros (γ3) "(% & L3 & #I3)".
    iApply ("HΦ" $! [γ0; γ1; γ2; γ3]). iSplit; [iPureIntro; split; [done|by repeat constructor]|].
    iSplitR; [|rewrite /leases /=; by iFrame].
    rewrite /segment_slots /pages /page_slot /=. iSplit; [iExact "I0"|].
    iSplit; [iExact "I1"|]. iSplit; [iExact "I2"|]. by iSplit; [iExact "I3"|].
  Qed.

  Lemma four_pages_spec `{!UntrackedHeap Σ} γr :
    {{{ True }}}
      four_pages []
    {{{ base γs, RET #base; ⌜length γs = 4%nat ∧ Forall (λ γ, slot_pending_name γ = γr) γs⌝ ∗
        segment_slots number_dict client_frameN base 0 γs ∗ leases γs 1 0 }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. wp_alloc base as "Hbase" "_". wp_pures.
    wp_apply (boot_spec γr with "Hbase"). iIntros (γs) "H". wp_pures. by iApply "HΦ".
  Qed.
  Lemma cell_with_spec `{!UntrackedHeap Σ} (z : Z) :
    {{{ True }}} cell_with [ #z ] {{{ l, RET #l; l ↦ #z }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. wp_alloc l as "Hl" "_".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures. by iApply "HΦ".
  Qed.

  (** ** The parts of the program *)
  Lemma segment_slots_3 base γ0 γ1 γ2 γ3 :
    segment_slots number_dict client_frameN base 0 [γ0; γ1; γ2; γ3] -∗
    segment_slots number_dict client_frameN base 0 [γ0; γ1; γ2] ∗
    frame_slot number_dict client_frameN γ2 (page_slot 1 base 8192) 8192.
  Proof.
    rewrite /segment_slots /pages /=. iIntros "(#I0 & #I1 & #I2 & _)".
    iSplit; [|iExact "I2"]. by iFrame "I0 I1 I2".
  Qed.
  Lemma any_dealloc_spec start γs :
    ⊢ segment_dealloc_spec number_dict start γs no_dealloc lease_back.
  Proof.
    iApply big_sepL_intro. iIntros "!>" (k γ _). iApply no_dealloc_spec.
  Qed.

  Lemma try_claims_spec base calls src a γ0 γ1 γ2 γ3 :
    {{{ segment_slots number_dict client_frameN base 0 [γ0; γ1; γ2; γ3] ∗
        leases [γ0; γ1; γ2; γ3] 1 0 ∗ calls ↦ #0 ∗ src ↦ #7 ∗ segment_room a }}}
      try_claims [ #base; number_make calls; #src; #a ]
    {{{ RET #1056; leases [γ0; γ1; γ2; γ3] 1 0 ∗ (∃ v, calls ↦ v) ∗
        segment_buffer number_dict src ∗ segment_room a }}}.
  Proof.
    iIntros (Φ) "(#I & (L0 & L1 & L2 & L3) & Hcalls & Hsrc & Ha) HΦ".
    iDestruct (segment_slots_3 with "I") as "[I3 I2]". wp_rec. wp_pures.
    (** Refused for the addresses. *)
    wp_rec. wp_apply (frame_segment_from_unused_not_aligned_spec number_dict _ _ _ _ 0);
      [by left|done|]. iIntros "_". wp_pures.
    wp_rec. wp_apply (frame_segment_from_unused_out_of_bound_spec number_dict _ _ _ _ 0);
      [done..|]. iIntros "_". wp_pures.
    (** Refused by page 2. *)
    wp_apply (frame_from_unused_at 1 base src 16384%Z 8192%Z 0 false).
    iApply (get_from_unused_at number_dict client_frameN _ _ _ _ 0 src [ #7 ] false
      with "I2 [Hsrc] [] L2").
    { by rewrite heap_pointsto_vec_singleton. }
    { by iApply number_own; [lia|]. }
    iIntros "!>" (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm) "[L2 H2]". wp_pures.
    wp_rec. wp_apply (frame_segment_from_unused_shared_spec number_dict client_frameN base 16384 0
      [γ0; γ1] γ2 1 0 (number_make calls) src a no_dealloc (calls_made calls)
      number_of_page lease_back with "[$H2 $I3 $Ha Hsrc Hcalls L0 L1]"); [done..| |].
    { iSplitR; [iApply number_dict_drop|]. iSplitR; [iApply any_dealloc_spec|].
      iSplitR; [iApply number_make_spec|]. rewrite /leases /=. iFrame "L0 L1".
      iSplitL "Hcalls"; [by iFrame|]. iExists _. by iFrame. }
    iIntros (ps vl) "((%Hps & _ & %Hvl) & H & H2 & [_ Hcalls] & Hsrc & _ & Ha)". wp_pures.
    iDestruct (pages_released_back with "H") as "L". rewrite Hps.
    iDestruct "L" as "(L0 & L1 & _)".
    wp_apply slot_at_spec; [done|]. iIntros "_".
    wp_apply (drop_page_spec base 8192 γ2 with "[$H2 $L2 $I2]"). iIntros "L2". wp_pures.
    iApply "HΦ". rewrite /leases /=. iFrame "L0 L1 L2 L3 Ha".
    iSplitL "Hcalls"; [by iExists _|]. iExists vl. by rewrite Hvl; iFrame.
  Qed.

  Lemma divide_spec base a b c d p1 p2 p3 γr (z : Z) :
    Forall (λ p, slot_pending_name p.1 = γr) [p1; p2; p3] →
    meta_vtable p2.2 = 0%nat → meta_vals p2.2 = [ #z ]%V →
    {{{ frame_segment number_dict client_frameN base a 4096 [p1; p2; p3] ∗
        leases [p1.1; p2.1; p3.1] 1 1 ∗ pending_incs γr 1 ∗
        segment_room b ∗ segment_room c ∗ segment_room d }}}
      divide [ #base; #a; #b; #c; #d ]
    {{{ RET #(2 + 3000 + z * 10000);
        frame_segment number_dict client_frameN base a 4096 [p1] ∗
        frame_segment number_dict client_frameN base b 4096 [p1; p2; p3] ∗
        frame_segment number_dict client_frameN base c 8192 [p2; p3] ∗
        frame_segment number_dict client_frameN base d 8192 [p2] ∗
        lease p1.1 1 2 ∗ lease p2.1 1 3 ∗ lease p3.1 1 2 }}}.
  Proof.
    iIntros (Hγr Hi Hz Φ) "(H & L & Hr & Hb & Hc & Hd) HΦ". wp_rec.
    rewrite leases_counted.
    wp_apply (frame_segment_clone_spec number_dict client_frameN base a 4096 [p1; p2; p3]
      with "[$H $L $Hr $Hb]"); [done|].
    iIntros "(H & Hb & L & Hr)". wp_pures.
    wp_apply (frame_segment_count_spec number_dict client_frameN base a 4096 _ [2; 2; 2]%nat 1 2 p2
      with "[$H $L]"); [done..|].
    iIntros "[H (L1 & L2 & L3 & _)]". wp_pures.
    wp_apply (frame_segment_split_spec number_dict client_frameN base a 4096 [p1] [p2; p3]
      with "[$H $Hc]").
    iIntros "[H Hc]". wp_pures.
    apply Forall_cons in Hγr as [_ [Hγ2 _]%Forall_cons].
    wp_apply (frame_segment_slice_spec number_dict client_frameN base c 8192 [] [p2] [p3] 1 [2]%nat
      with "[$Hc $Hr $Hd L2]"); [by repeat constructor| |].
    { rewrite /counted_leases /=. by iFrame. }
    iIntros "(Hc & Hd & L2 & _)". wp_pures.
    wp_apply (frame_segment_count_spec number_dict client_frameN base d 8192 _ [3]%nat 0 3 p2
      with "[$Hd $L2]"); [done..|].
    iIntros "[Hd (L2 & _)]". wp_pures.
    wp_apply (frame_segment_get_spec number_dict client_frameN base d 8192 [p2] 0 p2 with "Hd"); [done|].
    iIntros "[[#Hs Hp] Hd]". wp_apply frame_meta_spec; [done|]. iIntros "_".
    iDestruct (shared_frame_meta_acc with "Hp") as (τ q) "(%Hτ & Hm & Hp)".
    rewrite Hi in Hτ. injection Hτ as <-. iDestruct "Hm" as "[Hm Hown]". rewrite Hz heap_pointsto_vec_singleton.
    wp_read. rewrite -heap_pointsto_vec_singleton -Hz.
    iDestruct ("Hp" with "[$Hm $Hown]") as "Hp".
    iDestruct ("Hd" with "[$Hs $Hp]") as "Hd". wp_pures. iApply "HΦ".
    by iFrame "H Hb Hc Hd L1 L2 L3".
  Qed.

  (** ** At the end *)
  Lemma all_unused base γs σ :
    length γs = 4%nat →
    heap_ctx σ -∗ segment_slots number_dict client_frameN base 0 γs -∗ leases γs 1 0
    ={⊤,∅}=∗ ⌜slots_unused base σ⌝.
  Proof.
    iIntros (Hlen) "Hσ #I L".
    destruct γs as [|γ0 [|γ1 [|γ2 [|γ3 [|]]]]]; simplify_eq/=.
    rewrite /segment_slots /pages /=. iDestruct "I" as "(I0 & I1 & I2 & I3 & _)".
    iDestruct "L" as "(L0 & L1 & L2 & L3 & _)".
    iMod (frame_slot_closed with "I0 L0") as "[Hs Hback]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H0. iMod ("Hback" with "Hs") as "_".
    iMod (frame_slot_closed with "I1 L1") as "[Hs Hback]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H1. iMod ("Hback" with "Hs") as "_".
    iMod (frame_slot_closed with "I2 L2") as "[Hs Hback]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H2. iMod ("Hback" with "Hs") as "_".
    iMod (frame_slot_closed with "I3 L3") as "[Hs Hback]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H3. iMod ("Hback" with "Hs") as "_".
    iApply fupd_mask_intro; [set_solver|]. iIntros "_". iPureIntro. intros page Hpage.
    destruct page as [|[|[|[|]]]]; [exact H0|exact H1|exact H2|exact H3|lia].
  Qed.
End client.

(** By adequacy: a client that ends with the whole leases has left the four slots unused
in memory. *)
Lemma four_pages_leak_free Σ `{!lrustGpreS Σ, !cinvG Σ, !frameG Σ} (e : expr) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∃ (base : loc) (γs : list slot_names),
        ⌜v = #base ∧ length γs = 4%nat⌝ ∗ segment_slots number_dict client_frameN base 0 γs ∗
        leases γs 1 0 }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ base : loc, v = #base%V ∧ slots_unused base σ).
Proof.
  intros Hwp. apply (lrust_adequacy_state Σ). intros HΣ Huntracked.
  iApply wp_wand; [iApply Hwp|].
  iIntros (v) "(%base & %γs & [-> %Hlen] & #I & L)". iIntros (σ) "Hσ".
  iMod (all_unused with "Hσ I L") as %Hσ; [done|]. iPureIntro. by exists base.
Qed.
