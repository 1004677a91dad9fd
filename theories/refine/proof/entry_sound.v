(** * Entering a function: the arguments go to the frame

[enter_code]: what a call of a compiled function steps to. [args_split], [addrs_alloc] and
[wp_stores]: then the cells are as the environment says that the checker starts with. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code cells stmt_sound call_sound term_sound.
From tally.prelude Require Import options.
Local Open Scope Z_scope.
Local Open Scope loc_scope.

(** ** Code that fills the frame *)
Definition stores (fp : expr) (ies : list (nat * expr)) (k : expr) : expr :=
  foldr (λ ie k, Seq (Write Na1Ord (at_off fp ie.1) ie.2) k) k ies.
Definition substs (xs : list string) (vs : list val) (e : expr) : expr :=
  foldr (λ xv e, subst xv.1 xv.2 e) e (zip xs vs).
Definition on_second {A B C} (f : B → C) (ab : A * B) : A * C := (ab.1, f ab.2).
Lemma subst_stores x v e ies k :
  subst x v (stores e ies k) = stores (subst x v e) (map (on_second (subst x v)) ies) (subst x v k).
Proof.
  induction ies as [|[i a] ies IH]; [done|]. cbn [stores foldr map on_second fst snd].
  rewrite -/(stores e ies k) -/(stores (subst x v e) (map (on_second (subst x v)) ies) (subst x v k)) -IH.
  by destruct i.
Qed.
Definition framed (n : nat) (ies : list (nat * expr)) (k : expr) : expr :=
  Let "fp" (Alloc (Cells n)) (Seq Poison (stores (Var "fp") ies k)).
Lemma subst_framed x v n ies k :
  x ≠ "fp" → subst x v (framed n ies k) = framed n (map (on_second (subst x v)) ies) (subst x v k).
Proof.
  intros Hx. assert (String.eqb x "fp" = false) as Hne by by apply String.eqb_neq.
  rewrite /framed /Let /Seq. cbn [map subst binder_in]. rewrite Hne subst_stores. cbn [subst]. by rewrite Hne.
Qed.
Lemma substs_framed xs vs n ies k :
  length xs = length vs → "fp" ∉ xs → (∀ x v, x ∈ xs → subst x v k = k) →
  subst_list (map BNamed xs) vs (framed n ies k) = Some (framed n (map (on_second (substs xs vs)) ies) k).
Proof.
  intros Hlen Hfp Hk. revert vs Hlen. induction xs as [|x xs IH]=> -[|v vs] Hlen; try done.
  { cbn [map subst_list]. do 2 f_equal. clear. induction ies as [|[i e] ies IH]; [done|].
    cbn [map length]. by rewrite -IH. }
  cbn [map subst_list]. rewrite IH; [|set_solver|intros; apply Hk; by right|by injection Hlen].
  cbn [fmap option_fmap option_map subst']. f_equal. rewrite subst_framed; [|set_solver]. rewrite Hk; [|by left].
  f_equal. rewrite map_map. done.
Qed.
Lemma substs_notin xs vs x : x ∉ xs → substs xs vs (Var x) = Var x.
Proof.
  revert vs. induction xs as [|y xs IH]=> -[|v vs] Hx; try done.
  rewrite /substs. cbn [zip zip_with foldr fst snd]. rewrite -/(substs xs vs (Var x)) IH; [|set_solver].
  cbn [subst]. by rewrite (proj2 (String.eqb_neq _ _)); [|set_solver].
Qed.
Lemma substs_lookup xs vs j x v :
  NoDup xs → xs !! j = Some x → vs !! j = Some v → substs xs vs (Var x) = Val v.
Proof.
  intros Hnd. revert vs j. induction xs as [|y xs IH]=> -[|w vs] [|j] Hx Hv; try done;
    apply NoDup_cons in Hnd as [Hy Hnd]; cbn in Hx, Hv;
    rewrite /substs; cbn [zip zip_with foldr fst snd]; rewrite -/(substs xs vs (Var x)).
  - simplify_eq. rewrite substs_notin //. cbn [subst]. by rewrite String.eqb_refl.
  - by rewrite (IH Hnd vs j).
Qed.
Lemma substs_vars xs vs :
  NoDup xs → length xs = length vs → map (substs xs vs) (map Var xs) = map Val vs.
Proof.
  intros Hnd Hlen. assert (∀ j x v, xs !! j = Some x → vs !! j = Some v → substs xs vs (Var x) = Val v) as H.
  { intros. by eapply substs_lookup. }
  revert H. generalize (substs xs vs). intros f H. clear Hnd. revert vs Hlen H.
  induction xs as [|x xs IH]=> -[|v vs] Hlen H; try done. cbn [map length]. rewrite (H 0%nat x v) //. f_equal.
  apply IH; [by injection Hlen|]. intros j. apply (H (S j)).
Qed.
Lemma map_seq_lookup {A} (f : nat → A) i n j : (j < n)%nat → map f (seq i n) !! j = Some (f (i + j)%nat).
Proof.
  revert i j. induction n as [|n IH]=> i [|j] Hj; [lia..| |]; cbn [map seq].
  - by rewrite Nat.add_0_r.
  - cbn. rewrite IH; [|lia]. by rewrite Nat.add_succ_r.
Qed.
Lemma local_name_not i x : (∀ y, x ≠ String.append "_" y) → local_name i ≠ x.
Proof. intros Hx Hi. apply (Hx (digits 6 i "")). by rewrite -Hi. Qed.
Lemma local_names_not x i n : (∀ y, x ≠ String.append "_" y) → x ∉ map local_name (seq i n).
Proof.
  intros Hx. revert i. induction n as [|n IH]=> i; cbn [map seq]; [by intros ?%elem_of_nil|].
  intros [Hi|?]%elem_of_cons; [by eapply local_name_not|by eapply IH].
Qed.

Lemma local_names_length i n : length (map local_name (seq i n)) = n.
Proof. revert i. induction n as [|n IH]=> i; [done|]. cbn. by rewrite IH. Qed.

Section code.
  Context (p : program) (insts : list instance) (b : body) (s : sig) (a : abi).
  Notation "'pr'" := (table p [] insts).
  Notation "'go'" := (go_fn p [] insts b a).

  (** The values, from the [i]th local on. *)
  Fixpoint entries (i : nat) (ws : list val) : list (nat * expr) :=
    match ws with
    | [] => []
    | w :: ws => (cells_before p [] b i, Val w) :: entries (S i) ws
    end.
  Lemma entries_map (f : nat → expr) i ws :
    (∀ j w, ws !! j = Some w → f (i + j)%nat = Val w) →
    map (λ i, (cells_before p [] b i, f i)) (seq i (length ws)) = entries i ws.
  Proof.
    revert i. induction ws as [|w ws IH]=> i Hf; [done|]. cbn [length seq map entries].
    rewrite -(Hf 0%nat w) // Nat.add_0_r. f_equal. apply IH. intros j w' Hw. rewrite -(Hf (S j) w') //. f_equal. lia.
  Qed.
  (** What is put in the frame for one argument. *)
  Lemma enter_one (n : nat) (by_address : bool) i (x k : expr) :
    n = 1%nat → by_address = false →
    Seq (if by_address then copy n (location_addr (local p [] b i)) x
         else store n (location_addr (local p [] b i)) x) k =
    Seq (Write Na1Ord (at_off fp (cells_before p [] b i)) x) k.
  Proof. intros -> ->. reflexivity. Qed.
  Lemma frame_ok_locals :
    frame_ok p b s = true →
    b_args b = length (s_params s) ∧ NoDup (map local_name (seq 1 (b_args b))) ∧
    Forall (λ i, block_cells p [] (nth i (b_locals b) (TTuple [])) = 1%nat ∧
      (cells_before p [] b i < size p b)%nat) (seq 1 (b_args b)).
  Proof.
    rewrite /frame_ok /names_ok. rewrite !andb_true_iff Nat.eqb_eq bool_decide_eq_true.
    intros [[Hargs Hnd] Hf]. split; [exact Hargs|]. split; [exact Hnd|]. revert Hf. generalize (seq 1 (b_args b)).
    intros js. induction js as [|i js IH]; cbn [forallb]; intros Hf; [constructor|].
    rewrite !andb_true_iff Nat.eqb_eq Nat.ltb_lt in Hf. destruct Hf as [Hi Hf]. constructor; [exact Hi|by apply IH].
  Qed.
  Lemma abi_plain i : plain_abi a = true → nth i (abi_by_address a) false = false.
  Proof.
    rewrite /plain_abi andb_true_iff. intros [_ Hb]. revert i.
    induction (abi_by_address a) as [|x l IH]=> -[|i] //=; simpl in Hb;
      apply andb_true_iff in Hb as [Hx Hl]; [by apply negb_true_iff|by apply IH].
  Qed.
  Lemma enter_args_plain k :
    plain_abi a = true → frame_ok p b s = true →
    enter_args p [] b a k =
    stores fp (map (λ i, (cells_before p [] b i, Var (local_name i))) (seq 1 (b_args b))) k.
  Proof.
    intros Hab Hf. destruct (frame_ok_locals Hf) as (_ & _ & Hf').
    rewrite /enter_args. induction Hf' as [|i js [H1 _] _ IH]; [reflexivity|].
    etrans; [apply (enter_one _ _ i (Var (local_name i)) _ H1 (abi_plain _ Hab))|].
    apply (f_equal (λ k, Seq _ k)). exact IH.
  Qed.
  Lemma enter_code ws :
    plain_abi a = true → frame_ok p b s = true → length ws = length (s_params s) →
    subst_list (map BNamed ("pr" :: block_compile.params b a)) (pr :: ws)
      (Let "fp" (Alloc (Cells (frame_cells p [] b)))
        (Seq (if abi_out a then Write Na1Ord fp (Var "out") else Poison)
          (enter_args p [] b a (App (Val go) [Var "pr"; fp; Int 0])))) =
    Some (framed (frame_cells p [] b) (entries 1 ws) (App (Val go) [Val pr; fp; Int 0])).
  Proof.
    intros Hab Hf Hlen. rewrite (enter_args_plain _ Hab Hf).
    pose proof (proj1 (andb_true_iff _ _) Hab) as [Hout%negb_true_iff _].
    destruct (frame_ok_locals Hf) as (Hargs & Hnd & _).
    rewrite /block_compile.params Hout. cbn [app map subst_list].
    generalize go. generalize pr. intros v1 v2.
    set (xs := map local_name (seq 1 (b_args b))) in *.
    assert (length xs = length ws) as Hxs.
    { by rewrite /xs local_names_length Hargs. }
    assert ("pr" ∉ xs) as Hpr by by apply local_names_not.
    assert ("fp" ∉ xs) as Hfp by by apply local_names_not.
    etrans; [apply (f_equal (fmap _)), (substs_framed xs ws)|]; [done..| |].
    { intros x v Hx. cbn [map subst fp]. rewrite !(proj2 (String.eqb_neq _ _)); [done|by intros ->..]. }
    cbn [fmap option_fmap option_map subst']. f_equal. rewrite subst_framed //. f_equal.
    rewrite !map_map. rewrite Hargs -Hlen. apply entries_map. intros j w Hj.
    cbn [on_second fst snd]. rewrite (substs_lookup xs ws j _ w) //.
    rewrite /xs Hargs -Hlen. apply map_seq_lookup. by eapply lookup_lt_Some.
  Qed.
End code.

Lemma entries_closed p b x v i ws : map (on_second (subst x v)) (entries p b i ws) = entries p b i ws.
Proof. revert i. induction ws as [|w ws IH]=> i; [done|]. cbn [map entries on_second fst snd]. by rewrite IH. Qed.
(** In the frame at [v]. *)
Lemma subst_frame p b v i ws go pr :
  subst "fp" v (Seq Poison (stores (Var "fp") (entries p b i ws) (App (Val go) [Val pr; fp; Int 0]))) =
  Seq Poison (stores (Val v) (entries p b i ws) (App (Val go) [Val pr; Val v; Int 0])).
Proof.
  rewrite /Seq. cbn [map subst binder_in]. by rewrite subst_stores entries_closed.
Qed.

(** ** What an argument is *)
Definition arg_pure (ρ : valuation) (q : param) (a : arg) : Prop :=
  match q with
  | PVal k x => a.1 = kind_val k (ρ x) ∧ kind_ok k (ρ x)
  | PMut _ _ _ | PShr _ _ => ∃ l, a.1 = LitV (LitLoc l)
  end.
Lemma pure_shaped ρ ps args : Forall2 (arg_pure ρ) ps args → shaped ps args.
Proof. intros H. induction H as [|q a ps args Hq _ IH]; constructor; [by destruct q|done]. Qed.
Definition pointee_syms_of (ps : list param) : list sym :=
  flat_map (λ q, match q with PVal _ _ => [] | PMut k x _ | PShr k x => [sym_of k (EV x)] end) ps.

Local Set Default Proof Using "Type*".
Section entry.
  Context `{!lrustGS Σ}.
  Implicit Types (ρ : valuation) (Γ : list sym) (Φ : val → iProp Σ).

  Lemma args_split ρ A ps args :
    ([∗ list] q;a ∈ ps;args, arg_own ρ q a) -∗
    ⌜Forall2 (arg_pure ρ) ps args⌝ ∗
    [∗ list] lq;v ∈ ptrs ps args;pointee_syms_of ps, cell_own ρ A lq.2 lq.1 v.
  Proof.
    iIntros "H". iInduction ps as [|q ps] "IH" forall (args); destruct args as [|[v fr] args]; try done.
    { iSplit; [iPureIntro; constructor|done]. }
    iDestruct "H" as "[Hq H]". iDestruct ("IH" with "H") as "[%Hargs H]".
    destruct q as [k x|k x y|k x]; simpl.
    - iDestruct "Hq" as %?. iFrame. iPureIntro. by constructor.
    - iDestruct "Hq" as (l) "[[-> %Hok] Hl]". iSplit; [iPureIntro; constructor; [by exists l|done]|].
      simpl. iFrame "H". iExists _. iFrame "Hl". iPureIntro. by apply sym_of_sat.
    - iDestruct "Hq" as (l) "[[-> %Hok] Hl]". iSplit; [iPureIntro; constructor; [by exists l|done]|].
      simpl. iFrame "H". iExists _. iFrame "Hl". iPureIntro. by apply sym_of_sat.
  Qed.
  Lemma addrs_alloc ρ A fp n vl :
    length vl = n → fp ↦∗ vl -∗ [∗ list] l;v ∈ addrs fp n;replicate n SAny, cell_own ρ A 1 l v.
  Proof.
    iIntros (<-) "H". iInduction vl as [|v vl] "IH" forall (fp); simpl; [done|].
    rewrite heap_pointsto_vec_cons. iDestruct "H" as "[Hv H]". iSplitL "Hv"; [|by iApply "IH"].
    iExists v. by iFrame.
  Qed.

  Context (p : program) (b : body) (s : sig) (fp : loc) (A : list loc) (Q : nat → Qp).
  Context (Hframe : ∀ k : nat, (k < size p b)%nat → A !! k = Some (fp +ₗ k)).
  Context (HQ : ∀ k : nat, (k < size p b)%nat → Q k = 1%Qp).

  Lemma wp_stores ρ k i ps args Γ e Φ :
    (∀ j, (j < length ps)%nat → (cells_before p [] b (i + j) < size p b)%nat) →
    (∀ j lq, ptrs ps args !! j = Some lq → A !! (k + j)%nat = Some lq.1) →
    Forall2 (arg_pure ρ) ps args → (size p b ≤ length Γ)%nat →
    own ρ A Q Γ -∗ (own ρ A Q (entry_cells p b Γ k i ps) -∗ WP e {{ Φ }}) -∗
    WP stores (Val (LitV (LitLoc fp))) (entries p b i (map fst args)) e {{ Φ }}.
  Proof.
    iIntros (Hoff Hptrs Hargs HΓ) "H HΦ".
    iInduction Hargs as [|q [v fr] ps args Hq Hargs] "IH" forall (k i Γ Hoff Hptrs HΓ); [by iApply "HΦ"|].
    assert (cells_before p [] b i < size p b)%nat as Hi.
    { rewrite -(Nat.add_0_r i). apply Hoff. simpl. lia. }
    cbn [map entries stores foldr fst snd]. cbn [entry_cells]. revert Hi Hoff.
    generalize (cells_before p [] b i). intros off Hi Hoff.
    destruct (lookup_lt_is_Some_2 Γ off) as [s0 Hs0]; [lia|].
    iDestruct (own_set ρ A Q Γ off (fp +ₗ off) s0 (param_sym k q) with "H") as (v0) "[Hv H]"; [by apply Hframe|done|].
    iApply wp_seq_bind. wp_bind (at_off _ _). iApply wp_at_off. iApply wp_value. iExists fp. iSplit; [done|].
    rewrite HQ //. wp_write.
    iDestruct ("H" $! v with "Hv [%]") as "H".
    { destruct q as [kd x|kd x y|kd x]; simpl in Hq |- *; [by apply sym_of_sat|..];
        destruct Hq as [l ->]; exists l; (split; [|done]);
        rewrite -(Nat.add_0_r k); exact (Hptrs 0%nat _ eq_refl). }
    iApply ("IH" with "[%] [%] [%] H HΦ").
    - intros j Hj. replace (S i + j)%nat with (i + S j)%nat by lia. apply Hoff. simpl. lia.
    - intros j lq Hl. destruct q as [kd x|kd x y|kd x]; [by apply Hptrs|..];
        simpl in Hq; destruct Hq as [l ->]; rewrite -(Hptrs (S j) lq) //; f_equal; lia.
    - by rewrite insert_keeps_length.
  Qed.
End entry.
