(** * Page frames: what a handle says, and programs that only compute

Which handles exclude each other, the metadata that a handle lends, the question for
the type of it, and the programs that access no memory. No client state comes into it. *)
From iris.base_logic.lib Require Import own invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta.
From tally.frame.slot.proof Require Import slot_ghost slot_inv.
From tally.prelude Require Import options.

Section programs.
  Context `{!lrustGS Σ}.
  Implicit Types pa : Z.

  Lemma frame_size_spec (s : loc) :
    {{{ True }}} frame_size [ #s ] {{{ RET #page_size; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. by iApply "HΦ". Qed.
  Lemma frame_level_spec (s : loc) :
    {{{ True }}} frame_level [ #s ] {{{ RET #1; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. by iApply "HΦ". Qed.
  Lemma frame_borrow_spec (s : loc) :
    {{{ True }}} frame_borrow [ #s ] {{{ RET #s; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. by iApply "HΦ". Qed.
  Lemma frame_meta_spec (s : loc) :
    {{{ True }}} frame_meta [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. by iApply "HΦ". Qed.
  Lemma frame_meta_mut_spec (s : loc) :
    {{{ True }}} frame_meta_mut [ #s ] {{{ RET #(s +ₗ slot_storage); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. by iApply "HΦ". Qed.
  Lemma frame_transmute_spec (s : loc) :
    {{{ True }}} frame_transmute [ #s ] {{{ RET #s; True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. by iApply "HΦ". Qed.
  Lemma slot_at_spec n (base : loc) pa :
    {{{ True }}}
      slot_at n [ #base; #pa ]
    {{{ RET #(base +ₗ slot_cells n * Z.quot pa page_size); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. wp_pures. by iApply "HΦ". Qed.
  Lemma get_slot_status_spec (max pa : Z) :
    {{{ True }}}
      get_slot_status [ #max; #pa ]
    {{{ RET #(if bool_decide (Z.rem pa page_size = 0%Z) then
                if bool_decide (max ≤ pa)%Z then error_code ErrOutOfBound else 0%Z
              else not_aligned_code); True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". wp_rec. wp_pures.
    destruct (bool_decide (Z.rem pa page_size = 0%Z)); wp_pures; [|by iApply "HΦ"].
    destruct (bool_decide (max ≤ pa)%Z); wp_pures; by iApply "HΦ".
  Qed.
End programs.

Section handles.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (γ : slot_names) (s : loc) (i : nat) (vl : list val) (m : meta).

  Lemma frame_meta_is_spec γ s m i :
    {{{ shared_frame D γ s m }}}
      frame_meta_is [ #s; #i ]
    {{{ RET #(bool_decide (meta_vtable m = i)); shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "(%q & Htok & Ht & Hm) HΦ". rewrite /slot_vtable. wp_rec. wp_pures. wp_read.
    wp_pures.
    assert (bool_decide (Z.of_nat (meta_vtable m) = Z.of_nat i) =
      bool_decide (meta_vtable m = i)) as -> by (apply bool_decide_ext; lia).
    iModIntro. iApply "HΦ". iExists q. iFrame.
  Qed.
  (** [&M] out of a share, [&mut M] out of a unique handle. *)
  Lemma shared_frame_meta_acc γ s m :
    shared_frame D γ s m -∗
    ∃ τ q, ⌜dict_types D !! meta_vtable m = Some τ⌝ ∗
      mt_shr τ (s +ₗ slot_storage) (meta_vals m) (meta_name m) q ∗
      (mt_shr τ (s +ₗ slot_storage) (meta_vals m) (meta_name m) q -∗ shared_frame D γ s m).
  Proof.
    iIntros "(%q & Htok & Ht & %τ & %Hτ & Hm)". iExists τ, q. iSplitR; [done|].
    iFrame "Hm". iIntros "Hm". iExists q. iFrame "Htok Ht". iExists τ. by iFrame.
  Qed.
  Lemma unique_frame_meta_acc γ s i vl :
    unique_frame D γ s i vl -∗
    (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl ∗
    (∀ vl', (s +ₗ slot_storage) ↦∗ vl' -∗ meta_own D i vl' -∗ unique_frame D γ s i vl').
  Proof. iIntros "($ & $ & $ & $)". iIntros (vl') "$ $". Qed.

  (** ** Which handles exclude each other *)
  Lemma unique_frame_exclusive γ s i vl i' vl' :
    unique_frame D γ s i vl -∗ unique_frame D γ s i' vl' -∗ False.
  Proof.
    iIntros "(_ & H & _) (_ & H' & _)".
    by iDestruct (heap_pointsto_exclusive with "H H'") as %[].
  Qed.
  Lemma shared_frame_agree γ s m m' :
    shared_frame D γ s m -∗ shared_frame D γ s m' -∗ ⌜m = m'⌝.
  Proof.
    iIntros "(%q & T & _) (%q' & T' & _)". iApply (share_tok_agree_2 with "T T'").
  Qed.
  Lemma unique_frame_shared_exclusive γ s i vl m :
    unique_frame D γ s i vl -∗ shared_frame D γ s m -∗ False.
  Proof.
    iIntros "(_ & H & _) (%q & _ & H' & _)".
    by iDestruct (heap_pointsto_exclusive with "H H'") as %[].
  Qed.
End handles.
