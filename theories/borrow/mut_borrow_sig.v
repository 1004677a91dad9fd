(** * Mutable borrows with prophecies: the interface

[&'κ mut T], where the lender learns in the end what has become of the value. The pointee
is any predicate [Φ] on prophetic values, over any language: [Φ v] says "here is what
represents [v]". It need be neither timeless nor free of references: what a reference in
the pointee will point to is a part of [v] that is not known yet.

** [mut_ref κ Φ i v]
A reference for the lifetime [κ]. It is named [i], points to [v] now, and to [fin A i] in
the end. To use it one shows a part of the token of [κ].

** Life
- [mut_borrow]: from [Φ v] a reference, and for the lender the promise that after [κ] there
  is a value [w] with [Φ w] and a claim that [w] is the final value. Where [w] is known,
  the claim is an observation at once ([proph_claim_const]); where it mentions other
  references, as soon as tokens of these are shown.
- [mut_acc_tok]: reading and writing. Meanwhile the token says that the final value is not
  decided yet. [mut_acc] of [mut_borrow.v] is the same without.
- [mut_drop_acc]: the last access. What is put back is the final value, and this is
  observed. The content is at hand when tokens must be shown of what the value depends on,
  since the references in it have them.
- [mut_reborrow]: a reference for a shorter lifetime. Afterwards the old one is back, and
  the final value of the new one is its present value.
- [mut_map], [mut_split]: a reference to a part, two references to two parts. The old
  reference is used up, and its final value is made of the final values of the new ones.
- [mut_deref_acc]: from [&'κ' mut &'κ mut T] to [&'κ' mut T]. Here the final value of the
  old reference is a pair of which one half belongs to the reference that was found inside.

** What is paid
Whatever changes what a borrow is a borrow of costs later credits, as in the lifetime logic.

Source: RustHornBelt (Matsushita, Denis, Jourdan, Dreyer, PLDI 2022). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Export mut_borrow_base.
From tally.prelude Require Import options.

Module Type mut_borrow_sig.
  (** A reference [i] for the lifetime [κ] to a content [Φ], which is [v] now. *)
  Parameter mut_ref : ∀ `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}
    (κ : lft) (Φ : proph_val C (proph_type A) → iProp Σ) (i : positive)
    (v : proph_val C (proph_type A)), iProp Σ.

  Section laws.
    Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ}.
    Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset) (A B : C).

    (** Lending. *)
    Parameter mut_borrow : ∀ {A} E κ (Φ : proph_val C (proph_type A) → iProp Σ) v,
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ ▷ Φ v ={E}=∗
      ∃ i, mut_ref κ Φ i v ∗
        ([†κ] ={E}=∗ ∃ w, ▷ Φ w ∗ proph_claim (fin A i) w).
    (** Reading and writing; meanwhile the token is out. *)
    Parameter mut_acc_tok : ∀ {A} E κ q (Φ : proph_val C (proph_type A) → iProp Σ) i v,
      ↑lftN ⊆ E →
      mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
      ▷ Φ v ∗ proph_tok 1 (ProphVar A i) ∗
      (∀ w, ▷ Φ w -∗ proph_tok 1 (ProphVar A i) ={E}=∗ mut_ref κ Φ i w ∗ q.[κ]).
    (** The last access: what is put back is the final value. *)
    Parameter mut_drop_acc : ∀ {A} E κ q (Φ : proph_val C (proph_type A) → iProp Σ) i v,
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
      ▷ Φ v ∗
      (∀ w ζs q', ⌜proph_dep w ζs⌝ -∗ ▷ Φ w -∗ proph_toks q' ζs ={E}=∗
        ⟨π, fin A i π = w π⟩ ∗ proph_toks q' ζs ∗ q.[κ]).
    (** A reference for a shorter lifetime, for good. *)
    Parameter mut_shorten : ∀ {A} κ κ' (Φ : proph_val C (proph_type A) → iProp Σ) i v,
      κ' ⊑ κ -∗ mut_ref κ Φ i v -∗ mut_ref κ' Φ i v.
    (** A reference to an equivalent content. *)
    Parameter mut_iff : ∀ {A} κ (Φ Φ' : proph_val C (proph_type A) → iProp Σ) i v,
      ▷ □ (∀ w, Φ w ↔ Φ' w) -∗ mut_ref κ Φ i v -∗ mut_ref κ Φ' i v.
    (** A reference for a shorter lifetime, for a while. [I] is what the content says of its
    value. *)
    Parameter mut_reborrow : ∀ {A} (I : proph_val C (proph_type A) → Prop) E κ κ' q
        (Φ : proph_val C (proph_type A) → iProp Σ) i v,
      ↑lftN ⊆ E → ↑prophN ⊆ E → (∀ w, Φ w ⊢ ⌜I w⌝) →
      £ 4 -∗ proph_ctx -∗ κ' ⊑ κ -∗ mut_ref κ Φ i v -∗ q.[κ'] ={E}=∗
      ∃ j, mut_ref κ' Φ j v ∗ q.[κ'] ∗
        ([†κ'] ={E}=∗ ∃ w, ⌜I w⌝ ∗ mut_ref κ Φ i w ∗ proph_claim (fin A j) w).
    (** A reference to a part that is all there is. *)
    Parameter mut_map : ∀ {A B} (f : proph_type B → proph_type A) `{!Inj (=) (=) f}
        (Φ : proph_val C (proph_type A) → iProp Σ) (Ψ : proph_val C (proph_type B) → iProp Σ)
        E κ q i u,
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      (∀ w, Φ (λ π, f (w π)) ⊣⊢ Ψ w) →
      £ 1 -∗ proph_ctx -∗ mut_ref κ Φ i (λ π, f (u π)) -∗ q.[κ] ={E}=∗
      ∃ j, mut_ref κ Ψ j u ∗ q.[κ] ∗ ⟨π, fin A i π = f (fin B j π)⟩.
    (** References to two parts. *)
    Parameter mut_split : ∀ {A B B' : C} (f : proph_type B → proph_type B' → proph_type A)
        `{!Inj2 (=) (=) (=) f} (Φ : proph_val C (proph_type A) → iProp Σ)
        (Ψ : proph_val C (proph_type B) → iProp Σ)
        (Ψ' : proph_val C (proph_type B') → iProp Σ) E κ q i u u',
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      (∀ w w', Φ (λ π, f (w π) (w' π)) ⊣⊢ Ψ w ∗ Ψ' w') →
      £ 2 -∗ proph_ctx -∗ mut_ref κ Φ i (λ π, f (u π) (u' π)) -∗ q.[κ] ={E}=∗
      ∃ j j', mut_ref κ Ψ j u ∗ mut_ref κ Ψ' j' u' ∗ q.[κ] ∗
        ⟨π, fin A i π = f (fin B j π) (fin B' j' π)⟩.
    (** Through a reference to a reference. [x] is what the outer place [D] says of where
    the inner reference points to, its address for example; the place is at hand meanwhile,
    so that the address can be read. The new reference lasts as long as the outer one. *)
    Parameter mut_deref_acc : ∀ {A P : C} {X : Type} `{!Inhabited X}
        (g : proph_type A → proph_type A → proph_type P) `{!Inj2 (=) (=) (=) g}
        (D : X → iProp Σ) (Φ : X → proph_val C (proph_type A) → iProp Σ) E κ κ' q i v,
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      £ 10 -∗ proph_ctx -∗ κ' ⊑ κ -∗
      mut_ref κ' (λ w, ∃ x j u, ⌜w = (λ π, g (u π) (fin A j π))⌝ ∗ D x ∗
        mut_ref κ (Φ x) j u) i v -∗ q.[κ'] ={E}=∗
      ∃ x j u, ⌜v = (λ π, g (u π) (fin A j π))⌝ ∗ ▷ D x ∗
        (▷ D x ={E}=∗ ∃ k, mut_ref κ' (Φ x) k u ∗ q.[κ'] ∗
          ⟨π, fin P i π = g (fin A k π) (fin A j π)⟩).
  End laws.
End mut_borrow_sig.
