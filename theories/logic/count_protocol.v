(** * The count protocol: shares that are counted

The ghost theory behind every reference count of this library. It knows nothing
of any programming language: where the count is stored, and what a handle owns,
are parameters.

** The story

A resource is described by its _payload_ [P : Qp → iProp Σ]: [P q] is what
somebody holding the share [q] of the resource owns, and [P] is fractional,
[P (q + q') ⊣⊢ P q ∗ P q']. All of the resource is [P 1]. A ghost name [γ] stands
for the resource, and three assertions speak about it.

- [count_tok γ q k], the _token_: "[k] handles, together holding the share [q]".
  An [Rc<T>] is [∃ q, count_tok γ q 1 ∗ P q].
- [count_body γ P n], the _body_: "there are exactly [n ≥ 1] handles". It also
  keeps the _pool_, the payload [P q'] of the shares that dropped handles left
  behind: the shares of the live handles and the pool always make [1].
- [count_dead γ]: "there is no handle any more". The payload has been handed out.

The states and moves are

<<
    alloc            clone: n → n+1
  ─────────▶  body n  ◀───────────┐
                │ │ └─────────────┘
                │ └─ drop, n > k: n → n-k, the share goes to the pool
                │
                │ last: the n remaining handles return, P 1 comes out
                ▼
              dead  ──── revive: a new life under the same γ ───▶ body n
>>

A handle that has been cloned and whose clone was dropped has [q < 1] although it
is the only one: the missing share lies in the pool. Hence "one handle implies
the full share" is false, and only the converse holds ([count_body_tok_agree]).
[count_body_reclaim] is how the only handle fetches the missing share.

** Why [n] is not bounded

[n : positive] is unbounded: handles may be forgotten without end, so no finite
bound holds of every program. The body says what the count *is*; it is the code
that must abort when the machine word that stores the count is full.

** Key results

- [count_tok_op]: [count_tok γ (q + q') (k + k') ⊣⊢ count_tok γ q k ∗ count_tok γ q' k'];
- [count_body_alloc], [count_body_clone], [count_body_drop], [count_body_drop_keep],
  [count_body_last], [count_body_reclaim], [count_dead_revive];
- [count_body_tok_agree]: [k ≤ n], and [q = 1 → n = k];
- [count_body_later]: all of this also works below a later, with payload [▷ P].

Source: the ghost state generalises that of [rc] in RustBelt (Jung, Jourdan,
Krebbers, Dreyer, POPL 2018), file [typing/lib/rc/rc.v] of lambda-rust, where the
payload is a fraction of a lifetime token; the pool is its "remainder" fraction.
It is the corrected form of the second law of the note on [Rc] (P2), in which the
counts of the two parts add up instead of both being [c + 1]. *)
From iris.algebra Require Import auth frac.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own.
From iris.proofmode Require Import proofmode.
From tally.algebra Require Import counted_frac.
From tally.prelude Require Import options.

Class countG Σ := CountG { count_inG : inG Σ (authR counted_fracUR) }.
Local Existing Instance count_inG.

Definition countΣ : gFunctors := #[GFunctor (authR counted_fracUR)].
Global Instance subG_countΣ {Σ} : subG countΣ Σ → countG Σ.
Proof. solve_inG. Qed.

(** ** Definitions *)

Local Definition count_tok_def `{!countG Σ}
    (γ : gname) (q : Qp) (k : positive) : iProp Σ :=
  own γ (◯ (Some (q, k) : counted_fracUR)).
Local Definition count_tok_aux : seal (@count_tok_def). Proof. by eexists. Qed.
Definition count_tok := count_tok_aux.(unseal).
Local Definition count_tok_unseal :
  @count_tok = @count_tok_def := count_tok_aux.(seal_eq).
Global Arguments count_tok {Σ _} γ q k.

(** The pool when the live handles hold the share [q]. *)
Local Definition count_pool {Σ} (P : Qp → iProp Σ) (q : Qp) : iProp Σ :=
  ⌜q = 1%Qp⌝ ∨ ∃ q', ⌜(q + q' = 1)%Qp⌝ ∗ P q'.

Local Definition count_body_def `{!countG Σ}
    (γ : gname) (P : Qp → iProp Σ) (n : positive) : iProp Σ :=
  ∃ q, own γ (● (Some (q, n) : counted_fracUR)) ∗ count_pool P q.
Local Definition count_body_aux : seal (@count_body_def). Proof. by eexists. Qed.
Definition count_body := count_body_aux.(unseal).
Local Definition count_body_unseal :
  @count_body = @count_body_def := count_body_aux.(seal_eq).
Global Arguments count_body {Σ _} γ P n.

Local Definition count_dead_def `{!countG Σ} (γ : gname) : iProp Σ :=
  own γ (● (None : counted_fracUR)).
Local Definition count_dead_aux : seal (@count_dead_def). Proof. by eexists. Qed.
Definition count_dead := count_dead_aux.(unseal).
Local Definition count_dead_unseal :
  @count_dead = @count_dead_def := count_dead_aux.(seal_eq).
Global Arguments count_dead {Σ _} γ.

Local Ltac unseal :=
  rewrite ?count_tok_unseal /count_tok_def ?count_body_unseal /count_body_def
    ?count_dead_unseal /count_dead_def.

Section count.
  Context `{!countG Σ}.
  Implicit Types (γ : gname) (q : Qp) (k n : positive) (P : Qp → iProp Σ).

  (** ** Instances *)

  Global Instance count_tok_timeless γ q k : Timeless (count_tok γ q k).
  Proof. unseal. apply _. Qed.
  Global Instance count_dead_timeless γ : Timeless (count_dead γ).
  Proof. unseal. apply _. Qed.
  Global Instance count_body_timeless γ P n :
    (∀ q, Timeless (P q)) → Timeless (count_body γ P n).
  Proof. unseal. rewrite /count_pool. apply _. Qed.

  Global Instance count_body_ne γ m :
    Proper (pointwise_relation _ (dist m) ==> (=) ==> dist m) (count_body γ).
  Proof. unseal. rewrite /count_pool. solve_proper. Qed.
  Global Instance count_body_proper γ :
    Proper (pointwise_relation _ (≡) ==> (=) ==> (≡)) (count_body γ).
  Proof. unseal. rewrite /count_pool. solve_proper. Qed.

  (** The payload may be exchanged for a weaker one. *)
  Lemma count_body_mono γ P P' n :
    (∀ q, P q -∗ P' q) → count_body γ P n -∗ count_body γ P' n.
  Proof.
    iIntros (HP). unseal. iIntros "(%q & Hq & [%Hq|(%q' & %Hq & HP)])"; iExists q;
      iFrame "Hq"; [by iLeft|].
    iRight. iExists q'. iSplitR; [done|]. by iApply HP.
  Qed.

  (** Below a later: the body is as good as a body with payload [▷ P], to which
      all the laws below apply. So a client need not take a step before it moves
      the count, only before it uses the payload. *)
  Lemma count_body_later γ P n :
    ▷ count_body γ P n ⊢ ◇ count_body γ (λ q, ▷ P q) n.
  Proof.
    unseal. iIntros "H". iDestruct "H" as (q) "[>Hq [>%Hq|H]]".
    - iModIntro. iExists q. iFrame "Hq". by iLeft.
    - iDestruct "H" as (q') "[>%Hq HP]". iModIntro. iExists q. iFrame "Hq". iRight.
      iExists q'. by iFrame "HP".
  Qed.
  Lemma count_body_later_intro γ P n :
    count_body γ (λ q, ▷ P q) n ⊢ ▷ count_body γ P n.
  Proof.
    unseal. iIntros "(%q & Hq & [%Hq|(%q' & %Hq & HP)])"; iNext; iExists q;
      iFrame "Hq"; [by iLeft|].
    iRight. iExists q'. by iFrame "HP".
  Qed.

  (** ** Tokens *)

  (** The corrected P2: shares add up *and counts add up*. *)
  Lemma count_tok_op γ q q' k k' :
    count_tok γ (q + q') (k + k') ⊣⊢ count_tok γ q k ∗ count_tok γ q' k'.
  Proof. unseal. by rewrite -own_op -auth_frag_op. Qed.

  Lemma count_tok_valid γ q k : count_tok γ q k -∗ ⌜(q ≤ 1)%Qp⌝.
  Proof.
    unseal. iIntros "H".
    by iDestruct (own_valid with "H") as %?%auth_frag_valid%counted_frac_valid.
  Qed.
  Lemma count_tok_valid_2 γ q q' k k' :
    count_tok γ q k -∗ count_tok γ q' k' -∗ ⌜(q + q' ≤ 1)%Qp⌝.
  Proof.
    iIntros "H H'". iApply (count_tok_valid γ _ (k + k')).
    rewrite count_tok_op. iFrame.
  Qed.
  Lemma count_tok_exclusive γ q k k' :
    count_tok γ 1 k -∗ count_tok γ q k' -∗ False.
  Proof.
    iIntros "H H'".
    iDestruct (count_tok_valid_2 with "H H'") as %[]%Qp.not_add_le_l.
  Qed.

  (** ** Agreement *)

  Lemma count_body_tok_agree γ P n q k :
    count_body γ P n -∗ count_tok γ q k -∗
    ⌜(k ≤ n)%positive ∧ (q = 1%Qp → n = k)⌝.
  Proof.
    unseal. iIntros "(%qt & H● & _) H◯".
    iDestruct (own_valid_2 with "H● H◯")
      as %[Hincl Hv%counted_frac_valid]%auth_both_valid_discrete.
    iPureIntro.
    apply counted_frac_included in Hincl as [[_ ->]|(q2 & k2 & -> & ->)]; [done|].
    split; [lia|]. intros ->. by apply Qp.not_add_le_l in Hv.
  Qed.

  Lemma count_dead_tok_false γ q k : count_dead γ -∗ count_tok γ q k -∗ False.
  Proof.
    unseal. iIntros "H● H◯".
    iDestruct (own_valid_2 with "H● H◯") as %[Hincl _]%auth_both_valid_discrete.
    apply option_included in Hincl. naive_solver.
  Qed.
  Lemma count_dead_body_false γ P n : count_dead γ -∗ count_body γ P n -∗ False.
  Proof.
    unseal. iIntros "H (%q & H' & _)".
    by iDestruct (own_valid_2 with "H H'") as %?%auth_auth_op_valid.
  Qed.
  Lemma count_body_exclusive γ P P' n n' :
    count_body γ P n -∗ count_body γ P' n' -∗ False.
  Proof.
    unseal. iIntros "(%q & H & _) (%q' & H' & _)".
    by iDestruct (own_valid_2 with "H H'") as %?%auth_auth_op_valid.
  Qed.

  (** ** Birth *)

  Lemma count_dead_alloc : ⊢ |==> ∃ γ, count_dead γ.
  Proof. unseal. iApply own_alloc. by apply auth_auth_valid. Qed.

  (** All handles of a new life are given at once; [k] is usually [1]. The
      payload [P 1] is not asked for: whoever holds the token holds it. *)
  Lemma count_dead_revive γ P k :
    count_dead γ ==∗ count_body γ P k ∗ count_tok γ 1 k.
  Proof.
    unseal. iIntros "H".
    iMod (own_update with "H") as "[H● H◯]".
    { apply auth_update_alloc, (counted_frac_issue k). }
    iModIntro. iFrame "H◯". iExists 1%Qp. iFrame "H●". by iLeft.
  Qed.

  Lemma count_body_alloc P : ⊢ |==> ∃ γ, count_body γ P 1 ∗ count_tok γ 1 1.
  Proof.
    iMod count_dead_alloc as (γ) "H". iExists γ. by iApply count_dead_revive.
  Qed.

  (** ** Clone *)

  (** One handle more; the share is unchanged, split it with [count_tok_op]. *)
  Lemma count_body_clone γ P n q k :
    count_body γ P n -∗ count_tok γ q k ==∗
    count_body γ P (n + 1) ∗ count_tok γ q (k + 1).
  Proof.
    unseal. iIntros "(%qt & H● & Hpool) H◯".
    iMod (own_update_2 with "H● H◯") as "[H● H◯]".
    { apply auth_update, (counted_frac_recount _ _ _ (k + 1) _ (n + 1)). lia. }
    iModIntro. iFrame "H◯". iExists qt. iFrame.
  Qed.

  (** ** Drop *)

  (** Of [k + 1] handles one goes, the others keep its share. *)
  Lemma count_body_drop_keep γ P n q k :
    count_body γ P n -∗ count_tok γ q (k + 1) ==∗
    ∃ n', ⌜n = (n' + 1)%positive⌝ ∗ count_body γ P n' ∗ count_tok γ q k.
  Proof.
    iIntros "Hb H◯". iDestruct (count_body_tok_agree with "Hb H◯") as %[Hle _].
    unseal. iDestruct "Hb" as (qt) "[H● Hpool]". iExists (Pos.pred n).
    iMod (own_update_2 with "H● H◯") as "[H● H◯]".
    { apply auth_update, (counted_frac_recount _ _ _ k _ (Pos.pred n)). lia. }
    iModIntro. iSplitR; [iPureIntro; lia|]. iFrame "H◯". iExists qt. iFrame.
  Qed.

  Section fractional.
    Context (P : Qp → iProp Σ) `{HP : !Fractional P}.

    (** A handle is cloned, and its share is halved. *)
    Lemma count_body_clone_half γ n q :
      count_body γ P n -∗ count_tok γ q 1 -∗ P q ==∗
      count_body γ P (n + 1) ∗
      (count_tok γ (q / 2) 1 ∗ P (q / 2)) ∗ (count_tok γ (q / 2) 1 ∗ P (q / 2)).
    Proof using HP.
      iIntros "Hb H HPq". iMod (count_body_clone with "Hb H") as "[$ H]".
      rewrite -{1 2}(Qp.div_2 q) count_tok_op (HP (q / 2) (q / 2))%Qp.
      iDestruct "H" as "[$ $]". by iDestruct "HPq" as "[$ $]".
    Qed.

    (** Handles that are not the last ones go; their share returns to the pool. *)
    Lemma count_body_drop γ n q k :
      n ≠ k → count_body γ P n -∗ count_tok γ q k -∗ P q ==∗
      ∃ n', ⌜n = (n' + k)%positive⌝ ∗ count_body γ P n'.
    Proof using HP.
      unseal. iIntros (Hn) "(%qt & H● & Hpool) H◯ HPq".
      iDestruct (own_valid_2 with "H● H◯") as %[Hincl _]%auth_both_valid_discrete.
      apply counted_frac_included in Hincl as [[_ ?]|(q2 & k2 & -> & ->)]; [done|].
      iMod (own_update_2 with "H● H◯") as "H●".
      { apply auth_update_dealloc, counted_frac_return. }
      iModIntro. iExists k2. iSplitR; [iPureIntro; lia|].
      iExists q2. iFrame "H●". iRight.
      iDestruct "Hpool" as "[%Hq|(%q' & %Hq & HPq')]".
      - iExists q. iFrame "HPq". iPureIntro. by rewrite Qp.add_comm.
      - iExists (q + q')%Qp. rewrite (HP q q'). iFrame "HPq HPq'". iPureIntro.
        by rewrite -Hq Qp.add_assoc (Qp.add_comm q).
    Qed.

    (** All that remain: the share they hold and the pool make the whole. *)
    Lemma count_body_last γ n q :
      count_body γ P n -∗ count_tok γ q n -∗ P q ==∗ count_dead γ ∗ P 1.
    Proof using HP.
      unseal. iIntros "(%qt & H● & Hpool) H◯ HPq".
      iDestruct (own_valid_2 with "H● H◯") as %[Hincl _]%auth_both_valid_discrete.
      apply counted_frac_included in Hincl as [[-> _]|(q2 & k2 & _ & ?)]; [|lia].
      iMod (own_update_2 with "H● H◯") as "Hd".
      { apply auth_update_dealloc, counted_frac_return_all. }
      iModIntro. iFrame "Hd". iDestruct "Hpool" as "[->|(%q' & %Hq & HPq')]"; [done|].
      rewrite -Hq (HP q q'). iFrame.
    Qed.

    (** One handle goes: the two cases in one law. *)
    Lemma count_body_drop_one γ n q :
      count_body γ P n -∗ count_tok γ q 1 -∗ P q ==∗
      (⌜n = 1%positive⌝ ∗ count_dead γ ∗ P 1) ∨
      (∃ n', ⌜n = (n' + 1)%positive⌝ ∗ count_body γ P n').
    Proof using HP.
      iIntros "Hb H HPq". destruct (decide (n = 1%positive)) as [->|Hn].
      - iLeft. iSplitR; [done|]. iApply (count_body_last with "Hb H HPq").
      - iRight. by iApply (count_body_drop with "Hb H HPq").
    Qed.

    (** ** Reclaim *)

    (** Whoever holds all [n] handles fetches the share that lies in the pool:
        the full payload is there while the handles stay alive ([Rc::get_mut]). *)
    Lemma count_body_reclaim γ n q :
      count_body γ P n -∗ count_tok γ q n -∗ P q ==∗
      count_body γ P n ∗ count_tok γ 1 n ∗ P 1.
    Proof using HP.
      iIntros "Hb H HPq". iMod (count_body_last with "Hb H HPq") as "[Hd $]".
      by iApply count_dead_revive.
    Qed.

    (** ** A whole life, as a witness: birth, a clone, the original is dropped,
        and the clone, with half the share, gets everything back. *)
    Lemma count_body_life : P 1 ==∗ ∃ γ, count_dead γ ∗ P 1.
    Proof using HP.
      iIntros "HP". iMod (count_body_alloc P) as (γ) "[Hb H]". iExists γ.
      iMod (count_body_clone_half with "Hb H HP") as "(Hb & [H1 HP1] & [H2 HP2])".
      iMod (count_body_drop with "Hb H1 HP1") as (n' Hn') "Hb"; [done|].
      assert (n' = 1%positive) as -> by lia.
      iApply (count_body_last with "Hb H2 HP2").
    Qed.
  End fractional.
End count.

Global Typeclasses Opaque count_tok count_body count_dead.
