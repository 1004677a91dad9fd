//! A struct with refinements that a macro makes.
//~ f: not supported: `invariant` where it is not looked for (in a macro, a block, an expression), which may be about `f`
macro_rules! mk {
    ($n:ident) => {
        #[flux::invariant(x > 0)]
        #[flux::refined_by(x: int)]
        struct $n {
            #[flux::field(i32[x])]
            x: i32,
        }
    };
}
mk!(S);
pub fn f() -> i32 {
    let s = S { x: -1 };
    s.x
}
