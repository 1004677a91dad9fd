(** * [rc τ]: the note's definition, taken at its word

The note on [Rc] defines the type by

<<
  ⟦rc τ⟧.own([ℓ]) := ∃ c q w̄, ℓ ↦{q} c :: w̄ ∗ shared_own(τ, ℓ, w̄, c, q)
>>

and argues for the triples

<<
  { ⟦τ⟧.own(w̄) }    let x = Rc::new(w̄)  { ⟦rc τ⟧.own([x]) }
  { ⟦rc τ⟧.own([x]) }  let y = x.clone()  { ⟦rc τ⟧.own([x]) ∗ ⟦rc τ⟧.own([y]) }
>>

whatever [shared_own] is, as long as it obeys two laws, P1 and P2. This file judges
them. The definition here is [rc_lit S], with [S] in the place of [shared_own(τ, …)],
and the programs are those of [rc_code.v]. The note has no weak references; so the
weak count, which the programs keep beside the other one, is 1 and stays so.

- _The triple of [new] holds_ ([lit_new_holds]). All it wants of [shared_own] is P1
  from right to left, and a view shift is enough.
- _The step from (1) to (5) does not._ The count is stored through [ℓ ↦{q} c], a
  share that need not be the whole. As a rule of the logic, that store has every
  consequence: [naive_store_refuted]. Through the whole share there is such a rule
  of course ([naive_store_full]).
- _Could another argument save the triple of [clone]? No._ Any two handles agree on
  the count ([rc_lit_agree]): each has a share of the one cell. So the count that a
  handle sees cannot move while another handle exists; but the program moves it.
  [lit_client] clones twice and compares the count that the first clone sees before
  and after the second. By the triples it answers "the same"; executed, it answers
  "not the same". Hence the two triples are not both true, for any [shared_own]
  whatsoever ([literal_rc_refuted]; each alone is, for some: [lit_clone_alone]).
  And the triple of [clone] is false for any [shared_own] with P1 from right to left
  ([literal_clone_refuted]). P2 cannot help: no law can. Nor does it help to lend
  something to the triple of [clone], such as the thread token
  ([literal_rc_lending_refuted]): it is the definition that is wrong, not the triple.

What is wrong is that a share of the count cell is in each handle. In [rc_sig.v] the
cell is in an invariant, and the handle has the number of handles that it stands for.

How the refutations work: a proof in the logic is a statement about all executions,
by adequacy; one execution is computed by the interpreter of λRust; they disagree
([run_program_value_refutes]). *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lang.lib Require Import memcpy.
From tally.types Require Import type.
From tally.rc Require Import rc_sig.
From tally.prelude Require Import options.

(** ** The definition *)
Section literal.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  (** [S l wl c q] stands for [shared_own(τ, ℓ, w̄, c, q)]. Nothing is assumed of it. *)
  Implicit Types (S : loc → list val → positive → Qp → iProp Σ).
  Implicit Types (τ : type Σ) (l : loc) (wl : list val) (c : positive) (q : Qp).

  Definition rc_lit_at S l c q wl : iProp Σ :=
    l ↦∗{q} (#(Z.pos c) :: #1 :: wl) ∗ S l wl c q.
  Definition rc_lit S (vl : list val) : iProp Σ :=
    ∃ l, ⌜vl = [ #l]⌝ ∗ ∃ c q wl, rc_lit_at S l c q wl.

  (** The right side of the note's P1. *)
  Definition lit_content τ (x : loc * list val) : iProp Σ :=
    ty_own τ x.2 ∗ rc_dealloc τ x.1.

  (** ** The triples *)
  Definition lit_new_spec S τ : Prop :=
    ∀ (src : loc) wl,
      {{{ src ↦∗ wl ∗ ty_own τ wl }}}
        rc_new (ty_size τ) [ #src ]
      {{{ x, RET x; rc_lit S [x] }}}.
  Definition lit_clone_spec S : Prop :=
    ∀ x : val,
      {{{ rc_lit S [x] }}} rc_clone [x] {{{ y, RET y; rc_lit S [x] ∗ rc_lit S [y] }}}.
  (** The same for callers who lend [T]. *)
  Definition lit_clone_lending_spec (T : iProp Σ) S : Prop :=
    ∀ x : val,
      {{{ T ∗ rc_lit S [x] }}}
        rc_clone [x]
      {{{ y, RET y; T ∗ rc_lit S [x] ∗ rc_lit S [y] }}}.

  (** The store of an incremented count, through a share [q] of its cell. *)
  Definition naive_store_spec q : Prop :=
    ∀ l (c : Z),
      {{{ l ↦{q} #c }}} #l <- #(c + 1) {{{ RET #☠; l ↦{q} #(c + 1) }}}.

  (** ** All handles agree on the count *)
  Lemma rc_lit_agree S l c1 c2 q1 q2 wl1 wl2 :
    rc_lit_at S l c1 q1 wl1 -∗ rc_lit_at S l c2 q2 wl2 -∗
    ⌜c1 = c2 ∧ (q1 + q2 ≤ 1)%Qp⌝.
  Proof.
    rewrite /rc_lit_at !heap_pointsto_vec_cons.
    iIntros "[[Hl1 _] _] [[Hl2 _] _]".
    by iDestruct (heap_pointsto_valid_2 with "Hl1 Hl2") as %[? [= ->]].
  Qed.

  (** In particular a handle with the whole share is alone, and stays so: there is no
  second one, whatever its count. *)
  Lemma rc_lit_exclusive S l c1 c2 q wl1 wl2 :
    rc_lit_at S l c1 1 wl1 -∗ rc_lit_at S l c2 q wl2 -∗ False.
  Proof.
    iIntros "H1 H2".
    by iDestruct (rc_lit_agree with "H1 H2") as %[_ []%Qp.not_add_le_l].
  Qed.

  (** ** What holds *)

  (** P1 from right to left; the note has [⊢] in the place of the view shift. *)
  Lemma lit_new_holds S τ :
    (∀ l wl, lit_content τ (l, wl) ={⊤}=∗ S l wl 1%positive 1%Qp) →
    lit_new_spec S τ.
  Proof using Type*.
    iIntros (HP1 src wl Φ) "[Hsrc Hwl] HΦ". iDestruct (ty_size_eq with "Hwl") as %Hlen.
    wp_rec. wp_pures. wp_rec. wp_alloc l as "Hl" "H†".
    rewrite Nat2Z.id /= !heap_pointsto_vec_cons shift_loc_assoc.
    iDestruct "Hl" as "(Hc & Hw & Hd)". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_smart_apply (memcpy_spec with "[$Hd $Hsrc]");
      [by rewrite list_length_replicate|by rewrite Hlen|].
    iIntros "[Hd _]". wp_pures.
    iMod (HP1 with "[$Hwl $H†]") as "HS". iModIntro. iApply "HΦ".
    iExists l. iSplitR; [done|]. iExists 1%positive, 1%Qp, wl. iFrame "HS".
    rewrite !heap_pointsto_vec_cons shift_loc_assoc. iFrame.
  Qed.

  (** The triple of [clone] alone holds, of a type that has no values. *)
  Lemma lit_clone_alone : lit_clone_spec (λ _ _ _ _, False)%I.
  Proof. iIntros (x Φ) "(%l & _ & %c & %q & %wl & _ & [])". Qed.

  Lemma naive_store_full : naive_store_spec 1.
  Proof. iIntros (l c Φ) "Hl HΦ". wp_write. by iApply "HΦ". Qed.
End literal.

(** ** The store *)
Definition store_client : expr :=
  let: "x" := Alloc #1 in
  "x" <- #0;;
  "x" <- #(0 + 1).

(** The share that is not stored through still says what the cell held before. *)
Lemma naive_store_bad `{!lrustGS Σ} (q : Qp) (l : loc) (c : Z) :
  (q < 1)%Qp → naive_store_spec q →
  {{{ l ↦ #c }}} #l <- #(c + 1) {{{ RET #☠; False }}}.
Proof.
  iIntros ([q' Hq]%Qp.lt_sum Hstore Φ) "Hl HΦ".
  rewrite Hq. iDestruct "Hl" as "[Hl Hl']".
  iApply (Hstore with "Hl"). iIntros "!> Hl".
  iDestruct (heap_pointsto_agree with "Hl Hl'") as %[= ?]. lia.
Qed.

Theorem naive_store_refuted Σ `{!lrustGpreS Σ} (q : Qp) :
  (q < 1)%Qp → ¬ (∀ `{!lrustGS Σ, !UntrackedHeap Σ}, naive_store_spec q).
Proof.
  intros Hq Hstore.
  refine (run_program_value_refutes choice_fresh [] 100 store_client NotStuck
    (λ _, False) #☠ _ _ _); [by vm_compute|by intros []|].
  apply (lrust_adequacy Σ). intros HΣ Huntracked. iStartProof. rewrite /store_client.
  wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton. wp_pures.
  wp_write. wp_pures.
  wp_apply (naive_store_bad q l 0 Hq (Hstore HΣ Huntracked) with "Hl"). by iIntros "[]".
Qed.

(** ** The triple of [clone] *)
Definition lit_client : expr :=
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "x" := rc_new 1 ["src"] in
  let: "y" := rc_clone ["x"] in
  if: "x" = "y" then
    let: "before" := !"y" in
    rc_clone ["x"];;
    let: "after" := !"y" in
    "before" = "after"
  else #true.

(** What the triples say of it … *)
Lemma lit_client_spec `{!lrustGS Σ, !UntrackedHeap Σ} (T : iProp Σ)
    (S : loc → list val → positive → Qp → iProp Σ) :
  lit_new_spec S (int_ty i32) → lit_clone_lending_spec T S →
  T -∗ WP lit_client {{ v, ⌜v = #true⌝ }}.
Proof.
  iIntros (Hnew Hclone) "HT". rewrite /lit_client.
  wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
  wp_write. wp_pures.
  wp_apply (Hnew src [ #42]%V with "[Hsrc]").
  { rewrite heap_pointsto_vec_singleton. iFrame "Hsrc". by iApply int_ty_own_intro. }
  iIntros (x) "Hx". wp_pures.
  wp_apply (Hclone with "[$HT $Hx]"). iIntros (y) "(HT & Hx & Hy)". wp_pures.
  iDestruct "Hx" as (l) "(%Heq & %c & %q & %wl & [Hl Hx])". simplify_eq/=.
  iDestruct "Hy" as (l') "(%Heq & %c' & %q' & %wl' & [Hl' Hy])". simplify_eq/=.
  rewrite !heap_pointsto_vec_cons.
  iDestruct "Hl" as "[Hl Hd]". iDestruct "Hl'" as "[Hl' Hd']".
  wp_apply (wp_eq_loc with "[$Hl $Hl']"). iIntros "[Hl Hl']".
  case_bool_decide as Heq; wp_pures; [subst l'|done].
  wp_read. wp_pures.
  wp_apply (Hclone with "[$HT Hl Hd Hx]").
  { iExists l. iSplitR; [done|]. iExists c, q, wl. iFrame "Hx".
    rewrite !heap_pointsto_vec_cons. iFrame. }
  iIntros (z) "_". wp_pures. wp_read. wp_pures. by rewrite bool_decide_eq_true_2.
Qed.

(** … and what it does. *)
Lemma lit_client_run :
  main_value (run_program choice_fresh [] 1000 lit_client) = Some #false%V.
Proof. by vm_compute. Qed.

(** No [shared_own] makes both triples true, already of integers, even if the triple
of [clone] borrows something that can be had from the start. *)
Theorem literal_rc_lending_refuted Σ `{!lrustGpreS Σ} :
  ¬ (∀ `{!lrustGS Σ, !UntrackedHeap Σ},
       ⊢ |={⊤}=> ∃ (T : iProp Σ) (S : loc → list val → positive → Qp → iProp Σ),
         ⌜lit_new_spec S (int_ty i32) ∧ lit_clone_lending_spec T S⌝ ∗ T).
Proof.
  intros HS.
  refine (run_program_value_refutes choice_fresh [] 1000 lit_client NotStuck
    (λ v, v = #true%V) _ lit_client_run _ _); [done|].
  apply (lrust_adequacy Σ). intros HΣ Huntracked.
  iMod (HS HΣ Huntracked) as (T S [Hnew Hclone]) "HT".
  iApply (lit_client_spec T S Hnew Hclone with "HT").
Qed.

(** As in the note: nothing is borrowed. *)
Theorem literal_rc_refuted Σ `{!lrustGpreS Σ} :
  ¬ (∀ `{!lrustGS Σ, !UntrackedHeap Σ}, ∃ S : loc → list val → positive → Qp → iProp Σ,
       lit_new_spec S (int_ty i32) ∧ lit_clone_spec S).
Proof.
  intros HS. apply (literal_rc_lending_refuted Σ). intros HΣ Huntracked.
  destruct (HS HΣ Huntracked) as (S & Hnew & Hclone).
  iModIntro. iExists True%I, S. iSplit; [iPureIntro; split; [done|]|done].
  iIntros (x Φ) "[_ Hx] HΦ". iApply (Hclone with "Hx").
  iIntros "!>" (y) "[Hx Hy]". iApply "HΦ". iFrame.
Qed.

(** Hence the triple of [clone] is false of every [shared_own] that has P1 from right
to left, be it an entailment, as in the note, or a view shift. *)
Theorem literal_clone_refuted Σ `{!lrustGpreS Σ} :
  ¬ (∀ `{!lrustGS Σ, !UntrackedHeap Σ}, ∃ S : loc → list val → positive → Qp → iProp Σ,
       (∀ l wl, lit_content (int_ty i32) (l, wl) ={⊤}=∗ S l wl 1%positive 1%Qp) ∧
       lit_clone_spec S).
Proof.
  intros HS. apply (literal_rc_refuted Σ). intros HΣ Huntracked.
  destruct (HS HΣ Huntracked) as (S & HP1 & Hclone). exists S. split; [|done].
  by apply lit_new_holds.
Qed.
