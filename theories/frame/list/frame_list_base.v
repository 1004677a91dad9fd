(** * Lists of frames: links, slots, ghost state

What statements about lists are made of.

- [list_slot]: a slot, its ghost names, and the ghost name of its word that says which
  list its frame is in.
- [listed]: an entry of a list, a slot and the metadata there, without the links.
- [link_ty τ]: the type of metadata of a frame that can be in lists, [Link<M>] for the
  type [τ] of [M]. Outside of lists the links are null, as only lists can get at them:
  whoever has a unique frame of such a type can put it into a list ([link_ty_own]). Its
  destructor is that of [τ] ([link_drop_spec]).

[StoredLink] in [meta_types.v] is the original's picture of the same links, by
addresses of slots; λRust's pointers stand for the addresses here.

Source: [Link<M>] of asterinas' ostd (mm/frame/linked_list.rs). *)
From iris.base_logic.lib Require Import ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta.
From tally.frame.list Require Export frame_list_code.
From tally.prelude Require Import options.

Global Instance slot_names_eq_dec : EqDecision slot_names.
Proof. solve_decision. Defined.

Record list_slot := ListSlot {
  ls_loc : loc;
  ls_names : slot_names;
  ls_word : gname;
}.
Global Instance list_slot_eq_dec : EqDecision list_slot.
Proof. solve_decision. Defined.
Definition listed : Type := list_slot * list val.

(** Where the link of a slot is. *)
Definition ls_link (x : list_slot) : loc := ls_loc x +ₗ slot_storage.

(** The cells of a link that is in no list. *)
Definition link_vals (vl : list val) : list val := #0 :: #0 :: vl.

(** A list's number after a frame has come: the one it had, if it had one. *)
Definition list_number_kept (id id' : Z) : Prop :=
  (0 < id' < frame_list_model.fl_id_max)%Z ∧ (id ≠ 0%Z → id' = id).

Section link_ty.
  Context `{!lrustGS Σ}.
  Implicit Types (τ : type Σ) (vl : list val).

  Program Definition link_ty τ : type Σ := {|
    ty_size := 2 + ty_size τ;
    ty_own vl := (∃ vl', ⌜vl = link_vals vl'⌝ ∗ ty_own τ vl')%I;
  |}.
  Next Obligation.
    iIntros (τ vl) "(%vl' & -> & H)". iDestruct (ty_size_eq with "H") as %<-. done.
  Qed.

  Lemma link_ty_own τ vl : ty_own (link_ty τ) (link_vals vl) ⊣⊢ ty_own τ vl.
  Proof.
    iSplit; [|iIntros "H"; iExists vl; by iFrame].
    iIntros "(%vl' & %Heq & H)". by simplify_eq.
  Qed.

  Lemma link_drop_spec T τ glue Q :
    ty_drop_spec T τ glue Q -∗
    ty_drop_spec T (link_ty τ) (link_drop glue)
      (λ vl, ∃ vl', ⌜vl = link_vals vl'⌝ ∗ Q vl')%I.
  Proof.
    rewrite /ty_drop_spec.
    iIntros "#H" (l vl) "!> %Φ (HT & Hl & %vl' & -> & Hvl) HΦ".
    rewrite /link_vals (heap_pointsto_vec_app l 1 [ #0; #0]%V vl').
    iDestruct "Hl" as "[H0 Hl]". wp_rec. wp_pures.
    wp_smart_apply ("H" with "[$HT $Hl $Hvl]").
    iIntros (vl'') "(HT & Hl & %Hlen & HQ)".
    iApply ("HΦ" $! ([ #0; #0]%V ++ vl'')). rewrite heap_pointsto_vec_app.
    iFrame "HT H0 Hl". iSplitR; [by rewrite /= Hlen|]. iExists vl'. by iFrame.
  Qed.
End link_ty.

(** ** Ghost state *)
(** Which numbers are given out, each with the name of the members of that list; the
members; which list a slot is in. *)
Class frameListG Σ := FrameListG {
  frame_list_ids_inG : ghost_mapG Σ Z gname;
  frame_list_members_inG : ghost_mapG Σ gname list_slot;
  frame_list_word_inG : ghost_varG Σ Z;
}.
Global Existing Instances
  frame_list_ids_inG frame_list_members_inG frame_list_word_inG.
Definition frameListΣ : gFunctors :=
  #[ghost_mapΣ Z gname; ghost_mapΣ gname list_slot; ghost_varΣ Z].
Global Instance subG_frameListΣ {Σ} : subG frameListΣ Σ → frameListG Σ.
Proof. solve_inG. Qed.
