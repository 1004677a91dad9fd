(** * [rc/inner.rs], verified

The sealed export of the statements in [inner_sig.v], with those of [rc_sig.v] about the
same handles. *)
From tally.prelude Require Import prelude.
From tally.rc Require Export inner_sig.
From tally.rc.proof Require handle specs_counts specs_strong specs_weak specs_raw
  specs_weak_raw specs_unique specs_unique_rc.
From tally.rc.proof Require inner_counts inner_new inner_share inner_drop
  inner_sole inner_make inner_take inner_weak_counts inner_whole
  inner_room inner_same inner_at inner_into
  inner_leave inner_alone inner_small.
From tally.prelude Require Import options.

Module Export inner : inner_sig.
  Include handle.
  Include specs_counts.
  Include specs_strong.
  Include specs_weak.
  Include specs_raw.
  Include specs_weak_raw.
  Include specs_unique.
  Include specs_unique_rc.
  Include inner_counts.
  Include inner_new.
  Include inner_share.
  Include inner_drop.
  Include inner_sole.
  Include inner_make.
  Include inner_take.
  Include inner_weak_counts.
  Include inner_whole.
  Include inner_room.
  Include inner_same.
  Include inner_at.
  Include inner_into.
  Include inner_leave.
  Include inner_alone.
  Include inner_small.
End inner.
Global Arguments rc_own {_ _ _ _ _ _ _} SO {_} γ i l a r k j.
Global Arguments rc_ref {_ _ _ _ _ _ _} SO {_} γ l r k j.
Global Arguments rc_last_own {_ _ _ _ _ _ _} SO {_} γ l r j.
Global Arguments rc_content_known {_ _ _ _ _ _ _} SO {_} γ i a.
Global Arguments rc_dead {_ _ _ _ _ _ _} SO {_} γ.
Global Arguments rc_unshared {_ _ _ _ _ _ _} SO {_} γ.
Global Arguments unique_rc_own {_ _ _ _ _ _ _} SO {_} γ l wl r j.
Global Arguments rc_counts {_ _ _ _ _ _ _} SO {_} γ l st w.
Global Arguments weak_own {_ _ _ _ _ _ _} SO {_} γ l r j.
Global Arguments rc_dropped_own {_ _ _ _ _ _ _} SO {_} γ l r j P.
Global Arguments rc_old_name {_ _ _ _ _ _ _} SO {_} γ l r o.
Global Arguments rc_raw {_ _ _ _ _ _ _} SO {_} γ i ptr a r.
Global Arguments weak_raw {_ _ _ _ _ _ _} SO {_} γ ptr r.
Global Arguments rc_block_open {_ _ _ _ _ _ _} SO {_} l a t.
Global Arguments rc_clone_to_spec {_ _ _ _ _ _ _} SO F i l a C clone_to.
