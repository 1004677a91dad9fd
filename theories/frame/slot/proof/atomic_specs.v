(** * Page frames: the state as the client state

Here the client state is half of a ghost variable with the slot's abstract state, and the
client has the other half, [slot_is γ st], anywhere: in an invariant of its own, say. An
atomic update of the abstract state ([slot_update]) pays for a step of an operation, so
that with it as evidence the specifications of [claims.v] and [shares.v] are logically
atomic. *)
From iris.bi Require Import telescopes.
From iris.base_logic.lib Require Import own invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import slot_specs.
From tally.prelude Require Import options.

Section atomic.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (st : slot_state).
  Implicit Types (next : slot_state → slot_state) (Ψ : slot_state → iProp Σ).

  Definition client_var (γa : gname) st : iProp Σ := ghost_var γa (1/2) st.
  Global Instance client_var_timeless γa : TimelessClient (client_var γa).
  Proof. intros st. apply _. Qed.
  Definition slot_is γ st : iProp Σ := client_var (slot_lease_name γ) st.
  Global Instance slot_is_timeless γ st : Timeless (slot_is γ st).
  Proof. apply _. Qed.
  Definition open_slot γ s pa : iProp Σ :=
    is_slot D N (client_var (slot_lease_name γ)) γ s pa.
  Global Instance open_slot_persistent γ s pa : Persistent (open_slot γ s pa).
  Proof. apply _. Qed.

  Lemma slot_is_agree γ st st' : slot_is γ st -∗ slot_is γ st' -∗ ⌜st = st'⌝.
  Proof. iIntros "H H'". iApply (ghost_var_agree with "H H'"). Qed.

  (** The client's update, seen from the invariant. *)
  Global Instance tells_slot_is γ st' :
    Tells (client_var (slot_lease_name γ)) (slot_is γ st') (λ st, st = st').
  Proof. iIntros (st) "H H'". iApply (slot_is_agree γ with "H H'"). Qed.
  Global Instance pays_slot_is E γ next P st' :
    Pays E (client_var (slot_lease_name γ)) next P
      (slot_is γ st') (λ st, slot_is γ (next st)) | 1.
  Proof.
    iIntros (st _) "H HL". iDestruct (slot_is_agree γ with "HL H") as %<-.
    by iMod (ghost_var_update_halves (next st) with "HL H") as "[$ $]".
  Qed.
  Local Lemma slot_update_use γ next Ψ st :
    slot_update N (slot_is γ) next Ψ -∗ client_var (slot_lease_name γ) st ={⊤ ∖ ↑N}=∗
    client_var (slot_lease_name γ) (next st) ∗ Ψ st.
  Proof.
    iIntros "AU HL". iMod "AU" as (st') "[Hst [_ Hclose]]". simpl.
    iDestruct (slot_is_agree γ st st' with "HL Hst") as %<-.
    iMod (ghost_var_update_halves (next st) with "HL Hst") as "[$ Hst]".
    iMod ("Hclose" with "Hst") as "HΨ". by iModIntro.
  Qed.

  (** An atomic update pays for its own step. *)
  Global Instance pays_slot_update γ next P Ψ :
    Pays (⊤ ∖ ↑N) (client_var (slot_lease_name γ)) next P
      (slot_update N (slot_is γ) next Ψ) Ψ | 1.
  Proof. iIntros (st _) "AU HL". iApply (slot_update_use with "AU HL"). Qed.
  Global Instance pays_slot_update_agrees γ next next' P Ψ :
    Agrees next next' P →
    Pays (⊤ ∖ ↑N) (client_var (slot_lease_name γ)) next' P
      (slot_update N (slot_is γ) next Ψ) Ψ | 2.
  Proof.
    iIntros (Hnext st HP) "AU HL". rewrite -(Hnext st HP).
    iApply (slot_update_use with "AU HL").
  Qed.

  Lemma open_slot_alloc E γr s pa :
    s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot γ s pa ∗ slot_is γ SlotUnused.
  Proof.
    iIntros "Hs Hroom Hpa". iMod (ghost_var_alloc SlotUnused) as (γa) "[HL Hst]".
    iMod (is_slot_alloc D N (client_var γa) E γa γr with "Hs Hroom Hpa HL")
      as (γ) "[[%Hγa %Hγr] #I]".
    iModIntro. iExists γ. rewrite /open_slot /slot_is Hγa. iFrame "Hst". by iSplit.
  Qed.
End atomic.
