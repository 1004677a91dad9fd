use super::*;

/// The signature of the only function, in words: what is demanded, then what is promised.
fn words(source: &str) -> (Vec<String>, Vec<String>) {
    let source = read(source).unwrap();
    let signature = source.items[0].signature.clone().unwrap();
    let show = |formulas: &[Fml]| {
        formulas.iter().map(|f| f.with_names(&|x| signature.names[&x].clone())).collect()
    };
    (show(&signature.sig.requires), show(&signature.sig.ensures))
}

fn promised(source: &str) -> Vec<String> {
    words(source).1
}

fn problem(source: &str) -> Problem {
    let source = read(source).unwrap();
    source.items[0].signature.clone().unwrap_err()
}

fn unsupported(source: &str) -> String {
    match problem(source) {
        Problem::Unsupported { construct, .. } => construct,
        other => panic!("{other:?}"),
    }
}

const PAIR: &str = "#[flux::refined_by(x: int, y: int)]
    struct P { #[flux::field(i32[x])] a: i32, #[flux::field({i32[y] | x < y})] b: i32 }
    fn other() {}\n";

/// Of the last function of the source.
fn last(source: &str) -> Result<(Vec<String>, Vec<String>), Problem> {
    let source = read(&format!("{PAIR}{source}")).unwrap();
    let signature = source.items.last().unwrap().signature.clone()?;
    let show = |formulas: &[Fml]| {
        formulas.iter().map(|f| f.with_names(&|x| signature.names[&x].clone())).collect()
    };
    Ok((show(&signature.sig.requires), show(&signature.sig.ensures)))
}

/// Killed by: what is said of a field that is lost; an index of another field.
#[test]
fn structs_and_tuples_have_indices() {
    let (requires, ensures) =
        last("#[spec(fn(p: P[@i]) -> P[i.y, i.x])] fn f(p: P) -> P { p }").unwrap();
    assert_eq!(requires, ["p.a < p.b"]);
    assert_eq!(
        ensures,
        ["the result.a < the result.b", "the result.a == p.b", "the result.b == p.a"]
    );
    let (requires, ensures) =
        last("#[spec(fn(self: &strg P[@i]) ensures self: P{v: v.x == i.x})] fn f(s: &mut P) {}")
            .unwrap();
    assert_eq!(requires, ["s.a < s.b"]);
    assert_eq!(ensures, ["s.a at the end < s.b at the end", "s.a at the end == s.a"]);
    // Without a signature as well.
    let (requires, ensures) = last("fn f(p: &mut P) -> P { P { a: 0, b: 1 } }").unwrap();
    assert_eq!(requires, ["p.a < p.b"]);
    assert_eq!(ensures, ["p.a at the end < p.b at the end", "the result.a < the result.b"]);
    let (_, ensures) = last(
        "#[spec(fn(n: i32) -> (i32[n], bool[true]))] fn f(n: i32) -> (i32, bool) { (n, true) }",
    )
    .unwrap();
    assert_eq!(ensures, ["the result.0 == n", "the result.1 != 0"]);
    let (_, ensures) =
        last("#[spec(fn(p: P[@i]) -> P[{ y: 9, ..i }])] fn f(p: P) -> P { p }").unwrap();
    assert_eq!(ensures[1..], ["(the result.a == p.a) && (the result.b == 9)"]);
}

/// Killed by: a struct of the same name, a field that is missing or twice.
#[test]
fn structs_that_do_not_fit() {
    let wrong = |index: &str| {
        let source = format!("#[spec(fn(p: P[@i]) -> P[{index}])] fn f(p: P) -> P {{ p }}");
        last(&source).unwrap_err()
    };
    for index in
        ["P { x: 1 }", "P { x: 1, x: 2, y: 3 }", "P { x: 1, y: 2, z: 3 }", "Q { x: 1, y: 2 }"]
    {
        let problem = wrong(index);
        assert!(!matches!(problem, Problem::Unsupported { .. }), "{index}: {problem:?}");
    }
    assert!(last("#[spec(fn(p: P[@i]) -> i32[i.z])] fn f(p: P) -> i32 { 0 }").is_err());
    assert!(last("struct Q<T> { a: T } fn f(q: Q<i32>) {}").is_err());
}

/// Killed by: a condition that is not read.
#[test]
fn conditions_of_attributes_are_read() {
    let of = |condition: &str| {
        let source =
            format!("#[cfg_attr({condition}, flux::sig(fn() -> i32[1]))] fn f() -> i32 {{ 1 }}");
        read(&source).unwrap().items[0].signature.clone()
    };
    assert_eq!(of("all(flux, not(not(flux)))").unwrap().ensures.len(), 1);
    assert_eq!(of("not(flux)").unwrap().ensures.len(), 0);
    assert!(of("any(test, feature = \"x\")").is_err());
}

/// Killed by: arguments in another order; a function that calls itself.
#[test]
fn functions_of_refinements_are_put_in() {
    let source = |def: &str| {
        let text = format!(
            "defs! {{ {def} }} #[spec(fn(n: i32) -> i32[d(n, 2)])] fn f(n: i32) -> i32 {{ n }}"
        );
        last(&text)
    };
    let (_, ensures) = source("fn d(a: int, b: int) -> int { a - b }").unwrap();
    assert_eq!(ensures, ["the result == n - 2"]);
    assert!(source("fn d(a: int, b: int) -> int { d(b, a) }").is_err());
    assert!(source("fn d(a: int, b: int) -> int;").is_err());
}

#[test]
fn types_of_values() {
    let one = |ty: &str| {
        promised(&format!("#[flux::sig(fn(n: i32) -> {ty})]\nfn f(n: i32) -> i32 {{ n }}"))
    };
    assert_eq!(one("i32[n + 1]"), ["the result == n + 1"]);
    assert_eq!(one("i32[3]"), ["the result == 3"]);
    assert_eq!(one("i32{v: 0 <= v && v < n * 2}"), ["0 <= the result", "the result < n * 2"]);
    assert_eq!(one("i32{v. v > 0}"), ["0 < the result"]);
    assert_eq!(one("{ i32[n] | n > 0 }"), ["the result == n", "0 < n"]);
    assert_eq!(one("{ v. i32[v] | v != n }"), ["the result != n"]);
    assert_eq!(
        one("i32[if n < 0 { 0 - n } else { n }]"),
        ["((n < 0) && (the result == 0 - n)) || ((0 <= n) && (the result == n))"]
    );
    assert_eq!(one("i32{v: n > 0 => v == i32::MAX}"), ["(n <= 0) || (the result == 2147483647)"]);
    assert_eq!(one("i32{v: v <= n / 2}"), ["2 * (the result - 0) <= n"]);
    assert_eq!(one("i32"), Vec::<String>::new());
}

#[test]
fn parameters_and_references() {
    let (requires, ensures) = words(
        "#[flux_rs::spec(fn(x: i32{x > 0}, &i32[@a], b: bool[true], { &mut i32[@c] | c <= a }) requires a != x)]
         fn f(x: i32, y: &i32, z: bool, w: &mut i32) {}",
    );
    assert_eq!(requires, ["0 < x", "z != 0", "*w <= *y", "*y != x"]);
    // A weak reference keeps its type.
    assert_eq!(ensures, ["*w at the end == *w"]);
    let weak = words("#[spec(fn(p: &mut i32{v: 0 <= v}))] fn f(p: &mut i32) {}");
    assert_eq!(weak, (vec!["0 <= *p".to_owned()], vec!["0 <= *p at the end".to_owned()]));
    for strong in ["&strg i32[@n]", "&mut i32[@n]"] {
        let text = format!("#[sig(fn(p: {strong}) ensures p: i32[n + 1])] fn f(p: &mut i32) {{}}");
        assert_eq!(promised(&text), ["*p at the end == *p + 1"]);
    }
    let text = "#[sig(fn<n: int>(i32[n + 1], bool[@b]) -> bool[!b && n > 0])] fn f(x: i32, c: bool) -> bool { c }";
    let (requires, ensures) = words(text);
    assert!(requires.len() <= 1, "{requires:?}");
    assert_eq!(ensures.len(), 2);
    assert!(ensures.iter().any(|one| one.contains("0 < x - 1")), "{ensures:?}");
}

#[test]
fn names_of_the_file() {
    let text = "
        #[flux::alias(type Nat[n: int] = {i32[n] | 0 <= n})]
        type Nat = i32;
        #[flux::alias(type Lb(n: int)[v: int] = {i32[v] | n <= v})]
        type Lb = i32;
        const TOP: i32 = 2 * 50;
        #[flux::sig(fn(x: Nat, Lb(TOP)[@m]) -> Nat[m])]
        fn f(x: Nat, y: Lb) -> Nat { y }";
    let (requires, ensures) = words(text);
    assert_eq!(requires, ["0 <= x", "2 * 50 <= y"]);
    assert_eq!(ensures, ["0 <= the result", "the result == y"]);
}

#[test]
fn a_function_without_a_signature_has_the_one_of_its_types() {
    let source = read("fn f(x: u8, y: &mut bool, z: &i64) -> usize { 0 }").unwrap();
    let item = &source.items[0];
    assert_eq!(item.attribute, None);
    let sig = &item.signature.as_ref().unwrap().sig;
    assert!(sig.requires.is_empty() && sig.ensures.is_empty());
    let int = |name| Kind::Int(IntType::named(name).unwrap());
    assert_eq!(
        sig.params,
        [Param::Val(int("u8"), 1), Param::Mut(Kind::Bool, 2, 3), Param::Shr(int("i64"), 4)]
    );
    assert_eq!(sig.result, Ret::Val(int("usize"), 5));
}

#[test]
fn attributes_of_functions_and_modules() {
    let text = r#"#![flux::opts(check_overflow = "lazy")]
        #[flux::opts(check_overflow = "strict")]
        mod inner {
            #[flux::trusted(reason = "a hint")]
            fn a() {}
            #[flux::should_fail]
            #[cfg_attr(flux, flux::sig(fn() -> i32[1]))]
            fn b() -> i32 { fn c() {} 2 }
        }
        #[flux_rs::opts(check_overflow = "none")]
        fn d() {}
        #[flux::trusted(no)]
        fn e() {}
        struct S;
        impl S { fn m() {} }
        #[flux::refined_by(n: int)]
        struct R { n: i32 }
        flux_rs::defs! { fn g(x: int) -> int { x } }
        flux_rs::defs! { fn h(x: int) -> int; }"#;
    let source = read(text).unwrap();
    let names: Vec<String> = source.items.iter().map(|item| item.path.join("::")).collect();
    assert_eq!(names, ["inner::a", "inner::b", "inner::b::c", "d", "e", "S::m"]);
    let overflow: Vec<Option<Overflow>> = source.items.iter().map(|item| item.overflow).collect();
    let (strict, lazy) = (Some(Overflow::Strict), Some(Overflow::Lazy));
    assert_eq!(overflow, [strict, strict, strict, Some(Overflow::None), lazy, lazy]);
    let trusted: Vec<bool> = source.items.iter().map(|item| item.trusted.is_some()).collect();
    assert_eq!(trusted, [true, false, false, false, false, false]);
    assert!(source.items[1].should_fail.is_some() && source.items[2].should_fail.is_none());
    let b = source.items[1].signature.as_ref().unwrap();
    assert_eq!((b.ensures[0].text.as_str(), b.ensures[0].span.start.0), ("1", 7));
    let notes: Vec<&str> = source.notes.iter().map(|note| note.construct.as_str()).collect();
    assert_eq!(notes, ["`refined_by` of a struct", "`defs!`"]);
}

#[test]
fn places_are_lines_and_columns() {
    let text = "fn g() {}\n#[flux::sig(fn(n: i32) -> i32{v: n <= v})]\nfn f(n: i32) -> i32 { n }\n";
    let source = read(text).unwrap();
    let item = &source.items[1];
    assert_eq!(item.span, Span { start: (3, 4), end: (3, 5) });
    let attribute = item.attribute.unwrap();
    assert_eq!(attribute.start, (2, 3));
    assert_eq!(attribute.text(text), "flux::sig(fn(n: i32) -> i32{v: n <= v})");
    let clause = &item.signature.as_ref().unwrap().ensures[0];
    assert_eq!((clause.text.as_str(), clause.span.text(text)), ("n <= v", "n <= v".to_owned()));
}

#[test]
fn what_is_not_supported_is_named() {
    let sig = |sig: &str, rust: &str| unsupported(&format!("#[flux::sig({sig})] {rust}"));
    assert_eq!(sig("fn(&[i32])", "fn f(x: &[i32]) {}"), "a slice");
    assert_eq!(
        sig("fn(x: i32[@n]) -> i32[n % 2]", "fn f(x: i32) -> i32 { x }"),
        "a remainder in a signature"
    );
    assert_eq!(sig("fn(x: i32[@n]) requires g(n)", "fn f(x: i32) {}"), "a call in a refinement");
    assert_eq!(sig("fn(x: i32) requires forall i { i < 0 }", "fn f(x: i32) {}"), "a quantifier");
    assert_eq!(sig("fn<T>(x: T)", "fn f<T>(x: T) {}"), "a type parameter, or one of this sort");
    assert_eq!(unsupported("fn f<T>(x: T) {}"), "a type parameter");
    assert_eq!(unsupported("fn f(x: String) {}"), "the type `String`");
    assert_eq!(unsupported("fn f(x: &&i32) {}"), "a reference to a reference");
    assert_eq!(unsupported("fn f(x: &i32) -> &i32 { x }"), "a reference as a result");
    assert_eq!(unsupported("enum S { A } impl S { fn f(&self) {} }"), "the type `S`");
    assert_eq!(unsupported("#[flux::no_such_thing] fn f() {}"), "`no_such_thing` of a function");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let sig = |sig: &str| problem(&format!("#[flux::sig({sig})]\nfn f(x: i32, y: &mut i32) {{}}"));
    assert!(matches!(sig("fn(i32, &mut i32) ->"), Problem::Syntax { .. }));
    assert!(matches!(sig("fn(i32)"), Problem::Mismatch { .. }));
    assert!(matches!(sig("fn(u32, &mut i32)"), Problem::Mismatch { .. }));
    assert!(matches!(sig("fn(i32, &i32)"), Problem::Mismatch { .. }));
    assert!(matches!(sig("fn(i32, p: &strg i32)"), Problem::Mismatch { .. }));
    assert!(matches!(sig("fn(i32, &mut i32) -> i32"), Problem::Mismatch { .. }));
    assert!(
        matches!(sig("fn(i32{v: w > v}, &mut i32)"), Problem::Unknown { name, .. } if name == "w")
    );
    assert!(matches!(sig("fn(i32{v: v + (v > 0)}, &mut i32)"), Problem::Sort { .. }));
    let place = sig("fn(i32{v: w > v}, &mut i32)").span();
    assert_eq!(place.start, (1, 23));
}

/// Whatever the text is, there is an answer.
#[test]
fn no_text_is_too_much() {
    for part in ["(", "{", "[", "!", "-", "if ", "i32{v: ", "& ", "a + ", "a => "] {
        for count in [1, 70, 3000] {
            let text =
                format!("#[flux::sig(fn(i32{{v: {} }}))] fn f(x: i32) {{}}", part.repeat(count));
            if let Ok(source) = read(&text) {
                assert!(source.items[0].signature.is_err(), "{part}");
            }
        }
    }
    let long =
        format!("#[flux::sig(fn(i32{{v: v > {} }}))] fn f(x: i32) {{}}", "1 + ".repeat(2000) + "1");
    let _ = read(&long);
    for text in ["", "#!/bin/sh\nfn f() {}", "\u{feff}fn f() {}", "fn", "\"", "é fn f() {}"] {
        let _ = read(text);
    }
}

/// Killed by: a constant looked up by the last name of a path; constants of the modules
/// around; the last of two under `cfg`; a constant parameter taken for a constant.
#[test]
fn constants_are_those_that_are_meant() {
    let sig = |name: &str| format!("#[flux::sig(fn() -> i32[{name}])]\nfn f() -> i32 {{ 7 }}");
    let f = sig("N");
    assert_eq!(promised(&format!("const N: i32 = 7; {f}")), ["the result == 7"]);
    let inner = format!("const N: i32 = 7; mod m {{ use super::*; {f} }}");
    assert_eq!(promised(&inner), ["the result == 7"]);
    for other in [
        format!("const N: i32 = 7; mod m {{ pub const N: i32 = 3; }} {}", sig("m::N")),
        format!("const N: i32 = 7; mod m {{ use a::{{b, c as N}}; {f} }}"),
        format!("const N: i32 = 7; mod m {{ use super::*; use a::N; {f} }}"),
        format!("const N: i32 = 7; mod m {{ {f} }}"),
        format!("#[cfg(a)] const N: i32 = 1; #[cfg(not(a))] const N: i32 = 7; {f}"),
    ] {
        let source = read(&other).unwrap();
        let item = source.items.iter().find(|item| item.path.last().is_some_and(|f| f == "f"));
        assert!(matches!(item.unwrap().signature, Err(Problem::Unknown { .. })), "{other}");
    }
    for other in
        [f.replace("f()", "f<const N: i32>()"), format!("impl<const N: i32> A<N> {{ {f} }}")]
    {
        let what = unsupported(&format!("const N: i32 = 7; {other}"));
        assert_eq!(what, "a constant as a parameter");
    }
}
