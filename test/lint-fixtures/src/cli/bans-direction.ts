import { value as app } from '../app/target.ts'; // expect paddock(direction)
import type { Shape as appShape } from '../app/target.ts'; // expect paddock(direction)
import { value as ui } from '../ui/target.ts'; // expect paddock(direction)
import type { Shape as uiShape } from '../ui/target.ts'; // expect paddock(direction)
import { value as store } from '../store/target.ts'; // expect paddock(direction)
import type { Shape as storeShape } from '../store/target.ts'; // expect paddock(direction)
import { value as runtime } from '../runtime/target.ts';
import type { Shape as runtimeShape } from '../runtime/target.ts';
import { value as lesson } from '../lesson/target.ts';
import type { Shape as lessonShape } from '../lesson/target.ts';
import { value as scenario } from '../scenario/target.ts';
import type { Shape as scenarioShape } from '../scenario/target.ts';
import { value as commands } from '../commands/target.ts';
import type { Shape as commandsShape } from '../commands/target.ts';
import { value as viz } from '../viz/target.ts'; // expect paddock(direction)
import type { Shape as vizShape } from '../viz/target.ts'; // expect paddock(direction)
import { value as sim } from '../sim/target.ts';
import type { Shape as simShape } from '../sim/target.ts';

export const used = [app, ui, store, runtime, lesson, scenario, commands, viz, sim];
export type Used = [
  appShape,
  uiShape,
  storeShape,
  runtimeShape,
  lessonShape,
  scenarioShape,
  commandsShape,
  vizShape,
  simShape,
];
