// 荣誉主体: serving soldiers, martyrs and the others whose service a family's plaque rests on, found by name and by basis.
import { Button, Card, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type BasisPersonRow, useBasisPersons } from "../api/register";
import { useMay } from "../session/use-session";
import { CountedChoice } from "../shell/counted-choice";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { TypedSearch } from "../shell/typed-search";
import { useParam } from "../shell/use-param";
import { useTitle } from "../shell/use-title";
import { BASIS, word } from "../words/codes";
import { BasisDrawer, Home } from "./basis-drawer";
import { BasisForm } from "./basis-form";
import "../people/people.css";
import "./basis.css";

const columns = (open: (id: string) => void): TableColumnsType<BasisPersonRow> => [
  {
    title: "姓名",
    width: 120,
    render: (_, row) => (
      <Button type="link" style={{ padding: 0 }} onClick={() => open(row.id)}>
        {row.name}
      </Button>
    ),
  },
  { title: "类别", width: 130, render: (_, row) => <Tag>{word(BASIS, row.basis)}</Tag> },
  { title: "家庭", render: (_, row) => <Home home={row.household} /> },
  { title: "区划", width: 140, render: (_, row) => row.household?.division?.name ?? "—" },
  {
    title: "家属",
    width: 200,
    render: (_, row) => row.relations.map((one) => `${one.person.name ?? "—"}（${one.relation}）`).join("、") || "—",
  },
  { title: "入伍", width: 100, render: (_, row) => <span className="mono">{row.enlisted ?? "—"}</span> },
];

export function BasisPage() {
  const [params] = useSearchParams();
  const [of, choose] = useParam("of");
  const [, open] = useParam("basis");
  const search = params.get("search") ?? "";
  const answer = useBasisPersons({ search, of: of ?? "", division: params.get("division") ?? undefined });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const [begun, begin] = useState(false);
  const records = useMay("RECORD");
  useTitle("荣誉主体");
  const empty = search ? `没有找到“${search}”` : "这里没有荣誉主体；点右上方“登记荣誉主体”，或在一户的页面里登记";
  return (
    <>
      <div className="head">
        <h1>荣誉主体</h1>
        {records && (
          <Button type="primary" onClick={() => begin(true)}>
            登记荣誉主体
          </Button>
        )}
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <Space className="find" orientation="vertical" size={12}>
          <TypedSearch label="查找荣誉主体" placeholder="姓名或拼音" />
          <CountedChoice
            label="类别"
            words={BASIS}
            counts={answer.data?.pages[0]?.counts}
            value={of ?? ""}
            choose={choose}
          />
        </Space>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="basis-persons"
              size="middle"
              rowKey="id"
              columns={columns(open)}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              scroll={{ x: 900 }}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
            />
            <LoadMore answer={answer} shown={rows.length} />
          </>
        )}
      </Card>
      <BasisForm open={begun} done={open} close={() => begin(false)} />
      <BasisDrawer />
    </>
  );
}
