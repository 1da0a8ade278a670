// A part of a page that could not be read, in a line: the rest of the page goes on.
import { Button } from "antd";
import { asProblem } from "../api/problem";

export function SmallFailure({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  return (
    <p className="bad" role="alert">
      {what}读不到：{asProblem(error).title}
      <Button type="link" size="small" onClick={retry}>
        重试
      </Button>
    </p>
  );
}
