/** Colours by meaning, as CSS colours. Hue is reserved for what the simulation shows; everything else is ink. */
export interface StageTheme {
  readonly paper: string;
  /** Inside of pens and stores. */
  readonly plate: string;
  readonly ink: string;
  /** Labels of second rank. */
  readonly ink2: string;
  /** Rails and wires. */
  readonly rail: string;
  readonly hair: string;
  /** An empty place. */
  readonly pin: string;
  /** A session that is held. */
  readonly blue: string;
  /** Failed or lost. */
  readonly red: string;
  /** Ear tags. */
  readonly yellow: string;
  /** Writing on an ear tag. */
  readonly tagInk: string;
  /** Writing on ink. */
  readonly onInk: string;
  /** Hand edits. */
  readonly hatch: string;
}

export const DAY: StageTheme = {
  paper: '#FCFBF8',
  plate: '#FFFFFF',
  ink: '#14171C',
  ink2: '#4C535E',
  rail: '#858D99',
  hair: '#DADDE1',
  pin: '#8E96A2',
  blue: '#0B4FD1',
  red: '#C8320A',
  yellow: '#FFC20E',
  tagInk: '#14171C',
  onInk: '#FFFFFF',
  hatch: '#14171C',
};

export const DUSK: StageTheme = {
  paper: '#11151D',
  plate: '#1A202B',
  ink: '#F2EFE8',
  ink2: '#B4BBC7',
  rail: '#647086',
  hair: '#2C3441',
  pin: '#667184',
  blue: '#8AB6FF',
  red: '#FF8760',
  yellow: '#FFC933',
  tagInk: '#14171C',
  onInk: '#11151D',
  hatch: '#8D96A5',
};

/** Font stacks; the names are those of the bundled font packages. */
export const FONTS = {
  sans: '"Inter Variable", Inter, sans-serif',
  serif: '"Source Serif 4 Variable", "Source Serif 4", serif',
  mono: '"IBM Plex Mono", monospace',
} as const;
