/** A worker from the page's own script: the single-file embed holds everything once, and a sandboxed frame may start a worker only from a blob. */

/** Null where the script is not part of the page, as in development. */
export function startSelfWorker(): Worker | null {
  const text = document.querySelector('script[type="module"]:not([src])')?.textContent;
  if (!text) return null;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return new Worker(url, { type: 'module' });
}

/** True in the worker that `startSelfWorker` made. */
export const isSelfWorker = (): boolean => typeof document === 'undefined';
