(** * Contents that several clients of [Rc] share

- An integer that does not change ([int_so]). [boxed] makes an [Rc] of one, and
  [drop_alone_spec] is the end of the only handle, with the lease back.
- A pointer to a flag ([flag_ty]). The value owns the flag, which is not set; the destructor
  [set_flag] sets it. So what a program reads from the flag says whether the destructor has
  run.
- A number and a pointer to a note ([noted_ty]), cells that do not change ([noted_so]). The
  value owns the note, which is 0; the destructor [note_glue] writes the number there.
  [noted new] makes one, behind what [new] makes: an [Rc] or a [UniqueRc]. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context.
From tally.prelude Require Import options.

(** ** The programs *)
Definition boxed : val :=
  λ: ["z"],
    let: "cell" := Alloc #1 in
    "cell" <- "z";;
    let: "x" := rc_new 1 ["cell"] in
    Free #1 "cell";;
    "x".

(** The destructor of a pointer to a flag. *)
Definition set_flag : val := λ: ["x"], !"x" <- #1.

(** It writes the number to the note. *)
Definition note_glue : val := λ: ["x"], !("x" +ₗ #1) <- !"x".
Definition noted (new : val) : val :=
  λ: ["note"],
    let: "cells" := Alloc #2 in
    "cells" <- #7;;
    "cells" +ₗ #1 <- "note";;
    let: "x" := new ["cells"] in
    Free #2 "cells";;
    "x".

(** ** An integer *)
Definition intN : namespace := nroot .@ "rc".

Section int.
  Context `{!rcGS Σ}.

  Definition int_so : rc_shared_own rc_pool intN eq (int_ty i32) :=
    rc_so_fixed (so_na rc_pool (rc_contentN intN) (rc_fixed_content (int_ty i32))).

  Lemma boxed_spec (z : Z) q :
    in_int_range i32 z →
    {{{ heap_lease q 0 }}}
      boxed [ #z ]
    {{{ l γ i, RET #l; ⌜rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
        rc_own int_so γ i l [ #z]%V 1 1 0 ∗ heap_lease (q / 2) 0 }}}.
  Proof.
    iIntros (Hz Φ) "Hlease HΦ". wp_rec.
    wp_alloc cell as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (rc_new_spec int_so cell [ #z]%V [ #z]%V with "[$Hblock $Hc]");
      [done|by iApply int_ty_own_intro|].
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pures. wp_free with "Hlease". wp_pures.
    iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma drop_alone_spec γ i l wl :
    {{{ na_own rc_pool ⊤ ∗ rc_own int_so γ i l wl 1 1 0 }}}
      rc_drop 1 drop_nothing [ #l ]
    {{{ RET #☠; na_own rc_pool ⊤ ∗ heap_lease (rc_lease_of γ).1 (rc_lease_of γ).2 }}}.
  Proof.
    iIntros (Φ) "[Hna Hrc] HΦ".
    wp_apply (rc_drop_alone_spec int_so ⊤ drop_nothing (ty_own (int_ty i32))
      with "[$Hna $Hrc]"); [done|iApply drop_nothing_spec|].
    iIntros (vl) "(Hna & Hlease & _)". iApply "HΦ". iFrame.
  Qed.
End int.

(** ** A pointer to a flag *)
Section flag.
  Context `{!rcGS Σ}.

  Program Definition flag_ty (f : loc) : type Σ := {|
    ty_size := 1;
    ty_own vl := (⌜vl = [ #f]⌝ ∗ f ↦ #0)%I;
  |}.
  Next Obligation. by iIntros (f vl) "[-> _]". Qed.
  Lemma flag_ty_own f vl : ty_own (flag_ty f) vl ⊣⊢ ⌜vl = [ #f]⌝ ∗ f ↦ #0.
  Proof. done. Qed.

  Lemma set_flag_spec f :
    ⊢ ty_drop_spec (na_own rc_pool ⊤) (flag_ty f) set_flag (λ _, f ↦ #1).
  Proof.
    rewrite /ty_drop_spec. iIntros (l vl) "!> %Φ (Hna & Hl & Hown) HΦ".
    iDestruct (flag_ty_own with "Hown") as "[-> Hf]".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_write.
    iModIntro. iApply ("HΦ" $! [ #f]%V). rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
End flag.

(** ** A number and a note *)
Section noted.
  Context `{!rcGS Σ}.
  Implicit Types (f l : loc) (γ : rc_name) (q r : Qp) (k : positive) (j m : nat).

  Program Definition noted_ty (f : loc) : type Σ := {|
    ty_size := 2;
    ty_own vl := (⌜vl = [ #7; #f]⌝ ∗ f ↦ #0)%I;
  |}.
  Next Obligation. by iIntros (f vl) "[-> _]". Qed.
  Definition noted_so f : rc_shared_own rc_pool intN eq (noted_ty f) :=
    rc_so_fixed (so_na rc_pool (rc_contentN intN) (rc_fixed_content (noted_ty f))).

  Lemma note_glue_spec f :
    ⊢ ty_drop_spec (na_own rc_pool ⊤) (noted_ty f) note_glue (λ _, f ↦ #7).
  Proof.
    rewrite /ty_drop_spec. iIntros (l vl) "!> %Φ (Hna & Hl & -> & Hf) HΦ".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[Hl Hl1]". wp_rec. wp_op. wp_read. wp_read. wp_write.
    iModIntro. iApply ("HΦ" $! [ #7; #f]%V).
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. by iFrame.
  Qed.

  (** Any handle reads the number, and the note while the content is there. *)
  Lemma noted_number_spec f γ i l r k j :
    {{{ rc_own (noted_so f) γ i l [ #7; #f]%V r k j }}}
      !(rc_deref [ #l ])
    {{{ RET #7; rc_own (noted_so f) γ i l [ #7; #f]%V r k j }}}.
  Proof. apply rc_deref_read_spec. Qed.
  Lemma noted_note_spec F f γ i l r k j :
    ↑rc_contentN intN ⊆ F →
    {{{ na_own rc_pool F ∗ rc_own (noted_so f) γ i l [ #7; #f]%V r k j }}}
      !#f
    {{{ RET #0; na_own rc_pool F ∗ rc_own (noted_so f) γ i l [ #7; #f]%V r k j }}}.
  Proof.
    iIntros (HF Φ) "[Hna Hrc] HΦ". iApply wp_fupd.
    iDestruct (rc_own_acc with "Hrc") as (q) "[[Hd Hso] Hback]".
    iMod (so_na_acc with "Hso Hna") as "(Hc & Hna & Hclose)"; [done..|].
    iDestruct "Hc" as "[>[%Hwl Hf] H†]". wp_read.
    iMod ("Hclose" with "[Hf H†] Hna") as "[Hso Hna]".
    { iNext. iFrame "H†". by iFrame "Hf". }
    iModIntro. iApply "HΦ". iFrame "Hna". iApply "Hback". iFrame "Hd Hso".
  Qed.

  Lemma noted_spec (new : val) f q m (Q : loc → iProp Σ) :
    (∀ cells : loc,
      {{{ heap_lease (q / 2) 0 ∗ cells ↦∗ [ #7; #f]%V ∗ ty_own (noted_ty f) [ #7; #f]%V }}}
        new [ #cells ]
      {{{ l, RET #l; Q l ∗ cells ↦∗ [ #7; #f]%V }}}) →
    {{{ heap_lease q m ∗ f ↦ #0 }}}
      noted new [ #f ]
    {{{ l, RET #l; Q l ∗ heap_lease (q / 2) m }}}.
  Proof.
    iIntros (Hnew Φ) "[Hlease Hf] HΦ". wp_rec. wp_alloc c as "Hc" "Hc†" with "Hlease".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hc" as "[Hc Hc1]". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (Hnew c with "[$Hblock Hc Hc1 Hf]").
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. by iFrame. }
    iIntros (l) "[HQ Hc]". wp_pures. wp_free with "Hlease". wp_pures.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma noted_rc_spec f q m :
    {{{ heap_lease q m ∗ f ↦ #0 }}}
      noted (rc_new 2) [ #f ]
    {{{ l γ i, RET #l; ⌜rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
        rc_own (noted_so f) γ i l [ #7; #f]%V 1 1 0 ∗ heap_lease (q / 2) m }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_apply (noted_spec _ _ _ _ (λ l, ∃ γ i,
      ⌜rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗ rc_own (noted_so f) γ i l [ #7; #f]%V 1 1 0)%I with "H").
    { iIntros (cells Ψ) "H HΨ". iApply (rc_new_spec (noted_so f) cells with "H"); [done|].
      iIntros "!>" (l γ i) "(% & Hrc & Hc)". iApply "HΨ". iFrame "Hc". iExists γ, i. by iFrame. }
    iIntros (l) "[(%γ & %i & % & Hrc) Hlease]". iApply ("HΦ" $! l γ i). by iFrame.
  Qed.
  Lemma noted_unique_spec f q m :
    {{{ heap_lease q m ∗ f ↦ #0 }}}
      noted (unique_rc_new 2) [ #f ]
    {{{ l γ, RET #l; ⌜rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
        unique_rc_own (noted_so f) γ l [ #7; #f]%V 1 0 ∗ heap_lease (q / 2) m }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_apply (noted_spec _ _ _ _ (λ l, ∃ γ,
      ⌜rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗ unique_rc_own (noted_so f) γ l [ #7; #f]%V 1 0)%I with "H").
    { iIntros (cells Ψ) "H HΨ". iApply (unique_rc_new_spec (noted_so f) cells with "H").
      iIntros "!>" (l γ) "(% & Hu & Hc)". iApply "HΨ". iFrame "Hc". iExists γ. by iFrame. }
    iIntros (l) "[(%γ & % & Hu) Hlease]". iApply ("HΦ" $! l γ). by iFrame.
  Qed.
End noted.
