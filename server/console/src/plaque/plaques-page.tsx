// 光荣牌: which household has one and why, what the store holds, and requests on their way.
import { Card, Tabs } from "antd";
import { useSearchParams } from "react-router";
import { ExportButton } from "../export/export-button";
import { useTitle } from "../shell/use-title";
import { HousesTable } from "./houses-table";
import { RequestsTable } from "./requests-table";
import { StockTab } from "./stock-tab";
import "../people/people.css";

export function PlaquesPage() {
  const [params, setParams] = useSearchParams();
  useTitle("光荣牌");
  return (
    <>
      <div className="head">
        <h1>光荣牌</h1>
        <ExportButton shown={{ division: params.get("division") ?? undefined }} />
      </div>
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={params.get("tab") ?? "houses"}
          onChange={(tab) => setParams({ tab })}
          destroyOnHidden
          items={[
            { key: "houses", label: "各户挂牌", children: <HousesTable /> },
            { key: "stock", label: "库存与对账", children: <StockTab /> },
            { key: "requests", label: "更换补发申请", children: <RequestsTable /> },
          ]}
        />
      </Card>
    </>
  );
}
