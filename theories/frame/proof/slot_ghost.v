(** * Page frames: the ghost state of a slot

One ghost name per slot holds its abstract state; fragments of it are tokens.

- [busy_tok], [unique_tok]: the right of who builds or tears down, and of the unique
  handle. They are exclusive.
- [share_tok γ q m]: one share, with the fraction [q] of the metadata [m]. The
  authority knows how many there are, and the sum of their fractions.

[slot_own γ γr s st] is what the slot's invariant holds in state [st] apart from the
word: the authority, and

- unused: the metadata cells, with whatever is in them;
- busy, unique: nothing, as all of it is with who has the token;
- shared: the fraction of the metadata that the shares lack. It grows when one is
  dropped, and a clone gets half of it. And, once the count has passed its maximum,
  the tokens of those who carried it there and will abort.

Key results: [unique_tok_agree], [busy_tok_agree], [share_tok_agree] (which state a
token proves), [slot_own_bound] (the word is never a sentinel by accident), and the
transitions [slot_claim_update], [slot_share_update], [slot_clone_update],
[slot_drop_update], [slot_last_update], [slot_free_update]. *)
From iris.algebra Require Import auth excl csum agree frac numbers.
From iris.base_logic.lib Require Import own invariants.
From iris.bi Require Import fractional.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame Require Import frame_code frame_meta.
From tally.prelude Require Import options.

(** ** The camera *)
Local Definition share (q : Qp) (n : positive) (m : meta) : slotUR :=
  Some (Cinl (q, n, to_agree m)).
Local Definition token (b : bool) : slotUR := Some (Cinr (Excl b)).

Local Lemma token_included_None b : ¬ (token b ≼ (None : slotUR)).
Proof. intros [Hx|(?&?&?&?&?)]%option_included; by simplify_eq. Qed.
Local Lemma token_included_token b b' : token b ≼ token b' → b = b'.
Proof.
  intros [?|[(?&?&?&?&?)|(x&y&?&?&Hi)]]%Some_csum_included; simplify_eq.
  by apply Excl_included in Hi as ->%leibniz_equiv.
Qed.
Local Lemma token_included_share b q n m : ¬ (token b ≼ share q n m).
Proof.
  intros [?|[(?&?&?&?&?)|(?&?&?&?&?)]]%Some_csum_included; simplify_eq.
Qed.
Local Lemma share_included_None q n m : ¬ (share q n m ≼ (None : slotUR)).
Proof. intros [Hx|(?&?&?&?&?)]%option_included; by simplify_eq. Qed.
Local Lemma share_included_token q n m b : ¬ (share q n m ≼ token b).
Proof.
  intros [?|[(?&?&?&?&?)|(?&?&?&?&?)]]%Some_csum_included; simplify_eq.
Qed.
Local Lemma share_included q m q' n m' :
  share q 1 m ≼ share q' n m' →
  m' = m ∧
  ((n = 1%positive ∧ q' = q) ∨
   (∃ q2 n2, q' = (q + q2)%Qp ∧ n = (1 + n2)%positive)).
Proof.
  intros [?|[(x&y&?&?&Hi)|(?&?&?&?&?)]]%Some_csum_included; simplify_eq.
  assert (m' = m) as ->.
  { apply Some_pair_included in Hi as [_ Hi].
    by apply Some_included_total, to_agree_included, leibniz_equiv in Hi. }
  split; [done|].
  apply Some_included in Hi as [Heq|Hi].
  - left. destruct Heq as [[Hq Hn] _]. simpl in *.
    apply leibniz_equiv in Hq, Hn. done.
  - right. apply prod_included in Hi as [[Hq Hn]%prod_included _]. simpl in Hq, Hn.
    apply frac_included in Hq. apply pos_included in Hn.
    apply Qp.lt_sum in Hq as [q2 ->].
    exists q2, (n - 1)%positive. split; [done|]. lia.
Qed.
Local Lemma share_included_count q k m q' n m' :
  share q k m ≼ share q' n m' → (k ≤ n)%positive.
Proof.
  intros [?|[(x&y&?&?&Hi)|(?&?&?&?&?)]]%Some_csum_included; simplify_eq.
  apply Some_included in Hi as [[[_ Hn] _]|[[_ Hn]%prod_included _]%prod_included]; simpl in Hn.
  - by apply leibniz_equiv in Hn as ->.
  - apply pos_included in Hn. lia.
Qed.
Local Lemma share_op q1 q2 n1 n2 m :
  share q1 n1 m ⋅ share q2 n2 m ≡ share (q1 + q2) (n1 + n2) m.
Proof. rewrite /share -Some_op -Cinl_op -!pair_op agree_idemp //. Qed.
Local Instance share_cancelable q n m : Cancelable (share q n m).
Proof. apply _. Qed.

(** ** Racers *)
Section racers.
  Context `{!frameG Σ}.
  Implicit Types (γr : gname) (k : positive).

  (** [k] of the [racers_max] tokens there are. *)
  Definition racers γr k : iProp Σ :=
    own γr (pos_to_Qp k / pos_to_Qp racers_max)%Qp.

  Global Instance racers_timeless γr k : Timeless (racers γr k).
  Proof. apply _. Qed.
  Lemma racers_split γr k1 k2 : racers γr (k1 + k2) ⊣⊢ racers γr k1 ∗ racers γr k2.
  Proof. rewrite /racers -own_op frac_op -Qp.div_add_distr pos_to_Qp_add //. Qed.
  Lemma racers_bound γr k : racers γr k -∗ ⌜(k ≤ racers_max)%positive⌝.
  Proof.
    iIntros "H". iDestruct (own_valid with "H") as %Hv%frac_valid. iPureIntro.
    apply pos_to_Qp_inj_le.
    apply (Qp.mul_le_mono_r _ _ (pos_to_Qp racers_max)) in Hv.
    by rewrite Qp.mul_div_l Qp.mul_1_l in Hv.
  Qed.
  Lemma racers_alloc : ⊢ |==> ∃ γr, racers γr racers_max.
  Proof. iApply own_alloc. by rewrite Qp.div_diag. Qed.

  (** The tokens in the invariant: any number of them, also none. *)
  Definition racers_pool γr (r : nat) : iProp Σ :=
    match r with O => True | S r => racers γr (Pos.of_succ_nat r) end.
  Global Instance racers_pool_timeless γr r : Timeless (racers_pool γr r).
  Proof. destruct r; apply _. Qed.
  Lemma racers_pool_bound γr r : racers_pool γr r -∗ ⌜(r ≤ Z.pos racers_max)%Z⌝.
  Proof.
    destruct r as [|r]; simpl; [by iIntros "_ !%"|].
    iIntros "H". iDestruct (racers_bound with "H") as %?. iPureIntro. lia.
  Qed.
  Lemma racers_pool_add γr r : racers_pool γr r -∗ racers γr 1 -∗ racers_pool γr (S r).
  Proof.
    destruct r as [|r]; simpl; [by iIntros "_ H"|].
    rewrite -Pos.add_1_r racers_split. iIntros "$ $".
  Qed.
End racers.
Global Typeclasses Opaque racers racers_pool.

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

  (** ** Tokens and handles *)
  Definition busy_tok γ : iProp Σ := own γ (◯ token false).
  Definition unique_tok γ : iProp Σ := own γ (◯ token true).
  Definition share_tok γ q m : iProp Σ := own γ (◯ share q 1 m).
  Definition shares_tok γ (k : positive) m : iProp Σ := ∃ q, own γ (◯ share q k m).

  Definition unique_handle γ s i vl : iProp Σ := unique_tok γ ∗ meta_whole D s i vl.
  Definition shared_handle γ s m : iProp Σ := ∃ q, share_tok γ q m ∗ meta_part s q m.

  Definition slot_own γ γr s st : iProp Σ :=
    match st with
    | SlotUnused => own γ (● (None : slotUR)) ∗ meta_room D s
    | SlotBusy => own γ (● token false)
    | SlotUnique => own γ (● token true)
    | SlotShared n m => ∃ q q' r,
        own γ (● share q n m) ∗ ⌜(q + q' = 1)%Qp⌝ ∗ meta_part s q' m ∗
        racers_pool γr r ∗ ⌜(Z.pos n ≤ slot_max + r)%Z⌝
    end.

  Lemma slot_own_alloc γr s :
    meta_room D s ==∗ ∃ γ, slot_own γ γr s SlotUnused.
  Proof.
    iIntros "$". iApply own_alloc. by apply auth_auth_valid.
  Qed.

  (** ** Which state a token proves *)
  Local Ltac unfold_toks := rewrite /unique_tok /busy_tok /share_tok.
  Lemma unique_tok_agree γ γr s st :
    slot_own γ γr s st -∗ unique_tok γ -∗ ⌜st = SlotUnique⌝.
  Proof.
    unfold_toks. iIntros "H T". destruct st as [| | |n m]; simpl; [| |done|].
    - iDestruct "H" as "[H _]".
      iDestruct (own_valid_2 with "H T") as %[[]%token_included_None _]%auth_both_valid_discrete.
    - iDestruct (own_valid_2 with "H T") as %[Hi%token_included_token _]%auth_both_valid_discrete.
      done.
    - iDestruct "H" as (q q' r) "[H _]".
      iDestruct (own_valid_2 with "H T") as %[[]%token_included_share _]%auth_both_valid_discrete.
  Qed.
  Lemma busy_tok_agree γ γr s st :
    slot_own γ γr s st -∗ busy_tok γ -∗ ⌜st = SlotBusy⌝.
  Proof.
    unfold_toks. iIntros "H T". destruct st as [| | |n m]; simpl; [|done| |].
    - iDestruct "H" as "[H _]".
      iDestruct (own_valid_2 with "H T") as %[[]%token_included_None _]%auth_both_valid_discrete.
    - iDestruct (own_valid_2 with "H T") as %[Hi%token_included_token _]%auth_both_valid_discrete.
      done.
    - iDestruct "H" as (q q' r) "[H _]".
      iDestruct (own_valid_2 with "H T") as %[[]%token_included_share _]%auth_both_valid_discrete.
  Qed.
  Lemma share_tok_agree γ γr s st q m :
    slot_own γ γr s st -∗ share_tok γ q m -∗ ⌜∃ n, st = SlotShared n m⌝.
  Proof.
    unfold_toks. iIntros "H T". destruct st as [| | |n m']; simpl.
    - iDestruct "H" as "[H _]".
      iDestruct (own_valid_2 with "H T") as %[[]%share_included_None _]%auth_both_valid_discrete.
    - iDestruct (own_valid_2 with "H T") as %[[]%share_included_token _]%auth_both_valid_discrete.
    - iDestruct (own_valid_2 with "H T") as %[[]%share_included_token _]%auth_both_valid_discrete.
    - iDestruct "H" as (q1 q' r) "[H _]".
      iDestruct (own_valid_2 with "H T") as %[(->&_)%share_included _]%auth_both_valid_discrete.
      by iExists n.
  Qed.
  Lemma share_tok_agree_2 γ q m q' m' :
    share_tok γ q m -∗ share_tok γ q' m' -∗ ⌜m = m'⌝.
  Proof.
    unfold_toks. iIntros "T T'". iDestruct (own_valid_2 with "T T'") as %Hv.
    iPureIntro. rewrite -auth_frag_op auth_frag_valid in Hv.
    by destruct Hv as [_ Hv%to_agree_op_inv_L].
  Qed.
  Lemma shared_handle_agree γ γr s st m :
    slot_own γ γr s st -∗ shared_handle γ s m -∗ ⌜∃ n, st = SlotShared n m⌝.
  Proof. iIntros "H (%q & T & _)". iApply (share_tok_agree with "H T"). Qed.
  Lemma unique_handle_agree γ γr s st i vl :
    slot_own γ γr s st -∗ unique_handle γ s i vl -∗ ⌜st = SlotUnique⌝.
  Proof. iIntros "H [T _]". iApply (unique_tok_agree with "H T"). Qed.

  Lemma slot_own_bound γ γr s st : slot_own γ γr s st -∗ ⌜state_bounded st⌝.
  Proof.
    destruct st as [| | |n m]; simpl; try by iIntros "_".
    iIntros "(%q & %q' & %r & _ & _ & _ & Hr & %Hn)".
    iDestruct (racers_pool_bound with "Hr") as %Hr. iPureIntro.
    unfold slot_max, slot_unique, racers_max in *. lia.
  Qed.

  (** Several handles are as many shares. *)
  Lemma share_tok_combine γ γr s st q1 q2 m1 m2 :
    slot_own γ γr s st -∗ share_tok γ q1 m1 -∗ share_tok γ q2 m2 -∗
    ⌜m1 = m2 ∧ ∃ n, st = SlotShared n m1 ∧ (1 < n)%positive⌝.
  Proof.
    iIntros "H T1 T2". iDestruct (share_tok_agree with "H T1") as %[n ->].
    iDestruct (share_tok_agree with "H T2") as %[n' [= <- <-]].
    iDestruct "H" as (q q' r) "[H _]".
    iAssert (own γ (◯ share (q1 + q2) (1 + 1) m1)) with "[T1 T2]" as "T".
    { rewrite -share_op auth_frag_op own_op. iFrame. }
    iDestruct (own_valid_2 with "H T") as %[Hi%share_included_count _]%auth_both_valid_discrete.
    iPureIntro. split; [done|]. exists n. split; [done|lia].
  Qed.

  (** ** Transitions *)
  Local Definition token_of (b : bool) : slot_state := if b then SlotUnique else SlotBusy.
  Local Lemma token_update γ γr s (b b' : bool) :
    slot_own γ γr s (token_of b) -∗ own γ (◯ token b) ==∗
    slot_own γ γr s (token_of b') ∗ own γ (◯ token b').
  Proof.
    iIntros "H T".
    iAssert (own γ (● token b)) with "[H]" as "H"; [by destruct b|].
    iAssert (|==> own γ (● token b' ⋅ ◯ token b'))%I with "[H T]" as ">H".
    { iApply (own_update_2 with "H T").
      apply auth_update, option_local_update. by apply exclusive_local_update. }
    iDestruct "H" as "[H $]". by destruct b'.
  Qed.
  Lemma slot_publish_update γ γr s :
    slot_own γ γr s SlotBusy -∗ busy_tok γ ==∗ slot_own γ γr s SlotUnique ∗ unique_tok γ.
  Proof. apply (token_update γ γr s false true). Qed.
  Lemma slot_release_update γ γr s :
    slot_own γ γr s SlotUnique -∗ unique_tok γ ==∗ slot_own γ γr s SlotBusy ∗ busy_tok γ.
  Proof. apply (token_update γ γr s true false). Qed.

  Lemma slot_claim_update γ γr s :
    slot_own γ γr s SlotUnused ==∗ slot_own γ γr s SlotBusy ∗ busy_tok γ ∗ meta_room D s.
  Proof.
    iIntros "[H $]". rewrite /busy_tok /= -own_op. iApply (own_update with "H").
    apply auth_update_alloc. by apply alloc_option_local_update.
  Qed.
  Lemma slot_free_update γ γr s :
    slot_own γ γr s SlotBusy -∗ busy_tok γ -∗ meta_room D s ==∗ slot_own γ γr s SlotUnused.
  Proof.
    iIntros "H T $". iApply (own_update_2 with "H T").
    apply auth_update_dealloc. apply delete_option_local_update, _.
  Qed.

  Local Lemma token_share γ γr s b m :
    slot_own γ γr s (token_of b) -∗ own γ (◯ token b) -∗ meta_part s 1 m ==∗
    slot_own γ γr s (SlotShared 1 m) ∗ shared_handle γ s m.
  Proof.
    iIntros "H T C".
    iAssert (own γ (● token b)) with "[H]" as "H"; [by destruct b|].
    iMod (own_update_2 with "H T") as "[H T]".
    { apply auth_update, option_local_update.
      apply (exclusive_local_update _ (Cinl ((1/2)%Qp, 1%positive, to_agree m))).
      by rewrite Cinl_valid. }
    rewrite -{1}Qp.half_half meta_part_split. iDestruct "C" as "[C1 C2]".
    iModIntro. iSplitR "T C2".
    - iExists (1/2)%Qp, (1/2)%Qp, O. iFrame "H C1". rewrite /= Qp.half_half.
      by iPureIntro.
    - iExists (1/2)%Qp. iFrame "C2". iFrame "T".
  Qed.
  Lemma slot_share_update γ γr s m :
    slot_own γ γr s SlotUnique -∗ unique_tok γ -∗ meta_part s 1 m ==∗
    slot_own γ γr s (SlotShared 1 m) ∗ shared_handle γ s m.
  Proof. apply (token_share γ γr s true). Qed.
  Lemma slot_publish_shared_update γ γr s m :
    slot_own γ γr s SlotBusy -∗ busy_tok γ -∗ meta_part s 1 m ==∗
    slot_own γ γr s (SlotShared 1 m) ∗ shared_handle γ s m.
  Proof. apply (token_share γ γr s false). Qed.

  (** One share more. At the maximum it costs a racer's token. *)
  Lemma slot_clone_update γ γr s n m :
    slot_own γ γr s (SlotShared n m) -∗
    (⌜(Z.pos n < slot_max)%Z⌝ ∨ racers γr 1) ==∗
    slot_own γ γr s (SlotShared (n + 1) m) ∗ shared_handle γ s m.
  Proof.
    iIntros "(%q & %q' & %r & H & %Hq & C & R & %Hn) Hmax".
    iMod (own_update with "H") as "[H T]".
    { apply auth_update_alloc.
      apply (op_local_update_discrete _ _ (share (q'/2) 1 m)) => _.
      rewrite share_op /share Some_valid Cinl_valid. split; [split|]; simpl; [|done|done].
      apply frac_valid. rewrite -Hq comm. apply Qp.add_le_mono_l.
      by apply Qp.div_le. }
    rewrite right_id_L share_op. rewrite -{1}(Qp.div_2 q') meta_part_split.
    iDestruct "C" as "[C1 C2]". iModIntro.
    iSplitR "C2 T"; [|iExists (q'/2)%Qp; by iFrame].
    iAssert (∃ r', racers_pool γr r' ∗ ⌜(Z.pos (n + 1) ≤ slot_max + r')%Z⌝)%I
      with "[R Hmax]" as (r') "[R %Hn']".
    { iDestruct "Hmax" as "[%Hmax|Hr]".
      - iExists r. iFrame "R". iPureIntro. lia.
      - iExists (S r). iSplitL; [|iPureIntro; lia]. iApply (racers_pool_add with "R Hr"). }
    iExists (q'/2 + q)%Qp, (q'/2)%Qp, r'. rewrite (Pos.add_comm n 1). iFrame "H C1 R".
    iPureIntro. split; [|lia].
    by rewrite (comm _ (q'/2)%Qp q) -assoc Qp.div_2.
  Qed.

  Lemma slot_last_update γ γr s m :
    slot_own γ γr s (SlotShared 1 m) -∗ shared_handle γ s m ==∗
    slot_own γ γr s SlotBusy ∗ busy_tok γ ∗ meta_part s 1 m.
  Proof.
    iIntros "(%q & %q' & %r & H & %Hq & C & _) (%q2 & T & C2)".
    iDestruct (own_valid_2 with "H T") as
      %[(_&[[_ ->]|(q3&n2&_&?)])%share_included _]%auth_both_valid_discrete; [|lia].
    iAssert (meta_part s 1 m) with "[C C2]" as "$".
    { rewrite -Hq meta_part_split. iFrame. }
    iMod (own_update_2 with "H T") as "H".
    { apply auth_update_dealloc.
      rewrite -{1}(right_id None op (share _ _ _)). apply cancel_local_update_unit, _. }
    rewrite /busy_tok /= -own_op. iApply (own_update with "H").
    apply auth_update_alloc. by apply alloc_option_local_update.
  Qed.

  Lemma slot_drop_update γ γr s n m :
    (1 < n)%positive →
    slot_own γ γr s (SlotShared n m) -∗ shared_handle γ s m ==∗
    slot_own γ γr s (SlotShared (n - 1) m).
  Proof.
    iIntros (Hn) "(%q & %q' & %r & H & %Hq & C & R & %) (%q2 & T & C2)".
    iDestruct (own_valid_2 with "H T") as
      %[(_&[[? ->]|(q3&n2&->&->)])%share_included _]%auth_both_valid_discrete; [lia|].
    iMod (own_update_2 with "H T") as "H".
    { apply auth_update_dealloc. rewrite -share_op. apply cancel_local_update_unit, _. }
    replace (1 + n2 - 1)%positive with n2 by lia.
    iModIntro. iExists q3, (q' + q2)%Qp, r. rewrite meta_part_split. iFrame "H C C2 R".
    iPureIntro. split; [|lia]. rewrite -Hq (comm _ q2) -assoc (comm _ q2) //.
  Qed.
End ghost.
