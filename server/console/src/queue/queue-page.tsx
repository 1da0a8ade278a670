// 待办核对: what only a person can decide. Everything else takes its course without anybody.
import { Card, Tabs } from "antd";
import { Link, useSearchParams } from "react-router";
import { usePeople } from "../api/queries";
import { useTitle } from "../shell/use-title";
import { count } from "../words/number";
import { CasesTable } from "./cases-table";
import { HoldingTable } from "./holding-table";
import "../people/people.css";

export function QueuePage() {
  const [params, setParams] = useSearchParams();
  const drafts = usePeople("", undefined, "DRAFT").data?.pages[0]?.counts.find((one) => one.register === "DRAFT");
  useTitle("待办核对");
  return (
    <>
      <div className="head">
        <h1>待办核对</h1>
        <span className="quiet">暂存的记录都完整保留，只是还不计入数字</span>
        <Link to="/people?register=DRAFT" data-testid="drafts">
          入户新登记的人 {count(drafts?.count ?? 0)} 名
        </Link>
      </div>
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={params.get("tab") ?? "holding"}
          onChange={(tab) => setParams({ tab })}
          destroyOnHidden
          items={[
            { key: "holding", label: "暂存与提议", children: <HoldingTable /> },
            { key: "cases", label: "核对事项", children: <CasesTable /> },
          ]}
        />
      </Card>
    </>
  );
}
