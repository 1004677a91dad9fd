//! Handles whose type has the number of handles as its index. The operations are trusted:
//! their signatures are rules of `theories/examples/one_house.v`.
#![allow(dead_code)]

/// One more handle: `share_rule`.
#[flux::trusted]
#[flux::sig(fn(handles: &strg u64[@n]) requires 1 <= n ensures handles: u64[n + 1])]
fn share(handles: &mut u64) {
    *handles += 1
}

/// One of several handles goes: `give_back_rule`.
#[flux::trusted]
#[flux::sig(fn(handles: &strg u64[@n]) requires 2 <= n ensures handles: u64[n - 1])]
fn give_back(handles: &mut u64) {
    *handles -= 1
}

/// Back to the only handle, which the number 0 stands for here: `into_unique_rule`.
#[flux::trusted]
#[flux::sig(fn(handles: &strg u64[@n]) requires n == 1 ensures handles: u64[0])]
fn into_unique(handles: &mut u64) {
    *handles -= 1
}

/// A handle is given away and comes back.
#[flux::sig(fn(handles: &strg u64[1]) ensures handles: u64[0])]
fn lent_and_taken(handles: &mut u64) {
    share(handles);
    give_back(handles);
    into_unique(handles);
}

/// It does not come back.
#[flux::sig(fn(handles: &strg u64[1]) ensures handles: u64[0])]
fn taken_while_lent(handles: &mut u64) {
    share(handles);
    into_unique(handles);
}

/// As many come back as were given away.
#[flux::sig(fn(handles: &strg u64[1], n: u64) ensures handles: u64[0])]
fn lent_often(handles: &mut u64, n: u64) {
    let mut i = 0;
    while i < n {
        share(handles);
        i += 1;
    }
    while i > 0 {
        give_back(handles);
        i -= 1;
    }
    into_unique(handles);
}
