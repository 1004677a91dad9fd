(** * Page frames: logically atomic specifications

Here the ledger is half of a ghost variable with the slot's abstract state, and the
client has the other half, [slot_is γ st], anywhere: in an invariant of its own, say.
An operation then is an update of the abstract state ([slot_update]).

[get_from_unused] takes two such steps, one after the other, as the slot is seen
Busy in between. *)
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
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (st : slot_state) (m : meta) (dealloc : val) (Φ : val → iProp Σ).
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

  (** The client's update, seen from the ledger. *)
  Global Instance tells_slot_is γ st' :
    Tells (client_var (slot_lease_name γ)) (slot_is γ st') (λ st, st = st').
  Proof. iIntros (st) "H H'". iApply (slot_is_agree γ with "H H'"). Qed.
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

  Lemma open_slot_alloc E γr s pa :
    s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ open_slot γ s pa ∗ slot_is γ SlotUnused.
  Proof.
    iIntros "Hs Hroom Hpa". iMod (ghost_var_alloc SlotUnused) as (γa) "[HL Hst]".
    iMod (is_slot_alloc D N (client_var γa) E γa γr with "Hs Hroom Hpa HL")
      as (γ) "[[%Hγa %Hγr] #I]".
    iModIntro. iExists γ. rewrite /open_slot /slot_is Hγa. iFrame "Hst". by iSplit.
  Qed.

  (** ** Looking up *)
  Lemma get_from_in_use_atomic γ s pa Φ :
    open_slot γ s pa -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
      Φ #(status_code (from_in_use_error st))) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I AU". iApply (get_from_in_use_at with "I AU").
    by iIntros "!>" (st _) "HΦ".
  Qed.

  (** ** Converting *)
  Lemma try_from_shared_atomic γ s pa m Φ :
    open_slot γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) tried_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗
      (if sole_share st
       then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
       else shared_frame D γ s m) -∗
      Φ #(sole_share st)) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (try_from_shared_hocap D N with "I Hh"). iNext. iSplit.
    - iIntros "HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]".
      iIntros "!>" (vl Hvl) "Hh". iApply ("HΦ" with "[%]"); [by exists 1%positive|].
      iExists vl. by iFrame.
    - iIntros (n Hn) "HL".
      iMod (slot_update_use with "AU HL") as "[HL HΦ]".
      assert (tried_state (SlotShared n m) = SlotShared n m ∧
        sole_share (SlotShared n m) = false) as [-> ->].
      { destruct n; [done|done|lia]. }
      iFrame "HL". iIntros "!> Hh". iApply ("HΦ" with "[%] Hh"). by exists n.
  Qed.

  (** ** Counting *)
  Lemma reference_count_atomic γ s pa m Φ :
    open_slot γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) (λ st, st) (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ Φ #(state_word st)) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (reference_count_hocap D N with "I Hh").
    iIntros "!>" (n Hn) "HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]".
    iIntros "!> Hh". iApply ("HΦ" with "[%] Hh"). by exists n.
  Qed.

  (** ** Claiming *)
  Lemma get_from_unused_atomic γ s pa i (src : loc) vl (u : bool) Φ :
    open_slot γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
    slot_update N (slot_is γ) claimed_state (λ st,
      match st with
      | SlotUnused => ∀ γm,
          slot_update N (slot_is γ) (λ _, if u then SlotUnique else SlotShared 1 (Meta i vl γm))
            (λ _, (if u then unique_frame D γ s i vl
                   else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
      | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
      end) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof.
    iIntros "#I Hsrc Hvl AU".
    iApply (get_from_unused_hocap _ _ _ _ _ _ _ _ _ _ True with "I Hsrc Hvl [//]").
    iIntros "!>" (st) "_ _ HL".
    iMod (slot_update_use with "AU HL") as "[HL HΦ]". iModIntro.
    destruct st; simpl; iFrame "HL"; [|done..].
    iIntros (γm) "HL". iMod (slot_update_use with "HΦ HL") as "[HL HΦ]".
    iModIntro. rewrite /built_state. iFrame "HL". iIntros "Hh Hsrc".
    iApply ("HΦ" with "[Hh] Hsrc"). by destruct u.
  Qed.

  (** ** Cloning, dropping, and the other way of converting *)
  Lemma frame_clone_atomic γ s pa m Φ :
    open_slot γ s pa -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ Φ #s) -∗
    WP frame_clone [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh Hr AU". iApply (frame_clone_hocap D N with "I Hh Hr").
    iIntros "!>" (n) "HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]".
    iIntros "!> _ Hh Hh' Hr". iApply ("HΦ" with "[%] Hh Hh' Hr"). by exists n.
  Qed.
  Lemma clone_by_cas_atomic γ s pa m Φ :
    open_slot γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s) -∗
    WP clone_by_cas [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (clone_by_cas_hocap D N with "I Hh").
    iIntros "!>" (n Hn) "HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]".
    iIntros "!> Hh Hh'". iApply ("HΦ" with "[%] Hh Hh'"). by exists n.
  Qed.

  Lemma frame_drop_atomic γ s pa m dealloc Φ :
    dict_drop_spec D -∗ open_slot γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) dropped_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗
      if sole_share st then
        slot_update N (slot_is γ) (λ _, SlotUnused) (λ _, ∀ vl,
          ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
          WP dealloc [ #pa; #page_size ] {{ Φ }})
      else Φ #☠) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh AU". iApply (frame_drop_hocap D N with "Hglue I Hh").
    iNext. iSplit.
    - iIntros (n Hn) "HL". iMod (slot_update_use with "AU HL") as "[HL HΦ]".
      assert (dropped_state (SlotShared n m) = SlotShared (n - 1) m ∧
        sole_share (SlotShared n m) = false) as [-> ->].
      { destruct n; [done|done|lia]. }
      iFrame "HL". iApply "HΦ". iPureIntro. by exists n.
    - iIntros "HL". iMod (slot_update_use with "AU HL") as "[$ AU]".
      iDestruct ("AU" with "[%]") as "AU"; [by exists 1%positive|].
      iIntros "!> HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]". done.
  Qed.

  Lemma frame_from_unique_atomic γ s pa i vl Φ :
    open_slot γ s pa -∗ unique_frame D γ s i vl -∗
    (∀ γm, slot_update N (slot_is γ) (λ _, SlotShared 1 (Meta i vl γm))
      (λ _, shared_frame D γ s (Meta i vl γm) -∗ Φ #s)) -∗
    WP frame_from_unique [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (frame_from_unique_hocap D N with "I Hh").
    iIntros "!>" (γm) "HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]". done.
  Qed.
  Lemma unique_drop_atomic γ s pa i vl dealloc Φ :
    dict_drop_spec D -∗ open_slot γ s pa -∗ unique_frame D γ s i vl -∗
    slot_update N (slot_is γ) (λ _, SlotBusy) (λ _,
      slot_update N (slot_is γ) (λ _, SlotUnused) (λ _,
        meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})) -∗
    WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh AU". iApply (unique_drop_hocap D N with "Hglue I Hh").
    iIntros "!> HL". iMod (slot_update_use with "AU HL") as "[$ AU]".
    iIntros "!> HL". iMod (slot_update_use with "AU HL") as "[$ HΦ]". done.
  Qed.
End atomic.
