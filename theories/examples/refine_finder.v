(** * A finder of certificates for the checker of refinements

Nobody trusts it: what it finds is checked. The nodes are given, with their environments,
and a hint for each; it finds the proofs. A leaf is searched among sums of up to three
facts, some with a product of two or a factor of -1; where there is none, it tries the
cases of each fact that has cases. *)
From stdpp Require Import list numbers.
From tally.prelude Require Import prelude.
From tally.lang Require Import machine_int.
From tally.mir Require Import mir block_compile.
Import EnvRing RingMicromega ZMicromega.
From tally.refine Require Import check.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Proofs *)
Definition add_all (l : list (Psatz Z)) : ZArithProof :=
  match l with [] => DoneProof | q :: l => RatProof (foldl (@PsatzAdd Z) q l) DoneProof end.
Definition find_leaf (F : list fml) : option ZArithProof :=
  let hs := flat_map constraints F in
  let ix := seq 0 (length hs) in
  let fact := @PsatzIn Z in
  let pairs := flat_map (λ j, map (λ k, (j, k)) ix) ix in
  let try_all (l : list ZArithProof) := List.find (λ w, ZChecker hs w) l in
  let or_try (o : option ZArithProof) (l : unit → list ZArithProof) :=
    match o with Some w => Some w | None => try_all (l tt) end in
  or_try (or_try (or_try (try_all (DoneProof :: map (λ j, add_all [fact j]) ix))
    (λ _, map (λ '(j, k), add_all [fact j; fact k]) pairs ++
      map (λ '(j, k), add_all [fact j; @PsatzMulC Z (Pc (-1)) (fact k)]) pairs))
    (λ _, flat_map (λ '(j, k), map (λ i, add_all [fact 0%nat; fact i; fact j; fact k]) [j; k]) pairs ++
      map (λ '(j, k), add_all [fact 0%nat; fact j; fact k]) pairs ++
      map (λ '(j, k), add_all [fact 0%nat; @PsatzMulE Z (fact j) (fact k); fact j]) pairs))
    (λ _, flat_map (λ '(j, k), map (λ i,
      add_all [fact 0%nat; @PsatzMulE Z (fact j) (fact k); fact j; fact i]) ix) pairs).
Definition no_proof : proof := PLeaf DoneProof.
Fixpoint find_refutation (n : nat) (F : list fml) : option proof :=
  match find_leaf F, n with
  | Some w, _ => Some (PLeaf w)
  | None, O => None
  | None, S n =>
      (fix first (k : nat) (G : list fml) : option proof :=
        match G with
        | [] => None
        | f :: G =>
            match cases f with
            | Some (g, h) =>
                match find_refutation n (g :: F) with
                | Some q1 =>
                    match find_refutation n (h :: F) with
                    | Some q2 => Some (PCases k q1 q2) | None => first (S k) G
                    end
                | None => first (S k) G
                end
            | None => first (S k) G
            end
        end) 0%nat F
  end.
Definition find_absurd (F : list fml) : proof :=
  match find_refutation 1 F with Some q => q | None => no_proof end.
Definition find_proof (F : list fml) (f : fml) : proof :=
  if holds F f then no_proof else find_absurd (neg f :: F).

(** ** Certificates *)
Inductive hint :=
  (** [Goto], [Assert] *)
  | HTo (nd : nat) (σ : inst)
  (** an edge for each target, and for the rest; [None]: control does not come here *)
  | HSwitch (es : list (option (nat * inst))) (d : option (nat * inst))
  | HCall (σ : inst) (new : list (positive * positive)) (nd : nat) (σ' : inst)
  | HReturn (σ : inst).
Section find.
  Context (m : mode) (p : program) (b : body) (s : sig) (sigs : nat → option sig) (nodes : list (nat * env)).
  Definition find_edge (E : env) (e : option (nat * inst)) : edge :=
    match e with
    | Some (nd, σ) =>
        To nd σ (map (find_proof (known E)) (map (fml_subst σ) (facts (nth nd nodes (0%nat, Env [] [])).2)))
    | None => Never (find_absurd (known E))
    end.
  Fixpoint find_cases (E : env) (v : sym) (ts : list (Z * nat)) (es : list (option (nat * inst)))
      (d : option (nat * inst)) : list edge * edge :=
    match ts, es with
    | (z, _) :: ts, e :: es =>
        match case_facts v z with
        | Some (yes, no) =>
            let r := find_cases (add_fact no E) v ts es d in
            (find_edge (add_fact yes E) e :: r.1, r.2)
        | None => ([], Never no_proof)
        end
    | _, _ => ([], find_edge E d)
    end.
  Definition find_term (E : env) (t : term) (h : hint) : term_cert :=
    match h, t with
    | HTo nd σ, Goto _ => TGoto (find_edge E (Some (nd, σ)))
    | HTo nd σ, Assert o expected _ _ =>
        match eval_bool p b E o with
        | Ok f =>
            let ok := if expected then f else neg f in
            TAssert (map (find_proof (known E)) (assert_goals m ok)) (find_edge (add_fact ok E) (Some (nd, σ)))
        | Err _ => TNever no_proof
        end
    | HSwitch es d, SwitchInt o ts _ =>
        match eval_operand p b E o with
        | Ok v => let r := find_cases E v ts es d in TSwitch r.1 r.2
        | Err _ => TNever no_proof
        end
    | HCall σ new nd σ', Call dst (CFn f _) os _ _ =>
        match sigs f with
        | Some s' =>
            let τ := new_names new in
            match check_args p b s σ τ E (cells E) (cells E) [] (s_params s') os with
            | Ok (Γ, _) =>
                match set_result p b s (Env Γ (facts E)) dst (s_result s') τ with
                | Ok E2 =>
                    TCall σ new (map (find_proof (known E)) (map (fml_subst σ) (s_requires s')))
                      (find_edge (Env (cells E2) (map (fml_subst (τ ++ σ)) (s_ensures s') ++ facts E2))
                        (Some (nd, σ')))
                | Err _ => TNever no_proof
                end
            | Err _ => TCall σ new [] (Never no_proof)
            end
        | None => TNever no_proof
        end
    | HReturn σ, Return => TReturn σ (map (find_proof (known E)) (map (fml_subst σ) (s_ensures s)))
    | _, _ => TNever no_proof
    end.
  Definition find_node (n : nat * env) (h : hint) : node :=
    Node n.1 n.2
      match b_blocks b !! n.1 with
      | Some bl =>
          match execs p b s 0 (Env (cells n.2) (known n.2)) bl.1 with
          | Ok E => find_term E bl.2 h
          | Err _ => TNever no_proof
          end
      | None => TNever no_proof
      end.
  (** The first node is where the function is entered. *)
  Definition find_cert (hs : list hint) : cert :=
    Cert (find_edge (entry_env p b s) (Some (0%nat, []))) (zip_with find_node nodes hs).
End find.
