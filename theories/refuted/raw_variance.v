(** * Variance: what must not be weakened

What is owned may be weakened ([borrow/variance.v]). What must be given back may not.

- [variance_bad_stuck]: the note's two programs [bad], with a caller. Both store a reference
  to a local variable where a ['static] one is expected, the first through a [*const] that is
  cast to a [*mut], the second through a covariant owner that hands out [&mut]. The
  caller reads memory that was freed, and nothing is true of it ([variance_bad_refuted]).
- [no_const_write]: that a [*const] may be weakened, cast to a [*mut] and written to, and the
  permission given back as it was, cannot be had.
- [no_deref_mut]: nor can it be had that an owner with [deref_mut] is weakened and then gives
  the permission back as it was.
- [no_mut_covariant]: a mutable reference to a ['static] reference is none to a shorter-lived
  one.
- [no_mut_mono]: in general, a mutable reference to a content is none to a weaker content.
  The rule that holds asks for an equivalent one ([mut_iff]). *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import variance.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** ** Executions *)

(** <<
  fn bad<'a>(x: *const &'static u32, bad_ref: &'a u32) {
     let mut mut_x: *const &'a u32 = x;
     let mut_ref_x = &mut mut_x;
     let x_mut = *mut_ref_x as *mut &'a u32;
     unsafe { *x_mut = bad_ref }
  }
>> *)
Definition bad_const : val := λ: ["x"; "bad_ref"],
  let: "mut_x" := Alloc #1 in
  "mut_x" <- "x";;
  let: "x_mut" := !"mut_x" in
  Free #1 "mut_x";;
  "x_mut" <- "bad_ref".
(** <<
  fn bad<'a>(x: &'a mut &'static u32, bad_ref: &'a u32) {
     let ptr = x as *mut &'static u32;
     let mut acc_ptr = AccPtr(ptr);
     *acc_ptr.deref_mut() = bad_ref;
  }
>> *)
Definition deref_mut : val := λ: ["self"], !"self".
Definition bad_owner : val := λ: ["x"; "bad_ref"],
  let: "acc_ptr" := Alloc #1 in
  "acc_ptr" <- "x";;
  deref_mut ["acc_ptr"] <- "bad_ref";;
  Free #1 "acc_ptr".
(** The caller, in safe code: [s] is ['static], and [b] a local variable. *)
Definition variance_main (bad : val) : expr :=
  let: "s" := Alloc #1 in "s" <- #7;;
  let: "x" := Alloc #1 in "x" <- "s";;
  let: "b" := Alloc #1 in "b" <- #1;;
  bad ["x"; "b"];;
  Free #1 "b";;
  !(!"x").
(** The last read is one of memory that was freed. *)
Lemma variance_bad_stuck :
  Forall (λ bad, main_stuck (run_program choice_fresh [] 1000 (variance_main bad)) = true)
    [bad_const; bad_owner].
Proof. repeat constructor; by vm_compute. Qed.
(** Nothing is true of the two programs. *)
Theorem variance_bad_refuted bad φ :
  bad ∈ [bad_const; bad_owner] → ¬ adequate NotStuck (variance_main bad) ∅ φ.
Proof.
  intros Hbad. eapply main_stuck_not_adequate.
  by apply (proj1 (Forall_forall _ _) variance_bad_stuck).
Qed.

(** ** Laws *)
Section laws.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ α : lft) (x : loc).

  (** A place with a [&'κ i64]. *)
  Definition ref_at κ x : iProp Σ := ∃ (p : loc) (n : Z), x ↦ #p ∗ ref_val κ int_raw p n.

  (** The permission to a place with a ['static] reference as one with a shorter-lived
  reference, and back. *)
  Definition law_const_write : Prop := ∀ κ x,
    ref_at static x ={⊤}=∗ ref_at κ x ∗ (ref_at κ x ={⊤}=∗ ref_at static x).
  (** The same of the owner that has the permission. *)
  Definition owner_at κ (y x : loc) : iProp Σ := y ↦ #x ∗ ref_at κ x.
  Definition law_deref_mut : Prop := ∀ κ y x,
    owner_at static y x ={⊤}=∗ owner_at κ y x ∗ (owner_at κ y x ={⊤}=∗ owner_at static y x).
  (** The same of a mutable reference. *)
  Definition law_mut_covariant : Prop := ∀ κ α x,
    &{α} (ref_at static x) ={⊤}=∗ &{α} (ref_at κ x).

  (** What is there can be read, at its lifetime. *)
  Lemma ref_at_read x q κ :
    ref_at κ x -∗ q.[κ] -∗ WP !(!#x) {{ _, True }}.
  Proof.
    iIntros "(%p & %n & Hx & #Hr) Hκ". wp_read.
    iMod (ref_val_acc int_raw with "Hr Hκ") as (q') "[Hp _]"; [done|]. rewrite acc_int.
    by wp_read.
  Qed.
  (** A local variable as a reference for [κ]; afterwards it is back. *)
  Local Lemma local_ref κ (b : loc) (n : Z) :
    £ 1 -∗ b ↦ #n ={⊤}=∗ ref_val κ int_raw b n ∗ ([†κ] ={⊤}=∗ b ↦ #n).
  Proof.
    iIntros "H£ Hb". rewrite -acc_int. by iApply (ref_val_new int_raw with "H£ Hb").
  Qed.

  (** What [bad] would have to be specified as: for each lifetime of the second reference. *)
  Definition bad_spec (bad : val) : Prop := ∀ κ q (x b : loc) (n : Z),
    {{{ ref_at static x ∗ ref_val κ int_raw b n ∗ q.[κ] }}}
      bad [ #x; #b ]
    {{{ v, RET v; ref_at static x ∗ q.[κ] }}}.
  Local Lemma variance_main_spec `{!UntrackedHeap Σ} bad :
    bad_spec bad → ⊢ WP variance_main bad {{ _, True }}.
  Proof.
    iIntros (Hbad). rewrite /variance_main.
    wp_alloc s as "Hs" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_alloc x as "Hx" "_". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£'". wp_write. wp_pures.
    wp_alloc b as "Hb" "Hb†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    iMod (local_ref static with "H£ Hs") as "[#Hs _]".
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (local_ref κ with "H£' Hb") as "[#Hb Hback]".
    wp_apply (Hbad κ 1%Qp x b 1 with "[Hx $Hb $Hκ]").
    { iExists s, 7%Z. by iFrame "Hx Hs". }
    iIntros (v) "[Hx Hκ]". iMod ("Hend" with "Hκ") as "#H†".
    iMod ("Hback" with "H†") as "Hbl". wp_pures.
    rewrite -(heap_pointsto_vec_singleton b). wp_free. wp_pures.
    iApply (ref_at_read x 1 with "Hx"). iApply lft_tok_static.
  Qed.

  Local Lemma bad_const_spec `{!UntrackedHeap Σ} : law_const_write → bad_spec bad_const.
  Proof.
    iIntros (Hlaw κ q x b n Φ) "(Hx & #Hb & Hκ) HΦ".
    iMod (Hlaw κ with "Hx") as "[(%p & %m & Hx & _) Hback]". wp_rec.
    wp_alloc y as "Hy" "Hy†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton y). wp_free.
    wp_pures. wp_write.
    iMod ("Hback" with "[Hx]") as "Hx"; [iExists b, n; by iFrame "Hx Hb"|].
    iApply "HΦ". by iFrame "Hx Hκ".
  Qed.
  Local Lemma bad_owner_spec `{!UntrackedHeap Σ} : law_deref_mut → bad_spec bad_owner.
  Proof.
    iIntros (Hlaw κ q x b n Φ) "(Hx & #Hb & Hκ) HΦ". wp_rec.
    wp_alloc y as "Hy" "Hy†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    iMod (Hlaw κ y x with "[$Hy $Hx]") as "[[Hy (%p & %m & Hx & _)] Hback]". wp_pures.
    wp_rec. wp_read. wp_write.
    iMod ("Hback" with "[Hy Hx]") as "[Hy Hx]".
    { iFrame "Hy". iExists b, n. by iFrame "Hx Hb". }
    wp_pures. rewrite -(heap_pointsto_vec_singleton y). wp_free.
    iApply "HΦ". by iFrame "Hx Hκ".
  Qed.
  (** Here a mutable reference is made for the time of the call. *)
  Local Lemma bad_mut_spec `{!UntrackedHeap Σ} : law_mut_covariant → bad_spec bad_const.
  Proof.
    iIntros (Hlaw κ q x b n Φ) "(Hx & #Hb & Hκ) HΦ". rewrite /bad_const.
    wp_pure _ credit:"H£".
    wp_alloc y as "Hy" "Hy†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton y). wp_free.
    wp_pures. iMod lft_create as (α) "[Hα #Hend]".
    iMod (bor_create _ α (ref_at static x) with "[Hx]") as "[Hbor Hback]"; [done|by iNext|].
    iMod (Hlaw κ with "Hbor") as "Hbor".
    iMod (bor_acc with "Hbor Hα") as "[(%p & %m & >Hx & _) Hclose]"; [done|]. wp_write.
    iMod ("Hclose" with "[Hx]") as "[_ Hα]"; [iNext; iExists b, n; by iFrame "Hx Hb"|].
    iMod ("Hend" with "Hα") as "#H†". iMod ("Hback" with "H†") as "Hx".
    iMod (lc_fupd_elim_later with "H£ Hx") as "Hx". iApply "HΦ". by iFrame "Hx Hκ".
  Qed.

  (** ** Any weaker content *)
  Context `{!ProphTypes C, !prophGS C Σ} (A : C).

  (** A reference to a content is one to a weaker content. *)
  Definition law_mut_mono : Prop :=
    ∀ κ (Φ Φ' : proph_val C (proph_type A) → iProp Σ) i v,
      □ (∀ w, Φ w -∗ Φ' w) -∗ mut_ref κ Φ i v ={⊤}=∗ mut_ref κ Φ' i v.
End laws.

(** ** None of them can be had *)
Section refuted.
  Context (Σ : gFunctors) `{!lrustGpreS Σ, !lftG Σ}.

  Local Lemma no_bad_spec bad :
    bad ∈ [bad_const; bad_owner] →
    ¬ ∀ `{!lrustGS Σ, !UntrackedHeap Σ}, bad_spec (Σ:=Σ) bad.
  Proof using All.
    intros Hbad Hspec. apply (variance_bad_refuted bad (λ _ _, True)); [done|].
    apply (lrust_adequacy Σ). intros HΣ Huntracked.
    iApply (wp_wand with "[]"); [|by iIntros].
    iApply variance_main_spec. apply Hspec, _.
  Qed.
  (** No write through a [*const] that was weakened. *)
  Theorem no_const_write : ¬ ∀ `{!lrustGS Σ}, law_const_write (Σ:=Σ).
  Proof using All.
    intros Hlaw. apply (no_bad_spec bad_const); [by left|]. intros HΣ Huntracked.
    by apply bad_const_spec.
  Qed.
  (** No owner that is covariant, hands out [&mut] and gives its permission back. *)
  Theorem no_deref_mut : ¬ ∀ `{!lrustGS Σ}, law_deref_mut (Σ:=Σ).
  Proof using All.
    intros Hlaw. apply (no_bad_spec bad_owner); [by right; left|]. intros HΣ Huntracked.
    by apply bad_owner_spec.
  Qed.
  (** No covariance of mutable references. *)
  Theorem no_mut_covariant : ¬ ∀ `{!lrustGS Σ}, law_mut_covariant (Σ:=Σ).
  Proof using All.
    intros Hlaw. apply (no_bad_spec bad_const); [by left|]. intros HΣ Huntracked.
    by apply bad_mut_spec.
  Qed.
End refuted.

Definition mono_main : expr :=
  let: "x" := Alloc #1 in "x" <- #5;; "x" <- #6;; !"x".
(** The program returns 6. *)
Lemma mono_main_runs :
  main_value (run_program choice_fresh [] 1000 mono_main) = Some #6%V.
Proof. by vm_compute. Qed.
(** A content may be replaced by an equivalent one only. *)
Theorem no_mut_mono (C : Type) `{!ProphTypes C} (Σ : gFunctors)
    `{!lrustGpreS Σ, !prophGpreS C Σ, !lftG Σ} (A : C) :
  ¬ ∀ `{!lrustGS Σ, !prophGS C Σ}, law_mut_mono (Σ:=Σ) A.
Proof.
  intros Hlaw.
  apply (run_program_value_refutes _ _ _ _ NotStuck (λ v, v = #5%V) _ mono_main_runs); [done|].
  apply (lrust_adequacy Σ). intros HΣ Huntracked.
  iMod (proph_alloc (C:=C) ⊤) as (Hproph) "#Hctx". rewrite /mono_main.
  wp_alloc x as "Hx" "_". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
  iMod lft_create as (κ) "[Hκ #Hend]".
  iMod (mut_borrow (A:=A) _ κ (λ _, x ↦ #5)%I (λ _, inhabitant) with "Hctx [Hx]")
    as (i) "[Hr Hback]"; [done..|by iNext|].
  iMod (Hlaw _ _ κ _ (λ _, ∃ v, x ↦ v)%I with "[] Hr") as "Hr".
  { iIntros "!>" (w) "Hx". by iExists _. }
  iMod (mut_acc with "Hr Hκ") as "[>(%v & Hx) Hclose]"; [done|]. wp_write.
  iMod ("Hclose" $! (λ _, inhabitant) with "[Hx]") as "[_ Hκ]"; [by iExists _|].
  iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as (w) "[>Hx _]".
  wp_pures. by wp_read.
Qed.
