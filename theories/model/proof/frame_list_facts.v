(** * Lists of frames, the proofs: putting in and taking out

Two lemmas do the work: what putting a frame in does ([fl_insert_spec]) and what taking
one out does ([fl_take_spec]), at either end or at the cursor. There is always room for
one number more, as the entries of a list are distinct ([tbl_distinct_len]). *)
From tally.model Require Export frame_list_model frame_list_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Tables whose entries are distinct *)
Lemma tbl_count_pos (f : word) (t : table word) :
  1 ≤ tbl_count (A:=word) (Z.eqb f) t → ∃ i, tbl_get t i = Some f.
Proof.
  induction t as [|y t IH]; simpl; [lia|]. case: Z.eqb_spec=> [->|_] /=.
  - by exists 0.
  - intros [i Hi]%IH. exists (Z.succ i). apply tbl_get_range in Hi as ?.
    destruct (Z.eqb_spec (Z.succ i) 0); [lia|]. by rewrite Z.pred_succ.
Qed.
Lemma b2z_range (f n : Z) :
  (Z.b2z ((0 <=? f) && (f <? n)) = 1 ∧ 0 ≤ f < n) ∨
  (Z.b2z ((0 <=? f) && (f <? n)) = 0 ∧ ¬ 0 ≤ f < n).
Proof. case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? /=; lia. Qed.
(** There are no more of them than there are numbers to choose from. *)
Lemma tbl_distinct_len (n : nat) (t : table word) :
  (∀ f, tbl_count (A:=word) (Z.eqb f) t ≤ Z.b2z ((0 <=? f) && (f <? Z.of_nat n))) →
  tbl_len t ≤ Z.of_nat n.
Proof.
  revert t. induction n as [|n IH]; intros t Ht.
  { destruct t as [|f t]; [done|]. exfalso. specialize (Ht f).
    pose proof (tbl_count_get (A:=word) (Z.eqb f) (f :: t) 0 f eq_refl) as Hc.
    rewrite Z.eqb_refl in Hc.
    destruct (b2z_range f (Z.of_nat 0)) as [[? ?]|[Hb ?]]; [lia|].
    rewrite Hb in Ht. cbn [Z.b2z] in Hc. lia. }
  destruct (decide (1 ≤ tbl_count (A:=word) (Z.eqb (Z.of_nat n)) t)) as [Hin|Hout].
  - destruct (tbl_count_pos _ _ Hin) as [i Hi]. apply tbl_get_range in Hi as Hr.
    pose proof (tbl_len_remove t i Hr) as Hlen.
    enough (tbl_len (tbl_remove t i) ≤ Z.of_nat n) by lia. apply IH.
    intros f. rewrite (tbl_count_remove _ _ _ _ Hi). specialize (Ht f).
    pose proof (tbl_count_nonneg (A:=word) (Z.eqb f) t).
    destruct (b2z_range f (Z.of_nat (S n))) as [[Hb ?]|[Hb ?]],
      (b2z_range f (Z.of_nat n)) as [[Hb' ?]|[Hb' ?]]; rewrite Hb in Ht; rewrite Hb';
      destruct (Z.eqb_spec f (Z.of_nat n)); cbn [Z.b2z]; lia.
  - enough (tbl_len t ≤ Z.of_nat n) by lia. apply IH. intros f. specialize (Ht f).
    destruct (b2z_range f (Z.of_nat (S n))) as [[Hb ?]|[Hb ?]],
      (b2z_range f (Z.of_nat n)) as [[Hb' ?]|[Hb' ?]]; rewrite Hb in Ht; rewrite Hb';
      try lia.
    assert (f = Z.of_nat n) as -> by lia. lia.
Qed.

Lemma fl_len_words s l x : fl_inv s → fl_list_at s l x →
  0 ≤ tbl_len (fl_items x) < word_max.
Proof.
  intros Hs Hl. pose proof (tbl_len_nonneg (fl_items x)).
  pose proof (fl_inv_size _ Hs). pose proof (tbl_len_nonneg (fl_frames s)).
  enough (tbl_len (fl_items x) ≤ Z.of_nat (Z.to_nat (tbl_len (fl_frames s)))) by lia.
  apply tbl_distinct_len. intros f. rewrite Z2Nat.id; [|lia].
  pose proof (fl_inv_items _ Hs _ _ f Hl) as Hf. rewrite /fl_occurs in Hf. rewrite Hf.
  destruct (b2z_range f (tbl_len (fl_frames s))) as [[-> _]|[-> Hr]].
  - destruct (tbl_get (fl_frames s) f); [|lia]. destruct (_ && _); cbn [Z.b2z]; lia.
  - by rewrite (proj2 (tbl_get_None _ _) Hr).
Qed.
Lemma fl_find_spec s l x : fl_find s l = FlFound x ↔ fl_list_at s l x.
Proof.
  rewrite /fl_find /fl_list_at.
  destruct (tbl_get (fl_lists s) l) as [[y|]|]; naive_solver.
Qed.
Lemma fl_held_no_list s f l x : fl_inv s → fl_held s f → fl_list_at s l x →
  fl_occurs f x = 0.
Proof.
  intros Hs Hf Hl. rewrite (fl_inv_items _ Hs _ _ _ Hl) Hf. cbn [lf_in_list].
  by destruct (Z.eqb_spec (fl_id x) 0), (Z.eqb_spec 0 (fl_id x)); try lia.
Qed.
Lemma fl_in_range s l x i f : fl_inv s → fl_list_at s l x →
  tbl_get (fl_items x) i = Some f →
  ∃ y, tbl_get (fl_frames s) f = Some y ∧ fl_id x ≠ 0 ∧ lf_in_list y = fl_id x ∧
    lf_live y = true ∧ fl_occurs f x = 1.
Proof.
  intros Hs Hl Hi. pose proof (tbl_count_get (A:=word) (Z.eqb f) _ _ _ Hi) as Hc.
  rewrite Z.eqb_refl /= in Hc. pose proof (fl_inv_items _ Hs _ _ f Hl) as Hf.
  rewrite /fl_occurs in Hf. rewrite /fl_occurs.
  destruct (tbl_get (fl_frames s) f) as [y|] eqn:Hy; [|lia]. exists y.
  destruct (Z.eqb_spec (fl_id x) 0); [simpl in *; lia|].
  destruct (Z.eqb_spec (lf_in_list y) (fl_id x)) as [Heq|]; [|simpl in *; lia].
  destruct (fl_inv_frame _ Hs _ _ Hy) as [? _]; [lia|]. done.
Qed.

(** ** Changing one list and one frame *)
Lemma fl_set_list_at s f y l x next l' x' :
  is_Some (tbl_get (fl_lists s) l) →
  fl_list_at (FlState (tbl_set (fl_frames s) f y) (tbl_set (fl_lists s) l (Some x)) next)
    l' x' ↔
  (l' = l ∧ x' = x) ∨ (l' ≠ l ∧ fl_list_at s l' x').
Proof.
  intros [z Hl]. rewrite /fl_list_at /= tbl_get_set Hl.
  case: Z.eqb_spec=> ?; naive_solver.
Qed.

(** The number of a list that takes a frame: the one it has, or the next. *)
Definition fl_number_ok (s : fl_state) (x : frame_list) (id next : word) : Prop :=
  id ≠ 0 ∧ 0 ≤ id < next ∧ fl_next_id s ≤ next ≤ fl_id_max ∧
  id = if fl_id x =? 0 then fl_next_id s else fl_id x.

Lemma fl_number_fresh s l x id next l' x' : fl_inv s → fl_list_at s l x →
  fl_number_ok s x id next → fl_list_at s l' x' → l' ≠ l → fl_id x' ≠ id.
Proof.
  intros Hs Hl (?&?&?&Hid) Hl' Hne Heq. destruct (Z.eqb_spec (fl_id x) 0).
  - pose proof (fl_inv_id _ Hs _ _ Hl'). lia.
  - apply Hne. eapply (fl_inv_unique _ Hs); [done..|lia|congruence].
Qed.
Lemma fl_put_in_inv s l f x p cursor id next :
  fl_inv s → fl_list_at s l x → fl_held s f → fl_number_ok s x id next →
  0 ≤ p ≤ tbl_len (fl_items x) → 0 ≤ cursor ≤ tbl_len (fl_items x) + 1 →
  let x' := FrameList id (tbl_insert (fl_items x) p f) cursor in
  let s' := FlState (tbl_set (fl_frames s) f (ListFrame true id))
              (tbl_set (fl_lists s) l (Some x')) next in
  fl_inv s'.
Proof.
  intros Hs Hl Hf Hnum Hp Hcur x' s'.
  pose proof (λ l2 x2, fl_number_fresh _ _ _ _ _ l2 x2 Hs Hl Hnum) as Hfresh.
  destruct Hnum as (Hid0&Hidn&Hnext&Hid).
  assert (is_Some (tbl_get (fl_lists s) l)) as His by (by eexists).
  pose proof (λ l2 x2, fl_set_list_at s f (ListFrame true id) l x' next l2 x2 His) as Hat.
  split; simpl.
  - rewrite tbl_len_set. apply (fl_inv_size _ Hs).
  - pose proof (fl_inv_next _ Hs). lia.
  - intros l2 x2 f2 Hl2. rewrite tbl_get_set Hf.
    apply Hat in Hl2 as [[-> ->]|[Hne Hl2]]; simpl.
    + pose proof (fl_inv_items _ Hs _ _ f2 Hl) as Hold. rewrite /fl_occurs in Hold.
      rewrite /fl_occurs /= tbl_count_insert // Hold.
      destruct (Z.eqb_spec f2 f) as [->|Hne].
      * rewrite Hf. cbn [lf_in_list fl_id]. rewrite Z.eqb_refl.
        by destruct (Z.eqb_spec id 0), (Z.eqb_spec (fl_id x) 0),
          (Z.eqb_spec 0 (fl_id x)); try lia.
      * rewrite Z.add_0_r. destruct (tbl_get (fl_frames s) f2) as [y|] eqn:Hy; [|done].
        destruct (Z.eqb_spec id 0); [done|]. f_equal; simpl.
        destruct (Z.eqb_spec (fl_id x) 0) as [H0|H0]; [|by rewrite Hid].
        destruct (Z.eqb_spec (lf_in_list y) id) as [Heq|]; [|done]. exfalso.
        destruct (fl_inv_frame _ Hs _ _ Hy) as (_&l3&x3&Hl3&Hx3); [lia|].
        pose proof (fl_inv_id _ Hs _ _ Hl3). lia.
    + destruct (Z.eqb_spec f2 f) as [->|_]; [|by apply (fl_inv_items _ Hs _ _ _ Hl2)].
      rewrite (fl_held_no_list _ _ _ _ Hs Hf Hl2). pose proof (Hfresh _ _ Hl2 Hne).
      simpl. destruct (Z.eqb_spec id (fl_id x2)); [congruence|]. by rewrite andb_false_r.
  - intros l2 x2 [[-> ->]|[_ Hl2]]%Hat; simpl; [done|].
    pose proof (fl_inv_id _ Hs _ _ Hl2). lia.
  - intros l2 x2 [[-> ->]|[_ Hl2]]%Hat; simpl; [by rewrite tbl_len_insert|].
    by apply (fl_inv_cursor _ Hs _ _ Hl2).
  - intros l2 l3 x2 x3 [[-> ->]|[Hne2 Hl2]]%Hat [[-> ->]|[Hne3 Hl3]]%Hat; simpl; [done|..].
    + intros _ Heq. by destruct (Hfresh _ _ Hl3 Hne3).
    + intros _ Heq. by destruct (Hfresh _ _ Hl2 Hne2).
    + by apply (fl_inv_unique _ Hs).
  - intros f2 y. rewrite tbl_get_set Hf. destruct (Z.eqb_spec f2 f) as [->|_].
    + intros [= <-] _. split; [done|]. exists l, x'. split; [|done]. apply Hat. by left.
    + intros Hy H0. destruct (fl_inv_frame _ Hs _ _ Hy H0) as (?&l2&x2&Hl2&Hx2).
      split; [done|]. destruct (decide (l2 = l)) as [->|Hne].
      * exists l, x'. split; [apply Hat; by left|]. simpl.
        assert (x2 = x) as -> by (rewrite /fl_list_at in Hl, Hl2; congruence).
        rewrite Hid. destruct (Z.eqb_spec (fl_id x) 0); [lia|done].
      * exists l2, x2. split; [|done]. apply Hat. by right.
Qed.

Lemma fl_insert_spec s l f x e : fl_inv s → fl_list_at s l x → fl_held s f →
  let len := tbl_len (fl_items x) in
  let p := match e with AtFront => 0 | AtBack => len | AtCursor => fl_cursor x end in
  let cursor := match e with AtCursor => fl_cursor x + 1 | _ => len + 1 end in
  (fl_id x = 0 ∧ fl_next_id s = fl_id_max ∧ fl_insert s l f e = (s, FlAborted)) ∨
  (fl_can_number s x ∧ ∃ s' x', fl_insert s l f e = (s', FlDone) ∧
   fl_put_in s s' l f x x' ∧ 0 ≤ p ≤ len ∧
   fl_items x' = tbl_insert (fl_items x) p f ∧ fl_cursor x' = cursor ∧
   fl_next_id s ≤ fl_next_id s' ∧ fl_inv s').
Proof.
  intros Hs Hl Hf len p cursor.
  pose proof (fl_len_words _ _ _ Hs Hl) as Hlen.
  pose proof (fl_inv_cursor _ Hs _ _ Hl) as Hcur.
  pose proof (fl_inv_next _ Hs) as Hnext.
  pose proof (fl_inv_id _ Hs _ _ Hl) as Hid.
  assert (0 ≤ p ≤ len) as Hp by (rewrite /p /len; destruct e; lia).
  assert (∀ id next, fl_number s x = FlNumbered id next →
    fl_insert s l f e =
      (FlState (tbl_set (fl_frames s) f (ListFrame true id))
         (tbl_set (fl_lists s) l
           (Some (FrameList id (tbl_insert (fl_items x) p f) cursor))) next, FlDone)) as Heq.
  { intros id next Hn. rewrite /fl_insert (proj2 (fl_find_spec _ _ _) Hl) Hf /= Hn.
    rewrite /p /cursor /len. destruct e; rewrite word_wrapping_add_small //; lia. }
  assert (fl_number s x = FlNoNumber ∧ fl_id x = 0 ∧ fl_next_id s = fl_id_max ∨
    fl_can_number s x ∧ ∃ id next, fl_number s x = FlNumbered id next ∧
      fl_number_ok s x id next) as [(Hn&?&?)|(Hcan&id&next&Hn&Hok)].
  { rewrite /fl_number /fl_number_ok /fl_can_number.
    destruct (word_eqb_spec (fl_id x) 0) as [H0|H0].
    - destruct (word_eqb_spec (fl_next_id s) fl_id_max); [left; auto with lia|].
      right. split; [lia|]. eexists _, _. split; [done|].
      rewrite word_wrapping_add_small; [|unfold fl_id_max, word_max in *; lia].
      rewrite H0 /=. lia.
    - right. split; [lia|]. eexists _, _. split; [done|].
      destruct (Z.eqb_spec (fl_id x) 0); lia. }
  { left. split; [done|]. split; [done|].
    by rewrite /fl_insert (proj2 (fl_find_spec _ _ _) Hl) Hf /= Hn. }
  right. split; [done|]. eexists _, (FrameList id (tbl_insert (fl_items x) p f) cursor).
  split; [by apply Heq|].
  assert (0 ≤ cursor ≤ tbl_len (fl_items x) + 1) as Hc.
  { rewrite /cursor /len. destruct e; lia. }
  pose proof (fl_put_in_inv _ _ _ _ p cursor _ _ Hs Hl Hf Hok Hp Hc) as Hinv.
  destruct Hok as (?&?&?&Hidx).
  split; [|split; [done|]; split; [done|]; split; [done|]; split; [simpl; lia|done]].
  split; [apply fl_set_list_at; [by eexists|by left]|]. split.
  { by apply (tbl_get_set_same _ _ _ _ Hf). }
  split; [done|]. split; intros ??; by rewrite /= tbl_get_set_other.
Qed.

(** ** Taking out *)
Lemma fl_taken_out_inv s l f x p cursor :
  fl_inv s → fl_list_at s l x → tbl_get (fl_items x) p = Some f →
  0 ≤ cursor ≤ tbl_len (fl_items x) - 1 →
  let x' := FrameList (fl_id x) (tbl_remove (fl_items x) p) cursor in
  let s' := FlState (tbl_set (fl_frames s) f (ListFrame true 0))
              (tbl_set (fl_lists s) l (Some x')) (fl_next_id s) in
  fl_inv s'.
Proof.
  intros Hs Hl Hp Hcur x' s'. apply tbl_get_range in Hp as Hr.
  destruct (fl_in_range _ _ _ _ _ Hs Hl Hp) as (y0&Hf&Hid0&Hin0&_&_).
  assert (is_Some (tbl_get (fl_lists s) l)) as His by (by eexists).
  pose proof (λ l2 x2, fl_set_list_at s f (ListFrame true 0) l x' (fl_next_id s) l2 x2 His)
    as Hat.
  split; simpl.
  - rewrite tbl_len_set. apply (fl_inv_size _ Hs).
  - apply (fl_inv_next _ Hs).
  - intros l2 x2 f2 Hl2. rewrite tbl_get_set Hf.
    apply Hat in Hl2 as [[-> ->]|[Hne Hl2]]; simpl.
    + pose proof (fl_inv_items _ Hs _ _ f2 Hl) as Hold. rewrite /fl_occurs in Hold.
      rewrite /fl_occurs /= (tbl_count_remove _ _ _ _ Hp) Hold.
      destruct (Z.eqb_spec f2 f) as [->|Hne]; [|by rewrite Z.sub_0_r].
      rewrite Hf Hin0. cbn [lf_in_list fl_id]. rewrite Z.eqb_refl.
      by destruct (Z.eqb_spec (fl_id x) 0), (Z.eqb_spec 0 (fl_id x)); try lia.
    + pose proof (fl_inv_items _ Hs _ _ f2 Hl2) as Hold. rewrite Hold.
      destruct (Z.eqb_spec f2 f) as [->|_]; [|done]. rewrite Hf Hin0. cbn [lf_in_list].
      destruct (Z.eqb_spec (fl_id x) (fl_id x2)) as [Heq|].
      { destruct Hne. symmetry. by eapply (fl_inv_unique _ Hs). }
      by destruct (Z.eqb_spec (fl_id x2) 0), (Z.eqb_spec 0 (fl_id x2)); try lia.
  - intros l2 x2 [[-> ->]|[_ Hl2]]%Hat; simpl; [by apply (fl_inv_id _ Hs _ _ Hl)|].
    by apply (fl_inv_id _ Hs _ _ Hl2).
  - intros l2 x2 [[-> ->]|[_ Hl2]]%Hat; simpl; [by rewrite tbl_len_remove|].
    by apply (fl_inv_cursor _ Hs _ _ Hl2).
  - intros l2 l3 x2 x3 [[-> ->]|[Hne2 Hl2]]%Hat [[-> ->]|[Hne3 Hl3]]%Hat; simpl; [done|..];
      by apply (fl_inv_unique _ Hs).
  - intros f2 y. rewrite tbl_get_set Hf. destruct (Z.eqb_spec f2 f) as [->|_].
    + by intros [= <-].
    + intros Hy H0. destruct (fl_inv_frame _ Hs _ _ Hy H0) as (?&l2&x2&Hl2&Hx2).
      split; [done|]. destruct (decide (l2 = l)) as [->|Hne].
      * exists l, x'. split; [apply Hat; by left|]. simpl.
        assert (x2 = x) as -> by (rewrite /fl_list_at in Hl, Hl2; congruence). done.
      * exists l2, x2. split; [|done]. apply Hat. by right.
Qed.
Lemma fl_take_spec s l x e : fl_inv s → fl_list_at s l x →
  let len := tbl_len (fl_items x) in
  let p := match e with AtFront => 0 | AtBack => len - 1 | AtCursor => fl_cursor x end in
  let cursor := match e with AtCursor => fl_cursor x | _ => len - 1 end in
  match tbl_get (fl_items x) p with
  | None => fl_take s l e = (s, FlNone)
  | Some f => ∃ s' x', fl_take s l e = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧ fl_items x' = tbl_remove (fl_items x) p ∧
      fl_cursor x' = cursor ∧ fl_next_id s' = fl_next_id s ∧ fl_inv s'
  end.
Proof.
  intros Hs Hl len p cursor.
  pose proof (fl_len_words _ _ _ Hs Hl) as Hlen.
  pose proof (fl_inv_cursor _ Hs _ _ Hl) as Hcur.
  destruct (decide (len = 0)) as [H0|H0].
  { assert (∀ i, tbl_get (fl_items x) i = None) as Hnone.
    { intros i. apply tbl_get_None. rewrite /len in H0. lia. }
    rewrite Hnone /fl_take (proj2 (fl_find_spec _ _ _) Hl). by rewrite Hnone. }
  rewrite /len in H0.
  assert (fl_take s l e = match tbl_get (fl_items x) p with
    | None => (s, FlNone)
    | Some f => (FlState (tbl_set (fl_frames s) f (ListFrame true 0))
        (tbl_set (fl_lists s) l
          (Some (FrameList (fl_id x) (tbl_remove (fl_items x) p) cursor))) (fl_next_id s),
        FlFrame f) end) as Heq.
  { rewrite /fl_take (proj2 (fl_find_spec _ _ _) Hl) /p /cursor /len.
    destruct e; rewrite ?word_wrapping_sub_small; first [done|lia]. }
  destruct (tbl_get (fl_items x) p) as [f|] eqn:Hp; [|done].
  rewrite Heq. eexists _, (FrameList (fl_id x) (tbl_remove (fl_items x) p) cursor).
  split; [done|]. apply tbl_get_range in Hp as Hr.
  assert (0 ≤ cursor ≤ tbl_len (fl_items x) - 1) as Hc.
  { clear -Hr Hcur H0. rewrite /cursor /len. subst p. destruct e; cbn in Hr |- *; lia. }
  pose proof (fl_taken_out_inv _ _ _ _ p cursor Hs Hl Hp Hc) as Hinv.
  split; [|by auto]. destruct (fl_in_range _ _ _ _ _ Hs Hl Hp) as (y0&Hf&_).
  split; [apply fl_set_list_at; [by eexists|by left]|]. split.
  { by apply (tbl_get_set_same _ _ _ _ Hf). }
  split; [done|]. split; intros ??; by rewrite /= tbl_get_set_other.
Qed.
