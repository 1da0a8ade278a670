//! The surface as the library itself tells it, in words: whoever changes what an app can call or see changes this
//! snapshot, and a review sees it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use uniffi_meta::{EnumMetadata, FieldMetadata, FnParamMetadata, Metadata, Type};

/// Cargo lays the shared library beside the test that links the crate.
fn library() -> PathBuf {
    let name = format!("{}bianfang_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    std::env::current_exe().unwrap().with_file_name(name)
}

fn metadata() -> Vec<Metadata> {
    let path = library().into_os_string().into_string().unwrap();
    uniffi_bindgen::macro_metadata::extract_from_library(path.as_str().into()).unwrap()
}

#[test]
fn surface_is_the_one_that_was_reviewed() {
    let mut text = String::new();
    for (_, lines) in lines(&metadata()) {
        for line in lines {
            writeln!(text, "{line}").unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn error_has_at_most_ten_variants() {
    let errors: Vec<_> = metadata().into_iter().filter_map(error).collect();
    assert_eq!(errors.len(), 1, "one error for the whole surface");
    assert!(errors[0].variants.len() <= 10, "an app decides by it; ten is what people keep apart");
}

fn error(item: Metadata) -> Option<EnumMetadata> {
    match item {
        Metadata::Enum(item) if matches!(item.shape, uniffi_meta::EnumShape::Error { .. }) => Some(item),
        _ => None,
    }
}

/// Each type with its own lines, in the order of their names; functions first.
fn lines(items: &[Metadata]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut put = |owner: &str, line: String| all.entry(owner.to_owned()).or_default().push(line);
    for item in items {
        match item {
            Metadata::Func(f) => put("", call("fn", &f.name, f.is_async, &f.inputs, &f.return_type, &f.throws)),
            Metadata::Object(o) => put(&o.name, format!("object {}", o.name)),
            Metadata::Constructor(c) => {
                let made = None;
                put(&c.self_name, call("  new", &c.name, c.is_async, &c.inputs, &made, &c.throws));
            }
            Metadata::Method(m) => {
                put(&m.self_name, call("  fn", &m.name, m.is_async, &m.inputs, &m.return_type, &m.throws));
            }
            Metadata::TraitMethod(m) => {
                put(&m.trait_name, call("  fn", &m.name, m.is_async, &m.inputs, &m.return_type, &m.throws));
            }
            Metadata::Record(r) => put(&r.name, format!("record {}{}", r.name, below(&r.fields))),
            Metadata::Enum(e) => put(&e.name, variants(e)),
            Metadata::CallbackInterface(c) => put(&c.name, format!("callback {}", c.name)),
            Metadata::CustomType(c) => put(&c.name, format!("custom {} = {}", c.name, name(&c.builtin))),
            Metadata::Namespace(_) | Metadata::UdlFile(_) => {}
            other => put("", format!("{other:?}")),
        }
    }
    for lines in all.values_mut() {
        // The type itself, then what it can do.
        lines.sort_by_key(|line| (line.starts_with(' '), line.clone()));
    }
    all
}

fn call(
    word: &str,
    function: &str,
    is_async: bool,
    inputs: &[FnParamMetadata],
    gives: &Option<Type>,
    throws: &Option<Type>,
) -> String {
    let inputs: Vec<_> = inputs.iter().map(|input| format!("{}: {}", input.name, name(&input.ty))).collect();
    let gives = gives.as_ref().map(|ty| format!(" -> {}", name(ty))).unwrap_or_default();
    let throws = throws.as_ref().map(|ty| format!(" throws {}", name(ty))).unwrap_or_default();
    format!("{word} {function}({}){}{gives}{throws}", inputs.join(", "), if is_async { " async" } else { "" })
}

/// In the order in which they are written: a call without names depends on it.
fn below(fields: &[FieldMetadata]) -> String {
    fields.iter().map(|field| format!("\n  {}: {}", field.name, name(&field.ty))).collect()
}

fn variants(item: &EnumMetadata) -> String {
    let word = if matches!(item.shape, uniffi_meta::EnumShape::Enum) { "enum" } else { "error" };
    let variants = item.variants.iter().map(|variant| match variant.fields.is_empty() {
        true => format!("\n  {}", variant.name),
        false => format!("\n  {} {{ {} }}", variant.name, fields(&variant.fields)),
    });
    format!("{word} {}{}", item.name, variants.collect::<String>())
}

fn fields(fields: &[FieldMetadata]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| format!("{}: {}", field.name, name(&field.ty))).collect();
    fields.join(", ")
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Object { name, .. } | Type::Record { name, .. } | Type::Enum { name, .. } => name.clone(),
        Type::CallbackInterface { name, .. } | Type::Custom { name, .. } => name.clone(),
        Type::Optional { inner_type } => format!("{}?", name(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", name(inner_type)),
        other => format!("{other:?}"),
    }
}
