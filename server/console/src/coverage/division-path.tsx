// Where one stands, from the top of what the account may see down to here.
import { Breadcrumb } from "antd";
import { Link } from "react-router";
import type { Ask } from "../api/queries";
import type { DivisionRef } from "../api/types";
import { coverageAt } from "./ask";

export function DivisionPath({ path, ask, last }: { path: DivisionRef[]; ask: Ask; last?: string }) {
  const items = path.map((division, at) => ({
    key: division.id,
    title:
      at === path.length - 1 && !last ? (
        division.name
      ) : (
        <Link to={coverageAt({ ...ask, division: division.id })}>{division.name}</Link>
      ),
  }));
  const end = last ? [{ key: "last", title: last }] : [];
  return <Breadcrumb items={[{ key: "page", title: "走访覆盖" }, ...items, ...end]} />;
}
