/** The simulating side: opens runs, moves them on, answers. The same code in a worker and, where frames forbid one, in the page. */
import type { createDriver, Driver, Reconfigure } from '../commands/driver.ts';
import { beginRun, type Rules } from '../sim/herd-run.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { Run } from '../sim/run.ts';
import { createHostedRun, type HostedRun } from './hosted-run.ts';
import { createLateDriver } from './late-driver.ts';
import { loadActions, loadLateKinds, loadRules } from './load-rules.ts';
import type { CreatePainter, Painter } from './painter.ts';
import type { FromHost, OpenRun, RunFacts, ToHost } from './protocol.ts';
import { stateChoices } from './state-model.ts';
import { createTeller } from './teller.ts';
import { readTick } from './tray/tray.ts';

/** What reads console lines and carries them out: chunks of their own, fetched once. */
async function grammar(): Promise<typeof import('../commands/driver.ts')> {
  return (await Promise.all([import('../commands/driver.ts'), loadActions()]))[0];
}

/** What reads compose text. */
type Reader = typeof import('./read-scenario.ts');

export interface HostNeeds {
  /** A message, or a tray that changes hands (see tray/tray.ts). */
  post(message: FromHost | ArrayBuffer): void;
  readonly createPainter: CreatePainter;
  /** Reads compose text. Without one it is fetched when a run first needs it. */
  readonly reader?: Reader;
  /** Where the rules of a scenario's platform and balancer come from. Without it they are fetched, each when it is needed. */
  readonly rules?: (scenario: Scenario) => Rules | Promise<Rules>;
  /** What reads console lines, given with `rules` that can carry them out. Without it it is fetched while the run already moves. */
  readonly drive?: typeof createDriver;
}

export interface Host {
  receive(message: ToHost | ArrayBuffer): void;
}

export function createHost({
  post,
  createPainter,
  reader: given,
  rules = loadRules,
  drive,
}: HostNeeds): Host {
  let reader: Reader | null = given ?? null;
  /** Latest message to open each run: an older one that waited for the reader is void. */
  const wanted = new Map<string, OpenRun>();
  const runs = new Map<string, HostedRun>();
  /** Their names, by the numbers that they go by in trays. */
  const numbered = new Map<number, string>();
  // A run that is opened again goes on being drawn where it was.
  const painters = new Map<string, Painter>();

  function fail(run: string, error: unknown): void {
    runs.delete(run);
    post({ kind: 'failed', run, message: error instanceof Error ? error.message : String(error) });
  }

  async function withReader(then: (reader: Reader) => void, run: string): Promise<void> {
    try {
      // What it reads may need any kind of state.
      reader ??= (await Promise.all([import('./read-scenario.ts'), loadLateKinds()]))[0];
      then(reader);
    } catch (error) {
      fail(run, error);
    }
  }

  function open(message: OpenRun): void {
    wanted.set(message.run, message);
    // What was asked of the run before is not asked of this one.
    runs.delete(message.run);
    const isAsWritten = Object.keys(message.homes).length === 0 && Object.keys(message.settings).length === 0;
    if (message.ready && isAsWritten) {
      // `paddock set` will want the reader; it comes while the herd already runs.
      void withReader(() => undefined, message.run);
      start(message, message.ready.scenario, message.ready.notes, (assignments) =>
        reader === null
          ? { message: 'paddock set: the file is still being read; try again' }
          : reader.createReconfigure(message.source, message.file)(assignments),
      );
    } else if (reader !== null) openFromSource(message, reader);
    else
      void withReader((ready) => {
        if (wanted.get(message.run) === message) openFromSource(message, ready);
      }, message.run);
  }

  function openFromSource(
    message: OpenRun,
    { createReconfigure, parseScenario, withHomes, withSettings }: Reader,
  ): void {
    const { file, run: id } = message;
    const source = withHomes(withSettings(message.source, message.settings), file, message.homes);
    const { scenario, problems, notes } = parseScenario(source, file);
    if (!scenario) {
      runs.delete(id);
      post({ kind: 'problem', run: id, problems });
      return;
    }
    start(message, scenario, notes, createReconfigure(source, file));
  }

  function start(
    message: OpenRun,
    scenario: Scenario,
    notes: readonly string[],
    reconfigure: Reconfigure,
  ): void {
    const found = rules(scenario);
    if (!(found instanceof Promise)) {
      startBy(found, message, scenario, notes, reconfigure);
      return;
    }
    found.then(
      (ready) => {
        if (wanted.get(message.run) !== message) return;
        try {
          startBy(ready, message, scenario, notes, reconfigure);
        } catch (error) {
          fail(message.run, error);
        }
      },
      (error: unknown) => fail(message.run, error),
    );
  }

  function startBy(
    ready: Rules,
    message: OpenRun,
    scenario: Scenario,
    notes: readonly string[],
    reconfigure: Reconfigure,
  ): void {
    const { seed, run: id } = message;
    const run = beginRun(scenario, seed ?? scenario.seed, ready);
    const script = [...scenario.script, ...message.log];
    if (drive) begin(ready, run, drive(run, script, reconfigure), message, scenario, notes, reconfigure);
    else if (script.length === 0) {
      const late = grammar().then(({ createDriver: make }) => make(run, [], reconfigure));
      late.catch((error: unknown) => fail(id, error));
      begin(ready, run, createLateDriver(run, late), message, scenario, notes, reconfigure);
    } else
      // What is to happen by itself has to be read before the first ms.
      grammar().then(
        ({ createDriver: make }) => {
          if (wanted.get(id) === message)
            begin(ready, run, make(run, script, reconfigure), message, scenario, notes, reconfigure);
        },
        (error: unknown) => fail(id, error),
      );
  }

  function begin(
    ready: Rules,
    run: Run,
    driver: Driver,
    message: OpenRun,
    scenario: Scenario,
    notes: readonly string[],
    reconfigure: Reconfigure,
  ): void {
    const id = message.run;
    numbered.set(message.number, id);
    const hosted = createHostedRun(run, driver, createTeller(id, message.number, post), async (from) => {
      const make = drive ?? (await grammar()).createDriver;
      const again = from === null ? beginRun(scenario, run.seed, ready) : run.fork();
      if (from !== null) again.restore(from);
      const lines = driver.log.map(({ at, line }) => ({ at, do: line }));
      return { run: again, driver: make(again, lines, reconfigure) };
    });
    hosted.painter = painters.get(id) ?? null;
    runs.set(id, hosted);
    post({ kind: 'opened', run: id, facts: factsOf(scenario, run.seed, notes) });
    for (const problem of driver.problems)
      post({
        kind: 'answer',
        run: id,
        at: problem.line.at,
        line: problem.line.do,
        ok: false,
        text: problem.message,
      });
    hosted.show(true, null);
  }

  function paint(
    message: Extract<ToHost, { kind: 'attach' | 'resize' | 'look' | 'detach' | 'close' }>,
  ): void {
    switch (message.kind) {
      case 'attach':
        painters.set(message.run, createPainter(message.canvas, message.size, message.look));
        break;
      case 'resize':
        painters.get(message.run)?.resize(message.size);
        break;
      case 'look':
        painters.get(message.run)?.look(message.look);
        break;
      case 'detach':
        painters.delete(message.run);
        break;
      case 'close':
        painters.delete(message.run);
        runs.delete(message.run);
        wanted.delete(message.run);
        return;
    }
    const hosted = runs.get(message.run);
    if (!hosted) return;
    if (message.kind === 'attach' || message.kind === 'detach')
      hosted.painter = painters.get(message.run) ?? null;
    if (message.kind !== 'detach') hosted.redraw();
  }

  function reply(
    { run, id }: Extract<ToHost, { kind: 'ask' }>,
    answer: ReturnType<HostedRun['answer']>,
  ): void {
    if (!(answer instanceof Promise)) {
      post({ kind: 'reply', run, id, value: answer });
      return;
    }
    answer.then(
      (value) => post({ kind: 'reply', run, id, value }),
      (error: unknown) => fail(run, error),
    );
  }

  function handle(message: Extract<ToHost, { kind: 'step' | 'command' | 'watch' | 'ask' }>): void {
    const hosted = runs.get(message.run);
    if (!hosted) return;
    switch (message.kind) {
      case 'step':
        hosted.step(message.speed);
        hosted.show(true, null);
        return;
      case 'command': {
        const act = (): void => {
          post({ kind: 'answer', run: message.run, line: message.line, ...hosted.command(message.line) });
          if (message.settle) hosted.show(true, null);
        };
        if (hosted.waiting === null) act();
        else void hosted.waiting.then(act);
        return;
      }
      case 'watch':
        hosted.watcher.watch(message.watch);
        hosted.redraw();
        return;
      case 'ask':
        reply(message, hosted.answer(message.question));
        return;
    }
  }

  function tick(tray: ArrayBuffer): void {
    const { number, toMs, speed, settle } = readTick(tray);
    const id = numbered.get(number);
    const hosted = id === undefined ? undefined : runs.get(id);
    if (id === undefined || !hosted) return;
    try {
      hosted.advance(toMs, speed);
      hosted.show(settle, tray);
    } catch (error) {
      fail(id, error);
    }
  }

  return {
    receive(message) {
      if (message instanceof ArrayBuffer) {
        tick(message);
        return;
      }
      try {
        switch (message.kind) {
          case 'open':
            open(message);
            return;
          case 'attach':
          case 'resize':
          case 'look':
          case 'detach':
          case 'close':
            paint(message);
            return;
          case 'step':
          case 'command':
          case 'watch':
          case 'ask':
            handle(message);
        }
      } catch (error) {
        fail(message.run, error);
      }
    },
  };
}

function factsOf(scenario: Scenario, seed: number, notes: readonly string[]): RunFacts {
  const backend = scenario.services.find((service) => service.name === scenario.backend);
  return {
    name: scenario.name,
    platform: scenario.platform,
    seed,
    backend: scenario.backend,
    image: backend?.image ?? '',
    workload: backend?.role === 'app' ? backend.workload : 'deployment',
    tags: backend?.role === 'app' ? Object.keys(backend.versions) : [],
    choices: stateChoices(scenario),
    notes,
  };
}
