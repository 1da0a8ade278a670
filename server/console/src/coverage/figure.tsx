// A figure that opens the list of rows behind it. Nothing stands behind a zero.
import { Link } from "react-router";
import { count } from "../words/number";

interface Props {
  value: number;
  to: string;
  /** What the figure counts, for those who cannot see where it stands. */
  label: string;
}

export function Figure({ value, to, label }: Props) {
  if (value === 0) return <span className="figure zero">0</span>;
  return (
    <Link className="figure" to={to} aria-label={`${label} ${value} 人，打开名单`}>
      {count(value)}
    </Link>
  );
}
