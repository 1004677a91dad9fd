(** * The executable model of lists of frames: the proofs

The sealed export of the statements in [frame_list_model_sig.v]. *)
From tally.model Require Export frame_list_model frame_list_model_sig.
From tally.model.proof Require Import frame_list_facts.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Export frame_list_model_proofs : frame_list_model_sig.
  Lemma fl_init_inv n : 0 ≤ n < word_max → fl_inv (fl_init n).
  Proof.
    intros Hn. split; simpl; try done.
    - by rewrite tbl_len_make; lia.
    - by intros f y ->%tbl_get_make.
  Qed.

  Local Lemma fl_insert_inv s l f e :
    fl_inv s → fl_inv (fl_insert s l f e).1 ∧
    fl_next_id s ≤ fl_next_id (fl_insert s l f e).1.
  Proof.
    intros Hs. destruct (fl_find s l) as [x|] eqn:Hl; last first.
    { by rewrite /fl_insert Hl. }
    apply fl_find_spec in Hl as Hl'.
    destruct (tbl_get (fl_frames s) f) as [[[] w]|] eqn:Hf;
      [|by rewrite /fl_insert Hl Hf..].
    destruct (word_eqb_spec w 0) as [->|Hw]; last first.
    { rewrite /fl_insert Hl Hf /=. by destruct (word_eqb_spec w 0). }
    destruct (fl_insert_spec s l f x e Hs Hl' Hf)
      as [(_&_&->)|(_&s'&x'&->&_&_&_&_&?&?)]; [|done]. simpl. auto with lia.
  Qed.
  Local Lemma fl_take_inv s l e :
    fl_inv s → fl_inv (fl_take s l e).1 ∧ fl_next_id s ≤ fl_next_id (fl_take s l e).1.
  Proof.
    intros Hs. destruct (fl_find s l) as [x|] eqn:Hl; last first.
    { by rewrite /fl_take Hl. }
    apply fl_find_spec in Hl. pose proof (fl_take_spec s l x e Hs Hl) as Ht. simpl in Ht.
    destruct (tbl_get _ _) as [f|]; [|by rewrite Ht].
    destruct Ht as (s'&x'&->&_&_&_&Hn&?). simpl. split; [done|lia].
  Qed.
  (** Moving a cursor. *)
  Local Lemma fl_cursor_inv s l x c : fl_inv s → fl_list_at s l x →
    0 ≤ c ≤ tbl_len (fl_items x) →
    fl_inv (fl_put s l (FrameList (fl_id x) (fl_items x) c)).
  Proof.
    intros Hs Hl Hc.
    assert (∀ l2 x2, fl_list_at (fl_put s l (FrameList (fl_id x) (fl_items x) c)) l2 x2 →
      ∃ x3, fl_list_at s l2 x3 ∧ fl_id x2 = fl_id x3 ∧ fl_items x2 = fl_items x3 ∧
        (x2 = x3 ∨ fl_cursor x2 = c ∧ x3 = x)) as Hat.
    { intros l2 x2. rewrite {1}/fl_list_at /= tbl_get_set Hl.
      case: Z.eqb_spec=> [->|_]; [intros [= <-]|intros ?]; [exists x|exists x2]; naive_solver. }
    split; simpl.
    - apply (fl_inv_size _ Hs).
    - apply (fl_inv_next _ Hs).
    - intros l2 x2 f (x3&Hl3&Hid&Hit&_)%Hat. rewrite /fl_occurs Hit Hid.
      by apply (fl_inv_items _ Hs _ _ _ Hl3).
    - intros l2 x2 (x3&Hl3&->&_)%Hat. by apply (fl_inv_id _ Hs _ _ Hl3).
    - intros l2 x2 (x3&Hl3&_&Hit&[->|[-> ->]])%Hat; [by apply (fl_inv_cursor _ Hs _ _ Hl3)|].
      by rewrite Hit.
    - intros l2 l3 x2 x3 (x4&Hl4&->&_)%Hat (x5&Hl5&->&_)%Hat. by apply (fl_inv_unique _ Hs).
    - intros f y Hy H0. destruct (fl_inv_frame _ Hs _ _ Hy H0) as (?&l2&x2&Hl2&Hx2).
      split; [done|]. destruct (decide (l2 = l)) as [->|Hne].
      + exists l, (FrameList (fl_id x) (fl_items x) c). split.
        * by apply (tbl_get_set_same _ _ _ _ Hl).
        * rewrite /fl_list_at in Hl, Hl2. simpl. congruence.
      + exists l2, x2. split; [|done]. by rewrite /fl_list_at /= tbl_get_set_other.
  Qed.
  Local Lemma fl_move_range m len c : 0 ≤ c ≤ len → len < word_max →
    0 ≤ fl_moved m len c ≤ len.
  Proof.
    intros Hc Hlen. destruct m; simpl; [lia|..].
    - destruct (word_eqb_spec len 0); [lia|]. rewrite word_wrapping_sub_small; lia.
    - destruct (word_leb_spec len c); [lia|]. rewrite word_wrapping_add_small; lia.
    - destruct (word_eqb_spec c 0); [lia|]. rewrite word_wrapping_sub_small; lia.
  Qed.
  Local Lemma fl_cursor_move_inv s l m : fl_inv s →
    fl_inv (fl_cursor_move s l m).1 ∧
    fl_next_id s ≤ fl_next_id (fl_cursor_move s l m).1.
  Proof.
    intros Hs. rewrite /fl_cursor_move.
    destruct (fl_find s l) as [x|] eqn:Hl; [|done]. apply fl_find_spec in Hl.
    simpl. split; [|done]. apply fl_cursor_inv; [done..|]. apply fl_move_range.
    - by apply (fl_inv_cursor _ Hs _ _ Hl).
    - by apply (fl_len_words _ _ _ Hs Hl).
  Qed.

  (** Tearing down: all frames among the items, and no other. *)
  Local Lemma fl_release_spec n k (items : table word) t f : 0 ≤ k →
    k + Z.of_nat n ≤ word_max → tbl_len items = k + Z.of_nat n →
    ((∃ i, k ≤ i ∧ tbl_get items i = Some f) → is_Some (tbl_get t f) →
     tbl_get (fl_release n k items t) f = Some (ListFrame false 0)) ∧
    ((∀ i, k ≤ i → tbl_get items i ≠ Some f) →
     tbl_get (fl_release n k items t) f = tbl_get t f).
  Proof.
    revert k t. induction n as [|n IH]; intros k t Hk Hmax Hlen; simpl.
    { split; [|done]. intros (i&Hi&Hg). apply tbl_get_range in Hg. lia. }
    destruct (tbl_get items k) as [f0|] eqn:H0; [|apply tbl_get_None in H0; lia].
    rewrite word_wrapping_add_small; [|lia].
    destruct (IH (k + 1) (tbl_set t f0 (ListFrame false 0)) ltac:(lia) ltac:(lia)
      ltac:(lia)) as [IHin IHout].
    assert ((∃ i, k + 1 ≤ i ∧ tbl_get items i = Some f) ∨
      (∀ i, k + 1 ≤ i → tbl_get items i ≠ Some f)) as Hdec.
    { clear -Hlen. remember (tbl_len items - k) as m eqn:Hm.
      destruct (decide (Exists (λ j, tbl_get items (k + 1 + j) = Some f) (seqZ 0 m)))
        as [Hex|Hno].
      - apply Exists_exists in Hex as (j&Hj&?). apply elem_of_seqZ in Hj.
        left. exists (k + 1 + j). split; [lia|done].
      - right. intros i Hi Hg. apply Hno, Exists_exists. exists (i - k - 1).
        apply tbl_get_range in Hg as ?. split; [apply elem_of_seqZ; lia|].
        by replace (k + 1 + (i - k - 1)) with i by lia. }
    split.
    - intros (i&Hi&Hg) Ht. assert (is_Some (tbl_get (tbl_set t f0 (ListFrame false 0)) f))
        as Ht'.
      { apply tbl_get_is_Some. rewrite tbl_len_set. by apply tbl_get_is_Some. }
      destruct Hdec as [Hex|Hno]; [by apply IHin|]. rewrite IHout //.
      destruct (decide (i = k)) as [->|]; [|destruct (Hno i); [lia|done]].
      destruct Ht as [y Hy]. assert (f0 = f) as -> by congruence.
      by apply (tbl_get_set_same _ _ _ _ Hy).
    - intros Hno. rewrite IHout; [|intros; apply Hno; lia].
      apply tbl_get_set_other. intros ->. by apply (Hno k).
  Qed.
  Local Lemma fl_release_len n k items t : tbl_len (fl_release n k items t) = tbl_len t.
  Proof.
    revert k t. induction n as [|n IH]; intros k t; simpl; [done|].
    destruct (tbl_get items k); [|done]. by rewrite IH tbl_len_set.
  Qed.
  Lemma fl_drop_spec s l x : fl_inv s → fl_list_at s l x →
    ∃ s', fl_step s (FlDrop l) = (s', FlDropped (fl_items x)) ∧
      tbl_get (fl_lists s') l = Some None ∧
      (∀ f, fl_occurs f x = 1 → tbl_get (fl_frames s') f = Some (ListFrame false 0)) ∧
      (∀ f, fl_occurs f x = 0 → tbl_get (fl_frames s') f = tbl_get (fl_frames s) f) ∧
      (∀ l', l' ≠ l → tbl_get (fl_lists s') l' = tbl_get (fl_lists s) l').
  Proof.
    intros Hs Hl. pose proof (fl_len_words _ _ _ Hs Hl) as Hlen.
    rewrite /= /fl_drop (proj2 (fl_find_spec _ _ _) Hl). eexists. split; [done|].
    split; [by apply (tbl_get_set_same _ _ _ _ Hl)|]. simpl.
    assert (∀ f, _) as Hrel by (intros f; apply (fl_release_spec
      (Z.to_nat (tbl_len (fl_items x))) 0 (fl_items x) (fl_frames s) f); lia).
    split; [|split].
    - intros f Hf. apply Hrel.
      + destruct (tbl_count_pos f (fl_items x)) as [i Hi]; [rewrite /fl_occurs in Hf; lia|].
        exists i. split; [|done]. by apply tbl_get_range in Hi as [??].
      + pose proof (fl_inv_items _ Hs _ _ f Hl) as Hit. rewrite Hf in Hit.
        destruct (tbl_get (fl_frames s) f); [by eexists|done].
    - intros f Hf. apply Hrel. intros i _ Hi.
      pose proof (tbl_count_get (A:=word) (Z.eqb f) _ _ _ Hi) as Hc.
      rewrite Z.eqb_refl in Hc. rewrite /fl_occurs in Hf. cbn [Z.b2z] in Hc. lia.
    - intros l' Hne. by apply tbl_get_set_other.
  Qed.
  Local Lemma fl_occurs_01 s l x f : fl_inv s → fl_list_at s l x →
    fl_occurs f x = 0 ∨ fl_occurs f x = 1.
  Proof.
    intros Hs Hl. rewrite (fl_inv_items _ Hs _ _ _ Hl).
    destruct (tbl_get (fl_frames s) f); [|by left]. destruct (_ && _); auto.
  Qed.
  Local Lemma fl_drop_inv s l : fl_inv s → fl_inv (fl_drop s l).1.
  Proof.
    intros Hs. destruct (fl_find s l) as [x|] eqn:Hl; [|by rewrite /fl_drop Hl].
    apply fl_find_spec in Hl. destruct (fl_drop_spec _ _ _ Hs Hl)
      as (s'&Hstep&Hgone&Hin&Hout&Hother).
    assert (fl_next_id s' = fl_next_id s ∧ tbl_len (fl_frames s') = tbl_len (fl_frames s))
      as [Hn Hsize].
    { rewrite /= /fl_drop (proj2 (fl_find_spec _ _ _) Hl) in Hstep.
      injection Hstep as <-. split; [done|]. apply fl_release_len. }
    rewrite /= in Hstep. rewrite Hstep /=.
    assert (∀ l2 x2, fl_list_at s' l2 x2 → l2 ≠ l ∧ fl_list_at s l2 x2) as Hat.
    { intros l2 x2 Hl2. destruct (decide (l2 = l)) as [->|Hne].
      - rewrite /fl_list_at Hgone in Hl2. done.
      - split; [done|]. by rewrite /fl_list_at -Hother. }
    split; rewrite ?Hn ?Hsize.
    - apply (fl_inv_size _ Hs).
    - apply (fl_inv_next _ Hs).
    - intros l2 x2 f [Hne Hl2]%Hat.
      destruct (fl_occurs_01 _ _ _ f Hs Hl) as [H0|H1].
      { rewrite (Hout _ H0). by apply (fl_inv_items _ Hs _ _ _ Hl2). }
      rewrite (Hin _ H1). pose proof (fl_inv_items _ Hs _ _ f Hl) as Hit.
      rewrite H1 in Hit. rewrite (fl_inv_items _ Hs _ _ f Hl2).
      destruct (tbl_get (fl_frames s) f) as [y|]; [|done]. cbn [lf_in_list].
      destruct (Z.eqb_spec (fl_id x) 0); [done|].
      destruct (Z.eqb_spec (lf_in_list y) (fl_id x)) as [Heq|]; [|done].
      destruct (Z.eqb_spec (lf_in_list y) (fl_id x2)) as [Heq2|].
      { destruct Hne. symmetry. eapply (fl_inv_unique _ Hs); [done..|congruence]. }
      by destruct (Z.eqb_spec (fl_id x2) 0), (Z.eqb_spec 0 (fl_id x2)); try lia.
    - intros l2 x2 [_ Hl2]%Hat. by apply (fl_inv_id _ Hs _ _ Hl2).
    - intros l2 x2 [_ Hl2]%Hat. by apply (fl_inv_cursor _ Hs _ _ Hl2).
    - intros l2 l3 x2 x3 [_ Hl2]%Hat [_ Hl3]%Hat. by apply (fl_inv_unique _ Hs).
    - intros f y Hy Hne0. destruct (fl_occurs_01 _ _ _ f Hs Hl) as [H0|H1].
      2: { rewrite (Hin _ H1) in Hy. by injection Hy as <-. }
      rewrite (Hout _ H0) in Hy. destruct (fl_inv_frame _ Hs _ _ Hy Hne0)
        as (?&l2&x2&Hl2&Hx2). split; [done|]. exists l2, x2. split; [|done].
      rewrite /fl_list_at Hother //. intros ->.
      assert (x2 = x) as -> by (rewrite /fl_list_at in Hl, Hl2; congruence).
      rewrite (fl_inv_items _ Hs _ _ _ Hl) Hy -Hx2 Z.eqb_refl in H0.
      by destruct (Z.eqb_spec (fl_id x) 0); [congruence|].
  Qed.

  Lemma fl_step_inv s o : fl_inv s → fl_inv (fl_step s o).1.
  Proof.
    intros Hs. destruct o as [|l f|l f|l|l|l f|l|l|l|l|l|l|l|l|l|l f]; simpl;
      try by apply fl_insert_inv. all: try by apply fl_take_inv.
    all: try by apply fl_cursor_move_inv. all: try by apply fl_drop_inv.
    - destruct Hs as [Hsz Hn Hit Hid Hcur Hun Hfr].
      assert (∀ l x, tbl_get (tbl_push (fl_lists s) (Some (FrameList 0 tbl_empty 0))) l
        = Some (Some x) → x = FrameList 0 tbl_empty 0 ∨ fl_list_at s l x) as Hat.
      { intros l x. rewrite tbl_get_push. case: Z.eqb_spec=> ?; [naive_solver|by right]. }
      split; simpl; try done.
      + intros l x f [->|Hl]%Hat; [|by apply (Hit l)]. by destruct (tbl_get _ f).
      + intros l x [->|Hl]%Hat; simpl; [lia|by apply (Hid l)].
      + intros l x [->|Hl]%Hat; [done|by apply (Hcur l)].
      + intros l l' x x' Hl Hl'. destruct (Hat _ _ Hl) as [->|Hx]; [done|].
        destruct (Hat _ _ Hl') as [->|Hx']; [done|]. by apply (Hun l l').
      + intros f y Hy H0. destruct (Hfr _ _ Hy H0) as (?&l&x&Hl&?). split; [done|].
        exists l, x. split; [|done]. by apply tbl_get_push_old.
    - rewrite /fl_contains. by repeat case_match.
    - by destruct (fl_find s l).
    - by destruct (fl_find s l).
    - rewrite /fl_cursor_current. by repeat case_match.
  Qed.
  Lemma fl_run_inv s os : fl_inv s → fl_inv (fl_run s os).1.
  Proof.
    revert s. induction os as [|o os IH]; intros s Hinv; [done|].
    pose proof (fl_step_inv _ o Hinv) as Hstep. simpl.
    destruct (fl_step s o) as [s' r]. specialize (IH s' Hstep).
    destruct (fl_run s' os) as [s'' rs]. by destruct r.
  Qed.
  Lemma fl_next_mono s o : fl_inv s → fl_next_id s ≤ fl_next_id (fl_step s o).1.
  Proof.
    intros Hs. destruct o as [|l f|l f|l|l|l f|l|l|l|l|l|l|l|l|l|l f]; simpl;
      try by apply fl_insert_inv. all: try by apply fl_take_inv.
    all: try by apply fl_cursor_move_inv. all: try done.
    - rewrite /fl_contains. by repeat case_match.
    - by destruct (fl_find s l).
    - by destruct (fl_find s l).
    - rewrite /fl_drop. by destruct (fl_find s l).
    - rewrite /fl_cursor_current. by repeat case_match.
  Qed.

  Lemma fl_frame_place s f y : fl_inv s →
    tbl_get (fl_frames s) f = Some y → lf_in_list y ≠ 0 →
    ∃ l x, fl_list_at s l x ∧ fl_id x = lf_in_list y ∧ fl_occurs f x = 1 ∧
      ∀ l' x', fl_list_at s l' x' → l' ≠ l → fl_occurs f x' = 0.
  Proof.
    intros Hs Hy H0. destruct (fl_inv_frame _ Hs _ _ Hy H0) as (_&l&x&Hl&Hx).
    exists l, x. split; [done|]. split; [done|]. split.
    - rewrite (fl_inv_items _ Hs _ _ _ Hl) Hy Hx Z.eqb_refl.
      by destruct (Z.eqb_spec (lf_in_list y) 0).
    - intros l' x' Hl' Hne. rewrite (fl_inv_items _ Hs _ _ _ Hl') Hy.
      destruct (Z.eqb_spec (lf_in_list y) (fl_id x')) as [Heq|];
        [|by rewrite andb_false_r].
      destruct Hne. eapply (fl_inv_unique _ Hs); [done..|congruence|congruence].
  Qed.
  Lemma fl_held_nowhere s f l x : fl_inv s → fl_held s f →
    fl_list_at s l x → fl_occurs f x = 0.
  Proof. apply fl_held_no_list. Qed.
  Lemma fl_id_unique s l l' x x' : fl_inv s → fl_list_at s l x →
    fl_list_at s l' x' → l ≠ l' → fl_id x ≠ 0 → fl_id x ≠ fl_id x'.
  Proof. intros Hs Hl Hl' Hne H0 Heq. apply Hne. by eapply (fl_inv_unique _ Hs). Qed.
  Lemma fl_abort_spec s l f x : fl_inv s → fl_list_at s l x → fl_held s f →
    (fl_step s (FlPushFront l f)).2 = FlAborted ↔
    fl_id x = 0 ∧ fl_next_id s = fl_id_max.
  Proof.
    intros Hs Hl Hf. simpl.
    destruct (fl_insert_spec s l f x AtFront Hs Hl Hf)
      as [(?&?&->)|(Hcan&s'&x'&->&_)]; [done|]. simpl. split; [done|].
    intros [H0 H1]. specialize (Hcan H0). lia.
  Qed.

  Local Lemma tbl_insert_0 {A} (t : table A) x : tbl_insert t 0 x = x :: t.
  Proof. by destruct t. Qed.
  Local Lemma tbl_insert_len {A} (t : table A) x : tbl_insert t (tbl_len t) x = t ++ [x].
  Proof.
    induction t as [|y t IH]; simpl; [done|]. pose proof (tbl_len_nonneg t).
    destruct (Z.eqb_spec (Z.succ (tbl_len t)) 0); [lia|]. by rewrite Z.pred_succ IH.
  Qed.
  Local Lemma tbl_get_len {A} (t : table A) x : tbl_get (t ++ [x]) (tbl_len t) = Some x.
  Proof. apply tbl_get_push_len. Qed.
  Local Lemma tbl_remove_len {A} (t : table A) x : tbl_remove (t ++ [x]) (tbl_len t) = t.
  Proof.
    induction t as [|y t IH]; simpl; [done|]. pose proof (tbl_len_nonneg t).
    destruct (Z.eqb_spec (Z.succ (tbl_len t)) 0); [lia|]. by rewrite Z.pred_succ IH.
  Qed.
  Local Lemma fl_put_in_spec s l f x e : fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    let len := tbl_len (fl_items x) in
    let p := match e with AtFront => 0 | AtBack => len | AtCursor => fl_cursor x end in
    ∃ s' x', fl_insert s l f e = (s', FlDone) ∧ fl_put_in s s' l f x x' ∧
      0 ≤ p ≤ len ∧ fl_items x' = tbl_insert (fl_items x) p f ∧
      fl_cursor x' = match e with AtCursor => fl_cursor x + 1 | _ => len + 1 end.
  Proof.
    intros Hs Hl Hf Hcan. destruct (fl_insert_spec s l f x e Hs Hl Hf)
      as [(H0&?&_)|(_&s'&x'&?&?&?&?&?&_)]; [specialize (Hcan H0); lia|].
    by exists s', x'.
  Qed.
  Lemma fl_push_front_spec s l f x : fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlPushFront l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧ fl_items x' = f :: fl_items x.
  Proof.
    intros Hs Hl Hf Hcan.
    destruct (fl_put_in_spec s l f x AtFront Hs Hl Hf Hcan) as (s'&x'&?&?&_&Hit&_).
    exists s', x'. by rewrite -tbl_insert_0.
  Qed.
  Lemma fl_push_back_spec s l f x : fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlPushBack l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧ fl_items x' = fl_items x ++ [f].
  Proof.
    intros Hs Hl Hf Hcan.
    destruct (fl_put_in_spec s l f x AtBack Hs Hl Hf Hcan) as (s'&x'&?&?&_&Hit&_).
    exists s', x'. by rewrite -tbl_insert_len.
  Qed.
  Lemma fl_cursor_insert_spec s l f x : fl_inv s → fl_list_at s l x →
    fl_held s f → fl_can_number s x →
    ∃ s' x', fl_step s (FlCursorInsert l f) = (s', FlDone) ∧
      fl_put_in s s' l f x x' ∧
      fl_items x' = tbl_insert (fl_items x) (fl_cursor x) f ∧
      fl_cursor x' = fl_cursor x + 1 ∧
      tbl_get (fl_items x') (fl_cursor x) = Some f ∧
      tbl_get (fl_items x') (fl_cursor x') = tbl_get (fl_items x) (fl_cursor x).
  Proof.
    intros Hs Hl Hf Hcan.
    destruct (fl_put_in_spec s l f x AtCursor Hs Hl Hf Hcan) as (s'&x'&?&?&Hp&Hit&Hc).
    exists s', x'. split; [done|]. split; [done|]. split; [done|]. split; [done|].
    rewrite Hit Hc !tbl_get_insert //. split.
    - rewrite Z.eqb_refl. by destruct (Z.ltb_spec (fl_cursor x) (fl_cursor x)); [lia|].
    - destruct (Z.ltb_spec (fl_cursor x + 1) (fl_cursor x)); [lia|].
      destruct (Z.eqb_spec (fl_cursor x + 1) (fl_cursor x)); [lia|].
      by rewrite Z.add_simpl_r.
  Qed.
  Lemma fl_push_error_spec s l f x e : fl_inv s → fl_list_at s l x →
    ¬ fl_held s f → fl_insert s l f e = (s, FlBadFrame).
  Proof.
    rewrite /fl_held=> Hs Hl Hf. rewrite /fl_insert (proj2 (fl_find_spec _ _ _) Hl).
    destruct (tbl_get (fl_frames s) f) as [[[] w]|]; [|done..].
    simpl. by destruct (word_eqb_spec w 0) as [->|].
  Qed.

  Lemma fl_pop_front_spec s l f rest x : fl_inv s → fl_list_at s l x →
    fl_items x = f :: rest →
    ∃ s' x', fl_step s (FlPopFront l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧ fl_items x' = rest.
  Proof.
    intros Hs Hl Hx. pose proof (fl_take_spec s l x AtFront Hs Hl) as Ht.
    rewrite /= Hx /= in Ht. destruct Ht as (s'&x'&?&?&?&_). by exists s', x'.
  Qed.
  Lemma fl_pop_back_spec s l f rest x : fl_inv s → fl_list_at s l x →
    fl_items x = rest ++ [f] →
    ∃ s' x', fl_step s (FlPopBack l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧ fl_items x' = rest.
  Proof.
    intros Hs Hl Hx. pose proof (fl_take_spec s l x AtBack Hs Hl) as Ht.
    assert (tbl_len (fl_items x) - 1 = tbl_len rest) as Hlen.
    { rewrite Hx. pose proof (tbl_len_push rest f) as Hp. rewrite /tbl_push in Hp. lia. }
    cbn zeta in Ht. rewrite Hlen Hx tbl_get_len tbl_remove_len in Ht.
    destruct Ht as (s'&x'&?&?&?&_). by exists s', x'.
  Qed.
  Lemma fl_cursor_take_spec s l f x : fl_inv s → fl_list_at s l x →
    tbl_get (fl_items x) (fl_cursor x) = Some f →
    ∃ s' x', fl_step s (FlCursorTake l) = (s', FlFrame f) ∧
      fl_taken_out s s' l f x x' ∧
      fl_items x' = tbl_remove (fl_items x) (fl_cursor x) ∧
      fl_cursor x' = fl_cursor x ∧
      tbl_get (fl_items x') (fl_cursor x') = tbl_get (fl_items x) (fl_cursor x + 1).
  Proof.
    intros Hs Hl Hx. pose proof (fl_take_spec s l x AtCursor Hs Hl) as Ht.
    rewrite /= Hx in Ht. destruct Ht as (s'&x'&?&?&Hit&Hc&_). exists s', x'.
    split; [done|]. split; [done|]. split; [done|]. split; [done|].
    pose proof (fl_inv_cursor _ Hs _ _ Hl). rewrite Hit Hc tbl_get_remove; [|lia..].
    by destruct (Z.ltb_spec (fl_cursor x) (fl_cursor x)); [lia|].
  Qed.
  Lemma fl_empty_spec s l x : fl_inv s → fl_list_at s l x → fl_items x = [] →
    fl_step s (FlPopFront l) = (s, FlNone) ∧ fl_step s (FlPopBack l) = (s, FlNone) ∧
    fl_step s (FlCursorTake l) = (s, FlNone).
  Proof.
    intros Hs Hl Hx. pose proof (λ e, fl_take_spec s l x e Hs Hl) as Ht.
    cbn zeta in Ht. rewrite Hx /= in Ht. split; [|split]; apply Ht.
  Qed.

  Lemma fl_contains_spec s l f x : fl_inv s → fl_list_at s l x →
    ∃ b, fl_step s (FlContains l f) = (s, FlBool b) ∧
      (b = true ↔ ∃ i, tbl_get (fl_items x) i = Some f).
  Proof.
    intros Hs Hl. rewrite /= /fl_contains (proj2 (fl_find_spec _ _ _) Hl).
    pose proof (fl_inv_items _ Hs _ _ f Hl) as Hit.
    assert ((∃ i, tbl_get (fl_items x) i = Some f) ↔ fl_occurs f x = 1) as Hiff.
    { split; [|intros H1; apply tbl_count_pos; rewrite /fl_occurs in H1; lia].
      intros [i Hi]. by destruct (fl_in_range _ _ _ _ _ Hs Hl Hi) as (?&_&_&_&_&?). }
    destruct (tbl_get (fl_frames s) f) as [y|]; eexists; (split; [done|]);
      rewrite Hiff Hit /word_eqb; [|done].
    by destruct (fl_id x =? 0), (lf_in_list y =? fl_id x).
  Qed.
  Lemma fl_cursor_current_spec s l x : fl_list_at s l x →
    fl_step s (FlCursorCurrent l) =
      (s, match tbl_get (fl_items x) (fl_cursor x) with
          | Some f => FlFrame f
          | None => FlNone
          end).
  Proof.
    intros Hl. rewrite /= /fl_cursor_current (proj2 (fl_find_spec _ _ _) Hl).
    by destruct (tbl_get _ _).
  Qed.
  Lemma fl_cursor_next_spec s l x : fl_inv s → fl_list_at s l x →
    fl_step s (FlCursorNext l) =
      (fl_put s l (FrameList (fl_id x) (fl_items x)
         (if fl_cursor x =? tbl_len (fl_items x) then 0 else fl_cursor x + 1)), FlDone).
  Proof.
    intros Hs Hl. pose proof (fl_inv_cursor _ Hs _ _ Hl).
    pose proof (fl_len_words _ _ _ Hs Hl).
    rewrite /= /fl_cursor_move (proj2 (fl_find_spec _ _ _) Hl) /fl_moved.
    destruct (word_leb_spec (tbl_len (fl_items x)) (fl_cursor x)),
      (Z.eqb_spec (fl_cursor x) (tbl_len (fl_items x))); try lia; [done|].
    rewrite word_wrapping_add_small //. lia.
  Qed.
  Lemma fl_cursor_prev_spec s l x : fl_inv s → fl_list_at s l x →
    fl_step s (FlCursorPrev l) =
      (fl_put s l (FrameList (fl_id x) (fl_items x)
         (if fl_cursor x =? 0 then tbl_len (fl_items x) else fl_cursor x - 1)), FlDone).
  Proof.
    intros Hs Hl. pose proof (fl_inv_cursor _ Hs _ _ Hl).
    pose proof (fl_len_words _ _ _ Hs Hl).
    rewrite /= /fl_cursor_move (proj2 (fl_find_spec _ _ _) Hl) /fl_moved.
    destruct (word_eqb_spec (fl_cursor x) 0), (Z.eqb_spec (fl_cursor x) 0); try lia; [done|].
    rewrite word_wrapping_sub_small //. lia.
  Qed.
End frame_list_model_proofs.
