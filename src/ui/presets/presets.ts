import {
  DEFAULT_CONFIGURATION,
  type Configuration,
  type PanelId,
  type TrackId,
} from '../../model/configuration';
import { sameValue } from '../../model/configurationRules';

export const PRESET_IDS = [
  'scalar',
  'orthogonal',
  'saturation',
  'irnn',
  'radius',
  'exploding',
  'chaos',
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

const angle = DEFAULT_CONFIGURATION.initialiser.angle;

function preset(
  change: Partial<Configuration>,
  panel: PanelId,
  folded: readonly TrackId[] = ['saturation'],
): Configuration {
  return {
    ...DEFAULT_CONFIGURATION,
    lossPlacement: 'last',
    ...change,
    view: { ...DEFAULT_CONFIGURATION.view, panel, folded },
  };
}

/** Whole configurations, each with one point to make; the texts are `preset.<id>` and `…About`. */
export const PRESETS: Readonly<Record<PresetId, Configuration>> = {
  scalar: preset(
    { H: 1, activation: 'identity', initialiser: { kind: 'identity', angle }, gain: 0.5 },
    'flow',
  ),
  orthogonal: preset({ gain: 1 }, 'flow', []),
  saturation: preset({ initialiser: { kind: 'identity', angle }, gain: 3 }, 'flow', []),
  irnn: preset(
    { activation: 'relu', initialiser: { kind: 'identity', angle }, gain: 1 },
    'spectrum',
    [],
  ),
  radius: preset(
    { H: 2, activation: 'identity', arrays: { Wh: [0.9, 5, 0, 0.9], Wy: [1, 0] } },
    'spectrum',
  ),
  exploding: preset({ activation: 'identity', gain: 1.2 }, 'flow'),
  chaos: preset({ H: 64, initialiser: { kind: 'gaussian', angle }, gain: 2.5 }, 'spectrum'),
};

/** The example that this configuration still is, whatever part of it is looked at; or null. */
export function presetOf(configuration: Configuration): PresetId | null {
  const shown = { ...configuration, view: null };
  return PRESET_IDS.find((id) => sameValue(shown, { ...PRESETS[id], view: null })) ?? null;
}
