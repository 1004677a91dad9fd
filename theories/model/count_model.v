(** * The executable model of [Rc]: the proofs

The sealed export of the statements in [count_model_sig.v]. All that the proofs
need of the tables is what one update does to a look-up and to a count. *)
From tally.model Require Export count_machine count_model_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Export count_model : count_model_sig.
  Lemma rc_clone_count_spec n : 0 < n ≤ word_max →
    rc_clone_count n =
      if decide (n = word_max) then CloneAborted else CloneStored (n + 1).
  Proof.
    intros Hn. rewrite /rc_clone_count. case_decide as Hmax.
    - by rewrite Hmax.
    - rewrite word_wrapping_add_small; [|lia].
      by destruct (word_eqb_spec (n + 1) 0); [lia|].
  Qed.
  Lemma rc_drop_count_spec n : 0 < n ≤ word_max →
    rc_drop_count n = if decide (n = 1) then DropLast else DropStored (n - 1).
  Proof.
    intros Hn. rewrite /rc_drop_count word_wrapping_sub_small; [|lia].
    destruct (word_eqb_spec (n - 1) 0); case_decide; (done || lia).
  Qed.

  (** ** What a handle sees *)
  Local Lemma rc_find_Some s h b x :
    rc_find s h = Some (b, x) ↔
      tbl_get (rc_handles s) h = Some (Some b) ∧
      tbl_get (rc_boxes s) b = Some (Some x).
  Proof.
    rewrite /rc_find. split.
    - repeat case_match; naive_solver.
    - by intros [-> ->].
  Qed.

  (** The view of every handle, as a function of the two tables. *)
  Local Definition view_of (boxes : table (option rc_box))
      (y : option (option word)) : option (word * rc_box) :=
    match y with
    | Some (Some b) =>
        match tbl_get boxes b with Some (Some x) => Some (b, x) | _ => None end
    | _ => None
    end.
  Local Lemma rc_find_view s h :
    rc_find s h = view_of (rc_boxes s) (tbl_get (rc_handles s) h).
  Proof. done. Qed.
  Local Lemma view_of_recount boxes b x n y :
    tbl_get boxes b = Some (Some x) →
    view_of (tbl_set boxes b (Some (RcBox n (box_leaked x) (box_payload x)))) y =
      rc_recount b n <$> view_of boxes y.
  Proof.
    intros Hb. destruct y as [[b'|]|]; simpl; [|done..].
    rewrite tbl_get_set. case: Z.eqb_spec=> [->|Hne].
    - by rewrite Hb /= /rc_recount /= Z.eqb_refl.
    - destruct (tbl_get boxes b') as [[x'|]|]; simpl; [|done..].
      rewrite /rc_recount /=. by case: Z.eqb_spec.
  Qed.

  (** ** The invariant *)
  Lemma rc_model_init_inv : rc_inv rc_init.
  Proof. by split. Qed.

  Lemma rc_model_live_spec s h b : rc_inv s →
    tbl_get (rc_handles s) h = Some (Some b) →
    ∃ x, rc_find s h = Some (b, x) ∧ rc_box_ok s b x.
  Proof.
    intros [Hbox Hh] Hget. destruct (Hh _ _ Hget) as [x Hx].
    exists x. split; [by apply rc_find_Some|by apply Hbox].
  Qed.
  Local Lemma rc_find_ok s h b x :
    rc_inv s → rc_find s h = Some (b, x) → rc_box_ok s b x.
  Proof. intros [Hbox _] [_ Hx]%rc_find_Some. by apply Hbox. Qed.

  Lemma rc_model_last_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) →
    box_strong x = 1 ↔
      box_leaked x = 0 ∧ ∀ h' x', rc_find s h' = Some (b, x') → h' = h.
  Proof.
    intros Hinv Hfind. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (Heq&_&Hl&_).
    apply rc_find_Some in Hfind as [Hh Hb]. rewrite /rc_handles_of in Heq.
    pose proof (tbl_count_get (rc_points_to b) _ _ _ Hh) as Hpos.
    rewrite /= Z.eqb_refl /= in Hpos. split.
    - intros H1. split; [lia|]. intros h' x' [Hh' _]%rc_find_Some.
      destruct (decide (h' = h)) as [|Hne]; [done|].
      pose proof (tbl_count_get_2 (rc_points_to b) _ _ _ _ _ Hne Hh' Hh) as H2.
      rewrite /= Z.eqb_refl /= in H2. lia.
    - intros [Hl0 Honly]. rewrite Heq Hl0.
      rewrite (tbl_count_1 _ _ h (Some b)) //=; [by apply Z.eqb_refl|].
      intros h' [b'|]; simpl; [|done]. intros Hh' ?%Z.eqb_eq. subst b'.
      apply (Honly h' x). by apply rc_find_Some.
  Qed.

  (** A table of handles gains or loses one that points to [b], and the count of
  [b] moves with it. *)
  Local Lemma rc_inv_update s b x n l hs :
    rc_inv s → tbl_get (rc_boxes s) b = Some (Some x) →
    n = tbl_count (rc_points_to b) hs + l → 1 ≤ n ≤ word_max → 0 ≤ l →
    (∀ b', b' ≠ b → tbl_count (rc_points_to b') hs = rc_handles_of s b') →
    (∀ h b', tbl_get hs h = Some (Some b') →
       b' = b ∨ ∃ h', tbl_get (rc_handles s) h' = Some (Some b')) →
    rc_inv (RcState
      (tbl_set (rc_boxes s) b (Some (RcBox n l (box_payload x)))) hs).
  Proof.
    intros [Hbox Hh] Hb Hn Hr Hl Hcnt Hhs.
    pose proof (Hbox _ _ Hb) as (_&_&_&Hp). split.
    - intros b' x' Hb'. simpl in Hb'. rewrite tbl_get_set in Hb'.
      case: (Z.eqb_spec b' b) Hb'=> [->|Hne].
      + rewrite Hb. intros [= <-]. by rewrite /rc_box_ok /rc_handles_of.
      + intros Hb'. pose proof (Hbox _ _ Hb') as (He&?&?&?).
        rewrite /rc_box_ok /rc_handles_of /= Hcnt //.
    - intros h b' Hget. simpl in *. rewrite tbl_get_set Hb.
      case: Z.eqb_spec=> [_|Hne]; [by eexists|].
      destruct (Hhs _ _ Hget) as [|[h' Hh']]; [done|by eapply Hh].
  Qed.

  Local Lemma rc_step_new_inv s p :
    word_ok p → rc_inv s → rc_inv (rc_new s p).1.
  Proof.
    intros Hp [Hbox Hh]. rewrite /rc_new /=.
    assert (tbl_count (rc_points_to (tbl_len (rc_boxes s))) (rc_handles s) = 0)
      as Hzero.
    { apply tbl_count_0. intros h [b|]; simpl; [|done]. intros Hget.
      destruct (Hh _ _ Hget) as [x Hx%tbl_get_range]. case: Z.eqb_spec; [lia|done]. }
    split; simpl.
    - intros b x. rewrite tbl_get_push. case: Z.eqb_spec=> [->|Hne].
      + intros [= <-]. rewrite /rc_box_ok /rc_handles_of /= tbl_count_push Hzero /=.
        rewrite Z.eqb_refl /=. done.
      + intros Hx. pose proof (Hbox _ _ Hx) as (He&?&?&?).
        rewrite /rc_box_ok /rc_handles_of /= tbl_count_push /=.
        case: Z.eqb_spec=> [?|_]; [done|]. rewrite Z.add_0_r. done.
    - intros h b. rewrite !tbl_get_push. case: Z.eqb_spec=> Hlen.
      + intros [= <-]. rewrite Z.eqb_refl. by eexists.
      + intros Hget. destruct (Hh _ _ Hget) as [x Hx].
        apply tbl_get_range in Hx as ?. case: Z.eqb_spec; [lia|]. by eexists.
  Qed.

  Local Lemma rc_step_clone_inv s h : rc_inv s → rc_inv (rc_clone s h).1.
  Proof.
    intros Hinv. rewrite /rc_clone.
    destruct (rc_find s h) as [[b x]|] eqn:Hfind; [|done].
    pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (He&?&?&?).
    apply rc_find_Some in Hfind as [Hh Hb].
    rewrite rc_clone_count_spec; [|lia]. case_decide; [done|]. simpl.
    apply rc_inv_update; [done|done|..].
    - rewrite tbl_count_push /= Z.eqb_refl /=. rewrite /rc_handles_of in He. lia.
    - lia.
    - done.
    - intros b' Hne. rewrite tbl_count_push /=. case: Z.eqb_spec; [done|].
      rewrite /rc_handles_of /=. lia.
    - intros h' b'. rewrite tbl_get_push. case: Z.eqb_spec; [naive_solver|].
      intros _ ?. right. by eexists.
  Qed.

  (** Closing a handle lowers the number of handles of its box, and of no other. *)
  Local Lemma rc_close_count s h b b' :
    tbl_get (rc_handles s) h = Some (Some b) →
    tbl_count (rc_points_to b') (tbl_set (rc_handles s) h None) =
      rc_handles_of s b' - Z.b2z (b =? b').
  Proof. intros Hh. rewrite (tbl_count_set _ _ _ _ _ Hh) /= Z.add_0_r //. Qed.
  Local Lemma rc_close_get s h h' b' :
    tbl_get (tbl_set (rc_handles s) h None) h' = Some (Some b') →
    h' ≠ h ∧ tbl_get (rc_handles s) h' = Some (Some b').
  Proof.
    rewrite tbl_get_set. case: Z.eqb_spec=> ?; [|done].
    by destruct (tbl_get (rc_handles s) h).
  Qed.

  Local Lemma rc_step_drop_inv s h : rc_inv s → rc_inv (rc_drop s h).1.
  Proof.
    intros Hinv. rewrite /rc_drop.
    destruct (rc_find s h) as [[b x]|] eqn:Hfind; [|done].
    pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (He&?&?&?).
    pose proof (rc_model_last_spec _ _ _ _ Hinv Hfind) as Hlast.
    apply rc_find_Some in Hfind as [Hh Hb].
    rewrite rc_drop_count_spec; [|lia]. case_decide as Hone; simpl.
    - apply Hlast in Hone as [Hl Honly]. destruct Hinv as [Hbox Hlive].
      split; simpl.
      + intros b' x'. rewrite tbl_get_set. case: Z.eqb_spec=> [->|Hne].
        { by rewrite Hb. }
        intros Hx'. pose proof (Hbox _ _ Hx') as (?&?&?&?).
        rewrite /rc_box_ok {1}/rc_handles_of /= (rc_close_count s _ b) //.
        case: Z.eqb_spec; [naive_solver|]. rewrite Z.sub_0_r //.
      + intros h' b' [Hne Hget]%rc_close_get. destruct (Hlive _ _ Hget) as [x' Hx'].
        rewrite tbl_get_set. case: Z.eqb_spec=> [?|?]; [|by eexists]. subst b'.
        destruct Hne. apply (Honly h' x'). by apply rc_find_Some.
    - apply rc_inv_update; [done|done|..].
      + rewrite (rc_close_count s _ b) // Z.eqb_refl He. cbn [Z.b2z]. lia.
      + lia.
      + done.
      + intros b' Hne. rewrite (rc_close_count s _ b) //.
        case: Z.eqb_spec; [naive_solver|]. simpl. lia.
      + intros h' b' [Hne Hget]%rc_close_get. right. by eexists.
  Qed.

  Local Lemma rc_leak_leaked_small s b x n :
    rc_box_ok s b x → 0 ≤ n → box_strong x + n ≤ word_max →
    word_wrapping_add (box_leaked x) n = box_leaked x + n.
  Proof.
    intros (He&?&?&?) ??. apply word_wrapping_add_small.
    pose proof (tbl_count_nonneg (rc_points_to b) (rc_handles s)).
    rewrite /rc_handles_of in He. lia.
  Qed.
  Local Lemma rc_step_leak_inv s h n :
    word_ok n → rc_inv s → rc_inv (rc_leak s h n).1.
  Proof.
    intros Hn Hinv. rewrite /rc_leak.
    destruct (rc_find s h) as [[b x]|] eqn:Hfind; [|done].
    pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as Hok. pose proof Hok as (He&?&?&?).
    apply rc_find_Some in Hfind as [Hh Hb].
    destruct (word_checked_add (box_strong x) n) as [c|] eqn:Hc; [|done].
    apply word_checked_add_Some in Hc as [Hc ->]. rewrite /word_ok in Hn.
    rewrite (rc_leak_leaked_small s b) //=; [|lia].
    apply rc_inv_update; [done|done|..].
    - rewrite /rc_handles_of in He. lia.
    - lia.
    - lia.
    - done.
    - intros h' b' ?. right. by eexists.
  Qed.

  Lemma rc_model_step_inv s o : rc_op_ok o → rc_inv s → rc_inv (rc_step s o).1.
  Proof.
    intros Ho Hinv. destruct o as [p|h|h|h|h|h n]; simpl in *.
    - by apply rc_step_new_inv.
    - by apply rc_step_clone_inv.
    - by apply rc_step_drop_inv.
    - rewrite /rc_strong_count. by destruct (rc_find s h) as [[]|].
    - rewrite /rc_get. by destruct (rc_find s h) as [[]|].
    - apply rc_step_leak_inv; naive_solver.
  Qed.
  Lemma rc_model_run_inv s os :
    Forall rc_op_ok os → rc_inv s → rc_inv (rc_run s os).1.
  Proof.
    intros Hos. revert s. induction Hos as [|o os Ho _ IH]; intros s Hinv; [done|].
    pose proof (rc_model_step_inv _ _ Ho Hinv) as Hstep. simpl.
    destruct (rc_step s o) as [s' r]. specialize (IH s' Hstep).
    destruct (rc_run s' os) as [s'' rs]. by destruct r.
  Qed.

  (** ** The operations *)
  Local Lemma rc_find_new_handle s : rc_find s (tbl_len (rc_handles s)) = None.
  Proof.
    rewrite /rc_find (proj2 (tbl_get_None _ _)) //. lia.
  Qed.

  Lemma rc_model_new_spec s p : rc_inv s →
    ∃ s' h b, rc_step s (RcNew p) = (s', RcHandle h) ∧
      rc_find s h = None ∧
      rc_find s' h = Some (b, RcBox 1 0 p) ∧
      (∀ h' x, rc_find s h' ≠ Some (b, x)) ∧
      (∀ h', h' ≠ h → rc_find s' h' = rc_find s h').
  Proof.
    intros [Hbox Hh]. eexists _, _, (tbl_len (rc_boxes s)). split; [done|].
    split; [by apply rc_find_new_handle|]. split.
    { by rewrite /rc_find /= tbl_get_push_len tbl_get_push_len. }
    split.
    { intros h' x [_ Hx%tbl_get_range]%rc_find_Some. lia. }
    intros h' Hne. rewrite /rc_find /= tbl_get_push. case: Z.eqb_spec=> [?|_]; [done|].
    destruct (tbl_get (rc_handles s) h') as [[b|]|] eqn:Hget; [|done..].
    destruct (Hh _ _ Hget) as [x Hx]. by rewrite (tbl_get_push_old _ _ _ _ Hx) Hx.
  Qed.

  Lemma rc_model_clone_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) → box_strong x < word_max →
    ∃ s' h', rc_step s (RcClone h) = (s', RcHandle h') ∧
      rc_find s h' = None ∧
      rc_find s' h' = Some (rc_recount b (box_strong x + 1) (b, x)) ∧
      (∀ k, k ≠ h' →
        rc_find s' k = rc_recount b (box_strong x + 1) <$> rc_find s k).
  Proof.
    intros Hinv Hfind Hlt. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (_&?&_).
    rewrite /= /rc_clone Hfind rc_clone_count_spec; [|lia].
    rewrite decide_False; [|lia]. apply rc_find_Some in Hfind as [Hh Hb].
    eexists _, _. split; [done|]. split; [by apply rc_find_new_handle|]. split.
    - rewrite rc_find_view /= tbl_get_push_len view_of_recount //= Hb //.
    - intros k Hk. rewrite !rc_find_view /= view_of_recount // tbl_get_push.
      by case: Z.eqb_spec.
  Qed.

  Lemma rc_model_clone_abort_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) →
    (rc_step s (RcClone h)).2 = RcAborted ↔ box_strong x = word_max.
  Proof.
    intros Hinv Hfind. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (_&?&_).
    rewrite /= /rc_clone Hfind rc_clone_count_spec; [|lia]. by case_decide.
  Qed.

  Local Lemma rc_find_closed s h h' boxes :
    rc_find (RcState boxes (tbl_set (rc_handles s) h None)) h' =
      if h' =? h then None else view_of boxes (tbl_get (rc_handles s) h').
  Proof.
    rewrite rc_find_view /= tbl_get_set. case: Z.eqb_spec=> [_|?]; [|done].
    by destruct (tbl_get (rc_handles s) h).
  Qed.

  Lemma rc_model_drop_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) → box_strong x ≠ 1 →
    ∃ s', rc_step s (RcDrop h) = (s', RcDropped []) ∧
      rc_find s' h = None ∧
      (∀ k, k ≠ h →
        rc_find s' k = rc_recount b (box_strong x - 1) <$> rc_find s k).
  Proof.
    intros Hinv Hfind Hne. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (_&?&_).
    rewrite /= /rc_drop Hfind rc_drop_count_spec; [|lia]. rewrite decide_False //.
    apply rc_find_Some in Hfind as [Hh Hb].
    eexists. split; [done|]. split.
    - by rewrite (rc_find_closed s) Z.eqb_refl.
    - intros k Hk. rewrite (rc_find_closed s) view_of_recount //. by case: Z.eqb_spec.
  Qed.

  Lemma rc_model_drop_last_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) → box_strong x = 1 →
    ∃ s', rc_step s (RcDrop h) =
            (s', RcDropped [RcPayloadDropped (box_payload x); RcMemoryFreed b]) ∧
      tbl_get (rc_boxes s') b = Some None ∧
      rc_find s' h = None ∧
      (∀ k, k ≠ h → rc_find s' k = rc_find s k).
  Proof.
    intros Hinv Hfind H1.
    pose proof (proj1 (rc_model_last_spec _ _ _ _ Hinv Hfind) H1) as [_ Honly].
    rewrite /= /rc_drop Hfind rc_drop_count_spec H1 //=.
    apply rc_find_Some in Hfind as [Hh Hb].
    eexists. split; [done|]. split; [by eapply tbl_get_set_same|]. split.
    - by rewrite (rc_find_closed s) Z.eqb_refl.
    - intros k Hk. rewrite (rc_find_closed s) rc_find_view. case: Z.eqb_spec=> [?|_]; [done|].
      destruct (tbl_get (rc_handles s) k) as [[b'|]|] eqn:Hget; [|done..]. simpl.
      rewrite tbl_get_set. case: Z.eqb_spec=> [?|//]. subst b'. rewrite Hb.
      destruct Hk. apply (Honly k x). by apply rc_find_Some.
  Qed.

  Lemma rc_model_strong_count_spec s h b x : rc_inv s →
    rc_find s h = Some (b, x) →
    rc_step s (RcStrongCount h) = (s, RcCount (rc_handles_of s b + box_leaked x)).
  Proof.
    intros Hinv Hfind. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as (<-&_).
    by rewrite /= /rc_strong_count Hfind.
  Qed.
  Lemma rc_model_get_spec s h b x :
    rc_find s h = Some (b, x) →
    rc_step s (RcGet h) = (s, RcPayload (box_payload x)).
  Proof. intros Hfind. by rewrite /= /rc_get Hfind. Qed.

  Lemma rc_model_leak_spec s h b x n : rc_inv s →
    rc_find s h = Some (b, x) → 0 ≤ n → box_strong x + n ≤ word_max →
    ∃ s', rc_step s (RcLeak h n) = (s', RcLeaked) ∧
      rc_find s' h =
        Some (b, RcBox (box_strong x + n) (box_leaked x + n) (box_payload x)).
  Proof.
    intros Hinv Hfind Hn Hle. pose proof (rc_find_ok _ _ _ _ Hinv Hfind) as Hok.
    rewrite /= /rc_leak Hfind.
    rewrite (proj2 (word_checked_add_Some _ _ (box_strong x + n))) //.
    rewrite (rc_leak_leaked_small s b) //. apply rc_find_Some in Hfind as [Hh Hb].
    eexists. split; [done|]. apply rc_find_Some. split; [done|].
    by eapply tbl_get_set_same.
  Qed.

  Lemma rc_model_bad_handle_spec s o h :
    rc_op_handle o = Some h → rc_find s h = None → rc_step s o = (s, RcBadHandle).
  Proof.
    intros Ho Hfind. destruct o; simpl in *; simplify_eq;
      rewrite /rc_clone /rc_drop /rc_strong_count /rc_get /rc_leak Hfind //.
  Qed.

  Lemma rc_model_freed_once_spec s o b :
    tbl_get (rc_boxes s) b = Some None →
    tbl_get (rc_boxes (rc_step s o).1) b = Some None ∧
    ∀ es, (rc_step s o).2 = RcDropped es → RcMemoryFreed b ∉ es.
  Proof.
    intros Hb. destruct o as [p|h|h|h|h|h n]; simpl.
    - split; [by apply tbl_get_push_old|done].
    - rewrite /rc_clone. destruct (rc_find s h) as [[b' x]|] eqn:Hfind; [|done].
      apply rc_find_Some in Hfind as [Hh Hb'].
      destruct (rc_clone_count _); [|done]. split; [|done]. simpl.
      rewrite tbl_get_set_other //. naive_solver.
    - rewrite /rc_drop. destruct (rc_find s h) as [[b' x]|] eqn:Hfind; [|done].
      apply rc_find_Some in Hfind as [Hh Hb']. assert (b ≠ b') by naive_solver.
      destruct (rc_drop_count _); simpl; (split; [by rewrite tbl_get_set_other|]);
        intros es [= <-]; set_solver.
    - rewrite /rc_strong_count. by destruct (rc_find s h) as [[]|].
    - rewrite /rc_get. by destruct (rc_find s h) as [[]|].
    - rewrite /rc_leak. destruct (rc_find s h) as [[b' x]|] eqn:Hfind; [|done].
      apply rc_find_Some in Hfind as [Hh Hb'].
      destruct (word_checked_add _ _); [|done]. split; [|done]. simpl.
      rewrite tbl_get_set_other //. naive_solver.
  Qed.
End count_model.
