(** * Tables

What the executable models keep their cells and their handles in: a sequence
indexed by words, that only ever grows. As with words, the operations are
constants of their own: the Rust side replaces a table by a vector, updated in
place. An index out of range reads as [None] and is not written.

[tbl_count f t] is the number of entries that satisfy [f]; with it the models
state that a count equals the number of handles that hold a share.

Key results: [tbl_get_set], [tbl_get_push], [tbl_count_set], [tbl_count_push]. *)
From tally.model Require Import word.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition table (A : Type) : Type := list A.

Definition tbl_empty {A} : table A := [].
Fixpoint tbl_len {A} (t : table A) : word :=
  match t with [] => 0 | _ :: t' => Z.succ (tbl_len t') end.
Fixpoint tbl_get {A} (t : table A) (i : word) : option A :=
  match t with
  | [] => None
  | x :: t' => if i =? 0 then Some x else tbl_get t' (Z.pred i)
  end.
Fixpoint tbl_set {A} (t : table A) (i : word) (y : A) : table A :=
  match t with
  | [] => []
  | x :: t' => if i =? 0 then y :: t' else x :: tbl_set t' (Z.pred i) y
  end.
Definition tbl_push {A} (t : table A) (x : A) : table A := t ++ [x].
(** [n] times [x]. *)
Definition tbl_make {A} (n : word) (x : A) : table A := replicate (Z.to_nat n) x.

(** Specification-level only: the models never count. *)
Fixpoint tbl_count {A} (f : A → bool) (t : table A) : Z :=
  match t with [] => 0 | x :: t' => Z.b2z (f x) + tbl_count f t' end.

Section table.
  Context {A : Type}.
  Implicit Types (t : table A) (i j : word) (x y : A) (f : A → bool).

  Lemma tbl_len_nonneg t : 0 ≤ tbl_len t.
  Proof. induction t as [|x t IH]; simpl; lia. Qed.
  Lemma tbl_len_push t x : tbl_len (tbl_push t x) = tbl_len t + 1.
  Proof. rewrite /tbl_push. induction t as [|y t IH]; simpl; lia. Qed.
  Lemma tbl_len_set t i y : tbl_len (tbl_set t i y) = tbl_len t.
  Proof.
    revert i. induction t as [|x t IH]; intros i; simpl; [done|].
    destruct (i =? 0); simpl; [done|]. by rewrite IH.
  Qed.

  Lemma tbl_get_is_Some t i : is_Some (tbl_get t i) ↔ 0 ≤ i < tbl_len t.
  Proof.
    revert i. induction t as [|x t IH]; intros i; simpl.
    { split; [by intros []|lia]. }
    pose proof (tbl_len_nonneg t). case: Z.eqb_spec=> Hi.
    { split; [lia|by eexists]. }
    rewrite IH. lia.
  Qed.
  Lemma tbl_get_range t i x : tbl_get t i = Some x → 0 ≤ i < tbl_len t.
  Proof. intros Ht. apply tbl_get_is_Some. by eexists. Qed.
  Lemma tbl_get_None t i : tbl_get t i = None ↔ ¬ (0 ≤ i < tbl_len t).
  Proof. by rewrite -tbl_get_is_Some eq_None_not_Some. Qed.

  Lemma tbl_get_push t x i :
    tbl_get (tbl_push t x) i = if i =? tbl_len t then Some x else tbl_get t i.
  Proof.
    rewrite /tbl_push. revert i. induction t as [|y t IH]; intros i; simpl.
    { by case: Z.eqb_spec. }
    pose proof (tbl_len_nonneg t). rewrite IH.
    repeat case: Z.eqb_spec=> ?; first [done|lia].
  Qed.
  Lemma tbl_get_push_len t x : tbl_get (tbl_push t x) (tbl_len t) = Some x.
  Proof. by rewrite tbl_get_push Z.eqb_refl. Qed.
  Lemma tbl_get_push_old t x i y :
    tbl_get t i = Some y → tbl_get (tbl_push t x) i = Some y.
  Proof.
    intros Hi. rewrite tbl_get_push. apply tbl_get_range in Hi as ?.
    case: Z.eqb_spec=> ?; [lia|done].
  Qed.

  Lemma tbl_get_set t i y j :
    tbl_get (tbl_set t i y) j =
      if j =? i then (if tbl_get t i then Some y else None) else tbl_get t j.
  Proof.
    revert i j. induction t as [|x t IH]; intros i j; simpl.
    { by case: Z.eqb_spec. }
    case: (Z.eqb_spec i 0)=> Hi; simpl.
    { subst i. by case: (Z.eqb_spec j 0). }
    rewrite IH. repeat case: Z.eqb_spec=> ?; first [done|lia].
  Qed.
  Lemma tbl_get_set_same t i x y :
    tbl_get t i = Some x → tbl_get (tbl_set t i y) i = Some y.
  Proof. intros Hi. by rewrite tbl_get_set Z.eqb_refl Hi. Qed.
  Lemma tbl_get_set_other t i y j :
    j ≠ i → tbl_get (tbl_set t i y) j = tbl_get t j.
  Proof. intros Hj. rewrite tbl_get_set. by case: Z.eqb_spec. Qed.

  Lemma tbl_get_make n x i y : tbl_get (tbl_make n x) i = Some y → y = x.
  Proof.
    rewrite /tbl_make. generalize (Z.to_nat n)=> k. revert i.
    induction k as [|k IH]; intros i; simpl; [done|].
    destruct (i =? 0); [naive_solver|]. apply IH.
  Qed.
  Lemma tbl_len_make n x : 0 ≤ n → tbl_len (tbl_make n x) = n.
  Proof.
    intros Hn. rewrite -{2}(Z2Nat.id n) // /tbl_make.
    induction (Z.to_nat n) as [|k IH]; simpl; lia.
  Qed.
  Lemma tbl_set_get t i x : tbl_get t i = Some x → tbl_set t i x = t.
  Proof.
    revert i. induction t as [|y t IH]; intros i; simpl; [done|].
    destruct (i =? 0); [by intros [= ->]|]. intros Hi. by rewrite IH.
  Qed.
  Lemma tbl_set_set t i x y : tbl_set (tbl_set t i x) i y = tbl_set t i y.
  Proof.
    revert i. induction t as [|z t IH]; intros i; simpl; [done|].
    destruct (i =? 0) eqn:Hi; rewrite /= Hi //. by rewrite IH.
  Qed.

  Lemma tbl_count_nonneg f t : 0 ≤ tbl_count f t.
  Proof. induction t as [|x t IH]; simpl; [done|]. destruct (f x); simpl; lia. Qed.
  Lemma tbl_count_push f t x :
    tbl_count f (tbl_push t x) = tbl_count f t + Z.b2z (f x).
  Proof. rewrite /tbl_push. induction t as [|y t IH]; simpl; lia. Qed.
  Lemma tbl_count_set f t i x y : tbl_get t i = Some x →
    tbl_count f (tbl_set t i y) = tbl_count f t - Z.b2z (f x) + Z.b2z (f y).
  Proof.
    revert i. induction t as [|z t IH]; intros i; simpl; [done|].
    case: (Z.eqb_spec i 0)=> Hi.
    { intros [= ->]. simpl. lia. }
    intros Ht. simpl. rewrite (IH _ Ht). lia.
  Qed.
  (** An entry that satisfies [f] is counted, and two of them twice. *)
  Lemma tbl_count_get f t i x :
    tbl_get t i = Some x → Z.b2z (f x) ≤ tbl_count f t.
  Proof.
    revert i. induction t as [|z t IH]; intros i; simpl; [done|].
    case: (Z.eqb_spec i 0)=> Hi.
    { intros [= ->]. pose proof (tbl_count_nonneg f t). lia. }
    intros Ht. pose proof (IH _ Ht). destruct (f z); simpl; lia.
  Qed.
  Lemma tbl_count_get_2 f t i j x y : i ≠ j →
    tbl_get t i = Some x → tbl_get t j = Some y →
    Z.b2z (f x) + Z.b2z (f y) ≤ tbl_count f t.
  Proof.
    revert i j. induction t as [|z t IH]; intros i j Hij; simpl; [done|].
    case: (Z.eqb_spec i 0)=> Hi; case: (Z.eqb_spec j 0)=> Hj; [lia|..].
    - intros [= ->] Ht%(tbl_count_get f). lia.
    - intros Ht%(tbl_count_get f) [= ->]. lia.
    - intros Hx Hy. pose proof (IH (Z.pred i) (Z.pred j) ltac:(lia) Hx Hy).
      destruct (f z); simpl; lia.
  Qed.
  Lemma tbl_count_0 f t :
    (∀ i x, tbl_get t i = Some x → f x = false) → tbl_count f t = 0.
  Proof.
    induction t as [|z t IH]; intros Hf; simpl; [done|].
    rewrite (Hf 0 z) //= IH //. intros i x Hi.
    apply (Hf (Z.succ i) x). simpl. apply tbl_get_range in Hi as ?.
    case: Z.eqb_spec=> ?; [lia|]. by rewrite Z.pred_succ.
  Qed.
  (** The only entry that satisfies [f] is counted once. *)
  Lemma tbl_count_1 f t i x : tbl_get t i = Some x → f x = true →
    (∀ j y, tbl_get t j = Some y → f y = true → j = i) → tbl_count f t = 1.
  Proof.
    revert i. induction t as [|z t IH]; intros i; simpl; [done|].
    case: (Z.eqb_spec i 0)=> Hi.
    - intros [= ->] Hx Hf. rewrite Hx /= tbl_count_0 //. intros j y Hj.
      destruct (f y) eqn:Hy; [|done]. apply tbl_get_range in Hj as ?.
      assert (Z.succ j = i); [|lia]. apply (Hf _ y); [|done].
      case: Z.eqb_spec=> ?; [lia|]. by rewrite Z.pred_succ.
    - intros Ht Hx Hf. rewrite (IH _ Ht Hx).
      + destruct (f z) eqn:Hz; simpl; [|done].
        exfalso. apply Hi. symmetry. by apply (Hf 0 z).
      + intros j y Hj Hy. apply tbl_get_range in Hj as ?.
        assert (Z.succ j = i); [|lia]. apply (Hf _ y); [|done].
        case: Z.eqb_spec=> ?; [lia|]. by rewrite Z.pred_succ.
  Qed.
  Lemma tbl_count_ext f g t :
    (∀ i x, tbl_get t i = Some x → f x = g x) → tbl_count f t = tbl_count g t.
  Proof.
    induction t as [|z t IH]; intros Hf; simpl; [done|].
    rewrite (Hf 0 z) // IH //. intros i x Hi.
    apply (Hf (Z.succ i) x). simpl. apply tbl_get_range in Hi as ?.
    case: Z.eqb_spec=> ?; [lia|]. by rewrite Z.pred_succ.
  Qed.
  Lemma tbl_count_empty f : tbl_count f tbl_empty = 0.
  Proof. done. Qed.
End table.
