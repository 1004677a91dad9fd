(** * Page frames, by address: the interface

What [frame_code.v] does with physical addresses, on top of [frame_sig.v]. The slots
of a memory of [n] cells of metadata per page stand in an array at [base]; that of the
page at [pa] is [page_slot n base pa]. Getting a frame by address refuses what is not
aligned first, then what is behind the end of memory; and no slot is touched then.
Otherwise it does what [get_from_unused] and [get_from_in_use] do at that slot.

** Results
[frame_from_unused_at] and [frame_from_in_use_at] say just that, so that everything that
is true of [get_from_unused] and [get_from_in_use] is true by address, with any evidence:
leases, logically atomically, plainly. [page_status] is what is said of an address before
the slot is looked at.

** Memory
The programs are those of a memory of one bank, from 0 to [max], without holes: of
the layouts of [layout_map.v], [x86_64_layout]. For it, [page_slot] is the slot whose
number is [frame_to_index] ([page_slot_x86_64]), and the status of looking for it is
that of [get_slot] ([get_slot_status_x86_64_spec]). A layout of more banks has no
programs here.

** Raw and borrowed frames
[frame_borrow] only computes: a borrowed frame is a bare pointer, and the handle, a
resource of the proof, stays with whoever has it. A raw frame has a token
([frame_raw_sig.v]).

Statements only; [frame_addr.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Import layout_map frame.
From tally.prelude Require Import options.

Definition page_slot (n : nat) (base : loc) (pa : Z) : loc :=
  base +ₗ slot_cells n * (pa `quot` page_size).

(** Why there is no slot for the address [pa] in a memory of [max] bytes. *)
Definition page_status (max pa : Z) : option Z :=
  if bool_decide (pa `rem` page_size = 0)%Z then
    if bool_decide (max ≤ pa)%Z then Some (error_code ErrOutOfBound) else None
  else Some not_aligned_code.
Lemma page_status_slot max pa :
  (pa `rem` page_size = 0)%Z → (pa < max)%Z → page_status max pa = None.
Proof.
  intros Ha Hm. rewrite /page_status bool_decide_eq_true_2 // bool_decide_eq_false_2 //. lia.
Qed.

Module Type frame_addr_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (s base src : loc) (pa max : Z) (i : nat).
    Implicit Types (vl : list val) (m : meta) (u : bool) (Φ : val → iProp Σ).

    (** ** The layout of memory *)
    (** In the layout of x86-64, [page_slot] is the slot with the number of the frame. *)
    Parameter page_slot_x86_64 : ∀ n base frames pa k,
      frame_to_index (x86_64_layout frames) pa = Some k →
      page_slot n base pa = (base +ₗ slot_cells n * k)%L.
    (** In the layout of x86-64, the program returns the status of [get_slot]. *)
    Parameter get_slot_status_x86_64_spec : ∀ frames pa,
      (0 ≤ pa)%Z →
      {{{ True }}}
        get_slot_status [ #(frames * page_size); #pa ]
      {{{ RET #(match get_slot (x86_64_layout frames) pa with
                | inl NotAligned => not_aligned_code
                | inl OutOfBound => error_code ErrOutOfBound
                | inr _ => 0
                end); True }}}.

    (** ** By address, what is done at the slot *)
    (** A claim by address returns the error of the address, or does what it does at the
    slot. *)
    Parameter frame_from_unused_at : ∀ n base src max pa i u Φ,
      match page_status max pa with
      | Some e => ▷ Φ #e
      | None => ▷ WP get_from_unused n [ #(page_slot n base pa); #i; #src; #u ] {{ Φ }}
      end -∗
      WP frame_from_unused n [ #base; #max; #pa; #i; #src; #u ] {{ Φ }}.
    (** A look-up by address returns the error of the address, or does what it does at the
    slot. *)
    Parameter frame_from_in_use_at : ∀ n base max pa Φ,
      match page_status max pa with
      | Some e => ▷ Φ #e
      | None => ▷ WP get_from_in_use [ #(page_slot n base pa) ] {{ Φ }}
      end -∗
      WP frame_from_in_use n [ #base; #max; #pa ] {{ Φ }}.
  End laws.
End frame_addr_sig.
