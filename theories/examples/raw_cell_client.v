(** * Client of cells: two references to one place that changes

<<
  let c = Cell::new(2);
  let r = &c;
  let s = &c;
  r.set(s.get() + 2);
  s.get()
>>
[cell_adequate]: it returns an even number. This is what the type says of each value, and all
that the references know. *)
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import shared_cell.
From tally.prelude Require Import options.

Definition cell_client : expr :=
  let: "c" := Alloc #1 in "c" <- #2;;
  let: "r" := "c" in
  let: "s" := "c" in
  "r" <- !"s" + #2;;
  let: "a" := !"s" in
  Free #1 "c";;
  "a".
Definition is_even (v : val) : Prop := ∃ z : Z, v = #z ∧ Z.Even z.

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !na_invG Σ, !lftG Σ}.

  Lemma cell_client_spec : ⊢ WP cell_client {{ v, ⌜is_even v⌝ }}.
  Proof using All.
    rewrite /cell_client.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write. wp_pures.
    iMod (na_alloc (Σ:=Σ)) as (p) "Hna". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (cell_share ⊤ κ p nroot is_even with "Hl") as "[#Hc Hback]"; [done| |].
    { exists 2%Z. split; [done|]. by exists 1%Z. }
    (* The second reference is for a shorter lifetime. *)
    iMod lft_create as (κ') "[Hκ' _]".
    iDestruct (cell_ref_shorten _ (κ ⊓ κ') with "[] Hc") as "#Hc'";
      [iApply lft_intersect_incl_l|].
    wp_apply (cell_get_spec with "[$Hc $Hκ $Hna]"); [done|].
    iIntros (v) "((%z & -> & %Hz) & Hκ & Hna)". wp_pures.
    wp_apply (cell_set_spec with "[$Hc $Hκ $Hna]"); [done| |].
    { exists (z + 2)%Z. split; [done|]. destruct Hz as [k ->]. exists (k + 1)%Z. lia. }
    iIntros "[Hκ Hna]". wp_pures.
    wp_apply (cell_get_spec _ (κ ⊓ κ') 1 with "[$Hc' $Hna Hκ Hκ']");
      [done|rewrite lft_tok_sep; iFrame "Hκ Hκ'"|].
    iIntros (v) "(%Hv & Hκ & _)". rewrite lft_tok_sep. iDestruct "Hκ" as "[Hκ _]". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (w) "[Hl _]".
    rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures. done.
  Qed.
End client.

(** What is read is even. *)
Theorem cell_adequate : adequate NotStuck cell_client ∅ (λ v _, is_even v).
Proof.
  apply (lrust_adequacy #[lrustΣ; na_invΣ; lftΣ]). intros HΣ Huntracked.
  apply cell_client_spec.
Qed.
