import { DEFAULT_CONFIGURATION, type Configuration } from '../../model/configuration';

export const PRESET_IDS = [
  'radius',
  'saturation',
  'orthogonal',
  'irnn',
  'exploding',
  'scalar',
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

const of = (change: Partial<Configuration>): Configuration => ({
  ...DEFAULT_CONFIGURATION,
  lossPlacement: 'last',
  ...change,
});

/** Whole configurations, each with one point to make; the texts are `preset.<id>`. */
export const PRESETS: Readonly<Record<PresetId, Configuration>> = {
  radius: of({ H: 2, activation: 'identity', arrays: { Wh: [0.9, 5, 0, 0.9] } }),
  saturation: of({ initialiser: { kind: 'identity', angle: 0.3 }, gain: 3 }),
  orthogonal: of({ gain: 1 }),
  irnn: of({ activation: 'relu', initialiser: { kind: 'identity', angle: 0.3 }, gain: 1 }),
  exploding: of({ activation: 'identity', gain: 1.2 }),
  scalar: of({
    H: 1,
    activation: 'identity',
    initialiser: { kind: 'identity', angle: 0.3 },
    gain: 0.5,
  }),
};
