(** * Client of closures that have captured a mutable reference

<<
  fn for_each(f: &mut impl FnMut(i64) -> i64, x: i64, n: i64) { … f(x), …, f(x + n - 1) … }

  let mut c = 1;
  let mut add = |x| { c += x; c };
  for_each(&mut add, 1, 3);
  let a = add(10);                        // the last call
  a + c
>>
[add_adequate]: it returns 34. [for_each] knows nothing of [c] ([fn_mut_calls]); after it the
state is known, and after the last call it is the final value of what was lent
([fn_mut_once]). *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_closure.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).

(** The closure, with the address that it has captured. *)
Definition add (l : loc) : val := λ: ["x"], #l <- !#l + "x";; !#l.
Definition make_add : val := λ: ["c"], λ: ["x"], "c" <- !"c" + "x";; !"c".
Definition adds : expr :=
  let: "c" := Alloc #1 in "c" <- #1;;
  let: "add" := make_add ["c"] in
  for_each ["add"; #1; #3];;
  let: "a" := "add" [ #10] in
  let: "v" := !"c" in
  Free #1 "c";;
  "a" + "v".

Definition add_step (a : proph_type int_code) (x : Z) : proph_type int_code := ((a : Z) + x)%Z.
Definition add_out (a : proph_type int_code) (x : Z) : val := #((a : Z) + x).

Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.

  Lemma add_fn_mut l : ⊢ fn_mut (int_at l) add_step add_out (add l).
  Proof using Type.
    rewrite /fn_mut. iIntros "!>" (a x Φ) "!> Hl HΦ". rewrite /int_at. wp_rec.
    wp_read. wp_pures. wp_write. wp_pures. wp_read. by iApply "HΦ".
  Qed.
  Lemma adds_spec : proph_ctx -∗ WP adds {{ v, ⌜v = #34⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /adds.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (int_at l) _ κ (int_val 1) with "Hctx Hl") as (i) "[Hr Hback]";
      [done..|].
    wp_rec. wp_closure. rewrite -/(add l). wp_let.
    wp_apply (fn_mut_calls (int_at l) add_step add_out (add l) κ 1 i (int_val 1) 1 3 with "[] [$Hr $Hκ]").
    { iApply add_fn_mut. }
    iIntros "[Hr Hκ]". wp_pures.
    wp_apply (fn_mut_once (int_at l) add_step add_out (add l) with "[] [$Hctx $Hr $Hκ]"); [iApply add_fn_mut|].
    iIntros "[#Hi Hκ]". wp_pures.
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hl #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. rewrite /int_at.
    wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures. done.
  Qed.
End client.

(** What the last call returns, and what is there in the end. *)
Theorem add_adequate : adequate NotStuck adds ∅ (λ v _, v = #34%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply adds_spec.
Qed.
