(** * The two laws of the note, with the real right to deallocate

The note on [Rc] asks P1 and P2 of [shared_own] as equivalences of the logic, and
[shared_own_laws.v] shows that whether there is such a [shared_own] depends on what
[Dealloc] is. This file answers the question for the [Dealloc] that λRust has,
[† ℓ … n], the right to free the block of [n] cells at [ℓ]: there is none, already
for the unit type, whose content is nothing at all ([P1_P2_unsat_lrust]).

Why. By P1 and P2 the right would be cut in two equal halves, each of these in two
equal halves, and so on without end ([halves_of_dealloc_false]). A right consists of
a fraction of the block and a set of cells. Half of the right to free one cell is
satisfied by resources of two kinds, those with the cell and those without, and if
the halves are equal both kinds satisfy both halves. At the first cut, the part
without the cell has the fraction [t] and the part with it has [s]. Then [s < t]:
otherwise twice the part without would be the right to free without the cell. Now
cut the part with the cell [k] times more. Each time a part goes off that has no
cell, and it cannot be small, because [2 ^ k] such parts must make [t]. What goes off
altogether approaches [t]; but there was only [s] to begin with.

The same argument says that sharing a box, or the content of an [Rc], cannot be made
fractional altogether: [no_fractional_dealloc]. This is why [sharing] in
[theories/types/sharing.v] has a part that is kept, and why [so_frac], which wants
the content with the right to be fractional, is of no use to [Rc], where [so_kept]
is.

What can be had. If the right is accompanied by a mark, both laws can be met
([P1_P2_sat] in [shared_own_laws.v]). With the right as it is, P2 can be met
literally ([dealloc_share_P2]), with P1 literally from right to left
([dealloc_share_alloc]) and from left to right in front of any step of the program
([dealloc_share_P1_step]). The view shift can be moved, it cannot be removed. *)
From iris.algebra Require Import cmra excl functions gmap auth frac.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import iprop own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.algebra Require Import depth_frac.
From tally.lang Require Import proofmode.
From tally.refuted Require Import resource_trace shared_own_laws.
From tally.prelude Require Import options.

Section freeable.
  Context `{!heapGS Σ} (l : loc).
  Implicit Types (A B : iProp Σ) (q s t : Qp).
  Local Existing Instances heap_inG heap_freeable_inG.

  (** ** The right as a resource *)

  (** A fraction of the block of [l], and a set of its cells. *)
  Local Definition at_block (p : option (prodR fracR (gmapUR Z (exclR unitO)))) : freeableUR :=
    match p with Some p => {[ loc_block l := p ]} | None => ∅ end.
  Local Definition holds A (p : option (prodR fracR (gmapUR Z (exclR unitO)))) : Prop :=
    trace heap_freeable_name A 0 (Some (◯ at_block p : authR freeableUR)).

  Local Lemma lookup_singleton_same {K : Type} `{Countable K} {V : Type} (k : K) (v : V) :
    ({[ k := v ]} : gmap K V) !! k = Some v.
  Proof. by simplify_map_eq. Qed.

  Local Lemma at_block_op p1 p2 : at_block (p1 ⋅ p2) ≡ at_block p1 ⋅ at_block p2.
  Proof.
    destruct p1, p2; simpl; rewrite ?left_id ?right_id //. by rewrite singleton_op.
  Qed.
  Local Lemma holds_proper A p1 p2 : p1 ≡ p2 → holds A p1 → holds A p2.
  Proof.
    intros Hp. apply trace_mono. assert (at_block p1 ≡ at_block p2) as ->; [|done].
    destruct Hp as [x y Hp|]; simpl; [|done]. by apply: singletonM_proper.
  Qed.
  Local Lemma holds_mono A p1 p2 : p1 ≼ p2 → holds A p1 → holds A p2.
  Proof.
    intros [p Hp] HA. eapply (holds_proper _ (p1 ⋅ p)); [done|].
    eapply trace_mono; [|apply HA]. exists (Some (◯ at_block p)).
    by rewrite -Some_op -auth_frag_op at_block_op.
  Qed.
  Local Lemma holds_entails A B p : ✓ p → (A ⊢ B) → holds A p → holds B p.
  Proof.
    intros Hp. apply trace_entails. apply cmra_valid_validN, Some_valid, auth_frag_valid.
    destruct p; simpl; [by apply singleton_valid|apply (ucmra_unit_valid (A:=freeableUR))].
  Qed.
  Local Lemma holds_sep_2 A B p1 p2 : holds A p1 → holds B p2 → holds (A ∗ B) (p1 ⋅ p2).
  Proof.
    intros HA HB. apply trace_sep. do 2 eexists. split; [|split; [apply HA|apply HB]].
    rewrite -Some_op -auth_frag_op. by rewrite at_block_op.
  Qed.

  Local Lemma at_block_cut (p : prodR fracR (gmapUR Z (exclR unitO))) (m1 m2 : freeableUR) :
    {[ loc_block l := p ]} ≡ m1 ⋅ m2 →
    ∃ p1 p2, Some p ≡ p1 ⋅ p2 ∧ m1 ≡ at_block p1 ∧ m2 ≡ at_block p2.
  Proof.
    intros Hm. exists (m1 !! loc_block l), (m2 !! loc_block l).
    assert (∀ b, b ≠ loc_block l → m1 !! b = None ∧ m2 !! b = None) as Hne.
    { intros b Hb. pose proof (Hm b) as H.
      rewrite lookup_op lookup_singleton_ne // in H. revert H.
      case: (m1 !! b); case: (m2 !! b); intros; by try inversion H. }
    assert (∀ m : freeableUR, (∀ b, b ≠ loc_block l → m !! b = None) →
      m ≡ at_block (m !! loc_block l)) as Hat.
    { intros m H b. destruct (decide (b = loc_block l)) as [->|Hb].
      - case: (m !! loc_block l) => [p'|] /=.
        + by rewrite lookup_singleton_same.
        + by rewrite lookup_empty.
      - rewrite (H b Hb). case: (m !! loc_block l) => [p'|] /=.
        + by rewrite lookup_singleton_ne.
        + by rewrite lookup_empty. }
    split_and!.
    - pose proof (Hm (loc_block l)) as H. by rewrite lookup_op lookup_singleton_same in H.
    - apply Hat. intros b Hb. by apply Hne.
    - apply Hat. intros b Hb. by apply Hne.
  Qed.

  Local Lemma holds_sep_1 A B p :
    holds (A ∗ B) (Some p) → ∃ p1 p2, Some p ≡ p1 ⋅ p2 ∧ holds A p1 ∧ holds B p2.
  Proof.
    intros (o1 & o2 & Ho & HA & HB)%trace_sep.
    assert (∃ m1 m2, {[ loc_block l := p ]} ≡{0}≡ m1 ⋅ m2 ∧
              o1 ≼{0} Some (◯ m1) ∧ o2 ≼{0} Some (◯ m2)) as (m1 & m2 & Hm & Ho1 & Ho2).
    { destruct o1 as [[a1 b1]|], o2 as [[a2 b2]|].
      - rewrite -Some_op in Ho. apply (inj Some) in Ho. destruct Ho as [Ha Hb]. simpl in *.
        destruct a1, a2; try by inversion Ha.
        exists b1, b2. split; [done|]. split; by apply Some_includedN_mono || reflexivity.
      - rewrite right_id in Ho. exists {[ loc_block l := p ]}, ∅. split; [by rewrite right_id|].
        rewrite -Ho. split; [reflexivity|]. eexists. by rewrite left_id.
      - rewrite left_id in Ho. exists ∅, {[ loc_block l := p ]}. split; [by rewrite left_id|].
        rewrite -Ho. split; [|reflexivity]. eexists. by rewrite left_id.
      - inversion Ho. }
    pose proof (proj2 (discrete_iff _ _ _) Hm) as Hm_equiv.
    apply at_block_cut in Hm_equiv as (p1 & p2 & Hp & Hm1 & Hm2).
    exists p1, p2. split; [done|]. split.
    - eapply trace_mono; [|apply HA]. by rewrite -Hm1.
    - eapply trace_mono; [|apply HB]. by rewrite -Hm2.
  Qed.

  (** ** With the cell, and without *)
  Local Definition cell : gmap Z (excl unit) := {[ loc_offset l := Excl () ]}.

  Local Lemma freeable_1 :
    († l … 1)%I = own heap_freeable_name (◯ at_block (Some (1%Qp, cell))).
  Proof. by rewrite heap.heap_freeable_unseal /heap.heap_freeable_def. Qed.
  Local Lemma holds_freeable p : holds († l … 1) p ↔ Some (1%Qp, cell) ≼ p.
  Proof.
    split.
    - intros H. assert (holds (own heap_freeable_name (◯ at_block (Some (1%Qp, cell)))) p)
        as [o Ho]%trace_own.
      { revert H. rewrite /holds /trace. by rewrite freeable_1. }
      assert (∃ m, at_block p ≡{0}≡ {[ loc_block l := (1%Qp, cell) ]} ⋅ m) as [m Hm].
      { destruct o as [[a b]|].
        - rewrite -Some_op in Ho. apply (inj Some) in Ho. destruct Ho as [_ Hb]. by exists b.
        - rewrite right_id in Ho. apply (inj Some) in Ho. destruct Ho as [_ Hb].
          exists ε. by rewrite right_id. }
      pose proof (proj2 (discrete_iff _ _ _) Hm) as Hm_equiv. exists (m !! loc_block l).
      pose proof (Hm_equiv (loc_block l)) as Hl. rewrite lookup_op lookup_singleton_same in Hl.
      destruct p as [p|]; simpl in Hl.
      + by rewrite lookup_singleton_same in Hl.
      + by rewrite lookup_empty in Hl.
    - intros Hp. eapply holds_mono; [exact Hp|]. rewrite /holds /trace freeable_1.
      by apply trace_own.
  Qed.

  Local Definition without A q : Prop := holds A (Some (q, ∅)).
  Local Definition with_cell A q : Prop := holds A (Some (q, cell)).

  Local Lemma without_cut A q :
    ¬ holds A None → without (A ∗ A) q →
    ∃ q1 q2, q = (q1 + q2)%Qp ∧ without A q1 ∧ without A q2.
  Proof.
    intros HN (p1 & p2 & Hp & H1 & H2)%holds_sep_1.
    destruct p1 as [[q1 s1]|], p2 as [[q2 s2]|]; try done.
    rewrite -Some_op in Hp. apply (inj Some) in Hp. destruct Hp as [Hq Hs]; simpl in *.
    assert (s1 = ∅ ∧ s2 = ∅) as [-> ->].
    { split; apply (map_eq (M:=gmap Z)); intros j; pose proof (Hs j) as Hj;
        rewrite lookup_empty; rewrite lookup_op lookup_empty in Hj; revert Hj;
        case: (s1 !! j); case: (s2 !! j); intros; by try inversion Hj. }
    by exists q1, q2.
  Qed.
  Local Lemma with_cell_cut A q :
    ¬ holds A None → with_cell (A ∗ A) q →
    ∃ q1 q2, q = (q1 + q2)%Qp ∧ with_cell A q1 ∧ without A q2.
  Proof.
    intros HN (p1 & p2 & Hp & H1 & H2)%holds_sep_1.
    destruct p1 as [[q1 s1]|], p2 as [[q2 s2]|]; try done.
    rewrite -Some_op in Hp. apply (inj Some) in Hp. destruct Hp as [Hq Hs]; simpl in *.
    assert (∀ j, j ≠ loc_offset l → s1 !! j = None ∧ s2 !! j = None) as Hne.
    { intros j Hj'. pose proof (Hs j) as Hj. rewrite /cell in Hj.
      rewrite lookup_op lookup_singleton_ne // in Hj. revert Hj.
      case: (s1 !! j); case: (s2 !! j); intros; by try inversion Hj. }
    pose proof (Hs (loc_offset l)) as Hl.
    rewrite /cell lookup_op lookup_singleton_same in Hl.
    assert (∀ s : gmap Z (excl ()), (∀ j, j ≠ loc_offset l → s !! j = None) →
       s !! loc_offset l = None → s = ∅) as Hempty.
    { intros s Hs' Hn. apply (map_eq (M:=gmap Z)). intros j. rewrite lookup_empty.
      destruct (decide (j = loc_offset l)) as [->|]; auto. }
    assert (∀ s : gmap Z (excl ()), (∀ j, j ≠ loc_offset l → s !! j = None) →
       s !! loc_offset l = Some (Excl ()) → s = cell) as Hcell.
    { intros s Hs' Hn. apply (map_eq (M:=gmap Z)). intros j. rewrite /cell.
      destruct (decide (j = loc_offset l)) as [->|].
      - by rewrite lookup_singleton_same.
      - rewrite lookup_singleton_ne; auto. }
    destruct (s1 !! loc_offset l) as [e1|] eqn:Hs1, (s2 !! loc_offset l) as [e2|] eqn:Hs2.
    - rewrite Hs1 Hs2 -Some_op in Hl. apply (inj Some) in Hl.
      destruct e1, e2; inversion Hl.
    - rewrite Hs1 Hs2 right_id in Hl. apply (inj Some) in Hl.
      destruct e1 as [[]|]; inversion Hl. exists q1, q2.
      rewrite (Hcell s1) in H1; [|naive_solver..].
      rewrite (Hempty s2) in H2; [|naive_solver..]. done.
    - rewrite Hs1 Hs2 left_id in Hl. apply (inj Some) in Hl.
      destruct e2 as [[]|]; inversion Hl. exists q2, q1.
      rewrite (Hcell s2) in H2; [|naive_solver..].
      rewrite (Hempty s1) in H1; [|naive_solver..].
      split_and!; [|done..]. rewrite Hq. apply Qp.add_comm.
    - rewrite Hs1 Hs2 in Hl. inversion Hl.
  Qed.
  Local Lemma without_join A q1 q2 : without A q1 → without A q2 → without (A ∗ A) (q1 + q2).
  Proof.
    intros H1 H2. eapply holds_proper; [|eapply holds_sep_2; [exact H1|exact H2]].
    by rewrite -Some_op -pair_op frac_op ?right_id.
  Qed.
  Local Lemma with_cell_join A q1 q2 :
    with_cell A q1 → without A q2 → with_cell (A ∗ A) (q1 + q2).
  Proof.
    intros H1 H2. eapply holds_proper; [|eapply holds_sep_2; [exact H1|exact H2]].
    by rewrite -Some_op -pair_op frac_op ?right_id.
  Qed.
  Local Lemma without_entails A B q : (q ≤ 1)%Qp → (A ⊢ B) → without A q → without B q.
  Proof. intros Hq. apply holds_entails. apply Some_valid. by split. Qed.
  Local Lemma with_cell_entails A B q :
    (q ≤ 1)%Qp → (A ⊢ B) → with_cell A q → with_cell B q.
  Proof.
    intros Hq. apply holds_entails. apply Some_valid. split; [done|].
    by apply singleton_valid.
  Qed.

  Local Lemma freeable_not_None : ¬ holds († l … 1) None.
  Proof.
    intros [[z|] Hz]%holds_freeable; [rewrite -Some_op in Hz|]; inversion Hz.
  Qed.
  Local Lemma freeable_not_without q : ¬ without († l … 1) q.
  Proof.
    intros [[[q' s]|] Hz]%holds_freeable.
    - rewrite -Some_op in Hz. apply (inj Some) in Hz. destruct Hz as [_ Hz]; simpl in *.
      pose proof (Hz (loc_offset l)) as H.
      rewrite lookup_op /cell lookup_singleton_same lookup_empty in H.
      revert H. case: (s !! loc_offset l); intros; inversion H.
    - rewrite right_id in Hz. apply (inj Some) in Hz. destruct Hz as [_ Hz]; simpl in *.
      pose proof (Hz (loc_offset l)) as H.
      rewrite /cell lookup_singleton_same lookup_empty in H. inversion H.
  Qed.
  Local Lemma freeable_with_cell q : with_cell († l … 1) q → (1 ≤ q)%Qp.
  Proof.
    intros [[[q' s]|] Hz]%holds_freeable.
    - rewrite -Some_op in Hz. apply (inj Some) in Hz. destruct Hz as [Hz _]; simpl in *.
      apply leibniz_equiv in Hz. rewrite Hz. exact (Qp.le_add_l 1 q').
    - rewrite right_id in Hz. apply (inj Some) in Hz. destruct Hz as [Hz _]; simpl in *.
      apply leibniz_equiv in Hz. by rewrite Hz.
  Qed.

  (** ** No endless halving *)
  Lemma halves_of_dealloc_false (A : positive → iProp Σ) :
    (A 1%positive ⊣⊢ † l … 1) →
    (∀ c, A c ⊣⊢ A (c + 1)%positive ∗ A (c + 1)%positive) → False.
  Proof.
    intros HA1 HA.
    assert (∀ c, ¬ holds (A c) None) as HN.
    { intros c. induction c as [|c IH] using Pos.peano_ind; intros HT.
      - apply freeable_not_None. eapply holds_entails; [done|by rewrite -HA1|done].
      - apply IH. apply (holds_entails (A (c + 1)%positive ∗ A (c + 1)%positive));
          [done|by rewrite -HA|]. rewrite Pos.add_1_r. by apply (holds_sep_2 _ _ None None). }
    assert (∀ c t, (t + t ≤ 1)%Qp →
      without (A (c + 1)%positive) t → without (A c) (t + t)) as Hjoin.
    { intros c t Ht H. eapply without_entails; [done| |by apply without_join].
      by rewrite -HA. }
    assert (∀ c s, (s ≤ 1)%Qp → with_cell (A c) s → ∃ s' t',
      s = (s' + t')%Qp ∧ with_cell (A (c + 1)%positive) s' ∧
      without (A (c + 1)%positive) t') as Hcut.
    { intros c s Hs H. apply with_cell_cut; [apply HN|].
      eapply with_cell_entails; [done| |done]. by rewrite -HA. }
    (* The first cut, into [s] with the cell and [t] without; [t] is the least. *)
    destruct (Hcut 1%positive 1%Qp) as (s & t & Hst & Hs & Ht); [done| |].
    { eapply with_cell_entails; [done|by rewrite HA1|]. by apply holds_freeable. }
    assert (s + t ≤ 1)%Qp as Hst_le by by rewrite -Hst.
    assert (∀ t', without (A (1 + 1)%positive) t' → (t ≤ t')%Qp) as Hleast.
    { intros t' Ht'. apply Qp.le_ngt. intros Hlt.
      assert (s + t' < 1)%Qp as Hlt1 by (rewrite Hst; by apply Qp.add_lt_mono_l).
      apply (proj1 (Qp.lt_nge _ _) Hlt1), freeable_with_cell.
      eapply with_cell_entails; [by apply Qp.lt_le_incl| |by apply with_cell_join].
      by rewrite -HA -HA1. }
    assert (s < t)%Qp as [d Hd]%Qp.lt_sum.
    { apply Qp.lt_nge. intros Hle. apply (freeable_not_without (t + t)).
      assert (t + t ≤ 1)%Qp by (etrans; [by apply Qp.add_le_mono_r|done]).
      eapply without_entails; [done| |by apply Hjoin]. by rewrite HA1. }
    assert (t ≤ 1)%Qp as Ht1 by (etrans; [apply Qp.le_add_r|done]).
    (* What has no cell weighs at least as much as its depth says … *)
    assert (∀ c t', (t' ≤ 1)%Qp → without (A (c + 1)%positive) t' →
      (t * weight c ≤ t')%Qp) as Hweight.
    { intros c. induction c as [|c IH] using Pos.peano_ind; intros t' Ht' H.
      { rewrite weight_1 Qp.mul_1_r. by apply Hleast. }
      rewrite -Pos.add_1_r in H |- *. apply Qp.le_ngt. intros Hlt.
      assert (t' + t' < t * weight c)%Qp as Hlt2.
      { rewrite -(weight_split c) Qp.mul_add_distr_l. by apply Qp.add_lt_mono. }
      assert (t * weight c ≤ 1)%Qp as Hle1.
      { etrans; [|exact Ht1]. rewrite -{2}(Qp.mul_1_r t). apply Qp.mul_le_mono_l.
        destruct (decide (c = 1%positive)) as [->|Hc]; [by rewrite weight_1|].
        by apply Qp.lt_le_incl, weight_lt. }
      assert (t' + t' ≤ 1)%Qp by (apply Qp.lt_le_incl; by eapply Qp.lt_le_trans).
      apply (proj1 (Qp.lt_nge _ _) Hlt2), IH; [done|]. by apply Hjoin. }
    (* … so that there is always something left of [s] besides nearly all of [t]. *)
    assert (∀ c, ∃ s', (s' ≤ 1)%Qp ∧ with_cell (A (c + 1)%positive) s' ∧
      (s' + t ≤ s + t * weight c)%Qp) as Hleft.
    { intros c. induction c as [|c (s' & Hs'1 & Hs' & Hle)] using Pos.peano_ind.
      { exists s. split_and!; [|done|by rewrite weight_1 Qp.mul_1_r].
        etrans; [apply Qp.le_add_l|done]. }
      rewrite -Pos.add_1_r. destruct (Hcut _ _ Hs'1 Hs') as (s2 & t2 & -> & Hs2 & Ht2).
      assert (s2 ≤ 1)%Qp by (etrans; [apply Qp.le_add_l|done]).
      assert (t2 ≤ 1)%Qp by (etrans; [apply Qp.le_add_r|done]).
      exists s2. split_and!; [done|done|].
      pose proof (Hweight (c + 1)%positive t2) as Ht2'.
      rewrite -(weight_split c) Qp.mul_add_distr_l Qp.add_assoc in Hle.
      apply (Qp.add_le_mono_r _ _ (t * weight (c + 1))). etrans; [|exact Hle].
      rewrite -!Qp.add_assoc. apply Qp.add_le_mono_l. rewrite Qp.add_comm.
      apply Qp.add_le_mono_r. by apply Ht2'. }
    destruct (weight_small d) as [c Hc]. destruct (Hleft c) as (s' & _ & _ & Hle).
    apply (proj1 (Qp.lt_nge _ _) Hc). etrans; [apply (Qp.le_add_r s' d)|].
    apply (Qp.add_le_mono_l _ _ s).
    assert (s + (s' + d) = s' + t)%Qp as ->.
    { by rewrite Hd !Qp.add_assoc (Qp.add_comm s). }
    etrans; [exact Hle|]. apply Qp.add_le_mono_l. rewrite -{2}(Qp.mul_1_l (weight c)).
    by apply Qp.mul_le_mono_r.
  Qed.
End freeable.

(** The laws of the note, for the unit type: its content is nothing, its size 0. *)
Theorem P1_P2_unsat_lrust `{!heapGS Σ} (l : loc) :
  ¬ ∃ S : positive → Qp → iProp Σ, law_P1 S True († l … (1 + 0)) ∧ law_P2 S.
Proof.
  intros (S & HP1 & HP2).
  apply (halves_of_dealloc_false l (λ c, S c (weight c))).
  - by rewrite weight_1 HP1 left_id.
  - intros c. rewrite -{1}(weight_split c) HP2 //. rewrite weight_split.
    destruct (decide (c = 1%positive)) as [->|Hc]; [by rewrite weight_1|].
    by apply Qp.lt_le_incl, weight_lt.
Qed.

(** No fractional assertion has the right as its whole: it cannot be shared among
references as the cells are. *)
Theorem no_fractional_dealloc `{!heapGS Σ} (l : loc) :
  ¬ ∃ Ψ : Qp → iProp Σ, Fractional Ψ ∧ (Ψ 1%Qp ⊣⊢ † l … 1).
Proof.
  intros (Ψ & HΨ & Hfull).
  apply (halves_of_dealloc_false l (λ c, Ψ (weight c))).
  - by rewrite weight_1 Hfull.
  - intros c. by rewrite -{1}(weight_split c) HΨ.
Qed.

(** ** What can be had: P2 literally, and P1 up to one step of the program
A share is a fraction of the block without its cells, or the whole right with what
goes with it. That the full share is the second and not the first is true of every
memory, but no entailment of the logic: nobody is asked for the memory before a step
of the program. *)
Section physical.
  Context `{!lrustGS Σ} (l : loc) (n : nat) (O : iProp Σ).
  Implicit Types (q : Qp).
  Local Existing Instances heap_inG heap_freeable_inG.

  Definition block_share q : iProp Σ :=
    own heap_freeable_name
      (◯ ({[ loc_block l := (q, ∅ : gmapUR Z (exclR unitO)) ]} : freeableUR)).
  Definition dealloc_share (c : positive) q : iProp Σ :=
    block_share q ∨ †{q} l … (1 + n) ∗ O.

  Local Lemma block_share_op q q' : block_share (q + q') ⊣⊢ block_share q ∗ block_share q'.
  Proof.
    rewrite /block_share -own_op -auth_frag_op. by rewrite singleton_op -pair_op right_id.
  Qed.
  Local Lemma freeable_block_share q q' :
    †{q + q'} l … (1 + n) ⊣⊢ †{q} l … (1 + n) ∗ block_share q'.
  Proof.
    rewrite heap.heap_freeable_unseal /heap.heap_freeable_def /block_share.
    by rewrite -own_op -auth_frag_op singleton_op -pair_op right_id.
  Qed.
  Local Lemma freeable_freeable_false q q' :
    †{q} l … (1 + n) -∗ †{q'} l … (1 + n) -∗ False.
  Proof.
    rewrite heap.heap_freeable_unseal /heap.heap_freeable_def /=. iIntros "H1 H2".
    iDestruct (own_valid_2 with "H1 H2") as %Hv. exfalso.
    rewrite -auth_frag_op auth_frag_valid singleton_op singleton_valid -pair_op in Hv.
    destruct Hv as [_ Hv]; simpl in Hv. specialize (Hv (loc_offset l)).
    by rewrite lookup_op lookup_insert_same in Hv.
  Qed.

  Lemma dealloc_share_P2 : law_P2 dealloc_share.
  Proof.
    intros c q q' _. rewrite /dealloc_share. iSplit.
    - iIntros "[H|[H HO]]".
      + rewrite block_share_op. iDestruct "H" as "[$ $]".
      + rewrite freeable_block_share. iDestruct "H" as "[H $]". iRight. iFrame.
    - iIntros "[[H|[H HO]] [H'|[H' HO']]]".
      + iLeft. rewrite block_share_op. iFrame.
      + iRight. rewrite (Qp.add_comm q) freeable_block_share. iFrame.
      + iRight. rewrite freeable_block_share. iFrame.
      + iDestruct (freeable_freeable_false with "H H'") as %[].
  Qed.
  Lemma dealloc_share_alloc c : O ∗ † l … (1 + n) ⊢ dealloc_share c 1.
  Proof. iIntros "[HO H]". iRight. iFrame. Qed.

  (** In front of any step, the full share is the content and the right. *)
  Lemma dealloc_share_P1_step c E (e : expr) Φ :
    to_val e = None →
    (O ∗ † l … (1 + n) -∗ WP e @ E {{ Φ }}) -∗ dealloc_share c 1 -∗ WP e @ E {{ Φ }}.
  Proof.
    iIntros (He) "Hwp [H|[H HO]]"; [|iApply "Hwp"; iFrame].
    change (language.to_val e = None) in He. rewrite wp_unfold /wp_pre He.
    iIntros (σ ns κ κs nt) "(%hF & _ & [HhF _] & %Hrel & _)". iExFalso.
    rewrite /heap.freeable_auth.
    iDestruct (own_valid_2 with "HhF H") as %[Hincl Hv]%auth_both_valid_discrete.
    iPureIntro. apply (singleton_included_exclusive_l _ _ _ _ Hv) in Hincl.
    apply leibniz_equiv in Hincl. by destruct (Hrel _ _ Hincl) as [Hne _].
  Qed.
End physical.
