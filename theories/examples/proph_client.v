(** * Clients of prophecies: a pair that is lent, lent again, and cut

Two closed theorems.

[future_possible] has no program: it makes prophecies, resolves one of them to a value that
mentions another one, and [proph_adequacy_ctx] says that what was observed can come true.
The statement alone is easy; the point is that it is had from the logic.

[bump_adequate] is about a λRust program:

<<
  fn add_one(r: &mut i64) { *r += 1 }
  fn bump_both(p: &mut (i64, i64)) { add_one(&mut p.0); add_one(&mut p.1) }

  let mut x = (1, 5);
  { let p = &mut x;  bump_both(&mut *p);  bump_both(p); }
  x.0 == 3 && x.1 == 7
>>

The specifications speak of the final value only: [add_one_spec] says that it is one more
than the present one, and [bump_both_spec] follows by cutting the reference in two. The
client never looks into a reference. It gets the memory back when the lifetime is over,
with some values, and knows from what was observed which ones. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_borrow.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).
Definition int_code : codes := DataInt.
Definition pair_code : codes := DataPair int_code int_code.
Definition int_val (z : Z) : proph_type int_code := z.
Definition plus_one (a : proph_type int_code) : proph_type int_code := ((a : Z) + 1)%Z.
Definition pair_of (a b : proph_type int_code) : proph_type pair_code := (a, b).
Global Instance pair_of_inj : Inj2 (=) (=) (=) pair_of.
Proof. intros a b a' b' Hab. by injection Hab. Qed.

(** ** Without a program *)

(** [i] will be the pair of [j] and something, and [j] will be 3. *)
Definition foretold (i j : positive) (π : proph_asn codes) : Prop :=
  (π (ProphVar pair_code i) : Z * Z).1 = 3 ∧ (π (ProphVar int_code j) : Z) = 3.

(** Easy to prove by writing [π] down. Here it is what two resolutions observed. *)
Theorem future_possible :
  ∃ π : proph_asn codes, ∃ i j, foretold i j π.
Proof.
  apply (proph_adequacy_ctx codes #[invΣ; prophΣ codes]). iIntros (Hinv Hproph) "#Hctx".
  iMod (proph_create ⊤ pair_code with "Hctx") as (i) "Hi"; [done|].
  iMod (proph_create ⊤ int_code with "Hctx") as (j) "Hj"; [done|].
  iMod (proph_create ⊤ int_code with "Hctx") as (k) "Hk"; [done|].
  iMod (proph_resolve _ (ProphVar pair_code i)
    (λ π, pair_of (π (ProphVar int_code j)) (π (ProphVar int_code k)))
    [ProphVar int_code j; ProphVar int_code k] 1 with "Hctx Hi [Hj Hk]")
    as "[Hobs (Hj & _)]"; [done| |by iFrame|].
  { apply (proph_dep_map2 pair_of (λ π, π (ProphVar int_code j)) _ [_] [_]);
      apply proph_dep_var. }
  iMod (proph_resolve_const _ (ProphVar int_code j) (int_val 3) with "Hctx Hj") as "Hj"; [done|].
  iModIntro. iApply (proph_obs_mono_2 with "Hobs Hj"). intros π Hi Hj.
  exists i, j. by rewrite /foretold Hi Hj.
Qed.

(** ** With a program *)
Definition add_one : val := λ: ["r"], "r" <- !"r" + #1.
Definition bump_both : val := λ: ["p"], add_one ["p"];; add_one ["p" +ₗ #1].
Definition bump : expr :=
  let: "x" := Alloc #2 in
  "x" <- #1;; ("x" +ₗ #1) <- #5;;
  bump_both ["x"];; bump_both ["x"];;
  let: "a" := !"x" in let: "b" := !("x" +ₗ #1) in
  Free #2 "x";;
  if: "a" = #3 then "b" = #7 else #false.

Section bump.
  Context `{!lrustGS Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l : loc) (a b : proph_type int_code).

  (** An integer in memory, and two in a row. *)
  Definition int_at l (a : proph_type int_code) : iProp Σ := l ↦ #(a : Z).
  Definition pair_at l (p : proph_type pair_code) : iProp Σ :=
    int_at l (p : Z * Z).1 ∗ int_at (l +ₗ 1) (p : Z * Z).2.
  Global Instance int_at_timeless l a : Timeless (int_at l a).
  Proof. apply _. Qed.
  Global Instance pair_at_timeless l p : Timeless (pair_at l p).
  Proof. apply _. Qed.

  (** In the end the reference points to one more than now. *)
  Lemma add_one_spec κ q i l a :
    {{{ proph_ctx ∗ mut_known (int_at l) κ i a ∗ q.[κ] }}}
      add_one [ #l ]
    {{{ RET #☠; ⟨π, fin int_code i π = plus_one a⟩ ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "(#Hctx & Hr & Hκ) HΦ".
    iMod (mut_known_take with "Hctx Hr Hκ") as "[Hl Hback]"; [done..|].
    rewrite {1}/int_at. wp_rec. wp_read. wp_pures. wp_write.
    iMod ("Hback" $! (plus_one a) with "Hl") as "H". by iApply "HΦ".
  Qed.

  (** In the end the reference points to one more in both places: it is cut, and each part
  has its own future. *)
  Lemma bump_both_spec κ q i l a b :
    {{{ proph_ctx ∗ mut_known (pair_at l) κ i (pair_of a b) ∗ q.[κ] }}}
      bump_both [ #l ]
    {{{ RET #☠; ⟨π, fin pair_code i π = pair_of (plus_one a) (plus_one b)⟩ ∗
        q.[κ] }}}.
  Proof.
    iIntros (Φ) "(#Hctx & Hr & Hκ) HΦ". rewrite /bump_both.
    wp_pure _ credit:"H£". wp_pure _ credit:"H£'".
    iCombine "H£ H£'" as "H£".
    iMod (mut_known_split pair_of (pair_at l) (int_at l) (int_at (l +ₗ 1))
      with "H£ Hctx Hr Hκ") as (j k) "(Hj & Hk & Hκ & #Hobs)"; [done..|].
    wp_apply (add_one_spec with "[$Hctx $Hj $Hκ]"). iIntros "[#Hj Hκ]". wp_pures.
    wp_apply (add_one_spec with "[$Hctx $Hk $Hκ]"). iIntros "[#Hk Hκ]".
    iApply "HΦ". iFrame "Hκ". iDestruct (proph_obs_and with "Hj Hk") as "H".
    iApply (proph_obs_mono_2 with "Hobs H"). intros π Hi [Hj Hk]. by rewrite Hi Hj Hk.
  Qed.

  Lemma bump_spec `{!UntrackedHeap Σ} : proph_ctx -∗ WP bump {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /bump.
    wp_alloc l as "Hl" "H†". rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[Hl Hl']".
    wp_pure _ credit:"H£1". wp_write. wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
    wp_op. wp_write. wp_pure _ credit:"H£4".
    (* Lent for [κ], and lent again for [κ']. *)
    iMod lft_create as (κ) "[Hκ #Hend]". iMod lft_create as (κ') "[Hκ' #Hend']".
    iMod (mut_known_borrow (pair_at l) _ κ (pair_of (int_val 1) (int_val 5)) with "Hctx [Hl Hl']")
      as (i) "[Hr Hback]"; [done..|by iFrame|].
    iCombine "H£1 H£2 H£3 H£4" as "H£".
    iMod (mut_known_reborrow _ _ _ (κ' ⊓ κ) 1
      with "H£ Hctx [] Hr [Hκ Hκ']") as (j) "(Hr & Hκ & Hback')";
      [done..|iApply lft_intersect_incl_r|by rewrite lft_tok_sep; iFrame|].
    wp_smart_apply (bump_both_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hj Hκ]".
    rewrite lft_tok_sep. iDestruct "Hκ" as "[Hκ' Hκ]".
    iMod ("Hend'" with "Hκ'") as "#H†'".
    iMod ("Hback'" with "[]") as (p) "[Hr #Hj']"; [rewrite lft_dead_or; by iLeft|].
    iMod (proph_obs_agree with "Hctx Hj' Hj") as %->; [done|].
    (* Now through the first reference. *)
    wp_smart_apply (bump_both_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†''".
    iMod ("Hback" with "H†''") as (p) "[[Hl Hl'] #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|].
    rewrite /int_at /=. wp_pures. wp_read. wp_pures. wp_read. wp_pures.
    iAssert (l ↦∗ [ #3; #7 ]%V)%I with "[Hl Hl']" as "Hl".
    { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. iFrame. }
    wp_free. wp_pures. done.
  Qed.
End bump.

Theorem bump_adequate : adequate NotStuck bump ∅ (λ v _, v = #true%V).
Proof.
  apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply bump_spec.
Qed.
