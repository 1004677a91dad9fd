(** * The crate's slot: the interface

What the crate's own functions make of the words of a slot, as [rust/tally-mir] translates
the compiler's MIR of [frame/slot.rs] ([generated/slot_tree.v]), statements only;
[crate_slot.v] has them sealed.

The statements are those of [frame_refine.v] about the programs in [frame_code.v]: others
may access the word at the same time ([word_access], [word_retry]), and what a function
makes of it is the pure model's ([model/slot_count.v]). They say besides that no function
unwinds ([ret_val]). A slot is at [l], and its words are behind that ([crate_word],
[crate_list]).

| function of [MetaSlot] | program of [frame_code.v] | what differs |
|---|---|---|
| [claim_word] | [claim_unused] | – |
| [try_unique] | [try_from_shared] | a local in memory, so a lease |
| [release_share] | [dec_ref_count] | no assertion, so of any word |
| [clone_share] | [inc_ref_count] | the test is for the sign of the sum |
| [get_from_in_use] | [get_from_in_use] | goes on with the word that was found; one test for all that are no count |
| [count] | [reference_count] | – |
| [share_unique], [publish_shared], [publish_unique] | stores in [frame_from_unique], [get_from_unused] | – |
| [retire_unique], [mark_unused] | stores in [unique_drop], [drop_last_in_place] | – |
| [list_id], [enter_list], [leave_list] | accesses in [frame_list_code.v] | – |

Not here: what the functions do to the metadata. [status] has no program beside it. Orderings are erased here; those
in the MIR are compared in [frame/simulation/crate_orderings.v]. *)
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.mir Require Import value.
From tally.model Require Import word rc_count slot_count.
From tally.frame.slot Require Import frame_refine.
From tally.frame.slot Require Export crate_slot_base.
From tally.frame.slot.generated Require Export slot_tree.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

Module Type crate_slot_sig.
  Section words.
    Context `{!lrustGS Σ}.
    Implicit Types (l : loc) (w : Z) (E : coPset) (Φ : val → iProp Σ) (R : iProp Σ).
    Implicit Types (q : Qp) (k : nat).

    (** ** The claim *)
    (** The slot is taken if it is unused: the step that [claim] begins with. *)
    Parameter MetaSlot_claim_word_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any slot_claim_next
        (λ w, ▷ Φ (look_up_of (slot_claim w))) -∗
      WP MetaSlot_claim_word [ #l ] {{ Φ }}.

    (** ** Shares *)
    (** One share less, and whether it was the last. *)
    Parameter MetaSlot_release_share_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ w, word_wrapping_sub w 1)
        (λ w, ▷ Φ (ret_val #(slot_drop_last w))) -∗
      WP MetaSlot_release_share [ #l ] {{ Φ }}.
    (** One share more. Where there are too many the program ends, after having counted. *)
    Parameter MetaSlot_clone_share_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_live (λ w, word_wrapping_add w 1)
        (λ w, ∀ w', ⌜slot_clone_count w = CloneStored w'⌝ -∗ Φ (ret_val #☠)) -∗
      WP MetaSlot_clone_share [ #l ] {{ Φ }}.
    (** The only share becomes a unique handle. *)
    Parameter MetaSlot_try_unique_refines : ∀ E l q k Φ,
      heap_lease q k -∗
      word_access E (l +ₗ crate_word) word_any slot_try_unique_next
        (λ w, ▷ (heap_lease q k -∗ Φ (ret_val #(slot_try_unique w)))) -∗
      WP MetaSlot_try_unique [ #l ] {{ Φ }}.
    (** A share by address alone. The word is looked at many times and changed at most
    once. *)
    Parameter MetaSlot_get_from_in_use_refines : ∀ E l R Φ,
      word_retry E (l +ₗ crate_word) R (λ w,
        match slot_from_in_use w with
        | FromInUseStored w' => (l +ₗ crate_word) ↦ #w' ={E,⊤}=∗ Φ ok_unit
        | FromInUseFailed e => (l +ₗ crate_word) ↦ #w ={E,⊤}=∗ Φ (err_of e)
        | FromInUseAborted => True
        end) -∗
      ▷ R -∗ WP MetaSlot_get_from_in_use [ #l ] {{ Φ }}.

    (** ** Stores *)
    (** Built: one share. *)
    Parameter MetaSlot_publish_shared_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ _, 1) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_publish_shared [ #l ] {{ Φ }}.
    (** Built: a unique handle. *)
    Parameter MetaSlot_publish_unique_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ _, slot_unique) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_publish_unique [ #l ] {{ Φ }}.
    (** A unique handle becomes the first share. *)
    Parameter MetaSlot_share_unique_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ _, 1) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_share_unique [ #l ] {{ Φ }}.
    (** A unique handle is given up. *)
    Parameter MetaSlot_retire_unique_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ _, slot_busy) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_retire_unique [ #l ] {{ Φ }}.
    (** The end of a tear-down. *)
    Parameter MetaSlot_mark_unused_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ _, slot_unused) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_mark_unused [ #l ] {{ Φ }}.
    (** The frame is in a list now. *)
    Parameter MetaSlot_enter_list_refines : ∀ E l (id : Z) Φ,
      word_access E (l +ₗ crate_list) word_any (λ _, id) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_enter_list [ #l; #id ] {{ Φ }}.
    (** And is not any more. *)
    Parameter MetaSlot_leave_list_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_list) word_any (λ _, 0) (λ _, Φ (ret_val #☠)) -∗
      WP MetaSlot_leave_list [ #l ] {{ Φ }}.

    (** ** Loads *)
    (** What the word was at one moment. *)
    Parameter MetaSlot_count_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ w, w) (λ w, Φ (ret_val #w)) -∗
      WP MetaSlot_count [ #l ] {{ Φ }}.
    (** What it said then. *)
    Parameter MetaSlot_status_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_word) word_any (λ w, w)
        (λ w, ▷ Φ (ret_val (crate_status w))) -∗
      WP MetaSlot_status [ #l ] {{ Φ }}.
    (** Which list the frame was in. *)
    Parameter MetaSlot_list_id_refines : ∀ E l Φ,
      word_access E (l +ₗ crate_list) word_any (λ w, w) (λ w, Φ (ret_val #w)) -∗
      WP MetaSlot_list_id [ #l ] {{ Φ }}.

    (** ** Constants *)
    (** The word of a unique handle. *)
    Parameter REF_COUNT_UNIQUE_spec :
      {{{ True }}} REF_COUNT_UNIQUE [] {{{ RET ret_val #slot_unique; True }}}.
    (** The greatest count. *)
    Parameter REF_COUNT_MAX_spec :
      {{{ True }}} REF_COUNT_MAX [] {{{ RET ret_val #slot_max; True }}}.
  End words.
End crate_slot_sig.
