//! Functions that make structs and tuples, hand them on, and use them through references.

#[flux::refined_by(x: int, y: int)]
pub struct Pair {
    #[flux::field(i32[x])]
    x: i32,
    #[flux::field(i32[y])]
    y: i32,
}

impl Pair {
    #[flux::sig(fn(a: i32, b: i32) -> Pair[a, b])]
    fn new(a: i32, b: i32) -> Self {
        Pair { x: a, y: b }
    }

    #[flux::sig(fn(&Pair[@p]) -> i32[p.x])]
    fn first(&self) -> i32 {
        self.x
    }

    #[flux::sig(fn(self: &strg Pair[@p]) ensures self: Pair[p.y, p.x])]
    fn swap(&mut self) {
        let t = self.x;
        self.x = self.y;
        self.y = t;
    }

    #[flux::sig(fn(Pair[@p], n: i32) -> Pair[Pair { x: n, ..p }])]
    fn with_first(self, n: i32) -> Pair {
        Pair { x: n, ..self }
    }
}

#[flux::sig(fn(a: i32, b: i32) -> i32[b])]
pub fn swapped(a: i32, b: i32) -> i32 {
    let mut p = Pair::new(a, b);
    p.swap();
    p.first()
}

#[flux::sig(fn(a: i32, b: i32) -> i32[a])]
pub fn twice_swapped(a: i32, b: i32) -> i32 {
    let mut p = Pair::new(a, b);
    let r = &mut p;
    r.swap();
    let s = &mut *r;
    s.swap();
    let x = p.x;
    p.with_first(x).first()
}

#[flux::sig(fn(a: u8, b: bool) -> (bool[b], u8[a]))]
fn both(a: u8, b: bool) -> (bool, u8) {
    (b, a)
}

#[flux::sig(fn(a: u8, b: bool) -> u8[if b { a } else { 0 }])]
pub fn chosen(a: u8, b: bool) -> u8 {
    let (is, value) = both(a, b);
    let t = ((is, value), 7_u8);
    if t.0.0 { t.0.1 } else { 0 }
}

#[flux::refined_by(low: int)]
pub struct Span {
    #[flux::field(u8[low])]
    low: u8,
    #[flux::field(u8{v: low <= v})]
    high: u8,
}

#[flux::sig(fn(s: &Span[@low]) -> u8)]
fn length(s: &Span) -> u8 {
    s.high - s.low
}

pub fn distance(a: u8, b: u8) -> u8 {
    let s = if a <= b { Span { low: a, high: b } } else { Span { low: b, high: a } };
    length(&s)
}

#[flux::refined_by(inner: Pair, n: int)]
pub struct Outer {
    #[flux::field(Pair[inner])]
    pair: Pair,
    #[flux::field(i32[n])]
    n: i32,
}

#[flux::sig(fn(o: &strg Outer[@old]) ensures o: Outer[Pair { x: old.n, ..old.inner }, old.n])]
fn store(o: &mut Outer) {
    let x = &mut o.pair.x;
    *x = o.n;
}

#[flux::sig(fn(a: i32, b: i32) -> i32[b])]
pub fn stored(a: i32, b: i32) -> i32 {
    let mut o = Outer { pair: Pair { x: a, y: a }, n: b };
    store(&mut o);
    o.pair.first()
}

pub struct Holder<'a> {
    #[flux::field(&mut i32{v: 0 < v})]
    at: &'a mut i32,
}

#[flux::sig(fn(n: i32{0 < n && n < 100}) -> i32{v: 0 < v})]
pub fn held(n: i32) -> i32 {
    let mut value = n;
    let h = Holder { at: &mut value };
    *h.at += 1;
    value
}
