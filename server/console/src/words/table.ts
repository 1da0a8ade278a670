// Code tables as the server has them: the bureau's words over the shipped ones, asked for once and looked up everywhere.
import type { components } from "../api/schema";

export type Table = Readonly<Record<string, string>>;

type CodeTable = components["schemas"]["CodeTableView"];

const made: { names: string[]; words: Record<string, string>; own: Table }[] = [];

/**
 * The words of one table, or of several where codes of each may stand, and perhaps some of the page's own. They come with the
 * server's answer: read them in a component, not while a module loads.
 */
export function table(names: string[], own: Table = {}): Table {
  const words: Record<string, string> = { ...own };
  made.push({ names, words, own });
  return words;
}

/** Puts in what the server says. Pages keep the tables they hold: only the words in them change. */
export function fill(tables: CodeTable[]): void {
  const found = new Map(tables.map((one) => [one.table, one.items]));
  for (const { names, words, own } of made) {
    for (const code of Object.keys(words)) delete words[code];
    Object.assign(words, own);
    for (const name of names) {
      for (const item of found.get(name) ?? []) words[item.code] ??= item.name;
    }
  }
}
