(** * The address of a raw frame stands for one handle

[Frame::from_raw] may be called once for each [into_raw]. That this is a demand of the
programs, and not of a way to specify them, is seen here in executions.

- [twice_clients] are closed programs: one [into_raw], two handles out of the same
  address, each dropped. Of a shared frame, the second drop finds the slot unused, and
  its assertion fails; of a unique one, the metadata, which owns a block of memory here,
  is destroyed a second time, and the block is freed twice. The verified interpreter gets
  stuck in both ([twice_stuck]), so that nothing is true of them ([twice_refuted]).
- If the handle is unique and the metadata owns nothing, no step goes wrong, but the page
  is given to the allocator twice ([unique_twice_run]).
- [raw_protocol] is what a specification of the programs for shares says, in whatever
  assertions for a handle and for a token of a raw frame.
- [into_raw_two_tokens], the theorem: there are no such assertions with which [into_raw]
  gives two tokens; nor can there be a rule by which one becomes two
  ([raw_token_not_doubled]).
- [into_raw_one_token]: one token can be had, which is that of the interface
  ([frame_raw_sig.v]). So the theorem is not about demands that nothing meets. *)
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp interp_correct.
From tally.lang.lib Require Import new_delete.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw number_dict.
From tally.refuted Require Import main_stuck.
From tally.prelude Require Import options.

(** ** Clients that use an address twice
A memory of one page, at address 0: its slot is where the slots begin. *)
Definition raw_slot (rest : expr) : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #0;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  rest.
(** The result is that of the second drop. *)
Definition use_twice (drop : val) : expr :=
  let: "pa" := frame_into_raw ["slot"] in
  let: "x" := frame_from_raw 1 ["slot"; "pa"] in
  let: "y" := frame_from_raw 1 ["slot"; "pa"] in
  drop ["x"];;
  drop ["y"].
(** Metadata of 7. *)
Definition from_raw_twice (unique : bool) (drop : val) : expr :=
  raw_slot (
    "src" <- #7;;
    get_from_unused 1 ["slot"; #0; "src"; #unique];;
    use_twice drop)%E.
Definition shared_twice : expr := from_raw_twice false number_drop.
(** With an allocator that says how much it got. *)
Definition size_dealloc : val := λ: ["pa"; "size"], "size".
Definition unique_twice : expr :=
  from_raw_twice true (unique_drop number_glues size_dealloc).

(** Metadata that is a [Box]: a block of one cell, which the destructor frees. *)
Definition free_box : val := λ: ["storage"], Free #1 !"storage".
Definition box_twice : expr :=
  raw_slot (
    "src" <- Alloc #1;;
    get_from_unused 1 ["slot"; #0; "src"; #true];;
    use_twice (unique_drop [free_box] no_dealloc))%E.

Definition twice_clients : list expr := [shared_twice; box_twice].
Lemma twice_stuck :
  Forall (λ e, main_stuck (run_program choice_fresh [] 1000 e) = true) twice_clients.
Proof. repeat constructor; by vm_compute. Qed.
Theorem twice_refuted e φ : e ∈ twice_clients → ¬ adequate NotStuck e ∅ φ.
Proof.
  intros He. eapply main_stuck_not_adequate.
  by apply (proj1 (Forall_forall _ _) twice_stuck).
Qed.

(** The unique handle twice, of metadata that owns nothing: no step goes wrong, but the
second drop, too, gives the page to the allocator. *)
Lemma unique_twice_run :
  main_value (run_program choice_fresh [] 1000 unique_twice) = Some #page_size%V.
Proof. by vm_compute. Qed.

(** Once is fine: what the clients do twice is what is wrong. *)
Definition once_client : expr :=
  raw_slot (
    "src" <- #7;;
    get_from_unused 1 ["slot"; #0; "src"; #false];;
    let: "pa" := frame_into_raw ["slot"] in
    number_drop [frame_from_raw 1 ["slot"; "pa"] ])%E.
Lemma once_runs :
  main_value (run_program choice_fresh [] 1000 once_client) = Some #☠%V.
Proof. by vm_compute. Qed.

(** ** Any specification *)
Section protocol.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Implicit Types (s src : loc) (S T H K : loc → iProp Σ) (n : nat).

  (** [S s] is the unused slot at [s], [T s] what everybody knows of it or has lent, [H s]
  a share, and [K s] a token of a raw frame, of which [into_raw] gives [n]. *)
  Definition raw_protocol S T H K n : Prop :=
    (∀ s, s ↦∗ [ #slot_unused; #☠; #☠; #0; #☠]%V ⊢ |={⊤}=> S s) ∧
    (∀ s src,
      {{{ S s ∗ src ↦∗ [ #7]%V }}}
        get_from_unused 1 [ #s; #0; #src; #false ]
      {{{ RET #0; T s ∗ H s }}}) ∧
    (∀ s, {{{ T s ∗ H s }}}
      frame_into_raw [ #s ] {{{ RET #0; T s ∗ [∗] replicate n (K s) }}}) ∧
    (∀ s, {{{ T s ∗ K s }}} frame_from_raw 1 [ #s; #0 ] {{{ RET #s; T s ∗ H s }}}) ∧
    (∀ s, {{{ T s ∗ H s }}} number_drop [ #s ] {{{ RET #☠; T s }}}).

  (** One becomes two. *)
  Definition doubles K : Prop := ∀ s, K s ⊢ |={⊤}=> K s ∗ K s.
  Lemma raw_protocol_doubled S T H K :
    raw_protocol S T H K 1 → doubles K → raw_protocol S T H K 2.
  Proof.
    intros (? & ? & Hinto & ? & ?) Hdouble. split_and!; [done|done| |done..].
    iIntros (s Φ) "H HΦ". iApply wp_fupd. iApply (Hinto with "H").
    iIntros "!> (HT & HK & _)". iMod (Hdouble with "HK") as "[H1 H2]".
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma shared_twice_spec S T H K n :
    raw_protocol S T H K (2 + n) → ⊢ WP shared_twice {{ _, True }}.
  Proof using Type*.
    intros (Hslot & Hget & Hinto & Hfrom & Hdrop).
    rewrite /shared_twice /from_raw_twice /raw_slot /use_twice /slot_paddr.
    wp_alloc s as "Hs" "_". iEval (rewrite /= !heap_pointsto_vec_cons !shift_loc_assoc) in "Hs".
    iDestruct "Hs" as "(Hs & Hs1 & Hs2 & Hs3 & Hs4 & _)". wp_pures. wp_write. wp_pures. wp_write.
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    iMod (Hslot s with "[Hs Hs1 Hs2 Hs3 Hs4]") as "HS".
    { rewrite !heap_pointsto_vec_cons !shift_loc_assoc heap_pointsto_vec_nil. iFrame. }
    wp_pures. rewrite -heap_pointsto_vec_singleton.
    wp_apply (Hget with "[$HS $Hsrc]"). iIntros "H". wp_pures.
    wp_apply (Hinto with "H"). iIntros "(HT & HK & HK' & _)". wp_pures.
    wp_apply (Hfrom with "[$HT $HK]"). iIntros "[HT Hx]". wp_pures.
    wp_apply (Hfrom with "[$HT $HK']"). iIntros "[HT Hy]". wp_pures.
    wp_apply (Hdrop with "[$HT $Hx]"). iIntros "HT". wp_pures.
    wp_apply (Hdrop with "[$HT $Hy]"). by iIntros "_".
  Qed.
End protocol.

(** There are such assertions. [C] is what else is asked of the token. *)
Definition raw_model Σ (n : nat) (C : ∀ HΣ : lrustGS Σ, (loc → iProp Σ) → Prop) : Prop :=
  ∀ (HΣ : lrustGS Σ) (Huntracked : UntrackedHeap Σ), ∃ S T H K : loc → iProp Σ,
    raw_protocol S T H K n ∧ C HΣ K.
Definition nothing_else {Σ} `{!lrustGS Σ} (K : loc → iProp Σ) : Prop := True.

Theorem into_raw_two_tokens Σ `{!lrustGpreS Σ} n :
  ¬ raw_model Σ (2 + n) (@nothing_else Σ).
Proof.
  intros Hmodel. apply (twice_refuted shared_twice (λ _ _, True)); [set_solver|].
  apply (lrust_adequacy Σ _ (λ _, True)). intros HΣ Huntracked.
  destruct (Hmodel HΣ Huntracked) as (S & T & H & K & Hraw & _).
  iApply wp_wand; [by iApply (shared_twice_spec S T H K n)|]. by iIntros.
Qed.
Corollary raw_token_not_doubled Σ `{!lrustGpreS Σ} : ¬ raw_model Σ 1 (@doubles Σ).
Proof.
  intros Hmodel. apply (into_raw_two_tokens Σ 0). intros HΣ Huntracked.
  destruct (Hmodel HΣ Huntracked) as (S & T & H & K & Hraw & Hdouble).
  exists S, T, H, K. split; [by apply raw_protocol_doubled|done].
Qed.

(** ** One token can be had *)
Section holds.
  Context `{!lrustGS Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Implicit Types (s : loc).

  Local Definition unused s : iProp Σ :=
    ∃ γ, frame_slot number_dict N γ s 0 ∗ lease γ 1 0.
  Local Definition share s : iProp Σ :=
    ∃ γ m, frame_slot number_dict N γ s 0 ∗ shared_frame number_dict γ s m ∗ lease γ 1 1.
  Local Definition token s : iProp Σ :=
    ∃ γ m, frame_slot number_dict N γ s 0 ∗
      frame_raw number_dict γ s 0 (HandleShared m) ∗ lease γ 1 1.

  Lemma raw_protocol_holds : raw_protocol unused (λ _, True%I) share token 1.
  Proof.
    split_and!.
    - iIntros (s) "Hs".
      iMod (number_slot_alloc N ⊤ 1%positive with "Hs") as (γ) "(_ & I & L)".
      iModIntro. iExists γ. iFrame.
    - iIntros (s src Φ) "[(%γ & #I & L) Hsrc] HΦ".
      iApply (get_from_unused_at number_dict N _ γ s 0%Z 0 src [ #7 ] false
        with "I Hsrc [] L"); [by iApply number_own; [lia|]|].
      iIntros "!>" (st ->%state_weight_0) "_ H". iDestruct "H" as (γm) "[L Hh]".
      iApply "HΦ". iSplitR; [done|].
      iExists γ, _. by iFrame "I Hh L".
    - iIntros (s Φ) "[_ (%γ & %m & #I & Hh & L)] HΦ".
      iApply (frame_into_raw_spec number_dict N γ s 0 (HandleShared m) with "[$I $Hh]").
      iIntros "!> Hraw". iApply "HΦ". iSplitR; [done|]. iSplitL; [|done].
      iExists γ, m. by iFrame "I Hraw L".
    - iIntros (s Φ) "[_ (%γ & %m & #I & Hraw & L)] HΦ".
      pose proof (page_slot_first 1 s) as Hs.
      rewrite -{2}Hs.
      iApply (frame_from_raw_spec number_dict γ s 0 (HandleShared m) with "[Hraw]").
      { by rewrite Hs. }
      iIntros "!> Hh". rewrite Hs. iApply "HΦ". iSplitR; [done|].
      iExists γ, m. by iFrame "I Hh L".
    - iIntros (s Φ) "[_ (%γ & %m & #I & Hh & L)] HΦ".
      iApply (number_drop_spec N with "[$I $Hh $L]"). iIntros "!> _". by iApply "HΦ".
  Qed.
End holds.

Definition frame_raw_twiceΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem into_raw_one_token : raw_model frame_raw_twiceΣ 1 (@nothing_else _).
Proof.
  intros HΣ Huntracked. exists unused, (λ _, True%I), share, token.
  split; [apply raw_protocol_holds|done].
Qed.
