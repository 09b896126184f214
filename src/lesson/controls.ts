/** Accessible names of the buttons that a lesson may switch on; its own buttons need no mention. */
export const CONTROLS = [
  'Kill',
  'Crash',
  'Stop',
  'Edit by hand',
  'Scale up',
  'Scale down',
  'Deploy',
  'Pause',
  'Play',
  'Step',
  'Speed',
  'Reset',
  'State model',
  'Console',
] as const;
