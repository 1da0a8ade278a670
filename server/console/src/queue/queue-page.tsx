// 待办核对: what only a person can decide, each thing once. Everything else takes its course without anybody.
import { Card, Tabs } from "antd";
import { useSearchParams } from "react-router";
import { DoorTab } from "../door/door-tab";
import { useTitle } from "../shell/use-title";
import { count } from "../words/number";
import { Matters } from "./matters";
import { SettledTable } from "./settled-table";
import { useMatters } from "./use-matters";
import "../people/people.css";

const TABS = ["holding", "door", "settled"];

export function QueuePage() {
  const [params, setParams] = useSearchParams();
  const waiting = useMatters(params.get("division") ?? undefined);
  const tab = TABS.find((one) => one === params.get("tab")) ?? "holding";
  const choose = (chosen: string) =>
    setParams((before) => {
      before.set("tab", chosen);
      before.delete("state");
      return before;
    });
  // A number that is not known to the end yet is none.
  const counted = (label: string, number: number) => (waiting.whole ? `${label} ${count(number)}` : label);
  useTitle("待办核对");
  return (
    <>
      <div className="head">
        <h1>待办核对</h1>
        <span className="quiet">暂存的记录都完整保留，只是还不计入数字</span>
      </div>
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={tab}
          onChange={choose}
          destroyOnHidden
          items={[
            {
              key: "holding",
              label: counted("待核对", waiting.matters.length),
              children: <Matters waiting={waiting} />,
            },
            {
              key: "door",
              label: <span data-testid="drafts">{counted("入户新登记的人", waiting.door.length)}</span>,
              children: <DoorTab waiting={waiting} />,
            },
            { key: "settled", label: "已了结", children: <SettledTable /> },
          ]}
        />
      </Card>
    </>
  );
}
