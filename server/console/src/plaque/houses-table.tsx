// Every household with people or a plaque, by state, with the reason why it may have one.
import { Button, Empty, Segmented, Space, Table, type TableColumnsType, Tag } from "antd";
import { Link, useSearchParams } from "react-router";
import { type PlaqueRow, usePlaques } from "../api/plaques";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { TypedSearch } from "../shell/typed-search";
import { PLAQUE_STATE, POSITION, word } from "../words/codes";
import { count } from "../words/number";
import { HouseDrawer } from "./house-drawer";

const COLUMNS: TableColumnsType<PlaqueRow> = [
  {
    title: "户主",
    width: 120,
    render: (_, row) => <Link to={`/households/${row.household}`}>{row.head_name ?? "—"}</Link>,
  },
  { title: "住址", render: (_, row) => row.address ?? "—" },
  { title: "区划", width: 140, render: (_, row) => row.division?.name ?? "—" },
  { title: "状态", width: 110, render: (_, row) => <Tag>{word(PLAQUE_STATE, row.state)}</Tag> },
  {
    title: "悬挂",
    width: 170,
    render: (_, row) =>
      row.hung_on ? (
        <>
          <span className="mono">{row.hung_on}</span> {row.position && word(POSITION, row.position)}
        </>
      ) : (
        "—"
      ),
  },
  {
    title: "待销毁",
    width: 90,
    align: "right",
    render: (_, row) => (row.returned > 0 ? `${row.returned} 块` : "—"),
  },
  { title: "为什么", render: (_, row) => <span className="quiet">{row.why_text ?? row.why}</span> },
];

export function HousesTable() {
  const [params, setParams] = useSearchParams();
  const state = params.get("state") ?? "";
  const search = params.get("search") ?? "";
  const answer = usePlaques({ search, state, division: params.get("division") ?? undefined });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = answer.data?.pages[0]?.counts ?? [];
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const states = [
    { value: "", label: `全部 ${count(all)}` },
    ...counts.map((one) => ({ value: one.state, label: `${word(PLAQUE_STATE, one.state)} ${count(one.count)}` })),
  ];
  const choose = (value: string) =>
    setParams(
      (before) => {
        if (value) before.set("state", value);
        else before.delete("state");
        return before;
      },
      { replace: true },
    );
  const open = (household: string) =>
    setParams((before) => {
      before.set("house", household);
      return before;
    });
  const act: TableColumnsType<PlaqueRow>[number] = {
    title: "",
    width: 90,
    fixed: "right",
    render: (_, row) => <Button onClick={() => open(row.household)}>{row.may.length > 0 ? "办理" : "查看"}</Button>,
  };
  if (answer.isError && !answer.data) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <>
      <Space className="find" orientation="vertical" size={12}>
        <TypedSearch label="查找户" placeholder="户主姓名、拼音或住址" />
        <Segmented aria-label="状态" options={states} value={state} onChange={choose} />
      </Space>
      <Table
        data-testid="plaques"
        size="middle"
        rowKey="household"
        columns={[...COLUMNS, act]}
        dataSource={rows}
        pagination={false}
        loading={answer.isPending}
        scroll={{ x: 1000 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={search ? `没有找到“${search}”` : "没有这种状态的户；导入花名册或光荣牌登记表后出现在这里"}
            />
          ),
        }}
      />
      <LoadMore answer={answer} shown={rows.length} unit="户" />
      <HouseDrawer />
    </>
  );
}
