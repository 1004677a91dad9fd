(** * Clients of mutable references: two phases, one entry of several, a closure

Three closed programs about places where tools went wrong ([refuted/proph_final.v]).

<<
  let mut v = 1;
  let r = &mut v;          // two phases: reserved here, …
  let n = v;               // … and v is still read
  *r = n + 1;              // activated by its first use
  v
>>
[two_phase_adequate]: it returns 2. A borrow of two phases is made when it is activated;
until then the lender has the place, with its present value.

<<
  let mut xs = [1, 5];
  { let r = &mut xs[n];  add_one(r); }
  xs[0] == … && xs[1] == …
>>
[entry_adequate]: for both [n], the entry that was lent is one more, and the other one is as
before ([mut_entry_lend]).

<<
  let mut c = 1;
  let mut inc = || { c += 1; c };
  let a = inc();
  let b = inc();
  a == 2 && b == 3 && c == 3
>>
[closure_adequate]: it returns true. The closure has captured a reference to [c]. Its state
is what the reference points to now, and is known between the calls ([inc_spec]). The final
value is not touched by a call, and is the last state when the closure is over. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy.
From tally.logic.prophecy Require Import prophecy prophecy_codes.
From tally.lifetime Require Import lifetime.
From tally.borrow Require Import mut_entry.
From tally.examples Require Import proph_client.
From tally.prelude Require Import options.

Local Notation "'codes'" := (data_code Empty_set).

(** ** Two phases *)
Definition two_phase : expr :=
  let: "v" := Alloc #1 in "v" <- #1;;
  let: "r" := "v" in
  let: "n" := !"v" in
  "r" <- "n" + #1;;
  let: "a" := !"v" in
  Free #1 "v";;
  "a".

(** ** One entry *)
Definition entry (n : nat) : expr :=
  let: "xs" := Alloc #2 in
  "xs" <- #1;; ("xs" +ₗ #1) <- #5;;
  add_one ["xs" +ₗ #n];;
  let: "a" := !"xs" in let: "b" := !("xs" +ₗ #1) in
  Free #2 "xs";;
  "a" + #10 * "b".
(** Two and five, or one and six. *)
Definition entry_sum (n : nat) : Z := match n with O => 52 | _ => 61 end.

(** ** A closure, with the address that it has captured *)
Definition inc (l : loc) : val := λ: [], #l <- !#l + #1;; !#l.
Definition make_inc : val := λ: ["c"], λ: [], "c" <- !"c" + #1;; !"c".
Definition closure : expr :=
  let: "c" := Alloc #1 in "c" <- #1;;
  let: "inc" := make_inc ["c"] in
  let: "a" := "inc" [] in
  let: "b" := "inc" [] in
  let: "v" := !"c" in
  Free #1 "c";;
  if: "a" = #2 then (if: "b" = #3 then "v" = #3 else #false) else #false.

Section clients.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ}.
  Implicit Types (κ : lft) (q : Qp) (i : positive) (l : loc) (a b : proph_type int_code).

  (** Until it is activated, the place is the lender's. *)
  Lemma two_phase_spec : proph_ctx -∗ WP two_phase {{ v, ⌜v = #2⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /two_phase.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures. wp_read. wp_pures.
    (* Activated. *)
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (int_at l) _ κ (int_val 1) with "Hctx Hl") as (i) "[Hr Hback]";
      [done..|].
    iMod (mut_known_take with "Hctx Hr Hκ") as "[Hl Hgive]"; [done..|]. rewrite {1}/int_at.
    wp_write. iMod ("Hgive" $! (int_val 2) with "Hl") as "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hl #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. rewrite /int_at.
    wp_pures. wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free.
    wp_pures. done.
  Qed.

  (** One of the two entries is lent. *)
  Lemma entry_spec n :
    n < 2 →
    proph_ctx -∗ WP entry n {{ v, ⌜v = #(entry_sum n)⌝ }}.
  Proof using All.
    iIntros (Hn) "#Hctx". rewrite /entry.
    wp_alloc l as "Hl" "H†". rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[Hl Hl']". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    set (xs := [int_val 1; int_val 5]).
    destruct (lookup_lt_is_Some_2 xs n) as [x Hx]; [done|].
    iMod (mut_entry_lend (λ k, int_at (l +ₗ k)) _ κ xs n x with "Hctx [Hl Hl']")
      as (i) "[Hr Hback]"; [done..| |].
    { rewrite /xs /= /int_at shift_loc_0. by iFrame. }
    wp_apply (add_one_spec with "[$Hctx $Hr $Hκ]"). iIntros "[#Hi Hκ]".
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hxs #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|].
    assert (n = 0 ∨ n = 1) as [-> | ->] by lia.
    - injection Hx as <-. rewrite /= /int_at shift_loc_0.
      iDestruct "Hxs" as "(Hl & Hl' & _)". wp_pures. wp_read. wp_pures. wp_read. wp_pures.
      iAssert (l ↦∗ [ #2; #5 ]%V)%I with "[Hl Hl']" as "Hl".
      { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. iFrame. }
      wp_free. wp_pures. done.
    - injection Hx as <-. rewrite /= /int_at shift_loc_0.
      iDestruct "Hxs" as "(Hl & Hl' & _)". wp_pures. wp_read. wp_pures. wp_read. wp_pures.
      iAssert (l ↦∗ [ #1; #6 ]%V)%I with "[Hl Hl']" as "Hl".
      { rewrite (heap_pointsto_vec_cons l) heap_pointsto_vec_singleton. iFrame. }
      wp_free. wp_pures. done.
  Qed.

  (** A call of the closure whose state is [a]. *)
  Lemma inc_spec κ q i l a :
    {{{ mut_known (int_at l) κ i a ∗ q.[κ] }}}
      inc l []
    {{{ RET #(plus_one a : Z); mut_known (int_at l) κ i (plus_one a) ∗ q.[κ] }}}.
  Proof using Type.
    iIntros (Φ) "[Hr Hκ] HΦ". wp_rec.
    iMod (mut_known_acc with "Hr Hκ") as "[Hl Hclose]"; [done|]. rewrite {1}/int_at.
    wp_read. wp_pures. wp_write. wp_pures. wp_read.
    iMod ("Hclose" $! (plus_one a) with "Hl") as "H". by iApply "HΦ".
  Qed.
  (** The reference lies with the closure. *)
  Lemma closure_spec : proph_ctx -∗ WP closure {{ v, ⌜v = #true⌝ }}.
  Proof using All.
    iIntros "#Hctx". rewrite /closure.
    wp_alloc l as "Hl" "H†". rewrite heap_pointsto_vec_singleton.
    wp_pures. wp_write. wp_pures.
    iMod lft_create as (κ) "[Hκ #Hend]".
    iMod (mut_known_borrow (int_at l) _ κ (int_val 1) with "Hctx Hl") as (i) "[Hr Hback]";
      [done..|].
    wp_rec. wp_closure. rewrite -/(inc l). wp_let.
    wp_apply (inc_spec with "[$Hr $Hκ]"). iIntros "[Hr Hκ]". wp_pures.
    wp_apply (inc_spec with "[$Hr $Hκ]"). iIntros "[Hr Hκ]". wp_pures.
    iMod (mut_known_drop with "Hctx Hr Hκ") as "[#Hi Hκ]"; [done..|].
    iMod ("Hend" with "Hκ") as "#H†κ". iMod ("Hback" with "H†κ") as (b) "[Hl #Hi']".
    iMod (proph_obs_agree with "Hctx Hi' Hi") as %->; [done|]. rewrite /int_at.
    wp_read. wp_pures. rewrite -(heap_pointsto_vec_singleton l). wp_free. wp_pures. done.
  Qed.
End clients.

Local Lemma client_adequate (e : expr) (v : val) :
  (∀ `{!lrustGS Σ, !UntrackedHeap Σ, !prophGS codes Σ, !lftG Σ},
    proph_ctx -∗ WP e {{ w, ⌜w = v⌝ }}) →
  adequate NotStuck e ∅ (λ w _, w = v).
Proof.
  intros He. apply (lrust_adequacy #[lrustΣ; prophΣ codes; lftΣ]). intros HΣ Huntracked.
  iMod (proph_alloc (C:=codes) ⊤) as (Hproph) "#Hctx". by iApply He.
Qed.
(** The present value is read before the borrow is activated. *)
Theorem two_phase_adequate : adequate NotStuck two_phase ∅ (λ v _, v = #2%V).
Proof. apply client_adequate. intros. apply two_phase_spec. Qed.
(** The sum of the first entry and ten times the second one. *)
Theorem entry_adequate n :
  n < 2 → adequate NotStuck (entry n) ∅ (λ v _, v = #(entry_sum n)%V).
Proof. intros Hn. apply client_adequate. intros. by apply entry_spec. Qed.
(** What the calls return, and what is there in the end. *)
Theorem closure_adequate : adequate NotStuck closure ∅ (λ v _, v = #true%V).
Proof. apply client_adequate. intros. apply closure_spec. Qed.
