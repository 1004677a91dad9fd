(** * A page frame whose metadata are a box with a number

The program makes the record (the slot) of one page frame, and a box: a heap block of one
cell with the number 7. It claims the frame as shared, with the box as its metadata, clones
the handle, and reads the number through the clone by plain loads. Then it drops one share,
makes the other one unique, and adds 1 to the number in the box. It makes the frame shared
again, reads the new number, and drops the last share, which runs the box's destructor.
Each result is checked by [debug_assert], which gets stuck if it is wrong.

The theorem: the program never gets stuck; it returns 7, the number that the clone read; and
at the end the slot is unused and memory has no cell but the slot's five. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants ghost_var.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.lang.lib Require Import new_delete.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_context.
From tally.prelude Require Import options.

(** ** The program *)
Definition drop_box : val := box_drop_in_place 1 drop_nothing.
Definition drop_frame : val := frame_drop [drop_box] no_dealloc.

Definition frame_box : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #4096;;
  "slot" <- #slot_unused;;
  let: "box" := new [ #1] in
  "box" <- #7;;
  let: "src" := Alloc #1 in
  "src" <- "box";;
  let: "status" := get_from_unused 1 ["slot"; #0; "src"; #false] in
  debug_assert ["status" = #0];;
  Free #1 "src";;
  let: "clone" := clone_by_cas ["slot"] in
  let: "v" := !(!(frame_meta ["clone"])) in
  drop_frame ["clone"];;
  let: "unique" := try_from_shared ["slot"] in
  debug_assert ["unique"];;
  let: "next" := "v" + #1 in
  !(frame_meta_mut ["slot"]) <- "next";;
  let: "last" := frame_from_unique ["slot"] in
  let: "w" := !(!(frame_meta ["last"])) in
  debug_assert ["w" = "next"];;
  drop_frame ["last"];;
  "v".

(** ** The metadata *)
Section frame_box.
  Context `{!frameGS Σ, !ghost_varG Σ Z}.
  Implicit Types (γz : gname) (z : Z) (b s : loc) (q : Qp).
  Definition slotN : namespace := nroot .@ "slot".
  Definition metaN : namespace := nroot .@ "meta".

  (** A number of which half of the ghost variable [γz] knows the value. *)
  Program Definition num_ty γz : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ z, ⌜vl = [ #z]%V⌝ ∗ ghost_var γz (1/2) z)%I;
  |}.
  Next Obligation. by iIntros (γz vl) "(%z & -> & _)". Qed.

  Definition num_box γz : type Σ := box_ty (1/2) (num_ty γz).
  Lemma num_box_own γz vl :
    ty_own (num_box γz) vl ⊣⊢ ∃ b z, ⌜vl = [ #b]%V⌝ ∗ b ↦ #z ∗ ghost_var γz (1/2) z ∗
      box_block (1/2) 1 b.
  Proof.
    iSplit.
    - iIntros "(%b & %wl & -> & Hb & (%z & -> & Hz) & Hblock)". iExists b, z.
      rewrite heap_pointsto_vec_singleton. by iFrame.
    - iIntros "(%b & %z & -> & Hb & Hz & Hblock)". iExists b, [ #z]%V.
      rewrite heap_pointsto_vec_singleton. iSplit; [done|]. iFrame "Hb Hblock".
      iExists z. by iFrame.
  Qed.

  (** A share of the metadata has the share of the pointer, of the number, and of the
  knowledge of the number; the right to free the block is in an invariant. *)
  Definition box_shr γz (l : loc) (vl : list val) (γ : gname) (q : Qp) : iProp Σ :=
    l ↦∗{q} vl ∗ (∃ b z, ⌜vl = [ #b]%V⌝ ∗ b ↦{q} #z ∗ ghost_var γz (q/2) z) ∗
    cinv_own γ q ∗ cinv metaN γ (∃ b, ⌜vl = [ #b]%V⌝ ∗ box_block (1/2) 1 b).

  Lemma box_shr_fractional γz l vl γ : Fractional (box_shr γz l vl γ).
  Proof.
    intros q1 q2. rewrite /box_shr heap_pointsto_vec_fractional cinv_own_fractional
      Qp.div_add_distr. iSplit.
    - iIntros "([$ $] & (%b & %z & -> & [Hb1 Hb2] & [Hz1 Hz2]) & [$ $] & #$)".
      iSplitL "Hb1 Hz1"; iExists b, z; by iFrame.
    - iIntros "[($ & (%b & %z & -> & Hb1 & Hz1) & $ & #$)
        ($ & (%b' & %z' & %Hb & Hb2 & Hz2) & $ & _)]". injection Hb as <-.
      iDestruct (ghost_var_agree with "Hz1 Hz2") as %<-.
      iExists b, z. iSplit; [done|].
      iSplitL "Hb1 Hb2"; [by iSplitL "Hb1"|by iSplitL "Hz1"].
  Qed.
  Lemma box_share γz l vl :
    l ↦∗ vl -∗ ty_own (num_box γz) vl ={⊤}=∗ ∃ γ, box_shr γz l vl γ 1.
  Proof.
    rewrite num_box_own. iIntros "Hl (%b & %z & -> & Hb & Hz & Hblock)".
    iMod (cinv_alloc _ metaN (∃ b', ⌜[ #b]%V = [ #b']%V⌝ ∗ box_block (1/2) 1 b')
      with "[Hblock]") as (γ) "[#Hc Hγ]".
    { iNext. iExists b. by iFrame. }
    iModIntro. iExists γ. iFrame "Hl Hγ Hc". iExists b, z. by iFrame.
  Qed.
  Lemma box_unshare γz l vl γ :
    box_shr γz l vl γ 1 ={⊤}=∗
      ▷ ∃ vl', ⌜vl' = vl⌝ ∗ l ↦∗ vl' ∗ ty_own (num_box γz) vl'.
  Proof.
    iIntros "(Hl & (%b & %z & -> & Hb & Hz) & Hγ & #Hc)".
    iMod (cinv_cancel with "Hc Hγ") as "H"; [done|].
    iIntros "!> !>". iDestruct "H" as (b') "[%Hb' Hblock]". injection Hb' as <-.
    iExists [ #b]%V. iFrame "Hl". iSplit; [done|]. rewrite num_box_own.
    iExists b, z. by iFrame.
  Qed.
  Definition box_meta γz : meta_type Σ :=
    MetaType Σ _ (num_box γz) drop_box
      (λ _, heap_lease (1/2) 0 ∗ ∃ wl, ty_own (num_ty γz) wl)%I
      (box_shr γz) (λ vl vl', vl' = vl)
      (box_shr_fractional γz) (box_share γz) (box_unshare γz).
  Definition box_dict γz : meta_dict Σ := single_dict (box_meta γz).
  Lemma box_dict_drop γz : ⊢ dict_drop_spec (box_dict γz).
  Proof.
    iApply single_dict_drop. iApply (box_drop_in_place_spec True (1/2) (num_ty γz)).
    iApply drop_nothing_spec.
  Qed.

  (** ** The number, through a handle *)
  Lemma shared_read_spec γz z γ s b γm :
    {{{ shared_frame (box_dict γz) γ s (Meta 0 [ #b] γm) ∗ ghost_var γz (1/2) z }}}
      !(!(frame_meta [ #s]))
    {{{ RET #z; shared_frame (box_dict γz) γ s (Meta 0 [ #b] γm) ∗
        ghost_var γz (1/2) z }}}.
  Proof.
    iIntros (Φ) "[Hh Hz] HΦ". wp_apply frame_meta_spec; [done|]. iIntros "_".
    iDestruct (shared_frame_meta_acc with "Hh") as (τ q) "(%Hτ & Hm & Hh)".
    injection Hτ as <-.
    iDestruct "Hm" as "(Hl & (%b' & %z' & %Hb & Hb & Hz') & Hc)". injection Hb as <-.
    iDestruct (ghost_var_agree with "Hz Hz'") as %<-. simpl.
    rewrite heap_pointsto_vec_singleton. wp_read. wp_read. iApply "HΦ". iFrame "Hz".
    iApply "Hh". rewrite /= /box_shr heap_pointsto_vec_singleton. iFrame "Hl Hc".
    iExists b, z. by iFrame.
  Qed.
  Lemma unique_write_spec γz z z' γ s b :
    {{{ unique_frame (box_dict γz) γ s 0 [ #b] ∗ ghost_var γz (1/2) z }}}
      !(frame_meta_mut [ #s]) <- #z'
    {{{ RET #☠; unique_frame (box_dict γz) γ s 0 [ #b] ∗ ghost_var γz (1/2) z' }}}.
  Proof.
    iIntros (Φ) "[Hh Hz] HΦ". wp_apply frame_meta_mut_spec; [done|]. iIntros "_".
    iDestruct (unique_frame_meta_acc with "Hh") as "(Hl & Hm & Hh)".
    rewrite single_own num_box_own heap_pointsto_vec_singleton.
    iDestruct "Hm" as (b' y) "(%Hb & Hb & Hy & Hblock)". injection Hb as <-.
    iMod (ghost_var_update_halves z' with "Hz Hy") as "[Hz Hy]".
    wp_read. wp_write. iApply "HΦ". iFrame "Hz". iApply ("Hh" with "[Hl]").
    - by rewrite heap_pointsto_vec_singleton.
    - rewrite single_own num_box_own. iExists b, z'. by iFrame.
  Qed.

  (** ** The program *)
  Lemma frame_box_spec :
    heap_lease 1 0 -∗
    WP frame_box {{ v, ∃ (D : meta_dict Σ) N γ s pa, ⌜v = #7⌝ ∗
      frame_slot D N γ s pa ∗ lease γ 1 0 ∗ heap_lease 1 1 ∗ † s … 5 }}.
  Proof using All.
    iIntros "Hlease". rewrite /frame_box.
    iMod (ghost_var_alloc 7%Z) as (γz) "[Hz Hz']".
    iPoseProof (box_dict_drop γz) as "#Hdrop".
    (* The slot. *)
    wp_alloc s as "Hs" "H†s" with "Hlease". wp_pures.
    iDestruct (frame_slot_alloc_cells (box_dict γz) slotN s with "Hs")
      as (v v' u) "(Hs & Hpa & _ & Hslot)"; [done|].
    wp_write. wp_write. iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ) "(_ & #I & L)".
    (* The box, with half of the lease of the heap. *)
    iDestruct "Hlease" as "[Hlease Hboxlease]". wp_pures.
    wp_apply (new_spec with "Hboxlease"); [lia|].
    iIntros (b) "(Hboxlease & H†box & Hb)". wp_pures.
    rewrite (heap_pointsto_vec_singleton b). wp_write.
    wp_alloc src as "Hsrc" "H†src" with "Hlease".
    rewrite (heap_pointsto_vec_singleton src). wp_pures. wp_write.
    rewrite -(heap_pointsto_vec_singleton src).
    iAssert (meta_own (box_dict γz) 0 [ #b]) with "[Hboxlease H†box Hb Hz']" as "Hm".
    { rewrite single_own num_box_own. iExists b, 7%Z. iFrame "Hb Hz'". iSplit; [done|].
      iSplitL "H†box"; iAssumption. }
    (* Shared. *)
    wp_pures. wp_apply (get_from_unused_full_spec (box_dict γz) slotN γ s 4096 0 src
      [ #b] false with "[$I $Hsrc $Hm $L]").
    iIntros "(Hsrc & (%γm & Hh) & L)". wp_pures. rewrite /debug_assert. wp_pures.
    wp_free with "Hlease". wp_pures.
    (* Cloned, and read through the clone. *)
    iDestruct "L" as "[L L']".
    wp_apply (clone_by_cas_spec (box_dict γz) slotN with "[$I $Hh $L']").
    iIntros "(Hh & Hh' & L')". iCombine "L L'" as "L". wp_pures.
    wp_apply (shared_read_spec with "[$Hh' $Hz]"). iIntros "[Hh' Hz]". wp_pures.
    (* One share goes; two drops are owed, so it is not the last. *)
    rewrite /drop_frame.
    wp_apply (frame_drop_other_spec (box_dict γz) slotN γ s 4096 1 0
      with "[$I $Hh' $L]").
    iIntros "L". wp_pures.
    (* Unique: the number changes, and with it both halves of the ghost variable. *)
    wp_apply (try_from_shared_full_spec (box_dict γz) slotN with "[$I $Hh $L]").
    iIntros (vl) "(%Hvl & Hh & L)". apply single_change in Hvl. simpl in Hvl. subst vl. simpl.
    wp_pures.
    wp_apply (unique_write_spec with "[$Hh $Hz]"). iIntros "[Hh Hz]". wp_pures.
    (* Shared again, and read. *)
    wp_apply (frame_from_unique_spec (box_dict γz) slotN with "[$I $Hh $L]").
    iIntros (γm') "[Hh L]". wp_pures.
    wp_apply (shared_read_spec with "[$Hh $Hz]"). iIntros "[Hh Hz]". wp_pures.
    (* The last share: the box's lease of the heap comes back. *)
    wp_apply (frame_drop_last_spec (box_dict γz) slotN with "[$Hdrop $I $Hh $L]").
    { iApply no_dealloc_keep_spec. }
    iIntros (vl) "(_ & L & Hdead)". simpl. rewrite single_dead.
    iDestruct "Hdead" as "[Hboxlease _]". iCombine "Hlease Hboxlease" as "Hlease".
    wp_pures. iModIntro. iExists (box_dict γz), slotN, γ, s, 4096%Z.
    iSplit; [done|]. by iFrame "I L Hlease H†s".
  Qed.
End frame_box.

Definition frame_boxΣ : gFunctors := #[frame_stdΣ; ghost_varΣ Z].

Theorem frame_box_adequate :
  adequate NotStuck frame_box ∅ (λ v σ, ∃ s, v = #7%V ∧ slot_unused_in σ s ∧
    ∀ l, is_Some (σ !! l) ↔ loc_in_range s 5 l).
Proof.
  apply (frame_adequacy frame_boxΣ _ 5 (λ v _, v = #7%V)). intros HΣ.
  apply frame_box_spec.
Qed.

Print Assumptions frame_box_adequate.
