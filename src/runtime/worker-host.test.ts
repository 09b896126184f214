import { describe, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Painting } from './painter.ts';
import type { Frame, FromHost, News, OpenRun, ToHost } from './protocol.ts';
import { learn, noWords, type Words } from './tray/plain.ts';
import { packTick, readFrame, runNumberIn } from './tray/tray.ts';
import { BROKEN, HERD } from './testing/herds.ts';
import * as reader from './read-scenario.ts';
import { createHost, type HostNeeds } from './worker-host.ts';
import { createDriver } from '../commands/driver.ts';
import { rulesAtHand } from './testing/rules.ts';

/** The numbers that runs go by in trays. */
const NUMBERS = ['a', 'b'];

const open = (run: string, homes = {}): OpenRun => ({
  kind: 'open',
  run,
  number: NUMBERS.indexOf(run),
  source: HERD,
  file: 'herd.yaml',
  seed: null,
  homes,
  settings: {},
  log: [],
});
const tick = (run: string, toMs: number, settle = true): ArrayBuffer =>
  packTick({ number: NUMBERS.indexOf(run), toMs, speed: 1, settle }, null);
const kill = (run: string): ToHost => ({
  kind: 'command',
  run,
  line: 'docker kill shop-app-2',
  settle: true,
});

const attach = (run: string): ToHost => ({
  kind: 'attach',
  run,
  canvas: {} as OffscreenCanvas,
  size: { width: 100, height: 100, dpr: 1 },
  look: { theme: 'day', reducedMotion: false, highlight: null, hover: null },
});

const replyIn = (said: readonly FromHost[]) => said.find((message) => message.kind === 'reply')?.value;

const AT_HAND = { rules: rulesAtHand, drive: createDriver };

/** `parts` = what need not be fetched. `opened` is called as soon as a run is there. */
function host(parts: Pick<HostNeeds, 'rules' | 'drive'> = AT_HAND, opened = (): void => undefined) {
  const said: FromHost[] = [];
  const told = new Map<string, Frame[]>();
  const paintings: Painting[] = [];
  const words = new Map<string, Words>();
  let news: News | null = null;
  /** As the page does it. */
  function hear(message: FromHost | ArrayBuffer): void {
    if (!(message instanceof ArrayBuffer)) {
      said.push(message);
      if (message.kind === 'opened') {
        words.set(message.run, noWords());
        queueMicrotask(opened);
      }
      if (message.kind === 'news') news = message;
      return;
    }
    const run = NUMBERS[runNumberIn(message)] ?? '';
    const known = words.get(run) ?? noWords();
    learn(known, news?.words ?? []);
    const { hash } = news ?? {};
    told.set(run, [
      ...(told.get(run) ?? []),
      { kind: 'frame', ...readFrame(message, known), ...(hash ? { hash } : {}) },
    ]);
    news = null;
  }
  const { receive } = createHost({
    ...parts,
    reader,
    post: hear,
    createPainter: () => ({
      resize: () => undefined,
      look: () => undefined,
      legWindow: (stretchMs) => stretchMs,
      draw(painting) {
        paintings.push(painting);
        return paintings.length === 1 ? [{ kind: 'container', id: 1, x: 0, y: 0, w: 10, h: 10 }] : null;
      },
    }),
  });
  const frames = (run: string): Frame[] => told.get(run) ?? [];
  return { receive, said, paintings, frames, last: (run: string) => frames(run).at(-1) };
}

describe('host', () => {
  it('opens a run and says what the controls need', () => {
    const { receive, said, last } = host();
    receive(open('a'));
    const opened = said.find((message) => message.kind === 'opened');
    expect(opened).toMatchObject({
      facts: { name: 'shop', platform: 'swarm', seed: 3, backend: 'app', image: 'shop:1.0' },
    });
    expect(opened?.facts.choices.find(({ kind }) => kind === 'sessions')).toMatchObject({ home: 'sticky' });
    expect(last('a')).toMatchObject({ t: 0, settled: true, view: { userCount: 30, wanted: 3 } });
  });

  it('names every problem of a file with its place', () => {
    const { receive, said } = host();
    receive({ ...open('a'), source: BROKEN, file: 'broken.yaml' });
    expect(said).toMatchObject([{ kind: 'problem', problems: [{ file: 'broken.yaml', line: 5 }] }]);
  });

  it('gives one hash for one seed, commands and time, whatever the frames were', () => {
    const { receive, last } = host();
    receive(open('a'));
    receive(open('b'));
    for (let t = 16; t < 4000; t += 16) receive(tick('a', t, false));
    receive(tick('a', 4000));
    receive(tick('b', 4000));
    for (const run of ['a', 'b']) {
      receive(kill(run));
      receive(tick(run, 9000));
    }
    expect(last('a')?.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(last('a')?.hash).toBe(last('b')?.hash);
    expect(last('a')?.view?.totals.sessionsLost).toBeGreaterThan(0);
  });

  it('loses nothing when sessions live elsewhere, at the same second of the same traffic', () => {
    const { receive, last } = host();
    receive(open('a', { sessions: 'redis' }));
    receive(tick('a', 4000));
    receive(kill('a'));
    receive(tick('a', 9000));
    expect(last('a')?.view?.stores).toMatchObject([{ name: 'cache', kind: 'redis' }]);
    expect(last('a')?.view?.totals.sessionsLost).toBe(0);
  });

  it('answers commands in the words of their tool, at a whole ms', () => {
    const { receive, said } = host();
    receive(open('a'));
    receive({ kind: 'step', run: 'a', speed: 1 });
    receive({ kind: 'command', run: 'a', line: 'docker kill nobody', settle: true });
    const answer = said.find((message) => message.kind === 'answer');
    expect(answer).toMatchObject({ ok: false });
    expect(Number.isInteger(answer?.at)).toBe(true);
    expect(answer?.text).toContain('nobody');
  });

  it('keeps what is typed or asked until the parts that commands need were fetched', async () => {
    const { receive, said } = await new Promise<ReturnType<typeof host>>((resolve) => {
      const fetching = host({}, () => resolve(fetching));
      fetching.receive(open('a'));
    });
    receive(kill('a'));
    receive({ kind: 'ask', run: 'a', id: 1, question: { kind: 'survival', victim: 'shop-app-2' } });
    receive({ kind: 'ask', run: 'a', id: 2, question: { kind: 'inspect', name: 'shop-app-2' } });
    expect(said.some(({ kind }) => kind === 'answer')).toBe(false);
    await vi.waitFor(() => expect(said.filter(({ kind }) => kind === 'reply')).toHaveLength(2));
    const told = said.map(({ kind }) => kind);
    expect(told.indexOf('reply')).toBeGreaterThan(told.indexOf('answer'));
    expect(said).toContainEqual(expect.objectContaining({ kind: 'answer', ok: true, text: 'shop-app-2' }));
    expect(JSON.stringify(replyIn(said))).not.toContain('not there yet');
  });

  it('steps to something that can be seen', () => {
    const { receive, last } = host();
    receive(open('a'));
    const times = [1, 2, 3].map(() => {
      receive({ kind: 'step', run: 'a', speed: 1 });
      return last('a')?.t ?? 0;
    });
    expect(times[0]).toBeGreaterThan(0);
    expect(times).toEqual(times.toSorted((x, y) => x - y));
  });

  it('explains a loss back to the command that began it', () => {
    const { receive, said } = host();
    receive(open('a'));
    receive(tick('a', 4000));
    receive(kill('a'));
    receive({
      kind: 'ask',
      run: 'a',
      id: 1,
      question: { kind: 'explain', kinds: ['session-lost'], limit: 5 },
    });
    const chains = replyIn(said) as JournalEntry[][];
    expect(chains).toHaveLength(5);
    expect(chains[0]?.[0]?.kind).toBe('session-lost');
    expect(chains[0]?.at(-1)).toMatchObject({ kind: 'command' });
  });

  it('counts for the axis what the totals count', () => {
    const { receive, said, last } = host();
    receive(open('a'));
    receive(tick('a', 4000));
    receive(kill('a'));
    receive(tick('a', 9000));
    receive({
      kind: 'ask',
      run: 'a',
      id: 1,
      question: { kind: 'series', names: ['sessions.lost'], fromMs: 0, toMs: 60_000, bins: 240 },
    });
    const [lost] = replyIn(said) as Float64Array[];
    expect(lost?.reduce((a, b) => a + b, 0)).toBe(last('a')?.view?.totals.sessionsLost);
  });

  it('draws once it has something to draw on, and tells where things are', () => {
    const { receive, paintings, frames } = host();
    receive(open('a'));
    expect(paintings).toHaveLength(0);
    receive(attach('a'));
    expect(frames('a').at(-1)?.hits).toHaveLength(1);
    receive(open('a'));
    receive(tick('a', 50));
    expect(paintings.at(-1)?.t).toBe(50);
  });

  it('sends views sparingly while nothing notable happens', () => {
    const { receive, frames } = host();
    receive(open('a'));
    for (let t = 10; t <= 600; t += 10) receive(tick('a', t, false));
    const views = frames('a').filter((frame) => frame.view);
    expect(frames('a').length).toBeGreaterThan(60);
    expect(views.length).toBeLessThan(30);
  });

  it('reports a fault of one run and goes on with the others', () => {
    const said: FromHost[] = [];
    const { receive } = createHost({
      rules: rulesAtHand,
      drive: createDriver,
      reader,
      post: (message) => void (message instanceof ArrayBuffer || said.push(message)),
      createPainter() {
        throw new Error('no canvas');
      },
    });
    receive(open('a'));
    receive(attach('a'));
    receive(open('b'));
    expect(said.filter(({ kind }) => kind === 'failed')).toEqual([
      { kind: 'failed', run: 'a', message: 'no canvas' },
    ]);
    expect(said.some((message) => message.kind === 'opened' && message.run === 'b')).toBe(true);
  });
});
