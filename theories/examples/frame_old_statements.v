(** * Statements about page frames that are instances

Each operation of a frame has one specification, [..._at] ([slot_specs_sig.v]). The
statements of this file say one thing of one operation, with one kind of evidence; once
they were proved one by one. Each follows from the specification of its operation, by
giving what the caller has; they are here as examples of that, and to show that nothing
is lost. Of those with a lease the ones that a client meets most are in the library, in
[frame/slot/frame_cases.v] (marked * below).
[frame_old_statements_updates.v] has those with an update of the client state.

| statement | follows from | by the evidence |
|---|---|---|
| * [get_from_unused_full_spec] | [get_from_unused_at] | the whole lease |
| [get_from_unused_shared_spec], [..._unique_spec], [..._token_spec], [..._busy_spec] | [get_from_unused_at] | the handle |
| * [get_from_in_use_shared_spec] | [get_from_in_use_at] | a lease and a share |
| [get_from_in_use_unique_spec], [..._token_spec], [..._busy_spec] | [get_from_in_use_at] | the handle |
| [get_from_in_use_unused_spec] | [get_from_in_use_at] | the whole lease |
| * [inc_ref_count_spec], [clone_by_cas_spec], [dec_ref_count_spec] | [inc_ref_count_at], [clone_by_cas_at], [dec_ref_count_at] | a lease |
| * [frame_drop_last_spec], [frame_drop_other_spec] | [frame_drop_at] | the whole lease; a lease that owes two drops |
| * [reference_count_exact_spec] | [reference_count_at] | the whole lease |
| * [try_from_shared_full_spec], [try_from_shared_other_spec] | [try_from_shared_at] | the whole lease; a lease that owes two drops |
| [plain_..._spec] | [..._at] | none, or the handle: no client state |
| [frame_from_unused_..._spec] | [frame_from_unused_at] with [get_from_unused_at] | as there |
| [frame_from_in_use_..._spec] | [frame_from_in_use_at] with [get_from_in_use_at] | as there |
| [frame_slot_client] | the definition of [frame_slot] | – |

One old statement is not here, as a client of it can be wrong. For a region,
[frame_region_from_raw_spec] took no token: it only said which slot the program returns, so
that one [into_raw] followed by two [from_raw] had a proof. In executions this goes wrong
([refuted/frame_raw_twice.v]). It takes the token [frame_raw] now. What was true in the old
statement, that the slot of an address is found, is [frame_region_slot_of_spec]
([region.v]); its program makes no handle. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_cases frame_plain frame_addr.
From tally.prelude Require Import options.

(** The claim, and the look-up, of a slot of which the caller has a handle: the handle
tells the state, and so the result. *)
Local Ltac claim_refused D N :=
  let Φ := fresh "Φ" in let st := fresh "st" in let Hst := fresh "Hst" in
  iIntros (Φ) "(#I & Hsrc & Hvl & Hh) HΦ";
  iApply (get_from_unused_at D N with "I Hsrc Hvl Hh");
  iIntros "!>" (st Hst) "Hsrc H"; first [subst st|destruct Hst as [? ->]];
  iDestruct "H" as "[Hh Hvl]"; iApply "HΦ"; iFrame.
Local Ltac look_up_refused D N :=
  let Φ := fresh "Φ" in let st := fresh "st" in
  iIntros (Φ) "[#I Hh] HΦ"; iApply (get_from_in_use_at D N with "I Hh");
  iIntros "!>" (st ->) "Hh _"; by iApply "HΦ".

Section leases.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (q : Qp) (k : nat) (m : meta).

  Lemma frame_slot_client γ s pa :
    frame_slot D N γ s pa ⊣⊢
    is_slot D N (client_lease (slot_lease_name γ)) γ s pa.
  Proof. done. Qed.

  (** A claim fails while there is a share. *)
  Lemma get_from_unused_shared_spec γ s pa i (src : loc) vl (u : bool) m :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrInUse);
        src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
  Proof. claim_refused D N. Qed.
  (** A claim fails while there is a unique handle. *)
  Lemma get_from_unused_unique_spec γ s pa i (src : loc) vl (u : bool) i' vl' :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        unique_frame D γ s i' vl' }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique);
        src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
  Proof. claim_refused D N. Qed.
  (** The same by the right of the unique handle alone. *)
  Lemma get_from_unused_token_spec γ s pa i (src : loc) vl (u : bool) :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique); src ↦∗ vl ∗ meta_own D i vl ∗ unique_token γ }}}.
  Proof. claim_refused D N. Qed.
  (** A claim fails while the frame is torn down. *)
  Lemma get_from_unused_busy_spec γ s pa i (src : loc) vl (u : bool) i' vl' :
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        busy_frame D γ s i' vl' }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrBusy);
        src ↦∗ vl ∗ meta_own D i vl ∗ busy_frame D γ s i' vl' }}}.
  Proof. claim_refused D N. Qed.
  (** The look-up fails while there is a unique handle. *)
  Lemma get_from_in_use_unique_spec γ s pa i vl :
    {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
  Proof. look_up_refused D N. Qed.
  (** The same by the right of the unique handle alone. *)
  Lemma get_from_in_use_token_spec γ s pa :
    {{{ frame_slot D N γ s pa ∗ unique_token γ }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnique); unique_token γ }}}.
  Proof. look_up_refused D N. Qed.
  (** The look-up fails while the frame is torn down. *)
  Lemma get_from_in_use_busy_spec γ s pa i vl :
    {{{ frame_slot D N γ s pa ∗ busy_frame D γ s i vl }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrBusy); busy_frame D γ s i vl }}}.
  Proof. look_up_refused D N. Qed.
  (** With the whole lease and no drop owed the look-up fails. *)
  Lemma get_from_in_use_unused_spec γ s pa :
    {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
  Proof.
    iIntros (Φ) "[#I L] HΦ". iApply (get_from_in_use_at D N with "I L").
    iIntros "!>" (st ->%state_weight_0) "L _". by iApply "HΦ".
  Qed.
End leases.

Section plain.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s src : loc) (pa : Z) (i : nat) (vl : list val).
  Implicit Types (u : bool) (m : meta) (n : positive) (dealloc : val).

  Lemma plain_from_unused_spec γ s pa i src vl u :
    {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None => (if u then unique_frame D γ s i vl
           else (∃ γm, shared_frame D γ s (Meta i vl γm))%I)
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ meta_own D i vl
        end }}}.
  Proof.
    iIntros (Φ) "(#I & Hsrc & Hvl) HΦ".
    iApply (get_from_unused_at D N _ γ s pa i src vl u True with "I Hsrc Hvl [//]").
    iIntros "!>" (st _) "Hsrc H". iApply ("HΦ" $! (claim_error st)). iFrame "Hsrc".
    destruct st; simpl; [|iDestruct "H" as "[_ $]"; iPureIntro; naive_solver..].
    iDestruct "H" as (γm) "[_ H]". destruct u; [done|by iExists γm].
  Qed.
  Lemma plain_from_unused_shared_spec γ s pa i src vl u m :
    {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        shared_frame D γ s m }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrInUse);
        src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
  Proof. claim_refused D N. Qed.
  Lemma plain_from_unused_unique_spec γ s pa i src vl u i' vl' :
    {{{ plain_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        unique_frame D γ s i' vl' }}}
      get_from_unused (dict_size D) [ #s; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique);
        src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
  Proof. claim_refused D N. Qed.
  Lemma plain_from_in_use_spec γ s pa :
    {{{ plain_slot D N γ s pa }}}
      get_from_in_use [ #s ]
    {{{ (e : option frame_error), RET #(status_code e);
        match e with
        | None => ∃ m, shared_frame D γ s m
        | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝
        end }}}.
  Proof.
    iIntros (Φ) "#I HΦ". iApply (get_from_in_use_at D N _ γ s pa True with "I [//]").
    iIntros "!>" (st _) "_ H". iApply "HΦ". destruct st as [| | |n m]; simpl; [by eauto..|].
    iDestruct "H" as "[_ H]". by iExists m.
  Qed.
  Lemma plain_from_in_use_shared_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
      get_from_in_use [ #s ]
    {{{ RET #0; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "[#I Hh] HΦ". iApply (get_from_in_use_at D N with "I Hh").
    iIntros "!>" (st [n ->]) "Hh [_ Hh']". iApply "HΦ". iFrame.
  Qed.
  Lemma plain_from_in_use_unique_spec γ s pa i vl :
    {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      get_from_in_use [ #s ]
    {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
  Proof. look_up_refused D N. Qed.
  Lemma plain_clone_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
      frame_clone [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & Hr) HΦ". iApply (frame_clone_at D N _ γ s pa m True with "I Hh Hr [//]").
    iIntros "!>" (n _) "_ Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  Lemma plain_inc_ref_count_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m ∗ pending_incs (slot_pending_name γ) 1 }}}
      inc_ref_count [ #s ]
    {{{ RET #☠; shared_frame D γ s m ∗ shared_frame D γ s m ∗
        pending_incs (slot_pending_name γ) 1 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & Hr) HΦ". iApply (inc_ref_count_at D N _ γ s pa m True with "I Hh Hr [//]").
    iIntros "!>" (n _) "_ Hh Hh' Hr". iApply "HΦ". iFrame.
  Qed.
  Lemma plain_clone_by_cas_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
      clone_by_cas [ #s ]
    {{{ RET #s; shared_frame D γ s m ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "[#I Hh] HΦ". iApply (clone_by_cas_at D N _ γ s pa m True with "I Hh [//]").
    iIntros "!>" (n _) "_ Hh Hh'". iApply "HΦ". iFrame.
  Qed.
  Lemma plain_reference_count_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
      reference_count [ #s ]
    {{{ n, RET #(Z.pos n); ⌜(Z.pos n < slot_unique)%Z⌝ ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "[#I Hh] HΦ". iApply (reference_count_at D N _ γ s pa m True with "I Hh [//]").
    iIntros "!>" (n [_ Hn]) "_ Hh". iApply "HΦ". by iFrame.
  Qed.
  Lemma plain_drop_spec γ s pa m dealloc :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc (λ _ _ _, True) ∗
        plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
      frame_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; True }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh) HΦ".
    iApply (frame_drop_at D N _ γ s pa m dealloc True with "Hglue I Hh [//]"). iIntros "!>" (n _).
    destruct (sole_share _); [|by iIntros "_"; iApply "HΦ"].
    iIntros (vl Hvl) "Hdead _". by iApply ("Hdealloc" $! _ _ 1%Qp with "[$Hdead]").
  Qed.
  Lemma plain_from_unique_spec γ s pa i vl :
    {{{ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      frame_from_unique [ #s ]
    {{{ γm, RET #s; shared_frame D γ s (Meta i vl γm) }}}.
  Proof.
    iIntros (Φ) "[#I Hh] HΦ".
    iApply (frame_from_unique_at D N _ γ s pa i vl True with "I Hh [//]").
    iIntros "!>" (γm) "_". iApply "HΦ".
  Qed.
  Lemma plain_try_from_shared_spec γ s pa m :
    {{{ plain_slot D N γ s pa ∗ shared_frame D γ s m }}}
      try_from_shared [ #s ]
    {{{ (b : bool), RET #b;
        if b then ∃ vl, ⌜meta_change D m vl⌝ ∗ unique_frame D γ s (meta_vtable m) vl
        else shared_frame D γ s m }}}.
  Proof.
    iIntros (Φ) "[#I Hh] HΦ". iApply (try_from_shared_at D N _ γ s pa m True with "I Hh [//]").
    iIntros "!>" (n _) "_". iApply "HΦ".
  Qed.
  Lemma plain_unique_drop_spec γ s pa i vl dealloc (R : nat → list val → Qp → iProp Σ) :
    {{{ dict_drop_spec D ∗ dealloc_spec D (λ _, True) pa dealloc R ∗
        plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      unique_drop (dict_glues D) dealloc [ #s ]
    {{{ RET #☠; R i vl 1%Qp }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #Hdealloc & #I & Hh) HΦ".
    iApply (unique_drop_at D N _ γ s pa i vl dealloc True with "Hglue I Hh [//]").
    iIntros "!> Hdead _". by iApply ("Hdealloc" $! _ _ 1%Qp with "[$Hdead]").
  Qed.
  Lemma plain_reset_as_unused_spec γ s pa i vl :
    {{{ dict_drop_spec D ∗ plain_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      reset_as_unused (dict_glues D) [ #s ]
    {{{ RET #☠; meta_dead D i vl }}}.
  Proof.
    iIntros (Φ) "(#Hglue & #I & Hh) HΦ".
    iApply (reset_as_unused_at D N _ γ s pa i vl True with "Hglue I Hh [//]").
    iIntros "!> Hdead _". by iApply "HΦ".
  Qed.
  Lemma plain_start_paddr_spec γ s pa :
    {{{ plain_slot D N γ s pa }}} frame_start_paddr [ #s ] {{{ RET #pa; True }}}.
  Proof. apply frame_start_paddr_spec. Qed.
End plain.

Section by_address.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
  Implicit Types (vl : list val) (q : Qp) (m : meta) (u : bool).

  Lemma frame_from_unused_not_aligned_spec base src max pa i u :
    (pa `rem` page_size ≠ 0)%Z →
    {{{ True }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ RET #not_aligned_code; True }}}.
  Proof.
    iIntros (Ha Φ) "_ HΦ". iApply frame_from_unused_at.
    rewrite /page_status bool_decide_eq_false_2 //. by iApply "HΦ".
  Qed.
  Lemma frame_from_unused_out_of_bound_spec base src max pa i u :
    (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
    {{{ True }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ RET #(error_code ErrOutOfBound); True }}}.
  Proof.
    iIntros (Ha Hm Φ) "_ HΦ". iApply frame_from_unused_at.
    rewrite /page_status !bool_decide_eq_true_2 //. by iApply "HΦ".
  Qed.
  Lemma frame_from_unused_spec γ base src max pa i vl u q :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ q 0 }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ (e : option frame_error), RET #(status_code e); src ↦∗ vl ∗
        match e with
        | None =>
            (if u then unique_frame D γ s i vl
             else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ q 1
        | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
            meta_own D i vl ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_unused_at. rewrite page_status_slot //.
    by iApply (get_from_unused_spec with "H").
  Qed.
  Lemma frame_from_unused_full_spec γ base src max pa i vl u :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ lease γ 1 0 }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ RET #0; src ↦∗ vl ∗
        (if u then unique_frame D γ s i vl
         else (∃ γm, shared_frame D γ s (Meta i vl γm))%I) ∗ lease γ 1 1 }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_unused_at. rewrite page_status_slot //.
    by iApply (get_from_unused_full_spec with "H").
  Qed.
  Lemma frame_from_unused_shared_spec γ base src max pa i vl u m :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ RET #(error_code ErrInUse);
        src ↦∗ vl ∗ meta_own D i vl ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_unused_at. rewrite page_status_slot //.
    by iApply (get_from_unused_shared_spec with "H").
  Qed.
  Lemma frame_from_unused_unique_spec γ base src max pa i vl u i' vl' :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ src ↦∗ vl ∗ meta_own D i vl ∗
        unique_frame D γ s i' vl' }}}
      frame_from_unused (dict_size D) [ #base; #max; #pa; #i; #src; #u ]
    {{{ RET #(error_code ErrUnique);
        src ↦∗ vl ∗ meta_own D i vl ∗ unique_frame D γ s i' vl' }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_unused_at. rewrite page_status_slot //.
    by iApply (get_from_unused_unique_spec with "H").
  Qed.

  Lemma frame_from_in_use_not_aligned_spec base max pa :
    (pa `rem` page_size ≠ 0)%Z →
    {{{ True }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ RET #not_aligned_code; True }}}.
  Proof.
    iIntros (Ha Φ) "_ HΦ". iApply frame_from_in_use_at.
    rewrite /page_status bool_decide_eq_false_2 //. by iApply "HΦ".
  Qed.
  Lemma frame_from_in_use_out_of_bound_spec base max pa :
    (pa `rem` page_size = 0)%Z → (max ≤ pa)%Z →
    {{{ True }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ RET #(error_code ErrOutOfBound); True }}}.
  Proof.
    iIntros (Ha Hm Φ) "_ HΦ". iApply frame_from_in_use_at.
    rewrite /page_status !bool_decide_eq_true_2 //. by iApply "HΦ".
  Qed.
  Lemma frame_from_in_use_spec γ base max pa q :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ lease γ q 0 }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ (e : option frame_error), RET #(status_code e);
        match e with
        | None => ∃ m, shared_frame D γ s m ∗ lease γ q 1
        | Some e => ⌜e = ErrUnused ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗ lease γ q 0
        end }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_in_use_at. rewrite page_status_slot //.
    by iApply (get_from_in_use_spec with "H").
  Qed.
  Lemma frame_from_in_use_shared_spec γ base max pa q m :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ lease γ q 0 ∗ shared_frame D γ s m }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ RET #0; shared_frame D γ s m ∗ lease γ q 1 ∗ shared_frame D γ s m }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_in_use_at. rewrite page_status_slot //.
    by iApply (get_from_in_use_shared_spec with "H").
  Qed.
  Lemma frame_from_in_use_unique_spec γ base max pa i vl :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ unique_frame D γ s i vl }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ RET #(error_code ErrUnique); unique_frame D γ s i vl }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_in_use_at. rewrite page_status_slot //.
    by iApply (get_from_in_use_unique_spec with "H").
  Qed.
  Lemma frame_from_in_use_unused_spec γ base max pa :
    (pa `rem` page_size = 0)%Z → (pa < max)%Z →
    let s := page_slot (dict_size D) base pa in
    {{{ frame_slot D N γ s pa ∗ lease γ 1 0 }}}
      frame_from_in_use (dict_size D) [ #base; #max; #pa ]
    {{{ RET #(error_code ErrUnused); lease γ 1 0 }}}.
  Proof.
    iIntros (Ha Hm s Φ) "H HΦ". iApply frame_from_in_use_at. rewrite page_status_slot //.
    by iApply (get_from_in_use_unused_spec with "H").
  Qed.
End by_address.
