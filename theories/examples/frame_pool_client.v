(** * A client whose lease is in an invariant, and what adequacy says of it

A lease need not be in the hands of the thread that uses the frame. Here the whole lease of
the frame is in an invariant, the _pool_, and each thread has a part of a second lease, by
the same theory ([lease.v]), that counts what is owed on the first one. So threads share the
lease without dividing it.

<<
  main     claims the frame, shared; puts the lease into the pool; spawns other;
           drops its share; waits
  other    looks the frame up; if it gets a share, drops it
>>

Other finds the frame in use or not, and either drop may be the last one.

[pays_pooled] says that a part of the second lease pays for the steps of a frame's state as a
lease of the frame does: the invariant is opened, the drops that are owed on the whole lease
are all there are ([lease_full]), and lease and client state change together
([lease_update]). With that instance the specifications of the operations are used as with
any evidence.

[frame_pool_client_adequate]: no interleaving is ever stuck, and the slot is unused at the
end. *)
From iris.algebra Require Import numbers.
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import frame frame_cases weighs number_dict frame_adequacy.
From tally.lang.lib Require Import flag.
From tally.examples Require Import expect.
From tally.prelude Require Import options.

(** ** The program *)
Definition find_and_drop_share : val :=
  λ: ["slot"; "flag"],
    (if: get_from_in_use ["slot"] = #0 then number_drop ["slot"] else #☠);;
    flag_raise ["flag"].

Definition frame_pool_client : expr :=
  let: "slot" := Alloc #5 in
  "slot" +ₗ #slot_paddr <- #0;;
  "slot" <- #slot_unused;;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "flag" := flag_new [] in
  get_from_unused 1 ["slot"; #0; "src"; #false];;
  Fork (find_and_drop_share ["slot"; "flag"]);;
  number_drop ["slot"];;
  flag_wait ["flag"];;
  "slot".

Lemma frame_pool_client_run :
  returned_loc (run_program choice_reuse [] 3000 frame_pool_client) = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ}.
  Let N := nroot .@ "frame".
  Let Npool := nroot .@ "pool".
  Let Nflag := nroot .@ "flag".
  Implicit Types (γ : slot_names) (γp : gname) (s : loc) (q : Qp) (k n : nat) (m : meta).

  (** *** The pool *)
  (** The part [q] of the second lease, with [k] drops owed on it. *)
  Local Definition part γp q k : iProp Σ := lease_own γp q (k : natUR) false.
  (** As many drops are owed on the first lease as on the second. Whoever has all of the
  second, and owes nothing, may take the first for it. *)
  Local Definition pool_inv γ γp : iProp Σ :=
    (∃ n, lease γ 1 n ∗ lease_auth γp (n : natUR) false) ∨ part γp 1 0.
  Local Definition pooled γ γp q k : iProp Σ := inv Npool (pool_inv γ γp) ∗ part γp q k.

  Local Lemma pooled_half γ γp q k :
    pooled γ γp q k -∗ pooled γ γp (q / 2) k ∗ pooled γ γp (q / 2) 0.
  Proof.
    iIntros "[#I T]". iFrame "I". iApply (lease_own_halves γp q (k : natUR) with "T").
  Qed.
  Local Lemma pooled_join γ γp q :
    pooled γ γp (q / 2) 0 -∗ pooled γ γp (q / 2) 0 -∗ pooled γ γp q 0.
  Proof.
    iIntros "[#I T] [_ T']". iFrame "I".
    iApply (lease_own_halves γp q (0%nat : natUR)). iFrame.
  Qed.
  Local Lemma pooled_alloc γ k : lease γ 1 k ={⊤}=∗ ∃ γp, pooled γ γp 1 k.
  Proof.
    iIntros "L". iMod (lease_own_alloc (k : natUR) false) as (γp) "[HA T]".
    iMod (inv_alloc Npool _ (pool_inv γ γp) with "[L HA]") as "#I".
    { iNext. iLeft. iExists k. iFrame. }
    iModIntro. iExists γp. by iFrame "I T".
  Qed.
  Local Lemma pooled_close γ γp : pooled γ γp 1 0 ={⊤}=∗ lease γ 1 0.
  Proof.
    iIntros "[#I T]". iInv "I" as ">[(%n & L & HA)|T']".
    - iDestruct (lease_auth_own_whole with "HA T") as %[-> _].
      iModIntro. iSplitL "T"; [iNext; by iRight|done].
    - by iDestruct (lease_own_exclusive with "T' T") as %[].
  Qed.

  (** It pays as a lease does. *)
  Local Instance pays_pooled γ γp next P q k (k' : slot_state → nat) :
    Weighs next P k k' →
    Pays (⊤ ∖ ↑N) (client_lease (slot_lease_name γ)) next P
      (pooled γ γp q k) (λ st, pooled γ γp q (k' st)).
  Proof.
    iIntros (Hk st HP) "[#I T] HL". iInv "I" as ">[(%n & L & HA)|T']"; last first.
    { by iDestruct (lease_own_exclusive with "T' T") as %[]. }
    iDestruct (lease_full with "HL L") as %<-.
    iMod (lease_update γ 1 _ (state_weight (next st)) st (next st) with "HL L") as "[HL L]";
      [lia|].
    iMod (lease_own_update (C:=natUR) _ _ (state_weight (next st)) _ _ (k' st) with "HA T")
      as "[HA T]"; [by apply Hk|].
    iModIntro. iSplitL "L HA"; [|by iFrame "I HL T"].
    iNext. iLeft. iExists _. iFrame.
  Qed.

  (** *** The program *)
  Local Lemma pool_drop_spec γ γp s q m :
    {{{ frame_slot number_dict N γ s 0 ∗ shared_frame number_dict γ s m ∗
        pooled γ γp q 1 }}}
      number_drop [ #s ]
    {{{ RET #☠; pooled γ γp q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & E) HΦ".
    iApply (frame_drop_at number_dict N with "[] I Hh E"); [iApply number_dict_drop|].
    iIntros "!>" (n _). destruct (sole_share (SlotShared n m)).
    - iIntros (vl _) "_ E". wp_rec. iModIntro. by iApply "HΦ".
    - iIntros "E". by iApply "HΦ".
  Qed.
  Local Lemma find_and_drop_share_spec γ γp s q f :
    frame_slot number_dict N γ s 0 -∗ flag Nflag f (pooled γ γp q 0) -∗
    pooled γ γp q 0 -∗ WP find_and_drop_share [ #s; #f ] {{ _, True }}.
  Proof.
    iIntros "#I #If E". wp_rec.
    wp_apply (get_from_in_use_at number_dict N with "I E"). iIntros (st _) "E H".
    destruct st as [| | |n m]; simpl; wp_pures;
      [by wp_apply (flag_raise_spec with "[$If $E]")..|].
    iDestruct "H" as "[_ H]". wp_apply (pool_drop_spec with "[$I $H $E]"). iIntros "E". wp_pures.
    by wp_apply (flag_raise_spec with "[$If $E]").
  Qed.

  Lemma frame_pool_client_spec :
    ⊢ WP frame_pool_client {{ v, ∃ (s : loc) γ, ⌜v = #s⌝ ∗
        frame_slot number_dict N γ s 0 ∗ lease γ 1 0 }}.
  Proof using All.
    rewrite /frame_pool_client /slot_paddr.
    wp_alloc s as "Hs" "_". wp_pures.
    iDestruct (frame_slot_alloc_cells number_dict N s with "Hs")
      as (v v' u) "(Hs & Hpa & _ & Hslot)"; [done|].
    wp_write. wp_write. iMod ("Hslot" $! ⊤ 1%positive with "Hs Hpa") as (γ) "(_ & #I & L)".
    wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_pures. wp_write.
    wp_pures. wp_apply flag_new_spec; [done|]. iIntros (f) "[Hf Ht]". wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    wp_apply (get_from_unused_full_spec number_dict N γ s 0 0 src [ #42 ] false
      with "[$I $Hsrc $L]"); [by iApply number_own; [lia|]|].
    iIntros "(_ & (%γm & Hh) & L)". wp_pures.
    iMod (pooled_alloc with "L") as (γp) "E".
    iDestruct (pooled_half with "E") as "[E E']".
    iMod (flag_alloc Nflag _ f (pooled γ γp (1/2) 0) with "Hf") as "#If".
    wp_apply (wp_fork with "[E']").
    { iNext. iApply (find_and_drop_share_spec with "I If E'"). }
    iIntros "_". wp_pures.
    wp_apply (pool_drop_spec with "[$I $Hh $E]"). iIntros "E". wp_pures.
    wp_apply (flag_wait_spec with "[$If $Ht]"). iIntros "E'". wp_pures.
    iDestruct (pooled_join with "E E'") as "E". iMod (pooled_close with "E") as "L".
    iModIntro. iExists s, γ. by iFrame "I L".
  Qed.
End client.

Definition frame_pool_clientΣ : gFunctors := #[lrustΣ; cinvΣ; frameΣ].

Theorem frame_pool_client_adequate :
  adequate NotStuck frame_pool_client ∅ (λ v σ, ∃ s : loc,
    v = #s%V ∧ slot_unused_in σ s).
Proof.
  apply (slot_leak_free frame_pool_clientΣ _ (λ v s, v = #s%V)). intros HΣ Huntracked.
  iApply wp_wand; [iApply frame_pool_client_spec|]. iIntros (v) "(%s & %γ & -> & I & L)".
  iExists number_dict, (nroot .@ "frame"), γ, s, 0%Z. by iFrame.
Qed.
