(** * No run of a checked function gets stuck

[check_safe]: [check_sound] as a statement about executions alone. A compiled function of
an accepted program is called from an empty memory, with integers and booleans that
satisfy what its signature demands. (A reference needs memory, so a caller that is
checked as well.) Then no run gets stuck, and where it ends, it has returned a result of
which the promises hold, or it has unwound, in a mode that allows it.

[check_cell_safe]: the same for a function that takes one reference, called with the
address of a cell by a small program. *)
From iris.program_logic Require Import lifting.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import notation proofmode adequacy.
From tally.mir Require Import mir value block_compile.
From tally.refine Require Export check_sound.
From tally.refine.proof Require Import stmt_sound term_sound entry_sound fn_sound.
From tally.prelude Require Import options.

(** A value that is given for a parameter; a reference has none. *)
Definition value_arg (ρ : valuation) (q : param) (v : val) : Prop :=
  match q with PVal k x => v = kind_val k (ρ x) ∧ kind_ok k (ρ x) | PMut _ _ _ | PShr _ _ => False end.
(** How a function may end: with a result of which the promises hold, or unwinding. *)
Definition good_end (m : mode) (s : sig) (ρ : valuation) (r : val) : Prop :=
  (∃ ρ' v, r = ret_val v ∧ (∀ x, x ∉ outs s → ρ' x = ρ x) ∧ result_ok ρ' (s_result s) v ∧
     Forall (evf ρ') (s_ensures s))
  ∨ r = unw_val ∧ unwinds m = true.

(** A compiled function is called through the table. *)
Lemma subst_through_table xs (ws : list val) (t : val) n :
  "pr" ∉ xs → NoDup xs → length xs = length ws →
  subst_list (map BNamed xs) ws
    (Let "pr" (Val t) (App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: map Var xs))) =
  Some (Let "pr" (Val t) (App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: map Val ws))).
Proof.
  intros Hpr Hnd Hlen. rewrite -(substs_vars xs ws) //. generalize (map Var xs). intros es.
  revert ws Hlen. induction xs as [|x xs IH]=> -[|w ws] Hlen; try done.
  { cbn [map subst_list]. do 5 f_equal. clear. induction es as [|e es IH]; [done|].
    cbn [map length]. by rewrite -IH. }
  cbn [map subst_list]. apply NoDup_cons in Hnd as [_ Hnd]. rewrite IH; [|set_solver|done|by injection Hlen].
  cbn [fmap option_fmap option_map subst']. f_equal.
  assert (String.eqb x "pr" = false) as Hx by (apply String.eqb_neq; set_solver).
  rewrite /Let. cbn [map subst binder_in]. rewrite !Hx. cbn [map subst]. by rewrite ?Hx map_map.
Qed.
Lemma wp_through_table `{!lrustGS Σ} (t g : val) n xs (ws : list val) (Φ : val → iProp Σ) :
  "pr" ∉ xs → NoDup xs → length xs = length ws →
  (∀ Ψ : val → iProp Σ, ▷ Ψ g -∗ WP App (Val t) [Int (Z.of_nat n)] {{ Ψ }}) →
  WP App (Val g) (Val <$> (t :: ws)) {{ Φ }} -∗
  WP App (Val (RecV BAnon (map BNamed xs)
    (Let "pr" (Val t) (App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: map Var xs))))) (Val <$> ws) {{ Φ }}.
Proof.
  iIntros (Hpr Hnd Hlen Ht) "H". iApply wp_pure_step_later; [by apply subst_through_table|].
  iIntros "!> _". cbn [subst']. iApply wp_let. iApply wp_value.
  assert (subst "pr" t (App (App (Var "pr") [Int (Z.of_nat n)]) (Var "pr" :: map Val ws)) =
    App (App (Val t) [Int (Z.of_nat n)]) (Val <$> (t :: ws))) as ->.
  { cbn [map subst String.eqb Ascii.eqb Bool.eqb]. do 2 f_equal. by rewrite map_map. }
  wp_bind (App (Val t) [Int _]). iApply Ht. iNext. iExact "H".
Qed.
Lemma plain_out a : plain_abi a = true → abi_out a = false.
Proof. rewrite /plain_abi andb_true_iff negb_true_iff. by intros [H _]. Qed.
Lemma wp_block_fn `{!lrustGS Σ} p insts f b n (ws : list val) (Φ : val → iProp Σ) :
  nth_error (p_fns p) f = Some b → plain_abi (body_abi (p_adts p) b) = true → length ws = b_args b →
  NoDup (map local_name (seq 1 (b_args b))) → position (IFn f []) insts = Some n →
  WP App (Val (instance_fn p [] insts (IFn f []))) (Val <$> (table p [] insts :: ws)) {{ Φ }} -∗
  WP App (Val (block_fn p [] insts f [])) (Val <$> ws) {{ Φ }}.
Proof.
  intros Hb Hab Hlen Hnd Hn. rewrite /block_fn Hb /call_instance Hn. revert Hab.
  generalize (body_abi (p_adts p) b). intros a Hab.
  assert (block_compile.params b a = map local_name (seq 1 (b_args b))) as ->.
  { rewrite /block_compile.params (plain_out a Hab). reflexivity. }
  apply wp_through_table; [by apply local_names_not|done|by rewrite local_names_length|].
  intros Ψ. apply wp_table. by apply position_lookup.
Qed.

(** No run of an accepted function gets stuck, and each ends as the signature says. *)
Theorem check_safe m p insts fs f c u n ρ ws :
  check_program m p insts fs = Ok u → fs !! f = Some (Some c) → position (IFn f []) insts = Some n →
  Forall2 (value_arg ρ) (s_params (cf_sig c)) ws → Forall (evf ρ) (s_requires (cf_sig c)) →
  adequate NotStuck (App (Val (block_fn p [] insts f [])) (Val <$> ws)) ∅
    (λ r _, good_end m (cf_sig c) ρ r).
Proof.
  intros Hfs Hf Hn Hws Hreq. apply (lrust_adequacy lrustΣ). intros HΣ Huntracked.
  destruct (check_fns_ok p insts m (sigs_of fs) 0 fs u f c Hfs Hf) as [x Hx].
  destruct (checked_fn_shape p insts m (sigs_of fs) f c x Hx) as (b & Hb & Hab & Hargs & Hnd).
  assert (length ws = length (s_params (cf_sig c))) as Hlen.
  { clear -Hws. induction Hws as [|?????? IH]; [done|]. cbn. by rewrite IH. }
  iApply (wp_block_fn p insts f b n); [done..|by rewrite Hlen|done|done|].
  iPoseProof (check_sound m p insts fs f c u Hfs Hf) as "#H".
  set (args := map (λ w, (w, 1%Qp)) ws).
  iSpecialize ("H" $! ρ args (λ r, ⌜good_end m (cf_sig c) ρ r⌝)%I with "[%] [] []"); [exact Hreq| | |].
  { rewrite /args. clear -Hws. iInduction Hws as [|q w ps ws Hq Hws] "IH"; [done|].
    cbn [map length]. rewrite big_sepL2_cons. iSplitL; [|iExact "IH"].
    destruct q as [k y|k y z|k y]; [|done..]. iPureIntro. exact Hq. }
  { iIntros (r) "[Hr|(-> & %Hm & _)]".
    - iDestruct "Hr" as (ρ' v) "(-> & %Hρ & %Hv & %He & _)". iPureIntro. left. by exists ρ', v.
    - iPureIntro. by right. }
  rewrite /args map_map map_id. iExact "H".
Qed.

(** ** A function that takes a reference *)
(** Calls [f] with the address of a cell that has the content [v]. Gives what is in the cell
after the call; where [f] unwinds, a value that is no integer. *)
Definition with_cell (f v : val) : expr :=
  let: "l" := Alloc #1 in
  "l" <- v;;
  two_ends (App f ["l"]) (!"l") #☠.
(** What a reference points to: its kind, and its variables at the call and at the end. *)
Definition pointee_of (q : param) : option (kind * positive * positive) :=
  match q with PMut k x y => Some (k, x, y) | PShr k x => Some (k, x, x) | PVal _ _ => None end.
(** What is in the cell after the call. *)
Definition good_content (m : mode) (s : sig) (ρ : valuation) (k : kind) (y : positive) (v : val) : Prop :=
  (∃ ρ', (∀ z, z ∉ outs s → ρ' z = ρ z) ∧ v = kind_val k (ρ' y) ∧ Forall (evf ρ') (s_ensures s))
  ∨ v = LitV LitPoison ∧ unwinds m = true.

(** [check_safe] for a function that takes one reference. *)
Theorem check_cell_safe m p insts fs f c u n ρ q k x y :
  check_program m p insts fs = Ok u → fs !! f = Some (Some c) → position (IFn f []) insts = Some n →
  s_params (cf_sig c) = [q] → pointee_of q = Some (k, x, y) → kind_ok k (ρ x) →
  Forall (evf ρ) (s_requires (cf_sig c)) →
  adequate NotStuck (with_cell (block_fn p [] insts f []) (kind_val k (ρ x))) ∅
    (λ v _, good_content m (cf_sig c) ρ k y v).
Proof.
  intros Hfs Hf Hn Hq Hpointee Hx Hreq. apply (lrust_adequacy lrustΣ). intros HΣ Huntracked.
  destruct (check_fns_ok p insts m (sigs_of fs) 0 fs u f c Hfs Hf) as [z Hz].
  destruct (checked_fn_shape p insts m (sigs_of fs) f c z Hz) as (b & Hb & Hab & Hargs & Hnd).
  rewrite /with_cell. wp_alloc l as "Hl" "_". rewrite heap_pointsto_vec_singleton. wp_let. wp_write. wp_seq.
  wp_bind (App (Val (block_fn p [] insts f [])) _).
  iApply (wp_block_fn p insts f b n [ #l ]); [done..|by rewrite Hargs Hq|done|done|].
  iPoseProof (check_sound m p insts fs f c u Hfs Hf) as "#H".
  iApply ("H" $! ρ [( #l, 1%Qp)] with "[//] [Hl]").
  { rewrite Hq /= right_id.
    destruct q as [|k' x' y'|k' x']; [done|..]; injection Hpointee as -> -> ->; iExists l; by iFrame. }
  iIntros (r) "[Hr|(-> & %Hm & _)]".
  - iDestruct "Hr" as (ρ' v) "(-> & %Hρ & _ & %He & Hl)". rewrite Hq /= right_id.
    do 2 wp_pure (Rec _ _ _). wp_rec. wp_let.
    iAssert (l ↦ kind_val k (ρ' y))%I with "[Hl]" as "Hl".
    { destruct q as [|k' x' y'|k' x']; [done|..]; injection Hpointee as -> -> ->;
        iDestruct "Hl" as (l') "[[%Hl _] Hl]"; by injection Hl as ->. }
    wp_read. iPureIntro. left. by exists ρ'.
  - do 2 wp_pure (Rec _ _ _). wp_rec. wp_rec. iPureIntro. by right.
Qed.

(** For the use of [check_safe]. *)
Lemma adequate_weaken (e : expr) σ (φ ψ : val → state → Prop) :
  adequate NotStuck e σ φ → (∀ v σ, φ v σ → ψ v σ) → adequate NotStuck e σ ψ.
Proof. intros [Hr Hs] H. split; [|exact Hs]. intros t2 σ2 v2 Hrun. apply H. by eapply Hr. Qed.
