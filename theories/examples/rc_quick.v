(** * The shortest client of [Rc]: from a type to an empty memory

The program that [docs/using.md] goes through, line by line:

<<
  let x = Rc::new(7);  let y = x.clone();
  drop(x);  let v = *y;  drop(y);  v
>>

It returns 7, and its memory is empty when it returns. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

Definition quick : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  rc_drop 1 drop_nothing ["x"];;
  let: "v" := !(rc_deref ["y"]) in
  rc_drop 1 drop_nothing ["y"];;
  Free #1 "src";;
  "v".

Section quick.
  Context `{!rcGS Σ}.
  Definition quickN : namespace := nroot .@ "quick".
  Definition quick_ty : type Σ := int_ty u8.
  Definition quick_so : rc_shared_own rc_pool quickN eq quick_ty :=
    rc_so_fixed (so_na rc_pool (rc_contentN quickN) (rc_fixed_content quick_ty)).

  Lemma quick_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP quick {{ v, ⌜v = #7⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /quick.
    iAssert (ty_drop_spec (na_own rc_pool ⊤) quick_ty drop_nothing (ty_own quick_ty))
      as "#Hglue".
    { iApply drop_nothing_spec. }
    (* The value, in a block of its own. *)
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    (* One handle, with the whole share. *)
    wp_apply (rc_new_spec quick_so src [ #7]%V [ #7]%V with "[$Hlease $Hsrc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures.
    (* Two handles. *)
    wp_apply (rc_clone_spec quick_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (* One goes; the count is known to be 2, so it is not the last. *)
    wp_apply (rc_drop_keep_spec quick_so ⊤ _ _ _ l with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    (* Through the other one to the value. *)
    wp_apply (rc_deref_read_spec with "Hrc"). iIntros "Hrc". wp_pures.
    (* The last one: the lease of the block comes back. *)
    wp_apply (rc_drop_alone_spec quick_so ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros (wl) "(_ & Hlease & _)". rewrite Hγ. wp_pures.
    wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End quick.

Theorem quick_adequate : adequate NotStuck quick ∅ (λ v σ, v = #7%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ _ (λ v, v = #7%V)). intros HΣ. apply quick_spec. Qed.
