(** * Drop glue, and the calls of closures

What [drop] does to a value of a type: [Drop::drop] of the type if it has one, then the
fields in order. If one of these unwinds, the others are dropped all the same, and the
glue unwinds at the end; if a second one unwinds, the program ends. A [Box] drops what
it holds and then frees it, on both ends.

rustc prints no body for drop glue, so this file states it. It is made for both
compilations: they say how [Drop::drop] is called and how a part is dropped.

A closure is called with the address of where the result goes, that of its
environment, and the tuple of its arguments ([tp_call] in [value.v]); its body is a
function of the environment, or of a reference to it, and of the arguments one by one.

Source: The Rust Reference, "Destructors", "Closure types"; the documentation of
[Drop], "Panics". *)
From tally.lang Require Export notation.
From tally.lang.lib Require Import new_delete.
From tally.mir Require Import mir value.
From tally.prelude Require Import options.

Section glue.
  Context (adts : list adt) (pc : nat → nat).
  (** The function with this number at type arguments, called with an address; what is
      at an address, of this type, dropped. Both have two ends. *)
  Context (call_drop : nat → list ty → expr → expr) (drop_part : ty → expr → expr).

  (** The fields from offset [off] on. [unw]: something has unwound. *)
  Fixpoint drop_fields (unw : bool) (off : nat) (fs : list ty) : expr :=
    match fs with
    | [] => if unw then Val unw_val else ret_unit
    | t :: fs =>
        if ty_needs_drop adts t then
          two_ends (drop_part t (at_off (Var "p") off))
            (drop_fields unw (off + ty_cells adts pc t) fs)
            (if unw then Abort else drop_fields true (off + ty_cells adts pc t) fs)
        else drop_fields unw (off + ty_cells adts pc t) fs
    end.
  Definition drop_shape (unw : bool) (s : shape) : expr :=
    match s with
    | Struct fs => drop_fields unw 0 fs
    | Enum vs => Case (Read Na1Ord (Var "p")) (map (drop_fields unw 1) vs)
    end.
  (** Of the value at ["p"]. *)
  Definition glue_body (t : ty) : expr :=
    match t with
    | TBox t =>
        let free := App (Val new_delete.delete) [Cells (ty_cells adts pc t); Var "b"] in
        Let "b" (Read Na1Ord (Var "p"))
          (two_ends (drop_part t (Var "b")) (Seq free ret_unit) (Seq free (Val unw_val)))
    | TTuple _ | TEnum _ | TAdt _ _ =>
        match ty_shape adts t with
        | None => Stuck
        | Some s =>
            match t, adt_of adts t with
            | TAdt _ ts, Some (Adt _ (Some f) _) =>
                if match s with
                   | Struct fs => existsb (ty_needs_drop adts) fs
                   | Enum vs => existsb (existsb (ty_needs_drop adts)) vs
                   end
                then two_ends (call_drop f ts (Var "p")) (drop_shape false s) (drop_shape true s)
                else call_drop f ts (Var "p")
            | _, _ => drop_shape false s
            end
        end
    | TInt _ | TBool | TPtr | TFat | TNoDrop _ => ret_unit
    | TParam _ => Stuck
    end.
End glue.

(** The body is the function [f] of the program, at type arguments, called by [call]. *)
Definition closure_body (p : program) (cells : ty → nat) (t : ty) (f : nat) (ts : list ty)
    (call : list expr → expr) : expr :=
  match nth_error (p_fns p) f with
  | None => Stuck
  | Some b =>
      let a := body_abi (p_adts p) b in
      let args := map (λ i, cells (ty_subst ts (nth i (b_locals b) (TTuple [])))) (seq 2 (b_args b - 1)) in
      let '(es, _) :=
        foldl (λ '(es, i) n, (es ++ [pack (map Var (cell_names i n))], i + n)) ([], 0) args in
      let env := match nth_error (b_locals b) 1 with
        | Some TPtr => Var "env" | _ => load (cells t) (Var "env") end in
      if abi_out a || existsb id (abi_by_address a) then Stuck
      else
        spread 0 (list_sum args) (Var "args")
          (two_ends (call (env :: es))
            (Seq (store (cells (fn_result p f ts)) (Var "out") (Var "r")) ret_unit) (Val unw_val))
  end.
