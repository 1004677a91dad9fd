//! Ending the program where going on would be unsound.

/// Ends the program: a count has left its range.
///
/// With `std` this is [`std::process::abort`]. Without, it is a panic inside a
/// function that may not unwind: the panic handler gets the message; if it
/// unwinds instead of stopping, the language turns the attempt to leave an
/// `extern "C"` function into an abort. That handler, and a panic hook, are code
/// of others: the caller must leave its counts such that they may use handles.
#[cold]
#[inline(never)]
pub(crate) fn count_overflow() -> ! {
    #[cfg(feature = "std")]
    {
        std::process::abort()
    }
    #[cfg(not(feature = "std"))]
    {
        no_unwind()
    }
}

/// A panic that cannot unwind. No core type says "abort", so the ABI does.
#[cfg(not(feature = "std"))]
extern "C" fn no_unwind() -> ! {
    panic!("tally: a reference count overflowed")
}
