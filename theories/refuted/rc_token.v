(** * Why [clone] borrows the thread token

The specifications of [rc_sig.v] carry [na_own p F], the right of the current thread
to open its non-atomic invariants; the triples of the note on [Rc] do not. Is that a
weakness of the proof? No: without it the triples are false, not only of the model in
the note ([rc_naive.v]), but of every assertion [R] whatsoever that one might write
for "to own a handle":

<<
  { src ↦∗ w̄ ∗ ⟦τ⟧.own(w̄) }  Rc::new(src)  { x. R x }
  { R x }                     x.clone()    { y. R x ∗ R y }
>>

cannot both hold ([token_necessary]). Nothing in them keeps [R x] and [R y] on one
thread, and the count is not accessed atomically: two threads that each clone a
handle of their own race ([race_client]), and a race is undefined behaviour, here a
stuck execution. The token is what there is one of per thread: it is the reason why
Rust's [Rc] is not [Send], and it is not needed where the count is accessed by atomic
operations, as in [Arc].

Whether the demands are too strong together, and not each by itself: [new] alone and
[clone] alone have such an [R] ([rc_new_spec] wants no token, [token_clone_alone]), and with the
token there is one for both ([rc_ty_new] and [rc_ty_clone] in [rc.v]). *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.types Require Import type.
From tally.rc Require Import rc_code.
From tally.prelude Require Import options.

Definition tokenless_new_spec `{!lrustGS Σ} (R : val → iProp Σ) : Prop :=
  ∀ (src : loc) wl,
    {{{ src ↦∗ wl ∗ ty_own (int_ty i32) wl }}} rc_new 1 [ #src ] {{{ x, RET x; R x }}}.
Definition tokenless_clone_spec `{!lrustGS Σ} (R : val → iProp Σ) : Prop :=
  ∀ x : val, {{{ R x }}} rc_clone [x] {{{ y, RET y; R x ∗ R y }}}.

Definition race_client : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  Fork (rc_clone ["y"]);;
  rc_clone ["x"];;
  #☠.

Lemma race_client_spec `{!lrustGS Σ, !UntrackedHeap Σ} (R : val → iProp Σ) :
  tokenless_new_spec R → tokenless_clone_spec R →
  ⊢ WP race_client {{ _, True }}.
Proof.
  iIntros (Hnew Hclone). rewrite /race_client.
  wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
  wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
  wp_apply (Hnew with "[$Hsrc]"); [by iApply int_ty_own_intro|]. iIntros (x) "Hx".
  wp_pures. wp_apply (Hclone with "Hx"). iIntros (y) "[Hx Hy]". wp_pures.
  wp_apply (wp_fork with "[Hy]").
  { iNext. iApply (Hclone with "Hy"). by iIntros "!> * _". }
  iIntros "_". wp_pures. wp_apply (Hclone with "Hx"). iIntros (z) "_". by wp_pures.
Qed.

(** Two threads, turn by turn: one reads the count that the other is writing. *)
Definition races (o : outcome) : bool :=
  match run_status_of o with ThreadStuck _ (DataRace _ _ _ _) => true | _ => false end.
Lemma races_not_adequate choose schedule fuel e φ :
  races (run_program choose schedule fuel e) = true → ¬ adequate NotStuck e ∅ φ.
Proof.
  rewrite /races. destruct (run_status_of _) as [|i reason|i|] eqn:Hstuck; try done.
  intros _. by eapply run_program_stuck_not_adequate, Hstuck.
Qed.

(** The first thread goes ahead, and then they alternate: for some head start … *)
Definition race_schedules : list (list nat) := (λ k, replicate k 0) <$> seq 0 200.
Lemma race_client_races :
  existsb (λ schedule, races (run_program choice_fresh schedule 2000 race_client))
    race_schedules = true.
Proof. vm_compute. reflexivity. Qed.
Lemma race_client_not_adequate φ : ¬ adequate NotStuck race_client ∅ φ.
Proof.
  destruct (proj1 (existsb_exists _ _) race_client_races) as (schedule & _ & Hraces).
  exact (races_not_adequate _ _ _ _ _ Hraces).
Qed.

Theorem token_necessary Σ `{!lrustGpreS Σ} :
  ¬ (∀ `{!lrustGS Σ, !UntrackedHeap Σ}, ∃ R : val → iProp Σ,
       tokenless_new_spec R ∧ tokenless_clone_spec R).
Proof.
  intros HR. apply (race_client_not_adequate (λ _ _, True)).
  apply (lrust_adequacy Σ _ (λ _, True)). intros HΣ Huntracked.
  destruct (HR HΣ Huntracked) as (R & Hnew & Hclone).
  iApply (wp_wand with "[]"); [by iApply race_client_spec|]. by iIntros.
Qed.

(** Each of the two by itself can be had. *)
Lemma token_clone_alone `{!lrustGS Σ} :
  ∃ R : val → iProp Σ, tokenless_clone_spec R.
Proof. exists (λ _, False)%I. by iIntros (x Φ) "[]". Qed.
