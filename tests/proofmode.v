(** * The proof mode tactics of λRust: the goals they leave and what they say *)
From tally.lang Require Import proofmode.
From tally.lang.lib Require Import checked memcpy new_delete.
From tally.prelude Require Import options.

Unset Mangle Names.

Section tests.
  Context `{!lrustGS Σ, !UntrackedHeap Σ}.

  (* A whole block: allocated, written, read, freed. *)
  Definition block : expr :=
    let: "x" := Alloc #2 in
    "x" <- #1;; "x" +ₗ #1 <-ˢᶜ #2;;
    let: "r" := !"x" + !ˢᶜ("x" +ₗ #1) in
    Free #2 "x";; "r".
  Lemma test_block : ⊢ WP block {{ v, ⌜v = #3⌝ }}.
  Proof using Type*.
    rewrite /block. wp_alloc x as "Hx" "H†". Show.
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hx" as "[Hx Hx1]". wp_write. wp_write. Show.
    wp_read. wp_read. wp_op. wp_let.
    iAssert (x ↦∗ [ #1; #2])%I with "[Hx Hx1]" as "Hx".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    wp_free. Show. by wp_seq.
  Qed.
  (* The same with a lease of the heap. *)
  Lemma test_block_lease q n :
    heap_lease q n -∗ WP block {{ v, ⌜v = #3⌝ ∗ heap_lease q n }}.
  Proof.
    iIntros "Hlease". rewrite /block. wp_alloc x as "Hx" "H†" with "Hlease". Show.
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hx" as "[Hx Hx1]". wp_write. wp_write. wp_read. wp_read. wp_op. wp_let.
    iAssert (x ↦∗ [ #1; #2])%I with "[Hx Hx1]" as "Hx".
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iFrame. }
    wp_free with "Hlease". Show. wp_seq. by iFrame.
  Qed.

  (* Machine integers wrap, report overflow, and compute. *)
  Lemma test_wrap : ⊢ WP #(2 ^ 64 - 1) +⟨usize⟩ #1 {{ v, ⌜v = #0⌝ }}.
  Proof. by wp_op. Qed.
  Lemma test_overflow :
    ⊢ WP BinOp (OverflowOp i32 MulOp) #(2 ^ 16) #(2 ^ 15) {{ v, ⌜v = #true⌝ }}.
  Proof. by wp_op. Qed.
  Lemma test_unchecked_stuck : ⊢ WP BinOp (UncheckedOp u8 SubOp) #0 #1 {{ _, True }}.
  Proof. Fail wp_op. Abort.

  Lemma test_faa (l : loc) :
    l ↦ #(2 ^ 64 - 1) -∗ WP Faa u64 #l #2 {{ v, ⌜v = #(2 ^ 64 - 1)⌝ ∗ l ↦ #1 }}.
  Proof. iIntros "Hl". wp_faa. Show. by iFrame. Qed.

  Lemma test_cas (l : loc) (n : Z) :
    l ↦ #n -∗ WP Cas CasStrong #l #0 #1 {{ v, ∃ m : Z, l ↦ #m }}.
  Proof.
    iIntros "Hl". wp_cas as ->|Hne.
    - Show. by iExists 1%Z.
    - Show. by iExists n.
  Qed.
  Lemma test_cas_fetch (l : loc) (q : Qp) :
    l ↦{q} #5 -∗ WP Cas CasFetch #l #0 #1 {{ v, ⌜v = #5⌝ }}.
  Proof. iIntros "Hl". by wp_cas_fail. Qed.

  Lemma test_credit : ⊢ WP if: #1 ≤ #2 then #☠ else #1 {{ v, ⌜v = #☠⌝ ∗ £ 1 }}.
  Proof. wp_op. wp_pure credit: "H£". Show. by iFrame. Qed.

  Lemma test_abort : ⊢ WP let: "x" := Abort in !"x" {{ _, False }}.
  Proof. wp_abort. Qed.

  (* The specifications of the library, through [wp_apply] and [wp_smart_apply]. *)
  Lemma test_library q n :
    heap_lease q n -∗
    WP let: "x" := new [ #1 + #1] in
       let: "y" := new [ #2] in
       "x" <-{2} !"y";; delete [ #2; "x"];; delete [ #2; "y"] {{ v, ⌜v = #☠⌝ ∗ heap_lease q n }}.
  Proof.
    iIntros "Hk".
    wp_smart_apply (new_spec with "Hk"); [done..|]. iIntros (x) "(Hk & H†x & Hx)".
    wp_smart_apply (new_spec with "Hk"); [done..|]. iIntros (y) "(Hk & H†y & Hy)".
    wp_smart_apply (memcpy_spec with "[$Hx $Hy]"); [done..|]. iIntros "[Hx Hy]".
    wp_smart_apply (delete_spec _ _ _ _ q (S n) with "[Hk $Hx $H†x]"); [done..|]. iIntros "Hk".
    wp_smart_apply (delete_spec _ _ _ _ q n with "[Hk $Hy $H†y]"); [done..|]. iIntros "Hk".
    by iFrame.
  Qed.

  (* What the tactics say when they fail. *)
  Lemma test_read_missing (l : loc) : ⊢ WP !#l {{ _, True }}.
  Proof. Fail wp_read. Abort.
  Lemma test_write_share (l : loc) (q : Qp) : l ↦{q} #0 -∗ WP #l <- #1 {{ _, True }}.
  Proof. iIntros "Hl". Fail wp_write. Abort.
  Lemma test_free_without_right (l : loc) : l ↦∗ [ #0] -∗ WP Free #1 #l {{ _, True }}.
  Proof. iIntros "Hl". Fail wp_free. Abort.
  Lemma test_read_no_redex (l : loc) : l ↦ #0 -∗ WP #l <- #1 {{ _, True }}.
  Proof. iIntros "Hl". Fail wp_read. Fail wp_bind (!_)%E. Fail wp_if. Abort.
  Lemma test_wrong_arity : ⊢ WP (λ: ["x"], "x")%V [ #1; #2] {{ _, True }}.
  Proof. Fail wp_rec. Abort.
  Lemma test_poison : ⊢ WP #☠ + #1 {{ _, True }}.
  Proof. Fail wp_op. Abort.
  Lemma test_not_a_wp : ⊢ True : iProp Σ.
  Proof. Fail wp_pure. Abort.
  Lemma test_alloc_not_fresh (P : iProp Σ) : P -∗ WP Alloc #1 {{ _, True }}.
  Proof. iIntros "H". Fail wp_alloc l as "H" "H†". Abort.
End tests.
