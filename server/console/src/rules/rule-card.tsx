// One rule: how it holds today, and the versions by day. A version may be taken up again, which is a further version.
import { Button, Card, Descriptions, Space, Timeline } from "antd";
import { useState } from "react";
import type { Rule, Settings } from "../api/rules";
import { RULE, SETTING } from "../words/rules";
import { RuleDialog } from "./rule-dialog";
import { told } from "./told";

export function RuleCard({ rule }: { rule: Rule }) {
  const [begun, begin] = useState<Settings>();
  const shipped = rule.shipped as Settings;
  const today = rule.today as Settings;
  const about = RULE[rule.name];
  return (
    <Card
      data-testid={`rule-${rule.name}`}
      title={about?.title ?? rule.name}
      extra={<Button onClick={() => begin(today)}>修改</Button>}
    >
      <Space orientation="vertical" size={12} style={{ width: "100%" }}>
        <span className="quiet">{about?.about}</span>
        <Descriptions
          size="small"
          column={1}
          items={Object.entries(today).map(([name, value]) => ({
            key: name,
            label: SETTING[name] ?? name,
            children: told(name, value),
          }))}
        />
        {rule.versions.length > 0 && (
          <Timeline
            items={rule.versions.map((version) => ({
              key: version.from ?? "",
              content: (
                <Space wrap>
                  <b className="mono">{version.from ?? "起初"}</b>
                  <span>{changes(version.data as Settings)}</span>
                  <Button size="small" onClick={() => begin({ ...shipped, ...(version.data as Settings) })}>
                    改回这一版
                  </Button>
                </Space>
              ),
            }))}
          />
        )}
      </Space>
      <RuleDialog rule={rule} begun={begun} close={() => begin(undefined)} />
    </Card>
  );
}

/** What a version sets otherwise than what is shipped. */
function changes(data: Settings): string {
  const set = Object.keys(data).map((name) => SETTING[name] ?? name);
  return set.length === 0 ? "按出厂设置" : `设定了：${set.join("、")}`;
}
