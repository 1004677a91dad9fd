//! Which functions of the library have a meaning in `theories/mir/lib.v`, and which of
//! the type arguments of a call their entries want.
//!
//! A path is written without arguments, and an `impl` for a type without path by that
//! type's form. A test compares the entries' names with those in Coq.

use crate::ast::{Name, Path, Ty};
use crate::model::LibEnum;

/// A function: its path, its entry's name, and which of the type arguments in the path,
/// counted from the left, go to the entry.
type Row = (&'static str, &'static str, &'static [usize]);

const FUNCTIONS: &[Row] = &[
    ("Cell::get", "Cell::get", &[0]),
    ("Cell::set", "Cell::set", &[0]),
    ("Cell::new", "Cell::new", &[0]),
    ("core::num::<impl usize>::wrapping_add", "usize::wrapping_add", &[]),
    ("core::num::<impl usize>::wrapping_sub", "usize::wrapping_sub", &[]),
    ("core::num::<impl u64>::wrapping_add", "u64::wrapping_add", &[]),
    ("core::num::<impl u64>::wrapping_sub", "u64::wrapping_sub", &[]),
    ("AtomicU64::load", "AtomicU64::load", &[]),
    ("AtomicU64::store", "AtomicU64::store", &[]),
    ("AtomicU64::fetch_add", "AtomicU64::fetch_add", &[]),
    ("AtomicU64::fetch_sub", "AtomicU64::fetch_sub", &[]),
    ("AtomicU64::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicU64::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicU8::load", "AtomicU64::load", &[]),
    ("AtomicU8::store", "AtomicU64::store", &[]),
    ("AtomicU8::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicU8::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicU8::fetch_add", "AtomicU8::fetch_add", &[]),
    ("AtomicU8::fetch_sub", "AtomicU8::fetch_sub", &[]),
    ("AtomicU16::load", "AtomicU64::load", &[]),
    ("AtomicU16::store", "AtomicU64::store", &[]),
    ("AtomicU16::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicU16::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicU16::fetch_add", "AtomicU16::fetch_add", &[]),
    ("AtomicU16::fetch_sub", "AtomicU16::fetch_sub", &[]),
    ("AtomicU32::load", "AtomicU64::load", &[]),
    ("AtomicU32::store", "AtomicU64::store", &[]),
    ("AtomicU32::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicU32::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicU32::fetch_add", "AtomicU32::fetch_add", &[]),
    ("AtomicU32::fetch_sub", "AtomicU32::fetch_sub", &[]),
    ("AtomicUsize::load", "AtomicU64::load", &[]),
    ("AtomicUsize::store", "AtomicU64::store", &[]),
    ("AtomicUsize::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicUsize::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicUsize::fetch_add", "AtomicUsize::fetch_add", &[]),
    ("AtomicUsize::fetch_sub", "AtomicUsize::fetch_sub", &[]),
    ("AtomicI8::load", "AtomicU64::load", &[]),
    ("AtomicI8::store", "AtomicU64::store", &[]),
    ("AtomicI8::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicI8::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicI8::fetch_add", "AtomicI8::fetch_add", &[]),
    ("AtomicI8::fetch_sub", "AtomicI8::fetch_sub", &[]),
    ("AtomicI16::load", "AtomicU64::load", &[]),
    ("AtomicI16::store", "AtomicU64::store", &[]),
    ("AtomicI16::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicI16::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicI16::fetch_add", "AtomicI16::fetch_add", &[]),
    ("AtomicI16::fetch_sub", "AtomicI16::fetch_sub", &[]),
    ("AtomicI32::load", "AtomicU64::load", &[]),
    ("AtomicI32::store", "AtomicU64::store", &[]),
    ("AtomicI32::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicI32::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicI32::fetch_add", "AtomicI32::fetch_add", &[]),
    ("AtomicI32::fetch_sub", "AtomicI32::fetch_sub", &[]),
    ("AtomicI64::load", "AtomicU64::load", &[]),
    ("AtomicI64::store", "AtomicU64::store", &[]),
    ("AtomicI64::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicI64::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicI64::fetch_add", "AtomicI64::fetch_add", &[]),
    ("AtomicI64::fetch_sub", "AtomicI64::fetch_sub", &[]),
    ("AtomicIsize::load", "AtomicU64::load", &[]),
    ("AtomicIsize::store", "AtomicU64::store", &[]),
    ("AtomicIsize::compare_exchange", "AtomicU64::compare_exchange", &[]),
    ("AtomicIsize::compare_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("AtomicIsize::fetch_add", "AtomicIsize::fetch_add", &[]),
    ("AtomicIsize::fetch_sub", "AtomicIsize::fetch_sub", &[]),
    ("sc_load", "AtomicU64::load", &[]),
    ("sc_store", "AtomicU64::store", &[]),
    ("sc_exchange", "AtomicU64::compare_exchange", &[]),
    ("sc_exchange_weak", "AtomicU64::compare_exchange_weak", &[]),
    ("sc_fork", "thread::fork", &[0]),
    ("sc_add_u8", "AtomicU8::fetch_add", &[]),
    ("sc_sub_u8", "AtomicU8::fetch_sub", &[]),
    ("sc_add_u16", "AtomicU16::fetch_add", &[]),
    ("sc_sub_u16", "AtomicU16::fetch_sub", &[]),
    ("sc_add_u32", "AtomicU32::fetch_add", &[]),
    ("sc_sub_u32", "AtomicU32::fetch_sub", &[]),
    ("sc_add_u64", "AtomicU64::fetch_add", &[]),
    ("sc_sub_u64", "AtomicU64::fetch_sub", &[]),
    ("sc_add_usize", "AtomicUsize::fetch_add", &[]),
    ("sc_sub_usize", "AtomicUsize::fetch_sub", &[]),
    ("sc_add_i8", "AtomicI8::fetch_add", &[]),
    ("sc_sub_i8", "AtomicI8::fetch_sub", &[]),
    ("sc_add_i16", "AtomicI16::fetch_add", &[]),
    ("sc_sub_i16", "AtomicI16::fetch_sub", &[]),
    ("sc_add_i32", "AtomicI32::fetch_add", &[]),
    ("sc_sub_i32", "AtomicI32::fetch_sub", &[]),
    ("sc_add_i64", "AtomicI64::fetch_add", &[]),
    ("sc_sub_i64", "AtomicI64::fetch_sub", &[]),
    ("sc_add_isize", "AtomicIsize::fetch_add", &[]),
    ("sc_sub_isize", "AtomicIsize::fetch_sub", &[]),
    ("core::sync::atomic::fence", "atomic::fence", &[]),
    ("Result::is_ok", "Result::is_ok", &[]),
    ("NonNull::as_ptr", "NonNull::as_ptr", &[]),
    ("NonNull::cast", "NonNull::cast", &[]),
    ("NonNull::new_unchecked", "NonNull::new_unchecked", &[]),
    ("NonNull::new", "NonNull::new", &[]),
    ("NonNull::write", "NonNull::write", &[0]),
    ("NonNull::addr", "NonNull::addr", &[]),
    ("NonZero::get", "NonZero::get", &[0]),
    ("<NonNull as From>::from", "NonNull::from", &[]),
    ("<NonNull as PartialEq>::eq", "NonNull::eq", &[]),
    ("core::ptr::mut_ptr::<impl *>::cast", "ptr::cast", &[]),
    ("core::ptr::const_ptr::<impl *>::cast", "ptr::cast", &[]),
    ("core::ptr::const_ptr::<impl *>::cast_mut", "ptr::cast_mut", &[]),
    ("core::ptr::mut_ptr::<impl *>::wrapping_byte_add", "ptr::wrapping_byte_add", &[]),
    ("core::ptr::const_ptr::<impl *>::wrapping_byte_sub", "ptr::wrapping_byte_sub", &[]),
    ("without_provenance_mut", "ptr::without_provenance_mut", &[]),
    ("core::ptr::mut_ptr::<impl *>::offset", "ptr::offset", &[0]),
    ("core::ptr::const_ptr::<impl *>::offset", "ptr::offset", &[0]),
    ("core::ptr::mut_ptr::<impl *>::add", "ptr::offset", &[0]),
    ("core::ptr::const_ptr::<impl *>::add", "ptr::offset", &[0]),
    ("core::ptr::const_ptr::<impl *>::offset_from", "ptr::offset_from", &[0]),
    ("core::ptr::mut_ptr::<impl *>::offset_from", "ptr::offset_from", &[0]),
    ("core::mem::size_of", "mem::size_of", &[0]),
    ("core::ptr::read", "ptr::read", &[0]),
    ("core::ptr::mut_ptr::<impl *>::read", "ptr::read", &[0]),
    ("core::ptr::const_ptr::<impl *>::read", "ptr::read", &[0]),
    ("core::ptr::write", "ptr::write", &[0]),
    // As the compiler writes them where no other function is called so.
    ("read", "ptr::read", &[0]),
    ("write", "ptr::write", &[0]),
    ("alloc::alloc::alloc", "alloc::alloc", &[]),
    ("std::alloc::alloc", "alloc::alloc", &[]),
    ("std::alloc::dealloc", "alloc::dealloc", &[]),
    ("core::ptr::mut_ptr::<impl *>::read", "ptr::read", &[0]),
    ("core::ptr::mut_ptr::<impl *>::write", "ptr::write", &[0]),
    ("core::ptr::copy_nonoverlapping", "ptr::copy_nonoverlapping", &[0]),
    ("drop_in_place", "ptr::drop_in_place", &[0]),
    ("Box::new", "Box::new", &[0]),
    ("Box::new_uninit", "Box::new_uninit", &[0]),
    ("Box::leak", "Box::leak", &[]),
    ("Box::into_raw", "Box::into_raw", &[]),
    ("Box::from_raw", "Box::from_raw", &[]),
    ("Layout::new", "Layout::new", &[0]),
    ("alloc::alloc::dealloc", "alloc::dealloc", &[]),
    ("ManuallyDrop::new", "ManuallyDrop::new", &[0]),
    ("<ManuallyDrop as Deref>::deref", "ManuallyDrop::deref", &[]),
    ("<ManuallyDrop as DerefMut>::deref_mut", "ManuallyDrop::deref_mut", &[]),
    ("ManuallyDrop::into_inner", "ManuallyDrop::into_inner", &[0]),
    ("ManuallyDrop::take", "ManuallyDrop::take", &[0]),
    ("ManuallyDrop::drop", "ManuallyDrop::drop", &[0]),
    ("MaybeUninit::new", "MaybeUninit::new", &[0]),
    ("MaybeUninit::as_ptr", "MaybeUninit::as_ptr", &[]),
    ("MaybeUninit::as_mut_ptr", "MaybeUninit::as_mut_ptr", &[]),
    ("MaybeUninit::assume_init", "MaybeUninit::assume_init", &[0]),
    ("MaybeUninit::uninit", "MaybeUninit::uninit", &[0]),
    ("core::mem::replace", "mem::replace", &[0]),
    ("core::mem::forget", "mem::forget", &[0]),
    ("core::mem::drop", "mem::drop", &[0]),
    ("<Option as Try>::branch", "Option::branch", &[0]),
    ("<Option as FromResidual>::from_residual", "Option::from_residual", &[0]),
    ("Option::map_or", "Option::map_or", &[0, 1, 2]),
    ("<_ as FnOnce>::call_once", "FnOnce::call_once", &[0]),
    ("Pin::new_unchecked", "Pin::new_unchecked", &[0]),
    ("std::process::abort", "process::abort", &[]),
    ("Arguments::from_str", "Arguments::from_str", &[]),
    ("Arguments::from_str_nonconst", "Arguments::from_str", &[]),
    ("panic_fmt", "panicking::panic_fmt", &[]),
];

/// How the names begin of what the model of the library is made from.
pub(crate) const PRIMITIVE: &str = "sc_";

/// The addresses of statics, by their numbers.
const STATICS: [&str; 64] = [
    "static::0",
    "static::1",
    "static::2",
    "static::3",
    "static::4",
    "static::5",
    "static::6",
    "static::7",
    "static::8",
    "static::9",
    "static::10",
    "static::11",
    "static::12",
    "static::13",
    "static::14",
    "static::15",
    "static::16",
    "static::17",
    "static::18",
    "static::19",
    "static::20",
    "static::21",
    "static::22",
    "static::23",
    "static::24",
    "static::25",
    "static::26",
    "static::27",
    "static::28",
    "static::29",
    "static::30",
    "static::31",
    "static::32",
    "static::33",
    "static::34",
    "static::35",
    "static::36",
    "static::37",
    "static::38",
    "static::39",
    "static::40",
    "static::41",
    "static::42",
    "static::43",
    "static::44",
    "static::45",
    "static::46",
    "static::47",
    "static::48",
    "static::49",
    "static::50",
    "static::51",
    "static::52",
    "static::53",
    "static::54",
    "static::55",
    "static::56",
    "static::57",
    "static::58",
    "static::59",
    "static::60",
    "static::61",
    "static::62",
    "static::63",
];

/// The entry for the address of the static with this number.
pub(crate) fn static_entry(number: usize) -> Option<&'static str> {
    STATICS.get(number).copied()
}

/// Likewise, of more than a program may have: of programs that share their functions.
pub(crate) fn shared_static(number: usize) -> &'static str {
    static MORE: std::sync::Mutex<Vec<&'static str>> = std::sync::Mutex::new(Vec::new());
    if let Some(name) = static_entry(number) {
        return name;
    }
    let mut more = MORE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    while more.len() <= number - STATICS.len() {
        let name = format!("static::{}", STATICS.len() + more.len());
        more.push(name.leak());
    }
    more[number - STATICS.len()]
}

/// The names of all entries but those of statics.
pub fn entries() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|row| row.1)
}

/// Which of an entry's type arguments must not have drop glue: the function may drop a
/// value of the type, and the entry does not.
pub(crate) fn never_drops(entry: &str) -> &'static [usize] {
    match entry {
        "Cell::set" => &[0],
        "Option::map_or" => &[1, 2],
        _ => &[],
    }
}

/// The enums whose variants translated code names.
static ENUMS: [LibEnum; 4] = [
    LibEnum { name: "core::option::Option", variants: &[("None", &[]), ("Some", &[0])] },
    LibEnum { name: "core::result::Result", variants: &[("Ok", &[0]), ("Err", &[1])] },
    LibEnum { name: "core::ops::ControlFlow", variants: &[("Continue", &[1]), ("Break", &[0])] },
    LibEnum {
        name: "core::sync::atomic::Ordering",
        variants: &[
            ("Relaxed", &[]),
            ("Release", &[]),
            ("Acquire", &[]),
            ("AcqRel", &[]),
            ("SeqCst", &[]),
        ],
    },
];

/// The enum with this path, which may be shortened to its last part.
pub(crate) fn library_enum(path: &[&str]) -> Option<&'static LibEnum> {
    // There are two types of the name `Ordering`; the other is `core::cmp`'s.
    if path.last() == Some(&"Ordering") && !path.contains(&"atomic") {
        return None;
    }
    ENUMS.iter().find(|known| same(path, known.name))
}

/// Whether a path, or its last part, is the known one. Where an item is defined and
/// where it is re-exported differ between the crate's name and the last part.
pub(crate) fn same(path: &[&str], known: &str) -> bool {
    let known: Vec<&str> = known.split("::").collect();
    match path {
        [last] => known.last() == Some(last),
        [first, .., last] => {
            known.last() == Some(last) && matches!(*first, "core" | "alloc" | "std")
        }
        [] => false,
    }
}

/// The entry for a path, and the type arguments for it.
pub(crate) fn function(path: &Path) -> Option<(&'static str, Vec<Ty>)> {
    let mut args = Vec::new();
    let mut key = String::new();
    if let Some(qself) = &path.qself {
        let of_trait = qself.as_trait.as_ref()?;
        let name = match &qself.ty {
            Ty::Path(ty) if ty.segments.iter().any(|segment| !segment.args.is_empty()) => {
                args.extend(
                    ty.segments.iter().flat_map(|segment| segment.args.iter().flatten()).cloned(),
                );
                ty.idents().last().copied()?
            }
            ty => {
                args.push(ty.clone());
                "_"
            }
        };
        key = format!("<{name} as {}>::", of_trait.idents().last()?);
    }
    for (at, segment) in path.segments.iter().enumerate() {
        if at > 0 {
            key.push_str("::");
        }
        match &segment.name {
            Name::Ident(name) => key.push_str(name),
            Name::ImplOf(ty) => match &**ty {
                Ty::Ptr(to) => {
                    key.push_str("<impl *>");
                    args.push((**to).clone());
                }
                ty => key.push_str(&format!("<impl {ty}>")),
            },
            _ => return None,
        }
        args.extend(segment.args.iter().flatten().cloned());
    }
    // Where an item is re-exported matters not.
    let rest = ["std::", "core::", "alloc::"].iter().find_map(|of| key.strip_prefix(of));
    let same = |known: &str| {
        // Where another type has the name, the whole path of the library's is written.
        let of_type = |rest: &str| {
            known.starts_with(char::is_uppercase)
                && rest.strip_suffix(known).is_some_and(|modules| modules.ends_with("::"))
        };
        known == key
            || rest.is_some_and(of_type)
            || rest.is_some_and(|rest| {
                ["std::", "core::", "alloc::"]
                    .iter()
                    .any(|of| known.strip_prefix(of).is_some_and(|known| known == rest))
            })
    };
    // A name that stands alone is that of the one function of the library that has it.
    let alone = path.qself.is_none() && path.segments.len() == 1;
    let named = |known: &str| {
        let mut names = known.split("::");
        let of_module = |name: &str| name.starts_with(|first: char| first.is_lowercase());
        alone && known.rsplit("::").next() == Some(&key) && names.all(of_module)
    };
    let row = FUNCTIONS.iter().find(|row| same(row.0)).or_else(|| {
        let mut found = FUNCTIONS.iter().filter(|row| named(row.0));
        let first = found.next()?;
        found.all(|row| row.1 == first.1).then_some(first)
    })?;
    let args = row.2.iter().map(|&number| args.get(number).cloned()).collect::<Option<_>>()?;
    Some((row.1, args))
}
