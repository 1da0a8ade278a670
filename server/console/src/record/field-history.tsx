// 改动历史: who set which field of a record when, from what to what, newest first; asked for when it is opened. Values come
// masked.
import { HistoryOutlined } from "@ant-design/icons";
import { Button, Drawer, Empty, Select, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useFieldHistory } from "../api/queries";
import type { FieldChange } from "../api/types";
import { Failure } from "../shell/failure";
import { word } from "../words/codes";
import { CHANGE, FIELD } from "../words/queue";
import { time } from "../words/time";
import { type Names, namesOf, shown } from "./value";

const COLOR: Record<string, string> = {
  PROPOSED: "blue",
  HELD: "gold",
  CONFLICT: "volcano",
  CHOSEN: "green",
  VOIDED: "red",
  ACCEPTED: "green",
  RETURNED: "volcano",
};

/** What stands for the record as a whole in the choice of a field. */
const WHOLE = "whole";

const called = (field: string | null | undefined) => (field ? word(FIELD, field) : "整条记录");

const columns = (names: Names): TableColumnsType<FieldChange> => [
  { title: "时间", width: 150, render: (_, row) => <span className="mono">{time(row.at_ms)}</span> },
  { title: "字段", width: 110, render: (_, row) => called(row.field) },
  {
    title: "",
    width: 110,
    render: (_, row) => <Tag color={COLOR[row.what] ?? "default"}>{word(CHANGE, row.what)}</Tag>,
  },
  {
    title: "从 → 到",
    render: (_, row) => (
      <>
        {row.field && (
          <>
            {shown(row.from, row.field, names)} → <b>{shown(row.to, row.field, names)}</b>
          </>
        )}
        {!row.field && row.to != null && <b>{shown(row.to, "", names)}</b>}
        {row.since && <span className="quiet"> 自 {row.since}</span>}
        {row.reason && <div className="quiet">理由：{row.reason}</div>}
      </>
    ),
  },
  { title: "谁", width: 100, render: (_, row) => row.by ?? "—" },
];

interface Props {
  kind: string;
  id: string;
  /** A quiet word beside an entry, not the button of a page. */
  small?: boolean;
}

export function FieldHistory({ kind, id, small = false }: Props) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<string>();
  const answer = useFieldHistory(kind, id, open);
  const all = answer.data?.rows ?? [];
  const names = namesOf(answer.data?.named ?? []);
  const fields = [...new Set(all.map((row) => row.field ?? WHOLE))];
  return (
    <>
      {small ? (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          改动历史
        </Button>
      ) : (
        <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
          字段历史
        </Button>
      )}
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
              options={fields.map((value) => ({ value, label: called(value === WHOLE ? null : value) }))}
            />
            <Table
              data-testid="field-history"
              size="small"
              rowKey={(row) => `${row.feed} ${row.field} ${row.what} ${JSON.stringify(row.to)}`}
              columns={columns(names)}
              dataSource={field ? all.filter((row) => (row.field ?? WHOLE) === field) : all}
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
