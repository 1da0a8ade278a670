// 单位: employers, garrisons and trainers, found by name and by kind.
import { Button, Card, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type UnitRow, useUnits } from "../api/register";
import { useMay } from "../session/use-session";
import { CountedChoice } from "../shell/counted-choice";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { TypedSearch } from "../shell/typed-search";
import { useParam } from "../shell/use-param";
import { useTitle } from "../shell/use-title";
import { UNIT_KIND, word } from "../words/codes";
import { UnitDrawer } from "./unit-drawer";
import { UnitForm } from "./unit-form";
import "../people/people.css";

const columns = (open: (id: string) => void): TableColumnsType<UnitRow> => [
  {
    title: "名称",
    width: 240,
    render: (_, row) => (
      <Button type="link" style={{ padding: 0 }} onClick={() => open(row.id)}>
        {row.name}
      </Button>
    ),
  },
  { title: "类别", width: 130, render: (_, row) => <Tag>{word(UNIT_KIND, row.unit_kind)}</Tag> },
  { title: "区划", width: 150, render: (_, row) => row.division?.name ?? "—" },
  { title: "联系人", width: 120, render: (_, row) => row.contact_name ?? "—" },
  { title: "用人需求", render: (_, row) => row.hiring ?? "—" },
];

export function UnitsPage() {
  const [params] = useSearchParams();
  const [of, choose] = useParam("of");
  const [, open] = useParam("unit");
  const search = params.get("search") ?? "";
  const answer = useUnits({ search, of: of ?? "", division: params.get("division") ?? undefined });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const [begun, begin] = useState(false);
  const records = useMay("RECORD");
  useTitle("单位");
  const empty = search ? `没有找到“${search}”` : "这里没有单位；点右上方“登记单位”，手机上登记的也会出现在这里";
  return (
    <>
      <div className="head">
        <h1>单位</h1>
        {records && (
          <Button type="primary" onClick={() => begin(true)}>
            登记单位
          </Button>
        )}
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <Space className="find" orientation="vertical" size={12}>
          <TypedSearch label="查找单位" placeholder="名称或拼音" />
          <CountedChoice
            label="类别"
            words={UNIT_KIND}
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
              data-testid="units"
              size="middle"
              rowKey="id"
              columns={columns(open)}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              scroll={{ x: 900 }}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
            />
            <LoadMore answer={answer} shown={rows.length} unit="个" />
          </>
        )}
      </Card>
      <UnitForm open={begun} done={open} close={() => begin(false)} />
      <UnitDrawer />
    </>
  );
}
