//! The thread that owns OCaml's runtime, and the only unsafe code of this crate.

use super::OracleError;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

// `c/shim.c`.
unsafe extern "C" {
    fn tally_oracle_start() -> i32;
    fn tally_oracle_call(
        request: *const u8,
        length: usize,
        response: *mut *mut u8,
        response_length: *mut usize,
    ) -> i32;
    fn tally_oracle_free(response: *mut u8);
}

/// A request, and where its answer goes.
type Job = (Vec<u8>, SyncSender<Result<Vec<u8>, OracleError>>);

/// The model recurses over a trace; this is far more than the longest needs.
const STACK: usize = 256 << 20;

/// The longest wait for an answer, the requests before it included.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn call(request: Vec<u8>) -> Result<Vec<u8>, OracleError> {
    static OWNER: OnceLock<Option<Sender<Job>>> = OnceLock::new();
    let owner = OWNER.get_or_init(|| {
        let (jobs, inbox) = channel();
        std::thread::Builder::new()
            .name("ocaml".into())
            .stack_size(STACK)
            .spawn(move || own(&inbox))
            .ok()
            .map(|_| jobs)
    });
    let (reply, answer) = sync_channel(1);
    let owner = owner.as_ref().ok_or(OracleError::Stopped)?;
    owner.send((request, reply)).map_err(|_| OracleError::Stopped)?;
    answer.recv_timeout(PATIENCE).map_err(|error| match error {
        RecvTimeoutError::Timeout => OracleError::TimedOut,
        RecvTimeoutError::Disconnected => OracleError::Stopped,
    })?
}

/// Starts the runtime and serves until the process ends.
fn own(inbox: &Receiver<Job>) {
    // SAFETY: `call` starts one such thread in the life of the process, so this is
    // the first call into the runtime and its only owner from here on.
    let started = unsafe { tally_oracle_start() } == 0;
    for (request, reply) in inbox {
        let answer = if started { serve(&request) } else { Err(OracleError::Stopped) };
        // Whoever asked may have gone; then nobody wants the answer.
        let _ = reply.send(answer);
    }
}

fn serve(request: &[u8]) -> Result<Vec<u8>, OracleError> {
    let mut response = std::ptr::null_mut();
    let mut length = 0;
    // SAFETY: `own` calls this on the thread that started the runtime, after it
    // started. The request is live for the call and has the length told; the two
    // results are live and ours.
    let code = unsafe {
        tally_oracle_call(request.as_ptr(), request.len(), &raw mut response, &raw mut length)
    };
    match code {
        0 if !response.is_null() => {}
        3 => return Err(OracleError::TooLarge { length: request.len() }),
        4 | 5 => return Err(OracleError::Failed),
        _ => return Err(OracleError::Stopped),
    }
    // SAFETY: on success the shim gives a block of `malloc` with `length` bytes,
    // all of them written, which nobody else has.
    let bytes = unsafe { std::slice::from_raw_parts(response, length) }.to_vec();
    // SAFETY: the block came from the shim, is freed once, and is not used again.
    unsafe { tally_oracle_free(response) };
    Ok(bytes)
}
