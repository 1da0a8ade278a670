//! The fields of a contact, in the order of the form.

use crate::actor::Right;
use crate::form::Form;
use crate::kind::Field;
use crate::kind::person::fields::NOTE;

/// Every field of a contact.
pub const FIELDS: &[Field] = &[
    Field::new("at", "时间", "Time", Form::Moment).headers(&["走访时间", "走访日期", "慰问时间", "时间", "日期"]),
    Field::new("started", "开始时间", "Started", Form::Moment),
    Field::new("household", "户", "Household", Form::Id),
    Field::new("unit", "单位", "Unit", Form::Id),
    Field::new("entries", "走访对象", "Entries", Form::Any),
    // Of one entry: a sheet has a row for each.
    Field::new("result", "结果", "Result", Form::Text).of(&["RESULT"]).headers(&["走访结果", "见面情况"]),
    Field::new("method", "方式", "Method", Form::Text).of(&["METHOD"]).headers(&["走访方式", "方式"]),
    Field::new("work_types", "工作类型", "Work", Form::Text)
        .of(&["WORK_TYPE"])
        .list()
        .headers(&["工作类型", "走访类型"]),
    Field::new("must_trigger", "必访事由", "Why it must be visited", Form::Text).of(&["TRIGGER"]),
    Field::new("visitors", "走访人", "Visitors", Form::People).headers(&["走访人", "走访人员", "慰问人"]),
    Field::new("companions", "陪同人员", "Companions", Form::Text).headers(&["陪同人员", "陪同人"]),
    // Who is in no register: a neighbour, somebody's nurse.
    Field::new("others", "其他在场人员", "Others present", Form::People).headers(&["其他在场人员", "在场人员"]),
    Field::new("gifts_text", "慰问金、慰问品", "Gifts", Form::Text),
    Field::new("situation", "生产生活情况", "Situation", Form::Text).headers(&["生产生活情况", "生活情况"]),
    Field::new("thoughts", "思想动态", "Thoughts", Form::Text)
        .sealed(Right::Restricted)
        .headers(&["思想动态", "思想情况"]),
    Field::new("difficulties", "反映困难", "Difficulties", Form::Text).headers(&[
        "反映的困难问题",
        "反映困难",
        "困难问题",
        "反映问题",
    ]),
    Field::new("cause", "困难原因", "Cause", Form::Text).headers(&["困难原因"]),
    Field::new("measures", "帮扶措施", "Measures", Form::Text).headers(&["帮扶措施"]),
    Field::new("answered", "现场答复", "Answered on the spot", Form::Text).headers(&["现场答复"]),
    Field::new("to_solve", "需解决事项", "To solve", Form::Text).headers(&["需解决事项", "需上报事项"]),
    Field::new("needs_text", "诉求", "Needs", Form::Text),
    Field::new("follow_up_on", "回访日期", "Follow up on", Form::Day).headers(&["回访日期"]),
    Field::new("signature", "签字", "Signature", Form::Text).headers(&["对象签字", "签字"]),
    Field::new("no_signature", "未签字原因", "Why no signature", Form::Text),
    Field::new("no_photo", "未拍照原因", "Why no photo", Form::Text),
    Field::new("place", "位置", "Place", Form::Any),
    Field::new("no_place", "未定位原因", "Why no place", Form::Text),
    Field::new("entered_by", "补录依据", "Entered at a desk", Form::Text),
    Field::new("answers", "问卷", "Answers", Form::Any),
    crate::assumed::FIELD,
    Field::new("extra", "其他列", "Other columns", Form::Any),
    Field::new("note", "备注", "Note", Form::Text).headers(NOTE),
];
