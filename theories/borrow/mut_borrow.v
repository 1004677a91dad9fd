(** * Mutable borrows with prophecies

The sealed export of the statements in [mut_borrow_sig.v], and what follows from them
alone:

- [mut_acc], [mut_drop]: access and end without the finer points;
- [mut_leak]: a reference for ever;
- [mut_known Φ κ i a], the special case of a timeless content [Φ a] that mentions no other
  prophecies, such as an integer in memory. Nothing is under a later there, and what was
  foretold is observed at once: [mut_known_borrow], [mut_known_acc], [mut_known_drop],
  [mut_known_reborrow], and [mut_known_take], which is how a reference becomes a raw
  pointer: the content is at hand, and must be given back before the token is.

Source: RustHornBelt (Matsushita, Denis, Jourdan, Dreyer, PLDI 2022). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.borrow Require Export mut_borrow_sig.
From tally.borrow.proof Require mut_ref mut_deref.
From tally.prelude Require Import options.

Module Export mut_borrow : mut_borrow_sig.
  Include mut_ref.
  Include mut_deref.
End mut_borrow.

Section derived.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ} {A : C}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (E : coPset)
    (Φ : proph_val C (proph_type A) → iProp Σ).

  (** Reading and writing. *)
  Lemma mut_acc E κ q Φ i v :
    ↑lftN ⊆ E →
    mut_ref κ Φ i v -∗ q.[κ] ={E}=∗
    ▷ Φ v ∗ (∀ w, ▷ Φ w ={E}=∗ mut_ref κ Φ i w ∗ q.[κ]).
  Proof.
    iIntros (?) "Hr Hκ".
    iMod (mut_acc_tok with "Hr Hκ") as "($ & Htok & Hclose)"; [done|].
    iIntros "!>" (w) "HΦ". iApply ("Hclose" with "HΦ Htok").
  Qed.
  (** Ending a reference whose value depends on [ζs]. *)
  Lemma mut_drop E κ q Φ i v ζs q' :
    ↑lftN ⊆ E → ↑prophN ⊆ E → proph_dep v ζs →
    proph_ctx -∗ mut_ref κ Φ i v -∗ q.[κ] -∗ proph_toks q' ζs ={E}=∗
    ⟨π, fin A i π = v π⟩ ∗ proph_toks q' ζs ∗ q.[κ].
  Proof.
    iIntros (???) "#Hctx Hr Hκ Hζs".
    iMod (mut_drop_acc with "Hctx Hr Hκ") as "[HΦ Hdrop]"; [done..|].
    by iApply ("Hdrop" with "[//] HΦ Hζs").
  Qed.
  (** A reference for ever: nothing is owed. *)
  Lemma mut_leak E Φ v :
    ↑lftN ⊆ E → ↑prophN ⊆ E → proph_ctx -∗ ▷ Φ v ={E}=∗ ∃ i, mut_ref static Φ i v.
  Proof.
    iIntros (??) "#Hctx HΦ".
    iMod (mut_borrow _ static with "Hctx HΦ") as (i) "[Hr _]"; [done..|].
    iModIntro. by iExists i.
  Qed.
End derived.

(** ** Values that are known *)
Section known.
  Context `{!ProphTypes C, !prophGS C Σ, !invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i j : positive) (E : coPset) (A B : C).

  (** The value [v] is known, and [Φ] holds of it. *)
  Definition known {A} (Φ : proph_type A → iProp Σ) (v : proph_val C (proph_type A)) :
      iProp Σ :=
    ∃ a, ⌜∀ π, v π = a⌝ ∗ Φ a.
  (** A reference to a known value. *)
  Definition mut_known {A} (Φ : proph_type A → iProp Σ) κ i (a : proph_type A) : iProp Σ :=
    ∃ v, ⌜∀ π, v π = a⌝ ∗ mut_ref κ (known Φ) i v.

  Section one.
    Context {A : C} (Φ : proph_type A → iProp Σ) {HΦ : ∀ a, Timeless (Φ a)}.
    Implicit Types (a b : proph_type A) (u v w : proph_val C (proph_type A)).

    Local Lemma known_const v a : (∀ π, v π = a) → known Φ v ⊣⊢ Φ a.
    Proof using Type.
      intros Hv. iSplit.
      - iIntros "(%b & %Hb & H)". by rewrite -(Hv inhabitant) (Hb inhabitant).
      - iIntros "H". iExists a. by iFrame.
    Qed.
    Local Lemma dep_known v a : (∀ π, v π = a) → proph_dep v [].
    Proof using Type. intros Hv π π' _. by rewrite !Hv. Qed.
    Local Lemma claim_known E u v a :
      ↑prophN ⊆ E → (∀ π, v π = a) →
      proph_ctx -∗ proph_claim u v ={E}=∗ ⟨π, u π = a⟩.
    Proof using Type.
      iIntros (? Hv) "#Hctx Hclaim".
      iMod (proph_claim_use _ _ _ [] 1 with "Hctx Hclaim []") as "[Hobs _]";
        [done|by eapply dep_known|done|].
      iModIntro. iApply (proph_obs_mono with "Hobs"). intros π Hπ. by rewrite Hπ.
    Qed.

    (** Lending: afterwards the lender has the final value. *)
    Lemma mut_known_borrow E κ a :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ Φ a ={E}=∗
      ∃ i, mut_known Φ κ i a ∗ ([†κ] ={E}=∗ ∃ b, Φ b ∗ ⟨π, fin A i π = b⟩).
    Proof using HΦ.
      iIntros (??) "#Hctx HΦ".
      iMod (mut_borrow _ κ (known Φ) (λ _, a) with "Hctx [HΦ]") as (i) "[Hr Hback]";
        [done..| |].
      { by rewrite known_const. }
      iModIntro. iExists i. iSplitL "Hr"; [iExists (λ _, a); by iFrame "Hr"|].
      iIntros "H†".
      iMod ("Hback" with "H†") as (w) "[>(%b & %Hb & HΦ) Hclaim]".
      iMod (claim_known with "Hctx Hclaim") as "Hobs"; [done..|].
      iModIntro. iExists b. iFrame.
    Qed.
    (** Reading and writing. *)
    Lemma mut_known_acc E κ q i a :
      ↑lftN ⊆ E →
      mut_known Φ κ i a -∗ q.[κ] ={E}=∗
      Φ a ∗ (∀ b, Φ b ={E}=∗ mut_known Φ κ i b ∗ q.[κ]).
    Proof using HΦ.
      iIntros (?) "(%v & %Hv & Hr) Hκ".
      iMod (mut_acc with "Hr Hκ") as "[>HΦ Hclose]"; [done|].
      rewrite (known_const v a) //. iFrame "HΦ". iIntros "!>" (b) "HΦ".
      iMod ("Hclose" $! (λ _, b) with "[HΦ]") as "[Hr $]"; [by rewrite known_const|].
      iModIntro. iExists (λ _, b). by iFrame "Hr".
    Qed.
    (** Ending: the present value is the final one. *)
    Lemma mut_known_drop E κ q i a :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={E}=∗ ⟨π, fin A i π = a⟩ ∗ q.[κ].
    Proof using Type.
      iIntros (??) "#Hctx (%v & %Hv & Hr) Hκ".
      iMod (mut_drop _ _ _ _ _ _ [] 1 with "Hctx Hr Hκ []") as "(Hobs & _ & $)";
        [done|done|by eapply dep_known|done|].
      iModIntro. iApply (proph_obs_mono with "Hobs"). intros π Hπ. by rewrite Hπ.
    Qed.
    (** The content is taken out of the reference. Giving it back ends the reference, and
    is the price of the token. *)
    Lemma mut_known_take E κ q i a :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      proph_ctx -∗ mut_known Φ κ i a -∗ q.[κ] ={E}=∗
      Φ a ∗ (∀ b, Φ b ={E}=∗ ⟨π, fin A i π = b⟩ ∗ q.[κ]).
    Proof using HΦ.
      iIntros (??) "#Hctx Hr Hκ".
      iMod (mut_known_acc with "Hr Hκ") as "[$ Hclose]"; [done|].
      iIntros "!>" (b) "HΦ". iMod ("Hclose" with "HΦ") as "[Hr Hκ]".
      by iApply (mut_known_drop with "Hctx Hr Hκ").
    Qed.
    (** A reference for a while: afterwards the old one points to the final value of the
    new one. *)
    Lemma mut_known_reborrow E κ κ' q i a :
      ↑lftN ⊆ E → ↑prophN ⊆ E →
      £ 4 -∗ proph_ctx -∗ κ' ⊑ κ -∗ mut_known Φ κ i a -∗ q.[κ'] ={E}=∗
      ∃ j, mut_known Φ κ' j a ∗ q.[κ'] ∗
        ([†κ'] ={E}=∗ ∃ b, mut_known Φ κ i b ∗ ⟨π, fin A j π = b⟩).
    Proof using Type.
      iIntros (??) "H£ #Hctx Hincl (%v & %Hv & Hr) Hκ'".
      iMod (mut_reborrow (λ v, ∃ a, ∀ π, v π = a) with "H£ Hctx Hincl Hr Hκ'")
        as (j) "(Hr & Hκ' & Hback)"; [done..| |].
      { iIntros (w) "(%b & %Hb & _)". by iExists b. }
      iModIntro. iExists j. iSplitL "Hr"; [iExists v; by iFrame "Hr"|].
      iFrame "Hκ'". iIntros "H†".
      iMod ("Hback" with "H†") as (w [b Hb]) "[Hr Hclaim]".
      iMod (claim_known with "Hctx Hclaim") as "Hobs"; [done..|].
      iModIntro. iExists b. iFrame "Hobs". iExists w. by iFrame "Hr".
    Qed.
  End one.

  (** References to two parts. *)
  Lemma mut_known_split {A B B' : C} (f : proph_type B → proph_type B' → proph_type A)
      `{!Inj2 (=) (=) (=) f} (Φ : proph_type A → iProp Σ) (Ψ : proph_type B → iProp Σ)
      (Ψ' : proph_type B' → iProp Σ) `{!∀ a, Timeless (Φ a)} E κ q i b b' :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    (∀ b b', Φ (f b b') ⊣⊢ Ψ b ∗ Ψ' b') →
    £ 2 -∗ proph_ctx -∗ mut_known Φ κ i (f b b') -∗ q.[κ] ={E}=∗
    ∃ j j', mut_known Ψ κ j b ∗ mut_known Ψ' κ j' b' ∗ q.[κ] ∗
      ⟨π, fin A i π = f (fin B j π) (fin B' j' π)⟩.
  Proof.
    iIntros (?? HΦ) "H£ #Hctx (%v & %Hv & Hr) Hκ".
    (* The value is the same for all futures; put it in the form that is cut. *)
    iMod (mut_acc with "Hr Hκ") as "[>HΦ Hclose]"; [done|].
    iMod ("Hclose" $! (λ _, f b b') with "[HΦ]") as "[Hr Hκ]".
    { rewrite !(known_const Φ _ (f b b')) //. }
    iMod (mut_split f _ (known Ψ) (known Ψ') _ _ _ _ (λ _, b) (λ _, b')
      with "H£ Hctx Hr Hκ") as (j j') "(Hr & Hr' & Hκ & Hobs)"; [done|done| |].
    { intros w w'. iSplit.
      - iIntros "(%a & %Ha & HΦ)". rewrite -(Ha inhabitant) HΦ.
        iDestruct "HΦ" as "[HΨ HΨ']".
        assert (∀ π, w π = w inhabitant ∧ w' π = w' inhabitant) as Hw.
        { intros π. apply (inj2 f). by rewrite !Ha. }
        iSplitL "HΨ"; [iExists (w inhabitant)|iExists (w' inhabitant)]; iFrame;
          iPureIntro; apply Hw.
      - iIntros "[(%c & %Hc & HΨ) (%c' & %Hc' & HΨ')]". iExists (f c c').
        rewrite HΦ. iFrame. iPureIntro. intros π. by rewrite Hc Hc'. }
    iModIntro. iExists j, j'. iFrame "Hκ Hobs".
    iSplitL "Hr"; [iExists (λ _, b)|iExists (λ _, b')]; by iFrame.
  Qed.
End known.
Global Typeclasses Opaque mut_known known.
