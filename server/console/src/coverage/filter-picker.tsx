// Whom and which contacts the figures are of: category, kind of work, method. What is chosen is told in words, since a figure
// that is asked for in part looks like any other.
import { Alert, Button, Select, Space } from "antd";
import type { Ask } from "../api/queries";
import { CATEGORY, METHOD, WORK, word } from "../words/codes";
import type { Table } from "../words/table";

const FILTERS = [
  { name: "category", label: "人员类别", words: CATEGORY },
  { name: "work_type", label: "工作内容", words: WORK },
  { name: "method", label: "走访方式", words: METHOD },
] as const;

interface Props {
  ask: Ask;
  change: (ask: Ask) => void;
}

const options = (words: Table) => Object.entries(words).map(([value, label]) => ({ value, label }));

export function FilterPicker({ ask, change }: Props) {
  const set = (name: (typeof FILTERS)[number]["name"], value: string | undefined) => {
    const { [name]: _, ...others } = ask;
    change(value ? { ...others, [name]: value } : others);
  };
  return (
    <Space wrap className="filters">
      {FILTERS.map(({ name, label, words }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={`全部${label}`}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
          options={options(words)}
          value={ask[name] ?? null}
          onChange={(value: string | null | undefined) => set(name, value ?? undefined)}
          style={{ width: 190 }}
        />
      ))}
    </Space>
  );
}

export const filtered = (ask: Ask) => FILTERS.some(({ name }) => ask[name] !== undefined);

/** Nothing where everybody and every contact counts. */
export function FilterTold({ ask, change }: Props) {
  const { category, work_type: work, method, ...plain } = ask;
  if (!filtered(ask)) return null;
  const contacts = [work && `工作内容为“${word(WORK, work)}”`, method && `方式为“${word(METHOD, method)}”`]
    .filter(Boolean)
    .join("、");
  const title = [
    category && `只统计类别为“${word(CATEGORY, category)}”的人`,
    contacts && `只计${contacts}的走访，别的走访视同没有`,
  ];
  return (
    <Alert
      className="behind"
      type="info"
      showIcon
      data-testid="filtered"
      title={title.filter(Boolean).join("；")}
      action={<Button onClick={() => change(plain)}>清除筛选</Button>}
    />
  );
}
