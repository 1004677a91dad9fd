(** * Page frames: handles with obligations

Iris is affine: who has a handle may lose it. To speak of leaks nevertheless, the
ledger of a slot is the number of drops that are owed ([state_weight]), and the right
to change it, the lease, is cut into fractions. [lease γ q k] is the fraction [q] of
the lease, with [k] drops owed on it. Whoever takes a handle does so on a fraction
that owes nothing, and owes one drop on it from then on; only the drop pays it back.
To lose a handle is to lose a fraction of the lease for ever. Who has the whole of
it and owes nothing knows that the slot is unused ([frame_slot_closed]).

The same arithmetic pins results down: who has the whole lease knows how many
handles there are. *)
From iris.algebra Require Import numbers.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import slot_specs.
From tally.prelude Require Import options.

Lemma state_weight_0 st : state_weight st = 0%nat → st = SlotUnused.
Proof. destruct st; simpl; [done|done|done|lia]. Qed.

Section lease.
  Context `{!frameG Σ}.
  Implicit Types (γ : slot_names) (q : Qp) (k : nat) (st : slot_state).

  Definition client_lease (γl : gname) st : iProp Σ :=
    lease_auth γl (state_weight st : natUR) false.
  Definition lease γ q k : iProp Σ := lease_own (slot_lease_name γ) q (k : natUR) false.

  Global Instance client_lease_timeless γl : TimelessClient (client_lease γl) := λ st, _.
  Global Instance lease_timeless γ q k : Timeless (lease γ q k) := _.

  Lemma lease_split γ q1 q2 k1 k2 :
    lease γ (q1 + q2) (k1 + k2) ⊣⊢ lease γ q1 k1 ∗ lease γ q2 k2.
  Proof. apply (lease_own_op _ q1 q2 (k1 : natUR)). Qed.
  Lemma lease_valid γ q k : lease γ q k -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof. apply lease_own_valid. Qed.
  Lemma lease_le γ q k st :
    client_lease (slot_lease_name γ) st -∗ lease γ q k -∗ ⌜(k ≤ state_weight st)%nat⌝.
  Proof.
    iIntros "H L". by iDestruct (lease_auth_own_agree with "H L") as %[?%nat_included _].
  Qed.
  Lemma lease_full γ k st :
    client_lease (slot_lease_name γ) st -∗ lease γ 1 k -∗ ⌜state_weight st = k⌝.
  Proof. iIntros "H L". by iDestruct (lease_auth_own_whole with "H L") as %[? _]. Qed.
  Lemma lease_update γ q k k' st st' :
    (state_weight st + k' = state_weight st' + k)%nat →
    client_lease (slot_lease_name γ) st -∗ lease γ q k ==∗
    client_lease (slot_lease_name γ) st' ∗ lease γ q k'.
  Proof. apply (lease_own_update (C:=natUR)). Qed.
  Lemma client_lease_eq γl st st' :
    state_weight st = state_weight st' → client_lease γl st -∗ client_lease γl st'.
  Proof. rewrite /client_lease. intros ->. by iIntros "$". Qed.
  Lemma client_lease_alloc :
    ⊢ |==> ∃ γl, client_lease γl SlotUnused ∗ lease_own γl 1 (0%nat : natUR) false.
  Proof. apply (lease_own_alloc (C:=natUR)). Qed.

  (** ** What a lease tells, and pays for *)
  Global Instance tells_lease_full γ k :
    Tells (client_lease (slot_lease_name γ)) (lease γ 1 k) (λ st, state_weight st = k) | 1.
  Proof. iIntros (st) "H L". iApply (lease_full with "H L"). Qed.
  Global Instance tells_lease γ q k :
    Tells (client_lease (slot_lease_name γ)) (lease γ q k) (λ st, k ≤ state_weight st) | 2.
  Proof. iIntros (st) "H L". iApply (lease_le with "H L"). Qed.
  Global Instance pays_lease `{!invGS Σ} E γ q k P :
    Pays E (client_lease (slot_lease_name γ)) from_in_use_state P (lease γ q k)
      (λ st, lease γ q (match st with SlotShared _ _ => S k | _ => k end)).
  Proof.
    iIntros (st _) "L H". iApply (lease_update with "H L").
    destruct st; simpl; [lia..|]. rewrite Pos2Nat.inj_add. lia.
  Qed.
End lease.
Global Typeclasses Opaque client_lease lease.

Section handles.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (q : Qp) (k : nat) (m : meta) (E : coPset).

  Definition frame_slot γ s pa : iProp Σ :=
    is_slot D N (client_lease (slot_lease_name γ)) γ s pa.
  Global Instance frame_slot_persistent γ s pa : Persistent (frame_slot γ s pa).
  Proof. apply _. Qed.
  Lemma frame_slot_client γ s pa :
    frame_slot γ s pa ⊣⊢ is_slot D N (client_lease (slot_lease_name γ)) γ s pa.
  Proof. done. Qed.

  (** A handle of either kind, with the drop that is owed for it. *)
  Definition new_frame γ s (u : bool) i vl q : iProp Σ :=
    (if u then unique_frame D γ s i vl
     else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1.

  Local Lemma new_frame_intro γ s (u : bool) i vl γm q :
    (if u then unique_frame D γ s i vl else shared_frame D γ s (Meta i vl γm)) -∗
    lease γ q 1 -∗ new_frame γ s u i vl q.
  Proof. iIntros "H $". destruct u; [done|]. by iExists γm. Qed.

  (** ** Making and closing *)
  Lemma frame_slot_alloc E γr s pa :
    s ↦ #slot_unused -∗ meta_room D s -∗ (s +ₗ slot_paddr) ↦ #pa ={E}=∗
    ∃ γ, ⌜slot_pending_name γ = γr⌝ ∗ frame_slot γ s pa ∗ lease γ 1 0.
  Proof.
    iIntros "Hs Hroom Hpa". iMod client_lease_alloc as (γl) "[HL L]".
    iMod (is_slot_alloc D N (client_lease γl) E γl γr with "Hs Hroom Hpa HL")
      as (γ) "[[%Hγl %Hγr] #I]".
    iModIntro. iExists γ. rewrite /frame_slot /lease Hγl. iFrame "L". by iSplit.
  Qed.
  Lemma frame_slot_word E γ s pa :
    ↑N ⊆ E →
    frame_slot γ s pa ={E,E ∖ ↑N}=∗
      ∃ st, ⌜state_bounded st⌝ ∗ s ↦ #(state_word st) ∗
        (s ↦ #(state_word st) ={E ∖ ↑N,E}=∗ True).
  Proof.
    iIntros (HE) "#I".
    iMod (is_slot_acc D N _ E _ _ _ True with "I [//]") as "H"; [done|].
    iDestruct "H" as (st) "([_ %Hb] & _ & Hs & HL & Hroom & Hclose)".
    iModIntro. iExists st. iSplitR; [done|]. iFrame "Hs".
    iIntros "Hs". iApply ("Hclose" with "Hs HL Hroom").
  Qed.
  Lemma frame_slot_closed_room E γ s pa :
    ↑N ⊆ E →
    frame_slot γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
      s ↦ #slot_unused ∗ ▷ meta_room D s ∗
      (s ↦ #slot_unused -∗ ▷ meta_room D s ={E ∖ ↑N,E}=∗ lease γ 1 0).
  Proof.
    iIntros (HE) "#I L".
    iMod (is_slot_acc with "I L") as "H"; [done|].
    iDestruct "H" as (st) "(%HP & L & Hs & HL & Hroom & Hclose)".
    destruct HP as [->%state_weight_0 _]. iFrame "Hs Hroom".
    iIntros "!> Hs Hroom". by iMod ("Hclose" with "Hs HL Hroom") as "_".
  Qed.
  Lemma frame_slot_closed E γ s pa :
    ↑N ⊆ E →
    frame_slot γ s pa -∗ lease γ 1 0 ={E,E ∖ ↑N}=∗
      s ↦ #slot_unused ∗ (s ↦ #slot_unused ={E ∖ ↑N,E}=∗ lease γ 1 0).
  Proof.
    iIntros (HE) "I L".
    iMod (frame_slot_closed_room with "I L") as "($ & Hroom & Hclose)"; [done|].
    iIntros "!> Hs". iApply ("Hclose" with "Hs Hroom").
  Qed.

  (** ** From unused *)
  Lemma get_from_unused_spec γ s pa i (src : loc) vl (u : bool) q :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None => new_frame γ s u i vl q
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
            meta_own D i vl ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_hocap _ _ _ _ _ _ _ _ _ _ True with "I Hsrc Hvl [//]").
    iIntros "!>" (st) "_ _ HL". destruct st as [| | |n m].
    2: iFrame "HL"; iIntros "!> Hsrc Hvl"; iApply ("HΦ" $! (Some ErrBusy)).
    3: iFrame "HL"; iIntros "!> Hsrc Hvl"; iApply ("HΦ" $! (Some ErrUnique)).
    4: iFrame "HL"; iIntros "!> Hsrc Hvl"; iApply ("HΦ" $! (Some ErrInUse)).
    2-4: iFrame "Hsrc Hvl L"; iPureIntro; naive_solver.
    iMod (lease_update _ _ 0 1 SlotUnused SlotBusy with "HL L") as "[$ L]"; [done|].
    iIntros "!>" (γm) "HL".
    iDestruct (client_lease_eq _ _ (built_state u i vl γm) with "HL") as "$".
    { by destruct u. }
    iIntros "!> Hh Hsrc". iApply ("HΦ" $! None). iFrame "Hsrc".
    iApply (new_frame_intro with "Hh L").
  Qed.

  (** Who has the whole lease and owes nothing gets the frame. *)
  Lemma get_from_unused_full_spec γ s pa i (src : loc) vl (u : bool) :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #0; src ↦∗ vl ∗ new_frame γ s u i vl 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & L) HΦ".
    iApply (get_from_unused_hocap _ _ _ _ _ _ _ _ _ _ True with "I Hsrc Hvl [//]").
    iIntros "!>" (st) "_ _ HL". iDestruct (lease_full with "HL L") as %->%state_weight_0.
    iMod (lease_update _ _ 0 1 SlotUnused SlotBusy with "HL L") as "[$ L]"; [done|].
    iIntros "!>" (γm) "HL".
    iDestruct (client_lease_eq _ _ (built_state u i vl γm) with "HL") as "$".
    { by destruct u. }
    iIntros "!> Hh Hsrc". iApply "HΦ". iFrame "Hsrc". iApply (new_frame_intro with "Hh L").
  Qed.
  Lemma get_from_unused_shared_spec γ s pa i (src : loc) vl (u : bool) m :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrInUse); src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
    iApply (get_from_unused_hocap with "I Hsrc Hvl Hh").
    iIntros "!>" (st) "[%n ->] Hh $ !> Hsrc Hvl". iApply "HΦ". iFrame.
  Qed.
  Lemma get_from_unused_token_spec γ s pa i (src : loc) vl (u : bool) :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique); src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & Htok) HΦ".
    iApply (get_from_unused_hocap with "I Hsrc Hvl Htok").
    iIntros "!>" (st) "-> Htok $ !> Hsrc Hvl". iApply "HΦ". iFrame.
  Qed.
  Lemma get_from_unused_unique_spec γ s pa i (src : loc) vl (u : bool) i' vl' :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique);
        src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
    iApply (get_from_unused_hocap with "I Hsrc Hvl Hh").
    iIntros "!>" (st) "-> Hh $ !> Hsrc Hvl". iApply "HΦ". iFrame.
  Qed.
  (** Who tears a frame down, and a destructor that looks at its own frame. *)
  Lemma get_from_unused_busy_spec γ s pa i (src : loc) vl (u : bool) i' vl' :
    {{{ frame_slot γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ busy_frame D γ s i' vl' }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrBusy);
        src ↦∗ vl ∗ meta_own D i vl ∗ busy_frame D γ s i' vl' }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ".
    iApply (get_from_unused_hocap with "I Hsrc Hvl Hh").
    iIntros "!>" (st) "-> Hh $ !> Hsrc Hvl". iApply "HΦ". iFrame.
  Qed.

  (** ** From in use *)
  Lemma get_from_in_use_at_spec γ s pa Ev P (Ev' : slot_state → iProp Σ) :
    Evidence (slot_state_own D γ s) (client_lease (slot_lease_name γ)) Ev P →
    Pays (⊤ ∖ ↑N) (client_lease (slot_lease_name γ)) from_in_use_state P Ev Ev' →
    {{{ frame_slot γ s pa ∗ Ev }}}
      get_from_in_use [ #s ]
    {{{ st, RET #(status_code (from_in_use_error st)); ⌜P st⌝ ∗ Ev' st ∗
        match st with SlotShared _ m => shared_frame D γ s m | _ => True end }}}.
  Proof.
    iIntros (?? Φ) "[#I E] HΦ". iApply (get_from_in_use_at with "I E").
    iIntros "!>" (st HP) "E H". iApply "HΦ". by iFrame.
  Qed.

  Lemma get_from_in_use_spec γ s pa q :
    {{{ frame_slot γ s pa ∗ lease γ q 0 }}}
      get_from_in_use [ #s ]
    {{{ (e : option frame_error), RET #(status_code e);
        match e with
        | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
        | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "(_ & L & H)".
    iApply "HΦ". destruct st; simpl; eauto 10 with iFrame.
  Qed.
  Lemma get_from_in_use_shared_spec γ s pa q m :
    {{{ frame_slot γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
      get_from_in_use [ #s ]
    {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "([_ [%n ->]] & [L Hh] & H)".
    iApply "HΦ". iFrame.
  Qed.
  Lemma get_from_in_use_token_spec γ s pa :
    {{{ frame_slot γ s pa ∗ unique_token γ }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnique); unique_token γ }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "(-> & E & _)".
    by iApply "HΦ".
  Qed.
  Lemma get_from_in_use_unique_spec γ s pa i vl :
    {{{ frame_slot γ s pa ∗ unique_frame D γ s i vl }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "(-> & E & _)".
    by iApply "HΦ".
  Qed.
  Lemma get_from_in_use_busy_spec γ s pa i vl :
    {{{ frame_slot γ s pa ∗ busy_frame D γ s i vl }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrBusy); busy_frame D γ s i vl }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "(-> & E & _)".
    by iApply "HΦ".
  Qed.
  Lemma get_from_in_use_unused_spec γ s pa :
    {{{ frame_slot γ s pa ∗ lease γ 1 0 }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
  Proof.
    iIntros (Φ) "H HΦ". iApply (get_from_in_use_at_spec with "H"). iIntros "!>" (st) "(%Hst & L & _)".
    apply state_weight_0 in Hst as ->. by iApply "HΦ".
  Qed.
End handles.
