(** * Segments, the proofs: pages in a row, and the invariant

What is done to pages in a row is characterised once, page by page
([seg_apply_spec]); a claim that failed and was rolled back is the identity because
tables are equal that agree everywhere ([tbl_ext]). The invariant is kept when the
pages' words and the handles' shares change alike ([seg_inv_change]). *)
From tally.model Require Export segment_model segment_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Ltac words :=
  unfold slot_unused, slot_unique, slot_max, slot_busy, seg_page_size, word_ok,
    word_max in *; lia.

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

Lemma word_wrapping_add_0 a : word_ok a → word_wrapping_add a 0 = a.
Proof. rewrite /word_ok=> ?. rewrite word_wrapping_add_small; lia. Qed.

(** ** Pages in a row *)
Definition moved (a : seg_act) (lo from to : word) (t t' : table seg_page) : Prop :=
  (∀ i, from ≤ i < to → ∃ x y, tbl_get t i = Some x ∧
     seg_act_page a (i - lo) x = PageBecomes y ∧ tbl_get t' i = Some y) ∧
  (∀ i, ¬ from ≤ i < to → tbl_get t' i = tbl_get t i).

Lemma seg_apply_spec n a lo k t :
  0 ≤ lo → 0 ≤ k → lo + k + Z.of_nat n ≤ word_max →
  let (t', r) := seg_apply n a lo k t in
  tbl_len t' = tbl_len t ∧
  match r with
  | StopDone => moved a lo (lo + k) (lo + k + Z.of_nat n) t t'
  | StopRefused j e =>
      k ≤ j < k + Z.of_nat n ∧ moved a lo (lo + k) (lo + j) t t' ∧
      ((tbl_get t (lo + j) = None ∧ e = ErrOutOfBound) ∨
       ∃ x, tbl_get t (lo + j) = Some x ∧ seg_act_page a j x = PageRefuses e)
  | StopAborted =>
      ∃ j x, k ≤ j < k + Z.of_nat n ∧ tbl_get t (lo + j) = Some x ∧
        seg_act_page a j x = PageAborts
  end.
Proof.
  intros Hlo. revert k t. induction n as [|n IH]; intros k t Hk Hmax; simpl.
  { split; [done|]. split; [lia|done]. }
  rewrite word_wrapping_add_small; [|lia].
  destruct (tbl_get t (lo + k)) as [x|] eqn:Hx; last first.
  { split; [done|]. split; [lia|]. split; [|by left]. split; [lia|done]. }
  destruct (seg_act_page a k x) as [y|e|] eqn:Ha; last first.
  { split; [done|]. exists k, x. split; [lia|done]. }
  { split; [done|]. split; [lia|]. split; [|right; by exists x]. split; [lia|done]. }
  rewrite word_wrapping_add_small; [|lia].
  specialize (IH (k + 1) (tbl_set t (lo + k) y) ltac:(lia) ltac:(lia)).
  destruct (seg_apply n a lo (k + 1) (tbl_set t (lo + k) y)) as [t' r].
  rewrite tbl_len_set in IH. destruct IH as [Hlen IH]. split; [done|].
  assert (∀ to, k + 1 ≤ to →
    moved a lo (lo + (k + 1)) (lo + to) (tbl_set t (lo + k) y) t' →
    moved a lo (lo + k) (lo + to) t t') as Hmoved.
  { intros to Hto [Hin Hout]. split.
    - intros i Hi. destruct (decide (i = lo + k)) as [->|Hne].
      + exists x, y. split; [done|]. split; [by replace (lo + k - lo) with k by lia|].
        rewrite Hout; [|lia]. by rewrite (tbl_get_set_same _ _ _ _ Hx).
      + destruct (Hin i) as (x'&y'&Hx'&?&?); [lia|]. rewrite tbl_get_set_other // in Hx'.
        by exists x', y'.
    - intros i Hi. rewrite Hout; [|lia]. rewrite tbl_get_set_other //. lia. }
  destruct r as [|j e|].
  - replace (lo + k + Z.of_nat (S n)) with (lo + (k + 1 + Z.of_nat n)) by lia.
    apply Hmoved; [lia|].
    by replace (lo + (k + 1 + Z.of_nat n)) with (lo + (k + 1) + Z.of_nat n) by lia.
  - destruct IH as (?&Hm&Hwhy). split; [lia|]. split; [apply Hmoved; [lia|done]|].
    rewrite tbl_get_set_other // in Hwhy. lia.
  - destruct IH as (j&x'&?&Hx'&?). rewrite tbl_get_set_other // in Hx'; [|lia].
    exists j, x'. split; [lia|done].
Qed.

(** The same from the first page on, for the range of a segment. *)
Lemma seg_apply_range a lo hi t : 0 ≤ lo ≤ hi → hi ≤ word_max →
  let (t', r) := seg_apply (seg_size lo hi) a lo 0 t in
  tbl_len t' = tbl_len t ∧
  match r with
  | StopDone => moved a lo lo hi t t'
  | StopRefused j e =>
      0 ≤ j < hi - lo ∧ moved a lo lo (lo + j) t t' ∧
      ((tbl_get t (lo + j) = None ∧ e = ErrOutOfBound) ∨
       ∃ x, tbl_get t (lo + j) = Some x ∧ seg_act_page a j x = PageRefuses e)
  | StopAborted =>
      ∃ j x, 0 ≤ j < hi - lo ∧ tbl_get t (lo + j) = Some x ∧
        seg_act_page a j x = PageAborts
  end.
Proof.
  intros Hlo Hhi. rewrite /seg_size word_wrapping_sub_small; [|lia].
  pose proof (seg_apply_spec (Z.to_nat (hi - lo)) a lo 0 t) as Hspec.
  rewrite Z2Nat.id in Hspec; [|lia].
  specialize (Hspec ltac:(lia) ltac:(lia) ltac:(lia)).
  destruct (seg_apply _ _ _ _ _) as [t' [|j e|]]; rewrite ?Z.add_0_r ?Z.add_0_l in Hspec;
    rewrite ?Zplus_minus in Hspec; naive_solver lia.
Qed.

(** ** One page *)
Lemma page_claim k m x n y : seg_page_ok n x →
  seg_act_page (ActClaim m) k x = PageBecomes y →
  x = seg_fresh ∧ y = SegPage 1 (Some (word_wrapping_add m k)).
Proof.
  intros [[-> _]|[Hn [m' ->]]] Ha; rewrite /= in Ha; [naive_solver|].
  rewrite /slot_claim in Ha. exfalso.
  destruct (word_eqb_spec n slot_unused); [words|].
  destruct (word_eqb_spec n slot_unique); [words|].
  destruct (word_eqb_spec n slot_busy); [words|done].
Qed.
Lemma page_claim_refused k m x n e : seg_page_ok n x →
  seg_act_page (ActClaim m) k x = PageRefuses e → x ≠ seg_fresh ∧ e = ErrInUse.
Proof.
  intros [[-> _]|[Hn [m' ->]]] Ha; rewrite /= in Ha; [done|].
  rewrite /slot_claim in Ha.
  destruct (word_eqb_spec n slot_unused); [words|].
  destruct (word_eqb_spec n slot_unique); [words|].
  destruct (word_eqb_spec n slot_busy); [words|]. naive_solver.
Qed.
Lemma page_claim_no_abort k m x : seg_act_page (ActClaim m) k x ≠ PageAborts.
Proof. rewrite /=. by destruct (slot_claim (seg_word x)). Qed.
Lemma page_share k x n y : seg_page_ok n x → 1 ≤ n →
  seg_act_page ActShare k x = PageBecomes y →
  n < slot_max ∧ seg_page_ok (n + 1) y ∧ seg_word y = n + 1.
Proof.
  intros [[_ ?]|[Hn [m ->]]] H1; [lia|]. rewrite /= /slot_clone_count.
  destruct (word_leb_spec slot_max n); [done|].
  rewrite word_wrapping_add_small; [|words]. intros [= <-].
  split; [lia|]. split; [|done]. right. split; [lia|]. by exists m.
Qed.
Lemma page_share_ok k x n : seg_page_ok n x → 1 ≤ n → n < slot_max →
  ∃ y, seg_act_page ActShare k x = PageBecomes y.
Proof.
  intros [[_ ?]|[Hn [m ->]]] H1 H2; [lia|]. rewrite /= /slot_clone_count.
  destruct (word_leb_spec slot_max n); [lia|]. by eexists.
Qed.
Lemma page_unshare k x n : seg_page_ok n x → 1 ≤ n →
  ∃ y, seg_act_page ActUnshare k x = PageBecomes y ∧ seg_page_ok (n - 1) y ∧
    (n = 1 → y = seg_fresh) ∧ (n ≠ 1 → seg_word y = n - 1).
Proof.
  intros [[_ ?]|[Hn [m ->]]] H1; [lia|]. rewrite /= /slot_drop_count.
  destruct (word_eqb_spec n 1) as [->|Hne].
  - exists seg_fresh. split; [done|]. split; [by left|done].
  - rewrite word_wrapping_sub_small; [|words]. eexists. split; [done|]. split; [|done].
    right. split; [lia|]. by exists m.
Qed.
Lemma seg_act_unshare_always k x : ∃ y, seg_act_page ActUnshare k x = PageBecomes y.
Proof. rewrite /=. destruct (slot_drop_count (seg_word x)); by eexists. Qed.

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
  match seg_apply (seg_size lo hi) (ActClaim m) lo 0 (seg_pages s) with
  | (t, StopDone) => tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → tbl_get (seg_pages s) i = Some seg_fresh ∧
         tbl_get t i = Some (SegPage 1 (Some (word_wrapping_add m (i - lo))))) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i)
  | (t, StopRefused k e) => 0 ≤ k < hi - lo ∧ e = ErrInUse ∧
      (∀ i, lo ≤ i < lo + k → tbl_get (seg_pages s) i = Some seg_fresh) ∧
      (∃ x, tbl_get (seg_pages s) (lo + k) = Some x ∧ x ≠ seg_fresh) ∧
      (seg_apply (Z.to_nat k) ActUnshare lo 0 t).1 = seg_pages s
  | (_, StopAborted) => False
  end.
Proof.
  intros Hs Hlo Hhi. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range (ActClaim m) lo hi (seg_pages s) ltac:(lia) ltac:(words))
    as Hap.
  destruct (seg_apply _ _ _ _ _) as [t [|k e|]]; destruct Hap as [Hlen Hap].
  - split; [done|]. destruct Hap as [Hin Hout]. split; [|done]. intros i Hi.
    destruct (Hin i Hi) as (x&y&Hx&Ha&Hy).
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    by destruct (page_claim _ _ _ _ _ Hok Ha) as [-> ->].
  - destruct Hap as (Hk&[Hin Hout]&Hwhy).
    assert (∀ i, lo ≤ i < lo + k → tbl_get (seg_pages s) i = Some seg_fresh ∧
      ∃ m', tbl_get t i = Some (SegPage 1 (Some m'))) as Hclaimed.
    { intros i Hi. destruct (Hin i Hi) as (x&y&Hx&Ha&Hy).
      pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
      destruct (page_claim _ _ _ _ _ Hok Ha) as [-> ->]. eauto. }
    destruct Hwhy as [[Hnone _]|(x&Hx&Ha)].
    { apply tbl_get_None in Hnone. lia. }
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_claim_refused _ _ _ _ _ Hok Ha) as [Hne ->].
    split; [done|]. split; [done|]. split; [by intros i Hi; apply Hclaimed|].
    split; [by exists x|]. apply tbl_ext. intros i.
    pose proof (seg_apply_spec (Z.to_nat k) ActUnshare lo 0 t
      ltac:(lia) ltac:(lia) ltac:(words)) as Hback.
    rewrite Z2Nat.id in Hback; [|lia].
    destruct (seg_apply (Z.to_nat k) ActUnshare lo 0 t) as [t' [|j e|]]; simpl.
    + destruct Hback as (_&Hin'&Hout'). rewrite Z.add_0_r in Hin', Hout'.
      destruct (decide (lo ≤ i < lo + k)) as [Hi|Hi].
      * destruct (Hclaimed i Hi) as [-> [m' Hm']].
        destruct (Hin' i Hi) as (x'&y'&Hx'&Ha'&->). rewrite Hm' in Hx'.
        injection Hx' as <-. by injection Ha' as <-.
      * by rewrite Hout' // Hout.
    + destruct Hback as (_&?&_&[[Hnone _]|(x'&_&Ha')]).
      * destruct (Hclaimed (lo + j)) as [_ [m' Hm']]; [lia|]. by rewrite Hm' in Hnone.
      * by destruct (seg_act_unshare_always j x') as [y' Hy']; rewrite Hy' in Ha'.
    + destruct Hback as (_&j&x'&_&_&Ha').
      by destruct (seg_act_unshare_always j x') as [y' Hy']; rewrite Hy' in Ha'.
  - destruct Hap as (j&x&_&_&Ha). by eapply page_claim_no_abort.
Qed.

(** A range of which each page has a share at least. *)
Lemma seg_share_apply s lo hi : seg_inv s →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) → (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) →
  match seg_apply (seg_size lo hi) ActShare lo 0 (seg_pages s) with
  | (t, StopDone) => tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → ∃ y, tbl_get t i = Some y ∧
         seg_page_ok (seg_shares s i + 1) y ∧ seg_word y = seg_shares s i + 1) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i)
  | (_, StopRefused _ _) => False
  | (_, StopAborted) => ∃ i, lo ≤ i < hi ∧ slot_max ≤ seg_shares s i
  end.
Proof.
  intros Hs Hlo Hhi Hsh. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range ActShare lo hi (seg_pages s) ltac:(lia) ltac:(words)) as Hap.
  destruct (seg_apply _ _ _ _ _) as [t [|k e|]]; destruct Hap as [Hlen Hap].
  - split; [done|]. destruct Hap as [Hin Hout]. split; [|done]. intros i Hi.
    destruct (Hin i Hi) as (x&y&Hx&Ha&Hy). exists y. split; [done|].
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_share _ _ _ _ Hok (Hsh _ Hi) Ha) as (?&?&?). done.
  - destruct Hap as (Hk&_&[[Hnone _]|(x&Hx&Ha)]).
    + apply tbl_get_None in Hnone. lia.
    + rewrite /= in Ha. by destruct (slot_clone_count (seg_word x)).
  - destruct Hap as (j&x&Hj&Hx&Ha). exists (lo + j). split; [lia|].
    destruct (decide (slot_max ≤ seg_shares s (lo + j))) as [|Hlt]; [done|].
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_share_ok j _ _ Hok) as [y Hy]; [apply Hsh; lia|lia|].
    by rewrite Hy in Ha.
Qed.
Lemma seg_unshare_apply s lo hi : seg_inv s →
  0 ≤ lo ≤ hi → hi ≤ tbl_len (seg_pages s) → (∀ i, lo ≤ i < hi → 1 ≤ seg_shares s i) →
  ∃ t, seg_apply (seg_size lo hi) ActUnshare lo 0 (seg_pages s) = (t, StopDone) ∧
      tbl_len t = tbl_len (seg_pages s) ∧
      (∀ i, lo ≤ i < hi → ∃ y, tbl_get t i = Some y ∧
         seg_page_ok (seg_shares s i - 1) y ∧
         (seg_shares s i = 1 → y = seg_fresh) ∧
         (seg_shares s i ≠ 1 → seg_word y = seg_shares s i - 1)) ∧
      (∀ i, ¬ lo ≤ i < hi → tbl_get t i = tbl_get (seg_pages s) i).
Proof.
  intros Hs Hlo Hhi Hsh. pose proof (seg_pages_words _ Hs) as Hw.
  pose proof (seg_apply_range ActUnshare lo hi (seg_pages s) ltac:(lia) ltac:(words)) as Hap.
  destruct (seg_apply _ _ _ _ _) as [t [|k e|]]; destruct Hap as [Hlen Hap].
  - exists t. split; [done|]. split; [done|]. destruct Hap as [Hin Hout].
    split; [|done]. intros i Hi. destruct (Hin i Hi) as (x&y&Hx&Ha&Hy).
    pose proof (seg_inv_page _ Hs _ _ Hx) as Hok.
    destruct (page_unshare (i - lo) _ _ Hok (Hsh _ Hi)) as (y'&Hy'&?&?&?).
    rewrite Hy' in Ha. injection Ha as ->. by exists y.
  - destruct Hap as (Hk&_&[[Hnone _]|(x&Hx&Ha)]).
    + apply tbl_get_None in Hnone. lia.
    + by destruct (seg_act_unshare_always k x) as [y' Hy']; rewrite Hy' in Ha.
  - destruct Hap as (j&x&_&_&Ha).
    by destruct (seg_act_unshare_always j x) as [y' Hy']; rewrite Hy' in Ha.
Qed.

(** What a drop tells. *)
Lemma seg_tell_spec s n lo k told : seg_inv s → 0 ≤ lo → 0 ≤ k →
  lo + k + Z.of_nat n ≤ word_max →
  seg_tell n lo k (seg_pages s) told =
    told ++ concat (seg_told s <$> seqZ (lo + k) (Z.of_nat n)).
Proof.
  intros Hs Hlo. revert k told. induction n as [|n IH]; intros k told Hk Hmax.
  { by rewrite /= right_id_L. }
  rewrite /= !word_wrapping_add_small; [|lia..].
  rewrite seqZ_cons; [|lia]. rewrite fmap_cons /=.
  replace (Z.succ (lo + k)) with (lo + (k + 1)) by lia.
  replace (Z.pred (Z.of_nat (S n))) with (Z.of_nat n) by lia.
  rewrite {1}/seg_told.
  destruct (tbl_get (seg_pages s) (lo + k)) as [[w mo]|]; simpl; last first.
  { rewrite IH //; lia. }
  rewrite /slot_drop_count /word_eqb.
  destruct (w =? 1); destruct mo as [m|]; rewrite IH; try lia; [|done..].
  by rewrite /tbl_push -!assoc_L.
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
  destruct (seg_apply _ _ _ _ _) as [t [| |]]; simpl; [|done..].
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

Lemma seg_aligned w : seg_is_aligned w = true ↔ w `mod` seg_page_size = 0.
Proof.
  rewrite /seg_is_aligned /word_rem. destruct (word_eqb_spec (w `mod` seg_page_size) 0);
    naive_solver.
Qed.
Lemma seg_aligned_mul k : seg_is_aligned (k * seg_page_size) = true.
Proof. apply seg_aligned. by apply Z.mod_mul. Qed.
Lemma seg_div_mul k : word_div (k * seg_page_size) seg_page_size = k.
Proof. by apply Z.div_mul. Qed.
