//! From a handle on any value back to that of the value itself.

use core::any::Any;

use super::Rc;

impl Rc<dyn Any> {
    /// The handle on the value itself, if it is a `T`.
    ///
    /// ```
    /// use std::any::Any;
    /// use tally::{Rc, unsize};
    ///
    /// let any: Rc<dyn Any> = unsize!(Rc::new(5_i32) => dyn Any);
    /// let any = any.downcast::<String>().unwrap_err();
    /// assert_eq!(*any.downcast::<i32>().unwrap(), 5);
    /// ```
    ///
    /// # Errors
    ///
    /// The handle itself, unchanged, if the value is of another type.
    #[inline]
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Self> {
        match self.share.downcast() {
            Ok(share) => Ok(Rc { share }),
            Err(share) => Err(Self { share }),
        }
    }
}
