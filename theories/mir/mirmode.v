(** * Proof mode for translated functions

Symbolic execution of what [tree_compile.v] makes of a body, on top of the tactics of
[lang/proofmode.v].

** Specifications. A function has two ends ([value.v]). One that never unwinds has a
triple whose result is [ret_val v]. One that may unwind has a triple whose result [r] is
any, with [ends Q U r] in its postcondition: it has returned [v] and [Q v] holds, or it
has unwound and [U] holds. What holds on both ends stands beside it. A destructor, a
clone function and a closure of user code are such functions.

** Tactics
- [mir] runs the program as far as it can: pure steps; reads and writes of cells that
  are in the context; and calls of functions that are run and not specified, which are
  those with an instance of [MirLib], the library's, or [MirInline], small ones of the
  program and named blocks. A call of another function is in focus then.
- [mir_rec] unfolds the function that is called, whatever it is, and goes on with [mir].
- [mir_call with "…"] applies the specification of the function that is called next, which
  is found by an instance of [MirSpec].
- [mir_new l as "Hl" "Hl†" with "Hk"], [mir_delete "Hl" "Hl†" with "Hk"]: a local's memory, on
  the function's entry and on both of its ends. A block without cells is not on the lease;
  [mir_lease "Hk"] proves a lease with a number of blocks that is equal by arithmetic.
- [mir_copy "Hd" "Hs"]: a value moves from memory to memory.
- [mir_ends "He" as "HQ" | "HU"]: a call's two ends.

An operation at an integer type wants its result in the context, as everywhere
([solve_pure_side_condition]): [int_wrap_add] and its like have it.

Bodies of functions are long, so the next redex is computed, and steps are, many at a time
([steps.v]).

Key results: [ends], [MirSpec], [int_wrap_add], [mir_new_spec]. *)
From iris.proofmode Require Import coq_tactics reduction spec_patterns.
From iris.proofmode Require Import proofmode.
From iris.program_logic Require Import lifting.
From tally.prelude Require Import prelude.
From tally.lang Require Export proofmode.
From tally.lang Require Import interp interp_decompose.
From tally.lang.lib Require Export memcpy new_delete.
From tally.mir Require Export value lib steps.
From tally.prelude Require Import options.

(** ** Specifications with two ends *)
(** How a call ended, and what then holds. *)
Definition ends {Σ} (Q : val → iProp Σ) (U : iProp Σ) (r : val) : iProp Σ :=
  (∃ v, ⌜r = ret_val v⌝ ∗ Q v) ∨ (⌜r = unw_val⌝ ∗ U).

Section ends.
  Context {Σ : gFunctors}.
  Implicit Types (Q : val → iProp Σ) (U : iProp Σ) (r v : val).

  Lemma ends_ret Q U v : Q v -∗ ends Q U (ret_val v).
  Proof. iIntros "H". iLeft. iExists v. by iFrame. Qed.
  Lemma ends_unw Q U : U -∗ ends Q U unw_val.
  Proof. iIntros "H". iRight. by iFrame. Qed.
  Lemma ends_mono Q Q' U U' r :
    (∀ v, Q v -∗ Q' v) ∧ (U -∗ U') -∗ ends Q U r -∗ ends Q' U' r.
  Proof.
    iIntros "H [(%v & -> & HQ)|[-> HU]]".
    - iApply ends_ret. by iApply "H".
    - iApply ends_unw. by iApply "H".
  Qed.
  (** What is kept over the call. *)
  Lemma ends_frame Q U P r : P -∗ ends Q U r -∗ ends (λ v, P ∗ Q v) (P ∗ U) r.
  Proof.
    iIntros "HP". iApply ends_mono.
    iSplit; [iIntros (v) "$"|iIntros "$"]; iExact "HP".
  Qed.
End ends.

(** ** Values *)
(** [Option] of a value of one cell. *)
Definition none_val : val := pack_val [LitV (LitInt 0); LitV LitPoison].
Definition some_val (v : val) : val := pack_val [LitV (LitInt 1); v].

(** ** Which functions are run, and what specifies the others *)
(** A function of the program: its body is shown as it is. *)
Class MirInline (f : val) : Prop := mir_inline : True.
Global Hint Mode MirInline ! : typeclass_instances.
(** One of the library: its body is computed from the type arguments. *)
Class MirLib (f : val) : Prop := mir_lib : True.
Global Hint Mode MirLib ! : typeclass_instances.
(** [lem] is a triple of [f [… ]]; it is found by [f]. *)
Class MirSpec {P : Prop} (f : val) (lem : P) : Prop := mir_spec : True.
Global Hint Mode MirSpec - ! - : typeclass_instances.

Section inline.
  Implicit Types (t u f : targ).
  Global Instance inline_ret_val v : MirInline (ret_val v) := I.
  Global Instance inline_unw_val : MirInline unw_val := I.
  Global Instance inline_no_glue : MirInline no_glue := I.
  Global Instance inline_none_val : MirInline none_val := I.
  Global Instance inline_some_val v : MirInline (some_val v) := I.
  Global Instance inline_tp_glue n (f : binder) xl e v : MirInline (tp_glue (TP n (RecV f xl e) v)) := I.
  Global Instance inline_tp_call n v (f : binder) xl e : MirInline (tp_call (TP n v (RecV f xl e))) := I.
  Global Instance lib_read t : MirLib (read_fn t) := I.
  Global Instance lib_write t : MirLib (write_fn t) := I.
  Global Instance lib_identity t : MirLib (identity_fn t) := I.
  Global Instance lib_pointer_identity : MirLib pointer_identity := I.
  Global Instance lib_uninit t : MirLib (uninit_fn t) := I.
  Global Instance lib_replace t : MirLib (replace_fn t) := I.
  Global Instance lib_forget : MirLib forget_fn := I.
  Global Instance lib_drop t : MirLib (drop_fn t) := I.
  Global Instance lib_drop_in_place : MirLib drop_in_place_fn := I.
  Global Instance lib_wrapping (t : int_type) op : MirLib (wrapping_fn t op) := I.
  Global Instance lib_addr : MirLib addr_fn := I.
  Global Instance lib_without_provenance : MirLib without_provenance_fn := I.
  Global Instance lib_nonnull_new : MirLib nonnull_new_fn := I.
  Global Instance lib_byte_add : MirLib byte_add_fn := I.
  Global Instance lib_byte_sub : MirLib byte_sub_fn := I.
  Global Instance lib_pointer_eq : MirLib pointer_eq_fn := I.
  Global Instance lib_copy t : MirLib (copy_nonoverlapping_fn t) := I.
  Global Instance lib_box_new t : MirLib (box_new_fn t) := I.
  Global Instance lib_box_new_uninit t : MirLib (box_new_uninit_fn t) := I.
  Global Instance lib_layout_new t : MirLib (layout_new_fn t) := I.
  Global Instance lib_dealloc : MirLib dealloc_fn := I.
  Global Instance lib_branch t : MirLib (branch_fn t) := I.
  Global Instance lib_from_residual t : MirLib (from_residual_fn t) := I.
  Global Instance lib_map_or t u f : MirLib (map_or_fn t u f) := I.
  Global Instance lib_call_once f : MirLib (call_once_fn f) := I.
  Global Instance lib_atomic_load : MirLib atomic_load_fn := I.
  Global Instance lib_atomic_store : MirLib atomic_store_fn := I.
  Global Instance lib_fetch_add (t : int_type) : MirLib (fetch_add_fn t) := I.
  Global Instance lib_fetch_sub (t : int_type) : MirLib (fetch_sub_fn t) := I.
  Global Instance lib_compare_exchange : MirLib compare_exchange_fn := I.
  Global Instance lib_compare_exchange_weak : MirLib compare_exchange_weak_fn := I.
  Global Instance lib_fence : MirLib fence_fn := I.
  Global Instance lib_is_ok : MirLib is_ok_fn := I.
  Global Instance lib_abort : MirLib abort_fn := I.
  Global Instance lib_panic : MirLib panic_fn := I.
End inline.

(** ** The tactics' lemmas *)
Section tactics.
  Context `{!lrustGS Σ}.
  Implicit Types (Δ : envs (iPropI Σ)) (Φ : val → iProp Σ) (K : list ectx_item).

  Lemma tac_mir_steps Δ Δ' E n e e' Φ :
    expr_steps (S n) e = Some e' → MaybeIntoLaterNEnvs 1 Δ Δ' →
    envs_entails Δ' (WP e' @ E {{ Φ }}) → envs_entails Δ (WP e @ E {{ Φ }}).
  Proof.
    rewrite envs_entails_unseal=> Hn ? HΔ'. rewrite into_laterN_env_sound HΔ'.
    iIntros "H". iApply (wp_pure_step_later _ _ e e' True (S n)); [|done|].
    { intros _. by apply expr_steps_pure. }
    simpl. iNext. iApply bi.laterN_intro. by iIntros "_".
  Qed.
  Lemma tac_mir_bind Δ E e e' K r (f : val → expr) Φ :
    decompose [] e = DecRedex K r → (λ v, fill_items K (Val v)) = f → of_redex r = e' →
    envs_entails Δ (WP e' @ E {{ v, WP f v @ E {{ Φ }} }})%I →
    envs_entails Δ (WP e @ E {{ Φ }}).
  Proof.
    intros He <- <- HΔ. apply decompose_redex in He as ->. rewrite fill_items_fill.
    rewrite envs_entails_unseal in HΔ |- *. rewrite HΔ. iIntros "H". iApply wp_bind.
    iApply (wp_wand with "H"). iIntros (v) "H". by rewrite fill_items_fill.
  Qed.
  Lemma tac_mir_read Δ Δ' E i e e' K o (l : loc) q v Φ :
    decompose [] e = DecRedex K (ReadR o (LitV (LitLoc l))) → o = ScOrd ∨ o = Na1Ord →
    MaybeIntoLaterNEnvs 1 Δ Δ' → envs_lookup i Δ' = Some (false, l ↦{q} v)%I →
    fill_items K (Val v) = e' →
    envs_entails Δ' (WP e' @ E {{ Φ }}) → envs_entails Δ (WP e @ E {{ Φ }}).
  Proof.
    intros He Ho ? Hi <- HΔ. apply decompose_redex in He as ->. rewrite fill_items_fill.
    eapply (tac_wp_read K); [done..|]. by rewrite -fill_items_fill.
  Qed.
  Lemma tac_mir_write Δ Δ' Δ'' E i e e' K o (l : loc) v v' Φ :
    decompose [] e = DecRedex K (WriteR o (LitV (LitLoc l)) v') → o = ScOrd ∨ o = Na1Ord →
    MaybeIntoLaterNEnvs 1 Δ Δ' → envs_lookup i Δ' = Some (false, l ↦ v)%I →
    envs_simple_replace i false (Esnoc Enil i (l ↦ v')) Δ' = Some Δ'' →
    fill_items K (Val (LitV LitPoison)) = e' →
    envs_entails Δ'' (WP e' @ E {{ Φ }}) → envs_entails Δ (WP e @ E {{ Φ }}).
  Proof.
    intros He Ho ? Hi Hr <- HΔ. apply decompose_redex in He as ->. rewrite fill_items_fill.
    eapply (tac_wp_write K); [done..|]. by rewrite -fill_items_fill.
  Qed.
  (** At an integer type. *)
  Lemma tac_mir_binop Δ Δ' E e e' K op l1 l2 l Φ :
    decompose [] e = DecRedex K (BinOpR op (LitV l1) (LitV l2)) →
    bin_op_eval_pure op l1 l2 = Some l →
    ¬ (op = EqOp ∧ lit_is_loc l1 ∧ lit_is_loc l2) →
    MaybeIntoLaterNEnvs 1 Δ Δ' → fill_items K (Val (LitV l)) = e' →
    envs_entails Δ' (WP e' @ E {{ Φ }}) → envs_entails Δ (WP e @ E {{ Φ }}).
  Proof.
    intros He Hl Hne ? <- HΔ. apply decompose_redex in He as ->. rewrite fill_items_fill.
    eapply (tac_wp_pure _ _ _ K); [apply pure_binop|done|done|]. by rewrite -fill_items_fill.
  Qed.
End tactics.

(** Computation, up to what stands in the program: no name of a function is unfolded, and
no number is computed. *)
Ltac mir_lazy e :=
  eval lazy beta iota zeta delta [
    expr_step redex_step lit_step decompose fill_items fill_item to_val of_val of_redex
    reverse rev_append app subst subst' subst_list binder_in map fmap option_fmap option_map
    list_fmap String.eqb Ascii.eqb Bool.eqb
    ret_unit ret_expr two_ends Poison Stuck Let Seq Int Cells] in e.
Ltac mir_solve_eq :=
  lazymatch goal with
  | |- ?x = ?z => let y := mir_lazy x in unify z y; exact_no_check (eq_refl y)
  end.
Ltac mir_solve_tc := solve [once (typeclasses eauto)].

(** A boolean that is known; a comparison of numbers is computed. *)
Ltac mir_lit_of b :=
  let b := eval vm_compute in b in
  lazymatch b with true => constr:(LitInt 1) | false => constr:(LitInt 0) end.
Ltac mir_lit l :=
  match l with
  | lit_of_bool true => constr:(LitInt 1)
  | lit_of_bool false => constr:(LitInt 0)
  | lit_of_bool (bool_decide (Zpos ?a = Zpos ?b)) => mir_lit_of constr:(bool_decide (Zpos a = Zpos b))
  | lit_of_bool (bool_decide (Zpos ?a = Z0)) => constr:(LitInt 0)
  | lit_of_bool (bool_decide (Z0 = Zpos ?a)) => constr:(LitInt 0)
  | lit_of_bool (bool_decide (Z0 = Z0)) => constr:(LitInt 1)
  | lit_of_bool (bool_decide (Zpos ?a ≤ Z0)%Z) => constr:(LitInt 0)
  | lit_of_bool (bool_decide (Z0 ≤ Z0)%Z) => constr:(LitInt 1)
  end.
(** What is called, or tested, where it has a name or is to be computed. *)
Ltac mir_redex_val r :=
  match r with
  | AppR ?f _ =>
      let _ := constr:(_ : MirInline f) in
      let f' := eval hnf in f in constr:(Some f')
  | AppR ?f _ =>
      let _ := constr:(_ : MirLib f) in
      let f' := eval lazy beta iota zeta delta - [cells_lit ret_val unw_val tp_cells tp_glue
        tp_call memcpy new new_delete.delete shift_loc] in f in
      constr:(Some f')
  | CaseR (LitV ?l) _ => let l := mir_lit l in constr:(Some (LitV l))
  | UnOpR NegOp (LitV ?l) => let l := mir_lit l in constr:(Some (LitV l))
  | _ => constr:(@None val)
  end.

(** [k n e']: after [n] steps comes [e'], and no other pure step. *)
Ltac mir_run n e k :=
  let r := mir_lazy constr:(expr_step None e) in
  lazymatch r with
  | Some ?e' => mir_run constr:(S n) e' k
  | _ =>
      let d := mir_lazy constr:(decompose (@nil ectx_item) e) in
      lazymatch d with
      | DecRedex _ ?red =>
          let o := mir_redex_val red in
          lazymatch o with
          | Some ?v =>
              let r := mir_lazy constr:(expr_step (Some v) e) in
              lazymatch r with
              | Some ?e' => mir_run constr:(S n) e' k
              | _ => k n e
              end
          | None => k n e
          end
      | _ => k n e
      end
  end.
Ltac mir_value := pm_prettify; try wp_value_head.
Ltac mir_steps n e :=
  eapply (tac_mir_steps _ _ _ n _ e); [exact_no_check (eq_refl (Some e))|mir_solve_tc|mir_value].
Ltac mir_pures :=
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
      mir_run O e ltac:(fun n e' => lazymatch n with S ?n => mir_steps n e' end)
  end.
(** The function that is called is unfolded, whatever it is. *)
Ltac mir_rec_step :=
  lazymatch goal with
  | |- envs_entails _ (wp _ _ (App (Val ?f) ?el) _) =>
      let f' := eval hnf in f in
      let r := mir_lazy constr:(expr_step (Some f') (App (Val f) el)) in
      lazymatch r with Some ?e' => mir_steps O e' end
  | _ => fail "mir_rec: no call of a function"
  end.
Ltac mir_op :=
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
      let d := mir_lazy constr:(decompose (@nil ectx_item) e) in
      lazymatch d with
      | DecRedex ?K (ReadR ?o (LitV (LitLoc ?l))) =>
          eapply (tac_mir_read _ _ _ _ e _ K o l);
          [exact_no_check (eq_refl d)|first [left; reflexivity|right; reflexivity]|mir_solve_tc
          |iAssumptionCore|mir_solve_eq|mir_value]
      | DecRedex ?K (WriteR ?o (LitV (LitLoc ?l)) ?v) =>
          eapply (tac_mir_write _ _ _ _ _ e _ K o l _ v);
          [exact_no_check (eq_refl d)|first [left; reflexivity|right; reflexivity]|mir_solve_tc
          |iAssumptionCore|pm_reflexivity|mir_solve_eq|mir_value]
      | DecRedex ?K (BinOpR ?op (LitV ?l1) (LitV ?l2)) =>
          eapply (tac_mir_binop _ _ _ e _ K op l1 l2);
          [exact_no_check (eq_refl d)|first [reflexivity|eassumption]
          |let H := fresh in intros H; first [discriminate (proj1 H)|exact (proj1 (proj2 H))|exact (proj2 (proj2 H))]
          |mir_solve_tc|mir_solve_eq|mir_value]
      end
  end.
Ltac mir_bind :=
  lazymatch goal with
  | |- envs_entails _ (wp _ _ ?e _) =>
      let d := mir_lazy constr:(decompose (@nil ectx_item) e) in
      lazymatch d with
      | DecRedex [] _ => idtac
      | DecRedex ?K ?r =>
          lazymatch r with AppR _ _ => idtac | AllocR _ => idtac | FreeR _ _ => idtac end;
          let f := mir_lazy constr:(λ v, fill_items K (Val v)) in
          let e' := mir_lazy constr:(of_redex r) in
          eapply (tac_mir_bind _ _ e e' K r f);
          [exact_no_check (eq_refl d)|exact_no_check (eq_refl f)|exact_no_check (eq_refl e')
          |pm_prettify]
      end
  end.

(** ** Running *)
Tactic Notation "mir" := iStartProof; repeat first [mir_pures|mir_op]; try mir_bind.
Tactic Notation "mir_rec" := iStartProof; mir_rec_step; mir.

(** The specification of the function that is called next. *)
Ltac mir_lookup f k :=
  let H := constr:(_ : MirSpec f _) in
  lazymatch type of H with MirSpec _ ?lem => k lem end.
Tactic Notation "mir_call" "with" constr(pat) :=
  mir;
  lazymatch goal with
  | |- envs_entails _ (wp _ _ (App (Val ?f) _) _) =>
      mir_lookup f ltac:(fun lem => wp_apply (lem with pat))
  end.

Tactic Notation "mir_ends" constr(H) "as" constr(HQ) "|" constr(HU) :=
  let pat := constr:(String.append "[(%v & -> & " (String.append HQ (String.append ")|[-> " (String.append HU "]]")))) in
  let pat := eval vm_compute in pat in
  iDestruct H as pat.

(** ** Machine integers *)
(** What solves the side conditions of operations at an integer type, when it is put into
the context. *)
Section integers.
  Implicit Types (t : int_type) (n m : Z).

  Lemma int_wrap_add t n m :
    in_int_range t n → in_int_range t m →
    bin_op_eval_pure (WrapOp t AddOp) n m = Some (LitInt (int_wrap t (n + m))).
  Proof. intros Hn Hm. by rewrite /= /arith_eval_at decide_True. Qed.
  Lemma int_wrap_sub t n m :
    in_int_range t n → in_int_range t m →
    bin_op_eval_pure (WrapOp t SubOp) n m = Some (LitInt (int_wrap t (n - m))).
  Proof. intros Hn Hm. by rewrite /= /arith_eval_at decide_True. Qed.
  (** A subtraction that does not overflow. *)
  Lemma int_no_wrap_sub t n m :
    in_int_range t n → in_int_range t m → in_int_range t (n - m) →
    bin_op_eval_pure (WrapOp t SubOp) n m = Some (LitInt (n - m)).
  Proof. intros Hn Hm Hs. by rewrite int_wrap_sub // int_wrap_id. Qed.
  Lemma int_no_overflow_sub t n m :
    in_int_range t n → in_int_range t m → in_int_range t (n - m) →
    bin_op_eval_pure (OverflowOp t SubOp) n m = Some (lit_of_bool false).
  Proof.
    intros Hn Hm Hs. rewrite /= /arith_eval_at decide_True //=.
    by rewrite bool_decide_eq_true_2.
  Qed.
End integers.

(** ** Memory of locals *)
Section slots.
  Context `{!lrustGS Σ}.
  Implicit Types (l dst src : loc) (vl : list val) (q : Qp) (k n : nat) (E : coPset).

  Lemma lease_eq q k k' : k = k' → heap_lease q k -∗ heap_lease q k'.
  Proof. intros ->. by iIntros. Qed.

  Lemma mir_new_spec E q n k :
    {{{ heap_lease q k }}} new [Cells n] @ E
    {{{ l, RET #l; heap_lease q (1 `min` n + k) ∗ dealloc_token 1 n l ∗ l ↦∗ replicate n #☠ }}}.
  Proof.
    iIntros (Φ) "Hk HΦ". wp_apply (new_spec with "Hk"); [lia|].
    rewrite Nat2Z.id. iApply "HΦ".
  Qed.
  Lemma mir_delete_spec E q n k l vl :
    length vl = n → 1 `min` n ≤ k →
    {{{ heap_lease q k ∗ l ↦∗ vl ∗ dealloc_token 1 n l }}} new_delete.delete [Cells n; #l] @ E
    {{{ RET #☠; heap_lease q (k - 1 `min` n) }}}.
  Proof.
    iIntros (<- Hk Φ) "(Hk & Hl & H†) HΦ".
    wp_apply (delete_spec _ _ l vl q (k - 1 `min` length vl) with "[Hk $Hl $H†]"); [done| |done].
    iApply (lease_eq with "Hk"). lia.
  Qed.
  Lemma mir_copy_spec E n dst src q vl vl' :
    length vl = n → length vl' = n →
    {{{ dst ↦∗ vl ∗ src ↦∗{q} vl' }}} memcpy [ #dst; Cells n; #src] @ E
    {{{ RET #☠; dst ↦∗ vl' ∗ src ↦∗{q} vl' }}}.
  Proof. iIntros (<- Hl Φ) "H HΦ". iApply (memcpy_spec with "H"); [done|by rewrite Hl|done]. Qed.
End slots.

Ltac mir_len :=
  try solve [simpl in *; rewrite ?list_length_replicate; first [done|lia]].
Tactic Notation "mir_lease" constr(H) := iApply (lease_eq with H); lia.
Tactic Notation "mir_new" simple_intropattern(l) "as" constr(H) constr(Hd) "with" constr(Hk) :=
  let pat := eval vm_compute in (String.append "(" (String.append Hk (String.append " & " (String.append Hd (String.append " & " (String.append H ")")))))) in
  wp_apply (mir_new_spec with Hk); iIntros (l) pat.
Tactic Notation "mir_delete" constr(H) constr(Hd) "with" constr(Hk) :=
  let pat := eval vm_compute in
    (String.append "[$" (String.append Hk (String.append " $" (String.append H (String.append " $" (String.append Hd "]")))))) in
  wp_apply (mir_delete_spec with pat); [mir_len|mir_len|iIntros Hk].
Tactic Notation "mir_copy" constr(Hd) constr(Hs) :=
  let pat := eval vm_compute in (String.append "[$" (String.append Hd (String.append " $" (String.append Hs "]")))) in
  let pat' := eval vm_compute in (String.append "[" (String.append Hd (String.append " " (String.append Hs "]")))) in
  wp_apply (mir_copy_spec with pat); [mir_len|mir_len|iIntros pat'].
