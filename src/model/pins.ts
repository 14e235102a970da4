import type { Configuration, Pin, RunConfiguration } from './configuration';
import { sameValue } from './sameValue';

/** Names what a run depends on; a field added to RunConfiguration without a line here is an error. */
const RUN: Record<keyof RunConfiguration, true> = {
  task: true,
  T: true,
  B: true,
  H: true,
  activation: true,
  outputActivation: true,
  loss: true,
  lossPlacement: true,
  initialiser: true,
  gain: true,
  seed: true,
  dataSeed: true,
  edits: true,
  arrays: true,
  cuts: true,
  truncation: true,
};
const RUN_KEYS = Object.keys(RUN) as (keyof RunConfiguration)[];

/** The part of a configuration that a run is computed from; its fields are the same objects. */
export function runOf(configuration: RunConfiguration): RunConfiguration {
  return runWith((key) => configuration[key]);
}

function runWith(fieldOf: (key: keyof RunConfiguration) => unknown): RunConfiguration {
  const fields = RUN_KEYS.map((key): [string, unknown] => [key, fieldOf(key)]);
  return Object.fromEntries(fields) as unknown as RunConfiguration;
}

/** Whether two configurations of the store describe the same run: every field is the same object. */
export function sameRun(a: RunConfiguration, b: RunConfiguration): boolean {
  return RUN_KEYS.every((key) => a[key] === b[key]);
}

/**
 * `pins` made of what `previous` and `next` already hold, wherever it is equal: one run in memory
 * has one object, by which its numbers are found, and a pinned text or matrix is held once.
 */
export function sharingPins(
  pins: readonly Pin[],
  previous: Configuration,
  next: RunConfiguration,
): readonly Pin[] {
  if (pins === previous.pins) return pins;
  // What did not change stays the object of `previous`.
  const owners = [previous, next, ...previous.pins.map((pin) => pin.configuration)];
  const shared = pins.map((pin): Pin => {
    const { name, configuration } = pin;
    const known = previous.pins.filter((other) => sameValue(other.configuration, configuration));
    if (known.length === 0) return { name, configuration: sharing(configuration, owners) };
    return (
      known.find((other) => other.name === name) ?? { name, configuration: known[0]!.configuration }
    );
  });
  const isSame =
    shared.length === previous.pins.length && shared.every((pin, i) => pin === previous.pins[i]);
  return isSame ? previous.pins : shared;
}

function sharing(run: RunConfiguration, owners: readonly RunConfiguration[]): RunConfiguration {
  return runWith((key) => {
    const owner = owners.find((other) => sameValue(other[key], run[key]));
    return (owner ?? run)[key];
  });
}
