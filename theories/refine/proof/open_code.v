(** * The code of a block, with the table, the frame and the block function put in

[block_compile.v] makes code that is open in ["pr"], the table of functions, ["fp"], the
frame, ["go"], the function of the blocks, and ["pc"]. [closed_in] puts values for all
of them. Since it computes, it goes under each construct by [reflexivity]; [subst_addr],
[subst_value] and [subst_codes] say that nothing else is open. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import notation.
From tally.mir Require Import mir value block_compile.
From tally.prelude Require Import options.

Lemma subst_swap x y v w e : x ≠ y → subst x v (subst y w e) = subst y w (subst x v e).
Proof.
  intros Hne.
  assert (∀ el, Forall (λ e, subst x v (subst y w e) = subst y w (subst x v e)) el →
    map (subst x v) (map (subst y w) el) = map (subst y w) (map (subst x v) el)) as Hmap.
  { intros el H. induction H as [|e' el He _ IH]; [done|]. cbn [map]. by rewrite He IH. }
  induction e as [|z|f xl e IH|e el IH IHl| | |e el IH IHl| | | | | | | |] using expr_ind; try (simpl; congruence).
  - simpl. destruct (String.eqb_spec y z) as [->|Hy], (String.eqb_spec x z) as [->|Hx]; simpl.
    + done.
    + by rewrite String.eqb_refl.
    + by rewrite String.eqb_refl.
    + rewrite !(proj2 (String.eqb_neq _ _)) //.
  - cbn [subst]. f_equal. destruct (binder_in x _), (binder_in y _); congruence.
  - simpl. rewrite IH Hmap //.
  - simpl. rewrite IH Hmap //.
Qed.

Section open.
  Context (p : program) (insts : list instance) (b : body) (pr go pc : val) (fp : loc).

  Definition closed_in (e : expr) : expr :=
    subst "go" go (subst "pr" pr (subst "fp" (LitV (LitLoc fp)) (subst "pc" pc e))).
  Global Arguments closed_in : simpl never.
  Notation "⟦ e ⟧" := (closed_in e).
  Definition reserved : list string := ["go"; "pr"; "fp"; "pc"].

  Lemma closed_swap x v e : x ∉ reserved → subst x v ⟦ e ⟧ = ⟦ subst x v e ⟧.
  Proof. intros Hx. 
    rewrite /closed_in (subst_swap x "go"); [|set_solver]. rewrite (subst_swap x "pr"); [|set_solver].
    rewrite (subst_swap x "fp"); [|set_solver]. rewrite (subst_swap x "pc"); [done|set_solver].
  Qed.
  Lemma closed_app e el : ⟦ App e el ⟧ = App ⟦ e ⟧ (map closed_in el).
  Proof. rewrite /closed_in /= !map_map //. Qed.
  Lemma closed_read o e : ⟦ Read o e ⟧ = Read o ⟦ e ⟧.
  Proof. done. Qed.
  Lemma closed_write o e1 e2 : ⟦ Write o e1 e2 ⟧ = Write o ⟦ e1 ⟧ ⟦ e2 ⟧.
  Proof. done. Qed.
  Lemma closed_binop op e1 e2 : ⟦ BinOp op e1 e2 ⟧ = BinOp op ⟦ e1 ⟧ ⟦ e2 ⟧.
  Proof. done. Qed.
  Lemma closed_unop op e : ⟦ UnOp op e ⟧ = UnOp op ⟦ e ⟧.
  Proof. done. Qed.
  Lemma closed_val v : ⟦ Val v ⟧ = Val v.
  Proof. done. Qed.
  Lemma closed_case2 e e1 e2 : ⟦ Case e [e1; e2]%E ⟧ = Case ⟦ e ⟧ [⟦ e1 ⟧; ⟦ e2 ⟧]%E.
  Proof. done. Qed.
  Lemma closed_seq e1 e2 : ⟦ Seq e1 e2 ⟧ = Seq ⟦ e1 ⟧ ⟦ e2 ⟧.
  Proof. done. Qed.
  Lemma closed_let x e1 e2 : x ∉ reserved → ⟦ Let x e1 e2 ⟧ = Let x ⟦ e1 ⟧ ⟦ e2 ⟧.
  Proof.
    intros Hx. rewrite /closed_in /Let. cbn [subst binder_in map].
    assert (∀ y, y ∈ reserved → String.eqb y x = false) as Hne.
    { intros y Hy. apply String.eqb_neq. set_solver. }
    rewrite !Hne //; rewrite /reserved; set_solver.
  Qed.
  Lemma closed_two_ends c e1 e2 : ⟦ two_ends c e1 e2 ⟧ = two_ends ⟦ c ⟧ ⟦ e1 ⟧ ⟦ e2 ⟧.
  Proof. done. Qed.
  Lemma closed_goto bb : ⟦ goto bb ⟧ = App (Val go) [Val pr; Val (LitV (LitLoc fp)); Int (Z.of_nat bb)]%E.
  Proof. done. Qed.
  Lemma closed_at_off e n : ⟦ at_off e n ⟧ = at_off ⟦ e ⟧ n.
  Proof. by destruct n. Qed.

  (** ** What else is open *)
  Lemma subst_location x v q l : x ≠ "fp" → locate p [] b q = Some l → subst x v (at_base l) = at_base l.
  Proof.
    intros Hx. rewrite /locate. set (l0 := local p [] b (pl_local q)).
    assert (subst x v (at_base l0) = at_base l0) as Hl0.
    { rewrite /= (proj2 (String.eqb_neq _ _)) //. }
    clearbody l0. revert l0 Hl0. generalize (pl_proj q). intros pjs.
    induction pjs as [|pj pjs IH]; intros l0 Hl0; cbn [foldl].
    { by intros [= <-]. }
    assert (∀ pjs, foldl (location_step p []) None pjs = None) as Hnone.
    { clear. induction pjs as [|[] pjs IH]; simpl; done. }
    destruct (location_step p [] (Some l0) pj) as [l2|] eqn:Hl2; [|by rewrite Hnone].
    intros Hl. apply (IH l2); [|done]. destruct pj as [t|i|i]; simpl in Hl2.
    - simplify_eq. simpl. f_equal. rewrite /location_addr. by destruct (at_offset l0); rewrite /= Hl0.
    - destruct (nth_error _ _); by simplify_eq.
    - destruct (ty_shape _ _) as [[]|]; by simplify_eq.
  Qed.
  Lemma subst_location_addr x v q l n :
    x ≠ "fp" → locate p [] b q = Some l → subst x v (at_off (at_base l) n) = at_off (at_base l) n.
  Proof. intros Hx Hl. destruct n; rewrite /= (subst_location _ _ _ _ Hx Hl) //. Qed.
  Lemma subst_addr_open x v q : x ≠ "fp" → subst x v (addr p [] b q) = addr p [] b q.
  Proof.
    intros Hx. rewrite /addr. destruct (locate p [] b q) as [l|] eqn:Hl; [|done].
    by eapply subst_location_addr.
  Qed.
  Lemma subst_addr x v q : x ∉ reserved → subst x v ⟦ addr p [] b q ⟧ = ⟦ addr p [] b q ⟧.
  Proof.
    intros Hx. rewrite closed_swap //. f_equal. rewrite /addr.
    destruct (locate p [] b q) as [l|] eqn:Hl; [|done]. rewrite /location_addr.
    assert (subst x v (at_base l) = at_base l) as He.
    { eapply subst_location; [|done]. set_solver. }
    by destruct (at_offset l); rewrite /= He.
  Qed.

  (** ** A block *)
  Definition codes (ss : list stmt) (k : expr) : expr :=
    foldr (λ s k, Seq ⟦ statement p [] insts b s ⟧ k) k ss.
  Lemma closed_block a bl :
    ⟦ block_code p [] insts b a bl ⟧ = codes (fst bl) ⟦ terminator p [] insts b a (snd bl) ⟧.
  Proof. rewrite /block_code /codes. induction (fst bl) as [|s ss IH]; [done|]. simpl. by rewrite -IH. Qed.
End open.
