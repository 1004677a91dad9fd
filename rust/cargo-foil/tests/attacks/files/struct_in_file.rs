//! A struct with refinements in the file of a module.
//~ mk: not supported: the type `sub::S`
//~ brk: not supported: the type `sub::S`
#[path = "struct_in_file.inc"] mod sub;
pub fn mk() -> i32 { let s = sub::S { x: -1 }; s.x }
pub fn brk(s: &mut sub::S) { s.x = -1; }
