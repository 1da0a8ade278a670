//! Categories of the people served as sheets name them: the scheme COLLECT12 of the 2018 collection (product glossary).

/// Code and the names sheets use.
const COLLECT12: [(&str, &[&str]); 12] = [
    ("TRANSFERRED_CADRE", &["军队转业干部", "转业干部"]),
    ("DISCHARGED_SOLDIER", &["退役士兵"]),
    ("RETIRED_CADRE", &["军队离退休干部和退休士官", "军队离退休干部", "退休士官"]),
    ("RETIRED_EMPLOYEE", &["军队无军籍离退休退职职工", "无军籍职工"]),
    ("RED_ARMY", &["退伍红军老战士"]),
    ("DEMOBILIZED", &["复员军人"]),
    ("DISABLED", &["残疾军人"]),
    ("DISABLED_MILITIA", &["伤残民兵民工"]),
    ("MARTYR_SURVIVOR", &["烈士遗属"]),
    ("DUTY_SURVIVOR", &["因公牺牲军人遗属"]),
    ("ILLNESS_SURVIVOR", &["病故军人遗属"]),
    ("SERVING_FAMILY", &["现役军人家属"]),
];

/// The code of a name; a name we do not know stays as it is written.
#[must_use]
pub fn code(name: &str) -> &str {
    COLLECT12.iter().find(|(code, names)| *code == name || names.contains(&name)).map_or(name, |(code, _)| code)
}
