// What a page shows instead of its content: that it failed, why, and what can be done.
import { Button, Result } from "antd";
import { asProblem } from "../api/problem";

export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const problem = asProblem(error);
  const forbidden = problem.status === 403 || problem.status === 404;
  return (
    <Result
      status={forbidden ? "403" : problem.code === "unreachable" ? "warning" : "error"}
      title={problem.title}
      subTitle={problem.requestId ? `请求编号 ${problem.requestId}` : undefined}
      extra={
        <Button type="primary" onClick={retry}>
          重试
        </Button>
      }
    />
  );
}
