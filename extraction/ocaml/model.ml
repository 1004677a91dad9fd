
type nat =
| O
| S of nat

(** val app : 'a1 list -> 'a1 list -> 'a1 list **)

let rec app l m =
  match l with
  | [] -> m
  | a :: l1 -> a :: (app l1 m)

type comparison =
| Eq
| Lt
| Gt

module Coq__1 = struct
 (** val add : nat -> nat -> nat **)
 let rec add n m =
   match n with
   | O -> m
   | S p -> S (add p m)
end
include Coq__1

module Pos =
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

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec mul = Big_int_Z.mult_big_int

  (** val compare_cont :
      comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let rec compare_cont = (fun c x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then c else if s < 0 then Lt else Gt)

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

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
      (fun p -> Big_int_Z.minus_big_int (Pos.pred_double p))
      x

  (** val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pred_double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
      (fun p -> (Pos.pred_double p))
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
        (fun _ -> (Pos.pred_double p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q -> Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2
        q))
        (fun q -> Big_int_Z.minus_big_int (Pos.pred_double q))
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
      (fun p -> Pos.to_nat p)
      (fun _ -> O)
      z0

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

  (** val modulo :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let modulo = Big_int_Z.(fun x y ->
  match sign_big_int y with
  | 0 -> x
  | 1 -> mod_big_int x y
  | _ -> add_big_int y (add_int_big_int 1 (mod_big_int (add_int_big_int (-1) x) y)))
 end

(** val replicate : nat -> 'a1 -> 'a1 list **)

let rec replicate n x =
  match n with
  | O -> []
  | S n0 -> x :: (replicate n0 x)

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

let rec tbl_get t i =
  match t with
  | [] -> None
  | x :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int then Some x else tbl_get t' (Z.pred i)

(** val tbl_set : 'a1 table -> word -> 'a1 -> 'a1 table **)

let rec tbl_set t i y =
  match t with
  | [] -> []
  | x :: t' ->
    if Z.eqb i Big_int_Z.zero_big_int
    then y :: t'
    else x :: (tbl_set t' (Z.pred i) y)

(** val tbl_push : 'a1 table -> 'a1 -> 'a1 table **)

let tbl_push t x =
  app t (x :: [])

(** val tbl_make : word -> 'a1 -> 'a1 table **)

let tbl_make n x =
  replicate (Z.to_nat n) x

type clone_count =
| CloneStored of word
| CloneAborted

type drop_count =
| DropStored of word
| DropLast

(** val rc_clone_count : word -> clone_count **)

let rc_clone_count n =
  let n' = word_wrapping_add n Big_int_Z.unit_big_int in
  if word_eqb n' Big_int_Z.zero_big_int then CloneAborted else CloneStored n'

(** val rc_drop_count : word -> drop_count **)

let rc_drop_count n =
  let n' = word_wrapping_sub n Big_int_Z.unit_big_int in
  if word_eqb n' Big_int_Z.zero_big_int then DropLast else DropStored n'

type rc_box = { box_strong : word; box_leaked : word; box_payload : word }

type rc_state = { rc_boxes : rc_box option table;
                  rc_handles : word option table }

type rc_op =
| RcNew of word
| RcClone of word
| RcDrop of word
| RcStrongCount of word
| RcGet of word
| RcLeak of word * word

type rc_event =
| RcPayloadDropped of word
| RcMemoryFreed of word

type rc_outcome =
| RcHandle of word
| RcCount of word
| RcPayload of word
| RcDropped of rc_event list
| RcLeaked
| RcBadHandle
| RcAborted

(** val rc_init : rc_state **)

let rc_init =
  { rc_boxes = tbl_empty; rc_handles = tbl_empty }

(** val rc_find : rc_state -> word -> (word * rc_box) option **)

let rc_find s h =
  match tbl_get s.rc_handles h with
  | Some o ->
    (match o with
     | Some b ->
       (match tbl_get s.rc_boxes b with
        | Some o0 -> (match o0 with
                      | Some x -> Some (b, x)
                      | None -> None)
        | None -> None)
     | None -> None)
  | None -> None

(** val rc_set_box : rc_state -> word -> rc_box option -> rc_state **)

let rc_set_box s b x =
  { rc_boxes = (tbl_set s.rc_boxes b x); rc_handles = s.rc_handles }

(** val rc_close_handle : rc_state -> word -> rc_state **)

let rc_close_handle s h =
  { rc_boxes = s.rc_boxes; rc_handles = (tbl_set s.rc_handles h None) }

(** val rc_new : rc_state -> word -> rc_state * rc_outcome **)

let rc_new s p =
  let b = tbl_len s.rc_boxes in
  let h = tbl_len s.rc_handles in
  ({ rc_boxes =
  (tbl_push s.rc_boxes (Some { box_strong = Big_int_Z.unit_big_int;
    box_leaked = Big_int_Z.zero_big_int; box_payload = p })); rc_handles =
  (tbl_push s.rc_handles (Some b)) }, (RcHandle h))

(** val rc_clone : rc_state -> word -> rc_state * rc_outcome **)

let rc_clone s h =
  match rc_find s h with
  | Some p ->
    let (b, x) = p in
    (match rc_clone_count x.box_strong with
     | CloneStored n ->
       let h' = tbl_len s.rc_handles in
       ({ rc_boxes =
       (tbl_set s.rc_boxes b (Some { box_strong = n; box_leaked =
         x.box_leaked; box_payload = x.box_payload })); rc_handles =
       (tbl_push s.rc_handles (Some b)) }, (RcHandle h'))
     | CloneAborted -> (s, RcAborted))
  | None -> (s, RcBadHandle)

(** val rc_drop : rc_state -> word -> rc_state * rc_outcome **)

let rc_drop s h =
  match rc_find s h with
  | Some p ->
    let (b, x) = p in
    (match rc_drop_count x.box_strong with
     | DropStored n ->
       ((rc_close_handle
          (rc_set_box s b (Some { box_strong = n; box_leaked = x.box_leaked;
            box_payload = x.box_payload })) h), (RcDropped []))
     | DropLast ->
       ((rc_close_handle (rc_set_box s b None) h), (RcDropped
         ((RcPayloadDropped x.box_payload) :: ((RcMemoryFreed b) :: [])))))
  | None -> (s, RcBadHandle)

(** val rc_strong_count : rc_state -> word -> rc_state * rc_outcome **)

let rc_strong_count s h =
  match rc_find s h with
  | Some p -> let (_, x) = p in (s, (RcCount x.box_strong))
  | None -> (s, RcBadHandle)

(** val rc_get : rc_state -> word -> rc_state * rc_outcome **)

let rc_get s h =
  match rc_find s h with
  | Some p -> let (_, x) = p in (s, (RcPayload x.box_payload))
  | None -> (s, RcBadHandle)

(** val rc_leak : rc_state -> word -> word -> rc_state * rc_outcome **)

let rc_leak s h n =
  match rc_find s h with
  | Some p ->
    let (b, x) = p in
    (match word_checked_add x.box_strong n with
     | Some strong ->
       ((rc_set_box s b (Some { box_strong = strong; box_leaked =
          (word_wrapping_add x.box_leaked n); box_payload = x.box_payload })),
         RcLeaked)
     | None -> (s, RcAborted))
  | None -> (s, RcBadHandle)

(** val rc_step : rc_state -> rc_op -> rc_state * rc_outcome **)

let rc_step s = function
| RcNew p -> rc_new s p
| RcClone h -> rc_clone s h
| RcDrop h -> rc_drop s h
| RcStrongCount h -> rc_strong_count s h
| RcGet h -> rc_get s h
| RcLeak (h, n) -> rc_leak s h n

(** val rc_run : rc_state -> rc_op list -> rc_state * rc_outcome list **)

let rec rc_run s = function
| [] -> (s, [])
| o :: os' ->
  let (s', r) = rc_step s o in
  (match r with
   | RcAborted -> (s', (RcAborted :: []))
   | _ -> let (s'', rs) = rc_run s' os' in (s'', (r :: rs)))

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
| AcquireStored of word
| AcquireAborted
| AcquireFailed of frame_error

(** val slot_acquire : word -> acquire_count **)

let slot_acquire w =
  if word_eqb w slot_unused
  then AcquireFailed ErrUnused
  else if word_eqb w slot_unique
       then AcquireFailed ErrUnique
       else if word_eqb w slot_busy
            then AcquireFailed ErrBusy
            else if word_leb slot_max w
                 then AcquireAborted
                 else AcquireStored
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

let frame_init n =
  { frame_slots = (tbl_make n slot_fresh); frame_handles = tbl_empty }

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
    (match slot_acquire x.slot_word with
     | AcquireStored n ->
       frame_open s i { slot_word = n; slot_leaked = x.slot_leaked;
         slot_meta = x.slot_meta } (HoldsShared i)
     | AcquireAborted -> (s, FrameAborted)
     | AcquireFailed e -> (s, (FrameFailed e)))
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
     | CloneStored n ->
       frame_open s i { slot_word = n; slot_leaked = x.slot_leaked;
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

let frame_leak s h n =
  match frame_find_shared s h with
  | SharedSlot (i, x) ->
    (match word_checked_add x.slot_word n with
     | Some w ->
       if word_ltb slot_max w
       then (s, FrameAborted)
       else ((frame_set_slot s i { slot_word = w; slot_leaked =
               (word_wrapping_add x.slot_leaked n); slot_meta = x.slot_meta }),
              FrameLeaked)
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
              | DropStored n ->
                ((frame_set_handle
                   (frame_set_slot s i { slot_word = n; slot_leaked =
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
| FrameLeak (h, n) -> frame_leak s h n
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
