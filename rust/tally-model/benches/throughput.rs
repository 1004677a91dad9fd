//! How many operations a second the generated models run, alone and in the random
//! differential tests. The goal is a million a second.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use tally_model::frame::{FrameOp, frame_init, frame_step};
use tally_model::random::{FrameTrace, RcTrace, Rng};
use tally_model::rc::{RcOp, rc_init, rc_step};
use tally_model::{frame_run, rc_run};

const LENGTH: usize = 10_000;
const SLOTS: u64 = 8;

fn rc_ops(seed: u64) -> Vec<RcOp> {
    let (mut rng, mut trace, mut state) = (Rng::new(seed), RcTrace::default(), rc_init());
    let mut ops = Vec::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        let op = trace.next(&mut rng, 3);
        let (next, outcome) = rc_step(state, op);
        trace.see(op, &outcome);
        state = next;
        ops.push(op);
    }
    ops
}

fn frame_ops(seed: u64) -> Vec<FrameOp> {
    let (mut rng, mut trace, mut state) =
        (Rng::new(seed), FrameTrace::new(SLOTS), frame_init(SLOTS));
    let mut ops = Vec::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        let op = trace.next(&mut rng, 3, true);
        let (next, outcome) = frame_step(state, op);
        trace.see(op, &outcome);
        state = next;
        ops.push(op);
    }
    ops
}

fn throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("model");
    group.throughput(Throughput::Elements(LENGTH as u64));
    let ops = rc_ops(1);
    group.bench_function("rc", |b| b.iter(|| rc_run(rc_init(), black_box(&ops))));
    let ops = frame_ops(1);
    group.bench_function("frame", |b| b.iter(|| frame_run(frame_init(SLOTS), black_box(&ops))));
    group.bench_function("rc, operations chosen as in the tests", |b| b.iter(|| rc_ops(2)));
    group.bench_function("frame, operations chosen as in the tests", |b| b.iter(|| frame_ops(2)));
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
