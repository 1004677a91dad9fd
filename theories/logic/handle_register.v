(** * A register of handles of two kinds

Who holds how many handles, of which there are two kinds: strong and weak ones of an
[Rc], say. A ghost name [γ] stands for the register.

- [reg_tok γ r k j]: "[k] strong and [j] weak handles, with the share [r] of the
  register". The numbers may be 0: then it is a _receipt_, the share of handles that are
  gone;
- [reg_last γ r j]: the same with [k = 0], of whom the last strong handle was;
- [reg_body γ n w]: "there are [n] strong and [w] weak handles in all".

Handles come and go, shares stay with those who had them. So who has the whole share
has all the handles ([reg_body_tok_agree]), always.

There is a [reg_last] if and only if there is no strong handle. So a [reg_tok] with the
whole share has a strong handle: who has collected all receipts has [reg_last] among
them, and what came with it.

A handle of one kind can make one of the other ([reg_body_recount]), which is how a
strong handle makes a weak one, and the other way about.

What a handle is worth is not the business of the register. The content of an [Rc] is
shared by the strong handles alone, with a token of [count_protocol.v] beside this one.

Key results: [reg_tok_op], [reg_last_op], [reg_body_tok_agree], [reg_body_last_agree],
[reg_body_alloc], [reg_body_recount], [reg_body_end]. *)
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
  own γ (◯ handles r k j false).
Local Definition reg_tok_aux : seal (@reg_tok_def). Proof. by eexists. Qed.
Definition reg_tok := reg_tok_aux.(unseal).
Local Definition reg_tok_unseal : @reg_tok = @reg_tok_def := reg_tok_aux.(seal_eq).
Global Arguments reg_tok {Σ _} γ r k j.

Local Definition reg_last_def `{!registerG Σ} (γ : gname) (r : Qp) (j : nat) : iProp Σ :=
  own γ (◯ handles r 0 j true).
Local Definition reg_last_aux : seal (@reg_last_def). Proof. by eexists. Qed.
Definition reg_last := reg_last_aux.(unseal).
Local Definition reg_last_unseal : @reg_last = @reg_last_def := reg_last_aux.(seal_eq).
Global Arguments reg_last {Σ _} γ r j.

Local Definition reg_body_def `{!registerG Σ} (γ : gname) (n w : nat) : iProp Σ :=
  own γ (● handles 1 n w (bool_decide (n = 0))).
Local Definition reg_body_aux : seal (@reg_body_def). Proof. by eexists. Qed.
Definition reg_body := reg_body_aux.(unseal).
Local Definition reg_body_unseal : @reg_body = @reg_body_def := reg_body_aux.(seal_eq).
Global Arguments reg_body {Σ _} γ n w.

Local Ltac unseal :=
  rewrite ?reg_tok_unseal /reg_tok_def ?reg_last_unseal /reg_last_def
    ?reg_body_unseal /reg_body_def.

Section register.
  Context `{!registerG Σ}.
  Implicit Types (γ : gname) (r : Qp) (k j n w : nat).

  Global Instance reg_tok_timeless γ r k j : Timeless (reg_tok γ r k j).
  Proof. unseal. apply _. Qed.
  Global Instance reg_last_timeless γ r j : Timeless (reg_last γ r j).
  Proof. unseal. apply _. Qed.
  Global Instance reg_body_timeless γ n w : Timeless (reg_body γ n w).
  Proof. unseal. apply _. Qed.

  (** ** Tokens *)
  Lemma reg_tok_op γ r r' k k' j j' :
    reg_tok γ (r + r') (k + k') (j + j') ⊣⊢ reg_tok γ r k j ∗ reg_tok γ r' k' j'.
  Proof. unseal. by rewrite handles_op auth_frag_op own_op. Qed.
  Lemma reg_last_op γ r r' j j' :
    reg_last γ (r + r') (j + j') ⊣⊢ reg_last γ r j ∗ reg_tok γ r' 0 j'.
  Proof. unseal. by rewrite -{1}(Nat.add_0_r 0) handles_op auth_frag_op own_op. Qed.

  Lemma reg_tok_valid γ r k j : reg_tok γ r k j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "H".
    by iDestruct (own_valid with "H") as %?%auth_frag_valid%handles_valid.
  Qed.
  Lemma reg_tok_valid_2 γ r r' k k' j j' :
    reg_tok γ r k j -∗ reg_tok γ r' k' j' -∗ ⌜(r + r' ≤ 1)%Qp⌝.
  Proof.
    iIntros "H H'". iApply (reg_tok_valid γ _ (k + k') (j + j')). rewrite reg_tok_op. iFrame.
  Qed.
  Lemma reg_tok_exclusive γ r k k' j j' :
    reg_tok γ 1 k j -∗ reg_tok γ r k' j' -∗ False.
  Proof.
    iIntros "H H'". iDestruct (reg_tok_valid_2 with "H H'") as %[]%Qp.not_add_le_l.
  Qed.

  Lemma reg_last_valid γ r j : reg_last γ r j -∗ ⌜(r ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "H".
    by iDestruct (own_valid with "H") as %?%auth_frag_valid%handles_valid.
  Qed.
  Lemma reg_last_exclusive γ r r' j j' : reg_last γ r j -∗ reg_last γ r' j' -∗ False.
  Proof.
    unseal. iIntros "H H'". iDestruct (own_valid_2 with "H H'") as %Hv.
    rewrite -auth_frag_op auth_frag_valid in Hv. by apply handles_flag_exclusive in Hv.
  Qed.

  (** ** Agreement *)

  (** Who has the whole share has all handles, and there is a strong one. *)
  Lemma reg_body_tok_agree γ n w r k j :
    reg_body γ n w -∗ reg_tok γ r k j -∗
    ⌜k ≤ n ∧ j ≤ w ∧ (r = 1%Qp → n = k ∧ w = j ∧ 0 < k)⌝.
  Proof.
    unseal. iIntros "H● H◯".
    iDestruct (own_valid_2 with "H● H◯")
      as %[(? & ? & _ & Hr)%handles_included _]%auth_both_valid_discrete.
    iPureIntro. split_and!; [done..|]. intros H1.
    destruct (Hr H1) as (-> & -> & Hk). split_and!; [done..|].
    destruct k; [done|lia].
  Qed.
  (** There is no strong handle. *)
  Lemma reg_body_last_agree γ n w r j :
    reg_body γ n w -∗ reg_last γ r j -∗ ⌜n = 0 ∧ j ≤ w ∧ (r = 1%Qp → w = j)⌝.
  Proof.
    unseal. iIntros "H● H◯".
    iDestruct (own_valid_2 with "H● H◯")
      as %[(_ & ? & Hn & Hr)%handles_included _]%auth_both_valid_discrete.
    iPureIntro. split_and!; [|done|naive_solver]. destruct n; [done|]. by destruct (Hn I).
  Qed.

  (** ** Birth *)
  Lemma reg_body_alloc n w :
    0 < n → ⊢ |==> ∃ γ, reg_body γ n w ∗ reg_tok γ 1 n w.
  Proof.
    iIntros (?). unseal. rewrite bool_decide_eq_false_2; [|lia].
    iMod (own_alloc (● handles 1 n w false ⋅ ◯ handles 1 n w false)) as (γ) "[H● H◯]".
    { apply auth_both_valid_2; [by apply handles_valid|done]. }
    iModIntro. iExists γ. iFrame.
  Qed.

  (** ** Handles come and go *)

  (** The number of the handles changes, the share does not. *)
  Lemma reg_body_recount γ n n' w w' r k k' j j' :
    (n = 0 ↔ n' = 0) → n' + k = n + k' → w' + j = w + j' →
    reg_body γ n w -∗ reg_tok γ r k j ==∗ reg_body γ n' w' ∗ reg_tok γ r k' j'.
  Proof.
    unseal. iIntros (Hn ??) "H● H◯". rewrite (bool_decide_ext _ _ Hn).
    iMod (own_update_2 with "H● H◯") as "[$ $]"; [|done].
    by apply auth_update, handles_recount.
  Qed.

  (** The last strong handles go. *)
  Lemma reg_body_end γ n w r j :
    0 < n → reg_body γ n w -∗ reg_tok γ r n j ==∗ reg_body γ 0 w ∗ reg_last γ r j.
  Proof.
    unseal. iIntros (?) "H● H◯". rewrite bool_decide_eq_false_2; [|lia].
    iMod (own_update_2 with "H● H◯") as "[$ $]"; [|done].
    apply auth_update. etrans; [apply (handles_recount _ _ _ 0 _ j _ 0 _ w); lia|].
    apply handles_flag.
  Qed.
End register.

Global Typeclasses Opaque reg_tok reg_last reg_body.
