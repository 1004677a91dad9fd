(** * Segments of page frames: the interface

What is true of the programs of [segment_code.v], under every interleaving of
sequentially consistent steps.

** Segments
[frame_segment D N base l start ps] is the segment at [l] whose first page is at
[start]. The list [ps] has what is known of its pages: of each the ghost names of
the slot, and the metadata. It is one [shared_frame] for each page, and two cells;
without the cells it is [segment_shares]. A segment owns its shares, as the original's
does: nobody else turns the addresses in its cells into handles. Where it is given away as
a range of addresses, the range has a token of a raw frame for each page
([segment_raws]): the range may become a segment again, and [from_raw] of a single frame
may take a page out of it ([frame_raw_sig.v]). The shares of no pages own nothing
([segment_shares_nil]). So an empty segment owns nothing but its cells,
[frame_segment_from_raw] of an empty range makes no handle of anything, and dropping it
gives nothing back.

Leases are apart, as of single frames: each page has its own, on which one handle
more is out for each segment (and frame) that has the page.

** Claiming
[frame_segment_from_unused] makes all of the segment or nothing of it. If a page
refuses, those before it are dropped again, each of which was claimed by then; others
may have looked one up meanwhile, and have a share of it ([page_dropped]). The errors
are [NotAligned] of either end, before [OutOfBound], before the assertion that the
range is not empty, before the error of the first page that refuses.
[frame_segment_from_unused_spec] names all results; with the whole leases, success is
due ([..._full_spec]); if a page in the middle has a handle that the caller knows of,
the error is the one of that page, and those before it are back
([..._shared_spec], [..._unique_spec]).

** Counts
The statements with a list of counts [ks] are about leases on which so many handles
are out already. On whole leases these are the reference counts of the pages
([frame_segment_count_spec]): a clone increments each, a slice those of the slice, a
split none; a drop is the last one exactly of the pages with count 1
([frame_segment_drop_full_spec]).

** The model
That the results and counts are those of the executable model of segments, where they
are determined, is the subject of [segment_refine.v].

Statements only; [segment.v] has them sealed. *)
From iris.base_logic.lib Require Import own invariants.
From iris.proofmode Require Import proofmode.
From tally.prelude Require Import prelude.
From tally.lang Require Import proofmode.
From tally.model Require Import word slot_count.
From tally.types Require Import type.
From tally.frame.slot Require Export frame_raw.
From tally.frame.segment Require Export segment_code.
From tally.prelude Require Import options.

(** ** Definitions *)
(** The ghost names of a page's slot, and its metadata. *)
Definition segment_page : Type := slot_names * meta.

(** Addresses at which [n] pages can be. *)
Definition pages_fit (start : Z) (n : nat) : Prop :=
  (0 ≤ start)%Z ∧ (start `rem` page_size = 0)%Z ∧ (start + n * page_size ≤ word_max)%Z.

(** What is said of a range of addresses before a page is looked at. *)
Definition segment_range_status (max start stop : Z) : option Z :=
  if bool_decide (start `rem` page_size = 0 ∧ stop `rem` page_size = 0)%Z then
    if bool_decide (max < stop)%Z then Some (error_code ErrOutOfBound) else None
  else Some not_aligned_code.

(** [Φ] of each page in a row, with its address. *)
Definition pages {Σ A} (start : Z) (xs : list A) (Φ : Z → A → iProp Σ) : iProp Σ :=
  [∗ list] k ↦ x ∈ xs, Φ (start + k * page_size)%Z x.
Global Arguments pages {_ _} _ _ _ : simpl never.

Section definitions.
  Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
  Implicit Types (γs : list slot_names) (base l : loc) (start pa : Z).
  Implicit Types (p : segment_page) (ps : list segment_page) (q : Qp).

  Definition segment_slots base start γs : iProp Σ :=
    pages start γs (λ pa γ, frame_slot D N γ (page_slot (dict_size D) base pa) pa).
  (** A share of the page at [pa]. *)
  Definition page_share base pa p : iProp Σ :=
    frame_slot D N p.1 (page_slot (dict_size D) base pa) pa ∗
    shared_frame D p.1 (page_slot (dict_size D) base pa) p.2.
  Definition segment_shares base start ps : iProp Σ := pages start ps (page_share base).
  (** Such a share, given away as the address. *)
  Definition page_raw base pa p : iProp Σ :=
    let s := page_slot (dict_size D) base pa in
    frame_slot D N p.1 s pa ∗ frame_raw D p.1 s pa (HandleShared p.2).
  Definition segment_raws base start ps : iProp Σ := pages start ps (page_raw base).
  Definition segment_cells l start (n : nat) : iProp Σ :=
    l ↦∗ [ #start; #(start + n * page_size) ].
  Definition frame_segment base l start ps : iProp Σ :=
    ⌜pages_fit start (length ps)⌝ ∗ segment_cells l start (length ps) ∗
    segment_shares base start ps.

  (** Two cells, whatever is in them. *)
  Definition segment_room l : iProp Σ := ∃ v1 v2, l ↦∗ [v1; v2].

  (** Leases of one size each, and of the whole, with so many handles out. *)
  Definition leases γs q (k : nat) : iProp Σ := [∗ list] γ ∈ γs, lease γ q k.
  Definition counted_leases γs q (ks : list nat) : iProp Σ :=
    [∗ list] γ; k ∈ γs; ks, lease γ q k.

  (** What the allocator makes of each page. *)
  Definition segment_dealloc_spec start γs (dealloc : val)
      (R : slot_names → nat → list val → Qp → iProp Σ) : iProp Σ :=
    pages start γs (λ pa γ, dealloc_spec D (λ q, lease γ q 0) pa dealloc (R γ)).
  (** A share of a page has been dropped, the last one perhaps. *)
  Definition page_dropped (R : slot_names → nat → list val → Qp → iProp Σ) q p
      : iProp Σ :=
    lease p.1 q 0 ∨
    (∃ vl, ⌜meta_change D p.2 vl⌝ ∗ R p.1 (meta_vtable p.2) vl q).
  (** It was the last one. *)
  Definition page_released (R : slot_names → nat → list val → Qp → iProp Σ) p
      : iProp Σ :=
    ∃ vl, ⌜meta_change D p.2 vl⌝ ∗ R p.1 (meta_vtable p.2) vl 1%Qp.

  (** The closure that makes metadata of the type with vtable [i]: [J pa] is what it
  keeps before it is called for the page at [pa], and [V pa] tells which values it
  makes then. *)
  Definition segment_make_spec (i : nat) (make : val)
      (J : Z → iProp Σ) (V : Z → list val → Prop) : iProp Σ :=
    □ ∀ (pa : Z) (src : loc) vl,
      {{{ ⌜length vl = dict_size D⌝ ∗ src ↦∗ vl ∗ J pa }}}
        make [ #pa; #src ]
      {{{ vl', RET #☠; ⌜V pa vl'⌝ ∗ src ↦∗ vl' ∗ meta_own D i vl' ∗
          J (pa + page_size)%Z }}}.
  (** The metadata of these pages is what it made. *)
  Definition segment_made (i : nat) (V : Z → list val → Prop) start ps : Prop :=
    ∀ (k : nat) p, ps !! k = Some p →
      meta_vtable p.2 = i ∧ V (start + k * page_size)%Z (meta_vals p.2).
  (** The buffer for it, with nothing in it. *)
  Definition segment_buffer (src : loc) : iProp Σ :=
    ∃ vl, ⌜length vl = dict_size D⌝ ∗ src ↦∗ vl.
End definitions.

Module Type segment_sig.
  Section laws.
    Context `{!lrustGS Σ, !frameG Σ} (D : meta_dict Σ) (N : namespace).
    Implicit Types (γ : slot_names) (γs : list slot_names) (base src l dst : loc).
    Implicit Types (start stop pa max : Z) (i n : nat) (vl : list val) (q : Qp).
    Implicit Types (p : segment_page) (ps : list segment_page) (ks : list nat).
    Implicit Types (dealloc make : val) (J : Z → iProp Σ) (V : Z → list val → Prop).
    Implicit Types (R : slot_names → nat → list val → Qp → iProp Σ) (γr : gname).

    (** ** Laws *)
    (** No page, nothing. *)
    Parameter segment_shares_nil : ∀ base start, segment_shares D N base start [] ⊣⊢ emp.
    (** The shares of a segment are that of its first page, and those of the rest. *)
    Parameter segment_shares_cons : ∀ base start p ps,
      segment_shares D N base start (p :: ps) ⊣⊢
        page_share D N base start p ∗ segment_shares D N base (start + page_size) ps.
    (** The shares of two ranges in a row are those of the whole range. *)
    Parameter segment_shares_app : ∀ base start ps ps',
      segment_shares D N base start (ps ++ ps') ⊣⊢
        segment_shares D N base start ps ∗
        segment_shares D N base (start + length ps * page_size) ps'.
    (** The slots of the pages are a fact for everybody. *)
    Parameter segment_shares_slots : ∀ base start ps,
      segment_shares D N base start ps -∗ segment_slots D N base start ps.*1.
    (** Segments of the same pages are of the same metadata. *)
    Parameter segment_shares_agree : ∀ base start ps ps',
      ps.*1 = ps'.*1 →
      segment_shares D N base start ps -∗ segment_shares D N base start ps' -∗
      ⌜ps = ps'⌝.
    (** The tokens of a range are worth the shares of its pages, and the other way round. So
    a range divides as a segment does. *)
    Parameter segment_raws_shares : ∀ base start ps,
      segment_raws D N base start ps ⊣⊢ segment_shares D N base start ps.
    (** The tokens of a range are that of its first page, and those of the rest. *)
    Parameter segment_raws_cons : ∀ base start p ps,
      segment_raws D N base start (p :: ps) ⊣⊢
        page_raw D N base start p ∗ segment_raws D N base (start + page_size) ps.
    (** An empty segment owns its two cells and nothing else. *)
    Parameter frame_segment_empty : ∀ base l start,
      frame_segment D N base l start [] ⊣⊢ ⌜pages_fit start 0⌝ ∗ segment_cells l start 0.

    (** ** From unused *)
    (** A range that is refused. An empty range is asserted not to be: if nothing else is
    wrong with it, there is no return. *)
    Parameter frame_segment_from_unused_range_spec :
      ∀ base max start stop i make src dst dealloc,
      segment_range_status max start stop ≠ None ∨ (stop ≤ start)%Z →
      {{{ True }}}
        frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #start; #stop; #i; make; #src; #dst ]
      {{{ c, RET #c; ⌜segment_range_status max start stop = Some c⌝ }}}.
    (** All pages are claimed; or one of them refuses, and the share of each page before it
    is dropped again. *)
    Parameter frame_segment_from_unused_spec :
      ∀ base max start γs q i make src dst dealloc J V R,
      pages_fit start (length γs) → γs ≠ [] →
      let stop := (start + length γs * page_size)%Z in
      (stop ≤ max)%Z → (max ≤ word_max)%Z →
      {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
          segment_make_spec D i make J V ∗ segment_slots D N base start γs ∗
          leases γs q 0 ∗ J start ∗ segment_buffer D src ∗ segment_room dst }}}
        frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #start; #stop; #i; make; #src; #dst ]
      {{{ (e : option frame_error), RET #(status_code e);
          match e with
          | None => ∃ ps, ⌜ps.*1 = γs ∧ segment_made i V start ps⌝ ∗
              frame_segment D N base dst start ps ∗ leases γs q 1 ∗ J stop ∗
              segment_buffer D src
          | Some e => ⌜e = ErrInUse ∨ e = ErrBusy ∨ e = ErrUnique⌝ ∗
              ∃ ps γ γs' vl,
              let pa := (start + length ps * page_size)%Z in
              ⌜γs = ps.*1 ++ γ :: γs' ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
              ([∗ list] p ∈ ps, page_dropped D R q p) ∗ leases (γ :: γs') q 0 ∗
              J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst
          end }}}.
    (** With the whole leases, success is due. *)
    Parameter frame_segment_from_unused_full_spec :
      ∀ base max start γs i make src dst dealloc J V,
      pages_fit start (length γs) → γs ≠ [] →
      let stop := (start + length γs * page_size)%Z in
      (stop ≤ max)%Z → (max ≤ word_max)%Z →
      {{{ segment_make_spec D i make J V ∗ segment_slots D N base start γs ∗
          leases γs 1 0 ∗ J start ∗ segment_buffer D src ∗ segment_room dst }}}
        frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #start; #stop; #i; make; #src; #dst ]
      {{{ ps, RET #0; ⌜ps.*1 = γs ∧ segment_made i V start ps⌝ ∗
          frame_segment D N base dst start ps ∗ leases γs 1 1 ∗ J stop ∗
          segment_buffer D src }}}.
    (** With a handle of a page, failure at that page: the pages before it were
    claimed and are given back, those behind it are not looked at. *)
    Parameter frame_segment_from_unused_shared_spec :
      ∀ base max start γs γ n i make src dst dealloc J V R m,
      let pa := (start + length γs * page_size)%Z in
      let stop := (pa + (1 + n) * page_size)%Z in
      pages_fit start (length γs + (1 + n)) → (stop ≤ max)%Z → (max ≤ word_max)%Z →
      {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
          segment_make_spec D i make J V ∗ segment_slots D N base start (γs ++ [γ]) ∗
          leases γs 1 0 ∗ shared_frame D γ (page_slot (dict_size D) base pa) m ∗
          J start ∗ segment_buffer D src ∗ segment_room dst }}}
        frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #start; #stop; #i; make; #src; #dst ]
      {{{ ps vl, RET #(error_code ErrInUse);
          ⌜ps.*1 = γs ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
          ([∗ list] p ∈ ps, page_released D R p) ∗
          shared_frame D γ (page_slot (dict_size D) base pa) m ∗
          J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst }}}.
    (** The same with the unique handle of that page. *)
    Parameter frame_segment_from_unused_unique_spec :
      ∀ base max start γs γ n i make src dst dealloc J V R i' vl',
      let pa := (start + length γs * page_size)%Z in
      let stop := (pa + (1 + n) * page_size)%Z in
      pages_fit start (length γs + (1 + n)) → (stop ≤ max)%Z → (max ≤ word_max)%Z →
      {{{ dict_drop_spec D ∗ segment_dealloc_spec D start γs dealloc R ∗
          segment_make_spec D i make J V ∗ segment_slots D N base start (γs ++ [γ]) ∗
          leases γs 1 0 ∗ unique_frame D γ (page_slot (dict_size D) base pa) i' vl' ∗
          J start ∗ segment_buffer D src ∗ segment_room dst }}}
        frame_segment_from_unused (dict_size D) (dict_glues D) dealloc
          [ #base; #max; #start; #stop; #i; make; #src; #dst ]
      {{{ ps vl, RET #(error_code ErrUnique);
          ⌜ps.*1 = γs ∧ segment_made i V start ps ∧ V pa vl⌝ ∗
          ([∗ list] p ∈ ps, page_released D R p) ∗
          unique_frame D γ (page_slot (dict_size D) base pa) i' vl' ∗
          J (pa + page_size)%Z ∗ src ↦∗ vl ∗ meta_own D i vl ∗ segment_room dst }}}.
    (** A share of a frame becomes a segment of one page. *)
    Parameter frame_segment_from_frame_spec : ∀ base pa γ m dst,
      pages_fit pa 1 →
      let s := page_slot (dict_size D) base pa in
      {{{ frame_slot D N γ s pa ∗ shared_frame D γ s m ∗ segment_room dst }}}
        frame_segment_from_frame [ #s; #dst ]
      {{{ RET #☠; frame_segment D N base dst pa [(γ, m)] }}}.

    (** ** Dropping *)
    (** The share of each page is dropped, the last one of that page perhaps. *)
    Parameter frame_segment_drop_spec : ∀ base l start ps q dealloc R,
      {{{ dict_drop_spec D ∗ segment_dealloc_spec D start ps.*1 dealloc R ∗
          frame_segment D N base l start ps ∗ leases ps.*1 q 1 }}}
        frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
      {{{ RET #☠; segment_room l ∗ [∗ list] p ∈ ps, page_dropped D R q p }}}.
    (** With the whole leases, exactly the only shares are the last. *)
    Parameter frame_segment_drop_full_spec : ∀ base l start ps ks dealloc R,
      {{{ dict_drop_spec D ∗ segment_dealloc_spec D start ps.*1 dealloc R ∗
          frame_segment D N base l start ps ∗ counted_leases ps.*1 1 (S <$> ks) }}}
        frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
      {{{ RET #☠; segment_room l ∗ [∗ list] p; k ∈ ps; ks,
            match k with O => page_released D R p | S _ => lease p.1 1 k end }}}.
    (** With other shares out on each lease, no page is given back. *)
    Parameter frame_segment_drop_other_spec : ∀ base l start ps q ks dealloc,
      {{{ dict_drop_spec D ∗ frame_segment D N base l start ps ∗
          counted_leases ps.*1 q ((S ∘ S) <$> ks) }}}
        frame_segment_drop (dict_size D) (dict_glues D) dealloc [ #base; #l ]
      {{{ RET #☠; segment_room l ∗ counted_leases ps.*1 q (S <$> ks) }}}.
    (** An empty one has nothing to give back, whatever the allocator is. *)
    Parameter frame_segment_drop_empty_spec : ∀ n base l start glues dealloc,
      {{{ frame_segment D N base l start [] }}}
        frame_segment_drop n glues dealloc [ #base; #l ]
      {{{ RET #☠; segment_cells l start 0 }}}.

    (** ** Sharing *)
    (** One share more of each page; one drop more is owed on each lease. *)
    Parameter frame_segment_clone_spec : ∀ base l start ps q ks dst γr,
      Forall (λ p, slot_pending_name p.1 = γr) ps →
      {{{ frame_segment D N base l start ps ∗ counted_leases ps.*1 q ks ∗
          pending_incs γr 1 ∗ segment_room dst }}}
        frame_segment_clone (dict_size D) [ #base; #l; #dst ]
      {{{ RET #☠; frame_segment D N base l start ps ∗ frame_segment D N base dst start ps ∗
          counted_leases ps.*1 q (S <$> ks) ∗ pending_incs γr 1 }}}.
    (** A new segment of some pages in a row: one share more of each of these. *)
    Parameter frame_segment_slice_spec : ∀ base l start ps1 ps2 ps3 q ks dst γr,
      Forall (λ p, slot_pending_name p.1 = γr) ps2 →
      let from := (length ps1 * page_size)%Z in
      let to := (from + length ps2 * page_size)%Z in
      {{{ frame_segment D N base l start (ps1 ++ ps2 ++ ps3) ∗
          counted_leases ps2.*1 q ks ∗ pending_incs γr 1 ∗ segment_room dst }}}
        frame_segment_slice (dict_size D) [ #base; #l; #from; #to; #dst ]
      {{{ RET #0; frame_segment D N base l start (ps1 ++ ps2 ++ ps3) ∗
          frame_segment D N base dst (start + from) ps2 ∗
          counted_leases ps2.*1 q (S <$> ks) ∗ pending_incs γr 1 }}}.
    (** Refused for the numbers: not aligned comes first. *)
    Parameter frame_segment_slice_not_aligned_spec : ∀ n base l start ps (from to : Z) dst,
      (from `rem` page_size ≠ 0)%Z ∨ (to `rem` page_size ≠ 0)%Z →
      {{{ frame_segment D N base l start ps }}}
        frame_segment_slice n [ #base; #l; #from; #to; #dst ]
      {{{ RET #not_aligned_code; frame_segment D N base l start ps }}}.
    (** Aligned ends that are in the wrong order, or past the end of the segment, are
    refused. *)
    Parameter frame_segment_slice_out_of_bound_spec : ∀ n base l start ps (from to : Z) dst,
      (from `rem` page_size = 0)%Z → (to `rem` page_size = 0)%Z →
      (to < from)%Z ∨ (length ps * page_size < to)%Z →
      {{{ frame_segment D N base l start ps }}}
        frame_segment_slice n [ #base; #l; #from; #to; #dst ]
      {{{ RET #(error_code ErrOutOfBound); frame_segment D N base l start ps }}}.

    (** ** Dividing, which touches no page *)
    (** The segment keeps the pages before the offset, and a new one takes the others. *)
    Parameter frame_segment_split_spec : ∀ base l start ps1 ps2 dst,
      let offset := (length ps1 * page_size)%Z in
      {{{ frame_segment D N base l start (ps1 ++ ps2) ∗ segment_room dst }}}
        frame_segment_split [ #l; #offset; #dst ]
      {{{ RET #0; frame_segment D N base l start ps1 ∗
          frame_segment D N base dst (start + offset) ps2 }}}.
    (** An offset that is not aligned is refused. *)
    Parameter frame_segment_split_not_aligned_spec : ∀ base l start ps (offset : Z) dst,
      (offset `rem` page_size ≠ 0)%Z →
      {{{ frame_segment D N base l start ps }}}
        frame_segment_split [ #l; #offset; #dst ]
      {{{ RET #not_aligned_code; frame_segment D N base l start ps }}}.
    (** An aligned offset that is outside of the segment is refused. *)
    Parameter frame_segment_split_out_of_bound_spec : ∀ base l start ps (offset : Z) dst,
      (offset `rem` page_size = 0)%Z → (offset < 0)%Z ∨ (length ps * page_size < offset)%Z →
      {{{ frame_segment D N base l start ps }}}
        frame_segment_split [ #l; #offset; #dst ]
      {{{ RET #(error_code ErrOutOfBound); frame_segment D N base l start ps }}}.
    (** The first frame, with the share that the segment had. *)
    Parameter frame_segment_next_spec : ∀ base l start p ps,
      let s := page_slot (dict_size D) base start in
      {{{ frame_segment D N base l start (p :: ps) }}}
        frame_segment_next (dict_size D) [ #base; #l ]
      {{{ RET #s; page_share D N base start p ∗
          frame_segment D N base l (start + page_size) ps }}}.
    (** An empty segment has no first frame: null is returned. *)
    Parameter frame_segment_next_empty_spec : ∀ n base l start,
      {{{ frame_segment D N base l start [] }}}
        frame_segment_next n [ #base; #l ]
      {{{ RET #0; frame_segment D N base l start [] }}}.
    (** The last frame, with the share that the segment had. *)
    Parameter frame_segment_next_back_spec : ∀ base l start ps p,
      let pa := (start + length ps * page_size)%Z in
      let s := page_slot (dict_size D) base pa in
      {{{ frame_segment D N base l start (ps ++ [p]) }}}
        frame_segment_next_back (dict_size D) [ #base; #l ]
      {{{ RET #s; page_share D N base pa p ∗ frame_segment D N base l start ps }}}.
    (** An empty segment has no last frame: null is returned. *)
    Parameter frame_segment_next_back_empty_spec : ∀ n base l start,
      {{{ frame_segment D N base l start [] }}}
        frame_segment_next_back n [ #base; #l ]
      {{{ RET #0; frame_segment D N base l start [] }}}.
    (** A reference to a frame: its share for as long as the segment is not used. *)
    Parameter frame_segment_get_spec : ∀ base l start ps (k : nat) p,
      ps !! k = Some p →
      let pa := (start + k * page_size)%Z in
      let s := page_slot (dict_size D) base pa in
      {{{ frame_segment D N base l start ps }}}
        frame_segment_get (dict_size D) [ #base; #l; #k ]
      {{{ RET #s; page_share D N base pa p ∗
          (page_share D N base pa p -∗ frame_segment D N base l start ps) }}}.
    (** At an index that is not below the number of pages, null is returned. *)
    Parameter frame_segment_get_none_spec : ∀ n base l start ps (index : Z),
      (length ps ≤ index)%Z →
      {{{ frame_segment D N base l start ps }}}
        frame_segment_get n [ #base; #l; #index ]
      {{{ RET #0; frame_segment D N base l start ps }}}.
    (** On the whole lease, the count of a page is that of its handles. *)
    Parameter frame_segment_count_spec : ∀ base l start ps ks (k c : nat) p,
      ps !! k = Some p → ks !! k = Some c →
      {{{ frame_segment D N base l start ps ∗ counted_leases ps.*1 1 ks }}}
        reference_count [frame_segment_get (dict_size D) [ #base; #l; #k ]]
      {{{ RET #c; frame_segment D N base l start ps ∗ counted_leases ps.*1 1 ks }}}.

    (** ** Giving the shares away as a range of addresses, and back *)
    (** The segment's range is written to [dst]; its shares are raw frames of the range, and
    its cells are free. *)
    Parameter frame_segment_into_raw_spec : ∀ base l start ps dst,
      {{{ frame_segment D N base l start ps ∗ segment_room dst }}}
        frame_segment_into_raw [ #l; #dst ]
      {{{ RET #☠; segment_room l ∗ ⌜pages_fit start (length ps)⌝ ∗
          segment_cells dst start (length ps) ∗ segment_raws D N base start ps }}}.
    (** A range, with the token of each of its pages, becomes a segment. *)
    Parameter frame_segment_from_raw_spec : ∀ base l start ps dst,
      pages_fit start (length ps) →
      {{{ segment_cells l start (length ps) ∗ segment_raws D N base start ps ∗
          segment_room dst }}}
        frame_segment_from_raw [ #l; #dst ]
      {{{ RET #☠; segment_cells l start (length ps) ∗
          frame_segment D N base dst start ps }}}.
    (** Of an empty range it gives an empty segment, for nothing. *)
    Parameter frame_segment_from_raw_empty_spec : ∀ base l start dst,
      pages_fit start 0 →
      {{{ segment_cells l start 0 ∗ segment_room dst }}}
        frame_segment_from_raw [ #l; #dst ]
      {{{ RET #☠; segment_cells l start 0 ∗ frame_segment D N base dst start [] }}}.

    (** ** Addresses and sizes, in bytes *)
    (** The address of the first page. *)
    Parameter frame_segment_start_paddr_spec : ∀ base l start ps,
      {{{ frame_segment D N base l start ps }}}
        frame_segment_start_paddr [ #l ]
      {{{ RET #start; frame_segment D N base l start ps }}}.
    (** The address behind the last page. *)
    Parameter frame_segment_end_paddr_spec : ∀ base l start ps,
      {{{ frame_segment D N base l start ps }}}
        frame_segment_end_paddr [ #l ]
      {{{ RET #(start + length ps * page_size); frame_segment D N base l start ps }}}.
    (** The size of all its pages. *)
    Parameter frame_segment_size_spec : ∀ base l start ps,
      {{{ frame_segment D N base l start ps }}}
        frame_segment_size [ #l ]
      {{{ RET #(length ps * page_size); frame_segment D N base l start ps }}}.
  End laws.
End segment_sig.
