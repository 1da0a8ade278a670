// 喜报: merit letters by where they stand, and what comes next for each.
import { Button, Card, Empty, Segmented, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type LetterRow, useLetters } from "../api/plaques";
import { ExportButton } from "../export/export-button";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { TypedSearch } from "../shell/typed-search";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { LETTER_LEVEL, LETTER_STATE, LETTER_WARNING } from "../words/plaques";
import { LetterDrawer } from "./letter-drawer";
import { LetterForm } from "./letter-form";
import { LetterSteps } from "./letter-steps";
import { LettersDelivered } from "./letters-delivered";
import "../people/people.css";

const states = () => [
  { value: "", label: "全部" },
  ...Object.entries(LETTER_STATE).map(([value, label]) => ({ value, label })),
];

export function LettersPage() {
  const [params, setParams] = useSearchParams();
  const state = params.get("state") ?? "";
  const search = params.get("search") ?? "";
  const answer = useLetters({ search, state, division: params.get("division") ?? undefined });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const [question, ask] = useState<Question>();
  const [begun, begin] = useState(false);
  const records = useMay("RECORD");
  const open = (letter: string) =>
    setParams((before) => {
      before.set("letter", letter);
      return before;
    });
  useTitle("喜报");
  const columns: TableColumnsType<LetterRow> = [
    {
      title: "军人",
      width: 110,
      render: (_, row) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => open(row.id)}>
          {row.soldier}
        </Button>
      ),
    },
    { title: "奖励", width: 110, render: (_, row) => word(LETTER_LEVEL, row.level) },
    { title: "通知书编号", width: 150, render: (_, row) => row.notice_no ?? "—" },
    { title: "区划", width: 130, render: (_, row) => row.division?.name ?? "—" },
    { title: "收到", width: 120, render: (_, row) => <span className="mono">{row.received_on ?? "—"}</span> },
    {
      title: "进度",
      render: (_, row) => (
        <Space wrap size={4}>
          <Tag>{word(LETTER_STATE, row.state)}</Tag>
          {row.delivered_on && <span className="mono">{row.delivered_on}</span>}
          {row.warnings.map((code) => (
            <Tag key={code} color="gold">
              {word(LETTER_WARNING, code)}
            </Tag>
          ))}
        </Space>
      ),
    },
    { title: "", width: 330, render: (_, row) => <LetterSteps row={row} ask={ask} /> },
  ];
  return (
    <>
      <div className="head">
        <h1>喜报</h1>
        <Space>
          {records && (
            <Button type="primary" onClick={() => begin(true)}>
              登记喜报
            </Button>
          )}
          <ExportButton shown={{ division: params.get("division") ?? undefined }} />
        </Space>
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <Space className="find" orientation="vertical" size={12}>
          <TypedSearch label="查找喜报" placeholder="军人姓名、拼音或通知书编号" />
          <Segmented
            aria-label="进度"
            options={states()}
            value={state}
            onChange={(value) =>
              setParams(
                (before) => {
                  if (value) before.set("state", value);
                  else before.delete("state");
                  return before;
                },
                { replace: true },
              )
            }
          />
        </Space>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="letters"
              size="middle"
              rowKey="id"
              columns={columns}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              scroll={{ x: 1000 }}
              locale={{
                emptyText: (
                  <Empty
                    image={Empty.PRESENTED_IMAGE_SIMPLE}
                    description={
                      search ? `没有找到“${search}”` : "这里没有喜报；导入送喜报登记表，或点右上方“登记喜报”"
                    }
                  />
                ),
              }}
            />
            <LoadMore answer={answer} shown={rows.length} unit="份" />
          </>
        )}
      </Card>
      <LettersDelivered division={params.get("division") ?? undefined} />
      <SettleDialog question={question} close={() => ask(undefined)} />
      <LetterForm open={begun} done={open} close={() => begin(false)} />
      <LetterDrawer />
    </>
  );
}
