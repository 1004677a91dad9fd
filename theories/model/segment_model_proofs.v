(** * The executable model of segments: the proofs

The sealed export of the statements in [segment_model_sig.v]. *)
From tally.model Require Export segment_model segment_model_sig.
From tally.model.proof Require Import segment_facts.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Export segment_model_proofs : segment_model_sig.
  Lemma seg_init_inv n : 0 ≤ n → n * seg_page_size ≤ word_max → seg_inv (seg_init n).
  Proof.
    intros Hn Hmax. split; simpl; [by rewrite tbl_len_make| |done].
    intros i x ->%tbl_get_make. apply seg_page_fresh.
  Qed.

  Local Lemma seg_from_unused_inv s start stop m : word_ok start →
    seg_inv s → seg_inv (seg_from_unused s start stop m).1.
  Proof.
    intros Hw Hs. rewrite /seg_from_unused.
    destruct (seg_is_aligned start) eqn:Ha; [|done]. apply seg_aligned in Ha.
    destruct (seg_is_aligned stop) eqn:Hb; [|done]. apply seg_aligned in Hb.
    destruct (word_ltb_spec start stop) as [Hlt|]; [|done]. simpl.
    destruct (word_leb_spec (word_div stop seg_page_size) (tbl_len (seg_pages s)))
      as [Hhi|]; [|done].
    apply word_rem_0 in Ha, Hb; [|done..].
    set (lo := word_div start seg_page_size) in *.
    set (hi := word_div stop seg_page_size) in *.
    assert (0 ≤ lo < hi) as Hlo by (clearbody lo hi; subst start stop; words).
    pose proof (seg_claim_spec s lo hi m Hs Hlo Hhi) as Hcl.
    destruct (seg_apply _ _ _ _ _ _) as [t [told|k e|]]; [| |done].
    - destruct Hcl as (Hlen&Hin&Hout). apply seg_claim_inv; [done|lia|done..| |done].
      intros i Hi. destruct (Hin i Hi) as [Hx Hy]. eexists. split; [exact Hy|].
      destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[_ ->]|[? (?&_&?)]];
        [|by simplify_eq].
      apply seg_page_shared; [words|apply word_wrapping_add_ok].
    - destruct Hcl as (_&_&_&_&Hback). destruct (seg_apply _ _ _ _ t _) as [t' r].
      simpl in Hback |- *. subst t'. by destruct s.
  Qed.
  Local Lemma seg_from_in_use_inv s i : seg_inv s → seg_inv (seg_from_in_use s i).1.
  Proof.
    intros Hs. rewrite /seg_from_in_use /= /frame_from_in_use /=.
    destruct (tbl_get (seg_pages s) i) as [x|] eqn:Hx; [|done].
    destruct (slot_from_in_use (slot_word x)) as [n| |e] eqn:Hacq; [|done|by destruct e].
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok. apply tbl_get_range in Hx as Hi.
    assert (n = seg_shares s i + 1 ∧ 1 ≤ seg_shares s i < slot_max ∧
      ∃ m, word_ok m ∧ x = Slot (seg_shares s i) 0 (Some m)) as (->&Hsh&m&Hm&->).
    { destruct (seg_page_cases _ _ Hok) as [[-> _]|[Hn (m&Hm&->)]]; [done|].
      revert Hacq. rewrite /slot_from_in_use /=. repeat case_match; try done.
      destruct (word_leb_spec slot_max (seg_shares s i)); [done|].
      rewrite word_wrapping_add_small; [|words]. intros [= <-]. split; [done|].
      split; [lia|by exists m]. }
    apply (seg_inv_change s _ _ (λ j, Z.b2z (i =? j))); [done|by rewrite /= tbl_len_set|..].
    - intros j. by rewrite tbl_count_push.
    - intros j y. rewrite tbl_get_set Hx. case: (Z.eqb_spec j i)=> [->|Hne].
      + intros [= <-]. rewrite Z.eqb_refl /=. apply seg_page_shared; [lia|done].
      + intros Hy. rewrite (proj2 (Z.eqb_neq _ _)); [|done]. rewrite Z.add_0_r.
        by apply (seg_inv_page _ Hs).
    - by apply seg_handles_push.
  Qed.
  Local Lemma seg_split_inv s h off : word_ok off → seg_inv s → seg_inv (seg_split s h off).1.
  Proof.
    intros Hoff Hs. rewrite /seg_split.
    destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done]. apply seg_find_range in Hf.
    destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
    destruct (seg_is_aligned off); [|done]. rewrite word_wrapping_sub_small; [|words].
    pose proof (word_div_ok off seg_page_size Hoff eq_refl) as Hk.
    destruct (word_leb_spec (word_div off seg_page_size) (hi - lo)) as [Hle|]; [|done].
    rewrite /word_ok in Hk. rewrite word_wrapping_add_small; [|words]. simpl.
    eapply seg_part_inv; [done|exact Hf|simpl; lia..|].
    intros i. rewrite !seg_has_range. repeat case_bool_decide; simpl; lia.
  Qed.
  Local Lemma seg_next_inv s h : seg_inv s → seg_inv (seg_next s h).1.
  Proof.
    intros Hs. rewrite /seg_next.
    destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done]. apply seg_find_range in Hf.
    destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
    destruct (word_eqb_spec lo hi); [done|]. rewrite word_wrapping_add_small; [|words].
    eapply seg_part_inv; [done|exact Hf|simpl; lia..|].
    intros i. rewrite !seg_has_range /=. case: Z.eqb_spec=> ?;
      repeat case_bool_decide; simpl; lia.
  Qed.
  Local Lemma seg_next_back_inv s h : seg_inv s → seg_inv (seg_next_back s h).1.
  Proof.
    intros Hs. rewrite /seg_next_back.
    destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done]. apply seg_find_range in Hf.
    destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
    destruct (word_eqb_spec lo hi); [done|]. rewrite word_wrapping_sub_small; [|words].
    eapply seg_part_inv; [done|exact Hf|simpl; lia..|].
    intros i. rewrite !seg_has_range /=. case: Z.eqb_spec=> ?;
      repeat case_bool_decide; simpl; lia.
  Qed.
  Local Lemma seg_slice_inv s h from to : word_ok from → word_ok to →
    seg_inv s → seg_inv (seg_slice s h from to).1.
  Proof.
    intros Hfrom Hto Hs. rewrite /seg_slice.
    destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done]. apply seg_find_range in Hf.
    destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
    destruct (seg_is_aligned from); [|done]. destruct (seg_is_aligned to); [|done].
    pose proof (word_div_ok from seg_page_size Hfrom eq_refl) as Hj.
    pose proof (word_div_ok to seg_page_size Hto eq_refl) as Hk.
    destruct (word_leb_spec (word_div from seg_page_size) (word_div to seg_page_size));
      [|done].
    rewrite word_wrapping_sub_small; [|words].
    destruct (word_leb_spec (word_div to seg_page_size) (hi - lo)) as [Hle|]; [|done].
    rewrite /word_ok in Hj, Hk. rewrite !word_wrapping_add_small; [|words..].
    apply seg_share_inv; [done|lia..|]. intros i Hi.
    apply (seg_range_shares _ _ _ _ Hf). lia.
  Qed.

  Lemma seg_step_inv s o : seg_op_ok o → seg_inv s → seg_inv (seg_step s o).1.
  Proof.
    intros Ho Hs. destruct o as [start stop m|i|h off|h from to|h|h|h|h|h|h]; simpl in *.
    - by apply seg_from_unused_inv; [apply Ho|].
    - by apply seg_from_in_use_inv.
    - by apply seg_split_inv; [apply Ho|].
    - by apply seg_slice_inv; [apply Ho..|].
    - rewrite /seg_clone. destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done].
      apply seg_find_range in Hf. destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
      apply seg_share_inv; try done. by eapply seg_range_shares.
    - by apply seg_next_inv.
    - by apply seg_next_back_inv.
    - rewrite /seg_into_raw. destruct (seg_find s h) as [lo hi|] eqn:Hf; [|done].
      apply seg_find_range in Hf. destruct (seg_range_ok _ _ _ _ Hs Hf) as (?&?&?).
      apply seg_handle_at_Some in Hf. by eapply seg_rename_inv.
    - rewrite /seg_from_raw.
      destruct (tbl_get (seg_handles s) h) as [[[i|lo hi|lo hi]|]|] eqn:Hh; try done.
      eapply seg_rename_inv; [done|exact Hh| |done]. by apply (seg_inv_handle _ Hs) in Hh.
    - rewrite /seg_drop.
      destruct (tbl_get (seg_handles s) h) as [[[i|lo hi|lo hi]|]|] eqn:Hh; try done.
      + apply (seg_inv_handle _ Hs) in Hh as Hok. simpl in Hok.
        pose proof (seg_pages_words _ Hs). rewrite word_wrapping_add_small; [|words].
        eapply seg_unshare_inv; [done|exact Hh| |lia..].
        intros j. simpl. apply eq_true_iff_eq. rewrite Z.eqb_eq bool_decide_eq_true. lia.
      + apply (seg_inv_handle _ Hs) in Hh as Hok. simpl in Hok.
        eapply seg_unshare_inv; [done|exact Hh| |lia..]. intros j. apply seg_has_range.
  Qed.
  Lemma seg_run_inv s os : Forall seg_op_ok os → seg_inv s → seg_inv (seg_run s os).1.
  Proof.
    intros Hos. revert s. induction Hos as [|o os Ho _ IH]; intros s Hinv; [done|].
    pose proof (seg_step_inv _ _ Ho Hinv) as Hstep. simpl.
    destruct (seg_step s o) as [s' r]. specialize (IH s' Hstep).
    destruct (seg_run s' os) as [s'' rs]. by destruct r.
  Qed.

  Lemma seg_page_cases n x : seg_page_ok n x →
    (x = slot_fresh ∧ n = 0) ∨
    (1 ≤ n ≤ slot_max ∧ ∃ m, word_ok m ∧ x = Slot n 0 (Some m)).
  Proof. apply segment_rows.seg_page_cases. Qed.
  Lemma seg_frames_inv s : seg_inv s → frame_inv (seg_frames s).
  Proof. apply segment_facts.seg_frames_inv. Qed.

  Lemma seg_from_unused_spec s lo hi m : seg_inv s →
    0 ≤ lo < hi → hi ≤ tbl_len (seg_pages s) →
    (∀ i, lo ≤ i < hi → tbl_get (seg_pages s) i = Some slot_fresh) →
    ∃ s' h, seg_step s (SegFromUnused (lo * seg_page_size) (hi * seg_page_size) m) =
        (s', SegHandle h) ∧
      seg_handle_at s h = None ∧ seg_handle_at s' h = Some (SegRange lo hi) ∧
      (∀ i, lo ≤ i < hi →
        tbl_get (seg_pages s') i = Some (Slot 1 0 (Some (word_wrapping_add m (i - lo))))) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get (seg_pages s') i = tbl_get (seg_pages s) i).
  Proof.
    intros Hs Hlo Hhi Hfree. rewrite /= /seg_from_unused !seg_aligned_mul !seg_div_mul.
    destruct (word_ltb_spec (lo * seg_page_size) (hi * seg_page_size)); [|words].
    destruct (word_leb_spec hi (tbl_len (seg_pages s))); [|lia].
    pose proof (seg_claim_spec s lo hi m Hs Hlo Hhi) as Hcl.
    destruct (seg_apply _ _ _ _ _ _) as [t [told|k e|]]; [| |done].
    - destruct Hcl as (_&Hin&Hout). eexists _, _. split; [done|].
      split; [apply seg_handle_at_new|]. split.
      { rewrite /seg_handle_at /=. by rewrite tbl_get_push_len. }
      split; [|done]. intros i Hi. by apply Hin.
    - destruct Hcl as (Hk&_&_&(x&Hx&Hne)&_). rewrite Hfree in Hx; [|lia].
      by injection Hx as <-.
  Qed.
  Lemma seg_from_unused_error_spec s lo hi m k x : seg_inv s →
    0 ≤ lo < hi → hi ≤ tbl_len (seg_pages s) → lo ≤ k < hi →
    (∀ i, lo ≤ i < k → tbl_get (seg_pages s) i = Some slot_fresh) →
    tbl_get (seg_pages s) k = Some x → x ≠ slot_fresh →
    seg_step s (SegFromUnused (lo * seg_page_size) (hi * seg_page_size) m) =
      (s, SegFailed (SegPageRefused k ErrInUse)).
  Proof.
    intros Hs Hlo Hhi Hk Hfree Hx Hne.
    rewrite /= /seg_from_unused !seg_aligned_mul !seg_div_mul.
    destruct (word_ltb_spec (lo * seg_page_size) (hi * seg_page_size)); [|words].
    destruct (word_leb_spec hi (tbl_len (seg_pages s))); [|lia].
    pose proof (seg_pages_words _ Hs).
    pose proof (seg_claim_spec s lo hi m Hs Hlo Hhi) as Hcl.
    destruct (seg_apply _ _ _ _ _ _) as [t [told|j e|]]; [| |done].
    - destruct Hcl as (_&Hin&_). destruct (Hin k Hk) as [Hx' _]. naive_solver.
    - destruct Hcl as (Hj&->&Hin&(x'&Hx'&Hne')&Hback).
      destruct (seg_apply _ _ _ _ t _) as [t' r]. simpl in Hback. subst t'.
      assert (lo + j = k) as <-.
      { destruct (Z.lt_trichotomy (lo + j) k) as [Hlt|[|Hgt]]; [|done|].
        - rewrite Hfree in Hx'; [|lia]. by injection Hx' as <-.
        - rewrite Hin in Hx; [|lia]. by injection Hx as <-. }
      rewrite word_wrapping_add_small; [|words]. by destruct s.
  Qed.
  Lemma seg_from_unused_not_aligned_spec s start stop m :
    start `mod` seg_page_size ≠ 0 ∨ stop `mod` seg_page_size ≠ 0 →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegNotAligned).
  Proof.
    rewrite -!seg_aligned /= /seg_from_unused.
    destruct (seg_is_aligned start), (seg_is_aligned stop); naive_solver.
  Qed.
  Lemma seg_from_unused_empty_spec s start stop m :
    start `mod` seg_page_size = 0 → stop `mod` seg_page_size = 0 → stop ≤ start →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegEmpty).
  Proof.
    rewrite -!seg_aligned /= /seg_from_unused=> -> -> ?.
    by destruct (word_ltb_spec start stop); [lia|].
  Qed.
  Lemma seg_from_unused_out_of_bound_spec s start stop m :
    start `mod` seg_page_size = 0 → stop `mod` seg_page_size = 0 → start < stop →
    tbl_len (seg_pages s) * seg_page_size < stop →
    seg_step s (SegFromUnused start stop m) = (s, SegFailed SegOutOfBound).
  Proof.
    intros Ha Hb Hlt Hout. rewrite /= /seg_from_unused.
    rewrite !(proj2 (seg_aligned _)) //. destruct (word_ltb_spec start stop); [|lia].
    apply word_rem_0 in Hb; [|done].
    destruct (word_leb_spec (word_div stop seg_page_size) (tbl_len (seg_pages s)));
      [words|done].
  Qed.

  (** Two handles in the place of one. *)
  Local Lemma seg_two_at s h y1 y2 y3 : seg_handle_at s h = Some y3 →
    let s' := SegState (seg_pages s)
      (tbl_push (tbl_set (seg_handles s) h (Some y1)) (Some y2)) in
    let h' := tbl_len (seg_handles s) in
    h' ≠ h ∧ seg_handle_at s h' = None ∧ seg_handle_at s' h = Some y1 ∧
    seg_handle_at s' h' = Some y2.
  Proof.
    intros Hh%seg_handle_at_Some s' h'. apply tbl_get_range in Hh as Hr.
    split; [rewrite /h'; lia|]. split; [apply seg_handle_at_new|].
    rewrite /s' /seg_handle_at /= !tbl_get_push tbl_len_set Z.eqb_refl. split; [|done].
    destruct (Z.eqb_spec h (tbl_len (seg_handles s))); [lia|].
    by rewrite (tbl_get_set_same _ _ _ _ Hh).
  Qed.
  Lemma seg_split_spec s h lo hi k : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → 0 ≤ k ≤ hi - lo →
    ∃ s' h', seg_step s (SegSplit h (k * seg_page_size)) = (s', SegTwo h h') ∧
      h' ≠ h ∧ seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange lo (lo + k)) ∧
      seg_handle_at s' h' = Some (SegRange (lo + k) hi) ∧
      seg_pages s' = seg_pages s.
  Proof.
    intros Hs Hh Hk. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    rewrite /= /seg_split (proj2 (seg_find_range _ _ _ _) Hh) seg_aligned_mul seg_div_mul.
    rewrite word_wrapping_sub_small; [|words].
    destruct (word_leb_spec k (hi - lo)); [|lia].
    rewrite word_wrapping_add_small; [|words].
    destruct (seg_two_at s h (SegRange lo (lo + k)) (SegRange (lo + k) hi) _ Hh)
      as (?&?&?&?). eexists _, _. split; [done|]. done.
  Qed.
  Lemma seg_next_spec s h lo hi : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → lo < hi →
    ∃ s' h', seg_step s (SegNext h) = (s', SegHandle h') ∧ h' ≠ h ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange (lo + 1) hi) ∧
      seg_handle_at s' h' = Some (SegFrame lo) ∧ seg_pages s' = seg_pages s.
  Proof.
    intros Hs Hh Hlt. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    rewrite /= /seg_next (proj2 (seg_find_range _ _ _ _) Hh).
    destruct (word_eqb_spec lo hi); [lia|]. rewrite word_wrapping_add_small; [|words].
    destruct (seg_two_at s h (SegRange (lo + 1) hi) (SegFrame lo) _ Hh) as (?&?&?&?).
    rewrite /seg_open tbl_len_set. eexists _, _. split; [done|]. done.
  Qed.
  Lemma seg_next_back_spec s h lo hi : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → lo < hi →
    ∃ s' h', seg_step s (SegNextBack h) = (s', SegHandle h') ∧ h' ≠ h ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h = Some (SegRange lo (hi - 1)) ∧
      seg_handle_at s' h' = Some (SegFrame (hi - 1)) ∧ seg_pages s' = seg_pages s.
  Proof.
    intros Hs Hh Hlt. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    rewrite /= /seg_next_back (proj2 (seg_find_range _ _ _ _) Hh).
    destruct (word_eqb_spec lo hi); [lia|]. rewrite word_wrapping_sub_small; [|words].
    destruct (seg_two_at s h (SegRange lo (hi - 1)) (SegFrame (hi - 1)) _ Hh)
      as (?&?&?&?).
    rewrite /seg_open tbl_len_set. eexists _, _. split; [done|]. done.
  Qed.

  Local Lemma seg_share_spec s lo hi : seg_inv s →
    0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) →
    (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i < slot_max) →
    ∃ s' h', seg_share s lo hi = (s', SegHandle h') ∧
      seg_handle_at s h' = None ∧ seg_handle_at s' h' = Some (SegRange lo hi) ∧
      (∀ i, lo ≤ i < hi → seg_word_at s' i = Some (seg_shares s i + 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → seg_word_at s' i = seg_word_at s i).
  Proof.
    intros Hs Hlo Hhi Hsh. rewrite /seg_share.
    pose proof (seg_share_apply s lo hi Hs Hlo Hhi) as Hap.
    specialize (Hap (λ i Hi, proj1 (Hsh i Hi))).
    destruct (seg_apply _ _ _ _ _ _) as [t [told| |]]; [|done|].
    - destruct Hap as (_&Hin&Hout). eexists _, _. split; [done|].
      split; [apply seg_handle_at_new|].
      rewrite /seg_handle_at /seg_word_at /= tbl_get_push_len. split; [done|]. split.
      + intros i Hi. destruct (Hin i Hi) as (y&->&_&Hy). by rewrite /= Hy.
      + intros i Hi. by rewrite Hout.
    - destruct Hap as (i&Hi&Hmax). destruct (Hsh i Hi). lia.
  Qed.
  Lemma seg_slice_spec s h lo hi j k : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) → 0 ≤ j ≤ k → k ≤ hi - lo →
    (∀ i, lo + j ≤ i < lo + k → seg_shares s i < slot_max) →
    ∃ s' h', seg_step s (SegSlice h (j * seg_page_size) (k * seg_page_size)) =
        (s', SegHandle h') ∧
      seg_handle_at s h' = None ∧
      seg_handle_at s' h' = Some (SegRange (lo + j) (lo + k)) ∧
      (∀ i, lo + j ≤ i < lo + k →
        seg_word_at s' i = Some (seg_shares s i + 1)) ∧
      (∀ i, ¬ lo + j ≤ i < lo + k → seg_word_at s' i = seg_word_at s i).
  Proof.
    intros Hs Hh Hj Hk Hsh. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    rewrite /= /seg_slice (proj2 (seg_find_range _ _ _ _) Hh).
    rewrite !seg_aligned_mul !seg_div_mul.
    destruct (word_leb_spec j k); [|lia]. rewrite word_wrapping_sub_small; [|words].
    destruct (word_leb_spec k (hi - lo)); [|lia].
    rewrite !word_wrapping_add_small; [|words..].
    apply seg_share_spec; [done|lia..|]. intros i Hi. split; [|by apply Hsh].
    apply (seg_range_shares _ _ _ _ Hh). lia.
  Qed.
  Lemma seg_clone_spec s h lo hi : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    (∀ i, lo ≤ i < hi → seg_shares s i < slot_max) →
    ∃ s' h', seg_step s (SegClone h) = (s', SegHandle h') ∧
      seg_handle_at s h' = None ∧ seg_handle_at s' h' = Some (SegRange lo hi) ∧
      (∀ i, lo ≤ i < hi → seg_word_at s' i = Some (seg_shares s i + 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → seg_word_at s' i = seg_word_at s i).
  Proof.
    intros Hs Hh Hsh. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    rewrite /= /seg_clone (proj2 (seg_find_range _ _ _ _) Hh).
    apply seg_share_spec; try done. intros i Hi. split; [|by apply Hsh].
    by apply (seg_range_shares _ _ _ _ Hh).
  Qed.

  Lemma seg_raw_round_trip_spec s h lo hi : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    seg_run s [SegIntoRaw h; SegFromRaw h] = (s, [SegRaw lo hi; SegHandle h]).
  Proof.
    intros _ Hh. rewrite /= /seg_into_raw (proj2 (seg_find_range _ _ _ _) Hh).
    apply seg_handle_at_Some in Hh. rewrite /seg_from_raw /seg_put /=.
    rewrite (tbl_get_set_same _ _ _ _ Hh) tbl_set_set (tbl_set_get _ _ _ Hh).
    by destruct s.
  Qed.
  Lemma seg_from_raw_spec s h :
    (∀ lo hi, seg_handle_at s h ≠ Some (SegForgotten lo hi)) →
    seg_step s (SegFromRaw h) = (s, SegWrongHandle) ∨
    seg_step s (SegFromRaw h) = (s, SegBadHandle).
  Proof.
    rewrite /seg_handle_at /= /seg_from_raw=> Hno.
    destruct (tbl_get (seg_handles s) h) as [[[i|lo hi|lo hi]|]|]; auto.
    by destruct (Hno lo hi).
  Qed.
  Lemma seg_drop_spec s h lo hi : seg_inv s →
    seg_handle_at s h = Some (SegRange lo hi) →
    ∃ s', seg_step s (SegDrop h) =
        (s', SegDropped (concat (seg_told s <$> seqZ lo (hi - lo)))) ∧
      seg_handle_at s' h = None ∧
      (∀ i, lo ≤ i < hi → seg_shares s i = 1 → tbl_get (seg_pages s') i = Some slot_fresh) ∧
      (∀ i, lo ≤ i < hi → seg_shares s i ≠ 1 →
        seg_word_at s' i = Some (seg_shares s i - 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get (seg_pages s') i = tbl_get (seg_pages s) i).
  Proof.
    intros Hs Hh. destruct (seg_range_ok _ _ _ _ Hs Hh) as (?&?&?).
    destruct (seg_unshare_apply s lo hi Hs) as (t&Hap&_&Hin&Hout); [lia..| |].
    { by eapply seg_range_shares. }
    apply seg_handle_at_Some in Hh. rewrite /= /seg_drop Hh /seg_unshare Hap.
    eexists. split; [done|].
    rewrite /seg_handle_at /seg_word_at /= (tbl_get_set_same _ _ _ _ Hh). split; [done|].
    split; [|split; [|done]].
    - intros i Hi Hone. destruct (Hin i Hi) as (y&->&_&Hy&_). by rewrite Hy.
    - intros i Hi Hone. destruct (Hin i Hi) as (y&->&_&_&Hy). by rewrite /= Hy.
  Qed.

  Lemma seg_empty_spec s h lo : seg_handle_at s h = Some (SegRange lo lo) →
    (∀ i, seg_has i (Some (SegRange lo lo)) = false) ∧
    seg_step s (SegNext h) = (s, SegNone) ∧
    seg_step s (SegNextBack h) = (s, SegNone) ∧
    seg_step s (SegDrop h) = (seg_put s h None, SegDropped tbl_empty).
  Proof.
    intros Hh. split.
    { intros i. rewrite seg_has_range bool_decide_eq_false_2 //. lia. }
    rewrite /= /seg_next /seg_next_back (proj2 (seg_find_range _ _ _ _) Hh).
    destruct (word_eqb_spec lo lo); [|done]. split; [done|]. split; [done|].
    apply seg_handle_at_Some in Hh. rewrite /seg_drop Hh /seg_unshare /seg_size.
    by rewrite word_wrapping_sub_small Z.sub_diag.
  Qed.
End segment_model_proofs.
