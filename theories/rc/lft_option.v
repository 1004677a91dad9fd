(** * [Option<Rc<T>>], for any type [T] that is shared for a lifetime

What a list has for its tail and a tree for its children: read, cloned and dropped, whatever
a node is. The programs are those of [rc_option.v]; what is said of them is what the
types of [lft_rc.v] say. A node's destructor calls that of its tail; so the destructor of an
[Option<Rc<T>>] is specified for whatever is a destructor of [T], and a recursive type proves
its own by induction on steps.

Key results: [option_rc_shr_read], [option_rc_shr_clone_spec], [option_rc_lty_drop_spec].
Clients: [lft_list_client.v] and [lft_tree_client.v] in [theories/examples].

Source: [Option] and [Rc] of RustBelt (Jung, Jourdan, Krebbers, Dreyer, POPL 2018). *)
From iris.base_logic.lib Require Import own na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.rc Require Import rc.
From tally.rc Require Export rc_option lft_rc.
From tally.prelude Require Import options.

Section option_rc.
  Context `{!lrustGS Σ, !lftG Σ, !na_invG Σ, HrcG : !rcG Σ lft}.
  Context (p : na_inv_pool_name) (N : namespace).
  Implicit Types (τ : lty Σ) (l b : loc) (v : val) (q : Qp) (κ : lft) (F : coPset).

  Definition option_rc_lty τ : lty Σ := option_lty (rc_lty p N τ).
  Global Instance option_rc_lty_contractive :
    Contractive (option_rc_lty : ltyO Σ → ltyO Σ).
  Proof. intros n τ τ' Hτ. apply option_lty_ne. by apply rc_lty_contractive. Qed.

  (** The bits of an [Option<Rc<T>>] that is shared for [κ]. *)
  Definition option_rc_shr τ κ v : iProp Σ :=
    ⌜v = #0⌝ ∨ ∃ b : loc, ⌜v = #b⌝ ∗ rc_at_shr p N τ κ b.
  Global Instance option_rc_shr_persistent τ κ v : Persistent (option_rc_shr τ κ v) := _.

  (** Reading the bits through a reference. *)
  Lemma option_rc_shr_read τ κ l q :
    {{{ lty_shr (option_rc_lty τ) κ l ∗ q.[κ] }}}
      !#l
    {{{ v, RET v; option_rc_shr τ κ v ∗ q.[κ] }}}.
  Proof.
    iIntros (Φ) "[[#Hl|(%b & #Hl & #Hb)] Hq] HΦ".
    - iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hv Hclose]"; [done|].
      wp_read. iMod ("Hclose" with "Hv") as "Hq". iApply "HΦ". iFrame "Hq". by iLeft.
    - iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hv Hclose]"; [done|].
      wp_read. iMod ("Hclose" with "Hv") as "Hq". iApply "HΦ". iFrame "Hq". iRight.
      iExists b. by iFrame "Hb".
  Qed.
  (** A handle is cloned through a reference to it; the steps give three credits. *)
  Lemma option_rc_shr_clone_spec τ F κ l q :
    ↑N ⊆ F →
    {{{ lty_shr (option_rc_lty τ) κ l ∗ q.[κ] ∗ na_own p F }}}
      option_rc_clone [ (!#l) ]
    {{{ v, RET v; £ 3 ∗ lty_own (option_rc_lty τ) [v] ∗ q.[κ] ∗ na_own p F }}}.
  Proof.
    iIntros (HF Φ) "([#Hl|#Hl] & Hq & Hna) HΦ".
    - iMod (frac_bor_acc with "Hl Hq") as (q') "[>Hv Hclose]"; [done|].
      wp_read. iMod ("Hclose" with "Hv") as "Hq". rewrite /option_rc_clone.
      wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
      iCombine "H£1 H£2 H£3" as "H£".
      iModIntro. iApply "HΦ". iFrame "Hq Hna". iSplitL "H£"; [iExact "H£"|by iLeft].
    - iMod (rc_shr_clone_acc with "Hl Hq Hna") as (b q') "(Hb & Hclose & Hclone)"; [done|].
      wp_read. iMod ("Hclose" with "Hb") as "Hq". rewrite /option_rc_clone.
      wp_pure _ credit:"H£1". wp_pure _ credit:"H£2". wp_pure _ credit:"H£3".
      iCombine "H£1 H£2 H£3" as "H£".
      iApply "Hclone". iIntros "Hrc Hq' Hna". iApply "HΦ". iFrame "Hna".
      iSplitL "H£"; [iExact "H£"|]. iSplitL "Hrc".
      + by iRight.
      + iApply lft_tok_halves. iFrame.
  Qed.
  (** The destructor, for whatever is a destructor of the content. *)
  Lemma option_rc_lty_drop_spec τ F glue D v :
    ↑N ⊆ F →
    {{{ ty_drop_spec (na_own p F) (lty_ty τ) glue D ∗ na_own p F ∗
        lty_own (option_rc_lty τ) [v] }}}
      option_rc_drop (lty_size τ) glue [v]
    {{{ RET #☠; na_own p F }}}.
  Proof.
    iIntros (HF Φ) "(#Hglue & Hna & [[%Heq _]|Hv]) HΦ".
    { assert (v = #0) as -> by by simplify_eq.
      iApply option_rc_drop_none. iNext. by iApply "HΦ". }
    iDestruct "Hv" as (b) "[%Heq Hb]". assert (v = #b) as -> by by simplify_eq.
    rewrite /option_rc_drop. wp_rec. wp_pure _ credit:"H£". wp_if.
    iApply rc_drop_expr_spec. iNext.
    wp_apply (rc_lty_drop_spec p N τ F glue D b with "[$H£ $Hglue $Hna Hb]"); [done| |done].
    iExists b. by iFrame "Hb".
  Qed.
End option_rc.
