(** * Page frames: shares, against any ledger

Looking a frame up, cloning, dropping, converting, counting: one proof each, from
which all other specifications follow ([handles.v], [atomic_specs.v]).

A clone borrows a token of [pending_incs]: if the count was at its maximum, the increment
has happened when the program finds out and aborts, and the token stays with the
slot for ever. So the count is at most the maximum plus the number of tokens, which
is below the sentinels. [clone_by_cas] needs none. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta frame_refine.
From tally.frame.slot.proof Require Import slot_words slot_ghost slot_inv claims.
From tally.prelude Require Import options.

Section ledger.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Context (Cl : slot_state → iProp Σ) `{!TimelessClient Cl}.
  Implicit Types (γ : slot_names) (γm : gname) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (st : slot_state) (n : positive) (m : meta) (Φ : val → iProp Σ).
  Implicit Types (Ev : iProp Σ) (P : slot_state → Prop) (dealloc : val).

  Lemma get_from_in_use_hocap γ s pa Ev P Φ :
    Evidence (slot_state_own D γ s) Cl Ev P →
    is_slot D N Cl γ s pa -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev -∗ Cl st ={⊤ ∖ ↑N}=∗
       match st with
       | SlotUnused => Cl st ∗ Φ #(error_code ErrUnused)
       | SlotBusy => Cl st ∗ Φ #(error_code ErrBusy)
       | SlotUnique => Cl st ∗ Φ #(error_code ErrUnique)
       | SlotShared n m => Cl (SlotShared (n + 1) m) ∗ (shared_frame D γ s m -∗ Φ #0)
       end) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (Hev) "#I E Hvs".
    iApply (get_from_in_use_refines (⊤ ∖ ↑N) s (Ev ∗ _) with "[] [$E Hvs]"); [|iNext; iExact "Hvs"].
    iIntros "!> [E Hvs]".
    iMod (slot_open with "I E") as "H"; [done|].
    iDestruct "H" as (st) "([%HP %Hb] & E & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (state_word st). iFrame "Hs".
    iSplitR; [iPureIntro; by apply state_word_ok|]. iNext. iSplit.
    { iIntros "Hs". iMod ("Hclose" with "Hs Hown HL") as "_". iFrame. done. }
    rewrite state_from_in_use //. destruct st as [| | |n m]; simpl.
    1-3: iIntros "Hs"; iMod ("Hvs" with "[//] E HL") as "[HL HΦ]".
    1: by iMod ("Hclose" $! SlotUnused with "Hs Hown HL") as "_".
    1: by iMod ("Hclose" $! SlotBusy with "Hs Hown HL") as "_".
    1: by iMod ("Hclose" $! SlotUnique with "Hs Hown HL") as "_".
    case_decide as Hn; [|done]. iIntros "Hs".
    iMod ("Hvs" with "[//] E HL") as "[HL HΦ]".
    iMod (slot_clone_update with "Hown []") as "[Hown Hh]"; [by iLeft|].
    iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
    iModIntro. by iApply "HΦ".
  Qed.

  (** The same for any [Ev], which says what it knows and pays for the move. *)
  Lemma get_from_in_use_at γ s pa Ev P (Ev' : slot_state → iProp Σ) Φ :
    Evidence (slot_state_own D γ s) Cl Ev P → Pays (⊤ ∖ ↑N) Cl from_in_use_state P Ev Ev' →
    is_slot D N Cl γ s pa -∗ Ev -∗
    ▷ (∀ st, ⌜P st⌝ -∗ Ev' st -∗
       match st with SlotShared _ m => shared_frame D γ s m | _ => True end -∗
       Φ #(status_code (from_in_use_error st))) -∗
    WP get_from_in_use [ #s ] {{ Φ }}.
  Proof using All.
    iIntros (? Hpays) "#I E HΦ". iApply (get_from_in_use_hocap with "I E").
    iIntros "!>" (st HP) "E HL". iMod (Hpays st HP with "E HL") as "[HL E]".
    iModIntro. destruct st; iFrame "HL"; [by iApply ("HΦ" with "[//] E")..|].
    iApply ("HΦ" with "[//] E").
  Qed.

  (** The word of a slot of which one has a share. *)
  Local Lemma shared_open γ s pa m :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m ={⊤,⊤ ∖ ↑N}=∗
    ∃ n, ⌜state_bounded (SlotShared n m)⌝ ∗ shared_frame D γ s m ∗
      ▷ s ↦ #(Z.pos n) ∗ ▷ slot_state_own D γ s (SlotShared n m) ∗ Cl (SlotShared n m) ∗
      (∀ st', ▷ s ↦ #(state_word st') -∗ ▷ slot_state_own D γ s st' -∗ Cl st'
        ={⊤ ∖ ↑N,⊤}=∗ True).
  Proof using All.
    iIntros "#I Hh".
    iMod (slot_open with "I Hh") as "H"; [done|].
    iDestruct "H" as (st) "([[%n ->] %Hb] & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists n. by iFrame.
  Qed.

  Lemma inc_ref_count_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
    ▷ (∀ n, client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
       (⌜(Z.pos n < slot_max)%Z⌝ -∗
        shared_frame D γ s m -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
        Φ #☠)) -∗
    WP inc_ref_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hr Hvs". iApply (inc_ref_count_refines (⊤ ∖ ↑N)).
    iMod (shared_open with "I Hh") as (n) "(%Hb & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs". iSplitR.
    { iPureIntro. split; [by apply (state_word_ok (SlotShared n m))|].
      by eapply state_shared_live. }
    iNext. iIntros "Hs". rewrite (state_succ n m) //.
    iMod ("Hvs" with "HL") as "[HL HΦ]". rewrite state_clone.
    case_decide as Hn.
    - iMod (slot_clone_update with "Hown []") as "[Hown Hh']"; [by iLeft|].
      iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
      iIntros "!>" (w') "_". by iApply ("HΦ" with "[//] Hh Hh' Hr").
    - iMod (slot_clone_update with "Hown [Hr]") as "[Hown Hh']"; [by iRight|].
      iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
      by iIntros "!>" (w') "%".
  Qed.
  Lemma frame_clone_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
    ▷ (∀ n, client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
       (⌜(Z.pos n < slot_max)%Z⌝ -∗
        shared_frame D γ s m -∗ shared_frame D γ s m -∗ pending_incs (slot_pending_name γ) 1 -∗
        Φ #s)) -∗
    WP frame_clone [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hr Hvs". wp_rec. wp_apply (inc_ref_count_hocap with "I Hh Hr").
    iIntros (n) "HL". iMod ("Hvs" with "HL") as "[$ HΦ]".
    iIntros "!> Hn Hh Hh' Hr". wp_pures. by iApply ("HΦ" with "Hn Hh Hh' Hr").
  Qed.

  Lemma clone_by_cas_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (∀ n, ⌜(Z.pos n < slot_max)%Z⌝ -∗
       client_update N Cl (SlotShared n m) (SlotShared (n + 1) m)
         (shared_frame D γ s m -∗ shared_frame D γ s m -∗ Φ #s)) -∗
    WP clone_by_cas [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hvs".
    iApply (clone_by_cas_refines (⊤ ∖ ↑N) s (shared_frame D γ s m ∗ _) with "[] [$Hh Hvs]");
      [|iNext; iExact "Hvs"].
    iIntros "!> [Hh Hvs]".
    iMod (shared_open with "I Hh") as (n) "(%Hb & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs".
    iSplitR; [iPureIntro; by apply (state_word_ok (SlotShared n m))|]. iNext. iSplit.
    { iIntros "Hs". iMod ("Hclose" $! (SlotShared n m) with "Hs Hown HL") as "_".
      iFrame. done. }
    rewrite state_clone. iIntros (w' Hw') "Hs". case_decide as Hn; [|done].
    injection Hw' as <-. iMod ("Hvs" with "[//] HL") as "[HL HΦ]".
    iMod (slot_clone_update with "Hown []") as "[Hown Hh']"; [by iLeft|].
    iMod ("Hclose" $! (SlotShared (n + 1) m) with "Hs Hown HL") as "_".
    iModIntro. by iApply ("HΦ" with "Hh Hh'").
  Qed.

  (** Who drops the last share has the right to tear down. The metadata is a value
  again, which sharing may have made of the one shared. *)
  Lemma dec_ref_count_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ ((∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared (n - 1) m) (Φ #false)) ∧
       client_update N Cl (SlotShared 1 m) SlotBusy
         (∀ vl, ⌜meta_change D m vl⌝ -∗ busy_frame D γ s (meta_vtable m) vl -∗ Φ #true)) -∗
    WP dec_ref_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hvs". iApply (dec_ref_count_refines (⊤ ∖ ↑N)).
    iMod (shared_open with "I Hh") as (n) "(%Hb & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs". iSplitR.
    { iPureIntro. split; [by apply (state_word_ok (SlotShared n m))|].
      by eapply state_shared_live. }
    iNext. iIntros "Hs". destruct (decide (n = 1%positive)) as [->|Hn].
    - iDestruct "Hvs" as "[_ Hvs]". iMod ("Hvs" with "HL") as "[HL HΦ]".
      iMod (slot_last_update with "Hown Hh") as "(Hown & Htok & Hm)".
      iMod ("Hclose" $! SlotBusy with "Hs Hown HL") as "_".
      iMod (meta_unshare with "Hm") as "Hm". iIntros "!> !>".
      iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply ("HΦ" with "[//]"). iFrame.
    - iDestruct "Hvs" as "[Hvs _]".
      iMod ("Hvs" with "[%] HL") as "[HL HΦ]"; [lia|].
      iMod (slot_drop_update with "Hown Hh") as "Hown"; [lia|].
      rewrite (state_pred n m) //; [|lia].
      iMod ("Hclose" $! (SlotShared (n - 1) m) with "Hs Hown HL") as "_".
      rewrite slot_drop_is_last bool_decide_eq_false_2; [|intros [=]; lia].
      by iIntros "!> !>".
  Qed.
  (** ... and the destructor runs, and then the allocator has the page. *)
  Lemma frame_drop_hocap γ s pa m dealloc Φ :
    dict_drop_spec D -∗ is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ ((∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared (n - 1) m) (Φ #☠)) ∧
       client_update N Cl (SlotShared 1 m) SlotBusy
         (client_update N Cl SlotBusy SlotUnused
           (∀ vl, ⌜meta_change D m vl⌝ -∗ meta_dead D (meta_vtable m) vl -∗
             WP dealloc [ #pa; #page_size ] {{ Φ }}))) -∗
    WP frame_drop (dict_glues D) dealloc [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#Hglue #I Hh Hvs". wp_rec. wp_apply (dec_ref_count_hocap with "I Hh").
    iSplit.
    - iDestruct "Hvs" as "[Hvs _]". iIntros (n Hn) "HL".
      iMod ("Hvs" with "[//] HL") as "[$ HΦ]". iModIntro. by wp_pures.
    - iDestruct "Hvs" as "[_ Hvs]". iIntros "HL". iMod ("Hvs" with "HL") as "[$ Hvs]".
      iIntros "!>" (vl Hvl) "Hh". wp_pures.
      wp_apply (drop_last_in_place_hocap D N Cl with "Hglue I Hh"). iIntros "HL".
      iMod ("Hvs" with "HL") as "[$ Hvs]". iIntros "!> Hdead". wp_pures.
      wp_apply (frame_start_paddr_hocap with "I"). wp_pures. iApply ("Hvs" with "[//] Hdead").
  Qed.

  Lemma frame_from_unique_hocap γ s pa i vl Φ :
    is_slot D N Cl γ s pa -∗ unique_frame D γ s i vl -∗
    ▷ (∀ γm, let m := Meta i vl γm in
       client_update N Cl SlotUnique (SlotShared 1 m) (shared_frame D γ s m -∗ Φ #s)) -∗
    WP frame_from_unique [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I [Htok Hm] Hvs". wp_rec. iMod (meta_share with "Hm") as (γm) "Hm".
    wp_bind (Write _ _ _).
    iCombine "Htok Hm" as "H".
    iApply (store_hocap _ _ _ _ _ _ SlotUnique (SlotShared 1 (Meta i vl γm))
      with "I H [] [Hvs]").
    { iNext. iIntros "Hown [Htok Hm]". iApply (slot_share_update with "Hown Htok Hm"). }
    iNext. iIntros "HL". iMod ("Hvs" $! γm with "HL") as "[$ HΦ]".
    iIntros "!> Hh". wp_pures. by iApply ("HΦ" with "Hh").
  Qed.

  Lemma try_from_shared_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (client_update N Cl (SlotShared 1 m) SlotUnique
         (∀ vl, ⌜meta_change D m vl⌝ -∗ unique_frame D γ s (meta_vtable m) vl -∗ Φ #true) ∧
       (∀ n, ⌜(1 < n)%positive⌝ -∗
          client_update N Cl (SlotShared n m) (SlotShared n m)
            (shared_frame D γ s m -∗ Φ #false))) -∗
    WP try_from_shared [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hvs". iApply (try_from_shared_refines (⊤ ∖ ↑N)).
    iMod (shared_open with "I Hh") as (n) "(%Hb & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs". iSplitR.
    { iPureIntro. split; [by apply (state_word_ok (SlotShared n m))|done]. }
    iNext. iIntros "Hs". rewrite /slot_try_unique_next /slot_try_unique.
    destruct (decide (n = 1%positive)) as [->|Hn].
    - iDestruct "Hvs" as "[Hvs _]". iMod ("Hvs" with "HL") as "[HL HΦ]".
      iMod (slot_last_update with "Hown Hh") as "(Hown & Htok & Hm)".
      iMod (slot_publish_update with "Hown Htok") as "[Hown Htok]".
      iMod ("Hclose" $! SlotUnique with "Hs Hown HL") as "_".
      iMod (meta_unshare with "Hm") as "Hm". iIntros "!> !>".
      iDestruct "Hm" as (vl) "[%Hvl Hm]". iApply ("HΦ" with "[//] [$Htok $Hm]").
    - iDestruct "Hvs" as "[_ Hvs]".
      iMod ("Hvs" with "[%] HL") as "[HL HΦ]"; [lia|].
      case: (word_eqb_spec (Z.pos n) 1%Z)=> Hn'; [lia|].
      iMod ("Hclose" $! (SlotShared n m) with "Hs Hown HL") as "_".
      iIntros "!> !>". by iApply "HΦ".
  Qed.

  Lemma reference_count_hocap γ s pa m Φ :
    is_slot D N Cl γ s pa -∗ shared_frame D γ s m -∗
    ▷ (∀ n, ⌜(Z.pos n < slot_unique)%Z⌝ -∗
        client_update N Cl (SlotShared n m) (SlotShared n m)
          (shared_frame D γ s m -∗ Φ #(Z.pos n))) -∗
    WP reference_count [ #s ] {{ Φ }}.
  Proof using All.
    iIntros "#I Hh Hvs". iApply (reference_count_refines (⊤ ∖ ↑N)).
    iMod (shared_open with "I Hh") as (n) "(%Hb & Hh & Hs & Hown & HL & Hclose)".
    iModIntro. iExists (Z.pos n). iFrame "Hs". iSplitR.
    { iPureIntro. split; [by apply (state_word_ok (SlotShared n m))|done]. }
    iNext. iIntros "Hs". iMod ("Hvs" with "[//] HL") as "[HL HΦ]".
    iMod ("Hclose" $! (SlotShared n m) with "Hs Hown HL") as "_".
    iModIntro. by iApply "HΦ".
  Qed.
End ledger.
