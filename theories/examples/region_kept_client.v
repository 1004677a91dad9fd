(** * A client that keeps a frame for ever, and what adequacy says of it

A kernel may map a page and never unmap it. [region_kept_client] does that in the region of
[region_client.v]:

<<
  main     claims page 1, shared; clones the share; makes an address of its handle, and a
           handle again; makes an address of the handle; spawns, giving away the address
           and a half of the lease of the region:
  other    makes a handle of the address, and drops it
  main     waits; counts the shares (1); makes an address of the share that it has, and
           forgets it
>>

and returns the slot of the page if the results in parentheses are right.

[region_kept_client_adequate]: no interleaving is ever stuck; at the end the word of the
slot in memory is 1, and the other slots are unused. So the page is in use, although the
program has no handle: the token of the raw frame is evidence of that ([tells_raw_shared],
with [is_slot_acc]), and the lease of the region says that there is one share.

The lease of the region is divided in such a way that each half owes the drop of one handle
([region_lease_split]). *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw number_dict frame_adequacy.
From tally.frame.region Require Import region.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect region_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition drop_address : val :=
  λ: ["region"; "pa"; "flag"],
    number_drop [frame_region_from_raw 1 ["region"; "pa"] ];;
    flag_raise ["flag"].

Definition region_kept_client : expr :=
  let: "region" := client_region [] in
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "flag" := flag_new [] in
  frame_region_from_unused 1 ["region"; #4096; #0; "src"; #false];;
  let: "slot" := frame_region_slot_of 1 ["region"; #4096] in
  frame_clone ["slot"];;
  let: "slot" := frame_region_from_raw 1 ["region"; frame_into_raw ["slot"] ] in
  let: "pa" := frame_into_raw ["slot"] in
  Fork (drop_address ["region"; "pa"; "flag"]);;
  flag_wait ["flag"];;
  let: "r1" := reference_count ["slot"] in
  frame_into_raw ["slot"];;
  if: "r1" = #1 then "slot" else #0.

Lemma region_kept_client_run :
  returned_loc (run_program choice_reuse [] 5000 region_kept_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
(** One handle of page 1 is out. *)
Definition one_handle : nat → nat := count_set (λ _, 0%nat) 0 1.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Nflag := nroot .@ "flag".
  Implicit Types (R : frame_region) (γ : slot_names) (m : meta) (pa : Z).

  (** Page 1 is kept as an address. *)
  Definition region_kept R γ pa m : iProp Σ :=
    is_region number_dict N R ∗ region_lease R 1 one_handle ∗
    frame_raw number_dict γ (region_slot 1 R 0) pa (HandleShared m).

  Local Lemma one_handle_split R :
    region_lease R 1 (count_set one_handle 0 2) ⊣⊢
    region_lease R (1/2) one_handle ∗ region_lease R (1/2) one_handle.
  Proof.
    rewrite -region_lease_split Qp.div_2. apply region_lease_ext. intros i _.
    rewrite /one_handle /count_set. by repeat case_decide.
  Qed.

  Local Lemma drop_address_spec R γ pa m f :
    get_slot (region_layout R) pa = inr (Z.of_nat 0) → region_names R !! 0%nat = Some γ →
    is_region number_dict N R -∗ flag Nflag f (region_lease R (1/2) (λ _, 0%nat)) -∗
    frame_raw number_dict γ (region_slot 1 R 0) pa (HandleShared m) -∗
    region_lease R (1/2) one_handle -∗
    WP drop_address [ #(region_header R); #pa; #f ] {{ _, True }}.
  Proof.
    iIntros (Hpa Hγ) "#R #If Hraw L". wp_rec.
    wp_apply (frame_region_from_raw_spec number_dict N with "[$R $Hraw]"); [exact Hpa|].
    iIntros "Hh".
    wp_apply (frame_region_drop_spec number_dict N R 0 γ m _ _ 0 with "[$R $Hh $L]");
      [exact Hγ|done| |].
    { iSplit; [iApply number_dict_drop|iApply number_region_dealloc]. }
    iIntros "L". wp_pures. wp_apply (flag_raise_spec with "[$If L]"); [|done].
    iApply (region_lease_ext with "L"). intros i _.
    rewrite /one_handle /count_set. by repeat case_decide.
  Qed.

  Lemma region_kept_client_spec :
    ⊢ WP region_kept_client {{ v, ∃ R γ pa m,
        ⌜v = #(region_slot 1 R 0) ∧ length (region_names R) = 3%nat ∧
          region_names R !! 0%nat = Some γ⌝ ∗ region_kept R γ pa m }}.
  Proof using All.
    rewrite /region_kept_client. iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    wp_apply (client_region_spec γr); [done|].
    iIntros (R) "((%HR & %Hγr & %Hlen3) & #R & L)". wp_pures.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_pures. wp_apply flag_new_spec; [done|]. iIntros (f) "[Hf Ht]". wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    wp_apply (frame_region_from_unused_full_spec number_dict N R 4096 0 0 src [ #42 ] false
      with "[$R $Hsrc $L]"); [by apply find_page_1|done|by iApply number_own; [lia|]|].
    iIntros (γ) "(_ & %Hγ & (%γm & Hh) & L)". wp_pures.
    wp_apply (frame_region_slot_of_spec with "R"); [by apply find_page_1|]. iIntros "_".
    wp_pures.
    (** Two shares *)
    rewrite -Hγr.
    wp_apply (frame_region_clone_spec number_dict N R 0 γ with "[$R $Hh $L $Hr]");
      [exact Hγ|].
    iIntros "(Hh & Hh' & L & _)". wp_pures.
    wp_apply (frame_region_raw_round_trip_spec number_dict N R 0 γ (HandleShared _)
      with "[$R $Hh']"); [exact Hγ|].
    iIntros "Hh'". wp_pures.
    wp_apply (frame_region_into_raw_spec number_dict N R 0 γ (HandleShared _)
      with "[$R $Hh']"); [exact Hγ|].
    iIntros (pa) "[%Hpa Hraw]". wp_pures.
    iDestruct (one_handle_split with "L") as "[L L']".
    iMod (flag_alloc Nflag _ f (region_lease R (1/2) (λ _, 0%nat)) with "Hf") as "#If".
    wp_apply (wp_fork with "[Hraw L']").
    { iNext. by iApply (drop_address_spec with "R If Hraw L'"). }
    iIntros "_". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]"). iIntros "L'". wp_pures.
    iAssert (region_lease R 1 one_handle) with "[L L']" as "L".
    { rewrite (region_lease_half R 1). iFrame. }
    wp_apply (frame_region_reference_count_spec number_dict N R 0 γ with "[$R $Hh $L]");
      [exact Hγ|].
    iIntros "[Hh L]". wp_pures.
    (** For ever *)
    wp_apply (frame_region_into_raw_spec number_dict N R 0 γ (HandleShared _)
      with "[$R $Hh]"); [exact Hγ|].
    iIntros (pa') "[_ Hraw]". wp_pures.
    iModIntro. iExists R, γ, pa', _. iSplitR; [done|]. by iFrame "R L Hraw".
  Qed.

  (** What memory holds then. *)
  Lemma region_kept_state R γ pa m σ :
    length (region_names R) = 3%nat → region_names R !! 0%nat = Some γ →
    region_kept R γ pa m -∗ heap_ctx σ ={⊤}=∗
    ⌜σ !! region_slot 1 R 0 = Some (RSt 0, #1%V) ∧
      ∀ i : nat, (i < 3)%nat → i ≠ 0%nat → slot_unused_in σ (region_slot 1 R i)⌝ ∗
    heap_ctx σ.
  Proof.
    iIntros (Hlen Hγ) "(#R & L & Hraw) Hσ".
    destruct (region_names R) as [|γ0 [|γ1 [|γ2 [|]]]] eqn:Hnames; simplify_eq/=.
    rewrite /region_lease Hnames /=. iDestruct "L" as "(L0 & L1 & L2 & _)".
    iDestruct (region_lookup number_dict N R 0 with "R") as (pa0) "(_ & _ & #I0)";
      [by rewrite Hnames|].
    iDestruct (region_lookup number_dict N R 1 with "R") as (pa1) "(_ & _ & #I1)";
      [by rewrite Hnames|].
    iDestruct (region_lookup number_dict N R 2 with "R") as (pa2) "(_ & _ & #I2)";
      [by rewrite Hnames|].
    iMod (is_slot_acc number_dict N _ ⊤ γ _ pa0 (frame_raw number_dict γ _ pa (HandleShared m) ∗
      lease γ 1 1)%I with "I0 [$Hraw $L0]") as (st) "(%HP & _ & Hs & HL & Hroom & Hclose)";
      [done|].
    destruct HP as [[[n ->] Hn] _]. simpl in Hn. assert (n = 1%positive) as -> by lia.
    iDestruct (heap_read_1 with "Hσ Hs") as %H0.
    iMod ("Hclose" with "Hs HL Hroom") as "_".
    iMod (frame_slot_closed with "I1 L1") as "[Hs Hclose]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H1. iMod ("Hclose" with "Hs") as "_".
    iMod (frame_slot_closed with "I2 L2") as "[Hs Hclose]"; [done|].
    iDestruct (heap_read_1 with "Hσ Hs") as %H2. iMod ("Hclose" with "Hs") as "_".
    iModIntro. iFrame "Hσ". iPureIntro. split; [exact H0|].
    intros [|[|[|i]]] Hi ?; [done|exact H1|exact H2|lia].
  Qed.
End client.

Theorem region_kept_client_adequate :
  adequate NotStuck region_kept_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ (σ : state) !! s = Some (RSt 0, #1%V) ∧
    ∀ i : nat, (i < 3)%nat → i ≠ 0%nat → slot_unused_in σ (s +ₗ 5 * i)).
Proof.
  apply (lrust_adequacy_state region_clientΣ). intros HΣ Huntracked.
  iApply wp_wand; [iApply region_kept_client_spec|].
  iIntros (v) "(%R & %γ & %pa & %m & (-> & %Hlen & %Hγ) & H)". iIntros (σ) "Hσ".
  iMod (region_kept_state with "H Hσ") as "[[%H0 %Hrest] _]"; [done..|].
  iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%".
  assert (region_slot 1 R 0 = region_base R) as Hs by apply shift_loc_0.
  rewrite Hs in H0 |- *. exists (region_base R). split_and!; [done..|].
  intros i Hi Hi0. exact (Hrest i Hi Hi0).
Qed.
