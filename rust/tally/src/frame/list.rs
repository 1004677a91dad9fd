//! [`LinkedList`]: frames in a list whose links are in their metadata.

use core::{
    fmt,
    iter::FusedIterator,
    ops::{Deref, DerefMut},
    panic::{RefUnwindSafe, UnwindSafe},
};

use super::{
    Address, FrameMeta, FrameSpace, Many, Paddr, PageUsage, TearDown, UniqueFrame,
    slot::{Bag, MetaSlot},
};

/// Metadata with the links of a list: `M` has at most 24 bytes then.
///
/// Reads and writes as the `M` that it holds. Links of frames that are in a list
/// are never lent, so two of them cannot be swapped (asterinas#1780).
pub struct Link<M> {
    next: Option<&'static MetaSlot>,
    prev: Option<&'static MetaSlot>,
    meta: M,
}

impl<M> Link<M> {
    /// Metadata of a frame in no list.
    #[must_use]
    pub const fn new(meta: M) -> Self {
        Self { next: None, prev: None, meta }
    }

    /// The metadata without links.
    #[must_use]
    pub fn into_inner(self) -> M {
        self.meta
    }
}

impl<M> Deref for Link<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.meta
    }
}

impl<M> DerefMut for Link<M> {
    fn deref_mut(&mut self) -> &mut M {
        &mut self.meta
    }
}

impl<M: FrameMeta> FrameMeta for Link<M> {
    fn on_drop(&mut self, frame: &mut TearDown<'_>) {
        self.meta.on_drop(frame);
    }

    fn usage(&self) -> PageUsage {
        self.meta.usage()
    }
}

impl<M: super::UntypedMeta> super::UntypedMeta for Link<M> {}

impl<M: fmt::Debug> fmt::Debug for Link<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Link").field(&self.meta).finish()
    }
}

/// A doubly linked list of unique frames, without memory of its own.
///
/// A list owns its frames: whoever looks one up by address finds it unique.
/// Dropping the list drops them, from the front, all of them even if one panics
/// (the first panic goes on; a second aborts).
///
/// Each slot says which list its frame is in, so that
/// [`contains`](Self::contains) needs no search. The ID of a list is given to it
/// when its first frame comes, and to no other ever.
///
/// ```
/// # use tally::{FrameSpace, MetaRegion, MetaSlot, Paddr};
/// use tally::{FrameMeta, Link, LinkedList, UniqueFrame};
/// # static SLOTS: [MetaSlot; 4] = [const { MetaSlot::new() }; 4];
/// # static REGION: MetaRegion = match MetaRegion::new(0x1000, &SLOTS) {
/// #     Ok(region) => region,
/// #     Err(_) => panic!(),
/// # };
/// # struct Ram;
/// # impl FrameSpace for Ram {
/// #     fn region() -> &'static MetaRegion { &REGION }
/// #     fn dealloc(_: Paddr, _: usize) {}
/// # }
/// struct Age(u32);
/// impl FrameMeta for Age {}
///
/// let mut list = LinkedList::<Age, Ram>::new();
/// for (start, age) in [(0x1000, 5), (0x2000, 70), (0x3000, 6)] {
///     list.push_back(UniqueFrame::from_unused(start, Link::new(Age(age))).unwrap());
/// }
/// assert!(list.contains(0x2000));
///
/// // Take out who is old.
/// let mut cursor = list.cursor_front_mut();
/// while let Some(age) = cursor.current_meta() {
///     if age.0 > 60 {
///         let old = cursor.take_current().unwrap();
///         assert_eq!(old.start_paddr(), 0x2000);
///     } else {
///         age.0 += 1;
///         cursor.move_next();
///     }
/// }
/// let ages: Vec<_> = list.iter().map(|age| age.0).collect();
/// assert_eq!(ages, [6, 7]);
/// assert!(!list.contains(0x2000));
/// ```
pub struct LinkedList<M: FrameMeta, S: FrameSpace> {
    // In the bag are the slots from `front` along `next` to `back`, whose `prev` lead
    // back, and no others. Memory is safe whether this is so or not: the bag looks.
    front: Option<&'static MetaSlot>,
    back: Option<&'static MetaSlot>,
    len: usize,
    bag: Bag<Link<M>, S>,
}

// As for `Segment`, all.
impl<M: FrameMeta, S: FrameSpace> Unpin for LinkedList<M, S> {}
impl<M: FrameMeta + RefUnwindSafe, S: FrameSpace> UnwindSafe for LinkedList<M, S> {}
impl<M: FrameMeta + RefUnwindSafe, S: FrameSpace> RefUnwindSafe for LinkedList<M, S> {}

/// What is said if the links lead out of the list, which they never do.
const IN_LIST: &str = "a link of a list leads to a frame in it";

impl<M: FrameMeta, S: FrameSpace> LinkedList<M, S> {
    /// A list without frames.
    #[must_use]
    pub const fn new() -> Self {
        Self { front: None, back: None, len: 0, bag: Bag::EMPTY }
    }

    /// The number of frames.
    #[must_use]
    #[doc(alias = "frame_list_size_spec")]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no frames.
    #[must_use]
    #[doc(alias = "frame_list_is_empty_spec")]
    pub const fn is_empty(&self) -> bool {
        self.front.is_none()
    }

    /// The list's ID, at least 1 and no other list's; nothing as long as no frame
    /// was ever in it.
    #[must_use]
    pub const fn id(&self) -> Option<u64> {
        match self.bag.id() {
            0 => None,
            id => Some(id),
        }
    }

    /// Whether the frame at the address `start` is in this list. False if there
    /// is no such frame.
    ///
    /// Exact while the list is borrowed, whatever others do with the frame.
    /// Relaxed.
    #[must_use]
    #[doc(alias = "frame_list_contains_spec")]
    pub fn contains(&self, start: Paddr) -> bool {
        self.find(start).is_some()
    }

    /// Adds a frame at the front.
    ///
    /// # Aborts
    ///
    /// If this is the first frame of the list and 2⁶⁴ − 2 lists have had one.
    #[doc(alias = "frame_list_push_front_spec")]
    pub fn push_front(&mut self, frame: UniqueFrame<Link<M>, S>) {
        self.insert_before(self.front, frame);
    }

    /// Adds a frame at the back.
    ///
    /// # Aborts
    ///
    /// As [`push_front`](Self::push_front).
    #[doc(alias = "frame_list_push_back_spec")]
    pub fn push_back(&mut self, frame: UniqueFrame<Link<M>, S>) {
        self.insert_before(None, frame);
    }

    /// Takes the first frame out.
    #[doc(alias = "frame_list_pop_front_spec")]
    pub fn pop_front(&mut self) -> Option<UniqueFrame<Link<M>, S>> {
        self.cursor_front_mut().take_current()
    }

    /// Takes the last frame out.
    #[doc(alias = "frame_list_pop_back_spec")]
    pub fn pop_back(&mut self) -> Option<UniqueFrame<Link<M>, S>> {
        self.cursor_back_mut().take_current()
    }

    /// The first frame's metadata.
    #[must_use]
    pub fn front(&self) -> Option<&M> {
        self.iter().next()
    }

    /// The last frame's metadata.
    #[must_use]
    pub fn back(&self) -> Option<&M> {
        self.iter().next_back()
    }

    /// The metadata of the frame at the address `start`; nothing if it is not in the list.
    ///
    /// Takes no search: the frame's slot says which list it is in. To change them see
    /// [`cursor_mut_at`](Self::cursor_mut_at).
    #[must_use]
    pub fn get(&self, start: Paddr) -> Option<&M> {
        self.find(start).map(|slot| &self.link(slot).meta)
    }

    /// The metadata, from front to back.
    ///
    /// To change them there is [`for_each_mut`](Self::for_each_mut), or a cursor
    /// ([`cursor_front_mut`](Self::cursor_front_mut)) where the list changes too. Both lend one
    /// frame's metadata at a time. There is no `iter_mut`, which would lend those of many at
    /// once: that they are all different would rest on the links, and these are safe code's.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, M, S> {
        Iter { front: self.front, back: self.back, left: self.len, list: self }
    }

    /// Calls `change` with the metadata of each frame, from front to back.
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, LinkedList};
    /// # struct Age(u32);
    /// # impl FrameMeta for Age {}
    /// # fn example<S: FrameSpace>(list: &mut LinkedList<Age, S>) {
    /// list.for_each_mut(|age| age.0 += 1);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If `change` does. The list has all its frames then too.
    #[doc(alias = "iter_mut")]
    pub fn for_each_mut(&mut self, mut change: impl FnMut(&mut M)) {
        let mut cursor = self.cursor_front_mut();
        while let Some(meta) = cursor.current_meta() {
            change(meta);
            cursor.move_next();
        }
    }

    /// Takes the frames from number `at` on out, as a list of their own, in their order;
    /// nothing, and the list is as it was, if there are fewer than `at` frames.
    ///
    /// Takes a step for each frame that leaves: its slot says which list it is in. To split at
    /// a frame that is known see [`CursorMut::split_after`].
    ///
    /// # Aborts
    ///
    /// As [`push_front`](Self::push_front).
    ///
    /// ```
    /// # use tally::{FrameMeta, FrameSpace, LinkedList};
    /// # fn example<M: FrameMeta, S: FrameSpace>(list: &mut LinkedList<M, S>) {
    /// let half = list.len() / 2;
    /// let back = list.split_off(half).expect("there are so many");
    /// assert_eq!(list.len(), half);
    /// # }
    /// ```
    pub fn split_off(&mut self, at: usize) -> Option<Self> {
        let leave = self.len.checked_sub(at)?;
        let mut back = Self::new();
        for _ in 0..leave {
            back.push_front(self.pop_back().expect(IN_LIST));
        }
        Some(back)
    }

    /// Moves all frames of `other` to the back of this list; `other` is empty then, and
    /// keeps its ID.
    ///
    /// Takes a step for each frame of `other`: its slot says which list it is in. The opposite
    /// is [`split_off`](Self::split_off).
    ///
    /// # Aborts
    ///
    /// As [`push_front`](Self::push_front).
    pub fn append(&mut self, other: &mut Self) {
        while let Some(frame) = other.pop_front() {
            self.push_back(frame);
        }
    }

    /// A cursor at the first frame.
    #[doc(alias = "frame_list_cursor_front_spec")]
    pub fn cursor_front_mut(&mut self) -> CursorMut<'_, M, S> {
        CursorMut { current: self.front, list: self }
    }

    /// A cursor at the last frame.
    #[doc(alias = "frame_list_cursor_back_spec")]
    pub fn cursor_back_mut(&mut self) -> CursorMut<'_, M, S> {
        CursorMut { current: self.back, list: self }
    }

    /// A cursor at the frame with the address `start`; nothing if it is not in
    /// the list.
    #[doc(alias = "frame_list_cursor_at_spec")]
    pub fn cursor_mut_at(&mut self, start: Paddr) -> Option<CursorMut<'_, M, S>> {
        let slot = self.find(start)?;
        Some(CursorMut { current: Some(slot), list: self })
    }

    /// The slot of the frame at `start` if it is in this list.
    fn find(&self, start: Paddr) -> Option<&'static MetaSlot> {
        S::region().slot(start).ok().filter(|slot| self.bag.holds(slot))
    }

    /// The links of a frame in the list.
    fn link(&self, slot: &'static MetaSlot) -> &Link<M> {
        self.bag.meta(slot).expect(IN_LIST)
    }

    /// The links of a frame in the list, to change.
    fn link_mut(&mut self, slot: &'static MetaSlot) -> &mut Link<M> {
        self.bag.meta_mut(slot).expect(IN_LIST)
    }

    /// Adds a frame before the one of `next`, which is in the list, or at the back.
    fn insert_before(&mut self, next: Option<&'static MetaSlot>, frame: UniqueFrame<Link<M>, S>) {
        let slot = self.bag.put(frame.whole);
        let prev = match next {
            Some(next) => self.link_mut(next).prev.replace(slot),
            None => self.back.replace(slot),
        };
        match prev {
            Some(prev) => self.link_mut(prev).next = Some(slot),
            None => self.front = Some(slot),
        }
        let link = self.link_mut(slot);
        (link.prev, link.next) = (prev, next);
        self.len += 1;
    }

    /// Takes out the frame of `slot`, which is in the list. Returns it with the
    /// slot that came after.
    fn take(
        &mut self,
        slot: &'static MetaSlot,
    ) -> (UniqueFrame<Link<M>, S>, Option<&'static MetaSlot>) {
        let mut whole = self.bag.take(slot).expect(IN_LIST);
        let link = whole.meta_mut();
        let (prev, next) = (link.prev.take(), link.next.take());
        match prev {
            Some(prev) => self.link_mut(prev).next = next,
            None => self.front = next,
        }
        match next {
            Some(next) => self.link_mut(next).prev = prev,
            None => self.back = prev,
        }
        self.len -= 1;
        (UniqueFrame { whole }, next)
    }
}

impl<M: FrameMeta, S: FrameSpace> Drop for LinkedList<M, S> {
    /// Drops all frames; see [`UniqueFrame`].
    #[doc(alias = "frame_list_drop_spec")]
    fn drop(&mut self) {
        /// Goes on where a frame's drop has panicked.
        struct Rest<'a, M: FrameMeta, S: FrameSpace>(&'a mut LinkedList<M, S>);

        impl<M: FrameMeta, S: FrameSpace> Drop for Rest<'_, M, S> {
            fn drop(&mut self) {
                while self.0.pop_front().is_some() {}
            }
        }

        let rest = Rest(self);
        while rest.0.pop_front().is_some() {}
    }
}

impl<M: FrameMeta, S: FrameSpace> Default for LinkedList<M, S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: FrameMeta, S: FrameSpace> Extend<UniqueFrame<Link<M>, S>> for LinkedList<M, S> {
    /// Adds the frames at the back.
    fn extend<I: IntoIterator<Item = UniqueFrame<Link<M>, S>>>(&mut self, frames: I) {
        frames.into_iter().for_each(|frame| self.push_back(frame));
    }
}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for LinkedList<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LinkedList").field(&Many(self.len, "frames")).finish()
    }
}

impl<'a, M: FrameMeta, S: FrameSpace> IntoIterator for &'a LinkedList<M, S> {
    type Item = &'a M;
    type IntoIter = Iter<'a, M, S>;

    fn into_iter(self) -> Iter<'a, M, S> {
        self.iter()
    }
}

impl<M: FrameMeta, S: FrameSpace> FromIterator<UniqueFrame<Link<M>, S>> for LinkedList<M, S> {
    /// A list of the frames, in their order.
    fn from_iter<I: IntoIterator<Item = UniqueFrame<Link<M>, S>>>(frames: I) -> Self {
        let mut list = Self::new();
        list.extend(frames);
        list
    }
}

impl<M: FrameMeta, S: FrameSpace> IntoIterator for LinkedList<M, S> {
    type Item = UniqueFrame<Link<M>, S>;
    type IntoIter = IntoIter<M, S>;

    /// Takes the frames out, from front to back. Those that the iterator has not given
    /// when it is dropped are dropped.
    fn into_iter(self) -> IntoIter<M, S> {
        IntoIter { list: self }
    }
}

/// A list's frames, from front to back.
pub struct IntoIter<M: FrameMeta, S: FrameSpace> {
    list: LinkedList<M, S>,
}

impl<M: FrameMeta, S: FrameSpace> Iterator for IntoIter<M, S> {
    type Item = UniqueFrame<Link<M>, S>;

    fn next(&mut self) -> Option<Self::Item> {
        self.list.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.len, Some(self.list.len))
    }
}

impl<M: FrameMeta, S: FrameSpace> DoubleEndedIterator for IntoIter<M, S> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.list.pop_back()
    }
}

impl<M: FrameMeta, S: FrameSpace> ExactSizeIterator for IntoIter<M, S> {}
impl<M: FrameMeta, S: FrameSpace> FusedIterator for IntoIter<M, S> {}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for IntoIter<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.list).finish()
    }
}

/// The metadata of a list's frames, from front to back.
pub struct Iter<'a, M: FrameMeta, S: FrameSpace> {
    front: Option<&'static MetaSlot>,
    back: Option<&'static MetaSlot>,
    left: usize,
    list: &'a LinkedList<M, S>,
}

impl<'a, M: FrameMeta, S: FrameSpace> Iterator for Iter<'a, M, S> {
    type Item = &'a M;

    fn next(&mut self) -> Option<&'a M> {
        self.left = self.left.checked_sub(1)?;
        let link = self.list.link(self.front?);
        self.front = link.next;
        Some(&link.meta)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<'a, M: FrameMeta, S: FrameSpace> DoubleEndedIterator for Iter<'a, M, S> {
    fn next_back(&mut self) -> Option<&'a M> {
        self.left = self.left.checked_sub(1)?;
        let link = self.list.link(self.back?);
        self.back = link.prev;
        Some(&link.meta)
    }
}

impl<M: FrameMeta, S: FrameSpace> ExactSizeIterator for Iter<'_, M, S> {}
impl<M: FrameMeta, S: FrameSpace> FusedIterator for Iter<'_, M, S> {}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for Iter<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&Many(self.left, "left")).field(self.list).finish()
    }
}

/// A place in a list: at one of its frames, or between the last and the first.
///
/// An example is at [`LinkedList`].
pub struct CursorMut<'a, M: FrameMeta, S: FrameSpace> {
    list: &'a mut LinkedList<M, S>,
    /// In the list.
    current: Option<&'static MetaSlot>,
}

impl<M: FrameMeta, S: FrameSpace> CursorMut<'_, M, S> {
    /// Moves to the next frame; after the last comes the place between, and then
    /// the first.
    #[doc(alias = "frame_cursor_move_next_spec")]
    pub fn move_next(&mut self) {
        self.current = self.after();
    }

    /// Moves to the frame before; before the first comes the place between, and
    /// then the last.
    #[doc(alias = "frame_cursor_move_prev_spec")]
    pub fn move_prev(&mut self) {
        self.current = self.before();
    }

    /// The address of the frame here; nothing at the place between.
    #[must_use]
    pub fn current_paddr(&self) -> Option<Paddr> {
        self.current.map(MetaSlot::start_paddr::<S>)
    }

    /// The metadata of the frame here; nothing at the place between.
    #[doc(alias = "frame_cursor_current_meta_spec")]
    pub fn current_meta(&mut self) -> Option<&mut M> {
        // The links themselves are not lent.
        self.current.map(|slot| &mut self.list.link_mut(slot).meta)
    }

    /// The metadata of the frame after this place; nothing if there is none. The cursor
    /// stays where it is.
    #[must_use]
    pub fn peek_next(&self) -> Option<&M> {
        self.after().map(|slot| &self.list.link(slot).meta)
    }

    /// The metadata of the frame before this place; nothing if there is none. The cursor
    /// stays where it is.
    #[must_use]
    pub fn peek_prev(&self) -> Option<&M> {
        self.before().map(|slot| &self.list.link(slot).meta)
    }

    /// Takes the frame here out and moves to the next place; nothing at the place
    /// between.
    #[doc(alias = "frame_cursor_take_current_spec")]
    pub fn take_current(&mut self) -> Option<UniqueFrame<Link<M>, S>> {
        let (frame, next) = self.list.take(self.current?);
        self.current = next;
        Some(frame)
    }

    /// Adds a frame before the one here, at the back at the place between. The
    /// cursor stays where it is.
    ///
    /// # Aborts
    ///
    /// As [`LinkedList::push_front`].
    #[doc(alias = "frame_cursor_insert_before_spec")]
    pub fn insert_before(&mut self, frame: UniqueFrame<Link<M>, S>) {
        self.list.insert_before(self.current, frame);
    }

    /// Adds a frame after the one here, at the front at the place between. The cursor
    /// stays where it is.
    ///
    /// # Aborts
    ///
    /// As [`LinkedList::push_front`].
    pub fn insert_after(&mut self, frame: UniqueFrame<Link<M>, S>) {
        self.list.insert_before(self.after(), frame);
    }

    /// Takes all frames after the one here out, as a list of their own, in their order; all
    /// frames of the list at the place between. The cursor stays where it is.
    ///
    /// Takes a step for each frame that leaves.
    ///
    /// # Aborts
    ///
    /// As [`LinkedList::push_front`].
    pub fn split_after(&mut self) -> LinkedList<M, S> {
        let mut back = LinkedList::new();
        while let Some(slot) = self.after() {
            let (frame, _) = self.list.take(slot);
            back.push_back(frame);
        }
        back
    }

    /// The list.
    #[must_use]
    #[doc(alias = "frame_cursor_as_list_spec")]
    pub fn as_list(&self) -> &LinkedList<M, S> {
        self.list
    }

    /// The place after this one.
    fn after(&self) -> Option<&'static MetaSlot> {
        match self.current {
            Some(slot) => self.list.link(slot).next,
            None => self.list.front,
        }
    }

    /// The place before this one.
    fn before(&self) -> Option<&'static MetaSlot> {
        match self.current {
            Some(slot) => self.list.link(slot).prev,
            None => self.list.back,
        }
    }
}

impl<M: FrameMeta, S: FrameSpace> fmt::Debug for CursorMut<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CursorMut").field(&self.current_paddr().map(Address)).finish()
    }
}
