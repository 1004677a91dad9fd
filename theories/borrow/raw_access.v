(** * Raw pointers: permission to a value in memory, and casts to references and back

The sealed export of the statements in [raw_access_sig.v], and what follows from them
alone:

- [acc_exclusive], [acc_ne]: beside the whole permission to a value that has a size there is
  no other one. Of a type without cells the permission can be had for nothing
  ([acc_nothing]), at any address, as often as one likes.
- [acc_cell], [acc_int], [acc_ptr], [acc_cells], [acc_shared], [acc_known]: permissions of
  single types.
- Projection, reading and writing as programs.

** Casts
They do nothing at run time, and so are updates:
<<
  *mut -> &mut    acc τ l 1 x  to  mut_known …     after the lifetime: acc, of the final value
  &mut -> *mut    mut_known …  to  acc τ l 1 x     on expiry: acc, of any value, is given up;
                                                   after this it is observed to be final
  *const -> &     acc τ l q x  to  shr_ref …       after the lifetime: the same acc
  & -> *const     shr_ref …    to  some acc        on expiry: the same acc is given up
>>
What must hold on expiry is the price of the token: without the token back the lifetime
cannot end. [ptr_to_mut_proph], [mut_to_ptr_proph] are for snapshots with prophecies.

A closed program that uses them is in [examples/raw_access_client.v].

Source: the raw pointers of the Prusti project, and the casts of Creusot's ghost
permissions. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type sharing.
From tally.borrow Require Export raw_access_sig.
From tally.borrow.proof Require raw_acc.
From tally.prelude Require Import options.

Module Export raw_access : raw_access_sig.
  Include raw_acc.
End raw_access.

(** ** Permissions *)
Section acc.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (vl : list val) (X Y : Type).

  (** Beside the whole permission there is no other one. *)
  Lemma acc_exclusive {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    0 < raw_size τ → 0 < raw_size υ → acc τ l 1 x -∗ acc υ l q y -∗ False.
  Proof.
    iIntros (Hτ Hυ) "H H'". iDestruct (acc_valid_2 with "H H'") as %Hle; [done..|].
    by apply Qp.not_add_le_l in Hle.
  Qed.
  (** So permissions that are too much for one address are at two. *)
  Lemma acc_ne {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l l' q x y :
    0 < raw_size τ → 0 < raw_size υ → acc τ l 1 x -∗ acc υ l' q y -∗ ⌜l ≠ l'⌝.
  Proof.
    iIntros (Hτ Hυ) "H H'". destruct (decide (l = l')) as [<-|]; [|done].
    by iDestruct (acc_exclusive with "H H'") as "[]".
  Qed.

  (** Without cells there is nothing to be permitted, … *)
  Lemma acc_zero {X} (τ : raw_type Σ X) l q x :
    raw_size τ = 0 → acc τ l q x ⊣⊢ raw_own τ x [] q.
  Proof.
    intros Hτ. iSplit.
    - rewrite acc_unfold. iIntros "(%vl & _ & H)". iDestruct (raw_own_size with "H") as %Hlen.
      rewrite Hτ in Hlen. by apply nil_length_inv in Hlen as ->.
    - iIntros "H". rewrite acc_unfold. iExists []. rewrite heap_pointsto_vec_nil. by iFrame "H".
  Qed.
  (** … and the permission is free, at every address. *)
  Lemma acc_nothing l q : ⊢ acc (cells_raw 0) l q [].
  Proof. rewrite acc_zero; [|done]. by iPureIntro. Qed.

  Lemma acc_cell l q v : acc cell_raw l q v ⊣⊢ l ↦{q} v.
  Proof.
    iSplit.
    - rewrite !acc_unfold. iIntros "(%vl & Hl & ->)". by rewrite heap_pointsto_vec_singleton.
    - iIntros "Hl". rewrite acc_unfold. iExists [v]. rewrite heap_pointsto_vec_singleton. by iFrame.
  Qed.
  Lemma acc_int l q (z : Z) : acc int_raw l q z ⊣⊢ l ↦{q} #z.
  Proof. by rewrite -acc_cell !acc_unfold. Qed.
  Lemma acc_ptr l q (p : loc) : acc ptr_raw l q p ⊣⊢ l ↦{q} #p.
  Proof. by rewrite -acc_cell !acc_unfold. Qed.
  Lemma acc_cells l q vl : acc (cells_raw (length vl)) l q vl ⊣⊢ l ↦∗{q} vl.
  Proof.
    iSplit.
    - rewrite acc_unfold. by iIntros "(%wl & Hl & -> & _)".
    - iIntros "Hl". rewrite acc_unfold. iExists vl. by iFrame.
  Qed.
  Lemma acc_shared {τ : type Σ} (S : sharing τ) a l vl q :
    acc (shared_raw S) l q (a, vl) ⊣⊢ ty_shr S a l vl q.
  Proof.
    iSplit.
    - rewrite !acc_unfold. iIntros "(%wl & Hl & -> & H)". iFrame.
    - iIntros "[Hl H]". rewrite acc_unfold. iExists vl. by iFrame.
  Qed.
  Lemma acc_known `{!ProphTypes C} {X} (τ : raw_type Σ X) l q x :
    acc (known_raw (C:=C) τ) l q (λ _, x) ⊣⊢ acc τ l q x.
  Proof.
    iSplit.
    - rewrite !acc_unfold. iIntros "(%vl & Hl & %y & %Hy & H)". rewrite -(Hy inhabitant).
      iExists vl. iFrame.
    - rewrite !acc_unfold. iIntros "(%vl & Hl & H)". iExists vl. iFrame "Hl". iExists x. by iFrame.
  Qed.
End acc.

(** ** Programs *)
Section programs.
  Context `{!lrustGS Σ}.
  Implicit Types (l : loc) (q : Qp) (X Y : Type).

  (** Projection, at any share of the permission. *)
  Lemma addr_of_fst_spec {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    {{{ acc (pair_raw τ υ) l q (x, y) }}}
      addr_of_fst [ #l ]
    {{{ RET #l; acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y }}}.
  Proof.
    iIntros (Φ) "H HΦ". wp_rec. wp_op. rewrite shift_loc_0 acc_pair. by iApply "HΦ".
  Qed.
  Lemma addr_of_snd_spec {X Y} (τ : raw_type Σ X) (υ : raw_type Σ Y) l q x y :
    {{{ acc (pair_raw τ υ) l q (x, y) }}}
      addr_of_snd (raw_size τ) [ #l ]
    {{{ RET #(l +ₗ raw_size τ); acc τ l q x ∗ acc υ (l +ₗ raw_size τ) q y }}}.
  Proof. iIntros (Φ) "H HΦ". wp_rec. wp_op. rewrite acc_pair. by iApply "HΦ". Qed.

  (** Reading, at any share; writing, with the whole permission. *)
  Lemma raw_read_spec l q v :
    {{{ acc cell_raw l q v }}} !#l {{{ RET v; acc cell_raw l q v }}}.
  Proof. iIntros (Φ) "H HΦ". rewrite acc_cell. wp_read. by iApply "HΦ". Qed.
  Lemma raw_write_spec l v w :
    {{{ acc cell_raw l 1 v }}} #l <- w {{{ RET #☠; acc cell_raw l 1 w }}}.
  Proof. iIntros (Φ) "H HΦ". rewrite !acc_cell. wp_write. by iApply "HΦ". Qed.
End programs.

(** ** Casts *)
Section casts.
  Context `{!lrustGS Σ, !ProphTypes C, !prophGS C Σ, !lftG Σ}.
  Implicit Types (κ : lft) (r : Qp) (i : positive) (E : coPset) (l : loc) (A : C).

  (** [*mut -> &mut]: after the lifetime, the permission to the final value. *)
  Lemma ptr_to_mut {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ l x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ acc τ l 1 x ={E}=∗
    ∃ i, mut_known (acc τ l 1) κ i x ∗
      ([†κ] ={E}=∗ ∃ y, acc τ l 1 y ∗ ⟨π, fin A i π = y⟩).
  Proof. iIntros (??) "#Hctx H". by iApply (mut_known_borrow with "Hctx H"). Qed.
  (** [&mut -> *mut]: on expiry the permission to some value is given up. The token is back
  then, and this value was the final one. *)
  Lemma mut_to_ptr {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ r l i x :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_known (acc τ l 1) κ i x -∗ r.[κ] ={E}=∗
    acc τ l 1 x ∗ (∀ y, acc τ l 1 y ={E}=∗ ⟨π, fin A i π = y⟩ ∗ r.[κ]).
  Proof. iIntros (??) "#Hctx Hr Hκ". by iApply (mut_known_take with "Hctx Hr Hκ"). Qed.
  (** The same for a while: the reference is back, too, and points to what was written.
  This is how a short borrow reads and writes a place. *)
  Lemma mut_as_ptr {A} (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} E κ r l i x :
    ↑lftN ⊆ E →
    mut_known (acc τ l 1) κ i x -∗ r.[κ] ={E}=∗
    acc τ l 1 x ∗ (∀ y, acc τ l 1 y ={E}=∗ mut_known (acc τ l 1) κ i y ∗ r.[κ]).
  Proof. iIntros (?) "Hr Hκ". by iApply (mut_known_acc with "Hr Hκ"). Qed.

  (** The two casts for a snapshot in which there may be prophecies. What the final value is
  can be observed when tokens are shown of what it depends on. *)
  Lemma ptr_to_mut_proph {A} (τ : raw_type Σ (proph_val C (proph_type A))) E κ l v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ ▷ acc τ l 1 v ={E}=∗
    ∃ i, mut_ref κ (acc τ l 1) i v ∗
      ([†κ] ={E}=∗ ∃ w, ▷ acc τ l 1 w ∗ proph_claim (fin A i) w).
  Proof. iIntros (??) "#Hctx H". by iApply (mut_borrow with "Hctx H"). Qed.
  Lemma mut_to_ptr_proph {A} (τ : raw_type Σ (proph_val C (proph_type A))) E κ r l i v :
    ↑lftN ⊆ E → ↑prophN ⊆ E →
    proph_ctx -∗ mut_ref κ (acc τ l 1) i v -∗ r.[κ] ={E}=∗
    ▷ acc τ l 1 v ∗
    (∀ w ζs r', ⌜proph_dep w ζs⌝ -∗ ▷ acc τ l 1 w -∗ proph_toks r' ζs ={E}=∗
      ⟨π, fin A i π = w π⟩ ∗ proph_toks r' ζs ∗ r.[κ]).
  Proof. iIntros (??) "#Hctx Hr Hκ". by iApply (mut_drop_acc with "Hctx Hr Hκ"). Qed.
End casts.
