(** * Steps of [Arc] under its invariant

The counterpart of [slot_steps]: [arc_fine] is what soundness shows of each step; what
[arc_good] gives to a holder and to the owner. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol.
From tally.orderings Require Import slot_invariant slot_transitions arc_protocol
  arc_invariant.
From tally.prelude Require Import options.

Definition arc_fine (o : arc_orderings) (r : result arc) : Prop :=
  match r with Done σ => arc_good o σ | Bad _ => False | Disabled => True end.

Section arc.
  Context {o : arc_orderings}.
  Implicit Types (σ : arc) (m : machine nat) (t : thread) (k : token) (p : list item).

  Lemma arc_fine_if b r : (b = true → arc_fine o r) → arc_fine o (arc_if b r).
  Proof. destruct b; simpl; auto. Qed.
  Lemma arc_fine_with t k σ f :
    (∀ p, arc_pool σ ≡ₚ (k, At t) :: p → arc_fine o (f p)) → arc_fine o (arc_with t k σ f).
  Proof.
    intros H. unfold arc_with. destruct (take_item _ _) as [p|] eqn:Hp; [|done].
    apply H. by apply take_item_perm.
  Qed.

  Lemma arc_good_perm m w lv p q :
    p ≡ₚ q → arc_good o (Arc m w lv p) → arc_good o (Arc m w lv q).
  Proof.
    intros Hp (v&b&Hv&Hinv&Hu&Hs&Hc&Hw). exists v, b. split_and!; [..|done| |]; simpl in *.
    - eapply arc_phase_mono; [done| |done]. intros h x Hin. exists x. by rewrite Hp.
    - by eapply inv_perm.
    - intros h. by rewrite -(total_perm _ _ _ Hp).
    - destruct Hc as [Hc|Hc]; [left; by eapply caught_up_perm|right].
      eapply weak_seen_mono; [done|done| |done]. intros x Hx. exists x. by rewrite -Hp.
    - eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros x Hx. exists x. by rewrite Hp.
  Qed.

  Lemma join_mono c c' d : clk_le c c' → clk_le (clk_join c d) (clk_join c' d).
  Proof. intros H u. rewrite !clk_clk_join. specialize (H u). lia. Qed.

  Lemma arc_inv_grows v lv m m' p :
    grows m m' → clk_le (word_clock m) (word_clock m') → arc_inv o v lv m p →
    arc_inv o v lv m' p.
  Proof.
    intros Hm Hw H. unfold arc_inv in *.
    rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
    apply (inv_grows Hm). eapply inv_mono; [|intros; apply clk_le_refl|done].
    by apply join_mono.
  Qed.

  (** Nothing changes but that somebody knows and has seen more. *)
  Lemma arc_good_sees m m' w w' lv p :
    grows m m' → sees m m' → seen w ≤ seen w' →
    arc_good o (Arc m w lv p) → arc_good o (Arc m' w' lv p).
  Proof.
    intros Hm Hs Hww (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *. pose proof Hs as (Hn&_).
    assert (last_value m' = last_value m) as Hl by (unfold last_value; by rewrite Hn).
    assert (word_clock m' = word_clock m) as Hwc by (unfold word_clock; by rewrite Hn).
    exists v, b. simpl. split_and!; [|..|done| | |].
    - eapply arc_phase_mono; [done| |done]. by eauto.
    - eapply arc_inv_grows; [done| |done]. rewrite Hwc. apply clk_le_refl.
    - by eapply stale_sees.
    - destruct Hc as [Hc|Hc]; [left|right].
      + eapply caught_up_mono; [|done]. intros y. by apply seen_by_sees.
      + eapply weak_seen_mono; [done| | |done]; [intros y; by apply seen_by_sees|].
        intros x Hx. exists x. split; [done|]. by apply seen_by_sees.
    - eapply weak_good_mono; [apply (grows_writes _ _ Hm)| | | |done].
      + rewrite Hwc. apply clk_le_refl.
      + intros x. apply known_by_mono; [apply (grows_cur _ _ Hm)|apply (grows_acq _ _ Hm)].
      + intros x Hx. by exists x.
  Qed.

  (** A token moves. *)
  Lemma arc_good_move m w lv p k x x' :
    (∀ v, arc_inv o v lv m ((k, x) :: p) → arc_inv o v lv m ((k, x') :: p)) →
    clk_le (known_by false m (k, x)) (known_by false m (k, x')) →
    seen_by m x ≤ seen_by m x' →
    arc_good o (Arc m w lv ((k, x) :: p)) → arc_good o (Arc m w lv ((k, x') :: p)).
  Proof.
    intros Hinv' Hkn Hx (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    exists v, b. simpl. split_and!; [|by apply Hinv'|done|done| |].
    - eapply arc_phase_mono; [done| |done].
      intros h y [Heq|Hin]%elem_of_cons.
      + simplify_eq. exists x. by apply elem_of_cons; left.
      + exists y. by apply elem_of_cons; right.
    - destruct Hc as [Hc|Hc]; [left; by eapply caught_up_replace|right].
      eapply weak_seen_mono; [done|done| |done]. intros y [Heq|Hin]%elem_of_cons.
      + simplify_eq. exists x'. split; [by apply elem_of_cons; left|done].
      + exists y. split; [by apply elem_of_cons; right|done].
    - eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros y [Heq|Hin]%elem_of_cons.
      + simplify_eq. exists x. split; [by apply elem_of_cons; left|done].
      + exists y. split; [by apply elem_of_cons; right|done].
  Qed.

  (** A token comes that is no handle, or a weak one. *)
  Lemma arc_good_add m w lv p k x :
    (∀ v, arc_inv o v lv m p → arc_inv o v lv m ((k, x) :: p)) →
    handle_of k = None →
    (k = Weak → ∀ v, arc_phase v m p → arc_inv o v lv m p → weak_good v m p →
      weak_good v m ((k, x) :: p)) →
    arc_good o (Arc m w lv p) → arc_good o (Arc m w lv ((k, x) :: p)).
  Proof.
    intros Hinv' Hk Hweak (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    exists v, b. simpl. split_and!; [|by apply Hinv'|..|done| |].
    - eapply arc_phase_mono; [done| |done].
      intros h y [Heq|Hin]%elem_of_cons; [by simplify_eq|by eauto].
    - intros h. unfold is_handle at 1. rewrite Hk. apply Hu.
    - destruct Hc as [Hc|Hc]; [left; by apply caught_up_add|right].
      eapply weak_seen_mono; [done|done| |done]. intros y Hy. exists y.
      split; [by apply elem_of_cons; right|done].
    - destruct (decide (k = Weak)) as [->|Hne]; [by apply Hweak|].
      eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros y [Heq|Hin]%elem_of_cons; [by simplify_eq|by exists y].
  Qed.

  (** A weak handle goes, and the weak count has seen what it has. *)
  Lemma arc_good_drop_weak m w w' lv p t :
    seen w ≤ seen w' → seen (cur (views m t)) ≤ seen w' →
    arc_good o (Arc m w lv ((Weak, At t) :: p)) → arc_good o (Arc m w' lv p).
  Proof.
    intros Hww Htw (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    exists v, b. simpl. split_and!; [| | |done| |].
    - eapply arc_phase_mono; [done| |done]. intros h x Hx. exists x. by apply elem_of_cons; right.
    - apply (inv_remove_neutral Weak (At t)); done.
    - intros h. apply (Hu h).
    - destruct Hc as [Hc|[(x&Hx&Hb)|Hb]].
      + left. eapply caught_up_remove; [|done]. by intros h l y _ _ ?.
      + right. apply elem_of_cons in Hx as [Heq|Hx].
        * simplify_eq. right. simpl in Hb. lia.
        * left. by exists x.
      + right. right. lia.
    - eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros x Hx. exists x. split; [by apply elem_of_cons; right|done].
  Qed.

  (** The sole holder changes from [k] to [k'], on a machine that may have changed
  too; [b'] is any bound that holds. *)
  Lemma arc_good_exclusive v v' lv lv' b' m m' w' p k k' t :
    arc_inv o v lv m ((k, At t) :: p) → sole v k p →
    arc_phase v' m' [(k', At t)] → reads m' = reads m →
    clk_le (writes m') (known_by (arc_drop_fence o) m' (k', At t)) →
    clk_le (reads m) (known_by (arc_drop_fence o) m' (k', At t)) →
    stale b' m' →
    ((handle_of k' ≠ None → b' ≤ seen_by m' (At t)) ∨ weak_seen b' w' m' p) →
    weak_good v' m' p →
    share k' = word_shares v' → owner k' = word_owners v' → share k' + owner k' = 1 →
    token_live k' lv' → word_live v' lv' →
    arc_good o (Arc m' w' lv' ((k', At t) :: p)).
  Proof.
    intros Hinv Hsole Hv' HR' HW HR Hst Hb Hweak Hs Ho Hsum Hl Hwl.
    exists v', b'. simpl.
    assert (Hno : ∀ l z, (l, z) ∈ p → handle_of l = None).
    { intros l z Hin. pose proof (inv_sole Hinv Hsole Hin).
      by destruct l. }
    assert (Hz : ∀ h, total (is_handle h) p = 0).
    { intros h. clear -Hno. induction p as [|[l z] p IH]; [done|]. simpl.
      rewrite IH; [|intros; eapply Hno; by apply elem_of_cons; right].
      unfold is_handle. rewrite (Hno l z); [done|by apply elem_of_cons; left]. }
    assert (Hk' : k' ≠ Weak) by by intros ->.
    split_and!; [| | |done| |].
    - destruct Hv' as [[-> HU]|?]; [left|by right]. split; [done|].
      intros h x [Heq|Hin]%elem_of_cons.
      + apply (HU h x). rewrite Heq. by apply elem_of_cons; left.
      + by specialize (Hno _ _ Hin).
    - unfold arc_inv. rewrite HR'. eapply inv_exclusive; try done.
    - intros h. rewrite Hz. unfold is_handle. destruct (handle_of k'); [|lia].
      destruct (Nat.eqb _ _); lia.
    - destruct Hb as [Hb|Hb]; [left|right].
      + intros h l y [Heq|Hin]%elem_of_cons Hh.
        * simplify_eq. exists k', (At t). split_and!; [by apply elem_of_cons; left| |].
          -- by apply names_handle.
          -- apply Hb. by rewrite Hh.
        * by rewrite (Hno _ _ Hin) in Hh.
      + eapply weak_seen_mono; [done|done| |done]. intros x Hx. exists x.
        split; [by apply elem_of_cons; right|done].
    - eapply weak_good_mono; [done|apply clk_le_refl|done| |done].
      intros x [Heq|Hin]%elem_of_cons; [by simplify_eq|by exists x].
  Qed.

  (** ** What tokens say *)
  Lemma arc_shared_count σ h x :
    arc_good o σ → (Shared h, x) ∈ arc_pool σ → ∃ n, last_value (arc_mem σ) = S n.
  Proof.
    intros (v&b&Hv&Hinv&_) Hin.
    pose proof (inv_shares Hinv) as Hs.
    pose proof (total_in share _ _ _ Hin) as Ht. simpl in Ht.
    destruct Hv as [[-> _]|[-> _]]; simpl in Hs; [|lia].
    destruct (last_value _) as [|n]; [lia|by exists n].
  Qed.

  Lemma arc_shared_word v lv m p h x :
    arc_phase v m p → arc_inv o v lv m p → (Shared h, x) ∈ p → v = COUNT (last_value m).
  Proof.
    intros Hv Hinv Hin. pose proof (inv_shares Hinv) as Hs.
    pose proof (total_in share _ _ _ Hin) as Ht. simpl in Ht.
    destruct Hv as [[-> _]|[-> _]]; simpl in Hs; [done|lia].
  Qed.

  Lemma arc_owned v lv m p k x :
    arc_inv o v lv m ((k, x) :: p) → owner k = 1 →
    word_owners v = 1 ∧ word_shares v = 0 ∧ ∀ lv, word_live v lv.
  Proof.
    intros Hinv Hk. pose proof (inv_owners Hinv) as Ho.
    simpl in Ho. destruct v as [| |[|n]]; simpl in *; done || lia.
  Qed.

  Lemma arc_cur v lv m p k t :
    arc_inv o v lv m p → (k, At t) ∈ p → holds k = true → k ≠ Last →
    clk_le (writes m) (cur_clock m t).
  Proof.
    intros Hinv Hin Hk Hlast. rewrite -(known_by_at (arc_drop_fence o) _ _ k); [|done].
    by eapply inv_writes.
  Qed.

  (** The owner writes; before there is a value, to make it. *)
  Lemma arc_owner_write σ was t k k' lv' p f :
    arc_good o σ → arc_pool σ ≡ₚ (k, At t) :: p → owner k = 1 → k ≠ Last →
    (∀ h, handle_of k = Some h → no_refs h p) →
    owner k' = 1 → k' ≠ Last → k' = k ∨ handle_of k' = None →
    (∀ lv, token_live k lv → lv = was) → token_live k' lv' →
    (∀ m', arc_live σ = was → arc_good o (Arc m' (arc_weak σ) lv' ((k', At t) :: p)) →
      arc_fine o (f m')) →
    arc_fine o (arc_writing was t σ f).
  Proof.
    intros Hgood Hp Hk Hlast Hno Hk' Hlast' Hof Hlive Hlv' Hf.
    apply (arc_good_perm (arc_mem σ) _ _ _ _ Hp) in Hgood.
    destruct Hgood as (v&b&Hv&Hinv&Hu&Hst&Hc&Hw). simpl in *.
    destruct (arc_owned _ _ _ _ _ _ Hinv Hk) as (Hvo&Hvs&Hvl).
    assert (Hsole : sole v k p) by (split; [by left|done]).
    destruct (inv_sole_knows (cur_clock (arc_mem σ) t) Hinv Hsole) as [HW HR].
    { rewrite known_by_at; [apply clk_le_refl|done]. }
    { rewrite Hvo. done. }
    destruct (na_write_spec t (arc_mem σ) HW HR) as (m'&Hm'&Hn&HR'&Hcur&Ha&HW').
    assert (arc_live σ = was) as Hlv.
    { apply Hlive, (inv_token_live Hinv k (At t));
        [by apply elem_of_cons; left|by destruct k]. }
    unfold arc_writing. rewrite Hm' Hlv Bool.eqb_reflx. apply Hf; [done|].
    pose proof (sees_na_write _ _ _ Hm') as Hsees.
    assert (last_value m' = last_value (arc_mem σ)) as Hl by (unfold last_value; by rewrite Hn).
    assert (share k' = 0) by by destruct k'.
    eapply (arc_good_exclusive v v _ lv' b);
      [done|done| |done| | | | | |lia|lia|lia|done|by apply Hvl].
    - eapply arc_phase_mono; [done| |done]. intros h x Hin%elem_of_singleton_list.
      simplify_eq. destruct Hof as [->|Hof]; [|done]. exists (At t). by apply elem_of_cons; left.
    - by rewrite known_by_at.
    - rewrite known_by_at; [|done]. eapply clk_le_trans; [apply HR|apply Hcur].
    - by eapply stale_sees.
    - destruct Hc as [Hc|Hc]; [left|right].
      + intros Hh. destruct (handle_of k') as [h|] eqn:Heq; [|done].
        destruct Hof as [->|Hof]; [|congruence].
        destruct (Hc h k (At t)) as (l&y&Hin&Hnm&Hb); [by apply elem_of_cons; left|done|].
        apply elem_of_cons in Hin as [Hin|Hin].
        * simplify_eq. etrans; [done|]. by apply (seen_by_sees _ _ (At t)).
        * pose proof (inv_sole Hinv Hsole Hin) as Hhold.
          by destruct l.
      + eapply weak_seen_mono; [done| | |done]; [intros y; by apply seen_by_sees|].
        intros x [Heq|Hx]%elem_of_cons; [by simplify_eq|]. exists x.
        split; [done|by apply seen_by_sees].
    - (* the word is UNIQUE, and there are no weak handles, or it is 0 *)
      destruct v as [| |[|n]]; simpl in *; try done.
      intros x Hx. destruct (Hw x). by apply elem_of_cons; right.
  Qed.
End arc.
