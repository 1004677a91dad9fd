(** * Handles that are forgotten, for ever

[mem::forget] is safe Rust: a handle may be gone without having been dropped. This
client clones a handle and forgets the clone, clones it again and drops that clone,
reads the count, and begins again:

<<
  let x = Rc::new(7);
  loop {
      mem::forget(x.clone());
      drop(x.clone());
      let _ = Rc::strong_count(&x);
  }
>>

[forget_forever_adequate]: no execution gets stuck, however long it goes on; no drop
frees the block under the handle that is in scope. It goes on until the count is full,
and is aborted there; that it does not return is part of the statement. The
specifications know no bound on the number of handles, and neither does the proof: to
forget a handle is to forget an assertion, and what is left is a handle as before. The
share of it is gone, and with it the lease of the block, so that this client is one of a
heap that is not tracked.
[theories/refuted/rc_overflow.v] has the runs that go wrong if [clone] does not abort. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic Require Import shared_own.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.prelude Require Import options.

Definition forget_loop : val :=
  rec: "loop" ["x"] :=
    rc_clone ["x"];;
    let: "y" := rc_clone ["x"] in
    rc_drop 1 drop_nothing ["y"];;
    rc_strong_count ["x"];;
    "loop" ["x"].

Definition forget_forever : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  forget_loop [rc_new 1 ["src"] ].

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !cinvG Σ}.

  (** One handle, whatever its share: the rest is forgotten. *)
  Lemma forget_loop_spec p N R (SO : rc_shared_own p N R (int_ty u8))
      `{!rcG Σ (so_id SO)} γ i l a r :
    na_own p ⊤ -∗ rc_own SO γ i l a r 1 0 -∗ WP forget_loop [ #l ] {{ _, False }}.
  Proof.
    iIntros "Hna Hrc".
    iAssert (ty_drop_spec (na_own p ⊤) (int_ty u8) drop_nothing (ty_own (int_ty u8)))
      as "#Hglue"; [iApply drop_nothing_spec|].
    iLöb as "IH" forall (r). wp_rec.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    (* The clone is forgotten, with half of the share. *)
    iAssert (rc_own SO γ i l a (r / 2 + r / 2) (1 + 1) (0 + 0)) with "[Hrc]" as "Hrc".
    { by rewrite Qp.div_2. }
    rewrite rc_own_split. iDestruct "Hrc" as "[Hrc _]". wp_pures.
    wp_apply (rc_clone_spec SO ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    wp_pures.
    wp_apply (rc_drop_spec SO ⊤ with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna [(%k & %Hk & Hrc)|[%Hk _]]]"; [|done].
    assert (k = 1%positive) as -> by lia. wp_pures.
    wp_apply (rc_strong_count_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros (m) "(_ & Hna & Hrc)". wp_pures. iApply ("IH" with "Hna Hrc").
  Qed.

  Lemma forget_forever_spec `{!UntrackedHeap Σ, !rcG Σ gname} :
    ⊢ WP forget_forever {{ _, False }}.
  Proof using All.
    iStartProof. iMod na_alloc as (p) "Hna". rewrite /forget_forever.
    set (N := nroot .@ "rc").
    set (SO := so_na p (rc_contentN N) (rc_content eq (int_ty u8))).
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (rc_new_spec (R:=eq) SO src [ #7]%V [ #7]%V 1 0 with "[$Hsrc]"); [done| |].
    { iSplitL; [iApply heap_lease_untracked|by iApply int_ty_own_intro]. }
    iIntros (l γ i) "(_ & Hrc & _)". iApply (forget_loop_spec with "Hna Hrc").
  Qed.
End client.

Definition rc_forgetΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; rcΣ gname].

Theorem forget_forever_adequate :
  adequate NotStuck forget_forever ∅ (λ _ _, False).
Proof.
  apply (lrust_adequacy rc_forgetΣ _ (λ _, False)). intros HΣ Huntracked.
  iApply (wp_wand with "[]"); [iApply forget_forever_spec|]. by iIntros (v) "[]".
Qed.
