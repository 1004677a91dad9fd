(** * Terminators and blocks: each is sound

[term_ok]: what the checker accepts of a terminator in an environment that holds, ends as
the signature says ([fn_ends]), if control may go to each node ([can_go]).
[blocks_ok]: so control may go to each node of a certificate that is accepted. It is an
induction over steps of execution, so loops are no case of their own. *)
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

Local Set Default Proof Using "All".
Section blocks.
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
  Notation "'Q'" := (fractions p b s args).
  Notation "'K'" := (∀ r, fn_ends (unwinds m) s ρ0 args r -∗ Φ r)%I.
  Notation "'go_on'" := (can_go p insts b s m nodes ab fp args ρ0 Φ).
  Notation "'calls_ok'" := (table_ok p insts m sigs).
  Implicit Types (ρ : valuation) (Γ : list sym).
  Local Notation "'here' L" := (L p insts b s m sigs nodes ab Hab fp args Hsh Hsok ρ0 Φ)
    (at level 9, L at level 8, only parsing).

  Lemma frame_here k : (k < size)%nat → A !! k = Some (fp +ₗ k).
  Proof. apply (here frame_addrs). Qed.
  Lemma writable_here k : writable p b s k = true → Q k = 1%Qp.
  Proof. apply (here writable_full). Qed.

  Section at_pc.
  Context (pc : val).
  Notation "⟦ e ⟧" := (closed_in pr go pc fp e).

  Lemma switch_ok ρ E o ts d es ed x :
    check_term p insts b s m sigs nodes E (SwitchInt o ts d) (TSwitch es ed) = Ok x →
    agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    go_on -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗
    WP ⟦ terminator p [] insts b ab (SwitchInt o ts d) ⟧ {{ Φ }}.
  Proof.
    iIntros (Hw Hag HF) "Hgo H H† HK". cbn [check_term] in Hw.
    destruct (located AtTerm (eval_operand p b E o)) as [v|] eqn:Hv; [|done]. apply located_ok in Hv.
    cbn [terminator]. rewrite closed_let; [|set_solver]. iApply wp_let.
    iApply (wp_operand p insts b s pr go pc fp A Q frame_here writable_here ρ E o v with "H"); [done..|].
    iIntros (w Hsat) "H". rewrite closed_swap; [|set_solver]. rewrite (here cases_closed).
    iApply (here cases_sound pc _ ρ E v w ts d es ed with "Hgo H H† HK"); done.
  Qed.

  Lemma assert_ok ρ E o ex bb u ps e x :
    check_term p insts b s m sigs nodes E (Assert o ex bb u) (TAssert ps e) = Ok x →
    agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    go_on -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗
    WP ⟦ terminator p [] insts b ab (Assert o ex bb u) ⟧ {{ Φ }}.
  Proof.
    iIntros (Hw Hag HF) "Hgo H H† HK". cbn [check_term] in Hw.
    destruct (located AtTerm (eval_bool p b E o)) as [f|] eqn:Hf; [|done].
    apply located_ok, eval_bool_ok in Hf.
    set (ok := if ex then f else neg f) in *. cbv zeta in Hw.
    destruct (unproved _ _ _ _) eqn:Hun; [done|].
    destruct (negb (unwinds m) || unwind_ok p b s (cells E) u) eqn:Huw; [|done]. cbn [demand located] in Hw.
    iDestruct (known_sound with "H") as %HK; [done|]. eapply unproved_sound in Hun; [|done].
    assert (evf ρ ok ↔ bool_decide (evf ρ f) = ex) as Hok.
    { rewrite /ok. destruct ex; [by rewrite bool_decide_eq_true|by rewrite bool_decide_eq_false evf_neg]. }
    assert (terminator p [] insts b ab (Assert o ex bb u) = Case (value p [] insts b o)
      [if ex then unwinding p [] b u else goto bb; if ex then goto bb else unwinding p [] b u]%E) as ->.
    { by destruct ex. }
    rewrite closed_case2. wp_bind (closed_in _ _ _ _ (value _ _ _ _ _)).
    iApply (wp_bool p insts b s pr go pc fp A Q frame_here writable_here ρ E o f with "H"); [done..|].
    iIntros "H".
    assert (bool_decide (evf ρ f) ≠ ex → unwinds m = true) as Hm.
    { intros Hne. rewrite -Hok in Hne. destruct m; try done. simpl in Hun. by inversion Hun. }
    destruct (Bool.bool_dec (bool_decide (evf ρ f)) ex) as [Heq|Hne].
    - iAssert (WP ⟦ goto bb ⟧ {{ Φ }})%I with "[Hgo H H† HK]" as "Hwp".
      { iApply (here edge_sound pc _ ρ (add_fact ok E) with "Hgo H H† HK"); [done..|].
        constructor; [by apply Hok|done]. }
      rewrite Heq. destruct ex; wp_case; iExact "Hwp".
    - rewrite (Hm Hne) /= in Huw.
      iAssert (WP ⟦ unwinding p [] b u ⟧ {{ Φ }})%I with "[H H† HK]" as "Hwp".
      { iApply (here wp_unwind pc ρ with "H H† HK"); [by apply Hm|done]. }
      destruct (bool_decide (evf ρ f)), ex; try done; wp_case; iExact "Hwp".
  Qed.

  Lemma term_ok ρ E t w x :
    check_term p insts b s m sigs nodes E t w = Ok x → agree (ins s) ρ0 ρ → Forall (evf ρ) (facts E) →
    ▷ calls_ok -∗ go_on -∗ own ρ A Q (cells E) -∗ † fp … size -∗ K -∗
    WP ⟦ terminator p [] insts b ab t ⟧ {{ Φ }}.
  Proof.
    revert E x. induction w as [e|es ed|ps e|σ new ps e|σ ps|q|f w1 IH1 w2 IH2]; intros E x Hw Hag HF;
      iIntros "#Htab Hgo H H† HK".
    - destruct t; try done. cbn [check_term] in Hw.
      iApply (here edge_sound pc _ ρ E with "Hgo H H† HK"); done.
    - destruct t as [|o ts d| | | | | | |]; try done. by iApply (switch_ok with "Hgo H H† HK").
    - destruct t as [| | | |o ex bb u| | | |]; try done. by iApply (assert_ok with "Hgo H H† HK").
    - destruct t as [| |dst [f [|]|] os ret u| | | | | |]; try done. cbn [check_term] in Hw.
      iApply (here call_ok pc ρ E with "Htab Hgo H H† HK"); done.
    - destruct t; try done. cbn [check_term] in Hw.
      iApply (here return_sound pc ρ E with "H H† HK"); done.
    - iDestruct (known_sound with "H") as %HK; [done|].
      assert (refute (known E) q = true) as Hr.
      { cbn [check_term] in Hw. by destruct (refute (known E) q). }
      by destruct (refute_sound ρ _ _ Hr).
    - cbn [check_term] in Hw.
      destruct (check_term p insts b s m sigs nodes (add_fact f E) t w1) as [x1|] eqn:H1; [|done].
      destruct (decide (evf ρ f)) as [Hf|Hf].
      + iApply (IH1 (add_fact f E) with "Htab Hgo H H† HK"); [done..|]. by constructor.
      + iApply (IH2 (add_fact (neg f) E) with "Htab Hgo H H† HK"); [done..|].
        constructor; [by apply evf_neg|done].
  Qed.
  End at_pc.

  Lemma block_lookup (F : list stmt * term → expr) pc n bl :
    b_blocks b !! n = Some bl →
    map (subst "go" go) (map (subst "pr" pr) (map (subst "fp" (LitV (LitLoc fp))) (map (subst "pc" pc)
      (map F (b_blocks b))))) !! n = Some (closed_in pr go pc fp (F bl)).
  Proof.
    clear. generalize go. generalize pr. intros v1 v2. revert n. induction (b_blocks b) as [|bl' l IH]=> -[|k] //= H.
    - by injection H as ->.
    - by apply IH.
  Qed.

  Lemma blocks_ok :
    (∀ nd n, nodes !! nd = Some n → ∃ x, check_node p insts b s m sigs nodes n = Ok x) →
    ▷ calls_ok -∗ go_on.
  Proof.
    iIntros (Hnodes) "#Htab". iLöb as "IH". iIntros (nd n Hn) "(%ρ & %Hag & %HF & H) H† HK".
    destruct (Hnodes _ _ Hn) as [x Hx]. rewrite /check_node in Hx.
    destruct (b_blocks b !! n_block n) as [bl|] eqn:Hbl; [|done].
    destruct (execs p b s 0 (Env (cells (n_env n)) (known (n_env n))) (fst bl)) as [E|] eqn:Hss; [|done].
    iDestruct (known_sound with "H") as %HK; [done|].
    set (pc := LitV (LitInt (Z.of_nat (n_block n)))).
    iEval (rewrite {1}/go_fn).
    iApply wp_pure_step_later; [done|]. iIntros "!> _". rewrite -/(go_fn p [] insts b ab).
    cbn [subst' subst String.eqb Ascii.eqb Bool.eqb].
    iApply wp_pure_step_later; [split; [lia|]; rewrite Nat2Z.id; by apply block_lookup|]. iIntros "!> _".
    rewrite closed_block.
    iApply (wp_stmts p insts b s _ _ _ _ _ _ frame_here writable_here ρ0 with "[H]"); [done| |].
    { iExists ρ. by iFrame. }
    iIntros "(%ρ1 & %Hag1 & %HF1 & H)". by iApply (term_ok with "Htab IH H H† HK").
  Qed.
End blocks.
