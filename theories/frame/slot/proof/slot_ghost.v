(** * Page frames: the ghost state of a slot

A slot's metadata is a resource of the count protocol ([count_protocol.v]): it is idle,
exclusive to whoever builds or tears down or has the unique handle, or shared.

[slot_own γ γr s st] is what the slot's invariant holds in state [st] apart from the
word: the body of the protocol, and

- unused: the metadata cells, with whatever is in them;
- shared: the tokens of threads that carried the count past its maximum and will abort.

Key results: [unique_tok_agree], [busy_tok_agree], [share_tok_agree] (which state a
token proves), [slot_own_bound] (the word is never a sentinel by accident), and the
transitions [slot_claim_update], [slot_share_update], [slot_clone_update],
[slot_drop_update], [slot_last_update], [slot_free_update]. *)
From iris.algebra Require Import frac.
From iris.base_logic.lib Require Import own invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_code frame_meta.
From tally.prelude Require Import options.

(** ** Pending increments *)
Section pending_incs.
  Context `{!frameG Σ}.
  Implicit Types (γr : gname) (k : positive).

  (** [k] of the [pending_max] tokens there are. *)
  Definition pending_incs γr k : iProp Σ :=
    own γr (pos_to_Qp k / pos_to_Qp pending_max)%Qp.

  Global Instance pending_incs_timeless γr k : Timeless (pending_incs γr k).
  Proof. apply _. Qed.
  Lemma pending_incs_split γr k1 k2 : pending_incs γr (k1 + k2) ⊣⊢ pending_incs γr k1 ∗ pending_incs γr k2.
  Proof. rewrite /pending_incs -own_op frac_op -Qp.div_add_distr pos_to_Qp_add //. Qed.
  Lemma pending_incs_bound γr k : pending_incs γr k -∗ ⌜(k ≤ pending_max)%positive⌝.
  Proof.
    iIntros "H". iDestruct (own_valid with "H") as %Hv%frac_valid. iPureIntro.
    apply pos_to_Qp_inj_le.
    apply (Qp.mul_le_mono_r _ _ (pos_to_Qp pending_max)) in Hv.
    by rewrite Qp.mul_div_l Qp.mul_1_l in Hv.
  Qed.
  Lemma pending_incs_alloc : ⊢ |==> ∃ γr, pending_incs γr pending_max.
  Proof. iApply own_alloc. by rewrite Qp.div_diag. Qed.

  (** The tokens in the invariant: any number of them, also none. *)
  Definition pending_incs_pool γr (r : nat) : iProp Σ :=
    match r with O => True | S r => pending_incs γr (Pos.of_succ_nat r) end.
  Global Instance pending_incs_pool_timeless γr r : Timeless (pending_incs_pool γr r).
  Proof. destruct r; apply _. Qed.
  Lemma pending_incs_pool_bound γr r : pending_incs_pool γr r -∗ ⌜(r ≤ Z.pos pending_max)%Z⌝.
  Proof.
    destruct r as [|r]; simpl; [by iIntros "_ !%"|].
    iIntros "H". iDestruct (pending_incs_bound with "H") as %?. iPureIntro. lia.
  Qed.
  Lemma pending_incs_pool_add γr r : pending_incs_pool γr r -∗ pending_incs γr 1 -∗ pending_incs_pool γr (S r).
  Proof.
    destruct r as [|r]; simpl; [by iIntros "_ H"|].
    rewrite -Pos.add_1_r pending_incs_split. iIntros "$ $".
  Qed.
End pending_incs.
Global Typeclasses Opaque pending_incs pending_incs_pool.

Section ghost.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ).
  Implicit Types (γ γr : gname) (s : loc) (m : meta) (q : Qp) (n : positive).
  Implicit Types (i : nat) (vl : list val) (st : slot_state).

  (** ** Metadata *)
  Definition meta_part s q m : iProp Σ :=
    (s +ₗ slot_vtable) ↦{q} #(meta_vtable m) ∗
    ∃ τ, ⌜dict_types D !! meta_vtable m = Some τ⌝ ∗
      mt_shr τ (s +ₗ slot_storage) (meta_vals m) (meta_name m) q.

  Lemma meta_part_split s q1 q2 m :
    meta_part s (q1 + q2) m ⊣⊢ meta_part s q1 m ∗ meta_part s q2 m.
  Proof.
    rewrite /meta_part heap_pointsto_fractional. iSplit.
    - iIntros "[[$ $] (%τ & %Hτ & H)]".
      rewrite (mt_shr_fractional τ). iDestruct "H" as "[H1 H2]".
      iSplitL "H1"; iExists τ; by iFrame.
    - iIntros "[[$ (%τ & %Hτ & H1)] [$ (%τ' & %Hτ' & H2)]]". simplify_eq.
      iExists τ. iSplitR; [done|]. rewrite (mt_shr_fractional τ). iFrame.
  Qed.
  Lemma meta_share s i vl :
    meta_whole D s i vl ={⊤}=∗ ∃ γm, meta_part s 1 (Meta i vl γm).
  Proof.
    iIntros "($ & Hl & %τ & %Hτ & Hvl)".
    iMod (mt_share τ with "Hl Hvl") as (γm) "H". iModIntro. iExists γm, τ. by iFrame.
  Qed.
  Lemma meta_unshare s m :
    meta_part s 1 m ={⊤}=∗
    ▷ ∃ vl, ⌜meta_change D m vl⌝ ∗ meta_whole D s (meta_vtable m) vl.
  Proof.
    iIntros "(Ht & %τ & %Hτ & H)". iMod (mt_unshare τ with "H") as "H".
    iIntros "!> !>". iDestruct "H" as (vl) "(%Hvl & Hl & Hown)".
    iExists vl. iFrame "Ht Hl". iSplitR; [by iPureIntro; exists τ|]. iExists τ. by iFrame.
  Qed.

  Local Instance meta_part_fractional s m : Fractional (λ q, meta_part s q m).
  Proof. intros q q'. apply meta_part_split. Qed.

  (** ** Tokens and handles *)
  Definition share_of st : share_state bool meta :=
    match st with
    | SlotUnused => Idle
    | SlotBusy => Exclusive false
    | SlotUnique => Exclusive true
    | SlotShared n m => Shared n m
    end.
  Local Instance share_of_inj : Inj (=) (=) share_of.
  Proof. intros [| | |n m] [| | |n' m']; simpl; congruence. Qed.

  Local Notation "'payload' s" := (λ m q, meta_part s q m) (at level 10, s at level 9).
  Definition busy_tok γ : iProp Σ := count_excl (A:=meta) γ false.
  Definition unique_tok γ : iProp Σ := count_excl (A:=meta) γ true.
  Definition share_tok γ q m : iProp Σ := count_tok (T:=bool) γ q 1 m.

  Definition unique_handle γ s i vl : iProp Σ := unique_tok γ ∗ meta_whole D s i vl.
  Definition shared_handle γ s m : iProp Σ := count_share (T:=bool) γ (payload s) m 1.

  (** The count is not far beyond its maximum. *)
  Definition slot_pending γr st : iProp Σ :=
    match st with
    | SlotShared n _ => ∃ r, pending_incs_pool γr r ∗ ⌜(Z.pos n ≤ slot_max + r)%Z⌝
    | _ => True
    end.
  Definition slot_own γ γr s st : iProp Σ :=
    count_body γ (payload s) (share_of st) ∗ state_room D s st ∗ slot_pending γr st.

  Lemma slot_own_alloc γr s : meta_room D s ==∗ ∃ γ, slot_own γ γr s SlotUnused.
  Proof.
    iIntros "H". iMod (count_body_alloc (payload s)) as (γ) "Hb". iExists γ. by iFrame.
  Qed.

  (** ** Which state a token proves *)
  Local Lemma excl_agree γ γr s st b st' :
    Exclusive b = share_of st' →
    slot_own γ γr s st -∗ count_excl (A:=meta) γ b -∗ ⌜st = st'⌝.
  Proof.
    iIntros (Hb) "[H _] T". iDestruct (count_body_excl_agree with "H T") as %Hst.
    iPureIntro. apply (inj share_of). by rewrite Hst.
  Qed.
  Lemma unique_tok_agree γ γr s st :
    slot_own γ γr s st -∗ unique_tok γ -∗ ⌜st = SlotUnique⌝.
  Proof. by apply excl_agree. Qed.
  Lemma busy_tok_agree γ γr s st :
    slot_own γ γr s st -∗ busy_tok γ -∗ ⌜st = SlotBusy⌝.
  Proof. by apply excl_agree. Qed.
  Lemma share_tok_agree γ γr s st q m :
    slot_own γ γr s st -∗ share_tok γ q m -∗ ⌜∃ n, st = SlotShared n m⌝.
  Proof.
    iIntros "[H _] T". iDestruct (count_body_tok_agree with "H T") as %(n & Hst & _).
    iPureIntro. exists n. by apply (inj share_of).
  Qed.
  Lemma share_tok_agree_2 γ q m q' m' :
    share_tok γ q m -∗ share_tok γ q' m' -∗ ⌜m = m'⌝.
  Proof. apply count_tok_agree. Qed.
  Lemma shared_handle_agree γ γr s st m :
    slot_own γ γr s st -∗ shared_handle γ s m -∗ ⌜∃ n, st = SlotShared n m⌝.
  Proof. iIntros "H (%q & T & _)". iApply (share_tok_agree with "H T"). Qed.

  Lemma slot_own_bound γ γr s st : slot_own γ γr s st -∗ ⌜state_bounded st⌝.
  Proof.
    destruct st as [| | |n m]; simpl; try by iIntros "_".
    iIntros "(_ & _ & %r & Hr & %Hn)". iDestruct (pending_incs_pool_bound with "Hr") as %Hr.
    iPureIntro. unfold slot_max, slot_unique, pending_max in *. lia.
  Qed.

  (** Several handles are as many shares. *)
  Lemma share_tok_combine γ γr s st q1 q2 m1 m2 :
    slot_own γ γr s st -∗ share_tok γ q1 m1 -∗ share_tok γ q2 m2 -∗
    ⌜m1 = m2 ∧ ∃ n, st = SlotShared n m1 ∧ (1 < n)%positive⌝.
  Proof.
    iIntros "[H _] T1 T2". iDestruct (share_tok_agree_2 with "T1 T2") as %<-.
    iDestruct (count_body_tok_agree _ _ _ (q1 + q2) (1 + 1) with "H [T1 T2]")
      as %(n & Hst & Hn); [rewrite count_tok_op; iFrame|].
    iPureIntro. split; [done|]. exists n. split; [by apply (inj share_of)|lia].
  Qed.

  (** ** Transitions *)
  Lemma slot_publish_update γ γr s :
    slot_own γ γr s SlotBusy -∗ busy_tok γ ==∗ slot_own γ γr s SlotUnique ∗ unique_tok γ.
  Proof. iIntros "[H $] T". iApply (count_body_retag with "H T"). Qed.
  Lemma slot_release_update γ γr s :
    slot_own γ γr s SlotUnique -∗ unique_tok γ ==∗ slot_own γ γr s SlotBusy ∗ busy_tok γ.
  Proof. iIntros "[H $] T". iApply (count_body_retag with "H T"). Qed.
  Lemma slot_claim_update γ γr s :
    slot_own γ γr s SlotUnused ==∗ slot_own γ γr s SlotBusy ∗ busy_tok γ ∗ meta_room D s.
  Proof.
    iIntros "(H & $ & $)". by iMod (count_body_claim with "H") as "[$ $]".
  Qed.
  Lemma slot_free_update γ γr s :
    slot_own γ γr s SlotBusy -∗ busy_tok γ -∗ meta_room D s ==∗ slot_own γ γr s SlotUnused.
  Proof. iIntros "[H _] T $". by iMod (count_body_free with "H T") as "$". Qed.

  Local Lemma pending_none γr m : ⊢ slot_pending γr (SlotShared 1 m).
  Proof. iExists O. rewrite /pending_incs_pool /slot_max. iPureIntro. split; [done|lia]. Qed.
  Lemma slot_share_update γ γr s m :
    slot_own γ γr s SlotUnique -∗ unique_tok γ -∗ meta_part s 1 m ==∗
    slot_own γ γr s (SlotShared 1 m) ∗ shared_handle γ s m.
  Proof.
    iIntros "[H _] T C". iMod (count_body_share (payload s) with "H T C") as "[$ $]".
    iModIntro. iSplit; [done|]. iApply pending_none.
  Qed.
  Lemma slot_publish_shared_update γ γr s m :
    slot_own γ γr s SlotBusy -∗ busy_tok γ -∗ meta_part s 1 m ==∗
    slot_own γ γr s (SlotShared 1 m) ∗ shared_handle γ s m.
  Proof.
    iIntros "[H _] T C". iMod (count_body_share (payload s) with "H T C") as "[$ $]".
    iModIntro. iSplit; [done|]. iApply pending_none.
  Qed.

  (** One share more. At the maximum it costs a token. *)
  Lemma slot_clone_update γ γr s n m :
    slot_own γ γr s (SlotShared n m) -∗
    (⌜(Z.pos n < slot_max)%Z⌝ ∨ pending_incs γr 1) ==∗
    slot_own γ γr s (SlotShared (n + 1) m) ∗ shared_handle γ s m.
  Proof.
    iIntros "(H & _ & %r & R & %Hn) Hmax".
    iMod (count_body_issue (payload s) _ _ 1 with "H") as "[$ $]". iModIntro.
    iSplit; [done|]. iDestruct "Hmax" as "[%Hmax|Hr]".
    - iExists r. iFrame "R". iPureIntro. lia.
    - iExists (S r). iSplitL; [|iPureIntro; lia]. iApply (pending_incs_pool_add with "R Hr").
  Qed.
  Lemma slot_last_update γ γr s m :
    slot_own γ γr s (SlotShared 1 m) -∗ shared_handle γ s m ==∗
    slot_own γ γr s SlotBusy ∗ busy_tok γ ∗ meta_part s 1 m.
  Proof.
    iIntros "[H _] T".
    by iMod (count_body_last_claim (payload s) _ _ _ false with "H T") as "($ & $ & $)".
  Qed.
  Lemma slot_drop_update γ γr s n m :
    (1 < n)%positive →
    slot_own γ γr s (SlotShared n m) -∗ shared_handle γ s m ==∗
    slot_own γ γr s (SlotShared (n - 1) m).
  Proof.
    iIntros (Hn) "(H & $ & %r & R & %) T".
    iMod (count_body_drop (payload s) with "H T") as (n' ->) "H"; [lia|].
    rewrite Pos.add_sub. iFrame "H". iModIntro. iExists r. iFrame "R". iPureIntro. lia.
  Qed.
End ghost.
