(** * A raw pointer stands for one handle

[Rc::from_raw] and [Weak::from_raw] may be called once for each [into_raw], and
[Rc::decrement_strong_count] is such a call. That this is a demand of the programs,
and not of a way to specify them, is seen here in executions.

- [twice_clients] are closed programs: one [into_raw], two handles out of the same
  pointer, each dropped. The verified interpreter comes to a use of freed memory in
  each of them ([twice_stuck]), so that nothing is true of them ([twice_refuted]).
- [raw_protocol] is what a specification of these programs says, in whatever
  assertions for a handle, for a token of a raw pointer, and for what a thread lends:
  a handle is made; [into_raw] makes tokens of it; [from_raw] makes a handle of a token;
  a handle can be dropped, and a token given up by [decrement_strong_count].
- [into_raw_two_tokens], the theorem: there are no such assertions with which [into_raw]
  gives two tokens. No [rc_shared_own], no annotation and no other idea of a token makes
  [rc_raw] one that is had twice; nor can there be a rule by which one token becomes
  two ([raw_token_not_doubled]). [weak_into_raw_two_tokens] and
  [weak_token_not_doubled] say it of [Weak].
- [into_raw_one_token] and [weak_into_raw_one_token]: one token can be had, which is
  that of the interface. So the theorems are not about demands that nothing meets.

The logical form, for the tokens of the interface, is [rc_raw_valid_2] in [rc_sig.v]:
shares add up to no more than 1. So one token with share [r] does not become two with
share [r], by a rule that holds always: [rc_raw_not_doubled], [weak_raw_not_doubled]. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.logic Require Import shared_own.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.refuted Require Import rc_overflow.
From tally.prelude Require Import options.

(** ** Clients that use a pointer twice
Of an [Rc] of 7: [use] is given the pointer that [into_raw] returns. *)
Definition raw_client (use : expr) : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "x" := rc_new 1 ["src"] in
  let: "ptr" := rc_into_raw ["x"] in
  use;;
  #☠.
Definition from_raw_twice : expr :=
  raw_client (
    let: "y" := rc_from_raw ["ptr"] in
    let: "z" := rc_from_raw ["ptr"] in
    rc_drop 1 drop_nothing ["y"];;
    rc_drop 1 drop_nothing ["z"])%E.
Definition decrement_twice : expr :=
  raw_client (
    rc_decrement_strong_count 1 drop_nothing ["ptr"];;
    rc_decrement_strong_count 1 drop_nothing ["ptr"])%E.
Definition from_raw_and_decrement : expr :=
  raw_client (
    let: "y" := rc_from_raw ["ptr"] in
    rc_decrement_strong_count 1 drop_nothing ["ptr"];;
    rc_drop 1 drop_nothing ["y"])%E.
(** The second drop frees the block under the [Rc], which is dropped last. *)
Definition weak_from_raw_twice : expr :=
  let: "src" := Alloc #1 in
  "src" <- #7;;
  let: "x" := rc_new 1 ["src"] in
  let: "ptr" := weak_into_raw [rc_downgrade ["x"] ] in
  let: "y" := weak_from_raw ["ptr"] in
  let: "z" := weak_from_raw ["ptr"] in
  weak_drop 1 ["y"];;
  weak_drop 1 ["z"];;
  rc_drop 1 drop_nothing ["x"];;
  #☠.
Definition twice_clients : list expr :=
  [from_raw_twice; decrement_twice; from_raw_and_decrement; weak_from_raw_twice].

Lemma twice_stuck :
  Forall (λ e, use_after_free (run_program choice_fresh [] 1000 e) = true) twice_clients.
Proof. repeat constructor; by vm_compute. Qed.
Theorem twice_refuted e φ : e ∈ twice_clients → ¬ adequate NotStuck e ∅ φ.
Proof.
  intros He. eapply use_after_free_not_adequate.
  by apply (proj1 (Forall_forall _ _) twice_stuck).
Qed.

(** Once is fine: what the clients do twice is what is wrong. *)
Definition once_clients : list expr :=
  [raw_client (let: "y" := rc_from_raw ["ptr"] in rc_drop 1 drop_nothing ["y"])%E;
   raw_client (rc_decrement_strong_count 1 drop_nothing ["ptr"])%E].
Lemma once_runs :
  Forall (λ e, main_value (run_program choice_fresh [] 1000 e) = Some #☠%V) once_clients.
Proof. repeat constructor; by vm_compute. Qed.

(** ** Any specification *)
Section protocol.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Implicit Types (T : iProp Σ) (H W K : val → iProp Σ) (n : nat).

  (** The content is an integer. [T] is what a thread lends, [H] a handle, [K] a token,
  of which [into_raw] gives [n]. *)
  Definition raw_protocol T H K n : Prop :=
    (∀ src : loc,
      {{{ T ∗ src ↦∗ [ #7]%V }}} rc_new 1 [ #src ] {{{ x, RET x; T ∗ H x }}}) ∧
    (∀ x, {{{ T ∗ H x }}}
      rc_into_raw [x] {{{ ptr, RET ptr; T ∗ [∗] replicate n (K ptr) }}}) ∧
    (∀ ptr, {{{ T ∗ K ptr }}} rc_from_raw [ptr] {{{ x, RET x; T ∗ H x }}}) ∧
    (∀ x, {{{ T ∗ H x }}} rc_drop 1 drop_nothing [x] {{{ RET #☠; T }}}) ∧
    (∀ ptr, {{{ T ∗ K ptr }}}
      rc_decrement_strong_count 1 drop_nothing [ptr] {{{ RET #☠; T }}}).
  (** [W] is a weak handle. *)
  Definition weak_protocol T H W K n : Prop :=
    (∀ src : loc,
      {{{ T ∗ src ↦∗ [ #7]%V }}} rc_new 1 [ #src ] {{{ x, RET x; T ∗ H x }}}) ∧
    (∀ x, {{{ T ∗ H x }}} rc_downgrade [x] {{{ w, RET w; T ∗ H x ∗ W w }}}) ∧
    (∀ w, {{{ T ∗ W w }}}
      weak_into_raw [w] {{{ ptr, RET ptr; T ∗ [∗] replicate n (K ptr) }}}) ∧
    (∀ ptr, {{{ T ∗ K ptr }}} weak_from_raw [ptr] {{{ w, RET w; T ∗ W w }}}) ∧
    (∀ w, {{{ T ∗ W w }}} weak_drop 1 [w] {{{ RET #☠; T }}}) ∧
    (∀ x, {{{ T ∗ H x }}} rc_drop 1 drop_nothing [x] {{{ RET #☠; T }}}).

  (** One becomes two. *)
  Definition doubles K : Prop := ∀ ptr, K ptr ={⊤}=∗ K ptr ∗ K ptr.

  Lemma raw_protocol_doubled T H K :
    raw_protocol T H K 1 → doubles K → raw_protocol T H K 2.
  Proof.
    intros (? & Hinto & ? & ? & ?) Hdouble. split_and!; [done| |done..].
    iIntros (x Φ) "H HΦ". iApply wp_fupd. iApply (Hinto with "H").
    iIntros "!>" (ptr) "(HT & Hptr & _)". iMod (Hdouble with "Hptr") as "[H1 H2]".
    iModIntro. iApply "HΦ". by iFrame.
  Qed.
  Lemma weak_protocol_doubled T H W K :
    weak_protocol T H W K 1 → doubles K → weak_protocol T H W K 2.
  Proof.
    intros (? & ? & Hinto & ? & ? & ?) Hdouble. split_and!; [done|done| |done..].
    iIntros (x Φ) "H HΦ". iApply wp_fupd. iApply (Hinto with "H").
    iIntros "!>" (ptr) "(HT & Hptr & _)". iMod (Hdouble with "Hptr") as "[H1 H2]".
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma from_raw_twice_spec T H K n :
    raw_protocol T H K (2 + n) → T -∗ WP from_raw_twice {{ _, True }}.
  Proof using Type*.
    iIntros ((Hnew & Hinto & Hfrom & Hdrop & _)) "HT".
    rewrite /from_raw_twice /raw_client.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (Hnew with "[$HT $Hsrc]"). iIntros (x) "[HT Hx]". wp_pures.
    wp_apply (Hinto with "[$HT $Hx]"). iIntros (ptr) "(HT & Hptr & Hptr' & _)". wp_pures.
    wp_apply (Hfrom with "[$HT $Hptr]"). iIntros (y) "[HT Hy]". wp_pures.
    wp_apply (Hfrom with "[$HT $Hptr']"). iIntros (z) "[HT Hz]". wp_pures.
    wp_apply (Hdrop with "[$HT $Hy]"). iIntros "HT". wp_pures.
    wp_apply (Hdrop with "[$HT $Hz]"). iIntros "HT". by wp_pures.
  Qed.
  Lemma weak_from_raw_twice_spec T H W K n :
    weak_protocol T H W K (2 + n) → T -∗ WP weak_from_raw_twice {{ _, True }}.
  Proof using Type*.
    iIntros ((Hnew & Hdown & Hinto & Hfrom & Hweak_drop & Hdrop)) "HT".
    rewrite /weak_from_raw_twice.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_write. wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (Hnew with "[$HT $Hsrc]"). iIntros (x) "[HT Hx]". wp_pures.
    wp_apply (Hdown with "[$HT $Hx]"). iIntros (w) "(HT & Hx & Hw)".
    wp_apply (Hinto with "[$HT $Hw]"). iIntros (ptr) "(HT & Hptr & Hptr' & _)". wp_pures.
    wp_apply (Hfrom with "[$HT $Hptr]"). iIntros (y) "[HT Hy]". wp_pures.
    wp_apply (Hfrom with "[$HT $Hptr']"). iIntros (z) "[HT Hz]". wp_pures.
    wp_apply (Hweak_drop with "[$HT $Hy]"). iIntros "HT". wp_pures.
    wp_apply (Hweak_drop with "[$HT $Hz]"). iIntros "HT". wp_pures.
    wp_apply (Hdrop with "[$HT $Hx]"). iIntros "HT". by wp_pures.
  Qed.
End protocol.

(** There are such assertions, and a thread has what it is to lend. [C] is what else is
asked of the token. *)
Definition raw_model Σ (n : nat) (C : lrustGS Σ → (val → iProp Σ) → Prop) : Prop :=
  ∀ (HΣ : lrustGS Σ) (Huntracked : UntrackedHeap Σ), ⊢ |={⊤}=> ∃ (T : iProp Σ) (H K : val → iProp Σ),
    T ∗ ⌜raw_protocol T H K n ∧ C HΣ K⌝.
Definition weak_model Σ (n : nat) (C : lrustGS Σ → (val → iProp Σ) → Prop) : Prop :=
  ∀ (HΣ : lrustGS Σ) (Huntracked : UntrackedHeap Σ), ⊢ |={⊤}=> ∃ (T : iProp Σ) (H W K : val → iProp Σ),
    T ∗ ⌜weak_protocol T H W K n ∧ C HΣ K⌝.
Definition nothing_else {Σ} `{!lrustGS Σ} (K : val → iProp Σ) : Prop := True.

Theorem into_raw_two_tokens Σ `{!lrustGpreS Σ} n :
  ¬ raw_model Σ (2 + n) (@nothing_else Σ).
Proof.
  intros Hmodel. apply (twice_refuted from_raw_twice (λ _ _, True)); [set_solver|].
  apply (lrust_adequacy Σ _ (λ _, True)). intros HΣ Huntracked.
  iMod (Hmodel HΣ Huntracked) as (T H K) "[HT [%Hraw _]]".
  iApply (wp_wand with "[HT]"); [|by iIntros].
  by iApply (from_raw_twice_spec T H K n).
Qed.
Theorem weak_into_raw_two_tokens Σ `{!lrustGpreS Σ} n :
  ¬ weak_model Σ (2 + n) (@nothing_else Σ).
Proof.
  intros Hmodel. apply (twice_refuted weak_from_raw_twice (λ _ _, True)); [set_solver|].
  apply (lrust_adequacy Σ _ (λ _, True)). intros HΣ Huntracked.
  iMod (Hmodel HΣ Huntracked) as (T H W K) "[HT [%Hweak _]]".
  iApply (wp_wand with "[HT]"); [|by iIntros].
  by iApply (weak_from_raw_twice_spec T H W K n).
Qed.
Corollary raw_token_not_doubled Σ `{!lrustGpreS Σ} : ¬ raw_model Σ 1 (@doubles Σ).
Proof.
  intros Hmodel. apply (into_raw_two_tokens Σ 0). intros HΣ Huntracked.
  iMod (Hmodel HΣ Huntracked) as (T H K) "[HT [%Hraw %Hdouble]]". iModIntro. iExists T, H, K.
  iFrame "HT". iPureIntro. split; [by apply raw_protocol_doubled|done].
Qed.
Corollary weak_token_not_doubled Σ `{!lrustGpreS Σ} : ¬ weak_model Σ 1 (@doubles Σ).
Proof.
  intros Hmodel. apply (weak_into_raw_two_tokens Σ 0). intros HΣ Huntracked.
  iMod (Hmodel HΣ Huntracked) as (T H W K) "[HT [%Hweak %Hdouble]]". iModIntro. iExists T, H, W, K.
  iFrame "HT". iPureIntro. split; [by apply weak_protocol_doubled|done].
Qed.

(** ** The tokens of the interface *)
Lemma Qp_archimedean (r : Qp) : ∃ k, (1 < pos_to_Qp k * r)%Qp.
Proof.
  destruct r as [[[n d] Hr] Hpos]. exists (d + 1)%positive.
  apply Qp.to_Qc_inj_lt. rewrite /Qcanon.Qclt /= in Hpos |- *.
  rewrite Qreduction.Qred_correct. rewrite /QArith_base.Qlt /= in Hpos |- *. nia.
Qed.

Lemma shift_loc_inj_2 (l l' : loc) (n : Z) : (l +ₗ n = l' +ₗ n)%L → l = l'.
Proof. destruct l, l'. intros [= -> ?]. f_equal. lia. Qed.

Section raw.
  Context `{!lrustGS Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context {R : list val → list val → Prop} {τ : type Σ}.
  Context (SO : rc_shared_own p N R τ) `{!rcG Σ (so_id SO)}.
  Implicit Types (γ : rc_name) (i : so_id SO) (ptr : loc) (a : list val) (r : Qp).

  (** A thing with a share, of which there is always one more. *)
  Local Lemma doubled_too_much (P : Qp → iProp Σ) (Q : Qp → positive → iProp Σ) r :
    (∀ r, P r -∗ Q r 1%positive) →
    (∀ r r' k k', Q r k -∗ Q r' k' -∗ Q (r + r')%Qp (k + k')%positive) →
    (∀ r k, Q r k -∗ ⌜(r ≤ 1)%Qp⌝) →
    □ (P r ={⊤}=∗ P r ∗ P r) -∗ P r ={⊤}=∗ False.
  Proof.
    iIntros (HPQ Hjoin Hvalid) "#Hdouble HP". destruct (Qp_archimedean r) as [k Hk].
    iAssert (|={⊤}=> Q (pos_to_Qp k * r)%Qp k)%I with "[HP]" as ">H".
    { clear Hk. iRevert "HP". iStopProof. induction k as [|k IH] using Pos.peano_ind.
      - iIntros "_ HP". rewrite Qp.mul_1_l. iModIntro. by iApply HPQ.
      - iIntros "#Hdouble HP". iMod ("Hdouble" with "HP") as "[HP HP']".
        iMod (IH with "Hdouble HP") as "Hk". iDestruct (HPQ with "HP'") as "H1". iModIntro.
        rewrite -Pos.add_1_l -pos_to_Qp_add Qp.mul_add_distr_r Qp.mul_1_l.
        iApply (Hjoin with "H1 Hk"). }
    iDestruct (Hvalid with "H") as %Hle. by apply Qp.lt_nge in Hk.
  Qed.

  Lemma rc_raw_not_doubled γ i ptr a r :
    □ (rc_raw SO γ i ptr a r ={⊤}=∗ rc_raw SO γ i ptr a r ∗ rc_raw SO γ i ptr a r) -∗
    rc_raw SO γ i ptr a r ={⊤}=∗ False.
  Proof.
    iIntros "#Hdouble Hraw". iDestruct "Hraw" as (l) "[%Hptr Hrc]".
    iApply (doubled_too_much (λ r, rc_raw SO γ i ptr a r) (λ r k, rc_own SO γ i l a r k 0)
      with "Hdouble [Hrc]").
    - iIntros (r') "(%l' & %Hl & H)". rewrite Hptr in Hl.
      by rewrite (shift_loc_inj_2 _ _ _ Hl).
    - iIntros (r1 r2 k1 k2) "H1 H2". rewrite -(Nat.add_0_l 0) rc_own_split. iFrame.
    - iIntros (r' k). iApply rc_own_valid.
    - iExists l. by iFrame.
  Qed.
  Lemma weak_raw_not_doubled γ ptr r :
    □ (weak_raw SO γ ptr r ={⊤}=∗ weak_raw SO γ ptr r ∗ weak_raw SO γ ptr r) -∗
    weak_raw SO γ ptr r ={⊤}=∗ False.
  Proof.
    iIntros "#Hdouble Hraw". iDestruct "Hraw" as (l) "[%Hptr Hweak]".
    iApply (doubled_too_much (λ r, weak_raw SO γ ptr r)
      (λ r k, weak_own SO γ l r (Pos.to_nat k)) with "Hdouble [Hweak]").
    - iIntros (r') "(%l' & %Hl & H)". rewrite Hptr in Hl.
      by rewrite (shift_loc_inj_2 _ _ _ Hl).
    - iIntros (r1 r2 k1 k2) "H1 H2". rewrite Pos2Nat.inj_add weak_own_split. iFrame.
    - iIntros (r' k). iApply rc_ref_valid.
    - iExists l. by iFrame.
  Qed.
End raw.

(** ** One token can be had *)
Section holds.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !na_invG Σ}.
  Context {p : na_inv_pool_name} {N : namespace}.
  Context (SO : rc_shared_own p N eq (int_ty u8)) `{!rcG Σ (so_id SO)}.

  Local Definition handle (x : val) : iProp Σ := ty_own (rc_ty SO) [x].
  Local Definition weak_handle (w : val) : iProp Σ :=
    ∃ (l : loc) γ r, ⌜w = #l⌝ ∗ weak_own SO γ l r 1.
  Local Definition token (ptr : val) : iProp Σ :=
    ∃ (l : loc) γ i a r, ⌜ptr = #l⌝ ∗ rc_raw SO γ i l a r.
  Local Definition weak_token (ptr : val) : iProp Σ :=
    ∃ (l : loc) γ r, ⌜ptr = #l⌝ ∗ weak_raw SO γ l r.

  Local Lemma new_holds (src : loc) :
    {{{ na_own p ⊤ ∗ src ↦∗ [ #7]%V }}} rc_new 1 [ #src ] {{{ x, RET x; na_own p ⊤ ∗ handle x }}}.
  Proof using Type*.
    iIntros (Φ) "[Hna Hsrc] HΦ". iApply (rc_ty_new SO src _ _ 1 0 with "[$Hsrc]"); [done| |].
    { iSplitR; [by iApply heap_lease_untracked|by iApply int_ty_own_intro]. }
    iIntros "!>" (x) "[Hx _]". iApply "HΦ". iFrame.
  Qed.
  Local Lemma drop_holds x :
    {{{ na_own p ⊤ ∗ handle x }}} rc_drop 1 drop_nothing [x] {{{ RET #☠; na_own p ⊤ }}}.
  Proof using Type*.
    iIntros (Φ) "[Hna Hx] HΦ".
    iDestruct (rc_ty_own with "Hx") as (l γ i a r) "[%Hx Hrc]". simplify_eq/=.
    iApply (rc_drop_spec SO ⊤ drop_nothing (ty_own (int_ty u8)) with "[$Hna $Hrc]"); [done| |].
    { iApply drop_nothing_spec. }
    iIntros "!> [Hna _]". by iApply "HΦ".
  Qed.

  Lemma raw_protocol_holds : raw_protocol (na_own p ⊤) handle token 1.
  Proof using Type*.
    split_and!.
    - apply new_holds.
    - iIntros (x Φ) "[Hna Hx] HΦ".
      iDestruct (rc_ty_own with "Hx") as (l γ i a r) "[%Hx Hrc]". simplify_eq/=.
      iApply (rc_into_raw_spec with "Hrc"). iIntros "!> Hraw". iApply "HΦ".
      iFrame "Hna". iSplitL; [|done]. iExists _, γ, i, a, r. by iFrame "Hraw".
    - iIntros (ptr Φ) "[Hna (%l & %γ & %i & %a & %r & -> & Hraw)] HΦ".
      iApply (rc_from_raw_spec with "Hraw"). iIntros "!>" (l') "[_ Hrc]". iApply "HΦ".
      iFrame "Hna". iApply rc_ty_own. iExists l', γ, i, a, r. by iFrame "Hrc".
    - apply drop_holds.
    - iIntros (ptr Φ) "[Hna (%l & %γ & %i & %a & %r & -> & Hraw)] HΦ". wp_rec.
      wp_apply (rc_from_raw_spec with "Hraw"). iIntros (l') "[_ Hrc]".
      iApply (drop_holds with "[$Hna Hrc]"); [|done].
      iApply rc_ty_own. iExists l', γ, i, a, r. by iFrame "Hrc".
  Qed.

  Lemma weak_protocol_holds : weak_protocol (na_own p ⊤) handle weak_handle weak_token 1.
  Proof using Type*.
    split_and!.
    - apply new_holds.
    - iIntros (x Φ) "[Hna Hx] HΦ".
      iDestruct (rc_ty_own with "Hx") as (l γ i a r) "[%Hx Hrc]". simplify_eq/=.
      iApply (rc_downgrade_spec SO ⊤ with "[$Hna $Hrc]"); [done|].
      iIntros "!> [Hna Hrc]". iApply "HΦ". iFrame "Hna".
      iAssert (rc_own SO γ i l a (r / 2 + r / 2) 1 (0 + 1)) with "[Hrc]" as "Hrc".
      { by rewrite Qp.div_2. }
      rewrite rc_own_split_weak. iDestruct "Hrc" as "[Hrc Hweak]". iSplitL "Hrc".
      + iApply rc_ty_own. iExists l, γ, i, a, (r / 2)%Qp. by iFrame "Hrc".
      + iExists l, γ, (r / 2)%Qp. by iFrame "Hweak".
    - iIntros (w Φ) "[Hna (%l & %γ & %r & -> & Hweak)] HΦ".
      iApply (weak_into_raw_spec with "Hweak"). iIntros "!> Hraw". iApply "HΦ".
      iFrame "Hna". iSplitL; [|done]. iExists _, γ, r. by iFrame "Hraw".
    - iIntros (ptr Φ) "[Hna (%l & %γ & %r & -> & Hraw)] HΦ".
      iApply (weak_from_raw_spec with "Hraw"). iIntros "!>" (l') "[_ Hweak]".
      iApply "HΦ". iFrame "Hna". iExists l', γ, r. by iFrame "Hweak".
    - iIntros (w Φ) "[Hna (%l & %γ & %r & -> & Hweak)] HΦ".
      iApply (weak_drop_spec SO ⊤ _ _ _ 0 with "[$Hna $Hweak]"); [done|].
      iIntros "!> [Hna _]". by iApply "HΦ".
    - apply drop_holds.
  Qed.
End holds.

Definition rc_raw_twiceΣ : gFunctors := #[lrustΣ; na_invΣ; cinvΣ; rcΣ gname].

Theorem into_raw_one_token : raw_model rc_raw_twiceΣ 1 (@nothing_else _).
Proof.
  intros HΣ Huntracked. iMod na_alloc as (p) "Hna". iModIntro.
  set (SO := so_na p (rc_contentN nroot) (rc_content eq (int_ty u8))).
  iExists (na_own p ⊤), (handle SO), (token SO). iFrame "Hna". iPureIntro.
  split; [apply raw_protocol_holds|done].
Qed.
Theorem weak_into_raw_one_token : weak_model rc_raw_twiceΣ 1 (@nothing_else _).
Proof.
  intros HΣ Huntracked. iMod na_alloc as (p) "Hna". iModIntro.
  set (SO := so_na p (rc_contentN nroot) (rc_content eq (int_ty u8))).
  iExists (na_own p ⊤), (handle SO), (weak_handle SO), (weak_token SO).
  iFrame "Hna". iPureIntro. split; [apply weak_protocol_holds|done].
Qed.
