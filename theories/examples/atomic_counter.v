(** * Example: a counter with a logically atomic specification

[counter_incr] adds one to a [u64] by a loop around a weak compare-and-swap, which
may fail although the value is the expected one. [counter_incr_spec] says that
it is atomic all the same, as if it were one fetch-and-add; [counter_faa_spec] is
that fetch-and-add. Both wrap at 2⁶⁴.

[counter_client] uses the specification with an invariant open around it, in two
threads at once, and [counter_client_adequate] is what follows without
separation logic.

Source: the counter of the logical atomicity literature (TaDA; Iris). *)
From iris.base_logic.lib Require Import invariants.
From tally.lang Require Import proofmode adequacy.
From tally.prelude Require Import options.

Definition counter_incr : val :=
  rec: "incr" ["l"] :=
    let: "n" := !ˢᶜ "l" in
    if: Cas CasWeak "l" "n" ("n" +⟨u64⟩ #1) then "n" else "incr" ["l"].

Definition counter_faa : val := λ: ["l"], Faa u64 "l" #1.

Definition counter_client : expr :=
  let: "l" := Alloc #1 in
  "l" <- #0;;
  Fork (counter_incr ["l"]);;
  counter_faa ["l"];;
  !ˢᶜ "l".

Section proof.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.
  Let N := nroot .@ "counter".

  Lemma counter_faa_spec (l : loc) :
    ⊢ ⟪ ∀∀ (n : Z), ⌜in_int_range u64 n⌝ ∗ l ↦ #n ⟫
        counter_faa [ #l] @ ∅
      ⟪ l ↦ #(int_wrap u64 (n + 1)), RET #n ⟫.
  Proof.
    iIntros (Φ) "AU". wp_rec. iMod "AU" as (n) "[[%Hn Hl] [_ Hclose]]".
    wp_faa. iMod ("Hclose" with "Hl") as "HΦ". by iModIntro.
  Qed.

  Lemma counter_incr_spec (l : loc) :
    ⊢ ⟪ ∀∀ (n : Z), ⌜in_int_range u64 n⌝ ∗ l ↦ #n ⟫
        counter_incr [ #l] @ ∅
      ⟪ l ↦ #(int_wrap u64 (n + 1)), RET #n ⟫.
  Proof.
    iIntros (Φ) "AU". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iMod "AU" as (n) "[[%Hn Hl] [Hclose _]]". wp_read.
    iMod ("Hclose" with "[$Hl //]") as "AU". iModIntro. wp_let.
    assert (bin_op_eval_pure (WrapOp u64 AddOp) n 1 = Some (LitInt (int_wrap u64 (n + 1)))).
    { rewrite /= /arith_eval_at decide_True //. }
    wp_op. wp_bind (Cas _ _ _ _). iMod "AU" as (m) "[[%Hm Hl] Hclose]".
    destruct (decide (m = n)) as [->|Hne].
    - wp_apply (wp_cas_weak with "Hl"); [by rewrite /cas_compare bool_decide_eq_true_2|].
      iIntros ([]) "Hl".
      + iDestruct "Hclose" as "[_ Hclose]". iMod ("Hclose" with "Hl") as "HΦ".
        iModIntro. by wp_if.
      + iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "[$Hl //]") as "AU".
        iModIntro. wp_if. by iApply "IH".
    - wp_cas_fail. iDestruct "Hclose" as "[Hclose _]".
      iMod ("Hclose" with "[$Hl //]") as "AU". iModIntro. wp_if. by iApply "IH".
  Qed.

  (** The counter may be incremented by others at any time; it stays a [u64]. *)
  Definition counter_inv (l : loc) : iProp Σ := ∃ n : Z, ⌜in_int_range u64 n⌝ ∗ l ↦ #n.

  Lemma counter_client_spec :
    ⊢ WP counter_client {{ v, ⌜∃ n : Z, v = #n ∧ in_int_range u64 n⌝ }}.
  Proof using Type*.
    rewrite /counter_client. wp_alloc l as "Hl" "_".
    rewrite heap_pointsto_vec_singleton. wp_write.
    iMod (inv_alloc N _ (counter_inv l) with "[Hl]") as "#Hinv".
    { iNext. iExists 0%Z. by iFrame. }
    wp_pures. wp_apply wp_fork.
    { awp_apply counter_incr_spec. iInv N as (n) ">Hl". iAaccIntro with "Hl".
      - iIntros "Hl !>". iSplitL "Hl"; [by iExists n|done].
      - iIntros "Hl !>". iSplitL; [|done]. iExists _. iFrame. iPureIntro.
        apply int_wrap_in_range. }
    iIntros "_". wp_seq. awp_apply counter_faa_spec. iInv N as (n) ">Hl". iAaccIntro with "Hl".
    { iIntros "Hl !>". iSplitL "Hl"; [by iExists n|done]. }
    iIntros "Hl !>". iSplitL "Hl".
    { iExists _. iFrame. iPureIntro. apply int_wrap_in_range. }
    wp_pures. iInv N as (m) ">[%Hm Hl]". wp_read. iModIntro. iSplitL; [|by eauto].
    iExists m. by iFrame.
  Qed.
End proof.

Theorem counter_client_adequate :
  adequate NotStuck counter_client ∅ (λ v _, ∃ n : Z, v = #n ∧ in_int_range u64 n).
Proof. apply (lrust_adequacy lrustΣ). intros. apply counter_client_spec. Qed.
