// 规则: what the bureau sets for itself. Every change holds from a day on; earlier days keep what held then.
import { Card, Space } from "antd";
import { useRules } from "../api/rules";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { RuleCard } from "./rule-card";

export function RulesPage() {
  const answer = useRules();
  useTitle("规则");
  return (
    <>
      <div className="head">
        <h1>规则</h1>
        <span className="quiet">改动从选定的日子起生效，以前的数字不变；随同步到每部手机</span>
      </div>
      {answer.error ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Space orientation="vertical" size={16} style={{ width: "100%" }}>
          {answer.isPending && <Card loading />}
          {answer.data?.map((rule) => (
            <RuleCard key={rule.name} rule={rule} />
          ))}
        </Space>
      )}
    </>
  );
}
