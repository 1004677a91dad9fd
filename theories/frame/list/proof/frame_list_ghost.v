(** * Lists of frames: which frame is in which list

[in_list_inv N γ x]: the word of slot [x] that says which list its frame is in is kept
in an invariant, for everybody to look at. If it is a number, half of the slot's vtable
is there too, so that nobody has the frame's unique handle: it is the list's, less
that half. And there is a proof that [x] is a member of the list of that number.

[list_number γ id xs] is the list's own: its number and its members. Numbers are given
out from a counter ([list_ids]), and to each belongs the ghost name of a map of members,
of which there is one, for ever. So no two lists have one number
([list_number_exclusive]); and what the word says is true: it is the list's number
exactly if the slot is a member ([in_list_read]).

[chain] is the frames of a list, linked to each other. *)
From iris.base_logic.lib Require Import invariants ghost_map ghost_var.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count frame_list_model.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.list Require Import frame_list_base.
From tally.prelude Require Import options.

(** The first link of some frames, and the last one; null where there is none. *)
Definition head_link (fs : list listed) : val :=
  match fs with [] => #0 | e :: _ => #(ls_link e.1) end.
Fixpoint last_link_of (p : val) (fs : list listed) : val :=
  match fs with [] => p | e :: fs' => last_link_of #(ls_link e.1) fs' end.
Definition last_link (fs : list listed) : val := last_link_of #0 fs.
(** The link after some frames, of which the next is the first of [fs]. *)
Definition next_link (n : val) (fs : list listed) : val :=
  match fs with [] => n | e :: _ => #(ls_link e.1) end.

Lemma last_link_of_snoc p fs e : last_link_of p (fs ++ [e]) = #(ls_link e.1).
Proof. revert p. by induction fs as [|e' fs IH]=> p /=. Qed.
Lemma last_link_of_app p fs1 fs2 :
  last_link_of p (fs1 ++ fs2) = last_link_of (last_link_of p fs1) fs2.
Proof. revert p. by induction fs1 as [|e' fs1 IH]=> p /=. Qed.
Lemma next_link_head fs : next_link #0 fs = head_link fs.
Proof. by destruct fs. Qed.
Lemma next_link_app n fs1 fs2 : next_link n (fs1 ++ fs2) = next_link (next_link n fs2) fs1.
Proof. by destruct fs1. Qed.

Section ghost.
  Context `{!lrustGS Σ, !frameG Σ, !frameListG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γ γm : gname) (x y : list_slot) (i : nat) (id w : Z) (vl : list val).
  Implicit Types (ids l : loc) (p n : val) (fs : list listed) (xs : list list_slot).

  (** ** Numbers *)
  Definition list_ids γ ids : iProp Σ := inv (N .@ "ids")
    (∃ (next : Z) (m : gmap Z gname),
      ids ↦ #next ∗ ⌜(1 ≤ next ≤ fl_id_max)%Z⌝ ∗ ghost_map_auth γ 1 m ∗
      ⌜∀ id, is_Some (m !! id) → (0 < id < next)%Z⌝).
  Global Instance list_ids_persistent γ ids : Persistent (list_ids γ ids).
  Proof. apply _. Qed.

  Lemma list_ids_alloc E ids : ids ↦ #1 ={E}=∗ ∃ γ, list_ids γ ids.
  Proof.
    iIntros "Hids". iMod (ghost_map_alloc_empty (K := Z) (V := gname)) as (γ) "Hm".
    iExists γ. iApply inv_alloc. iNext. iExists 1%Z, ∅. iFrame "Hids Hm".
    iPureIntro. split; [by rewrite /fl_id_max|]. intros id [v Hv]. by rewrite lookup_empty in Hv.
  Qed.

  Definition member_map (M : gmap gname list_slot) xs : Prop :=
    ∀ γw x, M !! γw = Some x ↔ ls_word x = γw ∧ x ∈ xs.
  Definition list_number γ id xs : iProp Σ :=
    ⌜id = 0%Z ∧ xs = []⌝ ∨
    ∃ γm M, ⌜(0 < id < fl_id_max)%Z ∧ member_map M xs⌝ ∗
      id ↪[γ]□ γm ∗ ghost_map_auth γm 1 M.
  (** [x] is a member of the list with number [id]. *)
  Definition list_member γ id x : iProp Σ :=
    ∃ γm, id ↪[γ]□ γm ∗ ls_word x ↪[γm] x.

  Global Instance list_number_timeless γ id xs : Timeless (list_number γ id xs).
  Proof. apply _. Qed.
  Lemma list_number_0 γ id xs : list_number γ id xs -∗ ⌜id = 0%Z → xs = []⌝.
  Proof. iIntros "[[_ %]|(%γm & %M & [% _] & _)]"; iPureIntro; [done|lia]. Qed.
  Lemma list_number_exclusive γ id xs xs' :
    id ≠ 0%Z → list_number γ id xs -∗ list_number γ id xs' -∗ False.
  Proof.
    iIntros (Hid) "[[% _]|(%γm & %M & _ & #Hid & HM)] [[% _]|(%γm' & %M' & _ & #Hid' & HM')]";
      [done..|].
    iDestruct (ghost_map_elem_agree with "Hid Hid'") as %<-.
    by iDestruct (ghost_map_auth_valid_2 with "HM HM'") as %[[] _].
  Qed.

  Lemma list_number_insert γ id xs xs' x :
    id ≠ 0%Z → (∀ y, y ∈ xs → ls_word y ≠ ls_word x) →
    (∀ y, y ∈ xs' ↔ y = x ∨ y ∈ xs) →
    list_number γ id xs ==∗ list_number γ id xs' ∗ list_member γ id x.
  Proof.
    iIntros (Hid Hnew Hxs) "[[% _]|(%γm & %M & [%Hr %HM] & #Hid & HM)]"; [done|].
    iMod (ghost_map_insert (ls_word x) x with "HM") as "[HM Hx]".
    { destruct (M !! ls_word x) as [y|] eqn:Hy; [|done].
      apply HM in Hy as [Hw Hy]. by destruct (Hnew y). }
    iModIntro. iSplitR "Hx"; [|iExists γm; by iFrame "Hx Hid"].
    iRight. iExists γm, (<[ls_word x := x]> M). iFrame "Hid HM". iPureIntro.
    split; [done|]. intros γw y. rewrite Hxs. destruct (decide (γw = ls_word x)) as [->|Hne].
    - rewrite lookup_insert_same. split; [intros [= ->]; by auto|].
      intros [Hw [->|Hy]]; [done|]. by destruct (Hnew y).
    - rewrite lookup_insert_ne // HM. naive_solver.
  Qed.
  Lemma list_number_delete γ id xs xs' x :
    (∀ y, y ∈ xs' → ls_word y ≠ ls_word x) →
    (∀ y, y ∈ xs ↔ y = x ∨ y ∈ xs') →
    list_number γ id xs -∗ list_member γ id x ==∗ list_number γ id xs'.
  Proof.
    iIntros (Hnew Hxs) "[[_ %Hnil]|(%γm & %M & [%Hr %HM] & #Hid & HM)] (%γm' & #Hid' & Hx)".
    { exfalso. subst xs. specialize (Hxs x). set_solver. }
    iDestruct (ghost_map_elem_agree with "Hid Hid'") as %<-.
    iMod (ghost_map_delete with "HM Hx") as "HM".
    iModIntro. iRight. iExists γm, (delete (ls_word x) M). iFrame "Hid HM". iPureIntro.
    split; [done|]. intros γw y. destruct (decide (γw = ls_word x)) as [->|Hne].
    - rewrite lookup_delete_same. split; [done|]. intros [Hw Hy]. by destruct (Hnew y).
    - rewrite lookup_delete_ne // HM Hxs. naive_solver.
  Qed.
  Lemma list_number_perm γ id xs xs' :
    id ≠ 0%Z → (∀ y, y ∈ xs ↔ y ∈ xs') → list_number γ id xs -∗ list_number γ id xs'.
  Proof.
    iIntros (Hid Hxs) "[[% _]|(%γm & %M & [%Hr %HM] & H)]"; [done|].
    iRight. iExists γm, M. iFrame "H". iPureIntro. split; [done|].
    intros γw y. by rewrite HM Hxs.
  Qed.
  (** What is a member of the list with a number is in the list that has it. *)
  Lemma list_number_member γ id xs x :
    id ≠ 0%Z → list_number γ id xs -∗ list_member γ id x -∗ ⌜x ∈ xs⌝.
  Proof.
    iIntros (Hid) "[[% _]|(%γm & %M & [%Hr %HM] & #Hid & HM)] (%γm' & #Hid' & Hx)"; [done|].
    iDestruct (ghost_map_elem_agree with "Hid Hid'") as %<-.
    iDestruct (ghost_map_lookup with "HM Hx") as %Hx. iPureIntro. by apply HM in Hx as [_ ?].
  Qed.

  (** ** The word of a slot *)
  Definition in_list_content γ x w : iProp Σ :=
    (if decide (w = 0%Z) then ghost_var (ls_word x) (1/2) w
     else list_member γ w x ∗ ∃ i : nat, (ls_loc x +ₗ slot_vtable) ↦{1/2} #i)%I.
  Definition in_list_inv γ x : iProp Σ := inv (N .@ "slot")
    (∃ w, (ls_loc x +ₗ slot_in_list) ↦ #w ∗ ghost_var (ls_word x) (1/2) w ∗
      in_list_content γ x w).
  Global Instance in_list_inv_persistent γ x : Persistent (in_list_inv γ x).
  Proof. apply _. Qed.
  Global Instance in_list_content_timeless γ x w : Timeless (in_list_content γ x w).
  Proof. rewrite /in_list_content. case_decide; apply _. Qed.

  Lemma in_list_inv_alloc E γ s γs :
    (s +ₗ slot_in_list) ↦ #0 ={E}=∗ ∃ γw, in_list_inv γ (ListSlot s γs γw).
  Proof.
    iIntros "Hw". iMod (ghost_var_alloc 0%Z) as (γw) "[H1 H2]".
    iExists γw. iApply inv_alloc. iNext. iExists 0%Z. by iFrame.
  Qed.

  Lemma word_whole γw w w' :
    ghost_var γw 1 w -∗ ghost_var γw (1/2) w' -∗ False.
  Proof.
    iIntros "H H'". iDestruct (ghost_var_valid_2 with "H H'") as %[Hq _]. exfalso.
    first [by apply Qp.not_add_le_l in Hq
          |by rewrite dfrac_op_own dfrac_valid_own in Hq; apply Qp.not_add_le_l in Hq].
  Qed.

  (** ** Frames that are linked *)
  (** The entry [(x, vl)] of a list, and the two links of it. What the metadata owns does
  not depend on the links. *)
  Definition list_node γ i id (e : listed) p n : iProp Σ :=
    in_list_inv γ e.1 ∗ ghost_var (ls_word e.1) (1/2) id ∗ unique_token (ls_names e.1) ∗
    (ls_loc e.1 +ₗ slot_vtable) ↦{1/2} #i ∗
    ls_link e.1 ↦ n ∗ (ls_link e.1 +ₗ link_prev) ↦ p ∗
    (ls_link e.1 +ₗ link_meta) ↦∗ e.2 ∗ meta_own D i (link_vals e.2).

  (** The frames [fs], linked; the first one's previous link is [p], the last one's next
  link is [n]. *)
  Fixpoint chain γ i id p fs n : iProp Σ :=
    match fs with
    | [] => True
    | e :: fs' =>
        list_node γ i id e p (next_link n fs') ∗ chain γ i id #(ls_link e.1) fs' n
    end.

  Lemma chain_app γ i id p fs1 fs2 n :
    chain γ i id p (fs1 ++ fs2) n ⊣⊢
    chain γ i id p fs1 (next_link n fs2) ∗ chain γ i id (last_link_of p fs1) fs2 n.
  Proof.
    revert p. induction fs1 as [|e fs1 IH]=> p /=; [by rewrite left_id|].
    by rewrite next_link_app IH assoc.
  Qed.
  (** The next link of the last frame, and the previous link of the first. *)
  Lemma chain_next_acc γ i id p fs e n :
    chain γ i id p (fs ++ [e]) n ⊢
    ls_link e.1 ↦ n ∗ (∀ n', ls_link e.1 ↦ n' -∗ chain γ i id p (fs ++ [e]) n').
  Proof.
    setoid_rewrite chain_app. rewrite /=.
    iIntros "[$ ((H1 & H2 & H3 & H4 & $ & H5) & _)]". iIntros (n') "H". by iFrame.
  Qed.
  Lemma chain_prev_acc γ i id p e fs n :
    chain γ i id p (e :: fs) n ⊢
    (ls_link e.1 +ₗ link_prev) ↦ p ∗
    (∀ p', (ls_link e.1 +ₗ link_prev) ↦ p' -∗ chain γ i id p' (e :: fs) n).
  Proof.
    rewrite /=. iIntros "[(H1 & H2 & H3 & H4 & H5 & $ & H6) H7]".
    iIntros (p') "H". by iFrame.
  Qed.
  Lemma chain_node_acc γ i id p fs1 e fs2 n :
    chain γ i id p (fs1 ++ e :: fs2) n ⊢
    list_node γ i id e (last_link_of p fs1) (next_link n fs2) ∗
    (list_node γ i id e (last_link_of p fs1) (next_link n fs2) -∗
      chain γ i id p (fs1 ++ e :: fs2) n).
  Proof. rewrite chain_app /=. iIntros "($ & $ & $)". by iIntros "$". Qed.
  Lemma chain_member_acc γ i id p fs n x (P : iProp Σ) :
    (∀ e p n, e.1 = x → list_node γ i id e p n ⊢ P ∗ (P -∗ list_node γ i id e p n)) →
    x ∈ fs.*1 →
    chain γ i id p fs n ⊢ P ∗ (P -∗ chain γ i id p fs n).
  Proof.
    intros HP. revert p. induction fs as [|e fs IH]=> p /=; [by intros ?%elem_of_nil|].
    intros [->|Hx]%elem_of_cons.
    - rewrite {1}(HP e) //. iIntros "[[$ H] $]". by iApply "H".
    - rewrite {1}IH //. iIntros "[$ [$ H]]". by iApply "H".
  Qed.
  Lemma chain_token_acc γ i id p fs n x :
    x ∈ fs.*1 →
    chain γ i id p fs n -∗
    unique_token (ls_names x) ∗ (unique_token (ls_names x) -∗ chain γ i id p fs n).
  Proof.
    intros Hx. iIntros "H". iApply (chain_member_acc with "H"); [|done].
    intros e p' n' <-. iIntros "($ & $ & $ & $)". by iIntros "$".
  Qed.
  Lemma chain_vtable_acc γ i id p fs n x :
    x ∈ fs.*1 →
    chain γ i id p fs n -∗
    (ls_loc x +ₗ slot_vtable) ↦{1/2} #i ∗
    ((ls_loc x +ₗ slot_vtable) ↦{1/2} #i -∗ chain γ i id p fs n).
  Proof.
    intros Hx. iIntros "H". iApply (chain_member_acc with "H"); [|done].
    intros e p' n' <-. iIntros "($ & $ & $ & $ & $)". by iIntros "$".
  Qed.
  (** Whoever has the whole of a slot's word knows that the slot is not among them. *)
  Lemma chain_word_fresh γ i id p fs n γw w :
    ghost_var γw 1 w -∗ chain γ i id p fs n -∗ ⌜∀ y, y ∈ fs.*1 → ls_word y ≠ γw⌝.
  Proof.
    iIntros "Hw Hc". iInduction fs as [|e fs] "IH" forall (p).
    { iPureIntro. by intros y ?%elem_of_nil. }
    rewrite /=. iDestruct "Hc" as "[(_ & He & _) Hc]".
    iDestruct ("IH" with "Hw Hc") as %Hfs.
    iAssert ⌜ls_word e.1 ≠ γw⌝%I as %He.
    { iIntros (<-). iApply (word_whole with "Hw He"). }
    iPureIntro. intros y [->|Hy]%elem_of_cons; [done|by apply Hfs].
  Qed.
  Lemma chain_word_agree γ i id p fs n x w :
    ghost_var (ls_word x) (1/2) w -∗ chain γ i id p fs n -∗ ⌜x ∈ fs.*1 → w = id⌝.
  Proof.
    iIntros "Hw Hc". iInduction fs as [|e fs] "IH" forall (p).
    { iPureIntro. by intros ?%elem_of_nil. }
    rewrite /=. iDestruct "Hc" as "[(_ & He & _) Hc]".
    iDestruct ("IH" with "Hw Hc") as %Hfs. iIntros (Hx).
    apply elem_of_cons in Hx as [->|Hx]; [|iPureIntro; by apply Hfs].
    iApply (ghost_var_agree with "Hw He").
  Qed.
End ghost.
