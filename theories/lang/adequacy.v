(** * λRust: adequacy

What a weakest precondition means without separation logic: if [WP e {{ v, ⌜φ v⌝ }}]
is proved in the empty memory, then no execution of [e], under any scheduling,
gets stuck, and every value that [e] returns satisfies [φ].

Since racing, using freed memory, freeing what is not a whole live block and
overflowing an unchecked operation are all stuck ([lang.v]), none of them happens
in a program so proved.

Key results: [lrust_adequacy]; [lrust_adequacy_state], which also says what the memory
is at the end; and [lrust_adequacy_leak_free], by which a program that gives back the
whole lease of the heap has freed every block when its main thread returns.

Source: [lang/adequacy.v] of RustBelt's λRust. *)
From iris.base_logic.lib Require Import invariants.
From iris.program_logic Require Export adequacy.
From iris.proofmode Require Import proofmode.
From tally.lang Require Export lifting.
From tally.prelude Require Import options.

Class lrustGpreS Σ := LRustGpreS {
  lrustGpreS_invGpreS : invGpreS Σ;
  lrustGpreS_heapGpreS : heapGpreS Σ;
}.
Global Existing Instances lrustGpreS_invGpreS lrustGpreS_heapGpreS.

Definition lrustΣ : gFunctors := #[invΣ; heapΣ].
Global Instance subG_lrustΣ {Σ} : subG lrustΣ Σ → lrustGpreS Σ.
Proof. solve_inG. Qed.

Lemma lrust_adequacy Σ `{!lrustGpreS Σ} (e : expr) (φ : val → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ}, ⊢ WP e {{ v, ⌜φ v⌝ }}) →
  adequate NotStuck e ∅ (λ v _, φ v).
Proof.
  intros Hwp. apply (wp_adequacy Σ lrust_lang). iIntros (Hinv κs).
  iMod heap_init as (Hheap Huntracked) "Hσ". iModIntro.
  iExists (λ σ _, heap_ctx σ), (λ _, True%I). iFrame. iApply (Hwp (LRustGS _ _ _)).
Qed.

Local Lemma lrust_adequacy_init Σ `{!lrustGpreS Σ} (e : expr) (φ : val → state → Prop)
    (I : heapGS Σ → iProp Σ) :
  (⊢ |==> ∃ H : heapGS Σ, heap_ctx ∅ ∗ I H) →
  (∀ H : lrustGS Σ, I _ -∗ WP e {{ v, ∀ σ, heap_ctx σ ={⊤,∅}=∗ ⌜φ v σ⌝ }}) →
  adequate NotStuck e ∅ φ.
Proof.
  intros Hinit Hwp. apply adequate_alt; intros t2 σ2 [n [κs ?]]%erased_steps_nsteps.
  eapply (wp_strong_adequacy Σ lrust_lang); [|done]. iIntros (Hinv).
  iMod Hinit as (Hheap) "[Hσ HI]". iModIntro.
  iExists (λ σ _ _ _, heap_ctx σ),
    [λ v, ∀ σ, heap_ctx σ ={⊤,∅}=∗ ⌜φ v σ⌝]%I, (λ _, True%I), _.
  iFrame "Hσ". iSplitL "HI".
  { iApply big_sepL2_singleton. iApply (Hwp (LRustGS _ _ _) with "HI"). }
  iIntros (es' t2' -> Hlen Hns) "Hσ H _". destruct es' as [|e' [|]]; simplify_eq/=.
  iDestruct "H" as "[H _]". destruct (to_val e') as [v|] eqn:He; simpl.
  - iMod ("H" with "Hσ") as %Hφ. iModIntro. iPureIntro. split; [|by eauto].
    intros v' t' [= -> ->]. by rewrite /= in He; simplify_eq.
  - iApply fupd_mask_intro; [set_solver|]. iIntros "_ !%". split; [|by eauto].
    by intros v' t' [= -> ->].
Qed.

(** The same, about the memory at the end as well: what holds of it is read off
    the authority [heap_ctx] and whatever the proof kept. *)
Lemma lrust_adequacy_state Σ `{!lrustGpreS Σ} (e : expr) (φ : val → state → Prop) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
    ⊢ WP e {{ v, ∀ σ, heap_ctx σ ={⊤,∅}=∗ ⌜φ v σ⌝ }}) →
  adequate NotStuck e ∅ φ.
Proof.
  intros Hwp. apply (lrust_adequacy_init Σ e φ (λ _, ⌜UntrackedHeap Σ⌝)%I).
  - iMod heap_init as (Hheap Huntracked) "Hσ". iModIntro. iExists Hheap. by iFrame.
  - iIntros (H Huntracked). iApply Hwp.
Qed.

(** A program that starts with the whole lease of the memory and ends with it, no block
    being on it, leaks nothing: when the main thread returns the memory is empty. *)
Theorem lrust_adequacy_leak_free Σ `{!lrustGpreS Σ} (e : expr) (φ : val → Prop) :
  (∀ `{!lrustGS Σ}, heap_lease 1 0 -∗ WP e {{ v, ⌜φ v⌝ ∗ heap_lease 1 0 }}) →
  adequate NotStuck e ∅ (λ v σ, φ v ∧ σ = ∅).
Proof.
  intros Hwp. apply (lrust_adequacy_init Σ e _
    (λ _, ⌜is_Some heap_lease_name⌝ ∗ heap_lease 1 0)%I).
  - iMod heap_init_tracked as (Hheap Hname) "[Hσ Hlease]". iModIntro. iExists Hheap.
    by iFrame.
  - iIntros (H) "[%Hname Hlease]". iApply (wp_wand with "[Hlease]"); [by iApply Hwp|].
    iIntros (v) "[%Hφ Hlease]". iIntros (σ) "Hσ".
    iDestruct (heap_lease_empty with "Hσ Hlease") as %Hσ; [done|].
    iApply fupd_mask_intro; [set_solver|]. by iIntros "_".
Qed.
