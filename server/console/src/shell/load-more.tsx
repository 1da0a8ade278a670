// The foot of a long list: how many rows are shown, and the next ones when wanted.
import { Button } from "antd";
import { asProblem } from "../api/problem";
import { count } from "../words/number";

export interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

export function LoadMore({ answer, shown, unit = "人" }: { answer: Pages; shown: number; unit?: string }) {
  if (shown === 0) return null;
  return (
    <div className="more">
      <span>{answer.hasNextPage ? `已显示前 ${count(shown)} ${unit}` : `共 ${count(shown)} ${unit}`}</span>
      {answer.isFetchNextPageError && <span className="bad">{asProblem(answer.error).title}</span>}
      {answer.hasNextPage && (
        <Button loading={answer.isFetchingNextPage} onClick={() => answer.fetchNextPage()}>
          加载更多
        </Button>
      )}
    </div>
  );
}
