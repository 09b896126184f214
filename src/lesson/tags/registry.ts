/** Every tag of the lesson language. A new one is a file beside this and a line here. */
import { CLAIM } from './claim.ts';
import { CODE } from './code.ts';
import { DO } from './do.ts';
import { GOAL } from './goal.ts';
import { ONLY } from './only.ts';
import { PREDICT } from './predict.ts';
import { SCENE } from './scene.ts';
import { SHOW } from './show.ts';
import type { TagSpec } from './tag-spec.ts';
import { VALUE } from './value.ts';
import { WHY } from './why.ts';

export const TAGS: readonly TagSpec[] = [SCENE, PREDICT, DO, CLAIM, VALUE, WHY, GOAL, SHOW, CODE, ONLY];
