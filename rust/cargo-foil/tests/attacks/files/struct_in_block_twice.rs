//! Two structs of one name in a body, one of them in a block.
//~ f: not supported: `refined_by` where it is not looked for (in a macro, a block, an expression), which may be about `f`
//~ f::inner: trusted
//~ g: not supported: `refined_by` where it is not looked for (in a macro, a block, an expression), which may be about `g`
#[flux::sig(fn(x: i32) -> i32{v: v > 0})]
pub fn f(x: i32) -> i32 {
    let r = inner(x);
    return r;
    #[flux::sig(fn(x: i32) -> i32{v: v > 0})]
    #[flux::trusted]
    fn inner(x: i32) -> i32 {
        x
    }
}
pub fn g() -> i32 {
    struct L {
        x: i32,
    }
    {
        #[flux::refined_by(x: int)]
        #[flux::invariant(x > 0)]
        struct L {
            #[flux::field(i32[x])]
            x: i32,
        }
        let l = L { x: -1 };
    }
    1
}
