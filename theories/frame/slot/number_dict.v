(** * Metadata that is a number

A small dictionary for programs that are not about metadata: type 0 is a number that
does not change while it is shared ([number_meta]), type 1 a counter that whoever has
a share may increment atomically ([counter_meta]). With it an allocator that has
nothing to do ([no_dealloc]), so that whoever drops a page gets its lease back
([number_drop_spec], [number_unique_drop_spec]). *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.prelude Require Import options.

(** ** The programs *)
Definition no_dealloc : val := λ: ["pa"; "size"], #☠.
Definition number_glues : list val := [drop_nothing; drop_nothing].
Definition number_drop : val := frame_drop number_glues no_dealloc.
Definition number_unique_drop : val := unique_drop number_glues no_dealloc.

Definition numberN : namespace := nroot .@ "meta".

Section number.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.
  Implicit Types (γ : slot_names) (s : loc) (pa z : Z) (i : nat) (vl : list val) (q : Qp).

  Definition number_meta : meta_type Σ :=
    frozen_meta numberN (int_ty u64) drop_nothing (ty_own (int_ty u64)).
  Definition counter_meta : meta_type Σ :=
    locked_meta numberN (int_ty u64) drop_nothing (ty_own (int_ty u64)).
  Local Lemma number_sizes :
    Forall (λ τ : meta_type Σ, ty_size (mt_ty τ) = 1%nat) [number_meta; counter_meta].
  Proof. by repeat constructor. Qed.
  Definition number_dict : meta_dict Σ :=
    MetaDict Σ _ 1 [number_meta; counter_meta] number_sizes.

  Lemma number_dict_drop : ⊢ dict_drop_spec number_dict.
  Proof.
    iIntros "!>" (i τ Hi). destruct i as [|[|i]]; simplify_eq/=; iApply drop_nothing_spec.
  Qed.
  Lemma number_own i z :
    (i < 2)%nat → in_int_range u64 z → ⊢ meta_own number_dict i [ #z ].
  Proof.
    intros Hi Hz. destruct (lookup_lt_is_Some_2 (dict_types number_dict) i) as [τ Hτ]; [done|].
    rewrite (meta_own_intro number_dict i τ) //.
    destruct i as [|[|i]]; simplify_eq/=; by iApply int_ty_own_intro.
  Qed.
  (** An increment of a counter by whoever has a share: the type's protocol. *)
  Lemma counter_incr_spec γ s m :
    meta_vtable m = 1%nat →
    {{{ shared_frame number_dict γ s m }}}
      Faa u64 (frame_meta [ #s ]) #1
    {{{ (n : Z), RET #n; shared_frame number_dict γ s m }}}.
  Proof.
    iIntros (Hm Φ) "Hh HΦ". wp_rec. wp_pures.
    iDestruct (shared_frame_meta_acc with "Hh") as (τ q) "(%Hτ & Hm & Hback)".
    rewrite Hm in Hτ. injection Hτ as <-. iDestruct "Hm" as "[Hq #Hc]".
    iMod (cinv_acc with "Hc Hq") as "(H & Hq & Hclose)"; [done|].
    iDestruct "H" as (vl) "[>Hl Hvl]". rewrite (int_ty_own u64 vl).
    iDestruct "Hvl" as (z) ">[-> %Hz]". rewrite heap_pointsto_vec_singleton.
    wp_faa. iMod ("Hclose" with "[Hl]") as "_".
    { iNext. iExists [ #(int_wrap u64 (z + 1)) ]%V. rewrite heap_pointsto_vec_singleton.
      iFrame "Hl". iApply int_ty_own_intro. apply int_wrap_in_range. }
    iModIntro. iApply "HΦ". iApply "Hback". by iFrame "Hq Hc".
  Qed.

  (** ** Dropping *)
  Lemma no_dealloc_spec D γ pa :
    ⊢ dealloc_spec D (λ q, lease γ q 0) pa no_dealloc (λ _ _ q, lease γ q 0).
  Proof.
    iIntros "!>" (i vl q Φ) "!> [L _] HΦ". wp_rec. iModIntro. by iApply "HΦ".
  Qed.
  Lemma number_drop_spec N γ s pa q m :
    {{{ frame_slot number_dict N γ s pa ∗ shared_frame number_dict γ s m ∗ lease γ q 1 }}}
      number_drop [ #s ]
    {{{ RET #☠; lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (frame_drop_spec number_dict N with "[$I $Hh $L]").
    { iSplit; [iApply number_dict_drop|iApply no_dealloc_spec]. }
    iIntros "!> [L|(%vl & _ & L)]"; by iApply "HΦ".
  Qed.
  Lemma number_unique_drop_spec N γ s pa i vl q :
    {{{ frame_slot number_dict N γ s pa ∗ unique_frame number_dict γ s i vl ∗ lease γ q 1 }}}
      number_unique_drop [ #s ]
    {{{ RET #☠; lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (unique_drop_spec number_dict N with "[$I $Hh $L]").
    - iSplit; [iApply number_dict_drop|iApply no_dealloc_spec].
    - done.
  Qed.
End number.

(** ** A slot for it *)
Section slot.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.

  (** Five cells, of which the address is written already, and the word. *)
  Lemma number_slot_alloc N E γr (s : loc) (pa : Z) v1 v2 v4 :
    s ↦∗ [ #slot_unused; v1; v2; #pa; v4]%V ={E}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ frame_slot number_dict N γ s pa ∗ lease γ 1 0.
  Proof.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iIntros "(Hs & Hs1 & _ & Hs3 & Hs4 & _)".
    iApply (frame_slot_alloc number_dict N E γr s pa with "Hs [Hs1 Hs4] Hs3").
    iExists v1, [v4]. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
End slot.
