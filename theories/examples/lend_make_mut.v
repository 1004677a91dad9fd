(** * Client: [Rc::make_mut] as a mutable reference with a prophecy

[Rc::make_mut] returns a reference to the content of a handle that has no other beside it:
of the same block, or of a new one with the content or a clone of it. The handle lies inside
of the loan, and when the lifetime is over it is back, with the final value of the reference.
The content is fixed while it is shared, and timeless; the clone function makes an equal value.

- [rc_unique_lend]: the only handle lends its content, without a call.
- [rc_make_mut_lend]: [make_mut] of a handle of which it is not known whether there are
  others; the three outcomes are those of [rc_make_mut_spec], and the reference sees the
  same value in each.
- [rc_make_mut_other_lend]: beside another handle the content is cloned, and the other handle
  keeps its own, whatever is written to the reference.

<<
  let mut z = Rc::new(41);
  let x = Rc::clone(&z);
  { let r = Rc::make_mut(&mut z);  add_one(r); }
  *z == 42 && *x == 41
>>
[make_mut_adequate]: it returns true, and frees its memory.

<<
  let mut x = Rc::new(41);  let z = x.clone();  if gone { drop(z) }
  { let m = Rc::make_mut(&mut x);  add_one(m); }
  *x
>>
[make_mut_unknown_adequate]: where it is not known whether the other handle is still there, it
is 42 all the same ([rc_make_mut_lend]). *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.types Require Import type.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.rc Require Import rc rc_context.
From tally.borrow Require Import mut_borrow_base mut_lend.
From tally.examples Require Import proph_client lend_client.
From tally.prelude Require Import options.

Section make_mut.
  Context `{!lrustGS Σ, !na_invG Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ}.
  Context {p : na_inv_pool_name} {N : namespace} {τ : type Σ}.
  Context (SO : rc_shared_own p N eq τ) `{!rcG Σ (so_id SO)}.
  Context {A : C} (f : proph_type A → list val) `{!∀ vl, Timeless (ty_own τ vl)}.
  Implicit Types (κ : lft) (γ : rc_name) (i : so_id SO) (l : loc) (n : positive).

  Local Instance content_timeless l a : Timeless (rc_content_at (τ:=τ) f l a).
  Proof using All. rewrite /rc_content_at. apply _. Qed.

  (** What comes back: a handle of the block at [l], with the final value of [n]. *)
  Definition rc_lent κ l (t : Qp * nat) n : iProp Σ :=
    [†κ] ={⊤}=∗ ∃ b, (∃ γ i, ⌜rc_lease_of γ = t⌝ ∗ rc_own SO γ i l (f b) 1 1 0) ∗
      ⟨π, fin A n π = b⟩.

  (** The only handle lends its content. *)
  Lemma rc_unique_lend F κ γ i l a :
    ↑N ⊆ F →
    £ 3 -∗ proph_ctx -∗ na_own p F -∗ rc_own SO γ i l (f a) 1 1 0 ={⊤}=∗
    ∃ n, na_own p F ∗ mut_known (rc_content_at (τ:=τ) f l) κ n a ∗
      rc_lent κ l (rc_lease_of γ) n.
  Proof using All.
    iIntros (HF) "H£ #Hctx Hna Hrc".
    iMod (rc_unique_acc SO F with "Hrc Hna H£") as "[Hopen $]"; [done|].
    iDestruct "Hopen" as (wl) "(<- & Hd & Hown & Hclose)".
    iMod (mut_known_lend (rc_content_at f l)
      (λ b, ∃ γ' i', ⌜rc_lease_of γ' = rc_lease_of γ⌝ ∗ rc_own SO γ' i' l (f b) 1 1 0)%I
      ⊤ κ a with "Hctx [$Hd $Hown] [Hclose]") as (n) "[Hr Hback]"; [done..| |].
    { iIntros (b) "[Hd Hown]". by iApply ("Hclose" with "[//] Hd Hown"). }
    iModIntro. iExists n. iFrame "Hr". rewrite /rc_lent. iExact "Hback".
  Qed.

  (** [make_mut] where nothing is known of other handles. *)
  Lemma rc_make_mut_lend F glue D κ clone_to γ i l a r j q m :
    ↑N ⊆ F →
    {{{ £ 3 ∗ proph_ctx ∗ ty_drop_spec (na_own p F) τ glue D ∗
        rc_clone_to_spec SO F i l (f a) (λ a', a' = f a) clone_to ∗
        heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l (f a) r 1 j }}}
      rc_make_mut (ty_size τ) clone_to glue [ #l ]
    {{{ l' n, RET #l'; na_own p F ∗
        mut_known (rc_content_at (τ:=τ) f l') κ n a ∗ rc_lent κ l' (q, m) n ∗
        ((⌜l' = l ∧ j = 0⌝ ∗ rc_last_own SO γ l r 0) ∨
         (⌜l' ≠ l⌝ ∗ rc_last_own SO γ l r j) ∨
         (⌜l' ≠ l⌝ ∗ rc_dropped_own SO γ l r j (∃ wl, ⌜f a = wl⌝ ∗ D wl))) }}}.
  Proof using All.
    iIntros (HF Φ) "(H£ & #Hctx & #Hglue & #Hclone & Hlease & Hna & Hrc) HΦ".
    iApply wp_fupd.
    wp_apply (rc_make_mut_spec SO F with "[$Hglue $Hclone $Hlease $Hna $Hrc]"); [done|].
    iIntros (γ' i' l' a') "(Hna & %Hγ & Hrc & H)".
    iAssert (⌜a' = f a⌝ ∗ ((⌜l' = l ∧ j = 0⌝ ∗ rc_last_own SO γ l r 0) ∨
      (⌜l' ≠ l⌝ ∗ rc_last_own SO γ l r j) ∨
      (⌜l' ≠ l⌝ ∗ rc_dropped_own SO γ l r j (∃ wl, ⌜f a = wl⌝ ∗ D wl))))%I
      with "[H]" as "[-> H]".
    { iDestruct "H" as "[[(-> & _ & -> & ->) H]|[[(% & -> & _) H]|[(% & _ & ->) H]]]";
        (iSplitR; [done|]).
      - iLeft. by iFrame "H".
      - iRight. iLeft. by iFrame "H".
      - iRight. iRight. by iFrame "H". }
    iMod (rc_unique_lend F κ with "H£ Hctx Hna Hrc") as (n) "(Hna & Hr & Hback)"; [done|].
    rewrite Hγ. iModIntro. iApply "HΦ". iFrame "Hna Hr Hback H".
  Qed.
  (** [make_mut] beside another handle. *)
  Lemma rc_make_mut_other_lend F (glue : val) κ clone_to γ i l a r k j q m :
    ↑N ⊆ F →
    {{{ £ 3 ∗ proph_ctx ∗ rc_clone_to_spec SO F i l (f a) (λ a', a' = f a) clone_to ∗
        heap_lease q m ∗ na_own p F ∗ rc_own SO γ i l (f a) r (k + 1) j }}}
      rc_make_mut (ty_size τ) clone_to glue [ #l ]
    {{{ l' n, RET #l'; na_own p F ∗ ⌜l' ≠ l⌝ ∗
        mut_known (rc_content_at (τ:=τ) f l') κ n a ∗ rc_lent κ l' (q, m) n ∗
        rc_own SO γ i l (f a) r k j }}}.
  Proof using All.
    iIntros (HF Φ) "(H£ & #Hctx & #Hclone & Hlease & Hna & Hrc) HΦ". iApply wp_fupd.
    wp_apply (rc_make_mut_other_spec SO F with "[$Hclone $Hlease $Hna $Hrc]"); [done|].
    iIntros (γ' i' l' a') "(Hna & (%Hγ & %Hl & ->) & Hrc & Hother)".
    iMod (rc_unique_lend F κ with "H£ Hctx Hna Hrc") as (n) "(Hna & Hr & Hback)"; [done|].
    rewrite Hγ. iModIntro. iApply "HΦ". by iFrame "Hna Hr Hback Hother".
  Qed.
End make_mut.

(** ** A program *)
Definition copy_cell : val := λ: ["src"; "dst"], "dst" <- !"src".
Definition make_mut_client : expr :=
  let: "cell" := Alloc #1 in "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  Free #1 "cell";;
  rc_clone ["x"];;
  let: "z" := rc_make_mut 1 copy_cell drop_nothing ["x"] in
  add_one [rc_deref ["z"]];;
  let: "a" := !(rc_deref ["z"]) in
  let: "b" := !(rc_deref ["x"]) in
  rc_drop 1 drop_nothing ["z"];;
  rc_drop 1 drop_nothing ["x"];;
  if: "a" = #42 then "b" = #41 else #false.

(** Of the two handles [rc_make_mut_lend] is told one; [gone] says whether the other is
dropped before or after. *)
Definition make_mut_tail (gone : bool) : val :=
  λ: ["x"; "z"],
    let: "m" := rc_make_mut 1 copy_cell drop_nothing ["x"] in
    add_one [rc_deref ["m"] ];;
    let: "a" := !(rc_deref ["m"]) in
    rc_drop 1 drop_nothing ["m"];;
    (if: #gone then #☠ else rc_drop 1 drop_nothing ["z"]);;
    "a".
Definition make_mut_unknown (gone : bool) : expr :=
  let: "cell" := Alloc #1 in "cell" <- #41;;
  let: "x" := rc_new 1 ["cell"] in
  Free #1 "cell";;
  let: "z" := rc_clone ["x"] in
  (if: #gone then rc_drop 1 drop_nothing ["z"] else #☠);;
  make_mut_tail gone ["x"; "z"].

Local Notation "'codes'" := (data_code Empty_set).

Section client.
  Context `{!rcGS Σ, !prophGS codes Σ, !lftG Σ}.
  Local Definition mutN : namespace := nroot .@ "make_mut".
  (** Any integer. *)
  Local Definition any_int : type Σ := pure_ty (λ v, ∃ z : Z, v = #z).
  Local Definition any_so : rc_shared_own rc_pool mutN eq any_int :=
    rc_so_fixed (so_na rc_pool (rc_contentN mutN) (rc_fixed_content any_int)).
  Local Definition cell_of (a : proph_type int_code) : list val := [ #(a : Z)]%V.
  Local Instance any_int_timeless vl : Timeless (ty_own any_int vl).
  Proof using Type. rewrite /any_int /=. apply _. Qed.
  Local Lemma any_int_intro (z : Z) : ⊢ ty_own any_int [ #z]%V.
  Proof using Type. rewrite /any_int /=. iPureIntro. eauto. Qed.
  Local Lemma content_int_at (l : loc) (a : proph_type int_code) :
    rc_content_at (τ:=any_int) cell_of l a ⊣⊢ int_at (l +ₗ 2) a.
  Proof using Type.
    rewrite /rc_content_at /cell_of /int_at heap_pointsto_vec_singleton. iSplit.
    - iIntros "[$ _]".
    - iIntros "$". iApply any_int_intro.
  Qed.

  (** The clone is a copy. *)
  Lemma copy_cell_spec F i l a :
    ⊢ rc_clone_to_spec any_so F i l (cell_of a) (λ a', a' = cell_of a) copy_cell.
  Proof using All.
    iIntros (q dst vl Hvl) "!> %Φ (Hna & Hso & Hdst) HΦ".
    destruct vl as [|? [|]]; try done.
    iDestruct "Hso" as "[Hd Hso]". iEval (cbn [fst snd]) in "Hd". rewrite {1 2}/cell_of.
    rewrite !heap_pointsto_vec_singleton. wp_rec. wp_read. wp_write. iModIntro.
    rewrite -(heap_pointsto_vec_singleton (l +ₗ 2)) -(heap_pointsto_vec_singleton dst).
    iApply ("HΦ" $! (cell_of a) (cell_of a)). iSplitL "Hna"; [done|]. iSplitL "Hd Hso".
    { iFrame "Hd Hso". }
    iSplitR; [done|]. iSplitL "Hdst"; [iExact "Hdst"|]. iApply any_int_intro.
  Qed.
  Local Lemma read_cell_spec γ i l a r k j :
    {{{ rc_own any_so γ i l (cell_of a) r k j }}}
      !(rc_deref [ #l ])
    {{{ RET #(a : Z); rc_own any_so γ i l (cell_of a) r k j }}}.
  Proof using Type. apply rc_deref_read_spec. Qed.
  Local Lemma drop_last_spec γ i l a :
    {{{ na_own rc_pool ⊤ ∗ rc_own any_so γ i l a 1 1 0 }}}
      rc_drop 1 drop_nothing [ #l ]
    {{{ RET #☠; na_own rc_pool ⊤ ∗ heap_lease (rc_lease_of γ).1 (rc_lease_of γ).2 }}}.
  Proof using All.
    iIntros (Φ) "[Hna Hrc] HΦ".
    wp_apply (rc_drop_alone_spec any_so ⊤ drop_nothing (ty_own any_int)
      with "[$Hna $Hrc]"); [done|iApply drop_nothing_spec|].
    iIntros (vl) "(Hna & Hlease & _)". iApply "HΦ". iFrame.
  Qed.

  Lemma make_mut_client_spec :
    proph_ctx -∗ na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗
    WP make_mut_client {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "#Hctx Hna Hlease". rewrite /make_mut_client.
    wp_alloc c as "Hc" "Hc†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_halves with "Hlease") as "[Hlease Hblock]".
    wp_apply (rc_new_spec any_so c _ (cell_of (int_val 41)) with "[$Hblock Hc]"); [done| |].
    { rewrite /cell_of. iFrame "Hc". iApply any_int_intro. }
    iIntros (l γ i) "(%Hγ & Hrc & Hc)". wp_pure _ credit:"H£3". wp_pures.
    wp_free with "Hlease". wp_pures.
    wp_apply (rc_clone_spec any_so ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]". iCombine "H£1 H£2 H£3" as "H£".
    wp_apply (rc_make_mut_other_lend any_so cell_of ⊤ drop_nothing κ copy_cell
      γ i l (int_val 41) with "[$H£ $Hctx $Hlease $Hna $Hrc]"); [done|iApply copy_cell_spec|].
    iIntros (l' n) "(Hna & %Hl' & Hr & Hback & Hrc)". wp_pures.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iAssert (mut_known (int_at (l' +ₗ 2)) κ n (int_val 41)) with "[Hr]" as "Hr".
    { rewrite /mut_known. iDestruct "Hr" as (v) "[%Hv Hr]". iExists v. iSplitR; [done|].
      iApply (mut_iff with "[] Hr"). iIntros "!> !>" (w). rewrite /known.
      iSplit; iIntros "(%b & %Hb & H)"; iExists b; (iSplitR; [done|]);
        by rewrite content_int_at. }
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hn Hκ]".
    iMod ("Hend" with "Hκ") as "#H†". rewrite /rc_lent.
    iMod ("Hback" with "H†") as (b) "[(%γ' & %i' & %Hγ' & Hz) #Hb]".
    iMod (proph_obs_agree with "Hctx Hb Hn") as %->; [done|]. wp_pures.
    wp_apply (read_cell_spec with "Hz"). iIntros "Hz". wp_pures.
    wp_apply (read_cell_spec with "Hrc"). iIntros "Hrc". wp_pures.
    wp_apply (drop_last_spec with "[$Hna $Hz]"). iIntros "[Hna Hlease]". wp_pures.
    wp_apply (drop_last_spec with "[$Hna $Hrc]"). iIntros "[_ Hblock]". wp_pures.
    rewrite Hγ Hγ' /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease". by iFrame "Hlease".
  Qed.

  (** A handle with a part of the share goes. *)
  Local Lemma drop_part_spec γ i l a r :
    {{{ na_own rc_pool ⊤ ∗ rc_own any_so γ i l (cell_of a) r 1 0 }}}
      rc_drop 1 drop_nothing [ #l ]
    {{{ RET #☠; na_own rc_pool ⊤ }}}.
  Proof using All.
    iIntros (Φ) "[Hna Hrc] HΦ". iPoseProof (drop_nothing_spec (na_own rc_pool ⊤) any_int) as "Hglue".
    wp_apply (rc_drop_spec any_so ⊤ drop_nothing with "[$Hglue $Hna $Hrc]"); [done|].
    iIntros "[Hna _]". by iApply "HΦ".
  Qed.
  Lemma make_mut_tail_spec `{!UntrackedHeap Σ} (gone : bool) (z : val) γ i l :
    {{{ £ 3 ∗ proph_ctx ∗ na_own rc_pool ⊤ ∗
        rc_own any_so γ i l (cell_of (int_val 41)) (1 / 2) 1 0 ∗
        (if gone then True
         else ⌜z = #l⌝ ∗ rc_own any_so γ i l (cell_of (int_val 41)) (1 / 2) 1 0) }}}
      make_mut_tail gone [ #l; z]
    {{{ RET #42; True }}}.
  Proof using All.
    iIntros (Φ) "(H£ & #Hctx & Hna & Hrc & Hz) HΦ". wp_rec.
    iDestruct (heap_lease_untracked 1 0) as "Hlease".
    iPoseProof (drop_nothing_spec (na_own rc_pool ⊤) any_int) as "#Hglue".
    iMod lft_create as (κ) "[Hκ #Hend]". wp_pures.
    wp_apply (rc_make_mut_lend any_so cell_of ⊤ drop_nothing _ κ copy_cell
      γ i l (int_val 41) with "[$H£ $Hctx $Hglue $Hlease $Hna $Hrc]");
      [done|iApply copy_cell_spec|].
    iIntros (l' n) "(Hna & Hr & Hback & _)". wp_pures.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iAssert (mut_known (int_at (l' +ₗ 2)) κ n (int_val 41)) with "[Hr]" as "Hr".
    { rewrite /mut_known. iDestruct "Hr" as (v) "[%Hv Hr]". iExists v. iSplitR; [done|].
      iApply (mut_iff with "[] Hr"). iIntros "!> !>" (w). rewrite /known.
      iSplit; iIntros "(%b & %Hb & H)"; iExists b; (iSplitR; [done|]);
        by rewrite content_int_at. }
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hn Hκ]".
    iMod ("Hend" with "Hκ") as "#H†". rewrite /rc_lent.
    iMod ("Hback" with "H†") as (b) "[(%γ' & %i' & %Hγ' & Hm) #Hb]".
    iMod (proph_obs_agree with "Hctx Hb Hn") as %->; [done|]. wp_pures.
    wp_apply (read_cell_spec with "Hm"). iIntros "Hm". wp_pures.
    wp_apply (drop_part_spec with "[$Hna $Hm]"). iIntros "Hna". wp_pures.
    destruct gone; wp_pures; [by iApply "HΦ"|]. iDestruct "Hz" as "[-> Hz]".
    wp_apply (drop_part_spec with "[$Hna $Hz]"). iIntros "_". wp_pures. by iApply "HΦ".
  Qed.
  Lemma make_mut_unknown_spec `{!UntrackedHeap Σ} gone :
    proph_ctx -∗ na_own rc_pool ⊤ -∗ WP make_mut_unknown gone {{ v, ⌜v = #42⌝ }}.
  Proof using All.
    iIntros "#Hctx Hna". rewrite /make_mut_unknown.
    wp_alloc c as "Hc" "Hc†". rewrite heap_pointsto_vec_singleton.
    wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_write. wp_pures.
    rewrite -heap_pointsto_vec_singleton.
    iDestruct (heap_lease_untracked 1 0) as "Hlease".
    wp_apply (rc_new_spec any_so c _ (cell_of (int_val 41)) with "[$Hlease Hc]"); [done| |].
    { rewrite /cell_of. iFrame "Hc". iApply any_int_intro. }
    iIntros (l γ i) "(_ & Hrc & Hc)". wp_pure _ credit:"H£3". wp_pures. wp_free. wp_pures.
    wp_apply (rc_clone_spec any_so ⊤ with "[$Hna $Hrc]"); [done|]. iIntros "[Hna Hrc]".
    iAssert (rc_own any_so γ i l (cell_of (int_val 41)) (1 / 2) 1 0 ∗
      rc_own any_so γ i l (cell_of (int_val 41)) (1 / 2) 1 0)%I with "[Hrc]" as "[Hx Hz]".
    { rewrite -(rc_own_split any_so). by rewrite Qp.half_half. }
    iCombine "H£1 H£2 H£3" as "H£". wp_pures.
    destruct gone; wp_pures.
    - wp_apply (drop_part_spec with "[$Hna $Hz]"). iIntros "Hna". wp_pures.
      wp_apply (make_mut_tail_spec true with "[$H£ $Hctx $Hna $Hx //]"). by iIntros "_".
    - wp_apply (make_mut_tail_spec false with "[$H£ $Hctx $Hna $Hx $Hz //]"). by iIntros "_".
  Qed.
End client.

(** Whether the other handle is there or not. *)
Theorem make_mut_unknown_adequate gone :
  adequate NotStuck (make_mut_unknown gone) ∅ (λ v _, v = #42%V).
Proof.
  apply (rc_adequacy_untracked #[rc_stdΣ; prophΣ codes; lftΣ] _ (λ v, v = #42%V)).
  iIntros (HΣ Huntracked) "Hna".
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx".
  iApply (make_mut_unknown_spec with "Hctx Hna").
Qed.

(** One handle sees what was written, and the other one does not. *)
Theorem make_mut_adequate :
  adequate NotStuck make_mut_client ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  apply (rc_adequacy #[rc_stdΣ; prophΣ codes; lftΣ] _ (λ v, v = #true%V)).
  iIntros (HΣ) "Hna Hlease".
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx".
  iApply (make_mut_client_spec with "Hctx Hna Hlease").
Qed.
