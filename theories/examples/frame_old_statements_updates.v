(** * Statements about page frames that are instances: updates

Of the two forms that a specification may have, the one with evidence
([slot_specs_sig.v], [..._at]) and the one that takes an update of the client state in
each step ([..._hocap], as in HOCAP), the second follows from the first: the update is
evidence ([update_along]). So do the logically atomic statements ([..._atomic]): an atomic
update of the state is evidence ([slot_update]).

| statement | follows from | by the evidence |
|---|---|---|
| [OP_hocap] | [OP_at] | [update_along], with the caller's own evidence |
| [OP_atomic] | [OP_at] | [slot_update] |
| [frame_start_paddr_hocap] | [frame_start_paddr_spec] | – |
| [frame_from_unused_atomic] | [frame_from_unused_at] with [get_from_unused_at] | [slot_update] |
| [frame_from_in_use_atomic] | [frame_from_in_use_at] with [get_from_in_use_at] | [slot_update] |

[frame_old_statements.v] has the others. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_addr.
From tally.prelude Require Import options.

(** An update of the client state where the slot's state goes from [st] to [st']. *)
Definition client_update `{!lrustGS Σ} (N : namespace) (Cl : slot_state → iProp Σ)
    (st st' : slot_state) (Q : iProp Σ) : iProp Σ :=
  Cl st ={⊤ ∖ ↑N}=∗ Cl st' ∗ Q.

Section hocap.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (γm : gname) (s : loc) (pa : Z) (i : nat).
  Implicit Types (vl : list val) (m : meta) (n : positive) (dealloc : val).
  Implicit Types (Cl : slot_state → iProp Σ) (Φ : val → iProp Σ).
  Implicit Types (Ev : iProp Σ) (P : slot_state → Prop).

  Local Notation "'upd'" := (update_along (⊤ ∖ ↑N)).
  Local Notation "'shared_of' m" := (λ st, ∃ n, st = SlotShared n m)
    (at level 10, m at level 9).

  (** Either the only share or not. *)
  Local Lemma update_shared Cl next m (Ψ : slot_state → iProp Σ) :
    ((∀ n, ⌜(1 < n)%positive⌝ -∗ client_update N Cl (SlotShared n m)
        (next (SlotShared n m)) (Ψ (SlotShared n m))) ∧
     client_update N Cl (SlotShared 1 m) (next (SlotShared 1 m)) (Ψ (SlotShared 1 m))) -∗
    upd Cl next (shared_of m) Ψ.
  Proof.
    iIntros "H" (st [n ->]). destruct (decide (n = 1%positive)) as [->|Hn].
    - iDestruct "H" as "[_ $]".
    - iDestruct "H" as "[H _]". iApply "H". iPureIntro. lia.
  Qed.

  Lemma frame_start_paddr_hocap Cl γ s pa Φ :
    is_slot D N Cl γ s pa -∗ ▷ Φ #pa -∗ WP frame_start_paddr [ #s ] {{ Φ }}.
  Proof. iIntros "#I HΦ". iApply (frame_start_paddr_spec with "I"). by iIntros "!> _". Qed.
  Lemma get_from_unused_hocap Cl `{!TimelessClient Cl} γ s pa i (src : loc) vl (u : bool) Ev P Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot D N Cl γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev -∗ Cl st ={⊤ ∖ ↑N}=∗
       match st with
       | SlotUnused => Cl SlotBusy ∗
           ∀ γm, client_update N Cl SlotBusy (built_state u i vl γm)
             ((if u then unique_frame D γ s i vl
               else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
       | _ => Cl st ∗
           (src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st)))
       end) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof.
    iIntros (Hev) "#I Hsrc Hvl E H".
    iApply (get_from_unused_at D N Cl γ s pa i src vl u (Ev ∗ (Ev -∗ upd Cl claimed_state P (λ st,
      match st with
      | SlotUnused => ∀ γm, upd Cl (λ _, built_state u i vl γm) (λ st, st = SlotBusy) (λ _,
          (if u then unique_frame D γ s i vl else shared_frame D γ s (Meta i vl γm)) -∗
          src ↦∗ vl -∗ Φ #0)%I
      | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
      end)%I)) with "I Hsrc Hvl [$E H]").
    - iIntros "!> E" (st HP) "HL". iMod ("H" with "[//] E HL") as "H".
      destruct st; try done. iDestruct "H" as "[$ H]". by iIntros "!>" (γm ? ->).
    - iIntros "!>" (st _) "Hsrc H". destruct st;
        [iDestruct "H" as (γm) "[H Hh]"; iApply ("H" with "Hh Hsrc")|
         iDestruct "H" as "[H Hvl]"; iApply ("H" with "Hsrc Hvl")..].
  Qed.
  Lemma get_from_in_use_hocap Cl `{!TimelessClient Cl} γ s pa Ev P Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot D N Cl γ s pa -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev -∗ Cl st ={⊤ ∖ ↑N}=∗
       match st with
       | SlotUnused => Cl st ∗ Φ #(error_code ErrUnused)
       | SlotBusy => Cl st ∗ Φ #(error_code ErrBusy)
       | SlotUnique => Cl st ∗ Φ #(error_code ErrUnique)
       | SlotShared n m =>
           Cl (SlotShared (n + 1) m) ∗ (shared_frame D γ s m -∗ Φ #0)
       end) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof.
    iIntros (Hev) "#I E H".
    iApply (get_from_in_use_at D N Cl γ s pa (Ev ∗ (Ev -∗ upd Cl from_in_use_state P (λ st,
      match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
      Φ #(status_code (from_in_use_error st)))%I)) with "I [$E H]").
    - iIntros "!> E" (st HP) "HL". iMod ("H" with "[//] E HL") as "H".
      by destruct st; iDestruct "H" as "[$ H]"; iIntros "!>"; [iIntros "_"..|].
    - iIntros "!>" (st _) "H Hh". iApply "H". destruct st; [done..|].
      by iDestruct "Hh" as "[_ $]".
  Qed.
  Lemma inc_ref_count_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    pending_incs (slot_pending_name γ) 1 -∗
    ▷ (∀ n, client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
       (⌜(Z.pos n < slot_max)%Z⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
        pending_incs (slot_pending_name γ) 1 -∗ Φ #☠)) -∗
    WP inc_ref_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh Hr H".
    iApply (inc_ref_count_at D N Cl γ s pa m (upd Cl from_in_use_state (shared_of m) (λ st,
      ⌜(state_word st < slot_max)%Z⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ Φ #☠)%I) with "I Hh Hr [H]").
    - iIntros "!>" (st [n ->]). iApply "H".
    - iIntros "!>" (n [_ Hn]) "H". by iApply "H".
  Qed.
  Lemma frame_clone_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    pending_incs (slot_pending_name γ) 1 -∗
    ▷ (∀ n, client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
       (⌜(Z.pos n < slot_max)%Z⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
        pending_incs (slot_pending_name γ) 1 -∗ Φ #s)) -∗
    WP frame_clone [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh Hr H".
    iApply (frame_clone_at D N Cl γ s pa m (upd Cl from_in_use_state (shared_of m) (λ st,
      ⌜(state_word st < slot_max)%Z⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ Φ #s)%I) with "I Hh Hr [H]").
    - iIntros "!>" (st [n ->]). iApply "H".
    - iIntros "!>" (n [_ Hn]) "H". by iApply "H".
  Qed.
  Lemma clone_by_cas_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (∀ n, ⌜(Z.pos n < slot_max)%Z⌝ -∗
       client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
         (shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s)) -∗
    WP clone_by_cas [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (clone_by_cas_at D N Cl γ s pa m (upd Cl from_in_use_state
      (λ st, (∃ n, st = SlotShared n m) ∧ (state_word st < slot_max)%Z) (λ _,
      shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s)%I) with "I Hh [H]").
    - iIntros "!>" (st [[n ->] Hn]). by iApply "H".
    - by iIntros "!>" (n _) "H".
  Qed.
  Lemma dec_ref_count_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ ((∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared (n - 1) m) (Φ #false)) ∧
       client_update N Cl (SlotShared 1 m) SlotBusy
         (∀ vl, ⌜meta_change D m vl⌝ -∗ busy_frame D γ s (meta_vtable m) vl -∗
           Φ #true)) -∗
    WP dec_ref_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (dec_ref_count_at D N Cl γ s pa m (upd Cl dropped_state (shared_of m) (λ st,
      if sole_share st then ∀ vl, ⌜meta_change D m vl⌝ -∗
        busy_frame D γ s (meta_vtable m) vl -∗ Φ #true else Φ #false)%I) with "I Hh [H]").
    - iNext. iApply update_shared. iSplit; [|by iDestruct "H" as "[_ $]"].
      iIntros (n Hn). destruct (shared_not_sole n m Hn) as (-> & -> & _).
      iDestruct "H" as "[H _]". by iApply "H".
    - iIntros "!>" (n _) "H Hb". destruct (sole_share _); [|done].
      iDestruct "Hb" as (vl) "[%Hvl Hb]". by iApply "H".
  Qed.
  Lemma frame_drop_hocap Cl `{!TimelessClient Cl} γ s pa m dealloc Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ ((∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared (n - 1) m) (Φ #☠)) ∧
       client_update N Cl (SlotShared 1 m) SlotBusy
         (client_update N Cl SlotBusy SlotUnused
           (∀ vl, ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
             WP dealloc [ #pa; #page_size ] {{ Φ }}))) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh H".
    iApply (frame_drop_at D N Cl γ s pa m dealloc (upd Cl dropped_state (shared_of m) (λ st,
      if sole_share st then upd Cl vacated_state (λ st, st = SlotBusy) (λ _, ∀ vl,
        ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
        WP dealloc [ #pa; #page_size ] {{ Φ }})%I else Φ #☠)%I) with "Hglue I Hh [H]").
    - iNext. iApply update_shared. iSplit.
      + iIntros (n Hn). destruct (shared_not_sole n m Hn) as (-> & -> & _).
        iDestruct "H" as "[H _]". by iApply "H".
      + iDestruct "H" as "[_ H]". iIntros "HL". iMod ("H" with "HL") as "[$ H]".
        by iIntros "!>" (? ->).
    - iIntros "!>" (n _). destruct (sole_share _); [|by iIntros "$"].
      iIntros (vl Hvl) "Hdead H". by iApply "H".
  Qed.
  Lemma reference_count_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (∀ n, ⌜(Z.pos n < slot_unique)%Z⌝ -∗
       client_update N Cl (SlotShared n m) (SlotShared n m)
         (shared_frame D γ s m -∗ Φ #(Z.pos n))) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (reference_count_at D N Cl γ s pa m (upd Cl (λ st, st)
      (λ st, (∃ n, st = SlotShared n m) ∧ state_bounded st) (λ st,
      shared_frame D γ s m -∗ Φ #(state_word st))%I) with "I Hh [H]").
    - iIntros "!>" (st [[n ->] Hn]). by iApply "H".
    - by iIntros "!>" (n _) "H".
  Qed.
  Lemma frame_from_unique_hocap Cl `{!TimelessClient Cl} γ s pa i vl Φ :
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ (∀ γm, let m := Meta i vl γm in
       client_update N Cl SlotUnique (SlotShared 1 m) (shared_frame D γ s m -∗ Φ #s)) -∗
    WP frame_from_unique [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (frame_from_unique_at D N Cl γ s pa i vl (∀ γm,
      upd Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique) (λ _,
      shared_frame D γ s (Meta i vl γm) -∗ Φ #s)%I) with "I Hh [H]").
    - iIntros "!>" (γm st ->). iApply "H".
    - by iIntros "!>" (γm) "H".
  Qed.
  Lemma try_from_shared_hocap Cl `{!TimelessClient Cl} γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (client_update N Cl (SlotShared 1 m) SlotUnique
         (∀ vl, ⌜meta_change D m vl⌝ -∗ unique_frame D γ s (meta_vtable m) vl -∗
           Φ #true) ∧
       (∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared n m)
            (shared_frame D γ s m -∗ Φ #false))) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (try_from_shared_at D N Cl γ s pa m (upd Cl tried_state (shared_of m) (λ st,
      if sole_share st then ∀ vl, ⌜meta_change D m vl⌝ -∗
        unique_frame D γ s (meta_vtable m) vl -∗ Φ #true
      else shared_frame D γ s m -∗ Φ #false)%I) with "I Hh [H]").
    - iNext. iApply update_shared. iSplit; [|by iDestruct "H" as "[$ _]"].
      iIntros (n Hn). destruct (shared_not_sole n m Hn) as (-> & _ & ->).
      iDestruct "H" as "[_ H]". by iApply "H".
    - iIntros "!>" (n _) "H Hh". destruct (sole_share _); [|by iApply "H"].
      iDestruct "Hh" as (vl) "[%Hvl Hh]". by iApply "H".
  Qed.
  Lemma drop_last_in_place_hocap Cl `{!TimelessClient Cl} γ s pa i vl Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ busy_frame D γ s i vl -∗
    ▷ client_update N Cl SlotBusy SlotUnused (meta_dead D i vl -∗ Φ #☠) -∗
    WP drop_last_in_place (dict_glues D) [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh H".
    iApply (drop_last_in_place_at D N Cl γ s pa i vl (upd Cl vacated_state
      (λ st, st = SlotBusy) (λ _, meta_dead D i vl -∗ Φ #☠)%I) with "Hglue I Hh [H]").
    - by iIntros "!>" (st ->).
    - iIntros "!> Hdead H". by iApply "H".
  Qed.
  Lemma frame_release_hocap Cl `{!TimelessClient Cl} γ s pa i vl Φ :
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy (busy_frame D γ s i vl -∗ Φ #☠) -∗
    WP #s <-ˢᶜ #slot_busy {{ Φ }}.
  Proof.
    iIntros "#I Hh H".
    iApply (frame_release_at D N Cl γ s pa i vl (upd Cl retired_state
      (λ st, st = SlotUnique) (λ _, busy_frame D γ s i vl -∗ Φ #☠)%I) with "I Hh [H]").
    - by iIntros "!>" (st ->).
    - iIntros "!> Hh H". by iApply "H".
  Qed.
  Lemma reset_as_unused_hocap Cl `{!TimelessClient Cl} γ s pa i vl Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy
        (client_update N Cl SlotBusy SlotUnused (meta_dead D i vl -∗ Φ #☠)) -∗
    WP reset_as_unused (dict_glues D) [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh H".
    iApply (reset_as_unused_at D N Cl γ s pa i vl (upd Cl retired_state (λ st, st = SlotUnique)
      (λ _, upd Cl vacated_state (λ st, st = SlotBusy) (λ _,
        meta_dead D i vl -∗ Φ #☠)%I)) with "Hglue I Hh [H]").
    - iIntros "!>" (st ->) "HL". iMod ("H" with "HL") as "[$ H]". by iIntros "!>" (st ->).
    - iIntros "!> Hdead H". by iApply "H".
  Qed.
  Lemma unique_drop_hocap Cl `{!TimelessClient Cl} γ s pa i vl dealloc Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ client_update N Cl SlotUnique SlotBusy
        (client_update N Cl SlotBusy SlotUnused
          (meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})) -∗
    WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh H".
    iApply (unique_drop_at D N Cl γ s pa i vl dealloc (upd Cl retired_state (λ st, st = SlotUnique)
      (λ _, upd Cl vacated_state (λ st, st = SlotBusy) (λ _,
        meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})%I)) with "Hglue I Hh [H]").
    - iIntros "!>" (st ->) "HL". iMod ("H" with "HL") as "[$ H]". by iIntros "!>" (st ->).
    - iIntros "!> Hdead H". by iApply "H".
  Qed.
End hocap.

Section atomic.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat) (vl : list val).
  Implicit Types (u : bool) (m : meta) (dealloc : val) (Φ : val → iProp Σ).

  Lemma get_from_in_use_atomic γ s pa Φ :
    open_slot D N γ s pa -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
      Φ #(status_code (from_in_use_error st))) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I AU". iApply (get_from_in_use_at D N with "I AU").
    iIntros "!>" (st _) "H Hh". iApply "H". destruct st; [done..|].
    by iDestruct "Hh" as "[_ $]".
  Qed.
  Lemma try_from_shared_atomic γ s pa m Φ :
    open_slot D N γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) tried_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗
      (if sole_share st
       then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
       else shared_frame D γ s m) -∗
      Φ #(sole_share st)) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (try_from_shared_at D N with "I Hh AU").
    iIntros "!>" (n _) "H Hh". iApply ("H" with "[%] Hh"). by exists n.
  Qed.
  Lemma reference_count_atomic γ s pa m Φ :
    open_slot D N γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) (λ st, st) (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ Φ #(state_word st)) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (reference_count_at D N with "I Hh AU").
    iIntros "!>" (n _) "H Hh". iApply ("H" with "[%] Hh"). by exists n.
  Qed.
  Lemma get_from_unused_atomic γ s pa i (src : loc) vl (u : bool) Φ :
    open_slot D N γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
    slot_update N (slot_is γ) claimed_state (λ st,
      match st with
      | SlotUnused => ∀ γm,
          slot_update N (slot_is γ)
            (λ _, if u then SlotUnique else SlotShared 1 (Meta i vl γm))
            (λ _, (if u then unique_frame D γ s i vl
                   else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
      | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
      end) -∗
    WP get_from_unused (dict_size D) [ #s; #i; #src; #u ] {{ Φ }}.
  Proof.
    iIntros "#I Hsrc Hvl AU". iApply (get_from_unused_at D N with "I Hsrc Hvl AU").
    iIntros "!>" (st _) "Hsrc H". destruct st;
      [iDestruct "H" as (γm) "[H Hh]"; iApply ("H" with "Hh Hsrc")|
       iDestruct "H" as "[H Hvl]"; iApply ("H" with "Hsrc Hvl")..].
  Qed.
  Lemma frame_clone_atomic γ s pa m Φ :
    open_slot D N γ s pa -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
      pending_incs (slot_pending_name γ) 1 -∗ Φ #s) -∗
    WP frame_clone [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh Hr AU". iApply (frame_clone_at D N with "I Hh Hr AU").
    iIntros "!>" (n _) "H Hh Hh' Hr". iApply ("H" with "[%] Hh Hh' Hr"). by exists n.
  Qed.
  Lemma clone_by_cas_atomic γ s pa m Φ :
    open_slot D N γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗ shared_frame D γ s m -∗ shared_frame D γ s m -∗
      Φ #s) -∗
    WP clone_by_cas [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (clone_by_cas_at D N with "I Hh AU").
    iIntros "!>" (n _) "H Hh Hh'". iApply ("H" with "[%] Hh Hh'"). by exists n.
  Qed.
  Lemma frame_drop_atomic γ s pa m dealloc Φ :
    dict_drop_spec D -∗ open_slot D N γ s pa -∗ shared_frame D γ s m -∗
    slot_update N (slot_is γ) dropped_state (λ st,
      ⌜∃ n, st = SlotShared n m⌝ -∗
      if sole_share st then
        slot_update N (slot_is γ) (λ _, SlotUnused) (λ _, ∀ vl,
          ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
          WP dealloc [ #pa; #page_size ] {{ Φ }})
      else Φ #☠) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh AU".
    iApply (frame_drop_at D N _ γ s pa m dealloc _ _ _ (λ _, ∀ vl, ⌜meta_change D m vl⌝ -∗
      meta_dead D (meta_vtable m) vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})%I
      with "Hglue I Hh AU").
    { iIntros (st Hst) "H HL". iDestruct ("H" with "[%]") as "H"; [by exists 1%positive|].
      iApply (pays_slot_update_agrees N γ (λ _, SlotUnused) vacated_state (λ st, st = SlotBusy)
        _ _ st Hst with "H HL"). }
    iIntros "!>" (n _). destruct (decide (n = 1%positive)) as [->|Hn].
    - iIntros (vl Hvl) "Hdead H". by iApply ("H" with "[//] Hdead").
    - destruct (shared_not_sole n m) as [-> _]; [lia|]. iIntros "H". iApply "H".
      iPureIntro. by exists n.
  Qed.
  Lemma frame_from_unique_atomic γ s pa i vl Φ :
    open_slot D N γ s pa -∗ unique_frame D γ s i vl -∗
    (∀ γm, slot_update N (slot_is γ) (λ _, SlotShared 1 (Meta i vl γm))
      (λ _, shared_frame D γ s (Meta i vl γm) -∗ Φ #s)) -∗
    WP frame_from_unique [ #s ] {{ Φ }}.
  Proof.
    iIntros "#I Hh AU". iApply (frame_from_unique_at D N with "I Hh AU").
    iIntros "!>" (γm) "H Hh". by iApply "H".
  Qed.
  Lemma unique_drop_atomic γ s pa i vl dealloc Φ :
    dict_drop_spec D -∗ open_slot D N γ s pa -∗ unique_frame D γ s i vl -∗
    slot_update N (slot_is γ) (λ _, SlotBusy) (λ _,
      slot_update N (slot_is γ) (λ _, SlotUnused) (λ _,
        meta_dead D i vl -∗ WP dealloc [ #pa; #page_size ] {{ Φ }})) -∗
    WP unique_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof.
    iIntros "#Hglue #I Hh AU". iApply (unique_drop_at D N with "Hglue I Hh AU").
    iIntros "!> Hdead H". by iApply "H".
  Qed.
  Lemma frame_from_unused_atomic γ base src max pa i vl u Φ :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    open_slot D N γ s pa -∗ src ↦∗ vl -∗ meta_own D i vl -∗
    slot_update N (slot_is γ) claimed_state (λ st,
      match st with
      | SlotUnused => ∀ γm,
          slot_update N (slot_is γ) (λ _, built_state u i vl γm)
            (λ _, (if u then unique_frame D γ s i vl
                   else shared_frame D γ s (Meta i vl γm)) -∗ src ↦∗ vl -∗ Φ #0)
      | _ => src ↦∗ vl -∗ meta_own D i vl -∗ Φ #(status_code (claim_error st))
      end) -∗
    WP frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ] {{ Φ }}.
  Proof.
    iIntros (Ha Hm s) "I Hsrc Hvl AU". iApply frame_from_unused_at. rewrite page_status_slot //.
    iApply (get_from_unused_atomic with "I Hsrc Hvl AU").
  Qed.
  Lemma frame_from_in_use_atomic γ base max pa Φ :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    open_slot D N γ s pa -∗
    slot_update N (slot_is γ) from_in_use_state (λ st,
      match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
      Φ #(status_code (from_in_use_error st))) -∗
    WP frame_from_in_use (dict_size D) [ #base; #max; #pa ] {{ Φ }}.
  Proof.
    iIntros (Ha Hm s) "I AU". iApply frame_from_in_use_at. rewrite page_status_slot //.
    iApply (get_from_in_use_atomic with "I AU").
  Qed.
End atomic.
