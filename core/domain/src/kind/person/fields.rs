//! The fields of a person, in the order of the roster and of the form on the phone.

use crate::actor::Right;
use crate::form::Form;
use crate::kind::Field;

/// Every field of a person. `extra` holds the columns of a sheet that have no meaning here, {header: value}.
pub const FIELDS: &[Field] = &[
    Field::new("name", "姓名", "Name", Form::Name).proposed().typed().headers(&[
        "姓名",
        "对象姓名",
        "退役军人姓名",
        "服务对象姓名",
        "名字",
    ]),
    Field::new("sex", "性别", "Sex", Form::Code).of(&["SEX"]).typed().headers(&["性别"]),
    Field::new("ethnicity", "民族", "Ethnicity", Form::Text).typed().headers(&["民族"]),
    Field::new("id_number", "身份证号", "Id number", Form::IdNumber)
        .proposed()
        .sealed(Right::Reveal)
        .unique()
        .typed()
        .headers(&["身份证号码", "身份证号", "身份证", "公民身份号码", "证件号码", "居民身份证号"]),
    Field::new("birth", "出生日期", "Birth", Form::Date).typed().headers(&[
        "出生年月",
        "出生日期",
        "出生年月日",
        "生日",
    ]),
    Field::new("politics", "政治面貌", "Politics", Form::Text).of(&["POLITICS"]).typed().headers(&["政治面貌"]),
    Field::new("education", "文化程度", "Education", Form::Text)
        .of(&["EDUCATION"])
        .typed()
        .headers(&["文化程度", "学历"]),
    Field::new("registered_address", "户籍地址", "Registered address", Form::Text).proposed().typed().headers(&[
        "户籍地址",
        "户籍所在地",
        "户口所在地",
        "户籍地",
    ]),
    Field::new("address", "住址", "Address", Form::Text).typed().headers(ADDRESS),
    Field::new("phones", "电话", "Telephone", Form::Phones).list().sealed(Right::Phones).typed().headers(PHONES),
    Field::new("enlisted", "入伍时间", "Enlisted", Form::Date).typed().headers(&[
        "入伍时间",
        "入伍年月",
        "入伍日期",
        "参军时间",
    ]),
    Field::new("discharged", "退役时间", "Discharged", Form::Date).typed().headers(&[
        "退役时间",
        "退伍时间",
        "退役年月",
        "退役日期",
        "退伍年月",
    ]),
    Field::new("categories", "人员类别", "Categories", Form::Text)
        .of(&["CATEGORY", "PREF"])
        .proposed()
        .list()
        .dated()
        .typed()
        .headers(&["人员类别", "类别", "对象类别", "身份类别", "退役军人类别"]),
    Field::new("placement_kind", "安置方式", "Placement", Form::Text).of(&["PLACEMENT"]).typed().headers(&[
        "安置方式",
        "安置类别",
        "安置情况",
    ]),
    Field::new("placement_year", "安置年度", "Year of placement", Form::Any).typed().headers(&["安置年度", "安置年份"]),
    Field::new("placement_unit", "安置单位", "Unit of placement", Form::Text).typed().headers(&["安置单位"]),
    Field::new("placement_post", "安置岗位", "Post", Form::Text).typed().headers(&["安置岗位"]),
    Field::new("branch", "军兵种", "Branch", Form::Text).typed().headers(&["军兵种"]),
    Field::new("rank", "军衔（职级）", "Rank", Form::Text).typed().headers(&["军衔", "军衔职级"]),
    Field::new("merits", "立功受奖", "Merits", Form::Text).typed().headers(&["立功受奖情况", "立功受奖", "立功情况"]),
    Field::new("disability_grade", "残疾等级", "Disability grade", Form::Text)
        .of(&["DISABILITY_GRADE"])
        .typed()
        .headers(&["残疾等级", "伤残等级", "残疾级别"]),
    Field::new("disability_cause", "残疾性质", "Cause of disability", Form::Text)
        .of(&["DISABILITY_CAUSE"])
        .typed()
        .headers(&["残疾性质", "伤残性质"]),
    Field::new("combat", "参战", "Combat", Form::Flag).typed().headers(&[
        "是否参战参试",
        "参战参试",
        "是否参战",
        "是否两参",
    ]),
    Field::new("nuclear", "参试", "Nuclear tests", Form::Flag).typed().headers(&["是否参试", "是否涉核"]),
    Field::new("employment_state", "就业情况", "Employment", Form::Text).of(&["EMPLOYMENT"]).typed().headers(&[
        "就业情况",
        "就业状况",
        "就业状态",
    ]),
    Field::new("employer", "工作单位", "Employer", Form::Text).typed().headers(&["工作单位", "就业单位"]),
    Field::new("health", "健康状况", "Health", Form::Text).typed().headers(&["健康状况", "身体状况", "健康情况"]),
    Field::new("low_income", "低保", "Low income", Form::Flag).typed().headers(&[
        "是否低保",
        "是否低保特困",
        "低保",
        "是否低保/特困",
    ]),
    Field::new("presence", "居住情况", "Presence", Form::Code).of(&["PRESENCE"]).typed().headers(&["居住情况"]),
    Field::new("life", "生存状态", "Life", Form::Code).of(&["LIFE"]).proposed().dated().typed().headers(&[
        "生存状态",
        "是否健在",
        "存活状态",
    ]),
    Field::new("died_on", "去世日期", "Died on", Form::Day).proposed().with("life").typed().headers(&[
        "死亡时间",
        "去世时间",
        "死亡日期",
        "去世日期",
    ]),
    Field::new("tags", "标签", "Tags", Form::Text).of(&["TAG"]).list().dated().typed().headers(&["标签"]),
    Field::new("household", "户", "Household", Form::Id).proposed().dated().typed(),
    Field::new("relation", "与户主关系", "Relation to the head", Form::Text)
        .of(&["RELATION"])
        .proposed()
        .typed()
        .headers(&["与户主关系", "关系"]),
    Field::new("registered_division", "户籍区划", "Registered division", Form::Id).proposed().dated().typed(),
    Field::new("living_division", "居住区划", "Living division", Form::Id).proposed().dated().typed(),
    Field::new("responsible_division", "责任区划", "Responsible division", Form::Id).only(Right::Review).dated(),
    Field::new("card_kind", "优待证种类", "Card", Form::Code).of(&["CARD_KIND"]).typed().headers(&["优待证种类"]),
    Field::new("card_state", "优待证状态", "Card state", Form::Code)
        .of(&["CARD_STATE"])
        .typed()
        .headers(&["优待证状态", "优待证办理情况"]),
    Field::new("card_number", "优待证号", "Card number", Form::Text).typed().headers(&[
        "优待证号",
        "优待证编号",
        "优待证号码",
    ]),
    Field::new("contact_staff", "联系人", "Contact staff", Form::People).proposed().list().headers(&[
        "联系人",
        "责任人",
        "联系人责任人",
        "包联人",
    ]),
    Field::new("register", "登记状态", "Register", Form::Code).of(&["REGISTER"]).only(Right::Review).dated(),
    Field::new("removed_for", "移出原因", "Removed for", Form::Code).of(&["REMOVED_FOR"]).only(Right::Review).dated(),
    Field::new("removed_note", "移出说明", "Note on the removal", Form::Text).only(Right::Review),
    // Seen one by one, audited, by who may reveal (invariant 15); a pull never holds them.
    Field::new("restricted_tags", "受限标签", "Restricted tags", Form::Text)
        .of(&["TAG"])
        .only(Right::Review)
        .list()
        .sealed(Right::Reveal),
    Field::new("key_contact", "重点对象", "Key person", Form::Flag).only(Right::Review),
    Field::new("key_owner", "包联人", "Owner", Form::Any).only(Right::Review),
    Field::new("key_next_on", "下次联系", "Next contact", Form::Day).typed(),
    Field::new("key_measures", "一人一策", "Measures", Form::Text).sealed(Right::Reveal).typed(),
    Field::new("basis_person", "荣誉主体", "Basis person", Form::Id),
    crate::assumed::FIELD,
    Field::new("extra", "其他列", "Other columns", Form::Any),
    Field::new("note", "备注", "Note", Form::Text).typed().headers(NOTE),
];

/// What sheets call an address.
pub const ADDRESS: &[&str] = &[
    "现居住地址",
    "家庭住址",
    "居住地址",
    "现住址",
    "地址",
    "现居住地",
    "住址",
    "常住地址",
    "居住地",
    "联系方式地址",
    "家庭地址",
];

/// What sheets call telephone numbers.
pub const PHONES: &[&str] = &["联系电话", "电话", "手机", "手机号码", "手机号", "联系方式", "电话号码", "联系方式电话"];

/// What sheets call a remark.
pub const NOTE: &[&str] = &["备注", "说明", "备考"];
