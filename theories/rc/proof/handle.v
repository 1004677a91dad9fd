(** * [rc τ]: the handles

What handles are, in terms of the invariants of [block.v]; their laws; and how a
specification gets at the counts: [rc_open] for strong handles, [ref_open] for any.
The counts come out as memory cells, with the ghost state that goes with them, over
which [block.v] has the moves; [rc_close] and [ref_close] put them back. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own ghost_var na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Export rc_base.
From tally.rc.proof Require Export block.
From tally.prelude Require Import options.

Section handle.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : gname * so_id SO) (l : loc) (a wl : list val).
  Implicit Types (q r : Qp) (k n : positive) (j w : nat) (s W : Z) (E F : coPset).

  Definition rc_ref γ l r (k j : nat) : iProp Σ := is_block SO γ l ∗ reg SO γ r k j.
  Definition is_weak γ l r j : iProp Σ := rc_ref γ l r 0 j.
  Definition is_rc γ i l a r k j : iProp Σ :=
    is_block SO γ l ∗ is_phase SO γ l i a ∗ rc_mine SO γ l i a r k j.
  (** A [UniqueRc] without the content. *)
  Definition unique_rc_at γ l r j : iProp Σ :=
    is_block SO γ l ∗ rc_half SO γ 0 None ∗ reg SO γ r 1 j.
  Definition is_unique_rc γ l wl r j : iProp Σ :=
    unique_rc_at γ l r j ∗ (l +ₗ 2) ↦∗ wl ∗ ty_own τ wl ∗ rc_dealloc τ l.
  (** The share of the last strong handle, with weak ones. *)
  Definition is_last γ l r j : iProp Σ := is_block SO γ l ∗ ended SO γ r j.
  (** What the drop of a strong handle leaves: its share, beside which there may be
  weak handles; and [P], if it was the last. *)
  Definition rc_receipt γ l r j (P : iProp Σ) : iProp Σ :=
    is_weak γ l r j ∨ (is_last γ l r j ∗ P).

  (** ** Laws *)
  Lemma rc_ref_split γ l r r' (k k' j j' : nat) :
    rc_ref γ l (r + r') (k + k') (j + j') ⊣⊢ rc_ref γ l r k j ∗ rc_ref γ l r' k' j'.
  Proof.
    rewrite /rc_ref /reg reg_tok_op. iSplit.
    - iIntros "[#Hb [$ $]]". by iFrame "Hb".
    - iIntros "[[#Hb $] [_ $]]". by iFrame "Hb".
  Qed.
  Lemma rc_ref_valid γ l r (k j : nat) : rc_ref γ l r k j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof. iIntros "[_ H]". iApply (reg_tok_valid with "H"). Qed.
  Lemma rc_ref_exclusive γ l l' r (k k' j j' : nat) :
    rc_ref γ l 1 k j -∗ rc_ref γ l' r k' j' -∗ False.
  Proof. iIntros "[_ H] [_ H']". iApply (reg_tok_exclusive with "H H'"). Qed.

  (** A strong handle, but for its share of the content. *)
  Lemma is_rc_ref γ i l a r k j :
    is_rc γ i l a r k j -∗
    rc_ref γ l r (Pos.to_nat k) j ∗
    (∀ r' j', rc_ref γ l r' (Pos.to_nat k) j' -∗ is_rc γ i l a r' k j').
  Proof.
    rewrite /rc_ref. iIntros "(#Hb & #Hp & Hreg & Htok)".
    iSplitL "Hreg"; [by iFrame "Hb Hreg"|].
    iIntros (r' j') "[_ Hreg]". rewrite /is_rc. by iFrame "Hb Hp Hreg Htok".
  Qed.

  Lemma is_rc_split γ i l a r r' k k' j j' :
    is_rc γ i l a (r + r') (k + k') (j + j') ⊣⊢
    is_rc γ i l a r k j ∗ is_rc γ i l a r' k' j'.
  Proof.
    rewrite /is_rc /rc_mine /reg rc_tok_op Pos2Nat.inj_add reg_tok_op. iSplit.
    - iIntros "(#Hb & #Hp & [$ $] & [$ $])". by iFrame "Hb Hp".
    - iIntros "[(#Hb & #Hp & $ & $) (_ & _ & $ & $)]". by iFrame "Hb Hp".
  Qed.
  Lemma is_rc_split_weak γ i l a r r' k j j' :
    is_rc γ i l a (r + r') k (j + j') ⊣⊢ is_rc γ i l a r k j ∗ is_weak γ l r' j'.
  Proof.
    rewrite /is_weak /rc_ref /is_rc /rc_mine /reg.
    rewrite -{1}(Nat.add_0_r (Pos.to_nat k)) reg_tok_op. iSplit.
    - iIntros "(#Hb & #Hp & [$ $] & $)". by iFrame "Hb Hp".
    - iIntros "[(#Hb & #Hp & $ & $) (_ & $)]". by iFrame "Hb Hp".
  Qed.
  Lemma is_weak_split γ l r r' j j' :
    is_weak γ l (r + r') (j + j') ⊣⊢ is_weak γ l r j ∗ is_weak γ l r' j'.
  Proof. by rewrite /is_weak -(rc_ref_split _ _ _ _ 0 0). Qed.
  Lemma is_last_split γ l r r' j j' :
    is_last γ l (r + r') (j + j') ⊣⊢ is_last γ l r j ∗ is_weak γ l r' j'.
  Proof.
    rewrite /is_last /is_weak /rc_ref /ended reg_last_op. iSplit.
    - iIntros "[#Hb [$ $]]". by iFrame "Hb".
    - iIntros "[[#Hb $] [_ $]]". by iFrame "Hb".
  Qed.
  Lemma is_last_halves γ l r j :
    is_last γ l r j ⊣⊢ is_last γ l (r / 2) 0 ∗ is_weak γ l (r / 2) j.
  Proof. by rewrite -is_last_split Qp.div_2. Qed.
  Lemma is_last_valid γ l r j : is_last γ l r j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof. iIntros "[_ H]". iApply (reg_last_valid with "H"). Qed.
  Lemma is_last_exclusive γ l l' r r' j j' :
    is_last γ l r j -∗ is_last γ l' r' j' -∗ False.
  Proof. iIntros "[_ H] [_ H']". iApply (reg_last_exclusive with "H H'"). Qed.

  (** Receipts of one block are put together. *)
  Lemma rc_receipt_weak γ l r r' j j' P :
    rc_receipt γ l r j P -∗ is_weak γ l r' j' -∗ rc_receipt γ l (r + r') (j + j') P.
  Proof.
    iIntros "[H|[H HP]] H'".
    - iLeft. rewrite is_weak_split. iFrame.
    - iRight. rewrite is_last_split. iFrame.
  Qed.
  Lemma rc_receipt_join γ l r r' j j' P :
    rc_receipt γ l r j P -∗ rc_receipt γ l r' j' P -∗
    rc_receipt γ l (r + r') (j + j') P.
  Proof.
    iIntros "H [H'|[H' HP]]"; [iApply (rc_receipt_weak with "H H'")|].
    iDestruct "H" as "[H|[H _]]"; [|iDestruct (is_last_exclusive with "H H'") as %[]].
    rewrite (Qp.add_comm r) (Nat.add_comm j). iRight. rewrite is_last_split. iFrame.
  Qed.
  Lemma is_rc_valid γ i l a r k j : is_rc γ i l a r k j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof. iIntros "(_ & _ & H & _)". iApply (reg_tok_valid with "H"). Qed.
  Lemma is_rc_exclusive γ i l a i' l' a' r k k' j j' :
    is_rc γ i l a 1 k j -∗ is_rc γ i' l' a' r k' j' -∗ False.
  Proof.
    iIntros "(_ & _ & H & _) (_ & _ & H' & _)". iApply (reg_tok_exclusive with "H H'").
  Qed.
  Lemma is_rc_weak_exclusive γ i l a l' r k j j' :
    is_rc γ i l a 1 k j -∗ is_weak γ l' r j' -∗ False.
  Proof. iIntros "(_ & _ & H & _) [_ H']". iApply (reg_tok_exclusive with "H H'"). Qed.
  Lemma is_rc_acc γ i l a r k j :
    is_rc γ i l a r k j -∗ ∃ q, so_own SO i.2 (l, a) 1 q ∗
    (so_own SO i.2 (l, a) 1 q -∗ is_rc γ i l a r k j).
  Proof.
    iIntros "(Hb & Hp & Hreg & %q & Htok & Hso)". iExists q. iFrame "Hso". iIntros "Hso".
    iFrame "Hb Hp Hreg". iExists q. iFrame.
  Qed.

  (** ** Birth *)
  Lemma names_alloc s q m :
    heap_lease q (S m) ==∗
    ∃ γ, ⌜rc_account γ = (q, m)⌝ ∗ rc_half SO γ s None ∗ rc_half SO γ s None ∗
      regs SO γ 1 0 ∗ reg SO γ 1 1 0.
  Proof.
    iIntros "Hlease".
    iMod (ghost_var_alloc (s, None : option (rc_sharing (so_id SO)))) as (γs) "[Hh Hh']".
    iMod (reg_body_alloc 1 0) as (γr) "[Hregs Hreg]"; [lia|].
    iModIntro. iExists (RcName γs γr (q, m)). iFrame. by auto with lia.
  Qed.

  (** A block laid out as an [Rc] becomes one … *)
  Lemma is_rc_wrap E l a q m :
    heap_lease q (S m) -∗ l ↦ #1 -∗ (l +ₗ 1) ↦ #1 -∗ rc_content R τ (l, a) ={E}=∗
    ∃ γ i, ⌜rc_account γ = (q, m)⌝ ∗ is_rc γ i l a 1 1 0.
  Proof.
    iIntros "Hlease Hl Hw Hc".
    iMod (names_alloc 1 with "Hlease") as (γ) "(%Hγ & Hh & Hh' & Hregs & Hreg)".
    iMod (phase_alloc with "Hc Hh Hh'") as (i) "(Hh & #Hp & Hres & Htok)".
    iMod (na_inv_alloc p _ (rc_countN N l .@ "block") (block_inv SO γ l)
      with "[Hl Hw Hh Hregs Hres]") as "Hb".
    { iNext. iLeft. iExists 1%Z, 1%Z, 1, 0. iFrame "Hl Hw Hregs". iSplitR; [done|].
      iLeft. iExists (Some (i, a)). iFrame "Hh Hp Hres". iPureIntro. naive_solver. }
    iModIntro. iExists γ, i. rewrite /is_rc. by iFrame "Hb Hp Hreg Htok".
  Qed.
  (** The only handle there is becomes the first one of a new name. *)
  Lemma is_rc_rename E γ i l a r q m :
    in_int_range usize 1 →
    is_phase SO γ l i a -∗ l ↦ #1 -∗ (l +ₗ 1) ↦ #1 -∗ rc_ghost SO γ l i a 1 0 -∗
    rc_mine SO γ l i a r 1 0 -∗ heap_lease q m ={E}=∗
    block_inv SO γ l ∗ phase_inv SO γ l i a ∗ ended SO γ r 0 ∗
    ∃ γ', ⌜rc_account γ' = (q, m)⌝ ∗ is_rc γ' i l a 1 1 0.
  Proof.
    iIntros (H1) "#Hp Hl Hw (Hregs & Hh & Hh' & Hsh & Hres) [Hreg Htok] Hlease".
    iMod (regs_free with "Hregs Hreg") as "(Hout & $ & Hfreed)".
    iAssert (heap_lease _ _) with "[Hout Hlease]" as "Hlease".
    { rewrite /lease_out. iApply (heap_lease_split with "[$Hout $Hlease]"). }
    iEval (rewrite /= -Nat.add_succ_r heap_lease_split) in "Hlease".
    iDestruct "Hlease" as "[Hback Hlease]".
    iMod (reg_body_alloc 1 0) as (γr) "[Hbody Hreg]"; [lia|].
    set (γ' := RcName (rc_state_name γ) γr (q, m)).
    iMod (na_inv_alloc p _ (rc_countN N l .@ "block") (block_inv SO γ' l)
      with "[Hl Hw Hh Hbody Hlease Hres]") as "#Hb".
    { iNext. iLeft. iExists 1%Z, 1%Z, 1, 0. iFrame "Hl Hw Hbody Hlease".
      iSplitR; [iPureIntro; auto with lia|]. iLeft. iExists (Some (i, a)).
      iFrame "Hh Hp Hres". iPureIntro. naive_solver. }
    iModIntro. iSplitL "Hfreed Hback"; [iRight; iApply "Hfreed"; by iLeft|].
    iSplitL "Hh' Hsh"; [iLeft; iExists 1%positive; iFrame|].
    iExists γ'. iSplitR; [done|]. iFrame "Hb Hp Hreg Htok".
  Qed.
  (** … or, with the strong count 0, unique. *)
  Lemma unique_rc_alloc E l q m :
    heap_lease q (S m) -∗ l ↦ #0 -∗ (l +ₗ 1) ↦ #1 ={E}=∗
    ∃ γ, ⌜rc_account γ = (q, m)⌝ ∗ unique_rc_at γ l 1 0.
  Proof.
    iIntros "Hlease Hl Hw".
    iMod (names_alloc 0 with "Hlease") as (γ) "(%Hγ & Hh & Hh' & Hregs & Hreg)".
    iMod (na_inv_alloc p _ (rc_countN N l .@ "block") (block_inv SO γ l)
      with "[Hl Hw Hh Hregs]") as "Hb".
    { iNext. iLeft. iExists 0%Z, 1%Z, 1, 0. iFrame "Hl Hw Hregs". iSplitR; [done|].
      iLeft. iExists None. iFrame "Hh". iSplitL; [|done]. iPureIntro. naive_solver. }
    iModIntro. iExists γ. rewrite /unique_rc_at. by iFrame.
  Qed.

  (** ** The counts, opened *)
  Lemma ref_open F γ l r (k j : nat) :
    ↑rc_countN N l ⊆ F → 0 < k + j →
    is_block SO γ l -∗ reg SO γ r k j -∗ na_own p F ={⊤}=∗
    ∃ s W (n w : nat), block_cells l s W ∗ regs SO γ n w ∗ reg SO γ r k j ∗
      ⌜0 < n + w ∧ k ≤ n ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j ∧ 0 < k)⌝ ∗
      ▷ block_state SO γ l s n w W ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ∗
      (▷ block_inv SO γ l ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ={⊤}=∗
        na_own p F).
  Proof.
    iIntros (HF Hkj) "Hb Hreg Hna".
    iMod (na_inv_acc with "Hb Hna") as "(Hin & $ & $)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%s & %W & %n & %w & (>Hcells & >Hregs) & Hst)|>[Hbody _]]".
    - iDestruct (regs_agree with "Hregs Hreg") as %?.
      iModIntro. iExists s, W, n, w. by iFrame.
    - iDestruct (reg_body_tok_agree with "Hbody Hreg") as %?. lia.
  Qed.
  Lemma ref_close γ l s W (n w : nat) :
    block_cells l s W -∗ regs SO γ n w -∗ block_state SO γ l s n w W -∗ block_inv SO γ l.
  Proof. iIntros "???". iLeft. iExists s, W, n, w. iFrame. Qed.

  (** ** All receipts together *)

  (** Who has the whole share and no strong handle has that of the last one. *)
  Lemma is_weak_whole F γ l j :
    ↑rc_countN N l ⊆ F → is_weak γ l 1 j -∗ na_own p F ={⊤}=∗ False.
  Proof.
    iIntros (HF) "[#Hb Hreg] Hna".
    iMod (na_inv_acc with "Hb Hna") as "(Hin & _ & _)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%s & %W & %n & %w & (_ & >Hregs) & _)|>[Hbody _]]".
    - iDestruct (regs_agree with "Hregs Hreg") as %(_ & _ & _ & H).
      destruct (H eq_refl). lia.
    - iDestruct (reg_body_tok_agree with "Hbody Hreg") as %(_ & _ & H).
      destruct (H eq_refl). lia.
  Qed.
  Lemma rc_receipt_whole F γ l j P :
    ↑rc_countN N l ⊆ F →
    rc_receipt γ l 1 j P -∗ na_own p F ={⊤}=∗ is_last γ l 1 j ∗ P ∗ na_own p F.
  Proof.
    iIntros (HF) "[H|[$ $]] Hna"; [|by iFrame].
    iMod (is_weak_whole with "H Hna") as "[]"; done.
  Qed.

  (** While there is a strong handle, the last is not among the receipts. *)
  Lemma rc_receipt_live F γ i l a r r' k j j' P :
    ↑rc_countN N l ⊆ F →
    is_rc γ i l a r k j -∗ rc_receipt γ l r' j' P -∗ na_own p F ={⊤}=∗
    is_rc γ i l a (r + r') k (j + j') ∗ na_own p F.
  Proof.
    iIntros (HF) "Hrc [Hweak|[[_ Hlast] _]] Hna".
    { iFrame "Hna". rewrite is_rc_split_weak. by iFrame. }
    iDestruct "Hrc" as "(#Hb & _ & Hreg & _)".
    iMod (na_inv_acc with "Hb Hna") as "(Hin & _ & _)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%s & %W & %n & %w & (_ & >Hregs) & _)|>[Hbody _]]".
    - iDestruct (regs_agree with "Hregs Hreg") as %?.
      iDestruct (regs_ended_agree with "Hregs Hlast") as %?. lia.
    - iDestruct (reg_body_tok_agree with "Hbody Hreg") as %?. lia.
  Qed.

  (** Without any handle the memory is freed, and the lease is here. *)
  Lemma rc_settle F γ l :
    ↑rc_countN N l ⊆ F →
    is_last γ l 1 0 -∗ na_own p F ={⊤}=∗
    heap_lease (rc_account γ).1 (rc_account γ).2 ∗ na_own p F.
  Proof.
    iIntros (HF) "[#Hb Hlast] Hna".
    iMod (na_inv_acc with "Hb Hna") as "(Hin & Hna & Hclose)"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%s & %W & %n & %w & (_ & >Hregs) & _)|>[Hbody [Hback|Hlast']]]".
    - iDestruct (regs_ended_agree with "Hregs Hlast") as %(_ & Hw & _ & H).
      specialize (H eq_refl). lia.
    - iFrame "Hback". iApply "Hclose". iFrame "Hna". iNext. iRight. iFrame.
    - iDestruct (reg_last_exclusive with "Hlast Hlast'") as %[].
  Qed.

  (** The content is shared, when the strong count is not 0. *)
  Lemma block_state_shared γ l s (n w : nat) W :
    s ≠ 0%Z →
    block_state SO γ l s n w W -∗
    ∃ i a (n' : positive), ⌜s = Z.pos n' ∧ n = Pos.to_nat n' ∧ W = (Z.of_nat w + 1)%Z⌝ ∗
      rc_half SO γ s (Some (i, a)) ∗ is_phase SO γ l i a ∗ rc_tok SO l i a 1.
  Proof.
    iIntros (Hs) "[(%x & [Hh [%HW %Hn]] & Hx)|((% & _) & _)]"; [|done].
    destruct x as [[i a]|]; simpl; [|by iDestruct "Hx" as %?].
    iDestruct "Hx" as "(% & #Hp & Hres)". destruct Hn as [_ [[? _]|Hn]]; [done|].
    iExists i, a, (Z.to_pos s). rewrite Z2Pos.id //. iFrame "Hh Hp Hres".
    iPureIntro. split_and!; [done|lia|done].
  Qed.

  (** The namespaces that are open with the counts. *)
  Definition rc_opened F l : coPset :=
    F ∖ ↑(rc_countN N l .@ "block") ∖ ↑(rc_countN N l .@ "phase").

  Lemma rc_open F γ i l a r k j :
    ↑rc_countN N l ⊆ F →
    is_rc γ i l a r k j -∗ na_own p F ={⊤}=∗
    ∃ n w, block_cells l (Z.pos n) (Z.of_nat w + 1) ∗ ▷ rc_ghost SO γ l i a n w ∗
      rc_mine SO γ l i a r k j ∗ is_block SO γ l ∗ is_phase SO γ l i a ∗
      ⌜(k ≤ n)%positive ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝ ∗
      na_own p (rc_opened F l) ∗
      (▷ block_inv SO γ l ∗ ▷ phase_inv SO γ l i a ∗ na_own p (rc_opened F l) ={⊤}=∗
        na_own p F).
  Proof.
    iIntros (HF) "(#Hb & #Hp & Hreg & %q & Htok & HP) Hna".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "(Hcells & Hregs & Hreg & % & Hst & Hna & Hclose)"; [done|lia|].
    iMod (na_inv_acc with "Hp Hna") as "(Hin & Hna & Hclose')"; [done|solve_ndisj|].
    iDestruct "Hin" as "[(%n' & >Hh & Hsh)|>Hdead]"; last first.
    { iDestruct (count_dead_tok_false with "Hdead Htok") as %[]. }
    iDestruct "Hst" as "[(%x & (>Hh' & >%Hst) & Hx)|(>% & _)]"; [|lia].
    iDestruct (rc_half_agree with "Hh Hh'") as %[<- <-]. iDestruct "Hx" as "(_ & _ & Hres)".
    destruct Hst as [-> [_ [[? _]|Hn]]]; [done|].
    assert (n = Pos.to_nat n') as -> by lia.
    iModIntro. iExists n', w. iFrame "Hcells Hb Hp Hreg Hh Hh' Hregs Hsh Hres".
    iSplitL "Htok HP"; [iExists q; iFrame|]. iSplitR.
    { iPureIntro. split_and!; [lia..|]. intros Hr. split; [|naive_solver].
      apply Pos2Nat.inj. naive_solver. }
    iFrame "Hna". iIntros "(Hbi & Hpi & Hna)".
    iMod ("Hclose'" with "[$Hpi $Hna]") as "Hna". iApply "Hclose". iFrame.
  Qed.
  Lemma rc_close γ i l a n w :
    is_phase SO γ l i a -∗ block_cells l (Z.pos n) (Z.of_nat w + 1) -∗
    rc_ghost SO γ l i a n w -∗ block_inv SO γ l ∗ phase_inv SO γ l i a.
  Proof.
    iIntros "Hp Hcells (Hregs & Hh & Hh' & Hsh & Hres)". iSplitR "Hh' Hsh".
    - iLeft. iExists _, _, _, w. iFrame "Hcells Hregs". iLeft. iExists _.
      iFrame "Hh Hp Hres". iSplitL; [|done]. iPureIntro. split_and!; [done|lia|right; lia].
    - iLeft. iExists n. iFrame.
  Qed.


  (** ** From the strong side to the unique one *)
  Lemma unique_open F γ l r j :
    ↑rc_countN N l ⊆ F →
    unique_rc_at γ l r j -∗ na_own p F ={⊤}=∗
    ∃ w, block_cells l 0 (Z.of_nat w + 1) ∗ regs SO γ 1 w ∗
      rc_half SO γ 0 None ∗ rc_half SO γ 0 None ∗ reg SO γ r 1 j ∗ is_block SO γ l ∗
      ⌜j ≤ w ∧ (r = 1%Qp → w = j)⌝ ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ∗
      (▷ block_inv SO γ l ∗ na_own p (F ∖ ↑(rc_countN N l .@ "block")) ={⊤}=∗
        na_own p F).
  Proof.
    iIntros (HF) "(#Hb & Hh & Hreg) Hna".
    iMod (ref_open with "Hb Hreg Hna")
      as (s W n w) "(Hcells & Hregs & Hreg & % & Hst & $ & $)"; [done|lia|].
    iDestruct "Hst" as "[(%x & (>Hh' & >%Hst) & _)|(>% & _)]"; [|lia].
    iDestruct (rc_half_agree with "Hh Hh'") as %[<- <-]. destruct Hst as [-> Hn].
    assert (n = 1) as -> by lia.
    iModIntro. iExists w. iFrame. iFrame "Hb". iPureIntro. naive_solver.
  Qed.
  Lemma unique_close γ l w :
    block_cells l 0 (Z.of_nat w + 1) -∗ regs SO γ 1 w -∗ rc_half SO γ 0 None -∗
    block_inv SO γ l.
  Proof.
    iIntros "Hcells Hregs Hh". iLeft. iExists _, _, _, w. iFrame "Hcells Hregs".
    iLeft. iExists None. iFrame "Hh". iSplitL; [|done]. iPureIntro. naive_solver.
  Qed.

  (** The last [Rc], with the strong count at 1. *)
  Lemma rc_end_sharing γ i l a w r j :
    rc_ghost SO γ l i a 1 w -∗ rc_mine SO γ l i a r 1 j ==∗
    phase_inv SO γ l i a ∗ so_own SO i.2 (l, a) 1 1 ∗ regs SO γ 1 w ∗ reg SO γ r 1 j ∗
    rc_half SO γ 0 None ∗ rc_half SO γ 0 None.
  Proof.
    iIntros "($ & Hh & Hh' & Hsh) [$ Htok]".
    iMod (rc_ghost_end _ _ _ _ _ 0 with "Hh Hh' Hsh Htok") as "(Hd & $ & $ & $)".
    iModIntro. by iRight.
  Qed.

  (** All handles are in one hand: the block is no more an [Rc]. *)
  Lemma is_rc_unwrap F γ i l a :
    ↑N ⊆ F →
    is_rc γ i l a 1 1 0 -∗ na_own p F ={⊤}=∗
    ▷ (|={⊤}=> heap_lease (rc_account γ).1 (S (rc_account γ).2) ∗
      l ↦ #1 ∗ (l +ₗ 1) ↦ #1 ∗ so_own SO i.2 (l, a) 1 1 ∗ na_own p F).
  Proof.
    iIntros (HF) "Hrc Hna".
    iMod (rc_open with "Hrc Hna")
      as (n w) "(Hcells & Hg & Hm & _ & _ & (_ & _ & %Hn) & Hna & Hclose)".
    { rewrite /rc_countN. solve_ndisj. }
    destruct (Hn eq_refl) as [-> ->]. iDestruct "Hcells" as "(_ & Hl & Hw)".
    iIntros "!> !>".
    iMod (rc_end_sharing with "Hg Hm") as "(Hp & $ & Hregs & Hreg & Hh & Hh')".
    iFrame "Hl Hw". iMod (regs_free with "Hregs Hreg") as "($ & Hlast & Hfreed)".
    iApply "Hclose". iFrame "Hna Hp". iNext. iRight. iApply "Hfreed". by iRight.
  Qed.
End handle.
