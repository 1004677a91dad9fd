(** * Places, operands and statements: each rule is sound

[wp_spot_addr], [wp_operand], [wp_stmts]: weakest preconditions of the code that
[block_compile.v] makes of them. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code cells.
From tally.prelude Require Import options.
Local Open Scope Z_scope.
Local Open Scope loc_scope.

(** ** Quotients *)
Lemma quot_range t a c :
  in_int_range t a → in_int_range t c → c ≠ 0 → (int_signed t = true → c ≠ -1 ∨ a ≠ int_min t) →
  in_int_range t (Z.quot a c).
Proof.
  intros Ha Hc Hc0 Hmin. pose proof (int_range_0 t) as H0. rewrite /in_int_range in Ha Hc |- *.
  assert (Z.abs (Z.quot a c) ≤ Z.abs a) as Habs.
  { rewrite -Z.quot_abs //. rewrite Z.quot_div_nonneg; [|lia..].
    apply Z.div_le_upper_bound; [lia|]. nia. }
  destruct (int_signed t) eqn:Ht.
  - assert (int_max t = - int_min t - 1) as Hmax.
    { rewrite /int_max /int_min Ht /int_modulus. pose proof (int_bits_pos t).
      assert (2 ^ int_bits t = 2 * 2 ^ (int_bits t - 1)); [|lia].
      rewrite -Z.pow_succ_r; [|lia]. f_equal. lia. }
    destruct (decide (a = int_min t)) as [->|]; [|lia].
    destruct Hmin as [Hc1|]; [done| |done].
    destruct (decide (c = 1)) as [->|]; [rewrite Z.quot_1_r; lia|].
    assert (Z.abs (Z.quot (int_min t) c) < Z.abs (int_min t) ∨ int_min t = 0) as [|]; [| |lia].
    + destruct (decide (int_min t = 0)); [by right|left]. rewrite -Z.quot_abs //.
      rewrite Z.quot_div_nonneg; [|lia..]. apply Z.div_lt; lia.
    + lia.
  - assert (int_min t = 0) as Hm by by rewrite /int_min Ht.
    assert (0 ≤ Z.quot a c) by (apply Z.quot_pos; lia). lia.
Qed.
Lemma quot_fits_sound ρ F t a c :
  Forall (evf ρ) F → quot_fits F t a c = true → int_signed t = true → ev ρ c ≠ -1 ∨ ev ρ a ≠ int_min t.
Proof.
  rewrite /quot_fits. intros HF H Ht. rewrite Ht in H. cbn [negb orb] in H.
  apply orb_true_iff in H as [H|H]; [apply orb_true_iff in H as [H|H]|]; apply (holds_sound ρ) in H; simpl in H; auto.
Qed.
Lemma quot_facts_sound ρ z a c :
  ρ z = Z.quot (ev ρ a) (ev ρ c) → ev ρ c ≠ 0 → Forall (evf ρ) (quot_facts z a c).
Proof.
  intros Hz Hc. pose proof (Z.quot_rem' (ev ρ a) (ev ρ c)) as Hqr.
  assert (ev ρ a - ρ z * ev ρ c = Z.rem (ev ρ a) (ev ρ c)) as Hr by (rewrite Hz; lia).
  repeat apply Forall_cons_2; try apply Forall_nil_2; simpl; rewrite Hr.
  - destruct (decide (ev ρ a < 0)); [by left|right].
    pose proof (Z.rem_bound_abs (ev ρ a) (ev ρ c) Hc).
    pose proof (Z.rem_nonneg (ev ρ a) (ev ρ c) Hc). lia.
  - destruct (decide (0 < ev ρ a)); [by left|right].
    pose proof (Z.rem_bound_abs (ev ρ a) (ev ρ c) Hc).
    pose proof (Z.rem_nonneg (- ev ρ a) (ev ρ c) Hc). rewrite Z.rem_opp_l // in H0. lia.
Qed.
Lemma fresh_notin xs : fresh xs ∉ xs.
Proof.
  assert (∀ x, x ∈ xs → (x ≤ foldr Pos.max 1 xs)%positive) as H.
  { induction xs as [|y xs IH]; simpl; [by intros x ?%elem_of_nil|].
    intros x [->|Hx]%elem_of_cons; [lia|]. specialize (IH x Hx). lia. }
  intros Hin%H. rewrite /fresh in Hin. lia.
Qed.

Local Set Default Proof Using "All".
Section stmt.
  Context `{!lrustGS Σ}.
  Context (p : program) (insts : list instance) (b : body) (s : sig).
  Context (pr go pc : val) (fp : loc) (A : list loc) (Q : nat → Qp).
  Notation "⟦ e ⟧" := (closed_in pr go pc fp e).
  Notation "'size'" := (size p b).
  Context (Hframe : ∀ k : nat, (k < size)%nat → A !! k = Some (fp +ₗ k)).
  Context (HQ : ∀ k : nat, writable p b s k = true → Q k = 1%Qp).
  Implicit Types (ρ : valuation) (Γ : list sym) (Φ Ψ : val → iProp Σ).

  Lemma size_pos : (0 < size)%nat.
  Proof using Type. rewrite /check.size /frame_cells /cells_before. lia. Qed.

  (** ** Places *)
  Definition spot_ok ρ Γ (sp : spot) (l : location) : Prop :=
    at_offset l = sp_off sp ∧ at_ty l = sp_ty sp ∧ at_fields l = sp_fields sp ∧
    ∀ Ψ, own ρ A Q Γ -∗
      (∀ a, ⌜A !! sp_base sp = Some a⌝ -∗ own ρ A Q Γ -∗ Ψ (LitV (LitLoc a))) -∗ WP ⟦ at_base l ⟧ {{ Ψ }}.
  Lemma wp_at_off (e : expr) (n : nat) Ψ : WP e {{ v, ∃ a, ⌜v = LitV (LitLoc a)⌝ ∗ Ψ (LitV (LitLoc (a +ₗ n))) }} -∗ WP at_off e n {{ Ψ }}.
  Proof using Type.
    iIntros "H". destruct n as [|n]; simpl.
    - iApply (wp_wand with "H"). iIntros (v) "(%a & -> & H)". by rewrite shift_loc_0.
    - wp_bind e. iApply (wp_wand with "H"). iIntros (v) "(%a & -> & H)". wp_op. by iModIntro.
  Qed.
  Lemma spot_cell_addr sp k a :
    spot_cell p b sp = Some k → A !! sp_base sp = Some a → A !! k = Some (a +ₗ sp_off sp).
  Proof.
    rewrite /spot_cell. intros Hk Ha.
    destruct (Nat.eqb_spec (sp_off sp) 0) as [H0|H0]; simpl in Hk.
    - simplify_eq. by rewrite H0 Nat.add_0_r shift_loc_0.
    - destruct (Nat.ltb_spec (sp_base sp + sp_off sp) size) as [Hlt|]; simplify_eq.
      rewrite Hframe // in Ha; [|lia]. simplify_eq. rewrite Hframe // shift_loc_assoc. do 2 f_equal. lia.
  Qed.
  Lemma wp_spot_addr ρ Γ sp l k Ψ :
    spot_ok ρ Γ sp l → spot_cell p b sp = Some k →
    own ρ A Q Γ -∗ (∀ a, ⌜A !! k = Some a⌝ -∗ own ρ A Q Γ -∗ Ψ (LitV (LitLoc a))) -∗
    WP ⟦ location_addr l ⟧ {{ Ψ }}.
  Proof.
    iIntros ((Hoff & _ & _ & Hbase) Hk) "H HΨ". rewrite /location_addr closed_at_off Hoff.
    iApply wp_at_off. iApply (Hbase with "H"). iIntros (a Ha) "H". iExists a. iSplit; [done|].
    iApply ("HΨ" with "[%] H"). by eapply spot_cell_addr.
  Qed.
  Lemma spot_sound ρ Γ q sp :
    spot_of p b Γ q = Some sp → ∃ l, locate p [] b q = Some l ∧ spot_ok ρ Γ sp l.
  Proof.
    rewrite /spot_of /locate.
    set (sp0 := spot_at p 0 _ _). set (l0 := local p [] b _).
    assert (spot_ok ρ Γ sp0 l0) as Hok.
    { do 3 (split; [done|]). iIntros (Ψ) "H HΨ". iApply wp_value. iApply ("HΨ" with "[%] H").
      rewrite /= Hframe; [|apply size_pos]. by rewrite shift_loc_0. }
    clearbody sp0 l0. revert sp0 l0 Hok. generalize (pl_proj q). intros pjs.
    assert (∀ pjs, foldl (spot_step p b Γ) None pjs = None) as Hnone.
    { clear. induction pjs as [|[] pjs IH]; simpl; done. }
    induction pjs as [|pj pjs IH]; intros sp0 l0 Hok; cbn [foldl].
    { intros [= <-]. by exists l0. }
    destruct (spot_step p b Γ (Some sp0) pj) as [sp1|] eqn:Hsp1; [|by rewrite Hnone].
    intros Hsp. assert (∃ l1, location_step p [] (Some l0) pj = Some l1 ∧ spot_ok ρ Γ sp1 l1) as (l1 & -> & Hok1).
    2:{ by apply (IH sp1). }
    destruct pj as [t|i|v]; simpl in Hsp1; [| |done].
    - destruct (spot_cell p b sp0) as [k|] eqn:Hk; [|done].
      destruct (Γ !! k) as [[| | | |k'|]|] eqn:Hs; simplify_eq. eexists. split; [done|].
      do 3 (split; [done|]). iIntros (Ψ) "H HΨ".
      cbn [at_base at_type]. rewrite closed_read.
      wp_bind (closed_in _ _ _ _ _). iApply (wp_spot_addr with "H"); [done..|]. iIntros (a Ha) "H".
      iDestruct (own_get with "H") as (v) "(Hv & %Hv & H)"; [done..|]. destruct Hv as (l' & Hl' & ->).
      wp_read. iModIntro. iApply ("HΨ" with "[//]"). by iApply "H".
    - destruct Hok as (Hoff & Hty & Hfs & Hbase).
      destruct (nth_error (sp_fields sp0) i) as [t|] eqn:Hi; simplify_eq.
      simpl. rewrite Hfs Hi. eexists. split; [done|]. split; [|done]. simpl. by rewrite Hoff.
  Qed.
  Lemma spot_type Γ q sp :
    spot_of p b Γ q = Some sp → ∃ l, locate p [] b q = Some l ∧ at_ty l = sp_ty sp.
  Proof.
    intros Hsp. destruct (spot_sound (λ _, 0) _ _ _ Hsp) as (l & Hl & _ & Hty & _). by exists l.
  Qed.
  Lemma place_cell_sound ρ Γ q k :
    place_cell p b Γ q = Ok k →
    ∃ l, locate p [] b q = Some l ∧ block_cells p [] (at_ty l) = 1%nat ∧
      (∀ Ψ, own ρ A Q Γ -∗ (∀ a, ⌜A !! k = Some a⌝ -∗ own ρ A Q Γ -∗ Ψ (LitV (LitLoc a))) -∗
        WP ⟦ addr p [] b q ⟧ {{ Ψ }}).
  Proof.
    rewrite /place_cell. destruct (spot_of p b Γ q) as [sp|] eqn:Hsp; [|done].
    destruct (Nat.eqb_spec (block_cells p [] (sp_ty sp)) 1) as [H1|]; [|done]. intros Hk%get_ok.
    destruct (spot_sound ρ _ _ _ Hsp) as (l & Hl & Hok). exists l. split; [done|].
    split; [by destruct Hok as (_ & -> & _)|]. iIntros (Ψ) "H HΨ". rewrite /addr Hl.
    by iApply (wp_spot_addr with "H").
  Qed.

  (** ** Operands *)
  Lemma type_of_use q l : locate p [] b q = Some l → type_of p [] b (Use q) = at_ty l.
  Proof using Type. rewrite /type_of /type_at. by intros ->. Qed.
  Lemma value_use q : block_cells p [] (type_of p [] b (Use q)) = 1%nat →
    ⟦ value p [] insts b (Use q) ⟧ = Read Na1Ord ⟦ addr p [] b q ⟧.
  Proof using Type. rewrite /value /type_of. by intros ->. Qed.
  Lemma value_int t z : ⟦ value p [] insts b (Const (CInt t z)) ⟧ = Val (LitV (LitInt z)).
  Proof using Type. done. Qed.
  Lemma value_bool c : ⟦ value p [] insts b (Const (CBool c)) ⟧ = Val (LitV (lit_of_bool c)).
  Proof using Type. done. Qed.
  Lemma const_cells c : match c with CInt _ _ | CBool _ => True | _ => False end →
    block_cells p [] (type_of p [] b (Const c)) = 1%nat.
  Proof using Type. by destruct c. Qed.
  Lemma operand_one ρ E o v :
    Forall (evf ρ) (facts E) → eval_operand p b E o = Ok v → block_cells p [] (type_of p [] b o) = 1%nat.
  Proof.
    intros HF. destruct o as [q|c]; cbn [eval_operand].
    - destruct (place_cell p b (cells E) q) as [k|] eqn:Hk; [|done]. intros _.
      destruct (place_cell_sound ρ _ _ _ Hk) as (l & Hl & H1 & Hwp).
      rewrite -(type_of_use _ _ Hl) in H1. exact H1.
    - intros Hv. apply const_cells. by destruct c.
  Qed.
  Lemma wp_operand ρ E o v Ψ :
    Forall (evf ρ) (facts E) → eval_operand p b E o = Ok v →
    own ρ A Q (cells E) -∗ (∀ w, ⌜sat ρ A v w⌝ -∗ own ρ A Q (cells E) -∗ Ψ w) -∗
    WP ⟦ value p [] insts b o ⟧ {{ Ψ }}.
  Proof.
    intros HF Hv. pose proof (operand_one _ _ _ _ HF Hv) as H1. revert Hv.
    destruct o as [q|c]; cbn [eval_operand].
    - destruct (place_cell p b (cells E) q) as [k|] eqn:Hk; [|done].
      destruct (get (cells E !! k) NoPlace) as [s0|] eqn:Hs0; [|done]. apply get_ok in Hs0. intros Hv%get_ok.
      destruct (place_cell_sound ρ _ _ _ Hk) as (l & Hl & _ & Hwp). iIntros "H HΨ".
      rewrite (value_use _ H1). wp_bind (closed_in _ _ _ _ _). iApply (Hwp with "H"). iIntros (a Ha) "H".
      iDestruct (own_get with "H") as (w) "(Hw & %Hw & H)"; [done..|]. wp_read. iModIntro.
      iApply ("HΨ" with "[%]"); [by eapply settle_sound|by iApply "H"].
    - destruct c as [t z|c| | | |]; try done.
      + destruct (_ && _) eqn:Hr; [|done]. intros [= <-]. iIntros "H HΨ". rewrite value_int.
        iApply wp_value. iApply ("HΨ" with "[%] H"). apply andb_true_iff in Hr as [?%Z.leb_le ?%Z.leb_le]. done.
      + intros [= <-]. iIntros "H HΨ". rewrite value_bool. iApply wp_value. iApply ("HΨ" with "[%] H").
        by destruct c.
  Qed.
  Lemma eval_int_ok E o t e : eval_int p b E o = Ok (t, e) → eval_operand p b E o = Ok (SInt t e).
  Proof using Type. rewrite /eval_int. destruct (eval_operand p b E o) as [[]|]; congruence. Qed.
  Lemma eval_int_of_ok E o t e : eval_int_of p b E t o = Ok e → eval_operand p b E o = Ok (SInt t e).
  Proof using Type.
    rewrite /eval_int_of. destruct (eval_operand p b E o) as [[]|]; try congruence.
    destruct (int_type_eqb t t0) eqn:Ht; [|done]. apply int_type_eqb_sound in Ht as <-. congruence.
  Qed.
  Lemma eval_bool_ok E o f : eval_bool p b E o = Ok f → eval_operand p b E o = Ok (SBool f).
  Proof using Type. rewrite /eval_bool. destruct (eval_operand p b E o) as [[]|]; congruence. Qed.
  Lemma wp_int ρ E o t e Ψ :
    Forall (evf ρ) (facts E) → eval_operand p b E o = Ok (SInt t e) →
    own ρ A Q (cells E) -∗
    (⌜in_int_range t (ev ρ e)⌝ -∗ own ρ A Q (cells E) -∗ Ψ (LitV (LitInt (ev ρ e)))) -∗
    WP ⟦ value p [] insts b o ⟧ {{ Ψ }}.
  Proof.
    iIntros (HF Hv) "H HΨ". iApply (wp_operand with "H"); [done..|].
    iIntros (w [-> Hr]) "H". by iApply "HΨ".
  Qed.
  Lemma wp_bool ρ E o f Ψ :
    Forall (evf ρ) (facts E) → eval_operand p b E o = Ok (SBool f) →
    own ρ A Q (cells E) -∗
    (own ρ A Q (cells E) -∗ Ψ (LitV (lit_of_bool (bool_decide (evf ρ f))))) -∗
    WP ⟦ value p [] insts b o ⟧ {{ Ψ }}.
  Proof.
    iIntros (HF Hv) "H HΨ". iApply (wp_operand with "H"); [done..|]. iIntros (w ->) "H". by iApply "HΨ".
  Qed.
  Lemma neg_lit ρ f :
    un_op_eval NegOp (lit_of_bool (bool_decide (evf ρ f))) = Some (lit_of_bool (bool_decide (evf ρ (neg f)))).
  Proof using Type.
    pose proof (evf_neg ρ f). destruct (decide (evf ρ f)).
    - rewrite bool_decide_eq_true_2 // bool_decide_eq_false_2 //. naive_solver.
    - rewrite bool_decide_eq_false_2 // bool_decide_eq_true_2 //. naive_solver.
  Qed.
  Lemma arith_sound ρ op a c e : arith_exp op a c = Some e → arith_eval op (ev ρ a) (ev ρ c) = Some (ev ρ e).
  Proof using Type. by destruct op; intros [= <-]. Qed.

  Lemma operand_vars E o v x : eval_operand p b E o = Ok v → x ∈ sym_vars v → x ∈ env_vars E.
  Proof using Type.
    destruct o as [q|c]; cbn [eval_operand].
    - destruct (place_cell p b (cells E) q) as [k|]; [|done].
      destruct (get (cells E !! k) NoPlace) as [s0|] eqn:Hs0; [|done]. apply get_ok in Hs0. intros Hv%get_ok Hx.
      assert (x ∈ sym_vars s0) as Hx0.
      { destruct s0; simpl in Hv; simplify_eq; try done. destruct (holds _ _); by simplify_eq. }
      apply elem_of_app. left. clear -Hs0 Hx0. revert k Hs0. induction (cells E) as [|s1 Γ IH]=> -[|k] H;
        simpl in *; simplify_eq; [set_solver|]. apply elem_of_app. right. by eapply IH.
    - destruct c as [t z|[]| | | |]; try done; [destruct (_ && _); [|done]|..]; intros [= <-]; simpl;
        by intros ?%elem_of_nil.
  Qed.

  (** ** Right-hand sides *)
  Definition agree (xs : list positive) ρ ρ' : Prop := ∀ x, x ∈ xs → ρ' x = ρ x.
  Definition rvalue_code (r : rvalue) : expr :=
    match r with
    | RUse o => value p [] insts b o
    | RRef q => addr p [] b q
    | RRel op x y => compare op (value p [] insts b x) (value p [] insts b y)
    | RArith t op x y => BinOp (WrapOp t op) (value p [] insts b x) (value p [] insts b y)
    | RNot x => UnOp NegOp (value p [] insts b x)
    | RIntCast t x => UnOp (CastOp t) (value p [] insts b x)
    | _ => Stuck
    end.
  Lemma closed_compare op x y :
    ⟦ compare op x y ⟧ = compare op ⟦ x ⟧ ⟦ y ⟧.
  Proof using Type. by destruct op. Qed.
  Lemma wp_compare op (z1 z2 : Z) ρ a c Ψ :
    z1 = ev ρ a → z2 = ev ρ c →
    Ψ (LitV (lit_of_bool (bool_decide (evf ρ (rel_fml op a c))))) -∗
    WP compare op (Val (LitV (LitInt z1))) (Val (LitV (LitInt z2))) {{ Ψ }}.
  Proof using Type.
    iIntros (-> ->) "HΨ". destruct op; simpl.
    - wp_op. by iModIntro.
    - wp_op. iApply wp_pure_step_later; [apply (neg_lit ρ (FEq a c))|]. iIntros "!> _". by iApply wp_value.
    - wp_op. by iModIntro.
    - wp_op. by iModIntro.
    - wp_op. iApply wp_pure_step_later; [apply (neg_lit ρ (FLe a c))|]. iIntros "!> _". by iApply wp_value.
    - wp_op. iApply wp_pure_step_later; [apply (neg_lit ρ (FLt a c))|]. iIntros "!> _". by iApply wp_value.
  Qed.
  Lemma wp_binop_pure op (l1 l2 l : base_lit) Ψ :
    bin_op_eval_pure op l1 l2 = Some l → lit_is_loc l1 = false →
    Ψ (LitV l) -∗ WP BinOp op (Val (LitV l1)) (Val (LitV l2)) {{ Ψ }}.
  Proof using Type.
    iIntros (Hl Hloc) "HΨ". iApply wp_pure_step_later.
    { split; [done|]. intros (_ & H & _). by rewrite Hloc in H. }
    iIntros "!> _". by iApply wp_value.
  Qed.
  Lemma wp_ints ρ E x y t u a c (k : expr → expr → expr) Ψ :
    (∀ e1 e2, ⟦ k e1 e2 ⟧ = k ⟦ e1 ⟧ ⟦ e2 ⟧) →
    (∀ e1 e2 Ψ, WP e1 {{ v1, WP e2 {{ v2, WP k (Val v1) (Val v2) {{ Ψ }} }} }} ⊢ WP k e1 e2 {{ Ψ }}) →
    Forall (evf ρ) (facts E) →
    eval_operand p b E x = Ok (SInt t a) → eval_operand p b E y = Ok (SInt u c) →
    own ρ A Q (cells E) -∗
    (⌜in_int_range t (ev ρ a)⌝ -∗ ⌜in_int_range u (ev ρ c)⌝ -∗ own ρ A Q (cells E) -∗
      WP k (Val (LitV (LitInt (ev ρ a)))) (Val (LitV (LitInt (ev ρ c)))) {{ Ψ }}) -∗
    WP ⟦ k (value p [] insts b x) (value p [] insts b y) ⟧ {{ Ψ }}.
  Proof.
    iIntros (Hk Hbind HF Hx Hy) "H HΨ". rewrite Hk. iApply Hbind.
    iApply (wp_int with "H"); [done..|]. iIntros (Hra) "H". iApply (wp_int with "H"); [done..|].
    iIntros (Hrc) "H". by iApply "HΨ".
  Qed.
  Lemma bind_binop op (e1 e2 : expr) Ψ :
    WP e1 {{ v1, WP e2 {{ v2, WP BinOp op (Val v1) (Val v2) {{ Ψ }} }} }} ⊢ WP BinOp op e1 e2 {{ Ψ }}.
  Proof using Type.
    iIntros "H". wp_bind e1. iApply (wp_wand with "H"). iIntros (v1) "H". wp_bind e2. iExact "H".
  Qed.
  Lemma bind_compare op (e1 e2 : expr) Ψ :
    WP e1 {{ v1, WP e2 {{ v2, WP compare op (Val v1) (Val v2) {{ Ψ }} }} }} ⊢ WP compare op e1 e2 {{ Ψ }}.
  Proof using Type.
    iIntros "H". destruct op; cbn [compare]; try (by iApply bind_binop);
      (wp_bind (BinOp _ _ _); iApply bind_binop; iApply (wp_wand with "H"); iIntros (v1) "H";
       iApply (wp_wand with "H"); iIntros (v2) "H"; by iApply (wp_bind_inv (fill [UnOpCtx NegOp]))).
  Qed.
  Lemma arith_code ρ t op a c z :
    in_int_range t (ev ρ a) → in_int_range t (ev ρ c) → arith_eval op (ev ρ a) (ev ρ c) = Some z →
    bin_op_eval_pure (WrapOp t op) (ev ρ a) (ev ρ c) = Some (LitInt (int_wrap t z)).
  Proof using Type. intros. by rewrite /= (proj2 (arith_eval_at_Some t op _ _ z)). Qed.

  Lemma wp_rvalue ρ E r v F Ψ :
    Forall (evf ρ) (facts E) → eval_rvalue p b s E r = Ok (v, F) →
    own ρ A Q (cells E) -∗
    (∀ w ρ', ⌜agree (ins s) ρ ρ'⌝ -∗ ⌜Forall (evf ρ') (F ++ facts E)⌝ -∗ ⌜sat ρ' A v w⌝ -∗
      own ρ' A Q (cells E) -∗ Ψ w) -∗
    WP ⟦ rvalue_code r ⟧ {{ Ψ }}.
  Proof.
    iIntros (HF Hr) "H HΨ". destruct r as [o|q|op x y|t op x y|t op x y|x|t x|q|w os]; simpl in Hr; try done.
    - destruct (eval_operand p b E o) as [v'|] eqn:Ho; simplify_eq/=.
      iApply (wp_operand with "H"); [done..|]. iIntros (w Hw) "H". by iApply ("HΨ" with "[//] [//] [//] H").
    - destruct (spot_of p b (cells E) q) as [sp|] eqn:Hsp; [|done].
      destruct (get (spot_cell p b sp) NoPlace) as [k|] eqn:Hk; simplify_eq/=. apply get_ok in Hk.
      destruct (spot_sound ρ _ _ _ Hsp) as (l & Hl & Hok). rewrite /addr Hl.
      iApply (wp_spot_addr with "H"); [done..|]. iIntros (a Ha) "H".
      iApply ("HΨ" with "[//] [//] [%] H"). by exists a.
    - destruct (eval_int p b E x) as [[t a]|] eqn:Hx; [|done]. apply eval_int_ok in Hx.
      destruct (eval_int p b E y) as [[u c]|] eqn:Hy; simplify_eq/=. apply eval_int_ok in Hy.
      iApply (wp_ints ρ E x y _ _ _ _ (compare op) with "H"); [apply closed_compare|apply bind_compare|done..|].
      iIntros (_ _) "H". iApply wp_compare; [done..|]. by iApply ("HΨ" with "[//] [//] [//] H").
    - assert ((∃ e, eval_arith p b E t op x y = Ok e ∧ v = SWrap t e ∧ F = []) ∨
        ((op = QuotOp ∨ op = RemOp) ∧ eval_quot p b s E t op x y = Ok (v, F))) as [(e & He & -> & ->)|[Hop He]].
      { destruct op; simpl in Hr; (destruct (eval_arith p b E t _ x y) as [e|] eqn:He; [left; exists e; by simplify_eq|done])
          || (right; auto). }
      + rewrite /eval_arith in He.
        destruct (eval_int_of p b E t x) as [a|] eqn:Hx; [|done]. apply eval_int_of_ok in Hx.
        destruct (eval_int_of p b E t y) as [c|] eqn:Hy; [|done]. apply eval_int_of_ok in Hy. apply get_ok in He.
        iApply (wp_ints ρ E x y _ _ _ _ (BinOp (WrapOp t op)) with "H"); [apply closed_binop|apply bind_binop|done..|].
        iIntros (Hra Hrc) "H". iApply wp_binop_pure; [by apply arith_code, arith_sound|done|].
        by iApply ("HΨ" with "[//] [//] [//] H").
      + rewrite /eval_quot in He.
        destruct (eval_int_of p b E t x) as [a|] eqn:Hx; [|done]. apply eval_int_of_ok in Hx.
        destruct (eval_int_of p b E t y) as [c|] eqn:Hy; [|done]. apply eval_int_of_ok in Hy.
        destruct (holds (facts E) (FNe c (EC 0))) eqn:Hc; [|done]. apply (holds_sound ρ) in Hc; [|done].
        simpl in Hc. set (z := fresh (env_vars E ++ ins s)) in *.
        iApply (wp_ints ρ E x y _ _ _ _ (BinOp (WrapOp t op)) with "H"); [apply closed_binop|apply bind_binop|done..|].
        iIntros (Hra Hrc) "H".
        set (ρ' := λ y, if Pos.eqb y z then Z.quot (ev ρ a) (ev ρ c) else ρ y).
        assert (∀ y, y ∈ env_vars E ++ ins s → ρ' y = ρ y) as Hsame.
        { intros y' Hy'. rewrite /ρ'. destruct (Pos.eqb_spec y' z) as [->|]; [|done]. by apply fresh_notin in Hy'. }
        assert (ρ' z = Z.quot (ev ρ a) (ev ρ c)) as Hz by by rewrite /ρ' Pos.eqb_refl.
        iDestruct (own_ext ρ ρ' with "H") as "H".
        { intros y' Hy'. symmetry. apply Hsame. rewrite /env_vars. set_solver. }
        assert (Forall (evf ρ') (facts E)) as HF'.
        { eapply evfs_ext; [|exact HF]. intros y' Hy'. symmetry. apply Hsame. rewrite /env_vars. set_solver. }
        assert (ev ρ' a = ev ρ a) as Hea.
        { apply ev_ext. intros y' Hy'. apply Hsame, elem_of_app. left. by eapply (operand_vars E x _ _ Hx). }
        assert (ev ρ' c = ev ρ c) as Hec.
        { apply ev_ext. intros y' Hy'. apply Hsame, elem_of_app. left. by eapply (operand_vars E y _ _ Hy). }
        assert (Forall (evf ρ') (quot_facts z a c)) as Hq.
        { apply quot_facts_sound; rewrite Hec ?Hea //. }
        assert (F = quot_facts z a c) as -> by (destruct Hop as [-> | ->]; by simplify_eq/=).
        assert (Forall (evf ρ') (quot_facts z a c ++ facts E)) as Hall by by apply Forall_app.
        assert (agree (ins s) ρ ρ') as Hag.
        { intros y' Hy'. apply Hsame. set_solver. }
        destruct Hop as [-> | ->]; simplify_eq/=.
        * iApply wp_binop_pure; [apply arith_code; [done..|]; by rewrite /= decide_False|done|].
          iApply ("HΨ" with "[//] [%] [%] H"); [exact Hall|].
          destruct (quot_fits (facts E) t a c) eqn:Hfit; simpl; rewrite Hz //.
          assert (in_int_range t (Z.quot (ev ρ a) (ev ρ c))) as Hin.
          { apply quot_range; [done..|]. by eapply quot_fits_sound. }
          by rewrite int_wrap_id.
        * iApply wp_binop_pure; [apply arith_code; [done..|]; by rewrite /= decide_False|done|].
          iApply ("HΨ" with "[//] [%] [%] H"); [exact Hall|].
          pose proof (int_range_rem t _ _ Hc Hra) as Hin. simpl. rewrite Hea Hec Hz.
          assert (ev ρ a - Z.quot (ev ρ a) (ev ρ c) * ev ρ c = Z.rem (ev ρ a) (ev ρ c)) as ->.
          { pose proof (Z.quot_rem' (ev ρ a) (ev ρ c)). lia. }
          by rewrite int_wrap_id.
    - destruct (eval_bool p b E x) as [f|] eqn:Hx; simplify_eq/=. apply eval_bool_ok in Hx.
      rewrite closed_unop. wp_bind (closed_in _ _ _ _ _). iApply (wp_bool with "H"); [done..|]. iIntros "H".
      iApply wp_pure_step_later; [apply neg_lit|]. iIntros "!> _". iApply wp_value.
      by iApply ("HΨ" with "[//] [//] [//] H").
    - destruct (eval_int p b E x) as [[u e]|] eqn:Hx; simplify_eq/=. apply eval_int_ok in Hx.
      rewrite closed_unop. wp_bind (closed_in _ _ _ _ _). iApply (wp_int with "H"); [done..|]. iIntros (Hu) "H".
      iApply wp_pure_step_later; [done|]. iIntros "!> _". iApply wp_value.
      iApply ("HΨ" with "[//] [//] [%] H"). rewrite /eval_cast. destruct (_ && _) eqn:Hc; [|done].
      apply andb_true_iff in Hc as [?%Z.leb_le ?%Z.leb_le]. rewrite /in_int_range in Hu |- *.
      simpl. rewrite int_wrap_id; rewrite /in_int_range; [split; [done|]|]; lia.
  Qed.

  (** ** Statements *)
  (** What holds when control comes somewhere. [ρ0]: the values of the call. *)
  Definition holds_at ρ0 E : iProp Σ :=
    ∃ ρ, ⌜agree (ins s) ρ0 ρ⌝ ∗ ⌜Forall (evf ρ) (facts E)⌝ ∗ own ρ A Q (cells E).
  Lemma set_cell_ok E k v E' :
    set_cell p b s E k v = Ok E' → writable p b s k = true ∧ is_Some (cells E !! k) ∧ E' = Env (<[k:=v]> (cells E)) (facts E).
  Proof using Type.
    rewrite /set_cell. destruct (writable p b s k); [|done].
    destruct (Nat.ltb_spec k (length (cells E))); [|done]. intros [= <-].
    split; [done|]. split; [by apply lookup_lt_is_Some|done].
  Qed.
  Lemma wp_set ρ0 ρ E E' k v w a Φ :
    agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) → set_cell p b s E k v = Ok E' → A !! k = Some a → sat ρ A v w →
    own ρ A Q (cells E) -∗ (own ρ A Q (cells E') -∗ Φ (LitV LitPoison)) -∗
    WP Write Na1Ord (Val (LitV (LitLoc a))) (Val w) {{ Φ }}.
  Proof.
    iIntros (Hag HF (Hw & [v0 Hv0] & ->)%set_cell_ok Ha Hsat) "H HΦ".
    iDestruct (own_set ρ A Q (cells E) _ _ _ v with "H") as (w0) "[Hw H]"; [done..|]. rewrite HQ //.
    wp_write. iModIntro. iApply "HΦ". by iApply ("H" with "Hw").
  Qed.
  Lemma statement_one q l r :
    locate p [] b q = Some l →
    match r with
    | RUse o => block_cells p [] (type_of p [] b o) = 1%nat
    | RChecked _ _ _ _ | RDiscriminant _ | RAggregate _ _ => False
    | _ => True
    end →
    statement p [] insts b (Assign q r) = Write Na1Ord (location_addr l) (rvalue_code r).
  Proof using Type.
    rewrite /statement. intros -> Hr. destruct r as [o| | | | | | | |]; try done.
    rewrite /assign Hr. destruct o as [q'|c]; [|done]. rewrite /rvalue_code /value.
    rewrite /type_of in Hr. by rewrite Hr.
  Qed.
  Lemma wp_exec_one ρ0 E E' q r Φ :
    match r with
    | RUse o => block_cells p [] (type_of p [] b o) = 1%nat
    | RChecked _ _ _ _ | RDiscriminant _ | RAggregate _ _ => False
    | _ => True
    end →
    exec_one p b s E q r = Ok E' →
    holds_at ρ0 E -∗ (∀ v, holds_at ρ0 E' -∗ Φ v) -∗ WP ⟦ statement p [] insts b (Assign q r) ⟧ {{ Φ }}.
  Proof.
    intros Hone. rewrite /exec_one. destruct (spot_of p b (cells E) q) as [sp|] eqn:Hsp; [|done].
    destruct (get (spot_cell p b sp) NoPlace) as [k|] eqn:Hk; [|done]. apply get_ok in Hk.
    destruct (eval_rvalue p b s E r) as [[v F]|] eqn:Hr; [|done]. cbn [fst snd].
    destruct (set_cell p b s E k v) as [E1|] eqn:Hset; [|done]. intros [= <-].
    iIntros "(%ρ & %Hag & %HF & H) HΦ". destruct (spot_sound ρ _ _ _ Hsp) as (l & Hl & Hok).
    rewrite (statement_one _ _ _ Hl Hone) closed_write.
    wp_bind (closed_in _ _ _ _ (location_addr l)). iApply (wp_spot_addr with "H"); [done..|].
    iIntros (a Ha) "H". wp_bind (closed_in _ _ _ _ _). iApply (wp_rvalue with "H"); [done..|].
    iIntros (w ρ' Hag' HF' Hw) "H".
    assert (agree (ins s) ρ0 ρ') as Hag2. { intros x Hx. rewrite Hag' //. by apply Hag. }
    apply set_cell_ok in Hset as Hset'. destruct Hset' as (_ & _ & ->).
    iApply (wp_set ρ0 ρ' _ _ k v w _ _ Hag2 with "H"); [|done..|].
    { by apply Forall_app in HF' as [_ ?]. }
    iIntros "H". iApply "HΦ". iExists ρ'. by iFrame.
  Qed.
  Lemma wp_let x (e1 e2 : expr) Φ : WP e1 {{ v, WP subst x v e2 {{ Φ }} }} -∗ WP Let x e1 e2 {{ Φ }}.
  Proof using Type.
    iIntros "H". rewrite /Let. wp_pure (Rec _ _ _). wp_bind e1. iApply (wp_wand with "H"). iIntros (v) "H".
    iApply wp_pure_step_later; [done|]. iIntros "!> _". iExact "H".
  Qed.
  Lemma wp_seq_bind (e1 e2 : expr) Φ : WP e1 {{ _, WP e2 {{ Φ }} }} -∗ WP Seq e1 e2 {{ Φ }}.
  Proof using Type.
    iIntros "H". rewrite /Seq. wp_pure (Rec _ _ _). wp_bind e1. iApply (wp_wand with "H"). iIntros (v) "H".
    iApply wp_pure_step_later; [done|]. iIntros "!> _". iExact "H".
  Qed.
  Lemma subst_value E x v o w :
    x ≠ "fp" → eval_operand p b E o = Ok w → subst x v (value p [] insts b o) = value p [] insts b o.
  Proof.
    intros Hx. destruct o as [q|c]; cbn [eval_operand].
    - rewrite /place_cell. destruct (spot_of p b (cells E) q) as [sp|] eqn:Hsp; [|done].
      destruct (Nat.eqb_spec (block_cells p [] (sp_ty sp)) 1) as [H1|]; [|done]. intros _.
      destruct (spot_type _ _ _ Hsp) as (l & Hl & Hty). rewrite /value /type_at Hl Hty H1. cbn [load subst].
      by rewrite subst_addr_open.
    - by destruct c.
  Qed.
  Lemma wp_checked ρ0 E E' q t op x y Φ :
    exec p b s E (Assign q (RChecked t op x y)) = Ok E' →
    holds_at ρ0 E -∗ (∀ v, holds_at ρ0 E' -∗ Φ v) -∗
    WP ⟦ statement p [] insts b (Assign q (RChecked t op x y)) ⟧ {{ Φ }}.
  Proof.
    cbn [exec]. destruct (eval_arith p b E t op x y) as [e|] eqn:He; [|done].
    destruct (spot_of p b (cells E) q) as [sp|] eqn:Hsp; [|done].
    destruct (get (spot_cell p b sp) NoPlace) as [k|] eqn:Hk; [|done]. apply get_ok in Hk.
    destruct (set_cell p b s E k (SWrap t e)) as [E1|] eqn:Hset1; [|done].
    destruct (spot_of p b (cells E1) q) as [sp1|] eqn:Hsp1; [|done].
    destruct (get _ NoPlace) as [k1|] eqn:Hk1; [|done]. apply get_ok in Hk1. intros Hset2.
    rewrite /eval_arith in He.
    destruct (eval_int_of p b E t x) as [a|] eqn:Hx; [|done]. apply eval_int_of_ok in Hx.
    destruct (eval_int_of p b E t y) as [c|] eqn:Hy; [|done]. apply eval_int_of_ok in Hy. apply get_ok in He.
    iIntros "(%ρ & %Hag & %HF & H) HΦ". destruct (spot_sound ρ _ _ _ Hsp) as (l & Hl & Hok).
    destruct (spot_sound ρ _ _ _ Hsp1) as (l' & Hl' & Hok1). rewrite Hl in Hl'. injection Hl' as <-.
    rewrite /statement Hl. rewrite closed_let; [|set_solver]. iApply wp_let.
    iApply (wp_int with "H"); [done..|]. iIntros (Hra) "H".
    rewrite closed_swap; [|set_solver].
    match goal with |- context [⟦ subst "x" ?v (Let "y" ?e ?k) ⟧] =>
      change (subst "x" v (Let "y" e k)) with (Let "y" (subst "x" v e) (subst "x" v k)) end.
    rewrite (subst_value E _ _ _ _ _ Hy) // closed_let; [|set_solver]. iApply wp_let.
    iApply (wp_int with "H"); [done..|]. iIntros (Hrc) "H". rewrite closed_swap; [|set_solver].
    pose (l2 := At (at_base l) (S (at_offset l)) (at_ty l) (at_fields l)).
    assert (at_off (at_base l) (S (at_offset l)) = location_addr l2) as Hl2 by done.
    assert (spot_ok ρ (cells E1) (Spot (sp_base sp1) (S (sp_off sp1)) (sp_ty sp1) (sp_fields sp1)) l2) as Hok2.
    { destruct Hok1 as (Ho1 & Ht1 & Hf1 & Hb). rewrite /spot_ok /l2 /= Ho1 Ht1 Hf1. done. }
    clearbody l2.
    match goal with |- context [⟦ ?e ⟧] => assert (e = Seq
      (Write Na1Ord (location_addr l) (BinOp (WrapOp t op) (Val (LitV (LitInt (ev ρ a)))) (Val (LitV (LitInt (ev ρ c))))))
      (Write Na1Ord (location_addr l2)
        (BinOp (OverflowOp t op) (Val (LitV (LitInt (ev ρ a)))) (Val (LitV (LitInt (ev ρ c)))))) ) as -> end.
    { rewrite /Seq. cbn [subst map binder_in String.eqb Ascii.eqb Bool.eqb].
      rewrite -Hl2 /location_addr !(subst_location_addr p b _ _ _ _ _ _ Hl) //. }
    rewrite closed_seq !closed_write !closed_binop !closed_val. iApply wp_seq_bind.
    pose proof (arith_sound ρ _ _ _ _ He) as Hev.
    assert (arith_eval_at t op (ev ρ a) (ev ρ c) = Some (ev ρ e)) as Hat by by apply arith_eval_at_Some.
    wp_bind (closed_in _ _ _ _ _). iApply (wp_spot_addr with "H"); [done..|]. iIntros (a0 Ha0) "H".
    wp_bind (BinOp _ _ _). iApply wp_binop_pure; [by apply arith_code|done|].
    iApply (wp_set ρ0 ρ E _ _ _ _ _ _ Hag HF Hset1 with "H"); [done..|]. iIntros "H".
    apply set_cell_ok in Hset1 as (_ & _ & ->).
    wp_bind (closed_in _ _ _ _ _). iApply (wp_spot_addr _ _ _ _ _ _ Hok2 Hk1 with "H"). iIntros (a1 Ha1) "H".
    wp_bind (BinOp _ _ _). iApply wp_binop_pure; [by rewrite /= Hat|done|].
    iApply (wp_set ρ0 ρ (Env (<[k:=SWrap t e]> (cells E)) (facts E)) E' k1 _ _ _ _ Hag HF Hset2 with "H"); [done|..].
    { simpl. do 2 f_equal. assert (arith_fits t op (ev ρ a) (ev ρ c) (ev ρ e) ↔ in_int_range t (ev ρ e)) as Hfit.
      { by destruct op. }
      destruct (decide (in_int_range t (ev ρ e))).
      - rewrite (bool_decide_eq_true_2 (arith_fits _ _ _ _ _)) ?bool_decide_eq_false_2 //; naive_solver.
      - rewrite (bool_decide_eq_false_2 (arith_fits _ _ _ _ _)) ?bool_decide_eq_true_2 //; naive_solver. }
    iIntros "H". iApply "HΦ". apply set_cell_ok in Hset2 as (_ & _ & ->). iExists ρ. by iFrame.
  Qed.

  Lemma wp_stmt ρ0 E E' st Φ :
    exec p b s E st = Ok E' →
    holds_at ρ0 E -∗ (∀ v, holds_at ρ0 E' -∗ Φ v) -∗ WP ⟦ statement p [] insts b st ⟧ {{ Φ }}.
  Proof.
    destruct st as [q r]. intros Hst.
    destruct r as [o|q'|op x y|t op x y|t op x y|x|t x|q'|w os];
      [|by iApply wp_exec_one|by iApply wp_exec_one|by iApply wp_exec_one|by iApply wp_checked|
       by iApply wp_exec_one|by iApply wp_exec_one|..]; cbn [exec] in Hst.
    2,3: (rewrite /exec_one in Hst; destruct (spot_of p b (cells E) q) as [sp|]; [|done];
      by destruct (get (spot_cell p b sp) NoPlace)).
    destruct (spot_of p b (cells E) q) as [sp|] eqn:Hsp; [|done].
    destruct (operand_cells p b E o) as [n|] eqn:Hn; [|done].
    assert (block_cells p [] (type_of p [] b o) = n) as Hty.
    { destruct o as [q'|c]; cbn [operand_cells] in Hn.
      - destruct (spot_of p b (cells E) q') as [sp'|] eqn:Hsp'; [|done].
        destruct (spot_type _ _ _ Hsp') as (l & Hl & Hty). rewrite (type_of_use _ _ Hl) Hty. by injection Hn.
      - by injection Hn. }
    destruct n as [|[|n]]; [|by iApply wp_exec_one|done]. injection Hst as <-.
    destruct (spot_type _ _ _ Hsp) as (l & Hl & _).
    assert (statement p [] insts b (Assign q (RUse o)) = Poison) as ->.
    { rewrite /statement Hl /assign Hty. by destruct o. }
    iIntros "H HΦ". iApply wp_value. by iApply "HΦ".
  Qed.
  Lemma wp_stmts ρ0 i E E' ss k Φ :
    execs p b s i E ss = Ok E' →
    holds_at ρ0 E -∗ (holds_at ρ0 E' -∗ WP k {{ Φ }}) -∗ WP codes p insts b pr go pc fp ss k {{ Φ }}.
  Proof.
    iIntros (Hss) "H HΦ". iInduction ss as [|st ss] "IH" forall (i E Hss); cbn [execs] in Hss; simplify_eq.
    { by iApply "HΦ". }
    destruct (located (AtStmt i) (exec p b s E st)) as [E1|] eqn:Hst; [|done]. apply located_ok in Hst.
    cbn [codes foldr]. iApply wp_seq_bind. iApply (wp_stmt with "H"); [done|]. iIntros (v) "H".
    by iApply ("IH" with "[//] H").
  Qed.
End stmt.
