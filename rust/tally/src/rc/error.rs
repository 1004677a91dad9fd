//! What can go wrong where memory may be exhausted, and the caller's value back.

use core::{error::Error, fmt};

/// There is no memory for a value; it comes back.
///
/// ```
/// use tally::{AllocError, Rc};
///
/// fn shared(text: String) -> Result<Rc<String>, String> {
///     Rc::try_new(text).map_err(|AllocError { value }| value)
/// }
/// # shared(String::new()).unwrap();
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AllocError<T = ()> {
    /// What the caller handed in.
    pub value: T,
}

// Not derived: works, and says the same, whether or not `T: Debug`, so that `unwrap` and `?`
// can be used with any value.
impl<T> fmt::Debug for AllocError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllocError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for AllocError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("there is no memory for the value")
    }
}

impl<T> Error for AllocError<T> {}
