(** * The only handle: the programs do to the counts what the model says

As [rc_refine.v] and [rc_weak_refine.v], for the operations that ask whether a handle is
the only one, and then take the content or change it. Each looks at the counts by a
function of the pure model ([model/rc_count.v]), and what it leaves is what that
function says:

- [rc_get_mut_refines]: the address of the content if [rc_counts_unique] says so
  ([rc_is_unique_refines] is in [rc_weak_refine.v]);
- [rc_try_into_unique_refines]: the strong count becomes 0, under the same condition;
- [rc_try_unwrap_refines]: the content is moved out exactly if [rc_count_last] says so.
  Then the strong count is 0, and the weak count is [weak_drop_count] of what it was, or
  the block is freed where that is [DropLast] ([rc_hollow]);
- [rc_into_inner_refines] and [rc_unwrap_or_clone_refines]: the same, and otherwise the
  strong count is that of [rc_drop_count], which is not the last: no destructor runs;
- [rc_make_mut_refines]: what [rc_make_mut_count] has to say, case by case.

Nothing is assumed of the numbers but that they are machine words: the statements hold
of a count of 0, too. A block comes with the lease of the memory that it is on, so that
where it is said to be freed it is. The clone function is any that writes [wl] and leaves the content
and the counts alone ([clones_to]); it may have resources of its own. The destructor
is any program whatsoever: it is not called. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import memcpy.
From tally.model Require Import word rc_count.
From tally.rc Require Import rc_code rc_refine rc_weak_refine.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** A drop at a count that is not 1 is not the last. *)
Lemma rc_count_not_last s :
  word_ok s → s ≠ 1 →
  rc_drop_count s = DropStored (word_wrapping_sub s 1).
Proof.
  intros Hs Hs1. rewrite /rc_drop_count.
  destruct (word_eqb_spec (word_wrapping_sub s 1) 0) as [H0|]; [|done].
  destruct (decide (s = 0)) as [->|]; [done|].
  rewrite /word_ok in Hs. rewrite word_wrapping_sub_small in H0; lia.
Qed.

Section refine.
  Context `{!lrustGS Σ}.
  Implicit Types (l dst : loc) (s w : Z) (n m : nat) (q : Qp) (vl wl : list val) (E : coPset).

  (** A block with these counts and this content, on the lease [(q, m)]. *)
  Definition rc_block l s w vl q m : iProp Σ :=
    heap_lease q (S m) ∗
    l ↦ #s ∗ (l +ₗ 1) ↦ #w ∗ (l +ₗ 2) ↦∗ vl ∗ † l … (2 + length vl).
  (** What the end of the content leaves of its block: without weak handles, nothing. *)
  Definition rc_hollow l w vl q m : iProp Σ :=
    match weak_drop_count w with
    | DropLast => heap_lease q m
    | DropStored w' => rc_block l 0 w' vl q m
    end.
  (** [clone_to] makes [wl] of the content [vl], using up [P] and leaving [Q]. *)
  Definition clones_to E (clone_to : val) (P Q : iProp Σ) vl wl : Prop :=
    ∀ (src dst : loc) vl', length vl' = length vl →
      {{{ P ∗ src ↦∗ vl ∗ dst ↦∗ vl' }}}
        clone_to [ #src; #dst ] @ E
      {{{ RET #☠; Q ∗ src ↦∗ vl ∗ dst ↦∗ wl ∗ ⌜length wl = length vl⌝ }}}.

  Local Lemma strong_test s : (#(bool_decide (s = 1)) : val) = #(rc_count_last s).
  Proof.
    rewrite /rc_count_last. by destruct (word_eqb_spec s 1); case_bool_decide.
  Qed.
  Local Lemma weak_test w :
    word_ok w → bool_decide (word_wrapping_sub w 1 = 0) = word_eqb w 1.
  Proof.
    intros Hw. destruct (word_eqb_spec w 1) as [->|Hne]; [done|].
    apply bool_decide_eq_false. destruct (decide (w = 0)) as [->|]; [done|].
    rewrite /word_ok in Hw. rewrite word_wrapping_sub_small; lia.
  Qed.

  (** ** Alone, of all handles *)
  Lemma rc_get_mut_refines E l s w :
    word_ok s → word_ok w →
    {{{ l ↦ #s ∗ (l +ₗ 1) ↦ #w }}}
      rc_get_mut [ #l ] @ E
    {{{ RET (if rc_counts_unique s w then #(l +ₗ 2) else #0);
        l ↦ #s ∗ (l +ₗ 1) ↦ #w }}}.
  Proof.
    iIntros (Hs Hw Φ) "H HΦ". wp_rec. wp_apply (rc_is_unique_refines with "H"); [done..|].
    iIntros "H". destruct (rc_counts_unique s w); wp_pures; iModIntro; by iApply "HΦ".
  Qed.

  Lemma rc_try_into_unique_refines E l s w :
    word_ok s → word_ok w →
    {{{ l ↦ #s ∗ (l +ₗ 1) ↦ #w }}}
      rc_try_into_unique [ #l ] @ E
    {{{ RET (if rc_counts_unique s w then #l else #0);
        l ↦ #(if rc_counts_unique s w then 0 else s) ∗ (l +ₗ 1) ↦ #w }}}.
  Proof.
    iIntros (Hs Hw Φ) "H HΦ". wp_rec. wp_apply (rc_is_unique_refines with "H"); [done..|].
    iIntros "[Hl Hw]". destruct (rc_counts_unique s w); wp_pures.
    - wp_write. wp_pures. iModIntro. iApply "HΦ". iFrame.
    - iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** ** Alone, of the strong ones *)

  (** The content goes, of a block whose strong count is 1. *)
  Lemma rc_move_out_refines E l dst w vl wl q m :
    word_ok w → length wl = length vl →
    {{{ rc_block l 1 w vl q m ∗ dst ↦∗ wl }}}
      rc_move_out (length vl) [ #l; #dst ] @ E
    {{{ RET #☠; rc_hollow l w vl q m ∗ dst ↦∗ vl }}}.
  Proof.
    iIntros (Hw Hlen Φ) "[(Hlease & Hl & Hw & Hd & H†) Hdst] HΦ". wp_rec. wp_pures.
    wp_apply (memcpy_spec with "[$Hdst $Hd]"); [by rewrite Hlen|done|].
    iIntros "[Hdst Hd]". wp_pures.
    wp_apply (rc_dec_count_refines with "Hl"); [done|]. iIntros (last) "[Hl _]". wp_pures.
    wp_apply (rc_release_weak_refines with "[$Hlease $Hl $Hw $Hd $H†]"); [done..|].
    iIntros "H". iApply "HΦ". iFrame "Hdst". rewrite /rc_hollow.
    iDestruct "H" as "[[-> H]|(%w' & -> & H)]"; iFrame.
  Qed.

  Lemma rc_try_unwrap_refines E l dst s w vl wl q m :
    word_ok s → word_ok w → length wl = length vl →
    {{{ rc_block l s w vl q m ∗ dst ↦∗ wl }}}
      rc_try_unwrap (length vl) [ #l; #dst ] @ E
    {{{ RET #(rc_count_last s);
        if rc_count_last s then rc_hollow l w vl q m ∗ dst ↦∗ vl
        else rc_block l s w vl q m ∗ dst ↦∗ wl }}}.
  Proof.
    iIntros (Hs Hw Hlen Φ) "[(Hlease & Hl & H) Hdst] HΦ". wp_rec. rewrite /rc_strong_count.
    wp_pures. wp_read. wp_op. rewrite strong_test /rc_count_last.
    destruct (word_eqb_spec s 1) as [->|Hs1]; wp_if.
    - wp_apply (rc_move_out_refines with "[$Hlease $Hl $H $Hdst]"); [done..|].
      iIntros "H". wp_pures. iModIntro. by iApply "HΦ".
    - iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** One of several goes: the destructor is not called. *)
  Local Lemma rc_drop_refines E (glue : val) l s w vl q m :
    word_ok s → s ≠ 1 →
    {{{ rc_block l s w vl q m }}}
      rc_drop (length vl) glue [ #l ] @ E
    {{{ RET #☠; rc_block l (word_wrapping_sub s 1) w vl q m }}}.
  Proof.
    iIntros (Hs Hs1 Φ) "(Hlease & Hl & H) HΦ". wp_rec.
    wp_apply (rc_dec_count_refines with "Hl"); [done|]. iIntros (last) "[Hl %Hlast]".
    rewrite rc_count_not_last // in Hlast. destruct last; [done|].
    wp_pures. iModIntro. iApply "HΦ". iFrame.
  Qed.

  (** What is left of the old block when one of its strong handles is given up. *)
  Definition rc_left l s w vl q m : iProp Σ :=
    match rc_drop_count s with
    | DropLast => rc_hollow l w vl q m
    | DropStored s' => rc_block l s' w vl q m
    end.

  Lemma rc_into_inner_refines E (glue : val) l dst s w vl wl q m :
    word_ok s → word_ok w → length wl = length vl →
    {{{ rc_block l s w vl q m ∗ dst ↦∗ wl }}}
      rc_into_inner (length vl) glue [ #l; #dst ] @ E
    {{{ RET #(rc_count_last s); rc_left l s w vl q m ∗
        dst ↦∗ (if rc_count_last s then vl else wl) }}}.
  Proof.
    iIntros (Hs Hw Hlen Φ) "H HΦ". wp_rec.
    wp_apply (rc_try_unwrap_refines with "H"); [done..|].
    iIntros "H". rewrite /rc_count_last /rc_left.
    destruct (word_eqb_spec s 1) as [->|Hs1]; wp_if.
    - iModIntro. by iApply "HΦ".
    - iDestruct "H" as "[H Hdst]". wp_apply (rc_drop_refines with "H"); [done..|].
      iIntros "H". wp_pures. iModIntro. iApply "HΦ". rewrite rc_count_not_last //. iFrame.
  Qed.

  Lemma rc_unwrap_or_clone_refines E (clone_to glue : val) P Q l dst s w vl wl vl' q m :
    word_ok s → word_ok w → length vl' = length vl → clones_to E clone_to P Q vl wl →
    {{{ rc_block l s w vl q m ∗ dst ↦∗ vl' ∗ P }}}
      rc_unwrap_or_clone (length vl) clone_to glue [ #l; #dst ] @ E
    {{{ RET #☠; rc_left l s w vl q m ∗
        if rc_count_last s then dst ↦∗ vl ∗ P else dst ↦∗ wl ∗ Q }}}.
  Proof.
    iIntros (Hs Hw Hlen Hclone Φ) "(H & Hdst & HP) HΦ". wp_rec.
    wp_apply (rc_try_unwrap_refines with "[$H $Hdst]"); [done..|].
    iIntros "H". rewrite /rc_count_last /rc_left.
    destruct (word_eqb_spec s 1) as [->|Hs1]; wp_if.
    - iDestruct "H" as "[H Hdst]". iModIntro. iApply "HΦ". iFrame.
    - iDestruct "H" as "[(Hlease & Hl & Hw & Hd & H†) Hdst]". wp_pures.
      wp_apply (Hclone with "[$HP $Hd $Hdst]"); [done|]. iIntros "(HQ & Hd & Hdst & _)".
      wp_pures. wp_apply (rc_drop_refines with "[$Hlease $Hl $Hw $Hd $H†]"); [done..|].
      iIntros "H". iApply "HΦ". rewrite rc_count_not_last //. iFrame.
  Qed.

  (** Where the content is changed: in its block, in a new one to which it was moved, or
  in a new one to which it was cloned. *)
  Lemma rc_make_mut_refines E (clone_to glue : val) P Q l s w vl wl q m q' m' :
    word_ok s → word_ok w → clones_to E clone_to P Q vl wl →
    {{{ rc_block l s w vl q m ∗ heap_lease q' m' ∗ P }}}
      rc_make_mut (length vl) clone_to glue [ #l ] @ E
    {{{ (l' : loc), RET #l';
        match rc_make_mut_count s w with
        | MakeMutInPlace => ⌜l' = l⌝ ∗ rc_block l s w vl q m ∗ heap_lease q' m' ∗ P
        | MakeMutMoved w' => rc_block l 0 w' vl q m ∗ rc_block l' 1 1 vl q' m' ∗ P
        | MakeMutCloned s' => rc_block l s' w vl q m ∗ rc_block l' 1 1 wl q' m' ∗ Q
        end }}}.
  Proof.
    iIntros (Hs Hw Hclone Φ) "[(Hlease & Hl & Hw & Hd & H†) [Hlease' HP]] HΦ". wp_rec.
    rewrite /rc_strong_count /rc_weak_count /rc_make_mut_count.
    wp_pures. wp_read. wp_op. rewrite strong_test /rc_count_last.
    destruct (word_eqb_spec s 1) as [->|Hs1]; wp_if.
    - pose proof (usize_wrap_sub w Hw) as Hsub.
      wp_rec. wp_op. wp_read. wp_op. wp_op. rewrite weak_test //.
      destruct (word_eqb_spec w 1) as [->|Hw1]; wp_if.
      { iModIntro. iApply "HΦ". by iFrame. }
      wp_alloc l' as "Hl'" "H†'" with "Hlease'".
      rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
      iDestruct "Hl'" as "(Hl' & Hw' & Hd')". wp_pures. wp_write. wp_pures. wp_write.
      wp_pures. wp_apply (rc_move_out_refines with "[$Hlease $Hl $Hw $Hd $H† $Hd']");
        [done|by rewrite list_length_replicate|].
      iIntros "[H Hd']". wp_pures. iModIntro. iApply "HΦ".
      rewrite /rc_hollow /weak_drop_count rc_count_not_last //. iFrame.
    - wp_alloc l' as "Hl'" "H†'" with "Hlease'".
      rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
      iDestruct "Hl'" as "(Hl' & Hw' & Hd')". wp_pures. wp_write. wp_pures. wp_write.
      wp_pures. wp_apply (Hclone with "[$HP $Hd $Hd']"); [by rewrite list_length_replicate|].
      iIntros "(HQ & Hd & Hd' & %Hlen)". wp_pures.
      wp_apply (rc_drop_refines with "[$Hlease $Hl $Hw $Hd $H†]"); [done..|].
      iIntros "H". wp_pures. iModIntro. iApply "HΦ". iFrame "H HQ Hlease' Hl' Hw' Hd'".
      by rewrite Hlen.
  Qed.
End refine.
