(** * Page frames: shares

Looking a frame up, cloning, dropping, converting, counting, against any client state and
with any evidence; all other specifications follow from these ([frame.v],
[frame_old_statements.v]). What happens at the access to the word is in [word_rules.v];
here are the programs of [frame_code.v]. [clone_by_cas] needs no token of [pending_incs]. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv one_access.
From tally.frame.slot.proof Require Import word_rules claims.
From tally.prelude Require Import options.

Section client.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (st : slot_state) (n : positive) (m : meta) (Φ : val → iProp Σ).
  Implicit Types (Ev : iProp Σ) (P : slot_state → Prop) (dealloc : val).

  (** ** Loops: the word is looked at many times and changed at most once *)
  Lemma get_from_in_use_at γ s pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ ▷ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with
       | SlotShared n m => ⌜(Z.pos n < slot_max)%Z⌝ ∗ shared_frame D γ s m
       | _ => True
       end -∗
       Φ #(status_code (from_in_use_error st))) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I E HΦ". iApply (get_from_in_use_refines (⊤ ∖ ↑N) with "[] [E HΦ]").
    { iApply (slot_look_up D N Cl _ _ _ Ev P Ev' (λ r, Φ #(status_code r)) with "I"). }
    iNext. iFrame "E". iExact "HΦ".
  Qed.

  Lemma clone_by_cas_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state (λ st, P st ∧ (state_word st < slot_max)%Z) Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗
       shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s) -∗
    WP clone_by_cas [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ".
    iApply (clone_by_cas_refines (⊤ ∖ ↑N) s ((shared_frame D γ s m ∗ Ev) ∗ _)
      with "[] [Hh E HΦ]"); [|iNext; iFrame "Hh E"; iExact "HΦ"].
    iIntros "!> [E HΦ]".
    iMod (slot_open D N Cl _ _ _ _ _ (shared_frame D γ s m ∗ Ev)%I
      (λ st, (∃ n, st = SlotShared n m) ∧ P st) with "I E") as "H";
      [done|apply bi.later_intro| |].
    { apply evidence_and; [apply tells_evidence, tells_shared|done]. }
    iDestruct "H" as (st) "([[[%n ->] %HP] %Hb] & E & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs".
    iSplitR; [iPureIntro; by apply (state_word_ok (SlotShared n m))|]. iNext. iSplit.
    { iIntros "Hs". iMod ("Hclose" $! (SlotShared n m) with "Hs Hown HL") as "_".
      by iFrame. }
    rewrite state_clone. iIntros (w' Hw') "Hs". case_decide as Hn; [|done].
    injection Hw' as <-. iDestruct "E" as "[Hh E]".
    iMod (Hpays (SlotShared n m) (conj HP Hn) with "E HL") as "[HL E]".
    iMod (slot_clone_update with "Hown []") as "[Hown Hh']"; [by iLeft|].
    iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
    iApply ("HΦ" with "[//] E Hh Hh'").
  Qed.

  (** ** One access, with a share *)
  Lemma inc_ref_count_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
       shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ Φ #☠) -∗
    WP inc_ref_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh Hr E HΦ". iApply (inc_ref_count_refines (⊤ ∖ ↑N)).
    iApply (slot_clone_share D N Cl with "I Hh Hr E HΦ").
  Qed.
  Lemma frame_clone_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    pending_incs (slot_pending_name γ) 1 -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ (Z.pos n < slot_max)%Z⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗
       shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗ Φ #s) -∗
    WP frame_clone [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh Hr E HΦ". wp_rec.
    wp_apply (inc_ref_count_at with "I Hh Hr E"). iIntros (n HP) "E Hh Hh' Hr".
    wp_pures. by iApply ("HΦ" with "[//] E Hh Hh' Hr").
  Qed.

  (** Whoever drops the last share has the right to tear down. The metadata is a value
  again, which sharing may have made of the one shared. *)
  Lemma dec_ref_count_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ busy_frame D γ s (meta_vtable m) vl else True) -∗
       Φ #(sole_share st)) -∗
    WP dec_ref_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". iApply (dec_ref_count_refines (⊤ ∖ ↑N)).
    iApply (slot_release_share D N Cl γ s pa m Ev P Ev' (λ b, Φ #b) with "I Hh E HΦ").
  Qed.
  (** ... and the destructor runs, and then the allocator has the page. *)
  Lemma frame_drop_at γ s pa m dealloc Ev P (Ev1 Ev2 : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl dropped_state P Ev Ev1 →
    Pays (⊤ ∖ ↑N) Cl vacated_state (λ st, st = SlotBusy) (Ev1 (SlotShared 1 m)) Ev2 →
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗
       if sole_share st then
         ∀ vl, ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗ Ev2 SlotBusy -∗
           WP dealloc [ #pa; #page_size ] {{ Φ }}
       else Ev1 st -∗ Φ #☠) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpay1 Hpay2) "#Hglue #I Hh E HΦ". wp_rec.
    wp_apply (dec_ref_count_at with "I Hh E"). iIntros (n HP) "E H".
    iSpecialize ("HΦ" $! n with "[//]").
    destruct (decide (n = 1%positive)) as [->|Hn]; simpl.
    - iDestruct "H" as (vl) "[%Hvl Hh]". wp_pures.
      wp_apply (drop_last_in_place_at D N Cl with "Hglue I Hh E"). iIntros "Hdead E".
      wp_pures. wp_apply (frame_start_paddr_spec with "I"). iIntros "_". wp_pures.
      iApply ("HΦ" with "[//] Hdead E").
    - destruct (shared_not_sole n m) as (Hs & _); [lia|]. rewrite /= in Hs. rewrite Hs.
      wp_pures. by iApply "HΦ".
  Qed.

  Lemma reference_count_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl (λ st, st) (λ st, P st ∧ state_bounded st) Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st ∧ state_bounded st⌝ -∗ Ev' st -∗ shared_frame D γ s m -∗ Φ #(Z.pos n)) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". iApply (reference_count_refines (⊤ ∖ ↑N)).
    iApply (slot_count_shares D N Cl γ s pa m Ev P Ev' (λ w, Φ #w) with "I Hh E HΦ").
  Qed.

  (** ** Converting *)
  Lemma try_from_shared_at γ s pa m Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl (shared_frame D γ s m ∗ Ev) P →
    Pays (⊤ ∖ ↑N) Cl tried_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ ▷ Ev -∗
    ▷ (∀ n, let st := SlotShared n m in
       ⌜P st⌝ -∗ Ev' st -∗
       (if sole_share st
        then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
        else shared_frame D γ s m) -∗
       Φ #(sole_share st)) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev Hpays) "#I Hh E HΦ". iApply (try_from_shared_refines (⊤ ∖ ↑N)).
    iApply (slot_try_unique_share D N Cl γ s pa m Ev P Ev' (λ b, Φ #b) with "I Hh E HΦ").
  Qed.

  Lemma frame_from_unique_at γ s pa i vl Ev (Ev' : gname → slot_state → iProp Σ) Φ :
    (∀ γm, Pays (⊤ ∖ ↑N) Cl (to_shared_state (Meta i vl γm)) (λ st, st = SlotUnique)
      Ev (Ev' γm)) →
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗ ▷ Ev -∗
    ▷ (∀ γm, Ev' γm SlotUnique -∗ shared_frame D γ s (Meta i vl γm) -∗ Φ #s) -∗
    WP frame_from_unique [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hpay) "#I Hh E HΦ". wp_rec. wp_bind (Write _ _ _).
    iApply (store_refines (⊤ ∖ ↑N)). iApply (slot_share_unique D N Cl with "I Hh E").
    iIntros "!>" (γm) "E Hh". wp_pures. by iApply ("HΦ" with "E Hh").
  Qed.
End client.
