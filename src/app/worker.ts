/** Entry of the thread that simulates and draws. */
import { runStageThread } from './stage-thread.ts';

runStageThread();
