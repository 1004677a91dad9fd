//! Tables: what stands for the lists of `theories/model/table.v`. A table only
//! grows; it is owned by one state at a time and updated in place.
//!
//! An index that is out of range reads as `None` and is not written.

/// A sequence indexed by words.
pub type Table<T> = Vec<T>;

/// A table without entries.
#[must_use]
pub fn tbl_empty<T>() -> Table<T> {
    Vec::new()
}

/// `n` times `x`.
///
/// # Panics
///
/// If the machine cannot address that many entries.
#[must_use]
pub fn tbl_make<T: Clone>(n: u64, x: T) -> Table<T> {
    vec![x; usize::try_from(n).expect("a table larger than the address space")]
}

/// The number of entries.
#[must_use]
pub fn tbl_len<T>(t: &[T]) -> u64 {
    t.len() as u64
}

/// The entry at `i`.
#[must_use]
pub fn tbl_get<T: Copy>(t: &[T], i: u64) -> Option<T> {
    t.get(usize::try_from(i).ok()?).copied()
}

/// The table with `x` at `i`.
#[must_use]
pub fn tbl_set<T>(mut t: Table<T>, i: u64, x: T) -> Table<T> {
    if let Some(entry) = usize::try_from(i).ok().and_then(|i| t.get_mut(i)) {
        *entry = x;
    }
    t
}

/// The table with `x` at its end.
#[must_use]
pub fn tbl_push<T>(mut t: Table<T>, x: T) -> Table<T> {
    t.push(x);
    t
}
