//! Methods of one name of two structs in a body.
//~ f: not supported: a call of `f::Loc::one`
//~ f::Loc::one: proved
//~ f::<impl at method_in_block.rs:20:9>::one: not supported: `f::<impl at method_in_block.rs:20:9>::one`, for which no `fn` is in the source (a macro, a `derive`, or a trait's own method)
pub fn f() -> i32 {
    struct Loc {
        x: i32,
    }
    impl Loc {
        #[flux::sig(fn() -> i32[1])]
        fn one() -> i32 {
            1
        }
    }
    let a = Loc::one();
    {
        struct Loc {
            x: i32,
        }
        impl Loc {
            fn one() -> i32 {
                2
            }
        }
        let l = Loc { x: 1 };
        let b = Loc::one();
    }
    1
}
