(** * A region of page frames: looking up, leases, leaks

The look-up program is [get_slot] of [layout_map.v], read off the header
([frame_region_get_slot_spec]). What is done at an address is what is done at its slot
([frame_region_from_unused_at_spec], [frame_region_from_in_use_at_spec]); the rest
follows from the specifications of slots and from how the leases of a region divide. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout.
From tally.frame.region Require Import region_code region_base.
From tally.frame.slot Require Import frame_raw frame_adequacy.
From tally.prelude Require Import options.

Local Lemma banks_cells_length bs : length (banks_cells bs) = (2 * length bs)%nat.
Proof. induction bs as [|b bs IH]; [done|]. rewrite /banks_cells bind_cons /= IH. lia. Qed.
Local Lemma header_lookup v bs1 b bs2 :
  header_cells v (bs1 ++ b :: bs2) !! (2 + 2 * length bs1)%nat =
    Some (LitV (LitInt (bank_base b))) ∧
  header_cells v (bs1 ++ b :: bs2) !! (3 + 2 * length bs1)%nat =
    Some (LitV (LitInt (bank_frames b))).
Proof.
  rewrite /header_cells /banks_cells bind_app bind_cons -!/(banks_cells _) /=.
  split; (rewrite lookup_app_r; rewrite banks_cells_length; [|lia]).
  - by match goal with |- _ !! ?j = _ => replace j with 0%nat by lia end.
  - by match goal with |- _ !! ?j = _ => replace j with 1%nat by lia end.
Qed.

Section leases.
  Context `{!frameG Σ}.
  Implicit Types (R : frame_region) (q : Qp) (k : nat → nat).

  Lemma region_lease_split R q1 q2 k1 k2 :
    region_lease R (q1 + q2) (λ i, k1 i + k2 i)%nat ⊣⊢
    region_lease R q1 k1 ∗ region_lease R q2 k2.
  Proof.
    rewrite /region_lease -big_sepL_sep. apply big_sepL_proper. intros i γ _.
    apply lease_split.
  Qed.
  Lemma region_lease_ext R q k k' :
    (∀ i, (i < length (region_names R))%nat → k i = k' i) →
    region_lease R q k ⊣⊢ region_lease R q k'.
  Proof.
    intros Hk. rewrite /region_lease. apply big_sepL_proper. intros i γ Hi.
    rewrite Hk //. by eapply lookup_lt_Some.
  Qed.
  Lemma region_lease_acc R q k i γ :
    region_names R !! i = Some γ →
    region_lease R q k -∗
    lease γ q (k i) ∗ (∀ x, lease γ q x -∗ region_lease R q (count_set k i x)).
  Proof.
    iIntros (Hi) "L". rewrite /region_lease.
    rewrite -{1 2}(take_drop_middle _ _ _ Hi) !big_sepL_app /=.
    assert (length (take i (region_names R)) = i) as Hlen.
    { apply lookup_lt_Some in Hi. first [rewrite length_take|rewrite take_length]. lia. }
    rewrite Hlen Nat.add_0_r. iDestruct "L" as "(L1 & $ & L2)". iIntros (x) "L".
    rewrite big_sepL_app /= Hlen Nat.add_0_r count_set_same. iFrame "L". iSplitL "L1".
    - iApply (big_sepL_impl with "L1"). iIntros "!>" (j γ' Hj%lookup_lt_Some) "L".
      rewrite count_set_other; [done|]. rewrite Hlen in Hj. lia.
    - iApply (big_sepL_impl with "L2"). iIntros "!>" (j γ' _) "L".
      rewrite count_set_other; [done|]. lia.
  Qed.
End leases.

Section lookup.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (R : frame_region) (pa : Z) (i : nat) (γ : slot_names) (u : bool).
  Implicit Types (q : Qp) (k : nat → nat) (m : meta) (src : loc) (vl : list val).
  Implicit Types (h : handle_kind) (Φ : val → iProp Σ).

  (** ** The slots of a region *)
  Lemma is_region_wf R : is_region D N R -∗ ⌜region_wf R⌝.
  Proof. by iIntros "[% _]". Qed.
  Lemma region_lookup R i γ :
    region_names R !! i = Some γ →
    is_region D N R -∗
    ∃ pa, ⌜index_to_frame (region_layout R) (Z.of_nat i) = Some pa⌝ ∗
      ⌜slot_pending_name γ = region_pending R⌝ ∗
      frame_slot D N γ (region_slot (dict_size D) R i) pa.
  Proof.
    iIntros (Hi) "([%Hok [%Hlen %Hr]] & _ & Hslots)".
    iDestruct (big_sepL_lookup with "Hslots") as (pa) "[%Hpa Hslot]"; [exact Hi|].
    iExists pa. iFrame "Hslot". iSplit; [done|]. iPureIntro.
    exact (Forall_lookup_1 _ _ _ _ Hr Hi).
  Qed.
  Lemma region_found R pa i :
    get_slot (region_layout R) pa = inr (Z.of_nat i) →
    is_region D N R -∗
    ∃ γ, ⌜region_names R !! i = Some γ⌝ ∗ ⌜slot_pending_name γ = region_pending R⌝ ∗
      frame_slot D N γ (region_slot (dict_size D) R i) pa.
  Proof.
    iIntros (Hi) "#HR". iDestruct (is_region_wf with "HR") as %(Hok & Hlen & Hr).
    apply get_slot_found in Hi; [|done].
    assert (is_Some (index_to_frame (region_layout R) i)) as Hs by by eexists.
    apply index_to_frame_is_Some in Hs; [|done].
    assert (is_Some (region_names R !! i)) as [γ Hγ] by (apply lookup_lt_is_Some; lia).
    iDestruct (region_lookup with "HR") as (pa') "(%Hpa & %Hrγ & Hslot)"; [done|].
    simplify_eq. iExists γ. by iFrame "Hslot".
  Qed.

  (** ** The programs that look up *)
  Local Lemma header_read R (l : loc) (j : nat) v :
    l = (region_header R +ₗ j)%L →
    header_cells (LitV (LitLoc (region_base R))) (region_banks R) !! j = Some v →
    region_header_inv N R -∗
    {{{ True }}} !ˢᶜ #l {{{ RET v; True }}}.
  Proof.
    iIntros (-> Hj) "#I !>". iIntros (Φ) "_ HΦ". iInv "I" as ">H".
    iDestruct (heap_pointsto_vec_lookup_acc with "H") as "[Hv Hclose]"; [done|].
    wp_read. iModIntro. iSplitR "HΦ"; [|by iApply "HΦ"]. iNext.
    iDestruct ("Hclose" with "Hv") as "H". by rewrite list_insert_id.
  Qed.

  Local Lemma bank_index_spec R bs1 bs2 (table : loc) (first pa : Z) :
    region_banks R = bs1 ++ bs2 →
    table = (region_header R +ₗ (2 + 2 * length bs1)%nat)%L →
    region_header_inv N R -∗
    {{{ True }}}
      bank_index [ #table; #(length bs2); #first; #pa ]
    {{{ RET #(match banks_index PAGE_SIZE bs2 pa with
              | Some i => first + i
              | None => - error_code ErrOutOfBound
              end); True }}}.
  Proof.
    iIntros (Hbs Htable) "#I !>". iIntros (Φ) "_ HΦ".
    iInduction bs2 as [|b bs2] "IH" forall (bs1 table first Hbs Htable).
    { wp_rec. wp_pures. by iApply "HΦ". }
    destruct (header_lookup (LitV (LitLoc (region_base R))) bs1 b bs2) as [H1 H2].
    rewrite -Hbs in H1, H2. wp_rec. wp_pures.
    wp_apply (header_read R with "I"); [exact Htable|exact H1|done|]. iIntros "_". wp_pures.
    wp_apply (header_read R with "I"); [|exact H2|done|].
    { rewrite Htable shift_loc_assoc. f_equal. lia. }
    iIntros "_". wp_pures.
    rewrite /= /in_bank /bank_end. change page_size with PAGE_SIZE.
    iAssert (▷ (Φ #(match
        Z.add (bank_frames b) <$> banks_index PAGE_SIZE bs2 pa with
        | Some i => first + i | None => - error_code ErrOutOfBound end) -∗
      WP bank_index [ #(table +ₗ 2); #(length bs2); #(first + bank_frames b); #pa ]
        {{ Φ }}))%I as "Hnext".
    { iNext. iIntros "HΦ". iApply ("IH" $! (bs1 ++ [b])).
      - by rewrite -app_assoc.
      - iPureIntro. rewrite Htable shift_loc_assoc list_length_app /=. f_equal. lia.
      - iIntros "!> _". destruct (banks_index PAGE_SIZE bs2 pa); simpl; [|done].
        by rewrite Z.add_assoc. }
    case: Z.leb_spec=> Hle /=.
    - rewrite bool_decide_eq_true_2 //. wp_pures. case: Z.ltb_spec=> Hlt.
      + rewrite bool_decide_eq_true_2 //. wp_pures.
        rewrite Z.quot_div_nonneg; [|lia|done]. by iApply "HΦ".
      + rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
        replace (S (length bs2) - 1)%Z with (Z.of_nat (length bs2)) by lia.
        iApply "Hnext". by iApply "HΦ".
    - rewrite bool_decide_eq_false_2; [|lia]. wp_pures.
      replace (S (length bs2) - 1)%Z with (Z.of_nat (length bs2)) by lia.
      iApply "Hnext". by iApply "HΦ".
  Qed.

  Lemma frame_region_get_slot_spec R pa :
    {{{ is_region D N R }}}
      frame_region_get_slot [ #(region_header R); #pa ]
    {{{ RET #(match get_slot (region_layout R) pa with
              | inl e => - address_code e
              | inr i => i
              end); True }}}.
  Proof.
    iIntros (Φ) "(_ & #I & _) HΦ". wp_rec. wp_pures. rewrite /get_slot /=.
    assert (bool_decide (pa `rem` page_size = 0)%Z = (pa `mod` PAGE_SIZE =? 0)%Z) as ->.
    { apply eq_true_iff_eq. rewrite bool_decide_eq_true Z.eqb_eq.
      by rewrite Z.rem_divide // Z.mod_divide. }
    case: Z.eqb_spec=> Ha /=; wp_pures; [|by iApply "HΦ"].
    wp_apply (header_read R _ 1 with "I"); [done..|]. iIntros "_". wp_pures.
    wp_apply (bank_index_spec R [] (region_banks R) with "I"); [done|done|done|].
    iIntros "_". rewrite /frame_to_index /=.
    destruct (banks_index PAGE_SIZE (region_banks R) pa); by iApply "HΦ".
  Qed.
  Lemma frame_region_slot_at_spec R i :
    {{{ is_region D N R }}}
      frame_region_slot_at (dict_size D) [ #(region_header R); #i ]
    {{{ RET #(region_slot (dict_size D) R i); True }}}.
  Proof.
    iIntros (Φ) "(_ & #I & _) HΦ". wp_rec. wp_pures.
    wp_apply (header_read R _ 0 with "I"); [done..|]. iIntros "_". wp_pures.
    by iApply "HΦ".
  Qed.

  (** ** Frames, by address *)
  Local Ltac look_up r Hr :=
    iIntros "#HR HΦ"; wp_rec; (wp_apply (frame_region_get_slot_spec with "HR"));
    iIntros "_"; rewrite Hr; destruct r as [[]|j]; wp_pures; [iExact "HΦ"..|];
    (rewrite bool_decide_eq_true_2; [|lia]); wp_pures;
    (wp_apply (frame_region_slot_at_spec with "HR")); by iIntros "_".
  Lemma frame_region_from_unused_at_spec R pa (r : address_error + nat) i src u Φ :
    get_slot (region_layout R) pa =
      match r with inl e => inl e | inr j => inr (Z.of_nat j) end →
    is_region D N R -∗
    ▷ match r with
      | inl e => Φ #(address_code e)
      | inr j => WP get_from_unused (dict_size D)
          [ #(region_slot (dict_size D) R j); #i; #src; #u ] {{ Φ }}
      end -∗
    WP frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
      {{ Φ }}.
  Proof. intros Hr. look_up r Hr. Qed.
  Lemma frame_region_from_in_use_at_spec R pa (r : address_error + nat) Φ :
    get_slot (region_layout R) pa =
      match r with inl e => inl e | inr j => inr (Z.of_nat j) end →
    is_region D N R -∗
    ▷ match r with
      | inl e => Φ #(address_code e)
      | inr j => WP get_from_in_use [ #(region_slot (dict_size D) R j) ] {{ Φ }}
      end -∗
    WP frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ] {{ Φ }}.
  Proof. intros Hr. look_up r Hr. Qed.

  (** One drop more, on a part of the lease that owes nothing. *)
  Local Lemma lease_succ γ q n :
    lease γ q n -∗ lease γ (q / 2) 0 ∗
      (∀ x, lease γ (q / 2) x -∗ lease γ q (x + n)).
  Proof.
    rewrite {1}(lease_half γ q n). iIntros "[L $]" (x) "L'".
    iAssert (lease γ (q / 2 + q / 2) (x + n)) with "[L L']" as "L"; [|by rewrite Qp.div_2].
    rewrite lease_split. iFrame.
  Qed.

  Lemma frame_region_from_unused_spec R pa j i src vl u q k :
    get_slot (region_layout R) pa = inr (Z.of_nat j) →
    {{{ is_region D N R ∗ src ↦∗ vl ∗ meta_own D i vl ∗ region_lease R q k }}}
      frame_region_from_unused (dict_size D) [ #(region_header R); #pa; #i; #src; #u ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None => ∃ γ, ⌜region_names R !! j = Some γ⌝ ∗
            (let s := region_slot (dict_size D) R j in
             if u then unique_frame D γ s i vl
             else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗
            region_lease R q (count_set k j (S (k j)))
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
            meta_own D i vl ∗ region_lease R q k
        end }}}.
  Proof.
    iIntros (Hj Φ) "(#HR & Hsrc & Hm & L) HΦ".
    iDestruct (region_found with "HR") as (γ) "(%Hγ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    iDestruct (lease_succ with "L") as "[L Hsucc]".
    iApply (frame_region_from_unused_at_spec _ _ (inr j) with "HR"); [done|]. iNext.
    iApply (get_from_unused_spec D N with "[$Hslot $Hsrc $Hm $L]").
    iIntros "!>" (e) "[Hsrc H]". iApply "HΦ". iFrame "Hsrc". destruct e as [e|].
    - iDestruct "H" as "($ & $ & L)".
      iDestruct ("Hback" with "(Hsucc L)") as "L". rewrite region_lease_ext; [iFrame|].
      intros x _. rewrite /count_set. by case_decide; subst.
    - iDestruct "H" as "[Hh L]". iExists γ. iSplitR; [done|]. iFrame "Hh".
      iApply "Hback". iApply ("Hsucc" with "L").
  Qed.
  Lemma frame_region_from_in_use_spec R pa j q k :
    get_slot (region_layout R) pa = inr (Z.of_nat j) →
    {{{ is_region D N R ∗ region_lease R q k }}}
      frame_region_from_in_use (dict_size D) [ #(region_header R); #pa ]
    {{{ (e : option frame_error), RET #(status_code e);
        match e with
        | None => ∃ γ m, ⌜region_names R !! j = Some γ⌝ ∗
            shared_frame D γ (region_slot (dict_size D) R j) m ∗
            region_lease R q (count_set k j (S (k j)))
        | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ region_lease R q k
        end }}}.
  Proof.
    iIntros (Hj Φ) "(#HR & L) HΦ".
    iDestruct (region_found with "HR") as (γ) "(%Hγ & _ & #Hslot)"; [done|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [done|].
    iDestruct (lease_succ with "L") as "[L Hsucc]".
    iApply (frame_region_from_in_use_at_spec _ _ (inr j) with "HR"); [done|]. iNext.
    iApply (get_from_in_use_spec D N with "[$Hslot $L]").
    iIntros "!>" (e) "H". iApply "HΦ". destruct e as [e|].
    - iDestruct "H" as "[$ L]".
      iDestruct ("Hback" with "(Hsucc L)") as "L". rewrite region_lease_ext; [iFrame|].
      intros x _. rewrite /count_set. by case_decide; subst.
    - iDestruct "H" as (m) "[Hh L]". iExists γ, m. iSplitR; [done|]. iFrame "Hh".
      iApply "Hback". iApply ("Hsucc" with "L").
  Qed.

  (** ** Giving a handle away as an address, and back *)
  Lemma frame_region_into_raw_spec R j γ h :
    region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ frame_handle D γ s h }}}
      frame_into_raw [ #s ]
    {{{ pa, RET #pa; ⌜get_slot (region_layout R) pa = inr (Z.of_nat j)⌝ ∗
        frame_raw D γ s pa h }}}.
  Proof.
    iIntros (Hγ s Φ) "[#HR Hh] HΦ".
    iDestruct (is_region_wf with "HR") as %(Hok & _ & _).
    iDestruct (region_lookup with "HR") as (pa) "(%Hpa & _ & #Hslot)"; [done|].
    iApply (frame_into_raw_spec D N with "[$Hslot $Hh]"). iIntros "!> Hraw".
    iApply "HΦ". iFrame "Hraw". iPureIntro. by apply get_slot_found.
  Qed.
  Lemma frame_region_ref_from_raw_spec R pa j γ h :
    get_slot (region_layout R) pa = inr (Z.of_nat j) →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ frame_raw D γ s pa h }}}
      frame_region_from_raw (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #s; frame_handle D γ s h ∗ (frame_handle D γ s h -∗ frame_raw D γ s pa h) }}}.
  Proof.
    iIntros (Hj s Φ) "[#HR Hraw] HΦ". wp_rec.
    wp_apply (frame_region_get_slot_spec with "HR").
    iIntros "_". rewrite Hj. wp_pures. rewrite bool_decide_eq_true_2; [|lia].
    wp_rec. wp_pures. wp_apply (frame_region_slot_at_spec with "HR"). iIntros "_".
    iApply "HΦ". iApply (frame_raw_acc with "Hraw").
  Qed.
  Lemma frame_region_from_raw_spec R pa j γ h :
    get_slot (region_layout R) pa = inr (Z.of_nat j) →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ frame_raw D γ s pa h }}}
      frame_region_from_raw (dict_size D) [ #(region_header R); #pa ]
    {{{ RET #s; frame_handle D γ s h }}}.
  Proof.
    iIntros (Hj s Φ) "H HΦ". iApply (frame_region_ref_from_raw_spec with "H"); [done|].
    iIntros "!> [H _]". by iApply "HΦ".
  Qed.
  Lemma frame_region_raw_round_trip_spec R j γ h :
    region_names R !! j = Some γ →
    let s := region_slot (dict_size D) R j in
    {{{ is_region D N R ∗ frame_handle D γ s h }}}
      frame_region_from_raw (dict_size D) [ #(region_header R); frame_into_raw [ #s ] ]
    {{{ RET #s; frame_handle D γ s h }}}.
  Proof.
    iIntros (Hγ s Φ) "[#HR Hh] HΦ".
    wp_apply (frame_region_into_raw_spec with "[$HR $Hh]"); [done|].
    iIntros (pa) "[%Hpa Hraw]".
    by wp_apply (frame_region_from_raw_spec with "[$HR $Hraw]").
  Qed.

  (** ** Leaks *)
  Lemma region_unused R σ :
    is_region D N R -∗ region_lease R 1 (λ _, 0%nat) -∗ heap_ctx σ ={⊤}=∗
    ⌜region_unused_in (dict_size D) R σ⌝ ∗ region_lease R 1 (λ _, 0%nat) ∗ heap_ctx σ.
  Proof.
    iIntros "(_ & #I & #Hslots) L Hσ".
    iAssert (|={⊤}=> ⌜σ !! region_header R = Some (RSt 0, LitV (LitLoc (region_base R)))⌝ ∗
      heap_ctx σ)%I with "[Hσ]" as ">[%Hh Hσ]".
    { iInv "I" as ">H". rewrite /header_cells heap_pointsto_vec_cons.
      iDestruct "H" as "[H Hrest]". iDestruct (heap_read_1 with "Hσ H") as %Hσ.
      iModIntro. iFrame "Hσ". iSplitL; [|done]. iNext. iFrame. }
    iMod (slots_unused D N (region_slot (dict_size D) R) with "[] L Hσ") as "(%Hs & $ & $)";
      [|done].
    iApply (big_sepL_impl with "Hslots"). iIntros "!>" (i γ _) "(%pa & _ & H)". by iExists pa.
  Qed.
End lookup.

(** By adequacy: whoever ends with the whole lease of a region, and owes nothing on it,
has left every slot unused in memory. *)
Lemma region_leak_free Σ `{!lrustGpreS Σ, !frameG Σ} (e : expr) (n : nat)
    (φ : val → frame_region → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∃ (D : meta_dict Σ) N R, ⌜dict_size D = n ∧ φ v R⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}) →
  adequate NotStuck e ∅ (λ v σ, ∃ R, φ v R ∧ region_unused_in n R σ).
Proof.
  intros Hwp. apply (lrust_adequacy_state Σ). intros HΣ Hheap.
  iApply wp_wand; [iApply Hwp|]. iIntros (v) "(%D & %N & %R & [<- %Hφ] & HR & L)".
  iIntros (σ) "Hσ". iMod (region_unused with "HR L Hσ") as "(%Hσ & _)".
  iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%". by exists R.
Qed.
