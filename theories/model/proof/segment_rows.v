(** * Segments, the proofs: one page, and pages in a row

What the machine of slots makes of one page is computed once ([seg_page_step_spec]); what
is done to pages in a row is characterised page by page ([seg_apply_spec]). For a page that
has the invariant, [page_claim], [page_share] and [page_unshare] say what each does to the
number of shares. *)
From tally.model Require Export segment_model segment_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Ltac words :=
  unfold slot_unused, slot_unique, slot_max, slot_busy, seg_page_size, word_ok,
    word_max in *; lia.

Lemma word_wrapping_add_0 a : word_ok a → word_wrapping_add a 0 = a.
Proof. rewrite /word_ok=> ?. rewrite word_wrapping_add_small; lia. Qed.

(** ** One page *)
Lemma seg_page_cases n x : seg_page_ok n x →
  (x = slot_fresh ∧ n = 0) ∨
  (1 ≤ n ≤ slot_max ∧ ∃ m, word_ok m ∧ x = Slot n 0 (Some m)).
Proof.
  intros [Hok Hl]. destruct x as [w l o]; simpl in *; subst l.
  destruct Hok as [Hw _ Ho Hn _ _|? _ _ _ _ ?|? ? _ _ _ _ ? _|m Hw Hr _ Ho Hm _ _];
    simplify_eq/=; [by left|].
  right. rewrite Z.add_0_r in Hr |- *. split; [done|]. by exists m.
Qed.
Lemma seg_page_fresh : seg_page_ok 0 slot_fresh.
Proof. split; [by apply slot_ok_unused|done]. Qed.
Lemma seg_page_shared n m :
  1 ≤ n ≤ slot_max → word_ok m → seg_page_ok n (Slot n 0 (Some m)).
Proof.
  intros Hn Hm. split; [|done]. by apply (slot_ok_shared _ _ _ _ m); rewrite /= ?Z.add_0_r.
Qed.

(** What a step makes of its page. *)
Inductive seg_became :=
  | PageBecomes (y : slot) (told : list frame_event)
  | PageRefuses (error : frame_error)
  | PageAborts.
Definition seg_act_page (a : seg_act) (k i : word) (x : slot) : seg_became :=
  match a with
  | ActClaim m =>
      match slot_claim (slot_word x) with
      | Some e => PageRefuses e
      | None => PageBecomes (Slot 1 0 (Some (word_wrapping_add m k))) []
      end
  | ActShare =>
      match slot_clone_count (slot_word x) with
      | CloneStored n => PageBecomes (Slot n (slot_leaked x) (slot_meta x)) []
      | CloneAborted => PageAborts
      end
  | ActUnshare =>
      match slot_drop_count (slot_word x) with
      | DropStored n => PageBecomes (Slot n (slot_leaked x) (slot_meta x)) []
      | DropLast =>
          PageBecomes slot_fresh
            match slot_meta x with
            | Some m => [EventOnDrop i m; EventMetaDropped i m; EventUnused i; EventDealloc i]
            | None => [EventUnused i; EventDealloc i]
            end
      end
  end.

(** The machine of slots does this, and nothing to other pages. *)
Lemma seg_page_step_spec a k i t x : tbl_get t i = Some x →
  let (f, r) := seg_page_step a k i t in
  match seg_act_page a k i x with
  | PageBecomes y told => frame_slots f = tbl_set t i y ∧
      ((∃ h, r = FrameHandle h) ∧ told = [] ∨ r = FrameDropped told)
  | PageRefuses e => frame_slots f = t ∧ r = FrameFailed e
  | PageAborts => frame_slots f = t ∧ r = FrameAborted
  end.
Proof.
  intros Hx. destruct a as [m| |].
  - rewrite /= /frame_from_unused /frame_reserve /= Hx.
    destruct (slot_claim (slot_word x)) as [e|]; [done|].
    rewrite /frame_publish /= tbl_set_set. split; [done|left; split; [by eexists|done]].
  - rewrite /= /frame_clone /frame_find_shared /= Hx.
    destruct (slot_clone_count (slot_word x)) as [n|]; [|done].
    split; [done|left; split; [by eexists|done]].
  - rewrite /= /frame_drop /frame_let_go /= Hx.
    destruct (slot_drop_count (slot_word x)) as [n|]; simpl; [by split; [|right]|].
    destruct (slot_meta x) as [m|]; rewrite /= tbl_set_set; by split; [|right].
Qed.
Lemma seg_page_step_none a k i t : tbl_get t i = None →
  frame_slots (seg_page_step a k i t).1 = t ∧
  ((seg_page_step a k i t).2 = FrameFailed ErrOutOfBound ∨
   (seg_page_step a k i t).2 = FrameBadHandle).
Proof.
  intros Hx. destruct a as [m| |].
  - rewrite /= /frame_from_unused /frame_reserve /= Hx. by auto.
  - rewrite /= /frame_clone /frame_find_shared /= Hx. by auto.
  - rewrite /= /frame_drop /frame_let_go /= Hx. by auto.
Qed.

(** ** Pages in a row *)
Definition moved (a : seg_act) (lo from to : word) (t t' : table slot) : Prop :=
  (∀ i, from ≤ i < to → ∃ x y es, tbl_get t i = Some x ∧
     seg_act_page a (i - lo) i x = PageBecomes y es ∧ tbl_get t' i = Some y) ∧
  (∀ i, ¬ from ≤ i < to → tbl_get t' i = tbl_get t i).
(** What is told of page [i]. *)
Definition seg_events (a : seg_act) (lo : word) (t : table slot) (i : word)
    : list frame_event :=
  match tbl_get t i with
  | Some x => match seg_act_page a (i - lo) i x with PageBecomes _ es => es | _ => [] end
  | None => []
  end.

Lemma seg_apply_spec n a lo k t told (events : word → list frame_event) :
  0 ≤ lo → 0 ≤ k → lo + k + Z.of_nat n ≤ word_max →
  (∀ i, lo + k ≤ i < lo + k + Z.of_nat n → seg_events a lo t i = events i) →
  let (t', r) := seg_apply n a lo k t told in
  tbl_len t' = tbl_len t ∧
  match r with
  | StopDone told' => moved a lo (lo + k) (lo + k + Z.of_nat n) t t' ∧
      told' = told ++ concat (events <$> seqZ (lo + k) (Z.of_nat n))
  | StopRefused j e =>
      k ≤ j < k + Z.of_nat n ∧ moved a lo (lo + k) (lo + j) t t' ∧
      ((tbl_get t (lo + j) = None ∧ e = ErrOutOfBound) ∨
       ∃ x, tbl_get t (lo + j) = Some x ∧ seg_act_page a j (lo + j) x = PageRefuses e)
  | StopAborted =>
      ∃ j x, k ≤ j < k + Z.of_nat n ∧ tbl_get t (lo + j) = Some x ∧
        seg_act_page a j (lo + j) x = PageAborts
  end.
Proof.
  intros Hlo. revert k t told. induction n as [|n IH]; intros k t told Hk Hmax Hev; simpl.
  { split; [done|]. split; [split; [lia|done]|by rewrite app_nil_r]. }
  rewrite word_wrapping_add_small; [|lia].
  destruct (tbl_get t (lo + k)) as [x|] eqn:Hx; last first.
  { destruct (seg_page_step_none a k _ _ Hx) as [Hslots Hr].
    destruct (seg_page_step a k (lo + k) t) as [f r]. simpl in *.
    destruct Hr as [-> | ->]; rewrite Hslots;
      (split; [done|]; split; [lia|]; split; [|by left]; split; [lia|done]). }
  pose proof (seg_page_step_spec a k _ _ _ Hx) as Hstep.
  destruct (seg_page_step a k (lo + k) t) as [f r].
  destruct (seg_act_page a k (lo + k) x) as [y es|e|] eqn:Ha; last first.
  { destruct Hstep as [-> ->]. split; [done|]. exists k, x. split; [lia|done]. }
  { destruct Hstep as [-> ->]. split; [done|]. split; [lia|]. split; [|right; by exists x].
    split; [lia|done]. }
  destruct Hstep as [-> Hr]. rewrite word_wrapping_add_small; [|lia].
  assert (∃ told1, told1 = told ++ es ∧
    match r with
    | FrameHandle _ => seg_apply n a lo (k + 1) (tbl_set t (lo + k) y) told
    | FrameDropped events =>
        seg_apply n a lo (k + 1) (tbl_set t (lo + k) y) (tbl_append told events)
    | FrameFailed e => (tbl_set t (lo + k) y, StopRefused k e)
    | FrameAborted => (tbl_set t (lo + k) y, StopAborted)
    | _ => (tbl_set t (lo + k) y, StopRefused k ErrOutOfBound)
    end = seg_apply n a lo (k + 1) (tbl_set t (lo + k) y) told1) as (told1&Htold&->).
  { exists (told ++ es). split; [done|]. destruct Hr as [[[h ->] ->]| ->]; [|done].
    by rewrite right_id_L. }
  assert (∀ i, lo + (k + 1) ≤ i < lo + (k + 1) + Z.of_nat n →
    seg_events a lo (tbl_set t (lo + k) y) i = events i) as Hev1.
  { intros i Hi. rewrite -Hev; [|lia]. rewrite /seg_events tbl_get_set_other //. lia. }
  specialize (IH (k + 1) (tbl_set t (lo + k) y) told1 ltac:(lia) ltac:(lia) Hev1).
  destruct (seg_apply n a lo (k + 1) (tbl_set t (lo + k) y) told1) as [t' r'].
  rewrite tbl_len_set in IH. destruct IH as [Hlen IH]. split; [done|].
  assert (∀ to, k + 1 ≤ to →
    moved a lo (lo + (k + 1)) (lo + to) (tbl_set t (lo + k) y) t' →
    moved a lo (lo + k) (lo + to) t t') as Hmoved.
  { intros to Hto [Hin Hout]. split.
    - intros i Hi. destruct (decide (i = lo + k)) as [->|Hne].
      + exists x, y, es. split; [done|]. split; [by replace (lo + k - lo) with k by lia|].
        rewrite Hout; [|lia]. by rewrite (tbl_get_set_same _ _ _ _ Hx).
      + destruct (Hin i) as (x'&y'&es'&Hx'&?&?); [lia|].
        rewrite tbl_get_set_other // in Hx'. by exists x', y', es'.
    - intros i Hi. rewrite Hout; [|lia]. rewrite tbl_get_set_other //. lia. }
  destruct r' as [told'|j e|].
  - destruct IH as [IH ->].
    replace (lo + k + Z.of_nat (S n)) with (lo + (k + 1 + Z.of_nat n)) by lia. split.
    { apply Hmoved; [lia|].
      by replace (lo + (k + 1 + Z.of_nat n)) with (lo + (k + 1) + Z.of_nat n) by lia. }
    rewrite (seqZ_cons (lo + k)); [|lia]. rewrite fmap_cons /= Htold.
    replace (Z.succ (lo + k)) with (lo + (k + 1)) by lia.
    replace (Z.pred (Z.of_nat (S n))) with (Z.of_nat n) by lia.
    rewrite -(Hev (lo + k)); [|lia]. rewrite /seg_events Hx.
    replace (lo + k - lo) with k by lia. by rewrite Ha assoc_L.
  - destruct IH as (?&Hm&Hwhy). split; [lia|]. split; [apply Hmoved; [lia|done]|].
    rewrite tbl_get_set_other // in Hwhy. lia.
  - destruct IH as (j&x'&?&Hx'&?). rewrite tbl_get_set_other // in Hx'; [|lia].
    exists j, x'. split; [lia|done].
Qed.

(** The same from the first page on, for the range of a segment. *)
Lemma seg_apply_range a lo hi t (events : word → list frame_event) :
  0 ≤ lo ≤ hi → hi ≤ word_max → (∀ i, seg_events a lo t i = events i) →
  let (t', r) := seg_apply (seg_size lo hi) a lo 0 t tbl_empty in
  tbl_len t' = tbl_len t ∧
  match r with
  | StopDone told => moved a lo lo hi t t' ∧
      told = concat (events <$> seqZ lo (hi - lo))
  | StopRefused j e =>
      0 ≤ j < hi - lo ∧ moved a lo lo (lo + j) t t' ∧
      ((tbl_get t (lo + j) = None ∧ e = ErrOutOfBound) ∨
       ∃ x, tbl_get t (lo + j) = Some x ∧ seg_act_page a j (lo + j) x = PageRefuses e)
  | StopAborted =>
      ∃ j x, 0 ≤ j < hi - lo ∧ tbl_get t (lo + j) = Some x ∧
        seg_act_page a j (lo + j) x = PageAborts
  end.
Proof.
  intros Hlo Hhi Hev. rewrite /seg_size word_wrapping_sub_small; [|lia].
  pose proof (seg_apply_spec (Z.to_nat (hi - lo)) a lo 0 t tbl_empty events) as Hspec.
  rewrite Z2Nat.id in Hspec; [|lia].
  specialize (Hspec ltac:(lia) ltac:(lia) ltac:(lia) ltac:(done)).
  destruct (seg_apply _ _ _ _ _ _) as [t' [told|j e|]]; rewrite ?Z.add_0_r ?Z.add_0_l in Hspec;
    rewrite ?Zplus_minus in Hspec; naive_solver lia.
Qed.

(** ** Pages of a segment *)
Lemma page_claim k i m x n y es : seg_page_ok n x →
  seg_act_page (ActClaim m) k i x = PageBecomes y es →
  x = slot_fresh ∧ y = Slot 1 0 (Some (word_wrapping_add m k)).
Proof.
  intros [[-> _]|[Hn (m'&_&->)]]%seg_page_cases Ha; rewrite /= in Ha; [naive_solver|].
  rewrite /slot_claim in Ha. exfalso.
  destruct (word_eqb_spec n slot_unused); [words|].
  destruct (word_eqb_spec n slot_unique); [words|].
  destruct (word_eqb_spec n slot_busy); [words|done].
Qed.
Lemma page_claim_refused k i m x n e : seg_page_ok n x →
  seg_act_page (ActClaim m) k i x = PageRefuses e → x ≠ slot_fresh ∧ e = ErrInUse.
Proof.
  intros [[-> _]|[Hn (m'&_&->)]]%seg_page_cases Ha; rewrite /= in Ha; [done|].
  rewrite /slot_claim in Ha.
  destruct (word_eqb_spec n slot_unused); [words|].
  destruct (word_eqb_spec n slot_unique); [words|].
  destruct (word_eqb_spec n slot_busy); [words|]. naive_solver.
Qed.
Lemma page_claim_no_abort k i m x : seg_act_page (ActClaim m) k i x ≠ PageAborts.
Proof. rewrite /=. by destruct (slot_claim (slot_word x)). Qed.
Lemma page_share k i x n y es : seg_page_ok n x → 1 ≤ n →
  seg_act_page ActShare k i x = PageBecomes y es →
  n < slot_max ∧ seg_page_ok (n + 1) y ∧ slot_word y = n + 1.
Proof.
  intros [[_ ?]|[Hn (m&Hm&->)]]%seg_page_cases H1; [lia|]. rewrite /= /slot_clone_count.
  destruct (word_leb_spec slot_max n); [done|].
  rewrite word_wrapping_add_small; [|words]. intros [= <- _].
  split; [lia|]. split; [|done]. apply seg_page_shared; [lia|done].
Qed.
Lemma page_share_ok k i x n : seg_page_ok n x → 1 ≤ n → n < slot_max →
  ∃ y es, seg_act_page ActShare k i x = PageBecomes y es.
Proof.
  intros [[_ ?]|[Hn (m&_&->)]]%seg_page_cases H1 H2; [lia|]. rewrite /= /slot_clone_count.
  destruct (word_leb_spec slot_max n); [lia|]. by eexists _, _.
Qed.
Lemma page_unshare k i x n : seg_page_ok n x → 1 ≤ n →
  ∃ y es, seg_act_page ActUnshare k i x = PageBecomes y es ∧ seg_page_ok (n - 1) y ∧
    (n = 1 → y = slot_fresh) ∧ (n ≠ 1 → slot_word y = n - 1).
Proof.
  intros [[_ ?]|[Hn (m&Hm&->)]]%seg_page_cases H1; [lia|]. rewrite /= /slot_drop_count.
  destruct (word_eqb_spec n 1) as [->|Hne].
  - eexists _, _. split; [done|]. split; [by apply seg_page_fresh|done].
  - rewrite word_wrapping_sub_small; [|words]. eexists _, _. split; [done|].
    split; [|done]. apply seg_page_shared; [lia|done].
Qed.
Lemma seg_act_unshare_always k i x :
  ∃ y es, seg_act_page ActUnshare k i x = PageBecomes y es.
Proof. rewrite /=. destruct (slot_drop_count (slot_word x)); by eexists _, _. Qed.
(** A drop tells what [seg_told] says. *)
Lemma seg_events_unshare s lo i :
  seg_inv s → seg_events ActUnshare lo (seg_pages s) i = seg_told s i.
Proof.
  intros Hs. rewrite /seg_events /seg_told.
  destruct (tbl_get (seg_pages s) i) as [x|] eqn:Hx; [|done].
  destruct (seg_page_cases _ _ (seg_inv_page _ Hs _ _ Hx)) as [[-> _]|[? (m&_&->)]]; [done|].
  rewrite /= /slot_drop_count /word_eqb. by destruct (seg_shares s i =? 1).
Qed.
