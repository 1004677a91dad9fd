(** * Raw pointers: permission to a value in memory, and casts to references and back

[acc τ l q x]: at [l] there is the value [x] of the type [τ], and here is the share [q] of
the permission to it. With any share one may read and project, with the whole one may
write. [*mut T] and [*const T] are both an address without any permission: it is the share
that tells them apart.

** Types
A [raw_type X] says how a value of [X] lies in cells: how many there are, and what a share
of the value is. What lies behind a pointer in the value can be a part of that share. [X] is
free: a mathematical value, the cells themselves, or a prophetic value, that is, a snapshot
in which the final values of references occur ([known_raw], and any [τ] over [proph_val]).
The types of [types/sharing.v] are types in this sense ([shared_raw], [acc_shared]).

** Laws
- [acc_fractional], [acc_agree]: shares are split and joined, and agree on the value.
- [acc_valid_2], [acc_exclusive]: of a type that has a size there is no more than one
  permission at an address. Of a type without cells the permission can be had for nothing
  ([acc_nothing]), at any address, as often as one likes.
- [acc_pair]: [addr_of_mut!] of a field. A permission of a pair, of any share, is one of
  each field. There is no such law without permission ([refuted/raw_free.v]).

** Casts
They do nothing at run time, and so are updates:
<<
  *mut -> &mut    acc τ l 1 x  to  mut_known …     after the lifetime: acc, of the final value
  &mut -> *mut    mut_known …  to  acc τ l 1 x     on expiry: acc, of any value, is given up;
                                                   after this it is observed to be final
  *const -> &     acc τ l q x  to  a borrow        after the lifetime: the same acc
  & -> *const     a borrow     to  some acc        on expiry: the same acc is given up
>>
What must hold on expiry is the price of the token: without the token back the lifetime
cannot end.

Key results: [acc_exclusive], [acc_pair], [ptr_to_mut], [mut_to_ptr], [ptr_to_ref],
[ref_to_ptr], and [ptr_to_mut_proph], [mut_to_ptr_proph] for snapshots with prophecies.

Source: the raw pointers of the Prusti project, and the casts of Creusot's ghost
permissions. *)
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
  raw_own_timeless x vl q :> Timeless (raw_own τ x vl q).
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

(** ** Permissions *)
Section acc.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (vl : list val) (X Y : Type).

  (** The share [q] of the permission to [x], which is at [l]. *)
  Definition acc {X} (τ : raw_type Σ X) (l : loc) (q : Qp) (x : X) : iProp Σ :=
    ∃ vl, l ↦∗{q} vl ∗ raw_own τ x vl q.

  Global Instance acc_timeless {X} (τ : raw_type Σ X) l q x :
    RawTimeless τ → Timeless (acc τ l q x).
  Proof. apply _. Qed.

  (** Splitting and joining. *)
  Global Instance acc_fractional {X} (τ : raw_type Σ X) l x :
    Fractional (λ q, acc τ l q x).
  Proof.
    intros q q'. iSplit.
    - iIntros "(%vl & [Hl Hl'] & H)". rewrite (raw_own_fractional τ x vl q q').
      iDestruct "H" as "[H H']". iSplitL "Hl H"; iExists vl; iFrame.
    - iIntros "[(%vl & Hl & H) (%vl' & Hl' & H')]".
      iDestruct (raw_own_size with "H") as %Hlen.
      iDestruct (raw_own_size with "H'") as %Hlen'.
      iDestruct (heap_pointsto_vec_agree with "Hl Hl'") as %<-; [by rewrite Hlen Hlen'|].
      iCombine "Hl Hl'" as "Hl". iExists vl. iFrame "Hl".
      rewrite (raw_own_fractional τ x vl q q'). iFrame.
  Qed.
  Global Instance acc_as_fractional {X} (τ : raw_type Σ X) l q x :
    AsFractional (acc τ l q x) (λ q, acc τ l q x) q.
  Proof. split; [done|apply _]. Qed.

  (** Shares agree on the value. *)
  Lemma acc_agree {X} (τ : raw_type Σ X) `{!RawAgree τ} l q q' x x' :
    acc τ l q x -∗ acc τ l q' x' -∗ ⌜x = x'⌝.
  Proof.
    iIntros "(%vl & Hl & H) (%vl' & Hl' & H')".
    iDestruct (raw_own_size with "H") as %Hlen.
    iDestruct (raw_own_size with "H'") as %Hlen'.
    iDestruct (heap_pointsto_vec_agree with "Hl Hl'") as %<-; [by rewrite Hlen Hlen'|].
    iApply (raw_own_agree with "H H'").
  Qed.

  (** The shares at an address are no more than the whole, whatever the types, if both have
  cells. *)
  Lemma acc_valid_2 {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q q' x y :
    0 < raw_size τ → 0 < raw_size υ →
    acc τ l q x -∗ acc υ l q' y -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    iIntros (Hτ Hυ) "(%vl & Hl & H) (%wl & Hl' & H')".
    iDestruct (raw_own_size with "H") as %Hlen.
    iDestruct (raw_own_size with "H'") as %Hlen'.
    destruct vl as [|v vl]; simpl in *; [lia|]. destruct wl as [|w wl]; simpl in *; [lia|].
    rewrite !heap_pointsto_vec_cons. iDestruct "Hl" as "[Hl _]". iDestruct "Hl'" as "[Hl' _]".
    iDestruct (heap_pointsto_valid_2 with "Hl Hl'") as %[? _]. done.
  Qed.
  (** Beside the whole permission there is no other one. *)
  Lemma acc_exclusive {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    0 < raw_size τ → 0 < raw_size υ → acc τ l 1 x -∗ acc υ l q y -∗ False.
  Proof.
    iIntros (Hτ Hυ) "H H'". iDestruct (acc_valid_2 with "H H'") as %Hle; [done..|].
    by apply Qp.not_add_le_l in Hle.
  Qed.
  (** So permissions that are too much for one address are at two. *)
  Lemma acc_ne {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l l' q x y :
    0 < raw_size τ → 0 < raw_size υ → acc τ l 1 x -∗ acc υ l' q y -∗ ⌜l ≠ l'⌝.
  Proof.
    iIntros (Hτ Hυ) "H H'". destruct (decide (l = l')) as [<-|]; [|done].
    by iDestruct (acc_exclusive with "H H'") as "[]".
  Qed.

  (** Without cells there is nothing to be permitted, … *)
  Lemma acc_zero {X} (τ : raw_type Σ X) l q x :
    raw_size τ = 0 → acc τ l q x ⊣⊢ raw_own τ x [] q.
  Proof.
    intros Hτ. iSplit.
    - iIntros "(%vl & _ & H)". iDestruct (raw_own_size with "H") as %Hlen.
      rewrite Hτ in Hlen. by apply nil_length_inv in Hlen as ->.
    - iIntros "H". iExists []. rewrite heap_pointsto_vec_nil. by iFrame "H".
  Qed.
  (** … and the permission is free, at every address. *)
  Lemma acc_nothing l q : ⊢ acc (cells_raw 0) l q [].
  Proof. rewrite acc_zero; [|done]. by iPureIntro. Qed.

  Lemma acc_cell l q v : acc cell_raw l q v ⊣⊢ l ↦{q} v.
  Proof.
    iSplit.
    - iIntros "(%vl & Hl & ->)". by rewrite heap_pointsto_vec_singleton.
    - iIntros "Hl". iExists [v]. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  Lemma acc_int l q (z : Z) : acc int_raw l q z ⊣⊢ l ↦{q} #z.
  Proof. apply acc_cell. Qed.
  Lemma acc_ptr l q (p : loc) : acc ptr_raw l q p ⊣⊢ l ↦{q} #p.
  Proof. apply acc_cell. Qed.
  Lemma acc_cells l q vl : acc (cells_raw (length vl)) l q vl ⊣⊢ l ↦∗{q} vl.
  Proof.
    iSplit.
    - by iIntros "(%wl & Hl & -> & _)".
    - iIntros "Hl". iExists vl. by iFrame.
  Qed.
  Lemma acc_shared {τ : type Σ} (S : sharing τ) a l vl q :
    acc (shared_raw S) l q (a, vl) ⊣⊢ ty_shr S a l vl q.
  Proof.
    iSplit.
    - iIntros "(%wl & Hl & -> & H)". iFrame.
    - iIntros "[Hl H]". iExists vl. by iFrame.
  Qed.
  Lemma acc_known `{!ProphTypes C} {X} (τ : raw_type Σ X) l q x :
    acc (known_raw (C:=C) τ) l q (λ _, x) ⊣⊢ acc τ l q x.
  Proof.
    iSplit.
    - iIntros "(%vl & Hl & %y & %Hy & H)". rewrite -(Hy inhabitant). iExists vl. iFrame.
    - iIntros "(%vl & Hl & H)". iExists vl. iFrame "Hl". iExists x. by iFrame.
  Qed.

  (** The permission of a pair is that of both parts, at any share. *)
  Lemma acc_pair {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    acc (pair_raw τ υ) l q (x, y) ⊣⊢ acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y.
  Proof.
    iSplit.
    - iIntros "(%vl & Hl & %vl1 & %vl2 & -> & H1 & H2)".
      iDestruct (raw_own_size with "H1") as %<-. rewrite heap_pointsto_vec_app.
      iDestruct "Hl" as "[Hl1 Hl2]". iSplitL "Hl1 H1"; [iExists vl1|iExists vl2]; iFrame.
    - iIntros "[(%vl1 & Hl1 & H1) (%vl2 & Hl2 & H2)]".
      iDestruct (raw_own_size with "H1") as %<-. iExists (vl1 ++ vl2).
      rewrite heap_pointsto_vec_app. iFrame "Hl1 Hl2". iExists vl1, vl2. by iFrame.
  Qed.
End acc.
Global Typeclasses Opaque acc.

(** ** Programs *)

(** [addr_of_mut!(( *x).0)], [addr_of_mut!(( *x).1)]; [n] is the size of the first field. *)
Definition addr_of_fst : val := λ: ["x"], "x" +ₗ #0.
Definition addr_of_snd (n : nat) : val := λ: ["x"], "x" +ₗ #n.

Section programs.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (X Y : Type).

  (** Projection, at any share of the permission. *)
  Lemma addr_of_fst_spec {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    {{{ acc (pair_raw τ υ) l q (x, y) }}}
      addr_of_fst [ #l ]
    {{{ RET #l; acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_rec. wp_op. rewrite shift_loc_0 acc_pair. by iApply "HΦ".
  Qed.
  Lemma addr_of_snd_spec {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    {{{ acc (pair_raw τ υ) l q (x, y) }}}
      addr_of_snd (raw_size τ) [ #l ]
    {{{ RET #(l +ₗ raw_size τ); acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. wp_op. rewrite acc_pair. by iApply "HΦ". Qed.

  (** Reading, at any share; writing, with the whole permission. *)
  Lemma raw_read_spec l q v :
    {{{ acc cell_raw l q v }}} !#l {{{ RET v; acc cell_raw l q v }}}.
  Proof. iIntros (Φ) "H HΦ". rewrite acc_cell. wp_read. by iApply "HΦ". Qed.
  Lemma raw_write_spec l v w :
    {{{ acc cell_raw l 1 v }}} #l <- w {{{ RET #☠; acc cell_raw l 1 w }}}.
  Proof. iIntros (Φ) "H HΦ". rewrite !acc_cell. wp_write. by iApply "HΦ". Qed.
End programs.

(** ** Casts *)
Section casts.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q r : Qp) (i : positive) (E : coPset) (l : loc) (A : C).

  (** [*mut -> &mut]: after the lifetime, the permission to the final value. *)
  Lemma ptr_to_mut {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ l x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ acc τ l 1 x ={E}=∗
    ∃ i, mut_known (acc τ l 1) κ i x ∗
      ([†κ] ={E}=∗ ∃ y, acc τ l 1 y ∗ ⟨π, fin A i π = y⟩).
  Proof. iIntros (??) "#Hctx H". by iApply (mut_known_borrow with "Hctx H"). Qed.
  (** [&mut -> *mut]: on expiry the permission to some value is given up. The token is back
  then, and this value was the final one. *)
  Lemma mut_to_ptr {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ r l i x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_known (acc τ l 1) κ i x -∗ r.[κ] ={E}=∗
    acc τ l 1 x ∗ (∀ y, acc τ l 1 y ={E}=∗ ⟨π, fin A i π = y⟩ ∗ r.[κ]).
  Proof. iIntros (??) "#Hctx Hr Hκ". by iApply (mut_known_take with "Hctx Hr Hκ"). Qed.
  (** The same for a while: the reference is back, too, and points to what was written.
  This is how a short borrow reads and writes a place. *)
  Lemma mut_as_ptr {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ r l i x :
    ↑lftN ⊆ E →
    mut_known (acc τ l 1) κ i x -∗ r.[κ] ={E}=∗
    acc τ l 1 x ∗ (∀ y, acc τ l 1 y ={E}=∗ mut_known (acc τ l 1) κ i y ∗ r.[κ]).
  Proof. iIntros (?) "Hr Hκ". by iApply (mut_known_acc with "Hr Hκ"). Qed.

  (** The two casts for a snapshot in which there may be prophecies. What the final value is
  can be observed when tokens are shown of what it depends on. *)
  Lemma ptr_to_mut_proph {A} (τ : raw_type Σ (proph_val C (proph_type A))) E κ l v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ ▷ acc τ l 1 v ={E}=∗
    ∃ i, mut_ref κ (acc τ l 1) i v ∗
      ([†κ] ={E}=∗ ∃ w, ▷ acc τ l 1 w ∗ proph_claim (fin A i) w).
  Proof. iIntros (??) "#Hctx H". by iApply (mut_borrow with "Hctx H"). Qed.
  Lemma mut_to_ptr_proph {A} (τ : raw_type Σ (proph_val C (proph_type A))) E κ r l i v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_ref κ (acc τ l 1) i v -∗ r.[κ] ={E}=∗
    ▷ acc τ l 1 v ∗
    (∀ w ζs r', ⌜proph_dep w ζs⌝ -∗ ▷ acc τ l 1 w -∗ proph_toks r' ζs ={E}=∗
      ⟨π, fin A i π = w π⟩ ∗ proph_toks r' ζs ∗ r.[κ]).
  Proof. iIntros (??) "#Hctx Hr Hκ". by iApply (mut_drop_acc with "Hctx Hr Hκ"). Qed.

  (** A shared reference that was made of the share [q]. *)
  Definition shr_ref {X} κ (τ : raw_type Σ X) l q (x : X) : iProp Σ :=
    &frac{κ} (λ r, acc τ l (q * r) x).
  Global Instance shr_ref_persistent {X} κ (τ : raw_type Σ X) l q x :
    Persistent (shr_ref κ τ l q x).
  Proof. apply _. Qed.

  (** [*const -> &]: of any share; after the lifetime it is back, unchanged. *)
  Lemma ptr_to_ref {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q x :
    ↑lftN ⊆ E →
    £ 1 -∗ acc τ l q x ={E}=∗ shr_ref κ τ l q x ∗ ([†κ] ={E}=∗ acc τ l q x).
  Proof using Type*.
    iIntros (?) "H£ H".
    iMod (bor_create _ κ (acc τ l (q * 1) x) with "[H]") as "[Hbor Hback]"; [done| |].
    { by rewrite Qp.mul_1_r. }
    iMod (bor_fracture _ _ (λ r, acc τ l (q * r) x) with "H£ Hbor") as "Href"; [done|].
    iModIntro. iSplitL "Href"; [iExact "Href"|]. iIntros "H†".
    iMod ("Hback" with "H†") as ">H". by rewrite Qp.mul_1_r.
  Qed.
  (** [& -> *const]: some share; on expiry it is given up, and the token is back. *)
  Lemma ref_to_ptr {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ l q r x :
    ↑lftN ⊆ E →
    shr_ref κ τ l q x -∗ r.[κ] ={E}=∗
    ∃ q', acc τ l q' x ∗ (acc τ l q' x ={E}=∗ r.[κ]).
  Proof using Type*.
    iIntros (?) "#Href Hκ".
    assert (Fractional (λ r, acc τ l (q * r) x)).
    { intros q1 q2. rewrite Qp.mul_add_distr_l. apply acc_fractional. }
    iMod (frac_bor_acc with "Href Hκ") as (q') "[>H Hclose]"; [done|].
    iModIntro. iExists (q * q')%Qp. iFrame "H". iIntros "H". by iApply "Hclose".
  Qed.
End casts.
Global Typeclasses Opaque shr_ref.
