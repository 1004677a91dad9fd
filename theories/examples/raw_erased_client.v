(** * Client of erased lifetimes

<<
  let p = Box::into_raw(Box::new(7));
  let mut e = ErasedLifetime::new(p);          // a mutable reference
  e.with_mut(|r| **r += 1);
  let a = e.destruct(|r| *r);
  // The memory is ours again.
  let e = ErasedLifetime::new_shared(p).map(|r| r);
  let b = { let r = e.get();  **r };
  let c = e.destruct(|r| *r);
  drop(unsafe { Box::from_raw(p) });
  a == 8 && b == 8 && c == 8
>>
[erased_adequate]: it returns true. After the first [destruct] the permission to [p] is back,
and the client knows what is there, which is the final value of the reference that was
hidden in [e]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import erased.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Definition erased_bump : val := λ: ["r"], !"r" <- !(!"r") + #1.
Definition erased_read : val := λ: ["x"], !"x".
Definition erased_same : val := λ: ["x"], "x".
Definition erased_client : expr :=
  let: "p" := Alloc #1 in "p" <- #7;;
  let: "e" := Alloc #1 in "e" <- "p";;
  erased_bump ["e"];;
  let: "a" := erased_read [ (!"e") ] in
  "e" <- erased_same ["p"];;
  let: "b" := !(!"e") in
  let: "c" := erased_read [ (!"e") ] in
  Free #1 "e";; Free #1 "p";;
  if: "a" = #8 then (if: "b" = #8 then "c" = #8 else #false) else #false.

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l p e : loc).

  Local Definition int_ty : raw_type Σ (proph_type int_code) := int_raw.
  Local Instance int_ty_timeless : RawTimeless int_ty.
  Proof using Type. apply int_raw_timeless. Qed.
  Local Lemma acc_int_ty l q a : acc int_ty l q a ⊣⊢ l ↦{q} #(a : Z).
  Proof using Type. apply acc_int. Qed.

  (** [&mut i64], to [p], that is named [i] and sees [a]. *)
  Local Definition mut_this p i a κ (v : val) : iProp Σ :=
    ⌜v = #p⌝ ∗ mut_known (acc int_ty p 1) κ i a.
  (** [&i64], to [p]. *)
  Local Definition shr_this p a κ (v : val) : iProp Σ :=
    ⌜v = #p⌝ ∗ shr_ref κ int_ty p 1 a.

  (** The closure of [with_mut]: at each lifetime. *)
  Lemma erased_bump_spec p i a e v κ q :
    {{{ e ↦ v ∗ mut_this p i a κ v ∗ q.[κ] }}}
      erased_bump [ #e ]
    {{{ r, RET r; True ∗ (∃ w, e ↦ w ∗ mut_this p i (plus_one a) κ w) ∗ q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "(He & [-> Hr] & Hκ) HΦ". wp_rec. wp_read.
    iMod (mut_as_ptr with "Hr Hκ") as "[Hp Hclose]"; [done|]. rewrite acc_int_ty.
    wp_read. wp_read. wp_pures. wp_write.
    iMod ("Hclose" $! (plus_one a) with "[Hp]") as "[Hr Hκ]"; [by rewrite acc_int_ty|].
    iApply "HΦ". iModIntro. iSplitR; [done|]. iFrame "Hκ". iExists #p. by iFrame "He Hr".
  Qed.
  (** The last look at a mutable reference: what is read is the final value. *)
  Lemma erased_read_mut_spec p i a v κ q :
    proph_ctx -∗
    {{{ mut_this p i a κ v ∗ q.[κ] }}}
      erased_read [v]
    {{{ w, RET w; (⌜w = #(a : Z)⌝ ∗ ⟨π, fin int_code i π = a⟩) ∗ q.[κ] }}}.
  Proof using Type.
    iIntros "#Hctx !>" (Φ) "[[-> Hr] Hκ] HΦ". wp_rec.
    iMod (mut_to_ptr with "Hctx Hr Hκ") as "[Hp Hexpire]"; [done..|]. rewrite acc_int_ty.
    wp_read. iMod ("Hexpire" $! a with "[Hp]") as "[#Hi Hκ]"; [by rewrite acc_int_ty|].
    iApply "HΦ". by iFrame "Hκ Hi".
  Qed.
  (** Reading through a shared reference, at each lifetime. *)
  Lemma erased_read_shr_spec p a v κ q :
    {{{ shr_this p a κ v ∗ q.[κ] }}}
      erased_read [v]
    {{{ w, RET w; ⌜w = #(a : Z)⌝ ∗ q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "[[-> #Hr] Hκ] HΦ". wp_rec.
    iMod (ref_to_ptr with "Hr Hκ") as (q') "[Hp Hexpire]"; [done|]. rewrite acc_int_ty.
    wp_read. iMod ("Hexpire" with "Hp") as "Hκ".
    iApply "HΦ". by iFrame "Hκ".
  Qed.
  (** The closure of [map]: at each lifetime. *)
  Lemma erased_same_spec p a v κ q :
    {{{ shr_this p a κ v ∗ q.[κ] }}}
      erased_same [v]
    {{{ w, RET w; shr_this p a κ w ∗ q.[κ] }}}.
  Proof using Type. iIntros (Φ) "H HΦ". wp_rec. by iApply "HΦ". Qed.

  Lemma erased_client_spec `{!UntrackedHeap Σ} :
    proph_ctx -∗ WP erased_client {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /erased_client.
    wp_alloc p as "Hp" "Hp†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_alloc e as "He" "He†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£1". wp_write. wp_pure _ credit:"H£2". wp_pures.
    (* Mutable. *)
    iMod (erased_new_mut int_ty p (int_val 7) with "Hctx [Hp]") as (i) "Her";
      [by rewrite acc_int_ty|].
    wp_apply (erased_with_mut _ (mut_this p i (int_val 8)) (λ _, True)%I with "[] [$He $Her]").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (erased_bump_spec p i (int_val 7) with "H"). }
    iIntros (r) "(_ & %w & He & Her)". wp_pures. wp_read.
    wp_apply (erased_destruct _
      (λ w, ⌜w = #8⌝ ∗ ⟨π, fin int_code i π = int_val 8⟩)%I with "[] Her").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (erased_read_mut_spec with "Hctx H"). }
    iIntros (a) "[[-> #Hi] (%b & Hp & #Hi')]".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. wp_pures.
    (* Shared. *)
    iMod (erased_new_shr int_ty p (int_val 8) with "H£ Hp") as "Her".
    wp_apply (erased_map _ (shr_this p (int_val 8)) with "[] Her").
    { iIntros (κ q Φ) "!> H HΦ". by wp_apply (erased_same_spec with "H"). }
    iIntros (v) "Her". wp_write. wp_pures.
    iMod lft_create as (α) "[Hα #Hend]". iCombine "H£1 H£2" as "H£".
    iMod (erased_get (shr_this p (int_val 8)) _ α with "[] H£ He Her")
      as "[[#He [-> #Hr]] Hback]"; [iApply shr_covariant|].
    iMod (frac_bor_acc with "He Hα") as (q) "[>Hec Hclose]"; [done|]. wp_read.
    iMod ("Hclose" with "Hec") as "Hα".
    iMod (ref_to_ptr with "Hr Hα") as (q') "[Hp Hclose]"; [done|]. rewrite (acc_int_ty p q').
    wp_read. iMod ("Hclose" with "Hp") as "Hα".
    iMod ("Hend" with "Hα") as "#H†". iMod ("Hback" with "H†") as "[Hec Her]". wp_pures.
    wp_read. wp_apply (erased_destruct _ (λ w, ⌜w = #8⌝)%I with "[] Her").
    { iIntros (κ q'' Φ) "!> H HΦ". by wp_apply (erased_read_shr_spec with "H"). }
    iIntros (c) "[-> Hp]". rewrite acc_int_ty. wp_pures.
    rewrite -(heap_pointsto_vec_singleton e). wp_free. wp_pures.
    rewrite -(heap_pointsto_vec_singleton p). wp_free. wp_pures. done.
  Qed.
End client.

(** The program runs, and the memory is the client's in between. *)
Theorem erased_adequate : adequate NotStuck erased_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply erased_client_spec.
Qed.
