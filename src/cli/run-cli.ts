/** Chooses what the runner does, and turns the outcome into an exit code and text. */
import { didYouMean } from '../commands/suggest.ts';
import { checkFiles, CHECK_OPTIONS } from './check-files.ts';
import { help, type Verb } from './help.ts';
import { InputError } from './options.ts';
import { runFile, RUN_OPTIONS } from './run-file.ts';

export interface Outcome {
  /** 0 done, 1 a check failed, 2 bad input. */
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

const VERBS: readonly Verb[] = [
  {
    usage: 'run FILE [options]',
    about: 'Plays a compose file and prints what was measured.',
    options: RUN_OPTIONS,
  },
  {
    usage: 'check FOLDER... [options]',
    about: 'Validates lessons and replays what they claim.',
    options: CHECK_OPTIONS,
  },
  { usage: 'help [TOPIC]', about: 'Prints this, or one of the topics below.', options: [] },
];

/** `self` is the URL of the program, started again in each worker; null keeps everything in one thread. */
export async function runCli(argv: readonly string[], self: URL | null): Promise<Outcome> {
  const [verb = 'help', ...rest] = argv;
  try {
    if (verb === 'run') return { code: 0, stdout: await runFile(rest, self), stderr: '' };
    if (verb === 'check') {
      const { ok, report } = await checkFiles(rest);
      return { code: ok ? 0 : 1, stdout: report.join('\n'), stderr: '' };
    }
    if (verb === 'help' || verb === '--help' || verb === '-h')
      return { code: 0, stdout: help(rest, VERBS), stderr: '' };
    throw new InputError(
      `sim: unknown command '${verb}'${didYouMean(verb, ['run', 'check', 'help'])}; there is: run, check, help`,
    );
  } catch (error) {
    if (error instanceof InputError) return { code: 2, stdout: '', stderr: error.message };
    throw error;
  }
}
