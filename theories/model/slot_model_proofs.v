(** * The executable model of page frames: the proofs

The sealed export of the statements in [slot_model_sig.v]. *)
From tally.model Require Export slot_model slot_model_sig.
From tally.model.proof Require Import slot_facts slot_moves slot_step_inv.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Export slot_model_proofs : slot_model_sig.
  Lemma slot_last_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    slot_word x = 1 ↔
      slot_leaked x = 0 ∧
      ∀ h' y' x', frame_find s h' = Some (y', x') → frame_handle_slot y' = i → h' = h.
  Proof.
    intros Hinv Hf. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&_).
    split.
    - intros Hone. split; [lia|]. intros h' y' x' Hf' Hy'.
      destruct (decide (h' = h)) as [|Hne]; [done|exfalso].
      eapply (frame_only s h (HoldsShared i) x); simpl; [done|lia|done..].
    - intros [Hl Honly]. assert (frame_count s (HoldsShared i) = 1); [|lia].
      apply frame_find_Some in Hf as [Hh Hi]. apply (tbl_count_1 _ _ _ _ Hh).
      { by rewrite frame_is_Some bool_decide_eq_true_2. }
      intros h' [y'|]; [|done]. rewrite frame_is_Some bool_decide_eq_true.
      intros Hh' ->. apply (Honly h' (HoldsShared i) x); [|done].
      by apply frame_find_Some.
  Qed.

  Lemma slot_init_inv n : frame_inv (frame_init n).
  Proof.
    split; [|done]. intros i x ->%tbl_get_make. by apply slot_ok_unused.
  Qed.

  Lemma slot_from_unused_spec s k i m x : frame_inv s →
    tbl_get (frame_slots s) i = Some x → slot_word x = slot_unused →
    ∃ s' h, frame_step s (FrameFromUnused k i m) = (s', FrameHandle h) ∧
      frame_find s h = None ∧
      frame_find s' h = Some (frame_holds k i, frame_built k m) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  Proof.
    intros Hinv Hi Hw. pose proof (frame_reserve_ok _ _ _ Hinv Hi Hw) as (Hr&_&Hf).
    rewrite /= /frame_from_unused Hr (frame_publish_ok _ _ _ _ _ _ Hf) /=.
    eexists _, _. split; [done|]. split; [apply frame_find_new|]. split.
    - erewrite frame_find_set_same; [|by apply tbl_get_push_len]. simpl.
      rewrite tbl_set_set. destruct k; by rewrite /= (tbl_get_set_same _ _ _ _ Hi).
    - intros k' Hk'. rewrite frame_find_set // tbl_get_push tbl_set_set.
      case: Z.eqb_spec=> [?|_]; [done|]. apply view_other. intros y' x' Hv Hy'.
      pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&_&_).
      assert (1 ≤ frame_count s y') by (by eapply frame_find_counted).
      destruct Hok; try words. destruct y'; simplify_eq/=; lia.
  Qed.

  Lemma slot_from_unused_error_spec s k i m : frame_inv s →
    (∀ x, tbl_get (frame_slots s) i = Some x → slot_word x ≠ slot_unused) →
    ∃ e, frame_step s (FrameFromUnused k i m) = (s, FrameFailed e) ∧
      e ≠ ErrUnused ∧ frame_error_means s i e.
  Proof.
    intros Hinv Hw. rewrite /= /frame_from_unused /frame_reserve.
    destruct (tbl_get (frame_slots s) i) as [x|] eqn:Hi; [|by exists ErrOutOfBound].
    destruct (slot_claim_error _ _ _ Hinv Hi) as (e&->&?&?); [by apply Hw|].
    by exists e.
  Qed.

  Lemma slot_from_in_use_spec s i x : frame_inv s →
    tbl_get (frame_slots s) i = Some x →
    1 ≤ frame_count s (HoldsShared i) + slot_leaked x → slot_word x < slot_max →
    ∃ s' h, frame_step s (FrameFromInUse i) = (s', FrameHandle h) ∧
      frame_find s h = None ∧
      frame_find s' h =
        Some (HoldsShared i, Slot (slot_word x + 1) (slot_leaked x) (slot_meta x)) ∧
      (∀ h', h' ≠ h →
        frame_find s' h' = frame_recount i (slot_word x + 1) <$> frame_find s h').
  Proof.
    intros Hinv Hi Hc Hlt. pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&?&?).
    rewrite /= /frame_from_in_use Hi slot_from_in_use_shared; [|destruct Hok; words].
    eexists _, _. split; [done|]. split; [apply frame_find_new|]. split.
    - by rewrite frame_find_push_new /= (tbl_get_set_same _ _ _ _ Hi).
    - intros k Hk. by rewrite frame_find_push // view_recount.
  Qed.

  Lemma slot_from_in_use_error_spec s i : frame_inv s →
    (∀ x, tbl_get (frame_slots s) i = Some x →
      frame_count s (HoldsShared i) + slot_leaked x = 0) →
    ∃ e, frame_step s (FrameFromInUse i) = (s, FrameFailed e) ∧
      e ≠ ErrInUse ∧ frame_error_means s i e.
  Proof.
    intros Hinv Hc. rewrite /= /frame_from_in_use.
    destruct (tbl_get (frame_slots s) i) as [x|] eqn:Hi; [|by exists ErrOutOfBound].
    pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&_&_). specialize (Hc _ eq_refl).
    destruct Hok as [Hw ??|Hw ??|m Hw ???|m Hw ????]; [..|lia]; rewrite Hw.
    - exists ErrUnused. split; [done|]. split; [done|]. by exists x.
    - exists ErrBusy. split; [done|]. split; [done|]. by exists x.
    - exists ErrUnique. split; [done|]. split; [done|]. by exists x.
  Qed.

  Lemma slot_from_in_use_abort_spec s i : frame_inv s →
    (frame_step s (FrameFromInUse i)).2 = FrameAborted ↔
    ∃ x, tbl_get (frame_slots s) i = Some x ∧ slot_word x = slot_max.
  Proof.
    intros Hinv. rewrite /= /frame_from_in_use.
    destruct (tbl_get (frame_slots s) i) as [x|] eqn:Hi; [|naive_solver].
    pose proof (frame_word_facts _ _ _ Hinv Hi) as (Hok&_&_).
    destruct Hok as [Hw ??|Hw ??|m Hw ???|m Hw ????];
      try (rewrite {1}Hw /=; split; [done|intros (?&[= <-]&?); words]).
    destruct (decide (slot_word x = slot_max)) as [Hmax|Hne].
    - rewrite {1}Hmax /=. naive_solver.
    - rewrite slot_from_in_use_shared /=; [|lia]. naive_solver.
  Qed.

  Lemma slot_from_unique_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsUnique i, x) →
    ∃ s', frame_step s (FrameFromUnique h) = (s', FrameHandle h) ∧
      frame_find s' h = Some (HoldsShared i, Slot 1 0 (slot_meta x)) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  Proof.
    intros Hinv Hf. pose proof (frame_unique_facts _ _ _ _ Hinv Hf) as (_&?&?&?&_).
    rewrite /= (frame_from_unique_eq _ _ _ _ Hf).
    destruct (frame_replace_find _ _ _ (Some (HoldsShared i)) _ (Slot 1 0 (slot_meta x)) Hf)
      as [Hsame Hother]; [simpl; lia|]. apply frame_find_Some in Hf as [_ Hi].
    eexists. split; [done|]. split; [|done].
    by rewrite Hsame /= (tbl_get_set_same _ _ _ _ Hi).
  Qed.

  Lemma slot_try_from_shared_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x = 1 →
    ∃ s', frame_step s (FrameTryFromShared h) = (s', FrameHandle h) ∧
      frame_find s' h = Some (HoldsUnique i, Slot slot_unique 0 (slot_meta x)) ∧
      (∀ h', h' ≠ h → frame_find s' h' = frame_find s h').
  Proof.
    intros Hinv Hf Hw. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&?&?&?&_).
    rewrite /= (frame_try_from_shared_eq _ _ _ _ Hf Hw).
    destruct (frame_replace_find _ _ _ (Some (HoldsUnique i)) _
      (Slot slot_unique 0 (slot_meta x)) Hf) as [Hsame Hother]; [simpl; lia|].
    apply frame_find_Some in Hf as [_ Hi].
    eexists. split; [done|]. split; [|done].
    by rewrite Hsame /= (tbl_get_set_same _ _ _ _ Hi).
  Qed.

  Lemma slot_try_from_shared_error_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x ≠ 1 →
    frame_step s (FrameTryFromShared h) = (s, FrameHandedBack h).
  Proof.
    intros _ Hf Hw. rewrite /= /frame_try_from_shared (frame_find_shared_eq _ _ _ _ Hf).
    rewrite /slot_try_unique. by destruct (word_eqb_spec (slot_word x) 1).
  Qed.

  Lemma slot_unique_round_trip_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsUnique i, x) →
    frame_run s [FrameFromUnique h; FrameTryFromShared h] =
      (s, [FrameHandle h; FrameHandle h]).
  Proof.
    intros Hinv Hf. pose proof (frame_unique_facts _ _ _ _ Hinv Hf) as ([Hw Hl]&_).
    destruct (slot_from_unique_spec _ _ _ _ Hinv Hf) as (s'&Hs'&Hf'&_).
    rewrite /= (frame_from_unique_eq _ _ _ _ Hf) in Hs' |- *.
    injection Hs' as <-. rewrite (frame_try_from_shared_eq _ _ _ _ Hf') //=.
    apply frame_find_Some in Hf as [Hh Hi].
    destruct x as [w l m]; simpl in *; subst w l. by rewrite frame_restore.
  Qed.
  Lemma slot_shared_round_trip_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x = 1 →
    frame_run s [FrameTryFromShared h; FrameFromUnique h] =
      (s, [FrameHandle h; FrameHandle h]).
  Proof.
    intros Hinv Hf Hw.
    pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as ((?&?&?)&?&_).
    assert (slot_leaked x = 0) as Hl by lia.
    destruct (slot_try_from_shared_spec _ _ _ _ Hinv Hf Hw) as (s'&Hs'&Hf'&_).
    rewrite /= (frame_try_from_shared_eq _ _ _ _ Hf Hw) in Hs' |- *.
    injection Hs' as <-. rewrite (frame_from_unique_eq _ _ _ _ Hf') //=.
    apply frame_find_Some in Hf as [Hh Hi].
    destruct x as [w l m]; simpl in *; subst w l. by rewrite frame_restore.
  Qed.

  Lemma slot_clone_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x < slot_max →
    ∃ s' h', frame_step s (FrameClone h) = (s', FrameHandle h') ∧
      frame_find s h' = None ∧
      frame_find s' h' =
        Some (HoldsShared i, Slot (slot_word x + 1) (slot_leaked x) (slot_meta x)) ∧
      (∀ k, k ≠ h' →
        frame_find s' k = frame_recount i (slot_word x + 1) <$> frame_find s k).
  Proof.
    intros Hinv Hf Hlt. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&_).
    rewrite /= /frame_clone (frame_find_shared_eq _ _ _ _ Hf) slot_clone_stored; [|lia].
    apply frame_find_Some in Hf as [_ Hi].
    eexists _, _. split; [done|]. split; [apply frame_find_new|]. split.
    - by rewrite frame_find_push_new /= (tbl_get_set_same _ _ _ _ Hi).
    - intros k Hk. by rewrite frame_find_push // view_recount.
  Qed.
  Lemma slot_clone_abort_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    (frame_step s (FrameClone h)).2 = FrameAborted ↔ slot_word x = slot_max.
  Proof.
    intros Hinv Hf. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&_).
    rewrite /= /frame_clone (frame_find_shared_eq _ _ _ _ Hf) /slot_clone_count.
    destruct (word_leb_spec slot_max (slot_word x)); simpl; (split; [|done || lia]);
      (done || lia).
  Qed.

  Lemma slot_drop_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → slot_word x ≠ 1 →
    ∃ s', frame_step s (FrameDrop h) = (s', FrameDropped []) ∧
      frame_find s' h = None ∧
      (∀ k, k ≠ h →
        frame_find s' k = frame_recount i (slot_word x - 1) <$> frame_find s k).
  Proof.
    intros Hinv Hf Hne. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as (?&_).
    rewrite /= /frame_drop (frame_let_go_share _ _ _ _ Hf); [|lia].
    apply frame_find_Some in Hf as [Hh Hi].
    eexists. split; [done|]. split.
    - by erewrite frame_find_set_same.
    - intros k Hk. by rewrite frame_find_set // view_recount.
  Qed.

  Lemma slot_drop_last_spec s h y x m : frame_inv s →
    frame_find s h = Some (y, x) → slot_meta x = Some m →
    (slot_word x = 1 ∨ slot_word x = slot_unique) →
    let i := frame_handle_slot y in
    ∃ s', frame_step s (FrameDrop h) =
            (s', FrameDropped [EventOnDrop i m; EventMetaDropped i m;
                               EventUnused i; EventDealloc i]) ∧
      tbl_get (frame_slots s') i = Some slot_fresh ∧
      frame_find s' h = None ∧
      (∀ k, k ≠ h → frame_find s' k = frame_find s k).
  Proof.
    intros Hinv Hf Hm Hw i. destruct (frame_let_go_last _ _ _ _ Hinv Hf Hw) as [Hl Hone].
    rewrite /= /frame_drop Hl Hm /frame_give_back /frame_set_handle /frame_set_slot /=.
    rewrite !tbl_set_set.
    destruct (frame_replace_find _ _ _ None _ slot_fresh Hf Hone) as [Hsame Hother].
    apply frame_find_Some in Hf as [Hh Hi].
    eexists. split; [done|]. split; [|done]. by eapply tbl_get_set_same.
  Qed.

  Lemma slot_ref_count_spec s h i x : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) →
    frame_step s (FrameRefCount h) =
      (s, FrameCount (frame_count s (HoldsShared i) + slot_leaked x)).
  Proof.
    intros Hinv Hf. pose proof (frame_shared_facts _ _ _ _ Hinv Hf) as ((<-&_)&_).
    by rewrite /= /frame_ref_count (frame_find_shared_eq _ _ _ _ Hf).
  Qed.
  Lemma slot_meta_spec s h y x : frame_inv s →
    frame_find s h = Some (y, x) → (∀ i, y ≠ HoldsBusy i) →
    ∃ m, slot_meta x = Some m ∧ frame_step s (FrameMeta h) = (s, FrameMetaIs m).
  Proof.
    intros Hinv Hf Hy. assert (∃ m, slot_meta x = Some m) as [m Hm].
    { destruct y as [i|i|i].
      - pose proof (frame_unique_facts _ _ _ _ Hinv Hf). naive_solver.
      - pose proof (frame_shared_facts _ _ _ _ Hinv Hf). naive_solver.
      - by destruct (Hy i). }
    exists m. split; [done|]. apply frame_find_Some in Hf as [Hh Hi].
    by rewrite /= /frame_meta Hh Hi Hm.
  Qed.
  Lemma slot_leak_spec s h i x n : frame_inv s →
    frame_find s h = Some (HoldsShared i, x) → 0 ≤ n → slot_word x + n ≤ slot_max →
    ∃ s', frame_step s (FrameLeak h n) = (s', FrameLeaked) ∧
      frame_find s' h =
        Some (HoldsShared i,
              Slot (slot_word x + n) (slot_leaked x + n) (slot_meta x)).
  Proof.
    intros Hinv Hf Hn Hle. rewrite /= (frame_leak_eq _ _ _ _ _ Hinv Hf) //.
    apply frame_find_Some in Hf as [Hh Hi]. eexists. split; [done|].
    apply frame_find_Some. split; [done|]. by eapply tbl_get_set_same.
  Qed.

  (** ** The halves *)
  Lemma slot_reserve_publish_spec s k i m x : frame_inv s →
    tbl_get (frame_slots s) i = Some x → slot_word x = slot_unused →
    ∃ s' h, frame_step s (FrameReserve i) = (s', FrameHandle h) ∧
      frame_step s' (FramePublish h k m) = frame_step s (FrameFromUnused k i m).
  Proof.
    intros Hinv Hi Hw. pose proof (frame_reserve_ok _ _ _ Hinv Hi Hw) as (Hr&_&_).
    rewrite /= /frame_from_unused Hr. by eexists _, _.
  Qed.
  Lemma slot_release_vacate_spec s h y x m : frame_inv s →
    frame_find s h = Some (y, x) → slot_meta x = Some m →
    (slot_word x = 1 ∨ slot_word x = slot_unique) →
    let i := frame_handle_slot y in
    ∃ s', frame_step s (FrameRelease h) =
            (s', FrameDropped [EventOnDrop i m; EventMetaDropped i m]) ∧
      (frame_step s' (FrameVacate h)).1 = (frame_step s (FrameDrop h)).1.
  Proof.
    intros Hinv Hf Hm Hw i. destruct (frame_let_go_last _ _ _ _ Hinv Hf Hw) as [Hl _].
    rewrite /= /frame_release /frame_drop Hl Hm. eexists. split; [done|].
    apply frame_find_Some in Hf as [Hh _].
    by rewrite /frame_vacate /= (tbl_get_set_same _ _ _ _ Hh).
  Qed.
  Lemma slot_busy_spec s h i x k m : frame_inv s →
    frame_find s h = Some (HoldsBusy i, x) →
    frame_step s (FrameFromUnused k i m) = (s, FrameFailed ErrBusy) ∧
    frame_step s (FrameFromInUse i) = (s, FrameFailed ErrBusy).
  Proof.
    intros Hinv Hf. pose proof (frame_busy_facts _ _ _ _ Hinv Hf) as ((Hw&_)&_).
    apply frame_find_Some in Hf as [_ Hi]. simpl in Hi.
    by rewrite /= /frame_from_unused /frame_reserve /frame_from_in_use Hi Hw.
  Qed.

  (** ** Bad input *)
  Lemma slot_bad_handle_spec s o h : frame_inv s →
    frame_op_handle o = Some h → frame_find s h = None →
    frame_step s o = (s, FrameBadHandle).
  Proof.
    intros [_ Hlive] Ho Hf. rewrite /frame_find in Hf.
    assert (∀ y, tbl_get (frame_handles s) h ≠ Some (Some y)) as Hno.
    { intros y Hh. destruct (Hlive _ _ Hh) as [x Hx]. by rewrite Hh Hx in Hf. }
    destruct o; simplify_eq/=;
      rewrite /frame_from_unique /frame_try_from_shared /frame_clone /frame_drop
        /frame_ref_count /frame_meta /frame_leak /frame_publish /frame_release
        /frame_vacate /frame_find_shared /frame_let_go;
      destruct (tbl_get (frame_handles s) _) as [[y|]|]; naive_solver.
  Qed.

  Lemma slot_step_inv s o : frame_op_ok o → frame_inv s → frame_inv (frame_step s o).1.
  Proof.
    intros Ho Hinv. destruct o; simpl in *.
    - by apply frame_from_unused_inv; [apply Ho|].
    - by apply frame_from_in_use_inv.
    - by apply frame_from_unique_inv.
    - by apply frame_try_from_shared_inv.
    - by apply frame_clone_inv.
    - by apply frame_drop_inv.
    - rewrite /frame_ref_count. by destruct (frame_find_shared s _).
    - rewrite /frame_meta. by repeat case_match.
    - by apply frame_leak_inv; [apply Ho|].
    - by apply frame_reserve_inv.
    - by apply frame_publish_inv; [apply Ho|].
    - by apply frame_release_inv.
    - by apply frame_vacate_inv.
  Qed.
  Lemma slot_run_inv s os :
    Forall frame_op_ok os → frame_inv s → frame_inv (frame_run s os).1.
  Proof.
    intros Hos. revert s. induction Hos as [|o os Ho _ IH]; intros s Hinv; [done|].
    pose proof (slot_step_inv _ _ Ho Hinv) as Hstep. simpl.
    destruct (frame_step s o) as [s' r]. specialize (IH s' Hstep).
    destruct (frame_run s' os) as [s'' rs]. by destruct r.
  Qed.
End slot_model_proofs.
