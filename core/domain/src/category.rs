//! Categories of the people served, as sheets name them. Two schemes, of which one person may hold several codes of each:
//! COLLECT12 of the 2018 collection, and PREF 优抚对象 of the former civil affairs system, whose two characters are its own.

/// Code and the names sheets use.
const COLLECT12: [(&str, &[&str]); 12] = [
    ("TRANSFERRED_CADRE", &["军队转业干部", "转业干部", "军转干部"]),
    ("DISCHARGED_SOLDIER", &["退役士兵", "退伍军人", "退役军人", "自主就业退役士兵"]),
    ("RETIRED_CADRE", &["军队离退休干部和退休士官", "军队离退休干部", "退休士官", "军休干部"]),
    ("RETIRED_EMPLOYEE", &["军队无军籍离退休退职职工", "无军籍职工"]),
    ("RED_ARMY", &["退伍红军老战士"]),
    ("DEMOBILIZED", &["复员军人"]),
    ("DISABLED", &["残疾军人", "伤残军人"]),
    ("DISABLED_MILITIA", &["伤残民兵民工"]),
    ("MARTYR_SURVIVOR", &["烈士遗属", "烈属"]),
    ("DUTY_SURVIVOR", &["因公牺牲军人遗属"]),
    ("ILLNESS_SURVIVOR", &["病故军人遗属"]),
    ("SERVING_FAMILY", &["现役军人家属", "现役军人家庭"]),
];

/// Code and the names sheets use.
const PREF: [(&str, &[&str]); 18] = [
    ("11", &["残疾军人", "伤残军人"]),
    ("12", &["伤残国家机关工作人员"]),
    ("13", &["伤残人民警察"]),
    ("14", &["伤残民兵民工"]),
    ("15", &["因战因公伤残人员", "伤残预备役人员", "其他因公伤残人员"]),
    ("21", &["烈士遗属", "烈属"]),
    ("22", &["因公牺牲军人遗属"]),
    ("23", &["病故军人遗属"]),
    ("31", &["在乡退伍红军老战士", "退伍红军老战士"]),
    ("32", &["在乡西路军红军老战士", "西路军红军老战士"]),
    ("33", &["红军失散人员"]),
    ("41", &["在乡复员军人", "在乡老复员军人"]),
    ("42", &["带病回乡退伍军人"]),
    ("51", &["参战退役人员", "参战"]),
    ("61", &["参试退役人员", "参试", "涉核"]),
    ("71", &["义务兵家庭"]),
    ("81", &["60周岁以上农村籍退役士兵", "农村籍退役士兵", "60岁以上农村籍退役士兵"]),
    ("B1", &["部分烈士子女", "烈士子女", "部分烈士(含错杀后被平反人员)子女", "部分烈士子女(含错杀后被平反人员子女)"]),
];

/// A scheme of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// The twelve categories of the 2018 collection.
    Collect12,
    /// 优抚对象
    Pref,
}

impl Scheme {
    /// Codes with their names, the usual name first.
    #[must_use]
    pub fn table(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::Collect12 => &COLLECT12,
            Self::Pref => &PREF,
        }
    }

    /// The code of a name, or of a code.
    #[must_use]
    pub fn code(self, name: &str) -> Option<&'static str> {
        let found = self.table().iter().find(|(code, names)| *code == name || names.contains(&name));
        found.map(|(code, _)| *code)
    }

    /// The usual name of a code.
    #[must_use]
    pub fn name(self, code: &str) -> Option<&'static str> {
        self.table().iter().find(|(known, _)| *known == code).and_then(|(_, names)| names.first().copied())
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

/// The code of a name in either scheme, COLLECT12 before PREF.
#[must_use]
pub fn code_in_any(name: &str) -> Option<&'static str> {
    Scheme::Collect12.code(name).or_else(|| Scheme::Pref.code(name))
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
        assert_eq!(code_in_any("带病回乡退伍军人"), Some("42"));
        assert_eq!((code("残疾军人"), code("某种人")), ("DISABLED", "某种人"));
    }

    #[test]
    fn every_code_stands_once_and_is_found_by_each_of_its_names() {
        for scheme in [Scheme::Collect12, Scheme::Pref] {
            for (code, names) in scheme.table() {
                assert!(names.iter().all(|name| scheme.code(name) == Some(code)), "{code}");
                assert_eq!(scheme.name(code), names.first().copied());
            }
        }
    }
}
