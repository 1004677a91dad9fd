(** * An [Rc] in an [Rc], with a destructor that panics inside

A closed driver calls the crate's own functions, as the compiler translates them. The
content of the outer block is a handle of the inner one, whose content owns memory. The
destructor of that content frees it, and returns or panics:

<<
  let inner = Share::new(boxed);  let outer = Share::new(inner);
  catch_unwind(|| drop(outer)).is_ok()
>>

The panic goes through both [drop]s. Each of them releases its block on the way
([rc_sole_unwind_spec], twice), so that no memory is left at either end. *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_context inner inner_types.
From tally.examples Require Import rc_inner_client.
From tally.prelude Require Import options.

Definition nested (ok : bool) : expr :=
  let T := boxed ok in
  (let: "src" := Alloc #1 in let: "block" := Alloc #1 in
   "block" <- #7;; "src" <- "block";;
   App (Val (Rc_new T)) ["src"] [λ: ["inner"],
     "src" <- "inner";;
     App (Val (Rc_new (Share_tparam T))) ["src"] [λ: ["outer"],
       "src" <- "outer";;
       let: "returned" :=
         App (Val (Share_drop (Share_tparam T))) ["src"] [λ: ["r"], #true; λ: [], #false] in
       Free #1 "src";;
       "returned";
     λ: [], #9];
   λ: [], #9])%E.

Section nested.
  Context `{!rcGS Σ}.
  Let Nin : namespace := nroot .@ "inner".
  Let Nout : namespace := nroot .@ "outer".
  Let SOin := so_na rc_pool (rc_contentN Nin) (rc_content (λ _ _, True) (boxed_ty (1/2))).
  (** The content of the outer block: the inner handle, with a lease for its destructor. *)
  Local Definition inner_ty : type Σ := leased_ty (rc_sole SOin ((1/2/2)%Qp, 0)) (1/2/2/2) 0.
  Let SOout := so_na rc_pool (rc_contentN Nout) (rc_content (λ _ _, True) inner_ty).

  Lemma nested_spec ok :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP nested ok {{ v, ⌜v = #ok⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /nested.
    iDestruct (heap_lease_halves with "Hlease") as "[Hblock Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hin Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hlocals Hlease]".
    iDestruct (heap_lease_halves with "Hlease") as "[Hout Hlease]".
    wp_alloc src as "Hsrc" "Hsrc†" with "Hlease". mir.
    wp_alloc b as "Hb" "Hb†" with "Hblock".
    rewrite !heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc".
    wp_apply (Rc_new_spec SOin (boxed ok) src [ #b]%V [] with "[$Hin $Hsrc Hb Hb† Hblock]");
      [done|done|by iExists b; iFrame|].
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". mir. rewrite heap_pointsto_vec_singleton. mir.
    iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc".
    wp_apply (Rc_new_spec SOout (Share_tparam (boxed ok)) src [ #l]%V []
      with "[$Hout $Hsrc $Hlocals Hrc]"); [done|done|iExists l, γ, i, []; by iFrame|].
    iIntros (l' γ' i') "(%Hγ' & Hrc & Hsrc)". mir. rewrite heap_pointsto_vec_singleton. mir.
    iAssert (ty_unwind_spec (na_own rc_pool ⊤) inner_ty (tp_glue (Share_tparam (boxed ok)))
      (λ _, heap_lease (1/2/2/2) 0 ∗ heap_lease (1/2/2) 0 ∗ ⌜ok = true⌝ ∗ heap_lease (1/2) 0)
      (λ _, heap_lease (1/2/2/2) 0 ∗ heap_lease (1/2/2) 0 ∗ ⌜ok = false⌝ ∗ heap_lease (1/2) 0))%I
      as "#Hglue".
    { iPoseProof (boxed_unwind_spec (na_own rc_pool ⊤) (1/2) ok) as "H".
      iDestruct (rc_sole_unwind_spec SOin ⊤ (boxed ok) _ _ (1/2/2/2) 0 ((1/2/2)%Qp, 0)
        with "H") as "H'"; [done..|].
      iDestruct (leased_unwind_spec with "H'") as "H''".
      iApply (ty_unwind_spec_mono with "H''").
      intros vl; split; iIntros "($ & $ & % & % & _ & $)". }
    wp_apply (Share_drop_spec SOout _ src _ ⊤ with "[$Hglue $Hlease $Hna $Hsrc $Hrc]"); [done..|].
    iIntros (e) "(Hlease & Hna & Hsrc & H)".
    iDestruct "H" as "[(%k' & [_ %Hk'] & _)|[([_ [_ %Hr]] & _)|(_ & Hlast & %wl & _ & He)]]";
      [lia|done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hout _]"; [done|]. rewrite Hγ'.
    iAssert (⌜e = if ok then ret_val #☠ else unw_val⌝ ∗
      heap_lease (1/2/2/2) 0 ∗ heap_lease (1/2/2) 0 ∗ heap_lease (1/2) 0)%I
      with "[He]" as "(-> & Hlocals & Hin & Hblock)".
    { by iDestruct "He" as "[(%v & -> & -> & $ & $ & -> & $)|[-> ($ & $ & -> & $)]]". }
    destruct ok; mir; iEval (rewrite -heap_pointsto_vec_singleton) in "Hsrc";
      wp_free with "Hlease"; mir; iModIntro; (iSplitR; [done|]).
    all: iDestruct (heap_lease_halves with "[$Hout $Hlease]") as "Hlease".
    all: iDestruct (heap_lease_halves with "[$Hlocals $Hlease]") as "Hlease".
    all: iDestruct (heap_lease_halves with "[$Hin $Hlease]") as "Hlease".
    all: iDestruct (heap_lease_halves with "[$Hblock $Hlease]") as "$".
  Qed.
End nested.

(** On both ends: the answer is right, and the memory is empty. *)
Theorem nested_adequate ok :
  adequate NotStuck (nested ok) ∅ (λ v σ, v = #ok%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy rc_stdΣ _ (λ v, v = #ok%V)). intros HΣ. apply nested_spec.
Qed.

(** One execution of each, computed: its answer, and that no memory is left. *)
Lemma nested_run ok :
  let o := run_program choice_reuse [] 4000 (nested ok) in
  main_value o = Some #ok%V ∧ map_to_list (run_state o) = [].
Proof. destruct ok; by vm_compute. Qed.
