// The same photo on another record: where, when and whom that one reached. A hint, never a verdict.
import type { LookItem } from "../api/types";
import { Named } from "../queue/named";

export function Twins({ row }: { row: LookItem }) {
  const unseen = row.same_photo.length - row.twins.length;
  if (row.same_photo.length === 0) return null;
  return (
    <div className="twins" data-testid="twins">
      <span>同一张照片还在：</span>
      {row.twins.map((twin) => (
        <div key={twin.record.id}>
          <Named record={twin.record} />
          {twin.people.map((person) => (
            <span key={person.id}>
              {" "}
              <Named record={person} />
            </span>
          ))}
        </div>
      ))}
      {unseen > 0 && <div className="quiet">另有 {unseen} 条不在您的范围</div>}
    </div>
  );
}
