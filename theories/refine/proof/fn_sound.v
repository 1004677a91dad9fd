(** * Whole functions: what is accepted has its signature's meaning

[fn_ok]: a function whose entry and nodes the checker accepts satisfies its signature, if
the functions of the table do. That they do is [check_sound], an induction over steps of
execution ([refine/check_sound.v]). *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Import check.
From tally.refine.proof Require Import formula_sound open_code cells stmt_sound call_sound term_sound.
From tally.refine.proof Require Import body_sound entry_sound.
From tally.prelude Require Import options.
Local Open Scope Z_scope.
Local Open Scope loc_scope.

Lemma replicate_has_length {A} n (x : A) : length (replicate n x) = n.
Proof. induction n as [|n IH]; [done|]. cbn. by rewrite IH. Qed.
Lemma length_first {A} (l l' : list A) : (length l ≤ length (l ++ l'))%nat.
Proof. induction l as [|x l IH]; cbn; [lia|]. by apply le_n_S. Qed.
Lemma lookup_second {A} (l l' : list A) j : (l ++ l') !! (length l + j)%nat = l' !! j.
Proof. by induction l. Qed.
Lemma lookup_first {A B} (l : list (A * B)) j x : l !! j = Some x → map fst l !! j = Some x.1.
Proof. revert j. induction l as [|y l IH]=> -[|j] //= Hj; [by injection Hj as ->|by apply IH]. Qed.
Lemma forall_seq (P : nat → Prop) i n j : Forall P (seq i n) → (j < n)%nat → P (i + j)%nat.
Proof.
  revert i j. induction n as [|n IH]=> i [|j] HP Hj; [lia..| |]; inversion HP as [|?? H1 H2]; subst.
  - by rewrite Nat.add_0_r.
  - rewrite Nat.add_succ_r. apply (IH (S i)); [done|lia].
Qed.

Local Set Default Proof Using "All".
Section fn.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Context (p : program) (insts : list instance) (m : mode) (sigs : nat → option sig).
  Implicit Types (ρ : valuation) (b : body) (s : sig).
  Notation "'pr'" := (table p [] insts).

  Lemma fn_ok b s nodes ab c x :
    plain_abi ab = true → frame_ok p b s = true → sig_ok s = true →
    check_edge s nodes 0 (entry_env p b s) 0 c = Ok x →
    (∀ nd n, nodes !! nd = Some n → ∃ x, check_node p insts b s m sigs nodes n = Ok x) →
    ▷ table_ok p insts m sigs -∗ fn_spec (unwinds m) [pr] (body_fn p [] insts b ab) s.
  Proof.
    intros Hab Hfr Hsok Hc Hnodes. iIntros "#Htab !>" (ρ args Φ Hreq) "Hargs HK".
    iDestruct (big_sepL2_length with "Hargs") as %Hlen.
    destruct (frame_ok_locals p b s Hfr) as (Hnargs & _ & Hlocals).
    rewrite /body_fn. iApply wp_pure_step_later.
    { apply (enter_code p insts b s ab); [exact Hab|exact Hfr|by rewrite map_keeps_length]. }
    iIntros "!> _". cbn [subst']. rewrite /framed. iApply wp_let.
    iApply (wp_alloc_untracked with "[//]"); [rewrite /frame_cells /cells_before; lia|].
    iIntros "!>" (fp) "[H† Hfp]". rewrite Nat2Z.id subst_frame. iApply wp_seq_bind. iApply wp_value.
    set (A := addrs fp (size p b) ++ map fst (ptrs (s_params s) args)).
    iDestruct (args_split ρ A with "Hargs") as "[%Hargs Hptrs]".
    pose proof (pure_shaped _ _ _ Hargs) as Hsh.
    iDestruct (addrs_alloc ρ A fp (size p b) with "Hfp") as "Hfp"; [apply replicate_has_length|].
    set (Q := fractions p b s args).
    iAssert (own ρ A Q (replicate (size p b) SAny ++ pointee_syms s)) with "[Hptrs Hfp]" as "H".
    { rewrite /A /Q (own_split p insts b s m sigs nodes ab Hab fp args Hsh Hsok ρ Φ).
      assert (size p b = length (replicate (size p b) SAny)) as Hrep.
      { symmetry. apply replicate_has_length. }
      rewrite (take_first _ _ _ Hrep) (drop_first _ _ _ Hrep). iFrame "Hfp". iExact "Hptrs". }
    assert (∀ k : nat, (k < size p b)%nat → A !! k = Some (fp +ₗ k)) as HA.
    { apply (frame_addrs p insts b s m sigs nodes ab Hab fp args Hsh Hsok ρ Φ). }
    iApply (wp_stores p b fp A Q HA with "H").
    - intros k Hk. rewrite /Q /fractions. by rewrite decide_True.
    - intros j Hj. rewrite Hnargs in Hlocals. by apply (forall_seq _ _ _ _ Hlocals Hj).
    - intros j lq Hj.
      replace (size p b + j)%nat with (length (addrs fp (size p b)) + j)%nat by by rewrite addrs_length.
      rewrite /A lookup_second. by apply lookup_first.
    - done.
    - rewrite -{1}(replicate_has_length (size p b) SAny). apply length_first.
    - iIntros "H".
      iPoseProof (edge_sound p insts b s m sigs nodes ab Hab fp args Hsh Hsok ρ Φ (LitV LitPoison)
        0 ρ (entry_env p b s) 0 c x Hc with "[] H H† HK") as "Hwp"; [done|exact Hreq| |].
      { by iApply (blocks_ok p insts b s m sigs nodes ab Hab fp args Hsh Hsok ρ Φ). }
      rewrite closed_goto. iExact "Hwp".
  Qed.

  Lemma check_nodes_ok b s all f i ns u :
    check_nodes p insts b s m sigs all f i ns = Ok u →
    ∀ nd n, ns !! nd = Some n → ∃ x, check_node p insts b s m sigs all n = Ok x.
  Proof.
    revert i. induction ns as [|n ns IH]=> i Hns [|nd] n' Hn; try done; cbn [check_nodes] in Hns;
      destruct (check_node p insts b s m sigs all n) as [x|] eqn:Hx; try done.
    - injection Hn as <-. by exists x.
    - by eapply IH.
  Qed.
  Lemma check_fn_ok f c u :
    check_fn m p insts sigs f c = Ok u →
    ▷ table_ok p insts m sigs -∗
    fn_spec (unwinds m) [pr] (instance_fn p [] insts (IFn f [])) (cf_sig c).
  Proof.
    rewrite /check_fn /instance_fn. destruct (nth_error (p_fns p) f) as [b0|]; [|done].
    destruct (sig_ok (cf_sig c)) eqn:Hsok; [|done].
    destruct (plain_abi (body_abi (p_adts p) b0)) eqn:Hab; [|done].
    destruct (frame_ok p (body_subst [] b0) (cf_sig c)) eqn:Hfr; [|done]. cbn [andb].
    destruct (check_edge (cf_sig c) (c_nodes (cf_cert c)) 0 (entry_env p (body_subst [] b0) (cf_sig c)) 0
      (c_entry (cf_cert c))) as [x|] eqn:He; [|done].
    intros Hns. eapply fn_ok; [done..|exact He|]. by eapply check_nodes_ok.
  Qed.
  (** What is known of the body of a function that is accepted. *)
  Lemma checked_fn_shape f c u :
    check_fn m p insts sigs f c = Ok u →
    ∃ b, nth_error (p_fns p) f = Some b ∧ plain_abi (body_abi (p_adts p) b) = true ∧
      b_args b = length (s_params (cf_sig c)) ∧ NoDup (map local_name (seq 1 (b_args b))).
  Proof using Type.
    rewrite /check_fn. destruct (nth_error (p_fns p) f) as [b0|]; [|done].
    destruct (sig_ok (cf_sig c)) eqn:Hsok; [|done].
    destruct (plain_abi (body_abi (p_adts p) b0)) eqn:Hab; [|done].
    destruct (frame_ok p (body_subst [] b0) (cf_sig c)) eqn:Hfr; [|done]. intros _.
    destruct (frame_ok_locals _ _ _ Hfr) as (Hargs & Hnd & _). by exists b0.
  Qed.
  Lemma check_fns_ok f fs u j c :
    check_fns m p insts sigs f fs = Ok u → fs !! j = Some (Some c) →
    ∃ u, check_fn m p insts sigs (f + j) c = Ok u.
  Proof using Type.
    revert f j. induction fs as [|c0 fs IH]=> f [|j] Hfs Hj; try done; cbn [check_fns] in Hfs; cbn in Hj.
    - injection Hj as ->. destruct (check_fn m p insts sigs f c) as [x|] eqn:Hx; [|done].
      exists x. by rewrite Nat.add_0_r.
    - rewrite Nat.add_succ_r. apply (IH (S f)); [|done]. destruct c0 as [c0|]; [|done].
      by destruct (check_fn m p insts sigs f c0).
  Qed.
End fn.
