(** * Prophecies: the interface

Ghost state for values that are decided later: what a mutable reference points to when
it ends is the first use. Variables and prophetic values are in [prophecy_base.v].

** What there is
- [proph_ctx], the invariant of the logic. The laws that make or resolve a variable, carry
  out a claim, or lead from an observation to a fact ask for it. The others do not: see
  "What needs the invariant".
- [proph_tok q ξ], a part of the _token_ of [ξ]: [ξ] is not resolved. With the whole
  token [ξ] can be resolved, once.
- [⟨π, φ π⟩], an _observation_: whatever the variables turn out to be, they will be an
  assignment [π] with [φ π]. It is persistent and timeless, and says nothing about
  variables that are not resolved ([proph_obs_free]).
- [proph_claim u v], a _claim_: [u] can be made to be [v], and this can be observed as soon
  as one shows that what [v] depends on is not resolved yet ([proph_claim_use]). It is
  timeless.
- [val_obs ξ v] and [proph_ctrl ξ v], the _observer_ and the _controller_ of the present
  value of [ξ]. Whoever borrows has the observer, and with the two halves together the value
  may be changed. The controller lies with what is borrowed and stays when the observer is
  gone; then it is a claim of what [ξ] was resolved to.

** The protocol
A variable is made ([proph_create]), or made with observer and controller
([val_obs_alloc]). It may be resolved to any prophetic value, if what this depends on is
not resolved, and is not the variable itself: tokens show both ([proph_resolve]). So a
resolution to a pair of new variables is fine, and is how a reference to a pair becomes
two references. [val_obs_preresolve] resolves a variable whose present value is not known
to be final, and leaves it to a claim to say what the controller has at the end.

** Why it is sound
The equations that have been resolved always have a solution, with any values for the
variables that are still open. [proph_adequacy] says so outside of the logic: what was
observed is satisfiable. It speaks of one moment, without later credits. What infinitely
many steps observe need not be satisfiable together
([theories/refuted/proph_measure.v]). [theories/refuted/proph_causality.v] shows which
rules would make it false.

** The two forms of controllers
RustHornBelt's controller has an update inside and so is not timeless; the plain form, with
an observation in its place, is timeless but too weak for cutting a borrow. A claim is data,
so that one controller does both.

Source: RustHornBelt (Matsushita, Denis, Jourdan, Dreyer, PLDI 2022): [val_obs] and
[proph_ctrl] are its VO and PC, [proph_claim] is its prophetic equaliser. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.logic.prophecy Require Export prophecy_base.
From tally.prelude Require Import options.

Module Type prophecy_sig.
  (** ** Definitions *)
  (** The invariant. *)
  Parameter proph_ctx :
    ∀ `{!ProphTypes C, !prophGS C Σ} {hlc} `{!invGS_gen hlc Σ}, iProp Σ.
  (** The variable is not resolved; the whole of it is the right to resolve. *)
  Parameter proph_tok : ∀ `{!ProphTypes C, !prophGS C Σ} (q : Qp) (ξ : proph_var C), iProp Σ.
  (** The future will be such that [φ]. *)
  Parameter proph_obs : ∀ `{!ProphTypes C, !prophGS C Σ} (φ : proph_asn C → Prop), iProp Σ.
  (** The prophetic value [u] can be made to be [v]. *)
  Parameter proph_claim :
    ∀ `{!ProphTypes C, !prophGS C Σ} {X : Type} (u v : proph_val C X), iProp Σ.
  (** The present value of [ξ], in the hand of whoever may change it. *)
  Parameter val_obs : ∀ `{!ProphTypes C, !prophGS C Σ} (ξ : proph_var C)
    (v : proph_val C (proph_type (pv_code ξ))), iProp Σ.
  (** The present value of [ξ], or the last one. *)
  Parameter proph_ctrl : ∀ `{!ProphTypes C, !prophGS C Σ} (ξ : proph_var C)
    (v : proph_val C (proph_type (pv_code ξ))), iProp Σ.

  (** ** Notation *)
  Notation "⟨ π , φ ⟩" := (proph_obs (λ π, φ%type%stdpp))
    (at level 0, π binder, φ at level 200, format "⟨ π ,  φ ⟩") : bi_scope.
  (** Parts of the tokens of all of [ζs]. *)
  Notation "'proph_toks' q ζs" := ([∗ list] ζ ∈ ζs, proph_tok q ζ)%I
    (at level 10, q at level 9, ζs at level 9) : bi_scope.

  Section laws.
    Context `{!ProphTypes C, !prophGS C Σ}.
    Implicit Types (ξ : proph_var C) (ζs : list (proph_var C))
      (φ ψ : proph_asn C → Prop) (q : Qp) (E : coPset).

    (** ** Instances *)
    Global Declare Instance proph_ctx_persistent {hlc} `{!invGS_gen hlc Σ} :
      Persistent proph_ctx.
    Global Declare Instance proph_tok_timeless q ξ : Timeless (proph_tok q ξ).
    Global Declare Instance proph_tok_fractional ξ : Fractional (λ q, proph_tok q ξ).
    Global Declare Instance proph_tok_as_fractional q ξ :
      AsFractional (proph_tok q ξ) (λ q, proph_tok q ξ) q.
    Global Declare Instance proph_obs_timeless φ : Timeless (proph_obs φ).
    Global Declare Instance proph_obs_persistent φ : Persistent (proph_obs φ).
    Global Declare Instance proph_claim_timeless {X} (u v : proph_val C X) :
      Timeless (proph_claim u v).
    Global Declare Instance val_obs_timeless ξ v : Timeless (val_obs ξ v).
    Global Declare Instance proph_ctrl_timeless ξ v : Timeless (proph_ctrl ξ v).

    (** ** Tokens *)
    (** The parts of a token are never more than the whole. *)
    Parameter proph_tok_valid_2 : ∀ q q' ξ,
      proph_tok q ξ -∗ proph_tok q' ξ -∗ ⌜(q + q' ≤ 1)%Qp⌝.
    (** The whole token is the only one. *)
    Parameter proph_tok_exclusive : ∀ q ξ, proph_tok 1 ξ -∗ proph_tok q ξ -∗ False.

    (** ** Observations *)
    (** What holds of every future is observed. *)
    Parameter proph_obs_intro : ∀ φ, (∀ π, φ π) → ⊢ proph_obs φ.
    (** What follows from an observation is observed. *)
    Parameter proph_obs_mono : ∀ φ ψ,
      (∀ π, φ π → ψ π) → proph_obs φ -∗ proph_obs ψ.
    (** Two observations are of one future. *)
    Parameter proph_obs_and : ∀ φ ψ,
      proph_obs φ -∗ proph_obs ψ -∗ ⟨π, φ π ∧ ψ π⟩.

    (** ** Claims *)
    (** What has been observed can be claimed. *)
    Parameter proph_claim_obs : ∀ {X} (u v : proph_val C X),
      ⟨π, u π = v π⟩ -∗ proph_claim u v.
    (** Whoever can resolve a variable can claim it to be any value. *)
    Parameter proph_claim_tok : ∀ ξ v, proph_tok 1 ξ -∗ proph_claim (λ π, π ξ) v.
    (** A claim about something equal. *)
    Parameter proph_claim_trans : ∀ {X} (u v w : proph_val C X),
      ⟨π, u π = v π⟩ -∗ proph_claim v w -∗ proph_claim u w.
    (** Claims about the parts of a value are one about the value. *)
    Parameter proph_claim_map : ∀ {X Y} (f : X → Y) `{!Inj (=) (=) f} (u v : proph_val C X),
      proph_claim u v -∗ proph_claim (λ π, f (u π)) (λ π, f (v π)).
    (** The same for a function of two values. *)
    Parameter proph_claim_map2 : ∀ {X Y Z} (f : X → Y → Z) `{!Inj2 (=) (=) (=) f}
        (u v : proph_val C X) (u' v' : proph_val C Y),
      proph_claim u v -∗ proph_claim u' v' -∗
      proph_claim (λ π, f (u π) (u' π)) (λ π, f (v π) (v' π)).

    (** ** Observers and controllers *)
    (** Both know the present value. *)
    Parameter val_obs_agree : ∀ ξ v w, val_obs ξ v -∗ proph_ctrl ξ w -∗ ⌜v = w⌝.
    (** Together they can change it. *)
    Parameter val_obs_update : ∀ ξ v w v',
      val_obs ξ v -∗ proph_ctrl ξ w ==∗ val_obs ξ v' ∗ proph_ctrl ξ v'.
    (** Beside an observer the prophecy is not resolved: the token is in the controller. *)
    Parameter val_obs_tok : ∀ ξ v w,
      val_obs ξ v -∗ proph_ctrl ξ w -∗
      val_obs ξ v ∗ proph_tok 1 ξ ∗ (proph_tok 1 ξ -∗ proph_ctrl ξ w).
    (** The controller claims what the prophecy was or will be. *)
    Parameter proph_ctrl_claim : ∀ ξ v, proph_ctrl ξ v -∗ proph_claim (λ π, π ξ) v.

    (** ** What needs the invariant *)
    Context {hlc} `{!invGS_gen hlc Σ}.

    (** A new variable. *)
    Parameter proph_create : ∀ E (A : C), ↑prophN ⊆ E →
      proph_ctx ={E}=∗ ∃ i, proph_tok 1 (ProphVar A i).
    (** A new variable with observer and controller. *)
    Parameter val_obs_alloc : ∀ E (A : C) (v : proph_val C (proph_type A)), ↑prophN ⊆ E →
      proph_ctx ={E}=∗ ∃ i, val_obs (ProphVar A i) v ∗ proph_ctrl (ProphVar A i) v.
    (** A variable is resolved to a value whose variables are not resolved. *)
    Parameter proph_resolve : ∀ E ξ v ζs q, ↑prophN ⊆ E → proph_dep v ζs →
      proph_ctx -∗ proph_tok 1 ξ -∗ proph_toks q ζs ={E}=∗
      ⟨π, π ξ = v π⟩ ∗ proph_toks q ζs.
    (** An observation says nothing about variables that are not resolved: it can be
    satisfied with any values for them. *)
    Parameter proph_obs_free : ∀ E φ q ζs, ↑prophN ⊆ E →
      proph_ctx -∗ proph_obs φ -∗ proph_toks q ζs ={E}=∗
      proph_toks q ζs ∗ ⌜∀ π, ∃ π', φ π' ∧ ∀ ζ, ζ ∈ ζs → π' ζ = π ζ⌝.
    (** A claim is carried out, given that what [v] depends on is not resolved. *)
    Parameter proph_claim_use : ∀ {X} E (u v : proph_val C X) ζs q,
      ↑prophN ⊆ E → proph_dep v ζs →
      proph_ctx -∗ proph_claim u v -∗ proph_toks q ζs ={E}=∗
      ⟨π, u π = v π⟩ ∗ proph_toks q ζs.
    (** The observer is given up, and the present value is the last one. *)
    Parameter val_obs_resolve : ∀ E ξ v w ζs q, ↑prophN ⊆ E → proph_dep v ζs →
      proph_ctx -∗ val_obs ξ v -∗ proph_ctrl ξ w -∗ proph_toks q ζs ={E}=∗
      ⟨π, π ξ = v π⟩ ∗ proph_toks q ζs ∗ proph_ctrl ξ v.
    (** The observer is given up for a value [u] that is not known yet. Whoever can claim
    in the end what [u] is gets the controller. *)
    Parameter val_obs_preresolve : ∀ E ξ u v w ζs q, ↑prophN ⊆ E → proph_dep u ζs →
      proph_ctx -∗ val_obs ξ v -∗ proph_ctrl ξ w -∗ proph_toks q ζs ={E}=∗
      ⟨π, π ξ = u π⟩ ∗ proph_toks q ζs ∗ (∀ v', proph_claim u v' -∗ proph_ctrl ξ v').
  End laws.

  (** ** The beginning, and the end *)
  (** The logic can be set up at any time. *)
  Parameter proph_alloc : ∀ `{!ProphTypes C, !prophGpreS C Σ} {hlc} `{!invGS_gen hlc Σ} E,
    ⊢ |={E}=> ∃ _ : prophGS C Σ, proph_ctx.
  (** What was observed at one moment, without later credits, can come true. *)
  Parameter proph_adequacy : ∀ (C : Type) `{!ProphTypes C} Σ `{!invGpreS Σ}
      (φ : proph_asn C → Prop),
    (∀ `{!invGS Σ}, ⊢ |={⊤}=> ∃ _ : prophGS C Σ, proph_ctx ∗ proph_obs φ) → ∃ π, φ π.
End prophecy_sig.
