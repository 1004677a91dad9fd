(** * The program of a refutation, where the signature holds

[wp_refutation]: if a function has its signature, the program of a witness whose
arguments satisfy what is demanded ([refute.v]) never gets stuck; it ends with 1 only if
the promises hold of values that are the witness's, up to the numbers that stand for
[true], and with 2 only if the function may unwind.

[evf_plain]: a plain formula does not see these numbers.

Source: Nico Lehmann, Adam Geller, Niki Vazou, Ranjit Jhala, "Flux: Liquid Types for
Rust" (PLDI 2023). *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import lifting notation proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Export refute.
From tally.prelude Require Import options.

(** ** Elements of lists *)
(** Whatever the library of lists calls them. *)
Lemma elem_of_In {A} (l : list A) x : x ∈ l ↔ In x l.
Proof. first [apply list_elem_of_In|apply elem_of_list_In]. Qed.
Lemma elem_of_singleton_list {A} (x y : A) : x ∈ [y] ↔ x = y.
Proof. first [apply list_elem_of_singleton|apply elem_of_list_singleton]. Qed.

(** ** Values that are the same as contents of cells *)
Definition same_content (k : kind) (y z : Z) : Prop := kind_val k y = kind_val k z.
Lemma same_int t y z : same_content (KInt t) y z → y = z.
Proof. by intros [= ->]. Qed.
Lemma same_bool y z : same_content KBool y z → (y = 0 ↔ z = 0)%Z.
Proof. rewrite /same_content /kind_val. do 2 case_bool_decide; naive_solver lia. Qed.

(** The two valuations agree, on these variables up to the number that stands for [true]. *)
Definition agree_but (bs : list positive) (ρ ρ' : valuation) : Prop :=
  ∀ x, ρ x = ρ' x ∨ (mem x bs = true ∧ (ρ x = 0%Z ↔ ρ' x = 0%Z)).
Lemma mem_elem x xs : mem x xs = true ↔ x ∈ xs.
Proof.
  rewrite /mem existsb_exists. setoid_rewrite <-elem_of_In. split.
  - by intros (y & ? & ->%Pos.eqb_eq).
  - intros ?. exists x. by rewrite Pos.eqb_refl.
Qed.
Lemma agree_exp bs ρ ρ' e :
  agree_but bs ρ ρ' → disjoint (exp_vars e) bs = true → ev ρ e = ev ρ' e.
Proof.
  intros Hag. rewrite /disjoint. induction e as [|x|a IHa b IHb|a IHa b IHb|a IHa b IHb]; cbn; try done.
  { rewrite andb_true_r. intros Hx%negb_true_iff. destruct (Hag x) as [?|[? _]]; congruence. }
  all: rewrite forallb_app; intros [Ha Hb]%andb_true_iff; by rewrite (IHa Ha) (IHb Hb).
Qed.
Lemma agree_zero bs ρ ρ' a b :
  agree_but bs ρ ρ' → zero_atom a b = true → (ev ρ a = ev ρ b ↔ ev ρ' a = ev ρ' b).
Proof.
  intros Hag. destruct a as [[]|x| | |], b as [[]|y| | |]; try done; intros _; cbn;
    [destruct (Hag y) as [->|[_ ?]]|destruct (Hag x) as [->|[_ ?]]]; naive_solver.
Qed.
Lemma disjoint_app xs ys bs : disjoint (xs ++ ys) bs = true → disjoint xs bs = true ∧ disjoint ys bs = true.
Proof. rewrite /disjoint forallb_app. by intros ?%andb_true_iff. Qed.
(** A plain formula does not see which number stands for [true]. *)
Lemma evf_plain bs ρ ρ' f :
  agree_but bs ρ ρ' → plain_fml bs f = true → (evf ρ f ↔ evf ρ' f).
Proof.
  intros Hag. induction f as [a b|a b|a b|a b|t a|t a|f IHf g IHg|f IHf g IHg]; cbn.
  1, 2: by intros [Ha Hb]%disjoint_app; rewrite (agree_exp _ _ _ a Hag Ha) (agree_exp _ _ _ b Hag Hb).
  1, 2: intros [Hz|[Ha Hb]%disjoint_app]%orb_true_iff;
    [by rewrite (agree_zero _ _ _ _ _ Hag Hz)|by rewrite (agree_exp _ _ _ a Hag Ha) (agree_exp _ _ _ b Hag Hb)].
  1, 2: by intros Ha; rewrite (agree_exp _ _ _ a Hag Ha).
  1, 2: intros [Hf Hg]%andb_true_iff; by rewrite (IHf Hf) (IHg Hg).
Qed.

(** ** The program *)
(** What the outcome is compared with. *)
Definition same_param (ρ ρ' : valuation) (q : param) : Prop :=
  match pointed q with Some (k, _, y) => same_content k (ρ' y) (ρ y) | None => True end.
Definition same_result (ρ ρ' : valuation) (r : result) : Prop :=
  match r with RVal k x => same_content k (ρ' x) (ρ x) | RUnit => True end.

Lemma subst_given ρ x (mem : expr) v i ps :
  map (subst x v) (given ρ mem i ps) = given ρ (subst x v mem) i ps.
Proof. revert i. induction ps as [|[]]=> i //=; by f_equal. Qed.
Lemma subst_fill ρ x v (mem : expr) i ps k :
  subst x v (fill_cells ρ mem i ps k) = fill_cells ρ (subst x v mem) i ps (subst x v k).
Proof. revert i. induction ps as [|[]]=> i //=; by rewrite IHps. Qed.
Lemma subst_compare_with ρ x v (e : expr) k y go :
  subst x v (compare_with ρ e k y go) = compare_with ρ (subst x v e) k y (subst x v go).
Proof. done. Qed.
Lemma subst_compare ρ x v (mem : expr) i ps k :
  subst x v (compare_cells ρ mem i ps k) = compare_cells ρ (subst x v mem) i ps (subst x v k).
Proof. revert i. induction ps as [|[]]=> i //=; by rewrite IHps. Qed.

Section wp.
  Context `{!lrustGS Σ}.
  Implicit Types (ρ : valuation) (Φ : val → iProp Σ).

  (** What the cells are at the call, and the arguments. *)
  Fixpoint filled ρ (l : loc) (i : nat) (ps : list param) : iProp Σ :=
    match ps with
    | [] => True
    | q :: ps =>
        match pointed q with
        | Some (k, x, _) => (l +ₗ Z.of_nat i) ↦ kind_val k (ρ x) ∗ filled ρ l (S i) ps
        | None => filled ρ l i ps
        end
    end.
  Fixpoint args_at ρ (l : loc) (i : nat) (ps : list param) : list arg :=
    match ps with
    | [] => []
    | PVal k x :: ps => (kind_val k (ρ x), 1%Qp) :: args_at ρ l i ps
    | (PMut _ _ _ | PShr _ _) :: ps => (LitV (LitLoc (l +ₗ Z.of_nat i)), 1%Qp) :: args_at ρ l (S i) ps
    end.

  Lemma wp_cell_at (l : loc) i Φ :
    Φ (LitV (LitLoc (l +ₗ Z.of_nat i))) -∗ WP cell_at (Val (LitV (LitLoc l))) i {{ Φ }}.
  Proof. iIntros "H". rewrite /cell_at /Int. wp_op. iExact "H". Qed.

  Lemma wp_fill ρ (l : loc) i ps (k : expr) Φ :
    ([∗ list] j ∈ seq i (reference_count ps), ∃ v, (l +ₗ Z.of_nat j) ↦ v) -∗
    (filled ρ l i ps -∗ WP k {{ Φ }}) -∗
    WP fill_cells ρ (Val (LitV (LitLoc l))) i ps k {{ Φ }}.
  Proof.
    iIntros "Hl Hk". iInduction ps as [|q ps] "IH" forall (i); simpl; [by iApply "Hk"|].
    destruct (pointed q) as [[[kd x] y]|]; [|by iApply ("IH" with "Hl")]. simpl.
    iDestruct "Hl" as "[[%v Hl] Hls]". rewrite /Seq. wp_pure (Rec _ _ _).
    wp_bind (cell_at _ _). iApply wp_cell_at. simpl. rewrite /content.
    wp_write. wp_rec. iApply ("IH" with "Hls"). iIntros "Hf". iApply "Hk". iFrame.
  Qed.
  (** The arguments are evaluated. *)
  Lemma wp_given ρ (f : val) (l : loc) i ps (vl : list val) Φ :
    WP App (Val f) (Val <$> (vl ++ map fst (args_at ρ l i ps))) {{ Φ }} -∗
    WP App (Val f) ((Val <$> vl) ++ given ρ (Val (LitV (LitLoc l))) i ps) {{ Φ }}.
  Proof.
    iIntros "H". iInduction ps as [|q ps] "IH" forall (vl i); simpl.
    { by rewrite !app_nil_r. }
    destruct q as [k x|k x y|k x]; simpl.
    - iSpecialize ("IH" $! (vl ++ [kind_val k (ρ x)]) i with "[H]").
      { by rewrite -app_assoc /=. }
      by rewrite fmap_app -app_assoc /=.
    - iApply (wp_bind (fill [AppRCtx f vl (given ρ (Val (LitV (LitLoc l))) (S i) ps)])).
      iApply wp_cell_at. simpl.
      iSpecialize ("IH" $! (vl ++ [LitV (LitLoc (l +ₗ Z.of_nat i))]) (S i) with "[H]").
      { by rewrite -app_assoc /=. }
      by rewrite fmap_app -app_assoc /=.
    - iApply (wp_bind (fill [AppRCtx f vl (given ρ (Val (LitV (LitLoc l))) (S i) ps)])).
      iApply wp_cell_at. simpl.
      iSpecialize ("IH" $! (vl ++ [LitV (LitLoc (l +ₗ Z.of_nat i))]) (S i) with "[H]").
      { by rewrite -app_assoc /=. }
      by rewrite fmap_app -app_assoc /=.
  Qed.
  Lemma filled_args ρ l i ps :
    Forall (λ q, match q with PVal k x | PMut k x _ | PShr k x => kind_ok k (ρ x) end) ps →
    filled ρ l i ps -∗ [∗ list] p;a ∈ ps;args_at ρ l i ps, arg_own ρ p a.
  Proof.
    iIntros (Hok) "H". iInduction ps as [|q ps] "IH" forall (i); [done|].
    apply Forall_cons in Hok as [Hq Hok].
    destruct q as [k x|k x y|k x]; simpl; [|iDestruct "H" as "[Hl H]"..].
    - iSplitR; [done|by iApply "IH"].
    - iSplitL "Hl"; [|by iApply "IH"]. iExists _. by iFrame.
    - iSplitL "Hl"; [|by iApply "IH"]. iExists _. by iFrame.
  Qed.

  Lemma wp_compare_with (e : expr) ρ (z : Z) k x (go : expr) Φ :
    (⌜same_content k z (ρ x)⌝ -∗ WP go {{ Φ }}) ∧ Φ (LitV (LitInt 0)) -∗
    ∀ v, ⌜v = kind_val k z⌝ -∗ WP compare_with ρ (Val v) k x go {{ Φ }}.
  Proof.
    iIntros "H" (v ->). rewrite /compare_with /content.
    assert (∃ n1 n2 : Z, kind_val k z = LitV (LitInt n1) ∧ kind_val k (ρ x) = LitV (LitInt n2))
      as (n1 & n2 & H1 & H2) by (destruct k; rewrite /kind_val; eauto).
    rewrite /same_content H1 H2. wp_op. destruct (decide (n1 = n2)) as [->|Hne].
    - rewrite bool_decide_eq_true_2 //. wp_case. iDestruct "H" as "[H _]". by iApply "H".
    - rewrite bool_decide_eq_false_2 //. wp_case. rewrite /Int. iApply wp_value. iDestruct "H" as "[_ H]". iExact "H".
  Qed.
  Lemma wp_compare_cells ρ ρ' (l : loc) i ps (k : expr) Φ :
    ([∗ list] p;a ∈ ps;args_at ρ l i ps, arg_back ρ' p a) -∗
    (⌜Forall (same_param ρ ρ') ps⌝ -∗ WP k {{ Φ }}) ∧ Φ (LitV (LitInt 0)) -∗
    WP compare_cells ρ (Val (LitV (LitLoc l))) i ps k {{ Φ }}.
  Proof.
    iIntros "Hb Hk". iInduction ps as [|q ps] "IH" forall (i); simpl.
    { iDestruct "Hk" as "[Hk _]". iApply "Hk". iPureIntro. constructor. }
    destruct q as [kd x|kd x y|kd x]; simpl; iDestruct "Hb" as "[Hq Hb]".
    - iApply ("IH" with "Hb"). iSplit; [|by iDestruct "Hk" as "[_ Hk]"].
      iDestruct "Hk" as "[Hk _]". iIntros (Hs). iApply "Hk". iPureIntro. by constructor.
    - iDestruct "Hq" as (l') "[[%Hl _] Hq]". injection Hl as <-.
      rewrite {1}/compare_with. wp_bind (cell_at _ _). iApply wp_cell_at. simpl. wp_read.
      iApply (wp_compare_with (Var "r") ρ (ρ' y) with "[-]"); [|done]. iSplit.
      + iIntros (Hs). iApply ("IH" with "Hb"). iSplit; [|by iDestruct "Hk" as "[_ Hk]"].
        iDestruct "Hk" as "[Hk _]". iIntros (Hss). iApply "Hk". iPureIntro. by constructor.
      + by iDestruct "Hk" as "[_ Hk]".
    - iDestruct "Hq" as (l') "[[%Hl _] Hq]". injection Hl as <-.
      rewrite {1}/compare_with. wp_bind (cell_at _ _). iApply wp_cell_at. simpl. wp_read.
      iApply (wp_compare_with (Var "r") ρ (ρ' x) with "[-]"); [|done]. iSplit.
      + iIntros (Hs). iApply ("IH" with "Hb"). iSplit; [|by iDestruct "Hk" as "[_ Hk]"].
        iDestruct "Hk" as "[Hk _]". iIntros (Hss). iApply "Hk". iPureIntro. by constructor.
      + by iDestruct "Hk" as "[_ Hk]".
  Qed.

  (** How the program ends if the function has its signature. *)
  Definition honest_end (u : bool) (s : sig) ρ (v : val) : Prop :=
    v = LitV (LitInt 0) ∨
    (v = LitV (LitInt 1) ∧ ∃ ρ', (∀ x, x ∉ outs s → ρ' x = ρ x) ∧ Forall (same_param ρ ρ') (s_params s) ∧
       same_result ρ ρ' (s_result s) ∧ Forall (evf ρ') (s_ensures s)) ∨
    (v = LitV (LitInt 2) ∧ u = true).
  Lemma fresh_cells (l : loc) n k x :
    ([∗ list] i ↦ v ∈ replicate n x, (l +ₗ Z.of_nat (k + i)) ↦ v) -∗
    [∗ list] j ∈ seq k n, ∃ v, (l +ₗ Z.of_nat j) ↦ v.
  Proof.
    iIntros "H". iInduction n as [|n] "IH" forall (k); [done|]. cbn [replicate seq].
    iDestruct "H" as "[H0 H]". rewrite Nat.add_0_r big_sepL_cons. iSplitL "H0"; [by iExists x|].
    iApply "IH". iApply (big_sepL_impl with "H"). iIntros "!>" (i v _) "H".
    by rewrite Nat.add_succ_r.
  Qed.
  (** The result and the cells are compared where the function has returned. *)
  Lemma wp_compare ρ ρ' (l : loc) s v Φ :
    result_ok ρ' (s_result s) v →
    ([∗ list] p;a ∈ s_params s;args_at ρ l 0 (s_params s), arg_back ρ' p a) -∗
    (⌜Forall (same_param ρ ρ') (s_params s)⌝ -∗ ⌜same_result ρ ρ' (s_result s)⌝ -∗ Φ (LitV (LitInt 1))) ∧
    Φ (LitV (LitInt 0)) -∗
    WP subst "r" v (compare_result ρ (s_result s) (compare_cells ρ (Val (LitV (LitLoc l))) 0 (s_params s) (Int 1)))
      {{ Φ }}.
  Proof.
    iIntros (Hv) "Hb H". unfold compare_result. destruct (s_result s) as [k x|].
    - destruct Hv as [-> _]. rewrite subst_compare_with subst_compare. cbn [map subst String.eqb Ascii.eqb Bool.eqb].
      iApply (wp_compare_with (Var "r") ρ (ρ' x) with "[-]"); [|done]. iSplit; [|by iDestruct "H" as "[_ H]"].
      iIntros (Hx). iApply (wp_compare_cells with "Hb"). iSplit; [|by iDestruct "H" as "[_ H]"].
      iIntros (Hp). rewrite /Int. iApply wp_value. iDestruct "H" as "[H _]". by iApply "H".
    - rewrite subst_compare. cbn [map subst].
      iApply (wp_compare_cells with "Hb"). iSplit; [|by iDestruct "H" as "[_ H]"].
      iIntros (Hp). rewrite /Int. iApply wp_value. iDestruct "H" as "[H _]". by iApply "H".
  Qed.
  Lemma wp_refutation `{!UntrackedHeap Σ} u pre (f : val) s ρ :
    Forall (λ q, match q with PVal k x | PMut k x _ | PShr k x => kind_ok k (ρ x) end) (s_params s) →
    Forall (evf ρ) (s_requires s) →
    fn_spec u pre f s -∗ WP refutation ρ pre f s {{ v, ⌜honest_end u s ρ v⌝ }}.
  Proof.
    iIntros (Hok Hreq) "#Hf". rewrite /refutation /Let /Int.
    wp_alloc l as "Hl" "_". wp_let. rewrite Nat2Z.id subst_fill. cbn [map subst String.eqb Ascii.eqb Bool.eqb].
    iApply (wp_fill with "[Hl]").
    { rewrite /heap_pointsto_vec replicate_S_end. iDestruct "Hl" as "[Hl _]". by iApply fresh_cells. }
    iIntros "Hcells". rewrite /two_ends. cbn [subst map String.eqb Ascii.eqb Bool.eqb binder_in subst'].
    rewrite map_app map_map subst_given. cbn [map subst String.eqb Ascii.eqb Bool.eqb].
    assert (subst "m" (LitV (LitLoc l)) (compare_result ρ (s_result s) (compare_cells ρ "m" 0 (s_params s) #1)) =
      compare_result ρ (s_result s) (compare_cells ρ (Val (LitV (LitLoc l))) 0 (s_params s) #1)) as ->.
    { unfold compare_result. destruct (s_result s); [rewrite subst_compare_with|]; rewrite subst_compare; reflexivity. }
    wp_bind (App (Val f) _). iApply (wp_given _ f l 0 _ pre).
    iApply ("Hf" $! ρ with "[//] [Hcells]"); [by iApply filled_args|].
    iIntros (r) "[Hr|(-> & %Hu & _)]".
    - iDestruct "Hr" as (ρ' v) "(-> & %Hρ & %Hv & %He & Hb)". simpl.
      do 2 wp_pure (Rec _ _ _). rewrite /ret_val.
      iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl.
      iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl.
      iApply (wp_compare with "Hb"); [done|]. iSplit; [|iPureIntro; by left].
      iIntros (Hp Hr). iPureIntro. right. left. split; [done|]. by exists ρ'.
    - simpl. do 2 wp_pure (Rec _ _ _). rewrite /unw_val.
      iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl.
      iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl. iApply wp_value. iPureIntro. by do 2 right.
  Qed.
End wp.
