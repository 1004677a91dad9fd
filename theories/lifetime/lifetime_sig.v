(** * A lifetime logic: the interface

What [&'a mut T] and [&'a T] mean in separation logic: ownership that is lent for a
while and comes back, without anybody following the paths that it takes meanwhile.

- A _lifetime_ [κ] is alive as long as somebody owns a part of its _token_ [q.[κ]].
  Whoever made a lifetime may end it with the whole token ([lft_create]); [[†κ]] says that
  it is over, for ever. [κ ⊓ κ'] lasts as long as both do, [static] is never over.
- [κ ⊑ κ'] says that [κ] is over before [κ'] is: from a token of [κ] one gets, for a
  while, a token of [κ'], and when [κ'] is over so is [κ].
- A _full borrow_ [&{κ} P] is the right to use [P] as long as [κ] is alive. Whoever lends
  [P] gets the borrow, to hand out, and the _inheritance_ [[†κ] ={E}=∗ ▷ P]: when the
  lifetime is over [P] comes back, whatever has become of the borrow ([bor_create]).
- A borrow is opened against a part of the token, which comes back when it is closed
  ([bor_acc]). So a lifetime cannot end while a borrow of it is open.
- Borrows can be cut ([bor_sep]), put together ([bor_combine]), given for a shorter time
  ([bor_shorten], [rebor]), and taken out of one another ([bor_unnest]).
- Borrows that can be copied: with an index ([&{κ, i} P], the right to open it being kept
  apart, in [idx_bor_own i]); of a fraction ([&frac{κ} φ], for [&T]); in one thread
  ([&na{κ, p, N} P], for [Cell]); around one atomic step ([&at{κ, N} P]).

** What is paid

Pointees are arbitrary assertions and so come back under a later. Whatever _changes_ what
a borrow is a borrow of ([bor_sep], [rebor], …) costs one to four later credits; λRust
gives one for each pure step. A credit is kept until the inheritance is claimed, and takes
away there the later that hides what was agreed here. Opening and closing costs nothing.
There is no global invariant, hence no [lft_ctx]: the logic can be used at any time and
in any proof that has invariants and later credits.

** Where own invariants may be opened

Every law with a mask [E] asks for [↑lftN ⊆ E]. [lft_create] and the laws that only say
the same in another way ([bor_iff], [bor_shorten], …) have no mask and ask for nothing.
What a client says about the way back from a changed content ([bor_acc_cons],
[bor_acc_strong]), or about an inclusion ([lft_incl_intro]), may open only invariants of
the client below the namespace [lft_userN], a part of [lftN].

** What is not here yet

The choice of the name of a new lifetime, and accessors of a fractional borrow that change
what is borrowed.

Statements only; [lifetime.v] has them sealed.

Source: the statements are those of RustBelt's lifetime logic (Jung, Jourdan, Krebbers,
Dreyer, POPL 2018), as in [lifetime_sig.v] of lambda-rust, without its context. The model
is another one; see [proof/borrow.v]. *)
From iris.algebra Require Import ofe.
From iris.bi Require Import fractional.
From iris.base_logic.lib Require Import own invariants na_invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.

Module Type lifetime_sig.
  (** ** Definitions *)
  (** The ghost state. *)
  Parameter lftG : gFunctors → Set.
  Existing Class lftG.
  (** The functors that the logic needs. *)
  Parameter lftΣ : gFunctors.
  Global Declare Instance subG_lftΣ {Σ} : subG lftΣ Σ → lftG Σ.

  (** The namespace of the logic, and the part of it that clients may use. It is not
  abstract, so that a client can choose one that is disjoint from it. *)
  Definition lftN : namespace := nroot .@ "lft".
  (** The part that clients may use. *)
  Parameter lft_userN : namespace.
  (** It is a part. *)
  Parameter lft_userN_lftN : ↑lft_userN ⊆ (↑lftN : coPset).

  (** Lifetimes. *)
  Parameter lft : Type.
  Global Declare Instance lft_eq_dec : EqDecision lft.
  Global Declare Instance lft_countable : Countable lft.
  (** The lifetime that is never over. *)
  Parameter static : lft.
  Global Declare Instance lft_intersect : Meet lft.

  (** What tells apart the borrows that can be copied. *)
  Parameter bor_idx : Type.

  (** [q.[κ]]: the part [q] of the token of [κ]. *)
  Parameter lft_tok : ∀ `{!lftG Σ} (q : Qp) (κ : lft), iProp Σ.
  (** [[†κ]]: the lifetime [κ] is over. *)
  Parameter lft_dead : ∀ `{!lftG Σ} (κ : lft), iProp Σ.
  (** [κ ⊑ κ']: the lifetime [κ] is over before [κ'] is. *)
  Parameter lft_incl : ∀ `{!invGS Σ, !lftG Σ} (κ κ' : lft), iProp Σ.
  (** [&{κ} P]: the right to use [P] as long as [κ] is alive. *)
  Parameter bor : ∀ `{!invGS Σ, !lftG Σ} (κ : lft) (P : iProp Σ), iProp Σ.
  (** [&{κ, i} P]: that the borrow [i] is one of [P] as long as [κ] is alive. *)
  Parameter idx_bor : ∀ `{!invGS Σ, !lftG Σ} (κ : lft) (i : bor_idx) (P : iProp Σ), iProp Σ.
  (** The right to open the borrow [i]. *)
  Parameter idx_bor_own : ∀ `{!lftG Σ} (i : bor_idx), iProp Σ.
  (** [&frac{κ} φ]: the right to use some part [φ q] as long as [κ] is alive. *)
  Parameter frac_bor : ∀ `{!invGS Σ, !lftG Σ} (κ : lft) (φ : Qp → iProp Σ), iProp Σ.
  (** [&na{κ, p, N} P]: the right to use [P] as long as [κ] is alive, in exchange for the
  part [N] of the thread token of [p]. *)
  Parameter na_bor : ∀ `{!invGS Σ, !na_invG Σ, !lftG Σ} (κ : lft) (p : na_inv_pool_name)
    (N : namespace) (P : iProp Σ), iProp Σ.
  (** [&at{κ, N} P]: the right to use [P] around one atomic step as long as [κ] is
  alive. *)
  Parameter at_bor : ∀ `{!invGS Σ, !lftG Σ} (κ : lft) (N : namespace) (P : iProp Σ), iProp Σ.

  (** ** Notation *)
  Notation "q .[ κ ]" := (lft_tok q κ) (at level 1, format "q .[ κ ]") : bi_scope.
  Notation "[† κ ]" := (lft_dead κ) (format "[† κ ]") : bi_scope.
  Notation "κ ⊑ κ'" := (lft_incl κ κ') (at level 70) : bi_scope.
  Notation "&{ κ } P" := (bor κ P)
    (at level 20, right associativity, format "&{ κ }  P") : bi_scope.
  Notation "&{ κ , i } P" := (idx_bor κ i P)
    (at level 20, right associativity, format "&{ κ ,  i }  P") : bi_scope.
  Notation "&frac{ κ } φ" := (frac_bor κ φ)
    (at level 20, right associativity, format "&frac{ κ }  φ") : bi_scope.
  Notation "&na{ κ , p , N } P" := (na_bor κ p N P)
    (at level 20, right associativity, format "&na{ κ ,  p ,  N }  P") : bi_scope.
  Notation "&at{ κ , N } P" := (at_bor κ N P)
    (at level 20, right associativity, format "&at{ κ ,  N }  P") : bi_scope.

  (** ** Lifetimes as a monoid *)
  Global Declare Instance lft_intersect_assoc : Assoc (=@{lft}) (⊓).
  Global Declare Instance lft_intersect_comm : Comm (=@{lft}) (⊓).
  Global Declare Instance lft_intersect_left_id : LeftId (=@{lft}) static (⊓).
  Global Declare Instance lft_intersect_right_id : RightId (=@{lft}) static (⊓).

  Section laws.
    Context `{!invGS Σ, !lftG Σ}.
    Implicit Types (κ : lft) (q : Qp) (P Q : iProp Σ) (φ : Qp → iProp Σ) (i : bor_idx).

    (** ** Instances *)
    Global Declare Instance lft_tok_timeless q κ : Timeless (q.[κ]).
    Global Declare Instance lft_tok_fractional κ : Fractional (λ q, q.[κ])%I.
    Global Declare Instance lft_tok_as_fractional κ q :
      AsFractional (q.[κ]) (λ q, q.[κ])%I q.
    Global Declare Instance lft_dead_timeless κ : Timeless ([†κ]).
    Global Declare Instance lft_dead_persistent κ : Persistent ([†κ]).
    Global Declare Instance lft_incl_persistent κ κ' : Persistent (κ ⊑ κ').
    Global Declare Instance bor_contractive κ : Contractive (bor κ).
    Global Declare Instance bor_proper κ : Proper ((≡) ==> (≡)) (bor κ).
    Global Declare Instance idx_bor_persistent κ i P : Persistent (&{κ, i} P).
    Global Declare Instance idx_bor_contractive κ i : Contractive (idx_bor κ i).
    Global Declare Instance idx_bor_proper κ i : Proper ((≡) ==> (≡)) (idx_bor κ i).
    Global Declare Instance idx_bor_own_timeless i : Timeless (idx_bor_own i).
    Global Declare Instance frac_bor_persistent κ φ : Persistent (&frac{κ} φ).
    Global Declare Instance frac_bor_contractive κ n :
      Proper (pointwise_relation Qp (dist_later n) ==> dist n) (frac_bor κ).
    Global Declare Instance frac_bor_proper κ :
      Proper (pointwise_relation Qp (≡) ==> (≡)) (frac_bor κ).
    Global Declare Instance na_bor_persistent `{!na_invG Σ} κ p N P :
      Persistent (&na{κ, p, N} P).
    Global Declare Instance na_bor_contractive `{!na_invG Σ} κ p N :
      Contractive (na_bor κ p N).
    Global Declare Instance at_bor_persistent κ N P : Persistent (&at{κ, N} P).
    Global Declare Instance at_bor_contractive κ N : Contractive (at_bor κ N).

    (** ** Life and death *)
    (** A new lifetime, with the right to end it. *)
    Parameter lft_create : ⊢ |==> ∃ κ, 1.[κ] ∗ □ (1.[κ] ==∗ [†κ]).
    (** A lifetime of which there is a token is not over. *)
    Parameter lft_tok_dead : ∀ q κ, q.[κ] -∗ [†κ] -∗ False.
    (** [static] needs no token, and is never over. *)
    Parameter lft_tok_static : ∀ q, ⊢ q.[static].
    (** It is never over. *)
    Parameter lft_dead_static : [†static] -∗ False.
    (** An intersection is alive if both parts are, and over if one is. *)
    Parameter lft_tok_sep : ∀ q κ κ', q.[κ ⊓ κ'] ⊣⊢ q.[κ] ∗ q.[κ'].
    (** The intersection is over as soon as one of the two is. *)
    Parameter lft_dead_or : ∀ κ κ', [†κ ⊓ κ'] ⊣⊢ [†κ] ∨ [†κ'].
    (** No more than one token, except of [static]. *)
    Parameter lft_tok_valid : ∀ q κ, q.[κ] -∗ ⌜(q ≤ 1)%Qp ∨ κ = static⌝.

    (** ** Inclusion *)
    Parameter lft_incl_refl : ∀ κ, ⊢ κ ⊑ κ.
    (** Inclusion is transitive. *)
    Parameter lft_incl_trans : ∀ κ κ' κ'', κ ⊑ κ' -∗ κ' ⊑ κ'' -∗ κ ⊑ κ''.
    (** Every lifetime is over before [static]. *)
    Parameter lft_incl_static : ∀ κ, ⊢ κ ⊑ static.
    (** The intersection is over before the first is. *)
    Parameter lft_intersect_incl_l : ∀ κ κ', ⊢ κ ⊓ κ' ⊑ κ.
    (** The intersection is over before the second is. *)
    Parameter lft_intersect_incl_r : ∀ κ κ', ⊢ κ ⊓ κ' ⊑ κ'.
    (** [κ' ⊓ κ''] is the longest lifetime in both. *)
    Parameter lft_incl_glb : ∀ κ κ' κ'', κ ⊑ κ' -∗ κ ⊑ κ'' -∗ κ ⊑ κ' ⊓ κ''.
    (** From a token of the shorter lifetime to one of the longer, and back. *)
    Parameter lft_incl_acc : ∀ E κ κ' q, ↑lftN ⊆ E →
      κ ⊑ κ' -∗ q.[κ] ={E}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={E}=∗ q.[κ]).
    (** When the longer lifetime is over so is the shorter. *)
    Parameter lft_incl_dead : ∀ E κ κ', ↑lftN ⊆ E → κ ⊑ κ' -∗ [†κ'] ={E}=∗ [†κ].
    (** An inclusion that the client has a reason for. *)
    Parameter lft_incl_intro : ∀ κ κ',
      □ ((∀ q, q.[κ] ={↑lft_userN}=∗ ∃ q', q'.[κ'] ∗ (q'.[κ'] ={↑lft_userN}=∗ q.[κ])) ∗
         ([†κ'] ={↑lft_userN}=∗ [†κ])) -∗
      κ ⊑ κ'.
    (** The tokens of two lifetimes as one of the intersection. *)
    Parameter lft_intersect_acc : ∀ κ κ' q q',
      q.[κ] -∗ q'.[κ'] -∗ ∃ q'', q''.[κ ⊓ κ'] ∗ (q''.[κ ⊓ κ'] -∗ q.[κ] ∗ q'.[κ']).

    (** ** Full borrows *)
    (** Lending: a borrow, and what was lent when the lifetime is over. *)
    Parameter bor_create : ∀ E κ P, ↑lftN ⊆ E →
      ▷ P ={E}=∗ &{κ} P ∗ ([†κ] ={E}=∗ ▷ P).
    (** Of a lifetime that is over one has every borrow. *)
    Parameter bor_fake : ∀ E κ P, ↑lftN ⊆ E → [†κ] ={E}=∗ &{κ} P.
    (** A borrow is one of everything equivalent. *)
    Parameter bor_iff : ∀ κ P Q, ▷ □ (P ↔ Q) -∗ &{κ} P -∗ &{κ} Q.
    (** A borrow is one for every shorter lifetime. *)
    Parameter bor_shorten : ∀ κ κ' P, κ ⊑ κ' -∗ &{κ'} P -∗ &{κ} P.
    (** Opening a borrow and closing it with the same content. *)
    Parameter bor_acc : ∀ E q κ P, ↑lftN ⊆ E →
      &{κ} P -∗ q.[κ] ={E}=∗ ▷ P ∗ (▷ P ={E}=∗ &{κ} P ∗ q.[κ]).
    (** Closing it with another content, from which one can get back to the old one. *)
    Parameter bor_acc_cons : ∀ E q κ P, ↑lftN ⊆ E →
      &{κ} P -∗ q.[κ] ={E}=∗
      ▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q ={E}=∗ &{κ} Q ∗ q.[κ].
    (** The way back may use that the lifetime is over. *)
    Parameter bor_acc_strong : ∀ E q κ P, ↑lftN ⊆ E →
      &{κ} P -∗ q.[κ] ={E}=∗
      ▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q -∗ [†κ] ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q
        ={E}=∗ &{κ} Q ∗ q.[κ].
    (** Opening without a token, around one atomic step; the lifetime may be over. *)
    Parameter bor_acc_atomic : ∀ E κ P, ↑lftN ⊆ E →
      &{κ} P ={E, E ∖ ↑lftN}=∗
        (▷ P ∗ (▷ P ={E ∖ ↑lftN, E}=∗ &{κ} P)) ∨
        ([†κ] ∗ (|={E ∖ ↑lftN, E}=> &{κ} P)).
    (** Opened for one atomic step without a token, the content may be exchanged for another,
  from which it can be made again; or the lifetime is over. *)
    Parameter bor_acc_atomic_strong : ∀ E κ P, ↑lftN ⊆ E →
      &{κ} P ={E, E ∖ ↑lftN}=∗
        (▷ P ∗ ∀ Q, £ 1 -∗ ▷ (▷ Q -∗ [†κ] ={↑lft_userN}=∗ ▷ P) -∗ ▷ Q
          ={E ∖ ↑lftN, E}=∗ &{κ} Q) ∨
        ([†κ] ∗ (|={E ∖ ↑lftN, E}=> &{κ} P)).

    (** Cutting a borrow, and putting two together. *)
    Parameter bor_sep : ∀ E κ P Q, ↑lftN ⊆ E →
      £ 1 -∗ &{κ} (P ∗ Q) ={E}=∗ &{κ} P ∗ &{κ} Q.
    (** Two borrows become one of both contents. *)
    Parameter bor_combine : ∀ E κ P Q, ↑lftN ⊆ E →
      £ 2 -∗ &{κ} P -∗ &{κ} Q ={E}=∗ &{κ} (P ∗ Q).
    (** A borrow of something of which one knows that there is a witness. *)
    Parameter bor_exists : ∀ {A : Type} `{!Inhabited A} E κ (Φ : A → iProp Σ), ↑lftN ⊆ E →
      £ 1 -∗ &{κ} (∃ x, Φ x) ={E}=∗ ∃ x, &{κ} Φ x.
    (** A borrow of an alternative is an alternative of borrows. *)
    Parameter bor_or : ∀ E κ P Q, ↑lftN ⊆ E →
      £ 1 -∗ &{κ} (P ∨ Q) ={E}=∗ &{κ} P ∨ &{κ} Q.
    (** A later in front of what is borrowed. *)
    Parameter bor_later : ∀ E κ P, ↑lftN ⊆ E → £ 2 -∗ &{κ} (▷ P) ={E}=∗ &{κ} P.
    (** What is persistent can be taken out of a borrow. *)
    Parameter bor_persistent : ∀ E q κ P, Persistent P → ↑lftN ⊆ E →
      &{κ} P -∗ q.[κ] ={E}=∗ ▷ P ∗ &{κ} P ∗ q.[κ].
    (** Without a token it is known, or the lifetime is over. *)
    Parameter bor_persistent_notok : ∀ E κ P, Persistent P → ↑lftN ⊆ E →
      &{κ} P ={E}=∗ (▷ P ∨ [†κ]) ∗ &{κ} P.

    (** Lending what one has borrowed: the borrow is back when the shorter lifetime is
    over. *)
    Parameter rebor : ∀ E κ κ' P, ↑lftN ⊆ E →
      £ 1 -∗ κ' ⊑ κ -∗ &{κ} P ={E}=∗ &{κ'} P ∗ ([†κ'] ={E}=∗ &{κ} P).
    (** A borrow of a borrow. *)
    Parameter bor_unnest : ∀ E κ κ' P, ↑lftN ⊆ E →
      £ 4 -∗ &{κ'} &{κ} P ={E}=∗ &{κ ⊓ κ'} P.

    (** ** Borrows with an index *)
    Parameter bor_unfold_idx : ∀ κ P, &{κ} P ⊣⊢ ∃ i, &{κ, i} P ∗ idx_bor_own i.
    (** The content may be replaced by an equivalent one. *)
    Parameter idx_bor_iff : ∀ κ i P Q, ▷ □ (P ↔ Q) -∗ &{κ, i} P -∗ &{κ, i} Q.
    (** It holds for shorter lifetimes. *)
    Parameter idx_bor_shorten : ∀ κ κ' i P, κ ⊑ κ' -∗ &{κ', i} P -∗ &{κ, i} P.
    (** With the right to open it and a token the content is lent. *)
    Parameter idx_bor_acc : ∀ E q κ i P, ↑lftN ⊆ E →
      &{κ, i} P -∗ idx_bor_own i -∗ q.[κ] ={E}=∗
      ▷ P ∗ (▷ P ={E}=∗ idx_bor_own i ∗ q.[κ]).
    (** Without a token it is lent for one atomic step, or the lifetime is over. *)
    Parameter idx_bor_acc_atomic : ∀ E κ i P, ↑lftN ⊆ E →
      &{κ, i} P -∗ idx_bor_own i ={E, E ∖ ↑lftN}=∗
        (▷ P ∗ (▷ P ={E ∖ ↑lftN, E}=∗ idx_bor_own i)) ∨
        ([†κ] ∗ (|={E ∖ ↑lftN, E}=> idx_bor_own i)).

    (** ** Fractional borrows *)
    (** A full borrow of the whole becomes one that can be copied. *)
    Parameter bor_fracture : ∀ E κ φ, ↑lftN ⊆ E →
      £ 1 -∗ &{κ} (φ 1%Qp) ={E}=∗ &frac{κ} φ.
    (** The content may be replaced by an equivalent one. *)
    Parameter frac_bor_iff : ∀ κ φ φ', ▷ □ (∀ q, φ q ↔ φ' q) -∗ &frac{κ} φ -∗ &frac{κ} φ'.
    (** It holds for shorter lifetimes. *)
    Parameter frac_bor_shorten : ∀ κ κ' φ, κ ⊑ κ' -∗ &frac{κ'} φ -∗ &frac{κ} φ.
    (** When the lifetime is over there is one of anything. *)
    Parameter frac_bor_fake : ∀ E κ φ, ↑lftN ⊆ E → [†κ] ={E}=∗ &frac{κ} φ.
    (** Some part of what is borrowed, over any number of steps. *)
    Parameter frac_bor_acc : ∀ E q κ φ, Fractional φ → ↑lftN ⊆ E →
      &frac{κ} φ -∗ q.[κ] ={E}=∗ ∃ q', ▷ φ q' ∗ (▷ φ q' ={E}=∗ q.[κ]).
    (** Without a token, around one atomic step; the lifetime may be over. *)
    Parameter frac_bor_acc_atomic : ∀ E κ φ, ↑lftN ⊆ E →
      &frac{κ} φ ={E, E ∖ ↑lftN}=∗
        (∃ q, ▷ φ q ∗ (▷ φ q ={E ∖ ↑lftN, E}=∗ True)) ∨
        ([†κ] ∗ (|={E ∖ ↑lftN, E}=> True)).
    (** A borrow of tokens includes the lifetime of the borrow in theirs. *)
    Parameter frac_bor_lft_incl_part : ∀ κ κ' q', &frac{κ} (λ q, (q * q').[κ']) -∗ κ ⊑ κ'.
    (** Likewise of the whole token. *)
    Parameter frac_bor_lft_incl : ∀ κ κ', &frac{κ} (λ q, q.[κ']) -∗ κ ⊑ κ'.

    (** ** Borrows of one thread *)
    Parameter bor_na : ∀ `{!na_invG Σ} E κ p N P, ↑lftN ⊆ E →
      &{κ} P ={E}=∗ &na{κ, p, N} P.
    (** The content may be replaced by an equivalent one. *)
    Parameter na_bor_iff : ∀ `{!na_invG Σ} κ p N P Q,
      ▷ □ (P ↔ Q) -∗ &na{κ, p, N} P -∗ &na{κ, p, N} Q.
    (** It holds for shorter lifetimes. *)
    Parameter na_bor_shorten : ∀ `{!na_invG Σ} κ κ' p N P,
      κ ⊑ κ' -∗ &na{κ', p, N} P -∗ &na{κ, p, N} P.
    (** When the lifetime is over there is one of anything. *)
    Parameter na_bor_fake : ∀ `{!na_invG Σ} E κ p N P, ↑lftN ⊆ E →
      [†κ] ={E}=∗ &na{κ, p, N} P.
    (** With a token and the part [N] of the thread token the content is lent. *)
    Parameter na_bor_acc : ∀ `{!na_invG Σ} E F q κ p N P,
      ↑lftN ⊆ E → ↑N ⊆ E → ↑N ⊆ F →
      &na{κ, p, N} P -∗ q.[κ] -∗ na_own p F ={E}=∗
      ▷ P ∗ na_own p (F ∖ ↑N) ∗
      (▷ P -∗ na_own p (F ∖ ↑N) ={E}=∗ q.[κ] ∗ na_own p F).

    (** ** Borrows around one atomic step *)
    Parameter bor_at : ∀ E κ N P, N ## lftN → ↑lftN ⊆ E → &{κ} P ={E}=∗ &at{κ, N} P.
    (** The content may be replaced by an equivalent one. *)
    Parameter at_bor_iff : ∀ κ N P Q, ▷ □ (P ↔ Q) -∗ &at{κ, N} P -∗ &at{κ, N} Q.
    (** It holds for shorter lifetimes. *)
    Parameter at_bor_shorten : ∀ κ κ' N P, κ ⊑ κ' -∗ &at{κ', N} P -∗ &at{κ, N} P.
    (** When the lifetime is over there is one of anything. *)
    Parameter at_bor_fake : ∀ E κ N P, N ## lftN → ↑lftN ⊆ E → [†κ] ={E}=∗ &at{κ, N} P.
    (** With a token the content is lent for one atomic step. *)
    Parameter at_bor_acc : ∀ E q κ N P, ↑lftN ⊆ E → ↑N ⊆ E →
      &at{κ, N} P -∗ q.[κ] ={E, E ∖ ↑N}=∗ ▷ P ∗ (▷ P ={E ∖ ↑N, E}=∗ q.[κ]).
  End laws.
End lifetime_sig.
