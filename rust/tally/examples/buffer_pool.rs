//! Buffers that are filled once and read by many without copying: a packet goes
//! to several readers, each on its own thread, and the last of them reuses the
//! buffer for its answer.
//!
//! Run with `cargo run -p tally-rc --example buffer_pool`.

use std::{
    io::Write as _,
    ptr::NonNull,
    sync::{LazyLock, Mutex, mpsc},
    thread,
};

use tally::{
    Frame, FrameMeta, FrameSpace, LinearMap, MetaRegion, PAGE_SIZE, Paddr, UniqueFrame, UntypedMeta,
};

const BUFFERS: usize = 4;
const READERS: usize = 3;
const PACKETS: u64 = 200;

/// The buffers' memory, mapped at some place of this process.
struct Buffers;

static FREE: Mutex<Vec<Paddr>> = Mutex::new(Vec::new());

impl FrameSpace for Buffers {
    fn region() -> &'static MetaRegion {
        static REGION: LazyLock<MetaRegion> = LazyLock::new(|| {
            let bytes = NonNull::from(vec![0_u8; BUFFERS * PAGE_SIZE].leak()).cast();
            let memory = Box::leak(Box::new(LinearMap::new(0, bytes)));
            let region = MetaRegion::leak(0, BUFFERS).expect("aligned and not empty");
            let mut free = FREE.lock().expect("no panic under the lock");
            free.extend((0..BUFFERS).map(|index| index * PAGE_SIZE));
            // SAFETY: the bytes were leaked for this region, one page for each
            // frame, and nobody else knows where they are.
            unsafe { region.with_memory(memory) }
        });
        &REGION
    }

    fn dealloc(start: Paddr, _size: usize) {
        FREE.lock().expect("no panic under the lock").push(start);
    }
}

/// What is in a buffer: how many of its bytes are the packet.
struct Packet {
    number: u64,
    length: usize,
}
impl FrameMeta for Packet {}
impl UntypedMeta for Packet {}

/// Waits for a free buffer.
fn take(number: u64) -> UniqueFrame<Packet, Buffers> {
    Buffers::region(); // fills the list
    loop {
        let start = FREE.lock().expect("no panic under the lock").pop();
        if let Some(start) = start {
            let packet = Packet { number, length: 0 };
            return UniqueFrame::from_unused(start, packet).expect("a free buffer is unused");
        }
        thread::yield_now();
    }
}

/// Writes into the buffer, which nobody else sees meanwhile.
fn fill(buffer: &mut UniqueFrame<Packet, Buffers>, text: &str) {
    let mut writer = buffer.writer().expect("mapped");
    writer.write_all(text.as_bytes()).expect("a packet fits a buffer");
    buffer.meta_mut().length = text.len();
}

/// Reads the packet where it lies, through a share.
fn checksum(buffer: &Frame<Packet, Buffers>) -> u64 {
    let mut packet = buffer.reader().expect("mapped").limit(buffer.meta().length);
    let mut sum = 0;
    while let Some([byte]) = packet.read_array() {
        sum += u64::from(byte);
    }
    sum
}

fn main() {
    let (answers, answered) = mpsc::channel::<UniqueFrame<Packet, Buffers>>();
    thread::scope(|scope| {
        let inboxes: Vec<_> = (0..READERS)
            .map(|_| {
                let (inbox, packets) = mpsc::channel::<Frame<Packet, Buffers>>();
                let answers = answers.clone();
                scope.spawn(move || {
                    for packet in packets {
                        let sum = checksum(&packet);
                        // Whoever is last owns the buffer, and may write to it. If
                        // two try at the same time neither is; the buffer then goes
                        // back to the pool by itself.
                        if let Ok(mut buffer) = UniqueFrame::try_from(packet) {
                            fill(&mut buffer, &format!("sum {sum}"));
                            answers.send(buffer).expect("somebody waits for answers");
                        }
                    }
                });
                inbox
            })
            .collect();

        scope.spawn(move || {
            for number in 0..PACKETS {
                let mut buffer = take(number);
                fill(&mut buffer, &format!("packet {number}"));
                // From here on nobody writes; each reader gets a share.
                let shared = Frame::from(buffer);
                for inbox in &inboxes {
                    inbox.send(shared.clone()).expect("readers wait for packets");
                }
            }
        });
        drop(answers);

        let mut count = 0;
        for buffer in answered {
            assert!(buffer.meta().number < PACKETS);
            let mut start = [0; 3];
            buffer.reader().expect("mapped").read(&mut start);
            assert_eq!(&start, b"sum");
            count += 1;
        }
        println!("{count} of {PACKETS} buffers were reused for an answer");
    });

    let free = FREE.lock().expect("no panic under the lock").len();
    assert_eq!(free, BUFFERS);
    println!("all {free} buffers came back");
}
