//! Stands in for Flux's crate of that name: attributes that leave what they are on as it is.
//! The words in them are read from the source.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// Attributes inside of a type or an `impl`, which the outer one takes away.
const INNER: [&str; 9] =
    ["field", "variant", "invariant", "assoc", "reft", "opaque", "trusted", "sig", "spec"];

/// Whether these are the words of an attribute of Flux's.
fn is_inner(words: TokenStream) -> bool {
    let mut last = None;
    for token in words {
        match token {
            TokenTree::Ident(ident) => last = Some(ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ':' => {}
            _ => break,
        }
    }
    last.is_some_and(|last| INNER.contains(&last.as_str()))
}

/// The tokens without Flux's attributes, each where it was.
fn without(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(ref punct) if punct.as_char() == '#' => match tokens.peek() {
                Some(TokenTree::Group(group))
                    if group.delimiter() == Delimiter::Bracket && is_inner(group.stream()) =>
                {
                    tokens.next();
                }
                _ => kept.push(token),
            },
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), without(group.stream()));
                new.set_span(group.span());
                kept.push(TokenTree::Group(new));
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

macro_rules! as_it_is {
    ($($name:ident)*) => {
        $(
            #[proc_macro_attribute]
            pub fn $name(_: TokenStream, item: TokenStream) -> TokenStream {
                item
            }
        )*
    };
}

as_it_is! {
    alias sig spec specs qualifiers reveal invariant constant opaque reflect opts trusted
    trusted_impl trusted_derive proven_externally generics assoc ignore should_fail reft no_panic
    no_panic_if assume_parametric no_suggestions
}

#[proc_macro_attribute]
pub fn refined_by(_: TokenStream, item: TokenStream) -> TokenStream {
    without(item)
}

#[proc_macro_attribute]
pub fn extern_spec(_: TokenStream, _: TokenStream) -> TokenStream {
    TokenStream::new()
}

#[proc_macro]
pub fn defs(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

#[proc_macro]
pub fn flux(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
