(** * Client: [UniqueFrame::meta_mut] as a mutable reference with a prophecy

[frame_meta_mut_lend]: the unique handle of a frame lends its metadata for any lifetime. The
token of the handle and the type of the metadata lie inside the loan: while the lifetime
lasts the frame cannot be dropped, shared or repurposed, and when it is over the handle is
back, with the final metadata. It is [mut_known_lend], as with [Rc::get_mut]
([lend_client.v]).

<<
  let mut f = UniqueFrame::from_unused(paddr, 42);
  { let r = f.meta_mut();  *r = 7; }
  let v = *f.meta();
  drop(f);
  v
>>
[lend_frame_adequate]: it returns 7. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame number_dict frame_adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow_base mut_lend.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Section meta_mut.
  Context `{!lrustGS Σ, !frameG Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ} {A : C}.
  Context (D : meta_dict Σ) (f : proph_type A → list val).
  Context (i : nat) `{!∀ vl, Timeless (meta_own D i vl)}.

  (** The metadata of the slot at [s], as a value of [A]. *)
  Definition frame_meta_at (s : loc) (a : proph_type A) : iProp Σ :=
    (s +ₗ slot_storage) ↦∗ f a ∗ meta_own D i (f a).
  Local Instance frame_meta_at_timeless s a : Timeless (frame_meta_at s a).
  Proof using All. apply _. Qed.

  Lemma frame_meta_mut_lend κ γ s a :
    {{{ proph_ctx ∗ unique_frame D γ s i (f a) }}}
      frame_meta_mut [ #s ]
    {{{ j, RET #(s +ₗ slot_storage); mut_known (frame_meta_at s) κ j a ∗
        ([†κ] ={⊤}=∗ ∃ b, unique_frame D γ s i (f b) ∗ ⟨π, fin A j π = b⟩) }}}.
  Proof using All.
    iIntros (Φ) "[#Hctx Hh] HΦ". iApply wp_fupd.
    wp_apply frame_meta_mut_spec; [done|]. iIntros "_".
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    iMod (mut_known_lend (frame_meta_at s) (λ b, unique_frame D γ s i (f b)) ⊤ κ a
      with "Hctx [$Hl $Hm] [Hh]") as (j) "[Hr Hback]"; [done..| |].
    { iIntros (b) "[Hl Hm]". iModIntro. iApply ("Hh" with "Hl Hm"). }
    iModIntro. iApply "HΦ". iFrame.
  Qed.
End meta_mut.

(** ** A program *)
Definition set_seven : val := λ: ["r"], "r" <- #7.
Definition lend_frame : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #8192;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  get_from_unused 1 ["slot"; #0; "src"; #true];;
  let: "r" := frame_meta_mut ["slot"] in
  set_seven ["r"];;
  let: "v" := !(frame_meta ["slot"]) in
  number_unique_drop ["slot"];;
  "v".

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !prophGS codes Σ, !lftG Σ}.
  Let N := nroot .@ "frame".

  Local Definition word_of (a : proph_type int_code) : list val := [ #(a : Z)]%V.
  Local Instance number_meta_timeless vl : Timeless (meta_own number_dict 0 vl).
  Proof. rewrite (meta_own_intro number_dict 0 number_meta) // int_ty_own. apply _. Qed.

  (** Whatever is there, in the end it is 7. *)
  Lemma set_seven_spec κ q j s a :
    {{{ proph_ctx ∗ mut_known (frame_meta_at number_dict word_of 0 s) κ j a ∗ q.[κ] }}}
      set_seven [ #(s +ₗ slot_storage) ]
    {{{ RET #☠; ⟨π, fin int_code j π = int_val 7⟩ ∗ q.[κ] }}}.
  Proof using All.
    iIntros (Φ) "(#Hctx & Hr & Hκ) HΦ".
    iMod (mut_known_take with "Hctx Hr Hκ") as "[[Hl _] Hgive]"; [done..|].
    rewrite {1}/word_of heap_pointsto_vec_singleton. iApply wp_fupd. wp_rec. wp_write.
    iMod ("Hgive" $! (int_val 7) with "[Hl]") as "H"; [|by iApply "HΦ"].
    rewrite /frame_meta_at /word_of heap_pointsto_vec_singleton. iFrame "Hl".
    iApply number_own; [lia|done].
  Qed.

  Lemma lend_frame_spec : proph_ctx -∗ WP lend_frame {{ v, ⌜v = #7⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /lend_frame /slot_paddr.
    wp_alloc s as "Hs" "_". rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iDestruct "Hs" as "(Hs & Hs1 & _ & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write. wp_pures.
    iMod pending_incs_alloc as (γr) "Hr".
    iMod (frame_slot_alloc number_dict N ⊤ γr s 8192 with "Hs [Hs1 Hs4] Hs3")
      as (γ) "(%Hγ & #I & L)".
    { iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame. }
    rewrite -(heap_pointsto_vec_singleton src). wp_pures.
    wp_apply (get_from_unused_at number_dict N _ γ s 8192%Z 0 src [ #42 ] true
      with "I Hsrc [] L").
    { iApply number_own; [lia|done]. }
    iIntros (st ->%state_weight_0) "_ H". iDestruct "H" as (γm) "[L Hh]". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    wp_apply (frame_meta_mut_lend number_dict word_of 0 κ γ s (int_val 42) with "[$Hctx $Hh]").
    iIntros (j) "[Hr' Hback]". wp_pures.
    wp_apply (set_seven_spec with "[$Hctx $Hr' $Hκ]"). iIntros "[#Hj Hκ]".
    iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as (b) "[Hh #Hb]".
    iMod (proph_obs_agree with "Hctx Hb Hj") as %->; [done|]. wp_pures.
    (* The handle is back, and the metadata is 7. *)
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    rewrite {1 2}/word_of (heap_pointsto_vec_singleton (s +ₗ slot_storage)).
    wp_rec. wp_pures. wp_read.
    rewrite -(heap_pointsto_vec_singleton (s +ₗ slot_storage)).
    iDestruct ("Hh" with "Hl Hm") as "Hh". wp_pures.
    wp_apply (number_unique_drop_spec with "[$I $Hh $L]"). iIntros "_". wp_pures. done.
  Qed.
End client.

Theorem lend_frame_adequate : adequate NotStuck lend_frame ∅ (λ v _, v = #7%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; cinvΣ; frameΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply lend_frame_spec.
Qed.
