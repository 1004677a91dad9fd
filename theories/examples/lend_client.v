(** * Client: [Rc::get_mut] as a mutable reference with a prophecy

[rc_get_mut_lend]: from the only handle, [Rc::get_mut] makes a reference for any lifetime.
The counts lie inside the loan: while the lifetime lasts there is no handle, and when it is
over the handle is back, with the final value of the reference. It is [mut_known_lend]
after the call.

<<
  let mut x = Rc::new(41);
  { let r = Rc::get_mut(&mut x).unwrap();  add_one(r); }
  let v = *x;
  drop(x);
  v
>>
[lend_adequate]: it returns 42, and frees its memory. *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.types Require Import type.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.rc Require Import rc rc_context.
From tally.borrow Require Import mut_borrow_base mut_lend.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Section get_mut.
  Context `{!lrustGS Σ, !na_invG Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : rc_shared_own p N eq τ) `{!rcG Σ (so_id SO)}.
  Context {A : C} (f : proph_type A → list val) `{!∀ vl, Timeless (ty_own τ vl)}.

  (** The content of the block at [l], as a value of [A]. *)
  Definition rc_content_at (l : loc) (a : proph_type A) : iProp Σ :=
    (l +ₗ 2) ↦∗ f a ∗ ty_own τ (f a).
  Local Instance rc_content_at_timeless l a : Timeless (rc_content_at l a).
  Proof using All. apply _. Qed.

  Lemma rc_get_mut_lend F κ γ i l a :
    ↑N ⊆ F →
    {{{ proph_ctx ∗ na_own p F ∗ rc_own SO γ i l (f a) 1 1 0 }}}
      rc_get_mut [ #l ]
    {{{ j, RET #(l +ₗ 2); na_own p F ∗ mut_known (rc_content_at l) κ j a ∗
        ([†κ] ={⊤}=∗ ∃ b, (∃ γ' i', ⌜rc_lease_of γ' = rc_lease_of γ⌝ ∗
          rc_own SO γ' i' l (f b) 1 1 0) ∗ ⟨π, fin A j π = b⟩) }}}.
  Proof using All.
    iIntros (HF Φ) "(#Hctx & Hna & Hrc) HΦ". iApply wp_fupd.
    iAssert (rc_spare_lease None) as "Hnone"; [by rewrite /rc_spare_lease /=|].
    wp_apply (rc_get_mut_spec SO F with "[$Hnone $Hna $Hrc]"); [done|].
    iIntros (v) "[Hna [(-> & Hopen & _)|[[_ %] _]]]"; [|done].
    iDestruct "Hopen" as (wl) "(<- & Hd & Hown & Hclose)".
    iMod (mut_known_lend (rc_content_at l)
      (λ b, ∃ γ' i', ⌜rc_lease_of γ' = rc_lease_of γ⌝ ∗ rc_own SO γ' i' l (f b) 1 1 0)%I
      ⊤ κ a with "Hctx [$Hd $Hown] [Hclose]") as (j) "[Hr Hback]"; [done..| |].
    { iIntros (b) "[Hd Hown]". by iApply ("Hclose" with "[//] Hd Hown"). }
    iModIntro. iApply "HΦ". iFrame.
  Qed.
End get_mut.

(** ** A program *)
Definition lend : expr :=
  let: "cell" := Alloc #1 in "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  let: "r" := rc_get_mut ["x"] in
  add_one ["r"];;
  let: "v" := !(rc_deref ["x"]) in
  rc_drop 1 drop_nothing ["x"];;
  Free #1 "cell";;
  "v".

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!rcGS Σ, !prophGS codes Σ, !lftG Σ}.
  Local Definition lendN : namespace := nroot .@ "lend".
  (** Any integer. *)
  Local Definition any_int : type Σ := pure_ty (λ v, ∃ z : Z, v = #z).
  Local Definition lend_so : rc_shared_own rc_pool lendN eq any_int :=
    rc_so_fixed (so_na rc_pool (rc_contentN lendN) (rc_fixed_content any_int)).
  Local Definition cell_of (a : proph_type int_code) : list val := [ #(a : Z)]%V.
  Local Instance any_int_timeless vl : Timeless (ty_own any_int vl).
  Proof. rewrite /any_int /=. apply _. Qed.
  Local Lemma any_int_intro (z : Z) : ⊢ ty_own any_int [ #z]%V.
  Proof. rewrite /any_int /=. iPureIntro. eauto. Qed.

  Lemma content_int (l : loc) (a : proph_type int_code) :
    rc_content_at (τ:=any_int) cell_of l a ⊣⊢ int_at (l +ₗ 2) a.
  Proof.
    rewrite /rc_content_at /cell_of /int_at heap_pointsto_vec_singleton. iSplit.
    - iIntros "[$ _]".
    - iIntros "$". iApply any_int_intro.
  Qed.

  Lemma lend_spec :
    proph_ctx -∗ na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP lend {{ v, ⌜v = #42⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "#Hctx Hna Hlease". rewrite /lend.
    iAssert (ty_drop_spec (na_own rc_pool ⊤) any_int drop_nothing (ty_own any_int)) as "#Hglue".
    { iApply drop_nothing_spec. }
    wp_alloc c as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec lend_so c _ (cell_of (int_val 41)) with "[$Hlease Hc]"); [done| |].
    { rewrite /cell_of. iFrame "Hc". iApply any_int_intro. }
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    wp_apply (rc_get_mut_lend lend_so cell_of ⊤ κ with "[$Hctx $Hna $Hrc]"); [done|].
    iIntros (j) "(Hna & Hr & Hback)". wp_pures.
    (* The callee sees a reference to an integer. *)
    iAssert (mut_known (int_at (l +ₗ 2)) κ j (int_val 41)) with "[Hr]" as "Hr".
    { rewrite /mut_known. iDestruct "Hr" as (v) "[%Hv Hr]". iExists v. iSplitR; [done|].
      iApply (mut_iff with "[] Hr"). iIntros "!> !>" (w). rewrite /known.
      iSplit; iIntros "(%b & %Hb & H)"; iExists b; (iSplitR; [done|]); by rewrite content_int. }
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hj Hκ]".
    iMod ("Hend" with "Hκ") as "#H†".
    iMod ("Hback" with "H†") as (b) "[(%γ' & %i' & %Hγ' & Hrc) #Hb]".
    iMod (proph_obs_agree with "Hctx Hb Hj") as %->; [done|]. wp_pures.
    (* The handle is back, and the content is 42. *)
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (rc_deref_acc with "Hrc") as (q) "[Hd Hrc]".
    rewrite {1 2}/cell_of (heap_pointsto_vec_singleton (l +ₗ 2)). wp_read.
    iDestruct ("Hrc" with "Hd") as "Hrc". wp_pures.
    wp_apply (rc_drop_spec lend_so ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & _)|[_ Hdropped]]]"; [lia|].
    iMod (rc_dropped_own_whole with "Hdropped Hna") as "(Hlast & _ & Hna)"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hlease _]"; [done|]. rewrite Hγ' Hγ.
    wp_pures. wp_free with "Hlease". wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem lend_adequate : adequate NotStuck lend ∅ (λ v σ, v = #42%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy #[rc_stdΣ; prophΣ codes; lftΣ] _ (λ v, v = #42%V)). iIntros (HΣ) "Hna Hlease".
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx".
  iApply (lend_spec with "Hctx Hna Hlease").
Qed.
