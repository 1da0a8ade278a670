//! Categories of the people served, as sheets name them: the two shipped schemes ([`codes::CATEGORY`], [`codes::PREF`]), of
//! which one person may hold several codes of each.

use crate::codes::{self, Item, ShippedTable};

/// A scheme of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// The twelve categories of the 2018 collection.
    Collect12,
    /// 优抚对象
    Pref,
}

impl Scheme {
    fn shipped(self) -> &'static ShippedTable {
        match self {
            Self::Collect12 => &codes::CATEGORY,
            Self::Pref => &codes::PREF,
        }
    }

    /// The shipped categories.
    #[must_use]
    pub fn items(self) -> &'static [Item] {
        self.shipped().items
    }

    /// The code of a name, or of a code.
    #[must_use]
    pub fn code(self, name: &str) -> Option<&'static str> {
        self.shipped().code_of(name)
    }

    /// The usual name of a code.
    #[must_use]
    pub fn name(self, code: &str) -> Option<&'static str> {
        self.shipped().name_of(code)
    }
}

/// The name of a code as sheets write it; a code we do not know stays as it is.
#[must_use]
pub fn word(code: &str) -> &str {
    Scheme::Collect12.name(code).or_else(|| pref(code)).unwrap_or(code)
}

/// The name of a code of the scheme PREF; None for any other.
#[must_use]
pub fn pref(code: &str) -> Option<&'static str> {
    Scheme::Pref.name(code)
}

/// The code of a name; a name we do not know stays as it is written.
#[must_use]
pub fn code(name: &str) -> &str {
    Scheme::Collect12.code(name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_both_schemes_is_another_code_in_each() {
        assert_eq!((Scheme::Collect12.code("残疾军人"), Scheme::Pref.code("残疾军人")), (Some("DISABLED"), Some("11")));
        assert_eq!((code("残疾军人"), code("某种人")), ("DISABLED", "某种人"));
    }
}
