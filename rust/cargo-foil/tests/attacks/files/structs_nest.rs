//! Structs that nest so deeply that there are too many cells.
//~ g: proved
pub struct S0 {
    a: u8,
}
pub struct S1 {
    f0: S0,
    f1: S0,
    f2: S0,
    f3: S0,
    f4: S0,
    f5: S0,
    f6: S0,
    f7: S0,
}
pub struct S2 {
    f0: S1,
    f1: S1,
    f2: S1,
    f3: S1,
    f4: S1,
    f5: S1,
    f6: S1,
    f7: S1,
}
pub struct S3 {
    f0: S2,
    f1: S2,
    f2: S2,
    f3: S2,
    f4: S2,
    f5: S2,
    f6: S2,
    f7: S2,
}
pub struct S4 {
    f0: S3,
    f1: S3,
    f2: S3,
    f3: S3,
    f4: S3,
    f5: S3,
    f6: S3,
    f7: S3,
}
pub struct S5 {
    f0: S4,
    f1: S4,
    f2: S4,
    f3: S4,
    f4: S4,
    f5: S4,
    f6: S4,
    f7: S4,
}
pub struct S6 {
    f0: S5,
    f1: S5,
    f2: S5,
    f3: S5,
    f4: S5,
    f5: S5,
    f6: S5,
    f7: S5,
}
pub struct S7 {
    f0: S6,
    f1: S6,
    f2: S6,
    f3: S6,
    f4: S6,
    f5: S6,
    f6: S6,
    f7: S6,
}
pub struct S8 {
    f0: S7,
    f1: S7,
    f2: S7,
    f3: S7,
    f4: S7,
    f5: S7,
    f6: S7,
    f7: S7,
}
pub struct S9 {
    f0: S8,
    f1: S8,
    f2: S8,
    f3: S8,
    f4: S8,
    f5: S8,
    f6: S8,
    f7: S8,
}
pub struct S10 {
    f0: S9,
    f1: S9,
    f2: S9,
    f3: S9,
    f4: S9,
    f5: S9,
    f6: S9,
    f7: S9,
}
pub struct S11 {
    f0: S10,
    f1: S10,
    f2: S10,
    f3: S10,
    f4: S10,
    f5: S10,
    f6: S10,
    f7: S10,
}
pub fn g(x: i32) -> i32 {
    x
}
