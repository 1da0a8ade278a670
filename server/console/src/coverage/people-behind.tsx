// The people behind the figures of one division, a list for each figure. Which list is open stands in the address.
import { Alert, Segmented } from "antd";
import { useSearchParams } from "react-router";
import { type Ask, useCoveragePeople } from "../api/queries";
import type { Figures } from "../api/types";
import { Failure } from "../shell/failure";
import { count } from "../words/number";
import { PeopleTable } from "./people-table";

export const LISTS: Record<string, string> = {
  not_yet: "未访",
  tried: "走访未见",
  reached: "已遍访",
  held: "待核",
};

/** The list that the address names. */
export function useWhich(fallback: string): string {
  const [params] = useSearchParams();
  const which = params.get("which") ?? fallback;
  return which in LISTS ? which : fallback;
}

interface Props {
  ask: Ask;
  total: Figures | undefined;
  fallback: string;
}

export function PeopleBehind({ ask, total, fallback }: Props) {
  const [, setParams] = useSearchParams();
  const which = useWhich(fallback);
  const answer = useCoveragePeople(ask, which);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const figure = (list: string) => total?.[list as keyof Figures];
  return (
    <div className="people">
      <Segmented
        className="people-lists"
        value={which}
        options={Object.entries(LISTS).map(([value, label]) => ({
          value,
          label: figure(value) === undefined ? label : `${label} ${count(figure(value) ?? 0)}`,
        }))}
        onChange={(which) => {
          setParams((params) => {
            params.set("which", which);
            return params;
          });
        }}
      />
      {which === "held" && (
        <Alert
          type="info"
          banner
          title="待核的记录不计入任何数字；乡镇审核处理之后再计入。一个人可能有几条待核记录。"
        />
      )}
      {answer.isError && !answer.data ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <PeopleTable rows={rows} answer={answer} which={which} />
      )}
    </div>
  );
}
