
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

val sub : nat -> nat -> nat

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
  val succ : Big_int_Z.big_int -> Big_int_Z.big_int

  val of_succ_nat : nat -> Big_int_Z.big_int
 end

module Z :
 sig
  val of_nat : nat -> Big_int_Z.big_int
 end

val nth : nat -> 'a1 list -> 'a1 -> 'a1

val rev_append : 'a1 list -> 'a1 list -> 'a1 list

val list_eq_dec : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list -> bool

val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1

val existsb : ('a1 -> bool) -> 'a1 list -> bool

val forallb : ('a1 -> bool) -> 'a1 list -> bool

val seq : nat -> nat -> nat list

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

type 'm fMap = __ -> __ -> (__ -> __) -> 'm -> 'm

val fmap : 'a1 fMap -> ('a2 -> 'a3) -> 'a1 -> 'a1

type ('k, 'a, 'm) lookup = 'k -> 'm -> 'a option

val lookup0 : ('a1, 'a2, 'a3) lookup -> 'a1 -> 'a3 -> 'a2 option

val or_dec : decision -> decision -> decision

val prod_eq_dec :
  ('a1, 'a1) relDecision -> ('a2, 'a2) relDecision -> ('a1 * 'a2, 'a1 * 'a2)
  relDecision

val bool_decide : decision -> bool

val option_fmap : (__ -> __) -> __ option -> __ option

module Coq0_Nat :
 sig
  val eq_dec : (nat, nat) relDecision
 end

val list_lookup : (nat, 'a1, 'a1 list) lookup

val list_fmap : (__ -> __) -> __ list -> __ list

val elem_of_list_dec : ('a1, 'a1) relDecision -> ('a1, 'a1 list) relDecision

val list_eq_dec0 : ('a1, 'a1) relDecision -> ('a1 list, 'a1 list) relDecision

type ordering =
| Relaxed
| Acquire
| Release
| AcqRel

val acquires : ordering -> bool

val releases : ordering -> bool

type thread = nat

type clock = nat list

val clk : clock -> thread -> nat

val clk_join : clock -> clock -> clock

val clk_put : thread -> nat -> clock -> clock

val clk_leb : clock -> clock -> bool

type view = { seen : nat; known : clock }

val view_bot : view

val view_join : view -> view -> view

val view_eq_dec : (view, view) relDecision

type thread_view = { cur : view; acq : view; rel : view }

val thread_view_bot : thread_view

type 'a message = { msg_value : 'a; msg_view : view }

type 'a machine = { newest : 'a message; older : 'a message list;
                    views : (thread -> thread_view); writes : clock;
                    reads : clock }

val boot : 'a1 -> 'a1 machine

val last_value : 'a1 machine -> 'a1

val set_view : thread -> thread_view -> 'a1 machine -> 'a1 machine

val after_read : ordering -> nat -> 'a1 message -> thread_view -> thread_view

val released : ordering -> thread_view -> view

val push : thread -> 'a1 message -> thread_view -> 'a1 machine -> 'a1 machine

val load :
  ordering -> thread -> nat -> 'a1 machine -> ('a1 * 'a1 machine) option

val store : ordering -> thread -> 'a1 -> 'a1 machine -> 'a1 machine

val update : ordering -> thread -> 'a1 -> 'a1 machine -> 'a1 machine

val fence_acquire : thread -> 'a1 machine -> 'a1 machine

val fence_release : thread -> 'a1 machine -> 'a1 machine

val learn : thread -> view -> 'a1 machine -> 'a1 machine

val tick : thread -> 'a1 machine -> 'a1 machine

val na_read : thread -> 'a1 machine -> 'a1 machine option

val na_write : thread -> 'a1 machine -> 'a1 machine option

type word =
| UNUSED
| UNIQUE
| COUNT of nat

val word_eq_dec : (word, word) relDecision

type uniqueness_test =
| ByCas of ordering
| ByLoad of ordering

type orderings = { claim : ordering; claim_to_unique : bool;
                   publish_shared : ordering;
                   publish_unique : ordering option; in_use_load : ordering;
                   in_use_retry : ordering; in_use_cas : ordering;
                   clone : ordering; drop_sub : ordering; drop_fence : 
                   bool; store_unused : ordering;
                   retire_unique : ordering option; share_unique : ordering;
                   try_unique : uniqueness_test }

val on_failure : ordering

type handle = nat

type token =
| Guess of nat
| Note
| Shared of handle
| Unique of handle
| Ref of handle
| Claimed
| Built
| Last
| Owned
| Dead
| Probed of handle
| Weak

type place =
| At of thread
| Flying of view

val token_eq_dec : (token, token) relDecision

val place_eq_dec : (place, place) relDecision

type item = token * place

type slot = { mem : word machine; live : bool; pool : item list }

val unused : slot

type action =
| ClaimCas
| ClaimCasFails of nat
| WriteNew
| PublishShared of handle
| PublishUnique of handle
| LookupLoad of nat
| LookupCas of nat * handle
| LookupCasFails of nat * nat
| Clone of token * handle
| Read of token
| Write of token
| DropShared of handle
| DropFence
| DropUnique of handle
| Destroy
| StoreUnused
| ShareUnique of handle
| TryUnique of handle
| TryUniqueFails of handle * nat
| TryUniqueLoad of handle * nat
| TryUniqueStore of handle
| Borrow of token
| EndBorrow of handle
| Send of token
| Receive of token * nat
| Notify
| ClientFence of bool

type fault =
| Race
| Lifetime
| Stray

type 'a result =
| Done of 'a
| Bad of fault
| Disabled

val handle_used : token -> handle option

val may_read : token -> bool

val may_write : token -> bool

val may_clone : token -> item list -> bool

val may_send : token -> bool

val unborrowed : handle -> item list -> bool

val token_unborrowed : token -> item list -> bool

val names : handle -> token -> bool

val unnamed : handle -> item list -> bool

val flying : token -> item list -> view list

val take_item : item -> item list -> item list option

val set_mem : word machine -> slot -> slot

val with_token :
  thread -> token -> slot -> (item list -> slot result) -> slot result

val only_if : bool -> slot result -> slot result

val loading :
  ordering -> thread -> nat -> slot -> (word -> word machine -> slot result)
  -> slot result

val failing_cas :
  bool -> word -> ordering -> thread -> nat -> slot -> (word -> word machine
  -> slot result) -> slot result

val reading : thread -> slot -> (word machine -> slot result) -> slot result

val writing :
  bool -> thread -> slot -> (word machine -> slot result) -> slot result

val guess : word -> token list

val step : orderings -> thread -> action -> slot -> slot result

type trace = (thread * action) list

val run : orderings -> trace -> slot -> slot result

val crate : orderings

type prog =
| Stop
| Alt of action * prog * prog
| IfHolds of token * prog * prog

val act : action -> prog -> prog

val one_of : (action * prog) list -> prog

val acts : action list -> prog -> prog

val holds_token : thread -> token -> slot -> bool

val resolve : thread -> slot -> prog -> (action * prog) list

type verdict =
| Nothing
| Found of fault * trace
| OutOfFuel

type choice = (thread * action) * prog list

val choices : thread -> prog list -> prog list -> slot -> choice list

val scan :
  (prog list -> slot -> verdict) -> orderings -> slot -> choice list ->
  verdict

val explore : nat -> orderings -> prog list -> slot -> verdict

val bound_ages : nat

val bound_count : nat

val ages : nat list

val tear_down : prog -> prog

val new_shared : handle -> prog -> prog

val new_unique : handle -> prog -> prog

val lookup1 : handle -> prog -> prog

val drop_shared : handle -> prog -> prog

val drop_unique : handle -> prog -> prog

val try_from : handle -> prog -> prog -> prog

val read_and_drop : handle -> prog

val write_and_drop : handle -> prog

val spawned : prog -> prog

type scenario =
| CloneAndDrop
| PublishThenLookup
| UniqueWhilePeerDrops
| UniqueDropWhilePeerDrops
| UniqueWhileLookup
| ShareThenLookup
| DropThenReuse
| UniqueDropThenReuse
| LookupAcrossReuse
| TwoLookups
| RoundTripWhileLookup
| TwoClaims
| TwoTryUnique

val scenarios : scenario list

val client : scenario -> prog list

val explore_scenario : orderings -> scenario -> verdict

type site =
| AtClaimUnused
| AtPublishShared
| AtFromInUse
| AtReleaseShare
| AtLastShareFence
| AtStoreUnused
| AtShareUnique
| AtTryFromShared

type change =
| Relaxing of site
| ClaimsUnique
| RetiresUnmarked
| TestsByLoad

val relaxed_test : uniqueness_test -> uniqueness_test

val test_by_loading : uniqueness_test -> uniqueness_test

val changed : change -> orderings -> orderings

type configuration = change list

val configured : configuration -> orderings

val verdicts : configuration -> (scenario * verdict) list

val goes_wrong : configuration -> fault -> trace -> bool

type explorer_answer =
| AnswerNothing
| AnswerOutOfFuel
| AnswerFound of fault * bool * Big_int_Z.big_int

val explorer_answers : configuration -> explorer_answer list
