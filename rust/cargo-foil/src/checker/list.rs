//! Lists that share their tails, as Coq's do.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A list. A copy costs nothing.
#[derive(Clone)]
pub struct List<T>(Option<Arc<Cell<T>>>);

struct Cell<T> {
    head: T,
    tail: List<T>,
}

impl<T> List<T> {
    /// The empty list.
    #[must_use]
    pub const fn new() -> Self {
        List(None)
    }

    /// A list with one element more, in front.
    #[must_use]
    pub fn cons(head: T, tail: Self) -> Self {
        List(Some(Arc::new(Cell { head, tail })))
    }

    /// The first element and the rest.
    #[must_use]
    pub fn view(&self) -> Option<(&T, &Self)> {
        self.0.as_ref().map(|cell| (&cell.head, &cell.tail))
    }

    /// The elements in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// How many elements there are; all are counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The element at this place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.iter().nth(place)
    }
}

/// The elements of a [`List`].
#[derive(Debug)]
pub struct Iter<'a, T>(&'a List<T>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let (head, tail) = self.0.view()?;
        self.0 = tail;
        Some(head)
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        items.into_iter().rev().fold(List::new(), |tail, head| List::cons(head, tail))
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List::new()
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: Hash> Hash for List<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for item in self {
            true.hash(state);
            item.hash(state);
        }
        false.hash(state);
    }
}

/// One cell after the other: a long list needs no deep stack.
impl<T> Drop for List<T> {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut cell) = next.and_then(|cell| Arc::try_unwrap(cell).ok()) {
            next = cell.tail.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn a_long_list_is_dropped_and_compared() {
        let long: List<usize> = (0..1_000_000).collect();
        assert_eq!(long.len(), 1_000_000);
        assert_eq!(long, (0..1_000_000).collect());
        assert_ne!(long, (0..999_999).collect());
        assert_eq!(long.get(7), Some(&7));
    }

    #[test]
    fn a_tail_outlives_the_list() {
        let tail = List::from([2, 3]);
        let whole = List::cons(1, tail.clone());
        assert_eq!(whole, vec![1, 2, 3].into());
        drop(whole);
        assert_eq!(tail, vec![2, 3].into());
    }
}
