// What a field holds, as the server's catalogue says: its form and the words of its codes.
import type { components } from "../api/schema";
import { type Table, table } from "./table";

type FieldView = components["schemas"]["FieldView"];

interface Held {
  form: string;
  words: Table | null;
}

const held = new Map<string, Held>();

/** Puts in the catalogue. A name that several kinds have holds what the first says, and the codes of all. */
export function fillFields(fields: FieldView[]): void {
  const forms = new Map<string, string>();
  const tables = new Map<string, Set<string>>();
  for (const { field, form, tables: of } of fields) {
    if (!forms.has(field)) forms.set(field, form);
    const all = tables.get(field) ?? new Set<string>();
    for (const name of of) all.add(name);
    tables.set(field, all);
  }
  for (const [field, form] of forms) {
    const of = [...(tables.get(field) ?? [])];
    if (!held.has(field)) held.set(field, { form, words: of.length > 0 ? table(of) : null });
  }
}

/** NAME, DAY, MOMENT …; empty for a field of a newer version. */
export const formOf = (field: string): string => held.get(field)?.form ?? "";

/** The words of a field's codes; null where it holds none. */
export const wordsOf = (field: string): Table | null => held.get(field)?.words ?? null;
