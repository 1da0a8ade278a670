// Values that wait beside a field of one record: proposed, or given differently by two phones. A reviewer takes one or turns it
// down here, as in the queue.
import type { HeldItem } from "../api/types";
import { matters } from "../queue/matter";
import { WaitingMatters } from "../queue/matters";

const NOBODY: ReadonlySet<string> = new Set();

export function WaitingCard({ rows }: { rows: HeldItem[] }) {
  return <WaitingMatters title="待核的值" matters={matters([], rows, NOBODY)} />;
}
