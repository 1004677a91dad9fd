//! Structs with refinements in the files of modules.
//~ mk: not supported: the type `sub::S`
//~ mk2: not supported: the type `data::D`
//~ mk: not supported: the type `sub::S`
//~ brk: not supported: the argument `s` of type `&mut sub::S`
pub mod data;
pub mod sub;
pub fn mk() -> i32 {
    let s = sub::S { x: -1 };
    s.x
}
pub fn mk2() -> i32 {
    let s = data::D { x: -1 };
    s.x
}
