(** * A client of a region of page frames, and what adequacy says of it

[region_client] boots a region of two banks with a hole between them, pages 1 and 2 and
page 4, in memory that it has just allocated, and lets two threads at it:

<<
  main     asks for a frame at an address that is not aligned, and for the one in the
           hole: both are refused (6, 5); claims page 4 uniquely; looks it up (Unique);
           makes the handle an address and again a handle; spawns
  other    tries to claim page 1, and drops the frame if it got it
  main     tries to find page 1 in use, and drops the share if there was one;
           drops page 4, and looks it up (Unused); waits for the other thread;
           claims page 1, which is free for sure now, and drops it
>>

and returns the region if the sum of the results, weighted by powers of ten, is right.

[region_client_adequate]: no interleaving is ever stuck, the sum of the results is
exact, and at the end all three slots, in the memory that the program allocated itself,
are unused: no frame has leaked. That is [region_leak_free]. [region_client_run]
computes one execution. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict.
From tally.frame.region Require Import region.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition client_banks : list bank := [Bank 4096 2; Bank 16384 1].

(** A header with the banks of [client_banks], as a boot loader would leave it. *)
Definition client_header : val :=
  λ: [],
    let: "region" := Alloc #6 in
    "region" +ₗ #1 <- #2;;
    "region" +ₗ #2 <- #4096;;
    "region" +ₗ #3 <- #2;;
    "region" +ₗ #4 <- #16384;;
    "region" +ₗ #5 <- #1;;
    "region".
(** The region, booted. *)
Definition client_region : val :=
  λ: [],
    let: "region" := client_header [] in
    let: "slots" := Alloc #15 in
    frame_region_boot 1 ["region"; "slots"];;
    "region".

Definition claim_and_drop : val :=
  λ: ["region"; "src"; "flag"],
    (if: frame_region_from_unused 1 ["region"; #4096; #0; "src"; #false] = #0 then
       number_drop [frame_region_slot_of 1 ["region"; #4096] ]
     else #☠);;
    flag_raise ["flag"].
Definition find_and_drop : val :=
  λ: ["region"],
    if: frame_region_from_in_use 1 ["region"; #4096] = #0 then
      number_drop [frame_region_slot_of 1 ["region"; #4096] ]
    else #☠.

Definition region_client : expr :=
  let: "region" := client_region [] in
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "src2" := Alloc #1 in
  "src2" <- #43;;
  let: "flag" := flag_new [] in
  let: "r1" := frame_region_from_unused 1 ["region"; #4097; #0; "src"; #true] in
  let: "r2" := frame_region_from_in_use 1 ["region"; #12288] in
  let: "r3" := frame_region_from_unused 1 ["region"; #16384; #0; "src"; #true] in
  let: "r4" := frame_region_from_in_use 1 ["region"; #16384] in
  let: "pa" := frame_into_raw [frame_region_slot_of 1 ["region"; #16384] ] in
  let: "frame" := frame_region_from_raw 1 ["region"; "pa"] in
  Fork (claim_and_drop ["region"; "src2"; "flag"]);;
  find_and_drop ["region"];;
  number_unique_drop ["frame"];;
  flag_wait ["flag"];;
  let: "r5" := frame_region_from_in_use 1 ["region"; #16384] in
  let: "r6" := frame_region_from_unused 1 ["region"; #4096; #0; "src"; #false] in
  number_drop [frame_region_slot_of 1 ["region"; #4096] ];;
  if: "r1" + "r2" * #10 + "r3" * #100 + "r4" * #1000 + "r5" * #10000 + "r6" * #100000
    = #23056 then "region" else #0.

Lemma region_client_run :
  returned_loc (run_program choice_reuse [] 3000 region_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Lemma client_layout_ok : layout_ok (banked_layout client_banks).
Proof.
  split; simpl; [done..| |].
  - rewrite /meta_end /layout_frames /= /FRAME_METADATA_START /META_SLOT_SIZE /word_max. lia.
  - rewrite /bank_ok /bank_disjoint /bank_end /= /PAGE_SIZE /word_max.
    repeat first [split|constructor]; simpl; try lia; done.
Qed.

(** Where pages 1 and 4 have their slots. *)
Lemma find_page_1 R :
  region_banks R = client_banks → get_slot (region_layout R) 4096 = inr (Z.of_nat 0).
Proof. by rewrite /region_layout=> ->. Qed.
Lemma find_page_4 R :
  region_banks R = client_banks → get_slot (region_layout R) 16384 = inr (Z.of_nat 2).
Proof. by rewrite /region_layout=> ->. Qed.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nflag := nroot .@ "flag".
  Implicit Types (R : frame_region) (q : Qp) (k : nat → nat).

  Lemma number_region_dealloc R : ⊢ region_dealloc_spec number_dict R no_dealloc.
  Proof. iIntros "!>" (i γ pa _). iApply no_dealloc_spec. Qed.

  Lemma client_header_spec :
    {{{ True }}}
      client_header []
    {{{ (l : loc), RET #l; l ↦∗ header_cells #☠ client_banks }}}.
  Proof using All.
    iIntros (Φ) "_ HΦ". wp_rec. wp_alloc l as "Hl" "_".
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil.
    iDestruct "Hl" as "(H0 & H1 & H2 & H3 & H4 & H5 & _)".
    wp_write. wp_write. wp_write. wp_write. wp_write. wp_pures. iApply "HΦ".
    rewrite /header_cells /= !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil.
    by iFrame.
  Qed.

  Lemma client_region_spec γr :
    {{{ True }}}
      client_region []
    {{{ R, RET #(region_header R);
        ⌜region_banks R = client_banks ∧ region_pending R = γr ∧
          length (region_names R) = 3%nat⌝ ∗
        is_region number_dict N R ∗ region_lease R 1 (λ _, 0%nat) }}}.
  Proof using All.
    iIntros (Φ) "_ HΦ". wp_rec. wp_apply client_header_spec; [done|].
    iIntros (header) "Hheader". wp_pures. wp_alloc slots as "Hslots" "_". wp_pures.
    wp_apply (frame_region_boot_spec number_dict N γr with "[$Hheader $Hslots]");
      [exact client_layout_ok|done|].
    iIntros (R) "((<- & _ & %HR & %Hγr) & #R & L & _)". wp_pures. iApply "HΦ". iFrame "R L".
    iDestruct (is_region_wf with "R") as %(_ & Hlen & _). iPureIntro. split_and!; [done..|].
    rewrite /region_layout HR /layout_frames /= in Hlen. lia.
  Qed.

  (** The drop of the only share on this lease, of the page at slot 0. *)
  Local Lemma drop_page_1_spec R γ m q k :
    region_banks R = client_banks → region_names R !! 0%nat = Some γ →
    {{{ is_region number_dict N R ∗ shared_frame number_dict γ (region_slot 1 R 0) m ∗
        region_lease R q (count_set k 0 (S (k 0%nat))) }}}
      number_drop [frame_region_slot_of 1 [ #(region_header R); #4096 ] ]
    {{{ RET #☠; region_lease R q k }}}.
  Proof.
    iIntros (HR Hγ Φ) "(#R & Hh & L) HΦ".
    wp_apply (frame_region_slot_of_spec number_dict N with "R"); [by apply find_page_1|].
    iIntros "_".
    iApply (frame_region_drop_spec number_dict N R 0 γ m q _ (k 0%nat)
      with "[$R $Hh $L]"); [done..| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "!> L". iApply "HΦ". rewrite region_lease_ext; [iFrame|].
    intros i _. rewrite /count_set. by repeat case_decide; subst.
  Qed.

  Local Lemma claim_and_drop_spec R (src f : loc) q :
    region_banks R = client_banks →
    is_region number_dict N R -∗ flag Nflag f (region_lease R q (λ _, 0%nat)) -∗
    src ↦∗ [ #43 ] -∗ region_lease R q (λ _, 0%nat) -∗
    WP claim_and_drop [ #(region_header R); #src; #f ] {{ _, True }}.
  Proof.
    iIntros (HR) "#R #If Hsrc L". wp_rec.
    wp_apply (frame_region_from_unused_spec number_dict N R 4096 0 0 src [ #43 ] false
      with "[$R $Hsrc $L]"); [by apply find_page_1|by iApply number_own; [lia|]|].
    iIntros (e) "[_ H]". destruct e as [e|]; last first.
    - iDestruct "H" as (γ Hγ) "[(%γm & Hh) L]". wp_pures.
      wp_apply (drop_page_1_spec R γ _ q (λ _, 0%nat) with "[$R $Hh $L]"); [done..|].
      iIntros "L". wp_pures. by wp_apply (flag_raise_spec with "[$If $L]").
    - iDestruct "H" as "(_ & _ & L)". wp_pures.
      rewrite bool_decide_eq_false_2; [|destruct e; simpl; lia]. wp_pures.
      by wp_apply (flag_raise_spec with "[$If $L]").
  Qed.
  Local Lemma find_and_drop_spec R q k :
    region_banks R = client_banks →
    {{{ is_region number_dict N R ∗ region_lease R q k }}}
      find_and_drop [ #(region_header R) ]
    {{{ RET #☠; region_lease R q k }}}.
  Proof.
    iIntros (HR Φ) "[#R L] HΦ". wp_rec.
    wp_apply (frame_region_from_in_use_spec number_dict N R 4096 0 with "[$R $L]");
      [by apply find_page_1|].
    iIntros (e) "H". destruct e as [e|]; last first.
    - iDestruct "H" as (γ m Hγ) "[Hh L]". wp_pures.
      by wp_apply (drop_page_1_spec R γ m q k with "[$R $Hh $L]").
    - iDestruct "H" as "[_ L]". wp_pures.
      rewrite bool_decide_eq_false_2; [|destruct e; simpl; lia]. wp_pures. by iApply "HΦ".
  Qed.

  Lemma region_client_spec :
    ⊢ WP region_client {{ v, ∃ (D : meta_dict Σ) N R,
        ⌜dict_size D = 1%nat ∧ v = #(region_header R) ∧ length (region_names R) = 3%nat⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}.
  Proof using All.
    rewrite /region_client. iMod pending_incs_alloc as (γr) "_".
    wp_apply (client_region_spec γr); [done|].
    iIntros (R) "((%HR & _ & %Hlen3) & #R & L)". wp_pures.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_alloc src2 as "Hsrc2" "_". rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    wp_apply flag_new_spec; [done|]. iIntros (f) "[Hflag Htok]".
    rewrite -(heap_pointsto_vec_singleton src) -(heap_pointsto_vec_singleton src2).
    wp_pures.
    (** Refused *)
    wp_apply (frame_region_from_unused_refused_spec number_dict N R 4097 0 src true NotAligned
      with "R").
    { by rewrite /region_layout HR. }
    iIntros "_". wp_pures.
    wp_apply (frame_region_from_in_use_refused_spec number_dict N R 12288 OutOfBound with "R").
    { by rewrite /region_layout HR. }
    iIntros "_". wp_pures.
    (** Page 4 *)
    wp_apply (frame_region_from_unused_full_spec number_dict N R 16384 2 0 src [ #42 ] true
      with "[$R $Hsrc $L]"); [by apply find_page_4|done|by iApply number_own; [lia|]|].
    iIntros (γ) "(Hsrc & %Hγ & Hh & L)". wp_pures.
    iDestruct (region_lookup with "R") as (pa) "(%Hpa & _ & #Hslot)"; [exact Hγ|].
    assert (pa = 16384%Z) as ->.
    { rewrite /region_layout HR in Hpa. by injection Hpa. }
    wp_apply (frame_region_from_in_use_at_spec number_dict N R 16384 (inr 2%nat) with "R"); [by apply find_page_4|].
    iApply (get_from_in_use_at number_dict N with "Hslot Hh").
    iIntros "!>" (st ->) "Hh _". wp_pures.
    (** The handle as an address, for which there is one token, and back *)
    wp_apply (frame_region_slot_of_spec with "R"); [by apply find_page_4|]. iIntros "_".
    wp_apply (frame_region_into_raw_spec number_dict N R 2 γ (HandleUnique _ _)
      with "[$R $Hh]"); [exact Hγ|].
    iIntros (pa) "[%Hpa2 Hraw]". wp_pures.
    wp_apply (frame_region_from_raw_spec with "[$R $Hraw]"); [exact Hpa2|].
    iIntros "Hh". wp_pures.
    (** The other thread, on a half of the lease *)
    iDestruct (region_lease_half with "L") as "[L L']".
    iMod (flag_alloc Nflag _ f (region_lease R (1/2) (λ _, 0%nat)) with "Hflag") as "#If".
    wp_apply (wp_fork with "[Hsrc2 L']").
    { iNext. by iApply (claim_and_drop_spec with "R If Hsrc2 L'"). }
    iIntros "_". wp_pures.
    wp_apply (find_and_drop_spec with "[$R $L]"); [done|]. iIntros "L". wp_pures.
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [exact Hγ|].
    wp_apply (number_unique_drop_spec N with "[$Hslot $Hh $L]"). iIntros "L".
    iDestruct ("Hback" with "L") as "L". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Htok]"). iIntros "L'". wp_pures.
    iAssert (region_lease R 1 (λ _, 0%nat)) with "[L L']" as "L".
    { rewrite (region_lease_half R 1). iFrame "L'".
      iApply (region_lease_ext with "L"). intros i _. rewrite /count_set.
      by repeat case_decide. }
    wp_apply (frame_region_from_in_use_unused_spec number_dict N R 16384 2 with "[$R $L]");
      [by apply find_page_4|done|]. iIntros "L". wp_pures.
    wp_apply (frame_region_from_unused_full_spec number_dict N R 4096 0 0 src [ #42 ] false
      with "[$R $Hsrc $L]"); [by apply find_page_1|done|by iApply number_own; [lia|]|].
    iIntros (γ1) "(Hsrc & %Hγ1 & (%γm & Hh) & L)". wp_pures.
    wp_apply (drop_page_1_spec R γ1 _ 1 (λ _, 0%nat) with "[$R $Hh $L]"); [done..|].
    iIntros "L". wp_pures. iExists number_dict, N, R. by iFrame "R L".
  Qed.
End client.

Definition region_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

(** What [region_leak_free] says of a client of this region that ends with its whole
lease and returns its header. *)
Lemma client_region_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∃ (D : meta_dict Σ) N R,
        ⌜dict_size D = 1%nat ∧ v = #(region_header R) ∧ length (region_names R) = 3%nat⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ header base : loc,
    v = #header%V ∧ (σ : state) !! header = Some (RSt 0, #base%V) ∧
    ∀ i : nat, (i < 3)%nat → (σ : state) !! (base +ₗ 5 * i)%L = Some (RSt 0, #slot_unused%V)).
Proof.
  intros Hwp. destruct (region_leak_free Σ e 1
    (λ v R, v = #(region_header R)%V ∧ length (region_names R) = 3%nat) Hwp) as [Hresult Hsafe].
  split; [|done]. intros t2 σ2 v2 Hsteps.
  destruct (Hresult _ _ _ Hsteps) as (R & [-> Hlen] & Hheader & Hslots).
  exists (region_header R), (region_base R). split_and!; [done..|].
  intros i Hi. apply Hslots. lia.
Qed.

Theorem region_client_adequate :
  adequate NotStuck region_client ∅ (λ v σ, ∃ header base : loc,
    v = #header%V ∧ (σ : state) !! header = Some (RSt 0, #base%V) ∧
    ∀ i : nat, (i < 3)%nat → (σ : state) !! (base +ₗ 5 * i)%L = Some (RSt 0, #slot_unused%V)).
Proof.
  apply (client_region_leak_free region_clientΣ). intros HΣ Hheap. apply region_client_spec.
Qed.
