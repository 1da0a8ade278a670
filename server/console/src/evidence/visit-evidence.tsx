// What a visit brought, whole: its photos large, what was handed over, asked for and signed, and the plaque that was hung in it.
import { Skeleton } from "antd";
import { usePlaque } from "../api/plaques";
import { useFieldHistory, usePerson } from "../api/queries";
import { Photos } from "../person/photos";
import { SmallFailure } from "../shell/small-failure";
import { FactSaid } from "./fact-said";
import { PlaqueSide } from "./plaque-sides";
import { fieldsOf, saidNow } from "./said";
import "./evidence.css";

interface Props {
  /** The visit. */
  id: string;
  /** Somebody it names: the photos are read from their page. None: a unit was visited. */
  person: string | undefined;
}

export function VisitEvidence({ id, person }: Props) {
  return (
    <div className="evidence" data-testid="evidence">
      <FactSaid kind="contact" id={id} />
      <div className="evidence-photos">
        {person ? <VisitPhotos id={id} person={person} /> : <p className="quiet">走访单位的照片在这里看不到。</p>}
        <Hung visit={id} />
      </div>
    </div>
  );
}

function VisitPhotos({ id, person }: { id: string; person: string }) {
  const answer = usePerson(person);
  if (answer.isError) return <SmallFailure what="照片" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton.Image active />;
  const photos = answer.data.visits.find((visit) => visit.id === id)?.photos ?? [];
  return photos.length > 0 ? <Photos photos={photos} large /> : <p className="quiet">这次走访没有照片</p>;
}

/** A photo of a plaque belongs to the plaque's record, and that to the visit in which it was hung. */
function Hung({ visit }: { visit: string }) {
  const said = saidNow(useFieldHistory("contact", visit, true).data?.rows ?? []);
  const works = said.get("work_types")?.to;
  const house = said.get("household")?.to;
  const brings = Array.isArray(works) && works.includes("PLAQUE") && typeof house === "string";
  const answer = usePlaque(brings ? house : null);
  if (!brings) return null;
  if (answer.isError)
    return <SmallFailure what="光荣牌记录" error={answer.error} retry={() => void answer.refetch()} />;
  const events = answer.data?.events.filter((event) => fieldsOf(event).contact === visit) ?? [];
  if (answer.data && events.length === 0) return <p className="quiet">这次走访没有留下光荣牌记录</p>;
  return events.map((event) => <PlaqueSide key={event.id} event={event} />);
}
