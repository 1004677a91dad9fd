(** * What it means to share a type

A shared reference to a value reads it and does not change it. RustBelt says what
that gives with a predicate that mentions the lifetime of the reference. Here there
are no lifetimes: a reference is a _fraction_, and whoever has collected all
fractions owns the value again.

A type is shared by saying, in a record [sharing τ],

- what is shared, [shr_own a vl q], a fractional assertion;
- what is not, [shr_kept a vl], and lies with whoever gets the value back: the right
  to deallocate a block cannot be cut into equal parts ([no_fractional_dealloc]), and
  nobody needs it to read;
- [shr_deep], the type of the [a] that the parts agree on: where the pointers inside
  of the value go to, and what is there.

The whole of both is the ownership of the value ([shr_full]). A reference to a value
at [l] is [ty_shr S a l vl q], the fraction [q] of the cells and of what is shared:

<<
  l ↦∗ vl ∗ ty_own τ vl  ⊣⊢  ∃ a, ty_shr S a l vl 1 ∗ shr_kept S a vl
>>

For [Copy] types, whose ownership is persistent, every reference has all of it
([copy_shr]): one may copy the value out. Of a type of which nothing is known,
only the cells are shared ([opaque_shr]).

Key results: [ty_shr_full], [ty_shr_split], [box_shr_deref], the instances
[copy_shr], [opaque_shr], [prod_shr], [box_shr], and [so_shr], which makes of any of
them a shared ownership in the sense of [shared_own_sig.v] where overlapping shared
references need no token.

Source: the fractional half of RustBelt's [ty_shr] (Jung, Jourdan, Krebbers, Dreyer,
POPL 2018), without its lifetimes. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import new_delete.
From tally.logic Require Import marked_share shared_own_kept.
From tally.types Require Import type.
From tally.prelude Require Import options.

Record sharing {Σ} (τ : type Σ) := Sharing {
  shr_deep : Type;
  shr_own : shr_deep → list val → Qp → iProp Σ;
  shr_kept : shr_deep → list val → iProp Σ;
  shr_own_size a vl q : shr_own a vl q ⊢ ⌜length vl = ty_size τ⌝;
  shr_own_fractional a vl : Fractional (shr_own a vl);
  shr_full vl : ty_own τ vl ⊣⊢ ∃ a, shr_own a vl 1 ∗ shr_kept a vl;
}.
Global Arguments Sharing {Σ τ} shr_deep shr_own shr_kept _ _ _.
Global Arguments shr_deep {Σ τ} _.
Global Arguments shr_own {Σ τ} _ _ _ _.
Global Arguments shr_kept {Σ τ} _ _ _.
Global Arguments shr_own_size {Σ τ} _ _ _ _.
Global Arguments shr_own_fractional {Σ τ} _ _ _.
Global Arguments shr_full {Σ τ} _ _.
Global Existing Instance shr_own_fractional.

(** ** Sharing without memory *)
Section instances.
  Context {Σ : gFunctors}.
  Implicit Types (τ : type Σ) (vl : list val) (q : Qp).

  (** A type whose values can be copied: all of the ownership, at every share. *)
  Program Definition copy_shr τ (Hτ : ∀ vl, Persistent (ty_own τ vl)) : sharing τ := {|
    shr_deep := unit;
    shr_own _ vl _ := ty_own τ vl;
    shr_kept _ _ := True%I;
  |}.
  Next Obligation. intros τ Hτ [] vl q. apply ty_size_eq. Qed.
  Next Obligation.
    intros τ Hτ vl. iSplit; [iIntros "$"; by iExists ()|]. by iIntros "(%a & $ & _)".
  Qed.

  Global Instance uninit_ty_persistent n vl : Persistent (ty_own (uninit_ty n : type Σ) vl).
  Proof. apply _. Qed.
  Global Instance pure_ty_persistent φ vl : Persistent (ty_own (pure_ty φ : type Σ) vl).
  Proof. apply _. Qed.

  Definition uninit_shr n : sharing (uninit_ty n : type Σ) := copy_shr _ _.
  Definition unit_shr : sharing (unit_ty : type Σ) := uninit_shr 0.
  Definition pure_shr φ : sharing (pure_ty φ : type Σ) := copy_shr _ _.
  Definition int_shr t : sharing (int_ty t : type Σ) := pure_shr _.
  Definition bool_shr : sharing (bool_ty : type Σ) := pure_shr _.

  (** A type of which nothing is known: the bits are shared, not what they mean. *)
  Program Definition opaque_shr τ : sharing τ := {|
    shr_deep := unit;
    shr_own _ vl _ := ⌜length vl = ty_size τ⌝%I;
    shr_kept _ vl := ty_own τ vl;
  |}.
  Next Obligation. by iIntros (τ [] vl q). Qed.
  Next Obligation.
    intros τ vl. iSplit.
    - iIntros "H". iDestruct (ty_size_eq with "H") as %Hlen. iExists (). by iFrame.
    - by iIntros "(%a & _ & $)".
  Qed.

  Program Definition prod_shr τ1 τ2 (S1 : sharing τ1) (S2 : sharing τ2) :
    sharing (prod_ty τ1 τ2) := {|
    shr_deep := shr_deep S1 * shr_deep S2;
    shr_own a vl q := (∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗
      shr_own S1 a.1 vl1 q ∗ shr_own S2 a.2 vl2 q)%I;
    shr_kept a vl := (∃ vl1 vl2, ⌜vl = vl1 ++ vl2 ∧ length vl1 = ty_size τ1⌝ ∗
      shr_kept S1 a.1 vl1 ∗ shr_kept S2 a.2 vl2)%I;
  |}.
  Next Obligation.
    iIntros (τ1 τ2 S1 S2 a vl q) "(%vl1 & %vl2 & -> & H1 & H2)".
    iDestruct (shr_own_size with "H1") as %Hlen1.
    iDestruct (shr_own_size with "H2") as %Hlen2.
    iPureIntro. by rewrite list_length_app Hlen1 Hlen2.
  Qed.
  Next Obligation.
    intros τ1 τ2 S1 S2 a vl q q'. iSplit.
    - iIntros "(%vl1 & %vl2 & -> & H1 & H2)".
      rewrite (shr_own_fractional S1 a.1 vl1 q q') (shr_own_fractional S2 a.2 vl2 q q').
      iDestruct "H1" as "[H1 H1']". iDestruct "H2" as "[H2 H2']".
      iSplitL "H1 H2"; iExists vl1, vl2; by iFrame.
    - iIntros "[(%vl1 & %vl2 & -> & H1 & H2) (%vl1' & %vl2' & %Heq & H1' & H2')]".
      iDestruct (shr_own_size with "H1") as %Hlen.
      iDestruct (shr_own_size with "H1'") as %Hlen'.
      apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hlen Hlen'].
      iExists vl1, vl2. iSplitR; [done|].
      rewrite (shr_own_fractional S1 a.1 vl1 q q') (shr_own_fractional S2 a.2 vl2 q q').
      iFrame.
  Qed.
  Next Obligation.
    intros τ1 τ2 S1 S2 vl. iSplit.
    - iIntros "(%vl1 & %vl2 & -> & H1 & H2)".
      iDestruct (ty_size_eq with "H1") as %Hlen. rewrite (shr_full S1) (shr_full S2).
      iDestruct "H1" as (a1) "[H1 K1]". iDestruct "H2" as (a2) "[H2 K2]".
      iExists (a1, a2). iSplitL "H1 H2"; iExists vl1, vl2; by iFrame.
    - iIntros "(%a & (%vl1 & %vl2 & -> & H1 & H2) & %vl1' & %vl2' & [%Heq %Hlen'] & K1 & K2)".
      iDestruct (shr_own_size with "H1") as %Hlen.
      apply app_inj_1 in Heq as [<- <-]; [|by rewrite Hlen Hlen'].
      iExists vl1, vl2. rewrite (shr_full S1) (shr_full S2). iSplitR; [done|].
      iSplitL "H1 K1"; [iExists a.1|iExists a.2]; iFrame.
  Qed.
End instances.

(** ** References *)
Section ref.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (vl wl : list val) (q : Qp).

  Definition ty_shr {τ} (S : sharing τ) (a : shr_deep S) l vl q : iProp Σ :=
    l ↦∗{q} vl ∗ shr_own S a vl q.

  Global Instance ty_shr_fractional {τ} (S : sharing τ) a l vl :
    Fractional (ty_shr S a l vl).
  Proof. apply _. Qed.

  Lemma ty_shr_split {τ} (S : sharing τ) a l vl q q' :
    ty_shr S a l vl (q + q') ⊣⊢ ty_shr S a l vl q ∗ ty_shr S a l vl q'.
  Proof. apply ty_shr_fractional. Qed.
  Lemma ty_shr_full {τ} (S : sharing τ) l vl :
    l ↦∗ vl ∗ ty_own τ vl ⊣⊢ ∃ a, ty_shr S a l vl 1 ∗ shr_kept S a vl.
  Proof.
    rewrite /ty_shr (shr_full S). iSplit.
    - iIntros "[Hl (%a & H & K)]". iExists a. iFrame.
    - iIntros "(%a & [$ H] & K)". iExists a. iFrame.
  Qed.
  (** Where nothing is kept, the reference with the whole share is the value. *)
  Lemma ty_shr_full_copy τ (Hτ : ∀ vl, Persistent (ty_own τ vl)) a l vl :
    ty_shr (copy_shr τ Hτ) a l vl 1 ⊣⊢ l ↦∗ vl ∗ ty_own τ vl.
  Proof. done. Qed.
  (** References agree on the bits. *)
  Lemma ty_shr_agree {τ} (S : sharing τ) a a' l vl vl' q q' :
    ty_shr S a l vl q -∗ ty_shr S a' l vl' q' -∗ ⌜vl = vl'⌝.
  Proof.
    iIntros "[Hl H] [Hl' H']".
    iDestruct (shr_own_size with "H") as %Hlen. iDestruct (shr_own_size with "H'") as %Hlen'.
    iApply (heap_pointsto_vec_agree with "Hl Hl'"). by rewrite Hlen Hlen'.
  Qed.
  (** A reference reads. *)
  Lemma ty_shr_acc {τ} (S : sharing τ) a l vl q :
    ty_shr S a l vl q -∗ l ↦∗{q} vl ∗ (l ↦∗{q} vl -∗ ty_shr S a l vl q).
  Proof. iIntros "[$ $] $". Qed.

  (** A box is shared with what is in it; the right to free it is kept. *)
  Program Definition box_shr r {τ} (S : sharing τ) : sharing (box_ty r τ) := {|
    shr_deep := list val * shr_deep S;
    shr_own a vl q := (∃ b : loc, ⌜vl = [ #b]⌝ ∗ ty_shr S a.2 b a.1 q)%I;
    shr_kept a vl := (∃ b : loc, ⌜vl = [ #b]⌝ ∗
      shr_kept S a.2 a.1 ∗ box_block r (ty_size τ) b)%I;
  |}.
  Next Obligation. by iIntros (r τ S a vl q) "(%b & -> & _)". Qed.
  Next Obligation.
    intros r τ S a vl q q'. iSplit.
    - iIntros "(%b & -> & H)". rewrite ty_shr_split. iDestruct "H" as "[H H']".
      iSplitL "H"; iExists b; by iFrame.
    - iIntros "[(%b & -> & H) (%b' & %Heq & H')]". assert (b' = b) as -> by by simplify_eq.
      iExists b.
      rewrite ty_shr_split. by iFrame.
  Qed.
  Next Obligation.
    intros r τ S vl. iSplit.
    - iIntros "(%b & %wl & -> & Hb & H & H†)".
      iAssert (b ↦∗ wl ∗ ty_own τ wl)%I with "[$Hb $H]" as "H".
      rewrite (ty_shr_full S). iDestruct "H" as (a) "[H K]".
      iExists (wl, a). iSplitL "H"; iExists b; by iFrame.
    - iIntros "(%a & (%b & -> & H) & %b' & %Heq & K & H†)".
      assert (b' = b) as -> by by simplify_eq.
      iAssert (b ↦∗ a.1 ∗ ty_own τ a.1)%I with "[H K]" as "[Hb H]".
      { rewrite (ty_shr_full S). iExists a.2. iFrame. }
      iExists b, a.1. by iFrame.
  Qed.

  (** Through a shared box one reaches a shared content: [&Box<T>] gives [&T]. *)
  Lemma box_shr_deref r {τ} (S : sharing τ) a l vl q :
    ty_shr (box_shr r S) a l vl q ⊣⊢
    ∃ b : loc, ⌜vl = [ #b]⌝ ∗ l ↦{q} #b ∗ ty_shr S a.2 b a.1 q.
  Proof.
    rewrite {1}/ty_shr /=. iSplit.
    - iIntros "[Hl (%b & -> & H)]". rewrite heap_pointsto_vec_singleton. iExists b.
      by iFrame.
    - iIntros "(%b & -> & Hl & H)". rewrite heap_pointsto_vec_singleton. iFrame "Hl".
      iExists b. by iFrame.
  Qed.
  (** [&(T, U)] is [&T] and [&U]. *)
  Lemma prod_shr_fields {τ1 τ2} (S1 : sharing τ1) (S2 : sharing τ2) a l vl q :
    ty_shr (prod_shr _ _ S1 S2) a l vl q ⊣⊢
    ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗
      ty_shr S1 a.1 l vl1 q ∗ ty_shr S2 a.2 (l +ₗ ty_size τ1) vl2 q.
  Proof.
    rewrite /ty_shr /=. iSplit.
    - iIntros "[Hl (%vl1 & %vl2 & -> & H1 & H2)]".
      iDestruct (shr_own_size with "H1") as %Hlen.
      rewrite heap_pointsto_vec_app Hlen. iDestruct "Hl" as "[Hl1 Hl2]".
      iExists vl1, vl2. by iFrame.
    - iIntros "(%vl1 & %vl2 & -> & [Hl1 H1] & [Hl2 H2])".
      iDestruct (shr_own_size with "H1") as %Hlen.
      rewrite heap_pointsto_vec_app Hlen. iFrame "Hl1 Hl2". iExists vl1, vl2. by iFrame.
  Qed.
End ref.

(** ** Into shared ownership
[Φ x] is a content that holds a value of [τ], with the bits [bits x], at the place
[l x], or without its cells, next to something [D x] that is not shared, such as the
right to free the block. The two forms are for a handle that has its fraction of the
cells besides, and for one that has not. *)
Section so.
  Context `{!lrustGS Σ, !markedG Σ} (T : coPset → iProp Σ) (N : namespace).
  Context {τ : type Σ} (S : sharing τ).
  Context {X : Type} (Φ : X → iProp Σ) (bits : X → list val) (D : X → iProp Σ).

  Section own.
    Context (HΦ : ∀ x, Φ x ⊣⊢ ty_own τ (bits x) ∗ D x).

    Local Lemma so_shr_full x :
      Φ x ⊣⊢ ∃ a, shr_own S a (bits x) 1 ∗ (shr_kept S a (bits x) ∗ D x).
    Proof using HΦ.
      rewrite HΦ (shr_full S) bi.sep_exist_r. f_equiv=> a. by rewrite assoc.
    Qed.
    Definition so_shr : shared_own T N Φ :=
      so_kept T N Φ (λ a x, shr_own S a (bits x))
        (λ a x, shr_kept S a (bits x) ∗ D x)%I so_shr_full _.

    (** Whatever the share, what is shared is at hand: several references at once. *)
    Lemma so_shr_acc i x c q :
      so_own so_shr i x c q -∗
      shr_own S i.2 (bits x) q ∗ (shr_own S i.2 (bits x) q -∗ so_own so_shr i x c q).
    Proof. rewrite /so_shr. iIntros "H". by iApply (so_kept_acc with "H"). Qed.
  End own.

  Section ref.
    Context (l : X → loc) (HΦ : ∀ x, Φ x ⊣⊢ l x ↦∗ bits x ∗ ty_own τ (bits x) ∗ D x).

    Local Lemma so_ref_full x :
      Φ x ⊣⊢ ∃ a, ty_shr S a (l x) (bits x) 1 ∗ (shr_kept S a (bits x) ∗ D x).
    Proof using HΦ.
      rewrite HΦ assoc (ty_shr_full S) bi.sep_exist_r.
      f_equiv=> a. by rewrite assoc.
    Qed.
    Definition so_ref : shared_own T N Φ :=
      so_kept T N Φ (λ a x, ty_shr S a (l x) (bits x))
        (λ a x, shr_kept S a (bits x) ∗ D x)%I so_ref_full _.

    Lemma so_ref_acc i x c q :
      so_own so_ref i x c q -∗
      ty_shr S i.2 (l x) (bits x) q ∗
      (ty_shr S i.2 (l x) (bits x) q -∗ so_own so_ref i x c q).
    Proof. rewrite /so_ref. iIntros "H". by iApply (so_kept_acc with "H"). Qed.
  End ref.
End so.
