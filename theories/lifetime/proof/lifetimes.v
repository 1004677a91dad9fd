(** * Lifetimes, their tokens, and inclusion: the model

An _atomic_ lifetime is a ghost name, whose state is either "alive, and cut into parts" or
"over", for ever. A lifetime is a finite multiset of atomic ones: all of them must be
alive, and it is over when one is. [κ ⊓ κ'] is the sum, [static] is empty.

Inclusion is what a client can do with it: get a token of the longer lifetime for one of
the shorter, and know that the shorter is over when the longer is. Both may open
invariants of [lft_userN] only: the invariants of borrows are in another part of [lftN]
and may be open meanwhile. *)
From iris.algebra Require Import csum excl frac agree gmultiset.
From iris.bi Require Import fractional big_op.
From iris.base_logic.lib Require Import own invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.

Definition lftN : namespace := nroot .@ "lft".
Definition lft_userN : namespace := lftN .@ "user".
Lemma lft_userN_lftN : ↑lft_userN ⊆ (↑lftN : coPset).
Proof. apply nclose_subseteq. Qed.

Definition lft : Type := gmultiset gname.
Global Instance lft_eq_dec : EqDecision lft := _.
Global Instance lft_countable : Countable lft := _.
Definition static : lft := ∅.
Global Instance lft_intersect : Meet lft := λ κ κ' : gmultiset gname, κ ⊎ κ'.

(** The state of a borrow ([borrow.v]): its content is in it, it is open against the part
[q] of a token, or its content is lent until the end of [κ]. *)
Inductive bor_state := BorIn | BorOpen (q : Qp) | BorLent (κ : lft).

(** A definition, not a class, is what the interface can be matched with. *)
Record lft_ghostG (Σ : gFunctors) : Set := LftGhostG {
  ghost_tokG : inG Σ (csumR fracR (agreeR unitO));
  ghost_stateG : ghost_varG Σ bor_state;
  ghost_onceG : inG Σ (exclR unitO);
  ghost_shareG : inG Σ fracR;
}.
Definition lftG : gFunctors → Set := lft_ghostG.
Existing Class lftG.
Global Instance lft_tokG `{H : !lftG Σ} : inG Σ (csumR fracR (agreeR unitO)) :=
  ghost_tokG Σ H.
Global Instance lft_stateG `{H : !lftG Σ} : ghost_varG Σ bor_state := ghost_stateG Σ H.
Global Instance lft_onceG `{H : !lftG Σ} : inG Σ (exclR unitO) := ghost_onceG Σ H.
Global Instance lft_shareG `{H : !lftG Σ} : inG Σ fracR := ghost_shareG Σ H.
Definition lftΣ : gFunctors :=
  #[GFunctor (csumR fracR (agreeR unitO)); ghost_varΣ bor_state;
    GFunctor (exclR unitO); GFunctor fracR].
Global Instance subG_lftΣ {Σ} : subG lftΣ Σ → lftG Σ.
Proof. rewrite /lftG. solve_inG. Qed.

Definition lft_tok `{!lftG Σ} (q : Qp) (κ : lft) : iProp Σ :=
  [∗ mset] Λ ∈ κ, own Λ (Cinl q : csumR fracR (agreeR unitO)).
Definition lft_dead `{!lftG Σ} (κ : lft) : iProp Σ :=
  ∃ Λ, ⌜Λ ∈ κ⌝ ∗ own Λ (Cinr (to_agree ()) : csumR fracR (agreeR unitO)).

Notation "q .[ κ ]" := (lft_tok q κ) (at level 1, format "q .[ κ ]") : bi_scope.
Notation "[† κ ]" := (lft_dead κ) (format "[† κ ]") : bi_scope.

Definition lft_incl `{!invGS Σ, !lftG Σ} (κ κ' : lft) : iProp Σ :=
  □ ((∀ q, q.[κ] ={↑lft_userN}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={↑lft_userN}=∗ q.[κ])) ∗
     ([†κ'] ={↑lft_userN}=∗ [†κ])).
Notation "κ ⊑ κ'" := (lft_incl κ κ') (at level 70) : bi_scope.

(** ** Lifetimes as a monoid *)
Global Instance lft_intersect_assoc : Assoc (=@{lft}) (⊓).
Proof. apply (gmultiset_disj_union_assoc (A:=gname)). Qed.
Global Instance lft_intersect_comm : Comm (=@{lft}) (⊓).
Proof. apply (gmultiset_disj_union_comm (A:=gname)). Qed.
Global Instance lft_intersect_left_id : LeftId (=@{lft}) static (⊓).
Proof. apply (gmultiset_disj_union_left_id (A:=gname)). Qed.
Global Instance lft_intersect_right_id : RightId (=@{lft}) static (⊓).
Proof. apply (gmultiset_disj_union_right_id (A:=gname)). Qed.

(** ** Life and death *)
Section tokens.
  Context `{!lftG Σ}.
  Implicit Types (κ : lft) (q : Qp).

  Global Instance lft_tok_timeless q κ : Timeless (q.[κ]).
  Proof. apply _. Qed.
  Global Instance lft_tok_fractional κ : Fractional (λ q, q.[κ])%I.
  Proof.
    rewrite /lft_tok. apply fractional_big_sepMS=> Λ q q'. by rewrite -own_op -Cinl_op.
  Qed.
  Global Instance lft_tok_as_fractional κ q : AsFractional (q.[κ]) (λ q, q.[κ])%I q.
  Proof. split; [done|apply _]. Qed.
  Global Instance lft_dead_timeless κ : Timeless ([†κ]).
  Proof. apply _. Qed.
  Global Instance lft_dead_persistent κ : Persistent ([†κ]).
  Proof. apply _. Qed.

  Lemma lft_create : ⊢ |==> ∃ κ, 1.[κ] ∗ □ (1.[κ] ==∗ [†κ]).
  Proof.
    iMod (own_alloc (Cinl 1%Qp : csumR fracR (agreeR unitO))) as (Λ) "H"; [done|].
    iModIntro. iExists {[+ Λ +]}. rewrite /lft_tok big_sepMS_singleton. iFrame "H".
    iIntros "!> H". iExists Λ. iSplitR; [iPureIntro; set_solver|].
    iApply (own_update with "H"). by apply cmra_update_exclusive.
  Qed.
  Lemma lft_tok_dead q κ : q.[κ] -∗ [†κ] -∗ False.
  Proof.
    iIntros "H (%Λ & %HΛ & Hdead)".
    iDestruct (big_sepMS_elem_of _ _ Λ with "H") as "H"; [done|].
    iDestruct (own_valid_2 with "H Hdead") as %[].
  Qed.
  Lemma lft_tok_static q : ⊢ q.[static].
  Proof. by rewrite /lft_tok /static big_sepMS_empty. Qed.
  Lemma lft_dead_static : [†static] -∗ False.
  Proof. iIntros "(%Λ & %HΛ & _)". rewrite /static in HΛ. set_solver. Qed.
  Lemma lft_tok_sep q κ κ' : q.[κ ⊓ κ'] ⊣⊢ q.[κ] ∗ q.[κ'].
  Proof. apply big_sepMS_disj_union. Qed.
  Lemma lft_dead_or κ κ' : [†κ ⊓ κ'] ⊣⊢ [†κ] ∨ [†κ'].
  Proof.
    rewrite /lft_dead. iSplit.
    - iIntros "(%Λ & %HΛ & H)". rewrite /meet /lft_intersect in HΛ.
      assert (Λ ∈ κ ∨ Λ ∈ κ') as [?|?] by multiset_solver; [iLeft|iRight];
        iExists Λ; by iFrame "H".
    - iIntros "[(%Λ & %HΛ & H)|(%Λ & %HΛ & H)]"; iExists Λ; iFrame "H"; iPureIntro;
        rewrite /meet /lft_intersect; multiset_solver.
  Qed.
  Lemma lft_tok_valid q κ : q.[κ] -∗ ⌜(q ≤ 1)%Qp ∨ κ = static⌝.
  Proof.
    iIntros "H". destruct (gmultiset_choose_or_empty κ) as [[Λ HΛ]|]; [|by iRight].
    iLeft. iDestruct (big_sepMS_elem_of _ _ Λ with "H") as "H"; [done|].
    by iDestruct (own_valid with "H") as %Hq.
  Qed.
  Lemma lft_intersect_acc κ κ' q q' :
    q.[κ] -∗ q'.[κ'] -∗ ∃ q'', q''.[κ ⊓ κ'] ∗ (q''.[κ ⊓ κ'] -∗ q.[κ] ∗ q'.[κ']).
  Proof.
    iIntros "H H'". destruct (Qp.lower_bound q q') as (q'' & r & r' & -> & ->).
    iDestruct "H" as "[H Hr]". iDestruct "H'" as "[H' Hr']". iExists q''.
    rewrite lft_tok_sep. iFrame "H H'". iIntros "[H H']".
    iSplitL "H Hr"; [by iSplitL "H"|by iSplitL "H'"].
  Qed.
End tokens.
Global Typeclasses Opaque lft_tok lft_dead.

(** ** Inclusion *)
Section incl.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp).

  Global Instance lft_incl_persistent κ κ' : Persistent (κ ⊑ κ').
  Proof. apply _. Qed.

  Lemma lft_incl_intro κ κ' :
    □ ((∀ q, q.[κ] ={↑lft_userN}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={↑lft_userN}=∗ q.[κ])) ∗
       ([†κ'] ={↑lft_userN}=∗ [†κ])) -∗
    κ ⊑ κ'.
  Proof. iIntros "$". Qed.
  (** The two halves, with the small mask that the model needs. *)
  Lemma lft_incl_acc_user E κ κ' q : ↑lft_userN ⊆ E →
    κ ⊑ κ' -∗ q.[κ] ={E}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={E}=∗ q.[κ]).
  Proof.
    iIntros (?) "#[Hacc _] H".
    iMod (fupd_mask_mono with "(Hacc H)") as (q') "[H Hclose]"; [done|]. iModIntro.
    iExists q'. iFrame "H". iIntros "H". by iMod (fupd_mask_mono with "(Hclose H)") as "$".
  Qed.
  Lemma lft_incl_dead_user E κ κ' : ↑lft_userN ⊆ E → κ ⊑ κ' -∗ [†κ'] ={E}=∗ [†κ].
  Proof. iIntros (?) "#[_ Hdead] H". by iMod (fupd_mask_mono with "(Hdead H)") as "$". Qed.

  Lemma lft_incl_acc E κ κ' q : ↑lftN ⊆ E →
    κ ⊑ κ' -∗ q.[κ] ={E}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={E}=∗ q.[κ]).
  Proof. intros ?. apply lft_incl_acc_user. by pose proof lft_userN_lftN; set_solver. Qed.
  Lemma lft_incl_dead E κ κ' : ↑lftN ⊆ E → κ ⊑ κ' -∗ [†κ'] ={E}=∗ [†κ].
  Proof. intros ?. apply lft_incl_dead_user. by pose proof lft_userN_lftN; set_solver. Qed.

  Lemma lft_incl_refl κ : ⊢ κ ⊑ κ.
  Proof.
    iIntros "!>". iSplitL; [|by iIntros "$"].
    iIntros (q) "H !>". iExists q. iFrame "H". by iIntros "$".
  Qed.
  Lemma lft_incl_trans κ κ' κ'' : κ ⊑ κ' -∗ κ' ⊑ κ'' -∗ κ ⊑ κ''.
  Proof.
    iIntros "#H #H' !>". iSplitL.
    - iIntros (q) "Hq". iMod (lft_incl_acc_user with "H Hq") as (q') "[Hq Hclose]"; [done|].
      iMod (lft_incl_acc_user with "H' Hq") as (q'') "[Hq Hclose']"; [done|].
      iModIntro. iExists q''. iFrame "Hq". iIntros "Hq".
      iMod ("Hclose'" with "Hq") as "Hq". by iApply "Hclose".
    - iIntros "Hdead". iMod (lft_incl_dead_user with "H' Hdead") as "Hdead"; [done|].
      by iApply (lft_incl_dead_user with "H Hdead").
  Qed.
  Lemma lft_incl_static κ : ⊢ κ ⊑ static.
  Proof.
    iIntros "!>". iSplitL.
    - iIntros (q) "Hq !>". iExists 1%Qp. iSplitR; [iApply lft_tok_static|]. by iIntros "_".
    - iIntros "Hdead". iDestruct (lft_dead_static with "Hdead") as %[].
  Qed.
  Lemma lft_intersect_incl_l κ κ' : ⊢ κ ⊓ κ' ⊑ κ.
  Proof.
    iIntros "!>". iSplitL.
    - iIntros (q) "H". iDestruct (lft_tok_sep with "H") as "[H H']". iModIntro.
      iExists q. iFrame "H". iIntros "H !>". iApply lft_tok_sep. by iFrame "H H'".
    - iIntros "Hdead !>". iApply lft_dead_or. by iLeft.
  Qed.
  Lemma lft_intersect_incl_r κ κ' : ⊢ κ ⊓ κ' ⊑ κ'.
  Proof.
    assert (κ ⊓ κ' = κ' ⊓ κ) as -> by apply lft_intersect_comm.
    apply lft_intersect_incl_l.
  Qed.
  Lemma lft_incl_glb κ κ' κ'' : κ ⊑ κ' -∗ κ ⊑ κ'' -∗ κ ⊑ κ' ⊓ κ''.
  Proof.
    iIntros "#H #H' !>". iSplitL.
    - iIntros (q) "[Hq Hq']".
      iMod (lft_incl_acc_user with "H Hq") as (q1) "[Hq Hclose]"; [done|].
      iMod (lft_incl_acc_user with "H' Hq'") as (q2) "[Hq' Hclose']"; [done|].
      iDestruct (lft_intersect_acc with "Hq Hq'") as (q3) "[Hq Hback]".
      iModIntro. iExists q3. iFrame "Hq". iIntros "Hq".
      iDestruct ("Hback" with "Hq") as "[Hq Hq']".
      iMod ("Hclose" with "Hq") as "Hq". iMod ("Hclose'" with "Hq'") as "Hq'".
      iModIntro. iSplitL "Hq"; iFrame.
    - iIntros "Hdead". iDestruct (lft_dead_or with "Hdead") as "[Hdead|Hdead]".
      + by iApply (lft_incl_dead_user with "H Hdead").
      + by iApply (lft_incl_dead_user with "H' Hdead").
  Qed.
End incl.
Global Typeclasses Opaque lft_incl.
