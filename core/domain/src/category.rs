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

/// The ministry's numbers of 优抚对象: the scheme PREF (product glossary).
const PREF: [(&str, &str); 18] = [
    ("11", "残疾军人"),
    ("12", "伤残国家机关工作人员"),
    ("13", "伤残人民警察"),
    ("14", "伤残民兵民工"),
    ("15", "因战因公伤残人员"),
    ("21", "烈士遗属"),
    ("22", "因公牺牲军人遗属"),
    ("23", "病故军人遗属"),
    ("31", "在乡退伍红军老战士"),
    ("32", "在乡西路军红军老战士"),
    ("33", "红军失散人员"),
    ("41", "在乡复员军人"),
    ("42", "带病回乡退伍军人"),
    ("51", "参战退役人员"),
    ("61", "参试退役人员"),
    ("71", "义务兵家庭"),
    ("81", "60周岁以上农村籍退役士兵"),
    ("B1", "部分烈士子女"),
];

/// The name of a code as sheets write it; a code we do not know stays as it is.
#[must_use]
pub fn word(code: &str) -> &str {
    let collected = COLLECT12.iter().find(|(known, _)| *known == code).and_then(|(_, names)| names.first().copied());
    collected.or_else(|| pref(code)).unwrap_or(code)
}

/// The name of a code of the scheme PREF; None for any other.
#[must_use]
pub fn pref(code: &str) -> Option<&'static str> {
    PREF.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// The code of a name; a name we do not know stays as it is written.
#[must_use]
pub fn code(name: &str) -> &str {
    COLLECT12.iter().find(|(code, names)| *code == name || names.contains(&name)).map_or(name, |(code, _)| code)
}
