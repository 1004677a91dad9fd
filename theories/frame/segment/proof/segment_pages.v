(** * Segments of page frames: pages in a row

The laws of [pages], the two cells of a segment, and the programs of
[segment_code.v] that do something to each page in a row: dropping and cloning. What
is done to one page is a parameter here ([pages_drop_each], [pages_clone_each]); the
statements of [segment_sig.v] follow from what frames do. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_raw.
From tally.frame.segment Require Import segment_code segment_sig.
From tally.prelude Require Import options.

(** ** Numbers *)
Lemma page_size_pos : (0 < page_size)%Z.
Proof. done. Qed.
Lemma usize_add (a b : Z) :
  (0 ≤ a)%Z → (0 ≤ b)%Z → (a + b ≤ word_max)%Z →
  bin_op_eval_pure (WrapOp usize AddOp) a b = Some (LitInt (a + b)%Z).
Proof.
  intros ???. assert (∀ z, 0 ≤ z ≤ word_max → in_int_range usize z)%Z as Hr by done.
  rewrite /= /arith_eval_at decide_True /=; [|by split; apply Hr; lia].
  rewrite int_wrap_id //. apply Hr. lia.
Qed.
Lemma usize_sub (a b : Z) :
  (0 ≤ b ≤ a)%Z → (a ≤ word_max)%Z →
  bin_op_eval_pure (WrapOp usize SubOp) a b = Some (LitInt (a - b)%Z).
Proof.
  intros ??. assert (∀ z, 0 ≤ z ≤ word_max → in_int_range usize z)%Z as Hr by done.
  rewrite /= /arith_eval_at decide_True /=; [|by split; apply Hr; lia].
  rewrite int_wrap_id //. apply Hr. lia.
Qed.
Lemma usize_mul (a b : Z) :
  (0 ≤ a ≤ word_max)%Z → (0 ≤ b ≤ word_max)%Z → (0 ≤ a * b ≤ word_max)%Z →
  bin_op_eval_pure (WrapOp usize MulOp) a b = Some (LitInt (a * b)%Z).
Proof.
  intros ???. assert (∀ z, 0 ≤ z ≤ word_max → in_int_range usize z)%Z as Hr by done.
  rewrite /= /arith_eval_at decide_True /=; [|by split; apply Hr; lia].
  by rewrite int_wrap_id.
Qed.

Lemma rem_pages start (n : Z) :
  (0 ≤ start)%Z → (0 ≤ n)%Z → (start `rem` page_size = 0)%Z →
  ((start + n * page_size) `rem` page_size = 0)%Z.
Proof.
  intros ??. rewrite !Z.rem_mod_nonneg //; [|pose proof page_size_pos; nia].
  intros ?. by rewrite Z.mod_add.
Qed.
Lemma pages_fit_le start n m : (m ≤ n)%nat → pages_fit start n → pages_fit start m.
Proof. rewrite /pages_fit /page_size. intros ? (?&?&?). split_and!; lia. Qed.
Lemma pages_fit_skip start n m :
  pages_fit start (n + m) → pages_fit (start + n * page_size) m.
Proof.
  rewrite /pages_fit. intros (?&?&Hend).
  split_and!; [rewrite /page_size; lia|apply rem_pages; lia|lia].
Qed.
Lemma pages_fit_next start n : pages_fit start (S n) → pages_fit (start + page_size) n.
Proof. intros Hfit. apply (pages_fit_skip start 1 n) in Hfit. by rewrite Z.mul_1_l in Hfit. Qed.
(** A row that is not empty: where it ends, and that the next page is no overflow. *)
Lemma pages_fit_end start n :
  pages_fit start (S n) →
  (start + S n * page_size = start + page_size + n * page_size)%Z ∧
  (0 ≤ start < start + page_size + n * page_size)%Z ∧ (start + page_size ≤ word_max)%Z.
Proof. rewrite /pages_fit /page_size. intros (?&?&?). split_and!; lia. Qed.

Section pages.
  Context {Σ : gFunctors} {A : Type}.
  Implicit Types (start : Z) (x : A) (xs : list A) (Φ Ψ : Z → A → iProp Σ).

  Lemma pages_nil start Φ : pages start [] Φ ⊣⊢ emp.
  Proof. done. Qed.
  Lemma pages_cons start x xs Φ :
    pages start (x :: xs) Φ ⊣⊢ Φ start x ∗ pages (start + page_size) xs Φ.
  Proof.
    rewrite /pages /= Z.add_0_r. f_equiv. apply big_sepL_proper=> k y _.
    by replace (start + S k * page_size)%Z with (start + page_size + k * page_size)%Z by lia.
  Qed.
  Lemma pages_app start xs ys Φ :
    pages start (xs ++ ys) Φ ⊣⊢
      pages start xs Φ ∗ pages (start + length xs * page_size) ys Φ.
  Proof.
    rewrite /pages big_sepL_app. f_equiv. apply big_sepL_proper=> k y _.
    by replace (start + (length xs + k)%nat * page_size)%Z
      with (start + length xs * page_size + k * page_size)%Z by lia.
  Qed.
  Lemma pages_sep start xs Φ Ψ :
    pages start xs (λ pa x, Φ pa x ∗ Ψ pa x)%I ⊣⊢ pages start xs Φ ∗ pages start xs Ψ.
  Proof. apply big_sepL_sep. Qed.
  Lemma pages_mono start xs Φ Ψ :
    (∀ pa x, Φ pa x -∗ Ψ pa x) → pages start xs Φ -∗ pages start xs Ψ.
  Proof.
    iIntros (H) "H". iApply (big_sepL_impl with "H"). iIntros "!>" (k x _) "H".
    by iApply H.
  Qed.
  Lemma pages_lookup_acc start xs Φ (k : nat) x :
    xs !! k = Some x →
    pages start xs Φ ⊢ Φ (start + k * page_size)%Z x ∗
      (Φ (start + k * page_size)%Z x -∗ pages start xs Φ).
  Proof. apply (big_sepL_lookup_acc (λ k x, Φ (start + k * page_size)%Z x)). Qed.
  Lemma pages_pure start xs (φ : A → Prop) :
    Forall φ xs → ⊢ pages (Σ := Σ) start xs (λ _ x, ⌜φ x⌝)%I.
  Proof.
    intros Hxs. iApply big_sepL_intro. iIntros "!>" (k x Hk). iPureIntro.
    by apply (Forall_lookup_1 _ _ _ _ Hxs Hk).
  Qed.
  Lemma pages_fmap {B} (f : B → A) start (ys : list B) Φ :
    pages start (f <$> ys) Φ ⊣⊢ pages start ys (λ pa y, Φ pa (f y)).
  Proof. apply big_sepL_fmap. Qed.
  Global Instance pages_persistent start xs Φ :
    (∀ pa x, Persistent (Φ pa x)) → Persistent (pages start xs Φ).
  Proof. apply _. Qed.
End pages.

(** ** With a second list along *)
Lemma list_length_zip {A B} (xs : list A) (ys : list B) :
  length xs = length ys → length (zip xs ys) = length xs.
Proof.
  revert ys. induction xs as [|x xs IH]=> -[|y ys] //= [/IH Hlen]. by f_equal.
Qed.

Section pages_zip.
  Context {Σ : gFunctors} {A B : Type}.
  Implicit Types (start : Z) (xs : list A) (ys : list B) (Φ : Z → A → iProp Σ).
  Implicit Types (Ψ : A → B → iProp Σ).

  Lemma pages_zip start xs ys Φ Ψ :
    pages start xs Φ -∗ ([∗ list] x; y ∈ xs; ys, Ψ x y) -∗
    ⌜length xs = length ys⌝ ∗
      pages start (zip xs ys) (λ pa xy, Φ pa xy.1 ∗ Ψ xy.1 xy.2)%I.
  Proof.
    rewrite big_sepL2_alt. iIntros "H (%Hlen & H2)". iSplit; [done|].
    iApply (pages_sep start (zip xs ys) (λ pa xy, Φ pa xy.1) (λ _ xy, Ψ xy.1 xy.2)).
    iSplitL "H"; [|iExact "H2"].
    iApply (pages_fmap fst _ _ Φ). rewrite fst_zip; [done|lia].
  Qed.
  Lemma pages_unzip start xs ys Φ Ψ :
    length xs = length ys →
    pages start (zip xs ys) (λ pa xy, Φ pa xy.1 ∗ Ψ xy.1 xy.2)%I -∗
    pages start xs Φ ∗ ([∗ list] x; y ∈ xs; ys, Ψ x y).
  Proof.
    rewrite big_sepL2_alt. iIntros (Hlen) "H".
    iDestruct (pages_sep start (zip xs ys) (λ pa xy, Φ pa xy.1) (λ _ xy, Ψ xy.1 xy.2)
      with "H") as "[H H2]".
    iSplitL "H"; [|iSplit; [done|iExact "H2"]].
    iDestruct (pages_fmap fst _ _ Φ with "H") as "H". rewrite fst_zip; [done|lia].
  Qed.
End pages_zip.

Section segment.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ : slot_names) (base l dst : loc) (start stop pa : Z) (n : nat).
  Implicit Types (p : segment_page) (ps : list segment_page).

  (** ** The two cells *)
  Lemma segment_cells_eq l start n :
    segment_cells l start n ⊣⊢
      l ↦ #start ∗ (l +ₗ 1) ↦ #(start + n * page_size).
  Proof. by rewrite /segment_cells heap_pointsto_vec_cons heap_pointsto_vec_singleton. Qed.
  Lemma segment_cells_room l start n : segment_cells l start n -∗ segment_room l.
  Proof. iIntros "H". rewrite /segment_room. iExists _, _. iFrame. Qed.

  Lemma write_range_spec dst (a b : Z) :
    {{{ segment_room dst }}}
      write_range [ #dst; #a; #b ]
    {{{ RET #☠; dst ↦ #a ∗ (dst +ₗ 1) ↦ #b }}}.
  Proof.
    iIntros (Φ) "(%v1 & %v2 & H) HΦ".
    rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton. iDestruct "H" as "[H1 H2]".
    wp_rec. wp_write. wp_pures. wp_write. iApply "HΦ". by iFrame.
  Qed.
  Lemma start_paddr_cells_spec l start n :
    {{{ segment_cells l start n }}}
      frame_segment_start_paddr [ #l ]
    {{{ RET #start; segment_cells l start n }}}.
  Proof.
    iIntros (Φ) "H HΦ". rewrite segment_cells_eq. iDestruct "H" as "[H1 H2]".
    wp_rec. wp_read. iApply "HΦ". by iFrame.
  Qed.
  Lemma end_paddr_cells_spec l start n :
    {{{ segment_cells l start n }}}
      frame_segment_end_paddr [ #l ]
    {{{ RET #(start + n * page_size); segment_cells l start n }}}.
  Proof.
    iIntros (Φ) "H HΦ". rewrite segment_cells_eq. iDestruct "H" as "[H1 H2]".
    wp_rec. wp_pures. wp_read. iApply "HΦ". by iFrame.
  Qed.
  Lemma size_cells_spec l start n :
    pages_fit start n →
    {{{ segment_cells l start n }}}
      frame_segment_size [ #l ]
    {{{ RET #(n * page_size); segment_cells l start n }}}.
  Proof.
    iIntros ((?&?&?) Φ) "H HΦ". wp_rec.
    wp_apply (end_paddr_cells_spec with "H"). iIntros "H".
    wp_apply (start_paddr_cells_spec with "H"). iIntros "H".
    assert (0 ≤ n * page_size)%Z by (rewrite /page_size; lia).
    pose proof (usize_sub (start + n * page_size) start) as Hop.
    rewrite Z.add_simpl_l in Hop. specialize (Hop ltac:(lia) ltac:(lia)).
    wp_op. by iApply "HΦ".
  Qed.

  Lemma frame_from_raw_page_spec n base pa :
    {{{ True }}} frame_from_raw n [ #base; #pa ] {{{ RET #(page_slot n base pa); True }}}.
  Proof. iIntros (Φ) "_ HΦ". wp_rec. by wp_apply (slot_at_spec with "[//]"). Qed.

  (** ** Each page *)
  Lemma pages_drop_each {A} n glues dealloc base start stop (xs : list A)
      (P Q : Z → A → iProp Σ) :
    pages_fit start (length xs) → stop = (start + length xs * page_size)%Z →
    □ (∀ pa x, {{{ P pa x }}}
                 frame_drop glues dealloc [ #(page_slot n base pa) ]
               {{{ RET #☠; Q pa x }}}) -∗
    {{{ pages start xs P }}}
      pages_drop n glues dealloc [ #base; #start; #stop ]
    {{{ RET #☠; pages start xs Q }}}.
  Proof.
    iIntros (Hfit ->) "#Hf %Φ !> H HΦ".
    iInduction xs as [|x xs] "IH" forall (start Hfit).
    - wp_rec. wp_pures. rewrite bool_decide_eq_false_2; [|simpl; lia]. wp_pures.
      by iApply "HΦ".
    - rewrite !pages_cons. iDestruct "H" as "[Hx H]".
      destruct (pages_fit_end start (length xs) Hfit) as (Hend&?&?).
      rewrite [length (x :: xs)]/= Hend. wp_rec. wp_pures.
      rewrite bool_decide_eq_true_2; [|lia]. wp_pures. wp_apply frame_from_raw_page_spec; [done|]. iIntros "_".
      wp_apply ("Hf" with "Hx"). iIntros "Hx". wp_pures.
      pose proof (usize_add start page_size ltac:(lia) ltac:(done) ltac:(lia)) as Hop.
      wp_op. wp_apply ("IH" with "[%] H"); [by apply pages_fit_next|].
      iIntros "H". iApply "HΦ". iFrame.
  Qed.

  Lemma pages_clone_each {A} n base start stop (xs : list A)
      (I : iProp Σ) (P Q : Z → A → iProp Σ) :
    pages_fit start (length xs) → stop = (start + length xs * page_size)%Z →
    □ (∀ pa x, {{{ I ∗ P pa x }}}
                 frame_clone [ #(page_slot n base pa) ]
               {{{ v, RET v; I ∗ Q pa x }}}) -∗
    {{{ I ∗ pages start xs P }}}
      pages_clone n [ #base; #start; #stop ]
    {{{ RET #☠; I ∗ pages start xs Q }}}.
  Proof.
    iIntros (Hfit ->) "#Hf %Φ !> [HI H] HΦ".
    iInduction xs as [|x xs] "IH" forall (start Hfit).
    - wp_rec. wp_pures. rewrite bool_decide_eq_false_2; [|simpl; lia]. wp_pures.
      iApply "HΦ". by iFrame.
    - rewrite !pages_cons. iDestruct "H" as "[Hx H]".
      destruct (pages_fit_end start (length xs) Hfit) as (Hend&?&?).
      rewrite [length (x :: xs)]/= Hend. wp_rec. wp_pures.
      rewrite bool_decide_eq_true_2; [|lia]. wp_pures. wp_apply frame_from_raw_page_spec; [done|]. iIntros "_".
      wp_apply ("Hf" with "[$HI $Hx]"). iIntros (v) "[HI Hx]". wp_pures.
      pose proof (usize_add start page_size ltac:(lia) ltac:(done) ltac:(lia)) as Hop.
      wp_op. wp_apply ("IH" with "[%] HI H"); [by apply pages_fit_next|].
      iIntros "[HI H]". iApply "HΦ". iFrame.
  Qed.
End segment.
