(** * A client of the thread limit, and what adequacy says of it

[thread_limit_client] boots the region of [region_client.v], claims page 4, clones the
share, and

<<
  main     spawns a worker, of at most two threads: succeeds (true);
           tries to spawn another: is refused (false), as the first still waits;
           lets the worker go, waits for it, drops its share, gives its token back
  worker   waits to be let go, clones the share that it got, drops both
>>

[thread_limit_client_adequate]: no interleaving is stuck, both results are exact, and at
the end all slots are unused. The tokens that [frame_clone] borrows are the worker's
own, and [racers] is in no other statement of the client: they come from the limit.

The books of the limit ([pool_books]) are the sum of what its users hold, so who holds
it all knows the count. *)
From iris.algebra Require Import numbers.
From iris.algebra.lib Require Import frac_auth.
From iris.base_logic.lib Require Import own invariants cancelable_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode adequacy interp.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame Require Import frame region thread_limit.
From tally.examples Require Import region_client.
From tally.prelude Require Import options.

(** ** The program *)
Definition thread_limit_client : expr :=
  let: "region" := client_header [] in
  let: "slots" := Alloc #15 in
  frame_region_boot 1 ["region"; "slots"];;
  let: "src" := Alloc #1 in
  "src" <- #42;;
  let: "go" := Alloc #2 in
  "go" <- #0;;
  let: "done" := Alloc #2 in
  "done" <- #0;;
  let: "pool" := Alloc #1 in
  limit_init ["pool"];;
  frame_region_from_unused 1 ["region"; #16384; #0; "src"; #false];;
  let: "slot" := frame_region_from_raw 1 ["region"; #16384] in
  frame_clone ["slot"];;
  let: "worker" :=
    (λ: ["share"],
       region_wait ["go"];;
       frame_clone ["share"];;
       region_client_drop ["share"];;
       region_client_drop ["share"];;
       "done" <-ˢᶜ #1) in
  let: "r1" := limited_spawn 2 ["pool"; "worker"; "slot"] in
  let: "r2" := limited_spawn 2 ["pool"; "worker"; "slot"] in
  "go" <-ˢᶜ #1;;
  region_wait ["done"];;
  region_client_drop ["slot"];;
  limit_leave ["pool"];;
  if: "r1" then (if: "r2" then #0 else "region") else #0.

Lemma thread_limit_client_run :
  match main_value (run_program choice_reuse [] 5000 thread_limit_client) with
  | Some (LitV (LitLoc _)) => true
  | _ => false
  end = true.
Proof. by vm_compute. Qed.

(** ** Its proof *)
Section client.
  Context `{!lrustGS Σ, !UntrackedHeap Σ, !cinvG Σ, !frameG Σ, !inG Σ (frac_authR natR)}.
  Let N := nroot .@ "frame".
  Let Nlimit := nroot .@ "limit".
  Let Nflag := nroot .@ "flag".

  Local Definition pool_books (γp : gname) (n : nat) : iProp Σ := own γp (●F n).
  Local Definition pool_share (γp : gname) (q : Qp) (k : nat) : iProp Σ := own γp (◯F{q} k).
  Local Instance pool_books_timeless γp n : Timeless (pool_books γp n).
  Proof. apply _. Qed.
  Local Lemma pool_share_full γp n k :
    pool_books γp n -∗ pool_share γp 1 k -∗ ⌜n = k⌝.
  Proof.
    iIntros "H L". by iDestruct (own_valid_2 with "H L") as %Hv%frac_auth_agree_L.
  Qed.
  Local Lemma pool_update γp n n' q k k' :
    (n + k' = n' + k)%nat →
    pool_books γp n -∗ pool_share γp q k ==∗ pool_books γp n' ∗ pool_share γp q k'.
  Proof.
    iIntros (?) "H L". rewrite -own_op. iApply (own_update_2 with "H L").
    apply frac_auth_update, nat_local_update. lia.
  Qed.
  Local Lemma pool_share_halves γp :
    pool_share γp 1 2 ⊣⊢ pool_share γp (1/2) 1 ∗ pool_share γp (1/2) 1.
  Proof. by rewrite /pool_share -own_op -frac_auth_frag_op Qp.div_2. Qed.

  Local Lemma lease_join γ q : lease γ (q / 2) 0 -∗ lease γ (q / 2) 0 -∗ lease γ q 0.
  Proof. iIntros "L L'". rewrite (lease_half γ q). iFrame. Qed.
  Local Lemma share_drop_spec γ s pa q m :
    {{{ frame_slot number_dict N γ s pa ∗ shared_frame number_dict γ s m ∗ lease γ q 1 }}}
      region_client_drop [ #s ]
    {{{ RET #☠; lease γ q 0 }}}.
  Proof.
    iIntros (Φ) "(#I & Hh & L) HΦ".
    iApply (frame_drop_spec number_dict N _ _ _ _ _ _ (λ _ _ q, lease γ q 0)
      with "[$I $Hh $L]").
    { iSplit; [iApply number_dict_drop|iApply number_dealloc_spec]. }
    iIntros "!> [L|(%vl & _ & L)]"; by iApply "HΦ".
  Qed.

  Lemma thread_limit_client_spec :
    ⊢ WP thread_limit_client {{ v, ∃ (D : meta_dict Σ) N R,
        ⌜dict_size D = 1%nat ∧ v = #(region_header R) ∧ length (region_names R) = 3%nat⌝ ∗
        is_region D N R ∗ region_lease R 1 (λ _, 0%nat) }}.
  Proof using All.
    rewrite /thread_limit_client. wp_apply client_header_spec; [done|].
    iIntros (header) "Hheader". wp_pures. wp_alloc slots as "Hslots" "_". wp_pures.
    iMod racers_alloc as (γr) "Hr".
    wp_apply (frame_region_boot_spec number_dict N γr with "[$Hheader $Hslots]");
      [exact client_layout_ok|done|].
    iIntros (R) "((<- & _ & %HR & %Hγr) & #R & L & _)".
    iDestruct (is_region_wf with "R") as %(Hok & Hlen & _).
    assert (length (region_names R) = 3%nat) as Hlen3.
    { rewrite /region_layout HR /layout_frames /= in Hlen. lia. }
    wp_pures. wp_alloc src as "Hsrc" "_". rewrite heap_pointsto_vec_singleton. wp_write.
    wp_alloc go as "Hgo" "_". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hgo" as "[Hgo Hgotok]". wp_write.
    wp_alloc done as "Hdone" "_". rewrite heap_pointsto_vec_cons heap_pointsto_vec_singleton.
    iDestruct "Hdone" as "[Hdone Hdonetok]". wp_write.
    wp_alloc pool as "Hpool" "_". rewrite heap_pointsto_vec_singleton. wp_pures.
    wp_apply (limit_init_spec with "Hpool"). iIntros "Hpool". wp_pures.
    rewrite -(heap_pointsto_vec_singleton src).
    iMod (own_alloc (●F 1%nat ⋅ ◯F 1%nat)) as (γp) "[Hbooks Hp]"; [by apply frac_auth_valid|].
    iMod (thread_limit_alloc Nlimit (pool_books γp) ⊤ γr 2 pool with "Hpool Hbooks Hr")
      as "[#Hlimit Hr]"; [lia|done|].
    (** Two shares of page 4 *)
    wp_apply (frame_region_from_unused_full_spec number_dict N R 16384 2 0 src [ #42 ] false
      with "[$R $Hsrc $L]"); [by apply find_page_4|done|by iApply number_own|].
    iIntros (γ) "(_ & %Hγ & (%γm & Hh) & L)". wp_pures.
    wp_apply (frame_region_from_raw_spec with "R"); [by apply find_page_4|].
    iIntros "_". wp_pures.
    iDestruct (region_lookup with "R") as (pa) "(_ & %Hγγr & #Hslot)"; [exact Hγ|].
    iDestruct (region_lease_acc with "L") as "[L Hback]"; [exact Hγ|].
    rewrite count_set_same. iDestruct (lease_half with "L") as "[L L']".
    rewrite -Hγr -Hγγr.
    wp_apply (frame_clone_spec number_dict N with "[$Hslot $Hh $L' $Hr]").
    iIntros "(Hh & Hh' & L' & Hr)". wp_pures.
    iMod (inv_alloc Nflag _ (flag_inv go (pool_share γp (1/2) 1)) with "[Hgo]") as "#Igo".
    { iNext. iExists false. by iFrame. }
    iMod (inv_alloc Nflag _ (flag_inv done (lease γ (1/2) 0)) with "[Hdone]") as "#Idone".
    { iNext. iExists false. by iFrame. }
    (** The first is spawned: the books say that there is one thread. *)
    wp_apply (limited_spawn_spec Nlimit (pool_books γp) _ _ 2 pool _ _ True%I
      (λ b, if b then pool_share γp 1 2 else False)%I with "[$Hlimit Hp Hh' L' Hgotok]").
    { iSplitL "Hp".
      - iIntros (n) "Hb". iDestruct (pool_share_full with "Hb Hp") as %->.
        iMod (pool_update _ _ 2 _ _ 2 with "Hb Hp") as "[$ $]"; [done|]. done.
      - iIntros "_ Hr". wp_pures.
        wp_apply (region_wait_spec with "[$Igo $Hgotok]"). iIntros "Hp". wp_pures.
        iDestruct (lease_half with "L'") as "[L L']".
        wp_apply (frame_clone_spec number_dict N with "[$Hslot $Hh' $L' $Hr]").
        iIntros "(Hh & Hh' & L' & Hr)". wp_pures.
        wp_apply (share_drop_spec with "[$Hslot $Hh $L]"). iIntros "L". wp_pures.
        wp_apply (share_drop_spec with "[$Hslot $Hh' $L']"). iIntros "L'". wp_pures.
        iDestruct (lease_join with "L L'") as "L".
        iApply (wp_wand with "[L]"); [iApply (flag_raise with "Idone L")|].
        iIntros (v) "_". iFrame "Hr".
        iIntros (n) "Hb". by iMod (pool_update _ _ n _ _ 0 with "Hb Hp") as "[$ _]"; [lia|]. }
    iIntros ([]) "Hp"; [|done]. wp_pures.
    (** The second is not: there are two. *)
    wp_apply (limited_spawn_spec Nlimit (pool_books γp) _ _ 2 pool _ _ False%I
      (λ b, if b then False else pool_share γp 1 2)%I with "[$Hlimit Hp]").
    { iSplitL; [|by iIntros "?"]. iIntros (n) "Hb".
      iDestruct (pool_share_full with "Hb Hp") as %->. by iFrame. }
    iIntros ([]) "Hp"; [done|]. rewrite pool_share_halves. iDestruct "Hp" as "[Hp Hp']".
    wp_pures. wp_bind (_ <-ˢᶜ _)%E.
    iApply (wp_wand with "[Hp']"); [iApply (flag_raise with "Igo Hp'")|].
    iIntros (v) "_". wp_pures.
    wp_apply (region_wait_spec with "[$Idone $Hdonetok]"). iIntros "L'". wp_pures.
    wp_apply (share_drop_spec with "[$Hslot $Hh $L]"). iIntros "L". wp_pures.
    iDestruct (lease_join with "L L'") as "L". iDestruct ("Hback" with "L") as "L".
    wp_apply (limit_leave_spec Nlimit (pool_books γp) _ _ 2 pool True%I
      with "[$Hlimit $Hr Hp]").
    { iIntros (n) "Hb". by iMod (pool_update _ _ n _ _ 0 with "Hb Hp") as "[$ _]"; [lia|]. }
    iIntros "_". wp_pures. iExists number_dict, N, R. iFrame "R". iSplitR; [done|].
    iApply (region_lease_ext with "L"). intros i _. rewrite /count_set.
    by repeat case_decide.
  Qed.
End client.

Definition thread_limit_clientΣ : gFunctors :=
  #[lrustΣ; cinvΣ; frameΣ; GFunctor (frac_authR natR)].

Theorem thread_limit_client_adequate :
  adequate NotStuck thread_limit_client ∅ (λ v σ, ∃ header base : loc,
    v = #header%V ∧ (σ : state) !! header = Some (RSt 0, #base%V) ∧
    ∀ i : nat, (i < 3)%nat → (σ : state) !! (base +ₗ 5 * i)%L = Some (RSt 0, #slot_unused%V)).
Proof.
  pose proof (region_leak_free thread_limit_clientΣ thread_limit_client 1
    (λ v R, v = #(region_header R)%V ∧ length (region_names R) = 3%nat)) as H.
  destruct H as [Hresult Hsafe].
  - intros HΣ Hheap. iApply wp_wand; [iApply thread_limit_client_spec|].
    iIntros (v) "(%D & %N & %R & (%HD & %Hv & %Hlen) & HR)". iExists D, N, R. by iFrame.
  - split; [|done]. intros t2 σ2 v2 Hsteps.
    destruct (Hresult _ _ _ Hsteps) as (R & [-> Hlen] & Hheader & Hslots).
    exists (region_header R), (region_base R). split_and!; [done..|].
    intros i Hi. apply Hslots. lia.
Qed.
