(** * A program that is never stuck has no data race

Two threads race at a location if both are about to access it, at least one
writes, and at least one is not atomic ([data_race]). Freeing a block writes all
of its cells, not atomically. A thread between the two steps of a non-atomic
access is still about to access; a compare-and-swap that is going to fail only
reads.

Key result: [adequate_nonracing]. If a program is adequate, as every program with
a proved weakest precondition is, then no configuration that it can reach has a
data race.

Why it holds. A race would get a thread stuck, at once or after one more step of
the other thread: the first step of a non-atomic access marks the cell, and the
conflicting access has no rule at a cell so marked; freeing removes the cell.
Not every stuck thread is a race, and the lock states are an artefact of the
semantics: the definition of a race mentions neither.

Source: [lang/races.v] of RustBelt's λRust states the same theorem; the
definitions and the proof are our own, on the redexes of [interp.v]. *)
From iris.program_logic Require Import adequacy.
From tally.prelude Require Import prelude.
From tally.lang Require Import interp_step interp_correct.
From tally.prelude Require Import options.

Implicit Types (tp : list expr) (e : expr) (σ : state) (l : loc) (r : redex).

Definition is_atomic (o : order) : bool :=
  match o with ScOrd => true | Na1Ord | Na2Ord => false end.

(** The redex is about to read or write [l], atomically or not. *)
Inductive touches σ : redex → access_kind → bool → loc → Prop :=
  | touches_access r a o l :
      accesses σ r a o l → touches σ r a (is_atomic o) l
  | touches_free n l i :
      (0 ≤ i < n)%Z →
      touches σ (FreeR (LitV (LitInt n)) (LitV (LitLoc l))) WriteAcc false (l +ₗ i)%L.

Definition thread_touches σ e (a : access_kind) (atomic : bool) l : Prop :=
  ∃ K r, e = fill_items K (of_redex r) ∧ touches σ r a atomic l.

Definition data_race tp σ l : Prop :=
  ∃ i1 i2 e1 e2 a1 a2 atomic1 atomic2,
    i1 ≠ i2 ∧ tp !! i1 = Some e1 ∧ tp !! i2 = Some e2 ∧
    thread_touches σ e1 a1 atomic1 l ∧ thread_touches σ e2 a2 atomic2 l ∧
    (a1 = WriteAcc ∨ a2 = WriteAcc) ∧ (atomic1 = false ∨ atomic2 = false).

(** ** At redexes *)
Local Definition can_step σ r : Prop :=
  ∃ κs e' σ' efs, lrust_step (of_redex r) σ κs e' σ' efs.

Local Lemma touches_allocated σ σ' r a atomic l :
  touches σ r a atomic l → can_step σ' r → is_Some (σ' !! l).
Proof.
  intros Ht (κs & e' & σ2 & efs & Hstep).
  destruct Ht as [r a o l Ha|n l i Hi].
  - destruct Ha; inversion Hstep; simplify_eq/=; by eauto.
  - inversion Hstep as [| | | | | | | |n' l' ? _ Hb| | | | | | | | | |]; simplify_eq/=.
    by apply Hb.
Qed.

(** What an access is depends on the value in the cell at most, and if it is not
    atomic not even on that. *)
Local Lemma accesses_value σ σ' r a o l :
  is_atomic o = false ∨ snd <$> σ !! l = snd <$> σ' !! l →
  accesses σ r a o l → accesses σ' r a o l.
Proof.
  intros Hl Ha. assert (is_atomic o = true → ∀ v, cas_fails σ l v ↔ cas_fails σ' l v)
    as Hcas.
  { intros Ho v. destruct Hl as [Hl|Hl]; [congruence|]. rewrite /cas_fails.
    destruct (σ !! l) as [[]|], (σ' !! l) as [[]|]; naive_solver. }
  destruct Ha; constructor; try by rewrite -Hcas.
Qed.

(** What the cell is like where a redex that accesses it can step. *)
Local Lemma accesses_can_step σ r a o l st v :
  accesses σ r a o l → can_step σ r → σ !! l = Some (st, v) →
  if decide (o = Na2Ord) then reserved a st else ¬ conflicts a st.
Proof.
  intros Ha (κs & e' & σ' & efs & Hstep) Hl.
  edestruct accesses_cell as (st' & v' & Hl' & Hst); [exact Ha|exact Hstep|].
  rewrite Hl' in Hl. by simplify_eq.
Qed.

Local Lemma accesses_race σ r1 r2 a1 a2 o1 o2 l :
  accesses σ r1 a1 o1 l → accesses σ r2 a2 o2 l →
  a1 = WriteAcc ∨ a2 = WriteAcc → is_atomic o1 = false →
  can_step σ r1 → can_step σ r2 →
  (∀ κs e' σ' efs, lrust_step (of_redex r1) σ κs e' σ' efs → can_step σ' r2) →
  False.
Proof.
  intros Ha1 Ha2 Hw Ho1 (κs & e' & σ' & efs & Hstep) Hc2 Hnext.
  apply Hnext in Hstep as Hc2'.
  (* The lock states before and after the step of [r1] both allow [r2]. *)
  assert (∀ st v, σ !! l = Some (st, v) →
    if decide (o2 = Na2Ord) then reserved a2 st else ¬ conflicts a2 st) as Hbefore.
  { intros st v Hl. by eapply accesses_can_step. }
  assert (∀ st v, σ' !! l = Some (st, v) →
    is_atomic o2 = false ∨ snd <$> σ !! l = Some v →
    if decide (o2 = Na2Ord) then reserved a2 st else ¬ conflicts a2 st) as Hafter.
  { intros st v Hl Hv. eapply accesses_can_step; [|done..].
    eapply accesses_value; [|done]. by rewrite Hl. }
  destruct Ha1 as [o1 l|o1 l v|m l v1 v2|m l v1 v2|t l v]; try done;
    (destruct o1; [done| |]); inversion Hstep; simplify_eq/=;
    match goal with H : σ !! l = Some _ |- _ =>
      specialize (Hbefore _ _ H); rewrite H /= in Hafter
    end;
    specialize (Hafter _ _ (lookup_insert_same _ _ _));
    destruct a2, o2; simpl in *; naive_solver.
Qed.

Local Lemma touches_race σ r1 r2 a1 a2 atomic1 atomic2 l :
  touches σ r1 a1 atomic1 l → touches σ r2 a2 atomic2 l →
  a1 = WriteAcc ∨ a2 = WriteAcc → atomic1 = false ∨ atomic2 = false →
  can_step σ r1 → can_step σ r2 →
  (∀ κs e' σ' efs, lrust_step (of_redex r1) σ κs e' σ' efs → can_step σ' r2) →
  (∀ κs e' σ' efs, lrust_step (of_redex r2) σ κs e' σ' efs → can_step σ' r1) →
  False.
Proof.
  (* If one of them frees the block, the other has nothing to access after. *)
  assert (∀ r1 r2 n l i a atomic, (0 ≤ i < n)%Z →
    r1 = FreeR (LitV (LitInt n)) (LitV (LitLoc l)) →
    touches σ r2 a atomic (l +ₗ i)%L → can_step σ r1 →
    (∀ κs e' σ' efs, lrust_step (of_redex r1) σ κs e' σ' efs → can_step σ' r2) → False)
    as Hfree.
  { intros r1' r2' n l' i a atomic Hi -> Ht (κs & e' & σ' & efs & Hstep) Hnext.
    apply Hnext in Hstep as Hc. destruct (touches_allocated _ _ _ _ _ _ Ht Hc) as [c Hl].
    inversion Hstep; simplify_eq/=. rewrite lookup_free_mem decide_True // in Hl.
    apply loc_in_range_shift. lia. }
  intros Ht1 Ht2 Hw Hat Hc1 Hc2 H12 H21.
  destruct Ht1 as [r1 a1 o1 l Ha1|n l i Hi]; [|by eapply Hfree].
  inversion Ht2 as [r2' a2' o2 l' Ha2|n l' i Hi]; simplify_eq.
  - destruct Hat as [Hat|Hat].
    + by eapply (accesses_race σ r1 r2).
    + eapply (accesses_race σ r2 r1); try done. tauto.
  - eapply (Hfree _ r1); [done..|by apply touches_access|done|done].
Qed.

(** ** In a pool of threads *)
Lemma not_stuck_can_step K r σ : not_stuck (fill_items K (of_redex r)) σ → can_step σ r.
Proof.
  intros [[v Hv]|(κs & e' & σ' & efs & Hstep)].
  - change (to_val (fill_items K (of_redex r)) = Some v) in Hv.
    by rewrite fill_items_not_val // of_redex_not_val in Hv.
  - apply prim_step_fill_redex in Hstep as (r' & -> & Hstep). by do 4 eexists.
Qed.

Theorem safe_nonracing tp σ l :
  (∀ tp' σ' e, rtc erased_step (tp, σ) (tp', σ') → e ∈ tp' → not_stuck e σ') →
  ¬ data_race tp σ l.
Proof.
  intros Hsafe (i1 & i2 & e1 & e2 & a1 & a2 & at1 & at2 & Hi & He1 & He2 &
    (K1 & r1 & -> & Ht1) & (K2 & r2 & -> & Ht2) & Hw & Hat).
  assert (∀ i K r, tp !! i = Some (fill_items K (of_redex r)) → can_step σ r) as Hnow.
  { intros i K r Hl. eapply (not_stuck_can_step K), Hsafe; [done|].
    by eapply elem_of_pool. }
  assert (∀ i j K r K' r' κs e' σ' efs, i ≠ j →
    tp !! i = Some (fill_items K (of_redex r)) →
    tp !! j = Some (fill_items K' (of_redex r')) →
    lrust_step (of_redex r) σ κs e' σ' efs → can_step σ' r') as Hnext.
  { intros i j K r K' r' κs e' σ' efs Hij Hl Hl' Hstep.
    eapply (not_stuck_can_step K'), Hsafe.
    - eapply rtc_once, (pool_step _ i); [done|]. apply prim_step_fill_redex.
      assert (κs = []) as -> by by inversion Hstep. by eauto.
    - apply (elem_of_pool _ j), lookup_app_l_Some. by rewrite list_lookup_insert_ne. }
  eapply touches_race; [apply Ht1|apply Ht2|done|done|by eapply Hnow|by eapply Hnow| |].
  - intros κs e' σ' efs. by apply (Hnext i1 i2 K1 r1 K2 r2).
  - intros κs e' σ' efs. by apply (Hnext i2 i1 K2 r2 K1 r1).
Qed.

Theorem adequate_nonracing e σ φ tp σ' l :
  adequate NotStuck e σ φ → rtc erased_step ([e], σ) (tp, σ') → ¬ data_race tp σ' l.
Proof.
  intros [_ Had] Hr. apply safe_nonracing. intros tp' σ2 e' Hr' He'.
  apply (Had tp' σ2); [done|by etrans|done].
Qed.
