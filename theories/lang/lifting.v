(** * λRust: weakest preconditions of the primitive steps

Instantiates Iris' weakest precondition with λRust and its heap, and gives the
rule of each primitive operation: allocation, deallocation, the four kinds of
access, compare-and-swap, fetch-and-add, fork, abort, and the pure steps as
instances of [PureExec].

A non-atomic access is one rule although it takes two steps: [wp_read_na] and
[wp_write_na] hide the intermediate state. They are not atomic: no invariant can
be open around them. The operations at order [ScOrd], compare-and-swap and
fetch-and-add are atomic.

Key results: the lemmas [wp_*] and the instances [pure_*].

Source: [lang/lifting.v] of RustBelt's λRust. *)
From iris.program_logic Require Export weakestpre.
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Export heap.
From tally.prelude Require Import options.

Class lrustGS Σ := LRustGS {
  lrustGS_invGS : invGS Σ;
  lrustGS_heapGS : heapGS Σ;
}.
Global Existing Instances lrustGS_heapGS.

Global Instance lrustGS_irisGS `{!lrustGS Σ} : irisGS lrust_lang Σ := {
  iris_invGS := lrustGS_invGS;
  state_interp σ _ _ _ := heap_ctx σ;
  fork_post _ := True%I;
  num_laters_per_step _ := 0;
  state_interp_mono _ _ _ _ := fupd_intro _ _;
}.

Global Instance into_val_val v : IntoVal (Val v) v.
Proof. done. Qed.

(** ** Steps of redexes *)
Local Lemma redex_step_intro e1 σ1 e2 σ2 efs :
  lrust_step e1 σ1 [] e2 σ2 efs → language.prim_step e1 σ1 [] e2 σ2 efs.
Proof. intros. by apply (Ectx_step []  e1 e2). Qed.
Local Lemma redex_step_elim e1 σ1 e2 σ2 efs κ e2' σ2' efs' :
  lrust_step e1 σ1 [] e2' σ2' efs' → language.prim_step e1 σ1 κ e2 σ2 efs →
  lrust_step e1 σ1 κ e2 σ2 efs.
Proof.
  intros Hred Hstep.
  first [apply (@head_reducible_prim_step lrust_ectx_lang)
    |apply (@base_reducible_prim_step lrust_ectx_lang)]; [|done].
  by exists [], e2', σ2', efs'.
Qed.
Local Lemma lrust_step_no_obs e1 σ1 κ e2 σ2 efs :
  lrust_step e1 σ1 κ e2 σ2 efs → κ = [].
Proof. by destruct 1. Qed.

Section lifting.
  Context `{!lrustGS Σ}.
  Implicit Types (P Q : iProp Σ) (Φ : val → iProp Σ) (E : coPset).
  Implicit Types (l : loc) (v : val) (q : Qp) (z : Z).

  (** The common shape of the rules of operations that take one step. *)
  Local Lemma wp_lift_redex E Φ e1 :
    to_val e1 = None →
    (∀ σ1, heap_ctx σ1 ={E}=∗
      ⌜∃ e2 σ2 efs, lrust_step e1 σ1 [] e2 σ2 efs⌝ ∗
      ▷ ∀ e2 σ2 efs, ⌜lrust_step e1 σ1 [] e2 σ2 efs⌝ ={E}=∗
        heap_ctx σ2 ∗ from_option Φ False (to_val e2) ∗
        [∗ list] ef ∈ efs, WP ef {{ _, True }}) -∗
    WP e1 @ E {{ Φ }}.
  Proof.
    iIntros (Hv) "H". iApply wp_lift_atomic_step; [done|].
    iIntros (σ1 ns κ κs nt) "Hσ".
    iMod ("H" with "Hσ") as "[(%e2' & %σ2' & %efs' & %Hred) H]". iModIntro. iSplit.
    { iPureIntro. eexists _, _, _, _. by apply redex_step_intro. }
    iNext. iIntros (e2 σ2 efs Hstep) "_". eapply redex_step_elim in Hstep; [|done].
    pose proof (lrust_step_no_obs _ _ _ _ _ _ Hstep) as ->.
    iMod ("H" with "[//]") as "($ & $ & H)". iModIntro. iApply (big_sepL_mono with "H").
    intros. by iIntros "$".
  Qed.

  (** ** Fork and abort *)
  Lemma wp_fork E e :
    {{{ ▷ WP e {{ _, True }} }}} Fork e @ E {{{ RET LitV LitPoison; True }}}.
  Proof.
    iIntros (Φ) "He HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iSplit.
    { iPureIntro. eexists _, _, _. by eapply ForkS. } iIntros "!>" (e2 σ2 efs Hstep) "!>".
    inversion Hstep; simplify_eq/=. iFrame. by iApply "HΦ".
  Qed.

  (** An aborting thread satisfies every postcondition, as it diverges. *)
  Lemma wp_abort E Φ : ⊢ WP Abort @ E {{ Φ }}.
  Proof.
    iLöb as "IH". iApply wp_lift_step; [done|]. iIntros (σ1 ns κ κs nt) "Hσ".
    iApply fupd_mask_intro; [set_solver|]. iIntros "Hclose". iSplit.
    { iPureIntro. eexists _, _, _, _. apply redex_step_intro, AbortS. }
    iNext. iIntros (e2 σ2 efs Hstep) "_". eapply redex_step_elim in Hstep; [|apply AbortS].
    inversion Hstep; simplify_eq/=. iMod "Hclose" as "_". iModIntro. by iFrame "#∗".
  Qed.

  (** ** Memory *)
  Lemma wp_alloc E n q k :
    (0 < n)%Z →
    {{{ ▷ heap_lease q k }}} Alloc (Val (LitV (LitInt n))) @ E
    {{{ l, RET LitV (LitLoc l); heap_lease q (S k) ∗
        † l … Z.to_nat n ∗ l ↦∗ replicate (Z.to_nat n) (LitV LitPoison) }}}.
  Proof.
    iIntros (Hn Φ) ">Hk HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iSplit.
    { iPureIntro. set (b := fresh (set_map loc_block (dom σ1) : gset block)).
      eexists _, _, _. apply (AllocS n (Loc b 0)); [done|]. intros i.
      apply not_elem_of_dom. intros Hi.
      assert (b ∈ (set_map loc_block (dom σ1) : gset block)) as []%is_fresh.
      apply elem_of_map. by exists (Loc b 0 +ₗ i)%L. }
    iIntros "!>" (e2 σ2 efs Hstep). inversion Hstep; simplify_eq/=.
    match goal with H : block_fresh _ ?l |- _ =>
      iMod (heap_alloc _ l (Z.to_nat n) with "Hσ Hk") as "($ & Hk & H† & Hl)"; [lia|done|] end.
    iModIntro. iSplitL; [|done]. iApply "HΦ". iFrame.
  Qed.

  Lemma wp_free E (n : Z) l vl q k :
    n = length vl →
    {{{ ▷ heap_lease q (S k) ∗ ▷ l ↦∗ vl ∗ ▷ † l … length vl }}}
      Free (Val (LitV (LitInt n))) (Val (LitV (LitLoc l))) @ E
    {{{ RET LitV LitPoison; heap_lease q k }}}.
  Proof.
    iIntros (-> Φ) "(>Hk & >Hl & >H†) HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iMod (heap_free with "Hσ Hk Hl H†") as "(%Hn & %Hb & Hσ & Hk)"; [done|].
    iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply FreeS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    rewrite Nat2Z.id. iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  (** In a heap that is not tracked nobody asks for a lease. *)
  Lemma wp_alloc_untracked `{!UntrackedHeap Σ} E n :
    (0 < n)%Z →
    {{{ True }}} Alloc (Val (LitV (LitInt n))) @ E
    {{{ l, RET LitV (LitLoc l);
        † l … Z.to_nat n ∗ l ↦∗ replicate (Z.to_nat n) (LitV LitPoison) }}}.
  Proof.
    iIntros (Hn Φ) "_ HΦ". iApply (wp_alloc _ _ 1 0); [done|by iApply heap_lease_untracked|].
    iIntros "!>" (l) "[_ H]". by iApply "HΦ".
  Qed.
  Lemma wp_free_untracked `{!UntrackedHeap Σ} E (n : Z) l vl :
    n = length vl →
    {{{ ▷ l ↦∗ vl ∗ ▷ † l … length vl }}}
      Free (Val (LitV (LitInt n))) (Val (LitV (LitLoc l))) @ E
    {{{ RET LitV LitPoison; True }}}.
  Proof.
    iIntros (Hn Φ) "[Hl H†] HΦ". iApply (wp_free _ _ _ _ 1 0 with "[$Hl $H†]"); [done| |].
    { by iApply heap_lease_untracked. }
    iIntros "!> _". by iApply "HΦ".
  Qed.

  Lemma wp_read_sc E l q v :
    {{{ ▷ l ↦{q} v }}} Read ScOrd (Val (LitV (LitLoc l))) @ E {{{ RET v; l ↦{q} v }}}.
  Proof.
    iIntros (Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iDestruct (heap_read with "Hσ Hl") as %[n Hσl]. iSplit.
    { iPureIntro. eexists _, _, _. by eapply ReadScS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  Lemma wp_write_sc E l v v' :
    {{{ ▷ l ↦ v' }}} Write ScOrd (Val (LitV (LitLoc l))) (Val v) @ E
    {{{ RET LitV LitPoison; l ↦ v }}}.
  Proof.
    iIntros (Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iDestruct (heap_read_1 with "Hσ Hl") as %Hσl.
    iMod (heap_write _ _ _ v with "Hσ Hl") as "[Hσ Hl]". iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply WriteScS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  Lemma wp_read_na E l q v :
    {{{ ▷ l ↦{q} v }}} Read Na1Ord (Val (LitV (LitLoc l))) @ E {{{ RET v; l ↦{q} v }}}.
  Proof.
    iIntros (Φ) ">Hl HΦ". iApply wp_lift_step; [done|]. iIntros (σ1 ns κ κs nt) "Hσ".
    iMod (heap_read_na with "Hσ Hl") as (n) "(%Hσl & Hσ & Hend)".
    iApply fupd_mask_intro; [set_solver|]. iIntros "Hclose". iSplit.
    { iPureIntro. eexists _, _, _, _. by eapply redex_step_intro, ReadNa1S. }
    iNext. iIntros (e2 σ2 efs Hstep) "_".
    eapply redex_step_elim in Hstep; [|by eapply ReadNa1S].
    inversion Hstep; simplify_eq/=. iMod "Hclose" as "_". iFrame "Hσ".
    iModIntro. iSplitL; [|done]. clear dependent σ1 n.
    iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iMod ("Hend" with "Hσ") as (n) "(%Hσl & Hσ & Hl)". iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply ReadNa2S. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  Lemma wp_write_na E l v v' :
    {{{ ▷ l ↦ v' }}} Write Na1Ord (Val (LitV (LitLoc l))) (Val v) @ E
    {{{ RET LitV LitPoison; l ↦ v }}}.
  Proof.
    iIntros (Φ) ">Hl HΦ". iApply wp_lift_step; [done|]. iIntros (σ1 ns κ κs nt) "Hσ".
    iMod (heap_write_na _ _ _ v with "Hσ Hl") as "(%Hσl & Hσ & Hend)".
    iApply fupd_mask_intro; [set_solver|]. iIntros "Hclose". iSplit.
    { iPureIntro. eexists _, _, _, _. by eapply redex_step_intro, WriteNa1S. }
    iNext. iIntros (e2 σ2 efs Hstep) "_".
    eapply redex_step_elim in Hstep; [|by eapply WriteNa1S].
    inversion Hstep; simplify_eq/=. iMod "Hclose" as "_". iFrame "Hσ".
    iModIntro. iSplitL; [|done]. clear dependent σ1.
    iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iMod ("Hend" with "Hσ") as "(%Hσl & Hσ & Hl)". iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply WriteNa2S. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  (** ** Read-modify-write *)
  Lemma wp_cas_fail E m l q lit lit1 v2 :
    cas_compare lit lit1 = Some false →
    {{{ ▷ l ↦{q} LitV lit }}}
      Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2) @ E
    {{{ RET LitV (cas_result m false lit); l ↦{q} LitV lit }}}.
  Proof.
    iIntros (Hcmp Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iDestruct (heap_read with "Hσ Hl") as %[n Hσl]. iSplit.
    { iPureIntro. eexists _, _, _. by eapply CasFailS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  Lemma wp_cas_succ E m l lit lit1 v2 :
    m ≠ CasWeak → cas_compare lit lit1 = Some true →
    {{{ ▷ l ↦ LitV lit }}}
      Cas m (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2) @ E
    {{{ RET LitV (cas_result m true lit); l ↦ v2 }}}.
  Proof.
    iIntros (Hm Hcmp Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iDestruct (heap_read_1 with "Hσ Hl") as %Hσl.
    iMod (heap_write _ _ _ v2 with "Hσ Hl") as "[Hσ Hl]". iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply CasSuccS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  (** A weak compare-and-swap that would succeed may also do nothing. *)
  Lemma wp_cas_weak E l lit lit1 v2 :
    cas_compare lit lit1 = Some true →
    {{{ ▷ l ↦ LitV lit }}}
      Cas CasWeak (Val (LitV (LitLoc l))) (Val (LitV lit1)) (Val v2) @ E
    {{{ (b : bool), RET LitV (lit_of_bool b); l ↦ (if b then v2 else LitV lit) }}}.
  Proof.
    iIntros (Hcmp Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iDestruct (heap_read_1 with "Hσ Hl") as %Hσl. iSplit.
    { iPureIntro. eexists _, _, _. by eapply CasSuccS. }
    iIntros "!>" (e2 σ2 efs Hstep). inversion Hstep; simplify_eq/=.
    - iMod (heap_write _ _ _ v2 with "Hσ Hl") as "[$ Hl]". iModIntro.
      iSplitL; [|done]. iApply ("HΦ" $! true with "Hl").
    - iModIntro. iFrame "Hσ". iSplitL; [|done]. iApply ("HΦ" $! false with "Hl").
  Qed.

  Lemma wp_faa E t l z d :
    in_int_range t z → in_int_range t d →
    {{{ ▷ l ↦ LitV (LitInt z) }}}
      Faa t (Val (LitV (LitLoc l))) (Val (LitV (LitInt d))) @ E
    {{{ RET LitV (LitInt z); l ↦ LitV (LitInt (int_wrap t (z + d))) }}}.
  Proof.
    iIntros (Hz Hd Φ) ">Hl HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ".
    iDestruct (heap_read_1 with "Hσ Hl") as %Hσl.
    iMod (heap_write _ _ _ (LitV (LitInt (int_wrap t (z + d)))) with "Hσ Hl")
      as "[Hσ Hl]".
    iModIntro. iSplit.
    { iPureIntro. eexists _, _, _. by eapply FaaS. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done]. by iApply "HΦ".
  Qed.

  (** ** Comparing locations that are both live *)
  Lemma wp_eq_loc E l1 l2 q1 q2 v1 v2 :
    {{{ ▷ l1 ↦{q1} v1 ∗ ▷ l2 ↦{q2} v2 }}}
      BinOp EqOp (Val (LitV (LitLoc l1))) (Val (LitV (LitLoc l2))) @ E
    {{{ RET LitV (lit_of_bool (bool_decide (l1 = l2))); l1 ↦{q1} v1 ∗ l2 ↦{q2} v2 }}}.
  Proof.
    iIntros (Φ) "[>Hl1 >Hl2] HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iDestruct (heap_read with "Hσ Hl1") as %[n1 Hσ1].
    iDestruct (heap_read with "Hσ Hl2") as %[n2 Hσ2].
    iSplit. { iPureIntro. eexists _, _, _. apply BinOpS. by constructor. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done].
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; simplify_eq/= end.
    - iApply "HΦ". iFrame.
    - naive_solver.
  Qed.
  (** … and of any locations, of which nothing is known. *)
  Lemma wp_eq_loc_any E l1 l2 :
    {{{ True }}}
      BinOp EqOp (Val (LitV (LitLoc l1))) (Val (LitV (LitLoc l2))) @ E
    {{{ (b : bool), RET LitV (lit_of_bool b); True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". iApply wp_lift_redex; [done|]. iIntros (σ1) "Hσ !>".
    iSplit. { iPureIntro. eexists _, _, _. apply BinOpS. by constructor. }
    iIntros "!>" (e2 σ2 efs Hstep) "!>". inversion Hstep; simplify_eq/=.
    iFrame "Hσ". iSplitL; [|done].
    match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; simplify_eq/= end.
    all: by iApply "HΦ".
  Qed.
End lifting.

(** ** Pure steps *)
Section pure_exec.
  Local Lemma redex_pure_step e1 e2 :
    (∀ σ, lrust_step e1 σ [] e2 σ []) →
    (∀ σ κ e2' σ2 efs, lrust_step e1 σ κ e2' σ2 efs → σ2 = σ ∧ e2' = e2 ∧ efs = []) →
    pure_step e1 e2.
  Proof.
    intros Hstep Hdet. split.
    - intros σ. eexists _, _, _. by eapply redex_step_intro.
    - intros σ κ e2' σ2 efs Hprim. eapply redex_step_elim in Hprim; [|by apply Hstep].
      pose proof (lrust_step_no_obs _ _ _ _ _ _ Hprim). by apply Hdet in Hprim as (-> & -> & ->).
  Qed.

  Local Ltac solve_pure_exec :=
    intros ?; apply nsteps_once, redex_pure_step;
    [intros; by constructor
    |intros ????? Hstep; inversion Hstep; simplify_eq/=; try done].

  Global Instance pure_rec f xl e :
    PureExec True 1 (Rec f xl e) (Val (RecV f xl e)).
  Proof. solve_pure_exec. Qed.

  Global Instance pure_unop op lit lit' :
    PureExec (un_op_eval op lit = Some lit') 1
      (UnOp op (Val (LitV lit))) (Val (LitV lit')).
  Proof. solve_pure_exec. Qed.

  (** The operations but for the comparison of two locations, whose answer may
      depend on the memory. *)
  Definition lit_is_loc (lit : base_lit) : bool :=
    match lit with LitLoc _ => true | _ => false end.

  Global Instance pure_binop op lit1 lit2 lit :
    PureExec (bin_op_eval_pure op lit1 lit2 = Some lit ∧
              ¬ (op = EqOp ∧ lit_is_loc lit1 ∧ lit_is_loc lit2)) 1
      (BinOp op (Val (LitV lit1)) (Val (LitV lit2))) (Val (LitV lit)).
  Proof.
    intros [Hop Hne]. apply nsteps_once, redex_pure_step.
    - intros σ. by apply BinOpS, BinOpPure.
    - intros σ κ e2 σ2 efs Hstep. inversion Hstep; simplify_eq/=.
      match goal with H : bin_op_eval _ _ _ _ _ |- _ => inversion H; simplify_eq/= end.
      + done.
      + by destruct Hne.
  Qed.

  Global Instance pure_case i el e :
    PureExec (0 ≤ i ∧ el !! Z.to_nat i = Some e)%Z 1
      (Case (Val (LitV (LitInt i))) el) e.
  Proof.
    intros [??]; apply nsteps_once, redex_pure_step.
    - intros. by constructor.
    - intros ????? Hstep. inversion Hstep; by simplify_eq/=.
  Qed.
End pure_exec.

(** The instance for function calls finds the values of the arguments and, in
    the tactic [wp_rec] only, unfolds a function hidden in a definition. *)
Class AsRecV (v : val) (f : binder) (xl : list binder) (e : expr) :=
  as_recv : v = RecV f xl e.
Global Hint Mode AsRecV ! - - - : typeclass_instances.
Definition AsRecV_recv f xl e : AsRecV (RecV f xl e) f xl e := eq_refl.
Global Hint Extern 0 (AsRecV (RecV _ _ _) _ _ _) =>
  apply AsRecV_recv : typeclass_instances.

Class AsVals (el : list expr) (vl : list val) := as_vals : el = Val <$> vl.
Global Hint Mode AsVals ! - : typeclass_instances.
Global Instance as_vals_nil : AsVals [] [].
Proof. done. Qed.
Global Instance as_vals_cons v el vl : AsVals el vl → AsVals (Val v :: el) (v :: vl).
Proof. rewrite /AsVals=> -> //. Qed.
Global Instance as_vals_fmap vl : AsVals (Val <$> vl) vl.
Proof. done. Qed.

Global Instance pure_beta v f xl e el vl e' `{!AsRecV v f xl e, !AsVals el vl} :
  PureExec (subst_list xl vl e = Some e') 1 (App (Val v) el) (subst' f v e').
Proof.
  rewrite /AsRecV /AsVals in AsRecV0 AsVals0 *. subst v el.
  intros ?; apply nsteps_once, redex_pure_step; [intros; by constructor|].
  intros ????? Hstep. by inversion Hstep; simplify_eq/=.
Qed.

(** ** Atomicity *)
Section atomic.
  Local Ltac solve_atomic :=
    apply strongly_atomic_atomic, ectx_language_atomic;
    [intros ????? Hstep; inversion Hstep; simplify_eq/=; by eexists
    |apply ectxi_language_sub_redexes_are_values; intros [] ? Heq; simplify_eq/=; eauto].

  Global Instance atomic_fork s e : Atomic s (Fork e).
  Proof. solve_atomic. Qed.
  Global Instance atomic_alloc s v : Atomic s (Alloc (Val v)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_free s v1 v2 : Atomic s (Free (Val v1) (Val v2)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_read_sc s v : Atomic s (Read ScOrd (Val v)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_write_sc s v1 v2 : Atomic s (Write ScOrd (Val v1) (Val v2)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_cas s m v0 v1 v2 : Atomic s (Cas m (Val v0) (Val v1) (Val v2)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_faa s t v1 v2 : Atomic s (Faa t (Val v1) (Val v2)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_binop s op v1 v2 : Atomic s (BinOp op (Val v1) (Val v2)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_unop s op v : Atomic s (UnOp op (Val v)).
  Proof. solve_atomic. Qed.
  Global Instance atomic_rec s f xl e : Atomic s (Rec f xl e).
  Proof. solve_atomic. Qed.
End atomic.
