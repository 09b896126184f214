import type { Act } from './actions/act.ts';
import { DIRECT_SERVICE, direct } from './balancers/direct.ts';
import type { Balancer } from './balancers/balancer.ts';
import type { JournalEntry } from './engine/journal-entry.ts';
import type { RawEntry } from './engine/journal.ts';
import { describe } from './describe.ts';
import { EV_COMMAND } from './model/events.ts';
import { dispatch } from './model/dispatch.ts';
import { refreshKinds } from './model/kinds.ts';
import { LegLog } from './model/legs.ts';
import { saveWorld, loadWorld, recycleWorld } from './model/checkpoint.ts';
import { startHerd } from './model/start.ts';
import type { Answer, Command } from './model/command.ts';
import type { Scenario } from './model/scenario.ts';
import { World } from './model/world.ts';
import { BIN_MS, column } from './metrics/metrics.ts';
import { type COUNTERS, GAUGES, type Metrics } from './metrics/names.ts';
import { latencySeries, windowMetrics } from './metrics/window.ts';
import type { Kind } from './kinds/kind.ts';
import type { Platform } from './platforms/platform.ts';
import { STATE_MODELS } from './state-models/registry.ts';
import { STORES } from './stores/registry.ts';
import type { Inspection, inspectContainer } from './inspection.ts';
import { herdView } from './snapshot.ts';
import { type RequestTrace, Tracer } from './trace.ts';
import { requestsUnderWay, type UnderWay } from './under-way.ts';
import type { Checkpoint, LoggedCommand, Percentiles, Run } from './run.ts';
import type { HerdView, Legs } from './view.ts';

/** The rules that a run is played by, found by the names in its scenario. */
export interface Rules extends WorldRules, Hands {}

/** What a run does when somebody turns to it. A page fetches it with what reads commands. */
export interface Hands {
  /** Carries commands out. */
  readonly act: Act;
  /** Looks closely at a container. */
  readonly inspect: typeof inspectContainer;
}

interface WorldRules {
  readonly platform: Platform;
  /** Null = users meet the container itself. */
  readonly balancer: Balancer | null;
  readonly kinds: readonly Kind[];
}

function newWorld(scenario: Scenario, seed: number, { platform, balancer, kinds }: WorldRules): World {
  return new World(scenario, seed, {
    platform,
    balancer: balancer ?? direct,
    directService: DIRECT_SERVICE,
    stateModels: STATE_MODELS,
    storeKinds: STORES,
    kinds,
    legs: new LegLog(),
  });
}

/** From here on the settings of `scenario` hold; what runs goes on, and nothing is redeployed. */
function takeOver(w: World, scenario: Scenario): void {
  const names = (s: Scenario): string => s.services.map(({ name }) => name).join();
  if (names(scenario) !== names(w.scenario) || scenario.platform !== w.scenario.platform)
    throw new Error('a fork keeps its services and its platform');
  w.follow(scenario);
  scenario.services.forEach((def, i) => w.define(w.services[i], def));
  refreshKinds(w);
}

class HerdRun implements Run {
  readonly seed: number;
  private readonly w: World;
  private readonly hands: Hands;
  private log: readonly LoggedCommand[] = [];
  private tracer: Tracer | null = null;

  constructor(w: World, hands: Hands) {
    this.w = w;
    this.hands = hands;
    this.seed = w.seed;
  }

  get scenario(): Scenario {
    return this.w.scenario;
  }
  get now(): number {
    return this.w.now;
  }
  get events(): number {
    return this.w.events;
  }

  apply(command: Command, line: string): Answer {
    const w = this.w;
    const { answer, outcome } = this.hands.act(w, command, line);
    w.hash.fold(w.now, EV_COMMAND, this.log.length, outcome);
    this.log = [...this.log, { at: w.now, line, ok: answer.ok, answer: answer.text }];
    return answer;
  }

  advance(toMs: number): void {
    this.play(toMs, Infinity);
    const w = this.w;
    if (toMs > w.now) w.now = toMs;
    w.metrics.roll(w.now);
  }

  step(): number | null {
    return this.play(Infinity, 1) === 0 ? null : this.w.now;
  }

  /** Executes the events that are due before `end`, at most so many. Returns how many. */
  private play(end: number, most: number): number {
    const w = this.w;
    const queue = w.queue;
    const hash = w.hash;
    const metrics = w.metrics;
    let n = 0;
    while (n < most && queue.takeBefore(end)) {
      const { time, kind, a } = queue;
      w.now = time;
      metrics.roll(time);
      hash.fold(time, kind, a, dispatch(w, kind, a, queue.b));
      w.events++;
      n++;
      if (w.traced >= 0) this.tracer?.look(w);
    }
    return n;
  }

  hash(): string {
    return this.w.hash.hex();
  }

  checkpoint(): Checkpoint {
    const { state, bytes, shared } = saveWorld(this.w);
    return {
      now: this.w.now,
      bytes,
      shared,
      journalLength: this.w.journal.length,
      sent: this.w.sent,
      state: { world: state, log: this.log },
    };
  }

  restore(checkpoint: Checkpoint): void {
    const { world, log } = checkpoint.state as { world: unknown; log: readonly LoggedCommand[] };
    if (world === null) throw new Error('this checkpoint was given back');
    loadWorld(this.w, world);
    // Those of what was, or will be, at another time.
    this.w.legs.clear();
    this.log = log;
  }

  recycle(checkpoint: Checkpoint): void {
    const state = checkpoint.state as { world: unknown };
    if (state.world !== null) recycleWorld(this.w, state.world);
    state.world = null;
  }

  fork(scenario?: Scenario): Run {
    const run = new HerdRun(newWorld(this.w.scenario, this.seed, this.w), this.hands);
    run.restore(this.checkpoint());
    if (scenario !== undefined) takeOver(run.w, scenario);
    return run;
  }

  trace(request: number): void {
    this.tracer = new Tracer(request);
    this.w.traced = request;
    this.w.ended = null;
    this.tracer.look(this.w);
  }
  traced(): RequestTrace | null {
    return this.tracer?.trace() ?? null;
  }
  underWay(limit: number): UnderWay[] {
    return requestsUnderWay(this.w, limit);
  }

  inspect(name: string): Inspection | null {
    return this.hands.inspect(this.w, name);
  }

  view(): HerdView {
    return herdView(this.w);
  }
  recordLegs(on: boolean): void {
    this.w.legs.enable(on);
  }
  legs(t: number, stretchMs: number): Legs {
    return this.w.legs.at(t, stretchMs);
  }
  journalLength(): number {
    return this.w.journal.length;
  }
  journal(from: number, to: number): JournalEntry[] {
    const out: JournalEntry[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.w.journal.length); i++)
      out.push(describe(this.w, this.w.journal.read(i)));
    return out;
  }
  chain(id: number): JournalEntry[] {
    const out: JournalEntry[] = [];
    for (let i = id; i >= 0 && i < this.w.journal.length && out.length < 64;) {
      const e = this.w.journal.read(i);
      out.push(describe(this.w, e));
      if (e.cause >= i) break;
      i = e.cause;
    }
    return out;
  }
  entry(id: number): RawEntry {
    return this.w.journal.read(id);
  }
  commands(): readonly LoggedCommand[] {
    return this.log;
  }
  metrics(fromMs: number, toMs: number): Metrics {
    return windowMetrics(this.w.metrics, this.w.journal, fromMs, toMs);
  }

  series(name: string, fromMs: number, toMs: number, bins: number): Float64Array {
    const out = new Float64Array(bins);
    const col = column(name as (typeof COUNTERS)[number]);
    if (col < 0 || toMs <= fromMs) return out;
    const gauge = (GAUGES as readonly string[]).includes(name);
    const m = this.w.metrics;
    const width = (toMs - fromMs) / bins;
    for (let k = 0; k < bins; k++) {
      const a = Math.round((fromMs + k * width) / BIN_MS);
      const b = Math.round((fromMs + (k + 1) * width) / BIN_MS);
      if (gauge) out[k] = m.cell(Math.max(0, Math.min(Math.max(a, b - 1), m.bins.length)), col);
      else out[k] = m.sum(col, a, Math.min(b, m.bins.length + 1));
    }
    return out;
  }

  percentiles(fromMs: number, toMs: number, bins: number): Percentiles {
    return latencySeries(this.w.metrics, fromMs, toMs, bins);
  }
}

/** Starts a run at t = 0 by rules that are at hand. */
export function beginRun(scenario: Scenario, seed: number, rules: Rules): Run {
  const w = newWorld(scenario, seed, rules);
  startHerd(w);
  return new HerdRun(w, rules);
}
