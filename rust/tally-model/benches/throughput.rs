//! How many operations a second the generated models run. The goal is a million a second.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::hint::black_box;
use tally_model::frame::frame_init;
use tally_model::rc::rc_init;
use tally_model::{frame_run, rc_run, traces};

const LENGTH: usize = 20_000;
const SLOTS: u64 = 8;

/// The same trace each time.
fn one<S: Strategy>(traces: S) -> S::Value {
    traces.new_tree(&mut TestRunner::deterministic()).expect("nothing is rejected").current()
}

fn throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("model");
    let ops = one(traces::rc(LENGTH, 3, true));
    group.throughput(Throughput::Elements(ops.len() as u64));
    group.bench_function("rc", |b| b.iter(|| rc_run(rc_init(), black_box(&ops))));
    let ops = one(traces::frame(SLOTS, LENGTH, 3, true));
    group.throughput(Throughput::Elements(ops.len() as u64));
    group.bench_function("frame", |b| b.iter(|| frame_run(frame_init(SLOTS), black_box(&ops))));
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
