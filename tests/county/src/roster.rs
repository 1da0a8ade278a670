//! The 退役军人花名册 as a bureau keeps it, as CSV.

use std::io::Write;

use crate::people::Person;

/// Its columns, as far as the demo fills them.
pub const HEADER: [&str; 13] = [
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "户籍地址",
    "现居住地址",
    "乡镇(街道)",
    "村(社区)",
    "联系电话",
    "入伍时间",
    "退役时间",
    "人员类别",
    "备注",
];

/// Writes the sheet.
///
/// # Errors
/// What the writer reports.
pub fn write_roster(people: &[Person], to: impl Write) -> Result<(), csv::Error> {
    let mut sheet = csv::Writer::from_writer(to);
    sheet.write_record(HEADER)?;
    for (row, person) in people.iter().enumerate() {
        let year = |year: Option<u16>, month: &str| year.map(|year| format!("{year}.{month}")).unwrap_or_default();
        sheet.write_record([
            &(row + 1).to_string(),
            &person.name,
            person.sex,
            &person.id_number,
            &person.address,
            &person.address,
            &person.township,
            &person.village,
            &person.phone,
            &year(person.served.map(|served| served.0), "12"),
            &year(person.served.map(|served| served.1), "11"),
            person.category,
            "",
        ])?;
    }
    sheet.flush()?;
    Ok(())
}
