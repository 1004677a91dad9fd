(** * Semantic types

What it means, in separation logic, that cells in memory hold a value of a type: a
record [type Σ] of

- [ty_size τ], the number of cells of a value;
- [ty_own τ vl], what one owns when one owns the value stored as [vl];
- [ty_size_eq]: only lists of that length are values.

A type also has a destructor. A program [glue] may be used as one if
[ty_drop_spec] holds of it: called with the address of a value that is owned, it
gives the cells back, and the value is gone. [T] is what the destructor borrows
while it runs, such as the thread token. [D vl] is what the caller learns: that the
destructor of the value [vl] has run. A caller who asks for nothing takes
[D := λ _, True]; to see that the destructor runs, put something
exclusive into [ty_own] and ask for it back in [D].

Instances: memory without a value ([uninit_ty]), integers at a machine type
([int_ty]), booleans, [()], pairs, and boxes, each with its destructor.

Key results: [int_ty_own], [drop_nothing_spec], [prod_drop_in_place_spec],
[box_drop_in_place_spec].

Source: the semantic types of RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL 2018),
in which a type also says what sharing it means; [core::ptr::drop_in_place] of
Rust's standard library. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import new_delete.
From tally.prelude Require Import options.

Record type Σ := SemType {
  ty_size : nat;
  ty_own : list val → iProp Σ;
  ty_size_eq vl : ty_own vl ⊢ ⌜length vl = ty_size⌝;
}.
Global Arguments SemType {Σ} ty_size ty_own ty_size_eq.
Global Arguments ty_size {Σ} _.
Global Arguments ty_own {Σ} _ _.
Global Arguments ty_size_eq {Σ} _ _.

(** ** Types without ownership, and pairs *)
Section types.
  Context {Σ : gFunctors}.
  Implicit Types (vl : list val) (v : val).

  (** [n] cells that may hold anything. *)
  Program Definition uninit_ty (n : nat) : type Σ := {|
    ty_size := n;
    ty_own vl := ⌜length vl = n⌝%I;
  |}.
  Next Obligation. by iIntros (n vl). Qed.
  Definition unit_ty : type Σ := uninit_ty 0.

  (** One cell, of whose value [φ] is known. *)
  Program Definition pure_ty (φ : val → Prop) : type Σ := {|
    ty_size := 1;
    ty_own vl := (∃ v, ⌜vl = [v] ∧ φ v⌝)%I;
  |}.
  Next Obligation. by iIntros (φ vl (v & -> & _)). Qed.
  Definition int_ty (t : int_type) : type Σ :=
    pure_ty (λ v, ∃ z : Z, v = #z ∧ in_int_range t z).
  Definition bool_ty : type Σ := pure_ty (λ v, ∃ b : bool, v = #b).

  Lemma unit_ty_own vl : ty_own unit_ty vl ⊣⊢ ⌜vl = []⌝.
  Proof. rewrite /unit_ty /=. iPureIntro. split; [apply nil_length_inv|by intros ->]. Qed.
  Lemma int_ty_own t vl :
    ty_own (int_ty t) vl ⊣⊢ ∃ z : Z, ⌜vl = [ #z] ∧ in_int_range t z⌝.
  Proof.
    iSplit.
    - iIntros ((v & -> & z & -> & Hz)). by iExists z.
    - iIntros ((z & -> & Hz)). iExists (#z)%V. iPureIntro. eauto.
  Qed.
  Lemma int_ty_own_intro t (z : Z) : in_int_range t z → ⊢ ty_own (int_ty t) [ #z].
  Proof. intros ?. rewrite int_ty_own. by iExists z. Qed.
  Lemma bool_ty_own vl : ty_own bool_ty vl ⊣⊢ ∃ b : bool, ⌜vl = [ #b]⌝.
  Proof.
    iSplit.
    - iIntros ((v & -> & b & ->)). by iExists b.
    - iIntros ((b & ->)). iExists (#b)%V. iPureIntro. eauto.
  Qed.

  (** One value after the other. *)
  Program Definition prod_ty (τ1 τ2 : type Σ) : type Σ := {|
    ty_size := ty_size τ1 + ty_size τ2;
    ty_own vl := (∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ ty_own τ1 vl1 ∗ ty_own τ2 vl2)%I;
  |}.
  Next Obligation.
    iIntros (τ1 τ2 vl) "(%vl1 & %vl2 & -> & H1 & H2)".
    iDestruct (ty_size_eq with "H1") as %<-. iDestruct (ty_size_eq with "H2") as %<-.
    iPureIntro. apply list_length_app.
  Qed.
End types.

(** ** Boxes: the only pointer to a block, which is out on the share [r] of the lease of
the heap ([heap_lease]) *)
Section box.
  Context `{!lrustGS Σ}.

  Definition box_block (r : Qp) (n : nat) (l : loc) : iProp Σ :=
    dealloc_token 1 n l ∗ heap_lease r (1 `min` n).
  Program Definition box_ty (r : Qp) (τ : type Σ) : type Σ := {|
    ty_size := 1;
    ty_own vl :=
      (∃ (l : loc) wl, ⌜vl = [ #l]⌝ ∗
        l ↦∗ wl ∗ ty_own τ wl ∗ box_block r (ty_size τ) l)%I;
  |}.
  Next Obligation. by iIntros (r τ vl) "(%l & %wl & -> & _)". Qed.
End box.

(** ** Destructors *)

(** Of a type without one. *)
Definition drop_nothing : val := λ: ["x"], #☠.
Definition prod_drop_in_place (n1 : nat) (glue1 glue2 : val) : val :=
  λ: ["x"], glue1 ["x"];; glue2 ["x" +ₗ #n1].
Definition box_drop_in_place (n : nat) (glue : val) : val :=
  λ: ["x"],
    let: "box" := !"x" in
    glue ["box"];;
    delete [ #n; "box"].

Section drop.
  Context `{!lrustGS Σ}.
  Implicit Types (T : iProp Σ) (τ : type Σ) (D : list val → iProp Σ).

  Definition ty_drop_spec T τ (glue : val) D : iProp Σ :=
    ∀ (l : loc) vl,
      {{{ T ∗ l ↦∗ vl ∗ ty_own τ vl }}}
        glue [ #l ]
      {{{ vl', RET #☠; T ∗ l ↦∗ vl' ∗ ⌜length vl' = ty_size τ⌝ ∗ D vl }}}.

  Global Instance ty_drop_spec_persistent T τ glue D :
    Persistent (ty_drop_spec T τ glue D).
  Proof. apply _. Qed.

  (** What is owned may simply be kept. *)
  Lemma drop_nothing_spec T τ : ⊢ ty_drop_spec T τ drop_nothing (ty_own τ).
  Proof.
    rewrite /ty_drop_spec. iIntros (l vl) "!> %Φ (HT & Hl & Hvl) HΦ". wp_rec.
    iDestruct (ty_size_eq with "Hvl") as %Hlen. iModIntro. iApply "HΦ". by iFrame.
  Qed.

  (** Both destructors run, and both effects are seen. *)
  Lemma prod_drop_in_place_spec T τ1 τ2 glue1 glue2 D1 D2 :
    ty_drop_spec T τ1 glue1 D1 -∗
    ty_drop_spec T τ2 glue2 D2 -∗
    ty_drop_spec T (prod_ty τ1 τ2) (prod_drop_in_place (ty_size τ1) glue1 glue2)
      (λ vl, ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ D1 vl1 ∗ D2 vl2)%I.
  Proof.
    rewrite /ty_drop_spec.
    iIntros "#H1 #H2" (l vl)
      "!> %Φ (HT & Hl & %vl1 & %vl2 & -> & Hvl1 & Hvl2) HΦ".
    iDestruct (ty_size_eq with "Hvl1") as %Hlen1.
    rewrite heap_pointsto_vec_app Hlen1. iDestruct "Hl" as "[Hl1 Hl2]".
    wp_rec. wp_smart_apply ("H1" with "[$HT $Hl1 $Hvl1]").
    iIntros (vl1') "(HT & Hl1 & %Hlen1' & HD1)". wp_pures.
    wp_smart_apply ("H2" with "[$HT $Hl2 $Hvl2]").
    iIntros (vl2') "(HT & Hl2 & %Hlen2' & HD2)". iApply ("HΦ" $! (vl1' ++ vl2')).
    rewrite heap_pointsto_vec_app Hlen1'. iFrame "HT Hl1 Hl2". iSplitR.
    { iPureIntro. by rewrite list_length_app Hlen1' Hlen2'. }
    iExists vl1, vl2. by iFrame "HD1 HD2".
  Qed.

  (** The lease comes back. *)
  Lemma box_drop_in_place_spec T r τ glue D :
    ty_drop_spec T τ glue D -∗
    ty_drop_spec T (box_ty r τ) (box_drop_in_place (ty_size τ) glue)
      (λ _, heap_lease r 0 ∗ ∃ wl, D wl)%I.
  Proof.
    rewrite /ty_drop_spec.
    iIntros "#Hglue" (l vl)
      "!> %Φ (HT & Hl & %b & %wl & -> & Hb & Hwl & Hdealloc & Hlease) HΦ".
    rewrite heap_pointsto_vec_singleton. wp_rec. wp_read. wp_pures.
    wp_smart_apply ("Hglue" with "[$HT $Hb $Hwl]").
    iIntros (wl') "(HT & Hb & %Hlen & HD)". wp_pures. rewrite -Hlen.
    wp_smart_apply (delete_spec _ _ _ _ r 0 with "[$Hb $Hdealloc Hlease]"); [done| |].
    { by rewrite Nat.add_0_r. }
    iIntros "Hlease". iApply ("HΦ" $! [ #b]%V). rewrite heap_pointsto_vec_singleton.
    iFrame "HT Hl Hlease". iSplitR; [done|]. by iExists wl.
  Qed.
End drop.
