(** * A mutable reference to a value of an erased lifetime

[ErasedLifetime::get_mut] of the note turns [&'a mut self] into [&'a mut T::This<'a>]. Its
reason is that [T::This] is covariant, and that does not make [&mut T::This<'a>] covariant:
something that lives for ['a] only can be stored, and is found there later as if it lived
as long as the rest.

- [get_mut_stuck]: the client [get_mut_client], of safe code besides [get_mut], reads memory
  that was freed, and nothing is true of it ([get_mut_refuted]).
- [no_get_mut]: the rule cannot be had, even where the type is a shared reference to an
  integer and nothing is to come back in the end.

The rule that holds is [erased_with_mut] of [borrow/erased.v], with a closure that works at
every lifetime. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import erased.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** ** The execution *)

(** <<
  let p = Box::into_raw(Box::new(7));
  let mut e = ErasedLifetime::new(p);
  { let b = 1;  *e.get_mut() = &b; }
  **e.get()
>> *)
Definition get_mut_client : expr :=
  let: "p" := Alloc #1 in "p" <- #7;;
  let: "e" := Alloc #1 in "e" <- "p";;
  let: "b" := Alloc #1 in "b" <- #1;;
  let: "r" := "e" in
  "r" <- "b";;
  Free #1 "b";;
  !(!"e").
(** The last read is one of memory that was freed. *)
Lemma get_mut_stuck : main_stuck (run_program choice_fresh [] 1000 get_mut_client) = true.
Proof. by vm_compute. Qed.
(** Nothing is true of it. *)
Theorem get_mut_refuted φ : ¬ adequate NotStuck get_mut_client ∅ φ.
Proof. eapply main_stuck_not_adequate, get_mut_stuck. Qed.

(** ** The law *)
Section law.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ α : lft) (e l : loc) (v w : val).

  (** [&'κ i64]. *)
  Definition int_shr_ref κ v : iProp Σ :=
    ∃ (l : loc) q (n : Z), ⌜v = #l⌝ ∗ shr_ref κ int_raw l q n.
  Global Instance int_shr_ref_persistent κ v : Persistent (int_shr_ref κ v).
  Proof. apply _. Qed.
  (** From [&'α mut self] to [&'α mut T::This<'α>]. *)
  Definition law_get_mut (T : lft → val → iProp Σ) (R : iProp Σ) : Prop := ∀ α e v,
    e ↦ v -∗ erased T R v ={⊤}=∗
    &{α} (∃ w, e ↦ w ∗ T α w) ∗ ([†α] ={⊤}=∗ ▷ ∃ w, e ↦ w ∗ erased T R w).

  (** It can be read. *)
  Lemma int_shr_ref_read κ q v :
    {{{ int_shr_ref κ v ∗ q.[κ] }}} !v {{{ (n : Z), RET #n; q.[κ] }}}.
  Proof.
    iIntros (Φ) "[(%l & %q' & %n & -> & #H) Hκ] HΦ".
    iMod (ref_to_ptr with "H Hκ") as (q'') "[Hl Hclose]"; [done|]. rewrite acc_int.
    wp_read. iMod ("Hclose" with "Hl") as "Hκ". by iApply "HΦ".
  Qed.
  (** A place becomes one, and is back afterwards. *)
  Lemma int_shr_ref_new κ l (n : Z) :
    £ 1 -∗ l ↦ #n ={⊤}=∗ int_shr_ref κ #l ∗ ([†κ] ={⊤}=∗ l ↦ #n).
  Proof.
    iIntros "H£ Hl". rewrite -acc_int.
    iMod (ptr_to_ref int_raw _ κ with "H£ Hl") as "[#H $]"; [done|].
    iModIntro. iExists l, 1%Qp, n. by iFrame "H".
  Qed.

  Local Lemma get_mut_client_spec `{!UntrackedHeap Σ} :
    law_get_mut int_shr_ref True%I → ⊢ WP get_mut_client {{ _, True }}.
  Proof.
    iIntros (Hlaw). rewrite /get_mut_client.
    wp_alloc p as "Hp" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_alloc e as "He" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£'". wp_write. wp_pures.
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (α) "[Hα #Hend']".
    iMod (int_shr_ref_new κ with "H£ Hp") as "[#Hp _]".
    iMod (int_shr_ref_new α with "H£' Hb") as "[#Hb Hbback]".
    iMod (Hlaw α e #p with "He [Hκ]") as "[Hbor Hback]".
    { rewrite /erased. iExists κ. iFrame "Hκ Hend Hp". by iIntros "_". }
    iMod (bor_acc with "Hbor Hα") as "[(%w & >He & _) Hclose]"; [done|]. wp_write.
    iMod ("Hclose" with "[He]") as "[_ Hα]"; [iNext; iExists #b; by iFrame "He Hb"|].
    iMod ("Hend'" with "Hα") as "#H†". iMod ("Hbback" with "H†") as "Hbl".
    iMod ("Hback" with "H†") as "H". wp_pures.
    rewrite -(heap_pointsto_vec_singleton b). wp_free. wp_pures.
    iDestruct "H" as (w') "[He Her]". rewrite {1}/erased.
    iDestruct "Her" as (κ') "(Hκ & _ & #Hr & _)". wp_read.
    wp_apply (int_shr_ref_read with "[$Hr $Hκ]"). by iIntros.
  Qed.
End law.

(** [get_mut] cannot be had for shared references to integers. *)
Theorem no_get_mut Σ `{!lrustGpreS Σ, !lftG Σ} :
  ¬ ∀ `{!lrustGS Σ}, law_get_mut (Σ:=Σ) int_shr_ref True%I.
Proof.
  intros Hlaw. apply (get_mut_refuted (λ _ _, True)).
  apply (lrust_adequacy Σ). intros HΣ Huntracked.
  iApply (wp_wand with "[]"); [by iApply get_mut_client_spec|by iIntros].
Qed.
