(** * λRust: notation

Values are written with [#] ([#3], [#l], [#true], [#☠]), calls as
[f [e1; e2]], functions as [λ: ["x"; "y"], e] and [rec: "f" ["x"] := e], a binary
operation at an integer type with the type in angle brackets ([e1 +⟨usize⟩ e2]).

Plain reads and writes are non-atomic ([!e], [e1 <- e2]); the sequentially
consistent ones carry the mark ˢᶜ ([!ˢᶜ e], [e1 <-ˢᶜ e2]).

Source: [lang/notation.v] of RustBelt's λRust. *)
From tally.lang Require Export lang.
From tally.prelude Require Import options.

Coercion LitInt : Z >-> base_lit.
Coercion LitLoc : loc >-> base_lit.
Coercion lit_of_bool : bool >-> base_lit.

Coercion Val : val >-> expr.
Coercion Var : string >-> expr.
Coercion App : expr >-> Funclass.

(** Newer provers prefer [%_E], which older ones cannot read. *)
Local Set Warnings "-argument-scope-delimiter".
Global Arguments App _%E _%E.
Global Arguments Case _%E _%E.

(** Lists of expressions, for arguments and branches. *)
Notation "[ ]" := (@nil expr) : expr_scope.
Notation "[ x ]" := (@cons expr x%E (@nil expr)) : expr_scope.
Notation "[ x1 ; x2 ; .. ; xn ]" :=
  (@cons expr x1%E (@cons expr x2%E .. (@cons expr xn%E (@nil expr)) ..)) : expr_scope.

(** Lists of binders, for parameters. *)
Notation "[ ]" := (@nil binder) : binder_scope.
Notation "[ x ]" := (@cons binder x%binder (@nil binder)) : binder_scope.
Notation "[ x1 ; x2 ; .. ; xn ]" :=
  (@cons binder x1%binder (@cons binder x2%binder .. (@cons binder xn%binder (@nil binder)) ..))
  : binder_scope.

Notation "# l" := (LitV l%Z%V%L) (at level 8, format "# l").
Notation "# l" := (Val (LitV l%Z%V%L)) (at level 8, format "# l") : expr_scope.
Notation "☠" := LitPoison : val_scope.

Notation "'match:' e0 'of' el" := (Case e0%E el%E)
  (at level 102, e0, el at level 150) : expr_scope.
(** The branch for 0 comes first. *)
Notation "'if:' e1 'then' e2 'else' e3" :=
  (Case e1%E (@cons expr e3%E (@cons expr e2%E (@nil expr))))
  (at level 200, e1, e2, e3 at level 200) : expr_scope.

Notation "! e" := (Read Na1Ord e%E) (at level 9, format "! e") : expr_scope.
Notation "!ˢᶜ e" := (Read ScOrd e%E) (at level 9, format "!ˢᶜ e") : expr_scope.
Notation "e1 <- e2" := (Write Na1Ord e1%E e2%E) (at level 80) : expr_scope.
Notation "e1 <-ˢᶜ e2" := (Write ScOrd e1%E e2%E) (at level 80) : expr_scope.

Notation "e1 + e2" := (BinOp (ArithOp AddOp) e1%E e2%E) : expr_scope.
Notation "e1 - e2" := (BinOp (ArithOp SubOp) e1%E e2%E) : expr_scope.
Notation "e1 * e2" := (BinOp (ArithOp MulOp) e1%E e2%E) : expr_scope.
Notation "e1 +⟨ t ⟩ e2" := (BinOp (WrapOp t AddOp) e1%E e2%E)
  (at level 50, left associativity, format "e1  +⟨ t ⟩  e2") : expr_scope.
Notation "e1 -⟨ t ⟩ e2" := (BinOp (WrapOp t SubOp) e1%E e2%E)
  (at level 50, left associativity, format "e1  -⟨ t ⟩  e2") : expr_scope.
Notation "e1 *⟨ t ⟩ e2" := (BinOp (WrapOp t MulOp) e1%E e2%E)
  (at level 40, left associativity, format "e1  *⟨ t ⟩  e2") : expr_scope.
Notation "e1 = e2" := (BinOp EqOp e1%E e2%E) : expr_scope.
Notation "e1 ≤ e2" := (BinOp LeOp e1%E e2%E) : expr_scope.
Notation "e1 < e2" := (BinOp LtOp e1%E e2%E) : expr_scope.
Notation "e1 +ₗ e2" := (BinOp OffsetOp e1%E e2%E) : expr_scope.
Notation "~ e" := (UnOp NegOp e%E) (at level 75, right associativity) : expr_scope.

Notation "'rec:' f xl := e" := (Rec f%binder xl%binder e%E)
  (at level 200, f at level 1, xl at level 1, e at level 200) : expr_scope.
Notation "'rec:' f xl := e" := (RecV f%binder xl%binder e%E)
  (at level 200, f at level 1, xl at level 1, e at level 200) : val_scope.
Notation "λ: xl , e" := (Rec BAnon xl%binder e%E)
  (at level 200, xl at level 1, e at level 200) : expr_scope.
Notation "λ: xl , e" := (RecV BAnon xl%binder e%E)
  (at level 200, xl at level 1, e at level 200) : val_scope.

Notation "'let:' x := e1 'in' e2" :=
  (App (Rec BAnon (@cons binder x%binder (@nil binder)) e2%E) (@cons expr e1%E (@nil expr)))
  (at level 200, x at level 1, e1, e2 at level 200) : expr_scope.
Notation "e1 ;; e2" :=
  (App (Rec BAnon (@cons binder BAnon (@nil binder)) e2%E) (@cons expr e1%E (@nil expr)))
  (at level 100, e2 at level 200, format "e1  ;;  e2") : expr_scope.
