(** * The crate's slot: what its functions make of the words

The functions of [frame/slot.rs] that [rust/tally-mir] translates, in the form of
[frame_refine.v]: others may access the word at the same time, and what a function makes of
it is the pure model's ([model/slot_count.v]). *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Import mirmode.
From tally.model Require Import word rc_count slot_count.
From tally.frame.slot Require Import frame_refine crate_slot_base.
From tally.frame.slot.generated Require Export slot_tree.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** What is run where it is called *)
Section inline.
  Global Instance inline_at : MirInline at_fn := I.
  Global Instance inline_varies : MirInline varies := I.
  Global Instance inline_imp_fence : MirInline imp_fence := I.
  Global Instance inline_REF_COUNT_UNUSED : MirInline REF_COUNT_UNUSED := I.
  Global Instance inline_REF_COUNT_BUSY : MirInline REF_COUNT_BUSY := I.
  Global Instance inline_count_overflow : MirInline count_overflow := I.
  Global Instance inline_claim_word_bb4 : MirInline MetaSlot_claim_word_bb4 := I.
  Global Instance inline_claim_word_bb14 : MirInline MetaSlot_claim_word_bb14 := I.
  Global Instance inline_publish_unique_bb4 : MirInline MetaSlot_publish_unique_bb4 := I.
  Global Instance inline_retire_unique_bb4 : MirInline MetaSlot_retire_unique_bb4 := I.
  Global Instance inline_release_share_bb7 : MirInline MetaSlot_release_share_bb7 := I.
  Global Instance inline_try_unique_bb7 : MirInline MetaSlot_try_unique_bb7 := I.
  Global Instance inline_get_from_in_use_bb10 : MirInline MetaSlot_get_from_in_use_bb10 := I.
  Global Instance inline_get_from_in_use_bb19 : MirInline MetaSlot_get_from_in_use_bb19 := I.
  Global Instance inline_status_bb2 : MirInline MetaSlot_status_bb2 := I.
  Global Instance inline_status_bb9 : MirInline MetaSlot_status_bb9 := I.
End inline.

Section words.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (w : Z) (E : coPset) (Φ : val → iProp Σ) (q : Qp) (k : nat).

  Local Lemma u64_wrap_succ w :
    word_ok w →
    bin_op_eval_pure (WrapOp u64 AddOp) w 1 = Some (LitInt (word_wrapping_add w 1)).
  Proof. intros Hw. by rewrite int_wrap_add // /word_wrapping_add word_wrap_int_wrap. Qed.
  Local Lemma u64_wrap_sub w :
    word_ok w →
    bin_op_eval_pure (WrapOp u64 SubOp) w 1 = Some (LitInt (word_wrapping_sub w 1)).
  Proof. intros Hw. by rewrite int_wrap_sub // /word_wrapping_sub word_wrap_int_wrap. Qed.
  Local Lemma u64_wrap_pred w : int_wrap u64 (w + word_max) = word_wrapping_sub w 1.
  Proof.
    rewrite /word_wrapping_sub word_wrap_int_wrap -(int_wrap_add_modulus u64 (w - 1) 1).
    f_equal. change (int_modulus u64) with word_modulus. rewrite word_modulus_max. lia.
  Qed.
  Local Lemma u64_minus_one :
    bin_op_eval_pure (WrapOp u64 SubOp) 0 1 = Some (LitInt word_max).
  Proof. done. Qed.

  (** ** Constants *)
  Lemma REF_COUNT_UNIQUE_spec :
    {{{ True }}} REF_COUNT_UNIQUE [] {{{ RET ret_val #slot_unique; True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". mir_rec. rewrite bool_decide_eq_true_2 //=. mir.
    iModIntro. by iApply "HΦ".
  Qed.
  Lemma REF_COUNT_MAX_spec :
    {{{ True }}} REF_COUNT_MAX [] {{{ RET ret_val #slot_max; True }}}.
  Proof.
    iIntros (Φ) "_ HΦ". mir_rec. wp_pures. iModIntro. by iApply "HΦ".
  Qed.
  Global Instance spec_REF_COUNT_UNIQUE : MirSpec REF_COUNT_UNIQUE REF_COUNT_UNIQUE_spec := I.
  Global Instance spec_REF_COUNT_MAX : MirSpec REF_COUNT_MAX REF_COUNT_MAX_spec := I.

  (** ** Stores and loads *)
  Local Ltac store :=
    wp_bind (Write _ _ _);
    iMod "H" as (w) "(_ & Hs & Hclose)"; wp_write; iMod ("Hclose" with "Hs") as "HΦ";
    iModIntro; by mir.
  Lemma MetaSlot_publish_shared_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ _, 1) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_shared [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.
  Lemma MetaSlot_share_unique_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ _, 1) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_share_unique [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.
  Lemma MetaSlot_publish_unique_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ _, slot_unique) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_publish_unique [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". mir_rec. mir_call with "[//]". iIntros "_". mir. store.
  Qed.
  Lemma MetaSlot_retire_unique_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ _, slot_busy) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_retire_unique [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.
  Lemma MetaSlot_mark_unused_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ _, slot_unused) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_mark_unused [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.
  Lemma MetaSlot_enter_list_refines E l (id : Z) Φ :
    word_access E (l +ₗ crate_list) word_any (λ _, id) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_enter_list [ #l; #id ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.
  Lemma MetaSlot_leave_list_refines E l Φ :
    word_access E (l +ₗ crate_list) word_any (λ _, 0) (λ _, Φ (ret_val #☠)) -∗
    WP MetaSlot_leave_list [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. store. Qed.

  Local Ltac load :=
    wp_bind (Read _ _);
    iMod "H" as (w) "(_ & Hs & Hclose)"; wp_read; iMod ("Hclose" with "Hs") as "HΦ";
    iModIntro; by mir.
  Lemma MetaSlot_count_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ w, w) (λ w, Φ (ret_val #w)) -∗
    WP MetaSlot_count [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. load. Qed.
  Lemma MetaSlot_list_id_refines E l Φ :
    word_access E (l +ₗ crate_list) word_any (λ w, w) (λ w, Φ (ret_val #w)) -∗
    WP MetaSlot_list_id [ #l ] {{ Φ }}.
  Proof. iIntros "H". mir_rec. load. Qed.

  (** ** The claim *)
  Lemma MetaSlot_claim_word_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any slot_claim_next
      (λ w, ▷ Φ (look_up_of (slot_claim w))) -∗
    WP MetaSlot_claim_word [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". mir_rec. wp_pures.
    wp_bind (Cas _ _ _ _). iMod "H" as (w) "([%Hw _] & Hs & Hclose)".
    rewrite /slot_claim_next /slot_claim.
    wp_cas as Heq | Hne.
    - subst w. iMod ("Hclose" with "Hs") as "HΦ". iModIntro. mir. iModIntro. by iApply "HΦ".
    - destruct (word_eqb_spec w slot_unused); [done|].
      iMod ("Hclose" with "[Hs]") as "HΦ"; [by repeat case_match|]. iModIntro. mir.
      destruct (word_eqb_spec w slot_unique); [|destruct (word_eqb_spec w slot_busy)];
        repeat first [rewrite bool_decide_eq_true_2; [mir|done]
                     |rewrite bool_decide_eq_false_2; [mir|done]];
        iModIntro; by iApply "HΦ".
  Qed.

  (** ** Shares *)
  Lemma MetaSlot_release_share_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ w, word_wrapping_sub w 1)
      (λ w, ▷ Φ (ret_val #(slot_drop_last w))) -∗
    WP MetaSlot_release_share [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". pose proof u64_minus_one. mir_rec. wp_pures.
    wp_bind (Faa _ _ _). iMod "H" as (w) "([%Hw _] & Hs & Hclose)". wp_faa.
    rewrite u64_wrap_pred. iMod ("Hclose" with "Hs") as "HΦ". iModIntro. mir.
    rewrite slot_drop_is_last. case_bool_decide; mir; iModIntro; done.
  Qed.

  (** A sum that is negative as a signed number. *)
  Local Lemma cast_negative w :
    word_ok w → w ≠ slot_unused →
    bool_decide (int_wrap i64 (word_wrapping_add w 1) < 0) = word_leb slot_max w.
  Proof.
    intros [H0 Hm] Hne. rewrite /slot_unused /word_max in Hne Hm.
    rewrite word_wrapping_add_small; [|rewrite /word_max; lia].
    rewrite /int_wrap. change (int_min i64) with (-9223372036854775808).
    change (int_modulus i64) with 18446744073709551616. unfold slot_max.
    destruct (word_leb_spec 9223372036854775807 w) as [Hle|Hgt]; case_bool_decide as Hd;
      [done| | |done].
    - exfalso. apply Hd. rewrite -(Z.mod_unique _ _ 1 (w + 1 - 9223372036854775808)); lia.
    - exfalso. rewrite Z.mod_small in Hd; lia.
  Qed.
  Lemma MetaSlot_clone_share_refines E l Φ :
    word_access E (l +ₗ crate_word) word_live (λ w, word_wrapping_add w 1)
      (λ w, ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ Φ (ret_val #☠)) -∗
    WP MetaSlot_clone_share [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". mir_rec. wp_pures. wp_bind (Faa _ _ _).
    iMod "H" as (w) "([%Hw [%Hbusy %Hunused]] & Hs & Hclose)". wp_faa.
    rewrite -word_wrap_int_wrap. iMod ("Hclose" with "Hs") as "HΦ". iModIntro.
    pose proof (u64_wrap_succ w Hw). mir. wp_pures. rewrite cast_negative //.
    rewrite /slot_clone_count. destruct (word_leb_spec slot_max w); mir.
    - wp_abort.
    - iModIntro. by iApply "HΦ".
  Qed.

  (** ** To a unique handle *)
  (** What the compare-exchange has found is in a local for a while. *)
  Lemma MetaSlot_try_unique_refines E l q k Φ :
    heap_lease q k -∗
    word_access E (l +ₗ crate_word) word_any slot_try_unique_next
      (λ w, ▷ (heap_lease q k -∗ Φ (ret_val #(slot_try_unique w)))) -∗
    WP MetaSlot_try_unique [ #l ] {{ Φ }}.
  Proof.
    iIntros "Hk H". mir_rec. wp_alloc i as "Hi" "Hi†" with "Hk".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "Hi" as "[Hi Hi']".
    mir. mir_call with "[//]". iIntros "_". mir. wp_pures.
    wp_bind (Cas _ _ _ _). iMod "H" as (w) "([%Hw _] & Hs & Hclose)".
    rewrite /slot_try_unique_next /slot_try_unique.
    wp_cas as Heq | Hne; [subst w|destruct (word_eqb_spec w 1); [done|]];
      iMod ("Hclose" with "Hs") as "HΦ"; iModIntro; mir;
      [|rewrite bool_decide_eq_false_2 //; mir];
      (iAssert (i ↦∗ [_; _])%I with "[Hi Hi']" as "Hi";
        [rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton; by iFrame|]);
      wp_free with "Hk"; mir; iModIntro; by iApply "HΦ".
  Qed.

  (** ** What the word says *)
  Lemma MetaSlot_status_refines E l Φ :
    word_access E (l +ₗ crate_word) word_any (λ w, w)
      (λ w, ▷ Φ (ret_val (crate_status w))) -∗
    WP MetaSlot_status [ #l ] {{ Φ }}.
  Proof.
    iIntros "H". mir_rec. wp_apply (MetaSlot_count_refines E).
    iMod "H" as (w) "([%Hw _] & Hs & Hclose)". iModIntro. iExists w. iFrame "Hs".
    iSplitR; [done|]. iIntros "!> Hs". iMod ("Hclose" with "Hs") as "HΦ". iModIntro.
    destruct Hw as [H0 _]. mir. rewrite /crate_status.
    destruct (word_eqb_spec w slot_unused); [|destruct (word_eqb_spec w slot_unique);
      [|destruct (word_eqb_spec w slot_busy);
        [|destruct (word_leb_spec w slot_max)]]];
      repeat first [rewrite bool_decide_eq_true_2;
                      [mir|unfold slot_busy, slot_max in *; first [done|lia]]
                   |rewrite bool_decide_eq_false_2;
                      [mir|unfold slot_busy, slot_max in *; first [done|lia]]];
      iModIntro; by iApply "HΦ".
  Qed.
End words.
