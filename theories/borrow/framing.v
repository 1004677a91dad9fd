(** * Types whose invariant owns memory, and functions that do not speak of it

<<
  trait MyTrait { fn impure(&self);  #[pure] fn pure(&self) -> u32; }

  fn test<X: MyTrait>(x: &X) {
      let val1 = x.pure();
      x.impure();
      let val2 = x.pure();
      assert_eq!(val1, val2);
  }

  #[invariant(acc(self.0) && *self.0 % 2 == 0)]
  struct AccPtr( *mut u32);
>>
The value of an [AccPtr] is an address, and what lies there is not part of it. So how can
[pure] be a function of the value, and the assertion of [test] hold?

The answer is the share. The permission in an invariant counts as much as the permission to
the value itself: all of it if the value is owned or under [&mut], a small part under [&].
And the value has a _footprint_ in addition, which is what the invariant says of the memory.
In this library both come with [raw_type]: what represents a value has a share, and the
value may be any mathematical one, here the pointer with the number behind it
([acc_ptr_raw]).
Shares agree on it ([acc_ptr_raw_agree]), so that the footprint is a function of the memory
that nobody has to mention.

- [acc_ptr_acc]: to construct an [AccPtr] is to give the permission and the invariant away,
  to take it apart is to get them.
- [framing_test_spec]: [test], proved once for all types of clients. Their [pure] is a
  function of the footprint ([pure_spec]), and [impure] works with a shared reference and no
  more ([impure_spec]). The specification mentions no memory.
- [acc_ptr_pure_spec]: [pure] of [AccPtr] is such a function.
- [acc_ptr_impure2_spec]: a function that takes [&mut self] may write. It adds 2; the note
  says 1, which the invariant forbids.
- [framing_main_spec]: the note's [bad], from an even number and with an [impure] that meets
  the specification.

A client is [examples/raw_framing_client.v]. What is not to be had is in
[refuted/raw_framing.v].

Source: the note of the Prusti project on raw pointers and prophetic references. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

(** ** Code *)

(** A failed assertion gets stuck. *)
Definition assert_eq : val := λ: ["a"; "b"], if: "a" = "b" then #☠ else App #☠ [].
Definition framing_test (pure impure : val) : val := λ: ["x"],
  let: "val1" := pure ["x"] in
  impure ["x"];;
  let: "val2" := pure ["x"] in
  assert_eq ["val1"; "val2"].

Definition acc_ptr_new : val := λ: ["p"], let: "y" := Alloc #1 in "y" <- "p";; "y".
Definition acc_ptr_pure : val := λ: ["self"], !(!"self").
(** [impure] of the note, and [impure2]: the same code, one with [&self], one with
[&mut self]. *)
Definition acc_ptr_impure : val := λ: ["self"],
  let: "ptr" := !"self" in "ptr" <- !"ptr" + #2.
Definition acc_ptr_impure2 : val := acc_ptr_impure.
(** One that only reads. *)
Definition acc_ptr_look : val := λ: ["self"], !(!"self");; #☠.
(** [bad] of the note, with any first value and any method. *)
Definition framing_main (impure : val) (n : Z) : expr :=
  let: "x" := Alloc #1 in
  "x" <- #n;;
  let: "y" := acc_ptr_new ["x"] in
  framing_test acc_ptr_pure impure ["y"];;
  Free #1 "y";;
  let: "v" := !"x" in
  Free #1 "x";;
  "v".

(** ** One specification for all types *)
Section test.
  Context `{!lrustGS Σ, !lftG Σ} {X : Type}.
  Context (τ : raw_type Σ X) {Hτ : RawTimeless τ} (f : X → Z).
  Implicit Types (κ : lft) (q r : Qp) (l : loc).

  (** [pure] is the function [f] of the value with its footprint. *)
  Definition pure_spec (pure : val) : iProp Σ :=
    □ ∀ κ r l q x,
      {{{ shr_ref κ τ l q x ∗ r.[κ] }}} pure [ #l ] {{{ RET #(f x); r.[κ] }}}.
  (** [impure] does with a shared reference whatever it likes. *)
  Definition impure_spec (impure : val) : iProp Σ :=
    □ ∀ κ r l q x,
      {{{ shr_ref κ τ l q x ∗ r.[κ] }}} impure [ #l ] {{{ v, RET v; r.[κ] }}}.

  (** The assertion of [test] holds, for each type of clients. *)
  Lemma framing_test_spec pure impure κ r l q x :
    pure_spec pure -∗ impure_spec impure -∗
    {{{ shr_ref κ τ l q x ∗ r.[κ] }}}
      framing_test pure impure [ #l ]
    {{{ RET #☠; r.[κ] }}}.
  Proof using Type.
    iIntros "#Hpure #Himpure !>" (Φ) "[#Hx Hκ] HΦ". wp_rec.
    wp_apply ("Hpure" with "[$Hx $Hκ]"). iIntros "Hκ". wp_pures.
    wp_apply ("Himpure" with "[$Hx $Hκ]"). iIntros (v) "Hκ". wp_pures.
    wp_apply ("Hpure" with "[$Hx $Hκ]"). iIntros "Hκ". wp_pures.
    wp_rec. wp_op. rewrite bool_decide_eq_true_2 //. wp_if. by iApply "HΦ".
  Qed.
End test.

(** ** A pointer whose invariant owns an even number *)
Section acc_ptr.
  Context {Σ : gFunctors} `{!lrustGS Σ}.

  (** The value is the pointer with its footprint, the number. *)
  Program Definition acc_ptr_raw : raw_type Σ (loc * Z) := {|
    raw_size := 1;
    raw_own x vl q := (⌜vl = [ #x.1]%V⌝ ∗ acc int_raw x.1 q x.2 ∗ ⌜Z.Even x.2⌝)%I;
  |}.
  Next Obligation. by iIntros (x vl q) "(-> & _)". Qed.
  Global Instance acc_ptr_raw_timeless : RawTimeless acc_ptr_raw.
  Proof using Type. intros x vl q. apply _. Qed.
  (** Shares agree on the footprint. *)
  Global Instance acc_ptr_raw_agree : RawAgree acc_ptr_raw.
  Proof using Type.
    iIntros ([p n] [p' n'] vl q q') "/= (-> & H & _) (%Heq & H' & _)". injection Heq as <-.
    by iDestruct (acc_agree with "H H'") as %->.
  Qed.

  (** Construction and destruction, at any share. *)
  Lemma acc_ptr_acc l q p n :
    acc acc_ptr_raw l q (p, n) ⊣⊢ l ↦{q} #p ∗ p ↦{q} #n ∗ ⌜Z.Even n⌝.
  Proof.
    rewrite (acc_unfold acc_ptr_raw) -(acc_int p) /=. iSplit.
    - iIntros "(%vl & Hl & -> & $ & $)". by rewrite heap_pointsto_vec_singleton.
    - iIntros "(Hl & H & Hn)". iExists [ #p]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  (** What the invariant says without mentioning memory. *)
  Lemma acc_ptr_even l q p n : acc acc_ptr_raw l q (p, n) -∗ ⌜Z.Even n⌝.
  Proof. rewrite acc_ptr_acc. iIntros "(_ & _ & $)". Qed.

  (** Construction as a program. *)
  Lemma acc_ptr_new_spec `{!UntrackedHeap Σ} p n :
    Z.Even n →
    {{{ p ↦ #n }}}
      acc_ptr_new [ #p ]
    {{{ l, RET #l; acc acc_ptr_raw l 1 (p, n) ∗ † l … 1 }}}.
  Proof.
    iIntros (Hn Φ) "H HΦ". wp_rec. wp_alloc l as "Hl" "H†".
    rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures. iApply "HΦ".
    iFrame "H†". rewrite acc_ptr_acc. by iFrame.
  Qed.
  (** With the whole permission a number can be written, and the next even one is 2
  away. *)
  Lemma acc_ptr_impure2_spec l p n :
    {{{ acc acc_ptr_raw l 1 (p, n) }}}
      acc_ptr_impure2 [ #l ]
    {{{ RET #☠; acc acc_ptr_raw l 1 (p, (n + 2)%Z) }}}.
  Proof.
    iIntros (Φ) "H HΦ". rewrite !acc_ptr_acc. iDestruct "H" as "(Hl & H & %Hn)".
    wp_rec. wp_read. wp_pures. wp_read. wp_pures. wp_write. iApply "HΦ".
    iFrame. iPureIntro. destruct Hn as [k ->]. exists (k + 1)%Z. lia.
  Qed.

  Context `{!lftG Σ}.
  Implicit Types (κ : lft) (r q : Qp).

  (** [pure] is the footprint. *)
  Lemma acc_ptr_pure_spec : ⊢ pure_spec acc_ptr_raw snd acc_ptr_pure.
  Proof.
    rewrite /pure_spec. iIntros "!>" (κ r l q [p n] Φ) "!> [#Hx Hκ] HΦ".
    iMod (ref_to_ptr with "Hx Hκ") as (q') "[H Hclose]"; [done|].
    rewrite !acc_ptr_acc. iDestruct "H" as "(Hl & H & Hn)".
    wp_rec. wp_read. wp_read. iMod ("Hclose" with "[$Hl $H $Hn]") as "Hκ". by iApply "HΦ".
  Qed.
  (** A method that only reads meets the specification of [impure]. *)
  Lemma acc_ptr_look_spec : ⊢ impure_spec acc_ptr_raw acc_ptr_look.
  Proof.
    rewrite /impure_spec. iIntros "!>" (κ r l q [p n] Φ) "!> [#Hx Hκ] HΦ".
    iMod (ref_to_ptr with "Hx Hκ") as (q') "[H Hclose]"; [done|].
    rewrite !acc_ptr_acc. iDestruct "H" as "(Hl & H & Hn)".
    wp_rec. wp_read. wp_read. iMod ("Hclose" with "[$Hl $H $Hn]") as "Hκ". wp_pures.
    by iApply "HΦ".
  Qed.

  (** The program that makes one, tests it, and takes it apart, from an even number. *)
  Lemma framing_main_spec `{!UntrackedHeap Σ} impure n :
    Z.Even n →
    impure_spec acc_ptr_raw impure -∗ WP framing_main impure n {{ v, ⌜v = #n⌝ }}.
  Proof.
    iIntros (Hn) "#Himpure". rewrite /framing_main.
    wp_alloc x as "Hx" "Hx†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£". wp_write. wp_pures.
    wp_apply (acc_ptr_new_spec x n with "Hx"); [done|].
    iIntros (y) "[Hy Hy†]". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (ptr_to_ref acc_ptr_raw _ κ with "H£ Hy") as "[#Hr Hback]"; [done|].
    wp_apply (framing_test_spec with "[] Himpure [$Hr $Hκ]"); [iApply acc_ptr_pure_spec|].
    iIntros "Hκ". iMod ("Hend" with "Hκ") as "#H†". iMod ("Hback" with "H†") as "Hy".
    rewrite acc_ptr_acc. iDestruct "Hy" as "(Hy & Hx & _)". wp_pures.
    rewrite -(heap_pointsto_vec_singleton y). wp_free. wp_pures. wp_read. wp_pures.
    rewrite -(heap_pointsto_vec_singleton x). wp_free. wp_pures. done.
  Qed.
End acc_ptr.
