//! Tables: what stands for the lists of `theories/model/table.v` and `table_edit.v`. A
//! table is owned by one state at a time and updated in place.
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
pub fn tbl_get<T: Clone>(t: &[T], i: u64) -> Option<T> {
    t.get(usize::try_from(i).ok()?).cloned()
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

/// The table with `entries` behind its end.
#[must_use]
pub fn tbl_append<T>(mut t: Table<T>, mut entries: Vec<T>) -> Table<T> {
    t.append(&mut entries);
    t
}

/// The table with `x` at `i`, and what was there and behind it one place on; unchanged if
/// `i` is more than its length.
#[must_use]
pub fn tbl_insert<T>(mut t: Table<T>, i: u64, x: T) -> Table<T> {
    if let Some(i) = usize::try_from(i).ok().filter(|i| *i <= t.len()) {
        t.insert(i, x);
    }
    t
}

/// The table without what is at `i`, and what is behind it one place back.
#[must_use]
pub fn tbl_remove<T>(mut t: Table<T>, i: u64) -> Table<T> {
    if let Some(i) = usize::try_from(i).ok().filter(|i| *i < t.len()) {
        t.remove(i);
    }
    t
}

#[cfg(test)]
mod tests {
    use super::{tbl_insert, tbl_remove};

    /// As in Coq, also where the index is out of range.
    #[test]
    fn inserts_and_removes_in_range_only() {
        assert_eq!(tbl_insert(vec![], 0, 7), [7]);
        assert_eq!(tbl_insert(vec![1, 2], 1, 7), [1, 7, 2]);
        assert_eq!(tbl_insert(vec![1, 2], 2, 7), [1, 2, 7]);
        assert_eq!(tbl_remove(vec![1, 7, 2], 1), [1, 2]);
        assert_eq!(tbl_remove(vec![1], 0), []);
        for far in [3, u64::MAX] {
            assert_eq!(tbl_insert(vec![1, 2], far, 7), [1, 2]);
            assert_eq!(tbl_remove(vec![1, 2], far - 1), [1, 2]);
        }
    }
}
