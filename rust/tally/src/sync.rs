//! The one place where the crate chooses its atomics and cells.
//!
//! Ordinary builds get `core`'s. Builds with `--cfg tally_loom`, and the feature `loom`,
//! get those of the [loom](https://docs.rs/loom) model checker, which runs a test under every
//! interleaving and every value of a load that loom models, and reports unordered
//! accesses to an [`UnsafeCell`]. C11 allows more: loom leaves out load buffering,
//! by which a load may return what its own thread enabled by a later store. The rest
//! of the crate is the same source in both.
//!
//! Every ordering is written `at(Site::…, Ordering::…)`, and the site is its row in
//! `docs/orderings.md`, which says of each what is proved. In ordinary builds `at`
//! is the identity. Under loom the environment variable `TALLY_WEAKEN` lists sites
//! whose orderings become `Relaxed` (a fence disappears), and protocols, other than
//! the crate's, that [`varies`] switches to; `tests/loom.rs` requires that exactly
//! those scenarios then fail that are known to. An ordering that can be weakened
//! without any test noticing is either too strong or untested.

pub(crate) use core::sync::atomic::Ordering;
pub(crate) use imp::{AtomicU64, UnsafeCell, at, const_unless_loom, fence, unless_loom, varies};

/// An enumeration without data, with its names under loom.
macro_rules! named {
    ($(#[$meta:meta])* enum $type:ident { $($(#[$item:meta])* $name:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $type { $($(#[$item])* $name,)* }

        #[cfg(tally_loom)]
        impl $type {
            /// The names that `TALLY_WEAKEN` knows.
            pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// The name.
            pub(crate) fn name(self) -> &'static str {
                match self { $($type::$name => stringify!($name),)* }
            }
        }
    };
}

named! {
    /// The rows of `docs/orderings.md`: everything that is done to a slot's atomics.
    enum Site {
        /// `from_unused`: the compare-exchange UNUSED → busy.
        ClaimUnused,
        /// `from_unused`: that compare-exchange, when it fails.
        FailedClaim,
        /// `Frame::from_unused`: the store of 1.
        PublishShared,
        /// `UniqueFrame::from_unused`: the store of UNIQUE.
        PublishingUnique,
        /// `from_in_use`: the first load.
        FirstLoad,
        /// `from_in_use`: the compare-exchange n → n + 1.
        FromInUse,
        /// `from_in_use`: that compare-exchange, when it fails.
        FailedAcquire,
        /// `clone`: the fetch-add.
        Cloning,
        /// Drop of a `Frame`: the fetch-sub.
        ReleaseShare,
        /// Drop of the last `Frame`: the fence.
        LastShareFence,
        /// Drop of a `UniqueFrame`: the store of busy.
        RetiringUnique,
        /// Tear-down: the store of UNUSED.
        StoreUnused,
        /// `Frame::from(UniqueFrame)`: the store of 1.
        ShareUnique,
        /// `UniqueFrame::try_from(Frame)`: the compare-exchange 1 → UNIQUE.
        TryFromShared,
        /// `UniqueFrame::try_from(Frame)`: that compare-exchange, when it fails.
        FailedTryFrom,
        /// `reference_count` and `Debug`: a load.
        LookingAtCount,
        /// `LinkedList::contains`, and assertions that a frame is in no list: a load.
        LookingAtList,
        /// A `LinkedList` takes a frame in: the store of its ID.
        EnteringList,
        /// A `LinkedList` gives a frame out: the store of 0.
        LeavingList,
        /// The first frame of a `LinkedList`: a new ID from the counter.
        NumberingLists,
        /// Tests that pretend a count: a store.
        #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
        PretendingCount,
        /// `try_from` by load, which is for loom only: the store of UNIQUE.
        StoringUnique,
    }
}

named! {
    /// Protocols other than the crate's: two steps that a leaner one leaves out, and a
    /// test for uniqueness that is unsound.
    enum Variant {
        /// `from_unused` goes straight to UNIQUE, and does not store it later.
        ClaimsUnique,
        /// Drop of a `UniqueFrame` does not store busy.
        RetiresUnmarked,
        /// `try_from` loads the count, and stores UNIQUE if it is 1.
        TestsByLoad,
    }
}

#[cfg(not(tally_loom))]
mod imp {
    use super::{Ordering, Site, Variant};
    pub(crate) use core::sync::atomic::AtomicU64;

    /// `core`'s cell, with loom's way of asking for the pointer.
    #[repr(transparent)]
    pub(crate) struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) const fn new(value: T) -> Self {
            Self(core::cell::UnsafeCell::new(value))
        }

        /// Passes the pointer on, for reading.
        #[inline(always)]
        pub(crate) fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
            f(self.0.get())
        }

        /// Passes the pointer on, for reading and writing.
        #[inline(always)]
        pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            f(self.0.get())
        }
    }

    /// The ordering used at `site`: the one that is written there.
    #[inline(always)]
    pub(crate) const fn at(_site: Site, ordering: Ordering) -> Ordering {
        ordering
    }

    /// Whether to follow this protocol rather than the crate's: never.
    #[inline(always)]
    pub(crate) const fn varies(_variant: Variant) -> bool {
        false
    }

    /// A fence that [`at`] may remove under loom.
    #[inline(always)]
    pub(crate) fn fence(ordering: Ordering) {
        core::sync::atomic::fence(ordering);
    }

    /// Items that hold only of `core`'s types, such as their layout.
    macro_rules! unless_loom {
        ($($items:item)*) => { $($items)* };
    }
    pub(crate) use unless_loom;

    /// Declares a function that is `const` except under loom.
    macro_rules! const_unless_loom {
        ($(#[$meta:meta])* $vis:vis fn $($rest:tt)*) => { $(#[$meta])* $vis const fn $($rest)* };
    }
    pub(crate) use const_unless_loom;
}

#[cfg(tally_loom)]
mod imp {
    extern crate std;

    use super::{Ordering, Site, Variant};
    pub(crate) use loom::{cell::UnsafeCell, sync::atomic::AtomicU64};
    use std::{sync::OnceLock, vec::Vec};

    /// Whether `TALLY_WEAKEN`, a list with commas, names this.
    fn chosen(name: &str) -> bool {
        static CHOSEN: OnceLock<Vec<&'static str>> = OnceLock::new();
        let chosen = CHOSEN.get_or_init(|| {
            let list = std::env::var("TALLY_WEAKEN").unwrap_or_default();
            let known = || Site::NAMES.iter().chain(Variant::NAMES);
            let names = list.split(',').filter(|name| !name.is_empty());
            names
                .map(|name| {
                    let found = known().find(|known| **known == name);
                    *found.unwrap_or_else(|| panic!("TALLY_WEAKEN: {name:?} is unknown"))
                })
                .collect()
        });
        chosen.contains(&name)
    }

    /// Like its namesake; `Relaxed` at the sites that `TALLY_WEAKEN` names.
    pub(crate) fn at(site: Site, ordering: Ordering) -> Ordering {
        if chosen(site.name()) { Ordering::Relaxed } else { ordering }
    }

    /// Like its namesake; true of the protocols that `TALLY_WEAKEN` names.
    pub(crate) fn varies(variant: Variant) -> bool {
        chosen(variant.name())
    }

    /// Like its namesake; nothing where [`at`] gave `Relaxed`, since loom and
    /// `core` panic on a relaxed fence and a test would fail for that reason.
    pub(crate) fn fence(ordering: Ordering) {
        if ordering != Ordering::Relaxed {
            loom::sync::atomic::fence(ordering);
        }
    }

    /// Like its namesake: nothing.
    macro_rules! unless_loom {
        ($($items:item)*) => {};
    }
    pub(crate) use unless_loom;

    /// Like its namesake, without `const`.
    macro_rules! const_unless_loom {
        ($(#[$meta:meta])* $vis:vis fn $($rest:tt)*) => { $(#[$meta])* $vis fn $($rest)* };
    }
    pub(crate) use const_unless_loom;
}

/// The names of all sites, for the loom tests.
#[cfg(tally_loom)]
pub fn site_names() -> &'static [&'static str] {
    Site::NAMES
}
