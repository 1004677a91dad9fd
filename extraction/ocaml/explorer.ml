
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

(** val sub : nat -> nat -> nat **)

let rec sub n m =
  match n with
  | O -> n
  | S k -> (match m with
            | O -> n
            | S l -> sub k l)

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

  let pred n = match n with
  | O -> n
  | S u -> u

  (** val add : nat -> nat -> nat **)

  let rec add n m =
    match n with
    | O -> m
    | S p -> S (add p m)

  (** val double : nat -> nat **)

  let double n =
    add n n

  (** val mul : nat -> nat -> nat **)

  let rec mul n m =
    match n with
    | O -> O
    | S p -> add m (mul p m)

  (** val sub : nat -> nat -> nat **)

  let rec sub n m =
    match n with
    | O -> n
    | S k -> (match m with
              | O -> n
              | S l -> sub k l)

  (** val eqb : nat -> nat -> bool **)

  let rec eqb n m =
    match n with
    | O -> (match m with
            | O -> true
            | S _ -> false)
    | S n' -> (match m with
               | O -> false
               | S m' -> eqb n' m')

  (** val leb : nat -> nat -> bool **)

  let rec leb n m =
    match n with
    | O -> true
    | S n' -> (match m with
               | O -> false
               | S m' -> leb n' m')

  (** val ltb : nat -> nat -> bool **)

  let ltb n m =
    leb (S n) m

  (** val compare : nat -> nat -> comparison **)

  let rec compare n m =
    match n with
    | O -> (match m with
            | O -> Eq
            | S _ -> Lt)
    | S n' -> (match m with
               | O -> Gt
               | S m' -> compare n' m')

  (** val max : nat -> nat -> nat **)

  let rec max n m =
    match n with
    | O -> m
    | S n' -> (match m with
               | O -> n
               | S m' -> S (max n' m'))

  (** val min : nat -> nat -> nat **)

  let rec min n m =
    match n with
    | O -> O
    | S n' -> (match m with
               | O -> O
               | S m' -> S (min n' m'))

  (** val even : nat -> bool **)

  let rec even = function
  | O -> true
  | S n0 -> (match n0 with
             | O -> false
             | S n' -> even n')

  (** val odd : nat -> bool **)

  let odd n =
    negb (even n)

  (** val pow : nat -> nat -> nat **)

  let rec pow n = function
  | O -> S O
  | S m0 -> mul n (pow n m0)

  (** val tail_add : nat -> nat -> nat **)

  let rec tail_add n m =
    match n with
    | O -> m
    | S n0 -> tail_add n0 (S m)

  (** val tail_addmul : nat -> nat -> nat -> nat **)

  let rec tail_addmul r n m =
    match n with
    | O -> r
    | S n0 -> tail_addmul (tail_add m r) n0 m

  (** val tail_mul : nat -> nat -> nat **)

  let tail_mul n m =
    tail_addmul O n m

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

  let rec to_little_uint n acc =
    match n with
    | O -> acc
    | S n0 -> to_little_uint n0 (Little.succ acc)

  (** val to_uint : nat -> uint **)

  let to_uint n =
    rev (to_little_uint n (D0 Nil))

  (** val to_little_hex_uint : nat -> uint0 -> uint0 **)

  let rec to_little_hex_uint n acc =
    match n with
    | O -> acc
    | S n0 -> to_little_hex_uint n0 (Coq_Little.succ acc)

  (** val to_hex_uint : nat -> uint0 **)

  let to_hex_uint n =
    rev0 (to_little_hex_uint n (D10 Nil0))

  (** val to_num_uint : nat -> uint1 **)

  let to_num_uint n =
    UIntDecimal (to_uint n)

  (** val to_num_hex_uint : nat -> uint1 **)

  let to_num_hex_uint n =
    UIntHexadecimal (to_hex_uint n)

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

  let to_int n =
    Pos (to_uint n)

  (** val to_hex_int : nat -> signed_int0 **)

  let to_hex_int n =
    Pos0 (to_hex_uint n)

  (** val to_num_int : nat -> signed_int1 **)

  let to_num_int n =
    IntDecimal (to_int n)

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

  let square n =
    mul n n

  (** val sqrt_iter : nat -> nat -> nat -> nat -> nat **)

  let rec sqrt_iter k p q r =
    match k with
    | O -> p
    | S k' ->
      (match r with
       | O -> sqrt_iter k' (S p) (S (S q)) (S (S q))
       | S r' -> sqrt_iter k' p q r')

  (** val sqrt : nat -> nat **)

  let sqrt n =
    sqrt_iter n O O O

  (** val log2_iter : nat -> nat -> nat -> nat -> nat **)

  let rec log2_iter k p q r =
    match k with
    | O -> p
    | S k' ->
      (match r with
       | O -> log2_iter k' (S p) (S q) q
       | S r' -> log2_iter k' p (S q) r')

  (** val log2 : nat -> nat **)

  let log2 n =
    log2_iter (pred n) O (S O) O

  (** val iter : nat -> ('a1 -> 'a1) -> 'a1 -> 'a1 **)

  let rec iter n f x =
    match n with
    | O -> x
    | S n0 -> f (iter n0 f x)

  (** val div2 : nat -> nat **)

  let rec div2 = function
  | O -> O
  | S n0 -> (match n0 with
             | O -> O
             | S n' -> S (div2 n'))

  (** val testbit : nat -> nat -> bool **)

  let rec testbit a = function
  | O -> odd a
  | S n0 -> testbit (div2 a) n0

  (** val shiftl : nat -> nat -> nat **)

  let rec shiftl a = function
  | O -> a
  | S n0 -> double (shiftl a n0)

  (** val shiftr : nat -> nat -> nat **)

  let rec shiftr a = function
  | O -> a
  | S n0 -> div2 (shiftr a n0)

  (** val bitwise : (bool -> bool -> bool) -> nat -> nat -> nat -> nat **)

  let rec bitwise op n a b =
    match n with
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
  | S n0 -> f0 n0 (recursion x f0 n0)

  (** val eq_dec : nat -> nat -> bool **)

  let rec eq_dec n m =
    match n with
    | O -> (match m with
            | O -> true
            | S _ -> false)
    | S n0 -> (match m with
               | O -> false
               | S n1 -> eq_dec n0 n1)

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

    let max_case_strong n m compat hl hr =
      let c = compSpec2Type n m (compare n m) in
      (match c with
       | CompGtT -> compat n (max n m) __ (hl __)
       | _ -> compat m (max n m) __ (hr __))

    (** val max_case :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1 **)

    let max_case n m x x0 x1 =
      max_case_strong n m x (fun _ -> x0) (fun _ -> x1)

    (** val max_dec : nat -> nat -> bool **)

    let max_dec n m =
      max_case n m (fun _ _ _ h0 -> h0) true false

    (** val min_case_strong :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> (__ -> 'a1) -> (__
        -> 'a1) -> 'a1 **)

    let min_case_strong n m compat hl hr =
      let c = compSpec2Type n m (compare n m) in
      (match c with
       | CompGtT -> compat m (min n m) __ (hr __)
       | _ -> compat n (min n m) __ (hl __))

    (** val min_case :
        nat -> nat -> (nat -> nat -> __ -> 'a1 -> 'a1) -> 'a1 -> 'a1 -> 'a1 **)

    let min_case n m x x0 x1 =
      min_case_strong n m x (fun _ -> x0) (fun _ -> x1)

    (** val min_dec : nat -> nat -> bool **)

    let min_dec n m =
      min_case n m (fun _ _ _ h0 -> h0) true false
   end

  (** val max_case_strong :
      nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1 **)

  let max_case_strong n m x x0 =
    Private_Dec.max_case_strong n m (fun _ _ _ x1 -> x1) x x0

  (** val max_case : nat -> nat -> 'a1 -> 'a1 -> 'a1 **)

  let max_case n m x x0 =
    max_case_strong n m (fun _ -> x) (fun _ -> x0)

  (** val max_dec : nat -> nat -> bool **)

  let max_dec =
    Private_Dec.max_dec

  (** val min_case_strong :
      nat -> nat -> (__ -> 'a1) -> (__ -> 'a1) -> 'a1 **)

  let min_case_strong n m x x0 =
    Private_Dec.min_case_strong n m (fun _ _ _ x1 -> x1) x x0

  (** val min_case : nat -> nat -> 'a1 -> 'a1 -> 'a1 **)

  let min_case n m x x0 =
    min_case_strong n m (fun _ -> x) (fun _ -> x0)

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

  let setbit a n =
    coq_lor a (shiftl (S O) n)

  (** val clearbit : nat -> nat -> nat **)

  let clearbit a n =
    ldiff a (shiftl (S O) n)

  (** val ones : nat -> nat **)

  let ones n =
    pred (shiftl (S O) n)

  (** val lnot : nat -> nat -> nat **)

  let lnot a n =
    coq_lxor a (ones n)

  (** val coq_Even_Odd_dec : nat -> bool **)

  let rec coq_Even_Odd_dec = function
  | O -> true
  | S n0 -> if coq_Even_Odd_dec n0 then false else true

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
  | S n -> n

  (** val coq_OddT_S_EvenT : nat -> coq_OddT -> coq_EvenT **)

  let coq_OddT_S_EvenT _ h =
    h

  (** val even_EvenT : nat -> coq_EvenT **)

  let rec even_EvenT = function
  | O -> coq_EvenT_0
  | S n0 ->
    (match n0 with
     | O -> assert false (* absurd case *)
     | S n1 -> let he = even_EvenT n1 in coq_EvenT_2 n1 he)

  (** val odd_OddT : nat -> coq_OddT **)

  let rec odd_OddT = function
  | O -> assert false (* absurd case *)
  | S n0 ->
    (match n0 with
     | O -> coq_OddT_1
     | S n1 -> let he = odd_OddT n1 in coq_OddT_2 n1 he)

  (** val coq_Even_EvenT : nat -> coq_EvenT **)

  let coq_Even_EvenT =
    even_EvenT

  (** val coq_Odd_OddT : nat -> coq_OddT **)

  let coq_Odd_OddT =
    odd_OddT

  (** val coq_EvenT_OddT_dec : nat -> (coq_EvenT, coq_OddT) sum **)

  let coq_EvenT_OddT_dec n =
    if even n then Inl (even_EvenT n) else Inr (odd_OddT n)

  (** val coq_OddT_EvenT_rect :
      (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
      'a2) -> nat -> coq_OddT -> 'a1 **)

  let rec coq_OddT_EvenT_rect hQP hQ0 hPQ n0 h =
    match n0 with
    | O -> assert false (* absurd case *)
    | S n ->
      (match n with
       | O -> hQP O coq_EvenT_0 hQ0
       | S n1 ->
         let hES = coq_OddT_S_EvenT (S n1) h in
         let hO = coq_EvenT_S_OddT n1 hES in
         hQP (S n1) hES (hPQ n1 hO (coq_OddT_EvenT_rect hQP hQ0 hPQ n1 hO)))

  (** val coq_EvenT_OddT_rect :
      (nat -> coq_EvenT -> 'a2 -> 'a1) -> 'a2 -> (nat -> coq_OddT -> 'a1 ->
      'a2) -> nat -> coq_EvenT -> 'a2 **)

  let coq_EvenT_OddT_rect hQP hQ0 hPQ n0 hES =
    match n0 with
    | O -> hQ0
    | S n ->
      let hO = coq_EvenT_S_OddT n hES in
      hPQ n hO (coq_OddT_EvenT_rect hQP hQ0 hPQ n hO)
 end

module Pos =
 struct
  (** val succ : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec succ = Big_int_Z.succ_big_int

  (** val of_succ_nat : nat -> Big_int_Z.big_int **)

  let rec of_succ_nat = function
  | O -> Big_int_Z.unit_big_int
  | S x -> succ (of_succ_nat x)
 end

module Z =
 struct
  (** val of_nat : nat -> Big_int_Z.big_int **)

  let of_nat = function
  | O -> Big_int_Z.zero_big_int
  | S n0 -> (Pos.of_succ_nat n0)
 end

(** val nth : nat -> 'a1 list -> 'a1 -> 'a1 **)

let rec nth n l default =
  match n with
  | O -> (match l with
          | [] -> default
          | x :: _ -> x)
  | S m -> (match l with
            | [] -> default
            | _ :: t0 -> nth m t0 default)

(** val rev_append : 'a1 list -> 'a1 list -> 'a1 list **)

let rec rev_append l l' =
  match l with
  | [] -> l'
  | a :: l0 -> rev_append l0 (a :: l')

(** val list_eq_dec : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list -> bool **)

let rec list_eq_dec eq_dec0 l l' =
  match l with
  | [] -> (match l' with
           | [] -> true
           | _ :: _ -> false)
  | y :: l0 ->
    (match l' with
     | [] -> false
     | a :: l1 -> if eq_dec0 y a then list_eq_dec eq_dec0 l0 l1 else false)

(** val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list **)

let rec map f = function
| [] -> []
| a :: t0 -> (f a) :: (map f t0)

(** val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1 **)

let rec fold_right f a0 = function
| [] -> a0
| b :: t0 -> f b (fold_right f a0 t0)

(** val existsb : ('a1 -> bool) -> 'a1 list -> bool **)

let rec existsb f = function
| [] -> false
| a :: l0 -> (||) (f a) (existsb f l0)

(** val forallb : ('a1 -> bool) -> 'a1 list -> bool **)

let rec forallb f = function
| [] -> true
| a :: l0 -> (&&) (f a) (forallb f l0)

(** val seq : nat -> nat -> nat list **)

let rec seq start = function
| O -> []
| S len0 -> start :: (seq (S start) len0)

module Coq_Nat = Nat

type decision = bool

(** val decide : decision -> bool **)

let decide decision0 =
  decision0

type ('a, 'b) relDecision = 'a -> 'b -> decision

(** val decide_rel : ('a1, 'a2) relDecision -> 'a1 -> 'a2 -> decision **)

let decide_rel relDecision0 =
  relDecision0

type 'm fMap = __ -> __ -> (__ -> __) -> 'm -> 'm

(** val fmap : 'a1 fMap -> ('a2 -> 'a3) -> 'a1 -> 'a1 **)

let fmap fMap0 x x0 =
  Obj.magic fMap0 __ __ x x0

type ('k, 'a, 'm) lookup = 'k -> 'm -> 'a option

(** val lookup0 : ('a1, 'a2, 'a3) lookup -> 'a1 -> 'a3 -> 'a2 option **)

let lookup0 lookup2 =
  lookup2

(** val or_dec : decision -> decision -> decision **)

let or_dec p_dec q_dec =
  if p_dec then true else q_dec

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

(** val option_fmap : (__ -> __) -> __ option -> __ option **)

let option_fmap =
  option_map

module Coq0_Nat =
 struct
  (** val eq_dec : (nat, nat) relDecision **)

  let eq_dec =
    Nat.eq_dec
 end

(** val list_lookup : (nat, 'a1, 'a1 list) lookup **)

let rec list_lookup i = function
| [] -> None
| x :: l0 -> (match i with
              | O -> Some x
              | S i0 -> lookup0 list_lookup i0 l0)

(** val list_fmap : (__ -> __) -> __ list -> __ list **)

let rec list_fmap f = function
| [] -> []
| x :: l0 -> (f x) :: (list_fmap f l0)

(** val elem_of_list_dec :
    ('a1, 'a1) relDecision -> ('a1, 'a1 list) relDecision **)

let rec elem_of_list_dec dec x = function
| [] -> false
| y :: l0 ->
  if decide (decide_rel dec x y) then true else elem_of_list_dec dec x l0

(** val list_eq_dec0 :
    ('a1, 'a1) relDecision -> ('a1 list, 'a1 list) relDecision **)

let list_eq_dec0 =
  list_eq_dec

type ordering =
| Relaxed
| Acquire
| Release
| AcqRel

(** val acquires : ordering -> bool **)

let acquires = function
| Relaxed -> false
| Release -> false
| _ -> true

(** val releases : ordering -> bool **)

let releases = function
| Relaxed -> false
| Acquire -> false
| _ -> true

type thread = nat

type clock = nat list

(** val clk : clock -> thread -> nat **)

let clk c u =
  nth u c O

(** val clk_join : clock -> clock -> clock **)

let rec clk_join c d =
  match c with
  | [] -> d
  | x :: c0 ->
    (match d with
     | [] -> c
     | y :: d0 -> (Coq_Nat.max x y) :: (clk_join c0 d0))

(** val clk_put : thread -> nat -> clock -> clock **)

let rec clk_put u k c =
  match u with
  | O -> (match c with
          | [] -> k :: []
          | _ :: c0 -> k :: c0)
  | S u0 ->
    (match c with
     | [] -> O :: (clk_put u0 k [])
     | x :: c0 -> x :: (clk_put u0 k c0))

(** val clk_leb : clock -> clock -> bool **)

let rec clk_leb c d =
  match c with
  | [] -> true
  | x :: c0 ->
    (match d with
     | [] -> (&&) (Coq_Nat.leb x O) (clk_leb c0 [])
     | y :: d0 -> (&&) (Coq_Nat.leb x y) (clk_leb c0 d0))

type view = { seen : nat; known : clock }

(** val view_bot : view **)

let view_bot =
  { seen = O; known = [] }

(** val view_join : view -> view -> view **)

let view_join v u =
  { seen = (Coq_Nat.max v.seen u.seen); known = (clk_join v.known u.known) }

(** val view_eq_dec : (view, view) relDecision **)

let view_eq_dec x y =
  let { seen = seen0; known = known0 } = x in
  let { seen = seen1; known = known1 } = y in
  if decide_rel Coq0_Nat.eq_dec seen0 seen1
  then decide_rel (list_eq_dec0 Coq0_Nat.eq_dec) known0 known1
  else false

type thread_view = { cur : view; acq : view; rel : view }

(** val thread_view_bot : thread_view **)

let thread_view_bot =
  { cur = view_bot; acq = view_bot; rel = view_bot }

type 'a message = { msg_value : 'a; msg_view : view }

type 'a machine = { newest : 'a message; older : 'a message list;
                    views : (thread -> thread_view); writes : clock;
                    reads : clock }

(** val boot : 'a1 -> 'a1 machine **)

let boot v =
  { newest = { msg_value = v; msg_view = view_bot }; older = []; views =
    (fun _ -> thread_view_bot); writes = []; reads = [] }

(** val last_value : 'a1 machine -> 'a1 **)

let last_value m =
  m.newest.msg_value

(** val set_view : thread -> thread_view -> 'a1 machine -> 'a1 machine **)

let set_view t0 t1 m =
  { newest = m.newest; older = m.older; views = (fun u ->
    if Coq_Nat.eqb t0 u then t1 else m.views u); writes = m.writes; reads =
    m.reads }

(** val after_read :
    ordering -> nat -> 'a1 message -> thread_view -> thread_view **)

let after_read o pos x t0 =
  let at_pos = { seen = pos; known = [] } in
  let got = view_join at_pos x.msg_view in
  { cur = (view_join t0.cur (if acquires o then got else at_pos)); acq =
  (view_join t0.acq got); rel = t0.rel }

(** val released : ordering -> thread_view -> view **)

let released o t0 =
  if releases o then t0.cur else t0.rel

(** val push :
    thread -> 'a1 message -> thread_view -> 'a1 machine -> 'a1 machine **)

let push t0 x t1 m =
  set_view t0 { cur =
    (view_join t1.cur { seen = (S (length m.older)); known = [] }); acq =
    t1.acq; rel = t1.rel } { newest = x; older = (m.newest :: m.older);
    views = m.views; writes = m.writes; reads = m.reads }

(** val load :
    ordering -> thread -> nat -> 'a1 machine -> ('a1 * 'a1 machine) option **)

let load o t0 age m =
  match lookup0 list_lookup age (m.newest :: m.older) with
  | Some x ->
    let pos = sub (length m.older) age in
    if Coq_Nat.leb (m.views t0).cur.seen pos
    then Some (x.msg_value, (set_view t0 (after_read o pos x (m.views t0)) m))
    else None
  | None -> None

(** val store : ordering -> thread -> 'a1 -> 'a1 machine -> 'a1 machine **)

let store o t0 v m =
  let t1 = m.views t0 in
  push t0 { msg_value = v; msg_view = (released o t1) } t1 m

(** val update : ordering -> thread -> 'a1 -> 'a1 machine -> 'a1 machine **)

let update o t0 v m =
  let t1 = after_read o (length m.older) m.newest (m.views t0) in
  push t0 { msg_value = v; msg_view =
    (view_join m.newest.msg_view (released o t1)) } t1 m

(** val fence_acquire : thread -> 'a1 machine -> 'a1 machine **)

let fence_acquire t0 m =
  let t1 = m.views t0 in
  set_view t0 { cur = (view_join t1.cur t1.acq); acq = t1.acq; rel = t1.rel }
    m

(** val fence_release : thread -> 'a1 machine -> 'a1 machine **)

let fence_release t0 m =
  let t1 = m.views t0 in
  set_view t0 { cur = t1.cur; acq = t1.acq; rel = (view_join t1.rel t1.cur) }
    m

(** val learn : thread -> view -> 'a1 machine -> 'a1 machine **)

let learn t0 v m =
  let t1 = m.views t0 in
  set_view t0 { cur = (view_join t1.cur v); acq = t1.acq; rel = t1.rel } m

(** val tick : thread -> 'a1 machine -> 'a1 machine **)

let tick t0 m =
  let t1 = m.views t0 in
  let c = t1.cur.known in
  set_view t0 { cur = { seen = t1.cur.seen; known =
    (clk_put t0 (S (clk c t0)) c) }; acq = t1.acq; rel = t1.rel } m

(** val na_read : thread -> 'a1 machine -> 'a1 machine option **)

let na_read t0 m =
  if clk_leb m.writes (m.views t0).cur.known
  then let m0 = tick t0 m in
       let k = clk (m0.views t0).cur.known t0 in
       Some { newest = m0.newest; older = m0.older; views = m0.views;
       writes = m0.writes; reads = (clk_put t0 k m0.reads) }
  else None

(** val na_write : thread -> 'a1 machine -> 'a1 machine option **)

let na_write t0 m =
  let c = (m.views t0).cur.known in
  if (&&) (clk_leb m.writes c) (clk_leb m.reads c)
  then let m0 = tick t0 m in
       let k = clk (m0.views t0).cur.known t0 in
       Some { newest = m0.newest; older = m0.older; views = m0.views;
       writes = (clk_put t0 k m0.writes); reads = m0.reads }
  else None

type word =
| UNUSED
| UNIQUE
| COUNT of nat

(** val word_eq_dec : (word, word) relDecision **)

let word_eq_dec x y =
  match x with
  | UNUSED -> (match y with
               | UNUSED -> true
               | _ -> false)
  | UNIQUE -> (match y with
               | UNIQUE -> true
               | _ -> false)
  | COUNT n ->
    (match y with
     | COUNT n0 -> decide_rel Coq0_Nat.eq_dec n n0
     | _ -> false)

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

(** val on_failure : ordering **)

let on_failure =
  Relaxed

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

(** val token_eq_dec : (token, token) relDecision **)

let token_eq_dec x y =
  match x with
  | Guess n ->
    (match y with
     | Guess n0 -> decide_rel Coq0_Nat.eq_dec n n0
     | _ -> false)
  | Note -> (match y with
             | Note -> true
             | _ -> false)
  | Shared h ->
    (match y with
     | Shared h0 -> decide_rel Coq0_Nat.eq_dec h h0
     | _ -> false)
  | Unique h ->
    (match y with
     | Unique h0 -> decide_rel Coq0_Nat.eq_dec h h0
     | _ -> false)
  | Ref h ->
    (match y with
     | Ref h0 -> decide_rel Coq0_Nat.eq_dec h h0
     | _ -> false)
  | Claimed -> (match y with
                | Claimed -> true
                | _ -> false)
  | Built -> (match y with
              | Built -> true
              | _ -> false)
  | Last -> (match y with
             | Last -> true
             | _ -> false)
  | Owned -> (match y with
              | Owned -> true
              | _ -> false)
  | Dead -> (match y with
             | Dead -> true
             | _ -> false)
  | Probed h ->
    (match y with
     | Probed h0 -> decide_rel Coq0_Nat.eq_dec h h0
     | _ -> false)
  | Weak -> (match y with
             | Weak -> true
             | _ -> false)

(** val place_eq_dec : (place, place) relDecision **)

let place_eq_dec x y =
  match x with
  | At t0 ->
    (match y with
     | At t1 -> decide_rel Coq0_Nat.eq_dec t0 t1
     | Flying _ -> false)
  | Flying v ->
    (match y with
     | At _ -> false
     | Flying v0 -> decide_rel view_eq_dec v v0)

type item = token * place

type slot = { mem : word machine; live : bool; pool : item list }

(** val unused : slot **)

let unused =
  { mem = (boot UNUSED); live = false; pool = [] }

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

(** val handle_used : token -> handle option **)

let handle_used = function
| Shared h -> Some h
| Unique h -> Some h
| Ref h -> Some h
| _ -> None

(** val may_read : token -> bool **)

let may_read = function
| Shared _ -> true
| Unique _ -> true
| Ref _ -> true
| Owned -> true
| _ -> false

(** val may_write : token -> bool **)

let may_write = function
| Unique _ -> true
| Owned -> true
| _ -> false

(** val may_clone : token -> item list -> bool **)

let may_clone k p =
  match k with
  | Shared _ -> true
  | Ref h ->
    existsb (fun x ->
      bool_decide (decide_rel token_eq_dec (fst x) (Shared h))) p
  | _ -> false

(** val may_send : token -> bool **)

let may_send = function
| Shared _ -> true
| Unique _ -> true
| Ref _ -> true
| Weak -> true
| _ -> false

(** val unborrowed : handle -> item list -> bool **)

let unborrowed h p =
  forallb (fun x ->
    negb (bool_decide (decide_rel token_eq_dec (fst x) (Ref h)))) p

(** val token_unborrowed : token -> item list -> bool **)

let token_unborrowed k p =
  match k with
  | Unique h -> unborrowed h p
  | _ -> true

(** val names : handle -> token -> bool **)

let names h = function
| Shared i -> Coq_Nat.eqb h i
| Unique i -> Coq_Nat.eqb h i
| Ref i -> Coq_Nat.eqb h i
| Probed i -> Coq_Nat.eqb h i
| _ -> false

(** val unnamed : handle -> item list -> bool **)

let unnamed h p =
  forallb (fun x -> negb (names h (fst x))) p

(** val flying : token -> item list -> view list **)

let rec flying k = function
| [] -> []
| i :: p0 ->
  let (l, p1) = i in
  (match p1 with
   | At _ -> flying k p0
   | Flying v ->
     if bool_decide (decide_rel token_eq_dec k l)
     then v :: (flying k p0)
     else flying k p0)

(** val take_item : item -> item list -> item list option **)

let rec take_item x = function
| [] -> None
| y :: p0 ->
  if bool_decide (decide_rel (prod_eq_dec token_eq_dec place_eq_dec) x y)
  then Some p0
  else fmap (Obj.magic (fun _ _ -> option_fmap)) (fun x0 -> y :: x0)
         (take_item x p0)

(** val set_mem : word machine -> slot -> slot **)

let set_mem m _UU03c3_ =
  { mem = m; live = _UU03c3_.live; pool = _UU03c3_.pool }

(** val with_token :
    thread -> token -> slot -> (item list -> slot result) -> slot result **)

let with_token t0 k _UU03c3_ f =
  match take_item (k, (At t0)) _UU03c3_.pool with
  | Some p -> f p
  | None -> Disabled

(** val only_if : bool -> slot result -> slot result **)

let only_if b r =
  if b then r else Disabled

(** val loading :
    ordering -> thread -> nat -> slot -> (word -> word machine -> slot
    result) -> slot result **)

let loading o t0 age _UU03c3_ f =
  match load o t0 age _UU03c3_.mem with
  | Some p -> let (v, m) = p in f v m
  | None -> Disabled

(** val failing_cas :
    bool -> word -> ordering -> thread -> nat -> slot -> (word -> word
    machine -> slot result) -> slot result **)

let failing_cas weak v o t0 age _UU03c3_ f =
  loading o t0 age _UU03c3_ (fun w m ->
    only_if ((||) weak (negb (bool_decide (decide_rel word_eq_dec w v))))
      (f w m))

(** val reading :
    thread -> slot -> (word machine -> slot result) -> slot result **)

let reading t0 _UU03c3_ f =
  match na_read t0 _UU03c3_.mem with
  | Some m -> if _UU03c3_.live then f m else Bad Lifetime
  | None -> Bad Race

(** val writing :
    bool -> thread -> slot -> (word machine -> slot result) -> slot result **)

let writing was t0 _UU03c3_ f =
  match na_write t0 _UU03c3_.mem with
  | Some m -> if eqb _UU03c3_.live was then f m else Bad Lifetime
  | None -> Bad Race

(** val guess : word -> token list **)

let guess = function
| COUNT n0 -> (match n0 with
               | O -> []
               | S n -> (Guess (S n)) :: [])
| _ -> []

(** val step : orderings -> thread -> action -> slot -> slot result **)

let step o t0 a _UU03c3_ =
  let m = _UU03c3_.mem in
  (match a with
   | ClaimCas ->
     only_if (bool_decide (decide_rel word_eq_dec (last_value m) UNUSED))
       (Done { mem =
       (update o.claim t0 (if o.claim_to_unique then UNIQUE else COUNT O) m);
       live = _UU03c3_.live; pool = ((Claimed, (At t0)) :: _UU03c3_.pool) })
   | ClaimCasFails age ->
     failing_cas false UNUSED on_failure t0 age _UU03c3_ (fun _ m0 -> Done
       (set_mem m0 _UU03c3_))
   | WriteNew ->
     with_token t0 Claimed _UU03c3_ (fun p ->
       writing false t0 _UU03c3_ (fun m0 -> Done { mem = m0; live = true;
         pool = ((Built, (At t0)) :: p) }))
   | PublishShared h ->
     only_if (unnamed h _UU03c3_.pool)
       (with_token t0 Built _UU03c3_ (fun p -> Done { mem =
         (store o.publish_shared t0 (COUNT (S O)) m); live = _UU03c3_.live;
         pool = (((Shared h), (At t0)) :: p) }))
   | PublishUnique h ->
     only_if (unnamed h _UU03c3_.pool)
       (with_token t0 Built _UU03c3_ (fun p ->
         let m0 =
           match o.publish_unique with
           | Some o0 -> store o0 t0 UNIQUE m
           | None -> m
         in
         Done { mem = m0; live = _UU03c3_.live; pool = (((Unique h), (At
         t0)) :: p) }))
   | LookupLoad age ->
     loading o.in_use_load t0 age _UU03c3_ (fun v m0 -> Done { mem = m0;
       live = _UU03c3_.live; pool =
       (app
         (fmap (Obj.magic (fun _ _ -> list_fmap)) (fun k -> (k, (At t0)))
           (Obj.magic guess v)) _UU03c3_.pool) })
   | LookupCas (n, h) ->
     only_if (unnamed h _UU03c3_.pool)
       (with_token t0 (Guess n) _UU03c3_ (fun p ->
         only_if
           ((&&) (Coq_Nat.leb (S O) n)
             (bool_decide (decide_rel word_eq_dec (last_value m) (COUNT n))))
           (Done { mem = (update o.in_use_cas t0 (COUNT (S n)) m); live =
           _UU03c3_.live; pool = (((Shared h), (At t0)) :: p) })))
   | LookupCasFails (n, age) ->
     with_token t0 (Guess n) _UU03c3_ (fun p ->
       failing_cas true (COUNT n) o.in_use_retry t0 age _UU03c3_ (fun v m0 ->
         Done { mem = m0; live = _UU03c3_.live; pool =
         (app
           (fmap (Obj.magic (fun _ _ -> list_fmap)) (fun k -> (k, (At t0)))
             (Obj.magic guess v)) p) }))
   | Clone (k, h) ->
     only_if ((&&) (may_clone k _UU03c3_.pool) (unnamed h _UU03c3_.pool))
       (with_token t0 k _UU03c3_ (fun _ ->
         match last_value m with
         | COUNT n0 ->
           (match n0 with
            | O -> Bad Stray
            | S n ->
              Done { mem = (update o.clone t0 (COUNT (S (S n))) m); live =
                _UU03c3_.live; pool = (((Shared h), (At
                t0)) :: _UU03c3_.pool) })
         | _ -> Bad Stray))
   | Read k ->
     only_if (may_read k)
       (with_token t0 k _UU03c3_ (fun _ ->
         reading t0 _UU03c3_ (fun m0 -> Done (set_mem m0 _UU03c3_))))
   | Write k ->
     only_if ((&&) (may_write k) (token_unborrowed k _UU03c3_.pool))
       (with_token t0 k _UU03c3_ (fun _ ->
         writing true t0 _UU03c3_ (fun m0 -> Done (set_mem m0 _UU03c3_))))
   | DropShared h ->
     only_if (unborrowed h _UU03c3_.pool)
       (with_token t0 (Shared h) _UU03c3_ (fun p ->
         match last_value m with
         | COUNT n0 ->
           (match n0 with
            | O -> Bad Stray
            | S n ->
              let p0 = match n with
                       | O -> (Last, (At t0)) :: p
                       | S _ -> p in
              Done { mem = (update o.drop_sub t0 (COUNT n) m); live =
              _UU03c3_.live; pool = p0 })
         | _ -> Bad Stray))
   | DropFence ->
     with_token t0 Last _UU03c3_ (fun p -> Done { mem =
       (if o.drop_fence then fence_acquire t0 m else m); live =
       _UU03c3_.live; pool = ((Owned, (At t0)) :: p) })
   | DropUnique h ->
     only_if (unborrowed h _UU03c3_.pool)
       (with_token t0 (Unique h) _UU03c3_ (fun p ->
         let m0 =
           match o.retire_unique with
           | Some o0 -> store o0 t0 (COUNT O) m
           | None -> m
         in
         Done { mem = m0; live = _UU03c3_.live; pool = ((Owned, (At
         t0)) :: p) }))
   | Destroy ->
     with_token t0 Owned _UU03c3_ (fun p ->
       writing true t0 _UU03c3_ (fun m0 -> Done { mem = m0; live = false;
         pool = ((Dead, (At t0)) :: p) }))
   | StoreUnused ->
     with_token t0 Dead _UU03c3_ (fun p -> Done { mem =
       (store o.store_unused t0 UNUSED m); live = _UU03c3_.live; pool = p })
   | ShareUnique h ->
     only_if (unborrowed h _UU03c3_.pool)
       (with_token t0 (Unique h) _UU03c3_ (fun p -> Done { mem =
         (store o.share_unique t0 (COUNT (S O)) m); live = _UU03c3_.live;
         pool = (((Shared h), (At t0)) :: p) }))
   | TryUnique h ->
     (match o.try_unique with
      | ByCas o0 ->
        only_if (unborrowed h _UU03c3_.pool)
          (with_token t0 (Shared h) _UU03c3_ (fun p ->
            only_if
              (bool_decide
                (decide_rel word_eq_dec (last_value m) (COUNT (S O)))) (Done
              { mem = (update o0 t0 UNIQUE m); live = _UU03c3_.live; pool =
              (((Unique h), (At t0)) :: p) })))
      | ByLoad _ -> Disabled)
   | TryUniqueFails (h, age) ->
     with_token t0 (Shared h) _UU03c3_ (fun _ ->
       failing_cas false (COUNT (S O))
         (match o.try_unique with
          | ByCas _ -> on_failure
          | ByLoad o0 -> o0) t0 age _UU03c3_ (fun _ m0 -> Done
         (set_mem m0 _UU03c3_)))
   | TryUniqueLoad (h, age) ->
     (match o.try_unique with
      | ByCas _ -> Disabled
      | ByLoad o0 ->
        only_if (unborrowed h _UU03c3_.pool)
          (with_token t0 (Shared h) _UU03c3_ (fun p ->
            loading o0 t0 age _UU03c3_ (fun v m0 ->
              only_if (bool_decide (decide_rel word_eq_dec v (COUNT (S O))))
                (Done { mem = m0; live = _UU03c3_.live; pool = (((Probed h),
                (At t0)) :: p) })))))
   | TryUniqueStore h ->
     with_token t0 (Probed h) _UU03c3_ (fun p -> Done { mem =
       (store Relaxed t0 UNIQUE m); live = _UU03c3_.live; pool = (((Unique
       h), (At t0)) :: p) })
   | Borrow k ->
     with_token t0 k _UU03c3_ (fun _ ->
       match handle_used k with
       | Some h ->
         Done { mem = m; live = _UU03c3_.live; pool = (((Ref h), (At
           t0)) :: _UU03c3_.pool) }
       | None -> Disabled)
   | EndBorrow h ->
     with_token t0 (Ref h) _UU03c3_ (fun p ->
       only_if
         (bool_decide
           (or_dec
             (decide_rel
               (elem_of_list_dec (prod_eq_dec token_eq_dec place_eq_dec))
               ((Shared h), (At t0)) p)
             (decide_rel
               (elem_of_list_dec (prod_eq_dec token_eq_dec place_eq_dec))
               ((Unique h), (At t0)) p))) (Done { mem = m; live =
         _UU03c3_.live; pool = p }))
   | Send k ->
     only_if (may_send k)
       (with_token t0 k _UU03c3_ (fun p -> Done { mem = m; live =
         _UU03c3_.live; pool = ((k, (Flying (m.views t0).cur)) :: p) }))
   | Receive (k, i) ->
     (match lookup0 list_lookup i (flying k _UU03c3_.pool) with
      | Some v ->
        (match take_item (k, (Flying v)) _UU03c3_.pool with
         | Some p ->
           Done { mem = (learn t0 v m); live = _UU03c3_.live; pool = ((k, (At
             t0)) :: p) }
         | None -> Disabled)
      | None -> Disabled)
   | Notify ->
     Done { mem = m; live = _UU03c3_.live; pool = ((Note, (Flying
       (m.views t0).cur)) :: _UU03c3_.pool) }
   | ClientFence acquire ->
     Done
       (set_mem (if acquire then fence_acquire t0 m else fence_release t0 m)
         _UU03c3_))

type trace = (thread * action) list

(** val run : orderings -> trace -> slot -> slot result **)

let rec run o tr _UU03c3_ =
  match tr with
  | [] -> Done _UU03c3_
  | p :: tr0 ->
    let (t0, a) = p in
    (match step o t0 a _UU03c3_ with
     | Done _UU03c3_0 -> run o tr0 _UU03c3_0
     | x -> x)

(** val crate : orderings **)

let crate =
  { claim = Acquire; claim_to_unique = false; publish_shared = Release;
    publish_unique = (Some Relaxed); in_use_load = Relaxed; in_use_retry =
    Relaxed; in_use_cas = Acquire; clone = Relaxed; drop_sub = Release;
    drop_fence = true; store_unused = Release; retire_unique = (Some
    Relaxed); share_unique = Release; try_unique = (ByCas Acquire) }

type prog =
| Stop
| Alt of action * prog * prog
| IfHolds of token * prog * prog

(** val act : action -> prog -> prog **)

let act a p =
  Alt (a, p, Stop)

(** val one_of : (action * prog) list -> prog **)

let one_of l =
  fold_right (fun x x0 -> Alt ((fst x), (snd x), x0)) Stop l

(** val acts : action list -> prog -> prog **)

let rec acts l p =
  match l with
  | [] -> p
  | a :: l0 -> act a (acts l0 p)

(** val holds_token : thread -> token -> slot -> bool **)

let holds_token t0 k _UU03c3_ =
  existsb (fun x ->
    bool_decide
      (decide_rel (prod_eq_dec token_eq_dec place_eq_dec) x (k, (At t0))))
    _UU03c3_.pool

(** val resolve : thread -> slot -> prog -> (action * prog) list **)

let rec resolve t0 _UU03c3_ = function
| Stop -> []
| Alt (a, p0, q) -> (a, p0) :: (resolve t0 _UU03c3_ q)
| IfHolds (k, yes, no) ->
  if holds_token t0 k _UU03c3_
  then resolve t0 _UU03c3_ yes
  else resolve t0 _UU03c3_ no

type verdict =
| Nothing
| Found of fault * trace
| OutOfFuel

type choice = (thread * action) * prog list

(** val choices : thread -> prog list -> prog list -> slot -> choice list **)

let rec choices t0 before ps _UU03c3_ =
  match ps with
  | [] -> []
  | p :: ps0 ->
    app
      (map (fun x -> ((t0, (fst x)), (rev_append before ((snd x) :: ps0))))
        (resolve t0 _UU03c3_ p)) (choices (S t0) (p :: before) ps0 _UU03c3_)

(** val scan :
    (prog list -> slot -> verdict) -> orderings -> slot -> choice list ->
    verdict **)

let rec scan f o _UU03c3_ = function
| [] -> Nothing
| c :: cs0 ->
  let (p, ps) = c in
  let (t0, a) = p in
  (match step o t0 a _UU03c3_ with
   | Done _UU03c3_' ->
     (match f ps _UU03c3_' with
      | Nothing -> scan f o _UU03c3_ cs0
      | Found (x, tr) -> Found (x, ((t0, a) :: tr))
      | OutOfFuel -> OutOfFuel)
   | Bad x -> Found (x, ((t0, a) :: []))
   | Disabled -> scan f o _UU03c3_ cs0)

(** val explore : nat -> orderings -> prog list -> slot -> verdict **)

let rec explore fuel o ps _UU03c3_ =
  match fuel with
  | O -> OutOfFuel
  | S fuel0 -> scan (explore fuel0 o) o _UU03c3_ (choices O [] ps _UU03c3_)

(** val bound_ages : nat **)

let bound_ages =
  S (S (S (S (S (S (S (S (S (S (S (S (S O))))))))))))

(** val bound_count : nat **)

let bound_count =
  S (S (S (S O)))

(** val ages : nat list **)

let ages =
  seq O bound_ages

(** val tear_down : prog -> prog **)

let tear_down p =
  acts (Destroy :: (StoreUnused :: [])) p

(** val new_shared : handle -> prog -> prog **)

let new_shared h p =
  acts (ClaimCas :: (WriteNew :: ((PublishShared h) :: []))) p

(** val new_unique : handle -> prog -> prog **)

let new_unique h p =
  acts (ClaimCas :: (WriteNew :: ((PublishUnique h) :: []))) p

(** val lookup1 : handle -> prog -> prog **)

let lookup1 h p =
  one_of
    (map (fun age -> ((LookupLoad age),
      (one_of
        (map (fun n -> ((LookupCas (n, h)), p)) (seq (S O) bound_count)))))
      ages)

(** val drop_shared : handle -> prog -> prog **)

let drop_shared h p =
  act (DropShared h) (IfHolds (Last, (act DropFence (tear_down p)), p))

(** val drop_unique : handle -> prog -> prog **)

let drop_unique h p =
  act (DropUnique h) (tear_down p)

(** val try_from : handle -> prog -> prog -> prog **)

let try_from h ok fails =
  one_of (((TryUnique h),
    ok) :: (app
             (map (fun age -> ((TryUniqueLoad (h, age)),
               (act (TryUniqueStore h) ok))) ages)
             (map (fun age -> ((TryUniqueFails (h, age)), fails)) ages)))

(** val read_and_drop : handle -> prog **)

let read_and_drop h =
  act (Read (Shared h)) (drop_shared h Stop)

(** val write_and_drop : handle -> prog **)

let write_and_drop h =
  acts ((Write (Unique h)) :: ((Read (Unique h)) :: [])) (drop_unique h Stop)

(** val spawned : prog -> prog **)

let spawned p =
  act (Receive (Note, O)) p

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

(** val scenarios : scenario list **)

let scenarios =
  CloneAndDrop :: (PublishThenLookup :: (UniqueWhilePeerDrops :: (UniqueDropWhilePeerDrops :: (UniqueWhileLookup :: (ShareThenLookup :: (DropThenReuse :: (UniqueDropThenReuse :: (LookupAcrossReuse :: (TwoLookups :: (RoundTripWhileLookup :: (TwoClaims :: (TwoTryUnique :: []))))))))))))

(** val client : scenario -> prog list **)

let client = function
| CloneAndDrop ->
  (new_shared O
    (acts ((Clone ((Shared O), (S O))) :: ((Send (Shared (S O))) :: ((Read
      (Shared O)) :: [])))
      (drop_shared O
        (act (Receive (Note, O))
          (new_unique (S (S (S (S O)))) (drop_unique (S (S (S (S O)))) Stop)))))) :: (
    (acts ((Receive ((Shared (S O)), O)) :: ((Read (Shared (S O))) :: ((Clone
      ((Shared (S O)), (S (S O)))) :: [])))
      (drop_shared (S O)
        (act (Read (Shared (S (S O))))
          (drop_shared (S (S O)) (act Notify Stop))))) :: [])
| PublishThenLookup ->
  (new_shared O (read_and_drop O)) :: ((lookup1 (S O) (read_and_drop (S O))) :: [])
| UniqueWhilePeerDrops ->
  (new_shared O
    (acts ((Clone ((Shared O), (S O))) :: ((Send (Shared (S O))) :: []))
      (try_from O (write_and_drop O) (read_and_drop O)))) :: ((act (Receive
                                                                ((Shared (S
                                                                O)), O))
                                                                (read_and_drop
                                                                  (S O))) :: [])
| UniqueDropWhilePeerDrops ->
  (new_shared O
    (acts ((Clone ((Shared O), (S O))) :: ((Send (Shared (S O))) :: []))
      (try_from O (drop_unique O Stop) (drop_shared O Stop)))) :: ((act
                                                                    (Receive
                                                                    ((Shared
                                                                    (S O)),
                                                                    O))
                                                                    (read_and_drop
                                                                    (S O))) :: [])
| UniqueWhileLookup ->
  (new_shared O
    (act Notify (try_from O (write_and_drop O) (read_and_drop O)))) :: (
    (spawned (lookup1 (S O) (read_and_drop (S O)))) :: [])
| ShareThenLookup ->
  (new_unique O
    (acts (Notify :: ((Write (Unique O)) :: ((ShareUnique O) :: [])))
      (read_and_drop O))) :: ((spawned (lookup1 (S O) (read_and_drop (S O)))) :: [])
| DropThenReuse ->
  (new_shared O (act Notify (drop_shared O Stop))) :: ((spawned
                                                         (new_shared (S O)
                                                           (read_and_drop (S
                                                             O)))) :: [])
| UniqueDropThenReuse ->
  (new_unique O (acts (Notify :: (Notify :: [])) (drop_unique O Stop))) :: (
    (spawned (new_shared (S O) (read_and_drop (S O)))) :: ((spawned
                                                             (lookup1 (S (S
                                                               O))
                                                               (read_and_drop
                                                                 (S (S O))))) :: []))
| LookupAcrossReuse ->
  (new_shared O
    (act Notify
      (drop_shared O (new_shared (S (S (S O))) (read_and_drop (S (S (S O)))))))) :: (
    (spawned
      (lookup1 (S O)
        (acts ((Read (Shared (S O))) :: ((Clone ((Shared (S O)), (S (S
          O)))) :: [])) (drop_shared (S O) (read_and_drop (S (S O))))))) :: [])
| TwoLookups ->
  (new_shared O (acts (Notify :: (Notify :: [])) (drop_shared O Stop))) :: (
    (spawned (lookup1 (S O) (read_and_drop (S O)))) :: ((spawned
                                                          (lookup1 (S (S O))
                                                            (read_and_drop (S
                                                              (S O))))) :: []))
| RoundTripWhileLookup ->
  (new_unique O
    (acts ((Write (Unique O)) :: ((ShareUnique O) :: (Notify :: [])))
      (try_from O
        (acts ((Write (Unique O)) :: ((ShareUnique O) :: []))
          (read_and_drop O)) (read_and_drop O)))) :: ((spawned
                                                        (lookup1 (S O)
                                                          (try_from (S O)
                                                            (write_and_drop
                                                              (S O))
                                                            (drop_shared (S
                                                              O) Stop)))) :: [])
| TwoClaims ->
  (new_unique O (write_and_drop O)) :: ((new_shared (S O)
                                          (read_and_drop (S O))) :: [])
| TwoTryUnique ->
  (new_shared O
    (acts ((Clone ((Shared O), (S O))) :: ((Send (Shared (S O))) :: []))
      (try_from O
        (acts ((Write (Unique O)) :: [])
          (drop_unique O
            (act (Receive (Note, O))
              (new_unique (S (S (S (S O))))
                (drop_unique (S (S (S (S O)))) Stop)))))
        (act (Read (Shared O))
          (drop_shared O
            (act (Receive (Note, O))
              (new_unique (S (S (S (S O))))
                (drop_unique (S (S (S (S O)))) Stop)))))))) :: ((act (Receive
                                                                  ((Shared (S
                                                                  O)), O))
                                                                  (try_from
                                                                    (S O)
                                                                    (act
                                                                    (Write
                                                                    (Unique
                                                                    (S O)))
                                                                    (drop_unique
                                                                    (S O)
                                                                    (act
                                                                    Notify
                                                                    Stop)))
                                                                    (act
                                                                    (Read
                                                                    (Shared
                                                                    (S O)))
                                                                    (drop_shared
                                                                    (S O)
                                                                    (act
                                                                    Notify
                                                                    Stop))))) :: [])

(** val explore_scenario : orderings -> scenario -> verdict **)

let explore_scenario o s =
  explore (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) o
    (client s) unused

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

(** val relaxed_test : uniqueness_test -> uniqueness_test **)

let relaxed_test = function
| ByCas _ -> ByCas Relaxed
| ByLoad _ -> ByLoad Relaxed

(** val test_by_loading : uniqueness_test -> uniqueness_test **)

let test_by_loading = function
| ByCas c -> ByLoad c
| ByLoad c -> ByLoad c

(** val changed : change -> orderings -> orderings **)

let changed x o =
  let { claim = cl; claim_to_unique = cu; publish_shared = ps;
    publish_unique = pu; in_use_load = il; in_use_retry = ir; in_use_cas =
    ic; clone = cn; drop_sub = ds; drop_fence = df; store_unused = su;
    retire_unique = ru; share_unique = sh; try_unique = tu } = o
  in
  (match x with
   | Relaxing w ->
     (match w with
      | AtClaimUnused ->
        { claim = Relaxed; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtPublishShared ->
        { claim = cl; claim_to_unique = cu; publish_shared = Relaxed;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtFromInUse ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = Relaxed; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtReleaseShare ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = Relaxed; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtLastShareFence ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = false;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtStoreUnused ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = Relaxed; retire_unique = ru; share_unique = sh;
          try_unique = tu }
      | AtShareUnique ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = Relaxed;
          try_unique = tu }
      | AtTryFromShared ->
        { claim = cl; claim_to_unique = cu; publish_shared = ps;
          publish_unique = pu; in_use_load = il; in_use_retry = ir;
          in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
          store_unused = su; retire_unique = ru; share_unique = sh;
          try_unique = (relaxed_test tu) })
   | ClaimsUnique ->
     { claim = cl; claim_to_unique = true; publish_shared = ps;
       publish_unique = None; in_use_load = il; in_use_retry = ir;
       in_use_cas = ic; clone = cn; drop_sub = ds; drop_fence = df;
       store_unused = su; retire_unique = ru; share_unique = sh; try_unique =
       tu }
   | RetiresUnmarked ->
     { claim = cl; claim_to_unique = cu; publish_shared = ps;
       publish_unique = pu; in_use_load = il; in_use_retry = ir; in_use_cas =
       ic; clone = cn; drop_sub = ds; drop_fence = df; store_unused = su;
       retire_unique = None; share_unique = sh; try_unique = tu }
   | TestsByLoad ->
     { claim = cl; claim_to_unique = cu; publish_shared = ps;
       publish_unique = pu; in_use_load = il; in_use_retry = ir; in_use_cas =
       ic; clone = cn; drop_sub = ds; drop_fence = df; store_unused = su;
       retire_unique = ru; share_unique = sh; try_unique =
       (test_by_loading tu) })

type configuration = change list

(** val configured : configuration -> orderings **)

let configured c =
  fold_right changed crate c

(** val verdicts : configuration -> (scenario * verdict) list **)

let verdicts c =
  map (fun s -> (s, (explore_scenario (configured c) s))) scenarios

(** val goes_wrong : configuration -> fault -> trace -> bool **)

let goes_wrong c f tr =
  match run (configured c) tr unused with
  | Bad f0 ->
    (match f0 with
     | Race -> (match f with
                | Race -> true
                | _ -> false)
     | Lifetime -> (match f with
                    | Lifetime -> true
                    | _ -> false)
     | Stray -> (match f with
                 | Stray -> true
                 | _ -> false))
  | _ -> false

type explorer_answer =
| AnswerNothing
| AnswerOutOfFuel
| AnswerFound of fault * bool * Big_int_Z.big_int

(** val explorer_answers : configuration -> explorer_answer list **)

let explorer_answers c =
  map (fun pat ->
    let (_, v) = pat in
    (match v with
     | Nothing -> AnswerNothing
     | Found (f, tr) ->
       AnswerFound (f, (goes_wrong c f tr), (Z.of_nat (length tr)))
     | OutOfFuel -> AnswerOutOfFuel)) (verdicts c)
