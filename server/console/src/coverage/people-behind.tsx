// The people behind the figures of one division, a list for each figure. Which list is open stands in the address.
import { Alert, Segmented } from "antd";
import { useSearchParams } from "react-router";
import { type Ask, useCoveragePeople } from "../api/queries";
import type { Figures } from "../api/types";
import { Failure } from "../shell/failure";
import { count } from "../words/number";
import { LISTS, type Which } from "./lists";
import { PeopleTable } from "./people-table";

/** Those of a reviewer's daily work; the parts of 已遍访 open only from their figures. */
const OFFERED: Which[] = ["not_yet", "tried", "reached", "held"];

/** The list that the address names. */
export function useWhich(fallback: Which): Which {
  const [params] = useSearchParams();
  const which = params.get("which") ?? "";
  return Object.hasOwn(LISTS, which) ? (which as Which) : fallback;
}

interface Props {
  ask: Ask;
  total: Figures | undefined;
  fallback: Which;
}

export function PeopleBehind({ ask, total, fallback }: Props) {
  const [, setParams] = useSearchParams();
  const which = useWhich(fallback);
  const answer = useCoveragePeople(ask, which);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const offered = OFFERED.includes(which) ? OFFERED : [which, ...OFFERED];
  const label = (list: Which) => `${LISTS[list]} ${total ? count(total[list]) : ""}`;
  return (
    <div className="people">
      <Segmented
        className="people-lists"
        value={which}
        options={offered.map((value) => ({ value, label: label(value) }))}
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
