// 复核: visits that a person must look at. All others are accepted by themselves after the days of the rule.
import { Alert, Button, Card, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { asProblem } from "../api/problem";
import { useReview } from "../api/queries";
import type { LookItem } from "../api/types";
import { useWrite } from "../api/write";
import { Named } from "../queue/named";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { useTitle } from "../shell/use-title";
import { RESULT, WORK, word } from "../words/codes";
import { LOOK } from "../words/queue";
import { time } from "../words/time";
import "../people/people.css";

/** What a rule holds back, or two phones said differently, is settled in the queue; accepting the visit would not do it. */
const QUEUED = ["HELD", "CONFLICT"];

const giveBack = (row: LookItem): Question => ({
  title: "退回",
  note: "退回后不计入数字，记录人更正后会再次出现在这里。",
  label: "需要更正什么",
  ok: "确定退回",
  danger: true,
  write: (comment) => ({ review: row.contact.id, say: { say: "return", revision: row.revision, comment } }),
});

const mend = (row: LookItem, at_ms: number): Question => ({
  title: "改正时间",
  note: `按建议改为 ${time(at_ms)}。`,
  ok: "改正",
  write: (reason) => ({ review: row.contact.id, say: { say: "time", revision: row.revision, at_ms, reason } }),
});

export function ReviewPage() {
  const [params] = useSearchParams();
  const answer = useReview(params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const accept = useWrite(() => undefined);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  useTitle("复核");
  const columns: TableColumnsType<LookItem> = [
    {
      title: "为什么要看",
      width: 240,
      render: (_, row) => (
        <>
          <Tag color="gold">{word(LOOK, row.look)}</Tag>
          {row.same_photo.length > 0 && <Tag color="orange">同一照片还在 {row.same_photo.length} 次走访上</Tag>}
          {row.answers.length > 0 && <Tag color="orange">{row.answers.length} 个问卷答案需核对</Tag>}
          <div className="quiet">{row.zh}</div>
        </>
      ),
    },
    {
      title: "走访",
      render: (_, row) => (
        <>
          <Named record={row.contact} />
          <div className="quiet">
            {row.work_types.map((code) => word(WORK, code)).join("、")}
            {row.late && " · 事后补录"}
          </div>
        </>
      ),
    },
    {
      title: "对象与结果",
      render: (_, row) =>
        row.entries.map(({ person, result }) => (
          <div key={person.id}>
            <Named record={person} /> {word(RESULT, result)}
          </div>
        )),
    },
    { title: "记录人", width: 110, render: (_, row) => row.by ?? "—" },
    {
      title: "",
      width: 240,
      render: (_, row) => {
        const at = row.contact.at_ms;
        return (
          <Space>
            {QUEUED.includes(row.look) && (
              <Link to="/queue">
                <Button type="primary">去待办核对</Button>
              </Link>
            )}
            {row.doubtful && at != null && <Button onClick={() => ask(mend(row, at))}>改正时间</Button>}
            {!row.doubtful && !QUEUED.includes(row.look) && (
              <Button
                type="primary"
                disabled={accept.isPending}
                onClick={() =>
                  accept.mutate({
                    review: row.contact.id,
                    say: { say: "accept", revision: row.revision },
                  })
                }
              >
                审核通过
              </Button>
            )}
            <Button danger onClick={() => ask(giveBack(row))}>
              退回
            </Button>
          </Space>
        );
      },
    },
  ];
  return (
    <>
      <div className="head">
        <h1>复核</h1>
        <span className="quiet">只列必须由人看的走访；其余到期自动通过</span>
      </div>
      {accept.isError && <Alert type="error" showIcon title={asProblem(accept.error).title} />}
      <Card styles={{ body: { padding: 0 } }}>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="review"
              size="middle"
              rowKey={(row) => row.contact.id}
              columns={columns}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              locale={{
                emptyText: (
                  <Empty
                    image={Empty.PRESENTED_IMAGE_SIMPLE}
                    description="没有要复核的走访；手机同步后，时间存疑、涉及慰问金等的走访会出现在这里"
                  />
                ),
              }}
            />
            <LoadMore answer={answer} shown={rows.length} unit="条" />
          </>
        )}
      </Card>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}
