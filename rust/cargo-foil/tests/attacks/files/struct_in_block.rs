//! A struct with refinements, declared in a block.
//~ f: not supported: `refined_by` where it is not looked for (in a macro, a block, an expression), which may be about `f`
pub fn f() -> i32 {
    {
        #[flux::refined_by(x: int)]
        struct S {
            #[flux::field(i32{v: v > 0})]
            x: i32,
        }
        let s = S { x: -1 };
        s.x
    }
}
