(** * Lists of frames: what the triples say, in the model

[model/frame_list_model.v] has the operations on lists of frames as pure functions on
tables, from which the Rust model is generated. The λRust specifications
([frame_list_sig.v]) say of a list which frames it has, and of a cursor which are before
it. [fl_shows num s k id fs1 fs2] is what these are in the model: list [k] of the state
[s] has the frames [fs1 ++ fs2], of which [num] tells the number each, its cursor is at
the first of [fs2], and it has a number if [id] is one.

Each lemma is one operation, and is about [fl_step] alone: it says of the model's step
what the triple says of the program, where one such list becomes another and with which
result. No program is in these lemmas: that triple and step agree is seen by reading the
two side by side. Numbers are the exception: which one a list gets is up to the counter,
that others may advance in between; [new_list_id_refines] is about the program, and says
that the number is [fl_number] of the counter, and what becomes of the counter.

So it is not proved that a whole run of the programs, with its table of lists and frames, is
a run of [fl_step]. This is left to tests: [rust/tally-oracle] runs the programs and the
machine side by side, on all short sequences of chosen operations and on random ones. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word table_edit frame_list_model frame_list_model_proofs.
From tally.types Require Import type.
From tally.frame.slot Require Import frame_refine.
From tally.frame.list Require Import frame_list_base.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Section model.
  Context (num : list_slot → word).
  Implicit Types (s : fl_state) (k : word) (id : Z) (e : listed) (fs : list listed).

  Definition fl_numbers fs : table word := num ∘ fst <$> fs.
  Definition fl_shows s k id fs1 fs2 : Prop :=
    ∃ x, fl_list_at s k x ∧ fl_items x = fl_numbers (fs1 ++ fs2) ∧
      fl_cursor x = tbl_len (fl_numbers fs1) ∧ (fl_id x = 0 ↔ id = 0).
  (** Without a cursor. *)
  Definition fl_has s k id fs : Prop :=
    ∃ x, fl_list_at s k x ∧ fl_items x = fl_numbers fs ∧ (fl_id x = 0 ↔ id = 0).

  Lemma fl_numbers_app fs1 fs2 : fl_numbers (fs1 ++ fs2) = fl_numbers fs1 ++ fl_numbers fs2.
  Proof. apply fmap_app. Qed.
  Lemma tbl_len_app {A} (t1 t2 : table A) : tbl_len (t1 ++ t2) = tbl_len t1 + tbl_len t2.
  Proof. induction t1 as [|y t1 IH]; simpl; lia. Qed.
  Lemma tbl_insert_app {A} (t1 t2 : table A) y :
    tbl_insert (t1 ++ t2) (tbl_len t1) y = t1 ++ y :: t2.
  Proof.
    induction t1 as [|z t1 IH]; simpl; [by destruct t2|].
    pose proof (tbl_len_nonneg t1). destruct (Z.eqb_spec (Z.succ (tbl_len t1)) 0); [lia|].
    by rewrite Z.pred_succ IH.
  Qed.
  Lemma tbl_remove_app {A} (t1 t2 : table A) y :
    tbl_remove (t1 ++ y :: t2) (tbl_len t1) = t1 ++ t2.
  Proof.
    induction t1 as [|z t1 IH]; simpl; [done|].
    pose proof (tbl_len_nonneg t1). destruct (Z.eqb_spec (Z.succ (tbl_len t1)) 0); [lia|].
    by rewrite Z.pred_succ IH.
  Qed.
  Lemma tbl_get_app {A} (t1 t2 : table A) :
    tbl_get (t1 ++ t2) (tbl_len t1) = head t2.
  Proof.
    induction t1 as [|z t1 IH]; simpl; [by destruct t2|].
    pose proof (tbl_len_nonneg t1). destruct (Z.eqb_spec (Z.succ (tbl_len t1)) 0); [lia|].
    by rewrite Z.pred_succ IH.
  Qed.
  Lemma tbl_len_length {A} (t : table A) : tbl_len t = length t.
  Proof. induction t as [|y t IH]; simpl; lia. Qed.
  Lemma fl_shows_has s k id fs1 fs2 : fl_shows s k id fs1 fs2 → fl_has s k id (fs1 ++ fs2).
  Proof. intros (x&?&?&_&?). by exists x. Qed.

  (** ** Looking *)
  Lemma fl_size_refines s k id fs :
    fl_has s k id fs → fl_step s (FlSize k) = (s, FlNumber (length fs)).
  Proof.
    intros (x&Hx&Hit&_). rewrite /= /fl_find Hx Hit tbl_len_length /fl_numbers.
    by rewrite list_length_fmap.
  Qed.
  Lemma tbl_get_elem (t : table word) (f : word) : (∃ i, tbl_get t i = Some f) ↔ f ∈ t.
  Proof.
    induction t as [|y t IH]; simpl.
    { split; [by intros [i Hi]|by intros ?%elem_of_nil]. }
    rewrite elem_of_cons -IH. split.
    - intros [i Hi]. destruct (Z.eqb_spec i 0); [left; congruence|right; by eexists].
    - intros [->|[i Hi]]; [by exists 0|]. exists (Z.succ i).
      apply tbl_get_range in Hi as ?. destruct (Z.eqb_spec (Z.succ i) 0); [lia|].
      by rewrite Z.pred_succ.
  Qed.
  (** Of slots that have different numbers. *)
  Lemma fl_contains_refines `{!Inj (=) (=) num} s k id fs (y : list_slot) :
    fl_inv s → fl_has s k id fs →
    fl_step s (FlContains k (num y)) = (s, FlBool (bool_decide (y ∈ fs.*1))).
  Proof.
    intros Hs (x&Hx&Hit&_). destruct (fl_contains_spec s k (num y) x Hs Hx) as (b&->&Hb).
    do 2 f_equal. rewrite Hit tbl_get_elem in Hb.
    assert (num y ∈ fl_numbers fs ↔ y ∈ fs.*1) as Hiff.
    { clear Hit Hb. induction fs as [|e fs IH]; simpl; [by rewrite !elem_of_nil|].
      rewrite /fl_numbers /= !elem_of_cons -IH. split.
      - intros [Heq|?]; [left; by apply (inj num)|by right].
      - intros [->|?]; [by left|by right]. }
    rewrite Hiff in Hb. destruct b.
    - rewrite bool_decide_eq_true_2 //. by apply Hb.
    - rewrite bool_decide_eq_false_2 //. intros ?%Hb. done.
  Qed.
  Lemma fl_current_refines s k id fs1 fs2 :
    fl_shows s k id fs1 fs2 →
    fl_step s (FlCursorCurrent k) =
      (s, match fs2 with [] => FlNone | e :: _ => FlFrame (num e.1) end).
  Proof.
    intros (x&Hx&Hit&Hc&_). rewrite (fl_cursor_current_spec s k x) // Hit Hc.
    rewrite fl_numbers_app tbl_get_app. by destruct fs2.
  Qed.

  (** ** At the ends *)
  Local Lemma fl_put_in_number s s' k f x x' id id' :
    fl_inv s → fl_list_at s k x → fl_put_in s s' k f x x' → (fl_id x = 0 ↔ id = 0) →
    list_number_kept id id' → fl_id x' = 0 ↔ id' = 0.
  Proof.
    intros Hs Hx (_&_&Hid&_) H0 Hk. pose proof (fl_inv_next _ Hs).
    destruct Hk as [Hk _]. rewrite Hid. destruct (Z.eqb_spec (fl_id x) 0); lia.
  Qed.
  Local Lemma fl_can s id (x : frame_list) :
    (fl_id x = 0 ↔ id = 0) → (id = 0 → fl_next_id s < fl_id_max) → fl_can_number s x.
  Proof. intros H0 Hid ?. by apply Hid, H0. Qed.

  Lemma fl_push_front_refines s k id id' fs y vl :
    fl_inv s → fl_has s k id fs → fl_held s (num y) →
    (id = 0 → fl_next_id s < fl_id_max) → list_number_kept id id' →
    ∃ s', fl_step s (FlPushFront k (num y)) = (s', FlDone) ∧ fl_has s' k id' ((y, vl) :: fs).
  Proof.
    intros Hs (x&Hx&Hit&H0) Hy Hcan Hk.
    destruct (fl_push_front_spec s k (num y) x Hs Hx Hy (fl_can _ _ _ H0 Hcan))
      as (s'&x'&->&Hput&Hit'). exists s'. split; [done|]. exists x'.
    split; [by apply Hput|]. split; [by rewrite Hit' Hit|].
    by eapply fl_put_in_number.
  Qed.
  Lemma fl_push_back_refines s k id id' fs y vl :
    fl_inv s → fl_has s k id fs → fl_held s (num y) →
    (id = 0 → fl_next_id s < fl_id_max) → list_number_kept id id' →
    ∃ s', fl_step s (FlPushBack k (num y)) = (s', FlDone) ∧ fl_has s' k id' (fs ++ [(y, vl)]).
  Proof.
    intros Hs (x&Hx&Hit&H0) Hy Hcan Hk.
    destruct (fl_push_back_spec s k (num y) x Hs Hx Hy (fl_can _ _ _ H0 Hcan))
      as (s'&x'&->&Hput&Hit'). exists s'. split; [done|]. exists x'.
    split; [by apply Hput|]. split; [by rewrite Hit' Hit fl_numbers_app|].
    by eapply fl_put_in_number.
  Qed.
  Lemma fl_pop_front_refines s k id fs y vl :
    fl_inv s → fl_has s k id ((y, vl) :: fs) →
    ∃ s', fl_step s (FlPopFront k) = (s', FlFrame (num y)) ∧
      fl_has s' k id fs ∧ fl_held s' (num y).
  Proof.
    intros Hs (x&Hx&Hit&H0).
    destruct (fl_pop_front_spec s k (num y) (fl_numbers fs) x Hs Hx Hit)
      as (s'&x'&->&(Hx'&Hheld&Hid&_)&Hit'). exists s'. split; [done|]. split; [|done].
    exists x'. by rewrite Hid.
  Qed.
  Lemma fl_pop_back_refines s k id fs y vl :
    fl_inv s → fl_has s k id (fs ++ [(y, vl)]) →
    ∃ s', fl_step s (FlPopBack k) = (s', FlFrame (num y)) ∧
      fl_has s' k id fs ∧ fl_held s' (num y).
  Proof.
    intros Hs (x&Hx&Hit&H0). rewrite fl_numbers_app in Hit.
    destruct (fl_pop_back_spec s k (num y) (fl_numbers fs) x Hs Hx Hit)
      as (s'&x'&->&(Hx'&Hheld&Hid&_)&Hit'). exists s'. split; [done|]. split; [|done].
    exists x'. by rewrite Hid.
  Qed.
  Lemma fl_pop_empty_refines s k id :
    fl_inv s → fl_has s k id [] →
    fl_step s (FlPopFront k) = (s, FlNone) ∧ fl_step s (FlPopBack k) = (s, FlNone).
  Proof.
    intros Hs (x&Hx&Hit&_). destruct (fl_empty_spec s k x Hs Hx Hit) as (?&?&_). done.
  Qed.
  Lemma fl_drop_refines s k id fs :
    fl_inv s → fl_has s k id fs →
    ∃ s', fl_step s (FlDrop k) = (s', FlDropped (fl_numbers fs)).
  Proof.
    intros Hs (x&Hx&Hit&_). destruct (fl_drop_spec s k x Hs Hx) as (s'&->&_).
    exists s'. by rewrite Hit.
  Qed.

  (** ** Cursors *)
  Local Lemma fl_put_at s k x x' : fl_list_at s k x → fl_list_at (fl_put s k x') k x'.
  Proof. intros Hx. by apply (tbl_get_set_same _ _ _ _ Hx). Qed.
  Lemma fl_cursor_front_refines s k id fs :
    fl_has s k id fs →
    ∃ s', fl_step s (FlCursorFront k) = (s', FlDone) ∧ fl_shows s' k id [] fs.
  Proof.
    intros (x&Hx&Hit&H0). rewrite /= /fl_cursor_move /fl_find Hx. eexists. split; [done|].
    eexists. split; [by eapply fl_put_at|]. by rewrite /= Hit.
  Qed.
  (** That the length is a word is [frame_list_length]. *)
  Lemma fl_cursor_back_refines s k id fs e :
    length (fs ++ [e]) ≤ word_max → fl_has s k id (fs ++ [e]) →
    ∃ s', fl_step s (FlCursorBack k) = (s', FlDone) ∧ fl_shows s' k id fs [e].
  Proof.
    intros Hlen (x&Hx&Hit&H0).
    assert (tbl_len (fl_items x) = tbl_len (fl_numbers fs) + 1) as Heq.
    { rewrite Hit fl_numbers_app tbl_len_app. simpl. lia. }
    pose proof (tbl_len_nonneg (fl_numbers fs)).
    assert (tbl_len (fl_numbers fs) < word_max).
    { rewrite tbl_len_length /fl_numbers list_length_fmap.
      rewrite list_length_app /= in Hlen. unfold listed in *. lia. }
    rewrite /= /fl_cursor_move /fl_find Hx. eexists. split; [done|].
    eexists. split; [by eapply fl_put_at|]. rewrite /= Heq.
    destruct (word_eqb_spec (tbl_len (fl_numbers fs) + 1) 0); [lia|].
    rewrite word_wrapping_sub_small; [|lia]. split_and!; [done|lia|done..].
  Qed.
  Lemma fl_cursor_next_refines s k id fs1 e fs2 :
    fl_inv s → fl_shows s k id fs1 (e :: fs2) →
    ∃ s', fl_step s (FlCursorNext k) = (s', FlDone) ∧ fl_shows s' k id (fs1 ++ [e]) fs2.
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite (fl_cursor_next_spec s k x Hs Hx).
    eexists. split; [done|]. eexists. split; [by eapply fl_put_at|].
    rewrite /= Hit Hc -app_assoc. split; [done|]. split; [|done].
    rewrite !fl_numbers_app !tbl_len_app /=.
    pose proof (tbl_len_nonneg (fl_numbers fs2)).
    destruct (Z.eqb_spec (tbl_len (fl_numbers fs1))
      (tbl_len (fl_numbers fs1) + Z.succ (tbl_len (fl_numbers fs2)))); lia.
  Qed.
  Lemma fl_cursor_next_end_refines s k id fs :
    fl_inv s → fl_shows s k id fs [] →
    ∃ s', fl_step s (FlCursorNext k) = (s', FlDone) ∧ fl_shows s' k id [] fs.
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite (fl_cursor_next_spec s k x Hs Hx).
    rewrite app_nil_r in Hit. eexists. split; [done|].
    eexists. split; [by eapply fl_put_at|]. by rewrite /= Hit Hc Z.eqb_refl.
  Qed.
  Lemma fl_cursor_prev_refines s k id fs1 e fs2 :
    fl_inv s → fl_shows s k id (fs1 ++ [e]) fs2 →
    ∃ s', fl_step s (FlCursorPrev k) = (s', FlDone) ∧ fl_shows s' k id fs1 (e :: fs2).
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite (fl_cursor_prev_spec s k x Hs Hx).
    eexists. split; [done|]. eexists. split; [by eapply fl_put_at|].
    rewrite -app_assoc in Hit. rewrite /= Hit Hc. split; [done|]. split; [|done].
    rewrite !fl_numbers_app !tbl_len_app /=.
    pose proof (tbl_len_nonneg (fl_numbers fs1)).
    destruct (Z.eqb_spec (tbl_len (fl_numbers fs1) + Z.succ 0) 0); lia.
  Qed.
  Lemma fl_cursor_prev_end_refines s k id fs :
    fl_inv s → fl_shows s k id [] fs →
    ∃ s', fl_step s (FlCursorPrev k) = (s', FlDone) ∧ fl_shows s' k id fs [].
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite (fl_cursor_prev_spec s k x Hs Hx).
    eexists. split; [done|]. eexists. split; [by eapply fl_put_at|].
    rewrite app_nil_r. by rewrite /= Hit Hc.
  Qed.
  Lemma fl_cursor_take_refines s k id fs1 y vl fs2 :
    fl_inv s → fl_shows s k id fs1 ((y, vl) :: fs2) →
    ∃ s', fl_step s (FlCursorTake k) = (s', FlFrame (num y)) ∧
      fl_shows s' k id fs1 fs2 ∧ fl_held s' (num y).
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite fl_numbers_app in Hit.
    destruct (fl_cursor_take_spec s k (num y) x Hs Hx)
      as (s'&x'&->&(Hx'&Hheld&Hid&_)&Hit'&Hc'&_).
    { by rewrite Hit Hc tbl_get_app. }
    exists s'. split; [done|]. split; [|done]. exists x'. split; [done|].
    rewrite Hit' Hc' Hit Hc Hid tbl_remove_app fl_numbers_app. done.
  Qed.
  Lemma fl_cursor_take_end_refines s k id fs :
    fl_inv s → fl_shows s k id fs [] → fl_step s (FlCursorTake k) = (s, FlNone).
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0). rewrite app_nil_r in Hit.
    rewrite /= /fl_take /fl_find Hx Hit Hc.
    by rewrite (proj2 (tbl_get_None _ _)); [|lia].
  Qed.
  Lemma fl_cursor_insert_refines s k id id' fs1 fs2 y vl :
    fl_inv s → fl_shows s k id fs1 fs2 → fl_held s (num y) →
    (id = 0 → fl_next_id s < fl_id_max) → list_number_kept id id' →
    ∃ s', fl_step s (FlCursorInsert k (num y)) = (s', FlDone) ∧
      fl_shows s' k id' (fs1 ++ [(y, vl)]) fs2.
  Proof.
    intros Hs (x&Hx&Hit&Hc&H0) Hy Hcan Hk.
    destruct (fl_cursor_insert_spec s k (num y) x Hs Hx Hy (fl_can _ _ _ H0 Hcan))
      as (s'&x'&->&Hput&Hit'&Hc'&_). exists s'. split; [done|]. exists x'.
    split; [by apply Hput|]. rewrite Hit' Hc' Hit Hc fl_numbers_app tbl_insert_app.
    split; [by rewrite -app_assoc !fl_numbers_app|].
    split; [by rewrite fl_numbers_app tbl_len_app|]. by eapply fl_put_in_number.
  Qed.
End model.

(** ** Numbers *)
(** What the model makes of the counter [w] when a list without a number wants one. *)
Definition fl_counted (w : word) : fl_numbered :=
  fl_number (FlState tbl_empty tbl_empty w) (FrameList 0 tbl_empty 0).
Lemma fl_number_counted s x : fl_id x = 0 → fl_number s x = fl_counted (fl_next_id s).
Proof. intros Hx. by rewrite /fl_counted /fl_number Hx. Qed.

Section numbers.
  Context `{!lrustGS Σ}.
  Implicit Types (ids : loc) (E : coPset) (Φ : val → iProp Σ) (R : iProp Σ).

  (** Where the model has no number left the program aborts, and nothing is to be
  shown. *)
  Lemma new_list_id_refines E ids R Φ :
    word_retry E ids R (λ w,
      ∀ id next, ⌜fl_counted w = FlNumbered id next⌝ -∗ ids ↦ #next ={E,⊤}=∗ Φ #id) -∗
    ▷ R -∗ WP new_list_id [ #ids ] {{ Φ }}.
  Proof.
    iIntros "#H HR". iLöb as "IH". wp_rec. wp_bind (!ˢᶜ _)%E.
    iMod ("H" with "HR") as (w) "(%Hw & Hids & Hclose)". wp_read.
    assert (bin_op_eval_pure (WrapOp u64 AddOp) w 1 = Some (LitInt (word_wrapping_add w 1)))
      as Hsucc.
    { rewrite /= /arith_eval_at decide_True //=.
      by rewrite /word_wrapping_add word_wrap_int_wrap. }
    iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hids") as "HR". iModIntro.
    wp_pures. case_bool_decide as Hmax; wp_pures; [wp_abort|].
    wp_bind (Cas _ _ _ _). iMod ("H" with "HR") as (w') "(%Hw' & Hids & Hclose)".
    destruct (decide (w' = w)) as [->|Hne]; last first.
    { wp_cas_fail. iDestruct "Hclose" as "[Hclose _]".
      iMod ("Hclose" with "Hids") as "HR". iModIntro. wp_pures. by iApply "IH". }
    wp_apply (wp_cas_weak with "Hids"); [by rewrite /cas_compare bool_decide_eq_true_2|].
    iIntros (b) "Hids". destruct b.
    - iDestruct "Hclose" as "[_ Hclose]". iMod ("Hclose" with "[%] Hids") as "HΦ".
      { rewrite /fl_counted /fl_number /=. by destruct (word_eqb_spec w fl_id_max). }
      iModIntro. by wp_pures.
    - iDestruct "Hclose" as "[Hclose _]". iMod ("Hclose" with "Hids") as "HR".
      iModIntro. wp_pures. by iApply "IH".
  Qed.
End numbers.
