(** * The library's functions, as λRust programs

A function of [core], [alloc] or [std] that translated code calls is not translated:
its meaning is an entry of the table below. Every entry is trusted; beside it stands
what Rust's documentation says of the function. An entry's name is the function's path
without type arguments, the trait's for a method of a trait.

Two things hold for the whole table. Orderings are erased: an atomic access is
sequentially consistent. A pointer has no address but one: [#0] stands for the last
address ([usize::MAX]), where no memory is, and every pointer of a translated program
that is not [#0] points into a block. So there is no null pointer in such a program:
[ptr::null] has no entry, and neither have casts from integers.

** Type arguments. The program of an entry is made for the type arguments of a call, of
which it knows the number of cells and whether values of the type are passed by address
([targ]). Drop glue and the call of a closure are arguments of it, which come first
([le_dict]). *)
From tally.lang Require Export notation.
From tally.lang.lib Require Import memcpy new_delete.
From tally.mir Require Import value.
From tally.prelude Require Import options.

(** What an entry knows of a type argument. *)
Record targ := TArg { ta_cells : nat; ta_by_address : bool }.
(** The drop glue of the [i]th type argument; how it is called. *)
Inductive dict := DictGlue (i : nat) | DictCall (i : nat).
Record entry := Entry {
  le_name : string;
  le_dict : list dict;
  (** of the result and each argument: the type argument that its layout depends on *)
  le_ret : option nat;
  le_args : list (option nat);
  (** does it have two ends? *)
  le_unwinds : bool;
  le_code : list targ → val;
}.
Definition nth_targ (i : nat) (ts : list targ) : targ := nth i ts (TArg 0 false).

(** A function, wherever it stands. *)
Local Notation "'λᵥ' xl , e" := (RecV BAnon xl%binder e%E)
  (at level 200, xl at level 1, e at level 200).

(** ** Values of any type *)
(** The result of a function that reads it from ["p"]: to ["out"], if by address. *)
Definition read_fn (t : targ) : val :=
  if ta_by_address t then λᵥ ["out"; "p"], copy (ta_cells t) "out" "p"
  else λᵥ ["p"], load (ta_cells t) "p".
Definition write_fn (t : targ) : val :=
  λᵥ ["p"; "v"], if ta_by_address t then copy (ta_cells t) "p" "v" else store (ta_cells t) "p" "v".
(** The argument is the result. *)
Definition identity_fn (t : targ) : val :=
  if ta_by_address t then λᵥ ["out"; "x"], copy (ta_cells t) "out" "x" else λᵥ ["x"], "x".
Definition pointer_identity : val := λᵥ ["p"], "p".
Definition uninit_fn (t : targ) : val :=
  if ta_by_address t then λᵥ ["out"], Poison else λᵥ [], opaque (ta_cells t).
Definition replace_fn (t : targ) : val :=
  if ta_by_address t then
    λᵥ ["out"; "p"; "v"], Seq (copy (ta_cells t) "out" "p") (copy (ta_cells t) "p" "v")
  else λᵥ ["p"; "v"], Let "old" (load (ta_cells t) "p") (Seq (store (ta_cells t) "p" "v") "old").
Definition forget_fn : val := λᵥ ["x"], Poison.
(** Runs the drop glue. *)
Definition drop_fn (t : targ) : val :=
  if ta_by_address t then λᵥ ["glue"; "x"], App "glue" [Var "x"]
  else
    λᵥ ["glue"; "x"],
      Let "s" (App (Val new) [Cells (ta_cells t)])
        (Seq (store (ta_cells t) "s" "x")
          (two_ends (App "glue" [Var "s"])
            (Seq (App (Val new_delete.delete) [Cells (ta_cells t); Var "s"]) ret_unit)
            (Seq (App (Val new_delete.delete) [Cells (ta_cells t); Var "s"]) (Val unw_val)))).
Definition drop_in_place_fn : val := λᵥ ["glue"; "p"], App "glue" [Var "p"].

(** ** Integers *)
Definition wrapping_fn (t : int_type) (op : arith_op) : val :=
  λᵥ ["x"; "y"], BinOp (WrapOp t op) "x" "y".

(** ** Atomics *)
(** An [Ordering] is its number: [Relaxed], [Release], [Acquire], [AcqRel], [SeqCst]. Nothing is
made of it but this: with one for which the function panics ([bad]) the program is stuck. *)
Definition not_of_loads : list Z := [1; 3]%Z.
Definition not_of_stores : list Z := [2; 3]%Z.
Definition not_of_fences : list Z := [0]%Z.
Definition unless_order (x : string) (bad : list Z) (e : expr) : expr :=
  foldr (λ z k, Case (BinOp EqOp (Var x) (Int z)) [k; Stuck]) e bad.
Definition atomic_load_fn : val :=
  λᵥ ["a"; "order"], unless_order "order" not_of_loads (Read ScOrd "a").
Definition atomic_store_fn : val :=
  λᵥ ["a"; "v"; "order"], unless_order "order" not_of_stores (Write ScOrd "a" "v").
Definition fetch_add_fn (t : int_type) : val := λᵥ ["a"; "n"; "order"], Faa t "a" "n".
Definition fetch_sub_fn (t : int_type) : val :=
  λᵥ ["a"; "n"; "order"], Faa t "a" (BinOp (WrapOp t SubOp) (Int 0) "n").
(** [Ok] is 0 and [Err] 1, both with the number that was found. *)
Definition compare_exchange_fn : val :=
  λᵥ ["a"; "old"; "new"; "order"; "failure"],
    unless_order "failure" not_of_loads
      (Let "found" (Cas CasFetch "a" "old" "new")
        (Case ("found" = "old")
          [variant 2 1 [(1, Var "found")]; variant 2 0 [(1, Var "found")]])).
(** The number that a failed one has found is read after it. So there is a step more, before
which others may change it: what the function may return is among what this may. *)
Definition compare_exchange_weak_fn : val :=
  λᵥ ["a"; "old"; "new"; "order"; "failure"],
    unless_order "failure" not_of_loads
      (Case (Cas CasWeak "a" "old" "new")
        [Let "found" (Read ScOrd "a") (variant 2 1 [(1, Var "found")]);
         variant 2 0 [(1, Var "old")]]).
(** Accesses are sequentially consistent without it. *)
Definition fence_fn : val := λᵥ ["order"], unless_order "order" not_of_fences Poison.
Definition is_ok_fn : val := λᵥ ["r"], Read Na1Ord "r" = Int 0.

(** ** Pointers *)
(** The address of what has one: not the last. *)
Definition some_address : Z := 4096.
Definition addr_fn : val :=
  λᵥ ["p"], Case ("p" = Int 0) [Int some_address; Int (int_max usize)].
(** No pointer, but to the last address. *)
Definition without_provenance_fn : val :=
  λᵥ ["a"], Case ("a" = Int (int_max usize)) [Stuck; Int 0].
(** Some pointer: none is null. *)
Definition nonnull_new_fn : val := λᵥ ["p"], variant 2 1 [(1, Var "p")].
(** From the last address one comes nowhere, and back again. *)
Definition byte_add_fn : val :=
  λᵥ ["p"; "n"], Case ("p" = Int 0) [BinOp OffsetOp "p" "n"; Var "p"].
Definition byte_sub_fn : val :=
  λᵥ ["p"; "n"], Case ("p" = Int 0) [BinOp OffsetOp "p" (Int 0 - "n"); Var "p"].
Definition pointer_eq_fn : val := λᵥ ["x"; "y"], !"x" = !"y".
Definition copy_nonoverlapping_fn (t : targ) : val :=
  λᵥ ["src"; "dst"; "count"],
    App (Val memcpy) [Var "dst"; ("count" * Cells (ta_cells t))%E; Var "src"].

(** ** Memory *)
Definition box_new_fn (t : targ) : val :=
  λᵥ ["v"],
    Let "box" (App (Val new) [Cells (ta_cells t)])
      (Seq (if ta_by_address t then copy (ta_cells t) "box" "v" else store (ta_cells t) "box" "v") "box").
Definition box_new_uninit_fn (t : targ) : val := λᵥ [], App (Val new) [Cells (ta_cells t)].
(** A layout is a number of cells. *)
Definition layout_new_fn (t : targ) : val := λᵥ [], Cells (ta_cells t).
Definition dealloc_fn : val := λᵥ ["p"; "layout"], App (Val new_delete.delete) [Var "layout"; Var "p"].

(** ** [Option] and [?] *)
(** [None] is 0 and [Some] 1; [Continue] is 0 and [Break] 1. *)
Definition branch_fn (t : targ) : val :=
  let n := ta_cells t in
  let size := S (Nat.max n 1) in
  if ta_by_address t then stuck_val
  else
    λᵥ ["o"],
      spread 0 (S n) "o"
        (Case (Var "c0")
          [variant size 1 [(1, Int 0)]; variant size 0 [(n, pack (map Var (cell_names 1 n)))] ]).
Definition from_residual_fn (t : targ) : val :=
  if ta_by_address t then λᵥ ["out"; "none"], Write Na1Ord "out" (Int 0)
  else λᵥ ["none"], variant (S (ta_cells t)) 0 [].
(** Of values that are passed as they are: [Option<T>], a default [U], a function [F]. *)
Definition map_or_fn (t u f : targ) : val :=
  if ta_by_address t || ta_by_address u || ta_by_address f then stuck_val
  else
    λᵥ ["call"; "o"; "default"; "f"],
      spread 0 (S (ta_cells t)) "o"
        (Case (Var "c0")
          [ret_expr "default";
           Let "out" (App (Val new) [Cells (ta_cells u)])
            (Let "env" (App (Val new) [Cells (ta_cells f)])
              (Seq (store (ta_cells f) "env" "f")
                (two_ends
                  (App "call" [Var "out"; Var "env"; pack (map Var (cell_names 1 (ta_cells t)))])
                  (Seq (App (Val new_delete.delete) [Cells (ta_cells f); Var "env"])
                    (Let "r" (load (ta_cells u) "out")
                      (Seq (App (Val new_delete.delete) [Cells (ta_cells u); Var "out"]) (ret_expr "r"))))
                  (Seq (App (Val new_delete.delete) [Cells (ta_cells f); Var "env"])
                    (Seq (App (Val new_delete.delete) [Cells (ta_cells u); Var "out"]) (Val unw_val))))))]).
(** A function by value, and the tuple of its arguments. It is always by address. *)
Definition call_once_fn (f : targ) : val :=
  if ta_by_address f then λᵥ ["call"; "out"; "f"; "args"], App "call" [Var "out"; Var "f"; Var "args"]
  else stuck_val.

(** Items of a slice or an array lie one after the other. *)
Definition offset_fn (t : targ) : val :=
  λᵥ ["p"; "count"], BinOp OffsetOp "p" ("count" * Cells (ta_cells t))%E.
(** How far [p] lies behind [q], in units of [T]: it is tried, and goes on without end if
the blocks differ or [p] lies before [q]. *)
Definition offset_from_fn (t : targ) : val :=
  λᵥ ["p"; "q"],
    App (Rec (BNamed "find") [BNamed "n"; BNamed "q"]
      (Case ("p" = "q")
        [App "find" [("n" + Int 1)%E; BinOp OffsetOp "q" (Cells (ta_cells t))]; Var "n"]))
      [Int 0; Var "q"].
(** A size is a number of cells, as a layout is. *)
Definition size_of_fn (t : targ) : val := λᵥ [], Cells (ta_cells t).
Definition alloc_fn : val := λᵥ ["layout"], App (Val new) [Var "layout"].

(** ** Statics *)
(** The address of the [n]th static: the program that runs a function ([scenario.v])
allocates the statics first. *)
Definition static_fn (n : nat) : val := λᵥ [], Val (LitV (LitLoc (Loc (Pos.of_succ_nat n) 0))).

(** ** Ends *)
Definition abort_fn : val := λᵥ [], Abort.
Definition panic_fn : val := λᵥ ["message"], Val unw_val.

(** ** Threads *)
(** A thread that runs the drop glue of the value at ["p"]: what a thread does is what the
destructor of its record does. Nothing unwinds out of a thread. *)
Definition fork_fn : val := λᵥ ["glue"; "p"], Fork (two_ends (App "glue" [Var "p"]) Poison Abort).

(** ** The table *)
Definition always (v : val) (_ : list targ) : val := v.
Definition at0 (f : targ → val) (ts : list targ) : val := f (nth_targ 0 ts).
Definition plain_fn (name : string) (args : list (option nat)) (v : val) : entry :=
  Entry name [] None args false (always v).

Definition lib : list entry := [
  (** "Returns a copy of the contained value." *)
  Entry "Cell::get" [] (Some 0) [None] false (at0 read_fn);
  (** "Sets the contained value." The old one is dropped: only for a [T] without drop
      glue. *)
  Entry "Cell::set" [] None [None; Some 0] false (at0 write_fn);
  (** "Creates a new [Cell] containing the given value." *)
  Entry "Cell::new" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Wrapping (modular) addition. Computes [self + rhs], wrapping around at the
      boundary of the type." *)
  plain_fn "usize::wrapping_add" [None; None] (wrapping_fn usize AddOp);
  (** "Wrapping (modular) subtraction." *)
  plain_fn "usize::wrapping_sub" [None; None] (wrapping_fn usize SubOp);
  plain_fn "u64::wrapping_add" [None; None] (wrapping_fn u64 AddOp);
  plain_fn "u64::wrapping_sub" [None; None] (wrapping_fn u64 SubOp);
  (** "Loads a value from the atomic integer." *)
  plain_fn "AtomicU64::load" [None; None] atomic_load_fn;
  (** "Stores a value into the atomic integer." *)
  plain_fn "AtomicU64::store" [None; None; None] atomic_store_fn;
  (** "Adds to the current value, returning the previous value. This operation wraps around
      on overflow." *)
  plain_fn "AtomicU64::fetch_add" [None; None; None] (fetch_add_fn u64);
  (** "Subtracts from the current value, returning the previous value." It wraps likewise. *)
  plain_fn "AtomicU64::fetch_sub" [None; None; None] (fetch_sub_fn u64);
  (** Of other widths; what does not depend on the width has one entry for all. *)
  plain_fn "AtomicU8::fetch_add" [None; None; None] (fetch_add_fn u8);
  plain_fn "AtomicU8::fetch_sub" [None; None; None] (fetch_sub_fn u8);
  plain_fn "AtomicU16::fetch_add" [None; None; None] (fetch_add_fn u16);
  plain_fn "AtomicU16::fetch_sub" [None; None; None] (fetch_sub_fn u16);
  plain_fn "AtomicU32::fetch_add" [None; None; None] (fetch_add_fn u32);
  plain_fn "AtomicU32::fetch_sub" [None; None; None] (fetch_sub_fn u32);
  plain_fn "AtomicUsize::fetch_add" [None; None; None] (fetch_add_fn usize);
  plain_fn "AtomicUsize::fetch_sub" [None; None; None] (fetch_sub_fn usize);
  plain_fn "AtomicI8::fetch_add" [None; None; None] (fetch_add_fn i8);
  plain_fn "AtomicI8::fetch_sub" [None; None; None] (fetch_sub_fn i8);
  plain_fn "AtomicI16::fetch_add" [None; None; None] (fetch_add_fn i16);
  plain_fn "AtomicI16::fetch_sub" [None; None; None] (fetch_sub_fn i16);
  plain_fn "AtomicI32::fetch_add" [None; None; None] (fetch_add_fn i32);
  plain_fn "AtomicI32::fetch_sub" [None; None; None] (fetch_sub_fn i32);
  plain_fn "AtomicI64::fetch_add" [None; None; None] (fetch_add_fn i64);
  plain_fn "AtomicI64::fetch_sub" [None; None; None] (fetch_sub_fn i64);
  plain_fn "AtomicIsize::fetch_add" [None; None; None] (fetch_add_fn isize);
  plain_fn "AtomicIsize::fetch_sub" [None; None; None] (fetch_sub_fn isize);
  (** "Stores a value into the atomic integer if the current value is the same as the
      [current] value. The return value is a result indicating whether the new value was
      written and containing the previous value." *)
  plain_fn "AtomicU64::compare_exchange" [None; None; None; None; None] compare_exchange_fn;
  (** "Unlike [compare_exchange], this function is allowed to spuriously fail even when the
      comparison succeeds." *)
  plain_fn "AtomicU64::compare_exchange_weak" [None; None; None; None; None]
    compare_exchange_weak_fn;
  (** "An atomic fence." *)
  plain_fn "atomic::fence" [None] fence_fn;
  (** "Returns [true] if the result is [Ok]." *)
  plain_fn "Result::is_ok" [None] is_ok_fn;
  (** "Acquires the underlying [*mut] pointer." *)
  plain_fn "NonNull::as_ptr" [None] pointer_identity;
  (** "Casts to a pointer of another type." *)
  plain_fn "NonNull::cast" [None] pointer_identity;
  (** "Creates a new [NonNull]. [ptr] must be non-null." *)
  plain_fn "NonNull::new_unchecked" [None] pointer_identity;
  (** "Creates a new [NonNull] if [ptr] is non-null." *)
  plain_fn "NonNull::new" [None] nonnull_new_fn;
  (** "Overwrites a memory location with the given value without reading or dropping the
      old value." *)
  Entry "NonNull::write" [] None [None; Some 0] false (at0 write_fn);
  (** "Gets the address portion of the pointer." *)
  plain_fn "NonNull::addr" [None] addr_fn;
  (** "Returns the contained value as a primitive type." *)
  Entry "NonZero::get" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Converts a [&mut T] to a [NonNull<T>]." *)
  plain_fn "NonNull::from" [None] pointer_identity;
  (** Pointers are equal if their addresses are. *)
  plain_fn "NonNull::eq" [None; None] pointer_eq_fn;
  (** "Casts to a pointer of another type." *)
  plain_fn "ptr::cast" [None] pointer_identity;
  (** "Changes constness without changing the type." *)
  plain_fn "ptr::cast_mut" [None] pointer_identity;
  (** "Adds an unsigned offset in bytes to a pointer using wrapping arithmetic." *)
  plain_fn "ptr::wrapping_byte_add" [None; None] byte_add_fn;
  (** "Subtracts an unsigned offset in bytes from a pointer using wrapping arithmetic." *)
  plain_fn "ptr::wrapping_byte_sub" [None; None] byte_sub_fn;
  (** "Creates a pointer with the given address and no provenance." *)
  plain_fn "ptr::without_provenance_mut" [None] without_provenance_fn;
  (** "Reads the value from [self] without moving it." *)
  Entry "ptr::read" [] (Some 0) [None] false (at0 read_fn);
  (** "Overwrites a memory location with the given value without reading or dropping the
      old value." *)
  Entry "ptr::write" [] None [None; Some 0] false (at0 write_fn);
  (** "Copies [count * size_of::<T>()] bytes from [src] to [dst]. The source and
      destination must not overlap." *)
  Entry "ptr::copy_nonoverlapping" [] None [None; None; None] false (at0 copy_nonoverlapping_fn);
  (** "Executes the destructor (if any) of the pointed-to value." *)
  Entry "ptr::drop_in_place" [DictGlue 0] None [None] true (always drop_in_place_fn);
  (** "Allocates memory on the heap and then places [x] into it." *)
  Entry "Box::new" [] None [Some 0] false (at0 box_new_fn);
  (** "Constructs a new box with uninitialized contents." *)
  Entry "Box::new_uninit" [] None [] false (at0 box_new_uninit_fn);
  (** "Consumes and leaks the [Box], returning a mutable reference." *)
  plain_fn "Box::leak" [None] pointer_identity;
  (** "Consumes the [Box], returning a wrapped raw pointer." *)
  plain_fn "Box::into_raw" [None] pointer_identity;
  (** "Constructs a box from a raw pointer." *)
  plain_fn "Box::from_raw" [None] pointer_identity;
  (** "Constructs a [Layout] suitable for holding a value of type [T]." *)
  Entry "Layout::new" [] None [] false (at0 layout_new_fn);
  (** "Deallocates memory with the global allocator." [layout] must be that of its
      allocation. *)
  plain_fn "alloc::dealloc" [None; None] dealloc_fn;
  (** "Wrap a value to be manually dropped." *)
  Entry "ManuallyDrop::new" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Dereferences the value", which lies where the [ManuallyDrop] does. *)
  plain_fn "ManuallyDrop::deref" [None] pointer_identity;
  (** "Creates a new [MaybeUninit<T>] in an uninitialized state." *)
  Entry "MaybeUninit::uninit" [] (Some 0) [] false (at0 uninit_fn);
  (** "Moves [src] into the referenced [dest], returning the previous [dest] value." *)
  Entry "mem::replace" [] (Some 0) [None; Some 0] false (at0 replace_fn);
  (** "Takes ownership and forgets about the value without running its destructor." *)
  Entry "mem::forget" [] None [Some 0] false (always forget_fn);
  (** "Disposes of a value." *)
  Entry "mem::drop" [DictGlue 0] None [Some 0] true (at0 drop_fn);
  (** "Decide whether the operator should produce a value (because this returned
      [ControlFlow::Continue]) or propagate a value back to the caller." *)
  Entry "Option::branch" [] (Some 0) [Some 0] false (at0 branch_fn);
  (** "Constructs the type from a compatible [Residual] type": [None]. *)
  Entry "Option::from_residual" [] (Some 0) [None] false (at0 from_residual_fn);
  (** "Returns the provided default result (if none), or applies a function to the
      contained value (if any)." What is not used is dropped: only for a [U] and an [F]
      without drop glue. *)
  Entry "Option::map_or" [DictCall 2] (Some 1) [Some 0; Some 1; Some 2] true
    (λ ts, map_or_fn (nth_targ 0 ts) (nth_targ 1 ts) (nth_targ 2 ts));
  (** "Performs the call operation." The result is always by address. *)
  Entry "FnOnce::call_once" [DictCall 0] (Some 0) [Some 0; None] true (at0 call_once_fn);
  (** "Construct a new [Pin<Ptr>] around a reference to some data of a type that may or
      may not implement [Unpin]." *)
  Entry "Pin::new_unchecked" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Terminates the process in an abnormal fashion." *)
  plain_fn "process::abort" [] abort_fn;
  (** A panic's message: nothing of it is kept. *)
  plain_fn "Arguments::from_str" [None] forget_fn;
  (** "Panics": the message goes nowhere, and the program unwinds. *)
  Entry "panicking::panic_fmt" [] None [None] true (always panic_fn);
  (** "Adds a signed offset to a pointer": [count] in units of [T]. Where that leaves the
      block, the access is stuck, and not already the addition. *)
  Entry "ptr::offset" [] None [None; None] false (at0 offset_fn);
  (** "Calculates the distance between two pointers within the same allocation": here it
      must not be negative. *)
  Entry "ptr::offset_from" [] None [None; None] false (at0 offset_from_fn);
  (** Not of the library itself: [thread::spawn] and the like are Rust source that calls it. *)
  Entry "thread::fork" [DictGlue 0] None [None] false (always fork_fn);
  (** "Returns the size of a type", here in cells. *)
  Entry "mem::size_of" [] None [] false (at0 size_of_fn);
  (** "Allocates memory with the global allocator." It never fails. *)
  plain_fn "alloc::alloc" [None] alloc_fn;
  (** "Mutably dereferences the value", which lies where the [ManuallyDrop] does. *)
  plain_fn "ManuallyDrop::deref_mut" [None] pointer_identity;
  (** "Extracts the value from the [ManuallyDrop] container." *)
  Entry "ManuallyDrop::into_inner" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Takes the value from the [ManuallyDrop<T>] container out." *)
  Entry "ManuallyDrop::take" [] (Some 0) [None] false (at0 read_fn);
  (** "Manually drops the contained value." *)
  Entry "ManuallyDrop::drop" [DictGlue 0] None [None] true (always drop_in_place_fn);
  (** "Creates a new [MaybeUninit<T>] initialized with the given value." *)
  Entry "MaybeUninit::new" [] (Some 0) [Some 0] false (at0 identity_fn);
  (** "Gets a pointer to the contained value." *)
  plain_fn "MaybeUninit::as_ptr" [None] pointer_identity;
  (** "Gets a mutable pointer to the contained value." *)
  plain_fn "MaybeUninit::as_mut_ptr" [None] pointer_identity;
  (** "Extracts the value from the [MaybeUninit<T>] container." Cells that were never
      written are copied; using them is stuck. *)
  Entry "MaybeUninit::assume_init" [] (Some 0) [Some 0] false (at0 identity_fn)
] ++
  (** Not functions of the library: the addresses of the program's statics. *)
  map (λ n, plain_fn (numbered "static::" n) [] (static_fn n)) (seq 0 64).

Definition lib_entry (name : string) : option entry :=
  List.find (λ e, String.eqb (le_name e) name) lib.
