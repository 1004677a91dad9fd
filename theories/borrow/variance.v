(** * Variance: what may be weakened

[raw_sub τ υ]: each value of [τ] is one of [υ]. The types have one size, and the bits stay
as they are. The main example is a shared reference, which may be taken for one of a shorter
lifetime ([ref_sub]).

What is owned is covariant: permissions ([acc_sub]), boxes ([box_sub]), and owning pointers,
that is, types with a pointer inside whose invariant has the permission ([own_raw],
[own_sub]; [AccPtr<T>] of the note, [Vec] and the like). That they are written to
does no harm: who has the weaker permission has nothing else.

A mutable reference is invariant, and so is a pointer whose permission must be given back as
it was: the rules are refuted in [refuted/raw_variance.v].

** Memory that is never used again
The note asks for a way to say that a region is never used again after a call, while the
permission is there for its destructor. That is to give it back at the weaker type.
- [acc_sub_lend]: the place is lent at the weaker type from the beginning, and comes back at
  this type. What is written meanwhile may be short-lived.
- [acc_forget]: the weakest type are cells of which nothing is known.
- [box_drop_dead_spec]: a box can be dropped whose content are references of a lifetime that
  is over, as Rust's standard library does under [#[may_dangle]].

A closed program is in [examples/raw_variance_client.v].

Source: the note of the Prusti project on raw pointers and prophetic references. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export box.
From tally.prelude Require Import options.

Section sub.
  Context {Σ : gFunctors}.

  (** Each value of [τ] is one of [υ]. *)
  Definition raw_sub {X} (τ υ : raw_type Σ X) : iProp Σ :=
    ⌜raw_size τ = raw_size υ⌝ ∗ □ ∀ x vl q, raw_own τ x vl q -∗ raw_own υ x vl q.
  Global Instance raw_sub_persistent {X} (τ υ : raw_type Σ X) : Persistent (raw_sub τ υ).
  Proof. apply _. Qed.

  (** Each type is below itself. *)
  Lemma raw_sub_refl {X} (τ : raw_type Σ X) : ⊢ raw_sub τ τ.
  Proof. iSplit; [done|]. iIntros "!>" (x vl q) "$". Qed.
  (** Subtyping is transitive. *)
  Lemma raw_sub_trans {X} (τ1 τ2 τ3 : raw_type Σ X) :
    raw_sub τ1 τ2 -∗ raw_sub τ2 τ3 -∗ raw_sub τ1 τ3.
  Proof.
    iIntros "[%H12 #H1] [%H23 #H2]". iSplit; [by rewrite H12|].
    iIntros "!>" (x vl q) "H". iApply "H2". by iApply "H1".
  Qed.
  (** Pairs are covariant in both parts. *)
  Lemma pair_sub {X Y} (τ τ' : raw_type Σ X) (υ υ' : raw_type Σ Y) :
    raw_sub τ τ' -∗ raw_sub υ υ' -∗ raw_sub (pair_raw τ υ) (pair_raw τ' υ').
  Proof.
    iIntros "[%Hτ #H1] [%Hυ #H2]". iSplit; [by rewrite /= Hτ Hυ|].
    iIntros "!>" (x vl q) "(%vl1 & %vl2 & -> & H & H')". iExists vl1, vl2.
    iSplitR; [done|]. iSplitL "H"; [by iApply "H1"|by iApply "H2"].
  Qed.
End sub.

Section own.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (X : Type).

  (** Permissions are covariant, at any share. *)
  Lemma acc_sub {X} (τ υ : raw_type Σ X) l q x :
    raw_sub τ υ -∗ acc τ l q x -∗ acc υ l q x.
  Proof.
    iIntros "[_ #Hsub] H". rewrite !acc_unfold. iDestruct "H" as (vl) "[Hl H]".
    iExists vl. iFrame "Hl". by iApply "Hsub".
  Qed.
  (** Boxes are covariant. *)
  Lemma box_sub {X} (τ υ : raw_type Σ X) l x :
    raw_sub τ υ -∗ box_own τ l x -∗ box_own υ l x.
  Proof.
    iIntros "#Hsub H". rewrite !box_own_raw. iDestruct "H" as "[H H†]".
    iSplitL "H"; [by iApply acc_sub|]. by iDestruct "Hsub" as "[-> _]".
  Qed.
  (** What is in the cells is forgotten. *)
  Lemma acc_forget {X} (τ : raw_type Σ X) l q x :
    acc τ l q x -∗ ∃ vl, acc (cells_raw (raw_size τ)) l q vl.
  Proof.
    iIntros "H". rewrite acc_unfold. iDestruct "H" as (vl) "[Hl H]".
    iDestruct (raw_own_size with "H") as %<-. iExists vl. by rewrite acc_cells.
  Qed.

  (** A pointer whose invariant has the permission: [AccPtr<T>]. The value is the address with
  what is there. *)
  Program Definition own_raw {X} (τ : raw_type Σ X) : raw_type Σ (loc * X) := {|
    raw_size := 1;
    raw_own x vl q := (⌜vl = [ #x.1]%V⌝ ∗ acc τ x.1 q x.2)%I;
  |}.
  Next Obligation. by iIntros (X τ x vl q) "(-> & _)". Qed.

  (** Its permission is that to the pointer, and that to what is there. *)
  Lemma own_acc {X} (τ : raw_type Σ X) l q p x :
    acc (own_raw τ) l q (p, x) ⊣⊢ l ↦{q} #p ∗ acc τ p q x.
  Proof.
    rewrite (acc_unfold (own_raw τ)) /=. iSplit.
    - iIntros "(%vl & Hl & -> & $)". by rewrite heap_pointsto_vec_singleton.
    - iIntros "(Hl & H)". iExists [ #p]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  (** Owning pointers are covariant. *)
  Lemma own_sub {X} (τ υ : raw_type Σ X) :
    raw_sub τ υ -∗ raw_sub (own_raw τ) (own_raw υ).
  Proof.
    iIntros "#Hsub". iSplit; [done|]. iIntros "!>" ([p x] vl q) "/= [$ H]". by iApply acc_sub.
  Qed.
End own.

Section lft.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (l p : loc) (q : Qp) (v : val) (X : Type) (E : coPset).

  (** A shared reference for [κ] to a value of [τ]. The value is the address with what is
  there. *)
  Definition ref_val {X} κ (τ : raw_type Σ X) p (x : X) : iProp Σ :=
    ∃ q, shr_ref κ τ p q x.
  Global Instance ref_val_persistent {X} κ (τ : raw_type Σ X) p x :
    Persistent (ref_val κ τ p x).
  Proof. apply _. Qed.
  Program Definition ref_raw {X} κ (τ : raw_type Σ X) : raw_type Σ (loc * X) := {|
    raw_size := 1;
    raw_own x vl _ := (⌜vl = [ #x.1]%V⌝ ∗ ref_val κ τ x.1 x.2)%I;
  |}.
  Next Obligation. by iIntros (X κ τ x vl q) "(-> & _)". Qed.

  (** Its permission is that to the pointer, with the reference. *)
  Lemma ref_acc {X} κ (τ : raw_type Σ X) l q p x :
    acc (ref_raw κ τ) l q (p, x) ⊣⊢ l ↦{q} #p ∗ ref_val κ τ p x.
  Proof.
    rewrite (acc_unfold (ref_raw κ τ)) /=. iSplit.
    - iIntros "(%vl & Hl & -> & $)". by rewrite heap_pointsto_vec_singleton.
    - iIntros "(Hl & H)". iExists [ #p]%V. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  (** References are covariant in the lifetime. *)
  Lemma ref_sub {X} κ κ' (τ : raw_type Σ X) :
    κ' ⊑ κ -∗ raw_sub (ref_raw κ τ) (ref_raw κ' τ).
  Proof.
    iIntros "#Hincl". iSplit; [done|]. iIntros "!>" ([p x] vl q) "/= [$ (%q' & H)]".
    iExists q'. iApply (shr_ref_shorten with "Hincl H").
  Qed.
  (** A place becomes a reference, and is back afterwards. *)
  Lemma ref_val_new {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ p x :
    ↑lftN ⊆ E → £ 1 -∗ acc τ p 1 x ={E}=∗ ref_val κ τ p x ∗ ([†κ] ={E}=∗ acc τ p 1 x).
  Proof.
    iIntros (?) "H£ H". iMod (ptr_to_ref τ _ κ with "H£ H") as "[#H $]"; [done|].
    iModIntro. by iExists 1%Qp.
  Qed.
  (** A reference gives a share of the permission. *)
  Lemma ref_val_acc {X} (τ : raw_type Σ X) `{!RawTimeless τ} E κ r p x :
    ↑lftN ⊆ E →
    ref_val κ τ p x -∗ r.[κ] ={E}=∗ ∃ q, acc τ p q x ∗ (acc τ p q x ={E}=∗ r.[κ]).
  Proof. iIntros (?) "(%q & #H) Hκ". by iApply (ref_to_ptr with "H Hκ"). Qed.

  (** ** Memory that is never used again at its old type *)

  (** Lent at a weaker type, a place comes back at this type. *)
  Lemma acc_sub_lend `{!ProphTypes C, !prophGS C Σ} {A : C}
      (τ υ : raw_type Σ (proph_val C (proph_type A))) E κ l x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ raw_sub τ υ -∗ acc τ l 1 x ={E}=∗
    ∃ i, mut_ref κ (acc υ l 1) i x ∗
      ([†κ] ={E}=∗ ∃ w, ▷ acc υ l 1 w ∗ proph_claim (fin A i) w).
  Proof.
    iIntros (??) "#Hctx Hsub H". iApply (ptr_to_mut_proph with "Hctx"); [done..|].
    iNext. by iApply (acc_sub with "Hsub").
  Qed.
  (** The lifetime of what is in the box may be over when the box is dropped. *)
  Lemma box_drop_dead_spec {X} κ (τ : raw_type Σ X) l x q k :
    {{{ [†κ] ∗ heap_lease q (1 + k) ∗ box_own (ref_raw κ τ) l x }}}
      box_drop 1 [ #l ]
    {{{ RET #☠; heap_lease q k }}}.
  Proof.
    iIntros (Φ) "(_ & Hk & Hb) HΦ".
    wp_apply (box_drop_spec (ref_raw κ τ) l x q k with "[$Hk $Hb]"). done.
  Qed.
End lft.
