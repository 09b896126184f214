export const CHROMIUM_ARGS: string[];
export function systemChromium(): string[];
export function chromiumPath(): string | undefined;
export function firefoxPath(): string | undefined;
