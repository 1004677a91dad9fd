(** * A register of handles of two kinds

Who holds how many handles, of which there are two kinds: strong and weak ones of an
[Rc], say. A ghost name [γ] stands for the register.

- [reg_tok γ r k j]: "[k] strong and [j] weak handles, with the share [r] of the
  register"; [k] and [j] are not both 0;
- [reg_body γ n w]: "there are [n] strong and [w] weak handles in all".

Every handle has some share, and what a handle had goes back to the body with it. So
who has the whole share has all the handles ([reg_body_tok_agree]); and who finds
that the numbers of his handles are the totals gets the whole share
([reg_body_reclaim]). A handle of one kind can make one of the other
([reg_body_recount]), which is how a strong handle makes a weak one, and the other
way about.

What a handle is worth is not the business of the register. The content of an [Rc] is
shared by the strong handles alone, with a token of [count_protocol.v] beside this one.

Key results: [reg_tok_op], [reg_body_tok_agree], [reg_body_recount],
[reg_body_return], [reg_body_reclaim], [reg_body_alloc], [reg_body_issue]. *)
From iris.algebra Require Import auth frac.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.algebra Require Import handles.
From tally.prelude Require Import options.

Class registerG Σ := RegisterG { register_inG : inG Σ (authR handlesUR) }.
Local Existing Instance register_inG.

Definition registerΣ : gFunctors := #[GFunctor (authR handlesUR)].
Global Instance subG_registerΣ {Σ} : subG registerΣ Σ → registerG Σ.
Proof. solve_inG. Qed.

(** ** Definitions *)
Local Definition reg_tok_def `{!registerG Σ} (γ : gname) (r : Qp) (k j : nat) : iProp Σ :=
  ⌜0 < k + j⌝ ∗ own γ (◯ handles r k j).
Local Definition reg_tok_aux : seal (@reg_tok_def). Proof. by eexists. Qed.
Definition reg_tok := reg_tok_aux.(unseal).
Local Definition reg_tok_unseal : @reg_tok = @reg_tok_def := reg_tok_aux.(seal_eq).
Global Arguments reg_tok {Σ _} γ r k j.

Local Definition reg_body_def `{!registerG Σ} (γ : gname) (n w : nat) : iProp Σ :=
  (⌜n = 0 ∧ w = 0⌝ ∗ own γ (● (None : handlesUR))) ∨
  (∃ q, ⌜0 < n + w⌝ ∗ own γ (● handles q n w)).
Local Definition reg_body_aux : seal (@reg_body_def). Proof. by eexists. Qed.
Definition reg_body := reg_body_aux.(unseal).
Local Definition reg_body_unseal : @reg_body = @reg_body_def := reg_body_aux.(seal_eq).
Global Arguments reg_body {Σ _} γ n w.

Local Ltac unseal :=
  rewrite ?reg_tok_unseal /reg_tok_def ?reg_body_unseal /reg_body_def.

Section register.
  Context `{!registerG Σ}.
  Implicit Types (γ : gname) (r : Qp) (k j n w : nat).

  Global Instance reg_tok_timeless γ r k j : Timeless (reg_tok γ r k j).
  Proof. unseal. apply _. Qed.
  Global Instance reg_body_timeless γ n w : Timeless (reg_body γ n w).
  Proof. unseal. apply _. Qed.

  (** ** Tokens *)
  Lemma reg_tok_pos γ r k j : reg_tok γ r k j -∗ ⌜0 < k + j⌝.
  Proof. unseal. by iIntros "[% _]". Qed.

  Lemma reg_tok_op γ r r' k k' j j' :
    0 < k + j → 0 < k' + j' →
    reg_tok γ (r + r') (k + k') (j + j') ⊣⊢ reg_tok γ r k j ∗ reg_tok γ r' k' j'.
  Proof.
    intros ??. unseal. rewrite handles_op // auth_frag_op own_op. iSplit.
    - by iIntros "[% [$ $]]".
    - iIntros "[[% $] [% $]]". iPureIntro. lia.
  Qed.

  Lemma reg_tok_valid γ r k j : reg_tok γ r k j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "[_ H]".
    by iDestruct (own_valid with "H") as %?%auth_frag_valid%handles_valid.
  Qed.
  Lemma reg_tok_valid_2 γ r r' k k' j j' :
    reg_tok γ r k j -∗ reg_tok γ r' k' j' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
  Proof.
    iIntros "H H'". iDestruct (reg_tok_pos with "H") as %?.
    iDestruct (reg_tok_pos with "H'") as %?.
    iApply (reg_tok_valid γ _ (k + k') (j + j')). rewrite reg_tok_op //. iFrame.
  Qed.
  Lemma reg_tok_exclusive γ r k k' j j' :
    reg_tok γ 1 k j -∗ reg_tok γ r k' j' -∗ False.
  Proof.
    iIntros "H H'". iDestruct (reg_tok_valid_2 with "H H'") as %[]%Qp.not_add_le_l.
  Qed.

  (** ** Agreement *)
  Local Lemma reg_body_tok γ n w r k j :
    reg_body γ n w -∗ reg_tok γ r k j -∗
    ∃ q, ⌜0 < n + w ∧ 0 < k + j ∧ (q ≤ 1)%Qp ∧ handles r k j ≼ handles q n w⌝ ∗
      own γ (● handles q n w) ∗ own γ (◯ handles r k j).
  Proof.
    unseal. iIntros "Hb [%Hkj H◯]". iDestruct "Hb" as "[[_ H●]|(%q & %Hnw & H●)]".
    - iDestruct (own_valid_2 with "H● H◯") as %[Hincl _]%auth_both_valid_discrete.
      apply option_included in Hincl. rewrite /handles in Hincl. naive_solver.
    - iDestruct (own_valid_2 with "H● H◯")
        as %[Hincl Hq%handles_valid]%auth_both_valid_discrete.
      iExists q. by iFrame.
  Qed.

  Lemma reg_body_tok_agree γ n w r k j :
    reg_body γ n w -∗ reg_tok γ r k j -∗
    ⌜k ≤ n ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j)⌝.
  Proof.
    iIntros "Hb Htok".
    iDestruct (reg_body_tok with "Hb Htok") as (q (? & ? & Hq & Hincl)) "_". iPureIntro.
    apply handles_included in Hincl as [(-> & -> & ->)|(r' & k' & j' & ? & -> & -> & ->)];
      [lia| |done..].
    split_and!; [lia..|]. intros ->. by apply Qp.not_add_le_l in Hq.
  Qed.

  Lemma reg_body_exclusive γ n w n' w' : reg_body γ n w -∗ reg_body γ n' w' -∗ False.
  Proof.
    unseal. iIntros "[[_ H]|(% & _ & H)] [[_ H']|(% & _ & H')]";
      by iDestruct (own_valid_2 with "H H'") as %?%auth_auth_op_valid.
  Qed.

  (** ** Birth *)
  Lemma reg_body_empty : ⊢ |==> ∃ γ, reg_body γ 0 0.
  Proof.
    iMod (own_alloc (● (None : handlesUR))) as (γ) "H"; [by apply auth_auth_valid|].
    iModIntro. iExists γ. unseal. iLeft. by iFrame.
  Qed.
  Lemma reg_body_issue γ k j :
    0 < k + j → reg_body γ 0 0 ==∗ reg_body γ k j ∗ reg_tok γ 1 k j.
  Proof.
    unseal. iIntros (?) "[[_ H]|(% & % & _)]"; [|lia].
    iMod (own_update with "H") as "[H● H◯]".
    { apply auth_update_alloc, (handles_issue k j). }
    iModIntro. iFrame "H◯". iSplitL; [|done]. iRight. iExists 1%Qp. by iFrame.
  Qed.
  Lemma reg_body_alloc k j :
    0 < k + j → ⊢ |==> ∃ γ, reg_body γ k j ∗ reg_tok γ 1 k j.
  Proof.
    iIntros (?). iMod reg_body_empty as (γ) "H". iExists γ. by iApply reg_body_issue.
  Qed.

  (** ** Handles come and go *)

  (** The number of the handles changes, the share does not. *)
  Lemma reg_body_recount γ n n' w w' r k k' j j' :
    0 < k' + j' → n' + k = n + k' → w' + j = w + j' →
    reg_body γ n w -∗ reg_tok γ r k j ==∗ reg_body γ n' w' ∗ reg_tok γ r k' j'.
  Proof.
    iIntros (???) "Hb Htok". iDestruct (reg_body_tok_agree with "Hb Htok") as %(? & ? & _).
    iDestruct (reg_body_tok with "Hb Htok") as (q (? & ? & _ & _)) "[H● H◯]".
    iMod (own_update_2 with "H● H◯") as "[H● H◯]".
    { apply auth_update, (handles_recount _ _ _ k' _ j' _ n' _ w'); lia. }
    iModIntro. unseal. iFrame "H◯". iSplitL; [|done]. iRight. iExists q. iFrame.
    iPureIntro. lia.
  Qed.

  (** All the handles of a token go, the share with them. *)
  Lemma reg_body_return γ n w r k j :
    reg_body γ n w -∗ reg_tok γ r k j ==∗
    ∃ n' w', ⌜n = (k + n')%nat ∧ w = (j + w')%nat⌝ ∗ reg_body γ n' w'.
  Proof.
    iIntros "Hb Htok".
    iDestruct (reg_body_tok with "Hb Htok") as (q (? & ? & Hq & Hincl)) "[H● H◯]".
    apply handles_included in Hincl as [(-> & -> & ->)|(r' & k' & j' & ? & -> & -> & ->)];
      [| |done..].
    - iMod (own_update_2 with "H● H◯") as "H".
      { apply auth_update_dealloc, handles_return_all. }
      iModIntro. iExists 0, 0. iSplitR; [iPureIntro; lia|]. unseal. iLeft. by iFrame.
    - iMod (own_update_2 with "H● H◯") as "H".
      { by apply auth_update_dealloc, handles_return. }
      iModIntro. iExists k', j'. iSplitR; [done|]. unseal. iRight. iExists r'. by iFrame.
  Qed.

  (** Who has all the handles gets what others have left. *)
  Lemma reg_body_reclaim γ r k j :
    reg_body γ k j -∗ reg_tok γ r k j ==∗ reg_body γ k j ∗ reg_tok γ 1 k j.
  Proof.
    iIntros "Hb Htok". iDestruct (reg_tok_pos with "Htok") as %?.
    iMod (reg_body_return with "Hb Htok") as (n' w' [??]) "Hb".
    assert (n' = 0 ∧ w' = 0) as [-> ->] by lia. by iApply reg_body_issue.
  Qed.

  (** One handle goes. The token of the others, if there are any, keeps the share. *)
  Lemma reg_body_drop γ n n' w w' r k k' j j' :
    n = n' + (k - k') → w = w' + (j - j') → k' ≤ k → j' ≤ j →
    reg_body γ n w -∗ reg_tok γ r k j ==∗
    reg_body γ n' w' ∗ (⌜k' = 0 ∧ j' = 0⌝ ∨ reg_tok γ r k' j').
  Proof.
    iIntros (????) "Hb Htok". destruct (decide (k' + j' = 0)%nat).
    - iMod (reg_body_return with "Hb Htok") as (n1 w1 [??]) "Hb".
      replace n1 with n' by lia. replace w1 with w' by lia. iModIntro. iFrame. iLeft. iPureIntro. lia.
    - iMod (reg_body_recount _ _ n' _ w' _ _ k' _ j' with "Hb Htok") as "[$ $]"; [lia..|].
      done.
  Qed.
End register.

Global Typeclasses Opaque reg_tok reg_body.
