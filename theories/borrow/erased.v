(** * Erased lifetimes: a reference beside the memory that it points to

<<
  struct ErasedLifetime<T: Yokeable, P> { data: T::This<'static>, ptr: Ghost<*mut P> }
>>
A reference whose lifetime nobody sees. The memory can be had back, which for a reference
that is really ['static] would be unsound. The note trusts [destruct], [get] and [get_mut],
for a reason that is called parametricity. Here the reason is a quantifier: a closure that
must work at every lifetime is specified for all [κ].

[T κ v]: the value [v] is one of the type [T::This<'κ>]. [erased T R v]: the value [v] is
one at a lifetime that is kept inside, with the right to end it, and [R] comes back when it
is over.

- [erased_new]: of anything that can be cast to [T::This<'κ>] at each lifetime. So of a raw
  pointer with its permission, to a shared or a mutable reference ([erased_new_shr_later],
  [erased_new_mut_proph]). What comes back is the permission, to the same value or the final
  one. Where nothing in the value is under a later: [erased_new_shr], [erased_new_mut].
- [erased_map]: by a closure from [T::This<'a>] to [U::This<'a>] for each ['a].
- [erased_destruct]: by a closure from [T::This<'a>] to a type without ['a]. Afterwards there
  is what was promised, such as the permission.
- [erased_get]: from [&'a self] to [&'a T::This<'a>], where the type is covariant and can be
  copied. The lifetime that is kept inside outlives ['a], since its token is lent for ['a].
  [erased_look] is for a type that is not copied: a closure that works at every lifetime
  gets the value, and puts it back.
- [erased_with_mut]: a closure that works at every lifetime may exchange the value. It takes
  the place of [get_mut], which is unsound ([refuted/raw_erased.v]).

Closed programs are in [examples/raw_erased_client.v].

Source: the note of the Prusti project, and the crate yoke. *)
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.borrow Require Export raw_access.
From tally.prelude Require Import options.

Section erased.
  Context `{!lrustGS Σ, !lftG Σ}.
  Implicit Types (κ α : lft) (q : Qp) (v w f : val) (l e : loc)
    (T U : lft → val → iProp Σ) (Q : val → iProp Σ) (R : iProp Σ).

  Definition erased T R v : iProp Σ :=
    ∃ κ, 1.[κ] ∗ □ (1.[κ] ==∗ [†κ]) ∗ T κ v ∗ ([†κ] ={⊤}=∗ R).

  (** ** Making one *)
  (** By any cast that works at every lifetime. [x] is what is known of the value since then,
  such as the name of a reference. *)
  Lemma erased_new {X} (T : X → lft → val → iProp Σ) (R : X → iProp Σ) v :
    (∀ κ, |={⊤}=> ∃ x, T x κ v ∗ ([†κ] ={⊤}=∗ R x)) ={⊤}=∗ ∃ x, erased (T x) (R x) v.
  Proof.
    iIntros "Hcast". iMod lft_create as (κ) "[Hκ #Hend]".
    iMod ("Hcast" $! κ) as (x) "[HT Hback]".
    iModIntro. iExists x, κ. by iFrame "Hκ Hend HT Hback".
  Qed.
  (** What comes back may be weakened. *)
  Lemma erased_mono T R R' v : (R ={⊤}=∗ R') -∗ erased T R v -∗ erased T R' v.
  Proof.
    iIntros "HR (%κ & Hκ & #Hend & HT & Hback)". iExists κ. iFrame "Hκ Hend HT".
    iIntros "H†". iMod ("Hback" with "H†") as "H". by iApply "HR".
  Qed.
  (** [&T] of a place, and the permission afterwards. *)
  Lemma erased_new_shr_later {X} (τ : raw_type Σ X) l x :
    £ 1 -∗ ▷ acc τ l 1 x ={⊤}=∗
    erased (λ κ v, ⌜v = #l⌝ ∗ shr_ref κ τ l 1 x)%I (▷ acc τ l 1 x) #l.
  Proof.
    iIntros "H£ H".
    iMod (erased_new (λ (_ : ()) κ v, ⌜v = #l⌝ ∗ shr_ref κ τ l 1 x)%I (λ _, ▷ acc τ l 1 x)%I
      with "[H£ H]") as (_) "$"; [|done].
    iIntros (κ). iMod (ptr_to_ref_later τ _ κ with "H£ H") as "[#Hr Hback]"; [done|].
    iModIntro. iExists (). by iFrame "Hr Hback".
  Qed.
  (** The same of a value in which nothing is under a later. *)
  Lemma erased_new_shr {X} (τ : raw_type Σ X) `{!RawTimeless τ} l x :
    £ 1 -∗ acc τ l 1 x ={⊤}=∗
    erased (λ κ v, ⌜v = #l⌝ ∗ shr_ref κ τ l 1 x)%I (acc τ l 1 x) #l.
  Proof.
    iIntros "H£ H". iMod (erased_new_shr_later with "H£ H") as "H".
    iModIntro. iApply (erased_mono with "[] H"). by iIntros ">H".
  Qed.
  (** [&mut T] of a place, and the permission afterwards, to a value that is claimed to be the
  final one. *)
  Lemma erased_new_mut_proph `{!ProphTypes C, !prophGS C Σ} {A : C}
      (τ : raw_type Σ (proph_val C (proph_type A))) l u :
    proph_ctx -∗ ▷ acc τ l 1 u ={⊤}=∗ ∃ i,
    erased (λ κ v, ⌜v = #l⌝ ∗ mut_ref κ (acc τ l 1) i u)%I
      (∃ w : proph_val C (proph_type A), ▷ acc τ l 1 w ∗ proph_claim (fin A i) w) #l.
  Proof.
    iIntros "#Hctx H". iApply erased_new. iIntros (κ).
    iMod (ptr_to_mut_proph τ _ κ with "Hctx H") as (i) "[Hr Hback]"; [done..|].
    iModIntro. iExists i. by iFrame "Hr Hback".
  Qed.
  (** The same of a value that is known, in which nothing is under a later. *)
  Lemma erased_new_mut `{!ProphTypes C, !prophGS C Σ} {A : C}
      (τ : raw_type Σ (proph_type A)) `{!RawTimeless τ} l x :
    proph_ctx -∗ acc τ l 1 x ={⊤}=∗ ∃ i,
    erased (λ κ v, ⌜v = #l⌝ ∗ mut_known (acc τ l 1) κ i x)%I
      (∃ y, acc τ l 1 y ∗ ⟨π, fin A i π = y⟩) #l.
  Proof.
    iIntros "#Hctx H". iApply erased_new. iIntros (κ).
    iMod (ptr_to_mut τ _ κ with "Hctx H") as (i) "[Hr Hback]"; [done..|].
    iModIntro. iExists i. by iFrame "Hr Hback".
  Qed.

  (** ** Closures that work at every lifetime *)
  (** From [T::This<'a>] to [U::This<'a>]. *)
  Lemma erased_map T U R f v :
    (∀ κ q, {{{ T κ v ∗ q.[κ] }}} f [v] {{{ w, RET w; U κ w ∗ q.[κ] }}}) -∗
    {{{ erased T R v }}} f [v] {{{ w, RET w; erased U R w }}}.
  Proof.
    iIntros "#Hf !>" (Φ) "(%κ & Hκ & #Hend & HT & HR) HΦ".
    wp_apply ("Hf" with "[$HT $Hκ]"). iIntros (w) "[HU Hκ]".
    iApply "HΦ". iExists κ. by iFrame "Hκ Hend HU HR".
  Qed.
  (** From [T::This<'a>] to a type that does not mention ['a]. *)
  Lemma erased_destruct T Q R f v :
    (∀ κ q, {{{ T κ v ∗ q.[κ] }}} f [v] {{{ w, RET w; Q w ∗ q.[κ] }}}) -∗
    {{{ erased T R v }}} f [v] {{{ w, RET w; Q w ∗ R }}}.
  Proof.
    iIntros "#Hf !>" (Φ) "(%κ & Hκ & #Hend & HT & HR) HΦ".
    iApply wp_fupd. wp_apply ("Hf" with "[$HT $Hκ]"). iIntros (w) "[HQ Hκ]".
    iMod ("Hend" with "Hκ") as "H†". iMod ("HR" with "H†") as "HR".
    iApply "HΦ". by iFrame "HQ HR".
  Qed.
  (** A look at the value, which stays. *)
  Lemma erased_look T Q R f v :
    (∀ κ q, {{{ T κ v ∗ q.[κ] }}} f [v] {{{ w, RET w; T κ v ∗ Q w ∗ q.[κ] }}}) -∗
    {{{ erased T R v }}} f [v] {{{ w, RET w; Q w ∗ erased T R v }}}.
  Proof.
    iIntros "#Hf !>" (Φ) "(%κ & Hκ & #Hend & HT & HR) HΦ".
    wp_apply ("Hf" with "[$HT $Hκ]"). iIntros (w) "(HT & HQ & Hκ)".
    iApply "HΦ". iFrame "HQ". iExists κ. by iFrame "Hκ Hend HT HR".
  Qed.
  (** The place is at hand, and the value may be exchanged for one at the same lifetime. *)
  Lemma erased_with_mut T U Q R f e v :
    (∀ κ q, {{{ e ↦ v ∗ T κ v ∗ q.[κ] }}}
        f [ #e]
      {{{ r, RET r; Q r ∗ (∃ w, e ↦ w ∗ U κ w) ∗ q.[κ] }}}) -∗
    {{{ e ↦ v ∗ erased T R v }}} f [ #e] {{{ r, RET r; Q r ∗ ∃ w, e ↦ w ∗ erased U R w }}}.
  Proof.
    iIntros "#Hf !>" (Φ) "(He & %κ & Hκ & #Hend & HT & HR) HΦ".
    wp_apply ("Hf" with "[$He $HT $Hκ]"). iIntros (r) "(HQ & (%w & He & HU) & Hκ)".
    iApply "HΦ". iFrame "HQ". iExists w. iFrame "He". iExists κ.
    by iFrame "Hκ Hend HU HR".
  Qed.

  (** ** Shared access *)
  (** [T] is covariant in the lifetime. *)
  Definition lft_covariant T : iProp Σ := □ ∀ κ κ' v, κ' ⊑ κ -∗ T κ v -∗ T κ' v.

  (** A shared reference is covariant. *)
  Lemma shr_covariant {X} (τ : raw_type Σ X) l q x :
    ⊢ lft_covariant (λ κ v, ⌜v = #l⌝ ∗ shr_ref κ τ l q x)%I.
  Proof.
    iIntros "!>" (κ κ' v) "#Hincl [$ Hr]". iApply (shr_ref_shorten with "Hincl Hr").
  Qed.

  (** From [&'a self] to [&'a T::This<'a>]. *)
  Lemma erased_get T `{!∀ κ v, Persistent (T κ v)} R α e v :
    lft_covariant T -∗ £ 2 -∗ e ↦ v -∗ erased T R v ={⊤}=∗
    (&frac{α} (λ q, e ↦{q} v) ∗ T α v) ∗ ([†α] ={⊤}=∗ e ↦ v ∗ erased T R v).
  Proof.
    iIntros "#HT [H£ H£'] He (%κ & Hκ & #Hend & #HTκ & HR)".
    iMod (bor_create _ α (e ↦{1} v) with "[He]") as "[He Heback]"; [done|by iNext|].
    iMod (bor_fracture _ α (λ q, e ↦{q} v)%I with "H£ He") as "#He"; [done|].
    iMod (bor_create _ α (1.[κ]) with "[Hκ]") as "[Hκ Hκback]"; [done|by iNext|].
    iMod (bor_lft_incl with "H£' Hκ") as "#Hincl"; [done|].
    iModIntro. iSplitR; [by iFrame "He"; iApply ("HT" with "Hincl HTκ")|].
    iIntros "#H†". iMod ("Heback" with "H†") as ">$". iMod ("Hκback" with "H†") as ">Hκ".
    iModIntro. iExists κ. by iFrame "Hκ Hend HTκ HR".
  Qed.
End erased.
Global Typeclasses Opaque erased.
