//! Finds the functions of a file and what Flux's attributes say of them.

use super::grammar::{self, Alias, Defs, Expr, FnSig, RefinedBy, Ty};
use super::translate::{Field, Known, Scope, StructDef, Translator};
use super::{Impl, Item, Module, NAMED, Note, Overflow, Problem, Source, Span, Struct};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Meta};

/// Groups nest no deeper than this, in a file.
const DEPTH: usize = 200;
/// An attribute has no more words than this.
const LENGTH: usize = 600;

/// Rust's own attributes, which say nothing of refinements. Any other one that is not
/// known may be Flux's by another name, and is not passed over.
const ORDINARY: [&str; 58] = [
    "allow",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cold",
    "coverage",
    "crate_name",
    "crate_type",
    "debugger_visualizer",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "instruction_set",
    "link",
    "link_name",
    "link_ordinal",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_builtins",
    "no_implicit_prelude",
    "no_link",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "optimize",
    "panic_handler",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "register_tool",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "type_length_limit",
    "unsafe",
    "used",
    "warn",
    "windows_subsystem",
    "non_camel_case_types",
    "allow_internal_unstable",
    "fundamental",
];
/// Tools whose attributes say nothing of refinements.
const TOOLS: [&str; 6] = ["rustfmt", "clippy", "diagnostic", "rust_analyzer", "miri", "rustdoc"];
/// Flux's attributes of functions, which say nothing of anything else.
const OF_FUNCTIONS: [&str; 7] =
    ["sig", "spec", "trusted", "trusted_impl", "should_fail", "ignore", "no_panic"];
/// What the compiler's own types and crates are called, and the crate of `assert`.
const OWN: [&str; 18] = [
    "std", "core", "alloc", "flux_rs", "bool", "i8", "i16", "i32", "i64", "i128", "isize", "u8",
    "u16", "u32", "u64", "u128", "usize", "char",
];
/// Macros that declare nothing.
const PLAIN_MACROS: [&str; 22] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "panic",
    "print",
    "println",
    "eprint",
    "eprintln",
    "todo",
    "unimplemented",
    "unreachable",
    "write",
    "writeln",
    "invariant",
    "qualifier",
    "defs",
    "detached_spec",
    "macro_rules",
    "matches",
];

/// Crates and modules of Flux, whose attributes may stand behind them.
fn is_of_flux(part: &str) -> bool {
    matches!(part, "flux" | "flux_rs" | "flux_attrs" | "flux_core" | "flux_tool" | "attrs")
}

/// What an attribute says.
struct Said {
    span: Span,
    name: String,
    tokens: TokenStream,
}

/// What is said of a function, or of all in a module.
#[derive(Clone, Copy, Default)]
struct Flags {
    trusted: Option<Span>,
    ignored: Option<Span>,
    should_fail: Option<Span>,
    overflow: Option<Overflow>,
}

/// Whether a condition holds where Flux reads the file; `None` where that is not known.
fn applies(condition: &Meta) -> Option<bool> {
    let parts = || {
        let Meta::List(list) = condition else { return Vec::new() };
        let metas = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated
            .parse2(list.tokens.clone());
        metas.map(|metas| metas.into_iter().map(|one| applies(&one)).collect()).unwrap_or_default()
    };
    let path = condition.path();
    match condition {
        Meta::Path(_) if path.is_ident("flux") => Some(true),
        Meta::List(_) if path.is_ident("not") => match parts()[..] {
            [one] => one.map(|one| !one),
            _ => None,
        },
        Meta::List(_) if path.is_ident("all") => {
            let parts = parts();
            if parts.contains(&Some(false)) {
                return Some(false);
            }
            parts.into_iter().all(|one| one == Some(true)).then_some(true)
        }
        Meta::List(_) if path.is_ident("any") => {
            let parts = parts();
            if parts.contains(&Some(true)) {
                return Some(true);
            }
            parts.into_iter().all(|one| one == Some(false)).then_some(false)
        }
        _ => None,
    }
}

fn said(meta: &Meta, out: &mut Vec<Said>) {
    let path = meta.path();
    if path.is_ident("cfg_attr") {
        let Meta::List(list) = meta else { return };
        let metas = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated
            .parse2(list.tokens.clone());
        let mut metas = metas.into_iter().flatten();
        let applies = metas.next().and_then(|condition| applies(&condition));
        let before = out.len();
        for meta in metas {
            said(&meta, out);
        }
        match applies {
            Some(true) => {}
            Some(false) => out.truncate(before),
            // It is not known whether it is there.
            None => out[before..].iter_mut().for_each(|one| one.name = "cfg_attr".to_owned()),
        }
        return;
    }
    let names: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = match names[..] {
        [name] if ORDINARY.contains(&name) => return,
        [tool, ..] if TOOLS.contains(&tool) => return,
        [name] => name.to_owned(),
        [ref before @ .., name] if before.iter().any(|part| is_of_flux(part)) => name.to_owned(),
        _ => names.join("::"),
    };
    let tokens = match meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => {
            let value = &pair.value;
            quote::quote!(#value)
        }
    };
    let start = path.segments.first().map_or_else(|| path.span(), |segment| segment.ident.span());
    let end = match meta {
        Meta::List(list) => list.delimiter.span().close(),
        Meta::NameValue(pair) => pair.value.span(),
        Meta::Path(_) => path.segments.last().map_or(start, |segment| segment.ident.span()),
    };
    let span = Span::of(start).to(Span::of(end));
    out.push(Said { span, name, tokens });
}

fn all_said(attributes: &[Attribute]) -> Vec<Said> {
    let mut out = Vec::new();
    attributes.iter().for_each(|attribute| said(&attribute.meta, &mut out));
    out
}

/// Where an attribute begins.
fn begin(attribute: &Attribute) -> (usize, usize) {
    Span::of(attribute.pound_token.span).start
}

/// Whether something is there only under a condition, which is not looked at.
fn has_cfg(attributes: &[Attribute]) -> bool {
    fn mentions(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(ident) => ident == "cfg",
            TokenTree::Group(group) => mentions(group.stream()),
            _ => false,
        })
    }
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("cfg")
            || path.is_ident("cfg_attr")
                && matches!(&attribute.meta, Meta::List(list) if mentions(list.tokens.clone()))
    })
}

/// What words say wherever they stand, in macros and in blocks too.
#[derive(Default)]
struct Words {
    /// Attributes that may be Flux's, and where they begin.
    attributes: Vec<((usize, usize), Span, String)>,
    /// Declarations with the names of Rust's own.
    own: Vec<(Span, String)>,
    /// How often structs, enums and unions of a name are declared.
    types: BTreeMap<String, usize>,
    functions: BTreeSet<String>,
    modules: BTreeSet<String>,
    /// What only some builds have, but for what functions say themselves.
    builds: Vec<(Span, String)>,
}

impl Words {
    fn read(&mut self, tokens: TokenStream) {
        self.read_within(tokens, false);
    }

    /// The same, in the rules of a macro or not.
    fn read_within(&mut self, tokens: TokenStream, rules: bool) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let word = |at: usize| match trees.get(at) {
            Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
            _ => None,
        };
        let is = |at: usize, c: char| match trees.get(at) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == c,
            _ => false,
        };
        for (at, tree) in trees.iter().enumerate() {
            if is(at, '#') {
                let inner = at + 1 + usize::from(is(at + 1, '!'));
                if let Some(TokenTree::Group(group)) = trees.get(inner) {
                    if group.delimiter() == proc_macro2::Delimiter::Bracket {
                        self.attribute(Span::of(tree.span()), group.stream());
                    }
                }
            }
            if let (Some(word), Some(name)) = (word(at), word(at + 1)) {
                let declares =
                    matches!(&*word, "mod" | "struct" | "enum" | "union" | "type" | "trait");
                if declares && OWN.contains(&name.as_str()) {
                    self.own.push((Span::of(tree.span()), name.clone()));
                }
                match word.as_str() {
                    "struct" | "enum" | "union" => *self.types.entry(name).or_default() += 1,
                    "fn" => drop(self.functions.insert(name)),
                    "mod" => drop(self.modules.insert(name)),
                    _ => {}
                }
            }
            if word(at).is_some_and(|word| word == "use" || word == "extern") {
                let rest = trees[at..].iter().take_while(|tree| tree.to_string() != ";");
                self.renamed(&rest.cloned().collect::<Vec<_>>(), Span::of(tree.span()));
            }
            if let Some(name) = word(at) {
                if name == "debug_assertions" || rules && name.starts_with("debug_assert") {
                    self.builds.push((Span::of(tree.span()), name));
                }
            }
            if let TokenTree::Group(group) = tree {
                let before = at.checked_sub(3).and_then(word);
                let rules = rules || before.is_some_and(|word| word == "macro_rules");
                self.read_within(group.stream(), rules);
            }
        }
    }

    /// `… as i32` in what is imported.
    fn renamed(&mut self, trees: &[TokenTree], span: Span) {
        for (at, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(word) if word == "as" => {
                    let name = trees.get(at + 1).map(ToString::to_string).unwrap_or_default();
                    if OWN.contains(&name.as_str()) {
                        self.own.push((span, name));
                    }
                }
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.renamed(&inner, span);
                }
                _ => {}
            }
        }
    }

    fn attribute(&mut self, span: Span, tokens: TokenStream) {
        let name = match syn::parse2::<Meta>(tokens.clone()) {
            Ok(meta) => {
                let mut found = Vec::new();
                said(&meta, &mut found);
                let Some(first) = found.into_iter().next() else { return };
                first.name
            }
            Err(_) => {
                // `#[unsafe(no_mangle)]`, and a pattern of a macro.
                match tokens.into_iter().next() {
                    Some(TokenTree::Ident(word)) if ORDINARY.contains(&&*word.to_string()) => {
                        return;
                    }
                    Some(first) => first.to_string(),
                    None => return,
                }
            }
        };
        self.attributes.push((span.start, span, name));
    }
}

/// The answer to `check_overflow`.
fn overflow(tokens: &TokenStream) -> Result<Option<Overflow>, String> {
    let pairs = syn::punctuated::Punctuated::<syn::MetaNameValue, syn::Token![,]>::parse_terminated
        .parse2(tokens.clone())
        .map_err(|error| error.to_string())?;
    let mut found = None;
    for pair in &pairs {
        let name = pair.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let syn::Expr::Lit(literal) = &pair.value else { continue };
        match (name.as_str(), &literal.lit) {
            ("check_overflow", syn::Lit::Bool(yes)) => {
                found = Some(if yes.value { Overflow::Strict } else { Overflow::None });
            }
            ("check_overflow", syn::Lit::Str(mode)) => {
                found = Some(match mode.value().as_str() {
                    "none" => Overflow::None,
                    "lazy" => Overflow::Lazy,
                    "strict-under" => Overflow::StrictUnder,
                    "strict" => Overflow::Strict,
                    other => return Err(format!("check_overflow = \"{other}\"")),
                });
            }
            // How Flux looks for invariants is nothing to us.
            ("scrape_quals" | "solver" | "smt_define_fun" | "ignore" | "include", _) => {}
            (other, _) => return Err(format!("the option `{other}`")),
        }
    }
    Ok(found)
}

struct Reader<'a> {
    source: &'a str,
    out: Source,
    /// The scopes: that of what is imported from other files, that of the file, and those
    /// further in.
    scopes: Vec<Scope>,
    /// Where the attributes begin that were looked at.
    seen: BTreeSet<(usize, usize)>,
    /// How often structs, enums and unions of a name were looked at.
    types: BTreeMap<String, usize>,
    /// Whether the `impl` around has constants as parameters.
    constant_parameter: bool,
    /// Where modules with a path are.
    folder: Option<&'a Path>,
    /// The aliases of modules in other files.
    modules: BTreeMap<String, Vec<Known<Alias>>>,
}

/// The names that are imported: each with its path, or without where it has another name.
fn imported(tree: &syn::UseTree, before: &[String], out: &mut Vec<(String, Option<Vec<String>>)>) {
    match tree {
        syn::UseTree::Path(path) => {
            let mut before = before.to_vec();
            before.push(path.ident.to_string());
            imported(&path.tree, &before, out);
        }
        syn::UseTree::Name(name) => {
            let mut path = before.to_vec();
            path.push(name.ident.to_string());
            let own = match name.ident == "self" {
                true => before.last().cloned().unwrap_or_default(),
                false => name.ident.to_string(),
            };
            out.push((own, Some(path)));
        }
        syn::UseTree::Rename(name) => out.push((name.rename.to_string(), None)),
        syn::UseTree::Glob(_) => {}
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|item| imported(item, before, out));
        }
    }
}

/// The modules of which all is imported.
fn globs(tree: &syn::UseTree, before: &[String], out: &mut Vec<Vec<String>>) {
    match tree {
        syn::UseTree::Path(path) => {
            let mut before = before.to_vec();
            before.push(path.ident.to_string());
            globs(&path.tree, &before, out);
        }
        syn::UseTree::Glob(_) => out.push(before.to_vec()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| globs(item, before, out)),
        syn::UseTree::Name(_) | syn::UseTree::Rename(_) => {}
    }
}

/// Whether a macro declares nothing.
fn is_plain(mac: &syn::Macro) -> bool {
    let last = mac.path.segments.last();
    last.is_some_and(|last| PLAIN_MACROS.contains(&&*last.ident.to_string()))
}

/// Whether the items of a module may bring names that are not seen, by a macro or from
/// another module than the one around.
fn may_bring_names(items: &[syn::Item]) -> bool {
    let all_of = |item: &syn::ItemUse| {
        let mut found = Vec::new();
        globs(&item.tree, &[], &mut found);
        found.iter().any(|path| {
            let first = path.first().map(String::as_str);
            path != &["super"] && !matches!(first, Some("std" | "core" | "alloc" | "flux_rs"))
        })
    };
    items.iter().any(|item| match item {
        syn::Item::Macro(item) => !is_plain(&item.mac),
        syn::Item::Use(item) => all_of(item),
        _ => false,
    })
}

/// Whether it is `use super::*`, always.
fn imports_all_of_super(item: &syn::Item) -> bool {
    let syn::Item::Use(item) = item else { return false };
    let mut found = Vec::new();
    globs(&item.tree, &[], &mut found);
    item.leading_colon.is_none()
        && !has_cfg(&item.attrs)
        && found.iter().any(|path| path == &["super"])
}

/// A number that the text of a constant is.
fn constant(expr: &syn::Expr) -> Option<Expr> {
    grammar_of(quote::quote!(#expr)).ok()
}

fn grammar_of<T: syn::parse::Parse>(tokens: TokenStream) -> syn::Result<T> {
    let place = tokens.clone().into_iter().next().map(|tree| tree.span());
    let wrong = |message| {
        let place = place.unwrap_or_else(proc_macro2::Span::call_site);
        Err(syn::Error::new(place, message))
    };
    match grammar::measure(tokens.clone()) {
        (depth, _) if depth > DEPTH => wrong("nested too deeply"),
        (_, length) if length > LENGTH => wrong("this is too long"),
        _ => syn::parse2(tokens),
    }
}

impl Reader<'_> {
    fn note(&mut self, span: Span, construct: impl Into<String>, hint: bool) {
        self.out.notes.push(Note { span, construct: construct.into(), hint });
    }

    /// Applies what is said of functions; gives back what is left.
    fn flags(&mut self, said: Vec<Said>, mut flags: Flags) -> (Flags, Vec<Said>) {
        let mut left = Vec::new();
        for one in said {
            let no =
                one.tokens.clone().into_iter().next().is_some_and(|tree| tree.to_string() == "no");
            let place = (!no).then_some(one.span);
            match one.name.as_str() {
                "trusted" => flags.trusted = place,
                "ignore" => flags.ignored = place,
                "should_fail" => flags.should_fail = place,
                "opts" | "cfg" => match overflow(&one.tokens) {
                    Ok(Some(found)) => flags.overflow = Some(found),
                    Ok(None) => {}
                    Err(what) => self.note(one.span, what, false),
                },
                _ => left.push(one),
            }
        }
        (flags, left)
    }

    fn scope(&mut self) -> &mut Scope {
        self.scopes.last_mut().expect("there is the scope of the file")
    }

    /// What is said by attributes, which are looked at now.
    fn all_said(&mut self, attributes: &[Attribute]) -> Vec<Said> {
        self.seen.extend(attributes.iter().map(begin));
        all_said(attributes)
    }

    /// All attributes in it are looked at.
    fn all_seen(&mut self, tokens: TokenStream) {
        let mut words = Words::default();
        words.read(tokens);
        self.seen.extend(words.attributes.iter().map(|one| one.0));
    }

    /// A struct, with what is said of it.
    fn structure(&mut self, item: &syn::ItemStruct, path: &[String]) -> StructDef {
        let mut path = path.to_vec();
        path.push(item.ident.to_string());
        let mut def = StructDef {
            path,
            fields: Vec::new(),
            params: Vec::new(),
            invariants: Vec::new(),
            problem: None,
        };
        let span = Span::of(item.ident.span());
        if item.generics.type_params().next().is_some()
            || item.generics.const_params().next().is_some()
        {
            let what = format!("the type `{}` with parameters", item.ident);
            def.problem = Some(Problem::unsupported(span, what));
        }
        if has_cfg(&item.attrs) || item.fields.iter().any(|field| has_cfg(&field.attrs)) {
            let what = format!("`cfg` in the type `{}`", item.ident);
            def.problem = Some(Problem::unsupported(span, what));
        }
        let mut read = || -> Result<(), Problem> {
            for one in self.all_said(&item.attrs) {
                match one.name.as_str() {
                    "refined_by" => def.params = grammar_of::<RefinedBy>(one.tokens)?.0,
                    "invariant" => def.invariants.push(grammar_of(one.tokens)?),
                    other => {
                        let what = format!("`{other}` of a struct");
                        return Err(Problem::unsupported(one.span, what));
                    }
                }
            }
            for (at, field) in item.fields.iter().enumerate() {
                let name = field.ident.as_ref().map_or_else(|| at.to_string(), ToString::to_string);
                let mut said = None;
                for one in self.all_said(&field.attrs) {
                    if one.name != "field" || said.is_some() {
                        let what = format!("`{}` of a struct", one.name);
                        return Err(Problem::unsupported(one.span, what));
                    }
                    said = Some(grammar_of::<Ty>(one.tokens)?);
                }
                def.fields.push(Field { name, rust: field.ty.clone(), said });
            }
            Ok(())
        };
        if let Err(problem) = read() {
            let what = match problem {
                Problem::Unsupported { construct, .. } => construct,
                other => format!("what is said of the type `{}`: {other}", item.ident),
            };
            def.problem = Some(Problem::unsupported(span, what));
        }
        def
    }

    /// Aliases of another file that are imported: those that say something of a base type
    /// and name nothing else.
    fn import(&mut self, item: &syn::ItemUse) {
        let syn::UseTree::Path(path) = &item.tree else { return };
        let Some(aliases) = self.modules.get(&path.ident.to_string()) else { return };
        let mut names = Vec::new();
        imported(&path.tree, &[], &mut names);
        let all = matches!(*path.tree, syn::UseTree::Glob(_));
        for alias in aliases {
            let mut ty = &alias.of.ty;
            while let grammar::TyKind::Constr(of, _) = &ty.kind {
                ty = of;
            }
            let base = match &ty.kind {
                grammar::TyKind::Exists(base, ..) | grammar::TyKind::Indexed(base, _) => base,
                _ => continue,
            };
            let [of] = base.path.as_slice() else { continue };
            let known = super::IntType::named(of).is_some() || of == "bool";
            let name = &alias.of.name.text;
            let named = names.iter().any(|(own, path)| {
                own == name && path.as_ref().is_some_and(|path| path.len() == 1)
            });
            if known && (all || named) {
                let Some(scope) = self.scopes.last_mut() else { return };
                scope.aliases.insert(name.clone(), alias.clone());
                if let Ok(ty) = syn::parse_str(of) {
                    scope.rust.insert(name.clone(), Known::new(ty, 0));
                }
            }
        }
    }

    /// What is imported means what it means there, where that is known.
    fn imports(&mut self, item: &syn::ItemUse) {
        let mut names = Vec::new();
        imported(&item.tree, &[], &mut names);
        for (name, path) in names {
            let here = self.scopes.len() - 1;
            let from = path.filter(|path| {
                let word = |word: &String| word == "super";
                let [before @ .., last] = path.as_slice() else { return false };
                !before.is_empty()
                    && before.iter().all(word)
                    && *last == name
                    && item.leading_colon.is_none()
                    && !has_cfg(&item.attrs)
            });
            let mut at = Some(here);
            for _ in from.iter().flat_map(|path| path.iter().skip(1)) {
                at = at.and_then(|at| self.scopes[at].around);
            }
            self.scope().forget(&name);
            let Some(from) = at.filter(|at| *at != here) else { continue };
            let mut copied = Scope::default();
            let of = &self.scopes[from];
            copied.constants.extend(of.constants.get(&name).map(|one| (name.clone(), one.clone())));
            copied.aliases.extend(of.aliases.get(&name).map(|one| (name.clone(), one.clone())));
            copied.rust.extend(of.rust.get(&name).map(|one| (name.clone(), one.clone())));
            copied.structs.extend(of.structs.get(&name).map(|one| (name.clone(), one.clone())));
            let scope = self.scope();
            scope.constants.append(&mut copied.constants);
            scope.aliases.append(&mut copied.aliases);
            scope.rust.append(&mut copied.rust);
            scope.structs.append(&mut copied.structs);
        }
    }

    /// What is declared can be used before.
    fn declare(&mut self, items: &[syn::Item], path: &[String]) {
        if let Some(folder) = self.folder.filter(|_| path.is_empty()) {
            for item in items {
                if let syn::Item::Mod(item) = item {
                    if let Some(aliases) = aliases_of(item, folder) {
                        self.modules.insert(item.ident.to_string(), aliases);
                    }
                }
            }
        }
        for item in items {
            if let syn::Item::Use(item) = item {
                self.imports(item);
                if path.is_empty() && !has_cfg(&item.attrs) {
                    self.import(item);
                }
            }
        }
        let here = self.scopes.len() - 1;
        let mut twice = BTreeSet::new();
        for item in items {
            let name = match item {
                syn::Item::Const(item) => Some(&item.ident),
                syn::Item::Enum(item) => Some(&item.ident),
                syn::Item::ExternCrate(item) => {
                    Some(item.rename.as_ref().map_or(&item.ident, |(_, name)| name))
                }
                syn::Item::Fn(item) => Some(&item.sig.ident),
                syn::Item::Mod(item) => Some(&item.ident),
                syn::Item::Static(item) => Some(&item.ident),
                syn::Item::Struct(item) => Some(&item.ident),
                syn::Item::Trait(item) => Some(&item.ident),
                syn::Item::TraitAlias(item) => Some(&item.ident),
                syn::Item::Type(item) => Some(&item.ident),
                syn::Item::Union(item) => Some(&item.ident),
                _ => None,
            };
            if let Some(name) = name {
                // A function may have the name of a type.
                let name = name.to_string();
                match item {
                    syn::Item::Fn(_) | syn::Item::Static(_) | syn::Item::Const(_) => {
                        drop(self.scope().constants.remove(&name));
                    }
                    _ => self.scope().forget(&name),
                }
            }
        }
        for item in items {
            match item {
                // Under `cfg` there may be two of one name.
                syn::Item::Const(item) => {
                    let name = item.ident.to_string();
                    let first = twice.insert(name.clone()) && !has_cfg(&item.attrs);
                    match constant(&item.expr).filter(|_| first) {
                        Some(value) => {
                            self.scope().constants.insert(name, Known::new(value, here));
                        }
                        None => drop(self.scope().constants.remove(&name)),
                    }
                }
                syn::Item::Type(item) => {
                    let name = item.ident.to_string();
                    let said = self.all_said(&item.attrs);
                    let place = Span::of(item.ident.span());
                    if has_cfg(&item.attrs) {
                        self.note(place, "`cfg` at a type", false);
                        continue;
                    }
                    if item.generics.params.is_empty() {
                        let known = Known::new((*item.ty).clone(), here);
                        self.scope().rust.insert(name.clone(), known);
                    }
                    for one in said {
                        if one.name == "alias" {
                            match grammar_of::<Alias>(one.tokens) {
                                Ok(alias) if alias.name.text != name => {
                                    self.note(one.span, "an alias with another name", false);
                                }
                                Ok(alias) => {
                                    let known = Known::new(alias, here);
                                    self.scope().aliases.insert(name.clone(), known);
                                }
                                Err(error) => {
                                    self.note(one.span, format!("this alias: {error}"), false)
                                }
                            }
                        } else {
                            self.note(one.span, format!("`{}` of a type", one.name), false);
                        }
                    }
                }
                syn::Item::Struct(item) => {
                    let def = self.structure(item, path);
                    let name = item.ident.to_string();
                    self.scope().structs.insert(name, Known::new(def, here));
                }
                syn::Item::Macro(item) => {
                    let last = item.mac.path.segments.last();
                    if last.is_some_and(|last| last.ident == "defs") && !has_cfg(&item.attrs) {
                        self.defs(item.mac.tokens.clone());
                    }
                }
                _ => {}
            }
        }
    }

    /// Functions of refinements. What cannot be read is not known where it is used. The
    /// answer says whether all is understood.
    fn defs(&mut self, tokens: TokenStream) -> bool {
        let Ok(Defs(defs, more)) = grammar_of::<Defs>(tokens) else { return false };
        let mut names = Vec::new();
        let here = self.scopes.len() - 1;
        for def in defs {
            names.push(def.name.clone());
            self.scope().defs.insert(def.name.clone(), Known::new(def, here));
        }
        let known = |name: &String| {
            let def = self.scopes[here].defs.get(name);
            def.is_some_and(|def| Translator::new(self.source, &self.scopes).is_formed(&def.of))
        };
        !more && names.iter().all(known)
    }

    /// Items in this scope.
    fn items(&mut self, scope: Scope, items: &[syn::Item], path: &[String], flags: Flags) {
        self.scopes.push(scope);
        self.declare(items, path);
        for item in items {
            self.item(item, path, flags);
        }
        self.scopes.pop();
    }

    /// The scope of a module, which has little of those around it.
    fn of_module(&mut self, items: &[syn::Item]) -> Scope {
        let around = self.scope().module;
        let mut scope = self.scopes[around].clone();
        scope.defs = self.scope().defs.clone();
        scope.module = self.scopes.len();
        scope.around = Some(around);
        if !items.iter().any(imports_all_of_super) || may_bring_names(items) {
            scope.forget_all();
        }
        scope
    }

    fn others(&mut self, said: Vec<Said>, of: &str) {
        for one in said {
            self.note(one.span, format!("`{}` of {of}", one.name), false);
        }
    }

    fn item(&mut self, item: &syn::Item, path: &[String], flags: Flags) {
        match item {
            syn::Item::Fn(item) => {
                self.function(&item.attrs, &item.sig, Some(&item.block), path, flags);
            }
            syn::Item::Mod(item) => {
                let said = self.all_said(&item.attrs);
                if said.iter().any(|one| one.name == "extern_spec") {
                    self.all_seen(quote::quote!(#item));
                }
                let (flags, left) = self.flags(said, flags);
                self.others(left, "a module");
                if let Some((_, items)) = &item.content {
                    let mut path = path.to_vec();
                    path.push(item.ident.to_string());
                    let scope = self.of_module(items);
                    self.items(scope, items, &path, flags);
                } else {
                    let mut path = path.to_vec();
                    path.push(item.ident.to_string());
                    let span = Span::of(item.ident.span());
                    self.out.modules.push(Module { span, path, file: file_of(item) });
                }
            }
            syn::Item::Impl(item) => self.methods(item, path, flags),
            syn::Item::Struct(item) => self.struct_item(item),
            syn::Item::Enum(item) => {
                self.declares(&item.ident);
                let mut left = self.all_said(&item.attrs);
                for variant in &item.variants {
                    left.extend(self.all_said(&variant.attrs));
                }
                if left.iter().any(|one| one.name == "extern_spec") {
                    self.all_seen(quote::quote!(#item));
                }
                self.others(left, "an enum");
            }
            syn::Item::Union(item) => self.declares(&item.ident),
            syn::Item::Trait(item) => {
                let mut left = self.all_said(&item.attrs);
                for item in &item.items {
                    if let syn::TraitItem::Fn(item) = item {
                        left.extend(self.all_said(&item.attrs));
                    }
                }
                if left.iter().any(|one| one.name == "extern_spec") {
                    self.all_seen(quote::quote!(#item));
                }
                self.others(left, "a trait");
            }
            syn::Item::Macro(item) => {
                let name = item.mac.path.segments.last().map(|last| last.ident.to_string());
                let span = Span::of(item.mac.path.span());
                if has_cfg(&item.attrs) && is_plain(&item.mac) {
                    self.note(span, "`cfg` at a macro", false);
                }
                match name.as_deref() {
                    Some("qualifier") => self.note(span, "`qualifier!`", true),
                    Some("defs") if self.defs(item.mac.tokens.clone()) => {}
                    Some(name @ ("flux" | "defs" | "detached_spec" | "specs")) => {
                        self.note(span, format!("`{name}!`"), false);
                    }
                    _ => {}
                }
            }
            syn::Item::Const(item) => {
                let left = self.all_said(&item.attrs);
                self.others(left, "a constant");
            }
            syn::Item::Static(item) => {
                let left = self.all_said(&item.attrs);
                self.others(left, "a static");
            }
            // A function without a body is none of Rust's.
            syn::Item::Verbatim(tokens) if tokens.to_string().contains("extern_spec") => {
                self.all_seen(tokens.clone());
                self.note(Span::of(tokens.span()), "`extern_spec` of a function", false);
            }
            _ => {}
        }
    }

    /// A struct, an enum or a union.
    fn declares(&mut self, name: &syn::Ident) {
        *self.types.entry(name.to_string()).or_default() += 1;
    }

    fn struct_item(&mut self, item: &syn::ItemStruct) {
        self.declares(&item.ident);
        let own: syn::Type = {
            let ident = &item.ident;
            syn::parse_quote!(#ident)
        };
        let translator = Translator::new(self.source, &self.scopes);
        let made = translator.shape(&own, 0).and_then(|shape| {
            let made = Translator::new(self.source, &self.scopes)
                .declared(&shape, Span::of(item.ident.span()))?;
            Ok((shape, made))
        });
        let (shape, made) = match made {
            Ok(made) => made,
            Err(_) => {
                let mut left = self.all_said(&item.attrs);
                for field in &item.fields {
                    left.extend(self.all_said(&field.attrs));
                }
                self.others(left, "a struct");
                return;
            }
        };
        let super::Shape::Struct(path, fields) = shape else { return };
        let made = Some(made).filter(|made| !made.sig.requires.is_empty());
        self.out.structs.push(Struct { path, fields, made });
    }

    fn methods(&mut self, item: &syn::ItemImpl, path: &[String], flags: Flags) {
        let said = self.all_said(&item.attrs);
        if said.iter().any(|one| one.name == "extern_spec") {
            self.all_seen(quote::quote!(#item));
        }
        let (flags, left) = self.flags(said, flags);
        self.others(left, "an `impl`");
        let ty = &item.self_ty;
        let of = match &**ty {
            syn::Type::Path(ty) => {
                ty.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
            }
            ty => quote::quote!(#ty).to_string(),
        };
        let mut path = path.to_vec();
        path.push(of);
        let translator = Translator::new(self.source, &self.scopes);
        if let (None, Ok(super::Shape::Struct(of, _))) = (&item.trait_, translator.shape(ty, 0)) {
            let start = item.unsafety.map_or(item.impl_token.span, |word| word.span);
            self.out.impls.push(Impl { start: Span::of(start).start, of });
        }
        let here = self.scopes.len() - 1;
        let mut scope = self.scopes[here].clone();
        scope.rust.insert("Self".to_owned(), Known::new((**ty).clone(), here));
        self.scopes.push(scope);
        self.constant_parameter = item.generics.const_params().next().is_some();
        for inner in &item.items {
            if let syn::ImplItem::Fn(inner) = inner {
                self.function(&inner.attrs, &inner.sig, Some(&inner.block), &path, flags);
            }
        }
        self.constant_parameter = false;
        self.scopes.pop();
    }

    fn function(
        &mut self,
        attributes: &[Attribute],
        rust: &syn::Signature,
        block: Option<&syn::Block>,
        path: &[String],
        flags: Flags,
    ) {
        let said = self.all_said(attributes);
        let (flags, left) = self.flags(said, flags);
        let mut path = path.to_vec();
        path.push(rust.ident.to_string());
        let mut attribute = None;
        let mut signature = None;
        let mut problem = None;
        for one in left {
            match one.name.as_str() {
                "sig" | "spec" => {
                    if attribute.is_some() {
                        problem = Some(Problem::unsupported(one.span, "a second signature"));
                    }
                    attribute = Some(one.span);
                    match grammar_of::<FnSig>(one.tokens) {
                        Ok(found) => signature = Some(found),
                        Err(error) => problem = Some(error.into()),
                    }
                }
                "qualifiers" => self.note(one.span, "`qualifiers` of a function", true),
                // What these say of panics is decided by the mode.
                "no_panic" => self.note(one.span, "`no_panic`", false),
                "alias" | "proven_externally" | "reveal" => {
                    self.note(one.span, format!("`{}`", one.name), true);
                }
                other => {
                    let what = format!("`{other}` of a function");
                    problem = Some(Problem::unsupported(one.span, what));
                }
            }
        }
        // The compiler's text does not tell it from a constant of the same name.
        if self.constant_parameter || rust.generics.const_params().next().is_some() {
            let span = Span::of(rust.ident.span());
            problem.get_or_insert_with(|| Problem::unsupported(span, "a constant as a parameter"));
        }
        let signature = match problem {
            Some(problem) => Err(problem),
            None => Translator::new(self.source, &self.scopes).function(
                rust,
                signature.as_ref(),
                attribute,
            ),
        };
        self.out.items.push(Item {
            path: path.clone(),
            span: Span::of(rust.ident.span()),
            body: block.map_or((0, 0), |block| Span::of(block.brace_token.span.open()).start),
            attribute,
            signature,
            trusted: flags.trusted,
            ignored: flags.ignored,
            should_fail: flags.should_fail,
            overflow: flags.overflow,
        });
        let Some(block) = block else { return };
        let inner: Vec<syn::Item> = block
            .stmts
            .iter()
            .filter_map(|stmt| match stmt {
                syn::Stmt::Item(item) => Some(item.clone()),
                _ => None,
            })
            .collect();
        for stmt in &block.stmts {
            if let syn::Stmt::Macro(stmt) = stmt {
                if stmt.mac.path.segments.last().is_some_and(|last| last.ident == "invariant") {
                    self.note(Span::of(stmt.mac.path.span()), "`invariant!`", true);
                }
            }
        }
        if !inner.is_empty() {
            let flags = Flags { should_fail: None, ..flags };
            let mut scope = self.scope().clone();
            let all_of = |item: &syn::Item| match item {
                syn::Item::Use(item) => {
                    let mut found = Vec::new();
                    globs(&item.tree, &[], &mut found);
                    !found.is_empty()
                }
                syn::Item::Macro(item) => !is_plain(&item.mac),
                _ => false,
            };
            let macros = block
                .stmts
                .iter()
                .any(|stmt| matches!(stmt, syn::Stmt::Macro(stmt) if !is_plain(&stmt.mac)));
            if macros || inner.iter().any(all_of) {
                scope.forget_all();
            }
            self.items(scope, &inner, &path, flags);
        }
    }
}

/// The file that a module is said to be in.
fn file_of(item: &syn::ItemMod) -> Option<String> {
    for attribute in &item.attrs {
        if let (true, Meta::NameValue(pair)) = (attribute.path().is_ident("path"), &attribute.meta)
        {
            if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value {
                return Some(text.value());
            }
        }
    }
    None
}

/// The aliases of a module that is in another file.
fn aliases_of(item: &syn::ItemMod, folder: &Path) -> Option<Vec<Known<Alias>>> {
    if has_cfg(&item.attrs) {
        return None;
    }
    let text = std::fs::read_to_string(folder.join(file_of(item)?)).ok()?;
    let tokens: TokenStream = text.parse().ok()?;
    if text.len() > 100_000 || grammar::measure(tokens.clone()).0 > DEPTH {
        return None;
    }
    let file: syn::File = syn::parse2(tokens).ok()?;
    let types = file.items.iter().filter_map(|item| match item {
        syn::Item::Type(item) if !has_cfg(&item.attrs) => Some(item),
        _ => None,
    });
    let said = types.flat_map(|item| all_said(&item.attrs)).filter(|one| one.name == "alias");
    let aliases = said.filter_map(|one| grammar_of::<Alias>(one.tokens).ok());
    // Nothing of the file that imports it is known there.
    Some(aliases.map(|alias| Known::new(alias, 0)).collect())
}

/// See [`super::read`].
pub(super) fn read(source: &str, folder: Option<&Path>) -> Result<Source, Problem> {
    // Of a script, the first line is no Rust.
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let script =
        source.starts_with("#!") && !source.trim_start_matches("#!").trim_start().starts_with('[');
    let rest = if script { source.find('\n').map_or("", |end| &source[end..]) } else { source };
    let tokens: TokenStream = rest.parse().map_err(|error: proc_macro2::LexError| {
        Problem::Syntax { span: Span::of(error.span()), message: "this is no Rust".to_owned() }
    })?;
    if grammar::measure(tokens.clone()).0 > DEPTH {
        let (start, message) = ((1, 1), "brackets nest too deeply".to_owned());
        return Err(Problem::Syntax { span: Span { start, end: start }, message });
    }
    let mut words = Words::default();
    words.read(tokens.clone());
    let file: syn::File = syn::parse2(tokens)?;
    let mut reader = Reader {
        source,
        out: Source::default(),
        scopes: vec![Scope::default()],
        seen: BTreeSet::new(),
        types: BTreeMap::new(),
        constant_parameter: false,
        folder,
        modules: BTreeMap::new(),
    };
    let said = reader.all_said(&file.attrs);
    let (flags, left) = reader.flags(said, Flags::default());
    let (defs, left) = left.into_iter().partition::<Vec<_>, _>(|one| one.name == "defs");
    for one in defs {
        if !reader.defs(one.tokens) {
            reader.note(one.span, "`defs` of the crate", false);
        }
    }
    reader.others(left, "the crate");
    let defs = reader.scope().defs.clone();
    let scope = Scope { module: 1, defs, ..Scope::default() };
    reader.items(scope, &file.items, &[], flags);
    for (begin, span, name) in words.attributes {
        // A function that is not seen here is refused, and so are its callers.
        if !reader.seen.contains(&begin) && !OF_FUNCTIONS.contains(&name.as_str()) {
            let what =
                format!("`{name}` where it is not looked for (in a macro, a block, an expression)");
            reader.note(span, what, false);
        }
    }
    for (span, name) in words.builds {
        reader.note(span, format!("`{name}`, which not every build has"), false);
    }
    for (span, name) in words.own {
        reader.note(span, format!("{NAMED}`{name}`"), false);
    }
    for (name, count) in words.types {
        let hidden = count - reader.types.get(&name).copied().unwrap_or(0).min(count);
        if hidden > 0 {
            reader.out.hidden.insert(name, hidden);
        }
    }
    reader.out.doubtful = words.functions.intersection(&words.modules).cloned().collect();
    Ok(reader.out)
}
