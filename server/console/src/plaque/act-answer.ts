// What an act's form was answered, as the fields of a plaque event (core/domain/src/kind/plaque/event.rs).
import type { Dayjs } from "dayjs";
import type { PlaqueOffer } from "../api/plaques";
import type { Write } from "../api/write";
import { momentOf } from "../words/time";

export interface Answer {
  day: Dayjs;
  reason?: string;
  document_no?: string;
  document_day?: Dayjs;
  /** BACK, or the old plaque did not come back. */
  old?: "BACK" | "NOT";
  exception?: string;
  position?: string;
  hanger?: string;
  signed?: boolean;
  /** Who signed, or why nobody did. */
  signature?: string;
  receiver?: string;
  lot?: string;
  request?: string;
}

const FORM = "YYYY-MM-DD";

/** `opened`: when the form was opened, so that the same answer sent twice is the same. */
export function eventOf(household: string, offer: PlaqueOffer, answer: Answer, opened: number): Write {
  const text = (value: string | undefined) => value?.trim() || undefined;
  const signature = text(answer.signature);
  const fields = {
    household,
    event: offer.act,
    at: momentOf(answer.day.format(FORM), opened),
    reason: text(answer.reason),
    document: text(answer.document_no) && `${text(answer.document_no)}，${answer.document_day?.format(FORM)}`,
    old_returned: answer.old === "BACK" || undefined,
    exception: text(answer.exception),
    position: answer.position,
    hanger: text(answer.hanger),
    ...(offer.hangs && (answer.signed ? { signature } : { no_signature: signature })),
    receiver: text(answer.receiver),
    lot: answer.lot,
    request: answer.request,
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { kind: "plaque_event", act: { act: "record", fields: given } };
}
