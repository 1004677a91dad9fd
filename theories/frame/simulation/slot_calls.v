(** * Calls of the programs, and steps of the machine

[op_call base src s o] is the call that stands for the operation [o] of the machine of
[model/slot_model.v], in its state [s]: a handle is the address of its slot, in an array of
slots at [base]. [op_answer] is what the call returns where the machine answers something.

The steps of the machine are computed from the state that a slot's word stands for
([step_from_unused] and the others), in the form in which [slot_runs.v] needs them.

[crate_op]: the operations that are compared. Left out: the halves of constructions and
drops, forgotten shares, reading the metadata. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import notation.
From tally.model Require Import word table rc_count slot_count slot_model slot_model_sig.
From tally.frame.slot Require Import frame_state frame_code slot_specs number_dict.
From tally.frame.simulation Require Import slot_bridge_model.
From tally.prelude Require Import options.

(** ** Calls *)
Definition crate_op (o : frame_op) : Prop :=
  match o with
  | FrameFromUnused _ _ _ | FrameFromInUse _ | FrameFromUnique _ | FrameTryFromShared _
  | FrameClone _ | FrameDrop _ | FrameRefCount _ => True
  | _ => False
  end.

(** The slot of page [i], in an expression. *)
Definition slot_expr (base : expr) (i : Z) : expr := base +ₗ #(slot_cells 1 * i).
(** The call of an operation. The machine refuses a handle that is not live, or not of the
type, and then there is no call: no Rust program would compile. *)
Definition op_call (base src : expr) (s : frame_state) (o : frame_op) : expr :=
  let limit := (page_size * tbl_len (frame_slots s))%Z in
  match o with
  | FrameFromUnused k i m =>
      src <- #m;;
      frame_from_unused 1
        [base; (#limit : expr); (#(page_size * i) : expr); (#0 : expr); src;
         (#(kind_unique k) : expr)]
  | FrameFromInUse i => frame_from_in_use 1 [base; (#limit : expr); (#(page_size * i) : expr)]
  | FrameFromUnique h =>
      match handle_at s h with
      | Some (HoldsUnique i) => frame_from_unique [slot_expr base i];; #0
      | _ => #0
      end
  | FrameTryFromShared h =>
      match handle_at s h with
      | Some (HoldsShared i) => try_from_shared [slot_expr base i]
      | _ => #0
      end
  | FrameClone h =>
      match handle_at s h with
      | Some (HoldsShared i) => frame_clone [slot_expr base i];; #0
      | _ => #0
      end
  | FrameDrop h =>
      match handle_at s h with
      | Some (HoldsShared i) => number_drop [slot_expr base i];; #0
      | Some (HoldsUnique i) => number_unique_drop [slot_expr base i];; #0
      | _ => #0
      end
  | FrameRefCount h =>
      match handle_at s h with
      | Some (HoldsShared i) => reference_count [slot_expr base i]
      | _ => #0
      end
  | _ => #0
  end.
(** What the call returns where the machine answers [r]. *)
Definition op_answer (o : frame_op) (r : frame_outcome) : Z :=
  match o, r with
  | _, FrameFailed e => error_code e
  | _, FrameCount n => n
  | FrameTryFromShared _, FrameHandle _ => 1
  | _, _ => 0
  end.

(** The handle of an operation, and the kinds of handle that the operation takes. *)
Definition op_handle (o : frame_op) : option word :=
  match o with
  | FrameFromUnique h | FrameTryFromShared h | FrameClone h | FrameDrop h
  | FrameRefCount h => Some h
  | _ => None
  end.
Definition op_takes (o : frame_op) (z : frame_handle) : bool :=
  match o, z with
  | FrameFromUnique _, HoldsUnique _ | FrameDrop _, HoldsUnique _ => true
  | (FrameTryFromShared _ | FrameClone _ | FrameDrop _ | FrameRefCount _), HoldsShared _ =>
      true
  | _, _ => false
  end.

(** ** Tables are lists *)
Section tables.
  Context {A : Type}.
  Implicit Types (t : table A) (i : Z) (x : A).

  Lemma tbl_get_lookup t i x :
    tbl_get t i = Some x → (0 ≤ i)%Z ∧ t !! Z.to_nat i = Some x.
  Proof.
    revert i. induction t as [|y t IH]; intros i; simpl; [done|].
    destruct (Z.eqb_spec i 0) as [->|Hi]; [done|]. intros [Hp Ht]%IH. split; [lia|].
    replace (Z.to_nat i) with (S (Z.to_nat (Z.pred i))) by lia. done.
  Qed.
  Lemma lookup_tbl_get t (i : nat) x : t !! i = Some x → tbl_get t i = Some x.
  Proof.
    revert i. induction t as [|y t IH]; intros i; simpl; [done|].
    destruct i as [|i]; simpl; [done|]. intros Hi. destruct (Z.eqb_spec (S i) 0); [lia|].
    replace (Z.pred (S i)) with (Z.of_nat i) by lia. by apply IH.
  Qed.
  Lemma tbl_set_insert t i x : (0 ≤ i)%Z → tbl_set t i x = <[Z.to_nat i:=x]> t.
  Proof.
    revert i. induction t as [|y t IH]; intros i Hi; simpl; [done|].
    destruct (Z.eqb_spec i 0) as [->|Hne]; [done|].
    replace (Z.to_nat i) with (S (Z.to_nat (Z.pred i))) by lia. simpl. by rewrite IH; [|lia].
  Qed.
  Lemma tbl_set_push_len t x y : tbl_set (tbl_push t x) (tbl_len t) y = tbl_push t y.
  Proof.
    induction t as [|z t IH]; simpl; [done|].
    pose proof (tbl_len_nonneg t). destruct (Z.eqb_spec (Z.succ (tbl_len t)) 0); [lia|].
    by rewrite Z.pred_succ IH.
  Qed.
End tables.

(** ** Steps of the machine, by the state *)
Section steps.
  Implicit Types (s : frame_state) (st : slot_state) (i h : word).

  Lemma handle_at_get s h y :
    handle_at s h = Some y → tbl_get (frame_handles s) h = Some (Some y).
  Proof. rewrite /handle_at. intros. by repeat case_match; simplify_eq. Qed.

  Lemma step_from_unused s k i m x st :
    tbl_get (frame_slots s) i = Some x → slot_word x = state_word st → state_bounded st →
    frame_step s (FrameFromUnused k i m) =
      match claim_error st with
      | Some e => (s, FrameFailed e)
      | None =>
          (FrameState (tbl_set (frame_slots s) i (frame_built k m))
             (tbl_push (frame_handles s) (Some (frame_holds k i))),
           FrameHandle (tbl_len (frame_handles s)))
      end.
  Proof.
    intros Hx Hw Hb.
    rewrite /= /slot_model.frame_from_unused /frame_reserve Hx Hw state_claim //=.
    destruct (claim_error st); [done|].
    rewrite /frame_publish /= tbl_get_push_len /frame_set_handle /frame_set_slot /=.
    by rewrite tbl_set_set tbl_set_push_len.
  Qed.
  Lemma step_from_in_use s i x st :
    tbl_get (frame_slots s) i = Some x → slot_word x = state_word st → state_bounded st →
    (state_word st < slot_max)%Z ∨ from_in_use_error st ≠ None →
    frame_step s (FrameFromInUse i) =
      match from_in_use_error st with
      | Some e => (s, FrameFailed e)
      | None =>
          (FrameState (tbl_set (frame_slots s) i
             (Slot (state_word (from_in_use_state st)) (slot_leaked x) (slot_meta x)))
             (tbl_push (frame_handles s) (Some (HoldsShared i))),
           FrameHandle (tbl_len (frame_handles s)))
      end.
  Proof.
    intros Hx Hw Hb Hroom.
    rewrite /= /slot_model.frame_from_in_use Hx Hw state_from_in_use //.
    destruct (from_in_use_error st); [done|]. rewrite decide_True //. by destruct Hroom.
  Qed.
  (** A handle that the operation does not take. *)
  Lemma step_handle_refused s o h :
    op_handle o = Some h →
    match handle_at s h with
    | Some (HoldsBusy _) => True
    | Some z => op_takes o z = false → frame_step s o = (s, FrameWrongHandle)
    | None => frame_step s o = (s, FrameBadHandle)
    end.
  Proof.
    destruct o; intros [= ->]; rewrite /handle_at;
      (destruct (tbl_get (frame_handles s) h) as [[[]|]|] eqn:Hh; try done; try intros _);
      rewrite /= /slot_model.frame_from_unique /frame_try_from_shared /slot_model.frame_clone
        /slot_model.frame_drop /frame_ref_count /frame_find_shared /frame_let_go Hh //.
  Qed.
  (** With a handle. *)
  Lemma step_from_unique s h i x :
    handle_at s h = Some (HoldsUnique i) → tbl_get (frame_slots s) i = Some x →
    frame_step s (FrameFromUnique h) =
      (FrameState (tbl_set (frame_slots s) i (Slot 1 0 (slot_meta x)))
         (tbl_set (frame_handles s) h (Some (HoldsShared i))), FrameHandle h).
  Proof.
    intros Hh%handle_at_get Hx. by rewrite /= /slot_model.frame_from_unique Hh Hx.
  Qed.
  Lemma step_try_from_shared s h i x st :
    handle_at s h = Some (HoldsShared i) → tbl_get (frame_slots s) i = Some x →
    slot_word x = state_word st → state_bounded st →
    frame_step s (FrameTryFromShared h) =
      if sole_share st then
        (FrameState (tbl_set (frame_slots s) i (Slot slot_unique 0 (slot_meta x)))
           (tbl_set (frame_handles s) h (Some (HoldsUnique i))), FrameHandle h)
      else (s, FrameHandedBack h).
  Proof.
    intros Hh%handle_at_get Hx Hw Hb.
    by rewrite /= /frame_try_from_shared /frame_find_shared Hh Hx Hw state_try_unique.
  Qed.
  Lemma step_clone s h i x n :
    handle_at s h = Some (HoldsShared i) → tbl_get (frame_slots s) i = Some x →
    slot_word x = Z.pos n → (Z.pos n < slot_max)%Z →
    frame_step s (FrameClone h) =
      (FrameState (tbl_set (frame_slots s) i
         (Slot (Z.pos (n + 1)) (slot_leaked x) (slot_meta x)))
         (tbl_push (frame_handles s) (Some (HoldsShared i))),
       FrameHandle (tbl_len (frame_handles s))).
  Proof.
    intros Hh%handle_at_get Hx Hw Hn.
    by rewrite /= /slot_model.frame_clone /frame_find_shared Hh Hx Hw state_clone decide_True.
  Qed.
  Lemma step_drop_shared s h i x n m :
    handle_at s h = Some (HoldsShared i) → tbl_get (frame_slots s) i = Some x →
    slot_word x = Z.pos n → state_bounded (SlotShared n m) →
    ∃ y r, frame_step s (FrameDrop h) =
      (FrameState (tbl_set (frame_slots s) i y) (tbl_set (frame_handles s) h None),
       FrameDropped r) ∧
      slot_word y = state_word (if sole_share (SlotShared n m) then SlotUnused
                                else dropped_state (SlotShared n m)).
  Proof.
    intros Hh%handle_at_get Hx Hw Hb. pose proof (state_drop_count n m Hb) as Hdrop.
    change (state_word (SlotShared n m)) with (Z.pos n) in Hdrop.
    destruct (sole_share (SlotShared n m));
      rewrite /= /slot_model.frame_drop /frame_let_go Hh /= Hx Hw Hdrop.
    - destruct (slot_meta x); rewrite /frame_give_back /frame_set_handle /frame_set_slot /=
        !tbl_set_set; eexists _, _; by split.
    - eexists _, _. by split.
  Qed.
  Lemma step_drop_unique s h i x :
    handle_at s h = Some (HoldsUnique i) → tbl_get (frame_slots s) i = Some x →
    ∃ r, frame_step s (FrameDrop h) =
      (FrameState (tbl_set (frame_slots s) i slot_fresh) (tbl_set (frame_handles s) h None),
       FrameDropped r).
  Proof.
    intros Hh%handle_at_get Hx. rewrite /= /slot_model.frame_drop /frame_let_go Hh /= Hx.
    destruct (slot_meta x); rewrite /frame_give_back /frame_set_handle /frame_set_slot /=
      !tbl_set_set; by eexists.
  Qed.
  Lemma step_ref_count s h i x :
    handle_at s h = Some (HoldsShared i) → tbl_get (frame_slots s) i = Some x →
    frame_step s (FrameRefCount h) = (s, FrameCount (slot_word x)).
  Proof.
    intros Hh%handle_at_get Hx. by rewrite /= /frame_ref_count /frame_find_shared Hh Hx.
  Qed.
End steps.
