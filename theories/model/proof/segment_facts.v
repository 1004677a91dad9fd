(** * Segments, the proofs: ranges, and the invariant

What the operations on a range do where the invariant holds. A claim that failed and was
rolled back is the identity because tables are equal that agree everywhere ([tbl_ext]). The
invariant is kept when the pages' words and the handles' shares change alike
([seg_inv_change]). With a handle for each share it is the invariant of the machine of slots
([seg_frames_inv]). *)
From tally.model.proof Require Export segment_rows.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Lemma tbl_ext {A} (t t' : table A) : (∀ i, tbl_get t i = tbl_get t' i) → t = t'.
Proof.
  revert t'. induction t as [|x t IH]; intros [|y t'] Ht; [done|..].
  - by specialize (Ht 0).
  - by specialize (Ht 0).
  - pose proof (Ht 0) as [= ->]. f_equal. apply IH. intros i.
    destruct (decide (0 ≤ i)) as [Hi|Hi].
    + specialize (Ht (Z.succ i)). rewrite /= Z.pred_succ in Ht.
      by destruct (Z.eqb_spec (Z.succ i) 0); [lia|].
    + rewrite !(proj2 (tbl_get_None _ i)); [done|lia..].
Qed.

(** ** Handles *)
Lemma seg_handle_at_Some s h y :
  seg_handle_at s h = Some y ↔ tbl_get (seg_handles s) h = Some (Some y).
Proof. rewrite /seg_handle_at. repeat case_match; naive_solver. Qed.
Lemma seg_handle_at_new s : seg_handle_at s (tbl_len (seg_handles s)) = None.
Proof. rewrite /seg_handle_at (proj2 (tbl_get_None _ _)); [done|lia]. Qed.
Lemma seg_find_range s h lo hi :
  seg_find s h = FoundRange lo hi ↔ seg_handle_at s h = Some (SegRange lo hi).
Proof. rewrite /seg_find /seg_handle_at. repeat case_match; naive_solver. Qed.
Lemma seg_pages_words s : seg_inv s → tbl_len (seg_pages s) ≤ slot_max.
Proof. intros [? _ _]. words. Qed.
Lemma seg_range_ok s h lo hi : seg_inv s →
  seg_handle_at s h = Some (SegRange lo hi) →
  0 ≤ lo ≤ hi ∧ hi ≤ tbl_len (seg_pages s) ∧ tbl_len (seg_pages s) ≤ slot_max.
Proof.
  intros Hs [? ?]%seg_handle_at_Some%(seg_inv_handle _ Hs).
  pose proof (seg_pages_words _ Hs). auto.
Qed.
Lemma seg_has_range i lo hi :
  seg_has i (Some (SegRange lo hi)) = bool_decide (lo ≤ i < hi).
Proof.
  rewrite /=. apply eq_true_iff_eq. rewrite andb_true_iff Z.leb_le Z.ltb_lt.
  by rewrite bool_decide_eq_true.
Qed.
Lemma seg_shares_has s h y i :
  tbl_get (seg_handles s) h = Some (Some y) → seg_has i (Some y) = true →
  1 ≤ seg_shares s i.
Proof.
  intros Hh Hi. pose proof (tbl_count_get (seg_has i) _ _ _ Hh) as Hc.
  by rewrite Hi in Hc.
Qed.
Lemma seg_page_at s i : seg_inv s → 0 ≤ i < tbl_len (seg_pages s) →
  ∃ x, tbl_get (seg_pages s) i = Some x ∧ seg_page_ok (seg_shares s i) x.
Proof.
  intros Hs [x Hx]%tbl_get_is_Some. exists x. split; [done|]. by apply (seg_inv_page _ Hs).
Qed.

(** The invariant, when the handles have changed by [d i] shares of page [i]. *)
Lemma seg_inv_change s t hs (d : Z → Z) :
  seg_inv s → tbl_len t = tbl_len (seg_pages s) →
  (∀ i, tbl_count (seg_has i) hs = seg_shares s i + d i) →
  (∀ i x, tbl_get t i = Some x → seg_page_ok (seg_shares s i + d i) x) →
  (∀ h y, tbl_get hs h = Some (Some y) → seg_handle_ok (tbl_len (seg_pages s)) y) →
  seg_inv (SegState t hs).
Proof.
  intros Hs Hlen Hd Ht Hh. split; rewrite /= ?Hlen.
  - apply (seg_inv_size _ Hs).
  - intros i x Hx. rewrite /seg_shares /= Hd. by apply Ht.
  - done.
Qed.
(** The same with the pages as they were and shares redistributed. *)
Lemma seg_inv_handles s hs :
  seg_inv s → (∀ i, tbl_count (seg_has i) hs = seg_shares s i) →
  (∀ h y, tbl_get hs h = Some (Some y) → seg_handle_ok (tbl_len (seg_pages s)) y) →
  seg_inv (SegState (seg_pages s) hs).
Proof.
  intros Hs Hd Hh. apply (seg_inv_change s _ _ (λ _, 0)); try done.
  - intros i. by rewrite Hd Z.add_0_r.
  - intros i x Hx. rewrite Z.add_0_r. by apply (seg_inv_page _ Hs).
Qed.
Lemma seg_handles_push s y :
  seg_inv s → seg_handle_ok (tbl_len (seg_pages s)) y →
  ∀ h y', tbl_get (tbl_push (seg_handles s) (Some y)) h = Some (Some y') →
  seg_handle_ok (tbl_len (seg_pages s)) y'.
Proof.
  intros Hs Hy h y'. rewrite tbl_get_push. case: Z.eqb_spec=> ?; [naive_solver|].
  apply (seg_inv_handle _ Hs).
Qed.
Lemma seg_handles_set s h z :
  seg_inv s → (∀ y, z = Some y → seg_handle_ok (tbl_len (seg_pages s)) y) →
  ∀ h' y', tbl_get (tbl_set (seg_handles s) h z) h' = Some (Some y') →
  seg_handle_ok (tbl_len (seg_pages s)) y'.
Proof.
  intros Hs Hz h' y'. rewrite tbl_get_set. case: Z.eqb_spec=> ?.
  - destruct (tbl_get _ _); [|done]. intros [= ->]. by apply Hz.
  - apply (seg_inv_handle _ Hs).
Qed.

(** ** Operations on ranges *)
(** All pages free: they are claimed. One is not: nothing happens. *)
Lemma seg_claim_spec s lo hi m : seg_inv s →
  0 ≤ lo < hi → hi ≤ tbl_len (seg_pages s) →
  match seg_apply (seg_size lo hi) (ActClaim m) lo 0 (seg_pages s) tbl_empty with
  | (t, StopDone _) => tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → tbl_get (seg_pages s) i = Some slot_fresh ∧
         tbl_get t i = Some (Slot 1 0 (Some (word_wrapping_add m (i - lo))))) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i)
  | (t, StopRefused k e) => 0 ≤ k < hi - lo ∧ e = ErrInUse ∧
      (∀ i, lo ≤ i < lo + k → tbl_get (seg_pages s) i = Some slot_fresh) ∧
      (∃ x, tbl_get (seg_pages s) (lo + k) = Some x ∧ x ≠ slot_fresh) ∧
      (seg_apply (Z.to_nat k) ActUnshare lo 0 t tbl_empty).1 = seg_pages s
  | (_, StopAborted) => False
  end.
Proof.
  intros Hs Hlo Hhi. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range (ActClaim m) lo hi (seg_pages s) _
    ltac:(lia) ltac:(words) (λ _, eq_refl)) as Hap.
  destruct (seg_apply _ _ _ _ _ _) as [t [told|k e|]]; destruct Hap as [Hlen Hap].
  - split; [done|]. destruct Hap as [[Hin Hout] _]. split; [|done]. intros i Hi.
    destruct (Hin i Hi) as (x&y&es&Hx&Ha&Hy).
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    by destruct (page_claim (i - lo) i m x _ y es Hok Ha) as [-> ->].
  - destruct Hap as (Hk&[Hin Hout]&Hwhy).
    assert (∀ i, lo ≤ i < lo + k → tbl_get (seg_pages s) i = Some slot_fresh ∧
      ∃ m', tbl_get t i = Some (Slot 1 0 (Some m'))) as Hclaimed.
    { intros i Hi. destruct (Hin i Hi) as (x&y&es&Hx&Ha&Hy).
      pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
      destruct (page_claim (i - lo) i m x _ y es Hok Ha) as [-> ->]. eauto. }
    destruct Hwhy as [[Hnone _]|(x&Hx&Ha)].
    { apply tbl_get_None in Hnone. lia. }
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_claim_refused k (lo + k) m x _ e Hok Ha) as [Hne ->].
    split; [done|]. split; [done|]. split; [by intros i Hi; apply Hclaimed|].
    split; [by exists x|]. apply tbl_ext. intros i.
    pose proof (seg_apply_spec (Z.to_nat k) ActUnshare lo 0 t tbl_empty
      (seg_events ActUnshare lo t) ltac:(lia) ltac:(lia) ltac:(words) ltac:(done)) as Hback.
    rewrite Z2Nat.id in Hback; [|lia].
    destruct (seg_apply (Z.to_nat k) ActUnshare lo 0 t tbl_empty) as [t' [told|j e|]]; simpl.
    + destruct Hback as (_&[Hin' Hout']&_). rewrite Z.add_0_r in Hin', Hout'.
      destruct (decide (lo ≤ i < lo + k)) as [Hi|Hi].
      * destruct (Hclaimed i Hi) as [-> [m' Hm']].
        destruct (Hin' i Hi) as (x'&y'&es'&Hx'&Ha'&->). rewrite Hm' in Hx'.
        injection Hx' as <-. by injection Ha' as <- _.
      * by rewrite Hout' // Hout.
    + destruct Hback as (_&?&_&[[Hnone _]|(x'&_&Ha')]).
      * destruct (Hclaimed (lo + j)) as [_ [m' Hm']]; [lia|]. by rewrite Hm' in Hnone.
      * destruct (seg_act_unshare_always j (lo + j) x') as (y'&es'&Hy'). by rewrite Hy' in Ha'.
    + destruct Hback as (_&j&x'&_&_&Ha').
      destruct (seg_act_unshare_always j (lo + j) x') as (y'&es'&Hy'). by rewrite Hy' in Ha'.
  - destruct Hap as (j&x&_&_&Ha). by eapply page_claim_no_abort.
Qed.

(** A range of which each page has a share at least. *)
Lemma seg_share_apply s lo hi : seg_inv s →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) → (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) →
  match seg_apply (seg_size lo hi) ActShare lo 0 (seg_pages s) tbl_empty with
  | (t, StopDone _) => tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → ∃ y, tbl_get t i = Some y ∧
         seg_page_ok (seg_shares s i + 1) y ∧ slot_word y = seg_shares s i + 1) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i)
  | (_, StopRefused _ _) => False
  | (_, StopAborted) => ∃ i, lo ≤ i < hi ∧ slot_max ≤ seg_shares s i
  end.
Proof.
  intros Hs Hlo Hhi Hsh. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range ActShare lo hi (seg_pages s) _
    ltac:(lia) ltac:(words) (λ _, eq_refl)) as Hap.
  destruct (seg_apply _ _ _ _ _ _) as [t [told|k e|]]; destruct Hap as [Hlen Hap].
  - split; [done|]. destruct Hap as [[Hin Hout] _]. split; [|done]. intros i Hi.
    destruct (Hin i Hi) as (x&y&es&Hx&Ha&Hy). exists y. split; [done|].
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    by destruct (page_share (i - lo) i x _ y es Hok (Hsh _ Hi) Ha) as (_&?&?).
  - destruct Hap as (Hk&_&[[Hnone _]|(x&Hx&Ha)]).
    + apply tbl_get_None in Hnone. lia.
    + rewrite /= in Ha. by destruct (slot_clone_count (slot_word x)).
  - destruct Hap as (j&x&Hj&Hx&Ha). exists (lo + j). split; [lia|].
    destruct (decide (slot_max ≤ seg_shares s (lo + j))) as [|Hlt]; [done|].
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_share_ok j (lo + j) _ _ Hok) as (y&es&Hy); [apply Hsh; lia|lia|].
    by rewrite Hy in Ha.
Qed.
Lemma seg_unshare_apply s lo hi : seg_inv s →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) → (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) →
  ∃ t, seg_apply (seg_size lo hi) ActUnshare lo 0 (seg_pages s) tbl_empty =
        (t, StopDone (concat (seg_told s <$> seqZ lo (hi - lo)))) ∧
      tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → ∃ y, tbl_get t i = Some y ∧
         seg_page_ok (seg_shares s i - 1) y ∧
         (seg_shares s i = 1 → y = slot_fresh) ∧
         (seg_shares s i ≠ 1 → slot_word y = seg_shares s i - 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i).
Proof.
  intros Hs Hlo Hhi Hsh. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range ActUnshare lo hi (seg_pages s) (seg_told s)
    ltac:(lia) ltac:(words) (λ i, seg_events_unshare s lo i Hs)) as Hap.
  destruct (seg_apply _ _ _ _ _ _) as [t [told|k e|]]; destruct Hap as [Hlen Hap].
  - destruct Hap as [[Hin Hout] ->]. exists t. split; [done|]. split; [done|].
    split; [|done]. intros i Hi. destruct (Hin i Hi) as (x&y&es&Hx&Ha&Hy).
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_unshare (i - lo) i _ _ Hok (Hsh _ Hi)) as (y'&es'&Hy'&?&?&?).
    rewrite Hy' in Ha. injection Ha as -> _. by exists y.
  - destruct Hap as (Hk&_&[[Hnone _]|(x&Hx&Ha)]).
    + apply tbl_get_None in Hnone. lia.
    + destruct (seg_act_unshare_always k (lo + k) x) as (y'&es'&Hy'). by rewrite Hy' in Ha.
  - destruct Hap as (j&x&_&_&Ha).
    destruct (seg_act_unshare_always j (lo + j) x) as (y'&es'&Hy'). by rewrite Hy' in Ha.
Qed.

(** ** The invariant *)
Lemma seg_claim_inv s lo hi t :
  seg_inv s → 0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) →
  tbl_len t = tbl_len (seg_pages s) →
  (∀ i, lo ≤ i < hi → ∃ y, tbl_get t i = Some y ∧ seg_page_ok (seg_shares s i + 1) y) →
  (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i) →
  seg_inv (SegState t (tbl_push (seg_handles s) (Some (SegRange lo hi)))).
Proof.
  intros Hs Hlo Hhi Hlen Hin Hout.
  apply (seg_inv_change s _ _ (λ i, Z.b2z (seg_has i (Some (SegRange lo hi))))); try done.
  - intros i. by rewrite tbl_count_push.
  - intros i x Hx. rewrite seg_has_range. case_bool_decide as Hi; simpl.
    + destruct (Hin i Hi) as (y&Hy&Hok). by simplify_eq.
    + rewrite Hout // in Hx. rewrite Z.add_0_r. by apply (seg_inv_page _ Hs).
  - by apply seg_handles_push.
Qed.
Lemma seg_share_inv s lo hi : seg_inv s →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) → (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) →
  seg_inv (seg_share s lo hi).1.
Proof.
  intros Hs Hlo Hhi Hsh. rewrite /seg_share.
  pose proof (seg_share_apply _ _ _ Hs Hlo Hhi Hsh) as Hap.
  destruct (seg_apply _ _ _ _ _ _) as [t [told| |]]; simpl; [|done..].
  destruct Hap as (?&Hin&?). apply seg_claim_inv; try done.
  intros i Hi. destruct (Hin i Hi) as (y&?&?&_). by exists y.
Qed.
Lemma seg_unshare_inv s h y lo hi : seg_inv s →
  tbl_get (seg_handles s) h = Some (Some y) →
  (∀ i, seg_has i (Some y) = bool_decide (lo ≤ i < hi)) →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) →
  seg_inv (seg_unshare s h lo hi).1.
Proof.
  intros Hs Hh Hy Hlo Hhi.
  assert (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) as Hsh.
  { intros i Hi. eapply seg_shares_has; [done|]. by rewrite Hy bool_decide_eq_true_2. }
  destruct (seg_unshare_apply _ _ _ Hs Hlo Hhi Hsh) as (t&Hap&Hlen&Hin&Hout).
  rewrite /seg_unshare Hap /=.
  apply (seg_inv_change s _ _ (λ i, - Z.b2z (seg_has i (Some y)))); try done.
  - intros i. rewrite (tbl_count_set _ _ _ _ _ Hh) /seg_shares /=. lia.
  - intros i x Hx. rewrite Hy. case_bool_decide as Hi; simpl.
    + destruct (Hin i Hi) as (y'&Hy'&Hok&_). by simplify_eq.
    + rewrite Hout // in Hx. rewrite Z.add_0_r. by apply (seg_inv_page _ Hs).
  - by apply seg_handles_set.
Qed.
Lemma seg_range_shares s h lo hi :
  seg_handle_at s h = Some (SegRange lo hi) → ∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i.
Proof.
  intros Hh%seg_handle_at_Some i Hi. eapply seg_shares_has; [done|].
  by rewrite seg_has_range bool_decide_eq_true_2.
Qed.
(** One range becomes two. *)
Lemma seg_part_inv s h lo hi y1 y2 : seg_inv s →
  seg_handle_at s h = Some (SegRange lo hi) →
  seg_handle_ok (tbl_len (seg_pages s)) y1 → seg_handle_ok (tbl_len (seg_pages s)) y2 →
  (∀ i, Z.b2z (seg_has i (Some y1)) + Z.b2z (seg_has i (Some y2)) =
        Z.b2z (seg_has i (Some (SegRange lo hi)))) →
  seg_inv (SegState (seg_pages s)
    (tbl_push (tbl_set (seg_handles s) h (Some y1)) (Some y2))).
Proof.
  intros Hs Hh%seg_handle_at_Some H1 H2 Hsum. apply seg_inv_handles; [done|..].
  - intros i. rewrite tbl_count_push (tbl_count_set _ _ _ _ _ Hh) /seg_shares.
    specialize (Hsum i). lia.
  - intros h' y. rewrite tbl_get_push. case: Z.eqb_spec=> _; [naive_solver|].
    apply seg_handles_set; [done|]. naive_solver.
Qed.
Lemma seg_rename_inv s h y1 y2 : seg_inv s →
  tbl_get (seg_handles s) h = Some (Some y1) →
  seg_handle_ok (tbl_len (seg_pages s)) y2 →
  (∀ i, seg_has i (Some y1) = seg_has i (Some y2)) →
  seg_inv (seg_put s h (Some y2)).
Proof.
  intros Hs Hh H2 Heq. apply seg_inv_handles; [done|..].
  - intros i. rewrite (tbl_count_set _ _ _ _ _ Hh) Heq /seg_shares. lia.
  - apply seg_handles_set; [done|]. naive_solver.
Qed.

(** ** The machine of slots *)
Lemma tbl_count_app {A} (f : A → bool) (t u : table A) :
  tbl_count f (t ++ u) = tbl_count f t + tbl_count f u.
Proof. induction t as [|x t IH]; simpl; [done|]. rewrite IH. lia. Qed.

(** The handles of [seg_frames] are shares, as many as there are. *)
Definition seg_share_handles (l : list word) : table (option frame_handle) :=
  (λ i, Some (HoldsShared i)) <$> l.
Lemma seg_is_share i j : frame_is (HoldsShared i) (Some (HoldsShared j)) = (j =? i).
Proof.
  rewrite /frame_is. destruct (Z.eqb_spec j i) as [->|Hne].
  - by rewrite bool_decide_eq_true_2.
  - rewrite bool_decide_eq_false_2; [done|]. by intros [= ->].
Qed.
Lemma seg_count_seqZ i lo n :
  tbl_count (frame_is (HoldsShared i)) (seg_share_handles (seqZ lo (Z.of_nat n))) =
    Z.b2z ((lo <=? i) && (i <? lo + Z.of_nat n)).
Proof.
  revert lo. induction n as [|n IH]; intros lo.
  { rewrite /= Z.add_0_r. by destruct (Z.leb_spec lo i), (Z.ltb_spec i lo); [lia|..]. }
  rewrite seqZ_cons; [|lia]. replace (Z.pred (Z.of_nat (S n))) with (Z.of_nat n) by lia.
  rewrite /seg_share_handles fmap_cons /= -/(seg_share_handles _) IH seg_is_share.
  destruct (Z.eqb_spec lo i), (Z.leb_spec lo i), (Z.leb_spec (Z.succ lo) i),
    (Z.ltb_spec i (lo + Z.of_nat (S n))), (Z.ltb_spec i (Z.succ lo + Z.of_nat n));
    simpl; lia.
Qed.
Lemma seg_count_handle i z :
  tbl_count (frame_is (HoldsShared i)) (seg_share_handles (seg_handle_pages z)) =
    Z.b2z (seg_has i z).
Proof.
  assert (∀ lo hi, tbl_count (frame_is (HoldsShared i)) (seg_share_handles
    (seqZ lo (hi - lo))) = Z.b2z ((lo <=? i) && (i <? hi))) as Hrange.
  { intros lo hi. destruct (decide (lo ≤ hi)).
    - rewrite -{1}(Z2Nat.id (hi - lo)); [|lia]. rewrite seg_count_seqZ Z2Nat.id; [|lia].
      by rewrite Zplus_minus.
    - rewrite seqZ_nil; [|lia]. by destruct (Z.leb_spec lo i), (Z.ltb_spec i hi); [lia|..]. }
  destruct z as [[j|lo hi|lo hi]|]; simpl; [|by apply Hrange..|done].
  by rewrite seg_is_share Z.add_0_r.
Qed.
Lemma seg_frames_shares s i : frame_count (seg_frames s) (HoldsShared i) = seg_shares s i.
Proof.
  rewrite /frame_count /seg_shares /seg_frames /=.
  induction (seg_handles s) as [|z hs IH]; simpl; [done|].
  by rewrite fmap_app tbl_count_app IH seg_count_handle.
Qed.
Lemma seg_frames_handle s h y :
  tbl_get (frame_handles (seg_frames s)) h = Some (Some y) → ∃ i, y = HoldsShared i.
Proof.
  rewrite /seg_frames /=. generalize (seg_handles s ≫= seg_handle_pages) as l.
  intros l. revert h. induction l as [|i l IH]; intros h; simpl; [done|].
  destruct (h =? 0); [naive_solver|apply IH].
Qed.
Lemma seg_frames_other s y :
  (∀ i, y ≠ HoldsShared i) → frame_count (seg_frames s) y = 0.
Proof.
  intros Hy. apply tbl_count_0. intros h [y'|] Hh.
  - apply seg_frames_handle in Hh as [i ->]. apply bool_decide_eq_false_2.
    intros [= <-]. by apply (Hy i).
  - by apply bool_decide_eq_false_2.
Qed.

Lemma seg_frames_inv s : seg_inv s → frame_inv (seg_frames s).
Proof.
  intros Hs. split.
  - intros i x Hx. rewrite /frame_slot_ok seg_frames_shares !seg_frames_other; [|done..].
    by apply (seg_inv_page _ Hs).
  - intros h y Hh. destruct (seg_frames_handle _ _ _ Hh) as [i ->]. simpl.
    apply tbl_get_is_Some.
    pose proof (tbl_count_get (frame_is (HoldsShared i)) _ _ _ Hh) as Hc.
    rewrite /frame_is bool_decide_eq_true_2 // -/(frame_is _) -/(frame_count _ _) in Hc.
    rewrite seg_frames_shares in Hc. destruct (decide (0 ≤ i < tbl_len (seg_pages s)))
      as [|Hout]; [done|].
    assert (seg_shares s i = 0) as Hno; [|by rewrite Hno in Hc].
    apply tbl_count_0. intros h' [y|] Hy; [|done].
    apply (seg_inv_handle _ Hs) in Hy. destruct y as [j|lo hi|lo hi]; simpl in *.
    + apply Z.eqb_neq. lia.
    + destruct (Z.leb_spec lo i), (Z.ltb_spec i hi); try done; lia.
    + destruct (Z.leb_spec lo i), (Z.ltb_spec i hi); try done; lia.
Qed.

(** ** Addresses *)
Lemma seg_aligned w : seg_is_aligned w = true ↔ w `mod` seg_page_size = 0.
Proof.
  rewrite /seg_is_aligned /word_rem. destruct (word_eqb_spec (w `mod` seg_page_size) 0);
    naive_solver.
Qed.
Lemma seg_aligned_mul k : seg_is_aligned (k * seg_page_size) = true.
Proof. apply seg_aligned. by apply Z.mod_mul. Qed.
Lemma seg_div_mul k : word_div (k * seg_page_size) seg_page_size = k.
Proof. by apply Z.div_mul. Qed.
