(** * A shared list: two heads, one tail

<<
  struct Cell { value: u64, tail: Option<Rc<Cell>> }

  let tail = build(n);                                    // n, …, 1
  let a = cons(x, tail.clone());  let b = cons(y, tail);
  let sum_a = sum(&a);  let sum_b = sum(&b);
  let shared = Rc::strong_count(a.tail);
  drop(a);
  let alone = Rc::strong_count(b.tail);  let sum_b2 = sum(&b);
  drop(b);
>>

[build], [sum] and the destructor are recursive programs; [n] is any number but 0 (at 0
there is no tail to be shared) that is a [u64].

[shared_list_adequate]: no execution gets stuck; whatever it returns, the sums are those
of the two lists (as [u64]s, which wrap), there are 2 handles to the tail, and 1 after
the first list is gone; and _when it returns the memory is empty_. [shared_list_run]
computes one execution, which gets to the end. [forgetful_leaks]: a like theorem of a
destructor that forgets the tail is refuted.

** Who owns what
The content of a cell is two words, the type is [uninit_ty 2] and the cells are fixed
while they are shared ([rc_so_fixed]). That one of the words is a handle is not in the
type: [is_list k zs q v] holds all handles to the cells of a list, [k] to the first and
one to each other, along the chain that the words make. As it has the whole share of each
cell, all counts are known: the drop of one of several handles is [rc_drop_keep_spec],
that of the last [rc_drop_lend_spec], in which the destructor gets what it needs for the
tail from the caller. The lease [q] of the memory of a list is cut in half for each cell,
and comes back whole from the drop ([list_drop_spec]). *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp_correct.
From tally.logic Require Import shared_own marked_share.
From tally.types Require Import type.
From tally.rc Require Import rc rc_option.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** Programs *)
Definition list_cons : val :=
  λ: ["value"; "tail"],
    let: "src" := Alloc #2 in
    "src" <- "value";;
    "src" +ₗ #1 <- "tail";;
    let: "list" := rc_new 2 ["src"] in
    Free #2 "src";;
    "list".
Definition list_build : val :=
  rec: "build" ["n"] :=
    if: "n" = #0 then #0
    else
      let: "tail" := "build" ["n" - #1] in
      list_cons ["n"; "tail"].
Definition list_tail : val :=
  λ: ["list"], !(rc_deref ["list"] +ₗ #1).
Definition list_sum : val :=
  rec: "sum" ["list"] :=
    if: "list" = #0 then #0
    else !(rc_deref ["list"]) +⟨u64⟩ "sum" [list_tail ["list"] ].
(** The destructor of a cell, which drops the tail, … *)
Definition list_glue : val :=
  rec: "drop" ["node"] :=
    let: "tail" := !("node" +ₗ #1) in
    (option_rc_drop_expr 2 "drop") ["tail"].
(** … and of a list. *)
Definition list_drop : val := option_rc_drop 2 list_glue.

(** The numbers [n], …, 1. *)
Fixpoint countdown (n : nat) : list Z :=
  match n with 0 => [] | S m => Z.of_nat n :: countdown m end.
Definition total (zs : list Z) : Z := foldr Z.add 0%Z zs.
Definition sum_to (n : nat) : Z := (Z.of_nat n * (Z.of_nat n + 1) / 2)%Z.

Definition shared_list (n : nat) (x y : Z) : expr :=
  let: "tail" := list_build [ #n] in
  let: "a" := list_cons [ #x; option_rc_clone ["tail"] ] in
  let: "b" := list_cons [ #y; "tail"] in
  let: "sum_a" := list_sum ["a"] in
  let: "sum_b" := list_sum ["b"] in
  let: "shared" := rc_strong_count [list_tail ["a"] ] in
  list_drop ["a"];;
  let: "alone" := rc_strong_count [list_tail ["b"] ] in
  let: "sum_b'" := list_sum ["b"] in
  list_drop ["b"];;
  expect "sum_a" (int_wrap u64 (x + sum_to n))
    (expect "sum_b" (int_wrap u64 (y + sum_to n))
    (expect "shared" 2
    (expect "alone" 1
    (expect "sum_b'" (int_wrap u64 (y + sum_to n)) #true)))).

Lemma total_countdown n : total (countdown n) = sum_to n.
Proof.
  assert (2 * total (countdown n) = Z.of_nat n * (Z.of_nat n + 1))%Z as Hn.
  { induction n as [|n IH]; [done|].
    change (total (countdown (S n))) with (Z.of_nat (S n) + total (countdown n))%Z.
    rewrite Z.mul_add_distr_l IH Nat2Z.inj_succ. ring. }
  rewrite /sum_to -Hn Z.mul_comm Z.div_mul //.
Qed.
Lemma countdown_range n :
  in_int_range u64 (Z.of_nat n) → Forall (in_int_range u64) (countdown n).
Proof.
  induction n as [|n IH]; [by constructor|]. intros Hn. constructor; [done|].
  apply IH. change (0 ≤ Z.of_nat (S n) ≤ int_max u64)%Z in Hn.
  change (0 ≤ Z.of_nat n ≤ int_max u64)%Z. lia.
Qed.

Section list.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ, HrcG : !rcG Σ gname}.
  Context (p : na_inv_pool_name).
  Implicit Types (l : loc) (v : val) (z : Z) (zs : list Z) (q : Qp) (k : positive).

  Definition listN : namespace := nroot .@ "list".
  Definition list_so : rc_shared_own p listN eq (uninit_ty 2) :=
    rc_so_fixed (so_marked (na_own p) (rc_contentN listN) (rc_fixed_content (uninit_ty 2))).
  Local Instance list_so_rcG : rcG Σ (so_id list_so) := HrcG.

  Definition is_cell γ i l z v k : iProp Σ := rc_own list_so γ i l [ #z; v]%V 1 k 0.
  (** [k] handles to the first cell of a list with the values [zs], one to each of the
  others. The lease [q] is that of its cells. *)
  Fixpoint is_list k zs q v : iProp Σ :=
    match zs with
    | [] => ⌜v = #0⌝ ∗ heap_lease q 0
    | z :: zs => ∃ l γ i v', ⌜v = #l ∧ rc_lease_of γ = ((q / 2)%Qp, 0)⌝ ∗
        is_cell γ i l z v' k ∗ is_list 1 zs (q / 2) v'
    end%I.

  Lemma list_cons_spec z v q q' :
    {{{ heap_lease q 0 ∗ heap_lease q' 0 }}}
      list_cons [ #z; v]
    {{{ l γ i, RET #l; ⌜rc_lease_of γ = (q, 0)⌝ ∗ is_cell γ i l z v 1 ∗ heap_lease q' 0 }}}.
  Proof.
    iIntros (Φ) "[Hq Hq'] HΦ". wp_rec. wp_alloc src as "Hsrc" "Hsrc†" with "Hq'".
    rewrite /= heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hsrc" as "[H1 H2]". wp_pures. wp_write. wp_pures. wp_write. wp_pures.
    wp_apply (rc_new_spec list_so src [ #z; v]%V with "[$Hq H1 H2]"); [done| |].
    { rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. by iFrame. }
    iIntros (l γ i) "(%Hγ & Hrc & Hsrc)". wp_pures. wp_free with "Hq'". wp_pures.
    iModIntro. iApply "HΦ". by iFrame.
  Qed.

  Lemma list_build_spec (n : nat) q q' :
    {{{ heap_lease q 0 ∗ heap_lease q' 0 }}}
      list_build [ #n]
    {{{ v, RET v; is_list 1 (countdown n) q v ∗ heap_lease q' 0 }}}.
  Proof.
    revert q. induction n as [|n IH]; iIntros (q Φ) "[Hq Hq'] HΦ"; wp_rec; wp_op; wp_if.
    { iModIntro. iApply "HΦ". by iFrame. }
    wp_pures. assert (Z.of_nat (S n) - 1 = Z.of_nat n)%Z as -> by lia.
    iDestruct (heap_lease_halves with "Hq") as "[Hq Hcell]".
    wp_apply (IH with "[$Hq $Hq']"). iIntros (v) "[Hlist Hq']". wp_pures.
    wp_apply (list_cons_spec with "[$Hcell $Hq']"). iIntros (l γ i) "(%Hγ & Hcell & Hq')".
    iApply "HΦ". iFrame "Hq'". iExists l, γ, i, v. by iFrame.
  Qed.

  (** ** The cells are read through any handle *)
  Lemma cell_acc γ i l z v k :
    is_cell γ i l z v k -∗ ∃ q, (l +ₗ 2) ↦{q} #z ∗ (l +ₗ 2 +ₗ 1) ↦{q} v ∗
      ((l +ₗ 2) ↦{q} #z -∗ (l +ₗ 2 +ₗ 1) ↦{q} v -∗ is_cell γ i l z v k).
  Proof.
    iIntros "Hcell". iDestruct (rc_deref_acc with "Hcell") as (q) "[Hl Hback]". iExists q.
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hl" as "[$ $]". iIntros "H1 H2". iApply "Hback". iFrame.
  Qed.
  Lemma list_tail_spec γ i l z v k :
    {{{ is_cell γ i l z v k }}} list_tail [ #l] {{{ RET v; is_cell γ i l z v k }}}.
  Proof.
    iIntros (Φ) "Hcell HΦ". wp_rec. wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (cell_acc with "Hcell") as (q) "(H1 & H2 & Hback)". wp_pures. wp_read.
    iApply "HΦ". iApply ("Hback" with "H1 H2").
  Qed.

  Lemma list_sum_cell_spec (P : iProp Σ) γ i l z v k s :
    in_int_range u64 z →
    {{{ P }}} list_sum [v] {{{ RET #(int_wrap u64 s); P }}} -∗
    {{{ is_cell γ i l z v k ∗ P }}}
      list_sum [ #l]
    {{{ RET #(int_wrap u64 (z + s)); is_cell γ i l z v k ∗ P }}}.
  Proof.
    iIntros (Hz) "#Hsum !> %Φ [Hcell HP] HΦ". wp_rec. wp_op. wp_if.
    wp_apply (rc_deref_spec with "[//]"). iIntros "_".
    iDestruct (cell_acc with "Hcell") as (q) "(H1 & H2 & Hback)". wp_read.
    iDestruct ("Hback" with "H1 H2") as "Hcell".
    wp_apply (list_tail_spec with "Hcell"). iIntros "Hcell".
    wp_apply ("Hsum" with "HP"). iIntros "HP".
    assert (bin_op_eval_pure (WrapOp u64 AddOp) z (int_wrap u64 s) =
      Some (LitInt (int_wrap u64 (z + s)))) as Hadd.
    { rewrite /= /arith_eval_at decide_True //=.
      - by rewrite int_wrap_add_wrap_r.
      - split; [done|]. apply int_wrap_in_range. }
    wp_op. iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma list_sum_spec k zs q v :
    Forall (in_int_range u64) zs →
    {{{ is_list k zs q v }}}
      list_sum [v]
    {{{ RET #(int_wrap u64 (total zs)); is_list k zs q v }}}.
  Proof.
    intros Hzs. revert k q v. induction Hzs as [|z zs Hz Hzs IH]; iIntros (k q v Φ) "H HΦ".
    { iDestruct "H" as "[-> H]". wp_rec. wp_pures. iModIntro. iApply "HΦ". by iFrame. }
    iDestruct "H" as (l γ i v') "([-> %Hγ] & Hcell & H)".
    wp_apply (list_sum_cell_spec (is_list 1 zs (q / 2) v')
      with "[] [$Hcell $H]"); [done|iIntros "!> %Ψ"; iApply IH|].
    iIntros "[Hcell H]". iApply "HΦ". iExists l, γ, i, v'. by iFrame.
  Qed.

  (** ** Drops *)

  (** A cell that has but one handle goes, and its tail with it. *)
  Lemma list_drop_cell_spec (P Q : iProp Σ) γ i l z v q m :
    rc_lease_of γ = (q, m) →
    {{{ na_own p ⊤ ∗ P }}} list_drop [v] {{{ RET #☠; na_own p ⊤ ∗ Q }}} -∗
    {{{ na_own p ⊤ ∗ is_cell γ i l z v 1 ∗ P }}}
      list_drop [ #l]
    {{{ RET #☠; na_own p ⊤ ∗ heap_lease q m ∗ Q }}}.
  Proof.
    iIntros (Hγ) "#Hdrop !> %Φ (Hna & Hcell & HP) HΦ". iApply option_rc_drop_some. iNext.
    iApply wp_fupd.
    wp_apply (rc_drop_lend_spec list_so ⊤ _ P (λ j, ⌜j = 0⌝ ∗ Q)%I with "[$Hna $Hcell $HP]");
      [done| |].
    { iIntros (wl <-) "_ HP Hna Hweak Hl _". wp_rec.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
      iDestruct "Hl" as "[H1 H2]". wp_pures. wp_read. wp_let.
      wp_apply ("Hdrop" with "[$Hna $HP]").
      iIntros "[Hna HQ]". iExists [ #z; v]%V, 0.
      rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. by iFrame. }
    iIntros "[Hna [(% & _)|(%j & Hlast & -> & HQ)]]"; [done|].
    iMod (rc_reclaim with "Hlast Hna") as "[Hq Hna]"; [done|]. rewrite Hγ.
    iModIntro. iApply "HΦ". iFrame.
  Qed.
  Lemma list_drop_spec zs q v :
    {{{ na_own p ⊤ ∗ is_list 1 zs q v }}}
      list_drop [v]
    {{{ RET #☠; na_own p ⊤ ∗ heap_lease q 0 }}}.
  Proof.
    revert q v. induction zs as [|z zs IH]; iIntros (q v Φ) "[Hna H] HΦ".
    { iDestruct "H" as "[-> Hq]". iApply option_rc_drop_none. iNext. iApply "HΦ". iFrame. }
    iDestruct "H" as (l γ i v') "([-> %Hγ] & Hcell & H)".
    wp_apply (list_drop_cell_spec (is_list 1 zs (q / 2) v')
      (heap_lease (q / 2) 0) with "[] [$Hna $Hcell $H]"); [done|iIntros "!> %Ψ"; iApply IH|].
    iIntros "(Hna & H1 & H2)". iApply "HΦ". iFrame "Hna". rewrite (heap_lease_halves q).
    iFrame.
  Qed.
  (** Of several handles one goes, and nothing with it. *)
  Lemma list_drop_keep_spec k zs q v :
    {{{ na_own p ⊤ ∗ is_list (k + 1) zs q v }}}
      list_drop [v]
    {{{ RET #☠; na_own p ⊤ ∗ is_list k zs q v }}}.
  Proof.
    iIntros (Φ) "[Hna H] HΦ". destruct zs as [|z zs].
    { iDestruct "H" as "[-> Hq]". iApply option_rc_drop_none. iNext. iApply "HΦ". by iFrame. }
    iDestruct "H" as (l γ i v') "([-> %Hγ] & Hcell & H)". iApply option_rc_drop_some. iNext.
    wp_apply (rc_drop_keep_spec list_so ⊤ with "[$Hna $Hcell]"); [done|].
    iIntros "[Hna Hcell]". iApply "HΦ". iFrame "Hna". iExists l, γ, i, v'. by iFrame.
  Qed.
  Lemma list_clone_spec k zs q v :
    {{{ na_own p ⊤ ∗ is_list k zs q v }}}
      option_rc_clone [v]
    {{{ RET v; na_own p ⊤ ∗ is_list (k + 1) zs q v }}}.
  Proof.
    iIntros (Φ) "[Hna H] HΦ". destruct zs as [|z zs].
    { iDestruct "H" as "[-> Hq]". iApply option_rc_clone_none. iNext. iApply "HΦ". by iFrame. }
    iDestruct "H" as (l γ i v') "([-> %Hγ] & Hcell & H)". iApply option_rc_clone_some. iNext.
    wp_apply (rc_clone_spec list_so ⊤ with "[$Hna $Hcell]"); [done|].
    iIntros "[Hna Hcell]". iApply "HΦ". iFrame "Hna". iExists l, γ, i, v'. by iFrame.
  Qed.
  (** With all handles to the first cell their number is known. *)
  Lemma list_count_spec k zs q v :
    zs ≠ [] →
    {{{ na_own p ⊤ ∗ is_list k zs q v }}}
      rc_strong_count [v]
    {{{ RET #(Z.pos k); na_own p ⊤ ∗ is_list k zs q v }}}.
  Proof.
    destruct zs as [|z zs]; [done|]. iIntros (_ Φ) "[Hna H] HΦ".
    iDestruct "H" as (l γ i v') "([-> %Hγ] & Hcell & H)".
    wp_apply (rc_strong_count_spec list_so ⊤ with "[$Hna $Hcell]"); [done|].
    iIntros (m) "((_ & _ & %Hm) & Hna & Hcell)". rewrite (Hm eq_refl).
    iApply "HΦ". iFrame "Hna". iExists l, γ, i, v'. by iFrame.
  Qed.
End list.

Section client.
  Context `{!lrustGS Σ, !na_invG Σ, !markedG Σ, !rcG Σ gname}.

  Lemma shared_list_spec (n : nat) x y :
    in_int_range u64 (Z.of_nat (S n)) → in_int_range u64 x → in_int_range u64 y →
    heap_lease 1 0 -∗
    WP shared_list (S n) x y {{ v, ⌜v = #true⌝ ∗ heap_lease 1 0 }}.
  Proof using All.
    iIntros (Hn Hx Hy) "Hlease". iMod na_alloc as (p) "Hna". rewrite /shared_list.
    pose proof (countdown_range _ Hn) as Hrange.
    iDestruct (heap_lease_halves with "Hlease") as "[Ht H]".
    iDestruct (heap_lease_halves with "H") as "[Ha H]".
    iDestruct (heap_lease_halves with "H") as "[Hb H]".
    wp_apply (list_build_spec p with "[$Ht $H]"). iIntros (t) "[Ht H]". wp_pures.
    wp_apply (list_clone_spec with "[$Hna $Ht]"). iIntros "[Hna Ht]".
    wp_apply (list_cons_spec p with "[$Ha $H]"). iIntros (la γa ia) "(%Hγa & Ha & H)".
    wp_pures.
    wp_apply (list_cons_spec p with "[$Hb $H]"). iIntros (lb γb ib) "(%Hγb & Hb & H)".
    wp_pures.
    (** The sums through both. *)
    assert (∀ k, {{{ is_list p k (countdown (S n)) (1 / 2) t }}}
      list_sum [t]
      {{{ RET #(int_wrap u64 (sum_to (S n))); is_list p k (countdown (S n)) (1 / 2) t }}})
      as Hsum.
    { intros k. rewrite -total_countdown. by apply list_sum_spec. }
    wp_apply (list_sum_cell_spec p (is_list p 2 _ _ t) with "[] [$Ha $Ht]");
      [done|iIntros "!> %Φ"; iApply Hsum|].
    iIntros "[Ha Ht]". wp_pures.
    wp_apply (list_sum_cell_spec p (is_list p 2 _ _ t) with "[] [$Hb $Ht]");
      [done|iIntros "!> %Φ"; iApply Hsum|].
    iIntros "[Hb Ht]". wp_pures.
    wp_apply (list_tail_spec with "Ha"). iIntros "Ha".
    wp_apply (list_count_spec with "[$Hna $Ht]"); [done|]. iIntros "[Hna Ht]". wp_pures.
    (** The first list goes, the second has the tail alone. *)
    wp_apply (list_drop_cell_spec p (is_list p 2 (countdown (S n)) (1 / 2) t)
      (is_list p 1 (countdown (S n)) (1 / 2) t) with "[] [$Hna $Ha $Ht]"); [done| |].
    { iIntros "!> %Φ". iApply (list_drop_keep_spec _ 1). }
    iIntros "(Hna & Ha & Ht)". wp_pures.
    wp_apply (list_tail_spec with "Hb"). iIntros "Hb".
    wp_apply (list_count_spec with "[$Hna $Ht]"); [done|]. iIntros "[Hna Ht]". wp_pures.
    wp_apply (list_sum_cell_spec p (is_list p 1 _ _ t) with "[] [$Hb $Ht]");
      [done|iIntros "!> %Φ"; iApply Hsum|].
    iIntros "[Hb Ht]". wp_pures.
    wp_apply (list_drop_cell_spec p (is_list p 1 (countdown (S n)) (1 / 2) t)
      (heap_lease (1 / 2) 0) with "[] [$Hna $Hb $Ht]"); [done| |].
    { iIntros "!> %Φ". iApply list_drop_spec. }
    iIntros "(Hna & Hb & Ht)". wp_let. do 5 iApply expect_eq. wp_pures.
    iModIntro. iSplitR; [done|].
    iApply heap_lease_halves. iFrame "Ht". iApply heap_lease_halves. iFrame "Ha".
    iApply heap_lease_halves. iFrame.
  Qed.
End client.

Definition rc_listΣ : gFunctors := #[lrustΣ; na_invΣ; markedΣ; rcΣ gname].

(** Whatever the length of the tail and the numbers: never stuck, each sum and each count
is as expected, and nothing is left in memory. *)
Theorem shared_list_adequate (n : nat) x y :
  in_int_range u64 (Z.of_nat (S n)) → in_int_range u64 x → in_int_range u64 y →
  adequate NotStuck (shared_list (S n) x y) ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  intros Hn Hx Hy. apply (lrust_adequacy_leak_free rc_listΣ _ (λ v, v = #true%V)).
  intros HΣ. by apply shared_list_spec.
Qed.

(** One execution, computed: it gets to the end. *)
Lemma shared_list_run :
  let o := run_program choice_reuse [] 5000 (shared_list 5 100 1000) in
  main_value o = Some #true%V ∧ map_to_list (run_state o) = [].
Proof. by vm_compute. Qed.

(** ** A destructor that forgets the tail *)
Definition forgetful : expr :=
  let: "list" := list_build [ #2] in
  option_rc_drop 2 drop_nothing ["list"];;
  #true.

Lemma forgetful_leaks :
  ¬ adequate NotStuck forgetful ∅ (λ v σ, v = #true%V ∧ σ = ∅).
Proof.
  intros Had. set (o := run_program choice_reuse [] 1000 forgetful).
  assert (main_value o = Some #true%V) as Hv by by vm_compute.
  eapply run_program_value_adequate in Had; [|exact Hv]. destruct Had as [_ Hempty].
  assert (size (run_state o) = 4) as Hsize by by vm_compute.
  by rewrite Hempty in Hsize.
Qed.
