(** * [rc τ]: the handle

<<
  is_rc γ i l wl q k  :=  the count is in its invariant
                          ∗ a token for k handles with the share q
                          ∗ the payload of the share q
  payload q           :=  (ℓ + 1) ↦∗{q} w̄  ∗  shared_own i (ℓ, w̄) 1 q
>>

The invariant is that of [count_inv.v], in a non-atomic invariant whose namespace
has the location in it, so that the counts of two [Rc]s can be open at a time. Its
life:

- _alive_: the cell [ℓ] holds the exact number of handles, a machine word that is
  not 0; the payload of the shares of dropped handles lies in the pool;
- _dead_: the last handle has taken out the cell, and the payload of the whole
  share, which with P1 is the content and the right to free the block. The
  invariant is closed for good, before the destructor runs: it may use the thread
  token, and it cannot see the count.

The number is bounded by what the cell can hold; it is the abort of [rc_clone] that
keeps it so. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.logic Require Import count_protocol count_inv shared_own_sig.
From tally.types Require Import type.
From tally.rc Require Import rc_sig.
From tally.prelude Require Import options.

Definition rc_cell `{!lrustGS Σ} (l : loc) (z : Z) : iProp Σ :=
  ⌜in_int_range usize z⌝ ∗ l ↦ #z.

Section handle.
  Context `{!lrustGS Σ, !na_invG Σ, !countG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : rc_shared_own p N τ).
  Implicit Types (γ : gname) (i : so_id SO) (l : loc) (wl : list val).
  Implicit Types (q : Qp) (k : positive) (E F : coPset).

  Definition rc_payload i l wl q : iProp Σ :=
    (l +ₗ 1) ↦∗{q} wl ∗ so_own SO i (l, wl) 1 q.

  Definition rc_count_inv γ i l wl : iProp Σ :=
    na_inv p (rc_countN N l) (count_inv γ (rc_cell l) (rc_payload i l wl)).

  Definition is_rc γ i l wl q k : iProp Σ :=
    ⌜length wl = ty_size τ⌝ ∗ rc_count_inv γ i l wl ∗
    count_tok γ q k ∗ rc_payload i l wl q.

  Global Instance rc_payload_fractional i l wl : Fractional (rc_payload i l wl).
  Proof. apply _. Qed.
  Global Instance rc_cell_timeless l z : Timeless (rc_cell l z).
  Proof. apply _. Qed.

  (** ** Laws *)
  Lemma is_rc_size γ i l wl q k :
    is_rc γ i l wl q k -∗ ⌜length wl = ty_size τ⌝.
  Proof. by iIntros "(% & _)". Qed.

  Lemma is_rc_valid γ i l wl q k : is_rc γ i l wl q k -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof. iIntros "(_ & _ & Htok & _)". iApply (count_tok_valid with "Htok"). Qed.

  Lemma is_rc_exclusive γ i l wl wl' q k k' :
    is_rc γ i l wl 1 k -∗ is_rc γ i l wl' q k' -∗ False.
  Proof.
    iIntros "(_ & _ & Htok & _) (_ & _ & Htok' & _)".
    iApply (count_tok_exclusive with "Htok Htok'").
  Qed.

  Lemma is_rc_split γ i l wl q q' k k' :
    is_rc γ i l wl (q + q') (k + k') ⊣⊢ is_rc γ i l wl q k ∗ is_rc γ i l wl q' k'.
  Proof.
    rewrite /is_rc count_tok_op (fractional q q'). iSplit.
    - iIntros "(%Hlen & #Hinv & [$ $] & [$ $])". by iFrame "Hinv".
    - iIntros "[(%Hlen & #Hinv & $ & $) (_ & _ & $ & $)]". by iFrame "Hinv".
  Qed.

  Lemma is_rc_wrap E l wl :
    l ↦ #1 -∗ (l +ₗ 1) ↦∗ wl -∗ rc_content τ (l, wl) ={E}=∗
    ∃ γ i, is_rc γ i l wl 1 1.
  Proof.
    iIntros "Hl Hwl Hcontent". rewrite /is_rc.
    iAssert ⌜length wl = ty_size τ⌝%I as %Hlen.
    { iDestruct "Hcontent" as "[Hown _]". iApply (ty_size_eq with "Hown"). }
    iMod (so_P1_alloc SO with "Hcontent") as (i) "Hso".
    iMod (count_inv_alloc (rc_cell l) (rc_payload i l wl) with "[Hl]")
      as (γ) "[Hin Htok]"; [by iFrame "Hl"|].
    iMod (na_inv_alloc p _ (rc_countN N l) (count_inv γ (rc_cell l) (rc_payload i l wl))
      with "[$Hin]") as "Hinv".
    iModIntro. iExists γ, i. iFrame. done.
  Qed.

  Lemma is_rc_acc γ i l wl q k :
    is_rc γ i l wl q k -∗
    (l +ₗ 1) ↦∗{q} wl ∗ so_own SO i (l, wl) 1 q ∗
    ((l +ₗ 1) ↦∗{q} wl -∗ so_own SO i (l, wl) 1 q -∗ is_rc γ i l wl q k).
  Proof.
    iIntros "(%Hlen & Hinv & Htok & $ & $)". iIntros "Hwl Hso". by iFrame.
  Qed.

  (** ** The count, opened *)
  Lemma is_rc_open F γ i l wl q k :
    ↑rc_countN N l ⊆ F →
    is_rc γ i l wl q k -∗ na_own p F ={⊤}=∗
    ∃ n : positive,
      ⌜length wl = ty_size τ⌝ ∗ ⌜in_int_range usize (Z.pos n)⌝ ∗ l ↦ #(Z.pos n) ∗
      ▷ count_body γ (rc_payload i l wl) n ∗ count_tok γ q k ∗ rc_payload i l wl q ∗
      (∀ q' k', count_tok γ q' k' -∗ rc_payload i l wl q' -∗ is_rc γ i l wl q' k') ∗
      (▷ count_inv γ (rc_cell l) (rc_payload i l wl) ={⊤}=∗ na_own p F).
  Proof.
    iIntros (HF) "(%Hlen & #Hinv & Htok & Hpay) Hna".
    iMod (count_na_inv_acc with "Hinv Hna Htok")
      as (n) "([%Hn Hl] & Hb & Htok & Hna & Hclose)"; [done..|].
    iModIntro. iExists n. iFrame "Hl Hb Htok Hpay". iSplitR; [done|]. iSplitR; [done|].
    iSplitR.
    - iIntros (q' k') "Htok Hpay". by iFrame "Hinv Htok Hpay".
    - iIntros "Hin". iApply "Hclose". iFrame.
  Qed.
End handle.
