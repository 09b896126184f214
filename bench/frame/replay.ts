/**
 * The thread that simulates and draws, but for the simulating: a herd is simulated for a while before the first frame, its
 * legs and pictures are kept, and these are played in a loop. All else is the app's own: what is noted of legs, how
 * they are found again, the picture's layout, list and painting, what is told to the page and how.
 */
import type { FontMessage } from '../../src/app/fonts.ts';
import { createStagePainter } from '../../src/app/stage-painter.ts';
import { createDriver, type Driver } from '../../src/commands/driver.ts';
import type { FromHost, RunView, ToHost } from '../../src/runtime/protocol.ts';
import * as reader from '../../src/runtime/read-scenario.ts';
import { createTeller } from '../../src/runtime/teller.ts';
import { readTick, runNumberIn } from '../../src/runtime/tray/tray.ts';
import { createHost } from '../../src/runtime/worker-host.ts';
import { LegLog } from '../../src/sim/model/legs.ts';
import type { Run } from '../../src/sim/run.ts';
import type { HerdView } from '../../src/sim/view.ts';
import { ECHO } from './echo.ts';

const WARM_UP_MS = 4000;
const LOOP_MS = 4000;
const VIEW_MS = 100;

interface WorkerScope {
  readonly name: string;
  postMessage(message: FromHost | ArrayBuffer, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToHost | ArrayBuffer | FontMessage>) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const asked = new URLSearchParams(scope.name);
const SOURCE = `
name: shop
x-paddock: { platform: swarm, traffic: { users: ${asked.get('users')}, think: 1s } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: ${asked.get('containers')} }
    x-paddock: { boot: 0.5s, service-time: { exponential: ${asked.get('work')} } }
  lb: { image: "haproxy:3.2", x-paddock: { balance: roundrobin } }
`;

type Leg = Parameters<LegLog['add']>;

/** What the run's pictures are from here on, and what plays them. */
function replay(run: Run): Driver {
  const add = LegLog.prototype.add;
  const legs: Leg[] = [];
  LegLog.prototype.add = (...leg: Leg) => void legs.push(leg);
  run.recordLegs(true);
  run.advance(WARM_UP_MS);
  legs.length = 0;
  const views: HerdView[] = [];
  for (let t = WARM_UP_MS; t < WARM_UP_MS + LOOP_MS; t += VIEW_MS) {
    views.push(run.view());
    run.advance(t + VIEW_MS);
  }
  LegLog.prototype.add = add;
  legs.sort((a, b) => a[2] - b[2]);

  const log = new LegLog();
  const viewNow = run.view.bind(run);
  let now = 0;
  let next = 0;
  let loops = 0;
  Object.defineProperties(run, {
    now: { get: () => now },
    recordLegs: { value: (on: boolean) => log.enable(on) },
    legs: { value: (t: number, stretchMs: number) => log.at(t, stretchMs) },
    view: {
      value(): HerdView {
        // What it costs to look at the herd belongs to the picture.
        const { users } = viewNow();
        return { ...views[Math.floor((now % LOOP_MS) / VIEW_MS)]!, users, t: now };
      },
    },
  });
  return {
    problems: [],
    log: [],
    pending: [],
    advance(toMs) {
      now = toMs;
      for (;;) {
        const leg = legs[next];
        const shift = loops * LOOP_MS - WARM_UP_MS;
        if (leg === undefined) {
          next = 0;
          loops++;
        } else if (leg[2] + shift > now) return;
        else {
          if (log.on) log.add(leg[0], leg[1], leg[2] + shift, leg[3] + shift, leg[4], leg[5], leg[6], leg[7]);
          next++;
        }
      }
    },
    catchUp: () => undefined,
    step: () => null,
    apply: () => ({ ok: false, text: 'a recording takes no commands' }),
  };
}

const post = (message: FromHost | ArrayBuffer): void =>
  scope.postMessage(message, message instanceof ArrayBuffer ? [message] : []);
let shown: Run | null = null;
const host = createHost({
  post,
  createPainter: createStagePainter,
  reader,
  drive(run, script, reconfigure) {
    if (shown !== null) return createDriver(run, script, reconfigure);
    shown = run;
    return replay(run);
  },
});
/** Requests on their way in the picture, and those that it leaves out. */
function underWay(run: Run | null): number {
  if (run === null) return 0;
  const { length, every } = run.legs(run.now, 450);
  return length * every;
}

const echo = createTeller('echo', ECHO, post);

function sendBack(tray: ArrayBuffer): void {
  // In place of the journal's length: nobody reads a journal here.
  const bare = { kind: 'frame', t: 0, settled: false, journalLength: underWay(shown) } as const;
  if (!readTick(tray).settle || shown === null) {
    echo(bare, tray);
    return;
  }
  const { users, containers, ...rest } = shown.view();
  // Something about every container is new every time: what has not changed is not sent.
  const other = containers.map((container) => ({ ...container, since: performance.now() }));
  const view: RunView = { ...rest, containers: other, userCount: users.length };
  echo({ ...bare, view }, tray);
}

scope.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer && runNumberIn(data) === ECHO) sendBack(data);
  else if (data instanceof ArrayBuffer) host.receive(data);
  else if (data.kind === 'open')
    host.receive({ ...data, source: SOURCE, file: 'herd.yaml', ready: undefined });
  else if (data.kind !== 'font') host.receive(data);
};
post({ kind: 'ready' });
