(** * A shared list, with types

The programs of [rc_list.v], about which nothing is said here but what their types say:
these types know nothing of counts, values or leaks.

<<
  struct Node { value: u64, tail: Option<Rc<Node>> }

  let list = build(n);
  let r = &list;
  let clone = r.clone();                  // a handle is cloned through a reference to it
  let sum = sum(r);                       // each handle in the list is dereferenced
  let longer = cons(x, clone);
  drop(list);
  drop(longer);
  sum
>>

[node] is the fixpoint of what the struct says. [list_sum_typed]: whoever has a reference to a
list, for whatever lifetime, may walk along it; for this each [&'κ Rc<Node>] gives
a [&'κ Node] and this one a [&'κ Option<Rc<Node>>]. [list_glue_typed]: the destructor is one of the
type, though it calls itself.

[typed_list_adequate]: no execution gets stuck, and what it returns is a [u64]. How much it is,
and that no memory is left, is in [rc_list.v], where all handles are known. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp_correct.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context lft_option.
From tally.examples Require Import rc_list.
From tally.prelude Require Import options.

Section list.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, HU : !UntrackedHeap Σ, HrcG : !rcG Σ lft}.
  Context (p : na_inv_pool_name).
  Implicit Types (l b : loc) (v : val) (z : Z) (q : Qp) (κ : lft).

  Definition typedN : namespace := nroot .@ "typed".
  (** [Option<Rc<T>>], and what a node is if [T] is a node. *)
  Definition list_of (τ : lty Σ) : lty Σ := option_rc_lty p typedN τ.
  Definition node_of (τ : ltyO Σ) : ltyO Σ := pair_lty (int_lty u64) (list_of τ).
  Global Instance node_of_contractive : Contractive node_of.
  Proof.
    intros n τ τ' Hτ. apply pair_lty_ne; [done|]. by apply option_rc_lty_contractive.
  Qed.
  Definition node : lty Σ := lty_fix node_of.
  Definition list_lty : lty Σ := list_of node.

  Lemma node_size : lty_size node = 2.
  Proof. destruct (lty_fix_unfold node_of) as (Hs & _). exact Hs. Qed.
  Lemma node_cost : lty_cost node = 10.
  Proof. destruct (lty_fix_unfold node_of) as (_ & Hc & _). exact Hc. Qed.
  Lemma node_own v z : in_int_range u64 z → lty_own list_lty [v] -∗ lty_own node [ #z; v].
  Proof.
    iIntros (Hz) "Hv". iApply (lty_eqv_own with "[] [Hv]").
    { iApply lty_eqv_sym. iApply (lty_fix_eqv node_of). }
    iExists [ #z]%V, [v]. iSplit; [done|]. iFrame "Hv". by iApply int_ty_own_intro.
  Qed.
  Lemma node_own_inv vl :
    lty_own node vl -∗ ∃ z v, ⌜vl = [ #z; v]%V⌝ ∗ lty_own list_lty [v].
  Proof.
    iIntros "H". iDestruct (lty_eqv_own with "[] H") as "H".
    { iApply (lty_fix_eqv node_of). }
    iDestruct "H" as (vl1 vl2) "(-> & H1 & H2)".
    iAssert (ty_own (int_ty u64) vl1) with "H1" as "H1". rewrite int_ty_own.
    iDestruct "H1" as (z) "[-> _]".
    iDestruct (lty_size_eq with "H2") as %Hlen.
    destruct vl2 as [|v [|]]; try done. iExists z, v. by iFrame "H2".
  Qed.
  (** A reference to a node is one to each field. *)
  Lemma node_shr κ l :
    lty_shr node κ l -∗ lty_shr (int_lty u64) κ l ∗ lty_shr list_lty κ (l +ₗ 1).
  Proof.
    iIntros "H". iDestruct (lty_eqv_shr with "[] H") as "H".
    { iApply (lty_fix_eqv node_of). }
    iDestruct "H" as "[$ $]".
  Qed.

  (** ** References *)

  Definition list_shr κ v : iProp Σ := option_rc_shr p typedN node κ v.
  Lemma list_sum_typed κ q v :
    {{{ list_shr κ v ∗ q.[κ] }}}
      list_sum [v]
    {{{ z, RET #z; ⌜in_int_range u64 z⌝ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[Hv Hq] HΦ". iLöb as "IH" forall (v Φ).
    iDestruct "Hv" as "[->|(%b & -> & #Hb)]".
    { wp_rec. wp_pures. iApply "HΦ". by iFrame "Hq". }
    iDestruct (rc_at_shr_deref with "Hb") as "#Hnode".
    wp_rec. wp_op. wp_if. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (node_shr with "Hnode") as "[Hval _]".
    wp_apply (int_shr_read with "[$Hval $Hq]"). iIntros (z) "[%Hz Hq]".
    wp_bind (list_tail _). wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_". wp_op.
    iDestruct (node_shr with "Hnode") as "[_ Htail]".
    wp_apply (option_rc_shr_read with "[$Htail $Hq]"). iIntros (w) "[Hw Hq]".
    wp_apply ("IH" with "Hw Hq"). iIntros (s) "[%Hs Hq]".
    assert (bin_op_eval_pure (WrapOp u64 AddOp) z s =
      Some (LitInt (int_wrap u64 (z + s)))) as Hadd.
    { rewrite /= /arith_eval_at decide_True //=. }
    wp_op. iModIntro. iApply "HΦ". iFrame "Hq". iPureIntro. apply int_wrap_in_range.
  Qed.
  (** ** Lists in hand *)
  Lemma list_cons_typed z v :
    in_int_range u64 z →
    {{{ £ 5 ∗ na_own p ⊤ ∗ lty_own list_lty [v] }}}
      list_cons [ #z; v]
    {{{ w, RET w; £ 2 ∗ na_own p ⊤ ∗ lty_own list_lty [w] }}}.
  Proof using HU.
    iIntros (Hz Φ) "(H£ & Hna & Hv) HΦ". rewrite /list_cons. wp_pure _ credit:"H£1".
    wp_alloc src as "Hsrc" "Hsrc†". iEval (rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton) in "Hsrc".
    iDestruct "Hsrc" as "[H1 H2]". wp_pure _ credit:"H£2". wp_write. wp_pure _ credit:"H£3".
    wp_pure _ credit:"H£4". wp_write. wp_pure _ credit:"H£5".
    iCombine "H£ H£1 H£2 H£3 H£4 H£5" as "H£".
    iDestruct (node_own with "Hv") as "Hnode"; [done|].
    pose proof (rc_lty_new_spec p typedN node ⊤ src [ #z; v]%V 1 0) as Hnew.
    rewrite node_size node_cost in Hnew.
    wp_apply (Hnew with "[H£ Hna H1 H2 Hnode]"); [done| |].
    { iFrame "Hna Hnode". iSplitL "H£"; [iExact "H£"|].
      iSplitR; [iApply heap_lease_untracked|].
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    iIntros (b) "(Hb & Hna & Hsrc)". wp_pure _ credit:"H£1". wp_free. wp_pure _ credit:"H£2".
    iCombine "H£1 H£2" as "H£".
    iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "H£"; [iExact "H£"|by iRight].
  Qed.
  Lemma list_build_typed (n : nat) :
    in_int_range u64 (Z.of_nat n) →
    {{{ na_own p ⊤ }}}
      list_build [ #n]
    {{{ v, RET v; £ 2 ∗ na_own p ⊤ ∗ lty_own list_lty [v] }}}.
  Proof using HU.
    induction n as [|n IH]; iIntros (Hn Φ) "Hna HΦ"; rewrite /list_build.
    { wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_pures. iCombine "H£1 H£2" as "H£".
      iModIntro. iApply "HΦ". iFrame "Hna". iSplitL "H£"; [iExact "H£"|by iLeft]. }
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    wp_pure _ credit:"H£4". wp_op. assert (Z.of_nat (S n) - 1 = Z.of_nat n)%Z as -> by lia.
    wp_apply (IH with "Hna").
    { change (0 ≤ Z.of_nat (S n) ≤ int_max u64)%Z in Hn.
      change (0 ≤ Z.of_nat n ≤ int_max u64)%Z. lia. }
    iIntros (v) "(_ & Hna & Hv)". wp_pure _ credit:"H£5".
    iCombine "H£1 H£2 H£3 H£4 H£5" as "H£".
    wp_apply (list_cons_typed with "[H£ $Hna $Hv]"); [done|iExact "H£"|].
    iIntros (w) "H". by iApply "HΦ".
  Qed.
  (** The destructor of a list, if that of a node is one. *)
  Lemma list_drop_typed v :
    {{{ ty_drop_spec (na_own p ⊤) (lty_ty node) list_glue (λ _, True) ∗
        na_own p ⊤ ∗ lty_own list_lty [v] }}}
      list_drop [v]
    {{{ RET #☠; na_own p ⊤ }}}.
  Proof.
    pose proof (option_rc_lty_drop_spec p typedN node ⊤ list_glue (λ _, True)%I v) as Hdrop.
    rewrite node_size in Hdrop. by apply Hdrop.
  Qed.
  Lemma list_glue_typed :
    ⊢ ty_drop_spec (na_own p ⊤) (lty_ty node) list_glue (λ _, True).
  Proof.
    iLöb as "IH". iEval (rewrite /ty_drop_spec). iIntros (l vl) "!> %Φ (Hna & Hl & Hvl) HΦ".
    iDestruct (node_own_inv with "Hvl") as (z v) "[-> Hv]".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hl" as "[H1 H2]".
    wp_rec. wp_pures. wp_read. wp_let.
    wp_apply (list_drop_typed with "[$IH $Hna $Hv]"). iIntros "Hna".
    iApply ("HΦ" $! [ #z; v]%V).
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame "Hna H1 H2".
    iPureIntro. by rewrite /= node_size.
  Qed.
End list.

(** ** The program *)
Definition typed_list (n : nat) (x : Z) : expr :=
  let: "n" := #n in
  let: "x" := #x in
  let: "list" := Alloc #1 in
  "list" <- list_build ["n"];;
  let: "r" := "list" in
  let: "clone" := option_rc_clone [ (!"r") ] in
  let: "sum" := list_sum [ (!"r") ] in
  let: "longer" := list_cons ["x"; "clone"] in
  list_drop [ (!"list") ];;
  Free #1 "list";;
  list_drop ["longer"];;
  "sum".

Section client.
  Context `{!rcGS Σ, !lftG Σ, !rcG Σ lft, !UntrackedHeap Σ}.

  Lemma typed_list_spec (n : nat) x :
    in_int_range u64 (Z.of_nat n) → in_int_range u64 x →
    na_own rc_pool ⊤ -∗ WP typed_list n x {{ v, ⌜∃ z : Z, v = #z ∧ in_int_range u64 z⌝ }}.
  Proof using All.
    iIntros (Hn Hx) "Hna". rewrite /typed_list.
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2".
    wp_alloc c as "Hc" "Hc†". rewrite heap_pointsto_vec_singleton. wp_pure _ credit:"H£3".
    wp_apply (list_build_typed rc_pool with "Hna"); [done|]. iIntros (v) "(H£ & Hna & Hv)".
    wp_write. wp_pure _ credit:"H£4". wp_pure _ credit:"H£5".
    iCombine "H£ H£1 H£2 H£3 H£4 H£5" as "H£".
    (** The reference. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (bor_create _ κ (c ↦∗: lty_own (list_lty rc_pool)) with "[Hc Hv]")
      as "[Hbor Hback]"; [done| |].
    { iNext. iExists [v]. rewrite heap_pointsto_vec_singleton. iFrame. }
    iMod (lty_share (list_lty rc_pool) ⊤ κ c 1 with "[H£ $Hbor $Hκ]") as "[#Hr Hκ]"; [done| |].
    { iExact "H£". }
    wp_pures. wp_apply (option_rc_shr_clone_spec rc_pool typedN with "[$Hr $Hκ $Hna]"); [done|].
    iIntros (w) "(H£ & Hw & Hκ & Hna)". wp_pure _ credit:"H£1". wp_pures.
    wp_apply (option_rc_shr_read with "[$Hr $Hκ]"). iIntros (u) "[Hu Hκ]".
    wp_apply (list_sum_typed with "[$Hu $Hκ]"). iIntros (z) "[%Hz Hκ]".
    wp_pure _ credit:"H£2". iCombine "H£ H£1 H£2" as "H£". wp_pures.
    wp_apply (list_cons_typed with "[H£ $Hna $Hw]"); [done|iExact "H£"|].
    iIntros (y) "(_ & Hna & Hy)". wp_pures.
    (** It is over, and the list is back. *)
    iMod ("Hend" with "Hκ") as "H†". iMod ("Hback" with "H†") as "H".
    rewrite /heap_pointsto_pred. iDestruct "H" as (vl) "[>Hc Hv]".
    iAssert (▷ ⌜length vl = 1⌝)%I as "#>%Hlen".
    { iNext. iDestruct (lty_size_eq with "Hv") as %Hlen. iPureIntro. exact Hlen. }
    destruct vl as [|v' [|]]; try done. rewrite heap_pointsto_vec_singleton. wp_read.
    iPoseProof (list_glue_typed rc_pool) as "#Hglue".
    wp_apply (list_drop_typed with "[$Hglue $Hna $Hv]"). iIntros "Hna". wp_pures.
    rewrite -heap_pointsto_vec_singleton. wp_free. wp_pures.
    wp_apply (list_drop_typed with "[$Hglue $Hna $Hy]"). iIntros "_". wp_pures.
    iPureIntro. by exists z.
  Qed.
End client.

(** Whatever the length and the number: never stuck, and a [u64]. *)
Theorem typed_list_adequate (n : nat) x :
  in_int_range u64 (Z.of_nat n) → in_int_range u64 x →
  adequate NotStuck (typed_list n x) ∅ (λ v _, ∃ z : Z, v = #z%V ∧ in_int_range u64 z).
Proof.
  intros Hn Hx.
  apply (rc_adequacy_untracked #[rc_stdΣ; lftΣ; rcΣ lft] _
    (λ v, ∃ z : Z, v = #z%V ∧ in_int_range u64 z)).
  iIntros (HΣ Huntracked) "Hna". iApply (typed_list_spec with "Hna"); done.
Qed.

(** One execution, computed: it gets to the end, and the memory is empty. *)
Lemma typed_list_run :
  let o := run_program choice_reuse [] 5000 (typed_list 4 100) in
  main_value o = Some #10%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.
