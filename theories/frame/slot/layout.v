(** * Where frames and their slots are: the proofs

The sealed export of the statements in [layout_sig.v]. All of them rest on two
lemmas about the banks ([banks_index_frame], [banks_frame_index]) and two about the
array of slots ([index_to_meta_Some], [meta_to_index_Some]). *)
From tally.model Require Import word.
From tally.frame.slot Require Export layout_map layout_sig.
From tally.prelude Require Import prelude.
From tally.prelude Require Import options.
Local Open Scope Z_scope.

(** ** Banks *)
Section banks.
  Context (p : Z) (Hp : 0 < p).
  Implicit Types (b : bank) (bs : list bank).

  Local Lemma in_bank_spec b pa :
    reflect (bank_base b ≤ pa < bank_end p b) (in_bank p b pa).
  Proof.
    rewrite /in_bank. case: Z.leb_spec0; case: Z.ltb_spec0; intros; simpl;
      constructor; lia.
  Qed.
  Local Lemma banks_frames_nonneg bs : banks_ok p bs → 0 ≤ banks_frames bs.
  Proof.
    induction bs as [|b bs IH]; simpl; [done|]. intros ((?&?&_)&_&?%IH). lia.
  Qed.
  Local Lemma banks_index_is_Some bs pa :
    is_Some (banks_index p bs pa) ↔ Exists (λ b, bank_base b ≤ pa < bank_end p b) bs.
  Proof.
    induction bs as [|b bs IH]; simpl.
    { split; [by intros []|by intros ?%Exists_nil]. }
    rewrite Exists_cons -IH. destruct (in_bank_spec b pa) as [|Hn].
    - split; [by left|by eexists].
    - rewrite fmap_is_Some. naive_solver.
  Qed.
  Local Lemma banks_frame_is_Some bs i : banks_ok p bs →
    is_Some (banks_frame p bs i) ↔ 0 ≤ i < banks_frames bs.
  Proof.
    revert i. induction bs as [|b bs IH]; intros i; simpl.
    { intros _. split; [by intros []|lia]. }
    intros ((_&?&_)&_&Hbs). pose proof (banks_frames_nonneg _ Hbs).
    case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? /=; try (rewrite IH //; lia).
    split; [lia|by eexists].
  Qed.

  Local Lemma bank_index_range b pa : bank_base b ≤ pa < bank_end p b →
    0 ≤ (pa - bank_base b) / p < bank_frames b.
  Proof using Hp.
    rewrite /bank_end=> ?. split; [apply Z.div_pos; lia|].
    apply Z.div_lt_upper_bound; lia.
  Qed.
  Local Lemma bank_frame_range b i o : 0 ≤ i < bank_frames b → 0 ≤ o < p →
    bank_base b ≤ bank_base b + i * p + o < bank_end p b.
  Proof using Hp. rewrite /bank_end. nia. Qed.

  Local Lemma banks_index_frame bs pa i : banks_ok p bs → pa `mod` p = 0 →
    banks_index p bs pa = Some i → banks_frame p bs i = Some pa ∧ 0 ≤ i.
  Proof using Hp.
    revert i. induction bs as [|b bs IH]; intros i; simpl; [done|].
    intros ((Hb1&Hb2&Hal&_)&_&Hbs) Hpa. destruct (in_bank_spec b pa) as [Hin|_].
    - intros [= <-]. pose proof (bank_index_range _ _ Hin) as Hr.
      destruct (Z.leb_spec 0 ((pa - bank_base b) / p)); [|lia].
      destruct (Z.ltb_spec ((pa - bank_base b) / p) (bank_frames b)); [|lia].
      split; [|lia]. simpl. f_equal.
      apply Z.mod_divide in Hal as [x Hx]; [|lia].
      apply Z.mod_divide in Hpa as [y Hy]; [|lia].
      rewrite Hx Hy -Z.mul_sub_distr_r Z.div_mul; lia.
    - intros (j&Hj&->)%fmap_Some. destruct (IH _ Hbs Hpa Hj) as [Hf ?].
      split; [|lia]. destruct (Z.leb_spec 0 (bank_frames b + j)); [|lia].
      destruct (Z.ltb_spec (bank_frames b + j) (bank_frames b)); [lia|]. simpl.
      by replace (bank_frames b + j - bank_frames b) with j by lia.
  Qed.
  (** What the frame of index [i] is like: in some bank, aligned, and found. *)
  Local Lemma banks_frame_in bs i pa o : banks_ok p bs → 0 ≤ o < p →
    banks_frame p bs i = Some pa → Exists (λ b, bank_base b ≤ pa + o < bank_end p b) bs.
  Proof using Hp.
    intros Hbs Ho. revert i Hbs. induction bs as [|b bs IH]; intros i; simpl; [done|].
    intros (_&_&Hbs). case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? /=;
      try (intros ?%IH; [by right|done]).
    intros [= <-]. left. by apply bank_frame_range.
  Qed.
  Local Lemma banks_frame_aligned bs i pa : banks_ok p bs →
    banks_frame p bs i = Some pa → pa `mod` p = 0.
  Proof using Hp.
    revert i. induction bs as [|b bs IH]; intros i; simpl; [done|].
    intros ((_&_&Hal&_)&_&Hbs).
    case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? /=; try by apply IH.
    intros [= <-]. by rewrite Z.mod_add; [|lia].
  Qed.
  Local Lemma banks_in_ok bs pa : banks_ok p bs →
    Exists (λ b, bank_base b ≤ pa < bank_end p b) bs → word_ok pa.
  Proof.
    rewrite /word_ok. induction bs as [|b bs IH]; simpl; [by intros _ ?%Exists_nil|].
    intros ((?&_&_&?)&_&Hbs) [?|?]%Exists_cons; [lia|auto].
  Qed.
  Local Lemma bank_disjoint_out b bs pa : Forall (bank_disjoint p b) bs →
    Exists (λ b', bank_base b' ≤ pa < bank_end p b') bs →
    ¬ bank_base b ≤ pa < bank_end p b.
  Proof.
    rewrite Forall_forall Exists_exists. intros Hd (b'&Hin&?).
    destruct (Hd _ Hin); lia.
  Qed.
  Local Lemma banks_frame_index bs i pa o : banks_ok p bs → 0 ≤ o < p →
    banks_frame p bs i = Some pa → banks_index p bs (pa + o) = Some i.
  Proof using Hp.
    intros Hbs Ho. revert i Hbs. induction bs as [|b bs IH]; intros i; simpl; [done|].
    intros ((?&?&_)&Hd&Hbs).
    assert (∀ j, banks_frame p bs j = Some pa → in_bank p b (pa + o) = false) as Hout.
    { intros j Hj. destruct (in_bank_spec b (pa + o)) as [Hin|]; [|done].
      exfalso. eapply bank_disjoint_out; [exact Hd| |exact Hin].
      by eapply banks_frame_in. }
    case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? /=.
    2-4: intros Hj; rewrite (Hout _ Hj) (IH _ Hbs Hj) /=; f_equal; lia.
    intros [= <-]. pose proof (bank_frame_range b i o ltac:(lia) Ho).
    destruct (in_bank_spec b (bank_base b + i * p + o)); [|lia]. f_equal.
    replace (bank_base b + i * p + o - bank_base b) with (o + i * p) by lia.
    rewrite Z.div_add; [|lia]. rewrite Z.div_small; lia.
  Qed.
  Local Lemma banks_frame_app bs1 b bs2 k : banks_ok p (bs1 ++ b :: bs2) →
    0 ≤ k < bank_frames b →
    banks_frame p (bs1 ++ b :: bs2) (banks_frames bs1 + k) = Some (bank_base b + k * p).
  Proof.
    intros Hbs Hk. induction bs1 as [|b1 bs1 IH]; simpl in *.
    - rewrite (proj2 (Z.leb_le 0 k)); [|lia].
      by rewrite (proj2 (Z.ltb_lt k (bank_frames b))); [|lia].
    - destruct Hbs as ((_&?&_)&_&Hbs).
      assert (0 ≤ banks_frames bs1).
      { clear IH. induction bs1 as [|b2 bs1 IH]; simpl in *; [done|].
        destruct Hbs as ((_&?&_)&_&?%IH). lia. }
      destruct (Z.ltb_spec (bank_frames b1 + banks_frames bs1 + k) (bank_frames b1)); [lia|].
      rewrite andb_false_r -(IH Hbs). f_equal. lia.
  Qed.
End banks.

(** ** Slots *)
Local Lemma index_to_meta_Some L i va :
  index_to_meta L i = Some va ↔
    0 ≤ i < layout_frames L ∧ va = meta_base L + i * layout_slot L.
Proof.
  rewrite /index_to_meta. case: Z.leb_spec; case: Z.ltb_spec; intros; simpl;
    naive_solver lia.
Qed.
Local Lemma meta_to_index_Some L va i : layout_ok L →
  meta_to_index L va = Some i ↔
    0 ≤ i < layout_frames L ∧ va = meta_base L + i * layout_slot L.
Proof.
  intros [_ Hs _ _ _ _]. rewrite /meta_to_index /meta_end.
  case: Z.leb_spec=> Ha; case: Z.ltb_spec=> Hb; case: Z.eqb_spec=> Hc; simpl;
    try (split; [done|]; intros [? ->]; exfalso).
  - split.
    + intros [= <-]. apply Z.mod_divide in Hc as [x Hx]; [|lia].
      rewrite Hx Z.div_mul; [|lia]. split; [nia|lia].
    + intros [? ->]. f_equal.
      replace (meta_base L + i * layout_slot L - meta_base L) with (i * layout_slot L) by lia.
      apply Z.div_mul. lia.
  - apply Hc. replace (meta_base L + i * layout_slot L - meta_base L)
      with (i * layout_slot L) by lia. apply Z.mod_mul. lia.
  - nia.
  - nia.
  - nia.
  - nia.
  - nia.
  - nia.
Qed.

Module Export layout : layout_sig.
  Implicit Types L : layout.

  Lemma frame_to_index_is_Some L pa : is_Some (frame_to_index L pa) ↔ tracked L pa.
  Proof. apply banks_index_is_Some. Qed.
  Lemma index_to_frame_is_Some L i : layout_ok L →
    is_Some (index_to_frame L i) ↔ 0 ≤ i < layout_frames L.
  Proof. intros [? _ _ _ _ ?]. by apply banks_frame_is_Some. Qed.

  Lemma index_to_frame_round_trip L i pa : layout_ok L →
    index_to_frame L i = Some pa → frame_to_index L pa = Some i.
  Proof.
    intros [Hp _ _ _ _ Hb] Hi. rewrite -(Z.add_0_r pa) /frame_to_index.
    apply (banks_frame_index _ Hp _ _ _ _ Hb); [lia|done].
  Qed.
  Lemma frame_to_index_round_trip L pa i : layout_ok L → page_aligned L pa →
    frame_to_index L pa = Some i → index_to_frame L i = Some pa.
  Proof.
    intros [Hp _ _ _ _ Hb] Ha Hi. by apply (banks_index_frame _ Hp _ _ _ Hb Ha Hi).
  Qed.
  (** Any address inside a frame: round it down. *)
  Lemma frame_to_index_range L pa i : layout_ok L →
    frame_to_index L pa = Some i → 0 ≤ i < layout_frames L.
  Proof.
    intros [Hp _ _ _ _ Hb]. rewrite /frame_to_index /layout_frames.
    revert i Hb. induction (banks L) as [|b bs IH]; intros i; simpl; [done|].
    intros ((_&?&_)&_&Hbs). destruct (in_bank_spec (layout_page L) b pa) as [Hin|_].
    - intros [= <-]. pose proof (bank_index_range _ Hp _ _ Hin).
      pose proof (banks_frames_nonneg _ _ Hbs). lia.
    - intros (j&Hj%IH&->)%fmap_Some; [|done]. lia.
  Qed.

  Lemma frame_to_meta_Some L pa va : layout_ok L →
    frame_to_meta L pa = Some va ↔ ∃ i, frame_to_index L pa = Some i ∧
      0 ≤ i < layout_frames L ∧ va = meta_base L + i * layout_slot L.
  Proof.
    intros HL. rewrite /frame_to_meta bind_Some. by setoid_rewrite index_to_meta_Some.
  Qed.
  Lemma meta_to_frame_Some L va pa : layout_ok L →
    meta_to_frame L va = Some pa ↔ ∃ i, index_to_frame L i = Some pa ∧
      0 ≤ i < layout_frames L ∧ va = meta_base L + i * layout_slot L.
  Proof.
    intros HL. rewrite /meta_to_frame bind_Some.
    setoid_rewrite (λ i, meta_to_index_Some L va i HL). naive_solver.
  Qed.
  Lemma frame_to_meta_is_Some L pa : layout_ok L →
    is_Some (frame_to_meta L pa) ↔ tracked L pa.
  Proof.
    intros HL. rewrite -frame_to_index_is_Some. split.
    - intros [va (i&Hi&_)%frame_to_meta_Some]; [by eexists|done].
    - intros [i Hi]. eexists. apply frame_to_meta_Some; [done|]. exists i.
      pose proof (frame_to_index_range _ _ _ HL Hi). auto.
  Qed.
  Lemma meta_to_frame_is_Some L va : layout_ok L →
    is_Some (meta_to_frame L va) ↔
      meta_base L ≤ va < meta_end L ∧ va `mod` layout_slot L = 0.
  Proof.
    intros HL. pose proof (layout_slot_pos _ HL) as Hs.
    pose proof (layout_meta_aligned _ HL) as Ha.
    apply Z.mod_divide in Ha as [x Hx]; [|lia]. split.
    - intros [pa (i&_&?&->)%meta_to_frame_Some]; [|done]. rewrite /meta_end.
      split; [nia|]. rewrite Z.mod_add; [|lia]. rewrite Hx. apply Z.mod_mul. lia.
    - intros [Hr [y Hy]%Z.mod_divide]; [|lia].
      assert (0 ≤ y - x < layout_frames L) as Hi.
      { unfold meta_end in Hr. nia. }
      pose proof Hi as [pa Hpa]%(index_to_frame_is_Some _ _ HL). exists pa.
      apply meta_to_frame_Some; [done|]. exists (y - x). split; [done|]. lia.
  Qed.
  Lemma frame_to_meta_round_trip L pa va : layout_ok L → page_aligned L pa →
    frame_to_meta L pa = Some va → meta_to_frame L va = Some pa.
  Proof.
    intros HL Ha (i&Hi&?&->)%frame_to_meta_Some; [|done].
    apply meta_to_frame_Some; [done|]. exists i.
    by rewrite (frame_to_index_round_trip _ _ _ HL Ha Hi).
  Qed.
  Lemma meta_to_frame_round_trip L va pa : layout_ok L →
    meta_to_frame L va = Some pa → frame_to_meta L pa = Some va.
  Proof.
    intros HL (i&Hi&?&->)%meta_to_frame_Some; [|done].
    apply frame_to_meta_Some; [done|]. exists i.
    by rewrite (index_to_frame_round_trip _ _ _ HL Hi).
  Qed.

  Lemma frame_to_index_inj L pa1 pa2 i : layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 →
    frame_to_index L pa1 = Some i → frame_to_index L pa2 = Some i → pa1 = pa2.
  Proof.
    intros HL Ha1 Ha2 H1%frame_to_index_round_trip H2%frame_to_index_round_trip; [|done..].
    naive_solver.
  Qed.
  Lemma frame_to_meta_inj L pa1 pa2 va : layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 →
    frame_to_meta L pa1 = Some va → frame_to_meta L pa2 = Some va → pa1 = pa2.
  Proof.
    intros HL Ha1 Ha2 H1%frame_to_meta_round_trip H2%frame_to_meta_round_trip; [|done..].
    naive_solver.
  Qed.
  Lemma meta_to_frame_inj L va1 va2 pa : layout_ok L →
    meta_to_frame L va1 = Some pa → meta_to_frame L va2 = Some pa → va1 = va2.
  Proof.
    intros HL H1%meta_to_frame_round_trip H2%meta_to_frame_round_trip; [|done..].
    naive_solver.
  Qed.
  Lemma frame_to_meta_disjoint L pa1 pa2 va1 va2 : layout_ok L →
    page_aligned L pa1 → page_aligned L pa2 → pa1 ≠ pa2 →
    frame_to_meta L pa1 = Some va1 → frame_to_meta L pa2 = Some va2 →
    va1 + layout_slot L ≤ va2 ∨ va2 + layout_slot L ≤ va1.
  Proof.
    intros HL Ha1 Ha2 Hne (i1&H1&?&->)%frame_to_meta_Some (i2&H2&?&->)%frame_to_meta_Some;
      [|done..].
    pose proof (layout_slot_pos _ HL). assert (i1 ≠ i2); [|nia].
    intros <-. apply Hne. by eapply frame_to_index_inj.
  Qed.
  Lemma index_to_frame_disjoint L i1 i2 pa1 pa2 : layout_ok L → i1 ≠ i2 →
    index_to_frame L i1 = Some pa1 → index_to_frame L i2 = Some pa2 →
    pa1 + layout_page L ≤ pa2 ∨ pa2 + layout_page L ≤ pa1.
  Proof.
    intros HL Hne H1 H2. destruct HL as [Hp _ _ _ _ Hb].
    pose proof (banks_frame_aligned _ Hp _ _ _ Hb H1) as [x1 Hx1]%Z.mod_divide; [|lia].
    pose proof (banks_frame_aligned _ Hp _ _ _ Hb H2) as [x2 Hx2]%Z.mod_divide; [|lia].
    assert (x1 ≠ x2); [|nia]. intros ->. apply Hne.
    pose proof (banks_frame_index _ Hp _ _ _ 0 Hb ltac:(lia) H1) as E1.
    pose proof (banks_frame_index _ Hp _ _ _ 0 Hb ltac:(lia) H2) as E2.
    rewrite Hx1 in E1. rewrite Hx2 E1 in E2. by injection E2.
  Qed.

  Lemma frame_to_meta_range L pa va : layout_ok L →
    frame_to_meta L pa = Some va →
    meta_base L ≤ va ∧ va + layout_slot L ≤ meta_end L ∧ va `mod` layout_slot L = 0.
  Proof.
    intros HL (i&_&?&->)%frame_to_meta_Some; [|done].
    pose proof (layout_slot_pos _ HL). rewrite /meta_end. split; [nia|]. split; [nia|].
    rewrite Z.mod_add; [|lia]. apply (layout_meta_aligned _ HL).
  Qed.
  Lemma frame_to_meta_word L pa va : layout_ok L →
    frame_to_meta L pa = Some va → word_ok va ∧ word_ok (va + layout_slot L - 1).
  Proof.
    intros HL (?&?&_)%frame_to_meta_range; [|done].
    destruct HL. rewrite /word_ok. lia.
  Qed.
  Lemma index_to_frame_range L i pa : layout_ok L →
    index_to_frame L i = Some pa →
    page_aligned L pa ∧
    ∀ o, 0 ≤ o < layout_page L → tracked L (pa + o) ∧ word_ok (pa + o).
  Proof.
    intros [Hp _ _ _ _ Hb] Hi. split; [by eapply banks_frame_aligned|]. intros o Ho.
    pose proof (banks_frame_in _ Hp _ _ _ _ Hb Ho Hi) as Hin. split; [done|].
    by eapply banks_in_ok.
  Qed.
  Lemma frame_to_index_inside L i pa o : layout_ok L →
    index_to_frame L i = Some pa → 0 ≤ o < layout_page L →
    frame_to_index L (pa + o) = Some i.
  Proof. intros [Hp _ _ _ _ Hb] Hi Ho. by apply (banks_frame_index _ Hp). Qed.

  Lemma frame_to_index_bank L bs1 b bs2 k : layout_ok L →
    banks L = bs1 ++ b :: bs2 → 0 ≤ k < bank_frames b →
    frame_to_index L (bank_base b + k * layout_page L) = Some (banks_frames bs1 + k).
  Proof.
    intros HL Hb Hk. apply index_to_frame_round_trip; [done|].
    rewrite /index_to_frame Hb. apply banks_frame_app; [|done].
    rewrite -Hb. apply (layout_banks _ HL).
  Qed.
  Lemma get_slot_not_aligned L pa :
    get_slot L pa = inl NotAligned ↔ ¬ page_aligned L pa.
  Proof.
    rewrite /get_slot /page_aligned. case: Z.eqb_spec=> ? /=; [|done].
    destruct (frame_to_index L pa); naive_solver.
  Qed.
  Lemma get_slot_out_of_bound L pa :
    get_slot L pa = inl OutOfBound ↔ page_aligned L pa ∧ ¬ tracked L pa.
  Proof.
    rewrite -frame_to_index_is_Some -eq_None_not_Some /get_slot /page_aligned.
    case: Z.eqb_spec=> ? /=; destruct (frame_to_index L pa); naive_solver.
  Qed.
  Lemma get_slot_found L pa i : layout_ok L →
    get_slot L pa = inr i ↔ index_to_frame L i = Some pa.
  Proof.
    intros HL. split.
    - rewrite /get_slot. case: Z.eqb_spec=> Ha //=.
      destruct (frame_to_index L pa) eqn:Hi; [|done]. intros [= ->].
      by apply frame_to_index_round_trip.
    - intros Hi. destruct (index_to_frame_range _ _ _ HL Hi) as [Ha _].
      rewrite /get_slot /page_aligned in Ha |- *. rewrite Ha /=.
      by rewrite (index_to_frame_round_trip _ _ _ HL Hi).
  Qed.

  Lemma x86_64_layout_ok n :
    0 ≤ n → n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → layout_ok (x86_64_layout n).
  Proof.
    rewrite /MAX_TRACKED_PADDR /PAGE_SIZE=> ??. split; try done.
    - rewrite /meta_end /layout_frames /= /FRAME_METADATA_START /META_SLOT_SIZE /word_max.
      lia.
    - split; [|done]. rewrite /bank_ok /bank_end /= /PAGE_SIZE /word_max. split; [done|].
      split; [done|]. split; [done|lia].
  Qed.
  Lemma x86_64_tracked n pa :
    tracked (x86_64_layout n) pa ↔ 0 ≤ pa < n * PAGE_SIZE.
  Proof.
    rewrite /tracked /= Exists_cons Exists_nil /bank_end /=. naive_solver lia.
  Qed.
  Lemma x86_64_meta_range n :
    0 ≤ n → n * PAGE_SIZE ≤ MAX_TRACKED_PADDR →
    FRAME_METADATA_START = meta_base (x86_64_layout n) ∧
    meta_end (x86_64_layout n) ≤ FRAME_METADATA_END.
  Proof.
    rewrite /meta_end /layout_frames /= /MAX_TRACKED_PADDR /PAGE_SIZE /META_SLOT_SIZE
      /FRAME_METADATA_START /FRAME_METADATA_END. lia.
  Qed.
  Lemma x86_64_frame_to_index_spec n pa : 0 ≤ pa < n * PAGE_SIZE →
    frame_to_index (x86_64_layout n) pa = Some (x86_64_frame_to_index pa).
  Proof.
    intros ?. rewrite /frame_to_index /=.
    destruct (in_bank_spec PAGE_SIZE (Bank 0 n) pa) as [_|[]].
    - by rewrite /= Z.sub_0_r.
    - rewrite /bank_end /=. lia.
  Qed.
  Lemma x86_64_index_to_frame_spec n i :
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → 0 ≤ i < n →
    index_to_frame (x86_64_layout n) i = Some (x86_64_index_to_frame i).
  Proof.
    rewrite /MAX_TRACKED_PADDR /PAGE_SIZE=> ??.
    rewrite /index_to_frame /=. destruct (Z.leb_spec 0 i); [|lia].
    destruct (Z.ltb_spec i n); [|lia]. f_equal.
    rewrite /x86_64_index_to_frame word_wrap_id // /word_ok /word_max /PAGE_SIZE. lia.
  Qed.
  Local Lemma x86_64_meta_word n i :
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → 0 ≤ i < n →
    word_wrapping_add FRAME_METADATA_START (word_wrap (i * META_SLOT_SIZE)) =
      FRAME_METADATA_START + i * META_SLOT_SIZE.
  Proof.
    rewrite /MAX_TRACKED_PADDR /PAGE_SIZE /META_SLOT_SIZE /FRAME_METADATA_START=> ??.
    rewrite (word_wrap_id (i * 64)); last (rewrite /word_ok /word_max; lia).
    apply word_wrapping_add_small. rewrite /word_max. lia.
  Qed.
  Lemma x86_64_frame_to_meta_spec n pa :
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR → 0 ≤ pa < n * PAGE_SIZE →
    frame_to_meta (x86_64_layout n) pa = Some (x86_64_frame_to_meta pa).
  Proof.
    intros Hn Hpa. rewrite /frame_to_meta (x86_64_frame_to_index_spec _ _ Hpa) /=.
    assert (0 ≤ x86_64_frame_to_index pa < n) as Hi.
    { rewrite /x86_64_frame_to_index. split; [by apply Z.div_pos; [lia|]|].
      apply Z.div_lt_upper_bound; [done|lia]. }
    apply index_to_meta_Some. rewrite /layout_frames /= Z.add_0_r. split; [done|].
    rewrite /x86_64_frame_to_meta. by eapply x86_64_meta_word.
  Qed.
  Lemma x86_64_meta_to_frame_spec n va pa :
    n * PAGE_SIZE ≤ MAX_TRACKED_PADDR →
    meta_to_frame (x86_64_layout n) va = Some pa → pa = x86_64_meta_to_frame va.
  Proof.
    intros Hn. rewrite /meta_to_frame /meta_to_index /index_to_frame /= bind_Some.
    intros (i&Hi&Hpa). revert Hi Hpa. rewrite /meta_end /layout_frames /= Z.add_0_r.
    case: Z.leb_spec=> ?; case: Z.ltb_spec=> ?; case: Z.eqb_spec=> Hm //= [= Hi].
    case: Z.leb_spec=> ?; case: Z.ltb_spec=> ? //= [= <-]. rewrite /x86_64_meta_to_frame.
    unfold MAX_TRACKED_PADDR, PAGE_SIZE, FRAME_METADATA_START, META_SLOT_SIZE in *.
    rewrite word_wrapping_sub_small; last (rewrite /word_max; lia).
    rewrite Hi. rewrite word_wrap_id // /word_ok /word_max. lia.
  Qed.
End layout.
