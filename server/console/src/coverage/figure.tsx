// A figure that opens the list of rows behind it. Nothing stands behind a zero.
import { Link } from "react-router";
import type { Ask } from "../api/queries";
import type { Figures } from "../api/types";
import { count } from "../words/number";
import { listAt } from "./ask";
import { LISTS, unit, type Which } from "./lists";

interface Props {
  figures: Figures;
  which: Which;
  /** The division and the days that the figure is of. */
  ask: Ask;
  /** The division's name, for those who cannot see where the figure stands. */
  of: string;
}

export function Figure({ figures, which, ask, of }: Props) {
  const value = figures[which];
  if (value === 0) return <span className="figure zero">0</span>;
  return (
    <Link
      className="figure"
      to={listAt(ask, which)}
      aria-label={`${of}${LISTS[which]} ${value} ${unit(which)}，打开名单`}
      data-figure={which}
    >
      {count(value)}
    </Link>
  );
}
