(** * λRust: the heap as ghost state

Three assertions, each the owner's view of part of the memory:

- [l ↦{q} v]: a share [q] of the cell [l], which holds [v]; one writes with
  [q = 1] and reads with any share;
- [l ↦∗{q} vl]: the cells from [l] on hold the values [vl];
- [†{q} l … n]: a share of the right to deallocate the [n] cells from [l] on;
  the whole block at [q = 1] is what [Free] wants.

The protocol. The authority holds, for each cell, the whole fraction, its lock
state and its value. A points-to is a fragment with the lock state "no reader";
as lock states of readers add up like numbers, a fragment with a share below 1
says nothing about other readers, and the whole one says that there are none. A
non-atomic access keeps its fragment in the authority's custody between its two
steps: that is why [heap_read_na] and [heap_write_na] return the points-to only
through a second update.

Deallocation rights are kept per block, as a fraction and a set of offsets; the
authority relates them to the memory: the offsets of a block with a right are
those of its allocated cells.

** Leaks
[heap_lease q n] is a share [q] of the right to have memory, on which [n] blocks are
out. To allocate takes a lease, and puts one block more on it; to deallocate takes one
off. Who loses a lease with a block on it, or throws it away as an affine logic lets
him, never has the whole lease at 0 again; and with that the memory is empty
([heap_lease_empty]).

Not every proof wants to keep books. A heap is tracked or it is not: in one that is
not ([UntrackedHeap]) leases are had for nothing. What is proved without that
assumption holds of both.

Key results: [heap_alloc], [heap_free], [heap_read], [heap_read_1], [heap_write],
[heap_read_na], [heap_write_na], [heap_freeable_op], [heap_lease_empty].

Source: the heap of RustBelt's λRust ([lang/heap.v] there), after Iris' gen_heap; leases
are the trackable resources of Iron (Bizjak et al.), with fractions in place of a second
logic. *)
From iris.algebra Require Import auth frac_auth csum excl gmap agree frac numbers big_op.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Export own.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Export lang.
From tally.prelude Require Import options.

(** ** Cameras *)
Definition lock_stateR : cmra := csumR (exclR unitO) natR.
Definition heap_cellR : cmra := prodR (prodR fracR lock_stateR) (agreeR (leibnizO val)).
Definition heapUR : ucmra := gmapUR loc heap_cellR.
Definition freeableUR : ucmra := gmapUR block (prodR fracR (gmapUR Z (exclR unitO))).

Class heapGS Σ := HeapGS {
  heap_inG : inG Σ (authR heapUR);
  heap_freeable_inG : inG Σ (authR freeableUR);
  heap_lease_inG : inG Σ (frac_authR natR);
  heap_name : gname;
  heap_freeable_name : gname;
  heap_lease_name : option gname;
}.
Local Existing Instances heap_inG heap_freeable_inG heap_lease_inG.

(** Nobody keeps books of the blocks of this heap. *)
Class UntrackedHeap Σ `{!heapGS Σ} : Prop := untracked_heap : heap_lease_name = None.

Class heapGpreS Σ := HeapGpreS {
  heap_preG_inG : inG Σ (authR heapUR);
  heap_preG_freeable_inG : inG Σ (authR freeableUR);
  heap_preG_lease_inG : inG Σ (frac_authR natR);
}.
Local Existing Instances heap_preG_inG heap_preG_freeable_inG heap_preG_lease_inG.
Definition heapΣ : gFunctors :=
  #[GFunctor (authR heapUR); GFunctor (authR freeableUR); GFunctor (frac_authR natR)].
Global Instance subG_heapΣ {Σ} : subG heapΣ Σ → heapGpreS Σ.
Proof. solve_inG. Qed.

Local Definition to_lock_stateR (x : lock_state) : lock_stateR :=
  match x with RSt n => Cinr n | WSt => Cinl (Excl ()) end.
Local Definition to_cell (q : Qp) (x : lock_state) (v : val) : heap_cellR :=
  (q, to_lock_stateR x, to_agree (v : leibnizO val)).
Local Definition to_heap (σ : gmap loc (lock_state * val)) : heapUR := (λ c, to_cell 1 c.1 c.2) <$> σ.

(** The offsets of [n] cells from [i] on. *)
Local Fixpoint offsets (i : Z) (n : nat) : gmap Z (excl unit) :=
  match n with O => ∅ | S n => <[i := Excl ()]> (offsets (i + 1) n) end.

Local Definition freeable_rel (σ : gmap loc (lock_state * val))
    (hF : gmap block (frac * gmap Z (excl unit))) : Prop :=
  ∀ b qs, hF !! b = Some qs →
    qs.2 ≠ ∅ ∧ ∀ i, is_Some (σ !! Loc b i) ↔ is_Some (qs.2 !! i).
(** Every cell is of a block that somebody has the right to deallocate. *)
Local Definition blocks_rel (σ : gmap loc (lock_state * val))
    (hF : gmap block (frac * gmap Z (excl unit))) : Prop :=
  ∀ l, is_Some (σ !! l) → is_Some (hF !! loc_block l).

Section definitions.
  Context `{!heapGS Σ}.

  Local Definition heap_pointsto_st (st : lock_state) (l : loc) (q : Qp) (v : val) : iProp Σ :=
    own heap_name (◯ {[ l := to_cell q st v ]}).

  Local Definition heap_pointsto_def (l : loc) (q : Qp) (v : val) : iProp Σ :=
    heap_pointsto_st (RSt 0) l q v.
  Local Definition heap_pointsto_aux : seal (@heap_pointsto_def). Proof. by eexists. Qed.
  Definition heap_pointsto := heap_pointsto_aux.(unseal).
  Local Definition heap_pointsto_unseal : @heap_pointsto = @heap_pointsto_def :=
    heap_pointsto_aux.(seal_eq).

  (** For proofs: nothing but a name is unfolded, which the kernel is grateful for. *)
  Local Lemma heap_pointsto_eq l q v : heap_pointsto l q v = heap_pointsto_st (RSt 0) l q v.
  Proof. by rewrite heap_pointsto_unseal. Qed.

  Definition heap_pointsto_vec (l : loc) (q : Qp) (vl : list val) : iProp Σ :=
    [∗ list] i ↦ v ∈ vl, heap_pointsto (l +ₗ i) q v.

  Definition heap_pointsto_pred (l : loc) (q : Qp) (P : list val → iProp Σ) : iProp Σ :=
    ∃ vl, heap_pointsto_vec l q vl ∗ P vl.

  Local Definition heap_freeable_def (l : loc) (q : Qp) (n : nat) : iProp Σ :=
    own heap_freeable_name (◯ {[ loc_block l := (q, offsets (loc_offset l) n) ]}).
  Local Definition heap_freeable_aux : seal (@heap_freeable_def). Proof. by eexists. Qed.
  Definition heap_freeable := heap_freeable_aux.(unseal).
  Local Definition heap_freeable_unseal : @heap_freeable = @heap_freeable_def :=
    heap_freeable_aux.(seal_eq).

  (** The authorities have names of their own, and arguments that are plain maps, so
      that proofs below speak of them without their cameras: the kernel takes long
      to see that a map is an element of a camera, and proof terms repeat it. *)
  Local Definition heap_auth (σ : gmap loc (lock_state * val)) : iProp Σ :=
    own heap_name (● to_heap σ).
  Local Definition freeable_auth (hF : gmap block (frac * gmap Z (excl unit))) : iProp Σ :=
    own heap_freeable_name (● (hF : freeableUR)).
  Local Definition lease_auth (n : nat) : iProp Σ :=
    match heap_lease_name with Some γ => own γ (●F n) | None => True end.

  Local Definition heap_lease_def (q : Qp) (n : nat) : iProp Σ :=
    match heap_lease_name with Some γ => own γ (◯F{q} n) | None => True end.
  Local Definition heap_lease_aux : seal (@heap_lease_def). Proof. by eexists. Qed.
  Definition heap_lease := heap_lease_aux.(unseal).
  Local Definition heap_lease_unseal : @heap_lease = @heap_lease_def :=
    heap_lease_aux.(seal_eq).

  (** The authority over the memory [σ]. *)
  Definition heap_ctx (σ : state) : iProp Σ :=
    ∃ hF, heap_auth σ ∗ (freeable_auth hF ∗ lease_auth (size hF)) ∗
      ⌜freeable_rel σ hF ∧ blocks_rel σ hF⌝.
End definitions.

Notation "l ↦{ q } v" := (heap_pointsto l q v)
  (at level 20, q at level 50, format "l  ↦{ q }  v") : bi_scope.
Notation "l ↦ v" := (heap_pointsto l 1 v) (at level 20) : bi_scope.
Notation "l ↦∗{ q } vl" := (heap_pointsto_vec l q vl)
  (at level 20, q at level 50, format "l  ↦∗{ q }  vl") : bi_scope.
Notation "l ↦∗ vl" := (heap_pointsto_vec l 1 vl) (at level 20) : bi_scope.
Notation "l ↦∗{ q }: P" := (heap_pointsto_pred l q P)
  (at level 20, q at level 50, format "l  ↦∗{ q }:  P") : bi_scope.
Notation "l ↦∗: P" := (heap_pointsto_pred l 1 P) (at level 20) : bi_scope.
Notation "†{ q } l … n" := (heap_freeable l q n)
  (at level 20, q at level 50, format "†{ q } l … n") : bi_scope.
Notation "† l … n" := (heap_freeable l 1 n) (at level 20) : bi_scope.

Section to_heap.
  Implicit Types (σ : gmap loc (lock_state * val)).

  Local Lemma to_heap_valid σ : ✓ to_heap σ.
  Proof.
    intros l. rewrite /to_heap lookup_fmap. by destruct (σ !! l) as [[[|n] v]|].
  Qed.
  Local Lemma lookup_to_heap_None σ l : σ !! l = None → to_heap σ !! l = None.
  Proof. by rewrite /to_heap lookup_fmap=> ->. Qed.
  Local Lemma lookup_to_heap_Some σ l st v :
    σ !! l = Some (st, v) → to_heap σ !! l = Some (to_cell 1 st v).
  Proof. by rewrite /to_heap lookup_fmap=> ->. Qed.
  Local Lemma to_heap_insert σ l st v :
    to_heap (<[l := (st, v)]> σ) = <[l := to_cell 1 st v]> (to_heap σ).
  Proof. by rewrite /to_heap fmap_insert. Qed.
  Local Lemma to_heap_delete σ l : to_heap (delete l σ) = delete l (to_heap σ).
  Proof. by rewrite /to_heap fmap_delete. Qed.
End to_heap.

Section offsets.
  Local Lemma offsets_lookup i n j :
    is_Some (offsets i n !! j) ↔ (i ≤ j < i + n)%Z.
  Proof.
    revert i; induction n as [|n IH]=> i /=.
    { rewrite lookup_empty. split; [by intros [? ?]|lia]. }
    destruct (decide (i = j)) as [->|].
    - rewrite lookup_insert_same. split; [lia|eauto].
    - rewrite lookup_insert_ne // IH. lia.
  Qed.
  Local Lemma offsets_lookup_None i n j :
    offsets i n !! j = None ↔ ¬ (i ≤ j < i + n)%Z.
  Proof. by rewrite -offsets_lookup eq_None_not_Some. Qed.
  Local Lemma offsets_valid i n : ✓ (offsets i n : gmapUR Z (exclR unitO)).
  Proof.
    revert i; induction n as [|n IH]=> i /=; [done|]. by apply insert_valid.
  Qed.
  Local Lemma offsets_op i n1 n2 :
    (offsets i n1 : gmapUR Z (exclR unitO)) ⋅ offsets (i + n1) n2 = offsets i (n1 + n2).
  Proof.
    revert i; induction n1 as [|n1 IH]=> i /=.
    { by rewrite Z.add_0_r left_id_L. }
    rewrite insert_singleton_op; last first.
    { apply offsets_lookup_None. lia. }
    rewrite (insert_singleton_op (offsets (i + 1) (n1 + n2))); last first.
    { apply offsets_lookup_None. lia. }
    rewrite -assoc_L -IH. do 2 f_equal. f_equal. lia.
  Qed.
End offsets.

Section heap.
  Context `{!heapGS Σ}.
  Implicit Types (P Q : iProp Σ) (σ : gmap loc (lock_state * val)) (l : loc) (v : val) (vl : list val).
  Implicit Types (q : Qp) (n : nat) (hF : gmap block (frac * gmap Z (excl unit))).

  (** ** One cell *)
  Global Instance heap_pointsto_timeless l q v : Timeless (l ↦{q} v).
  Proof. rewrite heap_pointsto_eq. apply _. Qed.

  Global Instance heap_pointsto_fractional l v : Fractional (λ q, l ↦{q} v)%I.
  Proof.
    intros p q. rewrite !heap_pointsto_eq /heap_pointsto_st.
    rewrite -own_op -auth_frag_op singleton_op /to_cell -!pair_op agree_idemp //.
  Qed.
  Global Instance heap_pointsto_as_fractional l q v :
    AsFractional (l ↦{q} v) (λ q, l ↦{q} v)%I q.
  Proof. split; [done|apply _]. Qed.

  Lemma heap_pointsto_valid_2 l q1 q2 v1 v2 :
    l ↦{q1} v1 -∗ l ↦{q2} v2 -∗ ⌜(q1 + q2 ≤ 1)%Qp ∧ v1 = v2⌝.
  Proof.
    rewrite !heap_pointsto_eq /heap_pointsto_st.
    iIntros "H1 H2". iDestruct (own_valid_2 with "H1 H2") as %Hv. iPureIntro.
    rewrite -auth_frag_op auth_frag_valid singleton_op singleton_valid /to_cell in Hv.
    rewrite -!pair_op in Hv. destruct Hv as [[Hq _] Hv]; simpl in *.
    split; [done|]. by apply to_agree_op_inv_L in Hv.
  Qed.
  Lemma heap_pointsto_agree l q1 q2 v1 v2 : l ↦{q1} v1 -∗ l ↦{q2} v2 -∗ ⌜v1 = v2⌝.
  Proof.
    iIntros "H1 H2". by iDestruct (heap_pointsto_valid_2 with "H1 H2") as %[_ ->].
  Qed.
  Lemma heap_pointsto_valid l q v : l ↦{q} v -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof.
    rewrite !heap_pointsto_eq /heap_pointsto_st.
    iIntros "H". iDestruct (own_valid with "H") as %Hv. iPureIntro.
    rewrite auth_frag_valid singleton_valid in Hv. by destruct Hv as [[Hq _] _].
  Qed.
  Lemma heap_pointsto_exclusive l v1 v2 q : l ↦ v1 -∗ l ↦{q} v2 -∗ False.
  Proof.
    iIntros "H1 H2". iDestruct (heap_pointsto_valid_2 with "H1 H2") as %[Hq _].
    by apply Qp.not_add_le_l in Hq.
  Qed.

  (** ** Consecutive cells *)
  Global Instance heap_pointsto_vec_timeless l q vl : Timeless (l ↦∗{q} vl).
  Proof. apply _. Qed.

  Lemma heap_pointsto_vec_nil l q : l ↦∗{q} [] ⊣⊢ True.
  Proof. by rewrite /heap_pointsto_vec. Qed.
  Lemma heap_pointsto_vec_app l q vl1 vl2 :
    l ↦∗{q} (vl1 ++ vl2) ⊣⊢ l ↦∗{q} vl1 ∗ (l +ₗ length vl1) ↦∗{q} vl2.
  Proof.
    rewrite /heap_pointsto_vec big_sepL_app. do 2 f_equiv.
    intros i v. by rewrite shift_loc_assoc -Nat2Z.inj_add.
  Qed.
  Lemma heap_pointsto_vec_singleton l q v : l ↦∗{q} [v] ⊣⊢ l ↦{q} v.
  Proof. by rewrite /heap_pointsto_vec /= shift_loc_0 right_id. Qed.
  Lemma heap_pointsto_vec_cons l q v vl :
    l ↦∗{q} (v :: vl) ⊣⊢ l ↦{q} v ∗ (l +ₗ 1) ↦∗{q} vl.
  Proof. by rewrite (heap_pointsto_vec_app l q [v] vl) heap_pointsto_vec_singleton. Qed.

  Global Instance heap_pointsto_vec_fractional l vl : Fractional (λ q, l ↦∗{q} vl)%I.
  Proof. apply _. Qed.
  Global Instance heap_pointsto_vec_as_fractional l q vl :
    AsFractional (l ↦∗{q} vl) (λ q, l ↦∗{q} vl)%I q.
  Proof. split; [done|apply _]. Qed.

  Lemma heap_pointsto_vec_agree l q1 q2 vl1 vl2 :
    length vl1 = length vl2 → l ↦∗{q1} vl1 -∗ l ↦∗{q2} vl2 -∗ ⌜vl1 = vl2⌝.
  Proof.
    revert l vl2; induction vl1 as [|v1 vl1 IH]=> l [|v2 vl2] //= Hlen.
    { by iIntros "_ _". }
    injection Hlen as Hlen. rewrite !heap_pointsto_vec_cons. iIntros "[H1 Hvl1] [H2 Hvl2]".
    iDestruct (heap_pointsto_agree with "H1 H2") as %->.
    by iDestruct (IH with "Hvl1 Hvl2") as %->.
  Qed.

  (** Cells out of a vector and back, with a new value. *)
  Lemma heap_pointsto_vec_lookup_acc l q vl (i : nat) v :
    vl !! i = Some v →
    l ↦∗{q} vl -∗ (l +ₗ i) ↦{q} v ∗ (∀ v', (l +ₗ i) ↦{q} v' -∗ l ↦∗{q} <[i := v']> vl).
  Proof.
    intros Hi. rewrite /heap_pointsto_vec. iIntros "H".
    iDestruct (big_sepL_insert_acc with "H") as "[$ Hclose]"; [done|].
    iIntros (v') "H". iApply ("Hclose" with "H").
  Qed.

  Global Instance heap_pointsto_pred_ne l q n :
    Proper (pointwise_relation _ (dist n) ==> dist n) (heap_pointsto_pred l q).
  Proof. solve_proper. Qed.
  Lemma heap_pointsto_pred_iff l q (P1 P2 : list val → iProp Σ) :
    (∀ vl, P1 vl ⊣⊢ P2 vl) → l ↦∗{q}: P1 ⊣⊢ l ↦∗{q}: P2.
  Proof. intros HP. rewrite /heap_pointsto_pred. by setoid_rewrite HP. Qed.

  (** ** Deallocation rights *)
  Global Instance heap_freeable_timeless q l n : Timeless (†{q}l…n).
  Proof. rewrite heap_freeable_unseal. apply _. Qed.

  (** Rights split by shares and by cells at once. *)
  Lemma heap_freeable_op l q1 q2 n1 n2 :
    †{q1}l…n1 ∗ †{q2}(l +ₗ n1)…n2 ⊣⊢ †{q1 + q2}l…(n1 + n2).
  Proof.
    rewrite heap_freeable_unseal /heap_freeable_def.
    by rewrite -own_op -auth_frag_op singleton_op -pair_op offsets_op.
  Qed.

  Lemma heap_freeable_exclusive l q n1 n2 :
    n1 ≠ O → † l … n1 -∗ †{q}l…n2 -∗ False.
  Proof.
    rewrite heap_freeable_unseal /heap_freeable_def. iIntros (?) "H1 H2".
    iDestruct (own_valid_2 with "H1 H2") as %Hv. iPureIntro.
    rewrite -auth_frag_op auth_frag_valid singleton_op singleton_valid -pair_op in Hv.
    destruct Hv as [Hv _]; simpl in Hv. by apply Qp.not_add_le_l in Hv.
  Qed.

  Local Lemma freeable_rel_init σ hF l n :
    n ≠ O → block_fresh σ l → freeable_rel σ hF →
    hF !! loc_block l = None ∧
    freeable_rel (init_mem l n σ) (<[loc_block l := (1%Qp, offsets (loc_offset l) n)]> hF).
  Proof.
    intros Hn Hfresh Hrel. split.
    - destruct (hF !! loc_block l) as [[q s]|] eqn:Hb; [exfalso|done].
      destruct (Hrel _ _ Hb) as [Hne Hs]; simpl in *.
      apply map_choose in Hne as (i & x & Hi).
      destruct (Hs i) as [_ [c Hc]]; [by eexists|].
      specialize (Hfresh (i - loc_offset l)%Z). rewrite /shift_loc in Hfresh.
      by rewrite Z.add_comm Z.sub_add Hc in Hfresh.
    - intros b qs. destruct (decide (loc_block l = b)) as [<-|Hne].
      + rewrite lookup_insert_same. intros [= <-]; simpl. split.
        { destruct n as [|n]; [done|]. simpl. apply insert_non_empty. }
        intros i. rewrite offsets_lookup lookup_init_mem /loc_in_range /=.
        case_decide as Hi.
        * split; [|by eauto]. by intros _; destruct Hi.
        * specialize (Hfresh (i - loc_offset l)%Z). rewrite /shift_loc in Hfresh.
          rewrite Z.add_comm Z.sub_add in Hfresh. rewrite Hfresh.
          split; [by intros [? ?]|]. intros ?. by destruct Hi.
      + rewrite lookup_insert_ne //. intros [Hqs Hs]%Hrel. split; [done|].
        intros i. rewrite lookup_init_mem decide_False ?Hs //. by intros [? _].
  Qed.

  Local Lemma freeable_rel_free σ hF l n :
    hF !! loc_block l = Some (1%Qp, offsets (loc_offset l) n) →
    freeable_rel σ hF →
    n ≠ O ∧ block_is σ l n ∧
    freeable_rel (free_mem l n σ) (delete (loc_block l) hF).
  Proof.
    intros Hl Hrel. destruct (Hrel _ _ Hl) as [Hne Hs]; simpl in *. split_and!.
    - by intros ->.
    - intros i. rewrite /shift_loc Hs offsets_lookup. lia.
    - intros b qs. destruct (decide (loc_block l = b)) as [<-|Hb].
      { by rewrite lookup_delete_same. }
      rewrite lookup_delete_ne //. intros [? Hqs]%Hrel. split; [done|].
      intros i. rewrite lookup_free_mem decide_False ?Hqs //. by intros [? _].
  Qed.

  Local Lemma freeable_rel_insert σ hF l st v :
    is_Some (σ !! l) → freeable_rel σ hF → freeable_rel (<[l := (st, v)]> σ) hF.
  Proof.
    intros Hl Hrel b qs [? Hs]%Hrel. split; [done|]. intros i. rewrite -Hs.
    destruct (decide (l = Loc b i)) as [->|].
    - rewrite lookup_insert_same. split; eauto.
    - by rewrite lookup_insert_ne.
  Qed.

  Local Lemma size_delete_Some hF b x : hF !! b = Some x → size hF = S (size (delete b hF)).
  Proof.
    intros Hb. assert (hF = <[b := x]> (delete b hF)) as Heq.
    { rewrite insert_delete_same. apply map_eq=> b'.
      destruct (decide (b = b')) as [<-|]; [by rewrite lookup_insert_same|].
      by rewrite lookup_insert_ne. }
    by rewrite {1}Heq map_size_insert_None // lookup_delete_same.
  Qed.
  Local Lemma blocks_rel_init σ hF l n x :
    blocks_rel σ hF → blocks_rel (init_mem l n σ) (<[loc_block l := x]> hF).
  Proof.
    intros Hrel l'. rewrite lookup_init_mem. case_decide as Hl'.
    - destruct Hl' as [-> _]. intros _. rewrite lookup_insert_same. by eexists.
    - intros Hs%Hrel. apply lookup_insert_is_Some'. by right.
  Qed.
  Local Lemma blocks_rel_free σ hF l n :
    block_is σ l n → blocks_rel σ hF →
    blocks_rel (free_mem l n σ) (delete (loc_block l) hF).
  Proof.
    intros Hblock Hrel l'. rewrite lookup_free_mem. case_decide as Hl'; [by intros [? ?]|].
    intros Hs. apply lookup_delete_is_Some. split; [|by apply Hrel]. intros Heq.
    apply Hl'. split; [done|]. specialize (Hblock (loc_offset l' - loc_offset l)%Z).
    rewrite /shift_loc Heq Z.add_comm Z.sub_add in Hblock.
    destruct l' as [b' i']; simpl in *. apply Hblock in Hs. lia.
  Qed.
  Local Lemma blocks_rel_insert σ hF l st v :
    is_Some (σ !! l) → blocks_rel σ hF → blocks_rel (<[l := (st, v)]> σ) hF.
  Proof.
    intros Hl Hrel l' Hl'. apply Hrel. destruct (decide (l = l')) as [->|]; [done|].
    by rewrite lookup_insert_ne in Hl'.
  Qed.

  (** ** Leases *)
  Global Instance heap_lease_timeless q n : Timeless (heap_lease q n).
  Proof. rewrite heap_lease_unseal /heap_lease_def. destruct heap_lease_name; apply _. Qed.

  Lemma heap_lease_untracked `{!UntrackedHeap Σ} q n : ⊢ heap_lease q n.
  Proof.
    rewrite heap_lease_unseal /heap_lease_def. by rewrite untracked_heap.
  Qed.
  Lemma heap_lease_split q q' n n' :
    heap_lease (q + q') (n + n') ⊣⊢ heap_lease q n ∗ heap_lease q' n'.
  Proof.
    rewrite heap_lease_unseal /heap_lease_def. destruct heap_lease_name.
    - by rewrite -own_op -frac_auth_frag_op.
    - by rewrite left_id.
  Qed.
  Lemma heap_lease_halves q n :
    heap_lease q n ⊣⊢ heap_lease (q / 2) n ∗ heap_lease (q / 2) 0.
  Proof. by rewrite -heap_lease_split Qp.div_2 Nat.add_0_r. Qed.

  Local Lemma lease_auth_alloc k q n :
    lease_auth k -∗ heap_lease q n ==∗ lease_auth (S k) ∗ heap_lease q (S n).
  Proof.
    rewrite heap_lease_unseal /heap_lease_def /lease_auth. iIntros "H● H◯".
    destruct heap_lease_name as [γ|]; [|done]. rewrite -own_op.
    iApply (own_update_2 with "H● H◯"). apply frac_auth_update, nat_local_update. lia.
  Qed.
  Local Lemma lease_auth_free k q n :
    lease_auth (S k) -∗ heap_lease q (S n) ==∗ lease_auth k ∗ heap_lease q n.
  Proof.
    rewrite heap_lease_unseal /heap_lease_def /lease_auth. iIntros "H● H◯".
    destruct heap_lease_name as [γ|]; [|done]. rewrite -own_op.
    iApply (own_update_2 with "H● H◯"). apply frac_auth_update, nat_local_update. lia.
  Qed.
  Local Lemma lease_auth_full k n : lease_auth k -∗ heap_lease 1 n -∗ ⌜is_Some heap_lease_name → k = n⌝.
  Proof.
    rewrite heap_lease_unseal /heap_lease_def /lease_auth. iIntros "H● H◯".
    destruct heap_lease_name as [γ|]; [|by iIntros ([? ?])].
    by iDestruct (own_valid_2 with "H● H◯") as %->%frac_auth_agree_L.
  Qed.

  (** Nothing is leaked: the whole lease has come back, with no block on it. *)
  Lemma heap_lease_empty (σ : state) :
    is_Some heap_lease_name → heap_ctx σ -∗ heap_lease 1 0 -∗ ⌜σ = ∅⌝.
  Proof.
    iIntros (Hname) "(%hF & _ & [_ Hl] & [_ %Hrel]) Hlease".
    iDestruct (lease_auth_full with "Hl Hlease") as %Hsize. iPureIntro.
    apply Hsize, map_size_empty_inv in Hname. subst hF. apply map_empty. intros l.
    apply eq_None_not_Some. intros Hl%Hrel. rewrite lookup_empty in Hl. by destruct Hl.
  Qed.

  (** ** Allocation and deallocation *)
  Local Lemma heap_alloc_cells σ l n :
    block_fresh σ l →
    heap_auth σ ==∗
    heap_auth (init_mem l n σ) ∗ l ↦∗ replicate n (LitV LitPoison).
  Proof.
    assert (∀ n l, (∀ i, (0 ≤ i)%Z → σ !! (l +ₗ i)%L = None) →
      heap_auth σ ==∗
      heap_auth (init_mem l n σ) ∗ l ↦∗ replicate n (LitV LitPoison)) as H.
    { clear n l. intros n. induction n as [|n IH]=> l Hfresh /=; iIntros "Hσ".
      { iFrame. by rewrite heap_pointsto_vec_nil. }
      iMod (IH (l +ₗ 1)%L with "Hσ") as "[Hσ Hl]".
      { intros i ?. rewrite shift_loc_assoc. apply Hfresh. lia. }
      rewrite heap_pointsto_vec_cons. iFrame "Hl".
      rewrite /heap_auth to_heap_insert heap_pointsto_eq /heap_pointsto_st -own_op.
      iApply (own_update with "Hσ").
      apply auth_update_alloc, alloc_singleton_local_update; [|done].
      apply lookup_to_heap_None. rewrite lookup_init_mem decide_False.
      - rewrite -(shift_loc_0 l). by apply Hfresh.
      - intros [_ ?]. simpl in *. lia. }
    intros Hfresh. apply H. intros i _. apply Hfresh.
  Qed.

  Local Lemma freeable_auth_alloc hF l n :
    hF !! loc_block l = None →
    freeable_auth hF ==∗
    freeable_auth (<[loc_block l := (1%Qp, offsets (loc_offset l) n)]> hF) ∗ † l … n.
  Proof.
    iIntros (Hl) "HhF". rewrite heap_freeable_unseal /heap_freeable_def /freeable_auth -own_op.
    iApply (own_update with "HhF"). apply auth_update_alloc.
    apply (alloc_singleton_local_update (hF : freeableUR)); [done|].
    split; [done|apply offsets_valid].
  Qed.

  Lemma heap_alloc σ l n q k :
    n ≠ O → block_fresh σ l →
    heap_ctx σ -∗ heap_lease q k ==∗
    heap_ctx (init_mem l n σ) ∗ heap_lease q (S k) ∗
    † l … n ∗ l ↦∗ replicate n (LitV LitPoison).
  Proof.
    iIntros (Hn Hfresh) "(%hF & Hσ & [HhF Hlease] & %Hrel & %Hblocks) Hk".
    iMod (heap_alloc_cells with "Hσ") as "[Hσ Hl]"; [done|].
    destruct (freeable_rel_init σ hF l n) as [HNone Hrel']; [done..|].
    iMod (freeable_auth_alloc with "HhF") as "[HhF H†]"; [done|].
    iMod (lease_auth_alloc with "Hlease Hk") as "[Hlease $]".
    iModIntro. iFrame "H† Hl". iExists _. iFrame "Hσ HhF". rewrite map_size_insert_None //.
    iFrame "Hlease". iPureIntro. split; [done|]. by apply blocks_rel_init.
  Qed.

  Local Lemma heap_free_cells σ l vl :
    heap_auth σ -∗ l ↦∗ vl ==∗
    heap_auth (free_mem l (length vl) σ).
  Proof.
    iInduction vl as [|v vl] "IH" forall (l); simpl.
    { iIntros "$ _". done. }
    rewrite heap_pointsto_vec_cons. iIntros "Hσ [Hl Hvl]".
    iMod ("IH" with "Hσ Hvl") as "Hσ".
    rewrite /heap_auth to_heap_delete heap_pointsto_eq /heap_pointsto_st.
    iApply (own_update_2 with "Hσ Hl").
    apply auth_update_dealloc, (delete_singleton_local_update _ _ _).
  Qed.

  Local Lemma freeable_auth_free hF l n :
    freeable_auth hF -∗ † l … n ==∗
    ⌜hF !! loc_block l = Some (1%Qp, offsets (loc_offset l) n)⌝ ∗
    freeable_auth (delete (loc_block l) hF).
  Proof.
    iIntros "HhF H†". rewrite heap_freeable_unseal /heap_freeable_def /freeable_auth.
    iDestruct (own_valid_2 with "HhF H†")
      as %[Hincl Hvalid]%auth_both_valid_discrete.
    apply (singleton_included_exclusive_l _ _ _ _ Hvalid) in Hincl.
    apply leibniz_equiv in Hincl. iMod (own_update_2 with "HhF H†") as "$"; [|done].
    apply auth_update_dealloc, (delete_singleton_local_update _ _ _).
  Qed.

  Lemma heap_free σ l vl n q k :
    n = length vl →
    heap_ctx σ -∗ heap_lease q (S k) -∗ l ↦∗ vl -∗ † l … n ==∗
    ⌜0 < n⌝%Z ∗ ⌜block_is σ l n⌝ ∗ heap_ctx (free_mem l n σ) ∗ heap_lease q k.
  Proof.
    iIntros (->) "(%hF & Hσ & [HhF Hlease] & %Hrel & %Hblocks) Hk Hl H†".
    iMod (freeable_auth_free with "HhF H†") as "[%Hincl HhF]".
    destruct (freeable_rel_free σ hF l (length vl)) as (? & ? & ?); [done..|].
    iMod (heap_free_cells with "Hσ Hl") as "Hσ".
    rewrite (size_delete_Some _ _ _ Hincl).
    iMod (lease_auth_free with "Hlease Hk") as "[Hlease $]".
    iModIntro. iSplit; [iPureIntro; lia|]. iSplit; [done|]. iExists _. iFrame "Hσ HhF Hlease".
    iPureIntro. split; [done|]. by apply blocks_rel_free.
  Qed.

  (** ** Access *)
  Local Lemma to_cell_included q st v st' v' :
    Some (to_cell q st v) ≼ Some (to_cell 1 st' v') →
    v = v' ∧
    match st with
    | RSt n => ∃ n', st' = RSt (n + n')
    | WSt => st' = WSt
    end.
  Proof.
    rewrite /to_cell. intros [[_ Hst]%Some_pair_included Hv]%Some_pair_included. split.
    - apply Some_included_total, to_agree_included in Hv. by fold_leibniz.
    - apply Some_included in Hst as [Hst|Hst].
      + destruct st as [|n], st' as [|n']; simpl in *; try by inversion Hst.
        exists 0. rewrite Nat.add_0_r. apply (inj Cinr) in Hst. by fold_leibniz; subst.
      + apply csum_included in Hst as [?|[(a & a' & ? & ? & Hincl)|(n & n' & ? & ? & Hincl)]];
          destruct st as [|m], st' as [|m']; simplify_eq/=.
        * done.
        * apply nat_included in Hincl. exists (n' - n). f_equal. lia.
  Qed.

  Local Lemma heap_pointsto_st_lookup σ l st q v :
    heap_auth σ -∗ heap_pointsto_st st l q v -∗
    ⌜∃ st', σ !! l = Some (st', v) ∧
            match st with RSt n => ∃ n', st' = RSt (n + n') | WSt => st' = WSt end⌝.
  Proof.
    rewrite /heap_auth. iIntros "Hσ Hl".
    iDestruct (own_valid_2 with "Hσ Hl") as %[Hincl _]%auth_both_valid_discrete.
    iPureIntro. apply singleton_included_l in Hincl as (c & Hc & Hincl).
    rewrite /to_heap lookup_fmap in Hc. apply fmap_Some_equiv in Hc as ([st' v'] & Hl & Hc).
    rewrite Hc in Hincl. apply to_cell_included in Hincl as [-> ?]. eauto.
  Qed.

  Local Lemma heap_pointsto_st_lookup_1 σ l st v :
    heap_auth σ -∗ heap_pointsto_st st l 1 v -∗ ⌜σ !! l = Some (st, v)⌝.
  Proof.
    rewrite /heap_auth. iIntros "Hσ Hl".
    iDestruct (own_valid_2 with "Hσ Hl") as %[Hincl Hv]%auth_both_valid_discrete.
    iPureIntro. apply (singleton_included_exclusive_l _ _ _ _ Hv) in Hincl.
    rewrite /to_heap lookup_fmap in Hincl.
    apply fmap_Some_equiv in Hincl as ([st' v'] & Hl & Hc).
    rewrite Hl. destruct Hc as [[_ Hst] Hdv]; simpl in *.
    apply (inj to_agree) in Hdv. fold_leibniz. subst v'.
    by destruct st as [|n], st' as [|n']; simpl in *; inversion Hst; fold_leibniz; subst.
  Qed.

  (** Changing the lock state and the value of a fully owned cell, or the number
      of readers of a partly owned one. *)
  Local Lemma heap_update_st σ l st1 st2 v1 v2 :
    heap_auth σ -∗ heap_pointsto_st st1 l 1 v1 ==∗
    heap_auth (<[l := (st2, v2)]> σ) ∗ heap_pointsto_st st2 l 1 v2.
  Proof.
    iIntros "Hσ Hl". iDestruct (heap_pointsto_st_lookup_1 with "Hσ Hl") as %Hl.
    rewrite /heap_auth /heap_pointsto_st to_heap_insert -own_op.
    iApply (own_update_2 with "Hσ Hl"). apply auth_update, singleton_local_update_any.
    intros c _. apply exclusive_local_update. by destruct st2.
  Qed.
  Local Lemma heap_update_readers σ l (n1 n2 m1 m2 : nat) q v :
    σ !! l = Some (RSt n1, v) → n1 + m2 = n2 + m1 →
    heap_auth σ -∗ heap_pointsto_st (RSt m1) l q v ==∗
    heap_auth (<[l := (RSt n2, v)]> σ) ∗ heap_pointsto_st (RSt m2) l q v.
  Proof.
    iIntros (Hl Hn) "Hσ Hl". rewrite /heap_auth /heap_pointsto_st to_heap_insert -own_op.
    iApply (own_update_2 with "Hσ Hl"). apply auth_update.
    eapply singleton_local_update; [by apply lookup_to_heap_Some|].
    apply prod_local_update_1, prod_local_update_2, csum_local_update_r.
    apply nat_local_update. lia.
  Qed.

  Lemma heap_ctx_insert σ l st v hF :
    is_Some (σ !! l) → freeable_rel σ hF ∧ blocks_rel σ hF →
    heap_auth (<[l := (st, v)]> σ) -∗
    freeable_auth hF ∗ lease_auth (size hF) -∗ heap_ctx (<[l := (st, v)]> σ).
  Proof.
    iIntros (? [??]) "Hσ HhF". iExists hF. iFrame. iPureIntro.
    split; [by apply freeable_rel_insert|by apply blocks_rel_insert].
  Qed.

  Lemma heap_read (σ : state) l q v :
    heap_ctx σ -∗ l ↦{q} v -∗ ⌜∃ n, σ !! l = Some (RSt n, v)⌝.
  Proof.
    iIntros "(%hF & Hσ & _) Hl". rewrite heap_pointsto_eq.
    iDestruct (heap_pointsto_st_lookup with "Hσ Hl") as %(st & Hl & n & ->). eauto.
  Qed.

  (** The whole share says that nobody is reading. *)
  Lemma heap_read_1 (σ : state) l v :
    heap_ctx σ -∗ l ↦ v -∗ ⌜σ !! l = Some (RSt 0, v)⌝.
  Proof.
    iIntros "(%hF & Hσ & _) Hl". rewrite heap_pointsto_eq.
    by iApply (heap_pointsto_st_lookup_1 with "Hσ Hl").
  Qed.

  Lemma heap_write (σ : state) l v v' :
    heap_ctx σ -∗ l ↦ v ==∗ heap_ctx (<[l := (RSt 0, v')]> σ) ∗ l ↦ v'.
  Proof.
    iIntros "(%hF & Hσ & HhF & %Hrel) Hl". rewrite !heap_pointsto_eq.
    iDestruct (heap_pointsto_st_lookup_1 with "Hσ Hl") as %Hl.
    iMod (heap_update_st with "Hσ Hl") as "[Hσ $]".
    iModIntro. by iApply (heap_ctx_insert with "Hσ HhF").
  Qed.

  (** A non-atomic read: one reader more, and after any steps of others one less. *)
  Lemma heap_read_na (σ : state) l q v :
    heap_ctx σ -∗ l ↦{q} v ==∗ ∃ n,
      ⌜σ !! l = Some (RSt n, v)⌝ ∗ heap_ctx (<[l := (RSt (S n), v)]> σ) ∗
      ∀ σ2 : state, heap_ctx σ2 ==∗ ∃ n2,
        ⌜σ2 !! l = Some (RSt (S n2), v)⌝ ∗
        heap_ctx (<[l := (RSt n2, v)]> σ2) ∗ l ↦{q} v.
  Proof.
    iIntros "(%hF & Hσ & HhF & %Hrel) Hl". rewrite !heap_pointsto_eq.
    iDestruct (heap_pointsto_st_lookup with "Hσ Hl") as %(st & Hl & n & ->); simpl in *.
    iMod (heap_update_readers _ _ _ (S n) _ 1 with "Hσ Hl") as "[Hσ Hl]"; [done|lia|].
    iModIntro. iExists n. iSplit; [done|]. iSplitL "Hσ HhF".
    { by iApply (heap_ctx_insert with "Hσ HhF"). }
    clear hF Hrel. iIntros (σ2) "(%hF & Hσ & HhF & %Hrel)".
    iDestruct (heap_pointsto_st_lookup with "Hσ Hl") as %(st & Hl2 & n2 & ->); simpl in *.
    iMod (heap_update_readers _ _ _ n2 _ 0 with "Hσ Hl") as "[Hσ Hl]"; [done|lia|].
    iModIntro. iExists n2. iSplit; [done|]. iFrame "Hl".
    by iApply (heap_ctx_insert with "Hσ HhF").
  Qed.

  (** A non-atomic write: the cell is locked, and after any steps of others written. *)
  Lemma heap_write_na (σ : state) l v v' :
    heap_ctx σ -∗ l ↦ v ==∗
      ⌜σ !! l = Some (RSt 0, v)⌝ ∗ heap_ctx (<[l := (WSt, v)]> σ) ∗
      ∀ σ2 : state, heap_ctx σ2 ==∗
        ⌜σ2 !! l = Some (WSt, v)⌝ ∗ heap_ctx (<[l := (RSt 0, v')]> σ2) ∗ l ↦ v'.
  Proof.
    iIntros "(%hF & Hσ & HhF & %Hrel) Hl". rewrite !heap_pointsto_eq.
    iDestruct (heap_pointsto_st_lookup_1 with "Hσ Hl") as %Hl.
    iMod (heap_update_st _ _ _ WSt _ v with "Hσ Hl") as "[Hσ Hl]".
    iModIntro. iSplit; [done|]. iSplitL "Hσ HhF".
    { by iApply (heap_ctx_insert with "Hσ HhF"). }
    clear hF Hrel. iIntros (σ2) "(%hF & Hσ & HhF & %Hrel)".
    iDestruct (heap_pointsto_st_lookup_1 with "Hσ Hl") as %Hl2.
    iMod (heap_update_st _ _ _ (RSt 0) _ v' with "Hσ Hl") as "[Hσ $]".
    iModIntro. iSplit; [done|]. by iApply (heap_ctx_insert with "Hσ HhF").
  Qed.
End heap.

(** ** Initialisation *)
Local Lemma heap_init_name `{!heapGpreS Σ} (γl : option gname) :
  match γl with Some γ => own γ (●F 0 ⋅ ◯F 0) | None => True end ==∗
  ∃ H : heapGS Σ, ⌜heap_lease_name = γl⌝ ∗ heap_ctx ∅ ∗ heap_lease 1 0.
Proof.
  iIntros "Hl". iMod (own_alloc (● (∅ : heapUR))) as (γ) "Hσ"; [by apply auth_auth_valid|].
  iMod (own_alloc (● (∅ : freeableUR))) as (γf) "Hf"; [by apply auth_auth_valid|].
  iModIntro. iExists (HeapGS _ _ _ _ γ γf γl). iSplitR; [done|].
  set (H := HeapGS _ _ _ _ γ γf γl).
  iAssert (lease_auth 0 ∗ heap_lease 1 0)%I with "[Hl]" as "[H● $]".
  { rewrite heap_lease_unseal /heap_lease_def /lease_auth /=.
    destruct γl as [γl|]; [by rewrite own_op|by iSplit]. }
  iExists ∅. rewrite /heap_auth /freeable_auth /to_heap fmap_empty map_size_empty /=.
  iFrame. iPureIntro. split; [intros b qs|intros l]; rewrite lookup_empty; [done|by intros [? ?]].
Qed.

Lemma heap_init `{!heapGpreS Σ} : ⊢ |==> ∃ H : heapGS Σ, ⌜UntrackedHeap Σ⌝ ∗ heap_ctx ∅.
Proof.
  iMod (heap_init_name None with "[//]") as (H Hname) "[Hσ _]". iModIntro. iExists H. by iFrame.
Qed.

Lemma heap_init_tracked `{!heapGpreS Σ} :
  ⊢ |==> ∃ _ : heapGS Σ, ⌜is_Some heap_lease_name⌝ ∗ heap_ctx ∅ ∗ heap_lease 1 0.
Proof.
  iMod (own_alloc (●F 0 ⋅ ◯F 0)) as (γl) "Hl"; [by apply frac_auth_valid|].
  iMod (heap_init_name (Some γl) with "Hl") as (H Hname) "H". iModIntro. iExists H.
  iFrame "H". iPureIntro. by rewrite Hname.
Qed.

Global Typeclasses Opaque heap_pointsto_vec heap_pointsto_pred.
