//! Types and functions that are declared inside of functions: MIR mentions them, and rustdoc
//! lists them not, so they are read from the source.

use quote::ToTokens;
use std::path::Path;
use syn::visit::{self, Visit};
use tally_mir::rustdoc::{Docs, Local};

struct Visitor<'a> {
    docs: &'a mut Docs,
    /// Whether it is inside of a function.
    inside: usize,
}

fn fields(fields: &syn::Fields) -> Vec<(String, String)> {
    fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let name = field.ident.as_ref().map_or_else(|| at.to_string(), ToString::to_string);
            (name, field.ty.to_token_stream().to_string())
        })
        .collect()
}

fn generics(generics: &syn::Generics) -> Vec<String> {
    generics.type_params().map(|param| param.ident.to_string()).collect()
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.inside += 1;
        visit::visit_block(self, block);
        self.inside -= 1;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if self.inside > 0 {
            let name = item.sig.ident.to_string();
            self.docs.add_local_function(&name, generics(&item.sig.generics));
        }
        visit::visit_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if self.inside > 0 {
            let local = Local::Struct(fields(&item.fields));
            self.docs.add_local(&item.ident.to_string(), generics(&item.generics), &local);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if self.inside > 0 {
            let variants =
                item.variants.iter().map(|of| (of.ident.to_string(), fields(&of.fields)));
            let local = Local::Enum(variants.collect());
            self.docs.add_local(&item.ident.to_string(), generics(&item.generics), &local);
        }
    }
}

/// Adds those of the files in the folder. A file that is no Rust has none.
pub(super) fn add(folder: &Path, docs: &mut Docs) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(&path, docs);
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let deep = |line: &str| {
            let word = line.trim_start();
            let begins = ["enum ", "struct ", "fn ", "unsafe fn "];
            line.len() > word.len() && begins.iter().any(|begin| word.starts_with(begin))
        };
        // Most files have none.
        if !text.lines().any(deep) {
            continue;
        }
        if let Ok(file) = syn::parse_file(&text) {
            Visitor { docs, inside: 0 }.visit_file(&file);
        }
    }
}
