// A name that opens the person's page, also inside a row that opens it: one click, one step of history.
import { Link } from "react-router";

export function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/people/${id}`} onClick={(event) => event.stopPropagation()}>
      {name}
    </Link>
  );
}
