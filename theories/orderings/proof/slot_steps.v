(** * Steps of the slot protocol under its invariant

The invariant [good] of [slot_invariant], applied to a state of the protocol, and
what it gives to the actions: that a holder may read ([good_read]), that the owner
may write ([fine_owner_write]) or change the word ([good_exclusive]). [fine] is
what soundness shows of each step. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_invariant
  slot_transitions.
From tally.prelude Require Import options.

(** What a step may lead to. *)
Definition fine (o : orderings) (r : result slot) : Prop :=
  match r with Done σ => good o σ | Bad _ => False | Disabled => True end.

Section steps.
  Context (o : orderings).
  Implicit Types (σ : slot) (m : machine word) (t : thread) (k : token) (p : list item).

  (** If the word is not written and the data are not accessed. *)
  Lemma good_grows σ m :
    grows (mem σ) m → newest m = newest (mem σ) → good o σ → good o (set_mem m σ).
  Proof.
    intros [Hc Ha HW HR] Hn H. unfold good, last_value, word_clock in *; simpl.
    rewrite Hn HW HR. eapply inv_mono; [apply clk_le_refl| |done].
    intros x. by apply known_by_mono.
  Qed.

  (** ** The parts of a step *)
  Lemma fine_only_if b r : (b = true → fine o r) → fine o (only_if b r).
  Proof. destruct b; simpl; auto. Qed.
  Lemma fine_with_token t k σ f :
    (∀ p, pool σ ≡ₚ (k, At t) :: p → fine o (f p)) → fine o (with_token t k σ f).
  Proof.
    intros H. unfold with_token. destruct (take_item _ _) as [p|] eqn:Hp; [|done].
    apply H. by apply take_item_perm.
  Qed.
  Lemma fine_loading ord t age σ f :
    (∀ v m, grows (mem σ) m → newest m = newest (mem σ) → fine o (f v m)) →
    fine o (loading ord t age σ f).
  Proof.
    intros H. unfold loading. destruct (load _ _ _ _) as [[v m]|] eqn:Hl; [|done].
    apply load_grows in Hl as [??]. by apply H.
  Qed.
  Lemma fine_failing_cas weak v ord t age σ f :
    (∀ v m, grows (mem σ) m → newest m = newest (mem σ) → fine o (f v m)) →
    fine o (failing_cas weak v ord t age σ f).
  Proof. intros H. apply fine_loading. intros w m ??. apply fine_only_if. auto. Qed.

  (** A holder may read. *)
  Lemma good_read σ t k p m' :
    good o σ → pool σ ≡ₚ (k, At t) :: p → may_read k = true →
    na_read t (mem σ) = Some m' → good o (set_mem m' σ).
  Proof.
    intros Hgood Hp Hk Hread.
    assert (Hin : (k, At t) ∈ pool σ) by (rewrite Hp; by apply elem_of_cons; left).
    assert (holds k = true ∧ k ≠ Last) as [Hhold Hlast] by by destruct k.
    destruct (na_read_spec t (mem σ)) as (m&Hm&Hn&HW&Hc&Ha&HR).
    { rewrite -(known_by_at (drop_fence o) _ _ k); [|done]. by eapply inv_writes. }
    rewrite Hread in Hm. injection Hm as <-.
    unfold good, last_value, word_clock in *; simpl. rewrite Hn HW.
    eapply inv_read; [|done..| |done].
    - intros x. by apply known_by_mono.
    - intros u. rewrite known_by_at; [|done]. apply HR.
  Qed.

  (** ** Pools with a token and what it says *)
  Lemma good_token σ t k p :
    good o σ → pool σ ≡ₚ (k, At t) :: p →
    inv (last_value (mem σ)) (word_clock (mem σ)) (writes (mem σ)) (reads (mem σ)) (live σ)
      (known_by (drop_fence o) (mem σ)) ((k, At t) :: p).
  Proof. intros H Hp. by eapply inv_perm. Qed.

  Lemma good_live σ t k p :
    good o σ → pool σ ≡ₚ (k, At t) :: p → holds k = true → token_live k (live σ).
  Proof.
    intros H Hp Hk. eapply inv_token_live; [done|rewrite Hp; by apply elem_of_cons; left|done].
  Qed.

  (** A shared handle anywhere says that the word is a count. *)
  Lemma good_shared_count σ h x :
    good o σ → (Shared h, x) ∈ pool σ → ∃ n, last_value (mem σ) = COUNT (S n).
  Proof.
    intros H Hin. pose proof (inv_shares H) as Hs.
    destruct (last_value (mem σ)) as [| |[|n]] eqn:Hv; simpl in Hs; [..|by exists n];
      pose proof (total_zero share _ _ _ Hs Hin); done.
  Qed.

  (** An owner says that the word is UNIQUE or busy. *)
  Lemma good_owned σ t k p :
    good o σ → pool σ ≡ₚ (k, At t) :: p → owner k = 1 →
    word_owners (last_value (mem σ)) = 1 ∧ word_shares (last_value (mem σ)) = 0 ∧
    ∀ lv, word_live (last_value (mem σ)) lv.
  Proof.
    intros H Hp Hk. pose proof (inv_owners (good_token _ _ _ _ H Hp)) as Ho.
    simpl in Ho. destruct (last_value (mem σ)) as [| |[|n]]; simpl in *; done || lia.
  Qed.

  Lemma good_intro m lv p :
    inv (last_value m) (word_clock m) (writes m) (reads m) lv (known_by (drop_fence o) m) p →
    good o (Slot m lv p).
  Proof. done. Qed.

  (** ** Steps of the sole holder *)

  (** It changes the word, or its state, or fences. *)
  Lemma good_exclusive σ t k k' p m' :
    good o σ → pool σ ≡ₚ (k, At t) :: p → sole (last_value (mem σ)) k p →
    grows (mem σ) m' →
    clk_le (known_by (drop_fence o) (mem σ) (k, At t)) (known_by (drop_fence o) m' (k', At t)) →
    (word_owners (last_value (mem σ)) = 0 →
      clk_le (word_clock (mem σ)) (known_by (drop_fence o) m' (k', At t))) →
    (word_owners (last_value m') = 0 → clk_le (writes (mem σ)) (word_clock m')) →
    share k' = word_shares (last_value m') → owner k' = word_owners (last_value m') →
    share k' + owner k' = 1 → token_live k' (live σ) →
    word_live (last_value m') (live σ) →
    good o (Slot m' (live σ) ((k', At t) :: p)).
  Proof.
    intros Hgood Hp Hsole Hm Hk HL HW Hs Ho Hsum Hlive Hlive'.
    pose proof (good_token _ _ _ _ Hgood Hp) as Hinv.
    destruct (inv_sole_knows _ Hinv Hsole Hk HL) as [HWk HRk].
    apply good_intro. rewrite (grows_writes _ _ Hm) (grows_reads _ _ Hm).
    by eapply inv_exclusive.
  Qed.

  (** The owner writes the metadata. *)
  Lemma good_owner_write σ t k p :
    good o σ → pool σ ≡ₚ (k, At t) :: p → owner k = 1 → k ≠ Last →
    (∀ h, handle_of k = Some h → no_refs h p) →
    ∃ m', na_write t (mem σ) = Some m' ∧
      ∀ k' lv, owner k' = 1 → k' ≠ Last → token_live k' lv →
        good o (Slot m' lv ((k', At t) :: p)).
  Proof.
    intros Hgood Hp Hk Hlast Hno.
    pose proof (good_token _ _ _ _ Hgood Hp) as Hinv.
    destruct (good_owned _ _ _ _ Hgood Hp Hk) as (Hvo&Hvs&Hvl).
    assert (Hsole : sole (last_value (mem σ)) k p) by (split; [by left|done]).
    destruct (inv_sole_knows (cur_clock (mem σ) t) Hinv Hsole) as [HW HR].
    { rewrite known_by_at; [apply clk_le_refl|done]. }
    { rewrite Hvo. done. }
    destruct (na_write_spec t (mem σ) HW HR) as (m'&Hm'&Hn&HR'&Hc&Ha&HW').
    exists m'. split; [done|]. intros k' lv Hk' Hlast' Hlive'. apply good_intro.
    assert (Hv : last_value m' = last_value (mem σ)) by (unfold last_value; by rewrite Hn).
    rewrite Hv HR'.
    assert (share k' = 0) by by destruct k'.
    eapply inv_exclusive; [done..|lia|lia|lia| | |done| |done].
    - rewrite known_by_at; [|done]. done.
    - rewrite known_by_at; [|done]. eapply clk_le_trans; [apply HR|apply Hc].
    - rewrite Hvo. done.
  Qed.
  Lemma fine_owner_write σ t k p was f :
    good o σ → pool σ ≡ₚ (k, At t) :: p → owner k = 1 → k ≠ Last →
    (∀ h, handle_of k = Some h → no_refs h p) → live σ = was →
    (∀ m', (∀ k' lv, owner k' = 1 → k' ≠ Last → token_live k' lv →
        good o (Slot m' lv ((k', At t) :: p))) → fine o (f m')) →
    fine o (writing was t σ f).
  Proof.
    intros Hgood Hp Hk Hlast Hno Hwas Hf.
    destruct (good_owner_write _ _ _ _ Hgood Hp Hk Hlast Hno) as (m'&Hm'&Hgood').
    unfold writing. rewrite Hm' Hwas. rewrite Bool.eqb_reflx. by apply Hf.
  Qed.
End steps.
