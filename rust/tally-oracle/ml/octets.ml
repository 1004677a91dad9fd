(* How requests are read and responses written, octet by octet. All numbers are
   little-endian. What operations and outcomes are made of is generated: wire.ml. *)

(* A request is malformed: the status that says how, and the offset at which. *)
exception Malformed of int * int

let truncated = 1
let unknown_version = 2
let unknown_subject = 3
let unknown_operation = 4
let too_many = 5
let trailing = 6
let failed = 7

(* ---- Reading ---- *)

type reader = { text : string; mutable at : int }

let take r n =
  if String.length r.text - r.at < n then raise (Malformed (truncated, r.at));
  let at = r.at in
  r.at <- at + n;
  at

let get_tag r = Char.code r.text.[take r 1]

(* The tag that was just read is none of those that there are. *)
let unknown r = raise (Malformed (unknown_operation, r.at - 1))

let modulus = Big_int_Z.power_int_positive_int 2 64

let get_word r =
  let n = Big_int_Z.big_int_of_int64 (String.get_int64_le r.text (take r 8)) in
  if Big_int_Z.sign_big_int n < 0 then Big_int_Z.add_big_int n modulus else n

(* A word that is at most [limit]. *)
let get_size r ~limit =
  let at = r.at in
  let n = get_word r in
  if Big_int_Z.gt_big_int n (Big_int_Z.big_int_of_int limit) then
    raise (Malformed (too_many, at));
  n

(* A count that the rest of the request can hold, [least] bytes each. *)
let get_count r ~limit ~least =
  let at = r.at in
  let n = Int32.to_int (String.get_int32_le r.text (take r 4)) land 0xffff_ffff in
  if n > limit then raise (Malformed (too_many, at));
  if n * least > String.length r.text - r.at then
    raise (Malformed (truncated, String.length r.text));
  n

(* All that is left, so many of them. *)
let get_all r ~limit ~least get =
  let n = get_count r ~limit ~least in
  let rec go n acc = if n = 0 then List.rev acc else go (n - 1) (get r :: acc) in
  let all = go n [] in
  if r.at < String.length r.text then raise (Malformed (trailing, r.at));
  all

(* ---- Writing ---- *)

let put_tag b n = Buffer.add_char b (Char.chr n)
let put_bool b t = put_tag b (Bool.to_int t)

let put_word b n =
  if Big_int_Z.sign_big_int n < 0 || Big_int_Z.ge_big_int n modulus then
    failwith "a number that is no word";
  let signed =
    if Big_int_Z.lt_big_int n (Big_int_Z.power_int_positive_int 2 63) then n
    else Big_int_Z.sub_big_int n modulus
  in
  Buffer.add_int64_le b (Big_int_Z.int64_of_big_int signed)

let put_list put b items =
  Buffer.add_int32_le b (Int32.of_int (List.length items));
  List.iter (put b) items
