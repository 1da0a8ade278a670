//! What the ledgers say before they get dirty: invented people of one county in the columns of each ledger.

use std::collections::BTreeMap;

use bianfang_county::{County, Person, invent};
use bianfang_domain::id_number::IdNumber;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use crate::error::SheetsError;
use crate::ledger::Ledger;

/// One row by keys of columns. Days are whole, `1985-03-02`.
pub(crate) type Entry = BTreeMap<&'static str, String>;

/// `count` entries in the order of their villages, about a dozen to a village; of divisions at most as many as the county has.
pub(crate) fn entries(ledger: Ledger, count: usize, seed: u64, rng: &mut StdRng) -> Result<Vec<Entry>, SheetsError> {
    let county =
        part(bianfang_county::county()?, if ledger == Ledger::Divisions { count } else { count.div_ceil(12).max(4) });
    if ledger == Ledger::Divisions {
        return Ok(divisions(&county, rng));
    }
    let order: BTreeMap<(&str, &str), usize> = villages(&county).zip(0..).collect();
    let mut people = invent(&county, count, seed);
    people.sort_by_key(|person| order.get(&(person.township.as_str(), person.village.as_str())).copied());
    let entry = |(at, person): (usize, &Person)| {
        let mut entry = Entry::from([
            ("number", (at + 1).to_string()),
            ("name", person.name.clone()),
            ("phones", person.phone.clone()),
            ("category", person.category.to_owned()),
            ("address", person.address.clone()),
            ("township", person.township.clone()),
            ("village", person.village.clone()),
            ("id_number", apart_from_rounded(&person.id_number)),
        ]);
        entry.extend(match ledger {
            Ledger::Plaques => plaque(at, person, rng),
            Ledger::Visits => visit(rng),
            Ledger::Letters => letter(at, person, rng),
            Ledger::Staff => staff(at, person, rng),
            Ledger::People | Ledger::Divisions => register(at, person, rng),
        });
        entry.retain(|_, value| !value.is_empty());
        entry
    };
    Ok(people.iter().enumerate().map(entry).collect())
}

/// The first villages of each township, so that a small sheet still has several townships and full villages. At most
/// `wanted` villages; all of them where the county has no more.
fn part(mut county: County, wanted: usize) -> County {
    if wanted >= villages(&county).count() {
        return county;
    }
    let sizes: Vec<usize> = county.townships.iter().map(|township| township.villages.len()).collect();
    let few = wanted.div_ceil(3).min(sizes.len());
    let holds =
        |count: usize, each: usize| sizes.iter().take(count).map(|size| *size.min(&each)).sum::<usize>() >= wanted;
    let count = (few..sizes.len()).find(|count| holds(*count, usize::MAX)).unwrap_or(sizes.len());
    let each = (1..wanted).find(|each| holds(count, *each)).unwrap_or(wanted);
    let mut left = wanted;
    county.townships.retain_mut(|township| {
        township.villages.truncate(each.min(left));
        left -= township.villages.len();
        !township.villages.is_empty()
    });
    county
}

fn villages(county: &County) -> impl Iterator<Item = (&str, &str)> {
    county
        .townships
        .iter()
        .flat_map(|township| township.villages.iter().map(|village| (township.name.as_str(), village.name.as_str())))
}

fn divisions(county: &County, rng: &mut StdRng) -> Vec<Entry> {
    let mut rows = Vec::new();
    for township in &county.townships {
        for (at, village) in township.villages.iter().enumerate() {
            let mut entry = Entry::from([
                ("number", (rows.len() + 1).to_string()),
                ("township", township.name.clone()),
                ("village", village.name.clone()),
                ("valid_from", format!("20{:02}-01-01", rng.random_range(1..20))),
            ]);
            // The bureau's own list: villages it made itself have no code.
            if rng.random_bool(0.8) {
                entry.insert("code", village.code.clone());
            }
            if let Some(next) = township.villages.get(at + 1).filter(|_| rng.random_bool(0.15)) {
                entry.insert("valid_to", day(rng, 2021..2026));
                entry.insert("merged_into", next.name.clone());
            }
            rows.push(entry);
        }
    }
    rows
}

fn register(_: usize, person: &Person, rng: &mut StdRng) -> Entry {
    let birth = IdNumber::parse(&person.id_number).ok().and_then(|number| number.birth());
    // Nobody's day lies after the sheet's.
    let served =
        |year: Option<u16>, month: &str| year.map(|year| format!("{}-{month}", year.min(2025))).unwrap_or_default();
    let disabled = person.category == "残疾军人";
    Entry::from([
        ("sex", person.sex.to_owned()),
        ("ethnicity", pick(rng, &["汉族", "汉族", "汉族", "蒙古族", "满族"])),
        ("birth", birth.map(|day| day.to_string()).unwrap_or_default()),
        ("politics", pick(rng, &["中共党员", "群众", "群众", "共青团员"])),
        ("registered_address", person.address.clone()),
        ("enlisted", served(person.served.map(|served| served.0), "12-01")),
        ("discharged", served(person.served.map(|served| served.1), "11-30")),
        (
            "placement",
            if person.served.is_some() {
                pick(rng, &["自主就业", "安排工作", "复员"])
            } else {
                String::new()
            },
        ),
        ("merits", pick(rng, &["", "", "三等功一次", "嘉奖两次"])),
        ("disability", if disabled { pick(rng, &["八级", "九级", "十级"]) } else { String::new() }),
        ("combat", pick(rng, &["否", "否", "否", "是"])),
        ("preferential", if disabled { "残疾军人".to_owned() } else { String::new() }),
        ("employment", pick(rng, &["务农", "在业", "未就业", "退休"])),
        ("health", pick(rng, &["健康", "健康", "一般", "患病"])),
        ("low_income", pick(rng, &["否", "否", "否", "是"])),
        (
            "card_number",
            if rng.random_bool(0.3) { format!("试{:06}", rng.random_range(0..1_000_000)) } else { String::new() },
        ),
        ("plaque", pick(rng, &["是", "是", "否"])),
        ("contact_staff", pick(rng, &["赵志强", "包春生", "白玉梅"])),
    ])
}

/// A number that happens to end in 000 looks like one that Excel rounded. Another first digit of its sequence keeps it
/// unique, since invented sequences stay below 200.
fn apart_from_rounded(number: &str) -> String {
    let parts = || Some((number.get(..14)?, number.get(15..17)?));
    let others = parts().into_iter().flat_map(|(before, after)| {
        ["9", "8", "7"]
            .into_iter()
            .flat_map(move |digit| "0123456789X".chars().map(move |check| format!("{before}{digit}{after}{check}")))
    });
    let mut valid = others.filter(|number| !number.ends_with("000") && IdNumber::parse(number).is_ok());
    if number.ends_with("000") { valid.next().unwrap_or_default() } else { number.to_owned() }
}

fn plaque(at: usize, person: &Person, rng: &mut StdRng) -> Entry {
    Entry::from([
        ("head", person.name.clone()),
        ("relation", "本人".to_owned()),
        ("certificate", format!("退役证试第{:05}号", at + 1)),
        ("event", pick(rng, &["新发", "新发", "更换", "补发"])),
        ("position", pick(rng, &["大门", "大门", "室内"])),
        ("hung_at", day(rng, 2019..2026)),
        ("hung_by", pick(rng, &["赵志强", "包春生", "白玉梅"])),
        ("signature", pick(rng, &["已签", "已签", "本人不会写字，按手印"])),
        ("photo_number", format!("IMG_{:04}", at + 1)),
    ])
}

fn visit(rng: &mut StdRng) -> Entry {
    let goods = rng.random_bool(0.5);
    Entry::from([
        ("visited_at", day(rng, 2025..2027)),
        ("method", pick(rng, &["入户", "入户", "电话", "座谈"])),
        ("visitors", pick(rng, &["赵志强、包春生", "白玉梅"])),
        ("companions", pick(rng, &["", "村书记", "武装部干事"])),
        ("cash", pick(rng, &["", "200", "500", "1000"])),
        ("goods", if goods { "米1袋、油1桶".to_owned() } else { String::new() }),
        ("goods_value", if goods { "160".to_owned() } else { String::new() }),
        ("living", pick(rng, &["与老伴同住，生活稳定", "独居，子女在外务工", "务农，收入一般"])),
        ("thoughts", pick(rng, &["稳定", "稳定", "积极"])),
        ("hardship", pick(rng, &["", "", "看病报销手续不清楚"])),
        ("answer", pick(rng, &["", "已讲解政策"])),
        ("needs", pick(rng, &["", "", "需协调房屋修缮"])),
        ("result", pick(rng, &["", "已办结"])),
        ("signature", "已签".to_owned()),
    ])
}

fn letter(at: usize, person: &Person, rng: &mut StdRng) -> Entry {
    let family: String = person.name.chars().take(1).collect();
    Entry::from([
        ("received_at", day(rng, 2025..2026)),
        ("level", pick(rng, &["三等功", "三等功", "二等功", "“四有”优秀士兵", "嘉奖"])),
        ("approved_at", day(rng, 2024..2025)),
        ("notice_number", format!("喜报试〔2025〕{}号", at + 1)),
        ("family_name", format!("{family}满仓")),
        ("relation", pick(rng, &["父亲", "母亲", "配偶"])),
        ("delivered_at", day(rng, 2026..2027)),
        ("delivered_by", pick(rng, &["局领导、人武部", "乡镇服务站"])),
        ("goods_value", "300".to_owned()),
        ("award", pick(rng, &["", "500", "1000"])),
        ("signature", "已签".to_owned()),
        ("receipt", pick(rng, &["已寄", ""])),
    ])
}

fn staff(at: usize, person: &Person, rng: &mut StdRng) -> Entry {
    let (role, scope) = match at % 10 {
        0 => ("乡镇审核", person.township.clone()),
        1 => ("局业务", "翁牛特旗".to_owned()),
        2 => ("村级工作人员", format!("{0}{1}、{0}", person.township, person.village)),
        _ => ("村级工作人员", format!("{}{}", person.township, person.village)),
    };
    let to = if rng.random_bool(0.2) { day(rng, 2027..2029) } else { String::new() };
    Entry::from([
        ("login", format!("zh{:04}", at + 1)),
        ("role", role.to_owned()),
        ("scope", scope),
        ("from", day(rng, 2024..2026)),
        ("to", to),
    ])
}

fn pick(rng: &mut StdRng, among: &[&str]) -> String {
    among.choose(rng).copied().unwrap_or_default().to_owned()
}

/// A day before the summer of the last year, so that no fixture lies in the future.
fn day(rng: &mut StdRng, years: std::ops::Range<u16>) -> String {
    format!("{}-{:02}-{:02}", rng.random_range(years), rng.random_range(1..8u8), rng.random_range(1..29u8))
}
