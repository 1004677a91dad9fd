(** * Machine words

The executable models count with 64-bit words. A word is an integer between 0
and 2⁶⁴ − 1 ([word_ok]); every operation is a constant of its own, so that the
extraction to Rust can replace each by the native [u64] operation and nothing
else of the integers reaches the generated code. [word_ok] in, [word_ok] out:
that is what makes the replacement right, and the lemmas [word_*_ok] say so.

- [word_wrapping_add], [word_wrapping_sub]: modulo 2⁶⁴, as the hardware does;
- [word_checked_add], [word_checked_sub]: [None] when the result is no word;
- [word_eqb], [word_ltb], [word_leb]: comparisons;
- [word_max]: 2⁶⁴ − 1.

Key results: [word_wrapping_add_small], [word_wrapping_add_overflow], and
[word_wrap_int_wrap], which ties the models' words to λRust's [u64].

Source: the methods of [u64] in Rust's standard library. *)
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Definition word : Type := Z.

Definition word_max : word := 18446744073709551615.
Definition word_modulus : Z := 18446744073709551616.
Definition word_ok (w : word) : Prop := 0 ≤ w ≤ word_max.

(** The only word congruent to [z] modulo 2⁶⁴. *)
Definition word_wrap (z : Z) : word := z `mod` word_modulus.

Definition word_wrapping_add (a b : word) : word := word_wrap (a + b).
Definition word_wrapping_sub (a b : word) : word := word_wrap (a - b).
Definition word_eqb (a b : word) : bool := a =? b.
Definition word_ltb (a b : word) : bool := a <? b.
Definition word_leb (a b : word) : bool := a <=? b.
Definition word_checked_add (a b : word) : option word :=
  if a + b <=? word_max then Some (a + b) else None.
Definition word_checked_sub (a b : word) : option word :=
  if b <=? a then Some (a - b) else None.

(** ** Ranges *)
Lemma word_max_pow : word_max = 2 ^ 64 - 1.
Proof. done. Qed.
Lemma word_modulus_max : word_modulus = word_max + 1.
Proof. done. Qed.

Lemma word_wrap_ok z : word_ok (word_wrap z).
Proof.
  rewrite /word_ok /word_wrap.
  pose proof (Z.mod_pos_bound z word_modulus ltac:(done)) as Hz.
  unfold word_max, word_modulus in *. lia.
Qed.
Lemma word_wrap_id w : word_ok w → word_wrap w = w.
Proof.
  rewrite /word_ok /word_wrap /word_max /word_modulus=> ?. apply Z.mod_small. lia.
Qed.
Lemma word_max_ok : word_ok word_max.
Proof. done. Qed.
Lemma word_wrapping_add_ok a b : word_ok (word_wrapping_add a b).
Proof. apply word_wrap_ok. Qed.
Lemma word_wrapping_sub_ok a b : word_ok (word_wrapping_sub a b).
Proof. apply word_wrap_ok. Qed.
Lemma word_checked_add_ok a b c :
  word_ok a → word_ok b → word_checked_add a b = Some c → word_ok c.
Proof. rewrite /word_checked_add /word_ok=> ??. case: Z.leb_spec; naive_solver lia. Qed.
Lemma word_checked_sub_ok a b c :
  word_ok a → word_ok b → word_checked_sub a b = Some c → word_ok c.
Proof. rewrite /word_checked_sub /word_ok=> ??. case: Z.leb_spec; naive_solver lia. Qed.

(** ** What each operation computes *)
Lemma word_wrapping_add_small a b :
  0 ≤ a + b ≤ word_max → word_wrapping_add a b = a + b.
Proof. intros ?. by apply word_wrap_id. Qed.
Lemma word_wrapping_add_overflow a b :
  word_ok a → word_ok b → word_max < a + b →
  word_wrapping_add a b = a + b - word_modulus.
Proof.
  rewrite /word_ok /word_wrapping_add /word_wrap /word_max /word_modulus=> ???.
  symmetry. apply (Z.mod_unique _ _ 1); lia.
Qed.
Lemma word_wrapping_add_max_1 : word_wrapping_add word_max 1 = 0.
Proof. done. Qed.
Lemma word_wrapping_sub_small a b :
  0 ≤ a - b ≤ word_max → word_wrapping_sub a b = a - b.
Proof. intros ?. by apply word_wrap_id. Qed.
Lemma word_wrapping_sub_add a b : word_ok a →
  word_wrapping_sub (word_wrapping_add a b) b = a.
Proof.
  intros Ha. rewrite /word_wrapping_sub /word_wrapping_add /word_wrap.
  rewrite Zminus_mod_idemp_l Z.add_simpl_r. by apply word_wrap_id.
Qed.

Lemma word_eqb_spec a b : reflect (a = b) (word_eqb a b).
Proof. apply Z.eqb_spec. Qed.
Lemma word_ltb_spec a b : reflect (a < b) (word_ltb a b).
Proof. apply Z.ltb_spec0. Qed.
Lemma word_leb_spec a b : reflect (a ≤ b) (word_leb a b).
Proof. apply Z.leb_spec0. Qed.
Lemma word_checked_add_Some a b c :
  word_checked_add a b = Some c ↔ a + b ≤ word_max ∧ c = a + b.
Proof.
  rewrite /word_checked_add. case: Z.leb_spec; naive_solver lia.
Qed.
Lemma word_checked_add_None a b : word_checked_add a b = None ↔ word_max < a + b.
Proof. rewrite /word_checked_add. case: Z.leb_spec; naive_solver lia. Qed.
Lemma word_checked_sub_Some a b c :
  word_checked_sub a b = Some c ↔ b ≤ a ∧ c = a - b.
Proof.
  rewrite /word_checked_sub. case: Z.leb_spec; naive_solver lia.
Qed.
Lemma word_checked_sub_None a b : word_checked_sub a b = None ↔ a < b.
Proof. rewrite /word_checked_sub. case: Z.leb_spec; naive_solver lia. Qed.

(** ** The tie to λRust: a word is what [u64] and [usize] hold. *)
Lemma word_ok_in_int_range w : word_ok w ↔ in_int_range u64 w.
Proof. done. Qed.
Lemma word_wrap_int_wrap z : word_wrap z = int_wrap u64 z.
Proof.
  rewrite /word_wrap /int_wrap /int_min /= Z.sub_0_r Z.add_0_r //.
Qed.
