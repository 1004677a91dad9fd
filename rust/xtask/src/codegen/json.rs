//! The JSON that the prover's extraction writes, and rustdoc: objects, arrays, strings,
//! integers and truth values.

/// A JSON value. Object members keep their order.
#[derive(Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    Str(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member of an object, or an error that says which one is missing.
    pub(crate) fn get(&self, key: &str) -> Result<&Json, String> {
        match self {
            Json::Object(members) => members
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value)
                .ok_or_else(|| format!("an object without the member {key:?}")),
            _ => Err(format!("not an object, where the member {key:?} is wanted")),
        }
    }

    pub(crate) fn text(&self, key: &str) -> Result<&str, String> {
        match self.get(key)? {
            Json::Str(text) => Ok(text),
            _ => Err(format!("the member {key:?} is not a string")),
        }
    }

    pub(crate) fn array(&self, key: &str) -> Result<&[Json], String> {
        match self.get(key)? {
            Json::Array(items) => Ok(items),
            _ => Err(format!("the member {key:?} is not an array")),
        }
    }

    pub(crate) fn int(&self, key: &str) -> Result<i64, String> {
        match self.get(key)? {
            Json::Int(n) => Ok(*n),
            _ => Err(format!("the member {key:?} is not an integer")),
        }
    }

    /// An array of strings.
    pub(crate) fn names(&self, key: &str) -> Result<Vec<String>, String> {
        self.array(key)?
            .iter()
            .map(|item| match item {
                Json::Str(text) => Ok(text.clone()),
                _ => Err(format!("the member {key:?} holds something other than strings")),
            })
            .collect()
    }
}

/// Extraction nests about as deeply as the terms do; this is far beyond any model.
const MAX_DEPTH: usize = 600;

/// Reads one value and nothing after it.
pub(crate) fn parse(text: &str) -> Result<Json, String> {
    let mut parser = Parser { bytes: text.as_bytes(), at: 0 };
    let value = parser.value(0)?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err(parser.error("something after the end"));
    }
    Ok(value)
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn error(&self, what: &str) -> String {
        let line = 1 + self.bytes[..self.at].iter().filter(|byte| **byte == b'\n').count();
        format!("line {line} of the JSON: {what}")
    }

    fn space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Option<u8> {
        self.space();
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), String> {
        if self.next() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.error(&format!("expected {:?}", char::from(byte))))
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, String> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("neither a value nor a word of JSON"))
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > MAX_DEPTH {
            return Err(self.error("nested too deeply"));
        }
        match self.next() {
            Some(b'{') => {
                let mut members = Vec::new();
                self.list(b'{', b'}', |parser| {
                    let key = parser.string()?;
                    parser.expect(b':')?;
                    members.push((key, parser.value(depth + 1)?));
                    Ok(())
                })?;
                Ok(Json::Object(members))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.list(b'[', b']', |parser| {
                    items.push(parser.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Json::Array(items))
            }
            Some(b'"') => Ok(Json::Str(self.string()?)),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                self.at += 1;
                while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                    self.at += 1;
                }
                let digits = String::from_utf8_lossy(&self.bytes[start..self.at]);
                digits.parse().map(Json::Int).map_err(|_| self.error("not an integer of 64 bits"))
            }
            _ => Err(self.error("expected a value")),
        }
    }

    /// `open item, item, … close`, with no comma after the last.
    fn list(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.expect(open)?;
        if self.next() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            match self.next() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.error("expected a comma or the end of the list")),
            }
        }
    }

    /// Names are identifiers: an escape other than of `"` and `\` is refused.
    fn string(&mut self) -> Result<String, String> {
        self.expect(b'"')?;
        let mut text = Vec::new();
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return String::from_utf8(text).map_err(|_| self.error("not UTF-8"));
                }
                Some(b'\\') => match self.bytes.get(self.at + 1) {
                    Some(byte @ (b'"' | b'\\')) => {
                        text.push(*byte);
                        self.at += 2;
                    }
                    Some(b'n') => {
                        text.push(b'\n');
                        self.at += 2;
                    }
                    Some(b't') => {
                        text.push(b'\t');
                        self.at += 2;
                    }
                    _ => return Err(self.error("an escape that neither of them writes")),
                },
                Some(byte) => {
                    text.push(*byte);
                    self.at += 1;
                }
                None => return Err(self.error("a string without end")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, parse};

    #[test]
    fn reads_what_extraction_writes() {
        let value =
            parse(r#"{"what": "x", "text": "a\tb\n\\", "args": [1, {"b": true}, []], "n": null}"#)
                .unwrap();
        assert_eq!(value.text("what").unwrap(), "x");
        assert_eq!(value.text("text").unwrap(), "a\tb\n\\");
        let args = value.array("args").unwrap();
        assert_eq!(args[0], Json::Int(1));
        assert_eq!(args[1].get("b").unwrap(), &Json::Bool(true));
        assert_eq!(args[2], Json::Array(Vec::new()));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for bad in ["", "{", "[1,]", "{\"a\" 1}", "\"x", "\"\\u0041\"", "tru", "1 2", "1.5", "-"] {
            assert!(parse(bad).is_err(), "{bad:?} was read");
        }
        assert!(parse(&"[".repeat(1_000_000)).unwrap_err().contains("too deeply"));
    }
}
