(** A project outside of the library: a node with a weak handle on itself.

The program makes the node with [rc_new_cyclic], goes through the node's own weak
handle to a second and a third handle on it, and drops all of them. The last drop
lends the weak handle to the destructor. [self_ref_adequate]: the program never gets
stuck, returns 1, and leaves an empty memory. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

(** A node of one cell, which holds a [Weak] on the node itself. *)
Definition self_init : val :=
  λ: ["weak"; "content"], "content" <- weak_clone ["weak"].
Definition drop_node : val := weak_drop_in_place 1.
Definition self_ref : expr :=
  let: "x" := rc_new_cyclic 1 [self_init] in
  let: "u" := weak_upgrade [ (!(rc_deref ["x"])) ] in
  rc_drop 1 drop_node ["x"];;
  let: "w" := weak_upgrade [ (!(rc_deref ["u"])) ] in
  rc_drop 1 drop_node ["u"];;
  let: "n" := weak_strong_count [ (!(rc_deref ["w"])) ] in
  rc_drop 1 drop_node ["w"];;
  "n".

Section self_ref.
  Context `{!rcGS Σ}.
  Definition selfN : namespace := nroot .@ "self".
  (** The ownership of the weak handle stays with the handles: [j] is 1. *)
  Definition node_ty : type Σ := pure_ty (λ _, True).
  Definition node_so : rc_shared_own rc_pool selfN eq node_ty :=
    rc_so_fixed (so_na rc_pool (rc_contentN selfN) (rc_fixed_content node_ty)).

  Lemma self_init_spec γ (l : loc) vl :
    length vl = 1 →
    {{{ na_own rc_pool ⊤ ∗ rc_ref node_so γ l 1 1 0 ∗ (l +ₗ 2) ↦∗ vl }}}
      self_init [ #l; #(l +ₗ 2) ]
    {{{ v, RET v; na_own rc_pool ⊤ ∗ rc_ref node_so γ l 1 1 1 ∗ (l +ₗ 2) ↦∗ [ #l ] }}}.
  Proof.
    iIntros (Hvl Φ) "(Hna & Hr & Hl) HΦ". destruct vl as [|v [|]]; try done.
    wp_lam. wp_apply (weak_clone_spec node_so ⊤ with "[$Hna $Hr]"); [done|lia|].
    iIntros "[Hna Hr]". rewrite !(heap_pointsto_vec_singleton (l +ₗ 2)). wp_write.
    iApply "HΦ". rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). by iFrame.
  Qed.

  Lemma self_ref_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP self_ref {{ v, ⌜v = #1⌝ ∗ heap_lease 1 0 }}.
  Proof.
    iIntros "Hna L". rewrite /self_ref.
    wp_apply (rc_new_cyclic_spec node_so ⊤ self_init
      (λ γ l a r j, ⌜a = [ #l ] ∧ r = 1%Qp ∧ j = 1⌝)%I 1 0 with "[$L $Hna]"); [done| |].
    { iIntros (γ l vl [Hγ Hvl]) "Hna Hr Hun Hl".
      wp_apply (self_init_spec with "[$Hna $Hr $Hl]"); [done|].
      iIntros (v) "(Hna & Hr & Hl)". iExists [ #l ], [ #l ], 1%Qp, 1.
      iFrame. iSplit; [done|]. iSplit; [by iExists _|done]. }
    iIntros (γ i l a r j) "(%Hγ & Hna & Hrc & (-> & -> & ->))". wp_pures.
    (* Through the node to itself. *)
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hd Hrc]".
    rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
    rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)). iDestruct ("Hrc" with "Hd") as "Hrc".
    wp_apply (weak_upgrade_rc_spec node_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_drop_keep_spec node_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q') "[Hd Hrc]".
    rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
    rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)). iDestruct ("Hrc" with "Hd") as "Hrc".
    wp_apply (weak_upgrade_rc_spec node_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_drop_keep_spec node_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q'') "[Hd Hrc]".
    rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
    rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)). iDestruct ("Hrc" with "Hd") as "Hrc".
    wp_apply (weak_strong_count_rc_spec node_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hrc)". rewrite (Hm eq_refl). wp_pures.
    (* The last handle: the node drops its weak handle on itself. *)
    wp_apply (rc_drop_lend_spec node_so ⊤ drop_node True (λ j, ⌜j = 0⌝)%I γ i l [ #l ] 1 1
      with "[$Hna $Hrc]"); [done| |].
    { iSplit; [done|]. iIntros (wl <-) "_ _ Hna Hw Hl _". wp_lam.
      rewrite (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
      rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)). wp_pures.
      wp_apply (weak_drop_spec node_so ⊤ γ l _ 0 with "[$Hna $Hw]"); [done|].
      iIntros "[Hna Hw]". iExists [ #l ], 0. by iFrame. }
    iIntros "[Hna [(% & _)|(%j & Hlast & ->)]]"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[L Hna]"; [done|]. rewrite Hγ.
    wp_pures. by iFrame "L".
  Qed.
End self_ref.

Theorem self_ref_adequate : adequate NotStuck self_ref ∅ (λ v σ, v = #1%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ _ (λ v, v = #1%V)). intros HΣ. apply self_ref_spec. Qed.
Print Assumptions self_ref_adequate.
