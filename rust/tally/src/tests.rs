//! Helpers of the unit tests.

use std::{env, println, process::Command, string::String};

const CHILD: &str = "TALLY_ABORT_CHILD";

/// Runs `body` in a child process and requires that it aborts there.
///
/// The child is this test binary, running only `test`: the caller's own path,
/// without the crate's name.
pub(crate) fn aborts_in_child(test: &str, body: impl FnOnce()) {
    if env::var_os(CHILD).is_some() {
        println!("about to abort");
        body();
        println!("still alive");
        return;
    }
    let child = env::current_exe().expect("a test has an executable");
    let output = Command::new(child)
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("the test binary runs");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("about to abort"), "the child did not reach the test:\n{stdout}");
    assert!(!stdout.contains("still alive"), "the child did not abort:\n{stdout}");
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        const SIGABRT: i32 = 6;
        assert_eq!(output.status.signal(), Some(SIGABRT), "{:?}", output.status);
    }
}
