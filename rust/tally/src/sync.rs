//! The one place where the crate chooses its atomics and cells.
//!
//! Ordinary builds get `core`'s. Builds with `--cfg loom` get those of the
//! [loom](https://docs.rs/loom) model checker, which runs a test under every
//! interleaving and every value that the C11 memory model lets a load return,
//! and reports unordered accesses to an [`UnsafeCell`]. The rest of the crate
//! is the same source in both.
//!
//! Every ordering that a proof of race freedom leans on is written
//! `at(Site::…, Ordering::…)`. In ordinary builds `at` is the identity. Under
//! loom the environment variable `TALLY_WEAKEN` names one site whose ordering
//! becomes `Relaxed` (a fence disappears), and `tests/loom.rs` requires that
//! some scenario then fails: an ordering that can be weakened without any test
//! noticing is either too strong or untested.

pub(crate) use core::sync::atomic::Ordering;
pub(crate) use imp::{AtomicU64, UnsafeCell, at, const_unless_loom, fence, unless_loom};

/// The places where the memory ordering is load-bearing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// `from_unused`: the compare-exchange UNUSED → 0.
    ClaimUnused,
    /// `Frame::from_unused`: the store of 1.
    PublishShared,
    /// `from_in_use`: the compare-exchange n → n + 1.
    AcquireInUse,
    /// Drop of a `Frame`: the fetch-sub.
    ReleaseShare,
    /// Drop of the last `Frame`: the fence.
    LastShareFence,
    /// Tear-down: the store of UNUSED.
    StoreUnused,
    /// `Frame::from(UniqueFrame)`: the store of 1.
    ShareUnique,
    /// `UniqueFrame::try_from(Frame)`: the compare-exchange 1 → UNIQUE.
    TryFromShared,
}

#[cfg(not(loom))]
mod imp {
    use super::{Ordering, Site};
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

#[cfg(loom)]
mod imp {
    extern crate std;

    use super::{Ordering, Site};
    pub(crate) use loom::{cell::UnsafeCell, sync::atomic::AtomicU64};
    use std::sync::OnceLock;

    /// Like its namesake; `Relaxed` at the site that `TALLY_WEAKEN` names.
    pub(crate) fn at(site: Site, ordering: Ordering) -> Ordering {
        static WEAKENED: OnceLock<Option<Site>> = OnceLock::new();
        let weakened = WEAKENED.get_or_init(|| {
            let name = std::env::var("TALLY_WEAKEN").ok()?;
            let site = super::Site::ALL.iter().find(|site| site.name() == name);
            Some(*site.unwrap_or_else(|| panic!("TALLY_WEAKEN: no site is called {name:?}")))
        });
        if *weakened == Some(site) { Ordering::Relaxed } else { ordering }
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

    impl Site {
        pub(crate) const ALL: [Site; 8] = [
            Site::ClaimUnused,
            Site::PublishShared,
            Site::AcquireInUse,
            Site::ReleaseShare,
            Site::LastShareFence,
            Site::StoreUnused,
            Site::ShareUnique,
            Site::TryFromShared,
        ];

        /// The name by which `TALLY_WEAKEN` selects the site.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Site::ClaimUnused => "ClaimUnused",
                Site::PublishShared => "PublishShared",
                Site::AcquireInUse => "AcquireInUse",
                Site::ReleaseShare => "ReleaseShare",
                Site::LastShareFence => "LastShareFence",
                Site::StoreUnused => "StoreUnused",
                Site::ShareUnique => "ShareUnique",
                Site::TryFromShared => "TryFromShared",
            }
        }
    }
}

/// The names of all sites, so that the loom tests can check that they weaken
/// every one of them.
#[cfg(loom)]
pub fn site_names() -> [&'static str; 8] {
    Site::ALL.map(Site::name)
}
