(** * Edges, branches, calls, returning, unwinding: each rule is sound

[can_go] says that control may go to each node whose environment holds. Under it, if the
checker accepts an edge ([edge_sound]), the cases of a branch ([cases_sound]) or a call
([call_ok]) in an environment that holds, then the rest of the function ends as the
signature says ([fn_ends]). So it does where the function returns ([return_sound]) and
where it unwinds ([wp_unwind]).

[can_go] is assumed here, and so are the specifications of the functions that are called.
[body_sound.v] puts the rules together. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code cells stmt_sound call_sound.
From tally.prelude Require Import options.
Local Open Scope Z_scope.
Local Open Scope loc_scope.

(** ** The cells of the frame, and those that arguments point to *)
Fixpoint addrs (fp : loc) (n : nat) : list loc :=
  match n with O => [] | S n => fp :: addrs (fp +ₗ 1) n end.
Fixpoint ptrs (ps : list param) (args : list arg) : list (loc * Qp) :=
  match ps, args with
  | PMut _ _ _ :: ps, (LitV (LitLoc l), _) :: args => (l, 1%Qp) :: ptrs ps args
  | PShr _ _ :: ps, (LitV (LitLoc l), q) :: args => (l, q) :: ptrs ps args
  | _ :: ps, _ :: args => ptrs ps args
  | _, _ => []
  end.
Definition shaped : list param → list arg → Prop :=
  Forall2 (λ q a, match q with PVal _ _ => True | _ => ∃ l, fst a = LitV (LitLoc l) end).
Lemma addrs_lookup fp n i : (i < n)%nat → addrs fp n !! i = Some (fp +ₗ i).
Proof.
  revert fp i. induction n as [|n IH]=> fp [|i] Hi /=; try lia.
  - by rewrite shift_loc_0.
  - rewrite IH; [|lia]. rewrite shift_loc_assoc. do 2 f_equal. lia.
Qed.
Lemma addrs_length fp n : length (addrs fp n) = n.
Proof. revert fp. induction n=> fp //=. by rewrite IHn. Qed.
Lemma ptrs_writable ps args j k lq :
  shaped ps args → flat_map pointee ps !! j = Some (true, k) → ptrs ps args !! j = Some lq → lq.2 = 1%Qp.
Proof.
  intros Hsh. revert j. induction Hsh as [|q [v fr] ps args Hq Hsh IH]=> j Hj Hlq; [done|].
  destruct q as [kd x|kd x y|kd x]; cbn [flat_map pointee app] in Hj; cbn [ptrs] in Hlq; simpl in Hq.
  - by eapply IH.
  - destruct Hq as [l ->]. destruct j as [|j]; simpl in *; [by simplify_eq|by eapply IH].
  - destruct Hq as [l ->]. destruct j as [|j]; simpl in *; [by simplify_eq|by eapply IH].
Qed.

Local Set Default Proof Using "All".
Section term.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Context (p : program) (insts : list instance) (b : body) (s : sig) (m : mode).
  Context (sigs : nat → option sig) (nodes : list node) (ab : abi) (Hab : plain_abi ab = true).
  Context (fp : loc) (args : list arg) (Hsh : shaped (s_params s) args) (Hsok : sig_ok s = true).
  Context (ρ0 : valuation) (Φ : val → iProp Σ).
  Notation "'size'" := (size p b).
  Notation "'pr'" := (table p [] insts).
  Notation "'go'" := (go_fn p [] insts b ab).
  Notation "'pts'" := (ptrs (s_params s) args).
  Notation "'A'" := (addrs fp size ++ map fst pts).
  Definition fractions (k : nat) : Qp :=
    if decide (k < size)%nat then 1%Qp else match pts !! (k - size)%nat with Some (_, q) => q | None => 1%Qp end.
  Notation "'Q'" := fractions.
  Notation "'K'" := (∀ r, fn_ends (unwinds m) s ρ0 args r -∗ Φ r)%I.
  Notation "'at_env' E" := (holds_at s A Q ρ0 E) (at level 10, E at level 9).
  Implicit Types (ρ : valuation) (Γ : list sym).

  Lemma frame_addrs k : (k < size)%nat → A !! k = Some (fp +ₗ k).
  Proof. intros Hk. rewrite lookup_app_l ?addrs_length //. by apply addrs_lookup. Qed.
  Lemma writable_full k : writable p b s k = true → Q k = 1%Qp.
  Proof.
    rewrite /writable /fractions. intros Hk. destruct (decide (k < size)%nat) as [|Hge]; [done|].
    rewrite (proj2 (Nat.ltb_ge _ _)) /= in Hk; [|lia].
    destruct (pointees s !! (k - size)%nat) as [[w kd]|] eqn:Hp; [|done]. subst w.
    destruct (pts !! (k - size)%nat) as [[l q]|] eqn:Hq; [|done]. by apply (ptrs_writable _ _ _ _ _ Hsh Hp Hq).
  Qed.

  Lemma own_split ρ Γ :
    own ρ A Q Γ ⊣⊢ ([∗ list] l;v ∈ addrs fp size;take size Γ, cell_own ρ A 1 l v) ∗
      ([∗ list] lq;v ∈ pts;drop size Γ, cell_own ρ A lq.2 lq.1 v).
  Proof.
    rewrite /own. iSplit.
    - iIntros "H". iDestruct (big_sepL2_app_inv_l with "H") as (Γ1 Γ2 ->) "[H1 H2]".
      iDestruct (big_sepL2_length with "H1") as %Hlen. rewrite addrs_length in Hlen.
      rewrite take_first // drop_first //. rewrite big_sepL2_fmap_l addrs_length. iSplitL "H1".
      + iApply (big_sepL2_impl with "H1"). iIntros "!>" (k l v Hk _) "H".
        apply lookup_lt_Some in Hk. rewrite addrs_length in Hk. by rewrite /fractions decide_True.
      + iApply (big_sepL2_impl with "H2"). iIntros "!>" (k [l q] v Hk _) "H".
        rewrite /fractions decide_False; [|lia]. replace (size + k - size)%nat with k by lia. by rewrite Hk.
    - iIntros "[H1 H2]". rewrite -{3}(take_drop size Γ). iApply (big_sepL2_app with "[H1]").
      + iApply (big_sepL2_impl with "H1"). iIntros "!>" (k l v Hk _) "H".
        apply lookup_lt_Some in Hk. rewrite addrs_length in Hk. by rewrite /fractions decide_True.
      + rewrite big_sepL2_fmap_l. iApply (big_sepL2_impl with "H2"). iIntros "!>" (k [l q] v Hk _) "H".
        rewrite addrs_length /fractions decide_False; [|lia].
        replace (size + k - size)%nat with k by lia. by rewrite Hk.
  Qed.
  Lemma addrs_free ρ A' fp' n Γ :
    ([∗ list] l;v ∈ addrs fp' n;Γ, cell_own ρ A' 1 l v) -∗ ∃ vl, ⌜length vl = n⌝ ∗ fp' ↦∗ vl.
  Proof.
    iIntros "H". iInduction n as [|n] "IH" forall (fp' Γ); simpl.
    { iExists []. by rewrite heap_pointsto_vec_nil. }
    destruct Γ as [|v Γ]; [done|]. simpl. iDestruct "H" as "[(%w & Hv & _) H]".
    iDestruct ("IH" with "H") as (vl Hvl) "H". iExists (w :: vl).
    rewrite heap_pointsto_vec_cons. iFrame. by rewrite /= Hvl.
  Qed.

  (** Control may go to any node whose environment holds. *)
  Definition can_go : iProp Σ :=
    ∀ (nd : nat) n, ⌜nodes !! nd = Some n⌝ -∗ at_env (n_env n) -∗ † fp … size -∗ K -∗
      WP App (Val go) [Val pr; Val (LitV (LitLoc fp)); Int (Z.of_nat (n_block n))]%E {{ Φ }}.

  Section at_pc.
  Context (pc : val).
  Notation "⟦ e ⟧" := (closed_in pr go pc fp e).

  Lemma edge_sound i ρ E bb e u :
    check_edge s nodes i E bb e = Ok u → agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    can_go -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗ WP ⟦ goto bb ⟧ {{ Φ }}.
  Proof.
    iIntros (He Hag HF) "Hgo H H† HK". iDestruct (known_sound with "H") as %HK; [done|].
    rewrite closed_goto. destruct e as [nd σ ps|q]; simpl in He.
    - destruct (nodes !! nd) as [n|] eqn:Hn; [|done]. destruct (_ && _) eqn:Hb; [|done].
      apply andb_true_iff in Hb as [<-%Nat.eqb_eq Hrig].
      destruct (syms_to _ _ _ _) eqn:Hto; [|done].
      destruct (unproved _ _ _ _) eqn:Hp; [done|].
      iApply ("Hgo" with "[//] [H] H† HK"). iExists (at_inst ρ σ). iSplit; [|iSplit].
      + iPureIntro. intros x Hx. rewrite /at_inst look_notin; [by apply Hag|].
        intros Hin. by eapply disjoint_spec in Hrig.
      + iPureIntro. apply evfs_subst. by eapply unproved_sound.
      + iApply (syms_to_sound with "H"); [exact HF|exact Hto].
    - destruct (refute (known E) q) eqn:Hr; [|done]. by destruct (refute_sound ρ _ _ Hr).
  Qed.

  (** ** Leaving *)
  Lemma closed_free n : ⟦ Free (Cells n) block_compile.fp ⟧ = Free (Cells n) (Val (LitV (LitLoc fp))).
  Proof. done. Qed.
  Lemma wp_leave ρ Γ k Ψ :
    own ρ A Q Γ -∗ † fp … size -∗
    (([∗ list] lq;v ∈ pts;drop size Γ, cell_own ρ A lq.2 lq.1 v) -∗ WP ⟦ k ⟧ {{ Ψ }}) -∗
    WP ⟦ leave p [] b k ⟧ {{ Ψ }}.
  Proof.
    iIntros "H H† HΨ". rewrite own_split. iDestruct "H" as "[Hfp H]".
    iDestruct (addrs_free with "Hfp") as (vl Hvl) "Hfp". rewrite /leave closed_seq closed_free.
    iApply wp_seq_bind. rewrite /check.size in Hvl |- *. rewrite -Hvl.
    iApply (wp_free_untracked with "[$Hfp $H†]"); [done|]. iIntros "!> _". by iApply "HΨ".
  Qed.
  Lemma lost_sound ρ A' ps args' Γ :
    shaped ps args' → lost_ok Γ (flat_map pointee ps) = true →
    ([∗ list] lq;v ∈ ptrs ps args';Γ, cell_own ρ A' lq.2 lq.1 v) -∗ [∗ list] q;a ∈ ps;args', arg_lost q a.
  Proof.
    iIntros (Hsh' Hok) "H". iInduction Hsh' as [|q a ps args' Hq Hsh'] "IH" forall (Γ Hok); simpl; [done|].
    destruct q as [kd x|kd x y|kd x]; [iSplit; [done|]; by iApply ("IH" with "[//] H")|..];
      destruct a as [v q]; simpl in Hq; destruct Hq as [l ->]; destruct Γ as [|v Γ]; try done;
      simpl in Hok; apply andb_true_iff in Hok as [Hk Hok]; simpl;
      iDestruct "H" as "[(%w & Hw & %Hsat) H]"; (iSplitL "Hw"; [|by iApply ("IH" with "[//] H")]);
      destruct (has_kind_sound _ _ _ _ _ Hk Hsat) as (z & Hz & ->); iExists (λ _, z), l; by iFrame.
  Qed.
  Lemma wp_unwind ρ Γ u :
    unwinds m = true → unwind_ok p b s Γ u = true →
    own ρ A Q Γ -∗ † fp … size -∗ K -∗ WP ⟦ unwinding p [] b u ⟧ {{ Φ }}.
  Proof.
    iIntros (Hm Hu) "H H† HK". destruct u as [| | |bb]; try done; simpl in Hu.
    - iApply (wp_leave with "H H†"). iIntros "H". iApply wp_value. iApply "HK". iRight.
      iSplit; [done|]. iSplit; [done|]. by iApply lost_sound.
    - iApply wp_abort.
  Qed.

  (** ** Returning *)
  Lemma outs_sound ρ ρ' A' E σ k ps args' :
    shaped ps args' → check_outs σ E k ps = true → Forall (evf ρ) (facts E) →
    (∀ kd x y, PMut kd x y ∈ ps → ρ' y = ev ρ (look σ y)) → (∀ kd x, PShr kd x ∈ ps → ρ' x = ρ x) →
    ([∗ list] lq;v ∈ ptrs ps args';drop k (cells E), cell_own ρ A' lq.2 lq.1 v) -∗
    [∗ list] q;a ∈ ps;args', arg_back ρ' q a.
  Proof.
    iIntros (Hsh' Hc HF Hρ Hρs) "H".
    iInduction Hsh' as [|q a ps args' Hq Hsh'] "IH" forall (k Hc Hρ Hρs); simpl; [done|].
    assert (∀ kd x y, PMut kd x y ∈ ps → ρ' y = ev ρ (look σ y)) as Hρ' by (intros; eapply Hρ; by right).
    assert (∀ kd x, PShr kd x ∈ ps → ρ' x = ρ x) as Hρs' by (intros; eapply Hρs; by right).
    destruct q as [kd x|kd x y|kd x]; [iSplit; [done|]; by iApply ("IH" with "[//] [//] [//] H")|..];
      destruct a as [v q]; simpl in Hq; destruct Hq as [l ->]; simpl in Hc;
      (destruct (cells E !! k) as [s1|] eqn:Hs1; [|done]); apply andb_true_iff in Hc as [Hs Hc];
      rewrite (drop_S _ _ _ Hs1) /=; iDestruct "H" as "[(%w & Hw & %Hsat) H]";
      (iSplitL "Hw"; [|by iApply ("IH" with "[//] [//] [//] H")]);
      destruct (sym_is_sound ρ A' _ _ _ _ _ HF Hs Hsat) as [-> Hok]; iExists l.
    - rewrite -(Hρ kd x y) in Hok |- *; [by iFrame|by left..].
    - simpl in Hok |- *. rewrite -(Hρs kd x) in Hok |- *; [by iFrame|by left..].
  Qed.
  Lemma ret_code v : ⟦ ret_expr (Val v) ⟧ = Rec BAnon [BNamed "ret"; BNamed "unw"] (App (Var "ret") [Val v]%E).
  Proof. done. Qed.
  Lemma return_sound ρ E σ ps u :
    check_return p b s E σ ps = Ok u → agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    own ρ A Q (cells E) -∗ † fp … size -∗ K -∗ WP ⟦ return_frame p [] b ab ⟧ {{ Φ }}.
  Proof.
    rewrite /check_return. intros Hret Hag HF.
    destruct (subset (map fst σ) (outs s)) eqn:Hdom; [|done]. cbn [demand located] in Hret.
    destruct (check_result p b s E σ && check_outs σ E size (s_params s)) eqn:Hro; [|done].
    apply andb_true_iff in Hro as [Hres Houts]. cbn [demand located] in Hret.
    destruct (unproved _ _ _ _) eqn:Hens; [done|]. clear Hret.
    pose proof (proj1 (andb_true_iff _ _) Hsok) as [Hvars Hdis].
    iIntros "H H† HK". iDestruct (known_sound with "H") as %HK; [done|].
    set (ρ' := λ x, if mem x (outs s) then ev ρ (look σ x) else ρ0 x).
    assert (∀ x, x ∈ outs s → ρ' x = ev ρ (look σ x)) as Hρ'.
    { intros x Hx. rewrite /ρ'. by apply mem_spec in Hx as ->. }
    assert (∀ x, x ∉ outs s → ρ' x = ρ0 x) as Hρ0.
    { intros x Hx. rewrite /ρ'. by apply mem_false in Hx as ->. }
    assert (∀ x, x ∈ ins s → x ∉ outs s) as Hins.
    { intros x Hx Ho. by eapply disjoint_spec in Hdis. }
    assert (Forall (evf ρ') (s_ensures s)) as Hens'.
    { eapply unproved_sound in Hens; [|done]. apply evfs_subst in Hens. eapply evfs_ext; [|exact Hens].
      intros x Hx. eapply subset_spec in Hx; [|done]. apply elem_of_app in Hx as [Hx|Hx].
      - rewrite Hρ0; [|by apply Hins]. rewrite /at_inst look_notin; [by apply Hag|].
        intros Hin. eapply Hins; [done|]. by eapply subset_spec in Hdom.
      - by rewrite Hρ'. }
    iAssert (∀ v, ⌜result_ok ρ' (s_result s) v⌝ -∗
      ([∗ list] lq;v ∈ pts;drop size (cells E), cell_own ρ A lq.2 lq.1 v) -∗ Φ (ret_val v))%I
      with "[HK]" as "HK".
    { iIntros (v Hv) "H". iApply "HK". iLeft. iExists ρ', v. iSplit; [done|]. iSplit; [done|].
      iSplit; [done|]. iSplit; [done|]. iApply (outs_sound with "H"); [done..| |].
      - intros kd x y Hin. apply Hρ', elem_of_app. left. clear -Hin.
        induction (s_params s) as [|q ps IH]; [by apply elem_of_nil in Hin|].
        apply elem_of_cons in Hin as [<-|?]; simpl; set_solver.
      - intros kd x Hin. assert (x ∈ ins s) as Hx.
        { clear -Hin. rewrite /ins. induction (s_params s) as [|q ps IH]; [by apply elem_of_nil in Hin|].
          apply elem_of_cons in Hin as [<-|?]; simpl; set_solver. }
        rewrite Hρ0; [|by apply Hins]. symmetry. by apply Hag. }
    rewrite /return_frame. pose proof (proj1 (andb_true_iff _ _) Hab) as [Hout%negb_true_iff _]. rewrite Hout.
    assert (at_ty (local p [] b 0) = nth 0 (b_locals b) (TTuple [])) as -> by done.
    rewrite /check_result in Hres. destruct (s_result s) as [kd r|] eqn:Hr.
    - apply andb_true_iff in Hres as [[Hl1%Nat.eqb_eq Hsz%Nat.ltb_lt]%andb_true_iff Hres]. rewrite Hl1.
      destruct (cells E !! 1%nat) as [v|] eqn:Hv; [|done]. cbn [Nat.eqb load].
      rewrite closed_let; [|set_solver]. iApply wp_let. rewrite closed_read.
      assert (⟦ location_addr (local p [] b 0) ⟧ = BinOp OffsetOp (Val (LitV (LitLoc fp))) (Int 1)) as -> by done.
      wp_op. iDestruct (own_get with "H") as (w) "(Hw & %Hsat & H)"; [by apply frame_addrs|done|].
      wp_read. iDestruct ("H" with "Hw") as "H".
      rewrite closed_swap; [|set_solver].
      assert (subst "r" w (leave p [] b (ret_expr (Var "r"))) = leave p [] b (ret_expr (Val w))) as -> by done.
      iApply (wp_leave with "H H†"). iIntros "H". rewrite ret_code.
      iApply wp_pure_step_later; [done|]. iIntros "!> _". iApply wp_value. iApply ("HK" with "[%] H").
      destruct (sym_is_sound ρ A _ _ _ _ _ HF Hres Hsat) as [-> Hok]. simpl. rewrite Hρ' //.
      rewrite /outs Hr. set_solver.
    - apply Nat.eqb_eq in Hres. rewrite Hres. cbn [Nat.eqb].
      iApply (wp_leave with "H H†"). iIntros "H". iApply wp_value. by iApply ("HK" with "[%] H").
  Qed.

  (** ** Branches *)
  Definition cases_code (w : val) (d : option nat) (ts : list (Z * nat)) : expr :=
    foldr (λ zb k, Case (BinOp EqOp (Val w) (Int zb.1)) [k; ⟦ goto zb.2 ⟧]%E) ⟦ goto_option d ⟧ ts.
  Lemma cases_closed w d ts :
    ⟦ subst "switch" w
      (foldr (λ '(z, bb) k, Case (BinOp EqOp (Var "switch") (Int z)) [k; goto bb]%E) (goto_option d) ts) ⟧ =
    cases_code w d ts.
  Proof.
    induction ts as [|[z bb] ts IH]; [by destruct d|]. rewrite /cases_code. cbn [foldr fst snd].
    rewrite -/(cases_code w d ts) -IH.
    match goal with |- context [foldr ?f ?x ts] => generalize (foldr f x ts) end. done.
  Qed.
  Lemma case_facts_sound ρ v w z yes no :
    case_facts v z = Some (yes, no) → sat ρ A v w →
    (∃ n : Z, w = LitV (LitInt n) ∧ (if bool_decide (n = z) then evf ρ yes else evf ρ no)).
  Proof.
    destruct v as [|t e|f|t e|c|k]; try done; simpl.
    - intros [= <- <-] [-> _]. exists (ev ρ e). split; [done|]. by case_bool_decide.
    - intros Hc ->. eexists. split; [done|].
      destruct (Z.eqb_spec z 0) as [->|]; [|destruct (Z.eqb_spec z 1) as [->|]; [|done]]; injection Hc as <- <-;
        destruct (decide (evf ρ f)) as [Hf|Hf];
        rewrite ?(bool_decide_eq_true_2 _ Hf) ?(bool_decide_eq_false_2 _ Hf) /=; try done; by apply evf_neg.
  Qed.
  Lemma cases_sound i ρ E v w ts d es ed u :
    check_cases s nodes i E v ts d es ed = Ok u → sat ρ A v w →
    agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    can_go -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗ WP cases_code w d ts {{ Φ }}.
  Proof.
    revert i E es. induction ts as [|[z bb] ts IH]=> i E [|e es] Hc Hsat Hag HF; simpl in Hc; try done;
      try (by destruct (case_facts v z) as [[]|]).
    - iIntros "Hgo H H† HK". destruct d as [bb|].
      + by iApply (edge_sound with "Hgo H H† HK").
      + destruct ed as [|q]; [done|]. iDestruct (known_sound with "H") as %HK; [done|].
        simpl in Hc. destruct (refute (known E) q) eqn:Hr; [|done]. by destruct (refute_sound ρ _ _ Hr).
    - destruct (case_facts v z) as [[yes no]|] eqn:Hcf; [|done].
      destruct (check_edge s nodes i (add_fact yes E) bb e) as [u'|] eqn:He; [|done].
      destruct (case_facts_sound _ _ _ _ _ _ Hcf Hsat) as (n & -> & Hn).
      iIntros "Hgo H H† HK". cbn [cases_code foldr fst snd].
      wp_bind (BinOp _ _ _). iApply wp_binop_pure; [done|done|].
      destruct (bool_decide (n = z)); simpl.
      + wp_case.
        iApply (edge_sound _ ρ (add_fact yes E) with "Hgo H H† HK"); [done..|]. by constructor.
      + wp_case.
        iApply (IH _ (add_fact no E) with "Hgo H H† HK"); [done..|]. by constructor.
  Qed.

  (** ** Calls *)
  Lemma arguments_plain dst a os :
    plain_abi a = true → arguments p [] insts b dst a os = map (value p [] insts b) os.
  Proof.
    intros [Ho%negb_true_iff Hb]%andb_true_iff. rewrite /arguments Ho /=.
    assert (∀ i, nth i (abi_by_address a) false = false) as Hnth.
    { clear -Hb. induction (abi_by_address a) as [|x l IH]=> -[|i] //=; simpl in Hb;
        apply andb_true_iff in Hb as [Hx Hl]; [by apply negb_true_iff|by apply IH]. }
    clear -Hnth. revert Hnth. generalize (abi_by_address a). intros l Hnth.
    etrans; [|exact (imap_const (value p [] insts b) os)]. apply imap_ext. intros i o _. by rewrite Hnth.
  Qed.
  Lemma position_lookup f n : position (IFn f []) insts = Some n → insts !! n = Some (IFn f []).
  Proof using Type.
    revert n. induction insts as [|j l IH]; intros n; cbn [position]; [done|].
    change (instance_eqb (IFn f []) j) with (match j with IFn f2 ts2 => Nat.eqb f f2 && tys_eqb [] ts2 | _ => false end).
    destruct (instance_eqb (IFn f []) j) eqn:Hj; cbn [instance_eqb] in Hj; rewrite Hj.
    - intros [= <-]. destruct j as [f' [|]|t|t]; try done;
        apply andb_true_iff in Hj as [->%Nat.eqb_eq Hts]; by try discriminate Hts.
    - destruct (position (IFn f []) l) as [k|]; [|done]. intros [= <-]. by apply IH.
  Qed.
  Lemma wp_table n i Ψ :
    insts !! n = Some i → ▷ Ψ (instance_fn p [] insts i) -∗
    WP App (Val pr) [Int (Z.of_nat n)]%E {{ Ψ }}.
  Proof using Type.
    iIntros (Hi) "HΨ".
    assert (∀ (F : instance → val) w l n, l !! n = Some i →
      map (subst "f" w) (map (λ i, Val (F i)) l) !! n = Some (Val (F i))) as Hnth.
    { clear. intros F w l. induction l as [|j l IH]=> -[|n] //= H; [by simplify_eq|by apply IH]. }
    rewrite /table. generalize (instance_fn p [] insts). intros F.
    iApply wp_pure_step_later; [done|]. iIntros "!> _".
    cbn [subst' subst String.eqb Ascii.eqb Bool.eqb]. iApply wp_pure_step_later.
    { split; [lia|]. rewrite Nat2Z.id. by apply Hnth. }
    iIntros "!> _". by iApply wp_value.
  Qed.
  Lemma wp_operands ρ E (f : val) os vl Ψ :
    Forall (evf ρ) (facts E) → Forall (λ o, ∃ v, eval_operand p b E o = Ok v) os →
    own ρ A Q (cells E) -∗
    (∀ ws, ⌜Forall2 (λ o w, ∃ v, eval_operand p b E o = Ok v ∧ sat ρ A v w) os ws⌝ -∗ own ρ A Q (cells E) -∗
      WP App (Val f) (Val <$> (vl ++ ws)) {{ Ψ }}) -∗
    WP App (Val f) ((Val <$> vl) ++ map (closed_in pr go pc fp) (map (value p [] insts b) os)) {{ Ψ }}.
  Proof.
    iIntros (HF Hos) "H HΨ". iInduction os as [|o os] "IH" forall (vl Hos); simpl.
    { iSpecialize ("HΨ" $! [] with "[] H"); [iPureIntro; constructor|]. by rewrite !app_nil_r. }
    inversion Hos as [|? ? [v Ho] Hos']; subst.
    iApply (wp_bind (fill [AppRCtx f vl (map (closed_in pr go pc fp) (map (value p [] insts b) os))])).
    iApply (wp_operand p _ b s pr _ _ _ A Q frame_addrs writable_full with "H"); [done..|].
    iIntros (w Hw) "H". simpl.
    iSpecialize ("IH" $! (vl ++ [w]) with "[//] H [HΨ]").
    { iIntros (ws Hws) "H". rewrite -app_assoc /=. iApply ("HΨ" with "[%] H"). constructor; [by exists v|done]. }
    by rewrite fmap_app -app_assoc /=.
  Qed.
  Lemma wp_two_ends_ret v (e1 e2 : expr) Ψ :
    WP subst "r" v e1 {{ Ψ }} -∗ WP two_ends (Val (ret_val v)) e1 e2 {{ Ψ }}.
  Proof.
    iIntros "H". rewrite /two_ends. wp_pure (Rec _ _ _). wp_pure (Rec _ _ _). rewrite /ret_val.
    iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl. iApply wp_pure_step_later; [done|].
    iIntros "!> _". iExact "H".
  Qed.
  Lemma wp_two_ends_unw (e1 e2 : expr) Ψ : WP e2 {{ Ψ }} -∗ WP two_ends (Val unw_val) e1 e2 {{ Ψ }}.
  Proof.
    iIntros "H". rewrite /two_ends. wp_pure (Rec _ _ _). wp_pure (Rec _ _ _). rewrite /unw_val.
    iApply wp_pure_step_later; [done|]. iIntros "!> _". simpl. iApply wp_pure_step_later; [done|].
    iIntros "!> _". iExact "H".
  Qed.

  (** The functions of the table have their signatures. *)
  Definition table_ok : iProp Σ :=
    ∀ f s', ⌜sigs f = Some s'⌝ -∗ fn_spec (unwinds m) [pr] (instance_fn p [] insts (IFn f [])) s'.
  Lemma closed_call n args' :
    ⟦ App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: args') ⟧%E =
    App (App (Val pr) [Int (Z.of_nat n)]) (Val pr :: map (closed_in pr go pc fp) args')%E.
  Proof. rewrite closed_app. done. Qed.
  Lemma call_ok ρ E dst f os ret u σ new ps e x :
    check_call p insts b s m sigs nodes E dst f os ret u σ new ps e = Ok x →
    agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    ▷ table_ok -∗ can_go -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗
    WP ⟦ terminator p [] insts b ab (Call dst (CFn f []) os ret u) ⟧ {{ Φ }}.
  Proof.
    rewrite /check_call. intros Hc Hag HF.
    destruct (sigs f) as [s'|] eqn:Hs'; [|done]. destruct ret as [bb|]; [|done].
    destruct (position (IFn f []) insts) as [n|] eqn:Hn; [|done]. cbn [get located] in Hc.
    destruct (plain_abi (fn_abi p f)) eqn:Hplain; [|done]. cbn [demand located] in Hc.
    destruct (sig_ok s') eqn:Hok'; [|done]. cbn [demand located] in Hc.
    destruct (new_ok s s' σ new E) eqn:Hnew; [|done]. cbn [demand located] in Hc.
    destruct (unproved _ _ _ _) eqn:Hreq; [done|].
    destruct (check_args p b s σ (new_names new) E (cells E) (cells E) [] (s_params s') os)
      as [[Γ1 Γu]|] eqn:Hargs; [|done]. cbn [located fst snd] in Hc.
    destruct (negb (unwinds m) || unwind_ok p b s Γu u) eqn:Huw; [|done]. cbn [demand located] in Hc.
    destruct (set_result p b s (Env Γ1 (facts E)) dst (s_result s') (new_names new)) as [E2|] eqn:Hres; [|done].
    cbn [located] in Hc.
    apply andb_true_iff in Hok' as [Hvars Hdis].
    apply andb_true_iff in Hnew as [[[Houts%bool_decide_eq_true Hnd%bool_decide_eq_true]%andb_true_iff Hfresh]%andb_true_iff Hσ].
    iIntros "#Htab Hgo H H† HK". iDestruct (known_sound with "H") as %HK; [done|].
    eapply unproved_sound in Hreq; [|done]. apply evfs_subst in Hreq.
    assert (terminator p [] insts b ab (Call dst (CFn f []) os (Some bb) u) =
      two_ends (App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: map (value p [] insts b) os))%E
        (received p [] b (fn_abi p f) dst (Some bb)) (unwinding p [] b u)) as ->.
    { cbn [terminator]. rewrite arguments_plain // /call_instance Hn. done. }
    rewrite closed_two_ends closed_call {1}/two_ends.
    wp_bind (App (Val pr) _). iApply wp_table; [by apply position_lookup|]. iNext.
    wp_bind (App (Val (instance_fn _ _ _ _)) _).
    iApply (wp_operands ρ E _ os [pr] with "H"); [done|by eapply (args_operands p b s A Q writable_full)|].
    iIntros (ws Hws) "H". iEval (rewrite -(ex_none p b s A Q writable_full)) in "H".
    iDestruct (args_give p b s A Q writable_full E σ (new_names new) ρ _ _ _ _ os _ _ ws Hargs Hws HF eq_refl eq_refl with "H")
      as (args' <-) "[Hown H]"; [done|].
    iPoseProof ("Htab" $! f s' with "[//]") as "Hf".
    iSpecialize ("Hf" $! (at_inst ρ σ) args').
    iApply ("Hf" with "[//] Hown"). iIntros (r) "[Hr|Hr]".
    - iDestruct "Hr" as (ρ' v) "(-> & %Hρ' & %Hv & %Hens & Hb)". iDestruct "H" as "[H _]".
      set (ρ2 := upd ρ ρ' new).
      assert (∀ y, y ∈ outs s' → ∀ σ0, ev ρ2 (look (new_names new ++ σ0) y) = ρ' y) as Hy.
      { intros y Hy σ0. rewrite -Houts in Hy. destruct (look_new _ _ Hy) as (z & Hz & ->). by apply upd_in. }
      assert (∀ y, y ∈ outs s' → ev ρ2 (look (new_names new) y) = ρ' y) as Hy0.
      { intros y Hyo. rewrite -(app_nil_r (new_names new)). by apply Hy. }
      assert (∀ x, x ∉ map snd new → ρ2 x = ρ x) as Hρ2 by (intros; by apply upd_notin).
      assert (∀ x, x ∈ env_vars E ++ ins s → ρ2 x = ρ x) as Hsame.
      { intros y Hyin. apply Hρ2. intros Hyn. by eapply disjoint_spec in Hfresh. }
      iSpecialize ("H" $! ρ2 ρ' with "[%] [%] [%] Hb").
      { intros y Hyin. symmetry. apply Hsame. rewrite /env_vars. set_solver. }
      { intros k y1 y2 Hin. apply Hy0, elem_of_app. left. clear -Hin.
        induction (s_params s') as [|q qs IH]; [by apply elem_of_nil in Hin|].
        apply elem_of_cons in Hin as [<-|?]; simpl; set_solver. }
      { intros k y Hin. apply Hρ'. intros Ho. eapply disjoint_spec; [exact Hdis|exact Ho|]. clear -Hin.
        rewrite /ins. induction (s_params s') as [|q qs IH]; [by apply elem_of_nil in Hin|].
        apply elem_of_cons in Hin as [<-|?]; simpl; set_solver. }
      rewrite (ex_none p b s A Q writable_full). iApply wp_two_ends_ret. rewrite closed_swap; [|set_solver].
      assert (agree (ins s) ρ0 ρ2) as Hag2.
      { intros y Hyin. rewrite Hsame; [by apply Hag|set_solver]. }
      assert (Forall (evf ρ2) (facts E)) as HF2.
      { eapply evfs_ext; [|exact HF]. intros y Hyin. symmetry. apply Hsame. rewrite /env_vars. set_solver. }
      assert (Forall (evf ρ2) (map (fml_subst (new_names new ++ σ)) (s_ensures s') ++ facts E)) as Hall.
      { apply Forall_app. split; [|done]. apply evfs_subst. eapply evfs_ext; [|exact Hens].
        intros y Hyin. eapply subset_spec in Hyin; [|done]. rewrite /at_inst.
        destruct (decide (y ∈ outs s')) as [Ho|Ho]; [by rewrite Hy|].
        apply elem_of_app in Hyin as [Hi|]; [|done]. rewrite look_old ?Houts // Hρ' // /at_inst.
        apply ev_ext. intros z Hz. symmetry. apply Hρ2. intros Hzn.
        eapply disjoint_spec in Hσ; [|by eapply elem_flat_map; [exact Hi|exact Hz]]. done. }
      apply andb_true_iff in Hplain as [Hout%negb_true_iff _].
      assert (∀ c, subst "r" v (Seq (store c (addr p [] b dst) (Var "r")) (goto bb)) =
        Seq (subst "r" v (store c (addr p [] b dst) (Var "r"))) (goto bb)) as Hsubst by done.
      rewrite /received Hout Hsubst closed_seq. iApply wp_seq_bind.
      rewrite /set_result in Hres. destruct (spot_of p b (cells (Env Γ1 (facts E))) dst) as [sp|] eqn:Hsp; [|done].
      destruct (spot_type p insts b s pr go pc fp A Q frame_addrs writable_full _ _ _ Hsp) as (l & Hl & Hty).
      rewrite {1}/type_at Hl Hty.
      destruct (s_result s') as [kd r|] eqn:Hr.
      + destruct (place_cell p b (cells (Env Γ1 (facts E))) dst) as [c|] eqn:Hc2; [|done].
        destruct (place_cell_sound p insts b s pr go pc fp A Q frame_addrs writable_full ρ2 _ _ _ Hc2)
          as (l' & Hl' & H1 & Hwp). rewrite Hl in Hl'. injection Hl' as <-. rewrite Hty in H1. rewrite H1.
        assert (subst "r" v (store 1 (addr p [] b dst) (Var "r")) =
          Write Na1Ord (subst "r" v (addr p [] b dst)) (Val v)) as -> by done.
        rewrite subst_addr_open // closed_write closed_val. wp_bind (closed_in _ _ _ _ _).
        iApply (Hwp with "H"). iIntros (a Ha) "H".
        iApply (wp_set p insts b s pr go pc fp A Q frame_addrs writable_full ρ0 ρ2 (Env Γ1 (facts E)) E2 c _ _ _ _
          Hag2 HF2 Hres Ha with "H").
        { apply sym_of_sat. rewrite Hy0; [done|]. rewrite /outs Hr. set_solver. }
        iIntros "H". apply set_cell_ok in Hres as (_ & _ & ->).
        iApply (edge_sound _ ρ2 _ _ _ _ Hc Hag2 Hall with "Hgo H H† HK").
      + destruct (Nat.eqb_spec (block_cells p [] (sp_ty sp)) 0) as [H0|]; [|done]. injection Hres as <-.
        rewrite H0.
        assert (subst "r" v (store 0 (addr p [] b dst) (Var "r")) = Seq (Val v) Poison) as -> by done.
        rewrite closed_seq !closed_val. iApply wp_seq_bind. iApply wp_value. iApply wp_value.
        iApply (edge_sound _ ρ2 _ _ _ _ Hc Hag2 Hall with "Hgo H H† HK").
    - iDestruct "Hr" as "(-> & %Hmay & Hb)". iDestruct "H" as "[_ H]". iDestruct ("H" with "Hb") as "H".
      rewrite (ex_none p b s A Q writable_full). iApply wp_two_ends_unw. rewrite Hmay /= in Huw. by iApply (wp_unwind with "H H† HK").
  Qed.
  End at_pc.
End term.
