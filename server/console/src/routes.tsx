// Every page and its address. The address is the whole state: it can be reloaded, kept and passed on.
import { createBrowserRouter, Navigate } from "react-router";
import { BasisPage } from "./basis/basis-page";
import { CoveragePage } from "./coverage/coverage-page";
import { ListPage } from "./coverage/list-page";
import { DuePage } from "./due/due-page";
import { HouseholdPage } from "./household/household-page";
import { ImportPage } from "./import/import-page";
import { ImportsPage } from "./import/imports-page";
import { LettersPage } from "./letter/letters-page";
import { NeedPage } from "./need/need-page";
import { NeedsPage } from "./need/needs-page";
import { PeoplePage } from "./people/people-page";
import { PersonPage } from "./person/person-page";
import { PlaquesPage } from "./plaque/plaques-page";
import { QueuePage } from "./queue/queue-page";
import { ReviewPage } from "./review/review-page";
import { RulesPage } from "./rules/rules-page";
import { SamePage } from "./same/same-page";
import { Broken } from "./shell/broken";
import { Layout } from "./shell/layout";
import { NotFound } from "./shell/not-found";
import { SuggestionsPage } from "./suggestion/suggestions-page";
import { UnitsPage } from "./unit/units-page";

export const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <Broken />,
    children: [
      { index: true, element: <Navigate to="/coverage" replace /> },
      { path: "coverage", element: <CoveragePage /> },
      { path: "coverage/people", element: <ListPage /> },
      { path: "due", element: <DuePage /> },
      { path: "people", element: <PeoplePage /> },
      { path: "people/:id", element: <PersonPage /> },
      { path: "people/:id/same/:other", element: <SamePage /> },
      { path: "households/:id", element: <HouseholdPage /> },
      { path: "queue", element: <QueuePage /> },
      { path: "review", element: <ReviewPage /> },
      { path: "plaques", element: <PlaquesPage /> },
      { path: "letters", element: <LettersPage /> },
      { path: "needs", element: <NeedsPage /> },
      { path: "needs/:id", element: <NeedPage /> },
      { path: "basis-persons", element: <BasisPage /> },
      { path: "units", element: <UnitsPage /> },
      { path: "rules", element: <RulesPage /> },
      { path: "suggestions", element: <SuggestionsPage /> },
      { path: "imports", element: <ImportsPage /> },
      { path: "imports/:id", element: <ImportPage /> },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
