(** * Each action of the slot protocol is fine

One lemma for each action: from a [good] state, it leads to a good state and does not
go wrong. The lemmas that assume [required] are those of the actions whose orderings
matter, and each uses its own. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_configs.
From tally.orderings Require Import slot_invariant slot_transitions slot_steps.
From tally.prelude Require Import options.

Section actions.
  Context (o : orderings).
  Implicit Types (σ : slot) (m : machine word) (t : thread) (k : token) (p : list item).

  (** The metadata are made or destroyed, and the owner's token says so. *)
  Lemma fine_owner_becomes t σ k k' was lv :
    good o σ → owner k = 1 → k ≠ Last → handle_of k = None →
    (∀ lv, token_live k lv → lv = was) →
    owner k' = 1 → k' ≠ Last → token_live k' lv →
    fine o (with_token t k σ $ λ p, writing was t σ $ λ m, Done (Slot m lv ((k', At t) :: p))).
  Proof.
    intros Hgood Hk Hlast Hof Hwas Hk' Hlast' Hlive. apply fine_with_token. intros p Hp.
    eapply fine_owner_write; [done|done|done|done| | |].
    - intros h. by rewrite Hof.
    - apply Hwas. eapply good_live; [done..|]. by destruct k.
    - intros m' Hm'. by apply Hm'.
  Qed.

  (** ** from_unused *)
  Lemma claim_cas_fine t σ : required o → good o σ → fine o (step o t ClaimCas σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_only_if.
    intros Hv%bool_decide_eq_true.
    pose proof (update_grows (claim o) t (if claim_to_unique o then UNIQUE else BUSY) (mem σ)) as Hm.
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm) update_value.
    apply (inv_claim (word_clock (mem σ))).
    - rewrite known_by_at; [|done]. apply update_acquires, claim_acquires, Ho.
    - by destruct (claim_to_unique o).
    - by destruct (claim_to_unique o).
    - rewrite -Hv. by apply (inv_grows Hm).
  Qed.

  Lemma write_new_fine t σ : good o σ → fine o (step o t WriteNew σ).
  Proof. intros Hgood. by apply fine_owner_becomes. Qed.

  Lemma publish_shared_fine t σ h : required o → good o σ → fine o (step o t (PublishShared h) σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_only_if. intros _. apply fine_with_token. intros p Hp.
    pose proof (store_grows (publish_shared o) t (COUNT 1) (mem σ)) as Hm.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&_).
    eapply good_exclusive; [done|done| |exact Hm| | | |done..].
    - split; [by left|done].
    - apply (grows_cur _ _ Hm).
    - rewrite Hvo. done.
    - intros _. rewrite store_releases; [|apply publish_shared_releases, Ho].
      apply (inv_writes (good_token _ _ _ _ _ Hgood Hp) Built (At t));
        [by apply elem_of_cons; left|done].
  Qed.

  Lemma publish_unique_fine t σ h : good o σ → fine o (step o t (PublishUnique h) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros _. apply fine_with_token. intros p Hp.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&Hvs&Hvl).
    set (m' := match publish_unique o with Some _ => _ | None => _ end).
    assert (grows (mem σ) m' ∧ word_owners (last_value m') = 1 ∧
      word_shares (last_value m') = 0 ∧ word_live (last_value m') (live σ)) as (Hm&Ho'&Hs'&Hl').
    { unfold m'. destruct (publish_unique o); [split; [apply store_grows|done]|].
      split; [apply grows_refl|done]. }
    eapply good_exclusive; [done|done| |exact Hm| | | |done..].
    - split; [by left|done].
    - apply (grows_cur _ _ Hm).
    - rewrite Hvo. done.
    - rewrite Ho'. done.
  Qed.

  (** ** from_in_use *)
  Lemma inv_guesses v L W R lv kn p t w :
    inv v L W R lv kn p → inv v L W R lv kn (((λ k, (k, At t)) <$> guess w) ++ p).
  Proof. intros H. destruct w as [| |[|n]]; simpl; try done. by apply inv_add_neutral. Qed.

  Lemma lookup_load_fine t σ age : good o σ → fine o (step o t (LookupLoad age) σ).
  Proof.
    intros Hgood. unfold step. apply fine_loading. intros v m Hm Hn.
    apply good_intro, inv_guesses. exact (good_grows _ _ _ Hm Hn Hgood).
  Qed.

  Lemma lookup_cas_fails_fine t σ n age : good o σ → fine o (step o t (LookupCasFails n age) σ).
  Proof.
    intros Hgood. unfold step. apply fine_with_token. intros p Hp.
    apply fine_failing_cas. intros v m Hm Hn.
    apply good_intro, inv_guesses. apply (inv_remove_neutral (Guess n) (At t)); [done|].
    apply (inv_perm Hp). exact (good_grows _ _ _ Hm Hn Hgood).
  Qed.

  Lemma lookup_cas_fine t σ n h : required o → good o σ → fine o (step o t (LookupCas n h) σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_only_if. intros _. apply fine_with_token. intros p Hp.
    apply fine_only_if. intros [Hn Hv%bool_decide_eq_true]%andb_true_iff.
    destruct n as [|n]; [done|].
    pose proof (update_grows (in_use_cas o) t (COUNT (S (S n))) (mem σ)) as Hm.
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm) update_value.
    apply (inv_share (word_clock (mem σ))); [apply update_keeps|..].
    - rewrite known_by_at; [|done].
      eapply clk_le_trans; [|apply update_acquires, in_use_cas_acquires, Ho].
      apply (inv_word Hgood). by rewrite Hv.
    - apply (inv_grows Hm). rewrite -Hv.
      apply (inv_remove_neutral (Guess (S n)) (At t)); [done|].
      by apply (inv_perm Hp).
  Qed.

  (** ** Clone, read, write *)
  Lemma clone_fine t σ k h : good o σ → fine o (step o t (Clone k h) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros [Hk _]%andb_true_iff.
    apply fine_with_token. intros p Hp.
    assert (Hin : (k, At t) ∈ pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    assert (∃ n, last_value (mem σ) = COUNT (S n)) as [n Hv].
    { destruct k as [| |i| |i| | | | | | |]; try done.
      - by eapply good_shared_count.
      - apply existsb_exists in Hk as ([k x]&Hx&Hh%bool_decide_eq_true).
        simpl in Hh. subst k. eapply (good_shared_count _ _ i x); [done|].
        clear -Hx. induction (pool σ) as [|y q IH]; [done|].
        destruct Hx as [->|Hx]; apply elem_of_cons; [by left|right; by apply IH]. }
    rewrite Hv.
    pose proof (update_grows (clone o) t (COUNT (S (S n))) (mem σ)) as Hm.
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm) update_value.
    apply (inv_share (word_clock (mem σ))); [apply update_keeps|..].
    - rewrite known_by_at; [|done]. eapply clk_le_trans; [|apply (grows_cur _ _ Hm)].
      rewrite -(known_by_at (drop_fence o) _ _ k); [|done]. by eapply inv_writes.
    - apply (inv_grows Hm). by rewrite -Hv.
  Qed.

  Lemma read_fine t σ k : good o σ → fine o (step o t (Read k) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros Hk.
    apply fine_with_token. intros p Hp. unfold reading.
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    pose proof (good_live _ _ _ _ _ Hgood Hp Hhold) as Hlive.
    destruct (na_read_spec t (mem σ)) as (m'&Hm'&_).
    { rewrite -(known_by_at (drop_fence o) _ _ k); [|done]. eapply inv_writes; [done| |done].
      rewrite Hp. by apply elem_of_cons; left. }
    rewrite Hm'. assert (live σ = true) as -> by by destruct k.
    by eapply good_read.
  Qed.

  Lemma write_fine t σ k : good o σ → fine o (step o t (Write k) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros [Hk Hno]%andb_true_iff.
    apply fine_with_token. intros p Hp.
    assert (owner k = 1 ∧ k ≠ Last ∧ ∀ lv, token_live k lv ↔ lv = true) as (Hown&Hlast&Hlive)
      by by destruct k.
    assert (live σ = true) as Hl.
    { apply Hlive. eapply good_live; [done..|]. by destruct k. }
    eapply fine_owner_write; [done|done|done|done| |done|].
    - intros h Hh. destruct k; simplify_eq/=.
      eapply no_refs_perm; [done|]. by apply unborrowed_no_refs.
    - intros m' Hm'. unfold set_mem; simpl. rewrite Hl.
      specialize (Hm' k true Hown Hlast (proj2 (Hlive true) eq_refl)).
      by apply (inv_perm (Permutation_sym Hp)).
  Qed.

  (** ** Drop *)
  Lemma drop_shared_fine t σ h : required o → good o σ → fine o (step o t (DropShared h) σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_only_if. intros Hno%unborrowed_no_refs.
    apply fine_with_token. intros p Hp.
    destruct (good_shared_count _ _ h (At t) Hgood) as [n Hv].
    { rewrite Hp. by apply elem_of_cons; left. }
    rewrite Hv. pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    pose proof (update_grows (drop_sub o) t (COUNT n) (mem σ)) as Hm.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    destruct n as [|n]; simpl.
    - eapply good_exclusive; [done|done| |exact Hm| | |done..].
      + split; [by right|]. intros h' Hh'. by simplify_eq/=.
      + eapply clk_le_trans; [apply (grows_cur _ _ Hm)|apply known_by_cur].
      + intros _. simpl. destruct (last_drop_acquires _ Ho) as [->|Ha].
        * eapply clk_le_trans; [apply update_acq|apply clk_le_join_r].
        * eapply clk_le_trans; [by apply update_acquires|apply (known_by_cur _ _ t Last)].
    - apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm) update_value.
      apply (inv_grows Hm).
      apply (inv_unshare (word_clock (mem σ)) h (At t)); [apply update_keeps| |done|].
      + apply update_releases, drop_sub_releases, Ho.
      + rewrite -Hv. by apply good_token.
  Qed.

  Lemma drop_fence_fine t σ : required o → good o σ → fine o (step o t DropFence σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_with_token. intros p Hp.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&Hvs&Hvl).
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    set (m' := if drop_fence o then _ else _).
    assert (grows (mem σ) m' ∧ newest m' = newest (mem σ)) as (Hm&Hn).
    { unfold m'. destruct (drop_fence o); [split; [apply fence_acquire_grows|done]|].
      split; [apply grows_refl|done]. }
    assert (Hv : last_value m' = last_value (mem σ)) by (unfold last_value; by rewrite Hn).
    eapply good_exclusive; [done|done| |exact Hm| | | |by rewrite ?Hv..].
    - split; [by left|done].
    - simpl. unfold m'. destruct (drop_fence o); [|apply clk_le_refl].
      rewrite fence_acquire_cur. apply clk_le_refl.
    - rewrite Hvo. done.
    - rewrite Hv Hvo. done.
  Qed.

  Lemma drop_unique_fine t σ h : good o σ → fine o (step o t (DropUnique h) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros Hno%unborrowed_no_refs.
    apply fine_with_token. intros p Hp.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&Hvs&Hvl).
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    set (m' := match retire_unique o with Some _ => _ | None => _ end).
    assert (grows (mem σ) m' ∧ word_owners (last_value m') = 1 ∧
      word_shares (last_value m') = 0 ∧ word_live (last_value m') (live σ)) as (Hm&Ho'&Hs'&Hl').
    { unfold m'. destruct (retire_unique o); [split; [apply store_grows|done]|].
      split; [apply grows_refl|done]. }
    eapply good_exclusive; [done|done| |exact Hm| | | |done..].
    - split; [by left|]. intros h' Hh'. by simplify_eq/=.
    - apply (grows_cur _ _ Hm).
    - rewrite Hvo. done.
    - rewrite Ho'. done.
  Qed.

  Lemma destroy_fine t σ : good o σ → fine o (step o t Destroy σ).
  Proof. intros Hgood. by apply fine_owner_becomes. Qed.

  Lemma store_unused_fine t σ : required o → good o σ → fine o (step o t StoreUnused σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_with_token. intros p Hp.
    pose proof (store_grows (store_unused o) t UNUSED (mem σ)) as Hm.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&_).
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    pose proof (good_token _ _ _ _ _ Hgood Hp) as Hinv.
    assert (Hsole : sole (last_value (mem σ)) Dead p) by (split; [by left|done]).
    destruct (inv_sole_knows (cur_clock (mem σ) t) Hinv Hsole) as [HW HR].
    { apply clk_le_refl. } { rewrite Hvo. done. }
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm) store_value Hlive.
    rewrite Hlive in Hinv. eapply inv_release; [done|done| |].
    - by rewrite store_releases; [|apply store_unused_releases, Ho].
    - by rewrite store_releases; [|apply store_unused_releases, Ho].
  Qed.

  (** ** Conversions *)
  Lemma share_unique_fine t σ h : required o → good o σ → fine o (step o t (ShareUnique h) σ).
  Proof.
    intros Ho Hgood. unfold step. apply fine_only_if. intros Hno%unborrowed_no_refs.
    apply fine_with_token. intros p Hp.
    pose proof (store_grows (share_unique o) t (COUNT 1) (mem σ)) as Hm.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    destruct (good_owned _ _ _ _ _ Hgood Hp eq_refl) as (Hvo&_).
    eapply good_exclusive; [done|done| |exact Hm| | | |done..].
    - split; [by left|]. intros h' Hh'. by simplify_eq/=.
    - apply (grows_cur _ _ Hm).
    - rewrite Hvo. done.
    - intros _. rewrite store_releases; [|apply share_unique_releases, Ho].
      apply (inv_writes (good_token _ _ _ _ _ Hgood Hp) (Unique h) (At t));
        [by apply elem_of_cons; left|done].
  Qed.

  Lemma try_unique_fine t σ h : required o → good o σ → fine o (step o t (TryUnique h) σ).
  Proof.
    intros Ho Hgood. unfold step.
    destruct (try_unique_acquires _ Ho) as (c&->&Hc).
    apply fine_only_if. intros Hno%unborrowed_no_refs.
    apply fine_with_token. intros p Hp.
    apply fine_only_if. intros Hv%bool_decide_eq_true.
    pose proof (update_grows c t UNIQUE (mem σ)) as Hm.
    pose proof (no_refs_perm _ _ _ _ Hp Hno) as Hno'.
    pose proof (good_live _ _ _ _ _ Hgood Hp eq_refl) as Hlive. simpl in Hlive.
    eapply good_exclusive; [done|done| |exact Hm| | |done..].
    - split; [by right|]. intros h' Hh'. by simplify_eq/=.
    - apply (grows_cur _ _ Hm).
    - intros _. by apply update_acquires.
  Qed.

  Lemma try_unique_fails_fine t σ h age : good o σ → fine o (step o t (TryUniqueFails h age) σ).
  Proof.
    intros Hgood. unfold step. apply fine_with_token. intros p Hp.
    apply fine_failing_cas. intros v m Hm Hn. by apply good_grows.
  Qed.

  Lemma try_unique_load_fine t σ h age : required o → fine o (step o t (TryUniqueLoad h age) σ).
  Proof. intros Ho. unfold step. by destruct (try_unique_acquires _ Ho) as (c&->&_). Qed.

  Lemma try_unique_store_fine t σ h : good o σ → fine o (step o t (TryUniqueStore h) σ).
  Proof.
    intros Hgood. unfold step. apply fine_with_token. intros p Hp.
    by destruct (good_live _ _ _ _ _ Hgood Hp eq_refl).
  Qed.

  (** ** The client *)
  Lemma borrow_fine t σ k : good o σ → fine o (step o t (Borrow k) σ).
  Proof.
    intros Hgood. unfold step. apply fine_with_token. intros p Hp.
    destruct (handle_used k) as [h|] eqn:Hh; [|done].
    apply good_intro. eapply (inv_borrow k (At t)); [|done| |done].
    - rewrite Hp. by apply elem_of_cons; left.
    - destruct k; simplify_eq/=; apply clk_le_refl.
  Qed.

  Lemma end_borrow_fine t σ h : good o σ → fine o (step o t (EndBorrow h) σ).
  Proof.
    intros Hgood. unfold step. apply fine_with_token. intros p Hp.
    apply fine_only_if. intros Hin%bool_decide_eq_true. apply good_intro.
    destruct Hin as [Hin|Hin].
    - apply (inv_end_borrow h (At t) (Shared h) (At t)); [done..| |].
      + apply clk_le_refl.
      + by apply good_token.
    - apply (inv_end_borrow h (At t) (Unique h) (At t)); [done..| |].
      + apply clk_le_refl.
      + by apply good_token.
  Qed.

  Lemma send_fine t σ k : good o σ → fine o (step o t (Send k) σ).
  Proof.
    intros Hgood. unfold step. apply fine_only_if. intros Hk.
    apply fine_with_token. intros p Hp. apply good_intro.
    apply (inv_move (At t)); [|by apply good_token].
    destruct k; try done; apply clk_le_refl.
  Qed.

  Lemma receive_fine t σ k i : good o σ → fine o (step o t (Receive k i) σ).
  Proof.
    intros Hgood. unfold step. destruct (flying k (pool σ) !! i) as [V|]; [|done].
    destruct (take_item _ _) as [p|] eqn:Hp; [|done].
    apply take_item_perm in Hp.
    pose proof (learn_grows t V (mem σ)) as Hm.
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
    apply (inv_move (Flying V)).
    - eapply clk_le_trans; [|apply known_by_cur].
      destruct k; apply learn_cur.
    - apply (inv_grows Hm). by apply (inv_perm Hp).
  Qed.

  Lemma notify_fine t σ : good o σ → fine o (step o t Notify σ).
  Proof. intros Hgood. apply good_intro. by apply inv_add_neutral. Qed.

  Lemma client_fence_fine t σ b : good o σ → fine o (step o t (ClientFence b) σ).
  Proof.
    intros Hgood. unfold step. apply (good_grows _ σ); [..|done]; destruct b; try done.
    - apply fence_acquire_grows.
    - apply fence_release_grows.
  Qed.
End actions.
