
type __ = Obj.t
let __ = let rec f _ = Obj.repr f in Obj.repr f

(** val xorb : bool -> bool -> bool **)

let xorb b1 b2 =
  if b1 then if b2 then false else true else b2

(** val negb : bool -> bool **)

let negb = function
| true -> false
| false -> true

type nat =
| O
| S of nat

(** val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option **)

let option_map f = function
| Some a -> Some (f a)
| None -> None

type ('a, 'b) sum =
| Inl of 'a
| Inr of 'b

(** val fst : ('a1 * 'a2) -> 'a1 **)

let fst = function
| (x, _) -> x

(** val snd : ('a1 * 'a2) -> 'a2 **)

let snd = function
| (_, y) -> y

(** val length : 'a1 list -> nat **)

let rec length = function
| [] -> O
| _ :: l' -> S (length l')

(** val app : 'a1 list -> 'a1 list -> 'a1 list **)

let rec app l m =
  match l with
  | [] -> m
  | a :: l1 -> a :: (app l1 m)

type comparison =
| Eq
| Lt
| Gt

type compareSpecT =
| CompEqT
| CompLtT
| CompGtT

(** val compareSpec2Type : comparison -> compareSpecT **)

let compareSpec2Type = function
| Eq -> CompEqT
| Lt -> CompLtT
| Gt -> CompGtT

type 'a compSpecT = compareSpecT

(** val compSpec2Type : 'a1 -> 'a1 -> comparison -> 'a1 compSpecT **)

let compSpec2Type _ _ =
  compareSpec2Type

(** val id : __ -> __ **)

let id x =
  x

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

(** val nzhead : uint -> uint **)

let rec nzhead d = match d with
| D0 d0 -> nzhead d0
| _ -> d

(** val unorm : uint -> uint **)

let unorm d =
  match nzhead d with
  | Nil -> D0 Nil
  | x -> x

(** val norm : signed_int -> signed_int **)

let norm = function
| Pos d0 -> Pos (unorm d0)
| Neg d0 -> (match nzhead d0 with
             | Nil -> Pos (D0 Nil)
             | x -> Neg x)

(** val revapp : uint -> uint -> uint **)

let rec revapp d d' =
  match d with
  | Nil -> d'
  | D0 d0 -> revapp d0 (D0 d')
  | D1 d0 -> revapp d0 (D1 d')
  | D2 d0 -> revapp d0 (D2 d')
  | D3 d0 -> revapp d0 (D3 d')
  | D4 d0 -> revapp d0 (D4 d')
  | D5 d0 -> revapp d0 (D5 d')
  | D6 d0 -> revapp d0 (D6 d')
  | D7 d0 -> revapp d0 (D7 d')
  | D8 d0 -> revapp d0 (D8 d')
  | D9 d0 -> revapp d0 (D9 d')

(** val rev : uint -> uint **)

let rev d =
  revapp d Nil

module Little =
 struct
  (** val succ : uint -> uint **)

  let rec succ = function
  | Nil -> D1 Nil
  | D0 d0 -> D1 d0
  | D1 d0 -> D2 d0
  | D2 d0 -> D3 d0
  | D3 d0 -> D4 d0
  | D4 d0 -> D5 d0
  | D5 d0 -> D6 d0
  | D6 d0 -> D7 d0
  | D7 d0 -> D8 d0
  | D8 d0 -> D9 d0
  | D9 d0 -> D0 (succ d0)
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

(** val nzhead0 : uint0 -> uint0 **)

let rec nzhead0 d = match d with
| D10 d0 -> nzhead0 d0
| _ -> d

(** val unorm0 : uint0 -> uint0 **)

let unorm0 d =
  match nzhead0 d with
  | Nil0 -> D10 Nil0
  | x -> x

(** val norm0 : signed_int0 -> signed_int0 **)

let norm0 = function
| Pos0 d0 -> Pos0 (unorm0 d0)
| Neg0 d0 -> (match nzhead0 d0 with
              | Nil0 -> Pos0 (D10 Nil0)
              | x -> Neg0 x)

(** val revapp0 : uint0 -> uint0 -> uint0 **)

let rec revapp0 d d' =
  match d with
  | Nil0 -> d'
  | D10 d0 -> revapp0 d0 (D10 d')
  | D11 d0 -> revapp0 d0 (D11 d')
  | D12 d0 -> revapp0 d0 (D12 d')
  | D13 d0 -> revapp0 d0 (D13 d')
  | D14 d0 -> revapp0 d0 (D14 d')
  | D15 d0 -> revapp0 d0 (D15 d')
  | D16 d0 -> revapp0 d0 (D16 d')
  | D17 d0 -> revapp0 d0 (D17 d')
  | D18 d0 -> revapp0 d0 (D18 d')
  | D19 d0 -> revapp0 d0 (D19 d')
  | Da d0 -> revapp0 d0 (Da d')
  | Db d0 -> revapp0 d0 (Db d')
  | Dc d0 -> revapp0 d0 (Dc d')
  | Dd d0 -> revapp0 d0 (Dd d')
  | De d0 -> revapp0 d0 (De d')
  | Df d0 -> revapp0 d0 (Df d')

(** val rev0 : uint0 -> uint0 **)

let rev0 d =
  revapp0 d Nil0

module Coq_Little =
 struct
  (** val succ : uint0 -> uint0 **)

  let rec succ = function
  | Nil0 -> D11 Nil0
  | D10 d0 -> D11 d0
  | D11 d0 -> D12 d0
  | D12 d0 -> D13 d0
  | D13 d0 -> D14 d0
  | D14 d0 -> D15 d0
  | D15 d0 -> D16 d0
  | D16 d0 -> D17 d0
  | D17 d0 -> D18 d0
  | D18 d0 -> D19 d0
  | D19 d0 -> Da d0
  | Da d0 -> Db d0
  | Db d0 -> Dc d0
  | Dc d0 -> Dd d0
  | Dd d0 -> De d0
  | De d0 -> Df d0
  | Df d0 -> D10 (succ d0)
 end

type uint1 =
| UIntDecimal of uint
| UIntHexadecimal of uint0

type signed_int1 =
| IntDecimal of signed_int
| IntHexadecimal of signed_int0

module Coq__1 = struct
 (** val add : nat -> nat -> nat **)
 let rec add n0 m =
   match n0 with
   | O -> m
   | S p -> S (add p m)
end
include Coq__1

(** val compose : ('a2 -> 'a3) -> ('a1 -> 'a2) -> 'a1 -> 'a3 **)

let compose g f x =
  g (f x)

(** val eqb : bool -> bool -> bool **)

let eqb b1 b2 =
  if b1 then b2 else if b2 then false else true

type reflect =
| ReflectT
| ReflectF

(** val iff_reflect : bool -> reflect **)

let iff_reflect = function
| true -> ReflectT
| false -> ReflectF

module Nat =
 struct
  type t = nat

  (** val zero : nat **)

  let zero =
    O

  (** val one : nat **)

  let one =
    S O

  (** val two : nat **)

  let two =
    S (S O)

  (** val succ : nat -> nat **)

  let succ x =
    S x

  (** val pred : nat -> nat **)

  let pred n0 = match n0 with
  | O -> n0
  | S u -> u

  (** val add : nat -> nat -> nat **)

  let rec add n0 m =
    match n0 with
    | O -> m
    | S p -> S (add p m)

  (** val double : nat -> nat **)

  let double n0 =
    add n0 n0

  (** val mul : nat -> nat -> nat **)

  let rec mul n0 m =
    match n0 with
    | O -> O
    | S p -> add m (mul p m)

  (** val sub : nat -> nat -> nat **)

  let rec sub n0 m =
    match n0 with
    | O -> n0
    | S k -> (match m with
              | O -> n0
              | S l -> sub k l)

  (** val eqb : nat -> nat -> bool **)

  let rec eqb n0 m =
    match n0 with
    | O -> (match m with
            | O -> true
            | S _ -> false)
    | S n' -> (match m with
               | O -> false
               | S m' -> eqb n' m')

  (** val leb : nat -> nat -> bool **)

  let rec leb n0 m =
    match n0 with
    | O -> true
    | S n' -> (match m with
               | O -> false
               | S m' -> leb n' m')

  (** val ltb : nat -> nat -> bool **)

  let ltb n0 m =
    leb (S n0) m

  (** val compare : nat -> nat -> comparison **)

  let rec compare n0 m =
    match n0 with
    | O -> (match m with
            | O -> Eq
            | S _ -> Lt)
    | S n' -> (match m with
               | O -> Gt
               | S m' -> compare n' m')

  (** val max : nat -> nat -> nat **)

  let rec max n0 m =
    match n0 with
    | O -> m
    | S n' -> (match m with
               | O -> n0
               | S m' -> S (max n' m'))

  (** val min : nat -> nat -> nat **)

  let rec min n0 m =
    match n0 with
    | O -> O
    | S n' -> (match m with
               | O -> O
               | S m' -> S (min n' m'))

  (** val even : nat -> bool **)

  let rec even = function
  | O -> true
  | S n1 -> (match n1 with
             | O -> false
             | S n' -> even n')

  (** val odd : nat -> bool **)

  let odd n0 =
    negb (even n0)

  (** val pow : nat -> nat -> nat **)

  let rec pow n0 = function
  | O -> S O
  | S m0 -> mul n0 (pow n0 m0)

  (** val tail_add : nat -> nat -> nat **)

  let rec tail_add n0 m =
    match n0 with
    | O -> m
    | S n1 -> tail_add n1 (S m)

  (** val tail_addmul : nat -> nat -> nat -> nat **)

  let rec tail_addmul r n0 m =
    match n0 with
    | O -> r
    | S n1 -> tail_addmul (tail_add m r) n1 m

  (** val tail_mul : nat -> nat -> nat **)

  let tail_mul n0 m =
    tail_addmul O n0 m

  (** val of_uint_acc : uint -> nat -> nat **)

  let rec of_uint_acc d acc =
    match d with
    | Nil -> acc
    | D0 d0 ->
      of_uint_acc d0 (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc)
    | D1 d0 ->
      of_uint_acc d0 (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc))
    | D2 d0 ->
      of_uint_acc d0 (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc)))
    | D3 d0 ->
      of_uint_acc d0 (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc))))
    | D4 d0 ->
      of_uint_acc d0 (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc)))))
    | D5 d0 ->
      of_uint_acc d0 (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc))))))
    | D6 d0 ->
      of_uint_acc d0 (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc)))))))
    | D7 d0 ->
      of_uint_acc d0 (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc))))))))
    | D8 d0 ->
      of_uint_acc d0 (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc)))))))))
    | D9 d0 ->
      of_uint_acc d0 (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S O)))))))))) acc))))))))))

  (** val of_uint : uint -> nat **)

  let of_uint d =
    of_uint_acc d O

  (** val of_hex_uint_acc : uint0 -> nat -> nat **)

  let rec of_hex_uint_acc d acc =
    match d with
    | Nil0 -> acc
    | D10 d0 ->
      of_hex_uint_acc d0
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)
    | D11 d0 ->
      of_hex_uint_acc d0 (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))
    | D12 d0 ->
      of_hex_uint_acc d0 (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))
    | D13 d0 ->
      of_hex_uint_acc d0 (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))
    | D14 d0 ->
      of_hex_uint_acc d0 (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))
    | D15 d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))
    | D16 d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))))
    | D17 d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))))
    | D18 d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))))))
    | D19 d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))))))
    | Da d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))))))))
    | Db d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))))))))
    | Dc d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))))))))))
    | Dd d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))))))))))
    | De d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc)))))))))))))))
    | Df d0 ->
      of_hex_uint_acc d0 (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
        (tail_mul (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
          O)))))))))))))))) acc))))))))))))))))

  (** val of_hex_uint : uint0 -> nat **)

  let of_hex_uint d =
    of_hex_uint_acc d O

  (** val of_num_uint : uint1 -> nat **)

  let of_num_uint = function
  | UIntDecimal d0 -> of_uint d0
  | UIntHexadecimal d0 -> of_hex_uint d0

  (** val to_little_uint : nat -> uint -> uint **)

  let rec to_little_uint n0 acc =
    match n0 with
    | O -> acc
    | S n1 -> to_little_uint n1 (Little.succ acc)

  (** val to_uint : nat -> uint **)

  let to_uint n0 =
    rev (to_little_uint n0 (D0 Nil))

  (** val to_little_hex_uint : nat -> uint0 -> uint0 **)

  let rec to_little_hex_uint n0 acc =
    match n0 with
    | O -> acc
    | S n1 -> to_little_hex_uint n1 (Coq_Little.succ acc)

  (** val to_hex_uint : nat -> uint0 **)

  let to_hex_uint n0 =
    rev0 (to_little_hex_uint n0 (D10 Nil0))

  (** val to_num_uint : nat -> uint1 **)

  let to_num_uint n0 =
    UIntDecimal (to_uint n0)

  (** val to_num_hex_uint : nat -> uint1 **)

  let to_num_hex_uint n0 =
    UIntHexadecimal (to_hex_uint n0)

  (** val of_int : signed_int -> nat option **)

  let of_int d =
    match norm d with
    | Pos u -> Some (of_uint u)
    | Neg _ -> None

  (** val of_hex_int : signed_int0 -> nat option **)

  let of_hex_int d =
    match norm0 d with
    | Pos0 u -> Some (of_hex_uint u)
    | Neg0 _ -> None

  (** val of_num_int : signed_int1 -> nat option **)

  let of_num_int = function
  | IntDecimal d0 -> of_int d0
  | IntHexadecimal d0 -> of_hex_int d0

  (** val to_int : nat -> signed_int **)

  let to_int n0 =
    Pos (to_uint n0)

  (** val to_hex_int : nat -> signed_int0 **)

  let to_hex_int n0 =
    Pos0 (to_hex_uint n0)

  (** val to_num_int : nat -> signed_int1 **)

  let to_num_int n0 =
    IntDecimal (to_int n0)

  (** val divmod : nat -> nat -> nat -> nat -> nat * nat **)

  let rec divmod x y q u =
    match x with
    | O -> (q, u)
    | S x' ->
      (match u with
       | O -> divmod x' y (S q) y
       | S u' -> divmod x' y q u')

  (** val div : nat -> nat -> nat **)

  let div x y = match y with
  | O -> y
  | S y' -> fst (divmod x y' O y')

  (** val modulo : nat -> nat -> nat **)

  let modulo x = function
  | O -> x
  | S y' -> sub y' (snd (divmod x y' O y'))

  (** val gcd : nat -> nat -> nat **)

  let rec gcd a b =
    match a with
    | O -> b
    | S a' -> gcd (modulo b (S a')) (S a')

  (** val square : nat -> nat **)

  let square n0 =
    mul n0 n0

  (** val sqrt_iter : nat -> nat -> nat -> nat -> nat **)

  let rec sqrt_iter k p q r =
    match k with
    | O -> p
    | S k' ->
      (match r with
       | O -> sqrt_iter k' (S p) (S (S q)) (S (S q))
       | S r' -> sqrt_iter k' p q r')

  (** val sqrt : nat -> nat **)

  let sqrt n0 =
    sqrt_iter n0 O O O

  (** val log2_iter : nat -> nat -> nat -> nat -> nat **)

  let rec log2_iter k p q r =
    match k with
    | O -> p
    | S k' ->
      (match r with
       | O -> log2_iter k' (S p) (S q) q
       | S r' -> log2_iter k' p (S q) r')

  (** val log2 : nat -> nat **)

  let log2 n0 =
    log2_iter (pred n0) O (S O) O

  (** val iter : nat -> ('a1 -> 'a1) -> 'a1 -> 'a1 **)

  let rec iter n0 f x =
    match n0 with
    | O -> x
    | S n1 -> f (iter n1 f x)

  (** val div2 : nat -> nat **)

  let rec div2 = function
  | O -> O
  | S n1 -> (match n1 with
             | O -> O
             | S n' -> S (div2 n'))

  (** val testbit : nat -> nat -> bool **)

  let rec testbit a = function
  | O -> odd a
  | S n1 -> testbit (div2 a) n1

  (** val shiftl : nat -> nat -> nat **)

  let rec shiftl a = function
  | O -> a
  | S n1 -> double (shiftl a n1)

  (** val shiftr : nat -> nat -> nat **)

  let rec shiftr a = function
  | O -> a
  | S n1 -> div2 (shiftr a n1)

  (** val bitwise : (bool -> bool -> bool) -> nat -> nat -> nat -> nat **)

  let rec bitwise op n0 a b =
    match n0 with
    | O -> O
    | S n' ->
      add (if op (odd a) (odd b) then S O else O)
        (mul (S (S O)) (bitwise op n' (div2 a) (div2 b)))

  (** val coq_land : nat -> nat -> nat **)

  let coq_land a b =
    bitwise (&&) a a b

  (** val coq_lor : nat -> nat -> nat **)

  let coq_lor a b =
    bitwise (||) (max a b) a b

  (** val ldiff : nat -> nat -> nat **)

  let ldiff a b =
    bitwise (fun b0 b' -> (&&) b0 (negb b')) a a b

  (** val coq_lxor : nat -> nat -> nat **)

  let coq_lxor a b =
    bitwise xorb (max a b) a b

  (** val recursion : 'a1 -> (nat -> 'a1 -> 'a1) -> nat -> 'a1 **)

  let rec recursion x f0 = function
  | O -> x
  | S n1 -> f0 n1 (recursion x f0 n1)

  (** val eq_dec : nat -> nat -> bool **)

  let rec eq_dec n0 m =
    match n0 with
    | O -> (match m with
            | O -> true
            | S _ -> false)
    | S n1 -> (match m with
               | O -> false
               | S n2 -> eq_dec n1 n2)

  (** val leb_spec0 : nat -> nat -> reflect **)

  let leb_spec0 x y =
    iff_reflect (leb x y)

  (** val ltb_spec0 : nat -> nat -> reflect **)

  let ltb_spec0 x y =
    iff_reflect (ltb x y)

  module Private_OrderTac =
   struct
    module IsTotal =
     struct
     end

    module Tac =
     struct
     end
   end

  module Private_Tac =
   struct
   end

  module Private_Dec =
   struct
    (** val max_case_strong :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__
        -> 'a1) -> 'a1 **)

    let max_case_strong n0 m compat hl hr =
      let c = compSpec2Type n0 m (compare n0 m) in
      (match c with
       | CompGtT -> compat n0 (max n0 m) __ (hl __)
       | _ -> compat m (max n0 m) __ (hr __))

    (** val max_case :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1 **)

    let max_case n0 m x x0 x1 =
      max_case_strong n0 m x (fun _ -> x0) (fun _ -> x1)

    (** val max_dec : nat -> nat -> bool **)

    let max_dec n0 m =
      max_case n0 m (fun _ _ _ h0 -> h0) true false

    (** val min_case_strong :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__
        -> 'a1) -> 'a1 **)

    let min_case_strong n0 m compat hl hr =
      let c = compSpec2Type n0 m (compare n0 m) in
      (match c with
       | CompGtT -> compat m (min n0 m) __ (hr __)
       | _ -> compat n0 (min n0 m) __ (hl __))

    (** val min_case :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1 **)

    let min_case n0 m x x0 x1 =
      min_case_strong n0 m x (fun _ -> x0) (fun _ -> x1)

    (** val min_dec : nat -> nat -> bool **)

    let min_dec n0 m =
      min_case n0 m (fun _ _ _ h0 -> h0) true false
   end

  (** val max_case_strong :
      nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1 **)

  let max_case_strong n0 m x x0 =
    Private_Dec.max_case_strong n0 m (fun _ _ _ x1 -> x1) x x0

  (** val max_case : nat -> nat -> 'a1 -> 'a1 -> 'a1 **)

  let max_case n0 m x x0 =
    max_case_strong n0 m (fun _ -> x) (fun _ -> x0)

  (** val max_dec : nat -> nat -> bool **)

  let max_dec =
    Private_Dec.max_dec

  (** val min_case_strong :
      nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1 **)

  let min_case_strong n0 m x x0 =
    Private_Dec.min_case_strong n0 m (fun _ _ _ x1 -> x1) x x0

  (** val min_case : nat -> nat -> 'a1 -> 'a1 -> 'a1 **)

  let min_case n0 m x x0 =
    min_case_strong n0 m (fun _ -> x) (fun _ -> x0)

  (** val min_dec : nat -> nat -> bool **)

  let min_dec =
    Private_Dec.min_dec

  module Private_Parity =
   struct
   end

  module Private_NZPow =
   struct
   end

  module Private_NZSqrt =
   struct
   end

  (** val sqrt_up : nat -> nat **)

  let sqrt_up a =
    match compare O a with
    | Lt -> S (sqrt (pred a))
    | _ -> O

  (** val log2_up : nat -> nat **)

  let log2_up a =
    match compare (S O) a with
    | Lt -> S (log2 (pred a))
    | _ -> O

  module Private_NZDiv =
   struct
   end

  (** val lcm : nat -> nat -> nat **)

  let lcm a b =
    mul a (div b (gcd a b))

  (** val eqb_spec : nat -> nat -> reflect **)

  let eqb_spec x y =
    iff_reflect (eqb x y)

  (** val b2n : bool -> nat **)

  let b2n = function
  | true -> S O
  | false -> O

  (** val setbit : nat -> nat -> nat **)

  let setbit a n0 =
    coq_lor a (shiftl (S O) n0)

  (** val clearbit : nat -> nat -> nat **)

  let clearbit a n0 =
    ldiff a (shiftl (S O) n0)

  (** val ones : nat -> nat **)

  let ones n0 =
    pred (shiftl (S O) n0)

  (** val lnot : nat -> nat -> nat **)

  let lnot a n0 =
    coq_lxor a (ones n0)

  (** val coq_Even_Odd_dec : nat -> bool **)

  let rec coq_Even_Odd_dec = function
  | O -> true
  | S n1 -> if coq_Even_Odd_dec n1 then false else true

  type coq_EvenT = nat

  type coq_OddT = nat

  (** val coq_EvenT_0 : coq_EvenT **)

  let coq_EvenT_0 =
    O

  (** val coq_EvenT_2 : nat -> coq_EvenT -> coq_EvenT **)

  let coq_EvenT_2 _ h0 =
    S h0

  (** val coq_OddT_1 : coq_OddT **)

  let coq_OddT_1 =
    O

  (** val coq_OddT_2 : nat -> coq_OddT -> coq_OddT **)

  let coq_OddT_2 _ h0 =
    S h0

  (** val coq_EvenT_S_OddT : nat -> coq_EvenT -> coq_OddT **)

  let coq_EvenT_S_OddT _ = function
  | O -> assert false (* absurd case *)
  | S n0 -> n0

  (** val coq_OddT_S_EvenT : nat -> coq_OddT -> coq_EvenT **)

  let coq_OddT_S_EvenT _ h =
    h

  (** val even_EvenT : nat -> coq_EvenT **)

  let rec even_EvenT = function
  | O -> coq_EvenT_0
  | S n1 ->
    (match n1 with
     | O -> assert false (* absurd case *)
     | S n2 -> let he = even_EvenT n2 in coq_EvenT_2 n2 he)

  (** val odd_OddT : nat -> coq_OddT **)

  let rec odd_OddT = function
  | O -> assert false (* absurd case *)
  | S n1 ->
    (match n1 with
     | O -> coq_OddT_1
     | S n2 -> let he = odd_OddT n2 in coq_OddT_2 n2 he)

  (** val coq_Even_EvenT : nat -> coq_EvenT **)

  let coq_Even_EvenT =
    even_EvenT

  (** val coq_Odd_OddT : nat -> coq_OddT **)

  let coq_Odd_OddT =
    odd_OddT

  (** val coq_EvenT_OddT_dec : nat -> (coq_EvenT, coq_OddT) sum **)

  let coq_EvenT_OddT_dec n0 =
    if even n0 then Inl (even_EvenT n0) else Inr (odd_OddT n0)

  (** val coq_OddT_EvenT_rect :
      (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
      'a2) -> nat -> coq_OddT -> 'a1 **)

  let rec coq_OddT_EvenT_rect hQP hQ0 hPQ n0 h =
    match n0 with
    | O -> assert false (* absurd case *)
    | S n1 ->
      (match n1 with
       | O -> hQP O coq_EvenT_0 hQ0
       | S n2 ->
         let hES = coq_OddT_S_EvenT (S n2) h in
         let hO = coq_EvenT_S_OddT n2 hES in
         hQP (S n2) hES (hPQ n2 hO (coq_OddT_EvenT_rect hQP hQ0 hPQ n2 hO)))

  (** val coq_EvenT_OddT_rect :
      (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
      'a2) -> nat -> coq_EvenT -> 'a2 **)

  let coq_EvenT_OddT_rect hQP hQ0 hPQ n0 hES =
    match n0 with
    | O -> hQ0
    | S n1 ->
      let hO = coq_EvenT_S_OddT n1 hES in
      hPQ n1 hO (coq_OddT_EvenT_rect hQP hQ0 hPQ n1 hO)
 end

module Pos =
 struct
  type mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg
 end

module Coq_Pos =
 struct
  (** val succ : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec succ = Big_int_Z.succ_big_int

  (** val add :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec add = Big_int_Z.add_big_int

  (** val add_carry :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  and add_carry x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (add_carry p q))
        (fun q -> Big_int_Z.mult_int_big_int 2 (add_carry p q))
        (fun _ ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (succ p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> Big_int_Z.mult_int_big_int 2 (add_carry p q))
        (fun q ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (add p q))
        (fun _ -> Big_int_Z.mult_int_big_int 2 (succ p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (succ q))
        (fun q -> Big_int_Z.mult_int_big_int 2 (succ q))
        (fun _ ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        Big_int_Z.unit_big_int)
        y)
      x

  (** val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec pred_double x =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (Big_int_Z.mult_int_big_int 2 p))
      (fun p ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (pred_double p))
      (fun _ -> Big_int_Z.unit_big_int)
      x

  (** val pred_N : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pred_N x =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p -> (Big_int_Z.mult_int_big_int 2 p))
      (fun p -> (pred_double p))
      (fun _ -> Big_int_Z.zero_big_int)
      x

  type mask = Pos.mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg

  (** val succ_double_mask : mask -> mask **)

  let succ_double_mask = function
  | IsNul -> IsPos Big_int_Z.unit_big_int
  | IsPos p ->
    IsPos ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      p)
  | IsNeg -> IsNeg

  (** val double_mask : mask -> mask **)

  let double_mask = function
  | IsPos p -> IsPos (Big_int_Z.mult_int_big_int 2 p)
  | x0 -> x0

  (** val double_pred_mask : Big_int_Z.big_int -> mask **)

  let double_pred_mask x =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p -> IsPos (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 p)))
      (fun p -> IsPos (Big_int_Z.mult_int_big_int 2
      (pred_double p)))
      (fun _ -> IsNul)
      x

  (** val sub_mask : Big_int_Z.big_int -> Big_int_Z.big_int -> mask **)

  let rec sub_mask x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> double_mask (sub_mask p q))
        (fun q -> succ_double_mask (sub_mask p q))
        (fun _ -> IsPos (Big_int_Z.mult_int_big_int 2 p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun q -> double_mask (sub_mask p q))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> IsNeg)
        (fun _ -> IsNeg)
        (fun _ -> IsNul)
        y)
      x

  (** val sub_mask_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> mask **)

  and sub_mask_carry x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun q -> double_mask (sub_mask p q))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> double_mask (sub_mask_carry p q))
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun _ -> double_pred_mask p)
        y)
      (fun _ -> IsNeg)
      x

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec mul = Big_int_Z.mult_big_int

  (** val iter : ('a1 -> 'a1) -> 'a1 -> Big_int_Z.big_int -> 'a1 **)

  let rec iter f x n0 =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun n' -> f (iter f (iter f x n') n'))
      (fun n' -> iter f (iter f x n') n')
      (fun _ -> f x)
      n0

  (** val compare_cont :
      comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let rec compare_cont = (fun c x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then c else if s < 0 then Lt else Gt)

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

  (** val max :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let max = Big_int_Z.max_big_int

  (** val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let rec eqb p q =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> eqb p0 q0)
        (fun _ -> false)
        (fun _ -> false)
        q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun q0 -> eqb p0 q0)
        (fun _ -> false)
        q)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun _ -> false)
        (fun _ -> true)
        q)
      p

  (** val coq_Nsucc_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_Nsucc_double x =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p ->
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) p))
      x

  (** val coq_Ndouble : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_Ndouble n0 =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p -> (Big_int_Z.mult_int_big_int 2 p))
      n0

  (** val coq_lor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec coq_lor p q =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (coq_lor p0 q0))
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (coq_lor p0 q0))
        (fun _ -> p)
        q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (coq_lor p0 q0))
        (fun q0 -> Big_int_Z.mult_int_big_int 2 (coq_lor p0 q0))
        (fun _ ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        p0)
        q)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> q)
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        q0)
        (fun _ -> q)
        q)
      p

  (** val coq_land :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec coq_land p q =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Nsucc_double (coq_land p0 q0))
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun _ -> Big_int_Z.unit_big_int)
        q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun _ -> Big_int_Z.zero_big_int)
        q)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> Big_int_Z.unit_big_int)
        (fun _ -> Big_int_Z.zero_big_int)
        (fun _ -> Big_int_Z.unit_big_int)
        q)
      p

  (** val ldiff :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec ldiff p q =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun q0 -> coq_Nsucc_double (ldiff p0 q0))
        (fun _ -> (Big_int_Z.mult_int_big_int 2 p0))
        q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun _ -> p)
        q)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> Big_int_Z.zero_big_int)
        (fun _ -> Big_int_Z.unit_big_int)
        (fun _ -> Big_int_Z.zero_big_int)
        q)
      p

  (** val coq_lxor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec coq_lxor p q =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Ndouble (coq_lxor p0 q0))
        (fun q0 -> coq_Nsucc_double (coq_lxor p0 q0))
        (fun _ -> (Big_int_Z.mult_int_big_int 2 p0))
        q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> coq_Nsucc_double (coq_lxor p0 q0))
        (fun q0 -> coq_Ndouble (coq_lxor p0 q0))
        (fun _ ->
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        p0))
        q)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> (Big_int_Z.mult_int_big_int 2 q0))
        (fun q0 ->
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        q0))
        (fun _ -> Big_int_Z.zero_big_int)
        q)
      p

  (** val iter_op : ('a1 -> 'a1 -> 'a1) -> Big_int_Z.big_int -> 'a1 -> 'a1 **)

  let rec iter_op op p a =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 -> op a (iter_op op p0 (op a a)))
      (fun p0 -> iter_op op p0 (op a a))
      (fun _ -> a)
      p

  (** val to_nat : Big_int_Z.big_int -> nat **)

  let to_nat x =
    iter_op Coq__1.add x (S O)

  (** val of_succ_nat : nat -> Big_int_Z.big_int **)

  let rec of_succ_nat = function
  | O -> Big_int_Z.unit_big_int
  | S x -> succ (of_succ_nat x)

  (** val eq_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let rec eq_dec p x0 =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun p1 -> eq_dec p0 p1)
        (fun _ -> false)
        (fun _ -> false)
        x0)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun p1 -> eq_dec p0 p1)
        (fun _ -> false)
        x0)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun _ -> false)
        (fun _ -> true)
        x0)
      p
 end

module N =
 struct
  (** val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ_double x =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p ->
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) p))
      x

  (** val double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let double n0 =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p -> (Big_int_Z.mult_int_big_int 2 p))
      n0

  (** val succ : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ = Big_int_Z.succ_big_int

  (** val succ_pos : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ_pos n0 =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p -> Coq_Pos.succ p)
      n0

  (** val add :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let add = Big_int_Z.add_big_int

  (** val sub :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let sub = (fun n m -> Big_int_Z.max_big_int Big_int_Z.zero_big_int
  (Big_int_Z.sub_big_int n m))

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let mul = Big_int_Z.mult_big_int

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

  (** val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let leb x y =
    match compare x y with
    | Gt -> false
    | _ -> true

  (** val pos_div_eucl :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * Big_int_Z.big_int **)

  let rec pos_div_eucl a b =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' = succ_double r in
      if leb b r' then ((succ_double q), (sub r' b)) else ((double q), r'))
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' = double r in
      if leb b r' then ((succ_double q), (sub r' b)) else ((double q), r'))
      (fun _ ->
      (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
        (fun _ -> (Big_int_Z.zero_big_int, Big_int_Z.unit_big_int))
        (fun p ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> (Big_int_Z.zero_big_int,
          Big_int_Z.unit_big_int))
          (fun _ -> (Big_int_Z.zero_big_int,
          Big_int_Z.unit_big_int))
          (fun _ -> (Big_int_Z.unit_big_int, Big_int_Z.zero_big_int))
          p)
        b)
      a

  (** val coq_lor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_lor n0 m =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> m)
      (fun p ->
      (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
        (fun _ -> n0)
        (fun q -> (Coq_Pos.coq_lor p q))
        m)
      n0

  (** val coq_land :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_land n0 m =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p ->
      (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
        (fun _ -> Big_int_Z.zero_big_int)
        (fun q -> Coq_Pos.coq_land p q)
        m)
      n0

  (** val ldiff :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let ldiff n0 m =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p ->
      (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
        (fun _ -> n0)
        (fun q -> Coq_Pos.ldiff p q)
        m)
      n0

  (** val coq_lxor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_lxor n0 m =
    (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
      (fun _ -> m)
      (fun p ->
      (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
        (fun _ -> n0)
        (fun q -> Coq_Pos.coq_lxor p q)
        m)
      n0
 end

module Z =
 struct
  (** val double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p -> (Big_int_Z.mult_int_big_int 2 p))
      (fun p -> Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2 p))
      x

  (** val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ_double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p ->
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      p))
      (fun p -> Big_int_Z.minus_big_int (Coq_Pos.pred_double p))
      x

  (** val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pred_double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
      (fun p -> (Coq_Pos.pred_double p))
      (fun p -> Big_int_Z.minus_big_int
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) p))
      x

  (** val pos_sub :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec pos_sub x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> double (pos_sub p q))
        (fun q -> succ_double (pos_sub p q))
        (fun _ -> (Big_int_Z.mult_int_big_int 2 p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> pred_double (pos_sub p q))
        (fun q -> double (pos_sub p q))
        (fun _ -> (Coq_Pos.pred_double p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2
        q))
        (fun q -> Big_int_Z.minus_big_int (Coq_Pos.pred_double q))
        (fun _ -> Big_int_Z.zero_big_int)
        y)
      x

  (** val add :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let add = Big_int_Z.add_big_int

  (** val opp : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let opp = Big_int_Z.minus_big_int

  (** val succ : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ = Big_int_Z.succ_big_int

  (** val pred : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pred = Big_int_Z.pred_big_int

  (** val sub :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let sub = Big_int_Z.sub_big_int

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let mul = Big_int_Z.mult_big_int

  (** val pow_pos :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pow_pos z0 =
    Coq_Pos.iter (mul z0) Big_int_Z.unit_big_int

  (** val pow :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pow x y =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p -> pow_pos x p)
      (fun _ -> Big_int_Z.zero_big_int)
      y

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

  (** val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let leb x y =
    match compare x y with
    | Gt -> false
    | _ -> true

  (** val ltb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let ltb x y =
    match compare x y with
    | Lt -> true
    | _ -> false

  (** val eqb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let eqb = Big_int_Z.eq_big_int

  (** val to_nat : Big_int_Z.big_int -> nat **)

  let to_nat z0 =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> O)
      (fun p -> Coq_Pos.to_nat p)
      (fun _ -> O)
      z0

  (** val to_N : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let to_N = Big_int_Z.(fun p -> if sign_big_int p < 0 then zero_big_int else p)

  (** val of_nat : nat -> Big_int_Z.big_int **)

  let of_nat = function
  | O -> Big_int_Z.zero_big_int
  | S n1 -> (Coq_Pos.of_succ_nat n1)

  (** val of_N : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let of_N = (fun p -> p)

  (** val pos_div_eucl :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * Big_int_Z.big_int **)

  let rec pos_div_eucl a b =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' =
        add (mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) r)
          Big_int_Z.unit_big_int
      in
      if ltb r' b
      then ((mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) q), r')
      else ((add
              (mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) q)
              Big_int_Z.unit_big_int), (sub r' b)))
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' = mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) r in
      if ltb r' b
      then ((mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) q), r')
      else ((add
              (mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) q)
              Big_int_Z.unit_big_int), (sub r' b)))
      (fun _ ->
      if leb (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) b
      then (Big_int_Z.zero_big_int, Big_int_Z.unit_big_int)
      else (Big_int_Z.unit_big_int, Big_int_Z.zero_big_int))
      a

  (** val div_eucl :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * Big_int_Z.big_int **)

  let div_eucl = Big_int_Z.(fun x y ->
  match sign_big_int y with
  | 0 -> (zero_big_int, x)
  | 1 -> quomod_big_int x y
  | _ -> let (q, r) = quomod_big_int (add_int_big_int (-1) x) y in
          (add_int_big_int (-1) q, add_big_int (add_int_big_int 1 y) r))

  (** val div :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let div = Big_int_Z.(fun x y ->
  match sign_big_int y with
  | 0 -> zero_big_int
  | 1 -> div_big_int x y
  | _ -> add_int_big_int (-1) (div_big_int (add_int_big_int (-1) x) y))

  (** val modulo :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let modulo = Big_int_Z.(fun x y ->
  match sign_big_int y with
  | 0 -> x
  | 1 -> mod_big_int x y
  | _ -> add_big_int y (add_int_big_int 1 (mod_big_int (add_int_big_int (-1) x) y)))

  (** val quotrem :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * Big_int_Z.big_int **)

  let quotrem a b =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> (Big_int_Z.zero_big_int, Big_int_Z.zero_big_int))
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> (Big_int_Z.zero_big_int, a))
        (fun b0 ->
        let (q, r) = N.pos_div_eucl a0 b0 in ((of_N q), (of_N r)))
        (fun b0 ->
        let (q, r) = N.pos_div_eucl a0 b0 in ((opp (of_N q)), (of_N r)))
        b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> (Big_int_Z.zero_big_int, a))
        (fun b0 ->
        let (q, r) = N.pos_div_eucl a0 b0 in ((opp (of_N q)), (opp (of_N r))))
        (fun b0 ->
        let (q, r) = N.pos_div_eucl a0 b0 in ((of_N q), (opp (of_N r))))
        b)
      a

  (** val quot :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let quot a b =
    fst (quotrem a b)

  (** val rem :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rem a b =
    snd (quotrem a b)

  (** val even : Big_int_Z.big_int -> bool **)

  let even z0 =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> true)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun _ -> true)
        (fun _ -> false)
        p)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> false)
        (fun _ -> true)
        (fun _ -> false)
        p)
      z0

  (** val coq_lor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_lor a b =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> a)
        (fun b0 -> (Coq_Pos.coq_lor a0 b0))
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.ldiff (Coq_Pos.pred_N b0) a0)))
        b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> a)
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.ldiff (Coq_Pos.pred_N a0) b0)))
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.coq_land (Coq_Pos.pred_N a0) (Coq_Pos.pred_N b0))))
        b)
      a

  (** val coq_land :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_land a b =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.zero_big_int)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> Big_int_Z.zero_big_int)
        (fun b0 -> of_N (Coq_Pos.coq_land a0 b0))
        (fun b0 -> of_N (N.ldiff a0 (Coq_Pos.pred_N b0)))
        b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> Big_int_Z.zero_big_int)
        (fun b0 -> of_N (N.ldiff b0 (Coq_Pos.pred_N a0)))
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.coq_lor (Coq_Pos.pred_N a0) (Coq_Pos.pred_N b0))))
        b)
      a

  (** val coq_lxor :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let coq_lxor a b =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> a)
        (fun b0 -> of_N (Coq_Pos.coq_lxor a0 b0))
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.coq_lxor a0 (Coq_Pos.pred_N b0))))
        b)
      (fun a0 ->
      (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
        (fun _ -> a)
        (fun b0 -> Big_int_Z.minus_big_int
        (N.succ_pos (N.coq_lxor (Coq_Pos.pred_N a0) b0)))
        (fun b0 -> of_N (N.coq_lxor (Coq_Pos.pred_N a0) (Coq_Pos.pred_N b0)))
        b)
      a

  (** val eq_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let eq_dec = Big_int_Z.eq_big_int

  (** val b2z : bool -> Big_int_Z.big_int **)

  let b2z = function
  | true -> Big_int_Z.unit_big_int
  | false -> Big_int_Z.zero_big_int
 end

(** val z_lt_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

let z_lt_dec x y =
  match Z.compare x y with
  | Lt -> true
  | _ -> false

(** val z_le_dec : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

let z_le_dec x y =
  match Z.compare x y with
  | Gt -> false
  | _ -> true

(** val rev_append : 'a1 list -> 'a1 list -> 'a1 list **)

let rec rev_append l l' =
  match l with
  | [] -> l'
  | a :: l0 -> rev_append l0 (a :: l')

(** val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list **)

let rec map f = function
| [] -> []
| a :: t0 -> (f a) :: (map f t0)

(** val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1 **)

let rec fold_right f a0 = function
| [] -> a0
| b :: t0 -> f b (fold_right f a0 t0)

(** val forallb : ('a1 -> bool) -> 'a1 list -> bool **)

let rec forallb f = function
| [] -> true
| a :: l0 -> (&&) (f a) (forallb f l0)

(** val filter : ('a1 -> bool) -> 'a1 list -> 'a1 list **)

let rec filter f = function
| [] -> []
| x :: l0 -> if f x then x :: (filter f l0) else filter f l0

type ascii =
| Ascii of bool * bool * bool * bool * bool * bool * bool * bool

(** val eqb0 : ascii -> ascii -> bool **)

let eqb0 a b =
  let Ascii (a0, a1, a2, a3, a4, a5, a6, a7) = a in
  let Ascii (b0, b1, b2, b3, b4, b5, b6, b7) = b in
  if if if if if if if eqb a0 b0 then eqb a1 b1 else false
                 then eqb a2 b2
                 else false
              then eqb a3 b3
              else false
           then eqb a4 b4
           else false
        then eqb a5 b5
        else false
     then eqb a6 b6
     else false
  then eqb a7 b7
  else false

type string =
| EmptyString
| String of ascii * string

(** val eqb1 : string -> string -> bool **)

let rec eqb1 s1 s2 =
  match s1 with
  | EmptyString ->
    (match s2 with
     | EmptyString -> true
     | String (_, _) -> false)
  | String (c1, s1') ->
    (match s2 with
     | EmptyString -> false
     | String (c2, s2') -> if eqb0 c1 c2 then eqb1 s1' s2' else false)

module Coq_Nat = Nat

type decision = bool

(** val decide : decision -> bool **)

let decide decision0 =
  decision0

type ('a, 'b) relDecision = 'a -> 'b -> decision

(** val decide_rel : ('a1, 'a2) relDecision -> 'a1 -> 'a2 -> decision **)

let decide_rel relDecision0 =
  relDecision0

type 'a empty = 'a

(** val empty0 : 'a1 empty -> 'a1 **)

let empty0 empty1 =
  empty1

type 'm mBind = __ -> __ -> (__ -> 'm) -> 'm -> 'm

(** val mbind : 'a1 mBind -> ('a2 -> 'a1) -> 'a1 -> 'a1 **)

let mbind mBind0 x x0 =
  Obj.magic mBind0 __ __ x x0

type 'm fMap = __ -> __ -> (__ -> __) -> 'm -> 'm

(** val fmap : 'a1 fMap -> ('a2 -> 'a3) -> 'a1 -> 'a1 **)

let fmap fMap0 x x0 =
  Obj.magic fMap0 __ __ x x0

type 'm oMap = __ -> __ -> (__ -> __ option) -> 'm -> 'm

(** val omap : 'a1 oMap -> ('a2 -> 'a3 option) -> 'a1 -> 'a1 **)

let omap oMap0 x x0 =
  Obj.magic oMap0 __ __ x x0

type ('k, 'a, 'm) lookup = 'k -> 'm -> 'a option

(** val lookup0 : ('a1, 'a2, 'a3) lookup -> 'a1 -> 'a3 -> 'a2 option **)

let lookup0 lookup1 =
  lookup1

type ('k, 'a, 'm) insert = 'k -> 'a -> 'm -> 'm

(** val insert0 : ('a1, 'a2, 'a3) insert -> 'a1 -> 'a2 -> 'a3 -> 'a3 **)

let insert0 insert1 =
  insert1

type ('k, 'm) delete = 'k -> 'm -> 'm

(** val delete0 : ('a1, 'a2) delete -> 'a1 -> 'a2 -> 'a2 **)

let delete0 delete1 =
  delete1

type ('k, 'a, 'm) partialAlter = ('a option -> 'a option) -> 'k -> 'm -> 'm

(** val partial_alter :
    ('a1, 'a2, 'a3) partialAlter -> ('a2 option -> 'a2 option) -> 'a1 -> 'a3
    -> 'a3 **)

let partial_alter partialAlter0 =
  partialAlter0

(** val and_dec : decision -> decision -> decision **)

let and_dec p_dec q_dec =
  if p_dec then q_dec else false

(** val prod_eq_dec :
    ('a1, 'a1) relDecision -> ('a2, 'a2) relDecision -> ('a1 * 'a2,
    'a1 * 'a2) relDecision **)

let prod_eq_dec eqDecision0 eqDecision1 x y =
  let (a, b) = x in
  let (a0, b0) = y in
  if decide_rel eqDecision0 a a0 then decide_rel eqDecision1 b b0 else false

(** val bool_decide : decision -> bool **)

let bool_decide = function
| true -> true
| false -> false

(** val from_option : ('a1 -> 'a2) -> 'a2 -> 'a1 option -> 'a2 **)

let from_option f y = function
| Some x -> f x
| None -> y

(** val option_bind : (__ -> __ option) -> __ option -> __ option **)

let option_bind f = function
| Some x -> f x
| None -> None

(** val option_fmap : (__ -> __) -> __ option -> __ option **)

let option_fmap =
  option_map

module Coq0_Pos =
 struct
  (** val eq_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision **)

  let eq_dec =
    Coq_Pos.eq_dec

  (** val reverse_go :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec reverse_go p1 p2 =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p3 ->
      reverse_go
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        p1) p3)
      (fun p3 -> reverse_go (Big_int_Z.mult_int_big_int 2 p1) p3)
      (fun _ -> p1)
      p2

  (** val reverse : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let reverse =
    reverse_go Big_int_Z.unit_big_int
 end

module Coq_Z =
 struct
  (** val eq_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision **)

  let eq_dec =
    Z.eq_dec

  (** val le_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision **)

  let le_dec =
    z_le_dec

  (** val lt_dec : (Big_int_Z.big_int, Big_int_Z.big_int) relDecision **)

  let lt_dec =
    z_lt_dec
 end

(** val list_lookup : (nat, 'a1, 'a1 list) lookup **)

let rec list_lookup i = function
| [] -> None
| x :: l0 -> (match i with
              | O -> Some x
              | S i0 -> lookup0 list_lookup i0 l0)

(** val list_insert : (nat, 'a1, 'a1 list) insert **)

let rec list_insert i y = function
| [] -> []
| x :: l0 ->
  (match i with
   | O -> y :: l0
   | S i0 -> x :: (insert0 list_insert i0 y l0))

(** val replicate : nat -> 'a1 -> 'a1 list **)

let rec replicate n0 x =
  match n0 with
  | O -> []
  | S n1 -> x :: (replicate n1 x)

(** val reverse0 : 'a1 list -> 'a1 list **)

let reverse0 l =
  rev_append l []

(** val foldl : ('a1 -> 'a2 -> 'a1) -> 'a1 -> 'a2 list -> 'a1 **)

let rec foldl f a = function
| [] -> a
| x :: l0 -> foldl f (f a x) l0

(** val list_fmap : (__ -> __) -> __ list -> __ list **)

let rec list_fmap f = function
| [] -> []
| x :: l0 -> (f x) :: (list_fmap f l0)

(** val list_omap : (__ -> __ option) -> __ list -> __ list **)

let rec list_omap f = function
| [] -> []
| x :: l0 ->
  (match f x with
   | Some y -> y :: (list_omap f l0)
   | None -> list_omap f l0)

type 'a countable = { encode : ('a -> Big_int_Z.big_int);
                      decode : (Big_int_Z.big_int -> 'a option) }

(** val inj_countable :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> ('a2
    -> 'a1) -> ('a1 -> 'a2 option) -> 'a2 countable **)

let inj_countable _ h _ f g =
  { encode = (fun y -> h.encode (f y)); decode = (fun p ->
    mbind (Obj.magic (fun _ _ -> option_bind)) g ((Obj.magic h).decode p)) }

(** val inj_countable' :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> ('a2
    -> 'a1) -> ('a1 -> 'a2) -> 'a2 countable **)

let inj_countable' eqDecision0 h eqDecision1 f g =
  inj_countable eqDecision0 h eqDecision1 f (compose (fun x -> Some x) g)

(** val prod_encode_fst : Big_int_Z.big_int -> Big_int_Z.big_int **)

let rec prod_encode_fst p =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun p0 ->
    (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (prod_encode_fst p0)))
    (fun p0 -> Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (prod_encode_fst p0)))
    (fun _ -> Big_int_Z.unit_big_int)
    p

(** val prod_encode_snd : Big_int_Z.big_int -> Big_int_Z.big_int **)

let rec prod_encode_snd p =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun p0 -> Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (prod_encode_snd p0)))
    (fun p0 -> Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (prod_encode_snd p0)))
    (fun _ -> Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)
    p

(** val prod_encode :
    Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

let rec prod_encode p q =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun q0 ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (prod_encode p0 q0)))
      (fun q0 ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (Big_int_Z.mult_int_big_int 2 (prod_encode p0 q0)))
      (fun _ ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (prod_encode_fst p0)))
      q)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun q0 -> Big_int_Z.mult_int_big_int 2
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (prod_encode p0 q0)))
      (fun q0 -> Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (prod_encode p0 q0)))
      (fun _ -> Big_int_Z.mult_int_big_int 2
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (prod_encode_fst p0)))
      q)
    (fun _ ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun q0 ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (prod_encode_snd q0)))
      (fun q0 ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (Big_int_Z.mult_int_big_int 2 (prod_encode_snd q0)))
      (fun _ ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      Big_int_Z.unit_big_int)
      q)
    p

(** val prod_decode_fst : Big_int_Z.big_int -> Big_int_Z.big_int option **)

let rec prod_decode_fst p =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p1 -> Some
      (match prod_decode_fst p1 with
       | Some q ->
         (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) q
       | None -> Big_int_Z.unit_big_int))
      (fun p1 -> Some
      (match prod_decode_fst p1 with
       | Some q ->
         (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) q
       | None -> Big_int_Z.unit_big_int))
      (fun _ -> Some Big_int_Z.unit_big_int)
      p0)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p1 ->
      fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x ->
        Big_int_Z.mult_int_big_int 2 x) (prod_decode_fst p1))
      (fun p1 ->
      fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x ->
        Big_int_Z.mult_int_big_int 2 x) (prod_decode_fst p1))
      (fun _ -> None)
      p0)
    (fun _ -> Some Big_int_Z.unit_big_int)
    p

(** val prod_decode_snd : Big_int_Z.big_int -> Big_int_Z.big_int option **)

let rec prod_decode_snd p =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p1 -> Some
      (match prod_decode_snd p1 with
       | Some q ->
         (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) q
       | None -> Big_int_Z.unit_big_int))
      (fun p1 ->
      fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x ->
        Big_int_Z.mult_int_big_int 2 x) (prod_decode_snd p1))
      (fun _ -> Some Big_int_Z.unit_big_int)
      p0)
    (fun p0 ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p1 -> Some
      (match prod_decode_snd p1 with
       | Some q ->
         (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) q
       | None -> Big_int_Z.unit_big_int))
      (fun p1 ->
      fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x ->
        Big_int_Z.mult_int_big_int 2 x) (prod_decode_snd p1))
      (fun _ -> Some Big_int_Z.unit_big_int)
      p0)
    (fun _ -> None)
    p

(** val prod_countable :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a2, 'a2) relDecision -> 'a2
    countable -> ('a1 * 'a2) countable **)

let prod_countable _ h _ h0 =
  { encode = (fun xy ->
    prod_encode (h.encode (fst xy)) (h0.encode (snd xy))); decode = (fun p ->
    mbind (Obj.magic (fun _ _ -> option_bind)) (fun x ->
      mbind (Obj.magic (fun _ _ -> option_bind)) (fun y -> Some (x, y))
        (mbind (Obj.magic (fun _ _ -> option_bind)) (Obj.magic h0).decode
          (Obj.magic prod_decode_snd p)))
      (mbind (Obj.magic (fun _ _ -> option_bind)) (Obj.magic h).decode
        (Obj.magic prod_decode_fst p))) }

(** val pos_countable : Big_int_Z.big_int countable **)

let pos_countable =
  { encode = (Obj.magic id); decode = (fun x -> Some x) }

(** val z_countable : Big_int_Z.big_int countable **)

let z_countable =
  { encode = (fun x ->
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p -> Big_int_Z.mult_int_big_int 2 p)
      (fun p ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) p)
      x); decode = (fun p -> Some
    ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
       (fun p0 -> Big_int_Z.minus_big_int p0)
       (fun p0 -> p0)
       (fun _ -> Big_int_Z.zero_big_int)
       p)) }

type ('k, 'a, 'm) finMapToList = 'm -> ('k * 'a) list

(** val map_to_list :
    ('a1, 'a2, 'a3) finMapToList -> 'a3 -> ('a1 * 'a2) list **)

let map_to_list finMapToList0 =
  finMapToList0

(** val map_insert :
    ('a1, 'a2, 'a3) partialAlter -> ('a1, 'a2, 'a3) insert **)

let map_insert h i x =
  partial_alter h (fun _ -> Some x) i

(** val map_delete : ('a1, 'a2, 'a3) partialAlter -> ('a1, 'a3) delete **)

let map_delete h =
  partial_alter h (fun _ -> None)

type 'a pmap_raw =
| PLeaf
| PNode of 'a option * 'a pmap_raw * 'a pmap_raw

(** val pNode' :
    'a1 option -> 'a1 pmap_raw -> 'a1 pmap_raw -> 'a1 pmap_raw **)

let pNode' o l r =
  match l with
  | PLeaf ->
    (match o with
     | Some _ -> PNode (o, l, r)
     | None ->
       (match r with
        | PLeaf -> PLeaf
        | PNode (_, _, _) -> PNode (o, l, r)))
  | PNode (_, _, _) -> PNode (o, l, r)

(** val pempty_raw : 'a1 pmap_raw empty **)

let pempty_raw =
  PLeaf

(** val plookup_raw : (Big_int_Z.big_int, 'a1, 'a1 pmap_raw) lookup **)

let rec plookup_raw i = function
| PLeaf -> None
| PNode (o, l, r) ->
  ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
     (fun i0 -> lookup0 plookup_raw i0 r)
     (fun i0 -> lookup0 plookup_raw i0 l)
     (fun _ -> o)
     i)

(** val psingleton_raw : Big_int_Z.big_int -> 'a1 -> 'a1 pmap_raw **)

let rec psingleton_raw i x =
  (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
    (fun i0 -> PNode (None, PLeaf, (psingleton_raw i0 x)))
    (fun i0 -> PNode (None, (psingleton_raw i0 x), PLeaf))
    (fun _ -> PNode ((Some x), PLeaf, PLeaf))
    i

(** val ppartial_alter_raw :
    ('a1 option -> 'a1 option) -> Big_int_Z.big_int -> 'a1 pmap_raw -> 'a1
    pmap_raw **)

let rec ppartial_alter_raw f i = function
| PLeaf -> (match f None with
            | Some x -> psingleton_raw i x
            | None -> PLeaf)
| PNode (o, l, r) ->
  ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
     (fun i0 -> pNode' o l (ppartial_alter_raw f i0 r))
     (fun i0 -> pNode' o (ppartial_alter_raw f i0 l) r)
     (fun _ -> pNode' (f o) l r)
     i)

(** val pto_list_raw :
    Big_int_Z.big_int -> 'a1 pmap_raw -> (Big_int_Z.big_int * 'a1) list ->
    (Big_int_Z.big_int * 'a1) list **)

let rec pto_list_raw j t0 acc =
  match t0 with
  | PLeaf -> acc
  | PNode (o, l, r) ->
    app (from_option (fun x -> ((Coq0_Pos.reverse j), x) :: []) [] o)
      (pto_list_raw (Big_int_Z.mult_int_big_int 2 j) l
        (pto_list_raw
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          j) r acc))

type 'a pmap =
  'a pmap_raw
  (* singleton inductive, whose constructor was PMap *)

(** val pmap_car : 'a1 pmap -> 'a1 pmap_raw **)

let pmap_car p =
  p

(** val pempty : 'a1 pmap empty **)

let pempty =
  empty0 pempty_raw

(** val plookup : (Big_int_Z.big_int, 'a1, 'a1 pmap) lookup **)

let plookup i m =
  lookup0 plookup_raw i (pmap_car m)

(** val ppartial_alter : (Big_int_Z.big_int, 'a1, 'a1 pmap) partialAlter **)

let ppartial_alter f i m =
  partial_alter ppartial_alter_raw f i m

(** val pto_list : (Big_int_Z.big_int, 'a1, 'a1 pmap) finMapToList **)

let pto_list m =
  pto_list_raw Big_int_Z.unit_big_int m []

type ('k, 'a) gmap =
  'a pmap
  (* singleton inductive, whose constructor was GMap *)

(** val gmap_lookup :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
    lookup **)

let gmap_lookup _ h i pat =
  lookup0 plookup (h.encode i) pat

(** val gmap_empty :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2) gmap empty **)

let gmap_empty _ _ =
  empty0 pempty

(** val gmap_partial_alter :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
    partialAlter **)

let gmap_partial_alter _ h f i pat =
  partial_alter ppartial_alter f (h.encode i) pat

(** val gmap_to_list :
    ('a1, 'a1) relDecision -> 'a1 countable -> ('a1, 'a2, ('a1, 'a2) gmap)
    finMapToList **)

let gmap_to_list _ h pat =
  omap (Obj.magic (fun _ _ -> list_omap)) (fun pat0 ->
    let (i, x) = pat0 in
    fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x0 -> (x0, x)) (h.decode i))
    (map_to_list (Obj.magic pto_list) pat)

type int_size =
| W8
| W16
| W32
| W64
| W128
| WPtr

type int_type = { int_width : int_size; int_signed : bool }

(** val pointer_bits : Big_int_Z.big_int **)

let pointer_bits =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))

(** val int_bits : int_type -> Big_int_Z.big_int **)

let int_bits t0 =
  match t0.int_width with
  | W8 ->
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))
  | W16 ->
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      Big_int_Z.unit_big_int))))
  | W32 ->
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))
  | W64 ->
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      Big_int_Z.unit_big_int))))))
  | W128 ->
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))))
  | WPtr -> pointer_bits

(** val u64 : int_type **)

let u64 =
  { int_width = W64; int_signed = false }

(** val usize : int_type **)

let usize =
  { int_width = WPtr; int_signed = false }

(** val int_modulus : int_type -> Big_int_Z.big_int **)

let int_modulus t0 =
  Z.pow (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) (int_bits t0)

(** val int_min : int_type -> Big_int_Z.big_int **)

let int_min t0 =
  if t0.int_signed
  then Z.opp
         (Z.pow (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)
           (Z.sub (int_bits t0) Big_int_Z.unit_big_int))
  else Big_int_Z.zero_big_int

(** val int_max : int_type -> Big_int_Z.big_int **)

let int_max t0 =
  Z.sub (Z.add (int_min t0) (int_modulus t0)) Big_int_Z.unit_big_int

(** val in_int_range_dec : int_type -> Big_int_Z.big_int -> decision **)

let in_int_range_dec t0 z0 =
  and_dec (z_le_dec (int_min t0) z0) (z_le_dec z0 (int_max t0))

(** val int_wrap : int_type -> Big_int_Z.big_int -> Big_int_Z.big_int **)

let int_wrap t0 z0 =
  Z.add (Z.modulo (Z.sub z0 (int_min t0)) (int_modulus t0)) (int_min t0)

type arith_op =
| AddOp
| SubOp
| MulOp
| QuotOp
| RemOp
| AndOp
| OrOp
| XorOp

(** val arith_eval :
    arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int
    option **)

let arith_eval a z1 z2 =
  match a with
  | AddOp -> Some (Z.add z1 z2)
  | SubOp -> Some (Z.sub z1 z2)
  | MulOp -> Some (Z.mul z1 z2)
  | QuotOp ->
    if decide (decide_rel Coq_Z.eq_dec z2 Big_int_Z.zero_big_int)
    then None
    else Some (Z.quot z1 z2)
  | RemOp ->
    if decide (decide_rel Coq_Z.eq_dec z2 Big_int_Z.zero_big_int)
    then None
    else Some (Z.rem z1 z2)
  | AndOp -> Some (Z.coq_land z1 z2)
  | OrOp -> Some (Z.coq_lor z1 z2)
  | XorOp -> Some (Z.coq_lxor z1 z2)

(** val arith_eval_at :
    int_type -> arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int option **)

let arith_eval_at t0 a z1 z2 =
  if decide (and_dec (in_int_range_dec t0 z1) (in_int_range_dec t0 z2))
  then arith_eval a z1 z2
  else None

(** val arith_fits_dec :
    int_type -> arith_op -> Big_int_Z.big_int -> Big_int_Z.big_int ->
    Big_int_Z.big_int -> decision **)

let arith_fits_dec t0 a z1 z2 z0 =
  in_int_range_dec t0 (match a with
                       | RemOp -> Z.quot z1 z2
                       | _ -> z0)

type word = Big_int_Z.big_int

(** val word_max : word **)

let word_max =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val word_modulus : Big_int_Z.big_int **)

let word_modulus =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val word_wrap : Big_int_Z.big_int -> word **)

let word_wrap z0 =
  Z.modulo z0 word_modulus

(** val word_wrapping_add : word -> word -> word **)

let word_wrapping_add a b =
  word_wrap (Z.add a b)

(** val word_wrapping_sub : word -> word -> word **)

let word_wrapping_sub a b =
  word_wrap (Z.sub a b)

(** val word_eqb : word -> word -> bool **)

let word_eqb =
  Z.eqb

(** val word_ltb : word -> word -> bool **)

let word_ltb =
  Z.ltb

(** val word_leb : word -> word -> bool **)

let word_leb =
  Z.leb

(** val word_checked_add : word -> word -> word option **)

let word_checked_add a b =
  if Z.leb (Z.add a b) word_max then Some (Z.add a b) else None

(** val word_checked_sub : word -> word -> word option **)

let word_checked_sub a b =
  if Z.leb b a then Some (Z.sub a b) else None

type 'a table = 'a list

(** val tbl_empty : 'a1 table **)

let tbl_empty =
  []

(** val tbl_len : 'a1 table -> word **)

let rec tbl_len = function
| [] -> Big_int_Z.zero_big_int
| _ :: t' -> Z.succ (tbl_len t')

(** val tbl_get : 'a1 table -> word -> 'a1 option **)

let rec tbl_get t0 i =
  match t0 with
  | [] -> None
  | x :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int then Some x else tbl_get t' (Z.pred i)

(** val tbl_set : 'a1 table -> word -> 'a1 -> 'a1 table **)

let rec tbl_set t0 i y =
  match t0 with
  | [] -> []
  | x :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int
    then y :: t'
    else x :: (tbl_set t' (Z.pred i) y)

(** val tbl_push : 'a1 table -> 'a1 -> 'a1 table **)

let tbl_push t0 x =
  app t0 (x :: [])

(** val tbl_make : word -> 'a1 -> 'a1 table **)

let tbl_make n0 x =
  replicate (Z.to_nat n0) x

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

(** val rc_clone_count : word -> clone_count **)

let rc_clone_count n0 =
  let n' = word_wrapping_add n0 Big_int_Z.unit_big_int in
  if word_eqb n' Big_int_Z.zero_big_int then CloneAborted else CloneStored n'

(** val rc_drop_count : word -> drop_count **)

let rc_drop_count n0 =
  let n' = word_wrapping_sub n0 Big_int_Z.unit_big_int in
  if word_eqb n' Big_int_Z.zero_big_int then DropLast else DropStored n'

(** val weak_clone_count : word -> clone_count **)

let weak_clone_count =
  rc_clone_count

(** val weak_drop_count : word -> drop_count **)

let weak_drop_count =
  rc_drop_count

(** val weak_upgrade_count : word -> upgrade_count **)

let weak_upgrade_count n0 =
  if word_eqb n0 Big_int_Z.zero_big_int
  then UpgradeNone
  else (match rc_clone_count n0 with
        | CloneStored n' -> UpgradeStored n'
        | CloneAborted -> UpgradeAborted)

(** val rc_count_last : word -> bool **)

let rc_count_last strong =
  word_eqb strong Big_int_Z.unit_big_int

(** val rc_counts_unique : word -> word -> bool **)

let rc_counts_unique strong weak =
  if word_eqb weak Big_int_Z.unit_big_int
  then word_eqb strong Big_int_Z.unit_big_int
  else false

(** val rc_make_mut_count : word -> word -> make_mut_count **)

let rc_make_mut_count strong weak =
  if word_eqb strong Big_int_Z.unit_big_int
  then if word_eqb weak Big_int_Z.unit_big_int
       then MakeMutInPlace
       else MakeMutMoved (word_wrapping_sub weak Big_int_Z.unit_big_int)
  else MakeMutCloned (word_wrapping_sub strong Big_int_Z.unit_big_int)

(** val rc_weak_handles : word -> word -> word **)

let rc_weak_handles strong weak =
  if word_eqb strong Big_int_Z.zero_big_int
  then Big_int_Z.zero_big_int
  else word_wrapping_sub weak Big_int_Z.unit_big_int

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

(** val rc_init : rc_state **)

let rc_init =
  { rc_boxes = tbl_empty; rc_handles = tbl_empty }

type rc_view =
| ViewClosed
| ViewDangling
| ViewStrong of word * rc_box * word
| ViewRaw of word * rc_box * word
| ViewUnique of word * rc_box * word
| ViewWeak of word * rc_box

(** val rc_open_box : rc_box option table -> word -> rc_box option **)

let rc_open_box boxes b =
  match tbl_get boxes b with
  | Some o -> o
  | None -> None

(** val rc_open_content :
    rc_box option table -> word -> (rc_box * word) option **)

let rc_open_content boxes b =
  match rc_open_box boxes b with
  | Some x -> (match x.box_content with
               | Some p -> Some (x, p)
               | None -> None)
  | None -> None

(** val rc_view_of : rc_box option table -> rc_handle option -> rc_view **)

let rc_view_of boxes = function
| Some r ->
  (match r with
   | HandleStrong b ->
     (match rc_open_content boxes b with
      | Some p0 -> let (x, p) = p0 in ViewStrong (b, x, p)
      | None -> ViewClosed)
   | HandleRaw b ->
     (match rc_open_content boxes b with
      | Some p0 -> let (x, p) = p0 in ViewRaw (b, x, p)
      | None -> ViewClosed)
   | HandleUnique b ->
     (match rc_open_content boxes b with
      | Some p0 -> let (x, p) = p0 in ViewUnique (b, x, p)
      | None -> ViewClosed)
   | HandleWeak b ->
     (match rc_open_box boxes b with
      | Some x -> ViewWeak (b, x)
      | None -> ViewClosed)
   | HandleDangling -> ViewDangling)
| None -> ViewClosed

(** val rc_find : rc_state -> word -> rc_view **)

let rc_find s h =
  match tbl_get s.rc_handles h with
  | Some k -> rc_view_of s.rc_boxes k
  | None -> ViewClosed

(** val box_with_strong : rc_box -> word -> rc_box **)

let box_with_strong x n0 =
  { box_strong = n0; box_weak = x.box_weak; box_leaked = x.box_leaked;
    box_weak_leaked = x.box_weak_leaked; box_content = x.box_content }

(** val box_with_weak : rc_box -> word -> rc_box **)

let box_with_weak x n0 =
  { box_strong = x.box_strong; box_weak = n0; box_leaked = x.box_leaked;
    box_weak_leaked = x.box_weak_leaked; box_content = x.box_content }

(** val box_with_content : rc_box -> word -> rc_box **)

let box_with_content x p =
  { box_strong = x.box_strong; box_weak = x.box_weak; box_leaked =
    x.box_leaked; box_weak_leaked = x.box_weak_leaked; box_content = (Some
    p) }

(** val box_fresh : word -> word -> rc_box **)

let box_fresh strong p =
  { box_strong = strong; box_weak = Big_int_Z.unit_big_int; box_leaked =
    Big_int_Z.zero_big_int; box_weak_leaked = Big_int_Z.zero_big_int;
    box_content = (Some p) }

(** val box_hollow : rc_box -> word -> rc_box **)

let box_hollow x weak =
  { box_strong = Big_int_Z.zero_big_int; box_weak = weak; box_leaked =
    x.box_leaked; box_weak_leaked = x.box_weak_leaked; box_content = None }

(** val box_end : rc_box -> rc_box option **)

let box_end x =
  match weak_drop_count x.box_weak with
  | DropStored w -> Some (box_hollow x w)
  | DropLast -> None

(** val rc_update :
    rc_state -> word -> rc_box option -> word -> rc_handle option -> rc_state **)

let rc_update s b y h k =
  { rc_boxes = (tbl_set s.rc_boxes b y); rc_handles =
    (tbl_set s.rc_handles h k) }

(** val rc_extend :
    rc_state -> word -> rc_box option -> rc_handle -> rc_state **)

let rc_extend s b y k =
  { rc_boxes = (tbl_set s.rc_boxes b y); rc_handles =
    (tbl_push s.rc_handles (Some k)) }

(** val rc_set_box : rc_state -> word -> rc_box option -> rc_state **)

let rc_set_box s b y =
  { rc_boxes = (tbl_set s.rc_boxes b y); rc_handles = s.rc_handles }

(** val rc_set_handle : rc_state -> word -> rc_handle option -> rc_state **)

let rc_set_handle s h k =
  { rc_boxes = s.rc_boxes; rc_handles = (tbl_set s.rc_handles h k) }

(** val rc_push_handle : rc_state -> rc_handle -> rc_state **)

let rc_push_handle s k =
  { rc_boxes = s.rc_boxes; rc_handles = (tbl_push s.rc_handles (Some k)) }

(** val rc_push_box : rc_state -> rc_box -> rc_state **)

let rc_push_box s x =
  { rc_boxes = (tbl_push s.rc_boxes (Some x)); rc_handles = s.rc_handles }

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

(** val rc_freed : word -> rc_box option -> rc_event list **)

let rc_freed b = function
| Some _ -> []
| None -> (RcMemoryFreed b) :: []

(** val rc_dropped : word -> word -> rc_box option -> rc_event list **)

let rc_dropped p b = function
| Some _ -> (RcPayloadDropped p) :: []
| None -> (RcPayloadDropped p) :: ((RcMemoryFreed b) :: [])

(** val rc_new : rc_state -> word -> rc_state * rc_outcome **)

let rc_new s p =
  let b = tbl_len s.rc_boxes in
  let h = tbl_len s.rc_handles in
  ((rc_push_handle (rc_push_box s (box_fresh Big_int_Z.unit_big_int p))
     (HandleStrong b)), (RcHandle h))

(** val rc_unique_new : rc_state -> word -> rc_state * rc_outcome **)

let rc_unique_new s p =
  let b = tbl_len s.rc_boxes in
  let h = tbl_len s.rc_handles in
  ((rc_push_handle (rc_push_box s (box_fresh Big_int_Z.zero_big_int p))
     (HandleUnique b)), (RcHandle h))

(** val rc_new_cyclic : rc_state -> word -> rc_state * rc_outcome **)

let rc_new_cyclic s p =
  let b = tbl_len s.rc_boxes in
  let h = tbl_len s.rc_handles in
  let s' =
    rc_push_handle
      (rc_push_box s { box_strong = Big_int_Z.unit_big_int; box_weak =
        (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int); box_leaked =
        Big_int_Z.zero_big_int; box_weak_leaked = Big_int_Z.zero_big_int;
        box_content = (Some p) }) (HandleStrong b)
  in
  let w = tbl_len s'.rc_handles in
  ((rc_push_handle s' (HandleWeak b)), (RcHandles (h, w)))

(** val rc_weak_new : rc_state -> rc_state * rc_outcome **)

let rc_weak_new s =
  let h = tbl_len s.rc_handles in
  ((rc_push_handle s HandleDangling), (RcHandle h))

(** val rc_share :
    rc_state -> word -> rc_box -> rc_handle -> rc_state * rc_outcome **)

let rc_share s b x k =
  match rc_clone_count x.box_strong with
  | CloneStored n0 ->
    let h = tbl_len s.rc_handles in
    ((rc_extend s b (Some (box_with_strong x n0)) k), (RcHandle h))
  | CloneAborted -> (s, RcAborted)

(** val rc_watch : rc_state -> word -> rc_box -> rc_state * rc_outcome **)

let rc_watch s b x =
  match weak_clone_count x.box_weak with
  | CloneStored n0 ->
    let h = tbl_len s.rc_handles in
    ((rc_extend s b (Some (box_with_weak x n0)) (HandleWeak b)), (RcHandle h))
  | CloneAborted -> (s, RcAborted)

(** val rc_unshare :
    rc_state -> word -> word -> rc_box -> word -> rc_state * rc_outcome **)

let rc_unshare s h b x p =
  match rc_drop_count x.box_strong with
  | DropStored n0 ->
    ((rc_update s b (Some (box_with_strong x n0)) h None), (RcDropped []))
  | DropLast ->
    let y = box_end x in
    ((rc_update s b y h None), (RcDropped (rc_dropped p b y)))

(** val rc_take :
    rc_state -> word -> word -> rc_box -> word -> rc_state * rc_outcome **)

let rc_take s h b x p =
  let y = box_end x in
  ((rc_update s b y h None), (RcTaken (p, (rc_freed b y))))

(** val rc_clone : rc_state -> word -> rc_state * rc_outcome **)

let rc_clone s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> rc_weak_new s
  | ViewStrong (b, x, _) -> rc_share s b x (HandleStrong b)
  | ViewWeak (b, x) -> rc_watch s b x
  | _ -> (s, RcWrongHandle)

(** val rc_drop : rc_state -> word -> rc_state * rc_outcome **)

let rc_drop s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> ((rc_set_handle s h None), (RcDropped []))
  | ViewStrong (b, x, p) -> rc_unshare s h b x p
  | ViewRaw (_, _, _) -> (s, RcWrongHandle)
  | ViewUnique (b, x, p) ->
    let y = box_end x in
    ((rc_update s b y h None), (RcDropped (rc_dropped p b y)))
  | ViewWeak (b, x) ->
    (match weak_drop_count x.box_weak with
     | DropStored n0 ->
       ((rc_update s b (Some (box_with_weak x n0)) h None), (RcDropped []))
     | DropLast ->
       ((rc_update s b None h None), (RcDropped ((RcMemoryFreed b) :: []))))

(** val rc_strong_count : rc_state -> word -> rc_state * rc_outcome **)

let rc_strong_count s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> (s, (RcCount Big_int_Z.zero_big_int))
  | ViewStrong (_, x, _) -> (s, (RcCount x.box_strong))
  | ViewWeak (_, x) -> (s, (RcCount x.box_strong))
  | _ -> (s, RcWrongHandle)

(** val rc_weak_count : rc_state -> word -> rc_state * rc_outcome **)

let rc_weak_count s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> (s, (RcCount Big_int_Z.zero_big_int))
  | ViewStrong (_, x, _) ->
    (s, (RcCount (rc_weak_handles x.box_strong x.box_weak)))
  | ViewWeak (_, x) ->
    (s, (RcCount (rc_weak_handles x.box_strong x.box_weak)))
  | _ -> (s, RcWrongHandle)

(** val rc_get : rc_state -> word -> rc_state * rc_outcome **)

let rc_get s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (_, _, p) -> (s, (RcPayload p))
  | ViewUnique (_, _, p) -> (s, (RcPayload p))
  | _ -> (s, RcWrongHandle)

(** val rc_set : rc_state -> word -> word -> rc_state * rc_outcome **)

let rc_set s h q =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, _) ->
    if rc_counts_unique x.box_strong x.box_weak
    then ((rc_set_box s b (Some (box_with_content x q))), (RcChanged []))
    else (s, RcNone)
  | ViewUnique (b, x, _) ->
    ((rc_set_box s b (Some (box_with_content x q))), (RcChanged []))
  | _ -> (s, RcWrongHandle)

(** val rc_move :
    rc_state -> word -> word -> rc_box option -> word -> rc_state **)

let rc_move s h b y q =
  let b' = tbl_len s.rc_boxes in
  rc_set_handle
    (rc_push_box (rc_update s b y h None)
      (box_fresh Big_int_Z.unit_big_int q)) h (Some (HandleStrong b'))

(** val rc_make_mut : rc_state -> word -> word -> rc_state * rc_outcome **)

let rc_make_mut s h q =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, p) ->
    (match rc_make_mut_count x.box_strong x.box_weak with
     | MakeMutInPlace ->
       ((rc_set_box s b (Some (box_with_content x q))), (RcChanged []))
     | MakeMutMoved w ->
       ((rc_move s h b (Some (box_hollow x w)) q), (RcChanged []))
     | MakeMutCloned n0 ->
       ((rc_move s h b (Some (box_with_strong x n0)) q), (RcChanged
         ((RcPayloadCloned p) :: []))))
  | _ -> (s, RcWrongHandle)

(** val rc_ptr_eq : rc_state -> word -> word -> rc_state * rc_outcome **)

let rc_ptr_eq s h h' =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling ->
    (match rc_find s h' with
     | ViewClosed -> (s, RcBadHandle)
     | ViewDangling -> (s, (RcTruth true))
     | ViewWeak (_, _) -> (s, (RcTruth false))
     | _ -> (s, RcWrongHandle))
  | ViewStrong (b, _, _) ->
    (match rc_find s h' with
     | ViewClosed -> (s, RcBadHandle)
     | ViewStrong (b', _, _) -> (s, (RcTruth (word_eqb b b')))
     | _ -> (s, RcWrongHandle))
  | ViewWeak (b, _) ->
    (match rc_find s h' with
     | ViewClosed -> (s, RcBadHandle)
     | ViewDangling -> (s, (RcTruth false))
     | ViewWeak (b', _) -> (s, (RcTruth (word_eqb b b')))
     | _ -> (s, RcWrongHandle))
  | _ -> (s, RcWrongHandle)

(** val rc_try_unwrap : rc_state -> word -> rc_state * rc_outcome **)

let rc_try_unwrap s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, p) ->
    if rc_count_last x.box_strong
    then rc_take s h b x p
    else (s, (RcHandedBack h))
  | _ -> (s, RcWrongHandle)

(** val rc_into_inner : rc_state -> word -> rc_state * rc_outcome **)

let rc_into_inner s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, p) ->
    (match rc_drop_count x.box_strong with
     | DropStored n0 ->
       ((rc_update s b (Some (box_with_strong x n0)) h None), RcNone)
     | DropLast -> rc_take s h b x p)
  | _ -> (s, RcWrongHandle)

(** val rc_unwrap_or_clone : rc_state -> word -> rc_state * rc_outcome **)

let rc_unwrap_or_clone s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, p) ->
    (match rc_drop_count x.box_strong with
     | DropStored n0 ->
       ((rc_update s b (Some (box_with_strong x n0)) h None), (RcTaken (p,
         ((RcPayloadCloned p) :: []))))
     | DropLast -> rc_take s h b x p)
  | _ -> (s, RcWrongHandle)

(** val rc_downgrade : rc_state -> word -> rc_state * rc_outcome **)

let rc_downgrade s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, _) -> rc_watch s b x
  | ViewUnique (b, x, _) -> rc_watch s b x
  | _ -> (s, RcWrongHandle)

(** val rc_upgrade : rc_state -> word -> rc_state * rc_outcome **)

let rc_upgrade s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> (s, RcNone)
  | ViewWeak (b, x) ->
    (match weak_upgrade_count x.box_strong with
     | UpgradeNone -> (s, RcNone)
     | UpgradeStored n0 ->
       let h' = tbl_len s.rc_handles in
       ((rc_extend s b (Some (box_with_strong x n0)) (HandleStrong b)),
       (RcHandle h'))
     | UpgradeAborted -> (s, RcAborted))
  | _ -> (s, RcWrongHandle)

(** val rc_into_raw : rc_state -> word -> rc_state * rc_outcome **)

let rc_into_raw s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, _, _) ->
    ((rc_set_handle s h (Some (HandleRaw b))), (RcHandle h))
  | _ -> (s, RcWrongHandle)

(** val rc_from_raw : rc_state -> word -> rc_state * rc_outcome **)

let rc_from_raw s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewRaw (b, _, _) ->
    ((rc_set_handle s h (Some (HandleStrong b))), (RcHandle h))
  | _ -> (s, RcWrongHandle)

(** val rc_increment : rc_state -> word -> rc_state * rc_outcome **)

let rc_increment s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewRaw (b, x, _) -> rc_share s b x (HandleRaw b)
  | _ -> (s, RcWrongHandle)

(** val rc_decrement : rc_state -> word -> rc_state * rc_outcome **)

let rc_decrement s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewRaw (b, x, p) -> rc_unshare s h b x p
  | _ -> (s, RcWrongHandle)

(** val rc_unique_into_rc : rc_state -> word -> rc_state * rc_outcome **)

let rc_unique_into_rc s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewUnique (b, x, _) ->
    ((rc_update s b (Some (box_with_strong x Big_int_Z.unit_big_int)) h (Some
       (HandleStrong b))), (RcHandle h))
  | _ -> (s, RcWrongHandle)

(** val rc_try_into_unique : rc_state -> word -> rc_state * rc_outcome **)

let rc_try_into_unique s h =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewStrong (b, x, _) ->
    if rc_counts_unique x.box_strong x.box_weak
    then ((rc_update s b (Some (box_with_strong x Big_int_Z.zero_big_int)) h
            (Some (HandleUnique b))), (RcHandle h))
    else (s, (RcHandedBack h))
  | _ -> (s, RcWrongHandle)

(** val rc_leak : rc_state -> word -> word -> rc_state * rc_outcome **)

let rc_leak s h n0 =
  match rc_find s h with
  | ViewClosed -> (s, RcBadHandle)
  | ViewDangling -> (s, RcLeaked)
  | ViewStrong (b, x, _) ->
    (match word_checked_add x.box_strong n0 with
     | Some strong ->
       ((rc_set_box s b (Some { box_strong = strong; box_weak = x.box_weak;
          box_leaked = (word_wrapping_add x.box_leaked n0); box_weak_leaked =
          x.box_weak_leaked; box_content = x.box_content })), RcLeaked)
     | None -> (s, RcAborted))
  | ViewWeak (b, x) ->
    (match word_checked_add x.box_weak n0 with
     | Some weak ->
       ((rc_set_box s b (Some { box_strong = x.box_strong; box_weak = weak;
          box_leaked = x.box_leaked; box_weak_leaked =
          (word_wrapping_add x.box_weak_leaked n0); box_content =
          x.box_content })), RcLeaked)
     | None -> (s, RcAborted))
  | _ -> (s, RcWrongHandle)

(** val rc_step : rc_state -> rc_op -> rc_state * rc_outcome **)

let rc_step s = function
| RcNew p -> rc_new s p
| RcClone h -> rc_clone s h
| RcDrop h -> rc_drop s h
| RcStrongCount h -> rc_strong_count s h
| RcWeakCount h -> rc_weak_count s h
| RcGet h -> rc_get s h
| RcSet (h, q) -> rc_set s h q
| RcMakeMut (h, q) -> rc_make_mut s h q
| RcPtrEq (h, h') -> rc_ptr_eq s h h'
| RcTryUnwrap h -> rc_try_unwrap s h
| RcIntoInner h -> rc_into_inner s h
| RcUnwrapOrClone h -> rc_unwrap_or_clone s h
| RcDowngrade h -> rc_downgrade s h
| RcUpgrade h -> rc_upgrade s h
| RcWeakNew -> rc_weak_new s
| RcIntoRaw h -> rc_into_raw s h
| RcFromRaw h -> rc_from_raw s h
| RcIncrement h -> rc_increment s h
| RcDecrement h -> rc_decrement s h
| RcNewCyclic p -> rc_new_cyclic s p
| RcUniqueNew p -> rc_unique_new s p
| RcUniqueIntoRc h -> rc_unique_into_rc s h
| RcTryIntoUnique h -> rc_try_into_unique s h
| RcLeak (h, n0) -> rc_leak s h n0

(** val rc_run : rc_state -> rc_op list -> rc_state * rc_outcome list **)

let rec rc_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = rc_step s o in
  (match r with
   | RcAborted -> (s', (RcAborted :: []))
   | _ -> let (s'', rs) = rc_run s' os' in (s'', (r :: rs)))

(** val rc_unfreed : word -> rc_box option table -> word list **)

let rec rc_unfreed b = function
| [] -> []
| o :: boxes' ->
  (match o with
   | Some _ -> b :: (rc_unfreed (Z.succ b) boxes')
   | None -> rc_unfreed (Z.succ b) boxes')

(** val rc_leaks : rc_state -> word list **)

let rc_leaks s =
  rc_unfreed Big_int_Z.zero_big_int s.rc_boxes

(** val rc_report : rc_op list -> rc_outcome list * word list **)

let rc_report os =
  let (s, rs) = rc_run rc_init os in (rs, (rc_leaks s))

(** val slot_unused : word **)

let slot_unused =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val slot_unique : word **)

let slot_unique =
  (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val slot_max : word **)

let slot_max =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val slot_busy : word **)

let slot_busy =
  Big_int_Z.zero_big_int

type frame_error =
| ErrInUse
| ErrUnused
| ErrUnique
| ErrBusy
| ErrOutOfBound

(** val slot_claim : word -> frame_error option **)

let slot_claim w =
  if word_eqb w slot_unused
  then None
  else if word_eqb w slot_unique
       then Some ErrUnique
       else if word_eqb w slot_busy then Some ErrBusy else Some ErrInUse

type acquire_count =
| FromInUseStored of word
| FromInUseAborted
| FromInUseFailed of frame_error

(** val slot_from_in_use : word -> acquire_count **)

let slot_from_in_use w =
  if word_eqb w slot_unused
  then FromInUseFailed ErrUnused
  else if word_eqb w slot_unique
       then FromInUseFailed ErrUnique
       else if word_eqb w slot_busy
            then FromInUseFailed ErrBusy
            else if word_leb slot_max w
                 then FromInUseAborted
                 else FromInUseStored
                        (word_wrapping_add w Big_int_Z.unit_big_int)

(** val slot_clone_count : word -> clone_count **)

let slot_clone_count w =
  if word_leb slot_max w
  then CloneAborted
  else CloneStored (word_wrapping_add w Big_int_Z.unit_big_int)

(** val slot_drop_count : word -> drop_count **)

let slot_drop_count w =
  if word_eqb w Big_int_Z.unit_big_int
  then DropLast
  else DropStored (word_wrapping_sub w Big_int_Z.unit_big_int)

(** val slot_try_unique : word -> bool **)

let slot_try_unique w =
  word_eqb w Big_int_Z.unit_big_int

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

(** val slot_fresh : slot **)

let slot_fresh =
  { slot_word = slot_unused; slot_leaked = Big_int_Z.zero_big_int;
    slot_meta = None }

(** val frame_init : word -> frame_state **)

let frame_init n0 =
  { frame_slots = (tbl_make n0 slot_fresh); frame_handles = tbl_empty }

(** val frame_set_slot : frame_state -> word -> slot -> frame_state **)

let frame_set_slot s i x =
  { frame_slots = (tbl_set s.frame_slots i x); frame_handles =
    s.frame_handles }

(** val frame_set_handle :
    frame_state -> word -> frame_handle option -> frame_state **)

let frame_set_handle s h x =
  { frame_slots = s.frame_slots; frame_handles =
    (tbl_set s.frame_handles h x) }

(** val frame_open :
    frame_state -> word -> slot -> frame_handle -> frame_state * frame_outcome **)

let frame_open s i x y =
  let h = tbl_len s.frame_handles in
  ({ frame_slots = (tbl_set s.frame_slots i x); frame_handles =
  (tbl_push s.frame_handles (Some y)) }, (FrameHandle h))

(** val frame_reserve : frame_state -> word -> frame_state * frame_outcome **)

let frame_reserve s i =
  match tbl_get s.frame_slots i with
  | Some x ->
    (match slot_claim x.slot_word with
     | Some e -> (s, (FrameFailed e))
     | None ->
       frame_open s i { slot_word = slot_busy; slot_leaked =
         Big_int_Z.zero_big_int; slot_meta = None } (HoldsBusy i))
  | None -> (s, (FrameFailed ErrOutOfBound))

(** val frame_built : frame_kind -> word -> slot **)

let frame_built k m =
  match k with
  | KindUnique ->
    { slot_word = slot_unique; slot_leaked = Big_int_Z.zero_big_int;
      slot_meta = (Some m) }
  | KindShared ->
    { slot_word = Big_int_Z.unit_big_int; slot_leaked =
      Big_int_Z.zero_big_int; slot_meta = (Some m) }

(** val frame_holds : frame_kind -> word -> frame_handle **)

let frame_holds k i =
  match k with
  | KindUnique -> HoldsUnique i
  | KindShared -> HoldsShared i

(** val frame_publish :
    frame_state -> word -> frame_kind -> word -> frame_state * frame_outcome **)

let frame_publish s h k m =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some f ->
       (match f with
        | HoldsBusy i ->
          ((frame_set_handle (frame_set_slot s i (frame_built k m)) h (Some
             (frame_holds k i))), (FrameHandle h))
        | _ -> (s, FrameWrongHandle))
     | None -> (s, FrameBadHandle))
  | None -> (s, FrameBadHandle)

(** val frame_from_unused :
    frame_state -> frame_kind -> word -> word -> frame_state * frame_outcome **)

let frame_from_unused s k i m =
  let (s', r) = frame_reserve s i in
  (match r with
   | FrameHandle h -> frame_publish s' h k m
   | _ -> (s', r))

(** val frame_from_in_use :
    frame_state -> word -> frame_state * frame_outcome **)

let frame_from_in_use s i =
  match tbl_get s.frame_slots i with
  | Some x ->
    (match slot_from_in_use x.slot_word with
     | FromInUseStored n0 ->
       frame_open s i { slot_word = n0; slot_leaked = x.slot_leaked;
         slot_meta = x.slot_meta } (HoldsShared i)
     | FromInUseAborted -> (s, FrameAborted)
     | FromInUseFailed e -> (s, (FrameFailed e)))
  | None -> (s, (FrameFailed ErrOutOfBound))

(** val frame_from_unique :
    frame_state -> word -> frame_state * frame_outcome **)

let frame_from_unique s h =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some f ->
       (match f with
        | HoldsUnique i ->
          (match tbl_get s.frame_slots i with
           | Some x ->
             ((frame_set_handle
                (frame_set_slot s i { slot_word = Big_int_Z.unit_big_int;
                  slot_leaked = Big_int_Z.zero_big_int; slot_meta =
                  x.slot_meta }) h (Some (HoldsShared i))), (FrameHandle h))
           | None -> (s, FrameBadHandle))
        | _ -> (s, FrameWrongHandle))
     | None -> (s, FrameBadHandle))
  | None -> (s, FrameBadHandle)

type shared_slot =
| SharedSlot of word * slot
| SharedRefused of frame_outcome

(** val frame_find_shared : frame_state -> word -> shared_slot **)

let frame_find_shared s h =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some f ->
       (match f with
        | HoldsShared i ->
          (match tbl_get s.frame_slots i with
           | Some x -> SharedSlot (i, x)
           | None -> SharedRefused FrameBadHandle)
        | _ -> SharedRefused FrameWrongHandle)
     | None -> SharedRefused FrameBadHandle)
  | None -> SharedRefused FrameBadHandle

(** val frame_try_from_shared :
    frame_state -> word -> frame_state * frame_outcome **)

let frame_try_from_shared s h =
  match frame_find_shared s h with
  | SharedSlot (i, x) ->
    if slot_try_unique x.slot_word
    then ((frame_set_handle
            (frame_set_slot s i { slot_word = slot_unique; slot_leaked =
              Big_int_Z.zero_big_int; slot_meta = x.slot_meta }) h (Some
            (HoldsUnique i))), (FrameHandle h))
    else (s, (FrameHandedBack h))
  | SharedRefused r -> (s, r)

(** val frame_clone : frame_state -> word -> frame_state * frame_outcome **)

let frame_clone s h =
  match frame_find_shared s h with
  | SharedSlot (i, x) ->
    (match slot_clone_count x.slot_word with
     | CloneStored n0 ->
       frame_open s i { slot_word = n0; slot_leaked = x.slot_leaked;
         slot_meta = x.slot_meta } (HoldsShared i)
     | CloneAborted -> (s, FrameAborted))
  | SharedRefused r -> (s, r)

(** val frame_ref_count :
    frame_state -> word -> frame_state * frame_outcome **)

let frame_ref_count s h =
  match frame_find_shared s h with
  | SharedSlot (_, x) -> (s, (FrameCount x.slot_word))
  | SharedRefused r -> (s, r)

(** val frame_leak :
    frame_state -> word -> word -> frame_state * frame_outcome **)

let frame_leak s h n0 =
  match frame_find_shared s h with
  | SharedSlot (i, x) ->
    (match word_checked_add x.slot_word n0 with
     | Some w ->
       if word_ltb slot_max w
       then (s, FrameAborted)
       else ((frame_set_slot s i { slot_word = w; slot_leaked =
               (word_wrapping_add x.slot_leaked n0); slot_meta =
               x.slot_meta }), FrameLeaked)
     | None -> (s, FrameAborted))
  | SharedRefused r -> (s, r)

(** val frame_handle_slot : frame_handle -> word **)

let frame_handle_slot = function
| HoldsUnique i -> i
| HoldsShared i -> i
| HoldsBusy i -> i

(** val frame_meta : frame_state -> word -> frame_state * frame_outcome **)

let frame_meta s h =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some y ->
       (match tbl_get s.frame_slots (frame_handle_slot y) with
        | Some x ->
          (match x.slot_meta with
           | Some m -> (s, (FrameMetaIs m))
           | None -> (s, FrameWrongHandle))
        | None -> (s, FrameBadHandle))
     | None -> (s, FrameBadHandle))
  | None -> (s, FrameBadHandle)

type released =
| ReleasedShare
| ReleasedLast of word * word option
| ReleaseRefused of frame_outcome

(** val frame_let_go : frame_state -> word -> frame_state * released **)

let frame_let_go s h =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some y ->
       (match tbl_get s.frame_slots (frame_handle_slot y) with
        | Some x ->
          (match y with
           | HoldsUnique i ->
             ((frame_set_handle
                (frame_set_slot s i { slot_word = slot_busy; slot_leaked =
                  Big_int_Z.zero_big_int; slot_meta = None }) h (Some
                (HoldsBusy i))), (ReleasedLast (i, x.slot_meta)))
           | HoldsShared i ->
             (match slot_drop_count x.slot_word with
              | DropStored n0 ->
                ((frame_set_handle
                   (frame_set_slot s i { slot_word = n0; slot_leaked =
                     x.slot_leaked; slot_meta = x.slot_meta }) h None),
                  ReleasedShare)
              | DropLast ->
                ((frame_set_handle
                   (frame_set_slot s i { slot_word = slot_busy; slot_leaked =
                     Big_int_Z.zero_big_int; slot_meta = None }) h (Some
                   (HoldsBusy i))), (ReleasedLast (i, x.slot_meta))))
           | HoldsBusy _ -> (s, (ReleaseRefused FrameWrongHandle)))
        | None -> (s, (ReleaseRefused FrameBadHandle)))
     | None -> (s, (ReleaseRefused FrameBadHandle)))
  | None -> (s, (ReleaseRefused FrameBadHandle))

(** val frame_give_back : frame_state -> word -> word -> frame_state **)

let frame_give_back s h i =
  frame_set_handle (frame_set_slot s i slot_fresh) h None

(** val frame_release : frame_state -> word -> frame_state * frame_outcome **)

let frame_release s h =
  let (s', r0) = frame_let_go s h in
  (match r0 with
   | ReleasedShare -> (s', (FrameDropped []))
   | ReleasedLast (i, m0) ->
     (match m0 with
      | Some m ->
        (s', (FrameDropped ((EventOnDrop (i, m)) :: ((EventMetaDropped (i,
          m)) :: []))))
      | None -> (s', (FrameDropped [])))
   | ReleaseRefused r -> (s', r))

(** val frame_vacate : frame_state -> word -> frame_state * frame_outcome **)

let frame_vacate s h =
  match tbl_get s.frame_handles h with
  | Some o ->
    (match o with
     | Some f ->
       (match f with
        | HoldsBusy i ->
          ((frame_give_back s h i), (FrameDropped ((EventUnused
            i) :: ((EventDealloc i) :: []))))
        | _ -> (s, FrameWrongHandle))
     | None -> (s, FrameBadHandle))
  | None -> (s, FrameBadHandle)

(** val frame_drop : frame_state -> word -> frame_state * frame_outcome **)

let frame_drop s h =
  let (s', r0) = frame_let_go s h in
  (match r0 with
   | ReleasedShare -> (s', (FrameDropped []))
   | ReleasedLast (i, m0) ->
     (match m0 with
      | Some m ->
        ((frame_give_back s' h i), (FrameDropped ((EventOnDrop (i,
          m)) :: ((EventMetaDropped (i, m)) :: ((EventUnused
          i) :: ((EventDealloc i) :: []))))))
      | None ->
        ((frame_give_back s' h i), (FrameDropped ((EventUnused
          i) :: ((EventDealloc i) :: [])))))
   | ReleaseRefused r -> (s', r))

(** val frame_step :
    frame_state -> frame_op -> frame_state * frame_outcome **)

let frame_step s = function
| FrameFromUnused (k, i, m) -> frame_from_unused s k i m
| FrameFromInUse i -> frame_from_in_use s i
| FrameFromUnique h -> frame_from_unique s h
| FrameTryFromShared h -> frame_try_from_shared s h
| FrameClone h -> frame_clone s h
| FrameDrop h -> frame_drop s h
| FrameRefCount h -> frame_ref_count s h
| FrameMeta h -> frame_meta s h
| FrameLeak (h, n0) -> frame_leak s h n0
| FrameReserve i -> frame_reserve s i
| FramePublish (h, k, m) -> frame_publish s h k m
| FrameRelease h -> frame_release s h
| FrameVacate h -> frame_vacate s h

(** val frame_run :
    frame_state -> frame_op list -> frame_state * frame_outcome list **)

let rec frame_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = frame_step s o in
  (match r with
   | FrameAborted -> (s', (FrameAborted :: []))
   | _ -> let (s'', rs) = frame_run s' os' in (s'', (r :: rs)))

(** val word_div : word -> word -> word **)

let word_div =
  Z.div

(** val word_rem : word -> word -> word **)

let word_rem =
  Z.modulo

(** val tbl_append : 'a1 table -> 'a1 list -> 'a1 table **)

let tbl_append =
  app

(** val tbl_insert : 'a1 table -> word -> 'a1 -> 'a1 table **)

let rec tbl_insert t0 i x =
  match t0 with
  | [] -> if Z.eqb i Big_int_Z.zero_big_int then x :: [] else []
  | y :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int
    then x :: (y :: t')
    else y :: (tbl_insert t' (Z.pred i) x)

(** val tbl_remove : 'a1 table -> word -> 'a1 table **)

let rec tbl_remove t0 i =
  match t0 with
  | [] -> []
  | y :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int
    then t'
    else y :: (tbl_remove t' (Z.pred i))

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

(** val seg_page_size : word **)

let seg_page_size =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))))))))

(** val seg_init : word -> seg_state **)

let seg_init n0 =
  { seg_pages = (tbl_make n0 slot_fresh); seg_handles = tbl_empty }

type seg_act =
| ActClaim of word
| ActShare
| ActUnshare

(** val seg_lend : slot table -> word -> frame_state **)

let seg_lend t0 i =
  { frame_slots = t0; frame_handles =
    (tbl_push tbl_empty (Some (HoldsShared i))) }

(** val seg_page_step :
    seg_act -> word -> word -> slot table -> frame_state * frame_outcome **)

let seg_page_step a k i t0 =
  match a with
  | ActClaim m ->
    frame_step { frame_slots = t0; frame_handles = tbl_empty }
      (FrameFromUnused (KindShared, i, (word_wrapping_add m k)))
  | ActShare -> frame_step (seg_lend t0 i) (FrameClone Big_int_Z.zero_big_int)
  | ActUnshare ->
    frame_step (seg_lend t0 i) (FrameDrop Big_int_Z.zero_big_int)

type seg_stop =
| StopDone of frame_event table
| StopRefused of word * frame_error
| StopAborted

(** val seg_apply :
    nat -> seg_act -> word -> word -> slot table -> frame_event table -> slot
    table * seg_stop **)

let rec seg_apply n0 a lo k t0 told =
  match n0 with
  | O -> (t0, (StopDone told))
  | S n' ->
    let next = word_wrapping_add k Big_int_Z.unit_big_int in
    let (f, f0) = seg_page_step a k (word_wrapping_add lo k) t0 in
    (match f0 with
     | FrameHandle _ -> seg_apply n' a lo next f.frame_slots told
     | FrameDropped events ->
       seg_apply n' a lo next f.frame_slots (tbl_append told events)
     | FrameFailed e -> (f.frame_slots, (StopRefused (k, e)))
     | FrameAborted -> (f.frame_slots, StopAborted)
     | _ -> (f.frame_slots, (StopRefused (k, ErrOutOfBound))))

(** val seg_size : word -> word -> nat **)

let seg_size lo hi =
  Z.to_nat (word_wrapping_sub hi lo)

(** val seg_open :
    slot table -> seg_handle option table -> seg_handle ->
    seg_state * seg_outcome **)

let seg_open t0 hs y =
  ({ seg_pages = t0; seg_handles = (tbl_push hs (Some y)) }, (SegHandle
    (tbl_len hs)))

(** val seg_is_aligned : word -> bool **)

let seg_is_aligned w =
  word_eqb (word_rem w seg_page_size) Big_int_Z.zero_big_int

(** val seg_from_unused :
    seg_state -> word -> word -> word -> seg_state * seg_outcome **)

let seg_from_unused s start stop m =
  if seg_is_aligned start
  then if seg_is_aligned stop
       then if word_ltb start stop
            then let lo = word_div start seg_page_size in
                 let hi = word_div stop seg_page_size in
                 if word_leb hi (tbl_len s.seg_pages)
                 then let (t0, s0) =
                        seg_apply (seg_size lo hi) (ActClaim m) lo
                          Big_int_Z.zero_big_int s.seg_pages tbl_empty
                      in
                      (match s0 with
                       | StopDone _ ->
                         seg_open t0 s.seg_handles (SegRange (lo, hi))
                       | StopRefused (k, e) ->
                         let (t', _) =
                           seg_apply (Z.to_nat k) ActUnshare lo
                             Big_int_Z.zero_big_int t0 tbl_empty
                         in
                         ({ seg_pages = t'; seg_handles = s.seg_handles },
                         (SegFailed (SegPageRefused
                         ((word_wrapping_add lo k), e))))
                       | StopAborted -> (s, SegAborted))
                 else (s, (SegFailed SegOutOfBound))
            else (s, (SegFailed SegEmpty))
       else (s, (SegFailed SegNotAligned))
  else (s, (SegFailed SegNotAligned))

(** val seg_from_in_use : seg_state -> word -> seg_state * seg_outcome **)

let seg_from_in_use s i =
  let (f, f0) =
    frame_step { frame_slots = s.seg_pages; frame_handles = tbl_empty }
      (FrameFromInUse i)
  in
  (match f0 with
   | FrameHandle _ -> seg_open f.frame_slots s.seg_handles (SegFrame i)
   | FrameFailed e ->
     (match e with
      | ErrOutOfBound -> (s, (SegFailed SegOutOfBound))
      | _ -> (s, (SegFailed (SegPageRefused (i, e)))))
   | FrameAborted -> (s, SegAborted)
   | _ -> (s, SegBadHandle))

type seg_found =
| FoundRange of word * word
| FoundNot of seg_outcome

(** val seg_find : seg_state -> word -> seg_found **)

let seg_find s h =
  match tbl_get s.seg_handles h with
  | Some o ->
    (match o with
     | Some s0 ->
       (match s0 with
        | SegRange (lo, hi) -> FoundRange (lo, hi)
        | _ -> FoundNot SegWrongHandle)
     | None -> FoundNot SegBadHandle)
  | None -> FoundNot SegBadHandle

(** val seg_put : seg_state -> word -> seg_handle option -> seg_state **)

let seg_put s h y =
  { seg_pages = s.seg_pages; seg_handles = (tbl_set s.seg_handles h y) }

(** val seg_split : seg_state -> word -> word -> seg_state * seg_outcome **)

let seg_split s h off =
  match seg_find s h with
  | FoundRange (lo, hi) ->
    if seg_is_aligned off
    then let k = word_div off seg_page_size in
         if word_leb k (word_wrapping_sub hi lo)
         then let mid = word_wrapping_add lo k in
              ({ seg_pages = s.seg_pages; seg_handles =
              (tbl_push (tbl_set s.seg_handles h (Some (SegRange (lo, mid))))
                (Some (SegRange (mid, hi)))) }, (SegTwo (h,
              (tbl_len s.seg_handles))))
         else (s, (SegFailed SegOutOfBound))
    else (s, (SegFailed SegNotAligned))
  | FoundNot r -> (s, r)

(** val seg_share : seg_state -> word -> word -> seg_state * seg_outcome **)

let seg_share s lo hi =
  let (t0, s0) =
    seg_apply (seg_size lo hi) ActShare lo Big_int_Z.zero_big_int s.seg_pages
      tbl_empty
  in
  (match s0 with
   | StopDone _ -> seg_open t0 s.seg_handles (SegRange (lo, hi))
   | StopRefused (_, _) -> (s, SegBadHandle)
   | StopAborted -> (s, SegAborted))

(** val seg_slice :
    seg_state -> word -> word -> word -> seg_state * seg_outcome **)

let seg_slice s h from to0 =
  match seg_find s h with
  | FoundRange (lo, hi) ->
    if seg_is_aligned from
    then if seg_is_aligned to0
         then let j = word_div from seg_page_size in
              let k = word_div to0 seg_page_size in
              if word_leb j k
              then if word_leb k (word_wrapping_sub hi lo)
                   then seg_share s (word_wrapping_add lo j)
                          (word_wrapping_add lo k)
                   else (s, (SegFailed SegOutOfBound))
              else (s, (SegFailed SegOutOfBound))
         else (s, (SegFailed SegNotAligned))
    else (s, (SegFailed SegNotAligned))
  | FoundNot r -> (s, r)

(** val seg_clone : seg_state -> word -> seg_state * seg_outcome **)

let seg_clone s h =
  match seg_find s h with
  | FoundRange (lo, hi) -> seg_share s lo hi
  | FoundNot r -> (s, r)

(** val seg_next : seg_state -> word -> seg_state * seg_outcome **)

let seg_next s h =
  match seg_find s h with
  | FoundRange (lo, hi) ->
    if word_eqb lo hi
    then (s, SegNone)
    else seg_open s.seg_pages
           (tbl_set s.seg_handles h (Some (SegRange
             ((word_wrapping_add lo Big_int_Z.unit_big_int), hi)))) (SegFrame
           lo)
  | FoundNot r -> (s, r)

(** val seg_next_back : seg_state -> word -> seg_state * seg_outcome **)

let seg_next_back s h =
  match seg_find s h with
  | FoundRange (lo, hi) ->
    if word_eqb lo hi
    then (s, SegNone)
    else let last = word_wrapping_sub hi Big_int_Z.unit_big_int in
         seg_open s.seg_pages
           (tbl_set s.seg_handles h (Some (SegRange (lo, last)))) (SegFrame
           last)
  | FoundNot r -> (s, r)

(** val seg_into_raw : seg_state -> word -> seg_state * seg_outcome **)

let seg_into_raw s h =
  match seg_find s h with
  | FoundRange (lo, hi) ->
    ((seg_put s h (Some (SegForgotten (lo, hi)))), (SegRaw (lo, hi)))
  | FoundNot r -> (s, r)

(** val seg_from_raw : seg_state -> word -> seg_state * seg_outcome **)

let seg_from_raw s h =
  match tbl_get s.seg_handles h with
  | Some o ->
    (match o with
     | Some s0 ->
       (match s0 with
        | SegForgotten (lo, hi) ->
          ((seg_put s h (Some (SegRange (lo, hi)))), (SegHandle h))
        | _ -> (s, SegWrongHandle))
     | None -> (s, SegBadHandle))
  | None -> (s, SegBadHandle)

(** val seg_unshare :
    seg_state -> word -> word -> word -> seg_state * seg_outcome **)

let seg_unshare s h lo hi =
  let (t0, s0) =
    seg_apply (seg_size lo hi) ActUnshare lo Big_int_Z.zero_big_int
      s.seg_pages tbl_empty
  in
  (match s0 with
   | StopDone told ->
     ({ seg_pages = t0; seg_handles = (tbl_set s.seg_handles h None) },
       (SegDropped told))
   | StopRefused (_, _) -> (s, SegBadHandle)
   | StopAborted -> (s, SegAborted))

(** val seg_drop : seg_state -> word -> seg_state * seg_outcome **)

let seg_drop s h =
  match tbl_get s.seg_handles h with
  | Some o ->
    (match o with
     | Some s0 ->
       (match s0 with
        | SegFrame i ->
          seg_unshare s h i (word_wrapping_add i Big_int_Z.unit_big_int)
        | SegRange (lo, hi) -> seg_unshare s h lo hi
        | SegForgotten (_, _) -> (s, SegWrongHandle))
     | None -> (s, SegBadHandle))
  | None -> (s, SegBadHandle)

(** val seg_step : seg_state -> seg_op -> seg_state * seg_outcome **)

let seg_step s = function
| SegFromUnused (start, stop, m) -> seg_from_unused s start stop m
| SegFromInUse i -> seg_from_in_use s i
| SegSplit (h, off) -> seg_split s h off
| SegSlice (h, from, to0) -> seg_slice s h from to0
| SegClone h -> seg_clone s h
| SegNext h -> seg_next s h
| SegNextBack h -> seg_next_back s h
| SegIntoRaw h -> seg_into_raw s h
| SegFromRaw h -> seg_from_raw s h
| SegDrop h -> seg_drop s h

(** val seg_run : seg_state -> seg_op list -> seg_state * seg_outcome list **)

let rec seg_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = seg_step s o in
  (match r with
   | SegAborted -> (s', (SegAborted :: []))
   | _ -> let (s'', rs) = seg_run s' os' in (s'', (r :: rs)))

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

(** val fl_id_max : word **)

let fl_id_max =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val fl_init : word -> fl_state **)

let fl_init n0 =
  { fl_frames =
    (tbl_make n0 { lf_live = true; lf_in_list = Big_int_Z.zero_big_int });
    fl_lists = tbl_empty; fl_next_id = Big_int_Z.unit_big_int }

type fl_found =
| FlFound of frame_list
| FlMissing

(** val fl_find : fl_state -> word -> fl_found **)

let fl_find s l =
  match tbl_get s.fl_lists l with
  | Some o -> (match o with
               | Some x -> FlFound x
               | None -> FlMissing)
  | None -> FlMissing

(** val fl_put : fl_state -> word -> frame_list -> fl_state **)

let fl_put s l x =
  { fl_frames = s.fl_frames; fl_lists = (tbl_set s.fl_lists l (Some x));
    fl_next_id = s.fl_next_id }

type fl_numbered =
| FlNumbered of word * word
| FlNoNumber

(** val fl_number : fl_state -> frame_list -> fl_numbered **)

let fl_number s x =
  if word_eqb x.fl_id Big_int_Z.zero_big_int
  then if word_eqb s.fl_next_id fl_id_max
       then FlNoNumber
       else FlNumbered (s.fl_next_id,
              (word_wrapping_add s.fl_next_id Big_int_Z.unit_big_int))
  else FlNumbered (x.fl_id, s.fl_next_id)

type fl_end =
| AtFront
| AtBack
| AtCursor

(** val fl_insert :
    fl_state -> word -> word -> fl_end -> fl_state * fl_outcome **)

let fl_insert s l f at_end =
  match fl_find s l with
  | FlFound x ->
    (match tbl_get s.fl_frames f with
     | Some y ->
       if y.lf_live
       then if word_eqb y.lf_in_list Big_int_Z.zero_big_int
            then (match fl_number s x with
                  | FlNumbered (id0, next) ->
                    let len = tbl_len x.fl_items in
                    let at_ =
                      match at_end with
                      | AtFront -> Big_int_Z.zero_big_int
                      | AtBack -> len
                      | AtCursor -> x.fl_cursor
                    in
                    let cursor =
                      match at_end with
                      | AtCursor ->
                        word_wrapping_add x.fl_cursor Big_int_Z.unit_big_int
                      | _ -> word_wrapping_add len Big_int_Z.unit_big_int
                    in
                    ({ fl_frames =
                    (tbl_set s.fl_frames f { lf_live = true; lf_in_list =
                      id0 }); fl_lists =
                    (tbl_set s.fl_lists l (Some { fl_id = id0; fl_items =
                      (tbl_insert x.fl_items at_ f); fl_cursor = cursor }));
                    fl_next_id = next }, FlDone)
                  | FlNoNumber -> (s, FlAborted))
            else (s, FlBadFrame)
       else (s, FlBadFrame)
     | None -> (s, FlBadFrame))
  | FlMissing -> (s, FlBadList)

(** val fl_take : fl_state -> word -> fl_end -> fl_state * fl_outcome **)

let fl_take s l at_end =
  match fl_find s l with
  | FlFound x ->
    let len = tbl_len x.fl_items in
    let at_ =
      match at_end with
      | AtFront -> Big_int_Z.zero_big_int
      | AtBack -> word_wrapping_sub len Big_int_Z.unit_big_int
      | AtCursor -> x.fl_cursor
    in
    (match tbl_get x.fl_items at_ with
     | Some f ->
       let cursor =
         match at_end with
         | AtCursor -> x.fl_cursor
         | _ -> word_wrapping_sub len Big_int_Z.unit_big_int
       in
       ({ fl_frames =
       (tbl_set s.fl_frames f { lf_live = true; lf_in_list =
         Big_int_Z.zero_big_int }); fl_lists =
       (tbl_set s.fl_lists l (Some { fl_id = x.fl_id; fl_items =
         (tbl_remove x.fl_items at_); fl_cursor = cursor })); fl_next_id =
       s.fl_next_id }, (FlFrame f))
     | None -> (s, FlNone))
  | FlMissing -> (s, FlBadList)

(** val fl_contains : fl_state -> word -> word -> fl_state * fl_outcome **)

let fl_contains s l f =
  match fl_find s l with
  | FlFound x ->
    (match tbl_get s.fl_frames f with
     | Some y ->
       (s, (FlBool
         (if word_eqb x.fl_id Big_int_Z.zero_big_int
          then false
          else word_eqb y.lf_in_list x.fl_id)))
     | None -> (s, (FlBool false)))
  | FlMissing -> (s, FlBadList)

(** val fl_release :
    nat -> word -> word table -> list_frame table -> list_frame table **)

let rec fl_release n0 k items t0 =
  match n0 with
  | O -> t0
  | S n' ->
    (match tbl_get items k with
     | Some f ->
       fl_release n' (word_wrapping_add k Big_int_Z.unit_big_int) items
         (tbl_set t0 f { lf_live = false; lf_in_list =
           Big_int_Z.zero_big_int })
     | None -> t0)

(** val fl_drop : fl_state -> word -> fl_state * fl_outcome **)

let fl_drop s l =
  match fl_find s l with
  | FlFound x ->
    ({ fl_frames =
      (fl_release (Z.to_nat (tbl_len x.fl_items)) Big_int_Z.zero_big_int
        x.fl_items s.fl_frames); fl_lists = (tbl_set s.fl_lists l None);
      fl_next_id = s.fl_next_id }, (FlDropped x.fl_items))
  | FlMissing -> (s, FlBadList)

type fl_move =
| ToFront
| ToBack
| ToNext
| ToPrev

(** val fl_moved : fl_move -> word -> word -> word **)

let fl_moved m len cursor =
  match m with
  | ToFront -> Big_int_Z.zero_big_int
  | ToBack ->
    if word_eqb len Big_int_Z.zero_big_int
    then Big_int_Z.zero_big_int
    else word_wrapping_sub len Big_int_Z.unit_big_int
  | ToNext ->
    if word_leb len cursor
    then Big_int_Z.zero_big_int
    else word_wrapping_add cursor Big_int_Z.unit_big_int
  | ToPrev ->
    if word_eqb cursor Big_int_Z.zero_big_int
    then len
    else word_wrapping_sub cursor Big_int_Z.unit_big_int

(** val fl_cursor_move :
    fl_state -> word -> fl_move -> fl_state * fl_outcome **)

let fl_cursor_move s l m =
  match fl_find s l with
  | FlFound x ->
    ((fl_put s l { fl_id = x.fl_id; fl_items = x.fl_items; fl_cursor =
       (fl_moved m (tbl_len x.fl_items) x.fl_cursor) }), FlDone)
  | FlMissing -> (s, FlBadList)

(** val fl_cursor_current : fl_state -> word -> fl_state * fl_outcome **)

let fl_cursor_current s l =
  match fl_find s l with
  | FlFound x ->
    (match tbl_get x.fl_items x.fl_cursor with
     | Some f -> (s, (FlFrame f))
     | None -> (s, FlNone))
  | FlMissing -> (s, FlBadList)

(** val fl_step : fl_state -> fl_op -> fl_state * fl_outcome **)

let fl_step s = function
| FlNew ->
  ({ fl_frames = s.fl_frames; fl_lists =
    (tbl_push s.fl_lists (Some { fl_id = Big_int_Z.zero_big_int; fl_items =
      tbl_empty; fl_cursor = Big_int_Z.zero_big_int })); fl_next_id =
    s.fl_next_id }, (FlList (tbl_len s.fl_lists)))
| FlPushFront (l, f) -> fl_insert s l f AtFront
| FlPushBack (l, f) -> fl_insert s l f AtBack
| FlPopFront l -> fl_take s l AtFront
| FlPopBack l -> fl_take s l AtBack
| FlContains (l, f) -> fl_contains s l f
| FlSize l ->
  (match fl_find s l with
   | FlFound x -> (s, (FlNumber (tbl_len x.fl_items)))
   | FlMissing -> (s, FlBadList))
| FlId l ->
  (match fl_find s l with
   | FlFound x -> (s, (FlNumber x.fl_id))
   | FlMissing -> (s, FlBadList))
| FlDrop l -> fl_drop s l
| FlCursorFront l -> fl_cursor_move s l ToFront
| FlCursorBack l -> fl_cursor_move s l ToBack
| FlCursorNext l -> fl_cursor_move s l ToNext
| FlCursorPrev l -> fl_cursor_move s l ToPrev
| FlCursorCurrent l -> fl_cursor_current s l
| FlCursorTake l -> fl_take s l AtCursor
| FlCursorInsert (l, f) -> fl_insert s l f AtCursor

(** val fl_run : fl_state -> fl_op list -> fl_state * fl_outcome list **)

let rec fl_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = fl_step s o in
  (match r with
   | FlAborted -> (s', (FlAborted :: []))
   | _ -> let (s'', rs) = fl_run s' os' in (s'', (r :: rs)))

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

(** val region_page : word **)

let region_page =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))))))))

(** val region_init : region **)

let region_init =
  { region_end = Big_int_Z.zero_big_int; region_pages = tbl_empty;
    region_starts = tbl_empty; region_frames = { frame_slots = tbl_empty;
    frame_handles = tbl_empty } }

type region_found =
| RegionFound of word
| RegionRefused of region_error

(** val region_get_slot : region -> word -> region_found **)

let region_get_slot s pa =
  if word_eqb (word_rem pa region_page) Big_int_Z.zero_big_int
  then (match tbl_get s.region_pages (word_div pa region_page) with
        | Some o ->
          (match o with
           | Some i -> RegionFound i
           | None -> RegionRefused RegionOutOfBound)
        | None -> RegionRefused RegionOutOfBound)
  else RegionRefused RegionNotAligned

(** val region_frame : region -> frame_op -> region * region_outcome **)

let region_frame s o =
  let (f, r) = frame_step s.region_frames o in
  ({ region_end = s.region_end; region_pages = s.region_pages;
  region_starts = s.region_starts; region_frames = f }, (RegionDid r))

(** val region_track : region -> region * region_outcome **)

let region_track s =
  match word_checked_add s.region_end region_page with
  | Some e ->
    let i = tbl_len s.region_starts in
    ({ region_end = e; region_pages = (tbl_push s.region_pages (Some i));
    region_starts = (tbl_push s.region_starts s.region_end); region_frames =
    { frame_slots = (tbl_push s.region_frames.frame_slots slot_fresh);
    frame_handles = s.region_frames.frame_handles } }, (RegionTracked i))
  | None -> (s, RegionFull)

(** val region_skip : region -> region * region_outcome **)

let region_skip s =
  match word_checked_add s.region_end region_page with
  | Some e ->
    ({ region_end = e; region_pages = (tbl_push s.region_pages None);
      region_starts = s.region_starts; region_frames = s.region_frames },
      RegionSkipped)
  | None -> (s, RegionFull)

(** val region_start_paddr : region -> word -> region * region_outcome **)

let region_start_paddr s h =
  match tbl_get s.region_frames.frame_handles h with
  | Some o ->
    (match o with
     | Some y ->
       (match tbl_get s.region_starts (frame_handle_slot y) with
        | Some pa -> (s, (RegionStart pa))
        | None -> (s, (RegionDid FrameBadHandle)))
     | None -> (s, (RegionDid FrameBadHandle)))
  | None -> (s, (RegionDid FrameBadHandle))

(** val region_step : region -> region_op -> region * region_outcome **)

let region_step s = function
| RegionTrack -> region_track s
| RegionSkip -> region_skip s
| RegionGetSlot pa ->
  (match region_get_slot s pa with
   | RegionFound i -> (s, (RegionSlot i))
   | RegionRefused e -> (s, (RegionFailed e)))
| RegionFromUnused (k, pa, m) ->
  (match region_get_slot s pa with
   | RegionFound i -> region_frame s (FrameFromUnused (k, i, m))
   | RegionRefused e -> (s, (RegionFailed e)))
| RegionFromInUse pa ->
  (match region_get_slot s pa with
   | RegionFound i -> region_frame s (FrameFromInUse i)
   | RegionRefused e -> (s, (RegionFailed e)))
| RegionStartPaddr h -> region_start_paddr s h
| RegionFrame o' -> region_frame s o'

(** val region_run :
    region -> region_op list -> region * region_outcome list **)

let rec region_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = region_step s o in
  (match r with
   | RegionDid outcome0 ->
     (match outcome0 with
      | FrameAborted -> (s', ((RegionDid FrameAborted) :: []))
      | _ -> let (s'', rs) = region_run s' os' in (s'', (r :: rs)))
   | _ -> let (s'', rs) = region_run s' os' in (s'', (r :: rs)))

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

(** val word_step : word_op -> word_answer **)

let word_step = function
| WordWrappingAdd (a, b) -> WordValue (word_wrapping_add a b)
| WordWrappingSub (a, b) -> WordValue (word_wrapping_sub a b)
| WordCheckedAdd (a, b) ->
  (match word_checked_add a b with
   | Some w -> WordValue w
   | None -> WordNone)
| WordCheckedSub (a, b) ->
  (match word_checked_sub a b with
   | Some w -> WordValue w
   | None -> WordNone)
| WordDiv (a, b) -> WordValue (word_div a b)
| WordRem (a, b) -> WordValue (word_rem a b)
| WordEq (a, b) -> WordTruth (word_eqb a b)
| WordLt (a, b) -> WordTruth (word_ltb a b)
| WordLe (a, b) -> WordTruth (word_leb a b)

type binder =
| BAnon
| BNamed of string

type block = Big_int_Z.big_int

type loc = { loc_block : block; loc_offset : Big_int_Z.big_int }

(** val loc_eq_dec : (loc, loc) relDecision **)

let loc_eq_dec x y =
  let { loc_block = loc_block0; loc_offset = loc_offset0 } = x in
  let { loc_block = loc_block1; loc_offset = loc_offset1 } = y in
  if decide_rel Coq0_Pos.eq_dec loc_block0 loc_block1
  then decide_rel Coq_Z.eq_dec loc_offset0 loc_offset1
  else false

(** val loc_countable : loc countable **)

let loc_countable =
  inj_countable' (prod_eq_dec Coq0_Pos.eq_dec Coq_Z.eq_dec)
    (prod_countable Coq0_Pos.eq_dec pos_countable Coq_Z.eq_dec z_countable)
    loc_eq_dec (fun l -> (l.loc_block, l.loc_offset)) (fun x -> { loc_block =
    (fst x); loc_offset = (snd x) })

(** val shift_loc : loc -> Big_int_Z.big_int -> loc **)

let shift_loc l z0 =
  { loc_block = l.loc_block; loc_offset = (Z.add l.loc_offset z0) }

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

(** val lit_of_bool : bool -> base_lit **)

let lit_of_bool b =
  LitInt (Z.b2z b)

module Coq_lrust_lang =
 struct
  (** val to_val : expr -> val0 option **)

  let to_val = function
  | Val v -> Some v
  | _ -> None

  (** val binder_in : string -> binder list -> bool **)

  let rec binder_in x = function
  | [] -> false
  | b :: xl0 ->
    (match b with
     | BAnon -> binder_in x xl0
     | BNamed y -> if eqb1 x y then true else binder_in x xl0)

  (** val subst : string -> val0 -> expr -> expr **)

  let rec subst x v e = match e with
  | Val _ -> e
  | Var y -> if eqb1 x y then Val v else Var y
  | Rec (f, xl, e0) ->
    Rec (f, xl, (if binder_in x (f :: xl) then e0 else subst x v e0))
  | App (e0, el) -> App ((subst x v e0), (map (subst x v) el))
  | UnOp (op, e0) -> UnOp (op, (subst x v e0))
  | BinOp (op, e1, e2) -> BinOp (op, (subst x v e1), (subst x v e2))
  | Case (e0, el) -> Case ((subst x v e0), (map (subst x v) el))
  | Fork e0 -> Fork (subst x v e0)
  | Abort -> Abort
  | Alloc e0 -> Alloc (subst x v e0)
  | Free (e1, e2) -> Free ((subst x v e1), (subst x v e2))
  | Read (o, e0) -> Read (o, (subst x v e0))
  | Write (o, e1, e2) -> Write (o, (subst x v e1), (subst x v e2))
  | Cas (m, e0, e1, e2) ->
    Cas (m, (subst x v e0), (subst x v e1), (subst x v e2))
  | Faa (t0, e1, e2) -> Faa (t0, (subst x v e1), (subst x v e2))

  (** val subst' : binder -> val0 -> expr -> expr **)

  let subst' x v e =
    match x with
    | BAnon -> e
    | BNamed x0 -> subst x0 v e

  (** val subst_list : binder list -> val0 list -> expr -> expr option **)

  let rec subst_list xl vl e =
    match xl with
    | [] -> (match vl with
             | [] -> Some e
             | _ :: _ -> None)
    | x :: xl0 ->
      (match vl with
       | [] -> None
       | v :: vl0 ->
         fmap (Obj.magic (fun _ _ -> option_fmap)) (subst' x v)
           (subst_list xl0 vl0 e))

  type lock_state =
  | WSt
  | RSt of nat

  type state = (loc, lock_state * val0) gmap

  (** val init_mem : loc -> nat -> state -> state **)

  let rec init_mem l n0 _UU03c3_ =
    match n0 with
    | O -> _UU03c3_
    | S n1 ->
      insert0 (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
        ((RSt O), (LitV LitPoison))
        (init_mem (shift_loc l Big_int_Z.unit_big_int) n1 _UU03c3_)

  (** val free_mem : loc -> nat -> state -> state **)

  let rec free_mem l n0 _UU03c3_ =
    match n0 with
    | O -> _UU03c3_
    | S n1 ->
      delete0 (map_delete (gmap_partial_alter loc_eq_dec loc_countable)) l
        (free_mem (shift_loc l Big_int_Z.unit_big_int) n1 _UU03c3_)

  (** val bin_op_eval_pure :
      bin_op -> base_lit -> base_lit -> base_lit option **)

  let bin_op_eval_pure op l1 l2 =
    match op with
    | ArithOp a ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x -> LitInt x)
              (Obj.magic arith_eval a z1 z2)
          | _ -> None)
       | _ -> None)
    | WrapOp (t0, a) ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            fmap (Obj.magic (fun _ _ -> option_fmap)) (fun z0 -> LitInt
              (int_wrap t0 z0)) (Obj.magic arith_eval_at t0 a z1 z2)
          | _ -> None)
       | _ -> None)
    | OverflowOp (t0, a) ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            fmap (Obj.magic (fun _ _ -> option_fmap)) (fun z0 ->
              lit_of_bool (negb (bool_decide (arith_fits_dec t0 a z1 z2 z0))))
              (Obj.magic arith_eval_at t0 a z1 z2)
          | _ -> None)
       | _ -> None)
    | UncheckedOp (t0, a) ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            mbind (Obj.magic (fun _ _ -> option_bind)) (fun z0 ->
              if decide (arith_fits_dec t0 a z1 z2 z0)
              then Some (LitInt z0)
              else None) (Obj.magic arith_eval_at t0 a z1 z2)
          | _ -> None)
       | _ -> None)
    | LeOp ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            Some (lit_of_bool (bool_decide (decide_rel Coq_Z.le_dec z1 z2)))
          | _ -> None)
       | _ -> None)
    | LtOp ->
      (match l1 with
       | LitInt z1 ->
         (match l2 with
          | LitInt z2 ->
            Some (lit_of_bool (bool_decide (decide_rel Coq_Z.lt_dec z1 z2)))
          | _ -> None)
       | _ -> None)
    | EqOp ->
      (match l1 with
       | LitPoison -> None
       | LitLoc l3 ->
         (match l2 with
          | LitPoison -> None
          | LitLoc l4 ->
            Some (lit_of_bool (bool_decide (decide_rel loc_eq_dec l3 l4)))
          | LitInt z0 ->
            if Z.eqb z0 Big_int_Z.zero_big_int
            then Some (lit_of_bool false)
            else None)
       | LitInt z0 ->
         (match l2 with
          | LitPoison -> None
          | LitLoc _ ->
            if Z.eqb z0 Big_int_Z.zero_big_int
            then Some (lit_of_bool false)
            else None
          | LitInt z2 ->
            Some (lit_of_bool (bool_decide (decide_rel Coq_Z.eq_dec z0 z2)))))
    | OffsetOp ->
      (match l1 with
       | LitLoc l ->
         (match l2 with
          | LitInt z0 -> Some (LitLoc (shift_loc l z0))
          | _ -> None)
       | _ -> None)

  (** val cas_compare : base_lit -> base_lit -> bool option **)

  let cas_compare l1 l2 =
    match l1 with
    | LitPoison -> None
    | LitLoc l3 ->
      (match l2 with
       | LitPoison -> None
       | LitLoc l4 -> Some (bool_decide (decide_rel loc_eq_dec l3 l4))
       | LitInt z0 ->
         if Z.eqb z0 Big_int_Z.zero_big_int then Some false else None)
    | LitInt z0 ->
      (match l2 with
       | LitPoison -> None
       | LitLoc _ ->
         if Z.eqb z0 Big_int_Z.zero_big_int then Some false else None
       | LitInt z2 -> Some (bool_decide (decide_rel Coq_Z.eq_dec z0 z2)))

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

  (** val fill_item : ectx_item -> expr -> expr **)

  let fill_item ki e =
    match ki with
    | AppLCtx el -> App (e, el)
    | AppRCtx (v, vl, el) ->
      App ((Val v),
        (app
          (fmap (Obj.magic (fun _ _ -> list_fmap)) (fun x -> Val x)
            (Obj.magic vl)) (e :: el)))
    | UnOpCtx op -> UnOp (op, e)
    | BinOpLCtx (op, e2) -> BinOp (op, e, e2)
    | BinOpRCtx (op, v1) -> BinOp (op, (Val v1), e)
    | CaseCtx el -> Case (e, el)
    | AllocCtx -> Alloc e
    | FreeLCtx e2 -> Free (e, e2)
    | FreeRCtx v1 -> Free ((Val v1), e)
    | ReadCtx o -> Read (o, e)
    | WriteLCtx (o, e2) -> Write (o, e, e2)
    | WriteRCtx (o, v1) -> Write (o, (Val v1), e)
    | CasLCtx (m, e1, e2) -> Cas (m, e, e1, e2)
    | CasMCtx (m, v0, e2) -> Cas (m, (Val v0), e, e2)
    | CasRCtx (m, v0, v1) -> Cas (m, (Val v0), (Val v1), e)
    | FaaLCtx (t0, e2) -> Faa (t0, e, e2)
    | FaaRCtx (t0, v1) -> Faa (t0, (Val v1), e)
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

(** val decompose : Coq_lrust_lang.ectx_item list -> expr -> decomposition **)

let rec decompose k = function
| Val v -> DecVal v
| Var x -> DecRedex (k, (VarR x))
| Rec (f, xl, e0) -> DecRedex (k, (RecR (f, xl, e0)))
| App (e0, el) ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v ->
     let rec args vl = function
     | [] -> DecRedex (k, (AppR (v, (reverse0 vl))))
     | e' :: el' ->
       (match Coq_lrust_lang.to_val e' with
        | Some v' -> args (v' :: vl) el'
        | None ->
          decompose ((Coq_lrust_lang.AppRCtx (v, (reverse0 vl), el')) :: k) e')
     in args [] el
   | None -> decompose ((Coq_lrust_lang.AppLCtx el) :: k) e0)
| UnOp (op, e0) ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v -> DecRedex (k, (UnOpR (op, v)))
   | None -> decompose ((Coq_lrust_lang.UnOpCtx op) :: k) e0)
| BinOp (op, e1, e2) ->
  (match Coq_lrust_lang.to_val e1 with
   | Some v1 ->
     (match Coq_lrust_lang.to_val e2 with
      | Some v2 -> DecRedex (k, (BinOpR (op, v1, v2)))
      | None -> decompose ((Coq_lrust_lang.BinOpRCtx (op, v1)) :: k) e2)
   | None -> decompose ((Coq_lrust_lang.BinOpLCtx (op, e2)) :: k) e1)
| Case (e0, el) ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v -> DecRedex (k, (CaseR (v, el)))
   | None -> decompose ((Coq_lrust_lang.CaseCtx el) :: k) e0)
| Fork e0 -> DecRedex (k, (ForkR e0))
| Abort -> DecRedex (k, AbortR)
| Alloc e0 ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v -> DecRedex (k, (AllocR v))
   | None -> decompose (Coq_lrust_lang.AllocCtx :: k) e0)
| Free (e1, e2) ->
  (match Coq_lrust_lang.to_val e1 with
   | Some v1 ->
     (match Coq_lrust_lang.to_val e2 with
      | Some v2 -> DecRedex (k, (FreeR (v1, v2)))
      | None -> decompose ((Coq_lrust_lang.FreeRCtx v1) :: k) e2)
   | None -> decompose ((Coq_lrust_lang.FreeLCtx e2) :: k) e1)
| Read (o, e0) ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v -> DecRedex (k, (ReadR (o, v)))
   | None -> decompose ((Coq_lrust_lang.ReadCtx o) :: k) e0)
| Write (o, e1, e2) ->
  (match Coq_lrust_lang.to_val e1 with
   | Some v1 ->
     (match Coq_lrust_lang.to_val e2 with
      | Some v2 -> DecRedex (k, (WriteR (o, v1, v2)))
      | None -> decompose ((Coq_lrust_lang.WriteRCtx (o, v1)) :: k) e2)
   | None -> decompose ((Coq_lrust_lang.WriteLCtx (o, e2)) :: k) e1)
| Cas (m, e0, e1, e2) ->
  (match Coq_lrust_lang.to_val e0 with
   | Some v0 ->
     (match Coq_lrust_lang.to_val e1 with
      | Some v1 ->
        (match Coq_lrust_lang.to_val e2 with
         | Some v2 -> DecRedex (k, (CasR (m, v0, v1, v2)))
         | None -> decompose ((Coq_lrust_lang.CasRCtx (m, v0, v1)) :: k) e2)
      | None -> decompose ((Coq_lrust_lang.CasMCtx (m, v0, e2)) :: k) e1)
   | None -> decompose ((Coq_lrust_lang.CasLCtx (m, e1, e2)) :: k) e0)
| Faa (t0, e1, e2) ->
  (match Coq_lrust_lang.to_val e1 with
   | Some v1 ->
     (match Coq_lrust_lang.to_val e2 with
      | Some v2 -> DecRedex (k, (FaaR (t0, v1, v2)))
      | None -> decompose ((Coq_lrust_lang.FaaRCtx (t0, v1)) :: k) e2)
   | None -> decompose ((Coq_lrust_lang.FaaLCtx (t0, e2)) :: k) e1)

(** val fill_items : Coq_lrust_lang.ectx_item list -> expr -> expr **)

let rec fill_items k e =
  match k with
  | [] -> e
  | ki :: k0 -> fill_items k0 (Coq_lrust_lang.fill_item ki e)

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

(** val wrong_kind : kind -> val0 -> stuck_reason **)

let wrong_kind k v = match v with
| LitV l -> (match l with
             | LitPoison -> PoisonUsed k
             | _ -> WrongKind (k, v))
| RecV (_, _, _) -> WrongKind (k, v)

(** val is_data : val0 -> bool **)

let is_data = function
| LitV l -> (match l with
             | LitPoison -> false
             | _ -> true)
| RecV (_, _, _) -> false

(** val compare_reason : val0 -> val0 -> stuck_reason **)

let compare_reason v1 v2 =
  if is_data v1
  then if is_data v2 then Incomparable (v1, v2) else wrong_kind DataKind v2
  else wrong_kind DataKind v1

(** val int_op_reason :
    bin_op -> Big_int_Z.big_int -> Big_int_Z.big_int -> stuck_reason **)

let int_op_reason op z1 z2 =
  match op with
  | WrapOp (t0, a) ->
    if decide (in_int_range_dec t0 z1)
    then if decide (in_int_range_dec t0 z2)
         then (match arith_eval a z1 z2 with
               | Some z0 -> Overflow (t0, z0)
               | None -> DivisionByZero)
         else OutOfRange (t0, z2)
    else OutOfRange (t0, z1)
  | OverflowOp (t0, a) ->
    if decide (in_int_range_dec t0 z1)
    then if decide (in_int_range_dec t0 z2)
         then (match arith_eval a z1 z2 with
               | Some z0 -> Overflow (t0, z0)
               | None -> DivisionByZero)
         else OutOfRange (t0, z2)
    else OutOfRange (t0, z1)
  | UncheckedOp (t0, a) ->
    if decide (in_int_range_dec t0 z1)
    then if decide (in_int_range_dec t0 z2)
         then (match arith_eval a z1 z2 with
               | Some z0 -> Overflow (t0, z0)
               | None -> DivisionByZero)
         else OutOfRange (t0, z2)
    else OutOfRange (t0, z1)
  | _ -> DivisionByZero

(** val expect_int :
    val0 -> (Big_int_Z.big_int -> step_result) -> step_result **)

let expect_int v k =
  match v with
  | LitV l ->
    (match l with
     | LitInt z0 -> k z0
     | _ -> StepStuck (wrong_kind IntKind v))
  | RecV (_, _, _) -> StepStuck (wrong_kind IntKind v)

(** val expect_loc : val0 -> (loc -> step_result) -> step_result **)

let expect_loc v k =
  match v with
  | LitV l0 ->
    (match l0 with
     | LitLoc l -> k l
     | _ -> StepStuck (wrong_kind LocKind v))
  | RecV (_, _, _) -> StepStuck (wrong_kind LocKind v)

(** val expect_cell :
    Coq_lrust_lang.state -> loc -> (Coq_lrust_lang.lock_state -> val0 ->
    step_result) -> step_result **)

let expect_cell _UU03c3_ l k =
  match lookup0 (gmap_lookup loc_eq_dec loc_countable) l _UU03c3_ with
  | Some y -> let (st, v) = y in k st v
  | None -> StepStuck (NotAllocated l)

(** val block_freshb : Coq_lrust_lang.state -> loc -> bool **)

let block_freshb _UU03c3_ l =
  forallb (fun c -> negb (Coq_Pos.eqb (fst c).loc_block l.loc_block))
    (map_to_list (gmap_to_list loc_eq_dec loc_countable) _UU03c3_)

(** val cells_allocated : Coq_lrust_lang.state -> loc -> nat -> bool **)

let rec cells_allocated _UU03c3_ l = function
| O -> true
| S n1 ->
  (match lookup0 (gmap_lookup loc_eq_dec loc_countable) l _UU03c3_ with
   | Some _ ->
     cells_allocated _UU03c3_ (shift_loc l Big_int_Z.unit_big_int) n1
   | None -> false)

(** val in_block :
    loc -> (loc * (Coq_lrust_lang.lock_state * val0)) -> bool **)

let in_block l c =
  Coq_Pos.eqb (fst c).loc_block l.loc_block

(** val block_isb :
    Coq_lrust_lang.state -> loc -> Big_int_Z.big_int -> bool **)

let block_isb _UU03c3_ l n0 =
  let cells =
    filter (in_block l)
      (map_to_list (gmap_to_list loc_eq_dec loc_countable) _UU03c3_)
  in
  if forallb (fun c ->
       let i = Z.sub (fst c).loc_offset l.loc_offset in
       (&&) (Z.leb Big_int_Z.zero_big_int i) (Z.ltb i n0)) cells
  then if Z.leb n0 (Z.of_nat (length cells))
       then cells_allocated _UU03c3_ l (Z.to_nat n0)
       else false
  else false

(** val unused_block : Coq_lrust_lang.state -> block **)

let unused_block _UU03c3_ =
  Coq_Pos.succ
    (fold_right (fun c b -> Coq_Pos.max (fst c).loc_block b)
      Big_int_Z.unit_big_int
      (map_to_list (gmap_to_list loc_eq_dec loc_countable) _UU03c3_))

(** val used_blocks : Coq_lrust_lang.state -> (block, unit) gmap **)

let used_blocks _UU03c3_ =
  fold_right (fun c b ->
    insert0 (map_insert (gmap_partial_alter Coq0_Pos.eq_dec pos_countable))
      (fst c).loc_block () b)
    (empty0 (gmap_empty Coq0_Pos.eq_dec pos_countable))
    (map_to_list (gmap_to_list loc_eq_dec loc_countable) _UU03c3_)

(** val lowest_from : (block, unit) gmap -> block -> nat -> block **)

let rec lowest_from b b0 = function
| O -> b0
| S fuel0 ->
  (match lookup0 (gmap_lookup Coq0_Pos.eq_dec pos_countable) b0 b with
   | Some _ -> lowest_from b (Coq_Pos.succ b0) fuel0
   | None -> b0)

(** val lowest_block : Coq_lrust_lang.state -> block **)

let lowest_block _UU03c3_ =
  lowest_from (used_blocks _UU03c3_) Big_int_Z.unit_big_int (S
    (length (map_to_list (gmap_to_list loc_eq_dec loc_countable) _UU03c3_)))

type choice = { choice_spurious : bool; choice_dangling : bool option;
                choice_alloc : (Coq_lrust_lang.state -> loc) }

(** val place_block : choice -> Coq_lrust_lang.state -> loc **)

let place_block c _UU03c3_ =
  let l = c.choice_alloc _UU03c3_ in
  if block_freshb _UU03c3_ l
  then l
  else { loc_block = (unused_block _UU03c3_); loc_offset =
         Big_int_Z.zero_big_int }

(** val eq_answer :
    choice -> Coq_lrust_lang.state -> base_lit -> base_lit -> bool -> bool **)

let eq_answer c _UU03c3_ l1 l2 b =
  match c.choice_dangling with
  | Some b' ->
    (match l1 with
     | LitLoc l3 ->
       (match l2 with
        | LitLoc l4 ->
          (match lookup0 (gmap_lookup loc_eq_dec loc_countable) l3 _UU03c3_ with
           | Some _ ->
             (match lookup0 (gmap_lookup loc_eq_dec loc_countable) l4 _UU03c3_ with
              | Some _ -> b
              | None -> b')
           | None -> b')
        | _ -> b)
     | _ -> b)
  | None -> b

(** val fails_spuriously : choice -> cas_mode -> bool **)

let fails_spuriously c = function
| CasWeak -> c.choice_spurious
| _ -> false

(** val step_bin_op :
    choice -> Coq_lrust_lang.state -> bin_op -> val0 -> val0 -> step_result **)

let step_bin_op c _UU03c3_ op v1 v2 =
  match op with
  | EqOp ->
    (match v1 with
     | LitV l1 ->
       (match v2 with
        | LitV l2 ->
          (match Coq_lrust_lang.cas_compare l1 l2 with
           | Some b ->
             StepNext ((Val (LitV
               (lit_of_bool (eq_answer c _UU03c3_ l1 l2 b)))), _UU03c3_, [])
           | None -> StepStuck (compare_reason v1 v2))
        | RecV (_, _, _) -> StepStuck (compare_reason v1 v2))
     | RecV (_, _, _) -> StepStuck (compare_reason v1 v2))
  | OffsetOp ->
    expect_loc v1 (fun l ->
      expect_int v2 (fun z0 -> StepNext ((Val (LitV (LitLoc
        (shift_loc l z0)))), _UU03c3_, [])))
  | _ ->
    expect_int v1 (fun z1 ->
      expect_int v2 (fun z2 ->
        match Coq_lrust_lang.bin_op_eval_pure op (LitInt z1) (LitInt z2) with
        | Some l -> StepNext ((Val (LitV l)), _UU03c3_, [])
        | None -> StepStuck (int_op_reason op z1 z2)))

(** val step_read : Coq_lrust_lang.state -> order -> loc -> step_result **)

let step_read _UU03c3_ o l =
  expect_cell _UU03c3_ l (fun st v ->
    match o with
    | ScOrd ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, ReadAcc, o, st))
       | Coq_lrust_lang.RSt _ -> StepNext ((Val v), _UU03c3_, []))
    | Na1Ord ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, ReadAcc, o, st))
       | Coq_lrust_lang.RSt n0 ->
         StepNext ((Read (Na2Ord, (Val (LitV (LitLoc l))))),
           (insert0
             (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
             ((Coq_lrust_lang.RSt (S n0)), v) _UU03c3_), []))
    | Na2Ord ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (NotReserved (l, ReadAcc, st))
       | Coq_lrust_lang.RSt n0 ->
         (match n0 with
          | O -> StepStuck (NotReserved (l, ReadAcc, st))
          | S n1 ->
            StepNext ((Val v),
              (insert0
                (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
                ((Coq_lrust_lang.RSt n1), v) _UU03c3_), []))))

(** val step_write :
    Coq_lrust_lang.state -> order -> loc -> val0 -> step_result **)

let step_write _UU03c3_ o l w =
  expect_cell _UU03c3_ l (fun st v ->
    match o with
    | ScOrd ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, WriteAcc, o, st))
       | Coq_lrust_lang.RSt n0 ->
         (match n0 with
          | O ->
            StepNext ((Val (LitV LitPoison)),
              (insert0
                (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
                ((Coq_lrust_lang.RSt O), w) _UU03c3_), [])
          | S _ -> StepStuck (DataRace (l, WriteAcc, o, st))))
    | Na1Ord ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, WriteAcc, o, st))
       | Coq_lrust_lang.RSt n0 ->
         (match n0 with
          | O ->
            StepNext ((Write (Na2Ord, (Val (LitV (LitLoc l))), (Val w))),
              (insert0
                (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
                (Coq_lrust_lang.WSt, v) _UU03c3_), [])
          | S _ -> StepStuck (DataRace (l, WriteAcc, o, st))))
    | Na2Ord ->
      (match st with
       | Coq_lrust_lang.WSt ->
         StepNext ((Val (LitV LitPoison)),
           (insert0
             (map_insert (gmap_partial_alter loc_eq_dec loc_countable)) l
             ((Coq_lrust_lang.RSt O), w) _UU03c3_), [])
       | Coq_lrust_lang.RSt _ -> StepStuck (NotReserved (l, WriteAcc, st))))

(** val compare_vals : val0 -> val0 -> bool option **)

let compare_vals v1 v2 =
  match v1 with
  | LitV l1 ->
    (match v2 with
     | LitV l2 -> Coq_lrust_lang.cas_compare l1 l2
     | RecV (_, _, _) -> None)
  | RecV (_, _, _) -> None

(** val cas_value : cas_mode -> bool -> val0 -> val0 **)

let cas_value m b v =
  match m with
  | CasFetch -> v
  | _ -> LitV (lit_of_bool b)

(** val step_cas :
    choice -> Coq_lrust_lang.state -> cas_mode -> loc -> val0 -> val0 ->
    step_result **)

let step_cas c _UU03c3_ m l v1 v2 =
  expect_cell _UU03c3_ l (fun st v ->
    match compare_vals v v1 with
    | Some b ->
      if b
      then (match st with
            | Coq_lrust_lang.WSt ->
              StepStuck (DataRace (l, WriteAcc, ScOrd, st))
            | Coq_lrust_lang.RSt n0 ->
              (match n0 with
               | O ->
                 if fails_spuriously c m
                 then StepNext ((Val (LitV (lit_of_bool false))), _UU03c3_,
                        [])
                 else StepNext ((Val (cas_value m true v)),
                        (insert0
                          (map_insert
                            (gmap_partial_alter loc_eq_dec loc_countable)) l
                          ((Coq_lrust_lang.RSt O), v2) _UU03c3_), [])
               | S _ -> StepStuck (DataRace (l, WriteAcc, ScOrd, st))))
      else (match st with
            | Coq_lrust_lang.WSt ->
              StepStuck (DataRace (l, ReadAcc, ScOrd, st))
            | Coq_lrust_lang.RSt _ ->
              StepNext ((Val (cas_value m false v)), _UU03c3_, []))
    | None ->
      (match st with
       | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, WriteAcc, ScOrd, st))
       | Coq_lrust_lang.RSt _ -> StepStuck (compare_reason v v1)))

(** val step_faa :
    Coq_lrust_lang.state -> int_type -> loc -> Big_int_Z.big_int ->
    step_result **)

let step_faa _UU03c3_ t0 l d =
  expect_cell _UU03c3_ l (fun st v ->
    match st with
    | Coq_lrust_lang.WSt -> StepStuck (DataRace (l, WriteAcc, ScOrd, st))
    | Coq_lrust_lang.RSt n0 ->
      (match n0 with
       | O ->
         expect_int v (fun z0 ->
           if decide (in_int_range_dec t0 z0)
           then if decide (in_int_range_dec t0 d)
                then StepNext ((Val (LitV (LitInt z0))),
                       (insert0
                         (map_insert
                           (gmap_partial_alter loc_eq_dec loc_countable)) l
                         ((Coq_lrust_lang.RSt O), (LitV (LitInt
                         (int_wrap t0 (Z.add z0 d))))) _UU03c3_), [])
                else StepStuck (OutOfRange (t0, d))
           else StepStuck (OutOfRange (t0, z0)))
       | S _ -> StepStuck (DataRace (l, WriteAcc, ScOrd, st))))

(** val step_redex :
    choice -> redex -> Coq_lrust_lang.state -> step_result **)

let step_redex c r _UU03c3_ =
  match r with
  | VarR x -> StepStuck (UnboundVar x)
  | RecR (f, xl, e) -> StepNext ((Val (RecV (f, xl, e))), _UU03c3_, [])
  | AppR (v, vl) ->
    (match v with
     | LitV _ -> StepStuck (wrong_kind FunKind v)
     | RecV (f, xl, e) ->
       (match Coq_lrust_lang.subst_list xl vl e with
        | Some e' ->
          StepNext ((Coq_lrust_lang.subst' f (RecV (f, xl, e)) e'), _UU03c3_,
            [])
        | None -> StepStuck (WrongArity ((length xl), (length vl)))))
  | UnOpR (op, v) ->
    (match op with
     | NegOp ->
       (match v with
        | LitV l ->
          (match l with
           | LitInt n0 ->
             ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                (fun _ -> StepNext ((Val (LitV (LitInt
                Big_int_Z.unit_big_int))), _UU03c3_, []))
                (fun p ->
                (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
                  (fun _ -> StepStuck (wrong_kind BoolKind v))
                  (fun _ -> StepStuck (wrong_kind BoolKind v))
                  (fun _ -> StepNext ((Val (LitV (LitInt
                  Big_int_Z.zero_big_int))), _UU03c3_, []))
                  p)
                (fun _ -> StepStuck (wrong_kind BoolKind v))
                n0)
           | _ -> StepStuck (wrong_kind BoolKind v))
        | RecV (_, _, _) -> StepStuck (wrong_kind BoolKind v))
     | CastOp t0 ->
       expect_int v (fun z0 -> StepNext ((Val (LitV (LitInt
         (int_wrap t0 z0)))), _UU03c3_, [])))
  | BinOpR (op, v1, v2) -> step_bin_op c _UU03c3_ op v1 v2
  | CaseR (v, el) ->
    expect_int v (fun i ->
      if (&&) (Z.leb Big_int_Z.zero_big_int i)
           (Z.ltb i (Z.of_nat (length el)))
      then (match lookup0 list_lookup (Z.to_nat i) el with
            | Some e -> StepNext (e, _UU03c3_, [])
            | None -> StepStuck (BadCaseIndex (i, (length el))))
      else StepStuck (BadCaseIndex (i, (length el))))
  | ForkR e -> StepNext ((Val (LitV LitPoison)), _UU03c3_, (e :: []))
  | AbortR -> StepAbort
  | AllocR v ->
    expect_int v (fun n0 ->
      if Z.ltb Big_int_Z.zero_big_int n0
      then let l = place_block c _UU03c3_ in
           StepNext ((Val (LitV (LitLoc l))),
           (Coq_lrust_lang.init_mem l (Z.to_nat n0) _UU03c3_), [])
      else StepStuck (BadAllocSize n0))
  | FreeR (v1, v2) ->
    expect_int v1 (fun n0 ->
      expect_loc v2 (fun l ->
        if Z.ltb Big_int_Z.zero_big_int n0
        then if block_isb _UU03c3_ l n0
             then StepNext ((Val (LitV LitPoison)),
                    (Coq_lrust_lang.free_mem l (Z.to_nat n0) _UU03c3_), [])
             else StepStuck (BadFree (l, n0))
        else StepStuck (BadFree (l, n0))))
  | ReadR (o, v) -> expect_loc v (fun l -> step_read _UU03c3_ o l)
  | WriteR (o, v1, v2) -> expect_loc v1 (fun l -> step_write _UU03c3_ o l v2)
  | CasR (m, v0, v1, v2) ->
    expect_loc v0 (fun l -> step_cas c _UU03c3_ m l v1 v2)
  | FaaR (t0, v1, v2) ->
    expect_loc v1 (fun l -> expect_int v2 (fun d -> step_faa _UU03c3_ t0 l d))

type 'a strategy = Big_int_Z.big_int -> nat -> 'a -> (nat * choice) * 'a

type run_status =
| AllFinished
| ThreadStuck of nat * stuck_reason
| ThreadAborted of nat
| OutOfFuel

type outcome = { run_status_of : run_status; run_steps : Big_int_Z.big_int;
                 run_pool : expr list; run_state : Coq_lrust_lang.state }

(** val main_value : outcome -> val0 option **)

let main_value o =
  match o.run_pool with
  | [] -> None
  | e :: _ -> (match e with
               | Val v -> Some v
               | _ -> None)

(** val find_thread :
    nat -> nat -> expr list -> (nat * (Coq_lrust_lang.ectx_item
    list * redex)) option **)

let rec find_thread i j = function
| [] -> None
| e :: tp0 ->
  (match i with
   | O ->
     (match decompose [] e with
      | DecVal _ -> find_thread O (S j) tp0
      | DecRedex (k, r) -> Some (j, (k, r)))
   | S i0 -> find_thread i0 (S j) tp0)

(** val pick_thread :
    nat -> expr list -> (nat * (Coq_lrust_lang.ectx_item list * redex)) option **)

let pick_thread i tp =
  match find_thread i O tp with
  | Some x -> Some x
  | None -> find_thread O O tp

type 'a machine = { machine_strategy : 'a; machine_steps : Big_int_Z.big_int;
                    machine_pool : expr list;
                    machine_state : Coq_lrust_lang.state }

type 'a progress =
| Running of 'a machine
| Halted of outcome

(** val halt : 'a1 machine -> run_status -> outcome **)

let halt m st =
  { run_status_of = st; run_steps = m.machine_steps; run_pool =
    m.machine_pool; run_state = m.machine_state }

(** val machine_step : 'a1 strategy -> 'a1 machine -> 'a1 progress **)

let machine_step s m =
  let { machine_strategy = a; machine_steps = k; machine_pool = tp;
    machine_state = _UU03c3_ } = m
  in
  let (p, a') = s k (length tp) a in
  let (i, c) = p in
  (match pick_thread i tp with
   | Some p0 ->
     let (i0, p1) = p0 in
     let (k0, r) = p1 in
     (match step_redex c r _UU03c3_ with
      | StepNext (e, _UU03c3_', forks) ->
        let tp' = insert0 list_insert i0 (fill_items k0 e) tp in
        let tp'0 = match forks with
                   | [] -> tp'
                   | _ :: _ -> app tp' forks in
        Running { machine_strategy = a'; machine_steps = (N.succ k);
        machine_pool = tp'0; machine_state = _UU03c3_' }
      | StepDone _ -> Halted (halt m AllFinished)
      | StepAbort -> Halted (halt m (ThreadAborted i0))
      | StepStuck reason -> Halted (halt m (ThreadStuck (i0, reason))))
   | None -> Halted (halt m AllFinished))

(** val machine_iter :
    'a1 strategy -> Big_int_Z.big_int -> 'a1 progress -> 'a1 progress **)

let rec machine_iter s n0 p = match p with
| Running m ->
  ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
     (fun n1 ->
     machine_iter s n1 (machine_iter s n1 (machine_step s m)))
     (fun n1 -> machine_iter s n1 (machine_iter s n1 p))
     (fun _ -> machine_step s m)
     n0)
| Halted _ -> p

(** val run :
    'a1 strategy -> 'a1 -> Big_int_Z.big_int -> expr list ->
    Coq_lrust_lang.state -> outcome **)

let run s a fuel tp _UU03c3_ =
  let p = Running { machine_strategy = a; machine_steps =
    Big_int_Z.zero_big_int; machine_pool = tp; machine_state = _UU03c3_ }
  in
  (match (fun fO fp n -> if Big_int_Z.sign_big_int n <= 0 then fO () else fp n)
           (fun _ -> p)
           (fun n0 -> machine_iter s n0 p)
           fuel with
   | Running m -> halt m OutOfFuel
   | Halted o -> o)

(** val choice_reuse : Big_int_Z.big_int -> choice **)

let choice_reuse _ =
  { choice_spurious = false; choice_dangling = None; choice_alloc =
    (fun _UU03c3_ -> { loc_block = (lowest_block _UU03c3_); loc_offset =
    Big_int_Z.zero_big_int }) }

(** val follow :
    (Big_int_Z.big_int -> choice) -> (nat list * nat) strategy **)

let follow choose k n0 = function
| (l0, j) ->
  (match l0 with
   | [] -> ((j, (choose k)), ([], (if Coq_Nat.ltb (S j) n0 then S j else O)))
   | i :: l -> ((i, (choose k)), (l, j)))

(** val memcpy : val0 **)

let memcpy =
  RecV ((BNamed (String ((Ascii (true, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, false, false, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), (String ((Ascii (true, false, false, true, true, true, true,
    false)), EmptyString))))))))))))), ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), EmptyString))))))) :: ((BNamed (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: []))), (Case ((BinOp (LeOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), EmptyString))))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon,
    (BAnon :: []), (App ((Var (String ((Ascii (true, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (true, false, true, true,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (true, false, false, true,
    true, true, true, false)), EmptyString))))))))))))), ((BinOp (OffsetOp,
    (Var (String ((Ascii (false, false, true, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: ((BinOp ((ArithOp SubOp), (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: ((BinOp (OffsetOp, (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))), (Read (Na1Ord, (Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)),
    EmptyString))))))))))) :: []))) :: ((Val (LitV LitPoison)) :: [])))))

(** val rc_inc_count : val0 **)

let rc_inc_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, true, true, true, false, true, true,
    false)), EmptyString))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Case
    ((BinOp (EqOp, (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), EmptyString))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Val (LitV
    LitPoison)) :: (Abort :: [])))))), ((Write (Na1Ord, (Var (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), (Var (String ((Ascii (false, true, true, true,
    false, true, true, false)), EmptyString))))) :: []))))), ((BinOp ((WrapOp
    (usize, AddOp)), (Read (Na1Ord, (Var (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))) :: []))))

(** val rc_dec_count : val0 **)

let rc_dec_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, true, true, true, false, true, true,
    false)), EmptyString))) :: []), (App ((Rec (BAnon, (BAnon :: []), (BinOp
    (EqOp, (Var (String ((Ascii (false, true, true, true, false, true, true,
    false)), EmptyString))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))))), ((Write (Na1Ord, (Var (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), (Var (String ((Ascii (false, true, true, true,
    false, true, true, false)), EmptyString))))) :: []))))), ((BinOp ((WrapOp
    (usize, SubOp)), (Read (Na1Ord, (Var (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))) :: []))))

(** val rc_alloc_block : nat -> val0 **)

let rc_alloc_block n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), ((App ((Val memcpy), ((BinOp (OffsetOp, (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: ((Val (LitV (LitInt
    (Z.of_nat n0)))) :: ((Var (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))))) :: []))))) :: []))))),
    ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))))))))))) :: []))))), ((Alloc (Val
    (LitV (LitInt (Z.of_nat (S (S n0))))))) :: []))))

(** val rc_release_weak : nat -> val0 **)

let rc_release_weak n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((App ((Val
    rc_dec_count), ((BinOp (OffsetOp, (Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))) :: []))), ((Val (LitV
    LitPoison)) :: ((Free ((Val (LitV (LitInt (Z.of_nat (S (S n0)))))), (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: [])))))

(** val rc_new0 : nat -> val0 **)

let rc_new0 n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))) :: []), (App ((Val
    (rc_alloc_block n0)), ((Val (LitV (LitInt
    Big_int_Z.unit_big_int))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: [])))))

(** val rc_clone0 : val0 **)

let rc_clone0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))), ((App ((Val rc_inc_count), ((Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []))) :: []))))

(** val rc_drop_body : nat -> expr -> expr **)

let rc_drop_body n0 drop_in_place =
  Case ((App ((Val rc_dec_count), ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))) :: []))), ((Val (LitV
    LitPoison)) :: ((App ((Rec (BAnon, (BAnon :: []), (App ((Val
    (rc_release_weak n0)), ((Var (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))) :: []))))), ((App
    (drop_in_place, ((BinOp (OffsetOp, (Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))), (Val (LitV
    (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: []))) :: []))) :: [])))

(** val rc_drop0 : nat -> val0 -> val0 **)

let rc_drop0 n0 drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []),
    (rc_drop_body n0 (Val drop_in_place)))

(** val rc_strong_count0 : val0 **)

let rc_strong_count0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Read (Na1Ord, (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))))

(** val rc_weak_count0 : val0 **)

let rc_weak_count0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (BinOp ((WrapOp (usize,
    SubOp)), (Read (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)), EmptyString))))), (Val
    (LitV (LitInt Big_int_Z.unit_big_int))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))))

(** val rc_deref : val0 **)

let rc_deref =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))))

(** val rc_ptr_eq0 : val0 **)

let rc_ptr_eq0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, false, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, false, false)),
    EmptyString))))))) :: [])), (BinOp (EqOp, (Var (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, true, true, false, false)), EmptyString))))))), (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, false, false)),
    EmptyString))))))))))

(** val rc_into_raw0 : val0 **)

let rc_into_raw0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))))

(** val rc_from_raw0 : val0 **)

let rc_from_raw0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt (Big_int_Z.minus_big_int
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))))))))

(** val rc_increment_strong_count : val0 **)

let rc_increment_strong_count =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Val (LitV LitPoison)))), ((App ((Val rc_clone0), ((App
    ((Val rc_from_raw0), ((Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))) :: []))) :: []))) :: []))))

(** val rc_decrement_strong_count : nat -> val0 -> val0 **)

let rc_decrement_strong_count n0 drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))) :: []), (App ((Val
    (rc_drop0 n0 drop_in_place)), ((App ((Val rc_from_raw0), ((Var (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))) :: []))) :: []))))

(** val rc_downgrade0 : val0 **)

let rc_downgrade0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))), ((App ((Val rc_inc_count),
    ((BinOp (OffsetOp, (Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))) :: []))))

(** val weak_new : val0 **)

let weak_new =
  RecV (BAnon, [], (Val (LitV (LitInt Big_int_Z.zero_big_int))))

(** val weak_clone : val0 **)

let weak_clone =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii (true, true,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))))), ((App
    ((Val rc_inc_count), ((BinOp (OffsetOp, (Var (String ((Ascii (true, true,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))) :: []))) :: []))) :: ((Val (LitV
    (LitInt Big_int_Z.zero_big_int))) :: [])))))

(** val weak_drop : nat -> val0 **)

let weak_drop n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Val (rc_release_weak n0)), ((Var (String ((Ascii (true, true,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)),
    EmptyString))))))))) :: []))) :: ((Val (LitV LitPoison)) :: [])))))

(** val weak_upgrade : val0 **)

let weak_upgrade =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Case ((BinOp (EqOp, (Read (Na1Ord, (Var (String ((Ascii (true, true,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))))), ((App ((Val rc_inc_count), ((Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []))) :: []))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))

(** val weak_strong_count : val0 **)

let weak_strong_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Read (Na1Ord, (Var (String ((Ascii (true, true, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))

(** val weak_weak_count : val0 **)

let weak_weak_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Case ((BinOp (EqOp, (Read (Na1Ord, (Var (String ((Ascii (true, true,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((BinOp ((WrapOp (usize,
    SubOp)), (Read (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (true,
    true, true, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, true, false, true, true, false)), EmptyString))))))))), (Val
    (LitV (LitInt Big_int_Z.unit_big_int))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))

(** val weak_ptr_eq : val0 **)

let weak_ptr_eq =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), (String ((Ascii (true, false, false, false, true, true,
    false, false)), EmptyString))))))))))) :: ((BNamed (String ((Ascii (true,
    true, true, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, true, false, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, false, false)),
    EmptyString))))))))))) :: [])), (BinOp (EqOp, (Var (String ((Ascii (true,
    true, true, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, true, false, true, true, false)), (String ((Ascii (true,
    false, false, false, true, true, false, false)), EmptyString))))))))))),
    (Var (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, false, false)),
    EmptyString))))))))))))))

(** val weak_as_ptr : val0 **)

let weak_as_ptr =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((BinOp (OffsetOp, (Var (String ((Ascii (true, true, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))) :: ((Val (LitV
    (LitInt Big_int_Z.zero_big_int))) :: [])))))

(** val weak_into_raw : val0 **)

let weak_into_raw =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (App ((Val weak_as_ptr),
    ((Var (String ((Ascii (true, true, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, true, false, true, true,
    false)), EmptyString))))))))) :: []))))

(** val weak_from_raw : val0 **)

let weak_from_raw =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((BinOp (OffsetOp, (Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))), (Val (LitV (LitInt
    (Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))

(** val rc_is_unique : val0 **)

let rc_is_unique =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((BinOp (EqOp, (App
    ((Val rc_weak_count0), ((Var (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))) :: []))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Val (LitV (lit_of_bool false))) :: ((BinOp
    (EqOp, (App ((Val rc_strong_count0), ((Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))) :: []))), (Val
    (LitV (LitInt Big_int_Z.unit_big_int))))) :: [])))))

(** val rc_get_mut : val0 **)

let rc_get_mut =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((App ((Val
    rc_is_unique), ((Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((BinOp (OffsetOp, (Var (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)), EmptyString))))),
    (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: [])))))

(** val rc_move_out : nat -> val0 **)

let rc_move_out n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Val (rc_release_weak n0)), ((Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []))))), ((App ((Val rc_dec_count), ((Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []))) :: []))))), ((App ((Val memcpy), ((Var (String
    ((Ascii (false, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: ((Val (LitV (LitInt (Z.of_nat n0)))) :: ((BinOp
    (OffsetOp, (Var (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, false, true,
    true, false)), EmptyString))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: []))))) :: []))))

(** val rc_try_unwrap0 : nat -> val0 **)

let rc_try_unwrap0 n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (Case ((BinOp (EqOp, (App ((Val
    rc_strong_count0), ((Var (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))) :: []))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))), ((Val (LitV (lit_of_bool false))) :: ((App
    ((Rec (BAnon, (BAnon :: []), (Val (LitV (lit_of_bool true))))), ((App
    ((Val (rc_move_out n0)), ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))) :: ((Var (String
    ((Ascii (false, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])))) :: []))) :: [])))))

(** val rc_into_inner0 : nat -> val0 -> val0 **)

let rc_into_inner0 n0 drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (Case ((App ((Val (rc_try_unwrap0 n0)), ((Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: [])))), ((App ((Rec
    (BAnon, (BAnon :: []), (Val (LitV (lit_of_bool false))))), ((App ((Val
    (rc_drop0 n0 drop_in_place)), ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)),
    EmptyString))))) :: []))) :: []))) :: ((Val (LitV
    (lit_of_bool true))) :: [])))))

(** val rc_unwrap_or_clone0 : nat -> val0 -> val0 -> val0 **)

let rc_unwrap_or_clone0 n0 clone_to drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (Case ((App ((Val (rc_try_unwrap0 n0)), ((Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: [])))), ((App ((Rec
    (BAnon, (BAnon :: []), (App ((Val (rc_drop0 n0 drop_in_place)), ((Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []))))), ((App ((Val clone_to), ((BinOp (OffsetOp,
    (Var (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, false, true, true,
    false)), EmptyString))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))) :: ((Var
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])))) :: []))) :: ((Val (LitV
    LitPoison)) :: [])))))

(** val rc_make_mut0 : nat -> val0 -> val0 -> val0 **)

let rc_make_mut0 n0 clone_to drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((BinOp (EqOp, (App
    ((Val rc_strong_count0), ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))) :: []))), (Val (LitV
    (LitInt Big_int_Z.unit_big_int))))), ((App ((Rec (BAnon, ((BNamed (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, true, true, true, false)),
    EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (Var (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, true, false,
    true, true, true, false)), EmptyString))))))))), ((App ((Val
    (rc_drop0 n0 drop_in_place)), ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))) :: []))) :: []))))),
    ((App ((Val clone_to), ((BinOp (OffsetOp, (Var (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)), EmptyString))))), (Val
    (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: ((BinOp (OffsetOp, (Var (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, true, true, true, false)), EmptyString))))))),
    (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: [])))) :: []))))), ((Write (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, true,
    true, true, false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.of_nat (S (S n0))))))) :: []))) :: ((Case ((BinOp (EqOp, (App ((Val
    rc_weak_count0), ((Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, true, true, true, false)),
    EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, true, true, true, false)),
    EmptyString))))))))), ((App ((Val (rc_move_out n0)), ((Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: ((BinOp (OffsetOp, (Var (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (true, true,
    true, false, true, true, true, false)), EmptyString))))))), (Val (LitV
    (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: [])))) :: []))))), ((Write (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, true,
    true, true, false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.of_nat (S (S n0))))))) :: []))) :: ((Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: [])))))

(** val unique_rc_new : nat -> val0 **)

let unique_rc_new n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))) :: []), (App ((Val
    (rc_alloc_block n0)), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: [])))))

(** val unique_rc_deref : val0 **)

let unique_rc_deref =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: []), (BinOp (OffsetOp,
    (Var (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (true, false, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), EmptyString))))))))))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))))

(** val unique_rc_downgrade : val0 **)

let unique_rc_downgrade =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))))), ((App ((Val
    rc_inc_count), ((BinOp (OffsetOp, (Var (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (true, false,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))))))), (Val
    (LitV (LitInt Big_int_Z.unit_big_int))))) :: []))) :: []))))

(** val unique_rc_into_rc : val0 **)

let unique_rc_into_rc =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))))), ((Write (Na1Ord, (Var
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (true, false, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))

(** val unique_rc_drop : nat -> val0 -> val0 **)

let unique_rc_drop n0 drop_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Val (rc_release_weak n0)), ((Var (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: []))))), ((App ((Val drop_in_place), ((BinOp
    (OffsetOp, (Var (String ((Ascii (true, false, true, false, true, true,
    true, false)), (String ((Ascii (false, true, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, false, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), EmptyString))))))))))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: []))) :: []))))

(** val rc_try_into_unique0 : val0 **)

let rc_try_into_unique0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((App ((Val
    rc_is_unique), ((Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))) :: []))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((App ((Rec (BAnon, (BAnon :: []), (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), ((Write (Na1Ord, (Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))), (Val (LitV
    (LitInt Big_int_Z.zero_big_int))))) :: []))) :: [])))))

(** val rc_new_cyclic0 : nat -> val0 **)

let rc_new_cyclic0 n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, false, true, true,
    false)), EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App
    ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (Var (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))))), ((Write (Na1Ord, (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((App ((Var (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), ((Var (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    false, true, true, false)), EmptyString))))) :: ((BinOp (OffsetOp, (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))) :: [])))) :: []))))), ((Write (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.of_nat (S (S n0))))))) :: []))))

type rc_run_outcome =
| RcRun of rc_outcome
| RcStuck
| RcOutOfFuel

type rc_memory = { mem_state : Coq_lrust_lang.state; mem_log : loc;
                   mem_out : loc; mem_boxes : loc option table;
                   mem_handles : (rc_handle * val0) option table }

(** val rc_fuel : Big_int_Z.big_int **)

let rc_fuel =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))))))))))

(** val exec : expr -> Coq_lrust_lang.state -> outcome **)

let exec e _UU03c3_ =
  run (follow choice_reuse) ([], O) rc_fuel (e :: []) _UU03c3_

(** val finish :
    outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (rc_run_outcome ->
    'a1) -> 'a1 **)

let finish o ok no =
  match o.run_status_of with
  | AllFinished ->
    (match main_value o with
     | Some v -> ok v o.run_state
     | None -> no RcStuck)
  | ThreadStuck (_, _) -> no RcStuck
  | ThreadAborted _ -> no (RcRun RcAborted)
  | OutOfFuel -> no RcOutOfFuel

(** val log_cells : nat **)

let log_cells =
  S (S (S (S (S (S (S (S (S O))))))))

(** val make_log : expr **)

let make_log =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, false,
    false, true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.of_nat log_cells))))) :: []))

(** val make_out : expr **)

let make_out =
  Alloc (Val (LitV (LitInt Big_int_Z.unit_big_int)))

(** val log_entry : loc -> Big_int_Z.big_int -> val0 **)

let log_entry log tag =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord, (Val
    (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Read (Na1Ord, (Val (LitV
    (LitLoc log))))), (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)))))))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Val
    (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Read (Na1Ord, (Val (LitV
    (LitLoc log))))), (Val (LitV (LitInt Big_int_Z.unit_big_int))))))), (Read
    (Na1Ord, (Var (String ((Ascii (false, false, false, true, true, true,
    true, false)), EmptyString))))))) :: []))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Val (LitV (LitLoc log))), (Read (Na1Ord, (Val (LitV (LitLoc
    log))))))), (Val (LitV (LitInt tag))))) :: []))))

(** val drop_logged : loc -> val0 **)

let drop_logged log =
  log_entry log Big_int_Z.unit_big_int

(** val clone_logged : loc -> val0 **)

let clone_logged log =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, (BAnon :: []), (Write
    (Na1Ord, (Var (String ((Ascii (false, false, true, false, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))), (Read (Na1Ord, (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))))))))), ((App ((Val
    (log_entry log Big_int_Z.zero_big_int)), ((Var (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))

(** val read_int : Coq_lrust_lang.state -> loc -> Big_int_Z.big_int **)

let read_int _UU03c3_ l =
  match lookup0 (gmap_lookup loc_eq_dec loc_countable) l _UU03c3_ with
  | Some y ->
    let (_, y1) = y in
    (match y1 with
     | LitV l0 ->
       (match l0 with
        | LitInt n0 -> n0
        | _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
     | RecV (_, _, _) -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
  | None -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int

(** val read_log : Coq_lrust_lang.state -> loc -> nat -> rc_event list **)

let rec read_log _UU03c3_ l = function
| O -> []
| S n' ->
  let p = read_int _UU03c3_ (shift_loc l Big_int_Z.unit_big_int) in
  (if Z.eqb (read_int _UU03c3_ l) Big_int_Z.zero_big_int
   then RcPayloadCloned p
   else RcPayloadDropped p) :: (read_log _UU03c3_
                                 (shift_loc l (Big_int_Z.mult_int_big_int 2
                                   Big_int_Z.unit_big_int)) n')

(** val log_events : Coq_lrust_lang.state -> loc -> rc_event list **)

let log_events _UU03c3_ log =
  read_log _UU03c3_ (shift_loc log Big_int_Z.unit_big_int)
    (Z.to_nat
      (Z.div (read_int _UU03c3_ log) (Big_int_Z.mult_int_big_int 2
        Big_int_Z.unit_big_int)))

(** val make_content : Big_int_Z.big_int -> val0 -> expr **)

let make_content p f =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)), EmptyString))))) :: []), (App
    ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))), ((Free ((Val (LitV
    (LitInt Big_int_Z.unit_big_int))), (Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)),
    EmptyString))))))))) :: []))))), ((App ((Val f), ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt p))))) :: []))))), ((Alloc (Val
    (LitV (LitInt Big_int_Z.unit_big_int)))) :: []))

(** val cyclic_content : loc -> Big_int_Z.big_int -> val0 **)

let cyclic_content out p =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])), (Case ((BinOp (EqOp, (App ((Val
    weak_upgrade), ((Var (String ((Ascii (true, true, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))) :: []))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Free ((Val (LitV (LitInt
    Big_int_Z.unit_big_int))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: ((App ((Rec (BAnon, (BAnon :: []), (Write
    (Na1Ord, (Var (String ((Ascii (false, false, true, false, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))), (Val (LitV (LitInt p))))))), ((Write
    (Na1Ord, (Val (LitV (LitLoc out))), (App ((Val weak_clone), ((Var (String
    ((Ascii (true, true, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []))))) :: []))) :: [])))))

(** val clone_through_raw : val0 **)

let clone_through_raw =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (App ((Val weak_from_raw),
    ((App ((Val weak_into_raw), ((App ((Val weak_clone), ((Var (String
    ((Ascii (true, true, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []))) :: []))) :: []))))

(** val upgrade_in_place : val0 **)

let upgrade_in_place =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))) :: []), (Case ((BinOp (EqOp, (Var (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)), EmptyString))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))), ((Case ((BinOp (EqOp,
    (App ((Val weak_as_ptr), ((Var (String ((Ascii (true, true, true, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, true,
    false, true, true, false)), EmptyString))))))))) :: []))), (App ((Val
    rc_deref), ((Var (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, false, true,
    true, false)), EmptyString))))) :: []))))), ((Free ((Val (LitV (LitInt
    Big_int_Z.unit_big_int))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: ((Var (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))) :: [])))) :: ((Val
    (LitV (LitInt Big_int_Z.zero_big_int))) :: [])))))), ((App ((Val
    weak_upgrade), ((Var (String ((Ascii (true, true, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))) :: []))) :: []))))

(** val set_content : val0 -> val0 -> Big_int_Z.big_int -> expr **)

let set_content access v p =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))) :: []), (Case ((BinOp
    (EqOp, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Val
    (LitV (lit_of_bool true))))), ((Write (Na1Ord, (Var (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt p))))) :: []))) :: ((Val (LitV
    (lit_of_bool false))) :: [])))))), ((App ((Val access), ((Val
    v) :: []))) :: []))

(** val rc_memory_init : rc_memory option **)

let rc_memory_init =
  finish (exec make_log (empty0 (gmap_empty loc_eq_dec loc_countable)))
    (fun v _UU03c3_ ->
    match v with
    | LitV l ->
      (match l with
       | LitLoc log ->
         finish (exec make_out _UU03c3_) (fun v' _UU03c3_' ->
           match v' with
           | LitV l0 ->
             (match l0 with
              | LitLoc out ->
                Some { mem_state = _UU03c3_'; mem_log = log; mem_out = out;
                  mem_boxes = tbl_empty; mem_handles = tbl_empty }
              | _ -> None)
           | RecV (_, _, _) -> None) (fun _ -> None)
       | _ -> None)
    | RecV (_, _, _) -> None) (fun _ -> None)

(** val with_state : rc_memory -> Coq_lrust_lang.state -> rc_memory **)

let with_state m _UU03c3_ =
  { mem_state = _UU03c3_; mem_log = m.mem_log; mem_out = m.mem_out;
    mem_boxes = m.mem_boxes; mem_handles = m.mem_handles }

(** val with_box : rc_memory -> loc -> rc_memory **)

let with_box m l =
  { mem_state = m.mem_state; mem_log = m.mem_log; mem_out = m.mem_out;
    mem_boxes = (tbl_push m.mem_boxes (Some l)); mem_handles = m.mem_handles }

(** val with_handle :
    rc_memory -> word -> (rc_handle * val0) option -> rc_memory **)

let with_handle m h k =
  { mem_state = m.mem_state; mem_log = m.mem_log; mem_out = m.mem_out;
    mem_boxes = m.mem_boxes; mem_handles = (tbl_set m.mem_handles h k) }

(** val open_handle :
    rc_memory -> rc_handle -> val0 -> rc_memory * rc_run_outcome **)

let open_handle m k v =
  ({ mem_state = m.mem_state; mem_log = m.mem_log; mem_out = m.mem_out;
    mem_boxes = m.mem_boxes; mem_handles =
    (tbl_push m.mem_handles (Some (k, v))) }, (RcRun (RcHandle
    (tbl_len m.mem_handles))))

(** val settle : rc_memory -> word -> rc_memory * rc_event list **)

let settle m b =
  let es = log_events m.mem_state m.mem_log in
  (match tbl_get m.mem_boxes b with
   | Some o ->
     (match o with
      | Some l ->
        (match lookup0 (gmap_lookup loc_eq_dec loc_countable) l m.mem_state with
         | Some _ -> (m, es)
         | None ->
           ({ mem_state = m.mem_state; mem_log = m.mem_log; mem_out =
             m.mem_out; mem_boxes = (tbl_set m.mem_boxes b None);
             mem_handles = m.mem_handles },
             (app es ((RcMemoryFreed b) :: []))))
      | None -> (m, es))
   | None -> (m, es))

(** val box_at : loc option table -> loc -> word -> bool **)

let box_at boxes l b =
  match tbl_get boxes b with
  | Some o ->
    (match o with
     | Some l' -> bool_decide (decide_rel loc_eq_dec l l')
     | None -> false)
  | None -> false

(** val handle_of : rc_memory -> word -> (rc_handle * val0) option **)

let handle_of m h =
  match tbl_get m.mem_handles h with
  | Some o -> o
  | None -> None

(** val rc_memory_step : rc_memory -> rc_op -> rc_memory * rc_run_outcome **)

let rc_memory_step m o =
  let log = m.mem_log in
  let out = m.mem_out in
  let bad = (m, (RcRun RcBadHandle)) in
  let wrong = (m, (RcRun RcWrongHandle)) in
  let stuck = (m, RcStuck) in
  let on = fun h k ->
    match handle_of m h with
    | Some p -> let (kind0, v) = p in k kind0 v
    | None -> bad
  in
  let program = fun e k ->
    finish
      (exec (App ((Rec (BAnon, (BAnon :: []), e)), ((Write (Na1Ord, (Val
        (LitV (LitLoc log))), (Val (LitV (LitInt
        Big_int_Z.unit_big_int))))) :: []))) m.mem_state) (fun v _UU03c3_ ->
      k v (with_state m _UU03c3_)) (fun r -> (m, r))
  in
  let call = fun f v -> program (App ((Val f), ((Val v) :: []))) in
  let opened = fun kind0 b _UU03b4_ v m' ->
    match v with
    | LitV l0 ->
      (match l0 with
       | LitLoc l ->
         if box_at m'.mem_boxes (shift_loc l (Z.opp _UU03b4_)) b
         then open_handle m' kind0 v
         else stuck
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let retagged = fun h kind0 b _UU03b4_ v m' ->
    match v with
    | LitV l0 ->
      (match l0 with
       | LitLoc l ->
         if box_at m'.mem_boxes (shift_loc l (Z.opp _UU03b4_)) b
         then ((with_handle m' h (Some (kind0, v))), (RcRun (RcHandle h)))
         else stuck
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let made = fun kind0 v m' ->
    match v with
    | LitV l0 ->
      (match l0 with
       | LitLoc l ->
         open_handle (with_box m' l) (kind0 (tbl_len m'.mem_boxes)) v
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let counted = fun v m' ->
    match v with
    | LitV l ->
      (match l with
       | LitInt n0 -> (m', (RcRun (RcCount n0)))
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let dropped = fun h b m' ->
    let (m2, es) = settle (with_handle m' h None) b in
    (m2, (RcRun (RcDropped es)))
  in
  let taken = fun h b m' ->
    let p = read_int m'.mem_state out in
    let (m2, es) = settle (with_handle m' h None) b in
    (m2, (RcRun (RcTaken (p, es))))
  in
  (match o with
   | RcNew p ->
     program (make_content p (rc_new0 (S O))) (made (fun x -> HandleStrong x))
   | RcClone h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         call rc_clone0 v (opened kind0 b Big_int_Z.zero_big_int)
       | HandleWeak b ->
         call clone_through_raw v (opened kind0 b Big_int_Z.zero_big_int)
       | HandleDangling ->
         call clone_through_raw v (fun v' m' -> open_handle m' kind0 v')
       | _ -> wrong)
   | RcDrop h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         call (rc_drop0 (S O) (drop_logged log)) v (fun _ m' ->
           dropped h b m')
       | HandleRaw _ -> wrong
       | HandleUnique b ->
         call (unique_rc_drop (S O) (drop_logged log)) v (fun _ m' ->
           dropped h b m')
       | HandleWeak b -> call (weak_drop (S O)) v (fun _ m' -> dropped h b m')
       | HandleDangling ->
         call (weak_drop (S O)) v (fun _ m' -> ((with_handle m' h None),
           (RcRun (RcDropped [])))))
   | RcStrongCount h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong _ -> call rc_strong_count0 v counted
       | HandleRaw _ -> wrong
       | HandleUnique _ -> wrong
       | _ -> call weak_strong_count v counted)
   | RcWeakCount h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong _ -> call rc_weak_count0 v counted
       | HandleRaw _ -> wrong
       | HandleUnique _ -> wrong
       | _ -> call weak_weak_count v counted)
   | RcGet h ->
     on h (fun kind0 v ->
       let get = fun f ->
         program (Read (Na1Ord, (f ((Val v) :: [])))) (fun v' m' ->
           match v' with
           | LitV l ->
             (match l with
              | LitInt n0 -> (m', (RcRun (RcPayload n0)))
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       in
       (match kind0 with
        | HandleStrong _ -> get (fun x -> App ((Val rc_deref), x))
        | HandleUnique _ -> get (fun x -> App ((Val unique_rc_deref), x))
        | _ -> wrong))
   | RcSet (h, q) ->
     on h (fun kind0 v ->
       let set = fun f ->
         program (set_content f v q) (fun v' m' ->
           match v' with
           | LitV l ->
             (match l with
              | LitInt n0 ->
                ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                   (fun _ -> (m', (RcRun RcNone)))
                   (fun p ->
                   (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
                     (fun _ -> stuck)
                     (fun _ -> stuck)
                     (fun _ -> (m', (RcRun (RcChanged []))))
                     p)
                   (fun _ -> stuck)
                   n0)
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       in
       (match kind0 with
        | HandleStrong _ -> set rc_get_mut
        | HandleUnique _ -> set unique_rc_deref
        | _ -> wrong))
   | RcMakeMut (h, q) ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true,
           false, false, true, true, true, false)), (String ((Ascii (true,
           true, false, false, false, true, true, false)),
           EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Var
           (String ((Ascii (false, true, false, false, true, true, true,
           false)), (String ((Ascii (true, true, false, false, false, true,
           true, false)), EmptyString))))))), ((Write (Na1Ord, (App ((Val
           rc_deref), ((Var (String ((Ascii (false, true, false, false, true,
           true, true, false)), (String ((Ascii (true, true, false, false,
           false, true, true, false)), EmptyString))))) :: []))), (Val (LitV
           (LitInt q))))) :: []))))), ((App ((Val
           (rc_make_mut0 (S O) (clone_logged log) (drop_logged log))), ((Val
           v) :: []))) :: []))) (fun v' m' ->
           let (m2, es) = settle m' b in
           (match v' with
            | LitV l0 ->
              (match l0 with
               | LitLoc l ->
                 if box_at m2.mem_boxes l b
                 then ((with_handle m2 h (Some (kind0, v'))), (RcRun
                        (RcChanged es)))
                 else let k = HandleStrong (tbl_len m2.mem_boxes) in
                      ((with_handle (with_box m2 l) h (Some (k, v'))), (RcRun
                      (RcChanged es)))
               | _ -> stuck)
            | RecV (_, _, _) -> stuck))
       | _ -> wrong)
   | RcPtrEq (h, h') ->
     let eq = fun ptr_eq v v' ->
       program (App ((Val ptr_eq), ((Val v) :: ((Val v') :: []))))
         (fun r m' ->
         match r with
         | LitV l ->
           (match l with
            | LitInt n0 ->
              (m', (RcRun (RcTruth (negb (Z.eqb n0 Big_int_Z.zero_big_int)))))
            | _ -> stuck)
         | RecV (_, _, _) -> stuck)
     in
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong _ ->
         on h' (fun kind' v' ->
           match kind' with
           | HandleStrong _ -> eq rc_ptr_eq0 v v'
           | _ -> wrong)
       | HandleRaw _ -> wrong
       | HandleUnique _ -> wrong
       | _ ->
         on h' (fun kind' v' ->
           match kind' with
           | HandleWeak _ -> eq weak_ptr_eq v v'
           | HandleDangling -> eq weak_ptr_eq v v'
           | _ -> wrong))
   | RcTryUnwrap h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         program (App ((Val (rc_try_unwrap0 (S O))), ((Val v) :: ((Val (LitV
           (LitLoc out))) :: [])))) (fun r m' ->
           match r with
           | LitV l ->
             (match l with
              | LitInt n0 ->
                ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                   (fun _ -> (m', (RcRun (RcHandedBack h))))
                   (fun p ->
                   (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
                     (fun _ -> stuck)
                     (fun _ -> stuck)
                     (fun _ -> taken h b m')
                     p)
                   (fun _ -> stuck)
                   n0)
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | RcIntoInner h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         program (App ((Val (rc_into_inner0 (S O) (drop_logged log))), ((Val
           v) :: ((Val (LitV (LitLoc out))) :: [])))) (fun r m' ->
           match r with
           | LitV l ->
             (match l with
              | LitInt n0 ->
                ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                   (fun _ -> ((with_handle m' h None), (RcRun
                   RcNone)))
                   (fun p ->
                   (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
                     (fun _ -> stuck)
                     (fun _ -> stuck)
                     (fun _ -> taken h b m')
                     p)
                   (fun _ -> stuck)
                   n0)
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | RcUnwrapOrClone h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         program (App ((Val
           (rc_unwrap_or_clone0 (S O) (clone_logged log) (drop_logged log))),
           ((Val v) :: ((Val (LitV (LitLoc out))) :: [])))) (fun _ m' ->
           taken h b m')
       | _ -> wrong)
   | RcDowngrade h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         call rc_downgrade0 v (opened (HandleWeak b) b Big_int_Z.zero_big_int)
       | HandleUnique b ->
         call unique_rc_downgrade v
           (opened (HandleWeak b) b Big_int_Z.zero_big_int)
       | _ -> wrong)
   | RcUpgrade h ->
     on h (fun kind0 v ->
       let none = fun v' m' ->
         match v' with
         | LitV l ->
           (match l with
            | LitInt n0 ->
              ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                 (fun _ -> (m', (RcRun RcNone)))
                 (fun _ -> stuck)
                 (fun _ -> stuck)
                 n0)
            | _ -> stuck)
         | RecV (_, _, _) -> stuck
       in
       (match kind0 with
        | HandleWeak b ->
          call upgrade_in_place v (fun v' m' ->
            match v' with
            | LitV l ->
              (match l with
               | LitLoc _ ->
                 opened (HandleStrong b) b Big_int_Z.zero_big_int v' m'
               | _ -> none v' m')
            | RecV (_, _, _) -> none v' m')
        | HandleDangling -> call upgrade_in_place v none
        | _ -> wrong))
   | RcWeakNew ->
     program (App ((Val weak_new), [])) (fun v m' ->
       open_handle m' HandleDangling v)
   | RcIntoRaw h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         call rc_into_raw0 v
           (retagged h (HandleRaw b) b (Big_int_Z.mult_int_big_int 2
             Big_int_Z.unit_big_int))
       | _ -> wrong)
   | RcFromRaw h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleRaw b ->
         call rc_from_raw0 v
           (retagged h (HandleStrong b) b Big_int_Z.zero_big_int)
       | _ -> wrong)
   | RcIncrement h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleRaw _ ->
         call rc_increment_strong_count v (fun _ m' -> open_handle m' kind0 v)
       | _ -> wrong)
   | RcDecrement h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleRaw b ->
         call (rc_decrement_strong_count (S O) (drop_logged log)) v
           (fun _ m' -> dropped h b m')
       | _ -> wrong)
   | RcNewCyclic p ->
     program (App ((Val (rc_new_cyclic0 (S O))), ((Val
       (cyclic_content out p)) :: []))) (fun v m' ->
       let (m2, r) = made (fun x -> HandleStrong x) v m' in
       (match r with
        | RcRun r0 ->
          (match r0 with
           | RcHandle h ->
             (match lookup0 (gmap_lookup loc_eq_dec loc_countable) out
                      m'.mem_state with
              | Some y ->
                let (_, w) = y in
                let (m3, r1) =
                  opened (HandleWeak (tbl_len m'.mem_boxes))
                    (tbl_len m'.mem_boxes) Big_int_Z.zero_big_int w m2
                in
                (match r1 with
                 | RcRun r2 ->
                   (match r2 with
                    | RcHandle h' -> (m3, (RcRun (RcHandles (h, h'))))
                    | _ -> stuck)
                 | _ -> stuck)
              | None -> stuck)
           | _ -> stuck)
        | _ -> stuck))
   | RcUniqueNew p ->
     program (make_content p (unique_rc_new (S O)))
       (made (fun x -> HandleUnique x))
   | RcUniqueIntoRc h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleUnique b ->
         call unique_rc_into_rc v
           (retagged h (HandleStrong b) b Big_int_Z.zero_big_int)
       | _ -> wrong)
   | RcTryIntoUnique h ->
     on h (fun kind0 v ->
       match kind0 with
       | HandleStrong b ->
         call rc_try_into_unique0 v (fun v' m' ->
           match v' with
           | LitV l ->
             (match l with
              | LitInt n0 ->
                ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                   (fun _ -> (m', (RcRun (RcHandedBack h))))
                   (fun _ ->
                   retagged h (HandleUnique b) b Big_int_Z.zero_big_int v' m')
                   (fun _ ->
                   retagged h (HandleUnique b) b Big_int_Z.zero_big_int v' m')
                   n0)
              | _ ->
                retagged h (HandleUnique b) b Big_int_Z.zero_big_int v' m')
           | RecV (_, _, _) ->
             retagged h (HandleUnique b) b Big_int_Z.zero_big_int v' m')
       | _ -> wrong)
   | RcLeak (h, n0) ->
     on h (fun kind0 v ->
       let leak = fun l ->
         match word_checked_add (read_int m.mem_state l) n0 with
         | Some n' ->
           program (Write (Na1Ord, (Val (LitV (LitLoc l))), (Val (LitV
             (LitInt n'))))) (fun _ m' -> (m', (RcRun RcLeaked)))
         | None -> (m, (RcRun RcAborted))
       in
       (match kind0 with
        | HandleStrong _ ->
          (match v with
           | LitV l0 -> (match l0 with
                         | LitLoc l -> leak l
                         | _ -> wrong)
           | RecV (_, _, _) -> wrong)
        | HandleWeak _ ->
          (match v with
           | LitV l0 ->
             (match l0 with
              | LitLoc l -> leak (shift_loc l Big_int_Z.unit_big_int)
              | _ -> wrong)
           | RecV (_, _, _) -> wrong)
        | HandleDangling -> (m, (RcRun RcLeaked))
        | _ -> wrong)))

(** val boxes_left :
    Coq_lrust_lang.state -> word -> loc option table -> word list **)

let rec boxes_left _UU03c3_ b = function
| [] -> []
| o :: boxes' ->
  (match o with
   | Some l ->
     (match lookup0 (gmap_lookup loc_eq_dec loc_countable) l _UU03c3_ with
      | Some _ -> b :: (boxes_left _UU03c3_ (Z.succ b) boxes')
      | None -> boxes_left _UU03c3_ (Z.succ b) boxes')
   | None -> boxes_left _UU03c3_ (Z.succ b) boxes')

(** val rc_memory_run :
    rc_memory -> rc_op list -> rc_run_outcome list * word list **)

let rec rc_memory_run m = function
| [] -> ([], (boxes_left m.mem_state Big_int_Z.zero_big_int m.mem_boxes))
| o :: os' ->
  let (m', r) = rc_memory_step m o in
  (match r with
   | RcRun r0 ->
     (match r0 with
      | RcAborted ->
        (((RcRun RcAborted) :: []),
          (boxes_left m.mem_state Big_int_Z.zero_big_int m.mem_boxes))
      | _ -> let (rs, leaks) = rc_memory_run m' os' in ((r :: rs), leaks))
   | x -> ((x :: []), []))

(** val rc_program_report : rc_op list -> rc_run_outcome list * word list **)

let rc_program_report os =
  match rc_memory_init with
  | Some m -> rc_memory_run m os
  | None -> ((RcStuck :: []), [])

(** val page_size : Big_int_Z.big_int **)

let page_size =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))))))))

(** val slot_vtable : Big_int_Z.big_int **)

let slot_vtable =
  Big_int_Z.unit_big_int

(** val slot_in_list : Big_int_Z.big_int **)

let slot_in_list =
  (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)

(** val slot_paddr : Big_int_Z.big_int **)

let slot_paddr =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)

(** val slot_storage : Big_int_Z.big_int **)

let slot_storage =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))

(** val slot_cells : nat -> Big_int_Z.big_int **)

let slot_cells n0 =
  Z.add (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int)) (Z.of_nat n0)

(** val error_code : frame_error -> Big_int_Z.big_int **)

let error_code = function
| ErrInUse -> Big_int_Z.unit_big_int
| ErrUnused -> (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)
| ErrUnique ->
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)
| ErrBusy ->
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))
| ErrOutOfBound ->
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))

(** val not_aligned_code : Big_int_Z.big_int **)

let not_aligned_code =
  (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int))

(** val debug_assert : val0 **)

let debug_assert =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), EmptyString))) :: []), (Case ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), EmptyString))),
    ((App ((Val (LitV LitPoison)), [])) :: ((Val (LitV LitPoison)) :: [])))))

(** val write_meta : nat -> val0 **)

let write_meta n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, true, true, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: []))), (App
    ((Rec (BAnon, (BAnon :: []), (App ((Val memcpy), ((BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_storage))))) :: ((Val (LitV
    (LitInt (Z.of_nat n0)))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: []))))))),
    ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt slot_vtable))))), (Var (String ((Ascii (false, true, true, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))))))))) :: []))))

(** val vtable_drop : val0 list -> val0 **)

let vtable_drop glues0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, true, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))))) :: [])), (Case ((Var (String ((Ascii (false,
    true, true, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)), EmptyString))))))))))))),
    (fmap (Obj.magic (fun _ _ -> list_fmap)) (fun glue -> App ((Val glue),
      ((Var (String ((Ascii (true, true, false, false, true, true, true,
      false)), (String ((Ascii (false, false, true, false, true, true, true,
      false)), (String ((Ascii (true, true, true, true, false, true, true,
      false)), (String ((Ascii (false, true, false, false, true, true, true,
      false)), (String ((Ascii (true, false, false, false, false, true, true,
      false)), (String ((Ascii (true, true, true, false, false, true, true,
      false)), (String ((Ascii (true, false, true, false, false, true, true,
      false)), EmptyString))))))))))))))) :: []))) (Obj.magic glues0)))))

(** val drop_meta_in_place : val0 list -> val0 **)

let drop_meta_in_place glues0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, true, true, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, true, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), EmptyString))))))))))))) :: []), (App ((Val
    (vtable_drop glues0)), ((Var (String ((Ascii (false, true, true, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))))))) :: ((BinOp
    (OffsetOp, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_storage))))) :: [])))))), ((Read (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_vtable))))))) :: []))))

(** val drop_last_in_place : val0 list -> val0 **)

let drop_last_in_place glues0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (ScOrd, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_unused))))))), ((App ((Val
    (drop_meta_in_place glues0)), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: []))))), ((App ((Val debug_assert),
    ((BinOp (EqOp, (Read (ScOrd, (Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))), (Val (LitV
    (LitInt Big_int_Z.zero_big_int))))) :: []))) :: []))))

(** val frame_meta0 : val0 **)

let frame_meta0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_storage))))))

(** val frame_meta_mut : val0 **)

let frame_meta_mut =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_storage))))))

(** val frame_meta_is : val0 **)

let frame_meta_is =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, true, true, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: [])), (BinOp (EqOp, (Read (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_vtable))))))), (Var (String ((Ascii (false, true, true, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))))))))

(** val frame_start_paddr : val0 **)

let frame_start_paddr =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Read (ScOrd, (BinOp
    (OffsetOp, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt slot_paddr))))))))

(** val claim_unused : val0 **)

let claim_unused =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, true, true, false, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, false, true, true,
    false)), EmptyString))))))))))) :: []), (Case ((BinOp (EqOp, (Var (String
    ((Ascii (false, true, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))))))), (Val (LitV (LitInt slot_unused))))), ((Case
    ((BinOp (EqOp, (Var (String ((Ascii (false, true, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))))))))), (Val (LitV (LitInt
    slot_unique))))), ((Case ((BinOp (EqOp, (Var (String ((Ascii (false,
    true, true, false, false, true, true, false)), (String ((Ascii (true,
    true, true, true, false, true, true, false)), (String ((Ascii (true,
    false, true, false, true, true, true, false)), (String ((Ascii (false,
    true, true, true, false, true, true, false)), (String ((Ascii (false,
    false, true, false, false, true, true, false)), EmptyString))))))))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))), ((Val (LitV (LitInt
    (error_code ErrInUse)))) :: ((Val (LitV (LitInt
    (error_code ErrBusy)))) :: [])))) :: ((Val (LitV (LitInt
    (error_code ErrUnique)))) :: [])))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))), ((Cas (CasFetch, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_unused))), (Val (LitV
    (LitInt Big_int_Z.zero_big_int))))) :: []))))

(** val get_from_unused : nat -> val0 **)

let get_from_unused n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, true, true, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((BNamed (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, true, false, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))))))))) :: [])))), (App ((Rec (BAnon, ((BNamed
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))) :: []), (Case ((BinOp (EqOp, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))) :: ((App ((Rec (BAnon, (BAnon :: []),
    (App ((Rec (BAnon, (BAnon :: []), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Case ((Var (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    true, true, true, false, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (true, false,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))))))))))))),
    ((Write (ScOrd, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: ((Write (ScOrd, (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    slot_unique))))) :: [])))) :: []))))), ((App ((Val (write_meta n0)),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: ((Var (String ((Ascii (false, true,
    true, false, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)),
    EmptyString))))))) :: []))))) :: []))) :: [])))))), ((App ((Val
    claim_unused), ((Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []))) :: []))))

(** val get_from_in_use : val0 **)

let get_from_in_use =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))) :: []), (App
    ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))) :: []), (Case ((BinOp (EqOp,
    (Var (String ((Ascii (true, true, false, false, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))))), (Val (LitV (LitInt slot_unused))))),
    ((Case ((BinOp (EqOp, (Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))))), (Val (LitV (LitInt
    slot_unique))))), ((Case ((BinOp (EqOp, (Var (String ((Ascii (true, true,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((Case ((BinOp (LeOp, (Val
    (LitV (LitInt slot_max))), (Var (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))), ((Case ((Cas
    (CasWeak, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Var (String ((Ascii (true, true,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))))), (BinOp
    ((WrapOp (u64, AddOp)), (Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))))), ((App ((Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    false, false, true, true, true, false)), EmptyString))))))))), ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))) :: (Abort :: [])))) :: ((Val (LitV
    (LitInt (error_code ErrBusy)))) :: [])))) :: ((Val (LitV (LitInt
    (error_code ErrUnique)))) :: [])))) :: ((Val (LitV (LitInt
    (error_code ErrUnused)))) :: [])))))), ((Read (ScOrd, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []))))

(** val inc_ref_count : val0 **)

let inc_ref_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []),
    (Case ((BinOp (LeOp, (Val (LitV (LitInt slot_max))), (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), ((Val (LitV LitPoison)) :: (Abort :: [])))))),
    ((App ((Val debug_assert), ((Case ((BinOp (EqOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((UnOp (NegOp, (BinOp (EqOp, (Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt slot_unused))))))) :: ((Val (LitV
    (lit_of_bool false))) :: [])))) :: []))) :: []))))), ((Faa (u64, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))

(** val frame_clone0 : val0 **)

let frame_clone0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))), ((App ((Val inc_ref_count),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: []))) :: []))))

(** val dec_ref_count : val0 **)

let dec_ref_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []),
    (BinOp (EqOp, (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))))), ((App ((Val debug_assert), ((Case ((BinOp
    (EqOp, (Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((UnOp (NegOp, (BinOp (EqOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_unused))))))) :: ((Val
    (LitV (lit_of_bool false))) :: [])))) :: []))) :: []))))), ((Faa (u64,
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))), (Val (LitV (LitInt word_max))))) :: []))))

(** val frame_drop0 : val0 list -> val0 -> val0 **)

let frame_drop0 glues0 dealloc =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Case ((App ((Val
    dec_ref_count), ((Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []))), ((Val (LitV
    LitPoison)) :: ((App ((Rec (BAnon, (BAnon :: []), (App ((Val dealloc),
    ((App ((Val frame_start_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))) :: ((Val
    (LitV (LitInt page_size))) :: [])))))), ((App ((Val
    (drop_last_in_place glues0)), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: []))) :: [])))))

(** val reference_count : val0 **)

let reference_count =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Read (ScOrd, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))

(** val unique_drop : val0 list -> val0 -> val0 **)

let unique_drop glues0 dealloc =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Val dealloc),
    ((App ((Val frame_start_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))) :: ((Val
    (LitV (LitInt page_size))) :: [])))))), ((App ((Val
    (drop_last_in_place glues0)), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: []))))), ((Write (ScOrd, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))

(** val frame_from_unique0 : val0 **)

let frame_from_unique0 =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))), ((Write (ScOrd, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))

(** val try_from_shared : val0 **)

let try_from_shared =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Case ((Cas (CasStrong,
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))), (Val (LitV (LitInt slot_unique))))), ((Val
    (LitV (lit_of_bool false))) :: ((Val (LitV (lit_of_bool true))) :: [])))))

(** val slot_at : nat -> val0 **)

let slot_at n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])), (BinOp (OffsetOp, (Var (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)), EmptyString))))))))),
    (BinOp ((ArithOp MulOp), (Val (LitV (LitInt (slot_cells n0)))), (BinOp
    ((ArithOp QuotOp), (Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), EmptyString))))), (Val (LitV (LitInt
    page_size))))))))))

(** val get_slot_status : val0 **)

let get_slot_status =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])), (Case ((BinOp (EqOp, (BinOp ((ArithOp RemOp),
    (Var (String ((Ascii (false, false, false, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), EmptyString))))), (Val (LitV (LitInt page_size))))), (Val (LitV
    (LitInt Big_int_Z.zero_big_int))))), ((Val (LitV (LitInt
    not_aligned_code))) :: ((Case ((BinOp (LeOp, (Var (String ((Ascii (true,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (false,
    false, false, true, true, true, true, false)), EmptyString))))))), (Var
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((Val (LitV (LitInt
    (error_code ErrOutOfBound)))) :: [])))) :: [])))))

(** val frame_from_unused0 : nat -> val0 **)

let frame_from_unused0 n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), EmptyString))))) :: ((BNamed (String
    ((Ascii (false, true, true, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((BNamed (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, true, false, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))))))))) :: [])))))), (App ((Rec (BAnon, ((BNamed
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))) :: []), (Case ((BinOp (EqOp, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))) :: ((App ((Val (get_from_unused n0)),
    ((App ((Val (slot_at n0)), ((Var (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Var (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: ((Var (String ((Ascii (false, true, true,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))))))) :: ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: ((Var (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true, true,
    false, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)),
    EmptyString))))))))))))))))))) :: [])))))) :: [])))))), ((App ((Val
    get_slot_status), ((Var (String ((Ascii (true, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii (false,
    false, false, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: []))))

(** val frame_from_in_use0 : nat -> val0 **)

let frame_from_in_use0 n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), EmptyString))))) :: []))), (App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), EmptyString))))))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))) :: ((App ((Val get_from_in_use), ((App
    ((Val (slot_at n0)), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((Var (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: []))) :: [])))))), ((App ((Val
    get_slot_status), ((Var (String ((Ascii (true, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii (false,
    false, false, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: []))))

(** val frame_from_raw : nat -> val0 **)

let frame_from_raw n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])), (App ((Val (slot_at n0)), ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), EmptyString))))) :: [])))))

type frame_run_outcome =
| FrameRun of frame_outcome
| FrameProgramStuck
| FrameProgramOutOfFuel

type frame_memory = { fm_state : Coq_lrust_lang.state; fm_log : loc;
                      fm_base : loc; fm_slots : word;
                      fm_handles : (frame_handle * loc) option table }

(** val frame_fuel : Big_int_Z.big_int **)

let frame_fuel =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))))))))))

(** val frame_exec : expr -> Coq_lrust_lang.state -> outcome **)

let frame_exec e _UU03c3_ =
  run (follow choice_reuse) ([], O) frame_fuel (e :: []) _UU03c3_

(** val frame_finish :
    outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (frame_run_outcome ->
    'a1) -> 'a1 **)

let frame_finish o ok no =
  match o.run_status_of with
  | AllFinished ->
    (match main_value o with
     | Some v -> ok v o.run_state
     | None -> no FrameProgramStuck)
  | ThreadStuck (_, _) -> no FrameProgramStuck
  | ThreadAborted _ -> no (FrameRun FrameAborted)
  | OutOfFuel -> no FrameProgramOutOfFuel

(** val meta_cells : nat **)

let meta_cells =
  S (S O)

(** val cells_per_slot : Big_int_Z.big_int **)

let cells_per_slot =
  slot_cells meta_cells

(** val log_entries : Big_int_Z.big_int **)

let log_entries =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    Big_int_Z.unit_big_int))))))

(** val log_size : Big_int_Z.big_int **)

let log_size =
  Z.add Big_int_Z.unit_big_int
    (Z.mul
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      Big_int_Z.unit_big_int) log_entries)

(** val boot_slots : Big_int_Z.big_int -> val0 **)

let boot_slots cells =
  RecV ((BNamed (String ((Ascii (false, true, false, false, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), ((BNamed (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (false, true, true,
    true, false, true, true, false)), EmptyString))) :: ((BNamed (String
    ((Ascii (true, false, false, true, false, true, true, false)),
    EmptyString))) :: []))), (Case ((BinOp (LeOp, (Var (String ((Ascii
    (false, true, true, true, false, true, true, false)), EmptyString))),
    (Var (String ((Ascii (true, false, false, true, false, true, true,
    false)), EmptyString))))), ((App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Var
    (String ((Ascii (false, true, false, false, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((Var (String ((Ascii
    (false, true, true, true, false, true, true, false)),
    EmptyString))) :: ((BinOp ((ArithOp AddOp), (Var (String ((Ascii (true,
    false, false, true, false, true, true, false)), EmptyString))), (Val
    (LitV (LitInt Big_int_Z.unit_big_int))))) :: []))))))), ((Write (ScOrd,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_paddr))))), (BinOp ((ArithOp MulOp), (Val (LitV (LitInt
    page_size))), (Var (String ((Ascii (true, false, false, true, false,
    true, true, false)), EmptyString))))))) :: []))))), ((Write (ScOrd,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_in_list))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), ((Write (ScOrd, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt slot_unused))))) :: []))))),
    ((BinOp (OffsetOp, (Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))), (BinOp ((ArithOp
    MulOp), (Val (LitV (LitInt cells))), (Var (String ((Ascii (true, false,
    false, true, false, true, true, false)),
    EmptyString))))))) :: []))) :: ((Val (LitV LitPoison)) :: [])))))

(** val boot : Big_int_Z.big_int -> word -> expr **)

let boot cells n0 =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: []), (App ((Rec
    (BAnon, (BAnon :: []), (Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))))), ((App ((Val
    (boot_slots cells)), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((Val (LitV (LitInt
    n0))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: []))))) :: []))))), ((Alloc (Val (LitV
    (LitInt (Z.add Big_int_Z.unit_big_int (Z.mul cells n0)))))) :: []))

(** val boot_log : expr **)

let boot_log =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, false,
    false, true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))))), ((Write (Na1Ord, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    log_size)))) :: []))

(** val frame_memory_init : word -> frame_memory option **)

let frame_memory_init n0 =
  frame_finish
    (run (follow choice_reuse) ([], O)
      (N.add (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
        (Big_int_Z.mult_int_big_int 2
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (Big_int_Z.mult_int_big_int 2
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        Big_int_Z.unit_big_int)))))))))
        (N.mul (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          Big_int_Z.unit_big_int)))))) (Z.to_N n0)))
      ((boot cells_per_slot n0) :: [])
      (empty0 (gmap_empty loc_eq_dec loc_countable))) (fun v _UU03c3_ ->
    match v with
    | LitV l ->
      (match l with
       | LitLoc base ->
         frame_finish (frame_exec boot_log _UU03c3_) (fun v' _UU03c3_' ->
           match v' with
           | LitV l0 ->
             (match l0 with
              | LitLoc log ->
                Some { fm_state = _UU03c3_'; fm_log = log; fm_base = base;
                  fm_slots = n0; fm_handles = tbl_empty }
              | _ -> None)
           | RecV (_, _, _) -> None) (fun _ -> None)
       | _ -> None)
    | RecV (_, _, _) -> None) (fun _ -> None)

(** val vtable_of : word -> nat **)

let vtable_of number =
  if Z.even number then O else S O

(** val number_cell : nat -> Big_int_Z.big_int **)

let number_cell =
  Z.of_nat

(** val slot_cell : nat -> Big_int_Z.big_int **)

let slot_cell vtable =
  Z.sub Big_int_Z.unit_big_int (Z.of_nat vtable)

(** val make_meta : word -> word -> expr **)

let make_meta number i =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    (slot_cell (vtable_of number))))))), (Val (LitV (LitInt
    i))))) :: []))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    (number_cell (vtable_of number))))))), (Val (LitV (LitInt
    number))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))))) :: []))

(** val log_entry0 : frame_memory -> val0 **)

let log_entry0 m =
  let log = m.fm_log in
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, false, true,
  true, true, false)), (String ((Ascii (true, false, false, false, false,
  true, true, false)), (String ((Ascii (true, true, true, false, false, true,
  true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii (true, true,
  false, false, true, true, true, false)), (String ((Ascii (false, false,
  true, true, false, true, true, false)), (String ((Ascii (true, true, true,
  true, false, true, true, false)), (String ((Ascii (false, false, true,
  false, true, true, true, false)), EmptyString))))))))) :: ((BNamed (String
  ((Ascii (false, true, true, true, false, true, true, false)), (String
  ((Ascii (true, false, true, false, true, true, true, false)), (String
  ((Ascii (true, false, true, true, false, true, true, false)), (String
  ((Ascii (false, true, false, false, false, true, true, false)), (String
  ((Ascii (true, false, true, false, false, true, true, false)), (String
  ((Ascii (false, true, false, false, true, true, true, false)),
  EmptyString))))))))))))) :: []))), (App ((Rec (BAnon, ((BNamed (String
  ((Ascii (true, false, false, false, false, true, true, false)), (String
  ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
  (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord,
  (Val (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Var (String ((Ascii
  (true, false, false, false, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)), EmptyString))))),
  (Val (LitV (LitInt
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
  Big_int_Z.unit_big_int)))))))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Val
  (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Var (String ((Ascii (true,
  false, false, false, false, true, true, false)), (String ((Ascii (false,
  false, true, false, true, true, true, false)), EmptyString))))), (Val (LitV
  (LitInt (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))))), (Var
  (String ((Ascii (false, true, true, true, false, true, true, false)),
  (String ((Ascii (true, false, true, false, true, true, true, false)),
  (String ((Ascii (true, false, true, true, false, true, true, false)),
  (String ((Ascii (false, true, false, false, false, true, true, false)),
  (String ((Ascii (true, false, true, false, false, true, true, false)),
  (String ((Ascii (false, true, false, false, true, true, true, false)),
  EmptyString))))))))))))))) :: []))))), ((Write (Na1Ord, (BinOp (OffsetOp,
  (Val (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Var (String ((Ascii
  (true, false, false, false, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)), EmptyString))))),
  (Val (LitV (LitInt Big_int_Z.unit_big_int))))))), (Var (String ((Ascii
  (true, true, false, false, true, true, true, false)), (String ((Ascii
  (false, false, true, true, false, true, true, false)), (String ((Ascii
  (true, true, true, true, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)),
  EmptyString))))))))))) :: []))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Val
  (LitV (LitLoc log))), (Var (String ((Ascii (true, false, false, false,
  false, true, true, false)), (String ((Ascii (false, false, true, false,
  true, true, true, false)), EmptyString))))))), (Var (String ((Ascii (false,
  false, true, false, true, true, true, false)), (String ((Ascii (true,
  false, false, false, false, true, true, false)), (String ((Ascii (true,
  true, true, false, false, true, true, false)),
  EmptyString))))))))) :: []))))), ((Read (Na1Ord, (Val (LitV (LitLoc
  log))))) :: []))))

(** val stuck_here : expr **)

let stuck_here =
  Free ((Val (LitV (LitInt Big_int_Z.unit_big_int))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))

(** val from_in_use : val0 **)

let from_in_use =
  frame_from_in_use0 meta_cells

(** val from_unused : val0 **)

let from_unused =
  frame_from_unused0 meta_cells

(** val busy : Big_int_Z.big_int **)

let busy =
  error_code ErrBusy

(** val destroy : frame_memory -> nat -> val0 **)

let destroy m =
  let base = m.fm_base in
  let limit = Z.mul page_size m.fm_slots in
  (fun vtable -> RecV (BAnon, ((BNamed (String ((Ascii (true, true, false,
  false, true, true, true, false)), (String ((Ascii (false, false, true,
  false, true, true, true, false)), (String ((Ascii (true, true, true, true,
  false, true, true, false)), (String ((Ascii (false, true, false, false,
  true, true, true, false)), (String ((Ascii (true, false, false, false,
  false, true, true, false)), (String ((Ascii (true, true, true, false,
  false, true, true, false)), (String ((Ascii (true, false, true, false,
  false, true, true, false)), EmptyString))))))))))))))) :: []), (App ((Rec
  (BAnon, ((BNamed (String ((Ascii (false, true, true, true, false, true,
  true, false)), (String ((Ascii (true, false, true, false, true, true, true,
  false)), (String ((Ascii (true, false, true, true, false, true, true,
  false)), (String ((Ascii (false, true, false, false, false, true, true,
  false)), (String ((Ascii (true, false, true, false, false, true, true,
  false)), (String ((Ascii (false, true, false, false, true, true, true,
  false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon, ((BNamed
  (String ((Ascii (true, true, false, false, true, true, true, false)),
  (String ((Ascii (false, false, true, true, false, true, true, false)),
  (String ((Ascii (true, true, true, true, false, true, true, false)),
  (String ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (App ((Val from_in_use),
  ((Val (LitV (LitLoc base))) :: ((Val (LitV (LitInt limit))) :: ((BinOp
  ((ArithOp MulOp), (Val (LitV (LitInt page_size))), (Var (String ((Ascii
  (true, true, false, false, true, true, true, false)), (String ((Ascii
  (false, false, true, true, false, true, true, false)), (String ((Ascii
  (true, true, true, true, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)),
  EmptyString))))))))))) :: []))))), (Val (LitV (LitInt busy))))),
  (stuck_here :: ((Case ((BinOp (EqOp, (App ((Val from_unused), ((Val (LitV
  (LitLoc base))) :: ((Val (LitV (LitInt limit))) :: ((BinOp ((ArithOp
  MulOp), (Val (LitV (LitInt page_size))), (Var (String ((Ascii (true, true,
  false, false, true, true, true, false)), (String ((Ascii (false, false,
  true, true, false, true, true, false)), (String ((Ascii (true, true, true,
  true, false, true, true, false)), (String ((Ascii (false, false, true,
  false, true, true, true, false)), EmptyString))))))))))) :: ((Val (LitV
  (LitInt (Z.of_nat vtable)))) :: ((Var (String ((Ascii (true, true, false,
  false, true, true, true, false)), (String ((Ascii (false, false, true,
  false, true, true, true, false)), (String ((Ascii (true, true, true, true,
  false, true, true, false)), (String ((Ascii (false, true, false, false,
  true, true, true, false)), (String ((Ascii (true, false, false, false,
  false, true, true, false)), (String ((Ascii (true, true, true, false,
  false, true, true, false)), (String ((Ascii (true, false, true, false,
  false, true, true, false)), EmptyString))))))))))))))) :: ((Val (LitV
  (lit_of_bool true))) :: [])))))))), (Val (LitV (LitInt busy))))),
  (stuck_here :: ((App ((Rec (BAnon, (BAnon :: []), (App ((Val
  (log_entry0 m)), ((Val (LitV (LitInt Big_int_Z.unit_big_int))) :: ((Var
  (String ((Ascii (true, true, false, false, true, true, true, false)),
  (String ((Ascii (false, false, true, true, false, true, true, false)),
  (String ((Ascii (true, true, true, true, false, true, true, false)),
  (String ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))))))) :: ((Var (String ((Ascii (false, true, true, true,
  false, true, true, false)), (String ((Ascii (true, false, true, false,
  true, true, true, false)), (String ((Ascii (true, false, true, true, false,
  true, true, false)), (String ((Ascii (false, true, false, false, false,
  true, true, false)), (String ((Ascii (true, false, true, false, false,
  true, true, false)), (String ((Ascii (false, true, false, false, true,
  true, true, false)), EmptyString))))))))))))) :: []))))))), ((App ((Val
  (log_entry0 m)), ((Val (LitV (LitInt Big_int_Z.zero_big_int))) :: ((Var
  (String ((Ascii (true, true, false, false, true, true, true, false)),
  (String ((Ascii (false, false, true, true, false, true, true, false)),
  (String ((Ascii (true, true, true, true, false, true, true, false)),
  (String ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))))))) :: ((Var (String ((Ascii (false, true, true, true,
  false, true, true, false)), (String ((Ascii (true, false, true, false,
  true, true, true, false)), (String ((Ascii (true, false, true, true, false,
  true, true, false)), (String ((Ascii (false, true, false, false, false,
  true, true, false)), (String ((Ascii (true, false, true, false, false,
  true, true, false)), (String ((Ascii (false, true, false, false, true,
  true, true, false)),
  EmptyString))))))))))))) :: []))))) :: []))) :: [])))) :: [])))))), ((Read
  (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false,
  true, true, true, false)), (String ((Ascii (false, false, true, false,
  true, true, true, false)), (String ((Ascii (true, true, true, true, false,
  true, true, false)), (String ((Ascii (false, true, false, false, true,
  true, true, false)), (String ((Ascii (true, false, false, false, false,
  true, true, false)), (String ((Ascii (true, true, true, false, false, true,
  true, false)), (String ((Ascii (true, false, true, false, false, true,
  true, false)), EmptyString))))))))))))))), (Val (LitV (LitInt
  (slot_cell vtable)))))))) :: []))))), ((Read (Na1Ord, (BinOp (OffsetOp,
  (Var (String ((Ascii (true, true, false, false, true, true, true, false)),
  (String ((Ascii (false, false, true, false, true, true, true, false)),
  (String ((Ascii (true, true, true, true, false, true, true, false)),
  (String ((Ascii (false, true, false, false, true, true, true, false)),
  (String ((Ascii (true, false, false, false, false, true, true, false)),
  (String ((Ascii (true, true, true, false, false, true, true, false)),
  (String ((Ascii (true, false, true, false, false, true, true, false)),
  EmptyString))))))))))))))), (Val (LitV (LitInt
  (number_cell vtable)))))))) :: [])))))

(** val glues : frame_memory -> val0 list **)

let glues m =
  (destroy m O) :: ((destroy m (S O)) :: [])

(** val allocator : frame_memory -> val0 **)

let allocator m =
  let base = m.fm_base in
  let limit = Z.mul page_size m.fm_slots in
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
  true, true, false)), (String ((Ascii (false, false, true, false, true,
  true, true, false)), (String ((Ascii (true, false, false, false, false,
  true, true, false)), (String ((Ascii (false, true, false, false, true,
  true, true, false)), (String ((Ascii (false, false, true, false, true,
  true, true, false)), EmptyString))))))))))) :: ((BNamed (String ((Ascii
  (true, true, false, false, true, true, true, false)), (String ((Ascii
  (true, false, false, true, false, true, true, false)), (String ((Ascii
  (false, true, false, true, true, true, true, false)), (String ((Ascii
  (true, false, true, false, false, true, true, false)),
  EmptyString))))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
  (true, true, false, false, true, true, true, false)), (String ((Ascii
  (false, false, true, true, false, true, true, false)), (String ((Ascii
  (true, true, true, true, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)),
  EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Val
  (log_entry0 m)), ((Val (LitV (LitInt
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
  Big_int_Z.unit_big_int)))) :: ((Var (String ((Ascii (true, true, false,
  false, true, true, true, false)), (String ((Ascii (false, false, true,
  true, false, true, true, false)), (String ((Ascii (true, true, true, true,
  false, true, true, false)), (String ((Ascii (false, false, true, false,
  true, true, true, false)), EmptyString))))))))) :: ((Val (LitV (LitInt
  Big_int_Z.zero_big_int))) :: []))))))), ((Case ((BinOp (EqOp, (App ((Val
  from_in_use), ((Val (LitV (LitLoc base))) :: ((Val (LitV (LitInt
  limit))) :: ((Var (String ((Ascii (true, true, false, false, true, true,
  true, false)), (String ((Ascii (false, false, true, false, true, true,
  true, false)), (String ((Ascii (true, false, false, false, false, true,
  true, false)), (String ((Ascii (false, true, false, false, true, true,
  true, false)), (String ((Ascii (false, false, true, false, true, true,
  true, false)), EmptyString))))))))))) :: []))))), (Val (LitV (LitInt
  (error_code ErrUnused)))))), ((Val (LitV LitPoison)) :: ((App ((Val
  (log_entry0 m)), ((Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
  Big_int_Z.unit_big_int)))) :: ((Var (String ((Ascii (true, true, false,
  false, true, true, true, false)), (String ((Ascii (false, false, true,
  true, false, true, true, false)), (String ((Ascii (true, true, true, true,
  false, true, true, false)), (String ((Ascii (false, false, true, false,
  true, true, true, false)), EmptyString))))))))) :: ((Val (LitV (LitInt
  Big_int_Z.zero_big_int))) :: []))))) :: [])))) :: []))))), ((BinOp
  ((ArithOp QuotOp), (Var (String ((Ascii (true, true, false, false, true,
  true, true, false)), (String ((Ascii (false, false, true, false, true,
  true, true, false)), (String ((Ascii (true, false, false, false, false,
  true, true, false)), (String ((Ascii (false, true, false, false, true,
  true, true, false)), (String ((Ascii (false, false, true, false, true,
  true, true, false)), EmptyString))))))))))), (Var (String ((Ascii (true,
  true, false, false, true, true, true, false)), (String ((Ascii (true,
  false, false, true, false, true, true, false)), (String ((Ascii (false,
  true, false, true, true, true, true, false)), (String ((Ascii (true, false,
  true, false, false, true, true, false)), EmptyString))))))))))) :: []))))

(** val frame_read_int : Coq_lrust_lang.state -> loc -> Big_int_Z.big_int **)

let frame_read_int _UU03c3_ l =
  match lookup0 (gmap_lookup loc_eq_dec loc_countable) l _UU03c3_ with
  | Some y ->
    let (_, y1) = y in
    (match y1 with
     | LitV l0 ->
       (match l0 with
        | LitInt n0 -> n0
        | _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
     | RecV (_, _, _) -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
  | None -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int

(** val frame_read_log :
    Coq_lrust_lang.state -> loc -> nat -> frame_event list **)

let rec frame_read_log _UU03c3_ l = function
| O -> []
| S n' ->
  let i = frame_read_int _UU03c3_ (shift_loc l Big_int_Z.unit_big_int) in
  let number =
    frame_read_int _UU03c3_
      (shift_loc l (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))
  in
  ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
     (fun _ -> EventOnDrop (i, number))
     (fun p ->
     (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
       (fun _ -> EventDealloc i)
       (fun p0 ->
       (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
         (fun _ -> EventDealloc i)
         (fun _ -> EventDealloc i)
         (fun _ -> EventUnused i)
         p0)
       (fun _ -> EventMetaDropped (i, number))
       p)
     (fun _ -> EventDealloc i)
     (frame_read_int _UU03c3_ l)) :: (frame_read_log _UU03c3_
                                       (shift_loc l
                                         ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
                                         Big_int_Z.unit_big_int)) n')

(** val frame_log_events :
    frame_memory -> Coq_lrust_lang.state -> frame_event list **)

let frame_log_events m =
  let log = m.fm_log in
  (fun _UU03c3_ ->
  frame_read_log _UU03c3_ (shift_loc log Big_int_Z.unit_big_int)
    (Z.to_nat
      (Z.div (frame_read_int _UU03c3_ log)
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        Big_int_Z.unit_big_int))))

(** val with_frame_state :
    frame_memory -> Coq_lrust_lang.state -> frame_memory **)

let with_frame_state m =
  let log = m.fm_log in
  let base = m.fm_base in
  (fun _UU03c3_ -> { fm_state = _UU03c3_; fm_log = log; fm_base = base;
  fm_slots = m.fm_slots; fm_handles = m.fm_handles })

(** val with_frame_handle :
    frame_memory -> frame_memory -> word -> (frame_handle * loc) option ->
    frame_memory **)

let with_frame_handle m =
  let log = m.fm_log in
  let base = m.fm_base in
  (fun m' h k -> { fm_state = m'.fm_state; fm_log = log; fm_base = base;
  fm_slots = m.fm_slots; fm_handles = (tbl_set m'.fm_handles h k) })

(** val frame_opened :
    frame_memory -> frame_memory -> frame_handle -> loc ->
    frame_memory * frame_run_outcome **)

let frame_opened m =
  let log = m.fm_log in
  let base = m.fm_base in
  (fun m' k l -> ({ fm_state = m'.fm_state; fm_log = log; fm_base = base;
  fm_slots = m.fm_slots; fm_handles =
  (tbl_push m'.fm_handles (Some (k, l))) }, (FrameRun (FrameHandle
  (tbl_len m'.fm_handles)))))

(** val frame_error_of : Big_int_Z.big_int -> frame_run_outcome option **)

let frame_error_of code =
  (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
    (fun _ -> None)
    (fun p ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> None)
        (fun p1 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> None)
          (fun _ -> None)
          (fun _ -> Some (FrameRun (FrameFailed ErrOutOfBound)))
          p1)
        (fun _ -> Some (FrameRun (FrameFailed ErrUnique)))
        p0)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> None)
        (fun p1 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> None)
          (fun _ -> None)
          (fun _ -> Some (FrameRun (FrameFailed ErrBusy)))
          p1)
        (fun _ -> Some (FrameRun (FrameFailed ErrUnused)))
        p0)
      (fun _ -> Some (FrameRun (FrameFailed ErrInUse)))
      p)
    (fun _ -> None)
    code

(** val frame_memory_step :
    frame_memory -> frame_op -> frame_memory * frame_run_outcome **)

let frame_memory_step m =
  let log = m.fm_log in
  let base = m.fm_base in
  let limit = Z.mul page_size m.fm_slots in
  let address = fun i -> Z.mul page_size i in
  let slot_loc = fun i -> shift_loc base (Z.mul cells_per_slot i) in
  (fun o ->
  let bad = (m, (FrameRun FrameBadHandle)) in
  let wrong = (m, (FrameRun FrameWrongHandle)) in
  let stuck = (m, FrameProgramStuck) in
  let on = fun h k ->
    match tbl_get m.fm_handles h with
    | Some o0 ->
      (match o0 with
       | Some p -> let (kind0, l) = p in k kind0 l
       | None -> bad)
    | None -> bad
  in
  let program = fun e k ->
    frame_finish
      (frame_exec (App ((Rec (BAnon, (BAnon :: []), e)), ((Write (Na1Ord,
        (Val (LitV (LitLoc log))), (Val (LitV (LitInt
        Big_int_Z.unit_big_int))))) :: []))) m.fm_state) (fun v _UU03c3_ ->
      k v (with_frame_state m _UU03c3_)) (fun r -> (m, r))
  in
  let call = fun f l ->
    program (App ((Val f), ((Val (LitV (LitLoc l))) :: [])))
  in
  let got = fun kind0 i v m' ->
    match v with
    | LitV l ->
      (match l with
       | LitInt code ->
         ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
            (fun _ -> frame_opened m m' kind0 (slot_loc i))
            (fun _ ->
            match frame_error_of code with
            | Some r -> (m', r)
            | None -> stuck)
            (fun _ ->
            match frame_error_of code with
            | Some r -> (m', r)
            | None -> stuck)
            code)
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let same = fun kind0 h i v m' ->
    match v with
    | LitV l0 ->
      (match l0 with
       | LitLoc l ->
         if bool_decide (decide_rel loc_eq_dec l (slot_loc i))
         then ((with_frame_handle m m' h (Some (kind0, l))), (FrameRun
                (FrameHandle h)))
         else stuck
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let dropped = fun h m' -> ((with_frame_handle m m' h None), (FrameRun
    (FrameDropped (frame_log_events m m'.fm_state))))
  in
  (match o with
   | FrameFromUnused (kind0, i, number) ->
     let unique = match kind0 with
                  | KindUnique -> true
                  | KindShared -> false in
     program (App ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false,
       false, true, true, true, false)), (String ((Ascii (false, true, false,
       false, true, true, true, false)), (String ((Ascii (true, true, false,
       false, false, true, true, false)), EmptyString))))))) :: []), (App
       ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false,
       true, true, true, false)), (String ((Ascii (false, false, true, false,
       true, true, true, false)), (String ((Ascii (true, false, false, false,
       false, true, true, false)), (String ((Ascii (false, false, true,
       false, true, true, true, false)), (String ((Ascii (true, false, true,
       false, true, true, true, false)), (String ((Ascii (true, true, false,
       false, true, true, true, false)), EmptyString))))))))))))) :: []),
       (App ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii (true, true,
       false, false, true, true, true, false)), (String ((Ascii (false,
       false, true, false, true, true, true, false)), (String ((Ascii (true,
       false, false, false, false, true, true, false)), (String ((Ascii
       (false, false, true, false, true, true, true, false)), (String ((Ascii
       (true, false, true, false, true, true, true, false)), (String ((Ascii
       (true, true, false, false, true, true, true, false)),
       EmptyString))))))))))))))), ((Free ((Val (LitV (LitInt
       (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))), (Var (String
       ((Ascii (true, true, false, false, true, true, true, false)), (String
       ((Ascii (false, true, false, false, true, true, true, false)), (String
       ((Ascii (true, true, false, false, false, true, true, false)),
       EmptyString))))))))) :: []))))), ((App ((Val from_unused), ((Val (LitV
       (LitLoc base))) :: ((Val (LitV (LitInt limit))) :: ((Val (LitV (LitInt
       (address i)))) :: ((Val (LitV (LitInt
       (Z.of_nat (vtable_of number))))) :: ((Var (String ((Ascii (true, true,
       false, false, true, true, true, false)), (String ((Ascii (false, true,
       false, false, true, true, true, false)), (String ((Ascii (true, true,
       false, false, false, true, true, false)), EmptyString))))))) :: ((Val
       (LitV (lit_of_bool unique))) :: [])))))))) :: []))))),
       ((make_meta number i) :: []))) (got (frame_holds kind0 i) i)
   | FrameFromInUse i ->
     program (App ((Val from_in_use), ((Val (LitV (LitLoc base))) :: ((Val
       (LitV (LitInt limit))) :: ((Val (LitV (LitInt
       (address i)))) :: []))))) (got (HoldsShared i) i)
   | FrameFromUnique h ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsUnique i -> call frame_from_unique0 l (same (HoldsShared i) h i)
       | _ -> wrong)
   | FrameTryFromShared h ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsShared i ->
         call try_from_shared l (fun v m' ->
           match v with
           | LitV l0 ->
             (match l0 with
              | LitInt n0 ->
                ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                   (fun _ -> (m', (FrameRun (FrameHandedBack h))))
                   (fun p ->
                   (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
                     (fun _ -> stuck)
                     (fun _ -> stuck)
                     (fun _ -> same (HoldsUnique i) h i (LitV (LitLoc l)) m')
                     p)
                   (fun _ -> stuck)
                   n0)
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | FrameClone h ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsShared i ->
         call frame_clone0 l (fun v m' ->
           match v with
           | LitV l0 ->
             (match l0 with
              | LitLoc l' ->
                if bool_decide (decide_rel loc_eq_dec l' (slot_loc i))
                then frame_opened m m' kind0 l'
                else stuck
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | FrameDrop h ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsUnique _ ->
         call (unique_drop (glues m) (allocator m)) l (fun _ m' ->
           dropped h m')
       | HoldsShared _ ->
         call (frame_drop0 (glues m) (allocator m)) l (fun _ m' ->
           dropped h m')
       | HoldsBusy _ -> wrong)
   | FrameRefCount h ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsShared _ ->
         call reference_count l (fun v m' ->
           match v with
           | LitV l0 ->
             (match l0 with
              | LitInt n0 -> (m', (FrameRun (FrameCount n0)))
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | FrameMeta h ->
     on h (fun _ l ->
       program (App ((Rec (BAnon, ((BNamed (String ((Ascii (true, false,
         true, true, false, true, true, false)), (String ((Ascii (true,
         false, true, false, false, true, true, false)), (String ((Ascii
         (false, false, true, false, true, true, true, false)), (String
         ((Ascii (true, false, false, false, false, true, true, false)),
         EmptyString))))))))) :: []), (Case ((App ((Val frame_meta_is), ((Val
         (LitV (LitLoc l))) :: ((Val (LitV (LitInt
         Big_int_Z.zero_big_int))) :: [])))), ((Case ((App ((Val
         frame_meta_is), ((Val (LitV (LitLoc l))) :: ((Val (LitV (LitInt
         Big_int_Z.unit_big_int))) :: [])))), (stuck_here :: ((Read (Na1Ord,
         (BinOp (OffsetOp, (Var (String ((Ascii (true, false, true, true,
         false, true, true, false)), (String ((Ascii (true, false, true,
         false, false, true, true, false)), (String ((Ascii (false, false,
         true, false, true, true, true, false)), (String ((Ascii (true,
         false, false, false, false, true, true, false)),
         EmptyString))))))))), (Val (LitV (LitInt
         (number_cell (S O))))))))) :: [])))) :: ((Read (Na1Ord, (BinOp
         (OffsetOp, (Var (String ((Ascii (true, false, true, true, false,
         true, true, false)), (String ((Ascii (true, false, true, false,
         false, true, true, false)), (String ((Ascii (false, false, true,
         false, true, true, true, false)), (String ((Ascii (true, false,
         false, false, false, true, true, false)), EmptyString))))))))), (Val
         (LitV (LitInt (number_cell O)))))))) :: [])))))), ((App ((Val
         frame_meta0), ((Val (LitV (LitLoc l))) :: []))) :: [])))
         (fun v m' ->
         match v with
         | LitV l0 ->
           (match l0 with
            | LitInt n0 -> (m', (FrameRun (FrameMetaIs n0)))
            | _ -> stuck)
         | RecV (_, _, _) -> stuck))
   | FrameLeak (h, n0) ->
     on h (fun kind0 l ->
       match kind0 with
       | HoldsShared _ ->
         (match word_checked_add (frame_read_int m.fm_state l) n0 with
          | Some w ->
            if word_ltb slot_max w
            then (m, (FrameRun FrameAborted))
            else program (Write (ScOrd, (Val (LitV (LitLoc l))), (Val (LitV
                   (LitInt w))))) (fun _ m' -> (m', (FrameRun FrameLeaked)))
          | None -> (m, (FrameRun FrameAborted)))
       | _ -> wrong)
   | _ -> stuck))

(** val words_of : Coq_lrust_lang.state -> loc -> nat -> word list **)

let rec words_of _UU03c3_ l = function
| O -> []
| S n' ->
  (frame_read_int _UU03c3_ l) :: (words_of _UU03c3_
                                   (shift_loc l cells_per_slot) n')

(** val frame_memory_words : frame_memory -> word list **)

let frame_memory_words m =
  words_of m.fm_state m.fm_base (Z.to_nat m.fm_slots)

(** val frame_memory_run :
    frame_memory -> frame_op list -> frame_run_outcome list * word list **)

let rec frame_memory_run m = function
| [] -> ([], (frame_memory_words m))
| o :: os' ->
  let (m', r) = frame_memory_step m o in
  (match r with
   | FrameRun r0 ->
     (match r0 with
      | FrameAborted ->
        (((FrameRun FrameAborted) :: []), (frame_memory_words m))
      | _ -> let (rs, ws) = frame_memory_run m' os' in ((r :: rs), ws))
   | x -> ((x :: []), []))

(** val frame_program_report :
    word -> frame_op list -> frame_run_outcome list * word list **)

let frame_program_report n0 os =
  match frame_memory_init n0 with
  | Some m -> frame_memory_run m os
  | None -> ((FrameProgramStuck :: []), [])

(** val segment_end : Big_int_Z.big_int **)

let segment_end =
  Big_int_Z.unit_big_int

(** val write_range : val0 **)

let write_range =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((BNamed (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)), EmptyString))))))) :: []))), (App
    ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt segment_end))))), (Var (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))))))), ((Write (Na1Ord, (Var (String ((Ascii (false,
    false, true, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), EmptyString))))))), (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))) :: []))))

(** val frame_segment_start_paddr : val0 **)

let frame_segment_start_paddr =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))) :: []), (Read (Na1Ord, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))))))

(** val frame_segment_end_paddr : val0 **)

let frame_segment_end_paddr =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))) :: []), (Read (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (true, true, true, false, false, true,
    true, false)), EmptyString))))))), (Val (LitV (LitInt segment_end))))))))

(** val frame_segment_size : val0 **)

let frame_segment_size =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))) :: []), (BinOp ((WrapOp (usize,
    SubOp)), (App ((Val frame_segment_end_paddr), ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))), (App ((Val frame_segment_start_paddr), ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))))))

(** val pages_drop : nat -> val0 list -> val0 -> val0 **)

let pages_drop n0 glues0 dealloc =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: ((BNamed
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: ((BNamed (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))) :: []))), (Case ((BinOp
    (LtOp, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), EmptyString))))), (Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)), EmptyString))))))))), ((Val (LitV
    LitPoison)) :: ((App ((Rec (BAnon, (BAnon :: []), (App ((Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, false, false, true, true, true, false)),
    EmptyString))))))))), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((BinOp ((WrapOp
    (usize, AddOp)), (Var (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt
    page_size))))) :: ((Var (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))))) :: []))))))), ((App ((Val
    (frame_drop0 glues0 dealloc)), ((App ((Val (frame_from_raw n0)), ((Var
    (String ((Ascii (false, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)),
    EmptyString))))) :: [])))) :: []))) :: []))) :: [])))))

(** val pages_clone : nat -> val0 **)

let pages_clone n0 =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: ((BNamed
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: ((BNamed (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))) :: []))), (Case ((BinOp
    (LtOp, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), EmptyString))))), (Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)), EmptyString))))))))), ((Val (LitV
    LitPoison)) :: ((App ((Rec (BAnon, (BAnon :: []), (App ((Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, false, false, true, true, true, false)),
    EmptyString))))))))), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((BinOp ((WrapOp
    (usize, AddOp)), (Var (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt
    page_size))))) :: ((Var (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))))) :: []))))))), ((App ((Val
    frame_clone0), ((App ((Val (frame_from_raw n0)), ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)),
    EmptyString))))) :: [])))) :: []))) :: []))) :: [])))))

(** val frame_segment_drop : nat -> val0 list -> val0 -> val0 **)

let frame_segment_drop n0 glues0 dealloc =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Val (pages_drop n0 glues0 dealloc)),
    ((Var (String ((Ascii (false, true, false, false, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), EmptyString))))))))) :: ((App ((Val frame_segment_start_paddr),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, true, true, false, false, true, true,
    false)), EmptyString))))))) :: []))) :: ((App ((Val
    frame_segment_end_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)), EmptyString))))))) :: []))) :: []))))))

(** val frame_segment_clone : nat -> val0 **)

let frame_segment_clone n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))) :: []))), (App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))))) :: []), (App ((Rec (BAnon, ((BNamed
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Val
    write_range), ((Var (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)), EmptyString))))))) :: []))))))), ((App
    ((Val (pages_clone n0)), ((Var (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))))) :: []))))), ((App ((Val
    frame_segment_end_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))), ((App ((Val
    frame_segment_start_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)), EmptyString))))))) :: []))) :: []))))

(** val pages_claim : nat -> val0 list -> val0 -> val0 **)

let pages_claim n0 glues0 dealloc =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: ((BNamed
    (String ((Ascii (true, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), EmptyString))))) :: ((BNamed (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, true, true, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))))))) :: ((BNamed (String
    ((Ascii (true, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((BNamed (String
    ((Ascii (false, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])))))))), (Case ((BinOp (LtOp, (Var (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))), (Var (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))))))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((App ((Rec (BAnon, (BAnon :: []), (App
    ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (Case ((BinOp
    (EqOp, (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))))), ((App ((Val
    (frame_segment_drop n0 glues0 dealloc)), ((Var (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: [])))) :: []))) :: ((App
    ((Rec (BAnon, ((BNamed (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, false, false,
    true, true, true, false)), EmptyString))))))))), ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (true, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, false, false, true,
    true, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (false, true, true, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (true, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: [])))))))))))), ((Write
    (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))), (Val (LitV (LitInt
    segment_end))))), (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))) :: []))))), ((BinOp ((WrapOp
    (usize, AddOp)), (Var (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt
    page_size))))) :: []))) :: [])))))), ((App ((Val
    (frame_from_unused0 n0)), ((Var (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Var (String
    ((Ascii (true, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), EmptyString))))) :: ((Var (String ((Ascii
    (false, true, true, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((Val (LitV
    (lit_of_bool false))) :: [])))))))) :: []))))), ((App ((Var (String
    ((Ascii (true, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))), ((Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), EmptyString))))) :: ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: [])))) :: []))) :: [])))))

(** val frame_segment_from_unused : nat -> val0 list -> val0 -> val0 **)

let frame_segment_from_unused n0 glues0 dealloc =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))))) :: ((BNamed (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, true, true, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))))))) :: ((BNamed (String
    ((Ascii (true, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((BNamed (String
    ((Ascii (false, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: [])))))))), (Case ((BinOp (EqOp, (BinOp ((ArithOp
    RemOp), (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))))), (Val (LitV (LitInt page_size))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((Val (LitV (LitInt
    not_aligned_code))) :: ((Case ((BinOp (EqOp, (BinOp ((ArithOp RemOp),
    (Var (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, false, true, true,
    false)), EmptyString))))))), (Val (LitV (LitInt page_size))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((Val (LitV (LitInt
    not_aligned_code))) :: ((Case ((BinOp (LtOp, (Var (String ((Ascii (true,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (false,
    false, false, true, true, true, true, false)), EmptyString))))))), (Var
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))))), ((Case ((BinOp (LtOp, (Var (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), EmptyString))))))))))),
    (Var (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, false, true, true,
    false)), EmptyString))))))))), (Abort :: ((App ((Rec (BAnon,
    (BAnon :: []), (App ((Val (pages_claim n0 glues0 dealloc)), ((Var (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (true, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, false, false, true,
    true, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)), EmptyString))))))) :: ((Var (String
    ((Ascii (false, true, true, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (true, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))) :: ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: [])))))))))))), ((App
    ((Val write_range), ((Var (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)),
    EmptyString))))))))))) :: []))))) :: []))) :: [])))) :: ((Val (LitV
    (LitInt (error_code ErrOutOfBound)))) :: [])))) :: [])))) :: [])))))

(** val segment_part_status : val0 **)

let segment_part_status =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, true, false, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, true, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)),
    EmptyString))))) :: ((BNamed (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, true, false, true,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: []))), (Case ((BinOp
    (EqOp, (BinOp ((ArithOp RemOp), (Var (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt page_size))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Val (LitV (LitInt not_aligned_code))) :: ((Case ((BinOp (EqOp, (BinOp
    ((ArithOp RemOp), (Var (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), EmptyString))))), (Val (LitV (LitInt page_size))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))), ((Val (LitV (LitInt
    not_aligned_code))) :: ((Case ((BinOp (LeOp, (Var (String ((Ascii (false,
    true, true, false, false, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, true, true, false, true, true, false)), (String ((Ascii (true,
    false, true, true, false, true, true, false)), EmptyString))))))))), (Var
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    EmptyString))))))), ((Val (LitV (LitInt
    (error_code ErrOutOfBound)))) :: ((Case ((BinOp (LeOp, (Var (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)),
    EmptyString))))), (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, false, true, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))), ((Val (LitV (LitInt
    (error_code ErrOutOfBound)))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))) :: [])))) :: [])))) :: [])))))

(** val frame_segment_split : val0 **)

let frame_segment_split =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, true, true, false, false, true, true, false)), (String ((Ascii
    (false, true, true, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))) :: ((BNamed (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), EmptyString))))))))) :: []))), (App
    ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (Case ((BinOp
    (EqOp, (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), EmptyString))))))))))))) :: ((App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []),
    (App ((Rec (BAnon, (BAnon :: []), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt segment_end))))), (Var (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))) :: []))))), ((App ((Val write_range), ((Var (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))) :: ((App ((Val
    frame_segment_end_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))) :: []))))), ((BinOp ((WrapOp
    (usize, AddOp)), (App ((Val frame_segment_start_paddr), ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))), (Var (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)),
    EmptyString))))))))))))))) :: []))) :: [])))))), ((App ((Val
    segment_part_status), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((Var (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))) :: ((App ((Val
    frame_segment_size), ((Var (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, true, false,
    false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))) :: []))))

(** val frame_segment_slice : nat -> val0 **)

let frame_segment_slice n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, true, true, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, true,
    false, true, true, false)), EmptyString))))))))) :: ((BNamed (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)),
    EmptyString))))) :: ((BNamed (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))) :: []))))), (App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, false, false, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), EmptyString))))))))))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), EmptyString))))))))))))) :: ((App ((Rec (BAnon, ((BNamed (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Val write_range), ((Var (String ((Ascii (false, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))) :: ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))))) :: []))))), ((App ((Val (pages_clone n0)),
    ((Var (String ((Ascii (false, true, false, false, false, true, true,
    false)), (String ((Ascii (true, false, false, false, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), EmptyString))))))))) :: ((Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))))) :: ((Var
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []))))) :: []))))), ((BinOp ((WrapOp (usize,
    AddOp)), (App ((Val frame_segment_start_paddr), ((Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))), (Var (String ((Ascii (false, false, true,
    false, true, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), EmptyString))))))) :: []))))), ((BinOp
    ((WrapOp (usize, AddOp)), (App ((Val frame_segment_start_paddr), ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))), (Var (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    true, false, true, true, false)),
    EmptyString))))))))))) :: []))) :: [])))))), ((App ((Val
    segment_part_status), ((Var (String ((Ascii (false, true, true, false,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, true,
    false, true, true, false)), EmptyString))))))))) :: ((Var (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)),
    EmptyString))))) :: ((App ((Val frame_segment_size), ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))) :: []))))

(** val frame_segment_next : nat -> val0 **)

let frame_segment_next n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []), (Case ((BinOp (LtOp, (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), (Var (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, true, true, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App
    ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii (false, true, true,
    false, false, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))))))), ((App ((Val
    debug_assert), ((BinOp (LeOp, (App ((Val frame_segment_start_paddr),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, true, true, false, false, true, true,
    false)), EmptyString))))))) :: []))), (Var (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, false, true, true, false)),
    EmptyString))))))))) :: []))) :: []))))), ((Write (Na1Ord, (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))), (BinOp ((WrapOp (usize, AddOp)), (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), (Val (LitV (LitInt page_size))))))) :: []))))),
    ((App ((Val (frame_from_raw n0)), ((Var (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: [])))) :: []))) :: [])))))), ((App ((Val
    frame_segment_end_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))), ((App ((Val
    frame_segment_start_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)), EmptyString))))))) :: []))) :: []))))

(** val frame_segment_next_back : nat -> val0 **)

let frame_segment_next_back n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []), (Case ((BinOp (LtOp, (Var (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))), (Var (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))))), ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Val
    (frame_from_raw n0)), ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), EmptyString))))))))) :: ((Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt segment_end))))), (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []))))), ((BinOp ((WrapOp (usize, SubOp)), (Var
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    page_size))))) :: []))) :: [])))))), ((App ((Val
    frame_segment_end_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)),
    EmptyString))))))) :: []))) :: []))))), ((App ((Val
    frame_segment_start_paddr), ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (true, true, true,
    false, false, true, true, false)), EmptyString))))))) :: []))) :: []))))

(** val frame_segment_into_raw : val0 **)

let frame_segment_into_raw =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))) :: [])), (App ((Val write_range), ((Var (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))) :: ((App ((Val frame_segment_start_paddr), ((Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: []))) :: ((App ((Val frame_segment_end_paddr),
    ((Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, true, true, false, false, true, true,
    false)), EmptyString))))))) :: []))) :: []))))))

(** val frame_segment_from_raw : val0 **)

let frame_segment_from_raw =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Val write_range), ((Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (true, true, true, false, false, true, true, false)),
    EmptyString))))))) :: ((Read (Na1Ord, (Var (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, false, false, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)),
    EmptyString))))))))))))) :: ((Read (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, false, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))), (Val (LitV (LitInt segment_end))))))) :: []))))))

type segment_run_outcome =
| SegmentRun of seg_outcome
| SegmentProgramStuck
| SegmentProgramOutOfFuel

type segment_memory = { sm_frames : frame_memory;
                        sm_handles : (seg_handle * loc) option table }

(** val segment_fuel : Big_int_Z.big_int **)

let segment_fuel =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int))))))))))))))))

(** val make_metas : word -> word -> nat -> val0 **)

let make_metas start number vtable =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), EmptyString))))) :: ((BNamed (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)),
    EmptyString))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, false,
    true, true, false)), EmptyString))))))), (Val (LitV (LitInt
    (slot_cell vtable)))))), (BinOp ((ArithOp QuotOp), (Var (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), EmptyString))))),
    (Val (LitV (LitInt page_size))))))))), ((Write (Na1Ord, (BinOp (OffsetOp,
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, false, true, true,
    false)), EmptyString))))))), (Val (LitV (LitInt
    (number_cell vtable)))))), (BinOp ((WrapOp (u64, AddOp)), (Val (LitV
    (LitInt number))), (Var (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))) :: []))))), ((BinOp ((ArithOp
    QuotOp), (BinOp ((ArithOp SubOp), (Var (String ((Ascii (false, false,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), EmptyString))))), (Val (LitV
    (LitInt start))))), (Val (LitV (LitInt page_size))))) :: []))))

(** val segment_finish :
    segment_memory -> expr -> (val0 -> Coq_lrust_lang.state ->
    segment_memory * segment_run_outcome) ->
    segment_memory * segment_run_outcome **)

let segment_finish m =
  let fm = m.sm_frames in
  (fun e ok ->
  let o =
    run (follow choice_reuse) ([], O) segment_fuel ((App ((Rec (BAnon,
      (BAnon :: []), e)), ((Write (Na1Ord, (Val (LitV (LitLoc fm.fm_log))),
      (Val (LitV (LitInt Big_int_Z.unit_big_int))))) :: []))) :: [])
      fm.fm_state
  in
  (match o.run_status_of with
   | AllFinished ->
     (match main_value o with
      | Some v -> ok v o.run_state
      | None -> (m, SegmentProgramStuck))
   | ThreadStuck (_, _) -> (m, SegmentProgramStuck)
   | ThreadAborted _ -> (m, (SegmentRun SegAborted))
   | OutOfFuel -> (m, SegmentProgramOutOfFuel)))

(** val with_segment_state :
    segment_memory -> Coq_lrust_lang.state -> segment_memory **)

let with_segment_state m =
  let fm = m.sm_frames in
  (fun _UU03c3_ -> { sm_frames = (with_frame_state fm _UU03c3_); sm_handles =
  m.sm_handles })

(** val with_segment :
    segment_memory -> word -> (seg_handle * loc) option -> segment_memory **)

let with_segment m' h y =
  { sm_frames = m'.sm_frames; sm_handles = (tbl_set m'.sm_handles h y) }

(** val segment_opened :
    segment_memory -> seg_handle -> loc ->
    segment_memory * segment_run_outcome **)

let segment_opened m' y l =
  ({ sm_frames = m'.sm_frames; sm_handles =
    (tbl_push m'.sm_handles (Some (y, l))) }, (SegmentRun (SegHandle
    (tbl_len m'.sm_handles))))

(** val range_at : segment_memory -> loc -> (word * word) option **)

let range_at m' l =
  let start = frame_read_int m'.sm_frames.fm_state l in
  let stop =
    frame_read_int m'.sm_frames.fm_state (shift_loc l Big_int_Z.unit_big_int)
  in
  if (&&) (Z.eqb (Z.modulo start page_size) Big_int_Z.zero_big_int)
       (Z.eqb (Z.modulo stop page_size) Big_int_Z.zero_big_int)
  then Some ((Z.div start page_size), (Z.div stop page_size))
  else None

(** val segment_refused : word -> Big_int_Z.big_int -> seg_error option **)

let segment_refused page code =
  (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
    (fun _ -> None)
    (fun p ->
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> None)
        (fun p1 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> None)
          (fun _ -> None)
          (fun _ -> Some SegOutOfBound)
          p1)
        (fun _ -> Some (SegPageRefused (page, ErrUnique)))
        p0)
      (fun p0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun p1 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> None)
          (fun _ -> None)
          (fun _ -> Some SegNotAligned)
          p1)
        (fun p1 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ -> None)
          (fun _ -> None)
          (fun _ -> Some (SegPageRefused (page, ErrBusy)))
          p1)
        (fun _ -> Some (SegPageRefused (page, ErrUnused)))
        p0)
      (fun _ -> Some (SegPageRefused (page, ErrInUse)))
      p)
    (fun _ -> None)
    code

(** val segment_memory_step :
    segment_memory -> seg_op -> segment_memory * segment_run_outcome **)

let segment_memory_step m =
  let fm = m.sm_frames in
  let base = fm.fm_base in
  let limit = Z.mul page_size fm.fm_slots in
  let slot_loc = fun i -> shift_loc base (Z.mul cells_per_slot i) in
  (fun o ->
  let bad = (m, (SegmentRun SegBadHandle)) in
  let wrong = (m, (SegmentRun SegWrongHandle)) in
  let stuck = (m, SegmentProgramStuck) in
  let program = fun e k ->
    segment_finish m e (fun v _UU03c3_ -> k v (with_segment_state m _UU03c3_))
  in
  let on = fun h k ->
    match tbl_get m.sm_handles h with
    | Some o0 ->
      (match o0 with
       | Some p -> let (y, l) = p in k y l
       | None -> bad)
    | None -> bad
  in
  let on_range = fun h k ->
    on h (fun y l -> match y with
                     | SegRange (_, _) -> k l
                     | _ -> wrong)
  in
  let failed = fun page v m' ->
    match v with
    | LitV l ->
      (match l with
       | LitInt code ->
         (match segment_refused page code with
          | Some e -> (m', (SegmentRun (SegFailed e)))
          | None -> stuck)
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let opened = fun l m' ->
    match range_at m' l with
    | Some p -> let (lo, hi) = p in segment_opened m' (SegRange (lo, hi)) l
    | None -> stuck
  in
  let changed = fun h l m' k ->
    match range_at m' l with
    | Some p ->
      let (lo, hi) = p in
      k (with_segment m' h (Some ((SegRange (lo, hi)), l)))
    | None -> stuck
  in
  let dropped = fun h m' -> ((with_segment m' h None), (SegmentRun
    (SegDropped (frame_log_events m'.sm_frames m'.sm_frames.fm_state))))
  in
  let one0 = fun h f page ->
    on_range h (fun l ->
      program (App ((Val f), ((Val (LitV (LitLoc base))) :: ((Val (LitV
        (LitLoc l))) :: [])))) (fun v m' ->
        match v with
        | LitV l0 ->
          (match l0 with
           | LitPoison -> stuck
           | LitLoc slot0 ->
             (match range_at m l with
              | Some p ->
                let (lo, hi) = p in
                if bool_decide
                     (decide_rel loc_eq_dec slot0 (slot_loc (page lo hi)))
                then changed h l m' (fun m2 ->
                       segment_opened m2 (SegFrame (page lo hi)) slot0)
                else stuck
              | None -> stuck)
           | LitInt n0 ->
             ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
                (fun _ -> (m', (SegmentRun SegNone)))
                (fun _ -> stuck)
                (fun _ -> stuck)
                n0))
        | RecV (_, _, _) -> stuck))
  in
  (match o with
   | SegFromUnused (start, stop, number) ->
     if (&&) ((&&) (seg_is_aligned start) (seg_is_aligned stop))
          (word_leb stop start)
     then (m, (SegmentRun (SegFailed SegEmpty)))
     else let vtable = vtable_of number in
          program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false,
            true, false, false, true, true, false)), (String ((Ascii (true,
            true, false, false, true, true, true, false)), (String ((Ascii
            (false, false, true, false, true, true, true, false)),
            EmptyString))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
            ((Ascii (true, true, false, false, true, true, true, false)),
            (String ((Ascii (false, true, false, false, true, true, true,
            false)), (String ((Ascii (true, true, false, false, false, true,
            true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
            ((BNamed (String ((Ascii (true, true, false, false, true, true,
            true, false)), (String ((Ascii (false, false, true, false, true,
            true, true, false)), (String ((Ascii (true, false, false, false,
            false, true, true, false)), (String ((Ascii (false, false, true,
            false, true, true, true, false)), (String ((Ascii (true, false,
            true, false, true, true, true, false)), (String ((Ascii (true,
            true, false, false, true, true, true, false)),
            EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
            (BAnon :: []), (Case ((BinOp (EqOp, (Var (String ((Ascii (true,
            true, false, false, true, true, true, false)), (String ((Ascii
            (false, false, true, false, true, true, true, false)), (String
            ((Ascii (true, false, false, false, false, true, true, false)),
            (String ((Ascii (false, false, true, false, true, true, true,
            false)), (String ((Ascii (true, false, true, false, true, true,
            true, false)), (String ((Ascii (true, true, false, false, true,
            true, true, false)), EmptyString))))))))))))), (Val (LitV (LitInt
            Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []),
            (Var (String ((Ascii (true, true, false, false, true, true, true,
            false)), (String ((Ascii (false, false, true, false, true, true,
            true, false)), (String ((Ascii (true, false, false, false, false,
            true, true, false)), (String ((Ascii (false, false, true, false,
            true, true, true, false)), (String ((Ascii (true, false, true,
            false, true, true, true, false)), (String ((Ascii (true, true,
            false, false, true, true, true, false)),
            EmptyString))))))))))))))), ((Write (Na1Ord, (Val (LitV (LitLoc
            fm.fm_log))), (Var (String ((Ascii (false, false, true, false,
            false, true, true, false)), (String ((Ascii (true, true, false,
            false, true, true, true, false)), (String ((Ascii (false, false,
            true, false, true, true, true, false)),
            EmptyString))))))))) :: []))) :: ((Var (String ((Ascii (false,
            false, true, false, false, true, true, false)), (String ((Ascii
            (true, true, false, false, true, true, true, false)), (String
            ((Ascii (false, false, true, false, true, true, true, false)),
            EmptyString))))))) :: [])))))), ((Free ((Val (LitV (LitInt
            (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))), (Var
            (String ((Ascii (true, true, false, false, true, true, true,
            false)), (String ((Ascii (false, true, false, false, true, true,
            true, false)), (String ((Ascii (true, true, false, false, false,
            true, true, false)), EmptyString))))))))) :: []))))), ((App ((Val
            (frame_segment_from_unused meta_cells (glues fm) (allocator fm))),
            ((Val (LitV (LitLoc base))) :: ((Val (LitV (LitInt
            limit))) :: ((Val (LitV (LitInt start))) :: ((Val (LitV (LitInt
            stop))) :: ((Val (LitV (LitInt (Z.of_nat vtable)))) :: ((Val
            (make_metas start number vtable)) :: ((Var (String ((Ascii (true,
            true, false, false, true, true, true, false)), (String ((Ascii
            (false, true, false, false, true, true, true, false)), (String
            ((Ascii (true, true, false, false, false, true, true, false)),
            EmptyString))))))) :: ((Var (String ((Ascii (false, false, true,
            false, false, true, true, false)), (String ((Ascii (true, true,
            false, false, true, true, true, false)), (String ((Ascii (false,
            false, true, false, true, true, true, false)),
            EmptyString))))))) :: [])))))))))) :: []))))), ((Alloc (Val (LitV
            (LitInt (Big_int_Z.mult_int_big_int 2
            Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV
            (LitInt (Big_int_Z.mult_int_big_int 2
            Big_int_Z.unit_big_int))))) :: []))) (fun v m' ->
            match v with
            | LitV l0 ->
              (match l0 with
               | LitLoc l -> opened l m'
               | _ ->
                 (match lookup0 (gmap_lookup loc_eq_dec loc_countable)
                          fm.fm_log m'.sm_frames.fm_state with
                  | Some y ->
                    let (_, y1) = y in
                    (match y1 with
                     | LitV l1 ->
                       (match l1 with
                        | LitLoc l ->
                          failed
                            (Z.div
                              (frame_read_int m'.sm_frames.fm_state
                                (shift_loc l Big_int_Z.unit_big_int))
                              page_size) v m'
                        | _ -> stuck)
                     | RecV (_, _, _) -> stuck)
                  | None -> stuck))
            | RecV (_, _, _) ->
              (match lookup0 (gmap_lookup loc_eq_dec loc_countable) fm.fm_log
                       m'.sm_frames.fm_state with
               | Some y ->
                 let (_, y1) = y in
                 (match y1 with
                  | LitV l0 ->
                    (match l0 with
                     | LitLoc l ->
                       failed
                         (Z.div
                           (frame_read_int m'.sm_frames.fm_state
                             (shift_loc l Big_int_Z.unit_big_int)) page_size)
                         v m'
                     | _ -> stuck)
                  | RecV (_, _, _) -> stuck)
               | None -> stuck))
   | SegFromInUse i ->
     program (App ((Val from_in_use), ((Val (LitV (LitLoc base))) :: ((Val
       (LitV (LitInt limit))) :: ((Val (LitV (LitInt
       (Z.mul page_size i)))) :: []))))) (fun v m' ->
       match v with
       | LitV l ->
         (match l with
          | LitInt n0 ->
            ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
               (fun _ ->
               segment_opened m' (SegFrame i) (slot_loc i))
               (fun _ -> failed i v m')
               (fun _ -> failed i v m')
               n0)
          | _ -> failed i v m')
       | RecV (_, _, _) -> failed i v m')
   | SegSplit (h, off) ->
     on_range h (fun l ->
       program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true,
         false, false, false, true, true, false)), (String ((Ascii (true,
         false, false, false, false, true, true, false)), (String ((Ascii
         (true, true, false, false, false, true, true, false)), (String
         ((Ascii (true, true, false, true, false, true, true, false)),
         EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
         ((Ascii (true, true, false, false, true, true, true, false)),
         (String ((Ascii (false, false, true, false, true, true, true,
         false)), (String ((Ascii (true, false, false, false, false, true,
         true, false)), (String ((Ascii (false, false, true, false, true,
         true, true, false)), (String ((Ascii (true, false, true, false,
         true, true, true, false)), (String ((Ascii (true, true, false,
         false, true, true, true, false)), EmptyString))))))))))))) :: []),
         (Case ((BinOp (EqOp, (Var (String ((Ascii (true, true, false, false,
         true, true, true, false)), (String ((Ascii (false, false, true,
         false, true, true, true, false)), (String ((Ascii (true, false,
         false, false, false, true, true, false)), (String ((Ascii (false,
         false, true, false, true, true, true, false)), (String ((Ascii
         (true, false, true, false, true, true, true, false)), (String
         ((Ascii (true, true, false, false, true, true, true, false)),
         EmptyString))))))))))))), (Val (LitV (LitInt
         Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Var
         (String ((Ascii (true, true, false, false, true, true, true,
         false)), (String ((Ascii (false, false, true, false, true, true,
         true, false)), (String ((Ascii (true, false, false, false, false,
         true, true, false)), (String ((Ascii (false, false, true, false,
         true, true, true, false)), (String ((Ascii (true, false, true,
         false, true, true, true, false)), (String ((Ascii (true, true,
         false, false, true, true, true, false)), EmptyString))))))))))))))),
         ((Free ((Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int)))), (Var (String ((Ascii (false, true,
         false, false, false, true, true, false)), (String ((Ascii (true,
         false, false, false, false, true, true, false)), (String ((Ascii
         (true, true, false, false, false, true, true, false)), (String
         ((Ascii (true, true, false, true, false, true, true, false)),
         EmptyString))))))))))) :: []))) :: ((Var (String ((Ascii (false,
         true, false, false, false, true, true, false)), (String ((Ascii
         (true, false, false, false, false, true, true, false)), (String
         ((Ascii (true, true, false, false, false, true, true, false)),
         (String ((Ascii (true, true, false, true, false, true, true,
         false)), EmptyString))))))))) :: [])))))), ((App ((Val
         frame_segment_split), ((Val (LitV (LitLoc l))) :: ((Val (LitV
         (LitInt off))) :: ((Var (String ((Ascii (false, true, false, false,
         false, true, true, false)), (String ((Ascii (true, false, false,
         false, false, true, true, false)), (String ((Ascii (true, true,
         false, false, false, true, true, false)), (String ((Ascii (true,
         true, false, true, false, true, true, false)),
         EmptyString))))))))) :: []))))) :: []))))), ((Alloc (Val (LitV
         (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int))))) :: []))) (fun v m' ->
         match v with
         | LitV l0 ->
           (match l0 with
            | LitLoc back ->
              changed h l m' (fun m2 ->
                let (m3, s) = opened back m2 in
                (match s with
                 | SegmentRun r ->
                   (match r with
                    | SegHandle h' -> (m3, (SegmentRun (SegTwo (h, h'))))
                    | _ -> stuck)
                 | _ -> stuck))
            | _ -> failed Big_int_Z.zero_big_int v m')
         | RecV (_, _, _) -> failed Big_int_Z.zero_big_int v m'))
   | SegSlice (h, from, to0) ->
     on_range h (fun l ->
       program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false,
         true, false, false, true, true, false)), (String ((Ascii (true,
         true, false, false, true, true, true, false)), (String ((Ascii
         (false, false, true, false, true, true, true, false)),
         EmptyString))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
         ((Ascii (true, true, false, false, true, true, true, false)),
         (String ((Ascii (false, false, true, false, true, true, true,
         false)), (String ((Ascii (true, false, false, false, false, true,
         true, false)), (String ((Ascii (false, false, true, false, true,
         true, true, false)), (String ((Ascii (true, false, true, false,
         true, true, true, false)), (String ((Ascii (true, true, false,
         false, true, true, true, false)), EmptyString))))))))))))) :: []),
         (Case ((BinOp (EqOp, (Var (String ((Ascii (true, true, false, false,
         true, true, true, false)), (String ((Ascii (false, false, true,
         false, true, true, true, false)), (String ((Ascii (true, false,
         false, false, false, true, true, false)), (String ((Ascii (false,
         false, true, false, true, true, true, false)), (String ((Ascii
         (true, false, true, false, true, true, true, false)), (String
         ((Ascii (true, true, false, false, true, true, true, false)),
         EmptyString))))))))))))), (Val (LitV (LitInt
         Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Var
         (String ((Ascii (true, true, false, false, true, true, true,
         false)), (String ((Ascii (false, false, true, false, true, true,
         true, false)), (String ((Ascii (true, false, false, false, false,
         true, true, false)), (String ((Ascii (false, false, true, false,
         true, true, true, false)), (String ((Ascii (true, false, true,
         false, true, true, true, false)), (String ((Ascii (true, true,
         false, false, true, true, true, false)), EmptyString))))))))))))))),
         ((Free ((Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int)))), (Var (String ((Ascii (false, false,
         true, false, false, true, true, false)), (String ((Ascii (true,
         true, false, false, true, true, true, false)), (String ((Ascii
         (false, false, true, false, true, true, true, false)),
         EmptyString))))))))) :: []))) :: ((Var (String ((Ascii (false,
         false, true, false, false, true, true, false)), (String ((Ascii
         (true, true, false, false, true, true, true, false)), (String
         ((Ascii (false, false, true, false, true, true, true, false)),
         EmptyString))))))) :: [])))))), ((App ((Val
         (frame_segment_slice meta_cells)), ((Val (LitV (LitLoc
         base))) :: ((Val (LitV (LitLoc l))) :: ((Val (LitV (LitInt
         from))) :: ((Val (LitV (LitInt to0))) :: ((Var (String ((Ascii
         (false, false, true, false, false, true, true, false)), (String
         ((Ascii (true, true, false, false, true, true, true, false)),
         (String ((Ascii (false, false, true, false, true, true, true,
         false)), EmptyString))))))) :: []))))))) :: []))))), ((Alloc (Val
         (LitV (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int))))) :: []))) (fun v m' ->
         match v with
         | LitV l0 ->
           (match l0 with
            | LitLoc dst -> opened dst m'
            | _ -> failed Big_int_Z.zero_big_int v m')
         | RecV (_, _, _) -> failed Big_int_Z.zero_big_int v m'))
   | SegClone h ->
     on_range h (fun l ->
       program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false,
         true, false, false, true, true, false)), (String ((Ascii (true,
         true, false, false, true, true, true, false)), (String ((Ascii
         (false, false, true, false, true, true, true, false)),
         EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Var
         (String ((Ascii (false, false, true, false, false, true, true,
         false)), (String ((Ascii (true, true, false, false, true, true,
         true, false)), (String ((Ascii (false, false, true, false, true,
         true, true, false)), EmptyString))))))))), ((App ((Val
         (frame_segment_clone meta_cells)), ((Val (LitV (LitLoc
         base))) :: ((Val (LitV (LitLoc l))) :: ((Var (String ((Ascii (false,
         false, true, false, false, true, true, false)), (String ((Ascii
         (true, true, false, false, true, true, true, false)), (String
         ((Ascii (false, false, true, false, true, true, true, false)),
         EmptyString))))))) :: []))))) :: []))))), ((Alloc (Val (LitV (LitInt
         (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))))) :: [])))
         (fun v m' ->
         match v with
         | LitV l0 -> (match l0 with
                       | LitLoc dst -> opened dst m'
                       | _ -> stuck)
         | RecV (_, _, _) -> stuck))
   | SegNext h -> one0 h (frame_segment_next meta_cells) (fun lo _ -> lo)
   | SegNextBack h ->
     one0 h (frame_segment_next_back meta_cells) (fun _ hi ->
       Z.sub hi Big_int_Z.unit_big_int)
   | SegIntoRaw h ->
     on_range h (fun l ->
       program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true,
         false, false, true, true, true, false)), (String ((Ascii (true,
         false, false, false, false, true, true, false)), (String ((Ascii
         (false, true, true, true, false, true, true, false)), (String
         ((Ascii (true, true, true, false, false, true, true, false)),
         (String ((Ascii (true, false, true, false, false, true, true,
         false)), EmptyString))))))))))) :: []), (App ((Rec (BAnon,
         (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var (String
         ((Ascii (false, true, false, false, true, true, true, false)),
         (String ((Ascii (true, false, false, false, false, true, true,
         false)), (String ((Ascii (false, true, true, true, false, true,
         true, false)), (String ((Ascii (true, true, true, false, false,
         true, true, false)), (String ((Ascii (true, false, true, false,
         false, true, true, false)), EmptyString))))))))))))), ((Free ((Val
         (LitV (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int)))), (Val (LitV (LitLoc l))))) :: []))))),
         ((App ((Val frame_segment_into_raw), ((Val (LitV (LitLoc
         l))) :: ((Var (String ((Ascii (false, true, false, false, true,
         true, true, false)), (String ((Ascii (true, false, false, false,
         false, true, true, false)), (String ((Ascii (false, true, true,
         true, false, true, true, false)), (String ((Ascii (true, true, true,
         false, false, true, true, false)), (String ((Ascii (true, false,
         true, false, false, true, true, false)),
         EmptyString))))))))))) :: [])))) :: []))))), ((Alloc (Val (LitV
         (LitInt (Big_int_Z.mult_int_big_int 2
         Big_int_Z.unit_big_int))))) :: []))) (fun v m' ->
         match v with
         | LitV l0 ->
           (match l0 with
            | LitLoc range ->
              (match range_at m' range with
               | Some p ->
                 let (lo, hi) = p in
                 ((with_segment m' h (Some ((SegForgotten (lo, hi)), range))),
                 (SegmentRun (SegRaw (lo, hi))))
               | None -> stuck)
            | _ -> stuck)
         | RecV (_, _, _) -> stuck))
   | SegFromRaw h ->
     on h (fun y l ->
       match y with
       | SegForgotten (_, _) ->
         program (App ((Rec (BAnon, ((BNamed (String ((Ascii (true, true,
           false, false, true, true, true, false)), (String ((Ascii (true,
           false, true, false, false, true, true, false)), (String ((Ascii
           (true, true, true, false, false, true, true, false)),
           EmptyString))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App
           ((Rec (BAnon, (BAnon :: []), (Var (String ((Ascii (true, true,
           false, false, true, true, true, false)), (String ((Ascii (true,
           false, true, false, false, true, true, false)), (String ((Ascii
           (true, true, true, false, false, true, true, false)),
           EmptyString))))))))), ((Free ((Val (LitV (LitInt
           (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))), (Val
           (LitV (LitLoc l))))) :: []))))), ((App ((Val
           frame_segment_from_raw), ((Val (LitV (LitLoc l))) :: ((Var (String
           ((Ascii (true, true, false, false, true, true, true, false)),
           (String ((Ascii (true, false, true, false, false, true, true,
           false)), (String ((Ascii (true, true, true, false, false, true,
           true, false)), EmptyString))))))) :: [])))) :: []))))), ((Alloc
           (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
           Big_int_Z.unit_big_int))))) :: []))) (fun v m' ->
           match v with
           | LitV l0 ->
             (match l0 with
              | LitLoc seg ->
                changed h seg m' (fun m2 -> (m2, (SegmentRun (SegHandle h))))
              | _ -> stuck)
           | RecV (_, _, _) -> stuck)
       | _ -> wrong)
   | SegDrop h ->
     on h (fun y l ->
       match y with
       | SegFrame _ ->
         program (App ((Val (frame_drop0 (glues fm) (allocator fm))), ((Val
           (LitV (LitLoc l))) :: []))) (fun _ m' -> dropped h m')
       | SegRange (_, _) ->
         program (App ((Rec (BAnon, (BAnon :: []), (Free ((Val (LitV (LitInt
           (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))), (Val
           (LitV (LitLoc l))))))), ((App ((Val
           (frame_segment_drop meta_cells (glues fm) (allocator fm))), ((Val
           (LitV (LitLoc base))) :: ((Val (LitV (LitLoc
           l))) :: [])))) :: []))) (fun _ m' -> dropped h m')
       | SegForgotten (_, _) -> wrong)))

(** val segment_memory_run :
    segment_memory -> seg_op list -> segment_run_outcome list * word list **)

let rec segment_memory_run m = function
| [] -> ([], (frame_memory_words m.sm_frames))
| o :: os' ->
  let (m', r) = segment_memory_step m o in
  (match r with
   | SegmentRun r0 ->
     (match r0 with
      | SegAborted ->
        (((SegmentRun SegAborted) :: []), (frame_memory_words m.sm_frames))
      | _ -> let (rs, ws) = segment_memory_run m' os' in ((r :: rs), ws))
   | x -> ((x :: []), []))

(** val segment_program_report :
    word -> seg_op list -> segment_run_outcome list * word list **)

let segment_program_report n0 os =
  match frame_memory_init n0 with
  | Some m -> segment_memory_run { sm_frames = m; sm_handles = tbl_empty } os
  | None -> ((SegmentProgramStuck :: []), [])

(** val checked_op : int_type -> arith_op -> val0 **)

let checked_op t0 a =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))) :: ((BNamed (String ((Ascii (true,
    false, false, true, true, true, true, false)), EmptyString))) :: [])),
    (Case ((BinOp ((OverflowOp (t0, a)), (Var (String ((Ascii (false, false,
    false, true, true, true, true, false)), EmptyString))), (Var (String
    ((Ascii (true, false, false, true, true, true, true, false)),
    EmptyString))))), ((BinOp ((WrapOp (t0, a)), (Var (String ((Ascii (false,
    false, false, true, true, true, true, false)), EmptyString))), (Var
    (String ((Ascii (true, false, false, true, true, true, true, false)),
    EmptyString))))) :: (Abort :: [])))))

(** val link_prev : Big_int_Z.big_int **)

let link_prev =
  Big_int_Z.unit_big_int

(** val link_meta : Big_int_Z.big_int **)

let link_meta =
  (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)

(** val list_back : Big_int_Z.big_int **)

let list_back =
  Big_int_Z.unit_big_int

(** val list_size : Big_int_Z.big_int **)

let list_size =
  (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)

(** val list_id : Big_int_Z.big_int **)

let list_id =
  ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int)

(** val cursor_current : Big_int_Z.big_int **)

let cursor_current =
  Big_int_Z.unit_big_int

(** val link_slot : val0 **)

let link_slot =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))) :: []), (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt (Z.opp slot_storage)))))))

(** val link_drop : val0 -> val0 **)

let link_drop glue =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))) :: []), (App ((Val glue),
    ((BinOp (OffsetOp, (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    link_meta))))) :: []))))

(** val new_list_id : val0 **)

let new_list_id =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), EmptyString))))))) :: []), (App
    ((Rec (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))) :: []), (Case ((BinOp (EqOp, (Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))), (Val (LitV (LitInt fl_id_max))))), ((Case ((Cas
    (CasWeak, (Var (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), EmptyString))))))), (Var (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, false, true, true, false)), EmptyString))))), (BinOp
    ((WrapOp (u64, AddOp)), (Var (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))))), ((App ((Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    false, false, true, true, true, false)), EmptyString))))))))), ((Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))) :: []))) :: ((Var (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, false, true, true, false)),
    EmptyString))))) :: [])))) :: (Abort :: [])))))), ((Read (ScOrd, (Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))) :: []))))

(** val list_lazy_id : val0 **)

let list_lazy_id =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, false, true, true, false)),
    EmptyString))))) :: []), (Case ((BinOp (EqOp, (Var (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (false,
    false, true, false, false, true, true, false)), EmptyString))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((Var (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (false,
    false, true, false, false, true, true, false)), EmptyString))))) :: ((App
    ((Rec (BAnon, ((BNamed (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, true,
    true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, true, false, true,
    true, true, false)), EmptyString))))))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt list_id))))),
    (Var (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), (String ((Ascii (true, true, true, false, true, true, true,
    false)), EmptyString))))))))) :: []))))), ((App ((Val new_list_id), ((Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))) :: []))) :: []))) :: [])))))), ((Read (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    list_id))))))) :: []))))

(** val link_insert : val0 **)

let link_insert =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))))) :: ((BNamed
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])))), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, false, true,
    true, false)), EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []),
    (App ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: []), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, false, true, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_size))))), (Var (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, false, true, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)),
    EmptyString))))))))))))), ((App ((Val (checked_op usize AddOp)), ((Var
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    EmptyString))))))) :: ((Val (LitV (LitInt
    Big_int_Z.unit_big_int))) :: [])))) :: []))))), ((Read (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    list_size))))))) :: []))))), ((Case ((BinOp (EqOp, (Var (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, true, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))))))), (Val (LitV (LitInt
    link_prev))))), (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))))))), ((Write (Na1Ord, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))))))))))) :: []))))),
    ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt link_prev))))), (Var (String ((Ascii (false, false, false, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, true, true, false,
    true, true, true, false)), EmptyString))))))))))) :: []))))), ((Case
    ((BinOp (EqOp, (Var (String ((Ascii (false, false, false, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, true, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Write
    (Na1Ord, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (false, true, true, false, true, true,
    true, false)), EmptyString))))))))), (Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))))))), ((App
    ((Val debug_assert), ((BinOp (EqOp, (Var (String ((Ascii (true, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    true, false, true, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))))))))), (Read
    (Na1Ord, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (false, true, true, false, true, true,
    true, false)), EmptyString))))))))))))) :: []))) :: []))) :: ((App ((Rec
    (BAnon, (BAnon :: []), (Write (Na1Ord, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), EmptyString))))))))), (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))))), ((App ((Val debug_assert), ((BinOp (EqOp, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))))), (Read (Na1Ord, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))))))))) :: []))) :: []))) :: [])))) :: []))))), ((Read
    (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))))))))), (Val (LitV
    (LitInt link_prev))))))) :: []))) :: ((App ((Rec (BAnon, ((BNamed (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_back))))), (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt link_prev))))), (Var (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))) :: []))))), ((Case ((BinOp (EqOp, (Var (String
    ((Ascii (false, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord, (Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, false, true,
    false, true, true, false)), EmptyString))))))))))))), ((App ((Val
    debug_assert), ((BinOp (EqOp, (Val (LitV (LitInt
    Big_int_Z.zero_big_int))), (Read (Na1Ord, (Var (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, true, false, true, true, false)),
    EmptyString))))))))))))) :: []))) :: []))) :: ((App ((Rec (BAnon,
    (BAnon :: []), (Write (Na1Ord, (Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))), (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))))), ((App ((Val debug_assert), ((BinOp (EqOp, (Val
    (LitV (LitInt Big_int_Z.zero_big_int))), (Read (Na1Ord, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))) :: []))) :: []))) :: [])))) :: []))))), ((Read
    (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt list_back))))))) :: []))) :: [])))) :: []))))), ((Write (ScOrd,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_in_list))))), (Var (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), EmptyString))))))) :: []))))), ((App ((Val
    list_lazy_id), ((Var (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])))) :: []))))), ((App ((Val debug_assert),
    ((BinOp (EqOp, (Val (LitV (LitInt Big_int_Z.zero_big_int))), (Read
    (ScOrd, (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_in_list))))))))) :: []))) :: []))))), ((App ((Val debug_assert),
    ((BinOp (EqOp, (Val (LitV (LitInt Big_int_Z.zero_big_int))), (Read
    (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt link_prev))))))))) :: []))) :: []))))), ((App ((Val
    debug_assert), ((BinOp (EqOp, (Val (LitV (LitInt
    Big_int_Z.zero_big_int))), (Read (Na1Ord, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (false,
    true, true, true, false, true, true, false)), (String ((Ascii (true,
    true, false, true, false, true, true, false)),
    EmptyString))))))))))))) :: []))) :: []))))), ((App ((Val
    frame_meta_mut), ((Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []))) :: []))))

(** val link_remove : val0 **)

let link_remove =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)), (String ((Ascii
    (false, true, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, true, false, true, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Var (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt list_size))))),
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (false, true, false, true, true, true, true,
    false)), (String ((Ascii (true, false, true, false, false, true, true,
    false)), EmptyString))))))))))) :: []))))), ((BinOp ((UncheckedOp (usize,
    SubOp)), (Read (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), EmptyString))))))))), (Val
    (LitV (LitInt list_size))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Write (ScOrd, (BinOp (OffsetOp,
    (App ((Val link_slot), ((Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, false, true,
    false, true, true, false)), EmptyString))))))))) :: []))), (Val (LitV
    (LitInt slot_in_list))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, true, true, true, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt link_prev))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))) :: []))))), ((Write
    (Na1Ord, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, true, true, true, false, true,
    true, false)), (String ((Ascii (true, true, false, true, false, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), ((Case ((BinOp (EqOp, (Var
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt link_prev))))), (Var (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, false, true, true, true, false)),
    EmptyString))))))))))))), ((App ((Val debug_assert), ((BinOp (EqOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Read (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, false, false, true, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    link_prev))))))))) :: []))) :: []))) :: ((App ((Rec (BAnon,
    (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_back))))), (Var (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, false, true, true, true, false)),
    EmptyString))))))))))))), ((App ((Val debug_assert), ((BinOp (EqOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Read (Na1Ord, (BinOp (OffsetOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt
    list_back))))))))) :: []))) :: []))) :: [])))) :: []))))), ((Case ((BinOp
    (EqOp, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (false, true, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (Write
    (Na1Ord, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (false, true, true, false, true, true,
    true, false)), EmptyString))))))))), (Var (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (false, false,
    false, true, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))))))), ((App
    ((Val debug_assert), ((BinOp (EqOp, (Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))), (Read
    (Na1Ord, (Var (String ((Ascii (false, false, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, false, true, false, false, true,
    true, false)), (String ((Ascii (false, true, true, false, true, true,
    true, false)), EmptyString))))))))))))) :: []))) :: []))) :: ((App ((Rec
    (BAnon, (BAnon :: []), (Write (Na1Ord, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)), EmptyString))))))))), (Var
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))), ((App ((Val debug_assert), ((BinOp (EqOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Read (Na1Ord, (Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)),
    EmptyString))))))))))))) :: []))) :: []))) :: [])))) :: []))))), ((Read
    (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt link_prev))))))) :: []))))), ((Read (Na1Ord, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))) :: []))))

(** val link_take : val0 **)

let link_take =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: [])), (Case ((BinOp (EqOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Rec (BAnon, (BAnon :: []), (App ((Val link_slot), ((Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []))))), ((App ((Val link_remove), ((Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, false, true,
    false, true, true, false)),
    EmptyString))))))))) :: [])))) :: []))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))

(** val frame_list_new : val0 **)

let frame_list_new =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon,
    (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_id))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_size))))), (Val (LitV
    (LitInt Big_int_Z.zero_big_int))))) :: []))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt list_back))))),
    (Val (LitV (LitInt Big_int_Z.zero_big_int))))) :: []))))), ((Write
    (Na1Ord, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))

(** val frame_list_size : val0 **)

let frame_list_size =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Read (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (false, false, true, true, false, true,
    true, false)), (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), (Val (LitV (LitInt list_size))))))))

(** val frame_list_push_front : val0 **)

let frame_list_push_front =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))), (App
    ((Val link_insert), ((Var (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((Read (Na1Ord, (Var (String ((Ascii (false,
    false, true, true, false, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (false,
    false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: [])))))))

(** val frame_list_push_back : val0 **)

let frame_list_push_back =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))), (App
    ((Val link_insert), ((Var (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: [])))))))

(** val frame_list_pop_front : val0 **)

let frame_list_pop_front =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Val link_take),
    ((Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: ((Read (Na1Ord, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: [])))))

(** val frame_list_pop_back : val0 **)

let frame_list_pop_back =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (App ((Val link_take),
    ((Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))) :: ((Read (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_back))))))) :: [])))))

(** val frame_list_has : val0 **)

let frame_list_has =
  RecV (BAnon, ((BNamed (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Rec (BAnon, ((BNamed (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, false, true, false, false, true, true, false)),
    EmptyString))))) :: []), (Case ((BinOp (EqOp, (Var (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (false,
    false, true, false, false, true, true, false)), EmptyString))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))), ((BinOp (EqOp, (Read (ScOrd,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    slot_in_list))))))), (Var (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), EmptyString))))))) :: ((Val (LitV
    (lit_of_bool false))) :: [])))))), ((Read (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt list_id))))))) :: []))))

(** val frame_list_contains : nat -> val0 **)

let frame_list_contains n0 =
  RecV (BAnon, ((BNamed (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((BNamed (String ((Ascii
    (true, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (false, false, false, true, true, true, true, false)),
    EmptyString))))))) :: ((BNamed (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))) :: ((BNamed (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))), (Case ((BinOp (EqOp, (App ((Val
    get_slot_status), ((Var (String ((Ascii (true, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, false, false, true, true,
    true, true, false)), EmptyString))))))) :: ((Var (String ((Ascii (false,
    false, false, false, true, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((Val (LitV (lit_of_bool false))) :: ((App
    ((Val frame_list_has), ((Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))) :: ((App ((Val
    (slot_at n0)), ((Var (String ((Ascii (false, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, false, true, false, false,
    true, true, false)), EmptyString))))))))) :: ((Var (String ((Ascii
    (false, false, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)),
    EmptyString))))) :: [])))) :: [])))) :: [])))))

(** val frame_list_drop : val0 list -> val0 -> val0 **)

let frame_list_drop glues0 dealloc =
  RecV ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((BNamed (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))) :: []), (App
    ((Rec (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp,
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))), ((App ((Rec (BAnon, (BAnon :: []), (App
    ((Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, false, false, false, true, true, true,
    false)), EmptyString))))))))), ((Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))))), ((App
    ((Val (unique_drop glues0 dealloc)), ((Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: []))) :: ((Val (LitV
    LitPoison)) :: [])))))), ((App ((Val frame_list_pop_front), ((Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []))) :: []))))

(** val cursor_new : val0 **)

let cursor_new =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (false, true, true,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    true, false, true, true, false)), EmptyString))))))))) :: []))), (App
    ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt cursor_current))))), (Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))))))), ((Write (Na1Ord, (Var (String ((Ascii (true,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, true, false, true, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    true, true, true, false, true, true, false)), (String ((Ascii (false,
    true, false, false, true, true, true, false)), EmptyString))))))))))))),
    (Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))))) :: []))))

(** val frame_list_cursor_front : val0 **)

let frame_list_cursor_front =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Val cursor_new), ((Var (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: ((Read (Na1Ord,
    (Var (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, false, true, false, true, true, true,
    false)), EmptyString))))))))))) :: []))))))

(** val frame_list_cursor_back : val0 **)

let frame_list_cursor_back =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: ((BNamed (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Val cursor_new), ((Var (String
    ((Ascii (true, true, false, false, false, true, true, false)), (String
    ((Ascii (true, false, true, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, false, false, true, true, true, false)), (String
    ((Ascii (true, true, true, true, false, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))) :: ((Var (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, false, false,
    true, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: ((Read (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))), (Val (LitV (LitInt
    list_back))))))) :: []))))))

(** val frame_cursor_as_list : val0 **)

let frame_cursor_as_list =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (Read (Na1Ord, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))))))

(** val frame_cursor_link : val0 **)

let frame_cursor_link =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (Read (Na1Ord,
    (BinOp (OffsetOp, (Var (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))), (Val (LitV (LitInt
    cursor_current))))))))

(** val frame_cursor_move_next : val0 **)

let frame_cursor_move_next =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, false, true, false, true, true,
    false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, false, false, true, true, true, true, false)), (String
    ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt cursor_current))))), (Var
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))))), ((Case ((BinOp (EqOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Read (Na1Ord, (Var (String ((Ascii (false, false, true, true, false,
    true, true, false)), (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, true, true, true, false,
    true, true, false)), (String ((Ascii (true, true, false, true, false,
    true, true, false)), EmptyString))))))))))) :: ((Read (Na1Ord, (App ((Val
    frame_cursor_as_list), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)),
    EmptyString))))))))))))) :: []))))) :: [])))) :: []))))), ((App ((Val
    frame_cursor_link), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))) :: []))))

(** val frame_cursor_move_prev : val0 **)

let frame_cursor_move_prev =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, false, true, false, true, true,
    false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed (String
    ((Ascii (false, false, false, false, true, true, true, false)), (String
    ((Ascii (false, true, false, false, true, true, true, false)), (String
    ((Ascii (true, false, true, false, false, true, true, false)), (String
    ((Ascii (false, true, true, false, true, true, true, false)),
    EmptyString))))))))) :: []), (Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt cursor_current))))), (Var
    (String ((Ascii (false, false, false, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, true, true, false, true, true, true, false)),
    EmptyString))))))))))))), ((Case ((BinOp (EqOp, (Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((Read (Na1Ord, (BinOp (OffsetOp, (Var (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    false, true, false, true, true, false)), (String ((Ascii (false, true,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    false, true, false, true, true, false)), EmptyString))))))))), (Val (LitV
    (LitInt link_prev))))))) :: ((Read (Na1Ord, (BinOp (OffsetOp, (App ((Val
    frame_cursor_as_list), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))), (Val (LitV
    (LitInt list_back))))))) :: [])))) :: []))))), ((App ((Val
    frame_cursor_link), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))) :: []))))

(** val frame_cursor_current : val0 **)

let frame_cursor_current =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, false, true, false, true, true,
    false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Val link_slot), ((Var (String ((Ascii (false, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, false, true,
    false, true, true, false)), EmptyString))))))))) :: []))) :: ((Val (LitV
    (LitInt Big_int_Z.zero_big_int))) :: [])))))), ((App ((Val
    frame_cursor_link), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))) :: []))))

(** val frame_cursor_take_current : val0 **)

let frame_cursor_take_current =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, false,
    true, true, false)), (String ((Ascii (true, false, true, false, true,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (true, true, true, true, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), EmptyString))))))))))))) :: []), (App ((Rec (BAnon,
    ((BNamed (String ((Ascii (false, false, true, true, false, true, true,
    false)), (String ((Ascii (true, false, false, true, false, true, true,
    false)), (String ((Ascii (false, true, true, true, false, true, true,
    false)), (String ((Ascii (true, true, false, true, false, true, true,
    false)), EmptyString))))))))) :: []), (Case ((BinOp (EqOp, (Var (String
    ((Ascii (false, false, true, true, false, true, true, false)), (String
    ((Ascii (true, false, false, true, false, true, true, false)), (String
    ((Ascii (false, true, true, true, false, true, true, false)), (String
    ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))), (Val (LitV (LitInt Big_int_Z.zero_big_int))))),
    ((App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, false, false, true,
    true, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))) :: []), (App ((Rec
    (BAnon, (BAnon :: []), (App ((Val link_slot), ((Var (String ((Ascii
    (false, false, true, true, false, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, true, true, false, true, true, false)), (String ((Ascii
    (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: []))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    (String ((Ascii (true, false, true, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, true, true, false, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))), (Val (LitV (LitInt cursor_current))))), (Var
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, false, true, false, false, true, true, false)),
    (String ((Ascii (false, false, false, true, true, true, true, false)),
    (String ((Ascii (false, false, true, false, true, true, true, false)),
    EmptyString))))))))))) :: []))))), ((App ((Val link_remove), ((App ((Val
    frame_cursor_as_list), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))) :: ((Var
    (String ((Ascii (false, false, true, true, false, true, true, false)),
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, true, true, true, false, true, true, false)),
    (String ((Ascii (true, true, false, true, false, true, true, false)),
    EmptyString))))))))) :: [])))) :: []))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))))), ((App ((Val frame_cursor_link),
    ((Var (String ((Ascii (true, true, false, false, false, true, true,
    false)), (String ((Ascii (true, false, true, false, true, true, true,
    false)), (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, true, true, false, true, true,
    false)), (String ((Ascii (false, true, false, false, true, true, true,
    false)), EmptyString))))))))))))) :: []))) :: []))))

(** val frame_cursor_insert_before : val0 **)

let frame_cursor_insert_before =
  RecV (BAnon, ((BNamed (String ((Ascii (true, false, false, true, false,
    true, true, false)), (String ((Ascii (false, false, true, false, false,
    true, true, false)), (String ((Ascii (true, true, false, false, true,
    true, true, false)), EmptyString))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, true, false, true, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, true, true, true, false, true, true, false)), (String ((Ascii
    (false, true, false, false, true, true, true, false)),
    EmptyString))))))))))))) :: ((BNamed (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, false, true,
    true, false, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, false, true,
    false, true, true, true, false)), EmptyString))))))))) :: []))), (App
    ((Val link_insert), ((Var (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), EmptyString))))))) :: ((App ((Val
    frame_cursor_as_list), ((Var (String ((Ascii (true, true, false, false,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    true, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, true, false, false,
    true, true, true, false)), EmptyString))))))))))))) :: []))) :: ((App
    ((Val frame_cursor_link), ((Var (String ((Ascii (true, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, true,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, true,
    true, false, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)),
    EmptyString))))))))))))) :: []))) :: ((Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, false,
    true, true, false, true, true, false)), (String ((Ascii (true, true,
    true, true, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), EmptyString))))))))) :: [])))))))

type list_run_outcome =
| ListRun of fl_outcome
| ListProgramStuck
| ListProgramOutOfFuel

type list_memory = { lm_state : Coq_lrust_lang.state; lm_base : loc;
                     lm_ids : loc; lm_log : loc; lm_live : bool table;
                     lm_lists : (loc * loc) option table }

(** val link_cells : nat **)

let link_cells =
  S (S (S O))

(** val link_slot_cells : Big_int_Z.big_int **)

let link_slot_cells =
  slot_cells link_cells

(** val list_fuel : Big_int_Z.big_int **)

let list_fuel =
  (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
    ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
    Big_int_Z.unit_big_int))))))))))))))))

(** val list_exec : expr -> Coq_lrust_lang.state -> outcome **)

let list_exec e _UU03c3_ =
  run (follow choice_reuse) ([], O) list_fuel (e :: []) _UU03c3_

(** val list_finish :
    outcome -> (val0 -> Coq_lrust_lang.state -> 'a1) -> (list_run_outcome ->
    'a1) -> 'a1 **)

let list_finish o ok no =
  match o.run_status_of with
  | AllFinished ->
    (match main_value o with
     | Some v -> ok v o.run_state
     | None -> no ListProgramStuck)
  | ThreadStuck (_, _) -> no ListProgramStuck
  | ThreadAborted _ -> no (ListRun FlAborted)
  | OutOfFuel -> no ListProgramOutOfFuel

(** val list_log_size : Big_int_Z.big_int **)

let list_log_size =
  Z.add Big_int_Z.unit_big_int
    (Z.mul (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) log_entries)

(** val boot_links : word -> val0 **)

let boot_links n0 =
  RecV ((BNamed (String ((Ascii (false, true, false, false, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (true, true, true, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, true, true,
    true, false)), EmptyString))))))))), ((BNamed (String ((Ascii (false,
    true, false, false, false, true, true, false)), (String ((Ascii (true,
    false, false, false, false, true, true, false)), (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((BNamed (String ((Ascii (true, false, false,
    true, false, true, true, false)), EmptyString))) :: [])), (Case ((BinOp
    (LeOp, (Val (LitV (LitInt n0))), (Var (String ((Ascii (true, false,
    false, true, false, true, true, false)), EmptyString))))), ((App ((Rec
    (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, false, true,
    true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Var (String ((Ascii (false, true, false, false,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (true, true, true, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), EmptyString))))))))), ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((BinOp ((ArithOp AddOp), (Var (String ((Ascii
    (true, false, false, true, false, true, true, false)), EmptyString))),
    (Val (LitV (LitInt Big_int_Z.unit_big_int))))) :: [])))))), ((Free ((Val
    (LitV (LitInt (Z.of_nat link_cells)))), (Var (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (false, true,
    false, false, true, true, true, false)), (String ((Ascii (true, true,
    false, false, false, true, true, false)),
    EmptyString))))))))) :: []))))), ((App ((Val
    (frame_from_unused0 link_cells)), ((Var (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: ((Val
    (LitV (LitInt (Z.mul page_size n0)))) :: ((BinOp ((ArithOp MulOp), (Val
    (LitV (LitInt page_size))), (Var (String ((Ascii (true, false, false,
    true, false, true, true, false)), EmptyString))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: ((Var (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (false, true, false,
    false, true, true, true, false)), (String ((Ascii (true, true, false,
    false, false, true, true, false)), EmptyString))))))) :: ((Val (LitV
    (lit_of_bool true))) :: [])))))))) :: []))))), ((Write (Na1Ord, (BinOp
    (OffsetOp, (Var (String ((Ascii (true, true, false, false, true, true,
    true, false)), (String ((Ascii (false, true, false, false, true, true,
    true, false)), (String ((Ascii (true, true, false, false, false, true,
    true, false)), EmptyString))))))), (Val (LitV (LitInt
    (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))), (Var (String
    ((Ascii (true, false, false, true, false, true, true, false)),
    EmptyString))))) :: []))))), ((Write (Na1Ord, (BinOp (OffsetOp, (Var
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    (String ((Ascii (false, true, false, false, true, true, true, false)),
    (String ((Ascii (true, true, false, false, false, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt Big_int_Z.unit_big_int))))), (Val
    (LitV (LitInt Big_int_Z.zero_big_int))))) :: []))))), ((Write (Na1Ord,
    (Var (String ((Ascii (true, true, false, false, true, true, true,
    false)), (String ((Ascii (false, true, false, false, true, true, true,
    false)), (String ((Ascii (true, true, false, false, false, true, true,
    false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.of_nat link_cells))))) :: []))) :: ((Val (LitV LitPoison)) :: [])))))

(** val boot_lists : word -> expr **)

let boot_lists n0 =
  App ((Rec (BAnon, ((BNamed (String ((Ascii (true, false, false, true,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    false, true, true, false)), (String ((Ascii (true, true, false, false,
    true, true, true, false)), EmptyString))))))) :: []), (App ((Rec (BAnon,
    (BAnon :: []), (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, true,
    false, false, false, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)), (String ((Ascii (true, true,
    false, false, true, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), EmptyString))))))))) :: []),
    (App ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))))), ((App ((Val (boot_links n0)), ((Var (String ((Ascii
    (false, true, false, false, false, true, true, false)), (String ((Ascii
    (true, false, false, false, false, true, true, false)), (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: [])))) :: []))))), ((App ((Val
    (boot_slots link_slot_cells)), ((Var (String ((Ascii (false, true, false,
    false, false, true, true, false)), (String ((Ascii (true, false, false,
    false, false, true, true, false)), (String ((Ascii (true, true, false,
    false, true, true, true, false)), (String ((Ascii (true, false, true,
    false, false, true, true, false)), EmptyString))))))))) :: ((Val (LitV
    (LitInt n0))) :: ((Val (LitV (LitInt
    Big_int_Z.zero_big_int))) :: []))))) :: []))))), ((BinOp (OffsetOp, (Var
    (String ((Ascii (true, false, false, true, false, true, true, false)),
    (String ((Ascii (false, false, true, false, false, true, true, false)),
    (String ((Ascii (true, true, false, false, true, true, true, false)),
    EmptyString))))))), (Val (LitV (LitInt
    (Z.add Big_int_Z.unit_big_int list_log_size)))))) :: []))))), ((Write
    (ScOrd, (Var (String ((Ascii (true, false, false, true, false, true,
    true, false)), (String ((Ascii (false, false, true, false, false, true,
    true, false)), (String ((Ascii (true, true, false, false, true, true,
    true, false)), EmptyString))))))), (Val (LitV (LitInt
    Big_int_Z.unit_big_int))))) :: []))))), ((Alloc (Val (LitV (LitInt
    (Z.add (Z.add Big_int_Z.unit_big_int list_log_size)
      (Z.mul link_slot_cells n0)))))) :: []))

(** val list_memory_init : word -> list_memory option **)

let list_memory_init n0 =
  list_finish
    (run (follow choice_reuse) ([], O)
      (N.add (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
        (Big_int_Z.mult_int_big_int 2
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (Big_int_Z.mult_int_big_int 2
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        Big_int_Z.unit_big_int)))))))))
        (N.mul (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
          (Big_int_Z.mult_int_big_int 2
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          (Big_int_Z.mult_int_big_int 2
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
          Big_int_Z.unit_big_int))))))))) (Z.to_N n0)))
      ((boot_lists n0) :: []) (empty0 (gmap_empty loc_eq_dec loc_countable)))
    (fun v _UU03c3_ ->
    match v with
    | LitV l ->
      (match l with
       | LitLoc ids ->
         Some { lm_state = _UU03c3_; lm_base =
           (shift_loc ids (Z.add Big_int_Z.unit_big_int list_log_size));
           lm_ids = ids; lm_log = (shift_loc ids Big_int_Z.unit_big_int);
           lm_live = (tbl_make n0 true); lm_lists = tbl_empty }
       | _ -> None)
    | RecV (_, _, _) -> None) (fun _ -> None)

(** val list_log_entry : list_memory -> val0 **)

let list_log_entry m =
  let log = m.lm_log in
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
  true, true, false)), (String ((Ascii (false, false, true, true, false,
  true, true, false)), (String ((Ascii (true, true, true, true, false, true,
  true, false)), (String ((Ascii (false, false, true, false, true, true,
  true, false)), EmptyString))))))))) :: []), (App ((Rec (BAnon, ((BNamed
  (String ((Ascii (true, false, false, false, false, true, true, false)),
  (String ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Write (Na1Ord,
  (Val (LitV (LitLoc log))), (BinOp ((ArithOp AddOp), (Var (String ((Ascii
  (true, false, false, false, false, true, true, false)), (String ((Ascii
  (false, false, true, false, true, true, true, false)), EmptyString))))),
  (Val (LitV (LitInt Big_int_Z.unit_big_int))))))))), ((Write (Na1Ord, (BinOp
  (OffsetOp, (Val (LitV (LitLoc log))), (Var (String ((Ascii (true, false,
  false, false, false, true, true, false)), (String ((Ascii (false, false,
  true, false, true, true, true, false)), EmptyString))))))), (Var (String
  ((Ascii (true, true, false, false, true, true, true, false)), (String
  ((Ascii (false, false, true, true, false, true, true, false)), (String
  ((Ascii (true, true, true, true, false, true, true, false)), (String
  ((Ascii (false, false, true, false, true, true, true, false)),
  EmptyString))))))))))) :: []))))), ((Read (Na1Ord, (Val (LitV (LitLoc
  log))))) :: []))))

(** val list_glues : list_memory -> val0 list **)

let list_glues m =
  (link_drop (RecV (BAnon, ((BNamed (String ((Ascii (true, false, true, true,
    false, true, true, false)), (String ((Ascii (true, false, true, false,
    false, true, true, false)), (String ((Ascii (false, false, true, false,
    true, true, true, false)), (String ((Ascii (true, false, false, false,
    false, true, true, false)), EmptyString))))))))) :: []), (App ((Val
    (list_log_entry m)), ((Read (Na1Ord, (Var (String ((Ascii (true, false,
    true, true, false, true, true, false)), (String ((Ascii (true, false,
    true, false, false, true, true, false)), (String ((Ascii (false, false,
    true, false, true, true, true, false)), (String ((Ascii (true, false,
    false, false, false, true, true, false)),
    EmptyString))))))))))) :: [])))))) :: []

(** val list_allocator : list_memory -> val0 **)

let list_allocator m =
  RecV (BAnon, ((BNamed (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))) :: ((BNamed (String ((Ascii
    (true, true, false, false, true, true, true, false)), (String ((Ascii
    (true, false, false, true, false, true, true, false)), (String ((Ascii
    (false, true, false, true, true, true, true, false)), (String ((Ascii
    (true, false, true, false, false, true, true, false)),
    EmptyString))))))))) :: [])), (App ((Val (list_log_entry m)), ((BinOp
    ((ArithOp QuotOp), (Var (String ((Ascii (true, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), (String ((Ascii (true, false, false, false, false,
    true, true, false)), (String ((Ascii (false, true, false, false, true,
    true, true, false)), (String ((Ascii (false, false, true, false, true,
    true, true, false)), EmptyString))))))))))), (Var (String ((Ascii (true,
    true, false, false, true, true, true, false)), (String ((Ascii (true,
    false, false, true, false, true, true, false)), (String ((Ascii (false,
    true, false, true, true, true, true, false)), (String ((Ascii (true,
    false, true, false, false, true, true, false)),
    EmptyString))))))))))) :: []))))

(** val gone : Coq_lrust_lang.state -> loc -> nat -> word list option **)

let rec gone _UU03c3_ l = function
| O -> Some []
| S n' ->
  let f = frame_read_int _UU03c3_ l in
  if Z.eqb f (frame_read_int _UU03c3_ (shift_loc l Big_int_Z.unit_big_int))
  then (match gone _UU03c3_
                (shift_loc l (Big_int_Z.mult_int_big_int 2
                  Big_int_Z.unit_big_int)) n' with
        | Some fs -> Some (f :: fs)
        | None -> None)
  else None

(** val with_list_state :
    list_memory -> Coq_lrust_lang.state -> list_memory **)

let with_list_state m =
  let base = m.lm_base in
  let log = m.lm_log in
  (fun _UU03c3_ -> { lm_state = _UU03c3_; lm_base = base; lm_ids = m.lm_ids;
  lm_log = log; lm_live = m.lm_live; lm_lists = m.lm_lists })

(** val with_list :
    list_memory -> list_memory -> word -> (loc * loc) option -> list_memory **)

let with_list m =
  let base = m.lm_base in
  let log = m.lm_log in
  (fun m' l x -> { lm_state = m'.lm_state; lm_base = base; lm_ids = m.lm_ids;
  lm_log = log; lm_live = m'.lm_live; lm_lists = (tbl_set m'.lm_lists l x) })

(** val without_frames :
    list_memory -> list_memory -> word list -> list_memory **)

let without_frames m =
  let base = m.lm_base in
  let log = m.lm_log in
  (fun m' fs -> { lm_state = m'.lm_state; lm_base = base; lm_ids = m.lm_ids;
  lm_log = log; lm_live =
  (foldl (fun live f -> tbl_set live f false) m'.lm_live fs); lm_lists =
  m'.lm_lists })

(** val frame_there : list_memory -> val0 -> fl_outcome option **)

let frame_there m =
  let base = m.lm_base in
  let frames = tbl_len m.lm_live in
  let slot_loc = fun f -> shift_loc base (Z.mul link_slot_cells f) in
  (fun v ->
  match v with
  | LitV l0 ->
    (match l0 with
     | LitPoison -> None
     | LitLoc l ->
       let f = Z.div (Z.sub l.loc_offset base.loc_offset) link_slot_cells in
       if (&&)
            ((&&) (bool_decide (decide_rel loc_eq_dec l (slot_loc f)))
              (Z.leb Big_int_Z.zero_big_int f)) (Z.ltb f frames)
       then Some (FlFrame f)
       else None
     | LitInt n0 ->
       ((fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
          (fun _ -> Some FlNone)
          (fun _ -> None)
          (fun _ -> None)
          n0))
  | RecV (_, _, _) -> None)

(** val list_memory_step :
    list_memory -> fl_op -> list_memory * list_run_outcome **)

let list_memory_step m =
  let base = m.lm_base in
  let log = m.lm_log in
  let frames = tbl_len m.lm_live in
  let slot_loc = fun f -> shift_loc base (Z.mul link_slot_cells f) in
  (fun o ->
  let stuck = (m, ListProgramStuck) in
  let program = fun e k ->
    list_finish
      (list_exec (App ((Rec (BAnon, (BAnon :: []), e)), ((Write (Na1Ord, (Val
        (LitV (LitLoc log))), (Val (LitV (LitInt
        Big_int_Z.unit_big_int))))) :: []))) m.lm_state) (fun v _UU03c3_ ->
      k v (with_list_state m _UU03c3_)) (fun r -> (m, r))
  in
  let on = fun l k ->
    match tbl_get m.lm_lists l with
    | Some o0 ->
      (match o0 with
       | Some p -> let (list0, cursor) = p in k list0 cursor
       | None -> (m, (ListRun FlBadList)))
    | None -> (m, (ListRun FlBadList))
  in
  let alone = fun cursor e -> App ((Rec (BAnon, ((BNamed (String ((Ascii
    (false, true, false, false, true, true, true, false)),
    EmptyString))) :: []), (App ((Rec (BAnon, (BAnon :: []), (Var (String
    ((Ascii (false, true, false, false, true, true, true, false)),
    EmptyString))))), ((Write (Na1Ord, (Val (LitV (LitLoc
    (shift_loc cursor Big_int_Z.unit_big_int)))), (Val (LitV (LitInt
    Big_int_Z.zero_big_int))))) :: []))))), (e :: []))
  in
  let done0 = fun _ m' -> (m', (ListRun FlDone)) in
  let number = fun v m' ->
    match v with
    | LitV l ->
      (match l with
       | LitInt n0 -> (m', (ListRun (FlNumber n0)))
       | _ -> stuck)
    | RecV (_, _, _) -> stuck
  in
  let frame = fun v m' ->
    match frame_there m v with
    | Some r -> (m', (ListRun r))
    | None -> stuck
  in
  let free_frame = fun f k ->
    match tbl_get m.lm_live f with
    | Some b ->
      if b
      then if Z.eqb
                (frame_read_int m.lm_state
                  (shift_loc (slot_loc f) slot_in_list))
                Big_int_Z.zero_big_int
           then k
           else (m, (ListRun FlBadFrame))
      else (m, (ListRun FlBadFrame))
    | None -> (m, (ListRun FlBadFrame))
  in
  let insert1 = fun l f e ->
    on l (fun list0 cursor -> free_frame f (program (e list0 cursor) done0))
  in
  let ids = Val (LitV (LitLoc m.lm_ids)) in
  (match o with
   | FlNew ->
     program (App ((Rec (BAnon, ((BNamed (String ((Ascii (false, false, true,
       true, false, true, true, false)), (String ((Ascii (true, false, false,
       true, false, true, true, false)), (String ((Ascii (true, true, false,
       false, true, true, true, false)), (String ((Ascii (false, false, true,
       false, true, true, true, false)), EmptyString))))))))) :: []), (App
       ((Rec (BAnon, (BAnon :: []), (App ((Rec (BAnon, (BAnon :: []), (Var
       (String ((Ascii (false, false, true, true, false, true, true, false)),
       (String ((Ascii (true, false, false, true, false, true, true, false)),
       (String ((Ascii (true, true, false, false, true, true, true, false)),
       (String ((Ascii (false, false, true, false, true, true, true, false)),
       EmptyString))))))))))), ((App ((Val cursor_new), ((BinOp (OffsetOp,
       (Var (String ((Ascii (false, false, true, true, false, true, true,
       false)), (String ((Ascii (true, false, false, true, false, true, true,
       false)), (String ((Ascii (true, true, false, false, true, true, true,
       false)), (String ((Ascii (false, false, true, false, true, true, true,
       false)), EmptyString))))))))), (Val (LitV (LitInt
       (Big_int_Z.mult_int_big_int 2 (Big_int_Z.mult_int_big_int 2
       Big_int_Z.unit_big_int))))))) :: ((Var (String ((Ascii (false, false,
       true, true, false, true, true, false)), (String ((Ascii (true, false,
       false, true, false, true, true, false)), (String ((Ascii (true, true,
       false, false, true, true, true, false)), (String ((Ascii (false,
       false, true, false, true, true, true, false)),
       EmptyString))))))))) :: ((Val (LitV (LitInt
       Big_int_Z.zero_big_int))) :: []))))) :: []))))), ((App ((Val
       frame_list_new), ((Var (String ((Ascii (false, false, true, true,
       false, true, true, false)), (String ((Ascii (true, false, false, true,
       false, true, true, false)), (String ((Ascii (true, true, false, false,
       true, true, true, false)), (String ((Ascii (false, false, true, false,
       true, true, true, false)), EmptyString))))))))) :: []))) :: []))))),
       ((Alloc (Val (LitV (LitInt (Big_int_Z.mult_int_big_int 2
       ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
       Big_int_Z.unit_big_int)))))) :: []))) (fun v m' ->
       match v with
       | LitV l0 ->
         (match l0 with
          | LitLoc l ->
            ({ lm_state = m'.lm_state; lm_base = base; lm_ids = m.lm_ids;
              lm_log = log; lm_live = m'.lm_live; lm_lists =
              (tbl_push m'.lm_lists (Some (l,
                (shift_loc l (Big_int_Z.mult_int_big_int 2
                  (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int)))))) },
              (ListRun (FlList (tbl_len m'.lm_lists))))
          | _ -> stuck)
       | RecV (_, _, _) -> stuck)
   | FlPushFront (l, f) ->
     insert1 l f (fun list0 cursor ->
       alone cursor (App ((Val frame_list_push_front), (ids :: ((Val (LitV
         (LitLoc list0))) :: ((Val (LitV (LitLoc (slot_loc f)))) :: []))))))
   | FlPushBack (l, f) ->
     insert1 l f (fun list0 cursor ->
       alone cursor (App ((Val frame_list_push_back), (ids :: ((Val (LitV
         (LitLoc list0))) :: ((Val (LitV (LitLoc (slot_loc f)))) :: []))))))
   | FlPopFront l ->
     on l (fun list0 cursor ->
       program
         (alone cursor (App ((Val frame_list_pop_front), ((Val (LitV (LitLoc
           list0))) :: [])))) frame)
   | FlPopBack l ->
     on l (fun list0 cursor ->
       program
         (alone cursor (App ((Val frame_list_pop_back), ((Val (LitV (LitLoc
           list0))) :: [])))) frame)
   | FlContains (l, f) ->
     on l (fun list0 _ ->
       program (App ((Val (frame_list_contains link_cells)), ((Val (LitV
         (LitLoc base))) :: ((Val (LitV (LitInt
         (Z.mul page_size frames)))) :: ((Val (LitV (LitLoc list0))) :: ((Val
         (LitV (LitInt (Z.mul page_size f)))) :: [])))))) (fun v m' ->
         match v with
         | LitV l0 ->
           (match l0 with
            | LitInt b ->
              (m', (ListRun (FlBool (negb (Z.eqb b Big_int_Z.zero_big_int)))))
            | _ -> stuck)
         | RecV (_, _, _) -> stuck))
   | FlSize l ->
     on l (fun list0 _ ->
       program (App ((Val frame_list_size), ((Val (LitV (LitLoc
         list0))) :: []))) number)
   | FlId l ->
     on l (fun list0 _ ->
       program (Read (Na1Ord, (BinOp (OffsetOp, (Val (LitV (LitLoc list0))),
         (Val (LitV (LitInt list_id))))))) number)
   | FlDrop l ->
     on l (fun list0 _ ->
       program (App ((Rec (BAnon, (BAnon :: []), (Free ((Val (LitV (LitInt
         (Big_int_Z.mult_int_big_int 2
         ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
         Big_int_Z.unit_big_int))))), (Val (LitV (LitLoc list0))))))), ((App
         ((Val (frame_list_drop (list_glues m) (list_allocator m))), ((Val
         (LitV (LitLoc list0))) :: []))) :: []))) (fun _ m' ->
         match gone m'.lm_state (shift_loc log Big_int_Z.unit_big_int)
                 (Z.to_nat
                   (Z.div (frame_read_int m'.lm_state log)
                     (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int))) with
         | Some fs ->
           ((without_frames m (with_list m m' l None) fs), (ListRun
             (FlDropped fs)))
         | None -> stuck))
   | FlCursorFront l ->
     on l (fun list0 cursor ->
       program (App ((Val frame_list_cursor_front), ((Val (LitV (LitLoc
         cursor))) :: ((Val (LitV (LitLoc list0))) :: [])))) done0)
   | FlCursorBack l ->
     on l (fun list0 cursor ->
       program (App ((Val frame_list_cursor_back), ((Val (LitV (LitLoc
         cursor))) :: ((Val (LitV (LitLoc list0))) :: [])))) done0)
   | FlCursorNext l ->
     on l (fun _ cursor ->
       program (App ((Val frame_cursor_move_next), ((Val (LitV (LitLoc
         cursor))) :: []))) done0)
   | FlCursorPrev l ->
     on l (fun _ cursor ->
       program (App ((Val frame_cursor_move_prev), ((Val (LitV (LitLoc
         cursor))) :: []))) done0)
   | FlCursorCurrent l ->
     on l (fun _ cursor ->
       program (App ((Val frame_cursor_current), ((Val (LitV (LitLoc
         cursor))) :: []))) frame)
   | FlCursorTake l ->
     on l (fun _ cursor ->
       program (App ((Val frame_cursor_take_current), ((Val (LitV (LitLoc
         cursor))) :: []))) frame)
   | FlCursorInsert (l, f) ->
     insert1 l f (fun _ cursor -> App ((Val frame_cursor_insert_before),
       (ids :: ((Val (LitV (LitLoc cursor))) :: ((Val (LitV (LitLoc
       (slot_loc f)))) :: [])))))))

(** val lists_of : Coq_lrust_lang.state -> loc -> nat -> word list **)

let rec lists_of _UU03c3_ l = function
| O -> []
| S n' ->
  (frame_read_int _UU03c3_ (shift_loc l slot_in_list)) :: (lists_of _UU03c3_
                                                            (shift_loc l
                                                              link_slot_cells)
                                                            n')

(** val list_memory_lists : list_memory -> word list **)

let list_memory_lists m =
  lists_of m.lm_state m.lm_base (Z.to_nat (tbl_len m.lm_live))

(** val list_memory_run :
    list_memory -> fl_op list -> list_run_outcome list * word list **)

let rec list_memory_run m = function
| [] -> ([], (list_memory_lists m))
| o :: os' ->
  let (m', r) = list_memory_step m o in
  (match r with
   | ListRun r0 ->
     (match r0 with
      | FlAborted -> (((ListRun FlAborted) :: []), (list_memory_lists m))
      | _ -> let (rs, ls) = list_memory_run m' os' in ((r :: rs), ls))
   | x -> ((x :: []), []))

(** val list_program_report :
    word -> fl_op list -> list_run_outcome list * word list **)

let list_program_report n0 os =
  match list_memory_init n0 with
  | Some m -> list_memory_run m os
  | None -> ((ListProgramStuck :: []), [])
