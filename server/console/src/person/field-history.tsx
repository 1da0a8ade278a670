// 字段历史: who set which field when, from what to what, newest first; asked for when it is opened. Values come masked.
import { HistoryOutlined } from "@ant-design/icons";
import { Button, Drawer, Empty, Select, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useFieldHistory } from "../api/queries";
import type { FieldChange, Person } from "../api/types";
import { shown } from "../queue/settle";
import { Failure } from "../shell/failure";
import { word } from "../words/codes";
import { CHANGE, FIELD } from "../words/queue";
import { time } from "../words/time";

const COLOR: Record<string, string> = { PROPOSED: "blue", HELD: "gold", CONFLICT: "volcano", CHOSEN: "green" };

/** Records that a field may point to, by what the page knows of them; of others the value itself tells a clerk nothing. */
function naming(person: Person) {
  const names: Record<string, string> = {};
  for (const place of [person.township, person.village]) if (place) names[place.id] = place.name;
  if (person.household) names[person.household.id] = person.household.address ?? "本户";
  return (field: string, value: unknown) => {
    const pointed = field === "household" ? "另一户" : field.endsWith("_division") ? "另一区划" : undefined;
    return pointed && typeof value === "string" ? (names[value] ?? pointed) : shown(value);
  };
}

const columns = (name: ReturnType<typeof naming>): TableColumnsType<FieldChange> => [
  { title: "时间", width: 150, render: (_, row) => <span className="mono">{time(row.at_ms)}</span> },
  { title: "字段", width: 110, render: (_, row) => word(FIELD, row.field) },
  {
    title: "",
    width: 110,
    render: (_, row) => <Tag color={COLOR[row.what] ?? "default"}>{word(CHANGE, row.what)}</Tag>,
  },
  {
    title: "从 → 到",
    render: (_, row) => (
      <>
        {name(row.field, row.from)} → <b>{name(row.field, row.to)}</b>
        {row.since && <span className="quiet"> 自 {row.since}</span>}
        {row.reason && <div className="quiet">理由：{row.reason}</div>}
      </>
    ),
  },
  { title: "谁", width: 100, render: (_, row) => row.by ?? "—" },
];

export function FieldHistory({ person }: { person: Person }) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<string>();
  const answer = useFieldHistory(person.id, open);
  const all = answer.data?.rows ?? [];
  const fields = [...new Set(all.map((row) => row.field))];
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
        字段历史
      </Button>
      <Drawer title="字段历史" size={860} open={open} onClose={() => setOpen(false)}>
        {answer.isError ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Space orientation="vertical" className="wide">
            <Select
              aria-label="只看一个字段"
              allowClear
              placeholder="全部字段"
              className="field-choice"
              value={field}
              onChange={setField}
              options={fields.map((value) => ({ value, label: word(FIELD, value) }))}
            />
            <Table
              data-testid="field-history"
              size="small"
              rowKey={(row) => `${row.feed} ${row.field} ${row.what} ${JSON.stringify(row.to)}`}
              columns={columns(naming(person))}
              dataSource={field ? all.filter((row) => row.field === field) : all}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              loading={answer.isPending}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有字段改动" /> }}
            />
          </Space>
        )}
      </Drawer>
    </>
  );
}
