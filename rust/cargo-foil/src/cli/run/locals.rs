//! Types, functions and `impl`s that are declared inside of functions: MIR mentions them, and
//! rustdoc lists them not, so they are read from the source.

use quote::ToTokens;
use std::collections::BTreeMap;
use std::path::Path;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use tally_mir::ast::Position;
use tally_mir::rustdoc::{Docs, Local};

struct Visitor<'a> {
    docs: &'a mut Docs,
    file: String,
    /// Whether types are looked for, or `impl`s, which want to know the types.
    types: bool,
    /// What it is in: modules, the type of an `impl`, functions.
    within: Vec<String>,
    /// Whether it is inside of a function.
    inside: usize,
}

/// A type as the compiler would write it: no space stands after what begins a pointer.
fn written(ty: &syn::Type) -> String {
    ty.to_token_stream().to_string().replace("* const ", "*const ").replace("* mut ", "*mut ")
}

fn fields(fields: &syn::Fields) -> Vec<(String, String)> {
    fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let name = field.ident.as_ref().map_or_else(|| at.to_string(), ToString::to_string);
            (name, written(&field.ty))
        })
        .collect()
}

fn generics(generics: &syn::Generics) -> Vec<String> {
    generics.type_params().map(|param| param.ident.to_string()).collect()
}

/// The last part of a type's path.
fn name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(of) => of.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
    .unwrap_or_default()
}

impl Visitor<'_> {
    fn path(&self, name: &syn::Ident) -> Vec<String> {
        self.within.iter().cloned().chain([name.to_string()]).collect()
    }

    fn local_impl(&mut self, item: &syn::ItemImpl) {
        let start = item.span().start();
        let position = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let at = Position {
            file: self.file.clone(),
            line: position(start.line),
            column: position(start.column + 1),
        };
        let of_trait = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        let of_trait = of_trait.map(|last| last.ident.to_string());
        let ty = written(&item.self_ty);
        let items: BTreeMap<String, Vec<String>> = item
            .items
            .iter()
            .filter_map(|item| match item {
                syn::ImplItem::Fn(of) => {
                    Some((of.sig.ident.to_string(), generics(&of.sig.generics)))
                }
                _ => None,
            })
            .collect();
        let own = generics(&item.generics);
        self.docs.add_local_impl(at, &self.within, (of_trait, &ty), own, items);
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.within.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.within.pop();
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.inside += 1;
        visit::visit_block(self, block);
        self.inside -= 1;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let name = item.sig.ident.to_string();
        if self.inside > 0 && self.types {
            self.docs.add_local_function(&name, generics(&item.sig.generics));
        }
        self.within.push(name);
        visit::visit_item_fn(self, item);
        self.within.pop();
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.within.push(item.sig.ident.to_string());
        visit::visit_impl_item_fn(self, item);
        self.within.pop();
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.within.push(item.sig.ident.to_string());
        visit::visit_trait_item_fn(self, item);
        self.within.pop();
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if self.inside > 0 && !self.types {
            self.local_impl(item);
        }
        // Inside of a function the compiler does not name the type.
        if self.inside > 0 {
            visit::visit_item_impl(self, item);
        } else {
            self.within.push(name(&item.self_ty));
            visit::visit_item_impl(self, item);
            self.within.pop();
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if self.inside > 0 && self.types {
            let local = Local::Struct(fields(&item.fields));
            self.docs.add_local(&self.path(&item.ident), generics(&item.generics), &local);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if self.inside > 0 && self.types {
            let variants =
                item.variants.iter().map(|of| (of.ident.to_string(), fields(&of.fields)));
            let local = Local::Enum(variants.collect());
            self.docs.add_local(&self.path(&item.ident), generics(&item.generics), &local);
        }
    }
}

/// The modules that a file is, by its name.
fn modules(file: &Path) -> Vec<String> {
    let parts = file.with_extension("");
    let parts = parts.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.filter(|name| !matches!(&name[..], "src" | "lib" | "main" | "mod")).collect()
}

/// Adds those of the files in the folder. A file that is no Rust has none. The compiler was
/// given the paths of files from the root on, or whole.
pub(super) fn add(folder: &Path, root: &Path, whole: bool, docs: &mut Docs) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target") {
                add(&path, root, whole, docs);
            }
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let deep = |line: &str| {
            let word = line.trim_start();
            let begins = ["enum ", "struct ", "fn ", "unsafe fn ", "impl"];
            line.len() > word.len() && begins.iter().any(|begin| word.starts_with(begin))
        };
        // Most files have none.
        if !text.lines().any(deep) {
            continue;
        }
        let name = if whole { &path } else { path.strip_prefix(root).unwrap_or(&path) };
        let file = name.to_string_lossy().into_owned();
        if let Ok(parsed) = syn::parse_file(&text) {
            for types in [true, false] {
                let within = modules(path.strip_prefix(root).unwrap_or(&path));
                let mut visitor = Visitor { docs, file: file.clone(), types, within, inside: 0 };
                visitor.visit_file(&parsed);
            }
        }
    }
}
