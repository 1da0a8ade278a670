// A row of states to choose from, each with how many there are.
import { Segmented } from "antd";
import { count } from "../words/number";
import type { Table } from "../words/table";

interface Props {
  label: string;
  /** Choices before the states, over several of them; told without a number. */
  before?: Table;
  words: Table;
  counts: readonly { state: string; count: number }[] | undefined;
  value: string;
  choose: (state: string | null) => void;
}

export function CountedChoice({ label, before = {}, words, counts, value, choose }: Props) {
  const of = (state: string) => counts?.find((one) => one.state === state)?.count ?? 0;
  const all = counts?.reduce((sum, one) => sum + one.count, 0);
  const shown = (word: string, number: number | undefined) => (counts ? `${word} ${count(number ?? 0)}` : word);
  return (
    <Segmented
      aria-label={label}
      options={[
        ...Object.entries(before).map(([value, label]) => ({ value, label })),
        { value: "", label: shown("全部", all) },
        ...Object.entries(words).map(([state, word]) => ({ value: state, label: shown(word, of(state)) })),
      ]}
      value={value}
      onChange={choose}
    />
  );
}
