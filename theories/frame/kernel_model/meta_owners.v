(** * The metadata of a slot: the proofs

The sealed export of the statements in [meta_owners_sig.v]. Permissions are values
and slots records of locations, so that most of what the original assumes is
computation here; what is not is exclusiveness of ↦. *)
From stdpp Require Import vector.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word slot_count slot_model slot_model_sig.
From tally.frame.kernel_model Require Export meta_types meta_owners_sig.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** Witnesses: an owner with that word, whose cells hold something if [full]. *)
Local Definition witness (w : word) (full : bool) : meta_slot_owner :=
  MetaSlotOwner
    (InnerPerms
       (CellPerm inhabitant (if full then MemInit StorageUntyped else MemUninit))
       (WordPerm inhabitant w)
       (CellPerm inhabitant (if full then MemInit 0 else MemUninit))
       (WordPerm inhabitant 0))
    FRAME_METADATA_START UsageFrame ∅.
Local Lemma witness_inv w full : word_ok w → ¬ slot_max < w < slot_unique →
  (full = true ↔ w ≠ slot_unused ∧ w ≠ 0) → owner_inv (witness w full).
Proof.
  intros Hw Hno Hfull. destruct full; split; try done;
    rewrite /owner_count /owner_storage /owner_vtable /= /slot_max /slot_unique
      /slot_unused in Hfull |- *; naive_solver lia.
Qed.
Local Ltac witness_word :=
  rewrite /word_ok /word_max /slot_max /slot_unique /slot_unused; naive_solver lia.

(** MMIO-ness of two addresses that no range separates. *)
Local Lemma is_mmio_paddr_same mm pa pa' :
  Forall (λ r, r.1 ≤ pa < r.1 + r.2 ↔ r.1 ≤ pa' < r.1 + r.2) mm →
  is_mmio_paddr mm pa = is_mmio_paddr mm pa'.
Proof.
  induction 1 as [|r mm Hr _ IH]; [done|]. rewrite /is_mmio_paddr /= in IH |- *.
  rewrite IH. f_equal. apply eq_true_iff_eq.
  rewrite !andb_true_iff !Z.leb_le !Z.ltb_lt. tauto.
Qed.

Module Export meta_owners : meta_owners_sig.
  Lemma as_u8_range u : 0 ≤ as_u8 u < 256.
  Proof. by destruct u. Qed.
  Lemma from_u8_as_u8 u : from_u8 (as_u8 u) = Some u.
  Proof. by destruct u. Qed.
  Lemma as_u8_from_u8 n u : from_u8 n = Some u → as_u8 u = n.
  Proof. rewrite /from_u8. repeat case: Z.eqb_spec=> ?; naive_solver. Qed.
  Lemma as_state_unused u : as_state u = StateUnused ↔ u = UsageUnused.
  Proof. by destruct u. Qed.
  Lemma as_state_untyped u : as_state u = StateUntyped ↔ u = UsageFrame.
  Proof. by destruct u. Qed.

  Lemma status_of_spec w : word_ok w →
    match status_of w with
    | StatusUnused => w = slot_unused
    | StatusUnique => w = slot_unique
    | StatusShared => 1 ≤ w ≤ slot_max
    | StatusOverflow => slot_max < w < slot_unique
    | StatusUnderConstruction => w = slot_busy
    end.
  Proof.
    rewrite /status_of /word_ok /word_max /slot_unused /slot_unique /slot_busy /slot_max.
    intros ?. destruct (word_eqb_spec w 18446744073709551615); [done|].
    destruct (word_eqb_spec w 18446744073709551614); [done|].
    destruct (word_eqb_spec w 0); [done|].
    destruct (word_leb_spec w 9223372036854775807); lia.
  Qed.
  Lemma status_of_slot s i x : frame_inv s →
    tbl_get (frame_slots s) i = Some x →
    match status_of (slot_word x) with
    | StatusUnused =>
        frame_count s (HoldsShared i) + slot_leaked x = 0 ∧
        frame_count s (HoldsUnique i) = 0 ∧ frame_count s (HoldsBusy i) = 0
    | StatusUnique => frame_count s (HoldsUnique i) = 1
    | StatusShared => 1 ≤ frame_count s (HoldsShared i) + slot_leaked x
    | StatusOverflow => False
    | StatusUnderConstruction => frame_count s (HoldsBusy i) = 1
    end.
  Proof.
    intros [Hslot _] Hi. pose proof (Hslot _ _ Hi) as Hok. rewrite /frame_slot_ok in Hok.
    destruct Hok as [Hw|Hw|m Hw|m Hw Hr]; try (rewrite Hw /=; lia).
    assert (word_ok (slot_word x)) as Hok.
    { rewrite /word_ok /word_max. rewrite /slot_max in Hr. lia. }
    pose proof (status_of_spec _ Hok) as Hst.
    destruct (status_of (slot_word x)); rewrite /slot_unused /slot_unique /slot_busy
      /slot_max in Hst, Hr; lia.
  Qed.

  Lemma get_link_spec s link : get_link s = Some link ↔ s = StorageFrameLink link.
  Proof. destruct s; naive_solver. Qed.
  Lemma get_node_spec s node : get_node s = Some node ↔ s = StoragePtNode node.
  Proof. destruct s; naive_solver. Qed.

  Lemma view_preserves_inv o : owner_inv o → model_inv (owner_view o).
  Proof.
    intros [Hok Hun Huq Hsh Hov Hb _ _]. rewrite /model_inv /=.
    destruct (word_eqb_spec (owner_count o) slot_unused) as [Hw|Hw]; [naive_solver|].
    destruct (word_eqb_spec (owner_count o) slot_unique) as [Hw'|Hw']; [naive_solver|].
    destruct (word_eqb_spec (owner_count o) 0) as [H0|H0]; [by auto|].
    revert Hok Hw Hw' Hsh Hov. rewrite /word_ok /word_max /slot_unused /slot_unique /slot_max.
    intros. destruct (word_leb_spec (owner_count o) 9223372036854775807); [|lia].
    apply Hsh. lia.
  Qed.
  Lemma owner_inv_status o : owner_inv o → model_status (owner_view o) ≠ StatusOverflow.
  Proof.
    intros [Hok _ _ _ Hov _ _ _] Hst. rewrite /= in Hst.
    pose proof (status_of_spec _ Hok) as Hspec. rewrite Hst in Hspec. lia.
  Qed.
  Lemma owner_inv_witness st : st ≠ StatusOverflow →
    ∃ o, owner_inv o ∧ model_status (owner_view o) = st.
  Proof.
    intros Hst. destruct st; [..|done|].
    - exists (witness slot_unused false). split; [|done]. apply witness_inv; witness_word.
    - exists (witness slot_unique true). split; [|done]. apply witness_inv; witness_word.
    - exists (witness 1 true). split; [|done]. apply witness_inv; witness_word.
    - exists (witness 0 false). split; [|done]. apply witness_inv; witness_word.
  Qed.

  Lemma word_with_value p w :
    word_value (word_with p w) = w ∧ word_id (word_with p w) = word_id p.
  Proof. done. Qed.
  Lemma word_with_identity p : word_with p (word_value p) = p.
  Proof. by destruct p. Qed.
  Lemma cell_with_contents V (p : cell_perm V) c :
    cell_contents (cell_with p c) = c ∧ cell_id (cell_with p c) = cell_id p.
  Proof. done. Qed.
  Lemma cell_with_identity V (p : cell_perm V) : cell_with p (cell_contents p) = p.
  Proof. by destruct p. Qed.
  Lemma meta_slot_from_perm_ids p : slot_wf (meta_slot_from_perm p) p.
  Proof. done. Qed.
  Lemma meta_slot_eq_by_ids r1 r2 p : slot_wf r1 p → slot_wf r2 p → r1 = r2.
  Proof.
    destruct r1, r2. intros (?&?&?&?) (?&?&?&?); simplify_eq/=. f_equal; congruence.
  Qed.

  Lemma metadata_perms_inverse `{RM : Repr M meta_slot_storage P} (m : M) p q :
    let '(p', q') := perm_from_metadata m p q in
    metadata_from_perm p' q' = Some m ∧ cell_id p' = cell_id p ∧ is_init (cell_contents p').
  Proof.
    rewrite /perm_from_metadata. pose proof (from_to_repr_law m q) as Hm.
    by destruct (to_repr m q) as [s q'].
  Qed.
  Lemma inner_perms_from_metadata_round_trip `{RM : Repr M meta_slot_storage P} p q s :
    cell_contents p = MemInit s → repr_wf s q →
    ∃ m, metadata_from_perm p q = Some m ∧ perm_from_metadata m p q = (p, q).
  Proof.
    destruct p as [l c]; simpl. intros -> (m&Hm&Ht)%to_from_repr_law. exists m.
    by rewrite /metadata_from_perm /perm_from_metadata /= Ht.
  Qed.
  Lemma metadata_from_to_repr `{RM : Repr M meta_slot_storage P}
      (md : metadata M) (pq : inner_perms * P) :
    let '(r, pq') := to_repr md pq in from_repr r pq' = Some md.
  Proof.
    pose proof (from_to_repr_law md pq) as Hm. by destruct (to_repr md pq) as [r pq'].
  Qed.
  Lemma metadata_to_from_repr `{RM : Repr M meta_slot_storage P}
      (r : meta_slot) (pq : inner_perms * P) : metadata_wf r pq →
    ∃ md : metadata M, from_repr r pq = Some md ∧ to_repr md pq = (r, pq).
  Proof. intros Hr. by apply (to_from_repr_law (M := metadata M)). Qed.
  Lemma metadata_to_repr_wf `{RM : Repr M meta_slot_storage P}
      (md : metadata M) (pq : inner_perms * P) :
    let '(r, pq') := to_repr md pq in metadata_wf r pq'.
  Proof.
    pose proof (to_repr_wf_law md pq) as Hm. by destruct (to_repr md pq) as [r pq'].
  Qed.
  Lemma storage_repr_round_trip (s : meta_slot_storage) :
    to_repr s () = (s, ()) ∧ from_repr s () = Some s.
  Proof. done. Qed.
  Lemma link_repr_wf s :
    repr_wf (M := stored_link) s () ↔ ∃ link, s = StorageFrameLink link.
  Proof. destruct s; split; intros [??]; naive_solver. Qed.
  Lemma node_repr_wf s :
    repr_wf (M := stored_page_table_page_meta) s () ↔ ∃ node, s = StoragePtNode node.
  Proof. destruct s; split; intros [??]; naive_solver. Qed.

  Section own.
    Context `{!lrustGS Σ}.

    Lemma cell_own_agree `{CellValue V} q1 q2 l (v1 v2 : V) :
      cell_own q1 (CellPerm l (MemInit v1)) -∗ cell_own q2 (CellPerm l (MemInit v2)) -∗
      ⌜v1 = v2⌝.
    Proof.
      rewrite /cell_own /=. iIntros "H1 H2".
      iDestruct (heap_pointsto_vec_agree with "H1 H2") as %Heq.
      { by rewrite !cell_encode_length. }
      iPureIntro. by apply cell_encode_inj.
    Qed.
    Lemma word_own_agree q1 q2 l w1 w2 :
      word_own q1 (WordPerm l w1) -∗ word_own q2 (WordPerm l w2) -∗ ⌜w1 = w2⌝.
    Proof.
      iIntros "[_ H1] [_ H2]". by iDestruct (heap_pointsto_agree with "H1 H2") as %[= ->].
    Qed.
    Lemma inner_own_exclusive r p1 p2 : slot_wf r p1 → slot_wf r p2 →
      inner_own p1 -∗ inner_own p2 -∗ False.
    Proof.
      iIntros ((_&Hid1&_) (_&Hid2&_)) "(_ & [_ H1] & _) (_ & [_ H2] & _)".
      rewrite Hid1 Hid2. iApply (heap_pointsto_exclusive with "H1 H2").
    Qed.
    Lemma take_put_inner o :
      owner_cells o ⊢
      inner_own (owner_perms o) ∗ (∀ p, inner_own p -∗ owner_cells (with_perms o p)).
    Proof. iIntros "$" (p) "$". Qed.
    Lemma write_metadata_into_storage `{RM : Repr M meta_slot_storage P}
        (p : cell_perm meta_slot_storage) (m : M) (q : P) (src : loc) :
      {{{ cell_own 1 p ∗ src ↦∗ encode_storage (to_repr m q).1 }}}
        #(cell_id p) <-{cell_size meta_slot_storage} !#src
      {{{ RET #☠;
          let '(p', q') := perm_from_metadata m p q in
          cell_own 1 p' ∗ ⌜metadata_from_perm p' q' = Some m⌝ ∗
          src ↦∗ encode_storage (to_repr m q).1 }}}.
    Proof.
      iIntros (Φ) "[Hp Hsrc] HΦ".
      iAssert (∃ vl, ⌜length vl = cell_size meta_slot_storage⌝ ∗ cell_id p ↦∗ vl)%I
        with "[Hp]" as (vl Hvl) "Hp".
      { rewrite /cell_own. destruct (cell_contents p) as [|s]; [done|].
        iExists _. iFrame "Hp". iPureIntro. apply cell_encode_length. }
      iApply (memcpy_spec with "[$Hp $Hsrc]").
      { by rewrite Hvl. }
      { pose proof (cell_encode_length (to_repr m q).1) as Hlen.
        by rewrite /= in Hlen *; rewrite Hlen. }
      iIntros "!> [Hp Hsrc]". iApply "HΦ".
      pose proof (metadata_perms_inverse m p q) as Hm.
      rewrite /perm_from_metadata in Hm |- *. destruct (to_repr m q) as [s q']; simpl in *.
      iFrame "Hp Hsrc". iPureIntro. apply Hm.
    Qed.
    Lemma meta_perm_intro `{RM : Repr M meta_slot_storage P}
        (md : metadata M) (p : inner_perms) (q : P) :
      let '(r, (p', q')) := to_repr md (p, q) in inner_own p' ⊢ meta_perm r md q'.
    Proof.
      pose proof (metadata_from_to_repr md (p, q)) as Hf.
      pose proof (metadata_to_repr_wf md (p, q)) as Hw.
      destruct (to_repr md (p, q)) as [r [p' q']].
      iIntros "H". iExists p'. by iFrame "H".
    Qed.

    Lemma sync_inner_refuted o1 o2 :
      □ (∀ o p, owner_cells o -∗ owner_cells (with_perms o p)) -∗
      owner_cells o1 -∗ owner_cells o2 -∗ False.
    Proof.
      iIntros "#Hsync H1 H2". iDestruct ("Hsync" $! o1 (owner_perms o2) with "H1") as "H1".
      iApply (inner_own_exclusive (meta_slot_from_perm (owner_perms o2)) with "H1 H2");
        apply meta_slot_from_perm_ids.
    Qed.
    Lemma sync_inner_copied_refuted o1 o2 :
      □ (∀ o p, inner_own p -∗ owner_cells o -∗
           inner_own p ∗ owner_cells (with_perms o p)) -∗
      owner_cells o1 -∗ owner_cells o2 -∗ False.
    Proof.
      iIntros "#Hsync H1 H2".
      iDestruct ("Hsync" $! o1 (owner_perms o2) with "H2 H1") as "[H2 H1]".
      iApply (inner_own_exclusive (meta_slot_from_perm (owner_perms o2)) with "H1 H2");
        apply meta_slot_from_perm_ids.
    Qed.
  End own.

  Lemma mmio_usage_axiom_refuted (is_mmio : Z → Prop) (frame_of : Z → Z) :
    ¬ (∀ o : meta_slot_owner, usage o = UsageMmio ↔ is_mmio (frame_of (self_addr o))).
  Proof.
    intros Hax. pose (o := witness 0 false).
    assert (is_mmio (frame_of (self_addr o))) as Hmmio.
    { by apply (Hax (with_usage o UsageMmio)). }
    by apply (Hax (with_usage o UsageUnused)) in Hmmio.
  Qed.
  Lemma mmio_huge_axiom_constant (is_mmio : Z → Prop) :
    (∀ pa size offset, word_ok pa → word_ok size → word_ok offset →
       0 < size → pa `mod` size = 0 → offset < size →
       is_mmio (word_wrapping_add pa offset) ↔ is_mmio pa) →
    ∀ pa, word_ok pa → is_mmio pa ↔ is_mmio 0.
  Proof.
    intros Hax. assert (∀ pa, 0 ≤ pa < word_max → is_mmio pa ↔ is_mmio 0) as Hbelow.
    { intros pa Hpa. pose proof (Hax 0 word_max pa) as H0.
      rewrite word_wrapping_add_small in H0; [|lia].
      apply H0; rewrite /word_ok; [lia..|done|lia]. }
    intros pa Hpa. destruct (decide (pa = word_max)) as [->|].
    - pose proof (Hax (word_max - 1) 2 1) as H1.
      rewrite word_wrapping_add_small in H1; [|done]. rewrite Z.sub_add in H1.
      rewrite H1 //. by apply Hbelow.
    - apply Hbelow. rewrite /word_ok in Hpa. lia.
  Qed.
  Lemma metadata_roundtrip_axioms_refuted (PointsTo M : Type) (is_init : PointsTo → Prop)
      (from_perm : PointsTo → M) (to_perm : M → PointsTo → PointsTo) :
    (∀ m base, from_perm (to_perm m base) = m ∧ is_init (to_perm m base)) →
    (∀ p, to_perm (from_perm p) p = p) →
    ¬ ∃ p, ¬ is_init p.
  Proof.
    intros Hinv Hrt [p Hp]. apply Hp. rewrite -(Hrt p). by apply Hinv.
  Qed.

  Lemma mmio_marked_boot mm L os :
    (∀ (i : nat) o pa, os !! i = Some o → index_to_frame L i = Some pa →
       usage o = boot_usage mm pa) →
    mmio_marked mm L os.
  Proof.
    intros Hboot i o pa Hi Hpa. rewrite (Hboot _ _ _ Hi Hpa) /boot_usage.
    by destruct (is_mmio_paddr mm pa).
  Qed.
  Lemma mmio_marked_insert mm L os (i : nat) o o' :
    mmio_marked mm L os → os !! i = Some o →
    (usage o' = UsageMmio ↔ usage o = UsageMmio) →
    mmio_marked mm L (<[i := o']> os).
  Proof.
    intros Hm Hi Hu j oj pa. destruct (decide (i = j)) as [<-|Hne].
    - intros Hj Hpa. rewrite list_lookup_insert_Some in Hj.
      destruct Hj as [(_&<-&_)|[? _]]; [|done]. rewrite Hu. by eapply Hm.
    - intros Hj. rewrite list_lookup_insert_ne in Hj; [|done]. by apply Hm.
  Qed.
  Lemma mmio_unused_disjoint mm L os (i : nat) o pa :
    mmio_marked mm L os → os !! i = Some o → index_to_frame L i = Some pa →
    usage o = UsageUnused → is_mmio_paddr mm pa = false.
  Proof.
    intros Hm Hi Hpa Hu. pose proof (Hm _ _ _ Hi Hpa) as Hiff.
    destruct (is_mmio_paddr mm pa); [|done]. rewrite Hu in Hiff. naive_solver.
  Qed.
  Lemma mmio_huge_page_closed mm size big pa offset :
    0 < size → 0 < big → big `mod` size = 0 → mmio_aligned mm big →
    pa `mod` size = 0 → 0 ≤ offset < size →
    is_mmio_paddr mm (pa + offset) = is_mmio_paddr mm pa.
  Proof.
    intros Hs Hb [k Hk]%Z.mod_divide Hal [x Hx]%Z.mod_divide Ho; [|lia..].
    apply is_mmio_paddr_same. eapply Forall_impl; [exact Hal|].
    intros r [[y Hy]%Z.mod_divide [z Hz]%Z.mod_divide]; [|lia..]. simpl.
    assert (r.1 = y * k * size) as -> by nia.
    assert (r.2 = z * k * size) as -> by nia. subst pa.
    assert (∀ u o, 0 ≤ o < size → u * size ≤ x * size + o ↔ u ≤ x) as Hle by nia.
    assert (∀ u o, 0 ≤ o < size → x * size + o < u * size ↔ x < u) as Hlt by nia.
    pose proof (Hle (y * k) offset Ho). pose proof (Hle (y * k) 0).
    pose proof (Hlt (y * k + z * k) offset Ho). pose proof (Hlt (y * k + z * k) 0). lia.
  Qed.
  Lemma x86_64_mmio_huge_page_closed mm big size pa offset :
    big ∈ x86_64_page_sizes → size ∈ x86_64_page_sizes → size ≤ big →
    mmio_aligned mm big → pa `mod` size = 0 → 0 ≤ offset < size →
    is_mmio_paddr mm (pa + offset) = is_mmio_paddr mm pa.
  Proof.
    intros Hbig Hsize Hle Hal Hpa Ho.
    assert (0 < size ∧ 0 < big ∧ big `mod` size = 0) as (?&?&?).
    { unfold x86_64_page_sizes in *.
      repeat match goal with H : _ ∈ _ |- _ => inversion H; clear H; subst end;
        first [exfalso; lia|split_and!; done]. }
    by apply (mmio_huge_page_closed _ size big).
  Qed.
End meta_owners.
