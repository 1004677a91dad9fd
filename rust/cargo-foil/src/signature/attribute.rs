//! Finds the functions of a file and what Flux's attributes say of them.

use super::grammar::{self, Alias, Defs, Expr, FnSig, RefinedBy, Ty};
use super::translate::{Field, Scope, StructDef, Translator};
use super::{Item, Note, Overflow, Problem, Source, Span, Struct};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Meta};

/// Groups nest no deeper than this, in a file.
const DEPTH: usize = 200;
/// An attribute has no more words than this.
const LENGTH: usize = 600;

/// Names that are Flux's without a prefix as well, where `flux_attrs` is used.
const BARE: [&str; 11] = [
    "sig",
    "spec",
    "trusted",
    "trusted_impl",
    "should_fail",
    "refined_by",
    "extern_spec",
    "invariant",
    "no_panic",
    "field",
    "opaque",
];

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
    let name = match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["flux" | "flux_rs" | "flux_attrs" | "flux_tool", name] => name,
        [name] if BARE.contains(&name) => name,
        _ => return,
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
    out.push(Said { span, name: name.to_owned(), tokens });
}

fn all_said(attributes: &[Attribute]) -> Vec<Said> {
    let mut out = Vec::new();
    attributes.iter().for_each(|attribute| said(&attribute.meta, &mut out));
    out
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
    scope: Scope,
    /// Whether the `impl` around has constants as parameters.
    constant_parameter: bool,
    /// Where modules with a path are.
    folder: Option<&'a Path>,
    /// The aliases of modules in other files.
    modules: BTreeMap<String, Vec<Alias>>,
}

/// The names that are imported.
fn imported(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Rename(name) => vec![name.rename.to_string()],
        syn::UseTree::Glob(_) => Vec::new(),
        syn::UseTree::Group(group) => group.items.iter().flat_map(imported).collect(),
    }
}

/// Whether it is `use super::*`.
fn imports_all_of_super(item: &syn::Item) -> bool {
    let syn::Item::Use(item) = item else { return false };
    match &item.tree {
        syn::UseTree::Path(path) => {
            path.ident == "super" && matches!(&*path.tree, syn::UseTree::Glob(_))
        }
        _ => false,
    }
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

    /// Aliases and constants can be used before they are declared.
    /// A struct, with what is said of it.
    fn structure(item: &syn::ItemStruct, path: &[String]) -> StructDef {
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
        let mut read = || -> Result<(), Problem> {
            for one in all_said(&item.attrs) {
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
                for one in all_said(&field.attrs) {
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
        let names = imported(&path.tree);
        let all = matches!(*path.tree, syn::UseTree::Glob(_));
        for alias in aliases {
            let mut ty = &alias.ty;
            while let grammar::TyKind::Constr(of, _) = &ty.kind {
                ty = of;
            }
            let base = match &ty.kind {
                grammar::TyKind::Exists(base, ..) | grammar::TyKind::Indexed(base, _) => base,
                _ => continue,
            };
            let [of] = base.path.as_slice() else { continue };
            let known = super::IntType::named(of).is_some() || of == "bool";
            if known && (all || names.contains(&alias.name.text)) {
                self.scope.aliases.insert(alias.name.text.clone(), alias.clone());
                if let Ok(ty) = syn::parse_str(of) {
                    self.scope.rust.insert(alias.name.text.clone(), ty);
                }
            }
        }
    }

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
        let mut here = std::collections::BTreeSet::new();
        for item in items {
            match item {
                syn::Item::Const(item) => {
                    // Under `cfg` there may be two of one name.
                    let name = item.ident.to_string();
                    let first = here.insert(name.clone());
                    match constant(&item.expr).filter(|_| first) {
                        Some(value) => self.scope.constants.insert(name, value),
                        None => self.scope.constants.remove(&name),
                    };
                }
                // What is imported is not known here.
                syn::Item::Use(item) => {
                    for name in imported(&item.tree) {
                        self.scope.constants.remove(&name);
                        here.insert(name);
                    }
                    if path.is_empty() {
                        self.import(item);
                    }
                }
                syn::Item::Type(item) => {
                    if item.generics.params.is_empty() {
                        self.scope.rust.insert(item.ident.to_string(), (*item.ty).clone());
                    }
                    for one in all_said(&item.attrs) {
                        if one.name == "alias" {
                            match grammar_of::<Alias>(one.tokens) {
                                Ok(alias) => {
                                    self.scope.aliases.insert(alias.name.text.clone(), alias);
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
                    let def = Self::structure(item, path);
                    let name = item.ident.to_string();
                    self.scope.rust.remove(&name);
                    self.scope.structs.insert(name, Rc::new(def));
                }
                syn::Item::Macro(item) => {
                    let last = item.mac.path.segments.last();
                    if last.is_some_and(|last| last.ident == "defs") {
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
        for def in defs {
            names.push(def.name.clone());
            self.scope.defs.insert(def.name.clone(), Rc::new(def));
        }
        let known = |name: &String| {
            let def = self.scope.defs.get(name);
            def.is_some_and(|def| Translator::new(self.source, &self.scope).is_formed(def))
        };
        !more && names.iter().all(known)
    }

    fn items(&mut self, items: &[syn::Item], path: &[String], flags: Flags) {
        let outer = self.scope.clone();
        self.declare(items, path);
        for item in items {
            self.item(item, path, flags);
        }
        self.scope = outer;
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
                let (flags, left) = self.flags(all_said(&item.attrs), flags);
                self.others(left, "a module");
                if let Some((_, items)) = &item.content {
                    let mut path = path.to_vec();
                    path.push(item.ident.to_string());
                    let constants = self.scope.constants.clone();
                    if !items.iter().any(imports_all_of_super) {
                        self.scope.constants.clear();
                    }
                    self.items(items, &path, flags);
                    self.scope.constants = constants;
                }
            }
            syn::Item::Impl(item) => self.methods(item, path, flags),
            syn::Item::Struct(item) => self.struct_item(item),
            syn::Item::Enum(item) => {
                let mut left = all_said(&item.attrs);
                item.variants.iter().for_each(|variant| left.extend(all_said(&variant.attrs)));
                self.others(left, "an enum");
            }
            syn::Item::Trait(item) => {
                let mut left = all_said(&item.attrs);
                for item in &item.items {
                    if let syn::TraitItem::Fn(item) = item {
                        left.extend(all_said(&item.attrs));
                    }
                }
                self.others(left, "a trait");
            }
            syn::Item::Macro(item) => {
                let name = item.mac.path.segments.last().map(|last| last.ident.to_string());
                let span = Span::of(item.mac.path.span());
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
                let left = all_said(&item.attrs);
                self.others(left, "a constant");
            }
            syn::Item::Static(item) => {
                let left = all_said(&item.attrs);
                self.others(left, "a static");
            }
            // A function without a body is none of Rust's.
            syn::Item::Verbatim(tokens) if tokens.to_string().contains("extern_spec") => {
                self.note(Span::of(tokens.span()), "`extern_spec` of a function", false);
            }
            _ => {}
        }
    }

    fn struct_item(&mut self, item: &syn::ItemStruct) {
        let own: syn::Type = {
            let ident = &item.ident;
            syn::parse_quote!(#ident)
        };
        let translator = Translator::new(self.source, &self.scope);
        let made = translator.shape(&own, 0).and_then(|shape| {
            let made = Translator::new(self.source, &self.scope)
                .declared(&shape, Span::of(item.ident.span()))?;
            Ok((shape, made))
        });
        let (shape, made) = match made {
            Ok(made) => made,
            Err(_) => {
                let mut left = all_said(&item.attrs);
                item.fields.iter().for_each(|field| left.extend(all_said(&field.attrs)));
                self.others(left, "a struct");
                return;
            }
        };
        let super::Shape::Struct(path, fields) = shape else { return };
        let made = Some(made).filter(|made| !made.sig.requires.is_empty());
        self.out.structs.push(Struct { path, fields, made });
    }

    fn methods(&mut self, item: &syn::ItemImpl, path: &[String], flags: Flags) {
        let (flags, left) = self.flags(all_said(&item.attrs), flags);
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
        let outer = self.scope.clone();
        self.scope.rust.insert("Self".to_owned(), (**ty).clone());
        self.constant_parameter = item.generics.const_params().next().is_some();
        for inner in &item.items {
            if let syn::ImplItem::Fn(inner) = inner {
                self.function(&inner.attrs, &inner.sig, Some(&inner.block), &path, flags);
            }
        }
        self.constant_parameter = false;
        self.scope = outer;
    }

    fn function(
        &mut self,
        attributes: &[Attribute],
        rust: &syn::Signature,
        block: Option<&syn::Block>,
        path: &[String],
        flags: Flags,
    ) {
        let (flags, left) = self.flags(all_said(attributes), flags);
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
            None => Translator::new(self.source, &self.scope).function(
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
            self.items(&inner, &path, flags);
        }
    }
}

/// See [`super::read`].
/// The aliases of a module that is in another file.
fn aliases_of(item: &syn::ItemMod, folder: &Path) -> Option<Vec<Alias>> {
    let mut path = None;
    for attribute in &item.attrs {
        if let (true, Meta::NameValue(pair)) = (attribute.path().is_ident("path"), &attribute.meta)
        {
            if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value {
                path = Some(folder.join(text.value()));
            }
        }
    }
    let text = std::fs::read_to_string(path?).ok()?;
    let tokens: TokenStream = text.parse().ok()?;
    if text.len() > 100_000 || grammar::measure(tokens.clone()).0 > DEPTH {
        return None;
    }
    let file: syn::File = syn::parse2(tokens).ok()?;
    // A constant that an alias mentions would not be known.
    if file.items.iter().any(|item| matches!(item, syn::Item::Const(_))) {
        return None;
    }
    let types = file.items.iter().filter_map(|item| match item {
        syn::Item::Type(item) => Some(item),
        _ => None,
    });
    let said = types.flat_map(|item| all_said(&item.attrs)).filter(|one| one.name == "alias");
    Some(said.filter_map(|one| grammar_of::<Alias>(one.tokens).ok()).collect())
}

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
    let file: syn::File = syn::parse2(tokens)?;
    let scope = Scope {
        constants: BTreeMap::new(),
        aliases: BTreeMap::new(),
        rust: BTreeMap::new(),
        structs: BTreeMap::new(),
        defs: BTreeMap::new(),
    };
    let mut reader = Reader {
        source,
        out: Source::default(),
        scope,
        constant_parameter: false,
        folder,
        modules: BTreeMap::new(),
    };
    let (flags, left) = reader.flags(all_said(&file.attrs), Flags::default());
    let (defs, left) = left.into_iter().partition::<Vec<_>, _>(|one| one.name == "defs");
    for one in defs {
        if !reader.defs(one.tokens) {
            reader.note(one.span, "`defs` of the crate", false);
        }
    }
    reader.others(left, "the crate");
    reader.items(&file.items, &[], flags);
    Ok(reader.out)
}
