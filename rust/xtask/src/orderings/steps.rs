//! What the table says in words: of the steps of the protocol, of what else the crate does
//! with atomics, and of the steps of `Arc`.

/// What the table says of a step of the protocol in words: its name in the JSON and in
/// the crate, the functions of `slot.rs` that take it, and the operation.
pub(super) const STEPS: [(&str, &[&str], &str); 15] = [
    ("ClaimUnused", &["claim_word"], "`from_unused`: compare-exchange UNUSED → busy"),
    ("FailedClaim", &["claim_word"], "`from_unused`: a failed compare-exchange"),
    ("PublishShared", &["publish_shared"], "`Frame::from_unused`: store 1"),
    ("PublishingUnique", &["publish_unique"], "`UniqueFrame::from_unused`: store UNIQUE"),
    ("FirstLoad", &["get_from_in_use"], "`from_in_use`: the first load"),
    ("FailedAcquire", &["get_from_in_use"], "`from_in_use`: a failed compare-exchange"),
    ("FromInUse", &["get_from_in_use"], "`from_in_use`: compare-exchange n → n + 1"),
    ("Cloning", &["clone_share"], "`clone`: fetch-add"),
    ("ReleaseShare", &["release_share"], "drop of a `Frame`: fetch-sub"),
    ("LastShareFence", &["release_share"], "drop of the last `Frame`: fence"),
    ("RetiringUnique", &["retire_unique"], "drop of a `UniqueFrame`: store busy"),
    ("StoreUnused", &["mark_unused"], "tear-down: store UNUSED"),
    ("ShareUnique", &["share_unique"], "`Frame::from(UniqueFrame)`: store 1"),
    (
        "TryFromShared",
        &["try_unique"],
        "`UniqueFrame::try_from(Frame)`: compare-exchange 1 → UNIQUE",
    ),
    ("FailedTryFrom", &["try_unique"], "`UniqueFrame::try_from(Frame)`: a failed compare-exchange"),
];

/// The rows that are no steps of the protocol, all `Relaxed`: the functions of `slot.rs`,
/// and what they do. No metadata are accessed on their strength.
pub(super) const OTHERS: [(&str, &[&str], &str); 7] = [
    (
        "LookingAtCount",
        &["count"],
        "`reference_count`, `Debug` and the like: a load; nothing is concluded from the number",
    ),
    (
        "LookingAtList",
        &["list_id"],
        "`LinkedList::contains`, and assertions that a frame is in no list: a load",
    ),
    ("EnteringList", &["enter_list"], "a `LinkedList`, alone its frames' owner, stores its ID"),
    ("LeavingList", &["leave_list"], "a `LinkedList`, alone its frames' owner, stores 0"),
    ("NumberingLists", &["next_id"], "the next ID of a `LinkedList`, from a counter"),
    ("PretendingCount", &["set_count"], "tests of the crate, by one thread: a store"),
    (
        "StoringUnique",
        &["try_unique_by_load"],
        "the test for uniqueness by a load, for loom only: the store of UNIQUE",
    ),
];

/// What the table says of a step of `Arc` in words.
pub(super) const ARC: [(&str, &str); 11] = [
    ("DroppingStrong", "drop of an `Arc`: fetch-sub of the strong count"),
    ("DroppingLast", "drop of the last `Arc`: fence"),
    ("Upgrading", "`upgrade`: compare-exchange n → n + 1 of the strong count"),
    ("PublishingCycle", "`new_cyclic`: fetch-add 0 → 1 of the strong count"),
    ("DroppingWeak", "drop of a `Weak`: fetch-sub of the weak count"),
    ("LockingWeak", "`get_mut`: compare-exchange of the weak count, the lock"),
    ("TestingStrong", "`get_mut`: load of the strong count"),
    ("UnlockingWeak", "`get_mut`: store of the weak count, the unlocking"),
    ("CloningStrong", "`clone` of an `Arc`: fetch-add of the strong count"),
    ("Downgrading", "`downgrade`: compare-exchange n → n + 1 of the weak count"),
    ("CloningWeak", "`clone` of a `Weak`: fetch-add of the weak count"),
];

/// The leanest protocol, and the test for uniqueness by a load, as changes.
pub(super) const LEAN: [&str; 2] = ["ClaimsUnique", "RetiresUnmarked"];
pub(super) const TESTS_BY_LOAD: &str = "TestsByLoad";
