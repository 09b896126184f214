/** What the single file of the embed does without. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const STYLES = 'src/app/styles';

/** `root` is the folder that holds src/. */
export function embedPlugin(root: string): Plugin {
  return {
    name: 'paddock-embed',
    enforce: 'pre',
    load(id) {
      // Every part is in the file: nothing is fetched, so nothing can be fetched ahead.
      return id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined;
    },
    transform(code, id) {
      if (!id.startsWith(join(root, 'src')) || !/(?<!typeof )\bimport\('/.test(code)) return undefined;
      // Nothing waits for a part that is there already; taken in like any other it is smaller.
      const parts: string[] = [];
      const whole = code.replace(/(?<!typeof )\bimport\(('[^']+')\)/g, (_, part: string) => {
        parts.push(`import * as __part${parts.length} from ${part};`);
        return `Promise.resolve(__part${parts.length - 1})`;
      });
      return { code: parts.join('') + whole, map: null };
    },
    generateBundle() {
      const unstyled = notScanned(root);
      for (const id of this.getModuleIds())
        if (unstyled.some((folder) => id.startsWith(`${folder}/`)))
          this.error(`${id} is part of the embed, and ${STYLES}/embed.css leaves its folder out`);
    },
  };
}

/** Folders whose class names the embed's style sheet does not hold. */
function notScanned(root: string): string[] {
  const sheet = readFileSync(join(root, STYLES, 'embed.css'), 'utf8');
  return [...sheet.matchAll(/@source not '([^']+)'/g)].map((match) => resolve(root, STYLES, match[1]!));
}
