(** * A client of the crate's own slot

[crate_client] has the slot of [frame_atomic_client.v], and works on it with the functions of
[frame/slot.rs] as they are translated from the MIR. Only what moves metadata in and runs
their destructor, which is not translated, are programs of [frame_code.v].

The slot is claimed, which nobody can do again; the metadata is written, and the frame is
unique, so a look-up is refused. It is shared, looked up and cloned; with three shares it
cannot become unique. Two shares are given back, and neither is the last. Then it becomes
unique, is given up and torn down, and the slot is unused again. Its status is asked on the
way.

[crate_client_adequate]: nothing goes wrong, no call unwinds, and the results were exact. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.mir Require Import value mirmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame crate_frame frame_addr number_dict.
From tally.examples Require Import expect second_page frame_client.
From tally.prelude Require Import options.

(** ** The program *)
(** The result of a call that returns; [#false] if it unwinds. *)
Definition on_return (call : expr) (x : string) (rest : expr) : expr :=
  App call [Rec BAnon [BNamed x] rest; Rec BAnon [] (Val (LitV (LitInt 0)))].
(** A result of two cells, of which the first is expected. *)
Definition expect_tag (f : val) (z : Z) (rest : expr) : expr :=
  on_return (App (Val f) [Var "base"]) "pair"
    (App (Var "pair") [Rec BAnon [BNamed "tag"; BNamed "e"] (expect (Var "tag") z rest)]).
Definition expecting (f : val) (z : Z) (rest : expr) : expr :=
  on_return (App (Val f) [Var "base"]) "r" (expect (Var "r") z rest).
Definition doing (f : val) (rest : expr) : expr :=
  on_return (App (Val f) [Var "base"]) "r" rest.

Definition crate_client : expr :=
  (let: "base" := second_page [] in
   let: "src" := Alloc #1 in
   "src" <- #42;;
   expect_tag MetaSlot_status 0
   (expect_tag MetaSlot_claim_word 0
   (expect_tag MetaSlot_claim_word 1
   (write_meta 1 ["base" +ₗ #5; #0; "src"];;
   expect_tag MetaSlot_status 3
   (doing MetaSlot_publish_unique
   (expect_tag MetaSlot_get_from_in_use 1
   (doing MetaSlot_share_unique
   (expect_tag MetaSlot_get_from_in_use 0
   (doing MetaSlot_clone_share
   (expecting MetaSlot_count 3
   (expect_tag MetaSlot_status 2
   (expecting MetaSlot_try_unique 0
   (expecting MetaSlot_release_share 0
   (expecting MetaSlot_release_share 0
   (expecting MetaSlot_try_unique 1
   (doing MetaSlot_retire_unique
   (drop_meta_in_place number_glues ["base" +ₗ #5];;
   doing MetaSlot_mark_unused
   (expect_tag MetaSlot_status 0 #true))))))))))))))))))%E.

Lemma crate_client_run :
  main_value (run_program choice_reuse [] 5000 crate_client) = Some #true%V.
Proof. vm_compute. reflexivity. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".

  Local Lemma open_second_page γr s :
    s ↦∗ [ #slot_unused; #☠; #☠; #4096; #☠ ]%V ={⊤}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot number_dict N γ s 4096 ∗ slot_is γ SlotUnused.
  Proof.
    rewrite !heap_pointsto_vec_cons !shift_loc_assoc.
    iIntros "(Hs & Hs1 & _ & Hs3 & Hs4 & _)".
    iApply (open_slot_alloc number_dict N ⊤ γr s 4096 with "Hs [Hs1 Hs4] Hs3").
    iExists (#☠), [ #☠ ]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  (** A result that was expected, and what follows. *)
  Local Ltac seen := mir; try (rewrite bool_decide_eq_true_2; [mir|done]).

  Lemma crate_client_spec : ⊢ WP crate_client {{ v, ⌜v = #true%V⌝ }}.
  Proof using All.
    rewrite /crate_client /expect_tag /expecting /doing /on_return /expect.
    wp_apply second_page_spec; [done|]. iIntros (base) "Hs". wp_pures.
    assert (page_slot 1 base 4096 = base +ₗ crate_word)%L as -> by done.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    iMod pending_incs_alloc as (γr) "Hr".
    iDestruct (pending_incs_take with "Hr") as "[Hr _]"; [done|].
    iMod (open_second_page γr with "Hs") as (γ) "(%Hγ & #I & Hst)".
    rewrite -Hγ -(heap_pointsto_vec_singleton src). wp_pures. mir.
    iApply (MetaSlot_status_at number_dict N with "I Hst").
    iIntros "!>" (st [-> _]) "Hst". rewrite /crate_status /=. seen.
    iApply (MetaSlot_claim_word_at number_dict N with "I Hst").
    iIntros "!>" (st ->) "Hst Hv". rewrite /look_up_of /= /ok_unit. seen.
    iApply (MetaSlot_claim_word_at number_dict N with "I Hst").
    iIntros "!>" (st ->) "Hst _". rewrite /look_up_of /= /err_of. seen.
    iDestruct (vacant_frame_build with "Hv") as "[Hroom Hbuilt]".
    wp_apply (write_meta_spec number_dict _ 0 src [ #42 ] with "[$Hroom $Hsrc]");
      [by iApply number_own; [lia|]|].
    iIntros "[Hm Hsrc]". iDestruct ("Hbuilt" with "Hm") as "Hh". wp_pures. mir.
    iApply (MetaSlot_status_at number_dict N with "I Hst").
    iIntros "!>" (st [-> _]) "Hst". rewrite /crate_status /=. seen.
    iApply (MetaSlot_publish_unique_at number_dict N with "I Hh Hst").
    iIntros "!> Hh Hst". seen.
    iApply (MetaSlot_get_from_in_use_at number_dict N with "I Hst").
    iIntros "!>" (st ->) "Hst _". rewrite /look_up_of /= /err_of. seen.
    iApply (MetaSlot_share_unique_at number_dict N with "I Hh Hst").
    iIntros "!>" (γm) "Hst Hh". seen.
    iApply (MetaSlot_get_from_in_use_at number_dict N with "I Hst").
    iIntros "!>" (st ->) "Hst [_ H2]". rewrite /look_up_of /= /ok_unit. seen.
    iApply (MetaSlot_clone_share_at number_dict N with "I Hh Hr Hst").
    iIntros "!>" (n [[_ [= ->]] _]) "Hst Hh H3 _". seen.
    iApply (MetaSlot_count_at number_dict N with "I Hh Hst").
    iIntros "!>" (n [[_ [= ->]] _]) "Hst Hh". seen.
    iApply (MetaSlot_status_at number_dict N with "I Hst").
    iIntros "!>" (st [-> _]) "Hst". rewrite /crate_status /=. seen.
    iDestruct (heap_lease_untracked 1 0) as "Hk".
    iApply (MetaSlot_try_unique_at number_dict N with "I Hh Hk Hst").
    iIntros "!>" (n [_ [= ->]]) "Hst _ Hh /=". seen.
    iApply (MetaSlot_release_share_at number_dict N with "I H2 Hst").
    iIntros "!>" (n [_ [= ->]]) "Hst _ /=". seen.
    iApply (MetaSlot_release_share_at number_dict N with "I H3 Hst").
    iIntros "!>" (n [_ [= ->]]) "Hst _ /=". seen.
    iApply (MetaSlot_try_unique_at number_dict N with "I Hh Hk Hst").
    iIntros "!>" (n [_ [= ->]]) "Hst _ (%vl & _ & Hh) /=". seen.
    iApply (MetaSlot_retire_unique_at number_dict N with "I Hh Hst").
    iIntros "!> Hh Hst". seen.
    iDestruct (busy_frame_vacate with "Hh") as "[Hm Hback]".
    wp_apply (drop_meta_in_place_spec number_dict with "[$Hm]"); [iApply number_dict_drop|].
    iIntros "[Hroom _]". iDestruct ("Hback" with "Hroom") as "Hv". wp_pures. mir.
    iApply (MetaSlot_mark_unused_at number_dict N with "I Hv Hst").
    iIntros "!> Hst". seen.
    iApply (MetaSlot_status_at number_dict N with "I Hst").
    iIntros "!>" (st [-> _]) "Hst". rewrite /crate_status /=. by seen.
  Qed.
End client.

Theorem crate_client_adequate :
  adequate NotStuck crate_client ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy frame_clientΣ). intros HΣ Huntracked. apply crate_client_spec.
Qed.
