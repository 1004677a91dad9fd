(** * Transitions of the slot protocol's invariant

One lemma for each way in which the pool of tokens, the word and the clocks change
together; see [slot_invariant] for the phases. The last ones, on the [sole] holder,
say that whoever is left alone knows of every access, and may therefore do what it
likes. *)
From tally.prelude Require Import prelude.
From tally.orderings Require Import machine machine_laws slot_protocol slot_invariant.
From tally.prelude Require Import options.

Section transitions.
  Implicit Types (v : word) (L W R C : clock) (lv : bool) (kn : item → clock)
    (p q : list item) (k : token) (h : handle).

  Lemma inv_perm {v L W R lv kn p q} : p ≡ₚ q → inv v L W R lv kn p → inv v L W R lv kn q.
  Proof.
    intros Hp [H1 H2 H3 H4 H5 H6 H7 H8]. split; try done.
    - by rewrite -(total_perm _ _ _ Hp).
    - by rewrite -(total_perm _ _ _ Hp).
    - intros h x. setoid_rewrite <-Hp. apply H3.
    - intros k x. rewrite -Hp. apply H4.
    - intros k x. rewrite -Hp. apply H5.
    - intros u. setoid_rewrite <-Hp. apply H8.
  Qed.

  (** More knowledge does no harm. *)
  Lemma inv_mono {v L} L' {W R lv kn} kn' {p} :
    clk_le L L' → (∀ x, clk_le (kn x) (kn' x)) →
    inv v L W R lv kn p → inv v L' W R lv kn' p.
  Proof.
    intros HL Hkn [H1 H2 H3 H4 H5 H6 H7 H8]. split; try done.
    - intros k x ??. eapply clk_le_trans; [by eapply H4|apply Hkn].
    - intros ?. eapply clk_le_trans; [by apply H6|done].
    - intros u. destruct (H8 u) as [[??]|(k&x&?&?&?)].
      + left. split; [done|]. etrans; [done|apply HL].
      + right. exists k, x. split_and!; [done..|]. etrans; [done|apply Hkn].
  Qed.

  (** Guesses and notes come and go. *)
  Lemma inv_add_neutral {v L W R lv kn p} k x :
    holds k = false → inv v L W R lv kn p → inv v L W R lv kn ((k, x) :: p).
  Proof.
    intros Hk [H1 H2 H3 H4 H5 H6 H7 H8].
    assert (Hs : share k = 0 ∧ owner k = 0) by by destruct k.
    destruct Hs as [Hs Ho].
    split; try done; simpl.
    - lia.
    - lia.
    - intros h y [Heq|Hin]%elem_of_cons; [by simplify_eq|].
      destruct (H3 h y Hin) as (l&z&?&?). exists l, z. split; [by apply elem_of_cons; right|done].
    - intros l y [Heq|Hin]%elem_of_cons ?; [first [congruence|by simplify_eq]|by apply H4].
    - intros l y [Heq|Hin]%elem_of_cons ?; [first [congruence|by simplify_eq]|by eapply H5].
    - intros u. destruct (H8 u) as [?|(l&y&?&?&?)]; [by left|right].
      exists l, y. split_and!; [by apply elem_of_cons; right|done..].
  Qed.
  Lemma inv_remove_neutral {v L W R lv kn p} k x :
    holds k = false → inv v L W R lv kn ((k, x) :: p) → inv v L W R lv kn p.
  Proof.
    intros Hk [H1 H2 H3 H4 H5 H6 H7 H8].
    assert (Hs : share k = 0 ∧ owner k = 0 ∧ handle_of k = None) by by destruct k.
    destruct Hs as (Hs&Ho&Hh). simpl in *.
    split; try done.
    - lia.
    - lia.
    - intros h y Hin. destruct (H3 h y) as (l&z&Hl&?); [by apply elem_of_cons; right|].
      apply elem_of_cons in Hl as [Heq|Hl]; [first [congruence|by simplify_eq]|]. by exists l, z.
    - intros l y Hin. apply H4. by apply elem_of_cons; right.
    - intros l y Hin. eapply H5. by apply elem_of_cons; right.
    - intros u. destruct (H8 u) as [?|(l&y&Hl&?&?)]; [by left|right].
      apply elem_of_cons in Hl as [Heq|Hl]; [first [congruence|by simplify_eq]|]. by exists l, y.
  Qed.

  (** A token moves to where at least as much is known. *)
  Lemma inv_move {v L W R lv kn p k} x {y} :
    clk_le (kn (k, x)) (kn (k, y)) →
    inv v L W R lv kn ((k, x) :: p) → inv v L W R lv kn ((k, y) :: p).
  Proof.
    intros Hkn [H1 H2 H3 H4 H5 H6 H7 H8]. split; try done.
    - intros h z Hin.
      assert (∃ z, (Ref h, z) ∈ (k, x) :: p) as [z' Hin'].
      { apply elem_of_cons in Hin as [Heq|Hin].
        - exists x. apply elem_of_cons; left. by simplify_eq.
        - exists z. by apply elem_of_cons; right. }
      destruct (H3 h z' Hin') as (l&w&Hl&?).
      apply elem_of_cons in Hl as [Heq|Hl].
      + simplify_eq. exists k, y. split; [by apply elem_of_cons; left|done].
      + exists l, w. split; [by apply elem_of_cons; right|done].
    - intros l z [Heq|Hin]%elem_of_cons ?.
      + simplify_eq. eapply clk_le_trans; [|done]. apply H4; [by apply elem_of_cons; left|done].
      + apply H4; [by apply elem_of_cons; right|done].
    - intros l z [Heq|Hin]%elem_of_cons ?.
      + simplify_eq. apply (H5 k x); [by apply elem_of_cons; left|done].
      + apply (H5 l z); [by apply elem_of_cons; right|done].
    - intros u. destruct (H8 u) as [?|(l&z&Hl&?&?)]; [by left|right].
      apply elem_of_cons in Hl as [Heq|Hl].
      + simplify_eq. exists k, y. split_and!; [by apply elem_of_cons; left|done|].
        etrans; [done|apply Hkn].
      + exists l, z. split_and!; [by apply elem_of_cons; right|done..].
  Qed.

  (** A reference begins, and ends with its handle at hand. *)
  Lemma inv_borrow {v L W R lv kn p} k x {h y} :
    (k, x) ∈ p → handle_used k = Some h → clk_le (kn (k, x)) (kn (Ref h, y)) →
    inv v L W R lv kn p → inv v L W R lv kn ((Ref h, y) :: p).
  Proof.
    intros Hk Hh Hkn [H1 H2 H3 H4 H5 H6 H7 H8].
    assert (Hhold : holds k = true) by by destruct k.
    assert (Hlive : token_live (Ref h) lv).
    { specialize (H5 k x Hk Hhold). by destruct k. }
    assert (Hof : ∃ l z, (l, z) ∈ p ∧ handle_of l = Some h).
    { destruct k; simplify_eq/=; [..|by eapply H3].
      - eexists _, _. by split.
      - eexists _, _. by split. }
    destruct Hof as (l&z&Hl&?). split; try done.
    - intros h' z' [Heq|Hin]%elem_of_cons.
      + simplify_eq. exists l, z. split; [by apply elem_of_cons; right|done].
      + destruct (H3 h' z' Hin) as (l'&w&?&?). exists l', w.
        split; [by apply elem_of_cons; right|done].
    - intros l' z' [Heq|Hin]%elem_of_cons ?; [|by apply H4].
      simplify_eq. eapply clk_le_trans; [|done]. by apply H4.
    - intros l' z' [Heq|Hin]%elem_of_cons ?; [by simplify_eq|by eapply H5].
    - intros u. destruct (H8 u) as [?|(l'&z'&?&?&?)]; [by left|right].
      exists l', z'. split_and!; [by apply elem_of_cons; right|done..].
  Qed.
  Lemma inv_end_borrow {v L W R lv kn p} h x k y :
    (k, y) ∈ p → holds k = true → clk_le (kn (Ref h, x)) (kn (k, y)) →
    inv v L W R lv kn ((Ref h, x) :: p) → inv v L W R lv kn p.
  Proof.
    intros Hk Hhold Hkn [H1 H2 H3 H4 H5 H6 H7 H8]. split; try done.
    - intros h' z' Hin. destruct (H3 h' z') as (l&z&Hl&?); [by apply elem_of_cons; right|].
      apply elem_of_cons in Hl as [Heq|Hl]; [first [congruence|by simplify_eq]|]. by exists l, z.
    - intros l z Hin. apply H4. by apply elem_of_cons; right.
    - intros l z Hin. eapply H5. by apply elem_of_cons; right.
    - intros u. destruct (H8 u) as [?|(l&z&Hl&?&?)]; [by left|right].
      apply elem_of_cons in Hl as [Heq|Hl].
      + simplify_eq. exists k, y. split_and!; [done..|]. etrans; [done|apply Hkn].
      + by exists l, z.
  Qed.

  (** A new shared handle, by a clone or a lookup. *)
  Lemma inv_share {n} L {L' W R lv kn p h y} :
    clk_le L L' → clk_le W (kn (Shared h, y)) →
    inv (COUNT (S n)) L W R lv kn p →
    inv (COUNT (S (S n))) L' W R lv kn ((Shared h, y) :: p).
  Proof.
    intros HL HW [H1 H2 H3 H4 H5 H6 H7 H8]. simpl in *. split; simpl; try done.
    - by rewrite H1.
    - intros h' z [Heq|Hin]%elem_of_cons; [by simplify_eq|].
      destruct (H3 h' z Hin) as (l&w&?&?). exists l, w. split; [by apply elem_of_cons; right|done].
    - intros l z [Heq|Hin]%elem_of_cons ?; [by simplify_eq|by apply H4].
    - intros l z [Heq|Hin]%elem_of_cons ?; [by simplify_eq|by eapply H5].
    - intros _. eapply clk_le_trans; [by apply H6|done].
    - intros u. destruct (H8 u) as [[??]|(l&z&?&?&?)]; [left|right].
      + split; [done|]. etrans; [done|apply HL].
      + exists l, z. split_and!; [by apply elem_of_cons; right|done..].
  Qed.

  (** A shared handle that is not the last goes; what it knows goes into the
  word. *)
  Lemma inv_unshare {n} L {L' W R lv kn p} h x :
    clk_le L L' → clk_le (kn (Shared h, x)) L' → no_refs h p →
    inv (COUNT (S (S n))) L W R lv kn ((Shared h, x) :: p) →
    inv (COUNT (S n)) L' W R lv kn p.
  Proof.
    intros HL Hx Hno [H1 H2 H3 H4 H5 H6 H7 H8]. simpl in *. split; simpl; try done.
    - lia.
    - intros h' z Hin. destruct (H3 h' z) as (l&w&Hl&?); [by apply elem_of_cons; right|].
      apply elem_of_cons in Hl as [Heq|Hl]; [|by exists l, w].
      simplify_eq/=. by destruct (Hno z).
    - intros l z Hin. apply H4. by apply elem_of_cons; right.
    - intros l z Hin. eapply H5. by apply elem_of_cons; right.
    - intros _. eapply clk_le_trans; [by apply H6|done].
    - intros u. destruct (H8 u) as [[??]|(l&z&Hl&?&?)].
      + left. split; [done|]. etrans; [done|apply HL].
      + apply elem_of_cons in Hl as [Heq|Hl]; [|by right; exists l, z].
        simplify_eq. left. split; [done|]. etrans; [done|apply Hx].
  Qed.

  (** A thread claims the slot: it learns all that the newest message knows. *)
  Lemma inv_claim L {L' W R lv kn p v' x} :
    clk_le L (kn (Claimed, x)) → word_shares v' = 0 → word_owners v' = 1 →
    inv UNUSED L W R lv kn p → inv v' L' W R lv kn ((Claimed, x) :: p).
  Proof.
    intros HL Hs Ho [H1 H2 H3 H4 H5 H6 H7 H8]. simpl in *.
    assert (Hno : ∀ k z, (k, z) ∈ p → holds k = true → False).
    { intros k z Hin Hk. assert (share k = 0) by by eapply total_zero.
      assert (owner k = 0) by by eapply total_zero.
      destruct k as [| | | |h| | | | | | |]; try done. destruct (H3 h z Hin) as (l&w&Hl&?).
      assert (share l = 0) by by eapply total_zero.
      assert (owner l = 0) by by eapply total_zero. by destruct l. }
    split; simpl.
    - lia.
    - lia.
    - intros h z [Heq|Hin]%elem_of_cons; [done|]. by destruct (Hno _ _ Hin).
    - intros k z [Heq|Hin]%elem_of_cons ?; [|by destruct (Hno _ _ Hin)].
      simplify_eq. eapply clk_le_trans; [by apply H6|done].
    - intros k z [Heq|Hin]%elem_of_cons ?; [by simplify_eq|by destruct (Hno _ _ Hin)].
    - lia.
    - destruct v' as [| |[]]; done.
    - intros u. right. exists Claimed, x. split_and!; [by apply elem_of_cons; left|done|].
      destruct (H8 u) as [[_ ?]|(k&z&?&?&?)]; [|by destruct (Hno k z)].
      etrans; [done|apply HL].
  Qed.

  (** A token that is the only one to hold anything: the owner, or the one shared
  handle while the count is 1, without references to it. *)
  Definition sole v k p : Prop :=
    (owner k = 1 ∨ (share k = 1 ∧ v = COUNT 1)) ∧ ∀ h, handle_of k = Some h → no_refs h p.

  Lemma inv_sole {v L W R lv kn k x p l y} :
    inv v L W R lv kn ((k, x) :: p) → sole v k p → (l, y) ∈ p → holds l = false.
  Proof.
    intros [H1 H2 H3 _ _ _ _ _] [Hk Hno] Hin. simpl in *.
    assert (Hs : total share p = 0).
    { destruct v as [| |[|[]]], Hk as [?|[??]]; simplify_eq/=; lia. }
    assert (Ho : total owner p = 0).
    { destruct v as [| |[|[]]], Hk as [?|[??]]; simplify_eq/=; lia. }
    destruct (holds l) eqn:Hl; [|done].
    assert (share l = 0) by by eapply total_zero.
    assert (owner l = 0) by by eapply total_zero.
    destruct l as [| | | |h| | | | | | |]; try done.
    destruct (H3 h y) as (l&w&Hw&Hh); [by apply elem_of_cons; right|].
    apply elem_of_cons in Hw as [Heq|Hw].
    - simplify_eq. by destruct (Hno h Hh y).
    - assert (share l = 0) by by eapply total_zero.
      assert (owner l = 0) by by eapply total_zero. by destruct l.
  Qed.

  (** It knows of every access, together with the newest message if that is not
  the owner's. *)
  Lemma inv_sole_knows {v L W R lv kn k x p} C :
    inv v L W R lv kn ((k, x) :: p) → sole v k p →
    clk_le (kn (k, x)) C → (word_owners v = 0 → clk_le L C) → clk_le W C ∧ clk_le R C.
  Proof.
    intros Hinv Hsole HC HL.
    assert (holds k = true) as Hk by (destruct Hsole as [[?|[? _]] _]; by destruct k).
    split.
    - eapply clk_le_trans; [|done]. eapply inv_writes; [done|by apply elem_of_cons; left|done].
    - intros u. destruct (inv_reads Hinv u) as [[??]|(l&y&Hl&Hhold&?)].
      + etrans; [done|by apply HL].
      + apply elem_of_cons in Hl as [Heq|Hl].
        * simplify_eq. etrans; [done|apply HC].
        * pose proof (inv_sole Hinv Hsole Hl). congruence.
  Qed.

  (** The sole holder may do anything, provided that it knows of every access
  thereafter, and the word too if the slot is not owned then. *)
  Lemma inv_exclusive v v' L L' W W' R lv lv' kn kn' k k' x y p :
    inv v L W R lv kn ((k, x) :: p) → sole v k p →
    share k' = word_shares v' → owner k' = word_owners v' → share k' + owner k' = 1 →
    clk_le W' (kn' (k', y)) → clk_le R (kn' (k', y)) → token_live k' lv' →
    (word_owners v' = 0 → clk_le W' L') → word_live v' lv' →
    inv v' L' W' R lv' kn' ((k', y) :: p).
  Proof.
    intros Hinv Hsole Hs' Ho' Hsum HW HR Hlive HL Hlive'.
    assert (Hno : ∀ l z, (l, z) ∈ p → holds l = false) by (intros; by eapply inv_sole).
    assert (total share p = 0 ∧ total owner p = 0) as [Hzs Hzo].
    { clear -Hno. induction p as [|[l z] p IH]; [done|]. simpl.
      destruct IH as [IH1 IH2]; [intros; eapply Hno; by apply elem_of_cons; right|].
      rewrite IH1 IH2. specialize (Hno l z ltac:(by apply elem_of_cons; left)). by destruct l. }
    assert (Hk' : holds k' = true) by by destruct k'.
    split; simpl; try done.
    - lia.
    - lia.
    - intros h z [Heq|Hin]%elem_of_cons; [|by specialize (Hno _ _ Hin)].
      by simplify_eq.
    - intros l z [Heq|Hin]%elem_of_cons ?; [by simplify_eq|]. specialize (Hno _ _ Hin). congruence.
    - intros l z [Heq|Hin]%elem_of_cons ?; [by simplify_eq|]. specialize (Hno _ _ Hin). congruence.
    - intros u. right. exists k', y. split_and!; [by apply elem_of_cons; left|done|apply HR].
  Qed.

  (** The owner leaves, and everything it knows goes into the word. *)
  Lemma inv_release v L L' W R kn kn' k x p :
    inv v L W R false kn ((k, x) :: p) → sole v k p →
    clk_le W L' → clk_le R L' → inv UNUSED L' W R false kn' p.
  Proof.
    intros Hinv Hsole HW HR.
    assert (Hno : ∀ l z, (l, z) ∈ p → holds l = false) by (intros; by eapply inv_sole).
    assert (total share p = 0 ∧ total owner p = 0) as [Hzs Hzo].
    { clear -Hno. induction p as [|[l z] p IH]; [done|]. simpl.
      destruct IH as [IH1 IH2]; [intros; eapply Hno; by apply elem_of_cons; right|].
      rewrite IH1 IH2. specialize (Hno l z ltac:(by apply elem_of_cons; left)). by destruct l. }
    split; simpl; try done.
    - intros h z Hin. by specialize (Hno _ _ Hin).
    - intros l z Hin ?. specialize (Hno _ _ Hin). congruence.
    - intros l z Hin ?. specialize (Hno _ _ Hin). congruence.
    - intros u. left. split; [done|apply HR].
  Qed.

  (** A holder reads. *)
  Lemma inv_read v L W R R' lv kn kn' p k x :
    (∀ x, clk_le (kn x) (kn' x)) → (k, x) ∈ p → holds k = true →
    (∀ u, clk R' u ≤ clk R u ∨ clk R' u ≤ clk (kn' (k, x)) u) →
    inv v L W R lv kn p → inv v L W R' lv kn' p.
  Proof.
    intros Hkn Hk Hhold HR Hinv.
    apply (inv_mono L kn') in Hinv; [|apply clk_le_refl|done].
    destruct Hinv as [H1 H2 H3 H4 H5 H6 H7 H8]. split; try done.
    intros u. destruct (HR u) as [Hu|Hu]; [|by right; exists k, x].
    destruct (H8 u) as [[??]|(l&z&?&?&?)]; [left|right].
    - split; [done|lia].
    - exists l, z. split_and!; [done..|lia].
  Qed.
End transitions.

(** A machine on which everybody knows at least as much. *)
Lemma inv_grows {A fence} {m m' : machine A} {v L W R lv p} :
  grows m m' → inv v L W R lv (known_by fence m) p → inv v L W R lv (known_by fence m') p.
Proof.
  intros [Hc Ha _ _]. apply inv_mono; [apply clk_le_refl|]. intros x. by apply known_by_mono.
Qed.
