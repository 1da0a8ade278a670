// The routes that the server's description does not have yet, by hand in the shape that openapi-typescript writes.

export interface DivisionRef {
  id: string;
  name: string;
  level: string;
}
export interface Figures {
  denominator: number;
  reached: number;
  in_person: number;
  remote: number;
  family: number;
  unreviewed: number;
  tried: number;
  not_yet: number;
  held: number;
}
export interface Coverage {
  division: DivisionRef;
  path: DivisionRef[];
  from: string;
  to: string;
  feed: number;
  as_of: number | null;
  total: Figures;
  parts: { division: DivisionRef; figures: Figures }[];
}
export interface CoveragePerson {
  person: string;
  name: string;
  division: DivisionRef;
  level: number | null;
  held: number;
}
export interface Behind {
  since_ms: number;
  rows: { division: DivisionRef; last_ms: number | null }[];
}
export interface PersonRow {
  id: string;
  name: string;
  id_masked: string | null;
  division: DivisionRef | null;
  household: string | null;
  register: string | null;
  life: string | null;
  categories: string[];
}
export interface PhotoRef {
  id: string;
  sha256: string;
  taken_ms: number | null;
  stored: boolean;
  has_copy: boolean;
}
export interface Visit {
  id: string;
  at_ms: number;
  doubtful: boolean;
  method: string;
  result: string;
  work_types: string[];
  note: string | null;
  visitor: string;
  review: string;
  held: boolean;
  void: boolean;
  photos: PhotoRef[];
}
export interface PlaqueEvent {
  id: string;
  event: string;
  at_ms: number;
  position: string | null;
  hanger: string | null;
  by: string;
  held: boolean;
  void: boolean;
  photos: PhotoRef[];
}
export interface Person {
  id: string;
  name: string;
  id_masked: string | null;
  sex: string | null;
  birth: string | null;
  categories: string[];
  life: string | null;
  register: string | null;
  phones: string[];
  village: DivisionRef | null;
  township: DivisionRef | null;
  household: { id: string; address: string | null; members: { id: string; name: string }[] } | null;
  plaque: { state: string; position: string | null; hung_on: string | null } | null;
  visits: Visit[];
  plaque_events: PlaqueEvent[];
}

interface Get<Query, Body, Path = never> {
  get: {
    parameters: { query?: Query; path: Path };
    responses: { 200: { headers: Record<string, never>; content: { "application/json": Body } } };
  };
}
interface Scope {
  division?: string;
  from?: string;
  to?: string;
  as_of?: number;
}
export interface NewPaths {
  "/api/v1/coverage": Get<Scope, Coverage, undefined>;
  "/api/v1/coverage/people": Get<
    Scope & { which: string; after?: string },
    { rows: CoveragePerson[]; next: string | null },
    undefined
  >;
  "/api/v1/coverage/behind": Get<{ division?: string; days?: number }, Behind, undefined>;
  "/api/v1/people": Get<
    { search?: string; division?: string; after?: string },
    { rows: PersonRow[]; next: string | null },
    undefined
  >;
  "/api/v1/people/{id}": Get<Record<string, never>, Person, { id: string }>;
  "/api/v1/people/{id}/reveal": {
    post: {
      parameters: { path: { id: string } };
      requestBody: { content: { "application/json": { reason: string } } };
      responses: { 200: { headers: Record<string, never>; content: { "application/json": { id_number: string } } } };
    };
  };
}
