// 投诉建议: what workers say of the work and the app, what waits for an answer first; one opens to its answers and ratings.
import { Card, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { type SuggestionRow, useSuggestions } from "../api/suggestions";
import { CountedChoice } from "../shell/counted-choice";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { TypedSearch } from "../shell/typed-search";
import { useParam } from "../shell/use-param";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { SUGGESTION_STATE, SUGGESTION_TYPE } from "../words/suggestions";
import { SuggestionSteps } from "./suggestion-steps";
import "../people/people.css";

const COLUMNS: TableColumnsType<SuggestionRow> = [
  { title: "内容", render: (_, row) => row.words },
  { title: "类型", width: 90, render: (_, row) => word(SUGGESTION_TYPE, row.suggestion_type) },
  { title: "提交人", width: 120, render: (_, row) => row.by ?? <span className="quiet">匿名</span> },
  {
    title: "进度",
    width: 100,
    render: (_, row) => (
      <Tag color={row.state === "SUBMITTED" ? "red" : "default"}>{word(SUGGESTION_STATE, row.state)}</Tag>
    ),
  },
  { title: "提交", width: 120, render: (_, row) => <span className="mono">{row.said_on ?? "—"}</span> },
];

function nothing(search: string | undefined, state: string | undefined): string {
  if (search) return `没有找到“${search}”`;
  if (state) return "没有处在这一步的投诉建议";
  return "还没有人提过；工作人员在手机“今日”页点“投诉建议”提交，直接送到县局";
}

export function SuggestionsPage() {
  const [search] = useParam("search");
  const [state, choose] = useParam("state");
  const answer = useSuggestions({ search: search ?? undefined, state: state ?? undefined });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  useTitle("投诉建议");
  return (
    <>
      <div className="head">
        <h1>投诉建议</h1>
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <Space className="find" orientation="vertical" size={12}>
          <TypedSearch label="查找投诉建议" placeholder="内容" />
          <CountedChoice
            label="进度"
            words={SUGGESTION_STATE}
            counts={answer.data?.pages[0]?.counts}
            value={state ?? ""}
            choose={(chosen) => choose(chosen || null)}
          />
        </Space>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="suggestions"
              size="middle"
              rowKey="id"
              columns={COLUMNS}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              expandable={{ expandRowByClick: true, expandedRowRender: (row) => <SuggestionSteps id={row.id} /> }}
              locale={{
                emptyText: (
                  <Empty
                    image={Empty.PRESENTED_IMAGE_SIMPLE}
                    description={nothing(search ?? undefined, state ?? undefined)}
                  />
                ),
              }}
            />
            <LoadMore answer={answer} shown={rows.length} unit="条" />
          </>
        )}
      </Card>
    </>
  );
}
