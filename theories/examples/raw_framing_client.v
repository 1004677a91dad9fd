(** * Client of types whose invariant owns memory

<<
  let mut x = 4;
  let y = AccPtr(&mut x as *mut _);
  test(&y);
  drop(y);
  x
>>
[framing_adequate]: with an [impure] that meets the specification of [test] the assertion
holds, and the program returns 4 ([framing_main_spec] of [borrow/framing.v]).

<<
  let mut y = AccPtr(&mut x as *mut _);
  { let r = &mut y;  r.impure2(); }
  y.pure()
>>
[impure2_adequate]: it returns 6. [impure2] has a mutable reference, hence the whole of the
invariant. Its final value has a footprint that is 2 more ([impure2_ref_spec]), so that the
lender knows what [pure] says ([pure_spec]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import framing.
From tally.prelude Require Import options.

(** The assertion of [test] holds. *)
Theorem framing_adequate :
  adequate NotStuck (framing_main acc_ptr_look 4) ∅ (λ v _, v = #4%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; lftΣ]). intros HΣ Huntracked.
  iApply framing_main_spec; [by exists 2%Z|]. iApply acc_ptr_look_spec.
Qed.

(** ** Through a mutable reference *)
Definition impure2_client : expr :=
  let: "x" := Alloc #1 in
  "x" <- #4;;
  let: "y" := acc_ptr_new ["x"] in
  let: "r" := "y" in
  acc_ptr_impure2 ["r"];;
  let: "v" := acc_ptr_pure ["y"] in
  Free #1 "y";; Free #1 "x";;
  "v".

(** Prophecies about addresses, too. *)
Inductive addr_code := AddrCode.
Global Instance addr_code_eq_dec : EqDecision addr_code.
Proof. solve_decision. Defined.
Global Instance addr_proph_types : ProphTypes addr_code := {| proph_type _ := loc |}.
Local Notation "'codes'" := (data_code addr_code).
Local Definition ptr_code : codes := DataPair (DataBase AddrCode) DataInt.
Local Definition ptr_val (p : loc) (n : Z) : proph_type ptr_code := (p, n).

Section client.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l p : loc) (n : Z).

  Local Definition ptr_ty : raw_type Σ (proph_type ptr_code) := acc_ptr_raw.
  Local Instance ptr_ty_timeless : RawTimeless ptr_ty.
  Proof using Type. apply acc_ptr_raw_timeless. Qed.

  (** In the end the footprint is 2 more, and the pointer is the same. *)
  Lemma impure2_ref_spec κ q i l p n :
    {{{ proph_ctx ∗ mut_known (acc ptr_ty l 1) κ i (ptr_val p n) ∗ q.[κ] }}}
      acc_ptr_impure2 [ #l ]
    {{{ RET #☠; ⟨π, fin ptr_code i π = ptr_val p (n + 2)⟩ ∗ q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "(#Hctx & Hr & Hκ) HΦ".
    iMod (mut_to_ptr with "Hctx Hr Hκ") as "[H Hexpire]"; [done..|].
    iApply wp_fupd. wp_apply (acc_ptr_impure2_spec l p n with "H"). iIntros "H".
    iMod ("Hexpire" with "H") as "H". by iApply "HΦ".
  Qed.

  Lemma impure2_client_spec `{!UntrackedHeap Σ} :
    proph_ctx -∗ WP impure2_client {{ v, ⌜v = #6⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /impure2_client.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_apply (acc_ptr_new_spec x 4 with "Hx"); [by exists 2%Z|].
    iIntros (y) "[Hy Hy†]". wp_pures.
    (* Lent to [impure2]. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (ptr_to_mut ptr_ty _ κ y (ptr_val x 4) with "Hctx Hy") as (i) "[Hr Hback]"; [done..|].
    wp_apply (impure2_ref_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hy #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. wp_pures.
    (* Shared. *)
    iMod lft_create as (κ') "[Hκ #Hend']".
    iMod (ptr_to_ref ptr_ty _ κ' with "H£ Hy") as "[#Hs Hback]"; [done|].
    iPoseProof acc_ptr_pure_spec as "#Hpure". rewrite /pure_spec.
    wp_apply ("Hpure" with "[$Hs $Hκ]"). iIntros "Hκ".
    iMod ("Hend'" with "Hκ") as "#H†κ'". iMod ("Hback" with "H†κ'") as "Hy".
    rewrite /ptr_ty /ptr_val acc_ptr_acc. iDestruct "Hy" as "(Hy & Hx & _)". wp_pures.
    rewrite -(heap_pointsto_vec_singleton y). wp_free. wp_pures.
    rewrite -(heap_pointsto_vec_singleton x). wp_free. wp_pures. done.
  Qed.
End client.

(** What was foretold of the footprint is there. *)
Theorem impure2_adequate : adequate NotStuck impure2_client ∅ (λ v _, v = #6%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply impure2_client_spec.
Qed.
