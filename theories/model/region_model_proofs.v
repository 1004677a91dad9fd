(** * The executable model of a region of frames: the proofs

The sealed export of the statements in [region_model_sig.v]. *)
From tally.model Require Export region_model region_model_sig.
From tally.model Require Import slot_model_proofs.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** No operation on a frame makes or destroys a slot. *)
Local Lemma frame_step_slots f o :
  tbl_len (frame_slots (frame_step f o).1) = tbl_len (frame_slots f).
Proof.
  destruct o; simpl;
    unfold frame_from_unused, frame_from_in_use, frame_from_unique,
      frame_try_from_shared, frame_clone, frame_drop, frame_ref_count, frame_meta,
      frame_leak, frame_reserve, frame_publish, frame_release, frame_vacate,
      frame_find_shared, frame_let_go, frame_open, frame_give_back, frame_set_slot,
      frame_set_handle; repeat case_match; simplify_eq/=; rewrite ?tbl_len_set //.
Qed.

(** A new slot, which no handle is about. *)
Local Lemma frame_inv_track f :
  frame_inv f → frame_inv (FrameState (tbl_push (frame_slots f) slot_fresh) (frame_handles f)).
Proof.
  intros [Hslot Hlive]. split; simpl.
  - intros i x. rewrite tbl_get_push. case: Z.eqb_spec=> [->|_]; [|apply Hslot].
    intros [= <-].
    assert (∀ y, frame_handle_slot y = tbl_len (frame_slots f) →
      tbl_count (frame_is y) (frame_handles f) = 0) as Hno.
    { intros y Hy. apply tbl_count_0. intros h z Hz. apply bool_decide_eq_false_2.
      intros ->. destruct (Hlive _ _ Hz) as [x Hx].
      apply tbl_get_range in Hx. lia. }
    apply slot_ok_unused; try done; by apply Hno.
  - intros h y Hy. destruct (Hlive _ _ Hy) as [x Hx]. exists x. by apply tbl_get_push_old.
Qed.

Local Lemma region_with_frames_inv s f :
  region_inv s → frame_inv f →
  tbl_len (frame_slots f) = tbl_len (frame_slots (region_frames s)) →
  region_inv (region_with_frames s f).
Proof. intros [? ? ? Hl ? ? _] Hf Hlen. split; simpl; try done. by rewrite Hlen. Qed.

Local Lemma region_frame_inv s o :
  frame_op_ok o → region_inv s → region_inv (region_frame s o).1.
Proof.
  intros Ho Hs. rewrite /region_frame.
  pose proof (slot_step_inv _ _ Ho (region_inv_frames _ Hs)) as Hf.
  pose proof (frame_step_slots (region_frames s) o) as Hl.
  destruct (frame_step (region_frames s) o) as [f r]; simpl in *.
  by apply region_with_frames_inv.
Qed.

Local Lemma region_found_spec s pa i : region_inv s →
  region_get_slot s pa = RegionFound i ↔ region_slot_at s i pa.
Proof.
  intros Hs. rewrite /region_get_slot /region_slot_at. split.
  - destruct (word_eqb_spec (word_rem pa region_page) 0) as [Ha|]; [|done].
    apply word_rem_0 in Ha; [|done].
    destruct (tbl_get (region_pages s) _) as [[j|]|] eqn:Hp; [|done..].
    intros [= ->]. rewrite Ha. by apply (region_inv_start _ Hs).
  - intros Hi. destruct (region_inv_page _ Hs _ _ Hi) as (p&->&Hp).
    rewrite /word_rem /word_div Z.mod_mul; [|done]. rewrite Z.div_mul; [|done].
    by rewrite /= Hp.
Qed.
Local Lemma region_found_word s pa i : region_inv s →
  region_get_slot s pa = RegionFound i → word_ok i.
Proof.
  intros Hs Hi%region_found_spec; [|done]. apply tbl_get_range in Hi.
  destruct Hs as [He Hw Hc _ _ _ _]. rewrite /word_ok /region_page in He |- *. lia.
Qed.
Local Lemma region_refused_spec s pa e : region_get_slot s pa = RegionRefused e →
  e = if word_eqb (word_rem pa region_page) 0 then RegionOutOfBound else RegionNotAligned.
Proof. rewrite /region_get_slot. repeat case_match; naive_solver. Qed.

Local Lemma region_full s : word_checked_add (region_end s) region_page = None ↔
  word_max < region_end s + region_page.
Proof. apply word_checked_add_None. Qed.

Module Export region_model_proofs : region_model_sig.
  Lemma region_init_inv : region_inv region_init.
  Proof. by split. Qed.

  Local Lemma region_track_inv s : region_inv s → region_inv (region_track s).1.
  Proof.
    intros Hs. rewrite /region_track.
    destruct (word_checked_add _ _) as [e|] eqn:He; [|done].
    apply word_checked_add_Some in He as [Hmax ->].
    destruct Hs as [Hend Hw Hc Hl Hst Hpg Hf]. split; simpl.
    - rewrite tbl_len_push Hend. lia.
    - lia.
    - rewrite !tbl_len_push. lia.
    - by rewrite !tbl_len_push Hl.
    - intros p i. rewrite !tbl_get_push. case: Z.eqb_spec=> [->|_].
      + intros [= <-]. by rewrite Z.eqb_refl Hend.
      + intros Hp%Hst. apply tbl_get_range in Hp as ?. by case: Z.eqb_spec=> [?|_]; [lia|].
    - intros i pa. rewrite tbl_get_push. case: Z.eqb_spec=> [->|_].
      + intros [= <-]. eexists. split; [exact Hend|]. apply tbl_get_push_len.
      + intros (p&->&Hp)%Hpg. exists p. split; [done|]. by apply tbl_get_push_old.
    - by apply frame_inv_track.
  Qed.
  Local Lemma region_skip_inv s : region_inv s → region_inv (region_skip s).1.
  Proof.
    intros Hs. rewrite /region_skip.
    destruct (word_checked_add _ _) as [e|] eqn:He; [|done].
    apply word_checked_add_Some in He as [Hmax ->].
    destruct Hs as [Hend Hw Hc Hl Hst Hpg Hf]. split; simpl; try done.
    - rewrite tbl_len_push Hend. lia.
    - rewrite tbl_len_push. lia.
    - intros p i. rewrite tbl_get_push. by case: Z.eqb_spec=> [_|_]; [|apply Hst].
    - intros i pa (p&->&Hp)%Hpg. exists p. split; [done|]. by apply tbl_get_push_old.
  Qed.

  Lemma region_step_inv s o :
    region_op_ok o → region_inv s → region_inv (region_step s o).1.
  Proof.
    intros Ho Hs. destruct o as [| |pa|k pa m|pa|h|o]; simpl in *.
    - by apply region_track_inv.
    - by apply region_skip_inv.
    - by destruct (region_get_slot s pa).
    - destruct (region_get_slot s pa) as [i|] eqn:Hi; [|done].
      apply region_frame_inv; [|done]. split; [by eapply region_found_word|apply Ho].
    - destruct (region_get_slot s pa) as [i|] eqn:Hi; [|done].
      apply region_frame_inv; [|done]. by eapply region_found_word.
    - rewrite /region_start_paddr. by repeat case_match.
    - by apply region_frame_inv.
  Qed.
  Lemma region_run_inv s os :
    Forall region_op_ok os → region_inv s → region_inv (region_run s os).1.
  Proof.
    intros Hos. revert s. induction Hos as [|o os Ho _ IH]; intros s Hinv; [done|].
    pose proof (region_step_inv _ _ Ho Hinv) as Hstep. simpl.
    destruct (region_step s o) as [s' r]. specialize (IH s' Hstep).
    destruct (region_run s' os) as [s'' rs]. by repeat case_match.
  Qed.

  Lemma region_get_slot_spec s pa i : region_inv s → word_ok pa →
    region_step s (RegionGetSlot pa) = (s, RegionSlot i) ↔ region_slot_at s i pa.
  Proof.
    intros Hs _. rewrite -region_found_spec //=.
    destruct (region_get_slot s pa); naive_solver.
  Qed.
  Lemma region_not_aligned_spec s o pa : region_op_paddr o = Some pa →
    pa `mod` region_page ≠ 0 → region_step s o = (s, RegionFailed RegionNotAligned).
  Proof.
    intros Ho Ha. assert (region_get_slot s pa = RegionRefused RegionNotAligned) as Hg.
    { rewrite /region_get_slot. by destruct (word_eqb_spec (word_rem pa region_page) 0). }
    by destruct o; simplify_eq/=; rewrite Hg.
  Qed.
  Lemma region_out_of_bound_spec s o pa : region_inv s →
    region_op_paddr o = Some pa → word_ok pa →
    pa `mod` region_page = 0 → (∀ i, ¬ region_slot_at s i pa) →
    region_step s o = (s, RegionFailed RegionOutOfBound).
  Proof.
    intros Hs Ho _ Ha Hno.
    assert (region_get_slot s pa = RegionRefused RegionOutOfBound) as Hg.
    { destruct (region_get_slot s pa) as [i|e] eqn:Hg.
      - by apply region_found_spec, Hno in Hg.
      - apply region_refused_spec in Hg as ->. by rewrite /word_rem Ha. }
    by destruct o; simplify_eq/=; rewrite Hg.
  Qed.
  Lemma region_slot_at_inj s i j pa pa' : region_inv s →
    region_slot_at s i pa → region_slot_at s j pa' → i = j ↔ pa = pa'.
  Proof.
    rewrite /region_slot_at=> Hs Hi Hj. split; [intros <-; congruence|intros <-].
    destruct (region_inv_page _ Hs _ _ Hi) as (p&->&Hp).
    destruct (region_inv_page _ Hs _ _ Hj) as (p'&Heq&Hp').
    assert (p = p') as <- by (rewrite /region_page in Heq; lia). congruence.
  Qed.

  Lemma region_from_unused_spec s k i pa m : region_inv s → word_ok pa →
    region_slot_at s i pa →
    let (f, r) := frame_step (region_frames s) (FrameFromUnused k i m) in
    region_step s (RegionFromUnused k pa m) = (region_with_frames s f, RegionDid r).
  Proof.
    intros Hs _ Hi%region_found_spec; [|done].
    destruct (frame_step _ _) as [f r] eqn:Hf. by rewrite /= Hi /region_frame Hf.
  Qed.
  Lemma region_from_in_use_spec s i pa : region_inv s → word_ok pa →
    region_slot_at s i pa →
    let (f, r) := frame_step (region_frames s) (FrameFromInUse i) in
    region_step s (RegionFromInUse pa) = (region_with_frames s f, RegionDid r).
  Proof.
    intros Hs _ Hi%region_found_spec; [|done].
    destruct (frame_step _ _) as [f r] eqn:Hf. by rewrite /= Hi /region_frame Hf.
  Qed.
  Lemma region_start_paddr_spec s h y x : region_inv s →
    frame_find (region_frames s) h = Some (y, x) →
    ∃ pa, region_slot_at s (frame_handle_slot y) pa ∧
      region_step s (RegionStartPaddr h) = (s, RegionStart pa).
  Proof.
    rewrite /frame_find=> Hs Hf.
    destruct (tbl_get (frame_handles (region_frames s)) h) as [[y'|]|] eqn:Hh; [|done..].
    destruct (tbl_get (frame_slots (region_frames s)) (frame_handle_slot y'))
      as [x'|] eqn:Hx; [|done]. injection Hf as -> ->.
    apply tbl_get_range in Hx. rewrite -(region_inv_slots _ Hs) in Hx.
    apply tbl_get_is_Some in Hx as [pa Hpa]. exists pa. split; [done|].
    by rewrite /= /region_start_paddr Hh Hpa.
  Qed.

  Lemma region_track_spec s : region_inv s →
    region_end s + region_page ≤ word_max →
    ∃ s' i, region_step s RegionTrack = (s', RegionTracked i) ∧
      region_slot_at s' i (region_end s) ∧
      tbl_get (frame_slots (region_frames s')) i = Some slot_fresh ∧
      region_end s' = region_end s + region_page ∧
      (∀ j pa, region_slot_at s j pa → region_slot_at s' j pa).
  Proof.
    intros Hs He. rewrite /= /region_track.
    destruct (word_checked_add _ _) as [e|] eqn:Hadd; [|apply region_full in Hadd; lia].
    apply word_checked_add_Some in Hadd as [_ ->].
    eexists _, _. split; [done|]. rewrite /region_slot_at /=. split_and!.
    - apply tbl_get_push_len.
    - rewrite (region_inv_slots _ Hs). apply tbl_get_push_len.
    - done.
    - intros j pa ?. by apply tbl_get_push_old.
  Qed.
  Lemma region_skip_spec s : region_inv s →
    region_end s + region_page ≤ word_max →
    ∃ s', region_step s RegionSkip = (s', RegionSkipped) ∧
      (∀ j pa, region_slot_at s' j pa ↔ region_slot_at s j pa) ∧
      (∀ j, ¬ region_slot_at s' j (region_end s)) ∧
      region_end s' = region_end s + region_page.
  Proof.
    intros Hs He. rewrite /= /region_skip.
    destruct (word_checked_add _ _) as [e|] eqn:Hadd; [|apply region_full in Hadd; lia].
    apply word_checked_add_Some in Hadd as [_ ->].
    eexists. split; [done|]. rewrite /region_slot_at /=. split_and!; [done| |done].
    intros j (p&Heq&Hp)%(region_inv_page _ Hs). apply tbl_get_range in Hp.
    rewrite (region_inv_end _ Hs) /region_page in Heq. lia.
  Qed.
  Lemma region_full_spec s : word_max < region_end s + region_page →
    region_step s RegionTrack = (s, RegionFull) ∧
    region_step s RegionSkip = (s, RegionFull).
  Proof.
    intros Hfull%region_full. by rewrite /= /region_track /region_skip Hfull.
  Qed.
End region_model_proofs.
