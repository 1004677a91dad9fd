(** * [rc τ]: the invariants of a block

Two non-atomic invariants stand behind the handles of a block at [ℓ].

- [block_inv], for as long as there are handles of any kind. The two count cells are
  in it, the register of all handles ([handle_register.v]), and the lease of the memory
  with the block on it:
  - _in use_: the strong side is there, as [Rc]s or as one [UniqueRc]. Then the weak
    cell is one more than there are [Weak]s;
  - _over_: the strong side is gone. The weak cell is the number of the [Weak]s, and
    the memory of the block is here, for the last of them to free;
  - _freed_: there are no handles of this name, and no memory, or it has another name
    now. The lease is here, without the block; or it has been taken out, and the whole
    share of the register is here instead.
- [phase_inv], for as long as one sharing of the content lasts. That is the count
  protocol ([count_protocol.v]), with the shares of the content as the payload. It
  counts one more than there are [Rc]s: the _reserve_, a token with some share which
  stays in [block_inv]. An upgrade takes a share of the content from there, and that
  it is there tells who finds a sharing in [block_inv] that it is not over.

The two are tied by [rc_half], whose halves agree on the strong count and on the
present sharing. One is in [block_inv], the other where the strong side is: in
[phase_inv], or with the [UniqueRc]. That is why a token of some sharing proves that it
is the present one. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own ghost_var na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Export rc_base.
From tally.prelude Require Import options.

Section block.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k : positive) (j w : nat) (s W : Z) (E F : coPset).
  Implicit Types (x : option (rc_sharing (so_id SO))).

  Definition rc_half γ s x : iProp Σ := ghost_var (rc_state_name γ) (1 / 2) (s, x).
  Definition reg γ r (k j : nat) : iProp Σ := reg_tok (rc_register_name γ) r k j.
  Definition ended γ r (j : nat) : iProp Σ := reg_last (rc_register_name γ) r j.

  (** The lease, with and without the block on it. *)
  Definition lease_out γ : iProp Σ := heap_lease (rc_account γ).1 (S (rc_account γ).2).
  Definition lease_back γ : iProp Σ := heap_lease (rc_account γ).1 (rc_account γ).2.
  (** The register of a block that is there. *)
  Definition regs γ (n w : nat) : iProp Σ :=
    ⌜0 < n + w⌝ ∗ reg_body (rc_register_name γ) n w ∗ lease_out γ.

  Definition rc_payload l i a q : iProp Σ := so_own SO i.2 (l, a) 1 q.
  Definition rc_tok l i a k : iProp Σ := ∃ q, count_tok i.1 q k ∗ rc_payload l i a q.
  (** What is shared, when there are [n] strong handles: the reserve is counted too. *)
  Definition rc_shares l i a (n : positive) : iProp Σ :=
    count_body i.1 (rc_payload l i a) (n + 1).

  Definition phase_inv γ l i a : iProp Σ :=
    (∃ n : positive, rc_half γ (Z.pos n) (Some (i, a)) ∗ rc_shares l i a n) ∨
    count_dead i.1.
  Definition is_phase γ l i a : iProp Σ :=
    na_inv p (rc_countN N l .@ "phase") (phase_inv γ l i a).

  Definition block_memory l : iProp Σ :=
    ∃ vl, ⌜length vl = ty_size τ⌝ ∗ (l +ₗ 2) ↦∗ vl ∗ rc_dealloc τ l.

  (** What the strong side does: it shares, or it is unique. *)
  Definition strong_state γ l s x : iProp Σ :=
    match x with
    | Some (i, a) => ⌜(0 < s)%Z⌝ ∗ is_phase γ l i a ∗ rc_tok l i a 1
    | None => ⌜s = 0%Z⌝
    end.
  Definition block_state γ l s (n w : nat) W : iProp Σ :=
    (∃ x, (rc_half γ s x ∗
      ⌜W = (Z.of_nat w + 1)%Z ∧ 0 < n ∧ (s = 0%Z ∧ n = 1 ∨ s = Z.of_nat n)⌝) ∗
      strong_state γ l s x) ∨
    (⌜s = 0%Z ∧ n = 0%nat ∧ W = Z.of_nat w⌝ ∗ block_memory l).
  Definition block_cells l s W : iProp Σ :=
    ⌜in_int_range usize s ∧ in_int_range usize W⌝ ∗ l ↦ #s ∗ (l +ₗ 1) ↦ #W.
  Definition block_freed γ : iProp Σ :=
    reg_body (rc_register_name γ) 0 0 ∗ (lease_back γ ∨ ended γ 1 0).
  Definition block_inv γ l : iProp Σ :=
    (∃ s W n w, (block_cells l s W ∗ regs γ n w) ∗ block_state γ l s n w W) ∨
    block_freed γ.
  Definition is_block γ l : iProp Σ :=
    na_inv p (rc_countN N l .@ "block") (block_inv γ l).

  Global Instance rc_payload_fractional l i a : Fractional (rc_payload l i a).
  Proof. intros q q'. apply so_join. Qed.
  Global Instance rc_half_timeless γ s x : Timeless (rc_half γ s x).
  Proof. apply _. Qed.
  Global Instance reg_timeless γ r (k j : nat) : Timeless (reg γ r k j).
  Proof. apply _. Qed.
  Global Instance ended_timeless γ r (j : nat) : Timeless (ended γ r j).
  Proof. apply _. Qed.
  Global Instance regs_timeless γ (n w : nat) : Timeless (regs γ n w).
  Proof. apply _. Qed.
  Global Instance block_freed_timeless γ : Timeless (block_freed γ).
  Proof. apply _. Qed.
  Global Instance block_memory_timeless l : Timeless (block_memory l).
  Proof. apply _. Qed.
  Global Instance block_cells_timeless l s W : Timeless (block_cells l s W).
  Proof. apply _. Qed.
  Global Instance is_phase_persistent γ l i a : Persistent (is_phase γ l i a).
  Proof. apply _. Qed.
  Global Instance is_block_persistent γ l : Persistent (is_block γ l).
  Proof. apply _. Qed.

  (** ** Halves *)
  Lemma rc_half_agree γ s s' x x' :
    rc_half γ s x -∗ rc_half γ s' x' -∗ ⌜s = s' ∧ x = x'⌝.
  Proof.
    iIntros "H H'". by iDestruct (ghost_var_agree with "H H'") as %[= -> ->].
  Qed.
  Lemma rc_half_update γ s s' x x' s1 x1 :
    rc_half γ s x -∗ rc_half γ s' x' ==∗ rc_half γ s1 x1 ∗ rc_half γ s1 x1.
  Proof. apply ghost_var_update_halves. Qed.

  (** ** The register, and the lease with it *)
  Lemma regs_agree γ (n w : nat) r (k j : nat) :
    regs γ n w -∗ reg γ r k j -∗
    ⌜0 < n + w ∧ k ≤ n ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j ∧ 0 < k)⌝.
  Proof.
    iIntros "(% & Hb & _) Htok". iDestruct (reg_body_tok_agree with "Hb Htok") as %?.
    by iPureIntro.
  Qed.
  Lemma regs_ended_agree γ (n w : nat) r (j : nat) :
    regs γ n w -∗ ended γ r j -∗ ⌜n = 0 ∧ 0 < w ∧ j ≤ w ∧ (r = 1%Qp → w = j)⌝.
  Proof.
    iIntros "(% & Hb & _) Htok". iDestruct (reg_body_last_agree with "Hb Htok") as %?.
    iPureIntro. naive_solver lia.
  Qed.
  Lemma regs_recount γ (n n' w w' : nat) r (k k' j j' : nat) :
    (n = 0 ↔ n' = 0) → 0 < n' + w' → n' + k = n + k' → w' + j = w + j' →
    regs γ n w -∗ reg γ r k j ==∗ regs γ n' w' ∗ reg γ r k' j'.
  Proof.
    iIntros (????) "(_ & Hb & $) Htok".
    by iMod (reg_body_recount with "Hb Htok") as "[$ $]".
  Qed.
  (** The strong side goes, weak handles stay. *)
  Lemma regs_end γ (n w : nat) r (j : nat) :
    0 < n → 0 < w → regs γ n w -∗ reg γ r n j ==∗ regs γ 0 w ∗ ended γ r j.
  Proof.
    iIntros (??) "(_ & Hb & $) Htok". by iMod (reg_body_end with "Hb Htok") as "[$ $]".
  Qed.
  (** The last handle of all goes: what it owes comes out. *)
  Lemma regs_free γ (n : nat) r :
    regs γ n 0 -∗ reg γ r n 0 ==∗
    lease_out γ ∗ ended γ r 0 ∗ (lease_back γ ∨ ended γ 1 0 -∗ block_freed γ).
  Proof.
    iIntros "(% & Hb & $) Htok". iMod (reg_body_end with "Hb Htok") as "[Hb $]"; [lia|].
    iModIntro. iIntros "H". iFrame.
  Qed.
  Lemma regs_free_weak γ r :
    regs γ 0 1 -∗ reg γ r 0 1 ==∗
    lease_out γ ∗ reg γ r 0 0 ∗ (lease_back γ ∨ ended γ 1 0 -∗ block_freed γ).
  Proof.
    iIntros "(_ & Hb & $) Htok".
    iMod (reg_body_recount _ _ 0 _ 0 _ _ 0 _ 0 with "Hb Htok") as "[Hb $]"; [done..|].
    iModIntro. iIntros "H". iFrame.
  Qed.

  (** ** What is counted, all of it *)

  (** Both invariants without the cells, while there are [n] strong handles. *)
  Definition rc_ghost γ l i a (n : positive) w : iProp Σ :=
    regs γ (Pos.to_nat n) w ∗
    rc_half γ (Z.pos n) (Some (i, a)) ∗ rc_half γ (Z.pos n) (Some (i, a)) ∗
    rc_shares l i a n ∗ rc_tok l i a 1.

  (** Handles: [k] strong ones and [j] weak ones. *)
  Definition rc_mine γ l i a r k j : iProp Σ :=
    reg γ r (Pos.to_nat k) j ∗ rc_tok l i a k.

  Lemma rc_ghost_agree γ l i a n w r (k j : nat) :
    rc_ghost γ l i a n w -∗ reg γ r k j -∗
    ⌜k ≤ Pos.to_nat n ∧ j ≤ w ∧ (r = 1%Qp → Pos.to_nat n = k ∧ w = j)⌝.
  Proof.
    iIntros "(Hreg & _) Htok". iDestruct (regs_agree with "Hreg Htok") as %?.
    iPureIntro. naive_solver.
  Qed.

  Lemma rc_tok_op l i a k k' : rc_tok l i a (k + k') ⊣⊢ rc_tok l i a k ∗ rc_tok l i a k'.
  Proof.
    iSplit.
    - iIntros "(%q & Htok & HP)". rewrite -(Qp.div_2 q) count_tok_op (fractional (q / 2)).
      iDestruct "Htok" as "[H1 H2]". iDestruct "HP" as "[P1 P2]".
      iSplitL "H1 P1"; iExists (q / 2)%Qp; iFrame.
    - iIntros "[(%q & H1 & P1) (%q' & H2 & P2)]". iExists (q + q')%Qp.
      rewrite count_tok_op (fractional q q'). iFrame.
  Qed.

  Lemma rc_ghost_clone γ l i a n w r k j :
    rc_ghost γ l i a n w -∗ rc_mine γ l i a r k j ==∗
    rc_ghost γ l i a (n + 1) w ∗ rc_mine γ l i a r (k + 1) j.
  Proof.
    iIntros "(Hregs & Hh & Hh' & Hb & Hres) [Hreg (%q & Htok & HP)]".
    iMod (regs_recount _ _ (Pos.to_nat (n + 1)) _ w _ _ (Pos.to_nat (k + 1)) _ j
      with "Hregs Hreg") as "[$ $]"; [lia..|].
    iMod (rc_half_update _ _ _ _ _ (Z.pos (n + 1)) (Some (i, a)) with "Hh Hh'")
      as "[$ $]".
    iMod (count_body_clone with "Hb Htok") as "[$ Htok]". iModIntro. iFrame "Hres".
    iExists q. iFrame.
  Qed.

  Lemma rc_ghost_upgrade γ l i a n w r (k j : nat) :
    rc_ghost γ l i a n w -∗ reg γ r k j ==∗
    rc_ghost γ l i a (n + 1) w ∗ reg γ r (k + 1) j ∗ rc_tok l i a 1.
  Proof.
    iIntros "(Hregs & Hh & Hh' & Hb & Hres) Hreg".
    iMod (regs_recount _ _ (Pos.to_nat (n + 1)) _ w _ _ (k + 1) _ j
      with "Hregs Hreg") as "[$ $]"; [lia..|].
    iMod (rc_half_update _ _ _ _ _ (Z.pos (n + 1)) (Some (i, a)) with "Hh Hh'")
      as "[$ $]".
    iDestruct "Hres" as (q) "[Htok HP]".
    iMod (count_body_clone with "Hb Htok") as "[$ Htok]".
    iApply rc_tok_op. iModIntro. iExists q. iFrame.
  Qed.

  (** One of several handles of one owner goes … *)
  Lemma rc_ghost_drop_keep γ l i a n w r k j :
    rc_ghost γ l i a n w -∗ rc_mine γ l i a r (k + 1) j ==∗
    ∃ n', ⌜n = (n' + 1)%positive⌝ ∗ rc_ghost γ l i a n' w ∗ rc_mine γ l i a r k j.
  Proof.
    iIntros "Hg [Hreg (%q & Htok & HP)]".
    iDestruct (rc_ghost_agree with "Hg Hreg") as %(? & _).
    iDestruct "Hg" as "(Hregs & Hh & Hh' & Hb & Hres)".
    assert (∃ n', n = (n' + 1)%positive) as [n' ->] by (exists (Pos.pred n); lia).
    iExists n'.
    iMod (regs_recount _ _ (Pos.to_nat n') _ w _ _ (Pos.to_nat k) _ j
      with "Hregs Hreg") as "[$ $]"; [lia..|].
    iMod (rc_half_update _ _ _ _ _ (Z.pos n') (Some (i, a)) with "Hh Hh'") as "[$ $]".
    iMod (count_body_drop_keep with "Hb Htok") as (n1 Hn1) "[Hb Htok]".
    assert (n1 = n' + 1)%positive as -> by lia. iModIntro. iSplitR; [done|].
    iFrame "Hb Hres". iExists q. iFrame.
  Qed.
  (** … the only one of an owner, but not of all … *)
  Lemma rc_ghost_drop γ l i a n w r j :
    n ≠ 1%positive →
    rc_ghost γ l i a n w -∗ rc_mine γ l i a r 1 j ==∗
    ∃ n', ⌜n = (n' + 1)%positive⌝ ∗ rc_ghost γ l i a n' w ∗ reg γ r 0 j.
  Proof.
    iIntros (?) "(Hregs & Hh & Hh' & Hb & Hres) [Hreg (%q & Htok & HP)]".
    assert (∃ n', n = (n' + 1)%positive) as [n' ->] by (exists (Pos.pred n); lia).
    iExists n'.
    iMod (regs_recount _ _ (Pos.to_nat n') _ w _ _ 0 _ j with "Hregs Hreg")
      as "[$ $]"; [lia..|].
    iMod (rc_half_update _ _ _ _ _ (Z.pos n') (Some (i, a)) with "Hh Hh'") as "[$ $]".
    iMod (count_body_drop with "Hb Htok HP") as (n1 Hn1) "Hb"; [lia|].
    assert (n1 = n' + 1)%positive as -> by lia. iModIntro. by iFrame.
  Qed.
  (** … and the last: the sharing is over, the content comes out. The halves are set
  to what the caller wants. *)
  Lemma rc_ghost_end γ l i a s k :
    rc_half γ (Z.pos k) (Some (i, a)) -∗ rc_half γ (Z.pos k) (Some (i, a)) -∗
    rc_shares l i a k ∗ rc_tok l i a 1 -∗ rc_tok l i a k ==∗
    count_dead i.1 ∗ rc_payload l i a 1 ∗
    rc_half γ s None ∗ rc_half γ s None.
  Proof.
    iIntros "Hh Hh' (Hb & %q & Htok & HP) (%q' & Htok' & HP')".
    iMod (rc_half_update _ _ _ _ _ s None with "Hh Hh'") as "[$ $]".
    iApply (count_body_last (rc_payload l i a) i.1 (k + 1) (q' + q)
      with "Hb [Htok Htok'] [HP HP']").
    - rewrite count_tok_op. iFrame.
    - rewrite (fractional q' q). iFrame.
  Qed.

  (** ** A sharing begins *)
  Lemma phase_alloc γ l a s x E :
    rc_content R τ (l, a) -∗ rc_half γ s x -∗ rc_half γ s x ={E}=∗
    ∃ i, rc_half γ 1 (Some (i, a)) ∗ is_phase γ l i a ∗ rc_tok l i a 1 ∗ rc_tok l i a 1.
  Proof.
    iIntros "Hc Hh Hh'". iMod (so_P1_alloc SO with "Hc") as (i) "Hso".
    iMod count_dead_alloc as (γs) "Hdead".
    iMod (count_dead_revive _ (rc_payload l (γs, i) a) 2 with "Hdead") as "[Hb Htok]".
    iMod (rc_half_update _ _ _ _ _ 1 (Some ((γs, i), a)) with "Hh Hh'") as "[Hh Hh']".
    iAssert (rc_tok l (γs, i) a (1 + 1)) with "[Hso Htok]" as "Htok".
    { iExists 1%Qp. iFrame. }
    rewrite rc_tok_op.
    iMod (na_inv_alloc p _ (rc_countN N l .@ "phase") (phase_inv γ l (γs, i) a)
      with "[Hb Hh]") as "Hinv".
    { iNext. iLeft. iExists 1%positive. iFrame. }
    iModIntro. iExists (γs, i). iFrame.
  Qed.
End block.
