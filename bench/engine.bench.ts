/** The loop under everything: pending events and random numbers against the same loop in C, and how both grow. */
import { EventQueue } from '../src/sim/engine/event-queue.ts';
import { Stream } from '../src/sim/engine/random.ts';
import { anchorLoop } from './anchor-loop.ts';
import { buildAnchorC, cpu, judge, least, note, nsPerEvent } from './support.ts';

/** Many short rounds: some of them the machine leaves alone. */
const REQUESTS = 100_000;
const ROUNDS = 60;

const c = buildAnchorC();
if (c === null) note('C', 'no gcc here, not compared');
for (const workers of [10, 1000]) {
  const own: number[] = [];
  const reference: number[] = [];
  let other = 0;
  for (let round = -10; round < ROUNDS; round++) {
    // In turns, so that a machine that slows down slows both.
    let result = { events: 0, meanWait: NaN, end: NaN };
    const seconds = cpu(() => (result = anchorLoop('roundrobin', workers, 0.8, REQUESTS, 7)));
    // the first rounds warm the compiler up
    if (round >= 0) own.push((seconds * 1e9) / result.events);
    if (c === null || round < 0) continue;
    const same = c.run(workers, 0.8, REQUESTS, 7);
    reference.push(same.ns);
    if (same.end !== result.end || same.meanWait !== result.meanWait) other++;
  }
  note(`M/M/${workers} round robin`, `${least(own).toFixed(1)} ns an event`);
  if (c === null) continue;
  note('the same in C', `${least(reference).toFixed(1)} ns an event`);
  judge(`anchor loop with ${workers} workers against C`, least(own) / least(reference), 2, '×');
  judge('runs that end at another bit than C does', other, 0, '');
}
c?.remove();

/** Takes the next event and puts it back an exponential time later, with `pending` events pending. */
function hold(pending: number, times: number): () => () => number {
  const queue = new EventQueue();
  const stream = new Stream(3, 0);
  for (let i = 0; i < pending; i++) queue.push(stream.exponential(), 0, i, 0);
  const turns = (n: number): void => {
    for (let i = 0; i < n; i++) {
      queue.takeBefore(Infinity);
      queue.push(queue.time + stream.exponential(), 0, queue.a, 0);
    }
  };
  turns(3 * pending);
  return () => () => {
    turns(times);
    return times;
  };
}

const TURNS = 100_000;
const cost = nsPerEvent(
  { '100': hold(100, TURNS), '10000': hold(10_000, TURNS), '100000': hold(100_000, TURNS) },
  40,
);
for (const [pending, ns] of Object.entries(cost))
  note(`take and put back, ${pending} pending`, `${ns.toFixed(1)} ns`);
judge('an event at 10,000 pending against 100', cost['10000'] / cost['100'], 1.3, '×');
judge('an event at 100,000 pending against 100', cost['100000'] / cost['100'], 2, '×');
