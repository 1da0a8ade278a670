// What one matter is about: both values, both plaques, both people, the visits that told it. By what the matter is made of.
import { usePerson } from "../api/queries";
import type { HeldItem, Named as NamedRecord } from "../api/types";
import { DeathSaid } from "../evidence/death-said";
import { FactSaid } from "../evidence/fact-said";
import { LetterSides } from "../evidence/letter-sides";
import { PeopleSides } from "../evidence/people-sides";
import { PlaqueSides } from "../evidence/plaque-sides";
import { ValueSides } from "../evidence/value-sides";
import { VisitEvidence } from "../evidence/visit-evidence";
import { VisitLine } from "../evidence/visit-line";
import type { Matter } from "./matter";
import { reportOf, tellers } from "./report";

export function MatterEvidence({ matter }: { matter: Matter }) {
  const { causes, parts } = matter;
  const reports = parts.filter((item) => reportOf(item));
  // A value beside a field stands once, whichever of the parts it came with.
  const values = parts.filter((item) => item.field);
  const facts = parts.filter((item) => !item.field);
  const [cause] = causes;
  const people = cause?.subjects.filter((subject) => subject.kind === "person") ?? [];
  const [one, other] = people;
  const told = causes.flatMap((item) => item.facts);
  const shown = new Set(facts.map((item) => item.record.id));
  return (
    <>
      {values.map((item) => (
        <ValueSides key={JSON.stringify(item.part)} item={item} field={item.field ?? ""} />
      ))}
      {reports.map((item) => (
        <Told key={JSON.stringify(item.part)} item={item} />
      ))}
      {cause?.case === "MERGE" && one && other && <PeopleSides one={one.id} other={other.id} />}
      {cause?.case === "DEATH" && one && reports.length === 0 && <DeathSaid person={one.id} />}
      {facts.map((item) => (
        <Fact key={`${item.record.id} ${JSON.stringify(item.part)}`} record={item.record} subjects={item.subjects} />
      ))}
      {reports.length === 0 &&
        told
          .filter((fact) => !shown.has(fact.id))
          .map((fact) => <Fact key={fact.id} record={fact} subjects={cause?.subjects ?? []} />)}
      {told.length === 0 && parts.length === 0 && cause?.case !== "MERGE" && (
        <Subjects subjects={cause?.subjects ?? []} />
      )}
    </>
  );
}

/** The visits that told what waits. */
function Told({ item }: { item: HeldItem }) {
  const visits = usePerson(item.record.id).data?.visits ?? [];
  const report = reportOf(item);
  const told = report ? tellers(visits, report) : [];
  return told.map((visit) => (
    <section key={visit.id}>
      <VisitLine id={visit.id} person={item.record.id} />
      <VisitEvidence id={visit.id} person={item.record.id} />
    </section>
  ));
}

function Fact({ record, subjects }: { record: NamedRecord; subjects: readonly NamedRecord[] }) {
  const person = subjects.find((subject) => subject.kind === "person");
  const house = subjects.find((subject) => subject.kind === "household");
  if (record.kind === "contact") {
    return (
      <section>
        {person && <VisitLine id={record.id} person={person.id} />}
        <VisitEvidence id={record.id} person={person?.id} />
      </section>
    );
  }
  if (record.kind === "plaque_event" && house) return <PlaqueSides household={house.id} asked={[record.id]} />;
  const letter = subjects.find((subject) => subject.kind === "letter");
  if (record.kind === "letter_step" && letter) return <LetterSides letter={letter.id} asked={record.id} />;
  return <FactSaid kind={record.kind} id={record.id} />;
}

/** A case that no fact raised: what stands of its subjects. */
function Subjects({ subjects }: { subjects: readonly NamedRecord[] }) {
  return subjects.map((subject) =>
    subject.kind === "household" ? (
      <PlaqueSides key={subject.id} household={subject.id} asked={[]} />
    ) : subject.kind === "person" ? null : (
      <FactSaid key={subject.id} kind={subject.kind} id={subject.id} />
    ),
  );
}
