(** * Full borrows: the model

A borrow [i] of [P] for [κ] is an invariant with a ghost variable, of which the borrower
has one half and the invariant the other ([bor_inv]). What is in the invariant depends on
the state:

- [BorIn]: the content [P];
- [BorOpen q]: the part [q] of the token of [κ]. The borrower has the content;
- [BorLent κ']: a promise that the content comes back when [κ'] is over, [κ' ⊑ κ], and a
  later credit. The content is in other borrows, or has been changed;
- in each state but [BorOpen]: that [κ] is over, and the token of the inheritance. The
  content has gone back to who lent it.

Who claims the inheritance finds the content, or the promise, or (if the borrow were open)
a token of a lifetime that is over. To cash in a promise takes its credit, which removes
the later in front of what comes out of an invariant.

** Levels

A promise is cashed in while the invariant that it lay in is open, and opens the
invariants of other borrows. So each borrow has a level, and the promise in a borrow of
level [n] opens invariants of higher levels only: its mask is [levelE (S n)]. What a
borrow is made into has a higher level than it has. A borrow of any level can lie in
another one: when it is taken out of it ([bor_unnest]) it is lent first, as a whole and for
ever, to a new borrow whose level is higher than both ([idx_raise]).

** Shortening

[&{κ, i} P] is a borrow for some lifetime that [κ] is included in, of something that is
[P] up to equivalence, so that [bor_shorten] and [bor_iff] change nothing. *)
From iris.algebra Require Import excl.
From iris.base_logic.lib Require Import own invariants ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lifetime.proof Require Export lifetimes.
From tally.prelude Require Import options.

(** The level, the state, and the right to the inheritance. *)
Record idx_names := BorIdx { idx_level : nat; idx_state : gname; idx_once : gname }.
Definition bor_idx : Type := idx_names.

Definition levelN (n : nat) : namespace := lftN .@ "bor" .@ n.
Definition idxN (i : bor_idx) : namespace := levelN (idx_level i) .@ idx_state i.
(** The levels from [n] on, and what is no borrow's. *)
Fixpoint levelE (n : nat) : coPset :=
  match n with O => ↑lftN | S n => levelE n ∖ ↑levelN n end.

Lemma levelE_mono m n : m ≤ n → levelE n ⊆ levelE m.
Proof. induction 1; set_solver. Qed.
Lemma levelE_lftN n : levelE n ⊆ ↑lftN.
Proof. apply (levelE_mono 0). lia. Qed.
Lemma levelE_userN n : ↑lft_userN ⊆ levelE n.
Proof.
  induction n as [|n IH]; simpl; [apply lft_userN_lftN|].
  assert (lft_userN ## levelN n) as Hdisj; [|set_solver].
  rewrite /lft_userN /levelN. solve_ndisj.
Qed.
Lemma levelN_levelE m n : m ≤ n → ↑levelN n ⊆ levelE m.
Proof.
  induction m as [|m IH]; simpl; intros Hle.
  { rewrite /levelN. solve_ndisj. }
  assert (levelN m ## levelN n) as Hdisj.
  { rewrite /levelN. assert (m ≠ n) by lia. solve_ndisj. }
  assert (↑levelN n ⊆ levelE m) by (apply IH; lia). set_solver.
Qed.
Lemma idxN_levelN (i : bor_idx) : ↑idxN i ⊆ (↑levelN (idx_level i) : coPset).
Proof. rewrite /idxN. solve_ndisj. Qed.
Lemma idxN_levelE i n : n ≤ idx_level i → ↑idxN i ⊆ levelE n.
Proof. intros ?. etrans; [apply idxN_levelN|by apply levelN_levelE]. Qed.
Lemma idxN_lftN i : ↑idxN i ⊆ (↑lftN : coPset).
Proof. apply (idxN_levelE i 0). lia. Qed.
Lemma idxN_userN i : idxN i ## lft_userN.
Proof. rewrite /idxN /levelN /lft_userN. solve_ndisj. Qed.
(** The promise in a borrow may be cashed in while the borrow is open. *)
Lemma levelE_promise i E :
  levelE (idx_level i) ⊆ E → levelE (S (idx_level i)) ⊆ E ∖ ↑idxN i.
Proof. pose proof (idxN_levelN i). set_solver. Qed.

Section model.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (i : bor_idx) (s : bor_state).

  Definition once (i : bor_idx) : iProp Σ := own (idx_once i) (Excl ()).
  Definition in_state (i : bor_idx) (s : bor_state) : iProp Σ :=
    ghost_var (idx_state i) (1/2) s.
  Definition state_content (κ : lft) (i : bor_idx) (P : iProp Σ) (s : bor_state) : iProp Σ :=
    match s with
    | BorIn => P
    | BorOpen q => q.[κ]
    | BorLent κ' => £ 1 ∗ κ' ⊑ κ ∗ ([†κ'] ={levelE (S (idx_level i))}=∗ ▷ P)
    end.
  Definition state_over (κ : lft) (i : bor_idx) (s : bor_state) : iProp Σ :=
    match s with BorOpen _ => False | _ => [†κ] ∗ once i end.
  Definition bor_inv (κ : lft) (i : bor_idx) (P : iProp Σ) : iProp Σ :=
    ∃ s, in_state i s ∗ (state_content κ i P s ∨ state_over κ i s).
  Definition raw_bor (κ : lft) (i : bor_idx) (P : iProp Σ) : iProp Σ :=
    inv (idxN i) (bor_inv κ i P).

  Definition idx_bor_own (i : bor_idx) : iProp Σ := in_state i BorIn.
  Definition idx_bor (κ : lft) (i : bor_idx) (P : iProp Σ) : iProp Σ :=
    ∃ κ0 P0, κ ⊑ κ0 ∗ ▷ □ (P0 ↔ P) ∗ raw_bor κ0 i P0.
  Definition bor (κ : lft) (P : iProp Σ) : iProp Σ :=
    ∃ i, idx_bor κ i P ∗ idx_bor_own i.
End model.
Notation "&{ κ } P" := (bor κ P)
  (at level 20, right associativity, format "&{ κ }  P") : bi_scope.
Notation "&{ κ , i } P" := (idx_bor κ i P)
  (at level 20, right associativity, format "&{ κ ,  i }  P") : bi_scope.

Section raw.
  Context `{!invGS Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (i : bor_idx) (s : bor_state).

  Global Instance bor_state_inhabited : Inhabited bor_state := populate BorIn.
  Global Instance idx_bor_own_timeless i : Timeless (idx_bor_own i).
  Proof. apply _. Qed.
  Global Instance once_timeless i : Timeless (once i).
  Proof. apply _. Qed.
  Global Instance state_over_timeless κ i s : Timeless (state_over κ i s).
  Proof. destruct s; apply _. Qed.
  Global Instance raw_bor_persistent κ i P : Persistent (raw_bor κ i P).
  Proof. apply _. Qed.
  Global Instance idx_bor_persistent κ i P : Persistent (&{κ, i} P).
  Proof. apply _. Qed.
  Global Instance idx_bor_contractive κ i : Contractive (idx_bor κ i).
  Proof. solve_contractive. Qed.
  Global Instance idx_bor_proper κ i : Proper ((≡) ==> (≡)) (idx_bor κ i).
  Proof. apply (contractive_proper _). Qed.
  Global Instance bor_contractive κ : Contractive (bor κ).
  Proof. solve_contractive. Qed.
  Global Instance bor_proper κ : Proper ((≡) ==> (≡)) (bor κ).
  Proof. apply (contractive_proper _). Qed.

  Lemma in_state_agree i s s' : in_state i s -∗ in_state i s' -∗ ⌜s = s'⌝.
  Proof. iIntros "H H'". iApply (ghost_var_agree with "H H'"). Qed.
  Lemma in_state_update s' i s :
    in_state i s -∗ in_state i s ==∗ in_state i s' ∗ in_state i s'.
  Proof. iIntros "H H'". iApply (ghost_var_update_halves with "H H'"). Qed.
  (** Who has both halves of one borrow and a half of another knows that they are two. *)
  Lemma in_state_ne i i' s s' :
    in_state i s -∗ in_state i s -∗ in_state i' s' -∗ ⌜idxN i ## idxN i'⌝.
  Proof.
    iIntros "H1 H2 H'". destruct (decide (idx_state i = idx_state i')) as [Heq|Hne].
    - rewrite /in_state Heq.
      iAssert (ghost_var (idx_state i') 1 s) with "[H1 H2]" as "H"; [by iSplitL "H1"|].
      iDestruct (ghost_var_valid_2 with "H H'") as %[[]%Qp.not_add_le_l _].
    - iPureIntro. destruct (decide (idx_level i = idx_level i')) as [Hl|Hl].
      + rewrite /idxN Hl. by apply ndot_ne_disjoint.
      + rewrite /idxN /levelN. solve_ndisj.
  Qed.

  (** Looking into a borrow from the borrower's side. *)
  Lemma raw_look E κ i P s : ↑idxN i ⊆ E →
    raw_bor κ i P -∗ in_state i s ={E, E ∖ ↑idxN i}=∗
    in_state i s ∗ in_state i s ∗ (▷ state_content κ i P s ∨ state_over κ i s) ∗
    (∀ s', in_state i s' -∗ (▷ state_content κ i P s' ∨ state_over κ i s')
      ={E ∖ ↑idxN i, E}=∗ True).
  Proof.
    rewrite /raw_bor /bor_inv. iIntros (?) "#I Hs".
    iMod (inv_acc with "I") as "[(%s' & >Hs' & H) Hclose]"; [done|].
    iDestruct (in_state_agree with "Hs Hs'") as %<-.
    iAssert (◇ (▷ state_content κ i P s ∨ state_over κ i s))%I with "[H]" as ">H".
    { iDestruct "H" as "[H|>H]"; [by iLeft|by iRight]. }
    iModIntro. iFrame "Hs Hs' H".
    iIntros (s') "Hs H". iApply "Hclose". iExists s'. iFrame "Hs".
    iDestruct "H" as "[H|H]"; iNext; [by iLeft|by iRight].
  Qed.
  (** From the lender's side. *)
  Lemma raw_inherit κ i P :
    raw_bor κ i P -∗ once i -∗ [†κ] ={levelE (idx_level i)}=∗ ▷ P.
  Proof.
    rewrite /raw_bor /bor_inv. iIntros "#I Honce #Hdead".
    iMod (inv_acc with "I") as "[(%s & >Hs & [H|>H]) Hclose]";
      [by apply idxN_levelE| |]; last first.
    { destruct s; simpl; [|by iExFalso|];
        iDestruct "H" as "[_ H]"; iDestruct (own_valid_2 with "Honce H") as %[]. }
    destruct s as [|q|κ']; simpl.
    - iMod ("Hclose" with "[Hs Honce]") as "_"; [|done].
      iExists BorIn. iFrame "Hs". iRight. by iFrame "Hdead Honce".
    - iDestruct "H" as ">Hq". iDestruct (lft_tok_dead with "Hq Hdead") as %[].
    - iDestruct "H" as "(>H£ & H)".
      iMod (lc_fupd_elim_later with "H£ H") as "[#Hin H]".
      iMod (lft_incl_dead_user with "Hin Hdead") as "Hdead'".
      { pose proof (idxN_userN i). pose proof (levelE_userN (idx_level i)). set_solver. }
      iMod (fupd_mask_mono with "(H Hdead')") as "HP"; [by apply levelE_promise|].
      iMod ("Hclose" with "[Hs Honce]") as "_"; [|done].
      iExists (BorLent κ'). iFrame "Hs". iRight. by iFrame "Hdead Honce".
  Qed.
  Lemma raw_alloc E n κ P :
    ▷ P ={E}=∗ ∃ i, ⌜idx_level i = n⌝ ∗ raw_bor κ i P ∗ idx_bor_own i ∗ once i.
  Proof.
    iIntros "HP". iMod (ghost_var_alloc BorIn) as (γ) "[H1 H2]".
    iMod (own_alloc (Excl ())) as (γ') "Honce"; [done|].
    iMod (inv_alloc (idxN (BorIdx n γ γ')) _ (bor_inv κ (BorIdx n γ γ') P)
      with "[HP H1]") as "I".
    { iExists BorIn. iFrame "H1". by iLeft. }
    iModIntro. iExists (BorIdx n γ γ'). by iFrame "I H2 Honce".
  Qed.
  Lemma raw_idx κ i P : raw_bor κ i P -∗ &{κ, i} P.
  Proof.
    iIntros "I". iExists κ, P. iFrame "I". iSplit; [iApply lft_incl_refl|].
    iIntros "!> !>". by iSplit; iIntros "$".
  Qed.
  Lemma bor_unfold_idx κ P : &{κ} P ⊣⊢ ∃ i, &{κ, i} P ∗ idx_bor_own i.
  Proof. done. Qed.
  Lemma bor_unfold_idx_1 κ P : &{κ} P -∗ ∃ i, &{κ, i} P ∗ idx_bor_own i.
  Proof. by iIntros "$". Qed.
  Lemma bor_fold_idx κ i P : &{κ, i} P -∗ idx_bor_own i -∗ &{κ} P.
  Proof. iIntros "I Hs". iExists i. iFrame "I Hs". Qed.
End raw.
(* [iFrame] shall not look into borrows. *)
Global Typeclasses Opaque idx_bor bor.
