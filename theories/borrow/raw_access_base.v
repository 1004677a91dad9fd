(** * Raw pointers: what statements and proofs both speak of

A [raw_type X] says how a value of [X] lies in cells: how many there are, and what a share
of the value is. What lies behind a pointer in the value can be a part of that share. [X] is
free: a mathematical value, the cells themselves, or a prophetic value, that is, a snapshot
in which the final values of references occur ([known_raw], and any type over [proph_val]).
The types of [types/sharing.v] are types in this sense ([shared_raw]).

The code of the two projections is here, too. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type sharing.
From tally.borrow Require Export mut_borrow.
From tally.prelude Require Import options.

Record raw_type Σ (X : Type) := RawType {
  raw_size : nat;
  raw_own : X → list val → Qp → iProp Σ;
  raw_own_size x vl q : raw_own x vl q ⊢ ⌜length vl = raw_size⌝;
  raw_own_fractional x vl : Fractional (raw_own x vl);
}.
Global Arguments RawType {Σ X} raw_size raw_own _ _.
Global Arguments raw_size {Σ X} _.
Global Arguments raw_own {Σ X} _ _ _ _.
Global Arguments raw_own_size {Σ X} _ _ _ _.
Global Arguments raw_own_fractional {Σ X} _ _ _.
Global Existing Instance raw_own_fractional.

(** The bits say what the value is. *)
Class RawAgree {Σ X} (τ : raw_type Σ X) : Prop :=
  raw_own_agree x x' vl q q' : raw_own τ x vl q -∗ raw_own τ x' vl q' -∗ ⌜x = x'⌝.
Global Hint Mode RawAgree - - ! : typeclass_instances.
(** Nothing in the value is under a later. *)
Class RawTimeless {Σ X} (τ : raw_type Σ X) : Prop :=
  raw_own_timeless x vl q : Timeless (raw_own τ x vl q).
Global Existing Instance raw_own_timeless.
Global Hint Mode RawTimeless - - ! : typeclass_instances.

(** ** Types *)
Section types.
  Context {Σ : gFunctors}.
  Implicit Types (vl : list val) (q : Qp).

  (** [n] cells, with their content as the value. *)
  Program Definition cells_raw (n : nat) : raw_type Σ (list val) := {|
    raw_size := n;
    raw_own x vl _ := ⌜vl = x ∧ length x = n⌝%I;
  |}.
  Next Obligation. by iIntros (n x vl q [-> ?]). Qed.
  (** One cell. *)
  Program Definition cell_raw : raw_type Σ val := {|
    raw_size := 1;
    raw_own x vl _ := ⌜vl = [x]⌝%I;
  |}.
  Next Obligation. by iIntros (x vl q ->). Qed.

  (** A value that is known by another one. *)
  Program Definition map_raw {X Y} (f : Y → X) (τ : raw_type Σ X) : raw_type Σ Y := {|
    raw_size := raw_size τ;
    raw_own y vl q := raw_own τ (f y) vl q;
  |}.
  Next Obligation. intros. apply raw_own_size. Qed.
  Next Obligation. intros X Y f τ y vl. apply (raw_own_fractional τ (f y) vl). Qed.
  Definition int_raw : raw_type Σ Z := map_raw (λ z : Z, #z)%V cell_raw.
  Definition ptr_raw : raw_type Σ loc := map_raw (λ l : loc, #l)%V cell_raw.

  (** One value after the other. *)
  Program Definition pair_raw {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) :
      raw_type Σ (X * Y) := {|
    raw_size := raw_size τ + raw_size υ;
    raw_own x vl q := (∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗
      raw_own τ x.1 vl1 q ∗ raw_own υ x.2 vl2 q)%I;
  |}.
  Next Obligation.
    iIntros (X Y τ υ x vl q) "(%vl1 & %vl2 & -> & H1 & H2)".
    iDestruct (raw_own_size with "H1") as %<-. iDestruct (raw_own_size with "H2") as %<-.
    iPureIntro. apply list_length_app.
  Qed.
  Next Obligation.
    intros X Y τ υ x vl q q'. iSplit.
    - iIntros "(%vl1 & %vl2 & -> & H1 & H2)".
      rewrite (raw_own_fractional τ x.1 vl1 q q') (raw_own_fractional υ x.2 vl2 q q').
      iDestruct "H1" as "[H1 H1']". iDestruct "H2" as "[H2 H2']".
      iSplitL "H1 H2"; iExists vl1, vl2; by iFrame.
    - iIntros "[(%vl1 & %vl2 & -> & H1 & H2) (%vl1' & %vl2' & %Heq & H1' & H2')]".
      iDestruct (raw_own_size with "H1") as %Hlen.
      iDestruct (raw_own_size with "H1'") as %Hlen'.
      apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hlen Hlen'].
      iExists vl1, vl2. iSplitR; [done|].
      rewrite (raw_own_fractional τ x.1 vl1 q q') (raw_own_fractional υ x.2 vl2 q q').
      iFrame.
  Qed.

  (** A type that can be shared: the bits, and what the parts agree on. *)
  Program Definition shared_raw {τ : type Σ} (S : sharing τ) :
      raw_type Σ (shr_deep S * list val) := {|
    raw_size := ty_size τ;
    raw_own x vl q := (⌜vl = x.2⌝ ∗ shr_own S x.1 x.2 q)%I;
  |}.
  Next Obligation. iIntros (τ S x vl q) "[-> H]". by iApply shr_own_size. Qed.

  (** A prophetic value that is known now. *)
  Program Definition known_raw `{!ProphTypes C} {X} (τ : raw_type Σ X) :
      raw_type Σ (proph_val C X) := {|
    raw_size := raw_size τ;
    raw_own v vl q := (∃ x, ⌜∀ π, v π = x⌝ ∗ raw_own τ x vl q)%I;
  |}.
  Next Obligation. iIntros (C ? X τ v vl q) "(%x & _ & H)". by iApply raw_own_size. Qed.
  Next Obligation.
    intros C ? X τ v vl q q'. iSplit.
    - iIntros "(%x & %Hv & H)". rewrite (raw_own_fractional τ x vl q q').
      iDestruct "H" as "[H H']". iSplitL "H"; iExists x; by iFrame.
    - iIntros "[(%x & %Hv & H) (%x' & %Hv' & H')]".
      assert (x' = x) as ->. { by rewrite -(Hv inhabitant) (Hv' inhabitant). }
      iExists x. rewrite (raw_own_fractional τ x vl q q'). by iFrame.
  Qed.

  Global Instance cells_raw_agree n : RawAgree (cells_raw n).
  Proof. by iIntros (x x' vl q q' [-> _] [-> _]). Qed.
  Global Instance cell_raw_agree : RawAgree cell_raw.
  Proof. iIntros (x x' vl q q' -> [= ->]). done. Qed.
  Global Instance map_raw_agree {X Y} (f : Y → X) τ :
    Inj (=) (=) f → RawAgree τ → RawAgree (map_raw f τ).
  Proof.
    iIntros (Hf Hτ y y' vl q q') "H H'".
    iDestruct (Hτ with "H H'") as %?. iPureIntro. by apply (inj f).
  Qed.
  Global Instance int_raw_agree : RawAgree int_raw.
  Proof. apply map_raw_agree; [|apply _]. by intros z z' [= ->]. Qed.
  Global Instance ptr_raw_agree : RawAgree ptr_raw.
  Proof. apply map_raw_agree; [|apply _]. by intros l l' [= ->]. Qed.
  Global Instance pair_raw_agree {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) :
    RawAgree τ → RawAgree υ → RawAgree (pair_raw τ υ).
  Proof.
    iIntros (Hτ Hυ [x y] [x' y'] vl q q')
      "(%vl1 & %vl2 & -> & H1 & H2) (%vl1' & %vl2' & %Heq & H1' & H2')".
    iDestruct (raw_own_size with "H1") as %Hlen.
    iDestruct (raw_own_size with "H1'") as %Hlen'.
    apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hlen Hlen'].
    iDestruct (Hτ with "H1 H1'") as %Hx. iDestruct (Hυ with "H2 H2'") as %Hy.
    simpl in *. by subst.
  Qed.

  Global Instance cells_raw_timeless n : RawTimeless (cells_raw n).
  Proof. intros x vl q. apply _. Qed.
  Global Instance cell_raw_timeless : RawTimeless cell_raw.
  Proof. intros x vl q. apply _. Qed.
  Global Instance map_raw_timeless {X Y} (f : Y → X) τ :
    RawTimeless τ → RawTimeless (map_raw f τ).
  Proof. intros Hτ y vl q. apply Hτ. Qed.
  Global Instance int_raw_timeless : RawTimeless int_raw.
  Proof. intros x vl q. apply _. Qed.
  Global Instance ptr_raw_timeless : RawTimeless ptr_raw.
  Proof. intros x vl q. apply _. Qed.
  Global Instance pair_raw_timeless {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) :
    RawTimeless τ → RawTimeless υ → RawTimeless (pair_raw τ υ).
  Proof. intros Hτ Hυ x vl q. apply _. Qed.
  Global Instance known_raw_timeless `{!ProphTypes C} {X} (τ : raw_type Σ X) :
    RawTimeless τ → RawTimeless (known_raw (C:=C) τ).
  Proof. intros Hτ x vl q. apply _. Qed.
End types.

(** ** Code *)

(** [addr_of_mut!(( *x).0)], [addr_of_mut!(( *x).1)]; [n] is the size of the first field. *)
Definition addr_of_fst : val := λ: ["x"], "x" +ₗ #0.
Definition addr_of_snd (n : nat) : val := λ: ["x"], "x" +ₗ #n.
