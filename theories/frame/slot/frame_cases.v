(** * Page frames: statements for common cases

Each operation of a frame has one general specification, [..._at]
([slot_specs_sig.v]), and one with a lease, [..._spec] ([frame_sig.v]). The statements
of this file are what these say in the cases that a client meets most. They are about a
slot with leases ([frame_slot]), and each follows from the general one.

| the client has | operation | result |
|---|---|---|
| the whole lease, no drop owed | [get_from_unused_full_spec] | succeeds |
| the whole lease, one drop owed, a share | [try_from_shared_full_spec] | succeeds: a unique handle |
| | [frame_drop_last_spec] | the destructor runs; what the allocator returns |
| the whole lease, a share | [reference_count_exact_spec] | the number of drops owed |
| a lease that owes two drops, a share | [try_from_shared_other_spec] | fails: the share is handed back |
| | [frame_drop_other_spec] | nothing is destroyed |
| a lease, a share | [inc_ref_count_spec], [clone_by_cas_spec] | one share more |
| | [dec_ref_count_spec] | the last share, or not |
| | [get_from_in_use_shared_spec] | succeeds |

[frame_slot_alloc_cells] makes a slot from the cells of an allocation.

That an operation is refused follows from the general statement and any handle: for a
claim and a look-up see [examples/frame_old_statements.v]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

Section leases.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (q : Qp) (k : nat) (m : meta) (glues : list val) (dealloc : val).

  (** ** A slot *)
  (** Cells as an allocation gives them become a slot when the word and the address have
  been written. The cell that a list needs is no part of the slot ([frame_list_sig.v]). *)
  Lemma frame_slot_alloc_cells s vl :
    length vl = (4 + dict_size D)%nat →
    s ↦∗ vl -∗ ∃ v v' w, s ↦ v ∗ (s +ₗ slot_paddr) ↦ v' ∗ (s +ₗ slot_in_list) ↦ w ∗
      ∀ E γr pa, s ↦ #slot_unused -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
        ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ frame_slot D N γ s pa ∗ lease γ 1 0.
  Proof.
    iIntros (Hvl). destruct vl as [|v0 [|v1 [|v2 [|v3 vl]]]]; try done.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iIntros "(Hs & Hs1 & Hs2 & Hs3 & Hs4)". iExists v0, v3, v2. iFrame "Hs Hs3 Hs2".
    iIntros (E γr pa) "Hs Hs3".
    iApply (frame_slot_alloc D N E γr s pa with "Hs [Hs1 Hs4] Hs3").
    iExists v1, vl. iSplitR; [iPureIntro; simpl in Hvl; lia|]. iFrame "Hs1". iExact "Hs4".
  Qed.

  (** ** From unused *)
  (** With the whole lease and no drop owed the claim succeeds. *)
  Lemma get_from_unused_full_spec γ s pa i (src : loc) vl (u : bool) :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #0; src ↦∗ vl ∗
        (if u then unique_frame D γ s i vl
         else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ 1 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_at D N with "I Hsrc Hvl L").
    iIntros "!>" (st ->%state_weight_0) "Hsrc H". iDestruct "H" as (γm) "[L Hh]".
    iApply "HΦ". iFrame "Hsrc L". destruct u; [done|by iExists γm].
  Qed.

  (** ** From in use *)
  (** The look-up succeeds while there is a share. *)
  Lemma get_from_in_use_shared_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
      get_from_in_use [ #s ]
    {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "[#I E] HΦ". iApply (get_from_in_use_at D N with "I E").
    iIntros "!>" (st [_ [n ->]]) "[L Hh] [_ Hh']". iApply "HΦ". iFrame.
  Qed.

  (** ** Shares *)
  (** The increment of a clone. *)
  Lemma inc_ref_count_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 ∗
        pending_incs (slot_pending_name γ) 1 }}}
      inc_ref_count [ #s ]
    {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L & Hr) HΦ". iApply (inc_ref_count_at D N with "I Hh Hr L").
    iIntros "!>" (n _) "L Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  (** A clone by compare-and-swap, which borrows no token. *)
  Lemma clone_by_cas_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 0 }}}
      clone_by_cas [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗ lease γ q 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (clone_by_cas_at D N with "I Hh L").
    iIntros "!>" (n _) "L Hh Hh'". iApply "HΦ". iFrame.
  Qed.
  (** The first half of a drop. *)
  Lemma dec_ref_count_spec γ s pa q m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q 1 }}}
      dec_ref_count [ #s ]
    {{{ (b : bool), RET #b;
        if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl ∗
          lease γ q 1
        else lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (dec_ref_count_at D N with "I Hh L").
    iIntros "!>" (n _) "L H". iApply "HΦ". destruct (sole_share _); [|done].
    iDestruct "H" as (vl) "[%Hvl Hh]". iExists vl. by iFrame.
  Qed.
  (** With the whole lease and one drop owed the drop is the last one. *)
  Lemma frame_drop_last_spec γ s pa m dealloc (R : nat → list val → Qp → iProp Σ) :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ q, lease γ q 0) pa dealloc R ∗
        frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 1 }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ vl, RET #☠; ⌜meta_change D m vl⌝ ∗ R (meta_vtable m) vl 1%Qp }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh & L) HΦ".
    iApply (frame_drop_at D N with "Hglue I Hh L"). iIntros "!>" (n [_ Hn]). simpl in Hn.
    rewrite (_ : n = 1%positive) /=; [|lia]. iIntros (vl Hvl) "Hdead L".
    iApply ("Hdealloc" with "[$L $Hdead]"). iIntros "!> HR". iApply "HΦ". by iFrame.
  Qed.
  (** On a lease that owes two drops the drop is not the last one: no destructor runs, and
  nothing is asked of any. *)
  Lemma frame_drop_other_spec γ s pa q k m glues dealloc :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q (2 + k) }}}
      frame_drop glues dealloc [ #s ]
    {{{ RET #☠; lease γ q (1 + k) }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". wp_rec.
    wp_apply (dec_ref_count_at D N with "I Hh L"). iIntros (n [_ Hn]) "L _". simpl in Hn.
    destruct (shared_not_sole n m) as [-> _]; [lia|]. wp_pures. by iApply "HΦ".
  Qed.
  (** With the whole lease the count is the number of drops owed. *)
  Lemma reference_count_exact_spec γ s pa m k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 k }}}
      reference_count [ #s ]
    {{{ RET #(Z.of_nat k); shared_frame D γ s m ∗ lease γ 1 k }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (reference_count_at D N with "I Hh L").
    iIntros "!>" (n [[_ Hn] _]) "L Hh". simpl in Hn. rewrite -positive_nat_Z Hn.
    iApply "HΦ". iFrame.
  Qed.

  (** ** Converting *)
  (** With the whole lease and one drop owed the share becomes a unique handle. *)
  Lemma try_from_shared_full_spec γ s pa m :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ 1 1 }}}
      try_from_shared [ #s ]
    {{{ vl, RET #true; ⌜meta_change D m vl⌝ ∗
        unique_frame D γ s (meta_vtable m) vl ∗ lease γ 1 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (try_from_shared_at D N with "I Hh L").
    iIntros "!>" (n [_ Hn]) "L H". simpl in Hn. rewrite (_ : n = 1%positive) /=; [|lia].
    iDestruct "H" as (vl) "[%Hvl Hh]". iApply "HΦ". by iFrame.
  Qed.
  (** On a lease that owes two drops the share is handed back. *)
  Lemma try_from_shared_other_spec γ s pa m q k :
    {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ lease γ q (2 + k) }}}
      try_from_shared [ #s ]
    {{{ RET #false; shared_frame D γ s m ∗ lease γ q (2 + k) }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ". iApply (try_from_shared_at D N with "I Hh L").
    iIntros "!>" (n [_ Hn]) "L H". simpl in Hn.
    destruct (shared_not_sole n m) as [-> _]; [lia|]. iApply "HΦ". iFrame.
  Qed.
End leases.
