(** * The lineage of pointers: two machines that tell pointers to one place apart

On λRust a pointer is an address, and whoever has the permission for it may use it. Rust
says more: a pointer that was derived from a mutable reference may be used as long as that
reference is not over, and an access through another pointer can end it. The notion of "may
be used" is fixed by one of two machines, and this file has a small version of both.

** Pointers
A pointer is an offset into one block, with its _lineage_: its own tag, and those of the
references from which it was derived, the youngest first. [Project] ([addr_of_mut!]) keeps
the lineage. [Reborrow] ([&mut … as *mut _]) adds a new tag, for one cell.

** Tree Borrows
Each cell has for each tag a permission ([perm]). An access through a pointer is _local_ for
the tags in its lineage and _foreign_ for the others, and changes every permission of the
cell by [perm_step]. A local access that is not permitted is undefined behaviour. A new
reference is [Reserved]: making one is a read. [perm_table] states all entries, and
[pair_table] is the table of one parent and one child.

** Stacked Borrows
Each cell has a stack of tags. An access asks that the lineage is still on the stack and
throws away what is above. To make a mutable reference is a write.

** Key results
- [test1]: a pointer made by [addr_of_mut!] is used before and after its parent. Both
  machines accept it. [test2] is the same with a reborrow in place of the projection, and
  both reject it ([test2_rejected]); with the two writes in the other order both accept it
  ([test2_reordered_accepted]).
- [read_between]: Tree Borrows accepts a read of the parent before the first use of the
  child, Stacked Borrows does not.
- [stacked_accepts_tree]: whatever this Stacked Borrows accepts, this Tree Borrows accepts.
- [foreign_write_disables]: of one parent and one child, after a write by the parent the next
  use of the child is not accepted.

** What is left out
Shared references, interior mutability, protectors of the arguments of functions, and
retags in the middle of a raw pointer's life. A tag has a permission only for the cell that
was reborrowed; Rust's Tree Borrows adds others at the first access.

Source: Villani, Hostert, Dreyer, Jung, "Tree Borrows" (PLDI 2025); Jung, Dang, Kang, Dreyer,
"Stacked Borrows" (POPL 2020). *)
From stdpp Require Import list.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.

(** ** Programs *)
(** Tags of references, and the lineage of a pointer. *)
Definition lineage := list positive.
Inductive access := ReadAcc | WriteAcc.
Global Instance access_eq_dec : EqDecision access.
Proof. solve_decision. Defined.

(** Variables are numbers; [x] is variable 0, the pointer to the block. *)
Inductive instr :=
  | Project (y x k : nat)    (* [y := addr_of_mut!(x[k])] *)
  | Reborrow (y x k : nat)   (* [y := &mut x[k] as *mut _] *)
  | Access (a : access) (x : nat).
Record pointer := Pointer { ptr_offset : nat; ptr_lineage : lineage }.

(** What a machine does with one cell. *)
Record machine := Machine {
  cell_state : Type;
  cell_init : positive → cell_state;
  cell_access : access → lineage → cell_state → option cell_state;
  cell_retag : lineage → positive → cell_state → option cell_state;
}.

Section run.
  Context (M : machine).
  Record run_state := RunState {
    run_vars : list pointer;
    run_cells : list (cell_state M);
    run_next : positive;
  }.
  Definition set_var (y : nat) (p : pointer) (vs : list pointer) : list pointer :=
    if decide (y < length vs) then <[y := p]> vs else vs ++ [p].
  Definition on_cell (k : nat) (f : cell_state M → option (cell_state M))
      (cs : list (cell_state M)) : option (list (cell_state M)) :=
    c ← cs !! k; c' ← f c; Some (<[k := c']> cs).

  Definition step (i : instr) (s : run_state) : option run_state :=
    match i with
    | Project y x k =>
        p ← run_vars s !! x;
        let p' := Pointer (ptr_offset p + k) (ptr_lineage p) in
        Some (RunState (set_var y p' (run_vars s)) (run_cells s) (run_next s))
    | Reborrow y x k =>
        p ← run_vars s !! x;
        let p' := Pointer (ptr_offset p + k) (run_next s :: ptr_lineage p) in
        cs ← on_cell (ptr_offset p + k) (cell_retag M (ptr_lineage p) (run_next s))
          (run_cells s);
        Some (RunState (set_var y p' (run_vars s)) cs (Pos.succ (run_next s)))
    | Access a x =>
        p ← run_vars s !! x;
        cs ← on_cell (ptr_offset p) (cell_access M a (ptr_lineage p)) (run_cells s);
        Some (RunState (run_vars s) cs (run_next s))
    end.
  Fixpoint steps (l : list instr) (s : run_state) : option run_state :=
    match l with [] => Some s | i :: l => s' ← step i s; steps l s' end.
  (** A block of [n] cells, to which variable 0 points. *)
  Definition start (n : nat) : run_state :=
    RunState [Pointer 0 [1%positive]] (replicate n (cell_init M 1%positive)) 2%positive.
  Definition accepts (n : nat) (l : list instr) : bool :=
    match steps l (start n) with Some _ => true | None => false end.
End run.

(** ** Tree Borrows *)
Inductive perm := Reserved | Active | Frozen | Disabled.
Inductive place := Local | Foreign.
Global Instance perm_eq_dec : EqDecision perm.
Proof. solve_decision. Defined.

(** What an access does to a permission. [None]: it is not permitted. *)
Definition perm_step (w : place) (a : access) (p : perm) : option perm :=
  match w, a, p with
  | Local, _, Disabled => None
  | Local, ReadAcc, p => Some p
  | Local, WriteAcc, Frozen => None
  | Local, WriteAcc, _ => Some Active
  | Foreign, ReadAcc, Active => Some Frozen
  | Foreign, ReadAcc, p => Some p
  | Foreign, WriteAcc, _ => Some Disabled
  end.
Definition tree_cell := list (positive * perm).
Definition place_of (L : lineage) (t : positive) : place :=
  if decide (t ∈ L) then Local else Foreign.
Definition tree_access (a : access) (L : lineage) (c : tree_cell) : option tree_cell :=
  if decide (Forall (λ t, t ∈ c.*1) L)
  then mapM (λ x, p ← perm_step (place_of L x.1) a x.2; Some (x.1, p)) c
  else None.
Definition tree_retag (L : lineage) (t : positive) (c : tree_cell) : option tree_cell :=
  c' ← tree_access ReadAcc L c; Some ((t, Reserved) :: c').
Definition tree : machine := {|
  cell_state := tree_cell;
  cell_init t := [(t, Active)];
  cell_access := tree_access;
  cell_retag := tree_retag;
|}.

(** ** Stacked Borrows *)
Definition stack_cell := list positive.
Definition stack_access (_ : access) (L : lineage) (c : stack_cell) : option stack_cell :=
  if decide (L `suffix_of` c) then Some L else None.
Definition stack_retag (L : lineage) (t : positive) (c : stack_cell) : option stack_cell :=
  if decide (L `suffix_of` c) then Some (t :: L) else None.
Definition stacked : machine := {|
  cell_state := stack_cell;
  cell_init t := [t];
  cell_access := stack_access;
  cell_retag := stack_retag;
|}.

(** ** The table *)

(** All entries. A foreign write disables, from [Reserved] and [Active] too. *)
Lemma perm_table :
  (λ p, (perm_step Local ReadAcc p, perm_step Local WriteAcc p,
         perm_step Foreign ReadAcc p, perm_step Foreign WriteAcc p)) <$>
    [Reserved; Active; Frozen; Disabled] =
  [ (*              local read     local write  foreign read    foreign write *)
    (* Reserved *) (Some Reserved, Some Active, Some Reserved, Some Disabled);
    (* Active *)   (Some Active,   Some Active, Some Frozen,   Some Disabled);
    (* Frozen *)   (Some Frozen,   None,        Some Frozen,   Some Disabled);
    (* Disabled *) (None,          None,        Some Disabled, Some Disabled)].
Proof. done. Qed.

(** A cell with one parent, the tag 1, and one child, the tag 2. *)
Definition pair_cell (parent child : perm) : tree_cell :=
  [(2%positive, child); (1%positive, parent)].
Definition by_parent : lineage := [1%positive].
Definition by_child : lineage := [2%positive; 1%positive].
Definition pair_step (a : access) (L : lineage) (parent child : perm) : option (perm * perm) :=
  match tree_access a L (pair_cell parent child) with
  | Some [(_, child'); (_, parent')] => Some (parent', child')
  | _ => None
  end.
(** What becomes of a parent that is [Active] and a child, by an access of either. *)
Lemma pair_table :
  (λ c, (pair_step ReadAcc by_child Active c, pair_step WriteAcc by_child Active c,
         pair_step ReadAcc by_parent Active c, pair_step WriteAcc by_parent Active c)) <$>
    [Reserved; Active; Frozen; Disabled] =
  [ (Some (Active, Reserved), Some (Active, Active),
       Some (Active, Reserved), Some (Active, Disabled));
    (Some (Active, Active), Some (Active, Active),
       Some (Active, Frozen), Some (Active, Disabled));
    (Some (Active, Frozen), None,
       Some (Active, Frozen), Some (Active, Disabled));
    (None, None,
       Some (Active, Disabled), Some (Active, Disabled)) ].
Proof. by vm_compute. Qed.
(** An access of the child is one of the parent too, and an access of the parent is foreign
for the child, whatever both are: so the table of single permissions says everything. *)
Lemma pair_step_child a parent child :
  pair_step a by_child parent child =
    (c ← perm_step Local a child; p ← perm_step Local a parent; Some (p, c)).
Proof. by destruct a, parent, child. Qed.
Lemma pair_step_parent a parent child :
  pair_step a by_parent parent child =
    (c ← perm_step Foreign a child; p ← perm_step Local a parent; Some (p, c)).
Proof. by destruct a, parent, child. Qed.
(** After a write of the parent the child is dead. *)
Lemma foreign_write_disables parent child parent' child' a :
  pair_step WriteAcc by_parent parent child = Some (parent', child') →
  pair_step a by_child parent' child' = None.
Proof. destruct a, parent, child; intros [= <- <-]; done. Qed.
(** A disabled permission stays so. *)
Lemma disabled_stays w a p : perm_step w a Disabled = Some p → p = Disabled.
Proof. destruct w, a; by intros [=]. Qed.

(** ** Programs *)
Section programs.
  Local Definition x := 0.
  Local Definition y := 1.
  Local Definition x1 := 2.

  (** [*x = (1, 1)] *)
  Local Definition write_both : list instr :=
    [Access WriteAcc x; Project x1 x 1; Access WriteAcc x1].
  Definition test1 : list instr := Project y x 0 :: write_both ++ [Access WriteAcc y].
  Definition test2 : list instr := Reborrow y x 0 :: write_both ++ [Access WriteAcc y].
  Definition test2_reordered : list instr :=
    Reborrow y x 0 :: Access WriteAcc y :: write_both.
  (** [let y = &mut x.0; let _ = x.0; *y = 5] *)
  Definition read_between : list instr := [Reborrow y x 0; Access ReadAcc x; Access WriteAcc y].
  (** [let y = &mut x.0; *y = 5; let _ = x.0; *y = 5] *)
  Definition read_after_write : list instr :=
    [Reborrow y x 0; Access WriteAcc y; Access ReadAcc x; Access WriteAcc y].

  Theorem test1_accepted : accepts tree 2 test1 = true ∧ accepts stacked 2 test1 = true.
  Proof. by vm_compute. Qed.
  (** [test2] is undefined behaviour in both. *)
  Theorem test2_rejected : accepts tree 2 test2 = false ∧ accepts stacked 2 test2 = false.
  Proof. by vm_compute. Qed.
  Theorem test2_reordered_accepted :
    accepts tree 2 test2_reordered = true ∧ accepts stacked 2 test2_reordered = true.
  Proof. by vm_compute. Qed.
  (** The machines are not the same: a child that was not written yet survives a read. *)
  Theorem read_between_differs :
    accepts tree 2 read_between = true ∧ accepts stacked 2 read_between = false.
  Proof. by vm_compute. Qed.
  (** Once it was written it does not. *)
  Theorem read_after_write_rejected :
    accepts tree 2 read_after_write = false ∧ accepts stacked 2 read_after_write = false.
  Proof. by vm_compute. Qed.
End programs.

(** ** Tree Borrows accepts more *)
Section simulation.
  Implicit Types (L S : lineage) (c : tree_cell) (n : positive).

  (** Whoever is on the stack may read and write. *)
  Local Definition cell_ok n (S : list positive) c : Prop :=
    Forall (λ t, t ∈ c.*1) S ∧
    Forall (λ x, (x.1 < n)%positive ∧ (x.1 ∈ S → x.2 = Reserved ∨ x.2 = Active)) c.
  Local Lemma cell_ok_access n S c a L :
    cell_ok n S c → L `suffix_of` S → ∃ c', tree_access a L c = Some c' ∧ cell_ok n L c'.
  Proof.
    intros [Htags Hperms] [S' ->]. apply Forall_app in Htags as [_ Htags].
    rewrite /tree_access decide_True //.
    assert (∃ c', mapM (λ x, p ← perm_step (place_of L x.1) a x.2; Some (x.1, p)) c = Some c' ∧
      c'.*1 = c.*1 ∧
      Forall (λ x, (x.1 < n)%positive ∧ (x.1 ∈ L → x.2 = Reserved ∨ x.2 = Active)) c')
      as (c' & -> & Hc' & Hok).
    { clear Htags. induction Hperms as [|[t p] c [Ht Hp] _ IH]; [by exists []|].
      destruct IH as (c' & Hc' & Hfst & Hok). simpl in *.
      assert (∃ p', perm_step (place_of L t) a p = Some p' ∧
        (t ∈ L → p' = Reserved ∨ p' = Active)) as (p' & Hp' & Hp'ok).
      { rewrite /place_of. destruct (decide (t ∈ L)) as [HtL|HtL].
        - destruct Hp as [-> | ->]; [by apply elem_of_app; right| |];
            destruct a; simpl; eauto.
        - destruct a, p; simpl; eauto; eexists; (split; [done|]); by intros. }
      exists ((t, p') :: c'). rewrite Hp' /= Hc' /=. split; [done|]. split; [by f_equal|].
      by constructor. }
    exists c'. split; [done|]. split; [by rewrite Hc'|done].
  Qed.
  Local Lemma cell_ok_retag n S c L :
    cell_ok n S c → L `suffix_of` S →
    ∃ c', tree_retag L n c = Some c' ∧ cell_ok (Pos.succ n) (n :: L) c'.
  Proof.
    intros Hok HL. destruct (cell_ok_access n S c ReadAcc L Hok HL) as (c' & Hc' & Htags & Hperms).
    exists ((n, Reserved) :: c'). rewrite /tree_retag Hc' /=. split; [done|]. split.
    - constructor; [by left|]. eapply Forall_impl; [exact Htags|]. intros t ?. by right.
    - constructor; [simpl; split; [lia|by left]|]. eapply Forall_impl; [exact Hperms|].
      intros [t p] [Ht Hp]. simpl in *. split; [lia|]. intros [->|?]%elem_of_cons; [lia|auto].
  Qed.
  Local Lemma cell_ok_succ n S c : cell_ok n S c → cell_ok (Pos.succ n) S c.
  Proof.
    intros [Htags Hperms]. split; [done|]. eapply Forall_impl; [exact Hperms|].
    intros [t p] [Ht Hp]. simpl in *. split; [lia|done].
  Qed.

  Local Definition related (s : run_state stacked) (s' : run_state tree) : Prop :=
    run_vars _ s = run_vars _ s' ∧ run_next _ s = run_next _ s' ∧
    Forall2 (cell_ok (run_next _ s)) (run_cells _ s) (run_cells _ s').
  Local Lemma on_cell_related n m (cs : list stack_cell) (cs' : list tree_cell) k f g ds :
    Forall2 (cell_ok n) cs cs' →
    (∀ S c, cell_ok n S c → cell_ok m S c) →
    (∀ S c S', cell_ok n S c → f S = Some S' → ∃ c', g c = Some c' ∧ cell_ok m S' c') →
    on_cell stacked k f cs = Some ds →
    ∃ ds', on_cell tree k g cs' = Some ds' ∧ Forall2 (cell_ok m) ds ds'.
  Proof.
    intros Hcs Hmono Hfg Hds. rewrite /on_cell /= in Hds.
    destruct (cs !! k) as [S|] eqn:HS; [|done]. simpl in Hds.
    destruct (f S) as [S'|] eqn:HS'; [|done]. injection Hds as <-.
    destruct (Forall2_lookup_l _ _ _ _ _ Hcs HS) as (c & Hc & Hok).
    destruct (Hfg _ _ _ Hok HS') as (c' & Hc' & Hok').
    rewrite /on_cell /= Hc /= Hc' /=. eexists. split; [done|].
    apply Forall2_insert; [|done]. eapply Forall2_impl; [exact Hcs|exact Hmono].
  Qed.
  Local Lemma step_related i s s' t :
    related s s' → step stacked i s = Some t → ∃ t', step tree i s' = Some t' ∧ related t t'.
  Proof.
    destruct s as [vs cs n], s' as [vs' cs' n']. intros (Hvs & Hn & Hcs) Hstep.
    simpl in *. subst vs' n'.
    destruct i as [y x k|y x k|a x]; simpl in *; destruct (vs !! x) as [p|]; try done;
      simpl in *.
    - injection Hstep as <-. by eexists.
    - destruct (on_cell stacked _ _ cs) as [ds|] eqn:Hds; [|done].
      simpl in Hstep. injection Hstep as <-.
      eapply (on_cell_related n (Pos.succ n) cs cs') in Hds as (ds' & Hds' & Hok);
        [|done|apply cell_ok_succ|].
      + erewrite Hds'. simpl. by eexists.
      + intros S c S' Hok HS'. rewrite /stack_retag in HS'. case_decide; [|done].
        injection HS' as <-. by eapply cell_ok_retag.
    - destruct (on_cell stacked _ _ cs) as [ds|] eqn:Hds; [|done].
      simpl in Hstep. injection Hstep as <-.
      eapply (on_cell_related n n cs cs') in Hds as (ds' & Hds' & Hok); [|done|done|].
      + erewrite Hds'. simpl. by eexists.
      + intros S c S' Hok HS'. rewrite /stack_access in HS'. case_decide; [|done].
        injection HS' as <-. by eapply cell_ok_access.
  Qed.

  (** Tree Borrows accepts what Stacked Borrows accepts. *)
  Theorem stacked_accepts_tree (m : nat) l :
    accepts stacked m l = true → accepts tree m l = true.
  Proof.
    rewrite /accepts.
    assert (related (start stacked m) (start tree m)) as Hrel.
    { split; [done|]. split; [done|]. simpl. apply Forall2_replicate. split.
      - constructor; [by left|constructor].
      - constructor; [|constructor]. simpl. split; [lia|by right]. }
    revert Hrel. generalize (start stacked m) as s, (start tree m) as s'.
    induction l as [|i l IH]; intros s s' Hrel; simpl; [done|].
    destruct (step stacked i s) as [t|] eqn:Ht; [|done]. simpl.
    destruct (step_related i s s' t Hrel Ht) as (t' & -> & Hrel'). simpl. by apply IH.
  Qed.
End simulation.
