// The server's answers by short names.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type DivisionRef = Schemas["DivisionRef"];
export type Figures = Schemas["FiguresView"];
export type Coverage = Schemas["CoverageView"];
export type CoveragePerson = Schemas["ListedView"];
export type Behind = Schemas["BehindView"];
export type PersonRow = Schemas["PersonRow"];
export type Person = Schemas["PersonPage"];
export type Alike = Schemas["Alike"];
export type SameRecord = Schemas["SameRecord"];
export type Household = Schemas["HouseholdPage"];
export type HomeMember = Schemas["HomeMember"];
export type HomeAct = Schemas["HomeAct"];
export type Visit = Schemas["Visit"];
export type PlaqueEvent = Schemas["PlaqueEntry"];
export type PhotoRef = Schemas["PhotoRef"];
export type Named = Schemas["Named"];
export type CaseItem = Schemas["CaseItem"];
export type HeldItem = Schemas["HeldItem"];
export type FieldChange = Schemas["FieldChange"];
export type LookItem = Schemas["LookItem"];
export type ReviewWrite = Schemas["ReviewWrite"];
export type PlaqueRow = Schemas["PlaqueRow"];
export type LetterRow = Schemas["LetterRow"];
export type Rule = Schemas["RuleView"];
export type RecordWrite = Schemas["RecordWrite"];
export type Written = Schemas["RecordWritten"];
export type Tokens = Pick<Schemas["SessionResponse"], "access" | "refresh">;
export type SignedIn = Schemas["SessionResponse"];
