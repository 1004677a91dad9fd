//! The files of `trace/`: TOML of sections, each with lines `name = "what is said of it"`.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// One line of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) section: String,
    pub(crate) name: String,
    pub(crate) said: String,
    /// Where it stands.
    pub(crate) line: usize,
}

/// All lines of the file `path`, whose text is `text`, in their order.
pub(crate) fn rows(path: &str, text: &str) -> Result<Vec<Row>, String> {
    let line = |span: Range<usize>| 1 + text[..span.start].matches('\n').count();
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, line);
        format!("{path}:{line}: {}", error.message())
    })?;
    let mut found = Vec::new();
    for (section, lines) in in_order(table.get_ref()) {
        let fault = |span, what: &str| Err(format!("{path}:{}: {what}", line(span)));
        let DeValue::Table(lines) = lines.get_ref() else {
            return fault(section.span(), "a line that is in no section");
        };
        for (name, said) in in_order(lines) {
            let DeValue::String(said) = said.get_ref() else {
                return fault(name.span(), "write `name = \"what is said of it\"`");
            };
            found.push(Row {
                section: section.get_ref().to_string(),
                name: name.get_ref().to_string(),
                said: said.to_string(),
                line: line(name.span()),
            });
        }
    }
    Ok(found)
}

/// The members in the order of the text; a table has them in that of their names.
fn in_order<'a, 'i>(
    table: &'a DeTable<'i>,
) -> Vec<(&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>)> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(name, _)| name.span().start);
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_order_and_know_their_lines() {
        let text =
            "# why\n[rc]\nz = \"k: one\"\na = \"k: r = s\"\n\n[\"model/x\"]\n\"b c\" = \"\"\n";
        let found = rows("f", text).unwrap();
        let shown: Vec<_> =
            found.iter().map(|row| (row.section.as_str(), row.name.as_str(), row.line)).collect();
        assert_eq!(shown, [("rc", "z", 3), ("rc", "a", 4), ("model/x", "b c", 7)]);
        assert_eq!(found[1].said, "k: r = s");
    }

    #[test]
    fn what_is_no_row_is_an_error_with_its_line() {
        let fault = |text| rows("f", text).unwrap_err();
        assert!(fault("\na = ghost\n").starts_with("f:2: "));
        assert!(fault("a = \"x\"\n").starts_with("f:1: a line that is in no section"));
        assert!(fault("[s]\na = 1\n").starts_with("f:2: write"));
        // Twice the same name.
        assert!(fault("[s]\na = \"x\"\na = \"x\"\n").starts_with("f:3: "));
    }
}
