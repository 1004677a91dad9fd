//! The JSON that the prover's extraction writes, and rustdoc. `serde_json` reads it; here
//! are the ways into it, whose errors say which member is missing.

pub(crate) use serde_json::Value as Json;

/// The members of an object.
pub(crate) trait Members {
    /// The member, whatever it is.
    fn member(&self, key: &str) -> Result<&Json, String>;

    fn text(&self, key: &str) -> Result<&str, String> {
        self.member(key)?.as_str().ok_or(format!("the member {key:?} is not a string"))
    }

    fn array(&self, key: &str) -> Result<&[Json], String> {
        let items = self.member(key)?.as_array();
        Ok(items.ok_or(format!("the member {key:?} is not an array"))?)
    }

    fn int(&self, key: &str) -> Result<i64, String> {
        self.member(key)?.as_i64().ok_or(format!("the member {key:?} is not an integer"))
    }

    /// An array of strings.
    fn names(&self, key: &str) -> Result<Vec<String>, String> {
        let name = |item: &Json| Some(item.as_str()?.to_owned());
        let names = self.array(key)?.iter().map(name).collect::<Option<_>>();
        names.ok_or(format!("the member {key:?} holds something other than strings"))
    }

    /// An array of integers.
    fn ints(&self, key: &str) -> Result<Vec<i64>, String> {
        let ints = self.array(key)?.iter().map(Json::as_i64).collect::<Option<_>>();
        ints.ok_or(format!("the member {key:?} holds something other than integers"))
    }
}

impl Members for Json {
    fn member(&self, key: &str) -> Result<&Json, String> {
        let members = self
            .as_object()
            .ok_or_else(|| format!("not an object, where the member {key:?} is wanted"))?;
        members.get(key).ok_or_else(|| format!("an object without the member {key:?}"))
    }
}

/// Reads one value and nothing after it. The nesting is that of terms and types, and so is
/// not limited.
pub(crate) fn parse(text: &str) -> Result<Json, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let mut values = reader.into_iter();
    let wrong = |error: serde_json::Error| format!("no JSON: {error}");
    let value = values.next().ok_or("no JSON: nothing is there")?.map_err(wrong)?;
    match values.next() {
        None => Ok(value),
        Some(_) => Err("no JSON: something after the end".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Members, parse};

    #[test]
    fn an_error_names_the_member() {
        let value = parse(r#"{"what": "x", "args": [1, "y"], "names": ["a"]}"#).unwrap();
        assert_eq!(value.text("what").unwrap(), "x");
        assert_eq!(value.names("names").unwrap(), ["a"]);
        for error in [
            value.text("args").unwrap_err(),
            value.names("args").unwrap_err(),
            value.ints("args").unwrap_err(),
        ] {
            assert!(error.contains("\"args\""), "{error}");
        }
        assert!(value.member("other").unwrap_err().contains("without the member \"other\""));
        assert!(value.array("names").unwrap()[0].int("x").unwrap_err().contains("not an object"));
    }

    /// Killed by: the recursion limit of `serde_json`, which is 128.
    #[test]
    fn reads_one_value_however_deep() {
        let deep = |n| "[".repeat(n) + &"]".repeat(n);
        assert!(parse(&deep(600)).is_ok());
        for bad in ["", "{", "1 2", "[1,]"] {
            assert!(parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
