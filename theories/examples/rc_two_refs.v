(** * Two references into one [Rc], at the same time

<<
  let x = Rc::new(Box::new(20));
  let y = x.clone();
  let a: &Box<i32> = &x;  let b: &Box<i32> = &y;
  let sum = **a + **b;
  drop(x); drop(y);
  sum
>>

The two references overlap, and each reads through the box. Nothing is opened and
closed for it: the content is shared as its type says, [rc_so_ref], and each of the two
handles has a fraction of the box and of what is in it ([rc_borrow_ref_twice]). The
thread token stays with the counts. [two_refs_adequate]: no execution gets stuck, the
sum is 40, and the memory is empty at the end: the drop of the last handle runs the
destructor of the box, which frees it. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.logic Require Import marked_share.
From tally.types Require Import rust_type.
From tally.rc Require Import rc rc_types.
From tally.prelude Require Import options.

Definition drop_box : val := box_drop_in_place 1 drop_nothing.

Definition two_refs : expr :=
  let: "box" := Alloc #1 in
  "box" <- #20;;
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  let: "a" := "x" +ₗ #2 in
  let: "b" := "y" +ₗ #2 in
  let: "sum" := !(!"a") + !(!"b") in
  rc_drop 1 drop_box ["x"];;
  rc_drop 1 drop_box ["y"];;
  Free #1 "src";;
  "sum".

(** The type [Box<i32>], of boxes that hold 20. *)
Definition twenty_ty {Σ} : type Σ := pure_ty (λ v, v = #20).
Definition box_twenty `{!lrustGS Σ} {T : iProp Σ} : rust_type T :=
  box_rt (1 / 2) (plain_rt twenty_ty (pure_shr _)).

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ}.

  (** A shared box of twenty, read. *)
  Lemma read_box_spec {T : iProp Σ} a (l : loc) wl q :
    {{{ ty_shr (rt_shr (box_twenty (T:=T))) a l wl q }}}
      !(!#l)
    {{{ RET #20; ty_shr (rt_shr (box_twenty (T:=T))) a l wl q }}}.
  Proof.
    iIntros (Φ) "H HΦ". iDestruct (box_shr_deref (1 / 2) (pure_shr _) with "H") as (b) "(-> & Hl & [Hb #Hv])".
    wp_read.
    iDestruct "Hv" as (v) "[%Hv ->]". rewrite Hv heap_pointsto_vec_singleton. wp_read.
    iApply "HΦ". iApply (box_shr_deref (1 / 2) (pure_shr _) a l [ #b]%V q). iExists b.
    iSplitR; [done|]. iFrame "Hl". rewrite /ty_shr Hv heap_pointsto_vec_singleton.
    iFrame "Hb". by iExists (#20)%V.
  Qed.

  Lemma two_refs_spec `{!∀ p N, rcG Σ (so_id (rc_so_ref (p:=p) (N:=N)
      (rt_shr (box_twenty (T:=na_own p ⊤)))))} :
    heap_lease 1 0 -∗ WP two_refs {{ v, ⌜v = #40⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hlease". iMod na_alloc as (p) "Hna". rewrite /two_refs.
    set (N := nroot .@ "rc"). set (τ := box_twenty (T:=na_own p ⊤)).
    set (SO := rc_so_ref (p:=p) (N:=N) (rt_shr τ)).
    iPoseProof (rt_drop τ) as "#Hglue".
    wp_alloc b as "Hb" "Hb†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    iAssert (heap_lease (1 / 2) 0 ∗ heap_lease (1 / 2) 1)%I with "[Hlease]"
      as "[Hlease Hbox]"; [by rewrite -heap_lease_split Qp.half_half|].
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures.
    wp_apply (rc_new_spec SO src [ #b]%V [ #b]%V with "[$Hlease Hsrc Hb Hb† Hbox]"); [done|..].
    { rewrite heap_pointsto_vec_singleton. iFrame "Hsrc". iExists b, [ #20]%V.
      iSplitR; [done|]. rewrite heap_pointsto_vec_singleton. iFrame "Hb".
      iSplitR; [by iExists (#20)%V|]. iFrame "Hbox". by iRight. }
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]". wp_pures.
    (** The two handles, apart. *)
    iAssert (rc_own SO γ i l [ #b]%V (1 / 2 + 1 / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.half_half. }
    rewrite rc_own_split. iDestruct "Hrc" as "[Hx Hy]".
    iDestruct (rc_borrow_ref_twice with "Hx Hy") as (q q') "(_ & Ha & Hb & Hclose)".
    wp_apply (read_box_spec with "Hb"). iIntros "Hb". wp_pures.
    wp_apply (read_box_spec with "Ha"). iIntros "Ha". wp_pures.
    iDestruct ("Hclose" with "Ha Hb") as "[Hx Hy]".
    (** They are dropped together. *)
    iDestruct (rc_own_split with "[$Hx $Hy]") as "Hrc". rewrite Qp.half_half.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & Hrc)|[%Hk _]]]"; [|done].
    assert (k = 1%positive) as -> by lia. wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k' & %Hk' & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna")
      as "(Hlast & (%wl & _ & Hbox & _) & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease _]"; [done|]. rewrite Hγ. wp_pures.
    wp_free with "Hlease". wp_pures. iSplitR; [done|]. iModIntro.
    iDestruct (heap_lease_halves with "[$Hlease $Hbox]") as "$".
  Qed.
End client.

Definition two_refsΣ : gFunctors :=
  #[lrustΣ; na_invΣ; markedΣ; rcΣ (gname * (list val * ()))].

Theorem two_refs_adequate :
  adequate NotStuck two_refs ∅ (λ v σ, v = #40%V ∧ σ = ∅).
Proof.
  apply (lrust_adequacy_leak_free two_refsΣ _ (λ v, v = #40%V)). intros HΣ.
  iApply two_refs_spec.
Qed.

(** One execution, computed: it gets to the end. *)
Lemma two_refs_run :
  let o := run_program choice_reuse [] 1000 two_refs in
  main_value o = Some #40%V ∧ size (run_state o) = 0.
Proof. by vm_compute. Qed.
