
type __ = Obj.t

val xorb : bool -> bool -> bool

val negb : bool -> bool

type nat =
| O
| S of nat

val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option

type ('a, 'b) sum =
| Inl of 'a
| Inr of 'b

val fst : ('a1 * 'a2) -> 'a1

val snd : ('a1 * 'a2) -> 'a2

val length : 'a1 list -> nat

val app : 'a1 list -> 'a1 list -> 'a1 list

type comparison =
| Eq
| Lt
| Gt

type compareSpecT =
| CompEqT
| CompLtT
| CompGtT

val compareSpec2Type : comparison -> compareSpecT

type 'a compSpecT = compareSpecT

val compSpec2Type : 'a1 -> 'a1 -> comparison -> 'a1 compSpecT

val id : __ -> __

type 'a sig0 = 'a
  (* singleton inductive, whose constructor was exist *)



type uint =
| Nil
| D0 of uint
| D1 of uint
| D2 of uint
| D3 of uint
| D4 of uint
| D5 of uint
| D6 of uint
| D7 of uint
| D8 of uint
| D9 of uint

type signed_int =
| Pos of uint
| Neg of uint

val nzhead : uint -> uint

val unorm : uint -> uint

val norm : signed_int -> signed_int

val revapp : uint -> uint -> uint

val rev : uint -> uint

module Little :
 sig
  val succ : uint -> uint
 end

type uint0 =
| Nil0
| D10 of uint0
| D11 of uint0
| D12 of uint0
| D13 of uint0
| D14 of uint0
| D15 of uint0
| D16 of uint0
| D17 of uint0
| D18 of uint0
| D19 of uint0
| Da of uint0
| Db of uint0
| Dc of uint0
| Dd of uint0
| De of uint0
| Df of uint0

type signed_int0 =
| Pos0 of uint0
| Neg0 of uint0

val nzhead0 : uint0 -> uint0

val unorm0 : uint0 -> uint0

val norm0 : signed_int0 -> signed_int0

val revapp0 : uint0 -> uint0 -> uint0

val rev0 : uint0 -> uint0

module Coq_Little :
 sig
  val succ : uint0 -> uint0
 end

type uint1 =
| UIntDecimal of uint
| UIntHexadecimal of uint0

type signed_int1 =
| IntDecimal of signed_int
| IntHexadecimal of signed_int0

val add : nat -> nat -> nat

val sub : nat -> nat -> nat

val compose : ('a2 -> 'a3) -> ('a1 -> 'a2) -> 'a1 -> 'a3

val eqb : bool -> bool -> bool

type reflect =
| ReflectT
| ReflectF

val iff_reflect : bool -> reflect

module Nat :
 sig
  type t = nat

  val zero : nat

  val one : nat

  val two : nat

  val succ : nat -> nat

  val pred : nat -> nat

  val add : nat -> nat -> nat

  val double : nat -> nat

  val mul : nat -> nat -> nat

  val sub : nat -> nat -> nat

  val eqb : nat -> nat -> bool

  val leb : nat -> nat -> bool

  val ltb : nat -> nat -> bool

  val compare : nat -> nat -> comparison

  val max : nat -> nat -> nat

  val min : nat -> nat -> nat

  val even : nat -> bool

  val odd : nat -> bool

  val pow : nat -> nat -> nat

  val tail_add : nat -> nat -> nat

  val tail_addmul : nat -> nat -> nat -> nat

  val tail_mul : nat -> nat -> nat

  val of_uint_acc : uint -> nat -> nat

  val of_uint : uint -> nat

  val of_hex_uint_acc : uint0 -> nat -> nat

  val of_hex_uint : uint0 -> nat

  val of_num_uint : uint1 -> nat

  val to_little_uint : nat -> uint -> uint

  val to_uint : nat -> uint

  val to_little_hex_uint : nat -> uint0 -> uint0

  val to_hex_uint : nat -> uint0

  val to_num_uint : nat -> uint1

  val to_num_hex_uint : nat -> uint1

  val of_int : signed_int -> nat option

  val of_hex_int : signed_int0 -> nat option

  val of_num_int : signed_int1 -> nat option

  val to_int : nat -> signed_int

  val to_hex_int : nat -> signed_int0

  val to_num_int : nat -> signed_int1

  val divmod : nat -> nat -> nat -> nat -> nat * nat

  val div : nat -> nat -> nat

  val modulo : nat -> nat -> nat

  val gcd : nat -> nat -> nat

  val square : nat -> nat

  val sqrt_iter : nat -> nat -> nat -> nat -> nat

  val sqrt : nat -> nat

  val log2_iter : nat -> nat -> nat -> nat -> nat

  val log2 : nat -> nat

  val iter : nat -> ('a1 -> 'a1) -> 'a1 -> 'a1

  val div2 : nat -> nat

  val testbit : nat -> nat -> bool

  val shiftl : nat -> nat -> nat

  val shiftr : nat -> nat -> nat

  val bitwise : (bool -> bool -> bool) -> nat -> nat -> nat -> nat

  val coq_land : nat -> nat -> nat

  val coq_lor : nat -> nat -> nat

  val ldiff : nat -> nat -> nat

  val coq_lxor : nat -> nat -> nat

  val recursion : 'a1 -> (nat -> 'a1 -> 'a1) -> nat -> 'a1

  val eq_dec : nat -> nat -> bool

  val leb_spec0 : nat -> nat -> reflect

  val ltb_spec0 : nat -> nat -> reflect

  module Private_OrderTac :
   sig
    module IsTotal :
     sig
     end

    module Tac :
     sig
     end
   end

  module Private_Tac :
   sig
   end

  module Private_Dec :
   sig
    val max_case_strong :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__ ->
      'a1) -> 'a1

    val max_case :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1

    val max_dec : nat -> nat -> bool

    val min_case_strong :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__ ->
      'a1) -> 'a1

    val min_case :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1

    val min_dec : nat -> nat -> bool
   end

  val max_case_strong : nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1

  val max_case : nat -> nat -> 'a1 -> 'a1 -> 'a1

  val max_dec : nat -> nat -> bool

  val min_case_strong : nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1

  val min_case : nat -> nat -> 'a1 -> 'a1 -> 'a1

  val min_dec : nat -> nat -> bool

  module Private_Parity :
   sig
   end

  module Private_NZPow :
   sig
   end

  module Private_NZSqrt :
   sig
   end

  val sqrt_up : nat -> nat

  val log2_up : nat -> nat

  module Private_NZDiv :
   sig
   end

  val lcm : nat -> nat -> nat

  val eqb_spec : nat -> nat -> reflect

  val b2n : bool -> nat

  val setbit : nat -> nat -> nat

  val clearbit : nat -> nat -> nat

  val ones : nat -> nat

  val lnot : nat -> nat -> nat

  val coq_Even_Odd_dec : nat -> bool

  type coq_EvenT = nat

  type coq_OddT = nat

  val coq_EvenT_0 : coq_EvenT

  val coq_EvenT_2 : nat -> coq_EvenT -> coq_EvenT

  val coq_OddT_1 : coq_OddT

  val coq_OddT_2 : nat -> coq_OddT -> coq_OddT

  val coq_EvenT_S_OddT : nat -> coq_EvenT -> coq_OddT

  val coq_OddT_S_EvenT : nat -> coq_OddT -> coq_EvenT

  val even_EvenT : nat -> coq_EvenT

  val odd_OddT : nat -> coq_OddT

  val coq_Even_EvenT : nat -> coq_EvenT

  val coq_Odd_OddT : nat -> coq_OddT

  val coq_EvenT_OddT_dec : nat -> (coq_EvenT, coq_OddT) sum

  val coq_OddT_EvenT_rect :
    (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
    'a2) -> nat -> coq_OddT -> 'a1

  val coq_EvenT_OddT_rect :
    (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
    'a2) -> nat -> coq_EvenT -> 'a2
 end

module Pos :
 sig
  type mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg
 end

module Coq_Pos :
 sig
  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_N : Big_int_Z.big_int -> Big_int_Z.big_int

  type mask = Pos.mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg

  val succ_double_mask : mask -> mask

  val double_mask : mask -> mask

  val double_pred_mask : Big_int_Z.big_int -> mask

  val sub_mask : Big_int_Z.big_int -> Big_int_Z.big_int -> mask

  val sub_mask_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> mask

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val iter : ('a1 -> 'a1) -> 'a1 -> Big_int_Z.big_int -> 'a1

  val compare_cont :
    comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val max : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val coq_Nsucc_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_Ndouble : Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_lor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_land : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val ldiff : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_lxor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val iter_op : ('a1 -> 'a1 -> 'a1) -> Big_int_Z.big_int -> 'a1 -> 'a1

  val to_nat : Big_int_Z.big_int -> nat

  val of_succ_nat : nat -> Big_int_Z.big_int

  val eq_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool
 end

module N :
 sig
  val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val double : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ_pos : Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val pos_div_eucl :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val coq_lor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_land : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val ldiff : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_lxor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val of_nat : nat -> Big_int_Z.big_int
 end

module Z :
 sig
  val double : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int

  val pos_sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val add : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val opp : Big_int_Z.big_int -> Big_int_Z.big_int

  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val pred : Big_int_Z.big_int -> Big_int_Z.big_int

  val sub : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val mul : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val pow_pos : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val pow : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison

  val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val ltb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val to_nat : Big_int_Z.big_int -> nat

  val to_N : Big_int_Z.big_int -> Big_int_Z.big_int

  val of_nat : nat -> Big_int_Z.big_int

  val of_N : Big_int_Z.big_int -> Big_int_Z.big_int

  val pos_div_eucl :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val div_eucl :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val div : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val modulo : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val quotrem :
    Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int * Big_int_Z.big_int

  val quot : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val rem : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val even : Big_int_Z.big_int -> bool

  val odd : Big_int_Z.big_int -> bool

  val coq_lor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_land : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val coq_lxor : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val eq_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

  val b2z : bool -> Big_int_Z.big_int
 end

val z_lt_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

val z_le_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool

val nth : nat -> 'a1 list -> 'a1 -> 'a1

val nth_error : 'a1 list -> nat -> 'a1 option

val rev_append : 'a1 list -> 'a1 list -> 'a1 list

val list_eq_dec : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list -> bool

val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val flat_map : ('a1 -> 'a2 list) -> 'a1 list -> 'a2 list

val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1

val existsb : ('a1 -> bool) -> 'a1 list -> bool

val forallb : ('a1 -> bool) -> 'a1 list -> bool

val filter : ('a1 -> bool) -> 'a1 list -> 'a1 list

val find : ('a1 -> bool) -> 'a1 list -> 'a1 option

val firstn : nat -> 'a1 list -> 'a1 list

val seq : nat -> nat -> nat list

val list_sum : nat list -> nat

type ascii =
| Ascii of bool * bool * bool * bool * bool * bool * bool * bool

val zero0 : ascii

val one0 : ascii

val shift : bool -> ascii -> ascii

val eqb0 : ascii -> ascii -> bool

val ascii_of_pos : Big_int_Z.big_int -> ascii

val ascii_of_N : Big_int_Z.big_int -> ascii

val ascii_of_nat : nat -> ascii

type string =
| EmptyString
| String of ascii * string

val eqb1 : string -> string -> bool

val append : string -> string -> string

module Coq_Nat :
 sig
  type t = nat

  val zero : nat

  val one : nat

  val two : nat

  val succ : nat -> nat

  val pred : nat -> nat

  val add : nat -> nat -> nat

  val double : nat -> nat

  val mul : nat -> nat -> nat

  val sub : nat -> nat -> nat

  val eqb : nat -> nat -> bool

  val leb : nat -> nat -> bool

  val ltb : nat -> nat -> bool

  val compare : nat -> nat -> comparison

  val max : nat -> nat -> nat

  val min : nat -> nat -> nat

  val even : nat -> bool

  val odd : nat -> bool

  val pow : nat -> nat -> nat

  val tail_add : nat -> nat -> nat

  val tail_addmul : nat -> nat -> nat -> nat

  val tail_mul : nat -> nat -> nat

  val of_uint_acc : uint -> nat -> nat

  val of_uint : uint -> nat

  val of_hex_uint_acc : uint0 -> nat -> nat

  val of_hex_uint : uint0 -> nat

  val of_num_uint : uint1 -> nat

  val to_little_uint : nat -> uint -> uint

  val to_uint : nat -> uint

  val to_little_hex_uint : nat -> uint0 -> uint0

  val to_hex_uint : nat -> uint0

  val to_num_uint : nat -> uint1

  val to_num_hex_uint : nat -> uint1

  val of_int : signed_int -> nat option

  val of_hex_int : signed_int0 -> nat option

  val of_num_int : signed_int1 -> nat option

  val to_int : nat -> signed_int

  val to_hex_int : nat -> signed_int0

  val to_num_int : nat -> signed_int1

  val divmod : nat -> nat -> nat -> nat -> nat * nat

  val div : nat -> nat -> nat

  val modulo : nat -> nat -> nat

  val gcd : nat -> nat -> nat

  val square : nat -> nat

  val sqrt_iter : nat -> nat -> nat -> nat -> nat

  val sqrt : nat -> nat

  val log2_iter : nat -> nat -> nat -> nat -> nat

  val log2 : nat -> nat

  val iter : nat -> ('a1 -> 'a1) -> 'a1 -> 'a1

  val div2 : nat -> nat

  val testbit : nat -> nat -> bool

  val shiftl : nat -> nat -> nat

  val shiftr : nat -> nat -> nat

  val bitwise : (bool -> bool -> bool) -> nat -> nat -> nat -> nat

  val coq_land : nat -> nat -> nat

  val coq_lor : nat -> nat -> nat

  val ldiff : nat -> nat -> nat

  val coq_lxor : nat -> nat -> nat

  val recursion : 'a1 -> (nat -> 'a1 -> 'a1) -> nat -> 'a1

  val eq_dec : nat -> nat -> bool

  val leb_spec0 : nat -> nat -> reflect

  val ltb_spec0 : nat -> nat -> reflect

  module Private_OrderTac :
   sig
    module IsTotal :
     sig
     end

    module Tac :
     sig
     end
   end

  module Private_Tac :
   sig
   end

  module Private_Dec :
   sig
    val max_case_strong :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__ ->
      'a1) -> 'a1

    val max_case :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1

    val max_dec : nat -> nat -> bool

    val min_case_strong :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__ ->
      'a1) -> 'a1

    val min_case :
      nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1

    val min_dec : nat -> nat -> bool
   end

  val max_case_strong : nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1

  val max_case : nat -> nat -> 'a1 -> 'a1 -> 'a1

  val max_dec : nat -> nat -> bool

  val min_case_strong : nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1

  val min_case : nat -> nat -> 'a1 -> 'a1 -> 'a1

  val min_dec : nat -> nat -> bool

  module Private_Parity :
   sig
   end

  module Private_NZPow :
   sig
   end

  module Private_NZSqrt :
   sig
   end

  val sqrt_up : nat -> nat

  val log2_up : nat -> nat

  module Private_NZDiv :
   sig
   end

  val lcm : nat -> nat -> nat

  val eqb_spec : nat -> nat -> reflect

  val b2n : bool -> nat

  val setbit : nat -> nat -> nat

  val clearbit : nat -> nat -> nat

  val ones : nat -> nat

  val lnot : nat -> nat -> nat

  val coq_Even_Odd_dec : nat -> bool

  type coq_EvenT = nat

  type coq_OddT = nat

  val coq_EvenT_0 : coq_EvenT

  val coq_EvenT_2 : nat -> coq_EvenT -> coq_EvenT

  val coq_OddT_1 : coq_OddT

  val coq_OddT_2 : nat -> coq_OddT -> coq_OddT

  val coq_EvenT_S_OddT : nat -> coq_EvenT -> coq_OddT

  val coq_OddT_S_EvenT : nat -> coq_OddT -> coq_EvenT

  val even_EvenT : nat -> coq_EvenT

  val odd_OddT : nat -> coq_OddT

  val coq_Even_EvenT : nat -> coq_EvenT

  val coq_Odd_OddT : nat -> coq_OddT

  val coq_EvenT_OddT_dec : nat -> (coq_EvenT, coq_OddT) sum

  val coq_OddT_EvenT_rect :
    (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
    'a2) -> nat -> coq_OddT -> 'a1

  val coq_EvenT_OddT_rect :
    (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
    'a2) -> nat -> coq_EvenT -> 'a2
 end

type decision = bool

val decide : decision -> bool

type ('a, 'b) relDecision = 'a -> 'b -> decision

val decide_rel : ('a1, 'a2) relDecision -> 'a1 -> 'a2 -> decision

type 'a empty = 'a

val empty0 : 'a1 empty -> 'a1

type 'm mBind = __ -> __ -> (__ -> 'm) -> 'm -> 'm

val mbind : 'a1 mBind -> ('a2 -> 'a1) -> 'a1 -> 'a1

type 'm fMap = __ -> __ -> (__ -> __) -> 'm -> 'm

val fmap : 'a1 fMap -> ('a2 -> 'a3) -> 'a1 -> 'a1

type 'm oMap = __ -> __ -> (__ -> __ option) -> 'm -> 'm

val omap : 'a1 oMap -> ('a2 -> 'a3 option) -> 'a1 -> 'a1

type ('k, 'a, 'm) lookup = 'k -> 'm -> 'a option

val lookup0 : ('a1, 'a2, 'a3) lookup -> 'a1 -> 'a3 -> 'a2 option

type ('k, 'a, 'm) insert = 'k -> 'a -> 'm -> 'm

val insert0 : ('a1, 'a2, 'a3) insert -> 'a1 -> 'a2 -> 'a3 -> 'a3

type ('k, 'm) delete = 'k -> 'm -> 'm

val delete0 : ('a1, 'a2) delete -> 'a1 -> 'a2 -> 'a2

type ('k, 'a, 'm) partialAlter = ('a option -> 'a option) -> 'k -> 'm -> 'm

val partial_alter :
  ('a1, 'a2, 'a3) partialAlter -> ('a2 option -> 'a2 option) -> 'a1 -> 'a3 ->
  'a3

val and_dec : decision -> decision -> decision

val bool_eq_dec : (bool, bool) relDecision

val prod_eq_dec :
  ('a1, 'a1) relDecision -> ('a2, 'a2) relDecision -> ('a1 * 'a2, 'a1 * 'a2)
  relDecision

val bool_decide : decision -> bool

val from_option : ('a1 -> 'a2) -> 'a2 -> 'a1 option -> 'a2

val option_bind : (__ -> __ option) -> __ option -> __ option

val option_fmap : (__ -> __) -> __ option -> __ option

module Coq0_Pos :
 sig
  val eq_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision

  val reverse_go : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

  val reverse : Big_int_Z.big_int -> Big_int_Z.big_int
 end

module Coq_Z :
 sig
  val eq_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision

  val le_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision

  val lt_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision
 end

val list_lookup : (nat, 'a1, 'a1 list) lookup

val list_insert : (nat, 'a1, 'a1 list) insert

val replicate : nat -> 'a1 -> 'a1 list

val reverse0 : 'a1 list -> 'a1 list

val foldl : ('a1 -> 'a2 -> 'a1) -> 'a1 -> 'a2 list -> 'a1

val list_fmap : (__ -> __) -> __ list -> __ list

val list_omap : (__ -> __ option) -> __ list -> __ list

val imap : (nat -> 'a1 -> 'a2) -> 'a1 list -> 'a2 list

val list_eq_dec0 : ('a1, 'a1) relDecision -> ('a1 list, 'a1 list) relDecision

type 'a countable = { encode : ('a -> Big_int_Z.big_int);
                      decode : (Big_int_Z.big_int -> 'a option) }

val inj_countable :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> ('a2
  -> 'a1) -> ('a1 -> 'a2 option) -> 'a2 countable

val inj_countable' :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> ('a2
  -> 'a1) -> ('a1 -> 'a2) -> 'a2 countable

val prod_encode_fst : Big_int_Z.big_int -> Big_int_Z.big_int

val prod_encode_snd : Big_int_Z.big_int -> Big_int_Z.big_int

val prod_encode : Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int

val prod_decode_fst : Big_int_Z.big_int -> Big_int_Z.big_int option

val prod_decode_snd : Big_int_Z.big_int -> Big_int_Z.big_int option

val prod_countable :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> 'a2
  countable -> ('a1 * 'a2) countable

val pos_countable : Big_int_Z.big_int countable

val z_countable : Big_int_Z.big_int countable

type ('k, 'a, 'm) finMapToList = 'm -> ('k * 'a) list

val map_to_list : ('a1, 'a2, 'a3) finMapToList -> 'a3 -> ('a1 * 'a2) list

val map_insert : ('a1, 'a2, 'a3) partialAlter -> ('a1, 'a2, 'a3) insert

val map_delete : ('a1, 'a2, 'a3) partialAlter -> ('a1, 'a3) delete

type 'a pmap_raw =
| PLeaf
| PNode of 'a option * 'a pmap_raw * 'a pmap_raw

val pNode' : 'a1 option -> 'a1 pmap_raw -> 'a1 pmap_raw -> 'a1 pmap_raw

val pempty_raw : 'a1 pmap_raw empty

val plookup_raw : (Big_int_Z.big_int, 'a1, 'a1 pmap_raw) lookup

val psingleton_raw : Big_int_Z.big_int -> 'a1 -> 'a1 pmap_raw

val ppartial_alter_raw :
  ('a1 option -> 'a1 option) -> Big_int_Z.big_int -> 'a1 pmap_raw -> 'a1
  pmap_raw

val pto_list_raw :
  Big_int_Z.big_int -> 'a1 pmap_raw -> (Big_int_Z.big_int * 'a1) list ->
  (Big_int_Z.big_int * 'a1) list

type 'a pmap =
  'a pmap_raw
  (* singleton inductive, whose constructor was PMap *)

val pmap_car : 'a1 pmap -> 'a1 pmap_raw

val pempty : 'a1 pmap empty

val plookup : (Big_int_Z.big_int, 'a1, 'a1 pmap) lookup

val ppartial_alter : (Big_int_Z.big_int, 'a1, 'a1 pmap) partialAlter

val pto_list : (Big_int_Z.big_int, 'a1, 'a1 pmap) finMapToList

type ('k, 'a) gmap =
  'a pmap
  (* singleton inductive, whose constructor was GMap *)

val gmap_lookup :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
  lookup

val gmap_empty :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2) gmap empty

val gmap_partial_alter :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
  partialAlter

val gmap_to_list :
  ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
  finMapToList

type int_size =
| W8
| W16
| W32
| W64
| W128
| WPtr

type int_type = { int_width : int_size; int_signed : bool }

val int_size_eq_dec : (int_size, int_size) relDecision

val int_type_eq_dec : (int_type, int_type) relDecision

val pointer_bits : Big_int_Z.big_int

val int_bits : int_type -> Big_int_Z.big_int

val u8 : int_type

val u16 : int_type

val u32 : int_type

val u64 : int_type

val usize : int_type

val i8 : int_type

val i16 : int_type

val i32 : int_type

val i64 : int_type

val isize : int_type

val int_modulus : int_type -> Big_int_Z.big_int

val int_min : int_type -> Big_int_Z.big_int

val int_max : int_type -> Big_int_Z.big_int

val in_int_range_dec : int_type -> Big_int_Z.big_int -> decision

val int_wrap : int_type -> Big_int_Z.big_int -> Big_int_Z.big_int

type arith_op =
| AddOp
| SubOp
| MulOp
| QuotOp
| RemOp
| AndOp
| OrOp
| XorOp

val arith_eval :
  arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int
  option

val arith_eval_at :
  int_type -> arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int ->
  Big_int_Z.big_int option

val arith_fits_dec :
  int_type -> arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int ->
  Big_int_Z.big_int -> decision

type word = Big_int_Z.big_int

val word_max : word

val word_modulus : Big_int_Z.big_int

val word_wrap : Big_int_Z.big_int -> word

val word_wrapping_add : word -> word -> word

val word_wrapping_sub : word -> word -> word

val word_eqb : word -> word -> bool

val word_ltb : word -> word -> bool

val word_leb : word -> word -> bool

val word_checked_add : word -> word -> word option

val word_checked_sub : word -> word -> word option

type 'a table = 'a list

val tbl_empty : 'a1 table

val tbl_len : 'a1 table -> word

val tbl_get : 'a1 table -> word -> 'a1 option

val tbl_set : 'a1 table -> word -> 'a1 -> 'a1 table

val tbl_push : 'a1 table -> 'a1 -> 'a1 table

val tbl_make : word -> 'a1 -> 'a1 table

type clone_count =
| CloneStored of word
| CloneAborted

type drop_count =
| DropStored of word
| DropLast

type upgrade_count =
| UpgradeNone
| UpgradeStored of word
| UpgradeAborted

type make_mut_count =
| MakeMutInPlace
| MakeMutMoved of word
| MakeMutCloned of word

val rc_clone_count : word -> clone_count

val rc_drop_count : word -> drop_count

val weak_clone_count : word -> clone_count

val weak_drop_count : word -> drop_count

val weak_upgrade_count : word -> upgrade_count

val rc_count_last : word -> bool

val rc_counts_unique : word -> word -> bool

val rc_make_mut_count : word -> word -> make_mut_count

val rc_weak_handles : word -> word -> word

type rc_box = { box_strong : word; box_weak : word; box_leaked : word;
                box_weak_leaked : word; box_content : word option }

type rc_handle =
| HandleStrong of word
| HandleRaw of word
| HandleUnique of word
| HandleWeak of word
| HandleDangling

type rc_state = { rc_boxes : rc_box option table;
                  rc_handles : rc_handle option table }

val rc_init : rc_state

type rc_view =
| ViewClosed
| ViewDangling
| ViewStrong of word * rc_box * word
| ViewRaw of word * rc_box * word
| ViewUnique of word * rc_box * word
| ViewWeak of word * rc_box

val rc_open_box : rc_box option table -> word -> rc_box option

val rc_open_content : rc_box option table -> word -> (rc_box * word) option

val rc_view_of : rc_box option table -> rc_handle option -> rc_view

val rc_find : rc_state -> word -> rc_view

val box_with_strong : rc_box -> word -> rc_box

val box_with_weak : rc_box -> word -> rc_box

val box_with_content : rc_box -> word -> rc_box

val box_fresh : word -> word -> rc_box

val box_hollow : rc_box -> word -> rc_box

val box_end : rc_box -> rc_box option

val rc_update :
  rc_state -> word -> rc_box option -> word -> rc_handle option -> rc_state

val rc_extend : rc_state -> word -> rc_box option -> rc_handle -> rc_state

val rc_set_box : rc_state -> word -> rc_box option -> rc_state

val rc_set_handle : rc_state -> word -> rc_handle option -> rc_state

val rc_push_handle : rc_state -> rc_handle -> rc_state

val rc_push_box : rc_state -> rc_box -> rc_state

type rc_op =
| RcNew of word
| RcClone of word
| RcDrop of word
| RcStrongCount of word
| RcWeakCount of word
| RcGet of word
| RcSet of word * word
| RcMakeMut of word * word
| RcPtrEq of word * word
| RcTryUnwrap of word
| RcIntoInner of word
| RcUnwrapOrClone of word
| RcDowngrade of word
| RcUpgrade of word
| RcWeakNew
| RcIntoRaw of word
| RcFromRaw of word
| RcIncrement of word
| RcDecrement of word
| RcNewCyclic of word
| RcUniqueNew of word
| RcUniqueIntoRc of word
| RcTryIntoUnique of word
| RcLeak of word * word

type rc_event =
| RcPayloadCloned of word
| RcPayloadDropped of word
| RcMemoryFreed of word

type rc_outcome =
| RcHandle of word
| RcHandles of word * word
| RcHandedBack of word
| RcNone
| RcCount of word
| RcTruth of bool
| RcPayload of word
| RcChanged of rc_event list
| RcTaken of word * rc_event list
| RcDropped of rc_event list
| RcLeaked
| RcBadHandle
| RcWrongHandle
| RcAborted

val rc_freed : word -> rc_box option -> rc_event list

val rc_dropped : word -> word -> rc_box option -> rc_event list

val rc_new : rc_state -> word -> rc_state * rc_outcome

val rc_unique_new : rc_state -> word -> rc_state * rc_outcome

val rc_new_cyclic : rc_state -> word -> rc_state * rc_outcome

val rc_weak_new : rc_state -> rc_state * rc_outcome

val rc_share :
  rc_state -> word -> rc_box -> rc_handle -> rc_state * rc_outcome

val rc_watch : rc_state -> word -> rc_box -> rc_state * rc_outcome

val rc_unshare :
  rc_state -> word -> word -> rc_box -> word -> rc_state * rc_outcome

val rc_take :
  rc_state -> word -> word -> rc_box -> word -> rc_state * rc_outcome

val rc_clone : rc_state -> word -> rc_state * rc_outcome

val rc_drop : rc_state -> word -> rc_state * rc_outcome

val rc_strong_count : rc_state -> word -> rc_state * rc_outcome

val rc_weak_count : rc_state -> word -> rc_state * rc_outcome

val rc_get : rc_state -> word -> rc_state * rc_outcome

val rc_set : rc_state -> word -> word -> rc_state * rc_outcome

val rc_move : rc_state -> word -> word -> rc_box option -> word -> rc_state

val rc_make_mut : rc_state -> word -> word -> rc_state * rc_outcome

val rc_ptr_eq : rc_state -> word -> word -> rc_state * rc_outcome

val rc_try_unwrap : rc_state -> word -> rc_state * rc_outcome

val rc_into_inner : rc_state -> word -> rc_state * rc_outcome

val rc_unwrap_or_clone : rc_state -> word -> rc_state * rc_outcome

val rc_downgrade : rc_state -> word -> rc_state * rc_outcome

val rc_upgrade : rc_state -> word -> rc_state * rc_outcome

val rc_into_raw : rc_state -> word -> rc_state * rc_outcome

val rc_from_raw : rc_state -> word -> rc_state * rc_outcome

val rc_increment : rc_state -> word -> rc_state * rc_outcome

val rc_decrement : rc_state -> word -> rc_state * rc_outcome

val rc_unique_into_rc : rc_state -> word -> rc_state * rc_outcome

val rc_try_into_unique : rc_state -> word -> rc_state * rc_outcome

val rc_leak : rc_state -> word -> word -> rc_state * rc_outcome

val rc_step : rc_state -> rc_op -> rc_state * rc_outcome

val rc_run : rc_state -> rc_op list -> rc_state * rc_outcome list

val rc_unfreed : word -> rc_box option table -> word list

val rc_leaks : rc_state -> word list

val rc_report : rc_op list -> rc_outcome list * word list

val slot_unused : word

val slot_unique : word

val slot_max : word

val slot_busy : word

type frame_error =
| ErrInUse
| ErrUnused
| ErrUnique
| ErrBusy
| ErrOutOfBound

val slot_claim : word -> frame_error option

type acquire_count =
| FromInUseStored of word
| FromInUseAborted
| FromInUseFailed of frame_error

val slot_from_in_use : word -> acquire_count

val slot_clone_count : word -> clone_count

val slot_drop_count : word -> drop_count

val slot_try_unique : word -> bool

type slot = { slot_word : word; slot_leaked : word; slot_meta : word option }

type frame_kind =
| KindUnique
| KindShared

type frame_handle =
| HoldsUnique of word
| HoldsShared of word
| HoldsBusy of word

type frame_state = { frame_slots : slot table;
                     frame_handles : frame_handle option table }

type frame_op =
| FrameFromUnused of frame_kind * word * word
| FrameFromInUse of word
| FrameFromUnique of word
| FrameTryFromShared of word
| FrameClone of word
| FrameDrop of word
| FrameRefCount of word
| FrameMeta of word
| FrameLeak of word * word
| FrameReserve of word
| FramePublish of word * frame_kind * word
| FrameRelease of word
| FrameVacate of word

type frame_event =
| EventOnDrop of word * word
| EventMetaDropped of word * word
| EventUnused of word
| EventDealloc of word

type frame_outcome =
| FrameHandle of word
| FrameHandedBack of word
| FrameCount of word
| FrameMetaIs of word
| FrameDropped of frame_event list
| FrameLeaked
| FrameFailed of frame_error
| FrameBadHandle
| FrameWrongHandle
| FrameAborted

val slot_fresh : slot

val frame_init : word -> frame_state

val frame_set_slot : frame_state -> word -> slot -> frame_state

val frame_set_handle :
  frame_state -> word -> frame_handle option -> frame_state

val frame_open :
  frame_state -> word -> slot -> frame_handle -> frame_state * frame_outcome

val frame_reserve : frame_state -> word -> frame_state * frame_outcome

val frame_built : frame_kind -> word -> slot

val frame_holds : frame_kind -> word -> frame_handle

val frame_publish :
  frame_state -> word -> frame_kind -> word -> frame_state * frame_outcome

val frame_from_unused :
  frame_state -> frame_kind -> word -> word -> frame_state * frame_outcome

val frame_from_in_use : frame_state -> word -> frame_state * frame_outcome

val frame_from_unique : frame_state -> word -> frame_state * frame_outcome

type shared_slot =
| SharedSlot of word * slot
| SharedRefused of frame_outcome

val frame_find_shared : frame_state -> word -> shared_slot

val frame_try_from_shared : frame_state -> word -> frame_state * frame_outcome

val frame_clone : frame_state -> word -> frame_state * frame_outcome

val frame_ref_count : frame_state -> word -> frame_state * frame_outcome

val frame_leak : frame_state -> word -> word -> frame_state * frame_outcome

val frame_handle_slot : frame_handle -> word

val frame_meta : frame_state -> word -> frame_state * frame_outcome

type released =
| ReleasedShare
| ReleasedLast of word * word option
| ReleaseRefused of frame_outcome

val frame_let_go : frame_state -> word -> frame_state * released

val frame_give_back : frame_state -> word -> word -> frame_state

val frame_release : frame_state -> word -> frame_state * frame_outcome

val frame_vacate : frame_state -> word -> frame_state * frame_outcome

val frame_drop : frame_state -> word -> frame_state * frame_outcome

val frame_step : frame_state -> frame_op -> frame_state * frame_outcome

val frame_run :
  frame_state -> frame_op list -> frame_state * frame_outcome list

val word_div : word -> word -> word

val word_rem : word -> word -> word

val tbl_append : 'a1 table -> 'a1 list -> 'a1 table

val tbl_insert : 'a1 table -> word -> 'a1 -> 'a1 table

val tbl_remove : 'a1 table -> word -> 'a1 table

type seg_handle =
| SegFrame of word
| SegRange of word * word
| SegForgotten of word * word

type seg_state = { seg_pages : slot table;
                   seg_handles : seg_handle option table }

type seg_op =
| SegFromUnused of word * word * word
| SegFromInUse of word
| SegSplit of word * word
| SegSlice of word * word * word
| SegClone of word
| SegNext of word
| SegNextBack of word
| SegIntoRaw of word
| SegFromRaw of word
| SegDrop of word

type seg_error =
| SegNotAligned
| SegEmpty
| SegOutOfBound
| SegPageRefused of word * frame_error

type seg_outcome =
| SegHandle of word
| SegTwo of word * word
| SegNone
| SegRaw of word * word
| SegDropped of frame_event table
| SegFailed of seg_error
| SegBadHandle
| SegWrongHandle
| SegAborted

val seg_page_size : word

val seg_init : word -> seg_state

type seg_act =
| ActClaim of word
| ActShare
| ActUnshare

val seg_lend : slot table -> word -> frame_state

val seg_page_step :
  seg_act -> word -> word -> slot table -> frame_state * frame_outcome

type seg_stop =
| StopDone of frame_event table
| StopRefused of word * frame_error
| StopAborted

val seg_apply :
  nat -> seg_act -> word -> word -> slot table -> frame_event table -> slot
  table * seg_stop

val seg_size : word -> word -> nat

val seg_open :
  slot table -> seg_handle option table -> seg_handle ->
  seg_state * seg_outcome

val seg_is_aligned : word -> bool

val seg_from_unused :
  seg_state -> word -> word -> word -> seg_state * seg_outcome

val seg_from_in_use : seg_state -> word -> seg_state * seg_outcome

type seg_found =
| FoundRange of word * word
| FoundNot of seg_outcome

val seg_find : seg_state -> word -> seg_found

val seg_put : seg_state -> word -> seg_handle option -> seg_state

val seg_split : seg_state -> word -> word -> seg_state * seg_outcome

val seg_share : seg_state -> word -> word -> seg_state * seg_outcome

val seg_slice : seg_state -> word -> word -> word -> seg_state * seg_outcome

val seg_clone : seg_state -> word -> seg_state * seg_outcome

val seg_next : seg_state -> word -> seg_state * seg_outcome

val seg_next_back : seg_state -> word -> seg_state * seg_outcome

val seg_into_raw : seg_state -> word -> seg_state * seg_outcome

val seg_from_raw : seg_state -> word -> seg_state * seg_outcome

val seg_unshare : seg_state -> word -> word -> word -> seg_state * seg_outcome

val seg_drop : seg_state -> word -> seg_state * seg_outcome

val seg_step : seg_state -> seg_op -> seg_state * seg_outcome

val seg_run : seg_state -> seg_op list -> seg_state * seg_outcome list

type list_frame = { lf_live : bool; lf_in_list : word }

type frame_list = { fl_id : word; fl_items : word table; fl_cursor : word }

type fl_state = { fl_frames : list_frame table;
                  fl_lists : frame_list option table; fl_next_id : word }

type fl_op =
| FlNew
| FlPushFront of word * word
| FlPushBack of word * word
| FlPopFront of word
| FlPopBack of word
| FlContains of word * word
| FlSize of word
| FlId of word
| FlDrop of word
| FlCursorFront of word
| FlCursorBack of word
| FlCursorNext of word
| FlCursorPrev of word
| FlCursorCurrent of word
| FlCursorTake of word
| FlCursorInsert of word * word

type fl_outcome =
| FlList of word
| FlDone
| FlFrame of word
| FlNone
| FlBool of bool
| FlNumber of word
| FlDropped of word table
| FlBadList
| FlBadFrame
| FlAborted

val fl_id_max : word

val fl_init : word -> fl_state

type fl_found =
| FlFound of frame_list
| FlMissing

val fl_find : fl_state -> word -> fl_found

val fl_put : fl_state -> word -> frame_list -> fl_state

type fl_numbered =
| FlNumbered of word * word
| FlNoNumber

val fl_number : fl_state -> frame_list -> fl_numbered

type fl_end =
| AtFront
| AtBack
| AtCursor

val fl_insert : fl_state -> word -> word -> fl_end -> fl_state * fl_outcome

val fl_take : fl_state -> word -> fl_end -> fl_state * fl_outcome

val fl_contains : fl_state -> word -> word -> fl_state * fl_outcome

val fl_release :
  nat -> word -> word table -> list_frame table -> list_frame table

val fl_drop : fl_state -> word -> fl_state * fl_outcome

type fl_move =
| ToFront
| ToBack
| ToNext
| ToPrev

val fl_moved : fl_move -> word -> word -> word

val fl_cursor_move : fl_state -> word -> fl_move -> fl_state * fl_outcome

val fl_cursor_current : fl_state -> word -> fl_state * fl_outcome

val fl_step : fl_state -> fl_op -> fl_state * fl_outcome

val fl_run : fl_state -> fl_op list -> fl_state * fl_outcome list

type region = { region_end : word; region_pages : word option table;
                region_starts : word table; region_frames : frame_state }

type region_op =
| RegionTrack
| RegionSkip
| RegionGetSlot of word
| RegionFromUnused of frame_kind * word * word
| RegionFromInUse of word
| RegionStartPaddr of word
| RegionFrame of frame_op

type region_error =
| RegionNotAligned
| RegionOutOfBound

type region_outcome =
| RegionTracked of word
| RegionSkipped
| RegionFull
| RegionSlot of word
| RegionStart of word
| RegionFailed of region_error
| RegionDid of frame_outcome

val region_page : word

val region_init : region

type region_found =
| RegionFound of word
| RegionRefused of region_error

val region_get_slot : region -> word -> region_found

val region_frame : region -> frame_op -> region * region_outcome

val region_track : region -> region * region_outcome

val region_skip : region -> region * region_outcome

val region_start_paddr : region -> word -> region * region_outcome

val region_step : region -> region_op -> region * region_outcome

val region_run : region -> region_op list -> region * region_outcome list

type word_op =
| WordWrappingAdd of word * word
| WordWrappingSub of word * word
| WordCheckedAdd of word * word
| WordCheckedSub of word * word
| WordDiv of word * word
| WordRem of word * word
| WordEq of word * word
| WordLt of word * word
| WordLe of word * word

type word_answer =
| WordValue of word
| WordNone
| WordTruth of bool

val word_step : word_op -> word_answer

type binder =
| BAnon
| BNamed of string

type block = Big_int_Z.big_int

type loc = { loc_block : block; loc_offset : Big_int_Z.big_int }

val loc_eq_dec : (loc, loc) relDecision

val loc_countable : loc countable

val shift_loc : loc -> Big_int_Z.big_int -> loc

type base_lit =
| LitPoison
| LitLoc of loc
| LitInt of Big_int_Z.big_int

type bin_op =
| ArithOp of arith_op
| WrapOp of int_type * arith_op
| OverflowOp of int_type * arith_op
| UncheckedOp of int_type * arith_op
| LeOp
| LtOp
| EqOp
| OffsetOp

type un_op =
| NegOp
| CastOp of int_type

type order =
| ScOrd
| Na1Ord
| Na2Ord

type cas_mode =
| CasStrong
| CasWeak
| CasFetch

type expr =
| Val of val0
| Var of string
| Rec of binder * binder list * expr
| App of expr * expr list
| UnOp of un_op * expr
| BinOp of bin_op * expr * expr
| Case of expr * expr list
| Fork of expr
| Abort
| Alloc of expr
| Free of expr * expr
| Read of order * expr
| Write of order * expr * expr
| Cas of cas_mode * expr * expr * expr
| Faa of int_type * expr * expr
and val0 =
| LitV of base_lit
| RecV of binder * binder list * expr

val lit_of_bool : bool -> base_lit

module Coq_lrust_lang :
 sig
  val to_val : expr -> val0 option

  val binder_in : string -> binder list -> bool

  val subst : string -> val0 -> expr -> expr

  val subst' : binder -> val0 -> expr -> expr

  val subst_list : binder list -> val0 list -> expr -> expr option

  type lock_state =
  | WSt
  | RSt of nat

  type state = (loc, lock_state * val0) gmap

  val init_mem : loc -> nat -> state -> state

  val free_mem : loc -> nat -> state -> state

  val bin_op_eval_pure : bin_op -> base_lit -> base_lit -> base_lit option

  val cas_compare : base_lit -> base_lit -> bool option

  type ectx_item =
  | AppLCtx of expr list
  | AppRCtx of val0 * val0 list * expr list
  | UnOpCtx of un_op
  | BinOpLCtx of bin_op * expr
  | BinOpRCtx of bin_op * val0
  | CaseCtx of expr list
  | AllocCtx
  | FreeLCtx of expr
  | FreeRCtx of val0
  | ReadCtx of order
  | WriteLCtx of order * expr
  | WriteRCtx of order * val0
  | CasLCtx of cas_mode * expr * expr
  | CasMCtx of cas_mode * val0 * expr
  | CasRCtx of cas_mode * val0 * val0
  | FaaLCtx of int_type * expr
  | FaaRCtx of int_type * val0

  val fill_item : ectx_item -> expr -> expr
 end

type redex =
| VarR of string
| RecR of binder * binder list * expr
| AppR of val0 * val0 list
| UnOpR of un_op * val0
| BinOpR of bin_op * val0 * val0
| CaseR of val0 * expr list
| ForkR of expr
| AbortR
| AllocR of val0
| FreeR of val0 * val0
| ReadR of order * val0
| WriteR of order * val0 * val0
| CasR of cas_mode * val0 * val0 * val0
| FaaR of int_type * val0 * val0

type decomposition =
| DecVal of val0
| DecRedex of Coq_lrust_lang.ectx_item list * redex

val decompose : Coq_lrust_lang.ectx_item list -> expr -> decomposition

val fill_items : Coq_lrust_lang.ectx_item list -> expr -> expr

type kind =
| IntKind
| LocKind
| BoolKind
| DataKind
| FunKind

type access_kind =
| ReadAcc
| WriteAcc

type stuck_reason =
| UnboundVar of string
| PoisonUsed of kind
| WrongKind of kind * val0
| Incomparable of val0 * val0
| WrongArity of nat * nat
| BadCaseIndex of Big_int_Z.big_int * nat
| OutOfRange of int_type * Big_int_Z.big_int
| Overflow of int_type * Big_int_Z.big_int
| DivisionByZero
| NotAllocated of loc
| DataRace of loc * access_kind * order * Coq_lrust_lang.lock_state
| NotReserved of loc * access_kind * Coq_lrust_lang.lock_state
| BadAllocSize of Big_int_Z.big_int
| BadFree of loc * Big_int_Z.big_int

type step_result =
| StepNext of expr * Coq_lrust_lang.state * expr list
| StepDone of val0
| StepAbort
| StepStuck of stuck_reason

val wrong_kind : kind -> val0 -> stuck_reason

val is_data : val0 -> bool

val compare_reason : val0 -> val0 -> stuck_reason

val int_op_reason :
  bin_op -> Big_int_Z.big_int -> Big_int_Z.big_int -> stuck_reason

val expect_int : val0 -> (Big_int_Z.big_int -> step_result) -> step_result

val expect_loc : val0 -> (loc -> step_result) -> step_result

val expect_cell :
  Coq_lrust_lang.state -> loc -> (Coq_lrust_lang.lock_state -> val0 ->
  step_result) -> step_result

val block_freshb : Coq_lrust_lang.state -> loc -> bool

val cells_allocated : Coq_lrust_lang.state -> loc -> nat -> bool

val in_block : loc -> (loc * (Coq_lrust_lang.lock_state * val0)) -> bool

val block_isb : Coq_lrust_lang.state -> loc -> Big_int_Z.big_int -> bool

val unused_block : Coq_lrust_lang.state -> block

val used_blocks : Coq_lrust_lang.state -> (block, unit) gmap

val lowest_from : (block, unit) gmap -> block -> nat -> block

val lowest_block : Coq_lrust_lang.state -> block

type choice = { choice_spurious : bool; choice_dangling : bool option;
                choice_alloc : (Coq_lrust_lang.state -> loc) }

val place_block : choice -> Coq_lrust_lang.state -> loc

val eq_answer :
  choice -> Coq_lrust_lang.state -> base_lit -> base_lit -> bool -> bool

val fails_spuriously : choice -> cas_mode -> bool

val step_bin_op :
  choice -> Coq_lrust_lang.state -> bin_op -> val0 -> val0 -> step_result

val step_read : Coq_lrust_lang.state -> order -> loc -> step_result

val step_write : Coq_lrust_lang.state -> order -> loc -> val0 -> step_result

val compare_vals : val0 -> val0 -> bool option

val cas_value : cas_mode -> bool -> val0 -> val0

val step_cas :
  choice -> Coq_lrust_lang.state -> cas_mode -> loc -> val0 -> val0 ->
  step_result

val step_faa :
  Coq_lrust_lang.state -> int_type -> loc -> Big_int_Z.big_int -> step_result

val step_redex : choice -> redex -> Coq_lrust_lang.state -> step_result

type 'a strategy = Big_int_Z.big_int -> nat -> 'a -> (nat * choice) * 'a

type run_status =
| AllFinished
| ThreadStuck of nat * stuck_reason
| ThreadAborted of nat
| OutOfFuel

type outcome = { run_status_of : run_status; run_steps : Big_int_Z.big_int;
                 run_pool : expr list; run_state : Coq_lrust_lang.state }

val main_value : outcome -> val0 option

val find_thread :
  nat -> nat -> expr list -> (nat * (Coq_lrust_lang.ectx_item list * redex))
  option

val pick_thread :
  nat -> expr list -> (nat * (Coq_lrust_lang.ectx_item list * redex)) option

type 'a machine = { machine_strategy : 'a; machine_steps : Big_int_Z.big_int;
                    machine_pool : expr list;
                    machine_state : Coq_lrust_lang.state }

type 'a progress =
| Running of 'a machine
| Halted of outcome

val halt : 'a1 machine -> run_status -> outcome

val machine_step : 'a1 strategy -> 'a1 machine -> 'a1 progress

val machine_iter :
  'a1 strategy -> Big_int_Z.big_int -> 'a1 progress -> 'a1 progress

val run :
  'a1 strategy -> 'a1 -> Big_int_Z.big_int -> expr list ->
  Coq_lrust_lang.state -> outcome

val choice_reuse : Big_int_Z.big_int -> choice

val follow : (Big_int_Z.big_int -> choice) -> (nat list * nat) strategy

val memcpy : val0

val digits : nat -> nat -> string -> string

val numbered : string -> nat -> string

val local_name : nat -> string

val cell_name : nat -> string

val poison : expr

val stuck : expr

val stuck_val : val0

val let0 : string -> expr -> expr -> expr

val seq0 : expr -> expr -> expr

val int : Big_int_Z.big_int -> expr

val cells_lit : nat -> base_lit

val cells : nat -> expr

val ret_val : val0 -> val0

val unw_val : val0

val ret_unit : expr

val ret_expr : expr -> expr

val two_ends : expr -> expr -> expr -> expr

val pack : expr list -> expr

val cell_names : nat -> nat -> string list

val spread : nat -> nat -> expr -> expr -> expr

val join_cells : nat -> (nat * expr) list -> expr

val aggregate : (nat * expr) list -> expr

val poisons : nat -> (nat * expr) list

val opaque : nat -> expr

val variant : nat -> nat -> (nat * expr) list -> expr

val at_off : expr -> nat -> expr

val load : nat -> expr -> expr

val store : nat -> expr -> expr -> expr

val copy : nat -> expr -> expr -> expr

type tparam = { tp_cells : nat; tp_glue : val0; tp_call : val0 }

val no_glue : val0

val no_param : tparam

type ty =
| TInt of int_type
| TBool
| TPtr
| TFat
| TParam of nat
| TTuple of ty list
| TEnum of ty list list
| TAdt of nat * ty list
| TBox of ty
| TNoDrop of ty

type shape =
| Struct of ty list
| Enum of ty list list

type adt = { adt_shape : shape; adt_drop : nat option; adt_call : nat option }

type proj =
| Deref of ty
| Field of nat
| Variant of nat

type place = { pl_local : nat; pl_proj : proj list }

type constant =
| CInt of int_type * Big_int_Z.big_int
| CBool of bool
| COpaque of ty
| CVariant of ty * nat
| CItem of nat * ty list
| COffset of ty * nat

type operand =
| Use of place
| Const of constant

type rel =
| REq
| RNe
| RLt
| RLe
| RGt
| RGe

type rvalue =
| RUse of operand
| RRef of place
| RRel of rel * operand * operand
| RArith of int_type * arith_op * operand * operand
| RChecked of int_type * arith_op * operand * operand
| RNot of operand
| RIntCast of int_type * operand
| RDiscriminant of place
| RAggregate of nat option * operand list

type stmt =
| Assign of place * rvalue

type unwind =
| UwContinue
| UwUnreachable
| UwTerminate
| UwCleanup of nat

type callee =
| CFn of nat * ty list
| CLib of string * ty list

type term =
| Goto of nat
| SwitchInt of operand * (Big_int_Z.big_int * nat) list * nat option
| Call of place * callee * operand list * nat option * unwind
| Drop of place * nat * unwind
| Assert of operand * bool * nat * unwind
| Return
| Resume
| Terminate
| Unreachable

type body = { b_args : nat; b_locals : ty list;
              b_blocks : (stmt list * term) list }

type program = { p_adts : adt list; p_fns : body list }

val ty_eqb : ty -> ty -> bool

val ty_subst : ty list -> ty -> ty

val shape_subst : ty list -> shape -> shape

val proj_subst : ty list -> proj -> proj

val place_subst : ty list -> place -> place

val const_subst : ty list -> constant -> constant

val operand_subst : ty list -> operand -> operand

val rvalue_subst : ty list -> rvalue -> rvalue

val stmt_subst : ty list -> stmt -> stmt

val callee_subst : ty list -> callee -> callee

val term_subst : ty list -> term -> term

val body_subst : ty list -> body -> body

val ty_depth : nat

val sum_cells : nat list -> nat

val adt_of : adt list -> ty -> adt option

val ty_shape : adt list -> ty -> shape option

val cells_of : adt list -> (nat -> nat) -> nat -> ty -> nat

val ty_cells : adt list -> (nat -> nat) -> ty -> nat

val has_param_of : adt list -> nat -> ty -> bool

val ty_has_param : adt list -> ty -> bool

val needs_drop_of : adt list -> nat -> ty -> bool

val ty_needs_drop : adt list -> ty -> bool

val field_offset : adt list -> (nat -> nat) -> ty list -> nat -> nat

type abi = { abi_out : bool; abi_by_address : bool list }

val body_abi : adt list -> body -> abi

val fn_abi : program -> nat -> abi

val fn_result : program -> nat -> ty list -> ty

val const_ty : program -> constant -> ty

val dangling_loc : loc

val new0 : val0

val delete1 : val0

type targ = { ta_cells : nat; ta_by_address : bool }

type dict =
| DictGlue of nat
| DictCall of nat

type entry = { le_name : string; le_dict : dict list; le_ret : nat option;
               le_args : nat option list; le_unwinds : bool;
               le_code : (targ list -> val0) }

val nth_targ : nat -> targ list -> targ

val read_fn : targ -> val0

val write_fn : targ -> val0

val identity_fn : targ -> val0

val pointer_identity : val0

val uninit_fn : targ -> val0

val replace_fn : targ -> val0

val forget_fn : val0

val drop_fn : targ -> val0

val drop_in_place_fn : val0

val wrapping_fn : int_type -> arith_op -> val0

val not_of_loads : Big_int_Z.big_int list

val not_of_stores : Big_int_Z.big_int list

val not_of_fences : Big_int_Z.big_int list

val unless_order : string -> Big_int_Z.big_int list -> expr -> expr

val atomic_load_fn : val0

val atomic_store_fn : val0

val fetch_add_fn : int_type -> val0

val fetch_sub_fn : int_type -> val0

val compare_exchange_fn : val0

val compare_exchange_weak_fn : val0

val fence_fn : val0

val is_ok_fn : val0

val some_address : Big_int_Z.big_int

val addr_fn : val0

val without_provenance_fn : val0

val nonnull_new_fn : val0

val byte_add_fn : val0

val byte_sub_fn : val0

val pointer_eq_fn : val0

val copy_nonoverlapping_fn : targ -> val0

val box_new_fn : targ -> val0

val box_new_uninit_fn : targ -> val0

val layout_new_fn : targ -> val0

val dealloc_fn : val0

val branch_fn : targ -> val0

val from_residual_fn : targ -> val0

val map_or_fn : targ -> targ -> targ -> val0

val call_once_fn : targ -> val0

val offset_fn : targ -> val0

val offset_from_fn : targ -> val0

val size_of_fn : targ -> val0

val alloc_fn : val0

val static_fn : nat -> val0

val abort_fn : val0

val panic_fn : val0

val fork_fn : val0

val always : val0 -> targ list -> val0

val at0 : (targ -> val0) -> targ list -> val0

val plain_fn : string -> nat option list -> val0 -> entry

val lib : entry list

val lib_entry : string -> entry option

val drop_fields :
  adt list -> (nat -> nat) -> (ty -> expr -> expr) -> bool -> nat -> ty list
  -> expr

val drop_shape :
  adt list -> (nat -> nat) -> (ty -> expr -> expr) -> bool -> shape -> expr

val glue_body :
  adt list -> (nat -> nat) -> (nat -> ty list -> expr -> expr) -> (ty -> expr
  -> expr) -> ty -> expr

val closure_body :
  program -> (ty -> nat) -> ty -> nat -> ty list -> (expr list -> expr) ->
  expr

type instance =
| IFn of nat * ty list
| IGlue of ty
| ICall of ty

val tys_eqb : ty list -> ty list -> bool

val instance_eqb : instance -> instance -> bool

val position : instance -> instance list -> nat option

val world : tparam list -> nat -> tparam

val block_cells : program -> tparam list -> ty -> nat

val block_targ : program -> tparam list -> ty -> targ

val needs_drop : program -> ty -> bool

val call_instance : instance list -> instance -> expr list -> expr

val call_glue : program -> tparam list -> instance list -> ty -> expr -> expr

val dict_value :
  program -> tparam list -> instance list -> ty list -> dict -> expr

val cells_before : program -> tparam list -> body -> nat -> nat

val frame_cells : program -> tparam list -> body -> nat

val fp : expr

type location = { at_base : expr; at_offset : nat; at_ty : ty;
                  at_fields : ty list }

val struct_fields : program -> ty -> ty list

val at_type : program -> expr -> nat -> ty -> location

val local : program -> tparam list -> body -> nat -> location

val location_addr : location -> expr

val location_step :
  program -> tparam list -> location option -> proj -> location option

val locate : program -> tparam list -> body -> place -> location option

val addr : program -> tparam list -> body -> place -> expr

val type_at : program -> tparam list -> body -> place -> ty

val type_of : program -> tparam list -> body -> operand -> ty

val const_value : program -> tparam list -> instance list -> constant -> expr

val value : program -> tparam list -> instance list -> body -> operand -> expr

val assign :
  program -> tparam list -> instance list -> body -> expr -> operand -> expr

val compare0 : rel -> expr -> expr -> expr

val assign_fields :
  program -> tparam list -> instance list -> body -> expr -> nat -> operand
  list -> expr

val statement :
  program -> tparam list -> instance list -> body -> stmt -> expr

val goto : nat -> expr

val goto_option : nat option -> expr

val leave : program -> tparam list -> body -> expr -> expr

val unwinding : program -> tparam list -> body -> unwind -> expr

val argument :
  program -> tparam list -> instance list -> body -> bool -> operand -> expr

val arguments :
  program -> tparam list -> instance list -> body -> place -> abi -> operand
  list -> expr list

val received :
  program -> tparam list -> body -> abi -> place -> nat option -> expr

val return_frame : program -> tparam list -> body -> abi -> expr

val terminator :
  program -> tparam list -> instance list -> body -> abi -> term -> expr

val block_code :
  program -> tparam list -> instance list -> body -> abi -> (stmt
  list * term) -> expr

val go_fn : program -> tparam list -> instance list -> body -> abi -> val0

val enter_args : program -> tparam list -> body -> abi -> expr -> expr

val params : body -> abi -> string list

val body_fn : program -> tparam list -> instance list -> body -> abi -> val0

val instance_fn : program -> tparam list -> instance list -> instance -> val0

val table0 : program -> tparam list -> instance list -> val0

val block_fn :
  program -> tparam list -> instance list -> nat -> ty list -> val0

val glue_needs : program -> ty -> instance list

val operand_needs : operand -> instance list

val rvalue_needs : rvalue -> instance list

val dict_needs : program -> ty list -> dict -> instance list

val term_needs : program -> body -> term -> instance list

val instance_needs : program -> instance -> instance list

val collect :
  program -> nat -> instance list -> instance list -> instance list

val instance_fuel : nat

val instances : program -> instance list -> instance list

val block_compile : program -> tparam list -> nat -> ty list -> val0

val inner_adts : adt list

val count_get_mir : body

val count_set_mir : body

val count_overflow_mir : body

val count_increment_mir : body

val count_decrement_mir : body

val block_clone_mir : body

val block_eq_mir : body

val block_DANGLING_mir : body

val block_new_mir : body

val block_cast_mir : body

val block_new_uninit_mir : body

val block_value_mir : body

val block_of_box_mir : body

val block_is_dangling_mir : body

val block_counts_mir : body

val block_of_value_mir : body

val block_free_mir : body

val share_of_mir : body

val share_new_mir : body

val share_of_box_mir : body

val share_counts_mir : body

val share_strong_count_mir : body

val share_as_ptr_mir : body

val share_value_mir : body

val hold_counts_mir : body

val hold_drop_mir : body

val share_drop_last_mir : body

val share_drop_mir : body

val share_leave_for_clone_mir : body

val share_weak_count_mir : body

val share_leave_weak_handles_mir : body

val share_make_alone_mir : body

val share_take_mir : body

val share_is_of_same_value_mir : body

val share_is_alone_mir : body

val share_value_mut_mir : body

val whole_of_mir : body

val share_into_whole_mir : body

val share_downgrade_mir : body

val share_into_raw_mir : body

val share_from_raw_mir : body

val share_clone_mir : body

val share_add_raw_mir : body

val share_new_uninit_mir : body

val share_assume_init_mir : body

val whole_new_mir : body

val whole_counts_mir : body

val whole_as_ptr_mir : body

val whole_drop_mir : body

val whole_share_mir : body

val whole_downgrade_mir : body

val whole_value_mir : body

val whole_value_mut_mir : body

val room_new_mir : body

val room_weak_mir : body

val room_fill_mir : body

val hold_NOTHING_mir : body

val hold_upgrade_mir : body

val hold_strong_count_closure_0_mir : body

val hold_strong_count_mir : body

val hold_weak_count_mir : body

val hold_is_on_same_block_mir : body

val hold_as_ptr_mir : body

val hold_into_raw_mir : body

val hold_from_raw_mir : body

val hold_clone_mir : body

val rc_new_mir : body

val pinned_mir : body

val rc_new_uninit_mir : body

val rc_new_cyclic_mir : body

val rc_strong_count_mir : body

val rc_weak_count_mir : body

val rc_ptr_eq_mir : body

val rc_get_mut_mir : body

val rc_try_unwrap_mir : body

val rc_into_inner_mir : body

val rc_downgrade_mir : body

val rc_try_into_unique_mir : body

val rc_as_ptr_mir : body

val rc_into_raw_mir : body

val rc_from_raw_mir : body

val rc_increment_strong_count_mir : body

val rc_decrement_strong_count_mir : body

val rc_clone_mir : body

val rc_deref_mir : body

val uniqueRc_new_mir : body

val uniqueRc_into_rc_mir : body

val uniqueRc_downgrade_mir : body

val uniqueRc_deref_mir : body

val uniqueRc_deref_mut_mir : body

val weak_new_mir : body

val weak_upgrade_mir : body

val weak_strong_count_mir : body

val weak_weak_count_mir : body

val weak_ptr_eq_mir : body

val weak_as_ptr_mir : body

val weak_into_raw_mir : body

val weak_from_raw_mir : body

val weak_clone_mir : body

val inner_program : program

module Coq_inner_fn :
 sig
  val coq_Share_new : nat

  val coq_Share_strong_count : nat

  val coq_Share_as_ptr : nat

  val coq_Share_value : nat

  val coq_Hold_drop : nat

  val coq_Share_drop : nat

  val coq_Share_weak_count : nat

  val coq_Share_make_alone : nat

  val coq_Share_take : nat

  val coq_Share_is_of_same_value : nat

  val coq_Share_value_mut : nat

  val coq_Share_into_whole : nat

  val coq_Share_downgrade : nat

  val coq_Share_into_raw : nat

  val coq_Share_from_raw : nat

  val coq_Share_clone : nat

  val coq_Share_add_raw : nat

  val coq_Whole_new : nat

  val coq_Whole_drop : nat

  val coq_Whole_share : nat

  val coq_Whole_downgrade : nat

  val coq_Whole_value : nat

  val coq_Whole_value_mut : nat

  val coq_Room_new : nat

  val coq_Room_weak : nat

  val coq_Room_fill : nat

  val coq_Hold_NOTHING : nat

  val coq_Hold_upgrade : nat

  val coq_Hold_strong_count : nat

  val coq_Hold_weak_count : nat

  val coq_Hold_is_on_same_block : nat

  val coq_Hold_as_ptr : nat

  val coq_Hold_into_raw : nat

  val coq_Hold_from_raw : nat

  val coq_Hold_clone : nat
 end

val count_get : val0

val count_set : val0

val count_overflow : val0

val count_increment : val0

val count_decrement : val0

val block_clone : tparam -> val0

val block_eq : tparam -> val0

val block_DANGLING : tparam -> val0

val block_new : tparam -> val0

val block_cast : tparam -> tparam -> val0

val block_new_uninit : tparam -> val0

val block_value : tparam -> val0

val block_of_box_bb8 : tparam -> val0

val block_of_box_bb10 : tparam -> val0

val block_of_box : tparam -> val0

val block_is_dangling : tparam -> val0

val block_counts : tparam -> val0

val block_of_value : tparam -> val0

val block_free : tparam -> val0

val share_of : tparam -> val0

val share_new : tparam -> val0

val share_of_box : tparam -> val0

val share_counts : tparam -> val0

val share_strong_count : tparam -> val0

val share_as_ptr : tparam -> val0

val share_value : tparam -> val0

val hold_counts_bb5 : tparam -> val0

val hold_counts : tparam -> val0

val hold_drop_bb5 : tparam -> val0

val hold_drop : tparam -> val0

val share_drop_last_bb5 : tparam -> val0

val share_drop_last : tparam -> val0

val share_drop_bb4 : tparam -> val0

val share_drop : tparam -> val0

val share_leave_for_clone_bb6 : tparam -> tparam -> val0

val share_leave_for_clone_bb5 : tparam -> tparam -> val0

val share_leave_for_clone_bb8 : tparam -> tparam -> val0

val share_leave_for_clone : tparam -> tparam -> val0

val share_weak_count : tparam -> val0

val share_leave_weak_handles : tparam -> val0

val share_make_alone_bb9 : tparam -> tparam -> val0

val share_make_alone_bb10 : tparam -> tparam -> val0

val share_make_alone_bb13 : tparam -> tparam -> val0

val share_make_alone_bb6 : tparam -> tparam -> val0

val share_make_alone : tparam -> tparam -> val0

val share_take_bb13 : tparam -> val0

val share_take_bb15 : tparam -> val0

val share_take_bb17 : tparam -> val0

val share_take_bb14 : tparam -> val0

val share_take : tparam -> val0

val share_is_of_same_value : tparam -> val0

val share_is_alone_bb5 : tparam -> val0

val share_is_alone : tparam -> val0

val share_value_mut_bb6 : tparam -> val0

val share_value_mut : tparam -> val0

val whole_of : tparam -> val0

val share_into_whole_bb10 : tparam -> val0

val share_into_whole_bb11 : tparam -> val0

val share_into_whole_bb13 : tparam -> val0

val share_into_whole : tparam -> val0

val share_downgrade : tparam -> val0

val share_into_raw : tparam -> val0

val share_from_raw : tparam -> val0

val share_clone : tparam -> val0

val share_add_raw : tparam -> val0

val share_new_uninit : tparam -> val0

val share_assume_init : tparam -> val0

val whole_new : tparam -> val0

val whole_counts : tparam -> val0

val whole_as_ptr : tparam -> val0

val whole_drop_bb4 : tparam -> val0

val whole_drop : tparam -> val0

val whole_share : tparam -> val0

val whole_downgrade : tparam -> val0

val whole_value : tparam -> val0

val whole_value_mut : tparam -> val0

val room_new : tparam -> val0

val room_weak : tparam -> val0

val room_fill_bb6 : tparam -> val0

val room_fill_bb8 : tparam -> val0

val room_fill : tparam -> val0

val hold_NOTHING : tparam -> val0

val hold_upgrade_bb11 : tparam -> val0

val hold_upgrade : tparam -> val0

val hold_strong_count_closure_0 : tparam -> val0

val hold_strong_count : tparam -> val0

val hold_weak_count_bb8 : tparam -> val0

val hold_weak_count_bb2 : tparam -> val0

val hold_weak_count : tparam -> val0

val hold_is_on_same_block : tparam -> val0

val hold_as_ptr_bb6 : tparam -> val0

val hold_as_ptr : tparam -> val0

val hold_into_raw : tparam -> val0

val hold_from_raw_bb7 : tparam -> val0

val hold_from_raw : tparam -> val0

val hold_clone_bb3 : tparam -> val0

val hold_clone : tparam -> val0

val rc_new0 : tparam -> val0

val pinned : tparam -> val0

val rc_new_uninit : tparam -> val0

val rc_new_cyclic_bb6 : tparam -> tparam -> val0

val rc_new_cyclic_bb12 : tparam -> tparam -> val0

val rc_new_cyclic_bb10 : tparam -> tparam -> val0

val rc_new_cyclic_bb8 : tparam -> tparam -> val0

val rc_new_cyclic0 : tparam -> tparam -> val0

val rc_strong_count0 : tparam -> val0

val rc_weak_count0 : tparam -> val0

val rc_ptr_eq0 : tparam -> val0

val rc_get_mut : tparam -> val0

val rc_try_unwrap_bb5 : tparam -> val0

val rc_try_unwrap0 : tparam -> val0

val rc_into_inner_bb5 : tparam -> val0

val rc_into_inner_bb2 : tparam -> val0

val rc_into_inner_bb7 : tparam -> val0

val rc_into_inner0 : tparam -> val0

val rc_downgrade0 : tparam -> val0

val rc_try_into_unique_bb5 : tparam -> val0

val rc_try_into_unique0 : tparam -> val0

val rc_as_ptr : tparam -> val0

val rc_into_raw0 : tparam -> val0

val rc_from_raw0 : tparam -> val0

val rc_increment_strong_count : tparam -> val0

val rc_decrement_strong_count : tparam -> val0

val rc_clone0 : tparam -> val0

val rc_deref : tparam -> val0

val uniqueRc_new : tparam -> val0

val uniqueRc_into_rc : tparam -> val0

val uniqueRc_downgrade : tparam -> val0

val uniqueRc_deref : tparam -> val0

val uniqueRc_deref_mut : tparam -> val0

val weak_new : tparam -> val0

val weak_upgrade_bb6 : tparam -> val0

val weak_upgrade : tparam -> val0

val weak_strong_count : tparam -> val0

val weak_weak_count : tparam -> val0

val weak_ptr_eq : tparam -> val0

val weak_as_ptr : tparam -> val0

val weak_into_raw : tparam -> val0

val weak_from_raw : tparam -> val0

val weak_clone : tparam -> val0

val inner_fns : nat -> tparam list -> val0

type rc_run_outcome =
| RcRun of rc_outcome
| RcPanicked of rc_event list
| RcStuck
| RcOutOfFuel
| RcCompilationsDiffer

val rc_event_eq_dec : (rc_event, rc_event) relDecision

val rc_outcome_eq_dec : (rc_outcome, rc_outcome) relDecision

val rc_run_outcome_eq_dec : (rc_run_outcome, rc_run_outcome) relDecision

type rc_memory = { mem_state : Coq_lrust_lang.state; mem_log : loc;
                   mem_boxes : loc option table;
                   mem_handles : (rc_handle * val0) option table }

val rc_fuel : Big_int_Z.big_int

val exec : expr -> Coq_lrust_lang.state -> outcome

val finish :
  outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (rc_run_outcome -> 'a1)
  -> 'a1

val fuse_cell : Big_int_Z.big_int

val unwound_cell : Big_int_Z.big_int

val out_cell : Big_int_Z.big_int

val hand_cell : Big_int_Z.big_int

val other_cell : Big_int_Z.big_int

val kept_cell : Big_int_Z.big_int

val room_cell : Big_int_Z.big_int

val content_cell : Big_int_Z.big_int

val make_log : word -> expr

val at_cell : loc -> Big_int_Z.big_int -> expr

val log_entry : loc -> Big_int_Z.big_int -> val0

val tick : loc -> expr -> expr

val content : loc -> tparam

val cloning : loc -> tparam

type functions = nat -> val0

val function_count : nat

val takes_closure : nat -> bool

val log_loc : loc

val tree_functions : val0 list

val block_functions : val0 list

val by_tree : functions

val by_blocks : functions

val read_int : Coq_lrust_lang.state -> loc -> Big_int_Z.big_int

val read_log : Coq_lrust_lang.state -> loc -> nat -> rc_event list

val log_events : Coq_lrust_lang.state -> loc -> rc_event list

val rc_memory_init : word -> rc_memory option

val with_state : rc_memory -> Coq_lrust_lang.state -> rc_memory

val with_box : rc_memory -> loc -> rc_memory

val with_handle : rc_memory -> word -> (rc_handle * val0) option -> rc_memory

val open_handle : rc_memory -> rc_handle -> val0 -> rc_memory * rc_run_outcome

val settle : rc_memory -> word -> rc_memory * rc_event list

val box_at : loc option table -> loc -> word -> bool

val handle_of : rc_memory -> word -> (rc_handle * val0) option

val unwound : rc_memory -> expr

val call_or : functions -> nat -> expr list -> string -> expr -> expr -> expr

val calling :
  rc_memory -> functions -> nat -> expr list -> string -> expr -> expr

val calling_pair :
  rc_memory -> functions -> nat -> expr list -> string -> string -> expr ->
  expr

val of_value : rc_memory -> functions -> nat -> val0 -> expr

val of_ref : rc_memory -> functions -> nat -> val0 -> expr

val of_refs : rc_memory -> functions -> nat -> val0 -> val0 -> expr

val make_content : rc_memory -> functions -> nat -> word -> expr

val clone_through_raw : rc_memory -> functions -> val0 -> expr

val stuck_here : expr

val upgrade_in_place : rc_memory -> functions -> val0 -> expr

val keep_weak : rc_memory -> functions -> expr -> expr

val cyclic_content : rc_memory -> functions -> word -> expr

val new_cyclic : rc_memory -> functions -> word -> expr

val take : rc_memory -> functions -> val0 -> expr -> expr -> expr

val clone_and_drop : rc_memory -> functions -> expr

val rc_memory_step :
  rc_memory -> functions -> rc_op -> rc_memory * rc_run_outcome

val boxes_left : Coq_lrust_lang.state -> word -> loc option table -> word list

val rc_memory_run :
  functions -> rc_memory -> rc_op list -> rc_run_outcome list * word list

val rc_program_report : word -> rc_op list -> rc_run_outcome list * word list

val page_size : Big_int_Z.big_int

val slot_vtable : Big_int_Z.big_int

val slot_in_list : Big_int_Z.big_int

val slot_paddr : Big_int_Z.big_int

val slot_storage : Big_int_Z.big_int

val slot_cells : nat -> Big_int_Z.big_int

val error_code : frame_error -> Big_int_Z.big_int

val not_aligned_code : Big_int_Z.big_int

val debug_assert : val0

val write_meta : nat -> val0

val vtable_drop : val0 list -> val0

val drop_meta_in_place : val0 list -> val0

val drop_last_in_place : val0 list -> val0

val frame_meta0 : val0

val frame_meta_mut : val0

val frame_meta_is : val0

val frame_start_paddr : val0

val claim_unused : val0

val get_from_unused : nat -> val0

val inc_ref_count : val0

val frame_clone0 : val0

val dec_ref_count : val0

val frame_drop0 : val0 list -> val0 -> val0

val unique_drop : val0 list -> val0 -> val0

val slot_at : nat -> val0

val get_slot_status : val0

val frame_from_unused0 : nat -> val0

val frame_from_raw : nat -> val0

val crate_word : Big_int_Z.big_int

val crate_error : frame_error -> Big_int_Z.big_int

val slot_adts : adt list

val varies_mir : body

val rEF_COUNT_UNIQUE_mir : body

val rEF_COUNT_BUSY_mir : body

val at_fn_mir : body

val rEF_COUNT_UNUSED_mir : body

val metaSlot_claim_word_mir : body

val metaSlot_publish_shared_mir : body

val metaSlot_publish_unique_mir : body

val rEF_COUNT_MAX_mir : body

val count_overflow_mir0 : body

val metaSlot_get_from_in_use_mir : body

val metaSlot_clone_share_mir : body

val imp_fence_mir : body

val metaSlot_release_share_mir : body

val metaSlot_share_unique_mir : body

val metaSlot_try_unique_by_load_mir : body

val metaSlot_try_unique_mir : body

val metaSlot_retire_unique_mir : body

val metaSlot_count_mir : body

val metaSlot_status_mir : body

val metaSlot_list_id_mir : body

val metaSlot_enter_list_mir : body

val metaSlot_leave_list_mir : body

val metaSlot_mark_unused_mir : body

val slot_program : program

module Coq_slot_fn :
 sig
  val coq_MetaSlot_claim_word : nat

  val coq_MetaSlot_publish_shared : nat

  val coq_MetaSlot_publish_unique : nat

  val coq_MetaSlot_get_from_in_use : nat

  val coq_MetaSlot_clone_share : nat

  val coq_MetaSlot_release_share : nat

  val coq_MetaSlot_share_unique : nat

  val coq_MetaSlot_try_unique : nat

  val coq_MetaSlot_retire_unique : nat

  val coq_MetaSlot_count : nat

  val coq_MetaSlot_mark_unused : nat
 end

val varies : val0

val rEF_COUNT_UNIQUE : val0

val rEF_COUNT_BUSY : val0

val at_fn : val0

val rEF_COUNT_UNUSED : val0

val metaSlot_claim_word_bb14 : val0

val metaSlot_claim_word_bb4 : val0

val metaSlot_claim_word : val0

val metaSlot_publish_shared : val0

val metaSlot_publish_unique_bb4 : val0

val metaSlot_publish_unique : val0

val rEF_COUNT_MAX : val0

val count_overflow0 : val0

val metaSlot_get_from_in_use_bb19 : val0

val metaSlot_get_from_in_use_bb10 : val0

val metaSlot_get_from_in_use_bb2 : val0

val metaSlot_get_from_in_use : val0

val metaSlot_clone_share : val0

val imp_fence : val0

val metaSlot_release_share_bb7 : val0

val metaSlot_release_share : val0

val metaSlot_share_unique : val0

val metaSlot_try_unique_by_load_bb4 : val0

val metaSlot_try_unique_by_load : val0

val metaSlot_try_unique_bb7 : val0

val metaSlot_try_unique : val0

val metaSlot_retire_unique_bb4 : val0

val metaSlot_retire_unique : val0

val metaSlot_count : val0

val metaSlot_status_bb9 : val0

val metaSlot_status_bb2 : val0

val metaSlot_status : val0

val metaSlot_list_id : val0

val metaSlot_enter_list : val0

val metaSlot_leave_list : val0

val metaSlot_mark_unused : val0

val slot_fns : nat -> tparam list -> val0

type frame_run_outcome =
| FrameRun of frame_outcome
| FrameProgramStuck
| FrameProgramOutOfFuel
| FrameCompilationsDiffer

val frame_event_eq_dec : (frame_event, frame_event) relDecision

val frame_error_eq_dec : (frame_error, frame_error) relDecision

val frame_outcome_eq_dec : (frame_outcome, frame_outcome) relDecision

val frame_run_outcome_eq_dec :
  (frame_run_outcome, frame_run_outcome) relDecision

type frame_memory = { fm_state : Coq_lrust_lang.state; fm_log : loc;
                      fm_base : loc; fm_slots : word;
                      fm_handles : (frame_handle * loc) option table }

val frame_fuel : Big_int_Z.big_int

val frame_exec : expr -> Coq_lrust_lang.state -> outcome

val frame_finish :
  outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (frame_run_outcome ->
  'a1) -> 'a1

val meta_cells : nat

val cells_per_slot : Big_int_Z.big_int

val log_entries : Big_int_Z.big_int

val log_size : Big_int_Z.big_int

val boot_slots : Big_int_Z.big_int -> val0

val boot : Big_int_Z.big_int -> word -> expr

val boot_log : expr

val frame_memory_init : word -> frame_memory option

type slot_functions = nat -> val0

val slot_function_count : nat

val slot_tree_functions : val0 list

val slot_block_functions : val0 list

val slot_by_tree : slot_functions

val slot_by_blocks : slot_functions

val vtable_of : word -> nat

val number_cell : nat -> Big_int_Z.big_int

val slot_cell : nat -> Big_int_Z.big_int

val make_meta : word -> word -> expr

val log_entry0 : frame_memory -> val0

val stuck_here0 : expr

val in_slot : slot_functions -> nat -> string -> expr -> expr

val code_of : val0

val in_slot_status : slot_functions -> nat -> expr -> expr

val from_in_use : slot_functions -> val0

val from_unused : slot_functions -> val0

val busy : Big_int_Z.big_int

val destroy : frame_memory -> slot_functions -> nat -> val0

val glues : frame_memory -> slot_functions -> val0 list

val allocator : frame_memory -> slot_functions -> val0

val tear_down : frame_memory -> slot_functions -> expr

val frame_drop1 : frame_memory -> slot_functions -> val0

val unique_drop0 : frame_memory -> slot_functions -> val0

val frame_clone1 : slot_functions -> val0

val frame_from_unique0 : slot_functions -> val0

val try_from_shared : slot_functions -> val0

val reference_count : slot_functions -> val0

val frame_read_int : Coq_lrust_lang.state -> loc -> Big_int_Z.big_int

val frame_read_log : Coq_lrust_lang.state -> loc -> nat -> frame_event list

val frame_log_events :
  frame_memory -> Coq_lrust_lang.state -> frame_event list

val with_frame_state : frame_memory -> Coq_lrust_lang.state -> frame_memory

val with_frame_handle :
  frame_memory -> frame_memory -> word -> (frame_handle * loc) option ->
  frame_memory

val frame_opened :
  frame_memory -> frame_memory -> frame_handle -> loc ->
  frame_memory * frame_run_outcome

val frame_error_of : Big_int_Z.big_int -> frame_run_outcome option

val frame_memory_step :
  frame_memory -> slot_functions -> frame_op ->
  frame_memory * frame_run_outcome

val words_of : Coq_lrust_lang.state -> loc -> nat -> word list

val frame_memory_words : frame_memory -> word list

val frame_memory_run :
  slot_functions -> frame_memory -> frame_op list -> frame_run_outcome
  list * word list

val frame_program_report :
  word -> frame_op list -> frame_run_outcome list * word list

val segment_end : Big_int_Z.big_int

val write_range : val0

val frame_segment_start_paddr : val0

val frame_segment_end_paddr : val0

val frame_segment_size : val0

val pages_drop : nat -> val0 list -> val0 -> val0

val pages_clone : nat -> val0

val frame_segment_drop : nat -> val0 list -> val0 -> val0

val frame_segment_clone : nat -> val0

val pages_claim : nat -> val0 list -> val0 -> val0

val frame_segment_from_unused : nat -> val0 list -> val0 -> val0

val segment_part_status : val0

val frame_segment_split : val0

val frame_segment_slice : nat -> val0

val frame_segment_next : nat -> val0

val frame_segment_next_back : nat -> val0

val frame_segment_into_raw : val0

val frame_segment_from_raw : val0

type segment_run_outcome =
| SegmentRun of seg_outcome
| SegmentProgramStuck
| SegmentProgramOutOfFuel

type segment_memory = { sm_frames : frame_memory;
                        sm_handles : (seg_handle * loc) option table }

val segment_fuel : Big_int_Z.big_int

val make_metas : word -> word -> nat -> val0

val segment_finish :
  segment_memory -> expr -> (val0 -> Coq_lrust_lang.state ->
  segment_memory * segment_run_outcome) ->
  segment_memory * segment_run_outcome

val with_segment_state :
  segment_memory -> Coq_lrust_lang.state -> segment_memory

val with_segment :
  segment_memory -> word -> (seg_handle * loc) option -> segment_memory

val segment_opened :
  segment_memory -> seg_handle -> loc -> segment_memory * segment_run_outcome

val range_at : segment_memory -> loc -> (word * word) option

val segment_refused : word -> Big_int_Z.big_int -> seg_error option

val segment_memory_step :
  segment_memory -> seg_op -> segment_memory * segment_run_outcome

val segment_memory_run :
  segment_memory -> seg_op list -> segment_run_outcome list * word list

val segment_program_report :
  word -> seg_op list -> segment_run_outcome list * word list

val checked_op : int_type -> arith_op -> val0

val link_prev : Big_int_Z.big_int

val link_meta : Big_int_Z.big_int

val list_back : Big_int_Z.big_int

val list_size : Big_int_Z.big_int

val list_id : Big_int_Z.big_int

val cursor_current : Big_int_Z.big_int

val link_slot : val0

val link_drop : val0 -> val0

val new_list_id : val0

val list_lazy_id : val0

val link_insert : val0

val link_remove : val0

val link_take : val0

val frame_list_new : val0

val frame_list_size : val0

val frame_list_push_front : val0

val frame_list_push_back : val0

val frame_list_pop_front : val0

val frame_list_pop_back : val0

val frame_list_has : val0

val frame_list_contains : nat -> val0

val frame_list_drop : val0 list -> val0 -> val0

val cursor_new : val0

val frame_list_cursor_front : val0

val frame_list_cursor_back : val0

val frame_cursor_as_list : val0

val frame_cursor_link : val0

val frame_cursor_move_next : val0

val frame_cursor_move_prev : val0

val frame_cursor_current : val0

val frame_cursor_take_current : val0

val frame_cursor_insert_before : val0

type list_run_outcome =
| ListRun of fl_outcome
| ListProgramStuck
| ListProgramOutOfFuel

type list_memory = { lm_state : Coq_lrust_lang.state; lm_base : loc;
                     lm_ids : loc; lm_log : loc; lm_live : bool table;
                     lm_lists : (loc * loc) option table }

val link_cells : nat

val link_slot_cells : Big_int_Z.big_int

val list_fuel : Big_int_Z.big_int

val list_exec : expr -> Coq_lrust_lang.state -> outcome

val list_finish :
  outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (list_run_outcome ->
  'a1) -> 'a1

val list_log_size : Big_int_Z.big_int

val boot_links : word -> val0

val boot_lists : word -> expr

val list_memory_init : word -> list_memory option

val list_log_entry : list_memory -> val0

val list_glues : list_memory -> val0 list

val list_allocator : list_memory -> val0

val gone : Coq_lrust_lang.state -> loc -> nat -> word list option

val with_list_state : list_memory -> Coq_lrust_lang.state -> list_memory

val with_list :
  list_memory -> list_memory -> word -> (loc * loc) option -> list_memory

val without_frames : list_memory -> list_memory -> word list -> list_memory

val frame_there : list_memory -> val0 -> fl_outcome option

val list_memory_step : list_memory -> fl_op -> list_memory * list_run_outcome

val lists_of : Coq_lrust_lang.state -> loc -> nat -> word list

val list_memory_lists : list_memory -> word list

val list_memory_run :
  list_memory -> fl_op list -> list_run_outcome list * word list

val list_program_report :
  word -> fl_op list -> list_run_outcome list * word list
