(** * Threads that may increment counts: the interface

What is true of the programs of [thread_limit_code.v]; statements only,
[thread_limit.v] has them sealed.

[thread_limit N Cl γr limit pool]: the word at [pool] counts the threads that have a
token of [pending_incs γr], at most [limit]; the others of the [pending_max] tokens are in the
invariant. So there are never more tokens out than there may be, whatever threads do
with them ([pending_incs_bound]), and the bound of [frame_clone] holds without its clients
carrying tokens from the start.

[Cl n] is a timeless client state, as for slots ([slot_specs_sig.v]): it
changes when the count does, in the same step. A client that chooses [λ _, True] learns
nothing of the count; whoever follows it knows what [limited_spawn] returns, as that is
determined by the count at one moment.

[limited_spawn_spec] does not say that [f] runs: as usual in an affine logic, a program
that counts the thread and then drops what it is for has the triple, too. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.types Require Import type.
From tally.frame.slot Require Import frame.
From tally.frame.slot Require Export thread_limit_code.
From tally.prelude Require Import options.

Module Type thread_limit_sig.
  (** At most [limit] threads have a token, and the word at [pool] counts them. *)
  Parameter thread_limit : ∀ `{!lrustGS Σ, !frameG Σ},
    namespace → (nat → iProp Σ) → gname → nat → loc → iProp Σ.

  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (N : namespace).
    Context (Cl : nat → iProp Σ).
    Implicit Types (γr : gname) (limit n : nat) (pool : loc) (f arg : val).

    Global Declare Instance thread_limit_persistent γr limit pool :
      Persistent (thread_limit N Cl γr limit pool).

    (** All tokens into the invariant, but the one of the caller. *)
    Parameter thread_limit_alloc : ∀ E γr limit pool,
      (1 ≤ limit)%nat → (Z.of_nat limit ≤ Z.pos pending_max)%Z →
      pool ↦ #1 -∗ Cl 1 -∗ pending_incs γr pending_max ={E}=∗
      thread_limit N Cl γr limit pool ∗ pending_incs γr 1.
    (** The cell becomes a counter that says 1, for the caller. *)
    Parameter limit_init_spec : ∀ pool v,
      {{{ pool ↦ v }}} limit_init [ #pool ] {{{ RET #☠; pool ↦ #1 }}}.
    (** The thread has the token while it runs, and what the caller gives it, [P]; at its
    end it has a token to give back, and says so. *)
    Parameter limited_spawn_spec : (∀ n, Timeless (Cl n)) →
      ∀ γr limit pool f arg (P : iProp Σ) (Q : bool → iProp Σ),
      {{{ thread_limit N Cl γr limit pool ∗
          (∀ n, Cl n ={⊤ ∖ ↑N}=∗
             if decide (n < limit)%nat then Cl (S n) ∗ P ∗ Q true else Cl n ∗ Q false) ∗
          (P -∗ pending_incs γr 1 -∗
             WP App f [Val arg]
               {{ _, pending_incs γr 1 ∗ (∀ n, Cl (S n) ={⊤ ∖ ↑N}=∗ Cl n) }}) }}}
        limited_spawn (Z.of_nat limit) [ #pool; f; arg ]
      {{{ (b : bool), RET #b; Q b }}}.
    (** A token is given back; the count is one less, and the client state moves with it. *)
    Parameter limit_leave_spec : (∀ n, Timeless (Cl n)) → ∀ γr limit pool (Q : iProp Σ),
      {{{ thread_limit N Cl γr limit pool ∗ pending_incs γr 1 ∗
          (∀ n, Cl (S n) ={⊤ ∖ ↑N}=∗ Cl n ∗ Q) }}}
        limit_leave [ #pool ]
      {{{ RET #☠; Q }}}.
  End laws.
End thread_limit_sig.
