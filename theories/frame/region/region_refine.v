(** * A region of page frames and the executable model

The look-up programs compute [get_slot] of [layout_map.v]
([frame_region_get_slot_spec]); this is [region_get_slot] of the executable model
([region_get_slot_refines]), for a region of the model whose slots are those of the
banks ([region_models]). There is one for all banks that ascend: [model_boot], which
tracks the pages of each bank and skips the holes before it ([model_boot_models]).

A region of one bank from address 0 is the memory of [frame_addr_sig.v]
([region_slot_page_slot]). *)
From tally.model Require Import word region_model_proofs.
From tally.prelude Require Import prelude.
From tally.frame.slot Require Import layout.
From tally.frame.region Require Import region_base.
From tally.frame.slot Require Import frame_addr.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition region_models (s : region) (L : layout) : Prop :=
  ∀ i pa, region_slot_at s i pa ↔ index_to_frame L i = Some pa.
Definition found_slot (r : address_error + Z) : region_found :=
  match r with
  | inl NotAligned => RegionRefused RegionNotAligned
  | inl OutOfBound => RegionRefused RegionOutOfBound
  | inr i => RegionFound i
  end.

Theorem region_get_slot_refines s bs pa :
  layout_ok (banked_layout bs) → region_inv s → word_ok pa →
  region_models s (banked_layout bs) →
  region_get_slot s pa = found_slot (get_slot (banked_layout bs) pa).
Proof.
  intros Hok Hs Hw Hm. destruct (get_slot (banked_layout bs) pa) as [[]|i] eqn:Hg; simpl.
  - apply get_slot_not_aligned in Hg.
    pose proof (region_not_aligned_spec s (RegionGetSlot pa) pa eq_refl Hg) as H.
    simpl in H. destruct (region_get_slot s pa); congruence.
  - apply get_slot_out_of_bound in Hg as [Ha Hno].
    assert (∀ i, ¬ region_slot_at s i pa) as Hno'.
    { intros i Hi%Hm%index_to_frame_round_trip; [|done]. apply Hno.
      apply frame_to_index_is_Some. by exists i. }
    pose proof (region_out_of_bound_spec s (RegionGetSlot pa) pa Hs eq_refl Hw Ha Hno') as H.
    simpl in H. destruct (region_get_slot s pa); congruence.
  - apply get_slot_found in Hg; [|done]. apply Hm in Hg.
    apply region_get_slot_spec in Hg; [|done..]. simpl in Hg.
    destruct (region_get_slot s pa); congruence.
Qed.

(** ** A region of the model for any banks *)
Definition model_track (n : nat) (s : region) : region :=
  Nat.iter n (λ s, (region_step s RegionTrack).1) s.
Definition model_skip (n : nat) (s : region) : region :=
  Nat.iter n (λ s, (region_step s RegionSkip).1) s.
Definition model_bank (s : region) (b : bank) : region :=
  model_track (Z.to_nat (bank_frames b))
    (model_skip (Z.to_nat ((bank_base b - region_end s) / region_page)) s).
Definition model_boot (bs : list bank) : region := foldl model_bank region_init bs.

(** Each bank begins where the one before it ends, or later. *)
Fixpoint banks_ascend (from : Z) (bs : list bank) : Prop :=
  match bs with
  | [] => True
  | b :: bs' => from ≤ bank_base b ∧ banks_ascend (bank_end PAGE_SIZE b) bs'
  end.

Local Lemma model_skip_spec (n : nat) s :
  region_inv s → region_end s + n * region_page ≤ word_max →
  let s' := model_skip n s in
  region_inv s' ∧ region_end s' = region_end s + n * region_page ∧
  region_starts s' = region_starts s.
Proof.
  intros Hs. induction n as [|n IH]; simpl; intros Hend.
  { split_and!; [done|lia|done]. }
  destruct IH as (Hinv & He & Hst); [rewrite /region_page in Hend |- *; lia|].
  fold (model_skip n s). pose proof (region_step_inv _ RegionSkip I Hinv) as Hinv'.
  simpl in Hinv'. revert Hinv'. rewrite /region_skip.
  destruct (word_checked_add _ _) as [e|] eqn:Hadd; simpl.
  - apply word_checked_add_Some in Hadd as [_ ->]. intros. split_and!; [done|lia|done].
  - apply word_checked_add_None in Hadd. rewrite /region_page in Hend, Hadd, He. lia.
Qed.
Local Lemma model_track_spec (n : nat) s :
  region_inv s → region_end s + n * region_page ≤ word_max →
  let s' := model_track n s in
  region_inv s' ∧ region_end s' = region_end s + n * region_page ∧
  tbl_len (region_starts s') = tbl_len (region_starts s) + n ∧
  ∀ i pa, region_slot_at s' i pa ↔ region_slot_at s i pa ∨
    let j := i - tbl_len (region_starts s) in
    0 ≤ j < n ∧ pa = region_end s + j * region_page.
Proof.
  intros Hs. induction n as [|n IH]; simpl; intros Hend.
  { split_and!; [done|lia|lia|]. intros i pa. split; [by left|]. intros [?|?]; [done|lia]. }
  destruct IH as (Hinv & He & Hlen & Hat); [rewrite /region_page in Hend |- *; lia|].
  fold (model_track n s). pose proof (region_step_inv _ RegionTrack I Hinv) as Hinv'.
  simpl in Hinv'. revert Hinv'. rewrite /region_track.
  destruct (word_checked_add _ _) as [e|] eqn:Hadd; simpl.
  2: { apply word_checked_add_None in Hadd. rewrite /region_page in Hend, Hadd, He. lia. }
  apply word_checked_add_Some in Hadd as [_ ->]. intros Hinv'.
  split_and!; [done|lia|rewrite tbl_len_push; lia|]. intros i pa.
  rewrite /region_slot_at /= tbl_get_push. case: Z.eqb_spec=> Hi.
  - split.
    + intros [= <-]. right. split; [lia|]. rewrite He Hi Hlen. lia.
    + intros [Hold%tbl_get_range|[? ->]]; [lia|]. rewrite He Hi Hlen. f_equal. lia.
  - rewrite -/(region_slot_at _ i pa) Hat. split; (intros [?|[? ?]]; [by left|right]);
      split; [lia|done|lia|done].
Qed.

Local Lemma banks_frame_nonneg bs i pa :
  banks_ok PAGE_SIZE bs → banks_frame PAGE_SIZE bs i = Some pa → 0 ≤ i.
Proof.
  revert i. induction bs as [|b bs IH]; intros i; simpl; [done|]. intros ((_&?&_)&_&Hbs).
  case: Z.leb_spec=> ?; [done|]. simpl. intros Hi%IH; [|done]. lia.
Qed.
Local Lemma model_banks_spec bs s :
  region_inv s → banks_ok PAGE_SIZE bs → banks_ascend (region_end s) bs →
  let s' := foldl model_bank s bs in
  region_inv s' ∧
  ∀ i pa, region_slot_at s' i pa ↔ region_slot_at s i pa ∨
    banks_frame PAGE_SIZE bs (i - tbl_len (region_starts s)) = Some pa.
Proof.
  revert s. induction bs as [|b bs IH]; intros s Hs; simpl.
  { intros _ _. split; [done|]. naive_solver. }
  intros ((?&Hfr&Hal&Hmax)&_&Hbs) [Hle Hasc]. rewrite /bank_end in Hmax.
  assert ((bank_base b - region_end s) `mod` region_page = 0) as Hgap.
  { rewrite (region_inv_end _ Hs). change PAGE_SIZE with region_page in Hal.
    apply Z.mod_divide in Hal as [x Hx]; [|done]. rewrite Hx -Z.mul_sub_distr_r.
    by apply Z.mod_mul. }
  set (gap := Z.to_nat ((bank_base b - region_end s) / region_page)).
  assert (region_end s + gap * region_page = bank_base b) as Hgap'.
  { pose proof (Z.div_mod (bank_base b - region_end s) region_page ltac:(done)) as Hdiv.
    assert (0 ≤ (bank_base b - region_end s) / region_page) by (apply Z.div_pos; [lia|done]).
    rewrite /gap Z2Nat.id //. lia. }
  change PAGE_SIZE with region_page in Hmax.
  assert (0 ≤ bank_frames b * region_page) by (rewrite /region_page; lia).
  destruct (model_skip_spec gap s Hs) as (Hs1 & He1 & Hst1); [lia|].
  destruct (model_track_spec (Z.to_nat (bank_frames b)) (model_skip gap s) Hs1)
    as (Hs2 & He2 & Hlen2 & Hat2); [rewrite He1 Hgap' Z2Nat.id //|].
  rewrite Z2Nat.id // in He2, Hlen2, Hat2.
  destruct (IH (model_bank s b)) as [Hs' Hat'].
  - exact Hs2.
  - exact Hbs.
  - rewrite /model_bank -/gap He2 He1 Hgap'. exact Hasc.
  - split; [done|]. intros i pa. rewrite Hat' {1}/model_bank -/gap Hat2.
    rewrite /model_bank -/gap Hlen2 Hst1 He1 Hgap' /region_slot_at Hst1.
    rewrite -Z.sub_add_distr. set (j := i - tbl_len (region_starts s)).
    replace (i - (tbl_len (region_starts s) + bank_frames b)) with (j - bank_frames b) by lia.
    pose proof (banks_frame_nonneg bs (j - bank_frames b) pa Hbs) as Hnn.
    destruct (Z.leb_spec 0 j); destruct (Z.ltb_spec j (bank_frames b)); simpl.
    + split.
      * intros [[?|[_ ->]]|?%Hnn]; [by left|by right|lia].
      * intros [?|[= <-]]; [by left; left|]. left. by right.
    + split; [intros [[?|?]|?]; [by left|lia|by right]|]. intros [?|?]; [by left; left|by right].
    + split; [intros [[?|?]|?]; [by left|lia|by right]|]. intros [?|?]; [by left; left|by right].
    + lia.
Qed.

Theorem model_boot_models bs :
  layout_ok (banked_layout bs) → banks_ascend 0 bs →
  region_inv (model_boot bs) ∧ region_models (model_boot bs) (banked_layout bs).
Proof.
  intros Hok Hasc.
  destruct (model_banks_spec bs region_init region_init_inv (layout_banks _ Hok) Hasc)
    as [Hinv Hat].
  split; [done|]. intros i pa. rewrite Hat Z.sub_0_r. split; [|by right].
  by intros [?|?].
Qed.

Lemma region_slot_page_slot n R frames pa (j : nat) :
  region_banks R = [Bank 0 frames] →
  get_slot (region_layout R) pa = inr (Z.of_nat j) →
  region_slot n R j = page_slot n (region_base R) pa.
Proof.
  rewrite /region_layout /get_slot=> ->. case_match; [done|].
  destruct (frame_to_index _ pa) as [k|] eqn:Hk; [|done]. intros [= ->].
  by rewrite (page_slot_x86_64 n (region_base R) frames pa j).
Qed.
