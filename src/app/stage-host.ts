/** The host with its painter: what both the worker and, without one, the page run. */
import type { MakeHost } from '../runtime/endpoint.ts';
import { createHost } from '../runtime/worker-host.ts';
import { createStagePainter } from './stage-painter.ts';

export const makeStageHost: MakeHost = (post) => createHost({ post, createPainter: createStagePainter });
