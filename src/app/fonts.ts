/** The three faces, loaded by script so that the page and the drawing thread share one copy. Text shows at once in a fallback. */
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import serif from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url';
import mono from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2?url';

/** A face for the thread that draws, which sees none of the page's. */
export interface FontMessage {
  readonly kind: 'font';
  readonly family: string;
  readonly weight: string;
  readonly bytes: ArrayBuffer;
}

export interface Face {
  readonly family: string;
  readonly weight: string;
  readonly url: string;
}

export const SANS: Face = { family: 'Inter Variable', weight: '100 900', url: inter };
export const SERIF: Face = { family: 'Source Serif 4 Variable', weight: '200 900', url: serif };
export const MONO: Face = { family: 'IBM Plex Mono', weight: '500', url: mono };

/** Makes the faces known to the page. A face that does not load leaves its fallback in place. */
export function addFaces(document: Document, faces: readonly Face[]): void {
  if (typeof FontFace === 'undefined') return;
  for (const { family, weight, url } of faces) {
    const face = new FontFace(family, `url(${JSON.stringify(url)})`, { weight, display: 'swap' });
    document.fonts.add(face);
    face.load().catch(() => undefined);
  }
}

/** The face's file, or null when it does not load. */
export async function fetchFace({ family, weight, url }: Face): Promise<FontMessage | null> {
  try {
    const bytes = await (await fetch(url)).arrayBuffer();
    return { kind: 'font', family, weight, bytes };
  } catch {
    return null;
  }
}
