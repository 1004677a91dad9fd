(** * λRust: logically atomic triples

[⟪ ∀∀ x, α ⟫ e @ E ⟪ ∃∃ y, β, RET v ⟫] says that [e] updates [α x] to [β x y] in one
atomic step somewhere during its execution, and returns [v]; invariants outside
of [E] may be opened around it. It is a weakest precondition under Iris' atomic
updates, so [iAuIntro], [iAaccIntro] and [aacc_aupd] work on it, and
[awp_apply] uses such a specification.

The triple is our own because the notation and the arguments of Iris' triple
differ between releases; the atomic update below it does not.

Source: logically atomic triples of Iris ([program_logic/atomic.v]); TaDA (da
Rocha Pinto, Dinsdale-Young, Gardner, ECOOP 2014). *)
From iris.bi.lib Require Export atomic.
From iris.bi Require Import telescopes.
From iris.proofmode Require Import proofmode.
From tally.lang Require Export lifting.
From tally.prelude Require Import options.

Definition atomic_triple `{!lrustGS Σ} {TA TB : tele} (e : expr) (E : coPset)
    (α : TA → iProp Σ) (β : TA → TB → iProp Σ) (f : TA → TB → val) : iProp Σ :=
  ∀ Φ : val → iProp Σ,
    atomic_update (⊤ ∖ E) ∅ α β (λ.. x y, Φ (f x y)) -∗ WP e {{ Φ }}.

Notation "'⟪' ∀∀ x1 .. xn , α '⟫' e @ E '⟪' ∃∃ y1 .. yn , β , 'RET' v '⟫'" :=
  (atomic_triple (TA:=TeleS (λ x1, .. (TeleS (λ xn, TeleO)) .. ))
                 (TB:=TeleS (λ y1, .. (TeleS (λ yn, TeleO)) .. ))
     e%E E
     (tele_app (λ x1, .. (λ xn, α%I) ..))
     (tele_app (λ x1, .. (λ xn, tele_app (λ y1, .. (λ yn, β%I) ..)) .. ))
     (tele_app (λ x1, .. (λ xn, tele_app (λ y1, .. (λ yn, v%V) ..)) .. )))
  (at level 0, E at level 9, α, β, v at level 200, x1 binder, xn binder, y1 binder, yn binder)
  : bi_scope.
Notation "'⟪' ∀∀ x1 .. xn , α '⟫' e @ E '⟪' β , 'RET' v '⟫'" :=
  (atomic_triple (TA:=TeleS (λ x1, .. (TeleS (λ xn, TeleO)) .. )) (TB:=TeleO)
     e%E E
     (tele_app (λ x1, .. (λ xn, α%I) ..))
     (tele_app (λ x1, .. (λ xn, tele_app (TT:=TeleO) β%I) .. ))
     (tele_app (λ x1, .. (λ xn, tele_app (TT:=TeleO) v%V) .. )))
  (at level 0, E at level 9, α, β, v at level 200, x1 binder, xn binder) : bi_scope.
Notation "'⟪' α '⟫' e @ E '⟪' ∃∃ y1 .. yn , β , 'RET' v '⟫'" :=
  (atomic_triple (TA:=TeleO) (TB:=TeleS (λ y1, .. (TeleS (λ yn, TeleO)) .. ))
     e%E E
     (tele_app (TT:=TeleO) α%I)
     (tele_app (TT:=TeleO) (tele_app (λ y1, .. (λ yn, β%I) ..)))
     (tele_app (TT:=TeleO) (tele_app (λ y1, .. (λ yn, v%V) ..))))
  (at level 0, E at level 9, α, β, v at level 200, y1 binder, yn binder) : bi_scope.
Notation "'⟪' α '⟫' e @ E '⟪' β , 'RET' v '⟫'" :=
  (atomic_triple (TA:=TeleO) (TB:=TeleO)
     e%E E
     (tele_app (TT:=TeleO) α%I)
     (tele_app (TT:=TeleO) (tele_app (TT:=TeleO) β%I))
     (tele_app (TT:=TeleO) (tele_app (TT:=TeleO) v%V)))
  (at level 0, E at level 9, α, β, v at level 200) : bi_scope.

Section atomic_triple.
  Context `{!lrustGS Σ} {TA TB : tele}.
  Implicit Types (α : TA → iProp Σ) (β : TA → TB → iProp Σ) (f : TA → TB → val).

  (** To use a triple: provide the atomic update. *)
  Lemma atomic_triple_elim e E α β f Φ :
    atomic_triple e E α β f -∗
    atomic_update (⊤ ∖ E) ∅ α β (λ.. x y, Φ (f x y)) -∗ WP e {{ Φ }}.
  Proof. iIntros "H AU". iApply ("H" with "AU"). Qed.

  (** A triple is in particular a sequential one. *)
  Lemma atomic_triple_seq e E α β f :
    atomic_triple e E α β f -∗
    ∀ Φ, ∀.. x, α x -∗ (∀.. y, β x y -∗ Φ (f x y)) -∗ WP e {{ Φ }}.
  Proof.
    iIntros "H" (Φ x) "Hα HΦ". iApply (wp_frame_wand with "HΦ"). iApply "H".
    iAuIntro. iAaccIntro with "Hα"; [by iIntros "$"|].
    iIntros (y) "Hβ !>". rewrite !tele_app_bind. iIntros "HΦ". by iApply "HΦ".
  Qed.
End atomic_triple.
