//! A place in a text, and the words that can be read there.

/// What was expected where, in a text of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unexpected {
    /// How many bytes into the text.
    pub(super) at: usize,
    pub(super) expected: String,
}

pub(super) type Read<T> = Result<T, Unexpected>;

#[derive(Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is left, without leading blanks.
    pub(super) fn rest(&self) -> &'a str {
        self.text[self.at..].trim_start()
    }

    /// The text from an earlier place on to here.
    pub(super) fn since(&self, earlier: &Self) -> &'a str {
        self.text[earlier.at..self.at].trim()
    }

    pub(super) fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    pub(super) fn expected<T>(&self, what: &str) -> Read<T> {
        Err(Unexpected { at: self.at, expected: what.to_owned() })
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().len();
    }

    /// Goes over `what` if it is here.
    pub(super) fn eat(&mut self, what: &str) -> bool {
        let here = self.starts(what);
        if here {
            self.skip_blanks();
            self.at += what.len();
        }
        here
    }

    pub(super) fn expect(&mut self, what: &str) -> Read<()> {
        if self.eat(what) { Ok(()) } else { self.expected(&format!("`{what}`")) }
    }

    /// The longest text of such characters, if any is here.
    pub(super) fn take_while(&mut self, is: impl Fn(char) -> bool) -> &'a str {
        self.skip_blanks();
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !is(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// An identifier.
    pub(super) fn ident(&mut self) -> Option<&'a str> {
        let begins = self.rest().starts_with(|c: char| c.is_alphabetic() || c == '_');
        begins.then(|| self.take_while(|c| c.is_alphanumeric() || c == '_'))
    }

    /// The identifier, and no longer one.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let mut ahead = self.clone();
        let here = ahead.ident() == Some(word);
        if here {
            *self = ahead;
        }
        here
    }

    pub(super) fn number(&mut self) -> Read<usize> {
        let digits = self.take_while(|c| c.is_ascii_digit());
        digits.parse().or_else(|_| self.expected("a number"))
    }

    /// A number with a prefix, as `_1` or `bb2`.
    pub(super) fn numbered(&mut self, prefix: &str) -> Read<usize> {
        self.expect(prefix)?;
        self.number()
    }

    /// What stands before the first `end`, which is gone over too.
    pub(super) fn until(&mut self, end: &str) -> Read<&'a str> {
        let rest = &self.text[self.at..];
        match rest.find(end) {
            Some(length) => {
                self.at += length + end.len();
                Ok(rest[..length].trim())
            }
            None => self.expected(&format!("`{end}` later")),
        }
    }

    /// What stands in brackets that open here; brackets of any kind nest, and in a
    /// text or a character they do not count.
    pub(super) fn bracketed(&mut self) -> Read<&'a str> {
        self.skip_blanks();
        let rest = &self.text[self.at..];
        let mut depth = 0_usize;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.at += at + 1;
                        return Ok(&rest[1..at]);
                    }
                }
                '"' => {
                    while let Some((_, c)) = chars.next() {
                        match c {
                            '\\' => drop(chars.next()),
                            '"' => break,
                            _ => {}
                        }
                    }
                }
                _ if depth == 0 => break,
                _ => {}
            }
        }
        self.expected("brackets")
    }

    /// A text in quotation marks.
    pub(super) fn quoted(&mut self) -> Read<()> {
        self.expect("\"")?;
        let mut escaped = false;
        for (at, c) in self.text[self.at..].char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.at += at + 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.expected("the end of a text")
    }

    pub(super) fn end(&self) -> Read<()> {
        if self.rest().is_empty() { Ok(()) } else { self.expected("the end of the line") }
    }
}
