(** * A Rust type: size, ownership, sharing, destructor

[rust_type T] has in one record what generic code is compiled for a type with, and what
its proofs use of it:

<<
  size        rt_ty, ty_size      how many cells
  ownership   rt_ty, ty_own       what one owns with a value
  sharing     rt_shr              what a shared reference to one gives
  glue        rt_glue             the destructor, a program …
  effect      rt_effect           … and what its caller learns from it having run
>>

[T] is what the destructors may borrow while they run, such as the thread token: the
parts of a type must agree on it. The destructor meets its specification by
construction ([rt_drop]), so that one of a compound type is known once those of its
parts are.

Instances: [uninit_rt], [unit_rt], [int_rt], [bool_rt], [prod_rt], [box_rt]; they
need nothing of [T]. [opaque_rt] is for types that share no more than their bits.
Other folders add theirs.

Key results: the instances, and [rt_drop_in_place_spec]. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Export type sharing.
From tally.prelude Require Import options.

Record rust_type `{!lrustGS Σ} (T : iProp Σ) := RustType {
  rt_ty : type Σ;
  rt_shr : sharing rt_ty;
  rt_glue : val;
  rt_effect : list val → iProp Σ;
  rt_drop : ⊢ ty_drop_spec T rt_ty rt_glue rt_effect;
}.
Global Arguments RustType {Σ _ T} rt_ty rt_shr rt_glue rt_effect _.
Global Arguments rt_ty {Σ _ T} _.
Global Arguments rt_shr {Σ _ T} _.
Global Arguments rt_glue {Σ _ T} _.
Global Arguments rt_effect {Σ _ T} _ _.
Global Arguments rt_drop {Σ _ T} _.

Definition rt_size `{!lrustGS Σ} {T : iProp Σ} (τ : rust_type T) : nat :=
  ty_size (rt_ty τ).
Definition rt_own `{!lrustGS Σ} {T : iProp Σ} (τ : rust_type T) : list val → iProp Σ :=
  ty_own (rt_ty τ).

(** ** Instances *)
Section instances.
  Context `{!lrustGS Σ} {T : iProp Σ}.

  (** Without destructor; what was owned may be kept. *)
  Definition plain_rt (τ : type Σ) (S : sharing τ) : rust_type T :=
    RustType τ S drop_nothing (ty_own τ) (drop_nothing_spec T τ).

  Definition uninit_rt (n : nat) : rust_type T := plain_rt _ (uninit_shr n).
  Definition unit_rt : rust_type T := plain_rt _ unit_shr.
  Definition int_rt (t : int_type) : rust_type T := plain_rt _ (int_shr t).
  Definition bool_rt : rust_type T := plain_rt _ bool_shr.

  (** With a destructor, and nothing to share but the bits. *)
  Definition opaque_rt (τ : type Σ) (glue : val) (D : list val → iProp Σ)
      (Hglue : ⊢ ty_drop_spec T τ glue D) : rust_type T :=
    RustType τ (opaque_shr τ) glue D Hglue.

  Program Definition prod_rt (τ1 τ2 : rust_type T) : rust_type T :=
    RustType (prod_ty (rt_ty τ1) (rt_ty τ2)) (prod_shr _ _ (rt_shr τ1) (rt_shr τ2))
      (prod_drop_in_place (rt_size τ1) (rt_glue τ1) (rt_glue τ2))
      (λ vl, ∃ vl1 vl2, ⌜vl = vl1 ++ vl2⌝ ∗ rt_effect τ1 vl1 ∗ rt_effect τ2 vl2)%I _.
  Next Obligation.
    iIntros (τ1 τ2). iApply prod_drop_in_place_spec; iApply rt_drop.
  Qed.

  Program Definition box_rt (r : Qp) (τ : rust_type T) : rust_type T :=
    RustType (box_ty r (rt_ty τ)) (box_shr r (rt_shr τ))
      (box_drop_in_place (rt_size τ) (rt_glue τ))
      (λ _, heap_lease r 0 ∗ ∃ wl, rt_effect τ wl)%I _.
  Next Obligation. iIntros (r τ). iApply box_drop_in_place_spec. iApply rt_drop. Qed.
End instances.

(** ** The destructor *)
Section drop.
  Context `{!lrustGS Σ} {T : iProp Σ}.

  (** [core::ptr::drop_in_place]. *)
  Definition rt_drop_in_place (τ : rust_type T) : val := rt_glue τ.

  Lemma rt_drop_in_place_spec (τ : rust_type T) (l : loc) vl :
    {{{ T ∗ l ↦∗ vl ∗ rt_own τ vl }}}
      rt_drop_in_place τ [ #l ]
    {{{ vl', RET #☠; T ∗ l ↦∗ vl' ∗ ⌜length vl' = rt_size τ⌝ ∗ rt_effect τ vl }}}.
  Proof.
    iIntros (Φ) "H". iPoseProof (rt_drop τ) as "Hdrop". rewrite /ty_drop_spec.
    by iApply "Hdrop".
  Qed.

  (** A reference to a value, and the value back once all references are. *)
  Definition rt_ref (τ : rust_type T) a (l : loc) (vl : list val) (q : Qp) : iProp Σ :=
    ty_shr (rt_shr τ) a l vl q.
  Lemma rt_ref_full (τ : rust_type T) l vl :
    l ↦∗ vl ∗ rt_own τ vl ⊣⊢ ∃ a, rt_ref τ a l vl 1 ∗ shr_kept (rt_shr τ) a vl.
  Proof. apply ty_shr_full. Qed.
End drop.
