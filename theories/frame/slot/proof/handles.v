(** * Page frames: leases

Iris is affine: whoever has a handle may lose it. To speak of leaks nevertheless, the
client state of a slot is the number of drops that are owed ([state_weight]), and the
right to change it, the lease, is cut into fractions. [lease γ q k] is the fraction [q] of
the lease, with [k] drops owed on it. A handle is taken on a fraction that owes nothing,
which owes one drop from then on; only the drop pays it back. To lose a handle is to lose
a fraction of the lease for ever. With the whole of it and nothing owed, the slot is
unused ([frame_slot_closed]).

The same arithmetic is evidence: the whole lease says how many handles there are. *)
From iris.algebra Require Import numbers.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word rc_count slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import weighs slot_specs.
From tally.prelude Require Import options.

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
  Global Instance pays_lease `{!invGS Σ} E γ next P q k (k' : slot_state → nat) :
    Weighs next P k k' →
    Pays E (client_lease (slot_lease_name γ)) next P
      (lease γ q k) (λ st, lease γ q (k' st)).
  Proof. iIntros (Hk st HP) "L H". iApply (lease_update with "H L"). by apply Hk. Qed.
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
End handles.
