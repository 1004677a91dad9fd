(** * Decomposition and blocks: the interpreter's computations are right

[decompose] yields the context and the redex of an expression
([decompose_redex]), and the steps of the expression are those of its redex
([prim_step_fill_redex]). The tests for a fresh and for a whole block agree with
the conditions of the step relation ([block_freshb_true], [block_isb_true]), and a
new block is always put where it may be put ([place_block_fresh]). *)
From tally.prelude Require Import prelude.
From tally.lang Require Export interp.
From tally.prelude Require Import options.

(** ** Decomposition *)
Lemma fill_items_fill K e :
  fill_items K e = ectx_language.fill (K : ectx lrust_ectx_lang) e.
Proof. revert e. induction K as [|Ki K IH]; intros e; [done|]. apply IH. Qed.

Lemma decompose_spec K e :
  match decompose K e with
  | DecVal v => e = Val v
  | DecRedex K' r => fill_items K e = fill_items K' (of_redex r)
  end.
Proof.
  (* A decomposition in a bigger context, found below an operand, is never a
      value. *)
  assert (∀ K Ki e, to_val e = None →
    match decompose (Ki :: K) e with
    | DecVal v => e = Val v
    | DecRedex K' r => fill_items (Ki :: K) e = fill_items K' (of_redex r)
    end →
    match decompose (Ki :: K) e with
    | DecVal v => fill_item Ki e = Val v
    | DecRedex K' r => fill_items K (fill_item Ki e) = fill_items K' (of_redex r)
    end) as Hsub.
  { intros K' Ki e' Hv He. case_match; by simplify_eq/=. }
  revert K. induction e as [v|x|f xl e IH|e el IH IHl|op e IH|op e1 e2 IH1 IH2|e el IH IHl
    |e IH| |e IH|e1 e2 IH1 IH2|o e IH|o e1 e2 IH1 IH2|m e0 e1 e2 IH0 IH1 IH2
    |t e1 e2 IH1 IH2] using expr_ind; intros K; simpl; try done.
  - destruct (to_val e) as [v|] eqn:Hv; [|by apply (Hsub _ (AppLCtx el)); [|apply IH]].
    apply of_to_val in Hv as <-. clear IH.
    change (App (of_val v) el) with (App (Val v) ((Val <$> reverse []) ++ el)).
    generalize (@nil val). induction IHl as [|e' el He _ IHl]=> vl.
    { by rewrite app_nil_r. }
    destruct (to_val e') as [v'|] eqn:Hv'.
    + apply of_to_val in Hv' as <-. specialize (IHl (v' :: vl)).
      by rewrite reverse_cons fmap_app -(assoc (++)) in IHl.
    + by apply (Hsub _ (AppRCtx v (reverse vl) el)); [|apply He].
  - destruct (to_val e) as [v|] eqn:Hv; [|by apply (Hsub _ (UnOpCtx op)); [|apply IH]].
    by apply of_to_val in Hv as <-.
  - destruct (to_val e1) as [v1|] eqn:Hv1; [|by apply (Hsub _ (BinOpLCtx op e2)); [|apply IH1]].
    apply of_to_val in Hv1 as <-.
    destruct (to_val e2) as [v2|] eqn:Hv2; [|by apply (Hsub _ (BinOpRCtx op v1)); [|apply IH2]].
    by apply of_to_val in Hv2 as <-.
  - destruct (to_val e) as [v|] eqn:Hv; [|by apply (Hsub _ (CaseCtx el)); [|apply IH]].
    by apply of_to_val in Hv as <-.
  - destruct (to_val e) as [v|] eqn:Hv; [|by apply (Hsub _ AllocCtx); [|apply IH]].
    by apply of_to_val in Hv as <-.
  - destruct (to_val e1) as [v1|] eqn:Hv1; [|by apply (Hsub _ (FreeLCtx e2)); [|apply IH1]].
    apply of_to_val in Hv1 as <-.
    destruct (to_val e2) as [v2|] eqn:Hv2; [|by apply (Hsub _ (FreeRCtx v1)); [|apply IH2]].
    by apply of_to_val in Hv2 as <-.
  - destruct (to_val e) as [v|] eqn:Hv; [|by apply (Hsub _ (ReadCtx o)); [|apply IH]].
    by apply of_to_val in Hv as <-.
  - destruct (to_val e1) as [v1|] eqn:Hv1; [|by apply (Hsub _ (WriteLCtx o e2)); [|apply IH1]].
    apply of_to_val in Hv1 as <-.
    destruct (to_val e2) as [v2|] eqn:Hv2; [|by apply (Hsub _ (WriteRCtx o v1)); [|apply IH2]].
    by apply of_to_val in Hv2 as <-.
  - destruct (to_val e0) as [v0|] eqn:Hv0; [|by apply (Hsub _ (CasLCtx m e1 e2)); [|apply IH0]].
    apply of_to_val in Hv0 as <-.
    destruct (to_val e1) as [v1|] eqn:Hv1; [|by apply (Hsub _ (CasMCtx m v0 e2)); [|apply IH1]].
    apply of_to_val in Hv1 as <-.
    destruct (to_val e2) as [v2|] eqn:Hv2; [|by apply (Hsub _ (CasRCtx m v0 v1)); [|apply IH2]].
    by apply of_to_val in Hv2 as <-.
  - destruct (to_val e1) as [v1|] eqn:Hv1; [|by apply (Hsub _ (FaaLCtx t e2)); [|apply IH1]].
    apply of_to_val in Hv1 as <-.
    destruct (to_val e2) as [v2|] eqn:Hv2; [|by apply (Hsub _ (FaaRCtx t v1)); [|apply IH2]].
    by apply of_to_val in Hv2 as <-.
Qed.

Lemma decompose_val e v : decompose [] e = DecVal v ↔ e = Val v.
Proof.
  split; [|by intros ->]. intros He.
  pose proof (decompose_spec [] e) as Hspec. by rewrite He in Hspec.
Qed.
Lemma decompose_redex e K r : decompose [] e = DecRedex K r → e = fill_items K (of_redex r).
Proof. intros He. pose proof (decompose_spec [] e) as Hspec. by rewrite He in Hspec. Qed.

(** ** Redexes *)
Lemma of_redex_not_val r : to_val (of_redex r) = None.
Proof. by destruct r. Qed.

Lemma of_redex_operand_val Ki e r : of_redex r = fill_item Ki e → is_Some (to_val e).
Proof.
  intros Heq. destruct r, Ki; simplify_eq/=; eauto.
  match goal with H : Val <$> _ = _ |- _ => by apply app_args_val in H end.
Qed.

Global Instance fill_items_ctx K : LanguageCtx (fill_items K).
Proof.
  assert (fill_items K = ectx_language.fill (K : ectx lrust_ectx_lang)) as Hfill.
  { induction K as [|Ki K IH]; [done|]. simpl. by rewrite IH. }
  rewrite Hfill. apply _.
Qed.

(** An expression has one decomposition only. *)
Lemma decompose_fill_item K Ki e :
  to_val e = None → decompose K (fill_item Ki e) = decompose (Ki :: K) e.
Proof.
  intros Hv. destruct Ki as [|v vl el| | | | | | | | | | | | | | |]; simpl;
    rewrite ?Hv; try done.
  change (AppRCtx v vl el) with (AppRCtx v (reverse [] ++ vl) el).
  generalize (@nil val). induction vl as [|v' vl IH]=> acc /=.
  - by rewrite Hv app_nil_r.
  - rewrite (IH (v' :: acc)). by rewrite reverse_cons -(assoc (++)).
Qed.
Lemma decompose_fill K K' e :
  to_val e = None → decompose K (fill_items K' e) = decompose (K' ++ K) e.
Proof.
  revert e. induction K' as [|Ki K' IH]=> e Hv //=.
  rewrite IH; [by apply decompose_fill_item|].
  apply eq_None_not_Some. intros [? ?]%fill_item_val. congruence.
Qed.
Lemma decompose_of_redex K r : decompose K (of_redex r) = DecRedex K r.
Proof.
  destruct r as [| |v vl| | | | | | | | | | |]; try done. simpl.
  change (AppR v vl) with (AppR v (reverse [] ++ vl)).
  generalize (@nil val). induction vl as [|v' vl IH]=> acc /=.
  - by rewrite app_nil_r.
  - rewrite (IH (v' :: acc)). by rewrite reverse_cons -(assoc (++)).
Qed.
Lemma decompose_fill_redex K r :
  decompose [] (fill_items K (of_redex r)) = DecRedex K r.
Proof.
  rewrite decompose_fill; [|apply of_redex_not_val].
  by rewrite decompose_of_redex app_nil_r.
Qed.

Lemma fill_items_not_val K e : to_val e = None → to_val (fill_items K e) = None.
Proof. apply (language.fill_not_val (K := fill_items K)). Qed.

(** The steps of a redex are those of the relation at redexes. *)
Lemma prim_step_redex r σ κs e' σ' efs :
  prim_step (of_redex r) σ κs e' σ' efs ↔ lrust_step (of_redex r) σ κs e' σ' efs.
Proof.
  split; intros Hstep.
  - inversion Hstep as [K e1 e2 Heq -> Hstep'].
    assert (K = []) as ->.
    { eapply (ectxi_language_sub_redexes_are_values (of_redex r)); [|done|by eapply val_stuck].
      intros Ki e. apply of_redex_operand_val. }
    simpl in *. by rewrite Heq.
  - by apply (Ectx_step ([] : ectx lrust_ectx_lang) (of_redex r) e').
Qed.

Lemma prim_step_fill_redex K r σ κs e' σ' efs :
  prim_step (fill_items K (of_redex r)) σ κs e' σ' efs ↔
  ∃ r', e' = fill_items K r' ∧ lrust_step (of_redex r) σ κs r' σ' efs.
Proof.
  split.
  - intros Hstep. apply fill_step_inv in Hstep as (r' & -> & Hstep);
      [|apply of_redex_not_val].
    exists r'. split; [done|]. by apply prim_step_redex.
  - intros (r' & -> & Hstep). by apply fill_step, prim_step_redex.
Qed.

(** ** Blocks *)
Lemma In_map_to_list (σ : state) l c : In (l, c) (map_to_list σ) ↔ σ !! l = Some c.
Proof.
  rewrite -elem_of_map_to_list.
  first [rewrite list_elem_of_In|rewrite elem_of_list_In]. done.
Qed.

Lemma shift_loc_same_block l l' :
  loc_block l' = loc_block l → (l +ₗ (loc_offset l' - loc_offset l))%L = l'.
Proof. destruct l, l'; rewrite /shift_loc /= => ->. f_equal. lia. Qed.

Lemma block_fresh_alt σ l :
  block_fresh σ l ↔ ∀ l' c, σ !! l' = Some c → loc_block l' ≠ loc_block l.
Proof.
  split.
  - intros Hf l' c Hl' Hb. specialize (Hf (loc_offset l' - loc_offset l)%Z).
    rewrite shift_loc_same_block // in Hf. congruence.
  - intros Hf i. apply eq_None_not_Some=> -[c Hc]. by eapply (Hf _ c Hc).
Qed.

Lemma block_freshb_true σ l : block_freshb σ l = true ↔ block_fresh σ l.
Proof.
  rewrite block_fresh_alt /block_freshb forallb_forall. split.
  - intros Hf l' c Hc. specialize (Hf (l', c)). rewrite In_map_to_list in Hf.
    apply Hf in Hc. by apply negb_true_iff, Pos.eqb_neq in Hc.
  - intros Hf [l' c] Hc%In_map_to_list. by apply negb_true_iff, Pos.eqb_neq, (Hf _ c).
Qed.

Lemma unused_block_fresh σ o : block_fresh σ (Loc (unused_block σ) o).
Proof.
  apply block_fresh_alt=> l c Hl /= Heq. apply In_map_to_list in Hl.
  assert (loc_block l < unused_block σ)%positive; [|lia]. clear Heq.
  rewrite /unused_block Pos.lt_succ_r. revert Hl.
  induction (map_to_list σ) as [|c' cs IH]; [done|].
  intros [->|Hin]; simpl; [lia|]. specialize (IH Hin). lia.
Qed.

Lemma place_block_fresh c σ : block_fresh σ (place_block c σ).
Proof.
  rewrite /place_block. destruct (block_freshb _ _) eqn:Hf.
  - by apply block_freshb_true.
  - apply unused_block_fresh.
Qed.

Lemma cells_allocated_true σ l n :
  cells_allocated σ l n = true ↔ ∀ l', loc_in_range l n l' → is_Some (σ !! l').
Proof.
  revert l. induction n as [|n IH]=> l /=.
  { split; [|done]. intros _ l' [_ ?]. lia. }
  setoid_rewrite loc_in_range_succ. split.
  - intros Hc l' Hl'. case_match; [|done]. rewrite IH in Hc. naive_solver.
  - intros Hc. destruct (Hc l) as [c ->]; [by left|]. apply IH. naive_solver.
Qed.

(** The [n] locations from [l] on. *)
Local Fixpoint range_locs (l : loc) (n : nat) : list loc :=
  match n with O => [] | S n => l :: range_locs (l +ₗ 1)%L n end.
Local Lemma range_locs_length l n : length (range_locs l n) = n.
Proof. revert l. induction n as [|n IH]=> l //=. by rewrite IH. Qed.
Local Lemma In_range_locs l n l' : In l' (range_locs l n) ↔ loc_in_range l n l'.
Proof.
  revert l. induction n as [|n IH]=> l /=.
  - split; [done|]. intros [_ ?]. lia.
  - by rewrite IH loc_in_range_succ.
Qed.
Local Lemma range_locs_NoDup l n : List.NoDup (range_locs l n).
Proof.
  revert l. induction n as [|n IH]=> l /=; constructor; [|done].
  rewrite In_range_locs. intros [_ ?]. simpl in *. lia.
Qed.

Lemma block_is_alt σ l n :
  block_is σ l n ↔ ∀ l', loc_block l' = loc_block l →
    is_Some (σ !! l') ↔ (0 ≤ loc_offset l' - loc_offset l < n)%Z.
Proof.
  split.
  - intros Hb l' Hl'. rewrite -(Hb (loc_offset l' - loc_offset l)%Z).
    by rewrite shift_loc_same_block.
  - intros Hb i. rewrite (Hb (l +ₗ i)%L) //=. f_equiv; lia.
Qed.

Lemma block_isb_true σ l n : block_isb σ l n = true ↔ block_is σ l n.
Proof.
  rewrite /block_isb block_is_alt.
  set (cells := List.filter (in_block l) (map_to_list σ)).
  assert (∀ l' c, In (l', c) cells ↔ σ !! l' = Some c ∧ loc_block l' = loc_block l)
    as Hcells.
  { intros l' c. by rewrite filter_In In_map_to_list Pos.eqb_eq. }
  split.
  - intros Hb. destruct (forallb _ _) eqn:Hin; [|done].
    destruct (Z.leb n _) eqn:Hn; [|done].
    rewrite cells_allocated_true in Hb. rewrite forallb_forall in Hin.
    intros l' Hl'. split.
    + intros [c Hc]. specialize (Hin (l', c)). rewrite Hcells in Hin.
      by apply andb_prop in Hin as [?%Z.leb_le ?%Z.ltb_lt].
    + intros Hr. apply Hb. split; [done|]. lia.
  - intros Hb. destruct (forallb _ _) eqn:Hin; last first.
    { rewrite -not_true_iff_false in Hin. destruct Hin. apply forallb_forall.
      intros [l' c] [Hc Hl']%Hcells. simpl.
      destruct (Hb l' Hl') as [[??] _]; [by eauto|].
      apply andb_true_intro. by rewrite Z.leb_le Z.ltb_lt. }
    destruct (Z.leb n _) eqn:Hn; last first.
    { rewrite Z.leb_gt in Hn. exfalso.
      assert (length (range_locs l (Z.to_nat n)) ≤ length (fst <$> cells)) as Hlen.
      { apply List.NoDup_incl_length; [apply range_locs_NoDup|].
        intros l' [Hbl Hr]%In_range_locs. destruct (Hb l' Hbl) as [_ [c Hc]]; [lia|].
        apply in_map_iff. exists (l', c). by rewrite Hcells. }
      rewrite range_locs_length list_length_fmap in Hlen. lia. }
    apply cells_allocated_true. intros l' [Hbl Hr]. apply Hb; [done|]. lia.
Qed.

(** ** Where the given choices put a block *)
Lemma place_block_proposed c σ :
  block_fresh σ (choice_alloc c σ) → place_block c σ = choice_alloc c σ.
Proof. intros Hf%block_freshb_true. by rewrite /place_block Hf. Qed.

(** In the block of the number of the step, as long as all others are older. *)
Lemma place_block_choice_fresh k σ :
  (∀ l, is_Some (σ !! l) → (loc_block l < N.succ_pos k)%positive) →
  place_block (choice_fresh k) σ = Loc (N.succ_pos k) 0.
Proof.
  intros Hold. apply (place_block_proposed (choice_fresh k)), block_fresh_alt.
  intros l c Hl Heq. specialize (Hold l ltac:(by eauto)). simpl in Heq. lia.
Qed.

Lemma used_blocks_Some σ b :
  is_Some (used_blocks σ !! b) ↔ ∃ l, is_Some (σ !! l) ∧ loc_block l = b.
Proof.
  trans (∃ l c, In (l, c) (map_to_list σ) ∧ loc_block l = b); last first.
  { setoid_rewrite In_map_to_list. rewrite /is_Some. naive_solver. }
  rewrite /used_blocks. induction (map_to_list σ) as [|[l c] cs IH]; simpl.
  - rewrite lookup_empty. split; [by intros []|naive_solver].
  - destruct (decide (loc_block l = b)) as [<-|Hne].
    + rewrite lookup_insert_same. split; by eauto 10.
    + rewrite lookup_insert_ne // IH. naive_solver.
Qed.

Lemma lowest_from_used B b fuel b' :
  (b ≤ b' < lowest_from B b fuel)%positive → is_Some (B !! b').
Proof.
  revert b. induction fuel as [|fuel IH]=> b /=; [lia|].
  case_match; [|lia]. intros Hb'.
  destruct (decide (b = b')) as [<-|]; [by eauto|]. apply (IH (Pos.succ b)). lia.
Qed.
Lemma lowest_from_unused B b fuel :
  B !! lowest_from B b fuel = None ∨ Pos.to_nat (lowest_from B b fuel) = Pos.to_nat b + fuel.
Proof.
  revert b. induction fuel as [|fuel IH]=> b /=; [right; lia|].
  case_match; [|by left].
  destruct (IH (Pos.succ b)) as [?|Heq]; [by left|right]. rewrite Heq. lia.
Qed.

Local Fixpoint block_range (b : block) (n : nat) : list block :=
  match n with O => [] | S n => b :: block_range (Pos.succ b) n end.
Local Lemma block_range_length b n : length (block_range b n) = n.
Proof. revert b. induction n as [|n IH]=> b //=. by rewrite IH. Qed.
Local Lemma In_block_range b n b' :
  In b' (block_range b n) ↔ (Pos.to_nat b ≤ Pos.to_nat b' < Pos.to_nat b + n).
Proof. revert b. induction n as [|n IH]=> b /=; [|rewrite IH]; lia. Qed.
Local Lemma block_range_NoDup b n : List.NoDup (block_range b n).
Proof.
  revert b. induction n as [|n IH]=> b /=; constructor; [|done].
  rewrite In_block_range. lia.
Qed.

(** Every lower block is in use, and the lowest unused one is not. *)
Lemma lowest_block_used σ b :
  (b < lowest_block σ)%positive → ∃ l, is_Some (σ !! l) ∧ loc_block l = b.
Proof. intros Hb. apply used_blocks_Some. eapply lowest_from_used. split; [|done]. lia. Qed.

Lemma lowest_block_fresh σ o : block_fresh σ (Loc (lowest_block σ) o).
Proof.
  apply block_fresh_alt=> l c Hl /= Heq.
  destruct (lowest_from_unused (used_blocks σ) 1%positive (S (length (map_to_list σ))))
    as [Hno|Hlow].
  { destruct (proj2 (used_blocks_Some σ (lowest_block σ))) as [u Hu]; [by eauto|].
    rewrite /lowest_block Hno in Hu. done. }
  (* All the blocks that were tried are in use: more than there are cells. *)
  set (n := length (map_to_list σ)).
  assert (length (block_range 1%positive (S n)) ≤ length ((λ c, loc_block c.1) <$> map_to_list σ))
    as Hlen.
  { apply List.NoDup_incl_length; [apply block_range_NoDup|].
    intros b Hb%In_block_range.
    destruct (lowest_block_used σ b) as (l' & [c' Hl'] & <-).
    { rewrite /lowest_block. subst n. lia. }
    apply in_map_iff. exists (l', c'). by rewrite In_map_to_list. }
  rewrite block_range_length list_length_fmap in Hlen. subst n. lia.
Qed.
Lemma place_block_choice_reuse k σ :
  place_block (choice_reuse k) σ = Loc (lowest_block σ) 0.
Proof. apply (place_block_proposed (choice_reuse k)), lowest_block_fresh. Qed.
