(** * Clients that conclude from what is known

The content is a number and a note ([rc_contents.v]): the destructor writes the number to the
note. There are three ways for a weak handle to get at the number, each with other evidence.

- [peek] upgrades and looks whether that succeeded. The plain specification does not say what
  the content is then; that it is the known one, two facts on one name agree on
  ([rc_content_known_agree]).
- [look] asks for the strong count, and if it is not 0, upgrades without looking. The counts
  are in hand from one to the other. What is known of the name tells which content is
  shared, if one is.
- [sure] upgrades without looking, as its caller has a strong handle: a failure would show
  that the content is gone, and it is not ([rc_own_dead]).

[watched] calls them while one owner has the strong handle, and two have a weak one each. It
reads both counts first, when all handles are in one hand: they are the exact ones, or 0
([one_of]).

[retired] has a cell that says whether a [UniqueRc] is still there. [retire] drops it if it
is, and leaves the knowledge that the content is gone; so whoever has that knowledge, and
opens what belongs to the cell, does not find a [UniqueRc] ([unique_rc_own_dead]).

[*_leak_free]: no execution gets stuck; if one returns, then [true], and no memory is left.
[evidence_programs_run] computes one execution of each. *)
From iris.base_logic.lib Require Import own na_invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode interp.
From tally.types Require Import type.
From tally.rc Require Import rc rc_access rc_context.
From tally.examples Require Import expect rc_contents.
From tally.prelude Require Import options.

Definition read_drop : val :=
  λ: ["y"],
    let: "z" := !(rc_deref ["y"]) in
    rc_drop 2 note_glue ["y"];;
    "z".
Definition peek : val :=
  λ: ["w"],
    let: "y" := weak_upgrade ["w"] in
    if: "y" = #0 then #(-1) else read_drop ["y"].
Definition look : val :=
  λ: ["w"],
    if: weak_strong_count ["w"] = #0 then #(-1)
    else read_drop [weak_upgrade ["w"] ].
Definition sure : val :=
  λ: ["w"], read_drop [weak_upgrade ["w"] ].
(** A number that may have been seen. *)
Definition seen : val := λ: ["z"], if: "z" = #7 then #true else "z" = #(-1).
(** A count that is [n] or 0. *)
Definition one_of : val := λ: ["z"; "n"], if: "z" = "n" then #true else "z" = #0.

Definition watched : expr :=
  let: "note" := Alloc #1 in
  "note" <- #0;;
  let: "x" := noted (rc_new 2) ["note"] in
  let: "w" := rc_downgrade ["x"] in
  let: "v" := weak_clone ["w"] in
  let: "strong" := weak_strong_count ["w"] in
  let: "weak" := weak_weak_count ["v"] in
  let: "a" := peek ["w"] in
  let: "b" := look ["v"] in
  let: "c" := sure ["w"] in
  rc_drop 2 note_glue ["x"];;
  weak_drop 2 ["w"];;
  weak_drop 2 ["v"];;
  let: "late" := !"note" in
  Free #1 "note";;
  expect "c" 7
  (expect "late" 7
  (if: one_of ["strong"; #1] then
     if: one_of ["weak"; #2] then
       if: seen ["a"] then seen ["b"] else #false
     else #false
   else #false)).

Definition retire : val :=
  λ: ["cell"; "unique"],
    if: !"cell" = #0 then
      unique_rc_drop 2 note_glue ["unique"];;
      "cell" <- #1
    else #☠.
Definition retired : expr :=
  let: "note" := Alloc #1 in
  "note" <- #0;;
  let: "cell" := Alloc #1 in
  "cell" <- #0;;
  let: "unique" := noted (unique_rc_new 2) ["note"] in
  retire ["cell"; "unique"];;
  retire ["cell"; "unique"];;
  let: "gone" := !"cell" in
  let: "late" := !"note" in
  Free #1 "cell";;
  Free #1 "note";;
  expect "gone" 1 (expect "late" 7 #true).

Lemma evidence_programs_run :
  Forall (λ e, let o := run_program choice_reuse [] 5000 e in
    main_value o = Some #true%V ∧ map_to_list (run_state o) = [])
    [watched; retired]%list.
Proof. repeat constructor; by vm_compute. Qed.

Section client.
  Context `{!rcGS Σ}.
  Implicit Types (f c l : loc) (γ : rc_name) (r : Qp) (j : nat).

  (** What a drop of a strong handle leaves. *)
  Let dropped f γ l r j : iProp Σ :=
    rc_dropped_own (noted_so f) γ l r j (∃ wl, ⌜[ #7; #f]%V = wl⌝ ∗ f ↦ #7).

  Lemma read_drop_spec f γ i l r :
    {{{ na_own rc_pool ⊤ ∗ rc_own (noted_so f) γ i l [ #7; #f]%V r 1 0 }}}
      read_drop [ #l ]
    {{{ RET #7; na_own rc_pool ⊤ ∗ dropped f γ l r 0 }}}.
  Proof using All.
    iIntros (Φ) "[Hna Hrc] HΦ". wp_rec. wp_apply (noted_number_spec with "Hrc").
    iIntros "Hrc". wp_pures.
    wp_apply (rc_drop_spec (noted_so f) ⊤ note_glue (λ _, f ↦ #7)%I with "[$Hna $Hrc]");
      [done|iApply note_glue_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hdropped]]]"; [lia|]. wp_pures. iModIntro.
    iApply "HΦ". iFrame.
  Qed.

  Lemma peek_spec f γ i l r :
    {{{ na_own rc_pool ⊤ ∗ rc_content_known (noted_so f) γ i [ #7; #f]%V ∗
        weak_own (noted_so f) γ l r 1 }}}
      peek [ #l ]
    {{{ (z : Z), RET #z; ⌜z = 7 ∨ z = (-1)%Z⌝ ∗ na_own rc_pool ⊤ ∗ dropped f γ l r 1 }}}.
  Proof using All.
    iIntros (Φ) "(Hna & #Hknown & Hweak) HΦ". wp_rec.
    wp_apply (weak_upgrade_ref_spec (noted_so f) ⊤ with "[$Hna $Hweak]"); [done|lia|].
    iIntros (v) "[Hna [[-> Hweak]|(%i' & %a & [-> _] & Hrc & Hweak)]]"; wp_pures.
    { iModIntro. iApply "HΦ". iFrame "Hna". iSplitR; [by auto|]. by iLeft. }
    iDestruct (rc_own_known with "Hrc") as "#Hknown'".
    iDestruct (rc_content_known_agree with "Hknown Hknown'") as %[<- <-].
    wp_apply (read_drop_spec with "[$Hna $Hrc]"). iIntros "[Hna Hdropped]".
    iApply "HΦ". iFrame "Hna". iSplitR; [by auto|].
    iCombine "Hdropped Hweak" as "H". iExact "H".
  Qed.

  Lemma look_spec f γ i l r :
    {{{ na_own rc_pool ⊤ ∗ rc_content_known (noted_so f) γ i [ #7; #f]%V ∗
        weak_own (noted_so f) γ l r 1 }}}
      look [ #l ]
    {{{ (z : Z), RET #z; ⌜z = 7 ∨ z = (-1)%Z⌝ ∗ na_own rc_pool ⊤ ∗ dropped f γ l r 1 }}}.
  Proof using All.
    iIntros (Φ) "(Hna & #Hknown & Hweak) HΦ". wp_rec.
    iDestruct (na_own_acc (↑rc_countN intN l) ⊤ with "Hna") as "[Hc Hna]"; [done|].
    iMod (rc_counts_evidence (noted_so f) with "Hweak Hknown Hc")
      as (st w) "((_ & _ & %Hst) & Hcounts & Hweak & _)"; [lia|]. simpl in Hst.
    wp_apply (weak_strong_count_at with "Hcounts"). iIntros "Hcounts".
    destruct st as [|t|n x]; simpl; wp_pures.
    1,2: iMod (rc_counts_close with "Hcounts") as "Hc"; iDestruct ("Hna" with "Hc") as "Hna";
      iModIntro; iApply ("HΦ" $! (-1)%Z); iFrame "Hna"; iSplitR; [by auto|by iLeft].
    (** It is shared, so the upgrade succeeds; and it is known as what. *)
    rewrite (Hst n x eq_refl).
    wp_apply (weak_upgrade_at (noted_so f) with "[$Hcounts $Hweak]").
    iIntros "(Hcounts & Hrc & Hweak)". simpl.
    iMod (rc_counts_close with "Hcounts") as "Hc". iDestruct ("Hna" with "Hc") as "Hna".
    wp_apply (read_drop_spec with "[$Hna $Hrc]"). iIntros "[Hna Hdropped]".
    iApply ("HΦ" $! 7%Z). iFrame "Hna". iSplitR; [by auto|].
    iCombine "Hdropped Hweak" as "H". iExact "H".
  Qed.

  Lemma sure_spec f γ i l r r' j' :
    {{{ na_own rc_pool ⊤ ∗ rc_own (noted_so f) γ i l [ #7; #f]%V r' 1 j' ∗
        weak_own (noted_so f) γ l r 1 }}}
      sure [ #l ]
    {{{ RET #7; na_own rc_pool ⊤ ∗ rc_own (noted_so f) γ i l [ #7; #f]%V r' 1 j' ∗
        dropped f γ l r 1 }}}.
  Proof using All.
    iIntros (Φ) "(Hna & Hrc & Hweak) HΦ". wp_rec.
    iDestruct (rc_own_known with "Hrc") as "#Hknown".
    wp_apply (weak_upgrade_known_spec (noted_so f) ⊤ with "[$Hna $Hknown $Hweak]");
      [done|lia|].
    iIntros (v) "[Hna [(_ & Hdead & _)|([-> _] & Hrc' & Hweak)]]".
    { iDestruct (rc_own_dead with "Hrc Hdead") as %[]. }
    wp_apply (read_drop_spec with "[$Hna $Hrc']"). iIntros "[Hna Hdropped]".
    iApply "HΦ". iFrame "Hna Hrc". iCombine "Hdropped Hweak" as "H". iExact "H".
  Qed.

  Lemma seen_spec (z : Z) :
    z = 7%Z ∨ z = (-1)%Z → {{{ True }}} seen [ #z ] {{{ RET #true; True }}}.
  Proof using All.
    iIntros (Hz Φ) "_ HΦ". wp_rec. destruct Hz as [->| ->]; wp_pures; iModIntro; by iApply "HΦ".
  Qed.
  Lemma one_of_spec (z n : Z) :
    z = 0%Z ∨ z = n → {{{ True }}} one_of [ #z; #n ] {{{ RET #true; True }}}.
  Proof using All.
    iIntros (Hz Φ) "_ HΦ". wp_rec. wp_op. case_bool_decide as Hn; wp_if.
    - iModIntro. by iApply "HΦ".
    - destruct Hz as [->|?]; [|done]. wp_pures. iModIntro. by iApply "HΦ".
  Qed.

  Lemma watched_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP watched {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /watched.
    wp_alloc f as "Hf" "Hf†" with "Hlease". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    wp_apply (noted_rc_spec with "[$Hlease $Hf]").
    iIntros (l γ i) "(%Hγ & Hrc & Hlease)". wp_pures.
    iDestruct (rc_own_known with "Hrc") as "#Hknown".
    wp_apply (rc_downgrade_spec (noted_so f) ⊤ with "[$Hna $Hrc]"); [done|].
    iIntros "[Hna Hrc]". wp_pures. iDestruct (rc_own_ref with "Hrc") as "[Href Hrc]".
    wp_apply (weak_clone_spec (noted_so f) ⊤ with "[$Hna $Href]"); [done|lia|].
    iIntros "[Hna Href]". wp_pures.
    (** All handles are in one hand, so a count is the exact one, or 0. *)
    wp_apply (weak_strong_count_spec (noted_so f) ⊤ with "[$Hna $Href]"); [done|lia|].
    iIntros (s) "((_ & _ & %Hs) & Hna & Href)". destruct (Hs eq_refl) as [Hs' _]. wp_pures.
    wp_apply (weak_weak_count_spec (noted_so f) ⊤ with "[$Hna $Href]"); [done|lia|].
    iIntros (m) "((_ & %Hm) & Hna & Href)". destruct (Hm eq_refl) as [Hm' _]. wp_pures.
    iDestruct ("Hrc" with "Href") as "Hrc". iDestruct "Hrc" as "[[Hx Hw] Hv]".
    wp_apply (peek_spec with "[$Hna $Hknown $Hw]"). iIntros (a) "(%Ha & Hna & Hw)". wp_pures.
    wp_apply (look_spec with "[$Hna $Hknown $Hv]"). iIntros (b) "(%Hb & Hna & Hv)". wp_pures.
    (** The strong handle is there, so [w] has not had the last one. *)
    iDestruct (rc_dropped_own_live with "Hx Hw") as "Hx". iDestruct "Hx" as "[Hx Hw]".
    wp_apply (sure_spec with "[$Hna $Hx $Hw]"). iIntros "(Hna & Hx & Hw)". wp_pures.
    wp_apply (rc_drop_spec (noted_so f) ⊤ note_glue (λ _, f ↦ #7)%I with "[$Hna $Hx]");
      [done|iApply note_glue_spec|].
    iIntros "[Hna [(%k & % & _)|[_ Hx]]]"; [lia|]. wp_pures.
    (** All shares together: the content is gone, and was destroyed. *)
    iDestruct (rc_dropped_own_join with "Hx Hw") as "H".
    iDestruct (rc_dropped_own_join with "H Hv") as "H". rewrite Qp.div_2 Qp.half_half.
    iMod (rc_dropped_own_whole (noted_so f) ⊤ with "H Hna")
      as "(Hlast & (%wl & _ & Hf) & Hna)"; [done|].
    wp_apply (weak_drop_last_spec (noted_so f) ⊤ with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    wp_apply (weak_drop_last_spec (noted_so f) ⊤ _ _ _ 0 with "[$Hna $Hlast]"); [done|].
    iIntros "[Hna Hlast]". wp_pures.
    iMod (rc_reclaim with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease".
    wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton f). wp_free with "Hlease".
    wp_let. do 2 iApply expect_eq.
    wp_apply (one_of_spec with "[//]"); [lia|]. iIntros "_". wp_if.
    wp_apply (one_of_spec with "[//]"); [lia|]. iIntros "_". wp_if.
    wp_apply (seen_spec with "[//]"); [done|]. iIntros "_". wp_if.
    wp_apply (seen_spec with "[//]"); [done|]. iIntros "_". by iFrame "Hlease".
  Qed.

  (** ** A cell that says whether the [UniqueRc] is there *)
  Definition slot (c : loc) f γ l : iProp Σ :=
    (c ↦ #0 ∗ unique_rc_own (noted_so f) γ l [ #7; #f]%V 1 0) ∨
    (c ↦ #1 ∗ rc_last_own (noted_so f) γ l 1 0 ∗ f ↦ #7).

  (** Whoever knows that the content is gone finds no [UniqueRc]. *)
  Lemma slot_retired c f γ l :
    slot c f γ l -∗ rc_dead (noted_so f) γ -∗
    c ↦ #1 ∗ rc_last_own (noted_so f) γ l 1 0 ∗ f ↦ #7.
  Proof using All.
    iIntros "[[_ Hu]|$] Hdead"; [|done].
    iDestruct (unique_rc_own_dead with "Hu Hdead") as %[].
  Qed.
  Lemma retire_spec c f γ l :
    {{{ na_own rc_pool ⊤ ∗ slot c f γ l }}}
      retire [ #c; #l ]
    {{{ RET #☠; na_own rc_pool ⊤ ∗ slot c f γ l ∗ rc_dead (noted_so f) γ }}}.
  Proof using All.
    iIntros (Φ) "[Hna [[Hc Hu]|(Hc & Hlast & Hf)]] HΦ"; wp_rec; wp_read; wp_pures.
    - wp_apply (unique_rc_drop_spec (noted_so f) ⊤ note_glue (λ _, f ↦ #7)%I
        with "[$Hna $Hu]"); [done|iApply note_glue_spec|].
      iIntros "(Hna & Hlast & Hf)". wp_pures. wp_write. iModIntro.
      iDestruct (rc_last_own_dead with "Hlast") as "#Hdead". iApply "HΦ".
      iFrame "Hna Hdead". iRight. iFrame.
    - iModIntro. iDestruct (rc_last_own_dead with "Hlast") as "#Hdead". iApply "HΦ".
      iFrame "Hna Hdead". iRight. iFrame.
  Qed.
  Lemma retired_spec :
    na_own rc_pool ⊤ -∗ heap_lease 1 0 -∗ WP retired {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros "Hna Hlease". rewrite /retired.
    wp_alloc f as "Hf" "Hf†" with "Hlease". rewrite (heap_pointsto_vec_singleton f).
    wp_pures. wp_write. wp_pures.
    wp_alloc c as "Hc" "Hc†" with "Hlease". rewrite (heap_pointsto_vec_singleton c).
    wp_pures. wp_write. wp_pures.
    wp_apply (noted_unique_spec with "[$Hlease $Hf]").
    iIntros (l γ) "(%Hγ & Hu & Hlease)". wp_pures.
    iAssert (slot c f γ l) with "[Hc Hu]" as "H"; [iLeft; iFrame|].
    wp_apply (retire_spec with "[$Hna $H]"). iIntros "(Hna & H & _)". wp_pures.
    wp_apply (retire_spec with "[$Hna $H]"). iIntros "(Hna & H & Hdead)". wp_pures.
    iDestruct (slot_retired with "H Hdead") as "(Hc & Hlast & Hf)".
    iMod (rc_reclaim with "Hlast Hna") as "[Hblock _]"; [done|]. rewrite Hγ /=.
    iDestruct (heap_lease_halves with "[$Hlease $Hblock]") as "Hlease".
    wp_read. wp_pures. wp_read. wp_pures.
    rewrite -(heap_pointsto_vec_singleton c). wp_free with "Hlease". wp_pures.
    rewrite -(heap_pointsto_vec_singleton f). wp_free with "Hlease". wp_let.
    do 2 iApply expect_eq. wp_pures. by iFrame "Hlease".
  Qed.
End client.

Theorem watched_leak_free : adequate NotStuck watched ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply watched_spec. Qed.
Theorem retired_leak_free : adequate NotStuck retired ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof. apply (rc_adequacy rc_stdΣ). intros HΣ. apply retired_spec. Qed.
