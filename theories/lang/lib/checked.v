(** * λRust library: arithmetic that aborts on overflow

[checked_op t a [x; y]] returns the exact result of [a] if it is in the range of
[t], and aborts otherwise: what Rust does in a debug build up to the way of
stopping, and what [Rc] and [Arc] do about their counts in every build.

Key result: [checked_op_spec], whose postcondition has the exact result and that
it did not overflow; the overflow itself needs no precondition, as an aborting
thread does not return. *)
From tally.lang Require Import proofmode.
From tally.prelude Require Import options.

Definition checked_op (t : int_type) (a : arith_op) : val :=
  λ: ["x"; "y"],
    if: BinOp (OverflowOp t a) "x" "y" then Abort
    else BinOp (WrapOp t a) "x" "y".

Section specs.
  Context `{!lrustGS Σ}.

  Lemma checked_op_spec E t a (x y z : Z) :
    in_int_range t x → in_int_range t y → arith_eval a x y = Some z →
    {{{ True }}} checked_op t a [ #x; #y] @ E {{{ RET #z; ⌜in_int_range t z⌝ }}}.
  Proof.
    iIntros (Hx Hy Hz Φ) "_ HΦ". wp_rec.
    assert (arith_eval_at t a x y = Some z) as Hat by by apply arith_eval_at_Some.
    assert (bin_op_eval_pure (OverflowOp t a) x y =
      Some (lit_of_bool (negb (bool_decide (arith_fits t a x y z))))) by by rewrite /bin_op_eval_pure Hat.
    assert (bin_op_eval_pure (WrapOp t a) x y = Some (LitInt (int_wrap t z)))
      by by rewrite /bin_op_eval_pure Hat.
    wp_op. case_bool_decide as Hin; simpl; wp_if.
    - pose proof (arith_fits_in_range _ _ _ _ _ Hat Hin). wp_op. rewrite int_wrap_id //. by iApply "HΦ".
    - wp_abort.
  Qed.
End specs.
