(** * λRust library: copying memory

[memcpy [dst; n; src]] copies [n] cells by non-atomic accesses, from the first one
on. Written [dst <-{n} !src].

Source: [lang/lib/memcpy.v] of RustBelt's λRust. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.prelude Require Import options.

Definition memcpy : val :=
  rec: "memcpy" ["dst"; "len"; "src"] :=
    if: "len" ≤ #0 then #☠
    else
      "dst" <- !"src";;
      "memcpy" ["dst" +ₗ #1; "len" - #1; "src" +ₗ #1].

Notation "e1 <-{ n } ! e2" := (App (Val memcpy) [e1%E; Val (LitV (LitInt n)); e2%E]%E)
  (at level 80, n at next level, format "e1  <-{ n }  ! e2") : expr_scope.

Section specs.
  Context `{!lrustGS Σ}.

  Lemma memcpy_spec E (dst src : loc) q (n : Z) vl vl' :
    Z.of_nat (length vl) = n → Z.of_nat (length vl') = n →
    {{{ dst ↦∗ vl ∗ src ↦∗{q} vl' }}}
      #dst <-{n} !#src @ E
    {{{ RET #☠; dst ↦∗ vl' ∗ src ↦∗{q} vl' }}}.
  Proof.
    iIntros (Hvl Hvl' Φ) "[Hd Hs] HΦ".
    iInduction vl' as [|v' vl'] "IH" forall (n vl dst src Hvl Hvl'); simplify_eq/=.
    - destruct vl; simplify_eq/=. wp_rec. wp_op. wp_if. iApply "HΦ". by iFrame.
    - destruct vl as [|v vl]; simplify_eq/=. wp_rec. wp_op.
      wp_if.
      rewrite !heap_pointsto_vec_cons.
      iDestruct "Hd" as "[Hd Hdl]". iDestruct "Hs" as "[Hs Hsl]".
      wp_read. wp_write. wp_pures.
      wp_apply ("IH" with "[%] [%] Hdl Hsl"); [lia..|].
      iIntros "[Hdl Hsl]". iApply "HΦ". iFrame.
  Qed.
End specs.
