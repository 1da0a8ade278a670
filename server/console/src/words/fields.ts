// What a field holds, as the server's catalogue says: its form and the words of its codes.
import type { components } from "../api/schema";
import { type Table, table } from "./table";

type FieldView = components["schemas"]["FieldView"];

interface Held {
  form: string;
  words: Table | null;
}

const held = new Map<string, Held>();

/** Puts in the catalogue; a person's fields come first, and what a name means there holds where no kind is told. */
export function fillFields(fields: FieldView[]): void {
  for (const { field, form, tables } of fields) {
    if (!held.has(field)) held.set(field, { form, words: tables.length > 0 ? table([...tables]) : null });
  }
}

/** NAME, DAY, MOMENT …; empty for a field of a newer version. */
export const formOf = (field: string): string => held.get(field)?.form ?? "";

/** The words of a field's codes; null where it holds none. */
export const wordsOf = (field: string): Table | null => held.get(field)?.words ?? null;
