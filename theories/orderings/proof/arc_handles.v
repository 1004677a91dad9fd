(** * Actions of [Arc] that make and drop handles

From an [arc_good] state, what makes a strong handle ([clone], [upgrade], and [new_cyclic]
at its end), and what changes the weak count. [arc_good_share] is where coherence matters:
a thread that has seen that the count is no longer 1. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.orderings Require Import slot_invariant slot_transitions.
From tally.orderings Require Import arc_protocol arc_invariant arc_steps.
From tally.prelude Require Import options.

Section arc.
  Context (o : arc_orderings).
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  (** ** A new strong handle *)

  (** Whoever makes it knows of the last write. If the count was 1, it did so through the
  one handle, or through a weak one. *)
  Lemma arc_good_share m w lv p t h n ord :
    let m' := update ord t (S (S n)) m in
    last_value m = S n → unnamed h p = true → clk_le (writes m) (cur_clock m' t) →
    (∀ v, arc_phase v m p → arc_inv o v lv m p → weak_good v m p → v = COUNT (S n)) →
    (n = 0 → (∀ j l x, (l, x) ∈ p → handle_of l = Some j →
        ∃ l', (l', At t) ∈ p ∧ names j l' = true) ∨ (Weak, At t) ∈ p) →
    arc_good o (Arc m w lv p) → arc_good o (Arc m' w lv ((Shared h, At t) :: p)).
  Proof.
    intros m' Hn Hfree HW Hcount Hmaker (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc&Hweak). simpl in *.
    pose proof (Hcount v Hv Hinv Hweak) as ->.
    pose proof (update_grows ord t (S (S n)) m) as Hm. fold m' in Hm.
    assert (Hseen : ∀ y, seen_by m y ≤ seen_by m' y).
    { intros [u|V]; [apply update_seen_mono|done]. }
    exists (COUNT (S (S n))), (if decide (n = 0) then S (length (older m)) else b). simpl.
    split_and!.
    - left. split; [done|]. destruct Hv as [[_ HU]|[? _]]; [|done].
      intros j y [Heq|Hj]%elem_of_cons; [done|by destruct (HU j y)].
    - unfold arc_inv. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
      apply (inv_share (clk_join (word_clock m) (writes m))).
      + apply join_mono, update_keeps.
      + by rewrite known_by_at.
      + by apply (inv_grows Hm).
    - intros j. specialize (Hu j). unfold is_handle at 1. simpl.
      destruct (Nat.eqb j h) eqn:Hj; [|done].
      apply Nat.eqb_eq in Hj as ->. rewrite (unnamed_total _ _ Hfree). lia.
    - split; unfold m'; rewrite update_older; simpl.
      + case_decide; lia.
      + intros [|age] y; simpl.
        * intros [= <-] Hy. change (last_value m = 1) in Hy.
          assert (n = 0) as -> by lia. simpl. lia.
        * intros Hy1 Hy2. specialize (Hst age y Hy1 Hy2). case_decide; lia.
    - case_decide as Hn0.
      + destruct (Hmaker Hn0) as [Hold|Hw].
        * left. intros j l y [Heq|Hin]%elem_of_cons Hh.
          -- simplify_eq/=. exists (Shared j), (At t).
             split_and!; [by apply elem_of_cons; left|apply Nat.eqb_refl|apply update_seen].
          -- destruct (Hold j l y Hin Hh) as (l'&Hl'&Hj). exists l', (At t).
             split_and!; [by apply elem_of_cons; right|done|apply update_seen].
        * right. left. exists (At t). split; [by apply elem_of_cons; right|apply update_seen].
      + destruct Hc as [Hc|Hc]; [left|right].
        * intros j l y [Heq|Hin]%elem_of_cons Hh.
          -- simplify_eq/=. exists (Shared j), (At t).
             split_and!; [by apply elem_of_cons; left|apply Nat.eqb_refl|].
             transitivity (S (length (older m))); [lia|apply update_seen].
          -- destruct (Hc j l y Hin Hh) as (l'&y'&?&?&?). exists l', y'.
             split_and!; [by apply elem_of_cons; right|done|]. specialize (Hseen y'). lia.
        * eapply weak_seen_mono; [done|done| |done]. intros x Hx. exists x.
          split; [by apply elem_of_cons; right|done].
    - change (weak_good (COUNT (S n)) m' ((Shared h, At t) :: p)).
      eapply weak_good_mono; [apply (grows_writes _ _ Hm)|apply update_keeps| | |done].
      + intros x. apply known_by_mono; [apply (grows_cur _ _ Hm)|apply (grows_acq _ _ Hm)].
      + intros x [Heq|Hx]%elem_of_cons; [done|by exists x].
  Qed.

  (** What the handle that is cloned or downgraded says. *)
  Lemma may_clone_shared k t p :
    may_clone k p = true → (k, At t) ∈ p →
    holds k = true ∧ k ≠ Last ∧ ∃ i x, (Shared i, x) ∈ p ∧ names i k = true.
  Proof.
    intros Hk Hin. destruct k as [| |i| |i| | | | | | |]; try done; (split_and!; [done|done|]).
    - exists i, (At t). split; [done|apply Nat.eqb_refl].
    - apply existsb_exists in Hk as ([k x]&Hx&Hh%bool_decide_eq_true).
      simpl in Hh. subst k. exists i, x. split; [|apply Nat.eqb_refl].
      clear -Hx. induction p as [|y q IH]; [done|].
      destruct Hx as [->|Hx]; apply elem_of_cons; [by left|right; by apply IH].
  Qed.

  Lemma arc_clone_fine t σ k h : arc_good o σ → arc_fine o (arc_step o t (ArcClone k h) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros [Hk Hfree]%andb_true_iff.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (k, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    destruct (may_clone_shared k t _ Hk Hin) as (Hhold&Hlast&i&x&Hi&Hname).
    destruct (arc_shared_count _ _ _ Hgood Hi) as [n Hn]. rewrite Hn.
    pose proof (update_grows (arc_clone o) t (S (S n)) (arc_mem σ)) as Hm.
    assert (Hcount : ∀ v, arc_phase v (arc_mem σ) (arc_pool σ) →
      arc_inv o v (arc_live σ) (arc_mem σ) (arc_pool σ) → v = COUNT (S n)).
    { intros v Hv Hinv. rewrite -Hn. by eapply arc_shared_word. }
    apply arc_good_share; [done|done| |by eauto| |by destruct σ].
    - destruct Hgood as (v&b&Hv&Hinv&_). eapply clk_le_trans; [|apply (grows_cur _ _ Hm)].
      by eapply arc_cur.
    - intros ->. left. intros j l y Hl Hj. exists k. split; [done|].
      (* with a count of 1, the handle is the one that [k] names *)
      destruct Hgood as (v&b&Hv&Hinv&_). pose proof (Hcount v Hv Hinv) as ->.
      assert (l = Shared j) as ->.
      { pose proof (inv_owners Hinv) as Ho. simpl in Ho.
        assert (owner l = 0) by by eapply total_zero.
        destruct l; simplify_eq/=; done. }
      apply elem_of_Permutation in Hi as [q Hq].
      rewrite Hq in Hl. apply elem_of_cons in Hl as [Heq|Hl]; [by simplify_eq|].
      pose proof (inv_shares Hinv) as Hs.
      rewrite (total_perm _ _ _ Hq) in Hs. simpl in Hs.
      assert (total share q = 0) as Hz by lia.
      by pose proof (total_zero _ _ _ _ Hz Hl).
  Qed.

  Lemma arc_upgrade_fine t σ h :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t (ArcUpgrade h) σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_if. intros Hfree.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (Weak, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    destruct (last_value (arc_mem σ)) as [|n] eqn:Hn; [done|].
    pose proof (update_grows (arc_upgrade o) t (S (S n)) (arc_mem σ)) as Hm.
    assert (Hcount : ∀ v, arc_phase v (arc_mem σ) (arc_pool σ) →
      weak_good v (arc_mem σ) (arc_pool σ) → v = COUNT (S n)).
    { intros v [[-> _]|[-> _]] Hw; [by rewrite Hn|]. by destruct (Hw (At t)). }
    apply arc_good_share; [done|done| |by eauto| |by destruct σ].
    - destruct Hgood as (v&b&Hv&_&_&_&_&Hw). pose proof (Hcount v Hv Hw) as ->.
      eapply clk_le_trans; [by apply (Hw (At t))|]. apply clk_join_le.
      + apply (grows_cur _ _ Hm).
      + apply update_acquires, arc_upgrade_acquires, Ho.
    - intros _. by right.
  Qed.

  (** ** The weak count *)
  Lemma arc_good_weak_update ord t σ :
    arc_good o σ → arc_good o (weak_update ord t σ).
  Proof.
    intros Hgood. apply (arc_good_sees (arc_mem σ) _ (arc_weak σ)); [| | |by destruct σ].
    - apply weak_got_grows.
    - apply weak_got_sees.
    - simpl. lia.
  Qed.

  Lemma arc_downgrade_fine t σ k : arc_good o σ → arc_fine o (arc_step o t (ArcDowngrade k) σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_if. intros Hk.
    apply arc_fine_with. intros p Hp.
    assert (Hin : (k, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    destruct (may_clone_shared k t _ Hk Hin) as (Hhold&Hlast&i&x&Hi&_).
    apply (arc_good_weak_update (arc_downgrade o) t) in Hgood.
    apply arc_good_add; [|done| |exact Hgood]; [intros v; by apply inv_add_neutral|].
    intros _ v Hv Hinv Hw. pose proof (arc_shared_word _ _ _ _ _ _ Hv Hinv Hi) as ->.
    destruct (last_value _) as [|n]; [done|]. intros y [Heq|Hy]%elem_of_cons; [|by apply Hw].
    simplify_eq. eapply clk_le_trans; [|apply clk_le_join_l]. by eapply arc_cur.
  Qed.

  Lemma arc_weak_clone_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcWeakClone σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    assert (Hin : (Weak, At t) ∈ arc_pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    apply (arc_good_weak_update (arc_weak_clone o) t) in Hgood.
    apply arc_good_add; [|done| |exact Hgood]; [intros v; by apply inv_add_neutral|].
    intros _ v Hv Hinv Hw. destruct v as [| |[|n]]; try done.
    - by destruct (Hw (At t)).
    - intros y [Heq|Hy]%elem_of_cons; [|by apply Hw]. simplify_eq. by apply Hw.
  Qed.

  Lemma arc_weak_drop_fine t σ :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t ArcWeakDrop σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    set (m := weak_got (arc_weak_drop o) t (arc_weak σ) (arc_mem σ)).
    apply (arc_good_drop_weak m (arc_weak σ) _ (arc_live σ) p t).
    - simpl. lia.
    - unfold weak_update. cbn [arc_weak arc_set_pool view_join seen]. fold m.
      rewrite (weak_given_releases _ _ _ (arc_weak_drop_releases _ Ho)). lia.
    - apply (arc_good_sees (arc_mem σ) _ (arc_weak σ));
        [apply weak_got_grows|apply weak_got_sees|done|].
      by apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp); destruct σ.
  Qed.

  Lemma arc_look_fine t σ age : arc_good o σ → arc_fine o (arc_step o t (ArcLook age) σ).
  Proof.
    intros Hgood. unfold arc_step. destruct (load _ _ _ _) as [[v m]|] eqn:Hload; [|done].
    apply (arc_good_sees (arc_mem σ) _ (arc_weak σ)); [| |done|by destruct σ].
    - by apply (load_grows _ _ _ _ _ _ Hload).
    - by eapply sees_load.
  Qed.

  (** ** Making the value in a cycle *)
  Lemma arc_init_fine t σ : arc_good o σ → arc_fine o (arc_step o t ArcInit σ).
  Proof.
    intros Hgood. unfold arc_step. apply arc_fine_with. intros p Hp.
    apply (arc_owner_write σ false t Claimed Built true p); try done. by right.
  Qed.

  Lemma arc_publish_fine t σ h :
    arc_required o → arc_good o σ → arc_fine o (arc_step o t (ArcPublish h) σ).
  Proof.
    intros Ho Hgood. unfold arc_step. apply arc_fine_if. intros _.
    apply arc_fine_with. intros p' Hp'.
    destruct (take_item _ p') as [p|] eqn:Hp; [|done]. apply take_item_perm in Hp.
    assert (Hperm : arc_pool σ ≡ₚ (Weak, At t) :: (Built, At t) :: p) by by rewrite Hp' Hp.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hperm) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&[Hb Hst]&Hc&Hw). simpl in *.
    apply (inv_remove_neutral Weak (At t)) in Hinv; [|done].
    destruct (arc_owned _ _ _ _ _ _ Hinv eq_refl) as (Hvo&Hvs&Hvl).
    assert (v = COUNT 0 ∧ last_value (arc_mem σ) = 0) as [-> Hl].
    { destruct Hv as [[-> _]|[-> _]].
      - destruct (last_value (arc_mem σ)); done.
      - destruct (Hw (At t)). by apply elem_of_cons; left. }
    rewrite Hl.
    set (m' := update _ _ _ _).
    pose proof (update_grows (arc_publish o) t 1 (arc_mem σ)) as Hm. fold m' in Hm.
    assert (Hsole : sole (COUNT 0) Built p) by (split; [by left|done]).
    destruct (inv_sole_knows (cur_clock (arc_mem σ) t) Hinv Hsole) as [HW HR].
    { apply clk_le_refl. }
    { done. }
    assert (arc_live σ = true) as Hlive.
    { apply (inv_token_live Hinv Built (At t)); [by apply elem_of_cons; left|done]. }
    rewrite Hlive.
    eapply (arc_good_exclusive (COUNT 0) (COUNT 1) _ true (S (length (older (arc_mem σ)))));
      [done|done| |by rewrite (grows_reads _ _ Hm)| | | | | |done..].
    - left. split; [done|]. intros j y Hj%elem_of_singleton_list. by simplify_eq.
    - rewrite (grows_writes _ _ Hm). eapply clk_le_trans; [exact HW|apply (grows_cur _ _ Hm)].
    - eapply clk_le_trans; [exact HR|apply (grows_cur _ _ Hm)].
    - split; [done|]. unfold m'. rewrite update_older. intros [|age] y; simpl; [|lia].
      intros [= <-] Hy. change (last_value (arc_mem σ) = 1) in Hy. lia.
    - left. intros _. apply update_seen.
    - intros x _. rewrite (grows_writes _ _ Hm).
      eapply clk_le_trans; [|apply clk_le_join_r]. eapply clk_le_trans; [exact HW|].
      apply update_releases, arc_publish_releases, Ho.
  Qed.
End arc.
