import { value as app } from '../app/target.ts'; // expect paddock(direction)
import type { Shape as appShape } from '../app/target.ts'; // expect paddock(direction)
import { value as ui } from '../ui/target.ts'; // expect paddock(direction)
import type { Shape as uiShape } from '../ui/target.ts'; // expect paddock(direction)
import { value as store } from '../store/target.ts'; // expect paddock(direction)
import type { Shape as storeShape } from '../store/target.ts'; // expect paddock(direction)
import { value as runtime } from '../runtime/target.ts'; // expect paddock(direction)
import type { Shape as runtimeShape } from '../runtime/target.ts'; // expect paddock(direction)
import { value as lesson } from '../lesson/target.ts'; // expect paddock(direction)
import type { Shape as lessonShape } from '../lesson/target.ts'; // expect paddock(direction)
import { value as scenario } from '../scenario/target.ts'; // expect paddock(direction)
import type { Shape as scenarioShape } from '../scenario/target.ts'; // expect paddock(direction)
import { value as cli } from '../cli/target.ts'; // expect paddock(direction)
import type { Shape as cliShape } from '../cli/target.ts'; // expect paddock(direction)
import { value as viz } from '../viz/target.ts'; // expect paddock(direction)
import type { Shape as vizShape } from '../viz/target.ts'; // expect paddock(direction)
import { value as sim } from '../sim/target.ts';
import type { Shape as simShape } from '../sim/target.ts';

export const used = [app, ui, store, runtime, lesson, scenario, cli, viz, sim];
export type Used = [
  appShape,
  uiShape,
  storeShape,
  runtimeShape,
  lessonShape,
  scenarioShape,
  cliShape,
  vizShape,
  simShape,
];
