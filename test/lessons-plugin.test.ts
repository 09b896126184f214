import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Rollup } from 'vite';
import { afterEach, expect, test } from 'vitest';
import { lessons } from '../scripts/lessons-plugin.ts';
import { FILES, LESSON, LESSON_FILE } from '../src/lesson/fixture.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Builds a page that loads the course list of `lang` from a folder with these files. */
async function bundle(files: Readonly<Record<string, string>>, lang = 'en'): Promise<Rollup.OutputChunk[]> {
  const root = mkdtempSync(join(tmpdir(), 'lessons-'));
  folders.push(root);
  const main = `import lessons from 'virtual:lessons/${lang}';\nexport default lessons;\n`;
  for (const [path, text] of Object.entries({ ...files, 'main.js': main })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [lessons(root)],
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'main.js'), formats: ['es'], fileName: 'main' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[];
  return outputs.flatMap(({ output }) => output.filter((chunk) => chunk.type === 'chunk'));
}

test('the list is loaded at once, a text only when its lesson is opened', async () => {
  const chunks = await bundle({ ...FILES, [LESSON_FILE]: LESSON });
  const first = chunks.find(({ isEntry }) => isEntry);
  expect(first?.code).toContain('One herd forgets and the other does not.');
  expect(first?.code).not.toContain('How many are lost?');
  const later = chunks.filter(({ isDynamicEntry }) => isDynamicEntry);
  expect(later).toHaveLength(1);
  expect(later[0]?.code).toContain('How many are lost?');
  expect(later[0]?.code).toContain('name: shop');
});

test('a faulty lesson fails the build and says where', async () => {
  const faulty = LESSON.replace('sessions.lost == 0"', 'sesions.lost == 0"');
  const line = LESSON.slice(0, LESSON.indexOf('sessions.lost == 0"')).split('\n').length;
  await expect(bundle({ ...FILES, [LESSON_FILE]: faulty })).rejects.toThrow(
    `${LESSON_FILE}:${line}:31  when: unknown metric 'sesions.lost'; did you mean 'sessions.lost'?`,
  );
});

test('a language without lessons is refused with those that there are', async () => {
  await expect(bundle({ ...FILES, [LESSON_FILE]: LESSON }, 'fr')).rejects.toThrow(
    "there are no lessons in 'fr'; there are lessons in en",
  );
});
