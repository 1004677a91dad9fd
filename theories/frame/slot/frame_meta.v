(** * Page frames: types of metadata

A type of metadata ([meta_type]) is a semantic type with a destructor, and it says
what sharing it means:

- [mt_shr τ l vl γ q], the share [q] of the metadata at [l]: its value was [vl] when
  it was shared, and [γ] is a ghost name of the type's own choice. Shares add up.
- A value that is owned can be shared ([mt_share]), and the whole share is worth a
  value again ([mt_unshare]), which is related to the one shared by [mt_change].

[frozen_meta τ] are the types whose metadata does not change while it is shared: a
share is the same share of the cells, and [mt_change] is equality. [locked_meta τ]
are the types whose metadata may change while it is shared, under an invariant that
whoever has a share may open: what a type with atomics or locks in it does. What is
owned is then any value of the type when it comes back.

A dictionary [meta_dict] lists the types, all of one size, as all are kept in the
same storage. The vtable of a slot is an index into it, so a handle whose type is
not known, [Frame<dyn AnyFrameMeta>], is one whose index is not.

Source: [AnyFrameMeta] and the vtable pointer of asterinas' ostd
(mm/frame/meta.rs); the sharing predicates of RustBelt, for which fractions stand in
for lifetimes here. *)
From iris.algebra Require Import frac numbers.
From iris.base_logic.lib Require Import own invariants cancelable_invariants ghost_var.
From iris.bi Require Import fractional telescopes.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.logic Require Export count_protocol lease evidence.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code.
From tally.frame.slot Require Export frame_state.
From tally.prelude Require Import options.

(** The ghost names of a slot: its state, its leases, the pending increments. *)
Record slot_names := SlotNames {
  slot_state_name : gname;
  slot_lease_name : gname;
  slot_pending_name : gname;
}.

(** ** Types of metadata *)
Record meta_type Σ `{!lrustGS Σ} := MetaType {
  mt_ty : type Σ;
  mt_glue : val;
  (** What the destructor leaves to whoever dropped the metadata. *)
  mt_dead : list val → iProp Σ;
  mt_shr : loc → list val → gname → Qp → iProp Σ;
  mt_change : list val → list val → Prop;
  mt_shr_fractional l vl γ : Fractional (mt_shr l vl γ);
  mt_share l vl :
    l ↦∗ vl -∗ ty_own mt_ty vl ={⊤}=∗ ∃ γ, mt_shr l vl γ 1;
  mt_unshare l vl γ :
    mt_shr l vl γ 1 ={⊤}=∗
      ▷ ∃ vl', ⌜mt_change vl vl'⌝ ∗ l ↦∗ vl' ∗ ty_own mt_ty vl';
}.
Global Arguments mt_ty {Σ _} _.
Global Arguments mt_glue {Σ _} _.
Global Arguments mt_dead {Σ _} _ _.
Global Arguments mt_shr {Σ _} _ _ _ _ _.
Global Arguments mt_change {Σ _} _ _ _.
Global Arguments mt_shr_fractional {Σ _} _ _ _ _.
Global Arguments mt_share {Σ _} _ _ _.
Global Arguments mt_unshare {Σ _} _ _ _ _.

Record meta_dict Σ `{!lrustGS Σ} := MetaDict {
  dict_size : nat;
  dict_types : list (meta_type Σ);
  dict_sizes : Forall (λ τ, ty_size (mt_ty τ) = dict_size) dict_types;
}.
Global Arguments dict_size {Σ _} _.
Global Arguments dict_types {Σ _} _.
Global Arguments dict_sizes {Σ _} _.

Section dict.
  Context `{!lrustGS Σ}.
  Implicit Types (D : meta_dict Σ) (τ : meta_type Σ) (i : nat) (vl : list val).

  (** The destructors, for the programs. *)
  Definition dict_glues D : list val := mt_glue <$> dict_types D.
  (** They are ones. *)
  Definition dict_drop_spec D : iProp Σ :=
    □ ∀ i τ, ⌜dict_types D !! i = Some τ⌝ -∗
      ty_drop_spec True (mt_ty τ) (mt_glue τ) (mt_dead τ).
  Global Instance dict_drop_spec_persistent D : Persistent (dict_drop_spec D).
  Proof. apply _. Qed.

  (** A value of the type with vtable [i], what is left of it after its destructor
  has run, and what sharing may have made of it. *)
  Definition meta_own D i vl : iProp Σ :=
    ∃ τ, ⌜dict_types D !! i = Some τ⌝ ∗ ty_own (mt_ty τ) vl.
  Definition meta_dead D i vl : iProp Σ :=
    ∃ τ, ⌜dict_types D !! i = Some τ⌝ ∗ mt_dead τ vl.
  Definition meta_change D (m : meta) vl : Prop :=
    ∃ τ, dict_types D !! meta_vtable m = Some τ ∧ mt_change τ (meta_vals m) vl.

  (** Cells with no metadata in them. *)
  Definition meta_room D (s : loc) : iProp Σ :=
    ∃ v vl, ⌜length vl = dict_size D⌝ ∗
      (s +ₗ slot_vtable) ↦ v ∗ (s +ₗ slot_storage) ↦∗ vl.

  Definition state_room D (s : loc) (st : slot_state) : iProp Σ :=
    match st with SlotUnused => meta_room D s | _ => True end.
  (** Cells with metadata in them. *)
  Definition meta_whole D (s : loc) i vl : iProp Σ :=
    (s +ₗ slot_vtable) ↦ #i ∗ (s +ₗ slot_storage) ↦∗ vl ∗ meta_own D i vl.

  (** What the allocator makes of a page it gets back: [L q], the lease on which the
  frame was held, which owes nothing any more, and what the destructor has left. *)
  Definition dealloc_spec D (L : Qp → iProp Σ) (pa : Z) (dealloc : val)
      (R : nat → list val → Qp → iProp Σ) : iProp Σ :=
    □ ∀ i vl q,
      {{{ L q ∗ meta_dead D i vl }}}
        dealloc [ #pa; #page_size ]
      {{{ RET #☠; R i vl q }}}.
  Global Instance dealloc_spec_persistent D L pa dealloc R :
    Persistent (dealloc_spec D L pa dealloc R).
  Proof. apply _. Qed.

  Lemma meta_own_intro D i τ vl :
    dict_types D !! i = Some τ → meta_own D i vl ⊣⊢ ty_own (mt_ty τ) vl.
  Proof.
    intros Hi. iSplit; [|iIntros "H"; iExists τ; by iFrame].
    iIntros "(%τ' & %Hi' & H)". by simplify_eq.
  Qed.
  Lemma meta_dead_intro D i τ vl :
    dict_types D !! i = Some τ → meta_dead D i vl ⊣⊢ mt_dead τ vl.
  Proof.
    intros Hi. iSplit; [|iIntros "H"; iExists τ; by iFrame].
    iIntros "(%τ' & %Hi' & H)". by simplify_eq.
  Qed.
  Lemma dict_size_eq D i τ :
    dict_types D !! i = Some τ → ty_size (mt_ty τ) = dict_size D.
  Proof. intros Hi. exact (Forall_lookup_1 _ _ _ _ (dict_sizes D) Hi). Qed.
  Lemma meta_own_size D i vl : meta_own D i vl -∗ ⌜length vl = dict_size D⌝.
  Proof.
    iIntros "(%τ & %Hi & H)". iDestruct (ty_size_eq with "H") as %->.
    by rewrite (dict_size_eq D i).
  Qed.
End dict.

(** ** The client state *)
(** It is in the slot's invariant, so it must be timeless. *)
Class TimelessClient {Σ} (Cl : slot_state → iProp Σ) : Prop :=
  client_timeless st : Timeless (Cl st).
Global Existing Instance client_timeless.

(** The client's word that the state of a slot, whatever it is, may be replaced by
[next] of it in one atomic step, with [Ψ] of the old state as the outcome. [S st] is
the client's knowledge that the state is [st]. This is an atomic update of Iris', so
that it can be made by opening invariants outside of [N]. *)
Definition slot_update `{!lrustGS Σ} (N : namespace) (S : slot_state → iProp Σ)
    (next : slot_state → slot_state) (Ψ : slot_state → iProp Σ) : iProp Σ :=
  atomic_update (TA := TeleS (λ _ : slot_state, TeleO)) (TB := TeleO) (⊤ ∖ ↑N) ∅
    (tele_app (λ st, S st))
    (tele_app (λ st, tele_app (TT := TeleO) (S (next st))))
    (tele_app (λ st, tele_app (TT := TeleO) (Ψ st))).

(** Two steps that are the same where [P] holds. *)
Class Agrees (next next' : slot_state → slot_state) (P : slot_state → Prop) : Prop :=
  agrees st : P st → next st = next' st.
Global Hint Mode Agrees ! ! ! : typeclass_instances.
Global Hint Extern 0 (Agrees _ _ _) =>
  let st := fresh in intros st ?; naive_solver : typeclass_instances.

(** ** Sharing *)
Section sharing.
  Context `{!lrustGS Σ, !cinvG Σ}.
  Context (N : namespace) (τ : type Σ) (glue : val) (dead : list val → iProp Σ).

  (** The cells do not change while they are shared; what the value owns is in an
  invariant meanwhile. *)
  Definition frozen_shr (l : loc) (vl : list val) (γ : gname) (q : Qp) : iProp Σ :=
    l ↦∗{q} vl ∗ cinv_own γ q ∗ cinv N γ (ty_own τ vl).

  Local Lemma frozen_shr_fractional l vl γ : Fractional (frozen_shr l vl γ).
  Proof.
    intros q1 q2. rewrite /frozen_shr heap_pointsto_vec_fractional cinv_own_fractional.
    iSplit.
    - iIntros "([$ $] & [$ $] & #$)".
    - iIntros "[($ & $ & #$) ($ & $ & _)]".
  Qed.
  Local Lemma frozen_share l vl :
    l ↦∗ vl -∗ ty_own τ vl ={⊤}=∗ ∃ γ, frozen_shr l vl γ 1.
  Proof.
    iIntros "Hl Hvl". iMod (cinv_alloc _ N (ty_own τ vl) with "Hvl") as (γ) "[#Hc Hγ]".
    iExists γ. by iFrame "Hl Hγ Hc".
  Qed.
  Local Lemma frozen_unshare l vl γ :
    frozen_shr l vl γ 1 ={⊤}=∗ ▷ ∃ vl', ⌜vl' = vl⌝ ∗ l ↦∗ vl' ∗ ty_own τ vl'.
  Proof.
    iIntros "(Hl & Hγ & #Hc)".
    iMod (cinv_cancel with "Hc Hγ") as "Hvl"; [done|].
    iIntros "!> !>". iExists vl. by iFrame.
  Qed.
  Definition frozen_meta : meta_type Σ :=
    MetaType Σ _ τ glue dead frozen_shr (λ vl vl', vl' = vl)
      frozen_shr_fractional frozen_share frozen_unshare.

  (** The cells may change: whoever has a share may open the invariant. *)
  Definition locked_own (l : loc) : iProp Σ := ∃ vl, l ↦∗ vl ∗ ty_own τ vl.
  Definition locked_shr (l : loc) (vl : list val) (γ : gname) (q : Qp) : iProp Σ :=
    cinv_own γ q ∗ cinv N γ (locked_own l).

  Local Lemma locked_shr_fractional l vl γ : Fractional (locked_shr l vl γ).
  Proof.
    intros q1 q2. rewrite /locked_shr cinv_own_fractional. iSplit.
    - iIntros "([$ $] & #$)".
    - iIntros "[($ & #$) ($ & _)]".
  Qed.
  Local Lemma locked_share l vl :
    l ↦∗ vl -∗ ty_own τ vl ={⊤}=∗ ∃ γ, locked_shr l vl γ 1.
  Proof.
    iIntros "Hl Hvl".
    iMod (cinv_alloc _ N (locked_own l) with "[Hl Hvl]") as (γ) "[#Hc Hγ]".
    { iNext. iExists vl. iFrame. }
    iExists γ. by iFrame "Hγ Hc".
  Qed.
  Local Lemma locked_unshare l vl γ :
    locked_shr l vl γ 1 ={⊤}=∗ ▷ ∃ vl', ⌜True⌝ ∗ l ↦∗ vl' ∗ ty_own τ vl'.
  Proof.
    iIntros "(Hγ & #Hc)". iMod (cinv_cancel with "Hc Hγ") as "H"; [done|].
    iIntros "!> !>". iDestruct "H" as (vl') "[Hl Hvl]". iExists vl'. by iFrame.
  Qed.
  Definition locked_meta : meta_type Σ :=
    MetaType Σ _ τ glue dead locked_shr (λ _ _, True)
      locked_shr_fractional locked_share locked_unshare.
End sharing.

(** ** Ghost state *)
(** The state of a slot: shares of metadata, which agree on it, or exclusive, to be
unique ([true]) or busy; drops that are owed; and pending increments. *)
Class frameG Σ := FrameG {
  frame_slotG : countG Σ bool meta;
  frame_leaseG : leaseG Σ natUR;
  frame_pending_inG : inG Σ fracR;
  frame_state_inG : ghost_varG Σ slot_state;
}.
Global Existing Instances frame_slotG frame_leaseG frame_pending_inG frame_state_inG.
Definition frameΣ : gFunctors :=
  #[countΣ bool meta; leaseΣ natUR; GFunctor fracR; ghost_varΣ slot_state].
Global Instance subG_frameΣ {Σ} : subG frameΣ Σ → frameG Σ.
Proof. solve_inG. Qed.
