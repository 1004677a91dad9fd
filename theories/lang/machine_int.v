(** * Machine integers

A value of λRust holds a mathematical integer; what makes it a [u64] or an
[i32] is the type at which an operation is applied. This file defines those
types, their ranges, the wrapping of an arbitrary integer into a range, and the
exact (unbounded) result of an arithmetic operation. An operation at type [t]
then comes in three forms, all defined from the exact result:

- wrapping: the exact result, reduced into the range;
- overflow flag: whether the exact result is out of range;
- unchecked: the exact result, which must be in range (undefined behaviour,
  hence a stuck program, otherwise).

The form that aborts is library code ([lang/lib/checked.v]).

Key results: [int_wrap_in_range], [int_wrap_id], [int_wrap_add_wrap_r], and
[int_wrap_max_succ] for the one wrap-around that reference counts meet. Only [pointer_bits] knows how wide a
pointer is, and no lemma but those about concrete numbers depends on it.

Source: the semantics of integer types in The Rust Reference. RustBelt's λRust
has unbounded integers only. *)
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Inductive int_size := W8 | W16 | W32 | W64 | W128 | WPtr.
Record int_type := IntType { int_width : int_size; int_signed : bool }.

Global Instance int_size_eq_dec : EqDecision int_size.
Proof. solve_decision. Defined.
Global Instance int_type_eq_dec : EqDecision int_type.
Proof. solve_decision. Defined.

(** The width of a pointer, in bits: the only place that fixes the target. *)
Definition pointer_bits : Z := 64.

Definition int_bits (t : int_type) : Z :=
  match int_width t with
  | W8 => 8 | W16 => 16 | W32 => 32 | W64 => 64 | W128 => 128
  | WPtr => pointer_bits
  end.

Definition u8 : int_type := IntType W8 false.
Definition u16 : int_type := IntType W16 false.
Definition u32 : int_type := IntType W32 false.
Definition u64 : int_type := IntType W64 false.
Definition u128 : int_type := IntType W128 false.
Definition usize : int_type := IntType WPtr false.
Definition i8 : int_type := IntType W8 true.
Definition i16 : int_type := IntType W16 true.
Definition i32 : int_type := IntType W32 true.
Definition i64 : int_type := IntType W64 true.
Definition i128 : int_type := IntType W128 true.
Definition isize : int_type := IntType WPtr true.

(** How many values a type has, its least one, and its greatest one. *)
Definition int_modulus (t : int_type) : Z := 2 ^ int_bits t.
Definition int_min (t : int_type) : Z :=
  if int_signed t then - 2 ^ (int_bits t - 1) else 0.
Definition int_max (t : int_type) : Z := int_min t + int_modulus t - 1.

Definition in_int_range (t : int_type) (z : Z) : Prop := int_min t ≤ z ≤ int_max t.
Global Instance in_int_range_dec t z : Decision (in_int_range t z).
Proof. apply and_dec; apply Z_le_dec. Defined.

(** The only integer in the range of [t] congruent to [z]. *)
Definition int_wrap (t : int_type) (z : Z) : Z :=
  (z - int_min t) `mod` int_modulus t + int_min t.

Lemma int_bits_pos t : 0 < int_bits t.
Proof. by destruct t as [[] ?]. Qed.
Lemma int_modulus_pos t : 0 < int_modulus t.
Proof. apply Z.pow_pos_nonneg; [done|]. pose proof (int_bits_pos t). lia. Qed.

Lemma int_wrap_in_range t z : in_int_range t (int_wrap t z).
Proof.
  pose proof (Z.mod_pos_bound (z - int_min t) (int_modulus t) (int_modulus_pos t)).
  rewrite /in_int_range /int_wrap /int_max. lia.
Qed.
Lemma int_wrap_id t z : in_int_range t z → int_wrap t z = z.
Proof.
  rewrite /in_int_range /int_wrap /int_max=> ?.
  rewrite Z.mod_small; lia.
Qed.
Lemma int_wrap_idemp t z : int_wrap t (int_wrap t z) = int_wrap t z.
Proof. apply int_wrap_id, int_wrap_in_range. Qed.
Lemma int_wrap_add_modulus t z k : int_wrap t (z + k * int_modulus t) = int_wrap t z.
Proof.
  rewrite /int_wrap. replace (z + k * int_modulus t - int_min t)
    with (z - int_min t + k * int_modulus t) by lia.
  by rewrite Z_mod_plus_full.
Qed.
(** Past its maximum a type starts again at its minimum. *)
Lemma int_wrap_max_succ t : int_wrap t (int_max t + 1) = int_min t.
Proof.
  rewrite /int_wrap /int_max.
  replace (int_min t + int_modulus t - 1 + 1 - int_min t) with (1 * int_modulus t) by lia.
  by rewrite Z_mod_mult.
Qed.
(** Adding the wrapped [z2] is adding [z2]: subtraction by fetch-and-add. *)
Lemma int_wrap_add_wrap_r t z1 z2 :
  int_wrap t (z1 + int_wrap t z2) = int_wrap t (z1 + z2).
Proof.
  rewrite {2}/int_wrap. set (m := int_modulus t). set (a := int_min t).
  replace (z1 + ((z2 - a) `mod` m + a)) with (z1 + z2 + - ((z2 - a) / m) * m).
  { apply int_wrap_add_modulus. }
  pose proof (Z_div_mod_eq_full (z2 - a) m). lia.
Qed.
Lemma int_wrap_unsigned t z :
  int_signed t = false → int_wrap t z = z `mod` int_modulus t.
Proof. intros Ht. by rewrite /int_wrap /int_min Ht Z.sub_0_r Z.add_0_r. Qed.
Lemma in_int_range_unsigned t z :
  int_signed t = false → in_int_range t z ↔ 0 ≤ z < int_modulus t.
Proof. intros Ht. rewrite /in_int_range /int_max /int_min Ht. lia. Qed.

(** ** Arithmetic *)
Inductive arith_op :=
  | AddOp | SubOp | MulOp | QuotOp | RemOp | AndOp | OrOp | XorOp.
Global Instance arith_op_eq_dec : EqDecision arith_op.
Proof. solve_decision. Defined.

(** The exact result. Division truncates towards zero, as Rust's; by zero it has
    no result. The bitwise operations are those of infinite two's complement. *)
Definition arith_eval (a : arith_op) (z1 z2 : Z) : option Z :=
  match a with
  | AddOp => Some (z1 + z2)
  | SubOp => Some (z1 - z2)
  | MulOp => Some (z1 * z2)
  | QuotOp => if decide (z2 = 0) then None else Some (Z.quot z1 z2)
  | RemOp => if decide (z2 = 0) then None else Some (Z.rem z1 z2)
  | AndOp => Some (Z.land z1 z2)
  | OrOp => Some (Z.lor z1 z2)
  | XorOp => Some (Z.lxor z1 z2)
  end.

(** The exact result of an operation whose operands are of type [t]. *)
Definition arith_eval_at (t : int_type) (a : arith_op) (z1 z2 : Z) : option Z :=
  if decide (in_int_range t z1 ∧ in_int_range t z2) then arith_eval a z1 z2 else None.

Lemma arith_eval_at_Some t a z1 z2 z :
  arith_eval_at t a z1 z2 = Some z ↔
  in_int_range t z1 ∧ in_int_range t z2 ∧ arith_eval a z1 z2 = Some z.
Proof. rewrite /arith_eval_at. case_decide; naive_solver. Qed.

(** Does the operation stay in the range of [t]? The result says so, but for the
remainder, which a processor gets from the quotient: at a signed type the remainder
of the least value by −1 overflows, although it is 0. *)
Definition arith_fits (t : int_type) (a : arith_op) (z1 z2 z : Z) : Prop :=
  in_int_range t (match a with RemOp => Z.quot z1 z2 | _ => z end).
Global Instance arith_fits_dec t a z1 z2 z : Decision (arith_fits t a z1 z2 z).
Proof. apply in_int_range_dec. Defined.

Lemma int_range_0 t : int_min t ≤ 0 ≤ int_max t.
Proof.
  rewrite /int_max /int_min /int_modulus. pose proof (int_bits_pos t).
  destruct (int_signed t).
  - assert (2 ^ int_bits t = 2 * 2 ^ (int_bits t - 1)).
    { rewrite -Z.pow_succ_r; [|lia]. f_equal. lia. }
    assert (0 < 2 ^ (int_bits t - 1)) by (apply Z.pow_pos_nonneg; lia). lia.
  - assert (0 < 2 ^ int_bits t) by (apply Z.pow_pos_nonneg; lia). lia.
Qed.

(** The remainder lies between 0 and the dividend. *)
Lemma int_range_rem t z1 z2 :
  z2 ≠ 0 → in_int_range t z1 → in_int_range t (Z.rem z1 z2).
Proof.
  intros Hz2. rewrite /in_int_range. pose proof (int_range_0 t).
  assert (0 ≤ z1 → 0 ≤ Z.rem z1 z2 ≤ z1) as Hpos.
  { intros ?. split; [by apply Z.rem_nonneg|].
    destruct (decide (0 < z2)); [by apply Z.rem_le; lia|].
    rewrite -Z.rem_opp_r //. apply Z.rem_le; lia. }
  assert (z1 ≤ 0 → z1 ≤ Z.rem z1 z2 ≤ 0) as Hneg.
  { intros ?. pose proof (Z.rem_opp_l z1 z2 Hz2).
    assert (0 ≤ Z.rem (- z1) z2 ≤ - z1); [|lia].
    split; [apply Z.rem_nonneg; lia|].
    destruct (decide (0 < z2)); [by apply Z.rem_le; lia|].
    rewrite -Z.rem_opp_r //. apply Z.rem_le; lia. }
  lia.
Qed.

Lemma arith_fits_in_range t a z1 z2 z :
  arith_eval_at t a z1 z2 = Some z → arith_fits t a z1 z2 z → in_int_range t z.
Proof.
  intros (Hz1 & _ & Hz)%arith_eval_at_Some. rewrite /arith_fits.
  destruct a; try done. simpl in Hz. case_decide; simplify_eq.
  intros _. by apply int_range_rem.
Qed.
