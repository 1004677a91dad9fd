(** * Threads that may increment counts: the programs

[frame_clone] increments a count first and looks after whether it was at its maximum,
so there may not be more than 2⁶³ − 2 threads that are between the two: each of them
borrows a token of [pending_incs] ([frame_sig.v]). These programs spawn threads so that no
client needs to carry tokens: one word counts the threads that have one, a thread is
spawned only while there are fewer than a limit, and a thread gives its token back
when it ends.

- [limit_init [pool]] makes the cell at [pool] say that one thread, the caller, has a
  token.
- [limited_spawn [pool; f; arg]] runs [f [arg]] in a new thread and returns true; or it
  returns false, as there are as many threads as may be, and does nothing.
- [limit_leave [pool]] gives a token back. *)
From tally.lang Require Import notation.
From tally.model Require Import word.
From tally.prelude Require Import options.

Definition limit_init : val := λ: ["pool"], "pool" <- #1.
Definition limit_leave : val := λ: ["pool"], Faa u64 "pool" #word_max;; #☠.
Definition limited_spawn (limit : Z) : val :=
  rec: "loop" ["pool"; "f"; "arg"] :=
    let: "count" := !ˢᶜ "pool" in
    if: #limit ≤ "count" then #false
    else if: Cas CasWeak "pool" "count" ("count" +⟨u64⟩ #1) then
      Fork (App "f" ["arg"];; limit_leave ["pool"]);;
      #true
    else "loop" ["pool"; "f"; "arg"].
