(** * [rc/inner.rs]: what statements and proofs both speak of

User code may panic, and then it unwinds ([ends], [mirmode.v]). What is asked of a
destructor is [ty_unwind_spec], which is [ty_drop_spec] ([type.v]) with two ends. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.mir Require Export mirmode.
From tally.types Require Import type.
From tally.prelude Require Import options.

Section unwind.
  Context `{!lrustGS Σ}.
  Implicit Types (G : iProp Σ) (τ : type Σ) (D U : list val → iProp Σ).

  (** A destructor that returns, and then [D vl] holds, or unwinds, and then [U vl] does. On
  both ends the cells are the caller's again, and nothing is known of what is in them; of the
  value [D vl] or [U vl] is left. [G] is what it borrows. *)
  Definition ty_unwind_spec G τ (glue : val) D U : iProp Σ :=
    ∀ (l : loc) vl,
      {{{ G ∗ l ↦∗ vl ∗ ty_own τ vl }}}
        glue [ #l ]
      {{{ e vl', RET e; G ∗ l ↦∗ vl' ∗ ⌜length vl' = ty_size τ⌝ ∗
          ends (λ _, D vl) (U vl) e }}}.

  Global Instance ty_unwind_spec_persistent G τ glue D U :
    Persistent (ty_unwind_spec G τ glue D U).
  Proof. apply _. Qed.

  (** Glue that does nothing never unwinds. *)
  Lemma no_glue_unwind_spec G τ U : ⊢ ty_unwind_spec G τ no_glue (ty_own τ) U.
  Proof.
    rewrite /ty_unwind_spec. iIntros (l vl) "!> %Φ (HG & Hl & Hvl) HΦ".
    iDestruct (ty_size_eq with "Hvl") as %Hlen. mir. iModIntro. iApply "HΦ".
    iFrame "HG Hl". iSplitR; [done|]. by iApply ends_ret.
  Qed.
End unwind.
