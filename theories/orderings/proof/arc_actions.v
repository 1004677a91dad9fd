(** * Each action of [Arc] is fine

The counterpart of [slot_actions]: from an [arc_good] state each action leads to a good
state and does not go wrong. [arc_clone_fine] and [arc_get_mut_fine] are the two where
coherence matters. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.orderings Require Import slot_invariant slot_transitions.
From tally.orderings Require Import arc_protocol arc_invariant arc_steps.
From tally.prelude Require Import options.

Section arc.
  Context (o : arc_orderings).
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  (** ** Clone, read, write, drop, get_mut *)
  Lemma arc_clone_fine t σ k h : arc_good o σ → arc_fine o (arc_step o t (ArcClone k h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros [Hk Hfree]%andb_true_iff.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (k, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    assert (∃ i x, (Shared i, x) ∈ arc_pool σ ∧ names i k = true) as (i&x&Hi&Hname).
    { destruct k as [| |i| |i| | | | | |]; try done.
      - exists i, (At t). split; [done|apply Nat.eqb_refl].
      - apply existsb_exists in Hk as ([k x]&Hx&Hh%bool_decide_eq_true).
        simpl in Hh. subst k. exists i, x. split; [|apply Nat.eqb_refl].
        clear -Hx. induction (arc_pool σ) as [|y q IH]; [done|].
        destruct Hx as [->|Hx]; apply elem_of_cons; [by left|right; by apply IH]. }
    destruct (arc_shared_count _ _ _ Hgood Hi) as [n Hn]. rewrite Hn.
    destruct Hgood as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc).
    pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv Hi) as ->. rewrite Hn in Hinv.
    pose proof (update_grows (arc_clone o) t (S (S n)) (arc_mem σ)) as Hm.
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    set (m' := update _ _ _ _) in *.
    assert (Hseen : ∀ y, seen_by (arc_mem σ) y ≤ seen_by m' y).
    { intros [u|V]; [apply update_seen_mono|done]. }
    exists (COUNT (S (S n))).
    exists (if decide (n = 0) then S (length (older (arc_mem σ))) else b). simpl.
    split_and!.
    - left. split; [done|]. destruct Hv as [[_ HU]|[? _]]; [|done].
      intros j y [Heq|Hj]%elem_of_cons; [done|by destruct (HU j y)].
    - unfold arc_inv. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
      apply (inv_grows _ _ _ _ _ _ _ _ _ Hm).
      apply (inv_share _ (clk_join (word_clock (arc_mem σ)) (writes (arc_mem σ)))); [| |done].
      + apply join_mono, update_keeps.
      + rewrite known_by_at; [|done]. by eapply arc_cur.
    - intros j. specialize (Hu j). unfold is_handle at 1. simpl.
      destruct (Nat.eqb j h) eqn:Hj; [|done].
      apply Nat.eqb_eq in Hj as ->. rewrite (unnamed_total _ _ Hfree). lia.
    - split; unfold m'; rewrite update_older; simpl.
      + case_decide; lia.
      + intros [|age] y; simpl.
        * intros [= <-] Hy. change (last_value (arc_mem σ) = 1) in Hy.
          assert (n = 0) as -> by lia. simpl. lia.
        * intros Hy1 Hy2. specialize (Hst age y Hy1 Hy2). case_decide; lia.
    - intros j l y Hin' Hh. case_decide as Hn0.
      + subst n.
        assert (Hj : ∃ l y, (l, y) ∈ (Shared h, At t) :: arc_pool σ ∧ names j l = true ∧ y = At t).
        { apply elem_of_cons in Hin' as [Heq|Hin'].
          - simplify_eq/=. exists (Shared j), (At t).
            split_and!; [by apply elem_of_cons; left|apply Nat.eqb_refl|done].
          - exists k, (At t). split_and!; [by apply elem_of_cons; right| |done].
            (* with a count of 1, the handle is the one that [k] names *)
            assert (l = Shared j) as ->.
            { pose proof (inv_owners _ _ _ _ _ _ _ Hinv) as Ho. simpl in Ho.
              assert (owner l = 0) by by eapply total_zero.
              destruct l; simplify_eq/=; done. }
            apply elem_of_Permutation in Hi as [q Hq].
            rewrite Hq in Hin'. apply elem_of_cons in Hin' as [Heq|Hin']; [by simplify_eq|].
            pose proof (inv_shares _ _ _ _ _ _ _ Hinv) as Hs.
            rewrite (total_perm _ _ _ Hq) in Hs. simpl in Hs.
            assert (total share q = 0) as Hz by lia.
            by pose proof (total_zero _ _ _ _ Hz Hin'). }
        destruct Hj as (l'&y'&?&?&->). exists l', (At t). split_and!; [done..|].
        apply update_seen.
      + apply elem_of_cons in Hin' as [Heq|Hin'].
        * simplify_eq/=. exists (Shared j), (At t).
          split_and!; [by apply elem_of_cons; left|apply Nat.eqb_refl|].
          transitivity (S (length (older (arc_mem σ)))); [lia|apply update_seen].
        * destruct (Hc j l y Hin' Hh) as (l'&y'&?&?&?). exists l', y'.
          split_and!; [by apply elem_of_cons; right|done|]. specialize (Hseen y'). lia.
  Qed.

  Lemma arc_read_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcRead k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hk.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (k, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc).
    destruct (na_read_spec t (arc_mem σ)) as (m'&Hm'&Hn&HW&Hcur&Ha&HR).
    { by eapply arc_cur. }
    assert (arc_live σ = true) as Hlive.
    { pose proof (inv_token_live _ _ _ _ _ _ _ Hinv _ _ Hin Hhold). by destruct k. }
    unfold arc_reading. rewrite Hm' Hlive. pose proof (sees_na_read _ _ _ Hm') as Hsees.
    assert (last_value m' = last_value (arc_mem σ)) as Hl by (unfold last_value; by rewrite Hn).
    exists v, b. simpl. split_and!; [|..|done| |].
    - eapply arc_phase_mono; [done| |done]. by eauto.
    - unfold arc_inv, word_clock. rewrite Hn HW -Hlive.
      eapply inv_read; [|done..| |done].
      + intros x. by apply known_by_mono.
      + intros u. rewrite known_by_at; [|done]. apply HR.
    - by eapply stale_sees.
    - eapply caught_up_mono; [|done]. intros y. by apply seen_by_sees.
  Qed.

  Lemma arc_write_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcWrite h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    apply (arc_owner_write σ t (Unique h) (Unique h) true p); try done; [|by left|].
    - intros i Hi. simplify_eq/=. by eapply no_refs_perm.
    - intros m' -> Hm'. by apply (arc_good_perm _ _ _ _ (Permutation_sym Hp)).
  Qed.

  Lemma arc_destroy_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcDestroy σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply (arc_owner_write σ t Owned Dead false p); try done. by right.
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
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc). simpl in *.
    pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv ltac:(by apply elem_of_cons; left)) as ->.
    pose proof (update_grows (arc_drop_sub o) t n (arc_mem σ)) as Hm.
    assert (Hlive : arc_live σ = true).
    { apply (inv_token_live _ _ _ _ _ _ _ Hinv (Shared h) (At t));
        [by apply elem_of_cons; left|done]. }
    destruct n as [|n]; simpl.
    - rewrite Hlive. assert (Hsole : sole (COUNT (last_value (arc_mem σ))) (Shared h) p).
      { split; [right; by rewrite Hn|]. intros i Hi. by simplify_eq/=. }
      set (m' := update _ _ _ _) in *.
      destruct (inv_sole_knows _ _ _ _ _ _ _ _ _
        (known_by (arc_drop_fence o) m' (Last, At t)) Hinv Hsole) as [HW HR].
      { eapply clk_le_trans; [apply (grows_cur _ _ Hm)|apply known_by_cur]. }
      { intros _. apply clk_join_le.
        - simpl. destruct (arc_last_drop_acquires _ Ho) as [->|Ha].
          + eapply clk_le_trans; [apply update_acq|apply clk_le_join_r].
          + eapply clk_le_trans; [by apply update_acquires|apply (known_by_cur _ _ t Last)].
        - eapply clk_le_trans; [|eapply clk_le_trans; [apply (grows_cur _ _ Hm)|]];
            [|apply (known_by_cur _ _ t Last)].
          eapply (arc_cur _ _ _ _ (Shared h)); [done|by apply elem_of_cons; left|done..]. }
      eapply (arc_good_exclusive _ (COUNT 0) _ true (S (length (older (arc_mem σ)))));
        [done|done| |by rewrite (grows_reads _ _ Hm)| |done| |done..].
      + left. split; [done|]. intros j y Hj%elem_of_singleton_list. by simplify_eq.
      + by rewrite (grows_writes _ _ Hm).
      + split; [done|]. unfold m'. rewrite update_older. intros [|age] y; simpl; lia.
    - exists (COUNT (S n)), b. simpl. split_and!.
      + left. split; [done|]. destruct Hv as [[_ HU]|[? _]]; [|done].
        intros j y Hj. destruct (HU j y). by apply elem_of_cons; right.
      + unfold arc_inv. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
        apply (inv_grows _ _ _ _ _ _ _ _ _ Hm).
        apply (inv_unshare n (clk_join (word_clock (arc_mem σ)) (writes (arc_mem σ)))
          _ _ _ _ _ _ h (At t)); [| |done|].
        * apply join_mono, update_keeps.
        * eapply clk_le_trans; [|apply clk_le_join_l].
          apply update_releases, arc_drop_sub_releases, Ho.
        * by rewrite -Hn.
      + intros j. specialize (Hu j). lia.
      + split; rewrite update_older; simpl; [lia|]. intros [|age] y; simpl.
        * intros [= <-] Hy. change (last_value (arc_mem σ) = 1) in Hy. lia.
        * intros Hy1 Hy2. specialize (Hst age y Hy1 Hy2). lia.
      + eapply caught_up_mono.
        { intros [u|V]; [apply update_seen_mono|done]. }
        eapply caught_up_remove; [|done].
        intros j l y Hin Hh Hj%Nat.eqb_eq. subst j.
        by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
  Qed.

  Lemma arc_fence_fine t σ : arc_required o → arc_good o σ → arc_fine o (arc_step o t ArcFence σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc). simpl in *.
    destruct (arc_owned _ _ _ _ _ _ Hinv eq_refl) as (Hvo&Hvs&Hvl).
    set (m' := if arc_drop_fence o then _ else _).
    assert (grows (arc_mem σ) m' ∧ sees (arc_mem σ) m') as (Hm&Hsees).
    { unfold m'. destruct (arc_drop_fence o).
      - split; [apply fence_acquire_grows|apply sees_fence_acquire].
      - split; [apply grows_refl|apply sees_refl]. }
    pose proof Hsees as (Hn&_).
    assert (last_value m' = last_value (arc_mem σ)) as Hl by (unfold last_value; by rewrite Hn).
    assert (Hsole : sole v Last p) by (split; [by left|done]).
    destruct (inv_sole_knows _ _ _ _ _ _ _ _ _
      (known_by (arc_drop_fence o) m' (Owned, At t)) Hinv Hsole) as [HW HR].
    { simpl. unfold m'. destruct (arc_drop_fence o); [|apply clk_le_refl].
      rewrite fence_acquire_cur. apply clk_le_refl. }
    { rewrite Hvo. done. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live _ _ _ _ _ _ _ Hinv Last (At t)); [by apply elem_of_cons; left|done]. }
    rewrite Hlive.
    eapply (arc_good_exclusive v v _ true b);
      [done|done| |by rewrite (grows_reads _ _ Hm)| |done| |done|done|done|done|done|].
    - eapply arc_phase_mono; [done| |done]. intros h x Hin%elem_of_singleton_list. by simplify_eq.
    - by rewrite (grows_writes _ _ Hm).
    - by eapply stale_sees.
    - apply Hvl.
  Qed.

  (** The load that reads 1 reads the newest message, by coherence. *)
  Lemma arc_get_mut_fine t σ h age :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t (ArcGetMut h age) σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    destruct (load _ _ _ _) as [[w m']|] eqn:Hload; [|done].
    pose proof (load_grows _ _ _ _ _ _ Hload) as [Hm _].
    pose proof (sees_load _ _ _ _ _ _ Hload) as Hsees.
    assert (Hsame : arc_good o (Arc m' (arc_live σ) (arc_pool σ))).
    { apply (arc_good_sees (arc_mem σ)); done. }
    destruct w as [|[|w]]; [done| |done].
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc). simpl in *.
    pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv ltac:(by apply elem_of_cons; left)) as ->.
    pose proof (load_inv _ _ _ _ _ _ Hload) as (x&Hx&Hw&Hseen&Hacq).
    assert (b ≤ seen (cur (views (arc_mem σ) t))) as Hbt.
    { destruct (Hc h (Shared h) (At t)) as (l&y&Hin&Hnm&Hle); [by apply elem_of_cons; left|done|].
      apply elem_of_cons in Hin as [Heq|Hin]; [by simplify_eq|].
      destruct l; simpl in Hnm; try done; apply Nat.eqb_eq in Hnm as <-.
      - by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
      - by destruct (handle_unique h (Shared h) (At t) p _ _ (Hu h) eq_refl Hin).
      - by destruct (Hno' y).
      - destruct (inv_token_live _ _ _ _ _ _ _ Hinv (Probed h) y);
          [by apply elem_of_cons; right|done]. }
    destruct age as [|age]; simpl in Hx; last first.
    { symmetry in Hw. specialize (Hst age x Hx Hw). lia. }
    injection Hx as <-. change (1 = last_value (arc_mem σ)) in Hw. rewrite -Hw in Hinv.
    specialize (Hacq (arc_get_mut_acquires _ Ho)).
    pose proof Hsees as (Hn&_).
    assert (last_value m' = 1) as Hl by (unfold last_value; by rewrite Hn).
    assert (Hsole : sole (COUNT 1) (Shared h) p).
    { split; [by right|]. intros i Hi. by simplify_eq/=. }
    destruct (inv_sole_knows _ _ _ _ _ _ _ _ _
      (known_by (arc_drop_fence o) m' (Unique h, At t)) Hinv Hsole) as [HW HR].
    { apply (grows_cur _ _ Hm). }
    { intros _. apply clk_join_le; [done|].
      eapply clk_le_trans; [|apply (grows_cur _ _ Hm)].
      eapply (arc_cur _ _ _ _ (Shared h)); [done|by apply elem_of_cons; left|done..]. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live _ _ _ _ _ _ _ Hinv (Shared h) (At t));
        [by apply elem_of_cons; left|done]. }
    rewrite Hlive.
    eapply (arc_good_exclusive (COUNT 1) UNIQUE _ true b);
      [done|done|by right|by rewrite (grows_reads _ _ Hm)| |done| | |done..].
    - by rewrite (grows_writes _ _ Hm).
    - by eapply stale_sees.
    - intros _. etrans; [exact Hbt|]. by apply (seen_by_sees _ _ (At t)).
  Qed.

  Lemma arc_end_mut_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcEndMut h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hno%unborrowed_no_refs.
    apply arc_fine_with. intros p Hp.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc). simpl in *.
    destruct (arc_owned _ _ _ _ _ _ Hinv eq_refl) as (Hvo&Hvs&Hvl).
    assert (Hsole : sole v (Unique h) p).
    { split; [by left|]. intros i Hi. by simplify_eq/=. }
    destruct (inv_sole_knows _ _ _ _ _ _ _ _ _
      (known_by (arc_drop_fence o) (arc_mem σ) (Shared h, At t)) Hinv Hsole) as [HW HR].
    { apply clk_le_refl. }
    { rewrite Hvo. done. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live _ _ _ _ _ _ _ Hinv (Unique h) (At t));
        [by apply elem_of_cons; left|done]. }
    assert (last_value (arc_mem σ) = 1) as Hl.
    { destruct Hv as [[_ HU]|[_ Hv]]; [|done].
      destruct (HU h (At t)). by apply elem_of_cons; left. }
    rewrite Hlive.
    eapply (arc_good_exclusive v (COUNT 1) _ true b);
      [done|done| |done|done|done|done| |done..].
    { left. split; [by rewrite Hl|]. intros j y Hj%elem_of_singleton_list. by simplify_eq. }
    intros _. destruct (Hc h (Unique h) (At t)) as (l&y&Hin&Hnm&Hle);
      [by apply elem_of_cons; left|done|].
    apply elem_of_cons in Hin as [Heq|Hin]; [by simplify_eq|].
    pose proof (inv_sole _ _ _ _ _ _ _ _ _ _ _ Hinv Hsole Hin). by destruct l.
  Qed.

  (** ** The client *)
  Lemma arc_borrow_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcBorrow k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    destruct (handle_used k) as [h|] eqn:Hh; [|done].
    apply arc_good_add; [|done|by destruct σ]. intros v Hinv.
    eapply inv_borrow; [|done| |done].
    - rewrite Hp. by apply elem_of_cons; left.
    - destruct k; simplify_eq/=; apply clk_le_refl.
  Qed.

  Lemma arc_end_borrow_fine t σ h : arc_good o σ → arc_fine o (arc_step o t (ArcEndBorrow h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply arc_fine_if. intros Hin%bool_decide_eq_true.
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc). simpl in *.
    assert (∃ k, (k, At t) ∈ p ∧ handle_of k = Some h ∧ k ≠ Last) as (k&Hk&Hh&Hlast).
    { destruct Hin; eexists; by split_and!. }
    exists v, b. simpl. split_and!; [| |done|done|].
    - eapply arc_phase_mono; [done| |done]. intros j y Hj. exists y. by apply elem_of_cons; right.
    - apply (inv_end_borrow _ _ _ _ _ _ _ h (At t) k (At t)); [done|by destruct k| |done].
      apply (known_by_cur (arc_drop_fence o) _ t k).
    - eapply caught_up_remove; [|done]. intros j l y Hl Hj Hn.
      exists k, (At t). split_and!; [done| |done].
      apply Nat.eqb_eq in Hn as ->. by apply names_handle.
  Qed.

  Lemma arc_send_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcSend k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hk.
    apply arc_fine_with. intros p Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    eapply arc_good_move; [| |exact Hgood]; [|done]. intros v.
    apply inv_move. destruct k; try done; apply clk_le_refl.
  Qed.

  Lemma arc_receive_fine t σ k i : arc_good o σ → arc_fine o (arc_step o t (ArcReceive k i) σ).
  Proof.
    intros Hgood. unfold arc_step. destruct (flying k _ !! i) as [V|]; [|done].
    destruct (take_item _ _) as [p|] eqn:Hp; [|done].
    apply take_item_perm in Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ Hp) in Hgood.
    apply (arc_good_sees _ (learn t V (arc_mem σ))) in Hgood;
      [|apply learn_grows|apply sees_learn].
    eapply arc_good_move; [| |exact Hgood].
    - intros v. apply inv_move.
      eapply clk_le_trans; [|apply known_by_cur]. destruct k; apply learn_cur.
    - apply learn_seen.
  Qed.

  Lemma arc_notify_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcNotify σ).
  Proof.
    intros Hgood. apply arc_good_add; [|done|by destruct σ].
    intros v. by apply inv_add_neutral.
  Qed.

  Lemma arc_client_fence_fine t σ b :
    arc_good o σ → arc_fine o (arc_step o t (ArcClientFence b) σ).
  Proof.
    intros Hgood. apply (arc_good_sees (arc_mem σ)); [destruct b..|by destruct σ].
    - apply fence_acquire_grows.
    - apply fence_release_grows.
    - apply sees_fence_acquire.
    - apply sees_fence_release.
  Qed.
End arc.
