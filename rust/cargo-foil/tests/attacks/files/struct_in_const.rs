//! A struct with refinements in the block of a constant.
//~ _::<impl at struct_in_const.rs:11:5>::new: not supported: `_::<impl at struct_in_const.rs:11:5>::new`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
//~ closure: not supported: `refined_by` where it is not looked for (in a macro, a block, an expression), which may be about `closure`
const _: () = {
    #[flux::refined_by(x: int)]
    #[flux::invariant(x > 0)]
    pub struct S {
        #[flux::field(i32[x])]
        x: i32,
    }
    impl S {
        pub fn new() -> S {
            S { x: -1 }
        }
    }
};
pub fn closure() -> i32 {
    1
}
