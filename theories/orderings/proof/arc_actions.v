(** * Each other action of [Arc] is fine

The counterpart of [slot_actions], with [arc_handles]: from an [arc_good] state each action
leads to a good state and does not go wrong. [arc_get_mut_fine] is where coherence matters. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.orderings Require Import slot_invariant slot_transitions.
From tally.orderings Require Import arc_protocol arc_invariant arc_steps.
From tally.prelude Require Import options.

Section arc.
  Context (o : arc_orderings).
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  Lemma no_weak_not_in p x : no_weak p = true → (Weak, x) ∉ p.
  Proof.
    unfold no_weak. induction p as [|[k y] p IH]; simpl; intros H Hin.
    - by apply elem_of_nil in Hin.
    - apply andb_true_iff in H as [Hk Hp]. apply elem_of_cons in Hin as [Heq|Hin]; [|by apply IH].
      by simplify_eq.
  Qed.

  (** ** Read, write, drop, get_mut *)
  Lemma arc_read_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcRead k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hk.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (k, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc&Hweak).
    destruct (na_read_spec t (arc_mem σ)) as (m'&Hm'&Hn&HW&Hcur&Ha&HR).
    { by eapply arc_cur. }
    assert (arc_live σ = true) as Hlive.
    { pose proof (inv_token_live Hinv _ _ Hin Hhold). by destruct k. }
    unfold arc_reading. rewrite Hm' Hlive. pose proof (sees_na_read _ _ _ Hm') as Hsees.
    assert (last_value m' = last_value (arc_mem σ)) as Hl by (unfold last_value; by rewrite Hn).
    exists v, b. simpl. split_and!; [|..|done| | |].
    - eapply arc_phase_mono; [done| |done]. by eauto.
    - unfold arc_inv, word_clock. rewrite Hn HW -Hlive.
      eapply inv_read; [|done..| |done].
      + intros x. by apply known_by_mono.
      + intros u. rewrite known_by_at; [|done]. apply HR.
    - by eapply stale_sees.
    - destruct Hc as [Hc|Hc]; [left|right].
      + eapply caught_up_mono; [|done]. intros y. by apply seen_by_sees.
      + eapply weak_seen_mono; [done| | |done]; [intros y; by apply seen_by_sees|].
        intros x Hx. exists x. split; [done|by apply seen_by_sees].
    - eapply weak_good_mono; [done| | | |done].
      + unfold word_clock. rewrite Hn. apply clk_le_refl.
      + intros x. by apply known_by_mono.
      + intros x Hx. by exists x.
  Qed.

  Lemma arc_write_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcWrite h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    apply (arc_owner_write σ true t (Unique h) (Unique h) true p); try done; [|by left|].
    - intros i Hi. simplify_eq/=. by eapply no_refs_perm.
    - intros m' -> Hm'. by apply (arc_good_perm _ _ _ _ _ (Permutation_sym Hp)).
  Qed.

  Lemma arc_destroy_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcDestroy σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply (arc_owner_write σ true t Owned Dead false p); try done. by right.
  Qed.

  Lemma arc_drop_fine t σ h :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t (ArcDrop h) σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    destruct (arc_shared_count σ h (At t) Hgood) as [n Hn].
    { rewrite Hp. by apply elem_of_cons; left. }
    rewrite Hn.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc&Hw). simpl in *.
    pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv ltac:(by apply elem_of_cons; left)) as ->.
    pose proof (update_grows (arc_drop_sub o) t n (arc_mem σ)) as Hm.
    assert (Hlive : arc_live σ = true).
    { apply (inv_token_live Hinv (Shared h) (At t));
        [by apply elem_of_cons; left|done]. }
    destruct n as [|n]; simpl.
    - rewrite Hlive. assert (Hsole : sole (COUNT (last_value (arc_mem σ))) (Shared h) p).
      { split; [right; by rewrite Hn|]. intros i Hi. by simplify_eq/=. }
      set (m' := update _ _ _ _) in *.
      destruct (inv_sole_knows (known_by (arc_drop_fence o) m' (Last, At t)) Hinv Hsole) as [HW HR].
      { eapply clk_le_trans; [apply (grows_cur _ _ Hm)|apply known_by_cur]. }
      { intros _. apply clk_join_le.
        - simpl. destruct (arc_last_drop_acquires _ Ho) as [->|Ha].
          + eapply clk_le_trans; [apply update_acq|apply clk_le_join_r].
          + eapply clk_le_trans; [by apply update_acquires|apply (known_by_cur _ _ t Last)].
        - eapply clk_le_trans; [|eapply clk_le_trans; [apply (grows_cur _ _ Hm)|]];
            [|apply (known_by_cur _ _ t Last)].
          eapply (arc_cur _ _ _ _ (Shared h)); [done|by apply elem_of_cons; left|done..]. }
      eapply (arc_good_exclusive _ (COUNT 0) _ true (S (length (older (arc_mem σ)))));
        [done|done| |by rewrite (grows_reads _ _ Hm)| |done| |by left|done..].
      + left. split; [done|]. intros j y Hj%elem_of_singleton_list. by simplify_eq.
      + by rewrite (grows_writes _ _ Hm).
      + split; [done|]. unfold m'. rewrite update_older. intros [|age] y; simpl; lia.
    - exists (COUNT (S n)), b. simpl. split_and!.
      + left. split; [done|]. destruct Hv as [[_ HU]|[? _]]; [|done].
        intros j y Hj. destruct (HU j y). by apply elem_of_cons; right.
      + unfold arc_inv. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
        apply (inv_grows Hm).
        apply (inv_unshare (clk_join (word_clock (arc_mem σ)) (writes (arc_mem σ))) h (At t)); [| |done|].
        * apply join_mono, update_keeps.
        * eapply clk_le_trans; [|apply clk_le_join_l].
          apply update_releases, arc_drop_sub_releases, Ho.
        * by rewrite -Hn.
      + intros j. specialize (Hu j). lia.
      + split; rewrite update_older; simpl; [lia|]. intros [|age] y; simpl.
        * intros [= <-] Hy. change (last_value (arc_mem σ) = 1) in Hy. lia.
        * intros Hy1 Hy2. specialize (Hst age y Hy1 Hy2). lia.
      + assert (∀ y, seen_by (arc_mem σ) y ≤
          seen_by (update (arc_drop_sub o) t (S n) (arc_mem σ)) y) as Hseen.
        { intros [u|V]; [apply update_seen_mono|done]. }
        destruct Hc as [Hc|Hc]; [left|right].
        * eapply caught_up_mono; [done|]. eapply caught_up_remove; [|done].
          intros j l y Hin Hh Hj%Nat.eqb_eq. subst j.
          by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
        * eapply weak_seen_mono; [done|done| |done]. intros x [Heq|Hx]%elem_of_cons; [done|].
          by exists x.
      + rewrite Hn in Hw. change (weak_good (COUNT (S (S n)))
          (update (arc_drop_sub o) t (S n) (arc_mem σ)) p).
        eapply weak_good_mono; [apply (grows_writes _ _ Hm)|apply update_keeps| | |done].
        * intros x. apply known_by_mono; [apply (grows_cur _ _ Hm)|apply (grows_acq _ _ Hm)].
        * intros x Hx. exists x. split; [by apply elem_of_cons; right|done].
  Qed.

  Lemma arc_fence_fine t σ : arc_required o → arc_good o σ → arc_fine o (arc_step o t ArcFence σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    destruct (arc_owned _ _ _ _ _ _ Hinv eq_refl) as (Hvo&Hvs&Hvl).
    set (m' := if arc_drop_fence o then _ else _).
    assert (grows (arc_mem σ) m' ∧ sees (arc_mem σ) m') as (Hm&Hsees).
    { unfold m'. destruct (arc_drop_fence o).
      - split; [apply fence_acquire_grows|apply sees_fence_acquire].
      - split; [apply grows_refl|apply sees_refl]. }
    pose proof Hsees as (Hn&_).
    assert (last_value m' = last_value (arc_mem σ)) as Hl by (unfold last_value; by rewrite Hn).
    assert (Hsole : sole v Last p) by (split; [by left|done]).
    destruct (inv_sole_knows (known_by (arc_drop_fence o) m' (Owned, At t)) Hinv Hsole) as [HW HR].
    { simpl. unfold m'. destruct (arc_drop_fence o); [|apply clk_le_refl].
      rewrite fence_acquire_cur. apply clk_le_refl. }
    { rewrite Hvo. done. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live Hinv Last (At t)); [by apply elem_of_cons; left|done]. }
    rewrite Hlive.
    eapply (arc_good_exclusive v v _ true b);
      [done|done| |by rewrite (grows_reads _ _ Hm)| |done| |by left| |done|done|done|done|].
    - eapply arc_phase_mono; [done| |done]. intros h x Hin%elem_of_singleton_list. by simplify_eq.
    - by rewrite (grows_writes _ _ Hm).
    - by eapply stale_sees.
    - destruct v as [| |[|n]]; simpl in *; try done.
      intros x Hx. destruct (Hw x). by apply elem_of_cons; right.
    - apply Hvl.
  Qed.

  (** The load that reads 1 reads the newest message, by coherence. *)
  Lemma arc_get_mut_fine t σ h age :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t (ArcGetMut h age) σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_if. intros [Hno Hnw]%andb_true_iff.
    apply unborrowed_no_refs in Hno.
    apply arc_fine_with. intros p Hp.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    assert (Hnw' : ∀ x, (Weak, x) ∉ p).
    { intros x Hx. apply (no_weak_not_in _ x Hnw). rewrite Hp. by apply elem_of_cons; right. }
    (* the lock *)
    set (m := weak_got (arc_lock o) t (arc_weak σ) (arc_mem σ)).
    cbv zeta. change (arc_mem (weak_update (arc_lock o) t σ)) with m.
    assert (seen (arc_weak σ) ≤ seen (cur (views m t))) as Hlock.
    { apply weak_got_acquires, arc_lock_acquires, Ho. }
    assert (arc_good o (Arc m (arc_weak σ) (arc_live σ) (arc_pool σ))) as Hlocked.
    { apply (arc_good_sees (arc_mem σ) _ (arc_weak σ));
        [apply weak_got_grows|apply weak_got_sees|done|by destruct σ]. }
    clearbody m.
    destruct (load _ _ _ m) as [[w m']|] eqn:Hload; [|done].
    pose proof (load_grows _ _ _ _ _ _ Hload) as [Hm _].
    pose proof (sees_load _ _ _ _ _ _ Hload) as Hsees.
    rewrite (weak_given_releases _ _ _ (arc_unlock_releases _ Ho)).
    assert (Hunlock : seen (arc_weak σ) ≤ seen (cur (views m' t))).
    { etrans; [exact Hlock|]. by apply (seen_by_sees _ _ (At t)). }
    destruct (Nat.eqb w 1) eqn:Hw1.
    2: { by apply (arc_good_sees m _ (arc_weak σ)). }
    apply Nat.eqb_eq in Hw1 as ->.
    apply (arc_good_perm m _ _ _ _ Hp) in Hlocked.
    destruct Hlocked as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc&_). simpl in *.
    pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv ltac:(by apply elem_of_cons; left)) as ->.
    pose proof (load_inv _ _ _ _ _ _ Hload) as (x&Hx&Hw&Hseen&Hacq).
    assert (b ≤ seen (cur (views m t))) as Hbt.
    { destruct Hc as [Hc|[(y&Hy&_)|?]].
      - destruct (Hc h (Shared h) (At t)) as (l&y&Hin&Hnm&Hle);
          [by apply elem_of_cons; left|done|].
        apply elem_of_cons in Hin as [Heq|Hin]; [by simplify_eq|].
        destruct l; simpl in Hnm; try done; apply Nat.eqb_eq in Hnm as <-.
        + by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
        + by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
        + by destruct (Hno' y).
        + destruct (inv_token_live Hinv (Probed h) y);
            [by apply elem_of_cons; right|done].
      - apply elem_of_cons in Hy as [Heq|Hy]; [done|by destruct (Hnw' y)].
      - etrans; [done|exact Hlock]. }
    destruct age as [|age]; simpl in Hx; last first.
    { symmetry in Hw. specialize (Hst age x Hx Hw). lia. }
    injection Hx as <-. change (1 = last_value m) in Hw. rewrite -Hw in Hinv.
    specialize (Hacq (arc_get_mut_acquires _ Ho)).
    pose proof Hsees as (Hn&_).
    assert (last_value m' = 1) as Hl by (unfold last_value; by rewrite Hn).
    assert (Hsole : sole (COUNT 1) (Shared h) p).
    { split; [by right|]. intros i Hi. by simplify_eq/=. }
    destruct (inv_sole_knows (known_by (arc_drop_fence o) m' (Unique h, At t)) Hinv Hsole) as [HW HR].
    { apply (grows_cur _ _ Hm). }
    { intros _. apply clk_join_le; [done|].
      eapply clk_le_trans; [|apply (grows_cur _ _ Hm)].
      eapply (arc_cur _ _ _ _ (Shared h)); [done|by apply elem_of_cons; left|done..]. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live Hinv (Shared h) (At t));
        [by apply elem_of_cons; left|done]. }
    rewrite Hlive.
    eapply (arc_good_exclusive (COUNT 1) UNIQUE _ true b);
      [done|done|by right|by rewrite (grows_reads _ _ Hm)| |done| | |done..].
    - by rewrite (grows_writes _ _ Hm).
    - by eapply stale_sees.
    - left. intros _. etrans; [exact Hbt|]. by apply (seen_by_sees _ _ (At t)).
  Qed.

  Lemma arc_end_mut_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcEndMut h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    destruct (arc_owned _ _ _ _ _ _ Hinv eq_refl) as (Hvo&Hvs&Hvl).
    assert (Hsole : sole v (Unique h) p).
    { split; [by left|]. intros i Hi. by simplify_eq/=. }
    destruct (inv_sole_knows (known_by (arc_drop_fence o) (arc_mem σ) (Shared h, At t)) Hinv Hsole)
      as [HW HR].
    { apply clk_le_refl. }
    { rewrite Hvo. done. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live Hinv (Unique h) (At t));
        [by apply elem_of_cons; left|done]. }
    assert (last_value (arc_mem σ) = 1) as Hl.
    { destruct Hv as [[_ HU]|[_ Hv]]; [|done].
      destruct (HU h (At t)). by apply elem_of_cons; left. }
    assert (v = UNIQUE) as ->.
    { destruct Hv as [[_ HU]|[-> _]]; [|done]. destruct (HU h (At t)). by apply elem_of_cons; left. }
    rewrite Hlive.
    eapply (arc_good_exclusive UNIQUE (COUNT 1) _ true b);
      [done|done| |done|done|done|done| | |done..].
    - left. split; [by rewrite Hl|]. intros j y Hj%elem_of_singleton_list. by simplify_eq.
    - destruct Hc as [Hc|Hc]; [left|right].
      + intros _. destruct (Hc h (Unique h) (At t)) as (l&y&Hin&Hnm&Hle);
          [by apply elem_of_cons; left|done|].
        apply elem_of_cons in Hin as [Heq|Hin]; [by simplify_eq|].
        pose proof (inv_sole Hinv Hsole Hin). by destruct l.
      + eapply weak_seen_mono; [done|done| |done]. intros x [Heq|Hx]%elem_of_cons; [done|].
        by exists x.
    - intros x Hx. destruct (Hw x). by apply elem_of_cons; right.
  Qed.

  (** ** The client *)
  Lemma arc_borrow_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcBorrow k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    destruct (handle_used k) as [h|] eqn:Hh; [|done].
    apply arc_good_add; [|done|done|by destruct σ]. intros v Hinv.
    eapply inv_borrow; [|done| |done].
    - rewrite Hp. by apply elem_of_cons; left.
    - destruct k; simplify_eq/=; apply clk_le_refl.
  Qed.

  Lemma arc_end_borrow_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcEndBorrow h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply arc_fine_if. intros Hin%bool_decide_eq_true.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    assert (∃ k, (k, At t) ∈ p ∧ handle_of k = Some h ∧ k ≠ Last) as (k&Hk&Hh&Hlast).
    { destruct Hin; eexists; by split_and!. }
    exists v, b. simpl. split_and!; [| |done|done| |].
    - eapply arc_phase_mono; [done| |done]. intros j y Hj. exists y. by apply elem_of_cons; right.
    - apply (inv_end_borrow h (At t) k (At t)); [done|by destruct k| |done].
      apply (known_by_cur (arc_drop_fence o) _ t k).
    - destruct Hc as [Hc|Hc]; [left|right].
      + eapply caught_up_remove; [|done]. intros j l y Hl Hj Hn.
        exists k, (At t). split_and!; [done| |done].
        apply Nat.eqb_eq in Hn as ->. by apply names_handle.
      + eapply weak_seen_mono; [done|done| |done]. intros x [Heq|Hx]%elem_of_cons; [done|].
        by exists x.
    - eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros x Hx. exists x. split; [by apply elem_of_cons; right|done].
  Qed.

  Lemma arc_send_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcSend k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hk.
    apply arc_fine_with. intros p Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    eapply arc_good_move; [| | |exact Hgood]; [| |done].
    - intros v. apply inv_move. destruct k; try done; apply clk_le_refl.
    - destruct k; try done; apply clk_le_refl.
  Qed.

  Lemma arc_receive_fine t σ k i : arc_good o σ → arc_fine o (arc_step o t (ArcReceive k i) σ).
  Proof.
    intros Hgood. unfold arc_step. destruct (flying k _ !! i) as [V|]; [|done].
    destruct (take_item _ _) as [p|] eqn:Hp; [|done].
    apply take_item_perm in Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    apply (arc_good_sees _ (learn t V (arc_mem σ)) _ (arc_weak σ)) in Hgood;
      [|apply learn_grows|apply sees_learn|done].
    eapply arc_good_move; [| | |exact Hgood].
    - intros v. apply inv_move.
      eapply clk_le_trans; [|apply known_by_cur]. destruct k; apply learn_cur.
    - destruct k; apply learn_cur.
    - apply learn_seen.
  Qed.

  Lemma arc_notify_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcNotify σ).
  Proof.
    intros Hgood. apply arc_good_add; [|done|done|by destruct σ].
    intros v. by apply inv_add_neutral.
  Qed.

  Lemma arc_client_fence_fine t σ b :
    arc_good o σ → arc_fine o (arc_step o t (ArcClientFence b) σ).
  Proof.
    intros Hgood. apply (arc_good_sees (arc_mem σ) _ (arc_weak σ));
      [destruct b..|done|by destruct σ].
    - apply fence_acquire_grows.
    - apply fence_release_grows.
    - apply sees_fence_acquire.
    - apply sees_fence_release.
  Qed.
End arc.
